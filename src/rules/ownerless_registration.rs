use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "ownerless-registration",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Error,
        applies_to: "Graph agentRegistration, create",
        summary: "a registration names neither owners nor a managing application",
        why: "The service refuses to register an agent for which nobody answers.",
        fixing: Fixing::Never("Who answers for the agent stands nowhere in the document."),
        examples: &[
            Example::bad(
                Setup::REGISTRATION,
                r#"
{ "displayName": "Tides" }
^ error: neither `ownerIds` nor `managedByAppId` says who answers for the agent
"#,
            ).shows(&["graph 4.2"]),
            Example::bad(
                Setup::REGISTRATION,
                r#"
{ "displayName": "Tides", "ownerIds": [] }
                                      ^^ error: `ownerIds` is empty, and no `managedByAppId` says who answers for the agent
"#,
            ).shows(&["graph 3.7", "graph 4.2"]),
            Example::good(
                Setup::REGISTRATION,
                r#"{ "displayName": "Tides", "managedByAppId": "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82" }"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Update),
                r#"{ "displayName": "Tides" }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let root = agent.root;
    let is_creation = agent.graph() == Some((Kind::GraphAgentRegistration, Mode::Create));
    // A null names no application, while anything else that is wrong there has been reported.
    let is_managed = root.raw("managedByAppId").is_some_and(|node| !node.is_null());
    if !is_creation || is_managed || root.node().is_incomplete() {
        return;
    }
    let help = "add `ownerIds` with the object id of a user, or `managedByAppId`";
    match root.raw("ownerIds") {
        None if root.lacks("ownerIds") => {
            report
                .at(
                    root.node().at_opening(),
                    "neither `ownerIds` nor `managedByAppId` says who answers for the agent",
                )
                .help(help);
        }
        Some(owners) if owners.is_array() && owners.is_empty() && !owners.is_incomplete() => {
            report
                .at(
                    owners.whole(),
                    "`ownerIds` is empty, and no `managedByAppId` says who answers for the agent",
                )
                .help(help);
        }
        None | Some(_) => {}
    }
}
