//! What `panel verify` finds with a git history whose own lists do not tell: edits that git takes for
//! none, moves of the whole folder, and records that git is told to leave out.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use std::path::{Path, PathBuf};
use support::git::{commit, git, has_git, path};
use support::{copy_of, status, stderr, stdout};
use tempfile::TempDir;

const NOW: &str = "2026-12-01T09:00";
const DECISION: &str = "meetings/2026-11-19/decisions/R-2026-0113.yaml";
const MEETING: &str = "meetings/2026-11-19/meeting.yaml";

/// A repository with a case folder inside, of which no paper has been made: no digest tells of an
/// edit of a decision.
fn repository(inside: &str) -> (TempDir, PathBuf) {
    let top = tempfile::tempdir().expect("a temporary folder");
    let cases = top.path().join(inside);
    let example = copy_of("examples/bexley");
    for name in ["panel.toml", "referrals", "meetings"] {
        let to = cases.join(name);
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("made");
        std::fs::rename(example.path().join(name), to).expect("moved");
    }
    for day in std::fs::read_dir(cases.join("meetings")).expect("meetings") {
        let minutes = day.expect("an entry").path().join("minutes.md");
        minutes.exists().then(|| std::fs::remove_file(&minutes));
    }
    git(top.path(), &["init", "--quiet", "-b", "main"]);
    (top, cases)
}

/// What is found, as `rule file: commit's subject`, and what is told beside it.
fn verified(cases: &Path) -> (Vec<String>, String) {
    let output = support::panel()
        .env("PATH", path())
        .arg("--folder")
        .arg(cases)
        .args(["--as-of", NOW, "verify", "--format", "json"])
        .output()
        .expect("it runs");
    assert!(status(&output) < 2, "{}", stderr(&output));
    let json: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let findings = json["findings"].as_array().expect("a list");
    let line = |finding: &serde_json::Value| {
        let text = |key: &str| finding[key].as_str().expect("text").to_owned();
        let by = match finding["commit"]["subject"].as_str() {
            Some(subject) => subject.to_owned(),
            None if finding["uncommitted"] == true => "uncommitted".to_owned(),
            None => "unknown".to_owned(),
        };
        format!("{} {}: {by}", text("rule"), text("file"))
    };
    (findings.iter().map(line).collect(), stderr(&output))
}

fn edit(file: &Path) {
    let text = std::fs::read_to_string(file).expect("a record");
    let edited = text.replacen("rationale: ", "rationale: Z", 1);
    assert_ne!(edited, text, "{}", file.display());
    std::fs::write(file, edited).expect("written");
}

/// The same with as many bytes, and the hour that the file had.
fn edit_without_a_trace(file: &Path) {
    let about = std::fs::metadata(file).expect("a record");
    let text = std::fs::read_to_string(file).expect("a record");
    let at = text.find("rationale: ").expect("it has one") + "rationale: ".len();
    let mut bytes = text.into_bytes();
    bytes[at] = if bytes[at] == b'Z' { b'Y' } else { b'Z' };
    std::fs::write(file, bytes).expect("written");
    let file = std::fs::File::options()
        .write(true)
        .open(file)
        .expect("it is there");
    file.set_modified(about.modified().expect("an hour"))
        .expect("set");
}

#[test]
fn an_edit_is_told_though_git_was_told_to_take_the_file_for_unchanged() {
    if !has_git() {
        return;
    }
    for flag in ["--assume-unchanged", "--skip-worktree"] {
        let (top, cases) = repository("");
        commit(top.path(), "Begin");
        assert_eq!(verified(&cases).0, [""; 0]);
        git(&cases, &["update-index", flag, DECISION, MEETING]);
        edit(&cases.join(DECISION));
        std::fs::remove_file(cases.join(MEETING)).expect("removed");
        let told = [
            format!("decision-edited {DECISION}: uncommitted"),
            format!("lost {MEETING}: uncommitted"),
        ];
        let (found, _) = verified(&cases);
        assert!(
            told.iter().all(|told| found.contains(told)),
            "{flag}: {found:#?}"
        );
    }
}

#[test]
fn an_edit_is_told_where_size_and_hour_of_the_file_are_as_they_were() {
    if !has_git() {
        return;
    }
    let (top, cases) = repository("");
    git(top.path(), &["config", "core.trustctime", "false"]);
    git(top.path(), &["config", "core.checkStat", "minimal"]);
    let hour = std::time::SystemTime::now() - std::time::Duration::from_hours(48);
    let file = std::fs::File::options()
        .write(true)
        .open(cases.join(DECISION))
        .expect("there");
    file.set_modified(hour).expect("set");
    commit(top.path(), "Begin");
    git(top.path(), &["status"]);
    edit_without_a_trace(&cases.join(DECISION));
    let (found, _) = verified(&cases);
    assert_eq!(found, [format!("decision-edited {DECISION}: uncommitted")]);
}

#[test]
fn a_clone_with_other_line_ends_has_no_edit() {
    if !has_git() {
        return;
    }
    let (top, cases) = repository("");
    commit(top.path(), "Begin");
    git(top.path(), &["config", "core.autocrlf", "true"]);
    let file = cases.join(DECISION);
    let text = std::fs::read_to_string(&file).expect("a record");
    std::fs::write(&file, text.replace('\n', "\r\n")).expect("written");
    let (found, _) = verified(&cases);
    let edits: Vec<&String> = found
        .iter()
        .filter(|line| line.contains("edited"))
        .collect();
    assert!(edits.is_empty(), "{edits:?}");
}

#[test]
fn an_edit_in_the_commit_that_moves_the_folder_is_told_and_that_it_was_moved() {
    if !has_git() {
        return;
    }
    let (top, cases) = repository("old");
    commit(top.path(), "Begin");
    let moved = top.path().join("new");
    git(top.path(), &["mv", "old", "new"]);
    edit(&moved.join(DECISION));
    commit(top.path(), "New year");
    assert!(!cases.exists());
    let (found, told) = verified(&moved);
    assert_eq!(found, [format!("decision-edited {DECISION}: New year")]);
    assert!(
        told.contains("brought records here from another folder"),
        "{told}"
    );
}

#[test]
fn records_that_git_leaves_out_are_told() {
    if !has_git() {
        return;
    }
    let (top, cases) = repository("");
    std::fs::write(cases.join(".gitignore"), "meetings/\n").expect("written");
    commit(top.path(), "Begin");
    let (_, told) = verified(&cases);
    assert!(told.contains("git is told to leave out"), "{told}");
    assert!(told.contains("meetings/"), "{told}");

    let (top, cases) = repository("cases");
    std::fs::write(top.path().join("README.md"), "Cases.\n").expect("written");
    git(top.path(), &["add", "README.md"]);
    git(top.path(), &["commit", "--quiet", "-m", "Begin"]);
    let (_, told) = verified(&cases);
    assert!(
        told.contains("no record of this folder is in a commit yet"),
        "{told}"
    );
    commit(top.path(), "Add the cases");
    let (found, told) = verified(&cases);
    assert_eq!((found.len(), told.as_str()), (0, ""));
}

#[test]
fn what_a_merge_dropped_is_told_with_the_merge() {
    if !has_git() {
        return;
    }
    let (top, cases) = repository("");
    commit(top.path(), "Begin");
    git(&cases, &["checkout", "--quiet", "-b", "side"]);
    let file = "meetings/2026-12-03/decisions/R-2026-0121.yaml";
    let output = support::run(
        &cases,
        "2026-12-03T18:00",
        &[
            "decide",
            "R-2026-0121",
            "--date",
            "2026-12-03",
            "--outcome",
            "decline",
            "--rationale",
            "Others pay for it.",
        ],
    );
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    commit(&cases, "Decide");
    git(&cases, &["checkout", "--quiet", "main"]);
    std::fs::write(cases.join("README.md"), "Cases.\n").expect("written");
    commit(&cases, "Say more");
    git(
        &cases,
        &["merge", "--quiet", "-s", "ours", "side", "-m", "Join"],
    );
    let (found, _) = verified(&cases);
    assert!(found.contains(&format!("lost {file}: Join")), "{found:#?}");
}

#[test]
fn a_request_that_was_sent_and_is_gone_is_told_and_one_that_was_moved_or_never_sent_is_not() {
    if !has_git() {
        return;
    }
    let (top, cases) = repository("");
    let draft = "referrals/2026/R-2026-0199.yaml";
    std::fs::write(cases.join(draft), "reference: R-2026-0199\n").expect("written");
    commit(top.path(), "Begin");
    git(
        &cases,
        &["rm", "--quiet", draft, "referrals/2026/R-2026-0123.yaml"],
    );
    std::fs::create_dir_all(cases.join("referrals/2027")).expect("made");
    git(
        &cases,
        &[
            "mv",
            "referrals/2026/R-2026-0125.yaml",
            "referrals/2027/R-2026-0125.yaml",
        ],
    );
    commit(&cases, "Tidy up");
    let (found, _) = verified(&cases);
    assert_eq!(found, ["lost referrals/2026/R-2026-0123.yaml: Tidy up"]);
}
