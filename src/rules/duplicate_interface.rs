use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::version::InterfaceVersion;
use crate::model::{Agent, Endpoint, EndpointRole};
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;
use std::borrow::Cow;
use std::collections::HashMap;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "duplicate-interface",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Warning,
        applies_to: "A2A 1.0, Graph instances",
        summary: "an interface is listed twice",
        why: "The second entry tells a client nothing. Often it was copied and should lead to another URL, or speak another \
              transport. Patch numbers play no part when a version is agreed on, so `1.0.1` beside `1.0` is the same \
              interface.",
        fixing: Fixing::Sometimes(
            "A second entry that says the same goes. Where the entries differ in another member, somebody has \
             to decide what of both holds.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0.1" }
    ^ warning: the interface `https://tides.example.com/a2a` with `JSONRPC` and version `1.0` is listed already
  ] }
"#,
            )
            .shows(&["A2A-N024"]),
            Example::fixed(
                Setup::INSTANCE,
                r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC", "additionalInterfaces": [
    { "url": "https://tides.example.com/grpc", "transport": "GRPC" },
    { "url": "https://tides.example.com/grpc", "transport": "GRPC" }
    ^ note: the interface `https://tides.example.com/grpc` with `GRPC` is listed already
  ] }
"#,
                r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC", "additionalInterfaces": [
    { "url": "https://tides.example.com/grpc", "transport": "GRPC" }
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
            Example::good(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "0.3" },
    { "url": "https://tides.example.com/a2a", "protocolBinding": "HTTP+JSON", "protocolVersion": "1.0" },
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0", "tenant": "a" }
  ] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let (role, severity) = match agent.graph() {
        Some(_) => (EndpointRole::Additional, Severity::Note),
        None => (EndpointRole::Supported, Severity::Warning),
    };
    if agent.endpoints.len() < 2 {
        return;
    }
    let mut known: HashMap<Key<'_>, &Endpoint<'_>> = HashMap::new();
    for endpoint in agent.endpoints.iter().filter(|endpoint| endpoint.role == role) {
        let Some(key) = key(endpoint) else { continue };
        let Some(first) = known.get(&key) else {
            known.insert(key, endpoint);
            continue;
        };
        let version = key.version.map(|version| format!(" and version {}", quoted(&version)));
        let message = format!(
            "the interface {} with {}{} is listed already",
            quoted(key.url),
            quoted(key.transport),
            version.unwrap_or_default()
        );
        report
            .at(endpoint.entry.node().at_opening(), message)
            .severity(severity)
            .help("take the entry out, or write the URL, transport or version that was meant")
            .related(first.entry.node().at_opening(), "the same interface")
            .remove_copy("take the entry out", Some(endpoint.entry.node()), Some(first.entry.node()));
    }
}

/// What makes an interface one of its own.
#[derive(PartialEq, Eq, Hash)]
struct Key<'a> {
    url: &'a str,
    transport: &'a str,
    version: Option<Cow<'a, str>>,
    tenant: Option<Cow<'a, str>>,
}

/// `None` where a part is missing or unreadable.
fn key<'a>(endpoint: &'a Endpoint<'_>) -> Option<Key<'a>> {
    let (url, transport) = (endpoint.url.as_ref()?, endpoint.transport.as_ref()?);
    let mut key = Key { url: &url.text, transport: &transport.text, version: None, tenant: None };
    if endpoint.role == EndpointRole::Supported {
        let version = &endpoint.version.as_ref()?.text;
        key.version = Some(match InterfaceVersion::of(version) {
            InterfaceVersion::Patched(short) => Cow::Owned(short),
            _ => Cow::Borrowed(version.as_ref()),
        });
        let tenant = endpoint.entry.text("tenant");
        if tenant.is_none() && !endpoint.entry.lacks("tenant") {
            return None;
        }
        // An empty tenant is none.
        key.tenant = tenant.map(|tenant| tenant.text).filter(|tenant| !tenant.is_empty());
    }
    Some(key)
}
