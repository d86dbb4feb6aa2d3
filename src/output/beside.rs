//! Lists in two columns for a terminal of eighty: by when on the left, what on the right.

use super::{may_begin_a_line, visible};

/// As wide as the narrowest terminal that people still have.
const WIDTH: usize = 80;
/// Before each line.
const LEAD: &str = "  ";
/// Between the columns.
const GAP: usize = 2;

/// One entry: lines for the left column and for the right one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    /// Lines of the left column.
    pub(crate) left: Vec<String>,
    /// Lines of the right column; each is broken where it is too long.
    pub(crate) right: Vec<String>,
}

/// Rows one below the other, with the left column so many characters wide.
pub(crate) fn beside(rows: &[Row], left_width: usize) -> String {
    let right_width = WIDTH - LEAD.len() - left_width - GAP;
    let mut text = String::new();
    for row in rows {
        let broken = |lines: &[String], width| {
            let filled = lines.iter().filter(|line| !line.is_empty());
            filled
                .flat_map(|line| broken(line, width))
                .collect::<Vec<_>>()
        };
        let left = broken(&row.left, left_width);
        let right = broken(&row.right, right_width);
        for index in 0..left.len().max(right.len()) {
            let cell = |lines: &[String]| lines.get(index).cloned().unwrap_or_default();
            let width = left_width + GAP;
            let line = format!("{LEAD}{:width$}{}", cell(&left), cell(&right));
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    text
}

/// A line broken between words; a word that is longer than the column stands by itself.
fn broken(line: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in visible(line).split_whitespace() {
        let last = lines.last_mut().expect("there is always a line");
        let length = last.chars().count();
        if length == 0 {
            last.push_str(word);
        } else if length + 1 + word.chars().count() <= width || !may_begin_a_line(word) {
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_eighty_and_none_ends_in_spaces() {
        let row = Row {
            left: vec!["24 November 2026".to_owned(), "7 days overdue".to_owned()],
            right: vec!["word ".repeat(40), "Zoë £5".to_owned(), String::new()],
        };
        let text = beside(&[row.clone(), row], 20);
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH));
        assert!(text.lines().all(|line| line == line.trim_end()));
        assert!(text.starts_with("  24 November 2026      word word"));
        assert_eq!(text.lines().count(), 10, "{text}");
    }

    #[test]
    fn nothing_that_a_terminal_would_obey_is_printed() {
        let row = Row {
            left: vec!["a".to_owned()],
            right: vec!["x\u{1b}[31m\ny".to_owned()],
        };
        assert_eq!(beside(&[row], 4), "  a     x\u{FFFD}[31m y\n");
    }
}
