//! CSV, for spreadsheets: quoted by RFC 4180, and no cell that a spreadsheet would run.

use super::visible;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    /// What somebody wrote: never a formula.
    Text(String),
    /// A figure, a day or a word of the program's own, as it stands.
    Plain(String),
}

impl Cell {
    /// What somebody wrote, if anything.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A figure or a day of the program's own.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::Plain(text.into())
    }

    fn written(&self) -> String {
        match self {
            Self::Plain(text) => quoted(text),
            // The mark is set by the text as it was written: a tab before `=` is a formula too.
            Self::Text(text) if is_formula(text) => quoted(&format!("'{}", visible(text))),
            Self::Text(text) => quoted(&visible(text)),
        }
    }
}

/// Whether a spreadsheet would take text for something to work out.
/// Some programs pass over blanks before a formula, and some take the wide signs for the plain ones.
fn is_formula(text: &str) -> bool {
    let begins = |text: &str| text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    text.starts_with(['\t', '\r', '\n']) || begins(text.trim_start())
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// A line of heads and a line for each row, each with its end.
pub(crate) fn csv(heads: &[String], rows: impl IntoIterator<Item = Vec<Cell>>) -> String {
    let line = |cells: Vec<String>| cells.join(",") + "\r\n";
    let heads = heads.iter().map(|head| Cell::text(head).written());
    let mut text = line(heads.collect());
    for row in rows {
        text.push_str(&line(row.iter().map(Cell::written).collect()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> String {
        Cell::text(text).written()
    }

    #[test]
    fn no_formula_reaches_a_spreadsheet() {
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("+44"), "'+44");
        assert_eq!(cell("-1"), "'-1");
        assert_eq!(cell("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(cell("\t=1"), "' =1");
        assert_eq!(cell("\r=1"), "' =1");
        assert_eq!(
            cell("=HYPERLINK(\"x\",\"y\")"),
            "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""
        );
        assert_eq!(cell(" =1"), "' =1");
        assert_eq!(cell("＝1"), "'＝1");
        assert_eq!(cell("2 = two"), "2 = two");
    }

    #[test]
    fn a_figure_below_nought_stays_a_figure() {
        assert_eq!(Cell::plain("-12.50").written(), "-12.50");
    }

    #[test]
    fn commas_quotes_and_line_breaks_stay_in_their_cell() {
        let heads = ["a".to_owned(), "b".to_owned()];
        let text = csv(&heads, [vec![cell_of("x, \"y\""), cell_of("one\ntwo")]]);
        assert_eq!(text, "a,b\r\n\"x, \"\"y\"\"\",one two\r\n");
    }

    fn cell_of(text: &str) -> Cell {
        Cell::text(text)
    }
}
