//! The loaded rule file: typed tables and compiled conditions, each entry with its clause and place.

mod built_in;
mod check;
pub(crate) mod condition;
mod list;
mod load;
mod names;
mod raw;
mod tables;
#[cfg(test)]
mod tests;
mod vocabulary;

pub(crate) use built_in::{BANK_HOLIDAYS, BUILT_IN};
pub(crate) use list::Listed;
pub(crate) use load::{CouncilError, load_council, parse_council};
pub(crate) use names::{NAMES, Subject, SubjectFacts};
pub(crate) use raw::{CasePart, MoneyBase};
pub(crate) use vocabulary::{Use, Vocabulary};

use crate::calendar::{BankHolidays, CutOff, CutOffOnBankHoliday, Schedule};
use crate::findings::{Basis, Severity};
use crate::records::{Day, Interval, Money};
use condition::Condition;

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
    /// Bank holidays, the folder's own included.
    pub(crate) holidays: BankHolidays,
    /// Every entry, for `panel rules`.
    pub(crate) listed: Vec<Listed>,
}

/// Whose panel this is.
#[derive(Debug, Clone, Default)]
pub(crate) struct About {
    pub(crate) name: String,
    pub(crate) panel: String,
    pub(crate) case_system: Option<String>,
    pub(crate) form: Option<String>,
    /// The address that referrals are sent to.
    pub(crate) send_to: Option<String>,
}

/// The policy document.
#[derive(Debug, Clone)]
pub(crate) struct Policy {
    pub(crate) title: String,
    pub(crate) implemented: Option<String>,
    pub(crate) revised: Option<String>,
    pub(crate) review_due: Option<Day>,
}

/// When and where the panel sits.
#[derive(Debug, Clone)]
pub(crate) struct Meetings {
    pub(crate) schedule: Schedule,
    pub(crate) venue: Option<String>,
    /// As people say it: "every week on Thursday at 14:00".
    pub(crate) in_words: String,
    pub(crate) basis: Basis,
}

/// Minutes of a sitting.
#[derive(Debug, Clone)]
pub(crate) struct Sitting {
    pub(crate) minutes: u32,
    pub(crate) opening_minutes: u32,
    pub(crate) slot_minutes: u32,
    pub(crate) complex_minutes: u32,
    pub(crate) basis: Basis,
}

/// By when a referral must be sent.
#[derive(Debug)]
pub(crate) struct CutOffRule {
    pub(crate) rule: CutOff,
    pub(crate) on_bank_holiday: CutOffOnBankHoliday,
    /// Referrals that it does not hold for.
    pub(crate) exempt: Option<Condition>,
    pub(crate) in_words: String,
    pub(crate) basis: Basis,
}

/// Who agrees to calling a meeting off: `chair`, or a post.
#[derive(Debug, Clone)]
pub(crate) struct Cancellation {
    pub(crate) agreed_by: String,
    pub(crate) basis: Basis,
}

/// A post that sits on the panel.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) role: String,
    pub(crate) label: String,
    /// Takes the minutes.
    pub(crate) minutes: bool,
    /// Is asked for a view.
    pub(crate) gives_view: bool,
}

/// A post that may chair.
#[derive(Debug, Clone)]
pub(crate) struct Chair {
    pub(crate) role: String,
    /// Only where the holders of these posts are recorded as away.
    pub(crate) only_if_away: Vec<String>,
    pub(crate) basis: Basis,
}

/// An amount.
#[derive(Debug, Clone)]
pub(crate) struct Threshold {
    pub(crate) id: String,
    pub(crate) amount: Money,
    pub(crate) of: MoneyBase,
    pub(crate) basis: Basis,
}

/// A ground for coming to the panel.
#[derive(Debug)]
pub(crate) struct Criterion {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) when: Condition,
    pub(crate) basis: Basis,
}

/// Children whose care began since the last meeting.
#[derive(Debug, Clone)]
pub(crate) struct Newly {
    /// How soon one may be brought back.
    pub(crate) review: Option<Interval>,
}

/// A birthday before which a case must have come.
#[derive(Debug)]
pub(crate) struct Milestone {
    pub(crate) id: String,
    pub(crate) age: u32,
    pub(crate) label: String,
    pub(crate) when: Option<Condition>,
    /// The last looked-after review must be on record before the meeting.
    pub(crate) after_last_review: bool,
    pub(crate) basis: Basis,
}

/// A part of the form.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) field: String,
    pub(crate) label: String,
    pub(crate) hint: Option<String>,
    pub(crate) when: Option<Condition>,
    pub(crate) basis: Basis,
}

/// The ends of the scaling question.
#[derive(Debug, Clone)]
pub(crate) struct Scale {
    pub(crate) least: i64,
    pub(crate) most: i64,
    pub(crate) basis: Basis,
}

/// A question whose no is explained.
#[derive(Debug)]
pub(crate) struct YesNoQuestion {
    pub(crate) field: String,
    pub(crate) label: String,
    pub(crate) when: Option<Condition>,
    pub(crate) basis: Basis,
}

/// Whose views are asked for; any one of them serves.
#[derive(Debug)]
pub(crate) struct ViewAsked {
    pub(crate) any_of: Vec<String>,
    pub(crate) label: String,
    pub(crate) when: Option<Condition>,
    pub(crate) basis: Basis,
}

/// Something asked for where a condition holds.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) when: Option<Condition>,
    pub(crate) basis: Basis,
}

/// Cost lines and their sum.
#[derive(Debug)]
pub(crate) struct Costs {
    pub(crate) when: Option<Condition>,
    pub(crate) most_weeks: i64,
    pub(crate) basis: Basis,
}

/// Words a section may have.
#[derive(Debug, Clone)]
pub(crate) struct Length {
    pub(crate) most_words: usize,
    pub(crate) basis: Basis,
}

/// A signature.
#[derive(Debug)]
pub(crate) struct SignOffAsked {
    pub(crate) role: String,
    pub(crate) when: Option<Condition>,
    pub(crate) basis: Basis,
}

/// Who presents; any one of them serves.
#[derive(Debug)]
pub(crate) struct Presenter {
    pub(crate) any_of: Vec<String>,
    pub(crate) when: Option<Condition>,
    pub(crate) severity: Severity,
    pub(crate) basis: Basis,
}

/// Which findings may be accepted, and by whom: `chair`, or posts.
#[derive(Debug, Clone)]
pub(crate) struct AcceptanceRule {
    pub(crate) rules: Vec<String>,
    pub(crate) by: Vec<String>,
    pub(crate) basis: Basis,
}

/// A question that the panel asks.
#[derive(Debug)]
pub(crate) struct ChecklistPoint {
    pub(crate) id: String,
    pub(crate) question: String,
    pub(crate) when: Option<Condition>,
    /// Whether a decision without an answer is refused.
    pub(crate) required: bool,
    pub(crate) basis: Basis,
}

/// A part of a case's agenda.
#[derive(Debug, Clone)]
pub(crate) struct CaseAgenda {
    pub(crate) part: CasePart,
    pub(crate) title: String,
}

/// A decision that the panel may make.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) when: Option<Condition>,
    /// Fields of the decision that must be filled.
    pub(crate) needs: Vec<String>,
    /// Reasons for a deferral that may be given.
    pub(crate) reasons: Vec<String>,
    pub(crate) basis: Basis,
}

/// Something that somebody signs: `chair`, or a post.
#[derive(Debug, Clone)]
pub(crate) struct Signed {
    pub(crate) signed_by: String,
    pub(crate) basis: Basis,
}

/// A return to panel.
#[derive(Debug, Clone)]
pub(crate) struct Reviews {
    /// What follows where it does not come back.
    pub(crate) if_missed: Option<String>,
    pub(crate) basis: Basis,
}

/// The child's own record.
#[derive(Debug, Clone, Default)]
pub(crate) struct RecordForm {
    pub(crate) heading: String,
}

/// What the family is told beside the decision.
#[derive(Debug, Clone, Default)]
pub(crate) struct LetterWords {
    pub(crate) contact: Option<String>,
    pub(crate) disagree: Option<String>,
}

/// The word in a rule file for whoever chairs the meeting.
pub(crate) const THE_CHAIR: &str = "chair";

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
    pub(crate) fn serves(&self, role: &str, wanted: &str) -> bool {
        if wanted == THE_CHAIR {
            self.may_chair(role).is_some()
        } else {
            self.words.role_serves(role, wanted)
        }
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
