//! Whatever a record looks like, only what was asked for changes.

use super::*;

fn set(text: &str, path: &[&str], value: &str) -> String {
    let bytes = with_key(text.as_bytes(), path, &Written::word(value))
        .unwrap_or_else(|error| panic!("{error}\n{text}"));
    String::from_utf8(bytes).expect("text")
}

const DONE: &[&str] = &["done", "agenda-out"];
const AT: &str = "2026-11-24T11:30";

#[test]
fn a_key_is_added_at_the_end_and_every_other_byte_stays() {
    let text = "date: 2026-11-26   # a Thursday\n\n# who sat\nattendance: []\n";
    assert_eq!(
        set(text, DONE, AT),
        format!("{text}done: {{agenda-out: 2026-11-24T11:30}}\n")
    );
    // Without a line break at its end, and as Windows writes lines.
    assert_eq!(
        set("date: 2026-11-26", DONE, AT),
        "date: 2026-11-26\ndone: {agenda-out: 2026-11-24T11:30}\n"
    );
    assert_eq!(
        set("\u{FEFF}date: 2026-11-26\r\n# é\r\n", DONE, AT),
        "\u{FEFF}date: 2026-11-26\r\n# é\r\ndone: {agenda-out: 2026-11-24T11:30}\r\n"
    );
}

#[test]
fn a_key_goes_into_the_group_that_is_there_however_it_is_written() {
    for (text, wanted) in [
        (
            "done: {dates-sent: 2026-11-01} # by post\ndate: 2026-11-26\n",
            "done: {agenda-out: 2026-11-24T11:30, dates-sent: 2026-11-01} # by post\ndate: 2026-11-26\n",
        ),
        (
            "done:\n  dates-sent: 2026-11-01 # by post\n# then\ndate: 2026-11-26\n",
            "done:\n  dates-sent: 2026-11-01 # by post\n  agenda-out: 2026-11-24T11:30\n# then\ndate: 2026-11-26\n",
        ),
        (
            "done:\n  dates-sent: \"2026-11-01\" # by post\n  # then\nx: y\n",
            "done:\n  dates-sent: \"2026-11-01\" # by post\n  agenda-out: 2026-11-24T11:30\n  # then\nx: y\n",
        ),
        (
            "done: # nothing yet\ndate: 2026-11-26\n",
            "done: {agenda-out: 2026-11-24T11:30} # nothing yet\ndate: 2026-11-26\n",
        ),
        (
            "done: ~ # nothing\ndate: 2026-11-26\n",
            "done: {agenda-out: 2026-11-24T11:30} # nothing\ndate: 2026-11-26\n",
        ),
        (
            "done: {}\ndate: 2026-11-26\n",
            "done: {agenda-out: 2026-11-24T11:30}\ndate: 2026-11-26\n",
        ),
        (
            "{date: 2026-11-26}\n",
            "{done: {agenda-out: 2026-11-24T11:30}, date: 2026-11-26}\n",
        ),
    ] {
        assert_eq!(set(text, DONE, AT), wanted);
    }
}

#[test]
fn a_mark_that_is_there_is_put_right_where_it_stands() {
    let text = "done: {agenda-out: 2026-11-01, x: 2026-11-02} # é\n";
    assert_eq!(
        set(text, DONE, AT),
        "done: {agenda-out: 2026-11-24T11:30, x: 2026-11-02} # é\n"
    );
    assert_eq!(
        set(
            "uploaded: \"2026-11-01\" # é\ntold_family: 2026-11-01\n",
            &["uploaded"],
            AT
        ),
        "uploaded: 2026-11-24T11:30 # é\ntold_family: 2026-11-01\n"
    );
}

#[test]
fn what_cannot_be_changed_alone_is_left_alone() {
    for text in [
        "a: [1\n",
        "date: 2026-11-26\n...\n",
        "withdrawn:\n  on: 2026-11-01 # a comment\n",
        "a: |+\n  text\n\n",
    ] {
        let path = if text.starts_with('w') {
            &["withdrawn"]
        } else {
            DONE
        };
        let edited = with_key(text.as_bytes(), path, &Written::word(AT));
        if let Ok(bytes) = &edited {
            // Only where the rest means what it meant.
            let new = read(std::str::from_utf8(bytes).expect("text")).expect("read");
            assert_eq!(plain(&new)["a"], plain(&read(text).expect("read"))["a"]);
        } else {
            assert!(edited.is_err(), "{text}");
        }
    }
    assert_eq!(
        with_key(b"a: [1\n", DONE, &Written::word(AT)),
        Err(EditError::Unreadable)
    );
    assert_eq!(
        with_key(
            b"withdrawn:\n  on: 2026-11-01 # why\n",
            &["withdrawn"],
            &Written::word(AT)
        ),
        Err(EditError::Layout)
    );
}

proptest::proptest! {
    #[test]
    fn whatever_stands_in_a_record_only_the_key_changes(
        note in "[ -~é]{0,12}", lines in 0usize..4, flow: bool
    ) {
        let quoted = note.replace('\'', "''");
        let mut text = format!("date: 2026-11-26\nreason: '{quoted}' # {note}\n");
        text.push_str(if flow { "done: {x: 2026-11-01}\n" } else { "done:\n    x: 2026-11-01\n" });
        text.push_str(&"# a line\n".repeat(lines));
        let edited = set(&text, DONE, AT);
        let new = read(&edited).expect("read");
        proptest::prop_assert_eq!(&plain(&new)["reason"], &Value::String(note));
        proptest::prop_assert_eq!(&plain(&new)["done"]["agenda-out"], &Value::String(AT.to_owned()));
        proptest::prop_assert_eq!(&plain(&new)["done"]["x"], &Value::String("2026-11-01".to_owned()));
        proptest::prop_assert_eq!(edited.matches("# a line").count(), lines);
    }
}
