//! Where a key that is missing belongs: after the last of those that stand before it in the form.

use super::fault::{Fault, FaultKind};
use super::meant::line_of;
use super::tree::Node;
use crate::findings::Span;
use serde::de::{self, Deserializer, Visitor};

/// The top-level keys of a record, in the order in which the form has them; none for what is no
/// group of named keys.
pub(super) fn keys_of<T: de::DeserializeOwned>() -> &'static [&'static str] {
    // A record tells its keys to whoever is asked to read it, and they are all that is wanted here.
    match T::deserialize(Asking) {
        Err(Told(keys)) => keys,
        Ok(_) => &[],
    }
}

/// Of the keys that stand in a file, the place of the one that a missing key comes after; none
/// where it would be the first.
pub(super) fn comes_after<'k, P>(
    order: &[&str],
    missing: &str,
    present: impl IntoIterator<Item = (&'k str, P)>,
) -> Option<P> {
    let rank = |key: &str| order.iter().position(|known| *known == key);
    let own = rank(missing)?;
    present
        .into_iter()
        .filter_map(|(key, place)| Some((rank(key).filter(|rank| *rank < own)?, place)))
        .max_by_key(|(rank, _)| *rank)
        .map(|(_, place)| place)
}

/// The keys that stand in a group, each with its place.
pub(super) fn standing(entries: &[super::tree::Entry]) -> impl Iterator<Item = (&str, Span)> {
    entries.iter().map(|entry| (entry.key.as_str(), entry.span))
}

/// Each top-level key that is missing and without which the file cannot be used.
pub(super) fn missing<'a>(
    root: &'a Node,
    required: &'a [&str],
    order: &'a [&str],
) -> impl Iterator<Item = Fault> + 'a {
    required
        .iter()
        .filter(|key| root.get(key).is_none_or(|entry| entry.value.is_blank()))
        .map(move |key| {
            let place = || root.locate_among(key, order);
            let span = root.get(key).map_or_else(place, |entry| entry.span);
            Fault::at(FaultKind::MissingField, span, format!("`{key}` is missing"))
                .path(*key)
                .help(format!(
                    "add `{}`; without it this file cannot be used",
                    line_of(key)
                ))
        })
}

struct Asking;

/// The keys that were told. Reading ends there, and nothing has gone wrong.
#[derive(Debug)]
struct Told(&'static [&'static str]);

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the keys were told")
    }
}

impl std::error::Error for Told {}

impl de::Error for Told {
    fn custom<M: std::fmt::Display>(_: M) -> Self {
        Self(&[])
    }
}

impl<'de> Deserializer<'de> for Asking {
    type Error = Told;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Told> {
        Err(Told(&[]))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Told> {
        Err(Told(fields))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::{comes_after, keys_of};
    use crate::records::{Decision, Meeting, Referral};

    #[test]
    fn records_tell_their_keys_in_the_order_of_the_form() {
        let keys = keys_of::<Referral>();
        let at = |key| keys.iter().position(|known| *known == key);
        assert_eq!(at("reference"), Some(0));
        assert!(at("child") < at("worker"), "{keys:?}");
        assert!(at("costs") < at("total"), "{keys:?}");
        assert!(keys_of::<Meeting>().contains(&"attendance"));
        assert!(keys_of::<Decision>().contains(&"rationale"));
        assert!(keys_of::<Vec<String>>().is_empty());
    }

    #[test]
    fn a_missing_key_comes_after_the_last_that_stands_before_it() {
        let order = ["a", "b", "c", "d"];
        let standing = [("d", 1), ("a", 2), ("own", 3), ("b", 4)];
        assert_eq!(comes_after(&order, "c", standing), Some(4));
        assert_eq!(comes_after(&order, "a", standing), None);
        assert_eq!(comes_after(&order, "nowhere", standing), None);
    }
}
