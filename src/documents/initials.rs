//! Names of children, families and networks as initials, wherever they stand on a paper.

use super::Options;
use crate::desk::{Desk, is_address};
use crate::records::{Attendance, Finder, Person, Referral, Text, folded_words, is_meant_as_name};
use serde_json::Value;
use std::collections::BTreeMap;

/// Small words in a surname that are nobody's by themselves.
const PARTICLES: [&str; 22] = [
    "al", "ap", "bin", "bint", "da", "de", "del", "della", "der", "di", "do", "dos", "du", "el",
    "ibn", "la", "le", "of", "st", "ter", "van", "von",
];

/// What joins two names to one.
const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{2011}'];

/// Names that are also months: beside a number they are a date.
const MONTHS: [&str; 4] = ["april", "may", "june", "august"];

/// A view as it is printed: with names as initials where that is asked for.
pub(super) fn as_asked(desk: &Desk<'_>, options: Options, mut view: Value) -> Value {
    if options.initials {
        Initials::of(desk).write(&mut view, None);
    }
    view
}

/// What is written for a name.
#[derive(Debug)]
enum Meaning {
    /// It stays: whoever works for the council or sits on the panel, and the council's own names.
    Stays,
    /// A whole name: its initials.
    Whole(String),
    /// One word of a name, in the names of these people.
    Part(Vec<PartOf>),
}

/// One word of somebody's name.
#[derive(Debug)]
struct PartOf {
    /// The place of the referral that knows the person, among the desk's cases.
    case: usize,
    /// What is written for the word: the person's initials for a first name, its own for a surname.
    initials: String,
}

/// Everybody known to a folder whose name is written as initials.
pub(crate) struct Initials<'d, 'a> {
    desk: &'d Desk<'a>,
    finder: Finder,
    meanings: Vec<Meaning>,
}

impl<'d, 'a> Initials<'d, 'a> {
    /// Everybody known to the folder, whatever the moment.
    pub(crate) fn of(desk: &'d Desk<'a>) -> Self {
        let mut meanings: BTreeMap<String, Meaning> = BTreeMap::new();
        for (case, referral) in (0..).zip(desk.cases().iter().map(|case| case.referral())) {
            for (word, part) in people(referral).flat_map(parts) {
                let row = meanings
                    .entry(word)
                    .or_insert_with(|| Meaning::Part(Vec::new()));
                if let Meaning::Part(all) = row {
                    all.push(PartOf {
                        case,
                        initials: part,
                    });
                }
            }
        }
        let is_whole = |name: &str| folded_words(name).contains(' ');
        let cases = || desk.cases().iter().map(|case| case.referral());
        let network = cases().flat_map(|referral| names(&referral.network));
        for name in network.filter(|name| is_whole(name)) {
            meanings.insert(folded_words(name), Meaning::Whole(initials(name)));
        }
        // Who works for the council is no secret, but a member of the family is one in any post.
        for name in staying(desk).into_iter().filter(|name| is_whole(name)) {
            meanings.insert(folded_words(name), Meaning::Stays);
        }
        for referral in cases() {
            let family = referral.family.iter();
            let family = family.filter_map(|person| person.name.as_deref());
            let child = referral.child.name.as_deref();
            for name in family.chain(child).filter(|name| is_whole(name)) {
                meanings.insert(folded_words(name), Meaning::Whole(initials(name)));
            }
        }
        meanings.remove("");
        Self {
            desk,
            finder: Finder::of(meanings.keys().map(String::as_str)),
            meanings: meanings.into_values().collect(),
        }
    }

    /// Writes the names in a view as initials. A part of it that says its `reference` is about that
    /// referral, whose people a first name there means before all others.
    fn write(&self, view: &mut Value, about: Option<&str>) {
        match view {
            Value::String(text) => {
                if let Some(changed) = self.written(text, about) {
                    *text = changed;
                }
            }
            Value::Array(list) => list.iter_mut().for_each(|item| self.write(item, about)),
            Value::Object(fields) => {
                let own = fields.get("reference").and_then(Value::as_str);
                let own = own.filter(|own| self.desk.case(own).is_some());
                let own = own.map(str::to_owned);
                let about = own.as_deref().or(about);
                for field in fields.values_mut() {
                    self.write(field, about);
                }
            }
            _ => {}
        }
    }

    /// A text with its names as initials; none where it has no name.
    pub(crate) fn written(&self, text: &str, about: Option<&str>) -> Option<String> {
        let mut told = String::new();
        let mut from = 0;
        for (words, place) in self.finder.found_in(text) {
            let written = &text[place.clone()];
            let initials = match &self.meanings[words] {
                Meaning::Stays => continue,
                Meaning::Whole(initials) => initials.clone(),
                Meaning::Part(_) if !is_meant(text, &place) => continue,
                Meaning::Part(all) => self.of_part(all, written, about),
            };
            told.push_str(&text[from..place.start]);
            told.push_str(&initials);
            from = place.end;
            // Initials end with a stop: that of `Tomasz W.`, or of the sentence.
            if text[from..].starts_with('.') {
                from += 1;
            }
        }
        (from > 0).then(|| told + &text[from..])
    }

    /// What is written for one word of a name: the initials of whoever it means, else its own.
    fn of_part(&self, all: &[PartOf], written: &str, about: Option<&str>) -> String {
        let is_about = |part: &&PartOf| Some(self.desk.cases()[part.case].reference()) == about;
        let own: Vec<&PartOf> = all.iter().filter(is_about).collect();
        let meant = if own.is_empty() {
            all.iter().collect()
        } else {
            own
        };
        match meant.split_first() {
            Some((first, others)) if others.iter().all(|one| one.initials == first.initials) => {
                first.initials.clone()
            }
            _ => initials(written),
        }
    }
}

/// Whether one word of a name is meant as such where it stands.
fn is_meant(text: &str, place: &std::ops::Range<usize>) -> bool {
    let written = &text[place.clone()];
    // Ids and paths are in small letters; what they say, they say to programs.
    let is_small = !text.contains(|c: char| c.is_whitespace() || c.is_uppercase());
    let is_id = is_small && text.contains(['-', '_', '/', ':', '.']);
    let is_number = |word: Option<&str>| {
        word.is_some_and(|word| {
            word.trim_matches(',')
                .starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let is_date = MONTHS.contains(&written.to_lowercase().as_str())
        && (is_number(text[..place.start].split_whitespace().next_back())
            || is_number(text[place.end..].split_whitespace().next()));
    !is_id && !is_date && is_meant_as_name(written)
}

/// The names of the child, the family and the network.
fn people(referral: &Referral) -> impl Iterator<Item = &str> {
    let family = referral.family.iter();
    let family = family.filter_map(|person| person.name.as_deref());
    let child = referral.child.name.as_deref();
    child
        .into_iter()
        .chain(family)
        .chain(names(&referral.network))
}

fn names(people: &[Person]) -> impl Iterator<Item = &str> {
    people.iter().filter_map(|person| person.name.as_deref())
}

/// The words of a name that tell of somebody by themselves, as they are looked for, each with what
/// is written for it.
fn parts(name: &str) -> Vec<(String, String)> {
    let whole = initials(name);
    // "Mr Ade and family": in a name with capitals, words without one are nobody's.
    let has_capitals = name.chars().any(char::is_uppercase);
    let words = name.split_whitespace().filter(|word| !is_address(word));
    let mut parts = Vec::new();
    for (place, word) in words.enumerate() {
        let folded = folded_words(word);
        let is_written_out = word.chars().filter(|c| c.is_alphabetic()).count() > 1;
        let is_small = !word.chars().any(char::is_uppercase);
        if !is_written_out || (is_small && has_capitals) || PARTICLES.contains(&folded.as_str()) {
            continue;
        }
        let own = match place {
            0 => whole.clone(),
            _ => initials(word),
        };
        // `Anne-Marie` is called Anne as well, and `O'Brien` is typed OBrien.
        let of = |piece: &str| match place {
            0 => whole.clone(),
            _ => initials(piece),
        };
        if folded.contains(' ') {
            parts.push((folded.replace(' ', ""), own.clone()));
            for piece in word.split(HYPHENS) {
                let folded = folded_words(piece);
                let single = folded.split(' ').filter(|part| part.chars().count() > 2);
                parts.extend(single.map(|part| (part.to_owned(), of(piece))));
                if folded.contains(' ') {
                    parts.push((folded.replace(' ', ""), of(piece)));
                    parts.push((folded, of(piece)));
                }
            }
        }
        parts.push((folded, own));
    }
    parts
}

/// The names of those who work with the children and sit on the panel, and the council's own.
fn staying<'d>(desk: &Desk<'d>) -> Vec<&'d str> {
    let person = |person: &'d Person| person.name.as_deref();
    let mut staying: Vec<&str> = Vec::new();
    for case in desk.cases() {
        let referral = case.referral();
        let managers = [
            &referral.team_manager,
            &referral.service_manager,
            &referral.iro,
        ];
        let managers = managers.into_iter().flatten();
        staying.extend(person(&referral.worker));
        staying.extend(managers.filter_map(|named| named.name.as_deref()));
        staying.extend(
            referral
                .sign_offs
                .iter()
                .filter_map(|own| own.name.as_deref()),
        );
        staying.extend(referral.involved_members.iter().map(Text::as_str));
        let made = case.decisions.iter().map(|made| made.decision());
        staying.extend(made.filter_map(|own| own.decided_by.as_ref().and_then(person)));
    }
    for meeting in desk
        .folder
        .meetings
        .iter()
        .filter_map(|own| own.meeting.as_ref())
    {
        staying.extend(meeting.record.chair.as_ref().and_then(person));
        let members = meeting.record.attendance.iter().flatten();
        let both = |member: &'d Attendance| [&member.name, &member.cover_by];
        staying.extend(members.flat_map(both).filter_map(|name| name.as_deref()));
    }
    let about = &desk.book.about;
    staying.extend([about.name.as_str(), about.panel.as_str()]);
    staying.extend(desk.book.panels.iter().map(|panel| panel.label.as_str()));
    staying
}

/// `Tomasz W.` as `T.W.`
pub(super) fn initials(name: &str) -> String {
    name.split(char::is_whitespace)
        .flat_map(|word| word.split(HYPHENS))
        .filter(|part| !is_address(part))
        .filter_map(|part| part.chars().find(|c| c.is_alphabetic()))
        .flat_map(|c| c.to_uppercase().chain(['.']))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_initials_and_forms_of_address_do_not_count() {
        assert_eq!(initials("Tomasz W."), "T.W.");
        assert_eq!(initials("Mr Idowu"), "I.");
        assert_eq!(initials("Anne-Marie de Souza"), "A.M.D.S.");
    }

    #[test]
    fn the_words_of_a_name_that_tell_of_somebody_are_known_one_by_one() {
        let words =
            |name| -> Vec<String> { parts(name).into_iter().map(|(word, _)| word).collect() };
        assert_eq!(words("Tomasz W."), ["tomasz"]);
        assert_eq!(
            words("Mrs van der O'Brien"),
            ["obrien", "brien", "obrien", "o brien", "o brien"]
        );
        assert_eq!(
            words("Anne-Marie K."),
            ["annemarie", "anne", "marie", "anne marie"]
        );
        assert_eq!(words("S. Hall"), ["hall"]);
    }

    #[test]
    fn a_month_beside_a_number_is_no_name() {
        let is_meant =
            |text: &str| is_meant(text, &(text.find("May").map(|at| at..at + 3).expect("May")));
        assert!(is_meant("May was seen at school"));
        assert!(!is_meant("on 12 May 2026") && !is_meant("in May 2026"));
    }
}
