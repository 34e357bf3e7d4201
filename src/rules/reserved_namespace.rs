use super::unversioned_extension::holds_version;
use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::{Agent, Text};
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "reserved-namespace",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Note,
        applies_to: "A2A 1.0",
        summary: "a URI lies in the space of official bindings or extensions and is not formed like one",
        why: "Official URIs end in a name and a version, and nobody else may make up others there. Clients that look the URI \
              up find nothing, and a later official one may come to mean something else.",
        fixing: Fixing::Never(
            "The right URI is that of the binding or extension that was meant, which has to be looked up.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "wss://tides.example.com/ws", "protocolVersion": "1.0",
      "protocolBinding": "https://a2a-protocol.org/bindings/websocket" }
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://a2a-protocol.org/bindings/websocket` is kept for official bindings, which end in a name and a version
  ] }
"#,
            )
            .shows(&["A2A-N083"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "capabilities": { "extensions": [{ "uri": "https://a2a-protocol.org/extensions/v1" }] } }
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://a2a-protocol.org/extensions/v1` is kept for official extensions, which end in a name and a version
"#,
            )
            .shows(&["A2A-N106"]),
            Example::good(
                Setup::V1_0,
                r#"
{ "capabilities": { "extensions": [{ "uri": "https://a2a-protocol.org/extensions/tracing/v1" },
    { "uri": "https://a2a-protocol.org/extensions/tracing" }, { "uri": "https://x.example.com/extensions/v1" }] } }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if !agent.is_modern() {
        return;
    }
    for binding in agent.endpoints.iter().filter_map(|endpoint| endpoint.transport.as_ref()) {
        judge(binding, "bindings", report);
    }
    // An extension without a version is told so anyway.
    let uris = agent.extensions().filter_map(|extension| extension.text("uri"));
    for uri in uris.filter(|uri| holds_version(&uri.text)) {
        judge(&uri, "extensions", report);
    }
}

fn judge(uri: &Text<'_>, space: &str, report: &mut Report<'_>) {
    let inside = uri.text.strip_prefix("https://a2a-protocol.org/").and_then(|path| path.strip_prefix(space));
    let Some(path) = inside.filter(|path| path.starts_with('/')) else { return };
    if !is_official(path) {
        report
            .at(
                uri.node.whole(),
                format!(
                    "{} is kept for official {space}, which end in a name and a version",
                    quoted(&uri.text)
                ),
            )
            .help(format!(
                "write the official URI, such as `.../{space}/name/v1`, or one under a domain of your own"
            ));
    }
}

/// Whether a path is `/name/v1`.
fn is_official(path: &str) -> bool {
    let mut parts = path.split('/').skip(1);
    let (name, version, rest) = (parts.next(), parts.next(), parts.next());
    let numbered = version.and_then(|version| version.strip_prefix('v')).is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    });
    name.is_some_and(|name| !name.is_empty()) && numbered && rest.is_none()
}
