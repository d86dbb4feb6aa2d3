//! The lists of the office in the example folders, at several moments each: what is due, owed,
//! expected, spent, and how it went. The pages in `tests/lists/` were read against the folders'
//! records; `LISTS=write cargo test --test lists` makes them anew, to be read again.
#![allow(
    clippy::disallowed_methods,
    reason = "tests and benches make folders of their own"
)]

mod support;

use std::path::{Path, PathBuf};
use support::{project, run, status, stderr, stdout};

/// A folder, and the moments: each with the meeting that is asked about.
struct Kept {
    example: &'static str,
    moments: &'static [(&'static str, &'static str)],
}

/// The day after a cut-off, the evening of a meeting, the week after, and long afterwards.
const KEPT: &[Kept] = &[
    Kept {
        example: "bexley",
        moments: &[
            ("2026-11-10T09:00", "2026-11-12"),
            ("2026-11-19T18:00", "2026-11-26"),
            ("2026-12-01T09:00", "2026-12-03"),
            ("2027-01-11T09:00", "2027-01-14"),
        ],
    },
    Kept {
        example: "bcp",
        moments: &[
            ("2026-11-12T09:00", "2026-11-16"),
            ("2026-11-23T18:00", "2026-11-30"),
            ("2026-11-27T16:00", "2026-11-30"),
            ("2027-01-11T09:00", "2027-01-11"),
        ],
    },
    Kept {
        example: "nelc",
        moments: &[
            ("2026-11-12T09:00", "2026-11-16"),
            ("2026-11-23T18:00", "2026-11-23"),
            ("2026-11-26T09:00", "2026-11-30"),
            ("2027-01-11T09:00", "2027-01-11"),
        ],
    },
    Kept {
        example: "care-planning",
        moments: &[
            ("2026-11-12T09:00", "2026-11-18"),
            ("2026-11-25T18:00", "2026-11-25"),
            ("2026-12-01T09:00", "2026-12-02"),
            ("2027-01-11T09:00", "2027-01-13"),
        ],
    },
    Kept {
        example: "west-berkshire",
        moments: &[
            ("2026-11-03T09:00", "2026-11-05"),
            ("2026-11-19T18:00", "2026-11-19"),
            ("2026-12-01T09:00", "2026-12-03"),
            ("2027-01-11T09:00", "2027-01-21"),
        ],
    },
];

impl Kept {
    /// What is asked at a moment: the page's name, and the words of the command line.
    fn questions(&self, meeting: &str) -> Vec<(String, Vec<String>)> {
        let asked = |words: &str| words.split(' ').map(str::to_owned).collect::<Vec<_>>();
        vec![
            ("diary".to_owned(), asked("diary --format markdown")),
            (
                "diary-by-owner".to_owned(),
                asked("diary --by owner --format markdown"),
            ),
            (
                "chase".to_owned(),
                asked(&format!("chase --date {meeting} --format markdown")),
            ),
            (
                "deadlines".to_owned(),
                asked(&format!("deadlines --date {meeting} --format markdown")),
            ),
            ("spend".to_owned(), asked("spend --format markdown")),
            (
                "attendance".to_owned(),
                asked("attendance --from 2026-10-01 --to 2026-12-31 --format markdown"),
            ),
            (
                "report".to_owned(),
                asked("report --from 2026-10-01 --to 2026-12-31 --format markdown"),
            ),
        ]
    }
}

/// Where a page is kept; a colon is no part of a file's name everywhere.
fn place(example: &str, moment: &str, page: &str) -> PathBuf {
    let moment = moment.replace(':', "");
    project().join(format!("tests/lists/{example}/{moment}/{page}.md"))
}

fn is_to_be_written() -> bool {
    std::env::var_os("LISTS").is_some_and(|value| value == "write")
}

#[test]
fn every_list_of_the_examples_is_the_page_that_was_read() {
    let mut wrong = Vec::new();
    for kept in KEPT {
        let folder = project().join("examples").join(kept.example);
        for (moment, meeting) in kept.moments {
            for (page, words) in kept.questions(meeting) {
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                let output = run(&folder, moment, &words);
                let told = stderr(&output);
                assert_eq!(status(&output), 0, "{words:?} as of {moment}: {told}");
                let place = place(kept.example, moment, &page);
                if is_to_be_written() {
                    write(&place, &stdout(&output));
                } else if read(&place) != stdout(&output) {
                    wrong.push(format!(
                        "panel --folder examples/{} --as-of {moment} {}",
                        kept.example,
                        words.join(" ")
                    ));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "these lists have changed; read them, then LISTS=write cargo test --test lists:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn no_page_is_kept_that_nothing_makes() {
    let made: Vec<PathBuf> = KEPT
        .iter()
        .flat_map(|kept| {
            kept.moments.iter().flat_map(|(moment, meeting)| {
                let questions = kept.questions(meeting).into_iter();
                questions.map(|(page, _)| place(kept.example, moment, &page))
            })
        })
        .collect();
    for entry in walkdir::WalkDir::new(project().join("tests/lists")) {
        let path = entry.expect("it can be walked").into_path();
        assert!(path.is_dir() || made.contains(&path), "{}", path.display());
    }
}

fn read(place: &Path) -> String {
    std::fs::read_to_string(place).unwrap_or_default()
}

fn write(place: &Path, text: &str) {
    let folder = place.parent().expect("a page lies in a folder");
    std::fs::create_dir_all(folder).expect("the project's folder can be written");
    std::fs::write(place, text).expect("the project's folder can be written");
}
