//! `panel check`: findings, and for each referral the meeting it makes.

mod changes;
pub(super) mod places;
mod report;
mod selection;

use super::session::{Exit, Session, Trouble, World};
use crate::findings::{Finding, Severity};
use crate::folder::nearest;
use crate::output;
use crate::rules;
use anyhow::Result;
use selection::Selection;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

/// Check referrals and records against the council's rules
///
/// Every finding names the place in your own file, what to do, and the clause that asks for it.
/// Each referral is told which meeting it makes, its cut-off and the criteria it meets. Where
/// referrals are named, only they are read, with the meetings, their own decisions and the
/// referrals that they go with; `panel check` for the whole folder also looks for what one file
/// cannot tell.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel check                                              the whole case folder
  panel check referrals/2026/R-2026-0142.yaml              one referral
  panel check my-referral.yaml --council ID                a lone file, without a case folder
  panel check - --council ID < my-referral.yaml            the same from standard input
  panel check --only late-submission,missing-sign-off
  panel check --since origin/main                          what this branch changed
  panel check --format json > findings.json
  panel check --format sarif > findings.sarif")]
pub(crate) struct Args {
    /// Files or folders to tell of; `-` is standard input [default: the whole case folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Form of the findings
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Let the findings of drafts count too
    #[arg(long)]
    drafts: bool,
    /// Print notes too when the whole folder is checked; those accepted on the record always are
    #[arg(long)]
    notes: bool,
    /// Tell of the files only that changed since this git revision; other files are still looked at
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// Put this before each path in sarif, github and gitlab: where the case folder lies in the
    /// repository
    #[arg(long, value_name = "DIR", value_parser = prefix)]
    prefix: Option<String>,
    /// Read the whole folder even where only some referrals are named
    #[arg(long)]
    whole: bool,
    /// Judge what has been decided as well, as it stood at its meeting
    #[arg(long)]
    history: bool,
    /// Tell of these rules only
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    only: Vec<String>,
    /// Do not tell of these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    skip: Vec<String>,
    /// Print how often each rule found something, rather than each finding
    #[arg(long)]
    statistics: bool,
    /// Let warnings count as errors for the exit status
    #[arg(long, value_enum, value_name = "WEIGHT")]
    deny: Option<Deny>,
    /// Print at most this many findings a file; 0 prints all
    #[arg(long, value_name = "N", default_value_t = 200)]
    most: usize,
}

/// The form of the findings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// With your own lines.
    #[default]
    Human,
    /// A line each.
    Concise,
    /// For programs; `panel schema check` is its shape.
    Json,
    /// SARIF 2.1.0, for code hosts and editors.
    Sarif,
    /// Commands of GitHub Actions, which show findings beside the lines.
    Github,
    /// GitLab's Code Quality report.
    Gitlab,
}

/// What counts as an error beside errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Deny {
    /// Warnings too.
    Warnings,
}

impl Args {
    /// Whether the answer is about more than the files that were named.
    const fn needs_whole(&self) -> bool {
        self.since.is_some() || self.history || self.whole
    }
}

/// Rules that compare a referral with all others of its folder.
const OF_ALL: [&str; 2] = ["duplicate-reference", "unknown-reference"];

/// Rules that look at other files than the referral's own.
const OF_FOLDERS: [&str; 4] = [
    "duplicate-reference",
    "name-mismatch",
    "unknown-reference",
    "missing-file",
];

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    if args.statistics && args.format == Format::Gitlab {
        return Err(
            Trouble::usage("GitLab's report has no place for --statistics")
                .hint("use --format json or concise")
                .into(),
        );
    }
    let (world, mut selection) = selection::select(&args.paths, args.needs_whole(), session)?;
    session.tell_cut_off(&world);
    session.tell_idle_templates(&world);
    // The program ends with this answer: to give a large folder back piece by piece takes longer
    // than to judge it.
    let world = ManuallyDrop::new(world);
    known_rules(args, &world)?;
    let mut lost = Vec::new();
    if let Some(revision) = &args.since {
        let since = changes::since(revision, &selection, &world, session)?;
        selection = selection.narrowed(since.files);
        lost = since.lost;
    }
    changes::left_out(&mut selection, &world, session);
    changes::unread(&selection, &world, session);
    let desk = world.desk();
    let desk = ManuallyDrop::new(desk);
    let judgement = ManuallyDrop::new(if args.history {
        rules::judge_history(&desk)
    } else {
        rules::judge(&desk)
    });
    let is_told = |finding: &&Finding| {
        selection.shows(&finding.place.file)
            && (args.only.is_empty() || args.only.contains(&finding.rule))
            && !args.skip.contains(&finding.rule)
    };
    let found = judgement.findings.iter().chain(&lost);
    let told: Vec<&Finding> = found.filter(is_told).collect();
    let kept_back = |finding: &&Finding| {
        let is_quiet = args.format == Format::Human && !args.notes && selection.is_whole();
        is_quiet && finding.severity == Severity::Note && finding.accepted_by.is_none()
    };
    let all = told.len();
    let told: Vec<&Finding> = told
        .into_iter()
        .filter(|finding| !kept_back(finding))
        .collect();
    let notes = all - told.len();
    let findings = places::resolve(&world.folder, told);
    let wishes = report::Wishes {
        drafts: args.drafts,
        statistics: args.statistics,
        most: args.most,
        prefix: args.prefix.clone().unwrap_or_default(),
    };
    let report = ManuallyDrop::new(report::build(
        &desk, &judgement, &selection, findings, &wishes,
    ));
    let text = match args.format {
        Format::Human => output::human::report(&report, session.look),
        Format::Concise => output::concise::report(&report),
        Format::Json => {
            session.write(|out| output::json::report(&report, out))?;
            String::new()
        }
        Format::Sarif => output::sarif::report(&report)?,
        Format::Github => output::github::report(&report),
        Format::Gitlab => output::gitlab::report(&report)?,
    };
    session.print(&text)?;
    remark(&report, &selection, &world, session);
    if let Some(revision) = &args.since {
        changes::told(revision, &selection, &world, session);
    }
    if notes > 0 {
        session.tell(&format!(
            "{} kept back; --notes prints them",
            output::count(notes, "note")
        ));
    }
    let is_denied = args.deny.is_some() && report.summary.warnings > 0;
    if report.summary.errors > 0 || is_denied {
        return Ok(Exit::Refused);
    }
    if !selection.has_seen(&report.checked, changes::records(&world.folder)) {
        if args.since.is_none() {
            session.tell("nothing was looked at: there is no referral here");
        }
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Clean)
}

/// A folder of a repository as it stands before a path.
fn prefix(written: &str) -> Result<String, String> {
    let steps: Vec<&str> = written
        .split('/')
        .filter(|step| !step.is_empty() && *step != ".")
        .collect();
    if written.starts_with('/') || steps.contains(&"..") {
        return Err("it counts from the top of the repository, like `cases`".to_owned());
    }
    let folder = steps.join("/");
    Ok(if folder.is_empty() {
        folder
    } else {
        folder + "/"
    })
}

/// Ids that no rule has are wrong usage: a misspelt --skip must not pass for a clean folder.
fn known_rules(args: &Args, world: &World) -> Result<()> {
    let known: Vec<&str> = rules::all()
        .map(|rule| rule.id)
        .filter(|id| !rules::is_named_by_council(id))
        .chain(world.council.own_ids())
        .chain([changes::LOST])
        .collect();
    for id in args.only.iter().chain(&args.skip) {
        if rules::is_named_by_council(id) {
            return Err(Trouble::usage(format!("no finding is called `{id}`"))
                .hint("each of these checks has an id of its own, between brackets in what `panel check` prints")
                .into());
        }
        if !known.contains(&id.as_str()) {
            let trouble = Trouble::usage(format!("there is no rule `{id}`"));
            let hint = match nearest(id, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`panel explain` lists them all".to_owned(),
            };
            return Err(trouble.hint(hint).into());
        }
    }
    Ok(())
}

/// What has to be known about the answer, said on the side.
fn remark(
    report: &output::Report<'_>,
    selection: &Selection,
    world: &World,
    session: &mut Session<'_>,
) {
    if selection.is_alone() {
        let left_out: Vec<&str> = OF_FOLDERS
            .into_iter()
            .filter(|id| rules::find(id).is_some())
            .collect();
        session.tell(&format!(
            "note: without a case folder these rules are left out, and all about meetings and decisions: {}",
            left_out.join(", ")
        ));
    }
    if selection.is_around() {
        let left_out: Vec<&str> = OF_ALL
            .into_iter()
            .filter(|id| rules::find(id).is_some())
            .collect();
        session.tell(&format!(
            "note: only what was named was read, with its meetings and decisions; `panel check` for the whole folder also looks for: {}",
            left_out.join(", ")
        ));
    }
    let last = report
        .referrals
        .iter()
        .filter_map(|line| line.cut_off)
        .map(|cut_off| crate::records::Day::of(cut_off.date()))
        .max();
    if let (Some(last), Some(known)) = (last, world.council.holidays.verified_to())
        && last > known
    {
        session.tell(&format!(
            "note: bank holidays are known up to {}; later cut-offs may move",
            known.in_words()
        ));
    }
}
