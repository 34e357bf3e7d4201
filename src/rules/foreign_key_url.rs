use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::url::{are_related, host};
use crate::model::{Agent, Parameter};
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "foreign-key-url",
        aliases: &[],
        group: Group::Signature,
        severity: Severity::Note,
        applies_to: "A2A 0.3.0 and later, Graph agentInstance",
        summary: "the key of a signature lies at a host that has nothing to do with the agent",
        why: "Whoever changes a card can point `jku` at keys of their own. A verifier should take keys from hosts that it \
              trusts for this agent, and one that belongs neither to the agent nor to its provider is easily left out, or let in \
              by mistake.",
        fixing: Fixing::Never(
            "Where the keys are published is decided outside the document, and a URL in the protected header \
             cannot change without a new signature.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [{ "url": "https://agents.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }],
  "provider": { "organization": "Tides", "url": "https://tides.example.org" },
  "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiJ9", "header": { "jku": "https://keys.example.net/jwks.json" } }] }
                                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `jku` is at `keys.example.net`, a host of neither the agent nor its provider
"#,
            )
            .shows(&["A2A-N164", "RFC 7515 s4.1.2"]),
            Example::good(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [{ "url": "https://agents.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }],
  "provider": { "organization": "Tides", "url": "https://tides.example.org" },
  "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiJ9", "header": { "jku": "https://keys.example.com/jwks.json" } },
                 { "protected": "eyJhbGciOiJFUzI1NiJ9", "header": { "jku": "https://tides.example.org/jwks.json" } }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if agent.jws.is_empty() {
        return;
    }
    let own = own_hosts(agent);
    for signature in agent.jws.iter().filter(|_| !own.is_empty()) {
        for name in ["jku", "x5u"] {
            let Some((place, Parameter::Text(text))) = signature.parameter(name) else { continue };
            let Some(host) = host(&text).filter(|_| text.starts_with("https://")) else { continue };
            if !own.iter().any(|own| are_related(own, &host)) {
                let message =
                    format!("`{name}` is at {}, a host of neither the agent nor its provider", quoted(&host));
                report.at(place, message).help(
                    "put the keys on a host of the agent or of its provider, or tell those who verify to trust this one",
                );
            }
        }
    }
}

/// The hosts of the endpoints and of the provider.
fn own_hosts(agent: &Agent<'_>) -> Vec<String> {
    let provider =
        agent.card.and_then(|card| card.object("provider")).and_then(|provider| provider.text("url"));
    let endpoints = agent.endpoints.iter().filter_map(|endpoint| endpoint.url.as_ref());
    endpoints.chain(provider.as_ref()).filter_map(|url| host(&url.text)).collect()
}
