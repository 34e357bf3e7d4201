//! What is found does not depend on how a document is written: the same findings, at the same pointers, after another layout,
//! other line ends, other escapes and another order of members. A clean document stays clean.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test fails by panicking")]

mod generate;
#[path = "../syntax_faults/random.rs"]
mod random;
#[path = "../support/mod.rs"]
mod support;
mod write;

use cardlint::diagnostic::{Group, Severity};
use cardlint::kind::{Forced, Kind, Mode, Version};
use cardlint::lint::{Checked, Input, Selection, Settings, lint};
use cardlint::syntax::parse;
use generate::{generated, schemas};
use random::Random;
use rayon::prelude::*;
use std::fs;
use support::{fixtures, forced};
use write::{Manner, written};

/// A document and how it is checked.
struct Document {
    name: String,
    text: String,
    forced: Forced,
}

impl Document {
    fn check(&self, text: &str) -> Checked {
        let mut selection = Selection::default();
        selection.switch("all", true).unwrap();
        let settings = Settings { selection, forced: self.forced, ..Settings::default() };
        lint(Input::named("agent-card.json"), text.as_bytes().to_vec(), &settings)
    }
}

/// What stays the same: the documents, and each finding by severity, rule and pointer.
fn known(checked: &Checked) -> (Vec<String>, Vec<(Severity, &'static str, String)>) {
    let documents =
        checked.documents.iter().map(|document| format!("{} {:?}", document.pointer, document.profile));
    let found =
        checked.diagnostics.iter().map(|found| (found.severity, found.rule.id, found.pointer.clone()));
    let (mut documents, mut found): (Vec<_>, Vec<_>) = (documents.collect(), found.collect());
    documents.sort();
    found.sort();
    (documents, found)
}

/// Every fixture that is JSON.
fn fixed() -> Vec<Document> {
    let index = fs::read_to_string(fixtures().join("index.tsv")).unwrap();
    let rows = index.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    let files = rows.filter(|cells| cells[0].ends_with(".json")).map(|cells| Document {
        name: cells[0].to_owned(),
        text: fs::read_to_string(fixtures().join(cells[0])).unwrap_or_default(),
        forced: forced(cells[4]),
    });
    files.filter(|document| parse(document.text.as_bytes()).faults().is_empty()).collect()
}

/// What differs between a document and one of its other spellings, if anything does.
fn difference(document: &Document, manner: Manner, seed: u64) -> Option<String> {
    let tree = parse(document.text.as_bytes());
    let other = written(&tree, manner, &mut Random::new(seed));
    let again = parse(other.as_bytes());
    assert!(again.faults().is_empty(), "{}: {:?} {other}", document.name, again.faults());
    let (before, after) = (known(&document.check(&document.text)), known(&document.check(&other)));
    let gone: Vec<_> = before.1.iter().filter(|found| !after.1.contains(found)).collect();
    let new: Vec<_> = after.1.iter().filter(|found| !before.1.contains(found)).collect();
    (before != after).then(|| {
        let documents =
            if before.0 == after.0 { String::new() } else { format!("{:?} {:?}", before.0, after.0) };
        format!("{} {manner:?} {seed}: gone {gone:?}, new {new:?} {documents}\n{other}", document.name)
    })
}

fn holds_for(documents: &[Document], seeds: u64) {
    let cases = documents.iter().flat_map(|document| Manner::ALL.map(|manner| (document, manner)));
    let cases: Vec<_> =
        cases.flat_map(|(document, manner)| (0..seeds).map(move |seed| (document, manner, seed))).collect();
    let failures: Vec<String> = cases
        .par_iter()
        .filter_map(|(document, manner, seed)| difference(document, *manner, *seed))
        .collect();
    println!("{} spellings of {} documents", cases.len(), documents.len());
    assert!(
        failures.is_empty(),
        "{} of {}:\n{}",
        failures.len(),
        cases.len(),
        failures[..failures.len().min(8)].join("\n\n")
    );
}

#[test]
fn fixtures_are_found_the_same_however_they_are_written() {
    let documents = fixed();
    assert!(documents.len() > 100);
    holds_for(&documents, 2);
}

/// Documents that the bundled schemas allow, made from their examples.
fn made(count: u64) -> Vec<Document> {
    let each = |(name, schema): &(String, serde_json::Value)| {
        let forced = said(name);
        (0..count)
            .map(move |seed| (name.clone(), generated(schema, &mut Random::new(seed)), forced))
            .collect::<Vec<_>>()
    };
    let made = schemas().iter().flat_map(each).collect::<Vec<_>>();
    made.into_iter().map(|(name, value, forced)| Document { name, text: value.to_string(), forced }).collect()
}

/// The options for the documents of a schema.
fn said(name: &str) -> Forced {
    let (kind, more) = name.split_once('@').unwrap();
    let kind: Kind = kind.parse().unwrap();
    let (version, mode): (Option<Version>, Option<Mode>) = if kind.is_graph() {
        (None, Some(more.parse().unwrap()))
    } else {
        (Some(more.parse().unwrap()), None)
    };
    Forced { kind: Some(kind), version, mode }
}

#[test]
fn generated_documents_are_found_the_same_however_they_are_written() {
    holds_for(&made(12), 2);
}

#[test]
fn what_the_schemas_allow_breaks_no_rule_about_them() {
    let mut failures = Vec::new();
    for document in made(40) {
        let checked = document.check(&document.text);
        assert!(!checked.documents.is_empty(), "{}", document.text);
        let broken = checked.diagnostics.iter().filter(|found| {
            found.severity == Severity::Error && matches!(found.rule.group, Group::Schema | Group::Syntax)
        });
        failures.extend(broken.map(|found| {
            format!(
                "{}: {} at {}: {}\n{}",
                document.name, found.rule.id, found.pointer, found.message, document.text
            )
        }));
    }
    assert!(failures.is_empty(), "{}:\n{}", failures.len(), failures[..failures.len().min(5)].join("\n\n"));
}
