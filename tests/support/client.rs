//! A client that speaks the protocol of language servers with the real program.

use super::panel;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

/// One conversation.
pub(crate) struct Client {
    pub(crate) child: Child,
    pub(crate) to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    pub(crate) next: i64,
    /// What was published last, by address.
    pub(crate) published: std::collections::BTreeMap<String, Value>,
}

impl Client {
    pub(crate) fn start(args: &[&str], as_of: &str) -> Self {
        let mut child = panel()
            .args(["--as-of", as_of])
            .arg("lsp")
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program was built with the tests");
        let to = child.stdin.take();
        let from = BufReader::new(child.stdout.take().expect("a pipe"));
        Self {
            child,
            to,
            from,
            next: 0,
            published: std::collections::BTreeMap::new(),
        }
    }

    pub(crate) fn ready(args: &[&str], as_of: &str) -> Self {
        let mut client = Self::start(args, as_of);
        let answer = client.ask(
            "initialize",
            json!({"processId": null, "rootUri": null, "capabilities": {}}),
        );
        assert_eq!(answer["result"]["serverInfo"]["name"], "panel");
        client.tell("initialized", json!({}));
        client
    }

    pub(crate) fn send(&mut self, message: &Value) {
        self.send_text(&message.to_string());
    }

    pub(crate) fn send_text(&mut self, body: &str) {
        self.send_raw(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    }

    /// Sends messages with their headers, in one piece.
    pub(crate) fn send_raw(&mut self, messages: &str) {
        let to = self.to.as_mut().expect("it is open");
        to.write_all(messages.as_bytes()).expect("it listens");
        to.flush().expect("it listens");
    }

    pub(crate) fn receive(&mut self) -> Value {
        let mut length = None;
        loop {
            let mut line = String::new();
            assert!(
                self.from.read_line(&mut line).expect("a header") > 0,
                "it has ended"
            );
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            if let Some(number) = line.strip_prefix("Content-Length: ") {
                length = Some(number.parse().expect("a number"));
            }
        }
        let mut body = vec![0; length.expect("a length")];
        self.from.read_exact(&mut body).expect("a body");
        let message: Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(message["jsonrpc"], "2.0");
        if message["method"] == "textDocument/publishDiagnostics" {
            let uri = message["params"]["uri"]
                .as_str()
                .expect("an address")
                .to_owned();
            self.published
                .insert(uri, message["params"]["diagnostics"].clone());
        }
        message
    }

    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let message = self.receive();
            if message["id"] == id {
                return message;
            }
        }
    }

    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Opens a file as it stands, or with another text, and waits for what is found in it.
    pub(crate) fn open(&mut self, uri: &str, text: &str) -> Vec<Value> {
        self.tell(
            "textDocument/didOpen",
            json!({"textDocument": {
                "uri": uri, "languageId": "yaml", "version": 1, "text": text,
            }}),
        );
        self.diagnostics(uri)
    }

    /// Waits until something is published for a file.
    pub(crate) fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        loop {
            let message = self.receive();
            if message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
            {
                return message["params"]["diagnostics"]
                    .as_array()
                    .expect("a list")
                    .clone();
            }
        }
    }

    pub(crate) fn change(&mut self, uri: &str, version: i32, text: &str) {
        self.tell(
            "textDocument/didChange",
            json!({
                "textDocument": {"uri": uri, "version": version},
                "contentChanges": [{"text": text}],
            }),
        );
    }

    pub(crate) fn complete(&mut self, uri: &str, line: usize, character: usize) -> Vec<Value> {
        let answer = self.ask(
            "textDocument/completion",
            json!({
                "textDocument": {"uri": uri},
                "position": {"line": line, "character": character},
            }),
        );
        answer["result"].as_array().expect("a list").clone()
    }

    pub(crate) fn hover(&mut self, uri: &str, line: usize, character: usize) -> String {
        let answer = self.ask(
            "textDocument/hover",
            json!({
                "textDocument": {"uri": uri},
                "position": {"line": line, "character": character},
            }),
        );
        answer["result"]["contents"]["value"]
            .as_str()
            .unwrap_or("")
            .to_owned()
    }

    /// Ends the conversation as editors do; the exit status, and what was said on the side.
    pub(crate) fn end(mut self) -> (i32, String) {
        let answer = self.ask("shutdown", Value::Null);
        assert_eq!(answer["result"], Value::Null);
        assert!(answer.get("error").is_none());
        self.tell("exit", Value::Null);
        self.finish()
    }

    pub(crate) fn finish(mut self) -> (i32, String) {
        drop(self.to.take());
        let status = self.child.wait().expect("it ends");
        let mut said = String::new();
        let mut talk = self.child.stderr.take().expect("a pipe");
        talk.read_to_string(&mut said).expect("text");
        (status.code().expect("it ended by itself"), said)
    }
}

pub(crate) fn uri(path: &Path) -> String {
    url::Url::from_file_path(path)
        .expect("an absolute path")
        .to_string()
}

pub(crate) fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics
        .iter()
        .filter_map(|told| told["code"].as_str())
        .collect()
}

pub(crate) fn labels(items: &[Value]) -> Vec<&str> {
    items
        .iter()
        .filter_map(|item| item["label"].as_str())
        .collect()
}
