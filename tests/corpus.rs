//! Real documents: none causes a failure, and `docs/rules-on-real-cards.md` counts the findings of each rule in them, with
//! the judgements of samples from `docs/rules-on-real-cards.tsv`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use cardlint::diagnostic::Severity;
use cardlint::lint::{Checked, Input, Settings, lint};
use cardlint::rules::ALL;
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

/// How samples of the findings of a rule were judged by hand: a line of `docs/rules-on-real-cards.tsv`.
#[derive(Default)]
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
        assert!(ALL.iter().any(|known| known.meta.id == rule), "no rule is called {rule}");
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

/// The table between these lines is written by `tests/sdks/judge.py`.
const SDKS: [&str; 2] = ["<!-- sdks: begin -->\n", "<!-- sdks: end -->\n"];

/// The part of the page that the script has written.
fn sdks() -> String {
    let page =
        fs::read_to_string(docs().join("rules-on-real-cards.md")).unwrap_or_default().replace("\r\n", "\n");
    let written = page.split_once(SDKS[0]).and_then(|(_, rest)| rest.split_once(SDKS[1]));
    written.map(|(written, _)| written.to_owned()).unwrap_or_default()
}

fn page(kinds: &BTreeMap<String, usize>, reach: &BTreeMap<&str, Reach>) -> String {
    let judged = judged();
    let mut page = String::from(
        "# The rules on real cards\n\n\
         Findings of the default rules in agent cards and Graph objects from public repositories, from the pages of the \
         specifications and from the output of SDKs. For each rule, up to five findings in different files were drawn at random \
         and judged by hand: right, wrong, or debatable. A test keeps the counts up to date, so that the effect of a change to a \
         rule can be reviewed.\n\n\
         ## Documents\n\n| kind and version | documents |\n|---|---|\n",
    );
    for (kind, count) in kinds {
        writeln!(page, "| {} | {count} |", kind.trim_end()).unwrap();
    }
    let is_sampled = |rule: &str, reach: &Reach| {
        let of = judged.get(rule).map_or(0, |judged| judged.right + judged.wrong + judged.debatable);
        of >= reach.documents.len().min(5)
    };
    let (sampled, waiting): (Vec<_>, Vec<_>) =
        reach.iter().partition(|(rule, reach)| is_sampled(rule, reach));
    page.push_str("\n## Rules\n\n");
    for (head, rules) in [("", sampled), ("\nFewer than five of their files have been judged:\n\n", waiting)]
    {
        if rules.is_empty() {
            continue;
        }
        page.push_str(head);
        page.push_str(
            "| rule | files | errors | warnings | notes | judged right | wrong | debatable | remark |\n\
             |---|---|---|---|---|---|---|---|---|\n",
        );
        for (rule, Reach { documents, by_severity }) in rules {
            let of = |severity| by_severity.get(&severity).copied().unwrap_or(0);
            let (errors, warnings, notes) = (of(Severity::Error), of(Severity::Warning), of(Severity::Note));
            let unjudged = Judged::default();
            let Judged { right, wrong, debatable, remark } = judged.get(*rule).unwrap_or(&unjudged);
            let files = documents.len();
            writeln!(
                page,
                "| [{rule}](rules/{rule}.md) | {files} | {errors} | {warnings} | {notes} | {right} | {wrong} | {debatable} | {remark} |"
            )
            .unwrap();
        }
    }
    let [begin, end] = SDKS;
    writeln!(page, "\n{begin}{}{}", sdks(), end.trim_end()).unwrap();
    page
}
