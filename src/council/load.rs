//! Loading a rule file: text to tree to written shape to checked council.

use super::check::{Checker, join, judged, told};
use super::raw::{Move, RawCouncil, RawMove, RawWord, Weight};
use super::vocabulary::{Use, Vocabulary};
use super::{
    About, AcceptanceRule, Asked, BANK_HOLIDAYS, BUILT_IN, Cancellation, CaseAgenda, Chair,
    ChecklistPoint, Costs, Council, Criterion, CutOffRule, Length, LetterWords, Meetings, Member,
    Milestone, Newly, Outcome, Policy, Presenter, RecordForm, Reviews, Scale, Section,
    SignOffAsked, Signed, Sitting, Threshold, ViewAsked, YesNoQuestion,
};
use crate::calendar::{
    BankHolidays, CutOff, CutOffOnBankHoliday, OnBankHoliday, Pattern, Schedule,
};
use crate::findings::{Severity, Span};
use crate::folder::{self, Fault, nearest};
use crate::records::{Day, fields, weekday_name};
use chrono::Weekday;
use std::path::Path;

/// A rule file that cannot be used.
#[derive(Debug)]
pub(crate) enum CouncilError {
    /// No built-in council of that id, and no file of that name.
    Unknown {
        /// As written.
        written: String,
        /// The nearest built-in one.
        near: Option<String>,
    },
    /// The file could not be read.
    Disk(folder::FolderError),
    /// The file has faults; all of them.
    Faulty {
        /// The file's name.
        file: String,
        /// Its text, to show the lines.
        text: String,
        /// What is wrong.
        faults: Vec<Fault>,
    },
}

impl std::fmt::Display for CouncilError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown { written, .. } => write!(f, "there is no council `{written}`"),
            Self::Disk(error) => error.fmt(f),
            Self::Faulty { file, faults, .. } => write!(f, "{file} has {} faults", faults.len()),
        }
    }
}

impl std::error::Error for CouncilError {}

/// Loads a built-in council by its id, or a rule file by a path that holds a `/` or ends in `.toml`.
///
/// `root` is the case folder that a relative path starts from.
pub(crate) fn load_council(written: &str, root: &Path) -> Result<Council, CouncilError> {
    if let Some((id, text)) = BUILT_IN.iter().find(|(id, _)| *id == written) {
        return parse_council(id, &format!("councils/{id}.toml"), text);
    }
    let is_path = written.contains(['/', '\\']) || written.ends_with(".toml");
    if !is_path {
        return Err(CouncilError::Unknown {
            written: written.to_owned(),
            near: nearest(written, BUILT_IN.iter().map(|(id, _)| *id)).map(str::to_owned),
        });
    }
    let bytes = folder::read_file(&root.join(written)).map_err(CouncilError::Disk)?;
    let text = String::from_utf8_lossy(&bytes);
    let file = written
        .strip_prefix("./")
        .unwrap_or(written)
        .replace('\\', "/");
    let name = file.rsplit('/').next().unwrap_or(&file);
    parse_council(name.strip_suffix(".toml").unwrap_or(name), &file, &text)
}

/// Name and panel of a built-in council, for listing.
pub(crate) fn built_in_about(id: &str) -> Option<About> {
    let (id, text) = BUILT_IN.iter().find(|(known, _)| *known == id)?;
    parse_council(id, &format!("councils/{id}.toml"), text)
        .ok()
        .map(|council| council.about)
}

/// Reads a rule file's text.
pub(crate) fn parse_council(id: &str, file: &str, text: &str) -> Result<Council, CouncilError> {
    let (tree, mut faults) = folder::parse_toml(text);
    let (raw, more): (RawCouncil, _) = folder::decode(&tree, &["council", "meetings"]);
    faults.extend(more);
    let mut checker = Checker {
        tree: &tree,
        file,
        faults,
        words: Vocabulary::built_in(),
        thresholds: raw.thresholds.keys().cloned().collect(),
        listed: Vec::new(),
    };
    let council = checked(&mut checker, id, &raw);
    let mut faults = checker.faults;
    match council {
        Some(council) if faults.is_empty() => Ok(council),
        _ => {
            faults
                .sort_by(|one, other| (one.span, &one.message).cmp(&(other.span, &other.message)));
            faults.dedup();
            Err(CouncilError::Faulty {
                file: file.to_owned(),
                text: text.to_owned(),
                faults,
            })
        }
    }
}

fn checked(check: &mut Checker<'_>, id: &str, raw: &RawCouncil) -> Option<Council> {
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
            .unwrap_or_else(|| super::THE_CHAIR.to_owned());
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
    let newly_looked_after = raw.newly_looked_after.as_ref().map(|rule| Newly {
        review: rule.review,
        basis: check.entry(
            "newly_looked_after",
            "newly-looked-after",
            rule,
            "Children whose care began since the last meeting are talked through.",
            &told("What comes to the panel", &["agenda", "decide", "diary"]),
        ),
    });
    let milestones = milestones(check, raw);
    let form = form(check, raw);
    let when = |check: &mut Checker<'_>,
                path: &str,
                rule: Option<&super::raw::RawWhen>,
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
                  rule: Option<&super::raw::RawSigned>,
                  shown: &'static [&'static str]| {
        rule.map(|rule| {
            let signed_by = rule
                .signed_by
                .clone()
                .unwrap_or_else(|| super::THE_CHAIR.to_owned());
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
    let expenditure_log = signed(check, "expenditure_log", raw.expenditure_log.as_ref(), &[]);
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
        .map_or_else(LetterWords::default, |rule| LetterWords {
            contact: rule.contact.clone(),
            disagree: rule.disagree.clone(),
            basis: check.entry(
                "letter",
                "letter",
                rule,
                "What the family is told beside the decision.",
                &told("Records", &["letter"]),
            ),
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
        expenditure_log,
        reviews,
        actions,
        record,
        letter,
        holidays,
        listed: std::mem::take(&mut check.listed),
    })
}

impl Checker<'_> {
    fn role<'a>(&'a self, role: &'a str) -> &'a str {
        if role == super::THE_CHAIR {
            "the chair"
        } else {
            self.words.label(Use::Role, role)
        }
    }
}

fn add_words(check: &mut Checker<'_>, raw: &RawCouncil) {
    let lists: [(&str, Use, &[RawWord]); 7] = [
        ("kind", Use::Kind, &raw.words.kind),
        ("provision", Use::Provision, &raw.words.provision),
        ("legal_status", Use::LegalStatus, &raw.words.legal_status),
        ("ground", Use::Ground, &raw.words.ground),
        ("item", Use::Item, &raw.words.item),
        ("role", Use::Role, &raw.words.role),
        ("document", Use::Document, &raw.words.document),
    ];
    for (list, place, words) in lists {
        for (index, word) in words.iter().enumerate() {
            let path = format!("words.{list}[{index}]");
            if let Some(id) = check.needed(&path, "id", word.id.as_ref()) {
                check.basis(&path, word);
                check.add_word(place, &id, word.label.as_ref(), word.is_a.as_ref());
            }
        }
    }
    for member in &raw.member {
        if let Some(role) = &member.role {
            check.add_word(Use::Role, role, member.label.as_ref(), member.is_a.as_ref());
        }
    }
    for (index, member) in raw.member.iter().enumerate() {
        if let Some(general) = &member.is_a {
            check.word(&format!("member[{index}].is_a"), Use::Role, general);
        }
    }
}

fn about(check: &mut Checker<'_>, raw: &RawCouncil) -> About {
    let about = &raw.council;
    let name = check
        .needed("council", "name", about.name.as_ref())
        .unwrap_or_default();
    let panel = check
        .needed("council", "panel", about.panel.as_ref())
        .unwrap_or_default();
    let text = match (&about.form, &about.send_to) {
        (Some(form), Some(address)) => {
            format!("Referrals are made on {form} and sent to {address}.")
        }
        (Some(form), None) => format!("Referrals are made on {form}."),
        _ => format!("{panel} of {name}."),
    };
    check.entry(
        "council",
        "council",
        about,
        text,
        &told("The panel", &["agenda", "check"]),
    );
    About {
        name,
        panel,
        case_system: about.case_system.clone(),
        form: about.form.clone(),
        send_to: about.send_to.clone(),
    }
}

fn policy(check: &mut Checker<'_>, raw: &RawCouncil) -> Option<Policy> {
    let policy = raw.policy.as_ref()?;
    let title = check.needed("policy", "title", policy.title.as_ref())?;
    let mut text = title.clone();
    for (word, value) in [
        ("implemented", &policy.implemented),
        ("revised", &policy.revised),
    ] {
        if let Some(value) = value {
            text.push_str(&format!(", {word} {value}"));
        }
    }
    if let Some(due) = policy.review_due {
        text.push_str(&format!(", due for review by {}", due.in_words()));
    }
    check.entry(
        "policy",
        "policy",
        policy,
        text + ".",
        &told("The panel", &["rules"]),
    );
    Some(Policy {
        title,
        implemented: policy.implemented.clone(),
        revised: policy.revised.clone(),
        review_due: policy.review_due,
    })
}

const WEEKDAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

fn weekday(check: &mut Checker<'_>, path: &str, written: &str) -> Option<Weekday> {
    let found = WEEKDAYS
        .into_iter()
        .find(|day| weekday_name(*day).eq_ignore_ascii_case(written));
    if found.is_none() {
        let names = WEEKDAYS.map(|day| weekday_name(day).to_lowercase());
        check.one_of(path, written, names.iter().map(String::as_str));
    }
    found
}

fn meetings(check: &mut Checker<'_>, raw: &RawCouncil) -> Option<Meetings> {
    let meetings = &raw.meetings;
    let start = check
        .needed("meetings", "start", meetings.start.as_ref())?
        .0;
    let mut days = Vec::new();
    for (index, written) in meetings.on.0.iter().enumerate() {
        let path = if meetings.on.0.len() == 1 {
            "meetings.on".to_owned()
        } else {
            format!("meetings.on[{index}]")
        };
        days.extend(weekday(check, &path, written));
    }
    let pattern = pattern(check, meetings, &days)?;
    let names: Vec<&str> = days.iter().map(|day| weekday_name(*day)).collect();
    let every = match &pattern {
        Pattern::Weekly { every: 0 | 1, .. } => format!("every week on {}", names.join(" and ")),
        Pattern::Weekly { every, .. } => format!("every {every} weeks on {}", names.join(" and ")),
        Pattern::Monthly { .. } => format!("every month on {}", names.join(" and ")),
        Pattern::Dates(dates) => format!("on {} listed days", dates.len()),
    };
    let mut in_words = format!("{every} at {}", crate::records::clock(start));
    if let Some(venue) = &meetings.venue {
        in_words.push_str(&format!(", {venue}"));
    }
    let listing = told("Meetings", &["agenda", "calendar"]);
    let basis = check.entry(
        "meetings",
        "meetings",
        meetings,
        format!("The panel meets {in_words}."),
        &listing,
    );
    let on_bank_holiday = bank_holiday(
        check,
        "meetings.bank_holiday",
        meetings.bank_holiday.as_ref(),
        "meeting",
    );
    Some(Meetings {
        schedule: Schedule {
            pattern,
            start,
            on_bank_holiday: match on_bank_holiday {
                Some(Move::NextWorkingDay) => OnBankHoliday::NextWorkingDay,
                Some(Move::PreviousWorkingDay) => OnBankHoliday::PreviousWorkingDay,
                Some(Move::Skip) => OnBankHoliday::Skip,
                Some(Move::SameWeekdayNextWeek) => OnBankHoliday::SameWeekdayNextWeek,
                Some(Move::Keep) | None => OnBankHoliday::Keep,
            },
            not_on: Vec::new(),
            first: None,
            last: None,
        },
        venue: meetings.venue.clone(),
        in_words,
        basis,
    })
}

fn pattern(
    check: &mut Checker<'_>,
    meetings: &super::raw::RawMeetings,
    days: &[Weekday],
) -> Option<Pattern> {
    if !meetings.dates.is_empty() {
        return Some(Pattern::Dates(meetings.dates.clone()));
    }
    let every = check.needed("meetings", "every", meetings.every.as_ref())?;
    if days.is_empty() {
        check.needed::<String>("meetings", "on", None);
        return None;
    }
    let weeks = match every.as_str() {
        "week" => Some(1),
        "month" => None,
        other => match other.strip_suffix(" weeks").map(str::parse) {
            Some(Ok(weeks)) if (1..=52).contains(&weeks) => Some(weeks),
            _ => {
                check.fault(
                    "meetings.every",
                    format!("`{other}` is not an interval of meetings"),
                    "write \"week\", \"2 weeks\" or \"month\"",
                );
                return None;
            }
        },
    };
    if let Some(weeks) = weeks {
        if weeks > 1 && meetings.from.is_none() {
            check.fault(
                "meetings.every",
                "which of the weeks is meant is not said",
                "add from = and the date of any one meeting",
            );
        }
        return Some(Pattern::Weekly {
            every: weeks,
            on: days.to_vec(),
            from: meetings.from,
        });
    }
    let nth: Vec<i8> = meetings
        .nth
        .iter()
        .filter_map(|n| i8::try_from(*n).ok())
        .filter(|n| matches!(n, -1 | 1..=5))
        .collect();
    if nth.len() != meetings.nth.len() || nth.is_empty() || days.len() != 1 {
        check.fault(
            "meetings.nth",
            "a monthly panel needs one weekday and which of the month it is",
            "write nth = [2, 4], or [-1] for the last",
        );
    }
    Some(Pattern::Monthly { nth, on: days[0] })
}

fn bank_holiday(
    check: &mut Checker<'_>,
    path: &str,
    rule: Option<&RawMove>,
    what: &str,
) -> Option<Move> {
    let rule = rule?;
    let moved = check.needed(path, "move", rule.r#move.as_ref())?;
    let text = match moved {
        Move::Keep => format!("A {what} on a bank holiday stays."),
        Move::NextWorkingDay => {
            format!("A {what} on a bank holiday moves to the next working day.")
        }
        Move::PreviousWorkingDay => {
            format!("A {what} on a bank holiday moves to the working day before.")
        }
        Move::Skip => format!("A {what} on a bank holiday is not held."),
        Move::SameWeekdayNextWeek => {
            format!("A {what} on a bank holiday moves to the same weekday of the next week.")
        }
    };
    check.entry(
        path,
        path.replace(['.', '_'], "-"),
        rule,
        text,
        &told("Meetings", &["calendar"]),
    );
    Some(moved)
}

fn cut_off(check: &mut Checker<'_>, raw: &RawCouncil) -> Option<CutOffRule> {
    let written = raw.cut_off.as_ref()?;
    let at = written.at.map(|at| at.0);
    let clock = at.map_or_else(|| "the end of the day".to_owned(), crate::records::clock);
    let ways = [
        written.working_days_before.map(|days| {
            (
                CutOff::WorkingDaysBefore { days, at },
                format!("{days} working days before, {clock}"),
            )
        }),
        written.clear_working_days_before.map(|days| {
            (
                CutOff::ClearWorkingDaysBefore { days, at },
                format!("{days} clear working days before, {clock}"),
            )
        }),
        written.days_before.map(|days| {
            (
                CutOff::DaysBefore { days, at },
                format!("{days} days before, {clock}"),
            )
        }),
        written.hours_before.map(|hours| {
            (
                CutOff::HoursBefore { hours },
                format!("{hours} hours before"),
            )
        }),
        written
            .on
            .as_ref()
            .and_then(|on| weekday(check, "cut_off.on", on))
            .map(|day| {
                let weeks_back = written.weeks_before.unwrap_or(0);
                (
                    CutOff::WeekdayBefore {
                        weekday: day,
                        at,
                        weeks_back,
                    },
                    format!("the {} before, {clock}", weekday_name(day)),
                )
            }),
    ];
    let mut ways = ways.into_iter().flatten();
    let found = ways.next();
    if found.is_none() || ways.next().is_some() {
        check.fault(
            "cut_off",
            "a cut-off is counted in one way",
            "write one of working_days_before, clear_working_days_before, days_before, hours_before, or on (a weekday) with at",
        );
    }
    let (rule, in_words) = found?;
    let exempt = check.condition("cut_off.exempt", written.exempt.as_ref());
    let listing = judged("Meetings", &["calendar", "check"]);
    let basis = check.entry(
        "cut_off",
        "cut-off",
        written,
        format!("Referrals are sent by {in_words}."),
        &listing,
    );
    let moved = bank_holiday(
        check,
        "cut_off.bank_holiday",
        written.bank_holiday.as_ref(),
        "cut-off",
    );
    Some(CutOffRule {
        rule,
        on_bank_holiday: match moved {
            Some(Move::Keep) => CutOffOnBankHoliday::Keep,
            Some(Move::NextWorkingDay) => CutOffOnBankHoliday::NextWorkingDay,
            _ => CutOffOnBankHoliday::PreviousWorkingDay,
        },
        exempt,
        in_words,
        basis,
    })
}

fn members(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Member> {
    let mut members = Vec::new();
    for (index, member) in raw.member.iter().enumerate() {
        let path = format!("member[{index}]");
        let Some(role) = check.needed(&path, "role", member.role.as_ref()) else {
            continue;
        };
        let label = check.words.label(Use::Role, &role).to_owned();
        let listing = told("The panel", &["agenda", "minutes"]);
        let basis = check.entry(
            &path,
            format!("member/{role}"),
            member,
            format!("{label} is a member of the panel."),
            &listing,
        );
        members.push(Member {
            role,
            label,
            minutes: member.minutes,
            gives_view: member.gives_view.unwrap_or(true),
            basis,
        });
    }
    members
}

fn chairs(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Chair> {
    let mut chairs = Vec::new();
    for (index, chair) in raw.chair.iter().enumerate() {
        let path = format!("chair[{index}]");
        let Some(role) = check.needed(&path, "role", chair.role.as_ref()) else {
            continue;
        };
        check.word(&join(&path, "role"), Use::Role, &role);
        for (place, away) in chair.only_if_away.iter().enumerate() {
            check.word(&format!("{path}.only_if_away[{place}]"), Use::Role, away);
        }
        let text = format!("{} may chair.", check.role(&role));
        let basis = check.entry(
            &path,
            format!("chair/{role}"),
            chair,
            text,
            &judged("The panel", &["check", "decide"]),
        );
        chairs.push(Chair {
            role,
            only_if_away: chair.only_if_away.clone(),
            basis,
        });
    }
    chairs
}

fn thresholds(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Threshold> {
    let mut thresholds = Vec::new();
    for (id, threshold) in &raw.thresholds {
        let path = format!("thresholds.{id}");
        let Some(amount) = check.needed(&path, "amount", threshold.amount.as_ref()) else {
            continue;
        };
        let text = format!("The threshold `{id}` is {amount}.");
        let listing = judged("What comes to the panel", &["check"]);
        let basis = check.entry(&path, format!("threshold/{id}"), threshold, text, &listing);
        thresholds.push(Threshold {
            id: id.clone(),
            amount,
            of: threshold.of.unwrap_or(super::MoneyBase::Total),
            basis,
        });
    }
    thresholds
}

fn criteria(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Criterion> {
    let mut criteria = Vec::new();
    check.distinct(
        "criterion",
        &raw.criterion
            .iter()
            .map(|entry| entry.id.as_ref())
            .collect::<Vec<_>>(),
    );
    for (index, criterion) in raw.criterion.iter().enumerate() {
        let path = format!("criterion[{index}]");
        let id = check.needed(&path, "id", criterion.id.as_ref());
        let label = check.needed(&path, "label", criterion.label.as_ref());
        check.needed(&path, "when", criterion.when.as_ref());
        let when = check.condition(&join(&path, "when"), criterion.when.as_ref());
        if let (Some(id), Some(label), Some(when)) = (id, label, when) {
            let listing = judged("What comes to the panel", &["agenda", "check"]);
            let basis = check.entry(
                &path,
                format!("criterion/{id}"),
                criterion,
                format!("{label}."),
                &listing,
            );
            criteria.push(Criterion {
                id,
                label,
                when,
                basis,
            });
        }
    }
    criteria
}

fn milestones(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Milestone> {
    let mut milestones = Vec::new();
    check.distinct(
        "milestone",
        &raw.milestone
            .iter()
            .map(|entry| entry.id.as_ref())
            .collect::<Vec<_>>(),
    );
    for (index, milestone) in raw.milestone.iter().enumerate() {
        let path = format!("milestone[{index}]");
        let id = check.needed(&path, "id", milestone.id.as_ref());
        let age = check.needed(&path, "age", milestone.age.as_ref());
        let when = check.condition(&join(&path, "when"), milestone.when.as_ref());
        let (Some(id), Some(age)) = (id, age) else {
            continue;
        };
        let Ok(age) = u32::try_from(age) else {
            check.fault(
                &join(&path, "age"),
                "an age is not negative",
                "write whole years",
            );
            continue;
        };
        let label = milestone
            .label
            .clone()
            .unwrap_or_else(|| format!("birthday number {age}"));
        let listing = judged("What comes to the panel", &["check", "diary"]);
        let basis = check.entry(
            &path,
            format!("milestone/{id}"),
            milestone,
            format!("The case comes before the {label}."),
            &listing,
        );
        milestones.push(Milestone {
            id,
            age,
            label,
            when,
            after_last_review: milestone.after_last_review,
            basis,
        });
    }
    milestones
}

struct Form {
    sections: Vec<Section>,
    scale: Option<Scale>,
    yes_no: Vec<YesNoQuestion>,
    views_asked: Vec<ViewAsked>,
    sign_offs: Vec<SignOffAsked>,
    presenters: Vec<Presenter>,
}

fn form(check: &mut Checker<'_>, raw: &RawCouncil) -> Form {
    let asked = || judged("The form", &["check", "new"]);
    let mut sections = Vec::new();
    for (index, section) in raw.section.iter().enumerate() {
        let path = format!("section[{index}]");
        let Some(field) = check.needed(&path, "field", section.field.as_ref()) else {
            continue;
        };
        if !field.starts_with("sections.") {
            check.one_of(
                &join(&path, "field"),
                &field,
                fields::all().map(|known| known.name),
            );
        }
        let label = section.label.clone().unwrap_or_else(|| field.clone());
        let when = check.condition(&join(&path, "when"), section.when.as_ref());
        let basis = check.entry(
            &path,
            format!("section/{field}"),
            section,
            format!("{label} is filled in."),
            &asked(),
        );
        sections.push(Section {
            field,
            label,
            hint: section.hint.clone(),
            when,
            basis,
        });
    }
    let scale = raw.scale.as_ref().map(|scale| {
        let (least, most) = (scale.least.unwrap_or(0), scale.most.unwrap_or(10));
        let basis = check.entry(
            "scale",
            "scale",
            scale,
            format!("Scores run from {least} to {most}."),
            &asked(),
        );
        Scale { least, most, basis }
    });
    let mut yes_no = Vec::new();
    for (index, question) in raw.yes_no.iter().enumerate() {
        let path = format!("yes_no[{index}]");
        let Some(field) = check.needed(&path, "field", question.field.as_ref()) else {
            continue;
        };
        if !check.one_of(
            &join(&path, "field"),
            &field,
            fields::YES_NO.iter().copied(),
        ) {
            continue;
        }
        let label = question.label.clone().unwrap_or_else(|| field.clone());
        let when = check.condition(&join(&path, "when"), question.when.as_ref());
        let basis = check.entry(
            &path,
            format!("yes-no/{field}"),
            question,
            format!("{label} A no is explained."),
            &asked(),
        );
        yes_no.push(YesNoQuestion {
            field,
            label,
            when,
            basis,
        });
    }
    let mut views_asked = Vec::new();
    for (index, view) in raw.view.iter().enumerate() {
        let path = format!("view[{index}]");
        for (place, whose) in view.any_of.iter().enumerate() {
            check.one_of(
                &format!("{path}.any_of[{place}]"),
                whose,
                fields::VIEWS.iter().copied(),
            );
        }
        if view.any_of.is_empty() {
            check.needed::<String>(&path, "any_of", None);
        }
        let label = view
            .label
            .clone()
            .unwrap_or_else(|| view.any_of.join(" or "));
        let when = check.condition(&join(&path, "when"), view.when.as_ref());
        let basis = check.entry(
            &path,
            format!("view/{}", view.any_of.join("-or-")),
            view,
            format!("{label}."),
            &asked(),
        );
        views_asked.push(ViewAsked {
            any_of: view.any_of.clone(),
            label,
            when,
            basis,
        });
    }
    let mut sign_offs = Vec::new();
    for (index, sign_off) in raw.sign_off.iter().enumerate() {
        let path = format!("sign_off[{index}]");
        let Some(role) = check.needed(&path, "role", sign_off.role.as_ref()) else {
            continue;
        };
        check.word(&join(&path, "role"), Use::Role, &role);
        let when = check.condition(&join(&path, "when"), sign_off.when.as_ref());
        let text = format!("{} signs.", check.role(&role));
        let basis = check.entry(&path, format!("sign-off/{role}"), sign_off, text, &asked());
        sign_offs.push(SignOffAsked { role, when, basis });
    }
    let mut presenters = Vec::new();
    for (index, presenter) in raw.presenter.iter().enumerate() {
        let path = format!("presenter[{index}]");
        for (place, role) in presenter.any_of.iter().enumerate() {
            check.word(&format!("{path}.any_of[{place}]"), Use::Role, role);
        }
        let severity = match presenter.severity {
            Some(Weight::Warning) => Severity::Warning,
            Some(Weight::Note) => Severity::Note,
            Some(Weight::Error) | None => Severity::Error,
        };
        let who: Vec<&str> = presenter
            .any_of
            .iter()
            .map(|role| check.role(role))
            .collect();
        let text = format!("{} presents.", who.join(" or "));
        let when = check.condition(&join(&path, "when"), presenter.when.as_ref());
        let listing = super::check::Listing {
            group: "The form",
            severity,
            shown_by: &["agenda", "check", "new"],
        };
        let basis = check.entry(
            &path,
            format!("presenter/{}", presenter.any_of.join("-or-")),
            presenter,
            text,
            &listing,
        );
        presenters.push(Presenter {
            any_of: presenter.any_of.clone(),
            when,
            severity,
            basis,
        });
    }
    Form {
        sections,
        scale,
        yes_no,
        views_asked,
        sign_offs,
        presenters,
    }
}

fn acceptances(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<AcceptanceRule> {
    let mut acceptances = Vec::new();
    for (index, acceptance) in raw.acceptance.iter().enumerate() {
        let path = format!("acceptance[{index}]");
        for (place, role) in acceptance.by.0.iter().enumerate() {
            let by = if acceptance.by.0.len() == 1 {
                join(&path, "by")
            } else {
                format!("{path}.by[{place}]")
            };
            check.post(&by, role);
        }
        let text = format!(
            "May be accepted on the record: {}.",
            acceptance.rules.join(", ")
        );
        let id = format!(
            "acceptance/{}",
            acceptance.rules.first().map_or("", String::as_str)
        );
        let basis = check.entry(
            &path,
            id,
            acceptance,
            text,
            &judged("Decisions", &["agenda", "check"]),
        );
        acceptances.push(AcceptanceRule {
            rules: acceptance.rules.clone(),
            by: acceptance.by.0.clone(),
            basis,
        });
    }
    acceptances
}

fn checklist(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<ChecklistPoint> {
    let mut checklist = Vec::new();
    check.distinct(
        "checklist",
        &raw.checklist
            .iter()
            .map(|entry| entry.id.as_ref())
            .collect::<Vec<_>>(),
    );
    for (index, point) in raw.checklist.iter().enumerate() {
        let path = format!("checklist[{index}]");
        let id = check.needed(&path, "id", point.id.as_ref());
        let question = check.needed(&path, "question", point.question.as_ref());
        let when = check.condition(&join(&path, "when"), point.when.as_ref());
        if let (Some(id), Some(question)) = (id, question) {
            let listing = told("Decisions", &["agenda", "check", "decide", "record"]);
            let basis = check.entry(
                &path,
                format!("checklist/{id}"),
                point,
                question.clone(),
                &listing,
            );
            checklist.push(ChecklistPoint {
                id,
                question,
                when,
                required: point.required,
                basis,
            });
        }
    }
    checklist
}

fn case_agenda(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<CaseAgenda> {
    let mut parts = Vec::new();
    for (index, entry) in raw.case_agenda.iter().enumerate() {
        let path = format!("case_agenda[{index}]");
        let part = check.needed(&path, "part", entry.part.as_ref());
        let title = check.needed(&path, "title", entry.title.as_ref());
        if let (Some(part), Some(title)) = (part, title) {
            let listing = told("Meetings", &["agenda"]);
            let basis = check.entry(
                &path,
                format!("case-agenda/{}", index + 1),
                entry,
                format!("{title}."),
                &listing,
            );
            parts.push(CaseAgenda { part, title, basis });
        }
    }
    parts
}

fn outcomes(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    check.distinct(
        "outcome",
        &raw.outcome
            .iter()
            .map(|entry| entry.id.as_ref())
            .collect::<Vec<_>>(),
    );
    for (index, outcome) in raw.outcome.iter().enumerate() {
        let path = format!("outcome[{index}]");
        let Some(id) = check.needed(&path, "id", outcome.id.as_ref()) else {
            continue;
        };
        check.word(&join(&path, "id"), Use::Outcome, &id);
        for (place, need) in outcome.needs.iter().enumerate() {
            check.one_of(
                &format!("{path}.needs[{place}]"),
                need,
                fields::DECISION_FIELDS.iter().copied(),
            );
        }
        for (place, reason) in outcome.reasons.iter().enumerate() {
            check.word(
                &format!("{path}.reasons[{place}]"),
                Use::DeferralReason,
                reason,
            );
        }
        let label = outcome
            .label
            .clone()
            .unwrap_or_else(|| check.words.label(Use::Outcome, &id).to_owned());
        let when = check.condition(&join(&path, "when"), outcome.when.as_ref());
        let listing = judged("Decisions", &["check", "decide", "minutes", "record"]);
        let basis = check.entry(
            &path,
            format!("outcome/{id}"),
            outcome,
            format!("{label}."),
            &listing,
        );
        outcomes.push(Outcome {
            id,
            label,
            when,
            needs: outcome.needs.clone(),
            reasons: outcome.reasons.clone(),
            basis,
        });
    }
    outcomes
}

fn record(check: &mut Checker<'_>, raw: &RawCouncil) -> RecordForm {
    let Some(record) = raw.record.as_ref() else {
        return RecordForm {
            heading: "Decision of the panel".to_owned(),
            ..RecordForm::default()
        };
    };
    let heading = record
        .heading
        .clone()
        .unwrap_or_else(|| "Decision of the panel".to_owned());
    let text = "The child's own record of the decision.";
    let basis = check.entry(
        "record",
        "record",
        record,
        text,
        &told("Records", &["minutes", "record"]),
    );
    RecordForm { heading, basis }
}
