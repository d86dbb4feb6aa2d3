//! Rule files that build on others, and entries that are turned on from outside.
#![expect(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

use super::*;
use crate::folder::{Fault, FaultKind};
use std::path::Path;

const BASE: &str = "[council]
name = \"Borough of Wendham\"
panel = \"Panel\"
clause = \"1\"
[meetings]
every = \"week\"
on = \"thursday\"
start = 14:00:00
venue = \"Civic Centre\"
clause = \"2\"
[cut_off]
days_before = 3
clause = \"3\"
[[sign_off]]
role = \"team-manager\"
clause = \"4\"
[[sign_off]]
role = \"service-manager\"
clause = \"4\"
[[checklist]]
id = \"home\"
question = \"Home?\"
clause = \"5\"
[[checklist]]
id = \"school\"
question = \"School?\"
clause = \"5\"
off = true
[[prompt]]
says = \"Ask why.\"
clause = \"6\"
";

/// Loads `./own.toml` from a folder of files.
fn loaded(files: &[(&str, &str)], turned_on: &[&str]) -> Result<Council, CouncilError> {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("it can be made");
        std::fs::write(path, text).expect("it can be written");
    }
    let ids: Vec<String> = turned_on.iter().map(|id| (*id).to_owned()).collect();
    load_council_with("./own.toml", folder.path(), &ids)
}

fn on_base(own: &str) -> Council {
    loaded(&[("own.toml", own), ("base.toml", BASE)], &[])
        .unwrap_or_else(|error| panic!("{error:#?}"))
}

fn faulty(files: &[(&str, &str)]) -> (String, Vec<Fault>) {
    match loaded(files, &[]) {
        Err(CouncilError::Faulty { file, faults, .. }) => (file, faults),
        other => panic!("{other:#?}"),
    }
}

#[test]
fn a_file_has_all_that_it_builds_on() {
    let council = on_base("extends = \"./base.toml\"\n");
    assert_eq!(council.id, "own");
    assert_eq!(council.file, "own.toml");
    assert_eq!(council.about.name, "Borough of Wendham");
    assert_eq!(council.sign_offs.len(), 2);
    let basis = &council.sign_offs[0].basis;
    let because = basis.because.as_ref().expect("a place");
    assert_eq!((because.file.as_str(), because.line), ("base.toml", 15));
}

#[test]
fn an_entry_of_the_same_id_changes_the_one_below_key_by_key() {
    let council = on_base(
        "extends = \"./base.toml\"\n[[checklist]]\nid = \"home\"\nrequired = true\n[meetings]\nvenue = \"Town Hall\"\n",
    );
    let points = &council.checklist;
    assert_eq!(points.len(), 1);
    assert_eq!(
        (points[0].question.as_str(), points[0].required),
        ("Home?", true)
    );
    let because = points[0].basis.because.as_ref().expect("a place");
    assert_eq!((because.file.as_str(), because.line), ("own.toml", 3));
    assert_eq!(council.meetings.venue.as_deref(), Some("Town Hall"));
    assert!(council.meetings.in_words.contains("Thursday"));
}

#[test]
fn an_entry_known_by_its_post_is_changed_too_and_others_are_added() {
    let council = on_base(
        "extends = \"./base.toml\"\n[[sign_off]]\nrole = \"service-manager\"\nby = \"cut-off\"\n[[sign_off]]\nrole = \"social-worker\"\nclause = \"9\"\n",
    );
    let signed: Vec<_> = council
        .sign_offs
        .iter()
        .map(|asked| (asked.any_of[0].as_str(), asked.by))
        .collect();
    assert_eq!(
        signed,
        [
            ("team-manager", None),
            ("service-manager", Some(SignedBy::CutOff)),
            ("social-worker", None)
        ]
    );
}

#[test]
fn off_takes_an_entry_out_and_off_false_brings_one_in() {
    let council = on_base(
        "extends = \"./base.toml\"\n[[checklist]]\nid = \"home\"\noff = true\n[[checklist]]\nid = \"school\"\noff = false\n[cut_off]\noff = true\n",
    );
    let ids: Vec<&str> = council
        .checklist
        .iter()
        .map(|point| point.id.as_str())
        .collect();
    assert_eq!(ids, ["school"]);
    assert!(council.cut_off.is_none());
}

#[test]
fn a_group_written_as_a_list_replaces_the_one_below_whole() {
    let council =
        on_base("extends = \"./base.toml\"\n[[cut_off]]\nhours_before = 48\nclause = \"7\"\n");
    let rule = council.cut_off.expect("there is one");
    assert_eq!(rule.in_words, "48 hours before");
    let dated = BASE.replace("[cut_off]\n", "[[cut_off]]\n");
    let own = "extends = \"./base.toml\"\n[[cut_off]]\nhours_before = 48\nclause = \"7\"\n";
    let council = loaded(&[("own.toml", own), ("base.toml", &dated)], &[]).expect("it loads");
    assert_eq!(
        council.cut_off.expect("there is one").in_words,
        "48 hours before"
    );
}

#[test]
fn a_fault_in_a_file_below_is_told_with_that_files_name_and_line() {
    let base = BASE.replace("role = \"service-manager\"", "role = \"service-manger\"");
    let own = "extends = \"./base.toml\"\n";
    let (file, faults) = faulty(&[("own.toml", own), ("base.toml", &base)]);
    assert_eq!(file, "base.toml");
    let places: Vec<_> = faults
        .iter()
        .map(|fault| (fault.span.line, fault.source))
        .collect();
    assert_eq!(places, [(18, 1)], "{faults:#?}");
}

#[test]
fn a_fault_of_a_changed_entry_is_told_in_the_file_that_has_it() {
    // What is wrong is written above …
    let own = "extends = \"./base.toml\"\n[[checklist]]\nid = \"home\"\nwhen = \"request.knid == 'review'\"\n";
    let (file, faults) = faulty(&[("own.toml", own), ("base.toml", BASE)]);
    assert_eq!((file.as_str(), faults[0].span.line), ("own.toml", 4));
    // … or below, although the entry is changed above …
    let base = BASE.replace(
        "question = \"Home?\"",
        "questoin = \"Home?\"\nquestion = \"Home?\"",
    );
    let own = "extends = \"./base.toml\"\n[[checklist]]\nid = \"home\"\nrequired = true\n";
    let (file, faults) = faulty(&[("own.toml", own), ("base.toml", &base)]);
    assert_eq!(
        (file.as_str(), faults[0].span.line),
        ("base.toml", 22),
        "{faults:#?}"
    );
    assert_eq!(faults[0].kind, FaultKind::UnknownField);
    // … or it is missing, which is told where the file on top names the entry.
    let base = BASE.replace("question = \"Home?\"\n", "");
    let (file, faults) = faulty(&[("own.toml", own), ("base.toml", &base)]);
    assert_eq!(
        (file.as_str(), faults[0].span.line),
        ("own.toml", 3),
        "{faults:#?}"
    );
}

#[test]
fn a_file_below_that_is_no_toml_is_told_by_its_own_line() {
    let own = "extends = \"./base.toml\"\n";
    let base = format!("{BASE}[length]\nmost_words = 100 words\nclause = \"8\"\n");
    let (file, faults) = faulty(&[("own.toml", own), ("base.toml", &base)]);
    assert_eq!(file, "base.toml");
    assert!(
        faults.iter().all(|fault| fault.span.line == 33),
        "{faults:#?}"
    );
    assert!(faults.iter().any(|fault| fault.kind == FaultKind::Syntax));
}

#[test]
fn a_file_that_is_not_there_is_told_at_its_name() {
    let own = BASE.replace("[council]", "extends = [\"./nowhere.toml\"]\n[council]");
    let (file, faults) = faulty(&[("own.toml", &own)]);
    assert_eq!(file, "own.toml");
    assert_eq!((faults[0].span.line, faults[0].span.column), (1, 12));
    assert!(faults[0].message.contains("./nowhere.toml"), "{faults:#?}");

    let (id, _) = BUILT_IN[0];
    let own = format!("extends = \"{id}x\"\n{BASE}");
    let (_, faults) = faulty(&[("own.toml", &own)]);
    let help = faults[0].help.as_deref();
    assert_eq!(help, Some(format!("did you mean `{id}`?").as_str()));
}

#[test]
fn files_that_build_on_each_other_are_told_and_not_followed_for_ever() {
    let own = format!("extends = \"./a.toml\"\n{BASE}");
    let a = "extends = [\"./b.toml\"]\n";
    let b = "extends = \"./a.toml\"\n";
    let (file, faults) = faulty(&[("own.toml", &own), ("a.toml", a), ("b.toml", b)]);
    assert_eq!(file, "b.toml");
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert!(
        faults[0].message.contains("builds on this file"),
        "{faults:#?}"
    );

    let own = format!("extends = \"./own.toml\"\n{BASE}");
    let (file, faults) = faulty(&[("own.toml", &own)]);
    assert_eq!((file.as_str(), faults[0].span.line), ("own.toml", 1));
}

#[test]
fn a_file_that_two_others_build_on_is_read_once() {
    let own = "extends = [\"./a.toml\", \"./law/b.toml\"]\n";
    let a = "extends = \"./base.toml\"\n";
    let b = "extends = \"../base.toml\"\n[[prompt]]\nsays = \"And how.\"\nclause = \"7\"\n";
    let files = [
        ("own.toml", own),
        ("a.toml", a),
        ("law/b.toml", b),
        ("base.toml", BASE),
    ];
    let council = loaded(&files, &[]).unwrap_or_else(|error| panic!("{error:#?}"));
    let texts: Vec<_> = council
        .prompts
        .iter()
        .map(|said| said.text.as_str())
        .collect();
    assert_eq!(texts, ["Ask why.", "And how."]);
}

#[test]
fn what_is_turned_on_from_outside_holds() {
    let own = "extends = \"./base.toml\"\n";
    let files = [("own.toml", own), ("base.toml", BASE)];
    let council = loaded(&files, &["school"]).expect("it loads");
    assert_eq!(council.checklist.len(), 2);
}

#[test]
fn what_is_to_be_turned_on_and_is_nowhere_is_told_with_the_nearest() {
    let files = [
        ("own.toml", "extends = \"./base.toml\"\n"),
        ("base.toml", BASE),
    ];
    let error = loaded(&files, &["scholo"]).expect_err("there is none");
    let CouncilError::NothingToTurnOn { written, near } = error else {
        panic!("{error}");
    };
    assert_eq!(
        (written.as_str(), near.as_deref()),
        ("scholo", Some("school"))
    );
}

#[test]
fn a_missing_rule_file_is_an_error_of_its_own() {
    assert!(matches!(
        load_council("./nowhere.toml", Path::new("nowhere")),
        Err(CouncilError::Disk(_))
    ));
}

#[cfg(unix)]
#[test]
fn no_other_file_passes_for_a_rule_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("secret"), "the words of another file\n").expect("written");
    std::os::unix::fs::symlink("secret", folder.path().join("link.toml")).expect("a link");
    let load = |named: &str| load_council(named, folder.path()).map(|council| council.about.name);
    for named in ["./secret", "./link.toml"] {
        let error = load(named).expect_err("it is none");
        assert!(matches!(error, CouncilError::Disk(_)), "{named}: {error}");
        let own = format!("extends = \"{named}\"\n{BASE}");
        std::fs::write(folder.path().join("own.toml"), own).expect("written");
        let error = load("./own.toml").expect_err("it builds on none");
        let CouncilError::Faulty { faults, .. } = &error else {
            panic!("{named}: {error}");
        };
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].message.contains("ends in .toml"), "{faults:?}");
        assert!(!format!("{error:?}").contains("another file"), "{error:?}");
    }
}

/// Every entry of the built-in files that others build on is off; here all are on.
fn with_every_entry_on(file: &str) -> (Council, Vec<String>) {
    let (_, text) = built_in::BASES
        .iter()
        .find(|(id, _)| *id == file)
        .expect("it is built in");
    let (tree, faults) = crate::folder::parse_toml(text);
    assert_eq!(faults, []);
    let ids: Vec<String> = build_on::ids(&tree).into_iter().collect();
    let own = BASE.replacen("[council]", &format!("extends = \"{file}\"\n[council]"), 1);
    let on: Vec<&str> = ids.iter().map(String::as_str).collect();
    let council = loaded(&[("own.toml", &own)], &on).unwrap_or_else(|error| panic!("{error:#?}"));
    (council, ids)
}

#[test]
fn every_entry_that_waits_to_be_turned_on_is_sound_off_and_cites_the_law() {
    for (file, text) in built_in::BASES {
        let (council, ids) = with_every_entry_on(file);
        let own = BASE.replacen("[council]", &format!("extends = \"{file}\"\n[council]"), 1);
        let without = loaded(&[("own.toml", &own)], &[]).expect("it loads");
        let plain = loaded(&[("own.toml", BASE)], &[]).expect("it loads");
        assert_eq!(
            without.listed.len(),
            plain.listed.len(),
            "something of {file} is on"
        );
        let today = "2026-11-26".parse().expect("a day");
        let now = council.at(None, today);
        let own: Vec<&crate::findings::Basis> = now
            .timers
            .iter()
            .map(|timer| &timer.basis)
            .chain(now.own_rules.iter().map(|rule| &rule.basis))
            .collect();
        assert_eq!(own.len(), ids.len(), "{file} has entries of other kinds");
        for basis in own {
            assert!(!basis.clauses.is_empty(), "{basis:?}");
            let because = basis.because.as_ref().expect("a place");
            assert_eq!(because.file, format!("councils/{file}.toml"));
        }
        let off = text.lines().filter(|line| *line == "off = true").count();
        assert_eq!(off, ids.len(), "not every entry of {file} is off");
    }
}

#[test]
fn a_bar_of_the_law_holds_from_the_day_that_it_began() {
    let (council, _) = with_every_entry_on("england");
    let on = |day: &str| -> Vec<String> {
        let rules = council.at(None, day.parse().expect("a day"));
        rules.own_rules.iter().map(|rule| rule.id.clone()).collect()
    };
    let has = |day: &str, id: &str| on(day).iter().any(|known| known == id);
    assert!(!has("2021-09-08", "under-16-unregulated"));
    assert!(has("2021-09-09", "under-16-unregulated"));
    assert!(!has("2023-10-27", "supported-accommodation-unregistered"));
    assert!(has("2023-10-28", "supported-accommodation-unregistered"));
}

#[test]
fn what_is_turned_on_from_outside_need_not_be_built_on() {
    let council = loaded(&[("own.toml", BASE)], &["placement-plan"]).expect("it loads");
    let ids: Vec<&str> = council
        .timers
        .iter()
        .map(|timer| timer.id.as_str())
        .collect();
    assert_eq!(ids, ["placement-plan"]);
}
