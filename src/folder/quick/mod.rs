//! The quick way through a sound form: plain YAML read straight into its record.
//!
//! Nearly every file of a folder is written plainly and has no fault. Such a file is read here in
//! one go, without a tree and without places. Whatever is not plain (another layout, a character
//! that needs thought, a key that nobody knows, a value that cannot be read) gives nothing, and
//! the file is read again by `yaml` and `decode`, which understand all of it and tell each fault.
//! The two never differ in what they make of a file that both read: tests hold that.

#[cfg(any(test, fuzzing))]
mod both_ways;
mod reading;
mod scalar;
mod skim;
mod tree;
mod value;

#[cfg(any(test, fuzzing))]
pub(crate) use both_ways::read_both_ways;
pub(super) use skim::locate;
pub(super) use tree::tree;

use reading::{Reading, Shape};
use serde::de;
use std::borrow::Cow;
use value::Value;

/// The record that a text says, where it is written plainly and without a fault.
///
/// `required` are the top-level keys without which the file cannot be used.
pub(super) fn read<T>(text: &str, required: &[&str]) -> Option<T>
where
    T: de::DeserializeOwned,
{
    let text = with_plain_breaks(text);
    let text = &*text;
    if !is_plain(text.as_bytes()) {
        return None;
    }
    let mut reading = Reading {
        top: Vec::with_capacity(required.len()),
        required,
        ..Reading::of(text)
    };
    // An empty file is a fault of its own.
    reading.peek()?;
    let record = T::deserialize(Value {
        reading: &mut reading,
        shape: Shape::Block { indent: 0 },
    })
    .ok()?;
    let is_whole = reading.peek().is_none();
    let has_all = required.iter().all(|key| reading.top.contains(key));
    (is_whole && has_all).then_some(record)
}

/// A text as it would be with line breaks as most systems write them. Some write two characters,
/// of which the first stands behind everything else on its line: no place moves.
pub(super) fn with_plain_breaks(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether every character is one that needs no thought: no tab, no other line break than `\n`,
/// nothing that controls.
fn is_plain(bytes: &[u8]) -> bool {
    let is_odd = |byte: u8| (byte < b' ' && byte != b'\n') || byte == 0x7f;
    if bytes.iter().fold(false, |odd, byte| odd | is_odd(*byte)) {
        return false;
    }
    if bytes.is_ascii() {
        return true;
    }
    // C1 controls, U+0085 among them; line and paragraph separators; byte order marks.
    !memchr::memchr3_iter(0xc2, 0xe2, 0xef, bytes).any(|at| {
        matches!(
            bytes[at..],
            [0xc2, 0x80..=0x9f, ..] | [0xe2, 0x80, 0xa8 | 0xa9, ..] | [0xef, 0xbb, 0xbf, ..]
        )
    })
}

/// The file is to be read the other way; which fault it has is not known here.
#[derive(Debug)]
struct NotPlain;

impl std::fmt::Display for NotPlain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not plain")
    }
}

impl std::error::Error for NotPlain {}

impl de::Error for NotPlain {
    fn custom<M: std::fmt::Display>(_: M) -> Self {
        Self
    }
}

#[cfg(test)]
mod tests;
