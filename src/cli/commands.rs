//! The commands that print what is built in.

use super::CLEAN;
use super::args::{Cli, ListFormat};
use super::error::ToolError;
use super::run::bare_look;
use crate::diagnostic::{Example, Expect, Meta};
use crate::lint::{closest, find_rule};
use crate::render::markdown;
use crate::render::page::on_terminal;
use crate::rules;
use crate::schema::{catalog, find};
use crate::statements;
use clap::CommandFactory;
use serde::Serialize;
use std::io::{IsTerminal, Write};

type Done = Result<u8, ToolError>;

/// Prints the page of a rule.
pub(super) fn explain(name: &str, format: ListFormat, out: &mut dyn Write) -> Done {
    let Some(rule) = find_rule(name) else {
        let hint = match closest(name) {
            Some(near) if find_rule(near).is_some() => format!("did you mean `{near}`?"),
            _ => "`cardlint rules` lists them".to_owned(),
        };
        return Err(ToolError::Usage(format!("there is no rule `{name}`; {hint}")));
    };
    match format {
        // Outside the repository, only whole addresses lead to the page of the statements.
        ListFormat::Human => {
            let page = markdown::page(&rule.meta).replace("](../", DOCS);
            let is_terminal = std::io::stdout().is_terminal();
            print(out, &if is_terminal { on_terminal(&page, &bare_look(false)) } else { page })
        }
        ListFormat::Json => print_json(out, &Explained::new(&rule.meta)),
    }
}

/// The start of a link to a page beside those of the rules.
const DOCS: &str = concat!("](", env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/");

/// All that is to be said of a rule.
#[derive(Serialize)]
struct Explained {
    #[serde(flatten)]
    listed: Listed,
    aliases: &'static [&'static str],
    why: &'static str,
    fixing: &'static str,
    examples: Vec<Shown>,
    sources: Vec<Source>,
}

/// An example of a rule, with the marks below what is reported.
#[derive(Serialize)]
struct Shown {
    reported: bool,
    path: &'static str,
    kind: Option<&'static str>,
    version: Option<&'static str>,
    mode: Option<&'static str>,
    text: &'static str,
    fixed: Option<&'static str>,
}

/// Something that a rule rests on.
#[derive(Serialize)]
struct Source {
    id: &'static str,
    statement: Option<&'static str>,
    found: Option<&'static str>,
}

impl Explained {
    fn new(meta: &'static Meta) -> Self {
        let source = |id| {
            let said = statements::find(id);
            Source { id, statement: said.map(|said| said.text), found: said.map(|said| said.source) }
        };
        Self {
            listed: Listed::new(meta),
            aliases: meta.aliases,
            why: meta.why,
            fixing: meta.fixing.about(),
            examples: meta.examples.iter().map(Shown::new).collect(),
            sources: meta.sources().into_iter().map(source).collect(),
        }
    }
}

impl Shown {
    fn new(example: &'static Example) -> Self {
        let setup = example.setup;
        let fixed = match example.expect {
            Expect::Fixed(after) => Some(after.trim_matches('\n')),
            Expect::Bad | Expect::Good => None,
        };
        Self {
            reported: !matches!(example.expect, Expect::Good),
            path: setup.path,
            kind: setup.kind.map(|kind| kind.name()),
            version: setup.version.map(|version| version.name()),
            mode: setup.mode.map(|mode| mode.name()),
            text: example.text.trim_matches('\n'),
            fixed,
        }
    }
}

/// A rule in the list.
#[derive(Serialize)]
struct Listed {
    rule: &'static str,
    group: &'static str,
    severity: &'static str,
    default: bool,
    versions: &'static str,
    summary: &'static str,
    fix: &'static str,
    url: String,
}

impl Listed {
    fn new(meta: &'static Meta) -> Self {
        Self {
            rule: meta.id,
            group: meta.group.name(),
            severity: meta.severity.name(),
            default: meta.group.on_by_default(),
            versions: meta.applies_to,
            summary: meta.summary,
            fix: meta.fixing.name(),
            url: meta.url(),
        }
    }
}

/// Prints the list of rules.
pub(super) fn rules(format: ListFormat, out: &mut dyn Write) -> Done {
    let rules = rules::ALL.iter().map(|rule| Listed::new(&rule.meta));
    match format {
        ListFormat::Human => print(out, &table(&rules.collect::<Vec<_>>())),
        ListFormat::Json => print_json(out, &rules.collect::<Vec<_>>()),
    }
}

fn table(rules: &[Listed]) -> String {
    let width = rules.iter().map(|rule| rule.rule.len()).max().unwrap_or(0).max("RULE".len());
    let row = |rule: &str, group: &str, severity: &str, default: &str, fix: &str, versions: &str| {
        format!("{rule:width$}  {group:11}  {severity:8}  {default:7}  {fix:9}  {versions}\n")
    };
    let mut table = row("RULE", "GROUP", "SEVERITY", "DEFAULT", "FIX", "VERSIONS");
    for rule in rules {
        let default = if rule.default { "on" } else { "off" };
        table.push_str(&row(rule.rule, rule.group, rule.severity, default, rule.fix, rule.versions));
    }
    table
}

/// The schemas that are in no catalogue of documents.
const OURS: [(&str, &str); 2] =
    [("config", crate::config::SCHEMA), ("report", include_str!("../../schemas/report.json"))];

/// Prints a schema, or the names of all.
pub(super) fn schema(name: Option<&str>, out: &mut dyn Write) -> Done {
    let Some(name) = name else {
        let names = catalog().iter().map(|schema| schema.name).chain(OURS.map(|(name, _)| name));
        return print(out, &names.map(|name| format!("{name}\n")).collect::<String>());
    };
    let ours = OURS.into_iter().find(|(own, _)| *own == name).map(|(_, text)| text);
    let text = ours.or_else(|| find(name).map(|schema| schema.text));
    match text {
        Some(text) => print(out, text),
        None => Err(ToolError::Usage(format!("there is no schema `{name}`; `cardlint schema` lists them"))),
    }
}

/// Prints a completion script.
pub(super) fn completions(shell: clap_complete::Shell, out: &mut dyn Write) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "cardlint", &mut script);
    out.write_all(&script)?;
    out.flush()?;
    Ok(CLEAN)
}

/// Prints the manual page, or that of a command.
pub(super) fn man(name: Option<&str>, out: &mut dyn Write) -> Done {
    let mut all = Cli::command().disable_help_subcommand(true);
    // Gives each command its full name, by which the pages refer to each other.
    all.build();
    let about = match name {
        None => all,
        Some(name) => match all.find_subcommand(name) {
            Some(command) => command.clone(),
            None => return Err(ToolError::Usage(format!("there is no command `{name}`"))),
        },
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(about).render(&mut page)?;
    out.write_all(&page)?;
    out.flush()?;
    Ok(CLEAN)
}

fn print_json(out: &mut dyn Write, value: &impl Serialize) -> Done {
    let text = serde_json::to_string_pretty(value).map_err(std::io::Error::from)?;
    print(out, &format!("{text}\n"))
}

fn print(out: &mut dyn Write, text: &str) -> Done {
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(CLEAN)
}
