//! Which days an approval is paid for, and that the funds and the log count the same.

use super::stretch::{FinancialYear, Stretch};
use super::{Desk, Scope};
use crate::council::{Council, parse_council};
use crate::folder::{DecisionFile, File, Folder, MeetingFolder};
use crate::records::{After, Day, Decision, Referral};
use serde_json::{Value, json};

const RULES: &str = "[council]\nname = \"Wendham\"\npanel = \"Panel\"\nclause = \"1\"\n\
    [meetings]\nevery = \"week\"\non = \"thursday\"\nstart = 10:00:00\nclause = \"1\"\n\
    [funds_available]\namount = 10000\nfrom = 2026-04-01\nuntil = 2027-04-01\nclause = \"1\"\n";

fn council(more: &str) -> Council {
    match parse_council("wendham", "wendham.toml", &format!("{RULES}{more}")) {
        Ok(council) => council,
        Err(error) => panic!("{error:?}"),
    }
}

fn file<T: serde::de::DeserializeOwned>(path: &str, record: Value) -> File<T> {
    let record = serde_json::from_value(record).expect("a record");
    File::saying(path.to_owned(), record)
}

/// A folder with one request, R-1, and what was decided on it: meeting, decision, what followed.
fn folder(referral: Value, made: &[(&str, Value, Value)]) -> Folder {
    let mut record = json!({"reference": "R-1", "submitted": "2026-11-02"});
    let fields = record.as_object_mut().expect("a record");
    fields.extend(referral.as_object().expect("a record").clone());
    let referral: File<Referral> = file("referrals/R-1.yaml", record);
    let meetings = made.iter().map(|(day, decision, after)| {
        let mut record = json!({"referral": "R-1", "meeting": day, "outcome": "approve"});
        let fields = record.as_object_mut().expect("a record");
        fields.extend(decision.as_object().expect("a record").clone());
        let decision: File<Decision> = file("decisions/R-1.yaml", record);
        let after: File<After> = file("after/R-1.yaml", after.clone());
        MeetingFolder {
            id: (*day).to_owned(),
            day: Some(day.parse().expect("a day")),
            decisions: vec![DecisionFile {
                file: decision,
                number: 1,
            }],
            after: vec![after],
            ..MeetingFolder::default()
        }
    });
    Folder {
        referrals: vec![referral],
        meetings: meetings.collect(),
        ..Folder::default()
    }
}

fn desk<'a>(folder: &'a Folder, council: &'a Council) -> Desk<'a> {
    let as_of = "2027-01-20T09:00:00".parse().expect("a moment");
    Desk::new(folder, council, as_of, Scope::Folder)
}

/// Each line: its first day, the days that are paid for, and its pence.
fn lines(folder: &Folder) -> Vec<(String, i64, i64)> {
    let council = council("");
    desk(folder, &council)
        .commitments()
        .iter()
        .map(|line| {
            let cost = &line.cost;
            (cost.from.to_string(), cost.days, cost.total().pence())
        })
        .collect()
}

/// Seventy pounds a week: ten a day.
fn placement(weeks: Option<i64>) -> Value {
    json!({"item": "placement", "weekly": "70", "weeks": weeks})
}

fn one(referral: Value, decision: Value, after: Value) -> (String, i64, i64) {
    let folder = folder(referral, &[("2026-11-05", decision, after)]);
    lines(&folder).remove(0)
}

fn line(from: &str, days: i64) -> (String, i64, i64) {
    (from.to_owned(), days, days * 1000)
}

#[test]
fn a_line_begins_when_the_child_came_else_when_it_was_to() {
    let approved = json!({"approved": [placement(Some(4))]});
    let asked = json!({"placed_on": "2026-10-30", "request": {"from": "2026-11-09"}});
    let placed = json!({"placed": {"on": "2026-11-12"}});
    let none = json!({});
    assert_eq!(
        one(asked.clone(), approved.clone(), placed),
        line("2026-11-12", 28)
    );
    assert_eq!(
        one(asked, approved.clone(), none.clone()),
        line("2026-10-30", 28)
    );
    let asked = json!({"request": {"from": "2026-11-09"}});
    assert_eq!(
        one(asked, approved.clone(), none.clone()),
        line("2026-11-09", 28)
    );
    assert_eq!(one(none.clone(), approved, none), line("2026-11-05", 28));
}

#[test]
fn a_line_with_a_first_day_of_its_own_begins_then_and_ends_with_the_whole() {
    let fewer = json!({"item": "placement", "weekly": "70", "weeks": 20, "from": "2026-12-21"});
    let approved = json!({"approved": [placement(Some(6)), fewer], "until": "2027-01-04"});
    let asked = json!({"request": {"from": "2026-11-09"}});
    let folder = folder(asked, &[("2026-11-05", approved, json!({}))]);
    let expected = vec![line("2026-11-09", 42), line("2026-12-21", 14)];
    assert_eq!(lines(&folder), expected);
}

#[test]
fn a_request_that_goes_on_does_not_begin_when_the_earlier_one_did() {
    let approved = json!({"approved": [placement(Some(4))]});
    let asked = json!({
        "placed_on": "2025-02-03",
        "request": {"from": "2026-11-09", "review_of": "R-0"},
    });
    assert_eq!(
        one(asked, approved.clone(), json!({})),
        line("2026-11-09", 28)
    );
    let asked = json!({
        "placed_on": "2025-02-03",
        "request": {"from": "2026-11-09", "kind": "continue-placement"},
    });
    assert_eq!(one(asked, approved, json!({})), line("2026-11-09", 28));
}

#[test]
fn a_second_approval_goes_on_where_the_first_ended() {
    let first = json!({"approved": [placement(Some(3))], "until": "2026-11-30"});
    let second = json!({"approved": [placement(Some(2))]});
    let asked = json!({"request": {"from": "2026-11-09"}});
    let folder = folder(
        asked,
        &[
            ("2026-11-05", first, json!({})),
            ("2026-11-26", second, json!({})),
        ],
    );
    assert_eq!(
        lines(&folder),
        [line("2026-11-09", 21), line("2026-11-30", 14)]
    );
}

#[test]
fn a_line_ends_with_its_weeks_the_time_limit_or_its_own_end_whichever_is_first() {
    let none = json!({});
    let limited = json!({"approved": [placement(Some(26))], "until": "2026-11-15"});
    assert_eq!(
        one(none.clone(), limited, none.clone()),
        line("2026-11-05", 10)
    );
    let open = json!({"approved": [placement(None)]});
    assert_eq!(
        one(none.clone(), open.clone(), none.clone()),
        line("2026-11-05", 364)
    );
    let ended = json!({"ended": {"on": "2026-11-08"}});
    assert_eq!(
        one(none.clone(), open.clone(), ended),
        line("2026-11-05", 3)
    );
    let withdrawn = json!({"withdrawn": {"on": "2026-11-12"}});
    assert_eq!(
        one(withdrawn, open.clone(), none.clone()),
        line("2026-11-05", 7)
    );
    // What ended before it began was not paid for, the grant included.
    let grant = json!({"approved": [{"item": "equipment", "one_off": "250"}]});
    let ended = json!({"ended": {"on": "2026-11-05"}});
    assert_eq!(one(none.clone(), grant.clone(), ended).2, 0);
    assert_eq!(one(none.clone(), grant, none).2, 25_000);
}

#[test]
fn what_is_declined_or_deferred_costs_nothing() {
    for outcome in ["decline", "defer", "pending", "note"] {
        let decision = json!({"outcome": outcome, "approved": [placement(Some(4))]});
        let folder = folder(json!({}), &[("2026-11-05", decision, json!({}))]);
        assert_eq!(lines(&folder), [], "{outcome}");
    }
}

#[test]
fn funders_come_to_exactly_their_share_of_a_line() {
    // 33 + 33 + 34 per cent of 100.01: the parts are 33.00, 33.01 and 34.00.
    let share =
        |source: &str, share: i64| json!({"source": source, "share": share, "status": "agreed"});
    let decision = json!({
        "approved": [{"item": "equipment", "one_off": "100.01"}],
        "funding": [share("health", 33), share("education", 33), share("adults", 34)],
    });
    let folder = folder(json!({}), &[("2026-11-05", decision, json!({}))]);
    let council = council("");
    let desk = desk(&folder, &council);
    let line = desk.commitments().remove(0);
    let paid: Vec<i64> = line
        .funders()
        .iter()
        .map(|(_, paid)| paid.pence())
        .collect();
    assert_eq!(paid, [3_300, 3_301, 3_400]);
    assert_eq!(line.cost.own_within(Stretch::ALL).pence(), 0);
}

#[test]
fn only_what_is_agreed_is_taken_off() {
    let decision = json!({
        "approved": [placement(Some(1))],
        "funding": [
            {"source": "health", "share": 50, "status": "asked"},
            {"source": "education", "share": 10, "status": "agreed"},
        ],
    });
    let folder = folder(json!({}), &[("2026-11-05", decision, json!({}))]);
    let council = council("");
    let line_cost = desk(&folder, &council).commitments()[0].cost;
    assert_eq!(line_cost.own_within(Stretch::ALL).pence(), 6_300);
}

#[test]
fn the_sheet_of_a_decision_and_the_log_come_to_the_same_pennies() {
    // From a meeting of the year before: its days of this year count, its others do not.
    let earlier = json!({"approved": [placement(Some(52))], "funding": [
        {"source": "health", "share": 15, "status": "agreed"}]});
    let later = json!({"approved": [{"item": "placement", "weekly": "33.33", "weeks": 40}]});
    let folder = folder(
        json!({}),
        &[
            ("2026-02-05", earlier, json!({})),
            ("2026-11-26", later, json!({})),
        ],
    );
    let council = council("");
    let desk = desk(&folder, &council);
    let case = &desk.cases()[0];
    let effect = desk
        .effect_on_funds(case, &case.decisions[1])
        .expect("there are funds");
    let year = FinancialYear::of("2026-11-26".parse::<Day>().expect("a day")).days();
    let by_log: Vec<i64> = desk
        .commitments()
        .iter()
        .map(|line| line.cost.own_within(year).pence())
        .collect();
    assert_eq!(effect.committed().pence(), by_log.iter().sum::<i64>());
    // The later approval goes on where the meeting stands: the earlier one ends on that day.
    assert_eq!(by_log[0], 239 * 850);
    assert_eq!(effect.this.pence(), by_log[1] - 70 * 850);
    // 309 days from 1 April to 3 February at ten pounds, less 15 per cent.
    assert_eq!(effect.before.pence(), 309 * 850);
    assert_eq!(
        effect.left().pence(),
        1_000_000 - by_log.iter().sum::<i64>()
    );
}

#[test]
fn a_decision_on_a_referral_that_is_not_there_is_not_lost() {
    let decision = json!({"approved": [placement(Some(4))]});
    let mut folder = folder(json!({}), &[("2026-11-05", decision, json!({}))]);
    folder.referrals.clear();
    let council = council("");
    let desk = desk(&folder, &council);
    assert!(desk.commitments().is_empty());
    assert_eq!(desk.made_on_nothing()[0].file.path, "decisions/R-1.yaml");
}

#[test]
fn what_became_true_after_the_moment_is_not_known_yet() {
    let approved = json!({"approved": [placement(Some(40))]});
    let asked = json!({"request": {"from": "2026-11-09"}});
    // The moment is 20 January 2027.
    let known = json!({"placed": {"on": "2026-11-12"}, "ended": {"on": "2027-01-20"}});
    assert_eq!(
        one(asked.clone(), approved.clone(), known),
        line("2026-11-12", 69)
    );
    let later = json!({"placed": {"on": "2027-01-21"}, "ended": {"on": "2027-02-01"}});
    assert_eq!(one(asked, approved, later), line("2026-11-09", 280));
}

#[test]
fn an_alternative_for_a_child_already_placed_is_with_the_provider_asked_for() {
    let decision = json!({"outcome": "approve-alternative", "approved": [placement(Some(4))]});
    let provider = json!({"name": "Harbour Reach", "registered": false});
    let council = council("");
    let provider_with = |referral: Value, after: Value| {
        let folder = folder(referral, &[("2026-11-05", decision.clone(), after)]);
        let lines: Vec<_> = desk(&folder, &council)
            .commitments()
            .iter()
            .map(|line| line.provider.and_then(|one| one.name.clone()))
            .collect();
        lines.into_iter().next().flatten()
    };
    let placed = json!({"provider": provider, "placed_on": "2026-10-30"});
    assert_eq!(
        provider_with(placed.clone(), json!({})).as_deref(),
        Some("Harbour Reach")
    );
    let moved = json!({"placed": {"on": "2026-11-12", "provider": {"name": "The Elms"}}});
    assert_eq!(provider_with(placed, moved).as_deref(), Some("The Elms"));
    // Not there yet: the alternative is somewhere else than what was asked for.
    assert_eq!(
        provider_with(json!({"provider": provider}), json!({})),
        None
    );
}
