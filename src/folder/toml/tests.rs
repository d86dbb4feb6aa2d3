//! What policy leads type, and what they are told of it.

use super::parse;
use crate::folder::fault::FaultKind;

/// The faults of a text: line, columns, what is said, and what to write.
fn told(text: &str) -> Vec<(u32, u32, u32, String, String)> {
    let (_, faults) = parse(text);
    faults
        .into_iter()
        .map(|fault| {
            let span = fault.span;
            let help = fault.help.unwrap_or_default();
            (span.line, span.column, span.end_column, fault.message, help)
        })
        .collect()
}

/// What is typed, with `⏎` between its lines; the line and columns that are marked; a piece of what
/// is said, and a piece of what to write.
const SLIPS: &str = r###"
a = "Ash ⏎ panel = "P"  →  1:5-6  this quotation mark is not closed  …  write " again where the text ends
a = 'Ash  →  1:5-6  this quotation mark is not closed  …  write ' again
a = Ash"  →  1:5-6  the quotation mark before this text is missing  …  "Ash"
a = """ ⏎ long ⏎ b = 1  →  1:5-8  this text of several lines is not closed  …  the same three quotation marks
name "Ash"  →  1:1-5  `=` is missing behind `name`  …  write name = "Ash"
hours 48  →  1:1-6  `=` is missing behind `hours`  …  write hours = 48
name: "Ash"  →  1:5-6  a colon stands where `=` belongs  …  write name = "Ash"
just some text  →  1:1-15  this line has no `=`  …  `#` before a remark
- team-manager  →  1:1-2  no list begins with dashes  …  ["team-manager", …]
name =  →  1:7-7  nothing stands behind this `=`  …  take the line out
case system = "L"  →  1:1-12  a key is one word, and `case system` is not  …  write case_system = "L"
[case system]  →  1:1-14  the name of a group is one word  …  write [case_system]
[council ⏎ a = 1  →  1:1-9  are not closed  …  write [council]
[[sign_off] ⏎ a = 1  →  1:1-12  are not closed  …  write [[sign_off]]
[sign_off]] ⏎ a = 1  →  1:11-12  this bracket closes nothing  …  [[name]]
[council] a = 1  →  1:11-12  more stands on the line  …  begin a new line
[]  →  1:2-3  no name stands between these brackets  …  [council]
any_of = ["a", "b" ⏎ clause = "1"  →  1:10-11  this `[` is not closed  …  write `]` where
[thresholds] ⏎ panel = { amount = 1000, of = "total" ⏎ clause = "1"  →  2:9-10  this `{` is not closed  …  write `}` where
any_of = ["a" "b"]  →  1:15-16  a comma is missing before this  …  a comma between
p = { a = 1 b = 2 }  →  1:13-14  a comma is missing before this  …  a comma between
a = [1, 2]]  →  1:11-12  this bracket closes nothing  …  take it out
name = Ash Borough  →  1:8-19  this text has no quotation marks  …  "Ash Borough"
within = 5 days  →  1:10-16  this text has no quotation marks  …  "5 days"
when = request.kind == "x"  →  1:8-20  this condition has no quotation marks  …  "request.kind == 'x'"
a = yes  →  1:5-8  `yes` is neither true nor false  …  write `true`
a = True  →  1:5-9  `True` is neither true nor false  …  in small letters
amount = £1,000  →  1:10-12  no pound sign  …  write 1000
amount = 1,000  →  1:11-12  a number has no comma  …  write 1000
amount = 0500  →  1:10-11  does not begin with 0  …  write 500
revised = 01/08/2019  →  1:11-21  is not a date  …  write 2019-08-01, without quotation marks
revised = 1 August 2019  →  1:11-24  is not a date  …  write 2019-08-01, without quotation marks
revised = 2019-8-1  →  1:11-19  is not a date  …  write 2019-08-01
revised = 2019-02-30  →  1:11-21  there is no 30 February 2019  …  without
start = 9:30  →  1:9-13  `9:30` is no time of day  …  two digits each
start = 2pm  →  1:9-12  `2pm` is no time of day  …  two digits each
a = “Ash”  →  1:5-10  not the quotation marks that are typed  …  straight
a = 1 ⏎ a = 2  →  2:1-2  `a` is here a second time  …  the first stands on line 1
[b] ⏎ a = 1 ⏎ [c] ⏎ a = 1 ⏎ [b]  →  5:2-3  `[b]` is here a second time  …  the first stands on line 1
a = "a "b" c"  →  1:8-9  this quotation mark ends the text, and more follows  …  put single quotation marks around the whole
a = 'Ash's'  →  1:9-10  this apostrophe ends the text  …  double quotation marks
a = "A" b = "B"  →  1:9-10  a second key stands on this line  …  begin a new line
a = "A" // remark  →  1:9-10  a remark begins with `#`  …  write # remark
a = "A\dir"  →  1:8-9  a backslash  …  write the backslash twice
= 1  →  1:1-2  a key is missing here  …  before its `=`
"###;

#[test]
fn each_slip_is_told_once_where_it_was_made_with_what_to_write() {
    let mut failures = Vec::new();
    let mut slips = 0;
    for slip in SLIPS.trim().lines() {
        let (typed, wanted) = slip
            .split_once("  →  ")
            .expect("what is typed, and what is told");
        let (place, wanted) = wanted.split_once("  ").expect("a place");
        let (message, help) = wanted
            .split_once("  …  ")
            .expect("what is said and what to write");
        let found = told(&(typed.replace(" ⏎ ", "\n") + "\n"));
        let is_right = matches!(&found[..], [(line, from, to, said, how)]
            if format!("{line}:{from}-{to}") == place && said.contains(message) && how.contains(help));
        if !is_right {
            failures.push(format!("{slip}\n  told {found:?}"));
        }
        slips += 1;
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
    assert!(slips > 40, "only {slips} slips were read");
}

#[test]
fn no_word_of_the_parser_reaches_a_reader() {
    for text in [
        "a = \"x\n",
        "a\n",
        "a = [1\n",
        "[a\n",
        "a = \n",
        "a = 1 2\n",
        "a..b = 1\n",
        "\u{7}\n",
        "a = 1\r2\n",
        "a = {b = 1, b = 2}\n",
        "a = 1e\n",
        "a = 0x\n",
        "a = +\n",
        "a = 1__0\n",
        "a = [,]\n",
        "a = {,}\n",
        "a = \"\\u12\"\n",
        "[a]]\n",
        "a = ''' \n",
        "a = 2019-01-01T25:00\n",
    ] {
        for (.., message, help) in told(text) {
            for word in [
                "TOML", "expected", "literal", "string", "invalid", "table", "array",
            ] {
                assert!(
                    !message.contains(word) && !help.contains(word),
                    "{text:?}: {message}: {help}"
                );
            }
        }
    }
}

#[test]
fn two_slips_on_lines_of_their_own_are_both_told() {
    let found = told("a = Ash\nb = Elm\nc = 1\n");
    let lines: Vec<u32> = found.iter().map(|fault| fault.0).collect();
    assert_eq!(lines, [1, 2]);
}

#[test]
fn a_group_that_stands_twice_is_told_once_and_not_for_each_of_its_keys() {
    let found = told("[a]\nb = 1\nc = 1\n[d]\nb = 1\n[a]\nb = 2\nc = 2\n[d.e]\nf = 1\nf = 2\n");
    let lines: Vec<u32> = found.iter().map(|fault| fault.0).collect();
    assert_eq!(lines, [6, 11], "{found:?}");
}

#[test]
fn a_key_that_stands_twice_is_told_by_the_rule_for_that() {
    let (_, faults) = parse("a = 1\na = 2\n");
    let kinds: Vec<FaultKind> = faults.iter().map(|fault| fault.kind).collect();
    assert_eq!(kinds, [FaultKind::DuplicateKey]);
}
