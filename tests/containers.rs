//! Documents in known places of other formats, and in strings that hold JSON.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/report.rs"]
mod support;

use cardlint::fix::{Options, fix};
use cardlint::lint::{Checked, Input, Settings, lint};
use cardlint::render::Format;
use cardlint::syntax::{Pointer, parse};
use serde_json::{Value, json};
use std::slice::from_ref;
use support::report;

/// A 1.0 card with one error: its URL is relative.
fn card() -> Value {
    json!({
        "name": "Gezeiten \u{1F30A} \"Nord\"", "description": "Sagt die Fl\u{f6}t\nan.", "version": "1.0.0", "capabilities": {},
        "supportedInterfaces": [{ "url": "/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }],
        "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"],
        "skills": [{ "id": "now", "name": "Now", "description": "Tells the tide.", "tags": ["sea"] }],
    })
}

/// A body that fits several Graph types.
fn plain() -> Value {
    json!({ "displayName": "Tides", "ownerIds": ["cce0db5f-7165-4567-a2ac-a1e34ca05410"] })
}

/// A body of which only a request can say what it is.
fn renamed() -> Value {
    json!({ "displayName": "Tides" })
}

fn registration() -> Value {
    json!({
        "displayName": "Tides", "ownerIds": ["cce0db5f-7165-4567-a2ac-a1e34ca05410"], "sourceAgentId": "tides",
        "createdBy": "cce0db5f-7165-4567-a2ac-a1e34ca05410", "sourceCreatedDateTime": "2026-02-15T10:00:00Z",
        "sourceLastModifiedDateTime": "2026-02-15T10:00:00Z", "originatingStore": "Harbour",
    })
}

/// What a registry says of an agent, in members that cards have, with its card under `name`.
fn entry(name: &str, card: Value) -> Value {
    json!({
        "id": "t", "name": "Tides", "description": "d", "version": "1.0.0", "url": "https://tides.example.com", "capabilities": {},
        "skills": [{ "id": "now", "name": "Now", "description": "d" }], name: card,
    })
}

fn text(value: &Value) -> Value {
    Value::String(value.to_string())
}

fn checked_as(input: Input<'_>, text: &str) -> Checked {
    lint(input, text.as_bytes().to_vec(), &Settings::default())
}

fn checked(text: &str) -> Checked {
    checked_as(Input::named("x.json"), text)
}

fn documents(checked: &Checked) -> Vec<String> {
    let line = |document: &cardlint::lint::CheckedDocument| {
        let what = match document.profile.mode() {
            Some(mode) => mode.name().to_owned(),
            None => document.profile.versions().join("+"),
        };
        format!("{} {} {what}", document.pointer, document.profile.kind().name())
    };
    checked.documents.iter().map(line).collect()
}

#[test]
fn documents_are_found_where_containers_hold_them() {
    let graph = "https://graph.microsoft.com/beta";
    let context = format!("{graph}/$metadata#agentRegistry");
    let catalog = "application/ai-catalog+json";
    let media = "application/a2a-agent-card+json";
    let request =
        |method: &str, path: &str, body: &Value| json!({ "method": method, "url": path, "body": body });
    let cases: Vec<(Value, &[&str])> = vec![
        // Graph batches: several kinds in one, requests without a body, requests for something else.
        (
            json!({ "requests": [
                { "id": "1", "method": "POST", "url": "/agentRegistry/agentInstances", "body": plain() },
                { "id": "2", "method": "patch", "url": "/copilot/agentRegistrations/x?a=b", "body": renamed() },
                { "id": "3", "method": "GET", "url": "/copilot/agentRegistrations" },
                { "id": "4", "method": "DELETE", "url": "/copilot/agentRegistrations/x", "body": null },
                { "id": "5", "method": "POST", "url": "/users", "body": { "displayName": "Tide", "accountEnabled": true } },
                { "id": "6", "method": "PATCH", "url": "agentRegistry/agentCollections/x", "body": renamed() },
            ] }),
            &[
                "/requests/0/body graph-agent-instance create",
                "/requests/1/body graph-agent-registration update",
                "/requests/5/body graph-agent-collection update",
            ],
        ),
        (
            json!({ "responses": [
                { "id": "1", "status": 201, "body": { "@odata.context": format!("{graph}/$metadata#copilot/agentRegistrations/$entity"), "id": "x" } },
                { "id": "2", "status": 404, "body": { "error": { "code": "NotFound", "message": "No." } } },
                { "id": "3", "status": 200, "body": { "value": [{ "id": "x", "displayName": "Tides", "agentUserId": null, "managedBy": "y", "preferredTransport": "GRPC" }] } },
                { "id": "4", "status": 204 },
            ] }),
            &[
                "/responses/0/body graph-agent-registration response",
                "/responses/2/body/value/0 graph-agent-instance response",
            ],
        ),
        // Requests, by themselves and in lists.
        (
            request("POST", &format!("{graph}/copilot/agentRegistrations"), &plain()),
            &["/body graph-agent-registration create"],
        ),
        (
            json!([request("PUT", "/agentRegistry/agentCollections/c", &plain()), { "method": "GET", "url": "/a" }]),
            &["/0/body graph-agent-collection update"],
        ),
        (request("POST", "https://cards.example.com/agents", &card()), &["/body a2a-card 1.0"]),
        (
            request("POST", "/copilot/agentRegistrations", &text(&registration())),
            &["/body graph-agent-registration create"],
        ),
        (
            json!({ "inputs": { "method": "PATCH", "uri": format!("{graph}/copilot/agentRegistrations/@{{x}}"), "body": renamed() } }),
            &["/inputs/body graph-agent-registration update"],
        ),
        (
            json!({ "definition": { "actions": {
                "Send": { "type": "Http", "inputs": { "method": "POST", "uri": "/copilot/agentRegistrations", "body": plain() } },
                "If": { "type": "If", "actions": {}, "else": { "actions": {
                    "Again": { "inputs": { "method": "POST", "uri": "/copilot/agentRegistrations", "body": plain() } } } } },
                "Choose": { "type": "Switch", "cases": { "a": { "actions": {
                    "Third": { "inputs": { "method": "PATCH", "uri": "/copilot/agentRegistrations/x", "body": renamed() } } } } } },
            } } }),
            &[
                "/definition/actions/Choose/cases/a/actions/Third/inputs/body graph-agent-registration update",
                "/definition/actions/If/else/actions/Again/inputs/body graph-agent-registration create",
                "/definition/actions/Send/inputs/body graph-agent-registration create",
            ],
        ),
        // Postman: folders in folders, a URL as text and taken apart.
        (
            json!({ "info": { "name": "x" }, "item": [
                { "name": "a", "item": [{ "name": "b", "item": [{ "name": "c", "request": { "method": "POST",
                    "url": { "raw": "{{graph}}/copilot/agentRegistrations" }, "body": { "mode": "raw", "raw": plain().to_string() } } }] }] },
                { "name": "d", "request": { "method": "PATCH", "url": "{{graph}}/agentRegistry/agentInstances/x",
                    "body": { "mode": "raw", "raw": renamed().to_string() } } },
                { "name": "e", "request": { "method": "POST", "url": "{{graph}}/copilot/agentRegistrations", "body": { "mode": "raw", "raw": "" } } },
                { "name": "f", "request": { "method": "POST", "url": "https://a.example/b", "body": { "mode": "raw", "raw": "{ \"a\": }" } } },
                { "name": "g", "request": { "method": "POST", "url": "{{graph}}/copilot/agentRegistrations",
                    "body": { "mode": "urlencoded", "urlencoded": [] } } },
                { "name": "h", "request": "https://a.example" },
            ] }),
            &[
                "/item/0/item/0/item/0/request/body/raw graph-agent-registration create",
                "/item/1/request/body/raw graph-agent-instance update",
            ],
        ),
        // Infrastructure as code.
        (
            json!({ "resource": { "msgraph_resource": {
                "a": { "url": "copilot/agentRegistrations", "body": plain() }, "b": [{ "url": "agentRegistry/agentInstances", "body": plain() }] },
                "msgraph_update_resource": { "c": { "url": "copilot/agentRegistrations/x", "body": renamed() } },
                "other_resource": { "d": { "url": "copilot/agentRegistrations", "body": plain() } } } }),
            &[
                "/resource/msgraph_resource/a/body graph-agent-registration create",
                "/resource/msgraph_resource/b/0/body graph-agent-instance create",
                "/resource/msgraph_update_resource/c/body graph-agent-registration update",
            ],
        ),
        (
            json!({ "planned_values": { "root_module": {
                "resources": [{ "type": "msgraph_resource", "values": { "url": "copilot/agentRegistrations", "body": plain() } }],
                "child_modules": [{ "resources": [{ "type": "msgraph_update_resource",
                    "values": { "url": "copilot/agentRegistrations/x", "body": renamed() } }] }] } } }),
            &[
                "/planned_values/root_module/child_modules/0/resources/0/values/body graph-agent-registration update",
                "/planned_values/root_module/resources/0/values/body graph-agent-registration create",
            ],
        ),
        (
            json!({ "resources": [{ "type": "Microsoft.Graph/agentRegistrations@beta", "properties": plain() },
                { "type": "Microsoft.Graph/groups@v1.0", "properties": { "displayName": "g" } },
                { "type": "Microsoft.Storage/storageAccounts", "properties": registration() }] }),
            &["/resources/0/properties graph-agent-registration create"],
        ),
        (
            json!({ "languageVersion": "2.0", "resources": { "tides": { "type": "Microsoft.Graph/agentRegistrations@beta", "properties": plain() } } }),
            &["/resources/tides/properties graph-agent-registration create"],
        ),
        // The registry with its sets.
        (
            json!({ "@odata.context": context, "agentInstances": [plain()], "agentCollections": [plain(), plain()] }),
            &[
                "/agentCollections/0 graph-agent-collection response",
                "/agentCollections/1 graph-agent-collection response",
                "/agentInstances/0 graph-agent-instance response",
            ],
        ),
        (
            json!({ "agentInstances": [registration()], "agentCardManifests": [] }),
            &["/agentInstances/0 graph-agent-instance create"],
        ),
        (
            json!({ "agentRegistrations": [plain()], "count": 1 }),
            &["/agentRegistrations/0 graph-agent-registration update"],
        ),
        (json!({ "registrations": [registration()] }), &["/registrations/0 graph-agent-registration create"]),
        (json!({ "agentRegistration": plain() }), &["/agentRegistration graph-agent-registration update"]),
        (json!({ "body": registration(), "statusCode": 200 }), &["/body graph-agent-registration create"]),
        // Catalogs of cards, also inside each other, and one entry alone.
        (
            json!({ "specVersion": "1.0", "entries": [
                { "identifier": "a", "mediaType": catalog, "data": { "entries": [{ "media_type": media, "data": card() }] } },
                { "identifier": "b", "type": format!("{}; version=1", media.to_uppercase()), "data": { "name": "Waves" } },
                { "identifier": "c", "mediaType": media, "url": "https://a.example/card.json" },
                { "identifier": "d", "mediaType": "application/mcp-server+json", "data": { "name": "Sands", "skills": 1 } },
            ] }),
            &["/entries/0/data/entries/0/data a2a-card 1.0", "/entries/1/data a2a-card 0.3.0"],
        ),
        (
            json!({ "identifier": "a", "display_name": "A", "version": "1.0.0", "media_type": media, "data": card() }),
            &["/data a2a-card 1.0"],
        ),
        (json!({ "entries": [{ "type": media, "data": text(&card()) }] }), &["/entries/0/data a2a-card 1.0"]),
        // Bodies of registries.
        (json!({ "agentCard": card(), "attestations": [] }), &["/agentCard a2a-card 1.0"]),
        (
            json!({ "agentCard": { "name": "Waves" }, "verificationMaterial": {} }),
            &["/agentCard a2a-card 0.3.0"],
        ),
        (
            json!({ "displayName": "T", "agentSpec": { "type": "A2A_AGENT_CARD", "content": card() } }),
            &["/agentSpec/content a2a-card 1.0"],
        ),
        (
            json!({ "services": [{ "agent_spec": { "content": card() } }] }),
            &["/services/0/agent_spec/content a2a-card 1.0"],
        ),
        (json!({ "a2aCard": card() }), &["/a2aCard a2a-card 1.0"]),
        (
            json!({ "name": "x", "modules": [{ "name": "core", "data": { "card_data": 1 } },
                { "name": "runtime/a2a", "data": { "card_data": card() }, "artifact": { "data": "e30=" } }] }),
            &["/modules/1/data/card_data a2a-card 1.0"],
        ),
        (
            json!({ "displayName": "T", "a2aAgentDefinition": { "jsonAgentCard": text(&card()) } }),
            &["/a2aAgentDefinition/jsonAgentCard a2a-card 1.0"],
        ),
        (
            json!({ "agents": [{ "name": "x", "a2aAgentDefinition": { "jsonAgentCard": text(&card()) } }, { "name": "y" }] }),
            &["/agents/0/a2aAgentDefinition/jsonAgentCard a2a-card 1.0"],
        ),
        (
            json!({ "recordType": "AGENT", "descriptors": { "a2aAgentCard": { "data": text(&card()) } } }),
            &["/descriptors/a2aAgentCard/data a2a-card 1.0"],
        ),
        (
            json!({ "descriptors": { "optionalValue": { "a2aAgentCard": { "optionalValue": { "data": { "optionalValue": text(&card()) } } } } } }),
            &["/descriptors/optionalValue/a2aAgentCard/optionalValue/data/optionalValue a2a-card 1.0"],
        ),
        (json!({ "id": 1, "agentCard": card(), "status": "live" }), &["/agentCard a2a-card 1.0"]),
        (json!({ "id": 1, "agent_card": text(&card()), "owner": "a" }), &["/agent_card a2a-card 1.0"]),
        // A registration is one whatever else it has.
        (
            json!({ "agentCard": card(), "displayName": "Tides", "createdBy": "a", "note": 1 }),
            &[" graph-agent-registration create", "/agentCard a2a-card 1.0"],
        ),
        // The entry of a registry repeats members of the card that it holds.
        (entry("raw_card", card()), &["/raw_card a2a-card 1.0"]),
        (
            json!({ "agents": [entry("agentCard", card()), entry("card", text(&card()))] }),
            &["/agents/0/agentCard a2a-card 1.0", "/agents/1/card a2a-card 1.0"],
        ),
        (
            json!([entry("cardJson", text(&card())), entry("a2aCard", card())]),
            &["/0/cardJson a2a-card 1.0", "/1/a2aCard a2a-card 1.0"],
        ),
        // But a card is one whatever less it holds.
        (entry("card", json!({ "suit": "hearts" })), &[" a2a-card 0.3.0"]),
        (
            entry("agentCard", json!({ "name": "Tides", "url": "/card.json", "skills": [] })),
            &[" a2a-card 0.3.0"],
        ),
        (
            json!({ "items": [{ "id": 1, "card": card() }, { "id": 2 }], "total": 2 }),
            &["/items/0/card a2a-card 1.0"],
        ),
        (json!({ "value": [{ "agentCard": card(), "etag": 1 }] }), &["/value/0/agentCard a2a-card 1.0"]),
        (
            json!({ "jsonrpc": "2.0", "id": 1, "result": { "agentCard": card(), "etag": 1 } }),
            &["/result/agentCard a2a-card 1.0"],
        ),
        // Strings: the whole text, an element, one in another.
        (text(&card()), &[" a2a-card 1.0"]),
        (json!([text(&card()), card()]), &["/0 a2a-card 1.0", "/1 a2a-card 1.0"]),
        (
            json!({ "method": "POST", "url": "/v1/agents", "body": text(&json!({ "jsonAgentCard": text(&card()) })) }),
            &["/body a2a-card 1.0"],
        ),
    ];
    for (value, expected) in cases {
        let text = value.to_string();
        let found = documents(&checked(&text));
        assert_eq!(found, expected, "{text}");
        // The same is found on a walk, and in a line of JSON Lines.
        let walked = Input { walked: true, is_line: true, ..Input::named("x.jsonl") };
        assert_eq!(documents(&checked_as(walked, &text)), expected, "{text}");
    }
}

#[test]
fn foreign_files_that_look_like_containers_are_skipped_on_a_walk() {
    for value in [
        json!({ "requests": [{ "method": "POST", "url": "/users", "body": { "displayName": "Ann" } }] }),
        json!({ "responses": { "200": { "description": "OK" } }, "openapi": "3.1.0" }),
        json!({ "method": "POST", "url": "https://a.example/b", "body": "{\"a\":1}" }),
        json!({ "info": { "name": "x" }, "item": [{ "request": { "method": "GET", "url": "a" } }] }),
        json!({ "resource": { "aws_instance": { "a": { "body": { "displayName": "a" } } } } }),
        json!({ "resources": [{ "type": "Microsoft.Web/sites", "properties": { "displayName": "x", "ownerIds": [] } }] }),
        json!({ "entries": [{ "type": "feature", "data": { "name": "x", "skills": 3 } }] }),
        json!({ "registrations": [{ "agentId": 1, "agentRegistry": "eip155:1:0x0" }] }),
        json!({ "modules": [{ "name": "a", "data": {} }], "values": { "body": 1 } }),
        json!({ "card": { "suit": "hearts" }, "cards": [{ "suit": "clubs" }], "agents": ["a"] }),
        json!({ "agentSpec": { "type": "OTHER", "content": { "name": "x" } } }),
        json!({ "jsonAgentCard": "" }),
        json!({ "jsonAgentCard": "see the wiki" }),
        json!({ "jsonAgentCard": "{{card}}" }),
        json!({ "body": "{\"name\": \"x\"}" }),
        json!("{\"a\": {\"b\": 1}}"),
    ] {
        let text = value.to_string();
        let walked = checked_as(Input { walked: true, ..Input::named("x.json") }, &text);
        assert!(walked.skipped && walked.diagnostics.is_empty() && walked.documents.is_empty(), "{text}");
    }
}

#[test]
fn a_catalog_of_links_is_skipped_and_counted() {
    let media = "application/a2a-agent-card+json";
    let link = "https://a.example/.well-known/agent-card.json";
    let cases = [
        (
            json!({ "entries": [{ "mediaType": media, "url": "https://a.example/c" }, { "type": media, "url": link }] }),
            2,
        ),
        (
            json!({ "entries": [{ "mediaType": "application/ai-catalog+json", "data": { "entries": [{ "type": media, "url": link }] } }] }),
            1,
        ),
        (json!({ "agents": [{ "name": "a", "card": link }, { "name": "b" }], "version": 1 }), 1),
        (json!({ "agents": { "a": link, "b": "https://b.example/.well-known/agent.json?v=1" } }), 2),
        (json!([link]), 1),
    ];
    for (value, expected) in cases {
        for walked in [false, true] {
            let checked = checked_as(Input { walked, ..Input::named("x.json") }, &value.to_string());
            assert!(checked.skipped && checked.diagnostics.is_empty(), "{value}");
            assert_eq!(checked.linked, expected, "{value}");
        }
    }
    let named = checked(r#"{ "agents": [{ "name": "a" }] }"#);
    assert!(!named.skipped && named.linked == 0);
}

/// Where a finding is: the bytes of the text, the pointer of the string and the one inside it.
fn places<'t>(text: &'t str, checked: &'t Checked, rule: &str) -> Vec<(&'t str, &'t str, Option<&'t str>)> {
    let found = checked.diagnostics.iter().filter(|found| found.rule.id == rule);
    found.map(|found| (&text[found.span.range()], found.pointer.as_str(), found.inner_pointer())).collect()
}

#[test]
fn findings_in_a_string_have_their_place_in_the_file() {
    let url = [(r#"\"/a2a\""#, "/jsonAgentCard", Some("/supportedInterfaces/0/url"))];
    let outer = json!({ "jsonAgentCard": text(&card()) }).to_string();
    // With non-ASCII letters as they are, escaped, and in lines that end with CR LF.
    let escaped: String = outer
        .chars()
        .map(|char| {
            if char.is_ascii() {
                char.to_string()
            } else {
                char.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04X}")).collect()
            }
        })
        .collect();
    let pretty = serde_json::to_string_pretty(&card()).unwrap().replace('\n', "\r\n");
    let lines = format!("{{\r\n  \"é\": 1,\r\n  \"jsonAgentCard\": {}\r\n}}", Value::String(pretty));
    for text in [&outer, &escaped, &lines] {
        assert_eq!(places(text, &checked(text), "malformed-url"), url, "{text}");
    }
    assert!(escaped.is_ascii() && lines.contains(r"\r\n"));
}

#[test]
fn every_place_in_a_string_is_mapped_back_exactly() {
    // A hidden character, an unknown member and a duplicate, between letters of all lengths, escaped in all ways.
    let text = concat!(
        r#"{"jsonAgentCard": "{\"\u0073upportedInterfaces\":[],\"na\\u006de\":\"\ud83c\udf0a \\\"x\\\" \\ud83c\\udf0a é\","#,
        r#"\"description\":\"a\\u200bb\",\t\"skillz\" : 1,\"é🌊\":{\"\\n\":2},\"name\" :\"z\"}"}"#
    );
    let checked = checked(text);
    assert_eq!(places(text, &checked, "hidden-text"), [(r"\\u200b", "/jsonAgentCard", Some("/description"))]);
    let duplicate = places(text, &checked, "duplicate-key");
    assert_eq!(duplicate, [(r#"\"name\""#, "/jsonAgentCard", Some("/name"))]);
    let related = &checked.diagnostics.iter().find(|found| found.rule.id == "duplicate-key").unwrap().related;
    assert_eq!(&text[related[0].span.range()], r#"\"na\\u006de\""#);
    assert_eq!(related[0].pointer, "/jsonAgentCard");
    for found in checked.diagnostics.iter().filter(|found| found.inner.is_some()) {
        assert!(found.fixes.is_empty(), "{}", found.rule.id);
        let outer = parse(text.as_bytes());
        let string = Pointer::parse(&found.pointer).unwrap().resolve(outer.root()).unwrap();
        assert!(string.span().covers(found.span), "{}", found.rule.id);
    }
}

#[test]
fn syntax_errors_in_a_string_are_where_they_are() {
    let cases = [
        // What is recognised in spite of them, and what is in a place where only a card may be.
        (r#"{"jsonAgentCard": "{\"name\": \"x\", \"skills\": [],}"}"#, ","),
        (r#"{"jsonAgentCard": "{\"nom\" \"x\"}"}"#, ""),
        (
            r#"{"method": "POST", "url": "/copilot/agentRegistrations", "body": "{\"displayName\": \"x\", 'a': 1}"}"#,
            "'a'",
        ),
    ];
    for (text, part) in cases {
        for walked in [false, true] {
            let checked = checked_as(Input { walked, ..Input::named("x.json") }, text);
            let found = places(text, &checked, "malformed-json");
            assert_eq!(found.iter().map(|found| found.0).collect::<Vec<_>>(), [part], "{text}");
            assert!(found[0].2.is_some(), "{text}");
        }
    }
    // Nobody says that this is to be a document.
    assert!(checked_as(Input { walked: true, ..Input::named("x.json") }, r#"{"body": "{\"a\": }"}"#).skipped);
}

#[test]
fn variables_of_a_postman_collection_are_no_findings() {
    let body =
        r#"{ "displayName": "{{name}}", "ownerIds": [{{owner}}], "agentIdentityId": "{{id}}", "bogus": 1 }"#;
    let text =
        json!({ "item": [{ "request": { "method": "PATCH", "url": "{{graph}}/copilot/agentRegistrations/1",
        "body": { "mode": "raw", "raw": body } } }] })
        .to_string();
    let checked = checked(&text);
    let rules: Vec<_> = checked.diagnostics.iter().map(|found| found.rule.id).collect();
    assert_eq!(rules, ["unknown-member"], "{:?}", checked.diagnostics);
}

#[test]
fn credentials_in_a_string_are_found_and_hidden() {
    let secret = "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY";
    let mut card = card();
    card["description"] = json!("ghp_R4nD0mT0k3nF0rT3sts9XyZqWvUtSrQpOnMl");
    card["apiKey"] = json!(secret);
    let text = json!({ "jsonAgentCard": text(&card) }).to_string();
    let checked = checked(&text);
    let found = places(&text, &checked, "exposed-secret");
    let inner: Vec<_> = found.iter().map(|found| (found.1, found.2)).collect();
    assert_eq!(inner, [("/jsonAgentCard", Some("/apiKey")), ("/jsonAgentCard", Some("/description"))]);
    assert_eq!(found[0].0, secret);
    for format in Format::ALL {
        assert!(!report("x.json", format, from_ref(&checked), false).contains(secret), "{}", format.name());
    }
}

#[test]
fn reports_show_both_pointers() {
    let text = json!({ "jsonAgentCard": text(&card()), "note": 1 }).to_string();
    let found = checked(&text);
    let json: Value = serde_json::from_str(&report("x.json", Format::Json, from_ref(&found), false)).unwrap();
    let diagnostic = &json["files"][0]["diagnostics"][0];
    assert_eq!(diagnostic["pointer"], "/jsonAgentCard");
    assert_eq!(diagnostic["inner"], "/supportedInterfaces/0/url");
    assert_eq!(json["files"][0]["documents"][0]["pointer"], "/jsonAgentCard");
    let sarif: Value =
        serde_json::from_str(&report("x.json", Format::Sarif, from_ref(&found), false)).unwrap();
    let names = &sarif["runs"][0]["results"][0]["locations"][0]["logicalLocations"];
    assert_eq!(names[0]["fullyQualifiedName"], "/jsonAgentCard");
    assert_eq!(names[1]["fullyQualifiedName"], "/supportedInterfaces/0/url");
    let human = report("x.json", Format::Human, from_ref(&found), false);
    assert!(human.contains("`/supportedInterfaces/0/url` in the JSON string at `/jsonAgentCard`"), "{human}");
    let outside = checked(&json!({ "agentCard": card() }).to_string());
    let outside: Value =
        serde_json::from_str(&report("x.json", Format::Json, from_ref(&outside), false)).unwrap();
    assert_eq!(outside["files"][0]["diagnostics"][0]["inner"], Value::Null);
}

#[test]
fn fingerprints_tell_places_in_a_string_apart() {
    let settings = Settings { places: true, ..Settings::default() };
    let places =
        |value: &Value| lint(Input::named("x.json"), value.to_string().into_bytes(), &settings).places;
    let mut two = card();
    two["supportedInterfaces"] = json!([{ "url": "/a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }, { "url": "/b", "protocolBinding": "GRPC", "protocolVersion": "1.0" }]);
    let outer = |card: &Value| json!({ "a": 1, "jsonAgentCard": text(card) });
    let found = places(&outer(&two));
    assert!(
        found.iter().any(|place| place == "/jsonAgentCard\"/supportedInterfaces[url=/a]/url"),
        "{found:?}"
    );
    assert!(
        found.iter().any(|place| place == "/jsonAgentCard\"/supportedInterfaces[url=/b]/url"),
        "{found:?}"
    );
    // Its place outlives changes elsewhere in the string.
    two["supportedInterfaces"].as_array_mut().unwrap().remove(0);
    assert!(places(&outer(&two)).contains(&"/jsonAgentCard\"/supportedInterfaces[url=/b]/url".to_owned()));
    let twice = json!({ "body": text(&json!({ "jsonAgentCard": text(&card()) })) });
    assert_eq!(places(&twice), ["/body\"/jsonAgentCard\"/supportedInterfaces[url=/a2a]/url"]);
}

#[test]
fn fixes_are_made_in_objects_and_never_in_strings() {
    let mut card = card();
    card["supportedInterfaces"][0]["url"] = json!("https://tides.example.com/a2a");
    card["capabilities"] = json!({ "streaming": "true" });
    let media = "application/a2a-agent-card+json";
    let value =
        json!({ "entries": [{ "type": media, "data": card }, { "type": media, "data": text(&card) }] });
    let before = value.to_string();
    let (after, fixed) = fix(
        Input::named("x.json"),
        before.clone().into_bytes(),
        &Settings::default(),
        Options::default(),
        &|_| Vec::new(),
    );
    let fixed: Value = serde_json::from_slice(&fixed.bytes).unwrap();
    assert_eq!(fixed["entries"][0]["data"]["capabilities"]["streaming"], true);
    assert_eq!(fixed["entries"][1], value["entries"][1]);
    assert_eq!(places(&fixed.to_string(), &after, "wrong-type").len(), 1);
}

#[test]
fn strings_are_followed_twice_and_no_further() {
    let mut value = card();
    for depth in 1..=4 {
        value = json!({ "jsonAgentCard": text(&value) });
        let count = checked(&value.to_string()).documents.len();
        let is_followed = depth <= 2;
        // Beyond that the innermost object is taken for the card, since its place says so.
        assert_eq!(count, 1, "{depth}");
        let found = checked(&value.to_string());
        assert_eq!(
            found.diagnostics.iter().any(|found| found.rule.id == "malformed-url"),
            is_followed,
            "{depth}"
        );
    }
}

#[test]
fn containers_cost_no_more_than_their_length() {
    // Each level is a container in two ways.
    let mut value = json!({ "method": "GET" });
    for _ in 0..100 {
        value = json!({ "requests": [value.clone()], "item": [], "entries": [{ "agentCard": 1 }] });
    }
    assert!(checked_as(Input { walked: true, ..Input::named("x.json") }, &value.to_string()).skipped);
    // Each level looks like a Graph object as well.
    let mut value = json!({ "displayName": "Tides" });
    for _ in 0..100 {
        value = json!({ "displayName": "Tides", "sourceAgentId": "x", "agentRegistration": value, "agentCard": {}, "x": 1 });
    }
    assert!(!checked(&value.to_string()).skipped);
    let many: Vec<Value> =
        (0..2000).map(|_| json!({ "a_b": 1, "method": "POST", "url": "/x", "body": {} })).collect();
    assert!(
        checked_as(
            Input { walked: true, ..Input::named("x.json") },
            &json!({ "requests": many }).to_string()
        )
        .skipped
    );
}

#[test]
fn a_value_may_be_chosen_inside_a_container() {
    let value = json!({ "a": { "b": text(&card()), "c": { "jsonAgentCard": text(&card()) } } }).to_string();
    for (pointer, expected) in [("/a/b", "/a/b a2a-card 1.0"), ("/a/c", "/a/c/jsonAgentCard a2a-card 1.0")] {
        let settings = Settings { at: Some(Pointer::parse(pointer).unwrap()), ..Settings::default() };
        let checked = lint(Input::named("x.json"), value.clone().into_bytes(), &settings);
        assert_eq!(documents(&checked), [expected]);
    }
}
