//! Two years of a panel: every list agrees with every other, and all of them with the ledger of
//! what was written, which is worked out apart from the program.
#![allow(clippy::disallowed_methods, reason = "tests make folders of their own")]

mod support;

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use support::ledger::{Day, Ledger, Made, Paid, Request, Stands};
use support::two_years::{Wanted, write};
use support::{on_every_core, run, stderr};

/// The middle, the night of a clock change, the last day, and half a year after it.
const MOMENTS: [&str; 4] = [
    "2025-12-03T18:00",
    "2026-10-25T01:30",
    "2026-12-01T18:00",
    "2027-06-01T09:00",
];

/// Rules that are told of what cannot be read: the folder is to be sound.
const READING: [&str; 9] = [
    "syntax",
    "unknown-field",
    "missing-field",
    "bad-value",
    "duplicate-key",
    "duplicate-reference",
    "name-mismatch",
    "unknown-reference",
    "missing-file",
];

const COUNCILS: [&str; 5] = ["bexley", "bcp", "nelc", "care-planning", "west-berkshire"];

/// A generated folder, and the ledger of it.
struct Years {
    folder: tempfile::TempDir,
    ledger: Ledger,
}

fn years(council: &'static str, referrals: usize) -> Years {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let wanted = Wanted {
        council,
        referrals,
        seed: 20_261_201,
    };
    let ledger = write(folder.path(), wanted);
    Years { folder, ledger }
}

fn day(moment: &str) -> Day {
    Day::of(&moment[..10])
}

/// What a command prints as JSON.
fn json(folder: &Path, moment: &str, args: &[&str]) -> Value {
    let mut args = args.to_vec();
    args.extend(["--format", "json"]);
    let output = run(folder, moment, &args);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{args:?} at {moment}: {error}\n{}", stderr(&output)))
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is text"))
        .to_owned()
}

fn references(rows: &[Value]) -> Vec<String> {
    rows.iter().map(|row| text(&row["reference"])).collect()
}

/// Whole pence of `1234.50`.
fn pence(amount: &Value) -> i64 {
    let pounds = text(&amount["pounds"]);
    let digits: String = pounds.chars().filter(|c| *c != '.').collect();
    assert_eq!(
        pounds.rfind('.'),
        Some(pounds.len() - 3),
        "{pounds} has its pence"
    );
    digits
        .parse()
        .unwrap_or_else(|_| panic!("{pounds} is an amount"))
}

fn stands(state: &str) -> Stands {
    match state {
        "draft" => Stands::Draft,
        "not-ready" | "listed" | "carried-over" | "deferred" => Stands::Waiting,
        "pending" => Stands::Pending,
        "decided-in-principle" => Stands::InPrinciple,
        "decided" | "closed" => Stands::Decided,
        "withdrawn" => Stands::Withdrawn,
        other => panic!("{other} is no state"),
    }
}

/// What `check` says, held against the ledger; gives the waiting ones, each with its meeting.
fn check_agrees(years: &Years, moment: &str) -> BTreeMap<String, String> {
    let seen = json(years.folder.path(), moment, &["check"]);
    let today = day(moment);
    let ledger = &years.ledger;
    for finding in list(&seen, "findings") {
        let rule = text(&finding["rule"]);
        assert!(!READING.contains(&rule.as_str()), "{moment}: {finding}");
    }
    assert_eq!(seen["checked"]["referrals"], ledger.requests.len());
    let mut counted = BTreeMap::new();
    let mut waiting = BTreeMap::new();
    for row in list(&seen, "referrals") {
        let own = stands(&text(&row["state"]));
        *counted.entry(own).or_insert(0) += 1;
        if own == Stands::Waiting {
            waiting.insert(text(&row["reference"]), text(&row["meeting"]));
        }
    }
    assert_eq!(counted, ledger.standing(today), "{moment}");
    let by_ledger = ledger.that_stand(Stands::Waiting, today);
    assert_eq!(waiting.keys().cloned().collect::<BTreeSet<_>>(), by_ledger);
    waiting
}

/// Each waiting one is on the agenda of its meeting, and on no other coming one.
fn agendas_agree(years: &Years, moment: &str, waiting: &BTreeMap<String, String>) {
    let folder = years.folder.path();
    let today = day(moment);
    let coming = years
        .ledger
        .meetings
        .iter()
        .filter(|meeting| meeting.on >= today && !meeting.is_cancelled)
        .take(2)
        .map(|meeting| meeting.id.clone());
    let meetings: BTreeSet<String> = waiting.values().cloned().chain(coming).collect();
    let meetings: Vec<String> = meetings.into_iter().collect();
    let agendas = on_every_core(&meetings, |meeting| {
        json(folder, moment, &["agenda", "--date", &meeting[..10]])
    });
    let mut placed: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (meeting, agenda) in meetings.iter().zip(&agendas) {
        let mut on_it = BTreeSet::new();
        on_it.extend(references(list(agenda, "running")));
        on_it.extend(references(list(agenda, "not_ready")));
        on_it.extend(references(list(&agenda["moving_on"], "rows")));
        for group in list(agenda, "expected") {
            let rows = list(group, "rows").iter();
            let put_off = rows.filter(|row| row["kind"] == "deferral");
            on_it.extend(put_off.map(|row| text(&row["reference"])));
        }
        for reference in on_it {
            placed.entry(reference).or_default().push(meeting);
        }
    }
    for (reference, on) in &placed {
        assert_eq!(on.len(), 1, "{moment}: {reference} is on {on:?}");
        assert_eq!(
            waiting.get(reference).map(String::as_str),
            Some(on[0]),
            "{moment}: {reference}"
        );
    }
    assert_eq!(
        placed.len(),
        waiting.len(),
        "{moment}: each waiting one is on an agenda"
    );
}

/// The diary holds every review and every action until it is done, and no other.
fn diary_agrees(years: &Years, moment: &str) {
    let seen = json(years.folder.path(), moment, &["diary"]);
    let today = day(moment);
    let mut reviews = BTreeMap::new();
    let mut actions = Vec::new();
    let mut emergencies = BTreeSet::new();
    for entry in list(&seen, "groups")
        .iter()
        .flat_map(|group| list(group, "entries"))
    {
        let own = (
            text(&entry["reference"]),
            Day::of(&text(&entry["due"]["iso"])),
        );
        match text(&entry["kind"]).as_str() {
            // What comes back after a deferral is a paper that came, not a review.
            "Review" if text(&entry["id"]).contains("-paper-") => {}
            "Review" => assert!(
                reviews.insert(own.0, own.1).is_none(),
                "{moment}: twice {entry}"
            ),
            "Action" => actions.push(own),
            "Ratification" => drop(emergencies.insert(own.0)),
            _ => {}
        }
    }
    actions.sort();
    let owed = years.ledger.reviews_owed(today);
    let differ = |one: &BTreeMap<String, Day>, other: &BTreeMap<String, Day>| {
        let own = one.iter().filter(|(key, day)| other.get(*key) != Some(day));
        own.map(|(key, day)| format!("{key} {day}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(differ(&reviews, &owed), differ(&owed, &reviews), "{moment}");
    assert_eq!(actions, years.ledger.actions_owed(today), "{moment}");
    assert_eq!(emergencies, years.ledger.to_ratify(today), "{moment}");
}

/// The log of spend comes to the ledger's pence: in all, by year, by funder, by provision.
fn spend_agrees(years: &Years, moment: &str) {
    let folder = years.folder.path();
    let ledger = &years.ledger;
    let paid = ledger.paid(day(moment));
    let asked = ["provision", "funder", "child", "meeting"];
    let logs = on_every_core(&asked, |by| json(folder, moment, &["spend", "--by", by]));
    let log = &logs[0];
    assert_eq!(list(log, "lines").len(), paid.len(), "{moment}");
    let total: i64 = paid.iter().map(Paid::total).sum();
    let others: i64 = paid.iter().map(Paid::others).sum();
    assert_eq!(pence(&log["sum"]["total"]), total, "{moment}");
    assert_eq!(pence(&log["sum"]["others"]), others, "{moment}");
    assert_eq!(pence(&log["sum"]["own"]), total - others, "{moment}");
    let lines = list(log, "lines").iter();
    assert_eq!(lines.map(|line| pence(&line["total"])).sum::<i64>(), total);
    let mut by_year: BTreeMap<String, i64> = BTreeMap::new();
    for (year, sum) in paid.iter().flat_map(Paid::by_year) {
        let name = format!("{year}-{:02}", (year + 1) % 100);
        *by_year.entry(name).or_default() += sum;
    }
    by_year.retain(|_, sum| *sum > 0);
    let told = list(log, "years").iter();
    let told: BTreeMap<String, i64> = told
        .map(|year| (text(&year["year"]), pence(&year["total"])))
        .collect();
    assert_eq!(told, by_year, "{moment}");
}

/// By provision, by funder, by child and by meeting the sums are those of the log.
fn sums_of_spend_agree(years: &Years, moment: &str) {
    let folder = years.folder.path();
    let ledger = &years.ledger;
    let paid = ledger.paid(day(moment));
    let total: i64 = paid.iter().map(Paid::total).sum();
    let others: i64 = paid.iter().map(Paid::others).sum();
    let asked = ["provision", "funder", "child", "meeting"];
    let logs = on_every_core(&asked, |by| json(folder, moment, &["spend", "--by", by]));
    for log in &logs {
        let rows = list(&log["by"], "rows");
        let sum = |key: &str| rows.iter().map(|row| pence(&row[key])).sum::<i64>();
        assert_eq!(sum("total"), total, "{moment}: {}", log["by"]["what"]);
        assert_eq!(
            sum("own"),
            total - others,
            "{moment}: {}",
            log["by"]["what"]
        );
        let this_year = list(log, "years")
            .iter()
            .find(|year| year["is_this"] == true);
        let this_year = this_year.map_or(0, |year| pence(&year["total"]));
        assert_eq!(
            sum("this_year"),
            this_year,
            "{moment}: {}",
            log["by"]["what"]
        );
        assert_eq!(sum("weekly"), pence(&log["now"]["weekly"]["total"]));
    }
    let mut by_provision: BTreeMap<&str, i64> = BTreeMap::new();
    for line in &paid {
        let request = &ledger.requests[line.request];
        let mut heard = request.hearings.iter();
        let heard = heard.find(|heard| heard.meeting == line.meeting);
        let made = heard.and_then(|heard| heard.made.last());
        let provision = match made.map(|made| made.outcome) {
            Some("approve-alternative") => "alternative",
            _ => request.provision.unwrap_or("not-said"),
        };
        *by_provision.entry(provision).or_default() += line.total();
    }
    let rows = list(&logs[0]["by"], "rows").iter();
    let told: BTreeMap<String, i64> = rows
        .map(|row| (text(&row["key"]), pence(&row["total"])))
        .collect();
    let by_provision: BTreeMap<String, i64> = by_provision
        .into_iter()
        .map(|(key, sum)| (key.to_owned(), sum))
        .collect();
    assert_eq!(told, by_provision, "{moment}");
    let meetings = list(&logs[3]["by"], "rows").iter();
    let told: BTreeMap<String, i64> = meetings
        .map(|row| (text(&row["key"]), pence(&row["total"])))
        .collect();
    let mut by_meeting: BTreeMap<String, i64> = BTreeMap::new();
    for line in &paid {
        let meeting = &ledger.meetings[line.meeting].id;
        *by_meeting.entry(meeting.clone()).or_default() += line.total();
    }
    assert_eq!(told, by_meeting, "{moment}");
}

/// Before one meeting and what it added are what came after it, and each meeting begins where the
/// one before it ended.
fn each_meeting_adds_to_the_one_before(years: &Years) {
    let moment = MOMENTS[2];
    let folder = years.folder.path();
    let is_of_this_year = |on: Day| on >= Day::of("2026-04-01");
    let held =
        years.ledger.meetings.iter().filter(|meeting| {
            meeting.is_held && !meeting.is_cancelled && is_of_this_year(meeting.on)
        });
    let mut ids: Vec<&str> = held.map(|meeting| &meeting.id[..10]).collect();
    let from = ids.len().saturating_sub(6);
    let logs = on_every_core(&ids.split_off(from), |date| {
        json(folder, moment, &["spend", "--date", date])
    });
    let step = |log: &Value, key: &str| {
        ["before", "added", "after"].map(|column| pence(&log["effect"][key][column]))
    };
    for pair in logs.windows(2) {
        let [_, _, after] = step(&pair[0], "own");
        let [before, added, then] = step(&pair[1], "own");
        assert_eq!((before, before + added), (after, then));
        let [before, added, then] = step(&pair[1], "weekly");
        assert_eq!(before + added, then);
    }
    let all = json(folder, moment, &["spend"]);
    let last = logs.last().expect("some meetings were held");
    assert_eq!(step(last, "own")[2], pence(&all["now"]["own"]));
}

/// The minutes of a meeting hold exactly its decisions; the report counts as many.
fn minutes_and_report_agree(years: &Years, moment: &str, every: usize) {
    let folder = years.folder.path();
    let today = day(moment);
    let ledger = &years.ledger;
    let held: Vec<usize> = (0..ledger.meetings.len())
        .filter(|index| {
            let meeting = &ledger.meetings[*index];
            meeting.is_held && !meeting.is_cancelled && meeting.on <= today
        })
        .collect();
    let some: Vec<usize> = held.iter().copied().step_by(every).collect();
    on_every_core(&some, |index| {
        let date = &ledger.meetings[*index].id[..10];
        let minutes = json(folder, moment, &["minutes", "--date", date]);
        let items = list(&minutes, "items").iter();
        let decided: BTreeSet<String> = items
            .filter(|item| !item["decision"].is_null())
            .map(|item| text(&item["reference"]))
            .collect();
        assert_eq!(
            decided,
            ledger.decided_at(*index, today),
            "{moment}: minutes of {date}"
        );
    });
    let by_meeting: usize = held
        .iter()
        .map(|index| ledger.decided_at(*index, today).len())
        .sum();
    assert_eq!(ledger.outcomes(today).values().sum::<usize>(), by_meeting);
    let period = ["report", "--from", "2024-11-01", "--to", &moment[..10]];
    let report = json(folder, moment, &period);
    let standing = ledger.standing(today);
    let stand = |at| standing.get(&at).copied().unwrap_or(0);
    let spend = json(folder, moment, &["spend"]);
    let figures = &report["figures"];
    for identity in list(&report, "identities") {
        assert_eq!(identity["holds"], true, "{moment}: {identity}");
    }
    let submitted = ledger
        .requests
        .iter()
        .filter(|request| request.submitted.is_some_and(|on| on <= today));
    for (figure, told) in [
        ("decisions", by_meeting),
        ("meetings_held", held.len()),
        ("submitted", submitted.count()),
        // Those decided in principle are decided, and those whose decision is promised wait.
        (
            "decided",
            stand(Stands::Decided) + stand(Stands::InPrinciple),
        ),
        ("waiting", stand(Stands::Waiting) + stand(Stands::Pending)),
        ("decided_in_principle", stand(Stands::InPrinciple)),
        ("pending", stand(Stands::Pending)),
        ("withdrawn", stand(Stands::Withdrawn)),
    ] {
        assert_eq!(figures[figure], told, "{moment}: {figure}");
    }
    assert_eq!(
        figures["approved_own"], spend["sum"]["own"]["pounds"],
        "{moment}"
    );
}

/// Held are the meetings whose record says who was there.
fn attendance_agrees(years: &Years, moment: &str) {
    let today = day(moment);
    let period = ["attendance", "--from", "2024-12-01", "--to", "2026-12-01"];
    let seen = json(years.folder.path(), moment, &period);
    let is_over = |index: &usize| {
        let meeting = &years.ledger.meetings[*index];
        meeting.is_held && !meeting.is_cancelled && meeting.on <= today
    };
    let over: Vec<_> = (0..years.ledger.meetings.len())
        .filter(is_over)
        .map(|index| &years.ledger.meetings[index])
        .collect();
    let recorded = over.iter().filter(|meeting| meeting.is_recorded).count();
    let told: u64 = list(&seen, "panels")
        .iter()
        .filter_map(|panel| panel["held"].as_u64())
        .sum();
    assert_eq!(told, recorded as u64, "{moment}");
    let not_recorded: usize = list(&seen, "panels")
        .iter()
        .map(|panel| list(panel, "not_recorded").len())
        .sum();
    assert_eq!(not_recorded, over.len() - recorded, "{moment}");
}

/// Whoever is chased for a meeting's papers is on its agenda's list, and the other way round.
fn chase_agrees(years: &Years, moment: &str) {
    let today = day(moment);
    let mut coming = years.ledger.meetings.iter();
    let Some(next) = coming.find(|meeting| meeting.on >= today && !meeting.is_cancelled) else {
        return;
    };
    let date = &next.id[..10];
    let chase = json(years.folder.path(), moment, &["chase", "--date", date]);
    let agenda = json(years.folder.path(), moment, &["agenda", "--date", date]);
    assert_eq!(
        chase["meetings"][0]["expected"], agenda["expected"],
        "{moment}"
    );
}

/// What answers for a moment.
fn lists_agree(years: &Years, moment: &str) {
    let waiting = check_agrees(years, moment);
    agendas_agree(years, moment, &waiting);
    diary_agrees(years, moment);
    spend_agrees(years, moment);
}

/// What looks back over a period too; the minutes of every so many meetings.
fn all_agrees(years: &Years, moment: &str, every: usize) {
    lists_agree(years, moment);
    sums_of_spend_agree(years, moment);
    attendance_agrees(years, moment);
    chase_agrees(years, moment);
    minutes_and_report_agree(years, moment, every);
}

#[test]
fn every_list_of_two_years_agrees_with_every_other_and_with_what_was_written() {
    let years = years("bexley", 150);
    for moment in [MOMENTS[0], MOMENTS[1], MOMENTS[3]] {
        lists_agree(&years, moment);
    }
    all_agrees(&years, MOMENTS[2], 25);
    each_meeting_adds_to_the_one_before(&years);
}

#[test]
fn the_lists_of_the_other_councils_agree_too() {
    for council in &COUNCILS[1..] {
        all_agrees(&years(council, 70), MOMENTS[2], 40);
    }
}

#[test]
fn in_two_years_everything_happens_that_happens_to_panels() {
    let ledger = years("bexley", 900).ledger;
    let today = day(MOMENTS[2]);
    let count = |is: &dyn Fn(&Request) -> bool| {
        ledger.requests.iter().filter(|request| is(request)).count()
    };
    let deferrals = |request: &Request| {
        let heard = request.hearings.iter();
        heard
            .filter(|heard| heard.made[0].outcome == "defer")
            .count()
    };
    let decided = |request: &Request, is: &dyn Fn(&Made) -> bool| {
        request
            .hearings
            .iter()
            .flat_map(|heard| &heard.made)
            .any(is)
    };
    let seen = [
        ("drafts", count(&|request| request.submitted.is_none())),
        ("late ones", count(&|request| request.is_late)),
        ("withdrawn", count(&|request| request.withdrawn.is_some())),
        ("deferred once", count(&|request| deferrals(request) == 1)),
        ("deferred twice", count(&|request| deferrals(request) == 2)),
        ("deferred thrice", count(&|request| deferrals(request) == 3)),
        (
            "sent again",
            count(&|request| request.resubmitted.is_some()),
        ),
        (
            "decided after the day",
            count(&|request| decided(request, &|made| made.decided_on.is_some())),
        ),
        (
            "amended",
            count(&|request| decided(request, &|made| made.is_amendment)),
        ),
        (
            "declined",
            count(&|request| decided(request, &|made| made.outcome == "decline")),
        ),
        (
            "alternatives",
            count(&|request| decided(request, &|made| made.outcome == "approve-alternative")),
        ),
        (
            "endorsed",
            count(&|request| decided(request, &|made| made.endorsed.flatten().is_some())),
        ),
        (
            "ended",
            count(&|request| decided(request, &|made| made.ended.is_some())),
        ),
        ("emergencies", count(&|request| request.placed_on.is_some())),
        ("reviews", count(&|request| request.under_review.is_some())),
        ("siblings", count(&|request| request.sibling.is_some())),
        ("newly looked after", count(&|request| request.is_newly)),
        ("reviews owed", ledger.reviews_owed(today).len()),
        ("actions owed", ledger.actions_owed(today).len()),
        (
            "meetings called off",
            ledger
                .meetings
                .iter()
                .filter(|meeting| meeting.is_cancelled)
                .count(),
        ),
        (
            "meetings moved",
            ledger
                .meetings
                .iter()
                .filter(|meeting| meeting.on != meeting.day)
                .count(),
        ),
        (
            "meetings outside the calendar",
            ledger
                .meetings
                .iter()
                .filter(|meeting| meeting.is_extra)
                .count(),
        ),
    ];
    for (what, count) in seen {
        assert!(count > 0, "no {what}");
    }
    let paid = ledger.paid(today);
    let approved: i64 = ledger
        .requests
        .iter()
        .flat_map(|request| request.in_force(today))
        .flat_map(|(_, made)| &made.lines)
        .map(|line| line.days)
        .sum();
    assert!(
        paid.iter().map(|line| line.days).sum::<i64>() < approved,
        "no place is taken"
    );
}

#[test]
fn the_same_two_years_are_made_twice_and_listed_in_the_same_bytes() {
    let (one, other) = (years("bexley", 60), years("bexley", 60));
    let files = |years: &Years| -> BTreeMap<String, Vec<u8>> {
        walkdir::WalkDir::new(years.folder.path())
            .into_iter()
            .map(|entry| entry.expect("it can be walked").into_path())
            .filter(|path| path.is_file())
            .map(|path| {
                let own = path
                    .strip_prefix(years.folder.path())
                    .expect("it lies below");
                (
                    own.display().to_string(),
                    std::fs::read(&path).expect("it is there"),
                )
            })
            .collect()
    };
    assert!(
        files(&one) == files(&other),
        "the same seed makes the same folder"
    );
    let lists: [&[&str]; 5] = [
        &["check", "--format", "json"],
        &["diary"],
        &["spend", "--format", "csv"],
        &["report", "--format", "json"],
        &["agenda", "--date", "2026-12-03"],
    ];
    for args in lists {
        let print = |years: &Years| run(years.folder.path(), MOMENTS[2], args).stdout;
        let first = print(&one);
        assert!(!first.is_empty(), "{args:?} prints something");
        assert!(first == print(&one) && first == print(&other), "{args:?}");
    }
}

/// The whole of it: some 3,000 referrals, and the minutes of every meeting. Takes minutes in a
/// build for debugging: `cargo test --release --test two_years -- --ignored`.
#[test]
#[ignore = "minutes long in a build for debugging"]
fn three_thousand_referrals_agree_in_every_count() {
    let years = years("bexley", 3000);
    for moment in MOMENTS {
        all_agrees(&years, moment, if moment == MOMENTS[2] { 1 } else { 25 });
    }
    each_meeting_adds_to_the_one_before(&years);
}
