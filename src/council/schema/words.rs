//! Which keys of records take words of a vocabulary.

use crate::council::vocabulary::{Use, Vocabulary};
use serde_json::{Value, json};

/// Whether a rule file can add to the words of a key: then an editor proposes, and lets others stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    Fixed,
    Open,
}

/// The group of keys, the key, and where its words come from.
const PLACES: &[(&str, &str, Use, Words)] = &[
    ("Child", "legal_status", Use::LegalStatus, Words::Open),
    ("Request", "kind", Use::Kind, Words::Open),
    ("Request", "provision", Use::Provision, Words::Open),
    ("PlacementOption", "provision", Use::Provision, Words::Open),
    ("Emergency", "ground", Use::Ground, Words::Open),
    ("CostLine", "item", Use::Item, Words::Open),
    ("Document", "kind", Use::Document, Words::Open),
    ("PaperReceived", "kind", Use::Document, Words::Open),
    ("Permission", "for", Use::Permission, Words::Open),
    ("SubjectTo", "for", Use::Permission, Words::Open),
    ("Funding", "source", Use::Funder, Words::Open),
    ("", "needs", Use::Funder, Words::Open),
    ("", "refer_to", Use::Panel, Words::Open),
    ("ReferredTo", "panel", Use::Panel, Words::Open),
    ("Person", "role", Use::Role, Words::Open),
    ("SignOff", "role", Use::Role, Words::Open),
    ("Permission", "role", Use::Role, Words::Open),
    ("Permission", "via", Use::Role, Words::Open),
    ("Attendance", "role", Use::Role, Words::Open),
    ("Presented", "role", Use::Role, Words::Open),
    ("SubjectTo", "role", Use::Role, Words::Open),
    ("ExpenditureSigned", "role", Use::Role, Words::Open),
    ("Endorsement", "role", Use::Role, Words::Open),
    ("Funding", "status", Use::FundingStatus, Words::Fixed),
    ("Provider", "sector", Use::Sector, Words::Fixed),
    ("Court", "order", Use::CourtOrder, Words::Fixed),
    ("Attendance", "status", Use::Attendance, Words::Fixed),
    ("", "outcome", Use::Outcome, Words::Fixed),
    ("", "basis", Use::Basis, Words::Fixed),
    ("Deferral", "reason", Use::DeferralReason, Words::Fixed),
    ("Disagreement", "by", Use::Disagreement, Words::Fixed),
];

/// Puts the words into the keys of one group that take them; the whole file has no name.
pub(super) fn into_properties(name: &str, object: &mut Value, words: &Vocabulary) {
    for (group, key, place, kind) in PLACES {
        let Some(property) = object
            .get_mut("properties")
            .and_then(|properties| properties.get_mut(*key))
            .filter(|_| *group == name)
        else {
            continue;
        };
        let known: Vec<Value> = words
            .of(*place)
            .iter()
            .flat_map(|word| std::iter::once(&word.id).chain(&word.codes))
            .map(|word| json!(word))
            .collect();
        if known.is_empty() {
            continue;
        }
        let target = match property.get_mut("items") {
            Some(items) => items,
            None => property,
        };
        match kind {
            Words::Fixed => target["enum"] = json!(known),
            Words::Open => target["examples"] = json!(known),
        }
    }
}

#[cfg(test)]
pub(super) fn places() -> impl Iterator<Item = (&'static str, &'static str)> {
    PLACES.iter().map(|(group, key, ..)| (*group, *key))
}
