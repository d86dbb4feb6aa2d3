//! The rule file as it is written: plain shapes, every key optional, nothing judged yet.
//!
//! The doc comment of each key is what the book says of it.

use crate::records::{Day, Interval, Money, Unreadable};
use serde::Deserialize;
use std::collections::BTreeMap;

/// One word or a list of words: a clause, or several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct OneOrMany(pub(super) Vec<String>);

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
pub(super) struct ClockTime(pub(super) chrono::NaiveTime);

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
        #[derive(Debug, Clone, Default, PartialEq, Deserialize)]
        #[serde(default)]
        pub(super) struct $name {
            $($(#[$field_doc])* pub(super) $field: $type,)*
            /// Clauses of the policy, in its own numbering.
            pub(super) clause: OneOrMany,
            /// Why this is so where the policy is silent.
            pub(super) assumption: Option<String>,
            /// The rule in the council's own words, for `panel rules`.
            pub(super) says: Option<String>,
        }
        impl super::check::Rested for $name {
            fn rests_on(&self) -> (&[String], Option<&str>, Option<&str>) {
                (&self.clause.0, self.assumption.as_deref(), self.says.as_deref())
            }
        }
    )*};
}

/// Where a meeting, cut-off or deadline goes that falls on a bank holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Move {
    Keep,
    NextWorkingDay,
    PreviousWorkingDay,
    Skip,
    SameWeekdayNextWeek,
}

/// What an amount is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MoneyBase {
    /// The whole request.
    Total,
    /// One week of it.
    Weekly,
    /// What is paid once.
    OneOff,
}

/// How much a finding weighs, as the rule file writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Weight {
    Error,
    Warning,
    Note,
}

/// A part of a case's agenda that the program knows how to fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize)]
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

/// The whole file.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(super) struct RawCouncil {
    pub(super) council: RawAbout,
    pub(super) policy: Option<RawPolicy>,
    pub(super) meetings: RawMeetings,
    pub(super) sitting: Option<RawSitting>,
    pub(super) cut_off: Option<RawCutOff>,
    pub(super) cancellation: Option<RawCancellation>,
    pub(super) member: Vec<RawMember>,
    pub(super) chair: Vec<RawChair>,
    pub(super) declarations: Option<RawPlain>,
    pub(super) thresholds: BTreeMap<String, RawThreshold>,
    pub(super) criterion: Vec<RawCriterion>,
    pub(super) newly_looked_after: Option<RawNewly>,
    pub(super) milestone: Vec<RawMilestone>,
    pub(super) section: Vec<RawSection>,
    pub(super) scale: Option<RawScale>,
    pub(super) yes_no: Vec<RawYesNo>,
    pub(super) view: Vec<RawView>,
    pub(super) alternatives: Option<RawWhen>,
    pub(super) in_house_first: Option<RawWhen>,
    pub(super) costs: Option<RawCosts>,
    pub(super) extra_documents: Option<RawWhen>,
    pub(super) length: Option<RawLength>,
    pub(super) sign_off: Vec<RawSignOff>,
    pub(super) presenter: Vec<RawPresenter>,
    pub(super) acceptance: Vec<RawAcceptance>,
    pub(super) checklist: Vec<RawChecklist>,
    pub(super) case_agenda: Vec<RawCaseAgenda>,
    pub(super) views: Option<RawPlain>,
    pub(super) outcome: Vec<RawOutcome>,
    pub(super) expenditure: Option<RawSigned>,
    pub(super) expenditure_log: Option<RawSigned>,
    pub(super) reviews: Option<RawReviews>,
    pub(super) actions: Option<RawPlain>,
    pub(super) record: Option<RawRecord>,
    pub(super) letter: Option<RawLetter>,
    pub(super) principle: Vec<RawPlain>,
    pub(super) words: RawWords,
}

/// Words that the council adds to the built-in vocabulary.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(super) struct RawWords {
    pub(super) kind: Vec<RawWord>,
    pub(super) provision: Vec<RawWord>,
    pub(super) legal_status: Vec<RawWord>,
    pub(super) ground: Vec<RawWord>,
    pub(super) item: Vec<RawWord>,
    pub(super) role: Vec<RawWord>,
    pub(super) document: Vec<RawWord>,
}

tables! {
    /// `[council]`: whose panel this is, and where referrals are sent.
    RawAbout {
        name: Option<String>,
        panel: Option<String>,
        case_system: Option<String>,
        form: Option<String>,
        send_to: Option<String>,
    }
    /// `[policy]`: the document that the file puts into practice.
    RawPolicy {
        title: Option<String>,
        implemented: Option<String>,
        revised: Option<String>,
        review_due: Option<Day>,
    }
    /// `[meetings]`: when and where the panel sits.
    RawMeetings {
        every: Option<String>,
        on: OneOrMany,
        nth: Vec<i64>,
        dates: Vec<Day>,
        from: Option<Day>,
        start: Option<ClockTime>,
        venue: Option<String>,
        bank_holiday: Option<RawMove>,
    }
    /// Where something goes that falls on a bank holiday.
    RawMove { r#move: Option<Move>, }
    /// `[sitting]`: how long the panel sits and how long a case takes, in minutes.
    RawSitting {
        minutes: Option<u32>,
        opening_minutes: Option<u32>,
        slot_minutes: Option<u32>,
        complex_minutes: Option<u32>,
    }
    /// `[cut_off]`: by when a referral must be sent.
    RawCutOff {
        working_days_before: Option<u32>,
        clear_working_days_before: Option<u32>,
        days_before: Option<u32>,
        hours_before: Option<u32>,
        on: Option<String>,
        weeks_before: Option<u32>,
        at: Option<ClockTime>,
        exempt: Option<String>,
        bank_holiday: Option<RawMove>,
    }
    /// `[cancellation]`: who agrees that a meeting is called off.
    RawCancellation { agreed_by: Option<String>, }
    /// `[[member]]`: a post that sits on the panel.
    RawMember {
        role: Option<String>,
        is_a: Option<String>,
        label: Option<String>,
        minutes: bool,
        gives_view: Option<bool>,
    }
    /// `[[chair]]`: a post that may chair, in order of precedence.
    RawChair {
        role: Option<String>,
        only_if_away: Vec<String>,
    }
    /// An entry that only says what it says.
    RawPlain {}
    /// `[thresholds.ID]`: an amount in pounds that conditions and findings refer to.
    RawThreshold {
        amount: Option<Money>,
        of: Option<MoneyBase>,
    }
    /// `[[criterion]]`: a ground for coming to the panel.
    RawCriterion {
        id: Option<String>,
        label: Option<String>,
        when: Option<String>,
    }
    /// `[newly_looked_after]`: children whose care began since the last meeting.
    RawNewly { review: Option<Interval>, }
    /// `[[milestone]]`: a birthday before which the case must have come.
    RawMilestone {
        id: Option<String>,
        age: Option<i64>,
        label: Option<String>,
        when: Option<String>,
        after_last_review: bool,
    }
    /// `[[section]]`: a part of the form that must be filled in.
    RawSection {
        field: Option<String>,
        label: Option<String>,
        hint: Option<String>,
        when: Option<String>,
    }
    /// `[scale]`: the ends of the scaling question.
    RawScale {
        least: Option<i64>,
        most: Option<i64>,
    }
    /// `[[yes_no]]`: a question of the form whose no must be explained.
    RawYesNo {
        field: Option<String>,
        label: Option<String>,
        when: Option<String>,
    }
    /// `[[view]]`: whose views the form asks for; any one of those named serves.
    RawView {
        any_of: Vec<String>,
        label: Option<String>,
        when: Option<String>,
    }
    /// An entry that holds where its condition does.
    RawWhen { when: Option<String>, }
    /// `[costs]`: the cost lines and their sum.
    RawCosts {
        when: Option<String>,
        most_weeks: Option<i64>,
    }
    /// `[length]`: how long a section may be, in words.
    RawLength { most_words: Option<u32>, }
    /// `[[sign_off]]`: a signature that the form needs.
    RawSignOff {
        role: Option<String>,
        when: Option<String>,
    }
    /// `[[presenter]]`: who presents the case; any one of those named serves.
    RawPresenter {
        any_of: Vec<String>,
        when: Option<String>,
        severity: Option<Weight>,
    }
    /// `[[acceptance]]`: which findings may be accepted on the record, and by whom.
    RawAcceptance {
        rules: Vec<String>,
        by: OneOrMany,
    }
    /// `[[checklist]]`: a question that the panel asks of a case.
    RawChecklist {
        id: Option<String>,
        question: Option<String>,
        when: Option<String>,
        required: bool,
    }
    /// `[[case_agenda]]`: a part of each case's agenda, in order.
    RawCaseAgenda {
        part: Option<CasePart>,
        title: Option<String>,
    }
    /// `[[outcome]]`: a decision that the panel may make.
    RawOutcome {
        id: Option<String>,
        label: Option<String>,
        when: Option<String>,
        needs: Vec<String>,
        reasons: Vec<String>,
    }
    /// Something that a post signs.
    RawSigned { signed_by: Option<String>, }
    /// `[reviews]`: what an approval's return to panel means.
    RawReviews { if_missed: Option<String>, }
    /// `[record]`: the child's own record of a decision.
    RawRecord { heading: Option<String>, }
    /// `[letter]`: what the family is told beside the decision.
    RawLetter {
        contact: Option<String>,
        disagree: Option<String>,
    }
    /// A word that the council adds.
    RawWord {
        id: Option<String>,
        label: Option<String>,
        is_a: Option<String>,
    }
}
