//! The shape of a report: sections of groups of figures, each figure with what it is of.
//!
//! Every section is made by counting at one desk over some days; the same count over the days
//! before is laid beside it afterwards. So no section knows of a comparison, of small numbers that
//! are not to be shown, or of a form.

use crate::records::{Money, grouped};
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

    pub(super) fn put(&mut self, value: Value) {
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
    pub(super) count: usize,
    pub(super) one: &'static str,
    pub(super) more: &'static str,
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
    pub(super) many: Option<Many>,
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
