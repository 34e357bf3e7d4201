use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::Version;
use crate::model::{Agent, Value};
use crate::rule::{Check, Report, Rule};
use crate::syntax::Node;
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unusable-extended-card",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Error,
        applies_to: "A2A 0.2.1 and later",
        summary: "a card announces an extended card but declares nothing to authenticate with",
        why: "The extended card is handed out to authenticated clients only, and they authenticate with the schemes of the \
              public card. Without any, no client can ever fetch it.",
        fixing: Fixing::Never(
            "Whether there is an extended card, and how callers authenticate for it, the server decides.",
        ),
        examples: &[
            Example::bad(
                Setup::V0_3,
                r#"
{ "supportsAuthenticatedExtendedCard": true, "skills": [] }
                                       ^^^^ error: an extended card is announced, but there is nothing to authenticate with
"#,
            ).shows(&["A2A-N093"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "capabilities": { "extendedAgentCard": true }, "securityRequirements": [] }
                                         ^^^^ error: an extended card is announced, but there is nothing to authenticate with
"#,
            ).shows(&["A2A-N094"]),
            Example::bad(Setup::card(Version::V0_2_5), r#"
{ "url": "https://tides.example.com/", "supportsAuthenticatedExtendedCard": true,
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://tides.example.com/` has no path to go up from to the extended card
  "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } } }
"#).shows(&["A2A-N095"]),
Example::good(
                Setup::V1_0,
                r#"
{ "capabilities": { "extendedAgentCard": true },
  "securitySchemes": { "web": { "httpAuthSecurityScheme": { "scheme": "bearer" } } } }
"#,
            ),
            Example::good(Setup::V0_3, r#"{ "supportsAuthenticatedExtendedCard": false }"#),
        Example::good(Setup::card(Version::V0_2_5), r#"
{ "url": "https://tides.example.com/a2a", "supportsAuthenticatedExtendedCard": true,
  "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } } }
"#),
],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if agent.version().is_none() || agent.root.node().is_incomplete() {
        return;
    }
    let Some(flag) = announcement(agent) else { return };
    if states_security(agent.root) {
        without_path(agent, report);
    } else {
        report
            .at(flag.whole(), "an extended card is announced, but there is nothing to authenticate with")
            .help("declare the schemes in `securitySchemes`, or announce no extended card");
    }
}

/// Whether security is stated at all, in whatever state: what is wrong with it is said elsewhere.
fn states_security(card: Value<'_>) -> bool {
    let stated = |name: &str| card.has(name) && card.get(name).is_none_or(|value| !value.node().is_empty());
    ["securitySchemes", "security", "securityRequirements"].into_iter().any(stated)
}

fn announcement<'d>(agent: &Agent<'d>) -> Option<Node<'d>> {
    let modern =
        agent.root.object("capabilities").and_then(|capabilities| capabilities.get("extendedAgentCard"));
    let legacy = agent.root.get("supportsAuthenticatedExtendedCard");
    let flags = [modern.filter(|_| agent.is_modern()), legacy.filter(|_| agent.is_legacy())];
    flags.into_iter().flatten().map(Value::node).find(|node| node.boolean() == Some(true))
}

/// Up to 0.2.5 the extended card lies at `{url}/../agent/authenticatedExtendedCard`.
fn without_path(agent: &Agent<'_>, report: &mut Report<'_>) {
    let legacy = agent.version().and_then(|version| version.legacy);
    let Some(url) = agent.root.text("url") else { return };
    let path =
        url.text.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    if legacy.is_some_and(|legacy| legacy <= Version::V0_2_5) && path.is_empty() && !agent.is_modern() {
        report
            .at(url.node.whole(), format!("{} has no path to go up from to the extended card", quoted(&url.text)))
            .severity(Severity::Note)
            .help("serve the agent below a path, such as `/a2a`, and the extended card beside it at `/agent/authenticatedExtendedCard`");
    }
}
