//! What stands together in a diary: by day, by meeting, by child, by owner.

use super::diary::{DiaryBy, is_overdue};
use crate::desk::{Case, Desk, DiaryEntry, DiaryKind, PanelMeeting};
use crate::records::{Day, same_name};
use std::collections::BTreeMap;

/// Entries that stand together, by their last moment.
#[derive(Debug, Default)]
pub(super) struct Group<'e, 'a> {
    /// An id within the diary.
    pub(super) id: String,
    /// Its heading.
    pub(super) title: String,
    /// The meeting's folder, by meeting.
    pub(super) meeting: Option<String>,
    /// The child, by child.
    pub(super) child: Option<String>,
    /// The child's number on the case system, by child.
    pub(super) case_id: Option<String>,
    /// The owner, by owner.
    pub(super) owner: Option<String>,
    /// A referral whose people the heading names.
    pub(super) reference: Option<&'a str>,
    /// What is owed in it.
    pub(super) entries: Vec<&'e DiaryEntry<'a>>,
}

/// The groups of a diary, in order; none is empty.
pub(super) fn groups<'e, 'a>(
    desk: &Desk<'a>,
    entries: &'e [DiaryEntry<'a>],
    by: DiaryBy,
) -> Vec<Group<'e, 'a>> {
    match by {
        DiaryBy::Day => by_day(desk, entries),
        DiaryBy::Meeting => by_meeting(desk, entries),
        DiaryBy::Child => by_child(desk, entries),
        DiaryBy::Owner => by_owner(desk, entries),
    }
}

fn by_day<'e, 'a>(desk: &Desk<'a>, entries: &'e [DiaryEntry<'a>]) -> Vec<Group<'e, 'a>> {
    let today = desk.today();
    let in_a_week = crate::calendar::plus_days(today, 7);
    let group = |id: &str, title: &str, is_in: &dyn Fn(&DiaryEntry<'_>) -> bool| Group {
        id: id.to_owned(),
        title: title.to_owned(),
        entries: entries.iter().filter(|entry| is_in(entry)).collect(),
        ..Group::default()
    };
    let is_soon = |entry: &DiaryEntry<'_>| !is_overdue(desk, entry) && entry.due_on <= in_a_week;
    let is_later = |entry: &DiaryEntry<'_>| !is_overdue(desk, entry) && entry.due_on > in_a_week;
    let mut all = vec![
        group("overdue", "Overdue", &|entry| is_overdue(desk, entry)),
        group("next-seven-days", "Due in the next seven days", &is_soon),
        group("later", "Later", &is_later),
    ];
    all.retain(|group| !group.entries.is_empty());
    all
}

/// Where a group stands by meeting: what is late and tied to none, then day by day what is owed
/// before a meeting, what it brings and what is owed once it is over, then what no known meeting
/// follows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Overdue,
    Of(Day, String, Side),
    After,
}

/// On which side of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Before,
    At,
    After,
}

impl Side {
    /// A duty of the office falls before its meeting or after it, and papers are owed before; all
    /// else that names a meeting is heard there.
    fn of(entry: &DiaryEntry<'_>, meeting: &PanelMeeting<'_>) -> Self {
        match entry.kind {
            DiaryKind::Deadline if entry.due_at > meeting.starts_at => Self::After,
            DiaryKind::Deadline | DiaryKind::Paper => Self::Before,
            _ => Self::At,
        }
    }

    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Before => ("before", "Before the meeting of"),
            Self::At => ("at", "At the meeting of"),
            Self::After => ("after", "After the meeting of"),
        }
    }
}

fn by_meeting<'e, 'a>(desk: &Desk<'a>, entries: &'e [DiaryEntry<'a>]) -> Vec<Group<'e, 'a>> {
    let mut places: BTreeMap<Place, Group<'e, 'a>> = BTreeMap::new();
    for entry in entries {
        let own = entry
            .meeting
            .and_then(|day| desk.meeting_on(day, entry.panel))
            .map(|own| (own, Side::of(entry, own)));
        let next = || {
            let next = desk.first_of(entry.due_on, entry.panel)?;
            Some((next, Side::Before))
        };
        let is_loose = own.is_none() && is_overdue(desk, entry);
        let place = if is_loose { None } else { own.or_else(next) };
        let (key, id, title, meeting) = match place {
            Some((meeting, side)) => {
                let (word, words) = side.words();
                let is_missed = side != Side::After && meeting.has_passed(desk.today());
                let passed = if is_missed { ", which has passed" } else { "" };
                (
                    Place::Of(meeting.on, meeting.id.clone(), side),
                    format!("{word}-{}", meeting.id),
                    format!("{words} {}{passed}", called(desk, meeting)),
                    Some(meeting.id.clone()),
                )
            }
            None if is_loose => {
                let title = "Overdue, and tied to no meeting".to_owned();
                (Place::Overdue, "overdue".to_owned(), title, None)
            }
            None => {
                let title = "After the last meeting that is known".to_owned();
                (Place::After, "after".to_owned(), title, None)
            }
        };
        let group = places.entry(key).or_insert_with(|| Group {
            id,
            title,
            meeting,
            ..Group::default()
        });
        group.entries.push(entry);
    }
    places.into_values().collect()
}

/// A meeting as a heading names it: its day, and its panel where there are several.
fn called(desk: &Desk<'_>, meeting: &PanelMeeting<'_>) -> String {
    let day = meeting.on.with_weekday();
    let panels = &desk.book.panels;
    let panel = panels
        .iter()
        .find(|panel| panels.len() > 1 && Some(panel.id.as_str()) == meeting.panel);
    match panel {
        Some(panel) => format!("{day}, {}", panel.label),
        None => day,
    }
}

fn by_child<'e, 'a>(desk: &Desk<'a>, entries: &'e [DiaryEntry<'a>]) -> Vec<Group<'e, 'a>> {
    // By the number on the case system, else by the referral: two children may be called the same.
    let mut children: BTreeMap<(&str, &str), Vec<(&Case<'a>, Group<'e, 'a>)>> = BTreeMap::new();
    let mut nobody = Group {
        id: "no-child".to_owned(),
        title: "For no one child".to_owned(),
        ..Group::default()
    };
    for entry in entries {
        let Some(case) = desk.case(entry.reference) else {
            nobody.entries.push(entry);
            continue;
        };
        let number = number_of(case);
        let reference = if number.is_empty() {
            entry.reference
        } else {
            ""
        };
        let of_number = children.entry((number, reference)).or_default();
        let known = of_number
            .iter_mut()
            .find(|(other, _)| may_be_one_child(other, case));
        match known {
            Some((_, group)) => group.entries.push(entry),
            None => {
                let mut group = child_group(case);
                if !of_number.is_empty() {
                    group.id = format!("{}-{}", group.id, of_number.len() + 1);
                }
                group.entries.push(entry);
                of_number.push((case, group));
            }
        }
    }
    let mut groups: Vec<Group<'e, 'a>> = children
        .into_values()
        .flatten()
        .map(|(_, group)| group)
        .collect();
    let name = |group: &Group<'_, '_>| group.child.as_deref().unwrap_or_default().to_lowercase();
    groups.sort_by_cached_key(|group| (name(group), group.case_id.clone(), group.id.clone()));
    if !nobody.entries.is_empty() {
        groups.push(nobody);
    }
    groups
}

fn number_of<'c>(case: &Case<'c>) -> &'c str {
    let referral: &'c crate::records::Referral = case.referral();
    referral.child.number().unwrap_or("")
}

/// Whether two referrals with one number can be about one child: a slip in the number must not put
/// a child's lines under another's name, a twin's least of all.
fn may_be_one_child(one: &Case<'_>, other: &Case<'_>) -> bool {
    let (one, other) = (&one.referral().child, &other.referral().child);
    let born_alike = one
        .date_of_birth
        .zip(other.date_of_birth)
        .map(|(one, other)| one == other);
    let Some((name, other_name)) = one.name.as_deref().zip(other.name.as_deref()) else {
        return born_alike != Some(false);
    };
    match born_alike {
        Some(false) => false,
        // A surname is shortened in one place and written out in another.
        Some(true) => same_name(first_word(name), first_word(other_name)),
        None => same_name(name, other_name),
    }
}

fn first_word(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or_default()
}

fn child_group<'e, 'a>(case: &Case<'a>) -> Group<'e, 'a> {
    let name = super::common::child_of(case);
    let number = number_of(case);
    let (id, called) = if number.is_empty() {
        let reference = case.reference();
        (
            format!("child-{reference}"),
            format!("{name}, {reference}, without a case number"),
        )
    } else {
        (format!("case-{number}"), format!("{name}, case {number}"))
    };
    Group {
        id,
        title: called,
        child: Some(name),
        case_id: (!number.is_empty()).then(|| number.to_owned()),
        reference: Some(case.reference()),
        ..Group::default()
    }
}

fn by_owner<'e, 'a>(desk: &Desk<'a>, entries: &'e [DiaryEntry<'a>]) -> Vec<Group<'e, 'a>> {
    let mut owners: BTreeMap<String, Vec<&'e DiaryEntry<'a>>> = BTreeMap::new();
    for entry in entries {
        let owner = folded(entry.owner.unwrap_or_default());
        owners.entry(owner).or_default().push(entry);
    }
    // Nobody's name is empty and so comes first: what nobody owns is what falls through.
    owners
        .into_iter()
        .map(|(owner, entries)| owner_group(desk, &owner, entries))
        .collect()
}

/// One name, however its spaces and capitals are written.
fn folded(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

fn owner_group<'e, 'a>(
    desk: &Desk<'a>,
    owner: &str,
    entries: Vec<&'e DiaryEntry<'a>>,
) -> Group<'e, 'a> {
    let is_of_family = |entry: &&DiaryEntry<'a>| {
        desk.case(entry.reference).is_some_and(|case| {
            let referral = case.referral();
            let family = referral.family.iter().map(|person| &person.name);
            let network = referral.network.iter().map(|person| &person.name);
            let mut names = std::iter::once(&referral.child.name)
                .chain(family)
                .chain(network)
                .flatten();
            names.any(|name| same_name(name, owner))
        })
    };
    // As it is written most often; of two as often the first by letter.
    let mut spellings: BTreeMap<String, usize> = BTreeMap::new();
    for spelling in entries.iter().filter_map(|entry| entry.owner) {
        let words: Vec<&str> = spelling.split_whitespace().collect();
        *spellings.entry(words.join(" ")).or_default() += 1;
    }
    let most = spellings.values().copied().max().unwrap_or_default();
    let spelling = spellings
        .into_iter()
        .find(|(_, count)| *count == most)
        .map(|(spelling, _)| spelling)
        .filter(|_| !owner.is_empty());
    Group {
        id: match owner {
            "" => "no-owner".to_owned(),
            owner => format!("owner-{}", owner.replace(' ', "-")),
        },
        title: spelling
            .clone()
            .unwrap_or_else(|| "No owner named".to_owned()),
        owner: spelling,
        reference: entries
            .iter()
            .find(|entry| is_of_family(entry))
            .map(|entry| entry.reference),
        entries,
        ..Group::default()
    }
}
