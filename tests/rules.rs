//! Every example of every rule: the marks below a line are the spans, severities and messages that the rule reports.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use cardlint::config::{self, Config, Date, Overrides, Stack, Usage};
use cardlint::diagnostic::{Diagnostic, Edit, Example, Expect, Fixing, Safety, Severity};
use cardlint::edit;
use cardlint::kind::Forced;
use cardlint::lint::{Checked, Input, Selection, Settings, lint};
use cardlint::migrate;
use cardlint::rule::{Check, Rule};
use cardlint::rules;
use cardlint::run::Files;
use cardlint::syntax::parse;
use cardlint::text::{Columns, Origin, Source};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;
use std::path::Path;

/// A document without its marks.
fn without_marks(example: &str) -> String {
    let example = example.strip_prefix('\n').unwrap_or(example);
    example.split_inclusive('\n').filter(|line| mark(line).is_none()).collect()
}

/// The carets (or the bar of an empty span) of a mark line, and what follows them.
fn mark(line: &str) -> Option<(usize, usize, &str)> {
    let text = line.trim_end_matches('\n');
    let marks = text.trim_start_matches(' ');
    let start = text.len() - marks.len();
    let rest = marks.trim_start_matches('^');
    let (width, rest) = match rest.strip_prefix('|') {
        Some(rest) if rest.len() + 1 == marks.len() => (0, rest),
        _ => (marks.len() - rest.len(), rest),
    };
    let known =
        ["error: ", "warning: ", "note: "].iter().any(|severity| rest.trim_start().starts_with(severity));
    (known && marks.starts_with(['^', '|'])).then(|| (start, width, rest.trim_start()))
}

/// The document with the marks that `diagnostics` deserve, to compare with the example.
fn with_marks(text: &str, diagnostics: &[&Diagnostic]) -> String {
    let source = Source::new(text, Origin::default());
    let mut marked = String::new();
    for (index, line) in text.split_inclusive('\n').enumerate() {
        marked.push_str(line);
        let mut here: Vec<_> =
            diagnostics.iter().filter(|found| source.line_of(found.span.start) == index).collect();
        here.sort_by_key(|found| found.span);
        for found in here {
            if !marked.ends_with('\n') {
                marked.push('\n');
            }
            let start = source.position(found.span.start, Columns::Chars).column as usize;
            let cut = found.span.end.min(source.line_span(index).end.max(found.span.start));
            let end = source.position(cut, Columns::Chars).column as usize;
            let carets = if end == start { "|".to_owned() } else { "^".repeat(end - start) };
            writeln!(marked, "{}{carets} {}: {}", " ".repeat(start), found.severity, found.message).unwrap();
        }
    }
    marked
}

/// The card that examples of cardlint.toml speak of.
const CARD: &str = r#"{ "name": "Tides", "url": "https://tides.example/a2a", "skills": [{ "id": "t", "name": "t", "description": "t" }] }"#;

/// What is said about a configuration file beside that card.
fn check_configuration(rule: &Rule, text: &str) -> Checked {
    let config = Config::read("cardlint.toml".to_owned(), Path::new(""), text.as_bytes().to_vec());
    let (today, overrides) = (Date::parse("2026-01-01").unwrap(), Overrides::default());
    let settings =
        Stack::new(Some(&config), &config.matches("agent-card.json"), &overrides).settings_on(today);
    let used = lint(Input::named("agent-card.json"), CARD.as_bytes().to_vec(), &settings).used;
    let usage = |(index, entry): (usize, &config::Allow)| {
        let is_for_card =
            entry.files.is_empty() || entry.files.iter().any(|glob| glob.value.matches("agent-card.json"));
        match is_for_card {
            _ if used.contains(&index) => Usage::Unknown,
            true => Usage::Unused,
            false => Usage::Orphaned,
        }
    };
    let usage: Vec<_> = config.file.allow.iter().enumerate().map(usage).collect();
    let mut diagnostics = config.remarks(&usage, &overrides, today);
    diagnostics.extend(config.faults);
    diagnostics.retain(|found| found.rule.id == rule.meta.id);
    Checked { text: text.to_owned(), diagnostics, ..Checked::default() }
}

/// What is said about the migration of a card.
fn check_migration(rule: &Rule, example: &Example, text: &str) -> Checked {
    let setup = example.setup;
    let (to, words) = setup.to.split_once(' ').unwrap_or((setup.to, ""));
    let mut options = migrate::Options::new(to.parse().unwrap());
    options.forced = Forced { kind: setup.kind, version: setup.version, mode: setup.mode };
    let words: Vec<&str> = words.split_whitespace().collect();
    for pair in words.chunks(2) {
        match pair {
            ["--server-speaks", versions] => {
                options.server_speaks = versions.split(',').map(str::to_owned).collect();
            }
            ["--flows", "first"] => options.flows = Some(migrate::Flows::First),
            other => panic!("{other:?}"),
        }
    }
    let mut migrated = migrate::migrate(Input::named(setup.path), text.as_bytes().to_vec(), &options);
    migrated.checked.diagnostics.retain(|found| found.rule.id == rule.meta.id);
    migrated.checked
}

fn check(rule: &Rule, example: &Example, text: &str) -> Checked {
    if matches!(rule.check, Check::Configuration(_)) {
        return check_configuration(rule, text);
    }
    if matches!(rule.check, Check::Migration(_)) {
        return check_migration(rule, example, text);
    }
    let mut selection = Selection::default();
    selection.switch("all", false).unwrap();
    selection.switch(rule.meta.id, true).unwrap();
    let setup = example.setup;
    let forced = Forced { kind: setup.kind, version: setup.version, mode: setup.mode };
    let settings = Settings { selection, forced, ..Settings::default() };
    let lint = |path, text: &str| lint(Input::named(path), text.as_bytes().to_vec(), &settings);
    let mut checked = lint(setup.path, text);
    if let Some((path, text)) = setup.before {
        let mut files = Files::default();
        files.meet(path, &mut lint(path, text), &settings);
        files.meet(setup.path, &mut checked, &settings);
    }
    checked
}

/// The text after the first fixes of the findings, as far as none is in the way of another.
fn apply(text: &str, diagnostics: &[Diagnostic]) -> String {
    let mut edits: Vec<&Edit> = Vec::new();
    let meet = |one: &Edit, other: &Edit| {
        let (one, other) = (one.span, other.span);
        one.start <= other.end
            && other.start <= one.end
            && (one.end != other.start || one.is_empty() || other.is_empty())
    };
    for fix in diagnostics.iter().filter_map(|found| found.fixes.first()) {
        if !fix.edits.iter().any(|own| edits.iter().any(|other| meet(own, other) || meet(other, own))) {
            edits.extend(&fix.edits);
        }
    }
    edits.sort_by_key(|edit| edit.span);
    String::from_utf8(edit::apply(text.as_bytes(), edits).unwrap()).unwrap()
}

/// What all fixes of the rule make of the text, and what the rule finds then.
fn mend(rule: &Rule, example: &Example, text: &str) -> (String, Checked) {
    let (mut text, mut checked) = (text.to_owned(), check(rule, example, text));
    for _ in 0..10 {
        let fixed = apply(&text, &checked.diagnostics);
        if fixed == text {
            break;
        }
        checked = check(rule, example, &fixed);
        text = fixed;
    }
    (text, checked)
}

#[test]
fn examples_draw_what_their_marks_say() {
    let mut failures = String::new();
    for rule in rules::ALL {
        for (number, example) in rule.meta.examples.iter().enumerate() {
            let text = without_marks(example.text);
            let checked = check(rule, example, &text);
            let expected = match example.expect {
                Expect::Good => text.clone(),
                Expect::Bad | Expect::Fixed(_) => {
                    example.text.strip_prefix('\n').unwrap_or(example.text).to_owned()
                }
            };
            let found: Vec<&Diagnostic> = checked.diagnostics.iter().collect();
            let actual = with_marks(&text, &found);
            if actual.trim_end() != expected.trim_end() {
                writeln!(
                    failures,
                    "\n{} example {number}\n--- expected\n{expected}\n--- found\n{actual}",
                    rule.meta.id
                )
                .unwrap();
            }
            if let Expect::Fixed(after) = example.expect {
                let after = after.strip_prefix('\n').unwrap_or(after);
                let (fixed, again) = mend(rule, example, &text);
                if fixed.trim_end() != after.trim_end() || !again.diagnostics.is_empty() {
                    let left = with_marks(&fixed, &again.diagnostics.iter().collect::<Vec<_>>());
                    writeln!(
                        failures,
                        "\n{} example {number}: fix\n--- expected\n{after}\n--- got\n{left}",
                        rule.meta.id
                    )
                    .unwrap();
                }
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn every_rule_has_a_bad_and_a_good_example_and_one_for_each_severity() {
    for rule in rules::ALL {
        let meta = &rule.meta;
        let examples = || meta.examples.iter();
        assert!(
            examples().any(|example| !matches!(example.expect, Expect::Good)),
            "{}: no bad example",
            meta.id
        );
        assert!(
            examples().any(|example| matches!(example.expect, Expect::Good)),
            "{}: no good example",
            meta.id
        );
        let mut given: Vec<Severity> = Vec::new();
        let mut offers_fix = false;
        for example in examples() {
            let text = without_marks(example.text);
            for found in check(rule, example, &text).diagnostics {
                given.push(found.severity);
                offers_fix |= !found.fixes.is_empty();
            }
        }
        assert!(given.contains(&meta.severity), "{}: no example of its severity {}", meta.id, meta.severity);
        assert!(
            given.iter().all(|severity| *severity <= meta.severity),
            "{}: a severity above its own",
            meta.id
        );
        let shows_fix = examples().any(|example| matches!(example.expect, Expect::Fixed(_)));
        let may_fix = !matches!(meta.fixing, Fixing::Never(_));
        assert_eq!(offers_fix, may_fix, "{}: what it says of its fixes and what it does differ", meta.id);
        assert_eq!(shows_fix, may_fix, "{}: what it says of its fixes and what it shows differ", meta.id);
    }
}

#[test]
fn a_rule_that_always_has_a_fix_has_one_for_each_finding() {
    for rule in rules::ALL.iter().filter(|rule| matches!(rule.meta.fixing, Fixing::Always(_))) {
        for example in rule.meta.examples {
            let text = without_marks(example.text);
            for found in check(rule, example, &text).diagnostics {
                assert!(!found.fixes.is_empty(), "{}: {}\n{text}", rule.meta.id, found.message);
            }
        }
    }
}

/// The help of each finding in the examples, the other places that it names, and its fixes: which of them are safe is for a
/// reader to judge.
#[test]
fn examples_are_helped_and_fixed_as_they_were() {
    let mut told = String::new();
    for rule in rules::ALL {
        let mut said = HashSet::new();
        writeln!(told, "{}", rule.meta.id).unwrap();
        for example in rule.meta.examples {
            for found in check(rule, example, &without_marks(example.text)).diagnostics {
                let mut lines = format!("  {}\n", found.help);
                found.related.iter().for_each(|other| writeln!(lines, "    see: {}", other.message).unwrap());
                found.fixes.iter().for_each(|fix| {
                    let safety = if fix.safety == Safety::Safe { "safe" } else { "unsafe" };
                    writeln!(lines, "    {safety}: {}", fix.title).unwrap();
                });
                if said.insert(lines.clone()) {
                    told.push_str(&lines);
                }
            }
        }
    }
    insta::assert_snapshot!("help_and_fixes", told);
}

#[test]
fn what_is_said_of_fixes_is_said_of_one_rule_alone() {
    let mut said = HashSet::new();
    for rule in rules::ALL {
        let about = rule.meta.fixing.about();
        assert!(about.ends_with('.') && !about.starts_with(char::is_lowercase), "{}: {about}", rule.meta.id);
        assert!(said.insert(about), "{}: {about}", rule.meta.id);
    }
}

/// Everything that any rule finds in the text.
fn check_all(example: &Example, text: &str) -> Checked {
    let setup = example.setup;
    let forced = Forced { kind: setup.kind, version: setup.version, mode: setup.mode };
    let settings = Settings { forced, ..Settings::default() };
    lint(Input::named(setup.path), text.as_bytes().to_vec(), &settings)
}

/// How many faults of the syntax the text has, and how many errors of each rule.
fn errors(found: &[Diagnostic], text: &str) -> (usize, BTreeMap<&'static str, usize>) {
    let mut counts = BTreeMap::new();
    for found in found.iter().filter(|found| found.severity == Severity::Error) {
        *counts.entry(found.rule.id).or_default() += 1;
    }
    (parse(text.as_bytes()).faults().len(), counts)
}

#[test]
fn no_fix_adds_an_error() {
    let mut failures = String::new();
    for rule in rules::ALL.iter().filter(|rule| !matches!(rule.check, Check::Configuration(_))) {
        for example in rule.meta.examples {
            let text = without_marks(example.text);
            let found = check_all(example, &text).diagnostics;
            let (faults, before) = errors(&found, &text);
            for mended in found.iter().filter(|found| !found.fixes.is_empty()) {
                let fixed = apply(&text, std::slice::from_ref(mended));
                let left = check_all(example, &fixed).diagnostics;
                let (faults_left, after) = errors(&left, &fixed);
                let grown =
                    after.iter().find(|(rule, count)| **count > before.get(*rule).copied().unwrap_or(0));
                // A fault hides what is wrong near it.
                if faults_left > faults || (faults_left == faults && grown.is_some()) || fixed == text {
                    let id = mended.rule.id;
                    writeln!(failures, "\n{id}: {}\nadds {grown:?}\n{text}---\n{fixed}", mended.message)
                        .unwrap();
                }
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}
