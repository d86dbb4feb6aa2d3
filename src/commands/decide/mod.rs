//! `panel decide`: the chair's decision, written whole and once.

mod ask;
mod build;
mod check;
mod write;

use super::World;
use crate::cli::Exit;
use crate::desk::{Case, Desk, PanelMeeting};
use crate::records::{Day, Interval};
use std::io::Write;
use std::path::PathBuf;

/// Record the panel's decision on a referral
///
/// On a terminal it asks for what is missing; in a pipe, what is missing is an error that
/// names every flag to add. It refuses, and writes nothing, where the decision would break a
/// rule of the council's file.
#[derive(Debug, Default, clap::Args)]
#[command(after_help = "Examples:
  panel decide R-2026-0142 --date 2026-11-26
  panel decide R-2026-0142 --date 2026-11-26 --outcome approve --approve-costs \\
      --rationale 'Nothing less keeps him safe.' --sign-expenditure --review-on 2027-02-25")]
pub(crate) struct Args {
    /// Reference of the referral
    pub(super) reference: String,
    /// Day of the meeting
    #[arg(long, value_name = "DAY")]
    pub(super) date: Day,
    /// What was decided: approve, approve-alternative, decline, defer, pending or note
    #[arg(long)]
    pub(super) outcome: Option<String>,
    /// Who decided; the meeting's chair where meeting.yaml names one
    #[arg(long, value_name = "NAME")]
    pub(super) by: Option<String>,
    /// Their post
    #[arg(long)]
    pub(super) role: Option<String>,
    /// consensus or chair
    #[arg(long)]
    pub(super) basis: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(super) rationale: Option<String>,
    /// What was said in presentation and discussion
    #[arg(long, value_name = "TEXT")]
    pub(super) highlights: Option<String>,
    /// One thing that was agreed; repeat for each
    #[arg(long, value_name = "TEXT")]
    pub(super) agreement: Vec<String>,
    /// Approve the referral's cost lines as they were asked for
    #[arg(long, conflicts_with = "approve")]
    pub(super) approve_costs: bool,
    /// One approved line, in pounds; repeat for each
    #[arg(long, value_name = "ITEM|DESCRIPTION|WEEKLY|WEEKS|ONE_OFF")]
    pub(super) approve: Vec<String>,
    /// What was approved instead of what was asked
    #[arg(long, value_name = "TEXT")]
    pub(super) alternative: Option<String>,
    /// Time limit: the day after the last
    #[arg(long, value_name = "DAY")]
    pub(super) until: Option<Day>,
    /// The one who decides signs the spend, on the meeting's day
    #[arg(long)]
    pub(super) sign_expenditure: bool,
    /// The day it comes back to panel
    #[arg(long, value_name = "DAY", conflicts_with_all = ["review_every", "no_review"])]
    pub(super) review_on: Option<Day>,
    /// How often it comes back, like '4 weeks'
    #[arg(long, value_name = "INTERVAL", conflicts_with = "no_review")]
    pub(super) review_every: Option<Interval>,
    /// Why it does not come back
    #[arg(long, value_name = "REASON")]
    pub(super) no_review: Option<String>,
    /// The meeting it is deferred to
    #[arg(long, value_name = "DAY")]
    pub(super) defer_to: Option<Day>,
    /// more-information, beyond-remit, not-attended or not-ready
    #[arg(long, value_name = "REASON")]
    pub(super) defer_reason: Option<String>,
    /// What a deferral waits for; repeat for each
    #[arg(long, value_name = "WHAT|FROM|BY")]
    pub(super) defer_need: Vec<String>,
    /// For a pending decision: the day it is promised
    #[arg(long, value_name = "DAY")]
    pub(super) decide_by: Option<Day>,
    /// Something somebody must do; repeat for each
    #[arg(long, value_name = "WHAT|OWNER|DUE")]
    pub(super) action: Vec<String>,
    /// A member's view; repeat for each
    #[arg(long, value_name = "MEMBER|VIEW")]
    pub(super) view: Vec<String>,
    /// A member's disagreement; repeat for each
    #[arg(long, value_name = "MEMBER|REASON")]
    pub(super) dissent: Vec<String>,
    /// Another panel to refer to; repeat for each
    #[arg(long, value_name = "ID")]
    pub(super) refer_to: Vec<String>,
    /// The answer to a checklist point; repeat for each
    #[arg(long, value_name = "CHECKLIST-ID|TEXT")]
    pub(super) answer: Vec<String>,
    /// A finding that the chair accepts; repeat for each
    #[arg(long, value_name = "RULE|REASON")]
    pub(super) accept: Vec<String>,
    /// For the service's own learning; never on the child's record
    #[arg(long, value_name = "TEXT")]
    pub(super) practice_note: Option<String>,
    /// What the child needs and the panel could not find
    #[arg(long, value_name = "TEXT")]
    pub(super) unmet_need: Option<String>,
    /// A YAML file with part or all of the decision; flags come before it
    #[arg(long, value_name = "FILE")]
    pub(super) from: Option<PathBuf>,
    /// Amend the decision in force, and why; the first one stays as it is
    #[arg(long, value_name = "REASON")]
    pub(super) amend: Option<String>,
    /// Show the decision's file and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// What a decision is made on.
pub(super) struct Hearing<'d, 'a> {
    pub(super) desk: &'d Desk<'a>,
    pub(super) case: &'d Case<'a>,
    pub(super) meeting: &'d PanelMeeting<'a>,
}

pub(crate) fn run(args: &Args, world: &World, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let lock = if args.dry_run { None } else { Some(world.lock()?) };
    let folder = world.load_folder()?;
    let desk = world.desk(&folder);
    let hearing = match check::hearing(args, &desk) {
        Ok(hearing) => hearing,
        Err(refusal) => return refusal.tell(),
    };
    let mut decision = match build::from_flags(args, &hearing) {
        Ok(decision) => decision,
        Err(mistakes) => return build::tell_mistakes(&mistakes),
    };
    if world.asks() {
        ask::for_what_is_missing(&mut decision, &hearing)?;
    } else if let Some(missing) = build::missing(&decision, &hearing) {
        return build::tell_missing(&missing);
    }
    let file = write::file(&hearing, args, &decision)?;
    let refused = check::broken_rules(&hearing, &file);
    if !refused.is_empty() {
        world.print_refusal(&refused, &file)?;
        return Ok(Exit::Findings);
    }
    if args.dry_run {
        out.write_all(&file.bytes)?;
        return Ok(Exit::Clean);
    }
    let path = world.root().join(&file.path);
    crate::folder::write_new(&path, &file.bytes)?;
    drop(lock);
    writeln!(out, "{}", file.path)?;
    build::tell_left_open(&decision, &hearing);
    Ok(Exit::Clean)
}
