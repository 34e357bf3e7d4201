//! The two documents that the project began with: their bodies, as they stand in Microsoft's documentation and retold in
//! `fixtures/seeds`, draw exactly what is expected of them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use cardlint::diagnostic::Severity;
use cardlint::kind::Mode;
use cardlint::lint::{Input, Settings, lint};
use std::fs;
use std::path::Path;
use support::{fixtures, shared};

/// The bodies: their names in `fixtures/seeds`, and those of the originals.
const BODIES: &[(&str, &str)] = &[
    ("instance-with-manifest", "seed_agentInstance_create_ex1_new_manifest"),
    ("instance-with-bind", "seed_agentInstance_create_ex2_bind_manifest"),
    ("instance-alone", "seed_agentInstance_create_ex3_no_manifest"),
    ("registration", "seed_agentRegistration_create"),
];

/// Severities and pointers, sorted.
type Findings = Vec<(String, String)>;

/// The errors and warnings of a body, and its notes.
fn findings(path: &Path, mode: Option<Mode>) -> (Findings, Findings) {
    let mut settings = Settings::default();
    settings.forced.mode = mode;
    let checked = lint(Input::named("body.json"), fs::read(path).unwrap(), &settings);
    let mut found: Findings = checked
        .diagnostics
        .iter()
        .map(|found| (found.severity.name().to_owned(), found.pointer.clone()))
        .collect();
    found.sort();
    found.into_iter().partition(|(severity, _)| severity != Severity::Note.name())
}

/// What `fixtures/seeds/NAME.expected` lists.
fn expected(name: &str) -> (Findings, Findings) {
    let text = fs::read_to_string(fixtures().join("seeds").join(format!("{name}.expected"))).unwrap();
    let mut lines: Findings = text
        .lines()
        .map(|line| {
            let mut words = line.split(' ');
            let (severity, pointer) = (words.next().unwrap(), words.next().unwrap());
            (severity.to_owned(), pointer.trim_matches('"').to_owned())
        })
        .collect();
    lines.sort();
    lines.into_iter().partition(|(severity, _)| severity != Severity::Note.name())
}

fn assert_as_expected(path: &Path, name: &str) {
    let ((serious, notes), (expected, expected_notes)) = (findings(path, None), expected(name));
    assert_eq!(serious, expected, "{}", path.display());
    for note in expected_notes {
        assert!(notes.contains(&note), "{}: {note:?} is missing", path.display());
    }
}

#[test]
fn the_requests_draw_what_is_expected() {
    for (name, _) in BODIES {
        assert_as_expected(&fixtures().join(format!("seeds/{name}.json")), name);
    }
}

#[test]
fn the_original_requests_draw_the_same() {
    let Some(shared) = shared() else { return };
    for (name, original) in BODIES {
        assert_as_expected(&shared.join(format!("examples/graph/{original}_request.json")), name);
    }
}

#[test]
fn the_responses_are_clean() {
    let retold = BODIES.iter().map(|(name, _)| fixtures().join(format!("seeds/{name}-response.json")));
    let originals = shared().into_iter().flat_map(|shared| {
        BODIES.iter().map(move |(_, name)| shared.join(format!("examples/graph/{name}_response.json")))
    });
    for path in retold.chain(originals) {
        let (serious, _) = findings(&path, Some(Mode::Response));
        assert!(serious.is_empty(), "{}: {serious:?}", path.display());
    }
}
