//! What can be written where the cursor is: keys that are not there yet, words with their labels,
//! references, rules.

use super::cursor::{Cursor, Step, Takes};
use super::lines::Lines;
use super::shape::Shape;
use crate::council::{Council, FileKind, Use};
use crate::folder::Folder;
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
) -> Vec<CompletionItem> {
    let Some(shape) = Shape::at(known.schema, &cursor.path) else {
        return Vec::new();
    };
    let mut offers = Vec::new();
    if cursor.takes != Takes::Value {
        keys(known, cursor, &shape, &mut offers);
    }
    if cursor.takes != Takes::Key {
        values(known, cursor, &shape, &mut offers);
    }
    let range = lines.between(cursor.word.0, cursor.word.1);
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
        if is_taken(key) {
            continue;
        }
        let opens = shape.is_a("object") || shape.is_a("array");
        offers.push(Offer {
            text: key.to_owned(),
            behind: match (cursor.has_colon, opens) {
                (true, _) => "",
                (false, true) => ":",
                (false, false) => ": ",
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
        push(word, label, CompletionItemKind::ENUM_MEMBER);
    }
    if words.is_empty() && !shape.has_pattern() && !shape.is_a("object") && !shape.is_a("number") {
        for word in shape.examples() {
            let label = known.council.and_then(|council| word_label(council, &word));
            push(&word, label, CompletionItemKind::ENUM_MEMBER);
        }
    }
    if shape.is_a("boolean") {
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
    let mut parts = vec![format!("**{key}**")];
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
        parts.push(text);
    }
    let label = ids(known, parent).into_iter().find(|(id, _)| id == key);
    if let Some((_, label)) = label.filter(|(_, label)| !label.is_empty()) {
        parts.push(label);
    }
    let words: Vec<String> = shape
        .words()
        .iter()
        .map(|(word, label)| match label {
            Some(label) => format!("- `{word}`: {label}"),
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
