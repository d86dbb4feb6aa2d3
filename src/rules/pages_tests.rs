//! The rules' pages, run: every example in them is a record that is written, read and judged.
//!
//! An example is a fragment laid over a sound case (`tests/pages/base`): groups of keys merge,
//! lists and values replace, `~` removes a key. The words after `yaml` say what it is:
//!
//! - `fails` or `passes`: whether the page's rule finds something there. A passing example draws
//!   no error from any rule in the files of the base case, unless it says `other-findings`.
//! - `meeting`, `decision`, `after`: the record that the fragment is laid over; else the referral.
//! - `text`: the block is the referral's whole text.
//! - `at=2026-12-03T09:00`: the moment, where it matters.
//! - a `toml asks` block before examples holds entries of a rule file: the examples after it are
//!   judged by the sound case's council with these entries laid over it.
//! - `also PATH`: on a block of its own, directly after an example: a file beside it, whole;
//!   `also laid PATH`: one laid over the sound case's referral.
#![expect(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

use super::{Rule, all, find, is_named_by_council, judge};
use crate::council::{BUILT_IN, load_council, parse_council};
use crate::desk::{Desk, Scope};
use crate::findings::Finding;
use crate::folder::{Content, Entry, File, Folder, Node, Style, read_referral};
use crate::records::{Moment, Referral};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

const HEADINGS: [&str; 4] = ["What it checks", "Why", "Example", "How to fix it"];
const REFERRAL: &str = "referrals/2026/R-2026-0001.yaml";
const MEETING: &str = "meetings/2026-11-26/meeting.yaml";
const DECISION: &str = "meetings/2026-11-26/decisions/R-2026-0001.yaml";
const AFTER: &str = "meetings/2026-11-26/after/R-2026-0001.yaml";
const BEFORE_THE_MEETING: &str = "2026-11-24T09:00";
const AFTER_THE_MEETING: &str = "2026-12-10T09:00";

/// Which record a fragment is laid over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    Referral,
    Meeting,
    Decision,
    After,
}

impl Over {
    const fn path(self) -> &'static str {
        match self {
            Self::Referral => REFERRAL,
            Self::Meeting => MEETING,
            Self::Decision => DECISION,
            Self::After => AFTER,
        }
    }
}

/// One block of a page's examples.
#[derive(Debug)]
struct Example {
    line: usize,
    fails: bool,
    over: Over,
    is_whole_text: bool,
    draws_others: bool,
    at: Option<String>,
    text: String,
    beside: Vec<(String, String)>,
    /// Entries laid over the council's rule file.
    asks: Option<String>,
}

impl Example {
    fn read(line: usize, words: &[&str], text: String, asks: Option<String>) -> Self {
        let (verdict, marks) = words.split_first().expect("a yaml block says what it is");
        let mut example = Self {
            line,
            fails: match *verdict {
                "fails" => true,
                "passes" => false,
                other => panic!("line {line}: `{other}` is not `fails`, `passes` or `also`"),
            },
            over: Over::Referral,
            is_whole_text: false,
            draws_others: false,
            at: None,
            text,
            beside: Vec::new(),
            asks,
        };
        for mark in marks {
            match *mark {
                "meeting" => example.over = Over::Meeting,
                "decision" => example.over = Over::Decision,
                "after" => example.over = Over::After,
                "text" => example.is_whole_text = true,
                "other-findings" => example.draws_others = true,
                mark => match mark.strip_prefix("at=") {
                    Some(at) => example.at = Some(at.to_owned()),
                    None => panic!("line {line}: `{mark}` is not a mark of an example"),
                },
            }
        }
        example
    }

    /// The files of the example's folder: path and text.
    fn files(&self) -> BTreeMap<String, String> {
        let mut files = base(self.over != Over::Referral);
        let path = self.over.path();
        let text = if self.is_whole_text {
            self.text.clone()
        } else {
            laid_over(&files[path], &self.text)
        };
        files.insert(path.to_owned(), text);
        files.extend(self.beside.iter().cloned());
        if let Some(asks) = &self.asks {
            let settings = &files["panel.toml"];
            let council: toml::Table = settings.parse().expect("TOML");
            let council = council["council"].as_str().expect("text").to_owned();
            files.insert(
                "council.toml".to_owned(),
                format!("extends = \"{council}\"\n\n{asks}"),
            );
            files.insert(
                "panel.toml".to_owned(),
                "council = \"./council.toml\"\n".to_owned(),
            );
        }
        bind_decisions(&mut files);
        files
    }

    fn moment(&self) -> &str {
        match (&self.at, self.over) {
            (Some(at), _) => at,
            (None, Over::Referral) => BEFORE_THE_MEETING,
            (None, _) => AFTER_THE_MEETING,
        }
    }

    fn findings(&self) -> Vec<Finding> {
        judged(&self.files(), self.moment())
    }

    /// Whether a file is the example's own and not one beside it.
    fn is_own(&self, file: &str) -> bool {
        self.beside.iter().all(|(path, _)| path != file)
    }
}

fn examples(rule: &Rule) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut asks: Option<String> = None;
    let mut lines = (1..).zip(rule.text.lines());
    while let Some((line, opening)) = lines.next() {
        let Some(info) = opening.strip_prefix("```") else {
            continue;
        };
        let mut text = String::new();
        for (_, inside) in lines.by_ref().take_while(|(_, inside)| *inside != "```") {
            text.push_str(inside);
            text.push('\n');
        }
        let words: Vec<&str> = info.split_whitespace().collect();
        match words.split_first() {
            Some((&"yaml", ["also", "laid", path])) => {
                let example = examples.last_mut().expect("`also` follows an example");
                let text = laid_over(&base(false)[REFERRAL], &text);
                example.beside.push(((*path).to_owned(), text));
            }
            Some((&"yaml", ["also", path])) => {
                let example = examples.last_mut().expect("`also` follows an example");
                example.beside.push(((*path).to_owned(), text));
            }
            Some((&"yaml", words)) => {
                examples.push(Example::read(line, words, text, asks.clone()));
            }
            Some((&"toml", ["asks"])) => asks = Some(text),
            _ => {}
        }
    }
    examples
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The files of the base case, the meeting's only where the example is about what follows it.
fn base(with_meeting: bool) -> BTreeMap<String, String> {
    let read = |path: &str| {
        let path = root().join("tests/pages/base").join(path);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"))
    };
    let mut files = BTreeMap::from([
        ("panel.toml".to_owned(), read("panel.toml")),
        (REFERRAL.to_owned(), read(REFERRAL)),
    ]);
    if with_meeting {
        files.insert(MEETING.to_owned(), read(MEETING));
        files.insert(DECISION.to_owned(), read("decisions/R-2026-0001.yaml"));
        files.insert(AFTER.to_owned(), read("after/R-2026-0001.yaml"));
    }
    files
}

/// Gives the base case's decision the digest of the referral that it decides on, unless the
/// example writes one itself.
fn bind_decisions(files: &mut BTreeMap<String, String>) {
    let digest = read(REFERRAL, &files[REFERRAL]).digest();
    if let Some(text) = files.get_mut(DECISION)
        && !text.contains("referral_digest")
    {
        let _ = writeln!(text, "referral_digest: {digest}");
    }
}

fn judged(files: &BTreeMap<String, String>, at: &str) -> Vec<Finding> {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        let path = temporary.path().join(path);
        std::fs::create_dir_all(path.parent().expect("it is inside the folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    let folder = Folder::load(temporary.path()).expect("a folder");
    let council = folder.settings.council.as_deref().expect("a council");
    let council = load_council(council, temporary.path())
        .unwrap_or_else(|error| panic!("{error:#?}\n{}", files["panel.toml"]));
    let at: Moment = at.parse().expect("a moment");
    let desk = Desk::new(&folder, &council, at.latest(), Scope::Folder);
    judge(&desk).findings
}

fn read(path: &str, text: &str) -> File<Referral> {
    read_referral(path.to_owned(), text.as_bytes().to_vec())
}

fn tree(text: &str) -> Node {
    let file = read("-", text);
    assert!(!file.is_unreadable(), "{:?}\n{text}", file.faults);
    file.tree().expect("not empty")
}

/// A fragment over a record, written out again.
fn laid_over(record: &str, fragment: &str) -> String {
    let mut merged = tree(record);
    merge(&mut merged, tree(fragment));
    let Content::Map(entries) = &merged.content else {
        panic!("a record is a group of keys");
    };
    let mut text = String::new();
    for entry in entries {
        let _ = writeln!(
            text,
            "{}: {}",
            scalar(&entry.key, Style::Plain),
            flow(&entry.value)
        );
    }
    text
}

fn merge(under: &mut Node, over: Node) {
    let Content::Map(own) = &mut under.content else {
        *under = over;
        return;
    };
    let Content::Map(entries) = over.content else {
        under.content = over.content;
        return;
    };
    for entry in entries {
        let place = own.iter().position(|known| known.key == entry.key);
        match (place, &entry.value.content) {
            (Some(place), Content::Blank) => {
                own.remove(place);
            }
            (None, Content::Blank) => {}
            (Some(place), _) => merge(&mut own[place].value, entry.value),
            (None, _) => own.push(entry),
        }
    }
}

fn flow(node: &Node) -> String {
    match &node.content {
        Content::Blank => "~".to_owned(),
        Content::Scalar(text, style) => scalar(text, *style),
        Content::List(nodes) => {
            let parts: Vec<String> = nodes.iter().map(flow).collect();
            format!("[{}]", parts.join(", "))
        }
        Content::Map(entries) => {
            let part = |entry: &Entry| {
                format!(
                    "{}: {}",
                    scalar(&entry.key, Style::Plain),
                    flow(&entry.value)
                )
            };
            let parts: Vec<String> = entries.iter().map(part).collect();
            format!("{{{}}}", parts.join(", "))
        }
    }
}

/// Numbers, dates and words stay as they were written; text is put in quotation marks.
fn scalar(text: &str, style: Style) -> String {
    let is_word = style == Style::Plain
        && text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_.:".contains(&b))
        && text.ends_with(|c: char| c.is_ascii_alphanumeric());
    if is_word {
        text.to_owned()
    } else {
        serde_json::to_string(text).expect("text is JSON")
    }
}

fn told<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> String {
    findings.into_iter().fold(String::new(), |mut text, one| {
        let _ = writeln!(
            text,
            "  {}[{}] {} {}: {}",
            one.severity.word(),
            one.rule,
            one.place.file,
            one.place.path,
            one.message
        );
        text
    })
}

#[test]
fn the_base_case_is_sound_before_and_after_its_meeting() {
    for (with_meeting, at) in [(false, BEFORE_THE_MEETING), (true, AFTER_THE_MEETING)] {
        let mut files = base(with_meeting);
        bind_decisions(&mut files);
        let findings = judged(&files, at);
        let errors: Vec<_> = findings
            .iter()
            .filter(|finding| finding.is_error())
            .collect();
        assert!(errors.is_empty(), "at {at}:\n{}", told(errors));
    }
}

#[test]
fn every_page_has_its_four_headings_and_an_example_that_fails() {
    let mut faults = String::new();
    for rule in all() {
        let first = rule.text.lines().next().unwrap_or_default();
        let headings: Vec<&str> = rule
            .text
            .lines()
            .filter_map(|line| line.strip_prefix("## "))
            .collect();
        if first != format!("# {}", rule.id) || headings != HEADINGS {
            let _ = writeln!(faults, "{}: {first:?}, {headings:?}", rule.id);
        }
        if !examples(rule).iter().any(|example| example.fails) {
            let _ = writeln!(faults, "{}: no example that fails", rule.id);
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn every_section_of_every_page_says_something() {
    for rule in all() {
        for section in rule.text.split("\n## ").skip(1) {
            let (heading, text) = section.split_once('\n').unwrap_or((section, ""));
            assert!(!text.trim().is_empty(), "{}: `{heading}` is empty", rule.id);
        }
    }
}

#[test]
fn every_example_fails_or_passes_as_its_page_says() {
    let mut faults = String::new();
    for rule in all() {
        for example in examples(rule) {
            let findings = example.findings();
            let fires = findings.iter().any(|finding| {
                finding.rule == rule.id
                    || (is_named_by_council(rule.id) && find(&finding.rule).is_none())
            });
            let others: Vec<&Finding> = findings
                .iter()
                .filter(|one| one.is_error() && example.is_own(&one.place.file))
                .collect();
            let place = format!("{}, line {}", rule.id, example.line);
            if fires != example.fails {
                let verdict = if example.fails { "fail" } else { "pass" };
                let _ = writeln!(faults, "{place} should {verdict}:\n{}", told(&findings));
            } else if !example.fails && !example.draws_others && !others.is_empty() {
                let _ = writeln!(faults, "{place} draws errors:\n{}", told(others));
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn every_rule_on_the_disk_is_registered_and_has_a_page_of_its_name() {
    let mut on_disk = BTreeSet::new();
    for family in std::fs::read_dir(root().join("src/rules")).expect("it is there") {
        let family = family.expect("an entry").path();
        let holds_tests = family.to_string_lossy().ends_with("tests");
        if !family.is_dir() || holds_tests {
            continue;
        }
        for file in std::fs::read_dir(&family).expect("a family") {
            let file = file.expect("an entry").path();
            let stem = file
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            let is_rule = file.extension().is_some_and(|ending| ending == "rs")
                && stem != "mod"
                && !stem.ends_with("tests");
            if !is_rule {
                continue;
            }
            assert!(file.with_extension("md").is_file(), "{file:?} has no page");
            let id = stem.replace('_', "-");
            let rule = find(&id).unwrap_or_else(|| panic!("{file:?} is not registered as {id}"));
            let page = std::fs::read_to_string(file.with_extension("md")).expect("a page");
            assert_eq!(rule.text, page, "{id} shows another page");
            assert!(on_disk.insert(id), "{file:?} stands twice");
        }
    }
    let registered: Vec<&str> = all().map(|rule| rule.id).collect();
    let distinct: BTreeSet<String> = registered.iter().map(|id| (*id).to_owned()).collect();
    assert_eq!(distinct.len(), registered.len(), "an id stands twice");
    assert_eq!(distinct, on_disk, "a rule's id is its file's name");
}

/// The build script lists the pages; the rule file is held to that list.
#[test]
fn rule_files_know_the_ids_of_all_rules() {
    let known: BTreeSet<&str> = crate::council::RULE_IDS.iter().copied().collect();
    let registered: BTreeSet<&str> = all().map(|rule| rule.id).collect();
    assert_eq!(known, registered);
}

#[test]
fn what_may_be_accepted_and_what_is_asked_by_are_ids_that_exist() {
    let template = std::fs::read_to_string(root().join("councils/template.toml")).expect("a file");
    let files = BUILT_IN
        .iter()
        .map(|(id, text)| (*id, (*text).to_owned()))
        .chain([("template", template)]);
    for (id, text) in files {
        let council = parse_council(id, id, &text).expect("it loads");
        for rule in council.acceptances.iter().flat_map(|entry| &entry.rules) {
            let is_own = council.own_rules.iter().any(|own| own.id == *rule);
            assert!(
                is_own || find(rule).is_some(),
                "{id} lets `{rule}` be accepted: no such rule"
            );
        }
    }
    let template = std::fs::read_to_string(root().join("councils/template.toml")).expect("a file");
    let councils: Vec<_> = BUILT_IN
        .iter()
        .map(|(id, text)| (*id, (*text).to_owned()))
        .chain([("template", template)])
        .map(|(id, text)| parse_council(id, id, &text).expect("it loads"))
        .collect();
    for rule in all() {
        for wanted in rule.asked_by {
            let is_asked = |entry: &crate::council::Listed| match wanted.strip_suffix('*') {
                Some(start) => entry.id.starts_with(start),
                None => entry.id == *wanted,
            };
            assert!(
                councils
                    .iter()
                    .any(|council| council.listed.iter().any(is_asked)),
                "{} is asked by `{wanted}`: no such entry",
                rule.id
            );
        }
    }
}
