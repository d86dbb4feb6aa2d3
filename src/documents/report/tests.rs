//! Reports of the examples, judged and counted in another way.

use super::judged::{Judged, found_at};
use super::*;
use crate::council::{BUILT_IN, load_council};
use crate::desk::{Fate, Scope, Stretch};
use crate::folder::Folder;
use crate::records::{Day, Moment, Money};
use std::path::Path;

/// Every day that an example has anything of.
fn ever() -> [Days; 1] {
    [Days {
        from: day("2020-01-01"),
        to: day("2030-12-31"),
    }]
}

/// Does something at the desk of each built-in council's example at some moments.
fn at_each(act: impl Fn(&str, &Desk<'_>)) {
    let mut count = 0;
    for (name, _) in BUILT_IN {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("examples")
            .join(name);
        let Ok(folder) = Folder::load(&root) else {
            continue;
        };
        count += 1;
        let council = load_council(name, &root).expect("a built-in council");
        for moment in ["2026-12-01T09:00", "2026-11-10T12:00", "2027-02-15T09:00"] {
            let as_of = moment.parse::<Moment>().expect("a moment").latest();
            act(name, &Desk::new(&folder, &council, as_of, Scope::Folder));
        }
    }
    assert!(count >= 5, "only {count} examples");
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn all_days() -> Days {
    Days {
        from: day("2026-04-01"),
        to: day("2027-03-31"),
    }
}

fn value(sections: &[Section], key: &str) -> view::Value {
    let all = figures(sections);
    let found = all.iter().find(|(known, _)| *known == key);
    found.unwrap_or_else(|| panic!("no figure {key}")).1.value
}

#[test]
fn a_meeting_judged_with_what_bears_on_it_finds_what_the_whole_folder_finds() {
    at_each(|name, desk| {
        let wanted = desk
            .cases()
            .iter()
            .filter(|case| Fate::of(case.standing).is_some());
        let judged = Judged::of(desk, None, &ever());
        let mut count = 0;
        for (meeting, cases) in desk.by_first_meeting(wanted) {
            let whole = desk.as_meeting_heard(meeting);
            for (reference, mut expected) in found_at(&whole, &cases) {
                let mut found = judged.about(&reference).to_vec();
                expected.sort();
                found.sort();
                assert_eq!(found, expected, "{name} {reference} at {}", meeting.id);
                count += 1;
            }
        }
        assert!(count > 5, "{name}: only {count}");
    });
}

#[test]
fn the_figures_of_each_example_agree_with_each_other() {
    at_each(|name, desk| {
        let judged = Judged::of(desk, None, &ever());
        for days in [
            all_days(),
            Days {
                from: day("2026-11-09"),
                to: day("2026-11-20"),
            },
        ] {
            let days = Days {
                to: days.to.min(desk.today()),
                ..days
            };
            let sections = Ends::of(desk, days, None).counted(desk, None, &judged);
            for identity in identities(&figures(&sections)) {
                assert!(identity.holds, "{name}: {}", identity.says);
            }
        }
    });
}

#[test]
fn rows_beside_each_other_come_to_their_sum() {
    at_each(|name, desk| {
        let judged = Judged::of(desk, None, &ever());
        let days = Days {
            to: desk.today(),
            ..all_days()
        };
        for section in Ends::of(desk, days, None).counted(desk, None, &judged) {
            for group in section.groups {
                // What is open is the only sum with something taken off.
                if group.id == "flow" {
                    continue;
                }
                let Some(sum) = group
                    .rows
                    .iter()
                    .find(|row| row.stands == view::Stands::Sum)
                else {
                    continue;
                };
                let parts = group
                    .rows
                    .iter()
                    .filter(|row| row.stands == view::Stands::Beside);
                let mut sums = vec![0; group.columns.len()];
                let mut has_parts = false;
                for row in parts {
                    has_parts = true;
                    for (sum, cell) in sums.iter_mut().zip(&row.cells) {
                        *sum += cell.value.size();
                    }
                }
                let expected: Vec<i64> = sum.cells.iter().map(|cell| cell.value.size()).collect();
                if has_parts {
                    assert_eq!(sums, expected, "{name}: {} {}", section.id, group.id);
                }
            }
        }
    });
}

#[test]
fn the_spend_of_a_period_is_that_of_the_log_of_the_same_days() {
    at_each(|name, desk| {
        let judged = Judged::default();
        let days = Days {
            from: day("2026-11-03"),
            to: day("2026-11-30").min(desk.today()),
        };
        let sections = Ends::of(desk, days, None).counted(desk, None, &judged);
        let at_end = desk.at_end_of(days.to);
        let lines = at_end.as_ref().unwrap_or(desk).commitments();
        let stretch = Stretch {
            from: Some(days.from),
            until: Some(crate::calendar::plus_days(days.to, 1)),
        };
        let sum: Money = lines.iter().map(|line| line.cost.within(stretch)).sum();
        assert_eq!(
            value(&sections, "spend"),
            view::Value::Pounds(sum),
            "{name}"
        );
    });
}

#[test]
fn reviews_not_met_are_those_that_the_diary_waits_for() {
    at_each(|name, desk| {
        let mut waited: Vec<(&str, Day)> = desk
            .reviews_due()
            .iter()
            .map(|review| (review.case.reference(), review.due_on))
            .collect();
        let ever = desk.reviews_ever();
        let mut open: Vec<(&str, Day)> = ever
            .iter()
            .filter(|review| review.met_on.is_none())
            .map(|review| (review.reference, review.due_on))
            .collect();
        waited.sort();
        open.sort();
        assert_eq!(open, waited, "{name}");
    });
}

#[test]
fn no_name_of_a_child_stands_in_a_report() {
    at_each(|name, desk| {
        for without_small in [false, true] {
            let wanted = Wanted {
                days: all_days(),
                panel: None,
                without_small,
            };
            let document = report(desk, wanted, Options::default());
            for case in desk.cases() {
                let child = case.referral().child.name.as_deref().unwrap_or("-");
                let told = format!("{}{}", document.words(), document.view);
                assert!(!told.contains(child), "{name}: {child}");
            }
        }
    });
}

#[test]
fn no_small_number_is_shown_where_none_is_to_be() {
    at_each(|name, desk| {
        let wanted = Wanted {
            days: all_days(),
            panel: None,
            without_small: true,
        };
        let document = report(desk, wanted, Options::default());
        let is_small = |value: &Value| value.as_u64().is_some_and(|count| (1..5).contains(&count));
        let figures = document.view["figures"].as_object().expect("figures");
        for (key, value) in figures {
            // Days of a delay are no number of children.
            assert!(!is_small(value), "{name}: {key} {value}");
        }
        for section in document.view["sections"].as_array().expect("sections") {
            for group in section["groups"].as_array().expect("groups") {
                for row in group["rows"].as_array().expect("rows") {
                    for cell in row["cells"].as_array().expect("cells") {
                        assert!(!is_small(&cell["value"]), "{name}: {} {row}", group["id"]);
                        assert!(!is_small(&cell["before"]), "{name}: {} {row}", group["id"]);
                    }
                }
            }
        }
    });
}
