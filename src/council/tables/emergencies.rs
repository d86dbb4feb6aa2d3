//! Placements made, emergencies, searches, and days that count from the case's own dates.
use super::super::check::{Checker, Listing, join, judged, told};
use super::super::raw::*;
use super::super::*;
use crate::records::Unit;

pub(super) fn exclusions(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Exclusion> {
    let mut all = Vec::new();
    check.distinct(
        "exclusion",
        &raw.exclusion
            .iter()
            .map(|entry| entry.id.as_ref())
            .collect::<Vec<_>>(),
    );
    for (index, rule) in raw.exclusion.iter().enumerate() {
        let path = format!("exclusion[{index}]");
        let id = check.needed(&path, "id", rule.id.as_ref());
        let label = check.needed(&path, "label", rule.label.as_ref());
        check.needed(&path, "when", rule.when.as_ref());
        let when = check.when(&path, rule.when.as_ref());
        if let Some(panel) = &rule.goes_to {
            check.word(&join(&path, "goes_to"), Use::Panel, panel);
        }
        if let (Some(id), Some(label), Some(when)) = (id, label, when) {
            let basis = check.entry(
                &path,
                format!("exclusion/{id}"),
                rule,
                format!("{label}."),
                &judged("What comes to the panel", &["check"]),
            );
            all.push(Exclusion {
                label,
                when,
                instead: rule.instead.clone(),
                goes_to: rule.goes_to.clone(),
                basis,
            });
        }
    }
    all
}

pub(super) fn other_panels(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<OtherPanel> {
    let mut all = Vec::new();
    check.distinct(
        "other_panel",
        &raw.other_panel
            .iter()
            .map(|entry| entry.id.as_ref())
            .collect::<Vec<_>>(),
    );
    for (index, rule) in raw.other_panel.iter().enumerate() {
        let path = format!("other_panel[{index}]");
        let id = check.needed(&path, "id", rule.id.as_ref());
        let label = check.needed(&path, "label", rule.label.as_ref());
        let when = check.when(&path, rule.when.as_ref());
        let (Some(id), Some(label)) = (id, label) else {
            continue;
        };
        let basis = check.entry(
            &path,
            format!("other-panel/{id}"),
            rule,
            format!("{label}: whether the case is referred there."),
            &told(
                "What comes to the panel",
                &["agenda", "check", "decide", "record"],
            ),
        );
        let mut actions = Vec::new();
        for (row, action) in rule.actions.iter().enumerate() {
            let path = format!("{path}.actions[{row}]");
            let what = check.needed(&path, "what", action.what.as_ref());
            let owner = check.needed(&path, "owner", action.owner.as_ref());
            let due = check.due(&path, action.due.as_ref());
            if let (Some(what), Some(owner)) = (what, owner) {
                actions.push(ActionToCreate { what, owner, due });
            }
        }
        all.push(OtherPanel {
            id,
            label,
            when,
            notification: rule.notification.clone(),
            actions,
            basis,
        });
    }
    all
}

pub(super) fn new_placement(check: &mut Checker<'_>, raw: &RawCouncil) -> Option<NewPlacement> {
    let rule = raw.new_placement.as_ref()?;
    let within = check.needed("new_placement", "within", rule.within.as_ref())?;
    let when = check.when("new_placement", rule.when.as_ref());
    let basis = check.entry(
        "new_placement",
        "new-placement",
        rule,
        format!("A new placement comes to panel within {within} of its first day."),
        &judged("When a case comes", &["check", "diary"]),
    );
    Some(NewPlacement {
        within,
        when,
        basis,
    })
}

pub(super) fn searches(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Search> {
    let mut all = Vec::new();
    for (index, rule) in raw.search.iter().enumerate() {
        let path = format!("search[{index}]");
        let Some(after) = check.needed(&path, "after", rule.after.as_ref()) else {
            continue;
        };
        let permission = (after != "decision").then(|| after.clone());
        if permission.is_some() {
            let known = check.words.ids(Use::Permission);
            let known = known.iter().map(String::as_str).chain(["decision"]);
            check.one_of(&join(&path, "after"), &after, known);
        }
        let when = check.when(&path, rule.when.as_ref());
        let exempt = check.condition(&join(&path, "exempt"), rule.exempt.as_ref());
        let text = match &permission {
            None => "The search for a placement begins after the panel's decision.".to_owned(),
            Some(what) => format!(
                "The search for a placement begins after permission ({}).",
                check.words.label(Use::Permission, what).to_lowercase()
            ),
        };
        let basis = check.entry(
            &path,
            format!("search/{after}"),
            rule,
            text,
            &judged("When a case comes", &["check"]),
        );
        all.push(Search {
            permission,
            when,
            exempt,
            basis,
        });
    }
    all
}

pub(super) fn emergency(check: &mut Checker<'_>, raw: &RawCouncil) -> Option<EmergencyRule> {
    let rule = raw.emergency.as_ref()?;
    for (place, id) in rule.papers_follow.iter().enumerate() {
        check.rule_id(&format!("emergency.papers_follow[{place}]"), id);
    }
    for (key, grounds) in [("grounds", &rule.grounds), ("refused", &rule.refused)] {
        for (index, ground) in grounds.iter().enumerate() {
            check.word(&format!("emergency.{key}[{index}]"), Use::Ground, ground);
        }
    }
    let ratified_when = check.condition("emergency.ratified_when", rule.ratified_when.as_ref());
    let basis = check.entry(
        "emergency",
        "emergency",
        rule,
        "An emergency comes to the next panel.",
        &judged("When a case comes", &["agenda", "check", "diary"]),
    );
    let mut part = |key: &str, entry: Option<&RawPlain>, text: &str| match entry {
        Some(entry) => check.entry(
            &format!("emergency.{key}"),
            format!("emergency/{key}"),
            entry,
            text,
            &judged("When a case comes", &["check"]),
        ),
        None => basis.clone(),
    };
    let grounds_basis = part(
        "ordinarily",
        rule.ordinarily.as_ref(),
        "What ordinarily makes an emergency.",
    );
    let refused_basis = part(
        "never",
        rule.never.as_ref(),
        "What never makes an emergency.",
    );
    let papers_basis = part(
        "papers",
        rule.papers.as_ref(),
        "The paperwork of an emergency after the cut-off follows.",
    );
    Some(EmergencyRule {
        grounds: rule.grounds.clone(),
        refused: rule.refused.clone(),
        ratified: rule.ratified.unwrap_or(true),
        ratified_when,
        if_missed: rule.if_missed.clone(),
        ended_within: rule.ended_within,
        papers_follow: rule.papers_follow.clone(),
        grounds_basis,
        refused_basis,
        papers_basis,
        basis,
    })
}

pub(super) fn emergency_approvals(
    check: &mut Checker<'_>,
    raw: &RawCouncil,
) -> Vec<EmergencyApproval> {
    let mut all = Vec::new();
    for (index, rule) in raw.emergency_approval.iter().enumerate() {
        let path = format!("emergency_approval[{index}]");
        check.some_posts(&path, "any_of", &rule.any_of);
        let when = check.when(&path, rule.when.as_ref());
        let text = format!(
            "{} approves an emergency.",
            check.roles_in_words(&rule.any_of)
        );
        let basis = check.entry(
            &path,
            format!("emergency-approval/{}", index + 1),
            rule,
            text,
            &judged("When a case comes", &["check"]),
        );
        all.push(EmergencyApproval {
            any_of: rule.any_of.clone(),
            when,
            basis,
        });
    }
    all
}

pub(super) fn timers(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Timer> {
    let mut all = Vec::new();
    check.distinct(
        "timer",
        &raw.timer
            .iter()
            .map(|entry| entry.id.as_ref())
            .collect::<Vec<_>>(),
    );
    for (index, rule) in raw.timer.iter().enumerate() {
        let path = format!("timer[{index}]");
        let id = check.needed(&path, "id", rule.id.as_ref());
        if let Some(id) = &id {
            check.own_id(&join(&path, "id"), id);
        }
        let label = check.needed(&path, "label", rule.label.as_ref());
        let after = check.needed(&path, "after", rule.after.as_ref());
        if let Some(after) = &after {
            let days = NAMES
                .iter()
                .filter(|name| name.is_day())
                .map(|name| name.name);
            check.one_of(&join(&path, "after"), after, days);
        }
        let mut ways = [
            rule.within.map(Within::Calendar),
            rule.within_working_days.map(Within::WorkingDays),
            rule.within_hours.map(Within::Hours),
        ]
        .into_iter()
        .flatten();
        let within = ways.next();
        if within.is_none() || ways.next().is_some() {
            check.fault(
                &path,
                "a timer runs for one length of time",
                "write one of within, within_working_days, within_hours",
            );
        }
        let when = check.when(&path, rule.when.as_ref());
        let met_when = check.condition(&join(&path, "met_when"), rule.met_when.as_ref());
        if let (Some(id), Some(label), Some(after), Some(within)) = (id, label, after, within) {
            let basis = check.entry(
                &path,
                format!("timer/{id}"),
                rule,
                format!("{label}."),
                &Listing {
                    group: "When a case comes",
                    severity: Severity::Warning,
                    shown_by: &["check", "diary"],
                },
            );
            all.push(Timer {
                id,
                label,
                after,
                within,
                when,
                met_when,
                basis,
            });
        }
    }
    all
}

pub(super) fn bring_forward(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<BringForward> {
    let mut all = Vec::new();
    check.distinct(
        "bring_forward",
        &raw.bring_forward
            .iter()
            .map(|entry| entry.id.as_ref())
            .collect::<Vec<_>>(),
    );
    for (index, rule) in raw.bring_forward.iter().enumerate() {
        let path = format!("bring_forward[{index}]");
        let id = check.needed(&path, "id", rule.id.as_ref());
        let label = check.needed(&path, "label", rule.label.as_ref());
        check.needed(&path, "when", rule.when.as_ref());
        let when = check.when(&path, rule.when.as_ref());
        if let (Some(id), Some(label), Some(when)) = (id, label, when) {
            let basis = check.entry(
                &path,
                format!("bring-forward/{id}"),
                rule,
                format!("Brought forward: {label}."),
                &told("When a case comes", &["agenda"]),
            );
            all.push(BringForward {
                label,
                when,
                not_within: rule.not_within.unwrap_or(Interval {
                    count: 1,
                    unit: Unit::Months,
                }),
                basis,
            });
        }
    }
    all
}

impl Checker<'_> {
    /// When an action is due: at the next meeting where it is not said.
    pub(super) fn due(&mut self, path: &str, written: Option<&String>) -> Due {
        let Some(written) = written else {
            return Due::NextMeeting;
        };
        if written == "next-meeting" {
            return Due::NextMeeting;
        }
        let working = written
            .strip_suffix(" working days")
            .or_else(|| written.strip_suffix(" working day"));
        if let Some(Ok(days)) = working.map(str::parse) {
            return Due::WorkingDays(days);
        }
        if let Ok(interval) = written.parse() {
            return Due::Within(interval);
        }
        self.fault(
            &join(path, "due"),
            format!("`{written}` is not a time for an action"),
            "write next-meeting, or a length of time like 3 working days or 1 week",
        );
        Due::NextMeeting
    }
}
