//! What went wrong with a meeting and cannot be mended is an error while there is still something to do
//! about it, and a warning from the day after: it is on the record.
#![allow(clippy::disallowed_methods, reason = "tests make folders of their own")]

mod support;

use std::path::Path;
use support::{change, copy_of, run, stderr, stdout};

/// The weight that a finding of a rule has in a meeting's own file, with its help; none where it is not
/// found there.
fn weight(folder: &Path, as_of: &str, rule: &str, day: &str) -> Option<(String, String)> {
    let output = run(folder, as_of, &["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&stdout(&output))
        .unwrap_or_else(|error| panic!("{error}: {}", stderr(&output)));
    let file = format!("meetings/{day}/meeting.yaml");
    let mut findings = json["findings"].as_array().expect("a list").iter();
    let own = findings.find(|own| own["rule"] == rule && own["file"] == file.as_str())?;
    let text = |key: &str| own[key].as_str().expect("text").to_owned();
    Some((text("severity"), text("help")))
}

/// A meeting's own file begins with these lines.
fn says(folder: &Path, day: &str, lines: &str) {
    let file = folder.join(format!("meetings/{day}/meeting.yaml"));
    let text = std::fs::read_to_string(&file).expect("it is there");
    std::fs::write(&file, format!("{text}{lines}")).expect("written");
}

#[test]
fn that_the_members_were_told_too_late_is_a_warning_once_the_day_is_over() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    says(
        own,
        "2026-12-03",
        "cancelled: {agreed_by: {name: C. Lockyer, role: head-of-service}, agreed: 2026-12-03T06:50, told: 2026-12-03T07:00, reason: Snow.}\n",
    );
    let of = |as_of: &str| weight(own, as_of, "short-notice-change", "2026-12-03");
    let (on_the_day, help) = of("2026-12-03T23:00").expect("it is found");
    assert_eq!(on_the_day, "error");
    assert!(
        help.contains("whether the meeting is held after all"),
        "{help}"
    );
    for later in ["2026-12-04T00:00", "2027-03-01T09:00"] {
        let (weight, help) = of(later).expect("it is found");
        assert_eq!(weight, "warning", "{later}");
        assert!(help.ends_with("leave it; it stays on the record"), "{help}");
    }
    // What is not written down can be, however late.
    change(
        &own.join("meetings/2026-12-03/meeting.yaml"),
        "told: 2026-12-03T07:00, ",
        "",
    );
    assert_eq!(of("2027-03-01T09:00").expect("it is found").0, "error");
}

#[test]
fn that_it_was_agreed_too_late_or_by_the_wrong_post_is_a_warning_once_the_day_is_over() {
    for (agreed, is_mendable) in [
        (
            "agreed_by: {name: M. Osei, role: deputy-director}, agreed: 2026-12-03T18:00",
            false,
        ),
        (
            "agreed_by: {name: N. Whitlock, role: finance}, agreed: 2026-12-01T09:00",
            false,
        ),
        ("agreed: 2026-12-01T09:00", true),
    ] {
        let folder = copy_of("examples/bexley");
        let own = folder.path();
        let told = "told: 2026-12-03T19:00, reason: Snow.";
        says(
            own,
            "2026-12-03",
            &format!("cancelled: {{{agreed}, {told}}}\n"),
        );
        let of = |as_of: &str| {
            let found = weight(own, as_of, "cancelled-without-agreement", "2026-12-03");
            found.map(|(weight, _)| weight)
        };
        assert_eq!(of("2026-12-03T20:00").as_deref(), Some("error"), "{agreed}");
        let later = if is_mendable { "error" } else { "warning" };
        assert_eq!(of("2026-12-04T09:00").as_deref(), Some(later), "{agreed}");
    }
}

#[test]
fn that_somebody_watched_whom_nobody_let_in_is_a_warning_once_the_day_is_over() {
    let folder = copy_of("examples/nelc");
    let own = folder.path();
    change(
        &own.join("meetings/2026-11-23/meeting.yaml"),
        "{name: P. Garton, agreed_by: D. Thackray}",
        "{name: P. Garton, agreed_by: C. Musgrove}",
    );
    let of = |as_of: &str| weight(own, as_of, "observer-not-agreed", "2026-11-23");
    assert_eq!(of("2026-11-23T20:00").expect("it is found").0, "error");
    let (weight, help) = of("2026-11-24T09:00").expect("it is found");
    assert_eq!(weight, "warning");
    assert!(help.contains("it stays on the record"), "{help}");
}

#[test]
fn too_few_members_are_a_warning_once_another_meeting_has_decided_the_cases() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    std::fs::write(own.join("panel.toml"), "council = \"./council.toml\"\n").expect("written");
    std::fs::write(
        own.join("council.toml"),
        "extends = \"bexley\"\n[[quorum]]\nnumber = 30\nclause = \"x\"\n",
    )
    .expect("written");
    let of = |day: &str, as_of: &str| weight(own, as_of, "not-quorate", day).map(|own| own.0);
    // Decided with too few, and by nobody since.
    let decided = of("2026-11-26", "2027-03-01T09:00");
    assert_eq!(decided.as_deref(), Some("error"));
    // Nothing was decided on 3 December.
    let nothing = of("2026-12-03", "2027-03-01T09:00");
    assert_eq!(nothing.as_deref(), Some("warning"));
}
