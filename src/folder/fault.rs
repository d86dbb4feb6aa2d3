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
