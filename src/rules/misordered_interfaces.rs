use crate::diagnostic::{Edit, Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::edit::{Where, move_element};
use crate::model::url::scheme;
use crate::model::version::numbers;
use crate::model::{Agent, Endpoint, EndpointRole};
use crate::rule::{Check, Report, Rule};
use crate::syntax::Node;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "misordered-interfaces",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Note,
        applies_to: "A2A 1.0",
        summary: "the first interface is an old or an unencrypted one, and a later one is neither",
        why: "The first interface is the one that the agent prefers, and most clients take it. A newer or safer one further \
              down is seldom used.",
        fixing: Fixing::Always(
            "The interface that clients should take is moved to the front; unsafe, since the order is what \
             the operator prefers.",
        ),
        examples: &[
            Example::fixed(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/v03", "protocolBinding": "JSONRPC", "protocolVersion": "0.3" },
    ^ note: the first interface speaks 0.x, and a later one speaks 1.0
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ] }
"#,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "https://tides.example.com/v03", "protocolBinding": "JSONRPC", "protocolVersion": "0.3" }
  ] }
"#,
            )
            .shows(&["A2A-N070"]),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "http://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    ^ note: the first interface is not encrypted, and a later one is
    { "url": "https://tides.example.com/rest", "protocolBinding": "HTTP+JSON", "protocolVersion": "1.0" }
  ] }
"#,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/rest", "protocolBinding": "HTTP+JSON", "protocolVersion": "1.0" },
    { "url": "http://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ] }
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "https://tides.example.com/v03", "protocolBinding": "JSONRPC", "protocolVersion": "0.3" },
    { "url": "tides.example.com:443", "protocolBinding": "GRPC", "protocolVersion": "1.0" }
  ] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let mut listed = agent.endpoints.iter().filter(|endpoint| endpoint.role == EndpointRole::Supported);
    let Some(first) = listed.next() else { return };
    let is_first = first.entry.node().position() == 0;
    let later: Vec<&Endpoint<'_>> = listed.collect();
    let newer = later.iter().find(|other| major(first) == Some(0) && major(other) >= Some(1));
    let safer = later.iter().find(|other| speaks(first, "http") && speaks(other, "https"));
    let (message, other) = match (newer, safer) {
        (Some(other), _) => ("the first interface speaks 0.x, and a later one speaks 1.0", other),
        (None, Some(other)) => ("the first interface is not encrypted, and a later one is", other),
        (None, None) => return,
    };
    if is_first {
        report
            .at(first.entry.node().at_opening(), message)
            .help("put the interface first that clients should take")
            .related(other.entry.node().at_opening(), "this one")
            .offer(Safety::Unsafe, "put it first", to_front(other.entry.node()));
    }
}

fn to_front(entry: Node<'_>) -> Option<Vec<Edit>> {
    move_element(entry, entry.parent()?, Where::First)
}

fn major(endpoint: &Endpoint<'_>) -> Option<u32> {
    numbers(&endpoint.version.as_ref()?.text)?.first().copied()
}

fn speaks(endpoint: &Endpoint<'_>, wanted: &str) -> bool {
    let scheme = endpoint.url.as_ref().and_then(|url| scheme(&url.text));
    scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(wanted))
}
