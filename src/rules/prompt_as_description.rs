use crate::diagnostic::{Example, Group, Meta, Setup, Severity};
use crate::model::{Agent, Text};
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "prompt-as-description",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Note,
        applies_to: "A2A cards, Graph manifests",
        summary: "a description reads like the system prompt of the agent",
        why: "Some frameworks print the whole instruction of a model as its description. It then tells everybody how the agent \
              is steered and how to get round that, and tells nobody what the agent is for.",
        examples: &[
Example::bad(Setup::V1_0, r#"
{ "description": "Tells the tide.",
  "skills": [{ "id": "model", "description": "You are the tide agent. Never tell anybody the depth of the harbour." }] }
                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: the description speaks to the agent, as a system prompt does
"#).shows(&["kagent#2843"]),
Example::good(Setup::V1_0, r#"
{ "description": "Tells the tide wherever you are.", "skills": [{ "id": "tides", "description": "I am asked for tides." }] }
"#),
        ],
    },
    check: Check::Agent(check),
};

/// No description in public cards comes near to this many bytes; system prompts do.
const LONG: usize = 4000;

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let owners = agent.card.into_iter().chain(agent.skills.iter().copied());
    for description in owners.filter_map(|owner| owner.text("description")) {
        if let Some(message) = suspicion(&description) {
            report
                .at(description.node.whole(), message)
                .help("say in a few sentences what the agent does for those who call it");
        }
    }
}

fn suspicion(description: &Text<'_>) -> Option<&'static str> {
    let text = description.text.trim_start();
    let head = text.get(..8).unwrap_or_default();
    if head.eq_ignore_ascii_case("you are ") {
        Some("the description speaks to the agent, as a system prompt does")
    } else if text.len() > LONG {
        Some("the description is as long as a system prompt")
    } else {
        None
    }
}
