//! One decision as minutes, records, letters and later agendas tell it.

use super::amended::differing;
use super::answers::{AnswerView, answers};
use super::common::{
    CostsView, DayView, FundingView, PersonView, costs, funding, label, other_panel, person, role,
    said, total, uncapitalised, weekly,
};
use crate::council::Use;
use crate::desk::{Case, Cost, Desk, Made, costs_decided};
use crate::output::count;
use crate::records::{CostLine, Day, Money, Text};
use serde::Serialize;

/// A decision in force.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Decided {
    /// The referral decided on.
    pub(super) reference: String,
    /// The meeting's day.
    pub(super) on: DayView,
    /// Id of the outcome.
    pub(super) outcome: String,
    /// The outcome as the council says it.
    pub(super) outcome_label: String,
    /// Who decided.
    pub(super) decided_by: Option<PersonView>,
    /// By agreement of the panel, or as the chair's own decision.
    pub(super) basis: Option<String>,
    /// The day, where it was decided after the meeting, or before it.
    pub(super) decided_on: Option<DayView>,
    /// Whether it was decided before the meeting on whose record it stands.
    pub(super) is_between: bool,
    /// When a decision is promised.
    pub(super) decide_by: Option<DayView>,
    /// Endorsements that it needs.
    pub(super) subject_to: Vec<EndorsementView>,
    /// Why.
    pub(super) rationale: Option<String>,
    /// Of presentation and discussion.
    pub(super) highlights: Option<String>,
    /// What was agreed, in order.
    pub(super) agreements: Vec<String>,
    /// What was recommended instead.
    pub(super) alternative: Option<String>,
    /// The lines approved.
    pub(super) approved: Option<CostsView>,
    /// The first day that is no longer covered, and the last that is.
    pub(super) until: Option<LimitView>,
    /// Other funders.
    pub(super) funding: Vec<FundingView>,
    /// The signature for the money.
    pub(super) expenditure_signed: Option<SignedView>,
    /// Whether the council has the money of a decision signed.
    pub(super) wants_signature: bool,
    /// When it comes back.
    pub(super) review: Option<ReviewView>,
    /// Where it was put off to.
    pub(super) deferred: Option<DeferredView>,
    /// What nobody's coming led to.
    pub(super) not_attended: Option<NotAttendedView>,
    /// What somebody is to do.
    pub(super) actions: Vec<ActionView>,
    /// What members thought.
    pub(super) views: Vec<MemberView>,
    /// Who disagreed, and why.
    pub(super) dissent: Vec<MemberView>,
    /// Panels that the case is referred to.
    pub(super) refer_to: Vec<String>,
    /// Answers to the panel's questions.
    pub(super) checklist: Vec<AnswerView>,
    /// What the child needs and nobody offers.
    pub(super) unmet_need: Option<String>,
    /// What it amends.
    pub(super) amended: Option<AmendedView>,
    /// The decision's file and its digest, for whoever verifies what was made of it.
    pub(super) made_from: String,
    /// The file of the request.
    pub(super) request_file: String,
    /// Digest of the request that the panel had.
    pub(super) request_digest: Option<String>,
    /// Whether the request's file has been changed since.
    pub(super) request_changed: bool,
}

/// An endorsement, wanted or given.
#[derive(Debug, Clone, Serialize)]
pub(super) struct EndorsementView {
    /// The post.
    pub(super) role: String,
    /// What for.
    pub(super) what: Option<String>,
    /// Who gave it.
    pub(super) name: Option<String>,
    /// When.
    pub(super) on: Option<DayView>,
    /// Whether it has been given.
    pub(super) is_given: bool,
}

/// A time limit.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LimitView {
    /// The first day that is no longer covered.
    pub(super) day: DayView,
    /// The last day that is.
    pub(super) last: DayView,
}

/// A signature.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SignedView {
    /// Who.
    pub(super) name: String,
    /// The post.
    pub(super) role: Option<String>,
    /// When.
    pub(super) on: Option<DayView>,
}

/// A return to panel.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ReviewView {
    /// A day.
    pub(super) on: Option<DayView>,
    /// An interval: "every 4 weeks".
    pub(super) every: Option<String>,
    /// Why there is none.
    pub(super) none: Option<String>,
}

/// A deferral.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DeferredView {
    /// To which meeting.
    pub(super) to: Option<DayView>,
    /// Id of the reason.
    pub(super) reason: Option<String>,
    /// The reason in words.
    pub(super) reason_label: Option<String>,
    /// What the panel needs to see.
    pub(super) needs: Vec<NeedView>,
}

/// One thing that the panel needs to see.
#[derive(Debug, Clone, Serialize)]
pub(super) struct NeedView {
    /// What.
    pub(super) what: String,
    /// From whom.
    pub(super) from: Option<String>,
    /// By when.
    pub(super) by: Option<DayView>,
}

/// What nobody's coming led to.
#[derive(Debug, Clone, Serialize)]
pub(super) struct NotAttendedView {
    /// What happens to the resources meanwhile.
    pub(super) resources: Option<String>,
    /// The risk of waiting.
    pub(super) risk: Option<String>,
}

/// An action.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ActionView {
    /// Its number in the decision, from 1.
    pub(super) number: usize,
    /// What.
    pub(super) what: String,
    /// Who.
    pub(super) owner: Option<String>,
    /// By when.
    pub(super) due: Option<DayView>,
    /// When it was done.
    pub(super) done: Option<DayView>,
}

/// What a member thought.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MemberView {
    /// Who.
    pub(super) member: String,
    /// What; none where it is not recorded.
    pub(super) view: Option<String>,
}

/// What an amendment changed.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AmendedView {
    /// The earlier outcome as the council says it.
    pub(super) earlier: Option<String>,
    /// What differs from it, in words.
    pub(super) changed: Vec<&'static str>,
    /// Why it was amended.
    pub(super) reason: Option<String>,
    /// The day on which it was, where it says so.
    pub(super) on: Option<DayView>,
}

/// Whether a decision was made between meetings: before the one on whose record it stands, or on a
/// record of its own.
pub(super) fn is_between(desk: &Desk<'_>, made: &Made<'_>) -> bool {
    let meeting = desk.meeting_in(made.meeting);
    meeting.is_some_and(|meeting| meeting.is_outside || made.on < meeting.on)
}

/// A decision as documents tell it.
pub(super) fn decided(desk: &Desk<'_>, case: &Case<'_>, made: &Made<'_>) -> Decided {
    let council = made.rules;
    let decision = made.decision();
    let is_between = is_between(desk, made);
    Decided {
        reference: case.reference().to_owned(),
        on: made.on.into(),
        outcome: made.outcome().to_owned(),
        outcome_label: council.outcome_label(made.outcome()).to_owned(),
        decided_by: decision.decided_by.as_ref().map(|by| person(council, by)),
        basis: label(council, Use::Basis, decision.basis.as_ref())
            .map(|basis| uncapitalised(&basis)),
        decided_on: decision
            .decided_on
            .filter(|day| *day != made.on || is_between)
            .map(DayView::from),
        is_between,
        decide_by: decision.decide_by.map(DayView::from),
        subject_to: endorsements(desk, made),
        rationale: said(decision.rationale.as_ref()),
        highlights: said(decision.highlights.as_ref()),
        agreements: decision
            .agreements
            .iter()
            .filter_map(|text| said(Some(text)))
            .collect(),
        alternative: said(decision.alternative.as_ref()),
        approved: approved(case, made),
        until: decision.until.map(|day| LimitView {
            day: day.into(),
            last: Day::of(day.date().pred_opt().unwrap_or(day.date())).into(),
        }),
        funding: funding(council, &decision.funding),
        expenditure_signed: decision
            .expenditure_signed
            .as_ref()
            .map(|signed| SignedView {
                name: said(signed.name.as_ref()).unwrap_or_else(|| "name not given".to_owned()),
                role: role(council, signed.role.as_ref()),
                on: signed.on.map(DayView::from),
            }),
        wants_signature: council.expenditure.is_some(),
        review: decision.review.as_ref().map(|review| ReviewView {
            on: review.on.map(DayView::from),
            every: review.every.map(every),
            none: said(review.none.as_ref()),
        }),
        deferred: deferred(desk, case, made),
        not_attended: decision
            .not_attended
            .as_ref()
            .map(|outcome| NotAttendedView {
                resources: said(outcome.resources.as_ref()),
                risk: said(outcome.risk.as_ref()),
            }),
        actions: actions(desk, made),
        views: member_views(decision.views.iter().map(|row| (&row.member, &row.view))),
        dissent: member_views(
            decision
                .dissent
                .iter()
                .map(|row| (&row.member, &row.reason)),
        ),
        refer_to: decision
            .refer_to
            .iter()
            .map(|id| other_panel(council, id))
            .collect(),
        checklist: answers(desk, case, council, Some(decision)),
        unmet_need: said(decision.unmet_need.as_ref()),
        amended: decision.amends.as_ref().map(|amends| AmendedView {
            earlier: made
                .replaces
                .and_then(|file| file.file.record.outcome.as_deref())
                .map(|outcome| council.outcome_label(outcome).to_owned()),
            changed: made
                .replaces
                .map(|earlier| differing(&earlier.file.record, decision))
                .unwrap_or_default(),
            reason: said(amends.reason.as_ref()),
            on: amends.on.map(DayView::from),
        }),
        made_from: made_from(made),
        request_file: case.file.path.clone(),
        request_digest: said(decision.referral_digest.as_ref()),
        request_changed: decision
            .referral_digest
            .as_ref()
            .is_some_and(|digest| *digest != case.file.digest()),
    }
}

/// The decision's file and its digest.
pub(super) fn made_from(made: &Made<'_>) -> String {
    let file = &made.file.file;
    format!("{} {}", file.path, file.digest())
}

/// "every week", "every 4 weeks".
pub(super) fn every(interval: crate::records::Interval) -> String {
    let text = interval.to_string();
    format!("every {}", text.strip_prefix("1 ").unwrap_or(&text))
}

fn endorsements(desk: &Desk<'_>, made: &Made<'_>) -> Vec<EndorsementView> {
    made.decision()
        .subject_to
        .iter()
        .map(|wanted| {
            let found = made.endorsed().find(|given| {
                given.role == wanted.role && given.on.is_none_or(|on| on <= desk.today())
            });
            EndorsementView {
                role: role(made.rules, wanted.role.as_ref())
                    .unwrap_or_else(|| "post not given".to_owned()),
                what: label(made.rules, Use::Permission, wanted.r#for.as_ref())
                    .map(|what| uncapitalised(&what)),
                name: found.and_then(|given| said(given.name.as_ref())),
                on: found.and_then(|given| given.on).map(DayView::from),
                is_given: found.is_some(),
            }
        })
        .collect()
}

fn deferred(desk: &Desk<'_>, case: &Case<'_>, made: &Made<'_>) -> Option<DeferredView> {
    let council = made.rules;
    // A meeting that was moved is named by the day that it was to be held on; people come on the other.
    let held_on = |day: Day| {
        let named = desk.meeting_on(day, case.panel);
        let named = named.filter(|meeting| meeting.on > made.on);
        named.map_or(day, |meeting| meeting.on)
    };
    made.decision()
        .deferred
        .as_ref()
        .map(|deferred| DeferredView {
            to: deferred.to.map(|day| held_on(day).into()),
            reason: said(deferred.reason.as_ref()),
            reason_label: label(council, Use::DeferralReason, deferred.reason.as_ref()),
            needs: deferred
                .needs
                .iter()
                .map(|need| NeedView {
                    what: said(need.what.as_ref()).unwrap_or_else(|| "not said".to_owned()),
                    from: said(need.from.as_ref()),
                    by: need.by.map(DayView::from),
                })
                .collect(),
        })
}

/// The actions of a decision, with what is known at the desk's moment of their being done.
pub(super) fn actions(desk: &Desk<'_>, made: &Made<'_>) -> Vec<ActionView> {
    let done = made
        .after
        .map_or(&[][..], |after| &after.record.actions_done);
    (1usize..)
        .zip(&made.decision().actions)
        .map(|(number, action)| ActionView {
            number,
            what: said(action.what.as_ref()).unwrap_or_else(|| format!("Action {number}")),
            owner: said(action.owner.as_ref()),
            due: action.due.map(DayView::from),
            done: done
                .iter()
                .filter(|row| row.action.and_then(|n| usize::try_from(n).ok()) == Some(number))
                .filter_map(|row| row.on)
                .find(|on| *on <= desk.today())
                .map(DayView::from),
        })
        .collect()
}

fn member_views<'r>(
    rows: impl Iterator<Item = (&'r Option<Text>, &'r Option<Text>)>,
) -> Vec<MemberView> {
    rows.map(|(member, view)| MemberView {
        member: said(member.as_ref()).unwrap_or_else(|| "A member".to_owned()),
        view: said(view.as_ref()),
    })
    .collect()
}

/// What a decision approves, line by line: where its time limit comes before the weeks of a line are
/// over, the line comes to the days until then, as the log of spend counts it.
fn approved(case: &Case<'_>, made: &Made<'_>) -> Option<CostsView> {
    let lines = &made.decision().approved;
    let mut view = costs(made.rules, lines)?;
    let decided = costs_decided(case, made);
    let rows = view.lines.iter_mut().zip(lines).zip(&decided);
    for ((row, line), cost) in rows.filter(|((_, line), cost)| is_cut(made, line, cost)) {
        let counted = days_in_words(cost.days);
        row.weeks = Some(match line.weeks {
            Some(weeks) => format!("{weeks} ({counted})"),
            None => format!("open-ended ({counted})"),
        });
        row.total = cost.total().to_string();
    }
    view.total = approved_total(case, made).to_string();
    Some(view)
}

/// Whether the time limit ends a line before its weeks are over.
fn is_cut(made: &Made<'_>, line: &CostLine, cost: &Cost) -> bool {
    cost.total() < line.sum(made.rules.most_weeks())
}

/// What a decision approves in all, up to its time limit.
pub(super) fn approved_total(case: &Case<'_>, made: &Made<'_>) -> Money {
    let decided = costs_decided(case, made);
    if decided.is_empty() {
        return total(made.rules, &made.decision().approved);
    }
    decided.iter().map(Cost::total).sum()
}

/// So many days that count, in weeks and days.
fn days_in_words(days: i64) -> String {
    let days = usize::try_from(days).unwrap_or(0);
    let weeks = (days >= 7).then(|| count(days / 7, "week"));
    let rest = (!days.is_multiple_of(7) || days == 0).then(|| count(days % 7, "day"));
    let parts: Vec<String> = weeks.into_iter().chain(rest).collect();
    let verb = if matches!(days, 1 | 7) {
        "counts"
    } else {
        "count"
    };
    format!("{} {verb}", parts.join(" and "))
}

/// What approvals come to, by the week and in all.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MoneyView {
    /// How many requests it is for.
    pub(super) requests: usize,
    /// A week.
    pub(super) weekly: String,
    /// In all.
    pub(super) total: String,
}

/// The money that decisions approve.
pub(super) fn approved_in_all<'m>(
    heard: impl Iterator<Item = (&'m Case<'m>, &'m Made<'m>)>,
) -> Option<MoneyView> {
    let approved: Vec<_> = heard
        .filter(|(_, made)| !made.decision().approved.is_empty())
        .collect();
    (!approved.is_empty()).then(|| MoneyView {
        requests: approved.len(),
        weekly: approved
            .iter()
            .map(|(_, made)| weekly(&made.decision().approved))
            .sum::<Money>()
            .to_string(),
        total: approved
            .iter()
            .map(|(case, made)| approved_total(case, made))
            .sum::<Money>()
            .to_string(),
    })
}
