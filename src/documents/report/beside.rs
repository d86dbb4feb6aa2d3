//! What is done to counted sections before they are printed: the days before laid beside them, small
//! numbers taken out, and words filled in.

use super::view::{Cell, Drawn, Group, Many, Row, Section, Stands, Value};

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
        leave_out_wholes(group);
        group.notes.clear();
    }
}

/// A part and its whole, or its share of it, give the rest away: where anything of a group is left
/// out, or the whole is a small number itself, no figure says of how many it is.
fn leave_out_wholes(group: &mut Group) {
    let cells = || group.rows.iter().flat_map(|row| &row.cells);
    let has_hidden = cells().any(|cell| cell.value == Value::Small);
    for cell in group.rows.iter_mut().flat_map(|row| &mut row.cells) {
        if has_hidden || matches!(cell.of, Some(1..=SMALL)) {
            cell.of = None;
            cell.per_cent = None;
        }
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
