//! What a line of cost comes to, whole and within a stretch of days.

use super::stretch::Stretch;
use crate::calendar::plus_days;
use crate::records::{Day, Money};

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

    pub(super) fn between(&self, stretch: Stretch, of: impl Fn(Money) -> Money) -> Money {
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

pub(super) fn share(sum: Money, per_cent: i64) -> Money {
    rounded(sum.pence(), per_cent.clamp(0, 100), 100)
}

#[cfg(test)]
mod tests {
    use super::super::stretch::FinancialYear;
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
