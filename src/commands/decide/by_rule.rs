//! What the council's file makes of a decision by itself, and what it proposes.

use super::check::{DecisionText, with_decision};
use super::{Hearing, amended};
use crate::calendar::add;
use crate::council::{ActionToCreate, Council, Due, OR_MORE_SENIOR, OtherPanel, Subject, Use};
use crate::desk::{Case, Desk};
use crate::findings::Basis;
use crate::records::{Action, CostLine, Day, Decision, Money, SubjectTo, Text, same_name};

/// Adds what the rules make of a decision: whose endorsement it waits for, and actions. What is
/// there already is left as it is; each thing added is told.
pub(super) fn lay(decision: &mut Decision, hearing: &Hearing<'_, '_>) -> Vec<String> {
    let mut told = endorsements(decision, hearing);
    let before = decision.actions.len();
    actions(decision, hearing);
    told.extend(decision.actions[before..].iter().map(|action| {
        let part = |text: &Option<Text>| text.clone().unwrap_or_default();
        let due = action.due.map(|due| format!(", due {due}"));
        format!(
            "added by the council's rules: {} ({}{})",
            part(&action.what),
            part(&action.owner),
            due.unwrap_or_default()
        )
    }));
    told
}

fn endorsements(decision: &mut Decision, hearing: &Hearing<'_, '_>) -> Vec<String> {
    let rules = hearing.rules;
    let outcome = decision.outcome.clone().unwrap_or_default();
    let by = decision.decided_by.as_ref().and_then(|by| by.role.clone());
    let mut wanted: Vec<(String, Option<String>, &Basis)> = Vec::new();
    for entry in &rules.endorsements {
        let is_about = entry.outcomes.iter().any(|own| *own == outcome)
            && rules.holds(entry.when.as_ref(), hearing.subject(decision));
        let is_own = rules.serves_any(by.as_ref(), std::slice::from_ref(&entry.role));
        if is_about && !is_own {
            wanted.push((entry.role.clone(), entry.what.clone(), &entry.basis));
        }
    }
    for entry in rules.deciders.iter().filter(|entry| entry.or_endorses) {
        let is_about = entry.outcomes.iter().any(|own| *own == outcome)
            && rules.holds(entry.when.as_ref(), hearing.subject(decision));
        let is_own = rules.serves_any(by.as_ref(), &entry.any_of);
        let is_named = decision
            .subject_to
            .iter()
            .any(|named| rules.serves_any(named.role.as_ref(), &entry.any_of))
            || wanted
                .iter()
                .any(|(role, ..)| rules.serves_any(Some(&role.into()), &entry.any_of));
        let first = entry.any_of.first();
        if let Some(first) = first.filter(|_| is_about && !is_own && !is_named) {
            let role = first.strip_suffix(OR_MORE_SENIOR).unwrap_or(first);
            wanted.push((role.to_owned(), None, &entry.basis));
        }
    }
    let mut told = Vec::new();
    for (role, what, basis) in wanted {
        let is_named = decision.subject_to.iter().any(|named| {
            rules.serves_any(named.role.as_ref(), std::slice::from_ref(&role))
                && (what.is_none() || named.r#for.as_deref() == what.as_deref())
        });
        if is_named {
            continue;
        }
        told.push(format!(
            "it stands in principle until {} has endorsed it{}",
            rules.one_of_posts(std::slice::from_ref(&role)),
            resting_on(basis)
        ));
        decision.subject_to.push(SubjectTo {
            role: Some(role.into()),
            r#for: what.map(Text::from),
        });
    }
    told
}

fn actions(decision: &mut Decision, hearing: &Hearing<'_, '_>) {
    let rules = hearing.rules;
    let outcome = decision.outcome.clone().unwrap_or_default();
    // With whether each decision brings it anew: what another panel was sent, it has.
    let mut made: Vec<(&ActionToCreate, bool)> = Vec::new();
    for id in &decision.refer_to {
        let panel = rules.other_panels.iter().find(|panel| panel.id == *id);
        let sent = panel.into_iter().flat_map(|panel| &panel.actions);
        made.extend(sent.map(|action| (action, false)));
    }
    made.extend(
        rules
            .standard_actions
            .iter()
            .filter(|entry| {
                entry.outcomes.is_empty() || entry.outcomes.iter().any(|own| *own == outcome)
            })
            .filter(|entry| rules.holds(entry.when.as_ref(), hearing.subject(decision)))
            .map(|entry| (&entry.action, true)),
    );
    let amended_on = decision.amends.as_ref().and_then(|amends| amends.on);
    let made_on = amended_on.or(decision.decided_on);
    let counted_from = made_on.unwrap_or(hearing.meeting.on);
    let made: Vec<(Action, bool)> = made
        .into_iter()
        .map(|(action, is_anew)| {
            let action = Action {
                what: Some(action.what.clone().into()),
                owner: Some(owner(hearing, rules, &action.owner).into()),
                due: due(hearing, rules, action.due, counted_from),
            };
            (action, is_anew)
        })
        .collect();
    let done = amended::actions_done(hearing);
    for (action, is_anew) in made {
        // What the chair has written down already is not asked for twice; what was done for the
        // decision before is.
        let mut known = (0..).zip(&decision.actions);
        let is_there = known
            .any(|(row, known)| known.what == action.what && !(is_anew && done.contains(&row)));
        if !is_there {
            decision.actions.push(action);
        }
    }
}

/// The child's own worker by name, a post by its label, and anything else as it is written.
fn owner(hearing: &Hearing<'_, '_>, rules: &Council, written: &str) -> String {
    if written == "worker" {
        let name = hearing.case.referral().worker.name.clone();
        return name.map_or_else(|| "the child's worker".to_owned(), String::from);
    }
    match rules.words.find(Use::Role, written) {
        Some(post) => post.label.clone(),
        None => written.to_owned(),
    }
}

fn due(hearing: &Hearing<'_, '_>, rules: &Council, due: Due, from: Day) -> Option<Day> {
    match due {
        Due::NextMeeting => hearing
            .desk
            .held_by(hearing.meeting.panel)
            .find(|meeting| meeting.on > from)
            .map(|meeting| meeting.on),
        Due::Within(interval) => Some(add(from, interval)),
        Due::WorkingDays(count) => Some(rules.holidays.working_days_after(from, count)),
    }
}

/// A review as the council's file proposes it.
#[derive(Debug, Clone)]
pub(super) struct Proposal {
    /// The day.
    pub(super) on: Day,
    /// How it comes about: "26 weeks, clause 4".
    pub(super) why: String,
}

/// The review that the first interval which holds proposes for an approval.
pub(super) fn review(decision: &Decision, hearing: &Hearing<'_, '_>) -> Option<Proposal> {
    if !matches!(
        decision.outcome.as_deref(),
        Some("approve" | "approve-alternative")
    ) {
        return None;
    }
    let rules = hearing.rules;
    let subject = hearing.subject(decision);
    let rule = rules
        .review_intervals
        .iter()
        .find(|rule| rules.holds(rule.when.as_ref(), subject))?;
    let answered_on = decision.decided_on.unwrap_or(hearing.meeting.on);
    let next = hearing
        .desk
        .next_review(rule, hearing.case, answered_on, None);
    let from = if next.since == answered_on {
        String::new()
    } else {
        format!(" from {}", next.since)
    };
    Some(Proposal {
        on: next.on,
        why: format!("{}{from}{}", next.within, resting_on(&rule.basis)),
    })
}

/// Other panels that the case is one for, and of which neither the request nor the decision speaks.
pub(super) fn panels_to_consider<'a>(
    decision: &Decision,
    hearing: &Hearing<'_, 'a>,
) -> Vec<&'a OtherPanel> {
    let rules = hearing.rules;
    let is_answered = |id: &str| {
        let mut rows = hearing.case.referral().referred_to.iter();
        rows.any(|row| row.panel.as_deref() == Some(id))
            || decision.refer_to.iter().any(|named| named == id)
    };
    rules
        .other_panels
        .iter()
        .filter(|panel| panel.when.is_some())
        .filter(|panel| rules.holds(panel.when.as_ref(), hearing.subject(decision)))
        .filter(|panel| !is_answered(&panel.id))
        .collect()
}

/// Where the time limit ends what is approved before its weeks are over: what the log of spend counts.
pub(super) fn cut_by_the_limit(
    decision: &Decision,
    hearing: &Hearing<'_, '_>,
    text: &DecisionText,
) -> Option<String> {
    let until = decision.until?;
    let desk = hearing.desk;
    let folder = with_decision(hearing, text);
    let after = Desk::new(&folder, desk.book, desk.as_of, desk.scope);
    let own = after.commitments().into_iter().filter(|line| {
        line.case.reference() == hearing.case.reference() && line.made.meeting == text.meeting
    });
    let counted: Money = own
        .map(|line| line.cost.within(crate::desk::Stretch::ALL))
        .sum();
    let lines = decision.approved.iter();
    let approved: Money = lines.map(|line| line.sum(hearing.rules.most_weeks())).sum();
    (counted < approved).then(|| {
        format!(
            "the time limit ({}) comes before the weeks are over: of {approved} approved the log of spend counts {counted}",
            until.in_words()
        )
    })
}

/// That more is approved than was asked for: a request and its parts are one, whichever of them it
/// is approved on.
pub(super) fn beyond_the_request(decision: &Decision, hearing: &Hearing<'_, '_>) -> Option<String> {
    let (desk, case) = (hearing.desk, hearing.case);
    let lead = case.costs_on.unwrap_or(case.reference());
    let is_of_it = |other: &&Case<'_>| other.reference() == lead || other.costs_on == Some(lead);
    let most = hearing.rules.most_weeks();
    let sum = |lines: &[CostLine]| -> Money { lines.iter().map(|line| line.sum(most)).sum() };
    let others = desk.cases().iter().filter(is_of_it);
    let others = others.filter(|other| other.reference() != case.reference());
    let beside: Vec<(&str, Money)> = others
        .filter_map(|other| {
            let made = other.settled_by().filter(|made| made.is_approval())?;
            let approved = sum(&made.decision().approved);
            (approved > Money::ZERO).then(|| (other.reference(), approved))
        })
        .collect();
    let own = sum(&decision.approved);
    let approved = own + beside.iter().map(|(_, sum)| *sum).sum();
    let asked = sum(case.costs);
    let with: Vec<&str> = beside.iter().map(|(reference, _)| *reference).collect();
    let with = match &with[..] {
        [] => String::new(),
        with => format!(" with {}", with.join(", ")),
    };
    (own > Money::ZERO && asked > Money::ZERO && approved > asked).then(|| {
        format!("approved in all{with}: {approved}, which is more than was asked for ({asked})")
    })
}

/// What the panel waited for when it put the case off, has not come, and is not asked for again.
pub(super) fn no_longer_asked(decision: &Decision, hearing: &Hearing<'_, '_>) -> Option<String> {
    let deferred = decision.deferred.as_ref()?;
    let last = hearing.case.last()?;
    if last.meeting == hearing.meeting.id {
        return None;
    }
    let is_asked = |what: &Text| {
        let mut again = deferred.needs.iter().filter_map(|need| need.what.as_ref());
        again.any(|again| same_name(again, what))
    };
    let needs = hearing.case.still_needed().iter();
    let left: Vec<&str> = needs
        .filter_map(|need| need.what.as_ref())
        .filter(|what| !is_asked(what))
        .map(Text::as_str)
        .collect();
    (!left.is_empty()).then(|| {
        format!(
            "what the last deferral waited for is not asked for again: {}; where it is still to come, say it with --defer-need",
            left.join("; ")
        )
    })
}

/// What a decision does to the funds, beside all others that are on record.
pub(super) fn effect_on_funds(hearing: &Hearing<'_, '_>, text: &DecisionText) -> Option<String> {
    let desk = hearing.desk;
    let folder = with_decision(hearing, text);
    let after = Desk::new(&folder, desk.book, desk.as_of, desk.scope);
    let case = after.case(hearing.case.reference())?;
    let made = case
        .decisions
        .iter()
        .find(|made| made.meeting == text.meeting && made.is_approval())?;
    let effect = after.effect_on_funds_now(case, made)?;
    let left = effect.left();
    let rest = if left.pence() < 0 {
        format!("that is {} more than there is", Money::ZERO - left)
    } else {
        format!("{left} is left")
    };
    Some(format!(
        "with this decision {} of the {} available is approved; {rest}{}",
        effect.committed(),
        effect.fund.amount,
        resting_on(&effect.fund.basis)
    ))
}

/// Clauses, or that the file assumes it.
fn resting_on(basis: &Basis) -> String {
    match (&basis.clauses[..], &basis.assumption) {
        ([], None) => String::new(),
        ([], Some(_)) => " (assumption of the council's file)".to_owned(),
        (clauses, _) => format!(" (clause {})", clauses.join(", ")),
    }
}

impl<'a> Hearing<'_, 'a> {
    /// The case as conditions see it beside the decision, at this meeting.
    pub(super) fn subject<'s>(&'s self, decision: &'s Decision) -> Subject<'s> {
        self.desk
            .subject_decided(self.case, decision, Some(self.meeting.on))
    }
}
