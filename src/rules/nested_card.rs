use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::edit::replace_value;
use crate::kind::{Kind, Mode};
use crate::rule::{Check, Context, Report, Rule};
use crate::schema::{Fact, Finding};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "nested-card",
        aliases: &[],
        group: Group::Schema,
        severity: Severity::Error,
        applies_to: "Graph agentRegistration, agentInstance",
        summary: "the agent card of a registration or the manifest of an instance is wrapped in an object once more",
        why: "Readers look for the members of the card directly in `agentCard` or `agentCardManifest` and find none of them, so the agent has \
              no name, no endpoint and no skills. The inner card is checked once the wrapper is gone.",
        fixing: Fixing::Always("The card replaces the object around it."),
        examples: &[
            Example::fixed(
                Setup::REGISTRATION,
                r#"
{ "displayName": "Tides", "agentCard": { "agentCard": { "name": "Tides", "url": "https://tides.example.com/a2a" } } }
                                         ^^^^^^^^^^^ warning: the agent card is wrapped once more, in `agentCard`
"#,
                r#"
{ "displayName": "Tides", "agentCard": { "name": "Tides", "url": "https://tides.example.com/a2a" } }
"#,
            )
            .shows(&["graph 4.5"]),
            Example::fixed(
                Setup::graph(Kind::GraphAgentInstance, Mode::Create),
                r#"
{ "displayName": "Tides", "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"],
  "agentCardManifest": { "manifest": { "displayName": "Tides", "description": "Tells the tide.", "protocolVersion": "0.3.0", "version": "1.0.0", "capabilities": { "streaming": true, "pushNotifications": false, "stateTransitionHistory": false }, "supportsAuthenticatedExtendedCard": false } } }
                         ^^^^^^^^^^ error: the agent card is wrapped once more, in `manifest`
"#,
                r#"
{ "displayName": "Tides", "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"],
  "agentCardManifest": { "displayName": "Tides", "description": "Tells the tide.", "protocolVersion": "0.3.0", "version": "1.0.0", "capabilities": { "streaming": true, "pushNotifications": false, "stateTransitionHistory": false }, "supportsAuthenticatedExtendedCard": false } }
"#,
            ),
            Example::good(
                Setup::REGISTRATION,
                r#"
{ "displayName": "Tides", "agentCard": { "name": "Tides", "card": {} } }
"#,
            ),
        ],
    },
    check: Check::Finding(check),
};

fn check(finding: &Finding, context: &Context<'_>, report: &mut Report<'_>) {
    if finding.fact != Fact::Wrapped {
        return;
    }
    let card = context.node(finding);
    let name = card.key().unwrap_or_default();
    let outer = card.parent().filter(|outer| outer.len() == 1 && !outer.is_incomplete());
    report
        .at(card.at_key(), format!("the agent card is wrapped once more, in {}", quoted(&name)))
        .help("write the members of the card directly into the outer object")
        .offer(Safety::Safe, "remove the wrapper", outer.map(|outer| vec![replace_value(outer, card.raw())]));
}
