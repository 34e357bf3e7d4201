//! `docs/coverage.md` tells of each statement of `docs/coverage.tsv` which rules cover it, or why none does; this test
//! writes it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use cardlint::diagnostic::Expect;
use cardlint::rules;
use cardlint::statements::{self, Statement};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use support::{rewrite, shared};

/// Why no rule covers a statement.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reason {
    /// Only the running agent shows it.
    NeedsNetwork,
    /// Only who has the key can tell.
    NeedsKey,
    /// No document shows it.
    NotCheckable,
    /// Nothing is wrong with a document that does otherwise.
    NoSeverity,
}

impl Reason {
    const ALL: [Reason; 4] =
        [Reason::NeedsNetwork, Reason::NeedsKey, Reason::NotCheckable, Reason::NoSeverity];

    fn name(self) -> &'static str {
        match self {
            Reason::NeedsNetwork => "needs network",
            Reason::NeedsKey => "needs a key",
            Reason::NotCheckable => "not checkable",
            Reason::NoSeverity => "no severity",
        }
    }

    fn meaning(self) -> &'static str {
        match self {
            Reason::NeedsNetwork => "only the running agent or its server shows it",
            Reason::NeedsKey => "it takes the key of a signature to tell",
            Reason::NotCheckable => "no document shows it",
            Reason::NoSeverity => "a permission, a definition or an oddity: there is nothing to report",
        }
    }
}

/// The parts of the page, by how the ids of their statements begin.
const PARTS: &[(&str, &str, &[&str])] = &[
    ("A2A", "What the specification says about a card, version by version.", &["A2A-N"]),
    ("Microsoft Graph", "What the agent registry APIs say, and where their pages disagree.", &["graph "]),
    ("Mistakes in real cards", "What goes wrong in the cards of public repositories.", &["real "]),
    ("Deployment", "What users reported about cards that did not work.", &[""]),
];

/// What is cited without a row: standards that have sections of their own, and what we say ourselves.
const STANDARDS: &[&str] =
    &["RFC ", "OpenID Connect ", "UTS ", "CWE-", "docs/configuration.md", "docs/migration.md"];

/// The rules that claim each statement.
fn claims() -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut claims: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for rule in rules::ALL {
        for source in rule.meta.sources() {
            claims.entry(source).or_default().push(rule.meta.id);
        }
    }
    claims
}

/// The statements of a part: those that no earlier one has taken.
fn of_part(part: usize) -> impl Iterator<Item = Statement> {
    let part_of = |id: &str| {
        PARTS.iter().position(|(_, _, heads)| heads.iter().any(|head| id.starts_with(head))).unwrap()
    };
    statements::all().filter(move |statement| part_of(statement.id) == part)
}

fn page() -> String {
    let claims = claims();
    let covers = |statement: &Statement| claims.get(statement.id).map_or(&[][..], Vec::as_slice);
    let mut page = String::from(
        "# Coverage\n\nEvery statement that rules could rest on, and the rules that cover it: each of them has an example \
         that breaks the statement and draws the rule. Where no rule does, the reason stands there:\n\n",
    );
    for reason in Reason::ALL {
        writeln!(page, "- {}: {}", reason.name(), reason.meaning()).unwrap();
    }
    page.push_str(
        "\nThe words are ours; an id leads to the text it stands for.\n\n| | statements | covered |",
    );
    Reason::ALL.iter().for_each(|reason| write!(page, " {} |", reason.name()).unwrap());
    page.push_str("\n|---|---|---|---|---|---|---|\n");
    for (number, (title, ..)) in PARTS.iter().enumerate() {
        let covered = of_part(number).filter(|statement| !covers(statement).is_empty()).count();
        write!(page, "| {title} | {} | {covered} |", of_part(number).count()).unwrap();
        for reason in Reason::ALL {
            let count = of_part(number).filter(|statement| statement.reason == reason.name()).count();
            write!(page, " {count} |").unwrap();
        }
        page.push('\n');
    }
    for (number, (title, about, _)) in PARTS.iter().enumerate() {
        writeln!(
            page,
            "\n## {title}\n\n{about}\n\n| id | versions | statement | status |\n|---|---|---|---|"
        )
        .unwrap();
        for statement in of_part(number) {
            page.push_str(&row(&statement, covers(&statement)));
        }
    }
    page
}

fn row(statement: &Statement, rules: &[&str]) -> String {
    let Statement { id, versions, text, source, reason } = statement;
    let anchor = statement.anchor();
    let (name, seen) = if source.starts_with("https://") {
        (format!("[{id}]({source})"), String::new())
    } else {
        ((*id).to_owned(), format!(" ({source})"))
    };
    let links: Vec<String> = rules.iter().map(|rule| format!("[{rule}](rules/{rule}.md)")).collect();
    let status = if links.is_empty() { (*reason).to_owned() } else { links.join(", ") };
    format!("| <a id=\"{anchor}\"></a>{name} | {versions} | {text}{seen} | {status} |\n")
}

#[test]
fn the_page_says_what_rules_claim() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/coverage.md");
    assert!(
        !rewrite(&path, &page()),
        "docs/coverage.md was out of date and has been written anew: run the tests again and commit it"
    );
}

#[test]
fn every_statement_is_told_once_and_has_rules_or_a_reason() {
    let claims = claims();
    let lines = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/coverage.tsv")).unwrap();
    assert_eq!(lines.lines().count(), statements::all().count() + 1, "a row has not five cells");
    let mut ids = BTreeSet::new();
    let mut anchors = BTreeSet::new();
    for statement in statements::all() {
        let id = statement.id;
        assert!(ids.insert(id) && anchors.insert(statement.anchor()), "{id} stands there twice");
        assert!(statement.text.ends_with('.') && !statement.text.contains('|'), "{id}: {}", statement.text);
        assert!(!statement.versions.is_empty() && !statement.source.is_empty(), "{id}: versions, source");
        let reason = statement.reason;
        assert!(
            reason.is_empty() || Reason::ALL.iter().any(|known| known.name() == reason),
            "{id}: `{reason}` is no reason"
        );
        match claims.get(id) {
            Some(rules) => {
                assert!(reason.is_empty(), "{id} has a reason, `{reason}`, and rules: {}", rules.join(", "));
            }
            None => assert!(!reason.is_empty(), "{id} has neither a rule nor a reason"),
        }
    }
}

#[test]
fn every_claim_is_a_known_statement() {
    let unknown: Vec<String> = claims()
        .into_iter()
        .filter(|(id, _)| !STANDARDS.iter().any(|head| id.starts_with(head)))
        .filter(|(id, _)| statements::find(id).is_none())
        .map(|(id, rules)| format!("{id} ({})", rules.join(", ")))
        .collect();
    assert!(unknown.is_empty(), "give these a row in docs/coverage.tsv: {}", unknown.join("; "));
}

#[test]
fn only_examples_that_are_reported_claim_anything() {
    for rule in rules::ALL {
        for example in rule.meta.examples {
            let is_good = matches!(example.expect, Expect::Good);
            assert!(!is_good || example.shows.is_empty(), "{}: {}", rule.meta.id, example.text);
        }
    }
}

/// The ids that the material beside the checkout has a row for.
fn known(shared: &Path) -> BTreeSet<String> {
    let read = |name: &str| fs::read_to_string(shared.join("facts").join(name)).unwrap();
    let first_cell = |line: &str| line.split('\t').next().unwrap_or_default().to_owned();
    let mut ids: BTreeSet<String> = read("normative.tsv").lines().skip(1).map(first_cell).collect();
    for line in read("graph.md").lines() {
        let start = line.strip_prefix("| ").unwrap_or(line);
        let number = start.split(' ').next().unwrap_or_default();
        let is_row = number.strip_prefix("3.").or(number.strip_prefix("4.")).is_some_and(is_number);
        if is_row {
            ids.insert(format!("graph {number}"));
        }
    }
    let cards = read("real-cards.md");
    for line in between(&cards, "### Findings, by number of repositories", "\n### ").lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if let [_, mistake, _, repositories, ..] = cells[..]
            && repositories.parse::<u32>().is_ok_and(|count| count >= 3)
        {
            ids.insert(format!("real {}", slug(mistake)));
        }
    }
    let peers = read("peers.md");
    for word in between(&peers, "**E. ", "\n**F. ").split_whitespace() {
        if let Some((repository, thread)) = word.trim_end_matches([',', '.', ':']).split_once('#') {
            let name = repository.rsplit('/').next().unwrap_or_default();
            ids.insert(format!("{name}#{thread}"));
        }
    }
    ids
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let text = text.split_once(start).map_or("", |(_, rest)| rest);
    text.split_once(end).map_or(text, |(part, _)| part)
}

fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|char: char| !char.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

#[test]
fn every_known_statement_has_a_row() {
    let Some(shared) = shared() else { return };
    let known = known(&shared);
    assert!(known.len() > 280, "only {} statements were found", known.len());
    let missing: Vec<String> = known.into_iter().filter(|id| statements::find(id).is_none()).collect();
    assert!(missing.is_empty(), "docs/coverage.tsv lacks {}", missing.join(", "));
}
