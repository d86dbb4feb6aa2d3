//! The words of a name, and what people make of them: initials, plurals, words run together.

use crate::desk::is_address;
use crate::records::{folded_words, is_meant_as_name};

/// Small words in a surname that are nobody's by themselves.
const PARTICLES: [&str; 22] = [
    "al", "ap", "bin", "bint", "da", "de", "del", "della", "der", "di", "do", "dos", "du", "el",
    "ibn", "la", "le", "of", "st", "ter", "van", "von",
];

/// What joins two names to one.
const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{2011}'];

/// Names that are also months: beside a number they are a date.
const MONTHS: [&str; 4] = ["april", "may", "june", "august"];

/// Whether one word of a name is meant as such where it stands.
pub(super) fn is_meant(text: &str, place: &std::ops::Range<usize>) -> bool {
    let written = &text[place.clone()];
    // Ids and paths are in small letters; what they say, they say to programs.
    let is_small = !text.contains(|c: char| c.is_whitespace() || c.is_uppercase());
    let is_id = is_small && text.contains(['-', '_', '/', ':', '.']);
    let is_number = |word: Option<&str>| {
        word.is_some_and(|word| {
            word.trim_matches(',')
                .starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let is_date = MONTHS.contains(&written.to_lowercase().as_str())
        && (is_number(text[..place.start].split_whitespace().next_back())
            || is_number(text[place.end..].split_whitespace().next()));
    !is_id && !is_date && is_meant_as_name(written)
}

/// The words of a name that tell of somebody by themselves, as they are looked for, each with what
/// is written for it.
pub(super) fn parts(name: &str) -> Vec<(String, String)> {
    let whole = initials(name);
    // "Mr Ade and family": in a name with capitals, words without one are nobody's.
    let has_capitals = name.chars().any(char::is_uppercase);
    let words = name.split_whitespace().filter(|word| !is_address(word));
    let mut parts = Vec::new();
    for (place, word) in words.enumerate() {
        let folded = folded_words(word);
        let is_written_out = word.chars().filter(|c| c.is_alphabetic()).count() > 1;
        let is_small = !word.chars().any(char::is_uppercase);
        if !is_written_out || (is_small && has_capitals) || PARTICLES.contains(&folded.as_str()) {
            continue;
        }
        let own = match place {
            0 => whole.clone(),
            _ => initials(word),
        };
        // `Anne-Marie` is called Anne as well, and `O'Brien` is typed OBrien.
        let of = |piece: &str| match place {
            0 => whole.clone(),
            _ => initials(piece),
        };
        if folded.contains(' ') {
            parts.push((folded.replace(' ', ""), own.clone()));
            for piece in word.split(HYPHENS) {
                let folded = folded_words(piece);
                let single = folded.split(' ').filter(|part| part.chars().count() > 2);
                parts.extend(single.map(|part| (part.to_owned(), of(piece))));
                if folded.contains(' ') {
                    parts.push((folded.replace(' ', ""), of(piece)));
                    parts.push((folded, of(piece)));
                }
            }
        }
        parts.push((folded, own));
    }
    parts
}

/// What people put behind a word of a name, as it is looked for, to make a plural of it, or a
/// possessive without its apostrophe: the Marshes, Amelias.
pub(super) fn plural_endings(word: &str) -> &'static [&'static str] {
    const SHORTEST: usize = 3;
    if !word.is_ascii() || word.contains(' ') || word.len() < SHORTEST {
        &[]
    } else if word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh") {
        &["s", "es"]
    } else {
        &["s"]
    }
}

/// A text before its last letters, and those.
pub(super) fn split_before_last(written: &str, letters: usize) -> (&str, &str) {
    let last = written.char_indices().rev().take(letters).last();
    written.split_at(last.map_or(written.len(), |(place, _)| place))
}

/// A name with nothing between its words, and its first name with the initial of the last.
pub(super) fn joined(name: &str) -> Vec<String> {
    let words = name.split_whitespace().filter(|word| !is_address(word));
    let words: Vec<String> = words.map(folded_words).collect();
    let [first, .., last] = &words[..] else {
        return Vec::new();
    };
    if first.chars().count() < 2 {
        return Vec::new();
    }
    let short: String = first.chars().chain(last.chars().next()).collect();
    [words.concat(), short]
        .map(|joined| joined.replace(' ', ""))
        .into()
}

/// Whether a word is surely several: it has a capital inside, or more letters than a word that is
/// a name and the beginning of another by chance.
pub(super) fn runs_together(written: &str) -> bool {
    const LONG: usize = 9;
    let pairs = written.chars().zip(written.chars().skip(1));
    let mut pairs = pairs.map(|(one, next)| one.is_lowercase() && next.is_uppercase());
    pairs.any(|is_inside| is_inside) || written.chars().count() >= LONG
}

/// `Tomasz W.` as `T.W.`
pub(super) fn initials(name: &str) -> String {
    name.split(char::is_whitespace)
        .flat_map(|word| word.split(HYPHENS))
        .filter(|part| !is_address(part))
        .filter_map(|part| part.chars().find(|c| c.is_alphabetic()))
        .flat_map(|c| c.to_uppercase().chain(['.']))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_initials_and_forms_of_address_do_not_count() {
        assert_eq!(initials("Tomasz W."), "T.W.");
        assert_eq!(initials("Mr Idowu"), "I.");
        assert_eq!(initials("Anne-Marie de Souza"), "A.M.D.S.");
    }

    #[test]
    fn the_words_of_a_name_that_tell_of_somebody_are_known_one_by_one() {
        let words =
            |name| -> Vec<String> { parts(name).into_iter().map(|(word, _)| word).collect() };
        assert_eq!(words("Tomasz W."), ["tomasz"]);
        assert_eq!(
            words("Mrs van der O'Brien"),
            ["obrien", "brien", "obrien", "o brien", "o brien"]
        );
        assert_eq!(
            words("Anne-Marie K."),
            ["annemarie", "anne", "marie", "anne marie"]
        );
        assert_eq!(words("S. Hall"), ["hall"]);
    }

    #[test]
    fn a_month_beside_a_number_is_no_name() {
        let is_meant =
            |text: &str| is_meant(text, &(text.find("May").map(|at| at..at + 3).expect("May")));
        assert!(is_meant("May was seen at school"));
        assert!(!is_meant("on 12 May 2026") && !is_meant("in May 2026"));
    }
}
