//! `cardlint.toml` and baselines: faults stand at places of the file, and what has none can be used.

use crate::check::places_are_in_the_text;
use cardlint::baseline::Baseline;
use cardlint::config::{Config, Date, Overrides, Stack, Usage, show};
use cardlint::lint::{Input, lint};
use cardlint::words::is_hidden;
use std::path::Path;

/// A card with a few findings, for allowances to take out.
const CARD: &str =
    r#"{"name": "Tides", "url": "http://tides.example/a2a", "skills": [{"id": "t"}, {"id": "t"}], "x": 1}"#;

const PATHS: [&str; 5] =
    ["agent-card.json", "a/b/.well-known/agent-card.json", "../x.json", "a\u{e9}*[].json", ""];

/// Reads `bytes` as a configuration file, and as a baseline.
pub fn config(bytes: &[u8]) {
    baseline(bytes);
    let read = || Config::read("cardlint.toml".to_owned(), Path::new("/project"), bytes.to_vec());
    let config = read();
    let told = |config: &Config| -> Vec<_> {
        config.faults.iter().map(|found| (found.span, found.pointer.clone(), found.message.clone())).collect()
    };
    assert_eq!(told(&config), told(&read()));
    for found in &config.faults {
        places_are_in_the_text(&config.text, found);
        assert!(config.line(found.span) >= 1);
    }
    assert!(config.faults.is_sorted_by_key(|found| found.span));
    if config.faults.is_empty() {
        use_it(&config);
    }
}

fn use_it(config: &Config) {
    let (today, overrides) = (Date::parse("2026-11-22").unwrap(), Overrides::default());
    for path in PATHS {
        let matches = config.matches(path);
        let stack = Stack::new(Some(config), &matches, &overrides);
        let checked = lint(Input::named(path), CARD.as_bytes().to_vec(), &stack.settings_on(today));
        assert!(checked.used.iter().all(|entry| matches.allow.contains(entry)));
        let shown = show(path, Some(config), "", None, &stack);
        assert!(!shown.chars().any(|char| is_hidden(char) && char != '\n'), "{shown:?}");
        config.exclude.covers(&Path::new("/project").join(path), false);
    }
    for usage in [Usage::Unknown, Usage::Unused, Usage::Orphaned] {
        let usage = vec![usage; config.file.allow.len()];
        config
            .remarks(&usage, &overrides, today)
            .iter()
            .for_each(|found| places_are_in_the_text(&config.text, found));
    }
}

/// What is read as a baseline is written so that it reads as the same.
fn baseline(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(baseline) = Baseline::read(text) {
        let written = baseline.write().unwrap();
        assert_eq!(Baseline::read(&written).unwrap(), baseline, "{written}");
    }
}
