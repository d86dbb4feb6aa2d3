//! Values of a plain form as serde reads them, without a tree in between.

use super::NotPlain;
use super::reading::{Read, Reading, Shape};
use super::scalar::Scalar;
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, Visitor};
use std::borrow::Cow;

/// The value that is read next.
pub(super) struct Value<'r, 't> {
    pub(super) reading: &'r mut Reading<'t>,
    pub(super) shape: Shape,
}

impl<'t> Value<'_, 't> {
    fn scalar(&mut self) -> Read<Scalar<'t>> {
        self.reading.scalar(self.shape)
    }

    /// An unquoted word.
    fn word(&mut self) -> Read<Cow<'t, str>> {
        match self.scalar()? {
            (text, false) => Ok(text),
            (_, true) => Err(NotPlain),
        }
    }
}

impl<'de> Deserializer<'de> for Value<'_, '_> {
    type Error = NotPlain;

    /// What reads itself from text (dates, money) comes here.
    fn deserialize_any<V: Visitor<'de>>(mut self, visitor: V) -> Read<V::Value> {
        visitor.visit_str(&self.scalar()?.0)
    }

    fn deserialize_bool<V: Visitor<'de>>(mut self, visitor: V) -> Read<V::Value> {
        match &*self.word()? {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(NotPlain),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(mut self, visitor: V) -> Read<V::Value> {
        match self.word()?.parse::<i64>() {
            Ok(number) if number.abs() <= 1_000_000 => visitor.visit_i64(number),
            _ => Err(NotPlain),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(mut self, visitor: V) -> Read<V::Value> {
        match self.word()?.parse::<u32>() {
            Ok(number) if number <= 1_000_000 => visitor.visit_u32(number),
            _ => Err(NotPlain),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(mut self, visitor: V) -> Read<V::Value> {
        let (text, is_quoted) = self.scalar()?;
        // A number that would lose its leading nought is worth a word, which the other way says.
        let would_lose =
            text.len() > 1 && text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
        if text.is_empty() || (would_lose && !is_quoted) {
            return Err(NotPlain);
        }
        visitor.visit_str(&text)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.shape {
            Shape::Blank => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let reading = self.reading;
        let shape = self.shape;
        reading.deeper()?;
        let list = match shape {
            Shape::Blank => List::Nothing,
            Shape::Block { indent } => List::Block { indent },
            Shape::Inline { .. } | Shape::Flow => {
                if reading.byte() != Some(b'[') {
                    return Err(NotPlain);
                }
                reading.at += 1;
                List::Flow { is_first: true }
            }
        };
        let value = visitor.visit_seq(Items {
            reading: &mut *reading,
            list,
        })?;
        if matches!(list, List::Flow { .. }) {
            reading.close_flow(shape)?;
        }
        reading.depth -= 1;
        Ok(value)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.read_map(visitor, true)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.read_map(visitor, false)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        mut self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        let (text, _) = self.scalar()?;
        if !variants.contains(&&*text) {
            return Err(NotPlain);
        }
        let text: &str = &text;
        visitor.visit_enum(text.into_deserializer())
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, _: V) -> Read<V::Value> {
        // A key that nobody knows: the other way says so, and what was meant.
        Err(NotPlain)
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple
        tuple_struct identifier
    }
}

impl Value<'_, '_> {
    fn read_map<'de, V: Visitor<'de>>(self, visitor: V, has_fields: bool) -> Read<V::Value> {
        let reading = self.reading;
        let shape = self.shape;
        reading.deeper()?;
        let map = match shape {
            Shape::Blank => Map::Nothing,
            Shape::Block { indent } if reading.is_item(indent) => return Err(NotPlain),
            Shape::Block { indent } => Map::Block {
                indent,
                is_inside: false,
            },
            // The first key stands behind the dash, the others below it.
            Shape::Inline { is_item: true, .. } if reading.byte() != Some(b'{') => Map::Block {
                indent: reading.column(),
                is_inside: true,
            },
            Shape::Inline { .. } | Shape::Flow => {
                if reading.byte() != Some(b'{') {
                    return Err(NotPlain);
                }
                reading.at += 1;
                // An empty group says as much as none, which the other way has to tell.
                reading.skip_spaces();
                if reading.byte() == Some(b'}') {
                    return Err(NotPlain);
                }
                Map::Flow { is_first: true }
            }
        };
        let is_top = reading.depth == 1;
        let value = visitor.visit_map(Entries {
            reading: &mut *reading,
            map,
            next: Shape::Blank,
            is_top,
            seen: (!has_fields).then(Vec::new),
        })?;
        if matches!(map, Map::Flow { .. }) {
            reading.close_flow(shape)?;
        }
        reading.depth -= 1;
        Ok(value)
    }
}

#[derive(Debug, Clone, Copy)]
enum List {
    Nothing,
    Block { indent: usize },
    Flow { is_first: bool },
}

struct Items<'r, 't> {
    reading: &'r mut Reading<'t>,
    list: List,
}

impl<'de> de::SeqAccess<'de> for Items<'_, '_> {
    type Error = NotPlain;

    /// So many that nothing is set aside for elements that never come.
    fn size_hint(&self) -> Option<usize> {
        match self.list {
            List::Nothing => Some(0),
            List::Block { indent } => Some(self.reading.items_below(indent)),
            // Lists in brackets are short ones.
            List::Flow { .. } => Some(1),
        }
    }

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Read<Option<S::Value>> {
        let shape = match self.list {
            List::Nothing => return Ok(None),
            List::Block { indent } => match self.reading.next_item(indent)? {
                Some(shape) => shape,
                None => return Ok(None),
            },
            List::Flow { is_first } => {
                if !self.reading.another(is_first, b']')? {
                    return Ok(None);
                }
                self.list = List::Flow { is_first: false };
                Shape::Flow
            }
        };
        let value = Value {
            reading: self.reading,
            shape,
        };
        seed.deserialize(value).map(Some)
    }
}

#[derive(Debug, Clone, Copy)]
enum Map {
    Nothing,
    /// `is_inside`: the first key stands on a line that has been begun.
    Block {
        indent: usize,
        is_inside: bool,
    },
    Flow {
        is_first: bool,
    },
}

struct Entries<'r, 't> {
    reading: &'r mut Reading<'t>,
    map: Map,
    next: Shape,
    is_top: bool,
    /// Keys met, where no list of fields finds a doubled one.
    seen: Option<Vec<&'t str>>,
}

impl<'t> Entries<'_, 't> {
    /// The next key, with how its value is written.
    fn next_key(&mut self) -> Read<Option<&'t str>> {
        let reading = &mut *self.reading;
        match self.map {
            Map::Nothing => Ok(None),
            Map::Block { indent, is_inside } => {
                if !is_inside && !reading.next_line(indent)? {
                    return Ok(None);
                }
                self.map = Map::Block {
                    indent,
                    is_inside: false,
                };
                let key = reading.key()?;
                self.next = reading.shape_after_key(indent)?;
                Ok(Some(key))
            }
            Map::Flow { is_first } => {
                if !reading.another(is_first, b'}')? {
                    return Ok(None);
                }
                self.map = Map::Flow { is_first: false };
                let key = reading.key()?;
                if reading.byte() != Some(b' ') {
                    return Err(NotPlain);
                }
                reading.skip_spaces();
                self.next = Shape::Flow;
                Ok(Some(key))
            }
        }
    }
}

impl<'de> de::MapAccess<'de> for Entries<'_, '_> {
    type Error = NotPlain;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Read<Option<S::Value>> {
        loop {
            let Some(key) = self.next_key()? else {
                return Ok(None);
            };
            if let Some(seen) = &mut self.seen {
                if seen.contains(&key) {
                    return Err(NotPlain);
                }
                seen.push(key);
                // In a group without fields of its own a key with nothing behind it is no key.
                if self.next == Shape::Blank {
                    continue;
                }
            }
            if self.is_top && self.next != Shape::Blank && self.reading.required.contains(&key) {
                self.reading.top.push(key);
            }
            let key: de::value::StrDeserializer<'_, NotPlain> = key.into_deserializer();
            return seed.deserialize(key).map(Some);
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Read<S::Value> {
        seed.deserialize(Value {
            reading: self.reading,
            shape: self.next,
        })
    }
}
