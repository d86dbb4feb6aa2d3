//! What holds for every text.

use super::{Case, Nothing, Office};
use crate::council::condition::{Condition, Facts};
use proptest::prelude::*;

/// Text made of the language's own pieces, which gets further than any text would.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "and",
        "or",
        "not",
        "in",
        "is",
        "defined",
        "true",
        "(",
        ")",
        "[",
        "]",
        ",",
        "==",
        "!=",
        "<",
        ">=",
        "+",
        "-",
        "'£500'",
        "'2026-11-26'",
        "'review'",
        "'x'",
        "500",
        "-3",
        "12.5",
        "request.kind",
        "cost.total",
        "child.age",
        "request.start",
        "meeting.on",
        "documents",
        "request.urgent",
        "threshold.high-cost",
        "request.knd",
        "placement.miles",
        "tags",
        "9223372036854775807",
        "é",
        "'",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.join(" "))
}

fn survives(source: &str) -> Result<(), TestCaseError> {
    let first = Condition::compile(source, &Office);
    prop_assert_eq!(&first, &Condition::compile(source, &Office));
    match first {
        Ok(condition) => {
            for facts in [&Case as &dyn Facts, &Nothing] {
                prop_assert_eq!(
                    condition.holds(facts),
                    condition.node.truth(facts) == Some(true)
                );
            }
        }
        Err(errors) => {
            prop_assert!(!errors.is_empty());
            let length = source.chars().count();
            for error in errors {
                prop_assert!(
                    error.start <= error.end && error.end <= length,
                    "{:?}",
                    error
                );
                prop_assert!(!error.message.is_empty());
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_text_makes_compiling_fall_over(text in "(?s).{0,60}") {
        survives(&text)?;
    }

    #[test]
    fn no_order_of_pieces_makes_compiling_fall_over(text in pieces()) {
        survives(&text)?;
    }
}
