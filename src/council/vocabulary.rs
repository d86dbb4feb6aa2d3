//! The words that files may use: the built-in ones and those that the council adds.

use crate::folder::nearest;
use crate::records::words::{self, Word};
use std::collections::BTreeMap;

/// Where a word may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Use {
    Kind,
    Provision,
    LegalStatus,
    Ground,
    Item,
    Role,
    Document,
    Funder,
    FundingStatus,
    Outcome,
    DeferralReason,
    Attendance,
    Basis,
    Permission,
    CourtOrder,
    Sector,
    Disagreement,
    /// Other panels; the council's file declares them.
    Panel,
}

impl Use {
    /// Every place, with its built-in words.
    pub(crate) const ALL: [(Self, &'static [Word]); 18] = [
        (Self::Kind, words::KINDS),
        (Self::Provision, words::PROVISIONS),
        (Self::LegalStatus, words::LEGAL_STATUSES),
        (Self::Ground, words::GROUNDS),
        (Self::Item, words::ITEMS),
        (Self::Role, words::ROLES),
        (Self::Document, words::DOCUMENTS),
        (Self::Funder, words::FUNDERS),
        (Self::FundingStatus, words::FUNDING_STATUSES),
        (Self::Outcome, words::OUTCOMES),
        (Self::DeferralReason, words::DEFERRAL_REASONS),
        (Self::Attendance, words::ATTENDANCE),
        (Self::Basis, words::BASES),
        (Self::Permission, words::PERMISSIONS),
        (Self::CourtOrder, words::COURT_ORDERS),
        (Self::Sector, words::SECTORS),
        (Self::Disagreement, words::DISAGREERS),
        (Self::Panel, &[]),
    ];
}

/// One word as the council uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    /// As files write it.
    pub(crate) id: String,
    /// As people read it.
    pub(crate) label: String,
    /// Codes of the national return that mean it.
    pub(crate) codes: Vec<String>,
    /// The general post that it may stand for.
    pub(crate) is_a: Option<String>,
}

/// All words, by where they may stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Vocabulary {
    words: BTreeMap<Use, Vec<Known>>,
}

impl Vocabulary {
    /// The built-in words.
    pub(crate) fn built_in() -> Self {
        let words = Use::ALL
            .into_iter()
            .map(|(place, words)| {
                let known = words.iter().map(|word| Known {
                    id: word.id.to_owned(),
                    label: word.label.to_owned(),
                    codes: word.codes.iter().map(|code| (*code).to_owned()).collect(),
                    is_a: None,
                });
                (place, known.collect())
            })
            .collect();
        Self { words }
    }

    /// Adds a word, or gives a built-in one another label.
    pub(crate) fn add(&mut self, place: Use, word: Known) {
        let words = self.words.entry(place).or_default();
        match words.iter_mut().find(|known| known.id == word.id) {
            Some(known) => {
                known.label = word.label;
                known.is_a = word.is_a.or(known.is_a.take());
            }
            None => words.push(word),
        }
    }

    /// The word that a file means, by its id or its code.
    pub(crate) fn find(&self, place: Use, written: &str) -> Option<&Known> {
        self.of(place)
            .iter()
            .find(|known| known.id == written || known.codes.iter().any(|code| code == written))
    }

    /// Every word that may stand there.
    pub(crate) fn of(&self, place: Use) -> &[Known] {
        self.words.get(&place).map_or(&[], Vec::as_slice)
    }

    /// The ids of those words.
    pub(crate) fn ids(&self, place: Use) -> Vec<String> {
        self.of(place)
            .iter()
            .map(|known| known.id.clone())
            .collect()
    }

    /// The nearest right word to a wrong one.
    pub(crate) fn nearest(&self, place: Use, written: &str) -> Option<&str> {
        let written = written.trim().to_lowercase().replace([' ', '_'], "-");
        if let Some(known) = self.find(place, &written) {
            return Some(&known.id);
        }
        nearest(
            &written,
            self.of(place).iter().map(|known| known.id.as_str()),
        )
    }

    /// As people read it; a word that is not known is shown as it was written.
    pub(crate) fn label<'a>(&'a self, place: Use, written: &'a str) -> &'a str {
        self.find(place, written)
            .map_or(written, |known| &known.label)
    }

    /// Whether a person in the post `held` may act where `wanted` is asked for: a special post
    /// stands for the general one that it is, never the other way round.
    pub(crate) fn role_serves(&self, held: &str, wanted: &str) -> bool {
        let mut role = held;
        for _ in 0..8 {
            if role == wanted {
                return true;
            }
            match self
                .find(Use::Role, role)
                .and_then(|known| known.is_a.as_deref())
            {
                Some(general) => role = general,
                None => return false,
            }
        }
        false
    }
}
