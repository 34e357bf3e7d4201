use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::Version;
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};

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
{ "preferredTransport": "JSONRPC", "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "0.3.0", "skills": [] }
"#,
            )
            .shows(&["A2A-N048"]),
            Example::bad(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "0.2.6", "skills": [] }
^ note: there is no `preferredTransport`
"#,
            )
            .shows(&["A2A-N049"]),
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
        report
            .at(agent.root.node().at_opening(), "there is no `preferredTransport`")
            .severity(severity)
            .help("add `\"preferredTransport\": \"JSONRPC\"`, or what is spoken at `url`")
            .insert(
                Safety::Unsafe,
                "add `preferredTransport`",
                agent.root.node(),
                "preferredTransport",
                "\"JSONRPC\"",
            );
    }
}
