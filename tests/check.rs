//! `panel check` from outside: exit statuses, standard input, the shape of its JSON, rule files.
#![allow(
    clippy::disallowed_methods,
    reason = "tests and benches make folders of their own"
)]

mod support;

use std::io::Write;
use std::process::Stdio;
use support::{copy_of, panel, project, run, status, stderr, stdout};

const NOW: &str = "2026-11-24T09:00";

#[test]
fn a_sound_folder_is_status_0_a_faulty_one_1_a_wrong_call_2_and_an_empty_one_3() {
    let sound = copy_of("tests/pages/base");
    assert_eq!(status(&run(sound.path(), NOW, &["check"])), 0);
    let faulty = project().join("examples/bexley");
    assert_eq!(status(&run(&faulty, "2026-12-01T09:00", &["check"])), 1);
    assert_eq!(
        status(&run(sound.path(), NOW, &["check", "no-such-file.yaml"])),
        2
    );
    assert_eq!(
        status(&run(
            sound.path(),
            NOW,
            &["check", "--skip", "late-submision"]
        )),
        2
    );
    let empty = tempfile::tempdir().expect("a folder");
    std::fs::write(empty.path().join("panel.toml"), "council = \"bexley\"\n").expect("a file");
    assert_eq!(status(&run(empty.path(), NOW, &["check"])), 3);
}

#[test]
fn warnings_count_only_where_they_are_denied() {
    let folder = copy_of("tests/pages/base");
    let referral = folder.path().join("referrals/2026/R-2026-0001.yaml");
    support::change(
        &referral,
        "attending: [{name: C. Doyle, role: social-worker}]",
        "attending: []",
    );
    std::fs::remove_dir_all(folder.path().join("meetings")).expect("a temporary folder");
    assert_eq!(status(&run(folder.path(), NOW, &["check"])), 0);
    assert_eq!(
        status(&run(folder.path(), NOW, &["check", "--deny", "warnings"])),
        1
    );
}

#[test]
fn json_has_the_keys_of_the_contract_and_paths_are_relative() {
    let folder = project().join("examples/bexley");
    let output = run(&folder, "2026-12-01T09:00", &["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("it is JSON");
    assert_eq!(json["version"], 1);
    assert_eq!(json["council"], "bexley");
    assert_eq!(json["as_of"], "2026-12-01T09:00:00");
    for key in ["referrals", "meetings", "decisions"] {
        assert!(json["checked"][key].is_u64(), "{key}");
    }
    let late = json["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|finding| finding["rule"] == "late-submission")
        .expect("one is late");
    assert_eq!(late["severity"], "error");
    assert_eq!(late["sources"], serde_json::json!(["1.9"]));
    assert_eq!(late["file"], "referrals/2026/R-2026-0123.yaml");
    assert_eq!(
        (
            &late["line"],
            &late["column"],
            &late["end_line"],
            &late["end_column"]
        ),
        (&3.into(), &12.into(), &3.into(), &28.into())
    );
    assert_eq!(late["path"], "submitted");
    assert_eq!(late["because"]["file"], "councils/bexley.toml");
    assert!(
        late["because"]["line"]
            .as_u64()
            .is_some_and(|line| line > 1)
    );
    assert!(late["accepted_by"].is_null());
    let listed = json["referrals"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|referral| referral["reference"] == "R-2026-0122")
        .expect("it is there");
    assert_eq!(listed["state"], "listed");
    assert_eq!(listed["meeting"], "2026-12-03");
    assert_eq!(listed["cut_off"], "2026-11-30T23:59:59");
    assert_eq!(
        listed["criteria"][0],
        serde_json::json!({"id": "leaving-care", "sources": ["1.4g"]})
    );
    assert_eq!(listed["ready"], true);
    assert_eq!(json["summary"]["errors"], 8);
}

#[test]
fn a_lone_referral_on_standard_input_is_judged_and_what_is_left_out_is_said() {
    let mut child = panel()
        .args(["--council", "bexley", "check", "-", "--format", "concise"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let text =
        std::fs::read_to_string(project().join("tests/pages/base/referrals/2026/R-2026-0001.yaml"))
            .expect("it is there");
    let text = text.replace("total: 1300", "total: 1301");
    child
        .stdin
        .take()
        .expect("it is piped")
        .write_all(text.as_bytes())
        .expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(status(&output), 1);
    assert!(
        stdout(&output).contains("-:35:8: error[cost-arithmetic]"),
        "{}",
        stdout(&output)
    );
    assert!(stderr(&output).contains("left out"), "{}", stderr(&output));
}

#[test]
fn one_unreadable_referral_is_one_finding_and_the_others_are_still_judged() {
    let folder = copy_of("tests/pages/base");
    let place = folder.path().join("referrals/2026");
    std::fs::write(
        place.join("R-2026-0002.yaml"),
        "reference: R-2026-0002\nchild: {name: \"Ann\n",
    )
    .expect("a file");
    std::fs::write(place.join("R-2026-0003.yaml"), [0xff, 0xfe, b'a', 0]).expect("a file");
    std::fs::write(place.join("R-2026-0004.yaml"), "").expect("a file");
    let output = run(folder.path(), NOW, &["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("it is JSON");
    let found: Vec<_> = json["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|finding| finding["severity"] == "error")
        .map(|finding| {
            (
                finding["file"].as_str().expect("text"),
                finding["rule"].as_str().expect("text"),
            )
        })
        .collect();
    let expected =
        ["2", "3", "4"].map(|number| (format!("referrals/2026/R-2026-000{number}.yaml"), "syntax"));
    assert_eq!(
        found,
        expected
            .iter()
            .map(|(file, rule)| (file.as_str(), *rule))
            .collect::<Vec<_>>()
    );
    assert_eq!(json["checked"]["referrals"], 4);
    let sound = json["referrals"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|referral| referral["reference"] == "R-2026-0001")
        .expect("it is there");
    assert_eq!(sound["ready"], true);
}

#[test]
fn of_a_file_that_cannot_be_read_no_meeting_and_no_criteria_are_told() {
    let folder = copy_of("tests/pages/base");
    let file = folder.path().join("referrals/2026/R-2026-0002.yaml");
    std::fs::write(file, "reference: R-2026-0002\nchild: {name: \"Ann\n").expect("a file");
    for named in [
        &["check"][..],
        &["check", "referrals/2026/R-2026-0002.yaml"],
    ] {
        let text = stdout(&run(folder.path(), NOW, named));
        let told: Vec<&str> = text
            .lines()
            .skip_while(|line| !line.starts_with("R-2026-0002"))
            .take_while(|line| !line.is_empty())
            .filter(|line| !line.starts_with("R-2026-0001"))
            .collect();
        let told = told.join("\n");
        assert!(told.contains("cannot be read"), "{text}");
        assert!(
            !told.contains("26 November") && !told.contains("none"),
            "{text}"
        );
    }
}

#[test]
fn a_faulty_rule_file_tells_every_fault_with_its_place_and_the_nearest_name() {
    let folder = copy_of("tests/pages/base");
    let rules =
        std::fs::read_to_string(project().join("councils/bexley.toml")).expect("it is there");
    let rules = rules
        .replace(
            "[cut_off]\nworking_days_before = 3",
            "[cut_off]\nworking_days_befor = 3",
        )
        .replace(
            "cost.total > threshold.panel\"\nclause = \"1.4i\"",
            "cost.totl > threshold.panel\"\nclause = \"1.4i\"",
        );
    std::fs::write(folder.path().join("ours.toml"), rules).expect("a file");
    std::fs::write(
        folder.path().join("panel.toml"),
        "council = \"./ours.toml\"\n",
    )
    .expect("a file");
    let output = run(folder.path(), NOW, &["check"]);
    assert_eq!(status(&output), 2);
    let told = stderr(&output);
    for words in [
        "did you mean `working_days_before`?",
        "did you mean `cost.total`?",
        "ours.toml:",
    ] {
        assert!(told.contains(words), "`{words}` is not in: {told}");
    }
}

#[test]
fn changing_a_figure_in_the_rule_file_changes_the_answer() {
    let folder = copy_of("tests/pages/base");
    let rules =
        std::fs::read_to_string(project().join("councils/bexley.toml")).expect("it is there");
    std::fs::write(
        folder.path().join("ours.toml"),
        rules.replace("amount = 1000", "amount = 1300"),
    )
    .expect("a file");
    std::fs::write(
        folder.path().join("panel.toml"),
        "council = \"./ours.toml\"\n",
    )
    .expect("a file");
    let output = run(folder.path(), NOW, &["check", "--format", "concise"]);
    assert!(
        stdout(&output).contains("below-threshold"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = project().join("examples/bexley");
    let mut child = panel()
        .arg("--folder")
        .arg(&folder)
        .args([
            "--as-of",
            "2026-12-01T09:00",
            "agenda",
            "--date",
            "2026-12-03",
            "--pack",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(status(&output), 0, "{}", stderr(&output));
}

#[test]
fn on_29_february_the_meetings_of_other_years_are_known() {
    let folder = copy_of("examples/bexley");
    let misplaced = |as_of: &str| {
        let args = ["check", "--only", "not-a-meeting-day", "--format", "json"];
        let output = run(folder.path(), as_of, &args);
        let json: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        json["findings"].as_array().map(Vec::len)
    };
    for day in ["2028-02-28T09:00", "2028-02-29T09:00", "2028-03-01T09:00"] {
        assert_eq!(misplaced(day), Some(0), "{day}");
    }
}

#[test]
fn a_request_that_is_not_read_for_its_name_is_told() {
    let folder = copy_of("tests/pages/base");
    let told = |name: &str| {
        let output = run(folder.path(), NOW, &["check", "--format", "concise"]);
        let told = stdout(&output);
        (
            status(&output),
            told.contains(&format!("referrals/{name}:1:1: error[name-mismatch]")),
        )
    };
    let put = |name: &str| folder.path().join("referrals").join(name);
    for name in [
        "R-2026-0700.YAML",
        "R-2026-0700.Yml",
        "R-2026-0700.yaml.txt",
        "R-2026-0700.yaml ",
        "R-2026-0700.yam",
        "R-2026-0700.json",
        "R-2026-0700.yaml.bak",
        "R-2026-0700",
    ] {
        std::fs::write(put(name), "reference: R-2026-0700\n").expect("written");
        assert_eq!(told(name), (1, true), "{name}");
        std::fs::remove_file(put(name)).expect("removed");
    }
    #[cfg(unix)]
    {
        let name = "R-2026-0700.yaml";
        std::os::unix::fs::symlink("../panel.toml", put(name)).expect("linked");
        assert_eq!(told(name), (1, true), "{name}");
        std::fs::remove_file(put(name)).expect("removed");
    }
    // What an editor or a system leaves beside a file is nobody's request.
    let whole = walkdir::WalkDir::new(folder.path().join("referrals"))
        .into_iter()
        .filter_map(|entry| {
            entry
                .expect("walked")
                .file_name()
                .to_str()
                .map(str::to_owned)
        })
        .find(|name| name.ends_with(".yaml"))
        .expect("a referral");
    for (name, text) in [
        (format!("2026/{whole}~"), "reference: R-2026-0700\n"),
        (format!("2026/{whole}.orig"), "reference: R-2026-0700\n"),
        (
            ".R-2026-0700.yaml.txt".to_owned(),
            "reference: R-2026-0700\n",
        ),
        ("notes.txt".to_owned(), "Rang the school: no answer.\n"),
        ("README".to_owned(), "One file a request.\n"),
    ] {
        std::fs::write(put(&name), text).expect("written");
        assert_eq!(told(&name), (0, false), "{name}");
    }
    // What was thrown away lies in a folder of the system's, and comes back to nobody's agenda.
    let bin = put(".Trash-1000");
    std::fs::create_dir(&bin).expect("made");
    std::fs::write(bin.join("R-2026-0700.yaml"), "reference: R-2026-0700\n").expect("written");
    let output = run(folder.path(), NOW, &["check", "--format", "concise"]);
    assert!(
        !stdout(&output).contains("R-2026-0700"),
        "{}",
        stdout(&output)
    );
    // Named itself it is not told as listed.
    std::fs::write(put("R-2026-0700"), "reference: R-2026-0700\n").expect("written");
    let output = run(
        folder.path(),
        NOW,
        &["check", "--format", "concise", "referrals/R-2026-0700"],
    );
    assert_eq!(status(&output), 1);
    assert!(
        stdout(&output).contains("is not read"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_folder_that_is_called_otherwise_but_for_capitals_is_told() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    std::fs::rename(folder.join("meetings"), folder.join("Meetings")).expect("renamed");
    let output = run(
        folder,
        "2026-12-01T09:00",
        &["check", "--format", "concise"],
    );
    assert_eq!(status(&output), 1);
    let told = stdout(&output);
    assert!(
        told.lines()
            .any(|line| line.starts_with("Meetings:") && line.contains("name-mismatch")),
        "{told}"
    );
}

#[test]
fn a_folder_of_meetings_is_looked_at_though_no_referral_is_in_it() {
    let folder = support::copy_of("examples/bexley");
    let own = folder.path();
    let now = "2026-12-01T09:00";
    for named in [
        "meetings",
        "meetings/2026-11-19",
        "meetings/2026-11-19/after",
    ] {
        let output = run(own, now, &["check", named, "--only", "syntax"]);
        assert_eq!(status(&output), 0, "{named}: {}", stderr(&output));
        let told = stderr(&output);
        assert!(!told.contains("nothing was looked at"), "{told}");
    }
    let meeting = own.join("meetings/2026-11-19/meeting.yaml");
    std::fs::write(meeting, "chair: [").expect("written");
    let output = run(own, now, &["check", "meetings", "--only", "syntax"]);
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    let empty = own.join("meetings/2026-12-31");
    std::fs::create_dir_all(empty).expect("made");
    let output = run(own, now, &["check", "meetings/2026-12-31"]);
    assert_eq!(status(&output), 3, "{}", stderr(&output));
}

#[test]
fn somebody_without_a_name_covers_for_one_member_towards_a_quorum() {
    let folder = support::copy_of("examples/bexley");
    let own = folder.path();
    let rules = "extends = \"bexley\"\n\n[[quorum]]\nnumber = 4\nclause = \"9\"\n";
    std::fs::write(own.join("council.toml"), rules).expect("written");
    std::fs::write(own.join("panel.toml"), "council = \"./council.toml\"\n").expect("written");
    let meeting = "meetings/2026-11-19/meeting.yaml";
    let quorate = |rows: &str| {
        let text = format!(
            "chair: {{name: M. Osei, role: deputy-director}}\nattendance:\n  \
             - {{name: M. Osei, role: deputy-director, status: present}}\n  \
             - {{name: N. Whitlock, role: finance, status: present}}\n{rows}"
        );
        std::fs::write(own.join(meeting), text).expect("written");
        let args = [
            "check",
            meeting,
            "--only",
            "not-quorate",
            "--format",
            "concise",
        ];
        let output = run(own, "2026-12-01T09:00", &args);
        let told = stdout(&output);
        assert_eq!(status(&output) == 1, told.contains("not-quorate"), "{told}");
        status(&output) == 0
    };
    let cover = |by: [&str; 2]| {
        let [one, other] = by;
        format!(
            "  - {{name: G. Lund, role: virtual-school, status: cover{one}}}\n  \
             - {{name: T. Reeve, role: housing, status: cover{other}}}\n"
        )
    };
    assert!(quorate(&cover([
        ", cover_by: S. Kerr",
        ", cover_by: D. Ali"
    ])));
    assert!(quorate(&cover([", cover_by: S. Kerr", ""])));
    assert!(!quorate(&cover([
        ", cover_by: S. Kerr",
        ", cover_by: S. Kerr"
    ])));
    assert!(!quorate(&cover(["", ""])));
}

#[test]
fn a_request_that_names_itself_under_review_of_is_told() {
    let folder = support::copy_of("examples/bexley");
    let own = folder.path();
    let file = "referrals/2026/R-2026-0121.yaml";
    let text = std::fs::read_to_string(own.join(file)).expect("it is there");
    let itself = text.replace("review_of: R-2026-0102", "review_of: R-2026-0121");
    assert_ne!(itself, text);
    std::fs::write(own.join(file), itself).expect("written");
    for named in [&["check"][..], &["check", file]] {
        let args = [
            named,
            &["--only", "unknown-reference", "--format", "concise"],
        ]
        .concat();
        let output = run(own, "2026-12-01T09:00", &args);
        assert_eq!(status(&output), 1, "{}", stderr(&output));
        let told = stdout(&output);
        assert!(told.contains("a request cannot review itself"), "{told}");
    }
}

/// A spreadsheet takes the number for a figure: the child would be two, each with half of the history.
#[test]
fn a_number_that_lost_its_leading_noughts_is_told() {
    let folder = copy_of("examples/nelc");
    let own = folder.path();
    let request = std::fs::read_to_string(own.join("referrals/2026/R-2026-0314.yaml"));
    let request = request.expect("it is there");
    let under = |number: &str, name: &str| {
        let text = request
            .replace("R-2026-0314", "R-2026-0901")
            .replace("case_id: \"0213386\"", &format!("case_id: {number}"))
            .replace("  name: Mabel T.", &format!("  name: {name}"));
        assert!(text.contains(number) && text.contains(name), "{text}");
        std::fs::write(own.join("referrals/2026/R-2026-0901.yaml"), text).expect("a file");
        let output = run(own, "2026-11-26T09:00", &["check", "--only", "bad-value"]);
        stdout(&output)
    };
    let told = under("\"213386\"", "Mabel T.");
    for words in [
        "warning[bad-value]",
        "`213386` differs from `0213386`, the number in R-2026-0314, in leading noughts alone",
        "`case_id: \"0213386\"`",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    for (number, name) in [
        ("\"0213386\"", "Mabel T."),
        ("\"213387\"", "Mabel T."),
        ("\"213386\"", "Oskar T."),
    ] {
        let told = under(number, name);
        assert!(!told.contains("noughts"), "{number} {name}: {told}");
    }
}
