//! Asking the chair, step by step, for what the flags did not say.

use super::{Hearing, by_rule};
use crate::council::Use;
use crate::desk::is_ending;
use crate::records::fields::{self, Filled};
use crate::records::{
    Action, CostLine, Decision, Deferral, DeferralNeed, ExpenditureSigned, Interval, Money, Person,
    Review, Text, View,
};
use dialoguer::{Confirm, Input, Select};
use std::str::FromStr;

/// Goes through the decision in the order of the form and asks for each part that is open.
pub(super) fn for_what_is_missing(
    decision: &mut Decision,
    hearing: &Hearing<'_, '_>,
) -> anyhow::Result<()> {
    show(hearing);
    who(decision)?;
    outcome(decision, hearing)?;
    let outcome = decision.outcome.clone().unwrap_or_default();
    let needs: Vec<String> = hearing
        .rules
        .outcome(&outcome)
        .map(|outcome| outcome.needs.clone())
        .unwrap_or_default();
    if decision.rationale.is_none() {
        decision.rationale =
            text("Why (the rationale, for the record and the family)", true)?.map(Text::from);
    }
    if decision.agreements.is_empty() {
        decision.agreements = rows("The panel agreed that")?
            .into_iter()
            .map(Text::from)
            .collect();
    }
    if needs.iter().any(|need| need == "alternative") && decision.alternative.is_none() {
        decision.alternative = text("What is approved instead", true)?.map(Text::from);
    }
    // An ending has no lines, unless its notice is to be paid for.
    let has_lines = !is_ending(hearing.case) || !hearing.case.costs.is_empty();
    if has_lines && needs.iter().any(|need| need == "approved") {
        money(decision, hearing)?;
    }
    if outcome == "defer" {
        deferral(decision, hearing)?;
    } else {
        review(decision, hearing)?;
    }
    if outcome == "pending" && decision.decide_by.is_none() {
        decision.decide_by =
            Some(read("The day the decision is promised", true)?.unwrap_or(hearing.desk.today()));
    }
    other_panels(decision, hearing)?;
    actions(decision)?;
    checklist(decision, hearing)?;
    views(decision, hearing)
}

/// Talk goes to standard error: standard output holds only the path that was written.
#[expect(
    clippy::print_stderr,
    reason = "the chair is being spoken to on a terminal"
)]
fn show(hearing: &Hearing<'_, '_>) {
    let referral = hearing.case.referral();
    let part = |text: &Option<Text>| crate::output::visible(text.as_deref().unwrap_or("not given"));
    eprintln!(
        "{}  {}",
        hearing.case.reference(),
        part(&referral.child.name)
    );
    eprintln!("asked: {}", part(&referral.request.summary));
    eprintln!("an answer left empty is left out; Ctrl-C leaves without writing anything\n");
}

fn text(prompt: &str, is_required: bool) -> anyhow::Result<Option<String>> {
    let answer: String = Input::new()
        .with_prompt(prompt)
        .allow_empty(!is_required)
        .interact_text()?;
    Ok(Some(answer.trim().to_owned()).filter(|answer| !answer.is_empty()))
}

/// Asks until the answer can be read.
fn read<T>(prompt: &str, is_required: bool) -> anyhow::Result<Option<T>>
where
    T: FromStr<Err = crate::records::Unreadable>,
{
    let check = |answer: &String| match answer.trim() {
        "" if is_required => Err("an answer is needed here".to_owned()),
        "" => Ok(()),
        answer => answer
            .parse::<T>()
            .map(|_| ())
            .map_err(|error| format!("{}: {}", error.fault, error.remedy)),
    };
    let answer: String = Input::new()
        .with_prompt(prompt)
        .allow_empty(true)
        .validate_with(check)
        .interact_text()?;
    Ok(answer.trim().parse().ok())
}

/// Asks for one thing after another until an answer is empty.
fn rows(prompt: &str) -> anyhow::Result<Vec<String>> {
    let mut rows = Vec::new();
    while let Some(row) = text(
        &format!("{prompt} ({}, empty to go on)", rows.len() + 1),
        false,
    )? {
        rows.push(row);
    }
    Ok(rows)
}

fn who(decision: &mut Decision) -> anyhow::Result<()> {
    let by = decision.decided_by.get_or_insert_with(Person::default);
    if by.name.is_none() {
        by.name = text("Who decided (name)", true)?.map(Text::from);
    }
    if by.role.is_none() {
        by.role = text("Their post, like deputy-director", true)?.map(Text::from);
    }
    Ok(())
}

fn outcome(decision: &mut Decision, hearing: &Hearing<'_, '_>) -> anyhow::Result<()> {
    if decision.outcome.is_some() {
        return Ok(());
    }
    let open: Vec<_> = hearing
        .rules
        .outcomes
        .iter()
        .filter(|outcome| hearing.holds(outcome.when.as_ref()))
        .collect();
    let labels: Vec<&str> = open.iter().map(|outcome| outcome.label.as_str()).collect();
    let chosen = Select::new()
        .with_prompt("Decision")
        .items(&labels)
        .default(0)
        .interact()?;
    decision.outcome = Some(open[chosen].id.clone().into());
    Ok(())
}

fn money(decision: &mut Decision, hearing: &Hearing<'_, '_>) -> anyhow::Result<()> {
    let asked = &hearing.case.referral().costs;
    let total: Money = asked
        .iter()
        .map(|line| line.sum(hearing.rules.most_weeks()))
        .sum();
    if decision.approved.is_empty()
        && !asked.is_empty()
        && decision.outcome.as_deref() == Some("approve")
    {
        let prompt = format!("Approve the costs as asked, {total} in all?");
        if Confirm::new()
            .with_prompt(prompt)
            .default(true)
            .interact()?
        {
            decision.approved = asked.to_vec();
        }
    }
    while decision.approved.is_empty()
        || Confirm::new()
            .with_prompt("Another approved line?")
            .default(false)
            .interact()?
    {
        decision.approved.push(CostLine {
            item: text("Item, like placement, therapy or transport", true)?.map(Text::from),
            description: text("What it is", false)?.map(Text::from),
            weekly: read("Pounds a week", false)?,
            weeks: text("Weeks", false)?.and_then(|weeks| weeks.parse().ok()),
            one_off: read("Pounds once", false)?,
            from: None,
        });
    }
    if decision.until.is_none() {
        decision.until = read("Time limit: the day after the last (empty for none)", false)?;
    }
    if decision.expenditure_signed.is_none() && hearing.rules.expenditure.is_some() {
        let by = decision.decided_by.clone().unwrap_or_default();
        let prompt = format!(
            "{} signs the spend?",
            by.name.as_deref().unwrap_or("The chair")
        );
        // A decision with money cannot be kept unsigned, and what was answered so far should be.
        while !Confirm::new()
            .with_prompt(&prompt)
            .default(true)
            .interact()?
        {
            unsigned();
        }
        decision.expenditure_signed = Some(ExpenditureSigned {
            name: by.name,
            role: by.role,
            on: Some(hearing.meeting.on),
        });
    }
    Ok(())
}

#[expect(
    clippy::print_stderr,
    reason = "the chair is being spoken to on a terminal"
)]
fn unsigned() {
    eprintln!(
        "the council's rules want the spend signed with the decision; Ctrl-C leaves without writing anything"
    );
}

fn deferral(decision: &mut Decision, hearing: &Hearing<'_, '_>) -> anyhow::Result<()> {
    let deferred = decision.deferred.get_or_insert_with(Deferral::default);
    if deferred.to.is_none() {
        let next = hearing
            .desk
            .next_after(hearing.meeting)
            .map(|next| format!(" (the next is {})", next.id))
            .unwrap_or_default();
        deferred.to = read(&format!("Deferred to which panel day{next}"), true)?;
    }
    if deferred.reason.is_none() {
        let reasons = hearing
            .rules
            .outcome("defer")
            .map(|outcome| outcome.reasons.clone())
            .unwrap_or_default();
        let labels: Vec<&str> = reasons
            .iter()
            .map(|reason| hearing.rules.words.label(Use::DeferralReason, reason))
            .collect();
        if !labels.is_empty() {
            let chosen = Select::new()
                .with_prompt("Reason")
                .items(&labels)
                .default(0)
                .interact()?;
            deferred.reason = Some(reasons[chosen].clone().into());
        }
    }
    while deferred.needs.is_empty()
        || Confirm::new()
            .with_prompt("Anything else needed?")
            .default(false)
            .interact()?
    {
        let Some(what) = text("What the panel needs to see (empty for nothing)", false)? else {
            break;
        };
        deferred.needs.push(DeferralNeed {
            what: Some(what.into()),
            from: text("From whom", false)?.map(Text::from),
            by: read("By which day", false)?,
        });
    }
    Ok(())
}

fn review(decision: &mut Decision, hearing: &Hearing<'_, '_>) -> anyhow::Result<()> {
    if decision.review.is_some() {
        return Ok(());
    }
    if let Some(proposal) = by_rule::review(decision, hearing) {
        let prompt = format!(
            "Return to panel on {}, as the rules propose: {}?",
            proposal.on.with_weekday(),
            proposal.why
        );
        if Confirm::new()
            .with_prompt(prompt)
            .default(true)
            .interact()?
        {
            decision.review = Some(Review {
                on: Some(proposal.on),
                ..Review::default()
            });
            return Ok(());
        }
    }
    let ways = [
        "on a day",
        "at an interval",
        "it does not come back",
        "not said",
    ];
    let review = match Select::new()
        .with_prompt("Return to panel")
        .items(ways)
        .default(0)
        .interact()?
    {
        0 => Review {
            on: read("Which day", true)?,
            ..Review::default()
        },
        1 => Review {
            every: read::<Interval>("How often, like 4 weeks", true)?,
            ..Review::default()
        },
        2 => Review {
            none: text("Why not", true)?.map(Text::from),
            ..Review::default()
        },
        _ => return Ok(()),
    };
    decision.review = Some(review);
    Ok(())
}

/// Panels that the case is one for and of which the request does not speak.
fn other_panels(decision: &mut Decision, hearing: &Hearing<'_, '_>) -> anyhow::Result<()> {
    for panel in by_rule::panels_to_consider(decision, hearing) {
        if Confirm::new()
            .with_prompt(format!("Refer the case to {}?", panel.label))
            .default(false)
            .interact()?
        {
            decision.refer_to.push(panel.id.clone().into());
        }
    }
    Ok(())
}

fn actions(decision: &mut Decision) -> anyhow::Result<()> {
    if !decision.actions.is_empty() {
        return Ok(());
    }
    while let Some(what) = text("Action: who does what (empty to go on)", false)? {
        decision.actions.push(Action {
            what: Some(what.into()),
            owner: text("Owner", true)?.map(Text::from),
            due: read("Due", true)?,
        });
    }
    Ok(())
}

fn checklist(decision: &mut Decision, hearing: &Hearing<'_, '_>) -> anyhow::Result<()> {
    for point in hearing.checklist() {
        let is_answered = decision.checklist.contains_key(&point.id)
            || hearing.case.referral().checklist.contains_key(&point.id);
        let is_required = super::build::wants_answer(decision, point);
        if !is_answered && let Some(answer) = text(&point.question, is_required)? {
            decision.checklist.insert(point.id.clone(), answer.into());
        }
    }
    Ok(())
}

fn views(decision: &mut Decision, hearing: &Hearing<'_, '_>) -> anyhow::Result<()> {
    let council = hearing.rules;
    let present = hearing
        .meeting
        .folder
        .and_then(|folder| folder.meeting.as_ref())
        .and_then(|file| file.record.attendance.as_ref());
    if council.views.is_none()
        || !decision.views.is_empty()
        || fields::of_decision(decision, "rationale") == Filled::Absent
    {
        return Ok(());
    }
    let asked = |role: Option<&str>| {
        council
            .members
            .iter()
            .any(|member| member.gives_view && Some(member.role.as_str()) == role)
    };
    for person in present
        .into_iter()
        .flatten()
        .filter(|person| person.is_there() && asked(person.role.as_deref()))
    {
        let Some(name) = person.name.clone() else {
            continue;
        };
        let label = person
            .role
            .as_deref()
            .map(|role| council.role_label(role))
            .unwrap_or_default();
        if let Some(view) = text(
            &format!("View of {name}, {label} (empty if none given)"),
            false,
        )? {
            decision.views.push(View {
                member: Some(name),
                view: Some(view.into()),
            });
        }
    }
    Ok(())
}

/// Whether what names another child is meant to: each mention is shown before.
pub(super) fn whether_names_are_meant(named: &[String]) -> anyhow::Result<bool> {
    let prompt = format!(
        "This names another child:\n  {}\nWrite it all the same?",
        named.join("\n  ")
    );
    Ok(Confirm::new()
        .with_prompt(prompt)
        .default(false)
        .interact()?)
}
