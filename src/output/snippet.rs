//! Snippets: a line as somebody wrote it, with what is wrong marked under it.

use super::{may_begin_a_line, visible};
use crate::findings::Span;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How wide a line may be where no terminal says so, in columns.
const WIDE: usize = 140;
/// The fewest columns that are left for a line of a file, however narrow the terminal.
const LEAST: usize = 24;
/// Stands where a line was cut.
const CUT: &str = "...";

/// How a report is to look.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Look {
    /// Whether it is coloured.
    pub(crate) is_coloured: bool,
    /// Columns of the terminal; none where there is none, and then only lines of files are cut.
    pub(crate) width: Option<usize>,
}

/// One thing to tell: a title, a line with its place, and what there is to add.
pub(super) struct Part<'a> {
    pub(super) level: Level<'static>,
    pub(super) id: Option<&'a str>,
    pub(super) message: &'a str,
    pub(super) file: &'a str,
    pub(super) span: Span,
    pub(super) line: Option<&'a str>,
    pub(super) notes: Vec<(Level<'static>, String)>,
}

/// All parts below one another, each with a blank line behind it; neighbours that are about the
/// same line of a file share it.
pub(super) fn rendered(parts: Vec<Part<'_>>, look: Look) -> String {
    // Lines are cut here, so that the place above them counts from the line's own beginning.
    let renderer = if look.is_coloured {
        Renderer::styled()
    } else {
        Renderer::plain()
    }
    .term_width(usize::MAX / 4);
    let mut text = String::new();
    let mut sharing: Vec<Part<'_>> = Vec::new();
    for part in parts {
        if sharing
            .first()
            .is_some_and(|first| !first.shares(&part, look))
        {
            text.push_str(&together(std::mem::take(&mut sharing), &renderer, look));
        }
        sharing.push(part);
    }
    if !sharing.is_empty() {
        text.push_str(&together(sharing, &renderer, look));
    }
    text
}

/// Parts about one line, under one picture of it.
fn together(parts: Vec<Part<'_>>, renderer: &Renderer, look: Look) -> String {
    let gutter = gutter(&parts[0]);
    let snippet = snippet(&parts, look);
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (index, part) in parts.into_iter().enumerate() {
        let label = part.level_word().len() + part.id.map_or(0, |id| id.len() + 2) + 2;
        let message = broken(&visible(part.message), look.width, label);
        let mut title = part.level.clone().primary_title(message);
        if let Some(id) = part.id {
            title = title.id(visible(id));
        }
        let mut group = Group::with_title(title);
        if index == 0 {
            let origin = Origin::path(visible(part.file))
                .line(part.span.line as usize)
                .char_column(part.span.column as usize);
            group = match &snippet {
                None => group.element(origin),
                Some((snippet, 0)) => group.element(snippet.clone().path(visible(part.file))),
                // The renderer would count from where the line was cut.
                Some((snippet, _)) => group.element(origin).element(snippet.clone()),
            };
        }
        for (level, note) in part.notes {
            // `  = help: ` or `  = note: `
            let note = broken(&visible(&note), look.width, gutter + 6);
            group = group.element(level.message(note));
        }
        groups.push(group);
    }
    let text = renderer.render(&groups);
    // What stands for the name of a file where a line has none beside the place above it.
    let is_frame = |line: &&str| anstream::adapter::strip_str(line).to_string().trim() != ":::";
    let lines: Vec<&str> = text.lines().filter(is_frame).collect();
    lines.join("\n") + "\n\n"
}

impl Part<'_> {
    fn level_word(&self) -> &'static str {
        if self.level == Level::ERROR {
            "error"
        } else if self.level == Level::WARNING {
            "warning"
        } else {
            "note"
        }
    }

    /// The line, where there is something to see.
    fn seen(&self) -> Option<&str> {
        let line = self.line?.trim_end_matches('\r');
        (!line.trim().is_empty()).then_some(line)
    }

    /// Whether another part is about the same line, and about a place that is seen in the same
    /// picture of it.
    fn shares(&self, other: &Self, look: Look) -> bool {
        let is_same = self.file == other.file
            && self.span.line == other.span.line
            && self.seen().is_some()
            && self.line == other.line;
        is_same && {
            let window = Window::of(self, look);
            let at = other.span.column.saturating_sub(1) as usize;
            window.from <= at && at < window.to
        }
    }
}

/// Columns before the line of a file: its number and `| `.
fn gutter(part: &Part<'_>) -> usize {
    part.span.line.to_string().len() + 3
}

/// The stretch of a line that is shown, in characters from 0.
struct Window {
    from: usize,
    to: usize,
    length: usize,
}

impl Window {
    /// As much of the line as there is room for, around where the part's stretch begins.
    fn of(part: &Part<'_>, look: Look) -> Self {
        let room = look.width.unwrap_or(WIDE).saturating_sub(gutter(part));
        let line = visible(part.seen().unwrap_or_default());
        let widths: Vec<usize> = line.chars().map(|c| c.width().unwrap_or(0)).collect();
        let length = widths.len();
        let room = room.max(LEAST);
        if widths.iter().sum::<usize>() <= room {
            return Self {
                from: 0,
                to: length,
                length,
            };
        }
        let room = room - 2 * CUT.len();
        let start = (part.span.column.saturating_sub(1) as usize).min(length);
        let (mut from, mut taken) = (start, 0);
        while from > 0 && taken + widths[from - 1] <= room / 3 {
            from -= 1;
            taken += widths[from];
        }
        let mut to = start;
        while to < length && taken + widths[to] <= room {
            taken += widths[to];
            to += 1;
        }
        // What is left over at the end of the line is given to its beginning.
        while from > 0 && taken + widths[from - 1] <= room {
            from -= 1;
            taken += widths[from];
        }
        Self { from, to, length }
    }
}

/// The line with each stretch marked; a stretch of several lines is marked to the end of the first.
/// With it comes how many characters were cut from its beginning.
fn snippet(
    parts: &[Part<'_>],
    look: Look,
) -> Option<(Snippet<'static, Annotation<'static>>, usize)> {
    let first = &parts[0];
    let window = Window::of(first, look);
    let line: Vec<char> = visible(first.seen()?).chars().collect();
    let before = if window.from > 0 { CUT } else { "" };
    let behind = if window.to < window.length { CUT } else { "" };
    let kept: String = line[window.from..window.to].iter().collect();
    // A character's place in the picture, in bytes.
    let byte = |at: usize| {
        let at = at.clamp(window.from, window.to);
        let kept: usize = line[window.from..at].iter().map(|c| c.len_utf8()).sum();
        before.len() + kept
    };
    let stretch = |part: &Part<'_>| {
        let start = (part.span.column.saturating_sub(1) as usize).min(line.len());
        let end = if part.span.end_line > part.span.line {
            line.len()
        } else {
            part.span.end_column.saturating_sub(1) as usize
        };
        byte(start)..byte(end.max(start + 1))
    };
    let mut marks: Vec<(std::ops::Range<usize>, &str)> = Vec::new();
    for part in parts {
        let range = stretch(part);
        if marks.iter().all(|(marked, _)| *marked != range) {
            marks.push((range, part.message));
        }
    }
    // Which finding is about which stretch has to be said only where there are several.
    let are_several = marks.len() > 1;
    let room = look.width.unwrap_or(WIDE).saturating_sub(gutter(first));
    let annotations = marks.into_iter().map(|(range, message)| {
        let left = room.saturating_sub(range.end + 1);
        let annotation = AnnotationKind::Primary.span(range);
        // Where no more than a word would fit, the titles have to do.
        if are_several && left >= LEAST / 2 {
            annotation.label(shortened(&visible(message), left))
        } else {
            annotation
        }
    });
    let picture = Snippet::source(format!("{before}{kept}{behind}"))
        .line_start(first.span.line as usize)
        .annotations(annotations);
    Some((picture, window.from))
}

/// Text that is no wider than there is room.
fn shortened(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut taken = CUT.len();
    let kept = text.chars().take_while(|c| {
        taken += c.width().unwrap_or(0);
        taken <= room
    });
    kept.collect::<String>().trim_end().to_owned() + CUT
}

/// Words, and what stands between backticks as one where it fits a line: commands are copied whole.
fn pieces(text: &str, room: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let word = rest.find(' ').unwrap_or(rest.len());
        let is_open = rest[..word].matches('`').count() % 2 == 1;
        let closed = is_open.then(|| {
            let closing = rest[word..].find('`')? + word;
            let end = rest[closing..]
                .find(' ')
                .map_or(rest.len(), |end| closing + end);
            (rest[..end].width() <= room).then_some(end)
        });
        let end = closed.flatten().unwrap_or(word);
        pieces.push(&rest[..end]);
        rest = rest[end..].strip_prefix(' ').unwrap_or("");
    }
    pieces
}

/// Text on as many lines as it needs where a terminal is so wide, with a label before the first;
/// the terminal breaks it itself where hardly anything would stand on a line.
fn broken(text: &str, width: Option<usize>, label: usize) -> String {
    let Some(room) = width.and_then(|width| width.checked_sub(label)) else {
        return text.to_owned();
    };
    if room < LEAST {
        return text.to_owned();
    }
    let mut lines = vec![String::new()];
    for word in pieces(text, room) {
        let last = lines.last_mut().expect("there is always a line");
        if last.is_empty() {
            last.push_str(word);
        } else if last.width() + 1 + word.width() <= room || !may_begin_a_line(word) {
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part<'a>(line: &'a str, column: u32, end_column: u32, message: &'a str) -> Part<'a> {
        Part {
            level: Level::ERROR,
            id: Some("bad-value"),
            message,
            file: "referrals/R-1.yaml",
            span: Span::on_line(7, column, end_column),
            line: Some(line),
            notes: vec![(Level::HELP, "write it as it should be written".to_owned())],
        }
    }

    const PLAIN: Look = Look {
        is_coloured: false,
        width: None,
    };

    #[test]
    fn findings_on_one_line_share_it() {
        let line = "panel: 26/11/2026";
        let same = vec![part(line, 8, 18, "one"), part(line, 8, 18, "two")];
        let text = rendered(same, PLAIN);
        assert_eq!(text.matches(line).count(), 1, "{text}");
        assert!(text.contains("^^^^^^^^^^\n"), "{text}");
        let apart = vec![part(line, 1, 6, "one"), part(line, 8, 18, "two")];
        let text = rendered(apart, PLAIN);
        assert_eq!(text.matches(line).count(), 1, "{text}");
        assert!(text.contains("^^^^^  ^^^^^^^^^^ two"), "{text}");
        assert_eq!(text.matches("error[bad-value]").count(), 2, "{text}");
        assert_eq!(text.matches("= help").count(), 2, "{text}");
    }

    /// What stands above the carets, whatever its width.
    #[test]
    fn carets_stand_under_wide_and_combining_letters_and_pounds() {
        for (before, marked) in [
            ("total: ", "£1,300"),
            ("name: 山田 ", "太郎"),
            ("name: Zoe\u{308} ", "E."),
            ("name: 😀 ", "x"),
            ("\tname: ", "y"),
        ] {
            let line = format!("{before}{marked} behind");
            let column = u32::try_from(before.chars().count()).expect("short") + 1;
            let end = column + u32::try_from(marked.chars().count()).expect("short");
            let text = rendered(vec![part(&line, column, end, "m")], PLAIN);
            let carets = text
                .lines()
                .find(|line| line.contains('^'))
                .expect("carets");
            let lead: usize = carets.find('^').expect("a caret");
            let shown = visible(before);
            assert_eq!(lead, "7 | ".len() + shown.width(), "{text}");
            assert_eq!(carets.matches('^').count(), marked.width(), "{text}");
        }
    }

    #[test]
    fn a_long_line_is_cut_around_the_fault_and_its_place_is_the_files() {
        let line = format!("{}HERE{}", "a ".repeat(900), " b".repeat(900));
        for width in [40, 60, 200] {
            let look = Look {
                is_coloured: false,
                width: Some(width),
            };
            let text = rendered(vec![part(&line, 1801, 1805, "m")], look);
            assert!(text.contains("R-1.yaml:7:1801\n"), "{text}");
            let shown = text
                .lines()
                .find(|line| line.contains("HERE"))
                .expect("shown");
            assert!(shown.width() <= width, "{text}");
            assert!(
                shown.starts_with("7 | ...") && shown.ends_with("..."),
                "{text}"
            );
            let carets = text
                .lines()
                .find(|line| line.contains('^'))
                .expect("carets");
            assert_eq!(carets.find('^'), shown.find("HERE"), "{text}");
        }
    }

    #[test]
    fn a_stretch_that_is_wider_than_the_terminal_is_marked_as_far_as_it_is_seen() {
        let line = "x".repeat(3000);
        let look = Look {
            is_coloured: false,
            width: Some(60),
        };
        let text = rendered(vec![part(&line, 1, 3001, "m")], look);
        assert!(text.lines().all(|line| line.width() <= 60), "{text}");
    }

    #[test]
    fn what_is_said_is_broken_between_words_on_a_narrow_terminal() {
        let message =
            "this is a long message about what is wrong with the line that is shown below it";
        for width in [50, 60, 80] {
            let look = Look {
                is_coloured: false,
                width: Some(width),
            };
            let text = rendered(vec![part("x: y", 1, 2, message)], look);
            assert!(text.lines().all(|line| line.width() <= width), "{text}");
            let said: Vec<&str> = text.split_whitespace().collect();
            assert!(said.join(" ").contains(message), "{text}");
        }
    }

    #[test]
    fn a_command_is_not_broken_where_it_fits_a_line() {
        let text = "ask them, or run `panel accept R-1 --rule x`, and say why";
        assert_eq!(
            broken(text, Some(40), 4),
            "ask them, or run\n`panel accept R-1 --rule x`, and say\nwhy"
        );
        assert_eq!(pieces("a  b", 9), ["a", "", "b"]);
        assert_eq!(pieces("a `b c", 9), ["a", "`b", "c"]);
    }

    #[test]
    fn frames_are_plain_letters() {
        let text = rendered(
            vec![part("x: y", 1, 2, "m"), part("x: y", 4, 5, "n")],
            PLAIN,
        );
        assert!(text.is_ascii(), "{text}");
    }
}
