//! Policy is data: changing any figure of a built-in council's rule file changes some answer of the
//! program, over the folders that the council's cases are made of. A figure that changes nothing is
//! one that nobody reads, or one that no case shows.
#![allow(
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "tests make and read folders of their own"
)]

mod support;

use chrono::{NaiveDate, TimeDelta};
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};
use support::cases::{Case, cases, council_of, has_own_rules, meeting_of, prepared};
use support::figures::{days, interval, literals, times, whole};
use support::{change, project, run, status, stdout};

const COUNCILS: [&str; 5] = ["bcp", "bexley", "care-planning", "nelc", "west-berkshire"];

/// Keys that hold a condition.
const CONDITIONS: [&str; 6] = [
    "when",
    "exempt",
    "eased_when",
    "met_when",
    "needed_for",
    "ratified_when",
];

#[test]
fn changing_any_figure_of_a_rule_file_changes_an_answer() {
    // One council, or one figure, alone: FIGURE=bcp/cut_off cargo test --test figures
    let wanted = std::env::var("FIGURE").unwrap_or_default();
    let councils: Vec<Council> = COUNCILS.iter().map(|id| Council::of(id)).collect();
    let work: Vec<(&Council, &Figure)> = councils
        .iter()
        .flat_map(|council| council.figures.iter().map(move |figure| (council, figure)))
        .filter(|(council, figure)| figure.name(council.id).contains(&wanted))
        .collect();
    assert!(
        !wanted.is_empty() || work.len() >= 80,
        "only {}",
        work.len()
    );
    let next = AtomicUsize::new(0);
    let idle = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut folders = Folders::default();
                while let Some((council, figure)) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if !council.is_changed_by(figure, &mut folders) {
                        let mut idle = idle.lock().expect("no thread fails while it holds it");
                        idle.push(figure.name(council.id));
                    }
                }
            });
        }
    });
    let mut idle = idle.into_inner().expect("all threads have ended");
    idle.sort();
    assert!(
        idle.is_empty(),
        "{} of {} figures change no answer; add a case to tests/cases that shows each, or use it\n{}",
        idle.len(),
        work.len(),
        idle.join("\n")
    );
}

/// A built-in rule file, its figures, and the folders over which they are tried.
struct Council {
    id: &'static str,
    rules: toml::Value,
    figures: Vec<Figure>,
    scenes: Vec<Scene>,
}

impl Council {
    fn of(id: &'static str) -> Self {
        let file = project().join(format!("councils/{id}.toml"));
        let text = std::fs::read_to_string(file).expect("it can be read");
        let rules = toml::Value::Table(text.parse().expect("TOML"));
        let mut figures = Vec::new();
        walk(&rules, &mut Vec::new(), &[], &mut figures);
        Self {
            id,
            rules,
            figures,
            scenes: Scene::all(id),
        }
    }

    /// Whether one of the changes of a figure changes an answer: over the sound folder, or over a
    /// case that names a clause of its entry. What rests on an assumption alone has no such case,
    /// and is tried over all.
    fn is_changed_by(&self, figure: &Figure, folders: &mut Folders) -> bool {
        let is_near = |scene: &&Scene| {
            let mut clauses = scene.case.clauses.iter();
            scene.is_sound
                || figure.clauses.is_empty()
                || clauses.any(|clause| figure.clauses.contains(clause))
        };
        let mut near: Vec<&Scene> = self.scenes.iter().filter(is_near).collect();
        // The cases are made to show the figures of their clauses, and are asked less.
        near.sort_by_key(|scene| scene.is_sound != figure.clauses.is_empty());
        figure.changes.iter().any(|change| {
            let rules = figure.written(&self.rules, change);
            near.iter()
                .any(|scene| scene.differs(&rules, &self.rules, figure, folders))
        })
    }
}

/// The folders of one thread, by the name of their scene, made when they are first used.
type Folders = HashMap<String, tempfile::TempDir>;

/// A folder and what it is asked.
struct Scene {
    name: String,
    own: std::path::PathBuf,
    case: Case,
    /// Whether it is the sound base, with nothing changed.
    is_sound: bool,
    asks: Vec<Ask>,
}

/// A question, and its answer by the rule file as it is.
struct Ask {
    as_of: String,
    args: Vec<String>,
    answer: OnceLock<Option<String>>,
}

impl Ask {
    fn new(as_of: &str, args: &[&str]) -> Self {
        Self {
            as_of: as_of.to_owned(),
            args: args.iter().map(|arg| (*arg).to_owned()).collect(),
            answer: OnceLock::new(),
        }
    }

    /// What the program answers; nothing where it cannot use the rule file.
    fn of(&self, folder: &Path) -> Option<String> {
        let args: Vec<&str> = self.args.iter().map(String::as_str).collect();
        let output = run(folder, &self.as_of, &args);
        let text = stdout(&output) + &support::stderr(&output);
        let is_fault_of_the_rules = status(&output) == 2 && text.contains("council.toml:");
        (!is_fault_of_the_rules).then_some(text)
    }
}

impl Scene {
    /// The sound base, undecided and decided, and every case that is judged by the council's own
    /// rule file as it is.
    fn all(id: &str) -> Vec<Self> {
        let mut all: Vec<Self> = cases()
            .into_iter()
            .filter(|(_, own, case)| council_of(case) == id && !has_own_rules(own, case))
            .map(|(name, own, case)| {
                let mut checked = vec!["check", "--format", "json"];
                checked.extend(case.args.iter().map(String::as_str));
                let mut asks = vec![Ask::new(&case.as_of, &checked)];
                for shows in &case.shows {
                    let as_of = shows.as_of.as_ref().unwrap_or(&case.as_of);
                    let mut args: Vec<&str> = shows.args.iter().map(String::as_str).collect();
                    // The folder is asked again, so nothing may be written into it.
                    match args[0] {
                        "decide" if !args.contains(&"--dry-run") => args.push("--dry-run"),
                        "accept" | "act" | "done" | "init" | "new" | "withdraw" => continue,
                        _ if args.contains(&"--write") || args.contains(&"--final") => continue,
                        _ => {}
                    }
                    asks.push(Ask::new(as_of, &args));
                }
                Self {
                    name,
                    own,
                    case,
                    is_sound: false,
                    asks,
                }
            })
            .collect();
        let base = if id == "bexley" {
            "tests/pages/base".to_owned()
        } else {
            format!("tests/bases/{id}")
        };
        all.extend([false, true].map(|decided| Self::sound(&base, decided)));
        all
    }

    fn sound(base: &str, decided: bool) -> Self {
        let case = format!(
            "says = \"sound\"\nas_of = \"\"\nbase = \"{base}\"\ndecided = {decided}\nexit = 0"
        );
        let meeting = meeting_of(&project().join(base));
        let date = meeting.file_name().expect("a day").to_string_lossy();
        let day: NaiveDate = date.parse().expect("a day");
        let days = |count: i64| (day + TimeDelta::days(count)).to_string();
        let at = |count: i64| format!("{}T09:00", days(count));
        let json = ["--format", "json"];
        let ask = |count: i64, args: &[&str]| Ask::new(&at(count), &[args, &json].concat());
        let calendar = ["calendar", "--from", &days(-60), "--to", &days(420)];
        let asks = if decided {
            let mut asks = Vec::new();
            for count in [1, 14, 100, 400] {
                asks.push(ask(count, &["check"]));
                asks.push(ask(count, &["diary"]));
                asks.push(ask(count, &["deadlines", "--date", &date]));
            }
            asks.push(ask(14, &["minutes", "--date", &date]));
            asks.push(ask(14, &["record", "R-2026-0001"]));
            asks
        } else {
            vec![
                ask(-2, &["check"]),
                ask(-2, &calendar),
                ask(-2, &["agenda", "--date", &date]),
                ask(-2, &["deadlines", "--date", &date]),
                ask(-2, &["diary"]),
            ]
        };
        Self {
            name: format!("{base} {decided}"),
            own: project().join("tests/cases"),
            case: toml::from_str(&case).expect("a case"),
            is_sound: true,
            asks,
        }
    }

    /// Whether the changed rule file gives another answer to one of the questions.
    fn differs(
        &self,
        changed: &str,
        rules: &toml::Value,
        figure: &Figure,
        folders: &mut Folders,
    ) -> bool {
        let folder = folders.entry(self.name.clone()).or_insert_with(|| {
            let folder = prepared(&self.own, &self.case);
            let council = format!("council = \"{}\"", council_of(&self.case));
            let settings = folder.path().join("panel.toml");
            change(&settings, &council, "council = \"./council.toml\"");
            folder
        });
        let file = folder.path().join("council.toml");
        let put = |text: &str| std::fs::write(&file, text).expect("a temporary file");
        let mut listed = Vec::new();
        // What the policy's cover says is printed with the rules, and there alone.
        if figure.is_on_the_cover() && self.is_sound {
            listed.push(Ask::new("2026-11-24T09:00", &["rules", "--format", "json"]));
        }
        self.asks.iter().chain(&listed).any(|ask| {
            let before = ask.answer.get_or_init(|| {
                put(&rules.to_string_pretty());
                ask.of(folder.path())
            });
            put(changed);
            let after = ask.of(folder.path());
            before.is_some() && after.is_some() && *before != after
        })
    }
}

/// How a rule file is written out: the same for the one that is changed and the one that is not, so
/// that the lines which findings name are the same.
trait Written {
    fn to_string_pretty(&self) -> String;
}

impl Written for toml::Value {
    fn to_string_pretty(&self) -> String {
        toml::to_string(self).expect("it was read from TOML")
    }
}

/// A step on the way to a figure.
#[derive(Debug, Clone)]
enum Step {
    Key(String),
    Index(usize),
}

/// A figure of a rule file.
#[derive(Debug)]
struct Figure {
    path: Vec<Step>,
    said: String,
    /// Other values, the likeliest to show first.
    changes: Vec<toml::Value>,
    /// The clauses that its entry rests on.
    clauses: Vec<String>,
}

impl Figure {
    fn name(&self, council: &str) -> String {
        let mut name = format!("{council}/");
        for (place, step) in self.path.iter().enumerate() {
            match step {
                Step::Key(key) if place > 0 => name.push_str(&format!(".{key}")),
                Step::Key(key) => name.push_str(key),
                Step::Index(index) => name.push_str(&format!("[{index}]")),
            }
        }
        format!("{name} = {}", self.said)
    }

    fn is_on_the_cover(&self) -> bool {
        matches!(self.path.first(), Some(Step::Key(key)) if key == "policy")
    }

    /// The whole file with another value in the figure's place.
    fn written(&self, rules: &toml::Value, changed: &toml::Value) -> String {
        let mut rules = rules.clone();
        let mut place = &mut rules;
        for step in &self.path {
            place = match step {
                Step::Key(key) => place.get_mut(key.as_str()),
                Step::Index(index) => place.get_mut(*index),
            }
            .expect("the figure was found there");
        }
        *place = changed.clone();
        rules.to_string_pretty()
    }
}

/// Finds every figure below a value.
fn walk(value: &toml::Value, path: &mut Vec<Step>, clauses: &[String], found: &mut Vec<Figure>) {
    let mut add = |said: String, changes: Vec<toml::Value>| {
        let (path, clauses) = (path.clone(), clauses.to_vec());
        assert!(!changes.is_empty(), "no other value is known for {said}");
        found.push(Figure {
            path,
            said,
            changes,
            clauses,
        });
    };
    match value {
        toml::Value::Table(table) => {
            let own = table.get("clause").map_or_else(|| clauses.to_vec(), texts);
            for (key, value) in table {
                path.push(Step::Key(key.clone()));
                walk(value, path, &own, found);
                path.pop();
            }
        }
        toml::Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                path.push(Step::Index(index));
                walk(value, path, clauses, found);
                path.pop();
            }
        }
        toml::Value::Integer(number) => {
            let others = whole(*number).into_iter().map(toml::Value::Integer);
            add(number.to_string(), others.collect());
        }
        toml::Value::Float(number) => {
            let others = [number * 2.0 + 1.0, (number / 2.0).trunc()];
            add(number.to_string(), others.map(toml::Value::Float).into());
        }
        toml::Value::Datetime(moment) => {
            let text = moment.to_string();
            let others = days(&text).or_else(|| times(&text)).unwrap_or_default();
            let read = |other: String| toml::Value::Datetime(other.parse().expect("a moment"));
            add(text, others.into_iter().map(read).collect());
        }
        toml::Value::String(text) => {
            let is_condition =
                matches!(path.last(), Some(Step::Key(key)) if CONDITIONS.contains(&key.as_str()));
            if is_condition {
                for (said, others) in literals(text) {
                    add(said, others.into_iter().map(toml::Value::String).collect());
                }
            } else if let Some((count, unit)) = interval(text) {
                let others = whole(count).into_iter().filter(|other| *other > 0);
                let others = others.map(|other| toml::Value::String(format!("{other} {unit}")));
                add(text.clone(), others.collect());
            }
        }
        toml::Value::Boolean(_) => {}
    }
}

fn texts(value: &toml::Value) -> Vec<String> {
    let one = value.as_str().into_iter().map(str::to_owned);
    let many = value.as_array().into_iter().flatten();
    let many = many.filter_map(toml::Value::as_str).map(str::to_owned);
    one.chain(many).collect()
}

#[test]
fn figures_are_found_in_values_and_conditions_and_not_in_names() {
    let rules: toml::Value = toml::from_str(
        r#"
        [[rule]]
        id = "2-weeks"
        clause = "4.2"
        when = "request.kind == 'regulation-24' and cost.weekly > '£1,500.50' and child.age >= 16"
        within = "6 months"
        on = 2026-11-26
        at = 14:00:00
        says = "Within 6 months."
        "#,
    )
    .expect("TOML");
    let mut found = Vec::new();
    walk(&rules, &mut Vec::new(), &[], &mut found);
    let mut said: Vec<&str> = found
        .iter()
        .map(|figure| figure.said.split(" in ").next().unwrap_or_default())
        .collect();
    said.sort_unstable();
    assert_eq!(
        said,
        ["'£1,500.50'", "14:00:00", "16", "2026-11-26", "6 months"]
    );
    assert!(found.iter().all(|figure| figure.clauses == ["4.2"]));
    let months = found.iter().find(|figure| figure.said == "6 months");
    let months = months.expect("it is there");
    assert!(
        months
            .written(&rules, &months.changes[0])
            .contains("\"13 months\"")
    );
}
