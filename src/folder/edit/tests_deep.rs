//! Keys deep within a record, keys of rows, and text of several lines.

use super::*;

const AT: &str = "2026-11-24T11:30";

fn set(text: &str, path: &[&str], value: &str) -> String {
    let bytes = with_key(text.as_bytes(), path, &Written::word(value))
        .unwrap_or_else(|error| panic!("{error}\n{text}"));
    String::from_utf8(bytes).expect("text")
}

fn said_as(text: &str, path: &[&str], value: &str) -> String {
    let bytes = with_key(text.as_bytes(), path, &Written::text(value))
        .unwrap_or_else(|error| panic!("{error}\n{text}"));
    String::from_utf8(bytes).expect("text")
}

#[test]
fn a_key_deep_within_is_set_where_it_stands_and_made_where_it_does_not() {
    assert_eq!(
        set(
            "a:\n  b:\n    c: # yes\n    d: 1\ne: f\n",
            &["a", "b", "c"],
            "2"
        ),
        "a:\n  b:\n    c: 2 # yes\n    d: 1\ne: f\n"
    );
    assert_eq!(
        set("x: y\n", &["a", "b", "c"], "2"),
        "x: y\na: {b: {c: 2}}\n"
    );
}

#[test]
fn a_key_of_a_row_is_set_and_one_that_is_missing_is_added_to_it() {
    let rows = "rows:\n  # first\n  - name:\n    on:\n  - name: B # two\n";
    assert_eq!(
        set(rows, &["rows", "0", "on"], AT),
        "rows:\n  # first\n  - name:\n    on: 2026-11-24T11:30\n  - name: B # two\n"
    );
    assert_eq!(
        set(rows, &["rows", "1", "on"], AT),
        "rows:\n  # first\n  - name:\n    on:\n  - name: B # two\n    on: 2026-11-24T11:30\n"
    );
    assert_eq!(
        set("rows: [{name: A}]\n", &["rows", "0", "on"], AT),
        "rows: [{name: A, on: 2026-11-24T11:30}]\n"
    );
}

#[test]
fn text_of_several_lines_stands_below_its_key_and_can_be_replaced() {
    let text = "child:\n  said:\n  name: A\n# end\n";
    let first = said_as(text, &["child", "said"], "One: two.\n\n- three");
    assert_eq!(
        first,
        "child:\n  said: |-\n    One: two.\n\n    - three\n  name: A\n# end\n"
    );
    let second = said_as(&first, &["child", "said"], "Short.");
    assert_eq!(second, "child:\n  said: Short.\n  name: A\n# end\n");
    let quoted = said_as(&second, &["child", "said"], "She said \"no\": twice.");
    assert_eq!(said_as(&quoted, &["child", "said"], "Short."), second);
}

#[test]
fn a_long_text_is_folded_and_means_the_same() {
    let long = "word ".repeat(60);
    let bytes = with_key(b"said:\r\nx: y\r\n", &["said"], &Written::text(&long))
        .expect("it can be written");
    let text = String::from_utf8(bytes.clone()).expect("text");
    assert!(text.starts_with("said: >-\r\n  word"), "{text}");
    assert!(text.lines().all(|line| line.len() < 100), "{text}");
    assert_eq!(said(&bytes).expect("it can be read")["said"], long.trim());
}

#[test]
fn a_list_of_words_is_put_where_there_was_an_empty_one() {
    let words = Written::List(vec![Written::word("health"), Written::text("a, b")]);
    let bytes = with_key(b"needs: [] # who\n", &["needs"], &words).expect("it can be written");
    assert_eq!(bytes, b"needs: [health, \"a, b\"] # who\n");
}
