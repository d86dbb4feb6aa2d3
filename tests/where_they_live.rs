//! Where a child lives by what was decided: who is asked about a home that it has left, that was
//! refused, or whose ending the panel approved.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use support::changes::refused;
use support::office::{Office, PLACEMENT, approved};
use support::{run, stderr};

const AUNT: &str = "{item: placement, description: Her aunt, weekly: 300, weeks: 20, one_off: 0}";

/// Ada lives with carers from 11 January; a move to her aunt from 8 February is approved.
fn to_her_aunt(lines: &str) -> Office {
    let office = Office::new();
    office.request("R-1", "new-placement", "");
    let carers = format!("outcome: approve, approved: [{lines}], review: {{on: 2027-03-01}}");
    office.decided("R-1", "2027-01-04", &carers);
    office.placed("R-1", "2027-01-04", "2027-01-11");
    office.request_with("R-2", "placement-move", "from: 2027-02-08", "");
    office.decided(
        "R-2",
        "2027-02-01",
        &approved(AUNT, "review: {on: 2027-05-03}"),
    );
    office
}

impl Office {
    fn placed(&self, reference: &str, day: &str, on: &str) {
        let args = ["act", reference, "--date", day, "--placed", "--on", on];
        self.does(&format!("{on}T18:00"), &args);
    }

    /// What `check` finds about one request by one rule.
    fn found(&self, as_of: &str, reference: &str, rule: &str) -> usize {
        let told = self.told(as_of, &["check", "--format", "concise"]);
        let rule = format!("[{rule}]");
        let own = told.lines().filter(|line| line.contains(reference));
        own.filter(|line| line.contains(&rule)).count()
    }

    /// Ada's history or the log of spend in Markdown, without what only lines up its tables.
    fn page(&self, as_of: &str, args: &[&str]) -> String {
        let told = self.told(as_of, &[args, &["--format", "markdown"]].concat());
        let lines = told.lines();
        let lines = lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The log of spend, as a sheet.
    fn log(&self, as_of: &str) -> String {
        self.told(as_of, &["spend", "--format", "csv"])
    }
}

#[test]
fn the_review_of_a_home_that_a_move_has_ended_is_asked_for_no_more() {
    let office = to_her_aunt(PLACEMENT);
    // The move is approved, and nothing says that she has moved: the review stays.
    let asked = |as_of: &str| office.diary(as_of, "review");
    assert_eq!(asked("2027-02-20T09:00").len(), 2);
    assert!(asked("2027-02-20T09:00")[0].starts_with("R-1 2027-03-01"));
    let late = "2027-03-10T09:00";
    assert_eq!(office.found(late, "R-1", "review-overdue"), 1);
    let check = office.told(late, &["check"]);
    assert!(
        check.contains("where the child has moved as approved on R-2: `panel act R-2 --placed`"),
        "{check}"
    );
    assert_eq!(office.chased_for("review", late, "2027-03-15").len(), 1);

    office.placed("R-2", "2027-02-01", "2027-02-09");
    let left = asked("2027-02-20T09:00");
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(left[0].starts_with("R-2 2027-05-03"), "{left:?}");
    assert_eq!(office.found(late, "R-1", "review-overdue"), 0);
    assert_eq!(office.chased_for("review", late, "2027-03-15"), [""; 0]);
    let show = office.page(late, &["show", "0100001"]);
    for words in [
        "| 9 February 2027: the child moved (R-2) | R-1 |",
        "| 4 January 2027 | R-1 | 1 March 2027 | 1 March 2027 | ended on 9 February 2027 with the placement (R-2) |",
    ] {
        assert!(show.contains(words), "{words}\n{show}");
    }
    // The day before she moved it was still to come.
    assert_eq!(asked("2027-02-08T09:00").len(), 2);
    // The report of a past quarter counts no review as not held that nobody was to hold.
    let report = office.told(
        late,
        &[
            "report",
            "--from",
            "2027-02-01",
            "--to",
            "2027-03-09",
            "--format",
            "csv",
        ],
    );
    assert!(!report.contains("reviews_not_held,1"), "{report}");
}

#[test]
fn the_review_stays_where_the_move_took_the_place_of_part_of_the_decision_alone() {
    let therapy = "{item: therapy, description: Play therapy, weekly: 90, weeks: 26, one_off: 0}";
    let office = to_her_aunt(&format!("{PLACEMENT}, {therapy}"));
    office.placed("R-2", "2027-02-01", "2027-02-09");
    let stays = office.diary("2027-02-20T09:00", "review");
    assert!(stays[0].starts_with("R-1 2027-03-01"), "{stays:?}");
    // Once the weeks of the rest are over as well, nothing of it is left.
    assert_eq!(office.diary("2027-07-20T09:00", "review").len(), 1);
}

#[test]
fn a_home_without_a_price_is_left_by_a_move_as_one_with_a_price_is() {
    let own = "{item: placement, description: The council's own carers, weekly: 0, one_off: 0}";
    for lines in [own, ""] {
        let office = to_her_aunt(lines);
        assert_eq!(office.diary("2027-02-20T09:00", "review").len(), 2);
        office.placed("R-2", "2027-02-01", "2027-02-09");
        assert_eq!(
            office.diary("2027-02-20T09:00", "review").len(),
            1,
            "{lines}"
        );
    }
}

/// Ada was placed in an emergency on 28 December, and the panel of 4 January said no.
fn refused_emergency() -> Office {
    let office = Office::new();
    office.request_with(
        "R-1",
        "continue-placement",
        "from: 2026-12-28",
        "placed_on: 2026-12-28, emergency: {ground: section-20, approved_by: {name: E. Rudkin, role: head-of-service}, approved_on: 2026-12-28}, costs: [{item: placement, description: Bed, weekly: 1390, weeks: 12, one_off: 0}], total: 16680",
    );
    office.decided("R-1", "2027-01-04", "outcome: decline, rationale: Not safe");
    office
}

const STAYS: &str = "R-1 2027-01-11 The emergency placement of 28 December 2026 was refused: word that it has ended, or another request";

#[test]
fn a_child_in_an_emergency_placement_that_was_refused_is_asked_about_until_somebody_answers() {
    let office = refused_emergency();
    assert_eq!(office.diary("2027-01-05T09:00", "refused"), [STAYS]);
    let told = office.chased_for("refused", "2027-01-05T09:00", "2027-01-11");
    assert_eq!(told.len(), 1, "{told:?}");
    // It stands at each coming meeting, and is a finding from the day after its own.
    let late = "2027-01-20T09:00";
    assert_eq!(office.chased_for("refused", late, "2027-01-25").len(), 1);
    assert!(
        !office
            .told("2027-01-11T20:00", &["check"])
            .contains("refused-not-ended")
    );
    let check = office.told(late, &["check"]);
    assert!(check.contains("error[refused-not-ended]"), "{check}");
    assert!(check.contains("`panel act R-1 --ended REASON`"), "{check}");
    let show = office.page(late, &["show", "0100001"]);
    let row = "| in an emergency; refused on 4 January 2027 | – | R-1 |";
    assert!(show.contains(row), "{show}");
    let spend = office.page(late, &["spend"]);
    let beside =
        "- R-1, Ada F.: from 28 December 2026 to the refusal on 4 January 2027, 7 days, £1,390.00";
    assert!(spend.contains(beside), "{spend}");
    assert!(spend.contains("No approval costs anything."), "{spend}");
    let terminal = office.told(late, &["spend"]);
    assert!(terminal.contains("£1,390.00"), "{terminal}");

    office.does(
        late,
        &["act", "R-1", "--ended", "Home again", "--on", "2027-01-15"],
    );
    assert_eq!(office.diary(late, "refused"), [""; 0]);
    assert!(!office.told(late, &["check"]).contains("refused-not-ended"));
    // What its days cost to the refusal is told all the same.
    let spend = office.page(late, &["spend"]);
    assert!(spend.contains(beside), "{spend}");
}

/// What the chair of the meeting of 4 January types.
const SAYS_NO: [&str; 13] = [
    "decide",
    "R-1",
    "--date",
    "2027-01-04",
    "--outcome",
    "decline",
    "--rationale",
    "Not safe.",
    "--basis",
    "consensus",
    "--by",
    "D. Thackray",
    "--role",
];

#[test]
fn a_child_who_was_placed_as_agreed_is_asked_about_when_the_yes_is_amended_to_a_no() {
    let office = Office::new();
    office.request("R-1", "new-placement", "provision: in-house-fostering");
    office.decided("R-1", "2027-01-04", &approved(PLACEMENT, "rationale: Yes"));
    let placed = ["act", "R-1", "--placed", "--on", "2027-01-11"];
    office.does("2027-01-12T09:00", &placed);
    let amended = [
        &SAYS_NO[..],
        &["assistant-director", "--amend", "The court said otherwise."],
    ];
    let told = office.does("2027-01-20T09:00", &amended.concat());
    assert!(!told.contains("nothing is left"), "{told}");
    let asked = "R-1 2027-01-25 The placement of 11 January 2027 was refused: word that it has ended, or another request";
    assert_eq!(office.diary("2027-01-21T09:00", "refused"), [asked]);
    let spend = office.page("2027-01-21T09:00", &["spend"]);
    let days = "from 11 January 2027 to the refusal on 20 January 2027, 9 days";
    assert!(spend.contains(days), "{spend}");
    let show = office.page("2027-01-21T09:00", &["show", "0100001"]);
    assert!(
        show.contains("as the panel agreed; refused on 20 January 2027"),
        "{show}"
    );
    let check = office.told("2027-02-01T09:00", &["check"]);
    assert!(check.contains("error[refused-not-ended]"), "{check}");
}

#[test]
fn a_refused_move_that_the_child_has_made_is_asked_about_though_it_follows_an_earlier_approval() {
    let office = Office::new();
    office.request("R-1", "new-placement", "provision: in-house-fostering");
    office.decided("R-1", "2027-01-04", &approved(PLACEMENT, "rationale: Yes"));
    office.request_with(
        "R-2",
        "placement-move",
        "review_of: R-1, from: 2027-01-20",
        "placed_on: 2027-01-20",
    );
    office.decided("R-2", "2027-01-25", "outcome: decline, rationale: Not safe");
    let asked = "R-2 2027-02-01 The placement of 20 January 2027 was refused: word that it has ended, or another request";
    assert_eq!(office.diary("2027-01-26T09:00", "refused"), [asked]);
    let show = office.page("2027-01-26T09:00", &["show", "0100001"]);
    assert!(
        show.contains("before the panel decided; refused on 25 January 2027"),
        "{show}"
    );
}

#[test]
fn a_refusal_that_is_typed_in_late_is_written_and_says_who_is_to_be_asked() {
    let office = Office::new();
    office.request_with(
        "R-1",
        "continue-placement",
        "from: 2026-12-28",
        "placed_on: 2026-12-28, emergency: {ground: section-20, approved_by: {name: E. Rudkin, role: head-of-service}, approved_on: 2026-12-28}",
    );
    office.write(
        "meetings/2027-01-04/meeting.yaml",
        "date: 2027-01-04\nchair: {name: D. Thackray, role: assistant-director}\n",
    );
    let late = [&SAYS_NO[..], &["assistant-director"]].concat();
    let told = office.does("2027-01-20T09:00", &late);
    assert!(told.contains("says that the child has left"), "{told}");
    assert_eq!(office.diary("2027-01-20T10:00", "refused"), [STAYS]);
}

#[test]
fn another_request_or_a_later_approval_answers_for_a_refused_emergency() {
    let late = "2027-01-20T09:00";
    let office = refused_emergency();
    // A taxi is no word on where she lives, and a request that is refused as well leaves her there.
    office.request("R-2", "transport", "");
    assert_eq!(office.diary(late, "refused"), [STAYS]);
    office.request("R-3", "new-placement", "");
    assert_eq!(office.diary(late, "refused"), [""; 0]);
    office.decided("R-3", "2027-01-18", "outcome: decline, rationale: No");
    assert_eq!(office.diary(late, "refused"), [STAYS]);
    office.request("R-4", "placement-move", "");
    office.decided("R-4", "2027-01-18", &approved(PLACEMENT, ""));
    assert_eq!(office.diary(late, "refused"), [""; 0]);

    let office = refused_emergency();
    office.decided(
        "R-1",
        "2027-01-11",
        &approved(PLACEMENT, "review: {on: 2027-03-01}"),
    );
    assert_eq!(office.diary(late, "refused"), [""; 0]);
    let spend = office.page(late, &["spend"]);
    assert!(!spend.contains("to the refusal"), "{spend}");
}

#[test]
fn the_councils_own_figure_says_by_when_a_refused_emergency_has_ended() {
    let office = refused_emergency();
    office.write("panel.toml", "council = \"./own.toml\"\n");
    office.write(
        "own.toml",
        "extends = \"nelc\"\n\n[emergency]\nended_within = \"2 weeks\"\nclause = \"7\"\n",
    );
    let told = office.diary("2027-01-05T09:00", "refused");
    assert!(told[0].starts_with("R-1 2027-01-18"), "{told:?}");
    assert!(
        !office
            .told("2027-01-18T09:00", &["check"])
            .contains("refused-not-ended")
    );
    assert!(
        office
            .told("2027-01-19T09:00", &["check"])
            .contains("refused-not-ended")
    );
}

/// A request that the panel approve the ending of Ada's placement on 8 February.
fn ending(office: &Office, more: &str) {
    let from = format!("from: 2027-02-08, {more}");
    office.request_with("R-9", "placement-ending", &from, "costs: [], total: 0");
}

#[test]
fn an_approved_ending_ends_the_payment_on_its_day_and_asks_for_no_costs() {
    for (named, costs) in [("review_of: R-1", "costs: [], total: 0"), ("", "")] {
        let office = Office::new();
        office.request("R-1", "new-placement", "");
        office.decided(
            "R-1",
            "2027-01-04",
            &approved(PLACEMENT, "review: {every: 12 weeks}"),
        );
        office.request_with(
            "R-9",
            "placement-ending",
            &format!("from: 2027-02-08, {named}"),
            costs,
        );
        assert_eq!(office.found("2027-01-20T09:00", "R-9", "missing-costs"), 0);
        office.write(
            "meetings/2027-02-01/meeting.yaml",
            "date: 2027-02-01\nchair: {name: D. Thackray, role: assistant-director}\n",
        );
        // The form is short, as in all these tests: what else it lacks is accepted.
        let output = run(
            office.folder(),
            "2027-02-01T18:00",
            &[
                "decide",
                "R-9",
                "--date",
                "2027-02-01",
                "--outcome",
                "approve",
                "--approve-costs",
                "--basis",
                "consensus",
                "--rationale",
                "Home",
                "--no-review",
                "It ends",
            ],
        );
        let told = stderr(&output);
        assert!(!told.contains("--approve"), "{told}");
        office.decided(
            "R-9",
            "2027-02-01",
            "outcome: approve, review: {none: It ends}",
        );
        let check = office.told("2027-02-02T09:00", &["check", "--history"]);
        assert!(!check.contains("which cost lines"), "{check}");
        // 28 days from 11 January are £4,000.
        let late = "2027-02-20T09:00";
        let log = office.log(late);
        assert!(log.contains("2027-02-08,2027-02-07"), "{log}");
        assert!(log.contains("4000.00"), "{log}");
        let spend = office.told(late, &["spend"]);
        assert!(spend.contains("R-9 ends it: £22,000.00 less"), "{spend}");
        for kind in ["review", "ending"] {
            let asked = office.diary(late, kind);
            assert_eq!(asked, [""; 0], "{named}");
        }
        let show = office.page(late, &["show", "0100001"]);
        assert!(show.contains("£4,000.00"), "{show}");
        let report = office.told(
            late,
            &[
                "report",
                "--from",
                "2027-01-01",
                "--to",
                "2027-02-19",
                "--format",
                "csv",
            ],
        );
        assert!(report.contains("4000.00"), "{report}");
    }
}

#[test]
fn an_approved_ending_is_told_among_the_placements() {
    let office = Office::new();
    office.request("R-1", "new-placement", "");
    office.decided(
        "R-1",
        "2027-01-04",
        &approved(PLACEMENT, "review: {on: 2027-06-07}"),
    );
    office.placed("R-1", "2027-01-04", "2027-01-11");
    ending(&office, "");
    office.decided(
        "R-9",
        "2027-02-01",
        "outcome: approve, review: {none: It ends}",
    );
    // Until that day the child lives there.
    assert_eq!(office.diary("2027-02-07T09:00", "review").len(), 1);
    assert_eq!(office.diary("2027-02-08T09:00", "review"), [""; 0]);
    let show = office.page("2027-02-08T09:00", &["show", "0100001"]);
    let row = "| 8 February 2027: its ending was approved (R-9) | R-1 |";
    assert!(show.contains(row), "{show}");
}

#[test]
fn what_ended_is_the_approval_in_force_and_not_the_talk_after_it() {
    let office = Office::new();
    office.request("R-1", "new-placement", "");
    office.decided(
        "R-1",
        "2027-01-04",
        &approved(PLACEMENT, "review: {on: 2027-03-01}"),
    );
    office.decided("R-1", "2027-02-01", "outcome: note");
    office.decided("R-1", "2027-02-08", "outcome: decline, rationale: Not more");
    let as_of = "2027-02-20T18:00";
    let ended = ["act", "R-1", "--ended", "Home again", "--on", "2027-02-19"];
    let both = [&ended[..], &["--told-family"]].concat();
    let told = refused(office.folder(), as_of, 2, &both);
    for words in ["4 January 2027", "8 February 2027"] {
        assert!(told.contains(words), "{told}");
    }
    let told = office.does(as_of, &ended);
    assert!(!told.contains("goes on"), "{told}");
    let kept = std::fs::read_to_string(office.folder().join("meetings/2027-01-04/after/R-1.yaml"));
    assert!(kept.expect("a file").contains("Home again"));
    assert!(office.log(as_of).contains("2027-02-19,2027-02-18"));
}

#[test]
fn more_support_beside_a_placement_leaves_the_placements_own_review() {
    let taxi = "{item: transport, description: Taxi, weekly: 80, weeks: 10, one_off: 0}";
    let office = Office::new();
    office.request("R-1", "new-placement", "");
    office.decided(
        "R-1",
        "2027-01-04",
        &approved(PLACEMENT, "review: {on: 2027-03-01}"),
    );
    office.request_with(
        "R-2",
        "transport",
        "from: 2027-02-08, review_of: R-1",
        "costs: [{item: transport, description: Taxi, weekly: 80, weeks: 10, one_off: 0}], total: 800",
    );
    let asked = |as_of: &str| office.diary(as_of, "review");
    // What waits is a taxi, and brings no review.
    let before = asked("2027-01-20T09:00");
    assert_eq!(before, ["R-1 2027-03-01 Back to panel"]);
    office.decided(
        "R-2",
        "2027-02-01",
        &approved(taxi, "review: {on: 2027-04-05}"),
    );
    let after = asked("2027-02-20T09:00");
    assert_eq!(after.len(), 2, "{after:?}");
    assert!(after[0].starts_with("R-1 2027-03-01"), "{after:?}");
    let show = office.page("2027-02-20T09:00", &["show", "0100001"]);
    assert!(
        show.contains("| R-1 | 1 March 2027 | 1 March 2027 | to come |"),
        "{show}"
    );
    // A refusal of it says no more of the placement.
    office.decided("R-2", "2027-02-01", "outcome: decline, rationale: No");
    assert_eq!(asked("2027-02-20T09:00").len(), 1);
    // The panel looked at the placement at that meeting as well, and says so on its own request.
    office.decided(
        "R-1",
        "2027-02-01",
        "outcome: note, review: {on: 2027-06-07}",
    );
    assert!(asked("2027-02-20T09:00")[0].starts_with("R-1 2027-06-07"));
}
