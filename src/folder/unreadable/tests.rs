//! What social workers type, and what they are told of it.

use crate::findings::Span;
use crate::folder::file::with_faults;
use crate::records::Referral;

/// The faults of a text: the stretch that is marked, and what is said.
fn told(text: &str) -> Vec<(Span, String, String)> {
    let (_, faults) = with_faults::<Referral>(text, &[]);
    faults
        .into_iter()
        .map(|fault| (fault.span, fault.message, fault.help.unwrap_or_default()))
        .collect()
}

/// Faults whose case folder would differ from another only by its layout.
#[test]
fn the_fault_is_marked_whatever_the_layout() {
    // Text, line, first column, column after the last, a piece of what is said.
    let cases: [(&str, u32, u32, u32, &str); 26] = [
        ("iro:\n  name: a: b\n", 2, 10, 11, "colon with a space"),
        ("iro:\r\n  name: a: b\r\n", 2, 10, 11, "colon with a space"),
        (
            "family:\n  - {name: a: b}\n",
            2,
            13,
            14,
            "colon stands within",
        ),
        ("needs: [£5: b: c]\n", 1, 14, 15, "colon stands within"),
        ("family:\n\t- name: x\n", 2, 1, 2, "begins with a tab"),
        (
            "iro:\n  name: x\n \t role: y\n",
            3,
            2,
            3,
            "begins with a tab",
        ),
        ("sections:\n  a: |\n\tx\n", 3, 1, 2, "begins with a tab"),
        ("iro:\n  name: 'x\n", 2, 9, 10, "is not closed"),
        (
            "iro:\n  name: \"x\nneeds: [a]\nworker: \"y\"\n",
            2,
            9,
            10,
            "is not closed",
        ),
        ("iro: {name: 'x}\n", 1, 13, 14, "is not closed"),
        ("iro: {name: [x}\n", 1, 15, 16, "is missing before this"),
        (
            "iro: {name: x,\n  role: y\nneeds: [a]\n",
            1,
            6,
            7,
            "is not closed",
        ),
        ("iro: {name: x,\nrole: y}\n", 2, 1, 9, "not far enough in"),
        ("needs: [a, b", 1, 8, 9, "is not closed"),
        ("- a\nb: c\n", 2, 1, 5, "does not"),
        (" iro: {}\nneeds: []\n", 2, 1, 10, "does not belong"),
        ("iro: {}\n\nneeds\n\n# end\n", 3, 1, 6, "has no colon"),
        ("iro: ? x\n", 1, 6, 7, ""),
        ("needs: [a] [b]\n", 1, 12, 15, "goes on behind"),
        ("iro: !x &y {name: z}\n", 1, 6, 8, "a tag"),
        ("iro: &y\n  name: z\n", 1, 6, 8, "an anchor"),
        ("iro:\n  &k name: z\n", 2, 3, 5, "an anchor"),
        ("? &k iro\n: {}\n", 1, 3, 5, "an anchor"),
        ("needs: &n\n  - &m a\n", 1, 8, 10, "an anchor"),
        ("a: {}\n--- \nb: {}\n", 2, 1, 4, "a second document"),
        ("a: {}\n... b\n", 2, 1, 6, "a second document"),
    ];
    let mut failures = Vec::new();
    for (text, line, column, end_column, piece) in cases {
        let told = told(text);
        let is_there = told.iter().any(|(span, message, _)| {
            *span == Span::on_line(line, column, end_column) && message.contains(piece)
        });
        if !is_there {
            failures.push(format!("{text:?}: {told:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn each_mark_is_refused_once() {
    for (text, count) in [
        ("needs: [&a x, *a]\n", 2),
        ("iro: {name: &a x}\n*a : y\n", 2),
        ("iro: &a {name: x}\nplacement:\n  <<: *a\n", 2),
        ("placement: {<<: [{moves: 2}]}\n", 1),
        ("panel: *a\n", 1),
        ("panel: !d 2026-11-26\n", 1),
        ("needs:\n  - !a &b x\n", 2),
        ("iro: {name: x}\n---\na: b\n---\nc: d\n", 1),
    ] {
        let told = told(text);
        assert_eq!(told.len(), count, "{text:?}: {told:?}");
    }
}

/// The parser's words are for programmers.
#[test]
fn no_word_of_the_parser_reaches_anybody() {
    let words = [
        "YAML",
        "mapping",
        "scalar",
        "sequence",
        "context",
        "token",
        "indicator",
        "parsing",
        "scanning",
        "node",
        "flow",
        "stream",
        "whitespace",
    ];
    let whole = "iro: {name: L. Adeyemi, role: iro}\nneeds:\n  - education\n  - 'health'\nsections:\n  a: >-\n    Text: of\n    two lines.\n  b: \"x\"\n";
    let signs = [
        "{", "}", "[", "]", "\"", "'", ":", ": ", "\t", "\n", " ", "- ", "#", " #", "&", "*", "!",
        "%", "@", "`", "|", ">", "?", ",", "---", "...", "\\", "<<", "\r",
    ];
    for at in 0..=whole.len() {
        for sign in signs {
            let mut text = whole.to_owned();
            text.insert_str(at, sign);
            let lines: Vec<&str> = text.split('\n').collect();
            for (span, message, help) in told(&text) {
                let said = format!("{message} {help}");
                let is_plain = !words.iter().any(|word| said.contains(word));
                assert!(is_plain, "{text:?}: {said}");
                let length = |line: u32| {
                    lines
                        .get(line as usize - 1)
                        .map(|line| line.chars().count())
                };
                let is_inside = length(span.line)
                    .is_some_and(|length| span.column as usize <= length + 1)
                    && length(span.end_line)
                        .is_some_and(|length| span.end_column as usize <= length + 1)
                    && (span.line, span.column) <= (span.end_line, span.end_column);
                assert!(is_inside, "{text:?}: {span:?} {said}");
            }
        }
    }
}
