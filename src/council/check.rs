//! From the rule file as written to the rules as asked: every name known, every condition
//! compiled, every entry resting on a clause or an assumption. Every fault is told, not the first.

use super::built_in::RULE_IDS;
use super::condition::Condition;
use super::names::{KnownNames, OF_OTHER_REQUESTS};
use super::vocabulary::{Known, Use, Vocabulary};
use super::{Listed, OR_MORE_SENIOR, THE_CHAIR};
use crate::findings::{Basis, Because, Severity, Span};
use crate::folder::{Fault, FaultKind, Node, nearest};
use crate::records::Day;

/// An entry of the rule file that rests on something.
pub(super) trait Rested {
    /// What every entry can say of itself.
    fn rests_on(&self) -> Rests<'_>;
}

/// What every entry can say of itself.
pub(super) struct Rests<'a> {
    /// Its clauses.
    pub(super) clauses: &'a [String],
    /// Its assumption.
    pub(super) assumption: Option<&'a str>,
    /// Its sentence for `panel rules`.
    pub(super) says: Option<&'a str>,
    /// How much a breach weighs.
    pub(super) severity: Option<Severity>,
    /// The first day on which it is in force.
    pub(super) from: Option<Day>,
    /// The first day on which it no longer is.
    pub(super) until: Option<Day>,
    /// The panels that it is for.
    pub(super) only: &'a [String],
}

/// What is gathered while a rule file is checked.
pub(super) struct Checker<'a> {
    /// The file's tree, for places.
    pub(super) tree: &'a Node,
    /// The files that the tree was read from, as findings name them: the file itself first, then
    /// those that it builds on.
    pub(super) files: &'a [String],
    /// What is wrong so far.
    pub(super) faults: Vec<Fault>,
    /// The words known.
    pub(super) words: Vocabulary,
    /// Ids of thresholds.
    pub(super) thresholds: Vec<String>,
    /// Posts from the most junior to the most senior.
    pub(super) seniority: Vec<String>,
    /// Ids of the file's own findings, on every day and for every panel.
    pub(super) own_ids: Vec<String>,
    /// The entries, for `panel rules`.
    pub(super) listed: Vec<Listed>,
    /// Whether a condition asks what was approved for the child in its other requests.
    pub(super) asks_of_other_requests: bool,
}

/// How an entry is listed.
pub(super) struct Listing {
    pub(super) group: &'static str,
    pub(super) severity: Severity,
    pub(super) shown_by: &'static [&'static str],
}

/// A breach holds a referral back.
pub(super) const fn judged(group: &'static str, shown_by: &'static [&'static str]) -> Listing {
    Listing {
        group,
        severity: Severity::Error,
        shown_by,
    }
}

/// Nothing is judged by it.
pub(super) const fn told(group: &'static str, shown_by: &'static [&'static str]) -> Listing {
    Listing {
        group,
        severity: Severity::Note,
        shown_by,
    }
}

impl Checker<'_> {
    /// Notes a fault at a path of the rule file.
    pub(super) fn fault(
        &mut self,
        path: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let span = self.tree.locate(path);
        self.faults.push(
            Fault::at(FaultKind::BadValue, span, message)
                .path(path)
                .help(help),
        );
    }

    /// What an entry rests on; an entry that rests on nothing is a fault.
    pub(super) fn basis(&mut self, path: &str, entry: &impl Rested) -> Basis {
        let rests = entry.rests_on();
        let is_there = path.is_empty() || self.tree.locate_key(path).is_some();
        if rests.clauses.is_empty() && rests.assumption.is_none() && is_there {
            self.fault(
                path,
                "this entry names neither a clause nor an assumption",
                "add clause = \"…\" with the policy's own number, or assumption = \"…\" with the reason",
            );
        }
        Basis {
            clauses: rests.clauses.to_vec(),
            assumption: rests.assumption.map(str::to_owned),
            severity: rests.severity,
            because: Some(Because {
                file: self
                    .files
                    .get(usize::from(self.tree.source_at(path)))
                    .cloned()
                    .unwrap_or_default(),
                line: self.tree.locate_key(path).unwrap_or(Span::START).line,
            }),
        }
    }

    /// What an entry rests on, and its line in `panel rules`.
    pub(super) fn entry(
        &mut self,
        path: &str,
        id: impl Into<String>,
        entry: &impl Rested,
        text: impl Into<String>,
        listing: &Listing,
    ) -> Basis {
        let basis = self.basis(path, entry);
        let rests = entry.rests_on();
        let says = rests.says;
        self.listed.push(Listed {
            id: id.into(),
            group: listing.group,
            severity: rests.severity.unwrap_or(listing.severity),
            from: rests.from,
            until: rests.until,
            only: rests.only.to_vec(),
            sources: basis.clauses.clone(),
            assumption: basis.assumption.clone(),
            text: says.map_or_else(|| text.into(), str::to_owned),
            shown_by: listing.shown_by.to_vec(),
            line: basis.because.as_ref().map_or(1, |because| because.line),
        });
        basis
    }

    /// A value that the entry cannot do without.
    pub(super) fn needed<T: Clone>(
        &mut self,
        path: &str,
        key: &str,
        value: Option<&T>,
    ) -> Option<T> {
        if value.is_none() {
            let within = join(path, key);
            // A value of the wrong kind has been told already, and so has a group that is not there.
            let is_told = |fault: &Fault| {
                fault.path == within
                    || (fault.path == path && fault.kind == FaultKind::MissingField)
            };
            if !self.faults.iter().any(is_told) {
                let span = self.tree.locate(path);
                self.faults.push(
                    Fault::at(
                        FaultKind::MissingField,
                        span,
                        format!("`{key}` is missing here"),
                    )
                    .path(within)
                    .help("see template.toml for what it takes"),
                );
            }
        }
        value.cloned()
    }

    /// A condition, compiled; its faults are told at their characters.
    pub(super) fn condition(&mut self, path: &str, source: Option<&String>) -> Option<Condition> {
        let source = source?;
        let names = KnownNames {
            words: &self.words,
            thresholds: &self.thresholds,
        };
        match Condition::compile(source, &names) {
            Ok(condition) => {
                self.asks_of_other_requests |= condition.names().contains(&OF_OTHER_REQUESTS);
                Some(condition)
            }
            Err(errors) => {
                let whole = self.tree.locate(path);
                for error in errors {
                    let span = within(whole, error.start, error.end);
                    let mut fault = Fault::at(FaultKind::BadValue, span, error.message).path(path);
                    fault.help = error.help;
                    self.faults.push(fault);
                }
                None
            }
        }
    }

    /// One word of a vocabulary; a wrong one is told with the nearest right one.
    pub(super) fn word(&mut self, path: &str, place: Use, written: &str) {
        if self.words.find(place, written).is_none() {
            let help = match self.words.nearest(place, written) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("words here are {}", self.words.ids(place).join(", ")),
            };
            self.fault(
                path,
                format!("`{written}` is not a word that is known here"),
                help,
            );
        }
    }

    /// A post, or `chair` for whoever chairs.
    pub(super) fn post(&mut self, path: &str, written: &str) {
        if written == THE_CHAIR {
            return;
        }
        let Some(least) = written.strip_suffix(OR_MORE_SENIOR) else {
            self.word(path, Use::Role, written);
            return;
        };
        self.word(path, Use::Role, least);
        if !self.seniority.iter().any(|post| post == least) {
            self.fault(
                path,
                format!("which posts are more senior than `{least}` is not said"),
                "put it into [seniority] order, from the most junior post to the most senior",
            );
        }
    }

    /// One of a fixed list of names.
    pub(super) fn one_of<'k>(
        &mut self,
        path: &str,
        written: &str,
        known: impl Iterator<Item = &'k str> + Clone,
    ) -> bool {
        if known.clone().any(|name| name == written) {
            return true;
        }
        let help = match nearest(written, known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("names here are {}", known.collect::<Vec<_>>().join(", ")),
        };
        self.fault(path, format!("`{written}` is not known here"), help);
        false
    }

    /// The id of a rule, built in or the file's own; a wrong one is told with the nearest right one.
    pub(super) fn rule_id(&mut self, path: &str, written: &str) {
        let own = self.own_ids.clone();
        let known = || {
            RULE_IDS
                .iter()
                .copied()
                .chain(own.iter().map(String::as_str))
        };
        if known().any(|id| id == written) {
            return;
        }
        let help = match nearest(written, known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`panel explain` lists the rules; your own are the ids of [[rule]]".to_owned(),
        };
        self.fault(path, format!("`{written}` is not a rule"), help);
    }

    /// The id of a panel: folders and papers are named for it, beside those of other panels.
    pub(super) fn panel_id(&mut self, path: &str, id: &str) {
        if !is_plain(id) {
            self.fault(
                path,
                format!("`{id}` cannot be the id of a panel: the folders of its meetings are named for it"),
                "use small letters, digits and hyphens, like complex",
            );
        } else if id == "letter" || id.ends_with("-letter") {
            self.fault(
                path,
                format!("`{id}` cannot be the id of a panel: a child's record would have the name of a letter"),
                "call it by another word",
            );
        }
    }

    /// The id of a finding of the file's own: none of the built-in rules' and no other entry's.
    pub(super) fn own_id(&mut self, path: &str, id: &str) {
        if !is_plain(id) {
            self.fault(
                path,
                format!("`{id}` is not an id of a finding"),
                "use small letters, digits and hyphens, like staffing-too-long",
            );
        }
        if RULE_IDS.contains(&id) {
            self.fault(
                path,
                format!("`{id}` is the id of a built-in rule"),
                format!(
                    "give it an id of its own; `panel explain {id}` says what that rule checks"
                ),
            );
        }
    }

    /// Ids that stand twice in one list of entries.
    pub(super) fn distinct(&mut self, list: &str, ids: &[Option<&String>]) {
        for (index, id) in ids.iter().enumerate() {
            if let Some(id) = id
                && let Some(first) = ids[..index]
                    .iter()
                    .position(|other| other.is_some_and(|other| other == *id))
            {
                let line = self.tree.locate(&format!("{list}[{first}].id")).line;
                self.fault(
                    &format!("{list}[{index}].id"),
                    format!("`{id}` is here a second time"),
                    format!("the first stands on line {line}: give each entry an id of its own"),
                );
            }
        }
    }

    /// Adds the council's own words to the vocabulary.
    pub(super) fn add_word(
        &mut self,
        place: Use,
        id: &str,
        label: Option<&String>,
        is_a: Option<&String>,
    ) {
        let label = label.cloned().unwrap_or_else(|| {
            let words = id.replace('-', " ");
            let mut letters = words.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_uppercase().collect::<String>() + letters.as_str()
            })
        });
        self.words.add(
            place,
            Known {
                id: id.to_owned(),
                label,
                codes: Vec::new(),
                is_a: is_a.cloned(),
            },
        );
    }
}

/// A key under a path.
pub(super) fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

/// The stretch of some characters inside a text in quotation marks on one line.
fn within(whole: Span, start: usize, end: usize) -> Span {
    if whole.line != whole.end_line {
        return whole;
    }
    let number = |n: usize| u32::try_from(n).unwrap_or(0);
    let from = whole.column + 1 + number(start);
    let to = (whole.column + 1 + number(end)).max(from + 1);
    Span::on_line(whole.line, from, to)
}

/// Whether an id has small letters, digits and hyphens only.
fn is_plain(id: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !id.is_empty() && id.chars().all(fits)
}
