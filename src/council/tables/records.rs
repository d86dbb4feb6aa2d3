//! What is kept of a decision, who gets it, and by when.
use super::super::check::{Checker, join, judged, told};
use super::super::raw::*;
use super::super::*;
use super::meetings::weekday;

pub(super) fn endorsements(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Endorsement> {
    let mut all = Vec::new();
    for (index, rule) in raw.endorsement.iter().enumerate() {
        let path = format!("endorsement[{index}]");
        let Some(role) = check.needed(&path, "role", rule.role.as_ref()) else {
            continue;
        };
        check.word(&join(&path, "role"), Use::Role, &role);
        if let Some(what) = &rule.r#for {
            check.word(&join(&path, "for"), Use::Permission, what);
        }
        let when = check.when(&path, rule.when.as_ref());
        let outcomes = check.outcomes_of(&path, &rule.outcomes);
        let text = format!(
            "A decision stands in principle until {} has endorsed it.",
            check.role(&role)
        );
        let basis = check.entry(
            &path,
            format!("endorsement/{}", index + 1),
            rule,
            text,
            &judged("Decisions", &["check", "decide", "diary", "record"]),
        );
        all.push(Endorsement {
            role,
            what: rule.r#for.clone(),
            when,
            outcomes,
            basis,
        });
    }
    all
}

pub(super) fn time_limit(check: &mut Checker<'_>, raw: &RawCouncil) -> Option<TimeLimit> {
    let rule = raw.time_limit.as_ref()?;
    let when = check.when("time_limit", rule.when.as_ref());
    let text = match rule.longest {
        Some(longest) => format!("An approval ends within {longest}."),
        None => "An approval ends on a day.".to_owned(),
    };
    let basis = check.entry(
        "time_limit",
        "time-limit",
        rule,
        text,
        &judged("Decisions", &["check", "decide"]),
    );
    Some(TimeLimit {
        when,
        longest: rule.longest,
        review_before: rule.review_before,
        basis,
    })
}

pub(super) fn funds(check: &mut Checker<'_>, raw: &RawCouncil) -> Option<Funds> {
    let rule = raw.funds_available.as_ref()?;
    let amount = check.needed("funds_available", "amount", rule.amount.as_ref())?;
    let basis = check.entry(
        "funds_available",
        "funds-available",
        rule,
        format!("{amount} are available."),
        &told("Money", &["decide", "record", "spend"]),
    );
    Some(Funds {
        amount,
        from: rule.from,
        until: rule.until,
        basis,
    })
}

pub(super) fn review_intervals(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<ReviewInterval> {
    let mut all = Vec::new();
    check.distinct(
        "review_interval",
        &raw.review_interval
            .iter()
            .map(|entry| entry.id.as_ref())
            .collect::<Vec<_>>(),
    );
    for (index, rule) in raw.review_interval.iter().enumerate() {
        let path = format!("review_interval[{index}]");
        let id = check.needed(&path, "id", rule.id.as_ref());
        let first = check.needed(&path, "first", rule.first.as_ref());
        let when = check.when(&path, rule.when.as_ref());
        if let (Some(id), Some(first)) = (id, first) {
            let later = rule.later.unwrap_or(first);
            let text = if first == later {
                format!("An approval comes back within {first}.")
            } else {
                format!("An approval comes back within {first}, later within {later}.")
            };
            let basis = check.entry(
                &path,
                format!("review-interval/{id}"),
                rule,
                text,
                &judged("Decisions", &["check", "decide", "diary"]),
            );
            all.push(ReviewInterval {
                when,
                first,
                later,
                at_most: rule.at_most,
                counted_from: rule.counted_from.unwrap_or(CountedFrom::Meeting),
                basis,
            });
        }
    }
    all
}

pub(super) fn standard_actions(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<StandardAction> {
    let mut all = Vec::new();
    check.distinct(
        "standard_action",
        &raw.standard_action
            .iter()
            .map(|entry| entry.id.as_ref())
            .collect::<Vec<_>>(),
    );
    for (index, rule) in raw.standard_action.iter().enumerate() {
        let path = format!("standard_action[{index}]");
        let id = check.needed(&path, "id", rule.id.as_ref());
        let what = check.needed(&path, "what", rule.what.as_ref());
        let owner = check.needed(&path, "owner", rule.owner.as_ref());
        let due = check.due(&path, rule.due.as_ref());
        for (place, outcome) in rule.outcomes.iter().enumerate() {
            check.word(&format!("{path}.outcomes[{place}]"), Use::Outcome, outcome);
        }
        let when = check.when(&path, rule.when.as_ref());
        if let (Some(id), Some(what), Some(owner)) = (id, what, owner) {
            check.entry(
                &path,
                format!("standard-action/{id}"),
                rule,
                format!("{what}."),
                &told("Decisions", &["decide", "diary", "minutes", "record"]),
            );
            all.push(StandardAction {
                action: ActionToCreate { what, owner, due },
                outcomes: rule.outcomes.clone(),
                when,
            });
        }
    }
    all
}

pub(super) fn minutes(check: &mut Checker<'_>, raw: &RawCouncil) -> Option<MinutesForm> {
    let rule = raw.minutes.as_ref()?;
    check.entry(
        "minutes",
        "minutes",
        rule,
        "How the minutes are filed.",
        &told("Records", &["minutes"]),
    );
    Some(MinutesForm {
        category: rule.category.clone(),
        filed_in: rule.filed_in.clone(),
    })
}

pub(super) fn distribution(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Distribution> {
    let mut all = Vec::new();
    for (index, rule) in raw.distribution.iter().enumerate() {
        let path = format!("distribution[{index}]");
        let Some(paper) = check.needed(&path, "paper", rule.paper.as_ref()) else {
            continue;
        };
        if rule.to.is_empty() {
            check.needed::<String>(&path, "to", None);
        }
        let to: Vec<String> = rule
            .to
            .iter()
            .map(|written| check.role(written).to_owned())
            .collect();
        let (name, shown): (&str, &'static [&'static str]) = match paper {
            Paper::Agenda => ("agenda", &["agenda"]),
            Paper::Minutes => ("minutes", &["minutes"]),
            Paper::Record => ("record", &["record"]),
        };
        check.entry(
            &path,
            format!("distribution/{}", index + 1),
            rule,
            format!("The {name} goes to {}.", to.join(", ")),
            &told("Records", shown),
        );
        all.push(Distribution { paper, to });
    }
    all
}

pub(super) fn appeals(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Appeal> {
    let mut all = Vec::new();
    for (index, rule) in raw.appeal.iter().enumerate() {
        let path = format!("appeal[{index}]");
        let id = check.needed(&path, "id", rule.id.as_ref());
        let route = check.needed(&path, "route", rule.route.as_ref());
        for (place, who) in rule.by.0.iter().enumerate() {
            let at = if rule.by.0.len() == 1 {
                join(&path, "by")
            } else {
                format!("{path}.by[{place}]")
            };
            check.word(&at, Use::Disagreement, who);
        }
        if let Some(role) = &rule.to {
            check.post(&join(&path, "to"), role);
        }
        if let (Some(id), Some(route)) = (id, route) {
            check.entry(
                &path,
                format!("appeal/{id}"),
                rule,
                format!("Who disagrees: {route}."),
                &told("Records", &["letter", "record"]),
            );
            all.push(Appeal {
                by: rule.by.0.clone(),
                route,
                to: rule.to.clone(),
            });
        }
    }
    all
}

pub(super) fn deadlines(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Deadline> {
    let ids: Vec<&String> = raw
        .deadline
        .iter()
        .filter_map(|rule| rule.id.as_ref())
        .collect();
    check.distinct(
        "deadline",
        &raw.deadline
            .iter()
            .map(|entry| entry.id.as_ref())
            .collect::<Vec<_>>(),
    );
    let mut all = Vec::new();
    for (index, rule) in raw.deadline.iter().enumerate() {
        let path = format!("deadline[{index}]");
        let id = check.needed(&path, "id", rule.id.as_ref());
        let task = check.needed(&path, "task", rule.task.as_ref());
        if let Some(role) = &rule.owner {
            check.post(&join(&path, "owner"), role);
        }
        let anchor = anchor(check, &path, rule, &ids);
        let length = length(check, &path, rule);
        let met_by = rule.met_by.as_ref().and_then(|written| {
            let known = ["uploaded", "told-family", "log-signed"];
            check.one_of(&join(&path, "met_by"), written, known.into_iter());
            match written.as_str() {
                "uploaded" => Some(MetBy::Uploaded),
                "told-family" => Some(MetBy::ToldFamily),
                "log-signed" => Some(MetBy::LogSigned),
                _ => None,
            }
        });
        if let Some(written) = &rule.no_later_than {
            check.one_of(
                &join(&path, "no_later_than"),
                written,
                ["next-meeting"].into_iter(),
            );
        }
        let when = check.when(&path, rule.when.as_ref());
        let on_bank_holiday = rule.bank_holiday.as_ref().and_then(|moved| moved.r#move);
        if let Some(moved) = &rule.bank_holiday {
            check.basis(&join(&path, "bank_holiday"), moved);
        }
        let (Some(id), Some(task), Some(anchor), Some(length)) = (id, task, anchor, length) else {
            continue;
        };
        let basis = check.entry(
            &path,
            format!("deadline/{id}"),
            rule,
            format!("{task}."),
            &judged("Deadlines", &["check", "deadlines", "diary"]),
        );
        all.push(Deadline {
            id,
            task,
            owner: rule.owner.clone(),
            length,
            at: rule.at.map(|at| at.0),
            by_next_meeting: rule.no_later_than.is_some(),
            is_of_a_case: is_of_a_case(&anchor, &all),
            per_child: rule.per_child.unwrap_or_default(),
            anchor,
            met_by,
            finding: rule
                .finding
                .clone()
                .unwrap_or_else(|| "record-overdue".to_owned()),
            when,
            on_bank_holiday,
            basis,
        });
    }
    all
}

/// Whether what a deadline counts from happens to each child by itself, over as many steps as it
/// takes; a chain runs forward, so those before it are known.
fn is_of_a_case(anchor: &Anchor, earlier: &[Deadline]) -> bool {
    match anchor {
        Anchor::Decision | Anchor::ToldFamily | Anchor::Disagreement => true,
        Anchor::Deadline(id) => earlier
            .iter()
            .any(|rule| rule.id == *id && rule.is_of_a_case),
        Anchor::Meeting | Anchor::BeforeMeeting | Anchor::Start | Anchor::End => false,
    }
}

fn anchor(
    check: &mut Checker<'_>,
    path: &str,
    rule: &RawDeadline,
    ids: &[&String],
) -> Option<Anchor> {
    match (&rule.after, &rule.before) {
        (Some(after), None) => match after.as_str() {
            "meeting" => Some(Anchor::Meeting),
            "start" => Some(Anchor::Start),
            "end" => Some(Anchor::End),
            "decision" => Some(Anchor::Decision),
            "told-family" => Some(Anchor::ToldFamily),
            "disagreement" => Some(Anchor::Disagreement),
            other => {
                let at = join(path, "after");
                // A chain runs forward, so that it cannot go round in a circle.
                let own = rule.id.as_deref();
                let earlier = ids
                    .iter()
                    .map(|id| id.as_str())
                    .take_while(|id| Some(*id) != own);
                let known = [
                    "meeting",
                    "start",
                    "end",
                    "decision",
                    "told-family",
                    "disagreement",
                ];
                check
                    .one_of(&at, other, known.into_iter().chain(earlier))
                    .then(|| Anchor::Deadline(other.to_owned()))
            }
        },
        (None, Some(before)) => {
            let at = join(path, "before");
            check
                .one_of(&at, before, ["meeting"].into_iter())
                .then_some(Anchor::BeforeMeeting)
        }
        _ => {
            check.fault(
                path,
                "a deadline counts from one thing",
                "write after = \"meeting\" (or start, end, decision, the id of an earlier deadline), or before = \"meeting\"",
            );
            None
        }
    }
}

fn length(check: &mut Checker<'_>, path: &str, rule: &RawDeadline) -> Option<DeadlineLength> {
    let on = rule
        .on
        .as_ref()
        .and_then(|on| weekday(check, &join(path, "on"), on));
    let mut ways = [
        rule.hours.map(DeadlineLength::Hours),
        rule.days.map(DeadlineLength::Days),
        rule.working_days.map(DeadlineLength::WorkingDays),
        on.map(DeadlineLength::On),
    ]
    .into_iter()
    .flatten();
    let found = ways.next();
    if (found.is_none() && rule.on.is_none()) || ways.next().is_some() {
        check.fault(
            path,
            "a deadline has one length",
            "write one of hours, days, working_days, or on (a weekday)",
        );
    }
    found
}
