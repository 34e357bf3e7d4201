//! The migration of cards: every rewrite, what is lost and what is asked, and how the result is written.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking"
)]

mod cli;
#[path = "../support/command.rs"]
#[allow(dead_code, reason = "reports are read elsewhere")]
mod command;
mod graph;
#[cfg(unix)]
mod scale;
#[path = "../support/mod.rs"]
mod support;
mod verdict;

use cardlint::diagnostic::Severity;
use cardlint::lint::Input;
use cardlint::migrate::{Flows, Migrated, Options, Outcome, RestUrl, migrate};
use serde_json::{Value, json};

fn options(to: &str) -> Options {
    Options::new(to.parse().unwrap())
}

fn run(card: &Value, options: &Options) -> Migrated {
    migrate(Input::named("agent-card.json"), serde_json::to_vec_pretty(card).unwrap(), options)
}

/// What a card becomes, where nothing is missing.
fn whole(card: &Value, options: &Options) -> Value {
    let migrated = run(card, options);
    assert!(!migrated.has_gaps(), "{:?}", said(&migrated));
    result(&migrated)
}

fn result(migrated: &Migrated) -> Value {
    match &migrated.outcome {
        Outcome::Text(text) => serde_json::from_str(text).unwrap(),
        other => panic!("{other:?}: {:?}", said(migrated)),
    }
}

/// Severity, rule and message of what is said, without notes.
fn said(migrated: &Migrated) -> Vec<String> {
    let grave = migrated.checked.diagnostics.iter().filter(|found| found.severity > Severity::Note);
    grave.map(|found| format!("{} {}: {}", found.severity, found.pointer, found.message)).collect()
}

/// A 0.3.0 card with `more` members, some of which may replace those that every card has.
fn old(more: Value) -> Value {
    with(
        json!({
            "protocolVersion": "0.3.0", "name": "Tides", "description": "Tells the tides.", "version": "1.0.0",
            "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC", "capabilities": {},
            "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"], "skills": [skill(json!({}))]
        }),
        more,
    )
}

/// A 1.0 card with `more` members.
fn new(more: Value) -> Value {
    with(
        json!({
            "name": "Tides", "description": "Tells the tides.", "version": "1.0.0", "capabilities": {},
            "supportedInterfaces": [interface("https://tides.example.com/a2a", "JSONRPC", "0.3")],
            "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"], "skills": [skill(json!({}))]
        }),
        more,
    )
}

fn skill(more: Value) -> Value {
    with(json!({ "id": "t", "name": "Tide", "description": "Tells one tide.", "tags": ["sea"] }), more)
}

fn interface(url: &str, binding: &str, version: &str) -> Value {
    json!({ "url": url, "protocolBinding": binding, "protocolVersion": version })
}

fn with(mut base: Value, more: Value) -> Value {
    for (name, value) in more.as_object().unwrap() {
        base[name] = value.clone();
    }
    base
}

fn without(mut base: Value, names: &[&str]) -> Value {
    names.iter().for_each(|name| drop(base.as_object_mut().unwrap().remove(*name)));
    base
}

/// A 0.1.0 card: without a version, with `authentication`, which may be null.
fn first(more: Value) -> Value {
    let card = without(old(json!({ "authentication": null })), &["protocolVersion", "preferredTransport"]);
    with(card, more)
}

const URL: &str = "https://tides.example.com/a2a";

#[test]
fn u1_nulls_are_taken_out() {
    let card =
        first(json!({ "documentationUrl": null, "provider": null, "capabilities": { "streaming": null },
        "skills": [skill(json!({ "examples": null }))] }));
    let card = whole(&card, &options("0.3.0"));
    assert_eq!(card, old(json!({})));
}

#[test]
fn u1_nulls_of_other_peoples_members_stay() {
    let card = old(json!({ "x-dock": null, "iconUrl": null,
        "capabilities": { "extensions": [{ "uri": "https://sea.example/e", "params": { "url": null } }] } }));
    let card = whole(&card, &options("1.0"));
    assert_eq!(card["x-dock"], Value::Null);
    assert!(card.get("iconUrl").is_none());
    assert_eq!(card["capabilities"]["extensions"][0]["params"], json!({ "url": null }));
}

#[test]
fn u2_missing_modes_are_what_0_1_takes_them_for() {
    let card = without(first(json!({})), &["defaultInputModes", "defaultOutputModes"]);
    let card = whole(&card, &options("1.0"));
    assert_eq!(card["defaultInputModes"], json!(["text/plain"]));
    assert_eq!(card["defaultOutputModes"], json!(["text/plain"]));
    let asked = run(&without(old(json!({})), &["defaultInputModes"]), &options("1.0"));
    assert_eq!(said(&asked), ["error : missing required member `defaultInputModes`"]);
}

#[test]
fn u3_texts_that_have_to_be_there_are_asked_for_and_left_empty_on_request() {
    let mut card = without(first(json!({ "provider": { "organization": "Harbour" } })), &["description"]);
    card["skills"] = json!([{ "id": "t", "name": "Tide" }]);
    let asked = run(&card, &options("0.3.0"));
    assert_eq!(
        said(&asked),
        [
            "error : missing required member `description`",
            "error /provider: missing required member `url`",
            "error /skills/0: missing required member `description`",
            "error /skills/0: missing required member `tags`",
        ]
    );
    card["provider"]["url"] = json!("https://harbour.example.com");
    let filled = whole(&card, &Options { fill_empty: true, ..options("1.0") });
    assert_eq!(filled["description"], "");
    assert_eq!(filled["skills"][0]["description"], "");
    assert_eq!(filled["skills"][0]["tags"], json!([]));
}

#[test]
fn u4_u5_u6_authentication_is_declared_and_asked_for() {
    let card = first(json!({ "authentication": { "schemes": ["Bearer", "basic"] } }));
    let migrated = run(&card, &options("0.3.0"));
    let card = result(&migrated);
    assert_eq!(
        card["securitySchemes"],
        json!({ "bearer": { "type": "http", "scheme": "bearer" }, "basic": { "type": "http", "scheme": "basic" } })
    );
    assert_eq!(card["security"], json!([{ "bearer": [] }, { "basic": [] }]));
    assert!(card.get("authentication").is_none());
    assert_eq!(
        said(&migrated),
        [
            "warning /authentication/schemes: any one of the schemes is taken to be enough; 0.1 does not say so"
        ]
    );
}

#[test]
fn u4_what_a_scheme_needs_comes_from_credentials_or_from_the_command_line() {
    let key = json!({ "type": "apiKey", "in": "header", "name": "X-Tide" });
    let told = json!({ "in": "header", "name": "X-Tide" }).to_string();
    let card = first(json!({ "authentication": { "schemes": ["ApiKey"], "credentials": told } }));
    assert_eq!(whole(&card, &options("0.3.0"))["securitySchemes"], json!({ "apiKey": key }));
    let card = first(json!({ "authentication": { "schemes": ["ApiKey"] } }));
    let asked = run(&card, &options("0.3.0"));
    assert_eq!(
        said(&asked),
        ["error /authentication/schemes/0: the card does not say what a client needs for `ApiKey`"]
    );
    let told = Options { schemes: vec![("apikey".to_owned(), key.to_string())], ..options("0.3.0") };
    assert_eq!(whole(&card, &told)["securitySchemes"], json!({ "apiKey": key }));
    let card = first(json!({ "authentication": { "schemes": ["OAuth2"],
        "credentials": json!({ "oauth2": { "flows": { "clientCredentials": { "tokenUrl": "https://t.example.com/token", "scopes": {} } } } }).to_string() } }));
    assert_eq!(whole(&card, &options("0.3.0"))["securitySchemes"]["oauth2"]["type"], "oauth2");
}

#[test]
fn u6_words_about_credentials_are_lost_aloud() {
    let card = first(
        json!({ "authentication": { "schemes": ["Bearer"], "credentials": "Ask the harbour master." } }),
    );
    let migrated = run(&card, &options("1.0"));
    assert_eq!(
        said(&migrated),
        [
            "warning /authentication/credentials: A2A 1.0 has no place for the words of `credentials`; they are left out"
        ]
    );
    assert_eq!(
        result(&migrated)["securityRequirements"],
        json!([{ "schemes": { "bearer": { "list": [] } } }])
    );
}

#[test]
fn v1_a_version_of_0_2_or_none_becomes_0_3_0() {
    for version in [json!("0.2.5"), json!("0.2.9"), json!("0.2.6")] {
        let card = old(json!({ "protocolVersion": version }));
        assert_eq!(whole(&card, &options("0.3.0")), old(json!({})), "{version}");
    }
    assert_eq!(whole(&without(old(json!({})), &["protocolVersion"]), &options("0.3.0")), old(json!({})));
}

#[test]
fn v2_the_transport_that_goes_without_saying_is_said() {
    let card = without(old(json!({ "protocolVersion": "0.2.5" })), &["preferredTransport"]);
    assert_eq!(whole(&card, &options("0.3.0")), old(json!({})));
    let card = old(json!({ "protocolVersion": "0.2.5", "preferredTransport": "" }));
    assert_eq!(whole(&card, &options("0.3.0")), old(json!({})));
}

#[test]
fn v3_the_main_endpoint_heads_the_list() {
    let other = json!({ "url": "https://tides.example.com/grpc", "transport": "GRPC" });
    let card = old(json!({ "protocolVersion": "0.2.5", "additionalInterfaces": [other] }));
    let main = json!({ "url": URL, "transport": "JSONRPC" });
    assert_eq!(whole(&card, &options("0.3.0"))["additionalInterfaces"], json!([main, other]));
}

#[test]
fn v4_transports_are_written_as_a2a_does() {
    let card = old(json!({ "protocolVersion": "0.2.5", "preferredTransport": "json-rpc",
        "additionalInterfaces": [{ "url": URL, "transport": "jsonrpc" },
            { "url": "https://tides.example.com/rest", "transport": "http+json" },
            { "url": "https://tides.example.com/q", "transport": "com.example.queue" }] }));
    let card = whole(&card, &options("0.3.0"));
    assert_eq!(card["preferredTransport"], "JSONRPC");
    let transports: Vec<_> = card["additionalInterfaces"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["transport"].clone())
        .collect();
    assert_eq!(transports, ["JSONRPC", "HTTP+JSON", "com.example.queue"]);
}

#[test]
fn v5_a_card_in_agent_json_has_to_move() {
    let text = serde_json::to_vec(&old(json!({ "protocolVersion": "0.2.5" }))).unwrap();
    let migrated = migrate(Input::named("www/.well-known/agent.json"), text, &options("0.3.0"));
    let found: Vec<_> = migrated.checked.diagnostics.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(found, ["clients of A2A 0.3.0 look for a card in `agent-card.json`, not in `agent.json`"]);
}

#[test]
fn v6_all_else_of_0_2_stays() {
    let more = json!({ "iconUrl": "https://tides.example.com/i.png", "x-dock": { "deep": [1, 2.50] }, "documentationUrl": "https://tides.example.com/docs",
        "supportsAuthenticatedExtendedCard": false, "capabilities": { "stateTransitionHistory": true } });
    let card = with(old(json!({ "protocolVersion": "0.2.6" })), more.clone());
    assert_eq!(whole(&card, &options("0.3.0")), old(more));
}

#[test]
fn reverse_members_that_an_older_release_lacks_are_lost_aloud() {
    let card = old(json!({
        "iconUrl": "https://tides.example.com/i.png", "supportsAuthenticatedExtendedCard": true,
        "additionalInterfaces": [{ "url": URL, "transport": "JSONRPC" }, { "url": "https://tides.example.com/g", "transport": "GRPC" }],
        "securitySchemes": { "cert": { "type": "mutualTLS" }, "key": { "type": "apiKey", "in": "header", "name": "X" } },
        "security": [{ "cert": [] }, { "key": [] }],
        "signatures": [{ "protected": "e30", "signature": "c2ln" }],
        "skills": [skill(json!({ "security": [{ "key": [] }] }))]
    }));
    let migrated = run(&card, &options("0.2.6"));
    let lower = result(&migrated);
    assert_eq!(lower["protocolVersion"], "0.2.6");
    assert_eq!(lower["security"], json!([{ "key": [] }]));
    assert_eq!(lower["securitySchemes"].as_object().unwrap().len(), 1);
    assert_eq!(
        said(&migrated),
        [
            "warning /securitySchemes/cert: A2A 0.2.6 cannot express the scheme `cert`; it is left out",
            "warning /signatures: no signature holds for the migrated card; they are left out",
            "warning /skills/0/security: A2A 0.2.6 has no `security`; it is left out",
        ]
    );
    let lowest = result(&run(&card, &options("0.2.0")));
    for name in [
        "protocolVersion",
        "preferredTransport",
        "additionalInterfaces",
        "iconUrl",
        "supportsAuthenticatedExtendedCard",
    ] {
        assert!(lowest.get(name).is_none(), "{name}");
    }
}

#[test]
fn r1_r2_r3_endpoints_become_interfaces_of_0_3() {
    let card = old(json!({ "additionalInterfaces": [
        { "url": URL, "transport": "JSONRPC" },
        { "url": URL, "transport": "GRPC" },
        { "url": "https://tides.example.com/rest", "transport": "HTTP+JSON", "x-dock": 3 }
    ] }));
    let card = whole(&card, &options("1.0"));
    let mut rest = interface("https://tides.example.com/rest", "HTTP+JSON", "0.3");
    rest["x-dock"] = json!(3);
    assert_eq!(
        card["supportedInterfaces"],
        json!([interface(URL, "JSONRPC", "0.3"), interface(URL, "GRPC", "0.3"), rest])
    );
    for name in ["url", "preferredTransport", "additionalInterfaces", "protocolVersion"] {
        assert!(card.get(name).is_none(), "{name}");
    }
}

#[test]
fn r1_the_version_is_that_of_the_server_where_somebody_says_so() {
    let said = |versions: &[&str]| {
        let server_speaks = versions.iter().map(|version| (*version).to_owned()).collect();
        whole(&old(json!({})), &Options { server_speaks, ..options("1.0") })["supportedInterfaces"].clone()
    };
    assert_eq!(said(&["1.0"]), json!([interface(URL, "JSONRPC", "1.0")]));
    assert_eq!(
        said(&["1.0", "0.3"]),
        json!([interface(URL, "JSONRPC", "1.0"), interface(URL, "JSONRPC", "0.3")])
    );
}

#[test]
fn r1_a_card_that_contradicts_itself_is_asked() {
    for version in ["1.0", "latest", "0.7.1"] {
        let card = old(json!({ "protocolVersion": version }));
        for to in ["1.0", "0.3.0", "dual"] {
            let asked = run(&card, &options(to));
            let message = format!(
                "error /protocolVersion: the card says `{version}` and has the shape of 0.x, so what its endpoints speak is not certain"
            );
            assert_eq!(said(&asked), [message], "{to}");
        }
    }
    let told = Options { server_speaks: vec!["1.0".to_owned()], ..options("1.0") };
    let card = whole(&old(json!({ "protocolVersion": "1.0" })), &told);
    assert_eq!(card["supportedInterfaces"], json!([interface(URL, "JSONRPC", "1.0")]));
}

#[test]
fn r4_the_extended_card_moves_into_capabilities() {
    for value in [true, false] {
        let schemes = json!({ "k": { "type": "mutualTLS" } });
        let card = old(
            json!({ "supportsAuthenticatedExtendedCard": value, "securitySchemes": schemes, "security": [{ "k": [] }] }),
        );
        let card = whole(&card, &options("1.0"));
        assert_eq!(card["capabilities"], json!({ "extendedAgentCard": value }));
        assert!(card.get("supportsAuthenticatedExtendedCard").is_none());
    }
}

#[test]
fn r5_state_history_is_lost_aloud() {
    let migrated = run(&old(json!({ "capabilities": { "stateTransitionHistory": true } })), &options("1.0"));
    assert_eq!(
        said(&migrated),
        [
            "warning /capabilities/stateTransitionHistory: A2A 1.0 has no `stateTransitionHistory`; it is left out"
        ]
    );
    assert_eq!(result(&migrated)["capabilities"], json!({}));
}

/// Every kind of scheme in its flat form, and in its wrapped one.
fn schemes() -> [(&'static str, Value, Value); 5] {
    let flows = json!({ "clientCredentials": { "tokenUrl": "https://login.example.com/token", "scopes": { "s": "S" } } });
    let discovery = "https://login.example.com/.well-known/openid-configuration";
    [
        (
            "r6a",
            json!({ "type": "apiKey", "in": "header", "name": "X", "description": "d" }),
            json!({ "apiKeySecurityScheme": { "location": "header", "name": "X", "description": "d" } }),
        ),
        (
            "r6b",
            json!({ "type": "http", "scheme": "bearer", "bearerFormat": "JWT" }),
            json!({ "httpAuthSecurityScheme": { "scheme": "bearer", "bearerFormat": "JWT" } }),
        ),
        (
            "r6c",
            json!({ "type": "oauth2", "flows": flows, "oauth2MetadataUrl": "https://login.example.com/meta" }),
            json!({ "oauth2SecurityScheme": { "flows": flows, "oauth2MetadataUrl": "https://login.example.com/meta" } }),
        ),
        (
            "r6d",
            json!({ "type": "openIdConnect", "openIdConnectUrl": discovery }),
            json!({ "openIdConnectSecurityScheme": { "openIdConnectUrl": discovery } }),
        ),
        ("r6e", json!({ "type": "mutualTLS" }), json!({ "mtlsSecurityScheme": {} })),
    ]
}

#[test]
fn r6_schemes_are_wrapped() {
    for (rule, flat, wrapped) in schemes() {
        let card = whole(&old(json!({ "securitySchemes": { "k": flat } })), &options("1.0"));
        assert_eq!(card["securitySchemes"], json!({ "k": wrapped }), "{rule}");
    }
}

#[test]
fn r6f_other_peoples_members_of_a_scheme_are_kept_where_nobody_looks() {
    let card = old(json!({ "securitySchemes": { "k": { "type": "mutualTLS", "x-realm": "sea" } } }));
    let migrated = run(&card, &options("1.0"));
    assert_eq!(
        result(&migrated)["securitySchemes"],
        json!({ "k": { "mtlsSecurityScheme": { "x-realm": "sea" } } })
    );
    let notes: Vec<_> = migrated.checked.diagnostics.iter().map(|found| found.message.as_str()).collect();
    assert!(
        notes.contains(&"A2A 1.0 has no `x-realm`; it is kept in the scheme, where readers pass over it"),
        "{notes:?}"
    );
}

fn several_flows() -> Value {
    let flow = |scope: &str| json!({ "tokenUrl": "https://login.example.com/token", "scopes": { "read": "r", scope: "s" } });
    let mut code = flow("write");
    code["authorizationUrl"] = json!("https://login.example.com/authorize");
    old(json!({
        "securitySchemes": { "oauth": { "type": "oauth2", "flows": { "password": flow("write"), "clientCredentials": flow("all"), "authorizationCode": code } },
            "key": { "type": "apiKey", "in": "header", "name": "X" } },
        "security": [{ "oauth": ["read"], "key": [] }, { "key": [] }],
        "skills": [skill(json!({ "security": [{ "oauth": ["write"] }] }))]
    }))
}

#[test]
fn r7_several_flows_are_never_decided_silently() {
    let asked = run(&several_flows(), &options("1.0"));
    assert_eq!(
        said(&asked),
        [
            "error /securitySchemes/oauth/flows: A2A 1.0 takes one flow for a scheme, and this one has 3, `authorizationCode`, `clientCredentials` and `password`"
        ]
    );
}

#[test]
fn r7a_a_scheme_is_split_by_its_flows() {
    let card = whole(&several_flows(), &Options { flows: Some(Flows::Split), ..options("1.0") });
    let names: Vec<_> = card["securitySchemes"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(names, ["key", "oauth_authorizationCode", "oauth_clientCredentials", "oauth_password"]);
    let read = |name: &str| json!({ "schemes": { name: { "list": ["read"] }, "key": { "list": [] } } });
    assert_eq!(
        card["securityRequirements"],
        json!([read("oauth_authorizationCode"), read("oauth_clientCredentials"), read("oauth_password"),
            { "schemes": { "key": { "list": [] } } }])
    );
    // The flow that does not know a scope cannot give it.
    let write = |name: &str| json!({ "schemes": { name: { "list": ["write"] } } });
    assert_eq!(
        card["skills"][0]["securityRequirements"],
        json!([write("oauth_authorizationCode"), write("oauth_password")])
    );
}

#[test]
fn r7b_the_first_flow_is_that_of_the_sdks_and_the_others_are_lost_aloud() {
    let migrated = run(&several_flows(), &Options { flows: Some(Flows::First), ..options("1.0") });
    let flows = result(&migrated)["securitySchemes"]["oauth"]["oauth2SecurityScheme"]["flows"].clone();
    assert_eq!(flows.as_object().unwrap().keys().collect::<Vec<_>>(), ["authorizationCode"]);
    assert_eq!(said(&migrated).len(), 2);
}

#[test]
fn r8_r9_requirements_are_wrapped() {
    let card = old(json!({
        "securitySchemes": { "a": { "type": "mutualTLS" }, "b": { "type": "http", "scheme": "basic" } },
        "security": [{ "a": [], "b": [] }, {}],
        "skills": [skill(json!({ "security": [{ "b": [] }] })), skill(json!({ "id": "u", "security": [] }))]
    }));
    let card = whole(&card, &options("1.0"));
    assert_eq!(
        card["securityRequirements"],
        json!([{ "schemes": { "a": { "list": [] }, "b": { "list": [] } } }, { "schemes": {} }])
    );
    assert_eq!(card["skills"][0]["securityRequirements"], json!([{ "schemes": { "b": { "list": [] } } }]));
    assert!(card["skills"][0].get("security").is_none() && card["skills"][1].get("security").is_none());
    assert!(whole(&old(json!({ "security": [] })), &options("1.0")).get("securityRequirements").is_none());
}

#[test]
fn r10_signatures_are_lost_aloud() {
    let signatures = json!([{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsifQ", "signature": "c2ln" }]);
    for to in ["1.0", "dual"] {
        let migrated = run(&old(json!({ "signatures": signatures })), &options(to));
        assert!(result(&migrated).get("signatures").is_none());
        assert_eq!(
            said(&migrated),
            ["warning /signatures: no signature holds for the migrated card; they are left out"]
        );
    }
}

#[test]
fn r11_empty_lists_are_asked_for() {
    let card = old(json!({ "defaultInputModes": [], "skills": [] }));
    assert_eq!(
        said(&run(&card, &options("1.0"))),
        ["error /defaultInputModes: `defaultInputModes` is empty"]
    );
    let told = Options { default_modes: vec!["text/html".to_owned()], ..options("1.0") };
    assert_eq!(whole(&card, &told)["defaultInputModes"], json!(["text/html"]));
}

#[test]
fn r12_all_else_stays() {
    let more = json!({
        "provider": { "organization": "Harbour", "url": "https://harbour.example.com" },
        "documentationUrl": "https://tides.example.com/docs", "iconUrl": "https://tides.example.com/i.png", "x-dock": [null],
        "capabilities": { "streaming": true, "pushNotifications": false,
            "extensions": [{ "uri": "https://sea.example.com/e/v1", "required": false, "params": { "supportedInterfaces": 1 } }] },
        "skills": [skill(json!({ "examples": ["e"], "inputModes": ["image/png"], "outputModes": ["text/csv"] }))]
    });
    assert_eq!(whole(&old(more.clone()), &options("1.0")), new(more));
}

#[test]
fn r13_the_url_of_a_rest_endpoint_is_asked_for_when_its_version_changes() {
    let card = old(json!({ "preferredTransport": "HTTP+JSON" }));
    let to = |rest_url, versions: &str| Options {
        rest_url,
        server_speaks: vec![versions.to_owned()],
        ..options("1.0")
    };
    let url = |options: &Options| whole(&card, options)["supportedInterfaces"][0]["url"].clone();
    assert_eq!(said(&run(&card, &to(None, "1.0"))).len(), 1);
    assert_eq!(url(&to(None, "0.3")), URL);
    assert_eq!(url(&to(Some(RestUrl::Same), "1.0")), URL);
    assert_eq!(url(&to(Some(RestUrl::V1), "1.0")), "https://tides.example.com/a2a/v1");
    let card = new(
        json!({ "supportedInterfaces": [interface("https://tides.example.com/a2a/v1", "HTTP+JSON", "1.0")] }),
    );
    let back =
        Options { rest_url: Some(RestUrl::V1), server_speaks: vec!["0.3".to_owned()], ..options("0.3.0") };
    assert_eq!(whole(&card, &back)["url"], URL);
    assert_eq!(said(&run(&card, &Options { rest_url: None, ..back })).len(), 1);
}

#[test]
fn r14_grpc_urls_stay() {
    for url in ["https://tides.example.com:443", "tides.example.com:443"] {
        let card = new(json!({ "supportedInterfaces": [interface(url, "GRPC", "0.3")] }));
        assert_eq!(whole(&card, &options("dual"))["supportedInterfaces"][0]["url"], url);
    }
}

#[test]
fn r15_members_of_drafts_are_what_1_0_calls_them() {
    let draft = new(json!({
        "protocolVersions": ["1.0"], "supportsExtendedAgentCard": false,
        "supportedInterfaces": [{ "url": URL, "transport": "JSONRPC" }, interface("https://tides.example.com/g", "GRPC", "0.3")]
    }));
    let card = whole(&draft, &options("1.0"));
    assert_eq!(
        card,
        new(json!({
            "capabilities": { "extendedAgentCard": false },
            "supportedInterfaces": [interface(URL, "JSONRPC", "1.0"), interface("https://tides.example.com/g", "GRPC", "0.3")]
        }))
    );
    let several = new(
        json!({ "protocolVersions": ["1.0", "0.3"], "supportedInterfaces": [{ "url": URL, "protocolBinding": "JSONRPC" }] }),
    );
    assert_eq!(
        whole(&several, &options("1.0"))["supportedInterfaces"],
        json!([interface(URL, "JSONRPC", "1.0"), interface(URL, "JSONRPC", "0.3")])
    );
}

#[test]
fn d1_endpoints_of_1_0_need_somebodys_word() {
    let card = new(json!({ "supportedInterfaces": [interface(URL, "JSONRPC", "1.0")] }));
    let asked = run(&card, &options("0.3.0"));
    assert_eq!(
        said(&asked),
        [
            "error /supportedInterfaces: no endpoint is of version `0.3`, so a card of 0.x would have nothing to point to"
        ]
    );
    let secured = json!({ "securitySchemes": { "k": { "mtlsSecurityScheme": {} } },
        "securityRequirements": [{ "schemes": { "k": { "list": [] } } }] });
    assert_eq!(said(&run(&with(card.clone(), secured), &options("dual"))).len(), 1);
    let told = |to| Options { server_speaks: vec!["0.3".to_owned()], ..options(to) };
    assert_eq!(whole(&card, &told("0.3.0")), old(json!({})));
    let dual = whole(&card, &told("dual"));
    assert_eq!(dual["url"], URL);
    assert_eq!(
        dual["supportedInterfaces"],
        json!([interface(URL, "JSONRPC", "1.0"), interface(URL, "JSONRPC", "0.3")])
    );
}

#[test]
fn d2_d3_d4_the_first_old_endpoint_is_the_main_one() {
    let queue = "https://sea.example.com/bindings/queue";
    let mut tenanted = interface("https://tides.example.com/g", "GRPC", "0.3");
    tenanted["tenant"] = json!("bay");
    let card = new(json!({ "supportedInterfaces": [
        interface("https://tides.example.com/v1", "JSONRPC", "1.0"), interface(URL, "JSONRPC", "0.3"), tenanted, interface(URL, queue, "")
    ] }));
    let migrated = run(&card, &options("0.3.0"));
    let card = result(&migrated);
    assert_eq!(
        (&card["url"], &card["preferredTransport"], &card["protocolVersion"]),
        (&json!(URL), &json!("JSONRPC"), &json!("0.3.0"))
    );
    let entry = |url: &str, transport: &str| json!({ "url": url, "transport": transport });
    // d10: the URI of a custom binding is a transport like any other.
    assert_eq!(
        card["additionalInterfaces"],
        json!([entry(URL, "JSONRPC"), entry("https://tides.example.com/g", "GRPC"), entry(URL, queue)])
    );
    assert_eq!(
        said(&migrated),
        [
            "warning /supportedInterfaces/0: A2A 0.3.0 has no place for the endpoint `https://tides.example.com/v1` of version `1.0`; it is left out",
            "warning /supportedInterfaces/2/tenant: A2A 0.3.0 has no `tenant`; it is left out",
        ]
    );
}

#[test]
fn d5_the_extended_card_moves_to_the_root() {
    let card = whole(&new(json!({ "capabilities": { "extendedAgentCard": false } })), &options("0.3.0"));
    assert_eq!(card, old(json!({ "supportsAuthenticatedExtendedCard": false })));
}

#[test]
fn d6_schemes_are_unwrapped() {
    for (rule, flat, wrapped) in schemes() {
        let card = whole(&new(json!({ "securitySchemes": { "k": wrapped } })), &options("0.3.0"));
        assert_eq!(card["securitySchemes"], json!({ "k": flat }), "{rule}");
    }
}

#[test]
fn d7_new_flows_are_lost_aloud() {
    let device = json!({ "deviceAuthorizationUrl": "https://login.example.com/d", "tokenUrl": "https://login.example.com/t", "scopes": {} });
    let code = json!({ "authorizationUrl": "https://login.example.com/a", "tokenUrl": "https://login.example.com/t", "scopes": {}, "pkceRequired": true });
    let card = new(json!({ "securitySchemes": {
        "d": { "oauth2SecurityScheme": { "flows": { "deviceCode": device } } },
        "c": { "oauth2SecurityScheme": { "flows": { "authorizationCode": code } } }
    } }));
    let migrated = run(&card, &options("0.3.0"));
    assert_eq!(
        said(&migrated),
        [
            "warning /securitySchemes/c/oauth2SecurityScheme/flows/authorizationCode/pkceRequired: A2A 0.3.0 has no `pkceRequired`; it is left out",
            "warning /securitySchemes/d/oauth2SecurityScheme/flows/deviceCode: A2A 0.3.0 has no `deviceCode`, so nobody can meet the scheme any more",
        ]
    );
    assert_eq!(result(&migrated)["securitySchemes"]["d"]["flows"], json!({}));
    let dual = run(&card, &options("dual"));
    assert!(said(&dual).is_empty(), "{:?}", said(&dual));
    assert_eq!(
        result(&dual)["securitySchemes"]["c"]["oauth2SecurityScheme"]["flows"]["authorizationCode"],
        code
    );
}

#[test]
fn d8_d9_requirements_are_unwrapped() {
    let card = new(json!({
        "securitySchemes": { "a": { "mtlsSecurityScheme": {} } },
        "securityRequirements": [{ "schemes": { "a": { "list": [] } } }],
        "skills": [skill(json!({ "securityRequirements": [{ "schemes": { "a": {} } }, { "schemes": { "a": { "list": [] } } }] }))]
    }));
    let card = whole(&card, &options("0.3.0"));
    assert_eq!(card["security"], json!([{ "a": [] }]));
    assert_eq!(card["skills"][0]["security"], json!([{ "a": [] }, { "a": [] }]));
}

#[test]
fn d11_signatures_are_lost_aloud() {
    let migrated =
        run(&new(json!({ "signatures": [{ "protected": "e30", "signature": "c2ln" }] })), &options("0.3.0"));
    assert!(result(&migrated).get("signatures").is_none());
    assert_eq!(
        said(&migrated),
        ["warning /signatures: no signature holds for the migrated card; they are left out"]
    );
}

#[test]
fn a_dual_card_says_everything_twice() {
    for (rule, flat, wrapped) in schemes() {
        let both = with(flat.clone(), wrapped.clone());
        let from_old = old(
            json!({ "securitySchemes": { "k": flat }, "security": [{ "k": [] }], "supportsAuthenticatedExtendedCard": true }),
        );
        let from_new =
            new(json!({ "securitySchemes": { "k": wrapped }, "capabilities": { "extendedAgentCard": true },
            "securityRequirements": [{ "schemes": { "k": { "list": [] } } }] }));
        let dual = whole(&from_old, &options("dual"));
        assert_eq!(dual["securitySchemes"], json!({ "k": both }), "{rule}");
        assert_eq!(dual, whole(&from_new, &options("dual")), "{rule}");
        // What is there once is not put there again, and each half is the card it came from.
        assert_eq!(run(&dual, &options("dual")).outcome, Outcome::Same);
        assert_eq!(whole(&dual, &options("0.3.0")), from_old, "{rule}");
        assert_eq!(whole(&dual, &options("1.0")), from_new, "{rule}");
    }
}

#[test]
fn a_half_without_an_endpoint_is_a_gap() {
    let listed = json!({ "additionalInterfaces": [{ "url": URL, "transport": "JSONRPC" }] });
    let card = without(old(listed), &["url", "preferredTransport"]);
    let nowhere = "error : neither `url` nor `supportedInterfaces` says where the agent can be reached";
    assert_eq!(said(&run(&card, &options("dual")))[..1], [nowhere]);
    // What is left as it is has to be of the target, with or without an endpoint.
    assert_eq!(said(&run(&without(old(json!({})), &["url"]), &options("dual")))[..1], [nowhere]);
    let unnamed = new(json!({ "supportedInterfaces": [interface(URL, "", "0.3")] }));
    for to in ["dual", "0.3.0"] {
        assert_eq!(
            said(&run(&unnamed, &options(to)))[..1],
            [
                "error /supportedInterfaces/0/protocolBinding: the endpoint does not name its binding, and in a card of 0.x \
              that would mean `JSONRPC`"
            ]
        );
    }
}

#[test]
fn halves_that_contradict_each_other_lose_aloud() {
    let mut dual = whole(
        &old(
            json!({ "securitySchemes": { "k": { "type": "http", "scheme": "basic" } }, "security": [{ "k": [] }], "supportsAuthenticatedExtendedCard": true }),
        ),
        &options("dual"),
    );
    dual["security"] = json!([{ "k": [] }, {}]);
    dual["capabilities"]["extendedAgentCard"] = json!(false);
    dual["securitySchemes"]["k"]["scheme"] = json!("bearer");
    let migrated = run(&dual, &options("1.0"));
    assert_eq!(
        said(&migrated),
        [
            "warning /security: `security` says something else than `securityRequirements`, which is kept; it is left out",
            "warning /securitySchemes/k/scheme: `scheme` says something else than `httpAuthSecurityScheme`, which is kept; it is left out",
            "warning /supportsAuthenticatedExtendedCard: `supportsAuthenticatedExtendedCard` says something else than `extendedAgentCard`, which is kept; it is left out",
        ]
    );
}

#[test]
fn the_dialect_of_protocol_buffers_is_understood() {
    for (rule, flat, wrapped) in schemes() {
        let card = old(
            json!({ "securitySchemes": { "k": wrapped }, "security": [{ "schemes": { "k": { "list": [] } } }] }),
        );
        let flat = old(json!({ "securitySchemes": { "k": flat }, "security": [{ "k": [] }] }));
        assert_eq!(whole(&card, &options("0.3.0")), flat, "{rule}");
        assert_eq!(whole(&card, &options("1.0")), whole(&flat, &options("1.0")), "{rule}");
        assert_eq!(whole(&card, &options("dual")), whole(&flat, &options("dual")), "{rule}");
    }
}

#[test]
fn misnamed_members_are_understood() {
    let text = serde_json::to_string(&old(json!({}))).unwrap();
    let text = text
        .replace("defaultInputModes", "default_input_modes")
        .replace("\"description\":\"Tells the", "\"descripton\":\"Tells the")
        .replace("preferredTransport", "PreferredTransport");
    let card: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(whole(&card, &options("1.0")), new(json!({})));
    let streaming = without(old(json!({ "streaming": true })), &[]);
    assert_eq!(whole(&streaming, &options("1.0"))["capabilities"], json!({ "streaming": true }));
}

#[test]
fn a_card_of_the_target_is_left_as_it_is() {
    for (card, to) in [(new(json!({ "x-dock": 1 })), "1.0"), (old(json!({ "descripton": "" })), "0.3.0")] {
        let migrated = run(&card, &options(to));
        assert_eq!(migrated.outcome, Outcome::Same);
        assert!(migrated.checked.diagnostics.is_empty());
    }
}

#[test]
fn what_cannot_be_read_is_told() {
    let broken =
        migrate(Input::named("agent-card.json"), br#"{"url": "x", "skills": [}"#.to_vec(), &options("1.0"));
    assert_eq!(broken.outcome, Outcome::Nothing);
    assert!(broken.has_gaps());
    let other = migrate(Input::named("package.json"), br#"{"main": "x"}"#.to_vec(), &options("1.0"));
    assert_eq!(
        (other.outcome, other.checked.diagnostics[0].rule.id),
        (Outcome::Nothing, "unrecognized-document")
    );
}

#[test]
fn values_of_the_wrong_type_are_gaps() {
    let card = old(json!({ "security": { "k": [] }, "skills": [skill(json!({ "tags": "sea" }))] }));
    let said = said(&run(&card, &options("1.0")));
    assert_eq!(
        said,
        [
            "error /security: `security` takes an array, not an object",
            "error /skills/0/tags: `tags` takes an array, not a string"
        ]
    );
}

#[test]
fn cards_in_wrappers_are_migrated_where_they_stand() {
    let one = old(json!({}));
    let text = json!({ "agents": [one.clone(), new(json!({}))], "updated": "today" });
    let migrated = result(&run(&text, &options("1.0")));
    assert_eq!(migrated, json!({ "agents": [new(json!({})), new(json!({}))], "updated": "today" }));
    let registration = json!({ "displayName": "Tides", "sourceAgentId": "t", "agentCard": one });
    let migrated = result(&run(&registration, &options("1.0")));
    assert_eq!(migrated["agentCard"]["supportedInterfaces"], json!([interface(URL, "JSONRPC", "0.3")]));
}

#[test]
fn what_stays_is_written_as_it_was() {
    let before = "{\r\n\t\"name\" : \"Ti\\u0064es\",\r\n\r\n\t\"url\" : \"https:\\/\\/tides.example.com\\/a2a\",\r\n\t\"version\" : \"1\", \"description\" : \"d\",\r\n\t\"capabilities\" : { },\r\n\t\"defaultInputModes\" : [ \"text/plain\" ], \"defaultOutputModes\" : [\r\n\t\t\"text/plain\" ],\r\n\t\"securitySchemes\" : { \"k\" : {\"type\" : \"http\", \"scheme\" : \"basic\"} },\r\n\t\"x\" : 1.50e0,\r\n\t\"skills\" : [ ]\r\n}\r\n";
    let after = "{\r\n\t\"name\" : \"Ti\\u0064es\",\r\n\r\n\t\"supportedInterfaces\" : [\r\n\t\t{ \"url\" : \"https:\\/\\/tides.example.com\\/a2a\", \"protocolBinding\" : \"JSONRPC\", \"protocolVersion\" : \"0.3\" }\r\n\t],\r\n\t\"version\" : \"1\", \"description\" : \"d\",\r\n\t\"capabilities\" : { },\r\n\t\"defaultInputModes\" : [ \"text/plain\" ], \"defaultOutputModes\" : [\r\n\t\t\"text/plain\" ],\r\n\t\"securitySchemes\" : { \"k\" : {\"httpAuthSecurityScheme\" : {\"scheme\" : \"basic\"}} },\r\n\t\"x\" : 1.50e0,\r\n\t\"skills\" : [ ]\r\n}\r\n";
    let migrated = migrate(Input::named("agent-card.json"), before.as_bytes().to_vec(), &options("1.0"));
    assert_eq!(migrated.outcome, Outcome::Text(after.to_owned()));
}

#[test]
fn credentials_are_written_and_never_told() {
    let secret = format!("ghp_{}", "R4nD0mT0k3nF0rT3sts9XyZqWvUtSrQpOnMl");
    let card = old(json!({
        "url": format!("https://tides.example.com/a2a?token={secret}"), "preferredTransport": "HTTP+JSON",
        "protocolVersion": secret, "x": secret, "securitySchemes": { secret.clone(): { "type": "oauth2", secret.clone(): 1, "flows": {
            "clientCredentials": { "tokenUrl": "https://login.example.com/token", "scopes": {} },
            "implicit": { "authorizationUrl": "https://login.example.com/a", "scopes": {} } } } }
    }));
    for flows in [None, Some(Flows::Split), Some(Flows::First)] {
        for rest_url in [None, Some(RestUrl::V1)] {
            let server_speaks = vec!["1.0".to_owned(), "0.3".to_owned()];
            let migrated = run(&card, &Options { flows, rest_url, server_speaks, ..options("dual") });
            let words = migrated.checked.diagnostics.iter();
            let words: Vec<_> = words.map(|found| (&found.message, &found.help, &found.pointer)).collect();
            let told = format!("{} {words:?}", migrated.checked.text);
            assert!(!told.contains("R4nD0m"), "{told}");
            let Outcome::Text(text) = migrated.outcome else { panic!() };
            assert!(text.contains(&secret) && !text.contains("****"), "{text}");
        }
    }
}

/// A scheme with two flows, of which the first has the scope `a` and the second has `b`.
fn two_flows() -> Value {
    let flow =
        |scope: &str| json!({ "tokenUrl": "https://login.example.com/token", "scopes": { scope: "" } });
    json!({ "type": "oauth2", "flows": { "clientCredentials": flow("a"), "password": flow("b") } })
}

/// A 0.3.0 card with schemes of two flows each, called `o0` and so on, and these requirements.
fn tangled(schemes: usize, security: Value) -> Value {
    let schemes: serde_json::Map<_, _> =
        (0..schemes).map(|number| (format!("o{number}"), two_flows())).collect();
    old(json!({ "securitySchemes": schemes, "security": security }))
}

/// A requirement that names `count` of these schemes.
fn requires(count: usize, scopes: &Value) -> Value {
    (0..count).map(|number| (format!("o{number}"), scopes.clone())).collect::<serde_json::Map<_, _>>().into()
}

#[test]
fn a_requirement_becomes_so_many_alternatives_and_no_more() {
    let split = Options { flows: Some(Flows::Split), ..options("1.0") };
    let card = whole(&tangled(6, json!([requires(6, &json!([]))])), &split);
    let alternatives = card["securityRequirements"].as_array().unwrap();
    assert_eq!(alternatives.len(), 64);
    let names =
        |at: usize| alternatives[at]["schemes"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(1)[..2], ["o0_clientCredentials", "o1_clientCredentials"]);
    assert_eq!(names(1)[5], "o5_password");
    assert_eq!(names(32)[0], "o0_password");
    // One flow has the scopes asked for, so there is nothing to choose.
    let card = whole(&tangled(40, json!([requires(40, &json!(["b"]))])), &split);
    assert_eq!(card["securityRequirements"].as_array().unwrap().len(), 1);
    // What a requirement with too many choices names stays whole; all else is split.
    for count in [7, 24] {
        let security = json!([requires(count, &json!([])), { "other": [] }]);
        let mut card = tangled(count, security);
        card["securitySchemes"]["other"] = two_flows();
        card["skills"] = json!([skill(json!({ "security": [{ "o1": [], "other": ["a"] }] }))]);
        let migrated = run(&card, &split);
        let gap = "error /security/0: the schemes of this requirement have so many flows that it would become more than 64 alternatives";
        assert_eq!(said(&migrated), [gap]);
        let card = result(&migrated);
        assert_eq!(card["securityRequirements"].as_array().unwrap().len(), 3);
        assert_eq!(card["securitySchemes"].as_object().unwrap().len(), count + 2);
        let own = &card["skills"][0]["securityRequirements"];
        assert_eq!(
            own,
            &json!([{ "schemes": { "o1": { "list": [] }, "other_clientCredentials": { "list": ["a"] } } }])
        );
    }
    let first = Options { flows: Some(Flows::First), ..options("1.0") };
    assert!(!run(&tangled(24, json!([requires(24, &json!([]))])), &first).has_gaps());
}

#[test]
fn versions_at_the_root_are_written_into_interfaces_so_many_times_and_no_more() {
    let card = |count: usize| {
        let versions: Vec<_> = (0..count).map(|number| json!(format!("1.{number}"))).collect();
        let interface = json!({ "url": URL, "protocolBinding": "JSONRPC" });
        new(json!({ "supportedInterfaces": [interface], "protocolVersions": versions }))
    };
    let migrated = run(&card(64), &options("1.0"));
    assert_eq!(result(&migrated)["supportedInterfaces"].as_array().unwrap().len(), 64);
    let migrated = run(&card(65), &options("1.0"));
    assert_eq!(
        said(&migrated),
        ["error /protocolVersions: the card names more than 64 versions for all of its interfaces"]
    );
}

#[test]
fn an_endpoint_that_says_something_else_of_its_place_is_kept() {
    let entry = |more: Value| with(json!({ "url": URL, "transport": "JSONRPC" }), more);
    let list = [json!({}), json!({ "x": 1 }), json!({ "x": 2 }), json!({ "x": 1 }), json!({})].map(entry);
    let card = whole(&old(json!({ "additionalInterfaces": list })), &options("1.0"));
    let said: Vec<_> =
        card["supportedInterfaces"].as_array().unwrap().iter().map(|entry| &entry["x"]).collect();
    assert_eq!(said, [&Value::Null, &json!(1), &json!(2)]);
}

#[test]
fn what_readers_of_the_whole_result_find_is_told() {
    let speaks = |to: &str| Options { server_speaks: vec!["0.3".to_owned()], ..options(to) };
    let broken = json!([interface(URL, "JSONRPC", "1.0")]);
    let mut list = broken.clone();
    list[0]["protocolVersion"] = json!(["1.0"]);
    // Beside `supportedInterfaces` it meant nothing; without it, it is taken for it.
    let migrated = run(&new(json!({ "supportedInterfacess": list })), &speaks("0.3.0"));
    assert_eq!(
        said(&migrated),
        [
            "error /supportedInterfacess: `supportedInterfacess` is probably meant to be `supportedInterfaces`",
            "error /supportedInterfacess/0/protocolVersion: `protocolVersion` takes a string, not an array"
        ]
    );
    let card = new(json!({ "supportedinterfaces": broken }));
    let migrated = run(&json!({ "agents": [card] }), &options("0.3.0"));
    assert_eq!(
        said(&migrated),
        ["error /agents/0/supportedinterfaces: `supportedinterfaces` is spelt `supportedInterfaces`"]
    );
}

#[test]
fn a_card_that_is_of_the_target_already_is_told_for_its_own_errors() {
    let done = without(new(json!({})), &["description"]);
    let missing = "missing required member `description`";
    let list = run(&json!([old(json!({})), done]), &options("1.0"));
    assert_eq!(said(&list), [format!("error /1: {missing}")]);
    let alone = run(&done, &options("1.0"));
    assert_eq!((said(&alone), &alone.outcome), (vec![format!("error : {missing}")], &Outcome::Same));
    assert!(!run(&json!([old(json!({})), new(json!({}))]), &options("1.0")).has_gaps());
}

#[test]
fn versions_are_written_as_the_target_writes_them() {
    let versions = |card: Value| -> Vec<Value> {
        let card = whole(&card, &options("1.0"));
        card["supportedInterfaces"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["protocolVersion"].clone())
            .collect()
    };
    let unstated = json!([{ "url": URL, "protocolBinding": "JSONRPC" }]);
    let listed =
        |listed: Value| versions(new(json!({ "supportedInterfaces": unstated, "protocolVersions": listed })));
    assert_eq!(listed(json!(["0.2.6"])), ["0.2"]);
    assert_eq!(listed(json!(["0.3.0", "0.3", "1.0.1", "1.0"])), ["0.3", "1.0"]);
    let patched = [interface(URL, "JSONRPC", "1.0.0"), interface(URL, "JSONRPC", "0.3.0")];
    assert_eq!(versions(old(json!({ "supportedInterfaces": patched }))), ["1.0", "0.3"]);
}

#[test]
fn an_empty_security_is_never_dropped_silently() {
    let schemes = json!({ "k": { "type": "http", "scheme": "bearer" } });
    let open = json!([skill(json!({ "security": [] }))]);
    let told = |card: Value, severity: Severity, words: &str| {
        let migrated = run(&card, &options("1.0"));
        let found = &migrated.checked.diagnostics;
        let is_it = found.iter().any(|found| found.severity == severity && found.message.contains(words));
        assert!(is_it, "{found:?}");
    };
    let below = json!({ "securitySchemes": schemes, "security": [{ "k": [] }], "skills": open });
    told(old(below), Severity::Warning, "inherits");
    told(old(json!({ "skills": open })), Severity::Note, "`security`");
    told(old(json!({ "security": [] })), Severity::Note, "`security`");
}

#[test]
fn what_does_not_fit_is_not_moved() {
    for (name, value) in [
        ("extensions", json!({ "pay": {} })),
        ("extensions", json!(["x"])),
        ("supportsAuthenticatedExtendedCard", json!("yes")),
        ("supportsExtendedAgentCard", json!("yes")),
    ] {
        let migrated = run(&old(json!({ name: value })), &options("1.0"));
        let found = &migrated.checked.diagnostics;
        assert!(found.iter().any(|found| found.severity == Severity::Error), "{name} {value}");
        let written = result(&migrated);
        assert_eq!((&written["capabilities"], &written[name]), (&json!({}), &value), "{written}");
    }
}
