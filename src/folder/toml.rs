//! TOML into the same tree as YAML, so that a rule file's faults are told as a referral's are.

mod told;

use super::fault::{Fault, FaultKind};
use super::limits::{Limits, more_than_a_rule_file};
use super::tree::{Content, Entry, Node, Style};
use crate::findings::Span;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads TOML text into a tree, and every fault of spelling with its place.
pub(crate) fn parse(text: &str) -> (Node, Vec<Fault>) {
    let (table, mut errors) = DeTable::parse_recoverable(text);
    errors.sort_by_key(|error| error.span().map_or(0, |range| range.start));
    let lines = Lines::of(text);
    let mut faults: Vec<Fault> = Vec::new();
    let mut groups_twice: Vec<usize> = Vec::new();
    for error in &errors {
        let told = told::explained(text, error.span().unwrap_or(0..0), error.message());
        // The keys of a group that stands twice are not told one by one.
        if told.is_twice {
            let group = told::group_of(text, told.range.start);
            if groups_twice.contains(&group) {
                continue;
            }
            if text[group..].starts_with('[') && told.range.start <= group + 2 {
                groups_twice.push(group);
            }
        }
        let kind = match told.is_twice {
            true => FaultKind::DuplicateKey,
            false => FaultKind::Syntax,
        };
        let fault = Fault::at(kind, lines.span(told.range), told.message).help(told.help);
        // What the parser says of the rest of a line follows from the first fault on it.
        if faults
            .iter()
            .all(|known| known.span.line != fault.span.line)
        {
            faults.push(fault);
        }
        if told.is_last {
            break;
        }
    }
    // Who allows a record less does not mean the council's rules.
    let most = Limits::now().entries.max(Limits::default().entries);
    if let Some(at) = first_beyond(most, table.get_ref()) {
        let root = table_node(&DeTable::default(), Span::START, &lines);
        return (root, vec![more_than_a_rule_file(most, lines.span(at))]);
    }
    let mut root = table_node(table.get_ref(), lines.span(table.span()), &lines);
    root.span = Span::START;
    (root, faults)
}

/// Where the first key or value stands that is one more than a file may hold.
fn first_beyond(most: usize, table: &DeTable<'_>) -> Option<std::ops::Range<usize>> {
    fn count(value: &Spanned<DeValue<'_>>, left: &mut usize) -> Option<std::ops::Range<usize>> {
        let Some(less) = left.checked_sub(1) else {
            return Some(value.span());
        };
        *left = less;
        match value.get_ref() {
            DeValue::Array(values) => values.iter().find_map(|value| count(value, left)),
            DeValue::Table(table) => table.iter().find_map(|(_, value)| count(value, left)),
            _ => None,
        }
    }
    let mut left = most;
    table.iter().find_map(|(_, value)| count(value, &mut left))
}

/// Byte offsets of line starts, to turn ranges into lines and columns.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self { text, starts }
    }

    fn place(&self, byte: usize) -> (u32, u32) {
        let line = self.starts.partition_point(|start| *start <= byte).max(1);
        let start = self.starts[line - 1];
        let column = self
            .text
            .get(start..byte)
            .map_or(0, |before| before.chars().count());
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        (number(line), number(column + 1))
    }

    fn span(&self, range: std::ops::Range<usize>) -> Span {
        let (line, column) = self.place(range.start);
        let (end_line, end_column) = self.place(range.end.max(range.start));
        Span {
            line,
            column,
            end_line,
            end_column,
        }
    }
}

fn table_node(table: &DeTable<'_>, span: Span, lines: &Lines<'_>) -> Node {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            span: lines.span(key.span()),
            value: value_node(value, lines),
        })
        .collect();
    // The table keeps its keys by name; people meet them in the order of the file.
    entries.sort_by_key(|entry| entry.span);
    Node {
        span,
        content: Content::Map(entries),
        source: 0,
    }
}

fn value_node(value: &Spanned<DeValue<'_>>, lines: &Lines<'_>) -> Node {
    let span = lines.span(value.span());
    let content = match value.get_ref() {
        DeValue::String(text) => Content::Scalar(text.to_string(), Style::Quoted),
        DeValue::Integer(number) => {
            Content::Scalar(number.as_str().replace('_', ""), Style::Number)
        }
        DeValue::Float(number) => Content::Scalar(number.as_str().replace('_', ""), Style::Number),
        DeValue::Boolean(truth) => Content::Scalar(truth.to_string(), Style::Truth),
        DeValue::Datetime(moment) => Content::Scalar(moment.to_string(), Style::Date),
        DeValue::Array(nodes) => {
            Content::List(nodes.iter().map(|node| value_node(node, lines)).collect())
        }
        DeValue::Table(table) => return table_node(table, span, lines),
    };
    Node {
        span,
        content,
        source: 0,
    }
}

#[cfg(test)]
mod tests;
