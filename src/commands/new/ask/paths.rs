//! Paths of a form: what its schema says of them, and what a draft says there.

use serde_json::Value;

/// A path as findings write it.
pub(super) fn place(path: &[String]) -> String {
    path.iter().fold(String::new(), |written, step| {
        if step.parse::<usize>().is_ok() {
            format!("{written}[{step}]")
        } else if written.is_empty() {
            step.clone()
        } else {
            format!("{written}.{step}")
        }
    })
}

/// The schema of what stands at a path.
pub(super) fn schema_at<'v>(schema: &'v Value, path: &[String]) -> Option<&'v Value> {
    let resolve = |mut here: &'v Value| {
        // A part stands behind a reference, alone or beside `null`.
        for _ in 0..8 {
            let several = here.get("anyOf").or_else(|| here.get("allOf"));
            if let Some(first) = several.and_then(|several| several.get(0)) {
                here = first;
            } else if let Some(to) = here.get("$ref").and_then(Value::as_str) {
                here = schema.pointer(to.trim_start_matches('#')).unwrap_or(here);
            } else {
                break;
            }
        }
        here
    };
    path.iter().try_fold(resolve(schema), |here, step| {
        let next = if step.parse::<usize>().is_ok() {
            here.get("items")
        } else {
            here.get("properties")
                .and_then(|keys| keys.get(step))
                .or_else(|| {
                    here.get("additionalProperties")
                        .filter(|next| next.is_object())
                })
        };
        next.map(resolve)
    })
}

/// A path with one key more.
pub(super) fn joined(above: &[String], key: &str) -> Vec<String> {
    let mut path = above.to_vec();
    path.push(key.to_owned());
    path
}

/// A path with every row alike: `costs[].item`.
pub(super) fn pattern(path: &[String]) -> String {
    let alike: Vec<String> = path
        .iter()
        .map(|step| match step.parse::<usize>() {
            Ok(_) => "0".to_owned(),
            Err(_) => step.clone(),
        })
        .collect();
    place(&alike).replace("[0]", "[]")
}

/// A key as people say it.
pub(super) fn in_words(key: &str) -> String {
    let words = key.replace(['_', '-'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// What a draft says at a path.
pub(super) fn at<'v>(said: &'v Value, path: &[String]) -> Option<&'v Value> {
    path.iter().try_fold(said, |here, step| match here {
        Value::Array(rows) => rows.get(step.parse::<usize>().ok()?),
        other => other.get(step),
    })
}

/// Whether nothing stands there; a row that names a post alone is no more than its form.
pub(super) fn is_blank(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.trim().is_empty(),
        Some(Value::Array(rows)) => rows.iter().all(|row| is_blank(Some(row))),
        Some(Value::Object(keys)) => keys.values().all(|value| is_blank(Some(value))),
        Some(_) => false,
    }
}

/// What stands there, as it would be answered.
pub(super) fn written(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) if !text.trim().is_empty() => Some(match text.as_str() {
            "true" => "yes".to_owned(),
            "false" => "no".to_owned(),
            other => other.to_owned(),
        }),
        Value::Array(rows) if !rows.is_empty() => {
            let rows: Vec<&str> = rows.iter().filter_map(Value::as_str).collect();
            Some(rows.join(", "))
        }
        _ => None,
    }
}
