//! Equal notes on siblings are one finding, in reports, fixes, allowances and baselines.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
#[allow(dead_code, reason = "not every test file needs all of it")]
mod support;

use serde_json::{Value, json};
use std::fs;
use support::{Ran, folder, report, run};
use tempfile::TempDir;

/// A card in which each of `skills` has `members`.
fn card(skills: usize, members: &Value) -> String {
    let skill = |id: usize| {
        let mut skill = json!({ "id": format!("s{id}"), "name": "S", "description": "s", "tags": ["a"] });
        skill.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        skill
    };
    let card = json!({
        "name": "Tides", "description": "Tells the tide.", "version": "1.0.0", "capabilities": {},
        "supportedInterfaces": [{ "url": "https://tides.harbour.io/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }],
        "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"],
        "skills": (0..skills).map(skill).collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&card).unwrap()
}

fn priced(skills: usize) -> TempDir {
    folder(&[("card.json", &card(skills, &json!({ "price": 1 })))])
}

fn check(folder: &TempDir, args: &[&str]) -> Ran {
    run(folder.path(), &[&["check", "card.json", "--fail-on", "note"], args].concat())
}

fn found(ran: &Ran) -> Vec<Value> {
    report(&ran.out)["files"][0]["diagnostics"].as_array().unwrap().clone()
}

#[test]
fn the_first_speaks_for_all_and_points_at_them() {
    let folder = priced(56);
    let found = found(&check(&folder, &["--format", "json"]));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["pointer"], "/skills/0/price");
    assert_eq!(found[0]["message"], "`price` is not a member of A2A 1.0 (56 times)");
    let related = found[0]["related"].as_array().unwrap();
    assert_eq!((related.len(), &related[54]["pointer"]), (55, &json!("/skills/55/price")));
    let ran = check(&folder, &["--format", "human"]);
    assert!(ran.out.contains("and 45 more"), "{}", ran.out);
}

#[test]
fn elements_of_elements_are_siblings_too() {
    let folder = folder(&[(
        "card.json",
        &card(3, &json!({ "securityRequirements": [{ "schemes": {}, "x": 1 }, { "schemes": {}, "x": 2 }] })),
    )]);
    let args = ["--format", "json", "--ignore", "all", "--select", "unknown-member"];
    let found = found(&check(&folder, &args));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["related"].as_array().unwrap().len(), 5);
}

#[test]
fn warnings_and_errors_stay_apart() {
    let folder = folder(&[("card.json", &card(3, &json!({ "inputModes": ["text"], "tags": "a" })))]);
    let found = found(&check(&folder, &["--format", "json", "--select", "bare-media-type"]));
    let of = |rule: &str| found.iter().filter(|found| found["rule"] == rule).count();
    assert_eq!((of("bare-media-type"), of("wrong-type")), (3, 3), "{found:#?}");
    // What the configuration makes a warning is one too.
    let folder = priced(3);
    fs::write(folder.path().join("cardlint.toml"), "[severity]\nunknown-member = \"warning\"\n").unwrap();
    assert_eq!(self::found(&check(&folder, &["--format", "json"])).len(), 3);
}

#[test]
fn what_allows_the_first_allows_all() {
    let allow = |pointer: &str| {
        format!("[[allow]]\nrule = \"unknown-member\"\npointer = \"{pointer}\"\nreason = \"ours\"\n")
    };
    for (pointer, left) in [
        ("/skills/0/price", None),
        ("/skills/*/price", None),
        ("/skills/2/price", Some("(2 times)")),
        ("/skills/0/cost", Some("(3 times)")),
    ] {
        let folder = priced(3);
        fs::write(folder.path().join("cardlint.toml"), allow(pointer)).unwrap();
        let ran = check(&folder, &["--format", "concise"]);
        let told = ran.out.lines().filter(|line| line.contains("unknown-member]")).collect::<Vec<_>>();
        match left {
            None => assert!(told.is_empty(), "{pointer}: {}", ran.out),
            Some(times) => assert!(told.len() == 1 && told[0].ends_with(times), "{pointer}: {}", ran.out),
        }
    }
}

#[test]
fn a_baseline_knows_them_however_many_and_wherever_they_are() {
    let folder = priced(3);
    let ran = check(&folder, &["--write-baseline", "base.json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let base = fs::read_to_string(folder.path().join("base.json")).unwrap();
    assert!(base.contains("/skills[*]/price"), "{base}");
    for skills in [2, 3, 20] {
        fs::write(folder.path().join("card.json"), card(skills, &json!({ "price": 1 }))).unwrap();
        let ran = check(&folder, &["--baseline", "base.json", "--format", "concise"]);
        assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{skills}");
    }
    fs::write(folder.path().join("card.json"), card(3, &json!({ "cost": 1 }))).unwrap();
    assert_eq!(check(&folder, &["--baseline", "base.json", "--format", "concise"]).status, 1);
}

#[test]
fn a_limit_counts_them_as_one() {
    let folder = priced(30);
    let ran = check(&folder, &["--max-findings", "1", "--format", "concise"]);
    assert_eq!((ran.out.lines().count(), ran.err.as_str()), (1, ""), "{}", ran.out);
    let two = folder_with_two_sorts();
    let ran = check(&two, &["--max-findings", "1", "--format", "concise"]);
    assert!(ran.err.contains("1 more"), "{}", ran.err);
}

fn folder_with_two_sorts() -> TempDir {
    folder(&[("card.json", &card(30, &json!({ "price": 1, "cost": 2 })))])
}

#[test]
fn fixes_of_all_are_made() {
    let interface = |path: usize| json!({ "url": format!("https://tides.harbour.io/{path}"), "protocolBinding": "JSONRPC", "protocolVersion": "1.0", "tenant": "" });
    let mut card: Value = serde_json::from_str(&card(1, &json!({}))).unwrap();
    card["supportedInterfaces"] = (0..5).map(interface).collect();
    let folder = folder(&[("card.json", &card.to_string())]);
    let found = found(&check(&folder, &["--format", "json"]));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["fixes"][0]["edits"].as_array().unwrap().len(), 5, "{found:#?}");
    let ran = run(folder.path(), &["fix", "card.json", "--select", "empty-tenant"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(!fs::read_to_string(folder.path().join("card.json")).unwrap().contains("tenant"));
}

#[test]
fn very_many_take_linear_time() {
    let time = |skills: usize| {
        let folder = priced(skills);
        let start = std::time::Instant::now();
        let ran = check(&folder, &["--format", "concise"]);
        assert_eq!(ran.out.lines().count(), 1);
        start.elapsed()
    };
    let (few, many) = (time(2_000), time(16_000));
    // Eight times as many take at most some twenty times as long; were it quadratic, it would be sixty-four times.
    assert!(many < few * 24 + std::time::Duration::from_millis(500), "{few:?}, {many:?}");
}
