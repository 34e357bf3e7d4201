//! The page of a rule, and the index of the pages.

use crate::diagnostic::{Example, Expect, Meta};
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
    page.push_str("\n## Examples\n");
    meta.examples.iter().for_each(|example| push_example(&mut page, example));
    let _ = write!(page, "\n## Sources\n\n");
    for source in meta.sources {
        let _ = writeln!(page, "- {source}");
    }
    page.push_str(&switch(meta));
    page
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn push_example(page: &mut String, example: &Example) {
    let (title, language) = match example.expect {
        Expect::Bad | Expect::Fixed(_) => ("Reported", "text"),
        Expect::Good => ("Not reported", "json"),
    };
    let _ = write!(page, "\n{title}:\n\n{}", fenced(language, example.text));
    if let Expect::Fixed(after) = example.expect {
        let _ = write!(page, "\nAfter the fix:\n\n{}", fenced("json", after));
    }
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
    let mut index = "# Rules\n".to_owned();
    for group in crate::diagnostic::Group::ALL {
        let mut of_group = rules.clone().filter(|meta| meta.group == group).peekable();
        if of_group.peek().is_none() {
            continue;
        }
        let default = if group.on_by_default() { "" } else { " (off by default)" };
        let _ =
            write!(index, "\n## {group}{default}\n\n| rule | severity | reported when |\n|---|---|---|\n");
        for meta in of_group {
            let summary = meta.summary.replace('|', "\\|");
            let _ = writeln!(index, "| [{0}]({0}.md) | {1} | {summary} |", meta.id, meta.severity);
        }
    }
    index
}
