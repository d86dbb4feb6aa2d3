//! The text of a plain form, and how far it has been read: lines, keys and pieces of text.

use super::NotPlain;
use crate::folder::limits::Limits;
use std::borrow::Cow;

/// Deeper nesting than any form has is left to the other way.
const DEEPEST: u8 = 20;

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

/// A piece of text, and whether it stood in quotation marks or a block.
pub(super) type Scalar<'t> = (Cow<'t, str>, bool);

impl<'t> Reading<'t> {
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

    /// A piece of text on this line, the line's end included; or a block of text below it.
    pub(super) fn inline_scalar(&mut self, parent: usize) -> Read<Scalar<'t>> {
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
    pub(super) fn quoted(&mut self, quote: u8) -> Read<&'t str> {
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
    pub(super) fn block(&mut self, parent: usize, is_folded: bool) -> Read<Scalar<'t>> {
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
    pub(super) fn flow_scalar(&mut self) -> Read<Scalar<'t>> {
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

pub(super) fn memchr(wanted: u8, bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|byte| *byte == wanted)
}
