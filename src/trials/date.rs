//! Reading dates and moments, and counting from them.

use crate::calendar::{self, BankHolidays};
use crate::council::BANK_HOLIDAYS;
use crate::records::{Day, Moment};
use std::sync::LazyLock;

static HOLIDAYS: LazyLock<BankHolidays> =
    LazyLock::new(|| BankHolidays::parse(BANK_HOLIDAYS).expect("the list that is compiled in"));

/// Reads bytes as a day and as a moment: nothing panics; what is read prints as it reads; what is
/// not read says what to write, and where that is a date, it can be read. From a day that is read,
/// working days are counted there and back.
pub fn date(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match text.parse::<Moment>() {
        Ok(moment) => {
            let printed = moment.to_string();
            assert_eq!(printed.parse::<Moment>().ok(), Some(moment), "{printed}");
            assert_eq!(moment.latest().date(), moment.day().date());
        }
        Err(unreadable) => is_told(text, &unreadable.fault, &unreadable.remedy),
    }
    match text.parse::<Day>() {
        Ok(day) => {
            assert_eq!(day.to_string(), text);
            counts_there_and_back(day);
        }
        Err(unreadable) => is_told(text, &unreadable.fault, &unreadable.remedy),
    }
}

fn is_told(text: &str, fault: &str, remedy: &str) {
    assert!(!fault.is_empty() && !remedy.is_empty(), "{text:?}");
    if let Some(meant) = remedy.strip_prefix("write ")
        && meant.starts_with(|c: char| c.is_ascii_digit())
    {
        let meant = meant.split(' ').next().unwrap_or_default();
        let meant = meant.trim_end_matches([',', ';', ':']);
        assert!(
            meant.parse::<Moment>().is_ok(),
            "of {text:?} it is said: {remedy}"
        );
    }
}

fn counts_there_and_back(day: Day) {
    let count = u32::from(day.to_string().as_bytes()[9] - b'0') + 1;
    let later = HOLIDAYS.working_days_after(day, count);
    assert!(HOLIDAYS.is_working_day(later) && later > day);
    if HOLIDAYS.is_working_day(day) {
        assert_eq!(HOLIDAYS.working_days_before(later, count), day);
    }
    let birthday = calendar::birthday(day, count);
    assert!(calendar::age_on(day, birthday) == i64::from(count));
    let eve = calendar::plus_days(birthday, -1);
    assert!(calendar::age_on(day, eve) == i64::from(count) - 1);
}
