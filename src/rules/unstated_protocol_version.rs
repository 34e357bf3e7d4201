use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::Version;
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unstated-protocol-version",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Note,
        applies_to: "A2A 0.1.0 to 0.3.0, where the release is a guess",
        summary: "a card of the 0.x shape does not say which release it is written for",
        why: "Every reader then assumes 0.3.0. An endpoint that speaks another release is called in a way it does not know. A card \
              that has the members of 0.1.0 is checked as such, but current SDKs read it as 0.3.0: they ignore \
              `authentication`, and some refuse the card because 0.3.0 requires more members.",
        fixing: Fixing::Sometimes(
            "`0.3.0` is added, which readers assume without it; unsafe, since the server may speak an older \
             release. A card of 0.1.0 has to be rewritten for that.",
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
            Example::bad(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [], "authentication": { "schemes": ["Bearer"] } }
^ note: the card states no `protocolVersion` and is checked as 0.1.0; current SDKs read it as 0.3.0
"#,
            ),
            Example::good(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [], "protocolVersion": "0.1.0", "authentication": { "schemes": ["Bearer"] } }
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
    let guess = agent.version().filter(|version| !version.stated).and_then(|version| version.legacy);
    if !agent.root.lacks("protocolVersion") {
        return;
    }
    match guess {
        Some(Version::V0_1_0) => early(agent, report),
        Some(Version::V0_3_0) => unstated(agent, report),
        _ => {}
    }
}

fn unstated(agent: &Agent<'_>, report: &mut Report<'_>) {
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

/// Members of the card, and of its skills, that 0.3.0 requires and 0.1.0 does not.
const NEW: [&str; 3] = ["description", "defaultInputModes", "defaultOutputModes"];
const NEW_IN_SKILLS: [&str; 2] = ["description", "tags"];

/// A card with members of 0.1.0, which no reader of today takes for one.
fn early(agent: &Agent<'_>, report: &mut Report<'_>) {
    let root = agent.root;
    let of_skills = NEW_IN_SKILLS.iter().filter(|name| agent.skills.iter().any(|skill| skill.lacks(name)));
    let mut missing: Vec<String> =
        NEW.iter().filter(|name| root.lacks(name)).map(|name| quoted(name)).collect();
    missing.extend(of_skills.map(|name| format!("{} of every skill", quoted(name))));
    let mut help = "rewrite the card for 0.3.0".to_owned();
    if !missing.is_empty() {
        help.push_str(&format!(", which also requires {}", missing.join(", ")));
    }
    if !root.lacks("authentication") {
        help.push_str("; `securitySchemes` and `security` replace `authentication`");
    }
    let message =
        "the card states no `protocolVersion` and is checked as 0.1.0; current SDKs read it as 0.3.0";
    report.at(root.node().at_opening(), message).help(help);
}
