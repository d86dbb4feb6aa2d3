//! `panel decide`: the chair's decision, written whole and once.

mod amended;
mod aside;
mod ask;
mod build;
mod by_rule;
mod check;
mod consistent;
mod laid_over;
mod void;
mod write;

use super::others::{self, Checked, Said};
use super::session::{Exit, Session, Trouble, day};
use crate::council::Council;
use crate::desk::{Case, Desk, PanelMeeting};
use crate::folder::{Planned, WriteError, write};
use crate::records::{Day, Decision, Interval};
use anyhow::Result;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Record the panel's decision on a referral
///
/// On a terminal it asks for what is missing; in a pipe, what is missing is an error that
/// names every flag to add. It refuses, and writes nothing, where the decision would break a
/// rule of the council's file.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  panel decide R-2026-0142 --date 2026-11-26
  panel decide R-2026-0142 --date 2026-11-26 --outcome approve --approve-costs \\
      --rationale 'Nothing less keeps him safe.' --sign-expenditure --review-on 2027-02-25")]
pub(crate) struct Args {
    /// Reference of the referral
    pub(super) reference: String,
    /// Day of the meeting
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(super) date: Day,
    /// Which panel, where several meet that day [default: the referral's own]
    #[arg(long, value_name = "ID")]
    pub(super) panel: Option<String>,
    /// What was decided: approve, approve-alternative, decline, defer, pending or note; with --amend
    /// also void, where the decision was put down by mistake, and nothing takes its place
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
    #[arg(long, value_name = "ITEM|DESCRIPTION|WEEKLY|WEEKS|ONE_OFF|FROM")]
    pub(super) approve: Vec<String>,
    /// What was approved instead of what was asked
    #[arg(long, value_name = "TEXT")]
    pub(super) alternative: Option<String>,
    /// Time limit: the day after the last
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(super) until: Option<Day>,
    /// The one who decides signs the spend, on the meeting's day
    #[arg(long)]
    pub(super) sign_expenditure: bool,
    /// The day it comes back to panel
    #[arg(long, value_name = "DAY", value_parser = day, conflicts_with_all = ["review_every", "no_review"])]
    pub(super) review_on: Option<Day>,
    /// How often it comes back, like '4 weeks'
    #[arg(long, value_name = "INTERVAL", value_parser = interval, conflicts_with = "no_review")]
    pub(super) review_every: Option<Interval>,
    /// Why it does not come back
    #[arg(long, value_name = "REASON")]
    pub(super) no_review: Option<String>,
    /// The meeting it is deferred to
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(super) defer_to: Option<Day>,
    /// more-information, beyond-remit, not-attended or not-ready
    #[arg(long, value_name = "REASON")]
    pub(super) defer_reason: Option<String>,
    /// What a deferral waits for; repeat for each
    #[arg(long, value_name = "WHAT|FROM|BY")]
    pub(super) defer_need: Vec<String>,
    /// For a pending decision: the day it is promised
    #[arg(long, value_name = "DAY", value_parser = day)]
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
    /// A YAML file with part or all of the decision, by its path from here or from the case folder;
    /// flags come before it. --approve takes the place of all its lines, --view, --dissent, --answer
    /// and --accept that of the same member, point or rule; --agreement, --action, --defer-need and
    /// --refer-to stand behind what it has
    #[arg(long, value_name = "FILE")]
    pub(super) from: Option<PathBuf>,
    /// Amend the decision in force, and why; the first one stays as it is
    #[arg(long, value_name = "REASON")]
    pub(super) amend: Option<String>,
    /// With --amend: the referral has been edited since, and is decided on as it stands now
    #[arg(long, requires = "amend")]
    pub(super) request_as_it_is: bool,
    /// With --amend and --from: what an amendment changed is meant to be as it was before it
    #[arg(long, requires = "amend", requires = "from")]
    pub(super) take_back: bool,
    /// Show the decision's file and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) checked: Checked,
}

impl Args {
    /// Whether a decision is taken off the record.
    fn is_void(&self) -> bool {
        self.outcome.as_deref().map(str::trim) == Some("void")
    }
}

fn interval(text: &str) -> Result<Interval, String> {
    text.parse::<Interval>()
        .map_err(|unreadable| format!("{}; {}", unreadable.fault, unreadable.remedy))
}

/// What a decision is made on.
pub(super) struct Hearing<'d, 'a> {
    pub(super) desk: &'d Desk<'a>,
    pub(super) case: &'d Case<'a>,
    pub(super) meeting: &'d PanelMeeting<'a>,
    /// The rules by which it is decided there.
    pub(super) rules: &'a Council,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let root = session.root(Path::new("."))?;
    let is_asked = !args.is_void() && std::io::stdin().is_terminal();
    let answered = match is_asked && std::io::stderr().is_terminal() {
        true => Some(Answered::of_chair(args, &root, session)?),
        false => None,
    };
    let kept = answered.clone();
    let done = decided(args, &root, answered, session);
    if let (Err(_), Some(kept)) = (&done, &kept) {
        // What somebody has spent half an hour on is not lost with a refusal.
        if let Ok(text) = write::text(&kept.decision) {
            session.tell("what was answered, to be put into a file and named with --from:");
            session.tell(&text);
        }
    }
    done
}

/// What the chair was asked and answered, and the referral's bytes that it was asked about.
#[derive(Clone)]
struct Answered {
    decision: Decision,
    /// Whether it names another child, and the chair says that it has to.
    is_meant: bool,
    referral: Vec<u8>,
}

impl Answered {
    /// Asks the chair. Nobody else has to wait while somebody thinks: the lock is not held.
    fn of_chair(args: &Args, root: &Path, session: &Session<'_>) -> Result<Self> {
        let world = session.world_in(root)?;
        let desk = world.desk();
        let hearing = check::hearing(args, &desk)?;
        check::words_are_known(args, &hearing)?;
        let mut decision = build::from_flags(args, root, &hearing)?;
        session.end_progress();
        ask::for_what_is_missing(&mut decision, &hearing)?;
        let said = serde_json::to_value(&decision)?;
        let said = [Said {
            place: "",
            value: &said,
        }];
        let named = others::named(&desk, &[hearing.case], &said);
        Ok(Self {
            is_meant: !named.is_empty() && ask::whether_names_are_meant(&named)?,
            decision,
            referral: hearing.case.file.bytes().to_vec(),
        })
    }

    /// The decision, unless the referral is no longer what the chair was shown.
    fn on(self, hearing: &Hearing<'_, '_>) -> Result<Decision, Trouble> {
        if *hearing.case.file.bytes() == *self.referral {
            return Ok(self.decision);
        }
        Err(Trouble::usage(format!(
            "{} was changed while it was being decided on; nothing was written",
            hearing.case.file.path
        ))
        .hint("read it again, and decide on what it says now"))
    }
}

fn decided(
    args: &Args,
    root: &Path,
    answered: Option<Answered>,
    session: &mut Session<'_>,
) -> Result<Exit> {
    // Held from before reading until after writing, so that what was judged is what is there.
    let lock = if args.dry_run {
        None
    } else {
        Some(session.lock(root)?)
    };
    let world = session.world_in(root)?;
    let desk = world.desk();
    let hearing = check::hearing(args, &desk)?;
    let is_meant = answered.as_ref().is_some_and(|own| own.is_meant);
    let mut decision = match answered {
        Some(answered) => answered.on(&hearing)?,
        None if args.is_void() => void::decision(args, &hearing)?,
        None => {
            check::words_are_known(args, &hearing)?;
            build::from_flags(args, root, &hearing)?
        }
    };
    let mut remarks = Vec::new();
    if !args.is_void() {
        void::is_said_by_flag(&decision)?;
        consistent::is_not_overtaken(&decision, &hearing)?;
        remarks = by_rule::lay(&mut decision, &hearing);
        build::is_complete(&decision, &hearing)?;
        amended::changes_something(args, &decision, &hearing)?;
    }
    let aside = aside::put(&decision, &hearing)?;
    let mut file = write::file(&hearing, &decision)?;
    file.followed = aside.as_ref().map(|aside| aside.record.planned());
    remarks.extend(check::keeps_the_rules(&hearing, &file)?);
    let said = serde_json::to_value(&decision)?;
    let said = [Said {
        place: "",
        value: &said,
    }];
    let checked = match is_meant {
        true => Checked::YES,
        false => args.checked,
    };
    checked.look(&desk, &[hearing.case], &said, session)?;
    if args.is_void() {
        remarks.extend(void::remarks(&hearing, &file));
    } else {
        remarks.extend(told_at_once(args, &decision, &hearing, &file));
    }
    remarks.extend(aside.as_ref().map(|aside| aside.told.clone()));
    if !args.is_void() {
        remarks.extend(build::left_open(&decision, &hearing));
    }
    remarks.extend(consistent::years_that_may_be_slips(&decision, &hearing));
    let Some(lock) = lock else {
        for remark in &remarks {
            session.tell(remark);
        }
        session.print(&String::from_utf8_lossy(&file.bytes))?;
        if let Some(aside) = &aside {
            session.print(&crate::output::visible_lines(&aside.record.shown()))?;
        }
        return Ok(Exit::Clean);
    };
    let referral = hearing.case.file;
    let mut planned = vec![
        Planned::relied_on(&referral.path, &referral.bytes()),
        Planned::new(&file.path, file.bytes),
    ];
    planned.extend(file.followed);
    write(root, &planned, &lock).map_err(unwritten)?;
    session.print(&format!("{}\n", file.path))?;
    if let Some(aside) = &aside {
        session.print(&format!(
            "{}\n",
            crate::output::visible(&aside.record.place)
        ))?;
    }
    for remark in &remarks {
        session.tell(remark);
    }
    Ok(Exit::Clean)
}

/// What whoever decides ought to know at once.
fn told_at_once(
    args: &Args,
    decision: &Decision,
    hearing: &Hearing<'_, '_>,
    file: &check::DecisionText,
) -> Vec<String> {
    let mut remarks = hearing.of_another_panel();
    remarks.extend(by_rule::cut_by_the_limit(decision, hearing, file));
    remarks.extend(by_rule::beyond_the_request(decision, hearing));
    remarks.extend(by_rule::no_longer_asked(decision, hearing));
    remarks.extend(by_rule::effect_on_funds(hearing, file));
    remarks.extend(amended::remarks(args, decision, hearing));
    remarks
}

/// A failed write leaves nothing behind; somebody else's decision is named as such.
fn unwritten(error: WriteError) -> anyhow::Error {
    match error {
        WriteError::Exists(path) => {
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            Trouble::refused(format!(
                "{name} has just been written by somebody else; nothing was changed"
            ))
            .hint("read that decision; `--amend REASON` writes another beside it")
            .into()
        }
        other => other.into(),
    }
}
