//! The decision for the family, in plain English.

use super::common::{DayView, PersonView, asked, head, json, person, role, said, total};
use super::decided::{DeferredView, LimitView, ReviewView, approved_total, decided};
use super::followed::{AppealView, routes};
use super::{Document, Options, names, render};
use crate::calendar;
use crate::council::Council;
use crate::desk::{Case, Desk, Made, first_name};
use crate::records::Money;
use serde::Serialize;

/// From this age the letter is to the young person.
const SPOKEN_TO_FROM: i64 = 16;
/// The legal status of one who has left care.
const CARE_LEAVER: &str = "care-leaver";

/// What the letter's template is given.
#[derive(Debug, Clone, Serialize)]
struct LetterView {
    /// Whose panel.
    council: String,
    /// The panel.
    panel: String,
    /// The referral.
    reference: String,
    /// The child's name; words for its absence where the folder has none.
    child: String,
    /// What the child is called in the letter: the first name, or "your child".
    first_name: String,
    /// Whether the folder has a name for the child.
    is_named: bool,
    /// Whether the letter is to the young person.
    is_to_young_person: bool,
    /// The meeting's day, or that of a decision between meetings.
    on: DayView,
    /// Who decided between meetings; none where the panel did.
    between: Option<PersonView>,
    /// What was asked.
    summary: Option<String>,
    /// What the decision comes to: "approve", "approve-part", "approve-alternative" …
    answer: String,
    /// What was recommended instead.
    alternative: Option<String>,
    /// Who has still to confirm it.
    awaits: Vec<String>,
    /// Where it was put off to.
    deferred: Option<DeferredView>,
    /// When a decision is promised.
    decide_by: Option<DayView>,
    /// What was agreed.
    agreements: Vec<String>,
    /// Why.
    rationale: Option<String>,
    /// What was approved in all.
    total: Option<String>,
    /// Until when.
    until: Option<LimitView>,
    /// When panel looks again.
    review: Option<ReviewView>,
    /// Actions that concern the family.
    actions: Vec<NextStep>,
    /// Whether it takes the place of an earlier answer, and why.
    is_amended: bool,
    /// Why the earlier answer was changed.
    amended_because: Option<String>,
    /// The decision's file and its digest, for whoever verifies the letter.
    made_from: String,
    /// Who to talk to.
    contact: Option<String>,
    /// How to disagree.
    disagree: Option<String>,
    /// How a disagreement of theirs is dealt with.
    routes: Vec<AppealView>,
    /// Who signs.
    worker: PersonView,
    /// The worker's team.
    team: Option<String>,
}

/// Something that will happen.
#[derive(Debug, Clone, Serialize)]
struct NextStep {
    /// What.
    what: String,
    /// Who does it.
    owner: Option<String>,
    /// By when.
    due: Option<DayView>,
}

/// The decision for the family, in plain English.
pub(crate) fn letter(
    desk: &Desk<'_>,
    case: &Case<'_>,
    made: &Made<'_>,
    options: Options,
) -> Document {
    let referral = case.referral();
    let about = head(case, made.on);
    let told = decided(desk, case, made);
    let born = referral.child.date_of_birth;
    // A care leaver is that old, whether or not the form says when they were born.
    let is_care_leaver = referral.child.legal_status.as_deref() == Some(CARE_LEAVER);
    let is_to_young_person = match born {
        Some(born) => calendar::age_on(born, made.on) >= SPOKEN_TO_FROM,
        None => is_care_leaver,
    };
    let words = &made.rules.letter;
    let name = said(referral.child.name.as_ref());
    let first = name.as_deref().and_then(called);
    let first = first.unwrap_or("your child").to_owned();
    let view = LetterView {
        council: made.rules.about.name.clone(),
        panel: made.rules.panel_in_full(desk.panel_of(case, made)),
        reference: about.reference,
        is_to_young_person,
        is_named: name.is_some(),
        on: made.on.into(),
        between: told.decided_by.filter(|_| told.is_between),
        summary: said(referral.request.summary.as_ref()),
        answer: answer(case, made),
        alternative: told.alternative,
        awaits: made
            .awaits(desk.today())
            .into_iter()
            .filter_map(|id| role(made.rules, Some(&id.into())))
            .collect(),
        deferred: told.deferred,
        decide_by: told.decide_by,
        agreements: told.agreements,
        rationale: told.rationale,
        total: Some(approved_total(case, made))
            .filter(|sum| made.is_approval() && *sum > Money::ZERO)
            .map(|sum| sum.to_string()),
        until: told.until.filter(|_| made.is_approval()),
        review: told.review,
        actions: told
            .actions
            .into_iter()
            .filter(|action| concerns_family(case, &first, &action.what))
            .filter(|action| !is_routine(made.rules, &action.what))
            .map(|action| NextStep {
                what: action.what,
                owner: action.owner,
                due: action.due,
            })
            .collect(),
        made_from: told.made_from,
        is_amended: told.amended.is_some(),
        amended_because: told.amended.and_then(|amended| amended.reason),
        contact: words.contact.clone(),
        disagree: words.disagree.clone(),
        routes: routes(
            made.rules,
            if is_to_young_person {
                &["young-person"]
            } else {
                &["parents", "carers"]
            },
        ),
        worker: person(made.rules, &referral.worker),
        team: about.team,
        child: about.child,
        first_name: first,
    };
    let (view, taken_out) = names::only_about(desk, case, json(&view));
    let view = names::as_asked(desk, options, view);
    let place = format!("records/{}/{}-letter.md", case.reference(), made.meeting);
    render::document(desk.folder, "letter.md.j2", view, place).without(taken_out)
}

/// What a child of that name is called: the first name, behind the comma in `Marsh, Kayden`. None
/// where it is nobody's name yet, like `Unborn child` or `the twins`.
fn called(name: &str) -> Option<&str> {
    const NOBODYS: [&str; 6] = ["baby", "child", "the", "twins", "unborn", "unnamed"];
    let own = name.split_once(',').map_or(name, |(_, first)| first);
    let word = own.split_whitespace().next()?.to_lowercase();
    // Of initials alone the whole name is said.
    (!NOBODYS.contains(&word.as_str())).then(|| first_name(own).unwrap_or(own.trim()))
}

/// An approval of less than was asked is told as such: a family that reads "yes" to 26 weeks
/// and gets three was told the wrong thing.
fn answer(case: &Case<'_>, made: &Made<'_>) -> String {
    let referral = case.referral();
    let is_shared = referral.part_of.is_some() || !referral.with.is_empty();
    let approved = total(made.rules, &made.decision().approved);
    let is_part = made.outcome() == "approve"
        && !is_shared
        && asked(case).is_some_and(|asked| approved < asked);
    if is_part {
        "approve-part".to_owned()
    } else {
        made.outcome().to_owned()
    }
}

/// Whether an action is one that each decision brings with it. The letter is how the family is
/// told, and need not announce that they will be.
fn is_routine(rules: &Council, what: &str) -> bool {
    rules
        .standard_actions
        .iter()
        .any(|standard| standard.action.what == what)
}

/// Whether an action speaks of the child or the family.
fn concerns_family(case: &Case<'_>, first: &str, what: &str) -> bool {
    const RELATIONS: [&str; 17] = [
        "mother",
        "father",
        "mum",
        "dad",
        "parent",
        "parents",
        "carer",
        "carers",
        "family",
        "grandmother",
        "grandfather",
        "aunt",
        "uncle",
        "brother",
        "sister",
        "child",
        "you",
    ];
    let family = case
        .referral()
        .family
        .iter()
        .filter_map(|person| person.name.as_deref().and_then(first_name));
    let firsts: Vec<&str> = family.chain([first]).collect();
    what.split(|c: char| !c.is_alphanumeric() && c != '-')
        .any(|word| firsts.contains(&word) || RELATIONS.contains(&word.to_lowercase().as_str()))
}
