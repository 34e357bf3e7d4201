//! Real documents: none chokes anything, and the counts per rule are held, so that a change to a rule shows its reach.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use cardlint::diagnostic::Severity;
use cardlint::lint::{Checked, Input, Settings, lint};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use support::{files_below, shared};

fn check(path: &Path) -> Checked {
    lint(Input::named("document.json"), fs::read(path).unwrap(), &Settings::default())
}

/// What a rule does over many documents.
#[derive(Default)]
struct Reach {
    documents: BTreeSet<String>,
    by_severity: BTreeMap<Severity, usize>,
}

#[test]
fn the_reach_of_each_rule_over_real_documents() {
    let Some(shared) = shared() else { return };
    let mut reach: BTreeMap<&str, Reach> = BTreeMap::new();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let folders = ["corpus/cards", "corpus/other", "examples"];
    let files: Vec<_> = folders.iter().flat_map(|folder| files_below(&shared.join(folder))).collect();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "json")) {
        let checked = check(file);
        let name = file.strip_prefix(&shared).unwrap().to_string_lossy().into_owned();
        for document in &checked.documents {
            let kind = document.profile.kind().name();
            *kinds.entry(format!("{kind} {}", document.profile.versions().join("+"))).or_default() += 1;
        }
        for found in &checked.diagnostics {
            let rule = reach.entry(found.rule.id).or_default();
            rule.documents.insert(name.clone());
            *rule.by_severity.entry(found.severity).or_default() += 1;
        }
    }
    let mut table = String::new();
    for (kind, count) in &kinds {
        writeln!(table, "{count:5} {}", kind.trim_end()).unwrap();
    }
    writeln!(table, "\n files errors warnings notes  rule").unwrap();
    for (rule, Reach { documents, by_severity }) in &reach {
        let of = |severity| by_severity.get(&severity).copied().unwrap_or(0);
        let (errors, warnings, notes) = (of(Severity::Error), of(Severity::Warning), of(Severity::Note));
        writeln!(table, "{:6} {errors:6} {warnings:8} {notes:5}  {rule}", documents.len()).unwrap();
    }
    insta::assert_snapshot!(table);
}
