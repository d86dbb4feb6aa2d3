//! A decision as its file: the keys of the format in their order, nothing blank.

use super::Hearing;
use super::check::DecisionText;
use crate::records::Decision;
use anyhow::Context;
use serde_yaml::Value;

/// The decision's file, as it would be written.
pub(super) fn file(hearing: &Hearing<'_, '_>, decision: &Decision) -> anyhow::Result<DecisionText> {
    let number = hearing.next_number();
    let reference = hearing.case.reference();
    let name = if number == 1 {
        format!("{reference}.yaml")
    } else {
        format!("{reference}.{number}.yaml")
    };
    let meeting = hearing.meeting.id.clone();
    Ok(DecisionText {
        path: format!("meetings/{meeting}/decisions/{name}"),
        bytes: text(decision)?.into_bytes(),
        number,
        meeting,
        followed: None,
    })
}

/// A decision as its file says it.
pub(super) fn text(decision: &Decision) -> anyhow::Result<String> {
    let mut value =
        serde_yaml::to_value(decision).context("the decision could not be put into YAML")?;
    leave_out_blanks(&mut value);
    let written =
        serde_yaml::to_string(&value).context("the decision could not be put into YAML")?;
    let mut within = None;
    Ok(written
        .lines()
        .map(|line| {
            let is_said = is_within_text(line, &mut within);
            let line = if is_said {
                line.to_owned()
            } else {
                plain_amount(line)
            };
            line + "\n"
        })
        .collect())
}

/// Whether a line belongs to a text of several lines, which stands as it was said. `within` is how
/// far in the key or the item stands whose text it is.
fn is_within_text(line: &str, within: &mut Option<usize>) -> bool {
    let inside = line.trim_start_matches(' ');
    let margin = line.len() - inside.len();
    if within.is_some_and(|own| inside.is_empty() || margin > own) {
        return true;
    }
    // `- key: |-` stands as far in as its key, `- |-` as its dash.
    let item = inside.strip_prefix("- ").filter(|item| item.contains(": "));
    let margin = item.map_or(margin, |_| margin + 2);
    let last = inside.rsplit(' ').next().unwrap_or("");
    let begins = last.starts_with(['|', '>']) && !inside.ends_with(['\'', '"']);
    *within = begins.then_some(margin);
    false
}

fn leave_out_blanks(value: &mut Value) {
    match value {
        Value::Mapping(entries) => {
            entries.retain(|_, value| {
                leave_out_blanks(value);
                !is_blank(value)
            });
        }
        Value::Sequence(values) => values.iter_mut().for_each(leave_out_blanks),
        _ => {}
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Sequence(values) => values.is_empty(),
        Value::Mapping(entries) => entries.is_empty(),
        _ => false,
    }
}

/// Money is written as a number, as people write it, not as text that looks like one.
fn plain_amount(line: &str) -> String {
    let is_amount =
        |text: &str| text.len() > 2 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    match line.split_once(": '") {
        Some((key, rest)) if key.ends_with("weekly") || key.ends_with("one_off") => {
            match rest.strip_suffix('\'') {
                Some(amount) if is_amount(amount) => format!("{key}: {amount}"),
                _ => line.to_owned(),
            }
        }
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_an_amount_within_a_text_stands_as_it_was_said() {
        let said = "Costs:\n  weekly: '845.00'\n\n  one_off: '1.00'\nThat is all.";
        let decision = Decision {
            rationale: Some(said.into()),
            agreements: vec![said.into(), "a |".into(), said.into()],
            approved: serde_yaml::from_str(
                "[{item: placement, description: \"To\\n  weekly: '5.00'\", weekly: '845.00'}]",
            )
            .expect("a line"),
            ..Decision::default()
        };
        let text = text(&decision).expect("written");
        assert!(text.contains("\n  weekly: 845.00\n"), "{text}");
        let bytes = text.clone().into_bytes();
        let file = crate::folder::read_decision("R-1.yaml".to_owned(), bytes, 1).file;
        let read = &*file.record;
        let described = |decision: &Decision| decision.approved[0].description.clone();
        assert_eq!(described(read), described(&decision), "{text}");
        assert_eq!(read.rationale, decision.rationale, "{text}");
        assert_eq!(read.agreements, decision.agreements, "{text}");
    }
}
