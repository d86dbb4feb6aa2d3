//! The documents of the example folder, as they stand on 1 December 2026 at 09:00.

use super::{Document, Options};
use crate::council::{Council, load_council};
use crate::desk::{Desk, Made, Scope};
use crate::folder::Folder;
use crate::records::Day;
use std::path::Path;

/// The example folder that has these meetings; its panel.toml says which council's it is.
pub(super) fn example() -> std::path::PathBuf {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    walkdir::WalkDir::new(examples)
        .min_depth(1)
        .max_depth(1)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("it can be listed").into_path())
        .find(|folder| {
            MEETINGS
                .iter()
                .all(|meeting| folder.join("meetings").join(meeting).is_dir())
        })
        .expect("an example has these meetings")
}

const MEETINGS: [&str; 5] = [
    "2026-11-05",
    "2026-11-12",
    "2026-11-19",
    "2026-11-26",
    "2026-12-03",
];
const INITIALS: Options = Options { initials: true };

fn at_desk<T>(answer: impl FnOnce(&Desk<'_>) -> T) -> T {
    let root = example();
    let folder = Folder::load(&root).expect("the example loads");
    let named = folder
        .settings
        .council
        .as_deref()
        .expect("it names its council");
    let council: Council = load_council(named, &root).expect("a built-in council");
    let now = "2026-12-01T09:00:00".parse().expect("a moment");
    answer(&Desk::new(&folder, &council, now, Scope::Folder))
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn agenda(desk: &Desk<'_>, on: &str, pack: bool, options: Options) -> Document {
    let meeting = desk.meeting_on(day(on), None).expect("a meeting");
    super::agenda(desk, meeting, pack, options)
}

fn minutes(desk: &Desk<'_>, on: &str) -> Document {
    let meeting = desk.meeting_on(day(on), None).expect("a meeting");
    super::minutes(desk, meeting, Options::default())
}

/// Every decision's record and letter, with the reference it is for.
fn records_and_letters(desk: &Desk<'_>, options: Options) -> Vec<(String, Document)> {
    let mut all = Vec::new();
    for case in desk.cases() {
        for made in &case.decisions {
            let record = super::record(desk, case, made, options);
            let letter = super::letter(desk, case, made, options);
            all.push((case.reference().to_owned(), record));
            all.push((case.reference().to_owned(), letter));
        }
    }
    all
}

fn every(desk: &Desk<'_>, options: Options) -> Vec<Document> {
    let mut all: Vec<Document> = records_and_letters(desk, options)
        .into_iter()
        .map(|(_, document)| document)
        .collect();
    for on in MEETINGS {
        all.push(agenda(desk, on, true, options));
        all.push(agenda(desk, on, false, options));
        let meeting = desk.meeting_on(day(on), None).expect("a meeting");
        all.push(super::minutes(desk, meeting, options));
    }
    let entries = crate::rules::diary(desk);
    all.push(super::diary(
        desk,
        &entries,
        super::DiaryAsked::default(),
        options,
    ));
    let meetings: Vec<_> = desk.meetings().iter().collect();
    all.push(super::calendar(desk, &meetings, options));
    all
}

#[test]
fn every_document_is_tidy_and_the_same_twice() {
    at_desk(|desk| {
        let (first, second) = (
            every(desk, Options::default()),
            every(desk, Options::default()),
        );
        for (one, other) in first.iter().zip(&second) {
            let text = one.words();
            assert_eq!(text, other.words(), "{}", one.place);
            assert_eq!(one.view, other.view, "{}", one.place);
            assert!(!text.contains("\n\n\n"), "{}", one.place);
            assert!(!text.contains(env!("CARGO_MANIFEST_DIR")), "{}", one.place);
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"));
            let lines: Vec<&str> = text.lines().collect();
            for pair in lines.windows(3) {
                let is_empty_heading =
                    pair[0].starts_with("## ") && pair[1].is_empty() && pair[2].starts_with("## ");
                assert!(!is_empty_heading, "{}: {}", one.place, pair[0]);
            }
            assert!(
                lines.iter().all(|line| line.trim_end() == *line),
                "{}",
                one.place
            );
        }
    });
}

#[test]
fn tables_have_as_many_cells_in_every_row() {
    at_desk(|desk| {
        for document in every(desk, Options::default()) {
            let bars = |line: &str| line.replace("\\|", "").matches('|').count();
            for pair in document.words().lines().collect::<Vec<_>>().windows(2) {
                if pair.iter().all(|line| line.starts_with('|')) {
                    assert_eq!(
                        bars(pair[0]),
                        bars(pair[1]),
                        "{}: {}",
                        document.place,
                        pair[1]
                    );
                }
            }
        }
    });
}

#[test]
fn the_coming_agenda_has_what_the_folder_tells() {
    at_desk(|desk| {
        let view = agenda(desk, "2026-12-03", false, Options::default()).view;
        let running: Vec<&str> = view["running"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|row| row["reference"].as_str())
            .collect();
        for wanted in [
            "R-2026-0113",
            "R-2026-0118",
            "R-2026-0120",
            "R-2026-0121",
            "R-2026-0122",
        ] {
            assert!(running.contains(&wanted), "{wanted} in {running:?}");
        }
        for other in [
            "R-2026-0103",
            "R-2026-0119",
            "R-2026-0123",
            "R-2026-0128",
            "R-2026-0114",
        ] {
            assert!(!running.contains(&other), "{other} in {running:?}");
        }
        let expected = view["expected"].to_string();
        assert!(
            expected.contains("R-2026-0103") && expected.contains("R-2026-0119"),
            "{expected}"
        );
        assert!(view["not_ready"].to_string().contains("R-2026-0123"));
        assert!(
            !view.to_string().contains("R-2026-0128"),
            "a draft is on no list"
        );
    });
}

#[test]
fn every_case_of_a_running_order_is_in_the_minutes() {
    at_desk(|desk| {
        for on in &MEETINGS[..4] {
            let agenda = agenda(desk, on, false, Options::default());
            let minutes = minutes(desk, on);
            for row in agenda.view["running"].as_array().expect("a list") {
                let (child, reference) = (&row["child"], &row["reference"]);
                let line = format!(
                    "{} ({})",
                    child.as_str().expect("a name"),
                    reference.as_str().expect("a text")
                );
                assert!(minutes.words().contains(&line), "{line} on {on}");
            }
        }
        let coming = minutes(desk, "2026-12-03");
        assert!(
            coming.words().contains("This meeting has not begun."),
            "{}",
            coming.words()
        );
        assert!(
            !coming.words().contains("carried over"),
            "{}",
            coming.words()
        );
        let last = minutes(desk, "2026-11-26");
        assert!(
            last.words()
                .contains("Toby C. (R-2026-0120), placement move"),
            "{}",
            last.words()
        );
        assert!(
            last.words()
                .contains("carried over to Thursday 3 December 2026")
        );
    });
}

#[test]
fn a_record_and_a_letter_name_no_other_child() {
    at_desk(|desk| {
        for (reference, document) in records_and_letters(desk, Options::default()) {
            let own = desk.case(&reference).expect("its case").referral();
            for other in desk.cases().iter().map(|case| case.referral()) {
                if other.child.case_id == own.child.case_id {
                    continue;
                }
                let name = other.child.name.as_deref().expect("a name");
                let id = other.child.case_id.as_deref().expect("a number");
                for secret in [name, id, other.reference.as_str()] {
                    assert!(
                        !document.words().contains(secret),
                        "{secret} in {}",
                        document.place
                    );
                    assert!(
                        !document.view.to_string().contains(secret),
                        "{secret} in {}",
                        document.place
                    );
                }
            }
            for sibling in &own.siblings {
                let name = desk
                    .case(sibling)
                    .and_then(|case| case.referral().child.name.as_deref());
                let first = name
                    .and_then(crate::desk::first_name)
                    .expect("a first name");
                assert!(
                    !document.words().contains(first),
                    "{first} in {}",
                    document.place
                );
            }
        }
    });
}

#[test]
fn a_practice_note_is_on_no_paper() {
    at_desk(|desk| {
        let case = desk.case("R-2026-0105").expect("a case");
        let made = case.decisions[0];
        let mut file = made.file.clone();
        std::sync::Arc::make_mut(&mut file.file.record).practice_note =
            Some("Kept for supervision.".into());
        let noted = Made {
            file: &file,
            ..made
        };
        for document in [
            super::record(desk, case, &noted, Options::default()),
            super::letter(desk, case, &noted, Options::default()),
        ] {
            assert!(!document.view.to_string().contains("supervision"));
        }
    });
}

#[test]
fn initials_leave_no_name_of_a_child_or_its_family() {
    at_desk(|desk| {
        for document in every(desk, INITIALS) {
            for referral in desk.cases().iter().map(|case| case.referral()) {
                let family = referral
                    .family
                    .iter()
                    .filter_map(|person| person.name.as_deref());
                for name in referral.child.name.as_deref().into_iter().chain(family) {
                    assert!(
                        !document.words().contains(name),
                        "{name} in {}",
                        document.place
                    );
                }
            }
        }
        let agenda = agenda(desk, "2026-12-03", true, INITIALS);
        assert!(
            agenda.words().contains("C.E.") && !agenda.words().contains("Connor"),
            "{}",
            agenda.words()
        );
    });
}

#[test]
fn sums_and_ages_are_right() {
    at_desk(|desk| {
        let minutes = minutes(desk, "2026-11-26");
        // 560 × 23 + 95 × 12, and 1,450 × 12.
        assert!(
            minutes.words().contains("**£14,020.00**"),
            "{}",
            minutes.words()
        );
        assert!(
            minutes
                .words()
                .contains("**£31,420.00** in 2 requests; £2,105.00 a week.")
        );
        let numbers = |document: &Document| document.view["actions"][2]["log_number"].clone();
        assert_eq!(numbers(&minutes), "2.1");
        let agenda = agenda(desk, "2026-12-03", false, Options::default());
        assert!(agenda.words().contains("aged 17, born 11 February 2009"));
        assert!(agenda.words().contains("| £13,900.00"));
    });
}

#[test]
fn a_letter_speaks_to_a_young_person_of_sixteen() {
    at_desk(|desk| {
        let letters = records_and_letters(desk, Options::default());
        let of = |reference: &str, ending: &str| {
            letters
                .iter()
                .find(|(about, document)| about == reference && document.place.ends_with(ending))
                .map(|(_, document)| document.words().clone())
                .expect("a letter")
        };
        let yonas = of("R-2026-0111", "-letter.md");
        assert!(
            yonas.contains("Dear Yonas,") && yonas.contains("a request about you."),
            "{yonas}"
        );
        let kayden = of("R-2026-0101", "2026-11-05-letter.md");
        assert!(
            kayden.contains("The panel said yes to part of what was asked."),
            "{kayden}"
        );
        assert!(
            kayden.contains("The panel agreed to spend £1,930.00 in all."),
            "{kayden}"
        );
        assert!(!kayden.contains("£560"), "the total alone: {kayden}");
    });
}
