use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::edit::Where;
use crate::kind::Version;
use crate::model::{Agent, EndpointRole, Transport};
use crate::rule::{Check, Report, Rule};
use crate::words::json;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "missing-preferred-transport",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Warning,
        applies_to: "A2A 0.2.4 to 0.3.0, cards without a 1.0 half",
        summary: "a card that states its version has no `preferredTransport`",
        why: "The text of 0.3.0 requires it, the types do not and assume `JSONRPC`, as 0.2.4 to 0.2.6 do. One SDK ignores the main `url` where it is \
              missing.",
        fixing: Fixing::Always(
            "`JSONRPC` is added, which readers assume without it, or what `additionalInterfaces` says of the \
             main URL.",
        ),
        examples: &[
            Example::fixed(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "0.3.0", "skills": [] }
^ warning: there is no `preferredTransport`
"#,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC", "protocolVersion": "0.3.0", "skills": [] }
"#,
            )
            .shows(&["A2A-N048"]),
            Example::fixed(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "0.2.6", "skills": [] }
^ note: there is no `preferredTransport`
"#,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC", "protocolVersion": "0.2.6", "skills": [] }
"#,
            )
            .shows(&["A2A-N049"]),
            Example::fixed(
                Setup::V0_3,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/grpc", "protocolVersion": "0.3.0", "skills": [],
^ warning: there is no `preferredTransport`
  "additionalInterfaces": [{ "url": "https://tides.example.com/grpc", "transport": "GRPC" }] }
"#,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/grpc", "preferredTransport": "GRPC", "protocolVersion": "0.3.0", "skills": [],
  "additionalInterfaces": [{ "url": "https://tides.example.com/grpc", "transport": "GRPC" }] }
"#,
            ),
            Example::good(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "0.2.3", "skills": [] }
"#,
            ),
            Example::good(
                Setup::DETECTED,
                r#"{ "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [] }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let Some(version) = agent.version() else { return };
    let Some(legacy) = version.legacy.filter(|_| version.stated && !version.modern) else { return };
    let severity = match legacy {
        Version::V0_3_0 => Severity::Warning,
        // There the member has a default.
        Version::V0_2_4 | Version::V0_2_5 | Version::V0_2_6 => Severity::Note,
        _ => return,
    };
    // A card without any address is told so already.
    if agent.root.lacks("preferredTransport") && agent.root.has("url") {
        let (root, spoken) = (agent.root.node(), json(spoken(agent)));
        let beside = root.member("url").map_or(Where::First, Where::After);
        report
            .at(root.at_opening(), "there is no `preferredTransport`")
            .severity(severity)
            .help("add `\"preferredTransport\": \"JSONRPC\"`, or what is spoken at `url`")
            .insert_at(
                Safety::Safe,
                format!("add `\"preferredTransport\": {spoken}`"),
                (root, beside),
                "preferredTransport",
                &spoken,
            );
    }
}

/// The transport at `url`: readers assume JSONRPC, unless the list of interfaces has others alone there.
fn spoken<'a>(agent: &'a Agent<'_>) -> &'a str {
    let url = agent.root.text("url").map(|url| url.text);
    let listed = agent.endpoints.iter().filter(|endpoint| endpoint.role == EndpointRole::Additional);
    let at_url = listed.filter(|endpoint| endpoint.url.as_ref().map(|own| &own.text) == url.as_ref());
    let mut first = None;
    for transport in at_url.filter_map(|endpoint| endpoint.transport.as_ref()) {
        let text = transport.text.as_ref();
        let name = Transport::meant_by(text).map_or(text, |(meant, _)| meant.name());
        if name == Transport::JsonRpc.name() {
            return name;
        }
        first = first.or(Some(name).filter(|name| !name.is_empty()));
    }
    first.unwrap_or(Transport::JsonRpc.name())
}
