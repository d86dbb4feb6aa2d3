//! Rule files: sound ones load, and every fault of a faulty one is told at its place.
#![expect(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

use super::*;
use crate::folder::{Fault, FaultKind, parse_toml};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

const TEMPLATE: &str = include_str!("../../councils/template.toml");

/// The least that a rule file holds; what a test adds begins on line 10.
const LEAST: &str = "[council]
name = \"Borough of Wendham\"
panel = \"Panel\"
clause = \"1\"
[meetings]
every = \"week\"
on = \"thursday\"
start = 14:00:00
clause = \"2\"
";
const FIRST: u32 = 10;

fn faults(text: &str) -> Vec<Fault> {
    match parse_council("draft", "draft.toml", text) {
        Ok(_) => Vec::new(),
        Err(CouncilError::Faulty { faults, .. }) => faults,
        Err(error) => panic!("{error}"),
    }
}

fn faults_of(added: &str) -> Vec<Fault> {
    faults(&format!("{LEAST}{added}"))
}

/// The one fault of what is added: its line from there, its first and last column, and its text.
fn only(added: &str) -> (Fault, u32) {
    let faults = faults_of(added);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    let fault = faults.into_iter().next().expect("one");
    let line = fault.span.line - FIRST + 1;
    (fault, line)
}

fn help(fault: &Fault) -> &str {
    fault.help.as_deref().unwrap_or("")
}

/// How many entries a list of the file has.
fn count(tree: &crate::folder::Node, list: &str) -> usize {
    match tree.get(list).map(|entry| &entry.value.content) {
        Some(crate::folder::Content::List(nodes)) => nodes.len(),
        _ => 0,
    }
}

#[test]
fn the_least_rule_file_loads() {
    assert_eq!(faults(LEAST), []);
}

#[test]
fn every_built_in_council_loads_without_a_fault() {
    assert!(!BUILT_IN.is_empty());
    for (id, text) in BUILT_IN {
        let council = parse_council(id, &format!("councils/{id}.toml"), text);
        let council = council.unwrap_or_else(|error| panic!("{id}: {error:#?}"));
        assert_eq!(council.id, *id);
        assert!(!council.listed.is_empty(), "{id} lists nothing");
        assert!(load_council(id, Path::new("nowhere")).is_ok());
    }
}

#[test]
fn every_listed_entry_has_an_id_of_its_own_and_rests_on_something() {
    for (id, text) in BUILT_IN {
        let council = parse_council(id, id, text).expect("it loads");
        let mut seen = BTreeSet::new();
        for entry in &council.listed {
            assert!(
                !entry.sources.is_empty() || entry.assumption.is_some(),
                "{id}: {} rests on nothing",
                entry.id
            );
            assert!(!entry.text.is_empty(), "{id}: {} says nothing", entry.id);
            assert!(seen.insert(&entry.id), "{id}: {} stands twice", entry.id);
        }
    }
}

/// `tests/clauses/ID.toml` lists the clauses of each built-in council's policy.
#[test]
fn every_clause_that_a_policy_owes_is_cited_by_an_entry() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clauses");
    let mut missing = String::new();
    let mut registers = 0;
    for (id, text) in BUILT_IN {
        let Ok(register) = std::fs::read_to_string(folder.join(format!("{id}.toml"))) else {
            continue;
        };
        registers += 1;
        let register: toml::Table = register.parse().expect("TOML");
        let owed = register["ids"].as_array().expect("a list of ids");
        let council = parse_council(id, id, text).expect("it loads");
        for clause in owed {
            let clause = clause.as_str().expect("text");
            let is_cited = |entry: &Listed| entry.sources.iter().any(|cited| cited == clause);
            if !council.listed.iter().any(is_cited) {
                let _ = writeln!(missing, "{id}: {clause}");
            }
        }
    }
    assert!(registers > 0, "no register was found");
    assert!(missing.is_empty(), "\n{missing}");
}

#[test]
fn a_council_that_is_not_built_in_is_told_with_the_nearest() {
    let (id, _) = BUILT_IN[0];
    let written = format!("{id}x");
    let error = load_council(&written, Path::new("nowhere")).expect_err("no such council");
    let CouncilError::Unknown { near, .. } = error else {
        panic!("{error}");
    };
    assert_eq!(near.as_deref(), Some(id));
    assert!(matches!(
        load_council("./nowhere.toml", Path::new("nowhere")),
        Err(CouncilError::Disk(_))
    ));
}

#[test]
fn the_bank_holidays_that_are_compiled_in_are_read_and_verified_to_the_end_of_2028() {
    let holidays = crate::calendar::BankHolidays::parse(BANK_HOLIDAYS).expect("the list");
    let last = holidays.verified_to().expect("a day");
    assert_eq!(last.to_string(), "2028-12-31");
}

#[test]
fn the_template_is_a_rule_file_that_loads() {
    let council = parse_council("template", "councils/template.toml", TEMPLATE);
    let council = council.unwrap_or_else(|error| panic!("{error:#?}"));
    assert!(
        BUILT_IN
            .iter()
            .all(|(_, text)| !text.contains(&council.about.name))
    );
    let (tree, _) = parse_toml(TEMPLATE);
    assert_eq!(council.members.len(), count(&tree, "member"));
    assert_eq!(council.sections.len(), count(&tree, "section"));
    assert_eq!(council.outcomes.len(), count(&tree, "outcome"));
}

/// The keys that the written shapes declare, read from their own source.
fn declared_keys() -> BTreeSet<&'static str> {
    let source = include_str!("raw/mod.rs");
    let (_, whole) = source
        .split_once("/// The whole file.")
        .expect("it is there");
    [
        whole,
        include_str!("raw/panel.rs"),
        include_str!("raw/case.rs"),
        include_str!("raw/record.rs"),
    ]
    .into_iter()
    .flat_map(str::lines)
    .filter(|line| !line.trim_start().starts_with(['/', '#']))
    .flat_map(str::split_whitespace)
    .filter_map(|word| word.strip_suffix(':'))
    .map(|key| key.strip_prefix("r#").unwrap_or(key))
    .chain([
        "clause",
        "assumption",
        "says",
        "severity",
        "from",
        "until",
        "only",
        "off",
    ])
    .collect()
}

#[test]
fn the_template_has_every_key_that_a_rule_file_can_have() {
    let keys = declared_keys();
    assert!(keys.len() > 80, "the shapes were not found: {keys:?}");
    let starts_with = |line: &str, key: &str| {
        line.trim_start_matches(['#', ' '])
            .strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let missing: Vec<&str> = keys
        .into_iter()
        .filter(|key| {
            let is_group = [format!("[{key}]"), format!("[{key}."), format!(".{key}]")];
            !TEMPLATE.lines().any(|line| starts_with(line, key))
                && !is_group.iter().any(|group| TEMPLATE.contains(group))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_template_explains_every_name_that_conditions_know() {
    for name in NAMES {
        let is_explained = TEMPLATE.lines().any(|line| {
            let mut words = line.trim_start_matches('#').split_whitespace();
            words.next() == Some(name.name)
                && line.contains(name.kind_in_words())
                && line.ends_with(name.meaning)
        });
        assert!(is_explained, "{}: {}", name.name, name.meaning);
    }
}

#[test]
fn the_template_lists_every_word_field_and_place_that_a_rule_file_can_name() {
    use crate::records::fields;
    let known = Vocabulary::built_in();
    let uses = [
        Use::Kind,
        Use::Provision,
        Use::LegalStatus,
        Use::Ground,
        Use::Item,
        Use::Role,
        Use::Document,
        Use::Outcome,
        Use::DeferralReason,
    ];
    let words = uses.into_iter().flat_map(|place| known.ids(place));
    let names = fields::all().map(|field| field.name);
    let names = names
        .chain(fields::VIEWS.iter().copied())
        .chain(fields::YES_NO.iter().copied())
        .chain(fields::DECISION_FIELDS.iter().copied());
    for word in words.chain(names.map(str::to_owned)) {
        let is_listed = TEMPLATE
            .split(|c: char| c.is_whitespace() || ",;:".contains(c))
            .any(|listed| listed.trim_end_matches('.') == word);
        assert!(is_listed, "{word}");
    }
}

#[test]
fn a_panel_whose_name_no_folder_or_paper_can_have_is_told() {
    for id in ["../out", "Complex", "a b", "letter", "complex-letter"] {
        let (fault, line) = only(&format!("[[panel]]\nid = \"{id}\"\nclause = \"1\"\n"));
        assert_eq!(line, 2, "{fault:?}");
        assert!(fault.message.contains("the id of a panel"), "{fault:?}");
    }
    assert_eq!(
        faults_of("[[panel]]\nid = \"letters-2\"\nclause = \"1\"\n"),
        []
    );
}

#[test]
fn what_takes_a_decision_off_the_record_is_no_outcome_of_a_council() {
    let (fault, line) = only("[[outcome]]\nid = \"void\"\nclause = \"1\"\n");
    assert_eq!(line, 2, "{fault:?}");
    assert!(fault.message.contains("no answer of a panel"), "{fault:?}");
}

#[test]
fn an_unknown_key_is_told_with_the_nearest_one() {
    let (fault, line) = only("[sitting]\nminuts = 180\nclause = \"3\"\n");
    assert_eq!((fault.kind, line), (FaultKind::UnknownField, 2));
    assert_eq!((fault.span.column, fault.span.end_column), (1, 7));
    assert_eq!(help(&fault), "did you mean `minutes`?");
}

#[test]
fn an_unknown_group_is_told_with_the_nearest_one() {
    let (fault, line) = only("[[criterium]]\nid = \"a\"\n");
    assert_eq!((fault.kind, line), (FaultKind::UnknownField, 1));
    assert_eq!(help(&fault), "did you mean `criterion`?");
}

#[test]
fn a_value_of_the_wrong_kind_is_told_at_the_value() {
    let (fault, line) = only("[sitting]\nminutes = \"three hours\"\nclause = \"3\"\n");
    assert_eq!((fault.kind, line), (FaultKind::BadValue, 2));
    assert_eq!(fault.span.column, 11);
    assert!(
        fault.message.contains("a whole number"),
        "{}",
        fault.message
    );

    let (fault, line) = only("[policy]\ntitle = 2026\nclause = \"3\"\n");
    assert_eq!((fault.kind, line), (FaultKind::BadValue, 2));
    assert_eq!(help(&fault), "put it in quotation marks");

    let (fault, line) = only("[thresholds.panel]\namount = \"a lot\"\nclause = \"3\"\n");
    assert_eq!((fault.kind, line), (FaultKind::BadValue, 2));
}

#[test]
fn bad_spelling_of_the_file_itself_is_told_with_its_line() {
    let faults = faults_of("[sitting]\nminutes = 180 minutes\nclause = \"3\"\n");
    let fault = faults
        .iter()
        .find(|fault| fault.kind == FaultKind::Syntax)
        .expect("it is told");
    assert_eq!(fault.span.line, FIRST + 1, "{faults:#?}");
}

#[test]
fn an_unknown_name_in_a_condition_is_told_at_its_characters() {
    let (fault, line) = only(
        "[alternatives]\nwhen = \"request.complex or request.knid == 'review'\"\nclause = \"3\"\n",
    );
    assert_eq!((fault.kind, line), (FaultKind::BadValue, 2));
    // `when = "` takes eight columns, `request.complex or ` nineteen more.
    assert_eq!((fault.span.column, fault.span.end_column), (28, 40));
    assert!(fault.message.contains("request.knid"), "{}", fault.message);
    assert!(help(&fault).contains("request.kind"), "{fault:?}");
}

#[test]
fn a_word_that_no_vocabulary_has_is_told_at_its_place() {
    let (fault, line) =
        only("[costs]\nwhen = \"request.kind == 'suport-package'\"\nclause = \"3\"\n");
    assert_eq!(line, 2);
    assert!(help(&fault).contains("support-package"), "{fault:?}");

    let (fault, line) = only("[[sign_off]]\nrole = \"team-manger\"\nclause = \"3\"\n");
    assert_eq!((fault.kind, line), (FaultKind::BadValue, 2));
    assert_eq!(help(&fault), "did you mean `team-manager`?");

    let (fault, line) = only("[[outcome]]\nid = \"approved\"\nclause = \"3\"\n");
    assert_eq!((help(&fault), line), ("did you mean `approve`?", 2));
}

#[test]
fn an_entry_that_rests_on_neither_clause_nor_assumption_is_a_fault() {
    let (fault, line) = only("[sitting]\nminutes = 180\n");
    assert_eq!(line, 1);
    assert!(fault.message.contains("neither a clause nor an assumption"));
    let (fault, line) = only("[[view]]\nany_of = [\"child\"]\n");
    assert_eq!(line, 2);
    assert!(fault.message.contains("neither a clause nor an assumption"));
    assert_eq!(faults_of("[sitting]\nassumption = \"silent\"\n"), []);
}

#[test]
fn an_id_that_stands_twice_is_told_with_the_line_of_the_first() {
    let entry = "[[checklist]]\nid = \"home\"\nquestion = \"Home?\"\nclause = \"3\"\n";
    let (fault, line) = only(&format!("{entry}{entry}"));
    assert_eq!(line, 6);
    assert!(fault.message.contains("second time"), "{}", fault.message);
    assert!(
        help(&fault).contains(&format!("line {}", FIRST + 1)),
        "{fault:?}"
    );
}

#[test]
fn what_cannot_be_left_out_is_told_as_missing() {
    let faults = faults("[council]\nname = \"Borough of Wendham\"\nclause = \"1\"\n");
    let missing: Vec<&str> = faults
        .iter()
        .filter(|fault| fault.kind == FaultKind::MissingField)
        .map(|fault| fault.path.as_str())
        .collect();
    assert_eq!(missing, ["meetings", "council.panel"]);
}

#[test]
fn a_cut_off_is_counted_in_one_way() {
    for ways in ["", "days_before = 3\nhours_before = 48\n"] {
        let (fault, line) = only(&format!("[cut_off]\n{ways}clause = \"3\"\n"));
        assert_eq!(line, 1);
        assert_eq!(fault.message, "a cut-off is counted in one way");
    }
}

#[test]
fn every_fault_is_told_at_once_each_on_its_line_and_in_the_order_of_the_file() {
    let faults = faults_of(
        "[sitting]
minuts = 180
clause = \"3\"
[[sign_off]]
role = \"team-manger\"
clause = \"3\"
[[criterion]]
id = \"a\"
label = \"A\"
when = \"cost.total > threshold.panle\"
clause = \"3\"
[[criterion]]
id = \"a\"
label = \"B\"
when = \"request.complex and\"
[length]
most_words = true
clause = \"3\"
",
    );
    let lines: Vec<u32> = faults
        .iter()
        .map(|fault| fault.span.line - FIRST + 1)
        .collect();
    let told = |line: u32| lines.iter().filter(|told| **told == line).count();
    for line in [2, 5, 10, 13, 15, 17] {
        assert!(
            told(line) > 0,
            "nothing is told of line {line}: {faults:#?}"
        );
    }
    assert!(lines.is_sorted(), "{lines:?}");
}

#[test]
fn a_misspelt_rule_in_an_acceptance_is_told_with_the_nearest_right_one() {
    let added = "[[acceptance]]\nrules = [\"late-submission\", \"late-submision\"]\nby = \"chair\"\nclause = \"3\"\n";
    let (fault, line) = only(added);
    assert_eq!(line, 2);
    assert_eq!(fault.path, "acceptance[0].rules[1]");
    assert_eq!(help(&fault), "did you mean `late-submission`?");
}

#[test]
fn papers_that_follow_an_emergency_are_those_of_rules() {
    let (fault, line) =
        only("[emergency]\npapers_follow = [\"missing-dokument\"]\nclause = \"3\"\n");
    assert_eq!(line, 2);
    assert_eq!(help(&fault), "did you mean `missing-document`?");
}

/// A check of the file's own.
fn own(id: &str) -> String {
    format!(
        "[[rule]]\nid = \"{id}\"\nwhen = \"request.risk_to_life\"\nmessage = \"So.\"\nclause = \"3\"\n"
    )
}

#[test]
fn an_own_check_has_an_id_that_no_built_in_rule_has() {
    let (fault, line) = only(&own("late-submission"));
    assert_eq!(line, 2);
    assert_eq!(
        fault.message,
        "`late-submission` is the id of a built-in rule"
    );
}

#[test]
fn an_own_check_and_a_timer_do_not_share_an_id() {
    let timer = "[[timer]]\nid = \"mine\"\nlabel = \"So\"\nafter = \"child.looked_after_since\"\nwithin = \"1 week\"\nclause = \"4\"\n";
    let (fault, line) = only(&(own("mine") + timer));
    assert_eq!(line, 2);
    assert_eq!(fault.message, "`mine` is the id of a timer too");
}

#[test]
fn an_own_check_may_be_accepted_on_days_when_it_is_not_in_force_yet() {
    let later = own("mine") + "from = 2027-01-01\n";
    let accepted = "[[acceptance]]\nrules = [\"mine\"]\nby = \"chair\"\nclause = \"5\"\n";
    assert_eq!(faults_of(&(later + accepted)), []);
}
