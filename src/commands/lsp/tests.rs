//! What is typed, at any moment of the typing, has its place; nothing that is typed stops the server.

use super::cursor::{Cursor, Step, Takes};
use super::lines::Lines;
use super::record_cursor::scan;
use super::server::Server;
use crate::commands::session::{Globals, Session};
use crate::findings::Span;
use crate::output::Colour;
use lsp_server::{Message, Notification, Request, RequestId};
use lsp_types::Position;
use proptest::prelude::*;
use serde_json::json;

/// The cursor of a text in which `|` marks it.
fn at(marked: &str) -> Option<Cursor> {
    let offset = marked.find('|').expect("a mark");
    scan(&marked.replacen('|', "", 1), offset).1
}

fn path(cursor: &Cursor) -> String {
    let step = |step: &Step| match step {
        Step::Key(key) => format!(".{key}"),
        Step::Row(row) => format!("[{row}]"),
    };
    cursor.path.iter().map(step).collect()
}

#[test]
fn a_cursor_knows_the_group_that_it_is_in() {
    for (text, wanted, takes) in [
        ("|", "", Takes::Key),
        ("ref|", "", Takes::Key),
        ("child:\n  |", ".child", Takes::Key),
        ("child:\n  name: A\n  |\nworker:\n", ".child", Takes::Key),
        ("child:\n  name: A\n|\nworker:\n", "", Takes::Key),
        ("child:\n  na|\nworker:\n", ".child", Takes::Key),
        (
            "child:\r\n  name: A\r\n  |\r\nworker:\r\n",
            ".child",
            Takes::Key,
        ),
        ("request:\n  kind: |\n", ".request.kind", Takes::Value),
        ("request:\n  kind:|\n", ".request.kind", Takes::Value),
        ("request:\n  kind: new-|\n", ".request.kind", Takes::Value),
        ("request: {kind: |}\n", ".request.kind", Takes::Value),
        ("request: {kind: a, |}\n", ".request", Takes::Key),
        ("request: {kind: a, pro|\nviews:\n", ".request", Takes::Key),
        ("needs: [health, |]\n", ".needs[1]", Takes::Value),
        ("costs:\n  - item: a\n    |\n", ".costs[0]", Takes::Key),
        ("costs:\n  - item: a\n  - |\n", ".costs[1]", Takes::Row),
        ("costs:\n- item: a\n- it|\n", ".costs[1]", Takes::Row),
        (
            "costs:\n- item: a\n  weekly: 5\n- item: |\n",
            ".costs[1].item",
            Takes::Value,
        ),
        ("costs:\n  - {item: a, |}\n", ".costs[0]", Takes::Key),
        (
            "costs:\n  - {item: a}\n  - {item: \"£,]\", weekly: 5,\n     |}\n",
            ".costs[1]",
            Takes::Key,
        ),
        (
            "a: {b: [\n  {c: 1}, {d: |}\n ]}\ne: f\n",
            ".a.b[1].d",
            Takes::Value,
        ),
    ] {
        let cursor = at(text).unwrap_or_else(|| panic!("{text:?} has no cursor"));
        assert_eq!(
            (path(&cursor).as_str(), cursor.takes),
            (wanted, takes),
            "{text:?}"
        );
    }
}

#[test]
fn nothing_is_proposed_inside_text() {
    for text in [
        "request:\n  reason: >-\n    because of |\n  kind: a\n",
        "request:\n  reason: long words\n    that go on |\n",
        "# a remark |\n",
    ] {
        assert_eq!(at(text), None, "{text:?}");
    }
    let behind = at("views:\n  child: |\n    x\n").map(|cursor| path(&cursor));
    assert_eq!(behind.as_deref(), Some(".views.child"));
}

#[test]
fn keys_that_are_there_are_known_before_and_after_the_cursor() {
    let cursor = at("costs:\n  - item: a\n    |\n    weekly: 5\n  - weeks: 3\n").expect("a cursor");
    assert_eq!(cursor.taken, ["item", "weekly"]);
    let cursor = at("child: {name: A, |, case_id: \"1\"}\n").expect("a cursor");
    assert_eq!(cursor.taken, ["name", "case_id"]);
}

#[test]
fn positions_count_units_of_utf_16() {
    let text = "a: £5\r\nb: 😀 x\nc";
    let lines = Lines::of(text);
    let span = |line, column, end| lines.range(Span::on_line(line, column, end));
    let pound = span(1, 4, 6);
    assert_eq!(
        (pound.start, pound.end),
        (Position::new(0, 3), Position::new(0, 5))
    );
    let behind = span(2, 6, 7);
    assert_eq!(
        (behind.start, behind.end),
        (Position::new(1, 6), Position::new(1, 7))
    );
    let nothing = span(1, 1, 1);
    assert_eq!(nothing.end, Position::new(0, 5), "an empty stretch is seen");
    assert_eq!(&text[lines.offset(Position::new(1, 5))..][..2], " x");
    assert_eq!(lines.offset(Position::new(9, 9)), text.len());
}

/// A conversation in which one lone referral is open.
fn talk(session: &mut Session<'_>, text: &str, positions: &[(u32, u32)]) {
    let mut server = Server::new(session);
    let ask = |id: i32, method: &str, params| {
        Ok(Message::Request(Request {
            id: RequestId::from(id),
            method: method.to_owned(),
            params,
        }))
    };
    let tell = |method: &str, params| {
        Ok(Message::Notification(Notification {
            method: method.to_owned(),
            params,
        }))
    };
    let mut messages = vec![
        ask(1, "initialize", json!({"capabilities": {}})),
        tell(
            "textDocument/didOpen",
            json!({"textDocument": {
                "uri": "untitled:R-1", "languageId": "yaml", "version": 1, "text": text,
            }}),
        ),
    ];
    for (line, character) in positions {
        let at = json!({
            "textDocument": {"uri": "untitled:R-1"},
            "position": {"line": line, "character": character},
        });
        messages.push(ask(2, "textDocument/hover", at.clone()));
        messages.push(ask(3, "textDocument/completion", at));
        messages.push(tell(
            "textDocument/didChange",
            json!({
                "textDocument": {"uri": "untitled:R-1", "version": 2},
                "contentChanges": [{
                    "range": {
                        "start": {"line": line, "character": character},
                        "end": {"line": character, "character": line},
                    },
                    "text": "£: {",
                }],
            }),
        ));
    }
    for message in messages {
        assert!(server.hear(message).expect("it can be written").is_none());
        server.judge().expect("it can be written");
    }
}

/// Pieces of records, right and wrong, of which texts are made.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "reference: R-1\n",
        "child:\n",
        "  name: Zoë £5 😀\n",
        "costs:\n",
        "  - {item: placement, weekly: 5}\n",
        "  - item: ",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        ": ",
        ",",
        "|\n",
        ">-\n",
        "  ",
        "\t",
        "\r\n",
        "\r",
        "\n",
        "\u{FEFF}",
        "&a ",
        "*a",
        "<<: ",
        "!!str ",
        "---\n",
        "# £\n",
        "request: {kind: new-placement}\n",
        "accepted:\n",
        "- ",
        "-",
        "worker:",
        "\u{0}",
        "20/11/2026",
        "\u{301}",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_cursor_anywhere_in_any_text_is_looked_at_without_a_fault(text in pieces(), line in 0u32..30, unit in 0u32..60) {
        let lines = Lines::of(&text);
        let offset = lines.offset(Position::new(line, unit));
        let (keys, cursor) = scan(&text, offset);
        for key in keys {
            prop_assert!(text.get(key.span.0..key.span.1).is_some());
        }
        if let Some(cursor) = cursor {
            prop_assert!(text.get(cursor.word.0..cursor.word.1).is_some());
            prop_assert!(cursor.word.0 <= offset && offset <= cursor.word.1);
        }
        prop_assert_eq!(lines.offset(lines.position(offset)), offset);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn a_server_goes_on_whatever_is_typed(text in pieces(), positions in prop::collection::vec((0u32..12, 0u32..40), 1..4)) {
        let globals = Globals {
            folder: None,
            council: crate::council::BUILT_IN.first().map(|(id, _)| (*id).to_owned()),
            as_of: "2026-11-24T09:00".parse().ok(),
            color: Colour::Never,
            quiet: false,
        };
        let (mut out, mut said) = (Vec::new(), Vec::new());
        let mut session = Session::new(&globals, &mut out, &mut said, crate::output::Look::default(), || clap::Command::new("panel"));
        talk(&mut session, &text, &positions);
        prop_assert!(!out.is_empty());
        prop_assert!(said.is_empty());
    }
}
