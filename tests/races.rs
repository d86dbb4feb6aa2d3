//! Many at once: nobody's record is lost, one decision is one decision, and whoever reads meanwhile
//! sees whole files.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make folders and wait by themselves"
)]

mod support;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Child, Output, Stdio};
use support::deciding::{AT_THE_MEETING, approval};
use support::deeds::{files, own_files, say};
use support::{copy_of, panel, run, status, stderr, stdout};

/// Starts a command and does not wait for it.
fn started(folder: &Path, as_of: &str, args: &[&str]) -> Child {
    panel()
        .args(["--as-of", as_of, "--folder"])
        .arg(folder)
        .args(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts")
}

fn ended(children: Vec<Child>) -> Vec<Output> {
    children
        .into_iter()
        .map(|child| child.wait_with_output().expect("it was started"))
        .collect()
}

fn decide(folder: &Path, reference: &str, rationale: &str) -> Child {
    let mut args = approval(reference, rationale);
    args.extend(["--review-every", "4 weeks"]);
    started(folder, AT_THE_MEETING, &args)
}

#[test]
fn of_eight_who_decide_on_the_same_child_one_wins_and_seven_are_told() {
    const ROUNDS: usize = 4;
    for round in 0..ROUNDS {
        let folder = copy_of("examples/bexley");
        let before = files(folder.path());
        let rationale = |number: usize| format!("The reason that number {number} gave.");
        let children = (0..8)
            .map(|number| decide(folder.path(), "R-2026-0121", &rationale(number)))
            .collect();
        let outputs = ended(children);
        let winners: Vec<usize> = (0..8)
            .filter(|number| status(&outputs[*number]) == 0)
            .collect();
        let [winner] = winners[..] else {
            panic!("round {round}: {winners:?} won: {outputs:?}");
        };
        for (number, output) in outputs.iter().enumerate() {
            if number != winner {
                assert_eq!(status(output), 1, "{}", stderr(output));
                assert!(stderr(output).contains("R-2026-0121"), "{}", stderr(output));
                assert_eq!(stdout(output), "");
            }
        }
        let mut after = files(folder.path());
        let path = "meetings/2026-12-03/decisions/R-2026-0121.yaml";
        let decision = after.remove(path).expect("it was written");
        let text = String::from_utf8(decision).expect("text");
        assert!(text.contains(&rationale(winner)), "{text}");
        assert!(after == before, "nothing else was written");
        assert_eq!(own_files(folder.path()), [""; 0]);
    }
    say(&format!(
        "races: {ROUNDS} times eight decisions on one child at once: {ROUNDS} written, {} told",
        7 * ROUNDS
    ));
}

#[test]
fn forty_who_decide_on_different_children_all_win_and_readers_see_whole_files() {
    const CHILDREN: usize = 40;
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let first = folder.join("referrals/2026/R-2026-0121.yaml");
    let text = std::fs::read_to_string(&first).expect("the example has it");
    let references: Vec<String> = (0..CHILDREN)
        .map(|number| format!("R-2026-{}", 1001 + number))
        .collect();
    for reference in &references {
        let path = first.with_file_name(format!("{reference}.yaml"));
        let text = text.replace("R-2026-0121", reference);
        std::fs::write(path, text).expect("written");
    }
    let before = files(folder);
    let children: Vec<Child> = references
        .iter()
        .map(|reference| decide(folder, reference, &format!("The reason for {reference}.")))
        .collect();
    // Somebody reads all the while.
    let looks = std::thread::scope(|scope| {
        let deciding = scope.spawn(|| ended(children));
        let mut looks = 0;
        while !deciding.is_finished() {
            let check = run(folder, AT_THE_MEETING, &["check", "--format", "concise"]);
            assert!(status(&check) < 2, "{}", stderr(&check));
            for rule in ["[syntax]", "[missing-field]"] {
                assert!(!stdout(&check).contains(rule), "{}", stdout(&check));
            }
            looks += 1;
        }
        for output in deciding.join().expect("they ended") {
            assert_eq!(status(&output), 0, "{}", stderr(&output));
        }
        looks
    });
    let after = files(folder);
    let new: BTreeSet<&String> = after
        .keys()
        .filter(|path| !before.contains_key(*path))
        .collect();
    assert_eq!(new.len(), CHILDREN);
    for reference in &references {
        let path = format!("meetings/2026-12-03/decisions/{reference}.yaml");
        let text = String::from_utf8_lossy(&after[&path]);
        assert!(
            text.contains(&format!("The reason for {reference}.")),
            "{text}"
        );
    }
    assert!(before.iter().all(|(path, bytes)| after[path] == *bytes));
    assert_eq!(own_files(folder), [""; 0]);
    say(&format!(
        "races: {CHILDREN} decisions on different children at once: {CHILDREN} written; read {looks} times meanwhile, always whole"
    ));
}

#[test]
fn of_eight_who_begin_the_same_request_or_the_same_folder_one_wins() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let office = folder.join("office");
    let office = office.to_str().expect("text");
    let given: [&[&str]; 2] = [
        &["new", "R-2026-0500"],
        &["init", office, "--council", "bexley"],
    ];
    for args in given {
        let children = (0..8)
            .map(|_| started(folder, "2026-12-01T09:00", args))
            .collect();
        let outputs = ended(children);
        let winners = outputs.iter().filter(|output| status(output) == 0).count();
        assert_eq!(winners, 1, "{outputs:?}");
        for output in outputs.iter().filter(|output| status(output) != 0) {
            assert_eq!(status(output), 2, "{}", stderr(output));
            assert!(
                stderr(output).contains("is there already"),
                "{}",
                stderr(output)
            );
        }
        assert_eq!(own_files(folder), [""; 0]);
    }
}

#[test]
fn what_many_add_to_one_record_is_all_there() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let args: [&[&str]; 6] = [
        &["act", "R-2026-0118", "--action", "1"],
        &["act", "R-2026-0118", "--action", "2"],
        &["act", "R-2026-0118", "--search-started"],
        &["act", "R-2026-0118", "--paper", "care-plan"],
        &["act", "R-2026-0118", "--ended", "He went home."],
        &["act", "R-2026-0118", "--placed"],
    ];
    let children = args
        .iter()
        .map(|args| started(folder, "2026-12-01T09:00", args))
        .collect();
    for output in ended(children) {
        assert_eq!(status(&output), 0, "{}", stderr(&output));
    }
    let path = folder.join("meetings/2026-11-26/after/R-2026-0118.yaml");
    let text = std::fs::read_to_string(path).expect("there");
    for words in [
        "action: 1",
        "action: 2",
        "search_started:",
        "kind: care-plan",
        "ended:",
        "placed:",
    ] {
        assert_eq!(text.matches(words).count(), 1, "{words}: {text}");
    }
}
