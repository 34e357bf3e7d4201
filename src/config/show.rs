//! The settings that hold for a path, for people: what each is and where it was written.

use super::resolve::Said;
use super::{Config, Place, Stack};
use crate::rules;
use crate::words::visible;
use std::fmt::Write;

/// Shows the settings in `stack` for the file called `path`. They came from `config`, or `why` there is none, as it is in the
/// working tree or at a `revision`.
pub fn show(path: &str, config: Option<&Config>, why: &str, revision: Option<&str>, stack: &Stack) -> String {
    let mut out = format!("settings for {}\n", visible(path));
    match config {
        Some(config) => row(&mut out, "configuration", &visible(&config.name), ""),
        None => row(&mut out, "configuration", "none", why),
    }
    if let Some(revision) = revision {
        row(&mut out, "config-from", &visible(revision), "command line");
    }
    let from = |place: &Place| origin(config, place);
    let default = || "default".to_owned();
    let (fail_on, place) = match &stack.fail_on {
        Some((fail_on, place)) => (fail_on.name(), from(place)),
        None => (stack.fail_on().name(), default()),
    };
    row(&mut out, "fail-on", fail_on, &place);
    let detected = |said: Option<(&'static str, Place)>| match said {
        Some((name, place)) => (name, from(&place)),
        None => ("detected", default()),
    };
    for (name, said) in [
        ("kind", named(&stack.kind, |kind| kind.name())),
        ("a2a-version", named(&stack.version, |version| version.name())),
        ("mode", named(&stack.mode, |mode| mode.name())),
    ] {
        let (value, place) = detected(said);
        row(&mut out, name, value, &place);
    }
    for glob in config.iter().flat_map(|config| &config.file.exclude) {
        row(&mut out, "exclude", &visible(&glob.value), &from(&Place::File(glob.span)));
    }
    section(&mut out, "rules that differ from the defaults", &rules_of(stack, &from));
    section(&mut out, "allowed findings", &config.map(|config| allowed(config, stack)).unwrap_or_default());
    out
}

fn named<T: Copy>(said: &Said<T>, name: fn(T) -> &'static str) -> Option<(&'static str, Place)> {
    said.map(|(value, place)| (name(value), place))
}

fn row(out: &mut String, name: &str, value: &str, place: &str) {
    let line = format!("  {name:<13}  {value:<13}  {place}");
    let _ = writeln!(out, "{}", line.trim_end());
}

fn section(out: &mut String, title: &str, rows: &[(String, String, String)]) {
    if rows.is_empty() {
        let _ = writeln!(out, "{title}: none");
        return;
    }
    let widest = |column: fn(&(String, String, String)) -> &String| {
        rows.iter().map(|row| column(row).chars().count()).max().unwrap_or(0)
    };
    let (first, second) = (widest(|row| &row.0), widest(|row| &row.1));
    let _ = writeln!(out, "{title}:");
    for (name, value, place) in rows {
        let _ = writeln!(out, "  {name:<first$}  {value:<second$}  {place}");
    }
}

/// The rules that are switched from their default, or have another severity.
fn rules_of(stack: &Stack, from: &dyn Fn(&Place) -> String) -> Vec<(String, String, String)> {
    let mut rows = Vec::new();
    for rule in rules::ALL {
        let meta = &rule.meta;
        let (is_on, place) = stack.is_on(meta);
        if let Some(place) = place.filter(|_| is_on != meta.group.on_by_default()) {
            rows.push((meta.id.to_owned(), if is_on { "on" } else { "off" }.to_owned(), from(&place)));
        }
        if let Some((severity, place)) = stack.severities.get(meta).filter(|_| is_on) {
            rows.push((meta.id.to_owned(), severity.name().to_owned(), from(place)));
        }
    }
    rows
}

fn allowed(config: &Config, stack: &Stack) -> Vec<(String, String, String)> {
    let entries = stack.allowances().filter_map(|index| config.file.allow.get(index));
    let row = |entry: &super::Allow| {
        let place = entry.pointer.as_ref().map_or_else(
            || "anywhere".to_owned(),
            |pointer| match pointer.as_str() {
                "" => "at the root".to_owned(),
                pointer => format!("at {}", visible(pointer)),
            },
        );
        let until = entry.expires.as_ref().map(|date| format!(", up to {}", date.value)).unwrap_or_default();
        (entry.rule.to_owned(), format!("{place}{until}"), origin(Some(config), &Place::File(entry.span)))
    };
    entries.map(row).collect()
}

fn origin(config: Option<&Config>, place: &Place) -> String {
    match (place, config) {
        (Place::File(span), Some(config)) => format!("{}:{}", visible(&config.name), config.line(*span)),
        _ => "command line".to_owned(),
    }
}
