//! `panel new --ask`: the form, question by question.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Output, Stdio};
use support::{panel, project, run, status, stderr, stdout};

/// For each council a request of its example, and the moment it was sent.
const REQUESTS: [(&str, &str, &str); 5] = [
    ("bexley", "R-2026-0113", "2026-11-13T11:45"),
    ("bcp", "R-2026-0201", "2026-10-29T16:05"),
    ("nelc", "R-2026-0319", "2026-11-18T14:30"),
    ("care-planning", "R-2026-0201", "2026-11-02T11:20"),
    ("west-berkshire", "R-2026-0301", "2026-10-07T11:40"),
];

/// What a referral says that somebody wrote by hand.
fn hand_written(council: &str, reference: &str) -> Value {
    let path = project().join(format!(
        "examples/{council}/referrals/2026/{reference}.yaml"
    ));
    yaml(&path)
}

fn yaml(path: &Path) -> Value {
    let text =
        std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
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
                let rows = |said: &Value| {
                    at(said, place)
                        .and_then(Value::as_array)
                        .map_or(0, Vec::len)
                };
                rows(self.hand) > rows(&yaml(&self.draft))
            };
            return if is_more { "yes" } else { "no" }.to_owned();
        }
        let value = self.value(place, shown);
        let has_lines = shown
            .iter()
            .any(|line| line.contains("an empty line ends it"));
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
            let special = |word: &String| {
                let general = word.match_indices('-').map(|(end, _)| &word[..end]);
                open(word) || (own == "role" && general.into_iter().any(open))
            };
            return rows.iter().map(is).find(special);
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
    sit_while(folder, as_of, reference, hand, most, |_| {})
}

/// The same, with something done before each answer.
fn sit_while(
    folder: &Path,
    as_of: &str,
    reference: &str,
    hand: &Value,
    most: usize,
    meanwhile: impl Fn(usize),
) -> Sitting {
    let mut child = asked(folder, as_of, reference, &[]);
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
            && [
                "  nothing is no",
                "  the panel asks",
                "  may stay",
                "  now:",
            ]
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
            meanwhile(answers);
            let answer = typist.answer(&shown);
            // A program that has stopped for a reason listens no more.
            let _ = input.write_all(format!("{answer}\n").as_bytes());
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
        assert!(!sitting.printed.contains("error"), "{}", sitting.printed);
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

/// The guided form, waiting for its first answer.
fn asked(folder: &Path, as_of: &str, reference: &str, more: &[&str]) -> Child {
    panel()
        .arg("--folder")
        .arg(folder)
        .args(["--as-of", as_of, "new", "--ask", reference])
        .args(more)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program was built with the tests")
}

/// Runs `--ask` with all the answers at once.
fn typing(folder: &Path, more: &[&str], answers: &str) -> Output {
    let mut child = asked(folder, "2026-11-20T10:00", "R-2026-0009", more);
    let mut input = child.stdin.take().expect("it was asked for");
    // It may have stopped before the last of them.
    let _ = input.write_all(answers.as_bytes());
    drop(input);
    child.wait_with_output().expect("it ends")
}

#[test]
fn what_was_answered_before_it_was_killed_is_kept_and_the_rest_gives_the_same_draft() {
    let (council, reference, as_of) = REQUESTS[0];
    let hand = hand_written(council, reference);
    let whole = folder(council);
    let sitting = sit(whole.path(), as_of, reference, &hand, usize::MAX);
    let wanted = std::fs::read_to_string(draft_of(whole.path(), reference)).expect("it is there");
    for most in [2, 11, 30, sitting.answers - 1] {
        let folder = folder(council);
        sit(folder.path(), as_of, reference, &hand, most);
        sit(folder.path(), as_of, reference, &hand, usize::MAX);
        let draft =
            std::fs::read_to_string(draft_of(folder.path(), reference)).expect("it is there");
        assert_eq!(draft, wanted, "killed after {most} answers");
    }
}

#[test]
fn a_draft_that_somebody_changed_meanwhile_is_left_as_they_left_it() {
    let (council, reference, as_of) = REQUESTS[0];
    let hand = hand_written(council, reference);
    let folder = folder(council);
    let draft = draft_of(folder.path(), reference);
    let theirs = "reference: R-2026-0113\n# mine\n";
    let sitting = sit_while(
        folder.path(),
        as_of,
        reference,
        &hand,
        usize::MAX,
        |answers| {
            if answers == 8 {
                std::fs::write(&draft, theirs).expect("a temporary file");
            }
        },
    );
    assert_eq!(sitting.status, Some(2), "{}", sitting.told);
    assert!(
        sitting
            .told
            .contains("has been changed since the last answer was saved"),
        "{}",
        sitting.told
    );
    assert_eq!(
        std::fs::read_to_string(&draft).expect("it is there"),
        theirs
    );
}

#[test]
fn an_answer_is_judged_at_once_with_what_to_write_instead() {
    let folder = folder("bexley");
    let answers =
        "new-placment\nnew placement\n0104233\nTBC\nTomasz W.\n20/11/2012\n2012-11-20\n:q\n";
    let output = typing(folder.path(), &[], answers);
    let told = stderr(&output);
    for piece in [
        "did you mean `new-placement`?",
        "TBC",
        "write 2012-11-20",
        "go on with `panel new --ask R-2026-0009`",
    ] {
        assert!(told.contains(piece), "`{piece}` is not in\n{told}");
    }
    assert_eq!(told.matches("  !").count(), 3, "{told}");
    let draft = yaml(&draft_of(folder.path(), "R-2026-0009"));
    assert_eq!(draft["request"]["kind"], "new-placement");
    assert_eq!(draft["child"]["case_id"], "0104233");
    assert_eq!(draft["child"]["name"], "Tomasz W.");
}

#[test]
fn the_question_before_can_be_answered_anew() {
    let folder = folder("bexley");
    let answers = "new-placement\n0104233\nTomas\n:b\nTomasz W.\n";
    typing(folder.path(), &[], answers);
    let draft = yaml(&draft_of(folder.path(), "R-2026-0009"));
    assert_eq!(draft["child"]["name"], "Tomasz W.");
}

#[test]
fn what_is_asked_follows_from_what_was_answered() {
    let folder = folder("bexley");
    let placement = stderr(&typing(
        folder.path(),
        &["--kind", "new-placement"],
        &"\n".repeat(99),
    ));
    let transport = stderr(&typing(
        folder.path(),
        &["--kind", "transport"],
        &"\n".repeat(99),
    ));
    assert!(placement.contains("(`request.provision`)"), "{placement}");
    assert!(!transport.contains("(`request.provision`)"), "{transport}");
}

#[test]
fn comments_and_keys_of_a_draft_that_was_begun_by_hand_stay() {
    let folder = folder("bexley");
    let draft = draft_of(folder.path(), "R-2026-0009");
    std::fs::create_dir_all(draft.parent().expect("it has one")).expect("a temporary folder");
    let text = "# begun on the train\nreference: R-2026-0009\nchild: {case_id: \"0104233\"} # known\nworker: {name: A. Singh, role: social-worker}\nrequest:\n  kind: transport # to school\nsiblings: []\n";
    std::fs::write(&draft, text).expect("a temporary file");
    let output = typing(folder.path(), &[], "Tomasz W.\n2012-11-20\n:q\n");
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let now = std::fs::read_to_string(&draft).expect("it is there");
    let wanted = text.replace(
        "\"0104233\"}",
        "\"0104233\", name: Tomasz W., date_of_birth: 2012-11-20}",
    );
    assert_eq!(now, wanted);
}

#[test]
fn what_is_ready_is_sent_only_where_somebody_says_yes() {
    let (council, reference, as_of) = REQUESTS[0];
    let hand = hand_written(council, reference);
    let folder = folder(council);
    sit(folder.path(), as_of, reference, &hand, usize::MAX);
    let draft = draft_of(folder.path(), reference);
    assert!(yaml(&draft).get("submitted").is_none());
    let output = panel()
        .arg("--folder")
        .arg(folder.path())
        .args(["--as-of", as_of, "new", "--ask", reference])
        .stdin(std::fs::File::open(answers_of(folder.path())).expect("it is there"))
        .output()
        .expect("the program was built with the tests");
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(yaml(&draft)["submitted"], as_of, "{}", stderr(&output));
    // What was sent is asked nothing more.
    let again = run(folder.path(), as_of, &["new", "--ask", reference]);
    assert_eq!(status(&again), 2);
    assert!(
        stderr(&again).contains("has been sent"),
        "{}",
        stderr(&again)
    );
}

#[test]
fn what_the_panel_has_decided_on_or_put_off_is_not_made_a_draft_again() {
    let folder = support::copy_of("examples/bexley");
    let said = |reference: &str| {
        let args = ["new", "--ask", reference];
        let output = run(folder.path(), "2026-12-01T09:00", &args);
        assert_eq!(status(&output), 2, "{}", stderr(&output));
        let told = stderr(&output);
        assert!(!told.contains("take `submitted` out"), "{told}");
        told
    };
    let decided = said("R-2026-0111");
    assert!(
        decided.contains("R-2026-0111 has been decided on"),
        "{decided}"
    );
    assert!(decided.contains("`review_of: R-2026-0111`"), "{decided}");
    let deferred = said("R-2026-0113");
    assert!(deferred.contains("`resubmitted`"), "{deferred}");
}

/// Nothing to every question, and yes at the end, as far as it is known which is the last.
fn answers_of(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("answers.txt");
    let seen = {
        let output = panel()
            .arg("--folder")
            .arg(folder)
            .args(["--as-of", REQUESTS[0].2, "new", "--ask", REQUESTS[0].1])
            .stdin(std::fs::File::open(blank_lines(folder)).expect("it is there"))
            .output()
            .expect("the program was built with the tests");
        stderr(&output)
    };
    let questions = seen.lines().filter(|line| line.starts_with('[')).count();
    std::fs::write(&path, "\n".repeat(questions) + "yes\n").expect("a temporary file");
    path
}

fn blank_lines(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("blank.txt");
    std::fs::write(&path, "\n".repeat(200)).expect("a temporary file");
    path
}

#[test]
fn where_nothing_can_be_written_it_is_said_and_nothing_is() {
    let folder = folder("bexley");
    // A file stands where the folder should be made.
    std::fs::write(folder.path().join("referrals"), "").expect("a temporary file");
    let output = typing(folder.path(), &[], "new-placement\n0104233\n");
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("could not be written"),
        "{}",
        stderr(&output)
    );
    let nothing = typing(self::folder("bexley").path(), &[], "");
    assert!(
        stderr(&nothing).contains("nothing was answered, and nothing was written"),
        "{}",
        stderr(&nothing)
    );
}

#[test]
fn a_line_without_an_end_is_refused() {
    let folder = folder(REQUESTS[0].0);
    let output = typing(folder.path(), &[], &"x".repeat(60_000));
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("more than 50000 bytes in one line"),
        "{}",
        stderr(&output)
    );
}
