use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "card-as-endpoint",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Warning,
        applies_to: "A2A cards, Graph instances",
        summary: "the URL of an endpoint is that of an agent card",
        why: "Clients send their requests to the endpoint. At the address of the card they get the card, or an error for \
              sending instead of asking.",
        fixing: Fixing::Never("The address that takes the requests stands nowhere in the document."),
        examples: &[
            Example::bad(
                Setup::V0_3,
                r#"
{ "url": "https://tides.example.com/.well-known/agent-card.json" }
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `https://tides.example.com/.well-known/agent-card.json` is the address of a card, not of an endpoint
"#,
            )
            .shows(&["A2A-N037"]),
            Example::good(Setup::V0_3, r#"{ "url": "https://tides.example.com/agent-card" }"#),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for url in agent.endpoints.iter().filter_map(|endpoint| endpoint.url.as_ref()) {
        let path = url.text.split(['?', '#']).next().unwrap_or_default();
        if path.ends_with("/.well-known/agent-card.json") || path.ends_with("/.well-known/agent.json") {
            report
                .at(
                    url.node.whole(),
                    format!("{} is the address of a card, not of an endpoint", quoted(&url.text)),
                )
                .help("write the address that takes the requests");
        }
    }
}
