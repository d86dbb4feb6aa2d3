//! Where a path of keys stands in a form that was read quickly, without reading all of it again.

use super::reading::{Read, Reading, Shape};
use super::{NotPlain, with_plain_breaks};
use crate::findings::Span;
use crate::folder::order::comes_after;
use crate::folder::tree::{Step, steps};

/// The stretch to show for a path, as the tree of the text would tell it; none where only the tree
/// can say. The text is one that was read quickly.
pub(in crate::folder) fn locate(text: &str, path: &str, order: &[&str]) -> Option<Span> {
    let text = &*with_plain_breaks(text);
    let mut reading = Reading::of(text);
    find(&mut reading, path, order).ok()
}

/// The top-level key that a missing one comes after; none where it would be the first.
fn neighbour(text: &str, missing: &str, order: &[&str]) -> Read<Option<Span>> {
    let mut reading = Reading::of(text);
    let mut present = Vec::new();
    let indent = reading.peek().ok_or(NotPlain)?;
    while reading.peek() == Some(indent) {
        reading.at += indent;
        let from = reading.at;
        present.push((reading.key()?, from));
        reading.skip_entry(indent);
    }
    let before = comes_after(order, missing, present.into_iter().map(|at| (at.0, at)));
    Ok(before.map(|(key, from)| span(&reading, from, from + key.len())))
}

/// A list or group, or something that has no parts.
pub(super) enum Kind {
    List,
    Map,
    Scalar,
}

fn find(reading: &mut Reading<'_>, path: &str, order: &[&str]) -> Read<Span> {
    let indent = reading.peek().ok_or(NotPlain)?;
    let mut shape = Shape::Block { indent };
    let mut nearest = opening(reading, shape)?;
    for (depth, step) in steps(path).enumerate() {
        let found = match (kind(reading, shape), step) {
            (Kind::Map, Step::Key(key)) => entry(reading, shape, key)?,
            (Kind::List, Step::Index(index)) => element(reading, shape, index)?,
            _ => None,
        };
        let Some((key, value)) = found else {
            return match step {
                Step::Key(missing) if depth == 0 => {
                    let before = neighbour(reading.text, missing, order)?;
                    Ok(before.unwrap_or(nearest))
                }
                _ => Ok(nearest),
            };
        };
        shape = value;
        nearest = match (kind(reading, shape), key) {
            (Kind::Scalar, _) if shape != Shape::Blank => scalar(reading, shape)?,
            (_, Some(key)) => key,
            (_, None) => opening(reading, shape)?,
        };
    }
    Ok(nearest)
}

pub(super) fn kind(reading: &Reading<'_>, shape: Shape) -> Kind {
    match shape {
        Shape::Blank => Kind::Scalar,
        Shape::Block { indent } if reading.is_item(indent) => Kind::List,
        Shape::Block { .. } => Kind::Map,
        Shape::Inline { .. } | Shape::Flow => match reading.byte() {
            Some(b'[') => Kind::List,
            Some(b'{') => Kind::Map,
            _ if matches!(shape, Shape::Inline { is_item: true, .. }) && is_key(reading) => {
                Kind::Map
            }
            _ => Kind::Scalar,
        },
    }
}

fn is_key(reading: &Reading<'_>) -> bool {
    reading.ahead().key().is_ok()
}

/// Where a reader's eye should land for a list or group as a whole; what has no parts is left to
/// the tree. Nothing is consumed.
fn opening(reading: &Reading<'_>, shape: Shape) -> Read<Span> {
    let mut ahead = reading.ahead();
    match kind(&ahead, shape) {
        Kind::Map => {
            match shape {
                Shape::Block { indent } => ahead.at += indent,
                _ if ahead.byte() == Some(b'{') => {
                    ahead.at += 1;
                    ahead.skip_spaces();
                }
                _ => {}
            }
            let from = ahead.at;
            let key = ahead.key()?;
            Ok(span(&ahead, from, from + key.len()))
        }
        Kind::List => match element(&mut ahead, shape, 0)? {
            Some((_, first)) => match kind(&ahead, first) {
                Kind::Scalar => scalar(&ahead, first),
                Kind::List | Kind::Map => opening(&ahead, first),
            },
            None => Err(NotPlain),
        },
        Kind::Scalar => Err(NotPlain),
    }
}

type Found = Option<(Option<Span>, Shape)>;

/// A key's entry in a group: the key's own stretch, and how its value is written. The reading
/// stands at the value then.
fn entry(reading: &mut Reading<'_>, shape: Shape, wanted: &str) -> Read<Found> {
    if reading.byte() == Some(b'{') && !matches!(shape, Shape::Block { .. }) {
        reading.at += 1;
        let mut is_first = true;
        while reading.another(is_first, b'}')? {
            is_first = false;
            let from = reading.at;
            let key = reading.key()?;
            reading.skip_spaces();
            if key == wanted {
                let key = span(reading, from, from + key.len());
                return Ok(Some((Some(key), Shape::Flow)));
            }
            pass(reading)?;
        }
        return Ok(None);
    }
    let (indent, mut is_inside) = match shape {
        Shape::Block { indent } => (indent, false),
        _ => (reading.column(), true),
    };
    loop {
        if !is_inside {
            match reading.peek() {
                Some(below) if below == indent && !reading.is_item(below) => reading.at += indent,
                _ => return Ok(None),
            }
        }
        is_inside = false;
        let from = reading.at;
        let key = reading.key()?;
        if key == wanted {
            let key = span(reading, from, from + key.len());
            let value = reading.shape_after_key(indent)?;
            return Ok(Some((Some(key), value)));
        }
        reading.skip_entry(indent);
    }
}

impl Reading<'_> {
    /// Over the value of a key that is indented so far, to the next key.
    fn skip_entry(&mut self, indent: usize) {
        self.skip_line();
        while self
            .peek()
            .is_some_and(|below| below > indent || (below == indent && self.is_item(below)))
        {
            self.skip_line();
        }
    }
}

/// An element of a list, from 0. The reading stands at it then.
fn element(reading: &mut Reading<'_>, shape: Shape, wanted: usize) -> Read<Found> {
    let Shape::Block { indent } = shape else {
        reading.at += 1;
        let mut is_first = true;
        for _ in 0..wanted {
            if !reading.another(is_first, b']')? {
                return Ok(None);
            }
            is_first = false;
            pass(reading)?;
        }
        let is_there = reading.another(is_first, b']')?;
        return Ok(is_there.then_some((None, Shape::Flow)));
    };
    for index in 0.. {
        match reading.peek() {
            Some(below) if below == indent && reading.is_item(indent) => {}
            _ => return Ok(None),
        }
        if index == wanted {
            reading.at += indent + 1;
            reading.skip_spaces();
            let shape = Shape::Inline {
                parent: indent,
                is_item: true,
            };
            return Ok(Some((None, shape)));
        }
        reading.skip_line();
        while reading.peek().is_some_and(|below| below > indent) {
            reading.skip_line();
        }
    }
    Ok(None)
}

/// Passes over a value within `[…]` or `{…}`.
fn pass(reading: &mut Reading<'_>) -> Read<()> {
    let close = match reading.byte() {
        Some(b'[') => b']',
        Some(b'{') => b'}',
        _ => {
            reading.flow_scalar()?;
            return Ok(());
        }
    };
    reading.deeper()?;
    reading.at += 1;
    let mut is_first = true;
    while reading.another(is_first, close)? {
        is_first = false;
        if close == b'}' {
            reading.key()?;
            reading.skip_spaces();
        }
        pass(reading)?;
    }
    reading.at += 1;
    reading.depth -= 1;
    Ok(())
}

/// The stretch of a piece of text; a block of text is shown by where it begins.
fn scalar(reading: &Reading<'_>, shape: Shape) -> Read<Span> {
    let mut ahead = reading.ahead();
    let from = ahead.at;
    if let Some(first) = ahead.block_begins(shape) {
        let first = span(reading, first, first);
        return Ok(Span {
            end_column: first.column + 1,
            ..first
        });
    }
    let (text, is_quoted) = ahead.scalar(shape)?;
    let length = text.len() + if is_quoted { 2 } else { 0 };
    // How far one in quotation marks reaches where something stands behind it, the tree says.
    let behind = reading.text.as_bytes().get(from + length);
    if is_quoted && !matches!(behind, None | Some(b'\n' | b',' | b'}' | b']')) {
        return Err(NotPlain);
    }
    Ok(span(reading, from, from + length))
}

/// A stretch of one line, in lines and characters.
fn span(reading: &Reading<'_>, from: usize, to: usize) -> Span {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let before = &reading.text.as_bytes()[..from];
    let line = memchr::memchr_iter(b'\n', before).count() + 1;
    let start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
    let first = reading.text[start..from].chars().count() + 1;
    let length = reading.text[from..to].chars().count();
    Span::on_line(number(line), number(first), number(first + length))
}
