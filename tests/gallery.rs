//! The gallery of the book: for each rule a folder that breaks it, and what `panel check` prints there.
//!
//! Each example is the case of `tests/cases` that says `gallery = "RULE"`. Its folder stands whole
//! below `docs/gallery`, so that anybody can run it; the page shows the lines that matter. Here every
//! folder is compared with its case, and every command of the page is run as it stands there.
//!
//! `BOOK=write cargo test --test gallery` makes the folders and the page anew.
#![allow(
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "tests make and read folders of their own"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;
use support::cases::{Case, cases, prepared};
use support::excerpt::{excerpt, paragraph};
use support::{on_every_core, panel, project, run, stdout};

const PAGE: &str = "docs/src/gallery.md";
const FOLDERS: &str = "docs/gallery";

const BEGINS: &str = "\
# A gallery of findings

Every rule, with a case folder that breaks it and what `panel check` prints there. Read it to see what a finding will look like before you meet it, or to find the rule for something that you have been told.

The folders lie in the project under `docs/gallery`, whole and ready to run; here only the lines that matter are shown, and `…` stands for the rest. All children and people in them are invented. `--as-of` sets the moment, so that a folder reads the same on any day. What the council's own file asks for is named with its clause: `panel explain RULE` prints why a rule is there, and how to satisfy it.
";

/// A rule's example: its case, and the files of its folder.
struct Example {
    rule: String,
    own: std::path::PathBuf,
    case: Case,
}

type Files = BTreeMap<String, String>;

fn examples() -> Vec<Example> {
    let base = project().join("tests/pages/base");
    let ids = stdout(&run(
        &base,
        "2026-11-24T09:00",
        &["explain", "--format", "ids"],
    ));
    let mut cases: BTreeMap<String, (std::path::PathBuf, Case)> = cases()
        .into_iter()
        .filter_map(|(_, own, case)| Some((case.gallery.clone()?, (own, case))))
        .collect();
    // A rule without a case is told by the test of the cases.
    ids.lines()
        .filter_map(|rule| {
            let (own, case) = cases.remove(rule)?;
            Some(Example {
                rule: rule.to_owned(),
                own,
                case,
            })
        })
        .collect()
}

/// The files of a folder as text; papers that are not text do not occur.
fn files(folder: &Path) -> Files {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(|entry| Some(entry.ok()?.into_path()))
        .filter(|path| path.is_file() && path.file_name() != Some(".panel.lock".as_ref()))
        .map(|path| {
            let name = path.strip_prefix(folder).expect("it lies below");
            let text = std::fs::read_to_string(&path).expect("it is text");
            (name.display().to_string(), text)
        })
        .collect()
}

/// The folder before the case changed it.
fn before(example: &Example) -> Files {
    let case = &example.case;
    let sound = Case {
        change: Vec::new(),
        copies: 0,
        edited_after: false,
        rules: None,
        says: case.says.clone(),
        as_of: case.as_of.clone(),
        base: case.base.clone(),
        gallery: None,
        args: Vec::new(),
        decided: case.decided,
        expect: Vec::new(),
        with_notes: false,
        told: Vec::new(),
        exit: 0,
        shows: Vec::new(),
        clauses: Vec::new(),
    };
    files(prepared(&example.own, &sound).path())
}

/// What is typed after `panel`, from the project's folder.
fn arguments(example: &Example) -> Vec<String> {
    let folder = format!("{FOLDERS}/{}", example.rule);
    let mut words = ["--folder", &folder, "--as-of", &example.case.as_of, "check"]
        .map(str::to_owned)
        .to_vec();
    words.extend(example.case.args.iter().cloned());
    if example.case.with_notes {
        words.push("--notes".to_owned());
    }
    words
}

/// What the command prints, both streams as a terminal of a hundred columns shows them.
fn printed(arguments: &[String]) -> String {
    let (mut printed, both) = std::io::pipe().expect("a pipe");
    let mut program = panel();
    program
        .args(arguments)
        .env_remove("PANEL_AS_OF")
        .env("COLUMNS", "100")
        .current_dir(project())
        .stdout(both.try_clone().expect("a pipe has two ends"))
        .stderr(both);
    let mut running = program
        .spawn()
        .expect("the program was built with the tests");
    // The ends that it holds would keep the pipe open.
    drop(program);
    let mut text = String::new();
    printed.read_to_string(&mut text).expect("output is UTF-8");
    running.wait().expect("it ends");
    text
}

/// The findings of the folder, for the lines that they are about.
fn findings(arguments: &[String]) -> Vec<serde_json::Value> {
    let mut arguments = arguments.to_vec();
    arguments.extend(["--format", "json", "--quiet"].map(str::to_owned));
    let text = printed(&arguments);
    let json: serde_json::Value =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error} in {text}"));
    json["findings"].as_array().expect("findings").clone()
}

/// The part of the page for one rule.
fn part(example: &Example, now: &Files) -> String {
    let mut text = format!(
        "\n## [{0}](rules/{0}.md)\n\n{1}\n",
        example.rule, example.case.says
    );
    let arguments = arguments(example);
    let findings = findings(&arguments);
    let before = before(example);
    for (file, now) in now {
        // What a copy says is what its original says.
        let is_copy = file.contains("/R-2026-100") && example.case.copies > 0;
        if file == "panel.toml" || is_copy {
            continue;
        }
        let shown = if file == "council.toml" {
            let asked: BTreeSet<u64> = findings
                .iter()
                .filter(|finding| {
                    let because = finding["because"]["file"].as_str().unwrap_or_default();
                    because.ends_with("council.toml") && !because.starts_with("councils/")
                })
                .filter_map(|finding| finding["because"]["line"].as_u64())
                .collect();
            asked
                .iter()
                .map(|line| paragraph(now, *line))
                .collect::<Vec<_>>()
                .join("\n")
        } else {
            let told: Vec<u64> = findings
                .iter()
                .filter(|finding| finding["file"] == **file)
                .filter(|finding| example.case.with_notes || finding["severity"] != "note")
                .filter_map(|finding| finding["line"].as_u64())
                .collect();
            excerpt(before.get(file).map(String::as_str), now, &told)
        };
        if shown.is_empty() {
            continue;
        }
        let kind = file.rsplit('.').next().unwrap_or_default();
        let _ = write!(text, "\n`{file}`:\n\n```{kind}\n{shown}```\n");
    }
    if example.case.copies > 0 {
        let _ = write!(
            text,
            "\nBeside it lie {} more that say the same of other children.\n",
            example.case.copies
        );
    }
    let told = printed(&arguments);
    let told: Vec<&str> = told.lines().map(str::trim_end).collect();
    let _ = write!(
        text,
        "\n```console\n$ panel {}\n{}\n```\n",
        arguments.join(" "),
        told.join("\n").trim_end()
    );
    text
}

fn put(folder: &Path, files: &Files) {
    if folder.exists() {
        std::fs::remove_dir_all(folder).expect("an old example can be removed");
    }
    for (name, text) in files {
        let place = folder.join(name);
        std::fs::create_dir_all(place.parent().expect("it lies below"))
            .expect("a folder can be made");
        std::fs::write(place, text).expect("a file can be written");
    }
}

#[test]
fn the_gallery_shows_every_rule_as_it_is_told_now() {
    let is_to_write = std::env::var("BOOK").is_ok_and(|value| value == "write");
    let examples = examples();
    assert!(examples.len() > 60, "only {} examples", examples.len());
    let folders = project().join(FOLDERS);
    let mut wrong = Vec::new();
    let made: Vec<Files> = examples
        .iter()
        .map(|example| files(prepared(&example.own, &example.case).path()))
        .collect();
    for (example, now) in examples.iter().zip(&made) {
        let folder = folders.join(&example.rule);
        if is_to_write {
            put(&folder, now);
        } else if files(&folder) != *now {
            wrong.push(format!("{FOLDERS}/{}", example.rule));
        }
    }
    for entry in std::fs::read_dir(&folders).expect("it is there") {
        let name = entry.expect("it can be listed").file_name();
        let name = name.to_string_lossy().into_owned();
        if !examples.iter().any(|example| example.rule == name) {
            wrong.push(format!("{FOLDERS}/{name} is no rule's: remove it"));
        }
    }
    let pairs: Vec<_> = examples.iter().zip(&made).collect();
    let parts = on_every_core(&pairs, |(example, now)| part(example, now));
    let right = BEGINS.to_owned() + &parts.concat();
    let page = project().join(PAGE);
    if is_to_write {
        std::fs::write(&page, &right).expect("the book can be written");
    }
    let told = std::fs::read_to_string(&page).unwrap_or_default();
    for (line, (told, right)) in told.lines().zip(right.lines()).enumerate() {
        if told != right {
            wrong.push(format!(
                "{PAGE}:{}:\n  in the book {told}\n  printed     {right}",
                line + 1
            ));
            break;
        }
    }
    if told != right && wrong.is_empty() {
        wrong.push(format!("{PAGE} ends elsewhere"));
    }
    assert!(
        wrong.is_empty(),
        "out of date, `BOOK=write cargo test --test gallery` makes it anew:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn a_changed_line_is_shown_under_its_keys() {
    let before = "a: 1\nrequest:\n  kind: x\n  to: y\nz: 1\n";
    let now = "a: 1\nrequest:\n  kind: x\n  to: n\nz: 1\n";
    assert_eq!(
        excerpt(Some(before), now, &[]),
        "…\nrequest:\n…\n  to: n\n…\n"
    );
    assert_eq!(excerpt(Some(now), now, &[]), "");
    assert_eq!(excerpt(Some(now), now, &[5]), "…\nz: 1\n");
}

#[test]
fn where_lines_were_taken_out_their_neighbours_are_shown() {
    let before = "a: 1\nb: 2\nc: 3\nd: 4\n";
    assert_eq!(
        excerpt(Some(before), "a: 1\nc: 3\nd: 4\n", &[]),
        "a: 1\nc: 3\n…\n"
    );
}
