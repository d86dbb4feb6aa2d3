//! What a council keeps of a decision is in the minutes, the child's record and the letter.

use super::tests_council::{DAY, at, holds, lacks, one};
use super::{Document, Options};

const AFTER: &str = "2026-12-01T09:00:00";

/// Minutes, then the record and the letter of R-1.
fn afterwards(rules: &str, files: &[(&str, &str)]) -> [Document; 3] {
    at(rules, AFTER, files, |desk| {
        let meeting = desk
            .meeting_on(DAY.parse().expect("a day"), None)
            .expect("held");
        let case = desk.case("R-1").expect("a case");
        let made = case.last().expect("a decision");
        let options = Options::default();
        [
            super::minutes(desk, meeting, options),
            super::record(desk, case, made, options),
            super::letter(desk, case, made, options),
        ]
    })
}

const DECISION: (&str, &str) = (
    "meetings/2026-11-26/decisions/R-1.yaml",
    concat!(
        "referral: R-1\nmeeting: 2026-11-26\noutcome: approve\n",
        "subject_to: [{role: head-of-service}]\n",
        "approved: [{item: placement, weekly: 100.10, weeks: 10}]\n",
        "refer_to: [marp]\npractice_note: Kept for supervision.\n",
        "checklist: {contact: Every Sunday.}\nunmet_need: No night carer.\n",
    ),
);

const KEPT: &str = r#"
[[other_panel]]
id = "marp"
label = "Multi Agency Resource Panel"
notification = "Its administrator is told the child's name and number."
clause = "1.4"

[[checklist]]
id = "contact"
question = "How is contact kept?"
on_form = false
clause = "6"

[record]
heading = "PLACEMENT PANEL"
note_type = "Management decision"
background = true
instruction = "Commissioning may look for options within this decision."
clause = "7"

[minutes]
category = "P25 YYYY/MM/DD LEGAL MEETINGS (COMMITTEE ROOM)"
filed_in = "The case system"
clause = "8"

[[distribution]]
paper = "record"
to = ["team-manager"]
clause = "8"

[[distribution]]
paper = "minutes"
to = ["finance"]
clause = "8"

[[appeal]]
id = "complaint"
by = ["parents", "young-person"]
route = "it is treated as a stage one complaint"
to = "head-of-service"
clause = "9"

[[appeal]]
id = "staff"
by = "staff"
route = "Escalation to the director"
clause = "9"

[funds_available]
amount = 2000
from = 2026-11-01
until = 2027-04-01
clause = "10"
"#;

#[test]
fn a_record_has_what_the_council_keeps_of_a_decision() {
    let referral =
        one("request: {kind: new-placement}\n").replace("case_id", "language: Polish, case_id");
    let earlier = "referral: R-0\nmeeting: 2026-11-19\noutcome: approve\napproved: [{item: placement, one_off: 1000.05}]\n";
    let too_early = "referral: R-9\nmeeting: 2026-10-29\noutcome: approve\napproved: [{item: placement, one_off: 500}]\n";
    let (none, nine) = (
        one("request: {kind: new-placement}\n").replace("R-1", "R-0"),
        one("request: {kind: new-placement}\n").replace("R-1", "R-9"),
    );
    let files = [
        ("referrals/R-1.yaml", referral.as_str()),
        ("referrals/R-0.yaml", none.as_str()),
        ("referrals/R-9.yaml", nine.as_str()),
        ("meetings/2026-11-19/decisions/R-0.yaml", earlier),
        ("meetings/2026-10-29/decisions/R-9.yaml", too_early),
        DECISION,
    ];
    let [minutes, record, letter] = afterwards(KEPT, &files);
    holds(
        &record.words(),
        &[
            "# PLACEMENT PANEL",
            "Management decision",
            "| Language | Polish |",
            "| Religion | not recorded |",
            "Commissioning may look for options within this decision.",
            "## Effect on the funds",
            "£1,000.05",
            "£2,001.05",
            "**Over the funds**",
            "-£1.05",
            "**Multi Agency Resource Panel.** Its administrator is told the child's name and number.",
            "Child: Child 1, number 10001.",
            "## If somebody disagrees",
            "- Parents or young person: it is treated as a stage one complaint, to the Head of service",
            "- Staff: Escalation to the director",
            "In principle, until endorsed by: Head of service.",
            "- Team manager",
            "Every Sunday.",
        ],
    );
    holds(
        &minutes.words(),
        &[
            "**Category:** P25 2026/11/26 LEGAL MEETINGS (COMMITTEE ROOM)",
            "**Filed in:** The case system",
            "- How is contact kept? Every Sunday.",
            "**Unmet need.** No night carer.",
            "In principle, until endorsed by: Head of service.",
            "- Finance",
        ],
    );
    holds(
        &letter.words(),
        &[
            "This is agreed in principle only. It is not final yet.",
            "If you tell us that you do not agree, this is what happens: it is treated as a stage one complaint. It goes to the Head of service.",
        ],
    );
    lacks(&letter.words(), &["Escalation to the director"]);
    for document in [&minutes, &record, &letter] {
        lacks(&document.words(), &["supervision"]);
    }
}

#[test]
fn a_disagreement_on_record_stands_with_its_route() {
    let referral = one("request: {kind: new-placement}\n");
    let files = [
        ("referrals/R-1.yaml", referral.as_str()),
        DECISION,
        (
            "meetings/2026-11-26/after/R-1.yaml",
            "disagreement: {by: parents, on: 2026-11-28, note: They want more visits., escalated_to: E. Ward}\n",
        ),
    ];
    let [_, record, _] = afterwards(KEPT, &files);
    holds(
        &record.words(),
        &[
            "## Disagreement",
            "The parents did not agree, told on 28 November 2026. They want more visits.",
            "- It is treated as a stage one complaint, to the Head of service",
            "Escalated to: E. Ward.",
        ],
    );
    lacks(
        &record.words(),
        &["Escalation to the director", "## If somebody disagrees"],
    );
}
