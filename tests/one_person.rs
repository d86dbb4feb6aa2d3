//! One person is one person, however the name is written down; and an amendment changes something.
#![allow(clippy::disallowed_methods, reason = "tests make folders of their own")]

mod support;

use support::changes::{read, refused};
use support::deciding::approval;
use support::{change, copy_of, run, status, stderr};

const AT: &str = "2026-12-04T09:00";
const DECISION: &str = "meetings/2026-12-03/decisions/R-2026-0120.yaml";

#[test]
fn a_full_stop_or_a_capital_makes_the_chair_nobody_else() {
    for (name, is_chair) in [("M Osei", true), ("m.  osei", true), ("N. Osei", false)] {
        let folder = copy_of("examples/bexley");
        let own = folder.path();
        let mut args = approval("R-2026-0120", "Nothing less will do.");
        args.extend(["--review-on", "2027-02-25"]);
        let by = args
            .iter()
            .position(|arg| *arg == "M. Osei")
            .expect("the chair");
        args[by] = name;
        let output = run(own, AT, &args);
        assert_eq!(
            status(&output) == 0,
            is_chair,
            "{name}: {}",
            stderr(&output)
        );
        let told = "gave the decision, and M. Osei chaired the meeting";
        assert_eq!(
            stderr(&output).contains(told),
            !is_chair,
            "{}",
            stderr(&output)
        );
    }
}

#[test]
fn a_declaration_without_the_full_stop_is_the_members_own() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    let meeting = own.join("meetings/2026-11-26/meeting.yaml");
    let referral = own.join("referrals/2026/R-2026-0116.yaml");
    let text = std::fs::read_to_string(&referral).expect("it is there");
    std::fs::write(&referral, text + "involved_members: [B OKORO]\n").expect("written");
    change(
        &meeting,
        "{member: B. Okoro, referral: R-2026-0116,",
        "{member: B Okoro, referral: R-2026-0116,",
    );
    let output = run(own, AT, &["check", "--format", "concise", "--most", "0"]);
    let told = support::stdout(&output);
    assert!(!told.contains("declaration-missing"), "{told}");
}

#[test]
fn an_amendment_that_changes_nothing_is_refused() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    let mut args = approval("R-2026-0120", "Nothing less will do.");
    args.extend(["--review-on", "2027-02-25"]);
    let output = run(own, AT, &args);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let amend = [
        "decide",
        "R-2026-0120",
        "--date",
        "2026-12-03",
        "--amend",
        "A slip.",
        "--from",
        DECISION,
    ];
    let told = refused(own, AT, 1, &amend);
    assert!(
        told.contains("nothing differs from R-2026-0120.yaml"),
        "{told}"
    );
    // What no paper has is something as well.
    let note = ["--practice-note", "Ask sooner."];
    let output = run(own, AT, &[&amend[..], &note[..]].concat());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let second = read(own, &DECISION.replace(".yaml", ".2.yaml"));
    assert!(second.contains("Ask sooner."), "{second}");
}
