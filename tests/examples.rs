//! The example folders: their committed documents are what the program makes of their records, and
//! their stories are the ones that their READMEs tell.
//!
//! A folder's README is the one place that says from which moment it is looked at (the first
//! `--as-of`) and which referrals are not ready, by which rules (the lines that say **not ready**,
//! with the rules' ids in backticks). `.ci/generate` reads the same moment.
#![allow(
    clippy::disallowed_methods,
    reason = "tests and benches make folders of their own"
)]

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use support::{copy_of, project, run, status, stderr, stdout};

/// One folder below `examples/`.
struct Example {
    name: String,
    folder: PathBuf,
    readme: String,
    now: String,
    /// The rule file of its council.
    rules: toml::Table,
}

fn examples() -> Vec<Example> {
    let mut names: Vec<String> = std::fs::read_dir(project().join("examples"))
        .expect("the project has examples")
        .map(|entry| entry.expect("it can be listed").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(!names.is_empty(), "there are examples");
    names.into_iter().map(example).collect()
}

fn example(name: String) -> Example {
    let folder = project().join("examples").join(&name);
    let readme = text(&folder.join("README.md"));
    let now = readme
        .split("--as-of ")
        .nth(1)
        .and_then(|rest| rest.split_whitespace().next())
        .expect("the README says from when the folder is looked at")
        .to_owned();
    let settings: toml::Table = text(&folder.join("panel.toml")).parse().expect("TOML");
    let council = settings["council"].as_str().expect("a built-in council");
    let rules = text(&project().join(format!("councils/{council}.toml")));
    Example {
        name,
        folder,
        readme,
        now,
        rules: rules.parse().expect("a rule file is TOML"),
    }
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The words of a list; none where it is left out.
fn words(list: Option<&toml::Value>) -> Vec<String> {
    let list = list.and_then(toml::Value::as_array).into_iter().flatten();
    list.map(|word| word.as_str().expect("a word").to_owned())
        .collect()
}

impl Example {
    fn check(&self, more: &[&str]) -> serde_json::Value {
        let mut args = vec!["check", "--format", "json"];
        args.extend(more);
        let output = run(&self.folder, &self.now, &args);
        serde_json::from_str(&stdout(&output)).expect("it is JSON")
    }

    /// One key of each entry of a kind in the council's rule file.
    fn each(&self, kind: &str, key: &str) -> Vec<String> {
        let entries = self.rules.get(kind).and_then(toml::Value::as_array);
        let entries = entries.into_iter().flatten();
        entries
            .map(|entry| entry[key].as_str().expect("text").to_owned())
            .collect()
    }

    /// Every referral with its file.
    fn referrals(&self) -> Vec<(String, serde_json::Value)> {
        let json = self.check(&[]);
        let referrals = json["referrals"].as_array().expect("a list").iter();
        referrals
            .map(|referral| {
                let file = self.folder.join(referral["file"].as_str().expect("a path"));
                (
                    referral["reference"].as_str().expect("text").to_owned(),
                    serde_yaml::from_str(&text(&file)).expect("it is YAML"),
                )
            })
            .collect()
    }
}

fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("it can be walked").into_path())
        .filter(|path| {
            path.extension().is_some_and(|ending| ending == "md")
                && path.file_name() != Some("README.md".as_ref())
        })
        .map(|path| path.strip_prefix(folder).expect("it lies below").to_owned())
        .collect();
    files.sort();
    files
}

/// A meeting's folder in the words of the command line: its day, and its panel where it has one.
fn named(meeting: &str) -> Vec<String> {
    let (day, panel) = meeting.split_at(10);
    let mut args = vec!["--date".to_owned(), day.to_owned()];
    if let Some(panel) = panel.strip_prefix('-') {
        args.extend(["--panel".to_owned(), panel.to_owned()]);
    }
    args
}

#[test]
fn every_committed_document_is_made_again_byte_for_byte() {
    for example in examples() {
        made_again(&example);
    }
}

fn made_again(example: &Example) {
    let folder = copy_of(&format!("examples/{}", example.name));
    for path in documents(folder.path()) {
        std::fs::remove_file(folder.path().join(path)).expect("a temporary file");
    }
    let write = |command: &[&str], at: &[String]| {
        let mut args = command.to_vec();
        args.extend(at.iter().map(String::as_str));
        args.push("--write");
        let output = run(folder.path(), &example.now, &args);
        assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
    };
    let mut decided = 0;
    for meeting in std::fs::read_dir(example.folder.join("meetings")).expect("it has meetings") {
        let meeting = meeting.expect("it can be listed");
        let at = named(&meeting.file_name().to_string_lossy());
        write(&["agenda"], &at);
        if example.rules.contains_key("deadline") {
            write(&["deadlines"], &at);
        }
        let Ok(decisions) = std::fs::read_dir(meeting.path().join("decisions")) else {
            continue;
        };
        write(&["minutes"], &at);
        for decision in decisions {
            let name = decision
                .expect("it can be listed")
                .file_name()
                .to_string_lossy()
                .into_owned();
            let reference = name.split('.').next().expect("a name has a stem");
            write(&["record", reference], &at);
            write(&["letter", reference], &at);
            decided += 1;
        }
    }
    write(&["diary"], &[]);
    assert!(decided >= 12, "{}: {decided} decisions", example.name);
    let made = documents(folder.path());
    assert_eq!(made, documents(&example.folder), "the same documents");
    for path in made {
        assert_eq!(
            text(&folder.path().join(&path)),
            text(&example.folder.join(&path)),
            "{}/{}",
            example.name,
            path.display()
        );
    }
}

#[test]
fn a_record_and_a_letter_never_show_another_child() {
    for example in examples() {
        shows_one_child(&example);
    }
}

fn shows_one_child(example: &Example) {
    let children: Vec<(String, String, String)> = example
        .referrals()
        .into_iter()
        .map(|(reference, file)| {
            let value = |key: &str| {
                file["child"][key]
                    .as_str()
                    .expect("every child has one")
                    .to_owned()
            };
            let (case_id, name) = (value("case_id"), value("name"));
            (reference, case_id, name)
        })
        .collect();
    let mut looked_at = 0;
    for path in documents(&example.folder)
        .into_iter()
        .filter(|path| path.starts_with("records"))
    {
        let text = text(&example.folder.join(&path));
        let own = path
            .iter()
            .nth(1)
            .expect("records/REFERENCE/…")
            .to_string_lossy()
            .into_owned();
        let own_case = &children
            .iter()
            .find(|(reference, ..)| *reference == own)
            .expect("it is known")
            .1;
        for (reference, case_id, name) in children
            .iter()
            .filter(|(_, case_id, _)| case_id != own_case)
        {
            for word in [reference, case_id, name] {
                assert!(
                    !text.contains(word.as_str()),
                    "{}/{} shows {word}",
                    example.name,
                    path.display()
                );
            }
        }
        looked_at += 1;
    }
    assert!(looked_at >= 24, "{looked_at} records and letters");
}

#[test]
fn each_referral_that_is_not_ready_has_exactly_the_reasons_that_the_readme_gives() {
    for example in examples() {
        let json = example.check(&[]);
        let found: BTreeSet<(String, String)> = json["findings"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|finding| finding["severity"] == "error" && finding["draft"] != true)
            .map(|finding| {
                (
                    finding["reference"].as_str().unwrap_or_default().to_owned(),
                    finding["rule"].as_str().expect("text").to_owned(),
                )
            })
            .collect();
        let told: BTreeSet<(String, String)> = example
            .readme
            .lines()
            .filter(|line| line.contains("**not ready**"))
            .flat_map(|line| {
                let reference = line
                    .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')
                    .find(|word| word.starts_with("R-"))
                    .expect("the line names its referral");
                let rules = line.split('`').skip(1).step_by(2);
                rules.map(move |rule| (reference.to_owned(), rule.to_owned()))
            })
            .collect();
        assert!(told.len() >= 4, "{}: {told:?}", example.name);
        assert_eq!(found, told, "{}", example.name);
    }
}

#[test]
fn every_criterion_is_met_and_every_exclusion_met_with() {
    for example in examples() {
        let json = example.check(&["--history"]);
        let met: BTreeSet<&str> = json["referrals"]
            .as_array()
            .expect("a list")
            .iter()
            .flat_map(|referral| referral["criteria"].as_array().expect("a list"))
            .map(|criterion| criterion["id"].as_str().expect("text"))
            .collect();
        let unmet: Vec<String> = example
            .each("criterion", "id")
            .into_iter()
            .filter(|id| !met.contains(id.as_str()))
            .collect();
        assert!(unmet.is_empty(), "{}: {unmet:?}", example.name);
        let excluded: Vec<&str> = json["findings"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|finding| finding["rule"] == "excluded")
            .map(|finding| finding["message"].as_str().expect("text"))
            .collect();
        let unmet: Vec<String> = example
            .each("exclusion", "label")
            .into_iter()
            .filter(|label| !excluded.iter().any(|message| message.contains(label)))
            .collect();
        assert!(unmet.is_empty(), "{}: {unmet:?}", example.name);
    }
}

#[test]
fn every_ground_of_an_emergency_appears_and_every_post_that_approves_one() {
    for example in examples() {
        let referrals = example.referrals();
        let said = |value: &dyn Fn(&serde_json::Value) -> serde_json::Value| -> BTreeSet<String> {
            let values = referrals.iter().map(|(_, file)| value(&file["emergency"]));
            values
                .filter_map(|value| value.as_str().map(str::to_owned))
                .collect()
        };
        let grounds = said(&|emergency| emergency["ground"].clone());
        let posts = said(&|emergency| emergency["approved_by"]["role"].clone());
        let emergency = example.rules.get("emergency");
        for key in ["grounds", "refused"] {
            for ground in words(emergency.and_then(|rules| rules.get(key))) {
                assert!(grounds.contains(&ground), "{}: {ground}", example.name);
            }
        }
        let routes = example.rules.get("emergency_approval");
        for route in routes.and_then(toml::Value::as_array).into_iter().flatten() {
            for post in words(route.get("any_of")) {
                // "X or more senior": the post itself is the least that serves.
                let post = post.trim_end_matches(" or more senior");
                assert!(posts.contains(post), "{}: {post}", example.name);
            }
        }
    }
}

#[test]
fn every_outcome_that_a_council_has_was_decided_once() {
    for example in examples() {
        let decided: BTreeSet<String> = walkdir::WalkDir::new(example.folder.join("meetings"))
            .into_iter()
            .map(|entry| entry.expect("it can be walked").into_path())
            .filter(|path| path.parent().and_then(Path::file_name) == Some("decisions".as_ref()))
            .map(|path| {
                let decision: serde_json::Value =
                    serde_yaml::from_str(&text(&path)).expect("it is YAML");
                decision["outcome"].as_str().expect("text").to_owned()
            })
            .collect();
        for outcome in example.each("outcome", "id") {
            assert!(decided.contains(&outcome), "{}: {outcome}", example.name);
        }
    }
}
