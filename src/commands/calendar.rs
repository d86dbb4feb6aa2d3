//! `panel calendar`: meetings, cut-offs, venues.

use super::diary::{Format, place_with};
use super::paper::Destination;
use super::session::{Exit, Session, Trouble, day};
use crate::calendar::{add, utc_of};
use crate::desk::PanelMeeting;
use crate::documents;
use crate::output::ics::{Entry, When};
use crate::output::{self, clauses};
use crate::records::{Day, Interval, Unit, moment_in_words};
use anyhow::Result;
use chrono::TimeDelta;

/// Print the panel's meetings with their cut-offs
///
/// Bank holidays, moved, cancelled and extra meetings are allowed for. Without --from and --to
/// it is the three months from today.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel calendar
  panel calendar --from 2027-01-01 --to 2027-03-31
  panel calendar --format ics -o panel.ics            for a calendar program")]
pub(crate) struct Args {
    /// From this day on [default: today]
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<Day>,
    /// Up to and with this day [default: three months on]
    #[arg(long, value_name = "DAY", value_parser = day)]
    to: Option<Day>,
    /// Form of the list
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let world = session.world()?;
    let desk = world.desk();
    let from = args.from.unwrap_or_else(|| desk.today());
    let quarter = Interval {
        count: 3,
        unit: Unit::Months,
    };
    let to = args.to.unwrap_or_else(|| add(from, quarter));
    if to < from {
        return Err(Trouble::usage(format!("--to {to} lies before {from}")).into());
    }
    let meetings: Vec<_> = desk
        .meetings()
        .iter()
        .filter(|meeting| meeting.on >= from && meeting.on <= to)
        .collect();
    if let Some(last) = desk.meetings().last().filter(|last| last.on < to) {
        session.tell(&format!(
            "note: meetings are worked out up to {}",
            last.on.with_weekday()
        ));
    }
    let holidays = &world.council.holidays;
    if let Some(known) = holidays
        .verified_to()
        .filter(|known| meetings.iter().any(|meeting| meeting.on > *known))
    {
        session.tell(&format!(
            "note: bank holidays are known up to {}; later days may move",
            known.in_words()
        ));
    }
    let document = documents::calendar(&desk, &meetings, args.destination.options())?;
    let text = match args.format {
        Format::Markdown => output::visible_lines(&document.text),
        Format::Json => output::json::document(&document.view)?,
        Format::Ics => {
            let events: Vec<Entry> = meetings
                .iter()
                .flat_map(|meeting| events(meeting))
                .collect();
            let council = &world.council;
            output::ics::calendar(&council.id, &council.about.panel, &events)
        }
    };
    let place = place_with(&document.place, args.format);
    args.destination
        .deliver(&text, &place, false, &world, session)
}

/// How long a sitting takes where the council does not say.
const MINUTES: u32 = 90;

/// A meeting as entries of a calendar: itself, and its cut-off as one of its own.
fn events(meeting: &PanelMeeting<'_>) -> impl Iterator<Item = Entry> {
    let council = meeting.rules;
    let panel = council.panel_in_full(meeting.panel);
    let minutes = council
        .sitting
        .as_ref()
        .map_or(MINUTES, |sitting| sitting.minutes);
    let starts_at = utc_of(meeting.starts_at);
    let ends_at = starts_at
        .checked_add_signed(TimeDelta::minutes(i64::from(minutes)))
        .unwrap_or(starts_at);
    let sitting = Entry {
        id: meeting.id.clone(),
        when: When::Between(starts_at, ends_at),
        summary: panel.to_owned(),
        description: clauses(&council.meetings.basis.clauses),
        location: council.meetings.venue.clone(),
        is_cancelled: meeting.is_cancelled,
    };
    let cut_off = meeting.cut_off.map(|cut_off| {
        let post = council
            .about
            .send_to
            .as_ref()
            .map(|to| format!(" Referrals go to {to}."))
            .unwrap_or_default();
        Entry {
            id: format!("{}-cut-off", meeting.id),
            when: When::Moment(utc_of(cut_off)),
            summary: format!("Cut-off for {panel}, {}", meeting.on.with_weekday()),
            description: Some(format!(
                "Referrals are in by {}.{post}",
                moment_in_words(cut_off)
            )),
            location: None,
            is_cancelled: meeting.is_cancelled,
        }
    });
    [sitting].into_iter().chain(cut_off)
}
