//! What can be written where the cursor is: keys that are not there yet, words with their labels,
//! references, rules.

use super::cursor::{Cursor, Step, Takes};
use super::lines::Lines;
use super::rule_words::Written;
use super::shape::Shape;
use crate::council::{Council, FileKind, Use};
use crate::folder::Folder;
use crate::output::markdown::inline;
use crate::rules;
use lsp_types::{CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, TextEdit};
use serde_json::Value;

/// What is known where the cursor is.
pub(super) struct Known<'k> {
    /// The kind of the file.
    pub(super) kind: FileKind,
    /// The schema of the file.
    pub(super) schema: &'k Value,
    /// The council, where it is known.
    pub(super) council: Option<&'k Council>,
    /// The case folder, where there is one.
    pub(super) folder: Option<&'k Folder>,
}

impl Known<'_> {
    /// What stands between a key and its value.
    fn behind(&self, opens: bool) -> &'static str {
        match (self.kind, opens) {
            (FileKind::Council, _) => " = ",
            (_, true) => ":",
            (_, false) => ": ",
        }
    }

    /// A text as it is written in this kind of file.
    fn text(&self, word: &str) -> String {
        if self.kind == FileKind::Council {
            format!("\"{word}\"")
        } else {
            word.to_owned()
        }
    }
}

/// One thing that can be written.
struct Offer {
    text: String,
    behind: &'static str,
    kind: CompletionItemKind,
    label: Option<String>,
    told: Option<String>,
}

/// Everything that can be written.
pub(super) fn complete(
    known: &Known<'_>,
    cursor: &Cursor,
    lines: &Lines<'_>,
    written: &Written<'_>,
) -> Vec<CompletionItem> {
    let Some(shape) = Shape::at(known.schema, &cursor.path) else {
        return Vec::new();
    };
    let mut offers = Vec::new();
    let mut word = cursor.word;
    match cursor.takes {
        Takes::Group => groups(&shape, &mut offers),
        Takes::Key => keys(known, cursor, &shape, &mut offers),
        Takes::Value if known.kind == FileKind::Council => {
            word = rule_values(known, cursor, &shape, written, &mut offers);
        }
        Takes::Value => values(known, cursor, &shape, &mut offers),
        Takes::Row => {
            keys(known, cursor, &shape, &mut offers);
            values(known, cursor, &shape, &mut offers);
        }
    }
    let range = lines.between(word.0, word.1);
    let item = |(row, offer): (usize, Offer)| CompletionItem {
        kind: Some(offer.kind),
        detail: offer.label,
        documentation: offer.told.map(Documentation::String),
        // The order of the form, not of the alphabet.
        sort_text: Some(format!("{row:04}")),
        filter_text: Some(offer.text.clone()),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(
            range,
            format!("{}{}", offer.text, offer.behind),
        ))),
        label: offer.text,
        ..CompletionItem::default()
    };
    offers.into_iter().enumerate().map(item).collect()
}

fn keys(known: &Known<'_>, cursor: &Cursor, shape: &Shape<'_>, offers: &mut Vec<Offer>) {
    let is_taken = |key: &str| cursor.taken.iter().any(|taken| taken == key);
    for (key, shape) in shape.keys() {
        // A group of a rule file has a heading of its own.
        let is_heading =
            known.kind == FileKind::Council && cursor.path.is_empty() && shape.is_group();
        if is_taken(key) || is_heading {
            continue;
        }
        let opens = shape.is_a("object") || shape.is_a("array");
        offers.push(Offer {
            text: key.to_owned(),
            behind: if cursor.has_colon {
                ""
            } else {
                known.behind(opens)
            },
            kind: CompletionItemKind::PROPERTY,
            label: label_of(known, &cursor.path, key),
            told: shape.description().map(str::to_owned),
        });
    }
    if shape.takes_ids() {
        for (id, label) in ids(known, &cursor.path) {
            if !is_taken(&id) && !offers.iter().any(|offer| offer.text == id) {
                offers.push(Offer {
                    text: id,
                    behind: if cursor.has_colon { "" } else { ": " },
                    kind: CompletionItemKind::PROPERTY,
                    label: Some(label),
                    told: None,
                });
            }
        }
    }
}

/// The groups that a heading can name.
fn groups(shape: &Shape<'_>, offers: &mut Vec<Offer>) {
    let groups = shape.keys().into_iter();
    offers.extend(
        groups
            .filter(|(_, shape)| shape.is_group())
            .map(|(key, shape)| Offer {
                text: key.to_owned(),
                behind: "",
                kind: CompletionItemKind::MODULE,
                label: None,
                told: shape.description().map(str::to_owned),
            }),
    );
}

/// What can stand behind a key of a rule file; the bytes that it stands in the place of.
fn rule_values(
    known: &Known<'_>,
    cursor: &Cursor,
    shape: &Shape<'_>,
    written: &Written<'_>,
    offers: &mut Vec<Offer>,
) -> (usize, usize) {
    let offer = |text: String, label: String, kind| Offer {
        text,
        behind: "",
        kind,
        label: Some(label),
        told: None,
    };
    if let Some(name) = written.name(shape, cursor) {
        let names = written.names().into_iter();
        offers.extend(names.map(|word| offer(word.text, word.label, CompletionItemKind::VARIABLE)));
        return name;
    }
    // What is said of a list is said at its key.
    let rows = cursor.path.iter().rev();
    let rows = rows.take_while(|step| matches!(step, Step::Row(_))).count();
    let key = Shape::at(known.schema, &cursor.path[..cursor.path.len() - rows]);
    let words = written
        .words(key.as_ref().unwrap_or(shape), cursor)
        .into_iter();
    offers.extend(words.map(|word| {
        offer(
            known.text(&word.text),
            word.label,
            CompletionItemKind::ENUM_MEMBER,
        )
    }));
    if offers.is_empty() {
        values(known, cursor, shape, offers);
    }
    cursor.word
}

/// The path of a key as rule files name it: `child.name`.
fn field(path: &[Step], key: &str) -> String {
    let mut field = String::new();
    for step in path {
        match step {
            Step::Key(key) if field.is_empty() => field.push_str(key),
            Step::Key(key) => {
                field.push('.');
                field.push_str(key);
            }
            Step::Row(_) => field.push_str("[]"),
        }
    }
    if !field.is_empty() {
        field.push('.');
    }
    field + key
}

/// How the council's own form calls a key.
fn label_of(known: &Known<'_>, path: &[Step], key: &str) -> Option<String> {
    let field = field(path, key);
    let sections = &known.council?.sections;
    let section = sections.iter().find(|section| section.field == field)?;
    Some(section.label.clone())
}

/// The ids that the council's file has for a group: points of its checklist, sections of its form,
/// time limits and duties.
fn ids(known: &Known<'_>, path: &[Step]) -> Vec<(String, String)> {
    let Some(council) = known.council else {
        return Vec::new();
    };
    let Some(Step::Key(group)) = path.last() else {
        return Vec::new();
    };
    match group.as_str() {
        "checklist" => council
            .checklist
            .iter()
            .map(|point| (point.id.clone(), point.question.clone()))
            .collect(),
        "sections" => council
            .sections
            .iter()
            .filter_map(|section| {
                let id = section.field.strip_prefix("sections.")?;
                Some((id.to_owned(), section.label.clone()))
            })
            .collect(),
        "done" if known.kind == FileKind::Referral => council
            .timers
            .iter()
            .map(|timer| (timer.id.clone(), timer.label.clone()))
            .collect(),
        "done" => council
            .deadlines
            .iter()
            .map(|deadline| (deadline.id.clone(), deadline.task.clone()))
            .collect(),
        _ => Vec::new(),
    }
}

fn values(known: &Known<'_>, cursor: &Cursor, shape: &Shape<'_>, offers: &mut Vec<Offer>) {
    let mut push = |text: &str, label: Option<String>, kind: CompletionItemKind| {
        offers.push(Offer {
            text: text.to_owned(),
            behind: "",
            kind,
            label,
            told: None,
        });
    };
    if is_rule(&cursor.path) {
        for rule in rules::all().filter(|rule| !rules::is_named_by_council(rule.id)) {
            push(
                rule.id,
                Some(rule.summary.to_owned()),
                CompletionItemKind::CONSTANT,
            );
        }
        for id in known.council.into_iter().flat_map(Council::own_ids) {
            push(
                id,
                Some("a check of the council's own".to_owned()),
                CompletionItemKind::CONSTANT,
            );
        }
        return;
    }
    if shape.is_reference() {
        if cursor.path == [Step::Key("reference".to_owned())] {
            return;
        }
        for file in known
            .folder
            .into_iter()
            .flat_map(|folder| &folder.referrals)
        {
            // The file, and no more: a list of references is no list of children.
            let label = Some(file.path.clone());
            push(&file.record.reference, label, CompletionItemKind::REFERENCE);
        }
        return;
    }
    let words = shape.words();
    for (word, label) in &words {
        let label = label.map(str::to_owned);
        push(&known.text(word), label, CompletionItemKind::ENUM_MEMBER);
    }
    if words.is_empty() && !shape.has_pattern() && !shape.is_a("object") && !shape.is_amount() {
        for word in shape.examples() {
            let label = known.council.and_then(|council| word_label(council, &word));
            push(&known.text(&word), label, CompletionItemKind::ENUM_MEMBER);
        }
    }
    if shape.is_a("boolean") && !shape.is_a("string") {
        push("true", Some("yes".to_owned()), CompletionItemKind::VALUE);
        push("false", Some("no".to_owned()), CompletionItemKind::VALUE);
    }
}

/// Whether the id of a rule is written there: `accepted[0].rule`.
fn is_rule(path: &[Step]) -> bool {
    let key = |step: &Step, wanted: &str| matches!(step, Step::Key(key) if key == wanted);
    matches!(path, [list, Step::Row(_), last] if key(list, "accepted") && key(last, "rule"))
}

fn word_label(council: &Council, word: &str) -> Option<String> {
    Use::ALL
        .iter()
        .find_map(|(place, _)| council.words.find(*place, word))
        .map(|known| known.label.clone())
}

/// A key explained: what it is, what can stand there, and how the council's form calls it.
pub(super) fn explain(known: &Known<'_>, parent: &[Step], key: &str) -> Option<String> {
    let mut path = parent.to_vec();
    path.push(Step::Key(key.to_owned()));
    let shape = Shape::at(known.schema, &path)?;
    let mut parts = vec![format!("**{}**", inline(key))];
    if let Some(description) = shape.description() {
        parts.push(description.to_owned());
    }
    let section = known.council.and_then(|council| {
        let field = field(parent, key);
        council
            .sections
            .iter()
            .find(|section| section.field == field)
    });
    if let Some(section) = section {
        let basis = crate::output::resting_on(&section.basis);
        let mut text = format!("On the council's form: {}{basis}", section.label);
        if let Some(hint) = &section.hint {
            text.push_str(&format!(". {hint}"));
        }
        parts.push(inline(&text));
    }
    let label = ids(known, parent).into_iter().find(|(id, _)| id == key);
    if let Some((_, label)) = label.filter(|(_, label)| !label.is_empty()) {
        parts.push(inline(&label));
    }
    let words: Vec<String> = shape
        .words()
        .iter()
        .map(|(word, label)| match label {
            Some(label) => format!("- `{word}`: {}", inline(label)),
            None => format!("- `{word}`"),
        })
        .collect();
    if !words.is_empty() {
        parts.push(words.join("\n"));
    } else if let Some(example) = shape.examples().first() {
        parts.push(format!("For instance `{example}`"));
    }
    Some(parts.join("\n\n"))
}
