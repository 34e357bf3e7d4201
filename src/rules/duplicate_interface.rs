use crate::diagnostic::{Example, Group, Meta, Setup, Severity};
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
        applies_to: "A2A 1.0",
        summary: "two interfaces have the same URL, binding, version and tenant",
        why: "A second entry offers nothing that the first does not. Patch numbers play no part when a version is agreed on, so \
              `1.0.1` beside `1.0` is the same interface; most likely one of the two was meant to have another version, \
              binding or URL.",
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0.1" }
    ^ warning: `https://tides.example.com/a2a` is listed twice with `JSONRPC` and version `1.0`
  ] }
"#,
            )
            .shows(&["A2A-N024"]),
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
    let listed = agent.endpoints.iter().filter(|endpoint| endpoint.role == EndpointRole::Supported);
    let mut known: HashMap<Key<'_>, &Endpoint<'_>> = HashMap::new();
    for endpoint in listed {
        let Some(key) = key(endpoint) else { continue };
        let Some(first) = known.get(&key) else {
            known.insert(key, endpoint);
            continue;
        };
        let Key { url, binding, version, .. } = key;
        report
            .at(
                endpoint.entry.node().at_opening(),
                format!(
                    "{} is listed twice with {} and version {}",
                    quoted(url),
                    quoted(binding),
                    quoted(&version)
                ),
            )
            .help("take one of the two out, or write what sets it apart")
            .related(first.entry.node().at_opening(), "the first one");
    }
}

/// What makes an interface one of its own.
#[derive(PartialEq, Eq, Hash)]
struct Key<'a> {
    url: &'a str,
    binding: &'a str,
    version: Cow<'a, str>,
    tenant: Option<Cow<'a, str>>,
}

/// `None` where a part is missing or unreadable.
fn key<'a>(endpoint: &'a Endpoint<'_>) -> Option<Key<'a>> {
    let version = &endpoint.version.as_ref()?.text;
    let version = match InterfaceVersion::of(version) {
        InterfaceVersion::Patched(short) => Cow::Owned(short),
        _ => Cow::Borrowed(version.as_ref()),
    };
    let tenant = endpoint.entry.text("tenant").map(|tenant| tenant.text).filter(|tenant| !tenant.is_empty());
    let is_readable =
        tenant.is_some() || endpoint.entry.lacks("tenant") || endpoint.entry.text("tenant").is_some();
    let (url, binding) = (endpoint.url.as_ref()?, endpoint.transport.as_ref()?);
    is_readable.then_some(Key { url: &url.text, binding: &binding.text, version, tenant })
}
