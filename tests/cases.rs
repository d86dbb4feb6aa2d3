//! Case folders: a sound folder changed in one way at a time gets exactly the right findings, at
//! the right places. Each folder of `tests/cases` is one promise.
//!
//! `CASES=write` puts into the cases whose findings are others than expected what is found now, with
//! its exact places; `CASES=exact` writes exact places into the others too. `CASE=part` does it for
//! the cases with that part in their name. Look at each before it is kept.
#![allow(
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "tests make and read folders of their own"
)]

mod support;

use support::cases::{Case, cases, council_of, prepared};
use support::places::{exact, is_as_expected, is_exact, rule_of, with_expected};
use support::{on_every_core, project, run, status, stdout};

#[test]
fn each_change_gets_exactly_its_findings_at_their_places() {
    let mut failures = Vec::new();
    let cases = cases();
    // One case alone: CASE=bcp/late cargo test --test cases; the book's examples: CASE=gallery
    let wanted = std::env::var("CASE").unwrap_or_default();
    let asked: Vec<_> = cases
        .iter()
        .filter(|(name, _, case)| {
            name.contains(&wanted) || (wanted == "gallery" && case.gallery.is_some())
        })
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

/// What a policy lead is told of the rule files of invented councils: nothing.
#[test]
fn the_rule_files_of_other_councils_are_sound() {
    let root = project().join("tests/cases/other-councils");
    let mut seen = 0;
    for entry in walkdir::WalkDir::new(&root) {
        let path = entry.expect("it can be walked").into_path();
        if path.file_name() != Some("council.toml".as_ref()) {
            continue;
        }
        let file = path.to_string_lossy();
        let output = run(&root, "2026-11-24T09:00", &["council", "check", &file]);
        let told = stdout(&output) + &support::stderr(&output);
        assert_eq!(status(&output), 0, "{told}");
        assert!(!told.contains("warning["), "{told}");
        seen += 1;
    }
    assert!(seen > 20, "only {seen} rule files were found");
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

/// `panel explain` knows every rule; a case shows each, to the letter and the column.
#[test]
fn every_rule_has_a_case_with_its_exact_place() {
    let output = run(
        &project().join("tests/pages/base"),
        "2026-11-24T09:00",
        &["explain", "--format", "ids"],
    );
    let ids = stdout(&output);
    let rules: Vec<&str> = ids.lines().collect();
    assert!(rules.len() > 60, "{ids}");
    let cases = cases();
    let mut wrong = Vec::new();
    for rule in &rules {
        let shown: Vec<_> = cases
            .iter()
            .filter(|(.., case)| case.gallery.as_deref() == Some(rule))
            .collect();
        match shown.as_slice() {
            [] => wrong.push(format!("{rule}: no case says gallery = \"{rule}\"")),
            [(name, _, case)] => {
                // What the council's file names itself bears the council's word for it.
                let is_own = |id: &str| !rules.contains(&id) && is_named_by_council(rule);
                let is_its = |line: &&String| rule_of(line) == *rule || is_own(rule_of(line));
                if !case.expect.iter().any(|line| is_its(&line)) {
                    wrong.push(format!("{rule}: {name} expects no finding of it"));
                }
                for line in case.expect.iter().filter(|line| !is_exact(line)) {
                    wrong.push(format!(
                        "{rule}: {name} does not say where this ends: {line}"
                    ));
                }
            }
            more => wrong.push(format!(
                "{rule}: {} cases are its example: {:?}",
                more.len(),
                more.iter().map(|(name, ..)| name).collect::<Vec<_>>()
            )),
        }
    }
    for (name, _, case) in &cases {
        if let Some(rule) = case.gallery.as_deref().filter(|rule| !rules.contains(rule)) {
            wrong.push(format!("{name}: there is no rule {rule}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether findings of a rule bear an id of the council's own file.
fn is_named_by_council(rule: &str) -> bool {
    ["own-rule", "time-limit-passed"].contains(&rule)
}

fn write_expected(own: &std::path::Path, found: &[String]) {
    let file = own.join("case.toml");
    let text = std::fs::read_to_string(&file).expect("it can be read");
    std::fs::write(&file, with_expected(&text, found)).expect("a case can be written");
}

fn judged(own: &std::path::Path, case: &Case) -> Result<(), String> {
    let folder = prepared(own, case);
    let mut args = vec!["check", "--format", "json"];
    args.extend(case.args.iter().map(String::as_str));
    let output = run(folder.path(), &case.as_of, &args);
    let text = stdout(&output);
    let json: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| format!("{error} in {text}"))?;
    let findings = json["findings"].as_array().ok_or("no findings")?;
    let told: Vec<&serde_json::Value> = findings
        .iter()
        .filter(|finding| case.with_notes || finding["severity"] != "note")
        .collect();
    let is_as_it_should_be = told.len() == case.expect.len()
        && told
            .iter()
            .zip(&case.expect)
            .all(|(finding, expected)| is_as_expected(finding, expected));
    let is_to_be_exact = case.expect.iter().all(|expected| is_exact(expected));
    let found: Vec<String> = told.into_iter().map(exact).collect();
    match std::env::var("CASES").as_deref() {
        Ok("write") if !is_as_it_should_be => write_expected(own, &found),
        Ok("exact") if !is_as_it_should_be || !is_to_be_exact => write_expected(own, &found),
        _ if !is_as_it_should_be => {
            return Err(format!(
                "expected {:#?}\nfound {found:#?}\n{text}",
                case.expect
            ));
        }
        _ => {}
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

#[test]
fn the_expected_lines_of_a_case_are_written_anew_and_nothing_else() {
    let line = "a.yaml:1:2-1:5: error[syntax]".to_owned();
    for before in [
        "says = \"x\"\nexpect = []\nexit = 0\n",
        "says = \"x\"\nexpect = ['a.yaml:1:2: error[syntax]']\nexit = 0\n",
        "says = \"x\"\nexpect = [\n  \"a.yaml:1:2: error[syntax]\",\n]\nexit = 0\n",
    ] {
        assert_eq!(
            with_expected(before, std::slice::from_ref(&line)),
            format!("says = \"x\"\nexpect = [\n  \"{line}\",\n]\nexit = 0\n")
        );
    }
}

#[test]
fn a_place_is_exact_where_it_says_where_it_ends() {
    assert!(is_exact(
        "meetings/2026-11-26/meeting.yaml:1:7-1:17: error[syntax]"
    ));
    assert!(!is_exact(
        "meetings/2026-11-26/meeting.yaml:1:7: error[syntax]"
    ));
    assert_eq!(
        rule_of("a.yaml:1:7-1:17: error[late-sign-off]"),
        "late-sign-off"
    );
}
