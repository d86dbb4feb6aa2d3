//! What a council turns on in its rule file is on the papers, and what it leaves off is not.
#![expect(clippy::disallowed_methods, reason = "tests make folders of their own")]

use super::Options;
use crate::council::{CouncilError, parse_council};
use crate::desk::{Desk, Scope};
use crate::folder::Folder;

/// A council that asks for next to nothing; each test adds what it is about.
const PLAIN: &str = r#"
[council]
name = "Anyshire Council"
panel = "Resource Panel"
assumption = "Made up."

[meetings]
every = "week"
on = "thursday"
start = 14:00:00
assumption = "Made up."

[[outcome]]
id = "approve"
label = "Agreed"
assumption = "Made up."

[[outcome]]
id = "defer"
label = "Put off"
assumption = "Made up."
"#;

/// A meeting of that council's.
pub(super) const DAY: &str = "2026-11-26";

/// Asks a desk of the plain council with these entries, at a moment, of a folder of these files.
pub(super) fn at<T>(
    rules: &str,
    now: &str,
    files: &[(&str, &str)],
    answer: impl FnOnce(&Desk<'_>) -> T,
) -> T {
    let place = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = place.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder in it");
        std::fs::write(path, text).expect("a file in it");
    }
    std::fs::write(
        place.path().join("panel.toml"),
        "council = \"./any.toml\"\n",
    )
    .expect("a file");
    let folder = Folder::load(place.path()).expect("it loads");
    let council = match parse_council("any", "any.toml", &format!("{PLAIN}\n{rules}")) {
        Ok(council) => council,
        Err(CouncilError::Faulty { faults, .. }) => panic!("{faults:?}"),
        Err(error) => panic!("{error}"),
    };
    let now = now.parse().expect("a moment");
    answer(&Desk::new(&folder, &council, now, Scope::Folder))
}

pub(super) const BEFORE: &str = "2026-11-25T09:00:00";

fn agenda_on(desk: &Desk<'_>, day: &str) -> String {
    let meeting = desk.meeting_on(day.parse().expect("a day"), None);
    let meeting = meeting.expect("a meeting");
    super::agenda(desk, meeting, false, Options::default()).words()
}

pub(super) fn agenda(rules: &str, files: &[(&str, &str)]) -> String {
    at(rules, BEFORE, files, |desk| agenda_on(desk, DAY))
}

/// A referral that was sent in time.
pub(super) fn referral(reference: &str, more: &str) -> (String, String) {
    let number = reference.trim_start_matches("R-");
    (
        format!("referrals/{reference}.yaml"),
        format!(
            "reference: {reference}\npanel: {DAY}\nsubmitted: 2026-11-20\nchild: {{name: Child {number}, case_id: \"1000{number}\"}}\nworker: {{name: A. Singh}}\n{more}"
        ),
    )
}

pub(super) fn as_files(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect()
}

pub(super) fn one(more: &str) -> String {
    referral("R-1", more).1
}

/// Text with the columns of its tables not in line.
fn squeezed(text: &str) -> String {
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    text.lines().map(|line| words(line) + "\n").collect()
}

#[track_caller]
pub(super) fn holds(text: &str, wanted: &[&str]) {
    let text = squeezed(text);
    for line in wanted {
        assert!(text.contains(line), "`{line}` is not in\n{text}");
    }
}

#[track_caller]
pub(super) fn lacks(text: &str, unwanted: &[&str]) {
    for line in unwanted {
        assert!(!text.contains(line), "`{line}` is in\n{text}");
    }
}

#[test]
fn members_stand_with_how_they_come_and_for_what() {
    let rules = r#"
[[member]]
role = "head-of-service"
label = "Head of Service"
assumption = "Made up."

[[member]]
role = "commissioning"
label = "Commissioning manager"
as_necessary = true
needed_for = "provider.external"
assumption = "Made up."

[[member]]
role = "housing"
label = "Housing"
is_virtual = true
assumption = "Made up."

[[member]]
role = "adults"
label = "Adults"
as_necessary = true
assumption = "Made up."

[[quorum]]
number = 3
assumption = "Made up."

[[quorum]]
number = 1
of = ["head-of-service"]
cover_counts = false
assumption = "Made up."
"#;
    let files = [
        referral("R-1", "request: {kind: new-placement}\n"),
        referral(
            "R-2",
            "request: {kind: new-placement}\nprovider: {name: Harbour House, external: true}\n",
        ),
    ];
    let text = agenda(rules, &as_files(&files));
    holds(
        &text,
        &[
            "| Commissioning manager | not yet known | as necessary, needed for no. 2 |",
            "| Housing | not yet known | by video |",
            "| Adults | not yet known | as necessary |",
            "Quorum: at least 3 members; Head of Service (cover does not count).",
            "| Needed here | Commissioning manager |",
        ],
    );
    assert_eq!(text.matches("Needed here").count(), 1, "{text}");
}

#[test]
fn marks_say_yes_no_or_nothing() {
    let rules = r#"
[[mark]]
label = "Family-based: yes"
otherwise = "Family-based: no"
when = "request.provision in ['in-house-fostering', 'connected-carers']"
assumption = "Made up."

[[prompt]]
says = "A pen picture of the child."
assumption = "Made up."

[[reminder]]
says = "Members keep their own notes."
assumption = "Made up."
"#;
    let files = [
        referral(
            "R-1",
            "request: {kind: new-placement, provision: in-house-fostering}\n",
        ),
        referral(
            "R-2",
            "request: {kind: new-placement, provision: external-residential}\n",
        ),
        referral("R-3", "request: {kind: new-placement}\n"),
    ];
    let text = agenda(rules, &as_files(&files));
    assert_eq!(text.matches("Family-based: yes").count(), 2, "{text}");
    assert_eq!(text.matches("Family-based: no").count(), 2, "{text}");
    assert_eq!(text.matches("A pen picture").count(), 3, "{text}");
    assert_eq!(text.matches("Members keep").count(), 1, "{text}");
}

#[test]
fn slots_stretch_and_some_are_kept_for_emergencies() {
    let rules = r#"
[cut_off]
working_days_before = 3
exempt = "emergency"
assumption = "Made up."

[sitting]
minutes = 70
slot_minutes = 20
slot_least = 10
emergency_slots = 1
assumption = "Made up."
"#;
    let three: Vec<_> = ["R-1", "R-2", "R-3"]
        .map(|reference| referral(reference, "request: {kind: new-placement}\n"))
        .to_vec();
    let text = agenda(rules, &as_files(&three));
    holds(
        &text,
        &[
            "| 14:00 to 14:17 |",
            "Kept for an emergency: 14:51 to 15:08.",
        ],
    );
    let mut four = three;
    let late = referral(
        "R-4",
        "request: {kind: new-placement}\nemergency: {ground: epo}\n",
    );
    four.push((late.0, late.1.replace("2026-11-20", "2026-11-24")));
    let text = agenda(rules, &as_files(&four));
    holds(&text, &["| 14:00 to 14:17 | 1 | Child 4"]);
    lacks(&text, &["Kept for an emergency"]);
}

#[test]
fn a_service_managers_children_stand_together_at_the_most_urgent() {
    let rules = r#"
[agenda]
group_by = "service-manager"
assumption = "Made up."
"#;
    let of = |reference: &str, manager: &str, more: &str| {
        referral(
            reference,
            &format!(
                "request: {{kind: new-placement}}\nservice_manager: {{name: {manager}}}\n{more}"
            ),
        )
    };
    let files = [
        of("R-1", "P. Nowak", ""),
        of("R-2", "E. Ward", ""),
        of("R-3", "E. Ward", "emergency: {ground: epo}\n"),
        of("R-4", "p.  nowak", ""),
    ];
    let text = agenda(rules, &as_files(&files));
    let order: Vec<usize> = [
        "### E. Ward",
        "| Child 3",
        "| Child 2",
        "### P. Nowak",
        "| Child 1",
        "| Child 4",
    ]
    .iter()
    .map(|wanted| {
        text.find(wanted)
            .unwrap_or_else(|| panic!("`{wanted}` is not in\n{text}"))
    })
    .collect();
    assert!(order.is_sorted(), "{order:?}\n{text}");
    assert_eq!(text.matches("### P. Nowak").count(), 1, "{text}");
}

#[test]
fn what_comes_after_the_fact_has_a_part_of_its_own_with_the_councils_words() {
    let rules = r#"
[emergency]
says = "Emergencies come to the next panel, where other placement options can be considered if required."
if_missed = "funding is not agreed"
clause = "7"

[[criterion]]
id = "retrospective"
label = "A retrospective request"
when = "placed_on is defined"
retrospective = true
clause = "4"

[[criterion]]
id = "any"
label = "Any request"
when = "request.kind is defined"
clause = "4"
"#;
    let files = [
        referral("R-1", "request: {kind: new-placement}\n"),
        referral(
            "R-2",
            "request: {kind: new-placement}\nplaced_on: 2026-11-19\nemergency: {ground: epo, approved_by: {name: P. Nowak, role: service-manager}}\n",
        ),
    ];
    let text = agenda(rules, &as_files(&files));
    holds(
        &text,
        &[
            "### After the fact",
            "where other placement options can be considered if required.",
            "19 November 2026",
            "Not heard at this meeting: funding is not agreed.",
            "; after the fact",
        ],
    );
    assert_eq!(text.matches("; after the fact").count(), 1, "{text}");
}

#[test]
fn papers_are_shown_missing_or_expected_from_the_post_that_gives_them() {
    let rules = r#"
[[document]]
any_of = ["permanence-plan"]
label = "permanence plan"
given_by = "head-of-service"
clause = "6"

[[document]]
any_of = ["care-plan", "cin-plan"]
label = "plan for the child"
clause = "6"
"#;
    let files = [referral(
        "R-1",
        "request: {kind: new-placement}\ndocuments: [{kind: care-plan, title: Care plan v3, dated: 2026-11-10}]\n",
    )];
    let text = agenda(rules, &as_files(&files));
    holds(
        &text,
        &[
            "- Permanence plan: **missing**, expected from Head of service",
            "- Plan for the child: Care plan v3, 10 November 2026",
            "## Papers expected",
            "Permanence plan (clause 6)",
        ],
    );
    let chased = at(rules, BEFORE, &as_files(&files), |desk| {
        let meeting = desk
            .meeting_on(DAY.parse().expect("a day"), None)
            .expect("held");
        super::chase(desk, &[meeting], Options::default())
    });
    holds(&chased.words(), &["## Papers expected", "R-1"]);
    lacks(&chased.words(), &["Nothing is missing."]);
}

#[test]
fn other_panels_to_consider_stand_with_what_the_request_says() {
    let rules = r#"
[[other_panel]]
id = "marp"
label = "Multi Agency Resource Panel"
when = "'health' in needs"
clause = "4"
"#;
    let files = [
        referral("R-1", "request: {kind: new-placement}\nneeds: [health]\n"),
        referral(
            "R-2",
            "request: {kind: new-placement}\nneeds: [health]\nreferred_to: [{panel: marp, not_needed: Health pays already.}]\n",
        ),
        referral(
            "R-3",
            "request: {kind: new-placement}\nneeds: [education]\n",
        ),
    ];
    let text = agenda(rules, &as_files(&files));
    holds(
        &text,
        &[
            "- Multi Agency Resource Panel: the request does not say",
            "- Multi Agency Resource Panel: not needed. Health pays already.",
        ],
    );
    assert_eq!(
        text.matches("Other panels to consider").count(),
        2,
        "{text}"
    );
}

#[test]
fn a_condition_brings_a_case_back_until_it_is_sent_again() {
    let rules = r#"
[[bring_forward]]
id = "contract"
label = "The contract ends before the next meeting but one"
when = "placement.contract_ends - meeting.date < 21"
not_within = "4 weeks"
clause = "9"

[drift]
deferrals = 2
clause = "2"
"#;
    let heard = one("request: {kind: new-placement}\nplacement: {contract_ends: 2026-12-10}\n")
        .replace(DAY, "2026-10-15")
        .replace("2026-11-20", "2026-10-09");
    let decision = "referral: R-1\nmeeting: 2026-10-15\noutcome: approve\nactions: [{what: Visit the home, owner: A. Singh, due: 2026-10-30}]\n";
    let files = [
        ("referrals/R-1.yaml", heard.as_str()),
        ("meetings/2026-10-15/decisions/R-1.yaml", decision),
    ];
    let text = agenda(rules, &files);
    holds(
        &text,
        &[
            "## To be heard again",
            "The contract ends before the next meeting but one (clause 9)",
            "15 October 2026",
            "## Drift",
            "Not done by 30 October 2026: Visit the home",
        ],
    );
    let again = referral("R-2", "request: {kind: review, review_of: R-1}\n");
    // A slip that names another child's referral brings nothing back.
    let mut strange = files.to_vec();
    strange.push((&again.0, &again.1));
    holds(&agenda(rules, &strange), &["## To be heard again"]);
    let of_one_child = again
        .1
        .replace("Child 2", "Child 1")
        .replace("10002", "10001");
    let again = (again.0, of_one_child);
    let mut sent = files.to_vec();
    sent.push((&again.0, &again.1));
    lacks(&agenda(rules, &sent), &["## To be heard again"]);
    let soon = at(rules, "2026-11-04T09:00:00", &files, |desk| {
        agenda_on(desk, "2026-11-05")
    });
    lacks(&soon, &["## To be heard again"]);
}
