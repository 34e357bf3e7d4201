//! SARIF 2.1.0: one run in one document, for GitHub code scanning and its like.
//!
//! The rules stand behind the results, since which ones are needed is known only then.

use super::escape::write_json;
use super::{Output, Renderer, Scene, list_end, list_finding, put_findings, uri, weaknesses};
use crate::diagnostic::{Diagnostic, Edit, Fix, Meta, OtherFile};
use crate::text::{Columns, Position, Source, Span};
use serde::Serialize;
use serde_json::json;
use std::io;

pub(super) static RENDERER: Renderer = Renderer {
    begin,
    part: |output, part, drawn| put_findings(output, part, drawn, put),
    end,
    documents: None,
    fingerprints: true,
    finding,
};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/// The name for the folder in which relative paths start; it is the one that other tools use.
const BASE: &str = "%SRCROOT%";

/// What fingerprints are called. A change in how they are made changes the name.
const FINGERPRINT: &str = "cardlint/v1";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    rule_id: &'static str,
    level: &'static str,
    message: Text<'a>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: serde_json::Value,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<FixEntry<'a>>,
}

#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<'a>>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<Logical<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize, Clone)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u64,
    start_column: u64,
    end_line: u64,
    end_column: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical<'a> {
    fully_qualified_name: &'a str,
    kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FixEntry<'a> {
    description: Text<'a>,
    artifact_changes: [Change<'a>; 1],
    properties: serde_json::Value,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Text<'a>,
}

impl Region {
    fn new(source: &Source<'_>, span: Span) -> Self {
        Self::between([span.start, span.end].map(|offset| source.position(offset, Columns::Chars)))
    }

    fn between([start, end]: [Position; 2]) -> Self {
        Self {
            start_line: start.line + 1,
            start_column: start.column + 1,
            end_line: end.line + 1,
            end_column: end.column + 1,
        }
    }
}

impl Artifact {
    /// The file at `path`: relative where it can be, since reports are read elsewhere.
    fn new(path: &str, folder: &str) -> Self {
        match uri::relative(path) {
            Some(uri) => Self { uri, uri_base_id: Some(BASE) },
            None => Self { uri: uri::absolute(folder, path), uri_base_id: None },
        }
    }
}

impl<'a> Location<'a> {
    fn new(artifact_location: Artifact, region: Region, pointer: &'a str) -> Self {
        // The document itself has no name.
        let is_inside = !pointer.is_empty();
        let logical_locations = is_inside.then(|| Logical::new(pointer)).into_iter().collect();
        let physical_location = Physical { artifact_location, region };
        Self { id: None, message: None, physical_location, logical_locations }
    }
}

impl<'a> Logical<'a> {
    fn new(pointer: &'a str) -> Self {
        Self { fully_qualified_name: pointer, kind: "value" }
    }
}

impl<'a> FixEntry<'a> {
    fn new(source: &Source<'_>, artifact: &Artifact, fix: &'a Fix) -> Self {
        let replace = |edit: &'a Edit| Replacement {
            deleted_region: Region::new(source, edit.span),
            inserted_content: Text { text: &edit.text },
        };
        let replacements = fix.edits.iter().map(replace).collect();
        Self {
            description: Text { text: &fix.title },
            artifact_changes: [Change { artifact_location: artifact.clone(), replacements }],
            properties: json!({ "safety": fix.safety.name() }),
        }
    }
}

fn finding(scene: &Scene<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let Scene { look, path, source, found, fingerprint } = scene;
    let artifact = Artifact::new(path, &look.folder);
    let related = found.related.iter().enumerate().map(|(index, related)| {
        let elsewhere = |file: &OtherFile| {
            (Artifact::new(&file.path, &look.folder), Region::between(file.range.ends(Columns::Chars)))
        };
        let here = || (artifact.clone(), Region::new(source, related.span));
        let (artifact, region) = related.file.as_ref().map_or_else(here, elsewhere);
        let (id, message) = (Some(index + 1), Some(Text { text: &related.message }));
        Location { id, message, ..Location::new(artifact, region, &related.pointer) }
    });
    let mut location = Location::new(artifact.clone(), Region::new(source, found.span), &found.pointer);
    // In a string that holds JSON, the value there comes second.
    location.logical_locations.extend(found.inner_pointer().map(Logical::new));
    let entry = Entry {
        rule_id: found.rule.id,
        level: found.severity.name(),
        message: Text { text: &scene.sentence() },
        locations: [location],
        related_locations: related.collect(),
        partial_fingerprints: json!({ FINGERPRINT: fingerprint }),
        fixes: found.fixes.iter().map(|fix| FixEntry::new(source, &artifact, fix)).collect(),
    };
    write_json(out, &entry)
}

fn put(output: &mut Output<'_>, found: &Diagnostic, bytes: &[u8]) -> io::Result<()> {
    output.rules.insert(found.rule.id, found.rule);
    list_finding(output, found, bytes)
}

fn begin(output: &mut Output<'_>) -> io::Result<()> {
    let bases = json!({
        BASE: {
            "uri": uri::folder(&output.look.folder),
            "description": { "text": "The folder in which cardlint was run." },
        }
    });
    writeln!(output.out, "{{\n\"$schema\": \"{SCHEMA}\",\n\"version\": \"2.1.0\",\n\"runs\": [{{")?;
    // A lone carriage return ends a line here, as it does in editors.
    writeln!(output.out, "\"columnKind\": \"unicodeCodePoints\",")?;
    writeln!(output.out, "\"newlineSequences\": [\"\\r\\n\", \"\\n\", \"\\r\"],")?;
    output.out.write_all(b"\"originalUriBaseIds\": ")?;
    write_json(&mut *output.out, &bases)?;
    output.out.write_all(b",\n\"results\": [")
}

fn end(output: &mut Output<'_>) -> io::Result<()> {
    let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    let home = env!("CARGO_PKG_REPOSITORY");
    writeln!(output.out, "{},\n\"tool\": {{ \"driver\": {{", list_end(output))?;
    writeln!(output.out, "\"name\": \"{name}\",\n\"version\": \"{version}\",")?;
    writeln!(output.out, "\"semanticVersion\": \"{version}\",\n\"informationUri\": \"{home}\",")?;
    output.out.write_all(b"\"rules\": [")?;
    for (index, rule) in output.rules.values().enumerate() {
        output.out.write_all(if index > 0 { b",\n" } else { b"\n" })?;
        write_json(&mut *output.out, &descriptor(rule))?;
    }
    output.out.write_all(if output.rules.is_empty() { b"]" } else { b"\n]" })?;
    output.out.write_all(b"\n} }\n}]\n}\n")
}

fn descriptor(rule: &Meta) -> serde_json::Value {
    let mut properties = json!({ "tags": weaknesses::tags(rule) });
    if let Some(score) = weaknesses::score(rule) {
        properties["security-severity"] = score.into();
    }
    json!({
        "id": rule.id,
        "shortDescription": { "text": format!("Reported when {}.", rule.summary) },
        "fullDescription": { "text": if rule.why.is_empty() { rule.summary } else { rule.why } },
        "help": help(rule),
        "helpUri": rule.url(),
        "defaultConfiguration": { "level": rule.severity.name() },
        "properties": properties,
    })
}

/// The page of the rule but for its examples, which hold the very things that scanners of reports look for.
fn help(rule: &Meta) -> serde_json::Value {
    let (id, url) = (rule.id, rule.url());
    let said = format!("Reported when {}.\n\n{}\n\n", rule.summary, rule.why);
    json!({ "text": format!("{said}See {url}"), "markdown": format!("{said}See [{id}]({url}).") })
}
