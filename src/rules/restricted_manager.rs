use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "restricted-manager",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Note,
        applies_to: "Graph agentRegistration, create",
        summary: "a new registration names the application that manages it",
        why: "The service has answered such bodies with 424 or 500 unless the calling application was entitled to name a \
              manager, even itself, and taken the same body without the member.",
        fixing: Fixing::Never("Whether the application is entitled, the service decides."),
        examples: &[
            Example::bad(
                Setup::REGISTRATION,
                r#"
{ "displayName": "Tides", "managedByAppId": "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82" }
                          ^^^^^^^^^^^^^^^^ note: the service may refuse `managedByAppId` from an application not entitled to it
"#,
            )
            .shows(&["graph 5"]),
            Example::good(
                Setup::REGISTRATION,
                r#"{ "displayName": "Tides", "managedByAppId": "" }"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Response),
                r#"
{ "displayName": "Tides", "managedByAppId": "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82" }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if agent.graph() == Some((Kind::GraphAgentRegistration, Mode::Create))
        && let Some(manager) = agent.root.text("managedByAppId")
        && manager.node.key_is("managedByAppId")
        && !manager.text.is_empty()
    {
        report
            .at(
                manager.node.at_key(),
                "the service may refuse `managedByAppId` from an application not entitled to it",
            )
            .help("if it does, leave the member out and name `ownerIds`");
    }
}
