//! `panel report`: a period in figures, and what decisions leave beside the children's records.

mod figures;
mod lists;

use super::listed::{Format, deliver};
use super::named::{known_panel, meeting_on};
use super::paper::Destination;
use super::session::{Exit, Session, Trouble, day};
use super::spend::days_in_order;
use crate::calendar::plus_days;
use crate::desk::{Days, FinancialYear, Period};
use crate::documents::{self, Asked, Wanted};
use crate::records::Day;
use anyhow::Result;

/// Print a period in figures, or list notes on practice, unmet need and providers
///
/// The report: requests by kind and what became of them, in time and ready, how long decisions
/// took, deferrals, emergencies, reviews, records, meetings, spend, placements that are not
/// registered, unmet need; beside it the period before, where the folder has it. Without days it
/// is the financial year so far (from 1 April). No child's name stands in it.
///
/// With --practice, --unmet-need or --providers, or for one meeting (--date), it prints lists from
/// the decisions in force instead. Notes on practice are on no child's record and in no letter.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel report                                                  the financial year so far
  panel report --year 2026-27 --quarter 3 --write               October to December, kept as report.md
  panel report --from 2026-10-01 --to 2026-12-31 --format csv   a figure a line, for a spreadsheet
  panel report --suppress-small -o scrutiny.md                  for what leaves the office
  panel report --practice                                       for whoever answers for practice
  panel report --providers --date 2026-11-30 --format csv       for a framework's survey")]
pub(crate) struct Args {
    /// Instead of the report: notes on practice, good and poor
    #[arg(long)]
    practice: bool,
    /// Instead of the report: what was needed and is not there
    #[arg(long)]
    unmet_need: bool,
    /// Instead of the report: who provides the placements decided: sector, registration, weekly
    /// cost, SSDA903 codes
    #[arg(long)]
    providers: bool,
    /// From this day on [default: 1 April of the financial year; of the lists: all days]
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<Day>,
    /// Up to and with this day [default: today]
    #[arg(long, value_name = "DAY", value_parser = day)]
    to: Option<Day>,
    /// Lists of the meeting of this day alone
    #[arg(long, value_name = "DAY", value_parser = day, conflicts_with_all = ["from", "to", "year", "quarter"])]
    date: Option<Day>,
    /// This financial year, like 2026-27: 1 April to 31 March
    #[arg(long, value_name = "YEAR", value_parser = year, conflicts_with_all = ["from", "to"])]
    year: Option<FinancialYear>,
    /// This quarter of the financial year: 1 is April to June
    #[arg(long, value_name = "1-4", value_parser = clap::value_parser!(u32).range(1..=4), conflicts_with_all = ["from", "to"])]
    quarter: Option<u32>,
    /// Of this panel alone, where the council has several
    #[arg(long, value_name = "ID")]
    panel: Option<String>,
    /// Show numbers from 1 to 4 as "under 5"; for what leaves the office
    #[arg(long, conflicts_with_all = ["practice", "unmet_need", "providers", "date"])]
    suppress_small: bool,
    /// Form of the report or the lists; csv takes the report or one list
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
}

/// Reads a financial year as budgets name it.
fn year(text: &str) -> Result<FinancialYear, String> {
    FinancialYear::parse(text)
        .ok_or_else(|| format!("`{text}` is not a financial year; write it like 2026-27"))
}

impl Args {
    /// The days that were asked for; none where none were.
    fn days(&self, today: Day) -> Option<Days> {
        if self.year.is_some() || self.quarter.is_some() {
            let year = self.year.unwrap_or(FinancialYear::of(today));
            return Some(Days::of_year(year, self.quarter));
        }
        match (self.from, self.to) {
            (None, None) => None,
            (Some(from), to) => Some(Days {
                from,
                to: to.unwrap_or(today.max(from)),
            }),
            (None, Some(to)) => Some(Days {
                from: Days::year_to_date(to).from,
                to,
            }),
        }
    }
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let asked = Asked {
        practice: args.practice,
        unmet_need: args.unmet_need,
        providers: args.providers,
    };
    let wants_lists = asked.count() > 0 || args.date.is_some();
    if wants_lists && args.format == Format::Csv && asked.count() != 1 {
        return Err(Trouble::usage("a csv file holds one list")
            .hint("name one: --practice, --unmet-need or --providers")
            .into());
    }
    days_in_order(args.from, args.to)?;
    let world = args.destination.world(session)?;
    session.tell_unreadable(&world);
    let desk = world.desk();
    let panel = args.panel.as_deref();
    known_panel(&desk, panel)?;
    let options = args.destination.options();
    let today = desk.today();
    if !wants_lists {
        let days = args.days(today).unwrap_or(Days::year_to_date(today));
        if days.from > today {
            return Err(Trouble::usage(format!(
                "the period begins on {}, and today is {today}: there is nothing to count yet",
                days.from
            ))
            .hint("name a period that has begun, or another day with --as-of")
            .into());
        }
        let wanted = Wanted {
            days,
            panel,
            without_small: args.suppress_small,
        };
        let document = documents::report(&desk, wanted, options);
        let told = (figures::human as fn(&_) -> _, figures::sheet as fn(&_) -> _);
        return deliver(
            &document,
            args.format,
            &args.destination,
            told,
            &world,
            session,
        );
    }
    let meeting = match args.date {
        Some(date) => Some(meeting_on(&desk, date, panel)?.id.clone()),
        None => None,
    };
    let of_year = args.days(today).filter(|_| args.from.or(args.to).is_none());
    let period = Period {
        from: of_year.map_or(args.from, |days| Some(days.from)),
        to: of_year.map_or(args.to, |days| Some(days.to.max(plus_days(days.from, -1)))),
        meeting: meeting.as_deref(),
        panel,
    };
    let document = documents::report_lists(&desk, asked, period, options);
    let told = (lists::human as fn(&_) -> _, lists::sheet as fn(&_) -> _);
    deliver(
        &document,
        args.format,
        &args.destination,
        told,
        &world,
        session,
    )
}
