//! What was written into a generated folder, and what follows from it at any moment, worked out
//! apart from the program: days are counted, pounds are added up in whole pence.

use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(NaiveDate);

impl Day {
    pub(crate) fn of(text: &str) -> Self {
        Self(text.parse().unwrap_or_else(|_| panic!("{text} is a day")))
    }

    pub(crate) fn plus(self, days: usize) -> Self {
        Self(self.0 + chrono::Days::new(days as u64))
    }

    pub(crate) fn minus(self, days: usize) -> Self {
        Self(self.0 - chrono::Days::new(days as u64))
    }

    /// The same day, or the Friday before a weekend.
    pub(crate) fn on_a_weekday(self) -> Self {
        let past_friday = self.0.weekday().num_days_from_monday().saturating_sub(4);
        self.minus(past_friday as usize)
    }

    /// Days from another day to this one.
    pub(crate) fn since(self, other: Self) -> i64 {
        (self.0 - other.0).num_days()
    }

    pub(crate) fn year(self) -> i32 {
        self.0.year()
    }

    /// `2026-27`, from 1 April to 31 March.
    pub(crate) fn financial_year(self) -> i32 {
        self.0.year() - i32::from(self.0.month() < 4)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// All that was written.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) meetings: Vec<Sat>,
    pub(crate) requests: Vec<Request>,
    /// Whether the council has the panel ratify each emergency.
    pub(crate) is_ratifying: bool,
}

/// A meeting.
#[derive(Debug, Clone)]
pub(crate) struct Sat {
    /// Its folder.
    pub(crate) id: String,
    /// The day by the calendar.
    pub(crate) day: Day,
    /// The day on which it was held.
    pub(crate) on: Day,
    pub(crate) is_cancelled: bool,
    pub(crate) is_extra: bool,
    /// Whether its file says who was there.
    pub(crate) is_recorded: bool,
    /// Whether it is one of the two years, so that it has a folder.
    pub(crate) is_held: bool,
}

/// A referral, and what became of it.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) reference: String,
    /// The first request of the same child, by its place in the ledger.
    pub(crate) child: usize,
    /// Its place among the council's offers.
    pub(crate) offer: usize,
    pub(crate) kind: &'static str,
    pub(crate) provision: Option<&'static str>,
    pub(crate) submitted: Option<Day>,
    pub(crate) hour: usize,
    pub(crate) is_late: bool,
    pub(crate) placed_on: Option<Day>,
    pub(crate) from: Day,
    pub(crate) weeks: usize,
    pub(crate) pence_a_week: i64,
    pub(crate) once: i64,
    pub(crate) under_review: Option<usize>,
    pub(crate) resubmitted: Option<Day>,
    pub(crate) withdrawn: Option<Day>,
    /// A child who is newly looked after: heard, and nothing to decide.
    pub(crate) is_newly: bool,
    pub(crate) hearings: Vec<Hearing>,
    pub(crate) sibling: Option<usize>,
    /// The meeting that it was sent for.
    pub(crate) aimed_at: usize,
}

/// What was decided at one meeting: as first written, and what replaced it.
#[derive(Debug, Clone)]
pub(crate) struct Hearing {
    pub(crate) meeting: usize,
    pub(crate) made: Vec<Made>,
}

/// A decision file, with what its file of afterwards says.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(crate) outcome: &'static str,
    /// The meeting's day.
    pub(crate) on: Day,
    pub(crate) decided_on: Option<Day>,
    pub(crate) is_amendment: bool,
    pub(crate) deferred_to: Option<Day>,
    pub(crate) review: Option<Day>,
    pub(crate) until: Option<Day>,
    pub(crate) placed_on: Option<Day>,
    pub(crate) ended: Option<Day>,
    pub(crate) share: Option<(&'static str, i64)>,
    pub(crate) lines: Vec<Line>,
    pub(crate) actions: Vec<Action>,
    pub(crate) is_signed: bool,
    /// In principle: when it was endorsed, if it was.
    pub(crate) endorsed: Option<Option<Day>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) item: &'static str,
    /// The first day before it was known when the child came.
    pub(crate) asked_from: Day,
    /// The days of all its weeks.
    pub(crate) whole: i64,
    pub(crate) from: Day,
    pub(crate) days: i64,
    pub(crate) pence_a_week: i64,
    pub(crate) once: i64,
}

#[derive(Debug, Clone)]
pub(crate) struct Action {
    pub(crate) due: Day,
    pub(crate) done: Option<Day>,
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stands {
    Draft,
    Waiting,
    Pending,
    InPrinciple,
    Decided,
    Withdrawn,
}

/// A line as it is paid for at a moment.
#[derive(Debug, Clone)]
pub(crate) struct Paid {
    pub(crate) request: usize,
    pub(crate) meeting: usize,
    pub(crate) item: &'static str,
    pub(crate) from: Day,
    pub(crate) days: i64,
    pub(crate) pence_a_week: i64,
    pub(crate) once: i64,
    pub(crate) share: Option<(&'static str, i64)>,
}

impl Made {
    pub(crate) fn of(outcome: &'static str, on: Day) -> Self {
        Self {
            outcome,
            on,
            decided_on: None,
            is_amendment: false,
            deferred_to: None,
            review: None,
            until: None,
            placed_on: None,
            ended: None,
            share: None,
            lines: Vec::new(),
            actions: Vec::new(),
            is_signed: true,
            endorsed: None,
        }
    }

    pub(crate) fn is_approval(&self) -> bool {
        matches!(self.outcome, "approve" | "approve-alternative")
    }
}

impl Hearing {
    /// The file in force on a day.
    pub(crate) fn in_force(&self, today: Day) -> Option<&Made> {
        let mut made = self.made.iter().rev();
        made.find(|made| made.on <= today && made.decided_on.is_none_or(|on| on <= today))
    }
}

impl Request {
    /// The last decision of all.
    pub(crate) fn last(&self) -> Option<&Made> {
        self.hearings.last()?.made.last()
    }

    /// Each meeting's decision in force on a day.
    pub(crate) fn in_force(&self, today: Day) -> impl DoubleEndedIterator<Item = (usize, &Made)> {
        self.hearings
            .iter()
            .filter_map(move |heard| Some((heard.meeting, heard.in_force(today)?)))
    }

    pub(crate) fn stands(&self, today: Day) -> Stands {
        if self.withdrawn.is_some_and(|on| on <= today) {
            return Stands::Withdrawn;
        }
        let is_sent = self.submitted.is_some_and(|on| on <= today);
        let Some((_, made)) = self.in_force(today).last() else {
            return if is_sent {
                Stands::Waiting
            } else {
                Stands::Draft
            };
        };
        let awaits = made
            .endorsed
            .is_some_and(|given| given.is_none_or(|on| on > today));
        match made.outcome {
            "defer" => Stands::Waiting,
            "pending" => Stands::Pending,
            _ if made.is_approval() && awaits => Stands::InPrinciple,
            _ => Stands::Decided,
        }
    }
}

impl Ledger {
    /// How many requests stand where.
    pub(crate) fn standing(&self, today: Day) -> BTreeMap<Stands, usize> {
        let mut all = BTreeMap::new();
        for request in &self.requests {
            *all.entry(request.stands(today)).or_default() += 1;
        }
        all
    }

    /// References of the requests that stand somewhere.
    pub(crate) fn that_stand(&self, at: Stands, today: Day) -> BTreeSet<String> {
        let own = self
            .requests
            .iter()
            .filter(|request| request.stands(today) == at);
        own.map(|request| request.reference.clone()).collect()
    }

    /// Each request with the last outcome in force at each of its meetings: meeting, outcome.
    pub(crate) fn outcomes(&self, today: Day) -> BTreeMap<&'static str, usize> {
        let mut all = BTreeMap::new();
        for request in &self.requests {
            for (_, made) in request.in_force(today) {
                *all.entry(made.outcome).or_default() += 1;
            }
        }
        all
    }

    /// References of the decisions in force of one meeting.
    pub(crate) fn decided_at(&self, meeting: usize, today: Day) -> BTreeSet<String> {
        let is_of = |request: &&Request| request.in_force(today).any(|(at, _)| at == meeting);
        let own = self.requests.iter().filter(is_of);
        own.map(|request| request.reference.clone()).collect()
    }

    /// Decision files of meetings up to a day.
    pub(crate) fn files(&self) -> usize {
        let hearings = self.requests.iter().flat_map(|request| &request.hearings);
        hearings.map(|heard| heard.made.len()).sum()
    }

    /// Requests whose review is owed: set, and neither met nor ended.
    pub(crate) fn reviews_owed(&self, today: Day) -> BTreeMap<String, Day> {
        let met = |index: usize, since: Day| {
            self.requests
                .iter()
                .filter(|other| other.under_review == Some(index))
                .flat_map(|other| other.in_force(today))
                .any(|(_, made)| made.on > since && made.outcome != "defer")
        };
        let mut owed = BTreeMap::new();
        for (index, request) in self.requests.iter().enumerate() {
            let Some((_, made)) = request.in_force(today).last() else {
                continue;
            };
            let Some(due) = made.review.filter(|_| made.is_approval()) else {
                continue;
            };
            let has_ended = made.ended.is_some_and(|on| on <= today);
            if !has_ended && !met(index, made.on) {
                owed.insert(request.reference.clone(), due);
            }
        }
        owed
    }

    /// Actions set and not done: reference and day.
    pub(crate) fn actions_owed(&self, today: Day) -> Vec<(String, Day)> {
        let mut owed = Vec::new();
        for request in &self.requests {
            for (_, made) in request.in_force(today) {
                for action in &made.actions {
                    if action.done.is_none_or(|on| on > today) {
                        owed.push((request.reference.clone(), action.due));
                    }
                }
            }
        }
        owed.sort();
        owed
    }

    /// Emergencies that have begun and that the panel has not decided, drafts among them.
    pub(crate) fn to_ratify(&self, today: Day) -> BTreeSet<String> {
        let is_open = |request: &&Request| {
            let has_begun = request.placed_on.is_some_and(|on| on <= today);
            has_begun && matches!(request.stands(today), Stands::Draft | Stands::Waiting)
        };
        let own = self
            .requests
            .iter()
            .filter(|_| self.is_ratifying)
            .filter(is_open);
        own.map(|request| request.reference.clone()).collect()
    }

    /// The approved lines as they are paid for on a day: one whose place a later approval takes
    /// ends where that one begins.
    pub(crate) fn paid(&self, today: Day) -> Vec<Paid> {
        let mut all: Vec<Paid> = Vec::new();
        for (index, request) in self.requests.iter().enumerate() {
            for (meeting, made) in request.in_force(today) {
                for line in made.lines.iter().filter(|_| made.is_approval()) {
                    // Where the child came, or it ended, after the day, that was not known on it.
                    let came = made.placed_on.filter(|on| *on <= today);
                    let ended = made.ended.filter(|on| *on <= today);
                    let from = came.unwrap_or(line.asked_from);
                    let limits = [made.until, ended].into_iter().flatten();
                    let days = limits
                        .map(|until| until.since(from).max(0))
                        .fold(line.whole, i64::min);
                    all.push(Paid {
                        request: index,
                        meeting,
                        item: line.item,
                        from,
                        days,
                        pence_a_week: line.pence_a_week,
                        // Nothing is paid, not even once, of what ended before it began.
                        once: if ended.is_some_and(|on| on <= from) {
                            0
                        } else {
                            line.once
                        },
                        share: made.share,
                    });
                }
            }
        }
        let ends: Vec<i64> = all
            .iter()
            .map(|earlier| {
                let takes_over = |later: &&Paid| {
                    later.item == earlier.item
                        && later.days > 0
                        && self.brings_back(later.request, earlier.request)
                };
                all.iter()
                    .filter(takes_over)
                    .map(|later| later.from.since(earlier.from).max(0))
                    .chain([earlier.days])
                    .min()
                    .unwrap_or(0)
            })
            .collect();
        for (line, days) in all.iter_mut().zip(ends) {
            line.days = line.days.min(days);
        }
        all
    }

    fn brings_back(&self, later: usize, earlier: usize) -> bool {
        let mut of = self.requests[later].under_review;
        while let Some(index) = of {
            if index == earlier {
                return true;
            }
            of = self.requests[index].under_review;
        }
        false
    }
}

impl Paid {
    /// Pence up to a day of its own, the day itself not counted; half a penny is rounded up.
    fn up_to(&self, days: i64) -> i64 {
        if days <= 0 {
            return 0;
        }
        let sevenths = self.pence_a_week * days.min(self.days);
        self.once + sevenths / 7 + i64::from(sevenths % 7 * 2 >= 7)
    }

    pub(crate) fn total(&self) -> i64 {
        self.up_to(i64::MAX / 2)
    }

    /// What other funders pay of it.
    pub(crate) fn others(&self) -> i64 {
        let share = self.share.map_or(0, |(_, share)| share);
        let hundredths = self.total() * share;
        hundredths / 100 + i64::from(hundredths % 100 >= 50)
    }

    /// Pence that fall into each financial year, by its first year.
    pub(crate) fn by_year(&self) -> BTreeMap<i32, i64> {
        let mut years = BTreeMap::new();
        let mut before = 0;
        for year in self.from.financial_year().. {
            let next = Day::of(&format!("{}-04-01", year + 1));
            let sum = self.up_to(next.since(self.from));
            years.insert(year, sum - before);
            before = sum;
            if next.since(self.from) >= self.days {
                break;
            }
        }
        years
    }
}
