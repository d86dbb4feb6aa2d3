//! Every key of a kind of file, as a page of the book: from the schema, so from the types.

use crate::council::FileKind;
use serde_json::Value;

/// Keys that every group and entry of a rule file has.
const COMMON: [&str; 8] = [
    "clause",
    "assumption",
    "says",
    "severity",
    "from",
    "until",
    "only",
    "off",
];

/// The page.
pub(super) fn of(kind: FileKind, schema: &Value) -> String {
    let page = Page { schema };
    if kind == FileKind::Council {
        return page.rule_file();
    }
    let title = schema["title"].as_str().unwrap_or("");
    let mut text = format!("# {title}\n\n");
    let mut open = Vec::new();
    text.push_str(&page.table(schema, &[], &mut open));
    page.groups_below(&mut text, open, "");
    text
}

struct Page<'a> {
    schema: &'a Value,
}

/// A group of keys that a key leads to: its path and its shape.
type Below<'a> = (String, &'a Value);

impl<'a> Page<'a> {
    fn rule_file(&self) -> String {
        let mut text = String::from(
            "# The keys of a rule file\n\n\
             Every group and every key that a rule file can have, in the order of \
             `councils/template.toml`, which shows them filled in. What is marked \"must be given\" \
             has no default; everything else may be left out. A file that builds on another \
             (`extends`) names only what it changes, and the `id` by which it is known.\n\n\
             `panel schema council` prints the same for editors, `panel explain conditions` what \
             conditions may speak of, and `panel council check FILE` what is wrong in a file.\n\n",
        );
        let properties = members(self.schema, "properties");
        let common = properties
            .iter()
            .find_map(|(_, value)| self.group(value))
            .map(|group| {
                let rows = members(group, "properties");
                let rows = rows.into_iter().filter(|(key, _)| COMMON.contains(key));
                rows.collect::<Vec<_>>()
            })
            .unwrap_or_default();
        text.push_str(
            "## Keys of every group and entry\n\nEach names what it rests on; the others are \
             there for when it is wanted.\n\n",
        );
        text.push_str(&rows(
            common.iter().map(|(key, value)| self.row(key, value, None)),
        ));
        text.push_str(
            "\nA group that stands once, like `[cut_off]`, may be written as a list of groups, \
             `[[cut_off]]` twice: each with its days (`from`, `until`) or its panels (`only`).\n",
        );
        text.push_str("\n## Before the first group\n\n");
        let plain = properties.iter().filter(|(key, value)| {
            *key != "$schema" && self.group(value).is_none() && *key != "words"
        });
        text.push_str(&rows(plain.map(|(key, value)| self.row(key, value, None))));
        for (key, value) in &properties {
            match *key {
                "words" => self.words(&mut text, value),
                key => self.section(&mut text, key, value),
            }
        }
        text
    }

    fn section(&self, text: &mut String, key: &str, value: &'a Value) {
        let Some(group) = self.group(value) else {
            return;
        };
        let title = match key {
            "thresholds" => "[thresholds.ID]".to_owned(),
            key if value["type"] == "array" => format!("[[{key}]]"),
            key => format!("[{key}]"),
        };
        let told = description(value).or_else(|| description(group));
        let told = told.unwrap_or_default();
        // The comment begins with the name, which is the heading here.
        let told = match told.split_once("`: ") {
            Some((name, rest)) if name.starts_with("`[") => capital(rest),
            _ => told,
        };
        text.push_str(&format!("\n## `{title}`\n\n{told}\n\n"));
        let mut open = Vec::new();
        let table = self.table(group, &COMMON, &mut open);
        text.push_str(&table);
        self.groups_below(text, open, key);
    }

    /// The keys of a group, but for some; what leads to groups further down is put into `open`.
    fn table(&self, group: &'a Value, but: &[&str], open: &mut Vec<Below<'a>>) -> String {
        let own: Vec<_> = members(group, "properties")
            .into_iter()
            .filter(|(key, _)| !but.contains(key))
            .collect();
        if own.is_empty() {
            return "It has no keys of its own.\n".to_owned();
        }
        rows(own.into_iter().map(|(key, value)| {
            let below = self.group(value);
            if let Some(below) = below {
                open.push((key.to_owned(), below));
            }
            self.row(key, value, below)
        }))
    }

    /// Groups of keys that lie inside another, each under its own heading.
    fn groups_below(&self, text: &mut String, mut open: Vec<Below<'a>>, above: &str) {
        let but: &[&str] = if above.is_empty() { &[] } else { &COMMON };
        let mut at = 0;
        while let Some((key, group)) = open.get(at).cloned() {
            at += 1;
            let path = if above.is_empty() || key.contains('.') {
                key
            } else {
                format!("{above}.{key}")
            };
            let told = description(group).unwrap_or_default();
            text.push_str(&format!("\n### `{path}`\n\n{told}\n\n"));
            let mut deeper = Vec::new();
            text.push_str(&self.table(group, but, &mut deeper));
            open.extend(
                deeper
                    .into_iter()
                    .map(|(key, group)| (format!("{path}.{key}"), group)),
            );
        }
    }

    fn words(&self, text: &mut String, value: &'a Value) {
        let Some(lists) = self.group(value) else {
            return;
        };
        let told = description(lists).unwrap_or_default();
        let told = told
            .split_once("`: ")
            .map_or(told.as_str(), |(_, rest)| rest);
        text.push_str(&format!("\n## `[[words.LIST]]`\n\n{}\n\n", capital(told)));
        text.push_str("| List | What its words are for |\n| --- | --- |\n");
        let lists = members(lists, "properties");
        for (key, value) in &lists {
            let told = description(value).unwrap_or_default();
            text.push_str(&format!("| `{key}` | {} |\n", cell(&told)));
        }
        text.push('\n');
        if let Some(word) = lists.first().and_then(|(_, value)| self.group(value)) {
            text.push_str(&self.table(word, &COMMON, &mut Vec::new()));
        }
    }

    /// The group of keys that a value is, or is a list of, or may be.
    fn group(&self, value: &'a Value) -> Option<&'a Value> {
        if value.get("properties").is_some() {
            return Some(value);
        }
        if let Some(name) = value["$ref"].as_str() {
            let name = name.trim_start_matches("#/definitions/");
            return self.group(&self.schema["definitions"][name]);
        }
        for key in ["items", "additionalProperties"] {
            if let Some(found) = value.get(key).and_then(|value| self.group(value)) {
                return Some(found);
            }
        }
        ["anyOf", "allOf"]
            .into_iter()
            .filter_map(|key| value[key].as_array())
            .flatten()
            .find_map(|way| self.group(way))
    }

    fn row(&self, key: &str, value: &'a Value, group: Option<&Value>) -> [String; 4] {
        let told = description(value);
        let told = told
            .or_else(|| group.and_then(description))
            .unwrap_or_default();
        let takes = self.takes(value);
        let default = default_of(&told, &takes);
        [format!("`{key}`"), takes, told, default]
    }

    /// What a key takes, in words.
    fn takes(&self, value: &'a Value) -> String {
        if let Some(name) = value["$ref"].as_str() {
            let name = name.trim_start_matches("#/definitions/");
            return self.takes(&self.schema["definitions"][name]);
        }
        if let Some(options) = value["oneOf"].as_array().or(value["enum"].as_array()) {
            let words: Vec<String> = options
                .iter()
                .filter_map(|option| option["const"].as_str().or(option.as_str()))
                .map(|word| format!("`{word}`"))
                .collect();
            return words.join(", ");
        }
        for key in ["anyOf", "allOf"] {
            let ways = value[key].as_array().into_iter().flatten();
            let mut ways = ways.filter(|way| way["type"] != "null");
            if let Some(first) = ways.next() {
                return self.takes(first);
            }
        }
        if value.get("properties").is_some() {
            return "keys of its own".to_owned();
        }
        let kinds: Vec<&str> = match &value["type"] {
            Value::String(one) => vec![one],
            Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let kinds: Vec<&str> = kinds.into_iter().filter(|kind| *kind != "null").collect();
        let pattern = value["pattern"].as_str().unwrap_or("");
        let example = value["examples"][0].as_str();
        match kinds.as_slice() {
            ["string", "array"] => "text, or a list of texts".to_owned(),
            ["number", "string"] if value.get("minimum").is_some() => "pounds".to_owned(),
            ["number", "string"] => "number".to_owned(),
            ["array"] => format!("list: {}", self.takes(&value["items"])),
            ["boolean"] => "true or false".to_owned(),
            ["integer"] => "whole number".to_owned(),
            ["object"] => "keys of its own".to_owned(),
            ["string"] if !pattern.is_empty() => match example {
                Some(example) => {
                    let kind = match pattern {
                        pattern if pattern.contains("day|week") => "length of time",
                        pattern if pattern.contains("[Tt ]") => "date and time",
                        pattern if pattern.contains(':') => "time of day",
                        _ => "date",
                    };
                    format!("{kind}, like `{example}`")
                }
                None => "text".to_owned(),
            },
            _ => "text".to_owned(),
        }
    }
}

/// What counts where a key is left out, as its explanation says it.
fn default_of(told: &str, takes: &str) -> String {
    let flat = told.replace('\n', " ");
    let lower = flat.to_lowercase();
    if lower.contains("must be given") {
        return "must be given".to_owned();
    }
    if let Some(at) = lower.find("left out: ") {
        let rest = &flat[at + "left out: ".len()..];
        return rest.split(['.', ';']).next().unwrap_or(rest).to_owned();
    }
    for ending in [" where it is not said", " where not said"] {
        if let Some(at) = lower.find(ending) {
            let before = &flat[..at];
            let from = before.rfind("; ").map(|at| at + 2);
            let from = from.or_else(|| before.rfind(". ").map(|at| at + 2));
            return before[from.unwrap_or(0)..].trim().to_owned();
        }
    }
    match takes {
        "true or false" => "false".to_owned(),
        takes if takes.starts_with("list") => "none".to_owned(),
        _ => String::new(),
    }
}

fn members<'a>(value: &'a Value, key: &str) -> Vec<(&'a str, &'a Value)> {
    value[key]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, value)| (key.as_str(), value))
        .collect()
}

fn description(value: &Value) -> Option<String> {
    value["description"].as_str().map(str::to_owned)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

fn cell(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace('|', "\\|")
}

fn rows(rows: impl Iterator<Item = [String; 4]>) -> String {
    let mut text = String::from(
        "| Key | Takes | What it means | Where it is left out |\n| --- | --- | --- | --- |\n",
    );
    for row in rows {
        let cells: Vec<String> = row.iter().map(|text| cell(text)).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text
}
