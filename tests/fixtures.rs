//! The documents of `fixtures/`: clean ones are clean, faulty ones draw what stands beside them, and no bytes choke anything.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use cardlint::diagnostic::Severity;
use cardlint::lint::{Checked, Input, Settings, lint};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use support::{files_below, fixtures};

/// A row of `index.tsv`.
struct Row {
    path: String,
    options: String,
    counts: (usize, usize),
}

fn rows() -> Vec<Row> {
    let text = fs::read_to_string(fixtures().join("index.tsv")).unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        Row {
            path: cells[0].to_owned(),
            options: cells[4].to_owned(),
            counts: (cells[5].parse().unwrap(), cells[6].parse().unwrap()),
        }
    };
    text.lines().skip(1).map(row).collect()
}

fn settings(options: &str) -> Settings {
    let mut settings = Settings::default();
    let words: Vec<&str> = options.split_whitespace().collect();
    for pair in words.chunks(2) {
        match pair {
            ["--kind", kind] => settings.forced.kind = Some(kind.parse().unwrap()),
            ["--mode", mode] => settings.forced.mode = Some(mode.parse().unwrap()),
            ["--a2a-version", version] => settings.forced.version = Some(version.parse().unwrap()),
            ["-"] => {}
            other => panic!("fixtures/index.tsv: unknown options {other:?}"),
        }
    }
    settings
}

fn check(path: &Path, settings: &Settings) -> Checked {
    // Some rules look at where a file stands.
    let name = path.strip_prefix(fixtures()).unwrap().to_string_lossy().replace('\\', "/");
    lint(Input::named(&name), fs::read(path).unwrap(), settings)
}

fn serious(checked: &Checked) -> Vec<String> {
    let found = checked.diagnostics.iter().filter(|found| found.severity > Severity::Note);
    found
        .map(|found| format!("{} {:?} {}: {}", found.severity, found.pointer, found.rule.id, found.message))
        .collect()
}

#[test]
fn the_index_says_how_many_errors_and_warnings_each_document_has() {
    let mut failures = String::new();
    for row in rows().iter().filter(|row| !row.path.ends_with(".jsonl")) {
        let checked = check(&fixtures().join(&row.path), &settings(&row.options));
        let of = |severity| checked.diagnostics.iter().filter(|found| found.severity == severity).count();
        let counts = (of(Severity::Error), of(Severity::Warning));
        if counts != row.counts {
            let found = serious(&checked).join("\n  ");
            writeln!(failures, "{}: {counts:?}, not {:?}\n  {found}", row.path, row.counts).unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

/// `severity pointer` of each line, with how often it is expected.
fn expected(text: &str) -> BTreeMap<(String, String), usize> {
    let mut expected = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        let mut words = line.splitn(3, ' ');
        let (severity, pointer) = (words.next().unwrap(), words.next().unwrap());
        *expected.entry((severity.to_owned(), pointer.replace("\"\"", ""))).or_default() += 1;
    }
    expected
}

#[test]
fn expected_findings_are_found_and_nothing_else() {
    let options: BTreeMap<String, String> = rows().into_iter().map(|row| (row.path, row.options)).collect();
    let mut failures = String::new();
    for file in files_below(&fixtures())
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "expected"))
    {
        let document = file.with_extension("json");
        let name = document.strip_prefix(fixtures()).unwrap().to_string_lossy().replace('\\', "/");
        if !document.is_file() {
            continue;
        }
        let checked = check(&document, &settings(options.get(&name).map_or("-", String::as_str)));
        let wanted = expected(&fs::read_to_string(file).unwrap());
        let mut found: BTreeMap<(String, String), usize> = BTreeMap::new();
        for diagnostic in &checked.diagnostics {
            *found.entry((diagnostic.severity.name().to_owned(), diagnostic.pointer.clone())).or_default() +=
                1;
        }
        let missed = wanted.iter().filter(|(key, count)| found.get(key).copied().unwrap_or(0) < **count);
        let missed: Vec<String> =
            missed.map(|((severity, pointer), _)| format!("missed {severity} {pointer:?}")).collect();
        let extra =
            checked.diagnostics.iter().filter(|found| found.severity > Severity::Note).filter(|diagnostic| {
                let key = (diagnostic.severity.name().to_owned(), diagnostic.pointer.clone());
                found[&key] > wanted.get(&key).copied().unwrap_or(0)
            });
        let extra: Vec<String> = extra
            .map(|found| {
                format!("extra {} {:?} {}: {}", found.severity, found.pointer, found.rule.id, found.message)
            })
            .collect();
        if !missed.is_empty() || !extra.is_empty() {
            writeln!(
                failures,
                "{name}\n  {}",
                missed.into_iter().chain(extra).collect::<Vec<_>>().join("\n  ")
            )
            .unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn nothing_chokes_on_broken_bytes() {
    for file in files_below(&fixtures()) {
        let checked = check(&file, &Settings::default());
        for found in &checked.diagnostics {
            assert!(checked.text.get(found.span.range()).is_some(), "{}: {found:?}", file.display());
        }
    }
}

#[test]
fn every_fixture_is_in_the_index_or_in_a_folder_that_is_tested_as_a_whole() {
    let indexed: Vec<PathBuf> = rows().iter().map(|row| fixtures().join(&row.path)).collect();
    for file in files_below(&fixtures()) {
        let name = file.strip_prefix(fixtures()).unwrap().to_string_lossy().replace('\\', "/");
        let folder = name.split('/').next().unwrap();
        let listed =
            !["cards", "registry", "seeds", "findings"].contains(&folder) || name.ends_with(".expected");
        assert!(listed || indexed.contains(&file), "{name} is not in fixtures/index.tsv");
    }
}
