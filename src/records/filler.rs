//! What people write where they have nothing to write.

/// What people write to get past a box. A short list of whole answers: `none` and
/// `none recorded` are answers, and so is any sentence that one of these stands in.
const FILLERS: &[&str] = &[
    "tbc",
    "tba",
    "tbd",
    "to be confirmed",
    "to be completed",
    "to be advised",
    "to follow",
    "to do",
    "todo",
    "n/a",
    "n.a",
    "na",
    "none?",
    "unknown?",
    "xx",
    "xxx",
    "xxxx",
    "as above",
    "as before",
    "see above",
    "see below",
];

/// No filler has more letters and digits than this.
const MOST_IN_A_FILLER: usize = 15;

/// For each first byte of a filler, in small letters, the second bytes that follow it in one: a bit
/// each, letters by their place and all else together. Nearly every text begins like no filler.
const BEGINNINGS: [u32; 128] = {
    let mut beginnings = [0; 128];
    let mut index = 0;
    while index < FILLERS.len() {
        let filler = FILLERS[index].as_bytes();
        beginnings[filler[0] as usize] |= bit(filler[1]);
        index += 1;
    }
    beginnings
};

/// The bit of a second byte.
const fn bit(byte: u8) -> u32 {
    match byte.to_ascii_lowercase() {
        letter @ b'a'..=b'z' => 1 << (letter - b'a'),
        _ => 1 << 26,
    }
}

/// Whether a text stands in a box without answering it.
pub(crate) fn is_filler(text: &str) -> bool {
    if let [first, second, ..] = text.as_bytes()
        && first.is_ascii_alphanumeric()
        && second.is_ascii_graphic()
        && BEGINNINGS[usize::from(first.to_ascii_lowercase())] & bit(*second) == 0
    {
        return false;
    }
    let mut said = text.chars().filter(|c| c.is_alphanumeric());
    if said.nth(MOST_IN_A_FILLER).is_some() {
        return false;
    }
    let folded = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    // A dash, a question mark or dots alone.
    if !folded.chars().any(char::is_alphanumeric) {
        return true;
    }
    FILLERS.contains(&folded.trim_end_matches(['.', '…', '!']))
}

/// Answers that say there is no number yet.
const NO_NUMBERS: &[&str] = &[
    "awaited",
    "new",
    "nil",
    "no",
    "no number",
    "none",
    "none yet",
    "not given",
    "not known",
    "not yet",
    "pending",
    "unallocated",
    "unborn",
    "unknown",
];

/// The number of a case system that a text is; none where it says that there is none: one child is
/// known by its number, and all that are without would be one.
pub(crate) fn number_in(text: &str) -> Option<&str> {
    let number = text.trim();
    let says_none = || {
        // None of these words has a figure in it, and nearly every number has.
        if number.bytes().any(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let folded = number.to_lowercase();
        NO_NUMBERS.contains(&folded.trim_end_matches(['.', '…', '!']))
    };
    let is_nought = || {
        let mut letters = number.chars().filter(|c| c.is_alphanumeric());
        letters.all(|letter| letter == '0')
    };
    (!is_nought() && !is_filler(number) && !says_none()).then_some(number)
}

/// What is written where a child has no name yet, beside what says so of a number.
const NO_NAMES: &[&str] = &[
    "baby",
    "child",
    "infant",
    "new baby",
    "newborn",
    "newborn baby",
    "not named",
    "not named yet",
    "not yet named",
    "to be named",
    "unborn baby",
    "unborn child",
    "unnamed",
    "unnamed baby",
    "unnamed child",
];

/// The name that a text is; none where it says that there is none yet: it would be found in what is
/// written of any child.
pub(crate) fn name_in(text: &str) -> Option<&str> {
    let name = text.trim();
    let folded = name.to_lowercase();
    let folded = folded.trim_end_matches(['.', '…', '!']);
    let says_none = NO_NAMES.contains(&folded) || NO_NUMBERS.contains(&folded);
    (!name.is_empty() && !is_filler(name) && !says_none).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{FILLERS, MOST_IN_A_FILLER, is_filler, name_in, number_in};

    #[test]
    fn what_says_that_a_child_has_no_name_yet_is_none() {
        for text in [
            "Unborn baby",
            "TBC",
            "N/A",
            "unborn",
            "Baby",
            "not yet named.",
            " ",
        ] {
            assert_eq!(name_in(text), None, "{text}");
        }
        for text in ["Baby Marsh", "Amelia R.", "Child, Julia", "李小龍"] {
            assert_eq!(name_in(text), Some(text), "{text}");
        }
    }

    #[test]
    fn what_says_nothing_is_a_filler_in_any_spelling() {
        for text in [
            "TBC",
            "N/A",
            "-",
            "???",
            "To  follow.",
            "xxx",
            "As above",
            "None?",
        ] {
            assert!(is_filler(text), "{text}");
        }
    }

    #[test]
    fn an_answer_that_says_there_is_nothing_is_an_answer() {
        for text in [
            "none",
            "none recorded",
            "not recorded",
            "No",
            "TBC by the school on 3 May",
        ] {
            assert!(!is_filler(text), "{text}");
        }
    }

    #[test]
    fn no_filler_is_too_long_to_be_seen_as_one() {
        for filler in FILLERS {
            assert!(
                is_filler(&format!(" {} ", filler.to_uppercase())),
                "{filler}"
            );
            let letters = filler.chars().filter(|c| c.is_alphanumeric()).count();
            assert!(letters <= MOST_IN_A_FILLER, "{filler}");
        }
    }

    #[test]
    fn what_says_that_there_is_no_number_is_none() {
        for text in [
            "TBC",
            "unknown",
            "Not known",
            "n/a",
            "0",
            "000",
            "-",
            "none.",
            " ",
            "#",
        ] {
            assert_eq!(number_in(text), None, "{text}");
        }
        assert_eq!(number_in(" 0104233 "), Some("0104233"));
        assert_eq!(number_in("7"), Some("7"));
    }
}
