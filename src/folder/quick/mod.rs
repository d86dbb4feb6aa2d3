//! The quick way through a sound form: plain YAML read straight into its record.
//!
//! Nearly every file of a folder is written plainly and has no fault. Such a file is read here in
//! one go, without a tree and without places. Whatever is not plain (another layout, a character
//! that needs thought, a key that nobody knows, a value that cannot be read) gives nothing, and
//! the file is read again by `yaml` and `decode`, which understand all of it and tell each fault.
//! The two never differ in what they make of a file that both read: tests hold that.

mod skim;

pub(super) use skim::locate;

use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, Visitor};
use std::borrow::Cow;

/// Deeper nesting than any form has is left to the other way.
const DEEPEST: u8 = 20;

/// The record that a text says, where it is written plainly and without a fault.
///
/// `required` are the top-level keys without which the file cannot be used.
pub(super) fn read<T>(text: &str, required: &[&str]) -> Option<T>
where
    T: de::DeserializeOwned,
{
    if !is_plain(text.as_bytes()) {
        return None;
    }
    let mut reading = Reading {
        text,
        at: 0,
        top: Vec::with_capacity(required.len()),
        required,
        depth: 0,
    };
    // An empty file is a fault of its own.
    reading.peek()?;
    let record = T::deserialize(Value {
        reading: &mut reading,
        shape: Shape::Block { indent: 0 },
    })
    .ok()?;
    let is_whole = reading.peek().is_none();
    let has_all = required.iter().all(|key| reading.top.contains(key));
    (is_whole && has_all).then_some(record)
}

/// Whether every character is one that needs no thought: no tab, no other line break than `\n`,
/// nothing that controls.
fn is_plain(bytes: &[u8]) -> bool {
    let is_odd = |byte: u8| (byte < b' ' && byte != b'\n') || byte == 0x7f;
    if bytes.iter().fold(false, |odd, byte| odd | is_odd(*byte)) {
        return false;
    }
    if bytes.is_ascii() {
        return true;
    }
    // C1 controls, U+0085 among them; line and paragraph separators; byte order marks.
    !bytes.windows(3).any(|three| {
        matches!(
            three,
            [0xc2, 0x80..=0x9f, _] | [0xe2, 0x80, 0xa8 | 0xa9] | [0xef, 0xbb, 0xbf]
        )
    }) && !matches!(bytes, [.., 0xc2, 0x80..=0x9f])
}

/// The file is to be read the other way; which fault it has is not known here.
#[derive(Debug)]
struct NotPlain;

impl std::fmt::Display for NotPlain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not plain")
    }
}

impl std::error::Error for NotPlain {}

impl de::Error for NotPlain {
    fn custom<M: std::fmt::Display>(_: M) -> Self {
        Self
    }
}

type Read<T> = Result<T, NotPlain>;

/// The text, and how far it has been read.
struct Reading<'t> {
    text: &'t str,
    at: usize,
    /// Required keys of the top level that were met.
    top: Vec<&'t str>,
    required: &'t [&'t str],
    depth: u8,
}

/// How the value that is read next is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Nothing stands there.
    Blank,
    /// On this line, behind its key or its dash; `parent` is how far the key or dash is indented.
    Inline { parent: usize, is_item: bool },
    /// On the lines that follow, indented so far.
    Block { indent: usize },
    /// Within `[…]` or `{…}`.
    Flow,
}

/// A piece of text, and whether it stood in quotation marks or a block.
type Scalar<'t> = (Cow<'t, str>, bool);

impl<'t> Reading<'t> {
    fn rest(&self) -> &'t [u8] {
        &self.text.as_bytes()[self.at..]
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_spaces(&mut self) {
        let spaces = self.rest().iter().take_while(|byte| **byte == b' ').count();
        self.at += spaces;
    }

    /// To the beginning of the next line; the rest of this one is blank or a comment.
    fn end_line(&mut self) -> Read<()> {
        let before = self.at;
        self.skip_spaces();
        match self.byte() {
            None => Ok(()),
            Some(b'\n') => {
                self.at += 1;
                Ok(())
            }
            Some(b'#') if self.at > before => {
                self.skip_line();
                Ok(())
            }
            Some(_) => Err(NotPlain),
        }
    }

    fn skip_line(&mut self) {
        self.at = memchr(b'\n', self.rest()).map_or(self.text.len(), |end| self.at + end + 1);
    }

    /// From the beginning of a line over blank lines and comments to one that says something: how
    /// far it is indented. Nothing is consumed of that line.
    fn peek(&mut self) -> Option<usize> {
        loop {
            let rest = self.rest();
            let indent = rest.iter().take_while(|byte| **byte == b' ').count();
            match rest.get(indent) {
                None => {
                    self.at = self.text.len();
                    return None;
                }
                Some(b'\n') => self.at += indent + 1,
                Some(b'#') => self.skip_line(),
                Some(_) => return Some(indent),
            }
        }
    }

    /// Whether the line that begins here, indented so far, is a list's element.
    fn is_item(&self, indent: usize) -> bool {
        let rest = &self.rest()[indent..];
        rest.first() == Some(&b'-') && matches!(rest.get(1), None | Some(b' ' | b'\n'))
    }

    /// How many elements the list has that begins here, indented so far.
    fn items_below(&self, indent: usize) -> usize {
        let mut rest = self.rest();
        let mut count = 0;
        loop {
            let spaces = rest.iter().take_while(|byte| **byte == b' ').count();
            match rest.get(spaces) {
                None => return count,
                Some(b'-') if spaces == indent => count += 1,
                Some(b'\n' | b'#') => {}
                Some(_) if spaces > indent => {}
                Some(_) => return count,
            }
            rest = memchr(b'\n', rest).map_or(&[][..], |end| &rest[end + 1..]);
        }
    }

    /// A key with its colon; what follows is a space, or the end of the line.
    fn key(&mut self) -> Read<&'t str> {
        let rest = self.rest();
        let is_of_a_key = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let length = rest.iter().take_while(|byte| is_of_a_key(byte)).count();
        let begins = rest.first().is_some_and(u8::is_ascii_alphabetic);
        let ends = matches!(
            (rest.get(length), rest.get(length + 1)),
            (Some(b':'), None | Some(b' ' | b'\n'))
        );
        if !begins || !ends {
            return Err(NotPlain);
        }
        let key = &self.text[self.at..self.at + length];
        // `null: …` and `~: …` are keys too, but not ones that a form has.
        if matches!(key, "null" | "Null" | "NULL") {
            return Err(NotPlain);
        }
        self.at += length + 1;
        Ok(key)
    }

    /// How the value behind a key is written that is indented so far.
    fn shape_after_key(&mut self, indent: usize) -> Read<Shape> {
        let behind = self.at;
        self.skip_spaces();
        match self.byte() {
            None | Some(b'\n' | b'#') => {
                self.at = behind;
                self.end_line()?;
                Ok(match self.peek() {
                    Some(below) if below > indent => Shape::Block { indent: below },
                    Some(below) if below == indent && self.is_item(below) => {
                        Shape::Block { indent: below }
                    }
                    _ => Shape::Blank,
                })
            }
            Some(_) if self.is_nothing() => {
                self.end_line()?;
                self.continues(indent)?;
                Ok(Shape::Blank)
            }
            Some(_) => Ok(Shape::Inline {
                parent: indent,
                is_item: false,
            }),
        }
    }

    /// Reads `~` or `null` where that is all there is.
    fn is_nothing(&mut self) -> bool {
        let rest = self.rest();
        for word in ["~", "null", "Null", "NULL"] {
            if rest.starts_with(word.as_bytes()) {
                let behind = &rest[word.len()..];
                let spaces = behind.iter().take_while(|byte| **byte == b' ').count();
                let is_end = match behind.get(spaces) {
                    None | Some(b'\n') => true,
                    Some(b'#') => spaces > 0,
                    Some(_) => false,
                };
                if is_end {
                    self.at += word.len();
                    return true;
                }
            }
        }
        false
    }

    /// Text that goes on in the next line is read the other way.
    fn continues(&mut self, parent: usize) -> Read<()> {
        match self.peek() {
            Some(indent) if indent > parent => Err(NotPlain),
            _ => Ok(()),
        }
    }

    /// A piece of text on this line, the line's end included; or a block of text below it.
    fn inline_scalar(&mut self, parent: usize) -> Read<Scalar<'t>> {
        match self.byte() {
            Some(quote @ (b'"' | b'\'')) => {
                let text = self.quoted(quote)?;
                self.end_line()?;
                self.continues(parent)?;
                Ok((Cow::Borrowed(text), true))
            }
            Some(b'|') => self.block(parent, false),
            Some(b'>') => self.block(parent, true),
            _ => {
                let line = self.rest();
                let line = &line[..memchr(b'\n', line).unwrap_or(line.len())];
                let text = plain(line)?;
                let text = &self.text[self.at..self.at + text];
                self.at += line.len();
                if self.byte().is_some() {
                    self.at += 1;
                }
                self.continues(parent)?;
                Ok((Cow::Borrowed(text), false))
            }
        }
    }

    /// Text in quotation marks, on one line and with nothing in it that stands for something else.
    fn quoted(&mut self, quote: u8) -> Read<&'t str> {
        let inside = &self.rest()[1..];
        let length = memchr(quote, inside).ok_or(NotPlain)?;
        let text = &self.text[self.at + 1..self.at + 1 + length];
        let is_simple = !text.as_bytes().iter().any(|byte| matches!(byte, b'\\' | b'\n'))
            && inside.get(length + 1) != Some(&quote)
            // What is blank is told by the other way, with its place.
            && !text.trim().is_empty();
        if !is_simple {
            return Err(NotPlain);
        }
        self.at += length + 2;
        Ok(text)
    }

    /// `|`, `|-`, `>` or `>-` and the lines below.
    fn block(&mut self, parent: usize, is_folded: bool) -> Read<Scalar<'t>> {
        self.at += 1;
        let is_stripped = self.byte() == Some(b'-');
        if is_stripped {
            self.at += 1;
        }
        if self.byte() != Some(b'\n') {
            return Err(NotPlain);
        }
        self.at += 1;
        let first = self.rest();
        let indent = first.iter().take_while(|byte| **byte == b' ').count();
        if indent <= parent || matches!(first.get(indent), None | Some(b'\n')) {
            return Err(NotPlain);
        }
        let mut text = String::with_capacity(first.len().min(800));
        let mut blank = 0;
        loop {
            let rest = self.rest();
            if rest.is_empty() {
                break;
            }
            let length = memchr(b'\n', rest).unwrap_or(rest.len());
            let spaces = rest[..length]
                .iter()
                .take_while(|byte| **byte == b' ')
                .count();
            let next = (self.at + length + 1).min(self.text.len());
            if spaces == length {
                // Spaces beyond the block's own are text.
                if length > indent {
                    return Err(NotPlain);
                }
                blank += 1;
                self.at = next;
                continue;
            }
            if spaces < indent {
                // A comment at the block's end, or a line that is set back oddly.
                if spaces > parent || rest[spaces] == b'#' {
                    return Err(NotPlain);
                }
                break;
            }
            // Lines set in further keep their breaks.
            if is_folded && spaces > indent {
                return Err(NotPlain);
            }
            if !text.is_empty() {
                match (is_folded, blank) {
                    (true, 0) => text.push(' '),
                    (true, blank) => (0..blank).for_each(|_| text.push('\n')),
                    (false, blank) => (0..=blank).for_each(|_| text.push('\n')),
                }
            }
            blank = 0;
            text.push_str(&self.text[self.at + indent..self.at + length]);
            self.at = next;
        }
        if !is_stripped {
            text.push('\n');
        }
        // Without a line break at its end a file has none to keep.
        if self.at == self.text.len() && !self.text.ends_with('\n') {
            return Err(NotPlain);
        }
        Ok((Cow::Owned(text), true))
    }

    /// A piece of text within `[…]` or `{…}`.
    fn flow_scalar(&mut self) -> Read<Scalar<'t>> {
        if let Some(quote @ (b'"' | b'\'')) = self.byte() {
            let text = self.quoted(quote)?;
            self.skip_spaces();
            return match self.byte() {
                Some(b',' | b']' | b'}') => Ok((Cow::Borrowed(text), true)),
                _ => Err(NotPlain),
            };
        }
        let rest = self.rest();
        let length = rest
            .iter()
            .position(|byte| matches!(byte, b',' | b'[' | b']' | b'{' | b'}' | b'\n'))
            .ok_or(NotPlain)?;
        if matches!(rest[length], b'[' | b'{' | b'\n') {
            return Err(NotPlain);
        }
        let said = plain(&rest[..length])?;
        // A comment ends the line and with it what is plain.
        if rest[said..length].contains(&b'#') {
            return Err(NotPlain);
        }
        let text = &self.text[self.at..self.at + said];
        // The other way takes a dash before a comma for the beginning of something.
        let ends_oddly = text.ends_with(" -");
        if text.is_empty() || ends_oddly || matches!(text, "~" | "null" | "Null" | "NULL") {
            return Err(NotPlain);
        }
        self.at += length;
        Ok((Cow::Borrowed(text), false))
    }

    /// Behind a list or group in brackets on a line of its own.
    fn close_flow(&mut self, shape: Shape) -> Read<()> {
        self.at += 1;
        match shape {
            Shape::Inline { parent, .. } => {
                self.end_line()?;
                self.continues(parent)
            }
            Shape::Flow => {
                self.skip_spaces();
                match self.byte() {
                    Some(b',' | b']' | b'}') => Ok(()),
                    _ => Err(NotPlain),
                }
            }
            Shape::Blank | Shape::Block { .. } => Err(NotPlain),
        }
    }

    /// Between the parts of a list or group in brackets: whether another follows.
    fn another(&mut self, is_first: bool, close: u8) -> Read<bool> {
        self.skip_spaces();
        match self.byte() {
            Some(byte) if byte == close => Ok(false),
            Some(b',') if !is_first => {
                self.at += 1;
                self.skip_spaces();
                // A comma before the bracket is read the other way.
                match self.byte() {
                    Some(byte) if byte == close || byte == b',' => Err(NotPlain),
                    _ => Ok(true),
                }
            }
            Some(_) if is_first => Ok(true),
            _ => Err(NotPlain),
        }
    }

    fn deeper(&mut self) -> Read<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            Err(NotPlain)
        } else {
            Ok(())
        }
    }
}

/// How many bytes of a line are unquoted text: up to a comment, without the spaces at its end.
fn plain(line: &[u8]) -> Read<usize> {
    match line.first() {
        None | Some(b' ') => return Ok(0),
        Some(
            b'-' | b'?' | b':' | b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!'
            | b'|' | b'>' | b'\'' | b'"' | b'%' | b'@' | b'`',
        ) => return Err(NotPlain),
        Some(_) => {}
    }
    let mut length = line.len();
    let mut from = 0;
    while let Some(found) = line[from..]
        .iter()
        .position(|byte| matches!(byte, b':' | b'#'))
    {
        let at = from + found;
        if line[at] == b':' {
            if matches!(line.get(at + 1), None | Some(b' ')) {
                return Err(NotPlain);
            }
        } else if line[at - 1] == b' ' {
            length = at;
            break;
        }
        from = at + 1;
    }
    let spaces = line[..length]
        .iter()
        .rev()
        .take_while(|byte| **byte == b' ')
        .count();
    Ok(length - spaces)
}

fn memchr(wanted: u8, bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|byte| *byte == wanted)
}

/// The value that is read next.
struct Value<'r, 't> {
    reading: &'r mut Reading<'t>,
    shape: Shape,
}

impl<'t> Value<'_, 't> {
    fn scalar(&mut self) -> Read<Scalar<'t>> {
        match self.shape {
            Shape::Inline { parent, .. } => self.reading.inline_scalar(parent),
            Shape::Flow => self.reading.flow_scalar(),
            Shape::Blank | Shape::Block { .. } => Err(NotPlain),
        }
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
            Shape::Inline {
                parent,
                is_item: true,
            } if reading.byte() != Some(b'{') => {
                // The first key stands behind the dash, the others below it.
                let line = reading.text.as_bytes()[..reading.at]
                    .iter()
                    .rev()
                    .take_while(|byte| **byte != b'\n')
                    .count();
                debug_assert!(line > parent, "a value stands behind its dash");
                Map::Block {
                    indent: line,
                    is_inside: true,
                }
            }
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
            List::Block { indent } => match self.reading.peek() {
                Some(below) if below == indent && self.reading.is_item(indent) => {
                    self.reading.at += indent + 1;
                    self.reading.skip_spaces();
                    if matches!(self.reading.byte(), None | Some(b'\n' | b'#'))
                        || self.reading.is_nothing()
                    {
                        return Err(NotPlain);
                    }
                    Shape::Inline {
                        parent: indent,
                        is_item: true,
                    }
                }
                Some(below) if below > indent => return Err(NotPlain),
                _ => return Ok(None),
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
                if !is_inside {
                    match reading.peek() {
                        Some(below) if below == indent => reading.at += indent,
                        Some(below) if below > indent => return Err(NotPlain),
                        _ => return Ok(None),
                    }
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

#[cfg(test)]
mod tests;
