//! The page on privacy that each new folder has: it is the book's, its commands are there, and what it
//! says of git and of files about a child holds.

use super::markers::{self, BROTHER, OWN, SISTER, STRANGER};
use super::support::git::{commit, git, git_in, has_git};
use super::support::{change, panel, project, run, status, stderr, stdout};
use std::collections::BTreeSet;
use std::path::Path;

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A folder as `panel init` makes it.
fn office() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut init = panel();
    init.args(["init", "--council", "bexley"])
        .arg(folder.path().join("office"));
    let output = init.output().expect("it runs");
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    folder
}

#[test]
fn a_new_folder_has_the_books_page_on_privacy() {
    let folder = office();
    let page = text(&folder.path().join("office/PRIVACY.md"));
    assert_eq!(page, text(&project().join("docs/src/privacy.md")));
    for subject in [
        "Who may see what",
        "How long it is kept",
        "out of the history",
    ] {
        assert!(page.contains(subject), "{subject}");
    }
    let book = page.match_indices("](").map(|(at, _)| &page[at + 2..]);
    let elsewhere: Vec<&str> = book.filter(|link| !link.starts_with("https://")).collect();
    assert!(
        elsewhere.is_empty(),
        "links that lead nowhere in a folder: {elsewhere:?}"
    );
}

#[test]
fn what_is_there_is_never_replaced() {
    for place in [".gitignore", "PRIVACY.md"] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let own = folder.path().join(place);
        std::fs::write(&own, "ours\n").expect("a temporary file");
        let mut init = panel();
        init.args(["init", "--council", "bexley"])
            .arg(folder.path());
        let output = init.output().expect("it runs");
        assert_eq!(status(&output), 2, "{}", stderr(&output));
        assert!(stderr(&output).contains(place), "{}", stderr(&output));
        assert_eq!(text(&own), "ours\n");
    }
}

#[test]
fn git_leaves_out_what_is_no_record_and_keeps_every_record() {
    let folder = office();
    let office = folder.path().join("office");
    if !has_git() {
        return;
    }
    git(&office, &["init", "--quiet"]);
    let is_ignored = |place: &str| {
        let asked = git_in(&office, &["check-ignore", "--quiet", place]);
        status(&asked.expect("git is there")) == 0
    };
    for place in [
        ".panel.lock",
        ".panel-aB3xY9.tmp",
        "spend.csv",
        "diary.ics",
        "agenda.pdf",
        "minutes.docx",
        "referrals/2026/.R-2026-0142.yaml.swp",
        "referrals/2026/R-2026-0142.yaml~",
        "server.key",
        "~$minutes.docx",
        ".env",
    ] {
        assert!(is_ignored(place), "{place} goes into the history");
    }
    for place in [
        "panel.toml",
        "README.md",
        "PRIVACY.md",
        "referrals/2026/R-2026-0142.yaml",
        "meetings/2026-11-26/meeting.yaml",
        "meetings/2026-11-26/decisions/R-2026-0142.2.yaml",
        "meetings/2026-11-26/after/R-2026-0142.yaml",
        "meetings/2026-11-26/final.yaml",
        "meetings/2026-11-26/minutes.md",
        "records/R-2026-0142/2026-11-26.md",
        "diary.md",
        "templates/letter.md.j2",
        ".githooks/pre-commit",
        ".github/workflows/panel.yml",
    ] {
        assert!(!is_ignored(place), "{place} is left out");
    }
}

#[test]
fn every_command_on_the_page_is_there() {
    let page = text(&project().join("docs/src/privacy.md"));
    let mut found = BTreeSet::new();
    for typed in page.split('`').filter(|typed| typed.starts_with("panel ")) {
        let words: Vec<&str> = typed.split_whitespace().skip(1).collect();
        let mut help = panel();
        let output = help.args([words[0], "--help"]).output().expect("it runs");
        assert_eq!(status(&output), 0, "{typed}");
        let options = words.iter().filter(|word| word.starts_with("--"));
        for option in options.map(|word| word.trim_end_matches(',')) {
            assert!(stdout(&output).contains(option), "{typed}: no {option}");
        }
        found.insert(words[0].to_owned());
    }
    assert!(found.len() > 10, "{found:?}");
}

#[test]
fn every_file_that_names_a_child_is_listed_wherever_it_lies() {
    let (folder, markers) = markers::folder("bexley", ("2026-11-19", "2026-11-26"), &[], "approve");
    let folder = folder.path();
    let now = "2026-12-01T09:00";
    let written = [
        &["agenda", "--date", "2026-11-26", "--pack", "--write"][..],
        &["record", OWN, "--write"],
        &["letter", OWN, "--write"],
        &["record", STRANGER, "--write"],
        &["diary", "--format", "markdown", "--write"],
        &["minutes", "--date", "2026-11-26", "--write"],
    ];
    for args in written {
        let output = run(folder, now, args);
        assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
    }
    let (first, last) = (markers.at(OWN, "referral.child.name"), "Kovács");
    let name = format!("{first} {last}");
    for place in [OWN, markers::EARLIER] {
        change(
            &folder.join(format!("referrals/{place}.yaml")),
            &format!("name: {first}\n"),
            &format!("name: {name}\n"),
        );
    }
    // A stranger's file that says the name as people type it, and a page that is no record.
    let (said, typed) = (
        "referral.request.reason",
        format!("{} KOVACS", first.to_uppercase()),
    );
    let said = markers.at(STRANGER, said);
    change(
        &folder.join(format!("referrals/{STRANGER}.yaml")),
        said,
        &format!("{said} as {typed}"),
    );
    std::fs::write(folder.join("notes.txt"), format!("Ring about {name}.\n")).expect("a file");
    std::fs::write(
        folder.join("meetings/2026-11-26/final.yaml"),
        format!("files:\n- file: records/{OWN}/2026-11-26.md\n"),
    )
    .expect("a file");
    let output = run(folder, now, &["show", "--files", OWN, "--format", "json"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let listed: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let listed = listed["files"].as_array().expect("a list").iter();
    let listed: BTreeSet<String> = listed
        .map(|row| row["file"].as_str().expect("a path").to_owned())
        .collect();
    for place in [
        format!("referrals/{OWN}.yaml"),
        format!("referrals/{BROTHER}.yaml"),
        format!("referrals/{SISTER}.yaml"),
        format!("referrals/{STRANGER}.yaml"),
        format!("meetings/2026-11-26/decisions/{OWN}.yaml"),
        format!("meetings/2026-11-26/decisions/{OWN}.2.yaml"),
        format!("meetings/2026-11-26/after/{OWN}.yaml"),
        format!("records/{OWN}/2026-11-26.md"),
        format!("records/{OWN}/2026-11-26-letter.md"),
        "meetings/2026-11-26/meeting.yaml".to_owned(),
        "meetings/2026-11-26/agenda.md".to_owned(),
        "meetings/2026-11-26/minutes.md".to_owned(),
        "meetings/2026-11-26/final.yaml".to_owned(),
        "diary.md".to_owned(),
        "notes.txt".to_owned(),
    ] {
        assert!(
            listed.contains(&place),
            "{place} is not listed: {listed:#?}"
        );
    }
    // What the test finds by itself is all there, and nothing that is about others alone.
    let own = [
        OWN,
        markers::EARLIER,
        &name,
        markers.at(OWN, "referral.child.case_id"),
    ];
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.expect("it can be walked");
        if !entry.file_type().is_file() {
            continue;
        }
        let path = entry
            .path()
            .strip_prefix(folder)
            .expect("below")
            .to_string_lossy()
            .into_owned();
        let text = text(entry.path());
        if own
            .iter()
            .any(|own| text.contains(own) || path.contains(own))
        {
            assert!(listed.contains(&path), "{path} is not listed");
        }
    }
    assert!(
        !listed.contains(&format!("records/{STRANGER}/2026-11-26.md")),
        "{listed:#?}"
    );
}

#[test]
fn a_new_history_holds_nothing_of_a_child_who_was_taken_out() {
    let folder = super::support::copy_of("examples/bexley");
    let folder = folder.path();
    if !has_git() {
        return;
    }
    git(folder, &["init", "--quiet"]);
    commit(folder, "The folder");
    let holds = |folder: &Path| {
        let found = git(folder, &["log", "--all", "--oneline", "-S", "R-2026-0102"]);
        !found.stdout.is_empty()
    };
    let output = run(
        folder,
        "2026-12-01T09:00",
        &["show", "--files", "R-2026-0102", "--format", "json"],
    );
    let listed: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let words = ["R-2026-0102", "R-2026-0121", "0104188", "Amelia R."];
    for row in listed["files"].as_array().expect("a list") {
        let place = row["file"].as_str().expect("a path");
        let path = folder.join(place);
        let is_own = ["R-2026-0102", "R-2026-0121"]
            .iter()
            .any(|own| place.contains(own));
        if is_own {
            std::fs::remove_file(&path).expect("a temporary file");
        } else {
            let without = words
                .iter()
                .fold(text(&path), |text, word| text.replace(word, "(removed)"));
            std::fs::write(&path, without).expect("a temporary file");
        }
    }
    commit(folder, "Without the files");
    assert!(holds(folder), "deleting files leaves the history");
    std::fs::remove_dir_all(folder.join(".git")).expect("a temporary folder");
    git(folder, &["init", "--quiet"]);
    commit(folder, "The folder");
    assert!(!holds(folder), "the new history holds it");
    let left = run(folder, "2026-12-01T09:00", &["show", "R-2026-0102"]);
    assert_eq!(status(&left), 2, "{}", stdout(&left));
}
