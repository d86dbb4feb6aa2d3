//! Decisions that lack what their outcome needs.
use super::super::form::is_filler;
use super::super::prelude::*;
use super::super::ways::{amended, amendment};
use super::said;
use crate::calendar::add;
use crate::council::Outcome;
use crate::findings::Basis;
use crate::records::Text;
use crate::records::fields::{self, Filled};

pub(super) const RULE: Rule = Rule {
    id: "decision-incomplete",
    summary: "the decision lacks what its outcome needs",
    severity: Severity::Error,
    asked_by: &["outcome/*", "record", "endorsement/*", "time-limit"],
    text: include_str!("decision_incomplete.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for (case, made) in super::made(desk) {
        let Some(outcome) = made.rules.outcome(made.outcome()) else {
            continue;
        };
        let gaps = Gaps {
            desk,
            case,
            made,
            outcome,
        };
        gaps.needs(found);
        gaps.promise(found);
        gaps.basis(found);
        gaps.endorsements(found);
        gaps.time_limit(found);
        let by = made.decision().decided_by.as_ref();
        if said(by.and_then(|by| by.name.as_ref())).is_none() {
            gaps.tell(
                found,
                "decided_by.name",
                "it is not said who gave the decision".to_owned(),
                format!(
                    "name the one who chaired: {}",
                    gaps.amended("--by NAME --role ROLE")
                ),
                &outcome.basis,
            );
        }
    }
}

/// A decision that is looked through for what it lacks.
struct Gaps<'d, 'a> {
    desk: &'d Desk<'a>,
    case: &'d Case<'a>,
    made: &'d Made<'a>,
    outcome: &'d Outcome,
}

impl Gaps<'_, '_> {
    fn tell(&self, found: &mut Findings, path: &str, message: String, help: String, basis: &Basis) {
        found
            .at(Desk::place(&self.made.file.file, path), message)
            .because(basis)
            .help(help)
            .about(self.case.reference())
            .of_meeting(self.made.meeting);
    }

    fn amended(&self, options: &str) -> String {
        amended(self.desk, self.case, self.made, options)
    }

    /// Whether the outcome asks for a field itself, and tells its absence.
    fn is_needed(&self, field: &str) -> bool {
        self.outcome.needs.iter().any(|need| need == field)
    }

    fn needs(&self, found: &mut Findings) {
        let needs_no_lines =
            is_ending(self.case) || self.desk.lines_stand_with(self.case).is_some();
        for need in &self.outcome.needs {
            // Of a part without costs of its own they stand with the whole request, and an ending
            // has none.
            if need == "approved" && needs_no_lines {
                continue;
            }
            let gap = match fields::of_decision(self.made.decision(), need) {
                Filled::Absent => "the decision does not say".to_owned(),
                Filled::Text(text) if is_filler(text) => {
                    format!("`{}` is not an answer to", text.trim())
                }
                Filled::Text(_) | Filled::Present => continue,
            };
            let (what, options) = in_words(need);
            let how = match options {
                Some(options) => format!("ask the chair, and {}", self.amended(options)),
                None => format!(
                    "ask the chair, write `{need}: …` in a copy of the decision, and hand that to `panel decide --from`"
                ),
            };
            self.tell(
                found,
                need,
                format!("{gap} {what} ({})", self.outcome.label.to_lowercase()),
                how,
                &self.outcome.basis,
            );
        }
    }

    /// What is not decided on the day has a day by which it will be.
    fn promise(&self, found: &mut Findings) {
        if self.outcome.id != "pending"
            || self.is_needed("decide_by")
            || self.made.decision().decide_by.is_some()
        {
            return;
        }
        self.tell(
            found,
            "decide_by",
            "the decision does not say by when it will be made".to_owned(),
            format!("ask the chair, and {}", self.amended("--decide-by DAY")),
            &self.outcome.basis,
        );
    }

    /// Where the chair decided alone, it is the chair who did.
    fn basis(&self, found: &mut Findings) {
        let decision = self.made.decision();
        if decision.basis.as_deref() != Some("chair") {
            return;
        }
        let council = self.made.rules;
        let chair = self
            .desk
            .meeting_in(self.made.meeting)
            .and_then(|meeting| meeting.folder)
            .and_then(|folder| folder.meeting.as_ref())
            .and_then(|file| file.record.chair.as_ref());
        let by = decision.decided_by.as_ref();
        let name = by.and_then(|by| said(by.name.as_ref()));
        let role = by.and_then(|by| said(by.role.as_ref()));
        let is_chair = match chair.and_then(|chair| said(chair.name.as_ref())).zip(name) {
            Some((chaired, name)) => same_name(chaired, name),
            // Without a record of who chaired, the post alone is judged.
            None => {
                council.chairs.is_empty()
                    || role.is_none_or(|role| council.may_chair(role).is_some())
            }
        };
        // A post that chairs for just such a case decides it in the chair's place.
        let is_in_its_place = role.is_some_and(|role| {
            council.chairs.iter().any(|chair| {
                chair.when.is_some()
                    && council.words.role_serves(role, &chair.role)
                    && self
                        .desk
                        .holds_for(chair.when.as_ref(), self.case, self.made)
            })
        });
        if is_chair || is_in_its_place {
            return;
        }
        let who = name.or(role.map(|role| council.role_label(role)));
        self.tell(
            found,
            "basis",
            format!(
                "it is the chair's own decision, and {} gave it and did not chair",
                who.unwrap_or("somebody")
            ),
            format!(
                "put right who gave it, or how it was reached (`--basis consensus` in its place): {}",
                self.amended("--by NAME --role ROLE")
            ),
            &self.outcome.basis,
        );
    }

    /// What stands in principle names whose endorsement it waits for.
    fn endorsements(&self, found: &mut Findings) {
        let council = self.made.rules;
        let decision = self.made.decision();
        for wanted in &council.endorsements {
            let is_about = wanted.outcomes.iter().any(|id| id == self.made.outcome())
                && self
                    .desk
                    .holds_for(wanted.when.as_ref(), self.case, self.made);
            let serves = |role: Option<&Text>| {
                said(role).is_some_and(|role| council.serves(role, &wanted.role))
            };
            let is_named = decision
                .subject_to
                .iter()
                .any(|entry| serves(entry.role.as_ref()));
            // Whoever would endorse it has given it.
            let is_own = serves(decision.decided_by.as_ref().and_then(|by| by.role.as_ref()));
            if !is_about || is_named || is_own {
                continue;
            }
            let what = wanted
                .what
                .as_ref()
                .map(|what| format!(", for: {what}"))
                .unwrap_or_default();
            self.tell(
                found,
                "subject_to",
                format!(
                    "it stands in principle until {} has endorsed it, and does not say so",
                    council.one_of_posts(std::slice::from_ref(&wanted.role))
                ),
                format!(
                    "write `- {{role: {}{what}}}` below `subject_to:` in a copy of the decision, and hand that to `panel decide --from`: {}",
                    wanted.role,
                    amendment(self.desk, self.case, self.made, "")
                ),
                &wanted.basis,
            );
        }
    }

    /// An approval says until when it holds.
    fn time_limit(&self, found: &mut Findings) {
        let Some(limit) = &self.made.rules.time_limit else {
            return;
        };
        let holds = self
            .desk
            .holds_for(limit.when.as_ref(), self.case, self.made);
        if !self.made.is_approval() || !holds {
            return;
        }
        let last = limit
            .longest
            .map(|longest| (longest, add(self.made.on, longest)));
        let (message, help, options) = match (self.made.decision().until, last) {
            (None, _) if self.is_needed("until") => return,
            (None, _) => (
                "the decision does not say until when the approval holds".to_owned(),
                match last {
                    Some((longest, last)) => format!(
                        "ask the chair for a day, {longest} from the meeting at most ({})",
                        last.with_weekday()
                    ),
                    None => "ask the chair for a day".to_owned(),
                },
                "--until DAY".to_owned(),
            ),
            (Some(until), Some((longest, last))) if until > last => (
                format!(
                    "the approval holds until {}, longer than {longest} from the meeting: {} is the last day",
                    until.with_weekday(),
                    last.with_weekday()
                ),
                "ask the chair for that day or an earlier one".to_owned(),
                format!("--until {last}"),
            ),
            _ => return,
        };
        let help = format!("{help}, and {}", self.amended(&options));
        self.tell(found, "until", message, help, &limit.basis);
    }
}

/// What a need asks, and the options of `panel decide` that answer it.
fn in_words(need: &str) -> (&str, Option<&'static str>) {
    let (what, options) = match need {
        "rationale" => ("why the panel decided so", "--rationale TEXT"),
        "highlights" => ("what was presented and discussed", "--highlights TEXT"),
        "agreements" => ("what was agreed", "--agreement TEXT"),
        "alternative" => ("what is recommended instead", "--alternative TEXT"),
        "approved" => (
            "which cost lines are approved",
            "--approve 'ITEM|DESCRIPTION|WEEKLY|WEEKS|ONE_OFF|FROM'",
        ),
        "basis" => ("how it was reached", "--basis BASIS"),
        "until" => ("until when it holds", "--until DAY"),
        "review" => ("when the case comes back to panel", "--review-on DAY"),
        "decide_by" => ("by when it will be made", "--decide-by DAY"),
        "deferred.to" => ("the meeting to which the case is put off", "--defer-to DAY"),
        "deferred.reason" => ("why the case is put off", "--defer-reason REASON"),
        "deferred.needs" => (
            "what the panel needs to see, from whom and by when",
            "--defer-need 'WHAT|FROM|BY'",
        ),
        other => return (other, None),
    };
    (what, Some(options))
}
