//! Names, numbers and references as they stand in prose, however they are written there.

use aho_corasick::{AhoCorasick, Input, MatchKind};
use icu_normalizer::DecomposingNormalizerBorrowed;
use std::ops::Range;

/// A text as names are looked for in it: small letters without marks, and one blank for whatever
/// stands between two words, so that `O’Brien`, `o'brien` and `O'BRIEN` are the same two words.
/// A sign of a script that sets no blanks between words is a word of its own, so that `李小龍` and
/// `李 小龍` are the same three.
///
/// It begins and ends with a blank: a name between two of them is a name of its own and no part of
/// a longer word.
#[derive(Debug)]
pub(crate) struct Folded {
    text: String,
    /// Where the letter that each byte of it comes from begins in the text as it was written.
    places: Vec<usize>,
}

impl Folded {
    /// Folds a text.
    pub(crate) fn of(written: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(written.len() + 2),
            places: Vec::with_capacity(written.len() + 2),
        };
        folded.push(' ', 0);
        for (place, letter) in written.char_indices() {
            if letter.is_ascii_alphanumeric() {
                folded.text.push(letter.to_ascii_lowercase());
                folded.places.push(place);
            } else if letter.is_ascii() || is_apostrophe(letter) {
                folded.push_blank(place);
            } else if let Some(letters) = plain(letter) {
                letters.chars().for_each(|own| folded.push(own, place));
            } else if is_word_of_its_own(letter) {
                folded.push_blank(place);
                folded.push(letter, place);
                folded.push_blank(place);
            } else if !is_mark(letter) {
                let parts = DecomposingNormalizerBorrowed::new_nfkd();
                let parts = parts.normalize_iter(std::iter::once(letter));
                for part in parts.filter(|part| !is_mark(*part)) {
                    match part.is_alphanumeric() {
                        true => part.to_lowercase().for_each(|own| folded.push(own, place)),
                        false => folded.push_blank(place),
                    }
                }
            }
        }
        folded.push_blank(written.len());
        folded
    }

    /// Its words from left to right, each with where it stands in the text as it was written.
    pub(crate) fn words<'f>(
        &'f self,
        written: &'f str,
    ) -> impl Iterator<Item = (&'f str, Range<usize>)> {
        let blanks = self.text.match_indices(' ').map(|(place, _)| place);
        let words = blanks.clone().zip(blanks.skip(1));
        words.map(move |(start, end)| {
            let place = self.written_at(written, &(start..end + 1));
            (&self.text[start + 1..end], place)
        })
    }

    fn push_blank(&mut self, from: usize) {
        if !self.text.ends_with(' ') {
            self.push(' ', from);
        }
    }

    fn push(&mut self, letter: char, from: usize) {
        self.text.push(letter);
        self.places
            .extend(std::iter::repeat_n(from, letter.len_utf8()));
    }

    /// Where a match, from blank to blank, stands in the text as it was written.
    fn written_at(&self, written: &str, found: &Range<usize>) -> Range<usize> {
        let (first, last) = (self.places[found.start + 1], self.places[found.end - 2]);
        let letter = written[last..].chars().next();
        first..last + letter.map_or(0, char::len_utf8)
    }
}

/// Letters that have no mark to take away and are written as others all the same.
const fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ł' | 'Ł' => "l",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        'ħ' | 'Ħ' => "h",
        _ => return None,
    })
}

/// What Unicode takes for letters, and people for the apostrophe of a name or of "Kayden's".
pub(crate) const fn is_apostrophe(letter: char) -> bool {
    matches!(
        letter,
        '\'' | '\u{2019}' | '\u{2B9}'..='\u{2BD}' | '\u{2C8}' | '\u{2EE}' | '\u{A78B}' | '\u{A78C}'
    )
}

/// Signs of Chinese, Japanese and Korean: words are written there without blanks between them.
const fn is_word_of_its_own(letter: char) -> bool {
    matches!(
        letter,
        '\u{3041}'..='\u{30FF}'
            | '\u{3400}'..='\u{9FFF}'
            | '\u{AC00}'..='\u{D7A3}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}'
    )
}

/// Marks on letters, and signs that cannot be seen: a word goes on through them.
const fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}'
    )
}

/// The words of a name or number as they are looked for; empty where it has none.
pub(crate) fn folded_words(written: &str) -> String {
    Folded::of(written).text.trim().to_owned()
}

/// Words that are looked for in many texts, all at once: the time that a text takes hardly depends
/// on how many there are.
#[derive(Debug)]
pub(crate) struct Finder {
    words: AhoCorasick,
}

impl Finder {
    /// Looks for words as [`folded_words`] gives them; the place of each in the order given says
    /// which was found.
    pub(crate) fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let words = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words.map(|words| format!(" {words} ")))
            .expect("names of people have far fewer than two thousand million letters");
        Self { words }
    }

    /// What stands in a text, from left to right, of several that begin together the longest:
    /// which, and where in the text as it was written.
    pub(crate) fn found_in(&self, written: &str) -> Vec<(usize, Range<usize>)> {
        self.found_in_folded(&Folded::of(written), written)
    }

    /// The same in a text that has been folded.
    pub(crate) fn found_in_folded(
        &self,
        folded: &Folded,
        written: &str,
    ) -> Vec<(usize, Range<usize>)> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(own) = self.words.find(Input::new(&folded.text).range(from..)) {
            found.push((
                own.pattern().as_usize(),
                folded.written_at(written, &own.range()),
            ));
            // The blank behind one name is the blank before the next.
            from = own.end() - 1;
        }
        found
    }
}

/// Words of everyday English that are names as well, a line each.
const EVERYDAY: &str = include_str!("everyday_words.txt");

/// Whether a first name or surname that stands in a text alone is meant as one: in small letters
/// "will" and "grace" are words, "tomasz" is a name typed in haste.
pub(crate) fn is_meant_as_name(written: &str) -> bool {
    let is_small = !written.chars().any(char::is_uppercase);
    !(is_small && is_everyday(written))
}

/// Whether a word in small letters is one of everyday English.
pub(crate) fn is_everyday(word: &str) -> bool {
    EVERYDAY.lines().any(|everyday| everyday == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(names: &[&str], text: &'t str) -> Vec<&'t str> {
        let words: Vec<String> = names.iter().map(|name| folded_words(name)).collect();
        let finder = Finder::of(words.iter().map(String::as_str));
        let found = finder.found_in(text).into_iter();
        found.map(|(_, place)| &text[place]).collect()
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        for text in [
            "Zoë O'Brien",
            "zoe o’brien",
            "ZOE O'BRIEN",
            "Zoe\u{308} O\u{2019}Brien",
            "Zoë  O'Brien",
            "Zoë\nO'Brien",
            "Zoë O\u{2BC}Brien",
            "Zoë O\u{2B9}Brien",
            "Zoë O\u{A78C}Brien",
        ] {
            assert_eq!(found(&["Zoë O'Brien"], text), [text]);
        }
        assert_eq!(
            found(&["Anne-Marie K."], "with Anne Marie K today"),
            ["Anne Marie K"]
        );
        assert_eq!(found(&["Łukasz W."], "LUKASZ W.'s room"), ["LUKASZ W"]);
        assert_eq!(found(&["Weiß"], "Mr Weiss"), ["Weiss"]);
        assert_eq!(found(&["Kayden"], "Kayden\u{2BC}s room"), ["Kayden"]);
    }

    #[test]
    fn a_word_in_small_letters_is_a_name_only_where_it_is_no_word() {
        assert!(is_meant_as_name("Will") && is_meant_as_name("GRACE"));
        assert!(is_meant_as_name("tomasz"));
        assert!(!is_meant_as_name("will") && !is_meant_as_name("grace"));
    }

    #[test]
    fn a_part_of_a_longer_word_is_no_name() {
        assert_eq!(
            found(&["Ann", "Tomasz W."], "Anna, Joanne; Tomasz went"),
            [""; 0]
        );
        assert_eq!(found(&["0104233"], "10104233 01042331"), [""; 0]);
    }

    #[test]
    fn names_that_follow_one_another_are_all_found_and_the_longest_counts() {
        assert_eq!(
            found(&["Ann", "Ann K.", "Ben"], "Ann K, Ann Ben's"),
            ["Ann K", "Ann", "Ben"]
        );
    }
}
