//! Meetings chaired, and decisions given, by somebody whom the council does not let.
use super::super::judge::{chairs_in_words, stands_in};
use super::super::prelude::*;
use super::super::ways::{amended, amendment};
use super::{decided, said};
use crate::council::{Chair, Council};
use crate::desk::{PanelMeeting, involvement};
use crate::findings::{Basis, Place};
use crate::folder::File;
use crate::records::{Decision, Meeting, Person};

pub(super) const RULE: Rule = Rule {
    id: "chair-not-authorised",
    summary: "the meeting is chaired, or the case decided, by somebody who may not",
    severity: Severity::Error,
    asked_by: &["chair/*", "decider/*", "chair-independence"],
    text: include_str!("chair_not_authorised.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    let decided_at = desk.decided_at();
    for (meeting, file) in super::recorded(desk) {
        let Some(chair) = &file.record.chair else {
            continue;
        };
        // A record that is kept for a decision between meetings was chaired by nobody.
        if meeting.is_cancelled || meeting.is_outside || meeting.rules.chairs.is_empty() {
            continue;
        }
        is_there(meeting, file, found);
        let made = decided(&decided_at, meeting);
        if let Some((message, basis)) = chairing(desk, meeting, chair, made) {
            found
                .at(Desk::place(file, "chair.role"), message)
                .because(&basis)
                .help(format!(
                    "this panel is chaired by: {}. If another than is written chaired, put `chair` right in this file; if those who come first were away, write that under `attendance`; if neither, each decision is given again by one of them, as an amendment",
                    chairs_in_words(meeting.rules)
                ))
                .of_meeting(&meeting.id);
        }
    }
    for case in desk.cases() {
        for made in &case.decisions {
            let Some(by) = &made.decision().decided_by else {
                continue;
            };
            let of = Given {
                desk,
                case,
                made,
                by,
                meeting: desk.meeting_in(made.meeting),
            };
            of.by_the_chair(found);
            of.independently(found);
            of.by_whom_it_takes(found);
        }
    }
}

/// Nobody chairs a meeting that they are recorded as away from.
fn is_there(meeting: &PanelMeeting<'_>, file: &File<Meeting>, found: &mut Findings) {
    let chair = file.record.chair.as_ref();
    let Some(name) = chair.and_then(|chair| said(chair.name.as_ref())) else {
        return;
    };
    let rows = file.record.attendance.iter().flatten().enumerate();
    for (index, row) in rows {
        let is_same = said(row.name.as_ref()).is_some_and(|own| same_name(own, name));
        if !is_same || !row.is_away() {
            continue;
        }
        let status = row.status.as_deref().unwrap_or_default();
        let basis = meeting.rules.chairs.first().map(|first| &first.basis);
        found
            .at(
                Desk::place(file, format!("attendance[{index}].status")),
                format!("{name} chairs this meeting, and is recorded as away ({})", status),
            )
            .because(basis.unwrap_or(&Basis::default()))
            .help("put right which of the two is wrong: `chair` where another chaired, or the `status` here where they did")
            .of_meeting(&meeting.id);
    }
}

/// Why somebody may not chair a meeting, and the entry that says who may; nothing where they may.
fn chairing(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    chair: &Person,
    made: &[(&Case<'_>, &Made<'_>)],
) -> Option<(String, Basis)> {
    let role = said(chair.role.as_ref());
    objection(meeting.rules, Some(meeting), role, |entry| {
        // Items that another gave a decision on are not this chair's.
        made.iter()
            .filter(|(_, made)| {
                let by = made.decision().decided_by.as_ref();
                let name = by.and_then(|by| said(by.name.as_ref()));
                match (name, said(chair.name.as_ref())) {
                    (Some(name), Some(chaired)) => same_name(name, chaired),
                    _ => true,
                }
            })
            .all(|(case, made)| desk.holds_for(entry.when.as_ref(), case, made))
    })
}

/// Why a post may not chair, given whether an entry with a condition covers what is decided.
fn objection(
    council: &Council,
    meeting: Option<&PanelMeeting<'_>>,
    role: Option<&str>,
    covers: impl Fn(&Chair) -> bool,
) -> Option<(String, Basis)> {
    let first = council.chairs.first()?;
    let Some(role) = role else {
        return Some((
            "the post of the chair, or of whoever gave the decision, is not said".to_owned(),
            first.basis.clone(),
        ));
    };
    let label = council.role_label(role);
    let own: Vec<&Chair> = council
        .chairs
        .iter()
        .filter(|chair| council.words.role_serves(role, &chair.role))
        .collect();
    let Some(nearest) = own.first() else {
        return Some((
            format!("{label} is not a post that chairs this panel"),
            first.basis.clone(),
        ));
    };
    let in_turn: Vec<&&Chair> = own
        .iter()
        .filter(|chair| stands_in(council, meeting, chair))
        .collect();
    if in_turn.is_empty() {
        let before: Vec<&str> = nearest
            .only_if_away
            .iter()
            .map(|role| council.role_label(role))
            .collect();
        return Some((
            format!(
                "{label} chairs only where the record shows these as away: {}",
                before.join(", ")
            ),
            nearest.basis.clone(),
        ));
    }
    if in_turn
        .iter()
        .any(|chair| chair.when.is_none() || covers(chair))
    {
        return None;
    }
    Some((
        format!(
            "{label} chairs this panel only for some kinds of case, and others were decided here"
        ),
        in_turn.first()?.basis.clone(),
    ))
}

/// A decision and who gave it.
struct Given<'d, 'a> {
    desk: &'d Desk<'a>,
    case: &'d Case<'a>,
    made: &'d Made<'a>,
    by: &'a Person,
    meeting: Option<&'d PanelMeeting<'a>>,
}

impl<'a> Given<'_, 'a> {
    fn file(&self) -> &'a File<Decision> {
        &self.made.file.file
    }

    fn tell(
        &self,
        found: &mut Findings,
        place: Place,
        message: String,
        help: String,
        basis: &Basis,
    ) {
        found
            .at(place, message)
            .because(basis)
            .help(help)
            .about(self.case.reference())
            .of_meeting(self.made.meeting);
    }

    /// The command that amends it.
    fn amendment(&self, options: &str) -> String {
        amendment(self.desk, self.case, self.made, options)
    }

    fn record(&self) -> Option<&'a Meeting> {
        let file = self.meeting?.folder?.meeting.as_ref()?;
        Some(&file.record)
    }

    /// Whether a chair's entry of its own lets this post decide this very item.
    fn has_own_entry(&self, role: &str) -> bool {
        let council = self.made.rules;
        council.chairs.iter().any(|chair| {
            chair.when.is_some()
                && council.words.role_serves(role, &chair.role)
                && stands_in(council, self.meeting, chair)
                && self
                    .desk
                    .holds_for(chair.when.as_ref(), self.case, self.made)
        })
    }

    /// The one who chaired gives the decision, at the meeting.
    fn by_the_chair(&self, found: &mut Findings) {
        let council = self.made.rules;
        let Some(first) = council.chairs.first() else {
            return;
        };
        let role = said(self.by.role.as_ref());
        if self.desk.is_decided_outside(self.case, self.made) {
            return;
        }
        let held_on = self.meeting.map_or(self.made.on, |meeting| meeting.on);
        if let Some(early) = self.made.decision().decided_on.filter(|on| *on < held_on) {
            self.tell(
                found,
                Desk::place(self.file(), "decided_on"),
                format!(
                    "decided on {}, before the meeting of {}",
                    early.with_weekday(),
                    held_on.with_weekday()
                ),
                format!(
                    "nobody in this post decides between meetings: if the day is a slip, put it right in an amendment; else the meeting decides it: {}",
                    self.amendment("")
                ),
                &first.basis,
            );
            return;
        }
        let Some(chair) = self.record().and_then(|record| record.chair.as_ref()) else {
            // Without a record of who chaired, the post alone is judged.
            let objected = objection(council, self.meeting, role, |entry| {
                self.desk
                    .holds_for(entry.when.as_ref(), self.case, self.made)
            });
            if let Some((message, basis)) = objected {
                let place = Desk::place(self.file(), "decided_by.role");
                let help = format!(
                    "this panel is chaired by: {}. Have one of them give the decision: {}",
                    chairs_in_words(council),
                    amended(self.desk, self.case, self.made, "--by NAME --role ROLE")
                );
                self.tell(found, place, message, help, &basis);
            }
            return;
        };
        if role.is_some_and(|role| self.has_own_entry(role)) {
            return;
        }
        if self.desk.is_taken_over(self.case, self.made) {
            return;
        }
        let chair_role = said(chair.role.as_ref());
        let (key, message) = match (said(self.by.name.as_ref()), said(chair.name.as_ref())) {
            (Some(name), Some(chaired)) if !same_name(name, chaired) => (
                "decided_by.name",
                format!("{name} gave the decision, and {chaired} chaired the meeting"),
            ),
            _ if chair_role.is_some() && role != chair_role => (
                "decided_by.role",
                format!(
                    "the decision is given as {}, and the meeting was chaired as {}",
                    role.map_or("no post", |role| council.role_label(role)),
                    chair_role.map_or("no post", |role| council.role_label(role))
                ),
            ),
            _ => return,
        };
        let help = format!(
            "the one who chaired gives the decision: put `chair` right in the meeting's file, or amend the decision: {}; where the chair stood aside for this case or had left, write `- {{member: {}, referral: {}, nature: …}}` under `declarations` there",
            self.amendment("--by NAME --role ROLE"),
            said(chair.name.as_ref()).unwrap_or("NAME"),
            self.case.reference()
        );
        let place = Desk::place(self.file(), key);
        self.tell(found, place, message, help, &first.basis);
    }

    /// Whoever decides stands outside the case.
    fn independently(&self, found: &mut Findings) {
        let Some(basis) = &self.made.rules.chair_independence else {
            return;
        };
        let Some(name) = said(self.by.name.as_ref()) else {
            return;
        };
        let Some(part) = involvement(self.case.referral(), name) else {
            return;
        };
        self.tell(
            found,
            Desk::place(self.file(), "decided_by.name"),
            format!("{name} gave the decision and is {part}"),
            format!(
                "somebody who stands outside the case decides it: have another who may chair give the decision: {}",
                self.amendment("--by NAME --role ROLE")
            ),
            basis,
        );
    }

    /// The posts that a decision like this takes.
    fn by_whom_it_takes(&self, found: &mut Findings) {
        let council = self.made.rules;
        for decider in &council.deciders {
            let is_about = decider.outcomes.iter().any(|id| id == self.made.outcome())
                && self
                    .desk
                    .holds_for(decider.when.as_ref(), self.case, self.made);
            if !is_about || council.serves_any(self.by.role.as_ref(), &decider.any_of) {
                continue;
            }
            let waits = self
                .made
                .decision()
                .subject_to
                .iter()
                .any(|wanted| council.serves_any(wanted.role.as_ref(), &decider.any_of));
            if decider.or_endorses && waits {
                continue;
            }
            let wanted = council.one_of_posts(&decider.any_of);
            let role = said(self.by.role.as_ref());
            let who = role.map_or("no post", |role| council.role_label(role));
            let help = if decider.or_endorses {
                format!(
                    "it stands in principle until {wanted} has endorsed it: write `subject_to: [{{role: {}}}]` into a copy of the decision and hand that to `panel decide --from`, or have them decide it: {}",
                    decider.any_of.first().map_or("…", |post| {
                        post.trim_end_matches(crate::council::OR_MORE_SENIOR)
                    }),
                    self.amendment("--by NAME --role ROLE")
                )
            } else {
                format!(
                    "have {wanted} decide it: {}",
                    amended(self.desk, self.case, self.made, "--by NAME --role ROLE")
                )
            };
            self.tell(
                found,
                Desk::place(self.file(), "decided_by.role"),
                format!("a decision like this takes {wanted}, and it is given as {who}"),
                help,
                &decider.basis,
            );
        }
    }
}
