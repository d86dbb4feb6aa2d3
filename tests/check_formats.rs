//! The forms of `panel check` from outside: each fits its schema, points where it should, and lets
//! nothing of a file through that its reader would obey.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use support::{change, copy_of, panel, project, run, status, stderr, stdout};

const NOW: &str = "2026-12-01T09:00";
const EXAMPLES: [&str; 5] = ["bexley", "bcp", "nelc", "care-planning", "west-berkshire"];
const FORMATS: [&str; 6] = ["human", "concise", "json", "sarif", "github", "gitlab"];

fn told(folder: &Path, format: &str) -> String {
    let output = run(folder, NOW, &["check", "--drafts", "--format", format]);
    assert!(status(&output) < 2, "{format}: {}", stderr(&output));
    stdout(&output)
}

fn json_of(folder: &Path, format: &str) -> Value {
    serde_json::from_str(&told(folder, format)).expect("it is JSON")
}

fn misfits(schema: &Value, value: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).expect("a schema");
    let faults = validator.iter_errors(value);
    faults
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect()
}

fn sarif_schema() -> Value {
    let path = project().join("tests/sarif/sarif-schema-2.1.0.json");
    let text = std::fs::read_to_string(path).expect("it is there");
    // As published, the pattern of a language has a bracket too many, which a strict reader of
    // patterns refuses; `panel` writes no language.
    let (wrong, right) = ("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}?$");
    assert!(text.contains(wrong), "the schema has been put right by now");
    serde_json::from_str(&text.replace(wrong, right)).expect("JSON")
}

fn strings<'v>(value: &'v Value, key: &str) -> Vec<&'v str> {
    let entries = value.as_array().expect("a list").iter();
    entries
        .map(|entry| entry[key].as_str().expect("text"))
        .collect()
}

/// A folder with a referral that has faults; its name and its words are such as tools trip over.
fn folder() -> tempfile::TempDir {
    let folder = copy_of("tests/pages/base");
    let file = referral(folder.path());
    change(&file, "kind: support-package", "kind: suport-package");
    folder
}

fn referral(folder: &Path) -> std::path::PathBuf {
    walkdir::WalkDir::new(folder.join("referrals"))
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("it can be walked").into_path())
        .find(|path| path.is_file())
        .expect("there is one")
}

#[test]
fn sarif_fits_the_schema_of_its_standard_for_every_example() {
    let schema = sarif_schema();
    for example in EXAMPLES {
        for more in [&[][..], &["--statistics"], &["--most", "1"], &["--history"]] {
            let mut args = vec!["check", "--format", "sarif"];
            args.extend(more);
            let output = run(&project().join("examples").join(example), NOW, &args);
            let value: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
            assert_eq!(misfits(&schema, &value), [""; 0], "{example} {more:?}");
        }
    }
    let broken = serde_json::json!({"version": "2.1.0", "runs": [{"results": []}]});
    assert!(
        !misfits(&schema, &broken).is_empty(),
        "the schema refuses something"
    );
}

#[test]
fn json_fits_its_schema_for_every_example_and_the_schema_is_the_committed_one() {
    let output = panel().args(["schema", "check"]).output().expect("it runs");
    let path = project().join("docs/src/schema/check.json");
    let committed = std::fs::read_to_string(path).expect("it is committed");
    assert_eq!(stdout(&output), committed, "run .ci/generate");
    let schema: Value = serde_json::from_str(&committed).expect("JSON");
    for example in EXAMPLES {
        for more in [&[][..], &["--statistics"], &["--most", "1"], &["--history"]] {
            let mut args = vec!["check", "--format", "json"];
            args.extend(more);
            let output = run(&project().join("examples").join(example), NOW, &args);
            let value: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
            assert_eq!(misfits(&schema, &value), [""; 0], "{example} {more:?}");
            let mut worse = value.clone();
            worse["findings"][0]["line"] = 0.into();
            worse["version"] = "one".into();
            assert_ne!(misfits(&schema, &worse), [""; 0], "{example}");
        }
    }
}

#[test]
fn sarif_describes_every_rule_and_every_finding_has_its_rule_place_and_clause() {
    let folder = project().join("examples/bexley");
    let sarif = json_of(&folder, "sarif");
    let run = &sarif["runs"][0];
    let rules = &run["tool"]["driver"]["rules"];
    let ids: BTreeSet<&str> = strings(rules, "id").into_iter().collect();
    let explained = panel().args(["explain", "--format", "ids"]).output();
    let explained = stdout(&explained.expect("it runs"));
    for id in explained
        .lines()
        .filter(|id| !["own-rule", "time-limit-passed"].contains(id))
    {
        assert!(ids.contains(id), "{id} is not described");
    }
    for rule in rules.as_array().expect("a list") {
        assert!(
            rule["help"]["markdown"]
                .as_str()
                .is_some_and(|text| text.len() > 40)
        );
        assert!(
            rule["shortDescription"]["text"]
                .as_str()
                .is_some_and(|text| !text.is_empty())
        );
        assert!(rule.get("helpUri").is_none());
    }
    let json = json_of(&folder, "json");
    let findings = json["findings"].as_array().expect("a list");
    let results = run["results"].as_array().expect("a list");
    assert_eq!(findings.len(), results.len());
    for (finding, result) in findings.iter().zip(results) {
        let index =
            usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("small");
        assert_eq!(rules[index]["id"], finding["rule"]);
        assert_eq!(result["ruleId"], finding["rule"]);
        let is_draft = finding["draft"] == true;
        let level = if is_draft {
            &Value::from("note")
        } else {
            &finding["severity"]
        };
        assert_eq!(&result["level"], level);
        assert_eq!(result["properties"]["sources"], finding["sources"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], finding["file"]);
        assert_eq!(place["region"]["startLine"], finding["line"]);
        assert_eq!(place["region"]["endColumn"], finding["end_column"]);
        let message = result["message"]["text"].as_str().expect("text");
        for clause in finding["sources"].as_array().expect("a list") {
            assert!(
                message.contains(clause.as_str().expect("text")),
                "{message}"
            );
        }
    }
}

#[test]
fn a_finding_that_was_accepted_is_suppressed_with_its_reason() {
    let mut seen = 0;
    for example in EXAMPLES {
        let folder = project().join("examples").join(example);
        let output = run(&folder, NOW, &["check", "--history", "--format", "json"]);
        let json: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        let output = run(&folder, NOW, &["check", "--history", "--format", "sarif"]);
        let sarif: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        let results = sarif["runs"][0]["results"].as_array().expect("a list");
        for (finding, result) in json["findings"]
            .as_array()
            .expect("a list")
            .iter()
            .zip(results)
        {
            let by = &finding["accepted_by"];
            assert_eq!(by.is_null(), result.get("suppressions").is_none());
            if let Some(reason) = by["reason"].as_str() {
                let why = result["suppressions"][0]["justification"]
                    .as_str()
                    .expect("text");
                assert!(why.contains(reason) && why.contains(by["name"].as_str().expect("text")));
                seen += 1;
            }
        }
    }
    assert!(seen > 0, "an example has an accepted finding");
}

#[test]
fn a_file_whose_name_and_words_are_commands_lets_nothing_through() {
    let folder = folder();
    let file = referral(folder.path());
    let text = std::fs::read_to_string(&file).expect("it is there");
    let text = text.replace(
        "suport-package",
        "\"x\\e[31m%0A::error::y\\r\\n::stop-commands::z\\u202e\"",
    );
    let name = "referrals/a, b: 50% é \u{1b}[2J.yaml";
    std::fs::write(folder.path().join(name), text).expect("written");
    for format in FORMATS {
        let text = told(folder.path(), format);
        let is_bad = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!text.contains(is_bad), "{format}: {text:?}");
    }
    let github = told(folder.path(), "github");
    for line in github.lines() {
        let rest = line.strip_prefix("::").expect("a command each");
        assert!(
            ["error ", "warning ", "notice "]
                .iter()
                .any(|word| rest.starts_with(word)),
            "{line}"
        );
    }
    assert!(
        github.contains("file=referrals/a%2C b%3A 50%25 é "),
        "{github}"
    );
    assert!(!github.contains("%0A::"), "{github}");
    let sarif = json_of(folder.path(), "sarif");
    let uris: Vec<&str> = sarif["runs"][0]["results"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|result| {
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str()
        })
        .collect();
    assert!(
        uris.contains(&"referrals/a%2C%20b%3A%2050%25%20%C3%A9%20%1B%5B2J.yaml"),
        "{uris:?}"
    );
    assert_eq!(misfits(&sarif_schema(), &sarif), [""; 0]);
}

#[test]
fn github_says_where_in_its_own_columns() {
    let folder = folder();
    let file = referral(folder.path());
    let line = std::fs::read_to_string(&file).expect("it is there");
    let line = 1 + line
        .lines()
        .position(|line| line.contains("suport"))
        .expect("there");
    let github = told(folder.path(), "github");
    let name = file
        .strip_prefix(folder.path())
        .expect("inside")
        .display()
        .to_string();
    let wanted = format!(
        "::error file={name},line={line},endLine={line},col=9,endColumn=22,title=panel%3A bad-value::"
    );
    assert!(github.contains(&wanted), "{wanted}\n{github}");
}

/// Fingerprints by format.
fn known_by(folder: &Path) -> (Vec<String>, Vec<String>) {
    let gitlab = json_of(folder, "gitlab");
    let gitlab = strings(&gitlab, "fingerprint")
        .into_iter()
        .map(str::to_owned)
        .collect();
    let sarif = json_of(folder, "sarif");
    let results = sarif["runs"][0]["results"].as_array().expect("a list");
    let sarif = results
        .iter()
        .map(|result| {
            result["partialFingerprints"]["panelFinding/v1"]
                .as_str()
                .expect("text")
                .to_owned()
        })
        .collect();
    (gitlab, sarif)
}

#[test]
fn fingerprints_are_unique_and_outlive_a_line_put_in_above() {
    for example in EXAMPLES {
        let folder = copy_of(&format!("examples/{example}"));
        let before = known_by(folder.path());
        let unique: BTreeSet<&String> = before.0.iter().collect();
        assert_eq!(unique.len(), before.0.len(), "{example}");
        let json = json_of(folder.path(), "json");
        let files: BTreeSet<&str> = strings(&json["findings"], "file").into_iter().collect();
        // A record of a decision keeps its own digest of the referral: only what is open is moved.
        for file in files.iter().filter(|file| file.starts_with("meetings/")) {
            let path = folder.path().join(file);
            let text = std::fs::read_to_string(&path).expect("it is there");
            std::fs::write(&path, format!("# A remark.\n\n{text}")).expect("written");
        }
        assert_eq!(known_by(folder.path()), before, "{example}");
    }
}

#[test]
fn findings_that_are_alike_have_fingerprints_of_their_own_and_a_fault_of_syntax_keeps_its_own() {
    let folder = folder();
    let file = referral(folder.path());
    let text = std::fs::read_to_string(&file).expect("it is there");
    let faulty = text + "costs_of: [{a: 1}, {a: 1}]\nsibling: &x y\n";
    std::fs::write(&file, &faulty).expect("written");
    let before = known_by(folder.path());
    assert!(before.0.len() > 1);
    assert_eq!(
        before.0.iter().collect::<BTreeSet<_>>().len(),
        before.0.len()
    );
    std::fs::write(&file, format!("# A remark.\n{faulty}")).expect("written");
    assert_eq!(known_by(folder.path()), before);
}

#[test]
fn the_place_in_a_repository_stands_before_each_path() {
    let folder = folder();
    for format in ["sarif", "github", "gitlab"] {
        let output = run(
            folder.path(),
            NOW,
            &["check", "--format", format, "--prefix", "./panel cases/"],
        );
        let text = stdout(&output);
        let wanted = if format == "sarif" {
            "panel%20cases/referrals/"
        } else {
            "panel cases/referrals/"
        };
        assert!(text.contains(wanted), "{format}: {text}");
    }
    let output = run(folder.path(), NOW, &["check", "--prefix", "../x"]);
    assert_eq!(status(&output), 2);
}

#[test]
fn statistics_are_there_in_every_format_that_has_a_place_for_them() {
    let folder = project().join("examples/bexley");
    for format in FORMATS {
        let output = run(&folder, NOW, &["check", "--statistics", "--format", format]);
        if format == "gitlab" {
            assert_eq!(status(&output), 2);
            assert!(stderr(&output).contains("no place for --statistics"));
            continue;
        }
        assert!(stdout(&output).contains("late-submission"), "{format}");
    }
    let output = run(
        &folder,
        NOW,
        &["check", "--statistics", "--format", "concise"],
    );
    assert!(
        stdout(&output).contains("\nlate-submission: 1 error\n"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn warnings_count_and_rules_are_chosen_alike_in_every_format() {
    let folder = project().join("examples/bexley");
    for format in FORMATS {
        let status_of = |more: &[&str]| {
            let mut args = vec!["check", "--format", format];
            args.extend(more);
            status(&run(&folder, NOW, &args))
        };
        assert_eq!(status_of(&["--only", "action-overdue"]), 0, "{format}");
        let both = ["--only", "action-overdue", "--deny", "warnings"];
        assert_eq!(status_of(&both), 1, "{format}");
        let skipped = [&both[..], &["--skip", "action-overdue"]].concat();
        assert_eq!(status_of(&skipped), 0, "{format}");
        assert_eq!(status_of(&["--only", "late-submision"]), 2, "{format}");
    }
}
