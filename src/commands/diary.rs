//! `panel diary`: what is owed and when.

use super::dated::{DutyEntry, Format, by_when, deliver, title};
use super::listed::{cell, figure, heads, rows, text};
use super::named::known_panel;
use super::paper::Destination;
use super::session::{Exit, Session, day};
use super::spend::days_in_order;
use crate::desk::{Desk, DiaryEntry, DiaryKind, DutyState};
use crate::documents::{self, DiaryAsked, DiaryBy};
use crate::folder::nearest;
use crate::output::beside::{Row, beside};
use crate::output::csv;
use crate::output::ics::{Entry, When};
use crate::records::{Day, same_name};
use anyhow::Result;
use serde_json::Value;

/// Print what is owed and when
///
/// Reviews, actions, owed paperwork, promised decisions, the office's own deadlines and birthdays,
/// each until it is done: by day, by the meeting that it is for, by child, or by the person or post
/// that owes it, with what nobody owns first.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel diary --overdue
  panel diary --by meeting --to 2026-12-31
  panel diary --by owner --format markdown -o owed.md
  panel diary --owner 'A. Singh' --kind action
  panel diary --format csv -o diary.csv               for a spreadsheet, a row a line
  panel diary --format ics -o diary.ics               for a calendar program, without names of children")]
pub(crate) struct Args {
    /// What stands together
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    by: DiaryBy,
    /// Due on this day or after it
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<Day>,
    /// Due on this day or before it
    #[arg(long, value_name = "DAY", value_parser = day)]
    to: Option<Day>,
    /// Only what is late
    #[arg(long)]
    overdue: bool,
    /// Only what this person or post owes, whatever capitals and spaces the name has
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Only what is for this panel or part, where the council has several
    #[arg(long, value_name = "ID")]
    panel: Option<String>,
    /// Only lines of this kind; may be repeated
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Vec<DiaryKind>,
    /// Form of the list
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let world = args.destination.world(session)?;
    session.tell_unreadable(&world);
    days_in_order(args.from, args.to)?;
    let desk = world.desk();
    known_panel(&desk, args.panel.as_deref())?;
    let asked = DiaryAsked {
        by: args.by,
        from: args.from,
        to: args.to,
        overdue: args.overdue,
        owner: args.owner.as_deref(),
        panel: args.panel.as_deref(),
        kinds: &args.kind,
    };
    let entries = asked.entries(&desk);
    if let Some(note) = args
        .owner
        .as_deref()
        .filter(|_| entries.is_empty())
        .and_then(|owner| unknown_owner(&desk, owner))
    {
        session.tell(&note);
    }
    let document = documents::diary(&desk, &entries, asked, args.destination.options());
    let name = format!("Diary: {}", world.council.about.panel);
    let events = || entries.iter().map(|entry| event(&desk, entry)).collect();
    deliver(
        &document,
        args.format,
        &args.destination,
        (human, sheet),
        (&name, &events),
        &world,
        session,
    )
}

/// What to say of a name that owes nothing: perhaps another was meant.
fn unknown_owner(desk: &Desk<'_>, wanted: &str) -> Option<String> {
    let entries = crate::rules::diary(desk);
    let owners = || entries.iter().filter_map(|entry| entry.owner);
    if owners().any(|owner| same_name(owner, wanted)) {
        return None;
    }
    let meant = nearest(wanted, owners())
        .map(|near| format!("; did you mean {near}?"))
        .unwrap_or_default();
    Some(format!("note: nothing is owed by {wanted}{meant}"))
}

/// The width of the column that says by when.
const LEFT: usize = 20;

/// The diary for a terminal: each line with its day, what it is, and whose it is.
fn human(view: &Value) -> String {
    let by = text(view, "by");
    let mut told = title(
        &format!("Diary: {}", text(view, "panel")),
        view,
        "on.weekday",
    );
    for group in rows(view, "groups") {
        let lines: Vec<Row> = rows(group, "entries").map(|row| line(row, &by)).collect();
        let heading = crate::output::visible(&text(group, "title"));
        told.push_str(&format!("\n{heading} ({})\n", lines.len()));
        told.push_str(&beside(&lines, LEFT));
    }
    if rows(view, "groups").next().is_none() {
        told.push_str("\nNothing is owed.\n");
    }
    let drift: Vec<Row> = rows(view, "drift")
        .map(|row| Row {
            left: vec![text(row, "child"), text(row, "reference")],
            right: vec![text(row, "why")],
        })
        .collect();
    if !drift.is_empty() {
        told.push_str(&format!("\nDrift ({})\n", drift.len()));
        told.push_str(&beside(&drift, LEFT));
    }
    told
}

fn line(row: &Value, by: &str) -> Row {
    let reference = text(row, "reference");
    let child = match (text(row, "child"), reference.is_empty()) {
        (_, true) => String::new(),
        (_, false) if by == "child" => reference,
        (child, false) => format!("{child} ({reference})"),
    };
    let owner = match text(row, "owner") {
        _ if by == "owner" => String::new(),
        owner if owner.is_empty() => "no owner named".to_owned(),
        owner => owner,
    };
    let meeting = match text(row, "meeting.iso") {
        day if day.is_empty() || by == "meeting" || day == text(row, "due.iso") => String::new(),
        _ => format!("meeting of {}", text(row, "meeting.words")),
    };
    let about = [child, owner, meeting];
    let about: Vec<String> = about.into_iter().filter(|part| !part.is_empty()).collect();
    Row {
        left: by_when(row, "due.words", "at", ""),
        right: vec![
            // `Review; R-2026-0121 has been sent for it` says what it is by itself.
            match (text(row, "kind"), text(row, "what")) {
                (kind, what) if what.starts_with(&kind) => what,
                (kind, what) => format!("{kind}: {what}"),
            },
            about.join("; "),
        ],
    }
}

/// A row for each line of the diary, with the group that it stands in.
fn sheet(view: &Value) -> String {
    let names = heads(&[
        "group",
        "due",
        "at",
        "days_overdue",
        "kind",
        "child",
        "case_id",
        "reference",
        "what",
        "owner",
        "meeting",
        "panel",
        "clauses",
        "id",
    ]);
    let lines = rows(view, "groups").flat_map(|group| {
        rows(group, "entries").map(move |row| {
            let clauses: Vec<String> = rows(row, "sources")
                .filter_map(|clause| clause.as_str().map(str::to_owned))
                .collect();
            vec![
                cell(group, "title"),
                figure(row, "due.iso"),
                figure(row, "at"),
                figure(row, "overdue_days"),
                figure(row, "kind"),
                cell(row, "child"),
                cell(row, "case_id"),
                cell(row, "reference"),
                cell(row, "what"),
                cell(row, "owner"),
                figure(row, "meeting.iso"),
                cell(row, "panel"),
                csv::Cell::text(clauses.join("; ")),
                cell(row, "id"),
            ]
        })
    });
    csv::csv(&names, lines)
}

/// A line of the diary as an entry of a calendar. Calendars are seen on many screens, so no child
/// is named: neither by the name on record nor in what somebody wrote of an action or a paper.
fn event(desk: &Desk<'_>, entry: &DiaryEntry<'_>) -> Entry {
    let case = desk.case(entry.reference);
    if let (DiaryKind::Deadline, Some(meeting)) = (entry.kind, entry.meeting) {
        let own = desk.meeting_on(meeting, entry.panel);
        return DutyEntry {
            id: entry.id.clone(),
            task: &entry.what,
            reference: entry.reference,
            owner: entry.owner,
            meeting: own.map_or(meeting, |own| own.on),
            due_at: entry.due_at,
            state: DutyState::Due,
            is_cancelled: false,
            changed_at: own.and_then(|own| desk.duty_changed_at(own, case)),
        }
        .entry();
    }
    let is_written = matches!(entry.kind, DiaryKind::Action | DiaryKind::Paper);
    let what = (!is_written).then(|| format!("{}.", entry.what));
    let owner = entry
        .owner
        .filter(|owner| case.is_none_or(|case| !is_of_family(case, owner)))
        .map(|owner| format!("Owner: {owner}."));
    let meeting = entry
        .meeting
        .map(|day| format!("Meeting of {}.", day.with_weekday()));
    let parts: Vec<String> = [what, owner, meeting].into_iter().flatten().collect();
    Entry {
        id: entry.id.clone(),
        when: When::due(entry.due_at),
        summary: format!("{}: {}", entry.kind.label(), entry.reference),
        description: (!parts.is_empty()).then(|| parts.join(" ")),
        location: None,
        is_cancelled: false,
        changed_at: case.and_then(|case| desk.case_changed_at(case)),
    }
}

/// Whether a name is the child's, the family's or the network's: an action may be theirs.
fn is_of_family(case: &crate::desk::Case<'_>, name: &str) -> bool {
    let referral = case.referral();
    let family = referral.family.iter().map(|person| &person.name);
    let network = referral.network.iter().map(|person| &person.name);
    std::iter::once(&referral.child.name)
        .chain(family)
        .chain(network)
        .flatten()
        .any(|own| {
            let first = first_name(own);
            same_name(own, name) || (first.is_some() && first == first_name(name))
        })
}

/// The first name where one is written out: not an initial, not `Mr` or `Mrs`.
fn first_name(name: &str) -> Option<String> {
    const TITLES: [&str; 6] = ["mr", "mrs", "ms", "miss", "mx", "dr"];
    let first = name.split_whitespace().next()?.to_lowercase();
    let is_written_out = first.chars().filter(|c| c.is_alphabetic()).count() > 1;
    (is_written_out && !TITLES.contains(&first.trim_end_matches('.'))).then_some(first)
}
