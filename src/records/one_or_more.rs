//! What is written as one block, or as a list of several.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::borrow::Cow;
use std::marker::PhantomData;

/// The name by which readers of files know such a value: a block of keys is one, a list several.
pub(crate) const ONE_OR_MORE: &str = "OneOrMore";

/// None, one or several of the same, in the order in which they stand.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OneOrMore<T> {
    rows: Vec<T>,
    /// Whether they stand in a list; one alone need not.
    is_list: bool,
}

impl<T> OneOrMore<T> {
    /// Each of them.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.rows.iter()
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether they stand in a list.
    pub(crate) const fn is_list(&self) -> bool {
        self.is_list
    }

    /// The path of one of them in its file, below this key.
    pub(crate) fn path(&self, key: &str, row: usize) -> String {
        match self.is_list {
            true => format!("{key}[{row}]"),
            false => key.to_owned(),
        }
    }
}

impl<T> Default for OneOrMore<T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            is_list: false,
        }
    }
}

impl<T: Serialize> Serialize for OneOrMore<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (&self.rows[..], self.is_list) {
            ([], false) => serializer.serialize_none(),
            ([one], false) => one.serialize(serializer),
            (rows, _) => rows.serialize(serializer),
        }
    }
}

struct Reader<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
    type Value = OneOrMore<T>;

    fn expecting(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("a block of keys, or a list of them")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(OneOrMore::default())
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, one: D) -> Result<Self::Value, D::Error> {
        Ok(OneOrMore {
            rows: vec![T::deserialize(one)?],
            is_list: false,
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        let rows = Vec::deserialize(SeqAccessDeserializer::new(list))?;
        Ok(OneOrMore {
            rows,
            is_list: true,
        })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMore<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_tuple_struct(ONE_OR_MORE, 0, Reader(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMore<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMore{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({
            "anyOf": [one.clone(), {"type": "array", "items": one}, {"type": "null"}]
        })
    }
}
