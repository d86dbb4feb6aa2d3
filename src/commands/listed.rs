//! The forms of a list: for a terminal, a spreadsheet, a program, or paper.

use super::paper::Destination;
use super::session::{Exit, Session, Trouble, World};
use crate::documents::Document;
use crate::output::csv::Cell;
use crate::output::{self};
use anyhow::Result;
use serde_json::Value;

/// The form of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Tables for a terminal.
    #[default]
    Human,
    /// A row a line, for a spreadsheet.
    Csv,
    /// Exactly what the template is given.
    Json,
    /// To be read, as `--write` keeps it.
    Markdown,
}

/// How a view is told on a terminal, and in a spreadsheet.
pub(super) type Told = (fn(&Value) -> String, fn(&Value) -> String);

/// Brings a list to where it was asked for, in the form that was asked for.
pub(super) fn deliver(
    document: &Document,
    format: Format,
    destination: &Destination,
    (human, csv): Told,
    world: &World,
    session: &mut Session<'_>,
) -> Result<Exit> {
    if destination.write && matches!(format, Format::Json | Format::Csv) {
        return Err(
            Trouble::usage("--write keeps a document in the folder as Markdown")
                .hint("use -o FILE for json and csv")
                .into(),
        );
    }
    let is_kept = destination.write || destination.output.is_some();
    let text = match format {
        Format::Json => output::json::document(&document.view)?,
        // Spreadsheets take a file for another alphabet unless it begins with this mark; programs
        // that read from a pipe would take the mark for a part of the first head.
        Format::Csv if is_kept => format!("\u{feff}{}", csv(&document.view)),
        Format::Csv => csv(&document.view),
        Format::Human if !is_kept => human(&document.view),
        Format::Human | Format::Markdown => output::visible_lines(&document.text()?),
    };
    destination.deliver(&text, &document.place, false, world, session)
}

/// The value at a path of keys, `total.words`.
fn at<'v>(row: &'v Value, path: &str) -> &'v Value {
    path.split('.').fold(row, |value, key| &value[key])
}

/// What stands at a path of keys, on one line and with nothing raw; nothing where nothing does.
pub(super) fn text(row: &Value, path: &str) -> String {
    match at(row, path) {
        Value::String(text) => output::visible(text),
        Value::Number(number) => number.to_string(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        _ => String::new(),
    }
}

/// The rows at a key.
pub(super) fn rows<'v>(view: &'v Value, path: &str) -> impl Iterator<Item = &'v Value> {
    at(view, path).as_array().into_iter().flatten()
}

/// A cell with what somebody wrote.
pub(super) fn cell(row: &Value, path: &str) -> Cell {
    Cell::text(text(row, path))
}

/// A cell with a figure or a day of the program's own.
pub(super) fn figure(row: &Value, path: &str) -> Cell {
    Cell::plain(text(row, path))
}

/// Heads as a spreadsheet has them.
pub(super) fn heads(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}
