//! Birthdays: 29 February, and decisions since an earlier one.

use super::{Office, day, referral_of};
use crate::findings::Severity;

const BIRTHDAY: &str = "[[milestone]]
id = \"nineteen\"
age = 19
label = \"19th birthday\"
clause = \"6\"
";

#[test]
fn born_on_29_february_the_birthday_is_1_march_and_the_day_before_is_in_time() {
    for (panel, is_late) in [("2027-02-28", false), ("2027-03-01", true)] {
        let referral = referral_of(
            "R-1",
            &format!(
                "panel: {panel}\nsubmitted: 2027-02-01\nchild: {{name: Robin E., date_of_birth: 2008-02-29}}"
            ),
        );
        let office = Office::with(
            BIRTHDAY,
            &[
                ("referrals/R-1.yaml", &referral),
                (
                    "meetings/2027-02-28/meeting.yaml",
                    "date: 2027-02-28\nextra: true\n",
                ),
            ],
        );
        let found = office.found("age-milestone", "2027-02-02T09:00");
        assert_eq!(!found.is_empty(), is_late, "{panel}: {found:#?}");
        assert!(
            found
                .iter()
                .all(|one| one.message.contains("Monday 1 March 2027"))
        );
    }
}

const SIXTEEN: &str = "[[milestone]]
id = \"sixteen\"
age = 16
since_age = 15
label = \"16th birthday\"
when = \"child.legal_status == 'care-order'\"
kinds = [\"care-leaver-accommodation\"]
checklist = [\"independent-options\"]
diary_from = \"3 months\"
clause = \"7\"

[[checklist]]
id = \"independent-options\"
question = \"Were the options for living independently looked at?\"
clause = \"7\"
";

/// Two referrals about a child who was 15 on 1 December 2025 and is 16 a year later; the panel
/// has decided on the first.
fn sixteen(other_child: &str, kind: &str, decided: &str, answers: &str) -> Office {
    let child = |number: &str| {
        format!(
            "child: {{name: Robin E., case_id: \"{number}\", date_of_birth: 2010-12-01, legal_status: care-order}}"
        )
    };
    let first = referral_of(
        "R-1",
        &format!(
            "{}\nsubmitted: 2025-11-20\nrequest: {{kind: {kind}}}",
            child(other_child)
        ),
    );
    let second = referral_of("R-2", &format!("{}\nsubmitted: 2026-11-20", child("0101")));
    Office::with(
        SIXTEEN,
        &[
            ("referrals/R-1.yaml", &first),
            ("referrals/R-2.yaml", &second),
            (
                &format!("meetings/{decided}/meeting.yaml"),
                &format!("date: {decided}\nextra: true\n"),
            ),
            (
                &format!("meetings/{decided}/decisions/R-1.yaml"),
                &format!("referral: R-1\nmeeting: {decided}\noutcome: approve\n{answers}\n"),
            ),
        ],
    )
}

#[test]
fn a_milestone_is_met_by_a_decision_for_the_same_child_since_the_earlier_birthday() {
    let accommodation = "care-leaver-accommodation";
    let answer = "checklist: {independent-options: Supported lodgings were looked at.}";
    for (whose, child, kind, decided, answers, is_met) in [
        (
            "asked for on the birthday",
            "0101",
            accommodation,
            "2025-12-01",
            "",
            true,
        ),
        (
            "asked for the day before it",
            "0101",
            accommodation,
            "2025-11-30",
            "",
            false,
        ),
        (
            "another child's",
            "0102",
            accommodation,
            "2025-12-01",
            "",
            false,
        ),
        (
            "of another kind",
            "0101",
            "new-placement",
            "2025-12-01",
            "",
            false,
        ),
        (
            "answered",
            "0101",
            "new-placement",
            "2025-12-01",
            answer,
            true,
        ),
        (
            "answered too early",
            "0101",
            "new-placement",
            "2025-11-30",
            answer,
            false,
        ),
    ] {
        let office = sixteen(child, kind, decided, answers);
        // Heard on 7 December 2026, at 16.
        let found = office.found("age-milestone", "2026-12-02T09:00");
        let about: Vec<_> = found
            .iter()
            .filter_map(|one| one.reference.as_deref())
            .collect();
        let expected = if is_met { vec![] } else { vec!["R-2"] };
        assert_eq!(about, expected, "{whose}");
        assert!(found.iter().all(|one| one.severity == Severity::Warning));
    }
}

#[test]
fn the_diary_shows_a_milestone_from_its_time_before_once_for_a_child_until_it_is_met() {
    let due = (day("2026-12-01"), "Milestone", "R-2".to_owned());
    let unmet = sixteen(
        "0101",
        "new-placement",
        "2025-12-01",
        "review: {none: It stands.}",
    );
    assert!(
        !unmet
            .diary("2026-08-31T09:00")
            .iter()
            .any(|(_, kind, _)| *kind == "Milestone")
    );
    // Before the second referral is sent the first stands for the child.
    let first = (day("2026-12-01"), "Milestone", "R-1".to_owned());
    assert_eq!(unmet.diary("2026-09-01T09:00"), [first]);
    for later in ["2026-11-21T09:00", "2027-01-15T09:00"] {
        assert_eq!(unmet.diary(later), std::slice::from_ref(&due), "{later}");
    }
    let met = sixteen("0101", "care-leaver-accommodation", "2025-12-01", "");
    assert!(met.diary("2026-11-21T09:00").is_empty());
}
