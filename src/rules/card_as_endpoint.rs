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
            Example::bad(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [{ "url": "https://tides.example.com/a2a/Agent.json?v=1", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }] }
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `https://tides.example.com/a2a/Agent.json?v=1` is the address of a card, not of an endpoint
"#,
            ),
            Example::good(Setup::V0_3, r#"{ "url": "https://tides.example.com/agent-card" }"#),
        ],
    },
    check: Check::Agent(check),
};

/// The names of files that hold agent cards.
const CARDS: [&str; 4] = ["agent-card.json", "agent_card.json", "agentcard.json", "agent.json"];

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for url in agent.endpoints.iter().filter_map(|endpoint| endpoint.url.as_ref()) {
        let path = url.text.split(['?', '#']).next().unwrap_or_default();
        let file = path.rsplit('/').next().unwrap_or_default();
        if CARDS.iter().any(|card| file.eq_ignore_ascii_case(card)) {
            report
                .at(
                    url.node.whole(),
                    format!("{} is the address of a card, not of an endpoint", quoted(&url.text)),
                )
                .help("write the address that takes the requests");
        }
    }
}
