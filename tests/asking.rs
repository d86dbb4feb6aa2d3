//! `panel new --ask`: the form, question by question.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;
use support::{panel, project, run, status, stderr, stdout};

/// For each council a request of its example: the child's name on it, and the moment it was sent.
const REQUESTS: [(&str, &str, &str); 5] = [
    ("bexley", "R-2026-0101", "2026-08-03T09:00"),
    ("bcp", "R-2026-0201", "2026-08-03T09:00"),
    ("nelc", "R-2026-0301", "2026-08-03T09:00"),
    ("care-planning", "R-2026-0201", "2026-08-03T09:00"),
    ("west-berkshire", "R-2026-0301", "2026-08-03T09:00"),
];

/// What a referral says that somebody wrote by hand.
fn hand_written(council: &str, reference: &str) -> Value {
    let path = project().join(format!("examples/{council}/referrals/2026/{reference}.yaml"));
    yaml(&path)
}

fn yaml(path: &Path) -> Value {
    let text = std::fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// An empty case folder of a council.
fn folder(council: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(
        folder.path().join("panel.toml"),
        format!("council = \"{council}\"\n"),
    )
    .expect("a temporary file");
    folder
}

fn draft_of(folder: &Path, reference: &str) -> std::path::PathBuf {
    folder.join(format!("referrals/2026/{reference}.yaml"))
}

/// The value at a place like `costs[0].weekly`.
fn at<'v>(said: &'v Value, place: &str) -> Option<&'v Value> {
    place
        .replace('[', ".")
        .replace(']', "")
        .split('.')
        .try_fold(said, |here, step| match here {
            Value::Array(rows) => rows.get(step.parse::<usize>().ok()?),
            other => other.get(step),
        })
        .filter(|value| !value.is_null())
}

/// A value as it is typed.
fn typed(value: &Value) -> String {
    match value {
        Value::Bool(is) => if *is { "yes" } else { "no" }.to_owned(),
        Value::String(text) => text.trim().to_owned(),
        Value::Array(words) => {
            let words: Vec<String> = words.iter().map(typed).collect();
            words.join(", ")
        }
        other => other.to_string(),
    }
}

/// Somebody who has a referral on paper and types it in.
struct Typist<'h> {
    hand: &'h Value,
    draft: std::path::PathBuf,
}

impl Typist<'_> {
    /// The answer to a question, from all the lines that were shown of it.
    fn answer(&self, shown: &[String]) -> String {
        let last = shown.last().expect("a question has lines");
        let place = last
            .rsplit('`')
            .nth(1)
            .unwrap_or_else(|| panic!("no place: {last}"));
        if last.starts_with("  nothing is no") {
            let is_more = if place == "emergency" {
                self.hand.get("emergency").is_some() || self.hand.get("placed_on").is_some()
            } else {
                let rows = |said: &Value| at(said, place).and_then(Value::as_array).map_or(0, Vec::len);
                rows(self.hand) > rows(&yaml(&self.draft))
            };
            return if is_more { "yes" } else { "no" }.to_owned();
        }
        let value = self.value(place, shown);
        let has_lines = shown.iter().any(|line| line.contains("an empty line ends it"));
        match value {
            None => String::new(),
            Some(text) if has_lines => format!("{text}\n"),
            Some(text) => text,
        }
    }

    fn value(&self, place: &str, shown: &[String]) -> Option<String> {
        let (list, key) = match place.split_once('[') {
            Some((list, rest)) => (list, rest.split_once("].").map_or("", |(_, key)| key)),
            None => return at(self.hand, place).map(typed),
        };
        let own = match list {
            "documents" => "kind",
            "permissions" => "for",
            "attending" | "sign_offs" => "role",
            _ => return at(self.hand, place).map(typed),
        };
        let rows = at(self.hand, list)?.as_array()?;
        let is = |row: &Value| row.get(own).map(typed).unwrap_or_default();
        if key == own {
            let open = |word: &str| {
                shown.iter().any(|line| {
                    line.contains(&format!("`{word}`")) || line.contains(&format!(" {word}: "))
                })
            };
            return rows.iter().map(is).find(|word| open(word));
        }
        let row = place.rsplit_once('.').map(|(row, _)| row)?;
        let there = yaml(&self.draft);
        let whose = at(&there, row).map(is)?;
        let row = rows.iter().find(|row| is(row) == whose)?;
        row.get(key).filter(|value| !value.is_null()).map(typed)
    }
}

/// What came of one sitting.
struct Sitting {
    status: Option<i32>,
    told: String,
    printed: String,
    answers: usize,
}

/// Sits down with `--ask` and types until nothing more is asked, or the program is killed after
/// some answers.
fn sit(folder: &Path, as_of: &str, reference: &str, hand: &Value, most: usize) -> Sitting {
    let mut child = panel()
        .arg("--folder")
        .arg(folder)
        .args(["--as-of", as_of, "new", "--ask", reference])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program was built with the tests");
    let mut input = child.stdin.take().expect("it was asked for");
    let mut talk = BufReader::new(child.stderr.take().expect("it was asked for"));
    let typist = Typist {
        hand,
        draft: draft_of(folder, reference),
    };
    let mut told = String::new();
    let mut shown: Vec<String> = Vec::new();
    let mut answers = 0;
    let mut line = String::new();
    while talk.read_line(&mut line).expect("talk is text") > 0 {
        told.push_str(&line);
        let text = line.trim_end().to_owned();
        line.clear();
        assert!(!text.starts_with("  !"), "refused: {told}");
        if text.starts_with('[') {
            shown.clear();
        }
        shown.push(text.clone());
        let is_asked = shown[0].starts_with('[')
            && ["  nothing is no", "  the panel asks", "  may stay", "  now:"]
                .iter()
                .any(|start| text.starts_with(start));
        if text.starts_with("Nothing stands against it") {
            input.write_all(b"no\n").expect("it listens");
        } else if is_asked {
            if answers == most {
                child.kill().expect("it runs");
                break;
            }
            answers += 1;
            let answer = typist.answer(&shown);
            input
                .write_all(format!("{answer}\n").as_bytes())
                .expect("it listens");
            shown = vec![String::new()];
        }
    }
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    Sitting {
        status: output.status.code(),
        told,
        printed: stdout(&output),
        answers,
    }
}

/// Every value of a referral with its place.
fn values(said: &Value, place: &str, found: &mut Vec<(String, String)>) {
    match said {
        Value::Object(keys) => {
            for (key, value) in keys {
                let place = if place.is_empty() {
                    key.clone()
                } else {
                    format!("{place}.{key}")
                };
                values(value, &place, found);
            }
        }
        Value::Array(rows) if rows.iter().any(Value::is_object) => {
            for (number, row) in rows.iter().enumerate() {
                values(row, &format!("{place}[{number}]"), found);
            }
        }
        Value::Null => {}
        other => {
            let text = typed(other);
            if !text.is_empty() {
                found.push((place.to_owned(), text));
            }
        }
    }
}

fn all(said: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    values(said, "", &mut found);
    found
}

#[test]
fn the_form_of_every_council_is_filled_in_as_by_hand_and_without_errors() {
    for (council, reference, as_of) in REQUESTS {
        let folder = folder(council);
        let hand = hand_written(council, reference);
        let sitting = sit(folder.path(), as_of, reference, &hand, usize::MAX);
        assert_eq!(
            sitting.status,
            Some(0),
            "{council}\n{}\n{}",
            sitting.told,
            sitting.printed
        );
        assert!(sitting.printed.contains("0 errors"), "{}", sitting.printed);
        let typed = all(&yaml(&draft_of(folder.path(), reference)));
        let mut wanted = all(&hand);
        // What the form of this council does not ask for is not on it.
        let lists = ["documents", "permissions", "attending", "sign_offs"];
        let is_in_list = |place: &str| lists.iter().any(|list| place.starts_with(list));
        wanted.retain(|(place, _)| typed.iter().any(|(known, _)| known == place));
        for (place, text) in typed {
            if place == "reference" || is_in_list(&place) {
                continue;
            }
            assert!(
                wanted.contains(&(place.clone(), text.clone())),
                "{council}: {place}: {text}"
            );
        }
        assert!(sitting.answers > 15, "{council}: {}", sitting.answers);
    }
}
