use crate::diagnostic::{Example, Group, Meta, Setup, Severity};
use crate::kind::Version;
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "missing-preferred-transport",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Warning,
        applies_to: "A2A 0.3.0 cards without a 1.0 half",
        summary: "a card that states version 0.3.0 has no `preferredTransport`",
        why: "The text of 0.3.0 requires it, the types do not and assume `JSONRPC`. One SDK ignores the main `url` where it is \
              missing.",
        examples: &[
            Example::bad(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "0.3.0", "skills": [] }
^ warning: there is no `preferredTransport`
"#,
            )
            .shows(&["A2A-N048"]),
            Example::good(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "0.2.6", "skills": [] }
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
    let stated = version.legacy == Some(Version::V0_3_0) && version.stated && !version.modern;
    // A card without any address is told so already.
    if stated && agent.root.lacks("preferredTransport") && agent.root.has("url") {
        report
            .at(agent.root.node().at_opening(), "there is no `preferredTransport`")
            .help("add `\"preferredTransport\": \"JSONRPC\"`, or what is spoken at `url`");
    }
}
