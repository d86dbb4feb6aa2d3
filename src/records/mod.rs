//! Plain types for what stands in the case folder's files: no files, no council, no clock.

#[cfg(test)]
pub(crate) use meeting::Moved;

mod by_id;
mod decision;
pub(crate) mod fields;
mod filler;
mod interval;
mod meeting;
mod money;
mod one_or_more;
mod people;
mod prose;
mod referral;
mod schema;
mod seal;
mod text;
mod time;
mod typed;
pub(crate) mod words;

pub(crate) use by_id::ById;
pub(crate) use decision::{
    Action, After, Amends, BeforeAmendment, Decision, DecisionAcceptance, Deferral, DeferralNeed,
    Disagreement, Dissent, Endorsement, ExpenditureSigned, Review, SubjectTo, VOID, View,
};
pub(crate) use filler::{is_filler, name_in, number_in};
pub(crate) use interval::{Interval, Unit};
pub(crate) use meeting::{Acceptance, Attendance, Cancelled, Meeting, Presented};
pub(crate) use money::{Decimal, Money, grouped};
pub(crate) use one_or_more::{ONE_OR_MORE, OneOrMore};
pub(crate) use people::{Named, Person, folded_name, same_name};
pub(crate) use prose::{
    Finder, Folded, folded_words, is_apostrophe, is_everyday, is_meant_as_name,
};
pub(crate) use referral::{
    Child, CostLine, Document, Funding, Permission, PlacementOption, Provider, Referral,
    ReferredTo, SignOff, SignsOfSafety, YesNo, has_figure, is_device, is_reference,
};
pub(crate) use seal::{Corrects, Seal};
pub(crate) use text::Text;
pub(crate) use time::{Day, Moment, clock, moment_in_words, weekday_name};

/// Why a scalar could not be read: what is wrong, and how it should be written.
///
/// Its text is two lines, the fault and the remedy, because serde carries an error as text only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// What is wrong, in the reader's words.
    pub(crate) fault: String,
    /// What to write instead.
    pub(crate) remedy: String,
}

impl Unreadable {
    fn new(fault: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            fault: fault.into(),
            remedy: remedy.into(),
        }
    }
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}\n{}", self.fault, self.remedy)
    }
}

impl std::error::Error for Unreadable {}

/// Reads a type from the text of a scalar, whatever YAML or TOML would make of it.
///
/// A date, a sum or an interval means the same with and without quotation marks.
macro_rules! read_from_text {
    ($type:ty, $what:literal) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                struct Reader;
                impl serde::de::Visitor<'_> for Reader {
                    type Value = $type;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str($what)
                    }
                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$type, E> {
                        text.parse().map_err(E::custom)
                    }
                }
                from.deserialize_any(Reader)
            }
        }
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }
    };
}
use read_from_text;
