//! Spend: what was approved, what fell into the period, for what and who pays; and placements with
//! a provider that is not registered.

use super::Counted;
use super::requests::{month_id, month_words, months};
use super::view::{Cell, Column, Drawn, Group, Row, Section, Stands, Value};
use crate::council::Use;
use crate::desk::{Commitment, Desk, Placing, Stretch, unregistered};
use crate::documents::common::label;
use crate::documents::spend_by::provision_of;
use crate::records::Money;
use std::collections::{BTreeMap, BTreeSet};

type Lines<'d, 'a> = Vec<Commitment<'d, 'a>>;

/// What runs in the period, as its last day knew it; and what the panel approved at its meetings, as
/// that stands now.
struct Bought<'d, 'a> {
    running: Lines<'d, 'a>,
    approved: Lines<'d, 'a>,
}

impl<'d, 'a> Bought<'d, 'a> {
    fn of(counted: &Counted<'d, 'a>) -> Self {
        let lines = |desk: &'d Desk<'a>| {
            let mut lines: Lines<'d, 'a> = desk.commitments();
            lines.retain(|line| desk.is_for(line.case, counted.panel));
            lines
        };
        let mut approved = lines(counted.now);
        approved.retain(|line| counted.days.holds(line.made.on));
        Self {
            running: lines(counted.desk),
            approved,
        }
    }

    /// Those lines of it.
    fn only(&self, is_meant: fn(&Commitment<'d, 'a>) -> bool) -> Self {
        let meant = |lines: &Lines<'d, 'a>| -> Lines<'d, 'a> {
            let lines = lines.iter().filter(|line| is_meant(line));
            lines.cloned().collect()
        };
        Self {
            running: meant(&self.running),
            approved: meant(&self.approved),
        }
    }

    /// Each line with whether it is of what was approved.
    fn each(&self) -> impl Iterator<Item = (&Commitment<'d, 'a>, bool)> {
        let running = self.running.iter().map(|line| (line, false));
        running.chain(self.approved.iter().map(|line| (line, true)))
    }
}

pub(super) fn sections(counted: &Counted<'_, '_>) -> Vec<Section> {
    let bought = Bought::of(counted);
    let lines = &bought.running;
    let spend = vec![
        totals(counted, &bought),
        provisions(counted, &bought),
        funders(counted, &bought),
        placing(counted, &bought),
        by_month(counted, lines),
    ];
    vec![
        Section {
            id: "spend",
            title: "Spend",
            groups: spend,
        },
        Section {
            id: "unregistered",
            title: "Placements that are not registered",
            groups: vec![not_registered(counted, lines)],
        },
    ]
}

/// Pounds and the requests behind them.
#[derive(Debug, Default, Clone)]
struct Sum<'a> {
    amount: Money,
    cases: BTreeSet<&'a str>,
}

impl<'a> Sum<'a> {
    fn add(&mut self, line: &Commitment<'_, 'a>, amount: Money) {
        if amount != Money::ZERO {
            self.amount = self.amount + amount;
            self.cases.insert(line.case.reference());
        }
    }

    fn cell(&self) -> Cell {
        Cell::pounds(self.amount, self.cases.len())
    }
}

/// Approved in the period, whole lines; and what the days of the period cost.
fn totals(counted: &Counted<'_, '_>, bought: &Bought<'_, '_>) -> Group {
    let days = counted.days.stretch();
    let mut sums: [[Sum<'_>; 3]; 2] = Default::default();
    for (line, is_approved) in bought.each() {
        let parts = |stretch: Stretch| {
            [
                line.cost.within(stretch),
                line.cost.others_within(stretch),
                line.cost.own_within(stretch),
            ]
        };
        let (place, stretch) = match is_approved {
            true => (0, Stretch::ALL),
            false => (1, days),
        };
        for (sum, amount) in sums[place].iter_mut().zip(parts(stretch)) {
            sum.add(line, amount);
        }
    }
    let [approved, committed] = sums;
    let row = |id: &str, label: &str, place: usize| {
        Row::wide(
            id,
            label,
            vec![committed[place].cell(), approved[place].cell()],
        )
    };
    let rows = vec![
        row("own", "The panel's own part", 2)
            .key("spend_own")
            .key_of(1, "approved_own"),
        row("others", "Other funders that have agreed", 1)
            .key("spend_others")
            .key_of(1, "approved_others"),
        row("all", "All", 0)
            .key("spend")
            .key_of(1, "approved")
            .stands(Stands::Sum),
    ];
    Group::wide(
        "totals",
        "pounds",
        "Who pays",
        format!(
            "What the days of the period cost, whenever it was approved (as panel spend --from {} --to {} counts); and what the panel approved at meetings held {}, over all the days that it approved it for:",
            counted.days.from,
            counted.days.to,
            counted.between()
        ),
        columns(),
        rows,
    )
    .or("Nothing that the panel approved costs anything in these days.")
}

fn columns() -> Vec<Column> {
    [
        ("in-period", "Cost of the period"),
        ("approved", "Approved in the period"),
    ]
    .map(|(id, label)| Column {
        id: id.to_owned(),
        label: label.to_owned(),
    })
    .to_vec()
}

/// The words that a line stands under in some days: id, label, and how much of it.
type Words<'w, 'a> = dyn Fn(&Commitment<'_, 'a>, Stretch) -> Vec<(String, String, Money)> + 'w;

/// Two amounts by a word: approved in the period, and what its days cost.
fn by_word<'a>(
    counted: &Counted<'_, 'a>,
    bought: &Bought<'_, 'a>,
    word: &Words<'_, 'a>,
) -> Vec<Row> {
    let days = counted.days.stretch();
    let mut sums: BTreeMap<String, (String, [Sum<'a>; 2])> = BTreeMap::new();
    let mut all: [Sum<'a>; 2] = Default::default();
    for (line, is_approved) in bought.each() {
        let (place, stretch) = match is_approved {
            false => (0, days),
            true => (1, Stretch::ALL),
        };
        for (id, label, amount) in word(line, stretch) {
            if amount == Money::ZERO {
                continue;
            }
            let entry = sums
                .entry(id)
                .or_insert_with(|| (label, Default::default()));
            entry.1[place].add(line, amount);
            all[place].add(line, amount);
        }
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by(|(_, one), (_, other)| {
        (other.1[0].amount, other.1[1].amount, &one.0).cmp(&(
            one.1[0].amount,
            one.1[1].amount,
            &other.0,
        ))
    });
    let mut rows: Vec<Row> = sums
        .into_iter()
        .map(|(id, (label, sums))| Row::wide(id, label, sums.iter().map(Sum::cell).collect()))
        .collect();
    rows.push(Row::wide("all", "All", all.iter().map(Sum::cell).collect()).stands(Stands::Sum));
    rows
}

fn provisions(counted: &Counted<'_, '_>, bought: &Bought<'_, '_>) -> Group {
    let rows = by_word(counted, bought, &|line, stretch| {
        let (id, label) = provision_of(line);
        vec![(id, label, line.cost.within(stretch))]
    });
    Group::wide(
        "by-provision",
        "pounds",
        "Provision",
        "The same by the provision asked for, all of each line; the bars are the cost of the period:",
        columns(),
        rows,
    )
    .or("No provision costs anything in these days.")
    .drawn(Drawn::Both)
}

fn funders(counted: &Counted<'_, '_>, bought: &Bought<'_, '_>) -> Group {
    let rows = by_word(counted, bought, &|line, stretch| {
        let own = (
            "own".to_owned(),
            "The panel's own budget".to_owned(),
            line.cost.own_within(stretch),
        );
        let others = line
            .funders_within(stretch)
            .into_iter()
            .map(|(source, amount)| {
                let source = source.to_owned();
                let words = label(line.made.rules, Use::Funder, Some(&source.as_str().into()));
                (source.clone(), words.unwrap_or(source), amount)
            });
        std::iter::once(own).chain(others).collect()
    });
    Group::wide(
        "by-funder",
        "pounds",
        "Funder",
        "The same by who pays; a share counts where the funder has agreed to it:",
        columns(),
        rows,
    )
    .or("No funder pays for anything in these days.")
}

fn placing(counted: &Counted<'_, '_>, bought: &Bought<'_, '_>) -> Group {
    let placements = bought.only(|line| line.line.item.as_deref() == Some("placement"));
    let mut rows = by_word(counted, &placements, &|line, stretch| {
        let (id, label) = match line.placing() {
            Placing::InHouse => ("in-house", "The council's own"),
            Placing::External => ("external", "Bought in"),
            Placing::NotSaid => ("not-said", "The records do not say"),
        };
        vec![(id.to_owned(), label.to_owned(), line.cost.within(stretch))]
    });
    let days = counted.days.stretch();
    for row in &mut rows {
        let is_meant = |line: &&Commitment<'_, '_>| {
            let id = match line.placing() {
                Placing::InHouse => "in-house",
                Placing::External => "external",
                Placing::NotSaid => "not-said",
            };
            row.stands == Stands::Sum || id == row.id
        };
        let cases: BTreeSet<&str> = placements
            .running
            .iter()
            .filter(is_meant)
            .filter(|line| line.cost.within(days) > Money::ZERO)
            .map(|line| line.case.reference())
            .collect();
        row.cells.push(Cell::count(cases.len()));
    }
    let mut columns = columns();
    columns.push(Column {
        id: "requests".to_owned(),
        label: "Requests".to_owned(),
    });
    Group::wide(
        "in-house-external",
        "pounds",
        "Placements",
        "Of this the placements themselves (lines of the item placement), by whose they are, and how many requests stand behind the cost:",
        columns,
        rows,
    )
    .or("No placement costs anything in these days.")
}

fn by_month(counted: &Counted<'_, '_>, lines: &Lines<'_, '_>) -> Group {
    let sum = |days: Stretch| {
        let mut sum = Sum::default();
        for line in lines {
            sum.add(line, line.cost.within(days));
        }
        sum
    };
    let months = months(counted, &|month| sum(month.stretch()).amount > Money::ZERO);
    let rows = months
        .iter()
        .map(|month| {
            Row::new(
                month_id(*month),
                month_words(*month),
                sum(month.stretch()).cell(),
            )
        })
        .collect();
    Group::new(
        "by-month",
        "pounds",
        "Month",
        "What the days of each month of the period cost, whoever pays:",
        rows,
    )
    .or("No month of the period costs anything.")
    .drawn(Drawn::Bars)
}

fn not_registered(counted: &Counted<'_, '_>, lines: &Lines<'_, '_>) -> Group {
    let placements = unregistered(lines, counted.days);
    let count = |days: i64| Value::Count(usize::try_from(days).unwrap_or_default());
    let cells = |in_period: i64, so_far: i64, cases: usize| {
        [in_period, so_far]
            .map(|days| Cell {
                cases: Some(cases),
                ..Cell::new(count(days))
            })
            .to_vec()
    };
    let mut rows: Vec<Row> = placements
        .iter()
        .map(|placement| {
            let label = match placement.until {
                Some(until) => format!(
                    "{}, {} to {}",
                    placement.reference,
                    placement.from.in_words(),
                    crate::calendar::plus_days(until, -1).in_words()
                ),
                None => format!(
                    "{}, since {}",
                    placement.reference,
                    placement.from.in_words()
                ),
            };
            let cells = cells(placement.in_period, placement.so_far, 1);
            Row {
                names_one: true,
                ..Row::wide(placement.reference, label, cells)
            }
        })
        .collect();
    let sum =
        |of: fn(&crate::desk::Unregistered<'_>) -> i64| placements.iter().map(of).sum::<i64>();
    let all = cells(
        sum(|placement| placement.in_period),
        sum(|placement| placement.so_far),
        placements.len(),
    );
    rows.push(
        Row::wide("all", "All", all)
            .key("unregistered_days")
            .key_of(1, "unregistered_days_so_far")
            .stands(Stands::Sum),
    );
    rows.push(
        Row::wide(
            "placements",
            "Placements",
            [placements.len(); 2].map(Cell::count).to_vec(),
        )
        .key("unregistered_placements")
        .stands(Stands::Apart),
    );
    let columns = [
        ("in-period", "Days in the period"),
        ("so-far", "Days so far"),
    ]
    .map(|(id, label)| Column {
        id: id.to_owned(),
        label: label.to_owned(),
    });
    Group::wide(
        "unregistered",
        "days",
        "Placement",
        format!(
            "Of {{}} approved with a provider that the records say is not registered and that went on {}, for how many days:",
            counted.between()
        ),
        columns.to_vec(),
        rows,
    )
    .about(placements.len(), "placement", "placements")
    .or(format!(
        "No placement approved with a provider said not to be registered went on {}.",
        counted.between()
    ))
}
