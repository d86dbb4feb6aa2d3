//! What is wrong with how a file is written, before any council is asked.

use crate::findings::{Span, in_short};

/// Which rule of reading a fault belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FaultKind {
    /// The text is not plain YAML (or TOML).
    Syntax,
    /// A key that the format does not have.
    UnknownField,
    /// A key without which the file cannot be used.
    MissingField,
    /// A value that is not of the kind the key takes.
    BadValue,
    /// A key that stands twice.
    DuplicateKey,
}

/// One fault of reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Which rule tells it.
    pub(crate) kind: FaultKind,
    /// Path of keys, empty where the fault is of syntax.
    pub(crate) path: String,
    /// Where.
    pub(crate) span: Span,
    /// What is wrong.
    pub(crate) message: String,
    /// What to write.
    pub(crate) help: Option<String>,
    /// The path of the key that was meant, where one that is not there is near.
    pub(crate) meant: Option<String>,
    /// Which of several files it stands in: 0 is the file itself.
    pub(crate) source: u8,
    /// Whether the value was read all the same (and is only worth a warning).
    pub(crate) is_harmless: bool,
}

impl Fault {
    /// A fault at a stretch of text.
    pub(crate) fn at(kind: FaultKind, span: Span, message: impl Into<String>) -> Self {
        Self {
            kind,
            path: String::new(),
            span,
            message: in_short(message.into()),
            help: None,
            meant: None,
            source: 0,
            is_harmless: false,
        }
    }

    /// Adds what to write.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(in_short(help.into()));
        self
    }

    /// Adds the path of keys.
    pub(crate) fn path(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }
}

/// What somebody typed in place of a name, at most.
const LONGEST_TYPED: usize = 100;

/// The nearest of the known names to one that was typed, if any is near.
pub(crate) fn nearest<'a>(
    typed: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    // Nobody means a key by a page of text, and likeness to one takes long to find.
    if typed.len() > LONGEST_TYPED {
        return None;
    }
    let folded = typed.to_lowercase().replace('-', "_");
    known
        .into_iter()
        .map(|name| {
            let likeness = strsim::jaro_winkler(&folded, &name.to_lowercase().replace('-', "_"));
            (likeness, name)
        })
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(one, one_name), (other, other_name)| {
            one.total_cmp(other).then_with(|| other_name.cmp(one_name))
        })
        .map(|(_, name)| name)
}

/// The reference that a typed one most likely means: one that differs by a slip (a wrong digit, one
/// too many or too few, two the wrong way round), or that ends in what was typed.
///
/// References are alike by their making, so likeness alone would always find one.
pub(crate) fn nearest_reference<'a>(
    typed: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let typed = typed.trim();
    if typed.len() > LONGEST_TYPED {
        return None;
    }
    let typed: Vec<u8> = upper(typed).collect();
    let is_near = |name: &&str| {
        // A large folder has thousands of them, and a list can name as many that are not there:
        // nothing is put together for one that is far off.
        let is_end = typed.len() >= 3
            && name.len() >= typed.len()
            && upper(name)
                .rev()
                .zip(typed.iter().rev())
                .all(|(one, other)| one == *other);
        is_end || slips(name, &typed) <= 1
    };
    known
        .into_iter()
        .filter(is_near)
        .map(|name| (slips(name, &typed).min(1), name))
        .min()
        .map(|(_, name)| name)
}

/// The bytes of a reference, in capitals; it is made of letters, digits and `-`.
fn upper(text: &str) -> impl DoubleEndedIterator<Item = u8> + ExactSizeIterator {
    text.bytes().map(|byte| byte.to_ascii_uppercase())
}

/// How many slips lie between a name and what was typed: none, one, or 2 for any number beyond.
fn slips(name: &str, typed: &[u8]) -> usize {
    if name.len().abs_diff(typed.len()) > 1 {
        return 2;
    }
    let same = upper(name)
        .zip(typed)
        .take_while(|(one, other)| one == *other)
        .count();
    if same == name.len() && same == typed.len() {
        return 0;
    }
    let name: Vec<u8> = upper(name).skip(same).collect();
    let typed = &typed[same..];
    let is_one = match (&name[..], typed) {
        // Two the wrong way round.
        ([a, b, rest @ ..], [c, d, others @ ..]) if a == d && b == c && rest == others => true,
        // A wrong one.
        ([_, rest @ ..], [_, others @ ..]) if rest == others => true,
        // One too few, or one too many.
        ([_, rest @ ..], others) if rest == others => true,
        (rest, [_, others @ ..]) => rest == others,
        _ => false,
    };
    if is_one { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::nearest_reference;

    #[test]
    fn a_slip_in_a_reference_finds_the_one_that_is_meant() {
        let known = ["R-2026-0001", "R-2026-0021", "R-2025-0142"];
        let near = |typed| nearest_reference(typed, known);
        assert_eq!(near("R-2026-0012"), Some("R-2026-0021"));
        assert_eq!(near("r-2026-0021"), Some("R-2026-0021"));
        assert_eq!(near("R-2026-021"), Some("R-2026-0021"));
        assert_eq!(near("0142"), Some("R-2025-0142"));
        assert_eq!(near("R-2026-0999"), None);
        assert_eq!(near(""), None);
    }
}
