//! Adding to a list as it and its neighbours are written.

use super::super::tree::{Content, Entry, Node};
use super::layout::{
    end_of_block, indent, is_element, line_at, lines_at, next_line, offset, range, start,
};
use super::{Change, Splice, Written, after_colon, extent, put};

/// The longest line that is begun; a longer value is put on several.
const WIDEST: usize = 100;

/// What stands behind the key, on one line.
pub(super) fn on_one_line(change: Change<'_>) -> String {
    match change {
        Change::Set(value) => value.in_brackets(),
        Change::Add(value) => format!("[{}]", value.in_brackets()),
    }
}

/// `done: {agenda-out: 2026-11-24T11:30}`, `papers: [{kind: care-plan}]`.
pub(super) fn one_line(path: &[&str], change: Change<'_>) -> Option<String> {
    let (last, groups) = path.split_last()?;
    let own = format!("{last}: {}", on_one_line(change));
    Some(
        groups
            .iter()
            .rev()
            .fold(own, |inner, key| format!("{key}: {{{inner}}}")),
    )
}

/// The lines of a key that was not there, indented by `column`; a list that does not fit on its
/// line is put below it, `step` further in.
pub(super) fn fresh(
    path: &[&str],
    change: Change<'_>,
    column: usize,
    step: usize,
) -> Option<Vec<String>> {
    let indent = " ".repeat(column);
    if let (Change::Set(value), [key]) = (change, path) {
        let value = value.block(column, "\n");
        let value = value.unwrap_or_else(|| change.value().behind_key());
        return Some(
            format!("{indent}{key}: {value}")
                .lines()
                .map(str::to_owned)
                .collect(),
        );
    }
    let line = format!("{indent}{}", one_line(path, change)?);
    if let (Change::Set(_), [key, rest @ ..]) = (change, path)
        && !fits(&line)
    {
        let mut lines = vec![format!("{indent}{key}:")];
        lines.extend(fresh(rest, change, column + 2, step)?);
        return Some(lines);
    }
    match (change, path) {
        (Change::Add(value), [key]) if !fits(&line) => {
            let mut lines = vec![format!("{indent}{key}:")];
            lines.extend(element(value, column + step, "- ", false));
            Some(lines)
        }
        _ => Some(vec![line]),
    }
}

fn fits(line: &str) -> bool {
    line.chars().count() <= WIDEST
}

/// The lines of an element whose dash stands at `column`; in brackets where its neighbours are, or
/// where it fits on the line.
fn element(value: &Written, column: usize, dash: &str, is_in_brackets: bool) -> Vec<String> {
    let before = " ".repeat(column);
    let line = format!("{before}{dash}{}", value.in_brackets());
    let Written::Group(entries) = value else {
        return vec![format!("{before}{dash}{}", value.behind_key())];
    };
    if is_in_brackets || entries.is_empty() {
        return vec![line];
    }
    let inside = " ".repeat(column + dash.len());
    entries
        .iter()
        .enumerate()
        .map(|(row, (key, value))| {
            let lead = if row == 0 {
                format!("{before}{dash}")
            } else {
                inside.clone()
            };
            format!("{lead}{key}: {}", value.behind_key())
        })
        .collect()
}

/// How far lists are indented under their keys in a file; two where it has none.
pub(super) fn step(text: &str, root: &Node) -> usize {
    let Content::Map(entries) = &root.content else {
        return 2;
    };
    entries
        .iter()
        .filter(|entry| matches!(&entry.value.content, Content::List(nodes) if !nodes.is_empty()))
        .find_map(|entry| {
            let dash = dash_of(text, &entry.value)?;
            dash.checked_sub(usize::try_from(entry.span.column).ok()?.checked_sub(1)?)
        })
        .unwrap_or(2)
}

/// The column, from 0, of the dashes of a list that stands on lines of its own.
fn dash_of(text: &str, list: &Node) -> Option<usize> {
    let line = line_at(text, offset(text, list.span.line, 1)?);
    let is_in_brackets = text[start(text, list)?..].starts_with('[');
    (!is_in_brackets && is_element(line)).then(|| indent(line))
}

/// A value added at the end of the list under a key.
pub(super) fn add(text: &str, root: &Node, entry: &Entry, value: &Written) -> Option<Vec<Splice>> {
    match &entry.value.content {
        Content::List(nodes) if !nodes.is_empty() => {
            if text[start(text, &entry.value)?..].starts_with('[') {
                add_in_brackets(text, &entry.value, nodes.last()?, value)
            } else {
                add_below(text, &entry.value, value)
            }
        }
        Content::List(_) | Content::Blank => begin(text, root, entry, value),
        Content::Scalar(..) | Content::Map(_) => None,
    }
}

/// The first element of a list that is empty, or of a key with nothing behind it.
fn begin(text: &str, root: &Node, entry: &Entry, value: &Written) -> Option<Vec<Splice>> {
    let on_its_line = put(
        text,
        entry.span,
        &entry.value,
        &on_one_line(Change::Add(value)),
    )?;
    let key_line = offset(text, entry.span.line, 1)?;
    let line = line_at(text, key_line);
    let column = usize::try_from(entry.span.column).ok()?.checked_sub(1)?;
    let is_own_line = indent(line) == column;
    let old = if range(text, entry.value.span)?.is_empty() {
        range(text, entry.value.span)?
    } else {
        extent(text, &entry.value)?
    };
    let longer = value.in_brackets().chars().count() + 3;
    if line.chars().count() - text[old.clone()].chars().count() + longer <= WIDEST || !is_own_line {
        return Some(on_its_line);
    }
    // What is too long for the line is put below it, and a comment on the line stays there.
    let colon = after_colon(text, entry.span)?;
    let mut splices = Vec::new();
    if !old.is_empty() {
        splices.push((colon..old.end, String::new()));
    }
    let below = next_line(text, key_line);
    let lines = element(value, column + step(text, root), "- ", false);
    splices.push((below..below, lines_at(text, below, &lines)));
    Some(splices)
}

/// `[{action: 1}, {action: 2}]`, on one line or on several.
fn add_in_brackets(text: &str, list: &Node, last: &Node, value: &Written) -> Option<Vec<Splice>> {
    let close = extent(text, list)?.end.checked_sub(1)?;
    let end = extent(text, last)?.end;
    let between = text.get(end..close)?;
    let new = value.in_brackets();
    let comma = comma_in(between)?;
    let Some(turn) = between.find('\n') else {
        return Some(match comma {
            Some(comma) => {
                let at = end + comma + 1;
                vec![(at..at, format!(" {new}"))]
            }
            None => vec![(end..end, format!(", {new}"))],
        });
    };
    // The bracket stands on a line of its own: so does what is added, with a comment left alone.
    let below = end + turn + 1;
    let opening = start(text, last)?;
    let line = line_at(text, opening);
    let is_first_line = offset(text, list.span.line, 1)? == line_start(text, opening);
    let column = if is_first_line {
        indent(line) + 2
    } else {
        indent(line)
    };
    let mut splices = Vec::new();
    if comma.is_none() {
        splices.push((end..end, ",".to_owned()));
    }
    let after = if comma.is_some() { "," } else { "" };
    let lines = [format!("{}{new}{after}", " ".repeat(column))];
    splices.push((below..below, lines_at(text, below, &lines)));
    Some(splices)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |turn| turn + 1)
}

/// Where a comma stands in what is otherwise blank or comment; none at all where anything else does.
fn comma_in(text: &str) -> Option<Option<usize>> {
    let mut comma = None;
    let mut is_comment = false;
    for (at, c) in text.char_indices() {
        match c {
            '\n' => is_comment = false,
            _ if is_comment => {}
            '#' => is_comment = true,
            ',' if comma.is_none() => comma = Some(at),
            _ if c.is_whitespace() => {}
            _ => return None,
        }
    }
    Some(comma)
}

/// A list with an element on each line, or on several.
fn add_below(text: &str, list: &Node, value: &Written) -> Option<Vec<Splice>> {
    let column = dash_of(text, list)?;
    let first = offset(text, list.span.line, 1)?;
    let end = end_of_block(text, first, column);
    let last = text[first..end]
        .lines()
        .rfind(|line| indent(line) == column && is_element(line))?;
    let behind = &last[column + 1..];
    let blanks = behind.len() - behind.trim_start_matches(' ').len();
    let content = behind.trim_start();
    let dash = if content.is_empty() || content.starts_with('#') {
        "- ".to_owned()
    } else {
        format!("-{}", " ".repeat(blanks))
    };
    let lines = element(value, column, &dash, content.starts_with('{'));
    Some(vec![(end..end, lines_at(text, end, &lines))])
}
