//! Who the requests are about, in bands: no child stands here alone.

use super::Counted;
use super::tally::Tally;
use super::view::{Cell, Drawn, Group, Row, Section, Stands};
use crate::calendar::age_on;
use crate::council::Use;
use crate::desk::Sent;
use std::collections::BTreeSet;

pub(super) fn section(counted: &Counted<'_, '_>) -> Section {
    let sent = counted.desk.sent_in(counted.days, counted.panel);
    let mut groups = Vec::new();
    if sent.is_empty() {
        groups.push(Group::nothing(
            "ages",
            "requests",
            format!("No request was sent {}.", counted.between()),
        ));
    } else {
        groups.push(ages(&sent));
        groups.push(legal_status(&sent));
    }
    groups.push(drift(counted));
    Section {
        id: "children",
        title: "Children and drift",
        groups,
    }
}

/// Bands as the national returns have them.
const BANDS: [(i64, &str, &str); 6] = [
    (1, "under-1", "Under 1"),
    (5, "1-4", "1 to 4"),
    (10, "5-9", "5 to 9"),
    (16, "10-15", "10 to 15"),
    (18, "16-17", "16 and 17"),
    (i64::MAX, "18-over", "18 and over"),
];

fn ages(sent: &[Sent<'_, '_>]) -> Group {
    let all = sent.len();
    let mut counts = [0; BANDS.len() + 1];
    let mut children: BTreeSet<&str> = BTreeSet::new();
    let mut without_number = 0;
    for one in sent {
        let child = &one.case.referral().child;
        match child.number() {
            Some(id) => {
                children.insert(id);
            }
            None => without_number += 1,
        }
        let band = child
            .date_of_birth
            .filter(|born| *born <= one.on)
            .map(|born| age_on(born, one.on))
            .and_then(|age| BANDS.iter().position(|(below, ..)| age < *below));
        counts[band.unwrap_or(BANDS.len())] += 1;
    }
    let mut rows: Vec<Row> = BANDS
        .iter()
        .zip(counts)
        .map(|((_, id, label), count)| Row::new(*id, *label, Cell::count(count).of(all)))
        .collect();
    if counts[BANDS.len()] > 0 {
        let unknown = Cell::count(counts[BANDS.len()]).of(all);
        rows.push(Row::new("not-said", "No date of birth", unknown));
    }
    rows.push(Row::new("all", "All", Cell::count(all)).stands(Stands::Sum));
    rows.push(
        Row::new(
            "children",
            "Children they are about",
            Cell::count(children.len() + without_number),
        )
        .key("children")
        .stands(Stands::Apart),
    );
    Group::new(
        "ages",
        "requests",
        "Age",
        "Of {} sent in the period, the child's age on the day that it was sent:",
        rows,
    )
    .about(all, "request", "requests")
}

fn legal_status(sent: &[Sent<'_, '_>]) -> Group {
    let all = sent.len();
    let mut statuses = Tally::default();
    for one in sent {
        let status = one.case.referral().child.legal_status.as_ref();
        statuses.word(one.case.rules, Use::LegalStatus, status);
    }
    let mut rows = statuses.rows(all);
    rows.push(Row::new("all", "All", Cell::count(all)).stands(Stands::Sum));
    Group::new(
        "legal-status",
        "requests",
        "Legal status",
        "The same requests by the child's legal status as the request gives it:",
        rows,
    )
}

/// Cases that drift at the end of the period, where the council marks it.
fn drift(counted: &Counted<'_, '_>) -> Group {
    let desk = counted.desk;
    let drifting = desk.drifting();
    let count = drifting
        .keys()
        .filter_map(|reference| desk.case(reference))
        .filter(|case| desk.is_for(case, counted.panel))
        .count();
    let is_marked = desk.cases().iter().any(|case| case.rules.drift.is_some());
    let last = counted.days.to.in_words();
    let rows = vec![
        Row::new("drifting", "Cases that drift", Cell::count(count))
            .key("drifting")
            .stands(Stands::Apart),
    ];
    let nothing = if is_marked {
        format!("No case drifted at the end of {last}.")
    } else {
        "The council's file does not mark drift.".to_owned()
    };
    Group::new(
        "drift",
        "requests",
        "Drift",
        format!(
            "Cases that drift at the end of {last}: a review or an action past its day, or put off as often as the council's file says:"
        ),
        rows,
    )
    .or(nothing)
    .drawn(Drawn::Line)
}
