//! Each review, ratification, action, milestone, owed paper, endorsement and promised decision is in
//! the diary exactly until it is done. What is owed when is worked out from the plan alone.
#![expect(clippy::disallowed_methods, reason = "tests make folders of their own")]

mod answer;
mod plan;

use self::plan::{Plan, day, plan};
use super::diary;
use crate::council::{Council, parse_council};
use crate::desk::{Desk, Scope};
use crate::folder::Folder;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const RULES: &str = r#"
[council]
name = "Borough of Wendham"
panel = "Resource Panel"
assumption = "Invented."

[meetings]
every = "week"
on = "thursday"
start = 14:00:00
clause = "1"

[cut_off]
days_before = 3
exempt = "emergency"
clause = "2"

[emergency]
papers_follow = ["missing-views", "missing-costs", "missing-document", "missing-sign-off"]
clause = "3"

[[view]]
any_of = ["child"]
clause = "4"

[costs]
clause = "4"

[[sign_off]]
role = "team-manager"
clause = "4"

[[document]]
any_of = ["care-plan"]
label = "Care plan"
when = "emergency"
clause = "4"

[[milestone]]
id = "eighteen"
age = 18
label = "18th birthday"
when = "request.kind == 'care-leaver-accommodation'"
clause = "5"

[[milestone]]
id = "sixteen"
age = 16
label = "16th birthday"
when = "child.looked_after_since is defined"
since_age = 15
kinds = ["permanence-support"]
diary_from = "1 month"
clause = "5"

[[outcome]]
id = "approve"
label = "Agreed"
clause = "6"

[[outcome]]
id = "defer"
label = "Put off"
clause = "6"
"#;

static COUNCIL: LazyLock<Council> = LazyLock::new(|| {
    parse_council("draft", "draft.toml", RULES).unwrap_or_else(|error| panic!("{error:#?}"))
});

fn loaded(files: &BTreeMap<String, String>) -> Folder {
    let place = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = place.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder in it");
        std::fs::write(path, text).expect("a file in it");
    }
    std::fs::write(place.path().join("panel.toml"), "council = \"any\"\n").expect("a file");
    Folder::load(place.path()).expect("it loads")
}

/// The ids of what stands in the diary about a folder's cases.
fn in_diary(folder: &Folder, today: i64) -> BTreeMap<String, usize> {
    let as_of = day(today).date().and_hms_opt(12, 0, 0).expect("a time");
    let desk = Desk::new(folder, &COUNCIL, as_of, Scope::Folder);
    let mut ids = BTreeMap::new();
    for entry in diary(&desk) {
        *ids.entry(entry.id).or_default() += 1;
    }
    ids
}

#[test]
fn duties_of_two_panels_on_one_day_say_which_panel_they_are_of() {
    let rules = "[council]\nname = \"Wendham\"\npanel = \"Panel\"\nclause = \"1\"\n\
        [[panel]]\nid = \"main\"\nlabel = \"Main Panel\"\nclause = \"1\"\n\
        [[panel]]\nid = \"second\"\nlabel = \"Second Panel\"\nclause = \"1\"\n\
        [meetings]\nevery = \"week\"\non = \"thursday\"\nstart = 10:00:00\nclause = \"2\"\n\
        [[deadline]]\nid = \"agenda-out\"\ntask = \"Send the agenda\"\nbefore = \"meeting\"\n\
        days = 2\nclause = \"3\"\n";
    let council =
        parse_council("draft", "draft.toml", rules).unwrap_or_else(|error| panic!("{error:#?}"));
    let folder = Folder::default();
    let as_of = day(0).date().and_hms_opt(9, 0, 0).expect("a time");
    let desk = Desk::new(&folder, &council, as_of, Scope::Folder);
    let told: Vec<(Option<&str>, String)> = diary(&desk)
        .into_iter()
        .map(|entry| (entry.panel, entry.what))
        .collect();
    assert_eq!(told.len(), 2);
    for (panel, label) in [("main", "(Main Panel)"), ("second", "(Second Panel)")] {
        let is_told = told
            .iter()
            .any(|(of, what)| *of == Some(panel) && what.contains(label));
        assert!(is_told, "{told:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_owed_is_in_the_diary_exactly_until_it_is_done(
        plans in prop::collection::vec(plan(), 1..8), other in -5i64..100
    ) {
        let mut files = BTreeMap::new();
        let mut turns = BTreeSet::from([other]);
        for (number, plan) in (1..).zip(&plans) {
            let laid = plan.lay(&format!("R-{number}"));
            files.extend(laid.files);
            turns.extend(laid.turns.iter().flat_map(|on| [on - 1, *on]));
        }
        let folder = loaded(&files);
        for today in turns {
            let found = in_diary(&folder, today);
            for (id, times) in &found {
                prop_assert_eq!(*times, 1, "{} stands there twice on {}", id, day(today));
            }
            let found: BTreeSet<String> = found.into_keys().collect();
            let owed: BTreeSet<String> = (1..)
                .zip(&plans)
                .flat_map(|(number, plan)| plan.owed(&format!("R-{number}"), today))
                .collect();
            // What follows from the same decisions and is no part of any plan.
            let beside = |id: &&String| {
                id.contains("-B-decision-") || id.contains("-B-paper-")
                    || plans.iter().zip(1..).any(|(plan, number)| {
                        let own = |what: &str| id.starts_with(&format!("R-{number}-{what}"));
                        match plan {
                            Plan::Promised { .. } | Plan::Endorsement { .. } | Plan::AfterEmergency { .. } => false,
                            Plan::Deferral { .. } => own("decision-"),
                            _ => own("decision-") || own("paper-"),
                        }
                    })
            };
            let missing: Vec<_> = owed.difference(&found).collect();
            let too_much: Vec<_> = found.difference(&owed).filter(|id| !beside(id)).collect();
            prop_assert!(missing.is_empty(), "not in the diary on {}: {:?}", day(today), missing);
            prop_assert!(too_much.is_empty(), "still in the diary on {}: {:?}", day(today), too_much);
        }
    }
}
