//! The panels, who must be there, who decides, who comes and who does not.
use super::super::check::{Checker, join, judged, told};
use super::super::raw::*;
use super::super::*;

pub(super) fn panels(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Panel> {
    let mut panels = Vec::new();
    check.distinct(
        "panel",
        &raw.panel
            .iter()
            .map(|entry| entry.id.as_ref())
            .collect::<Vec<_>>(),
    );
    for (index, panel) in raw.panel.iter().enumerate() {
        let path = format!("panel[{index}]");
        let Some(id) = check.needed(&path, "id", panel.id.as_ref()) else {
            continue;
        };
        check.panel_id(&join(&path, "id"), &id);
        if let Some(whole) = &panel.part_of {
            let others: Vec<&str> = raw
                .panel
                .iter()
                .filter(|other| other.part_of.is_none())
                .filter_map(|other| other.id.as_deref())
                .filter(|other| *other != id)
                .collect();
            check.one_of(&join(&path, "part_of"), whole, others.iter().copied());
        }
        let label = panel.label.clone().unwrap_or_else(|| id.clone());
        let text = match &panel.part_of {
            Some(whole) => format!("{label} is a part of the panel `{whole}`."),
            None => format!("{label} is a panel."),
        };
        let when = check.when(&path, panel.when.as_ref());
        check.entry(
            &path,
            format!("panel/{id}"),
            panel,
            text,
            &told("The panel", &["agenda", "check"]),
        );
        panels.push(Panel {
            id,
            label,
            part_of: panel.part_of.clone(),
            when,
        });
    }
    if let Some(first) = panels.first()
        && first.part_of.is_some()
    {
        check.fault(
            "panel[0].part_of",
            "the first panel is the whole one: it cannot be a part",
            "put the panel before its parts",
        );
    }
    panels
}

pub(super) fn seniority(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<String> {
    let Some(rule) = &raw.seniority else {
        return Vec::new();
    };
    for (place, role) in rule.order.iter().enumerate() {
        check.word(&format!("seniority.order[{place}]"), Use::Role, role);
    }
    check.entry(
        "seniority",
        "seniority",
        rule,
        "Posts from the most junior to the most senior.",
        &told("The panel", &["check"]),
    );
    rule.order.clone()
}

pub(super) fn quorum(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Quorum> {
    let mut all = Vec::new();
    for (index, rule) in raw.quorum.iter().enumerate() {
        let path = format!("quorum[{index}]");
        let Some(number) = check.needed(&path, "number", rule.number.as_ref()) else {
            continue;
        };
        check.posts(&path, "of", &rule.of.0);
        let of: Vec<String> = rule
            .of
            .0
            .iter()
            .map(|role| check.role(role).to_owned())
            .collect();
        let text = if of.is_empty() {
            format!("At least {number} members are there.")
        } else {
            format!("At least {number} of {} are there.", of.join(", "))
        };
        let basis = check.entry(
            &path,
            format!("quorum/{}", index + 1),
            rule,
            text,
            &judged("The panel", &["agenda", "check", "minutes"]),
        );
        all.push(Quorum {
            number,
            of: rule.of.0.clone(),
            cover_counts: rule.cover_counts.unwrap_or(true),
            basis,
        });
    }
    all
}

pub(super) fn deciders(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Decider> {
    let mut all = Vec::new();
    check.distinct(
        "decider",
        &raw.decider
            .iter()
            .map(|entry| entry.id.as_ref())
            .collect::<Vec<_>>(),
    );
    for (index, rule) in raw.decider.iter().enumerate() {
        let path = format!("decider[{index}]");
        let Some(id) = check.needed(&path, "id", rule.id.as_ref()) else {
            continue;
        };
        check.some_posts(&path, "any_of", &rule.any_of);
        let outcomes = check.outcomes_of(&path, &rule.outcomes);
        let when = check.when(&path, rule.when.as_ref());
        let text = format!("Decided by {}.", check.roles_in_words(&rule.any_of));
        let basis = check.entry(
            &path,
            format!("decider/{id}"),
            rule,
            text,
            &judged("Decisions", &["check", "decide"]),
        );
        all.push(Decider {
            any_of: rule.any_of.clone(),
            outcomes,
            when,
            or_endorses: rule.or_endorses.unwrap_or(true),
            outside_panel: rule.outside_panel,
            basis,
        });
    }
    all
}

pub(super) fn attendance(check: &mut Checker<'_>, raw: &RawCouncil) -> Option<AttendanceBar> {
    let rule = raw.attendance.as_ref()?;
    let lowest = check.needed("attendance", "lowest", rule.lowest.as_ref())?;
    if lowest > 100 {
        check.fault(
            "attendance.lowest",
            "a share of meetings is at most 100 per cent",
            "write a number from 0 to 100",
        );
    }
    let over = rule.over.unwrap_or(Interval {
        count: 6,
        unit: crate::records::Unit::Months,
    });
    let basis = check.entry(
        "attendance",
        "attendance",
        rule,
        format!("Members come to at least {lowest} per cent of the meetings of {over}."),
        &judged("The panel", &["attendance", "check"]),
    );
    Some(AttendanceBar {
        lowest,
        over,
        least_meetings: rule.least_meetings.unwrap_or(4),
        basis,
    })
}

pub(super) fn not_invited(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<NotInvited> {
    let mut all = Vec::new();
    for (index, rule) in raw.not_invited.iter().enumerate() {
        let path = format!("not_invited[{index}]");
        check.some_posts(&path, "roles", &rule.roles);
        let when = check.when(&path, rule.when.as_ref());
        let text = format!("Not invited: {}.", check.roles_in_words(&rule.roles));
        let basis = check.entry(
            &path,
            format!("not-invited/{}", index + 1),
            rule,
            text,
            &judged("The form", &["check"]),
        );
        all.push(NotInvited {
            roles: rule.roles.clone(),
            when,
            basis,
        });
    }
    all
}

pub(super) fn duty_cover(check: &mut Checker<'_>, raw: &RawCouncil) -> Option<DutyCover> {
    let rule = raw.duty_cover.as_ref()?;
    check.posts("duty_cover", "roles", &rule.roles);
    let roles = if rule.roles.is_empty() {
        vec!["duty-worker".to_owned()]
    } else {
        rule.roles.clone()
    };
    let basis = check.entry(
        "duty_cover",
        "duty-cover",
        rule,
        "Duty cover does not present a case.",
        &judged("The form", &["check"]),
    );
    Some(DutyCover { roles, basis })
}

pub(super) fn withdrawal(check: &mut Checker<'_>, raw: &RawCouncil) -> Option<Withdrawal> {
    let rule = raw.withdrawal.as_ref()?;
    check.some_posts("withdrawal", "agreed_by", &rule.agreed_by.0);
    let text = format!(
        "A referral is taken back with the agreement of {}.",
        check.roles_in_words(&rule.agreed_by.0)
    );
    let basis = check.entry(
        "withdrawal",
        "withdrawal",
        rule,
        text,
        &judged("Decisions", &["check"]),
    );
    Some(Withdrawal {
        agreed_by: rule.agreed_by.0.clone(),
        named_person: rule.named_person,
        basis,
    })
}

impl Checker<'_> {
    /// The condition of an entry.
    pub(super) fn when(
        &mut self,
        path: &str,
        source: Option<&String>,
    ) -> Option<condition::Condition> {
        self.condition(&join(path, "when"), source)
    }

    /// Posts, each at its place.
    pub(super) fn posts(&mut self, path: &str, key: &str, roles: &[String]) {
        let within = join(path, key);
        for (index, role) in roles.iter().enumerate() {
            let is_list = self
                .tree
                .locate_key(&format!("{within}[{index}]"))
                .is_some();
            let place = if is_list {
                format!("{within}[{index}]")
            } else {
                within.clone()
            };
            self.post(&place, role);
        }
    }

    /// Posts of which there must be one at least.
    pub(super) fn some_posts(&mut self, path: &str, key: &str, roles: &[String]) {
        if roles.is_empty() {
            self.needed::<String>(path, key, None);
        }
        self.posts(path, key, roles);
    }

    /// Outcomes as written; approvals where none are.
    pub(super) fn outcomes_of(&mut self, path: &str, written: &[String]) -> Vec<String> {
        for (index, outcome) in written.iter().enumerate() {
            self.word(&format!("{path}.outcomes[{index}]"), Use::Outcome, outcome);
        }
        if written.is_empty() {
            vec!["approve".to_owned(), "approve-alternative".to_owned()]
        } else {
            written.to_vec()
        }
    }

    /// Posts as people say them.
    pub(super) fn roles_in_words(&self, roles: &[String]) -> String {
        let said: Vec<String> = roles
            .iter()
            .map(|role| match role.strip_suffix(OR_MORE_SENIOR) {
                Some(least) => format!("{}{OR_MORE_SENIOR}", self.role(least)),
                None => self.role(role).to_owned(),
            })
            .collect();
        said.join(" or ")
    }
}
