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

// Amounts are pounds and pence and say so by a pattern where they are text. `multipleOf: 0.01`
// is rejected: binary floats make validators refuse sound amounts.
looks_like! {
    Day, "Day", json_schema!({
        "type": "string",
        "pattern": "^\\d{4}-\\d{2}-\\d{2}$",
        "examples": ["2026-11-26"],
    });
    Moment, "Moment", json_schema!({
        "type": "string",
        "pattern": "^\\d{4}-\\d{2}-\\d{2}([Tt ]\\d{2}:\\d{2}(:\\d{2})?)?$",
        "examples": ["2026-11-26T14:00", "2026-11-26"],
    });
    Money, "Money", json_schema!({
        "type": ["number", "string"],
        "minimum": 0,
        "maximum": 1_000_000_000,
        "pattern": "^\\d+(\\.\\d{1,2})?$",
        "examples": [1234.50],
    });
    Decimal, "Decimal", json_schema!({
        "type": ["number", "string"],
        "pattern": "^-?\\d+(\\.\\d{1,2})?$",
        "examples": [12.5],
    });
    Interval, "Interval", json_schema!({
        "type": "string",
        "pattern": "^ *\\d+ +(day|week|month)s? *$",
        "examples": ["4 weeks", "6 months"],
    });
}
