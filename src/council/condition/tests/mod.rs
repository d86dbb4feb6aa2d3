//! Tests of the language as a whole, with the names and the case that they share.

mod errors;
mod meaning;
mod properties;
mod reach;
mod syntax;

use super::eval::Node;
use super::{Condition, Facts, Kind, Names, Value};
use crate::records::{Day, Decimal, Money};

/// The names of one small council; what a case leaves out is absent.
struct Office;

const NAMES: [&str; 16] = [
    "request.kind",
    "request.provision",
    "request.court.order",
    "request.start",
    "request.note",
    "request.urgent",
    "request.reply_on",
    "request.closed",
    "cost.total",
    "cost.weekly",
    "child.age",
    "placement.miles",
    "meeting.on",
    "documents",
    "tags",
    "threshold.high-cost",
];

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

impl Names for Office {
    fn kind(&self, name: &str) -> Option<Kind> {
        Some(match name {
            "request.kind" => Kind::Word(words(&["support-package", "new-placement", "review"])),
            "request.provision" => Kind::Word(words(&["hotel", "fostering"])),
            "request.court.order" => Kind::Word(Vec::new()),
            "request.start" | "request.reply_on" | "meeting.on" => Kind::Day,
            "request.note" => Kind::Text,
            "request.urgent" | "request.closed" => Kind::Truth,
            "cost.total" | "cost.weekly" | "threshold.high-cost" => Kind::Money,
            "child.age" => Kind::Whole,
            "placement.miles" => Kind::Number,
            "documents" => Kind::Words(words(&["care-plan", "assessment", "review"])),
            "tags" => Kind::Words(Vec::new()),
            _ => return None,
        })
    }

    fn all(&self) -> Vec<String> {
        words(&NAMES)
    }
}

/// A case without a weekly cost, an order, a reply or a provision; `request.closed` is not told.
struct Case;

impl Facts for Case {
    fn value(&self, name: &str) -> Value {
        let day = |text: &str| Value::Day(text.parse::<Day>().expect("a day"));
        match name {
            "request.kind" => Value::Text("support-package".into()),
            "request.start" => day("2026-11-26"),
            "meeting.on" => day("2026-12-03"),
            "request.note" => Value::Text("Said \"soon\"".into()),
            "request.urgent" => Value::Truth(true),
            "cost.total" => Value::Money(Money::of_pence(120_050)),
            "threshold.high-cost" => Value::Money(Money::of_pence(100_000)),
            "child.age" => Value::Whole(15),
            "placement.miles" => Value::Number(Decimal::of_hundredths(1250)),
            "documents" => Value::Words(vec!["care-plan".into()]),
            _ => Value::Absent,
        }
    }
}

/// A case that says nothing.
struct Nothing;

impl Facts for Nothing {
    fn value(&self, _: &str) -> Value {
        Value::Absent
    }
}

fn compiled(source: &str) -> Condition {
    Condition::compile(source, &Office).unwrap_or_else(|errors| panic!("{source}: {errors:?}"))
}

fn node(source: &str) -> Node {
    compiled(source).node
}

/// The errors of a condition: the text that each points at, its message and its help.
fn errors(source: &str) -> Vec<(String, String, Option<String>)> {
    let errors = Condition::compile(source, &Office).expect_err(source);
    let characters: Vec<char> = source.chars().collect();
    errors
        .into_iter()
        .map(|error| {
            let text = characters[error.start..error.end].iter().collect();
            (text, error.message, error.help)
        })
        .collect()
}

/// The only error, with an empty text for no help.
fn only(source: &str) -> (String, String, String) {
    let mut errors = errors(source);
    assert_eq!(errors.len(), 1, "{source}: {errors:?}");
    let (text, message, help) = errors.remove(0);
    (text, message, help.unwrap_or_default())
}

fn assert_table(table: &[(&str, &str, &str, &str)]) {
    for (source, text, message, help) in table {
        let expected = (
            (*text).to_owned(),
            (*message).to_owned(),
            (*help).to_owned(),
        );
        assert_eq!(only(source), expected, "{source}");
    }
}
