//! Answers, days and texts by the ids that a council gives: few to a file, and there for every file.

use super::Text;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::marker::PhantomData;

/// Values by their ids, in the order of the ids.
///
/// A tree sets aside room for eleven of them; a form has three or four, and a folder twenty
/// thousand forms.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ById<V>(Box<[(Text, V)]>);

impl<V> ById<V> {
    /// The value of an id.
    pub(crate) fn get(&self, id: &str) -> Option<&V> {
        let mut entries = self.iter();
        entries.find(|entry| entry.0 == id).map(|entry| entry.1)
    }

    /// Whether an id has a value.
    pub(crate) fn contains_key(&self, id: &str) -> bool {
        self.get(id).is_some()
    }

    /// Gives an id a value, in place of the one that it had.
    pub(crate) fn insert(&mut self, id: impl Into<Text>, value: V) {
        let entries = std::mem::take(&mut self.0).into_iter();
        *self = entries.chain([(id.into(), value)]).collect();
    }

    /// Each id with its value, in the order of the ids.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.0.iter().map(|(id, value)| (&**id, value))
    }

    /// The ids, in their order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(id, _)| id)
    }

    /// The values, in the order of their ids.
    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }
}

impl<V> Default for ById<V> {
    fn default() -> Self {
        Self(Box::default())
    }
}

impl<V> FromIterator<(Text, V)> for ById<V> {
    /// Of an id that comes twice the last value stays.
    fn from_iter<I: IntoIterator<Item = (Text, V)>>(entries: I) -> Self {
        let mut entries: Vec<_> = entries.into_iter().collect();
        let is_in_order = entries.is_sorted_by(|one, other| one.0 < other.0);
        if !is_in_order {
            let all: BTreeMap<_, _> = entries.into_iter().collect();
            entries = all.into_iter().collect();
        }
        Self(entries.into_boxed_slice())
    }
}

impl<V: Serialize> Serialize for ById<V> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.iter())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for ById<V> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reader<V>(PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for Reader<V> {
            type Value = ById<V>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a map")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ById<V>, A::Error> {
                std::iter::from_fn(|| map.next_entry().transpose()).collect()
            }
        }
        from.deserialize_map(Reader(PhantomData))
    }
}

/// To a schema it is what it is to a file: a group of keys.
impl<V: schemars::JsonSchema> schemars::JsonSchema for ById<V> {
    fn inline_schema() -> bool {
        BTreeMap::<String, V>::inline_schema()
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        BTreeMap::<String, V>::schema_name()
    }
    fn json_schema(schemas: &mut schemars::SchemaGenerator) -> schemars::Schema {
        BTreeMap::<String, V>::json_schema(schemas)
    }
}
