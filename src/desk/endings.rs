//! What comes to its end, and nobody has said yet what then: an approval, a contract, a notice.
//!
//! An approval ends with its `until`; one for where a child lives that has none ends with the last of
//! its weeks. It is asked about until somebody answers: by a request that goes on with it, by a later
//! approval that does, by `ended` in the file after it.

use super::ended::goes_on_with;
use super::left::LeftHomes;
use super::replaced::{is_placement, is_short_break};
use super::spend::Commitment;
use super::{Case, Desk, Made, PanelMeeting, Standing};
use crate::calendar::plus_days;
use crate::records::{CostLine, Day, Money};
use foldhash::{HashMap, HashMapExt};

/// Something that comes to its end.
#[derive(Debug)]
pub(super) struct Ending<'d, 'a> {
    /// The approval that it is of.
    pub(super) made: Made<'a>,
    /// What ends.
    pub(super) what: Ends,
    /// Its last day.
    pub(super) last_day: Day,
    /// The request that goes on with it, where one has been sent and waits.
    pub(super) paper: Option<&'d Case<'a>>,
    /// Whether it is asked about after its day as well, until somebody answers.
    pub(super) stays: bool,
}

/// What can come to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// What was approved, for a time or for so many weeks.
    Approval,
    /// The weeks that count of an approval without an end.
    Weeks,
    /// The placement's contract.
    Contract,
    /// The notice that was given.
    Notice,
}

impl Ends {
    /// As the agenda says it, before its day or after it.
    pub(super) const fn in_words(self, has_gone_by: bool) -> &'static str {
        match (self, has_gone_by) {
            (Self::Approval, false) => "What was approved ends",
            (Self::Approval, true) => "What was approved has ended",
            (Self::Weeks, false) => "The weeks that the log of spend counts end",
            (Self::Weeks, true) => "The weeks that the log of spend counts have ended",
            (Self::Contract, _) => "The placement's contract ends",
            (Self::Notice, _) => "The notice that was given runs out",
        }
    }
}

/// What the lines of every approval tell of where children live.
#[derive(Debug)]
pub(super) struct Homes {
    /// Ends that no later approval follows.
    open_ends: OpenEnds,
    /// Homes that the child has left.
    pub(super) left: LeftHomes,
}

/// Where approvals for where a child lives end that no later one follows, by referral.
type OpenEnds = HashMap<String, Vec<OpenEnd>>;

/// One of them.
#[derive(Debug)]
struct OpenEnd {
    /// The meeting's folder.
    meeting: String,
    /// The day after the last.
    on: Day,
    /// Whether the panel set it.
    is_set: bool,
}

/// Kinds of request that answer what becomes of where a child lives, whatever they name.
const ANSWERS: [&str; 3] = ["continue-placement", "placement-move", "placement-ending"];

impl<'a> Desk<'a> {
    /// What of a case comes to its end and is asked about; not where a review brings the case back
    /// first, nor once it has ended.
    pub(super) fn endings_of<'d>(&'d self, case: &'d Case<'a>) -> Vec<Ending<'d, 'a>> {
        // What waits itself is on an agenda, and what was promised is in the diary.
        if !matches!(case.standing, Standing::Decided | Standing::InPrinciple) {
            return Vec::new();
        }
        let mut found = Vec::new();
        for made in case.decisions.iter().filter(|made| made.is_approval()) {
            found.extend(self.end_of_placement(case, made));
        }
        if let Some(made) = case.settled_by().filter(|made| made.is_approval()) {
            let others = others_of(case, made, self.today());
            let others = others.into_iter().filter(|(what, last_day)| {
                let stays = *what == Ends::Approval && has_placement(made);
                *last_day > made.on
                    && (stays || *last_day >= self.today())
                    && !(stays && self.is_decided_since(case, made))
                    && !self.comes_back_by(case, made, after(*what, *last_day))
            });
            found.extend(others.map(|(what, last_day)| Ending {
                made: *made,
                what,
                last_day,
                paper: self.paper_for(case).or_else(|| self.answer_to_come(case)),
                stays: what == Ends::Approval && has_placement(made),
            }));
        }
        found
    }

    /// The end of an approval for where a child lives.
    fn end_of_placement<'d>(
        &'d self,
        case: &'d Case<'a>,
        made: &Made<'a>,
    ) -> Option<Ending<'d, 'a>> {
        let ends = self.homes().open_ends.get(case.reference())?;
        let end = ends.iter().find(|end| end.meeting == made.meeting)?;
        let ends_on = end.on;
        if case.has_ended(made, self.today()) {
            return None;
        }
        let returns = self.returns_over_steps(case);
        let is_answered = returns.iter().any(|other| {
            other.standing == Standing::Pending
                || other.decisions.iter().any(|later| {
                    later.on > made.on && self.answers(case, made, (other, later), ends_on)
                })
        });
        let is_back_before = || {
            std::iter::once(&case).chain(&returns).any(|own| {
                let review = self.review_due(own);
                review.is_some_and(|review| review.due_on <= ends_on)
            })
        };
        if is_answered || is_back_before() {
            return None;
        }
        let waits = returns.iter().copied().find(|other| other.is_waiting());
        Some(Ending {
            made: *made,
            what: if end.is_set {
                Ends::Approval
            } else {
                Ends::Weeks
            },
            last_day: plus_days(ends_on, -1),
            paper: waits.or_else(|| self.answer_to_come(case)),
            stays: true,
        })
    }

    /// A request of the child's that waits and says what becomes of where it lives, whatever it names.
    fn answer_to_come<'d>(&'d self, case: &'d Case<'a>) -> Option<&'d Case<'a>> {
        let mut all = self.about_one_child(case);
        all.find(|other| other.is_waiting() && ANSWERS.contains(&other.kind()))
    }

    /// Whether the panel decided on such a request, or approved another place, after an approval: of
    /// one without a price no line of the log of spend says so.
    fn is_decided_since(&self, case: &Case<'a>, made: &Made<'a>) -> bool {
        let mut others = self.about_one_child(case);
        others.any(|other| {
            let says = |later: &Made<'a>| {
                later.is_approval() && (ANSWERS.contains(&other.kind()) || has_placement(later))
            };
            let later = other.decisions.iter();
            other.reference() != case.reference()
                && later.filter(|later| later.on > made.on).any(says)
        })
    }

    /// Whether a later decision on what brought a case back says what becomes of where the child
    /// lives, without a price for it: it lets it go on past its end, or has ended itself.
    fn answers(
        &self,
        case: &Case<'a>,
        made: &Made<'a>,
        (other, later): (&Case<'a>, &Made<'a>),
        ends_on: Day,
    ) -> bool {
        let is_priced = has_placement(later);
        let until = later.decision().until;
        !is_priced
            && goes_on_with(case, made, other, later)
            && (later.ended_by(self.today()).is_some()
                || (later.is_approval() && until.is_some_and(|until| until > ends_on)))
    }

    /// The referrals that name one as under review, those that name one of these, and so on.
    pub(super) fn returns_over_steps<'d>(&'d self, case: &'d Case<'a>) -> Vec<&'d Case<'a>> {
        let mut found: Vec<&Case<'a>> = Vec::new();
        let mut next = vec![case];
        while let Some(own) = next.pop() {
            for other in self.brought_back_by(own.reference()) {
                let is_known = |known: &&Case<'a>| known.reference() == other.reference();
                if other.reference() != case.reference() && !found.iter().any(is_known) {
                    found.push(other);
                    next.push(other);
                }
            }
        }
        found
    }

    /// What the lines of every approval tell of where children live, worked out once.
    pub(super) fn homes(&self) -> &Homes {
        self.homes.get_or_init(|| {
            let mut lines = self.commitments();
            let left = self.homes_left(&lines);
            lines.retain(|line| is_placement(line) && line.cost.days > 0);
            Homes {
                open_ends: self.open_ends(&lines),
                left,
            }
        })
    }

    fn open_ends<'d>(&'d self, lines: &[Commitment<'d, 'a>]) -> OpenEnds {
        let mut found = OpenEnds::new();
        for own in self.by_child(lines).into_values() {
            let own: Vec<_> = own.into_iter().map(|index| &lines[index]).collect();
            // The last line of an approval is its end; earlier ones are followed by it.
            for line in own.iter().filter(|line| !is_followed(line, &own)) {
                let ends = found.entry(line.case.reference().to_owned()).or_default();
                let until = line.made.decision().until;
                if ends.iter().all(|known| known.meeting != line.made.meeting) {
                    ends.push(OpenEnd {
                        meeting: line.made.meeting.to_owned(),
                        on: until.unwrap_or_else(|| line.cost.until()),
                        is_set: until.is_some() || line.line.weeks.is_some(),
                    });
                }
            }
        }
        found
    }

    /// The meeting at which it is asked what becomes of it: the last one held before its last day
    /// but after the one that approved it; where there is none in between, the first after.
    pub(super) fn meeting_of_ending(
        &self,
        case: &Case<'a>,
        ending: &Ending<'_, 'a>,
    ) -> Option<&PanelMeeting<'a>> {
        let before = plus_days(ending.last_day, -1);
        self.meeting_before(before, ending.made.on, case.panel)
            .filter(|due| ending.stays || due.on <= ending.last_day)
    }
}

/// Whether the child lives on by another line once this one ends, or its place was taken before.
fn is_followed(line: &Commitment<'_, '_>, of_the_child: &[&Commitment<'_, '_>]) -> bool {
    let ends_on = line.cost.until();
    line.replaced.is_some()
        || of_the_child.iter().any(|other| {
            is_short_break(other) == is_short_break(line) && other.cost.until() > ends_on
        })
}

/// What else of a case ends, each with its last day: an approval for a time of what has no weeks to
/// live in, the placement's contract, a notice.
fn others_of(case: &Case<'_>, made: &Made<'_>, today: Day) -> Vec<(Ends, Day)> {
    let referral = case.referral();
    let placed = made
        .after
        .and_then(|after| after.record.placed.as_ref()?.on);
    let is_placed = placed.is_some_and(|on| on <= today);
    let contract = referral.placement.as_ref();
    let contract = contract.and_then(|placement| placement.contract_ends);
    let notice = referral.request.notice.as_ref();
    let notice = notice.and_then(|notice| notice.ends);
    let until = made.decision().until;
    // The approval itself can let the placement go on past its contract.
    let goes_on = |ends: Day| has_placement(made) && until.is_some_and(|until| until > ends);
    let is_by_the_week = placements(made)
        .any(|line| line.weekly.unwrap_or_default() != Money::ZERO && line.weeks != Some(0));
    let approval = until.filter(|_| !is_by_the_week);
    let ends = [
        (Ends::Approval, approval.map(|until| plus_days(until, -1))),
        (Ends::Contract, contract.filter(|ends| !goes_on(*ends))),
        (Ends::Notice, notice.filter(|_| !is_placed)),
    ];
    ends.into_iter()
        .filter_map(|(what, on)| Some((what, on?)))
        .collect()
}

/// The day by which a review brings back what ends on a day: what was approved until a day ends the
/// day before.
fn after(what: Ends, last_day: Day) -> Day {
    match what {
        Ends::Approval | Ends::Weeks => plus_days(last_day, 1),
        Ends::Contract | Ends::Notice => last_day,
    }
}

fn has_placement(made: &Made<'_>) -> bool {
    placements(made).next().is_some()
}

/// The lines that a decision approves for where a child lives.
fn placements<'a>(made: &Made<'a>) -> impl Iterator<Item = &'a CostLine> {
    let lines = made.decision().approved.iter();
    lines.filter(|line| line.item.as_deref() == Some("placement"))
}
