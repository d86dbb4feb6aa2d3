//! A case folder of two years of meetings, always the same for the same seed, and the ledger of
//! what was written into it.
//!
//! Everybody in it is invented. The words of a request are those of the council's sound folder
//! under `tests/`; what differs from request to request is who, when, what it costs and what became
//! of it. No clock is looked at: the meetings' days are those that `panel calendar` prints.

use super::ledger::{Action, Day, Hearing, Ledger, Line, Made, Request, Sat};
use super::two_years_text::{self as text, Council};
use std::collections::BTreeMap;
use std::path::Path;

/// What is made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// The built-in council.
    pub(crate) council: &'static str,
    /// About how many referrals.
    pub(crate) referrals: usize,
    /// Another number gives another folder.
    pub(crate) seed: u64,
}

/// The day after the two years, which begin on 1 December 2024; requests for the meetings after it
/// are there too.
pub(crate) const LAST: &str = "2026-12-01";
/// How many meetings after the last day requests wait for.
const AHEAD: usize = 3;

/// Numerical Recipes' generator: enough for variety, and the same everywhere.
#[derive(Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn below(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }

    /// True in so many of a hundred.
    pub(crate) fn per_cent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    pub(crate) fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// What a request is to come back as.
#[derive(Debug, Clone)]
enum Plan {
    /// A request that nobody has made before.
    New,
    /// One that brings a decision back.
    Review(usize),
}

/// Writes the folder and gives the ledger of it.
pub(crate) fn write(folder: &Path, wanted: Wanted) -> Ledger {
    let council = text::council(wanted.council);
    std::fs::create_dir_all(folder).expect("the folder can be made");
    let settings = format!("council = \"{}\"\n", wanted.council);
    std::fs::write(folder.join("panel.toml"), settings).expect("the folder can be written");
    let mut maker = Maker {
        meetings: meetings(folder, &council),
        dice: Dice(wanted.seed),
        ledger: Ledger::default(),
        council,
    };
    maker.call_off_and_move();
    maker.make(wanted.referrals);
    text::write(folder, &maker.council, &maker.ledger, &mut maker.dice);
    maker.ledger
}

/// The meetings of the calendar, one a day, a year beyond the last day too. The calendar of a
/// folder without meetings reaches a year ahead, so each year is asked for from its own beginning.
fn meetings(folder: &Path, council: &Council) -> Vec<Sat> {
    let mut all: Vec<Sat> = Vec::new();
    for year in ["2024", "2025", "2026"] {
        let first = format!("{year}-12-01");
        let last = Day::of(&first).plus(364).to_string();
        let asked = [
            "calendar", "--from", &first, "--to", &last, "--format", "json",
        ];
        let printed = super::run(folder, &format!("{first}T09:00"), &asked);
        let calendar: serde_json::Value =
            serde_json::from_slice(&printed.stdout).expect("the calendar is JSON");
        for meeting in calendar["meetings"].as_array().expect("a list") {
            let text = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
            let day = Day::of(&text(&meeting["day"]["iso"]));
            if all.last().is_none_or(|last| last.on < day) {
                all.push(Sat {
                    id: text(&meeting["id"]),
                    on: day,
                    day,
                    is_cancelled: false,
                    is_extra: false,
                    is_recorded: true,
                    is_held: day < Day::of(LAST),
                });
            }
        }
    }
    assert!(all.len() > 20, "{} meets often enough", council.id);
    all
}

#[derive(Debug)]
struct Maker {
    council: Council,
    meetings: Vec<Sat>,
    dice: Dice,
    ledger: Ledger,
}

impl Maker {
    /// A meeting in thirty is called off, one is held a day later, and two are extra.
    fn call_off_and_move(&mut self) {
        let held = self
            .meetings
            .iter()
            .filter(|meeting| meeting.is_held)
            .count();
        for index in 0..held {
            match index % 30 {
                11 => self.meetings[index].is_cancelled = true,
                17 => self.meetings[index].is_recorded = false,
                23 => self.meetings[index].on = self.meetings[index].day.plus(1),
                _ => {}
            }
        }
        for index in [held / 3, 2 * held / 3] {
            let day = self.meetings[index].on.plus(2);
            let is_free = self.meetings.iter().all(|other| other.day != day);
            if is_free && self.council.has_one_panel {
                let extra = Sat {
                    id: day.to_string(),
                    on: day,
                    day,
                    is_cancelled: false,
                    is_extra: true,
                    is_held: true,
                    is_recorded: true,
                };
                self.meetings.insert(index + 1, extra);
            }
        }
    }

    fn make(&mut self, wanted: usize) {
        let last = self.last_meeting();
        let each = wanted.div_ceil(last + 1).max(1);
        let mut plans: BTreeMap<usize, Vec<Plan>> = BTreeMap::new();
        for meeting in 0..=last {
            let mut planned = plans.remove(&meeting).unwrap_or_default();
            while planned.len() < each {
                planned.push(Plan::New);
            }
            if self.meetings[meeting].is_extra || self.meetings[meeting].is_cancelled {
                planned.retain(|plan| matches!(plan, Plan::Review(_)));
            }
            for plan in planned {
                let index = self.request(meeting, &plan);
                for (at, plan) in self.comes_back(index) {
                    if at <= last {
                        plans.entry(at).or_default().push(plan);
                    }
                }
            }
        }
        self.ledger.meetings = self.meetings.clone();
        self.ledger.is_ratifying = self.council.is_ratifying;
    }

    /// The last meeting that requests wait for.
    fn last_meeting(&self) -> usize {
        let held = self.meetings.iter().filter(|meeting| meeting.is_held);
        (held.count() + AHEAD - 1).min(self.meetings.len() - 1)
    }

    /// The first held or coming meeting from one on.
    fn sits(&self, from: usize) -> Option<usize> {
        (from..self.meetings.len()).find(|index| {
            let meeting = &self.meetings[*index];
            !meeting.is_cancelled && !meeting.is_extra
        })
    }

    /// Writes one request into the ledger, with all that becomes of it.
    fn request(&mut self, aimed_at: usize, plan: &Plan) -> usize {
        let index = self.ledger.requests.len();
        let day = self.meetings[aimed_at].day;
        let is_new = matches!(plan, Plan::New);
        let is_emergency = is_new && self.dice.per_cent(7);
        let under_review = match plan {
            Plan::Review(of) => Some(*of),
            Plan::New => None,
        };
        let known = (is_new && index > 20 && self.dice.per_cent(8))
            .then(|| self.dice.below(index))
            .or(under_review);
        let child = known.map_or(index, |known| self.ledger.requests[known].child);
        let kind = match under_review {
            Some(of) => self.ledger.requests[of].offer,
            // One who is known already asks for more help, never for a second home.
            None if known.is_some() => 0,
            None if is_emergency => 1,
            None => self.dice.below(self.council.offers.len()),
        };
        let is_draft = self.dice.per_cent(3);
        let is_late = self.dice.per_cent(6);
        let sent = if is_late {
            1
        } else {
            self.council.sent_before + self.dice.below(7)
        };
        let mut request = Request {
            reference: format!("R-{}-{:05}", day.year(), index + 1),
            child,
            offer: kind,
            kind: self.council.kind_of(kind, under_review.is_some()),
            provision: self.council.offers[kind].provision,
            submitted: (!is_draft).then(|| day.minus(sent).on_a_weekday()),
            hour: 8 + self.dice.below(9),
            is_late,
            placed_on: is_emergency.then(|| day.minus(2 + self.dice.below(4))),
            from: day.plus(3 + self.dice.below(10)),
            weeks: 4 + self.dice.below(20),
            pence_a_week: 5_000 + i64::try_from(self.dice.below(500_000)).expect("few"),
            once: 0,
            under_review,
            resubmitted: None,
            withdrawn: None,
            is_newly: is_new && !is_emergency && kind == 2 && self.dice.per_cent(15),
            hearings: Vec::new(),
            sibling: None,
            aimed_at,
        };
        if let Some(placed_on) = request.placed_on {
            // An emergency is sent once the child is there.
            request.submitted = request.submitted.map(|_| placed_on.plus(1));
            request.is_late = false;
        }
        if self.dice.per_cent(30) {
            request.once = 1_000 + i64::try_from(self.dice.below(90_000)).expect("few");
        }
        if is_new && !is_draft && index > 0 && self.dice.per_cent(5) {
            request.sibling = Some(index - 1);
        }
        if !is_draft && self.dice.per_cent(5) {
            request.withdrawn = Some(day.minus(1));
        }
        if request.submitted.is_some() && request.withdrawn.is_none() {
            self.hear(&mut request);
        }
        self.ledger.requests.push(request);
        index
    }

    /// What the panel makes of a request, meeting by meeting, up to the last one held.
    fn hear(&mut self, request: &mut Request) {
        let slip = usize::from(self.dice.per_cent(3));
        let mut at = request.aimed_at + slip;
        let deferrals = match self.dice.below(100) {
            0..12 => 1,
            12..15 => 2,
            15..17 => 3,
            _ => 0,
        };
        let deferrals = if request.is_newly { 0 } else { deferrals };
        for number in 0..=deferrals {
            let Some(meeting) = self.sits(at).filter(|at| self.meetings[*at].is_held) else {
                return;
            };
            let on = self.meetings[meeting].on;
            if number < deferrals {
                let Some(next) = self.sits(meeting + 2) else {
                    return;
                };
                let mut made = Made::of("defer", on);
                made.deferred_to = Some(self.meetings[next].day);
                self.act(&mut made, on);
                request.hearings.push(Hearing {
                    meeting,
                    made: vec![made],
                });
                // One in six never comes back.
                if self.dice.below(6) == 0 {
                    request.resubmitted = None;
                    return;
                }
                request.resubmitted = Some(self.meetings[next].day.minus(7));
                at = next;
                continue;
            }
            let made = self.decide(request, meeting);
            request.hearings.push(Hearing { meeting, made });
        }
    }

    fn act(&mut self, made: &mut Made, on: Day) {
        for _ in 0..self.dice.below(3) {
            let due = on.plus(3 + self.dice.below(25));
            let done = self
                .dice
                .per_cent(85)
                .then(|| due.plus(3).minus(self.dice.below(6)));
            made.actions.push(Action { due, done });
        }
    }

    /// A decision as it was first written, and what replaced it.
    fn decide(&mut self, request: &Request, meeting: usize) -> Vec<Made> {
        let on = self.meetings[meeting].on;
        if request.is_newly {
            return vec![Made::of("note", on)];
        }
        let outcome = match self.dice.below(100) {
            0..9 => "decline",
            9..16 => "approve-alternative",
            _ => "approve",
        };
        let mut made = Made::of(outcome, on);
        self.act(&mut made, on);
        if made.is_approval() {
            self.approve(request, meeting, &mut made);
        }
        let mut all = Vec::new();
        if self.dice.per_cent(3) {
            let decided_on = on.plus(2 + self.dice.below(5));
            if decided_on >= Day::of(LAST) {
                return vec![Made::of("pending", on)];
            }
            all.push(Made::of("pending", on));
            made.decided_on = Some(decided_on);
        } else if self.dice.per_cent(2) {
            all.push(made.clone());
            if let Some(line) = made.lines.first_mut() {
                line.pence_a_week += 1_234;
            }
            made.is_amendment = true;
        }
        all.push(made);
        all
    }

    fn approve(&mut self, request: &Request, meeting: usize, made: &mut Made) {
        let on = self.meetings[meeting].on;
        let offer = &self.council.offers[request.offer];
        let asked = request.from;
        let placed = self
            .dice
            .per_cent(20)
            .then(|| asked.plus(self.dice.below(5)));
        let is_new_home = offer.provision.is_some() && request.under_review.is_none();
        made.placed_on = placed.filter(|_| is_new_home && request.placed_on.is_none());
        let placed_on = request.placed_on.filter(|_| request.under_review.is_none());
        let from = made.placed_on.or(placed_on).unwrap_or(asked);
        let asked_from = placed_on.unwrap_or(asked);
        let whole = i64::try_from(request.weeks).expect("few") * 7;
        let mut days = whole;
        if self.dice.per_cent(60) {
            made.until = Some(from.plus(usize::try_from(days).expect("few")));
        } else if self.dice.per_cent(20) {
            made.until = Some(from.plus(self.dice.below(usize::try_from(days).expect("few")) + 1));
        }
        if let Some(until) = made.until {
            days = days.min(until.since(from));
        }
        if self.dice.per_cent(10) {
            let ended = from.plus(1 + self.dice.below(90));
            if ended < Day::of(LAST) {
                made.ended = Some(ended);
                days = days.min(ended.since(from)).max(0);
            }
        }
        if self.dice.per_cent(15) {
            made.share = Some((
                *self.dice.one_of(&["education", "health"]),
                10 + 5 * i64::try_from(self.dice.below(9)).expect("few"),
            ));
        }
        made.lines.push(Line {
            item: offer.item,
            asked_from,
            whole,
            from,
            days,
            pence_a_week: request.pence_a_week,
            once: 0,
        });
        if request.once > 0 {
            made.lines.push(Line {
                item: "equipment",
                asked_from,
                whole: 0,
                from,
                days: 0,
                pence_a_week: 0,
                once: request.once,
            });
        }
        made.is_signed = self.dice.per_cent(90);
        if self.dice.per_cent(4) {
            made.endorsed = Some(
                self.dice
                    .per_cent(80)
                    .then(|| on.plus(2 + self.dice.below(20))),
            );
        }
        let to_review = {
            let later = 4 + self.dice.below(self.meetings.len() / 8);
            self.sits(meeting + later)
        };
        made.review = to_review
            .filter(|_| self.dice.per_cent(75))
            .map(|index| self.meetings[index].on);
    }

    /// The reviews that a request brings forward: on time, late or never.
    fn comes_back(&mut self, index: usize) -> Vec<(usize, Plan)> {
        let request = &self.ledger.requests[index];
        let due = request.last().and_then(|made| made.review);
        let Some(due) = due else { return Vec::new() };
        let Some(at) = self.meetings.iter().position(|meeting| meeting.on == due) else {
            return Vec::new();
        };
        let late = match self.dice.below(100) {
            0..60 => 0,
            60..78 => 1 + self.dice.below(4),
            _ => return Vec::new(),
        };
        vec![(at + late, Plan::Review(index))]
    }
}
