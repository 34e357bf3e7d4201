use crate::diagnostic::{Example, Group, Meta, Setup, Severity};
use crate::model::{Agent, Endpoint, EndpointRole};
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;
use std::collections::HashMap;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "duplicate-interface",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Note,
        applies_to: "Graph instances",
        summary: "an interface is listed twice with the same URL and transport",
        why: "The second entry tells a client nothing. Often it was copied and should lead to another URL, or speak another \
              transport.",
        examples: &[
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC", "additionalInterfaces": [
    { "url": "https://tides.example.com/grpc", "transport": "GRPC" },
    { "url": "https://tides.example.com/grpc", "transport": "GRPC" }
    ^ note: the interface `https://tides.example.com/grpc` with `GRPC` is listed already
  ] }
"#,
            )
            .shows(&["graph 3.10"]),
            Example::good(
                Setup::INSTANCE,
                r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC", "additionalInterfaces": [
    { "url": "https://tides.example.com/a2a", "transport": "JSONRPC" },
    { "url": "https://tides.example.com/a2a", "transport": "GRPC" }
  ] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if agent.graph().is_none() || agent.endpoints.len() < 2 {
        return;
    }
    let mut known: HashMap<(&str, &str), &Endpoint<'_>> = HashMap::new();
    for endpoint in agent.endpoints.iter().filter(|endpoint| endpoint.role == EndpointRole::Additional) {
        let (Some(url), Some(transport)) = (&endpoint.url, &endpoint.transport) else { continue };
        let (url, transport) = (url.text.as_ref(), transport.text.as_ref());
        match known.get(&(url, transport)) {
            Some(first) => {
                let message =
                    format!("the interface {} with {} is listed already", quoted(url), quoted(transport));
                report
                    .at(endpoint.entry.node().at_opening(), message)
                    .help("take the entry out, or write the URL or transport that was meant")
                    .related(first.entry.node().at_opening(), "the same interface");
            }
            None => {
                known.insert((url, transport), endpoint);
            }
        }
    }
}
