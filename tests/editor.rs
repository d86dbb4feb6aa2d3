//! What a case folder holds for editors: the schemas of its files, with the council's own words,
//! and the settings that name them.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use globset::{GlobBuilder, GlobMatcher};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Output;
use support::{change, copy_of, panel, project, run, status, stderr, stdout};

const NOW: &str = "2026-11-24T09:00";

/// The files that editors read, by path from the case folder.
const SCHEMAS: [&str; 5] = [
    ".vscode/referral.schema.json",
    ".vscode/meeting.schema.json",
    ".vscode/decision.schema.json",
    ".vscode/after.schema.json",
    ".vscode/council.schema.json",
];
const SETTINGS: [&str; 2] = [".vscode/settings.json", ".taplo.toml"];

fn init(council: &str) -> (tempfile::TempDir, PathBuf) {
    let top = tempfile::tempdir().expect("a temporary folder");
    let made = top.path().join("office");
    let output = panel()
        .args(["init", "--council", council])
        .arg(&made)
        .output()
        .expect("it runs");
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    for path in SCHEMAS.iter().chain(&SETTINGS) {
        assert!(stdout(&output).contains(path), "{path} is not told");
    }
    (top, made)
}

fn read(folder: &Path, path: &str) -> String {
    std::fs::read_to_string(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

fn schema(folder: &Path, args: &[&str]) -> Output {
    run(folder, NOW, &[&["schema"], args].concat())
}

/// Patterns as editors read them: `*` stays within a folder.
fn matcher(pattern: &str) -> GlobMatcher {
    let mut glob = GlobBuilder::new(pattern);
    let glob = glob.literal_separator(true).build();
    glob.expect("it is a pattern").compile_matcher()
}

/// The schema that the YAML settings give to a file.
fn schemas_for(settings: &Value, file: &str) -> Vec<String> {
    let named = settings["yaml.schemas"].as_object().expect("a group");
    named
        .iter()
        .filter(|(_, patterns)| {
            let patterns = patterns.as_array().expect("a list").iter();
            patterns
                .map(|pattern| matcher(pattern.as_str().expect("a pattern")))
                .any(|pattern| pattern.is_match(file))
        })
        .map(|(schema, _)| schema.clone())
        .collect()
}

#[test]
fn a_new_folder_tells_yaml_editors_the_schema_of_each_kind_of_file() {
    let (_top, made) = init("bexley");
    let settings = json(&read(&made, ".vscode/settings.json"));
    for (file, wanted) in [
        ("referrals/R-2026-0142.yaml", Some("referral")),
        ("referrals/2026/autumn/R-2026-0142.yaml", Some("referral")),
        ("referrals/2026/R-2026-0142.yml", Some("referral")),
        ("meetings/2026-11-26/meeting.yaml", Some("meeting")),
        ("meetings/2026-11-26-complex/meeting.yaml", Some("meeting")),
        (
            "meetings/2026-11-26/decisions/R-2026-0142.yaml",
            Some("decision"),
        ),
        (
            "meetings/2026-11-26/decisions/R-2026-0142.2.yaml",
            Some("decision"),
        ),
        ("meetings/2026-11-26/after/R-2026-0142.yaml", Some("after")),
        ("meetings/2026-11-26/final.yaml", None),
        (".pre-commit-config.yaml", None),
        (".github/workflows/panel.yml", None),
        (".gitlab-ci.yml", None),
    ] {
        let wanted: Vec<String> = wanted
            .iter()
            .map(|kind| format!(".vscode/{kind}.schema.json"))
            .collect();
        assert_eq!(schemas_for(&settings, file), wanted, "{file}");
        for path in wanted {
            assert!(made.join(&path).is_file(), "{path} is named and not there");
        }
    }
}

#[test]
fn a_new_folder_tells_toml_editors_the_schema_of_rule_files_and_of_no_other() {
    let (_top, made) = init("bexley");
    let settings: toml::Value = toml::from_str(&read(&made, ".taplo.toml")).expect("TOML");
    let rules = settings["rule"].as_array().expect("a list");
    assert_eq!(rules.len(), 1);
    let path = rules[0]["schema"]["path"].as_str().expect("a path");
    let schema = json(&read(&made, path));
    assert_eq!(schema["title"], "A council's rule file");
    let covers = |list: &str, file: &str| {
        let patterns = rules[0][list].as_array().expect("a list").iter();
        patterns
            .map(|pattern| matcher(pattern.as_str().expect("a pattern")))
            .any(|pattern| pattern.is_match(file))
    };
    for (file, is_wanted) in [
        ("our-council.toml", true),
        ("panel.toml", false),
        (".taplo.toml", false),
    ] {
        let is_covered = covers("include", file) && !covers("exclude", file);
        assert_eq!(is_covered, is_wanted, "{file}");
    }
}

#[test]
fn the_schemas_of_a_folder_are_those_that_the_program_prints_in_it() {
    let (_top, made) = init("west-berkshire");
    for path in SCHEMAS {
        let kind = path
            .trim_start_matches(".vscode/")
            .trim_end_matches(".schema.json");
        let printed = schema(&made, &[kind]);
        assert_eq!(status(&printed), 0, "{}", stderr(&printed));
        assert!(read(&made, path) == stdout(&printed), "{path}");
    }
    let check = schema(&made, &["--check"]);
    assert_eq!(status(&check), 0, "{}", stderr(&check));
    assert_eq!(stdout(&check), "");
}

#[test]
fn an_existing_folder_is_given_them_and_what_is_its_own_is_left() {
    let folder = copy_of("examples/bexley");
    let dry = schema(folder.path(), &["--write", "--dry-run"]);
    assert_eq!(status(&dry), 0, "{}", stderr(&dry));
    assert!(!folder.path().join(".vscode").exists(), "it was dry");
    let write = schema(folder.path(), &["--write"]);
    assert_eq!(status(&write), 0, "{}", stderr(&write));
    assert_eq!(stdout(&dry), stdout(&write));
    let all: Vec<&str> = SCHEMAS.iter().chain(&SETTINGS).copied().collect();
    assert_eq!(stdout(&write).lines().collect::<Vec<_>>(), all);
    for path in all {
        assert!(folder.path().join(path).is_file(), "{path}");
    }
    // Once more: nothing is new, and nothing is told as written.
    assert_eq!(stdout(&schema(folder.path(), &["--write"])), "");
    // Settings that somebody has changed stay as they are, and what they miss is told.
    let settings = folder.path().join(".vscode/settings.json");
    std::fs::write(&settings, "{\"editor.tabSize\": 2}\n").expect("written");
    let again = schema(folder.path(), &["--write"]);
    assert_eq!(status(&again), 0);
    assert_eq!(stdout(&again), "");
    assert!(
        stderr(&again).contains(".vscode/settings.json is yours and names no schema"),
        "{}",
        stderr(&again)
    );
    assert_eq!(
        read(folder.path(), ".vscode/settings.json"),
        "{\"editor.tabSize\": 2}\n"
    );
}

#[test]
fn schemas_that_are_not_those_of_the_rules_any_more_are_told_and_written_anew() {
    let folder = copy_of("examples/bexley");
    let none = schema(folder.path(), &["--check"]);
    assert_eq!(status(&none), 1);
    assert!(stdout(&none).contains(".vscode/referral.schema.json: not there"));
    assert!(stderr(&none).contains("panel schema --write"));
    assert_eq!(status(&schema(folder.path(), &["--write"])), 0);
    assert_eq!(status(&schema(folder.path(), &["--check"])), 0);
    // Another council's words.
    change(
        &folder.path().join("panel.toml"),
        "council = \"bexley\"",
        "council = \"nelc\"",
    );
    let old = schema(folder.path(), &["--check"]);
    assert_eq!(status(&old), 1);
    let told = stdout(&old);
    assert!(
        told.contains(".vscode/referral.schema.json: not what the rules of today make"),
        "{told}"
    );
    assert!(
        !told.contains("council.schema.json"),
        "the keys of rule files are the same for all: {told}"
    );
    let before = read(folder.path(), ".vscode/referral.schema.json");
    let write = schema(folder.path(), &["--write"]);
    assert!(stdout(&write).contains(".vscode/referral.schema.json"));
    assert!(!stdout(&write).contains(".vscode/settings.json"));
    assert!(before != read(folder.path(), ".vscode/referral.schema.json"));
    assert_eq!(status(&schema(folder.path(), &["--check"])), 0);
}

#[test]
fn they_are_written_into_case_folders_alone_and_a_kind_is_not_asked_for() {
    let nowhere = tempfile::tempdir().expect("a temporary folder");
    for flag in ["--write", "--check"] {
        let output = schema(nowhere.path(), &[flag]);
        assert_eq!(status(&output), 2, "{flag}");
        assert!(stderr(&output).contains("no panel.toml"), "{flag}");
        let folder = project().join("examples/bexley");
        let with_kind = schema(&folder, &["referral", flag]);
        assert_eq!(status(&with_kind), 2, "{flag}");
    }
    let bare = panel().arg("schema").output().expect("it runs");
    assert_eq!(status(&bare), 2);
    assert!(stderr(&bare).contains("KIND"), "{}", stderr(&bare));
}
