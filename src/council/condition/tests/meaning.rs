//! The answers of conditions, and how they are grouped.

use super::{Case, Nothing, compiled, node};
use crate::council::condition::{Condition, Facts, Value};

const TRUE: Option<bool> = Some(true);
const FALSE: Option<bool> = Some(false);
const UNKNOWN: Option<bool> = None;

#[test]
fn each_condition_is_true_false_or_unknown() {
    let table = [
        (
            "request.kind == 'support-package' and cost.total > threshold.high-cost",
            TRUE,
        ),
        ("request.kind == \"review\"", FALSE),
        ("request.kind != 'review'", TRUE),
        ("request.note == 'Said \"soon\"'", TRUE),
        ("true", TRUE),
        ("false or request.urgent", TRUE),
        ("request.urgent == false", FALSE),
        // Money, to the penny and in every spelling.
        ("cost.total == '£1,200.50'", TRUE),
        ("cost.total == '£1200.5'", TRUE),
        ("cost.total > '£1,200.49'", TRUE),
        ("cost.total < '£1,200.50'", FALSE),
        ("cost.total > 1200", TRUE),
        ("1201 <= cost.total", FALSE),
        ("cost.total - 200 > threshold.high-cost", TRUE),
        ("cost.total - threshold.high-cost == '£200.50'", TRUE),
        ("cost.total - threshold.high-cost - '£200.50' == 0", TRUE),
        ("threshold.high-cost -cost.total < -200", TRUE),
        ("threshold.high-cost + threshold.high-cost == 2000", TRUE),
        // Days.
        ("request.start == '2026-11-26'", TRUE),
        ("'2026-11-27' <= request.start", FALSE),
        ("meeting.on - request.start == 7", TRUE),
        ("meeting.on - 8 < request.start", TRUE),
        ("request.start + 7 == meeting.on", TRUE),
        ("request.start - '2026-11-20' == 6", TRUE),
        ("request.start + 999999999 > meeting.on", UNKNOWN),
        ("request.start + 9223372036854775807 > meeting.on", UNKNOWN),
        // Numbers.
        ("child.age >= 15 and child.age < 16", TRUE),
        ("child.age + 3 - 1 == 17", TRUE),
        ("child.age > 15.5", FALSE),
        ("placement.miles > 12", TRUE),
        ("placement.miles == 12.5", TRUE),
        ("placement.miles < 9223372036854775807", TRUE),
        ("placement.miles > -0.5", TRUE),
        ("child.age + 9223372036854775807 > 0", UNKNOWN),
        // Lists.
        ("request.kind in ['review', 'support-package']", TRUE),
        ("request.kind not in ['review', 'support-package',]", FALSE),
        ("'care-plan' in documents", TRUE),
        ("'assessment' in documents", FALSE),
        ("'assessment' not in documents", TRUE),
        ("request.kind in documents", FALSE),
        ("cost.total in [1000, '£1,200.50']", TRUE),
        ("1000 in [cost.total, threshold.high-cost]", TRUE),
        ("child.age in [14, 15.5]", FALSE),
        ("request.start in ['2026-11-25', meeting.on - 7]", TRUE),
        // What is absent.
        ("cost.weekly > 0", UNKNOWN),
        ("not cost.weekly > 0", UNKNOWN),
        ("cost.weekly == cost.weekly", UNKNOWN),
        ("cost.weekly != 5", UNKNOWN),
        ("cost.total + cost.weekly > 5", UNKNOWN),
        ("request.closed", UNKNOWN),
        ("not request.closed", UNKNOWN),
        ("request.closed == false", UNKNOWN),
        ("request.provision in ['hotel']", UNKNOWN),
        ("request.provision not in ['hotel']", UNKNOWN),
        ("request.start in [request.reply_on, '2026-11-26']", TRUE),
        ("request.start in [request.reply_on, '2026-11-27']", UNKNOWN),
        ("'anything' in tags", UNKNOWN),
        ("'anything' not in tags", UNKNOWN),
        ("request.court.order == 'any-word'", UNKNOWN),
        ("request.court.order is defined", FALSE),
        ("request.court.order is not defined", TRUE),
        ("not request.court.order is defined", TRUE),
        ("request.urgent is defined", TRUE),
        ("(request.court.order) is defined", FALSE),
        // Kleene's tables.
        ("request.closed and false", FALSE),
        ("false and request.closed", FALSE),
        ("request.closed and true", UNKNOWN),
        ("request.closed and request.closed", UNKNOWN),
        ("request.closed or true", TRUE),
        ("true or request.closed", TRUE),
        ("request.closed or false", UNKNOWN),
        ("(request.closed or true) == true", TRUE),
        ("(request.closed or false) == true", UNKNOWN),
    ];
    for (source, truth) in table {
        let condition = compiled(source);
        assert_eq!(condition.node.truth(&Case), truth, "{source}");
        assert_eq!(condition.holds(&Case), truth == TRUE, "{source}");
    }
}

#[test]
fn precedence_is_that_of_the_template_engine() {
    let table = [
        ("not child.age == 3", "not (child.age == 3)"),
        (
            "not request.urgent and false",
            "(not request.urgent) and false",
        ),
        (
            "true or false and request.closed",
            "true or (false and request.closed)",
        ),
        ("child.age + 1 == 3 - 1", "(child.age + 1) == (3 - 1)"),
        ("child.age - 1 - 2 > 0", "(child.age - 1) - 2 > 0"),
        (
            "not 'care-plan' in documents",
            "'care-plan' not in documents",
        ),
        (
            "not request.urgent is defined",
            "not (request.urgent is defined)",
        ),
        (
            "request.urgent == false and true",
            "(request.urgent == false) and true",
        ),
    ];
    for (loose, tight) in table {
        let (loose_node, tight_node) = (node(loose), node(tight));
        for facts in [&Case as &dyn Facts, &Nothing] {
            assert_eq!(loose_node.truth(facts), tight_node.truth(facts), "{loose}");
        }
    }
    // The same tree, not only the same answer.
    assert_eq!(node("not child.age == 3"), node("not (child.age == 3)"));
    assert_eq!(
        node("true or false and true"),
        node("true or (false and true)")
    );
    assert_ne!(
        node("true or false and true"),
        node("(true or false) and true")
    );
}

#[test]
fn a_hyphen_is_part_of_a_threshold_and_a_minus_elsewhere() {
    assert_eq!(
        compiled("threshold.high-cost - cost.total < 0").names(),
        ["threshold.high-cost", "cost.total"]
    );
    assert_eq!(
        compiled("cost.total-cost.weekly > 0").names(),
        ["cost.total", "cost.weekly"]
    );
    assert_eq!(
        compiled("threshold.high-cost- 5 > 0"),
        Condition {
            source: "threshold.high-cost- 5 > 0".to_owned(),
            ..compiled("threshold.high-cost - 5 > 0")
        }
    );
}

#[test]
fn a_condition_keeps_its_text_and_each_name_once() {
    let source = "cost.total > 5 or child.age in [1] or cost.total < 2";
    let condition = compiled(source);
    assert_eq!(condition.source(), source);
    assert_eq!(condition.names(), ["cost.total", "child.age"]);
}

#[test]
fn facts_of_another_kind_than_announced_are_unknown() {
    struct Astray;
    impl Facts for Astray {
        fn value(&self, _: &str) -> Value {
            Value::Text("astray".into())
        }
    }
    assert_eq!(
        node("cost.total > 5 or request.closed or child.age + 1 > 2").truth(&Astray),
        UNKNOWN
    );
}

#[test]
fn long_chains_need_no_depth() {
    let chain = vec!["true"; 400].join(" and ");
    assert!(compiled(&chain).holds(&Nothing));
    let sum = format!("{} == 999", vec!["1"; 999].join("+"));
    assert!(compiled(&sum).holds(&Nothing));
}
