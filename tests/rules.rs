//! Every example of every rule: the marks below a line are the spans, severities and messages that the rule reports.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use cardlint::config::{self, Config, Date, Overrides, Stack, Usage};
use cardlint::diagnostic::{Diagnostic, Edit, Example, Expect, Severity};
use cardlint::kind::Forced;
use cardlint::lint::{Checked, Input, Selection, Settings, lint};
use cardlint::migrate;
use cardlint::rule::{Check, Rule};
use cardlint::rules;
use cardlint::run::Files;
use cardlint::text::{Columns, Origin, Source};
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

fn apply(text: &str, diagnostics: &[Diagnostic]) -> String {
    let mut edits: Vec<&Edit> =
        diagnostics.iter().filter_map(|found| found.fixes.first()).flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| edit.span);
    let mut fixed = String::new();
    let mut done = 0;
    for edit in edits {
        assert!(edit.span.start as usize >= done, "edits overlap: {edit:?}");
        fixed.push_str(&text[done..edit.span.start as usize]);
        fixed.push_str(&edit.text);
        done = edit.span.end as usize;
    }
    fixed + &text[done..]
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
                let fixed = apply(&text, &checked.diagnostics);
                let again = check(rule, example, &fixed);
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
        assert_eq!(
            offers_fix, shows_fix,
            "{}: a fix is offered in an example but not shown, or the reverse",
            meta.id
        );
    }
}

#[test]
fn words_follow_the_house_style() {
    for rule in rules::ALL {
        let meta = &rule.meta;
        assert!(!meta.summary.ends_with('.') && starts_small(meta.summary), "{}: {}", meta.id, meta.summary);
        assert!(meta.why.ends_with('.'), "{}: {}", meta.id, meta.why);
        assert!(
            !meta.sources().is_empty() && !meta.applies_to.is_empty(),
            "{}: sources, applies_to",
            meta.id
        );
        for example in meta.examples {
            for found in check(rule, example, &without_marks(example.text)).diagnostics {
                assert!(
                    !found.message.ends_with('.') && starts_small(&found.message),
                    "{}: {}",
                    meta.id,
                    found.message
                );
                let help = &found.help;
                assert!(
                    !help.is_empty() && !help.ends_with('.') && starts_small(help),
                    "{}: help `{help}`",
                    meta.id
                );
            }
        }
    }
}

/// Messages start in lower case, with a value, or with a name that is written in capitals.
fn starts_small(text: &str) -> bool {
    let word = text.split([' ', ',']).next().unwrap_or_default();
    let capitals = word.chars().filter(|char| char.is_uppercase()).count();
    !text.starts_with(char::is_uppercase) || capitals > 1
}

#[test]
fn names_are_noun_phrases_of_the_fault() {
    let banned = ["no-", "use-", "avoid-", "prefer-", "require-", "disallow-", "check-", "invalid-"];
    for rule in rules::ALL {
        let id = rule.meta.id;
        assert!(
            id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte.is_ascii_digit()),
            "{id}"
        );
        assert!(!banned.iter().any(|prefix| id.starts_with(prefix)), "{id}");
        assert_eq!(rules::ALL.iter().filter(|other| other.meta.id == id).count(), 1, "{id} is not unique");
    }
}
