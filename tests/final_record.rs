//! A meeting's record made final: what is unfinished is told before, and what was wrong in the meeting's
//! own record is corrected beside the minutes that were sealed.
#![allow(clippy::disallowed_methods, reason = "tests make folders of their own")]

mod support;

use std::path::Path;
use support::changes::{files, read, refused};
use support::git::{commit, git, has_git};
use support::{change, copy_of, run, status, stderr, stdout};
use tempfile::TempDir;

const NOW: &str = "2026-12-04T09:00";
const OWN: &str = "meetings/2026-11-23/meeting.yaml";
const SEAL: &str = "meetings/2026-11-23/final.yaml";
const SECOND: &str = "meetings/2026-11-23/final.2.yaml";

/// North East Lincolnshire's folder, with the minutes of 23 November made final.
fn sealed() -> TempDir {
    let folder = copy_of("examples/nelc");
    let output = seal(folder.path(), &[]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    folder
}

fn seal(folder: &Path, more: &[&str]) -> std::process::Output {
    run(folder, NOW, &sealing("2026-11-23", more))
}

fn sealing<'a>(day: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let args = ["minutes", "--date", day, "--final"];
    let by = ["--by", "M. Lofthouse", "--role", "panel-administrator"];
    [&args[..], &by[..], more].concat()
}

const CORRECT: [&str; 2] = ["--correct", "B. Tasker was there by video."];

/// Puts right in the meeting's own file who was there, and what was declared.
fn put_right(folder: &Path) {
    change(
        &folder.join(OWN),
        "B. Tasker, role: housing, status: apologies",
        "B. Tasker, role: housing, status: virtual",
    );
    change(
        &folder.join(OWN),
        "declarations: []",
        "declarations: [{member: L. Pinder, referral: R-2026-0314, nature: Knows the carers.}]",
    );
}

/// What `verify` finds but notes: `severity rule file`, with the message and the help behind it.
fn found(folder: &Path, more: &[&str]) -> Vec<(String, String)> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let output = support::panel()
        .env("PATH", path)
        .arg("--folder")
        .arg(folder)
        .args(["--as-of", NOW, "verify", "--format", "json"])
        .args(more)
        .output()
        .expect("it runs");
    let json: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let findings = json["findings"].as_array().expect("a list").iter();
    findings
        .filter(|finding| finding["severity"] != "note")
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().expect("text");
            (
                format!("{} {} {}", text("severity"), text("rule"), text("file")),
                format!("{}\n{}", text("message"), text("help")),
            )
        })
        .collect()
}

fn places(found: &[(String, String)]) -> Vec<&str> {
    found.iter().map(|(place, _)| place.as_str()).collect()
}

#[test]
fn what_the_meetings_own_record_had_wrong_is_corrected_beside_the_sealed_minutes() {
    let folder = sealed();
    let own = folder.path();
    let has_git = has_git();
    if has_git {
        git(own, &["init", "--quiet", "-b", "main"]);
        commit(own, "Seal");
    }
    put_right(own);
    let before = found(own, &[]);
    assert_eq!(places(&before), [format!("error sealed-changed {OWN}")]);
    let command =
        "`panel minutes --date 2026-11-23 --final --correct REASON --by NAME --role ROLE`";
    assert!(before[0].1.contains(command), "{before:?}");
    let first = [SEAL, "meetings/2026-11-23/minutes.md"].map(|file| read(own, file));
    let records = files(&own.join("records"));
    let output = seal(own, &CORRECT);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(
        stdout(&output),
        format!("meetings/2026-11-23/minutes.2.md\n{SECOND}\n")
    );
    assert_eq!(
        [SEAL, "meetings/2026-11-23/minutes.md"].map(|file| read(own, file)),
        first
    );
    assert!(
        files(&own.join("records")) == records,
        "a record was made anew"
    );
    let minutes = read(own, "meetings/2026-11-23/minutes.2.md");
    let told = "- Friday 4 December 2026: who was there, what was declared, by M. Lofthouse (Panel administrator). B. Tasker was there by video. What was final before is kept in minutes.md.";
    assert!(minutes.contains(told), "{minutes}");
    assert!(
        minutes.contains("- L. Pinder, Mabel T. (R-2026-0314): Knows the carers."),
        "{minutes}"
    );
    assert!(
        minutes.ends_with("<!-- sealed: final.2.yaml beside this file vouches for it -->\n"),
        "{minutes}"
    );
    let expected = [format!("warning after-sealing {SECOND}")];
    for more in [&[][..], &["--no-history"]] {
        let after = found(own, more);
        assert_eq!(places(&after), expected, "{after:?}");
        assert!(after[0].1.contains("B. Tasker was there by video."));
        assert!(after[0].1.contains("minutes.2.md"), "{after:?}");
    }
    if has_git {
        commit(own, "Correct");
        assert_eq!(places(&found(own, &[])), expected);
    }
    // The minutes that are printed are those that are kept, and are not written again.
    let printed = run(own, NOW, &["minutes", "--date", "2026-11-23"]);
    assert!(
        minutes.starts_with(&stdout(&printed)),
        "{}",
        stdout(&printed)
    );
    let kept = run(own, NOW, &["minutes", "--date", "2026-11-23", "--write"]);
    assert_eq!(stdout(&kept), "meetings/2026-11-23/minutes.2.md\n");
}

#[test]
fn an_edit_that_nobody_put_down_as_a_correction_is_still_told() {
    let folder = sealed();
    let own = folder.path();
    let sealed = read(own, OWN);
    put_right(own);
    assert_eq!(status(&seal(own, &CORRECT)), 0);
    let corrected = read(own, OWN);
    // Neither a later edit nor the text from before the correction is what was made final last.
    for text in [sealed, corrected.replace("C. Musgrove", "C. Musgrave")] {
        std::fs::write(own.join(OWN), text).expect("written");
        let all = found(own, &[]);
        let changed = format!("error sealed-changed {OWN}");
        assert!(places(&all).contains(&changed.as_str()), "{all:?}");
    }
    std::fs::write(own.join(OWN), &corrected).expect("written");
    // What is done for the meeting goes on being written.
    std::fs::write(own.join(OWN), corrected.clone() + "\n").expect("written");
    let done = run(
        own,
        NOW,
        &["done", "white-rose-survey", "--date", "2026-11-23"],
    );
    assert_eq!(status(&done), 0, "{}", stderr(&done));
    assert_eq!(places(&found(own, &[])).len(), 1);
    // Each file of the correction is vouched for, and so is what was final before it.
    let second = "meetings/2026-11-23/minutes.2.md";
    for file in [second, SECOND, SEAL, "meetings/2026-11-23/minutes.md"] {
        let before = read(own, file);
        std::fs::write(
            own.join(file),
            before.replace("2026-11-23", "2026-11-24") + "# later\n",
        )
        .expect("written");
        let all = found(own, &[]);
        let changed = format!("error sealed-changed {file}");
        assert!(places(&all).contains(&changed.as_str()), "{file}: {all:?}");
        std::fs::remove_file(own.join(file)).expect("it is there");
        let all = found(own, &[]);
        let missing = format!("error sealed-missing {file}");
        assert!(places(&all).contains(&missing.as_str()), "{file}: {all:?}");
        std::fs::write(own.join(file), before).expect("written");
    }
    // A third stands beside the second.
    std::fs::write(
        own.join(OWN),
        corrected.replace("C. Musgrove", "C. Musgrave"),
    )
    .expect("written");
    let output = seal(own, &["--correct", "Her name is Musgrave."]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let minutes = read(own, "meetings/2026-11-23/minutes.3.md");
    assert!(minutes.contains("kept in minutes.md.") && minutes.contains("kept in minutes.2.md."));
    assert_eq!(
        places(&found(own, &[])),
        [
            format!("warning after-sealing {SECOND}"),
            "warning after-sealing meetings/2026-11-23/final.3.yaml".to_owned()
        ]
    );
}

#[test]
fn a_correction_that_corrects_nothing_is_refused() {
    let folder = copy_of("examples/nelc");
    let own = folder.path();
    let told = refused(own, NOW, 1, &sealing("2026-11-23", &CORRECT));
    assert!(told.contains("have not been made final"), "{told}");
    let told = refused(
        own,
        NOW,
        2,
        &["minutes", "--date", "2026-11-23", "--correct", "x"],
    );
    assert!(told.contains("--final"), "{told}");
    assert_eq!(status(&seal(own, &[])), 0);
    let told = refused(own, NOW, 1, &sealing("2026-11-23", &CORRECT));
    assert!(
        told.contains("nothing differs from what was sealed"),
        "{told}"
    );
    let told = refused(own, NOW, 2, &sealing("2026-11-23", &["--correct", " "]));
    assert!(told.contains("--correct is blank"), "{told}");
    put_right(own);
    let told = refused(own, NOW, 1, &sealing("2026-11-23", &[]));
    assert!(told.contains("--final --correct REASON"), "{told}");
    // A decision that was edited is no correction of the meeting's record.
    let decision = "meetings/2026-11-23/decisions/R-2026-0314.yaml";
    let text = read(own, decision);
    std::fs::write(own.join(decision), text + "# later\n").expect("written");
    let told = refused(own, NOW, 1, &sealing("2026-11-23", &CORRECT));
    assert!(told.contains("does not stand as it was decided"), "{told}");
}

#[test]
fn an_older_final_record_is_corrected_without_the_words_that_it_does_not_have() {
    let folder = sealed();
    let own = folder.path();
    let text = read(own, SEAL);
    let older: String = text
        .lines()
        .filter(|line| !line.starts_with("meeting:") && !line.starts_with("  "))
        .filter(|line| !line.starts_with("own_digest:"))
        .map(|line| format!("{line}\n"))
        .collect();
    let files = text.split_once("\nfiles:").expect("the files").1;
    let files = files.split_once("own_digest").expect("its digest").0;
    let head = older.split_once("\nfiles:").expect("the files").0;
    let by = "\nsealed_by: {name: M. Lofthouse, role: panel-administrator}";
    let head = head.replace("\nsealed_by:", by);
    std::fs::write(own.join(SEAL), format!("{head}\nfiles:{files}")).expect("written");
    assert_eq!(found(own, &[]), []);
    put_right(own);
    let output = seal(own, &CORRECT);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let minutes = read(own, "meetings/2026-11-23/minutes.2.md");
    assert!(
        minutes.contains("the meeting's own record, by M. Lofthouse"),
        "{minutes}"
    );
    assert_eq!(
        places(&found(own, &[])),
        [format!("warning after-sealing {SECOND}")]
    );
}

/// Bexley's folder with one decision of 3 December, of whose meeting only the chair is written down.
fn hardly_recorded() -> TempDir {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    std::fs::create_dir_all(own.join("meetings/2026-12-03")).expect("a folder");
    std::fs::write(
        own.join("meetings/2026-12-03/meeting.yaml"),
        "date: 2026-12-03\nchair: {name: M. Osei, role: deputy-director}\n",
    )
    .expect("written");
    decide(own, &["--review-on", "2027-02-25"]);
    folder
}

fn decide(folder: &Path, more: &[&str]) {
    let approval = support::deciding::approval("R-2026-0120", "Nothing less will do.");
    let output = run(folder, NOW, &[&approval[..], more].concat());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
}

const BY: [&str; 4] = ["--by", "J. Amis", "--role", "business-support"];
const FINAL: [&str; 4] = ["minutes", "--date", "2026-12-03", "--final"];

#[test]
fn what_is_not_recorded_is_told_before_the_record_is_made_final() {
    let folder = hardly_recorded();
    let own = folder.path();
    let args = [&FINAL[..], &BY[..]].concat();
    let told = refused(own, NOW, 1, &args);
    for what in [
        "it is not recorded who was there; write `attendance:`",
        "it is not recorded what members declared; write `declarations:`",
        "it is not recorded who presented the cases; write `presented:`",
        "--as-it-stands REASON",
    ] {
        assert!(told.contains(what), "{what}: {told}");
    }
    assert!(!told.contains("who chaired"), "{told}");
    let all_the_same = ["--as-it-stands", "The notes of the day were lost."];
    let output = run(own, NOW, &[&args[..], &all_the_same[..]].concat());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("who was there"),
        "{}",
        stderr(&output)
    );
    let seal = read(own, "meetings/2026-12-03/final.yaml");
    assert!(
        seal.contains("\nas_it_stands: The notes of the day were lost.\n"),
        "{seal}"
    );
}

#[test]
fn a_breach_of_the_meeting_is_told_before_its_record_is_made_final() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    let args = ["minutes", "--date", "2026-11-26", "--final"];
    let args = [&args[..], &BY[..]].concat();
    let file = own.join("meetings/2026-11-26/meeting.yaml");
    change(
        &file,
        "chair: {name: M. Osei, role: deputy-director}",
        "chair: {name: X. Nobody, role: finance}",
    );
    let told = refused(own, NOW, 1, &args);
    assert!(
        told.contains("[chair-not-authorised] meetings/2026-11-26/meeting.yaml"),
        "{told}"
    );
    assert!(told.contains("meetings/2026-11-26/decisions/"), "{told}");
    change(
        &file,
        "chair: {name: X. Nobody, role: finance}",
        "chair: {name: M. Osei, role: deputy-director}",
    );
    // What weighs less is told, and holds nothing up; what follows the meeting is not waited for.
    std::fs::write(own.join("panel.toml"), "council = \"./council.toml\"\n").expect("written");
    std::fs::write(
        own.join("council.toml"),
        "extends = \"bexley\"\n[observers]\nagreed_by = \"chair\"\nseverity = \"warning\"\nclause = \"x\"\n",
    )
    .expect("written");
    change(
        &file,
        "presented:\n",
        "observers: [{name: P. Garton}]\npresented:\n",
    );
    let output = run(own, NOW, &args);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let told = stderr(&output);
    assert!(told.starts_with("note: [observer-not-agreed]"), "{told}");
    assert!(!told.contains("-overdue]"), "{told}");
}

#[test]
fn a_letter_of_the_first_decision_stays_beside_a_correction() {
    let folder = hardly_recorded();
    let own = folder.path();
    let day = ["--date", "2026-12-03"];
    let written = |args: &[&str]| {
        let output = run(own, NOW, &[args, &day[..], &["--write"]].concat());
        assert_eq!(status(&output), 0, "{}", stderr(&output));
    };
    written(&["letter", "R-2026-0120"]);
    let args = [&FINAL[..], &BY[..]].concat();
    let output = run(
        own,
        NOW,
        &[&args[..], &["--as-it-stands", "Lost."]].concat(),
    );
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let first = read(own, "records/R-2026-0120/2026-12-03-letter.md");
    decide(
        own,
        &[
            "--amend",
            "A month was too long.",
            "--review-on",
            "2027-01-28",
        ],
    );
    written(&["letter", "R-2026-0120"]);
    let file = own.join("meetings/2026-12-03/meeting.yaml");
    let text = read(own, "meetings/2026-12-03/meeting.yaml");
    let lists = "attendance: [{name: M. Osei, role: deputy-director, status: present}]\ndeclarations: []\npresented: []\n";
    std::fs::write(&file, text + lists).expect("written");
    let correct = ["--correct", "The notes were found."];
    let output = run(own, NOW, &[&args[..], &correct[..]].concat());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(read(own, "records/R-2026-0120/2026-12-03-letter.md"), first);
    let seal = read(own, "meetings/2026-12-03/final.2.yaml");
    for file in [
        "meetings/2026-12-03/decisions/R-2026-0120.yaml",
        "meetings/2026-12-03/decisions/R-2026-0120.2.yaml",
        "records/R-2026-0120/2026-12-03-letter.md",
        "records/R-2026-0120/2026-12-03.2-letter.md",
        "meetings/2026-12-03/final.yaml",
    ] {
        assert!(seal.contains(&format!("file: {file}\n")), "{file}: {seal}");
    }
    let all = found(own, &[]);
    assert_eq!(
        places(&all),
        ["warning after-sealing meetings/2026-12-03/final.2.yaml"],
        "{all:?}"
    );
    // The letter of the amendment is made final with it, and a record beside it can still be written.
    written(&["letter", "R-2026-0120"]);
    written(&["record", "R-2026-0120"]);
    assert_eq!(places(&found(own, &[])).len(), 1);
}

#[test]
fn a_decision_that_is_taken_off_the_record_after_sealing_is_told_in_the_corrected_minutes() {
    let folder = sealed();
    let own = folder.path();
    let decisions = own.join("meetings/2026-11-23/decisions");
    let after = own.join("meetings/2026-11-23/after");
    // One of which nothing came yet.
    let reference = std::fs::read_dir(decisions)
        .expect("there are some")
        .map(|entry| entry.expect("a file").path())
        .filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned()))
        .filter(|reference| {
            let followed = std::fs::read_to_string(after.join(format!("{reference}.yaml")));
            let followed = followed.unwrap_or_default();
            !["placed", "ended", "actions_done", "papers", "disagreement"]
                .iter()
                .any(|key| followed.contains(key))
        })
        .min()
        .expect("one of them");
    let args = [
        "decide",
        &reference,
        "--date",
        "2026-11-23",
        "--amend",
        "It was another child's.",
        "--outcome",
        "void",
        "--by",
        "M. Lofthouse",
        "--role",
        "panel-administrator",
    ];
    let output = run(own, NOW, &args);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let told = stderr(&output);
    assert!(told.contains("--final --correct REASON"), "{told}");
    assert!(!told.contains("--write"), "{told}");
    let output = seal(own, &["--correct", "One decision was another child's."]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let minutes = read(own, "meetings/2026-11-23/minutes.2.md");
    assert!(
        minutes.contains(&format!(
            "the decision on {reference}, which was put down by mistake"
        )),
        "{minutes}"
    );
    let errors: Vec<_> = found(own, &[])
        .into_iter()
        .filter(|(line, _)| line.starts_with("error"))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}
