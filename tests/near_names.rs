//! Names, placeholders and times as people write them: what is meant is reported once, and what is somebody's own is left alone.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use cardlint::diagnostic::{Diagnostic, Severity};
use cardlint::lint::{Input, Settings, lint};
use serde_json::{Map, Value, json};

const GUID: &str = "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82";

fn object(value: Value) -> Map<String, Value> {
    let Value::Object(members) = value else { panic!("{value} is not an object") };
    members
}

fn legacy() -> Value {
    json!({
        "protocolVersion": "0.3.0", "name": "Tides", "description": "Tells the tide.", "version": "1.0.0",
        "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC", "capabilities": {},
        "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"],
        "skills": [{ "id": "tides", "name": "Tides", "description": "Says when it is high.", "tags": ["tide"] }],
    })
}

fn modern() -> Value {
    let mut card = object(legacy());
    for name in ["protocolVersion", "url", "preferredTransport"] {
        card.remove(name);
    }
    let interface = json!({ "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" });
    card.insert("supportedInterfaces".to_owned(), json!([interface]));
    Value::Object(card)
}

fn mixed() -> Value {
    let mut card = object(modern());
    card.extend(object(legacy()));
    Value::Object(card)
}

fn registration() -> Value {
    json!({
        "displayName": "Tides", "ownerIds": [GUID], "createdBy": GUID, "sourceAgentId": "tides",
        "sourceCreatedDateTime": "2026-02-01T00:00:00Z", "sourceLastModifiedDateTime": "2026-02-02T00:00:00Z",
    })
}

fn instance() -> Value {
    json!({
        "displayName": "Tides", "ownerIds": [GUID], "originatingStore": "Harbour",
        "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC",
        "additionalInterfaces": [{ "url": "https://tides.example.com/grpc", "transport": "GRPC" }],
        "agentCardManifest": {
            "displayName": "Tides", "description": "Tells the tide.", "protocolVersion": "0.3.0", "version": "1.0.0",
            "ownerIds": [GUID], "supportsAuthenticatedExtendedCard": false,
            "capabilities": { "streaming": true, "pushNotifications": false, "stateTransitionHistory": false },
            "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"],
            "skills": [{ "id": "tides", "displayName": "Tides", "description": "Says when it is high.", "tags": ["tide"] }],
        },
    })
}

/// `document` with `value` under `name` in the object at `pointer`, and without the member `dropped`.
fn with(mut document: Value, pointer: &str, name: &str, value: Value, dropped: &str) -> Value {
    let members = document.pointer_mut(pointer).unwrap().as_object_mut().unwrap();
    members.remove(dropped);
    members.insert(name.to_owned(), value);
    document
}

/// The findings above a note.
fn findings(document: &Value) -> Vec<Diagnostic> {
    let text = serde_json::to_string_pretty(document).unwrap();
    let mut found = lint(Input::named("document.json"), text.into_bytes(), &Settings::default()).diagnostics;
    found.retain(|found| found.severity > Severity::Note);
    found
}

fn shown(found: &[Diagnostic]) -> String {
    found.iter().map(|found| format!("\n  {} {}: {}", found.rule.id, found.pointer, found.message)).collect()
}

/// Holds that the member is reported once, at its key, as what it means, and that nothing says to remove it.
fn means(document: Value, pointer: &str, name: &str, value: Value, right: &str) {
    let document = with(document, pointer, name, value, right);
    let found = findings(&document);
    let place = format!("{pointer}/{name}");
    let [only] = found.as_slice() else { panic!("{place} means {right}:{}", shown(&found)) };
    assert_eq!((only.rule.id, only.pointer.as_str()), ("misnamed-member", place.as_str()), "{right}");
    assert!(only.message.contains(right) && !only.help.contains("remove"), "{}", only.message);
}

#[test]
fn names_of_registrations_are_understood() {
    for (name, value, right) in [
        ("sourceCreatedDate", json!("2026-02-01T00:00:00Z"), "sourceCreatedDateTime"),
        ("sourceCreatedOn", json!("2026-02-01T00:00:00Z"), "sourceCreatedDateTime"),
        ("createdAt", json!("2026-02-01T00:00:00Z"), "sourceCreatedDateTime"),
        ("sourceModifiedDateTime", json!("2026-02-02T00:00:00Z"), "sourceLastModifiedDateTime"),
        ("sourceUpdatedAt", json!("2026-02-02T00:00:00Z"), "sourceLastModifiedDateTime"),
        ("owners", json!([GUID]), "ownerIds"),
        ("ownerId", json!(GUID), "ownerIds"),
        ("ownerUserIds", json!([GUID]), "ownerIds"),
        ("sourceId", json!("tides"), "sourceAgentId"),
        ("externalId", json!("tides"), "sourceAgentId"),
        ("originStore", json!("Harbour"), "originatingStore"),
        ("blueprintId", json!(GUID), "agentIdentityBlueprintId"),
        ("agentBlueprintId", json!(GUID), "agentIdentityBlueprintId"),
        ("agenticAppId", json!(GUID), "agentIdentityId"),
        ("card", legacy(), "agentCard"),
        ("agentManifest", legacy(), "agentCard"),
        ("authorization", json!({ "type": "none" }), "a2aAuthorization"),
        ("a2aAuth", json!({ "type": "none" }), "a2aAuthorization"),
        ("a2aAuthorisation", json!({ "type": "none" }), "a2aAuthorization"),
        ("agentName", json!("Tides"), "displayName"),
        ("title", json!("Tides"), "displayName"),
    ] {
        means(registration(), "", name, value, right);
    }
    for name in ["referenceID", "reference_id", "reference", "refId"] {
        let document = with(registration(), "", "a2aAuthorization", json!({ "type": "connectionVault" }), "");
        means(document, "/a2aAuthorization", name, json!("tides"), "referenceId");
    }
}

#[test]
fn names_of_instances_and_manifests_are_understood() {
    let extended = "supportsAuthenticatedExtendedCard";
    for (pointer, name, value, right) in [
        ("", "endpoint", json!("https://tides.example.com/a2a"), "url"),
        ("", "manifest", instance()["agentCardManifest"].clone(), "agentCardManifest"),
        ("/additionalInterfaces/0", "endpoint", json!("https://tides.example.com/grpc"), "url"),
        ("/additionalInterfaces/0", "protocol", json!("GRPC"), "transport"),
        ("/agentCardManifest", "supportsExtendedAgentCard", json!(false), extended),
        ("/agentCardManifest", "docUrl", json!("https://tides.example.com/docs"), "documentationUrl"),
        ("/agentCardManifest", "logo", json!("https://tides.example.com/icon.png"), "iconUrl"),
        ("/agentCardManifest", "agentVersion", json!("1.0.0"), "version"),
        ("/agentCardManifest/skills/0", "title", json!("Tides"), "displayName"),
        ("/agentCardManifest/skills/0", "skillName", json!("Tides"), "displayName"),
        ("/agentCardManifest/skills/0", "example", json!("How high is it?"), "examples"),
    ] {
        means(instance(), pointer, name, value, right);
    }
    let mut document = instance();
    document["agentCardManifest"].as_object_mut().unwrap().remove(extended);
    means(document, "/agentCardManifest/capabilities", "extendedAgentCard", json!(false), extended);
}

#[test]
fn names_of_cards_are_understood() {
    for card in [legacy(), modern(), mixed()] {
        for (pointer, name, value, right) in [
            ("", "docUrl", json!("https://tides.example.com/docs"), "documentationUrl"),
            ("", "documentation", json!("https://tides.example.com/docs"), "documentationUrl"),
            ("", "logo", json!("https://tides.example.com/icon.png"), "iconUrl"),
            ("", "agentVersion", json!("1.0.0"), "version"),
            ("", "agentName", json!("Tides"), "name"),
            ("", "supportsExtendedAgentCard", json!(false), "xtended"),
            ("", "supportsExtendedCard", json!(false), "xtended"),
            ("/capabilities", "supportsExtendedAgentCard", json!(false), "xtended"),
            ("/capabilities", "extendedCard", json!(false), "xtended"),
            ("/capabilities", "push", json!(true), "pushNotifications"),
            ("/skills/0", "example", json!("How high is it?"), "examples"),
            ("/skills/0", "title", json!("Tides"), "name"),
            ("/skills/0", "skillId", json!("tides"), "id"),
        ] {
            means(card.clone(), pointer, name, value, right);
        }
    }
    means(mixed(), "/supportedInterfaces/0", "transport", json!("JSONRPC"), "protocolBinding");
    means(modern(), "/supportedInterfaces/0", "protocol", json!("JSONRPC"), "protocolBinding");
    means(modern(), "/supportedInterfaces/0", "version", json!("1.0"), "protocolVersion");
    means(legacy(), "", "transport", json!("JSONRPC"), "preferredTransport");
    let entry = json!([{ "url": "https://tides.example.com/a2a", "transport": "JSONRPC" }]);
    let document = with(mixed(), "", "additionalInterfaces", entry, "");
    means(document, "/additionalInterfaces/0", "protocolBinding", json!("JSONRPC"), "transport");
}

#[test]
fn members_of_a_vendor_are_left_alone() {
    let texts = [
        "agentType",
        "ownerEmail",
        "modelVersion",
        "model",
        "modelName",
        "cardTheme",
        "cardVersion",
        "schemaVersion",
        "apiVersion",
        "agentId",
        "agentClass",
        "category",
        "author",
        "license",
        "icon",
        "logo",
        "protocol",
        "type",
        "status",
        "documentationLanguage",
        "iconColor",
        "versionDate",
        "securityLevel",
        "securityContact",
        "supportEmail",
        "defaultLanguage",
        "defaultModel",
        "transportSecurity",
        "interface",
        "organization",
        "title",
        "shortDescription",
        "localizedName",
    ];
    let urls =
        ["sourceUrl", "homepage", "repository", "providerUrl", "supportUrl", "healthEndpoint", "privacyUrl"];
    let others = [
        ("exampleCount", json!(3)),
        ("skillCount", json!(3)),
        ("supportedLanguages", json!(["en"])),
        ("interfaces", json!(["mcp"])),
        ("schemes", json!(["Bearer"])),
        ("requirements", json!(["python"])),
        ("input", json!(["a port"])),
        ("inputSchema", json!({})),
        ("auth", json!({ "type": "none" })),
        ("authenticated", json!(true)),
        ("createdAt", json!("2026-02-01T00:00:00Z")),
    ];
    let texts = texts.into_iter().map(|name| (name, json!("wave")));
    let urls = urls.into_iter().map(|name| (name, json!("https://tides.example.com/x")));
    for (name, value) in texts.chain(urls).chain(others) {
        for card in [legacy(), modern(), mixed()] {
            let found = findings(&with(card, "", name, value.clone(), ""));
            assert!(found.is_empty(), "{name}:{}", shown(&found));
        }
    }
    for (name, value) in [
        ("skillLevel", json!("expert")),
        ("exampleCount", json!(3)),
        ("title", json!("Tides")),
        ("input", json!(["a port"])),
        ("inputTypes", json!(["a port"])),
        ("outputSchema", json!({})),
        ("version", json!("1.0")),
        ("parameters", json!({})),
    ] {
        for card in [legacy(), modern()] {
            let found = findings(&with(card, "/skills/0", name, value.clone(), ""));
            assert!(found.is_empty(), "{name}:{}", shown(&found));
        }
    }
}

#[test]
fn what_templates_leave_behind_is_reported_once() {
    let forms = [
        "${NAME}",
        "$(NAME)",
        "{{name}}",
        "<name>",
        "{name}",
        "null",
        "undefined",
        "$agentName",
        "$env:AGENT",
        "%AGENT_ID%",
        "#{agentId}#",
        "@{variables('agentId')}",
        "__AGENT_ID__",
        "YOUR_AGENT_IDENTITY_ID",
        "TODO",
        "REPLACE_ME",
        "CHANGEME",
        "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
        "System.Object[]",
        "System.Collections.Hashtable",
        "@{name=value}",
        "[object Object]",
    ];
    let manifest = "/agentCardManifest";
    let places = [
        (registration(), "", "displayName"),
        (registration(), "", "description"),
        (registration(), "", "originatingStore"),
        (registration(), "", "sourceAgentId"),
        (registration(), "", "agentIdentityId"),
        (registration(), "", "createdBy"),
        (instance(), "", "managedBy"),
        (instance(), manifest, "description"),
        (instance(), manifest, "version"),
        (instance(), "/agentCardManifest/skills/0", "id"),
        (legacy(), "", "name"),
        (modern(), "", "description"),
        (modern(), "/skills/0", "name"),
    ];
    for form in forms {
        for (document, pointer, name) in &places {
            let found = findings(&with(document.clone(), pointer, name, json!(form), ""));
            let rules: Vec<_> = found.iter().map(|found| found.rule.id).collect();
            assert_eq!(rules, ["placeholder-value"], "{form} in {pointer}/{name}:{}", shown(&found));
        }
    }
}

#[test]
fn real_names_and_hosts_are_no_placeholders() {
    for text in [
        "String",
        "Todo",
        "$5 deals",
        "Save 20%",
        "100%",
        "Your day",
        "your-schedule",
        "SALES_BOT",
        "<b>bold</b>",
        "Undefined behaviour",
        "TODO list",
        "XXX",
        "Changemaker",
        "@harbour",
        "#1 agent",
        "{}",
        "<>",
        "Ke$ha",
        "C++",
    ] {
        for card in [legacy(), modern()] {
            let found = findings(&with(card, "", "name", json!(text), ""));
            assert!(found.is_empty(), "{text}:{}", shown(&found));
        }
    }
    for host in ["todo.acme.com", "xxx.com", "your-story.acme.com", "agent-project.acme.com", "string.com"] {
        let url = json!(format!("https://{host}/a2a"));
        let found = findings(&with(legacy(), "", "url", url, ""));
        assert!(found.is_empty(), "{host}:{}", shown(&found));
    }
}

#[test]
fn the_whole_text_in_another_notation_is_one_mistake() {
    let text = serde_json::to_string_pretty(&registration()).unwrap();
    let count = |text: String| {
        lint(Input::named("document.json"), text.into_bytes(), &Settings::default()).diagnostics.len()
    };
    assert_eq!(count(text.replace('"', "'")), 1);
    let bare = regex::Regex::new(r#""(\w+)":"#).unwrap().replace_all(&text, "$1:").into_owned();
    assert_eq!(count(bare.clone()), 1);
    assert_eq!(count(bare.replace('"', "'")), 2);
    let text = serde_json::to_string_pretty(&instance()).unwrap().replace('"', "'");
    let python = text.replace("true", "True").replace("false", "False");
    let found = lint(Input::named("document.json"), python.into_bytes(), &Settings::default()).diagnostics;
    assert_eq!(found.iter().filter(|found| found.rule.id == "malformed-json").count(), 2);
    // Two are two slips.
    assert_eq!(count(text.replacen('"', "'", 4)), 2);
}

#[test]
fn an_authorization_takes_the_values_of_graph() {
    for (kind, rules) in [
        ("none", &[][..]),
        ("connectionVault", &[]),
        ("None", &["unlisted-value"]),
        ("OAuthPluginVault", &["unlisted-value"]),
        ("AzureKeyVault", &["unlisted-value"]),
        ("unknownFutureValue", &["unlisted-value"]),
        ("oauth", &["unlisted-value"]),
        ("", &["unlisted-value"]),
    ] {
        let value = json!({ "type": kind, "referenceId": "tides" });
        let found = findings(&with(registration(), "", "a2aAuthorization", value, ""));
        let found: Vec<_> = found.iter().map(|found| found.rule.id).collect();
        assert_eq!(found, rules, "{kind}");
    }
    for (value, rules) in
        [(json!(null), &[][..]), (json!({}), &["missing-member"]), (json!("none"), &["wrong-type"])]
    {
        let found = findings(&with(registration(), "", "a2aAuthorization", value.clone(), ""));
        let found: Vec<_> = found.iter().map(|found| found.rule.id).collect();
        assert_eq!(found, rules, "{value}");
    }
    let found = findings(&with(instance(), "", "a2aAuthorization", json!({ "type": "none" }), ""));
    assert!(
        found
            .iter()
            .any(|found| found.rule.id == "removed-member" && found.help.contains("agentRegistration"))
    );
}
