//! The tree of a plain form, for one that is written plainly and has a fault all the same: a key
//! that nobody knows, a date that is none.

use super::reading::{Read, Reading, Shape};
use super::skim::{Kind, kind};
use super::{NotPlain, is_plain, with_plain_breaks};
use crate::findings::Span;
use crate::folder::limits::Limits;
use crate::folder::tree::{Content, Entry, Node, Style};

/// The tree of a text, as the thorough way tells it; none where only that way understands the text
/// or has something to say of it.
///
/// Places are those of keys and of pieces of text. A group or list that is not empty is shown by
/// what it begins with, so where it ends is not worked out.
pub(in crate::folder) fn tree(text: &str) -> Option<Node> {
    let text = &*with_plain_breaks(text);
    let limits = Limits::now();
    if !is_plain(text.as_bytes())
        || limits.may_be_passed_by(text)
        || limits.depth < super::reading::DEEPEST.into()
    {
        return None;
    }
    let mut growing = Growing {
        reading: Reading::of(text),
        line: 1,
        line_starts: 0,
    };
    let indent = growing.reading.peek()?;
    let shape = Shape::Block { indent };
    let is_group = indent == 0 && matches!(kind(&growing.reading, shape), Kind::Map);
    let root = is_group.then(|| growing.node(shape).ok())??;
    growing.reading.peek().is_none().then_some(root)
}

/// A tree while it is read, and the line that the reading has come to.
struct Growing<'t> {
    reading: Reading<'t>,
    /// Counts from 1.
    line: u32,
    /// Where that line begins, in bytes.
    line_starts: usize,
}

const fn node(span: Span, content: Content) -> Node {
    Node {
        span,
        content,
        source: 0,
    }
}

impl<'t> Growing<'t> {
    fn node(&mut self, shape: Shape) -> Read<Node> {
        match kind(&self.reading, shape) {
            _ if shape == Shape::Blank => Ok(node(Span::START, Content::Blank)),
            Kind::Scalar => self.scalar(shape),
            Kind::List => self.list(shape),
            Kind::Map => self.group(shape),
        }
    }

    fn scalar(&mut self, shape: Shape) -> Read<Node> {
        let from = self.reading.at;
        let block = self.reading.block_begins(shape);
        let (text, is_quoted) = self.reading.scalar(shape)?;
        let span = match block {
            Some(first) => {
                let first = self.span(first, first)?;
                Span {
                    end_column: first.column + 1,
                    ..first
                }
            }
            None => {
                let to = from + text.len() + if is_quoted { 2 } else { 0 };
                let behind = self.reading.text.as_bytes().get(to);
                if is_quoted && !matches!(behind, None | Some(b'\n' | b',' | b'}' | b']')) {
                    return Err(NotPlain);
                }
                self.span(from, to)?
            }
        };
        let style = if is_quoted {
            Style::Quoted
        } else {
            Style::Plain
        };
        Ok(node(span, Content::Scalar(text.into_owned(), style)))
    }

    fn list(&mut self, shape: Shape) -> Read<Node> {
        self.reading.deeper()?;
        let mut nodes = Vec::new();
        if let Shape::Block { indent } = shape {
            while let Some(shape) = self.reading.next_item(indent)? {
                nodes.push(self.node(shape)?);
            }
        } else {
            self.reading.at += 1;
            while self.reading.another(nodes.is_empty(), b']')? {
                nodes.push(self.node(Shape::Flow)?);
            }
            self.reading.close_flow(shape)?;
        }
        self.reading.depth -= 1;
        let first = nodes.first().ok_or(NotPlain)?;
        Ok(node(first.span, Content::List(nodes)))
    }

    fn group(&mut self, shape: Shape) -> Read<Node> {
        self.reading.deeper()?;
        let mut entries: Vec<Entry> = Vec::new();
        let is_in_brackets =
            !matches!(shape, Shape::Block { .. }) && self.reading.byte() == Some(b'{');
        if is_in_brackets {
            self.reading.at += 1;
            while self.reading.another(entries.is_empty(), b'}')? {
                let key = self.reading.at;
                let name = self.reading.key()?;
                if self.reading.byte() != Some(b' ') {
                    return Err(NotPlain);
                }
                self.reading.skip_spaces();
                self.entry(&mut entries, (name, key), Shape::Flow)?;
            }
            self.reading.close_flow(shape)?;
        } else {
            let (indent, mut is_inside) = match shape {
                Shape::Block { indent } => (indent, false),
                // The first key stands behind the dash, the others below it.
                _ => (self.reading.column(), true),
            };
            while is_inside || self.reading.next_line(indent)? {
                is_inside = false;
                let key = self.reading.at;
                let name = self.reading.key()?;
                let shape = self.reading.shape_after_key(indent)?;
                self.entry(&mut entries, (name, key), shape)?;
            }
        }
        self.reading.depth -= 1;
        let first = entries.first().ok_or(NotPlain)?;
        Ok(node(first.span, Content::Map(entries)))
    }

    fn entry(
        &mut self,
        entries: &mut Vec<Entry>,
        (key, at): (&'t str, usize),
        shape: Shape,
    ) -> Read<()> {
        // A key that comes twice is told with both its places.
        if entries.iter().any(|entry| entry.key == key) {
            return Err(NotPlain);
        }
        let span = self.span(at, at + key.len())?;
        entries.push(Entry {
            key: key.to_owned(),
            span,
            value: self.node(shape)?,
        });
        Ok(())
    }

    /// A stretch of one line, in lines and characters; none that begins before the last one asked
    /// for.
    fn span(&mut self, from: usize, to: usize) -> Read<Span> {
        let text = self.reading.text;
        let passed = text.get(self.line_starts..from).ok_or(NotPlain)?;
        for end in memchr::memchr_iter(b'\n', passed.as_bytes()) {
            self.line += 1;
            self.line_starts = from - passed.len() + end + 1;
        }
        let characters = |from: usize, to: usize| {
            let stretch = text.get(from..to).ok_or(NotPlain)?;
            u32::try_from(stretch.chars().count()).map_err(|_| NotPlain)
        };
        let column = characters(self.line_starts, from)? + 1;
        Ok(Span::on_line(
            self.line,
            column,
            column + characters(from, to)?,
        ))
    }
}
