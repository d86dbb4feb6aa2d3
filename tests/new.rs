//! `panel new`: the form that a council's own file asks for, ready to be filled in.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use support::{copy_of, project, run, status, stderr, stdout};

const NOW: &str = "2026-11-20T10:00";

/// Entries of every table that the form has a part for, laid over the sound folder's council.
const EVERY_TABLE: &str = r#"
[[panel]]
id = "main"
label = "Main panel"
clause = "0"

[[panel]]
id = "complex"
label = "Complex cases"
part_of = "main"
clause = "0.1"

[extra_documents]
off = true

[[document]]
any_of = ["care-plan", "cin-plan"]
clause = "2.1"

[[document]]
any_of = ["assessment"]
not_older_than = "6 months"
clause = "2.2"

[[document]]
any_of = ["cost-breakdown"]
given_by = "finance"
clause = "2.3"

[[permission]]
for = "accommodation"
by = "assistant-director"
via = "head-of-service"
before = "submission"
when = "request.kind == 'new-placement'"
clause = "2.4"

[options]
when = "request.kind == 'new-placement'"
clause = "2.5"

[[search]]
after = "decision"
clause = "2.6"

[emergency]
grounds = ["police-protection", "risk-to-life"]
refused = ["planned-court-date"]
clause = "2.7"

[[emergency_approval]]
any_of = ["service-manager", "head-of-service"]
clause = "2.8"

[funding_sources]
clause = "2.9"

[[not_invited]]
roles = ["parent"]
clause = "2.10"

[duty_cover]
clause = "2.11"

[notice]
clause = "2.12"

[before_filing]
clause = "2.13"

[[other_panel]]
id = "marp"
label = "Multi-agency resource panel"
when = "child.age >= 17"
clause = "2.14"

[[view]]
any_of = ["parental_responsibility"]
label = "Views of everyone with parental responsibility"
clause = "2.15"

[[checklist]]
id = "lasting-benefit"
question = "Does it bring lasting benefit?"
severity = "warning"
clause = "2.16"

[[checklist]]
id = "money"
question = "Is it good value?"
on_form = false
clause = "2.17"
"#;

/// The rules about how a file is written.
const READING: &str = "syntax,unknown-field,bad-value,missing-field,duplicate-key";

/// The sound folder with the council's own file.
fn folder_asking(entries: &str) -> tempfile::TempDir {
    let folder = copy_of("tests/pages/base");
    for part in ["decisions", "after"] {
        std::fs::remove_dir_all(folder.path().join(part)).expect("a temporary folder");
    }
    let settings = folder.path().join("panel.toml");
    let text = std::fs::read_to_string(&settings).expect("a base has its settings");
    let base: toml::Table = text.parse().expect("TOML");
    let council = base["council"].as_str().expect("text");
    std::fs::write(
        folder.path().join("council.toml"),
        format!("extends = \"{council}\"\n{entries}"),
    )
    .expect("a temporary file");
    std::fs::write(settings, "council = \"./council.toml\"\n").expect("a temporary file");
    folder
}

fn form(folder: &std::path::Path, more: &[&str]) -> String {
    let mut args = vec!["new", "R-2026-0009", "--print"];
    args.extend(more);
    let output = run(folder, NOW, &args);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    stdout(&output)
}

/// What the rules of reading find in a form, written to its place.
fn faults(folder: &std::path::Path, form: &str) -> String {
    let place = folder.join("referrals/2026/R-2026-0009.yaml");
    std::fs::write(place, form).expect("a temporary file");
    let args = [
        "check",
        "--format",
        "concise",
        "-q",
        "--only",
        READING,
        "referrals/2026/R-2026-0009.yaml",
    ];
    let output = run(folder, NOW, &args);
    stdout(&output) + &stderr(&output)
}

#[test]
fn the_form_has_a_part_for_each_table_with_its_clause() {
    let folder = folder_asking(EVERY_TABLE);
    let form = form(folder.path(), &["--for", "complex"]);
    assert!(form.contains("\n# emergency:\n"), "{form}");
    // Comments are broken into lines.
    let lines: Vec<&str> = form
        .lines()
        .map(|line| line.trim().trim_start_matches("# "))
        .collect();
    let form = lines.join(" ");
    for piece in [
        "for: complex",
        "Care plan or child in need plan (`care-plan` or `cin-plan`) (clause 2.1)",
        "not older than 6 months on the day of the meeting (clause 2.2)",
        "Cost breakdown: given by the finance, you need not list it (clause 2.3)",
        "Accommodation (`accommodation`), permitted by the assistant director, asked for through the head of service (`via: head-of-service`) (clause 2.4)",
        "(clause 2.5); asked where request.kind == 'new-placement'",
        "not before the panel has decided (clause 2.6)",
        "One of police-protection, risk-to-life; never planned-court-date",
        "Approved by the service manager or the head of service (clause 2.8)",
        "needs: []",
        "Not invited: the parent (clause 2.10)",
        "Duty cover does not present a case (clause 2.11)",
        "notice:",
        "plan_filed:",
        "Multi-agency resource panel (`panel: marp`) (clause 2.14)",
        "parental_responsibility:",
        "lasting-benefit:",
    ] {
        assert!(form.contains(piece), "`{piece}` is not in\n{form}");
    }
    assert!(!form.contains("Is it good value?"), "{form}");
}

#[test]
fn a_kind_of_request_leaves_out_what_it_is_not_asked_for() {
    let folder = folder_asking(EVERY_TABLE);
    let form = form(folder.path(), &["--kind", "transport"]);
    assert!(!form.contains("permissions:"), "{form}");
    assert!(form.contains("kind: transport"), "{form}");
}

#[test]
fn an_untouched_form_can_be_read_and_claims_nothing() {
    let folder = folder_asking(EVERY_TABLE);
    let form = form(folder.path(), &[]);
    assert_eq!(faults(folder.path(), &form), "");
    let args = [
        "check",
        "--format",
        "concise",
        "referrals/2026/R-2026-0009.yaml",
    ];
    let told = stdout(&run(folder.path(), NOW, &args));
    // A row that is still blank is no paper, no permission and no signature.
    for rule in ["missing-document", "missing-sign-off", "missing-views"] {
        assert!(told.contains(&format!("[{rule}]")), "{rule}: {told}");
    }
}

#[test]
fn the_part_for_emergencies_can_be_read_with_its_marks_taken_away() {
    let folder = folder_asking(EVERY_TABLE);
    let form = form(folder.path(), &[]);
    let (before, after) = form
        .split_once("# placed_on:")
        .expect("it has a part for emergencies");
    let opened: String = after
        .lines()
        .map(|line| format!("{}\n", line.strip_prefix("# ").unwrap_or(line)))
        .collect();
    let opened = format!("{before}placed_on:{opened}");
    assert_eq!(faults(folder.path(), &opened), "");
}

#[test]
fn the_form_of_every_built_in_council_can_be_read() {
    let mut forms = 0;
    for entry in std::fs::read_dir(project().join("councils")).expect("it is there") {
        let path = entry.expect("it can be listed").path();
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let id = path.file_stem().expect("a name").to_string_lossy();
        if !text.lines().any(|line| line.trim() == "[council]") || id == "template" {
            continue;
        }
        let folder = copy_of("tests/pages/base");
        std::fs::write(
            folder.path().join("panel.toml"),
            format!("council = \"{id}\"\n"),
        )
        .expect("a temporary file");
        let form = form(folder.path(), &[]);
        assert_eq!(faults(folder.path(), &form), "", "{id}");
        forms += 1;
    }
    assert!(forms > 0, "no council was found");
}

#[test]
fn a_panel_that_the_council_has_not_is_refused_with_the_nearest() {
    let folder = folder_asking(EVERY_TABLE);
    let output = run(
        folder.path(),
        NOW,
        &["new", "R-2026-0009", "--print", "--for", "complx"],
    );
    assert_eq!(status(&output), 2);
    assert!(
        stderr(&output).contains("did you mean `complex`?"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_reference_that_differs_in_capitals_alone_is_taken() {
    let folder = copy_of("tests/pages/base");
    let first = run(folder.path(), NOW, &["new", "R-2026-0009"]);
    assert_eq!(status(&first), 0, "{}", stderr(&first));
    let second = run(folder.path(), NOW, &["new", "r-2026-0009"]);
    assert_eq!(status(&second), 2);
    assert!(
        stderr(&second).contains("R-2026-0009 is there already"),
        "{}",
        stderr(&second)
    );
}

#[test]
fn a_reference_that_no_file_can_have_on_windows_is_refused_and_told() {
    let folder = copy_of("tests/pages/base");
    for reference in ["CON", "nul", "Aux", "COM1", "lpt9"] {
        let output = run(folder.path(), NOW, &["new", reference]);
        assert_eq!(status(&output), 2, "{reference}");
        assert!(stderr(&output).contains("Windows"), "{}", stderr(&output));
    }
    for reference in ["CON1", "COMA1", "NULL2", "LPT10"] {
        let output = run(folder.path(), NOW, &["new", reference, "--dry-run"]);
        assert_eq!(status(&output), 0, "{reference}: {}", stderr(&output));
    }
    let file = folder.path().join("referrals/2026/LPT1.yaml");
    std::fs::write(file, "reference: LPT1\nsubmitted: 2026-11-19T10:00\n").expect("written");
    let told = stdout(&run(
        folder.path(),
        NOW,
        &["check", "--format", "concise", "referrals/2026/LPT1.yaml"],
    ));
    assert!(
        told.contains("[bad-value]: no file can be called `LPT1` on Windows"),
        "{told}"
    );
}

#[cfg(target_os = "linux")] // Other systems take no such name.
#[test]
fn a_file_whose_name_is_no_text_is_told_as_such() {
    use std::os::unix::ffi::OsStrExt;
    let folder = copy_of("tests/pages/base");
    let name = std::ffi::OsStr::from_bytes(b"referrals/2026/Zo\xeb.yaml");
    std::fs::write(folder.path().join(name), "reference: R-2026-0009\n").expect("written");
    for named in [None, Some(name)] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_panel"))
            .current_dir(folder.path())
            .args(["--as-of", NOW, "check", "--format", "concise"])
            .args(named)
            .output()
            .expect("it runs");
        let told = stdout(&output);
        assert!(told.contains("its name is not UTF-8 text"), "{told}");
        assert!(!told.contains("No such file"), "{told}");
    }
}

#[test]
fn a_review_is_asked_for_the_decision_that_it_brings_back() {
    for example in ["bexley", "west-berkshire", "care-planning", "bcp", "nelc"] {
        let folder = copy_of(&format!("examples/{example}"));
        let args = ["new", "R-2027-0900", "--kind", "review"];
        let output = run(folder.path(), "2026-12-01T09:00", &args);
        assert_eq!(status(&output), 0, "{example}: {}", stderr(&output));
        let place = stdout(&output);
        let form = std::fs::read_to_string(folder.path().join(place.trim())).expect("a form");
        let asked = form.matches("review_of:").count();
        assert_eq!(asked, 1, "{example}: {form}");
    }
}
