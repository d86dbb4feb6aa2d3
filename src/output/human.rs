//! Findings as people read them: their own lines, with what is wrong under them.

use super::snippet::{Part, rendered};
use super::{Counts, Look, ReferralLine, Report, Shown, accepted, clauses, count, table, visible};
use crate::findings::{Basis, Severity};
use crate::folder::Fault;
use crate::records::moment_in_words;
use annotate_snippets::Level;

/// What `check` has to tell.
pub(crate) fn report(report: &Report<'_>, look: Look) -> String {
    let mut text = String::new();
    let (drafts, others): (Vec<_>, Vec<_>) =
        report.findings.iter().partition(|shown| shown.is_draft);
    if let Some(rules) = &report.statistics {
        text.push_str(&statistics(rules));
        text.push('\n');
    } else {
        text.push_str(&rendered(others.into_iter().map(part).collect(), look));
        if !drafts.is_empty() {
            text.push_str("In drafts, judged as if they were sent now:\n\n");
            text.push_str(&rendered(drafts.into_iter().map(part).collect(), look));
        }
        for (file, more) in &report.left_out {
            let what = count(*more, "more finding");
            text.push_str(&format!(
                "{}: {what}; --most 0 shows all\n\n",
                visible(file)
            ));
        }
    }
    text.push_str(&referrals(report));
    text.push_str(&summary(report));
    text
}

/// What is wrong with a rule file, each fault with its line.
pub(crate) fn faults(file: &str, text: &str, faults: &[Fault], look: Look) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let parts = faults.iter().map(|fault| {
        let line = lines.get(fault.span.line.saturating_sub(1) as usize);
        let notes = fault.help.iter().map(|help| (Level::HELP, help.clone()));
        Part {
            level: Level::ERROR,
            id: None,
            message: &fault.message,
            file,
            span: fault.span,
            line: line.copied(),
            notes: notes.collect(),
        }
    });
    let mut told = rendered(parts.collect(), look);
    told.push_str(&format!(
        "{}: {}; it cannot be used until they are put right",
        visible(file),
        count(faults.len(), "fault")
    ));
    told
}

pub(super) fn part<'a>(shown: &'a Shown<'_>) -> Part<'a> {
    let finding = shown.finding;
    let mut notes: Vec<(Level<'static>, String)> = Vec::new();
    if let Some(by) = &finding.accepted_by {
        notes.push((Level::NOTE, format!("accepted by {}", accepted(by))));
    } else if let Some(help) = &finding.help {
        notes.push((Level::HELP, help.clone()));
    }
    notes.extend(rests_on(&finding.basis).map(|note| (Level::NOTE, note)));
    Part {
        level: match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        },
        id: Some(&finding.rule),
        message: &finding.message,
        file: &finding.place.file,
        span: shown.span,
        line: shown.line.as_deref(),
        notes,
    }
}

/// `clause 1.9 (councils/ours.toml:31)`, and the assumption where the policy is silent.
fn rests_on(basis: &Basis) -> impl Iterator<Item = String> {
    let place = basis
        .because
        .as_ref()
        .map(|because| format!(" ({}:{})", because.file, because.line))
        .unwrap_or_default();
    let clauses = clauses(&basis.clauses);
    let place_of_assumption = if clauses.is_some() { "" } else { &place }.to_owned();
    let assumption = basis
        .assumption
        .as_ref()
        .map(|why| format!("assumption: {why}{place_of_assumption}"));
    clauses
        .map(|clauses| clauses + &place)
        .into_iter()
        .chain(assumption)
}

fn statistics(rules: &[super::RuleCounts]) -> String {
    let rows: Vec<[String; 4]> = rules
        .iter()
        .map(|row| {
            let Counts {
                errors,
                warnings,
                notes,
            } = row.counts;
            [
                row.rule.clone(),
                errors.to_string(),
                warnings.to_string(),
                notes.to_string(),
            ]
        })
        .collect();
    table::table(
        &["Rule", "Errors", "Warnings", "Notes"],
        rows.iter()
            .map(|row| row.iter().map(String::as_str).collect()),
    )
}

/// What was asked for by name at length, then the open ones, a line each.
fn referrals(report: &Report<'_>) -> String {
    let mut text = String::new();
    for line in report.referrals.iter().filter(|line| line.is_named) {
        text.push_str(&block(line, report));
        text.push('\n');
    }
    let open: Vec<&ReferralLine<'_>> = report
        .referrals
        .iter()
        .filter(|line| line.is_open && !line.is_named)
        .collect();
    let column = |width: fn(&ReferralLine<'_>) -> usize| {
        open.iter().map(|line| width(line)).max().unwrap_or(0)
    };
    // A file's name can be anything; a reference has forty characters at most.
    let reference = column(|line| line.reference.chars().count().min(40));
    let state = column(|line| line.state.len());
    for line in &open {
        if line.is_unreadable {
            text.push_str(&format!(
                "{:reference$}  {:state$}  cannot be read: what it asks is not known\n",
                visible(line.reference),
                line.state,
            ));
            continue;
        }
        let meeting = match &line.meeting {
            Some((_, words)) => format!("meeting {words}"),
            None => "no meeting to come is known".to_owned(),
        };
        let cut_off = line
            .cut_off
            .map(|cut_off| format!("; cut-off {}", moment_in_words(cut_off)))
            .unwrap_or_default();
        text.push_str(&format!(
            "{:reference$}  {:state$}  {meeting}{cut_off}; {}\n",
            visible(line.reference),
            line.state,
            criteria_in_short(line),
        ));
    }
    if !open.is_empty() {
        text.push('\n');
    }
    text
}

fn criteria_in_short(line: &ReferralLine<'_>) -> String {
    let ids: Vec<&str> = line
        .criteria
        .iter()
        .map(|criterion| criterion.id.as_str())
        .collect();
    if ids.is_empty() {
        "meets no criterion".to_owned()
    } else {
        format!("meets {}", visible(&ids.join(", ")))
    }
}

fn block(line: &ReferralLine<'_>, report: &Report<'_>) -> String {
    let mut text = format!("{}: {}\n", visible(line.reference), line.state);
    if line.is_unreadable {
        text.push_str(
            "  The file cannot be read. Its meeting, cut-off and criteria are told once it can.\n",
        );
        return text;
    }
    match &line.meeting {
        Some((_, words)) => {
            let venue = report
                .venue
                .map(|venue| format!(", {}", visible(venue)))
                .unwrap_or_default();
            text.push_str(&format!("  meeting   {words}{venue}\n"));
        }
        None => text.push_str("  meeting   no meeting to come is known\n"),
    }
    if let Some(cut_off) = line.cut_off {
        let post = report
            .send_to
            .map(|to| format!("; send it to {}", visible(to)))
            .unwrap_or_default();
        text.push_str(&format!("  cut-off   {}{post}\n", moment_in_words(cut_off)));
    } else if let Some(to) = report.send_to {
        text.push_str(&format!("  send to   {}\n", visible(to)));
    }
    let mut head = "criteria";
    for criterion in &line.criteria {
        let basis = match (
            clauses(&criterion.basis.clauses),
            &criterion.basis.assumption,
        ) {
            (Some(clauses), _) => format!(" ({clauses})"),
            (None, Some(_)) => " (assumption)".to_owned(),
            (None, None) => String::new(),
        };
        text.push_str(&format!(
            "  {head:8}  {}: {}{basis}\n",
            visible(&criterion.id),
            visible(&criterion.label)
        ));
        head = "";
    }
    if line.criteria.is_empty() {
        text.push_str("  criteria  none is met\n");
    }
    text
}

fn summary(report: &Report<'_>) -> String {
    let mut text = sum(
        &in_words(report.summary).join(", "),
        report.checked.referrals,
        report.concerned,
    );
    let (found, drafts) = report.drafts;
    if found > 0 {
        text.push_str(&format!(
            "; not counted: {} in {}",
            count(found, "finding"),
            count(drafts, "draft")
        ));
    }
    text.push_str(".\n");
    text
}

/// What was found, in how many of the referrals that were looked at, and in how many other files.
fn sum(found: &str, looked_at: usize, (referrals, files): (usize, usize)) -> String {
    let whole = count(looked_at, "referral");
    let others = count(files, "other file");
    let among = match (referrals, looked_at) {
        (1, 1) => whole.clone(),
        _ => format!("{referrals} of {whole}"),
    };
    match (found.is_empty(), referrals, files, looked_at) {
        (true, ..) => format!("Nothing found in {whole}"),
        (_, 0, _, 0) => format!("{found} in {}", count(files, "file")),
        (_, 0, ..) => format!("Nothing found in {whole}; {found} in {others}"),
        (_, _, 0, _) => format!("{found} in {among}"),
        _ => format!("{found} in {among} and in {others}"),
    }
}

/// The summary of what counts, in words.
fn in_words(counts: Counts) -> Vec<String> {
    [
        (counts.errors, "error"),
        (counts.warnings, "warning"),
        (counts.notes, "note"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, word)| count(number, word))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::sum;

    #[test]
    fn the_sum_counts_what_it_was_found_in() {
        assert_eq!(sum("", 3, (0, 0)), "Nothing found in 3 referrals");
        assert_eq!(sum("1 error", 1, (1, 0)), "1 error in 1 referral");
        assert_eq!(sum("2 errors", 3, (1, 0)), "2 errors in 1 of 3 referrals");
        assert_eq!(
            sum("2 errors", 3, (1, 1)),
            "2 errors in 1 of 3 referrals and in 1 other file"
        );
        assert_eq!(
            sum("1 error", 1, (0, 1)),
            "Nothing found in 1 referral; 1 error in 1 other file"
        );
        assert_eq!(sum("1 error", 0, (0, 1)), "1 error in 1 file");
    }
}
