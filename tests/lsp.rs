//! `panel lsp` from outside: a client that speaks the protocol with the real program.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use serde_json::{Value, json};
use std::path::Path;
use support::client::{Client, codes, labels, uri};
use support::{copy_of, project};

const NOW: &str = "2026-11-24T09:00";

/// The line of a text that begins with something, from 0.
fn line_of(text: &str, begins: &str) -> usize {
    text.lines()
        .position(|line| line.trim_start().starts_with(begins))
        .unwrap_or_else(|| panic!("no line begins with {begins}"))
}

/// Every file under a folder with what stands in it.
fn everything(root: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(root).sort_by_file_name().into_iter();
    let files = entries.map(|entry| entry.expect("it can be walked"));
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            (
                entry.path().to_owned(),
                std::fs::read(entry.path()).expect("a file"),
            )
        })
        .collect()
}

/// The answer of `panel check` for one file, as codes and lines.
fn checked(folder: &Path, file: &str) -> Vec<(String, u64)> {
    let output = support::run(folder, NOW, &["check", file, "--format", "json"]);
    let report: Value = serde_json::from_str(&support::stdout(&output)).expect("JSON");
    let findings = report["findings"].as_array().expect("a list");
    let mut told: Vec<(String, u64)> = findings
        .iter()
        .map(|finding| {
            let rule = finding["rule"].as_str().expect("a rule").to_owned();
            (rule, finding["line"].as_u64().expect("a line"))
        })
        .collect();
    told.sort();
    told
}

#[test]
fn an_editor_shows_what_check_finds_and_takes_it_away_when_it_is_mended() {
    let folder = copy_of("examples/bexley");
    let before = everything(folder.path());
    let mut client = Client::ready(&[], NOW);
    let referrals = folder.path().join("referrals/2026");
    let mut seen = 0;
    for entry in std::fs::read_dir(&referrals).expect("the referrals") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("a referral");
        let found = client.open(&uri(&path), &text);
        let mut told: Vec<(String, u64)> = found
            .iter()
            .map(|told| {
                let line = told["range"]["start"]["line"].as_u64().expect("a line");
                (told["code"].as_str().expect("a rule").to_owned(), line + 1)
            })
            .collect();
        told.sort();
        let inside = format!(
            "referrals/2026/{}",
            path.file_name().expect("a name").to_string_lossy()
        );
        assert_eq!(told, checked(folder.path(), &inside), "{inside}");
        seen += told.len();
    }
    assert!(seen > 3, "{seen}");
    let path = referrals.join("R-2026-0101.yaml");
    let text = std::fs::read_to_string(&path).expect("a referral");
    let sound = client.published[&uri(&path)].clone();
    let line = line_of(&text, "legal_status:");
    let faulty = text.replacen(
        "legal_status: child-in-need",
        "legal_status: £😀 child-in-ned",
        1,
    );
    client.change(&uri(&path), 2, &faulty);
    let found = client.diagnostics(&uri(&path));
    let told = found
        .iter()
        .find(|told| told["code"] == "bad-value")
        .expect("a finding");
    assert_eq!(told["source"], "panel");
    assert_eq!(told["severity"], 1);
    let start = 2 + "legal_status: ".len();
    assert_eq!(
        told["range"]["start"],
        json!({"line": line, "character": start})
    );
    // The face takes two units of UTF-16.
    let end = start + "£😀 child-in-ned".encode_utf16().count();
    assert_eq!(
        told["range"]["end"],
        json!({"line": line, "character": end})
    );
    assert!(
        told["message"]
            .as_str()
            .expect("a message")
            .contains("child-in-need"),
        "{told}"
    );
    let word = faulty.find("£😀 ").expect("it is there");
    assert!(word > 0);
    // One stretch is changed, as most editors tell it.
    client.tell("textDocument/didChange", json!({
        "textDocument": {"uri": uri(&path), "version": 3},
        "contentChanges": [{
            "range": {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}},
            "text": "child-in-need",
        }],
    }));
    let mended = client.diagnostics(&uri(&path));
    assert_eq!(Value::from(mended), sound);
    client.tell(
        "textDocument/didClose",
        json!({"textDocument": {"uri": uri(&path)}}),
    );
    assert_eq!(client.diagnostics(&uri(&path)), Vec::<Value>::new());
    assert_eq!(client.end(), (0, String::new()));
    assert!(before == everything(folder.path()), "nothing is written");
}

#[test]
fn pointing_shows_what_a_key_is_and_which_clause_asks() {
    let folder = copy_of("examples/bexley");
    let mut client = Client::ready(&[], NOW);
    let path = folder.path().join("referrals/2026/R-2026-0101.yaml");
    let text = std::fs::read_to_string(&path).expect("a referral");
    let late = text
        .replacen(
            "submitted: 2026-11-02T11:35",
            "submitted: 2026-11-24T08:35",
            1,
        )
        .replacen("panel: 2026-11-05", "panel: 2026-11-26", 1)
        .replacen("reference: R-2026-0101", "reference: R-2026-0999", 1);
    let path = path.with_file_name("R-2026-0999.yaml");
    let found = client.open(&uri(&path), &late);
    let told = found.iter().find(|told| told["code"] == "late-submission");
    let told = told.unwrap_or_else(|| panic!("{:?}", codes(&found)));
    let message = told["message"].as_str().expect("a message");
    assert!(message.contains("clause"), "{message}");
    let line = line_of(&late, "submitted:");
    let shown = client.hover(&uri(&path), line, "submitted: 2026".len());
    assert!(shown.contains("late-submission"), "{shown}");
    assert!(shown.contains("Asked for by clause"), "{shown}");
    assert!(shown.contains("What to do: "), "{shown}");
    let shown = client.hover(&uri(&path), line_of(&late, "legal_status:"), 4);
    assert!(
        shown.contains("Legal status: a word, or its code"),
        "{shown}"
    );
    assert!(shown.contains("`child-in-need`"), "{shown}");
    assert_eq!(client.hover(&uri(&path), 9999, 3), "");
    assert_eq!(client.end().0, 0);
}

#[test]
fn what_can_be_written_is_proposed_where_it_belongs() {
    let folder = copy_of("examples/bexley");
    let mut client = Client::ready(&[], NOW);
    let path = folder.path().join("referrals/2026/R-2026-0998.yaml");
    let text = "reference: R-2026-0998\nchild:\n  name: A\n  \nrequest:\n  kind: \nworker: {name: B. C, role: }\ncosts:\n  - item: \n    \nsiblings: []\n";
    client.open(&uri(&path), text);
    let keys = client.complete(&uri(&path), 3, 2);
    assert!(
        labels(&keys).contains(&"date_of_birth"),
        "{:?}",
        labels(&keys)
    );
    assert!(!labels(&keys).contains(&"name"), "it is there already");
    assert!(!labels(&keys).contains(&"costs"), "it belongs elsewhere");
    let key = keys
        .iter()
        .find(|item| item["label"] == "date_of_birth")
        .expect("a key");
    assert_eq!(key["textEdit"]["newText"], "date_of_birth: ");
    assert!(
        key["documentation"]
            .as_str()
            .expect("words")
            .starts_with("Date of birth")
    );
    let kinds = client.complete(&uri(&path), 5, 8);
    let kind = kinds
        .iter()
        .find(|item| item["label"] == "new-placement")
        .expect("a word");
    assert_eq!(kind["detail"], "New placement");
    let roles = client.complete(&uri(&path), 6, "worker: {name: B. C, role: ".len());
    let role = roles
        .iter()
        .find(|item| item["label"] == "social-worker")
        .expect("a post");
    assert_eq!(role["detail"], "Social worker");
    assert!(labels(&client.complete(&uri(&path), 8, 10)).contains(&"placement"));
    assert!(labels(&client.complete(&uri(&path), 9, 4)).contains(&"weekly"));
    let references = client.complete(&uri(&path), 10, "siblings: [".len());
    assert!(
        labels(&references).contains(&"R-2026-0101"),
        "{:?}",
        labels(&references)
    );
    let names = serde_json::to_string(&references).expect("JSON");
    assert!(
        !names.contains("Kayden"),
        "a list of references is no list of children"
    );
    let path = folder.path().join("meetings/2026-11-26/meeting.yaml");
    let text = "date: 2026-11-26\naccepted:\n  - referral: \n    rule: \n";
    client.open(&uri(&path), text);
    let rules = client.complete(&uri(&path), 3, 10);
    assert!(
        labels(&rules).contains(&"late-submission"),
        "{:?}",
        labels(&rules)
    );
    assert!(!labels(&rules).contains(&"own-rule"));
    assert!(labels(&client.complete(&uri(&path), 2, 14)).contains(&"R-2026-0101"));
    assert_eq!(client.end().0, 0);
}

#[test]
fn the_open_text_of_one_file_counts_for_another() {
    let folder = copy_of("examples/bexley");
    let mut client = Client::ready(&[], NOW);
    let referral = folder.path().join("referrals/2026/R-2026-0997.yaml");
    let meeting = folder.path().join("meetings/2026-11-26/meeting.yaml");
    let accepted = "date: 2026-11-26\naccepted:\n  - {referral: R-2026-0997, rule: late-submission, by: {name: A. B, role: head-of-service}, reason: x}\n";
    let found = client.open(&uri(&meeting), accepted);
    assert!(
        codes(&found).contains(&"unknown-reference"),
        "{:?}",
        codes(&found)
    );
    client.open(
        &uri(&referral),
        "reference: R-2026-0997\nchild: {}\nworker: {}\nrequest: {}\n",
    );
    let found = match client.published[&uri(&meeting)].as_array() {
        Some(found) if !codes(found).contains(&"unknown-reference") => found.clone(),
        _ => client.diagnostics(&uri(&meeting)),
    };
    assert!(
        !codes(&found).contains(&"unknown-reference"),
        "{:?}",
        codes(&found)
    );
    assert_eq!(client.end().0, 0);
}

#[test]
fn a_rule_file_is_looked_through_while_it_is_written() {
    let mut client = Client::ready(&[], NOW);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("ours.toml");
    let text =
        std::fs::read_to_string(project().join("councils/bexley.toml")).expect("a rule file");
    let sound = client.open(&uri(&path), &text);
    let told = support::run(
        &project(),
        NOW,
        &["council", "check", "bexley", "--format", "json"],
    );
    let told: Value = serde_json::from_str(&support::stdout(&told)).expect("JSON");
    let rules = told["findings"].as_array().expect("a list").iter();
    let rules: Vec<&str> = rules.filter_map(|told| told["rule"].as_str()).collect();
    assert_eq!(codes(&sound), rules);
    let faulty = text.replacen("[sitting]", "[sitting]\nminuts = 5", 1);
    assert_ne!(faulty, text);
    client.change(&uri(&path), 2, &faulty);
    let found = client.diagnostics(&uri(&path));
    assert_eq!(codes(&found), ["unknown-field"]);
    assert_eq!(
        found[0]["range"]["start"]["line"],
        line_of(&faulty, "minuts")
    );
    client.change(&uri(&path), 3, &text);
    assert_eq!(client.diagnostics(&uri(&path)), sound);
    // The settings of another program are none of ours: what is told next is of the rule file.
    let other = folder.path().join("Other.toml");
    client.tell(
        "textDocument/didOpen",
        json!({"textDocument": {
            "uri": uri(&other), "languageId": "toml", "version": 1, "text": "[package]\nname = 5\n",
        }}),
    );
    client.change(&uri(&path), 4, &faulty);
    client.diagnostics(&uri(&path));
    assert!(!client.published.contains_key(&uri(&other)));
    assert_eq!(client.end().0, 0);
}

#[test]
fn a_lone_referral_is_judged_where_the_council_is_named() {
    let mut client = Client::ready(&["--council", "bexley"], NOW);
    let text = "reference: R-1\nchild: {}\nworker: {}\nrequest: {kind: new-placment}\n";
    let found = client.open("untitled:Untitled-1", text);
    assert!(codes(&found).contains(&"bad-value"), "{:?}", codes(&found));
    assert_eq!(client.end().0, 0);
}

#[test]
fn what_is_not_known_is_answered_and_nothing_stops_the_conversation() {
    let mut client = Client::start(&["--stdio"], NOW);
    let early = client.ask("textDocument/hover", json!({}));
    assert_eq!(early["error"]["code"], -32002);
    client.ask("initialize", json!({"capabilities": {}}));
    assert_eq!(
        client.ask("workspace/symbol", json!({"query": ""}))["error"]["code"],
        -32601
    );
    assert_eq!(
        client.ask("textDocument/hover", json!({"no": 1}))["error"]["code"],
        -32602
    );
    client.send_text("{this is no JSON");
    client.tell("textDocument/didOpen", json!({"textDocument": 5}));
    client.tell("$/setTrace", json!({"value": "off"}));
    client.change("file:///nowhere/at/all.yaml", 1, "x");
    let at = json!({"textDocument": {"uri": "file:///nowhere/at/all.yaml"}, "position": {"line": 0, "character": 0}});
    assert_eq!(
        client.ask("textDocument/completion", at)["result"],
        json!([])
    );
    assert_eq!(client.end(), (0, String::new()));
    let client = Client::ready(&[], NOW);
    assert_eq!(
        client.finish().0,
        1,
        "an editor that goes without a word is told by the status"
    );
}

#[test]
fn a_folder_that_cannot_be_judged_says_so_at_the_top_of_the_file() {
    let folder = copy_of("examples/bexley");
    std::fs::write(folder.path().join("panel.toml"), "council = \"bexlee\"\n").expect("a file");
    let mut client = Client::ready(&[], NOW);
    let path = folder.path().join("referrals/2026/R-2026-0101.yaml");
    let text = std::fs::read_to_string(&path).expect("a referral");
    let found = client.open(&uri(&path), &text);
    assert_eq!(codes(&found), ["not-judged"]);
    assert!(
        found[0]["message"]
            .as_str()
            .expect("words")
            .contains("bexlee"),
        "{found:?}"
    );
    std::fs::write(folder.path().join("panel.toml"), "council = \"bexley\"\n").expect("a file");
    let settings = uri(&folder.path().join("panel.toml"));
    client.tell(
        "workspace/didChangeWatchedFiles",
        json!({"changes": [{"uri": settings, "type": 2}]}),
    );
    let found = client.diagnostics(&uri(&path));
    assert!(!codes(&found).contains(&"not-judged"));
    assert_eq!(client.end().0, 0);
}
