//! From the chair's flags to a decision, and what is still missing of it.

use super::consistent::{contradictions, leave_what_goes_with, same_case};
use super::{Args, Hearing, amended, by_rule, laid_over};
use crate::commands::session::Trouble;
use crate::council::ChecklistPoint;
use crate::desk::is_ending;
use crate::folder::{nearest, read_decision_draft};
use crate::records::fields::{self, Filled};
use crate::records::{
    Action, Amends, CostLine, Day, Decision, DecisionAcceptance, Deferral, DeferralNeed, Dissent,
    ExpenditureSigned, Money, Person, Review, Text, View,
};
use std::path::Path;
use std::str::FromStr;

/// The decision that the flags, and the file of `--from`, make; every mistake of them at once.
/// `folder` is the case folder.
pub(super) fn from_flags(
    args: &Args,
    folder: &Path,
    hearing: &Hearing<'_, '_>,
) -> Result<Decision, Trouble> {
    let mut mistakes = Vec::new();
    let mut decision = match &args.from {
        Some(path) => match read_decision_draft(path, folder) {
            Ok(file) => {
                mistakes.extend(amended::begins_with_an_earlier_one(args, &file, hearing));
                mistakes.extend(file.faults.iter().map(|fault| {
                    let help = fault
                        .help
                        .as_deref()
                        .map(|help| format!(": {help}"))
                        .unwrap_or_default();
                    format!(
                        "{}:{}:{}: {}{help}",
                        file.path, fault.span.line, fault.span.column, fault.message
                    )
                }));
                file.record.as_ref().clone()
            }
            Err(error) => {
                let why = std::error::Error::source(&error)
                    .map(|why| format!(": {why}"))
                    .unwrap_or_default();
                return Err(mistaken(&[format!("--from: {error}{why}")]));
            }
        },
        None => Decision::default(),
    };
    let given = decision.clone();
    let was = decision.outcome.clone();
    lay_text(&mut decision.outcome, args.outcome.as_ref());
    if was.is_some() && was != decision.outcome {
        leave_what_goes_with(was.as_deref(), &mut decision);
    }
    lay_texts(args, &mut decision);
    lay_lists(args, &mut decision, &mut mistakes);
    same_case(&decision, hearing, &mut mistakes);
    lay_facts(args, hearing, &mut decision, &mut mistakes);
    amended::leaves_no_signature_for_other_money(args, &mut decision, hearing);
    contradictions(&decision, hearing, &mut mistakes);
    amended::keeps_what_was_promised(args, &mut decision, hearing);
    mistakes.extend(amended::stands_on_the_same_request(args, hearing));
    mistakes.extend(amended::takes_back(args, &given, &decision, hearing));
    amended::moves_no_done_action(&decision, hearing, &mut mistakes);
    if mistakes.is_empty() {
        Ok(decision)
    } else {
        Err(mistaken(&mistakes))
    }
}

fn lay<T: Clone>(over: &mut Option<T>, flag: Option<&T>) {
    if let Some(value) = flag {
        *over = Some(value.clone());
    }
}

/// The same for a text.
fn lay_text(over: &mut Option<Text>, flag: Option<&String>) {
    if let Some(text) = flag {
        *over = Some(text.into());
    }
}

fn lay_texts(args: &Args, decision: &mut Decision) {
    lay_text(&mut decision.basis, args.basis.as_ref());
    lay_text(&mut decision.rationale, args.rationale.as_ref());
    lay_text(&mut decision.highlights, args.highlights.as_ref());
    lay_text(&mut decision.alternative, args.alternative.as_ref());
    lay(&mut decision.until, args.until.as_ref());
    lay(&mut decision.decide_by, args.decide_by.as_ref());
    lay_text(&mut decision.practice_note, args.practice_note.as_ref());
    lay_text(&mut decision.unmet_need, args.unmet_need.as_ref());
    if args.review_on.is_some() || args.review_every.is_some() || args.no_review.is_some() {
        decision.review = Some(Review {
            on: args.review_on,
            every: args.review_every,
            none: args.no_review.as_deref().map(Text::from),
        });
    }
}

fn lay_lists(args: &Args, decision: &mut Decision, mistakes: &mut Vec<String>) {
    laid_over::give_way(args, decision);
    let mut two = |flag: &str, text: &String| -> (String, String) {
        match text.split_once('|') {
            Some((one, two)) => (one.trim().to_owned(), two.trim().to_owned()),
            None => {
                mistakes.push(format!(
                    "{flag} '{text}' needs two parts with a | between them"
                ));
                Default::default()
            }
        }
    };
    for text in &args.view {
        let (member, view) = two("--view", text);
        decision.views.push(View {
            member: Some(member.into()),
            view: Some(view.into()),
        });
    }
    for text in &args.dissent {
        let (member, reason) = two("--dissent", text);
        decision.dissent.push(Dissent {
            member: Some(member.into()),
            reason: Some(reason.into()),
        });
    }
    for text in &args.answer {
        let (id, answer) = two("--answer", text);
        decision.checklist.insert(id, answer.into());
    }
    for text in &args.accept {
        let (rule, reason) = two("--accept", text);
        decision.accepted.push(DecisionAcceptance {
            rule: Some(rule.into()),
            by: None,
            reason: Some(reason.into()),
        });
    }
    for text in &args.agreement {
        laid_over::add(&mut decision.agreements, text.into());
    }
    for text in &args.refer_to {
        laid_over::add(&mut decision.refer_to, text.into());
    }
    for text in &args.action {
        let parts = parts::<3>(text);
        if parts.iter().any(Option::is_none) {
            mistakes.push(format!(
                "--action '{text}' needs what is to be done, who does it and by when, like 'Tell the carers|A. Singh|2026-12-03'"
            ));
        }
        let action = Action {
            what: parts[0].as_deref().map(Text::from),
            owner: parts[1].as_deref().map(Text::from),
            due: read(parts[2].as_ref(), "--action", mistakes),
        };
        laid_over::add(&mut decision.actions, action);
    }
    for text in &args.approve {
        let parts = parts::<6>(text);
        let weeks = parts[3].as_ref().and_then(|weeks| {
            weeks
                .parse()
                .map_err(|_| {
                    mistakes.push(format!(
                        "--approve '{text}': `{weeks}` is not a number of weeks"
                    ))
                })
                .ok()
        });
        decision.approved.push(CostLine {
            item: parts[0].as_deref().map(Text::from),
            description: parts[1].as_deref().map(Text::from),
            weekly: read::<Money>(parts[2].as_ref(), "--approve", mistakes),
            weeks,
            one_off: read::<Money>(parts[4].as_ref(), "--approve", mistakes),
            from: read(parts[5].as_ref(), "--approve", mistakes),
        });
    }
}

/// Parts of a text between `|`; a part that is blank is none.
fn parts<const N: usize>(text: &str) -> [Option<String>; N] {
    let mut parts = text
        .splitn(N, '|')
        .map(|part| Some(part.trim().to_owned()).filter(|part| !part.is_empty()));
    std::array::from_fn(|_| parts.next().flatten())
}

fn read<T: FromStr<Err = crate::records::Unreadable>>(
    text: Option<&String>,
    flag: &str,
    mistakes: &mut Vec<String>,
) -> Option<T> {
    match text?.parse() {
        Ok(value) => Some(value),
        Err(error) => {
            mistakes.push(format!("{flag}: {}: {}", error.fault, error.remedy));
            None
        }
    }
}

fn lay_facts(
    args: &Args,
    hearing: &Hearing<'_, '_>,
    decision: &mut Decision,
    mistakes: &mut Vec<String>,
) {
    decision.referral = hearing.case.reference().into();
    decision.meeting = Some(hearing.meeting.day);
    // A deferral that is put into better words was of the request as the panel had it, whatever has
    // come since.
    let before = hearing.in_force().filter(|_| args.amend.is_some());
    let stays = before.filter(|before| {
        let is_open = matches!(before.record.outcome.as_deref(), Some("defer" | "pending"));
        is_open && !args.request_as_it_is && before.record.outcome == decision.outcome
    });
    let digest = stays.and_then(|before| before.record.referral_digest.clone());
    decision.referral_digest = digest.or_else(|| Some(hearing.case.file.digest().into()));
    let chair = hearing
        .meeting
        .folder
        .and_then(|folder| folder.meeting.as_ref())
        .and_then(|file| file.record.chair.clone());
    let mut by = decision.decided_by.take().or(chair).unwrap_or_default();
    lay_text(&mut by.name, args.by.as_ref());
    lay_text(&mut by.role, args.role.as_ref());
    decision.decided_by = Some(by.clone());
    if hearing.is_between() {
        decision.decided_on.get_or_insert(hearing.desk.today());
    }
    if args.approve_costs {
        decision.approved = hearing.case.referral().costs.to_vec();
    }
    if args.sign_expenditure {
        decision.expenditure_signed = Some(ExpenditureSigned {
            name: by.name.clone(),
            role: by.role.clone(),
            // What is decided after the meeting is signed for when it is decided.
            on: Some(match hearing.in_force() {
                Some(_) => hearing.desk.today(),
                None => hearing.meeting.on.min(hearing.desk.today()),
            }),
        });
    }
    if args.defer_to.is_some() || args.defer_reason.is_some() || !args.defer_need.is_empty() {
        let deferred = decision.deferred.get_or_insert_with(Deferral::default);
        lay(&mut deferred.to, args.defer_to.as_ref());
        lay_text(&mut deferred.reason, args.defer_reason.as_ref());
        for text in &args.defer_need {
            let parts = parts::<3>(text);
            let need = DeferralNeed {
                what: parts[0].as_deref().map(Text::from),
                from: parts[1].as_deref().map(Text::from),
                by: read::<Day>(parts[2].as_ref(), "--defer-need", mistakes),
            };
            laid_over::add(&mut deferred.needs, need);
        }
    }
    for accepted in &mut decision.accepted {
        accepted.by.get_or_insert_with(|| Person {
            name: by.name.clone(),
            role: by.role.clone(),
            ..Person::default()
        });
    }
    let before = hearing.in_force();
    if let Some(reason) = &args.amend
        && let Some(before) = before
    {
        decision.amends = Some(Amends {
            decision: Some(before.name().into()),
            digest: Some(before.digest().into()),
            reason: Some(reason.clone().into()),
            on: Some(hearing.desk.today()),
        });
    } else {
        // What a prepared file amends is another decision's.
        decision.amends = None;
    }
    if args.amend.is_none() && before.is_some() {
        // What was pending is completed after the day, and amends nothing.
        decision.decided_on.get_or_insert(hearing.desk.today());
    }
    let known: Vec<&str> = hearing
        .rules
        .checklist
        .iter()
        .map(|point| point.id.as_str())
        .collect();
    for id in decision.checklist.keys().filter(|id| !known.contains(id)) {
        let near = nearest(id, known.iter().copied())
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        mistakes.push(format!(
            "`{id}` is not a point of the council's checklist{near}"
        ));
    }
}

/// Whether nothing is missing; else every flag that is still to be given is named.
pub(super) fn is_complete(decision: &Decision, hearing: &Hearing<'_, '_>) -> Result<(), Trouble> {
    let missing = missing(decision, hearing);
    if missing.is_empty() {
        return Ok(());
    }
    let text = "the decision is not complete; nothing was written. Add:";
    Err(Trouble::usage(text)
        .listing(missing)
        .hint("on a terminal, `panel decide` asks for each of them"))
}

/// The flags that are still to be given, each with what it is for.
fn missing(decision: &Decision, hearing: &Hearing<'_, '_>) -> Vec<String> {
    let mut missing = Vec::new();
    let by = decision.decided_by.as_ref();
    if by.is_none_or(|by| by.name.is_none()) {
        missing.push("--by NAME (who decided)".to_owned());
    }
    if by.is_none_or(|by| by.role.is_none()) {
        missing.push("--role ROLE (their post)".to_owned());
    }
    let council = hearing.rules;
    let needs_no_lines =
        is_ending(hearing.case) || hearing.desk.lines_stand_with(hearing.case).is_some();
    match decision.outcome.as_deref() {
        None => {
            let known: Vec<&str> = council
                .outcomes
                .iter()
                .map(|outcome| outcome.id.as_str())
                .collect();
            missing.push(format!("--outcome ({})", known.join(", ")));
            missing.push("--rationale TEXT (why)".to_owned());
        }
        Some(outcome) => {
            let needs = council
                .outcome(outcome)
                .map_or(&[][..], |outcome| &outcome.needs);
            missing.extend(
                needs
                    .iter()
                    // Of a part without costs of its own they stand with the whole request, and an
                    // ending has none.
                    .filter(|need| !(*need == "approved" && needs_no_lines))
                    .filter(|need| fields::of_decision(decision, need) == Filled::Absent)
                    .map(|need| flag_for(need).to_owned()),
            );
        }
    }
    if council.expenditure.is_some()
        && !decision.approved.is_empty()
        && decision.expenditure_signed.is_none()
    {
        missing.push("--sign-expenditure (the chair signs the spend)".to_owned());
    }
    let wants_review = council.reviews.as_ref().is_some_and(|rule| {
        rule.required && council.holds(rule.when.as_ref(), hearing.subject(decision))
    });
    if let Some(proposal) = by_rule::review(decision, hearing)
        && wants_review
        && decision.review.is_none()
    {
        missing.push(format!(
            "--review-on {} (as the rules propose: {}), another day, --review-every or --no-review REASON",
            proposal.on, proposal.why
        ));
    }
    for point in hearing.checklist() {
        if wants_answer(decision, point) && !is_answered(decision, hearing, &point.id) {
            missing.push(format!("--answer '{}|TEXT' ({})", point.id, point.question));
        }
    }
    missing
}

/// Whether a decision cannot do without the point's answer. What is put off, or is still to be
/// decided, answers it later: an open point may be the very reason.
pub(super) fn wants_answer(decision: &Decision, point: &ChecklistPoint) -> bool {
    point.required && !matches!(decision.outcome.as_deref(), Some("defer" | "pending"))
}

/// Whether a point of the checklist has an answer, the decision's or the request's own.
fn is_answered(decision: &Decision, hearing: &Hearing<'_, '_>, id: &str) -> bool {
    let given = [&decision.checklist, &hearing.case.referral().checklist];
    given
        .iter()
        .any(|answers| answers.get(id).is_some_and(|text| !text.trim().is_empty()))
}

fn flag_for(need: &str) -> &'static str {
    match need {
        "rationale" => "--rationale TEXT (why)",
        "highlights" => "--highlights TEXT (presentation and discussion)",
        "agreements" => "--agreement TEXT (what was agreed)",
        "alternative" => "--alternative TEXT (what is approved instead)",
        "approved" => "--approve-costs, or --approve 'ITEM|DESCRIPTION|WEEKLY|WEEKS|ONE_OFF'",
        "basis" => "--basis consensus or --basis chair",
        "until" => "--until DAY (the day after the last)",
        "review" => "--review-on DAY, --review-every '4 weeks' or --no-review REASON",
        "decide_by" => "--decide-by DAY (when the decision is promised)",
        "deferred.to" => "--defer-to DAY (a panel day)",
        "deferred.reason" => "--defer-reason REASON",
        "deferred.needs" => "--defer-need 'WHAT|FROM|BY'",
        _ => "--from FILE with what the council's file asks for",
    }
}

fn mistaken(mistakes: &[String]) -> Trouble {
    Trouble::usage("nothing was written:").listing(mistakes.to_vec())
}

/// What was left open, to be told: checklist points and members' views print as "not answered".
pub(super) fn left_open(decision: &Decision, hearing: &Hearing<'_, '_>) -> Vec<String> {
    let mut remarks = Vec::new();
    let open: Vec<&str> = hearing
        .checklist()
        .filter(|point| !is_answered(decision, hearing, &point.id))
        .map(|point| point.id.as_str())
        .collect();
    if !open.is_empty() {
        remarks.push(format!(
            "left open, and printed as not answered: {}",
            open.join(", ")
        ));
    }
    if hearing.rules.views.is_some()
        && decision.views.is_empty()
        && decision.outcome.as_deref() != Some("defer")
    {
        remarks.push("no member's view is recorded; the minutes will say so".to_owned());
    }
    for panel in by_rule::panels_to_consider(decision, hearing) {
        remarks.push(format!(
            "neither the request nor the decision says whether it goes to {}: --refer-to {}",
            panel.label, panel.id
        ));
    }
    if let Some(proposal) = by_rule::review(decision, hearing).filter(|_| decision.review.is_none())
    {
        remarks.push(format!(
            "no return to panel is set; the rules propose --review-on {}: {}",
            proposal.on, proposal.why
        ));
    }
    if let (Some(weekly), None, Some("note")) = (
        hearing.weekly_return(),
        &decision.review,
        decision.outcome.as_deref(),
    ) {
        remarks.push(format!("it does not come back by itself: --review-every '{weekly}' brings it back, --no-review REASON closes it"));
    }
    remarks
}
