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
            "done: {dates-sent: 2026-11-01, agenda-out: 2026-11-24T11:30} # by post\ndate: 2026-11-26\n",
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
            "{date: 2026-11-26, done: {agenda-out: 2026-11-24T11:30}}\n",
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

pub(super) fn row(number: i64) -> Written {
    Written::Group(vec![
        ("action", Written::word(number)),
        ("on", Written::word("2026-12-01")),
    ])
}

fn add(text: &str, path: &[&str], value: &Written) -> String {
    let bytes = with_element(text.as_bytes(), path, value)
        .unwrap_or_else(|error| panic!("{error}\n{text}"));
    String::from_utf8(bytes).expect("text")
}

pub(super) const ROWS: &[&str] = &["actions_done"];

#[test]
fn a_row_goes_to_the_end_of_a_list_however_it_is_written() {
    for (text, wanted) in [
        // In brackets, on one line, with a comment behind.
        (
            "actions_done: [{action: 1}] # é\nuploaded: 2026-11-27\n",
            "actions_done: [{action: 1}, {action: 2, on: 2026-12-01}] # é\nuploaded: 2026-11-27\n",
        ),
        (
            "actions_done: [{action: 1}, ]\n",
            "actions_done: [{action: 1}, {action: 2, on: 2026-12-01} ]\n",
        ),
        // In brackets, on several lines.
        (
            "actions_done: [\n    {action: 1}, # first\n    {action: 3} # third\n    # the rest\n]\n",
            "actions_done: [\n    {action: 1}, # first\n    {action: 3}, # third\n    {action: 2, on: 2026-12-01}\n    # the rest\n]\n",
        ),
        (
            "actions_done: [\n  {action: 1},\n]\nx: y",
            "actions_done: [\n  {action: 1},\n  {action: 2, on: 2026-12-01},\n]\nx: y",
        ),
        // On lines of its own, in the neighbours' way.
        (
            "actions_done:\n  - {action: 1} # first\n# then\nx: y\n",
            "actions_done:\n  - {action: 1} # first\n  - {action: 2, on: 2026-12-01}\n# then\nx: y\n",
        ),
        (
            "actions_done:\n- action: 1\n  on: 2026-11-30\nx: y\n",
            "actions_done:\n- action: 1\n  on: 2026-11-30\n- action: 2\n  on: 2026-12-01\nx: y\n",
        ),
        (
            "actions_done:\n    -   action: 1\n        # by post\n        on: 2026-11-30\n\n# the end\n",
            "actions_done:\n    -   action: 1\n        # by post\n        on: 2026-11-30\n    -   action: 2\n        on: 2026-12-01\n\n# the end\n",
        ),
        (
            "actions_done:\r\n  - {action: 1}\r\nx: y\r\n",
            "actions_done:\r\n  - {action: 1}\r\n  - {action: 2, on: 2026-12-01}\r\nx: y\r\n",
        ),
        (
            "actions_done:\n  - {action: 1}",
            "actions_done:\n  - {action: 1}\n  - {action: 2, on: 2026-12-01}\n",
        ),
        // A list that is empty, a key with nothing, no key.
        (
            "actions_done: [] # none\nx: y\n",
            "actions_done: [{action: 2, on: 2026-12-01}] # none\nx: y\n",
        ),
        (
            "actions_done: # none\nx: y\n",
            "actions_done: [{action: 2, on: 2026-12-01}] # none\nx: y\n",
        ),
        (
            "actions_done: ~\n",
            "actions_done: [{action: 2, on: 2026-12-01}]\n",
        ),
        (
            "# é\nx: y",
            "# é\nx: y\nactions_done: [{action: 2, on: 2026-12-01}]\n",
        ),
        (
            "{x: y}\n",
            "{x: y, actions_done: [{action: 2, on: 2026-12-01}]}\n",
        ),
        ("", "actions_done: [{action: 2, on: 2026-12-01}]\n"),
    ] {
        assert_eq!(add(text, ROWS, &row(2)), wanted, "{text}");
    }
}

#[test]
fn a_row_goes_into_a_list_one_group_down() {
    let path = &["deferred", "needs"];
    for (text, wanted) in [
        (
            "deferred:\n  to: 2026-12-03 # then\n  needs:\n    - {action: 1}\nx: y\n",
            "deferred:\n  to: 2026-12-03 # then\n  needs:\n    - {action: 1}\n    - {action: 2, on: 2026-12-01}\nx: y\n",
        ),
        (
            "deferred:\n  to: 2026-12-03 # then\n# why\nx: y\n",
            "deferred:\n  to: 2026-12-03 # then\n  needs: [{action: 2, on: 2026-12-01}]\n# why\nx: y\n",
        ),
        (
            "deferred: {to: 2026-12-03}\n",
            "deferred: {to: 2026-12-03, needs: [{action: 2, on: 2026-12-01}]}\n",
        ),
        (
            "deferred:\nx: y\n",
            "deferred: {needs: [{action: 2, on: 2026-12-01}]}\nx: y\n",
        ),
        (
            "x: y\n",
            "x: y\ndeferred: {needs: [{action: 2, on: 2026-12-01}]}\n",
        ),
    ] {
        assert_eq!(add(text, path, &row(2)), wanted, "{text}");
    }
}

#[test]
fn what_is_too_long_for_its_line_is_put_below_and_a_comment_stays_on_it() {
    let long = "It was agreed by telephone, after the cut-off. ".repeat(3);
    let value = Written::Group(vec![
        ("rule", Written::word("late-submission")),
        ("reason", Written::text(&long)),
    ]);
    let rows = format!(
        "  - rule: late-submission\n    reason: {}\n",
        long.trim_end()
    );
    let path = &["accepted"];
    assert_eq!(
        add("date: 2026-11-26\n", path, &value),
        format!("date: 2026-11-26\naccepted:\n{rows}")
    );
    assert_eq!(
        add("accepted: # none yet\n  # so far\nx: y\n", path, &value),
        format!("accepted: # none yet\n{rows}  # so far\nx: y\n")
    );
    assert_eq!(
        add("accepted: [] # none yet\nx: y\n", path, &value),
        format!("accepted: # none yet\n{rows}x: y\n")
    );
    // As far in as the file's other lists are.
    assert_eq!(
        add("attendance:\n- {name: A}\n", path, &value),
        format!(
            "attendance:\n- {{name: A}}\naccepted:\n{}",
            rows.replace("\n  ", "\n").trim_start_matches("  ")
        )
    );
}

#[test]
fn what_a_person_says_is_read_as_it_was_said() {
    for text in [
        "Zoë said: \"no\" # twice",
        "yes",
        "- not a list",
        "a, b",
        "[x]",
        "It's late",
        "two\nlines",
        "ends with:",
        "2026-11-26",
        "~",
        "next\u{2028}line",
        "tab\there",
        "{a: b}",
        "&anchor",
        "£5",
    ] {
        let value = Written::Group(vec![("note", Written::text(text))]);
        for before in ["x: y\n", "rows:\n  - note: A\n", "rows: [{note: A}]\n"] {
            let edited = add(before, &["rows"], &value);
            let rows = plain(&read(&edited).expect("read"))["rows"].clone();
            let last = rows.as_array().and_then(|rows| rows.last().cloned());
            assert_eq!(
                last.expect("a row")["note"],
                Value::String(text.to_owned()),
                "{edited}"
            );
        }
    }
}

#[test]
fn where_a_row_cannot_be_added_alone_nothing_changes() {
    for text in [
        "actions_done: &a [{action: 1}]\n",
        "actions_done: none\n",
        "actions_done: {action: 1}\n",
        "actions_done: [ # none\n]\n",
        "x: y\n---\nz: a\n",
        "actions_done:\n  - |+\n    text\n\n",
        "x: y\n...\n",
        "actions_done: [a: 1]\n",
    ] {
        let before = read(text).map(|tree| plain(&tree));
        if let Ok(bytes) = with_element(text.as_bytes(), ROWS, &row(2)) {
            // Only where the rest means what it meant.
            let after = plain(&read(std::str::from_utf8(&bytes).expect("text")).expect("read"));
            let wanted = expected(before.expect("read"), ROWS, Change::Add(&row(2)));
            assert_eq!(Some(after), wanted, "{text}");
        }
    }
    let scalar = with_element(b"actions_done: none\n", ROWS, &row(2));
    assert_eq!(scalar, Err(EditError::Layout));
    let unreadable = with_element(b"actions_done: [\n", ROWS, &row(2));
    assert_eq!(unreadable, Err(EditError::Unreadable));
}

#[test]
fn what_stands_under_a_key_is_told_with_its_line() {
    let text = b"\xEF\xBB\xBF# a\ndone:\n  x: 2026-11-01 # by post\nempty:\nnone: []\n";
    assert_eq!(
        standing(text, &["done", "x"]),
        Some((3, "x: 2026-11-01 # by post".to_owned()))
    );
    assert_eq!(standing(text, &["done", "y"]), None);
    assert_eq!(standing(text, &["empty"]), None);
    assert_eq!(standing(text, &["none"]), None);
}

#[test]
fn keys_are_taken_out_with_their_lines_and_every_other_byte_stays() {
    let text = "\u{FEFF}# what followed\r\ntold_family: 2026-11-27 # by phone\r\n\r\nendorsed:\r\n- name: A\r\n  # in a letter\r\n  on: 2026-11-28\r\n# a word\r\nplaced: {on: 2026-12-01}\r\n";
    let left = without_keys(text.as_bytes(), &["told_family", "endorsed", "uploaded"]);
    assert_eq!(
        left.map(|bytes| String::from_utf8(bytes).expect("text")),
        Ok("\u{FEFF}# what followed\r\n# told_family: 2026-11-27 # by phone\r\n\r\n# in a letter\r\n# a word\r\nplaced: {on: 2026-12-01}\r\n".to_owned())
    );
    let in_brackets = without_keys(b"{told_family: 2026-11-27, placed: {}}\n", &["told_family"]);
    assert_eq!(in_brackets, Err(EditError::Layout));
    let unreadable = without_keys(b"told_family: [\n", &["told_family"]);
    assert_eq!(unreadable, Err(EditError::Unreadable));
}
