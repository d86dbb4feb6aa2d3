//! What approvals commit: each approved line from its first day to its last, to the penny.

use super::made::provider_of;
use super::replaced::{Overlap, Replaced};
use super::{Case, Desk, Made, PanelMeeting, Standing};
use crate::calendar::plus_days;
use crate::council::Funds;
use crate::folder::DecisionFile;
use crate::records::{CostLine, Day, Funding, Money, Provider};
use chrono::{Datelike, NaiveDate};

/// A stretch of days: the first, and the day after the last; none is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// The first day.
    pub(crate) from: Option<Day>,
    /// The day after the last.
    pub(crate) until: Option<Day>,
}

impl Stretch {
    /// All days.
    pub(crate) const ALL: Self = Self {
        from: None,
        until: None,
    };

    /// Whether no day can be in it.
    pub(crate) fn is_empty(self) -> bool {
        matches!((self.from, self.until), (Some(from), Some(until)) if until <= from)
    }

    /// Whether a day is in it.
    pub(crate) fn holds(self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }

    /// The days of both.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            from: self.from.max(other.from),
            until: match (self.until, other.until) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            },
        }
    }
}

/// A financial year, from 1 April to 31 March.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FinancialYear(i32);

impl FinancialYear {
    /// The one that a day falls into.
    pub(crate) fn of(day: Day) -> Self {
        let date = day.date();
        Self(date.year() - i32::from(date.month() < 4))
    }

    /// As budgets name it, `2026-27`; none where the text is no such year.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let year = Self(text.get(..4)?.parse().ok()?);
        ((1900..2199).contains(&year.0) && year.to_string() == text).then_some(year)
    }

    /// The next.
    pub(crate) const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// Its days.
    pub(crate) fn days(self) -> Stretch {
        let first_of_april = |year| NaiveDate::from_ymd_opt(year, 4, 1).map(Day::of);
        Stretch {
            from: first_of_april(self.0),
            until: first_of_april(self.0 + 1),
        }
    }
}

/// As budgets name it: `2026-27`.
impl std::fmt::Display for FinancialYear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{:02}", self.0, (self.0 + 1).rem_euclid(100))
    }
}

/// What is looked at when a line's days are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// The referral and the decision alone: the same whatever happened afterwards.
    WhenDecided,
    /// Also that the placement began, that it ended and that the request was taken back, where
    /// that was so by a day: what came later was not known on it.
    By(Day),
}

/// What a line costs: weekly pounds over days, and pounds once on the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cost {
    /// The first day.
    pub(crate) from: Day,
    /// How many days are paid for.
    pub(crate) days: i64,
    /// Pounds a week; a day is a seventh.
    pub(crate) weekly: Money,
    /// Pounds on the first day.
    pub(crate) one_off: Money,
    /// Per cent that other funders have agreed to pay.
    pub(crate) others: i64,
}

impl Cost {
    /// The day after the last that is paid for by the week.
    pub(crate) fn until(&self) -> Day {
        plus_days(self.from, self.days)
    }

    /// The days that are paid for by the week.
    pub(crate) fn days(&self) -> Stretch {
        Stretch {
            from: Some(self.from),
            until: Some(self.until()),
        }
    }

    /// Pays for no day from one on.
    pub(super) fn end_on(&mut self, day: Day) {
        let left = (day.date() - self.from.date()).num_days().max(0);
        self.days = self.days.min(left);
    }

    /// What other funders have agreed to pay of a week.
    pub(crate) fn others_weekly(&self) -> Money {
        share(self.weekly, self.others)
    }

    /// The whole sum, rounded once, half up, to the penny.
    pub(crate) fn total(&self) -> Money {
        self.within(Stretch::ALL)
    }

    /// What falls into a stretch of days.
    ///
    /// It is the sum rounded up to its end less the sum rounded up to its beginning, so that
    /// stretches which follow one another come to the whole line whatever their number: the last
    /// takes the remainder.
    pub(crate) fn within(&self, stretch: Stretch) -> Money {
        self.between(stretch, |sum| sum)
    }

    /// What other funders have agreed to pay of it.
    pub(crate) fn others_within(&self, stretch: Stretch) -> Money {
        self.between(stretch, |sum| share(sum, self.others))
    }

    /// What is left for the panel's own budget.
    pub(crate) fn own_within(&self, stretch: Stretch) -> Money {
        self.within(stretch) - self.others_within(stretch)
    }

    fn between(&self, stretch: Stretch, of: impl Fn(Money) -> Money) -> Money {
        let end = of(self.before(stretch.until));
        match stretch.from {
            // A stretch that ends before it begins holds no day.
            Some(_) if stretch.is_empty() => Money::ZERO,
            Some(from) => end - of(self.before(Some(from))),
            None => end,
        }
    }

    /// The sum of all days before one, rounded half up.
    fn before(&self, day: Option<Day>) -> Money {
        let days = match day {
            Some(day) if day <= self.from => return Money::ZERO,
            Some(day) => (day.date() - self.from.date()).num_days().min(self.days),
            None => self.days,
        };
        self.one_off + rounded(self.weekly.pence(), days, 7)
    }
}

/// `amount × count / parts`, half up.
fn rounded(pence: i64, count: i64, parts: i64) -> Money {
    let (pence, count, parts) = (i128::from(pence), i128::from(count), i128::from(parts));
    let sum = (2 * pence * count + parts).div_euclid(2 * parts);
    Money::of_pence(i64::try_from(sum).unwrap_or(i64::MAX))
}

fn share(sum: Money, per_cent: i64) -> Money {
    rounded(sum.pence(), per_cent.clamp(0, 100), 100)
}

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
    /// Whether the placement was ended, or the request taken back, before its time.
    pub(crate) is_ended: bool,
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
        let mut lines: Vec<_> = self
            .made()
            .into_iter()
            .filter(|(case, made)| counts(case, made))
            .flat_map(|(case, made)| commitments_of(case, made, known))
            .collect();
        self.end_replaced(&mut lines);
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
        let meeting = self.meeting_in(made.meeting);
        let panel = match meeting {
            Some(meeting) if !self.is_of(meeting, case.panel) => meeting.panel,
            _ => case.panel,
        };
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
                is_ended: ended.is_some_and(|on| on < plus_days(from, whole.max(1))),
                replaced: None,
                overlaps: Vec::new(),
            }
        })
        .collect()
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
    // Where an earlier decision is gone on with, `placed_on` is how that one began.
    let is_going_on = referral.request.review_of.is_some()
        || matches!(case.kind(), "continue-placement" | "review");
    referral
        .placed_on
        .filter(|_| !is_going_on)
        .or(asked)
        .unwrap_or(made.on)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn stretch(from: &str, until: &str) -> Stretch {
        Stretch {
            from: Some(day(from)),
            until: Some(day(until)),
        }
    }

    #[test]
    fn a_line_of_whole_weeks_comes_to_weekly_times_weeks_and_each_year_gets_its_days() {
        // 900 a week from 7 December 2026 for 26 weeks: 115 days up to 31 March, 67 after it.
        let cost = Cost {
            from: day("2026-12-07"),
            days: 26 * 7,
            weekly: Money::of_pence(90_000),
            one_off: Money::ZERO,
            others: 0,
        };
        assert_eq!(cost.until(), day("2027-06-07"));
        assert_eq!(cost.total().pence(), 2_340_000);
        // 90000 × 115 / 7 = 1478571.43, and 90000 × 67 / 7 = 861428.57
        let first = FinancialYear::of(day("2026-12-07"));
        assert_eq!(first.to_string(), "2026-27");
        assert_eq!(cost.within(first.days()).pence(), 1_478_571);
        assert_eq!(cost.within(first.next().days()).pence(), 861_429);
    }

    #[test]
    fn a_sum_is_rounded_half_up_once() {
        // £3.50 a week is 50 pence a day; a pound a week is 14.29.
        assert_eq!(rounded(350, 3, 7).pence(), 150);
        assert_eq!(rounded(101, 1, 2).pence(), 51);
        assert_eq!(rounded(100, 1, 7).pence(), 14);
        assert_eq!(rounded(100, 4, 7).pence(), 57);
        assert_eq!(share(Money::of_pence(25), 10).pence(), 3);
    }

    #[test]
    fn what_is_paid_once_falls_on_the_first_day() {
        let cost = Cost {
            from: day("2027-04-01"),
            days: 0,
            weekly: Money::ZERO,
            one_off: Money::of_pence(10_000),
            others: 0,
        };
        assert_eq!(
            cost.within(stretch("2026-04-01", "2027-04-01")),
            Money::ZERO
        );
        assert_eq!(
            cost.within(stretch("2027-04-01", "2027-04-02")).pence(),
            10_000
        );
    }

    #[test]
    fn a_financial_year_begins_on_the_first_of_april() {
        assert_eq!(FinancialYear::of(day("2027-03-31")).to_string(), "2026-27");
        assert_eq!(FinancialYear::of(day("2027-04-01")).to_string(), "2027-28");
        assert_eq!(FinancialYear::of(day("2099-04-01")).to_string(), "2099-00");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn periods_add_up_to_the_line(
            weekly in 0i64..2_000_000,
            days in 0i64..1000,
            one_off in 0i64..1_000_000,
            others in 0i64..=100,
            mut cuts in prop::collection::vec(-30i64..1100, 0..8),
        ) {
            let from = day("2026-11-26");
            let cost = Cost {
                from,
                days,
                weekly: Money::of_pence(weekly),
                one_off: Money::of_pence(one_off),
                others,
            };
            cuts.sort_unstable();
            let cuts: Vec<Option<Day>> = cuts.into_iter().map(|cut| Some(plus_days(from, cut))).collect();
            let starts = std::iter::once(None).chain(cuts.iter().copied());
            let ends = cuts.iter().copied().chain([None]);
            let periods: Vec<Stretch> = starts.zip(ends).map(|(from, until)| Stretch { from, until }).collect();
            let sum = |of: &dyn Fn(Stretch) -> Money| periods.iter().map(|period| of(*period)).sum::<Money>();
            // Worked out apart: pounds a day are a seventh, and half a penny is rounded up.
            let exact = one_off * 7 + weekly * days;
            let total = exact / 7 + i64::from((exact % 7) * 2 >= 7);
            prop_assert_eq!(cost.total().pence(), total);
            prop_assert_eq!(sum(&|period| cost.within(period)).pence(), total);
            let theirs = total * others / 100 + i64::from(total * others % 100 >= 50);
            prop_assert_eq!(sum(&|period| cost.others_within(period)).pence(), theirs);
            prop_assert_eq!(sum(&|period| cost.own_within(period)).pence(), total - theirs);
            for period in &periods {
                prop_assert!(cost.within(*period) >= Money::ZERO);
            }
        }
    }
}
