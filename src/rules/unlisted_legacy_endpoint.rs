use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::edit::{Where, insert_element};
use crate::model::version::numbers;
use crate::model::{Agent, Endpoint, EndpointRole, Transport};
use crate::rule::{Check, Report, Rule};
use crate::words::{json, quoted};
use std::collections::{HashMap, HashSet};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unlisted-legacy-endpoint",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Warning,
        applies_to: "A2A cards of both generations, 0.x and 1.0",
        summary: "an endpoint of the 0.x half is not in `supportedInterfaces`, or not with a 0.x version",
        why: "A client that knows both generations reads `supportedInterfaces` and throws the 0.x members away. An endpoint that \
              is not listed there does not exist for it, and one that is listed with 1.0 alone is called as 1.0.",
        fixing: Fixing::Sometimes(
            "An entry with the transport and the version of the 0.x half is added; unsafe, since clients of \
             1.0 may then take it. Where the transport is missing or misspelt, that has to be mended first.",
        ),
        examples: &[
            Example::fixed(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/v03",
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `https://tides.example.com/v03` is not in `supportedInterfaces`
  "supportedInterfaces": [
    { "url": "https://tides.example.com/v1", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ] }
"#,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/v03",
  "supportedInterfaces": [
    { "url": "https://tides.example.com/v1", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "https://tides.example.com/v03", "protocolBinding": "JSONRPC", "protocolVersion": "0.3" }
  ] }
"#,
            )
            .shows(&["a2a-python agent_card_to_dict"]),
            Example::fixed(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a",
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `supportedInterfaces` has `https://tides.example.com/a2a`, but not with a 0.x version
  "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a/", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ] }
"#,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a",
  "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a/", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "0.3" }
  ] }
"#,
            ),
            Example::good(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/v03",
  "additionalInterfaces": [{ "url": "https://tides.example.com/v03/grpc", "transport": "GRPC" }],
  "supportedInterfaces": [
    { "url": "https://tides.example.com/v1", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "https://tides.example.com/v03", "protocolBinding": "JSONRPC", "protocolVersion": "0.3" },
    { "url": "https://tides.example.com/v03/grpc", "protocolBinding": "GRPC", "protocolVersion": "0.3" }
  ] }
"#,
            ),
            Example::good(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a",
  "supportedInterfaces": [{ "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC" }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

/// To how many endpoints a fix is offered at once.
const MOST: usize = 128;

/// With which versions a URL is listed.
#[derive(Default)]
struct Listed {
    old: bool,
    unknown: bool,
}

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if !agent.is_legacy() || !agent.is_modern() {
        return;
    }
    let Some(list) = agent.root.get("supportedInterfaces") else { return };
    let entries = || agent.endpoints.iter().filter(|endpoint| endpoint.role == EndpointRole::Supported);
    // An entry that was lost, or whose URL cannot be read, may be the one that is looked for.
    let is_readable = !list.node().is_incomplete()
        && entries().count() == list.node().len()
        && entries().all(|entry| entry.url.is_some());
    if !is_readable {
        return;
    }
    let mut listed: HashMap<&str, Listed> = HashMap::new();
    for entry in entries() {
        let Some(url) = &entry.url else { continue };
        let place = listed.entry(bare(&url.text)).or_default();
        match version(entry) {
            Some(0) => place.old = true,
            None => place.unknown = true,
            Some(_) => {}
        }
    }
    // The way there is long where there are many.
    let end = list.node().children().last().map_or(Where::Last, Where::After);
    let mut told: HashSet<&str> = HashSet::new();
    for endpoint in agent.endpoints.iter().filter(|endpoint| endpoint.role != EndpointRole::Supported) {
        let Some(url) = endpoint.url.as_ref().filter(|url| !url.text.is_empty()) else { continue };
        let found = listed.get(bare(&url.text));
        if found.is_some_and(|found| found.old || found.unknown) || !told.insert(bare(&url.text)) {
            continue;
        }
        let shown = quoted(&url.text);
        let (message, help, severity) = match found {
            None => (
                format!("{shown} is not in `supportedInterfaces`"),
                "list it there with its binding and the version that is spoken there, such as `0.3`",
                Severity::Warning,
            ),
            Some(_) => (
                format!("`supportedInterfaces` has {shown}, but not with a 0.x version"),
                "list it there a second time, with the version of the 0.x half, if the server speaks both",
                Severity::Note,
            ),
        };
        let found = report
            .at(url.node.whole(), message)
            .severity(severity)
            .help(help)
            .related(list.node().at_key(), "the list");
        // To see how the text is written takes a while; the others follow when these are listed.
        if let Some(entry) = entry(agent, endpoint).filter(|_| told.len() <= MOST) {
            let edit = insert_element(list.node(), end, &entry);
            found.offer(Safety::Unsafe, "list it as a 0.x interface", edit.map(|edit| vec![edit]));
        }
    }
}

/// What `supportedInterfaces` has to say of an endpoint of the 0.x half.
fn entry(agent: &Agent<'_>, endpoint: &Endpoint<'_>) -> Option<String> {
    let (major_minor, _) = agent.version()?.legacy?.name().rsplit_once('.')?;
    let is_default = endpoint.role == EndpointRole::Main && agent.root.lacks("preferredTransport");
    let transport = match &endpoint.transport {
        Some(stated) => Transport::ALL.into_iter().find(|transport| transport.name() == stated.text),
        None => is_default.then_some(Transport::JsonRpc),
    };
    let (url, transport) = (json(&endpoint.url.as_ref()?.text), transport?.name());
    Some(format!(r#"{{"url": {url}, "protocolBinding": "{transport}", "protocolVersion": "{major_minor}"}}"#))
}

/// The URL without the slash that ends it.
fn bare(url: &str) -> &str {
    url.strip_suffix('/').unwrap_or(url)
}

/// The major version, if it can be read.
fn version(entry: &Endpoint<'_>) -> Option<u32> {
    let stated = &entry.version.as_ref()?.text;
    numbers(stated)?.first().copied()
}
