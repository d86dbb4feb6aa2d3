//! YAML as people's forms need it: plain values in one document, every fault with its place.

use super::fault::{Fault, FaultKind};
use super::limits::{Limits, MOST_FAULTS, keep_first, too_many};
use super::tree::{Content, Entry, Node, Style};
use super::unreadable;
use crate::findings::Span;
use saphyr_parser::{Event, Parser, ScalarStyle, Span as RawSpan};

/// Reads a file's text into a tree, and every fault of spelling with its place.
///
/// After the first fault of syntax the rest of the file cannot be read; faults of use (an
/// anchor, a doubled key) are all told.
pub(super) fn parse(text: &str) -> (Option<Node>, Vec<Fault>) {
    let mut faults = Vec::new();
    if let Some(fault) = forbidden_character(text) {
        return (None, vec![fault]);
    }
    let mut open: Vec<Unfinished> = Vec::new();
    let mut root: Option<Node> = None;
    let limits = Limits::now();
    let mut entries = 0;
    let last = end_of(text);
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, raw) = match event {
            Ok(event) => event,
            Err(error) => {
                let at = error.marker();
                let line = at.line().saturating_sub(1);
                faults.push(unreadable::explained(
                    text,
                    line,
                    at.col(),
                    error.info(),
                    bracket(text, &open),
                ));
                return (None, faults);
            }
        };
        let span = span_of(&raw, last);
        entries += usize::from(is_entry(&event));
        if entries > limits.entries {
            faults.push(too_many(limits.entries, span));
            return (None, faults);
        }
        if faults.len() > MOST_FAULTS {
            keep_first(&mut faults);
            return (None, faults);
        }
        let finished = match event {
            Event::Nothing | Event::StreamStart | Event::DocumentEnd => continue,
            Event::StreamEnd => break,
            Event::DocumentStart(_) => {
                if root.is_some() {
                    faults.push(unreadable::second_document(span));
                    break;
                }
                continue;
            }
            Event::Alias(_) => {
                // What stands behind a merge key goes with it.
                if !open.last().is_some_and(|parent| parent.skip_value) {
                    faults.push(unreadable::alias(span));
                }
                Node {
                    span,
                    content: Content::Blank,
                    source: 0,
                }
            }
            Event::Scalar(scalar, style, anchor, tag) => {
                refuse_marks(&mut faults, text, span, anchor > 0 || tag.is_some());
                if style == ScalarStyle::Plain {
                    faults.extend(unreadable::odd_space(text, span, &scalar));
                }
                let content = match style {
                    ScalarStyle::Plain
                        if matches!(&*scalar, "" | "~" | "null" | "Null" | "NULL") =>
                    {
                        Content::Blank
                    }
                    ScalarStyle::Plain => Content::Scalar(scalar.into_owned(), Style::Plain),
                    _ => Content::Scalar(scalar.into_owned(), Style::Quoted),
                };
                let span = match style {
                    ScalarStyle::Literal | ScalarStyle::Folded => first_line(span),
                    _ => span,
                };
                Node {
                    span,
                    content,
                    source: 0,
                }
            }
            Event::SequenceStart(anchor, tag) => {
                refuse_marks(&mut faults, text, span, anchor > 0 || tag.is_some());
                open.push(Unfinished::list(span));
                if let Some(fault) = too_deep(&open, limits.depth, span) {
                    faults.push(fault);
                    return (None, faults);
                }
                continue;
            }
            Event::MappingStart(anchor, tag) => {
                refuse_marks(&mut faults, text, span, anchor > 0 || tag.is_some());
                open.push(Unfinished::map(span));
                if let Some(fault) = too_deep(&open, limits.depth, span) {
                    faults.push(fault);
                    return (None, faults);
                }
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(unfinished) = open.pop() else {
                    continue;
                };
                unfinished.finish(span)
            }
        };
        match open.last_mut() {
            Some(parent) => parent.take(finished, &mut faults),
            None => root = Some(finished),
        }
    }
    if root.is_none() && faults.is_empty() {
        faults.push(
            Fault::at(FaultKind::Syntax, Span::START, "the file is empty")
                .help("begin it with `panel new`, or remove it"),
        );
    }
    (root, faults)
}

/// A list or group of keys whose end has not been reached.
struct Unfinished {
    span: Span,
    nodes: Vec<Node>,
    entries: Vec<Entry>,
    /// Keys seen, to find doubled ones without comparing each with each.
    seen: std::collections::HashMap<String, u32>,
    key: Option<(String, Span)>,
    skip_value: bool,
    is_map: bool,
}

impl Unfinished {
    fn list(span: Span) -> Self {
        Self {
            span,
            nodes: Vec::new(),
            entries: Vec::new(),
            seen: std::collections::HashMap::new(),
            key: None,
            skip_value: false,
            is_map: false,
        }
    }

    fn map(span: Span) -> Self {
        Self {
            is_map: true,
            ..Self::list(span)
        }
    }

    fn take(&mut self, node: Node, faults: &mut Vec<Fault>) {
        if !self.is_map {
            self.nodes.push(node);
        } else if self.skip_value {
            self.skip_value = false;
        } else if let Some((key, span)) = self.key.take() {
            self.entries.push(Entry {
                key,
                span,
                value: node,
            });
        } else {
            self.take_key(node, faults);
        }
    }

    fn take_key(&mut self, node: Node, faults: &mut Vec<Fault>) {
        let Content::Scalar(key, style) = node.content else {
            // An alias has been refused already.
            if faults.last().is_none_or(|told| told.span != node.span) {
                faults.push(
                    Fault::at(FaultKind::Syntax, node.span, "a key must be a word")
                        .help("write a key, a colon and a space before the value"),
                );
            }
            self.skip_value = true;
            return;
        };
        if key == "<<" && style == Style::Plain {
            faults.push(unreadable::merge(node.span));
            self.skip_value = true;
        } else if let Some(line) = self.seen.get(&key) {
            faults.push(
                Fault::at(
                    FaultKind::DuplicateKey,
                    node.span,
                    format!("`{key}` is here a second time"),
                )
                .help(format!(
                    "the first stands on line {line}: keep one of the two"
                )),
            );
            self.skip_value = true;
        } else {
            self.seen.insert(key.clone(), node.span.line);
            self.key = Some((key, node.span));
        }
    }

    fn finish(self, end: Span) -> Node {
        let span = Span {
            end_line: end.end_line,
            end_column: end.end_column,
            ..self.span
        };
        let content = if self.is_map {
            Content::Map(self.entries)
        } else {
            Content::List(self.nodes)
        };
        Node {
            span,
            content,
            source: 0,
        }
    }
}

fn is_entry(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Alias(_) | Event::Scalar(..) | Event::SequenceStart(..) | Event::MappingStart(..)
    )
}

/// What an event covers. The parser ends the last line even where the file does not, and can name
/// a line that is not there: nothing lies behind the end of the text.
fn span_of(raw: &RawSpan, last: (u32, u32)) -> Span {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (line, column) = last.min((number(raw.start.line()), number(raw.start.col()) + 1));
    let (end_line, end_column) = last.min((number(raw.end.line()), number(raw.end.col()) + 1));
    Span {
        line,
        column,
        end_line,
        end_column,
    }
}

/// Line and column behind the last character of a text.
fn end_of(text: &str) -> (u32, u32) {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let line = text.rsplit('\n').next().unwrap_or_default();
    let lines = text.bytes().filter(|byte| *byte == b'\n').count() + 1;
    (number(lines), number(line.chars().count() + 1))
}

/// A block of text is shown by the line on which it begins.
fn first_line(span: Span) -> Span {
    Span::on_line(span.line, span.column, span.column + 1)
}

/// The innermost bracket that is open, by line and column from 0.
fn bracket(text: &str, open: &[Unfinished]) -> Option<(usize, usize)> {
    let lines: Vec<&str> = text.split('\n').collect();
    open.iter().rev().find_map(|unfinished| {
        let at = unfinished.span;
        let (line, column) = (at.line as usize - 1, at.column as usize - 1);
        let first = lines.get(line)?.chars().nth(column)?;
        matches!(first, '[' | '{').then_some((line, column))
    })
}

fn refuse_marks(faults: &mut Vec<Fault>, text: &str, span: Span, has_marks: bool) {
    if has_marks {
        let marks = unreadable::marks(text, span).into_iter();
        faults.extend(marks.map(|(sign, span)| match sign {
            '&' => unreadable::anchor(span),
            _ => unreadable::tag(span),
        }));
    }
}

fn too_deep(open: &[Unfinished], most: usize, span: Span) -> Option<Fault> {
    (open.len() > most).then(|| unreadable::too_deep(span))
}

/// A carriage return alone ended lines on old machines; lines would be counted differently by
/// everything that reads them.
fn lone_return(text: &str) -> Option<Fault> {
    let (line, this, at) = (1u32..).zip(text.split('\n')).find_map(|(line, this)| {
        let this = this.strip_suffix('\r').unwrap_or(this);
        this.find('\r').map(|at| (line, this, at))
    })?;
    let column = u32::try_from(this[..at].chars().count()).unwrap_or(u32::MAX - 2) + 1;
    let span = Span::on_line(line, column, column + 1);
    let fault = Fault::at(
        FaultKind::Syntax,
        span,
        "a line ends here in a way that is not used any more",
    );
    Some(fault.help(
        "save the file with line ends of Windows (CRLF) or of Unix (LF); editors show which at the bottom of the window",
    ))
}

/// Control characters have no place in a form, and could mislead whoever reads it in a terminal.
fn forbidden_character(text: &str) -> Option<Fault> {
    let bad = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}')) || c == '\u{FEFF}'
    };
    if let Some(fault) = lone_return(text) {
        return Some(fault);
    }
    (1u32..).zip(text.split('\n')).find_map(|(line, this)| {
        let (column, c) = (1u32..).zip(this.chars()).find(|(_, c)| bad(*c))?;
        let message = format!("a control character (U+{:04X}) stands here", c as u32);
        Some(
            Fault::at(
                FaultKind::Syntax,
                Span::on_line(line, column, column + 1),
                message,
            )
            .help("delete it; it often comes with text copied from another program"),
        )
    })
}
