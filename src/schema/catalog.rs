//! Which schema describes which document.

use super::tree::Tree;
use super::types::Types;
use crate::kind::{CardVersion, Kind, Mode, Profile, Version};
use jsonschema::{Draft, Validator};
use serde_json::Value;
use std::sync::OnceLock;

/// A bundled schema.
pub struct Bundled {
    /// Its name for `cardlint schema`, `KIND@VERSION` or `KIND@MODE`.
    pub name: &'static str,
    /// The schema itself, as JSON text.
    pub text: &'static str,
    compiled: OnceLock<Compiled>,
}

/// A schema made ready: its types for names, its validator for values.
pub(super) struct Compiled {
    pub(super) types: Types,
    pub(super) validator: Option<Validator<Tree>>,
}

impl Bundled {
    const fn new(name: &'static str, text: &'static str) -> Self {
        Self { name, text, compiled: OnceLock::new() }
    }

    /// The object types of the schema.
    pub fn types(&self) -> &Types {
        &self.compiled().types
    }

    pub(super) fn validator(&self) -> Option<&Validator<Tree>> {
        self.compiled().validator.as_ref()
    }

    fn compiled(&self) -> &Compiled {
        self.compiled.get_or_init(|| {
            // The texts are our own and a test compiles each of them; an unusable one would check nothing.
            let mut schema: Value = serde_json::from_str(self.text).unwrap_or(Value::Null);
            let types = Types::read(&schema);
            strip(&mut schema);
            let options = jsonschema::options_for::<Tree>().with_draft(Draft::Draft7);
            Compiled { types, validator: options.build(&schema).ok() }
        })
    }
}

/// Makes a schema quick to compile: takes out the texts for readers, and the ban on unknown members, which the comparison
/// of names handles with more care, and says the rest in draft 7. What the bundled schemas use means the same there, and
/// the meta-schema that each compilation checks against is a fraction of that of 2020-12.
fn strip(schema: &mut Value) {
    let Value::Object(keywords) = schema else { return };
    keywords.retain(|name, _| !READERS.contains(&name.as_str()));
    if keywords.get("additionalProperties") == Some(&Value::Bool(false)) {
        keywords.remove("additionalProperties");
        keywords.remove("patternProperties");
    }
    if let Some(dependent) = keywords.remove("dependentSchemas") {
        keywords.insert("dependencies".to_owned(), dependent);
    }
    for (name, value) in keywords.iter_mut() {
        match (name.as_str(), value) {
            ("properties" | "patternProperties" | "dependencies" | "$defs", Value::Object(schemas)) => {
                schemas.values_mut().for_each(strip);
            }
            ("allOf" | "anyOf", Value::Array(schemas)) => schemas.iter_mut().for_each(strip),
            (_, inner) => strip(inner),
        }
    }
}

/// Keywords that say nothing to a validator.
const READERS: [&str; 7] = ["$id", "$schema", "title", "description", "examples", "default", "deprecated"];

static CATALOG: [Bundled; 22] = [
    Bundled::new("a2a-card@0.1.0", include_str!("../../schemas/a2a/0.1.0.json")),
    Bundled::new("a2a-card@0.2.0", include_str!("../../schemas/a2a/0.2.0.json")),
    Bundled::new("a2a-card@0.2.1", include_str!("../../schemas/a2a/0.2.1.json")),
    Bundled::new("a2a-card@0.2.2", include_str!("../../schemas/a2a/0.2.2.json")),
    Bundled::new("a2a-card@0.2.4", include_str!("../../schemas/a2a/0.2.4.json")),
    Bundled::new("a2a-card@0.2.5", include_str!("../../schemas/a2a/0.2.5.json")),
    Bundled::new("a2a-card@0.2.6", include_str!("../../schemas/a2a/0.2.6.json")),
    Bundled::new("a2a-card@0.3.0", include_str!("../../schemas/a2a/0.3.0.json")),
    Bundled::new("a2a-card@0.3.0-protojson", include_str!("../../schemas/a2a/0.3.0-protojson.json")),
    Bundled::new("a2a-card@1.0", include_str!("../../schemas/a2a/1.0.json")),
    Bundled::new(
        "graph-agent-instance@create",
        include_str!("../../schemas/graph/agent-instance.create.json"),
    ),
    Bundled::new(
        "graph-agent-instance@update",
        include_str!("../../schemas/graph/agent-instance.update.json"),
    ),
    Bundled::new(
        "graph-agent-instance@response",
        include_str!("../../schemas/graph/agent-instance.response.json"),
    ),
    Bundled::new(
        "graph-agent-card-manifest@create",
        include_str!("../../schemas/graph/agent-card-manifest.create.json"),
    ),
    Bundled::new(
        "graph-agent-card-manifest@update",
        include_str!("../../schemas/graph/agent-card-manifest.update.json"),
    ),
    Bundled::new(
        "graph-agent-card-manifest@response",
        include_str!("../../schemas/graph/agent-card-manifest.response.json"),
    ),
    Bundled::new(
        "graph-agent-registration@create",
        include_str!("../../schemas/graph/agent-registration.create.json"),
    ),
    Bundled::new(
        "graph-agent-registration@update",
        include_str!("../../schemas/graph/agent-registration.update.json"),
    ),
    Bundled::new(
        "graph-agent-registration@response",
        include_str!("../../schemas/graph/agent-registration.response.json"),
    ),
    Bundled::new(
        "graph-agent-collection@create",
        include_str!("../../schemas/graph/agent-collection.create.json"),
    ),
    Bundled::new(
        "graph-agent-collection@update",
        include_str!("../../schemas/graph/agent-collection.update.json"),
    ),
    Bundled::new(
        "graph-agent-collection@response",
        include_str!("../../schemas/graph/agent-collection.response.json"),
    ),
];

/// Every bundled schema, by kind, then by version or mode.
pub fn catalog() -> &'static [Bundled] {
    &CATALOG
}

/// The schema called `name`: `KIND@VERSION`, `KIND@MODE`, or the kind alone for its newest version or its create mode.
/// 0.2.3 has the card of 0.2.2.
pub fn find(name: &str) -> Option<&'static Bundled> {
    let name = match name {
        "a2a-card" | "a2a-card@1.0.0" | "a2a-card@1.0.1" => "a2a-card@1.0",
        "a2a-card@0.2.3" => "a2a-card@0.2.2",
        other => other,
    };
    let exact = CATALOG.iter().find(|schema| schema.name == name);
    exact.or_else(|| CATALOG.iter().find(|schema| schema.name.strip_suffix("@create") == Some(name)))
}

/// The schemas that `profile` has to satisfy: one, or two for a mixed card, the 0.x one first.
pub fn bundled(profile: Profile) -> Vec<&'static Bundled> {
    match profile {
        Profile::Card(version) => card_schemas(version),
        Profile::Graph(kind, mode) => vec![graph_schema(kind, mode)],
    }
}

fn card_schemas(version: CardVersion) -> Vec<&'static Bundled> {
    let legacy = version.legacy.map(|release| match release {
        Version::V0_1_0 => &CATALOG[0],
        Version::V0_2_0 => &CATALOG[1],
        Version::V0_2_1 => &CATALOG[2],
        Version::V0_2_2 | Version::V0_2_3 => &CATALOG[3],
        Version::V0_2_4 => &CATALOG[4],
        Version::V0_2_5 => &CATALOG[5],
        Version::V0_2_6 => &CATALOG[6],
        _ if version.protojson => &CATALOG[8],
        _ => &CATALOG[7],
    });
    legacy.into_iter().chain(version.modern.then_some(&CATALOG[9])).collect()
}

fn graph_schema(kind: Kind, mode: Mode) -> &'static Bundled {
    let first = match kind {
        Kind::GraphAgentCardManifest => 13,
        Kind::GraphAgentRegistration => 16,
        Kind::GraphAgentCollection => 19,
        Kind::GraphAgentInstance | Kind::A2aCard => 10,
    };
    let offset = match mode {
        Mode::Create => 0,
        Mode::Update => 1,
        Mode::Response => 2,
    };
    &CATALOG[first + offset]
}

/// The release whose `object` has a member called `member`, of the last one before 1.0 and 1.0 itself.
pub fn release_with(object: &str, member: &str) -> Option<Version> {
    let has = |index: usize| {
        CATALOG[index].types().by_name(object).is_some_and(|object| object.member(member).is_some())
    };
    [(7, Version::V0_3_0), (9, Version::V1_0)]
        .into_iter()
        .find(|(index, _)| has(*index))
        .map(|(_, version)| version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_compiles_and_is_found_by_its_name() {
        for schema in catalog() {
            assert!(schema.validator().is_some(), "{}", schema.name);
            assert!(schema.types().root().is_some(), "{}", schema.name);
            assert!(std::ptr::eq(find(schema.name).unwrap(), schema));
        }
    }

    #[test]
    fn a_profile_is_described_by_the_schema_of_its_name() {
        for kind in &Kind::ALL[1..] {
            for mode in Mode::ALL {
                let names: Vec<_> =
                    bundled(Profile::Graph(*kind, mode)).iter().map(|schema| schema.name).collect();
                assert_eq!(names, [format!("{}@{}", kind.name(), mode.name())]);
            }
        }
        for version in Version::ALL {
            let names: Vec<_> =
                bundled(Profile::Card(CardVersion::stated(version))).iter().map(|s| s.name).collect();
            let expected = if version == Version::V0_2_3 { Version::V0_2_2 } else { version };
            assert_eq!(names, [format!("a2a-card@{}", expected.name())]);
        }
    }
}
