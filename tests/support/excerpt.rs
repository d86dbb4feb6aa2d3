//! The lines of a file that matter for an example: what differs from the sound file, what is told of,
//! and the keys above them.

use similar::{DiffTag, TextDiff};
use std::collections::BTreeSet;

/// What stands for lines that are left out.
const LEFT_OUT: &str = "…";

/// The longest line that is shown whole, in characters.
const LONGEST: usize = 110;

/// The most lines of a file that is new as a whole.
const MOST: usize = 16;

/// The lines that matter; empty where the file is as it was and nothing is told of it.
///
/// Lines of `told` count from 1.
pub(crate) fn excerpt(before: Option<&str>, now: &str, told: &[u64]) -> String {
    let lines: Vec<&str> = now.lines().collect();
    let mut shown: BTreeSet<usize> = told
        .iter()
        .filter_map(|line| usize::try_from(line.saturating_sub(1)).ok())
        .filter(|line| *line < lines.len())
        .collect();
    match before {
        Some(before) => shown.extend(changed(before, now)),
        None => shown.extend(0..lines.len().min(MOST)),
    }
    for line in shown.clone() {
        shown.extend(above(&lines, line));
    }
    // The digest of a decision changes with every file; it says nothing to a reader.
    shown.retain(|line| !lines[*line].starts_with("referral_digest:"));
    if shown.is_empty() {
        return String::new();
    }
    let mut text = String::new();
    let mut next = 0;
    for line in shown {
        if line > next {
            text.push_str(LEFT_OUT);
            text.push('\n');
        }
        text.push_str(&cut(lines[line]));
        text.push('\n');
        next = line + 1;
    }
    if next < lines.len() {
        text.push_str(LEFT_OUT);
        text.push('\n');
    }
    text
}

/// Lines that are not in the file before; where lines were taken out, the two beside the gap.
fn changed(before: &str, now: &str) -> BTreeSet<usize> {
    let mut lines = BTreeSet::new();
    for op in TextDiff::from_lines(before, now).ops() {
        let at = op.new_range();
        match op.tag() {
            DiffTag::Equal => {}
            DiffTag::Insert | DiffTag::Replace => lines.extend(at),
            DiffTag::Delete => lines.extend([at.start.saturating_sub(1), at.start]),
        }
    }
    let count = now.lines().count();
    lines.retain(|line| *line < count);
    lines
}

/// The keys under which a line stands.
fn above(lines: &[&str], line: usize) -> Vec<usize> {
    let depth = |line: &str| line.len() - line.trim_start().len();
    let mut found = Vec::new();
    let mut least = depth(lines[line]);
    for index in (0..line).rev() {
        if least == 0 {
            break;
        }
        if !lines[index].trim().is_empty() && depth(lines[index]) < least {
            least = depth(lines[index]);
            found.push(index);
        }
    }
    found
}

fn cut(line: &str) -> String {
    if line.chars().count() <= LONGEST {
        return line.to_owned();
    }
    let beginning: String = line.chars().take(LONGEST).collect();
    let (whole, _) = beginning.rsplit_once(' ').unwrap_or((&beginning, ""));
    format!("{whole} {LEFT_OUT}")
}

/// The stretch of lines without a blank one in which a line stands; lines count from 1.
pub(crate) fn paragraph(text: &str, line: u64) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let at = usize::try_from(line.saturating_sub(1)).unwrap_or_default();
    let start = (0..at.min(lines.len()))
        .rev()
        .find(|index| lines[*index].trim().is_empty())
        .map_or(0, |index| index + 1);
    let stretch = lines[start..]
        .iter()
        .take_while(|line| !line.trim().is_empty());
    stretch.fold(String::new(), |text, line| text + line + "\n")
}
