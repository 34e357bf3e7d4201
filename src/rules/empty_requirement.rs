use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "empty-requirement",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Warning,
        applies_to: "A2A 1.0",
        summary: "a security requirement names no scheme",
        why: "In 0.x an empty requirement lets everybody in, as in OpenAPI. 1.0 does not say what it means: one reader takes the \
              agent for an open one, another drops the entry and sees only the other requirements.",
        fixing: Fixing::Never(
            "Whether the agent is open to everybody or the name of a scheme was forgotten, the server \
             decides; a guess would misstate who may call it.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "securityRequirements": [
    { "schemes": { "key": { "list": [] } } },
    { "schemes": {} }
                 ^^ warning: the requirement names no scheme, and 1.0 does not say whether that lets everybody in
  ],
  "skills": [{ "id": "tides", "securityRequirements": [{}] }] }
                                                       ^^ warning: the requirement names no scheme, and 1.0 does not say whether that lets everybody in
"#,
            )
            .shows(&["a2a.proto SecurityRequirement"]),
            Example::good(
                Setup::V1_0,
                r#"{ "securityRequirements": [{ "schemes": { "key": {} } }], "skills": [{ "securityRequirements": [] }] }"#,
            ),
            Example::good(Setup::V0_3, r#"{ "security": [{ "key": [] }, {}] }"#),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let Some(card) = agent.card.filter(|_| agent.is_modern()) else { return };
    let owners = std::iter::once(card).chain(agent.skills.iter().copied());
    let entries = owners.flat_map(|owner| owner.list("securityRequirements"));
    for entry in entries.filter(|entry| entry.node().is_object()) {
        let schemes = entry.object("schemes").map(|schemes| schemes.node());
        let empty = match schemes {
            Some(schemes) => Some(schemes),
            None => Some(entry.node()).filter(|_| entry.lacks("schemes")),
        };
        if let Some(node) = empty.filter(|node| node.is_empty() && !node.is_incomplete()) {
            let message =
                "the requirement names no scheme, and 1.0 does not say whether that lets everybody in";
            report
                .at(node.whole(), message)
                .help("name a scheme, or take all requirements out if the agent is open to everybody");
        }
    }
}
