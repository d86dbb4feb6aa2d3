//! The loaded rule file: typed tables and compiled conditions, each entry with its clause and place.

mod build_on;
mod built_in;
mod check;
pub(crate) mod condition;
mod edition;
mod entries;
mod examples;
mod lint;
mod list;
mod load;
mod names;
mod raw;
mod schema;
mod select;
mod sources;
mod tables;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_editions;
#[cfg(test)]
mod tests_extends;
mod values;
mod vocabulary;

#[cfg(test)]
pub(crate) use built_in::RULE_IDS;
pub(crate) use built_in::{BANK_HOLIDAYS, BUILT_IN};
pub(crate) use edition::Edition;
pub(crate) use entries::*;
pub(crate) use examples::example_of;
pub(crate) use lint::{Remark, Wanted, lint};
pub(crate) use list::Listed;
pub(crate) use load::{
    CouncilError, Loaded, load_council, load_council_with, load_whole, parse_council, parse_whole,
    parse_whole_in,
};
pub(crate) use names::{History, NAMES, Subject, SubjectFacts};
pub(crate) use raw::{
    CasePart, CountedFrom, GroupedBy, MoneyBase, Move, Paper, PermittedBefore, RuleOf, SignedBy,
};
pub(crate) use schema::{FileKind, schema_of};
pub(crate) use vocabulary::{Use, Vocabulary};

use crate::calendar::{BankHolidays, CutOff, CutOffOnBankHoliday, Schedule};
use crate::findings::{Basis, Severity};
use crate::records::{Interval, Text};
use condition::Condition;
#[cfg(any(test, fuzzing))]
use condition::ConditionError;

/// One council's rules, ready to be asked.
#[derive(Debug)]
pub(crate) struct Council {
    /// Id of a built-in council, or the rule file's stem.
    pub(crate) id: String,
    /// The rule file as findings name it.
    pub(crate) file: String,
    /// Whose panel this is.
    pub(crate) about: About,
    /// The policy that the file puts into practice.
    pub(crate) policy: Option<Policy>,
    /// Whether a condition asks what was approved for the child in its other requests: one request
    /// cannot be judged then without reading all.
    pub(crate) asks_of_other_requests: bool,
    /// The words that files may use.
    pub(crate) words: Vocabulary,
    /// When and where the panel sits.
    pub(crate) meetings: Meetings,
    /// How long it sits.
    pub(crate) sitting: Option<Sitting>,
    /// By when referrals must be sent.
    pub(crate) cut_off: Option<CutOffRule>,
    /// Who agrees to calling a meeting off.
    pub(crate) cancellation: Option<Cancellation>,
    /// The posts that sit, in order.
    pub(crate) members: Vec<Member>,
    /// The posts that may chair, in order of precedence.
    pub(crate) chairs: Vec<Chair>,
    /// Whether members declare involvement.
    pub(crate) declarations: Option<Basis>,
    /// Amounts.
    pub(crate) thresholds: Vec<Threshold>,
    /// Grounds for coming to the panel.
    pub(crate) criteria: Vec<Criterion>,
    /// Children whose care began since the last meeting.
    pub(crate) newly_looked_after: Option<Newly>,
    /// Birthdays before which a case must have come.
    pub(crate) milestones: Vec<Milestone>,
    /// The form, part by part.
    pub(crate) sections: Vec<Section>,
    /// The ends of the scaling question.
    pub(crate) scale: Option<Scale>,
    /// Questions whose no is explained.
    pub(crate) yes_no: Vec<YesNoQuestion>,
    /// Whose views are asked for.
    pub(crate) views_asked: Vec<ViewAsked>,
    /// When earlier services are asked for.
    pub(crate) alternatives: Option<Asked>,
    /// When an in-house option is asked for.
    pub(crate) in_house_first: Option<Asked>,
    /// When costs are asked for.
    pub(crate) costs: Option<Costs>,
    /// Papers beside the form need agreement.
    pub(crate) extra_documents: Option<Asked>,
    /// How long a section may be.
    pub(crate) length: Option<Length>,
    /// Signatures.
    pub(crate) sign_offs: Vec<SignOffAsked>,
    /// Who presents.
    pub(crate) presenters: Vec<Presenter>,
    /// What may be accepted, and by whom.
    pub(crate) acceptances: Vec<AcceptanceRule>,
    /// What the panel asks of a case.
    pub(crate) checklist: Vec<ChecklistPoint>,
    /// The parts of a case's agenda.
    pub(crate) case_agenda: Vec<CaseAgenda>,
    /// Every member is asked for a view.
    pub(crate) views: Option<Basis>,
    /// What the panel may decide.
    pub(crate) outcomes: Vec<Outcome>,
    /// Who signs the money.
    pub(crate) expenditure: Option<Signed>,
    /// What a return to panel means.
    pub(crate) reviews: Option<Reviews>,
    /// The action log.
    pub(crate) actions: Option<Basis>,
    /// The child's own record.
    pub(crate) record: RecordForm,
    /// What the family is told beside the decision.
    pub(crate) letter: LetterWords,
    /// The council's panels and parts; none where there is one panel.
    pub(crate) panels: Vec<Panel>,
    /// Posts from the most junior to the most senior.
    pub(crate) seniority: Vec<String>,
    /// How long before a meeting its members are told that it changes, in hours.
    pub(crate) change_notice: Option<ChangeNotice>,
    /// Whoever decides stands outside the case.
    pub(crate) chair_independence: Option<Basis>,
    /// How many must be there.
    pub(crate) quorum: Vec<Quorum>,
    /// Who may take which decisions.
    pub(crate) deciders: Vec<Decider>,
    /// Who agrees to observers.
    pub(crate) observers: Option<Signed>,
    /// How regularly members come.
    pub(crate) attendance: Option<AttendanceBar>,
    /// What the panel does not fund or decide.
    pub(crate) exclusions: Vec<Exclusion>,
    /// Other panels.
    pub(crate) other_panels: Vec<OtherPanel>,
    /// A placement comes to panel soon after it began.
    pub(crate) new_placement: Option<NewPlacement>,
    /// The panel is asked before the placement begins.
    pub(crate) before_placement: Option<Asked>,
    /// What comes before the search for a placement.
    pub(crate) searches: Vec<Search>,
    /// A placement under notice comes before the notice runs out.
    pub(crate) notice: Option<Asked>,
    /// The request comes before the plan is filed with the court.
    pub(crate) before_filing: Option<Asked>,
    /// What an emergency is.
    pub(crate) emergency: Option<EmergencyRule>,
    /// Who approves one.
    pub(crate) emergency_approvals: Vec<EmergencyApproval>,
    /// Days counted from dates of the referral.
    pub(crate) timers: Vec<Timer>,
    /// Cases that are heard again by a condition.
    pub(crate) bring_forward: Vec<BringForward>,
    /// The placements that were looked at.
    pub(crate) options: Option<Asked>,
    /// Other funders are explained.
    pub(crate) funding_sources: Option<Asked>,
    /// Papers.
    pub(crate) documents: Vec<DocumentAsked>,
    /// Leave given beforehand.
    pub(crate) permissions: Vec<PermissionAsked>,
    /// Who does not come.
    pub(crate) not_invited: Vec<NotInvited>,
    /// Duty cover does not serve.
    pub(crate) duty_cover: Option<DutyCover>,
    /// Who agrees to taking back.
    pub(crate) withdrawal: Option<Withdrawal>,
    /// The council's own checks.
    pub(crate) own_rules: Vec<OwnRule>,
    /// How the agenda is laid out.
    pub(crate) agenda: Option<AgendaForm>,
    /// Printed with each item.
    pub(crate) prompts: Vec<Said>,
    /// Printed once on each agenda.
    pub(crate) reminders: Vec<Said>,
    /// Words beside items.
    pub(crate) marks: Vec<Mark>,
    /// Who endorses decisions.
    pub(crate) endorsements: Vec<Endorsement>,
    /// Approvals end on a day.
    pub(crate) time_limit: Option<TimeLimit>,
    /// Who signs the running log.
    pub(crate) expenditure_log: Option<Signed>,
    /// What there is to spend.
    pub(crate) funds_available: Option<Funds>,
    /// How soon approvals come back.
    pub(crate) review_intervals: Vec<ReviewInterval>,
    /// When a case drifts.
    pub(crate) drift: Option<Drift>,
    /// Actions that decisions create.
    pub(crate) standard_actions: Vec<StandardAction>,
    /// How the minutes are filed.
    pub(crate) minutes: Option<MinutesForm>,
    /// Who papers go to.
    pub(crate) distribution: Vec<Distribution>,
    /// The office's duties.
    pub(crate) deadlines: Vec<Deadline>,
    /// What follows a disagreement.
    pub(crate) appeals: Vec<Appeal>,
    /// Bank holidays, the folder's own included.
    pub(crate) holidays: BankHolidays,
    /// The panel or part, and the days, that these rules are those of.
    pub(crate) edition: Edition,
    /// The rules of other panels and of other days.
    pub(crate) others: Vec<Council>,
    /// Every entry, for `panel rules`.
    pub(crate) listed: Vec<Listed>,
}

/// The word in a rule file for whoever chairs the meeting.
pub(crate) const THE_CHAIR: &str = "chair";

/// What follows a post where any post above it serves too.
pub(crate) const OR_MORE_SENIOR: &str = " or more senior";

impl Council {
    /// Whether a condition holds for a referral; an entry without one always holds.
    pub(crate) fn holds(&self, when: Option<&Condition>, subject: Subject<'_>) -> bool {
        when.is_none_or(|condition| {
            condition.holds(&SubjectFacts {
                subject,
                words: &self.words,
                thresholds: &self.thresholds,
            })
        })
    }

    /// Reads a condition as one of this council's entries would be read.
    #[cfg(any(test, fuzzing))]
    pub(crate) fn compile(&self, source: &str) -> Result<Condition, Vec<ConditionError>> {
        let ids: Vec<String> = self
            .thresholds
            .iter()
            .map(|known| known.id.clone())
            .collect();
        let names = names::KnownNames {
            words: &self.words,
            thresholds: &ids,
        };
        Condition::compile(source, &names)
    }

    /// Whether the referral tells that a condition does not hold for it.
    pub(crate) fn is_known_to_fail(&self, when: &Condition, subject: Subject<'_>) -> bool {
        when.is_known_to_fail(&SubjectFacts {
            subject,
            words: &self.words,
            thresholds: &self.thresholds,
        })
    }

    /// The most weeks of a cost line that count; 52 where the file does not say.
    pub(crate) fn most_weeks(&self) -> i64 {
        self.costs.as_ref().map_or(52, |costs| costs.most_weeks)
    }

    /// Whether a post may chair at all.
    pub(crate) fn may_chair(&self, role: &str) -> Option<&Chair> {
        self.chairs
            .iter()
            .find(|chair| self.words.role_serves(role, &chair.role))
    }

    /// Whether a post serves where the file names `wanted`: a post, or whoever may chair.
    ///
    /// `"service-manager or more senior"` is served by every post that `[seniority]` puts above it.
    pub(crate) fn serves(&self, role: &str, wanted: &str) -> bool {
        if wanted == THE_CHAIR {
            return self.may_chair(role).is_some();
        }
        let Some(least) = wanted.strip_suffix(OR_MORE_SENIOR) else {
            return self.words.role_serves(role, wanted);
        };
        self.words.role_serves(role, least)
            || self
                .seniority
                .iter()
                .position(|post| post == least)
                .is_some_and(|from| {
                    self.seniority[from + 1..]
                        .iter()
                        .any(|post| self.words.role_serves(role, post))
                })
    }

    /// Whether a post serves where any one of several is asked for.
    pub(crate) fn serves_any(&self, role: Option<&Text>, wanted: &[String]) -> bool {
        role.is_some_and(|role| wanted.iter().any(|wanted| self.serves(role, wanted)))
    }

    /// Posts of which one serves, as people say them: "the team manager or the head of service".
    pub(crate) fn one_of_posts(&self, wanted: &[String]) -> String {
        let posts: Vec<String> = wanted
            .iter()
            .map(|wanted| {
                if wanted == THE_CHAIR {
                    return "the chair".to_owned();
                }
                match wanted.strip_suffix(OR_MORE_SENIOR) {
                    Some(least) => format!(
                        "the {} or somebody more senior",
                        self.role_label(least).to_lowercase()
                    ),
                    None => format!("the {}", self.role_label(wanted).to_lowercase()),
                }
            })
            .collect();
        posts.join(" or ")
    }

    /// The outcome of that id.
    pub(crate) fn outcome(&self, id: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.id == id)
    }

    /// An outcome as the council's own form says it.
    pub(crate) fn outcome_label<'a>(&'a self, id: &'a str) -> &'a str {
        self.outcome(id).map_or_else(
            || self.words.label(Use::Outcome, id),
            |outcome| &outcome.label,
        )
    }

    /// A post as people say it; `chair` is whoever chairs.
    pub(crate) fn role_label<'a>(&'a self, role: &'a str) -> &'a str {
        if role == THE_CHAIR {
            "the chair"
        } else {
            self.words.label(Use::Role, role)
        }
    }
}
