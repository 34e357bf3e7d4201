use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::Version;
use crate::model::{Agent, Endpoint, EndpointRole, Text};
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;
use std::collections::HashMap;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "conflicting-transport",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Error,
        applies_to: "A2A 0.3.0, Graph instances",
        summary: "one URL is declared with different transports",
        why: "A client picks a transport and sends to its URL. If the server does not speak both there, every call fails. For \
              the main `url`, `preferredTransport` says what is spoken; a list that has the URL only with another one \
              contradicts it.",
        fixing: Fixing::Never(
            "Which of the transports is spoken at the URL, the server decides and not the document.",
        ),
        examples: &[
            Example::bad(
                Setup::V0_3,
                r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC",
                                                                ^^^^^^^^^ error: `preferredTransport` is `JSONRPC`, but `additionalInterfaces` has `url` only with `GRPC`
  "additionalInterfaces": [{ "url": "https://tides.example.com/a2a", "transport": "GRPC" }] }
"#,
            ).shows(&["A2A-N041", "A2A-N045", "A2A-N047"]),
            Example::bad(
                Setup::V0_3,
                r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC", "additionalInterfaces": [
  { "url": "https://tides.example.com/a2a", "transport": "JSONRPC" },
  { "url": "https://tides.example.com/a2a", "transport": "GRPC" }] }
                                                         ^^^^^^ note: `https://tides.example.com/a2a` is declared with `GRPC` and with `JSONRPC`
"#,
            ).shows(&["A2A-N050", "A2A-N052"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC",
                                                                ^^^^^^^^^ warning: `preferredTransport` is `JSONRPC`, but `additionalInterfaces` has `url` only with `GRPC`
  "additionalInterfaces": [{ "url": "https://tides.example.com/a2a", "transport": "GRPC" }] }
"#,
            )
            .shows(&["graph 3.10"]),
            Example::good(
                Setup::V0_3,
                r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "",
  "additionalInterfaces": [{ "url": "https://tides.example.com/a2a", "transport": "JSONRPC" }] }
"#,
            ),
            Example::good(
                Setup::V0_3,
                r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC", "additionalInterfaces": [
  { "url": "https://tides.example.com/a2a", "transport": "JSONRPC" },
  { "url": "https://tides.example.com/grpc", "transport": "GRPC" }] }
"#,
            ),
        Example::good(Setup::V1_0, r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "https://tides.example.com/a2a", "protocolBinding": "HTTP+JSON", "protocolVersion": "1.0" }
  ] }
"#),
],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let main = agent.endpoints.iter().find(|endpoint| endpoint.role == EndpointRole::Main);
    let listed: Vec<Pair<'_, '_>> = agent
        .endpoints
        .iter()
        .filter(|endpoint| endpoint.role == EndpointRole::Additional)
        .filter_map(pair)
        .collect();
    let is_0_3 = agent.version().is_some_and(|version| version.legacy == Some(Version::V0_3_0));
    let judged = main.filter(|_| is_0_3 || agent.graph().is_some());
    let contradicted = judged.and_then(pair).filter(|main| contradicts(main, &listed));
    if let Some(main) = &contradicted {
        contradiction(agent, main, &listed, report);
    }
    // Several transports at one URL are allowed (A2A-N051), so that alone is only worth knowing.
    if is_0_3 && !agent.is_modern() {
        repeated(contradicted.map(|main| main.url), &listed, report);
    }
}

/// The URL and transport of an endpoint that has both.
struct Pair<'a, 'd> {
    url: &'a str,
    transport: &'a Text<'d>,
}

fn pair<'a, 'd>(endpoint: &'a Endpoint<'d>) -> Option<Pair<'a, 'd>> {
    // An empty transport contradicts nothing; another rule says that it is empty.
    let transport = endpoint.transport.as_ref().filter(|transport| !transport.text.is_empty())?;
    Some(Pair { url: &endpoint.url.as_ref()?.text, transport })
}

fn same(one: &Text<'_>, two: &Text<'_>) -> bool {
    one.text.eq_ignore_ascii_case(&two.text)
}

/// Whether the list has the main URL, and never with the main transport.
fn contradicts(main: &Pair<'_, '_>, listed: &[Pair<'_, '_>]) -> bool {
    let mut at_main = listed.iter().filter(|pair| pair.url == main.url).peekable();
    at_main.peek().is_some() && at_main.all(|pair| !same(pair.transport, main.transport))
}

fn contradiction(agent: &Agent<'_>, main: &Pair<'_, '_>, listed: &[Pair<'_, '_>], report: &mut Report<'_>) {
    let Some(other) = listed.iter().find(|pair| pair.url == main.url) else { return };
    let (own, listed) = (quoted(&main.transport.text), quoted(&other.transport.text));
    let severity = if agent.graph().is_some() { Severity::Warning } else { Severity::Error };
    report
        .at(
            main.transport.node.whole(),
            format!("`preferredTransport` is {own}, but `additionalInterfaces` has `url` only with {listed}"),
        )
        .severity(severity)
        .help("state the transport that is spoken at `url` in both places")
        .related(other.transport.node.whole(), "the other transport");
}

/// One URL in the list with several transports; `told` is a URL that was reported already.
fn repeated(told: Option<&str>, listed: &[Pair<'_, '_>], report: &mut Report<'_>) {
    let mut first: HashMap<&str, &Text<'_>> = HashMap::new();
    for pair in listed.iter().filter(|pair| Some(pair.url) != told) {
        let before = first.entry(pair.url).or_insert(pair.transport);
        if !same(before, pair.transport) {
            let (own, other) = (quoted(&pair.transport.text), quoted(&before.text));
            report
                .at(
                    pair.transport.node.whole(),
                    format!("{} is declared with {own} and with {other}", quoted(pair.url)),
                )
                .severity(Severity::Note)
                .help("give each transport a URL of its own, unless the server speaks both there")
                .related(before.node.whole(), "the other transport");
        }
    }
}
