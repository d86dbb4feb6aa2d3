//! What a schema says of a place in a record.

use super::cursor::Step;
use serde_json::Value;

/// Everything that a schema says of one place.
pub(super) struct Shape<'s> {
    root: &'s Value,
    ways: Vec<&'s Value>,
}

/// The shape of references, as schemas write it.
const REFERENCES: [&str; 2] = ["^[A-Za-z0-9-]{1,40}$", "^(?=.*[0-9])[A-Za-z0-9-]{1,40}$"];

impl<'s> Shape<'s> {
    /// The place at the end of a path; none where no file has it.
    pub(super) fn at(root: &'s Value, path: &[Step]) -> Option<Self> {
        let mut shape = Self::of(root, root);
        for step in path {
            let next = match step {
                Step::Key(key) => shape.find("properties", Some(key)).or_else(|| {
                    let more = shape.find("additionalProperties", None);
                    more.filter(|more| more.is_object())
                }),
                Step::Row(_) => shape.find("items", None),
            };
            shape = Self::of(root, next?);
        }
        Some(shape)
    }

    fn of(root: &'s Value, schema: &'s Value) -> Self {
        let mut ways = vec![schema];
        let mut at = 0;
        while let Some(way) = ways.get(at).copied() {
            at += 1;
            if let Some(name) = way["$ref"].as_str() {
                ways.push(&root["definitions"][name.trim_start_matches("#/definitions/")]);
            }
            for key in ["allOf", "anyOf"] {
                ways.extend(way[key].as_array().into_iter().flatten());
            }
        }
        Self { root, ways }
    }

    fn find(&self, key: &str, inner: Option<&str>) -> Option<&'s Value> {
        self.ways
            .iter()
            .filter_map(|way| way.get(key))
            .find_map(|found| match inner {
                Some(inner) => found.get(inner),
                None => Some(found),
            })
    }

    /// What it is, in words.
    pub(super) fn description(&self) -> Option<&'s str> {
        self.find("description", None)?.as_str()
    }

    /// The keys of the group, each with its own shape, in the order of the form.
    pub(super) fn keys(&self) -> Vec<(&'s str, Shape<'s>)> {
        let groups = self
            .ways
            .iter()
            .filter_map(|way| way["properties"].as_object());
        groups
            .flatten()
            .map(|(key, schema)| (key.as_str(), Self::of(self.root, schema)))
            .collect()
    }

    /// The words that can stand here, each with how people read it where that is told.
    pub(super) fn words(&self) -> Vec<(&'s str, Option<&'s str>)> {
        for way in &self.ways {
            if let Some(words) = way["enum"].as_array() {
                let label = |at: usize| way["enumDescriptions"][at].as_str();
                return words
                    .iter()
                    .enumerate()
                    .filter_map(|(at, word)| Some((word.as_str()?, label(at))))
                    .collect();
            }
            if let Some(words) = way["oneOf"].as_array() {
                return words
                    .iter()
                    .filter_map(|word| {
                        Some((word["const"].as_str()?, word["description"].as_str()))
                    })
                    .collect();
            }
        }
        Vec::new()
    }

    /// How it can be written, for instance.
    pub(super) fn examples(&self) -> Vec<String> {
        let examples = self.find("examples", None).and_then(Value::as_array);
        examples
            .into_iter()
            .flatten()
            .map(|example| match example {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            })
            .collect()
    }

    /// Whether it is written in the way of a pattern, so that its examples are no words.
    pub(super) fn has_pattern(&self) -> bool {
        self.find("pattern", None).is_some()
    }

    /// Whether the reference of a referral stands here.
    pub(super) fn is_reference(&self) -> bool {
        let pattern = self.find("pattern", None).and_then(Value::as_str);
        pattern.is_some_and(|pattern| REFERENCES.contains(&pattern))
    }

    /// Whether an amount stands here; a text that may look like a number is none.
    pub(super) fn is_amount(&self) -> bool {
        self.is_a("number") && !self.is_a("boolean")
    }

    /// Whether a kind of value can stand here: `boolean`, `array`, `object`.
    pub(super) fn is_a(&self, kind: &str) -> bool {
        self.ways.iter().any(|way| match &way["type"] {
            Value::String(one) => one == kind,
            Value::Array(many) => many.iter().any(|one| one == kind),
            _ => false,
        })
    }

    /// Whether a group of keys stands here, or a list of groups.
    pub(super) fn is_group(&self) -> bool {
        let is_of_keys =
            |shape: &Self| shape.find("properties", None).is_some() || shape.takes_ids();
        is_of_keys(self)
            || self
                .find("items", None)
                .is_some_and(|items| is_of_keys(&Self::of(self.root, items)))
    }

    /// Whether keys of the council's own stand here.
    pub(super) fn takes_ids(&self) -> bool {
        self.find("additionalProperties", None)
            .is_some_and(Value::is_object)
    }
}
