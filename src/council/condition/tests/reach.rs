//! What can be said of a condition before any case is read.

use super::*;
use crate::council::condition::{Known, Reach};
use proptest::prelude::*;

fn reach(source: &str) -> Option<Reach> {
    let amount = |name: &str| {
        (name == "threshold.high-cost").then_some(Value::Money(Money::of_pence(100_000)))
    };
    let known = Known {
        names: &Office,
        values: &amount,
    };
    compiled(source).reach(&known)
}

#[test]
fn what_contradicts_itself_never_holds() {
    for source in [
        "false",
        "not true",
        "request.kind == 'review' and request.kind == 'new-placement'",
        "request.kind == 'review' and request.kind != 'review'",
        "request.kind in ['review', 'new-placement'] and request.kind not in ['review', 'new-placement']",
        "child.age > 18 and child.age < 16",
        "child.age > 17 and child.age < 18",
        "child.age == 17 and child.age > 17",
        "child.age >= 16 and child.age <= 17 and child.age not in [16, 17]",
        "child.age == 16.5",
        "cost.total > '£500' and cost.total <= 500",
        "cost.total > threshold.high-cost and cost.total < '£200'",
        "request.start < '2026-01-01' and request.start > '2026-01-01'",
        "request.start < meeting.on and meeting.on < request.start",
        "meeting.on - request.start > 14 and meeting.on - request.start < 10",
        "cost.total < cost.total",
        "request.urgent and not request.urgent",
        "request.urgent == true and request.urgent == false",
        "'review' in documents and 'review' not in documents",
        "request.note is not defined and request.note == 'x'",
        "request.closed is defined and request.closed is not defined",
        "child.age > 16 and (child.age < 10 or child.age == 12)",
    ] {
        assert_eq!(reach(source), Some(Reach::Never), "{source}");
    }
}

#[test]
fn what_cannot_fail_always_holds_where_its_names_are_known() {
    for source in [
        "true",
        "request.urgent or not request.urgent",
        "child.age >= 16 or child.age < 16",
        "child.age > 16 or child.age < 17",
        "not (request.kind == 'review' and request.kind == 'new-placement')",
        "request.kind != 'review' or request.kind != 'new-placement'",
        "threshold.high-cost > 500",
        "request.note is defined or request.note is not defined",
    ] {
        assert_eq!(reach(source), Some(Reach::Always), "{source}");
    }
}

#[test]
fn an_alternative_that_never_holds_is_named_by_its_number() {
    let source = "request.urgent or (child.age > 18 and child.age < 16)";
    assert_eq!(reach(source), Some(Reach::NeverIn(2)));
}

#[test]
fn what_can_go_either_way_has_no_verdict() {
    for source in [
        "request.kind == 'review'",
        "request.note is defined",
        "not (request.urgent is defined and request.urgent)",
        "child.age > 16 and child.age < 18",
        "placement.miles > 16 and placement.miles < 17",
        "request.kind in ['review', 'new-placement'] and request.kind != 'review'",
        "'review' in documents and 'care-plan' in documents",
        "cost.total > cost.weekly and cost.weekly < '£5'",
        "request.start <= meeting.on and meeting.on <= request.start",
        "request.note is not defined or request.note == 'x'",
    ] {
        assert_eq!(reach(source), None, "{source}");
    }
}

#[test]
fn too_many_ways_give_no_verdict_and_take_no_time() {
    let part = "(child.age == 1 or child.age == 2 or child.age == 3)";
    let source = vec![part; 40].join(" and ");
    assert_eq!(reach(&source), None);
}

/// A case with these values; what is none is absent.
#[derive(Debug)]
struct Some3 {
    age: Option<i64>,
    kind: Option<usize>,
    urgent: Option<bool>,
}

const KINDS: [&str; 3] = ["support-package", "new-placement", "review"];

impl Facts for Some3 {
    fn value(&self, name: &str) -> Value {
        let found = match name {
            "child.age" => self.age.map(Value::Whole),
            "request.kind" => self.kind.map(|kind| Value::Text(KINDS[kind].into())),
            "request.urgent" => self.urgent.map(Value::Truth),
            _ => None,
        };
        found.unwrap_or(Value::Absent)
    }
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        (0..6usize, 0..5i64).prop_map(|(sign, age)| {
            format!(
                "child.age {} {age}",
                ["==", "!=", "<", "<=", ">", ">="][sign]
            )
        }),
        (0..2usize, 0..3usize).prop_map(|(sign, kind)| {
            format!("request.kind {} '{}'", ["==", "!="][sign], KINDS[kind])
        }),
        Just("request.urgent".to_owned()),
        Just("request.urgent is defined".to_owned()),
        Just("child.age is defined".to_owned()),
        Just("child.age in [1, 3]".to_owned()),
    ];
    piece.prop_recursive(4, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4)
                .prop_map(|parts| format!("({})", parts.join(" and "))),
            prop::collection::vec(inner.clone(), 2..4)
                .prop_map(|parts| format!("({})", parts.join(" or "))),
            inner.prop_map(|part| format!("not ({part})")),
        ]
    })
}

proptest! {
    /// Against every case of a small world: no verdict is wrong.
    #[test]
    fn a_verdict_holds_in_every_case(source in pieces()) {
        let condition = compiled(&source);
        let verdict = reach(&source);
        for age in [None, Some(-1), Some(0), Some(1), Some(2), Some(3), Some(4), Some(5)] {
            for kind in [None, Some(0), Some(1), Some(2)] {
                for urgent in [None, Some(false), Some(true)] {
                    let case = Some3 { age, kind, urgent };
                    let is_all_known = age.is_some() && kind.is_some() && urgent.is_some();
                    let holds = condition.holds(&case);
                    prop_assert!(!(verdict == Some(Reach::Never) && holds), "{source} {case:?}");
                    prop_assert!(
                        !(verdict == Some(Reach::Always) && is_all_known && !holds),
                        "{source} {case:?}"
                    );
                }
            }
        }
    }
}
