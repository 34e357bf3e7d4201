//! The examples of the A2A specification, of its sample repository and of two SDKs draw what section 6 of the facts says.
//!
//! Errors and warnings are complete; notes are those that a fact asks for.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use cardlint::diagnostic::Severity;
use cardlint::kind::{Forced, Version};
use cardlint::lint::{Checked, Input, Settings, lint};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use support::shared;

/// Files, the versions they are detected as, and `severity pointer rule` of each diagnostic (`-`: none).
const DETECTED: &str = r#"
v0.1.0/spec-sample-card.json                                       0.1.0      -
v0.2.0/spec-sample-card.json                                       0.3.0      error /securitySchemes/google malformed-json; note "" unstated-protocol-version
v0.2.0/spec-sample-card-repaired.json                              0.3.0      note "" unstated-protocol-version
v0.2.1/spec-sample-card.json                                       0.3.0      note "" unstated-protocol-version
v0.2.2/spec-sample-card.json                                       0.3.0      note "" unstated-protocol-version
v0.2.3/spec-sample-card.json                                       0.3.0      note "" unstated-protocol-version
v0.2.4/spec-sample-card.json                                       0.3.0      note "" unstated-protocol-version
v0.2.5/spec-sample-card.json                                       0.2.6      warning /protocolVersion unreleased-protocol-version
v0.2.6/spec-sample-card.json                                       0.2.6      warning /protocolVersion unreleased-protocol-version
v0.3.0/spec-sample-card.json                                       0.3.0      warning /protocolVersion unreleased-protocol-version
v0.2.4/topic-extensions-card.json                                  0.3.0      note "" unstated-protocol-version
v0.2.5/topic-extensions-card.json                                  0.3.0      note "" unstated-protocol-version
v0.2.6/topic-extensions-card.json                                  0.3.0      note "" unstated-protocol-version
v0.3.0/topic-extensions-card.json                                  0.3.0      note "" unstated-protocol-version
v1.0.0-rc/spec-sample-card.json                                    1.0        error /protocolVersions misnamed-member; error /security misnamed-member; warning /capabilities/stateTransitionHistory removed-member
v1.0.0/spec-sample-card.json                                       1.0        error /security misnamed-member; warning /capabilities/stateTransitionHistory removed-member
v1.0.1/spec-sample-card.json                                       1.0        error /security misnamed-member
main/spec-sample-card.json                                         1.0        -
v1.0.0/spec-4.6.1-extension-declaration.json                       1.0        error /supportedInterfaces/0 malformed-json; error "" missing-member
v1.0.1/spec-4.6.1-extension-declaration.json                       1.0        error /supportedInterfaces/0 malformed-json; error "" missing-member
main/spec-4.6.1-extension-declaration.json                         1.0        error /supportedInterfaces/0 malformed-json; error "" missing-member
v1.0.0/spec-4.6.1-extension-declaration-repaired.json              1.0        error "" missing-member
v1.0.1/spec-4.6.1-extension-declaration-repaired.json              1.0        error "" missing-member
main/spec-4.6.1-extension-declaration-repaired.json                1.0        error "" missing-member
v1.0.0/topic-extensions-card.json                                  0.3.0      note "" unstated-protocol-version
v1.0.1/topic-extensions-card.json                                  0.3.0      note "" unstated-protocol-version
main/topic-extensions-card.json                                    0.3.0      note "" unstated-protocol-version
v1.0.1/topic-multi-tenancy-L27.json                                1.0        6 error "" missing-member
v1.0.1/topic-multi-tenancy-L42.json                                1.0        6 error "" missing-member
v1.0.1/topic-multi-tenancy-L85.json                                1.0        6 error "" missing-member
main/topic-multi-tenancy-L27.json                                  1.0        6 error "" missing-member
main/topic-multi-tenancy-L42.json                                  1.0        6 error "" missing-member
main/topic-multi-tenancy-L85.json                                  1.0        6 error "" missing-member
v1.0.1/spec-L3050-supportedInterfaces.json                         1.0        error /supportedInterfaces/0 missing-member; 7 error "" missing-member
samples/adk_skills_agent.json                                      1.0        warning /defaultInputModes/0 bare-media-type; warning /defaultOutputModes/0 bare-media-type; note /supportedInterfaces/0/url plaintext-endpoint
samples/adk_currency_agent.json                                    0.3.0      warning /defaultInputModes/0 bare-media-type; warning /defaultOutputModes/0 bare-media-type; note /url plaintext-endpoint
samples/a2a_mcp-air_ticketing_agent.json                           0.3.0      warning /defaultInputModes/0 bare-media-type; warning /defaultOutputModes/0 bare-media-type; note "" unstated-protocol-version; note /url plaintext-endpoint
samples/a2a_mcp-car_rental_agent.json                              0.3.0      warning /defaultInputModes/0 bare-media-type; warning /defaultOutputModes/0 bare-media-type; note "" unstated-protocol-version; note /url plaintext-endpoint
samples/a2a_mcp-hotel_booking_agent.json                           0.3.0      warning /defaultInputModes/0 bare-media-type; warning /defaultOutputModes/0 bare-media-type; note "" unstated-protocol-version; note /url plaintext-endpoint
samples/a2a_mcp-orchestrator_agent.json                            0.3.0      warning /defaultInputModes/0 bare-media-type; warning /defaultOutputModes/0 bare-media-type; note "" unstated-protocol-version; note /url plaintext-endpoint
samples/a2a_mcp-planner_agent.json                                 0.3.0      warning /defaultInputModes/0 bare-media-type; warning /defaultOutputModes/0 bare-media-type; note "" unstated-protocol-version; note /url plaintext-endpoint
mixed/a2a-sdk-python-1.3.0-agent_card_to_dict.json                 0.3.0+1.0  note /protocolVersion unreleased-protocol-version
mixed/a2a-js-1.3.0-legacyAgentCardRouter.json                      0.3.0+1.0  warning /security one-sided-security; note /protocolVersion unreleased-protocol-version; note /supportedInterfaces/0/tenant empty-tenant
"#;

/// The same, for files that are checked as the release whose documents they stand in.
const PINNED: &str = r#"
v0.2.0/spec-sample-card-repaired.json                              0.2.0      -
v0.2.1/spec-sample-card.json                                       0.2.1      -
v0.2.2/spec-sample-card.json                                       0.2.2      -
v0.2.3/spec-sample-card.json                                       0.2.3      -
v0.2.4/spec-sample-card.json                                       0.2.4      -
v0.2.4/topic-extensions-card.json                                  0.2.4      -
v0.2.5/spec-sample-card.json                                       0.2.5      warning /protocolVersion unreleased-protocol-version
v0.2.6/spec-sample-card.json                                       0.2.6      warning /protocolVersion unreleased-protocol-version
v0.3.0/spec-sample-card.json                                       0.3.0      warning /protocolVersion unreleased-protocol-version
v0.2.5/topic-extensions-card.json                                  0.2.5      error "" missing-member
v0.2.6/topic-extensions-card.json                                  0.2.6      error "" missing-member
v0.3.0/topic-extensions-card.json                                  0.3.0      error "" missing-member; warning "" missing-preferred-transport
"#;

/// A line of a table.
struct Row<'t> {
    file: &'t str,
    versions: &'t str,
    wanted: Vec<String>,
}

fn rows(table: &str) -> impl Iterator<Item = Row<'_>> {
    table.lines().filter(|line| !line.is_empty()).map(|line| {
        let (file, rest) = line.split_once(' ').unwrap();
        let (versions, findings) = rest.trim_start().split_once(' ').unwrap();
        let mut wanted: Vec<String> = findings.trim().split("; ").flat_map(repeated).collect();
        wanted.sort();
        Row { file, versions, wanted }
    })
}

/// `6 error "" missing-member` six times, and nothing for `-`.
fn repeated(finding: &str) -> Vec<String> {
    let (count, what) = match finding.split_once(' ') {
        None => (0, finding),
        Some((count, what)) => count.parse().map_or((1, finding), |count: usize| (count, what)),
    };
    vec![what.replace("\"\"", ""); count]
}

fn check(path: &Path, version: Option<Version>) -> Checked {
    let forced = Forced { version, ..Forced::default() };
    lint(Input::named("agent.json"), fs::read(path).unwrap(), &Settings { forced, ..Settings::default() })
}

/// What differs from the table, a line each.
fn differences(row: &Row<'_>, checked: &Checked) -> Vec<String> {
    let mut found: Vec<(Severity, String)> = checked
        .diagnostics
        .iter()
        .map(|found| (found.severity, format!("{} {} {}", found.severity, found.pointer, found.rule.id)))
        .collect();
    let mut differences = Vec::new();
    for wanted in &row.wanted {
        match found.iter().position(|(_, text)| text == wanted) {
            Some(index) => drop(found.swap_remove(index)),
            None => differences.push(format!("missed {wanted}")),
        }
    }
    let serious = found.into_iter().filter(|(severity, _)| *severity > Severity::Note);
    differences.extend(serious.map(|(_, text)| format!("extra {text}")));
    let versions: Vec<String> =
        checked.documents.iter().map(|document| document.profile.versions().join("+")).collect();
    if versions != [row.versions] {
        differences.push(format!("checked as {versions:?}, not {}", row.versions));
    }
    differences
}

fn compare(table: &str, pinned: bool) {
    let Some(shared) = shared() else { return };
    let mut failures = String::new();
    for row in rows(table) {
        let version = pinned.then(|| row.versions.parse().unwrap());
        let checked = check(&shared.join("examples/a2a").join(row.file), version);
        for difference in differences(&row, &checked) {
            writeln!(failures, "{}: {difference}", row.file).unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn examples_draw_what_the_facts_say() {
    compare(DETECTED, false);
}

#[test]
fn examples_draw_what_the_facts_say_in_their_own_release() {
    compare(PINNED, true);
}
