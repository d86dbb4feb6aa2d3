//! The rule file as it is written: plain shapes, every key optional, nothing judged yet.
//!
//! The doc comment of each table and key is what the book and the schema say of it.

mod case;
mod panel;
mod record;

pub(in crate::council) use case::*;
pub(in crate::council) use panel::*;
pub(in crate::council) use record::*;

use crate::findings::Severity;
use crate::records::Unreadable;
use serde::Deserialize;
use std::collections::BTreeMap;

/// One word or a list of words: a clause, or several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::council) struct OneOrMany(pub(in crate::council) Vec<String>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> serde::de::Visitor<'de> for Reader {
            type Value = OneOrMany;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("text or a list of texts")
            }
            fn visit_str<E: serde::de::Error>(self, one: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(vec![one.to_owned()]))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut list: A,
            ) -> Result<OneOrMany, A::Error> {
                let mut many = Vec::new();
                while let Some(one) = list.next_element()? {
                    many.push(one);
                }
                Ok(OneOrMany(many))
            }
        }
        from.deserialize_tuple_struct(crate::folder::ONE_OR_MANY, 0, Reader)
    }
}

/// A time of day, `14:00` or `14:00:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::council) struct ClockTime(pub(in crate::council) chrono::NaiveTime);

impl std::str::FromStr for ClockTime {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        chrono::NaiveTime::parse_from_str(text, "%H:%M:%S")
            .or_else(|_| chrono::NaiveTime::parse_from_str(text, "%H:%M"))
            .map(Self)
            .map_err(|_| Unreadable {
                fault: format!("`{text}` is not a time of day"),
                remedy: "write it like 14:00:00".to_owned(),
            })
    }
}

impl<'de> Deserialize<'de> for ClockTime {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reader;
        impl serde::de::Visitor<'_> for Reader {
            type Value = ClockTime;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a time of day, like 14:00:00")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<ClockTime, E> {
                text.parse().map_err(E::custom)
            }
        }
        from.deserialize_any(Reader)
    }
}

/// Declares tables of the rule file. Each carries what it rests on and may say itself in words.
macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Deserialize, schemars::JsonSchema)]
        #[serde(default)]
        pub(in crate::council) struct $name {
            $($(#[$field_doc])* pub(in crate::council) $field: $type,)*
            /// The policy's own number for it: `"4.2"`, or several: `["4.2", "App B/3"]`.
            pub(in crate::council) clause: OneOrMany,
            /// Why this is so where the policy is silent. Give this or a clause, or both.
            pub(in crate::council) assumption: Option<String>,
            /// The rule in your own words, for `panel rules`; left out: a sentence is made up for it.
            pub(in crate::council) says: Option<String>,
            /// How much a breach weighs: `error`, `warning` or `note`; only an error holds a referral back.
            /// Left out: as the rule that reports it has it (`panel explain RULE`).
            pub(in crate::council) severity: Option<crate::council::raw::Weight>,
            /// The first day on which it is in force; left out: always was.
            pub(in crate::council) from: Option<crate::records::Day>,
            /// The first day on which it is no longer in force; left out: for good.
            pub(in crate::council) until: Option<crate::records::Day>,
            /// The panels or parts (ids of `[[panel]]`) that it holds for; left out: all of them.
            pub(in crate::council) only: OneOrMany,
            /// `true` takes the entry out: what a file that this one builds on has, and this council has not.
            pub(in crate::council) off: bool,
        }
        impl crate::council::check::Rested for $name {
            fn rests_on(&self) -> crate::council::check::Rests<'_> {
                crate::council::check::Rests {
                    clauses: &self.clause.0,
                    assumption: self.assumption.as_deref(),
                    says: self.says.as_deref(),
                    severity: self.severity.map(crate::council::raw::Weight::severity),
                    from: self.from,
                    until: self.until,
                    only: &self.only.0,
                }
            }
        }
    )*};
}

pub(in crate::council) use tables;

/// Where a meeting, cut-off or deadline goes that falls on a bank holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Move {
    /// It stays where it is.
    Keep,
    /// To the first working day after.
    NextWorkingDay,
    /// To the last working day before.
    PreviousWorkingDay,
    /// It is left out; meetings only.
    Skip,
    /// To the same weekday of the next week; meetings only.
    SameWeekdayNextWeek,
}

/// What an amount is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MoneyBase {
    /// The whole request.
    Total,
    /// One week of it.
    Weekly,
    /// The first 52 weeks of it, what is paid once included.
    Yearly,
    /// What is paid once.
    OneOff,
}

/// How much a finding weighs, as the rule file writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::council) enum Weight {
    /// Holds a referral back.
    Error,
    /// Worth putting right.
    Warning,
    /// For the reader to know.
    Note,
}

impl Weight {
    /// As findings have it.
    pub(in crate::council) const fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Note => Severity::Note,
        }
    }
}

/// The latest moment of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SignedBy {
    /// The referral's cut-off.
    CutOff,
    /// The start of its meeting.
    Meeting,
    /// The moment it was sent.
    Submission,
}

/// What a permission has to come before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PermittedBefore {
    /// The referral is sent.
    Submission,
    /// The placement begins (`placed_on`), where it has.
    Placement,
    /// The meeting.
    Meeting,
}

/// Where an interval of reviews starts to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CountedFrom {
    /// The meeting that approved it.
    Meeting,
    /// The first day of the placement or package: `after.placed.on`, `placed_on`, `request.from`,
    /// whichever is known first.
    Start,
}

/// Which of a panel's records go to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Paper {
    /// The agenda and its pack.
    Agenda,
    /// The minutes.
    Minutes,
    /// The child's own record.
    Record,
}

/// What a council's own rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RuleOf {
    /// Each open referral, drafts included.
    Referral,
    /// Each decision in force.
    Decision,
}

/// How an agenda groups its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum GroupedBy {
    /// Each service manager's children together, at the place of the most urgent.
    ServiceManager,
}

/// A part of a case's agenda that the program knows how to fill.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CasePart {
    /// Who presents, who has declared an involvement.
    Introductions,
    /// What the panel recommended or decided before.
    EarlierRecommendations,
    /// What is asked, why, and what it costs.
    SummaryAndRequest,
    /// The council's questions of each case.
    Discussion,
    /// The outcomes open to the panel.
    Decision,
}

/// The whole file. `[name]` begins a group of keys, `[[name]]` one more entry of a list.
///
/// A group that changes with time, or differs between panels, is written as a list of groups:
/// two `[[cut_off]]`, the one with `until`, the other with `from`; or each with `only`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub(in crate::council) struct RawCouncil {
    /// Rule files that this one builds on: the id of a built-in one, or a path that begins with
    /// `./`. An entry here with the `id` (or `role`, or `field`) of an entry there changes it, key
    /// by key; all others are added.
    pub(in crate::council) extends: OneOrMany,
    pub(in crate::council) council: RawAbout,
    pub(in crate::council) policy: Option<RawPolicy>,
    pub(in crate::council) panel: Vec<RawPanel>,
    pub(in crate::council) seniority: Option<RawSeniority>,
    pub(in crate::council) meetings: RawMeetings,
    pub(in crate::council) sitting: Option<RawSitting>,
    pub(in crate::council) cut_off: Option<RawCutOff>,
    pub(in crate::council) cancellation: Option<RawCancellation>,
    pub(in crate::council) change_notice: Option<RawChangeNotice>,
    pub(in crate::council) member: Vec<RawMember>,
    pub(in crate::council) chair: Vec<RawChair>,
    /// `[chair_independence]`: whoever decides is not the case's worker, nor a manager it names.
    pub(in crate::council) chair_independence: Option<RawPlain>,
    pub(in crate::council) quorum: Vec<RawQuorum>,
    pub(in crate::council) decider: Vec<RawDecider>,
    pub(in crate::council) observers: Option<RawObservers>,
    pub(in crate::council) attendance: Option<RawAttendance>,
    /// `[declarations]`: members say if they are involved in a case.
    pub(in crate::council) declarations: Option<RawPlain>,
    pub(in crate::council) criterion: Vec<RawCriterion>,
    pub(in crate::council) exclusion: Vec<RawExclusion>,
    pub(in crate::council) other_panel: Vec<RawOtherPanel>,
    pub(in crate::council) newly_looked_after: Option<RawNewly>,
    pub(in crate::council) new_placement: Option<RawNewPlacement>,
    /// `[before_placement]`: the panel is asked before the placement begins; emergencies are exempt.
    pub(in crate::council) before_placement: Option<RawWhen>,
    pub(in crate::council) search: Vec<RawSearch>,
    /// `[notice]`: a placement under notice comes to panel before the notice runs out.
    pub(in crate::council) notice: Option<RawWhen>,
    /// `[before_filing]`: the request comes to panel before the plan is filed with the court.
    pub(in crate::council) before_filing: Option<RawWhen>,
    pub(in crate::council) emergency: Option<RawEmergency>,
    pub(in crate::council) emergency_approval: Vec<RawEmergencyApproval>,
    pub(in crate::council) milestone: Vec<RawMilestone>,
    pub(in crate::council) timer: Vec<RawTimer>,
    pub(in crate::council) bring_forward: Vec<RawBringForward>,
    pub(in crate::council) section: Vec<RawSection>,
    pub(in crate::council) scale: Option<RawScale>,
    pub(in crate::council) yes_no: Vec<RawYesNo>,
    pub(in crate::council) view: Vec<RawView>,
    /// `[alternatives]`: what was tried before, and why it did not suffice, is asked for.
    pub(in crate::council) alternatives: Option<RawWhen>,
    /// `[in_house_first]`: why the council's own provision does not serve is asked for.
    pub(in crate::council) in_house_first: Option<RawWhen>,
    /// `[options]`: the placements that were looked at are asked for, one row each.
    pub(in crate::council) options: Option<RawWhen>,
    pub(in crate::council) costs: Option<RawCosts>,
    /// `[funding_sources]`: each other funder named in `needs` is explained by a line of `funding`.
    pub(in crate::council) funding_sources: Option<RawWhen>,
    pub(in crate::council) document: Vec<RawDocument>,
    /// `[extra_documents]`: papers beside the form need somebody's agreement (see `[[acceptance]]`).
    pub(in crate::council) extra_documents: Option<RawWhen>,
    pub(in crate::council) length: Option<RawLength>,
    pub(in crate::council) sign_off: Vec<RawSignOff>,
    pub(in crate::council) permission: Vec<RawPermission>,
    pub(in crate::council) presenter: Vec<RawPresenter>,
    pub(in crate::council) not_invited: Vec<RawNotInvited>,
    pub(in crate::council) duty_cover: Option<RawDutyCover>,
    pub(in crate::council) withdrawal: Option<RawWithdrawal>,
    pub(in crate::council) acceptance: Vec<RawAcceptance>,
    pub(in crate::council) rule: Vec<RawRule>,
    pub(in crate::council) checklist: Vec<RawChecklist>,
    pub(in crate::council) agenda: Option<RawAgenda>,
    pub(in crate::council) case_agenda: Vec<RawCaseAgenda>,
    /// `[[prompt]]`: a question or instruction printed with each item of the agenda; `says` is its text.
    pub(in crate::council) prompt: Vec<RawPlain>,
    /// `[[reminder]]`: a line printed once on each agenda; `says` is its text.
    pub(in crate::council) reminder: Vec<RawPlain>,
    pub(in crate::council) mark: Vec<RawMark>,
    /// `[views]`: every member is asked for a view.
    pub(in crate::council) views: Option<RawPlain>,
    pub(in crate::council) outcome: Vec<RawOutcome>,
    pub(in crate::council) endorsement: Vec<RawEndorsement>,
    pub(in crate::council) time_limit: Option<RawTimeLimit>,
    /// `[expenditure]`: who signs the money on the decision.
    pub(in crate::council) expenditure: Option<RawSigned>,
    /// `[expenditure_log]`: who signs the running log of spend.
    pub(in crate::council) expenditure_log: Option<RawSigned>,
    pub(in crate::council) funds_available: Option<RawFunds>,
    pub(in crate::council) reviews: Option<RawReviews>,
    pub(in crate::council) review_interval: Vec<RawReviewInterval>,
    pub(in crate::council) drift: Option<RawDrift>,
    /// `[actions]`: actions are kept in a log and followed up.
    pub(in crate::council) actions: Option<RawPlain>,
    pub(in crate::council) standard_action: Vec<RawStandardAction>,
    pub(in crate::council) record: Option<RawRecord>,
    pub(in crate::council) minutes: Option<RawMinutes>,
    pub(in crate::council) distribution: Vec<RawDistribution>,
    pub(in crate::council) deadline: Vec<RawDeadline>,
    pub(in crate::council) appeal: Vec<RawAppeal>,
    pub(in crate::council) letter: Option<RawLetter>,
    /// `[[principle]]`: a sentence of the policy that nothing is checked by, printed with the rules.
    pub(in crate::council) principle: Vec<RawPlain>,
    /// `[thresholds.ID]`: amounts, each under its id.
    pub(in crate::council) thresholds: BTreeMap<String, RawThreshold>,
    pub(in crate::council) words: RawWords,
}

/// `[[words.LIST]]`: words that the council adds to the built-in vocabulary, list by list.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub(in crate::council) struct RawWords {
    /// What can be asked: `request.kind`.
    pub(in crate::council) kind: Vec<RawWord>,
    /// Where the child would live: `request.provision`.
    pub(in crate::council) provision: Vec<RawWord>,
    /// `child.legal_status`.
    pub(in crate::council) legal_status: Vec<RawWord>,
    /// What made it an emergency: `emergency.ground`.
    pub(in crate::council) ground: Vec<RawWord>,
    /// What a cost line pays for: `costs[].item`.
    pub(in crate::council) item: Vec<RawWord>,
    /// Posts.
    pub(in crate::council) role: Vec<RawWord>,
    /// Kinds of papers: `documents[].kind`.
    pub(in crate::council) document: Vec<RawWord>,
    /// What a permission is for: `permissions[].for`.
    pub(in crate::council) permission: Vec<RawWord>,
    /// Other funders: `needs` and `funding[].source`.
    pub(in crate::council) funder: Vec<RawWord>,
}
