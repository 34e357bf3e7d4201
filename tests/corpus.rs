//! Real documents: none chokes anything, and what each rule reports is counted in `docs/rules-on-real-cards.md`, beside how
//! samples of it were judged in `docs/rules-on-real-cards.tsv`, so that a change to a rule shows its reach.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use cardlint::diagnostic::Severity;
use cardlint::lint::{Checked, Input, Settings, lint};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use support::{files_below, rewrite, shared};

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
    let page = page(&kinds, &reach);
    let outdated = rewrite(&docs().join("rules-on-real-cards.md"), &page);
    assert!(
        !outdated,
        "docs/rules-on-real-cards.md was out of date and has been written anew: read what changed"
    );
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

/// How samples of what a rule reported were judged by hand: a line of `docs/rules-on-real-cards.tsv`.
struct Judged {
    right: usize,
    wrong: usize,
    debatable: usize,
    remark: String,
}

fn judged() -> BTreeMap<String, Judged> {
    let table = fs::read_to_string(docs().join("rules-on-real-cards.tsv")).unwrap();
    let row = |line: &str| {
        let [rule, right, wrong, debatable, remark] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("not five columns: {line}")
        };
        let number = |text: &str| text.parse().unwrap();
        let judged = Judged {
            right: number(right),
            wrong: number(wrong),
            debatable: number(debatable),
            remark: remark.to_owned(),
        };
        (rule.to_owned(), judged)
    };
    table.lines().skip(1).map(row).collect()
}

fn page(kinds: &BTreeMap<String, usize>, reach: &BTreeMap<&str, Reach>) -> String {
    let judged = judged();
    let without: Vec<_> = reach.keys().filter(|rule| !judged.contains_key(**rule)).collect();
    assert!(without.is_empty(), "nobody has judged what these rules report: {without:?}");
    let silent: Vec<_> = judged.keys().filter(|rule| !reach.contains_key(rule.as_str())).collect();
    assert!(silent.is_empty(), "these rules no longer report anything: {silent:?}");
    let mut page = String::from(
        "# The rules on real cards\n\n\
         What the default rules report over agent cards and Graph objects from public repositories, from the pages of the \
         specifications and from what SDKs print. Of each rule, up to five findings in different files were drawn at random \
         and judged by hand: right, wrong, or debatable. A test counts anew, so that a change to a rule shows its reach.\n\n\
         ## Documents\n\n| kind and version | documents |\n|---|---|\n",
    );
    for (kind, count) in kinds {
        writeln!(page, "| {} | {count} |", kind.trim_end()).unwrap();
    }
    page.push_str(
        "\n## Rules\n\n\
         | rule | files | errors | warnings | notes | judged right | wrong | debatable | remark |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    );
    for (rule, Reach { documents, by_severity }) in reach {
        let of = |severity| by_severity.get(&severity).copied().unwrap_or(0);
        let (errors, warnings, notes) = (of(Severity::Error), of(Severity::Warning), of(Severity::Note));
        let Judged { right, wrong, debatable, remark } = &judged[*rule];
        let files = documents.len();
        assert!(right + wrong + debatable >= files.min(5), "{rule}: fewer than five of {files} files judged");
        writeln!(
            page,
            "| [{rule}](rules/{rule}.md) | {files} | {errors} | {warnings} | {notes} | {right} | {wrong} | {debatable} | {remark} |"
        )
        .unwrap();
    }
    page
}
