//! The book: what its chapter for policy leads says that the program prints is what it prints, and
//! every page can be reached.
//!
//! The chapter is run as a reader would do it, page by page, in one folder:
//!
//! - a block marked with a file's name (```toml our-council.toml) is put at the end of that file;
//!   with `anew` after the name it takes the place of what stood there; with `mistake` it stands
//!   there only until the next block;
//! - in a ```console block a line that begins with `$ ` is run, and the lines below it, up to the
//!   next such line, are what it prints, to the letter. A line `…` stands for any lines left out.
//!
//! `BOOK=write cargo test --test book` puts into the chapter what is printed now.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use support::{panel, project};

/// The pages of the chapter, in the order in which they are read.
const CHAPTER: &[&str] = &[
    "write-your-councils-rules.md",
    "saying-when.md",
    "panels-and-changes.md",
    "trying-a-draft.md",
];

/// What is left out of a long answer.
const LEFT_OUT: &str = "…";

fn pages() -> PathBuf {
    project().join("docs/src")
}

fn text_of(page: &str) -> String {
    let place = pages().join(page);
    std::fs::read_to_string(&place).unwrap_or_else(|error| panic!("{}: {error}", place.display()))
}

/// A folder that a reader of the chapter has after so many blocks.
struct Reader {
    folder: tempfile::TempDir,
    files: BTreeMap<String, String>,
    mistaken: Option<String>,
    settings: BTreeMap<String, String>,
}

impl Reader {
    fn new() -> Reader {
        Reader {
            folder: tempfile::tempdir().expect("a temporary folder"),
            files: BTreeMap::new(),
            mistaken: None,
            settings: BTreeMap::new(),
        }
    }

    /// Does with a block's text what its marks say.
    fn write(&mut self, name: &str, mark: Option<&str>, text: &str) {
        if let Some(mistaken) = self.mistaken.take() {
            self.put(&mistaken, &self.files[&mistaken]);
        }
        let kept = self.files.entry(name.to_owned()).or_default().clone();
        let gap = if kept.is_empty() { "" } else { "\n" };
        let now = match mark {
            Some("anew") => text.to_owned(),
            Some("mistake") | None => format!("{kept}{gap}{text}"),
            Some(other) => panic!("{name}: `{other}` is no mark of a block"),
        };
        self.put(name, &now);
        if mark == Some("mistake") {
            self.mistaken = Some(name.to_owned());
        } else {
            self.files.insert(name.to_owned(), now);
        }
    }

    fn put(&self, name: &str, text: &str) {
        let place = self.folder.path().join(name);
        std::fs::create_dir_all(place.parent().expect("it lies in the folder"))
            .expect("a temporary folder");
        std::fs::write(&place, text).expect("a temporary file");
    }

    /// What a command prints, both streams as a terminal shows them.
    fn run(&mut self, command: &str) -> String {
        if let Some(setting) = command.strip_prefix("export ") {
            let (name, value) = setting.split_once('=').expect("a setting has a value");
            self.settings.insert(name.to_owned(), value.to_owned());
            return String::new();
        }
        let words = words(command);
        assert_eq!(
            words.first().map(String::as_str),
            Some("panel"),
            "{command}"
        );
        let (mut printed, both) = std::io::pipe().expect("a pipe");
        let mut program = panel();
        program
            .args(&words[1..])
            .envs(&self.settings)
            .current_dir(self.folder.path())
            .stdout(both.try_clone().expect("a pipe has two ends"))
            .stderr(both);
        let mut running = program
            .spawn()
            .expect("the program was built with the tests");
        // The ends that it holds would keep the pipe open.
        drop(program);
        let mut text = String::new();
        printed.read_to_string(&mut text).expect("output is UTF-8");
        running.wait().expect("it ends");
        text
    }
}

/// A command's words; quotation marks hold together what stands between them.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted: Option<char> = None;
    for letter in command.chars() {
        match (quoted, letter) {
            (Some(mark), _) if letter == mark => quoted = None,
            (None, '\'' | '"') => {
                quoted = Some(letter);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    assert!(quoted.is_none(), "a quotation mark is open: {command}");
    words.extend(word);
    words
}

/// Whether lines are as the chapter has them, with what it leaves out.
fn agree(told: &[&str], printed: &[&str]) -> bool {
    match told.split_first() {
        None => printed.is_empty(),
        Some((&LEFT_OUT, rest)) => (0..=printed.len()).any(|from| agree(rest, &printed[from..])),
        Some((line, rest)) => printed
            .split_first()
            .is_some_and(|(first, others)| first == line && agree(rest, others)),
    }
}

/// Lines without blank ones at the end, and none with blanks at its end.
fn lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    lines
}

/// Runs the commands of a console block; the block as it should be, and what does not agree.
fn session(reader: &mut Reader, block: &str, place: &str, wrong: &mut Vec<String>) -> String {
    let mut right = String::new();
    let mut rest: Vec<&str> = block.lines().collect();
    while !rest.is_empty() {
        let more = rest.iter().take_while(|line| line.ends_with('\\')).count();
        let command: Vec<&str> = rest.drain(..=more).collect();
        let told = rest
            .iter()
            .position(|line| line.starts_with("$ "))
            .unwrap_or(rest.len());
        let told: Vec<&str> = rest.drain(..told).collect();
        let told = lines(&told.join("\n")).join("\n");
        let whole: Vec<&str> = command
            .iter()
            .map(|line| line.trim_end_matches('\\').trim())
            .collect();
        let whole = whole.join(" ");
        let typed = whole
            .strip_prefix("$ ")
            .unwrap_or_else(|| panic!("{place}: a console block begins with a command: {whole}"));
        let printed = reader.run(typed);
        let printed = lines(&printed);
        let told = if agree(&lines(&told), &printed) {
            told
        } else {
            wrong.push(format!(
                "{place}: $ {typed}\n--- in the chapter\n{told}\n--- printed\n{}\n",
                printed.join("\n")
            ));
            printed.join("\n")
        };
        for line in command.iter().copied().chain(told.lines()) {
            right.push_str(line);
            right.push('\n');
        }
        if !rest.is_empty() && !told.is_empty() {
            right.push('\n');
        }
    }
    right
}

/// Does what a page says; the page as it should be.
fn follow(reader: &mut Reader, page: &str, wrong: &mut Vec<String>, run: &mut usize) -> String {
    let text = text_of(page);
    let mut right = String::new();
    let mut rest = text.lines().enumerate();
    while let Some((at, line)) = rest.next() {
        right.push_str(line);
        right.push('\n');
        let Some(marks) = line.strip_prefix("```").filter(|marks| !marks.is_empty()) else {
            continue;
        };
        let place = format!("{page}:{}", at + 1);
        let mut inside = String::new();
        loop {
            let (_, line) = rest
                .next()
                .unwrap_or_else(|| panic!("{place}: the block has no end"));
            if line == "```" {
                break;
            }
            inside.push_str(line);
            inside.push('\n');
        }
        let mut marks = marks.split(' ');
        match (marks.next(), marks.next()) {
            (Some("console"), None) => {
                *run += inside.lines().filter(|line| line.starts_with("$ ")).count();
                inside = session(reader, &inside, &place, wrong);
            }
            (Some("toml" | "yaml"), Some(name)) => reader.write(name, marks.next(), &inside),
            _ => {}
        }
        right.push_str(&inside);
        right.push_str("```\n");
    }
    right
}

#[test]
fn what_the_chapter_for_policy_leads_says_is_printed_is_printed() {
    let mut reader = Reader::new();
    let mut wrong = Vec::new();
    let mut run = 0;
    let is_to_write = std::env::var("BOOK").is_ok_and(|value| value == "write");
    for page in CHAPTER {
        let right = follow(&mut reader, page, &mut wrong, &mut run);
        if is_to_write {
            std::fs::write(pages().join(page), right).expect("the book can be written");
        }
    }
    assert!(run > 40, "only {run} commands are run");
    assert!(is_to_write || wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_line_left_out_stands_for_any_lines_and_nothing_else_does() {
    assert!(agree(&["a", LEFT_OUT, "d"], &["a", "b", "c", "d"]));
    assert!(agree(&["a", LEFT_OUT], &["a"]));
    assert!(!agree(&["a", LEFT_OUT, "d"], &["a", "b", "c"]));
    assert!(!agree(&["a"], &["a", "b"]));
    assert!(!agree(&["a", "b"], &["a"]));
    assert_eq!(
        words("panel decide --x 'two words' \"it's\""),
        ["panel", "decide", "--x", "two words", "it's"]
    );
}

/// Every Markdown page below `docs/src`, by its path from there.
fn every_page() -> Vec<String> {
    let mut found: Vec<String> = walkdir::WalkDir::new(pages())
        .into_iter()
        .map(|entry| entry.expect("the book can be walked").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .map(|path| {
            let path = path.strip_prefix(pages()).expect("it lies below");
            path.to_str()
                .expect("pages have plain names")
                .replace('\\', "/")
        })
        .collect();
    found.sort();
    found
}

/// Where a page's links lead that stay in the book: page (empty: itself) and heading.
fn links(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut is_code = false;
    for line in text.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
        }
        if is_code {
            continue;
        }
        for rest in line.split("](").skip(1) {
            let Some((target, _)) = rest.split_once(')') else {
                continue;
            };
            if target.contains("://") {
                continue;
            }
            let (page, heading) = target.split_once('#').unwrap_or((target, ""));
            found.push((page.to_owned(), heading.to_owned()));
        }
    }
    found
}

/// The ids that mdBook gives a page's headings.
fn headings(text: &str) -> Vec<String> {
    text.lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| {
            let title = line.trim_start_matches('#').trim().to_lowercase();
            title
                .chars()
                .filter_map(|letter| match letter {
                    ' ' => Some('-'),
                    '-' | '_' => Some(letter),
                    _ if letter.is_alphanumeric() => Some(letter),
                    _ => None,
                })
                .collect()
        })
        .collect()
}

#[test]
fn every_page_stands_in_the_summary_once() {
    let summary: Vec<String> = links(&text_of("SUMMARY.md"))
        .into_iter()
        .map(|(page, _)| page)
        .collect();
    for page in every_page() {
        let times = summary.iter().filter(|listed| **listed == page).count();
        let expected = usize::from(page != "SUMMARY.md");
        assert_eq!(times, expected, "{page} in SUMMARY.md");
    }
    for page in summary {
        assert!(pages().join(&page).is_file(), "{page} is no page");
    }
}

#[test]
fn the_overview_of_a_rule_file_names_every_group_that_there_is() {
    let overview = text_of("rule-file.md");
    let keys = text_of("rule-file-keys.md");
    let groups: Vec<&str> = keys
        .lines()
        .filter_map(|line| line.strip_prefix("## `["))
        .collect();
    assert!(groups.len() > 70, "{groups:?}");
    for group in groups {
        assert!(
            overview.contains(&format!("`[{group}")),
            "[{group} is not in rule-file.md"
        );
    }
}

#[test]
fn every_link_of_the_book_leads_to_a_page_and_a_heading() {
    let mut followed = 0;
    for page in every_page() {
        let text = text_of(&page);
        let folder = Path::new(&page).parent().expect("it lies in the book");
        for (target, heading) in links(&text) {
            let place = if target.is_empty() {
                pages().join(&page)
            } else {
                pages().join(folder).join(&target)
            };
            assert!(place.exists(), "{page} leads to {target}");
            if !heading.is_empty() {
                let text = std::fs::read_to_string(&place).expect("a page");
                assert!(
                    headings(&text).contains(&heading),
                    "{page} leads to {target}#{heading}"
                );
            }
            followed += 1;
        }
    }
    assert!(followed > 100, "only {followed} links");
}
