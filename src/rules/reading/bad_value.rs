//! Values of the wrong kind, words outside the vocabulary, scores outside the scale.
use super::super::prelude::*;
use crate::desk::is_one_child;
use crate::records::{Child, Funding, has_figure, is_device, is_filler, is_reference};
use std::collections::HashMap;

mod ahead;
mod numbers;
mod words;

pub(super) const RULE: Rule = Rule {
    id: "bad-value",
    summary: "a date, sum or word that cannot be read, or cannot be",
    severity: Severity::Error,
    asked_by: &[],
    text: include_str!("bad_value.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    super::tell(desk, found, crate::folder::FaultKind::BadValue);
    for case in desk.cases() {
        reference(case, found);
        words::of_referral(case, found);
        scores(case, found);
        impossible(desk, case, found);
        ahead::of_referral(desk, case, found);
        shares(
            Desk::place(case.file, "funding"),
            &case.referral().funding,
            case,
            found,
        );
        for made in &case.decisions {
            impossible_decision(made, case, found);
        }
    }
    one_number_one_child(desk, found);
    numbers::without_noughts(desk, found);
    for meeting in &desk.folder.meetings {
        let rules = desk
            .meeting_in(&meeting.id)
            .map_or(desk.council, |known| known.rules);
        for decision in &meeting.decisions {
            // A part's own rules know words that its panel's may not.
            let rules = desk
                .case(&decision.file.record.referral)
                .and_then(|case| {
                    let made = case
                        .decisions
                        .iter()
                        .find(|made| made.meeting == meeting.id);
                    made.map(|made| made.rules)
                })
                .unwrap_or(rules);
            words::of_decision(rules, &decision.file, found);
        }
        for file in &meeting.after {
            words::of_what_followed(rules, file, found);
        }
        if let Some(file) = &meeting.meeting {
            words::of_meeting(rules, file, found);
        }
    }
}

fn reference(case: &Case<'_>, found: &mut Findings) {
    let reference = case.reference();
    if is_device(reference) {
        found
            .at(
                Desk::place(case.file, "reference"),
                format!("no file can be called `{reference}` on Windows, which keeps that name for itself"),
            )
            .help("give the request another reference, like `reference: R-2026-0142`, and name the file the same: R-2026-0142.yaml")
            .about(reference);
    } else if !reference.is_empty() && !is_reference(reference) {
        found
            .at(
                Desk::place(case.file, "reference"),
                "a reference has letters, digits and `-` only, at most 40 of them",
            )
            .help("write it like `reference: R-2026-0142`, and name the file the same: R-2026-0142.yaml")
            .about(reference);
    } else if !reference.is_empty() && !has_figure(reference) {
        found
            .at(
                Desk::place(case.file, "reference"),
                format!("`{reference}` could be a word of any text: a reference has a figure in it"),
            )
            .help("write it like `reference: R-2026-0142`, and name the file the same: R-2026-0142.yaml")
            .about(reference);
    }
}

fn scores(case: &Case<'_>, found: &mut Findings) {
    let Some(scale) = &case.rules.scale else {
        return;
    };
    let rows = case
        .referral()
        .signs_of_safety
        .iter()
        .flat_map(|summary| &summary.scaling);
    for (row, given) in rows.enumerate() {
        if let Some(score) = given.score
            && !(scale.least..=scale.most).contains(&score)
        {
            found
                .at(
                    Desk::place(case.file, format!("signs_of_safety.scaling[{row}].score")),
                    format!(
                        "the score is {score}; the scale runs from {} to {}",
                        scale.least, scale.most
                    ),
                )
                .because(&scale.basis)
                .help(format!(
                    "write a whole number from {} to {}",
                    scale.least, scale.most
                ))
                .about(case.reference());
        }
    }
}

/// Referrals under one number of the case system with another first name or date of birth: a form
/// made from another child's, or twins. Each would be shown the other's history.
fn one_number_one_child(desk: &Desk<'_>, found: &mut Findings) {
    if desk.scope != Scope::Folder {
        return;
    }
    let mut first: HashMap<&str, &Case<'_>> = HashMap::with_capacity(desk.cases().len());
    for case in desk.cases() {
        let child = &case.referral().child;
        let Some(number) = child.number() else {
            no_number(case, found);
            continue;
        };
        let Some(other) = first.get(number) else {
            first.insert(number, case);
            continue;
        };
        let Some(what) = differs(child, &other.referral().child) else {
            continue;
        };
        let _ = found
            .at(
                Desk::place(case.file, "child.case_id"),
                format!(
                    "{} has this number too, with another {what}: both are taken for one child",
                    other.reference()
                ),
            )
            .help(format!(
                "look the number up on the case system, where each child has its own, twins too; if it is one child, write its {what} alike in both"
            ))
            .about(case.reference())
            .weighing(Severity::Warning);
    }
    for case in desk.cases() {
        let Some(other) = first.get(case.reference()) else {
            continue;
        };
        if !is_one_child(case, other) {
            found
                .at(
                    Desk::place(case.file, "reference"),
                    format!(
                        "this reference is the number of another child on the case system, that of {}: what is asked for by it could be either's",
                        other.reference()
                    ),
                )
                .help("give the request another reference, like `reference: R-2026-0142`, and name the file the same: R-2026-0142.yaml")
                .about(case.reference());
        }
    }
}

/// A number that says that there is none; what is no answer to anything is told as such.
fn no_number(case: &Case<'_>, found: &mut Findings) {
    let written = case.referral().child.case_id.as_deref().unwrap_or("");
    if written.trim().is_empty() || is_filler(written) {
        return;
    }
    let _ = found
        .at(
            Desk::place(case.file, "child.case_id"),
            format!("`{}` is not taken for a number of the case system: all children without one would be one child", written.trim()),
        )
        .help("leave the line out until the child has a number")
        .about(case.reference())
        .weighing(Severity::Warning);
}

/// What says that two children are not one. A short form of a first name says nothing.
fn differs(one: &Child, other: &Child) -> Option<&'static str> {
    let first = |child: &Child| {
        let words = crate::records::folded_words(child.name.as_deref()?);
        words.split_whitespace().next().map(str::to_owned)
    };
    if let (Some(one), Some(other)) = (first(one), first(other))
        && !one.starts_with(&other)
        && !other.starts_with(&one)
    {
        return Some("first name");
    }
    let births = one.date_of_birth.zip(other.date_of_birth);
    births
        .is_some_and(|(one, other)| one != other)
        .then_some("date of birth")
}

/// What a decision cannot approve.
fn impossible_decision(made: &Made<'_>, case: &Case<'_>, found: &mut Findings) {
    let (file, decision) = (&made.file.file, made.decision());
    for (row, line) in decision.approved.iter().enumerate() {
        if let Some(weeks) = line.weeks.filter(|weeks| *weeks < 0) {
            found
                .at(
                    Desk::place(file, format!("approved[{row}].weeks")),
                    format!("{weeks} is not a number of weeks"),
                )
                .help("write how many weeks, like `weeks: 12`; where no end is known take `weeks` out")
                .about(case.reference())
                .of_meeting(made.meeting);
        }
    }
    shares(Desk::place(file, "funding"), &decision.funding, case, found);
}

/// Other funders cannot pay more than all of it.
fn shares(
    place: crate::findings::Place,
    funding: &[Funding],
    case: &Case<'_>,
    found: &mut Findings,
) {
    const WHOLE: i64 = 100;
    let given = || funding.iter().filter_map(|line| line.share);
    let sum = given().fold(0, i64::saturating_add);
    if given().all(|share| (0..=WHOLE).contains(&share)) && sum <= WHOLE {
        return;
    }
    found
        .at(
            place,
            format!("the shares of other funders come to {sum} per cent"),
        )
        .help("write each share in per cent of the whole, like `share: 50`; all of them come to 100 at most")
        .about(case.reference());
}

/// Values that can be read and cannot be: weeks below nought, an end before its beginning, a birth
/// or a start of care that is still to come.
fn impossible(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let referral = case.referral();
    let mut tell = |path: String, message: String, help: &str| {
        found
            .at(Desk::place(case.file, path), message)
            .help(help)
            .about(case.reference());
    };
    let lists = [
        ("costs", &referral.costs),
        ("current_costs", &referral.current_costs),
    ];
    for (list, lines) in lists {
        for (row, line) in lines.iter().enumerate() {
            if let Some(weeks) = line.weeks.filter(|weeks| *weeks < 0) {
                tell(
                    format!("{list}[{row}].weeks"),
                    format!("{weeks} is not a number of weeks"),
                    "write how many weeks, like `weeks: 12`; where no end is known take `weeks` out",
                );
            }
        }
    }
    if let (Some(from), Some(to)) = (referral.request.from, referral.request.to)
        && to <= from
    {
        tell(
            "request.to".to_owned(),
            format!("it ends on {to} and begins on {from}"),
            "put the wrong one right: `from` is the first day, and `to` the day after the last",
        );
    }
    let today = desk.today();
    let past = [
        (
            "child.date_of_birth",
            referral.child.date_of_birth,
            "date of birth",
        ),
        (
            "child.looked_after_since",
            referral.child.looked_after_since,
            "start of care",
        ),
    ];
    for (path, day, what) in past {
        // An unborn child has no date of birth yet; an expected one belongs in the text.
        if let Some(day) = day.filter(|day| *day > today) {
            tell(
                path.to_owned(),
                format!("the {what} is {}, which is still to come", day.in_words()),
                "put the year right, or take the line out until the day has come",
            );
        }
    }
}
