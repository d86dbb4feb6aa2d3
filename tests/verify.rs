//! `panel verify`, from outside: folders made with the real program, then tampered with as people do;
//! and what a final record vouches for.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests make folders of their own, and say where they were left out"
)]

mod support;

use std::path::Path;
use std::process::{Command, Output};
use support::changes::{read, refused};
use support::deciding::{self, DAY, approval};
use support::{change, copy_of, run, status, stderr, stdout};
use tempfile::TempDir;

const NOW: &str = "2026-12-04T09:00";
const REFERENCE: &str = "R-2026-0121";
const REFERRAL: &str = "referrals/2026/R-2026-0121.yaml";
const MEETING: &str = "meetings/2026-12-03";
const FIRST: &str = "meetings/2026-12-03/decisions/R-2026-0121.yaml";
const SECOND: &str = "meetings/2026-12-03/decisions/R-2026-0121.2.yaml";
const RECORD: &str = "records/R-2026-0121/2026-12-03.md";
const LETTER: &str = "records/R-2026-0121/2026-12-03-letter.md";

/// Runs a command that must do what is asked.
fn done(folder: &Path, args: &[&str]) -> Output {
    let output = run(folder, NOW, args);
    assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
    output
}

/// The example folder, with its coming meeting held and one case decided there; the papers of the
/// other meetings are made by the program as it is now.
fn decided() -> TempDir {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    decide(own, &[]);
    own.join("records")
        .exists()
        .then(|| std::fs::remove_dir_all(own.join("records")));
    for day in std::fs::read_dir(own.join("meetings")).expect("meetings") {
        let minutes = day.expect("an entry").path().join("minutes.md");
        minutes.exists().then(|| std::fs::remove_file(&minutes));
    }
    folder
}

fn decide(folder: &Path, more: &[&str]) {
    let plain = approval(REFERENCE, "The placement holds and home is not safe yet.");
    let review: &[&str] = if more.is_empty() {
        &["--review-every", "4 weeks"]
    } else {
        &["--review-every", "2 weeks"]
    };
    done(folder, &[&plain[..], review, more].concat());
}

fn with_papers(folder: &Path) {
    done(folder, &["minutes", "--date", DAY, "--write"]);
    done(folder, &["record", REFERENCE, "--date", DAY, "--write"]);
    done(folder, &["letter", REFERENCE, "--date", DAY, "--write"]);
}

fn seal(folder: &Path) {
    let args = [
        "minutes",
        "--date",
        DAY,
        "--final",
        "--by",
        "J. Amis",
        "--role",
        "business-support",
    ];
    done(folder, &args);
}

/// What is found, without notes: `rule file`.
fn found(folder: &Path) -> Vec<String> {
    let (json, exit) = verified(folder);
    let findings = json["findings"].as_array().expect("a list");
    let is_error = |finding: &&serde_json::Value| finding["severity"] == "error";
    assert_eq!(
        exit == 1,
        findings.iter().any(|finding| is_error(&finding)),
        "{json}"
    );
    findings
        .iter()
        .filter(|finding| finding["severity"] != "note")
        .map(|finding| {
            assert!(
                finding["help"]
                    .as_str()
                    .is_some_and(|help| !help.is_empty())
            );
            assert!(finding["line"].as_u64() >= Some(1));
            let text = |key: &str| finding[key].as_str().expect("text").to_owned();
            format!("{} {}", text("rule"), text("file"))
        })
        .collect()
}

fn verified(folder: &Path) -> (serde_json::Value, i32) {
    let output = run(folder, NOW, &["verify", "--format", "json"]);
    let json = serde_json::from_str(&stdout(&output))
        .unwrap_or_else(|error| panic!("{error}: {}", stderr(&output)));
    (json, status(&output))
}

fn remove(folder: &Path, file: &str) {
    std::fs::remove_file(folder.join(file)).expect("it is there");
}

fn rename(folder: &Path, from: &str, to: &str) {
    std::fs::rename(folder.join(from), folder.join(to)).expect("it is there");
}

#[test]
fn what_stands_as_it_was_decided_is_clean() {
    let folder = decided();
    with_papers(folder.path());
    assert_eq!(found(folder.path()), [""; 0]);
    let output = done(folder.path(), &["verify"]);
    let told = stdout(&output);
    assert!(told.contains("Nothing found in "), "{told}");
    assert!(
        told.contains("3 papers made of them and 0 final records"),
        "{told}"
    );
    assert!(told.contains("no git history"), "{told}");
}

#[test]
fn a_folder_with_nothing_in_it_is_not_the_same_as_clean() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("panel.toml"), "council = \"bexley\"\n").expect("written");
    assert_eq!(status(&run(folder.path(), NOW, &["verify"])), 3);
}

#[test]
fn a_referral_edited_after_the_decision_is_told() {
    let folder = decided();
    let text = read(folder.path(), REFERRAL);
    std::fs::write(folder.path().join(REFERRAL), text + "# later\n").expect("written");
    assert_eq!(
        found(folder.path()),
        [format!("referral-changed {REFERRAL}")]
    );
}

#[test]
fn the_amendment_that_a_help_names_can_be_given_as_it_stands() {
    let folder = decided();
    let text = read(folder.path(), REFERRAL);
    std::fs::write(folder.path().join(REFERRAL), text + "# later\n").expect("written");
    let (json, _) = verified(folder.path());
    let help = json["findings"][0]["help"].as_str().expect("text");
    let mut parts = help.split('`');
    let command = parts
        .find(|part| part.starts_with("panel decide"))
        .unwrap_or_else(|| panic!("{help}"));
    let args: Vec<&str> = command
        .split_whitespace()
        .skip(1)
        .map(|word| match word {
            "REASON" => "A remark was added to the form.",
            word => word,
        })
        .collect();
    done(folder.path(), &args);
    assert_eq!(found(folder.path()), [""; 0]);
    let (first, second) = (read(folder.path(), FIRST), read(folder.path(), SECOND));
    let rationale = "The placement holds and home is not safe yet.";
    assert!(
        first.contains(rationale) && second.contains(rationale),
        "{second}"
    );
}

#[test]
fn a_decision_edited_after_its_papers_were_made_is_told_once() {
    let folder = decided();
    with_papers(folder.path());
    change(
        &folder.path().join(FIRST),
        "home is not safe",
        "home is safe",
    );
    assert_eq!(found(folder.path()), [format!("decision-edited {FIRST}")]);
    let (json, _) = verified(folder.path());
    let message = json["findings"][0]["message"].as_str().expect("text");
    for paper in [RECORD, LETTER, "meetings/2026-12-03/minutes.md"] {
        assert!(message.contains(paper), "{message}");
    }
}

#[test]
fn a_first_decision_edited_after_it_was_amended_is_told() {
    let folder = decided();
    decide(folder.path(), &["--amend", "Four weeks were too long."]);
    assert_eq!(found(folder.path()), [""; 0]);
    change(
        &folder.path().join(FIRST),
        "home is not safe",
        "home is safe",
    );
    assert_eq!(found(folder.path()), [format!("decision-edited {FIRST}")]);
    // Nor does it go unseen where the amendment's digest of it is taken out.
    let amendment = read(folder.path(), SECOND);
    let lines = amendment
        .lines()
        .filter(|line| !line.starts_with("  digest: "));
    let without: String = lines.map(|line| format!("{line}\n")).collect();
    assert_ne!(without, amendment);
    std::fs::write(folder.path().join(SECOND), without).expect("written");
    assert_eq!(found(folder.path()), [format!("no-digest {SECOND}")]);
}

#[test]
fn a_number_that_nobody_reaches_is_no_amendment() {
    let folder = decided();
    let own = folder.path();
    let far = format!("{MEETING}/decisions/{REFERENCE}.4294967295.yaml");
    std::fs::copy(own.join(FIRST), own.join(&far)).expect("copied");
    assert!(
        found(own).contains(&format!("misplaced {far}")),
        "{:?}",
        found(own)
    );
    remove(own, &far);
    decide(own, &["--amend", "Four weeks were too long."]);
    assert!(own.join(SECOND).exists());
}

#[test]
fn an_amendment_leaves_the_first_decision_and_every_paper_shows_it() {
    let folder = decided();
    with_papers(folder.path());
    let first = read(folder.path(), FIRST);
    decide(folder.path(), &["--amend", "Four weeks were too long."]);
    assert_eq!(read(folder.path(), FIRST), first);
    assert!(read(folder.path(), SECOND).contains("Four weeks were too long."));
    // Papers made before it say another thing than what is in force.
    let minutes = format!("{MEETING}/minutes.md");
    let outdated = [&minutes, LETTER, RECORD].map(|file| format!("out-of-date {file}"));
    assert_eq!(found(folder.path()), outdated);
    with_papers(folder.path());
    assert_eq!(found(folder.path()), [""; 0]);
    for paper in [&minutes, RECORD] {
        let text = read(folder.path(), paper);
        assert!(text.contains("**Amended on 4 December 2026.**"), "{text}");
        assert!(text.contains("What was changed: "), "{text}");
        assert!(text.contains(" the review."), "{text}");
        assert!(text.contains("Four weeks were too long."), "{text}");
    }
    assert!(read(folder.path(), LETTER).contains("Four weeks were too long."));
}

#[test]
fn every_list_tells_of_a_decision_whose_referral_is_lost() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let (day, lost) = ("2026-11-26", "R-2026-0118");
    std::fs::remove_file(folder.join(format!("referrals/2026/{lost}.yaml"))).expect("there");
    let decision = format!("meetings/{day}/decisions/{lost}.yaml");
    for command in [
        &["minutes", "--date", day][..],
        &["agenda", "--date", DAY],
        &["deadlines", "--date", day],
        &["diary"],
        &["chase"],
        &["spend"],
        &["report"],
        &["attendance"],
    ] {
        let told = stderr(&run(folder, NOW, command));
        assert!(told.contains(&decision), "{command:?}: {told}");
        assert!(told.contains("not in the folder"), "{command:?}: {told}");
    }
    let told = refused(folder, NOW, 1, &["minutes", "--date", day, "--write"]);
    assert!(told.contains("the minutes would lack it"), "{told}");
}

#[test]
fn a_decision_dated_in_a_time_to_come_is_told() {
    let folder = decided();
    let text = read(folder.path(), FIRST) + "decided_on: 2027-12-03\n";
    std::fs::write(folder.path().join(FIRST), text).expect("written");
    assert_eq!(found(folder.path()), [format!("meeting-not-held {FIRST}")]);
}

#[test]
fn a_sealed_meeting_decides_on_nobody_else() {
    let folder = decided();
    has_meeting(folder.path());
    seal(folder.path());
    let args = deciding::deferral("R-2026-0120", "More.", "2026-12-10", "more-information");
    let told = refused(folder.path(), NOW, 1, &args);
    assert!(told.contains("are sealed"), "{told}");
}

#[test]
fn an_amendment_keeps_what_is_done_at_its_number() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let first = "meetings/2026-11-26/decisions/R-2026-0117.yaml";
    let text = read(folder, first);
    let begin = text.find("actions:\n").expect("it has actions") + "actions:\n".len();
    let end = begin + text[begin..].find('\n').expect("a line") + 1;
    std::fs::write(
        folder.join("prepared.yaml"),
        text[..begin].to_owned() + &text[end..],
    )
    .expect("written");
    let amend = [
        "decide",
        "R-2026-0117",
        "--date",
        "2026-11-26",
        "--amend",
        "That was another child's.",
    ];
    let told = refused(
        folder,
        NOW,
        2,
        &[&amend[..], &["--from", "prepared.yaml"]].concat(),
    );
    assert!(told.contains("is recorded as done"), "{told}");
    let more = [
        "--from",
        first,
        "--approve",
        "transport|Taxis to school|0|1|120",
        "--sign-expenditure",
    ];
    let output = run(folder, NOW, &[&amend[..], &more].concat());
    let told = stderr(&output);
    assert_eq!(status(&output), 0, "{told}");
    assert!(
        told.contains("approved in all: ") && told.contains("; it was "),
        "{told}"
    );
    assert!(told.contains("the family was told on "), "{told}");
}

#[test]
fn what_followed_stands_in_one_file() {
    let folder = decided();
    let twice = "meetings/2026-11-26/after/R-2026-0118.yml";
    std::fs::write(folder.path().join(twice), "told_family: 2026-11-27\n").expect("written");
    assert_eq!(found(folder.path()), [format!("duplicate {twice}")]);
}

#[test]
fn what_is_lost_or_left_over_is_told() {
    let folder = decided();
    with_papers(folder.path());
    decide(folder.path(), &["--amend", "Four weeks were too long."]);
    remove(folder.path(), FIRST);
    let minutes = format!("{MEETING}/minutes.md");
    let all = found(folder.path());
    assert!(all.contains(&format!("gap {SECOND}")), "{all:?}");
    assert!(all.contains(&format!("lost {minutes}")), "{all:?}");

    let folder = decided();
    with_papers(folder.path());
    remove(folder.path(), FIRST);
    let all = found(folder.path());
    for left in [RECORD, LETTER] {
        assert!(all.contains(&format!("orphan {left}")), "{all:?}");
    }

    let folder = decided();
    remove(folder.path(), REFERRAL);
    assert_eq!(found(folder.path()), [format!("orphan {FIRST}")]);
}

#[test]
fn what_is_there_twice_or_lies_elsewhere_is_told() {
    let folder = decided();
    let copy = FIRST.replace(".yaml", ".yml");
    std::fs::copy(folder.path().join(FIRST), folder.path().join(&copy)).expect("copied");
    assert_eq!(found(folder.path()), [format!("duplicate {copy}")]);

    let folder = decided();
    let copy = "referrals/2026/again.yaml";
    std::fs::copy(folder.path().join(REFERRAL), folder.path().join(copy)).expect("copied");
    assert_eq!(found(folder.path()), [format!("duplicate {copy}")]);

    let folder = decided();
    let other = "meetings/2026-12-03/decisions/R-2026-0999.yaml";
    rename(folder.path(), FIRST, other);
    assert_eq!(found(folder.path()), [format!("misplaced {other}")]);
}

#[test]
fn a_second_decision_that_explains_nothing_is_told() {
    let folder = decided();
    let text = read(folder.path(), FIRST);
    std::fs::write(folder.path().join(SECOND), text).expect("written");
    assert_eq!(
        found(folder.path()),
        [format!("unexplained-amendment {SECOND}")]
    );
}

#[test]
fn decisions_of_meetings_that_did_not_happen_are_told() {
    let folder = decided();
    let file = folder.path().join(MEETING).join("meeting.yaml");
    let text = std::fs::read_to_string(&file).unwrap_or_else(|_| "date: 2026-12-03\n".to_owned());
    let cancelled =
        "cancelled: {agreed_by: {name: M. Osei, role: deputy-director}, reason: Snow.}\n";
    std::fs::write(&file, text + cancelled).expect("written");
    assert_eq!(found(folder.path()), [format!("meeting-not-held {FIRST}")]);

    let folder = decided();
    let output = run(
        folder.path(),
        "2026-12-02T09:00",
        &["verify", "--format", "json"],
    );
    assert_eq!(status(&output), 1);
    assert!(
        stdout(&output).contains("is still to come"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_final_record_vouches_for_every_file_and_each_later_difference_is_told() {
    let folder = decided();
    let own = folder.path();
    has_meeting(own);
    done(own, &["letter", REFERENCE, "--date", DAY, "--write"]);
    seal(own);
    let seal_file = read(own, &format!("{MEETING}/final.yaml"));
    let minutes = format!("{MEETING}/minutes.md");
    let meeting = format!("{MEETING}/meeting.yaml");
    let sealed = [minutes.as_str(), &meeting, FIRST, RECORD, LETTER];
    assert!(seal_file.contains("name: J. Amis"), "{seal_file}");
    assert_eq!(found(own), [""; 0]);
    for file in sealed {
        assert!(
            seal_file.contains(&format!("file: {file}\n")),
            "{file}: {seal_file}"
        );
        let before = read(own, file);
        std::fs::write(own.join(file), before.clone() + "# later\n").expect("written");
        let all = found(own);
        assert!(
            all.contains(&format!("sealed-changed {file}")),
            "{file}: {all:?}"
        );
        remove(own, file);
        let all = found(own);
        assert!(
            all.contains(&format!("sealed-missing {file}")),
            "{file}: {all:?}"
        );
        std::fs::write(own.join(file), before).expect("written");
    }
    assert_eq!(found(own), [""; 0]);
}

#[test]
fn a_final_record_that_was_edited_itself_is_told_and_an_older_one_without_its_digest_is_not() {
    let folder = decided();
    let own = folder.path();
    has_meeting(own);
    seal(own);
    let file = format!("{MEETING}/final.yaml");
    let before = read(own, &file);
    let edit = |from: &str, to: &str| {
        assert_eq!(before.matches(from).count(), 1, "{before}");
        std::fs::write(own.join(&file), before.replace(from, to)).expect("written");
        found(own)
    };
    let told = [format!("sealed-changed {file}")];
    assert_eq!(edit("name: J. Amis", "name: M. Osei"), told);
    assert_eq!(edit("\nsealed_on: ", "\nsealed_on: 2026-12-01 # "), told);
    assert_eq!(edit("\nfiles:", "\nfiles: # all"), told);
    // Line ends and blank lines are no edit; and without the digest nothing can be said.
    std::fs::write(own.join(&file), before.replace('\n', "\r\n")).expect("written");
    assert_eq!(found(own), [""; 0]);
    let older: String = before
        .lines()
        .filter(|line| !line.starts_with("own_digest:"))
        .map(|line| format!("{line}\n"))
        .collect();
    assert_ne!(older, before);
    std::fs::write(own.join(&file), older.replace("J. Amis", "M. Osei")).expect("written");
    assert_eq!(found(own), [""; 0]);
}

/// Gives the meeting's own file the lists that it does not have before the meeting.
fn has_meeting(folder: &Path) {
    let file = format!("{MEETING}/meeting.yaml");
    let text = read(folder, &file) + "declarations: []\npresented: []\n";
    std::fs::write(folder.join(file), text).expect("written");
}

#[test]
fn what_is_sealed_is_not_written_again_and_what_follows_is_told() {
    let folder = decided();
    let own = folder.path();
    has_meeting(own);
    seal(own);
    let again = [
        "minutes",
        "--date",
        DAY,
        "--final",
        "--by",
        "J. Amis",
        "--role",
        "business-support",
    ];
    assert!(refused(own, NOW, 1, &again).contains("are sealed"));
    decide(own, &["--amend", "Four weeks were too long."]);
    assert!(refused(own, NOW, 1, &["minutes", "--date", DAY, "--write"]).contains("sealed"));
    let (json, exit) = verified(own);
    assert_eq!(exit, 0, "an amendment is allowed, and is told: {json}");
    assert_eq!(found(own), [format!("after-sealing {SECOND}")]);
    // Its papers stand beside the sealed ones.
    for (command, sealed) in [("record", RECORD), ("letter", LETTER)] {
        let before = std::fs::read(own.join(sealed)).ok();
        let output = done(own, &[command, REFERENCE, "--date", DAY, "--write"]);
        let beside = sealed.replace("2026-12-03", "2026-12-03.2");
        assert_eq!(stdout(&output), format!("{beside}\n"));
        assert_eq!(std::fs::read(own.join(sealed)).ok(), before);
    }
    assert_eq!(found(own), [format!("after-sealing {SECOND}")]);
}

#[test]
fn only_what_was_held_and_stands_as_decided_is_sealed() {
    let folder = decided();
    let own = folder.path();
    has_meeting(own);
    let args = [
        "minutes",
        "--date",
        DAY,
        "--final",
        "--by",
        "J. Amis",
        "--role",
        "business-support",
    ];
    let told = refused(own, "2026-12-02T09:00", 1, &args);
    assert!(told.contains("has not begun"), "{told}");
    let told = refused(own, NOW, 2, &[&args[..7], &["clark"]].concat());
    assert!(told.contains("not a post"), "{told}");
    let text = read(own, REFERRAL);
    std::fs::write(own.join(REFERRAL), text + "# later\n").expect("written");
    let told = refused(own, NOW, 1, &args);
    assert!(told.contains("edited since the panel decided"), "{told}");
    assert_eq!(
        status(&run(own, NOW, &["minutes", "--date", DAY, "--final"])),
        2
    );
}

#[test]
fn while_its_day_lasts_a_meeting_with_more_to_decide_is_not_sealed() {
    let folder = decided();
    let own = folder.path();
    has_meeting(own);
    let by = ["--final", "--by", "J. Amis", "--role", "business-support"];
    let args = [&["minutes", "--date", DAY], &by[..]].concat();
    let told = run(own, "2026-12-03T16:00", &args);
    assert_eq!(status(&told), 1, "{}", stderr(&told));
    assert!(
        stderr(&told).contains("still to be heard or recorded"),
        "{}",
        stderr(&told)
    );
    assert!(!own.join(format!("meetings/{DAY}/final.yaml")).exists());
    // What the case folder keeps bears the children's names.
    let initials = [&args[..], &["--initials"]].concat();
    let told = run(own, "2026-12-04T09:00", &initials);
    assert_eq!(status(&told), 2, "{}", stderr(&told));
    let told = run(
        own,
        "2026-12-04T09:00",
        &["minutes", "--date", DAY, "--write", "--initials"],
    );
    assert_eq!(status(&told), 2, "{}", stderr(&told));
    let told = run(own, "2026-12-04T09:00", &args);
    assert_eq!(status(&told), 0, "{}", stderr(&told));
}

#[test]
fn what_would_be_sealed_is_told_without_writing() {
    let folder = decided();
    let own = folder.path();
    has_meeting(own);
    let by = ["--final", "--by", "J. Amis", "--role", "business-support"];
    let args = [&["minutes", "--date", DAY], &by[..], &["--dry-run"]].concat();
    let told = run(own, NOW, &args);
    assert_eq!(status(&told), 0, "{}", stderr(&told));
    assert!(stdout(&told).contains("final.yaml"));
    assert!(!own.join(format!("meetings/{DAY}/final.yaml")).exists());
    // Without anything to write it is a mistake.
    let alone = run(own, NOW, &["minutes", "--date", DAY, "--dry-run"]);
    assert_eq!(status(&alone), 2);
    assert!(stderr(&alone).contains("--write"), "{}", stderr(&alone));
}

#[test]
fn each_thing_that_is_found_is_explained() {
    let page = support::project().join("docs/src/administrators.md");
    let page = std::fs::read_to_string(page).expect("the page is there");
    let table = page
        .split("| it says |")
        .nth(1)
        .expect("the table is there");
    let rows = table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with("| "));
    let ids: Vec<&str> = rows
        .filter_map(|row| row.split(" | ").next())
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .collect();
    assert_eq!(ids.len(), 20, "{ids:?}");
    for id in ids {
        let told = support::panel()
            .args(["explain", id])
            .output()
            .expect("the program was built");
        assert_eq!(status(&told), 0, "{id}");
        assert!(
            stdout(&told).contains(id) && stdout(&told).contains("## How to fix"),
            "{id}"
        );
    }
}

fn git(folder: &Path, args: &[&str]) -> bool {
    Command::new("git")
        .current_dir(folder)
        .args([
            "-c",
            "user.name=A. Clerk",
            "-c",
            "user.email=clerk@example.org",
        ])
        .args(args)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .is_ok_and(|output| output.status.success())
}

fn commit(folder: &Path, message: &str) {
    assert!(git(folder, &["add", "--all"]), "git add");
    assert!(
        git(folder, &["commit", "--quiet", "-m", message]),
        "git commit"
    );
}

/// What is found with a git history, as `rule file: commit's subject`.
fn traced(folder: &Path) -> Vec<String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let output = support::panel()
        .env("PATH", path)
        .arg("--folder")
        .arg(folder)
        .args(["--as-of", NOW, "verify", "--format", "json"])
        .output()
        .expect("it runs");
    let json: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(json["has_history"], true);
    let findings = json["findings"].as_array().expect("a list");
    findings
        .iter()
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().expect("text").to_owned();
            let by = match (&finding["commit"], &finding["uncommitted"]) {
                (commit, _) if commit.is_object() => {
                    assert_eq!(commit["author"], "A. Clerk");
                    commit["subject"].as_str().expect("text").to_owned()
                }
                (_, uncommitted) if uncommitted == true => "uncommitted".to_owned(),
                _ => "unknown".to_owned(),
            };
            format!("{} {}: {by}", text("rule"), text("file"))
        })
        .collect()
}

#[test]
fn with_a_git_history_the_commit_that_did_it_is_named() {
    let folder = decided();
    let own = folder.path();
    if !git(own, &["init", "--quiet", "-b", "main"]) {
        eprintln!("left out: git is not on this machine");
        return;
    }
    commit(own, "Decide");
    assert_eq!(traced(own), [""; 0]);
    // An edit of which no digest tells: no paper has been made of the decision.
    change(&own.join(FIRST), "home is not safe", "home is safe");
    assert_eq!(
        traced(own),
        [format!("decision-edited {FIRST}: uncommitted")]
    );
    commit(own, "Tidy up");
    std::fs::write(own.join("README.md"), "More.\n").expect("written");
    commit(own, "Say more");
    assert_eq!(traced(own), [format!("decision-edited {FIRST}: Tidy up")]);
    change(&own.join(FIRST), "home is safe", "home is not safe");
    commit(own, "Put back");
    assert_eq!(traced(own), [format!("restored {FIRST}: Tidy up")]);
    let text = read(own, REFERRAL);
    std::fs::write(own.join(REFERRAL), text + "# later\n").expect("written");
    commit(own, "Change the request");
    let changed = format!("referral-changed {REFERRAL}: Change the request");
    assert!(traced(own).contains(&changed), "{:?}", traced(own));
    remove(own, FIRST);
    commit(own, "Clear out");
    let lost = format!("lost {FIRST}: Clear out");
    assert!(traced(own).contains(&lost), "{:?}", traced(own));
}

#[test]
fn a_meetings_record_and_what_followed_a_decision_are_missed_when_they_are_taken_away() {
    let folder = decided();
    let own = folder.path();
    if !git(own, &["init", "--quiet", "-b", "main"]) {
        eprintln!("left out: git is not on this machine");
        return;
    }
    commit(own, "Decide");
    let after = std::fs::read_dir(own.join("meetings/2026-11-19/after")).expect("a folder");
    let after = after.map(|entry| entry.expect("an entry").path()).min();
    let after = after.expect("a file");
    let after = after.strip_prefix(own).expect("it lies within");
    let after = after.display().to_string();
    let meeting = "meetings/2026-11-19/meeting.yaml";
    // They are kept up: that they are written into is no edit of a record.
    for file in [after.as_str(), meeting] {
        let text = read(own, file);
        std::fs::write(own.join(file), text + "# later\n").expect("written");
    }
    commit(own, "Keep up");
    assert_eq!(traced(own), [""; 0]);
    for file in [after.as_str(), meeting] {
        remove(own, file);
        assert_eq!(traced(own), [format!("lost {file}: uncommitted")]);
        commit(own, "Clear out");
        assert_eq!(traced(own), [format!("lost {file}: Clear out")]);
        assert!(git(own, &["revert", "--no-edit", "HEAD"]));
        assert_eq!(traced(own), [""; 0]);
    }
    // A day on which nothing was decided can have been written by mistake.
    let empty = "meetings/2026-12-24/meeting.yaml";
    std::fs::create_dir_all(own.join("meetings/2026-12-24")).expect("made");
    std::fs::write(own.join(empty), read(own, meeting)).expect("written");
    commit(own, "Begin a meeting");
    remove(own, empty);
    commit(own, "It was the wrong day");
    let wrong = format!("lost {empty}: It was the wrong day");
    assert_eq!(traced(own), [wrong]);
    // What was left over without its decision is not missed.
    let left_over = "meetings/2026-11-19/after/R-2026-9001.yaml";
    std::fs::write(own.join(left_over), "uploaded: 2026-11-20\n").expect("written");
    commit(own, "Leave something over");
    remove(own, left_over);
    commit(own, "Tidy up");
    assert!(!traced(own).iter().any(|line| line.contains(left_over)));
}

#[test]
fn what_a_merge_made_of_a_decision_is_told() {
    let folder = decided();
    let own = folder.path();
    if !git(own, &["init", "--quiet", "-b", "main"]) {
        eprintln!("left out: git is not on this machine");
        return;
    }
    commit(own, "Decide");
    // Edited by nobody's commit, but while two branches were brought together.
    assert!(git(own, &["checkout", "--quiet", "-b", "other"]));
    std::fs::write(own.join("OTHER.md"), "Other.\n").expect("written");
    commit(own, "Say something else");
    assert!(git(own, &["checkout", "--quiet", "main"]));
    std::fs::write(own.join("README.md"), "More.\n").expect("written");
    commit(own, "Say more");
    assert!(git(own, &["merge", "--quiet", "--no-commit", "other"]));
    change(&own.join(FIRST), "home is not safe", "home is safe");
    commit(own, "Bring together");
    assert_eq!(
        traced(own),
        [format!("decision-edited {FIRST}: Bring together")]
    );
    change(&own.join(FIRST), "home is safe", "home is not safe");
    commit(own, "Put back");
    assert_eq!(traced(own), [format!("restored {FIRST}: Bring together")]);
}

#[test]
fn of_two_decisions_that_a_merge_met_the_one_that_went_is_told() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    if !git(own, &["init", "--quiet", "-b", "main"]) {
        eprintln!("left out: git is not on this machine");
        return;
    }
    for minutes in ["2026-11-05", "2026-11-12", "2026-11-19", "2026-11-26"] {
        remove(own, &format!("meetings/{minutes}/minutes.md"));
    }
    std::fs::remove_dir_all(own.join("records")).expect("removed");
    commit(own, "Begin");
    assert!(git(own, &["checkout", "--quiet", "-b", "other"]));
    decide(own, &[]);
    commit(own, "Decide for four weeks");
    assert!(git(own, &["checkout", "--quiet", "main"]));
    decide(own, &["--highlights", "Heard again."]);
    commit(own, "Decide for two weeks");
    let both = [
        "merge",
        "--quiet",
        "-X",
        "ours",
        "other",
        "-m",
        "Bring together",
    ];
    if !git(own, &both) {
        assert!(git(own, &["checkout", "--ours", "--", FIRST]));
        commit(own, "Bring together");
    }
    let found = traced(own);
    assert!(
        found.iter().any(|line| line.contains(FIRST)),
        "one was decided and is not there: {found:?}"
    );
}

#[test]
fn minutes_that_were_sealed_say_so_when_what_vouches_for_them_is_lost() {
    let folder = decided();
    let own = folder.path();
    has_meeting(own);
    seal(own);
    let file = format!("{MEETING}/final.yaml");
    let before = read(own, &file);
    // The sealed minutes are what is written anew as long as nothing has changed.
    let minutes = ["minutes", "--date", DAY, "--write"];
    let kept = read(own, &format!("{MEETING}/minutes.md"));
    done(own, &minutes);
    assert_eq!(read(own, &format!("{MEETING}/minutes.md")), kept);
    remove(own, &file);
    assert_eq!(found(own), [format!("sealed-missing {file}")]);
    decide(own, &["--amend", "Four weeks were too long."]);
    assert!(refused(own, NOW, 1, &minutes).contains("sealed"));
    std::fs::write(own.join(&file), before.clone()).expect("written");
    assert_eq!(found(own), [format!("after-sealing {SECOND}")]);
    // A final record from which a file was taken out.
    let meeting = format!("- file: {MEETING}/meeting.yaml\n");
    let (first, rest) = before.split_once(&meeting).expect("it is vouched for");
    let rest = rest.split_once("- file:").map_or("", |(_, rest)| rest);
    std::fs::write(own.join(&file), format!("{first}- file:{rest}")).expect("written");
    assert!(
        found(own).contains(&format!("seal-unreadable {file}")),
        "{:?}",
        found(own)
    );
}

#[test]
fn a_history_that_git_cannot_read_or_has_in_part_is_told() {
    let folder = decided();
    let own = folder.path();
    if !git(own, &["init", "--quiet", "-b", "main"]) {
        eprintln!("left out: git is not on this machine");
        return;
    }
    commit(own, "Decide");
    change(&own.join(FIRST), "home is not safe", "home is safe");
    commit(own, "Tidy up");
    let said = |folder: &Path| {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let mut command = support::panel();
        command.env("PATH", path).arg("--folder").arg(folder);
        command.args(["--as-of", NOW, "verify"]);
        let output = command.output().expect("it runs");
        stdout(&output) + &stderr(&output)
    };
    assert!(said(own).contains("Tidy up"), "{}", said(own));
    let top = tempfile::tempdir().expect("a temporary folder");
    let from = format!("file://{}", own.display());
    let clone = ["clone", "--quiet", "--depth", "1", &from, "clone"];
    assert!(git(top.path(), &clone));
    let part = said(&top.path().join("clone"));
    assert!(part.contains("only the last part of the history"), "{part}");
    // What stood at first is lost from the history.
    let mut asking = Command::new("git");
    asking.current_dir(own).args(["rev-parse", "HEAD~1^{tree}"]);
    let tree = stdout(&asking.output().expect("git is there"));
    let (first, rest) = tree.trim().split_at(2);
    remove(own, &format!(".git/objects/{first}/{rest}"));
    let broken = said(own);
    assert!(
        broken.contains("git could not tell who changed what"),
        "{broken}"
    );
    assert!(broken.contains("There is no git history here"), "{broken}");
}

/// A pattern in the settings would take a decision out of sight of everybody.
#[test]
fn a_decision_that_the_settings_leave_out_is_told_with_the_pattern() {
    let folder = decided();
    let own = folder.path();
    let settings = own.join("panel.toml");
    let text = std::fs::read_to_string(&settings).expect("settings");
    let pattern = "exclude = [\"meetings/2026-12-03/**\", \"meetings/*/decisions/T-*\"]\n";
    std::fs::write(&settings, pattern.to_owned() + &text).expect("written");
    let training = own.join("meetings/2026-11-26/decisions/T-1.yaml");
    std::fs::write(training, "referral: T-1\n").expect("written");
    let output = run(own, NOW, &["verify", "--no-history"]);
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    let told = stdout(&output).replace("\n  |", "");
    for word in [
        "error[left-out]: this is a record of R-2026-0121",
        "(`meetings/2026-12-03/**`)",
        "warning[left-out]: this is named like a record",
        "meetings/2026-11-26/decisions/T-1.yaml",
    ] {
        assert!(told.contains(word), "`{word}` is not in: {told}");
    }
    assert!(
        stderr(&output).contains("left out by `exclude` in panel.toml, and not looked at"),
        "{}",
        stderr(&output)
    );
}
