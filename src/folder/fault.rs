//! What is wrong with how a file is written, before any council is asked.

use crate::findings::Span;

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
            message: message.into(),
            help: None,
            source: 0,
            is_harmless: false,
        }
    }

    /// Adds what to write.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the path of keys.
    pub(crate) fn path(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }
}

/// The nearest of the known names to one that was typed, if any is near.
pub(crate) fn nearest<'a>(
    typed: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
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
    let typed = typed.trim().to_uppercase();
    let slips = |name: &&str| strsim::damerau_levenshtein(&typed, &name.to_uppercase());
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|name| match slips(&name) {
            slips @ ..=1 => Some((slips, name)),
            _ if typed.len() >= 3 && name.to_uppercase().ends_with(&typed) => Some((1, name)),
            _ => None,
        })
        .collect();
    near.sort_unstable();
    near.first().map(|(_, name)| *name)
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
