use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::{Agent, Text};
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;
use std::borrow::Cow;
use std::collections::HashMap;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "duplicate-skill-id",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Error,
        applies_to: "A2A cards, Graph manifests",
        summary: "two skills have the same id",
        why: "Clients and registries keep skills by their id: of two with one id they lose one, or route a request to the \
              wrong one.",
        fixing: Fixing::Sometimes(
            "A second skill that says the same goes. Where two skills differ, one of them needs another id, \
             by which clients will know it.",
        ),
        examples: &[
            Example::bad(
                Setup::V0_3,
                r#"
{ "skills": [
    { "id": "tides", "name": "Tides" },
    { "id": "moon", "name": "Moon" },
    { "id": "tides", "name": "Tides of tomorrow" }
            ^^^^^^^ error: the skill id `tides` is taken already
  ] }
"#,
            ).shows(&["A2A-N110"]),
            Example::fixed(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest": { "skills": [{ "id": "tides" }, { "id": "tides" }] } }
                                                               ^^^^^^^ warning: the skill id `tides` is taken already
"#,
                r#"
{ "agentCardManifest": { "skills": [{ "id": "tides" }] } }
"#,
            ).shows(&["graph 3.11"]),
            Example::good(
                Setup::V1_0,
                r#"{ "skills": [{ "id": "tides" }, { "id": "Tides" }, { "name": "tides" }] }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if agent.skills.len() < 2 {
        return;
    }
    let mut known: HashMap<Cow<'_, str>, Text<'_>> = HashMap::with_capacity(agent.skills.len());
    for id in agent.skills.iter().filter_map(|skill| skill.text("id")) {
        if let Some(first) = known.get(&id.text) {
            let found = report
                .at(id.node.whole(), format!("the skill id {} is taken already", quoted(&id.text)))
                .help("give every skill an id of its own")
                .related(first.node.whole(), "the first skill with this id")
                .remove_copy("take the second skill out", id.node.parent(), first.node.parent());
            if agent.graph().is_some() {
                found.severity(Severity::Warning);
            }
        } else {
            known.insert(id.text.clone(), id);
        }
    }
}
