//! `panel check FILE` reads the file, what it stands on, and nothing else; it says the same as a
//! check that reads the whole folder, and names the rules that it leaves to that one.
#![allow(
    clippy::disallowed_methods,
    reason = "tests and benches make folders of their own"
)]

mod support;

use std::path::Path;
use support::{change, copy_of, on_every_core, project, run, status, stderr, stdout};

/// Rules that compare a referral with all others.
const OF_ALL: &str = "duplicate-reference,unknown-reference";

const MOMENTS: [&str; 3] = ["2026-11-24T09:00", "2026-12-01T09:00", "2027-03-01T09:00"];

fn referrals(folder: &Path) -> Vec<String> {
    let mut found: Vec<String> = walkdir::WalkDir::new(folder.join("referrals"))
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let inside = entry.path().strip_prefix(folder).expect("it lies inside");
            inside.display().to_string()
        })
        .collect();
    found.sort();
    found
}

#[test]
fn one_referral_is_judged_as_it_is_in_the_whole_folder() {
    let mut asked = Vec::new();
    for example in ["bexley", "nelc", "west-berkshire", "bcp", "care-planning"] {
        let folder = project().join("examples").join(example);
        for referral in referrals(&folder) {
            for moment in MOMENTS {
                asked.push((folder.clone(), referral.clone(), moment));
            }
        }
    }
    assert!(
        asked.len() > 200,
        "the examples have referrals: {}",
        asked.len()
    );
    let differing: Vec<String> = on_every_core(&asked, |(folder, referral, moment)| {
        let one = ["check", "--format", "json", "--skip", OF_ALL, referral];
        let whole = [&one[..], &["--whole"]].concat();
        let (one, whole) = (run(folder, moment, &one), run(folder, moment, &whole));
        let is_same = stdout(&one) == stdout(&whole) && status(&one) == status(&whole);
        (!is_same).then(|| format!("{} {referral} {moment}", folder.display()))
    })
    .into_iter()
    .flatten()
    .collect();
    assert!(differing.is_empty(), "{differing:#?}");
}

#[test]
fn a_referral_that_cannot_be_read_elsewhere_is_not_even_opened() {
    let folder = copy_of("examples/bexley");
    for referral in referrals(folder.path()) {
        if !referral.ends_with("R-2026-0127.yaml") {
            std::fs::write(folder.path().join(referral), "\u{0}").expect("a temporary folder");
        }
    }
    let untouched = project().join("examples/bexley");
    let args = ["check", "referrals/2026/R-2026-0127.yaml"];
    let here = run(folder.path(), MOMENTS[1], &args);
    assert_eq!(stdout(&here), stdout(&run(&untouched, MOMENTS[1], &args)));
}

#[test]
fn what_is_left_to_the_whole_check_is_said_and_found_by_it() {
    let folder = copy_of("examples/bexley");
    let path = "referrals/2026/R-2026-0127.yaml";
    let twin = folder.path().join("referrals/2026/R-2026-0999.yaml");
    std::fs::copy(folder.path().join(path), &twin).expect("a temporary folder");
    let one = run(folder.path(), MOMENTS[1], &["check", path]);
    assert!(
        stderr(&one).contains(
            "`panel check` for the whole folder also looks for: duplicate-reference, unknown-reference"
        ),
        "{}",
        stderr(&one)
    );
    assert!(!stdout(&one).contains("duplicate-reference"));
    let whole = run(folder.path(), MOMENTS[1], &["check"]);
    assert!(stdout(&whole).contains("duplicate-reference"));
}

#[test]
fn a_council_that_asks_what_else_a_child_was_given_has_the_whole_folder_read() {
    let folder = copy_of("examples/bexley");
    let rules = project().join("councils/bexley.toml");
    let own = folder.path().join("our-council.toml");
    std::fs::copy(rules, &own).expect("a temporary folder");
    change(
        &own,
        "when = \"request.kind == 'new-placement'\"",
        "when = \"request.kind == 'new-placement' and 'support-package' not in history.approved_kinds\"",
    );
    let settings = folder.path().join("panel.toml");
    change(&settings, "\"bexley\"", "\"./our-council.toml\"");
    let one = run(
        folder.path(),
        MOMENTS[1],
        &["check", "referrals/2026/R-2026-0127.yaml"],
    );
    assert!(status(&one) < 2, "{}", stderr(&one));
    assert!(!stderr(&one).contains("also looks for"), "{}", stderr(&one));
}
