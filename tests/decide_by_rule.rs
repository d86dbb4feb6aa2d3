//! `panel decide` with a rule file that makes things of a decision by itself: actions, endorsements,
//! a proposed return, the effect on the funds.
#![allow(
    clippy::disallowed_methods,
    reason = "tests and benches make folders of their own"
)]

mod support;

use support::deciding;
use support::{copy_of, run, status, stderr, stdout};

const NOW: &str = "2026-12-03T15:00";
const FILE: &str = "meetings/2026-12-03/decisions/R-2026-0121.yaml";

/// The example folder, judged by its council's file with these entries beside.
fn folder_with(rules: &str) -> tempfile::TempDir {
    let folder = copy_of("examples/bexley");
    let settings = folder.path().join("panel.toml");
    let text = std::fs::read_to_string(&settings).expect("its settings");
    let named = text
        .lines()
        .find_map(|line| line.strip_prefix("council = "))
        .expect("it names its council");
    let ours = format!("extends = {named}\n{rules}");
    std::fs::write(folder.path().join("ours.toml"), ours).expect("a rule file");
    let text = text.replace(&format!("council = {named}"), "council = \"./ours.toml\"");
    std::fs::write(settings, text).expect("its settings");
    folder
}

fn approval<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let mut args = deciding::approval(
        "R-2026-0121",
        "The placement holds and home is not safe yet.",
    );
    args.extend(more);
    args
}

const RULES: &str = r#"
[[standard_action]]
id = "tell-family"
what = "Tell the family what was decided"
owner = "worker"
due = "3 working days"
outcomes = ["approve", "decline"]
clause = "9.1"

[[standard_action]]
id = "only-on-refusal"
what = "Explain the refusal"
owner = "worker"
outcomes = ["decline"]
clause = "9.1"

[[other_panel]]
id = "joint-panel"
label = "Joint Funding Panel"
when = "request.kind is defined"
clause = "9.2"

[[other_panel.actions]]
what = "Send the joint funding template"
owner = "business-support"

[[endorsement]]
role = "service-director"
for = "package"
when = "decision.approved_total > 100"
clause = "9.3"

[[review_interval]]
id = "six-weeks"
first = "6 weeks"
clause = "9.4"

[funds_available]
amount = 5000
from = 2026-11-01
until = 2027-04-01
clause = "9.5"
"#;

#[test]
fn the_rules_add_actions_and_an_endorsement_and_tell_the_funds() {
    let folder = folder_with(RULES);
    let output = run(
        folder.path(),
        NOW,
        &approval(&["--review-every", "4 weeks", "--refer-to", "joint-panel"]),
    );
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(stdout(&output), format!("{FILE}\n"));
    let text = std::fs::read_to_string(folder.path().join(FILE)).expect("it was written");
    for wanted in [
        "- role: service-director\n  for: package\n",
        "- what: Send the joint funding template\n  owner: Business support\n  due: 2026-12-10\n",
        "- what: Tell the family what was decided\n  owner: ",
        "  due: 2026-12-08\n",
    ] {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
    assert!(!text.contains("Explain the refusal"), "{text}");
    let told = stderr(&output);
    for wanted in [
        "it stands in principle until the service director has endorsed it (clause 9.3)",
        "of the £5,000.00 available is approved; that is ",
        "more than there is (clause 9.5)",
    ] {
        assert!(told.contains(wanted), "{wanted} in {told}");
    }
    let record = run(
        folder.path(),
        NOW,
        &["record", "R-2026-0121", "--date", "2026-12-03"],
    );
    assert!(
        stdout(&record).contains("**Over the funds**"),
        "{}",
        stdout(&record)
    );
}

#[test]
fn what_the_rules_propose_and_nobody_said_is_told() {
    let folder = folder_with(RULES);
    let output = run(folder.path(), NOW, &approval(&["--dry-run"]));
    let told = stderr(&output);
    for wanted in [
        "the rules propose --review-on 2027-01-14: 6 weeks (clause 9.4)",
        "whether it goes to Joint Funding Panel: --refer-to joint-panel",
    ] {
        assert!(told.contains(wanted), "{wanted} in {told}");
    }
}

#[test]
fn an_action_that_the_chair_wrote_down_is_not_added_again() {
    let folder = folder_with(RULES);
    let output = run(
        folder.path(),
        NOW,
        &approval(&[
            "--review-every",
            "4 weeks",
            "--action",
            "Tell the family what was decided|A. Singh|2026-12-04",
        ]),
    );
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let text = std::fs::read_to_string(folder.path().join(FILE)).expect("it was written");
    assert_eq!(text.matches("Tell the family").count(), 1, "{text}");
    assert!(text.contains("due: 2026-12-04"), "{text}");
}

#[test]
fn a_post_that_would_endorse_it_decides_it_for_good() {
    let rules = RULES.replace("role = \"service-director\"", "role = \"deputy-director\"");
    let folder = folder_with(&rules);
    let output = run(
        folder.path(),
        NOW,
        &approval(&["--review-every", "4 weeks"]),
    );
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let text = std::fs::read_to_string(folder.path().join(FILE)).expect("it was written");
    assert!(!text.contains("subject_to"), "{text}");
}

#[test]
fn a_required_point_that_only_the_panel_is_asked_refuses_until_it_is_answered() {
    let rules = "[[checklist]]\nid = \"contact\"\nquestion = \"How is contact kept?\"\nrequired = true\non_form = false\nclause = \"9.6\"\n";
    let folder = folder_with(rules);
    let output = run(
        folder.path(),
        NOW,
        &approval(&["--review-every", "4 weeks"]),
    );
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("--answer 'contact|TEXT' (How is contact kept?)"),
        "{}",
        stderr(&output)
    );
    let answer = approval(&[
        "--review-every",
        "4 weeks",
        "--answer",
        "contact|Every Sunday.",
    ]);
    let output = run(folder.path(), NOW, &answer);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
}
