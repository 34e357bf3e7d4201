//! Signed cards of other projects and of the specification: whole ones draw no error from the rules about signatures,
//! malformed ones the one error that fits.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use cardlint::diagnostic::Severity;
use cardlint::lint::{Input, Selection, Settings, lint};
use serde_json::Value;
use std::fs;
use support::{files_below, shared};

/// What the malformed vectors draw: the severity and the rule. What is not listed can only be told with the key, or
/// with the card as it was, and draws nothing.
const MALFORMED: &[(&str, &str)] = &[
    ("M01-alg-none", "error unsafe-signature-algorithm"),
    ("M02-alg-None-case", "error unsafe-signature-algorithm"),
    ("M03-hs256-pubkey", "error unsafe-signature-algorithm"),
    ("M04-signature-padded", "error malformed-signature-value"),
    ("M05-signature-std-b64", "error malformed-signature-value"),
    ("M06-protected-padded", "error undecodable-signature-header"),
    ("M07-signature-whitespace", "error malformed-signature-value"),
    ("M08-ecdsa-der", "error malformed-signature-value"),
    ("M09-sig-short", "error malformed-signature-value"),
    ("M10-crit-unknown", "error unmet-critical-parameter"),
    ("M11-crit-empty", "error unmet-critical-parameter"),
    ("M12-b64-false", "error unencoded-signature-payload"),
    ("M13-no-kid", "error missing-signature-parameter"),
    ("M14-no-alg", "error missing-signature-parameter"),
    ("M15-protected-not-json", "error undecodable-signature-header"),
    ("M16-protected-array", "error undecodable-signature-header"),
    ("M17-protected-dup-keys", "error undecodable-signature-header"),
    ("M18-header-overlap", "error overlapping-signature-headers"),
    ("M19-alg-unprotected", "error missing-signature-parameter"),
    ("M20-jku-http", "error unsafe-key-url"),
    ("M21-jku-null", "warning unsafe-key-url"),
    ("M22-embedded-jwk", "warning embedded-signature-key"),
    ("M23-typ-JWT", "note unusual-signature-type"),
    ("M24-typ-agent-card+jws", "note unusual-signature-type"),
    ("M25-typ-missing", "warning missing-signature-parameter"),
    ("M27-compact-in-signature", "error malformed-signature-value"),
    ("M29-nonzero-trailing-bits", "warning malformed-signature-value"),
];

/// The card in a vector, if it holds one.
fn card(vector: &Value) -> Option<&Value> {
    let wrapped = ["card", "served_card"].iter().find_map(|name| vector.get(name));
    wrapped.or_else(|| vector.get("supportedInterfaces").map(|_| vector)).filter(|card| card.is_object())
}

/// What the rules about signatures say of a card.
fn findings(card: &Value) -> Vec<String> {
    let mut selection = Selection::default();
    selection.switch("all", false).unwrap();
    selection.switch("signature", true).unwrap();
    let settings = Settings { selection, ..Settings::default() };
    let checked = lint(Input::named("card.json"), card.to_string().into_bytes(), &settings);
    checked.diagnostics.iter().map(|found| format!("{} {}", found.severity, found.rule.id)).collect()
}

#[test]
fn malformed_vectors_draw_what_fits_and_others_no_error() {
    let Some(shared) = shared() else { return };
    let mut cards = 0;
    for path in files_below(&shared.join("vectors")) {
        let Ok(vector) = serde_json::from_slice::<Value>(&fs::read(&path).unwrap()) else { continue };
        let Some(card) = card(&vector) else { continue };
        cards += 1;
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let found = findings(card);
        if path.parent().unwrap().ends_with("malformed") {
            let expected: Vec<&str> =
                MALFORMED.iter().filter(|(known, _)| *known == name).map(|(_, found)| *found).collect();
            assert_eq!(found, expected, "{}", path.display());
        } else {
            let errors: Vec<_> =
                found.iter().filter(|found| found.starts_with(Severity::Error.name())).collect();
            assert!(errors.is_empty(), "{}: {errors:?}", path.display());
        }
    }
    assert!(cards > 90, "only {cards} cards");
}
