//! Whatever somebody does to a record, no finding points outside its file, and every format tells
//! the same findings.
#![allow(
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "tests make and read folders of their own"
)]

mod support;

use proptest::prelude::*;
use proptest::sample::Index;
use std::path::Path;
use support::{copy_of, run, status, stderr, stdout};

const NOW: &str = "2026-12-01T09:00";
const EXAMPLES: [&str; 5] = ["bcp", "bexley", "care-planning", "nelc", "west-berkshire"];

/// What people, editors and programs do to a file.
#[derive(Debug, Clone)]
enum Change {
    /// A piece of text somewhere, in the place of so many bytes.
    Put(Index, usize, &'static str),
    /// A line of its own.
    Line(Index, &'static str),
    /// A line less.
    Drop(Index),
    /// A line twice.
    Double(Index),
    /// A line further in.
    In(Index),
    /// A line less far in.
    Out(Index),
    /// The rest is lost.
    Cut(Index),
    /// Line ends of Windows.
    Crlf,
    /// Line ends of old machines.
    Cr,
    /// A byte order mark.
    Mark,
    /// A byte that is no text.
    Byte(Index, u8),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    let pieces = prop::sample::select(vec![
        "",
        " ",
        "\n",
        "\t",
        ":",
        ": ",
        "- ",
        "#",
        " # ",
        "'",
        "\"",
        "[",
        "]",
        "{",
        "}",
        ",",
        "|",
        ">-",
        "&a ",
        "*a",
        "!",
        "?",
        "%",
        "@",
        "é",
        "£1,300",
        "山田",
        "😀",
        "e\u{301}",
        "\u{85}",
        "\u{2028}",
        "\u{a0}",
        "\u{feff}",
        "\u{0}",
        "---",
        "\\",
        "<<: ",
        "2026-02-30",
        "TBC",
    ]);
    let lines = prop::sample::select(vec![
        "costs:",
        "  - {item: placement}",
        "nam: A",
        "total: x",
        "child: {}",
        "---",
        "...",
        "# -",
        "",
        "\tname: A",
        "  name: A",
        "sign_offs: []",
        "request:",
        "views: {child: }",
        "]",
        "\"",
        "sections: {a: &b c, d: *b}",
        "<<: {}",
        "reference: R-1",
        "submitted: 31/11/2026",
    ]);
    prop_oneof![
        4 => (at(), 0usize..4, pieces).prop_map(|(at, cut, piece)| Change::Put(at, cut, piece)),
        3 => (at(), lines).prop_map(|(at, line)| Change::Line(at, line)),
        2 => at().prop_map(Change::Drop),
        1 => at().prop_map(Change::Double),
        1 => at().prop_map(Change::In),
        1 => at().prop_map(Change::Out),
        1 => at().prop_map(Change::Cut),
        1 => Just(Change::Crlf),
        1 => Just(Change::Mark),
        1 => (at(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        1 => Just(Change::Cr),
    ]
}

impl Change {
    fn done_to(&self, bytes: &mut Vec<u8>) {
        let lines = |bytes: &[u8]| -> Vec<Vec<u8>> {
            bytes
                .split_inclusive(|byte| *byte == b'\n')
                .map(<[u8]>::to_vec)
                .collect()
        };
        let mut by_line = lines(bytes);
        let place = |at: &Index, length: usize| at.index(length.max(1)).min(length);
        let last = by_line.len().saturating_sub(1);
        let line = |at: &Index| place(at, last);
        let replaced = |bytes: &[u8], from: &str, to: &str| {
            String::from_utf8_lossy(bytes)
                .replace(from, to)
                .into_bytes()
        };
        match self {
            Self::Put(at, cut, piece) => {
                let from = place(at, bytes.len());
                let to = (from + cut).min(bytes.len());
                bytes.splice(from..to, piece.bytes());
                return;
            }
            Self::Byte(at, byte) => {
                bytes.insert(place(at, bytes.len()), *byte);
                return;
            }
            Self::Cut(at) => {
                bytes.truncate(place(at, bytes.len()));
                return;
            }
            Self::Mark => {
                bytes.splice(0..0, "\u{feff}".bytes());
                return;
            }
            Self::Crlf => {
                *bytes = replaced(bytes, "\n", "\r\n");
                return;
            }
            Self::Cr => {
                *bytes = replaced(bytes, "\n", "\r");
                return;
            }
            _ if by_line.is_empty() => return,
            Self::Line(at, piece) => by_line.insert(line(at), format!("{piece}\n").into_bytes()),
            Self::Drop(at) => drop(by_line.remove(line(at))),
            Self::Double(at) => {
                let (at, twice) = (line(at), by_line[line(at)].clone());
                by_line.insert(at, twice);
            }
            Self::In(at) => drop(by_line[line(at)].splice(0..0, *b"  ")),
            Self::Out(at) => {
                let line = &mut by_line[line(at)];
                if line.first() == Some(&b' ') {
                    line.remove(0);
                }
            }
        }
        *bytes = by_line.concat();
    }
}

/// The length of each line of a file in characters, as people and editors count them.
fn lines_of(path: &Path) -> Vec<usize> {
    let bytes = std::fs::read(path).expect("a finding is about a file that is there");
    let text = String::from_utf8_lossy(&bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    text.split('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line).chars().count())
        .collect()
}

fn is_inside(finding: &serde_json::Value, lines: &[usize]) -> bool {
    let number = |key: &str| finding[key].as_u64().expect("a number") as usize;
    let (line, column) = (number("line"), number("column"));
    let (end_line, end_column) = (number("end_line"), number("end_column"));
    let is_there = |line: usize, column: usize| {
        line >= 1
            && column >= 1
            && lines
                .get(line - 1)
                .is_some_and(|length| column <= length + 1)
    };
    is_there(line, column)
        && is_there(end_line, end_column)
        && (line, column) <= (end_line, end_column)
}

/// Every place of every finding of a folder lies in its file, and every format tells the same.
fn holds(folder: &Path) -> Result<(), TestCaseError> {
    let told = |format: &str| {
        let output = run(folder, NOW, &["check", "--most", "0", "--format", format]);
        let ended_well = [0, 1, 3].contains(&status(&output));
        prop_assert!(ended_well, "{format}: {}", stderr(&output));
        Ok((stdout(&output), status(&output)))
    };
    let (json, exit) = told("json")?;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let text = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
    let mut in_json = Vec::new();
    let mut seen = std::collections::HashMap::new();
    for finding in json["findings"].as_array().expect("a list") {
        let file = text(&finding["file"]);
        let path = folder.join(&file);
        let lines = seen.entry(file.clone()).or_insert_with(|| lines_of(&path));
        prop_assert!(is_inside(finding, lines), "{finding:#}");
        in_json.push(format!(
            "{file}:{}:{}: {}[{}]",
            finding["line"],
            finding["column"],
            text(&finding["severity"]),
            text(&finding["rule"])
        ));
    }
    let (concise, concise_exit) = told("concise")?;
    let mut in_lines: Vec<String> = concise
        .lines()
        .map(|line| {
            line.split_once("]: ")
                .expect("a finding a line")
                .0
                .to_owned()
                + "]"
        })
        .collect();
    prop_assert!(
        !in_json.is_empty(),
        "nothing was found in what was put wrong"
    );
    in_json.sort();
    in_lines.sort();
    prop_assert_eq!(in_json, in_lines);
    prop_assert_eq!(exit, concise_exit);
    let (_, human_exit) = told("human")?;
    prop_assert_eq!(exit, human_exit);
    Ok(())
}

proptest! {
    // Each time every record of an example is put wrong: some forty files.
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn no_place_lies_outside_its_file(
        example in prop::sample::select(EXAMPLES.to_vec()),
        changes in prop::collection::vec(prop::collection::vec(change(), 1..4), 40),
    ) {
        let folder = copy_of(&format!("examples/{example}"));
        let records = ["referrals", "meetings"].map(|area| folder.path().join(area));
        let mut files: Vec<_> = records
            .iter()
            .flat_map(walkdir::WalkDir::new)
            .map(|entry| entry.expect("it can be walked").into_path())
            .filter(|path| path.extension() == Some("yaml".as_ref()))
            .collect();
        files.sort();
        for (file, changes) in files.iter().zip(changes.iter().cycle()) {
            let mut bytes = std::fs::read(file).expect("it can be read");
            for change in changes {
                change.done_to(&mut bytes);
            }
            std::fs::write(file, bytes).expect("a temporary file");
        }
        holds(folder.path())?;
    }
}

/// A sound file keeps its findings where they are when its line ends change, or a byte order mark
/// comes before it.
#[test]
fn line_ends_and_a_byte_order_mark_move_no_finding() {
    for example in EXAMPLES {
        let folder = copy_of(&format!("examples/{example}"));
        let told = || stdout(&run(folder.path(), NOW, &["check", "--format", "json"]));
        let before = told();
        for to in ["\r\n", "\u{feff}"] {
            for entry in walkdir::WalkDir::new(folder.path().join("referrals")) {
                let path = entry.expect("it can be walked").into_path();
                if path.extension() != Some("yaml".as_ref()) {
                    continue;
                }
                let text = std::fs::read_to_string(&path).expect("it can be read");
                let text = match to {
                    "\r\n" => text.replace('\n', "\r\n"),
                    mark => format!("{mark}{text}"),
                };
                std::fs::write(&path, text).expect("a temporary file");
            }
            let (before, now) = (places(&before), places(&told()));
            assert_eq!(before, now, "{example}");
        }
    }
}

/// File, place and rule of each finding, but for those that tell that a file was changed.
fn places(json: &str) -> Vec<String> {
    let json: serde_json::Value = serde_json::from_str(json).expect("JSON");
    let findings = json["findings"].as_array().expect("a list").iter();
    findings
        .filter(|finding| finding["rule"] != "referral-changed")
        .map(|finding| {
            ["file", "line", "column", "end_line", "end_column", "rule"]
                .map(|key| finding[key].to_string())
                .join(" ")
        })
        .collect()
}
