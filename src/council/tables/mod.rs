//! The tables of the rule file, a file for each part of the panel's work.

mod about;
mod agenda;
mod decisions;
mod emergencies;
mod form;
mod meetings;
mod papers;
mod people;
mod records;
mod remit;

use super::check::{Checker, join, judged, told};
use super::raw::{RawCouncil, RawSigned, RawWhen};
use super::*;
use about::{about, add_words, chairs, members, policy};
use agenda::{marks, said};
use decisions::{acceptances, case_agenda, checklist, outcomes, record};
use form::form;
use meetings::{cut_off, meetings};
use remit::{criteria, milestones, thresholds};

/// Every table of the rule file, checked; none where the panel's meetings cannot be known.
pub(super) fn checked(
    check: &mut Checker<'_>,
    id: &str,
    raw: &RawCouncil,
    edition: &Edition,
) -> Option<Council> {
    add_words(check, raw);
    let about = about(check, raw);
    let policy = policy(check, raw);
    let meetings = meetings(check, raw);
    let cut_off = cut_off(check, raw);
    let sitting = raw.sitting.as_ref().map(|sitting| {
        let minutes = sitting.minutes.unwrap_or(180);
        let slot = sitting.slot_minutes.unwrap_or(20);
        let text = format!("The panel sits for {minutes} minutes; a case takes {slot}.");
        Sitting {
            minutes,
            opening_minutes: sitting.opening_minutes.unwrap_or(0),
            slot_minutes: slot,
            slot_least: sitting.slot_least,
            emergency_slots: sitting.emergency_slots.unwrap_or(0),
            complex_minutes: sitting.complex_minutes.unwrap_or(slot),
            basis: check.entry(
                "sitting",
                "sitting",
                sitting,
                text,
                &told("Meetings", &["agenda"]),
            ),
        }
    });
    let cancellation = raw.cancellation.as_ref().map(|rule| {
        let agreed_by = rule
            .agreed_by
            .clone()
            .unwrap_or_else(|| THE_CHAIR.to_owned());
        check.post("cancellation.agreed_by", &agreed_by);
        let text = format!(
            "A meeting is cancelled only with the agreement of {}.",
            check.role(&agreed_by)
        );
        let basis = check.entry(
            "cancellation",
            "cancellation",
            rule,
            text,
            &judged("Meetings", &["check"]),
        );
        Cancellation { agreed_by, basis }
    });
    let members = members(check, raw);
    let chairs = chairs(check, raw);
    let declarations = raw.declarations.as_ref().map(|rule| {
        let listing = judged("Meetings", &["check", "agenda", "minutes"]);
        check.entry(
            "declarations",
            "declarations",
            rule,
            "Members declare an involvement.",
            &listing,
        )
    });
    let thresholds = thresholds(check, raw);
    let criteria = criteria(check, raw);
    let newly_looked_after = raw.newly_looked_after.as_ref().map(|rule| {
        check.entry(
            "newly_looked_after",
            "newly-looked-after",
            rule,
            "Children whose care began since the last meeting are talked through.",
            &told("What comes to the panel", &["agenda", "decide", "diary"]),
        );
        Newly {
            review: rule.review,
        }
    });
    let milestones = milestones(check, raw);
    let form = form(check, raw);
    let when = |check: &mut Checker<'_>,
                path: &str,
                rule: Option<&RawWhen>,
                text: &str,
                shown: &'static [&'static str]| {
        rule.map(|rule| Asked {
            when: check.when(path, rule.when.as_ref()),
            basis: check.entry(
                path,
                path.replace('_', "-"),
                rule,
                text,
                &judged(group_of(path), shown),
            ),
        })
    };
    let alternatives = when(
        check,
        "alternatives",
        raw.alternatives.as_ref(),
        "What was tried before, and why it did not suffice.",
        &["check"],
    );
    let in_house_first = when(
        check,
        "in_house_first",
        raw.in_house_first.as_ref(),
        "Why the council's own provision does not serve.",
        &["check"],
    );
    let extra_documents = when(
        check,
        "extra_documents",
        raw.extra_documents.as_ref(),
        "No papers beside the form without agreement.",
        &["check"],
    );
    let options = when(
        check,
        "options",
        raw.options.as_ref(),
        "The placements that were looked at.",
        &["agenda", "check", "new"],
    );
    let funding_sources = when(
        check,
        "funding_sources",
        raw.funding_sources.as_ref(),
        "Each other funder that is needed is explained.",
        &["check", "spend"],
    );
    let before_placement = when(
        check,
        "before_placement",
        raw.before_placement.as_ref(),
        "The panel is asked before the placement begins.",
        &["check"],
    );
    let notice = when(
        check,
        "notice",
        raw.notice.as_ref(),
        "A placement under notice comes to panel before the notice runs out.",
        &["check"],
    );
    let before_filing = when(
        check,
        "before_filing",
        raw.before_filing.as_ref(),
        "The request comes to panel before the plan is filed with the court.",
        &["check"],
    );
    let costs = raw.costs.as_ref().map(|rule| Costs {
        when: check.condition("costs.when", rule.when.as_ref()),
        most_weeks: rule.most_weeks.unwrap_or(52),
        basis: check.entry(
            "costs",
            "costs",
            rule,
            "Cost lines and their sum.",
            &judged("The form", &["check", "agenda"]),
        ),
    });
    let length = raw.length.as_ref().map(|rule| {
        let most = rule.most_words.unwrap_or(400);
        let listing = told("The form", &["check"]);
        let basis = check.entry(
            "length",
            "length",
            rule,
            format!("At most {most} words a section."),
            &listing,
        );
        Length {
            most_words: most as usize,
            basis,
        }
    });
    let acceptances = acceptances(check, raw);
    let checklist = checklist(check, raw);
    let case_agenda = case_agenda(check, raw);
    let views = raw.views.as_ref().map(|rule| {
        check.entry(
            "views",
            "members-views",
            rule,
            "Every member is asked for a view.",
            &told("Decisions", &["decide", "minutes"]),
        )
    });
    let outcomes = outcomes(check, raw);
    let signed = |check: &mut Checker<'_>,
                  path: &str,
                  rule: Option<&RawSigned>,
                  shown: &'static [&'static str]| {
        rule.map(|rule| {
            let signed_by = rule
                .signed_by
                .clone()
                .unwrap_or_else(|| THE_CHAIR.to_owned());
            check.post(&join(path, "signed_by"), &signed_by);
            let text = format!("Signed by {}.", check.role(&signed_by));
            let basis = check.entry(
                path,
                path.replace('_', "-"),
                rule,
                text,
                &judged("Money", shown),
            );
            Signed { signed_by, basis }
        })
    };
    let expenditure = signed(
        check,
        "expenditure",
        raw.expenditure.as_ref(),
        &["check", "decide", "record", "spend"],
    );
    let expenditure_log = signed(
        check,
        "expenditure_log",
        raw.expenditure_log.as_ref(),
        &["check", "spend"],
    );
    let observers = raw.observers.as_ref().map(|rule| {
        let signed_by = rule
            .agreed_by
            .clone()
            .unwrap_or_else(|| THE_CHAIR.to_owned());
        check.post("observers.agreed_by", &signed_by);
        let text = format!("Observers are agreed by {}.", check.role(&signed_by));
        let basis = check.entry(
            "observers",
            "observers",
            rule,
            text,
            &judged("The panel", &["check", "minutes"]),
        );
        Signed { signed_by, basis }
    });
    let change_notice = raw.change_notice.as_ref().and_then(|rule| {
        let hours = check.needed("change_notice", "hours", rule.hours.as_ref())?;
        let basis = check.entry(
            "change_notice",
            "change-notice",
            rule,
            format!("Members are told of a change at least {hours} hours before."),
            &judged("Meetings", &["check"]),
        );
        Some(ChangeNotice { hours, basis })
    });
    let chair_independence = raw.chair_independence.as_ref().map(|rule| {
        check.entry(
            "chair_independence",
            "chair-independence",
            rule,
            "Whoever decides is not the case's worker or manager.",
            &judged("The panel", &["check", "decide"]),
        )
    });
    let drift = raw.drift.as_ref().map(|rule| {
        let deferrals = rule.deferrals.unwrap_or(2);
        check.entry(
            "drift",
            "drift",
            rule,
            format!(
                "A case drifts after {deferrals} deferrals, or with a review or an action overdue."
            ),
            &told("When a case comes", &["agenda", "diary"]),
        );
        Drift { deferrals }
    });
    let agenda = raw.agenda.as_ref().map(|rule| {
        check.entry(
            "agenda",
            "agenda",
            rule,
            "How the agenda is laid out.",
            &told("Meetings", &["agenda"]),
        );
        AgendaForm {
            group_by: rule.group_by,
        }
    });
    let prompts = said(check, "prompt", &raw.prompt);
    let reminders = said(check, "reminder", &raw.reminder);
    let marks = marks(check, &raw.mark);
    let reviews = raw.reviews.as_ref().map(|rule| Reviews {
        if_missed: rule.if_missed.clone(),
        required: rule.required,
        when: check.when("reviews", rule.when.as_ref()),
        basis: check.entry(
            "reviews",
            "reviews",
            rule,
            "An approval may come back to panel.",
            &judged("Decisions", &["agenda", "check", "decide", "diary"]),
        ),
    });
    let actions = raw.actions.as_ref().map(|rule| {
        check.entry(
            "actions",
            "action-log",
            rule,
            "Decisions and reasons are in the action log.",
            &judged("Records", &["check", "diary", "minutes", "record"]),
        )
    });
    let record = record(check, raw);
    let letter = raw
        .letter
        .as_ref()
        .map_or_else(LetterWords::default, |rule| {
            check.entry(
                "letter",
                "letter",
                rule,
                "What the family is told beside the decision.",
                &told("Records", &["letter"]),
            );
            LetterWords {
                contact: rule.contact.clone(),
                disagree: rule.disagree.clone(),
            }
        });
    for (index, rule) in raw.principle.iter().enumerate() {
        let path = format!("principle[{index}]");
        check.entry(
            &path,
            format!("principle-{}", index + 1),
            rule,
            "",
            &told("Principles", &["rules"]),
        );
    }
    let panels = people::panels(check, raw);
    let seniority = people::seniority(check, raw);
    let quorum = people::quorum(check, raw);
    let deciders = people::deciders(check, raw);
    let attendance = people::attendance(check, raw);
    let not_invited = people::not_invited(check, raw);
    let duty_cover = people::duty_cover(check, raw);
    let withdrawal = people::withdrawal(check, raw);
    let exclusions = emergencies::exclusions(check, raw);
    let other_panels = emergencies::other_panels(check, raw);
    let new_placement = emergencies::new_placement(check, raw);
    let searches = emergencies::searches(check, raw);
    let emergency = emergencies::emergency(check, raw);
    let emergency_approvals = emergencies::emergency_approvals(check, raw);
    let timers = emergencies::timers(check, raw);
    let bring_forward = emergencies::bring_forward(check, raw);
    let documents = papers::documents(check, raw);
    let permissions = papers::permissions(check, raw);
    let own_rules = papers::own_rules(check, raw);
    let endorsements = records::endorsements(check, raw);
    let time_limit = records::time_limit(check, raw);
    let funds_available = records::funds(check, raw);
    let review_intervals = records::review_intervals(check, raw);
    let standard_actions = records::standard_actions(check, raw);
    let minutes = records::minutes(check, raw);
    let distribution = records::distribution(check, raw);
    let deadlines = records::deadlines(check, raw);
    let appeals = records::appeals(check, raw);
    let holidays = BankHolidays::parse(BANK_HOLIDAYS)
        .expect("the list that is compiled in has been read by a test");
    Some(Council {
        id: id.to_owned(),
        file: check.files.first().cloned().unwrap_or_default(),
        about,
        policy,
        words: check.words.clone(),
        meetings: meetings?,
        sitting,
        cut_off,
        cancellation,
        members,
        chairs,
        declarations,
        thresholds,
        criteria,
        newly_looked_after,
        milestones,
        sections: form.sections,
        scale: form.scale,
        yes_no: form.yes_no,
        views_asked: form.views_asked,
        alternatives,
        in_house_first,
        costs,
        extra_documents,
        length,
        sign_offs: form.sign_offs,
        presenters: form.presenters,
        acceptances,
        checklist,
        case_agenda,
        views,
        outcomes,
        expenditure,
        reviews,
        actions,
        record,
        letter,
        panels,
        seniority,
        change_notice,
        chair_independence,
        quorum,
        deciders,
        observers,
        attendance,
        exclusions,
        other_panels,
        new_placement,
        before_placement,
        searches,
        notice,
        before_filing,
        emergency,
        emergency_approvals,
        timers,
        bring_forward,
        options,
        funding_sources,
        documents,
        permissions,
        not_invited,
        duty_cover,
        withdrawal,
        own_rules,
        agenda,
        prompts,
        reminders,
        marks,
        endorsements,
        time_limit,
        expenditure_log,
        funds_available,
        review_intervals,
        drift,
        standard_actions,
        minutes,
        distribution,
        deadlines,
        appeals,
        edition: edition.clone(),
        others: Vec::new(),
        holidays,
        listed: std::mem::take(&mut check.listed),
        asks_of_other_requests: check.asks_of_other_requests,
    })
}

/// The heading under which a group that only has a condition is listed.
fn group_of(path: &str) -> &'static str {
    match path {
        "before_placement" | "notice" | "before_filing" => "When a case comes",
        _ => "The form",
    }
}

impl Checker<'_> {
    /// A post as people say it.
    fn role<'a>(&'a self, role: &'a str) -> &'a str {
        if role == THE_CHAIR {
            "the chair"
        } else {
            self.words.label(Use::Role, role)
        }
    }
}
