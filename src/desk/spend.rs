//! What approvals commit: each approved line from its first day to its last, to the penny.

use super::cost::{Cost, Known, share};
use super::made::provider_of;
use super::replaced::{Overlap, Replaced};
use super::stretch::Stretch;
use super::{Case, Desk, Made, PanelMeeting, Standing};
use crate::calendar::plus_days;
use crate::council::Funds;
use crate::folder::DecisionFile;
use crate::records::{CostLine, Day, Funding, Money, Provider};

/// One approved line of a decision in force.
#[derive(Debug, Clone)]
pub(crate) struct Commitment<'d, 'a> {
    /// The case.
    pub(crate) case: &'d Case<'a>,
    /// The decision.
    pub(crate) made: &'d Made<'a>,
    /// The line as it was approved.
    pub(crate) line: &'a CostLine,
    /// What it costs and when.
    pub(crate) cost: Cost,
    /// Who provides it, where that is known.
    pub(crate) provider: Option<&'a Provider>,
    /// Other funders as the decision names them, or the referral where it names none.
    pub(crate) funding: &'a [Funding],
    /// The first day of what the decision approves, whatever its lines say.
    pub(super) begins: Day,
    /// Whether the placement was ended, or the request taken back, before its time.
    pub(crate) is_ended: bool,
    /// Whether that was so before it began.
    pub(super) is_ended_before: bool,
    /// The later approval that takes its place, where one does before its time.
    pub(crate) replaced: Option<Replaced<'d>>,
    /// Later lines for the same child that are counted beside it in some of its days.
    pub(crate) overlaps: Vec<Overlap<'d>>,
}

impl<'a> Commitment<'_, 'a> {
    /// What each funder that has agreed pays of the line; together exactly their share of it.
    pub(crate) fn funders(&self) -> Vec<(&'a str, Money)> {
        self.funders_within(Stretch::ALL)
    }

    /// What each funder that has agreed pays in a stretch of days; together exactly their share.
    pub(crate) fn funders_within(&self, days: Stretch) -> Vec<(&'a str, Money)> {
        self.shared_out(|per_cent| self.cost.between(days, |sum| share(sum, per_cent)))
    }

    /// What each funder that has agreed pays of a week.
    pub(crate) fn funders_weekly(&self) -> Vec<(&'a str, Money)> {
        self.shared_out(|per_cent| share(self.cost.weekly, per_cent))
    }

    /// Each takes what the shares up to and with its own come to beyond those before it.
    fn shared_out(&self, of: impl Fn(i64) -> Money) -> Vec<(&'a str, Money)> {
        let mut per_cent = 0;
        let mut paid = Money::ZERO;
        let mut funders = Vec::new();
        for line in agreed(self.funding) {
            per_cent += line.share.unwrap_or_default();
            let so_far = of(per_cent);
            funders.push((line.source.as_deref().unwrap_or("other"), so_far - paid));
            paid = so_far;
        }
        funders
    }

    /// Whether a day of it is paid for by the week on that day.
    pub(crate) fn is_running(&self, day: Day) -> bool {
        self.cost.days().holds(day)
    }
}

fn agreed(funding: &[Funding]) -> impl Iterator<Item = &Funding> {
    funding.iter().filter(|line| {
        line.status.as_deref() == Some("agreed") && line.share.is_some_and(|share| share > 0)
    })
}

impl<'a> Desk<'a> {
    /// The approved lines of every decision in force, in the order of the decisions.
    pub(crate) fn commitments(&self) -> Vec<Commitment<'_, 'a>> {
        self.lines_of(Known::By(self.today()), &|_, _| true)
    }

    /// The same of the meetings up to one, itself counted or not, with what became true since.
    pub(crate) fn commitments_up_to(
        &self,
        meeting: &PanelMeeting<'_>,
        is_counted: bool,
    ) -> Vec<Commitment<'_, 'a>> {
        let place = (meeting.on, meeting.id.as_str());
        self.lines_of(Known::By(self.today()), &|_, made| {
            let own = (made.on, made.meeting);
            own < place || (is_counted && own == place)
        })
    }

    /// The approved lines of those decisions in force that count; none is paid for where a later
    /// one of these takes its place.
    pub(super) fn lines_of(
        &self,
        known: Known,
        counts: &dyn Fn(&Case<'a>, &Made<'a>) -> bool,
    ) -> Vec<Commitment<'_, 'a>> {
        let mut counted = self.made();
        counted.retain(|(case, made)| counts(case, made));
        let mut lines: Vec<_> = counted
            .iter()
            .flat_map(|(case, made)| commitments_of(case, made, known))
            .collect();
        self.end_replaced(&mut lines, &counted);
        lines
    }

    /// Decisions whose referral is not in the folder: nothing that they approve can be counted.
    pub(crate) fn made_on_nothing(&self) -> Vec<&'a DecisionFile> {
        let folder: &'a crate::folder::Folder = self.folder;
        folder
            .meetings
            .iter()
            .flat_map(|meeting| &meeting.decisions)
            .filter(|file| self.case(&file.file.record.referral).is_none())
            .collect()
    }

    /// The entries of `[funds_available]` of the panel that made a decision, one for each stretch
    /// of days.
    pub(crate) fn funds_of(&self, case: &Case<'a>, made: &Made<'a>) -> Vec<&'a Funds> {
        let panel = self.panel_of(case, made);
        let mut all: Vec<&'a Funds> = Vec::new();
        for fund in self
            .book
            .editions_of(panel)
            .filter_map(|rules| rules.funds_available.as_ref())
        {
            if !all.iter().any(|known| is_same(known, fund)) {
                all.push(fund);
            }
        }
        all
    }
}

/// Whether two are one entry of the rule file.
pub(crate) fn is_same(one: &Funds, other: &Funds) -> bool {
    (one.from, one.until, &one.basis.because) == (other.from, other.until, &other.basis.because)
}

/// The days that an entry of `[funds_available]` is for.
pub(crate) fn days_of(fund: &Funds) -> Stretch {
    Stretch {
        from: fund.from,
        until: fund.until,
    }
}

/// The lines that a decision approves, whatever others do; none where it approves nothing.
fn commitments_of<'d, 'a>(
    case: &'d Case<'a>,
    made: &'d Made<'a>,
    known: Known,
) -> Vec<Commitment<'d, 'a>> {
    if !made.is_approval() {
        return Vec::new();
    }
    let decision = made.decision();
    let referral = case.referral();
    let funding = if decision.funding.is_empty() {
        &referral.funding[..]
    } else {
        &decision.funding[..]
    };
    let others: i64 = agreed(funding).filter_map(|line| line.share).sum();
    let whole_from = begins(case, made, known);
    let known_by = match known {
        Known::WhenDecided => made.on,
        Known::By(day) => day,
    };
    let provider = provider_of(case, made, known_by);
    let ended = match known {
        Known::WhenDecided => None,
        Known::By(day) => ended(case, made).filter(|on| *on <= day),
    };
    decision
        .approved
        .iter()
        .map(|line| {
            let from = line.from.unwrap_or(whole_from);
            // One that ended before it began was never paid for, what is paid once included.
            let never_began = ended.is_some_and(|on| on <= from);
            let whole = days_approved(line, made);
            let limits = [decision.until, ended].into_iter().flatten();
            let days = limits
                .map(|until| (until.date() - from.date()).num_days().max(0))
                .fold(whole, i64::min);
            let one_off = line.one_off.unwrap_or_default();
            Commitment {
                case,
                made,
                line,
                cost: Cost {
                    from,
                    days,
                    weekly: line.weekly.unwrap_or_default(),
                    one_off: if never_began { Money::ZERO } else { one_off },
                    others: others.clamp(0, 100),
                },
                provider,
                funding,
                begins: whole_from,
                is_ended_before: ended.is_some_and(|on| on <= from.min(whole_from)),
                is_ended: ended.is_some_and(|on| on < plus_days(from, whole.max(1))),
                replaced: None,
                overlaps: Vec::new(),
            }
        })
        .collect()
}

/// What each approved line of a decision costs as it was decided, in the order of its lines: its
/// weeks, or what of them is over by the time limit, whatever came after. None of a decision that
/// approves nothing.
pub(crate) fn costs_decided(case: &Case<'_>, made: &Made<'_>) -> Vec<Cost> {
    let lines = commitments_of(case, made, Known::WhenDecided).into_iter();
    lines.map(|line| line.cost).collect()
}

/// The days of the weeks that count; a line without a price a week has none.
fn days_approved(line: &CostLine, made: &Made<'_>) -> i64 {
    if line.weekly.unwrap_or_default() == Money::ZERO {
        return 0;
    }
    let most = made.rules.most_weeks();
    let weeks = line.weeks.map_or(most, |weeks| weeks.min(most));
    weeks.max(0).saturating_mul(7)
}

/// The first day of what a decision approves.
fn begins(case: &Case<'_>, made: &Made<'_>, known: Known) -> Day {
    let placed = made
        .after
        .and_then(|after| after.record.placed.as_ref()?.on)
        .filter(|on| matches!(known, Known::By(day) if *on <= day));
    if let Some(placed) = placed {
        return placed;
    }
    let referral = case.referral();
    let asked = referral.request.from;
    // A later approval on the same request goes on where the one before it ended.
    let mut earlier = case.decisions.iter().rev();
    if let Some(before) = earlier.find(|other| other.on < made.on && other.is_approval()) {
        let goes_on = before.decision().until.unwrap_or(made.on);
        return asked.map_or(goes_on, |from| from.max(goes_on));
    }
    placed_before(case).or(asked).unwrap_or(made.on)
}

/// The day on which the child was placed before the panel decided, where the request says so. Where
/// an earlier decision is gone on with, `placed_on` is how that one began.
pub(crate) fn placed_before(case: &Case<'_>) -> Option<Day> {
    let referral = case.referral();
    let is_going_on = referral.request.review_of.is_some()
        || matches!(case.kind(), "continue-placement" | "review");
    referral.placed_on.filter(|_| !is_going_on)
}

/// The day on which it came to its end, or its request was taken back.
fn ended(case: &Case<'_>, made: &Made<'_>) -> Option<Day> {
    let ended = made.after.and_then(|after| after.record.ended.as_ref()?.on);
    let withdrawn = case
        .referral()
        .withdrawn
        .as_ref()
        .filter(|_| case.standing == Standing::Withdrawn)
        .and_then(|withdrawn| withdrawn.on);
    match (ended, withdrawn) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
