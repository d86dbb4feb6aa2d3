//! That no day of a placement is paid for twice, and that what may be is told with its sum.

use super::cost::Cost;
use super::stretch::Stretch;
use super::{Desk, Scope};
use crate::council::{Council, parse_council};
use crate::folder::{DecisionFile, File, Folder, MeetingFolder};
use crate::records::{Day, Decision, Money, Referral};
use proptest::prelude::*;
use serde_json::{Value, json};

const RULES: &str = "[council]\nname = \"Wendham\"\npanel = \"Panel\"\nclause = \"1\"\n\
    [meetings]\nevery = \"week\"\non = \"thursday\"\nstart = 10:00:00\nclause = \"1\"\n\
    [funds_available]\namount = 10000\nfrom = 2026-04-01\nuntil = 2027-04-01\nclause = \"1\"\n";

fn council() -> Council {
    match parse_council("wendham", "wendham.toml", RULES) {
        Ok(council) => council,
        Err(error) => panic!("{error:?}"),
    }
}

fn file<T: serde::de::DeserializeOwned>(path: String, record: Value) -> File<T> {
    File::saying(path, serde_json::from_value(record).expect("a record"))
}

/// One request of the child 0100001, with its approval: number, meeting, request, approved lines.
fn folder(requests: &[(u32, &str, Value, Value)]) -> Folder {
    let mut folder = Folder::default();
    for (number, day, request, approved) in requests {
        let reference = format!("R-{number}");
        let referral: File<Referral> = file(
            format!("referrals/{reference}.yaml"),
            json!({"reference": reference, "submitted": "2026-11-02",
                "child": {"case_id": "0100001"}, "request": request}),
        );
        folder.referrals.push(referral);
        let decision: File<Decision> = file(
            format!("meetings/{day}/decisions/{reference}.yaml"),
            json!({"referral": reference, "meeting": day, "outcome": "approve",
                "approved": approved}),
        );
        folder.meetings.push(MeetingFolder {
            id: (*day).to_owned(),
            day: Some(day.parse().expect("a day")),
            decisions: vec![DecisionFile {
                file: decision,
                number: 1,
            }],
            ..MeetingFolder::default()
        });
    }
    folder
}

fn placement(weekly: &str, weeks: i64) -> Value {
    json!({"item": "placement", "weekly": weekly, "weeks": weeks})
}

/// Each line: days paid for, whose place it leaves, what that spares, and what may be paid twice.
type Told = (i64, Option<(String, i64)>, Vec<(String, i64)>);

fn told(folder: &Folder) -> Vec<Told> {
    let council = council();
    let as_of = "2027-01-20T09:00:00".parse().expect("a moment");
    let desk = Desk::new(folder, &council, as_of, Scope::Folder);
    desk.commitments()
        .iter()
        .map(|line| {
            let replaced = line.replaced.as_ref();
            let overlaps = line.overlaps.iter();
            (
                line.cost.days,
                replaced.map(|replaced| (replaced.by.to_owned(), replaced.spared.pence())),
                overlaps
                    .map(|overlap| (overlap.with.to_owned(), overlap.sum.pence()))
                    .collect(),
            )
        })
        .collect()
}

fn replaced(days: i64, by: &str, spared: i64) -> Told {
    (days, Some((by.to_owned(), spared)), Vec::new())
}

fn whole(days: i64) -> Told {
    (days, None, Vec::new())
}

#[test]
fn an_approval_that_brings_an_earlier_one_back_takes_its_place() {
    let folder = folder(&[
        (
            1,
            "2026-11-05",
            json!({"from": "2026-11-09"}),
            json!([placement("70", 10)]),
        ),
        (
            2,
            "2026-12-03",
            json!({"from": "2026-12-07", "review_of": "R-1"}),
            json!([placement("77", 10)]),
        ),
    ]);
    // From 9 November to 6 December are 28 days; the 42 that are left cost ten pounds each.
    assert_eq!(told(&folder), [replaced(28, "R-2", 42_000), whole(70)]);
}

#[test]
fn a_review_of_a_review_takes_the_place_of_the_first_too() {
    let folder = folder(&[
        (
            1,
            "2026-11-05",
            json!({"from": "2026-11-09"}),
            json!([placement("70", 20)]),
        ),
        (
            2,
            "2026-12-03",
            json!({"kind": "review", "from": "2026-12-07", "review_of": "R-1"}),
            json!([{"item": "therapy", "weekly": "35", "weeks": 4}]),
        ),
        (
            3,
            "2026-12-10",
            json!({"from": "2026-12-14", "review_of": "R-2"}),
            json!([placement("70", 10)]),
        ),
    ]);
    assert_eq!(
        told(&folder),
        [replaced(35, "R-3", 105_000), whole(28), whole(70)]
    );
}

#[test]
fn a_child_who_moves_or_stays_on_is_not_paid_for_in_two_places() {
    for kind in ["placement-move", "continue-placement"] {
        let folder = folder(&[
            (
                1,
                "2026-11-05",
                json!({"from": "2026-11-09"}),
                json!([placement("70", 10)]),
            ),
            (
                2,
                "2026-12-03",
                json!({"kind": kind, "from": "2026-12-07"}),
                json!([placement("77", 10)]),
            ),
        ]);
        assert_eq!(
            told(&folder),
            [replaced(28, "R-2", 42_000), whole(70)],
            "{kind}"
        );
    }
}

#[test]
fn another_new_placement_is_counted_beside_the_first_and_told_with_its_sum() {
    let folder = folder(&[
        (
            1,
            "2026-11-05",
            json!({"from": "2026-11-09"}),
            json!([placement("70", 10)]),
        ),
        (
            2,
            "2026-12-03",
            json!({"kind": "new-placement", "from": "2026-12-07"}),
            json!([placement("77", 2)]),
        ),
    ]);
    // Both are paid from 7 to 20 December: 14 days at the earlier one's ten pounds.
    let doubled = (70, None, vec![("R-2".to_owned(), 14_000)]);
    assert_eq!(told(&folder), [doubled, whole(14)]);
}

#[test]
fn short_breaks_stand_beside_where_the_child_lives() {
    let folder = folder(&[
        (
            1,
            "2026-11-05",
            json!({"from": "2026-11-09", "provision": "short-breaks"}),
            json!([placement("70", 10)]),
        ),
        (
            2,
            "2026-12-03",
            json!({"kind": "continue-placement", "from": "2026-12-07",
                "provision": "in-house-fostering"}),
            json!([placement("77", 10)]),
        ),
    ]);
    assert_eq!(told(&folder), [whole(70), whole(70)]);
}

#[test]
fn of_other_items_only_the_same_one_is_replaced_and_one_that_may_be_is_told() {
    let therapy = |description: &str| json!({"item": "therapy", "description": description, "weekly": "35", "weeks": 8});
    let folder = folder(&[
        (
            1,
            "2026-11-05",
            json!({"from": "2026-11-09"}),
            json!([therapy("Play therapy"), therapy("A group"), {
                "item": "transport", "weekly": "7", "weeks": 8}]),
        ),
        (
            2,
            "2026-12-03",
            json!({"from": "2026-12-07", "review_of": "R-1"}),
            json!([therapy("play  therapy")]),
        ),
    ]);
    // 28 days of 56 are left at five pounds.
    let told = told(&folder);
    assert_eq!(told[0], replaced(28, "R-2", 14_000));
    assert_eq!(told[1], (56, None, vec![("R-2".to_owned(), 14_000)]));
    assert_eq!(told[2..], [whole(56), whole(56)]);
}

#[test]
fn what_follows_the_end_of_the_earlier_one_replaces_nothing() {
    let folder = folder(&[
        (
            1,
            "2026-11-05",
            json!({"from": "2026-11-09"}),
            json!([placement("70", 4)]),
        ),
        (
            2,
            "2026-12-03",
            json!({"from": "2026-12-07", "review_of": "R-1"}),
            json!([placement("77", 10)]),
        ),
    ]);
    assert_eq!(told(&folder), [whole(28), whole(70)]);
}

#[test]
fn the_sheet_of_the_later_decision_adds_only_what_is_new() {
    let folder = folder(&[
        (
            1,
            "2026-11-05",
            json!({"from": "2026-11-09"}),
            json!([placement("70", 10)]),
        ),
        (
            2,
            "2026-12-03",
            json!({"from": "2026-12-07", "review_of": "R-1"}),
            json!([placement("77", 10)]),
        ),
    ]);
    let council = council();
    let as_of = "2027-01-20T09:00:00".parse().expect("a moment");
    let desk = Desk::new(&folder, &council, as_of, Scope::Folder);
    let later = desk.case("R-2").expect("it is there");
    let effect = desk
        .effect_on_funds(later, &later.decisions[0])
        .expect("there are funds");
    // 700 before; ten weeks at 77 are 770, of which the earlier one's 42 days spare 420.
    assert_eq!(effect.before.pence(), 70_000);
    assert_eq!(effect.this.pence(), 35_000);
    let by_log: Money = desk
        .commitments()
        .iter()
        .map(|line| line.cost.own_within(Stretch::ALL))
        .sum();
    assert_eq!(effect.committed(), by_log);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// However approvals of one placement follow one another, a day is paid for at most once.
    #[test]
    fn no_day_of_a_placement_is_paid_for_twice(
        placements in prop::collection::vec((0u32..8, 0i64..200, 1i64..60), 1..6),
    ) {
        let begin: Day = "2026-08-06".parse().expect("a day");
        let mut requests = Vec::new();
        let mut week = 0;
        for (index, (later, from, weeks)) in placements.iter().enumerate() {
            week += i64::from(*later) + 1;
            let number = u32::try_from(index).expect("few") + 1;
            let day = crate::calendar::plus_days(begin, week * 7).to_string();
            let from = crate::calendar::plus_days(begin, *from).to_string();
            let request = json!({"from": from, "review_of": format!("R-{index}")});
            requests.push((number, day, request, json!([placement("70", *weeks)])));
        }
        let requests: Vec<_> = requests
            .iter()
            .map(|(number, day, request, lines)| (*number, day.as_str(), request.clone(), lines.clone()))
            .collect();
        let folder = folder(&requests);
        let council = council();
        let as_of = "2028-01-20T09:00:00".parse().expect("a moment");
        let desk = Desk::new(&folder, &council, as_of, Scope::Folder);
        let paid: Vec<Cost> = desk.commitments().iter().map(|line| line.cost).collect();
        for day in 0..800 {
            let day = crate::calendar::plus_days(begin, day);
            let on = paid.iter().filter(|cost| cost.days().holds(day)).count();
            prop_assert!(on <= 1, "{day}: {on} of {paid:?}");
        }
    }

    /// Funders and the panel's own part, in whatever stretches of days, come to the line.
    #[test]
    fn funders_in_every_stretch_come_to_the_line(
        weekly in 0i64..2_000_000,
        weeks in 0i64..60,
        one_off in 0i64..1_000_000,
        shares in prop::collection::vec(1i64..40, 0..3),
        mut cuts in prop::collection::vec(-30i64..500, 0..6),
    ) {
        let funding: Vec<Value> = shares
            .iter()
            .map(|share| json!({"source": "health", "share": share, "status": "agreed"}))
            .collect();
        let money = |pence: i64| Money::of_pence(pence).plain();
        let mut folder = folder(&[(1, "2026-11-05", json!({"from": "2026-11-09"}), json!([
            {"item": "placement", "weekly": money(weekly), "weeks": weeks,
                "one_off": money(one_off)}]))]);
        let decision = &mut folder.meetings[0].decisions[0].file;
        std::sync::Arc::make_mut(&mut decision.record).funding =
            serde_json::from_value(json!(funding)).expect("records");
        let council = council();
        let as_of = "2028-01-20T09:00:00".parse().expect("a moment");
        let desk = Desk::new(&folder, &council, as_of, Scope::Folder);
        let lines = desk.commitments();
        let line = &lines[0];
        cuts.sort_unstable();
        let cuts: Vec<Option<Day>> = cuts
            .into_iter()
            .map(|cut| Some(crate::calendar::plus_days(line.cost.from, cut)))
            .collect();
        let starts = std::iter::once(None).chain(cuts.iter().copied());
        let stretches: Vec<Stretch> = starts
            .zip(cuts.iter().copied().chain([None]))
            .map(|(from, until)| Stretch { from, until })
            .collect();
        let mut whole = Money::ZERO;
        for days in &stretches {
            let paid: Money = line.funders_within(*days).iter().map(|(_, paid)| *paid).sum();
            prop_assert_eq!(paid, line.cost.others_within(*days));
            whole = whole + paid + line.cost.own_within(*days);
        }
        prop_assert_eq!(whole, line.cost.total());
        let weekly: Money = line.funders_weekly().iter().map(|(_, paid)| *paid).sum();
        prop_assert_eq!(weekly, line.cost.others_weekly());
    }
}
