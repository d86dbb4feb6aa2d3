//! The shape of a report: sections of groups of figures, each figure with what it is of.
//!
//! Every section is made by counting at one desk over some days; the same count over the days
//! before is laid beside it afterwards. So no section knows of a comparison, of small numbers that
//! are not to be shown, or of a form.

use crate::records::Money;
use serde::Serialize;
use serde::ser::Serializer;

/// A figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// How many.
    Count(usize),
    /// How many halves: of a median.
    Halves(i64),
    /// Pounds.
    Pounds(Money),
    /// Not to be shown: from 1 to 4.
    Small,
    /// There is none: the median of nothing.
    Nothing,
}

impl Value {
    /// As people read it.
    pub(super) fn words(self) -> String {
        match self {
            Self::Count(count) => grouped(count),
            Self::Halves(halves) => half(halves),
            Self::Pounds(amount) => amount.to_string(),
            Self::Small => "under 5".to_owned(),
            Self::Nothing => "–".to_owned(),
        }
    }

    /// As a spreadsheet reads it.
    pub(super) fn plain(self) -> String {
        match self {
            Self::Count(count) => count.to_string(),
            Self::Pounds(amount) => amount.plain(),
            Self::Nothing => String::new(),
            Self::Halves(_) | Self::Small => self.words(),
        }
    }

    /// Whether it is nought or not there.
    pub(super) fn is_nought(self) -> bool {
        match self {
            Self::Count(count) => count == 0,
            Self::Pounds(amount) => amount == Money::ZERO,
            Self::Nothing => true,
            Self::Halves(_) | Self::Small => false,
        }
    }

    /// How long its bar is, compared with others of its kind.
    pub(super) fn size(self) -> i64 {
        match self {
            Self::Count(count) => i64::try_from(count).unwrap_or(i64::MAX),
            Self::Halves(halves) => halves,
            Self::Pounds(amount) => amount.pence().max(0),
            Self::Small | Self::Nothing => 0,
        }
    }

    /// Nought of the same kind.
    pub(super) const fn nought(self) -> Self {
        match self {
            Self::Pounds(_) => Self::Pounds(Money::ZERO),
            Self::Halves(_) | Self::Nothing => Self::Nothing,
            Self::Count(_) | Self::Small => Self::Count(0),
        }
    }
}

fn half(halves: i64) -> String {
    let whole = halves / 2;
    if halves % 2 == 0 {
        whole.to_string()
    } else {
        format!("{whole}.5")
    }
}

fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Counts are numbers; money and halves are text, so that no program reads a binary float.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Count(count) => serializer.serialize_u64(*count as u64),
            Self::Nothing => serializer.serialize_none(),
            other => serializer.serialize_str(&other.plain()),
        }
    }
}

/// One figure.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Cell {
    /// What it comes to.
    pub(super) value: Value,
    /// As people read it.
    pub(super) words: String,
    /// Of how many, where it is a part of something.
    pub(super) of: Option<usize>,
    /// The same in whole per cent.
    pub(super) per_cent: Option<usize>,
    /// What it came to in the days before.
    pub(super) before: Option<Value>,
    /// As people read that.
    pub(super) before_words: Option<String>,
    /// How many requests or placements stand behind it.
    #[serde(skip)]
    pub(super) cases: Option<usize>,
}

impl Cell {
    /// A figure that is a part of nothing.
    pub(super) fn new(value: Value) -> Self {
        Self {
            value,
            words: value.words(),
            of: None,
            per_cent: None,
            before: None,
            before_words: None,
            cases: match value {
                Value::Count(count) => Some(count),
                _ => None,
            },
        }
    }

    /// A count.
    pub(super) fn count(count: usize) -> Self {
        Self::new(Value::Count(count))
    }

    /// Pounds, with how many requests stand behind them.
    pub(super) fn pounds(amount: Money, cases: usize) -> Self {
        Self {
            cases: Some(cases),
            ..Self::new(Value::Pounds(amount))
        }
    }

    /// A part of so many.
    pub(super) fn of(self, of: usize) -> Self {
        let per_cent = match self.value {
            Value::Count(count) if of > 0 => Some((count * 200 + of) / (2 * of)),
            _ => None,
        };
        Self {
            of: Some(of),
            per_cent,
            ..self
        }
    }

    fn put(&mut self, value: Value) {
        self.value = value;
        self.words = value.words();
        if value == Value::Small {
            self.per_cent = None;
        }
    }
}

/// A row of figures.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Row {
    /// As programs name it.
    pub(super) id: String,
    /// As people read it.
    pub(super) label: String,
    /// A figure for each column.
    pub(super) cells: Vec<Cell>,
    /// The names of its figures at the top of the json, by their columns.
    #[serde(skip)]
    pub(super) keys: Vec<(usize, &'static str)>,
    /// Whether it is the sum of rows before it, or a part of one.
    pub(super) stands: Stands,
    /// Whether it is left out on paper: nought now and before, and of interest only otherwise.
    pub(super) is_quiet: bool,
    /// Whether it is about one request, and names it.
    #[serde(skip)]
    pub(super) names_one: bool,
}

/// How a row stands to its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Stands {
    /// Beside them: such rows add up to the sum, where there is one.
    Beside,
    /// A part of the row before it.
    Within,
    /// All of them together.
    Sum,
    /// By itself: a median, a rate.
    Apart,
}

impl Row {
    /// A row with one figure.
    pub(super) fn new(id: impl Into<String>, label: impl Into<String>, cell: Cell) -> Self {
        Self::wide(id, label, vec![cell])
    }

    /// A row with a figure for each column.
    pub(super) fn wide(id: impl Into<String>, label: impl Into<String>, cells: Vec<Cell>) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            cells,
            keys: Vec::new(),
            stands: Stands::Beside,
            is_quiet: false,
            names_one: false,
        }
    }

    /// Names its first figure at the top of the json.
    pub(super) fn key(self, key: &'static str) -> Self {
        self.key_of(0, key)
    }

    /// Names the figure of a column there.
    pub(super) fn key_of(mut self, column: usize, key: &'static str) -> Self {
        self.keys.push((column, key));
        self
    }

    /// Left out on paper where it is nought.
    pub(super) fn unless_nought(self) -> Self {
        Self {
            is_quiet: true,
            ..self
        }
    }

    /// Says how it stands to its neighbours.
    pub(super) fn stands(self, stands: Stands) -> Self {
        Self { stands, ..self }
    }
}

/// A column.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Column {
    /// As programs name it.
    pub(super) id: String,
    /// As people read it.
    pub(super) label: String,
}

/// How a group is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Drawn {
    /// As a table.
    Table,
    /// As bars alone: months.
    Bars,
    /// As a table with bars above it.
    Both,
    /// As one bar a row, of several parts: outcomes by month.
    Stacked,
    /// As one line that ends with its figure.
    Line,
}

/// How many things a group is about, and their name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Many {
    count: usize,
    one: &'static str,
    more: &'static str,
}

/// Figures that are about the same things.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Group {
    /// As programs name it.
    pub(super) id: &'static str,
    /// What is counted, in one line: "Of 24 requests sent between …"
    pub(super) says: String,
    /// What stands there for `{}`.
    #[serde(skip)]
    many: Option<Many>,
    /// What a figure counts: requests, decisions, days, pounds.
    pub(super) unit: &'static str,
    /// Whether there is nothing to count: the line says so and stands alone.
    pub(super) is_empty: bool,
    /// What the rows are.
    pub(super) head: &'static str,
    /// The columns of figures.
    pub(super) columns: Vec<Column>,
    /// The rows.
    pub(super) rows: Vec<Row>,
    /// What is to be known beside them.
    pub(super) notes: Vec<String>,
    /// How it is drawn.
    pub(super) drawn: Drawn,
    /// The lines of the chart, where it has one.
    pub(super) chart: Vec<String>,
    /// Whether the days before are shown beside the figures.
    pub(super) has_before: bool,
    /// Whether the figures are parts of something.
    pub(super) has_of: bool,
}

impl Group {
    /// A group with one column.
    pub(super) fn new(
        id: &'static str,
        unit: &'static str,
        head: &'static str,
        says: impl Into<String>,
        rows: Vec<Row>,
    ) -> Self {
        let column = Column {
            id: "value".to_owned(),
            label: capital(unit),
        };
        Self::wide(id, unit, head, says, vec![column], rows)
    }

    /// A group with several columns.
    pub(super) fn wide(
        id: &'static str,
        unit: &'static str,
        head: &'static str,
        says: impl Into<String>,
        columns: Vec<Column>,
        rows: Vec<Row>,
    ) -> Self {
        let cells = || rows.iter().flat_map(|row| &row.cells);
        Self {
            id,
            says: says.into(),
            many: None,
            unit,
            is_empty: cells().all(|cell| cell.value.is_nought()),
            head,
            has_of: cells().any(|cell| cell.per_cent.is_some()),
            columns,
            rows,
            notes: Vec::new(),
            drawn: Drawn::Table,
            chart: Vec::new(),
            has_before: false,
        }
    }

    /// One line where there is nothing to count.
    pub(super) fn nothing(id: &'static str, unit: &'static str, says: impl Into<String>) -> Self {
        Self {
            is_empty: true,
            ..Self::new(id, unit, "", says, Vec::new())
        }
    }

    /// Says how many things it is about: `{}` in its line becomes `24 requests`.
    pub(super) fn about(self, count: usize, one: &'static str, more: &'static str) -> Self {
        Self {
            many: Some(Many { count, one, more }),
            ..self
        }
    }

    /// Where there is nothing to count, this line says so and stands alone.
    pub(super) fn or(self, nothing: impl Into<String>) -> Self {
        if self.is_empty {
            Self {
                says: nothing.into(),
                ..self
            }
        } else {
            self
        }
    }

    /// Draws it.
    pub(super) fn drawn(self, drawn: Drawn) -> Self {
        Self { drawn, ..self }
    }

    /// Adds what is to be known beside it.
    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

/// Fills in how many things each group is about, and leaves out what is nought.
pub(super) fn finish(sections: &mut [Section], without_small: bool) {
    for group in sections.iter_mut().flat_map(|section| &mut section.groups) {
        if let Some(Many { count, one, more }) = group.many {
            let said = match count {
                1..=SMALL if without_small => format!("fewer than 5 {more}"),
                1 => format!("1 {one}"),
                _ => format!("{} {more}", Value::Count(count).words()),
            };
            group.says = group.says.replacen("{}", &said, 1);
        }
        for row in &mut group.rows {
            let is_nought =
                |cell: &Cell| cell.value.is_nought() && cell.before.is_none_or(Value::is_nought);
            row.is_quiet &= row.cells.iter().all(is_nought);
        }
    }
}

fn capital(text: &str) -> String {
    crate::documents::common::capitalised(text)
}

/// A section of the report.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Section {
    /// As programs name it.
    pub(super) id: &'static str,
    /// Its heading.
    pub(super) title: &'static str,
    /// Its groups.
    pub(super) groups: Vec<Group>,
}

/// Lays the figures of the days before beside those of the period. What was there only then is
/// added with nought.
pub(super) fn compare(now: &mut [Section], before: &[Section]) {
    for section in now {
        let Some(then) = before.iter().find(|other| other.id == section.id) else {
            continue;
        };
        for group in &mut section.groups {
            // Months and meetings are other ones then.
            if matches!(group.drawn, Drawn::Bars | Drawn::Stacked) {
                continue;
            }
            if let Some(then) = then.groups.iter().find(|other| other.id == group.id) {
                beside(group, then);
            }
        }
    }
}

fn beside(group: &mut Group, then: &Group) {
    if then.is_empty && group.is_empty {
        return;
    }
    group.has_before = true;
    for row in &mut group.rows {
        let then = then.rows.iter().find(|other| other.id == row.id);
        for (place, cell) in row.cells.iter_mut().enumerate() {
            let then = then.and_then(|row| row.cells.get(place));
            let value = then.map_or(cell.value.nought(), |cell| cell.value);
            cell.before = Some(value);
            cell.before_words = Some(value.words());
        }
    }
    // A sum stays the last of its rows.
    let mut place = group
        .rows
        .iter()
        .position(|row| row.stands == Stands::Sum)
        .unwrap_or(group.rows.len());
    for row in &then.rows {
        let is_known = group.rows.iter().any(|known| known.id == row.id);
        if is_known || group.is_empty || row.names_one {
            continue;
        }
        let cells = row.cells.iter().map(|cell| Cell {
            before: Some(cell.value),
            before_words: Some(cell.words.clone()),
            ..Cell::new(cell.value.nought())
        });
        let mut added = Row::wide(row.id.clone(), row.label.clone(), cells.collect());
        added.stands = row.stands;
        added.names_one = row.names_one;
        group.rows.insert(place, added);
        place += 1;
    }
}

/// The largest number that is not shown where small ones are not to be.
const SMALL: usize = 4;

/// Takes out numbers from 1 to 4, and money and days behind which so few requests stand. Where a
/// single figure of a group is taken out the next smallest goes with it, or the sum would tell it.
pub(super) fn suppress_small(sections: &mut [Section]) {
    for group in sections.iter_mut().flat_map(|section| &mut section.groups) {
        group.rows.retain(|row| !row.names_one);
        let columns = group.columns.len();
        for column in 0..columns {
            suppress_column(group, column);
        }
        if columns > 3 {
            for row in &mut group.rows {
                suppress_across(row);
            }
        }
        group.notes.clear();
    }
}

/// In a table whose first column is the sum of the others.
fn suppress_across(row: &mut Row) {
    let Some((_, parts)) = row.cells.split_first_mut() else {
        return;
    };
    let hidden = parts.iter().filter(|cell| cell.value == Value::Small);
    if hidden.count() == 1 {
        hide_smallest(parts.iter_mut());
    }
}

/// Takes out the smallest figure that is shown and not nought.
fn hide_smallest<'c>(cells: impl Iterator<Item = &'c mut Cell>) {
    let smallest = cells
        .filter(|cell| cell.value != Value::Small && !cell.value.is_nought())
        .min_by_key(|cell| cell.cases.unwrap_or(usize::MAX));
    if let Some(cell) = smallest {
        cell.value = Value::Small;
        cell.words = "not shown".to_owned();
        cell.per_cent = None;
    }
}

fn is_small(cell: &Cell) -> bool {
    matches!(cell.cases, Some(1..=SMALL)) && !cell.value.is_nought()
}

fn suppress_column(group: &mut Group, column: usize) {
    let mut hidden = 0;
    for row in &mut group.rows {
        let Some(cell) = row.cells.get_mut(column) else {
            continue;
        };
        let before_is_small = matches!(cell.before, Some(Value::Count(1..=SMALL)));
        let is_money = matches!(cell.value, Value::Pounds(_) | Value::Halves(_));
        if before_is_small || is_money {
            // How many stood behind money of the days before is not known here.
            cell.before = cell.before.map(|_| Value::Small);
            cell.before_words = cell.before.map(Value::words);
        }
        if is_small(cell) {
            cell.put(Value::Small);
            hidden += usize::from(row.stands == Stands::Beside);
        }
    }
    if hidden != 1 {
        return;
    }
    let parts = group.rows.iter_mut();
    let parts = parts.filter(|row| row.stands == Stands::Beside);
    hide_smallest(parts.filter_map(|row| row.cells.get_mut(column)));
}
