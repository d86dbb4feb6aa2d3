//! Whatever the layout of a record, a row is added to it and a key taken out of it, and no more.

use super::tests::{ROWS, row};
use super::*;

/// One list in every layout that people write, with what may stand around it.
#[derive(Debug, Clone)]
struct Odd {
    before: String,
    rows: usize,
    layout: usize,
    indent: usize,
    note: String,
    after: String,
    is_windows: bool,
    is_marked: bool,
    is_cut: bool,
}

impl Odd {
    fn text(&self) -> String {
        let row = |n: usize| format!("{{action: {n}, note: 'a, b # c'}}");
        let deep = " ".repeat(self.indent);
        let note = &self.note;
        let mut text = format!("{}uploaded: 2026-11-27 # {note}\n", self.before);
        let rows: Vec<String> = (1..=self.rows).map(row).collect();
        match (self.layout, rows.is_empty()) {
            (0, _) => text.push_str(&format!("actions_done: [{}] # {note}\n", rows.join(", "))),
            (1, true) => text.push_str(&format!("actions_done: # {note}\n")),
            (1, false) => {
                text.push_str(&format!("actions_done: # {note}\n"));
                for row in rows {
                    text.push_str(&format!("{deep}- {row} # {note}\n{deep}# {note}\n"));
                }
            }
            (2, false) => {
                text.push_str("actions_done:\n");
                for n in 1..=self.rows {
                    text.push_str(&format!(
                        "{deep}- action: {n} # {note}\n\n{deep}  # {note}\n{deep}  note: >-\n{deep}    a # b\n{deep}    c\n"
                    ));
                }
            }
            (3, false) => {
                text.push_str(&format!("actions_done: [ # {note}\n"));
                for row in rows {
                    text.push_str(&format!("  {row}, # {note}\n"));
                }
                text.push_str("]\n");
            }
            (4, _) => text.push_str("actions_done: ~\n"),
            _ => {}
        }
        text.push_str(&self.after);
        if self.is_cut {
            text.truncate(text.trim_end_matches('\n').len());
        }
        if self.is_windows {
            text = text.replace('\n', "\r\n");
        }
        if self.is_marked {
            text.insert(0, '\u{FEFF}');
        }
        text
    }
}

fn odd() -> impl proptest::strategy::Strategy<Value = Odd> {
    use proptest::prelude::*;
    let before = prop_oneof![
        Just(String::new()),
        Just("# é\n\n".to_owned()),
        Just("---\n".to_owned()),
        Just("told_family: '2026-11-27'\n".to_owned()),
    ];
    let after = prop_oneof![
        Just(String::new()),
        Just("\n# the end\n\n".to_owned()),
        Just("told:\n- a\n- b\n".to_owned()),
        Just("ended: {on: 2026-12-01, reason: 'x'}\n  # odd\n".to_owned()),
        Just("note: |\n  text\n    # no comment\n".to_owned()),
    ];
    (
        (before, 0usize..4, 0usize..6, 0usize..5),
        ("[ -~é£]{0,12}", after, any::<[bool; 3]>()),
    )
        .prop_map(
            |((before, rows, layout, indent), (note, after, flags))| Odd {
                before,
                rows,
                layout,
                indent,
                note: note.trim().to_owned(),
                after,
                is_windows: flags[0],
                is_marked: flags[1],
                is_cut: flags[2],
            },
        )
}

/// Whether every line of `old` stands in `new` in the same order, but for `most` that changed.
fn lines_kept(old: &str, new: &str, most: usize) -> bool {
    let mut rest = new.split('\n');
    let lost = old
        .split('\n')
        .filter(|line| {
            let mut ahead = rest.clone();
            let is_kept = ahead.any(|other| other == *line);
            if is_kept {
                rest = ahead;
            }
            !is_kept
        })
        .count();
    lost <= most
}

proptest::proptest! {
    #[test]
    fn a_key_is_taken_out_of_any_layout_and_nothing_else_changes(odd in odd()) {
        let text = odd.text();
        let old = read(text.trim_start_matches('\u{FEFF}'));
        proptest::prop_assume!(old.is_ok());
        let Value::Object(mut wanted) = plain(&old.expect("read")) else {
            return Ok(());
        };
        wanted.remove("actions_done");
        let edited = without_keys(text.as_bytes(), &["actions_done"]);
        proptest::prop_assert!(edited.is_ok(), "{:?}\n{text}", edited);
        let edited = String::from_utf8(edited.expect("edited")).expect("text");
        let now = read(edited.trim_start_matches('\u{FEFF}')).expect("read");
        proptest::prop_assert_eq!(plain(&now), Value::Object(wanted), "{}", edited);
        let (whole, left) = (text.replace("\r\n", "\n"), edited.replace("\r\n", "\n"));
        let left = left.trim_end_matches('\n');
        let kept: Vec<&str> = left.lines().filter(|line| !line.starts_with('#')).collect();
        proptest::prop_assert!(lines_kept(&kept.join("\n"), &whole, 0), "{}\n=>\n{}", text, edited);
        let remarks = |text: &str| text.matches('#').count();
        proptest::prop_assert!(remarks(left) >= remarks(&whole), "{}\n=>\n{}", text, edited);
    }

    #[test]
    fn a_row_is_added_to_any_layout_and_nothing_else_changes(odd in odd()) {
        let text = odd.text();
        let old = read(text.trim_start_matches('\u{FEFF}'));
        proptest::prop_assume!(old.is_ok());
        let before = plain(&old.expect("read"));
        let edited = with_element(text.as_bytes(), ROWS, &row(9));
        proptest::prop_assert!(edited.is_ok(), "{:?}\n{text}", edited);
        let edited = String::from_utf8(edited.expect("edited")).expect("text");
        let bare = edited.trim_start_matches('\u{FEFF}');
        let after = plain(&read(bare).expect("read"));
        proptest::prop_assert_eq!(
            Some(after),
            expected(before, ROWS, Change::Add(&row(9))),
            "{}", edited
        );
        proptest::prop_assert_eq!(edited.starts_with('\u{FEFF}'), odd.is_marked);
        // Every comment stays, and the line breaks are those of the file.
        let comments = |text: &str| text.matches('#').count();
        proptest::prop_assert_eq!(comments(&text), comments(&edited), "{}", edited);
        // A file of one line has no line breaks to keep to.
        if text.contains("\r\n") {
            proptest::prop_assert_eq!(
                edited.matches('\n').count(), edited.matches("\r\n").count(), "{:?}", edited
            );
        }
        // No line but the one with the key, or that of the row before, is another.
        proptest::prop_assert!(lines_kept(&text, &edited, 2), "{}\n=>\n{}", text, edited);
    }
}
