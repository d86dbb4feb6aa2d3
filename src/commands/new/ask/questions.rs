//! From the parts of a form and what a draft says already to questions, in the form's order.

use super::super::layout::{Part, Under};
use super::paths::{at, in_words, is_blank, joined, pattern, place, schema_at, written};
use crate::council::{Council, Use};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What can be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A line of text.
    Line,
    /// Text of several lines.
    Text,
    /// One of the question's words.
    Word,
    /// Several of them.
    Words,
    /// Whether the question's one word is to stand there.
    Is,
    /// Yes or no.
    YesNo,
    /// A day, a moment, an amount of money or a number: with an example.
    Figure(&'static str),
    /// Whether the list gets another row.
    Another,
    /// Whether there is an emergency to tell of.
    Emergency,
}

/// A row that begins with the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Begins {
    /// The list.
    pub(super) list: Vec<String>,
    /// The role that stands in it beside the answer.
    pub(super) role: Option<String>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    /// What it is known by as long as the form is being filled in.
    pub(super) id: String,
    /// Where its answer stands.
    pub(super) path: Vec<String>,
    /// What is asked, with its clause.
    pub(super) label: String,
    /// What else the form says of it.
    pub(super) notes: Vec<String>,
    /// Words that may be chosen, with what they stand for.
    pub(super) choices: Vec<(String, String)>,
    /// What can be answered.
    pub(super) kind: Kind,
    /// The row that the answer begins, where it is not there yet.
    pub(super) begins: Option<Begins>,
    /// Questions that are left with this one: what their ids begin with.
    pub(super) leaves: Option<String>,
    /// What stands there.
    pub(super) now: Option<String>,
}

impl Question {
    /// The path as findings write it: `costs[0].weekly`.
    pub(super) fn place(&self) -> String {
        place(&self.path)
    }
}

/// What the questions are made from.
pub(super) struct Source<'s> {
    /// The rules of the draft's panel.
    pub(super) council: &'s Council,
    /// The JSON Schema of a referral, for what each key takes.
    pub(super) schema: &'s Value,
    /// What the draft says.
    pub(super) said: &'s Value,
    /// For each list whose rows answer the council's entries, those of the blank form in its order.
    pub(super) blank: &'s BTreeMap<String, Vec<usize>>,
    /// Lists that are to get another row.
    pub(super) more: &'s BTreeSet<String>,
    /// Whether somebody said that there is an emergency.
    pub(super) has_emergency: bool,
}

/// For each list whose rows answer the council's entries, those entries in the order of a form.
pub(super) fn entries(parts: &[Part]) -> BTreeMap<String, Vec<usize>> {
    let rows = |part: &Part| match &part.under {
        Under::Rows(rows) => rows
            .iter()
            .filter_map(|row| row.iter().find_map(|key| key.entry))
            .collect(),
        _ => Vec::new(),
    };
    parts
        .iter()
        .map(|part| (part.key.clone(), rows(part)))
        .collect()
}

/// Every question of a form, those that are answered too.
pub(super) fn of(parts: &[Part], source: &Source<'_>) -> Vec<Question> {
    let mut asking = Asking {
        source,
        questions: Vec::new(),
    };
    asking.group(parts, &[]);
    let mut questions = asking.questions;
    // What else is asked hangs on these two.
    questions.sort_by_key(|question| !matches!(question.id.as_str(), "for" | "request.kind"));
    questions
}

struct Asking<'s> {
    source: &'s Source<'s>,
    questions: Vec<Question>,
}

impl Asking<'_> {
    fn group(&mut self, parts: &[Part], above: &[String]) {
        for part in parts {
            let path = joined(above, &part.key);
            let name = place(&path);
            if name == "reference" || !self.arises(part, &path) {
                continue;
            }
            match &part.under {
                Under::Nothing => self.leaf(part, &path),
                Under::Keys(keys) => {
                    let from = self.questions.len();
                    self.group(keys, &path);
                    // What is said of the group stands at its first question.
                    if let Some(first) = self.questions.get_mut(from) {
                        first.notes.splice(0..0, part.notes.iter().cloned());
                        let is_bare = keys
                            .first()
                            .is_some_and(|key| first.label == in_words(&key.key));
                        if is_bare && !first.notes.is_empty() {
                            first.label = first.notes.remove(0);
                        }
                    }
                }
                Under::Rows(rows) => {
                    let is_of_entries = rows.iter().flatten().any(|key| key.entry.is_some());
                    if is_of_entries {
                        self.entries(part, rows, &path);
                    } else if let Some(row) = rows.first() {
                        self.table(part, row, &path);
                    }
                }
            }
        }
    }

    /// Whether a part is to be asked for, given what other answers say.
    fn arises(&mut self, part: &Part, path: &[String]) -> bool {
        match part.key.as_str() {
            "explain" => {
                let group = at(self.source.said, &path[..path.len() - 1]);
                let is_no = |key| {
                    group
                        .and_then(|group| group.get(key))
                        .and_then(Value::as_str)
                        .is_some_and(|said| said == "false")
                };
                is_no("held") || is_no("in_place")
            }
            // Documents are a list without rows where others give them all.
            "documents" => matches!(part.under, Under::Rows(_)),
            "funding" => !is_blank(at(self.source.said, &["needs".to_owned()])),
            "placed_on" | "emergency" if path.len() == 1 => {
                let stands = |key: &str| !is_blank(at(self.source.said, &[key.to_owned()]));
                let has_one = stands("placed_on") || stands("emergency");
                if part.key == "placed_on" {
                    self.questions.push(Question {
                        id: "emergency?".to_owned(),
                        path: vec!["emergency?".to_owned()],
                        label: "Is it an emergency, or has the placement begun already?".to_owned(),
                        notes: Vec::new(),
                        choices: Vec::new(),
                        kind: Kind::Emergency,
                        begins: None,
                        leaves: None,
                        now: has_one.then(|| "yes".to_owned()),
                    });
                }
                has_one || self.source.has_emergency
            }
            _ => true,
        }
    }

    fn leaf(&mut self, part: &Part, path: &[String]) {
        let question = self.question(part, path);
        self.questions.push(question);
    }

    fn question(&self, part: &Part, path: &[String]) -> Question {
        let name = place(path);
        let choices = self.choices(part, path);
        let kind = self.kind(path, !choices.is_empty());
        // A list of words is shown as a list; what the file says in a comment need not be repeated.
        let mut notes: Vec<String> = part
            .notes
            .iter()
            .filter(|note| {
                let repeats = note.starts_with("One of ") || note.starts_with("Write ");
                (choices.is_empty() || !repeats) && *note != "true or false"
            })
            .map(|note| match note.split_once(": one of ") {
                Some((before, _)) if !choices.is_empty() => before.to_owned(),
                _ => note.clone(),
            })
            .collect();
        let label = if notes.is_empty() {
            in_words(&part.key)
        } else {
            notes.remove(0)
        };
        // The example is shown for every figure.
        let label = match (kind, label.split_once(", like ")) {
            (Kind::Figure(_), Some((before, _))) => before.to_owned(),
            _ => label,
        };
        Question {
            id: name,
            path: path.to_vec(),
            label,
            notes,
            now: written(at(self.source.said, path)),
            choices,
            kind,
            begins: None,
            leaves: None,
        }
    }

    /// Rows of people's own: as many as they need.
    fn table(&mut self, part: &Part, row: &[Part], list: &[String]) {
        let name = place(list);
        let rows = at(self.source.said, list)
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice);
        let is_filled = |number: &usize| !is_blank(rows.get(*number));
        let filled: Vec<usize> = (0..rows.len()).filter(is_filled).collect();
        for number in &filled {
            self.row(part, row, list, *number, false);
        }
        if filled.is_empty() || self.source.more.contains(&name) {
            let blank = (0..rows.len()).find(|number| !is_filled(number));
            self.row(
                part,
                row,
                list,
                blank.unwrap_or(rows.len()),
                blank.is_none(),
            );
        } else {
            let what = part
                .notes
                .first()
                .cloned()
                .unwrap_or_else(|| in_words(&part.key));
            self.questions.push(Question {
                id: format!("{name}+"),
                path: list.to_vec(),
                label: format!("Another? {what}"),
                notes: Vec::new(),
                choices: Vec::new(),
                kind: Kind::Another,
                begins: None,
                leaves: None,
                now: None,
            });
        }
    }

    fn row(&mut self, part: &Part, row: &[Part], list: &[String], number: usize, is_new: bool) {
        let before = joined(list, &number.to_string());
        let is_blank = is_blank(at(self.source.said, &before));
        for (place_in_row, key) in row.iter().enumerate() {
            let mut question = self.question(key, &joined(&before, &key.key));
            if place_in_row == 0 {
                question.notes.splice(0..0, part.notes.iter().cloned());
                if is_blank {
                    question.leaves = Some(format!("{}.", place(&before)));
                }
            }
            let own = in_words(&key.key);
            if question.label != own && !question.label.contains("(clause") {
                question.label = format!("{own}: {}", question.label.to_lowercase());
            }
            question.label = format!("{} {}: {}", in_words(&part.key), number + 1, question.label);
            // What is asked first begins the row; until it is there nothing else of it is.
            if is_new && is_blank {
                question.begins = Some(Begins {
                    list: list.to_vec(),
                    role: None,
                });
            }
            self.questions.push(question);
            if is_new && is_blank {
                break;
            }
        }
    }

    /// Rows that answer the council's own entries: a paper, a leave, a signature, somebody who
    /// comes.
    fn entries(&mut self, part: &Part, rows: &[Vec<Part>], list: &[String]) {
        let own = match part.key.as_str() {
            "documents" => "kind",
            "permissions" => "for",
            _ => "role",
        };
        let said = at(self.source.said, list)
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice);
        let blank = self.source.blank.get(&part.key);
        let is_as_written = blank.is_some_and(|blank| blank.len() == said.len());
        for (place_of_row, row) in rows.iter().enumerate() {
            let Some(entry) = row.iter().find_map(|key| key.entry) else {
                continue;
            };
            let Some(mark) = row.iter().find(|key| key.key == own) else {
                continue;
            };
            let answers = |row: &Value| {
                let is = row.get(own).and_then(Value::as_str);
                let serves = |is: &str| {
                    let mut words = mark.choices.iter().chain([&mark.value]);
                    words.any(|word| match own {
                        // A special post stands for the general one that it is.
                        "role" => self.source.council.words.role_serves(is, word),
                        _ => word == is,
                    })
                };
                is.is_some_and(|is| !is.is_empty() && serves(is))
            };
            let found = said.iter().position(answers);
            // The row with this entry's comment above it, as long as nobody has moved the rows.
            let reserved = blank
                .filter(|_| is_as_written)
                .and_then(|blank| blank.iter().position(|known| *known == entry))
                .filter(|place| is_blank(said.get(*place)));
            let number = found.or(reserved).unwrap_or(said.len());
            let is_new = found.or(reserved).is_none();
            let before = joined(list, &number.to_string());
            let note = row
                .iter()
                .flat_map(|key| &key.notes)
                .find(|note| !note.starts_with("Write "))
                .cloned()
                .unwrap_or_else(|| in_words(&part.key));
            let group = format!("{}#{entry}.", place(list));
            let notes = if place_of_row == 0 {
                &part.notes[..]
            } else {
                &[]
            };
            let is_named = found.is_some() || !mark.value.is_empty();
            let mut asked: Vec<&Part> = row.iter().filter(|key| key.key != own).collect();
            if !is_named || (found.is_some() && mark.value.is_empty()) {
                asked.insert(0, mark);
            }
            for (turn, key) in asked.into_iter().enumerate() {
                let mut question = self.question(key, &joined(&before, &key.key));
                question.id = format!("{group}{}", key.key);
                let is_mark = key.key == own;
                if is_mark {
                    question.label.clone_from(&note);
                    if let [_] = key.choices[..] {
                        question.kind = Kind::Is;
                    }
                } else {
                    question.label = format!("{note}: {}", in_words(&key.key).to_lowercase());
                    if key.choices.len() == 1 {
                        question.kind = Kind::Is;
                    }
                }
                if turn == 0 {
                    question.notes = notes.to_vec();
                    if question.now.is_none() {
                        question.leaves = Some(group.clone());
                    }
                }
                if is_new {
                    question.begins = Some(Begins {
                        list: list.to_vec(),
                        role: (!mark.value.is_empty()).then(|| mark.value.clone()),
                    });
                }
                self.questions.push(question);
                // Until the row is there, and it is known whose it is, nothing else of it is asked.
                if (is_mark && !is_named) || is_new {
                    break;
                }
            }
        }
    }

    /// Words that may be chosen.
    fn choices(&self, part: &Part, path: &[String]) -> Vec<(String, String)> {
        let words = &self.source.council.words;
        let name = pattern(path);
        let of = match name.as_str() {
            "request.kind" => Some(Use::Kind),
            "request.provision" | "options[].provision" => Some(Use::Provision),
            "child.legal_status" => Some(Use::LegalStatus),
            "costs[].item" | "current_costs[].item" => Some(Use::Item),
            "needs" | "funding[].source" => Some(Use::Funder),
            "funding[].status" => Some(Use::FundingStatus),
            "documents[].kind" => Some(Use::Document),
            "permissions[].for" => Some(Use::Permission),
            "emergency.ground" => Some(Use::Ground),
            "referred_to[].panel" => Some(Use::Panel),
            "request.court.order" => Some(Use::CourtOrder),
            "provider.sector" => Some(Use::Sector),
            _ if part.key == "role" || part.key == "via" => Some(Use::Role),
            _ => None,
        };
        let ids = match (&part.choices[..], of) {
            ([], Some(Use::Role) | None) => Vec::new(),
            ([], Some(of)) => words.ids(of),
            (named, _) => named.to_vec(),
        };
        let label = |id: &str| match of {
            Some(Use::Role) => self.source.council.role_label(id).to_owned(),
            Some(of) => words.label(of, id).to_owned(),
            None => id.to_owned(),
        };
        ids.into_iter()
            .map(|id| {
                let label = label(&id);
                (id, label)
            })
            .collect()
    }

    fn kind(&self, path: &[String], has_choices: bool) -> Kind {
        const TEXTS: [&str; 4] = ["sections", "signs_of_safety", "views", "checklist"];
        let takes = schema_at(self.source.schema, path);
        let is = |kind: &str| match takes.and_then(|takes| takes.get("type")) {
            Some(Value::String(only)) => only == kind,
            Some(Value::Array(several)) => several.iter().any(|one| one == kind),
            _ => false,
        };
        // Text may look like a number or like yes and no, and is text.
        let is_text = is("string") && is("boolean");
        let pattern = takes
            .and_then(|takes| takes.get("pattern"))
            .and_then(Value::as_str)
            .unwrap_or_default();
        let key = path.last().map_or("", String::as_str);
        if is("array") {
            Kind::Words
        } else if has_choices {
            Kind::Word
        } else if is("boolean") && !is_text {
            Kind::YesNo
        } else if pattern.contains("[Tt ]") {
            Kind::Figure("a day, or a day and a time: 2026-11-19 or 2026-11-19T14:00")
        } else if pattern.contains("\\d{4}") {
            Kind::Figure("a day, like 2026-12-01")
        } else if is("integer") && !is_text {
            Kind::Figure("a whole number, like 12")
        } else if is("number") && !is_text {
            Kind::Figure("pounds, like 4250.00")
        } else if (path.len() == 2 && TEXTS.contains(&path[0].as_str()))
            || matches!(key, "summary" | "reason" | "care_plan" | "explain")
        {
            Kind::Text
        } else {
            Kind::Line
        }
    }
}
