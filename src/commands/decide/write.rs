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
    })
}

/// A decision as its file says it.
pub(super) fn text(decision: &Decision) -> anyhow::Result<String> {
    let mut value =
        serde_yaml::to_value(decision).context("the decision could not be put into YAML")?;
    leave_out_blanks(&mut value);
    let written =
        serde_yaml::to_string(&value).context("the decision could not be put into YAML")?;
    Ok(written
        .lines()
        .map(|line| plain_amount(line) + "\n")
        .collect())
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
