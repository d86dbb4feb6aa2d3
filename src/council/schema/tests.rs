//! The schemas say what the readers read.

use super::*;
use crate::council::BUILT_IN;
use crate::folder::{Content, Node, Style, parse_toml};

const KINDS: [FileKind; 5] = [
    FileKind::Council,
    FileKind::Referral,
    FileKind::Meeting,
    FileKind::Decision,
    FileKind::After,
];

fn built_in(kind: FileKind) -> Value {
    schema_of(kind, None)
}

/// What a tree has that a schema does not know of: enough of the language for what is generated.
fn strangers(node: &Node, schema: &Value, root: &Value, path: &str, found: &mut Vec<String>) {
    let mut ways: Vec<&Value> = vec![schema];
    let mut at = 0;
    while let Some(way) = ways.get(at).copied() {
        at += 1;
        if let Some(name) = way["$ref"].as_str() {
            ways.push(&root["definitions"][name.trim_start_matches("#/definitions/")]);
        }
        for key in ["anyOf", "allOf", "oneOf"] {
            ways.extend(way[key].as_array().into_iter().flatten());
        }
    }
    let is_a = |kind: &str| {
        ways.iter().any(|way| match &way["type"] {
            Value::String(one) => one == kind,
            Value::Array(many) => many.iter().any(|one| one == kind),
            _ => kind == "string" && way["enum"].is_array(),
        })
    };
    match &node.content {
        Content::Map(entries) => {
            for entry in entries {
                let path = format!("{path}.{}", entry.key);
                let of_group = ways
                    .iter()
                    .find_map(|way| way["properties"].get(&entry.key));
                let of_any = ways.iter().find_map(|way| {
                    way.get("additionalProperties")
                        .filter(|more| more.is_object())
                });
                match of_group.or(of_any) {
                    Some(schema) => strangers(&entry.value, schema, root, &path, found),
                    None => found.push(format!("{path}: no such key")),
                }
            }
        }
        Content::List(nodes) => match ways.iter().find_map(|way| way.get("items")) {
            Some(items) => {
                for node in nodes {
                    strangers(node, items, root, &format!("{path}[]"), found);
                }
            }
            None => found.push(format!("{path}: no list")),
        },
        Content::Scalar(text, style) => {
            let fits = match style {
                Style::Truth => is_a("boolean"),
                Style::Number => is_a("integer") || is_a("number"),
                Style::Plain | Style::Quoted | Style::Date => is_a("string"),
            };
            if !fits {
                found.push(format!("{path}: `{text}` ({style:?}) does not fit"));
            }
        }
        Content::Blank => {}
    }
}

#[test]
fn every_built_in_rule_file_and_the_template_fit_the_schema_of_rule_files() {
    let schema = built_in(FileKind::Council);
    let template = [("template", include_str!("../../../councils/template.toml"))];
    for (id, text) in BUILT_IN.iter().chain(&template) {
        let (tree, _) = parse_toml(text);
        let mut found = Vec::new();
        strangers(&tree, &schema, &schema, id, &mut found);
        assert_eq!(found, Vec::<String>::new());
    }
}

#[test]
fn a_key_or_a_value_that_the_reader_refuses_does_not_fit() {
    let schema = built_in(FileKind::Council);
    for text in [
        "[sitting]\nminuts = 180\n",
        "[sitting]\nminutes = \"long\"\n",
        "[[criterium]]\nid = \"a\"\n",
        "[[outcome]]\nneeds = true\n",
    ] {
        let (tree, _) = parse_toml(text);
        let mut found = Vec::new();
        strangers(&tree, &schema, &schema, "", &mut found);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
    }
}

#[test]
fn a_group_may_be_a_list_of_groups_and_a_list_may_not_be_a_group() {
    let schema = built_in(FileKind::Council);
    let properties = schema["properties"].as_object().expect("properties");
    assert!(properties["cut_off"]["anyOf"][1]["items"].is_object());
    assert_eq!(properties["criterion"]["type"], "array");
    for list in LISTS {
        assert_eq!(properties[*list]["type"], "array", "{list}");
    }
}

/// `multipleOf` with binary floats refuses sound amounts; dates stay text.
#[test]
fn no_schema_divides_money() {
    for kind in KINDS {
        let text = built_in(kind).to_string();
        assert!(!text.contains("multipleOf"), "{kind:?}");
        assert!(!text.contains("\"format\""), "{kind:?}");
    }
}

#[test]
fn every_place_of_words_is_a_key_that_some_file_has() {
    let schemas: Vec<Value> = KINDS[1..].iter().map(|kind| built_in(*kind)).collect();
    for (group, key) in words::places() {
        let is_there = schemas.iter().any(|schema| {
            let object = if group.is_empty() {
                schema
            } else {
                &schema["definitions"][group]
            };
            object["properties"].get(key).is_some()
        });
        assert!(is_there, "{group}.{key}");
    }
}

#[test]
fn every_key_of_every_file_is_explained() {
    let mut silent = Vec::new();
    for kind in KINDS {
        let schema = built_in(kind);
        let definitions = schema["definitions"].as_object().expect("definitions");
        for (name, group) in definitions {
            if group["description"].as_str().is_none() {
                silent.push(name.clone());
            }
        }
        let whole = String::new();
        // A table of a rule file is explained where its group is.
        let own = (kind != FileKind::Council).then_some((&whole, &schema));
        for (name, group) in definitions.iter().chain(own) {
            for (key, value) in group["properties"].as_object().into_iter().flatten() {
                if value["description"].as_str().is_none() {
                    silent.push(format!("{kind:?} {name}.{key}"));
                }
            }
        }
    }
    assert_eq!(silent, Vec::<String>::new());
}
