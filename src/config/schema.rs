//! The JSON Schema of the file, made from its types; a test keeps `schemas/config.json`.

use super::FailOn;
use crate::diagnostic::{Group, Severity};
use crate::kind::{Kind, Mode, Version};
use crate::rules;
use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

fn names(names: impl IntoIterator<Item = &'static str>) -> Schema {
    let names: Vec<&str> = names.into_iter().collect();
    json_schema!({ "type": "string", "enum": names })
}

fn rule_names() -> impl Iterator<Item = &'static str> {
    rules::ALL.iter().map(|rule| rule.meta.id)
}

fn selector_names() -> impl Iterator<Item = &'static str> {
    ["all"].into_iter().chain(Group::ALL.map(Group::name)).chain(rule_names())
}

pub(super) fn selectors(generator: &mut SchemaGenerator) -> Schema {
    generator.definitions_mut().insert("selector".to_owned(), names(selector_names()).into());
    json_schema!({ "type": "array", "items": { "$ref": "#/$defs/selector" } })
}

pub(super) fn severities(generator: &mut SchemaGenerator) -> Schema {
    let severity = || json!({ "$ref": "#/$defs/severity" });
    let properties: Map<String, Value> = selector_names().map(|name| (name.to_owned(), severity())).collect();
    let all = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    let definitions = generator.definitions_mut();
    definitions.insert("severity".to_owned(), names(Severity::ALL.map(Severity::name)).into());
    definitions.insert("severities".to_owned(), all);
    json_schema!({ "$ref": "#/$defs/severities" })
}

pub(super) fn rule(_: &mut SchemaGenerator) -> Schema {
    names(rule_names())
}

pub(super) fn fail_on(_: &mut SchemaGenerator) -> Schema {
    names(FailOn::ALL.map(FailOn::name))
}

pub(super) fn kind(_: &mut SchemaGenerator) -> Schema {
    names(Kind::ALL.map(Kind::name))
}

pub(super) fn version(_: &mut SchemaGenerator) -> Schema {
    names(Version::ALL.map(Version::name).into_iter().chain(["0.1", "0.3", "1.0.0", "1.0.1"]))
}

pub(super) fn mode(_: &mut SchemaGenerator) -> Schema {
    names(Mode::ALL.map(Mode::name))
}

pub(super) fn globs(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "array", "items": { "type": "string" }, "minItems": 1 })
}

pub(super) fn pointer(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "pattern": "^(/([^~]|~[01])*)?$" })
}

pub(super) fn date(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "format": "date" })
}

#[cfg(test)]
mod tests {
    use crate::config::{File, SCHEMA};
    use schemars::generate::SchemaSettings;
    use serde_json::{Value, json};

    fn generated() -> String {
        let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<File>();
        let id = concat!(env!("CARGO_PKG_REPOSITORY"), "/schemas/config.json");
        schema.insert("$id".to_owned(), id.into());
        serde_json::to_string_pretty(&schema).unwrap() + "\n"
    }

    #[test]
    fn the_schema_is_that_of_the_types() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/config.json");
        let there = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        if there != generated() {
            std::fs::write(&path, generated()).unwrap();
            panic!("schemas/config.json was out of date and has been written anew: run the tests again");
        }
    }

    /// A value that the schema allows for a key, as TOML.
    fn example(schema: &Value) -> String {
        let schema = match schema["$ref"].as_str() {
            Some("#/$defs/severities") => &json!({ "type": "object" }),
            Some(_) => &json!({ "enum": ["all"] }),
            None => schema,
        };
        match (schema["type"].as_str(), &schema["enum"][0]) {
            (_, Value::String(name)) => format!("{name:?}"),
            (Some("array"), _) => format!("[{}]", example(&schema["items"])),
            (Some("object"), _) => "{ all = \"note\" }".to_owned(),
            _ if schema["format"] == "date" => "2026-12-31".to_owned(),
            _ => "\"/x\"".to_owned(),
        }
    }

    #[test]
    fn the_reader_knows_every_key_of_the_schema_and_no_other() {
        let schema: Value = serde_json::from_str(SCHEMA).unwrap();
        let table = |heading: &str, schema: &Value, wrong: &str| {
            let mut text = format!("{heading}\n");
            for (name, of_key) in schema["properties"].as_object().unwrap() {
                if of_key["items"]["$ref"].as_str().is_none_or(|target| target.ends_with("/selector")) {
                    let value = if name == "files" { "[\"x\"]".to_owned() } else { example(of_key) };
                    let value = if name == "kind" { "\"graph-agent-instance\"".to_owned() } else { value };
                    text.push_str(&format!("{name}{wrong} = {value}\n"));
                }
            }
            text
        };
        for wrong in ["", "-x"] {
            let text = [
                table("", &schema, wrong),
                table("[[per-file]]", &schema["$defs"]["PerFile"], wrong),
                table("[[allow]]", &schema["$defs"]["Allow"], wrong),
            ]
            .concat();
            let faults = crate::config::read::read(&text).1;
            let unknown: Vec<_> =
                faults.iter().filter(|fault| fault.message.starts_with("there is no setting")).collect();
            let keys = text.lines().filter(|line| line.contains(" = ")).count();
            assert_eq!(unknown.len(), if wrong.is_empty() { 0 } else { keys }, "{text}{faults:#?}");
            assert!(!wrong.is_empty() || faults.is_empty(), "{text}{faults:#?}");
        }
    }
}
