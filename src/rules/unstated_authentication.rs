use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::Version;
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unstated-authentication",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Note,
        applies_to: "A2A 0.1.0 to 0.2.5",
        summary: "a card does not say how to authenticate",
        why: "Clients then call the agent without credentials. In production that is either an agent that is open to \
              everybody, or one that refuses every call.",
        fixing: Fixing::Never(
            "How callers authenticate, the server decides; a guess would misstate who may call it.",
        ),
        examples: &[
            Example::bad(
                Setup::card(Version::V0_2_5),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a" }
^ note: the card does not say how to authenticate
"#,
            )
            .shows(&["A2A-N129"]),
            Example::bad(
                Setup::card(Version::V0_1_0),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "authentication": { "schemes": [] } }
^ note: the card does not say how to authenticate
"#,
            ),
            Example::good(
                Setup::card(Version::V0_1_0),
                r#"
{ "name": "Tides", "authentication": { "schemes": ["Bearer"] } }
"#,
            ),
            Example::good(
                Setup::card(Version::V0_2_5),
                r#"
{ "name": "Tides", "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } } }
"#,
            ),
            Example::good(
                Setup::V0_3,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a" }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let Some(version) = agent.version() else { return };
    let Some(legacy) = version.legacy.filter(|legacy| *legacy <= Version::V0_2_5 && !version.modern) else {
        return;
    };
    let (silent, help) = if legacy == Version::V0_1_0 {
        let schemes = agent.root.object("authentication").and_then(|object| object.get("schemes"));
        let is_empty = schemes.is_some_and(|schemes| schemes.node().is_array() && schemes.node().is_empty());
        (agent.root.lacks("authentication") || is_empty, "name the schemes in `authentication`")
    } else {
        let schemes = agent.root.object("securitySchemes");
        let is_empty = schemes.is_some_and(|schemes| schemes.node().is_empty());
        let is_silent = (agent.root.lacks("securitySchemes") || is_empty) && agent.requirements.is_empty();
        (is_silent, "declare the schemes in `securitySchemes` and require one in `security`")
    };
    if silent {
        report
            .at(agent.root.node().at_opening(), "the card does not say how to authenticate")
            .help(format!("{help}, unless the agent is meant to be open"));
    }
}
