//! Tables of a fixed width: how wide the terminal is never changes a result.

use super::visible;
use comfy_table::{ContentArrangement, Table, presets};

/// As wide as a page.
const WIDTH: u16 = 100;

/// A table to be read, with a line break at its end.
pub(crate) fn table<'a>(heads: &[&str], rows: impl IntoIterator<Item = Vec<&'a str>>) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_FULL_CONDENSED)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH)
        .set_header(heads.to_vec());
    for row in rows {
        table.add_row(row.into_iter().map(visible).collect::<Vec<_>>());
    }
    table.trim_fmt() + "\n"
}

/// The same as Markdown.
pub(crate) fn markdown<'a>(heads: &[&str], rows: impl IntoIterator<Item = Vec<&'a str>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
    let mut text = line(&heads);
    text.push_str(&line(&vec!["---".to_owned(); heads.len()]));
    for row in rows {
        let cells: Vec<String> = row.into_iter().map(escaped).collect();
        text.push_str(&line(&cells));
    }
    text
}

/// Text as it stands, whatever Markdown would make of it.
fn escaped(text: &str) -> String {
    visible(text)
        .chars()
        .flat_map(|c| {
            let is_mark = matches!(c, '|' | '\\' | '*' | '_' | '`' | '<' | '[' | ']');
            is_mark.then_some('\\').into_iter().chain([c])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_breaks_out_of_its_row() {
        let text = markdown(&["a"], [vec!["x | y\n<b>"]]);
        assert_eq!(text, "| a |\n| --- |\n| x \\| y \\<b> |\n");
    }
}
