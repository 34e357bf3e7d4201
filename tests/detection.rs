//! What documents are taken for: kind, version, mode and wrapper.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use cardlint::kind::{Detection, FileHint, Forced, Kind, Mode, Outcome, Wrapped, detect};
use cardlint::syntax::parse;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use support::{files_below, fixtures, forced, shared};

fn detected(text: &str) -> Detection {
    detect(parse(text.as_bytes()).root(), FileHint::default(), &Forced::default())
}

fn named(path: &str) -> FileHint<'_> {
    FileHint { path, walked: false }
}

fn met(path: &str) -> FileHint<'_> {
    FileHint { path, walked: true }
}

/// `pointer kind version-or-mode` of each document in `text`.
fn found_with(text: &[u8], forced: &Forced) -> Vec<String> {
    found_in(text, FileHint::default(), forced)
}

fn found_in(text: &[u8], file: FileHint<'_>, forced: &Forced) -> Vec<String> {
    let document = parse(text);
    let subjects = detect(document.root(), file, forced).subjects;
    let line = |subject: &cardlint::kind::Subject| {
        let what = match subject.profile.mode() {
            Some(mode) => mode.name().to_owned(),
            None => subject.profile.versions().join("+"),
        };
        let pointer = document.node(subject.node).pointer();
        format!("{pointer} {} {what}", subject.profile.kind().name())
    };
    subjects.iter().map(line).collect()
}

fn found(text: &str) -> Vec<String> {
    found_with(text.as_bytes(), &Forced::default())
}

/// A member that is 1.0's list of endpoints with one of version `version`.
fn interfaces(version: &str) -> String {
    format!(
        r#""supportedInterfaces": [{{ "url": "https://a.example.com", "protocolBinding": "JSONRPC", "protocolVersion": "{version}" }}]"#
    )
}

/// The members that every card has, whatever its version.
const REST: &str = r#""name": "Tides", "description": "Tells the tide.", "version": "1.0.0", "capabilities": {}, "skills": [],
    "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"]"#;

const URL: &str = r#""url": "https://tides.example.com/a2a""#;

/// The table "Expected results for typical inputs" of a2a.md 1.4, row by row.
#[test]
fn typical_cards_are_checked_as_the_facts_say() {
    let flat = r#""securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } }"#;
    let signed = r#""signatures": [], "skills": [{ "id": "now", "security": [] }]"#;
    let cases = [
        (format!(r#"{URL}, "authentication": {{ "schemes": ["Basic"] }}"#), "0.1.0"),
        // 0.2.0 to 0.2.4 did not state a version; readers assume 0.3.0.
        (format!("{URL}, {flat}"), "0.3.0"),
        (format!(r#"{URL}, "protocolVersion": "0.2.5""#), "0.2.5"),
        (format!(r#"{URL}, "protocolVersion": "0.2.9""#), "0.2.6"),
        (format!(r#"{URL}, "protocolVersion": "0.2.9", {signed}"#), "0.3.0"),
        (format!(r#"{URL}, "protocolVersion": "0.3""#), "0.3.0"),
        (format!(r#"{URL}, "protocolVersion": "0.3.0""#), "0.3.0"),
        (format!(r#"{URL}, "protocolVersion": "v0.3.0""#), "0.3.0"),
        (format!(r#"{URL}, "protocolVersion": "1.0""#), "0.3.0"),
        (format!(r#"{URL}, "protocolVersion": "latest""#), "0.3.0"),
        (interfaces("1.0"), "1.0"),
        (interfaces("1.0.0"), "1.0"),
        (interfaces("v1.0"), "1.0"),
        (interfaces("latest"), "1.0"),
        (format!(r#"{}, {URL}, "protocolVersion": "0.3""#, interfaces("1.0")), "0.3.0+1.0"),
        (format!(r#"{}, {URL}, "protocolVersion": "0.2.6""#, interfaces("1.0")), "0.2.6+1.0"),
        (format!(r#""supportedInterfaces": [], {URL}"#), "0.3.0"),
        (r#""supportedInterfaces": []"#.to_owned(), "1.0"),
        (interfaces("1.0").replace("supportedInterfaces", "supported_interfaces"), "1.0"),
        // Nothing tells but the members of one generation.
        (r#""securityRequirements": []"#.to_owned(), "1.0"),
        (r#""securitySchemes": { "key": { "apiKeySecurityScheme": {} } }"#.to_owned(), "1.0"),
        (r#""preferredTransport": "GRPC""#.to_owned(), "0.3.0"),
        // Nulls are legal in 0.1.0 alone.
        (format!(r#"{URL}, "provider": null"#), "0.1.0"),
        (format!(r#"{URL}, "provider": null, "preferredTransport": "GRPC""#), "0.3.0"),
    ];
    for (members, version) in cases {
        let text = format!("{{ {members}, {REST} }}");
        assert_eq!(found(&text), [format!(" a2a-card {version}")], "{text}");
    }
    assert!(found("{}").is_empty());
}

#[test]
fn a_card_in_the_shape_of_the_protocol_buffers_is_known() {
    let text = format!(
        r#"{{ {URL}, "protocolVersion": "0.3.0", "securitySchemes": {{ "key": {{ "apiKeySecurityScheme": {{}} }} }}, {REST} }}"#
    );
    let detection = detected(&text);
    let version = detection.subjects[0].profile.card().unwrap();
    assert!(version.protojson && !version.modern && version.stated);
}

#[test]
fn a_version_that_was_raised_without_the_card_is_noticed() {
    let text = format!(r#"{{ {URL}, "protocolVersion": "1.0.0", {REST} }}"#);
    assert!(detected(&text).subjects[0].profile.card().unwrap().raised);
}

#[test]
fn little_is_enough_for_a_card() {
    for text in [
        r#"{ "supportedInterfaces": null }"#,
        r#"{ "name": "a", "url": "b", "skills": [] }"#,
        r#"{ "name": "a", "url": "b", "skills": [3, { "id": "c" }] }"#,
        r#"{ "name": "a", "url": "b", "skills": [{ "name": "c", "tags": [] }] }"#,
        r#"{ "Name": "a", "Url": "b", "Skills": [], "DefaultInputModes": [] }"#,
        r#"{ "name": "a", "url": "b", "capabilities": {} }"#,
        r#"{ "name": "a", "defaultInputModes": [], "preferredTransport": "" }"#,
        r#"{ "protocolVersion": "0.3.0", "capabilities": {} }"#,
        r#"{ "authentication": { "schemes": [] }, "capabilities": {} }"#,
        r#"{ "protocol_version": "0.3.0", "default_input_modes": [] }"#,
    ] {
        assert_eq!(detected(text).subjects.len(), 1, "{text}");
    }
}

#[test]
fn what_comes_close_is_no_card() {
    for text in [
        r#"{ "name": "a", "url": "b", "description": "c", "version": "1" }"#,
        r#"{ "name": "a", "url": "b", "capabilities": ["read"] }"#,
        r#"{ "name": "a", "skills": [] }"#,
        r#"{ "description": "a", "url": "b", "skills": [] }"#,
        r#"{ "name": "a", "url": "b", "protocolVersion": "0.3.0" }"#,
        r#"{ "name": "a", "url": "b", "skills": ["c", "d"] }"#,
        r#"{ "name": "a", "url": "b", "skills": [{ "id": 3, "name": "c" }] }"#,
        r#"{ "name": "a", "url": "b", "skills": [{ "name": "c", "url": "d" }] }"#,
        r#"{ "name": "a", "url": "b", "supported_interfaces": ["mail", "telephone"] }"#,
        r#"{ "protocolVersion": "2025-06-18", "capabilities": {}, "authentication": { "schemes": [] } }"#,
        r#"{ "protocolVersion": "1.0", "capabilities": {}, "serverInfo": {} }"#,
        r#"{ "type": "object", "properties": { "skills": {}, "url": {} } }"#,
    ] {
        assert!(detected(text).subjects.is_empty(), "{text}");
    }
}

#[test]
fn documents_are_found_inside_what_they_are_wrapped_in() {
    let card = r#"{ "name": "Tides", "url": "https://tides.example.com", "skills": [] }"#;
    let odd = r#"{ "name": "Waves" }"#;
    let instance = r#"{ "displayName": "Tides", "preferredTransport": "GRPC", "ownerIds": [] }"#;
    let context =
        r#""@odata.context": "https://graph.microsoft.com/beta/$metadata#agentRegistry/agentCollections""#;
    let cases: &[(String, Option<Wrapped>, &[&str])] = &[
        (
            format!("[{card}, {odd}, {card}]"),
            Some(Wrapped::Array),
            &["/0 a2a-card 0.3.0", "/2 a2a-card 0.3.0"],
        ),
        (
            format!(r#"{{ "a": {card}, "b/c": {card} }}"#),
            Some(Wrapped::Map),
            &["/a a2a-card 0.3.0", "/b~1c a2a-card 0.3.0"],
        ),
        (
            format!(r#"{{ "$schema": "x", "_note": 1, "a": {card}, "b": {card} }}"#),
            Some(Wrapped::Map),
            &["/a a2a-card 0.3.0", "/b a2a-card 0.3.0"],
        ),
        // A map of which one member is none is another format.
        (format!(r#"{{ "a": {card}, "b": {odd} }}"#), None, &[]),
        (format!(r#"{{ "agentCard": {card} }}"#), Some(Wrapped::Member), &["/agentCard a2a-card 0.3.0"]),
        (format!(r#"{{ "card": {card} }}"#), Some(Wrapped::Member), &["/card a2a-card 0.3.0"]),
        (format!(r#"{{ "data": [{card}] }}"#), Some(Wrapped::Member), &["/data/0 a2a-card 0.3.0"]),
        (
            format!(r#"{{ "agents": [{{ "agentCard": {card} }}, {card}] }}"#),
            Some(Wrapped::Member),
            &["/agents/0/agentCard a2a-card 0.3.0", "/agents/1 a2a-card 0.3.0"],
        ),
        (
            format!(r#"{{ "count": 2, "agents": [{card}, {odd}] }}"#),
            Some(Wrapped::Member),
            &["/agents/0 a2a-card 0.3.0"],
        ),
        (
            format!(r#"{{ "count": 1, "cards": {{ "tides": {card} }} }}"#),
            Some(Wrapped::Member),
            &["/cards/tides a2a-card 0.3.0"],
        ),
        (
            format!(r#"{{ "jsonrpc": "2.0", "id": 1, "result": {card} }}"#),
            Some(Wrapped::JsonRpc),
            &["/result a2a-card 0.3.0"],
        ),
        (
            format!(r#"{{ "jsonrpc": "2.0", "id": 1, "result": {{ "agents": [{card}] }} }}"#),
            Some(Wrapped::JsonRpc),
            &["/result/agents/0 a2a-card 0.3.0"],
        ),
        (
            format!(r#"{{ "value": [{instance}] }}"#),
            Some(Wrapped::Page),
            &["/value/0 graph-agent-instance response"],
        ),
        (
            format!(r#"{{ {context}, "@odata.nextLink": "x", "value": [{{ "displayName": "Tides" }}] }}"#),
            Some(Wrapped::Page),
            &["/value/0 graph-agent-collection response"],
        ),
        (format!(r#"{{ {context}, "value": [] }}"#), Some(Wrapped::Page), &[]),
        (r#"{ "value": [] }"#.to_owned(), None, &[]),
        (r#"{ "jsonrpc": "2.0", "id": 1, "error": { "code": 1 } }"#.to_owned(), None, &[]),
        (format!(r#"[{instance}]"#), Some(Wrapped::Array), &["/0 graph-agent-instance create"]),
        ("[]".to_owned(), None, &[]),
    ];
    for (text, wrapped, expected) in cases {
        let detection = detected(text);
        assert_eq!((found(text), detection.wrapped), (lines(expected), *wrapped), "{text}");
        assert_eq!(detection.looks_like.is_some(), expected.is_empty() && wrapped.is_none(), "{text}");
    }
}

fn lines(expected: &[&str]) -> Vec<String> {
    expected.iter().map(|&line| line.to_owned()).collect()
}

#[test]
fn text_in_another_encoding_is_not_taken_for_another_format() {
    for name in ["utf-16be.json", "utf-16le-bom.json"] {
        let bytes = parse_file(&fixtures().join("broken").join(name));
        assert!(
            !detect(parse(&bytes).root(), FileHint::default(), &Forced::default()).is_other_text,
            "{name}"
        );
    }
    assert!(detected("<!doctype html>").is_other_text);
}

#[test]
fn elements_that_are_no_documents_are_known() {
    let text = r#"[1, { "name": "", "skills": [], "url": "" }, { "a": 1 }, { "name": "", "skills": [], "url": "" }, null]"#;
    let document = parse(text.as_bytes());
    let detection = detect(document.root(), FileHint::default(), &Forced::default());
    let strangers: Vec<_> = detection.strangers(&document).map(|node| node.pointer()).collect();
    assert_eq!(strangers, ["/0", "/2", "/4"]);
}

#[test]
fn graph_bodies_are_told_apart() {
    let cases = [
        (
            r##"{ "@odata.type": "#microsoft.graph.agentCardManifest", "displayName": "a" }"##,
            " graph-agent-card-manifest update",
        ),
        (
            r#"{ "@odata.type": "microsoft.graph.agentInstance", "id": "a" }"#,
            " graph-agent-instance response",
        ),
        (
            r#"{ "@odata.context": "https://graph.microsoft.com/beta/$metadata#agentRegistry/agentInstances/$entity", "id": "a" }"#,
            " graph-agent-instance response",
        ),
        (
            r#"{ "@odata.context": "https://graph.microsoft.com/beta/$metadata#agentRegistry/agentInstances('a')/agentCardManifest/$entity", "id": "a" }"#,
            " graph-agent-card-manifest response",
        ),
        (
            r#"{ "agentCardManifest@odata.bind": "https://graph.microsoft.com/beta/x" }"#,
            " graph-agent-instance update",
        ),
        (
            r#"{ "displayName": "a", "ownerIds": [], "agentCardManifest": {} }"#,
            " graph-agent-instance create",
        ),
        (
            r#"{ "preferredTransport": "GRPC", "url": "https://tides.example.com" }"#,
            " graph-agent-instance update",
        ),
        (r#"{ "displayName": "a", "managedByAppId": "b" }"#, " graph-agent-registration update"),
        (
            r#"{ "sourceAgentId": "a", "originatingStore": "b", "managedByAppId": "c" }"#,
            " graph-agent-registration create",
        ),
        (
            r#"{ "agentIdentityId": "a", "agentIdentityBlueprintId": "b", "sourceLastModifiedDateTime": "c" }"#,
            " graph-agent-registration update",
        ),
        (
            r#"{ "lastPublishedBy": "a", "sourceAgentId": "b", "originatingStore": "c" }"#,
            " graph-agent-registration update",
        ),
        (
            r#"{ "displayName": "a", "lastPublishedBy": "b", "sourceAgentId": "c", "originatingStore": "d" }"#,
            " graph-agent-registration create",
        ),
        (
            r#"{ "displayName": "a", "skills": [], "protocolVersion": "1.0" }"#,
            " graph-agent-card-manifest update",
        ),
        (r#"{ "displayName": "a", "ownerIds": [], "members": [] }"#, " graph-agent-collection create"),
        (
            r#"{ "displayName": "a", "ownerIds": [], "description": "b", "managedBy": "c" }"#,
            " graph-agent-collection create",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(found(text), [expected], "{text}");
    }
}

#[test]
fn an_update_may_change_the_card_and_its_description_alone() {
    let text = r#"{ "agentCard": { "name": "a", "url": "b", "skills": [] }, "description": "c" }"#;
    assert_eq!(found(text), [" graph-agent-registration update", "/agentCard a2a-card 0.3.0"]);
}

#[test]
fn a_body_that_fits_several_kinds_names_them() {
    use Kind::{GraphAgentCardManifest, GraphAgentCollection, GraphAgentInstance, GraphAgentRegistration};
    let cases: &[(&str, &[Kind])] = &[
        (
            r#"{ "displayName": "a" }"#,
            &[GraphAgentInstance, GraphAgentCardManifest, GraphAgentRegistration, GraphAgentCollection],
        ),
        (
            r#"{ "displayName": "a", "description": "b" }"#,
            &[GraphAgentCardManifest, GraphAgentRegistration, GraphAgentCollection],
        ),
        (r#"{ "displayName": "a", "sourceAgentId": "b" }"#, &[GraphAgentInstance, GraphAgentRegistration]),
    ];
    for (text, candidates) in cases {
        let detection = detected(text);
        assert!(detection.subjects.is_empty(), "{text}");
        assert_eq!(detection.candidates, *candidates, "{text}");
    }
}

#[test]
fn the_card_of_a_registration_is_found_too() {
    let card = r#"{ "name": "Tides", "url": "https://tides.example.com", "skills": [] }"#;
    let text = format!(r#"{{ "displayName": "Tides", "managedByAppId": "a", "agentCard": {card} }}"#);
    assert_eq!(found(&text), [" graph-agent-registration update", "/agentCard a2a-card 0.3.0"]);
    // Alone it is a wrapper, unless the user says otherwise.
    let alone = format!(r#"{{ "agentCard": {card} }}"#);
    let forced = Forced { kind: Some(Kind::GraphAgentRegistration), ..Forced::default() };
    assert_eq!(
        found_with(alone.as_bytes(), &forced),
        [" graph-agent-registration update", "/agentCard a2a-card 0.3.0"]
    );
}

#[test]
fn what_the_user_says_overrides_what_is_seen() {
    let card = Forced { kind: Some(Kind::A2aCard), version: "0.2.5".parse().ok(), mode: None };
    assert_eq!(found_with(b"{}", &card), [" a2a-card 0.2.5"]);
    assert_eq!(found_with(br#"[{ "a": 1 }, 2]"#, &card), ["/0 a2a-card 0.2.5"]);
    let wrapped = br#"{ "agentCard": { "name": "", "skills": [], "url": "" } }"#;
    assert_eq!(found_with(wrapped, &card), ["/agentCard a2a-card 0.2.5"]);
    let body = Forced { kind: Some(Kind::GraphAgentCollection), version: None, mode: Some(Mode::Response) };
    assert_eq!(found_with(br#"{ "displayName": "a" }"#, &body), [" graph-agent-collection response"]);
    let paged = Forced { mode: None, ..body };
    assert_eq!(
        found_with(br#"{ "value": [{ "displayName": "a" }] }"#, &paged),
        ["/value/0 graph-agent-collection response"]
    );
}

/// The rows of a table with a head, cut at tabs.
fn table(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

#[test]
fn fixtures_are_taken_for_what_the_index_says() {
    let mut failures = String::new();
    for row in table(&fixtures().join("index.tsv")) {
        let [path, kind, versions, mode, options, ..] = row.as_slice() else { panic!("{row:?}") };
        if path.ends_with(".jsonl") {
            continue;
        }
        let document = parse_file(&fixtures().join(path));
        let detection = detect(parse(&document).root(), FileHint::default(), &forced(options));
        let subjects: Vec<_> = detection.subjects.iter().filter(|subject| !subject.embedded).collect();
        let right = subjects.iter().all(|subject| {
            let same_version = versions == "-" || subject.profile.versions().join(" ") == *versions;
            let same_mode = mode == "-" || subject.profile.mode().is_some_and(|found| found.name() == mode);
            subject.profile.kind().name() == kind && same_version && same_mode
        });
        if !right || subjects.is_empty() {
            writeln!(failures, "{path}: {:?}", found_with(&document, &forced(options))).unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

fn parse_file(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn documents_in_other_formats_are_described_and_never_taken_for_cards() {
    let mut files = files_below(&fixtures().join("other"));
    files.extend(shared().map(|shared| files_below(&shared.join("corpus/other"))).unwrap_or_default());
    // The module of this OASF record holds a card.
    files.retain(|file| !file.ends_with("o0721.json"));
    for file in files {
        let detection = detect(parse(&parse_file(&file)).root(), FileHint::default(), &Forced::default());
        assert!(detection.subjects.is_empty(), "{}: {:?}", file.display(), detection.subjects);
        assert!(detection.looks_like.is_some_and(|words| !words.is_empty()), "{}", file.display());
    }
    let describe = |name: &str| {
        let bytes = parse_file(&fixtures().join("other").join(name));
        detect(parse(&bytes).root(), FileHint::default(), &Forced::default()).looks_like.unwrap()
    };
    let cases = [
        ("agent-card.schema.json", "a JSON Schema"),
        ("agents.json", "a list of agents without their cards"),
        ("ai-plugin.json", "an ai-plugin manifest"),
        ("erc-8004.json", "an ERC-8004 agent registration"),
        ("git-link.json", "a path: a symbolic link that Git stored as text"),
        ("graph-error.json", "an error response"),
        ("graph-member-reference.json", "an OData reference to another object"),
        ("map.geojson.json", "a GeoJSON document"),
        ("mcp-server-card.json", "a description of an MCP server"),
        ("mcp-server.json", "a description of an MCP server"),
        ("openapi.json", "an OpenAPI document"),
        ("package.json", "a package.json"),
        ("tool-list.json", "an agent description in a format of its own"),
        ("tsconfig.json", "a tsconfig.json"),
    ];
    for (name, expected) in cases {
        assert_eq!(describe(name), expected, "{name}");
    }
}

/// Real files that are listed as cards and are none: one whose `capabilities` is a list of tools, and an ERC-8004
/// registration with skills, but without an address or modes.
const NO_CARDS: &[&str] = &["cards/0198.json", "cards/0707.json"];

#[test]
fn real_cards_are_recognized() {
    let Some(shared) = shared() else { return };
    for row in table(&shared.join("corpus/index.tsv")) {
        let [path, kind, _, _, _, _, name, ..] = row.as_slice() else { panic!("{row:?}") };
        let bytes = parse_file(&shared.join("corpus").join(path));
        let detection = detect(parse(&bytes).root(), named(name), &Forced::default());
        let expected = match kind.as_str() {
            "graph-registration" => Kind::GraphAgentRegistration,
            "graph-instance" => Kind::GraphAgentInstance,
            _ => Kind::A2aCard,
        };
        let kinds: Vec<Kind> = detection
            .subjects
            .iter()
            .filter(|subject| !subject.embedded)
            .map(|subject| subject.profile.kind())
            .collect();
        let known = !kinds.is_empty() && kinds.iter().all(|kind| *kind == expected);
        assert_eq!(known, !NO_CARDS.contains(&path.as_str()), "{path}: {kinds:?}");
    }
}

/// What the name of a documented Graph body says that it is.
fn documented(name: &str) -> Option<Kind> {
    let kinds = [
        ("list_members", Kind::GraphAgentInstance),
        ("assignment", Kind::GraphAgentInstance),
        ("agentInstance_list_agentCardManifest", Kind::GraphAgentCardManifest),
        ("list_of_instance", Kind::GraphAgentCollection),
        ("agentCardManifest", Kind::GraphAgentCardManifest),
        ("agentRegistration", Kind::GraphAgentRegistration),
        ("agentCollection", Kind::GraphAgentCollection),
        ("agentInstance", Kind::GraphAgentInstance),
        ("create_instance", Kind::GraphAgentInstance),
        ("update_bind", Kind::GraphAgentInstance),
        ("update_instance", Kind::GraphAgentInstance),
        ("update_card", Kind::GraphAgentCardManifest),
    ];
    let kind = |(part, kind): &(&str, Kind)| name.contains(part).then_some(*kind);
    if name.starts_with("graph_agentCardManifest") {
        return Some(Kind::GraphAgentCardManifest);
    }
    kinds.iter().find_map(kind)
}

#[test]
fn documented_graph_bodies_are_taken_for_what_they_are() {
    let Some(shared) = shared() else { return };
    let folder: PathBuf = shared.join("examples/graph");
    let mut failures = String::new();
    for row in table(&folder.join("index.tsv")) {
        let [name, _, _, what, ..] = row.as_slice() else { panic!("{row:?}") };
        let bytes = parse_file(&folder.join(name));
        let document = parse(&bytes);
        let detection = detect(document.root(), named(name), &Forced::default());
        let is_none = what == "error-response" || name.contains("_ref_") || is_part(name);
        let mode = match what.as_str() {
            "create-request" => Some(Mode::Create),
            "update-request" => Some(Mode::Update),
            "collection" => Some(Mode::Response),
            _ => None,
        };
        let documents: Vec<_> = detection.subjects.iter().filter(|subject| !subject.embedded).collect();
        let right = if is_none {
            documents.is_empty() && detection.wrapped.is_none()
        } else {
            (!documents.is_empty() || detection.wrapped == Some(Wrapped::Page))
                && documents.iter().all(|subject| {
                    Some(subject.profile.kind()) == documented(name)
                        && (mode.is_none() || subject.profile.mode() == mode)
                })
        };
        if !right {
            writeln!(failures, "{name} ({what}): {:?}", found_with(&bytes, &Forced::default())).unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

/// Whether the body shows a type that never stands by itself.
fn is_part(name: &str) -> bool {
    let documents = ["agentInstance_", "agentCardManifest_", "agentRegistration_", "agentCollection_"];
    name.contains("resource_representation") && !documents.iter().any(|part| name.contains(part))
}

/// Documents of other formats, by what they are called.
const FOREIGN: &[(&str, &str)] = &[
    (
        r#"{ "name": "a/b", "schema_version": "1.0.0", "authors": [], "created_at": "2026-01-01T00:00:00Z", "skills": [{ "name": "c/d", "id": 10201 }] }"#,
        "an OASF record",
    ),
    (
        r#"{ "name": "a", "schemaVersion": "0.8.0", "url": "https://a.example.com", "capabilities": {}, "locators": [], "skills": [] }"#,
        "an OASF record",
    ),
    (
        r#"{ "authors": ["a"], "skills": [{ "name": "language/summaries" }], "name": "b", "url": "c" }"#,
        "an OASF record",
    ),
    (
        r#"{ "$schema": "https://agentskills.io/schemas/v0.2.0/index.json", "name": "a", "url": "b", "skills": [{ "id": "c" }] }"#,
        "an Agent Skills index",
    ),
    (
        r#"{ "skills": [{ "name": "a", "description": "b", "files": ["SKILL.md"] }] }"#,
        "an Agent Skills index",
    ),
    (r#"{ "name": "a", "version": "1", "url": "b", "skills": ["./skills/a/"] }"#, "a plugin manifest"),
    (
        r#"{ "name": "a", "model": "b", "tools": [], "skills": [{ "name": "c", "path": "d" }] }"#,
        "a sub-agent definition",
    ),
    (r#"{ "title": "a", "url": "b", "name": "c", "skills": ["Go"] }"#, "a description of a person or a job"),
    (r#"{ "specVersion": "1.0", "entries": [] }"#, "an AI catalog"),
    (
        r#"{ "identifier": "urn:a", "mediaType": "application/mcp-server+json", "display_name": "b", "version": "1", "tags": [] }"#,
        "an entry of an AI catalog",
    ),
    (
        r#"{ "identity": {}, "io": {}, "runtime": {}, "skills": [{ "id": "a", "name": "b" }] }"#,
        "a Blocks agent card",
    ),
    (
        r#"{ "protocolVersion": "2025-06-18", "capabilities": {}, "name": "a", "url": "b" }"#,
        "a description of an MCP server",
    ),
    (
        r#"{ "type": "https://eips.example.com/EIPS/eip-8004#registration-v1", "name": "a", "url": "b", "skills": [] }"#,
        "an ERC-8004 agent registration",
    ),
    (r#"{ "x402Version": 1, "name": "a", "url": "b", "capabilities": {} }"#, "an x402 price list"),
    (
        r#"{ "language": "en", "googleAssistant": {}, "defaultTimezone": "Europe/Oslo" }"#,
        "a Dialogflow agent",
    ),
    (
        r#"{ "name": "a", "tools": ["b"], "hooks": {} }"#,
        "an agent configuration of the Amazon Q command line",
    ),
    (r#"{ "ucp": { "version": "1" }, "name": "a" }"#, "a UCP profile"),
    (
        r#"{ "id": "a", "name": "b", "distribution": {}, "license": "MIT" }"#,
        "an entry of the registry of the Agent Client Protocol",
    ),
    (r#"{ "ahp": "0.1", "name": "a", "capabilities": [] }"#, "an Agent Handshake Protocol manifest"),
    (
        r#"{ "@context": "https://schema.org", "@type": "Person", "name": "a", "url": "b", "skills": [] }"#,
        "a JSON-LD document",
    ),
    (
        r#"{ "$schema": "https://json-schema.org/draft/2020-12/schema", "properties": { "skills": {} } }"#,
        "a JSON Schema",
    ),
    (
        r#"{ "openapi": "3.1.0", "name": "a", "url": "b", "security": [], "skills": [] }"#,
        "an OpenAPI document",
    ),
    (
        r#"{ "agent_card": { "version": "1", "description": "a", "skills": [{ "id": "b", "name": "c", "description": "d" }] } }"#,
        "a Foundry agent card",
    ),
    (r#"{ "kind": "BotDefinition", "displayName": "a", "ownerIds": [] }"#, "a Copilot Studio export"),
    (
        r##"{ "@odata.type": "#Microsoft.Graph.AgentIdentity", "displayName": "a", "ownerIds": [] }"##,
        "a Microsoft Graph `AgentIdentity` object",
    ),
    (
        r##"{ "@odata.type": "#microsoft.graph.user", "displayName": "a", "skills": ["b"] }"##,
        "a Microsoft Graph `user` object",
    ),
    (
        r#"{ "@odata.context": "https://graph.microsoft.com/beta/$metadata#groups('a')/members", "value": [{ "id": "b", "displayName": "c", "ownerIds": [], "sourceAgentId": "d" }] }"#,
        "a Microsoft Graph object of `groups/members`",
    ),
    (
        r#"{ "@odata.context": "https://graph.microsoft.com/beta/$metadata#roleManagement/roleDefinitions(id,displayName)/$entity", "displayName": "a", "version": "1" }"#,
        "a Microsoft Graph object of `roleManagement/roleDefinitions`",
    ),
    (
        r#"{ "displayName": "a", "agentIdentityBlueprintId": "b", "sponsors@odata.bind": ["c"] }"#,
        "a Microsoft Graph agent identity or its blueprint",
    ),
    (
        r#"{ "openapi": "/openapi.json", "schema_version": "1", "name": "a" }"#,
        "an agent description in a format of its own",
    ),
    (
        r#"{ "display_name": "a", "version": "v8.1.8", "rules": [] }"#,
        "an object with `display_name`, `version`, `rules`",
    ),
    (
        r#"{ "name": "x", "url": "https://x.example/mcp", "version": "1", "capabilities": { "tools": {} }, "authentication": { "type": "oauth2" } }"#,
        "a description of an MCP server",
    ),
    (
        r#"{ "name": "Name", "url": "Address", "skills": "Skills", "defaultInputModes": "Input", "defaultOutputModes": "Output", "capabilities": { "streaming": "Streams" } }"#,
        "a list of texts for a user interface",
    ),
    (
        r#"{ "name": "Name", "url": "Address", "version": "Version", "skills": "Skills", "defaultInputModes": "Input", "defaultOutputModes": "Output" }"#,
        "a list of texts for a user interface",
    ),
    (
        r#"{ "displayName": "T", "template@odata.bind": "x", "members": [{ "roles": ["owner"] }] }"#,
        "a Microsoft Graph team, channel, chat or group",
    ),
    (
        r#"{ "id": "1", "displayName": "C", "membershipType": "private", "members": [{ "id": "a" }], "createdDateTime": "2026-02-15T10:00:00Z" }"#,
        "a Microsoft Graph team, channel, chat or group",
    ),
    (
        r#"{ "name": "Skills", "url": "https://s.example", "version": "1", "description": "d", "skills": [{ "id": "pdf", "name": "PDF", "description": "d", "tags": ["pdf"], "source": "a/b" }] }"#,
        "an index of skills to install",
    ),
    (
        r#"{ "name": "Ann", "url": "https://ann.example", "version": "1", "skills": [{ "id": "rust", "name": "Rust", "tags": ["a"] }], "projects": [] }"#,
        "a description of a person or a job",
    ),
    (
        r#"{ "title": "Developer", "description": "d", "skills": [{ "name": "Web", "level": "Senior", "keywords": ["HTML"] }] }"#,
        "an object with `title`, `description`, `skills`",
    ),
    (
        r#"{ "name": "lamp", "url": "http://lamp.example", "capabilities": { "onOff": {} } }"#,
        "an object with `name`, `url`, `capabilities`",
    ),
    (
        r#"{ "name": "opener", "url": "https://o.example", "capabilities": { "extensions": [".md"] } }"#,
        "an object with `name`, `url`, `capabilities`",
    ),
];

#[test]
fn other_formats_are_named_and_never_reported_when_met() {
    for (text, words) in FOREIGN {
        let detection = detected(text);
        assert_eq!(detection.looks_like.as_deref(), Some(*words), "{text}");
        assert_eq!(detection.outcome, Outcome::Unrecognized, "{text}");
        let shapes = [
            (*text).to_owned(),
            format!("[{text}, {text}]"),
            format!(r#"{{ "agents": {{ "a": {text}, "b": {text} }} }}"#),
            format!(r#"{{ "cards": [{text}] }}"#),
            format!(r#"{{ "a": {text}, "b": {text} }}"#),
        ];
        for shape in shapes {
            for path in ["data/list.json", "agent.json", ".well-known/agent.json"] {
                let outcome = detect(parse(shape.as_bytes()).root(), met(path), &Forced::default()).outcome;
                assert_eq!(outcome, Outcome::Foreign, "{path}: {shape}");
            }
        }
    }
}

#[test]
fn a_file_that_is_met_has_to_say_more_than_one_that_is_named() {
    let small = r#"{ "name": "Tides", "url": "https://tides.example.com", "skills": [] }"#;
    let whole = format!(r#"{{ {URL}, {REST} }}"#);
    let telling = r#"{ "name": "Tides", "url": "https://tides.example.com", "skills": [{ "id": "now", "name": "Now", "tags": [] }] }"#;
    // A thing in a game has such skills, and a voice assistant such modes.
    let skilled = r#"{ "name": "Elf", "url": "https://elf.example.com", "skills": [{ "id": "hide", "name": "Hide", "description": "Hides." }] }"#;
    let modes = r#"{ "name": "Tides", "defaultInputModes": ["voice"], "defaultOutputModes": ["voice"] }"#;
    let robot = r#"{ "name": "R", "capabilities": { "move": true },
        "skills": [{ "id": "walk", "name": "Walk", "description": "Walks." }] }"#;
    let described = robot.replacen('{', &format!("{{ {URL}, "), 1);
    let patch = r#"{ "displayName": "Tides", "description": "Tells the tide.", "ownerIds": [] }"#;
    let cases = [
        (small, "tides.json", false),
        (small, "agent-card.json", true),
        (small, ".well-known/agent.json", true),
        (telling, "tides.json", true),
        (skilled, "tides.json", false),
        (skilled, "agent-card.json", true),
        (modes, "tides.json", false),
        (
            r#"{ "name": "Tides", "url": "https://tides.example.com", "capabilities": { "pushNotification": true } }"#,
            "tides.json",
            true,
        ),
        (robot, "tides.json", false),
        (described.as_str(), "tides.json", true),
        (whole.as_str(), "tides.json", true),
        (patch, "update.json", false),
        (
            r#"{ "displayName": "Tides", "sourceLastModifiedDateTime": "2026-02-15T10:00:00Z" }"#,
            "a.json",
            true,
        ),
    ];
    for (text, path, is_reported) in cases {
        let outcome = |file| detect(parse(text.as_bytes()).root(), file, &Forced::default()).outcome;
        assert_eq!(outcome(named(path)), Outcome::Documents, "{path}: {text}");
        let expected = if is_reported { Outcome::Documents } else { Outcome::Foreign };
        assert_eq!(outcome(met(path)), expected, "{path}: {text}");
    }
}

#[test]
fn at_the_path_of_a_card_only_another_format_is_none() {
    let path = "site/.well-known/agent-card.json";
    let cards = [
        "{}",
        r#"{ "name": "Tides" }"#,
        r#"{ "display_name": "Tides", "version": "1.0.0", "owner_ids": ["a"] }"#,
        r#"{ "name": "Tides", "skills": ["a", "b"] }"#,
        r#"{ "name": "Tides", "capabilities": ["streaming"], "skills": [{ "id": "a" }], "url": "b" }"#,
    ];
    for text in cards {
        for file in [named(path), met(path)] {
            let found = found_in(text.as_bytes(), file, &Forced::default());
            assert!(matches!(found.as_slice(), [one] if one.starts_with(" a2a-card")), "{text}: {found:?}");
        }
    }
    for (text, words) in FOREIGN.iter().filter(|(_, words)| !words.starts_with("an object with")) {
        let detection = detect(parse(text.as_bytes()).root(), met(path), &Forced::default());
        assert_eq!(detection.outcome, Outcome::Unrecognized, "{text}");
        assert_eq!(detection.looks_like.as_deref(), Some(*words));
    }
}

#[test]
fn broken_texts_are_told_apart_from_other_formats() {
    let broken = r#"{ "name": "Tides" "version": "1.0.0" }"#;
    let cases = [
        (broken, named("a.json"), Outcome::Broken),
        (broken, met("a.json"), Outcome::Foreign),
        (broken, met("agent_card.json"), Outcome::Broken),
        (broken, met(".well-known/agent-card.json"), Outcome::Broken),
        (
            r#"{ "name": "a", "url": "b", "capabilities": { "extensions": [] } "skills": [] }"#,
            met("a.json"),
            Outcome::Documents,
        ),
        (r#"{ "openapi": "3.1.0", "info": {}, }"#, named("a.json"), Outcome::Unrecognized),
        ("<!doctype html>", named("a.json"), Outcome::Unrecognized),
        (r#"{ "a": 1e400 }"#, named("a.json"), Outcome::Unrecognized),
    ];
    for (text, file, expected) in cases {
        assert_eq!(
            detect(parse(text.as_bytes()).root(), file, &Forced::default()).outcome,
            expected,
            "{text}"
        );
    }
}

#[test]
fn cards_and_graph_bodies_keep_their_kind_with_members_of_the_other() {
    let skills = r#""skills": [{ "id": "now", "name": "Now", "description": "a", "tags": [] }]"#;
    let cases = [
        (
            format!(r#"{{ {URL}, {REST}, "ownerIds": ["a"], "sourceAgentId": "b", "managedBy": "c", "displayName": "d" }}"#),
            " a2a-card 0.3.0",
        ),
        (format!(r#"{{ "displayName": "Tides", {URL}, "description": "a", {skills} }}"#), " a2a-card 0.3.0"),
        (
            format!(r#"{{ "displayName": "a", "ownerIds": [], "managedBy": "b", {URL}, "preferredTransport": "GRPC", {} }}"#, interfaces("1.0")),
            " graph-agent-instance create",
        ),
        (
            format!(r#"{{ "displayName": "a", "ownerIds": [], "createdBy": "b", "sourceCreatedDateTime": "c", {skills} }}"#),
            " graph-agent-registration create",
        ),
        (
            r#"{ "name": "a", "ownerIds": [], "skills": [{ "id": "b", "displayName": "c" }] }"#.to_owned(),
            " graph-agent-card-manifest update",
        ),
        (
            r#"{ "displayName": "a", "ownerIds": [], "managedByAppId": "b", "preferredTransport": "GRPC", "url": "c" }"#.to_owned(),
            " graph-agent-instance create",
        ),
        (
            r#"{ "displayName": "a", "createdBy": "b", "sourceLastModifiedDateTime": "c", "agentCardManifest": {} }"#.to_owned(),
            " graph-agent-registration create",
        ),
        (
            r#"{ "display_name": "a", "owner_ids": [], "a2a_authorization": { "type": "none" } }"#.to_owned(),
            " graph-agent-registration update",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(found(&text), [expected], "{text}");
    }
}

/// The rule for the operation of a body (graph.md 8.1), step by step.
#[test]
fn a_name_with_a_slip_gives_the_mode_of_the_name_that_is_meant() {
    let names =
        ["displayName", "createdBy", "sourceCreatedDateTime", "sourceLastModifiedDateTime", "ownerIds"];
    let body = |spell: &dyn Fn(&str) -> String| {
        let members: Vec<String> = names.iter().map(|name| format!(r#""{}": "x""#, spell(name))).collect();
        format!("{{ {} }}", members.join(", "))
    };
    let pascal = |name: &str| format!("{}{}", name[..1].to_uppercase(), &name[1..]);
    let slip = |name: &str| name.replace("eated", "aeted");
    for text in [body(&pascal), body(&slip), body(&str::to_uppercase)] {
        assert_eq!(found(&text), [" graph-agent-registration create"], "{text}");
    }
    let answer = r#"{ "id": "a", "displayName": "b", "sourceLastModifiedDateTime": "c", "createdAt": "d", "created": "e" }"#;
    assert_eq!(found(answer), [" graph-agent-registration response"]);
}

#[test]
fn the_mode_follows_from_what_only_one_operation_sends() {
    let registration = r#""displayName": "a", "sourceLastModifiedDateTime": "b""#;
    let cases = [
        (format!(r#"{{ {registration}, "createdBy": "c" }}"#), Mode::Create),
        (format!(r#"{{ {registration}, "sourceCreatedDateTime": "c" }}"#), Mode::Create),
        (format!(r#"{{ {registration}, "createdBy": null, "sourceCreatedDateTime": null }}"#), Mode::Update),
        (format!(r#"{{ {registration}, "createdBy": "c", "lastPublishedBy": "d" }}"#), Mode::Response),
        (format!(r#"{{ {registration}, "id": "c" }}"#), Mode::Response),
        (format!(r#"{{ {registration}, "id": "c", "createdBy": "d" }}"#), Mode::Create),
        (
            format!(r##"{{ {registration}, "createdBy": "c", "#microsoft.graph.publish": {{}} }}"##),
            Mode::Response,
        ),
        (format!(r#"{{ {registration}, "sourceAgentId": "c", "originatingStore": "d" }}"#), Mode::Create),
        (format!("{{ {registration} }}"), Mode::Update),
        (r#"{ "displayName": "a", "preferredTransport": "GRPC", "ownerIds": [] }"#.to_owned(), Mode::Create),
        (
            r#"{ "displayName": "a", "preferredTransport": "GRPC", "lastModifiedDateTime": "b" }"#.to_owned(),
            Mode::Response,
        ),
        (
            r#"{ "displayName": "a", "lastModifiedDateTime": "b", "agentCardManifest@odata.bind": "c" }"#
                .to_owned(),
            Mode::Update,
        ),
        (
            r#"{ "displayName": "a", "skills": [], "ownerIds": [], "createdBy": "b" }"#.to_owned(),
            Mode::Update,
        ),
    ];
    for (text, expected) in cases {
        let detection = detected(&text);
        let [subject] = detection.subjects.as_slice() else { panic!("{text}") };
        assert_eq!(subject.profile.mode(), Some(expected), "{text}");
        assert_eq!(subject.guessed_mode, expected == Mode::Update, "{text}");
    }
}

#[test]
fn a_later_member_says_more_than_members_of_the_first_release() {
    let old = r#""authentication": { "schemes": ["Basic"] }"#;
    let cases = [
        (old.to_owned(), "0.1.0"),
        (r#""documentationUrl": null"#.to_owned(), "0.1.0"),
        (r#""protocolVersion": null, "authentication": null"#.to_owned(), "0.3.0"),
        (r#""price": null"#.to_owned(), "0.3.0"),
        (format!(r#"{old}, "security": []"#), "0.3.0"),
        (format!(r#"{old}, "icon_url": "https://tides.example.com/icon.png""#), "0.3.0"),
        (format!(r#"{old}, "protocolVersions": ["0.3"]"#), "0.3.0"),
        (format!(r#"{old}, "preferredTransport": "GRPC""#), "0.3.0"),
        (format!("{old}, {}", interfaces("1.0")), "0.3.0+1.0"),
    ];
    for (members, version) in cases {
        let text = format!("{{ {URL}, {members}, {REST} }}");
        assert_eq!(found(&text), [format!(" a2a-card {version}")], "{text}");
    }
    for text in [
        r#"{ "name": "a", "url": null, "capabilities": {}, "skills": [] }"#,
        r#"{ "name": "a", "url": "b", "capabilities": {}, "defaultInputModes": [], "skills": null }"#,
    ] {
        assert_eq!(found(text), [" a2a-card 0.3.0"], "{text}");
    }
}

/// What lies in the folder of real JSON that is not ours.
#[test]
fn real_documents_that_are_not_ours_are_passed_over() {
    let Some(shared) = shared() else { return };
    for row in table(&shared.join("walk/index.tsv")) {
        let [file, _, path, ..] = row.as_slice() else { panic!("{row:?}") };
        let bytes = parse_file(&shared.join("walk").join(file));
        let outcome = detect(parse(&bytes).root(), met(path), &Forced::default()).outcome;
        assert_eq!(outcome, Outcome::Foreign, "{file} ({path})");
    }
}

#[test]
fn security_schemes_say_whether_a_body_is_of_graph() {
    let kinds = |text: &str| -> Vec<Kind> {
        detected(text).subjects.iter().map(|subject| subject.profile.kind()).collect()
    };
    let typed = r#""securitySchemes": { "login": { "@odata.type": "microsoft.graph.httpAuthSecurityScheme", "type": "http", "scheme": "bearer" } }"#;
    for member in [
        "\"url\": \"x\"",
        "\"preferredTransport\": \"JSONRPC\"",
        "\"additionalInterfaces\": []",
        "\"security\": []",
    ] {
        let body = format!(
            r#"{{ "displayName": "Tides", "supportsAuthenticatedExtendedCard": true, {typed}, {member} }}"#
        );
        assert_eq!(kinds(&body), [Kind::GraphAgentCardManifest], "{body}");
    }
    let wrapped = r#"{ "capabilities": { "extendedAgentCard": true },
        "securitySchemes": { "login": { "openIdConnectSecurityScheme": { "openIdConnectUrl": "https://a.example/c" } } } }"#;
    assert!(kinds(wrapped).is_empty());
    let bodies = [
        r#"{ "displayName": "Tides", "ownerIds": [], "agentCardManifest": [] }"#,
        r#"{ "displayName": "Tides", "ownerIds": [], "agentCardManifest": "x" }"#,
    ];
    for body in bodies {
        assert_eq!(kinds(body), [Kind::GraphAgentInstance], "{body}");
    }
    let card = r#"{ "name": "Tide Table", "url": "https://tides.example.com/", "version": "1", "capabilities": {},
        "authentication": { "schemes": ["Bearer"] }, "skills": "some text" }"#;
    assert_eq!(kinds(card), [Kind::A2aCard]);
}
