use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::edit::Where;
use crate::model::{Agent, Endpoint, EndpointRole, Transport};
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unstated-streaming",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Note,
        applies_to: "A2A 1.0",
        summary: "a card lists only bindings of its own and does not say whether they stream",
        why: "Clients know what the core bindings can do. Of another one they cannot tell whether to ask for a stream, and a \
              card has to say so where there is none.",
        fixing: Fixing::Always(
            "`false` is added, which readers assume without it; unsafe, since the binding may stream.",
        ),
        examples: &[
Example::fixed(Setup::V1_0, r#"
{ "capabilities": {},
                  ^ note: the card does not say whether its custom bindings stream
  "supportedInterfaces": [
    { "url": "wss://tides.example.com/ws", "protocolBinding": "https://example.com/bindings/ws/v1", "protocolVersion": "1.0" }
  ] }
"#, r#"
{ "capabilities": { "streaming": false },
  "supportedInterfaces": [
    { "url": "wss://tides.example.com/ws", "protocolBinding": "https://example.com/bindings/ws/v1", "protocolVersion": "1.0" }
  ] }
"#).shows(&["A2A-N080"]),
Example::good(Setup::V1_0, r#"
{ "capabilities": { "streaming": false },
  "supportedInterfaces": [
    { "url": "wss://tides.example.com/ws", "protocolBinding": "https://example.com/bindings/ws/v1", "protocolVersion": "1.0" }
  ] }
"#),
Example::good(Setup::V1_0, r#"
{ "capabilities": {},
  "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "wss://tides.example.com/ws", "protocolBinding": "https://example.com/bindings/ws/v1", "protocolVersion": "1.0" }
  ] }
"#),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let mut listed =
        agent.endpoints.iter().filter(|endpoint| endpoint.role == EndpointRole::Supported).peekable();
    if listed.peek().is_none() || !listed.all(is_custom) {
        return;
    }
    let capabilities =
        agent.root.object("capabilities").filter(|capabilities| capabilities.lacks("streaming"));
    if let Some(capabilities) = capabilities {
        let title = "add `\"streaming\": false`";
        report
            .at(capabilities.node().at_opening(), "the card does not say whether its custom bindings stream")
            .help("write `\"streaming\": false`, or `true` where they do")
            .insert_at(Safety::Unsafe, title, (capabilities.node(), Where::Last), "streaming", "false");
    }
}

fn is_custom(endpoint: &Endpoint<'_>) -> bool {
    endpoint
        .transport
        .as_ref()
        .is_some_and(|binding| binding.text.contains(':') && Transport::meant_by(&binding.text).is_none())
}
