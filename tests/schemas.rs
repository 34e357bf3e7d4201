//! What every bundled schema has in common, and how many errors one mistake gives.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value, json};

const PROPERTY_KEYWORDS: [&str; 17] = [
    "title",
    "description",
    "type",
    "$ref",
    "if",
    "else",
    "items",
    "patternProperties",
    "additionalProperties",
    "enum",
    "const",
    "minLength",
    "minItems",
    "format",
    "default",
    "examples",
    "deprecated",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas")
}

fn schema(name: &str) -> Value {
    let text = fs::read_to_string(folder().join(name)).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Path below `schemas/` and content of every schema file.
fn schemas() -> Vec<(String, Value)> {
    let mut names = Vec::new();
    for family in ["a2a", "graph"] {
        for entry in fs::read_dir(folder().join(family)).unwrap() {
            names.push(format!("{family}/{}", entry.unwrap().file_name().to_str().unwrap()));
        }
    }
    names.sort();
    names.into_iter().map(|name| (name.clone(), schema(&name))).collect()
}

fn each_value<'a>(value: &'a Value, visit: &mut impl FnMut(&'a str, &'a Value)) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                visit(name, member);
                each_value(member, visit);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| each_value(item, visit)),
        _ => {}
    }
}

fn definitions(schema: &Value) -> &Map<String, Value> {
    schema["$defs"].as_object().unwrap()
}

#[test]
fn each_is_valid_against_the_meta_schema() {
    for (name, schema) in schemas() {
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
        assert!(
            jsonschema::meta::validate(&schema).is_ok(),
            "{name}: {:?}",
            jsonschema::meta::validate(&schema)
        );
        assert_eq!(schema["$id"], format!("https://github.com/cardlint/cardlint/schemas/{name}"));
    }
}

#[test]
fn each_has_its_sources() {
    let sources = fs::read_to_string(folder().join("SOURCES.toml")).unwrap();
    let named: BTreeSet<String> = sources
        .lines()
        .filter_map(|line| line.split_once(" = ["))
        .map(|(name, facts)| {
            assert!(facts.starts_with('"') && facts.ends_with("\"]"), "{name} names no facts");
            name.trim_matches('"').to_owned()
        })
        .collect();
    let present: BTreeSet<String> = schemas().into_iter().map(|(name, _)| name).collect();
    assert_eq!(named, present);
}

#[test]
fn each_stands_alone() {
    for (name, schema) in schemas() {
        each_value(&schema, &mut |keyword, value| {
            assert!(!keyword.starts_with("x-"), "{name}: {keyword}");
            if keyword == "$ref" {
                let target = value.as_str().unwrap();
                assert!(target.starts_with("#/"), "{name}: {target}");
                assert!(schema.pointer(&target[1..]).is_some(), "{name}: {target} leads nowhere");
            }
        });
    }
}

#[test]
fn every_definition_is_used() {
    for (name, schema) in schemas() {
        let mut targets = BTreeSet::new();
        each_value(&schema, &mut |keyword, value| {
            if keyword == "$ref" {
                targets.insert(value.as_str().unwrap().trim_start_matches("#/$defs/").to_owned());
            }
        });
        let defined: BTreeSet<String> = definitions(&schema).keys().cloned().collect();
        assert_eq!(defined, targets, "{name}");
    }
}

#[test]
fn objects_and_members_are_explained_and_of_a_known_form() {
    for (name, schema) in schemas() {
        for (object, definition) in definitions(&schema) {
            explained(definition, &format!("{name} {object}"));
            assert_eq!(definition["type"], "object", "{name} {object}");
            for required in definition["required"].as_array().into_iter().flatten() {
                let member = required.as_str().unwrap();
                assert!(
                    definition["properties"].get(member).is_some(),
                    "{name} {object}: {member} is not described"
                );
            }
            for (member, property) in definition["properties"].as_object().unwrap() {
                let place = format!("{name} {object}.{member}");
                explained(property, &place);
                known_form(property, &place);
                examples_fit(&schema, property, &place);
            }
        }
    }
}

fn explained(node: &Value, place: &str) {
    for word in ["title", "description"] {
        assert!(node[word].as_str().is_some_and(|text| !text.is_empty()), "{place} has no {word}");
    }
}

/// A scalar, a constant, a reference, one that may be null, an array, a map, or any object.
fn known_form(property: &Value, place: &str) {
    let keywords = property.as_object().unwrap();
    for keyword in keywords.keys() {
        assert!(PROPERTY_KEYWORDS.contains(&keyword.as_str()), "{place}: {keyword}");
    }
    let null = property["if"] == json!({"type": "null"}) && property["else"]["$ref"].is_string();
    let kinds = match &property["type"] {
        Value::Array(kinds) => kinds.iter().filter(|&kind| kind != "null").collect(),
        kind => vec![kind],
    };
    match kinds[0].as_str() {
        Some("string" | "boolean") => {}
        Some("array") => known_form(&property["items"], place),
        Some("object") if property["additionalProperties"] == true => {}
        Some("object") => known_form(&property["additionalProperties"], place),
        None => assert!(null || property["$ref"].is_string() || property["const"].is_string(), "{place}"),
        Some(other) => panic!("{place}: type {other}"),
    }
}

fn examples_fit(schema: &Value, property: &Value, place: &str) {
    let mut alone = property.clone();
    alone["$defs"] = schema["$defs"].clone();
    let validator = jsonschema::validator_for(&alone).unwrap();
    for example in property["examples"].as_array().into_iter().flatten().chain(property.get("default")) {
        assert!(validator.is_valid(example), "{place}: {example} is no example");
    }
}

#[test]
fn graph_objects_are_closed_and_cards_are_open() {
    for (name, schema) in schemas() {
        for (object, definition) in definitions(&schema) {
            let union = definition.get("allOf").is_some();
            let closed = definition["additionalProperties"] == false;
            assert_eq!(closed, name.starts_with("graph/") && !union, "{name} {object}");
        }
    }
}

/// Where the schema finds errors in a value of one of its definitions.
fn errors(name: &str, definition: &str, value: &Value) -> Vec<String> {
    let mut schema = schema(name);
    schema["$ref"] = json!(format!("#/$defs/{definition}"));
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator.iter_errors(value).map(|error| error.instance_path().to_string()).collect()
}

#[track_caller]
fn check(name: &str, definition: &str, value: Value, expected: &[&str]) {
    assert_eq!(errors(name, definition, &value), expected, "{name} {definition} {value}");
}

#[test]
fn one_mistake_in_a_tagged_scheme_is_one_error() {
    let name = "a2a/0.3.0.json";
    check(name, "SecurityScheme", json!({"type": "apiKey", "in": "header", "name": "k"}), &[]);
    check(name, "SecurityScheme", json!({"type": "apiKey", "in": "header"}), &[""]);
    check(name, "SecurityScheme", json!({"type": "apiKey", "in": "body", "name": "k"}), &["/in"]);
    check(name, "SecurityScheme", json!({"type": "apikey", "in": "header", "name": "k"}), &["/type"]);
    check(name, "SecurityScheme", json!({"in": "header", "name": "k"}), &[""]);
    check(name, "SecurityScheme", json!({"type": "mutualTLS"}), &[]);
    check(name, "SecurityScheme", json!("apiKey"), &[""]);
    check("a2a/0.2.6.json", "SecurityScheme", json!({"type": "mutualTLS"}), &["/type"]);
}

#[test]
fn one_mistake_in_a_wrapped_scheme_is_one_error() {
    for name in ["a2a/1.0.json", "a2a/0.3.0-protojson.json"] {
        let (http, mtls) = (json!({"scheme": "Bearer"}), json!({}));
        check(name, "SecurityScheme", json!({"httpAuthSecurityScheme": http}), &[]);
        check(name, "SecurityScheme", json!({"mtlsSecurityScheme": mtls, "note": 1}), &[]);
        check(name, "SecurityScheme", json!({"type": "http", "scheme": "bearer"}), &[""]);
        let both = json!({"mtlsSecurityScheme": mtls, "httpAuthSecurityScheme": http});
        check(name, "SecurityScheme", both, &["/mtlsSecurityScheme"]);
        check(name, "OAuthFlows", json!({}), &[""]);
    }
}

#[test]
fn null_is_accepted_where_the_source_says_so() {
    let skill = json!({"id": "a", "name": "A", "description": null, "tags": null});
    check("a2a/0.1.0.json", "AgentSkill", skill, &[]);
    let card = json!({"name": "A", "url": "https://a.example", "version": "1", "capabilities": {}, "skills": [], "provider": 1});
    check("a2a/0.1.0.json", "AgentCard", card, &["/provider"]);
    check("a2a/0.1.0.json", "AgentSkill", json!({"id": null, "name": "A"}), &["/id"]);
    check("graph/agent-card-manifest.update.json", "agentCardManifest", json!({"provider": null}), &[]);
    check(
        "graph/agent-card-manifest.update.json",
        "agentCardManifest",
        json!({"capabilities": null}),
        &["/capabilities"],
    );
}

#[test]
fn graph_types_take_annotations_and_nothing_else() {
    let name = "graph/agent-instance.create.json";
    let mut body =
        json!({"displayName": "A", "ownerIds": ["o"], "agentCardManifest@odata.bind": "https://a.example"});
    check(name, "agentInstance", body.clone(), &[]);
    body["endpointUrl"] = json!("https://a.example");
    check(name, "agentInstance", body, &[""]);
    check(name, "agentInstance", json!({"displayName": "", "ownerIds": []}), &["/displayName", "/ownerIds"]);
    let scheme =
        json!({"@odata.type": "#microsoft.graph.httpAuthSecurityScheme", "type": "http", "scheme": "bearer"});
    let update = "graph/agent-card-manifest.update.json";
    let schemes = json!({"@odata.type": "microsoft.graph.securitySchemes", "entra": scheme});
    check(update, "agentCardManifest", json!({"securitySchemes": schemes}), &[]);
    check(update, "securityScheme", json!({"type": "http", "scheme": "bearer", "in": "header"}), &[""]);
}

#[test]
fn graph_modes_name_the_same_members() {
    for kind in ["agent-instance", "agent-card-manifest", "agent-registration", "agent-collection"] {
        let names = |mode: &str| -> Vec<(String, Vec<String>)> {
            definitions(&schema(&format!("graph/{kind}.{mode}.json")))
                .iter()
                .map(|(object, definition)| {
                    let members = definition["properties"].as_object().unwrap();
                    (object.clone(), members.keys().cloned().collect())
                })
                .collect()
        };
        assert_eq!(names("create"), names("update"), "{kind}");
        assert_eq!(names("create"), names("response"), "{kind}");
    }
}

#[test]
fn a_response_may_be_reduced_to_anything() {
    for (name, schema) in schemas() {
        if name.ends_with(".response.json") {
            let asking =
                definitions(&schema).iter().filter(|(_, definition)| definition.get("required").is_some());
            let asking: Vec<&String> = asking.map(|(object, _)| object).collect();
            assert!(asking.is_empty(), "{name}: {asking:?}");
        }
    }
}
