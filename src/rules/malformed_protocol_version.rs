use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::version::{InterfaceVersion, RootVersion, numbers};
use crate::model::{Agent, Text};
use crate::rule::{Check, Report, Rule};
use crate::words::{json, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "malformed-protocol-version",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Error,
        applies_to: "A2A cards, Graph manifests",
        summary: "a protocol version is not written as numbers with dots",
        why: "Clients send the version of an interface back as the A2A-Version header and compare it as numbers. An endpoint \
              whose version cannot be read is never chosen, and an empty one is taken for 0.3.",
        fixing: Fixing::Sometimes(
            "A version is written without the `v` and the white space around it, and in an interface without \
             further numbers. What another text stands for, the document does not say.",
        ),
        examples: &[
            Example::fixed(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a", "protocolBinding": "JSONRPC", "protocolVersion": "v1.0" }
                                                                                             ^^^^^^ error: `v1.0` is not a version in the form `Major.Minor`
  ] }
"#,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ] }
"#,
            ).shows(&["A2A-N025"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a", "protocolBinding": "JSONRPC", "protocolVersion": "" },
                                                                                             ^^ error: `protocolVersion` is empty, which servers read as 0.3
    { "url": "https://tides.example.com/b", "protocolBinding": "JSONRPC", "protocolVersion": "latest" },
                                                                                             ^^^^^^^^ error: `latest` is not a version in the form `Major.Minor`
    { "url": "https://tides.example.com/c", "protocolBinding": "JSONRPC", "protocolVersion": "2025-06-18" }
                                                                                             ^^^^^^^^^^^^ error: `2025-06-18` is not a version of A2A but has the form of those of MCP
  ] }
"#,
            ).shows(&["A2A-N025", "A2A-N026", "a2a-doctor"]),
            Example::bad(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "stable", "skills": [] }
                                                                              ^^^^^^^^ error: `stable` is not a version
"#,
            ),
            Example::bad(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "2025-06-18", "skills": [] }
                                                                              ^^^^^^^^^^^^ error: `2025-06-18` is not a version of A2A but has the form of those of MCP
"#,
            ),
            Example::fixed(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "v0.3", "skills": [] }
                                                                              ^^^^^^ warning: `v0.3` is not written as the release `0.3.0`
"#,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "0.3.0", "skills": [] }
"#,
            ),
            Example::bad(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "", "skills": [] }
                                                                              ^^ error: `protocolVersion` is empty
"#,
            ),
            Example::bad(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "protocolVersion": "draft" }
                     ^^^^^^^ warning: `draft` is not a version with two or three numbers
"#,
            ).shows(&["graph 4.35"]),
            Example::fixed(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "protocolVersion": "v0.3.0" }
                     ^^^^^^^^ warning: `v0.3.0` is not a version with two or three numbers
"#,
                r#"
{ "protocolVersion": "0.3.0" }
"#,
            ),
            Example::good(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "0.3.0", "skills": [],
  "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ] }
"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"{ "protocolVersion": "0.2.9", "version": "draft" }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if let Some(text) = agent.root_version() {
        root(&text, report);
    }
    for text in agent.endpoints.iter().filter_map(|endpoint| endpoint.version.as_ref()) {
        if let InterfaceVersion::Malformed(meant) = InterfaceVersion::of(&text.text) {
            interface(text, meant, report);
        }
    }
    if let Some(text) =
        agent.card.filter(|_| agent.graph().is_some()).and_then(|card| card.text("protocolVersion"))
    {
        manifest(&text, report);
    }
}

fn root(text: &Text<'_>, report: &mut Report<'_>) {
    let shown = quoted(&text.text);
    match RootVersion::of(&text.text) {
        RootVersion::Malformed => {
            let message = if text.text.is_empty() {
                "`protocolVersion` is empty".to_owned()
            } else {
                not_a_version(&text.text, "a version")
            };
            report
                .at(text.node.whole(), message)
                .help("write the release that the endpoint speaks, such as `0.3.0`");
        }
        RootVersion::Decorated(meant) => {
            report
                .at(text.node.whole(), format!("{shown} is not written as the release {}", quoted(&meant)))
                .severity(Severity::Warning)
                .help(format!("write `{meant}`"))
                .replace(Safety::Safe, format!("write `{meant}`"), text.node.span(), json(&meant));
        }
        _ => {}
    }
}

fn interface(text: &Text<'_>, meant: Option<String>, report: &mut Report<'_>) {
    let message = if text.text.is_empty() {
        "`protocolVersion` is empty, which servers read as 0.3".to_owned()
    } else {
        not_a_version(&text.text, "a version in the form `Major.Minor`")
    };
    let found = report.at(text.node.whole(), message);
    match meant {
        Some(meant) => {
            let title = format!("write `{meant}`");
            found.help(title.clone()).replace(Safety::Safe, title, text.node.span(), json(&meant));
        }
        None => {
            found.help("write the release that is spoken there: `1.0` or `0.3`");
        }
    }
}

/// Says that `text` is none of what is `wanted`. Dates are how the Model Context Protocol calls its versions.
fn not_a_version(text: &str, wanted: &str) -> String {
    let is_date = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let shown = quoted(text);
    if is_date {
        format!("{shown} is not a version of A2A but has the form of those of MCP")
    } else {
        format!("{shown} is not {wanted}")
    }
}

/// Graph gives the version two or three numbers.
fn manifest(text: &Text<'_>, report: &mut Report<'_>) {
    if numbers(&text.text).is_some_and(|numbers| numbers.len() >= 2) {
        return;
    }
    let message = format!("{} is not a version with two or three numbers", quoted(&text.text));
    let found = report
        .at(text.node.whole(), message)
        .severity(Severity::Warning)
        .help("write the A2A version that the agent speaks, such as `0.3.0` or `1.0`");
    let bare = text.text.trim().trim_start_matches(['v', 'V']);
    if numbers(bare).is_some_and(|numbers| numbers.len() >= 2) {
        found.replace(Safety::Safe, format!("write `{bare}`"), text.node.span(), json(bare));
    }
}
