use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::Version;
use crate::model::version::numbers;
use crate::model::{Agent, Endpoint, EndpointRole, Transport};
use crate::rule::{Check, Report, Rule};
use crate::words::{json, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "odd-rest-url",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Note,
        applies_to: "HTTP+JSON endpoints of A2A 0.3",
        summary: "the URL of an HTTP+JSON endpoint of 0.3 ends in `/v1`",
        why: "The paths of this transport begin with `/v1` themselves, so that clients call `/v1/v1/message:send` and mostly \
              get an answer of 404.",
        fixing: Fixing::Always("`/v1` is taken off; unsafe, since the server may really answer there."),
        examples: &[
            Example::fixed(
                Setup::V0_3,
                r#"
{ "url": "https://tides.example.com/v1/", "preferredTransport": "HTTP+JSON",
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://tides.example.com/v1/` ends in `/v1`, with which the paths below it begin
  "additionalInterfaces": [{ "url": "https://tides.example.com/v1", "transport": "JSONRPC" }] }
"#,
                r#"
{ "url": "https://tides.example.com", "preferredTransport": "HTTP+JSON",
  "additionalInterfaces": [{ "url": "https://tides.example.com/v1", "transport": "JSONRPC" }] }
"#,
            )
            .shows(&["A2A-N043"]),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/api/v1", "protocolBinding": "HTTP+JSON", "protocolVersion": "0.3" },
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://tides.example.com/api/v1` ends in `/v1`, with which the paths below it begin
    { "url": "https://tides.example.com/api/v1", "protocolBinding": "HTTP+JSON", "protocolVersion": "1.0" }
  ] }
"#,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/api", "protocolBinding": "HTTP+JSON", "protocolVersion": "0.3" },
    { "url": "https://tides.example.com/api/v1", "protocolBinding": "HTTP+JSON", "protocolVersion": "1.0" }
  ] }
"#,
            ),
            Example::good(
                Setup::V0_3,
                r#"
{ "url": "https://tides.example.com/v1/a2a", "preferredTransport": "HTTP+JSON" }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let is_0_3 = agent.version().is_some_and(|version| version.legacy == Some(Version::V0_3_0));
    for endpoint in &agent.endpoints {
        let (Some(url), Some(transport)) = (&endpoint.url, &endpoint.transport) else { continue };
        let speaks_0_3 = match endpoint.role {
            EndpointRole::Main | EndpointRole::Additional => is_0_3,
            EndpointRole::Supported => states_0_3(endpoint),
        };
        if !speaks_0_3 || transport.text != Transport::HttpJson.name() {
            continue;
        }
        if let Some(base) = without_prefix(&url.text) {
            report
                .at(
                    url.node.whole(),
                    format!("{} ends in `/v1`, with which the paths below it begin", quoted(&url.text)),
                )
                .help("leave `/v1` out, unless the server really answers at `/v1/v1/message:send`")
                .replace(Safety::Unsafe, "leave `/v1` out", url.node.span(), json(base));
        }
    }
}

fn states_0_3(endpoint: &Endpoint<'_>) -> bool {
    let version = endpoint.version.as_ref().and_then(|version| numbers(&version.text));
    version.is_some_and(|numbers| numbers.starts_with(&[0, 3]))
}

fn without_prefix(url: &str) -> Option<&str> {
    url.strip_suffix('/').unwrap_or(url).strip_suffix("/v1")
}
