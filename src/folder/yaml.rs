//! YAML as people's forms need it: plain values in one document, every fault with its place.

use super::fault::{Fault, FaultKind};
use super::tree::{Content, Entry, Node, Style};
use crate::findings::Span;
use saphyr_parser::{Event, Parser, ScalarStyle, Span as RawSpan};

/// Deeper nesting than any form has; beyond it a file is refused.
const DEEPEST: usize = 40;

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
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, raw) = match event {
            Ok(event) => event,
            Err(error) => {
                faults.push(syntax_error(error.info(), error.marker()));
                return (None, faults);
            }
        };
        let span = span_of(&raw);
        let finished = match event {
            Event::Nothing | Event::StreamStart | Event::DocumentEnd => continue,
            Event::StreamEnd => break,
            Event::DocumentStart(_) => {
                if root.is_some() {
                    faults.push(Fault::at(FaultKind::Syntax, span, "a second document begins here")
                        .help("keep one record in a file: remove this `---` and what follows, or put it in a file of its own"));
                    break;
                }
                continue;
            }
            Event::Alias(_) => {
                faults.push(refused(
                    span,
                    "an alias (`*`)",
                    "write the text out again here",
                ));
                Node {
                    span,
                    content: Content::Blank,
                    source: 0,
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                refuse_marks(&mut faults, span, anchor, tag.is_some());
                let content = match style {
                    ScalarStyle::Plain if matches!(&*text, "" | "~" | "null" | "Null" | "NULL") => {
                        Content::Blank
                    }
                    ScalarStyle::Plain => Content::Scalar(text.into_owned(), Style::Plain),
                    _ => Content::Scalar(text.into_owned(), Style::Quoted),
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
                refuse_marks(&mut faults, span, anchor, tag.is_some());
                open.push(Unfinished::list(span));
                if let Some(fault) = too_deep(&open, span) {
                    faults.push(fault);
                    return (None, faults);
                }
                continue;
            }
            Event::MappingStart(anchor, tag) => {
                refuse_marks(&mut faults, span, anchor, tag.is_some());
                open.push(Unfinished::map(span));
                if let Some(fault) = too_deep(&open, span) {
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
            faults.push(
                Fault::at(FaultKind::Syntax, node.span, "a key must be a word")
                    .help("write a key, a colon and a space before the value"),
            );
            self.skip_value = true;
            return;
        };
        if key == "<<" && style == Style::Plain {
            faults.push(refused(
                node.span,
                "a merge key (`<<`)",
                "write the keys out here",
            ));
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

fn span_of(raw: &RawSpan) -> Span {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Span {
        line: number(raw.start.line()),
        column: number(raw.start.col()) + 1,
        end_line: number(raw.end.line()),
        end_column: number(raw.end.col()) + 1,
    }
}

/// A block of text is shown by the line on which it begins.
fn first_line(span: Span) -> Span {
    Span::on_line(span.line, span.column, span.column + 1)
}

fn refused(span: Span, what: &str, instead: &str) -> Fault {
    Fault::at(
        FaultKind::Syntax,
        span,
        format!("{what} is not used in these files"),
    )
    .help(instead)
}

fn refuse_marks(faults: &mut Vec<Fault>, span: Span, anchor: usize, tagged: bool) {
    if anchor > 0 {
        faults.push(refused(
            span,
            "an anchor (`&`)",
            "remove it, and write repeated text out",
        ));
    }
    if tagged {
        faults.push(refused(
            span,
            "a tag (`!`)",
            "remove it; put text that begins with `!` in quotation marks",
        ));
    }
}

fn too_deep(open: &[Unfinished], span: Span) -> Option<Fault> {
    (open.len() > DEEPEST).then(|| {
        Fault::at(
            FaultKind::Syntax,
            span,
            format!("lists and groups stand more than {DEEPEST} deep here"),
        )
        .help("no form needs this: look for a stray `[`, `{` or indentation")
    })
}

fn syntax_error(info: &str, at: &saphyr_parser::Marker) -> Fault {
    let line = u32::try_from(at.line()).unwrap_or(u32::MAX).max(1);
    let column = u32::try_from(at.col()).unwrap_or(u32::MAX - 1) + 1;
    let span = Span::on_line(line, column, column + 1);
    let help = if info.contains("tab") {
        "use spaces, not tabs, before a key"
    } else if info.contains("quote") || info.contains("quoted") {
        "close the quotation mark; inside single ones write '' for an apostrophe"
    } else if info.contains("mapping values")
        || info.contains("did not find expected")
        || info.contains("simple key")
    {
        "put text that holds a colon and a space in quotation marks, or under `>-` on lines of its own, and line keys up with their neighbours"
    } else {
        "look at this line and the one above: indentation, a colon and a space after each key, quotation marks around text with `: ` or ` #`"
    };
    Fault::at(
        FaultKind::Syntax,
        span,
        format!("this cannot be read as YAML: {info}"),
    )
    .help(help)
}

/// Control characters have no place in a form, and could mislead whoever reads it in a terminal.
fn forbidden_character(text: &str) -> Option<Fault> {
    let bad = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}')) || c == '\u{FEFF}'
    };
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
