//! Setting one key of a record and keeping every other byte of it, comments included.
//!
//! The change is made in the text, at places that the tree knows; then the text is read again,
//! and unless exactly that one key has changed, nothing is.

use super::tree::{Content, Node};
use super::yaml;
use crate::findings::Span;
use serde_json::Value;
use std::ops::Range;

/// Why a key could not be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EditError {
    /// The record cannot be read.
    #[error("it cannot be read as it stands; `panel check` tells why")]
    Unreadable,
    /// The text is laid out in a way that this does not dare to change.
    #[error("it is written in a way that cannot be changed without touching the rest of it")]
    Layout,
}

/// The bytes of a record with one key set to a value, which is written as YAML on one line.
///
/// The path is a key of the record, or a key in a group of its: `["done", "agenda-out"]`.
pub(crate) fn with_key(bytes: &[u8], path: &[&str], value: &str) -> Result<Vec<u8>, EditError> {
    let whole = std::str::from_utf8(bytes).map_err(|_| EditError::Unreadable)?;
    let text = whole.strip_prefix('\u{FEFF}').unwrap_or(whole);
    let mark = &whole[..whole.len() - text.len()];
    let old = read(text)?;
    let edited = edit(text, &old, path, value).ok_or(EditError::Layout)?;
    let new = read(&edited).map_err(|_| EditError::Layout)?;
    let wanted = read(value).map_err(|_| EditError::Layout)?;
    let (mut before, mut after) = (plain(&old), plain(&new));
    let _ = take(&mut before, path);
    let is_set = take(&mut after, path) == Some(plain(&wanted));
    if is_set && before == after {
        Ok(format!("{mark}{edited}").into_bytes())
    } else {
        Err(EditError::Layout)
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

/// Takes out the value at a path, and the group that it alone was in.
fn take(value: &mut Value, path: &[&str]) -> Option<Value> {
    let (first, rest) = path.split_first()?;
    let group = value.as_object_mut()?;
    if rest.is_empty() {
        return group.remove(*first);
    }
    let inner = group.get_mut(*first)?;
    let taken = take(inner, rest);
    let is_empty = inner.is_null() || inner.as_object().is_some_and(serde_json::Map::is_empty);
    if is_empty {
        group.remove(*first);
    }
    taken
}

fn edit(text: &str, root: &Node, path: &[&str], value: &str) -> Option<String> {
    let (first, rest) = path.split_first()?;
    let Some(entry) = root.get(first) else {
        return insert(text, root, &line(path, value), true);
    };
    if rest.is_empty() {
        return put(text, entry.span, &entry.value, value);
    }
    if matches!(&entry.value.content, Content::Map(entries) if !entries.is_empty()) {
        let [key] = rest else { return None };
        return match entry.value.get(key) {
            Some(inner) => put(text, inner.span, &inner.value, value),
            None => insert(text, &entry.value, &format!("{key}: {value}"), false),
        };
    }
    let [key] = rest else { return None };
    put(
        text,
        entry.span,
        &entry.value,
        &format!("{{{key}: {value}}}"),
    )
}

/// `done: {agenda-out: 2026-11-24T11:30}`.
fn line(path: &[&str], value: &str) -> String {
    let mut rest = path.iter().rev();
    let last = rest.next().map_or("", |key| *key);
    rest.fold(format!("{last}: {value}"), |inner, key| {
        format!("{key}: {{{inner}}}")
    })
}

/// A value in the place of another that stands on one line, or after a key with nothing behind it.
fn put(text: &str, key: Span, old: &Node, value: &str) -> Option<String> {
    let is_written = match &old.content {
        Content::Blank => !range(text, old.span)?.is_empty(),
        Content::Scalar(..) => true,
        // A group or a list can hold comments: only an empty one is replaced.
        Content::List(nodes) if nodes.is_empty() => true,
        Content::Map(entries) if entries.is_empty() => true,
        Content::List(_) | Content::Map(_) => return None,
    };
    if !is_written {
        let end = range(text, key)?.end;
        let colon = end + text[end..].find(':')? + 1;
        return Some(spliced(text, colon..colon, &format!(" {value}")));
    }
    Some(spliced(text, extent(text, old)?, value))
}

/// The stretch of a value. The parser lets one in quotation marks reach over the comment behind it.
fn extent(text: &str, node: &Node) -> Option<Range<usize>> {
    let Content::Scalar(said, _) = &node.content else {
        return range(text, node.span);
    };
    let start = offset(text, node.span.line, node.span.column)?;
    let rest = &text[start..];
    let length = match rest.chars().next()? {
        quote @ ('"' | '\'') => {
            let inside = rest[1..].find(quote)? + 1;
            let is_plain =
                !rest[..inside].contains(['\\', '\n']) && !rest[inside + 1..].starts_with(quote);
            is_plain.then_some(inside + 1)?
        }
        _ => rest.starts_with(said.as_str()).then_some(said.len())?,
    };
    Some(start..start + length)
}

/// A new key at the end of a group of keys.
fn insert(text: &str, group: &Node, new: &str, is_whole: bool) -> Option<String> {
    let Content::Map(entries) = &group.content else {
        return None;
    };
    let start = offset(text, group.span.line, group.span.column)?;
    if text[start..].starts_with('{') {
        let comma = if entries.is_empty() { "" } else { ", " };
        return Some(spliced(
            text,
            start + 1..start + 1,
            &format!("{new}{comma}"),
        ));
    }
    let first = entries.first()?;
    let indent = " ".repeat(usize::try_from(first.span.column.saturating_sub(1)).ok()?);
    let turn = if text.contains("\r\n") { "\r\n" } else { "\n" };
    if is_whole {
        let turn_before = if text.ends_with('\n') { "" } else { turn };
        return Some(format!("{text}{turn_before}{indent}{new}{turn}"));
    }
    let last = entries.last()?;
    let end = extent(text, &last.value)?.end;
    let at = text[end..]
        .find('\n')
        .map_or(text.len(), |turn| end + turn + 1);
    let turn_before = if text[..at].ends_with('\n') { "" } else { turn };
    Some(spliced(
        text,
        at..at,
        &format!("{turn_before}{indent}{new}{turn}"),
    ))
}

fn spliced(text: &str, range: Range<usize>, new: &str) -> String {
    format!("{}{new}{}", &text[..range.start], &text[range.end..])
}

fn range(text: &str, span: Span) -> Option<Range<usize>> {
    let start = offset(text, span.line, span.column)?;
    let end = offset(text, span.end_line, span.end_column)?;
    (start <= end).then_some(start..end)
}

/// The byte at a line and a column, both counted from 1, columns in characters.
fn offset(text: &str, line: u32, column: u32) -> Option<usize> {
    let mut start = 0;
    for _ in 1..line {
        start += text[start..].find('\n')? + 1;
    }
    let wanted = usize::try_from(column).ok()?.checked_sub(1)?;
    let rest = &text[start..];
    rest.char_indices()
        .map(|(at, _)| at)
        .chain([rest.len()])
        .nth(wanted)
        .map(|at| start + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, path: &[&str], value: &str) -> String {
        let bytes = with_key(text.as_bytes(), path, value)
            .unwrap_or_else(|error| panic!("{error}\n{text}"));
        String::from_utf8(bytes).expect("text")
    }

    const DONE: &[&str] = &["done", "agenda-out"];
    const AT: &str = "2026-11-24T11:30";

    #[test]
    fn a_key_is_added_at_the_end_and_every_other_byte_stays() {
        let text = "date: 2026-11-26   # a Thursday\n\n# who sat\nattendance: []\n";
        assert_eq!(
            set(text, DONE, AT),
            format!("{text}done: {{agenda-out: 2026-11-24T11:30}}\n")
        );
        // Without a line break at its end, and as Windows writes lines.
        assert_eq!(
            set("date: 2026-11-26", DONE, AT),
            "date: 2026-11-26\ndone: {agenda-out: 2026-11-24T11:30}\n"
        );
        assert_eq!(
            set("\u{FEFF}date: 2026-11-26\r\n# é\r\n", DONE, AT),
            "\u{FEFF}date: 2026-11-26\r\n# é\r\ndone: {agenda-out: 2026-11-24T11:30}\r\n"
        );
    }

    #[test]
    fn a_key_goes_into_the_group_that_is_there_however_it_is_written() {
        for (text, wanted) in [
            (
                "done: {dates-sent: 2026-11-01} # by post\ndate: 2026-11-26\n",
                "done: {agenda-out: 2026-11-24T11:30, dates-sent: 2026-11-01} # by post\ndate: 2026-11-26\n",
            ),
            (
                "done:\n  dates-sent: 2026-11-01 # by post\n# then\ndate: 2026-11-26\n",
                "done:\n  dates-sent: 2026-11-01 # by post\n  agenda-out: 2026-11-24T11:30\n# then\ndate: 2026-11-26\n",
            ),
            (
                "done:\n  dates-sent: \"2026-11-01\" # by post\n  # then\nx: y\n",
                "done:\n  dates-sent: \"2026-11-01\" # by post\n  agenda-out: 2026-11-24T11:30\n  # then\nx: y\n",
            ),
            (
                "done: # nothing yet\ndate: 2026-11-26\n",
                "done: {agenda-out: 2026-11-24T11:30} # nothing yet\ndate: 2026-11-26\n",
            ),
            (
                "done: ~ # nothing\ndate: 2026-11-26\n",
                "done: {agenda-out: 2026-11-24T11:30} # nothing\ndate: 2026-11-26\n",
            ),
            (
                "done: {}\ndate: 2026-11-26\n",
                "done: {agenda-out: 2026-11-24T11:30}\ndate: 2026-11-26\n",
            ),
            (
                "{date: 2026-11-26}\n",
                "{done: {agenda-out: 2026-11-24T11:30}, date: 2026-11-26}\n",
            ),
        ] {
            assert_eq!(set(text, DONE, AT), wanted);
        }
    }

    #[test]
    fn a_mark_that_is_there_is_put_right_where_it_stands() {
        let text = "done: {agenda-out: 2026-11-01, x: 2026-11-02} # é\n";
        assert_eq!(
            set(text, DONE, AT),
            "done: {agenda-out: 2026-11-24T11:30, x: 2026-11-02} # é\n"
        );
        assert_eq!(
            set(
                "uploaded: \"2026-11-01\" # é\ntold_family: 2026-11-01\n",
                &["uploaded"],
                AT
            ),
            "uploaded: 2026-11-24T11:30 # é\ntold_family: 2026-11-01\n"
        );
    }

    #[test]
    fn what_cannot_be_changed_alone_is_left_alone() {
        for text in [
            "a: [1\n",
            "date: 2026-11-26\n...\n",
            "withdrawn:\n  on: 2026-11-01 # a comment\n",
            "a: |+\n  text\n\n",
        ] {
            let path = if text.starts_with('w') {
                &["withdrawn"]
            } else {
                DONE
            };
            let edited = with_key(text.as_bytes(), path, AT);
            if let Ok(bytes) = &edited {
                // Only where the rest means what it meant.
                let new = read(std::str::from_utf8(bytes).expect("text")).expect("read");
                assert_eq!(plain(&new)["a"], plain(&read(text).expect("read"))["a"]);
            } else {
                assert!(edited.is_err(), "{text}");
            }
        }
        assert_eq!(with_key(b"a: [1\n", DONE, AT), Err(EditError::Unreadable));
        assert_eq!(
            with_key(b"withdrawn:\n  on: 2026-11-01 # why\n", &["withdrawn"], AT),
            Err(EditError::Layout)
        );
    }

    proptest::proptest! {
        #[test]
        fn whatever_stands_in_a_record_only_the_key_changes(
            note in "[ -~é]{0,12}", lines in 0usize..4, flow: bool
        ) {
            let quoted = note.replace('\'', "''");
            let mut text = format!("date: 2026-11-26\nreason: '{quoted}' # {note}\n");
            text.push_str(if flow { "done: {x: 2026-11-01}\n" } else { "done:\n    x: 2026-11-01\n" });
            text.push_str(&"# a line\n".repeat(lines));
            let edited = set(&text, DONE, AT);
            let new = read(&edited).expect("read");
            proptest::prop_assert_eq!(&plain(&new)["reason"], &Value::String(note));
            proptest::prop_assert_eq!(&plain(&new)["done"]["agenda-out"], &Value::String(AT.to_owned()));
            proptest::prop_assert_eq!(&plain(&new)["done"]["x"], &Value::String("2026-11-01".to_owned()));
            proptest::prop_assert_eq!(edited.matches("# a line").count(), lines);
        }
    }
}
