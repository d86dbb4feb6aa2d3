//! Exact amounts: pounds to the penny, and other decimals to the hundredth.

use super::{Unreadable, read_from_text};
use std::fmt;
use std::str::FromStr;

/// Pounds sterling, held as whole pence; never a binary float.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Money(i64);

/// The largest amount read from a file, in pence: a thousand million pounds.
///
/// Sums of many lines then stay far inside an `i64`.
const LARGEST_PENCE: i64 = 100_000_000_000;

impl Money {
    /// No money at all.
    pub(crate) const ZERO: Self = Self(0);

    /// An amount of whole pence.
    pub(crate) const fn of_pence(pence: i64) -> Self {
        Self(pence)
    }

    /// The amount in whole pence.
    pub(crate) const fn pence(self) -> i64 {
        self.0
    }

    /// The amount `count` times over; an amount past what can be held stays at the largest.
    pub(crate) const fn times(self, count: i64) -> Self {
        Self(self.0.saturating_mul(count))
    }

    /// As written in a file: `1234.50`.
    pub(crate) fn plain(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let pence = self.0.unsigned_abs();
        format!("{sign}{}.{:02}", pence / 100, pence % 100)
    }
}

impl std::ops::Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::ops::Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl std::iter::Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, |sum, amount| sum + amount)
    }
}

/// A whole number, not below nought, as people write it, with a comma before each three digits:
/// `20,000`.
pub(crate) fn grouped(number: impl fmt::Display) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// As people write it: `£1,234.50`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pence = self.0.unsigned_abs();
        let pounds = grouped(pence / 100);
        let sign = if self.0 < 0 { "-" } else { "" };
        f.pad(&format!("{sign}£{pounds}.{:02}", pence % 100))
    }
}

impl FromStr for Money {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        match hundredths(text) {
            Some(pence) if (0..=LARGEST_PENCE).contains(&pence) => Ok(Self(pence)),
            Some(_) => Err(Unreadable::new(
                format!("`{text}` is not an amount that a request can have"),
                "write pounds and pence between 0 and 1000000000, like 1234.50",
            )),
            None => {
                let bare: String = text
                    .chars()
                    .filter(|c| !matches!(c, '£' | ',' | ' '))
                    .collect();
                let remedy = match hundredths(&bare) {
                    Some(pence) if pence >= 0 => format!("write {}", Self(pence).plain()),
                    _ => "write pounds and pence with a full stop, like 1234.50".to_owned(),
                };
                Err(Unreadable::new(
                    format!("`{text}` is not an amount of money"),
                    remedy,
                ))
            }
        }
    }
}

/// A decimal number to the hundredth (miles, for one), held exactly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Decimal(i64);

impl Decimal {
    /// A number of hundredths.
    pub(crate) const fn of_hundredths(hundredths: i64) -> Self {
        Self(hundredths)
    }

    /// The number in hundredths.
    pub(crate) const fn hundredths(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match (rest % 10, rest) {
            (_, 0) => write!(f, "{whole}"),
            (0, _) => write!(f, "{whole}.{}", rest / 10),
            _ => write!(f, "{whole}.{rest:02}"),
        }
    }
}

impl FromStr for Decimal {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        match hundredths(text) {
            Some(value) if (0..=LARGEST_PENCE).contains(&value) => Ok(Self(value)),
            _ => Err(Unreadable::new(
                format!("`{text}` is not a number with at most two decimals"),
                "write it like 12.5",
            )),
        }
    }
}

/// Reads `123`, `123.4` or `123.45` as hundredths; nothing else is a number here.
fn hundredths(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(decimals) || decimals.len() > 2 || whole.len() > 15 {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let mut fraction: i64 = decimals.parse().ok()?;
    if decimals.len() == 1 {
        fraction *= 10;
    }
    Some(sign * (whole * 100 + fraction))
}

/// Money is written to files as a plain number.
impl serde::Serialize for Money {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.plain())
    }
}

impl<'de> serde::Deserialize<'de> for Money {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reader;
        impl serde::de::Visitor<'_> for Reader {
            type Value = Money;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an amount in pounds, like 1234.50")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Money, E> {
                text.parse().map_err(E::custom)
            }
        }
        from.deserialize_any(Reader)
    }
}

read_from_text!(Decimal, "a number, like 12.5");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pounds_are_read_to_the_penny_and_grouped_for_people() {
        let amount: Money = "110500.05".parse().expect("a plain amount");
        assert_eq!(amount.pence(), 11_050_005);
        assert_eq!(amount.to_string(), "£110,500.05");
        assert_eq!(amount.plain(), "110500.05");
    }

    #[test]
    fn an_amount_typed_with_a_pound_sign_is_shown_as_it_should_be_written() {
        let error = "£1,200.50".parse::<Money>().expect_err("not plain");
        assert_eq!(error.remedy, "write 1200.50");
    }

    #[test]
    fn a_third_decimal_is_no_amount() {
        assert!("10.005".parse::<Money>().is_err());
        assert!("1e3".parse::<Money>().is_err());
        assert!("".parse::<Money>().is_err());
    }

    #[test]
    fn decimals_print_without_needless_noughts() {
        for text in ["12.5", "20", "0.05"] {
            let number: Decimal = text.parse().expect("a decimal");
            assert_eq!(number.to_string(), text);
        }
    }
}
