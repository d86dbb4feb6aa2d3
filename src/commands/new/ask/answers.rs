//! From an answer to what is written.

use super::draft::Edit;
use super::questions::{Kind, Question};
use crate::folder::{Written, nearest};

/// What comes of an answer.
#[derive(Debug)]
pub(super) enum Meant {
    /// These changes of the draft.
    Edits(Vec<Edit>),
    /// Yes, to a question that writes nothing itself.
    Yes,
    /// No: it stays blank.
    No,
    /// It cannot be taken, and why.
    Refused(String),
}

/// Keys with which a row can begin.
const KEYS: [&str; 26] = [
    "name",
    "role",
    "date_of_birth",
    "relationship",
    "score",
    "reasons",
    "provision",
    "provider",
    "available",
    "suitable",
    "weekly",
    "weeks",
    "one_off",
    "note",
    "tried",
    "outcome",
    "item",
    "description",
    "source",
    "status",
    "share",
    "panel",
    "on",
    "kind",
    "for",
    "title",
];

/// Yes or no, however it is said.
pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" => Some(true),
        "no" | "n" | "false" => Some(false),
        _ => None,
    }
}

/// What an answer to a question comes to.
pub(super) fn meant(question: &Question, text: &str) -> Meant {
    let text = text.trim();
    let value = match question.kind {
        Kind::Line | Kind::Text => Written::text(text),
        Kind::Figure(_) => figure(text),
        Kind::YesNo => match yes_or_no(text) {
            Some(is) => Written::word(is),
            None => return Meant::Refused(format!("`{text}` is neither yes nor no")),
        },
        Kind::Another | Kind::Emergency => {
            return match yes_or_no(text) {
                Some(true) => Meant::Yes,
                Some(false) => Meant::No,
                None => Meant::Refused(format!("`{text}` is neither yes nor no")),
            };
        }
        Kind::Is => match (yes_or_no(text), &question.choices[..]) {
            (Some(false), _) => return Meant::No,
            (Some(true), [(id, _)]) => Written::word(id),
            (None, [(id, label)]) if id == text || label.eq_ignore_ascii_case(text) => {
                Written::word(id)
            }
            // Another post may stand for this one; whether it is a word at all the rules say.
            _ => figure(text),
        },
        Kind::Word => match word(question, text) {
            Ok(word) => Written::word(word),
            Err(why) => return Meant::Refused(why),
        },
        Kind::Words => {
            let chosen: Result<Vec<Written>, String> = text
                .split([',', ';'])
                .filter(|one| !one.trim().is_empty())
                .map(|one| word(question, one.trim()).map(Written::word))
                .collect();
            match chosen {
                Ok(chosen) => Written::List(chosen),
                Err(why) => return Meant::Refused(why),
            }
        }
    };
    match edit(question, value) {
        Some(edit) => Meant::Edits(vec![edit]),
        None => Meant::Refused("this row is begun by hand, in the file".to_owned()),
    }
}

fn edit(question: &Question, value: Written) -> Option<Edit> {
    let Some(begins) = &question.begins else {
        return Some(Edit::Set(question.path.clone(), value));
    };
    let key = question.path.last()?;
    let key = KEYS.into_iter().find(|known| known == key)?;
    let mut row = Vec::new();
    row.extend(
        begins
            .role
            .as_ref()
            .map(|role| ("role", Written::word(role))),
    );
    row.push((key, value));
    Some(Edit::Add(begins.list.clone(), Written::Group(row)))
}

/// A day or an amount stands without quotation marks; what is neither is told by the rules.
fn figure(text: &str) -> Written {
    let is_plain = text
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | ':'));
    if is_plain && text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        Written::word(text)
    } else {
        Written::text(text)
    }
}

/// The word that was chosen: by its number in the list, by what it stands for, or itself.
fn word(question: &Question, text: &str) -> Result<String, String> {
    let choices = &question.choices;
    let numbered = text
        .parse::<usize>()
        .ok()
        .and_then(|number| choices.get(number.checked_sub(1)?));
    let plain = text.to_lowercase().replace([' ', '_'], "-");
    let named = choices
        .iter()
        .find(|(id, label)| *id == plain || label.eq_ignore_ascii_case(text));
    if let Some((id, _)) = numbered.or(named) {
        return Ok(id.clone());
    }
    let near = nearest(&plain, choices.iter().map(|(id, _)| id.as_str()));
    Err(match near {
        Some(near) => format!("`{text}` is not a word that is used here; did you mean `{near}`?"),
        None => format!(
            "`{text}` is not a word that is used here; choose one of the list, by its number or its word"
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: Kind) -> Question {
        Question {
            id: "request.kind".to_owned(),
            path: vec!["request".to_owned(), "kind".to_owned()],
            label: "What is asked of the panel".to_owned(),
            notes: Vec::new(),
            choices: vec![
                ("new-placement".to_owned(), "New placement".to_owned()),
                ("review".to_owned(), "Review".to_owned()),
            ],
            kind,
            begins: None,
            leaves: None,
            now: None,
        }
    }

    #[test]
    fn a_word_is_chosen_by_its_number_its_name_or_itself() {
        let question = question(Kind::Word);
        for answer in ["1", "New placement", "new placement", "new-placement"] {
            assert_eq!(
                word(&question, answer).as_deref(),
                Ok("new-placement"),
                "{answer}"
            );
        }
    }

    #[test]
    fn a_misspelt_word_is_refused_with_the_nearest() {
        let refused = word(&question(Kind::Word), "new-placment");
        assert!(
            refused.is_err_and(|why| why.contains("did you mean `new-placement`?")),
            "it was taken"
        );
    }

    #[test]
    fn a_question_of_yes_or_no_takes_nothing_else() {
        assert!(matches!(
            meant(&question(Kind::YesNo), "perhaps"),
            Meant::Refused(_)
        ));
        assert!(matches!(
            meant(&question(Kind::YesNo), "No"),
            Meant::Edits(_)
        ));
    }
}
