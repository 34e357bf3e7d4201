//! Documents that a bundled schema allows, made at random from its examples.

use crate::random::Random;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

/// The bundled schemas, as `KIND@RELEASE` or `KIND@MODE`.
pub(crate) fn schemas() -> Vec<(String, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    let mut schemas = Vec::new();
    for folder in ["a2a", "graph"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
            // The form of protocol buffers is no release of its own.
            if stem.contains("protojson") {
                continue;
            }
            let name = match stem.split_once('.') {
                Some((kind, mode)) if folder == "graph" => format!("graph-{kind}@{mode}"),
                _ => format!("a2a-card@{stem}"),
            };
            schemas.push((name, serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap()));
        }
    }
    schemas.sort_by(|a, b| a.0.cmp(&b.0));
    schemas
}

/// A document that `schema` allows.
pub(crate) fn generated(schema: &Value, random: &mut Random) -> Value {
    Generator { root: schema, random, depth: 0 }.value(schema)
}

struct Generator<'s, 'r> {
    root: &'s Value,
    random: &'r mut Random,
    depth: usize,
}

impl<'s> Generator<'s, '_> {
    fn value(&mut self, schema: &'s Value) -> Value {
        if let Some(reference) = schema["$ref"].as_str() {
            let place = reference.strip_prefix('#').unwrap();
            return self.value(self.root.pointer(place).unwrap());
        }
        if let Some(value) = schema.get("const") {
            return value.clone();
        }
        if let Some(values) = schema["enum"].as_array() {
            return values[self.random.below(values.len())].clone();
        }
        if let Some(other) = schema.get("else") {
            return self.value(other);
        }
        let types = &schema["type"];
        let kind = types.as_str().or(types[0].as_str()).unwrap_or("object");
        let examples = schema["examples"].as_array().map(Vec::as_slice).unwrap_or_default();
        match kind {
            "object" => self.object(schema),
            "array" => self.array(schema),
            _ if !examples.is_empty() => examples[self.random.below(examples.len())].clone(),
            "boolean" => self.random.chance(2).into(),
            "integer" | "number" => self.random.below(100).into(),
            _ => json!(self.random.pick(&[
                "text",
                "Gr\u{fc}\u{df}e",
                "a \"quoted\" word",
                "one\ntwo",
                "\u{1F600}"
            ])),
        }
    }

    fn array(&mut self, schema: &'s Value) -> Value {
        let examples = schema["examples"].as_array().map(Vec::as_slice).unwrap_or_default();
        if !examples.is_empty() && self.random.chance(2) {
            return examples[self.random.below(examples.len())].clone();
        }
        let count = 1 + self.random.below(3);
        (0..count).map(|_| self.value(&schema["items"])).collect()
    }

    fn object(&mut self, schema: &'s Value) -> Value {
        self.depth += 1;
        let mut members = Map::new();
        self.members(schema, &mut members);
        if let Some(choices) = schema["allOf"].as_array() {
            let choice = &choices[self.random.below(choices.len())];
            if let Some(reference) = choice["then"]["$ref"].as_str() {
                let chosen = self.root.pointer(&reference[1..]).unwrap();
                self.members(chosen, &mut members);
                let decided = choice["if"]["properties"].as_object().unwrap();
                members.extend(decided.iter().map(|(name, value)| (name.clone(), value["const"].clone())));
            }
        }
        if schema["additionalProperties"].is_object() {
            // Of several names that are wrong in the same way, the first in the text is told.
            members.insert("tides".to_owned(), self.value(&schema["additionalProperties"]));
        }
        self.depth -= 1;
        members.into()
    }

    /// The required members, and some of the others.
    fn members(&mut self, schema: &'s Value, members: &mut Map<String, Value>) {
        let Some(properties) = schema["properties"].as_object() else { return };
        if schema["anyOf"].is_array() {
            // Exactly one of them.
            let (name, property) = properties.iter().nth(self.random.below(properties.len())).unwrap();
            members.insert(name.clone(), self.value(property));
            return;
        }
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, property) in properties {
            if required.contains(&name.as_str()) || (self.depth < 6 && self.random.chance(2)) {
                members.insert(name.clone(), self.value(property));
            }
        }
    }
}
