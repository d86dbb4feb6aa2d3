//! Keys taken out of a record, and every other byte of it kept.

use super::layout::{end_of_block, line_at, next_line, offset, start};
use super::{EditError, extent, plain, read, spliced};
use crate::folder::tree::Node;
use serde_json::Value;

/// The bytes of a record without some of its own keys, each with the lines that are its own but for
/// what somebody remarked there. What stands in brackets is not taken apart.
pub(crate) fn without_keys(bytes: &[u8], keys: &[&str]) -> Result<Vec<u8>, EditError> {
    let text = std::str::from_utf8(bytes).map_err(|_| EditError::Unreadable)?;
    let mark = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let (mark, text) = text.split_at(mark);
    let old = read(text)?;
    let Value::Object(mut wanted) = plain(&old) else {
        return Err(EditError::Layout);
    };
    let mut splices = Vec::new();
    for key in keys {
        if wanted.remove(*key).is_some() {
            let lines = lines_of(text, &old, key).ok_or(EditError::Layout)?;
            let remarks = remarks_of(&text[lines.clone()]);
            splices.push((lines, remarks));
        }
    }
    let edited = spliced(text, splices).ok_or(EditError::Layout)?;
    let new = read(&edited).map_err(|_| EditError::Layout)?;
    match plain(&new) {
        now if now == Value::Object(wanted) => Ok(format!("{mark}{edited}").into_bytes()),
        _ => Err(EditError::Layout),
    }
}

/// The lines of a key that begins its line.
fn lines_of(text: &str, root: &Node, key: &str) -> Option<std::ops::Range<usize>> {
    let entry = root.get(key)?;
    let from = offset(text, entry.span.line, 1)?;
    let is_own_line = entry.span.column == 1 && !line_at(text, from).starts_with(['{', ' ']);
    // A bracket can be closed on a line that stands as far out as the key.
    let value = start(text, &entry.value).filter(|at| text[*at..].starts_with(['[', '{']));
    let closed = value.and_then(|_| extent(text, &entry.value));
    let closed = closed.map_or(from, |value| next_line(text, value.end));
    is_own_line.then(|| from..end_of_block(text, from, 0).max(closed))
}

/// What somebody remarked on lines that are taken out stays, each remark with its line.
fn remarks_of(lines: &str) -> String {
    let remarked = lines
        .split_inclusive('\n')
        .filter(|line| line.contains('#'));
    remarked
        .map(|line| match line.trim_start().starts_with('#') {
            true => line.trim_start_matches(' ').to_owned(),
            false => format!("# {}", line.trim_start_matches(' ')),
        })
        .collect()
}
