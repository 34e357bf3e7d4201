use super::unknown_transport::has_namespace;
use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::Version;
use crate::model::{Agent, Endpoint, EndpointRole, Transport};
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "missing-core-transport",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Note,
        applies_to: "A2A 0.3.0 cards without a 1.0 half",
        summary: "no endpoint speaks a core transport",
        why: "Clients know JSONRPC, GRPC and HTTP+JSON. An agent that speaks only a transport of its own is out of reach for \
              everybody who has not written a client for it.",
        fixing: Fixing::Never("The server has to speak a core transport before the card may say so."),
        examples: &[
Example::bad(Setup::V0_3, r#"
{ "url": "https://tides.example.com/q", "preferredTransport": "com.example.queue",
                                                              ^^^^^^^^^^^^^^^^^^^ note: the agent speaks none of the core transports
                                             "additionalInterfaces": [{ "url": "https://tides.example.com/q", "transport": "com.example.queue" }] }
"#).shows(&["A2A-N062"]),
Example::good(Setup::V0_3, r#"
{ "url": "https://tides.example.com/q", "preferredTransport": "com.example.queue",
  "additionalInterfaces": [{ "url": "https://tides.example.com/rest", "transport": "HTTP+JSON" }] }
"#),
Example::good(Setup::V0_3, r#"
{ "url": "https://tides.example.com/a2a" }
"#),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let Some(version) = agent.version() else { return };
    let is_0_3 = version.legacy == Some(Version::V0_3_0) && !version.modern;
    let main = agent.endpoints.iter().find(|endpoint| endpoint.role == EndpointRole::Main);
    let Some(preferred) = main.and_then(|main| main.transport.as_ref()) else { return };
    let is_whole = !agent.root.node().is_incomplete() && readable(agent);
    if is_0_3 && is_whole && agent.endpoints.iter().all(speaks_another) {
        report
            .at(preferred.node.whole(), "the agent speaks none of the core transports")
            .help("offer `JSONRPC`, `GRPC` or `HTTP+JSON` as well, and list it in `additionalInterfaces`");
    }
}

/// Whether every entry of the list is there to be judged.
fn readable(agent: &Agent<'_>) -> bool {
    let judged = agent.endpoints.iter().filter(|endpoint| endpoint.role == EndpointRole::Additional).count();
    let listed = agent.root.raw("additionalInterfaces").map_or(0, |list| list.len());
    judged == listed
}

/// Whether the transport is a proper name that no core transport is meant by.
fn speaks_another(endpoint: &Endpoint<'_>) -> bool {
    endpoint.transport.as_ref().is_some_and(|transport| {
        has_namespace(&transport.text) && Transport::meant_by(&transport.text).is_none()
    })
}
