use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::Version;
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unstated-protocol-version",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Note,
        applies_to: "A2A 0.2.0 to 0.3.0, where the release is a guess",
        summary: "a card of the 0.x shape does not say which release it is written for",
        why: "Every reader then assumes 0.3.0. An endpoint that speaks another release is called in a way it does not know.",
        fixing: Fixing::Always(
            "`0.3.0` is added, which readers assume without it; unsafe, since the server may speak an older \
             release.",
        ),
        examples: &[
            Example::fixed(
                Setup::DETECTED,
                r#"
{
^ note: the card states no `protocolVersion`, so readers assume `0.3.0`
  "name": "Tides", "description": "Tells the tide.", "url": "https://tides.example.com/a2a", "skills": []
}
"#,
                r#"
{
  "protocolVersion": "0.3.0",
  "name": "Tides", "description": "Tells the tide.", "url": "https://tides.example.com/a2a", "skills": []
}
"#,
            )
            .shows(&["A2A-N021", "real missing-required-protocolversion-0-x-layout"]),
            Example::good(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [], "authentication": { "schemes": ["Bearer"] } }
"#,
            ),
            Example::good(
                Setup::DETECTED,
                r#"{ "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [], "protocolVersion": null }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let is_guess =
        agent.version().is_some_and(|version| version.legacy == Some(Version::V0_3_0) && !version.stated);
    if !is_guess || !agent.root.lacks("protocolVersion") {
        return;
    }
    let root = agent.root.node();
    let message = "the card states no `protocolVersion`, so readers assume `0.3.0`";
    let help = "add the release that the endpoint speaks, such as `\"protocolVersion\": \"0.3.0\"`";
    let title = "add `\"protocolVersion\": \"0.3.0\"`";
    report.at(root.at_opening(), message).help(help).insert(
        Safety::Unsafe,
        title,
        root,
        "protocolVersion",
        "\"0.3.0\"",
    );
}
