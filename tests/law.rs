//! The law's time limits and bars, from outside: each at the edge of its day, off unless turned on.
#![allow(
    clippy::disallowed_methods,
    reason = "tests and benches make folders of their own"
)]

mod support;

use std::path::Path;
use support::{run, stderr, stdout};

const COUNCIL: &str = r#"
[council]
name = "Borough of Wendham"
panel = "Resource Panel"
clause = "1"

[meetings]
every = "week"
on = "thursday"
start = 14:00:00
clause = "2"
"#;

/// A request whose child, request and further keys a test gives.
fn folder(
    council: &str,
    settings: &str,
    child: &str,
    request: &str,
    more: &str,
) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("a temporary folder");
        std::fs::write(path, text).expect("a temporary file");
    };
    write(
        "panel.toml",
        &format!("council = \"./ours.toml\"\n{settings}"),
    );
    write("ours.toml", council);
    write(
        "referrals/R-1.yaml",
        &format!(
            "reference: R-1\nsubmitted: 2021-08-01T10:00\nchild: {{name: Alex E., {child}}}\nworker: {{name: C. Doyle}}\nrequest: {{{request}}}\n{more}\n"
        ),
    );
    folder
}

/// The ids of what is found.
fn found(folder: &Path, as_of: &str) -> Vec<String> {
    let output = run(folder, as_of, &["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&stdout(&output))
        .unwrap_or_else(|error| panic!("{error}: {}", stderr(&output)));
    json["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|found| found["rule"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// A time limit, what the referral says, the last day that is in time, and the day after.
const LIMITS: &[(&str, &str, &str, &str, &str, &str)] = &[
    (
        "first-looked-after-review",
        "legal_status: section-20, looked_after_since: 2026-11-02",
        "kind: new-placement",
        "",
        "2026-11-30",
        "2026-12-01",
    ),
    // Christmas Day, Boxing Day's substitute and New Year's Day do not count.
    (
        "first-looked-after-review",
        "legal_status: C1, looked_after_since: 2026-12-14",
        "kind: new-placement",
        "",
        "2027-01-14",
        "2027-01-15",
    ),
    (
        "second-looked-after-review",
        "legal_status: care-order, looked_after_since: 2026-08-03, last_looked_after_review: 2026-08-28",
        "kind: review",
        "",
        "2026-11-28",
        "2026-11-29",
    ),
    (
        "later-looked-after-review",
        "legal_status: care-order, looked_after_since: 2025-01-06, last_looked_after_review: 2026-05-31",
        "kind: review",
        "",
        "2026-11-30",
        "2026-12-01",
    ),
    (
        "placement-plan",
        "legal_status: section-20",
        "kind: new-placement",
        "placed_on: 2026-11-16",
        "2026-11-23",
        "2026-11-24",
    ),
    (
        "emergency-notifications",
        "legal_status: section-20",
        "kind: new-placement",
        "placed_on: 2026-11-16\nemergency: {ground: section-20}",
        "2026-11-23",
        "2026-11-24",
    ),
    (
        "connected-person-approval",
        "legal_status: section-20",
        "kind: regulation-24",
        "placed_on: 2026-08-03",
        "2026-11-23",
        "2026-11-24",
    ),
    (
        "pathway-needs-assessment",
        "legal_status: care-order, date_of_birth: 2010-08-25",
        "kind: review",
        "",
        "2026-11-25",
        "2026-11-26",
    ),
    (
        "emergency-protection-order-ends",
        "legal_status: epo, looked_after_since: 2026-11-16",
        "kind: new-placement",
        "",
        "2026-11-24",
        "2026-11-25",
    ),
    (
        "police-protection-ends",
        "legal_status: police-protection, looked_after_since: 2026-11-16",
        "kind: new-placement",
        "",
        "2026-11-19",
        "2026-11-20",
    ),
];

#[test]
fn each_time_limit_is_in_time_on_its_last_day_and_told_from_the_day_after() {
    for (id, child, request, more, last, after) in LIMITS {
        let on = format!("turn_on = [\"{id}\"]\n");
        let folder = folder(COUNCIL, &on, child, request, more);
        let has = |as_of: &str| found(folder.path(), as_of).iter().any(|rule| rule == id);
        assert!(!has(&format!("{last}T23:59:59")), "{id} is told on {last}");
        assert!(
            has(&format!("{after}T00:00")),
            "{id} is not told on {after}"
        );
        let diary = run(
            folder.path(),
            &format!("{last}T09:00"),
            &["diary", "--format", "json"],
        );
        assert!(stdout(&diary).contains(last), "{id}: {}", stdout(&diary));
    }
}

#[test]
fn no_time_limit_is_told_unless_the_council_or_the_folder_turns_it_on() {
    for (id, child, request, more, _, after) in LIMITS {
        for council in [
            COUNCIL.to_owned(),
            format!("extends = \"england\"\n{COUNCIL}"),
        ] {
            let folder = folder(&council, "", child, request, more);
            let told = found(folder.path(), &format!("{after}T09:00"));
            assert!(!told.iter().any(|rule| rule == id), "{id}: {told:?}");
        }
        let own =
            format!("extends = \"england\"\n{COUNCIL}\n[[timer]]\nid = \"{id}\"\noff = false\n");
        let folder = folder(&own, "", child, request, more);
        let told = found(folder.path(), &format!("{after}T09:00"));
        assert!(told.iter().any(|rule| rule == id), "{id}: {told:?}");
    }
}

#[test]
fn a_time_limit_that_the_referral_says_was_met_is_told_no_more() {
    let on = "turn_on = [\"emergency-notifications\"]\n";
    let more = "placed_on: 2026-11-16\nemergency: {ground: section-20}\ndone: {emergency-notifications: 2026-11-26}";
    let folder = folder(
        COUNCIL,
        on,
        "legal_status: section-20",
        "kind: new-placement",
        more,
    );
    let told =
        |as_of: &str| found(folder.path(), as_of).contains(&"emergency-notifications".to_owned());
    assert!(told("2026-11-25T09:00"), "it was not done yet");
    assert!(!told("2026-11-26T09:00"));
}

/// The request that was decided on stays as it was; the next one of the child knows more.
#[test]
fn a_time_limit_that_the_childs_next_request_shows_as_met_is_told_no_more() {
    let turned_on = "turn_on = [\"first-looked-after-review\", \"later-looked-after-review\"]";
    let decided = |child: &str| {
        let child = format!("case_id: \"0104188\", legal_status: care-order, {child}");
        let folder = folder(COUNCIL, turned_on, &child, "kind: new-placement", "");
        let meeting = folder.path().join("meetings/2026-11-05");
        std::fs::create_dir_all(meeting.join("decisions")).expect("a temporary folder");
        std::fs::write(meeting.join("meeting.yaml"), "date: 2026-11-05\n").expect("written");
        let decision = "{referral: R-1, meeting: 2026-11-05, outcome: approve, decided_by: {name: M. Osei}, review: {none: Agreed.}}\n";
        std::fs::write(meeting.join("decisions/R-1.yaml"), decision).expect("written");
        folder
    };
    let next = |folder: &Path, number: &str, child: &str| {
        let text = format!(
            "reference: R-2\nsubmitted: 2026-11-27T10:00\nchild: {{name: Alex E., case_id: \"{number}\", legal_status: care-order, {child}}}\nworker: {{name: C. Doyle}}\nrequest: {{kind: review}}\n"
        );
        std::fs::write(folder.join("referrals/R-2.yaml"), text).expect("written");
    };
    let is_told =
        |folder: &Path, id: &str| found(folder, "2026-12-01T09:00").contains(&id.to_owned());

    let folder = decided("looked_after_since: 2026-10-31");
    let own = folder.path();
    let first = "first-looked-after-review";
    assert!(is_told(own, first));
    // Nobody is sent to the request that was decided on: it is not edited afterwards.
    let help = stdout(&run(own, "2026-12-01T09:00", &["check"]));
    assert!(
        help.contains("mark it: `panel done first-looked-after-review R-1 --at DAY`"),
        "{help}"
    );
    assert!(!help.contains("put it on the referral"), "{help}");
    let met = "looked_after_since: 2026-10-31, last_looked_after_review: 2026-11-25";
    // Another child's says nothing of it.
    next(own, "0104189", met);
    assert!(is_told(own, first));
    next(own, "0104188", "looked_after_since: 2026-10-31");
    assert!(is_told(own, first));
    next(own, "0104188", met);
    assert!(!is_told(own, first));

    let later = "later-looked-after-review";
    let folder = decided("looked_after_since: 2025-01-06, last_looked_after_review: 2026-05-20");
    assert!(is_told(folder.path(), later));
    next(
        folder.path(),
        "0104188",
        "looked_after_since: 2025-01-06, last_looked_after_review: 2026-11-10",
    );
    assert!(!is_told(folder.path(), later));
}

#[test]
fn a_time_limit_that_was_met_as_the_law_has_it_is_not_told() {
    let met = [
        (
            "first-looked-after-review",
            "legal_status: section-20, looked_after_since: 2026-09-01, last_looked_after_review: 2026-09-20",
            "",
        ),
        (
            "placement-plan",
            "legal_status: section-20",
            "placed_on: 2026-09-01\ndocuments: [{kind: placement-agreement}]",
        ),
        (
            "pathway-needs-assessment",
            "legal_status: care-order, date_of_birth: 2010-08-25",
            "documents: [{kind: pathway-plan}]",
        ),
        // Whoever is not looked after has none of these.
        (
            "first-looked-after-review",
            "legal_status: child-in-need, looked_after_since: 2026-09-01",
            "",
        ),
        (
            "placement-plan",
            "legal_status: short-breaks",
            "placed_on: 2026-09-01",
        ),
    ];
    for (id, child, more) in met {
        let on = format!("turn_on = [\"{id}\"]\n");
        let folder = folder(COUNCIL, &on, child, "kind: new-placement", more);
        let told = found(folder.path(), "2027-02-01T09:00");
        assert!(!told.iter().any(|rule| rule == id), "{id}: {told:?}");
    }
}

#[test]
fn each_bar_holds_where_the_law_has_it_and_from_its_day() {
    const UNDER_16: &str = "under-16-unregulated";
    const REGISTERED: &str = "supported-accommodation-unregistered";
    let hotel = "kind: new-placement, provision: hotel";
    let move_to_hotel = "kind: placement-move, provision: hotel";
    let away = "kind: new-placement, out_of_area: true";
    let unregistered = "provider: {name: Harbour House, registered: false}";
    let (care, need) = ("legal_status: care-order", "legal_status: child-in-need");
    // The id, the child, its birthday, the request, more keys, the moment, and whether it is told.
    let rows: &[(&str, &str, &str, &str, &str, &str, bool)] = &[
        // The meeting of 26 November is the day before the 16th birthday, then the birthday itself.
        (
            UNDER_16,
            care,
            "2010-11-27",
            hotel,
            "",
            "2026-11-25T09:00",
            true,
        ),
        (
            UNDER_16,
            care,
            "2010-11-26",
            hotel,
            "",
            "2026-11-25T09:00",
            false,
        ),
        (
            UNDER_16,
            need,
            "2012-01-01",
            hotel,
            "",
            "2026-11-25T09:00",
            false,
        ),
        // The meetings of 2 and 9 September 2021.
        (
            UNDER_16,
            care,
            "2012-01-01",
            hotel,
            "",
            "2021-09-01T09:00",
            false,
        ),
        (
            UNDER_16,
            care,
            "2012-01-01",
            hotel,
            "",
            "2021-09-08T09:00",
            true,
        ),
        (
            REGISTERED,
            care,
            "2010-01-01",
            hotel,
            unregistered,
            "2026-11-25T09:00",
            true,
        ),
        (
            REGISTERED,
            care,
            "2010-01-01",
            hotel,
            "",
            "2026-11-25T09:00",
            false,
        ),
        (
            REGISTERED,
            care,
            "2008-11-26",
            hotel,
            unregistered,
            "2026-11-25T09:00",
            false,
        ),
        // The meetings of 26 October and 2 November 2023.
        (
            REGISTERED,
            care,
            "2007-01-01",
            hotel,
            unregistered,
            "2023-10-25T09:00",
            false,
        ),
        (
            REGISTERED,
            care,
            "2007-01-01",
            hotel,
            unregistered,
            "2023-11-01T09:00",
            true,
        ),
        (
            "change-of-plan-not-reviewed",
            "legal_status: care-order, looked_after_since: 2026-01-05",
            "2012-01-01",
            move_to_hotel,
            "",
            "2026-11-25T09:00",
            true,
        ),
        (
            "change-of-plan-not-reviewed",
            "legal_status: care-order, looked_after_since: 2026-01-05, last_looked_after_review: 2026-02-01",
            "2012-01-01",
            move_to_hotel,
            "",
            "2026-11-25T09:00",
            false,
        ),
        (
            "out-of-area-not-approved",
            care,
            "2012-01-01",
            away,
            "",
            "2026-11-25T09:00",
            true,
        ),
        (
            "out-of-area-not-approved",
            care,
            "2012-01-01",
            away,
            "permissions: [{for: out-of-area, role: head-of-service, name: R. Khan, on: 2026-11-01}]",
            "2026-11-25T09:00",
            false,
        ),
        (
            "at-a-distance-not-approved",
            care,
            "2012-01-01",
            away,
            "",
            "2026-11-25T09:00",
            true,
        ),
        (
            "at-a-distance-not-approved",
            care,
            "2012-01-01",
            hotel,
            "",
            "2026-11-25T09:00",
            false,
        ),
    ];
    for (id, child, born, request, more, as_of, expected) in rows {
        let on = format!("turn_on = [\"{id}\"]\n");
        let child = format!("{child}, date_of_birth: {born}");
        let folder = folder(COUNCIL, &on, &child, request, more);
        let told = found(folder.path(), as_of);
        let is_told = told.iter().any(|rule| rule == id);
        assert_eq!(
            is_told, *expected,
            "{id}: {child} {request} {as_of}: {told:?}"
        );
    }
}
