use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::{Agent, Entity, Text, is_guid};
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;
use std::collections::HashMap;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "duplicate-owner",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Note,
        applies_to: "every Graph kind",
        summary: "`ownerIds` names the same owner twice",
        why: "An owner who is listed twice looks like two, so nobody notices that the agent is left with a single person who \
              answers for it. Often the second entry was meant to be somebody else.",
        fixing: Fixing::Always("The later of the two goes; the owners stay the same."),
        examples: &[
            Example::fixed(
                Setup::REGISTRATION,
                r#"
{ "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82", "4F0C2B1D-8E57-4D7A-9A61-0D3B5C6E7F82"] }
                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: the owner `4F0C2B1D-8E57-4D7A-9A61-0D3B5C6E7F82` is listed already
"#,
                r#"
{ "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"] }
"#,
            )
            .shows(&["graph 3.11"]),
            Example::fixed(
                Setup::graph(Kind::GraphAgentInstance, Mode::Update),
                r#"
{ "agentCardManifest": { "ownerIds": [
    "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82", "c7a1d9e3-52b4-4f68-8d0e-6b9f3a2c1d47", "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"
                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: the owner `4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82` is listed already
  ] } }
"#,
                r#"
{ "agentCardManifest": { "ownerIds": [
    "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82", "c7a1d9e3-52b4-4f68-8d0e-6b9f3a2c1d47"
  ] } }
"#,
            ),
            Example::good(
                Setup::INSTANCE,
                r#"
{ "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82", "c7a1d9e3-52b4-4f68-8d0e-6b9f3a2c1d47"],
  "agentCardManifest": { "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"] } }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    agent.entities().for_each(|entity| owners(&entity, report));
}

/// What is no GUID is reported as such.
fn owners(entity: &Entity<'_>, report: &mut Report<'_>) {
    let mut known: HashMap<String, Text<'_>> = HashMap::new();
    for owner in entity.value.texts("ownerIds").filter(|owner| is_guid(&owner.text)) {
        if let Some(first) = known.get(&owner.text.to_ascii_lowercase()) {
            report
                .at(owner.node.whole(), format!("the owner {} is listed already", quoted(&owner.text)))
                .help("take it out, or write the id of the other owner")
                .related(first.node.whole(), "the same owner")
                .remove(Safety::Safe, "take the repetition out", owner.node);
        } else {
            known.insert(owner.text.to_ascii_lowercase(), owner);
        }
    }
}
