//! Large cards are migrated in time and memory that grow with them and not with their square: each text is so large that
//! the square would go beyond the limits, and so small that a debug build stays far below them.

use crate::command::{command, run_command};
use crate::{URL, interface, new, old, requires, tangled, two_flows};
use serde_json::{Map, Value, json};
use std::fs;
use std::process::Command;

/// What becomes of `card`, under limits of memory (in KiB of address space) and of processor time (in seconds), beyond which
/// the system ends the run.
fn migrated(card: &Value, args: &[&str]) -> i32 {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("card.json"), card.to_string()).unwrap();
    let plain = command(folder.path(), &[&["migrate", "--quiet"], args, &["card.json"]].concat());
    let mut limited = Command::new("sh");
    limited.arg("-c").arg("ulimit -v 2000000; ulimit -t 60; exec \"$0\" \"$@\"");
    limited.arg(plain.get_program()).args(plain.get_args()).current_dir(folder.path());
    let ran = run_command(limited, b"");
    let start: String = ran.err.chars().take(600).collect();
    assert!(matches!(ran.status, 0 | 1), "{args:?}: {} {start}", ran.status);
    ran.status
}

fn named(count: usize, value: impl Fn(usize) -> Value) -> Map<String, Value> {
    (0..count).map(|number| (format!("o{number}"), value(number))).collect()
}

fn several(count: usize, value: impl Fn(usize) -> Value) -> Vec<Value> {
    (0..count).map(value).collect()
}

#[test]
fn schemes_to_be_split() {
    let schemes = |count| named(count, |_| two_flows());
    let each = several(4_000, |number| json!({ format!("o{number}"): ["a"] }));
    let card = old(json!({ "securitySchemes": schemes(4_000), "security": each }));
    assert_eq!(migrated(&card, &["--to", "1.0", "--flows", "split"]), 0);
    let all = named(4_000, |_| json!(["b"]));
    let card = old(json!({ "securitySchemes": schemes(4_000), "security": [all] }));
    assert_eq!(migrated(&card, &["--to", "1.0", "--flows", "split"]), 0);
    let card = tangled(24, json!([requires(24, &json!([]))]));
    assert_eq!(migrated(&card, &["--to", "1.0", "--flows", "split"]), 1);
}

#[test]
fn endpoints() {
    let place = |number: usize| format!("https://tides.example.com/{number}");
    let entries = several(20_000, |number| json!({ "url": place(number), "transport": "JSONRPC" }));
    assert_eq!(migrated(&old(json!({ "additionalInterfaces": entries })), &["--to", "1.0"]), 0);
    let entries = several(20_000, |number| interface(&place(number), "JSONRPC", "0.3"));
    assert_eq!(migrated(&new(json!({ "supportedInterfaces": entries })), &["--to", "0.3.0"]), 0);
}

#[test]
fn requirements_in_both_forms_and_schemes_that_go() {
    let certificate = json!({ "type": "mutualTLS" });
    let schemes = named(20_000, |_| certificate.clone());
    let each = several(20_000, |number| json!({ format!("o{number}"): [] }));
    let card = old(json!({ "securitySchemes": schemes, "security": each }));
    assert_eq!(migrated(&card, &["--to", "0.2.6"]), 1);
    let flat = several(20_000, |number| json!({ "k": [number.to_string()] }));
    let wrapped =
        several(20_000, |number| json!({ "schemes": { "k": { "list": [(19_999 - number).to_string()] } } }));
    let card = old(json!({
        "supportedInterfaces": [interface(URL, "JSONRPC", "0.3")],
        "securitySchemes": { "k": { "type": "http", "scheme": "basic", "httpAuthSecurityScheme": { "scheme": "basic" } } },
        "security": flat, "securityRequirements": wrapped
    }));
    assert_eq!(migrated(&card, &["--to", "1.0"]), 0);
}

#[test]
fn misnamed_members_and_errors_at_their_places() {
    let skill =
        |number: usize| json!({ "id": number.to_string(), "name": "S", "description": "d", "tag": ["t"] });
    assert_eq!(migrated(&old(json!({ "skills": several(20_000, skill) })), &["--to", "1.0"]), 0);
    let schemes = named(20_000, |_| json!({ "type": "http" }));
    assert_eq!(migrated(&old(json!({ "securitySchemes": schemes })), &["--to", "1.0"]), 1);
}
