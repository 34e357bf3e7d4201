use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unversioned-extension",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Warning,
        applies_to: "A2A 0.2.4 and later",
        summary: "the `uri` of an extension holds no version",
        why: "A breaking change of an extension needs a new URI. Without a version in it, the next one has nowhere to go, and \
              clients cannot tell what they are talking to.",
        fixing: Fixing::Never(
            "Another URI is another extension; its authors decide under which one a version of it is known.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "capabilities": { "extensions": [{ "uri": "https://x.example.com/tracing" }] } }
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `https://x.example.com/tracing` holds no version
"#,
            ).shows(&["A2A-N102"]),
            Example::bad(
                Setup::V0_3,
                r#"
{ "capabilities": { "extensions": [{ "uri": "https://x.example.com/tracing" }] } }
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://x.example.com/tracing` holds no version
"#,
            ).shows(&["A2A-N101"]),
            Example::good(
                Setup::V1_0,
                r#"
{ "capabilities": { "extensions": [{ "uri": "https://x.example.com/tracing/v1" }, { "uri": "https://x.example.com/1.2/a" },
  { "uri": "urn:example:tracing:v2" }, { "uri": "https://x.example.com/a/2026-01-05" }, { "uri": "https://x.example.com/tracing-v2" },
  { "uri": "https://x.example.com/tracing/1" }, { "uri": "https://v1.example.com/tracing" }, { "uri": "urn:example:tracing;version=1" }] } }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let Some(version) = agent.version() else { return };
    let severity = if version.modern { Severity::Warning } else { Severity::Note };
    for uri in agent.extensions().filter_map(|extension| extension.text("uri")) {
        // A text that is no URI at all is the matter of another rule.
        if uri.text.contains(':') && !holds_version(&uri.text) {
            report
                .at(uri.node.whole(), format!("{} holds no version", quoted(&uri.text)))
                .severity(severity)
                .help("put a version into the path, such as `/v1`");
        }
    }
}

/// Whether a part of the URI is `v1`, or one behind its host `2`, `1.2`, a date and the like.
pub(super) fn holds_version(uri: &str) -> bool {
    let (host, path) = match uri.split_once("://") {
        Some((_, rest)) => rest.split_once('/').unwrap_or((rest, "")),
        None => ("", uri),
    };
    let parted = |char: char| !char.is_ascii_alphanumeric();
    host.split(parted).any(is_numbered) || path.split(parted).any(|part| is_numbered(part) || is_number(part))
}

/// `v1`, `v2beta`
fn is_numbered(part: &str) -> bool {
    part.strip_prefix(['v', 'V']).is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_digit()))
}

/// `1`, `2026`
fn is_number(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}
