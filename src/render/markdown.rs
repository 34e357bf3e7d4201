//! The page of a rule, and the index of the pages.

use crate::diagnostic::{Example, Expect, Fixing, Meta, Setup};
use crate::statements;
use std::fmt::Write;

/// The page of a rule.
pub fn page(meta: &Meta) -> String {
    let mut page = format!("# {}\n\nReported when {}.\n", meta.id, meta.summary);
    let default = if meta.group.on_by_default() { "on" } else { "off" };
    // Writing to a string does not fail.
    let _ = write!(
        page,
        "\n- Severity: {}\n- Group: `{}`, {default} by default\n- Looks at: {}\n",
        meta.severity, meta.group, meta.applies_to
    );
    if !meta.aliases.is_empty() {
        let _ = writeln!(page, "- Called before: {}", quoted(meta.aliases));
    }
    let _ = write!(page, "\n## Why\n\n{}\n", meta.why);
    let _ = write!(page, "\n## Fix\n\n{} {}\n", offered(meta.fixing), meta.fixing.about());
    page.push_str("\n## Examples\n");
    push_examples(&mut page, meta.examples);
    let _ = write!(page, "\n## Sources\n\n");
    for source in meta.sources() {
        let _ = match statements::find(source) {
            Some(said) => writeln!(page, "- [{source}](../coverage.md#{}): {}", said.anchor(), said.text),
            None => writeln!(page, "- {source}"),
        };
    }
    if meta.is_optional() {
        page.push_str(&switch(meta));
    }
    page
}

/// How often a fix is offered, as a sentence.
const fn offered(fixing: Fixing) -> &'static str {
    match fixing {
        Fixing::Always(_) => "Always.",
        Fixing::Sometimes(_) => "Sometimes.",
        Fixing::Never(_) => "Never.",
    }
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The most examples of a rule that are shown; the others are tests of finer points.
const SHOWN: (usize, usize) = (5, 3);

fn push_examples(page: &mut String, examples: &[Example]) {
    let is_good = |example: &&Example| matches!(example.expect, Expect::Good);
    for example in examples.iter().filter(|example| !is_good(example)).take(SHOWN.0) {
        let _ = write!(page, "\nReported{}:\n\n{}", place(example.setup), fenced("text", example.text));
        if let Expect::Fixed(after) = example.expect {
            let _ = write!(page, "\nAfter the fix:\n\n{}", fenced("json", after));
        }
    }
    for example in examples.iter().filter(is_good).take(SHOWN.1) {
        let language = if example.setup.path.ends_with(".toml") { "toml" } else { "json" };
        let _ = write!(page, "\nNot reported{}:\n\n{}", place(example.setup), fenced(language, example.text));
    }
}

/// Where an example is read, as far as it says so.
fn place(setup: Setup) -> String {
    let mut place = String::new();
    if let Some(kind) = setup.kind {
        let version = setup.version.map(|version| format!(" {}", version.name()));
        let mode = setup.mode.map(|mode| format!(" ({})", mode.name()));
        let article = if kind.is_graph() { "a" } else { "an" };
        let _ = write!(place, " in {article} {}", kind.title());
        version.into_iter().chain(mode).for_each(|more| place.push_str(&more));
    }
    if setup.path != Setup::DETECTED.path {
        let _ = write!(place, " at `{}`", setup.path);
    }
    if !setup.to.is_empty() {
        let _ = write!(place, ", migrated with `--to {}`", setup.to);
    }
    if let Some((path, text)) = setup.before {
        let _ = write!(place, ", after `{path}` with\n\n{}\nwas met", fenced("json", text));
    }
    place
}

fn fenced(language: &str, text: &str) -> String {
    let fence = if text.contains("```") { "````" } else { "```" };
    format!("{fence}{language}\n{}\n{fence}\n", text.trim_matches('\n'))
}

fn switch(meta: &Meta) -> String {
    let id = meta.id;
    if meta.group.on_by_default() {
        format!("\n## Switching it off\n\n`cardlint check --ignore {id}`\n")
    } else {
        format!("\n## Switching it on\n\n`cardlint check --select {id}`\n")
    }
}

/// The index of the pages, by group.
pub fn index<'m>(rules: impl Iterator<Item = &'m Meta> + Clone) -> String {
    let mut index =
        "# Rules\n\nWhat is reported, by group. `cardlint explain RULE` prints these pages.\n".to_owned();
    for group in crate::diagnostic::Group::ALL {
        let mut of_group = rules.clone().filter(|meta| meta.group == group).peekable();
        if of_group.peek().is_none() {
            continue;
        }
        let default = if group.on_by_default() { "" } else { " (off by default)" };
        let _ = write!(
            index,
            "\n## {group}{default}\n\n| rule | severity | fix | reported when |\n|---|---|---|---|\n"
        );
        for meta in of_group {
            let summary = meta.summary.replace('|', "\\|");
            let (severity, fix) = (meta.severity, meta.fixing.name());
            let _ = writeln!(index, "| [{0}]({0}.md) | {severity} | {fix} | {summary} |", meta.id);
        }
    }
    index
}
