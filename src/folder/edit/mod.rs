//! Setting a key of a record, or adding to a list of it, and keeping every other byte, comments
//! included.
//!
//! The change is made in the text, at places that the tree knows; then the text is read again,
//! and unless exactly that has changed, nothing is.

mod layout;
mod lists;
mod removed;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_deep;
#[cfg(test)]
mod tests_layouts;
mod written;

pub(crate) use removed::without_keys;
pub(crate) use written::Written;

use super::tree::{Content, Entry, Node};
use super::yaml;
use crate::findings::Span;
use layout::{end_of_block, line_at, lines_at, next_line, offset, range, start, turn_before};
use serde_json::{Map, Value};
use std::ops::Range;

/// Why a record could not be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EditError {
    /// The record cannot be read.
    #[error("it cannot be read as it stands; `panel check` tells why")]
    Unreadable,
    /// The text is laid out in a way that this does not dare to change.
    #[error("it is written in a way that cannot be changed without touching the rest of it")]
    Layout,
}

/// What is to become of a key.
#[derive(Debug, Clone, Copy)]
enum Change<'w> {
    /// This is its value.
    Set(&'w Written),
    /// This is added at the end of its list.
    Add(&'w Written),
}

impl<'w> Change<'w> {
    /// What is written.
    const fn value(self) -> &'w Written {
        match self {
            Self::Set(value) | Self::Add(value) => value,
        }
    }
}

/// A stretch of the text and what is to stand there.
type Splice = (Range<usize>, String);

/// What a record says, without its places: text, lists and groups; none where it cannot be read.
pub(crate) fn said(bytes: &[u8]) -> Option<Value> {
    let whole = std::str::from_utf8(bytes).ok()?;
    let text = whole.strip_prefix('\u{FEFF}').unwrap_or(whole);
    read(text).ok().map(|tree| plain(&tree))
}

/// The bytes of a record with one key set to a value.
///
/// The path is keys from the record inwards, rows of a list by their number from 0:
/// `["done", "agenda-out"]`, `["costs", "0", "weekly"]`.
pub(crate) fn with_key(bytes: &[u8], path: &[&str], value: &Written) -> Result<Vec<u8>, EditError> {
    changed(bytes, path, Change::Set(value))
}

/// The bytes of a record with a value added at the end of the list under a key, as the list and
/// its neighbours are written. A list that is not there is begun.
pub(crate) fn with_element(
    bytes: &[u8],
    path: &[&str],
    value: &Written,
) -> Result<Vec<u8>, EditError> {
    changed(bytes, path, Change::Add(value))
}

/// The line of a record, from 1, on which something stands under a key, and that line; none where
/// nothing does.
pub(crate) fn standing(bytes: &[u8], path: &[&str]) -> Option<(u32, String)> {
    let whole = std::str::from_utf8(bytes).ok()?;
    let text = whole.strip_prefix('\u{FEFF}').unwrap_or(whole);
    let tree = yaml::parse(text).0?;
    let mut here = &tree;
    let mut span = Span::START;
    for key in path {
        let entry = here.get(key)?;
        span = entry.span;
        here = &entry.value;
    }
    let is_there = !matches!(here.content, Content::Blank) && !here.is_blank();
    let at = offset(text, span.line, 1)?;
    is_there.then(|| (span.line, line_at(text, at).trim().to_owned()))
}

fn changed(bytes: &[u8], path: &[&str], change: Change<'_>) -> Result<Vec<u8>, EditError> {
    let whole = std::str::from_utf8(bytes).map_err(|_| EditError::Unreadable)?;
    let text = whole.strip_prefix('\u{FEFF}').unwrap_or(whole);
    let mark = &whole[..whole.len() - text.len()];
    if text.is_empty() {
        // A record that is begun.
        let lines = lists::fresh(path, change, 0, 2).ok_or(EditError::Layout)?;
        let begun = lines_at("", 0, &lines);
        let new = read(&begun).map_err(|_| EditError::Layout)?;
        let wanted = expected(Value::Object(Map::new()), path, change);
        return match wanted {
            Some(wanted) if wanted == plain(&new) => Ok(format!("{mark}{begun}").into_bytes()),
            _ => Err(EditError::Layout),
        };
    }
    let old = read(text)?;
    let splices = splices(text, &old, path, change).ok_or(EditError::Layout)?;
    let edited = spliced(text, splices).ok_or(EditError::Layout)?;
    let new = read(&edited).map_err(|_| EditError::Layout)?;
    match expected(plain(&old), path, change) {
        Some(wanted) if wanted == plain(&new) => Ok(format!("{mark}{edited}").into_bytes()),
        _ => Err(EditError::Layout),
    }
}

fn read(text: &str) -> Result<Node, EditError> {
    match yaml::parse(text) {
        (Some(tree), faults) if faults.is_empty() => Ok(tree),
        _ => Err(EditError::Unreadable),
    }
}

/// The value without its places.
fn plain(node: &Node) -> Value {
    match &node.content {
        Content::Blank => Value::Null,
        Content::Scalar(text, _) => Value::String(text.clone()),
        Content::List(nodes) => Value::Array(nodes.iter().map(plain).collect()),
        Content::Map(entries) => Value::Object(
            entries
                .iter()
                .map(|entry| (entry.key.clone(), plain(&entry.value)))
                .collect(),
        ),
    }
}

/// What the record says after the change, and nothing else of it changed.
fn expected(record: Value, path: &[&str], change: Change<'_>) -> Option<Value> {
    let Some((first, rest)) = path.split_first() else {
        return match (change, record) {
            (Change::Set(value), _) => Some(value.meaning()),
            (Change::Add(value), Value::Null) => Some(Value::Array(vec![value.meaning()])),
            (Change::Add(value), Value::Array(mut list)) => {
                list.push(value.meaning());
                Some(Value::Array(list))
            }
            (Change::Add(_), _) => None,
        };
    };
    let mut group = match record {
        Value::Object(group) => group,
        Value::Array(mut rows) => {
            let row = rows.get_mut(first.parse::<usize>().ok()?)?;
            *row = expected(row.take(), rest, change)?;
            return Some(Value::Array(rows));
        }
        Value::Null => Map::new(),
        _ => return None,
    };
    let inner = group.remove(*first).unwrap_or(Value::Null);
    group.insert((*first).to_owned(), expected(inner, rest, change)?);
    Some(Value::Object(group))
}

/// Where the text changes, and how.
fn splices(text: &str, root: &Node, path: &[&str], change: Change<'_>) -> Option<Vec<Splice>> {
    within(text, root, root, path, change)
}

/// Where the text changes in a group of keys or a list.
fn within(
    text: &str,
    root: &Node,
    here: &Node,
    path: &[&str],
    change: Change<'_>,
) -> Option<Vec<Splice>> {
    let (first, rest) = path.split_first()?;
    if let Content::List(rows) = &here.content {
        let row = rows.get(first.parse::<usize>().ok()?)?;
        return within(text, root, row, rest, change);
    }
    let Some(entry) = here.get(first) else {
        let is_whole = std::ptr::eq(here, root);
        return insert(text, root, here, path, change, is_whole);
    };
    if rest.is_empty() {
        return match change {
            Change::Set(value) => set(text, entry, value),
            Change::Add(value) => lists::add(text, root, entry, value),
        };
    }
    match &entry.value.content {
        Content::Map(entries) if !entries.is_empty() => {
            within(text, root, &entry.value, rest, change)
        }
        Content::List(rows) if !rows.is_empty() => within(text, root, &entry.value, rest, change),
        _ => {
            let group = format!("{{{}}}", lists::one_line(rest, change)?);
            put(text, entry.span, &entry.value, &group)
        }
    }
}

/// A value put behind a key: text of several lines as a block, where the key has a line of its own.
fn set(text: &str, entry: &Entry, value: &Written) -> Option<Vec<Splice>> {
    let line = offset(text, entry.span.line, 1)?;
    let key = offset(text, entry.span.line, entry.span.column)?;
    let is_own_line = text[line..key].chars().all(|c| c == ' ' || c == '-');
    let column = text[line..key].chars().count();
    let new = match value.block(column, turn_before(text, next_line(text, line))) {
        Some(block) if is_own_line => block,
        _ => value.in_brackets(),
    };
    // A block of text that is replaced has lines of its own, and no comments.
    let colon = after_colon(text, entry.span)?;
    let is_block = matches!(&entry.value.content, Content::Scalar(..))
        && text[colon..]
            .trim_start_matches(' ')
            .starts_with(['|', '>']);
    if is_block && is_own_line {
        return Some(vec![(
            colon..end_of_text(text, line, column),
            format!(" {new}"),
        )]);
    }
    put(text, entry.span, &entry.value, &new)
}

/// The byte after the last letter of the block of text that begins on the line at `from`.
fn end_of_text(text: &str, from: usize, column: usize) -> usize {
    let mut end = from + line_at(text, from).trim_end().len();
    let mut at = next_line(text, from);
    while at < text.len() {
        let line = line_at(text, at);
        if !line.trim().is_empty() {
            if layout::indent(line) <= column {
                break;
            }
            end = at + line.len();
        }
        at = next_line(text, at);
    }
    end
}

/// A value in the place of another that stands on one line, or after a key with nothing behind it.
fn put(text: &str, key: Span, old: &Node, value: &str) -> Option<Vec<Splice>> {
    match &old.content {
        Content::Blank if range(text, old.span)?.is_empty() => {
            let colon = after_colon(text, key)?;
            return Some(vec![(colon..colon, format!(" {value}"))]);
        }
        Content::Blank | Content::Scalar(..) => {}
        // A group or a list can hold comments: only an empty one is replaced.
        Content::List(nodes) if nodes.is_empty() => {}
        Content::Map(entries) if entries.is_empty() => {}
        Content::List(_) | Content::Map(_) => return None,
    }
    let old = extent(text, old)?;
    // Between the brackets of an empty one there can still be a comment.
    (!text[old.clone()].contains('\n')).then(|| vec![(old, value.to_owned())])
}

/// The byte after the colon behind a key.
fn after_colon(text: &str, key: Span) -> Option<usize> {
    let end = range(text, key)?.end;
    Some(end + text[end..].find(':')? + 1)
}

/// The stretch of a value that stands in brackets or on one line. The parser lets what ends in a
/// quotation mark or a bracket reach over the comment behind it.
fn extent(text: &str, node: &Node) -> Option<Range<usize>> {
    let start = start(text, node)?;
    let rest = &text[start..];
    let length = match &node.content {
        Content::List(_) | Content::Map(_) => layout::in_brackets(rest)?,
        Content::Blank => ["~", "null", "Null", "NULL"]
            .iter()
            .find(|word| rest.starts_with(**word))?
            .len(),
        Content::Scalar(said, _) => match rest.chars().next()? {
            // What is written here in quotation marks is JSON's: a backslash takes the next letter.
            '"' if said.contains(['"', '\\', '\n', '\t']) => {
                let mut is_taken = false;
                let inside = rest[1..].find(|c| {
                    let is_end = c == '"' && !is_taken;
                    is_taken = c == '\\' && !is_taken;
                    is_end
                })?;
                inside + 2
            }
            quote @ ('"' | '\'') => {
                let inside = rest[1..].find(quote)? + 1;
                let is_plain = !rest[..inside].contains(['\\', '\n'])
                    && !rest[inside + 1..].starts_with(quote);
                is_plain.then_some(inside + 1)?
            }
            _ => rest.starts_with(said.as_str()).then_some(said.len())?,
        },
    };
    Some(start..start + length)
}

/// A new key at the end of a group of keys; the record's own at the end of the file.
fn insert(
    text: &str,
    root: &Node,
    group: &Node,
    path: &[&str],
    change: Change<'_>,
    is_whole: bool,
) -> Option<Vec<Splice>> {
    let Content::Map(entries) = &group.content else {
        return None;
    };
    let start = start(text, group)?;
    if text[start..].starts_with('{') {
        let new = lists::one_line(path, change)?;
        let Some(last) = entries.last() else {
            return Some(vec![(start + 1..start + 1, new)]);
        };
        // At the end, unless the bracket stands on another line, where a comment can come first.
        let end = extent(text, &last.value)?.end;
        let close = extent(text, group)?.end.checked_sub(1)?;
        return Some(match text.get(end..close) {
            Some(between) if between.trim_matches(' ').is_empty() => {
                vec![(end..end, format!(", {new}"))]
            }
            _ => vec![(start + 1..start + 1, format!("{new}, "))],
        });
    }
    let first = entries.first()?;
    let column = usize::try_from(first.span.column.checked_sub(1)?).ok()?;
    let lines = lists::fresh(path, change, column, lists::step(text, root))?;
    let at = if is_whole {
        text.len()
    } else {
        let last = entries.last()?;
        let line = offset(text, last.span.line, 1)?;
        // The first key of a row stands behind its dash.
        let is_own_line = text[line..].starts_with(' ')
            && line_at(text, line)
                .find(|c| c != ' ' && c != '-')
                .is_some_and(|at| at == column);
        is_own_line.then(|| end_of_block(text, line, column))?
    };
    Some(vec![(at..at, lines_at(text, at, &lines))])
}

/// The text with every stretch replaced; none where two of them overlap.
fn spliced(text: &str, mut splices: Vec<Splice>) -> Option<String> {
    splices.sort_by_key(|(range, _)| (range.start, range.end));
    let mut new = String::new();
    let mut from = 0;
    for (range, with) in splices {
        new.push_str(text.get(from..range.start)?);
        new.push_str(&with);
        from = range.end;
    }
    new.push_str(text.get(from..)?);
    Some(new)
}
