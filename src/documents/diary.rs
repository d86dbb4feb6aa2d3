//! What is owed and when: chosen, put into groups, and told.

use super::common::{DayView, capitalised, child_of, json};
use super::diary_groups::{Group, groups};
use super::{Document, Options, names, render};
use crate::desk::{Desk, DiaryEntry, DiaryKind};
use crate::records::{Day, clock, same_name};
use chrono::NaiveDateTime;
use serde::Serialize;
use std::collections::BTreeSet;

/// What the lines of a diary are put together by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DiaryBy {
    /// Overdue, due within a week, later.
    #[default]
    Day,
    /// What each meeting brings, and what is owed before it.
    Meeting,
    /// A child at a time.
    Child,
    /// A person or post at a time; what nobody owns comes first.
    Owner,
}

/// What of the diary is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct DiaryAsked<'q> {
    /// What it is put together by.
    pub(crate) by: DiaryBy,
    /// Due on this day or after it.
    pub(crate) from: Option<Day>,
    /// Due on this day or before it.
    pub(crate) to: Option<Day>,
    /// Only what is late.
    pub(crate) overdue: bool,
    /// Only what this person or post owes.
    pub(crate) owner: Option<&'q str>,
    /// Only what is for this panel or part.
    pub(crate) panel: Option<&'q str>,
    /// Only these kinds; all where none is named.
    pub(crate) kinds: &'q [DiaryKind],
}

impl DiaryAsked<'_> {
    /// The lines of the diary that are asked for.
    pub(crate) fn entries<'a>(&self, desk: &Desk<'a>) -> Vec<DiaryEntry<'a>> {
        let mut entries = crate::rules::diary(desk);
        entries.retain(|entry| {
            let is_owned = |wanted| entry.owner.is_some_and(|owner| same_name(owner, wanted));
            let is_for = |wanted| {
                let panel = entry.panel;
                panel.is_some_and(|own| own == wanted || desk.book.sits_as(own) == wanted)
            };
            self.from.is_none_or(|from| entry.due_on >= from)
                && self.to.is_none_or(|to| entry.due_on <= to)
                && (!self.overdue || is_overdue(desk, entry))
                && self.owner.is_none_or(is_owned)
                && self.panel.is_none_or(is_for)
                && (self.kinds.is_empty() || self.kinds.contains(&entry.kind))
        });
        entries
    }

    /// What was left out, in words; nothing where all was asked for.
    fn in_words(&self, desk: &Desk<'_>) -> Option<String> {
        let days = match (self.from, self.to) {
            (Some(from), Some(to)) => {
                Some(format!("due from {} to {}", from.in_words(), to.in_words()))
            }
            (Some(from), None) => Some(format!("due from {} on", from.in_words())),
            (None, Some(to)) => Some(format!("due up to {}", to.in_words())),
            (None, None) => None,
        };
        let kinds: Vec<&str> = self.kinds.iter().map(|kind| kind.label()).collect();
        let panel = self.panel.map(|id| {
            let known = desk.book.panels.iter().find(|panel| panel.id == id);
            known.map_or(id, |panel| &panel.label).to_owned()
        });
        let parts: Vec<String> = [
            self.overdue.then(|| "overdue".to_owned()),
            days,
            self.owner.map(|owner| format!("owed by {owner}")),
            panel,
            (!kinds.is_empty()).then(|| kinds.join(", ").to_lowercase()),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

/// Whether the last moment has gone by.
pub(super) fn is_overdue(desk: &Desk<'_>, entry: &DiaryEntry<'_>) -> bool {
    entry.due_at < desk.as_of
}

/// By how many days something is late, and in words; none for what is not.
pub(super) fn lateness(due_at: NaiveDateTime, as_of: NaiveDateTime) -> Option<(i64, String)> {
    let days = (as_of.date() - due_at.date()).num_days();
    let words = match days {
        _ if due_at >= as_of => return None,
        0 => format!("overdue since {}", clock(due_at.time())),
        1 => "1 day overdue".to_owned(),
        more => format!("{more} days overdue"),
    };
    Some((days, words))
}

/// What the diary's template is given.
#[derive(Debug, Clone, Serialize)]
struct DiaryView {
    /// Whose panel.
    council: String,
    /// The panel.
    panel: String,
    /// The day of which the diary speaks.
    on: DayView,
    /// What the groups are: `day`, `meeting`, `child` or `owner`.
    by: DiaryBy,
    /// What was chosen, in words; none where it is the whole diary.
    only: Option<String>,
    /// The groups, in order; one without entries is left out.
    groups: Vec<DiaryGroup>,
    /// How many entries there are.
    total: usize,
    /// How many of them are overdue.
    overdue: usize,
    /// Cases that drift, where the council marks them; of a part of the diary those in it.
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

/// Entries that stand together.
#[derive(Debug, Clone, Serialize)]
struct DiaryGroup {
    /// By day `overdue`, `next-seven-days` or `later`; else an id of its own within the diary.
    id: String,
    /// Its heading.
    title: String,
    /// The meeting's folder, by meeting.
    meeting: Option<String>,
    /// The child, by child.
    child: Option<String>,
    /// The child's number on the case system, by child.
    case_id: Option<String>,
    /// The owner, by owner; none where nobody is named.
    owner: Option<String>,
    /// A referral whose people the heading names, for initials.
    reference: Option<String>,
    /// What is owed in it, by its last moment.
    entries: Vec<DiaryRow>,
}

/// One thing owed.
#[derive(Debug, Clone, Serialize)]
struct DiaryRow {
    /// A stable id within the folder.
    id: String,
    /// The last day for it.
    due: DayView,
    /// The hour of that day, where one is set: `17:00`.
    at: Option<String>,
    /// The last day, and the hour where one is set, in words.
    due_words: String,
    /// Whether that has gone by.
    is_overdue: bool,
    /// By how many days; none where it is not overdue.
    overdue_days: Option<i64>,
    /// The same in words: `7 days overdue`.
    late: Option<String>,
    /// What it is about, in words.
    kind: &'static str,
    /// The same as `--kind` takes it.
    kind_id: DiaryKind,
    /// The child.
    child: String,
    /// The child's number on the case system.
    case_id: Option<String>,
    /// The referral.
    reference: String,
    /// What is to happen.
    what: String,
    /// Who is to do it.
    owner: Option<String>,
    /// The meeting at which it is expected.
    meeting: Option<DayView>,
    /// The panel or part that it is for, where there are several.
    panel: Option<String>,
    /// Clauses of the policy that ask for it.
    sources: Vec<String>,
}

/// What is owed and when.
pub(crate) fn diary(
    desk: &Desk<'_>,
    entries: &[DiaryEntry<'_>],
    asked: DiaryAsked<'_>,
    options: Options,
) -> Document {
    let only = asked.in_words(desk);
    let view = DiaryView {
        council: desk.council.about.name.clone(),
        panel: desk.council.about.panel.clone(),
        on: desk.today().into(),
        by: asked.by,
        groups: groups(desk, entries, asked.by)
            .into_iter()
            .map(|group| group_view(desk, group))
            .collect(),
        total: entries.len(),
        overdue: entries
            .iter()
            .filter(|entry| is_overdue(desk, entry))
            .count(),
        drift: drift(desk, only.as_ref().map(|_| entries)),
        only,
    };
    let view = names::as_asked(desk, options, json(&view));
    render::document(desk.folder, "diary.md.j2", view, "diary.md".to_owned())
}

/// Cases that drift, by reference; of a part of the diary only those that are in it.
fn drift(desk: &Desk<'_>, part: Option<&[DiaryEntry<'_>]>) -> Vec<DriftLine> {
    let there: Option<BTreeSet<&str>> =
        part.map(|entries| entries.iter().map(|entry| entry.reference).collect());
    let drifting = desk.drifting();
    drifting
        .iter()
        .filter(|(reference, _)| {
            there
                .as_ref()
                .is_none_or(|there| there.contains(*reference))
        })
        .filter_map(|(reference, why)| Some((desk.case(reference)?, why)))
        .map(|(case, why)| DriftLine {
            child: child_of(case),
            reference: case.reference().to_owned(),
            why: capitalised(&why.join("; ")),
        })
        .collect()
}

fn group_view(desk: &Desk<'_>, group: Group<'_, '_>) -> DiaryGroup {
    DiaryGroup {
        id: group.id,
        title: group.title,
        meeting: group.meeting,
        child: group.child,
        case_id: group.case_id,
        owner: group.owner,
        reference: group.reference.map(str::to_owned),
        entries: group.entries.iter().map(|entry| row(desk, entry)).collect(),
    }
}

fn row(desk: &Desk<'_>, entry: &DiaryEntry<'_>) -> DiaryRow {
    let due = entry.due_on.in_words();
    let hour = (entry.due_at != entry.due_on.end()).then(|| clock(entry.due_at.time()));
    let (overdue_days, late) = lateness(entry.due_at, desk.as_of).unzip();
    let panel = |id: &str| {
        let known = desk.book.panels.iter().find(|panel| panel.id == id);
        known.map(|panel| panel.label.clone())
    };
    let case = desk.case(entry.reference);
    DiaryRow {
        id: entry.id.clone(),
        due: entry.due_on.into(),
        due_words: match &hour {
            Some(hour) => format!("{due} at {hour}"),
            None => due,
        },
        at: hour,
        is_overdue: overdue_days.is_some(),
        overdue_days,
        late,
        kind: entry.kind.label(),
        kind_id: entry.kind,
        child: entry.child.to_owned(),
        case_id: case.and_then(|case| super::common::said(case.referral().child.case_id.as_ref())),
        reference: entry.reference.to_owned(),
        what: entry.what.clone(),
        owner: entry.owner.map(str::to_owned),
        meeting: entry.meeting.map(DayView::from),
        panel: entry.panel.and_then(panel),
        sources: entry.basis.clauses.clone(),
    }
}
