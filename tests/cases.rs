//! Case folders: a sound folder changed in one way at a time gets exactly the right findings, at
//! the right places. Each folder of `tests/cases` is one promise.
#![allow(
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "tests make and read folders of their own"
)]

mod support;

use serde::Deserialize;
use support::{change, copy_of, project, run, status, stdout};

/// `case.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What is promised, in a sentence.
    says: String,
    /// The moment of judging.
    as_of: String,
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
    /// The clauses whose effect it shows.
    #[serde(default)]
    clauses: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    file: String,
    /// The text that stands there; absent for a new file or an addition at the end.
    from: Option<String>,
    to: String,
}

#[test]
fn each_change_gets_exactly_its_findings_at_their_places() {
    let mut failures = Vec::new();
    let mut count = 0;
    for entry in
        std::fs::read_dir(project().join("tests/cases")).expect("the cases are part of the project")
    {
        let folder = entry.expect("it can be listed").path();
        let Ok(text) = std::fs::read_to_string(folder.join("case.toml")) else {
            continue;
        };
        let name = folder
            .file_name()
            .expect("a folder has a name")
            .to_string_lossy()
            .into_owned();
        let case: Case = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        count += 1;
        if let Err(failure) = judged(&case) {
            failures.push(format!("{name} ({}):\n{failure}", case.says));
        }
    }
    assert!(count >= 17, "only {count} cases were found");
    assert!(
        failures.is_empty(),
        "{} of {count} cases fail\n{}",
        failures.len(),
        failures.join("\n")
    );
}

fn digest(file: &std::path::Path) -> String {
    use sha2::Digest;
    let digest = sha2::Sha256::digest(std::fs::read(file).expect("a temporary file"));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn judged(case: &Case) -> Result<(), String> {
    let folder = copy_of("tests/pages/base");
    for part in ["decisions", "after"] {
        let (from, to) = (
            folder.path().join(part),
            folder.path().join("meetings/2026-11-26").join(part),
        );
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
        let decision = folder
            .path()
            .join("meetings/2026-11-26/decisions/R-2026-0001.yaml");
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
    for clause in &case.clauses {
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
