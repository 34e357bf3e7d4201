use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode, Version};
use crate::model::url::scheme;
use crate::model::{Agent, Endpoint, EndpointRole, Spelling, Text, Transport};
use crate::rule::{Check, Report, Rule};
use crate::words::{json, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unknown-transport",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Error,
        applies_to: "A2A 0.2.4 and later, Graph instances",
        summary: "a transport is neither a core one, spelt exactly, nor a proper name of another one",
        why: "Clients compare the text letter by letter, so `jsonrpc` or `REST` is an endpoint that nobody uses. A transport \
              of one's own needs a name that no other can have: a URI in 1.0, a namespaced name before.",
        fixing: Fixing::Sometimes(
            "Another spelling of a core transport is put right; a name that people use for one, such as \
             `REST`, is replaced as unsafe. What another text stands for, the document does not say.",
        ),
        examples: &[
            Example::fixed(
                Setup::V0_3,
                r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "json-rpc",
                                                                ^^^^^^^^^^ warning: `json-rpc` is no transport of A2A; `JSONRPC` is
  "additionalInterfaces": [{ "url": "https://tides.example.com/rest", "transport": "REST" }] }
                                                                                   ^^^^^^ warning: `REST` is no transport of A2A; `HTTP+JSON` is
"#,
                r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC",
  "additionalInterfaces": [{ "url": "https://tides.example.com/rest", "transport": "HTTP+JSON" }] }
"#,
            ).shows(&["A2A-N057", "A2A-N059"]),
            Example::bad(
                Setup::V0_3,
                r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "",
                                                                ^^ warning: `preferredTransport` is empty
  "additionalInterfaces": [{ "url": "wss://tides.example.com/ws", "transport": "WEBSOCKET" }] }
                                                                               ^^^^^^^^^^^ warning: `WEBSOCKET` is no transport of A2A, and its name has no namespace
"#,
            ).shows(&["A2A-N060"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "wss://tides.example.com/ws", "protocolBinding": "WEBSOCKET", "protocolVersion": "1.0" }
                                                              ^^^^^^^^^^^ warning: `WEBSOCKET` is neither a binding of A2A nor a URI
  ] }
"#,
            ).shows(&["A2A-N076", "A2A-N077"]),
            Example::fixed(
                Setup::INSTANCE,
                r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "jsonrpc" }
                                                                ^^^^^^^^^ error: `jsonrpc` is no transport of A2A; `JSONRPC` is
"#,
                r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC" }
"#,
            ).shows(&["graph 3.2"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "CARRIER-PIGEON" }
                                                                ^^^^^^^^^^^^^^^^ warning: `CARRIER-PIGEON` is none of `JSONRPC`, `GRPC` and `HTTP+JSON`
"#,
            ).shows(&["graph 3.2"]),
            Example::fixed(
                Setup::graph(Kind::GraphAgentInstance, Mode::Response),
                r#"
{ "additionalInterfaces": [{ "url": "https://tides.example.com/rest", "transport": "HTTP_JSON" },
                                                                                   ^^^^^^^^^^^ error: `HTTP_JSON` is no transport of A2A; `HTTP+JSON` is
  { "url": "https://tides.example.com/rest2", "transport": "HTTP" }] }
                                                           ^^^^^^ error: `HTTP` is no transport of A2A; `HTTP+JSON` is
"#,
                r#"
{ "additionalInterfaces": [{ "url": "https://tides.example.com/rest", "transport": "HTTP+JSON" },
  { "url": "https://tides.example.com/rest2", "transport": "HTTP+JSON" }] }
"#,
            )
            .shows(&["graph 3.2"]),
                        Example::fixed(Setup::V1_0, r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JsonRpc", "protocolVersion": "1.0" }
                                                                 ^^^^^^^^^ warning: `JsonRpc` is no transport of A2A; `JSONRPC` is
  ] }
"#, r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ] }
"#).shows(&["A2A-N075"]),
Example::fixed(Setup::card(Version::V0_2_5), r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "HTTP" }
                                                                ^^^^^^ warning: `HTTP` is no transport of A2A; `HTTP+JSON` is
"#, r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "HTTP+JSON" }
"#).shows(&["A2A-N058"]),
Example::good(
                Setup::V0_3,
                r#"
{ "preferredTransport": "HTTP+JSON",
  "additionalInterfaces": [{ "url": "wss://tides.example.com/ws", "transport": "com.example.websocket" }] }
"#,
            ),
            Example::good(Setup::card(Version::V0_2_1), r#"{ "preferredTransport": "REST" }"#),
            Example::good(Setup::card(Version::V0_2_6), r#"{ "preferredTransport": "" }"#),
            Example::good(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a", "protocolBinding": "GRPC", "protocolVersion": "1.0" },
    { "url": "https://tides.example.com/b", "protocolBinding": "https://example.com/bindings/rest/v1", "protocolVersion": "1.0" }
  ] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    // Before 0.2.4 cards have no transports; a member of that name is unknown there, and its value nobody's business.
    let legacy = agent.version().and_then(|version| version.legacy);
    let has_none = legacy.is_some_and(|legacy| legacy < Version::V0_2_4);
    for endpoint in &agent.endpoints {
        if has_none && endpoint.role != EndpointRole::Supported {
            continue;
        }
        let Some(text) = &endpoint.transport else { continue };
        match Transport::meant_by(&text.text) {
            Some((_, Spelling::Exact)) => {}
            Some((meant, spelling)) => misspelt(agent, text, meant, spelling, report),
            None if agent.graph().is_some() && !text.text.is_empty() => {
                let message = format!("{} is none of `JSONRPC`, `GRPC` and `HTTP+JSON`", quoted(&text.text));
                report.at(text.node.whole(), message).severity(Severity::Warning).help(HELP);
            }
            None if is_default(agent, endpoint, text) => {}
            None => other(endpoint, text, report),
        }
    }
}

/// Up to 0.2.6 an empty `preferredTransport` means JSONRPC.
fn is_default(agent: &Agent<'_>, endpoint: &Endpoint<'_>, text: &Text<'_>) -> bool {
    let early =
        agent.version().and_then(|version| version.legacy).is_some_and(|legacy| legacy < Version::V0_3_0);
    early && endpoint.role == EndpointRole::Main && text.text.is_empty()
}

const HELP: &str = "write `JSONRPC`, `GRPC` or `HTTP+JSON`";

fn misspelt(
    agent: &Agent<'_>,
    text: &Text<'_>,
    meant: Transport,
    spelling: Spelling,
    report: &mut Report<'_>,
) {
    let name = meant.name();
    let severity = if agent.graph().is_some() { Severity::Error } else { Severity::Warning };
    let safety = if spelling == Spelling::Variant { Safety::Safe } else { Safety::Unsafe };
    report
        .at(text.node.whole(), format!("{} is no transport of A2A; `{name}` is", quoted(&text.text)))
        .severity(severity)
        .help(format!("write `{name}`"))
        .replace(safety, format!("write `{name}`"), text.node.span(), json(name));
}

/// A transport that A2A does not define: in 1.0 a URI, before that a name with a namespace.
fn other(endpoint: &Endpoint<'_>, text: &Text<'_>, report: &mut Report<'_>) {
    let modern = endpoint.role == EndpointRole::Supported;
    let shown = quoted(&text.text);
    let (message, help) = if text.text.is_empty() {
        let name = text.node.key().unwrap_or_default();
        (format!("{} is empty", quoted(&name)), HELP)
    } else if modern && !is_uri(&text.text) {
        let message = format!("{shown} is neither a binding of A2A nor a URI");
        (message, "write `JSONRPC`, `GRPC` or `HTTP+JSON`, or the URI of the custom binding")
    } else if !modern && !has_namespace(&text.text) {
        let message = format!("{shown} is no transport of A2A, and its name has no namespace");
        (message, "write `JSONRPC`, `GRPC` or `HTTP+JSON`, or a name such as `com.example.queue`")
    } else {
        return;
    };
    report.at(text.node.whole(), message).severity(Severity::Warning).help(help);
}

/// Whether the name of a transport has a namespace, so that nobody else's is called so.
pub(super) fn has_namespace(name: &str) -> bool {
    name.contains(['.', ':', '/'])
}

/// Whether `text` is an absolute URI, as far as its form tells.
fn is_uri(text: &str) -> bool {
    let blank = text.contains(|char: char| char.is_whitespace() || char.is_control());
    !blank && scheme(text).is_some_and(|scheme| text.len() > scheme.len() + 1)
}
