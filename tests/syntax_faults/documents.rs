//! Documents of the kinds that cardlint reads, with random content.

use super::random::Random;
use serde::Serialize;
use serde_json::{Value, json};

const WORDS: [&str; 24] = [
    "route",
    "planner",
    "weather",
    "Gr\u{fc}\u{df}e",
    "invoice",
    "agent",
    "\u{6771}\u{4eac}",
    "search",
    "a/b",
    "price",
    "the",
    "of",
    "and",
    "it's",
    "(beta)",
    "v2",
    "summary",
    "\u{1F600}",
    "50%",
    "C:\\temp",
    "e.g.",
    "\"quoted\"",
    "x, y",
    "note: one",
];

const MODES: [&str; 5] = ["text/plain", "application/json", "image/png", "text/markdown", "audio/wav"];

/// A document as text: indented by two, four or a tab, or on one line.
pub(crate) fn any(random: &mut Random) -> String {
    let value = match random.below(8) {
        0 => card_1_0(random),
        1 => card_0_3(random),
        2 => instance(random),
        3 => json!({"@odata.context": "https://graph.example/beta/$metadata#agents",
            "value": [instance(random), instance(random)]}),
        4 => json!([small_card(random), small_card(random), small_card(random)]),
        5 => json!({"weather": small_card(random), "travel": small_card(random)}),
        6 => json!({"jsonrpc": "2.0", "id": random.below(99), "result": card_0_3(random)}),
        _ => manifest(random),
    };
    print(&value, random)
}

fn print(value: &Value, random: &mut Random) -> String {
    let indent: &[u8] = match random.below(5) {
        0 | 1 => b"  ",
        2 => random.pick(&[&b"    "[..], b"\t"]),
        _ => return value.to_string(),
    };
    let mut bytes = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(indent);
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, formatter)).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let text = if random.chance(3) { with_short_arrays(&text) } else { text };
    let text = if random.chance(6) { text.replace('\n', "\r\n") } else { text };
    if random.chance(2) { text + "\n" } else { text }
}

/// Arrays of strings on one line, as people write them.
fn with_short_arrays(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut array: Option<Vec<String>> = None;
    for line in text.lines() {
        let trimmed = line.trim();
        match &mut array {
            Some(items)
                if trimmed.starts_with('"')
                    && !trimmed.contains("\": ")
                    && !trimmed.ends_with(['{', '[']) =>
            {
                items.push(trimmed.to_owned());
            }
            Some(items) if trimmed.starts_with(']') && !items.is_empty() => {
                let joined = items.join(" ") + trimmed;
                array = None;
                if let Some(last) = lines.last_mut() {
                    last.push_str(&joined);
                }
            }
            Some(items) => {
                lines.append(&mut std::mem::take(items));
                lines.push(line.to_owned());
                array = trimmed.ends_with('[').then(Vec::new);
            }
            None => {
                lines.push(line.to_owned());
                array = trimmed.ends_with('[').then(Vec::new);
            }
        }
    }
    lines.join("\n")
}

fn words(random: &mut Random, most: usize) -> String {
    let count = 1 + random.below(most);
    (0..count).map(|_| random.pick(&WORDS)).collect::<Vec<_>>().join(" ")
}

fn url(random: &mut Random) -> String {
    let path = random.pick(&["", "/a2a/v1", "/agents/7?x=1&y=2", ":8443/rpc#top"]);
    format!("https://{}.example.com{path}", random.pick(&["agents", "api", "eu-west.bots"]))
}

fn list(random: &mut Random, most: usize, mut item: impl FnMut(&mut Random) -> Value) -> Value {
    let count = random.below(most + 1);
    (0..count).map(|_| item(random)).collect()
}

fn modes(random: &mut Random) -> Value {
    list(random, 3, |random| json!(random.pick(&MODES)))
}

fn skill(random: &mut Random) -> Value {
    let mut skill = json!({
        "id": format!("skill-{}", random.below(1000)),
        "name": words(random, 3),
        "description": words(random, 14),
        "tags": list(random, 4, |random| json!(words(random, 1))),
    });
    if random.chance(2) {
        skill["examples"] = list(random, 3, |random| json!(words(random, 6)));
        skill["inputModes"] = modes(random);
    }
    skill
}

fn capabilities(random: &mut Random) -> Value {
    let mut capabilities = json!({"streaming": random.chance(2), "pushNotifications": random.chance(2)});
    if random.chance(2) {
        capabilities["extensions"] = list(random, 2, |random| {
            json!({"uri": url(random), "required": false, "params": {"limit": random.below(500), "ratio": 0.25,
                "offset": -3, "nothing": null}})
        });
    }
    capabilities
}

fn schemes(random: &mut Random) -> Value {
    json!({
        "oauth": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": url(random),
            "scopes": {"read": words(random, 4), "write:all": ""}}}},
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    })
}

fn card_0_3(random: &mut Random) -> Value {
    json!({
        "protocolVersion": "0.3.0",
        "name": words(random, 2),
        "description": words(random, 12),
        "url": url(random),
        "preferredTransport": "JSONRPC",
        "version": "1.4.2",
        "provider": {"organization": words(random, 2), "url": url(random)},
        "capabilities": capabilities(random),
        "defaultInputModes": modes(random),
        "defaultOutputModes": modes(random),
        "securitySchemes": schemes(random),
        "security": [{"oauth": ["read"]}, {"key": []}],
        "skills": list(random, 3, skill),
        "supportsAuthenticatedExtendedCard": random.chance(2),
    })
}

fn card_1_0(random: &mut Random) -> Value {
    json!({
        "name": words(random, 2),
        "description": words(random, 10),
        "version": "2.0.0",
        "supportedInterfaces": [
            {"url": url(random), "protocolBinding": "JSONRPC", "protocolVersion": "1.0"},
            {"url": url(random), "protocolBinding": "GRPC", "protocolVersion": "1.0", "tenant": null},
        ],
        "capabilities": capabilities(random),
        "securitySchemes": {"mtls": {"mtlsSecurityScheme": {"description": words(random, 5)}}},
        "securityRequirements": [{"schemes": {"mtls": {"list": []}}}],
        "defaultInputModes": modes(random),
        "defaultOutputModes": modes(random),
        "skills": list(random, 3, skill),
        "signatures": [{"protected": "eyJhbGciOiJFUzI1NiJ9", "signature": "c2ln", "header": {}}],
        "iconUrl": url(random),
    })
}

fn small_card(random: &mut Random) -> Value {
    json!({
        "name": words(random, 2),
        "url": url(random),
        "version": "0.1",
        "capabilities": {},
        "weights": [1, 0.5, -2e3, [true, null]],
        "skills": [skill(random)],
    })
}

fn instance(random: &mut Random) -> Value {
    json!({
        "id": "6a0f4c1e-0c1b-4f3a-9f57-1d2f0b8f1a11",
        "displayName": words(random, 3),
        "ownerIds": ["1f3a0e9c-42ae-4b7d-8d2e-3f1f6f0b6a01"],
        "sourceAgentId": words(random, 1),
        "createdDateTime": "2026-05-01T10:00:00Z",
        "url": url(random),
        "additionalInterfaces": list(random, 2, |random| json!({"url": url(random), "transport": "GRPC"})),
        "signatures": [],
        "agentCardManifest": manifest(random),
    })
}

fn manifest(random: &mut Random) -> Value {
    json!({
        "displayName": words(random, 3),
        "description": words(random, 9),
        "isAvailable": random.chance(2),
        "priority": random.below(100),
        "provider": {"organization": words(random, 2), "url": url(random)},
        "capabilities": {"streaming": false, "stateTransitionHistory": true, "extensions": []},
        "skills": list(random, 4, skill),
    })
}
