//! Tables of a fixed width: how wide the terminal is never changes a result.

use super::markdown::inline;
use super::visible;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, presets};

/// As wide as a page.
const WIDTH: u16 = 100;

/// A table to be read, with a line break at its end.
pub(crate) fn table<'a>(heads: &[&str], rows: impl IntoIterator<Item = Vec<&'a str>>) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_FULL_CONDENSED)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH)
        .set_header(heads.iter().map(|head| visible(head)));
    for row in rows {
        table.add_row(row.into_iter().map(visible).collect::<Vec<_>>());
    }
    table.trim_fmt() + "\n"
}

/// As wide as the narrowest terminal that people still use.
const NARROW: u16 = 80;

/// A table of cells of several lines each, for the narrowest terminal; every column but the first
/// holds figures or days and stands to the right.
pub(crate) fn narrow(heads: &[&str], rows: impl IntoIterator<Item = Vec<Vec<String>>>) -> String {
    let mut table = narrow_table(presets::UTF8_FULL_CONDENSED);
    table.set_header(heads.iter().map(|head| visible(head)));
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    for row in rows {
        let cell = |lines: Vec<String>| {
            let lines: Vec<String> = lines.iter().map(|line| visible(line)).collect();
            lines.join("\n")
        };
        table.add_row(row.into_iter().map(cell).collect::<Vec<_>>());
    }
    table.trim_fmt() + "\n"
}

/// Names, each with what there is to say, broken to the same width.
pub(crate) fn named<'a>(rows: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let mut table = narrow_table(presets::NOTHING);
    for (name, words) in rows {
        table.add_row([visible(name), visible(&words)]);
    }
    // The names stand at the edge, and are never what is broken.
    if let Some(names) = table.column_mut(0) {
        names.set_padding((0, 1));
        names.set_constraint(ColumnConstraint::ContentWidth);
    }
    table.trim_fmt() + "\n"
}

fn narrow_table(style: comfy_table::TableStyle) -> Table {
    let mut table = Table::new();
    table
        .load_style(style)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(NARROW);
    table
}

/// The same as Markdown.
pub(crate) fn markdown<'a>(heads: &[&str], rows: impl IntoIterator<Item = Vec<&'a str>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let heads: Vec<String> = heads.iter().map(|head| inline(head)).collect();
    let mut text = line(&heads);
    text.push_str(&line(&vec!["---".to_owned(); heads.len()]));
    for row in rows {
        let cells: Vec<String> = row.into_iter().map(inline).collect();
        text.push_str(&line(&cells));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_breaks_out_of_its_row() {
        let text = markdown(&["a"], [vec!["x | y\n<b>"]]);
        assert_eq!(text, "| a |\n| --- |\n| x \\| y \\<b\\> |\n");
    }
}
