//! `panel act`: what became true after a decision.

mod actions;
mod disagreements;
mod marks;
mod runs_on;

use super::changes::{Record, Writing, left_in_diary, yes_or_no};
use super::named::{case_of, decision_of};
use super::others::Checked;
use super::session::{Exit, Session, Trouble, day, moment};
use crate::desk::{Case, Desk, Made};
use crate::records::{Day, Moment};
use anyhow::Result;

/// Record what became true after a decision: actions done, the family told, a placement begun
///
/// Writes into the file of the referral under the meeting's `after` folder, and keeps every other
/// byte of it; the decision itself is never changed. Several things in one call are written at
/// once. What has been recorded before is not written over.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel act R-2026-0142 --action 1 --told-family
  panel act R-2026-0142 --action 2,3 --on 2026-12-01
  panel act R-2026-0142 --disagreement parents --note 'They want her nearer to school.'
  panel act R-2026-0142 --placed --provider 'Harbour House' --external yes --registered yes
  panel act R-2026-0142 --endorsed --by 'E. Ward' --role corporate-director
  panel act R-2026-0142 --date 2026-11-26 --ended 'He went home.' --on 2027-01-15")]
pub(crate) struct Args {
    /// Reference of the referral
    reference: String,
    /// Day of the meeting that decided it [default: its last decision; for --ended the approval in force]
    #[arg(long, value_name = "DAY", value_parser = day)]
    date: Option<Day>,
    /// The panel, where several meet that day
    #[arg(long, value_name = "ID", requires = "date")]
    panel: Option<String>,
    /// The day on which it happened [default: today]
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<Day>,
    /// Number of an action that is done, from 1 as the decision lists them; repeat for each
    #[arg(long, value_name = "N", value_delimiter = ',')]
    action: Vec<String>,
    /// The family has been told of the decision
    #[arg(long)]
    told_family: bool,
    /// Who disagrees with the decision, with --note; each of several in a call of its own. With
    /// --escalated-to alone: whose recorded disagreement was taken further
    #[arg(long, value_name = "WHO", value_enum)]
    disagreement: Option<Who>,
    /// What they say
    #[arg(long, value_name = "TEXT", requires = "disagreement")]
    note: Option<String>,
    /// To whom the disagreement has been taken
    #[arg(long, value_name = "NAME")]
    escalated_to: Option<String>,
    /// The child has been placed
    #[arg(long)]
    placed: bool,
    /// With which provider
    #[arg(long, value_name = "NAME", requires = "placed")]
    provider: Option<String>,
    /// Whether the provider is another than the council: yes or no
    #[arg(long, value_name = "YES|NO", requires = "provider", value_parser = yes_or_no)]
    external: Option<bool>,
    /// Whether the provider is registered: yes or no
    #[arg(long, value_name = "YES|NO", requires = "provider", value_parser = yes_or_no)]
    registered: Option<bool>,
    /// The provider's sector, like private or voluntary
    #[arg(long, value_name = "SECTOR", requires = "provider")]
    sector: Option<String>,
    /// The search for a placement has begun
    #[arg(long)]
    search_started: bool,
    /// Kind of a paper that was owed and has come; repeat for each
    #[arg(long, value_name = "KIND")]
    paper: Vec<String>,
    /// The record is on the child's file [default: now]
    #[arg(long, value_name = "DATETIME", num_args = 0..=1, value_parser = moment)]
    #[expect(
        clippy::option_option,
        reason = "not asked, asked without a moment, asked with one"
    )]
    uploaded: Option<Option<Moment>>,
    /// The decision is endorsed, by --by and --role
    #[arg(long, requires = "by", conflicts_with = "log_signed")]
    endorsed: bool,
    /// The running log of spend is signed for it, by --by and --role
    #[arg(long, requires = "by")]
    log_signed: bool,
    /// Who endorses or signs
    #[arg(long, value_name = "NAME", requires = "role")]
    by: Option<String>,
    /// In which post
    #[arg(long, value_name = "ROLE", requires = "by")]
    role: Option<String>,
    /// What was decided has come to its end, and why
    #[arg(long, value_name = "REASON")]
    ended: Option<String>,
    /// Show what would be written, write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    checked: Checked,
}

/// Who can disagree with a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Who {
    Parents,
    YoungPerson,
    Carers,
    Staff,
}

impl Who {
    /// The word that files have.
    const fn word(self) -> &'static str {
        match self {
            Self::Parents => "parents",
            Self::YoungPerson => "young-person",
            Self::Carers => "carers",
            Self::Staff => "staff",
        }
    }
}

impl Args {
    /// Whose disagreement is meant.
    fn who(&self) -> Option<&'static str> {
        self.disagreement.map(Who::word)
    }
}

/// The decision after which something became true.
struct Decided<'d, 'a> {
    desk: &'d Desk<'a>,
    case: &'d Case<'a>,
    made: &'d Made<'a>,
    /// The day on which it happened.
    on: Day,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let writing = Writing::begin(session, args.dry_run)?;
    let desk = writing.world.desk();
    let case = case_of(&desk, &args.reference)?;
    let made = meant(args, &desk, case)?;
    let decided = Decided {
        desk: &desk,
        case,
        made,
        on: args.on.unwrap_or_else(|| desk.today()),
    };
    let mut record = Record::of_after(made, case.reference());
    lay(args, &decided, &mut record)?;
    let changes = [record];
    writing.names_nobody_else(&desk, case, &changes, args.checked, session)?;
    let folder = writing.folder_with(&changes);
    let now = writing.desk_of(&folder);
    let left = now
        .case(case.reference())
        .map(|case| left_in_diary(&now, case))
        .unwrap_or_default();
    let runs_on = match (args.ended.is_some(), now.case(case.reference())) {
        (true, Some(case)) => runs_on::told(&now, case, made, decided.on),
        _ => Vec::new(),
    };
    writing.make(&changes, session)?;
    writing.tell(&left, session);
    let began = args
        .placed
        .then(|| marks::placed_before(&decided))
        .flatten();
    for told in runs_on.into_iter().chain(began) {
        writing.tell(&told, session);
    }
    Ok(Exit::Clean)
}

/// The decision that the call is about: the day's; else the last, but for `--ended`, which is of the
/// approval in force whatever the panel said of the case since.
fn meant<'c, 'a>(args: &Args, desk: &Desk<'a>, case: &'c Case<'a>) -> Result<&'c Made<'a>> {
    let last = decision_of(desk, case, args.date, args.panel.as_deref())?;
    let mut earlier = case.decisions.iter().rev();
    let approved = earlier.find(|made| made.is_approval());
    let in_force = match approved {
        Some(made) if args.ended.is_some() && args.date.is_none() && !last.is_approval() => made,
        _ => return Ok(last),
    };
    if is_more_than_ended(args) {
        return Err(Trouble::usage(format!(
            "what has ended is the approval of {}, and the rest goes with the last decision, of {}; nothing was written",
            in_force.on.with_weekday(),
            last.on.with_weekday()
        ))
        .hint("record the two one after the other, or name one meeting for both with --date")
        .into());
    }
    decision_of(
        desk,
        case,
        Some(in_force.on),
        desk.meeting_in(in_force.meeting).and_then(|own| own.panel),
    )
}

/// Whether the call records something else beside an end.
fn is_more_than_ended(args: &Args) -> bool {
    !args.action.is_empty()
        || args.told_family
        || args.disagreement.is_some()
        || args.escalated_to.is_some()
        || args.placed
        || args.search_started
        || !args.paper.is_empty()
        || args.uploaded.is_some()
        || args.endorsed
        || args.log_signed
}

/// Everything that the call asks for, in the order of the format.
fn lay(args: &Args, decided: &Decided<'_, '_>, record: &mut Record) -> Result<(), Trouble> {
    if !is_more_than_ended(args) && args.ended.is_none() {
        return Err(Trouble::usage(format!(
            "it is not said what happened after the decision on {}",
            args.reference
        ))
        .hint(format!(
            "--action N, --told-family, --disagreement WHO, --placed, --search-started, --paper KIND, --uploaded, --endorsed, --log-signed or --ended REASON; {}",
            actions::listed(decided)
        )));
    }
    if let (Some(by), false) = (&args.by, args.endorsed || args.log_signed) {
        return Err(Trouble::usage(format!(
            "it is not said what {by} signs: nothing was written"
        ))
        .hint("add --endorsed or --log-signed"));
    }
    if args.disagreement.is_some() && args.note.is_none() && args.escalated_to.is_none() {
        return Err(
            Trouble::usage("it is not said what they disagree with: nothing was written")
                .hint("add --note TEXT; or --escalated-to NAME, where it is recorded"),
        );
    }
    super::changes::not_to_come(decided.desk, decided.on)?;
    actions::done(args, decided, record)?;
    marks::told_family(args, decided, record)?;
    marks::disagreement(args, decided, record)?;
    marks::placed(args, decided, record)?;
    marks::search_started(args, decided, record)?;
    marks::papers(args, decided, record)?;
    marks::uploaded(args, decided, record)?;
    marks::signatures(args, decided, record)?;
    marks::ended(args, decided, record)
}

impl Decided<'_, '_> {
    /// Refuses a day before the meeting, for what cannot come before it.
    fn not_before_meeting(&self, what: &str, day: Day) -> Result<(), Trouble> {
        self.not_before(what, day, self.made.on, "the panel decided")
    }

    /// Refuses a day before the decision in force, for what is of it alone: where it was amended, a
    /// day before that.
    fn not_before_decision(&self, what: &str, day: Day) -> Result<(), Trouble> {
        let how = match self.made.amended_on() {
            Some(_) => "the panel amended its decision on",
            None => "the panel decided",
        };
        self.not_before(what, day, self.made.made_on(), how)
    }

    fn not_before(&self, what: &str, day: Day, from: Day, how: &str) -> Result<(), Trouble> {
        if day >= from {
            return Ok(());
        }
        Err(Trouble::refused(format!(
            "{what} on {}: {how} {} on {}; nothing was written",
            day.with_weekday(),
            self.case.reference(),
            from.with_weekday()
        ))
        .hint("give the day on which it happened with --on, or an earlier decision with --date"))
    }
}
