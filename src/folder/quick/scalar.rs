//! Pieces of text in a plain form: unquoted, in quotation marks, in a block, within brackets.

use super::NotPlain;
use super::reading::{Read, Reading, Shape, memchr};
use std::borrow::Cow;

/// A piece of text, and whether it stood in quotation marks or a block.
pub(super) type Scalar<'t> = (Cow<'t, str>, bool);

impl<'t> Reading<'t> {
    /// A piece of text, however it is written.
    pub(super) fn scalar(&mut self, shape: Shape) -> Read<Scalar<'t>> {
        match shape {
            Shape::Inline { parent, is_item } => {
                let (text, is_quoted) = self.inline_scalar(parent)?;
                // Of an element that only looks like a key the other way has something to say.
                if is_item && !is_quoted && !text.is_ascii() {
                    return Err(NotPlain);
                }
                Ok((text, is_quoted))
            }
            Shape::Flow => self.flow_scalar(),
            Shape::Blank | Shape::Block { .. } => Err(NotPlain),
        }
    }

    /// Where the first line of a block of text begins that is read next; none where it is no block.
    pub(super) fn block_begins(&self, shape: Shape) -> Option<usize> {
        let is_block =
            matches!(shape, Shape::Inline { .. }) && matches!(self.byte(), Some(b'|' | b'>'));
        is_block.then(|| {
            let mut ahead = self.ahead();
            ahead.skip_line();
            // Not a comment, whatever it begins with.
            ahead.skip_spaces();
            ahead.at
        })
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
    while let Some(found) = memchr::memchr2(b':', b'#', &line[from..]) {
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
