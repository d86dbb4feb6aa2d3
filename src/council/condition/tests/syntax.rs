//! What is said of a condition that cannot be read, and where.

use super::{Office, assert_table, only};
use crate::council::condition::Condition;

#[test]
fn the_first_mistake_of_syntax_stands_alone() {
    assert_table(&[
        ("", "", "the condition is empty", ""),
        ("  ", "  ", "the condition is empty", ""),
        (
            "cost.total >",
            "",
            "the condition stops too soon",
            "a name, text, number or parenthesis stands here",
        ),
        (
            "request.kind = 'x'",
            "=",
            "`=` has no meaning in a condition",
            "compare with `==`",
        ),
        (
            "true && false",
            "&&",
            "`&` has no meaning in a condition",
            "write `and`",
        ),
        (
            "cost.total > £500",
            "£",
            "`£` has no meaning in a condition",
            "put the amount in quotation marks, like '£500'",
        ),
        (
            "request.kind == ‘review’",
            "‘",
            "`‘` has no meaning in a condition",
            "use straight quotation marks, like 'care-order'",
        ),
        (
            "true AND false",
            "AND",
            "`AND` is written in small letters",
            "write `and`",
        ),
        (
            "request.kind == 'review",
            "'review",
            "this text has no closing quotation mark",
            "close it with `'`",
        ),
        (
            "request.note == 'it\\'s'",
            "\\",
            "a backslash has no meaning in text",
            "write text that holds one quotation mark between two of the other sort",
        ),
        (
            "request.start > 2026-11-26",
            "2026-11-26",
            "`2026-11-26` is not in quotation marks",
            "write '2026-11-26'",
        ),
        (
            "child.age > 12x",
            "12x",
            "`12x` is not a number",
            "numbers have digits and at most two decimals, like 500 or 12.5",
        ),
        (
            "request. == 'x'",
            "request.",
            "`request.` stops at a full stop",
            "a name has a word after each full stop, like `request.kind`",
        ),
        (
            "cost.total > 1,200",
            ",",
            "a comma stands only between the items of a list",
            "lists stand in brackets, like ['a', 'b']; numbers are written without commas",
        ),
        (
            "1 < child.age < 5",
            "<",
            "a comparison has two sides",
            "join two comparisons with `and`",
        ),
        (
            "request.urgent == not request.closed",
            "not",
            "`not` cannot stand here",
            "put `not` and what it denies in parentheses",
        ),
        ("(true or false", "(", "this parenthesis is not closed", ""),
        (
            "(true or £",
            "£",
            "`£` has no meaning in a condition",
            "put the amount in quotation marks, like '£500'",
        ),
        ("true)", ")", "this parenthesis was never opened", ""),
        ("child.age in [1, 2", "[", "this bracket is not closed", ""),
        ("child.age in []", "[]", "nothing is in an empty list", ""),
        (
            "request.kind is 'review'",
            "is",
            "`is` asks only whether a name is defined",
            "write `is defined` or `is not defined`, or compare with `==`",
        ),
        (
            "5 is defined",
            "5",
            "`5` is not a name, and only names are defined or not",
            "",
        ),
        (
            "request.urgent request.closed £",
            "request.closed",
            "`request.closed` cannot follow directly",
            "put a comparison, `and` or `or` before it",
        ),
    ]);
}

#[test]
fn depth_is_limited_and_sixty_four_levels_are_allowed() {
    let nested = |levels: usize| format!("{}true{}", "(".repeat(levels), ")".repeat(levels));
    assert!(Condition::compile(&nested(64), &Office).is_ok());
    let (_, message, _) = only(&nested(65));
    assert_eq!(message, "this stands more than 64 levels deep");
    for opening in ["(", "not ", "[", "not ("] {
        let deep = opening.repeat(4_000 / opening.len());
        assert_eq!(
            only(&deep).1,
            "this stands more than 64 levels deep",
            "{opening}"
        );
    }
}

#[test]
fn length_is_limited_to_four_thousand_characters() {
    let padded = |length: usize| format!("{:length$}", "true");
    assert!(Condition::compile(&padded(4_000), &Office).is_ok());
    let (text, message, _) = only(&padded(4_003));
    assert_eq!(
        (text.len(), message.as_str()),
        (3, "a condition has at most 4000 characters")
    );
}
