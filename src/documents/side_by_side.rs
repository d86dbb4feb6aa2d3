//! Two councils side by side: what each asks for, aspect by aspect, on one day.

use crate::council::{Council, Listed, MoneyBase};
use crate::records::Day;
use serde::Serialize;

/// One aspect of the panel's work, and what each council has for it.
#[derive(Debug, Serialize)]
pub(crate) struct Aspect {
    /// What it is.
    pub(crate) aspect: &'static str,
    /// What the one has, and what the other: a sentence each, none where it has nothing.
    pub(crate) values: [Vec<String>; 2],
    /// Whether they have the same.
    pub(crate) same: bool,
}

/// How an aspect is read from a council.
type Reading = fn(&Council, Day) -> Vec<String>;

/// The aspects, in the order in which people ask.
const ASPECTS: &[(&str, Reading)] = &[
    ("Panel", |council, _| vec![council.about.panel.clone()]),
    ("Policy", |council, day| listed(council, day, &["policy"])),
    ("Panels and parts", |council, day| {
        listed(council, day, &["panel/"])
    }),
    ("Meeting", meeting),
    ("Cut-off", cut_off),
    ("Sitting", sitting),
    ("Members", members),
    ("Chairs", chairs),
    ("Quorum", |council, day| listed(council, day, &["quorum/"])),
    ("Who decides", |council, day| {
        listed(council, day, &["decider/", "endorsement/"])
    }),
    ("Criteria", |council, day| {
        counted(
            listed(council, day, &["criterion/"]),
            "criterion",
            "criteria",
        )
    }),
    ("Thresholds", thresholds),
    ("Exclusions", |council, day| {
        listed(council, day, &["exclusion/"])
    }),
    ("Other panels", |council, day| {
        listed(council, day, &["other-panel/"])
    }),
    ("Sign-offs", |council, day| {
        listed(council, day, &["sign-off/"])
    }),
    ("Papers", |council, day| {
        listed(council, day, &["document/", "extra-documents", "length"])
    }),
    ("Permissions", |council, day| {
        listed(council, day, &["permission/", "search/"])
    }),
    ("Who presents", |council, day| {
        listed(council, day, &["presenter/", "not-invited/", "duty-cover"])
    }),
    ("Acceptances", |council, day| {
        listed(council, day, &["acceptance/"])
    }),
    ("Emergencies", emergencies),
    ("Before and after a placement", |council, day| {
        listed(
            council,
            day,
            &[
                "before-placement",
                "new-placement",
                "notice",
                "before-filing",
            ],
        )
    }),
    ("Birthdays and time limits", |council, day| {
        listed(council, day, &["milestone/", "timer/"])
    }),
    ("Questions of each case", |council, day| {
        counted(
            listed(council, day, &["checklist/"]),
            "question",
            "questions",
        )
    }),
    ("Outcomes", |council, _| {
        council
            .outcomes
            .iter()
            .map(|outcome| format!("{}.", outcome.label))
            .collect()
    }),
    ("Reviews", |council, day| {
        listed(
            council,
            day,
            &[
                "review-interval/",
                "reviews",
                "time-limit",
                "bring-forward/",
                "newly-looked-after",
            ],
        )
    }),
    ("Money", |council, day| {
        listed(
            council,
            day,
            &["expenditure", "expenditure-log", "funds-available"],
        )
    }),
    ("Records", |council, day| {
        listed(
            council,
            day,
            &[
                "record",
                "minutes",
                "distribution/",
                "action-log",
                "standard-action/",
            ],
        )
    }),
    ("Deadlines", deadlines),
    ("Appeals", |council, day| listed(council, day, &["appeal/"])),
    ("The council's own checks", |council, day| {
        listed(council, day, &["rule/"])
    }),
];

/// Every aspect of which at least one of the two has something.
pub(crate) fn side_by_side(one: &Council, other: &Council, day: Day) -> Vec<Aspect> {
    let (one, other) = (one.at(None, day), other.at(None, day));
    ASPECTS
        .iter()
        .map(|(aspect, reading)| {
            let values = [reading(one, day), reading(other, day)];
            Aspect {
                aspect,
                same: values[0] == values[1],
                values,
            }
        })
        .filter(|aspect| aspect.values.iter().any(|value| !value.is_empty()))
        .collect()
}

/// The entries of those ids, in the words of `panel rules`; a start that ends in `/` is a family.
fn listed(council: &Council, day: Day, starts: &[&str]) -> Vec<String> {
    let is_meant = |entry: &Listed| {
        starts.iter().any(|start| {
            entry.id == *start || (start.ends_with('/') && entry.id.starts_with(start))
        })
    };
    council
        .listed
        .iter()
        .filter(|entry| is_meant(entry))
        .filter(|entry| entry.from.is_none_or(|from| from <= day))
        .filter(|entry| entry.until.is_none_or(|until| day < until))
        .map(|entry| match entry.only.as_slice() {
            [] => entry.text.clone(),
            panels => format!("{} ({})", entry.text, panels.join(", ")),
        })
        .collect()
}

/// With how many there are before them.
fn counted(entries: Vec<String>, one: &str, many: &str) -> Vec<String> {
    let first = match entries.len() {
        0 => return entries,
        1 => format!("1 {one}."),
        number => format!("{number} {many}."),
    };
    std::iter::once(first).chain(entries).collect()
}

/// The calendar, and what the file says of it where it says more.
fn meeting(council: &Council, day: Day) -> Vec<String> {
    let in_words = &council.meetings.in_words;
    let mut all = listed(council, day, &["meetings"]);
    if !all.iter().any(|said| said.contains(in_words)) {
        all.insert(0, format!("{}.", capital(in_words)));
    }
    all
}

fn cut_off(council: &Council, _: Day) -> Vec<String> {
    let Some(rule) = &council.cut_off else {
        return Vec::new();
    };
    let exempt = rule
        .exempt
        .as_ref()
        .map(|condition| format!("Exempt: {}.", condition.source()));
    std::iter::once(format!("{}.", capital(&rule.in_words)))
        .chain(exempt)
        .collect()
}

fn sitting(council: &Council, _: Day) -> Vec<String> {
    let Some(sitting) = &council.sitting else {
        return Vec::new();
    };
    let slot = match sitting.slot_least {
        Some(least) => format!("{least} to {}", sitting.slot_minutes),
        None => sitting.slot_minutes.to_string(),
    };
    let mut all = vec![format!(
        "{} minutes, {slot} a case, {} a complex one.",
        sitting.minutes, sitting.complex_minutes
    )];
    if sitting.emergency_slots > 0 {
        all.push(format!(
            "Kept free for emergencies: {}.",
            sitting.emergency_slots
        ));
    }
    all
}

fn members(council: &Council, _: Day) -> Vec<String> {
    let labels = council.members.iter().map(|member| {
        let label = member.label.clone();
        if member.as_necessary {
            format!("{label} (as necessary).")
        } else {
            label + "."
        }
    });
    counted(labels.collect(), "member", "members")
}

fn chairs(council: &Council, _: Day) -> Vec<String> {
    council
        .chairs
        .iter()
        .map(|chair| {
            let label = council.role_label(&chair.role);
            let away: Vec<&str> = chair
                .only_if_away
                .iter()
                .map(|role| council.role_label(role))
                .collect();
            let when = chair
                .when
                .as_ref()
                .map(|when| format!(", where {}", when.source()));
            let away = match away.as_slice() {
                [] => String::new(),
                away => format!(", if {} is away", away.join(" and ")),
            };
            format!("{label}{away}{}.", when.unwrap_or_default())
        })
        .collect()
}

fn thresholds(council: &Council, _: Day) -> Vec<String> {
    council
        .thresholds
        .iter()
        .map(|threshold| {
            let of = match threshold.of {
                MoneyBase::Total => "in all",
                MoneyBase::Weekly => "a week",
                MoneyBase::Yearly => "a year",
                MoneyBase::OneOff => "once",
            };
            format!("{}: {} {of}.", threshold.id, threshold.amount)
        })
        .collect()
}

fn emergencies(council: &Council, day: Day) -> Vec<String> {
    let mut all = listed(council, day, &["emergency", "emergency-approval/"]);
    if let Some(rule) = &council.emergency {
        for (words, grounds) in [("Grounds", &rule.grounds), ("Refused", &rule.refused)] {
            if !grounds.is_empty() {
                all.push(format!("{words}: {}.", grounds.join(", ")));
            }
        }
    }
    all
}

fn deadlines(council: &Council, _: Day) -> Vec<String> {
    use crate::council::{Anchor, DeadlineLength};
    council
        .deadlines
        .iter()
        .map(|deadline| {
            let count = |number: u32, what: &str| match number {
                1 => format!("1 {what}"),
                number => format!("{number} {what}s"),
            };
            let length = match deadline.length {
                DeadlineLength::Hours(hours) => count(hours, "hour"),
                DeadlineLength::Days(days) => count(days, "day"),
                DeadlineLength::WorkingDays(days) => count(days, "working day"),
                DeadlineLength::On(weekday) => crate::records::weekday_name(weekday).to_owned(),
            };
            let anchor = match &deadline.anchor {
                Anchor::Meeting => "after the meeting's day".to_owned(),
                Anchor::BeforeMeeting => "before the meeting's day".to_owned(),
                Anchor::Start => "after the start".to_owned(),
                Anchor::End => "after the end".to_owned(),
                Anchor::Decision => "after the decision".to_owned(),
                Anchor::ToldFamily => "after the family was told".to_owned(),
                Anchor::Disagreement => "after a disagreement".to_owned(),
                Anchor::Deadline(id) => format!("after {id}"),
            };
            format!("{}: {length} {anchor}.", deadline.task)
        })
        .collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}
