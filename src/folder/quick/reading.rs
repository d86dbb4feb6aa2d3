//! The text of a plain form, and how far it has been read: lines, keys and pieces of text.

use super::NotPlain;
use crate::folder::limits::Limits;
pub(super) use memchr::memchr;

/// Deeper nesting than any form has is left to the other way.
pub(super) const DEEPEST: u8 = 20;

/// Which bytes a key has: letters, digits, `_` and `-`.
const OF_A_KEY: [bool; 256] = {
    let mut of_a_key = [false; 256];
    let mut byte = 0u8;
    while byte < 128 {
        of_a_key[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        byte += 1;
    }
    of_a_key
};

pub(super) type Read<T> = Result<T, NotPlain>;

/// The text, and how far it has been read.
pub(super) struct Reading<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    /// Required keys of the top level that were met.
    pub(super) top: Vec<&'t str>,
    pub(super) required: &'t [&'t str],
    pub(super) depth: u8,
}

/// How the value that is read next is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nothing stands there.
    Blank,
    /// On this line, behind its key or its dash; `parent` is how far the key or dash is indented.
    Inline { parent: usize, is_item: bool },
    /// On the lines that follow, indented so far.
    Block { indent: usize },
    /// Within `[…]` or `{…}`.
    Flow,
}

impl<'t> Reading<'t> {
    /// A text of which nothing has been read.
    pub(super) const fn of(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            top: Vec::new(),
            required: &[],
            depth: 0,
        }
    }

    /// The same, to be read further without moving this one.
    pub(super) const fn ahead(&self) -> Self {
        Self {
            text: self.text,
            at: self.at,
            top: Vec::new(),
            required: self.required,
            depth: self.depth,
        }
    }

    pub(super) fn rest(&self) -> &'t [u8] {
        &self.text.as_bytes()[self.at..]
    }

    pub(super) fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn skip_spaces(&mut self) {
        let spaces = self.rest().iter().take_while(|byte| **byte == b' ').count();
        self.at += spaces;
    }

    /// To the beginning of the next line; the rest of this one is blank or a comment.
    pub(super) fn end_line(&mut self) -> Read<()> {
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

    pub(super) fn skip_line(&mut self) {
        self.at = memchr(b'\n', self.rest()).map_or(self.text.len(), |end| self.at + end + 1);
    }

    /// From the beginning of a line over blank lines and comments to one that says something: how
    /// far it is indented. Nothing is consumed of that line.
    pub(super) fn peek(&mut self) -> Option<usize> {
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
    pub(super) fn is_item(&self, indent: usize) -> bool {
        let rest = &self.rest()[indent..];
        rest.first() == Some(&b'-') && matches!(rest.get(1), None | Some(b' ' | b'\n'))
    }

    /// How many elements the list has that begins here, indented so far.
    pub(super) fn items_below(&self, indent: usize) -> usize {
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
    pub(super) fn key(&mut self) -> Read<&'t str> {
        let rest = self.rest();
        let is_of_a_key = |byte: &&u8| OF_A_KEY[usize::from(**byte)];
        let length = rest.iter().take_while(is_of_a_key).count();
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
    pub(super) fn shape_after_key(&mut self, indent: usize) -> Read<Shape> {
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
    pub(super) fn is_nothing(&mut self) -> bool {
        let rest = self.rest();
        if !matches!(rest.first(), Some(b'~' | b'n' | b'N')) {
            return false;
        }
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
    pub(super) fn continues(&mut self, parent: usize) -> Read<()> {
        match self.peek() {
            Some(indent) if indent > parent => Err(NotPlain),
            _ => Ok(()),
        }
    }

    /// The next line of a group whose keys are indented so far, with nothing of its key consumed.
    pub(super) fn next_line(&mut self, indent: usize) -> Read<bool> {
        match self.peek() {
            Some(below) if below == indent => {
                self.at += indent;
                Ok(true)
            }
            Some(below) if below > indent => Err(NotPlain),
            _ => Ok(false),
        }
    }

    /// The next element of a list whose dashes are indented so far: how it is written. The reading
    /// stands at it then.
    pub(super) fn next_item(&mut self, indent: usize) -> Read<Option<Shape>> {
        match self.peek() {
            Some(below) if below == indent && self.is_item(indent) => {
                self.at += indent + 1;
                self.skip_spaces();
                if matches!(self.byte(), None | Some(b'\n' | b'#')) || self.is_nothing() {
                    return Err(NotPlain);
                }
                Ok(Some(Shape::Inline {
                    parent: indent,
                    is_item: true,
                }))
            }
            Some(below) if below > indent => Err(NotPlain),
            _ => Ok(None),
        }
    }

    /// How many bytes stand before this place on its line.
    pub(super) fn column(&self) -> usize {
        let before = &self.text.as_bytes()[..self.at];
        memchr::memrchr(b'\n', before).map_or(self.at, |end| self.at - end - 1)
    }

    /// Behind a list or group in brackets on a line of its own.
    pub(super) fn close_flow(&mut self, shape: Shape) -> Read<()> {
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
    pub(super) fn another(&mut self, is_first: bool, close: u8) -> Read<bool> {
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

    pub(super) fn deeper(&mut self) -> Read<()> {
        self.depth += 1;
        let most = usize::from(DEEPEST).min(Limits::now().depth);
        if usize::from(self.depth) > most {
            Err(NotPlain)
        } else {
            Ok(())
        }
    }
}
