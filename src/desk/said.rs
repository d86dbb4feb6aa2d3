//! What records and papers say of other children, told without their names.

use super::{Mention, NamedBy, Others};
use serde_json::Value;

/// What is written in place of a child who is not the one concerned.
const ANOTHER_CHILD: &str = "(another child)";
/// What is written in place of another child's reference.
const ANOTHER_REQUEST: &str = "(another request)";

/// A text without its mentions of other children: each is told as what it is.
pub(crate) fn without(text: &str, named: &[Mention<'_>]) -> String {
    let mut told = String::with_capacity(text.len());
    let mut from = 0;
    for own in named {
        told.push_str(&text[from..own.place.start]);
        told.push_str(match own.by {
            NamedBy::Reference => ANOTHER_REQUEST,
            _ => ANOTHER_CHILD,
        });
        from = own.place.end;
        // `Toby C.` ends with its initial's own stop, unless a sentence ends there.
        let is_initial = text[own.place.clone()]
            .rsplit([' ', '.'])
            .next()
            .is_some_and(|last| last.chars().count() == 1);
        if is_initial && text[from..].starts_with('.') && goes_on(&text[from + 1..]) {
            from += 1;
        }
    }
    told.push_str(&text[from..]);
    told
}

/// Whether a sentence goes on behind a stop.
fn goes_on(rest: &str) -> bool {
    let mut letters = rest.chars().filter(|letter| !letter.is_whitespace());
    letters.next().is_some_and(|next| !next.is_uppercase())
}

/// What a record's texts say of other children, with the words around each mention; the names are
/// left out.
pub(crate) fn said_of_others(record: &Value, others: &Others<'_, '_>) -> Vec<SaidOfOther> {
    let mut found = Vec::new();
    said_in(record, String::new(), others, &mut found);
    found
}

/// One mention of another child.
#[derive(Debug, Clone)]
pub(crate) struct SaidOfOther {
    /// Keys and indices, like `actions[0].what`.
    pub(crate) key: String,
    /// By what the child is named.
    pub(crate) by: NamedBy,
    /// Whose child it is.
    pub(crate) reference: String,
    /// The words around it.
    pub(crate) around: String,
}

/// Keys under which a reference or a digest stands, not prose.
const NO_PROSE: [&str; 6] = [
    "referral",
    "referral_digest",
    "reference",
    "review_of",
    "siblings",
    "amends.decision",
];

fn said_in(value: &Value, key: String, others: &Others<'_, '_>, found: &mut Vec<SaidOfOther>) {
    match value {
        Value::String(text) if !NO_PROSE.contains(&key.as_str()) => {
            let named = others.named_in(text);
            for own in &named {
                found.push(SaidOfOther {
                    key: key.clone(),
                    by: own.by,
                    reference: own.reference.to_owned(),
                    around: around(text, own, &named),
                });
            }
        }
        Value::Array(list) => {
            for (number, item) in list.iter().enumerate() {
                said_in(item, format!("{key}[{number}]"), others, found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                let key = match key.as_str() {
                    "" => name.clone(),
                    key => format!("{key}.{name}"),
                };
                said_in(field, key, others, found);
            }
        }
        _ => {}
    }
}

/// The words around a mention, with what names a child in them left out.
fn around(text: &str, own: &Mention<'_>, named: &[Mention<'_>]) -> String {
    const WORDS: usize = 5;
    let (before, after): (Vec<Mention<'_>>, Vec<Mention<'_>>) = named
        .iter()
        .filter(|other| other.place != own.place)
        .cloned()
        .partition(|other| other.place.end <= own.place.start);
    let shifted: Vec<Mention<'_>> = after
        .into_iter()
        .map(|other| Mention {
            place: other.place.start - own.place.end..other.place.end - own.place.end,
            ..other
        })
        .collect();
    let before = without(&text[..own.place.start], &before);
    let after = without(&text[own.place.end..], &shifted);
    let head: Vec<&str> = before.split_whitespace().collect();
    let tail: Vec<&str> = after.split_whitespace().collect();
    let is_cut = |all: usize| if all > WORDS { "…" } else { "" };
    format!(
        "{}{} […] {}{}",
        is_cut(head.len()),
        head[head.len().saturating_sub(WORDS)..].join(" "),
        tail[..tail.len().min(WORDS)].join(" "),
        is_cut(tail.len())
    )
    .trim()
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(text: &str, words: &str) -> Mention<'static> {
        let at = text.find(words).expect("it stands there");
        Mention {
            by: NamedBy::Name,
            place: at..at + words.len(),
            reference: "R-1",
        }
    }

    #[test]
    fn a_mention_is_told_as_what_it_is() {
        let text = "He lives with Toby C. in town, and Maya D. We asked.";
        let named = [mention(text, "Toby C"), mention(text, "Maya D")];
        assert_eq!(
            without(text, &named),
            "He lives with (another child) in town, and (another child). We asked."
        );
    }

    #[test]
    fn the_words_around_a_mention_name_nobody() {
        let text = "One two three four five six Toby C. seven Maya D. eight";
        let named = [mention(text, "Toby C"), mention(text, "Maya D")];
        assert_eq!(
            around(text, &named[0], &named),
            "…two three four five six […] . seven (another child) eight"
        );
    }
}
