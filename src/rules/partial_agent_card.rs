use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::{Kind, Mode, missing_from_card};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::words::list;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "partial-agent-card",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Note,
        applies_to: "Graph agentRegistration, update",
        summary: "an update of a registration sends a part of its card",
        why: "To Graph the card is one value: a PATCH puts the new one in place of the old one and merges nothing. Whatever the \
              new card does not repeat, such as the skills, is gone.",
        fixing: Fixing::Never("The rest of the card stands in the registration at the service."),
        examples: &[
            Example::bad(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Update),
                r#"
{ "agentCard": { "description": "Tells the tide." } }
               ^ note: the update replaces the whole card, and this one lacks `name` and `skills`
"#,
            )
            .shows(&["graph 5"]),
            Example::good(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Update),
                r#"{ "agentCard": { "name": "Tides", "skills": [] } }"#,
            ),
            Example::good(Setup::REGISTRATION, r#"{ "agentCard": { "description": "Tells the tide." } }"#),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if agent.graph() != Some((Kind::GraphAgentRegistration, Mode::Update)) {
        return;
    }
    let Some(card) = agent.root.object("agentCard") else { return };
    let lacking: Vec<&str> = missing_from_card(card.node()).collect();
    if !lacking.is_empty() {
        report
            .at(
                card.node().at_opening(),
                format!("the update replaces the whole card, and this one lacks {}", list(&lacking, "and")),
            )
            .help("read the registration, change its card and send that whole");
    }
}
