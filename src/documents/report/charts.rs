//! Bars made of block characters: they stand in line in a terminal and on a code host alike.

use super::view::{Drawn, Group, Stands, Value};

/// How wide the longest bar is, in characters.
const WIDTH: i64 = 32;

/// How wide a label may be; a longer one is cut.
const LABEL: usize = 36;

/// What the parts of a bar are drawn with, in the order of the columns.
const PARTS: [char; 6] = ['█', '▓', '▒', '░', '▚', '·'];

/// A bar in eighths of a character. What is there at all is seen.
fn bar(size: i64, largest: i64) -> String {
    let eighths = match (size, largest) {
        (..=0, _) | (_, ..=0) => 0,
        (size, largest) => {
            let exact = i128::from(size) * i128::from(WIDTH * 8) / i128::from(largest);
            i64::try_from(exact).unwrap_or(WIDTH * 8).max(1)
        }
    };
    let whole = usize::try_from(eighths / 8).unwrap_or_default();
    let rest = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];
    let part = usize::try_from(eighths % 8).unwrap_or_default();
    let mut text = "█".repeat(whole);
    if part > 0 {
        text.push(rest[part - 1]);
    }
    text
}

fn label(text: &str, width: usize) -> String {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_control() && *c != '`')
        .collect();
    let length = plain.chars().count();
    if length <= width {
        return format!("{plain}{}", " ".repeat(width - length));
    }
    let cut: String = plain.chars().take(width - 1).collect();
    format!("{cut}…")
}

/// The chart of a group, line by line; none where it has none.
pub(super) fn chart(group: &Group) -> Vec<String> {
    match group.drawn {
        _ if group.is_empty => Vec::new(),
        Drawn::Table | Drawn::Line => Vec::new(),
        Drawn::Bars | Drawn::Both => bars(group),
        Drawn::Stacked => stacked(group),
    }
}

fn bars(group: &Group) -> Vec<String> {
    let rows: Vec<_> = group
        .rows
        .iter()
        .filter(|row| row.stands == Stands::Beside)
        .filter_map(|row| Some((row.label.as_str(), row.cells.first()?)))
        .collect();
    let largest = rows.iter().map(|(_, cell)| cell.value.size()).max();
    let largest = largest.unwrap_or_default();
    let length = |text: &str| text.chars().count();
    let labels = rows.iter().map(|(label, _)| length(label)).max();
    let width = labels.unwrap_or_default().min(LABEL);
    let figures = rows.iter().map(|(_, cell)| length(&cell.words)).max();
    let figures = figures.unwrap_or_default();
    let drawn = rows.iter().map(|(name, cell)| {
        let gap = " ".repeat(figures - length(&cell.words));
        let line = format!(
            "{}  {gap}{}  {}",
            label(name, width),
            cell.words,
            bar(cell.value.size(), largest)
        );
        line.trim_end().to_owned()
    });
    drawn.collect()
}

/// One character for each thing counted, as long as the longest bar has room; else for several.
fn stacked(group: &Group) -> Vec<String> {
    let sizes: Vec<Vec<i64>> = group
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|cell| cell.value.size()).collect())
        .collect();
    let largest = sizes.iter().map(|row| row.iter().sum::<i64>()).max();
    let each = (largest.unwrap_or_default() + WIDTH - 1) / WIDTH;
    let each = each.max(1);
    let length = |text: &str| text.chars().count();
    let labels = group.rows.iter().map(|row| length(&row.label)).max();
    let width = labels.unwrap_or_default().min(LABEL);
    let is_small = group
        .rows
        .iter()
        .flat_map(|row| &row.cells)
        .any(|cell| cell.value == Value::Small);
    if is_small {
        return Vec::new();
    }
    let sums: Vec<String> = sizes
        .iter()
        .map(|row| row.iter().sum::<i64>().to_string())
        .collect();
    let digits = sums.iter().map(String::len).max().unwrap_or_default();
    let mut lines: Vec<String> = group
        .rows
        .iter()
        .zip(&sizes)
        .zip(&sums)
        .map(|((row, sizes), sum)| {
            let mut drawn = String::new();
            let (mut so_far, mut written) = (0, 0);
            // Rounded at each end, so that the parts come to the whole bar.
            for (size, mark) in sizes.iter().zip(PARTS) {
                so_far += size;
                let end = (so_far + each - 1) / each;
                let count = usize::try_from(end - written).unwrap_or_default();
                drawn.extend(std::iter::repeat_n(mark, count));
                written = end;
            }
            let line = format!("{}  {sum:>digits$}  {drawn}", label(&row.label, width));
            line.trim_end().to_owned()
        })
        .collect();
    lines.push(String::new());
    let legend: Vec<String> = group
        .columns
        .iter()
        .zip(PARTS)
        .map(|(column, mark)| format!("{mark} {}", column.label.to_lowercase()))
        .collect();
    let scale = match each {
        1 => String::new(),
        each => format!("; one block for {each}"),
    };
    lines.push(format!("{}{scale}", legend.join("   ")));
    lines
}

#[cfg(test)]
mod tests {
    use super::super::view::{Cell, Column, Row};
    use super::*;

    fn group(rows: &[(&str, usize)]) -> Group {
        let rows = rows
            .iter()
            .map(|(label, count)| Row::new(*label, *label, Cell::count(*count)))
            .collect();
        Group::new("g", "requests", "Month", "Counted", rows).drawn(Drawn::Bars)
    }

    #[test]
    fn the_largest_bar_is_as_wide_as_the_chart_and_others_in_proportion() {
        let lines = chart(&group(&[("October", 4), ("May", 16), ("June", 0)]));
        assert_eq!(
            lines,
            [
                format!("October   4  {}", "█".repeat(8)),
                format!("May      16  {}", "█".repeat(32)),
                "June      0".to_owned(),
            ]
        );
    }

    #[test]
    fn what_is_there_at_all_is_seen() {
        let lines = chart(&group(&[("a", 1), ("b", 100_000)]));
        assert!(lines[0].ends_with('▏'), "{lines:?}");
    }

    #[test]
    fn the_parts_of_a_bar_come_to_its_whole() {
        let column = |id: &str| Column {
            id: id.to_owned(),
            label: id.to_owned(),
        };
        let row = |label: &str, counts: [usize; 2]| {
            Row::wide(label, label, counts.map(Cell::count).to_vec())
        };
        let group = Group::wide(
            "g",
            "decisions",
            "Month",
            "Counted",
            vec![column("Approved"), column("Deferred")],
            vec![row("May", [3, 2]), row("June", [0, 0])],
        )
        .drawn(Drawn::Stacked);
        let lines = chart(&group);
        assert_eq!(lines[0], "May   5  ███▓▓");
        assert_eq!(lines[1], "June  0");
        assert_eq!(lines[3], "█ approved   ▓ deferred");
    }

    #[test]
    fn a_long_label_is_cut_and_cannot_end_the_block() {
        let lines = chart(&group(&[(
            "```a very long label that goes on and on and on",
            1,
        )]));
        assert!(
            !lines[0].contains('`') && lines[0].contains('…'),
            "{lines:?}"
        );
    }
}
