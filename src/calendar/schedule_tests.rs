//! What a schedule has to hold to, in its own file for its length.

use super::super::testing::{any_day, day, ends, listed, time};
use super::*;
use proptest::prelude::*;

fn days(texts: &[&str]) -> Vec<Day> {
    texts.iter().map(|text| day(text)).collect()
}

fn weekly(on: Weekday) -> Pattern {
    Pattern::Weekly {
        every: 1,
        on: vec![on],
        from: None,
    }
}

fn schedule(pattern: Pattern, on_bank_holiday: OnBankHoliday) -> Schedule {
    Schedule {
        pattern,
        start: time("09:30"),
        on_bank_holiday,
        not_on: Vec::new(),
        first: None,
        last: None,
    }
}

fn held(schedule: &Schedule, from: &str, to: &str) -> Vec<Day> {
    let meetings = schedule.meetings(day(from), day(to), &listed());
    meetings.iter().map(|meeting| meeting.day).collect()
}

#[test]
fn a_weekly_panel_meets_on_each_of_its_weekdays() {
    let pattern = Pattern::Weekly {
        every: 1,
        on: vec![Weekday::Thu, Weekday::Tue],
        from: None,
    };
    assert_eq!(
        pattern.days(day("2026-11-03"), day("2026-11-12")),
        days(&["2026-11-03", "2026-11-05", "2026-11-10", "2026-11-12"])
    );
}

#[test]
fn a_fortnightly_panel_meets_in_the_weeks_of_its_anchor_before_and_after_it() {
    let pattern = Pattern::Weekly {
        every: 2,
        on: vec![Weekday::Mon, Weekday::Sun],
        from: Some(day("2026-11-11")),
    };
    assert_eq!(
        pattern.days(day("2026-10-26"), day("2026-11-23")),
        days(&[
            "2026-10-26",
            "2026-11-01",
            "2026-11-09",
            "2026-11-15",
            "2026-11-23"
        ])
    );
}

#[test]
fn every_nought_weeks_is_every_week() {
    let pattern = Pattern::Weekly {
        every: 0,
        on: vec![Weekday::Wed],
        from: None,
    };
    assert_eq!(pattern.days(day("2026-11-01"), day("2026-11-30")).len(), 4);
}

#[test]
fn nth_weekdays_count_within_the_month_and_a_last_that_is_a_fifth_comes_once() {
    let thursdays = |nth: &[i8]| Pattern::Monthly(nth.iter().map(|n| (*n, Weekday::Thu)).collect());
    let pattern = thursdays(&[-1, 5, 1, 3]);
    assert_eq!(
        pattern.days(day("2026-10-01"), day("2026-11-30")),
        days(&[
            "2026-10-01",
            "2026-10-15",
            "2026-10-29",
            "2026-11-05",
            "2026-11-19",
            "2026-11-26"
        ])
    );
    let fifth = thursdays(&[5, 0, 6, -2]);
    assert_eq!(
        fifth.days(day("2026-10-01"), day("2026-12-31")),
        days(&["2026-10-29", "2026-12-31"])
    );
    let mixed = Pattern::Monthly(vec![(1, Weekday::Tue), (-1, Weekday::Fri)]);
    assert_eq!(
        mixed.days(day("2026-11-01"), day("2026-11-30")),
        days(&["2026-11-03", "2026-11-27"])
    );
}

#[test]
fn dates_of_a_list_are_put_in_order_and_come_once() {
    let pattern = Pattern::Dates(days(&[
        "2026-12-03",
        "2026-11-05",
        "2026-11-05",
        "2027-01-07",
    ]));
    assert_eq!(
        pattern.days(day("2026-11-05"), day("2026-12-03")),
        days(&["2026-11-05", "2026-12-03"])
    );
}

#[test]
fn a_meeting_on_a_bank_holiday_moves_as_the_rule_file_says() {
    // Monday 31 August 2026 is the summer bank holiday; Tuesday 1 September is open.
    let pattern = Pattern::Dates(days(&["2026-08-31"]));
    for (choice, expected) in [
        (OnBankHoliday::Keep, Some("2026-08-31")),
        (OnBankHoliday::NextWorkingDay, Some("2026-09-01")),
        (OnBankHoliday::PreviousWorkingDay, Some("2026-08-28")),
        (OnBankHoliday::Skip, None),
        (OnBankHoliday::SameWeekdayNextWeek, Some("2026-09-07")),
    ] {
        let schedule = schedule(pattern.clone(), choice);
        let meetings = schedule.meetings(day("2026-08-01"), day("2026-09-30"), &listed());
        let expected: Vec<Planned> = expected
            .map(|held| Planned {
                planned: day("2026-08-31"),
                day: day(held),
            })
            .into_iter()
            .collect();
        assert_eq!(meetings, expected, "{choice:?}");
    }
}

#[test]
fn a_week_on_from_christmas_day_is_new_years_day_so_the_meeting_moves_two() {
    let pattern = Pattern::Dates(days(&["2026-12-25"]));
    let schedule = schedule(pattern, OnBankHoliday::SameWeekdayNextWeek);
    assert_eq!(
        held(&schedule, "2026-12-01", "2027-01-31"),
        days(&["2027-01-08"])
    );
}

#[test]
fn a_meeting_moved_into_the_days_asked_for_is_found() {
    let monday = schedule(weekly(Weekday::Mon), OnBankHoliday::NextWorkingDay);
    assert_eq!(
        held(&monday, "2026-09-01", "2026-09-06"),
        days(&["2026-09-01"])
    );
    assert_eq!(held(&monday, "2026-08-31", "2026-08-31"), days(&[]));
    let monday = schedule(weekly(Weekday::Mon), OnBankHoliday::PreviousWorkingDay);
    assert_eq!(
        held(&monday, "2026-08-28", "2026-08-30"),
        days(&["2026-08-28"])
    );
}

#[test]
fn a_meeting_moved_onto_another_leaves_the_one_planned_for_that_day() {
    let monday = schedule(weekly(Weekday::Mon), OnBankHoliday::SameWeekdayNextWeek);
    assert_eq!(
        monday.meetings(day("2026-08-31"), day("2026-09-07"), &listed()),
        [Planned {
            planned: day("2026-09-07"),
            day: day("2026-09-07"),
        }]
    );
}

#[test]
fn no_meeting_is_planned_in_a_gap_or_moved_into_one() {
    let mut panel = schedule(weekly(Weekday::Mon), OnBankHoliday::NextWorkingDay);
    panel.not_on = vec![(day("2026-09-01"), day("2026-09-07"))];
    assert_eq!(
        held(&panel, "2026-08-24", "2026-09-14"),
        days(&["2026-08-24", "2026-09-14"])
    );
}

#[test]
fn first_and_last_bound_the_planned_days() {
    let mut panel = schedule(weekly(Weekday::Mon), OnBankHoliday::NextWorkingDay);
    panel.first = Some(day("2026-08-18"));
    panel.last = Some(day("2026-08-31"));
    assert_eq!(
        held(&panel, "2026-08-01", "2026-09-30"),
        days(&["2026-08-24", "2026-09-01"])
    );
}

#[test]
fn a_question_about_all_time_has_an_end() {
    let [first, last] = ends();
    let panel = schedule(weekly(Weekday::Fri), OnBankHoliday::SameWeekdayNextWeek);
    assert!(panel.meetings(first, last, &listed()).len() > 15_000);
    assert_eq!(panel.meetings(last, first, &listed()), []);
}

proptest! {
    #[test]
    fn nth_weekdays_are_those_of_the_calendar_library(year in 2012i32..2037, month in 1u32..=12, nth in 1u8..=5) {
        let first = NaiveDate::from_ymd_opt(year, month, 1).expect("a day");
        let last = first + chrono::Months::new(1) - Days::new(1);
        for on in [Weekday::Mon, Weekday::Thu, Weekday::Sun] {
            let pattern = |nth| Pattern::Monthly(vec![(nth, on)]);
            let in_month = |nth| pattern(nth).days(Day::of(first), Day::of(last));
            let expected = NaiveDate::from_weekday_of_month_opt(year, month, on, nth).map(Day::of);
            prop_assert_eq!(in_month(nth.cast_signed()), Vec::from_iter(expected));
            let all = weekly(on).days(Day::of(first), Day::of(last));
            prop_assert_eq!(in_month(-1), Vec::from_iter(all.last().copied()));
        }
    }

    #[test]
    fn one_week_in_several_is_stepping_on_from_the_anchor(anchor in any_day(), every in 1u32..9, weeks in 0i64..200) {
        let pattern = Pattern::Weekly { every, on: vec![anchor.date().weekday()], from: Some(anchor) };
        let to = plus_days(anchor, weeks * 7);
        let stepped: Vec<Day> = (0..)
            .map(|step| plus_days(anchor, step * 7 * i64::from(every)))
            .take_while(|day| *day <= to)
            .collect();
        prop_assert_eq!(pattern.days(anchor, to), stepped);
    }

    #[test]
    fn meetings_are_in_order_one_a_day_and_the_same_however_one_asks(from in any_day(), length in 0i64..400, cut in 0i64..400) {
        let holidays = listed();
        let to = plus_days(from, length);
        let between = plus_days(from, cut.min(length));
        for choice in [
            OnBankHoliday::Keep,
            OnBankHoliday::NextWorkingDay,
            OnBankHoliday::PreviousWorkingDay,
            OnBankHoliday::Skip,
            OnBankHoliday::SameWeekdayNextWeek,
        ] {
            let panel = schedule(weekly(Weekday::Mon), choice);
            let whole = panel.meetings(from, to, &holidays);
            prop_assert!(whole.windows(2).all(|pair| pair[0].day < pair[1].day));
            let mut parts = panel.meetings(from, between, &holidays);
            parts.extend(panel.meetings(plus_days(between, 1), to, &holidays));
            prop_assert_eq!(&whole, &parts);
            if choice != OnBankHoliday::Keep {
                prop_assert!(whole.iter().all(|meeting| holidays.is_working_day(meeting.day)));
            }
        }
    }
}
