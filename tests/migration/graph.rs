//! Between cards and Microsoft Graph: graph.md 1.6.

use super::{URL, interface, new, old, options, result, run, said, skill, whole, with, without};
use cardlint::migrate::{Options, Registry};
use serde_json::{Value, json};

const OWNER: &str = "3f1e2d4c-5b6a-4978-8c9d-0e1f2a3b4c5d";
const CREATOR: &str = "7a8b9c0d-1e2f-4a3b-9c4d-5e6f7a8b9c0d";

fn told(to: &str) -> Options {
    let registry = Registry {
        owners: vec![OWNER.to_owned()],
        managed_by: None,
        created_by: Some(CREATOR.to_owned()),
        created: Some("2026-02-15T10:00:00Z".to_owned()),
        modified: Some("2026-03-01T10:00:00Z".to_owned()),
        source_agent_id: Some("tides-1".to_owned()),
        originating_store: Some("Harbour".to_owned()),
    };
    Options { registry, ..options(to) }
}

/// A card with everything that Graph has a place for.
fn full(more: Value) -> Value {
    with(
        old(json!({
            "capabilities": { "streaming": true, "pushNotifications": false, "stateTransitionHistory": false,
                "extensions": [{ "uri": "https://sea.example.com/e/v1", "required": true, "params": { "any": [1] } }] },
            "additionalInterfaces": [{ "url": URL, "transport": "JSONRPC" }, { "url": "https://tides.example.com/g", "transport": "GRPC" }],
            "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X" },
                "oauth": { "type": "oauth2", "flows": { "clientCredentials": { "tokenUrl": "https://login.example.com/t", "scopes": { "r": "Read" } } } } },
            "security": [{ "key": [] }, { "oauth": ["r"] }], "supportsAuthenticatedExtendedCard": false,
            "provider": { "organization": "Harbour", "url": "https://harbour.example.com" }
        })),
        more,
    )
}

#[test]
fn a_registration_holds_the_card_as_it_is() {
    for card in [full(json!({ "x-dock": 1 })), new(json!({ "signatures": [] }))] {
        let body = whole(&card, &told("graph-registration"));
        assert_eq!(
            body,
            json!({
                "displayName": "Tides", "description": "Tells the tides.", "ownerIds": [OWNER], "createdBy": CREATOR,
                "sourceCreatedDateTime": "2026-02-15T10:00:00Z", "sourceLastModifiedDateTime": "2026-03-01T10:00:00Z",
                "sourceAgentId": "tides-1", "originatingStore": "Harbour", "agentCard": card
            })
        );
        assert_eq!(whole(&body, &options("card")), card);
    }
}

#[test]
fn what_no_card_knows_is_asked_for() {
    let asked = run(&full(json!({})), &options("graph-registration"));
    let needs = |name: &str| format!("error : a Graph agentRegistration needs `{name}`, which no card says");
    let mut expected =
        ["ownerIds", "createdBy", "sourceCreatedDateTime", "sourceLastModifiedDateTime"].map(needs).to_vec();
    expected.sort();
    let mut found = said(&asked);
    found.sort();
    let assumed = found.pop().unwrap();
    assert_eq!(
        assumed,
        "warning : the registration has no `sourceAgentId`, which Microsoft's own client always sends"
    );
    assert_eq!(found, expected);
    let asked = run(&full(json!({})), &options("graph-instance"));
    assert_eq!(said(&asked), ["error : a Graph agentInstance needs `ownerIds`, which no card says"]);
}

#[test]
fn an_instance_is_a_0_3_card_in_two_parts() {
    let card = full(json!({ "skills": [skill(json!({ "security": [{ "key": [] }] }))] }));
    let body = whole(&card, &told("graph-instance"));
    assert_eq!(
        (&body["displayName"], &body["url"], &body["preferredTransport"]),
        (&json!("Tides"), &json!(URL), &json!("JSONRPC"))
    );
    assert_eq!(body["additionalInterfaces"], card["additionalInterfaces"]);
    let manifest = &body["agentCardManifest"];
    assert_eq!((&manifest["displayName"], &manifest["protocolVersion"]), (&json!("Tides"), &json!("0.3.0")));
    assert!(manifest.get("name").is_none() && manifest.get("url").is_none());
    assert_eq!(manifest["skills"][0]["displayName"], "Tide");
    assert_eq!(
        manifest["securitySchemes"]["key"],
        json!({ "@odata.type": "#microsoft.graph.apiKeySecurityScheme", "type": "apiKey", "in": "header", "name": "X" })
    );
    assert_eq!(whole(&body, &options("card")), card);
}

#[test]
fn an_instance_states_what_goes_without_saying_in_a_card() {
    let manifest = whole(&old(json!({})), &told("graph-instance"))["agentCardManifest"].clone();
    assert_eq!(manifest["supportsAuthenticatedExtendedCard"], false);
    assert_eq!(
        manifest["capabilities"],
        json!({ "streaming": false, "pushNotifications": false, "stateTransitionHistory": false })
    );
}

#[test]
fn what_graph_has_no_place_for_is_lost_aloud() {
    let card = full(json!({
        "x-dock": 1,
        "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X", "x-realm": "sea" },
            "oauth": { "type": "oauth2", "oauth2MetadataUrl": "https://login.example.com/m",
                "flows": { "clientCredentials": { "tokenUrl": "https://login.example.com/t", "scopes": { "r": "Read" } } } } }
    }));
    let migrated = run(&card, &told("graph-instance"));
    let lost = |pointer: &str, name: &str| {
        format!("warning {pointer}: a Graph agentInstance has no `{name}`; it is left out")
    };
    let expected = [
        lost("/securitySchemes/key/x-realm", "x-realm"),
        lost("/securitySchemes/oauth/oauth2MetadataUrl", "oauth2MetadataUrl"),
        lost("/x-dock", "x-dock"),
    ];
    assert_eq!(said(&migrated), expected);
    assert!(!migrated.has_gaps());
}

#[test]
fn a_1_0_card_goes_through_0_3() {
    let card = new(json!({ "supportedInterfaces": [interface(URL, "JSONRPC", "1.0")] }));
    let asked = run(&card, &told("graph-instance"));
    assert!(asked.has_gaps());
    let body = whole(&card, &Options { server_speaks: vec!["0.3".to_owned()], ..told("graph-instance") });
    assert_eq!(body["url"], URL);
}

#[test]
fn the_way_back_leaves_the_registry_behind() {
    let mut body = whole(&full(json!({})), &told("graph-instance"));
    body["id"] = json!("tides");
    body["@odata.context"] =
        json!("https://graph.microsoft.com/beta/$metadata#agentRegistry/agentInstances/$entity");
    body["agentCardManifest"]["createdBy"] = Value::Null;
    body["agentCardManifest"]["iconUrl"] = Value::Null;
    let migrated = run(&body, &options("card"));
    assert!(said(&migrated).is_empty(), "{:?}", said(&migrated));
    let notes: Vec<_> = migrated.checked.diagnostics.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(notes, ["what the registry knows of the agent besides its card is left out"]);
    assert_eq!(result(&migrated), full(json!({})));
    let alone = run(&body["agentCardManifest"], &options("card"));
    assert_eq!(
        said(&alone),
        ["error : neither `url` nor `supportedInterfaces` says where the agent can be reached"]
    );
    let empty = without(whole(&full(json!({})), &told("graph-registration")), &["agentCard"]);
    assert_eq!(
        said(&run(&empty, &options("card"))),
        ["error : the registration holds no card in `agentCard`"]
    );
}

#[test]
fn signatures_stand_on_the_instance_and_hold_for_the_card_that_was_signed() {
    let signed = full(
        json!({ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsifQ", "signature": "c2ln" }] }),
    );
    let body = result(&run(&signed, &told("graph-instance")));
    assert_eq!(body["signatures"], signed["signatures"]);
    let back = run(&body, &options("card"));
    assert_eq!(
        said(&back),
        ["warning /signatures: no signature holds for the migrated card; they are left out"]
    );
}
