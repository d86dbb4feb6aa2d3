//! What is said of names, words and kinds that do not fit, and where.

use super::{Office, assert_table, errors};
use crate::council::condition::Condition;

#[test]
fn unknown_names_and_words_are_shown_the_right_one() {
    assert_table(&[
        (
            "true and request.knd == 'review'",
            "request.knd",
            "`request.knd` is not a name that conditions know",
            "did you mean `request.kind`?",
        ),
        (
            "(reqest.urgent)",
            "reqest.urgent",
            "`reqest.urgent` is not a name that conditions know",
            "did you mean `request.urgent`?",
        ),
        (
            "age is defined",
            "age",
            "`age` is not a name that conditions know",
            "did you mean `child.age`?",
        ),
        (
            "cost.total > threshold.high-cost-cost.weekly",
            "threshold.high-cost-cost.weekly",
            "`threshold.high-cost-cost.weekly` is not a name that conditions know",
            "a hyphen belongs to the name of a threshold: put spaces around a minus",
        ),
        (
            "request.kind == 'suport-package'",
            "'suport-package'",
            "'suport-package' is not a word of `request.kind`",
            "did you mean 'support-package'?",
        ),
        (
            "request.provision in ['hotel', 'zebra']",
            "'zebra'",
            "'zebra' is not a word of `request.provision`",
            "the words are hotel, fostering",
        ),
        (
            "'care-plans' in documents",
            "'care-plans'",
            "'care-plans' is not a word of `documents`",
            "did you mean 'care-plan'?",
        ),
    ]);
}

#[test]
fn wrong_kinds_are_told_apart() {
    assert_table(&[
        (
            "true and cost.total > child.age",
            "cost.total > child.age",
            "`cost.total` is money and `child.age` is a whole number: they cannot be compared",
            "",
        ),
        (
            "cost.total > 12.5",
            "cost.total > 12.5",
            "`cost.total` is money and `12.5` is a number: they cannot be compared",
            "write '£12.50'",
        ),
        (
            "child.age > '16'",
            "child.age > '16'",
            "`child.age` is a whole number and `'16'` is text: they cannot be compared",
            "write 16 without quotation marks",
        ),
        (
            "request.urgent == 'true'",
            "request.urgent == 'true'",
            "`request.urgent` is true or false and `'true'` is text: they cannot be compared",
            "write true without quotation marks",
        ),
        (
            "cost.total > '500'",
            "'500'",
            "`'500'` is not an amount of money",
            "write '£500'",
        ),
        (
            "cost.total > '£1,20'",
            "'£1,20'",
            "`'£1,20'` is not an amount of money",
            "write '£120'",
        ),
        (
            "cost.total > 'lots'",
            "'lots'",
            "`'lots'` is not an amount of money",
            "write pounds and pence like '£1,200.50'",
        ),
        (
            "request.start > '20/11/2026'",
            "'20/11/2026'",
            "`20/11/2026` is not a date",
            "write 2026-11-20",
        ),
        (
            "request.start < 5",
            "request.start < 5",
            "`request.start` is a day and `5` is a whole number: they cannot be compared",
            "one day minus another is a whole number of days",
        ),
        (
            "documents == 'care-plan'",
            "documents == 'care-plan'",
            "`documents` is a list of words and `'care-plan'` is text: they cannot be compared",
            "write `'care-plan' in documents`",
        ),
        (
            "request.kind < 'review'",
            "request.kind < 'review'",
            "`request.kind` is a word, which has no order",
            "compare with `==` or `!=`",
        ),
        (
            "request.kind == request.provision",
            "request.kind == request.provision",
            "`request.kind` and `request.provision` have no word in common",
            "",
        ),
        (
            "'review' in request.kind",
            "request.kind",
            "`request.kind` is a word, not a list",
            "compare with `==`",
        ),
        (
            "child.age in documents",
            "child.age in documents",
            "`child.age` is a whole number and `documents` is a list of words: the one cannot be in the other",
            "",
        ),
        (
            "documents in ['review']",
            "documents",
            "`documents` is itself a list",
            "ask for each word, like `'…' in documents`",
        ),
        (
            "500 in [child.age, cost.total]",
            "cost.total",
            "`500` is a whole number and `cost.total` is money: they cannot be compared",
            "",
        ),
        (
            "'2026-11-26' in [request.note, request.start]",
            "request.start",
            "`'2026-11-26'` is text and `request.start` is a day: they cannot be compared",
            "",
        ),
        (
            "request.kind == ['review']",
            "['review']",
            "a list stands only after `in`",
            "write `in` or `not in` before it",
        ),
        (
            "cost.total + child.age > 0",
            "cost.total + child.age",
            "`cost.total` is money and `child.age` is a whole number: they cannot be added",
            "",
        ),
        (
            "child.age + 1 - meeting.on > 0",
            "child.age + 1 - meeting.on",
            "`child.age + 1` is a whole number and `meeting.on` is a day: one cannot be taken from the other",
            "",
        ),
        (
            "cost.total > 99999999999999999",
            "99999999999999999",
            "`99999999999999999` pounds are too many",
            "",
        ),
    ]);
}

#[test]
fn what_is_not_true_or_false_is_no_condition() {
    assert_table(&[
        (
            " (cost.total) ",
            "(cost.total)",
            "a condition is true or false, but `(cost.total)` is money",
            "compare it with something, or ask whether it `is defined`",
        ),
        (
            "request.kind == 'review' or 'new-placement'",
            "'new-placement'",
            "`or` takes what is true or false, but `'new-placement'` is text",
            "write each comparison in full, or use `in` and a list",
        ),
        (
            "not documents",
            "documents",
            "`not` takes what is true or false, but `documents` is a list of words",
            "ask for one word, like `'care-plan' in documents`",
        ),
    ]);
}

#[test]
fn all_wrong_names_words_and_kinds_are_told_together_in_order() {
    let source = "cost.total > child.age and (request.knd == 'x' or request.kind in ['reviw', 'x']) and cots.total + 1 > 0";
    let texts: Vec<String> = errors(source).into_iter().map(|(text, ..)| text).collect();
    assert_eq!(
        texts,
        [
            "cost.total > child.age",
            "request.knd",
            "'reviw'",
            "'x'",
            "cots.total"
        ]
    );
}

#[test]
fn ranges_count_characters_not_bytes() {
    let errors = Condition::compile("cost.total > '£500' and knd", &Office).expect_err("unknown");
    assert_eq!((errors[0].start, errors[0].end), (24, 27));
}
