//! Text from files made safe for Markdown, and finished Markdown made tidy.

use super::is_unsafe;

/// Text on one line in which nothing has a meaning in Markdown or HTML.
pub(crate) fn inline(text: &str) -> String {
    let plain = plain(text);
    let words: Vec<&str> = plain.split_whitespace().collect();
    escaped(&words.join(" "))
}

/// The same with its paragraphs kept: a blank line in the file is a blank line on paper.
pub(crate) fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let blocks: Vec<String> = text
        .split('\n')
        .map(str::trim)
        .collect::<Vec<_>>()
        .split(|line| line.is_empty())
        .map(|lines| inline(&lines.join(" ")))
        .filter(|block| !block.is_empty())
        .collect();
    blocks.join("\n\n")
}

/// Drops what cannot be seen and can deceive; other white space becomes a space.
fn plain(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            c if c.is_whitespace() => Some(' '),
            c => (!is_unsafe(c)).then_some(c),
        })
        .collect()
}

fn escaped(line: &str) -> String {
    let mut text = String::with_capacity(line.len() + 8);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mut before = ' ';
    for (place, c) in line.char_indices() {
        let rest = &line[place + c.len_utf8()..];
        let is_start = place == 0;
        let ends_word = rest.is_empty() || rest.starts_with(' ');
        let needs_escape = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' => true,
            // Inside a word an underscore is only an underscore.
            '_' => !(before.is_alphanumeric() && rest.starts_with(char::is_alphanumeric)),
            '#' => before == ' ' || before == '#',
            '-' | '+' | '=' => is_start,
            '.' | ')' => place > 0 && place == digits && ends_word,
            '&' => starts_entity(rest),
            _ => false,
        };
        if needs_escape {
            text.push('\\');
        }
        text.push(c);
        before = c;
    }
    text
}

/// Whether what follows an ampersand would be read as a character of HTML.
fn starts_entity(rest: &str) -> bool {
    rest.split_once(';').is_some_and(|(name, _)| {
        let name = name.strip_prefix('#').unwrap_or(name);
        !name.is_empty() && name.len() <= 32 && name.chars().all(|c| c.is_ascii_alphanumeric())
    })
}

/// Columns wider than this are prose and keep their own width.
const WIDEST_ALIGNED: usize = 48;

/// One blank line between blocks, none at the ends, the columns of tables in line, and one stop
/// where a sentence ends in an initial.
pub(crate) fn tidy(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut table: Vec<Vec<String>> = Vec::new();
    for line in text.lines().map(str::trim_end).chain([""]) {
        if line.starts_with('|') {
            table.push(cells(line));
            continue;
        }
        lines.extend(aligned(&std::mem::take(&mut table)));
        let is_second_blank = line.is_empty() && lines.last().is_none_or(String::is_empty);
        if !is_second_blank {
            lines.push(with_one_stop(line));
        }
    }
    let mut text = lines.join("\n").trim_end().to_owned();
    text.push('\n');
    text
}

/// `D.O..` as `D.O.`: the stop of the initial ends the sentence too.
fn with_one_stop(line: &str) -> String {
    let letters: Vec<char> = line.chars().collect();
    let is_one_too_many = |at: usize| {
        let is_stop = |at: usize| letters.get(at) == Some(&'.');
        at >= 2
            && is_stop(at)
            && is_stop(at - 1)
            && letters[at - 2].is_uppercase()
            && !is_stop(at + 1)
    };
    let kept = letters.iter().enumerate();
    kept.filter(|(at, _)| !is_one_too_many(*at))
        .map(|(_, letter)| letter)
        .collect()
}

/// The cells of a row; an escaped bar is text.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_escaped = false;
    for c in line.chars().skip(1) {
        if c == '|' && !is_escaped {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            cell.push(c);
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    cells.pop();
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

fn aligned(table: &[Vec<String>]) -> Vec<String> {
    let is_rule = |cell: &str| !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':'));
    let columns = table.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            table
                .iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .filter(|width| *width <= WIDEST_ALIGNED)
                .max()
                .unwrap_or(3)
                .max(3)
        })
        .collect();
    table
        .iter()
        .map(|row| {
            let cells: Vec<String> = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| {
                    if is_rule(cell) {
                        let end = if cell.ends_with(':') { ":" } else { "-" };
                        format!("{}{end}", "-".repeat(width - 1))
                    } else {
                        format!("{cell:width$}")
                    }
                })
                .collect();
            format!("| {} |", cells.join(" | "))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_sentence_that_ends_in_an_initial_has_one_stop() {
        assert_eq!(tidy("About D.O.. And so"), "About D.O. And so\n");
        assert_eq!(tidy("Wait... D.O. W..."), "Wait... D.O. W...\n");
    }

    #[test]
    fn marks_of_markdown_and_html_become_text() {
        assert_eq!(inline("a *b* _c_ `d`"), r"a \*b\* \_c\_ \`d\`");
        assert_eq!(inline("<script>"), r"\<script\>");
        assert_eq!(
            inline("[here](x) | ~~gone~~"),
            r"\[here\](x) \| \~\~gone\~\~"
        );
        assert_eq!(inline("&lt; salt & pepper"), r"\&lt; salt & pepper");
        assert_eq!(inline("case_id"), "case_id");
    }

    #[test]
    fn what_would_open_a_block_at_the_start_of_a_line_does_not() {
        assert_eq!(inline("- item"), r"\- item");
        assert_eq!(inline("+ item"), r"\+ item");
        assert_eq!(inline("1. item"), r"1\. item");
        assert_eq!(inline("12) item"), r"12\) item");
        assert_eq!(inline("# head ##"), r"\# head \#\#");
        assert_eq!(inline("=== "), r"\===");
        assert_eq!(inline("28 November at 14.00"), "28 November at 14.00");
        assert_eq!(
            inline("£1,450.00 a week - for 12"),
            "£1,450.00 a week - for 12"
        );
    }

    #[test]
    fn lines_are_joined_and_paragraphs_kept_where_they_are_asked_for() {
        assert_eq!(inline("one\ntwo\n\nthree"), "one two three");
        assert_eq!(paragraphs("one\ntwo\n \n# three\n"), "one two\n\n\\# three");
    }

    #[test]
    fn text_cannot_turn_round_or_hide() {
        assert_eq!(inline("a\u{202E}b\u{200B}c\u{7}d\u{2028}e"), "abcd e");
    }

    #[test]
    fn tables_are_in_line_and_blank_lines_single() {
        let text = "\n\n| a | b |\n|---|--:|\n| long | 1 |\n| x \\| y | 22 |\n\n\n\nend  \n\n";
        let expected =
            "| a      | b   |\n| ------ | --: |\n| long   | 1   |\n| x \\| y | 22  |\n\nend\n";
        assert_eq!(tidy(text), expected);
        assert_eq!(tidy(expected), expected);
    }

    proptest! {
        #[test]
        fn no_text_opens_html_or_a_line(text in "\\PC{0,40}") {
            let safe = inline(&text);
            let is_clean = !safe.contains(['\n', '\r', '\t']);
            prop_assert!(is_clean);
            let mut before_is_escape = false;
            for c in safe.chars() {
                prop_assert!(!matches!(c, '<' | '`' | '[' | '|' | '*') || before_is_escape);
                before_is_escape = c == '\\' && !before_is_escape;
            }
        }
    }
}
