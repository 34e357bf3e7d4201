use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "retiring-registry",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Note,
        applies_to: "Graph agentInstance, agentCardManifest and agentCollection",
        summary: "a document belongs to the agentRegistry API, which agentRegistration replaces",
        why: "Every page of this API has announced since spring 2026 that the registry of Agent 365 takes its place, and some \
              tenants can no longer create anything with it. Stored bodies and SDKs still use it, so this is a note.",
        fixing: Fixing::Never(
            "The other API has other members and asks for more than stands in the document.",
        ),
        examples: &[
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "displayName": "Tides" }
^ note: `agentInstance` belongs to an API that agentRegistration replaces
"#,
            )
            .shows(&["graph 2.3", "graph 4.39"]),
            Example::good(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Create),
                r#"{ "displayName": "Tides" }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let Some((kind, _)) = agent.graph().filter(|(kind, _)| *kind != Kind::GraphAgentRegistration) else {
        return;
    };
    let name = kind.title().trim_start_matches("Graph ");
    report
        .at(
            agent.root.node().at_opening(),
            format!("`{name}` belongs to an API that agentRegistration replaces"),
        )
        .help("plan to register the agent at `/copilot/agentRegistrations`");
}
