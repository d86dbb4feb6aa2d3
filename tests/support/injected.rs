//! A case folder in which everything that a person can write carries what could be obeyed by a
//! terminal, a page, a spreadsheet, a calendar or a build server; and the same with plain words.

use super::project;
use serde_json::Value as Json;
use serde_yaml::Value;
use std::fs;
use std::path::Path;

/// How many of them, from the first, matter most where they begin a text.
pub(crate) const GROUPS: usize = 16;

/// What each text carries, by name.
pub(crate) const PAYLOADS: [(&str, &str); 38] = [
    ("a heading", "# forged"),
    ("a cell", "| forged | forged |\n|---|---|\n| a | b |"),
    (
        "a link",
        "[forged](javascript:alert(1)) <http://evil.example> [a]: http://b.example",
    ),
    ("an image", "![forged](http://evil.example/x.png)"),
    (
        "a script",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
    ),
    ("code", "```\nforged\n``` `x` ~~~"),
    ("a line across", "---"),
    ("another line across", "***\n___"),
    ("a list", "- forged\n* forged\n+ forged\n1. forged"),
    ("a quotation", "> forged"),
    ("a footnote", "[^1] forged [^1]: forged"),
    ("a formula", "=HYPERLINK(\"http://evil.example\",\"x\")"),
    ("more formulas", "+1+cmd|' /C calc'!A0"),
    ("a formula after a tab", "\t=1+1\t-2"),
    ("a formula for a name", "@SUM(A1:A9)"),
    (
        "a program's text",
        "\",\"forged\":\"\\u001b[31m\"}],{\"x\":[\"",
    ),
    ("a colour", "\u{1b}[31mred\u{1b}[2J"),
    (
        "a link of a terminal",
        "\u{1b}]8;;http://evil.example\u{7}here\u{1b}]8;;\u{7}",
    ),
    ("a clipboard", "\u{1b}]52;c;ZXZpbA==\u{1b}\\"),
    ("a bell and a backspace", "a\u{7}b\u{8}\u{8}c\u{7f}"),
    ("a carriage return", "gone\rforged: here"),
    ("a NUL", "a\0b"),
    (
        "an escape of the second kind",
        "a\u{9b}31mb\u{9d}0;x\u{9c}\u{85}c",
    ),
    ("an override", "a\u{202e}evif\u{202c}\u{202d}b"),
    (
        "isolates",
        "a\u{2066}b\u{2067}c\u{2068}d\u{2069}\u{200f}\u{61c}",
    ),
    (
        "what takes no room",
        "a\u{200b}b\u{2060}c\u{feff}d\u{2063}e",
    ),
    ("tags", "a\u{e0001}\u{e0041}\u{e007f}b"),
    ("separators", "a\u{2028}error: forged\u{2029}b\u{c}c\u{b}d"),
    ("another line", "x\nerror: forged\nwarning: forged"),
    ("another finding", "x\n::error ::forged"),
    (
        "a build server's command",
        "x%0A::set-output name=a::b%0D%0A",
    ),
    ("a heading further down", "x\n\n# forged\n\nforged\n==="),
    ("the end of a comment", "--> <b>forged</b> <!-- x"),
    ("strong words", "**forged** _forged_ ~~forged~~ \\*"),
    ("a character by name", "&lt;b&gt; &#60;i&#62; &copy;"),
    (
        "an event",
        "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forged;a,b\\n\\",
    ),
    (
        "a template",
        "{{ 7*7 }}{% include \"/etc/passwd\" %}{# x #}",
    ),
    ("a template's name", "{forged} ${forged} %s %n"),
];

/// Payloads that one folder carries at once, by their names, each group begun by another.
pub(crate) fn groups() -> Vec<(String, String)> {
    (0..GROUPS)
        .map(|first| {
            let of = PAYLOADS.iter().skip(first).step_by(GROUPS);
            let (names, loads): (Vec<&str>, Vec<&str>) = of.copied().unzip();
            (names.join(", "), loads.join(" "))
        })
        .collect()
}

/// What the folder carries that the others are compared with: no word, for a word would be found
/// again as the name of everybody in it.
pub(crate) const PLAIN: &str = "·";

/// A text with what it carries before and after it.
fn carrying(text: &str, load: &str) -> String {
    format!("{load} {text} {load}")
}

/// Words of the program, dates, references and figures, which would not be read if they were
/// changed: those are for the second folder.
pub(crate) fn is_structure(text: &str) -> bool {
    let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    text.is_empty()
        || text.chars().all(word)
        || text.starts_with("R-20")
        || text.starts_with("sha256:")
        || text
            .chars()
            .all(|c| c.is_ascii_digit() || "-:T. ".contains(c))
        || ["weeks", "days", "months", "week"]
            .iter()
            .any(|unit| text.ends_with(unit) && text.starts_with(|c: char| c.is_ascii_digit()))
}

/// Keys of a rule file that hold prose.
const PROSE: [&str; 23] = [
    "name",
    "panel",
    "case_system",
    "form",
    "send_to",
    "clause",
    "title",
    "implemented",
    "revised",
    "assumption",
    "venue",
    "says",
    "task",
    "label",
    "hint",
    "question",
    "if_missed",
    "heading",
    "contact",
    "disagree",
    "message",
    "help",
    "reason",
];

/// A rule of the council's own, so that its message and what to do are told.
const OWN_RULE: &str = "
[[rule]]
id = \"own-check\"
severity = \"warning\"
when = \"request.kind == 'new-placement'\"
message = \"This council wants to know of new placements.\"
help = \"Say so.\"
says = \"New placements are told.\"
clause = \"9.9\"
";

/// The referrals that the folder has; more would only take longer.
const REFERRALS: [&str; 12] = [
    "0105", "0106", "0111", "0112", "0113", "0115", "0116", "0117", "0119", "0121", "0122", "0124",
];

/// Makes the folder, each text with `load` in it, and says how many texts there were.
pub(crate) fn make(folder: &Path, load: &str) -> usize {
    let from = project().join("examples/bexley");
    let mut places = 0;
    let mut carried = |text: &str| {
        places += 1;
        carrying(text, load)
    };
    put(folder, "own.toml", &rule_file(&mut carried));
    put(
        folder,
        "panel.toml",
        &toml::to_string(&settings(&mut carried)).expect("TOML"),
    );
    for entry in walkdir::WalkDir::new(&from).sort_by_file_name() {
        let entry = entry.expect("the examples can be walked");
        let name = entry.path().strip_prefix(&from).expect("it lies there");
        let name = name.to_str().expect("a plain name");
        let number = |number: &&str| name.ends_with(&format!("R-2026-{number}.yaml"));
        let is_wanted = name.ends_with("meeting.yaml") || REFERRALS.iter().any(number);
        let is_of_time = name.starts_with("referrals/")
            || ["2026-11-19", "2026-11-26", "2026-12-03"]
                .iter()
                .any(|day| name.contains(day));
        if is_wanted && is_of_time {
            let text = fs::read_to_string(entry.path()).expect("an example");
            let mut record: Value = serde_yaml::from_str(&text).expect("YAML");
            each_text(&mut record, &mut |text| {
                if is_structure(text) {
                    text.to_owned()
                } else {
                    carried(text)
                }
            });
            put(folder, name, &yaml(&record));
        }
    }
    places
}

fn settings(carried: &mut impl FnMut(&str) -> String) -> toml::Table {
    let mut settings: toml::Table = "council = \"./own.toml\"\n".parse().expect("TOML");
    let pattern = carried("elsewhere").replace(['/', '\\', '[', ']', '{', '}', '!', '\0'], "");
    settings.insert("exclude".into(), vec![pattern.trim().to_owned()].into());
    let mut days = toml::Table::new();
    days.insert("2026-12-29".into(), carried("A day more").into());
    settings.insert("bank_holidays".into(), days.into());
    settings
}

fn rule_file(carried: &mut impl FnMut(&str) -> String) -> String {
    let text = fs::read_to_string(project().join("councils/bexley.toml")).expect("a rule file");
    let rules: toml::Table = (text + OWN_RULE).parse().expect("TOML");
    let mut rules = toml::Value::Table(rules);
    each_prose(&mut rules, "", carried);
    toml::to_string(&rules).expect("TOML")
}

fn each_prose(value: &mut toml::Value, key: &str, change: &mut impl FnMut(&str) -> String) {
    match value {
        toml::Value::String(text) if PROSE.contains(&key) => {
            // In a message a bracket begins a name; a name that nobody knows is refused.
            *text = change(text).replace(['{', '}'], "");
        }
        toml::Value::Array(list) => list
            .iter_mut()
            .for_each(|item| each_prose(item, key, change)),
        toml::Value::Table(table) => {
            for (key, value) in table {
                each_prose(value, key, change);
            }
        }
        _ => {}
    }
}

/// Changes each text of a record.
pub(crate) fn each_text(value: &mut Value, change: &mut impl FnMut(&str) -> String) {
    match value {
        Value::String(text) => *text = change(text),
        Value::Sequence(list) => list.iter_mut().for_each(|item| each_text(item, change)),
        Value::Mapping(map) => map
            .iter_mut()
            .for_each(|(_, value)| each_text(value, change)),
        _ => {}
    }
}

pub(crate) fn put(folder: &Path, name: &str, text: &str) {
    let file = folder.join(name);
    fs::create_dir_all(file.parent().expect("it lies in the folder")).expect("a folder");
    fs::write(file, text).expect("a temporary file");
}

/// A record as YAML, each key and each item on a line of its own.
pub(crate) fn yaml(value: &Value) -> String {
    let mut text = String::new();
    write(value, 0, &mut text);
    text
}

fn write(value: &Value, depth: usize, text: &mut String) {
    let lead = "  ".repeat(depth);
    match value {
        Value::Mapping(map) if !map.is_empty() => {
            for (key, value) in map {
                text.push_str(&format!("{lead}{}:", scalar(key)));
                below(value, depth, text);
            }
        }
        Value::Sequence(list) if !list.is_empty() => {
            for item in list {
                text.push_str(&format!("{lead}-"));
                below(item, depth, text);
            }
        }
        other => text.push_str(&format!("{lead}{}\n", scalar(other))),
    }
}

fn below(value: &Value, depth: usize, text: &mut String) {
    let is_open = match value {
        Value::Mapping(map) => !map.is_empty(),
        Value::Sequence(list) => !list.is_empty(),
        _ => false,
    };
    if is_open {
        text.push('\n');
        write(value, depth + 1, text);
    } else {
        text.push_str(&format!(" {}\n", scalar(value)));
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => {
            let is_date = text.len() >= 10
                && text.starts_with("20")
                && is_structure(text)
                && text[4..].starts_with('-');
            let is_word = !text.is_empty()
                && text
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || "-_".contains(c))
                && text.starts_with(|c: char| c.is_ascii_lowercase());
            if is_date || is_word {
                text.clone()
            } else {
                quoted(text)
            }
        }
        Value::Mapping(_) => "{}".to_owned(),
        Value::Sequence(_) => "[]".to_owned(),
        other => serde_yaml::to_string(other)
            .expect("a plain value")
            .trim()
            .to_owned(),
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_ascii() && !c.is_control() => quoted.push(c),
            c if c.is_alphanumeric() || c == '£' => quoted.push(c),
            c => quoted.push_str(&format!("\\U{:08X}", c as u32)),
        }
    }
    quoted + "\""
}

/// What must reach nobody's terminal raw.
pub(crate) fn raw(c: char) -> bool {
    matches!(c, '\0'..='\u{9}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// The shape of a value of JSON: its keys and how long its lists are.
pub(crate) fn shape(value: &Json) -> Json {
    match value {
        Json::Array(list) => list.iter().map(shape).collect(),
        Json::Object(map) => map
            .iter()
            // Where a text has several lines, what follows it stands further down.
            .filter(|(key, _)| {
                !["line", "end_line", "startLine", "endLine"].contains(&key.as_str())
            })
            .map(|(key, value)| (key.clone(), shape(value)))
            .collect(),
        Json::String(_) => Json::from("text"),
        other => other.clone(),
    }
}
