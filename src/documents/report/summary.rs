//! The report in a few lines: what a meeting would be told first.

use super::view::{Cell, Value};
use crate::documents::common::capitalised;

type Figures<'s> = Vec<(&'static str, &'s Cell)>;

/// One line for each thing that a service director is asked about; none for what is not there.
pub(super) fn lines(figures: &Figures<'_>) -> Vec<String> {
    let find = |key: &str| {
        let found = figures.iter().find(|(known, _)| *known == key);
        found.map(|(_, cell)| *cell)
    };
    let is_there = |key: &str| find(key).is_some_and(|cell| !cell.value.is_nought());
    let words = |key: &str| find(key).map_or_else(|| "0".to_owned(), |cell| cell.words.clone());
    let are = |key: &str, one: &str, more: &str| match find(key).map(|cell| cell.value) {
        Some(Value::Count(1)) => format!("1 {one}"),
        _ => format!("{} {more}", words(key)),
    };
    let mut lines = Vec::new();
    if is_there("submitted") {
        lines.push(format!(
            "{}: {} decided, {} waiting, {} withdrawn.",
            are("submitted", "request was sent", "requests were sent"),
            words("decided"),
            words("waiting"),
            words("withdrawn")
        ));
        lines.push(format!(
            "{} by the cut-off of the meeting, {} late; {} and in order for it.",
            are("on_time", "request came", "requests came"),
            words("late"),
            are("ready_first", "was complete", "were complete")
        ));
    }
    if is_there("median_days_to_decision") {
        let median = match find("median_days_to_decision").map(|cell| cell.value) {
            Some(Value::Halves(2)) => "1 day".to_owned(),
            _ => format!("{} days", words("median_days_to_decision")),
        };
        lines.push(format!(
            "Half of the decisions came within {median} of the request; the longest took {}.",
            words("longest_days_to_decision")
        ));
    }
    if is_there("deferrals") {
        lines.push(format!(
            "Requests were put off {}.",
            match find("deferrals").map(|cell| cell.value) {
                Some(Value::Count(1)) => "once".to_owned(),
                Some(Value::Count(2)) => "twice".to_owned(),
                _ => format!("{} times", words("deferrals")),
            }
        ));
    }
    let due = [
        (
            "ratifications_due",
            "emergency was to be heard by its next panel",
            "emergencies were to be heard by their next panel",
            "ratified_in_time",
            "was",
            "were",
            "ratified_late",
            "not_ratified",
        ),
        (
            "reviews_due",
            "review was due",
            "reviews were due",
            "reviews_in_time",
            "was held",
            "were held",
            "reviews_late",
            "reviews_not_held",
        ),
        (
            "actions_due",
            "action was due",
            "actions were due",
            "actions_in_time",
            "was done",
            "were done",
            "actions_late",
            "actions_not_done",
        ),
        (
            "duties_due",
            "duty of the office was due",
            "duties of the office were due",
            "duties_in_time",
            "was done",
            "were done",
            "duties_late",
            "duties_not_done",
        ),
    ];
    for (key, one, more, in_time, was, were, late, missed) in due {
        if is_there(key) {
            // What is due by the last day and can still be done in time is neither late nor missed.
            let to_come = key.replace("_due", "_to_come");
            let left = match is_there(&to_come) {
                true => format!(", {} with time left", words(&to_come)),
                false => String::new(),
            };
            lines.push(format!(
                "{}: {} in time, {} late, {} not{left}.",
                are(key, one, more),
                are(in_time, was, were),
                words(late),
                words(missed)
            ));
        }
    }
    if is_there("spend") || is_there("approved") {
        lines.push(format!(
            "The days of the period cost {}, the panel's own part of it: {}; approved in the period, over all its days: {}.",
            words("spend"),
            words("spend_own"),
            words("approved")
        ));
    }
    if is_there("unregistered_placements") {
        lines.push(format!(
            "{} with a provider that is not registered went on, for {} days of the period.",
            are("unregistered_placements", "placement", "placements"),
            words("unregistered_days")
        ));
    }
    if is_there("unmet_need") {
        lines.push(format!(
            "{} a need that nothing met.",
            are("unmet_need", "decision notes", "decisions note")
        ));
    }
    lines.iter().map(|line| capitalised(line)).collect()
}
