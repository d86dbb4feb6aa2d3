//! `panel lsp` while somebody types fast: what is judged, what is answered, what is read again.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use serde_json::{Value, json};
use std::path::PathBuf;
use support::client::{Client, codes, uri};
use support::copy_of;

const NOW: &str = "2026-11-24T09:00";

/// A conversation in an example folder, with an editor that says when files change on the disk.
fn watched() -> (tempfile::TempDir, Client, PathBuf, String) {
    let folder = copy_of("examples/bexley");
    let mut client = Client::start(&[], NOW);
    client.ask(
        "initialize",
        json!({"capabilities": {"workspace": {
            "didChangeWatchedFiles": {"dynamicRegistration": true},
        }}}),
    );
    client.tell("initialized", json!({}));
    let path = folder.path().join("referrals/2026/R-2026-0101.yaml");
    let text = std::fs::read_to_string(&path).expect("a referral");
    (folder, client, path, text)
}

/// Every publication for a file until the conversation ends.
fn publications(mut client: Client, uri: &str) -> Vec<Value> {
    let mut told = Vec::new();
    client.next += 1;
    let id = client.next;
    client.send(&json!({"jsonrpc": "2.0", "id": id, "method": "shutdown", "params": null}));
    loop {
        let message = client.receive();
        if message["id"] == id {
            break;
        }
        if message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
        {
            told.push(message["params"].clone());
        }
    }
    client.tell("exit", Value::Null);
    assert_eq!(client.finish().0, 0);
    told
}

#[test]
fn what_is_typed_in_one_go_is_judged_once_as_it_stands_at_the_end() {
    let (_folder, mut client, path, text) = watched();
    let uri = uri(&path);
    client.open(&uri, &text);
    // A word is typed letter by letter, each of which would be a fault of its own.
    let word = "child-in-ned";
    for (number, end) in (1..=word.len()).enumerate() {
        let typed = text.replacen(
            "legal_status: child-in-need",
            &format!("legal_status: {}", &word[..end]),
            1,
        );
        client.change(&uri, 2 + i32::try_from(number).expect("few"), &typed);
    }
    let found = client.diagnostics(&uri);
    let told = found.iter().find(|told| told["code"] == "bad-value");
    let message = told.expect("a finding")["message"].as_str().expect("words");
    assert!(message.contains("child-in-ned"), "{message}");
    assert!(
        publications(client, &uri).is_empty(),
        "one word is told of once"
    );
}

#[test]
fn what_was_asked_and_taken_back_is_not_worked_out() {
    let (_folder, mut client, path, text) = watched();
    let uri = uri(&path);
    // Reading the folder takes its time; what comes meanwhile is taken together.
    client.tell(
        "textDocument/didOpen",
        json!({"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}}),
    );
    let at = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}});
    let mut batch = String::new();
    let mut add = |message: Value| {
        let body = message.to_string();
        batch.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    };
    for id in 100..140 {
        add(json!({"jsonrpc": "2.0", "id": id, "method": "textDocument/completion", "params": at}));
    }
    for id in 100..139 {
        add(json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": id}}));
    }
    client.send_raw(&batch);
    let mut taken_back = 0;
    let mut answered = std::collections::BTreeSet::new();
    while answered.len() < 40 {
        let message = client.receive();
        let Some(id) = message["id"].as_i64() else {
            continue;
        };
        if message.get("method").is_some() {
            continue;
        }
        assert!(answered.insert(id), "{id} is answered once");
        if message["error"]["code"] == -32800 {
            taken_back += 1;
            assert!(id < 139, "the last was wanted");
        } else {
            assert!(message["result"].is_array(), "{message}");
        }
    }
    assert!(taken_back > 0, "none was taken back");
    // What is not waiting any more is taken back in vain, and nothing stops.
    client.tell("$/cancelRequest", json!({"id": "none"}));
    assert_eq!(client.end().0, 0);
}

#[test]
fn a_record_that_changes_on_the_disk_is_read_by_itself() {
    let (folder, mut client, path, text) = watched();
    let own = uri(&path);
    let with = text.replacen(
        "reference: R-2026-0101",
        "reference: R-2026-0101\nsiblings: [R-2026-0990]",
        1,
    );
    assert!(codes(&client.open(&own, &with)).contains(&"unknown-reference"));
    let other = path.with_file_name("R-2026-0990.yaml");
    let record = "reference: R-2026-0990\nchild: {}\nworker: {}\nrequest: {}\n";
    std::fs::write(&other, record).expect("written");
    let changed = |client: &mut Client, path: &std::path::Path, kind: u32| {
        client.tell(
            "workspace/didChangeWatchedFiles",
            json!({"changes": [{"uri": uri(path), "type": kind}]}),
        );
    };
    changed(&mut client, &other, 1);
    assert!(!codes(&client.diagnostics(&own)).contains(&"unknown-reference"));
    // Of the others nothing is read anew: a second that nobody told of is not known.
    let unsaid = path.with_file_name("R-2026-0991.yaml");
    std::fs::write(&unsaid, record.replace("0990", "0991")).expect("written");
    client.change(&own, 2, &with.replacen("R-2026-0990", "R-2026-0991", 1));
    assert!(codes(&client.diagnostics(&own)).contains(&"unknown-reference"));
    // One that is gone is gone.
    client.change(&own, 3, &with);
    assert!(!codes(&client.diagnostics(&own)).contains(&"unknown-reference"));
    std::fs::remove_file(&other).expect("removed");
    changed(&mut client, &other, 3);
    assert!(codes(&client.diagnostics(&own)).contains(&"unknown-reference"));
    assert!(folder.path().exists());
    assert_eq!(client.end().0, 0);
}

#[test]
fn a_file_that_exclude_leaves_out_is_left_out_in_the_editor_too() {
    let folder = copy_of("examples/bexley");
    let settings = folder.path().join("panel.toml");
    let before = std::fs::read_to_string(&settings).expect("settings");
    let text = format!("exclude = [\"referrals/training/**\"]\n{before}");
    std::fs::write(&settings, text).expect("written");
    let mut client = Client::ready(&[], NOW);
    let faulty = "reference: R-1\nchild: {}\nworker: {}\nrequest: {kind: new-placment}\n";
    let left_out = uri(&folder.path().join("referrals/training/R-1.yaml"));
    assert_eq!(client.open(&left_out, faulty), Vec::<Value>::new());
    let other = uri(&folder.path().join("referrals/R-1.yaml"));
    assert!(codes(&client.open(&other, faulty)).contains(&"bad-value"));
    assert_eq!(client.end().0, 0);
}
