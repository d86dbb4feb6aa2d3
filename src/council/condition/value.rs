//! What conditions speak of: the kinds of names, the values they take, and literals read as such.

use crate::records::{Day, Decimal, Money, Text};
use std::cmp::Ordering;

/// What a name stands for, known before any case is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// True or false.
    Truth,
    /// A whole number.
    Whole,
    /// A number with up to two decimals.
    Number,
    /// An amount of money.
    Money,
    /// A calendar day.
    Day,
    /// Free text.
    Text,
    /// One of the known words; any word where the list is empty.
    Word(Vec<String>),
    /// A list of known words; an open list where this one is empty.
    Words(Vec<String>),
}

impl Kind {
    /// As a message says it: "`x` is …".
    pub(super) const fn described(&self) -> &'static str {
        match self {
            Self::Truth => "true or false",
            Self::Whole => "a whole number",
            Self::Number => "a number",
            Self::Money => "money",
            Self::Day => "a day",
            Self::Text => "text",
            Self::Word(_) => "a word",
            Self::Words(_) => "a list of words",
        }
    }
}

/// What a name stands for in one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// The case does not say.
    Absent,
    /// True or false.
    Truth(bool),
    /// A whole number.
    Whole(i64),
    /// A number with up to two decimals.
    Number(Decimal),
    /// An amount of money.
    Money(Money),
    /// A calendar day.
    Day(Day),
    /// Free text, or one word.
    Text(Text),
    /// A list of words.
    Words(Vec<Text>),
}

impl Value {
    /// How two values compare; `None` where either is absent or of another kind.
    pub(super) fn compared(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Truth(one), Self::Truth(two)) => Some(one.cmp(two)),
            (Self::Whole(one), Self::Whole(two)) => Some(one.cmp(two)),
            (Self::Number(one), Self::Number(two)) => Some(one.cmp(two)),
            (Self::Whole(one), Self::Number(two)) => Some(whole_with_number(*one, *two)),
            (Self::Number(one), Self::Whole(two)) => Some(whole_with_number(*two, *one).reverse()),
            (Self::Money(one), Self::Money(two)) => Some(one.cmp(two)),
            (Self::Day(one), Self::Day(two)) => Some(one.cmp(two)),
            (Self::Text(one), Self::Text(two)) => Some(one.cmp(two)),
            _ => None,
        }
    }

    /// The sum; absent where either is, or where the result cannot be held exactly.
    pub(super) fn plus(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Whole(one), Self::Whole(two)) => whole(one.checked_add(*two)),
            (Self::Money(one), Self::Money(two)) => money(one.pence().checked_add(two.pence())),
            (Self::Day(day), Self::Whole(days)) => later(*day, *days),
            _ => Self::Absent,
        }
    }

    /// The difference; absent where either is, or where the result cannot be held exactly.
    pub(super) fn minus(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Whole(one), Self::Whole(two)) => whole(one.checked_sub(*two)),
            (Self::Money(one), Self::Money(two)) => money(one.pence().checked_sub(two.pence())),
            (Self::Day(day), Self::Whole(days)) => days
                .checked_neg()
                .map_or(Self::Absent, |days| later(*day, days)),
            (Self::Day(one), Self::Day(two)) => Self::Whole((one.date() - two.date()).num_days()),
            _ => Self::Absent,
        }
    }
}

fn whole(sum: Option<i64>) -> Value {
    sum.map_or(Value::Absent, Value::Whole)
}

fn money(pence: Option<i64>) -> Value {
    pence.map_or(Value::Absent, |pence| Value::Money(Money::of_pence(pence)))
}

fn whole_with_number(whole: i64, number: Decimal) -> Ordering {
    match whole.checked_mul(100) {
        Some(hundredths) => Decimal::of_hundredths(hundredths).cmp(&number),
        // Past what any number can hold, on the side of its sign.
        None => whole.cmp(&0),
    }
}

fn later(day: Day, days: i64) -> Value {
    let date = day.date();
    // A day's length comes from the calendar itself: this room does not know its library.
    let moved = date.succ_opt().and_then(|next| {
        let span = (next - date).checked_mul(i32::try_from(days).ok()?)?;
        date.checked_add_signed(span)
    });
    moved.map_or(Value::Absent, |date| Value::Day(Day::of(date)))
}

/// The names that conditions may use.
pub(crate) trait Names {
    /// What a name stands for; `None` where there is no such name.
    fn kind(&self, name: &str) -> Option<Kind>;
    /// All names, to find the one that was meant.
    fn all(&self) -> Vec<String>;
}

/// One case, seen through the names.
pub(crate) trait Facts {
    /// The value of a name; of the kind that [`Names::kind`] gave, or absent.
    fn value(&self, name: &str) -> Value;
}

/// Reads `£500` or `£1,200.50`; otherwise says what to write instead.
///
/// The sign is asked for so that a rule file shows at a glance what is money.
pub(super) fn parse_pounds(text: &str) -> Result<Money, String> {
    if let Some(amount) = text
        .strip_prefix('£')
        .filter(|amount| commas_are_in_place(amount))
        && let Ok(money) = amount.replace(',', "").parse()
    {
        return Ok(money);
    }
    let bare: String = text
        .chars()
        .filter(|c| !matches!(c, '£' | ',' | ' '))
        .collect();
    Err(match bare.parse::<Money>() {
        Ok(meant) => format!("write {}", quoted_pounds(meant)),
        Err(_) => "write pounds and pence like '£1,200.50'".to_owned(),
    })
}

/// Money as a condition writes it: `'£500'`.
pub(super) fn quoted_pounds(money: Money) -> String {
    format!("'{}'", money.to_string().trim_end_matches(".00"))
}

fn commas_are_in_place(amount: &str) -> bool {
    let whole = amount.split_once('.').map_or(amount, |(whole, _)| whole);
    let mut groups = whole.split(',');
    let first = groups.next().map_or(0, str::len);
    let mut rest = groups.peekable();
    if rest.peek().is_none() {
        return !amount.contains(',');
    }
    (1..=3).contains(&first)
        && rest.all(|group| group.len() == 3)
        && amount.matches(',').count() == whole.matches(',').count()
}
