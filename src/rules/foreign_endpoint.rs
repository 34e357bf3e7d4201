use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::{Agent, Endpoint, Text, Transport};
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "foreign-endpoint",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Note,
        applies_to: "A2A cards, Graph instances",
        summary: "the URL of an endpoint is that of an MCP server, a web page or a file",
        why: "Clients send A2A requests to the endpoint. An MCP server knows none of the methods, and a page of a code forge or \
              of a package registry answers with HTML. A file such as `index.html` or `llms.txt` takes no requests.",
        fixing: Fixing::Never("The address that takes A2A requests is not in the document."),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/mcp", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://tides.example.com/mcp` is probably the address of an MCP server
    { "url": "https://www.npmjs.com/package/tides", "protocolBinding": "HTTP+JSON", "protocolVersion": "1.0" }
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://www.npmjs.com/package/tides` is a page of `npmjs.com`
  ] }
"#,
            )
            .shows(&["A2A-N071", "superset#5910", "gofastr#289"]),
            Example::bad(
                Setup::V0_3,
                r#"
{ "url": "https://github.com/harbour/tides", "preferredTransport": "JSONRPC",
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://github.com/harbour/tides` is a page of `github.com`
  "additionalInterfaces": [{ "url": "https://github.com/harbour/tides", "transport": "JSONRPC" },
    { "url": "https://harbour.github.io/tides", "transport": "HTTP+JSON" }] }
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://harbour.github.io/tides` is a page of `github.io`
"#,
            )
            .shows(&["A2A-N037"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "documentationUrl": "https://docs.tides.example.com",
  "supportedInterfaces": [
    { "url": "https://tides.example.com/llms.txt", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://tides.example.com/llms.txt` is the address of a `.txt` file
    { "url": "https://docs.tides.example.com", "protocolBinding": "HTTP+JSON", "protocolVersion": "1.0" }
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://docs.tides.example.com` is also the `documentationUrl` of the agent
  ] }
"#,
            )
            .shows(&["A2A-N037"]),
            Example::good(
                Setup::V0_3,
                r#"
{ "url": "https://tides.example.com", "documentationUrl": "https://tides.example.com" }
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/mcp/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "https://harbour.github.com.example.com/", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "https://tides.example.com/mcp", "protocolBinding": "https://example.com/bindings/mcp/v1", "protocolVersion": "1.0" }
  ] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

/// The last steps of the paths at which MCP servers answer.
const MCP: [&str; 2] = ["mcp", "sse"];

/// Hosts of pages about software; what is published there runs elsewhere.
const PAGES: [&str; 14] = [
    "github.com",
    "gist.github.com",
    "raw.githubusercontent.com",
    "gitlab.com",
    "bitbucket.org",
    "codeberg.org",
    "gitee.com",
    "huggingface.co",
    "npmjs.com",
    "registry.npmjs.org",
    "pypi.org",
    "crates.io",
    "hub.docker.com",
    "rubygems.org",
];

/// How the names of files end that no server takes requests at.
const FILES: [&str; 11] =
    [".html", ".htm", ".txt", ".md", ".pdf", ".xml", ".yaml", ".yml", ".png", ".svg", ".ico"];

/// Domains below which there are files and no servers.
const STATIC: [&str; 3] = ["github.io", "gitlab.io", "readthedocs.io"];

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let mut known: Vec<(&Text<'_>, String)> = Vec::new();
    for url in
        agent.endpoints.iter().filter(|endpoint| speaks_core(endpoint)).filter_map(|one| one.url.as_ref())
    {
        let Some(what) = what(&url.text).or_else(|| documentation(agent, &url.text)) else { continue };
        // One address is one mistake, however many interfaces have it.
        if !known.iter().take(MOST).any(|(first, _)| first.text == url.text) {
            known.push((url, what));
        }
    }
    for (url, what) in known {
        let again = agent.endpoints.iter().filter_map(|endpoint| endpoint.url.as_ref());
        let again = again.filter(|other| other.text == url.text && other.node != url.node);
        report
            .at(url.node.whole(), format!("{} is {what}", quoted(&url.text)))
            .help("write the address that takes A2A requests")
            .also(again.take(MOST).map(|other| other.node.whole()), "the same URL again");
    }
}

/// How many addresses are compared with each other.
const MOST: usize = 8;

/// Whether clients send requests of A2A there, as far as the transport tells.
fn speaks_core(endpoint: &Endpoint<'_>) -> bool {
    endpoint.transport.as_ref().is_none_or(|name| Transport::meant_by(&name.text).is_some())
}

/// What is at `url`, if that cannot be an endpoint.
fn what(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let path = rest.split(['?', '#']).next()?;
    let (host, path) = path.split_once('/').unwrap_or((path, ""));
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let is_static = |domain: &&&str| host.strip_suffix(**domain).is_some_and(|rest| rest.ends_with('.'));
    if let Some(site) = PAGES.iter().find(|page| **page == host).or_else(|| STATIC.iter().find(is_static)) {
        return Some(format!("a page of `{site}`"));
    }
    let last = path.trim_end_matches('/').rsplit('/').next()?;
    let is_end = |end: &&&str| {
        last.len()
            .checked_sub(end.len())
            .and_then(|at| last.get(at..))
            .is_some_and(|rest| rest.eq_ignore_ascii_case(end))
    };
    if let Some(end) = FILES.iter().find(is_end) {
        return Some(format!("the address of a `{end}` file"));
    }
    let is_mcp = MCP.iter().any(|name| last.eq_ignore_ascii_case(name));
    is_mcp.then(|| "probably the address of an MCP server".to_owned())
}

/// That `url` is the page with the documentation. Many servers have a page for people at their root, where they take requests
/// as well, unless the host is one for documentation.
fn documentation(agent: &Agent<'_>, url: &str) -> Option<String> {
    let page = agent.card?.text("documentationUrl").filter(|page| page.text == url)?;
    let (_, rest) = page.text.split_once("://")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let is_for_pages =
        ["docs.", "doc.", "documentation.", "wiki."].iter().any(|start| host.starts_with(start));
    (is_for_pages || !path.is_empty()).then(|| "also the `documentationUrl` of the agent".to_owned())
}
