//! Signed cards of other projects, of SDKs and of the specification: a card signed correctly draws no error from the rules about
//! signatures, a malformed one the error that fits.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as URL_SAFE_NO_PAD;
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

/// The errors of the vectors below `signed/` whose header or signature value is wrong on purpose. The mistakes of the others
/// only show with the key.
const SIGNED: &[(&str, &[&str])] = &[
    ("h-alg-kid-unprotected", &["missing-signature-parameter", "missing-signature-parameter"]),
    ("h-alg-none", &["unsafe-signature-algorithm"]),
    ("h-b64-false-no-crit-raw", &["unencoded-signature-payload"]),
    ("h-compact-detached", &["malformed-signature-value"]),
    ("h-crit-exp", &["unmet-critical-parameter"]),
    ("h-crit-unknown", &["unmet-critical-parameter"]),
    ("h-hs256-public-pem", &["unsafe-signature-algorithm"]),
    ("h-kid-unprotected", &["missing-signature-parameter"]),
    ("h-padded", &["malformed-signature-value"]),
    ("h-x5c-header-no-kid", &["missing-signature-parameter"]),
];

/// The card in a vector, if it holds one.
fn card(vector: &Value) -> Option<&Value> {
    let wrapped = ["card", "served_card"].iter().find_map(|name| vector.get(name));
    let is_card = ["supportedInterfaces", "signatures"].iter().any(|name| vector.get(name).is_some());
    wrapped.or_else(|| is_card.then_some(vector)).filter(|card| card.is_object())
}

/// Whether a signature has a parameter in both headers, which RFC 7515 section 4 forbids. One signer of cards
/// always repeats `kid`.
fn has_shared_parameter(card: &Value) -> bool {
    let signatures = card["signatures"].as_array().into_iter().flatten();
    signatures.into_iter().any(|signature| {
        let protected = signature["protected"].as_str().unwrap_or_default();
        let decoded = URL_SAFE_NO_PAD.decode(protected).unwrap_or_default();
        let protected: Value = serde_json::from_slice(&decoded).unwrap_or_default();
        let unprotected = signature["header"].as_object();
        unprotected.is_some_and(|header| header.keys().any(|name| protected.get(name).is_some()))
    })
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
            let errors: Vec<_> = found.iter().filter_map(|found| found.strip_prefix("error ")).collect();
            let is_signed = path.parent().unwrap().ends_with("signed/signed");
            let known = SIGNED.iter().find(|(known, _)| is_signed && *known == name).map(|(_, rules)| *rules);
            let shared: &[_] =
                if has_shared_parameter(card) { &["overlapping-signature-headers"] } else { &[] };
            assert_eq!(errors, known.unwrap_or(shared), "{}", path.display());
        }
    }
    assert!(cards > 300, "only {cards} cards");
}
