//! From a tree to a record, telling every fault of one file together.
//!
//! serde stops at the first error. Here an error is noted at its path, that value is left out,
//! and the tree is read again, until what remains can be read whole.

use super::fault::{Fault, FaultKind, nearest};
use super::meant::as_a_group;
use super::order::{keys_of, missing};
use super::trail::Trail;
use super::tree::{Content, Entry, Node, Style};
use crate::findings::Span;
use crate::records::ONE_OR_MORE;
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, Visitor};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// More faults of structure than this in one file, and the rest of it is not read.
const MOST_FAULTS: usize = 200;

/// A type of this name takes one word as well as a list of them.
pub(crate) const ONE_OR_MANY: &str = "OneOrMany";

/// Reads a record from a tree; whatever could not be read is left at its default and told.
///
/// `required` are the top-level keys without which the file cannot be used.
pub(crate) fn decode<T>(root: &Node, required: &[&str]) -> (T, Vec<Fault>)
where
    T: de::DeserializeOwned + Default,
{
    let notes = RefCell::new(Vec::new());
    let mut left_out = BTreeSet::new();
    let mut faults = Vec::new();
    let record = loop {
        notes.borrow_mut().clear();
        let reader = Reader {
            node: root,
            trail: &Trail::Root,
            left_out: &left_out,
            notes: &notes,
        };
        match T::deserialize(reader) {
            Ok(record) => break record,
            Err(error) => {
                let path = error.path();
                let span = error.span.unwrap_or_else(|| root.locate(&path));
                let (message, help) = match error.text.split_once('\n') {
                    Some((fault, remedy)) => (fault.to_owned(), Some(remedy.to_owned())),
                    None => (error.text.clone(), None),
                };
                faults.push(Fault {
                    help,
                    ..Fault::at(FaultKind::BadValue, span, message).path(path.clone())
                });
                if !left_out.insert(path) || faults.len() >= MOST_FAULTS {
                    break T::default();
                }
            }
        }
    };
    faults.append(&mut notes.borrow_mut());
    faults.extend(missing(root, required, keys_of::<T>()));
    (record, faults)
}

struct Reader<'a> {
    node: &'a Node,
    trail: &'a Trail<'a>,
    left_out: &'a BTreeSet<String>,
    notes: &'a RefCell<Vec<Fault>>,
}

/// A value that could not be read: what and where.
#[derive(Debug)]
struct DecodeError {
    text: String,
    /// Steps from the value outwards.
    steps: Vec<String>,
    span: Option<Span>,
}

impl DecodeError {
    fn path(&self) -> String {
        let mut path = String::new();
        for step in self.steps.iter().rev() {
            if !path.is_empty() && !step.starts_with('[') {
                path.push('.');
            }
            path.push_str(step);
        }
        path
    }
}

impl std::fmt::Display for DecodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for DecodeError {}

impl de::Error for DecodeError {
    fn custom<M: std::fmt::Display>(message: M) -> Self {
        Self {
            text: message.to_string(),
            steps: Vec::new(),
            span: None,
        }
    }
}

impl Reader<'_> {
    fn wrong<T>(&self, wanted: &str, remedy: &str) -> Result<T, DecodeError> {
        let found = match &self.node.content {
            Content::Blank => "nothing".to_owned(),
            Content::Scalar(text, _) if text.chars().count() > 40 => "text".to_owned(),
            Content::Scalar(text, _) => format!("`{}`", text.trim()),
            Content::List(_) => "a list".to_owned(),
            Content::Map(_) => "lines of its own".to_owned(),
        };
        Err(DecodeError {
            text: format!("{wanted} belongs here, not {found}\n{remedy}"),
            steps: Vec::new(),
            span: None,
        })
    }

    fn scalar(&self, wanted: &str, remedy: &str) -> Result<(&str, Style), DecodeError> {
        match &self.node.content {
            Content::Scalar(text, style) => Ok((text, *style)),
            _ => self.wrong(wanted, remedy),
        }
    }

    fn is_left_out(&self, trail: &Trail<'_>) -> bool {
        !self.left_out.is_empty() && self.left_out.contains(&trail.path())
    }

    /// Text that other programs would take for a number is worth a word: they would drop its
    /// leading noughts.
    fn note_leading_nought(&self, text: &str, style: Style) {
        let is_number =
            text.len() > 1 && text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
        if style == Style::Plain && is_number {
            let mut fault = Fault::at(
                FaultKind::BadValue,
                self.node.span,
                format!("`{text}` would lose its leading 0 in other programs"),
            )
            .path(self.trail.path())
            .help(format!("put it in quotation marks: \"{text}\""));
            fault.is_harmless = true;
            self.notes.borrow_mut().push(fault);
        }
    }
}

const WHOLE: &str = "a whole number";
const TEXT: &str = "text";
const LIST: &str = "a list";
const GROUP: &str = "more than a word";

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = DecodeError;

    /// What reads itself from text (dates, money) comes here.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let (text, _) = match &self.node.content {
            Content::Scalar(text, style) => (text, style),
            _ => {
                struct Wanted<'a, V>(&'a V);
                impl<'de, V: Visitor<'de>> std::fmt::Display for Wanted<'_, V> {
                    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        self.0.expecting(f)
                    }
                }
                let wanted = Wanted(&visitor).to_string();
                return self.wrong(&wanted, "write it after the colon, on the same line");
            }
        };
        visitor.visit_str(text)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let (text, style) = self.scalar("true or false", "write true or false")?;
        match (text, style) {
            ("true", Style::Plain | Style::Truth) => visitor.visit_bool(true),
            ("false", Style::Plain | Style::Truth) => visitor.visit_bool(false),
            (text, _) => {
                let remedy = match text.to_lowercase().as_str() {
                    "yes" | "y" | "true" | "on" => "write true",
                    "no" | "n" | "false" | "off" => "write false",
                    _ => {
                        "write true for yes, false for no; take the line out where nobody has said"
                    }
                };
                self.wrong("true or false", remedy)
            }
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let (text, style) = self.scalar(WHOLE, "write digits only")?;
        let is_number = matches!(style, Style::Plain | Style::Number);
        match text.parse::<i64>() {
            Ok(number) if is_number && number.abs() <= 1_000_000 => visitor.visit_i64(number),
            _ => self.wrong(
                WHOLE,
                "write digits only, without quotation marks: 1000000 at most",
            ),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let (text, style) = self.scalar(WHOLE, "write digits only")?;
        let is_number = matches!(style, Style::Plain | Style::Number);
        match text.parse::<u32>() {
            Ok(number) if is_number && number <= 1_000_000 => visitor.visit_u32(number),
            _ => self.wrong(
                WHOLE,
                "write digits only, without quotation marks: 1000000 at most",
            ),
        }
    }

    /// Bytes and the like, of which there may be more than of anything in a form.
    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let (text, style) = self.scalar(WHOLE, "write digits only")?;
        let is_number = matches!(style, Style::Plain | Style::Number);
        match text.parse::<u64>() {
            Ok(number) if is_number => visitor.visit_u64(number),
            _ => self.wrong(WHOLE, "write digits only, without quotation marks"),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let (text, style) = self.scalar(
            TEXT,
            "write it after the colon, in quotation marks or under `>-`",
        )?;
        if matches!(style, Style::Number | Style::Truth | Style::Date) {
            return self.wrong(TEXT, "put it in quotation marks");
        }
        self.note_leading_nought(text, style);
        visitor.visit_str(text)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.node.content {
            Content::Blank => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let Content::List(nodes) = &self.node.content else {
            let remedy = match &self.node.content {
                Content::Scalar(text, _)
                    if !text.contains('\n') && text.len() < 40 && !text.starts_with('-') =>
                {
                    let text = text.trim().trim_matches(['[', ']', ',']);
                    format!("write it as a list: [{text}]")
                }
                _ => "begin each part with a dash and a space, on a line of its own".to_owned(),
            };
            return self.wrong(LIST, &remedy);
        };
        visitor.visit_seq(Items {
            nodes: nodes.iter().enumerate(),
            reader: &self,
        })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        self.read_map(Some(fields), visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.read_map(None, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        let (text, _) = self.scalar("a word", "write one of the words that belong here")?;
        if !variants.contains(&text) {
            let remedy = match nearest(text, variants.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write one of {}", variants.join(", ")),
            };
            return Err(de::Error::custom(format!(
                "`{text}` is not a word that belongs here\n{remedy}"
            )));
        }
        visitor.visit_enum(text.into_deserializer())
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        visitor.visit_newtype_struct(self)
    }

    /// What is read as a tuple struct is a word or a list of words, or a block of keys or a list of
    /// such blocks.
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        match &self.node.content {
            Content::Scalar(..) if name == ONE_OR_MANY => self.deserialize_str(visitor),
            _ if name == ONE_OR_MORE && self.node.is_blank() => visitor.visit_unit(),
            Content::Map(_) | Content::Scalar(..) if name == ONE_OR_MORE => {
                visitor.visit_newtype_struct(self)
            }
            _ => self.deserialize_seq(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u128 f32 f64 char bytes byte_buf unit unit_struct tuple identifier
    }
}

impl Reader<'_> {
    fn read_map<'de, V: Visitor<'de>>(
        self,
        fields: Option<&'static [&'static str]>,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        let Content::Map(entries) = &self.node.content else {
            if self.node.is_blank() {
                return visitor.visit_map(Entries {
                    entries: [].iter(),
                    fields,
                    value: None,
                    reader: &self,
                });
            }
            let text = match &self.node.content {
                Content::Scalar(text, _) => text.trim(),
                _ => "",
            };
            return self.wrong(GROUP, &as_a_group(text, fields.unwrap_or_default()));
        };
        visitor.visit_map(Entries {
            entries: entries.iter(),
            fields,
            value: None,
            reader: &self,
        })
    }

    fn note_unknown(&self, entry: &Entry, fields: &[&str]) {
        // What is beyond is not told, so that nothing near it need be looked for either.
        if self.notes.borrow().len() > MOST_FAULTS {
            return;
        }
        let trail = Trail::Key(self.trail, &entry.key);
        let near = nearest(&entry.key, fields.iter().copied());
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None if fields.len() <= 12 => format!("what belongs here is {}", fields.join(", ")),
            None => "move it to where it belongs, or take it out: the book says what belongs where"
                .to_owned(),
        };
        let mut fault = Fault::at(
            FaultKind::UnknownField,
            entry.span,
            format!("`{}` does not belong here", entry.key),
        )
        .path(trail.path())
        .help(help);
        // Where the key that was meant stands there as well, what is said of it is its own.
        fault.meant = near
            .filter(|near| self.node.get(near).is_none())
            .map(|near| Trail::Key(self.trail, near).path());
        self.notes.borrow_mut().push(fault);
    }
}

struct Items<'a> {
    nodes: std::iter::Enumerate<std::slice::Iter<'a, Node>>,
    reader: &'a Reader<'a>,
}

impl<'de> de::SeqAccess<'de> for Items<'_> {
    type Error = DecodeError;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, DecodeError> {
        for (index, node) in self.nodes.by_ref() {
            let trail = Trail::Index(self.reader.trail, index);
            if self.reader.is_left_out(&trail) {
                continue;
            }
            let reader = Reader {
                node,
                trail: &trail,
                left_out: self.reader.left_out,
                notes: self.reader.notes,
            };
            return seed.deserialize(reader).map(Some).map_err(|mut error| {
                error.steps.push(format!("[{index}]"));
                error
            });
        }
        Ok(None)
    }
}

struct Entries<'a> {
    entries: std::slice::Iter<'a, Entry>,
    fields: Option<&'static [&'static str]>,
    value: Option<&'a Entry>,
    reader: &'a Reader<'a>,
}

impl<'de> de::MapAccess<'de> for Entries<'_> {
    type Error = DecodeError;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, DecodeError> {
        for entry in self.entries.by_ref() {
            if let Some(fields) = self.fields
                && !fields.contains(&entry.key.as_str())
            {
                self.reader.note_unknown(entry, fields);
                continue;
            }
            // A key with nothing after it says as much as no key.
            if matches!(entry.value.content, Content::Blank) {
                continue;
            }
            if self
                .reader
                .is_left_out(&Trail::Key(self.reader.trail, &entry.key))
            {
                continue;
            }
            self.value = Some(entry);
            let key: de::value::StrDeserializer<'_, DecodeError> =
                entry.key.as_str().into_deserializer();
            return seed.deserialize(key).map(Some).map_err(|mut error| {
                error.steps.push(entry.key.clone());
                error.span = Some(entry.span);
                error
            });
        }
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<S::Value, DecodeError> {
        let entry = self
            .value
            .take()
            .expect("serde asks for a key before its value");
        let trail = Trail::Key(self.reader.trail, &entry.key);
        let reader = Reader {
            node: &entry.value,
            trail: &trail,
            left_out: self.reader.left_out,
            notes: self.reader.notes,
        };
        seed.deserialize(reader).map_err(|mut error| {
            error.steps.push(entry.key.clone());
            error
        })
    }
}
