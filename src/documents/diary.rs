//! What is owed and when.

use super::common::{DayView, capitalised, child_of, json};
use super::{Document, DocumentError, Options, names, render};
use crate::desk::{Desk, DiaryEntry};
use crate::records::Day;
use serde::Serialize;

/// What the diary's template is given.
#[derive(Debug, Clone, Serialize)]
struct DiaryView {
    /// Whose panel.
    council: String,
    /// The panel.
    panel: String,
    /// The day of which the diary speaks.
    on: DayView,
    /// Overdue, due within a week, later; a stretch without entries is left out.
    groups: Vec<DiaryGroup>,
    /// Cases that drift, where the council marks them.
    drift: Vec<DriftLine>,
}

/// A case that drifts.
#[derive(Debug, Clone, Serialize)]
struct DriftLine {
    /// The child.
    child: String,
    /// The referral.
    reference: String,
    /// Why.
    why: String,
}

/// One stretch of time.
#[derive(Debug, Clone, Serialize)]
struct DiaryGroup {
    /// `overdue`, `next-seven-days` or `later`.
    id: &'static str,
    /// Its heading.
    title: &'static str,
    /// What is owed in it.
    entries: Vec<DiaryRow>,
}

/// One thing owed.
#[derive(Debug, Clone, Serialize)]
struct DiaryRow {
    /// A stable id within the folder.
    id: String,
    /// The last day for it.
    due: DayView,
    /// What it is about.
    kind: &'static str,
    /// The child.
    child: String,
    /// The referral.
    reference: String,
    /// What is to happen.
    what: String,
    /// Who is to do it.
    owner: Option<String>,
    /// The meeting at which it is expected.
    meeting: Option<DayView>,
    /// Clauses of the policy that ask for it.
    sources: Vec<String>,
}

/// Id, heading, and the days that belong to it.
type Stretch<'a> = (&'static str, &'static str, &'a dyn Fn(Day) -> bool);

/// What is owed and when.
pub(crate) fn diary(
    desk: &Desk<'_>,
    entries: &[DiaryEntry<'_>],
    options: Options,
) -> Result<Document, DocumentError> {
    let today = desk.today();
    let in_a_week = today
        .date()
        .checked_add_days(chrono::Days::new(7))
        .map_or(today, Day::of);
    let stretches: [Stretch<'_>; 3] = [
        ("overdue", "Overdue", &|day| day < today),
        ("next-seven-days", "Due in the next seven days", &|day| {
            (today..=in_a_week).contains(&day)
        }),
        ("later", "Later", &|day| day > in_a_week),
    ];
    let view = DiaryView {
        council: desk.council.about.name.clone(),
        panel: desk.council.about.panel.clone(),
        on: today.into(),
        groups: stretches
            .into_iter()
            .map(|(id, title, is_in)| DiaryGroup {
                id,
                title,
                entries: entries
                    .iter()
                    .filter(|entry| is_in(entry.due_on))
                    .map(row)
                    .collect(),
            })
            .filter(|group| !group.entries.is_empty())
            .collect(),
        drift: drift(desk),
    };
    let view = names::as_asked(desk, options, json(&view));
    render::document(desk.folder, "diary.md.j2", view, "diary.md".to_owned())
}

/// Cases that drift, by reference.
fn drift(desk: &Desk<'_>) -> Vec<DriftLine> {
    let drifting = desk.drifting();
    drifting
        .iter()
        .filter_map(|(reference, why)| Some((desk.case(reference)?, why)))
        .map(|(case, why)| DriftLine {
            child: child_of(case),
            reference: case.reference().to_owned(),
            why: capitalised(&why.join("; ")),
        })
        .collect()
}

fn row(entry: &DiaryEntry<'_>) -> DiaryRow {
    DiaryRow {
        id: entry.id.clone(),
        due: entry.due_on.into(),
        kind: entry.kind.label(),
        child: entry.child.to_owned(),
        reference: entry.reference.to_owned(),
        what: entry.what.clone(),
        owner: entry.owner.map(str::to_owned),
        meeting: entry.meeting.map(DayView::from),
        sources: entry.basis.clauses.clone(),
    }
}
