//! Case folders: a sound folder changed in one way at a time gets exactly the right findings, at
//! the right places. Each folder of `tests/cases` is one promise.
#![allow(
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "tests make and read folders of their own"
)]

mod support;

use serde::Deserialize;
use support::{change, copy_of, on_every_core, project, run, status, stdout};

/// `case.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What is promised, in a sentence.
    says: String,
    /// The moment of judging.
    as_of: String,
    /// The sound folder that is changed; `tests/pages/base` where it is not said.
    base: Option<String>,
    /// Entries laid over the council's rule file.
    rules: Option<String>,
    /// More arguments of `check`.
    #[serde(default)]
    args: Vec<String>,
    /// Whether the panel has decided on the referral.
    #[serde(default)]
    decided: bool,
    /// Whether the referral is changed after the decision, which then keeps the older digest.
    #[serde(default)]
    edited_after: bool,
    /// What is changed in the sound folder.
    #[serde(default)]
    change: Vec<Change>,
    /// The findings of error and warning level: `file:line:column: severity[rule]`.
    #[serde(default)]
    expect: Vec<String>,
    /// Notes are told too where this is set.
    #[serde(default)]
    with_notes: bool,
    /// Pieces of text that some message or help must hold.
    #[serde(default)]
    told: Vec<String>,
    /// The exit status.
    exit: i32,
    /// What other commands print of the same folder.
    #[serde(default)]
    shows: Vec<Shows>,
    /// The clauses whose effect it shows.
    #[serde(default)]
    clauses: Vec<String>,
}

/// What a command prints.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shows {
    args: Vec<String>,
    /// The moment, where it is another.
    as_of: Option<String>,
    /// Pieces of text that it must hold.
    #[serde(default)]
    holds: Vec<String>,
    /// Pieces of text that it must not hold.
    #[serde(default)]
    lacks: Vec<String>,
    /// The exit status.
    #[serde(default)]
    exit: i32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    file: String,
    /// The text that stands there; absent for a new file or an addition at the end.
    from: Option<String>,
    to: String,
}

/// Every case below `tests/cases`: its name, and what it promises.
fn cases() -> Vec<(String, std::path::PathBuf, Case)> {
    let root = project().join("tests/cases");
    let mut all: Vec<_> = walkdir::WalkDir::new(&root)
        .into_iter()
        .map(|entry| entry.expect("it can be walked").into_path())
        .filter(|path| path.file_name() == Some("case.toml".as_ref()))
        .map(|path| {
            let folder = path.parent().expect("it lies in a folder").to_owned();
            let name = folder
                .strip_prefix(&root)
                .expect("it lies below")
                .display()
                .to_string();
            let text = std::fs::read_to_string(&path).expect("it can be read");
            let case = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, folder, case)
        })
        .collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

#[test]
fn each_change_gets_exactly_its_findings_at_their_places() {
    let mut failures = Vec::new();
    let cases = cases();
    // One case alone: CASE=bcp/late cargo test --test cases
    let wanted = std::env::var("CASE").unwrap_or_default();
    let asked: Vec<_> = cases
        .iter()
        .filter(|(name, ..)| name.contains(&wanted))
        .collect();
    let results = on_every_core(&asked, |(_, folder, case)| judged(folder, case));
    for ((name, _, case), result) in asked.iter().zip(results) {
        if let Err(failure) = result {
            failures.push(format!("{name} ({}):\n{failure}", case.says));
        }
    }
    assert!(cases.len() >= 17, "only {} cases were found", cases.len());
    assert!(
        failures.is_empty(),
        "{} of {} cases fail\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n")
    );
}

/// `tests/clauses/ID.toml` lists the clauses of each policy of which something is owed.
#[test]
fn every_owed_clause_is_shown_by_a_case() {
    let mut missing = Vec::new();
    let cases = cases();
    for entry in std::fs::read_dir(project().join("tests/clauses")).expect("it is there") {
        let path = entry.expect("it can be listed").path();
        let council = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let register: toml::Table = text.parse().expect("TOML");
        let owed = register["owed"].as_array().expect("a list of ids");
        for clause in owed {
            let clause = clause.as_str().expect("text");
            let is_shown = cases.iter().any(|(_, _, case)| {
                council_of(case) == council && case.clauses.iter().any(|shown| shown == clause)
            });
            if !is_shown {
                missing.push(format!("{council}: {clause}"));
            }
        }
    }
    assert!(missing.is_empty(), "no case shows\n{}", missing.join("\n"));
}

fn base_of(case: &Case) -> &str {
    case.base.as_deref().unwrap_or("tests/pages/base")
}

fn council_of(case: &Case) -> String {
    let path = project().join(base_of(case)).join("panel.toml");
    let text = std::fs::read_to_string(path).expect("a base has its settings");
    let settings: toml::Table = text.parse().expect("TOML");
    settings["council"].as_str().expect("text").to_owned()
}

/// The folder of the base's one meeting.
fn meeting_of(folder: &std::path::Path) -> std::path::PathBuf {
    std::fs::read_dir(folder.join("meetings"))
        .expect("a base has a meeting")
        .map(|entry| entry.expect("it can be listed").path())
        .min()
        .expect("one")
}

fn digest(file: &std::path::Path) -> String {
    use sha2::Digest;
    let digest = sha2::Sha256::digest(std::fs::read(file).expect("a temporary file"));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn judged(own: &std::path::Path, case: &Case) -> Result<(), String> {
    let folder = copy_of(base_of(case));
    let own_rules = std::fs::read_to_string(own.join("council.toml")).ok();
    if let Some(rules) = own_rules.or_else(|| {
        let entries = case.rules.as_ref()?;
        Some(format!("extends = \"{}\"\n\n{entries}", council_of(case)))
    }) {
        std::fs::write(folder.path().join("council.toml"), rules).expect("a temporary file");
        change(
            &folder.path().join("panel.toml"),
            &format!("council = \"{}\"", council_of(case)),
            "council = \"./council.toml\"",
        );
    }
    let meeting = meeting_of(folder.path());
    for part in ["decisions", "after"] {
        let (from, to) = (folder.path().join(part), meeting.join(part));
        if case.decided {
            std::fs::rename(&from, &to).expect("a temporary folder");
        } else {
            std::fs::remove_dir_all(&from).expect("a temporary folder");
        }
    }
    let before = digest(&folder.path().join("referrals/2026/R-2026-0001.yaml"));
    for made in &case.change {
        let file = folder.path().join(&made.file);
        match &made.from {
            Some(from) => change(&file, from, &made.to),
            None => {
                let before = std::fs::read_to_string(&file).unwrap_or_default();
                std::fs::create_dir_all(file.parent().expect("it lies in the folder"))
                    .expect("a temporary folder");
                std::fs::write(&file, before + &made.to).expect("a temporary file");
            }
        }
    }
    if case.decided {
        let now = digest(&folder.path().join("referrals/2026/R-2026-0001.yaml"));
        let decision = meeting.join("decisions/R-2026-0001.yaml");
        let text = std::fs::read_to_string(&decision).expect("a temporary file");
        let line = format!(
            "\nreferral_digest: sha256:{}\n",
            if case.edited_after { before } else { now }
        );
        std::fs::write(&decision, text + &line).expect("a temporary file");
    }
    let mut args = vec!["check", "--format", "json"];
    args.extend(case.args.iter().map(String::as_str));
    let output = run(folder.path(), &case.as_of, &args);
    let text = stdout(&output);
    let json: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| format!("{error} in {text}"))?;
    let findings = json["findings"].as_array().ok_or("no findings")?;
    let found: Vec<String> = findings
        .iter()
        .filter(|finding| case.with_notes || finding["severity"] != "note")
        .map(|finding| {
            format!(
                "{}:{}:{}: {}[{}]",
                finding["file"].as_str().unwrap_or_default(),
                finding["line"],
                finding["column"],
                finding["severity"].as_str().unwrap_or_default(),
                finding["rule"].as_str().unwrap_or_default()
            )
        })
        .collect();
    if found != case.expect {
        return Err(format!(
            "expected {:#?}\nfound {found:#?}\n{text}",
            case.expect
        ));
    }
    if status(&output) != case.exit {
        return Err(format!(
            "exit status {} instead of {}",
            status(&output),
            case.exit
        ));
    }
    for piece in &case.told {
        let is_told = findings.iter().any(|finding| {
            [&finding["message"], &finding["help"]]
                .iter()
                .any(|words| words.as_str().is_some_and(|words| words.contains(piece)))
        });
        if !is_told {
            return Err(format!("nothing tells `{piece}` in {text}"));
        }
    }
    for shows in &case.shows {
        let as_of = shows.as_of.as_ref().unwrap_or(&case.as_of);
        let args: Vec<&str> = shows.args.iter().map(String::as_str).collect();
        let output = run(folder.path(), as_of, &args);
        let text = stdout(&output) + &support::stderr(&output);
        if status(&output) != shows.exit {
            return Err(format!("{args:?}: exit status {}\n{text}", status(&output)));
        }
        if let Some(piece) = shows.holds.iter().find(|piece| !text.contains(*piece)) {
            return Err(format!("{args:?} does not hold `{piece}`\n{text}"));
        }
        if let Some(piece) = shows.lacks.iter().find(|piece| text.contains(*piece)) {
            return Err(format!("{args:?} holds `{piece}`\n{text}"));
        }
    }
    let rules = stdout(&run(
        folder.path(),
        &case.as_of,
        &["rules", "--format", "json"],
    ));
    let rules: serde_json::Value =
        serde_json::from_str(&rules).map_err(|error| format!("{error} in {rules}"))?;
    for clause in &case.clauses {
        let is_in = |entry: &serde_json::Value| {
            entry["sources"]
                .as_array()
                .is_some_and(|sources| sources.iter().any(|source| source == clause))
        };
        if !rules["rules"]
            .as_array()
            .is_some_and(|rules| rules.iter().any(is_in))
        {
            return Err(format!("no entry of the rule file cites clause {clause}"));
        }
        // What is shown in a document or a list need not be a finding.
        if !case.shows.is_empty() {
            continue;
        }
        let is_cited = findings.iter().any(|finding| {
            finding["sources"]
                .as_array()
                .is_some_and(|sources| sources.iter().any(|source| source == clause))
        });
        if !is_cited {
            return Err(format!("no finding cites clause {clause}"));
        }
    }
    Ok(())
}
