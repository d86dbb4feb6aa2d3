//! Another child in what is about one: told before anything is written, by reference only.

use super::support::deciding::{AT_THE_MEETING, deferral};
use super::support::{change, copy_of, run, status, stderr, stdout};
use std::path::Path;
use std::process::Output;

const NOW: &str = "2026-12-01T09:00";

/// A decision that puts R-2026-0121 off, for that reason.
fn put_off(folder: &Path, rationale: &str, more: &[&str]) -> Output {
    let mut args = deferral("R-2026-0121", rationale, "2026-12-10", "more-information");
    args.extend(["--defer-need", "The plan|A. Singh|2026-12-08"]);
    run(folder, AT_THE_MEETING, &[&args[..], more].concat())
}

fn is_decided(folder: &Path) -> bool {
    folder
        .join("meetings/2026-12-03/decisions/R-2026-0121.yaml")
        .exists()
}

/// What is said of a mention of another child, and what must not be.
fn is_told(output: &Output, reference: &str, names: &[&str]) {
    let told = stdout(output) + &stderr(output);
    assert!(told.contains(reference), "{told}");
    for name in names {
        assert!(!told.contains(name), "{name} is printed: {told}");
    }
}

#[test]
fn a_decision_that_names_another_child_is_not_written() {
    // R-2026-0119 is about Priya S., whose number is 0099871.
    for (rationale, names) in [
        (
            "She could share with Priya S. at the same home.",
            &["Priya"][..],
        ),
        ("She could share with PRIYA S at the same home.", &["PRIYA"]),
        (
            "She could share with S., PRIYA at the same home.",
            &["PRIYA"],
        ),
        ("She could share with the girl of 0099871.", &["0099871"]),
        ("It is as with R-2026-0119, and as costly.", &[]),
        ("It is as with r-2026-0119.", &[]),
    ] {
        let folder = copy_of("examples/bexley");
        let output = put_off(folder.path(), rationale, &[]);
        assert_eq!(status(&output), 1, "{rationale}: {}", stderr(&output));
        is_told(&output, "R-2026-0119", names);
        assert!(
            stderr(&output).contains("rationale: "),
            "{}",
            stderr(&output)
        );
        assert!(
            stderr(&output).contains("--names-checked"),
            "{}",
            stderr(&output)
        );
        assert!(!is_decided(folder.path()), "{rationale}");
    }
}

/// The examples' folder in which R-2026-0119 is about Kelvin Marsh, number 0104233.
fn with_kelvin() -> tempfile::TempDir {
    let folder = copy_of("examples/bexley");
    let path = folder.path().join("referrals/2026/R-2026-0119.yaml");
    change(&path, "\n  name: Priya S.", "\n  name: Kelvin Marsh");
    change(&path, "0099871", "0104233");
    folder
}

#[test]
fn another_childs_name_and_number_are_seen_in_the_forms_that_people_write() {
    for rationale in [
        "She fights with Kelvin James Marsh at night.",
        "She fights with Kelvin J. Marsh at night.",
        "She fights with KELVIN JAMES MARSH at night.",
        "She fights with K. Marsh at night.",
        "She fights with K Marsh at night.",
        "She fights with MARSH, K. at night.",
        "She fights with Kelvin M. at night.",
        "She fights with the boy of 010 4233 at night.",
        "She fights with the boy of 010-42-33 at night.",
        "She fights with the boy of 01 04 233 at night.",
    ] {
        let folder = with_kelvin();
        let output = put_off(folder.path(), rationale, &[]);
        assert_eq!(status(&output), 1, "{rationale}: {}", stderr(&output));
        is_told(&output, "R-2026-0119", &["arsh", "ARSH", "elvin", "ELVIN"]);
        assert!(!is_decided(folder.path()), "{rationale}");
    }
}

#[test]
fn what_is_only_like_another_childs_name_or_number_is_none() {
    for rationale in [
        "A marsh lies behind the home, and a path goes to the marsh.",
        "Kelvin is no other child's name alone, nor is Marsh Lane.",
        "Kelvin's Marsh Lane school, and Kelvin and the Marsh family.",
        "The costs are £010,423.30 and 10 4233, in 010 weeks.",
        "Option K: marshal what there is.",
    ] {
        let folder = with_kelvin();
        let output = put_off(folder.path(), rationale, &[]);
        assert_eq!(status(&output), 0, "{rationale}: {}", stderr(&output));
    }
}

#[test]
fn an_initial_that_the_own_child_its_family_or_the_staff_share_is_no_other_childs() {
    let path = "referrals/2026/R-2026-0121.yaml";
    let said = "She lives with K. Marsh, and K Marsh agrees.";
    // The child itself, an aunt, and a colleague on another case.
    for (place, from, to) in [
        (path, "\n  name: Amelia R.", "\n  name: Katie Marsh"),
        (path, "{name: Karen R., date", "{name: Karen Marsh, date"),
        (
            "referrals/2026/R-2026-0118.yaml",
            "F. Delacroix",
            "K. Marsh",
        ),
    ] {
        let folder = with_kelvin();
        change(&folder.path().join(place), from, to);
        let output = put_off(folder.path(), said, &[]);
        assert_eq!(status(&output), 0, "{to}: {}", stderr(&output));
    }
    let folder = with_kelvin();
    change(
        &folder.path().join(path),
        "\n  name: Amelia R.",
        "\n  name: Kelvin James Marsh",
    );
    let output = put_off(
        folder.path(),
        "Kelvin James Marsh is safe, K. J. Marsh too.",
        &[],
    );
    assert_eq!(status(&output), 0, "{}", stderr(&output));
}

#[test]
fn a_name_that_was_looked_at_is_written_and_told() {
    let folder = copy_of("examples/bexley");
    let output = put_off(
        folder.path(),
        "As with Priya S. last week.",
        &["--names-checked"],
    );
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    is_told(&output, "R-2026-0119", &["Priya"]);
    assert!(is_decided(folder.path()));
    // Her record has the other child's name all the same not.
    let record = run(folder.path(), AT_THE_MEETING, &["record", "R-2026-0121"]);
    assert!(
        stdout(&record).contains("As with (another child) last week."),
        "{}",
        stdout(&record)
    );
    is_told(&record, "R-2026-0119", &["Priya"]);
    // And whoever writes the minutes is asked again.
    let minutes = ["minutes", "--date", "2026-12-03", "--write"];
    let output = run(folder.path(), "2026-12-04T09:00", &minutes);
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    is_told(
        &output,
        "meetings/2026-12-03/decisions/R-2026-0121.yaml: rationale",
        &["Priya"],
    );
    let place = folder.path().join("meetings/2026-12-03/minutes.md");
    assert!(!place.exists(), "the minutes were written");
    let output = run(
        folder.path(),
        "2026-12-04T09:00",
        &[&minutes[..], &["--names-checked"]].concat(),
    );
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert!(place.exists(), "the minutes were not written");
}

#[test]
fn a_common_first_name_and_the_childs_own_are_no_noise() {
    for rationale in [
        "Priya at the school office will send the plan.",
        "Amelia R., 0104188, is safe where she is; R-2026-0121 comes back.",
    ] {
        let folder = copy_of("examples/bexley");
        let output = put_off(folder.path(), rationale, &[]);
        assert_eq!(status(&output), 0, "{rationale}: {}", stderr(&output));
    }
}

#[test]
fn what_is_added_after_a_decision_is_looked_at_too() {
    let act = |note| {
        vec![
            "act",
            "R-2026-0118",
            "--disagreement",
            "parents",
            "--note",
            note,
        ]
    };
    let accept = |reason| {
        vec![
            "accept",
            "R-2026-0123",
            "--rule",
            "late-submission",
            "--by",
            "M. Osei",
            "--role",
            "deputy-director",
            "--reason",
            reason,
        ]
    };
    for args in [
        act("They met Priya S. there."),
        accept("As for Priya S. in October."),
    ] {
        let folder = copy_of("examples/bexley");
        let before = super::support::deeds::files(folder.path());
        let output = run(folder.path(), NOW, &args);
        assert_eq!(status(&output), 1, "{args:?}: {}", stderr(&output));
        is_told(&output, "R-2026-0119", &["Priya"]);
        let after = super::support::deeds::files(folder.path());
        assert!(before == after, "{args:?} wrote something");
        let checked = [&args[..], &["--names-checked"]].concat();
        let output = run(folder.path(), NOW, &checked);
        assert_eq!(status(&output), 0, "{checked:?}: {}", stderr(&output));
    }
}

#[test]
fn a_brothers_first_name_is_looked_at_in_what_goes_onto_a_record() {
    let folder = copy_of("examples/bexley");
    let args = [
        "act",
        "R-2026-0108",
        "--disagreement",
        "carers",
        "--note",
        "Reuben wants to stay.",
    ];
    let output = run(folder.path(), NOW, &args);
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    is_told(&output, "R-2026-0109", &["Reuben"]);
}

#[test]
fn verify_tells_where_a_file_names_another_child() {
    let folder = copy_of("examples/bexley");
    let place = "referrals/2026/R-2026-0121.yaml";
    let clean = run(folder.path(), NOW, &["verify"]);
    assert!(
        !stdout(&clean).contains("names-another-child"),
        "{}",
        stdout(&clean)
    );
    change(
        &folder.path().join(place),
        "\n  summary: >-\n    ",
        "\n  summary: >-\n    Like Priya S., ",
    );
    let output = run(folder.path(), NOW, &["verify", "--format", "json"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let told: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let found = told["findings"].as_array().expect("a list");
    let found: Vec<_> = found
        .iter()
        .filter(|own| own["rule"] == "names-another-child")
        .collect();
    let [found] = &found[..] else {
        panic!("{}", stdout(&output));
    };
    assert_eq!(found["severity"], "warning");
    assert_eq!(found["file"], place);
    assert_eq!(found["path"], "request.summary");
    is_told(&output, "R-2026-0119", &["Priya"]);
}

#[test]
fn a_sisters_first_name_goes_though_only_her_own_request_says_that_she_is_one() {
    // Maya's request names Reuben's as her brother's; his does not name hers.
    let folder = copy_of("examples/bexley");
    let own = folder.path().join("referrals/2026/R-2026-0109.yaml");
    let text = std::fs::read_to_string(&own).expect("read");
    let lines = text.lines().filter(|line| {
        !(line.starts_with("part_of:") || line.starts_with("siblings:") || line.contains("Maya"))
    });
    let text: String = lines.map(|line| format!("{line}\n")).collect();
    std::fs::write(&own, text).expect("written");
    let decision = "meetings/2026-11-12/decisions/R-2026-0109.yaml";
    change(
        &folder.path().join(decision),
        "Reuben is five,",
        "Maya shouts at night. Reuben is five,",
    );
    for paper in ["record", "letter"] {
        let args = [paper, "R-2026-0109", "--date", "2026-11-12"];
        let output = run(folder.path(), AT_THE_MEETING, &args);
        let told = stdout(&output);
        assert!(told.contains("(another child) shouts at night"), "{told}");
    }
}

#[test]
fn what_is_no_number_makes_no_two_children_one() {
    for number in ["TBC", "unknown", "n/a", "0", "-", "none"] {
        let folder = copy_of("examples/bexley");
        for (reference, child) in [("R-2026-0119", "Priya S."), ("R-2026-0121", "Amelia R.")] {
            let path = format!("referrals/2026/{reference}.yaml");
            let path = folder.path().join(path);
            let text = std::fs::read_to_string(&path).expect("read");
            let (head, rest) = text.split_once("\nchild:\n").expect("a child");
            let (_, rest) = rest.split_once("  ethnicity:").expect("its ethnicity");
            let child = format!("  case_id: \"{number}\"\n  name: {child}\n");
            let text = format!("{head}\nchild:\n{child}  ethnicity:{rest}");
            std::fs::write(&path, text).expect("written");
        }
        let show = run(folder.path(), NOW, &["show", "R-2026-0121"]);
        let told = stdout(&show);
        assert!(told.contains("Amelia R."), "{number}: {told}");
        assert!(!told.contains("R-2026-0119"), "{number}: {told}");
        let output = put_off(folder.path(), "As with Priya S. last week.", &[]);
        assert_eq!(status(&output), 1, "{number}: {}", stderr(&output));
        is_told(&output, "R-2026-0119", &["Priya"]);
        let spend = run(
            folder.path(),
            NOW,
            &["spend", "--by", "child", "--format", "csv"],
        );
        let told = stdout(&spend);
        assert!(
            !told.contains(&format!("{number},Priya")),
            "{number}: {told}"
        );
        let diary = stdout(&run(folder.path(), NOW, &["diary", "--by", "child"]));
        assert!(
            !diary.contains(&format!("case {number} (")),
            "{number}: {diary}"
        );
    }
}

#[test]
fn a_letter_about_a_child_without_a_name_names_nobody() {
    let folder = copy_of("examples/bexley");
    let path = folder.path().join("referrals/2026/R-2026-0116.yaml");
    let before = std::fs::read_to_string(&path).expect("read");
    let named = before.lines().find(|line| line.starts_with("  name: "));
    let named = format!("{}\n", named.expect("a name"));
    for (written, told_as) in [
        ("", "your child"),
        ("  name: Unborn child\n", "your child"),
        ("  name: the twins\n", "your child"),
        ("  name: O'Brien, Sean\n", "Sean"),
    ] {
        std::fs::write(&path, before.replacen(&named, written, 1)).expect("written");
        let output = run(folder.path(), NOW, &["letter", "R-2026-0116"]);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        let told = stdout(&output);
        assert!(!told.contains("Name not given"), "{told}");
        assert!(
            told.contains(&format!("a request about {told_as}.")),
            "{told}"
        );
        assert!(told.contains(&format!("decide {told_as}'s plan")), "{told}");
    }
}

#[test]
fn a_word_for_a_reference_or_for_a_child_without_a_name_is_found_in_no_text() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    let referral =
        std::fs::read_to_string(own.join("referrals/2026/R-2026-0125.yaml")).expect("a form");
    let name = referral
        .lines()
        .find(|line| line.starts_with("  name: "))
        .expect("a name");
    let without =
        referral
            .replacen("R-2026-0125", "the", 1)
            .replacen(name, "  name: Unborn baby", 1);
    std::fs::write(own.join("referrals/2026/the.yaml"), without).expect("written");
    let rationale = "The unborn baby is safe where the mother is.";
    let output = put_off(own, rationale, &[]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let record = run(own, AT_THE_MEETING, &["record", "R-2026-0121"]);
    assert!(stdout(&record).contains(rationale), "{}", stdout(&record));
    // That it is no reference is told where it stands.
    let check = run(
        own,
        AT_THE_MEETING,
        &["check", "referrals/2026/the.yaml", "--format", "concise"],
    );
    assert!(
        stdout(&check).contains("a reference has a figure in it"),
        "{}",
        stdout(&check)
    );
    let new = run(own, AT_THE_MEETING, &["new", "the"]);
    assert_eq!(status(&new), 2);
    assert!(stderr(&new).contains("a figure in it"), "{}", stderr(&new));
}
