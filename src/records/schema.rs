//! How the scalar types of files look in a JSON Schema: what an editor may let stand.

use super::{Day, Decimal, Interval, Moment, Money};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// Writes a type's schema where it is used: a scalar needs no definition of its own.
macro_rules! looks_like {
    ($($type:ty, $name:literal, $schema:expr;)*) => {$(
        impl JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    )*};
}

/// The days that there are.
macro_rules! day {
    () => {
        "(\\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|1\\d|2[0-8]))|(\\d\\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)"
    };
}

// Amounts are pounds and pence and say so by a pattern where they are text. `multipleOf: 0.01`
// is rejected: binary floats make validators refuse sound amounts.
//
// A day is one that there is, 29 February in leap years; `format: date` is rejected: validators
// differ on whether it counts.
looks_like! {
    Day, "Day", json_schema!({
        "type": "string",
        "pattern": concat!("^", day!(), "$"),
        // What editors show in place of the pattern; validators pass over it.
        "patternErrorMessage": "write a day that there is, like 2026-11-26",
        "examples": ["2026-11-26"],
    });
    Moment, "Moment", json_schema!({
        "type": "string",
        "pattern": concat!("^", day!(), "([Tt ]([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?)?$"),
        "patternErrorMessage": "write a day and an hour like 2026-11-26T14:00, or a day alone",
        "examples": ["2026-11-26T14:00", "2026-11-26"],
    });
    Money, "Money", json_schema!({
        "type": ["number", "string"],
        "minimum": 0,
        "maximum": 1_000_000_000,
        "pattern": "^\\d+(\\.\\d{1,2})?$",
        "patternErrorMessage": "write pounds and pence like 1250.50, without a sign or commas",
        "examples": [1234.50],
    });
    Decimal, "Decimal", json_schema!({
        "type": ["number", "string"],
        "pattern": "^-?\\d+(\\.\\d{1,2})?$",
        "examples": [12.5],
    });
    Interval, "Interval", json_schema!({
        "type": "string",
        "pattern": "^ *0*[1-9]\\d* +(day|week|month)s? *$",
        "examples": ["4 weeks", "6 months"],
    });
}
