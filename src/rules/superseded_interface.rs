use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::model::version::{InterfaceVersion, numbers};
use crate::model::{Agent, Endpoint, EndpointRole};
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;
use std::collections::HashMap;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "superseded-interface",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Note,
        applies_to: "A2A 1.0",
        summary: "an interface is listed in two minor versions of one major version",
        why: "Within a major version a newer minor one takes the place of the older. Clients that take the first entry they \
              know talk in the older version for no reason.",
        fixing: Fixing::Always(
            "The entry goes; unsafe, since clients of the older version may still need it.",
        ),
        examples: &[
            Example::fixed(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "0.3" },
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "0.2" }
                                                                                               ^^^^^ note: the same interface is listed in the later version `0.3`, too
  ] }
"#,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "0.3" }
  ] }
"#,
            )
            .shows(&["A2A-N027"]),
            Example::good(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "0.3" },
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "0.3.0" },
    { "url": "https://tides.example.com/rest", "protocolBinding": "HTTP+JSON", "protocolVersion": "0.2" }
  ] }
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.2" },
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let mut newest: HashMap<(&str, &str, String, u32), (u32, &Endpoint<'_>)> = HashMap::new();
    let listed = || agent.endpoints.iter().filter(|endpoint| endpoint.role == EndpointRole::Supported);
    if listed().count() < 2 {
        return;
    }
    for (key, minor, endpoint) in listed().filter_map(stated) {
        let best = newest.entry(key).or_insert((minor, endpoint));
        if minor > best.0 {
            *best = (minor, endpoint);
        }
    }
    for (key, minor, endpoint) in listed().filter_map(stated) {
        let (Some((latest, other)), Some(version)) = (newest.get(&key), &endpoint.version) else { continue };
        if minor < *latest {
            let newer = other.version.as_ref().map_or("", |newer| newer.text.as_ref());
            report
                .at(
                    version.node.whole(),
                    format!("the same interface is listed in the later version {}, too", quoted(newer)),
                )
                .help("list the latest minor version of each major version alone")
                .related(other.entry.node().at_opening(), "the later version")
                .remove(Safety::Unsafe, "take the earlier version out", endpoint.entry.node());
        }
    }
}

/// What tells an interface from others in one major version, and its minor version.
type Stated<'a, 'd> = ((&'a str, &'a str, String, u32), u32, &'a Endpoint<'d>);

fn stated<'a, 'd>(endpoint: &'a Endpoint<'d>) -> Option<Stated<'a, 'd>> {
    let (url, binding) = (endpoint.url.as_ref()?, endpoint.transport.as_ref()?);
    let version = &endpoint.version.as_ref()?.text;
    // A version that was never released supersedes nothing.
    if !matches!(InterfaceVersion::of(version), InterfaceVersion::Released | InterfaceVersion::Patched(_)) {
        return None;
    }
    let numbers = numbers(version)?;
    let tenant = endpoint.entry.text("tenant").map(|tenant| tenant.text.into_owned()).unwrap_or_default();
    let (major, minor) = (*numbers.first()?, *numbers.get(1)?);
    Some(((url.text.as_ref(), binding.text.as_ref(), tenant, major), minor, endpoint))
}
