//! Six valid cards, each of a sort that some other checker refuses, draw nothing beyond what the facts demand.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use cardlint::lint::{Input, Settings, lint};
use std::fs;
use support::{files_below, fixtures};

/// A card, what has to be said of it, and why that and nothing else.
struct Control {
    name: &'static str,
    versions: &'static [&'static str],
    /// Severity, rule and pointer.
    demanded: &'static [(&'static str, &'static str, &'static str)],
    #[allow(dead_code, reason = "it is for readers")]
    why: &'static str,
}

const CONTROLS: &[Control] = &[
    Control {
        name: "0.2.6.json",
        versions: &["0.2.6"],
        demanded: &[("note", "missing-preferred-transport", "")],
        why: "0.2.6 takes JSONRPC where preferredTransport is missing, worth a note, and requires nothing that later releases \
              added (a2a.md 1.1)",
    },
    Control {
        name: "0.3.0-plain.json",
        versions: &["0.3.0"],
        demanded: &[],
        why: "it has all that 0.3.0 requires; supportedInterfaces is a member of 1.0 and nothing that it lacks",
    },
    Control {
        name: "0.3.0-empty-skills.json",
        versions: &["0.3.0"],
        demanded: &[],
        why: "from 0.2.6 on no text asks for a skill at all: an agent may have an empty list of them (a2a.md 1.1)",
    },
    Control {
        name: "0.3.0-vendor-members.json",
        versions: &["0.3.0"],
        demanded: &[
            ("note", "unknown-member", "/x-region"),
            ("note", "unknown-member", "/pricing"),
            ("note", "unknown-member", "/skills/0/x-priority"),
        ],
        why: "unknown members are legal and ignored, which their author may want to know (A2A-N012)",
    },
    Control {
        name: "1.0.json",
        versions: &["1.0"],
        demanded: &[],
        why: "1.0 has no root url, and its schemes and requirements are wrapped (a2a.md 1.2)",
    },
    Control {
        name: "mixed-python-sdk.json",
        versions: &["0.3.0", "1.0"],
        demanded: &[("note", "unreleased-protocol-version", "/protocolVersion")],
        why: "the union of both generations is what the SDK serves; its root `0.3` names no release (a2a.md 1.6)",
    },
];

#[test]
fn valid_cards_that_others_refuse_draw_what_the_facts_demand() {
    for control in CONTROLS {
        let text = fs::read(fixtures().join("controls").join(control.name)).unwrap();
        let checked = lint(Input::named(control.name), text, &Settings::default());
        let versions: Vec<&str> =
            checked.documents.iter().flat_map(|document| document.profile.versions()).collect();
        assert_eq!(versions, control.versions, "{}", control.name);
        let found: Vec<(&str, &str, &str)> = checked
            .diagnostics
            .iter()
            .map(|found| (found.severity.name(), found.rule.id, found.pointer.as_str()))
            .collect();
        assert_eq!(found, control.demanded, "{}", control.name);
    }
}

#[test]
fn every_control_is_tested() {
    let files = files_below(&fixtures().join("controls"));
    assert_eq!(files.len(), CONTROLS.len());
}
