//! Which keys of records take words of a vocabulary.

use crate::council::vocabulary::{Use, Vocabulary};
use serde_json::{Value, json};

/// How far an editor may hold a key to its words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    /// No rule file can add to them: others are wrong.
    Fixed,
    /// A rule file can add to them: others are wrong once the council is known.
    Open,
    /// The key takes any text as well: they are proposed.
    Proposed,
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
    // A paper can be a key of the form as well, like `views.child`.
    ("PaperReceived", "kind", Use::Document, Words::Proposed),
    ("Permission", "for", Use::Permission, Words::Open),
    ("SubjectTo", "for", Use::Permission, Words::Open),
    ("Funding", "source", Use::Funder, Words::Open),
    ("", "needs", Use::Funder, Words::Open),
    ("", "refer_to", Use::Panel, Words::Open),
    ("ReferredTo", "panel", Use::Panel, Words::Open),
    ("Person", "role", Use::Role, Words::Proposed),
    ("SignOff", "role", Use::Role, Words::Open),
    ("Permission", "role", Use::Role, Words::Open),
    ("Permission", "via", Use::Role, Words::Open),
    ("Permission", "delegated_by", Use::Role, Words::Open),
    ("Person", "delegated_by", Use::Role, Words::Proposed),
    ("Attendance", "role", Use::Role, Words::Open),
    ("Presented", "role", Use::Role, Words::Open),
    ("SubjectTo", "role", Use::Role, Words::Open),
    ("ExpenditureSigned", "role", Use::Role, Words::Proposed),
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

/// Keys that hold the reference of a referral.
const REFERENCES: &[(&str, &str)] = &[
    ("", "reference"),
    ("", "part_of"),
    ("", "with"),
    ("", "siblings"),
    ("", "order"),
    ("", "referral"),
    ("Request", "review_of"),
    ("Declaration", "referral"),
    ("Acceptance", "referral"),
    ("Presented", "referral"),
];

/// The shape of a reference.
pub(super) const REFERENCE: &str = "^[A-Za-z0-9-]{1,40}$";

/// The shape of a referral's own, which has a figure in it.
pub(super) const OWN_REFERENCE: &str = "^(?=.*[0-9])[A-Za-z0-9-]{1,40}$";

/// Puts the words into the keys of one group that take them; the whole file has no name.
pub(super) fn into_properties(name: &str, object: &mut Value, words: &Vocabulary, is_all: bool) {
    for (group, key, place, kind) in PLACES {
        let Some(target) = of_group(object, group, key, name) else {
            continue;
        };
        let known = words.of(*place);
        if known.is_empty() {
            continue;
        }
        let written = |label: bool| {
            let each = known.iter().flat_map(|word| {
                std::iter::once(&word.id)
                    .chain(&word.codes)
                    .map(move |written| if label { &word.label } else { written })
            });
            each.map(|text| json!(text)).collect::<Vec<_>>()
        };
        let is_closed = match kind {
            Words::Fixed => true,
            Words::Open => is_all,
            Words::Proposed => false,
        };
        if is_closed {
            target["enum"] = json!(written(false));
            // What editors show beside each word; validators pass over it.
            target["enumDescriptions"] = json!(written(true));
        } else {
            target["examples"] = json!(written(false));
        }
    }
    for (group, key) in REFERENCES {
        if let Some(target) = of_group(object, group, key, name) {
            target["pattern"] = match (*group, *key) {
                ("", "reference") => json!(OWN_REFERENCE),
                _ => json!(REFERENCE),
            };
            target["examples"] = json!(["R-2026-0142"]);
        }
    }
    if let Some(target) = of_group(object, "", "referral_digest", name) {
        target["pattern"] = json!("^sha256:[0-9a-f]{64}$");
    }
}

/// The shape of what stands under a key, or in its list, where the key is one of this group.
fn of_group<'o>(
    object: &'o mut Value,
    group: &str,
    key: &str,
    name: &str,
) -> Option<&'o mut Value> {
    let property = object
        .get_mut("properties")
        .and_then(|properties| properties.get_mut(key))
        .filter(|_| group == name)?;
    if property.get("items").is_some() {
        return property.get_mut("items");
    }
    Some(property)
}

#[cfg(test)]
pub(super) fn places() -> impl Iterator<Item = (&'static str, &'static str)> {
    PLACES.iter().map(|(group, key, ..)| (*group, *key))
}
