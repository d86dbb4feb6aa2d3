//! Names of files and folders, keys, words of the program's own and what is typed at a command carry
//! what could be obeyed or could forge a line: each is told on its own line, with nothing raw in it.
#![cfg(unix)]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests make folders of their own"
)]

mod support;

use serde_json::Value as Json;
use serde_yaml::Value;
use std::fs;
use std::path::Path;
use std::process::Output;
use support::client::{Client, uri};
use support::injected::{
    GROUPS, PAYLOADS, PLAIN, each_text, groups, is_structure, make, put, raw, yaml,
};
use support::{on_every_core, project, status, stderr, stdout};

const NOW: &str = "2026-11-24T09:00";

fn panel(folder: &Path, args: &[&str]) -> Output {
    support::panel()
        .current_dir(folder)
        .args(["--as-of", NOW])
        .args(args)
        .output()
        .expect("the program was built with the tests")
}

/// What an answer has raw in it, or which of its lines was made by what it tells of.
fn forged(output: &Output) -> Option<String> {
    let all = stdout(output) + &stderr(output);
    let raw = all
        .chars()
        .find(|c| raw(*c))
        .map(|c| format!("{c:?} is raw: {:.300}", all.escape_debug().to_string()));
    let begins = |line: &&str| {
        let line = line.trim_start();
        [
            "error: forged",
            "warning: forged",
            "::error ::forged",
            "forged",
        ]
        .iter()
        .any(|word| line.starts_with(word))
    };
    let ended = (status(output) == 101).then(|| format!("it panicked: {:.200}", stderr(output)));
    ended.or(raw).or_else(|| {
        all.lines()
            .find(begins)
            .map(|line| format!("the line {line:?} was forged: {:.300}", all))
    })
}

/// How many findings there are of each rule.
fn counted(output: &Output) -> Vec<String> {
    let whole: Json = serde_json::from_str(&stdout(output)).unwrap_or_default();
    let findings = whole["findings"].as_array().cloned().unwrap_or_default();
    findings
        .iter()
        .map(|finding| {
            format!(
                "{}:{}:{}",
                finding["rule"], finding["line"], finding["column"]
            )
        })
        .collect()
}

const FORMS: [&[&str]; 6] = [
    &["check", "--most", "0"],
    &["check", "--most", "0", "--format", "concise"],
    &["check", "--most", "0", "--format", "github"],
    &["check", "--most", "0", "--format", "gitlab"],
    &["check", "--most", "0", "--format", "sarif"],
    &["check", "--most", "0", "--format", "json"],
];

/// Every command that names files or tells what cannot be read.
const NAMING: [&[&str]; 9] = [
    &["diary"],
    &["agenda", "--date", "2026-11-26"],
    &["minutes", "--date", "2026-11-19"],
    &["verify"],
    &["verify", "--format", "json"],
    &["report"],
    &["show", "--files", "R-2026-0105"],
    &["show", "R-2026-0105"],
    &["spend"],
];

#[test]
fn what_a_file_or_folder_is_called_forges_nothing() {
    let faults: Vec<String> = on_every_core(&groups(), |(name, load)| {
        let called = load.replace('\0', "").replace('/', "∕");
        let called: String = called.chars().take(70).collect();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join(&called);
        make(&root, "x");
        let referral =
            fs::read_to_string(root.join("referrals/2026/R-2026-0116.yaml")).expect("it was made");
        let decision =
            fs::read_to_string(root.join("meetings/2026-11-19/decisions/R-2026-0105.yaml"))
                .expect("it was made");
        for (place, text) in [
            (
                format!("referrals/{called}/R-2026-0916.yaml"),
                referral.as_str(),
            ),
            (format!("referrals/{called}.yaml"), &referral),
            (format!("referrals/{called}/broken.yaml"), "a: [\n"),
            (
                format!("meetings/2026-11-19/decisions/{called}.yaml"),
                &decision,
            ),
            (
                format!("meetings/2026-11-19/after/{called}.yaml"),
                "told_family: 2026-11-20\n",
            ),
            (
                format!("meetings/{called}/meeting.yaml"),
                "date: 2026-11-19\n",
            ),
            (
                format!("meetings/{called}/decisions/R-2026-0106.yaml"),
                &decision,
            ),
            (format!("records/{called}/2026-11-19.md"), "text\n"),
            (format!("records/R-2026-0105/{called}.md"), "text\n"),
            (format!("templates/{called}.md.j2"), "text\n"),
        ] {
            put(&root, &place, text);
        }
        let mut faults = Vec::new();
        for args in FORMS.iter().chain(&NAMING) {
            let given = [&["--folder", root.to_str().expect("UTF-8")], *args].concat();
            faults.extend(
                forged(&panel(folder.path(), &given)).map(|why| format!("{name}: {args:?}: {why}")),
            );
        }
        // Named by its path, and one that is not there.
        for path in [
            format!("referrals/{called}/R-2026-0916.yaml"),
            format!("{called}.yaml"),
        ] {
            let given = root.join(path);
            let given = given.to_str().expect("UTF-8");
            for args in [
                &["check", given][..],
                &["check", "--format", "github", given],
                &["council", "check", given],
                &["rules", "--council", given],
            ] {
                faults.extend(
                    forged(&panel(&root, args)).map(|why| format!("{name}: {args:?}: {why}")),
                );
            }
        }
        // A rule file and a folder that cannot be used say so by their names.
        put(&root, &format!("{called}.toml"), "x = [");
        let text = toml::to_string(&toml::Table::from_iter([(
            "council".to_owned(),
            format!("./{called}.toml").into(),
        )]));
        put(&root, "panel.toml", &text.expect("TOML"));
        for args in [
            &["check"][..],
            &["rules"],
            &["agenda", "--date", "2026-11-26"],
        ] {
            faults
                .extend(forged(&panel(&root, args)).map(|why| format!("{name}: {args:?}: {why}")));
        }
        faults
    })
    .into_iter()
    .flatten()
    .collect();
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
    eprintln!(
        "{} payloads in {GROUPS} names, {} commands each",
        PAYLOADS.len(),
        FORMS.len() + NAMING.len() + 11
    );
}

#[test]
fn what_is_typed_forges_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    make(folder.path(), "x");
    fs::create_dir(folder.path().join("out")).expect("a folder for what is printed");
    let typed = |load: &str| -> Vec<Vec<String>> {
        let before = |args: &str| -> Vec<String> {
            args.split(' ').map(|arg| arg.replace('@', load)).collect()
        };
        let decide = "decide R-2026-0116 --date 2026-11-26 --outcome approve --basis consensus --by M.Osei --role deputy-director --approve-costs --dry-run";
        [
            "@",
            "--@",
            "-@",
            "check --@",
            "check @",
            "check --only @",
            "check --skip @",
            "check --since @",
            "check --format @",
            "--folder @ check",
            "--council @ rules",
            "--as-of @ check",
            "agenda --date @",
            "agenda --date 2026-11-26 --panel @",
            "minutes --date 2026-11-19 --format @",
            "record @",
            "letter @",
            "show @",
            "show --files @",
            "explain @",
            "rules --council @",
            "council check @",
            "council compare @ nelc",
            "replay --rules @",
            "new @",
            "new R-2026-0999 --kind @",
            "init @/x --council @",
            "init x --council @",
            "accept R-2026-0116 --rule @ --by @ --role @ --reason @ --dry-run",
            "act R-2026-0105 --action @",
            "act @ --action 1",
            "withdraw R-2026-0116 --by @ --role @ --dry-run",
            "withdraw R-2026-0116 --by @ --role service-manager --dry-run",
            "done @ --date 2026-11-26",
            "done dates-sent --date 2026-11-26 --at @",
            "diary --from @",
            "diary --format @",
            "spend --by @",
            "report --from @",
            "schema @",
            "completions @",
            "minutes --date 2026-11-19 --final --by @ --role @ --write --dry-run",
            "agenda --date 2026-11-26 -o nowhere/@",
            "diary -o nowhere/@",
            "agenda --date 2026-11-26 -o out/@",
            "diary --format ics -o out/@.ics",
            "decide @ --date 2026-11-26",
        ]
        .iter()
        .map(|args| before(args))
        .chain(
            [
                "--rationale",
                "--highlights",
                "--agreement",
                "--action",
                "--view",
                "--dissent",
                "--answer",
                "--accept",
                "--refer-to",
                "--no-review",
                "--alternative",
                "--approve",
                "--amend",
                "--from",
            ]
            .map(|flag| {
                let mut args = before(decide);
                args.extend([flag.to_owned(), load.to_owned()]);
                args
            }),
        )
        .collect()
    };
    let commands = typed("").len();
    let faults: Vec<String> = on_every_core(&groups(), |(name, load)| {
        // The system takes no NUL.
        let load = load.replace('\0', "");
        typed(&load)
            .iter()
            .filter_map(|args| {
                let args: Vec<&str> = args.iter().map(String::as_str).collect();
                let why = forged(&panel(folder.path(), &args))?;
                Some(format!("{name}: {args:?}: {why}"))
            })
            .collect::<Vec<_>>()
    })
    .into_iter()
    .flatten()
    .collect();
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
    eprintln!("{} texts typed in {commands} commands", PAYLOADS.len());
}

/// Each word, date, figure and reference of a record in turn, and a key more in each group.
fn spoilt(record: &Value, load: &str) -> Vec<Value> {
    let mut count = 0;
    each_text(&mut record.clone(), &mut |text| {
        count += usize::from(is_structure(text));
        text.to_owned()
    });
    (0..count)
        .map(|wanted| {
            let mut one = record.clone();
            let mut at = 0;
            each_text(&mut one, &mut |text| {
                let is_wanted = is_structure(text) && at == wanted;
                at += usize::from(is_structure(text));
                if is_wanted {
                    format!("{load} {text}")
                } else {
                    text.to_owned()
                }
            });
            one
        })
        .chain([with_keys(record, load)])
        .collect()
}

fn with_keys(value: &Value, load: &str) -> Value {
    match value {
        Value::Mapping(map) => {
            let mut more: serde_yaml::Mapping = map
                .iter()
                .map(|(key, value)| (key.clone(), with_keys(value, load)))
                .collect();
            more.insert(format!("{load} key").into(), 1.into());
            Value::Mapping(more)
        }
        Value::Sequence(list) => {
            Value::Sequence(list.iter().map(|item| with_keys(item, load)).collect())
        }
        other => other.clone(),
    }
}

fn record(name: &str) -> Value {
    let text =
        fs::read_to_string(project().join("examples/bexley").join(name)).expect("an example");
    serde_yaml::from_str(&text).expect("YAML")
}

/// A folder with every such record under a name of its own; how many there are.
fn spoil(folder: &Path, load: &str) -> usize {
    put(folder, "panel.toml", "council = \"bexley\"\n");
    let referral = record("referrals/2026/R-2026-0116.yaml");
    let decision = record("meetings/2026-11-19/decisions/R-2026-0105.yaml");
    let meeting = record("meetings/2026-11-19/meeting.yaml");
    let after = record("meetings/2026-11-19/after/R-2026-0105.yaml");
    let mut places = 0;
    for (number, record) in spoilt(&referral, load).iter().enumerate() {
        put(
            folder,
            &format!("referrals/R-2026-{:04}.yaml", 1000 + number),
            &yaml(record),
        );
        places += 1;
    }
    for (number, record) in spoilt(&decision, load).iter().enumerate() {
        put(
            folder,
            &format!(
                "meetings/2026-11-19/decisions/R-2026-{:04}.yaml",
                1000 + number
            ),
            &yaml(record),
        );
        places += 1;
    }
    for (number, record) in spoilt(&after, load).iter().enumerate() {
        put(
            folder,
            &format!("meetings/2026-11-19/after/R-2026-{:04}.yaml", 1000 + number),
            &yaml(record),
        );
        places += 1;
    }
    let days = (1..).map(|week| {
        chrono::NaiveDate::from_ymd_opt(2026, 11, 19).expect("a day") - chrono::Days::new(7 * week)
    });
    for (day, record) in days.zip(spoilt(&meeting, load)) {
        put(
            folder,
            &format!("meetings/{day}/meeting.yaml"),
            &yaml(&record),
        );
        places += 1;
    }
    places
}

#[test]
fn words_of_the_program_and_keys_that_carry_something_forge_nothing() {
    let all: Vec<&[&str]> = FORMS.iter().chain(&NAMING).copied().collect();
    let harmless = tempfile::tempdir().expect("a temporary folder");
    let places = spoil(harmless.path(), PLAIN);
    let with_plain = on_every_core(&all, |args| panel(harmless.path(), args));
    let faults: Vec<String> = on_every_core(&groups(), |(name, load)| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        spoil(folder.path(), load);
        let mut faults = Vec::new();
        let (mut lines, mut others, mut found) = (Vec::new(), Vec::new(), None);
        for (args, other) in all.iter().zip(&with_plain) {
            let one = panel(folder.path(), args);
            faults.extend(forged(&one).map(|why| format!("{name}: {args:?}: {why}")));
            lines.push(stdout(&one).lines().count());
            others.push(stdout(other).lines().count());
            if args[0] == "check" && args.contains(&"json") {
                found = Some((counted(&one).len(), counted(other).len()));
            }
        }
        // A word that is read as another fault can make one finding more or less: a line each.
        let (found, expected) = found.expect("findings are asked for as JSON too");
        for ((args, lines), others) in all.iter().zip(lines).zip(others) {
            let is_by_line = args.contains(&"concise") || args.contains(&"github");
            if is_by_line && lines + expected != others + found {
                faults.push(format!(
                    "{name}: {args:?}: {lines} lines for {found} findings instead of {others} for {expected}"
                ));
            }
        }
        faults
    })
    .into_iter()
    .flatten()
    .collect();
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
    eprintln!(
        "{} texts in {places} places, {} commands",
        PAYLOADS.len(),
        FORMS.len() + NAMING.len()
    );
}

#[test]
fn an_editor_is_shown_text() {
    let faults: Vec<String> = on_every_core(&groups(), |(name, load)| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        make(folder.path(), load);
        let root = folder.path();
        let mut client = Client::ready(&[], NOW);
        let mut faults = Vec::new();
        for file in [
            "referrals/2026/R-2026-0116.yaml",
            "referrals/2026/R-2026-0122.yaml",
            "meetings/2026-11-26/meeting.yaml",
            "own.toml",
        ] {
            let path = root.join(file);
            let text = fs::read_to_string(&path).expect("it was made");
            let text = if file.ends_with("yaml") {
                format!("{text}{}", yaml(&keyed(load)))
            } else {
                text
            };
            let found = client.open(&uri(&path), &text);
            for finding in &found {
                let message = finding["message"].as_str().unwrap_or_default();
                faults.extend(
                    message
                        .chars()
                        .find(|c| raw(*c))
                        .map(|c| format!("{name}: {file}: {c:?} is raw in {message:?}")),
                );
                let line = finding["range"]["start"]["line"]
                    .as_u64()
                    .unwrap_or_default() as usize;
                let column = finding["range"]["start"]["character"]
                    .as_u64()
                    .unwrap_or_default() as usize;
                let hover = client.hover(&uri(&path), line, column);
                faults.extend(marked(&hover).map(|why| format!("{name}: {file}: {why}")));
            }
            // The keys too, for what the rule file says of them.
            for line in (0..text.lines().count()).step_by(7) {
                let hover = client.hover(&uri(&path), line, 1);
                faults.extend(marked(&hover).map(|why| format!("{name}: {file}:{line}: {why}")));
            }
        }
        client.finish();
        faults
    })
    .into_iter()
    .flatten()
    .collect();
    assert!(
        faults.is_empty(),
        "{}\n{}",
        faults.len(),
        faults[..faults.len().min(60)].join("\n")
    );
}

/// A key that nobody knows.
fn keyed(load: &str) -> Value {
    let mut map = serde_yaml::Mapping::new();
    map.insert(format!("{load} key").into(), load.into());
    Value::Mapping(map)
}

/// What a page that an editor shows would make of a text, beyond words and strong words.
fn marked(page: &str) -> Option<String> {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    if let Some(c) = page.chars().find(|c| raw(*c)) {
        return Some(format!("{c:?} is raw in {page:?}"));
    }
    let odd = Parser::new_ext(page, Options::all()).find(|event| {
        matches!(
            event,
            Event::Html(_)
                | Event::InlineHtml(_)
                | Event::FootnoteReference(_)
                | Event::Start(
                    Tag::Heading { .. }
                        | Tag::Link { .. }
                        | Tag::Image { .. }
                        | Tag::Table(_)
                        | Tag::BlockQuote(_)
                        | Tag::CodeBlock(_)
                        | Tag::Strikethrough
                )
        )
    })?;
    Some(format!("{odd:?} in {page:?}"))
}
