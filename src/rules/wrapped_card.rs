use crate::diagnostic::{Edit, Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{FileHint, Forced, JsonString, Kind, Subject, detect};
use crate::rule::{Check, File, Report, Rule};
use crate::syntax::Node;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "wrapped-card",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Error,
        applies_to: "files at `.well-known/agent-card.json` and `.well-known/agent.json`",
        summary: "the card at the well-known path stands inside something else",
        why: "Clients read what is served at this path as one agent card. In a list, a map or an envelope they find no member \
              of a card, and so no agent.",
        fixing: Fixing::Sometimes(
            "What stands around the only card is cut off; unsafe where something else than the card is lost. \
             Of several cards, only their owner knows which one belongs there, and the card of a registration \
             may not be fit to stand alone.",
        ),
        examples: &[
            Example::fixed(
                Setup::DETECTED.at("site/.well-known/agent-card.json"),
                r#"
{ "agentCard": { "name": "Tides", "supportedInterfaces": [] } }
^ error: the agent card is wrapped in a wrapper object
"#,
                r#"
{ "name": "Tides", "supportedInterfaces": [] }
"#,
            ).shows(&["A2A-N005"]),
            Example::bad(
                Setup::DETECTED.at(".well-known/agent.json"),
                r#"
[
^ error: 2 agent cards are wrapped in an array
  { "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [] },
  { "name": "Waves", "url": "https://waves.example.com/a2a", "skills": [] }
]
"#,
            ),
            Example::fixed(
                Setup::DETECTED.at(".well-known/agent-card.json"),
                r#"
{ "jsonrpc": "2.0", "id": 1, "result": { "name": "Tides", "supportedInterfaces": [] } }
^ error: the agent card is wrapped in a JSON-RPC response
"#,
                r#"
{ "name": "Tides", "supportedInterfaces": [] }
"#,
            ),
            Example::bad(
                Setup::DETECTED.at(".well-known/agent-card.json"),
                r#"
{ "displayName": "Tides", "sourceCreatedDateTime": "2026-02-15T10:00:00Z", "agentCard": { "name": "Tides" } }
^ error: the agent card is wrapped in a Graph agentRegistration
"#,
            ),
            Example::bad(
                Setup::DETECTED.at(".well-known/agent-card.json"),
                r#"
"{ \"name\": \"Tides\", \"supportedInterfaces\": [] }"
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: the agent card is inside a string
"#,
            ),
            Example::bad(Setup::DETECTED.at(".well-known/agent-card.json"), r#"
[
^ error: 2 agent cards are wrapped in an array
  { "name": "Tides", "supportedInterfaces": [{ "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC" }] },
  { "name": "Waves", "supportedInterfaces": [{ "url": "https://waves.example.com/a2a", "protocolBinding": "JSONRPC" }] }
]
"#).shows(&["A2A-N005", "A2A-N086"]),
Example::good(
                Setup::DETECTED.at("fixtures/agent-card.json"),
                r#"
{ "agentCard": { "name": "Tides", "supportedInterfaces": [] } }
"#,
            ),
            Example::good(
                Setup::DETECTED.at(".well-known/agent-card.json"),
                r#"
{ "name": "Tides", "supportedInterfaces": [] }
"#,
            ),
        ],
    },
    check: Check::File(check),
};

fn check(file: &File<'_>, report: &mut Report<'_>) {
    // With `--at` the user says that a card stands elsewhere than at the root.
    if !is_well_known(file.path) || file.root.parent().is_some() {
        return;
    }
    let is_card =
        |subject: &&Subject| subject.profile.kind() == Kind::A2aCard && subject.node != file.root.id();
    let cards: Vec<Node<'_>> = file
        .detection
        .subjects
        .iter()
        .filter(is_card)
        .map(|subject| file.document.node(subject.node))
        .collect();
    let [first, others @ ..] = cards.as_slice() else { return in_string(file, report) };
    let wrapper = wrapper(file);
    let message = match others.len() {
        0 => format!("the agent card is wrapped in {wrapper}"),
        more => format!("{} agent cards are wrapped in {wrapper}", more + 1),
    };
    let found = report
        .at(file.root.at_opening(), message)
        .help("serve the bare agent card: its members belong at the root")
        .related(first.at_opening(), "the card starts here");
    // Half a wrapper may be the mistake; then there is nothing sure to cut. What is no card by itself, or is judged more
    // mildly where it stands, stays there.
    if others.is_empty() && !file.root.is_incomplete() && stands_alone(file, *first) {
        unwrap(file.root, *first, found);
    }
}

/// The card may be in a string, whose content clients do not parse.
fn in_string(file: &File<'_>, report: &mut Report<'_>) {
    let is_card = |string: &&JsonString| {
        string.detection.subjects.iter().any(|subject| subject.profile.kind() == Kind::A2aCard)
    };
    let Some(string) = file.detection.strings.iter().find(is_card) else { return };
    let string = file.document.node(string.node);
    let found = report
        .at(file.root.at_opening(), "the agent card is inside a string")
        .help("serve the card as a JSON object, not as a string that contains JSON");
    if string != file.root {
        found.related(string.whole(), "the string with the card");
    }
}

fn stands_alone(file: &File<'_>, card: Node<'_>) -> bool {
    let is_embedded = file.detection.subjects.iter().any(|subject| subject.embedded);
    !is_embedded && !detect(card, FileHint::default(), &Forced::default()).subjects.is_empty()
}

fn is_well_known(path: &str) -> bool {
    [".well-known/agent-card.json", ".well-known/agent.json"]
        .iter()
        .any(|end| path.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with('/')))
}

/// What the card is wrapped in, in words.
fn wrapper(file: &File<'_>) -> String {
    match (file.detection.wrapped, file.detection.subjects.first()) {
        (Some(wrapped), _) => wrapped.words().to_owned(),
        (None, Some(root)) => format!("a {}", root.profile.kind().title()),
        (None, None) => "something else".to_owned(),
    }
}

/// Cuts off what stands around the card; that is safe where nothing but the wrapper is lost.
fn unwrap(root: Node<'_>, card: Node<'_>, found: crate::rule::Found<'_>) {
    let around = || std::iter::successors(card.parent(), |node| node.parent());
    let safety = if around().all(|node| node.len() == 1) { Safety::Safe } else { Safety::Unsafe };
    let (outer, inner) = (root.span(), card.span());
    let before = Edit { span: Span::new(outer.start, inner.start), text: String::new() };
    let after = Edit { span: Span::new(inner.end, outer.end), text: String::new() };
    found.fix(safety, "leave only the card", vec![before, after]);
}
