//! The quick way and the thorough one make the same of every file that both read.

use super::{read, read_both_ways as agree};
use crate::records::After;
use proptest::prelude::*;
use std::path::Path;

/// The records of the examples and of the cases that the rules are tried with.
#[expect(
    clippy::disallowed_methods,
    reason = "a test reads the project's own folders"
)]
fn records() -> Vec<String> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<_> = ["examples", "tests"]
        .iter()
        .flat_map(|folder| walkdir::WalkDir::new(project.join(folder)))
        .map(|entry| entry.expect("it can be walked").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    found.sort();
    found
        .iter()
        .map(|path| std::fs::read(path).expect("it can be read"))
        .filter_map(|bytes| String::from_utf8(bytes).ok())
        .collect()
}

#[test]
fn every_record_of_the_project_is_the_same_either_way_and_nearly_all_are_read_quickly() {
    let records = records();
    let mut quick = 0;
    for text in &records {
        let told = |error| panic!("{error}");
        let read = agree(text).unwrap_or_else(told).min(1);
        if !text.contains('\r') {
            let breaks = text.replace('\n', "\r\n");
            assert_eq!(agree(&breaks).unwrap_or_else(told).min(1), read, "{breaks}");
        }
        quick += read;
    }
    assert!(records.len() > 300, "{} records", records.len());
    assert!(
        quick * 10 >= records.len() * 7,
        "only {quick} of {} were read quickly",
        records.len()
    );
}

#[test]
fn layouts_that_people_write_are_the_same_either_way() {
    let head = "reference: R-1\nworker: {name: A}\nrequest: {kind: review}\n";
    for child in [
        "child: {name: A B, case_id: \"01\"}\n",
        "child: {name: 'A B'}\n",
        "child:\n  name: A B # who\n",
        "child:\n    name: \"A: B\"\n\n# then\n",
        "child:\n  name: >-\n    A\n    B\n\n    C\n",
        "child:\n  name: >\n    A\n\n\n    B\n\n",
        "child:\n  name: |\n    A\n      B\n    C\n",
        "child:\n  name: |-\n    A #1\n",
        "child:\n  name: >-\n    £5 a week\n",
        "child:\n  name: >-\n    #1 of two\n    and more\n",
        "child:\n  name: |-\n    A\n  # a comment\n  culture: B\n",
        "child:\n  name: A\n    B\n",
        "child:\n  name:\n  culture: ~\n",
        "child:\n  name:\n  name: A\n",
        "child: {name: ~}\n",
        "child: {name: A, }\n",
        "child: {name: A # b\n}\n",
        "child: {name: A,\n  culture: B}\n",
        "child: {name: [A]}\n",
        "child: {name: null}\n",
        "child: {name: A -, culture: B}\n",
        "child: {name: A-, culture: B}\n",
        "child: {name: A, culture: B -}\n",
        "child: {name: a:b}\n",
        "child: {name: a#b}\n",
        "child: {name: it's}\n",
        "child: {name: 'it''s'}\n",
        "child: {name: 012}\n",
        "child: {name: \"\"}\n",
        "child: {disabled_childrens_team: yes}\n",
        "child: {disabled_childrens_team: true}\n",
        "child: {disabled_childrens_team: \"true\"}\n",
        "child: {nam: A}\n",
        "child: {}\n",
        "child:\n",
        "child: A\n",
        "child:\n  name: A\n culture: B\n",
        "child:\n  name: A\n   culture: B\n",
        "child:\n  name: A: B\n",
        "child:\n  name: A:\n",
        "child:\n  name: [A, B]\n",
        "child:\n  name: - A\n",
        "child:\n  name: -1\n",
        "child:\n  name: &a A\n",
        "child:\n  name: *a\n",
        "child:\n  name: !!str A\n",
        "child:\n  <<: {name: A}\n",
        "child:\n  \"name\": A\n",
        "child:\n  name : A\n",
        "child:\n  ? name\n  : A\n",
        "child:\r\n  name: A\r\n",
        "child:\n\tname: A\n",
        "child:\n  name: A\u{85}B\n",
        "child:\n  name: A\u{2028}B\n",
        "child:\n  name: £5 \u{e9}\n",
        "child: {name: A}\nsiblings: [R-2, R-3]\n",
        "child: {name: A}\nsiblings:\n- R-2\n- R-3 # his\n",
        "child: {name: A}\nsiblings:\n  - R-2\n  -   R-3\n",
        "child: {name: A}\nsiblings:\n  -\n",
        "child: {name: A}\nsiblings: []\n",
        "child: {name: A}\nsiblings: R-2\n",
        "child: {name: A}\ncosts:\n- item: therapy\n  weekly: 4.50\n- {item: other, one_off: 3}\n",
        "child: {name: A}\ncosts:\n  -   item: therapy\n      weekly: 4.50\n",
        "child: {name: A}\ncosts:\n  -   item: therapy\n    weekly: 4.50\n",
        "child: {name: A}\ncosts:\n  - item:\n    weekly: 4.50\n",
        "child: {name: A}\ncosts: [{item: therapy}, {item: other}]\n",
        "child: {name: A}\ncosts: [{item: therapy}{item: other}]\n",
        "child: {name: A}\nsections: {a: B, a: C}\n",
        "child: {name: A}\nsections:\n  a: B\n  a:\n",
        "child: {name: A}\nsections:\n  a:\n  b: C\n",
        "child: {name: A}\n---\nchild: {name: B}\n",
        "child: {name: A}\n...\n",
        "child: {name: A}\nsubmitted: 2026-11-24\n",
        "child: {name: A}\nsubmitted: 24/11/2026\n",
        "child: {name: A}\nplaced_on: 2026-02-30\n",
        "child: {name: A} #\n",
        "child: {name: A}#\n",
        "child: {name: A} B\n",
        "child: {name: A}",
        "child:\n  name: |\n    A",
    ] {
        for text in [format!("{head}{child}"), format!("{child}{head}")] {
            agree(&text).unwrap_or_else(|error| panic!("{error}"));
        }
    }
}

#[test]
fn a_file_with_nothing_in_it_is_not_read_quickly() {
    for text in ["", "\n", "# nothing\n", "   \n"] {
        assert_eq!(read::<After>(text, &[]), None);
    }
}

/// A text with some of its bytes put wrong.
fn mangled() -> impl Strategy<Value = String> {
    let records = records();
    let bits = prop::sample::select(vec![
        " ", "  ", "\n", "\n\n", ":", ": ", "-", "- ", "#", " #", "'", "\"", "[", "]", "{", "}",
        ",", "|", ">", ">-\n", "|\n", "~", "null", "0", "\t", "\r\n", "&a", "*a", "!", "?", "%",
        "@", "é", "\u{85}", "\u{a0}", "\u{feff}", "---\n", "...\n", "<<: ", "name: ", "\\",
    ]);
    let changes = prop::collection::vec((any::<prop::sample::Index>(), 0usize..6, bits), 1..5);
    (any::<prop::sample::Index>(), changes).prop_map(move |(which, changes)| {
        let mut text = which.get(&records).clone();
        for (place, cut, bit) in changes {
            let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            if starts.is_empty() {
                break;
            }
            let from = place.index(starts.len());
            let to = (from + cut).min(starts.len());
            let end = starts.get(to).copied().unwrap_or(text.len());
            text.replace_range(starts[from]..end, bit);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_put_wrong_in_a_record_both_ways_agree(text in mangled()) {
        if let Err(error) = agree(&text) {
            prop_assert!(false, "{}", error);
        }
    }
}
