//! The tables of the rule file, a file for each part of the panel's work.

mod about;
mod decisions;
mod form;
mod meetings;
mod remit;

use super::check::{Checker, join, judged, told};
use super::raw::{RawCouncil, RawSigned, RawWhen};
use super::*;
use about::{about, add_words, chairs, members, policy};
use decisions::{acceptances, case_agenda, checklist, outcomes, record};
use form::form;
use meetings::{cut_off, meetings};
use remit::{criteria, milestones, thresholds};

/// Every table of the rule file, checked; none where the panel's meetings cannot be known.
pub(super) fn checked(check: &mut Checker<'_>, id: &str, raw: &RawCouncil) -> Option<Council> {
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
            when: check.condition(&join(path, "when"), rule.when.as_ref()),
            basis: check.entry(
                path,
                path.replace('_', "-"),
                rule,
                text,
                &judged("The form", shown),
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
        &["check", "decide", "record"],
    );
    // The running log is a list of its own, which is not kept yet.
    signed(check, "expenditure_log", raw.expenditure_log.as_ref(), &[]);
    let reviews = raw.reviews.as_ref().map(|rule| Reviews {
        if_missed: rule.if_missed.clone(),
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
    let holidays = BankHolidays::parse(BANK_HOLIDAYS)
        .expect("the list that is compiled in has been read by a test");
    Some(Council {
        id: id.to_owned(),
        file: check.file.to_owned(),
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
        holidays,
        listed: std::mem::take(&mut check.listed),
    })
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
