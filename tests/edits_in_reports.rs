//! The edits that reports carry: whoever applies them gets the bytes that `cardlint fix` writes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod command;

use command::{folder, run};
use serde_json::Value;
use std::fs;

/// A place as a format tells it: line and column from 0.
type Point = (u64, u64);

/// The unit of columns.
#[derive(Clone, Copy)]
enum Unit {
    Bytes,
    Chars,
    Utf16,
}

struct Change {
    start: Point,
    end: Point,
    text: String,
}

/// The byte at a place. A line ends with LF, CR LF or CR.
fn offset(text: &str, (line, column): Point, unit: Unit) -> usize {
    let mut start = 0;
    for _ in 0..line {
        let end = start + text[start..].find(['\n', '\r']).unwrap();
        start = end + if text[end..].starts_with("\r\n") { 2 } else { 1 };
    }
    let width = |char: char| match unit {
        Unit::Bytes => char.len_utf8() as u64,
        Unit::Chars => 1,
        Unit::Utf16 => char.len_utf16() as u64,
    };
    let mut passed = 0;
    for (at, char) in text[start..].char_indices() {
        if passed == column {
            return start + at;
        }
        passed += width(char);
    }
    assert_eq!(passed, column, "no such column");
    text.len()
}

/// The text with the changes of all findings.
fn apply(text: &str, unit: Unit, changes: Vec<Change>) -> String {
    let mut changes: Vec<_> = changes
        .into_iter()
        .map(|change| (offset(text, change.start, unit), offset(text, change.end, unit), change.text))
        .collect();
    changes.sort();
    let mut changed = text.to_owned();
    for (start, end, new) in changes.into_iter().rev() {
        changed.replace_range(start..end, &new);
    }
    changed
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().unwrap().iter()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

/// The edits of the first safe fix of each finding that is no note.
fn in_json(report: &Value) -> Vec<Change> {
    let place = |at: &Value| (number(&at["line"]) - 1, number(&at["column"]) - 1);
    let diagnostics = list(&report["files"]).flat_map(|file| list(&file["diagnostics"]));
    let found = diagnostics.filter(|found| found["severity"] != "note");
    let fixes = found.filter_map(|found| list(&found["fixes"]).find(|fix| fix["safety"] == "safe"));
    let edits = fixes.flat_map(|fix| list(&fix["edits"]));
    edits
        .map(|edit| Change {
            start: place(&edit["range"]["start"]),
            end: place(&edit["range"]["end"]),
            text: edit["text"].as_str().unwrap().to_owned(),
        })
        .collect()
}

fn in_sarif(report: &Value) -> Vec<Change> {
    let found = list(&report["runs"][0]["results"]).filter(|found| found["level"] != "note");
    let fixes = found.filter_map(|found| {
        found["fixes"].as_array()?.iter().find(|fix| fix["properties"]["safety"] == "safe")
    });
    let replacements = fixes.flat_map(|fix| list(&fix["artifactChanges"][0]["replacements"]));
    replacements
        .map(|replacement| {
            let region = &replacement["deletedRegion"];
            Change {
                start: (number(&region["startLine"]) - 1, number(&region["startColumn"]) - 1),
                end: (number(&region["endLine"]) - 1, number(&region["endColumn"]) - 1),
                text: replacement["insertedContent"]["text"].as_str().unwrap().to_owned(),
            }
        })
        .collect()
}

/// This format does not tell how safe a suggestion is.
fn in_rdjson(report: &Value) -> Vec<Change> {
    let place = |at: &Value| (number(&at["line"]) - 1, number(&at["column"]) - 1);
    let found = list(&report["diagnostics"]).filter(|found| found["severity"] != "INFO");
    let suggestions = found.filter_map(|found| found["suggestions"].as_array()?.first());
    suggestions
        .map(|suggestion| Change {
            start: place(&suggestion["range"]["start"]),
            end: place(&suggestion["range"]["end"]),
            text: suggestion["text"].as_str().unwrap().to_owned(),
        })
        .collect()
}

fn in_lsp(report: &Value) -> Vec<Change> {
    let place = |at: &Value| (number(&at["line"]), number(&at["character"]));
    let found = list(&report["params"]["diagnostics"]).filter(|found| found["severity"] != 3);
    let fixes = found.filter_map(|found| list(&found["data"]["fixes"]).find(|fix| fix["safety"] == "safe"));
    let edits = fixes.flat_map(|fix| list(&fix["edits"]));
    edits
        .map(|edit| Change {
            start: place(&edit["range"]["start"]),
            end: place(&edit["range"]["end"]),
            text: edit["newText"].as_str().unwrap().to_owned(),
        })
        .collect()
}

/// A format, the unit of its columns, and how its edits are found.
type Format = (&'static str, Unit, fn(&Value) -> Vec<Change>);

const FORMATS: [Format; 4] = [
    ("json", Unit::Chars, in_json),
    ("sarif", Unit::Chars, in_sarif),
    ("rdjson", Unit::Bytes, in_rdjson),
    ("lsp", Unit::Utf16, in_lsp),
];

/// Cards whose faults are fixed in one round, all of them safely.
const CARDS: [&str; 3] = [
    r#"{
  "name": "Mar\u00e9es",
  "Description": "Mar\u00e9es é 🌊", "url": "https://tides.example.org/a2a",
  "version": "1.0.0",
  "protocolVersion": "0.3.0",
  "preferredTransport": "jsonrpc",
  "capabilities": { "streaming": "true" },
  "default_input_modes": ["text/plain"],
  "defaultOutputModes": ["text"],
  "skills": [{ "id": "🌊", "name": "é", "description": "日本", "Tags": ["é"] }]
}
"#,
    r#"{ "name": 'é 🌊', "url": "https://tides.example.org/a2a", "version": "1.0.0", description: "d",
  "protocolVersion": "0.3.0", "preferredTransport": "JSONRPC", "capabilities": {},
  "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain",],
  "skills": [{ "id": "🌊", "name": 'it is "é"', "description": "日本" "tags": ["é"] }]
}"#,
    r#"{ "supportedInterfaces": [{ "url": "https://tides.example.org/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0.1" }],
  "name": "é", "Description": "🌊", "version": "1.0.0", "capabilities": {},
  "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"],
  "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } }, "security": [{ "key": [] }],
  "skills": [{ "id": "🌊", "name": "é", "description": "日本", "tags": ["é"] }]
}"#,
];

#[test]
fn edits_from_reports_give_what_fix_writes() {
    for card in CARDS {
        let windows = card.replace('\n', "\r\n");
        let marked = format!("\u{feff}{card}");
        for text in [card, &windows, &marked] {
            let folder = folder(&[("agent-card.json", text)]);
            let reports = FORMATS.map(|(format, ..)| run(folder.path(), &["check", "--format", format]).out);
            let fixed = run(folder.path(), &["fix"]);
            assert!(fixed.err.starts_with("fixed "), "{fixed:?}");
            let fixed = fs::read_to_string(folder.path().join("agent-card.json")).unwrap();
            for ((format, unit, read), report) in FORMATS.into_iter().zip(reports) {
                // The safe fix comes first, and some reports do not say which is safe.
                let report = match format {
                    "json" => command::report(&report),
                    _ => serde_json::from_str(&report).unwrap(),
                };
                let changes = read(&report);
                let changed = apply(text, unit, changes);
                assert_eq!(changed, fixed, "{format}");
            }
        }
    }
}

#[test]
fn a_suggestion_of_several_edits_repeats_no_mask() {
    let token = "ghp_R4nD0mT0k3nF0rT3sts9XyZqWvUtSrQpOnMl";
    let card = format!("{{ \"agentCard\": {{ \"name\": \"{token}\", \"supportedInterfaces\": [] }} }}");
    let folder = folder(&[(".well-known/agent-card.json", &card)]);
    let report = run(folder.path(), &["check", "--format", "rdjson"]).out;
    let report: Value = serde_json::from_str(&report).unwrap();
    let wrapped =
        list(&report["diagnostics"]).find(|found| found["code"]["value"] == "wrapped-card").unwrap();
    assert!(wrapped["suggestions"].as_array().is_none_or(Vec::is_empty), "{wrapped}");
    let fixed = run(folder.path(), &["fix", "--diff"]);
    assert!(fixed.out.contains("ghp_***") && !fixed.out.contains(token), "{}", fixed.out);
    run(folder.path(), &["fix"]);
    let fixed = fs::read_to_string(folder.path().join(".well-known/agent-card.json")).unwrap();
    assert!(fixed.contains(token), "{fixed}");
}
