use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode, fold};
use crate::model::says_open;
use crate::rule::{Check, Context, Report, Rule};
use crate::schema::{Fact, Finding};
use crate::syntax::Node;
use crate::words::quoted;
use std::borrow::Cow;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "removed-member",
        aliases: &[],
        group: Group::Schema,
        severity: Severity::Error,
        applies_to: "A2A cards, Graph registrations",
        summary: "a member belongs to another version or API, and nothing here takes its place under another name",
        why: "Readers of this version ignore the member, so what it says is lost: readers of 1.0 never look at \
              `preferredTransport`, and nobody has read `authentication` since 0.1. Graph refuses the request or drops the member.",
        fixing: Fixing::Sometimes(
            "What has no successor goes; unsafe, since readers of the other version may use it. \
             `preferredTransport` and `additionalInterfaces` go where `supportedInterfaces` says the same, and \
             `authentication` where it says that no login is needed. \
             What has to be put elsewhere in another form is left to a person, or to `cardlint migrate`.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "preferredTransport": "JSONRPC", "capabilities": { "stateTransitionHistory": false } }
  ^^^^^^^^^^^^^^^^^^^^ warning: `preferredTransport` is a member of 0.3 and means nothing here
                                                     ^^^^^^^^^^^^^^^^^^^^^^^^ warning: `stateTransitionHistory` is a member of 0.3 and means nothing here
"#,
            ).shows(&["A2A-N092", "real 1-0-card-with-capabilities-statetransitionhistory", "real 1-0-card-with-preferredtransport-additionalinterfaces"]),
            Example::bad(
                Setup::V0_3,
                r#"
{ "authentication": { "schemes": ["Bearer"] } }
  ^^^^^^^^^^^^^^^^ warning: `authentication` is a member of 0.1 and means nothing here
"#,
            ).shows(&["real authentication-member-0-1-only-in-a-card-of-another-layout"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Update),
                r#"
{ "url": "https://tides.example.com/a2a" }
  ^^^^^ error: `url` is a member of agentInstance and means nothing here
"#,
            ).shows(&["graph 1.4"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "signatures": [], "sourceAgentId": "00222" }
  ^^^^^^^^^^^^ error: `signatures` is a member of agentInstance and means nothing here
                    ^^^^^^^^^^^^^^^ error: `sourceAgentId` is a member of agentInstance and means nothing here
"#,
            )
            .shows(&["graph 4.22", "graph 5"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentInstance, Mode::Update),
                r##"
{ "a2aAuthorization": { "type": "none" }, "agentCardManifest": { "securitySchemes": {
  ^^^^^^^^^^^^^^^^^^ error: `a2aAuthorization` is a member of agentRegistration and means nothing here
    "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } },
             ^^^^^^^^^^^^^^^^^^^^^^ error: `apiKeySecurityScheme` is a member of the wrapped form of A2A 1.0 and means nothing here
    "login": { "@odata.type": "#microsoft.graph.oAuth2SecurityScheme", "type": "oauth2", "flows": { "deviceCode": { "scopes": {} } } } } } }
                                                                                                    ^^^^^^^^^^^^ error: `deviceCode` is a member of A2A 1.0 and means nothing here
"##,
            )
            .shows(&["graph 4.42", "graph 1.5"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Response),
                r#"
{ "agentUserId": "0a9b8c7d-6e5f-4a3b-8c1d-2e3f4a5b6c7d", "preferredTransport": "JSONRPC" }
  ^^^^^^^^^^^^^ error: `agentUserId` is a member of agentInstance and means nothing here
                                                         ^^^^^^^^^^^^^^^^^^^^ error: `preferredTransport` is a member of agentInstance and means nothing here
"#,
            )
            .shows(&["graph 5"]),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "https://tides.example.com/grpc", "protocolBinding": "GRPC", "protocolVersion": "1.0" }
  ],
  "preferredTransport": "JSONRPC",
  ^^^^^^^^^^^^^^^^^^^^ warning: `preferredTransport` is a member of 0.3 and means nothing here
  "additionalInterfaces": [{ "url": "https://tides.example.com/grpc", "transport": "GRPC" }],
  ^^^^^^^^^^^^^^^^^^^^^^ warning: `additionalInterfaces` is a member of 0.3 and means nothing here
  "capabilities": { "streaming": true, "stateTransitionHistory": true } }
                                       ^^^^^^^^^^^^^^^^^^^^^^^^ warning: `stateTransitionHistory` is a member of 0.3 and means nothing here
"#,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "https://tides.example.com/grpc", "protocolBinding": "GRPC", "protocolVersion": "1.0" }
  ],
  "capabilities": { "streaming": true } }
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ],
  "preferredTransport": "GRPC",
  ^^^^^^^^^^^^^^^^^^^^ warning: `preferredTransport` is a member of 0.3 and means nothing here
  "additionalInterfaces": [{ "url": "https://tides.example.com/grpc", "transport": "GRPC" }] }
  ^^^^^^^^^^^^^^^^^^^^^^ warning: `additionalInterfaces` is a member of 0.3 and means nothing here
"#,
            ),
            Example::fixed(
                Setup::V0_3,
                r#"
{ "name": "Tides", "authentication": { "schemes": ["none"], "required": false } }
                   ^^^^^^^^^^^^^^^^ warning: `authentication` is a member of 0.1 and means nothing here
"#,
                r#"
{ "name": "Tides" }
"#,
            ),
            Example::good(
                Setup::V0_3,
                r#"{ "preferredTransport": "JSONRPC", "capabilities": { "stateTransitionHistory": false } }"#,
            ),
        ],
    },
    check: Check::Finding(check),
};

fn check(finding: &Finding, context: &Context<'_>, report: &mut Report<'_>) {
    let Fact::Gone { instead, whose } = finding.fact else { return };
    let node = context.node(finding);
    let Some(name) = node.key() else { return };
    let severity = if context.is_graph() { Severity::Error } else { Severity::Warning };
    let found = report
        .at(node.at_key(), format!("{} is a member of {whose} and means nothing here", quoted(&name)))
        .severity(severity)
        .help(if asks_for_nothing(node) { OPEN_HELP } else { instead });
    let title = format!("take {} out", quoted(&name));
    let interfaces = || context.shape.aliases.member(context.root(), "supportedInterfaces");
    match fold(&name).as_ref() {
        "stateTransitionHistory" | "lastPublishedBy" | "agentUserId" => {
            found.remove(Safety::Unsafe, title, node);
        }
        "preferredTransport" if interfaces().is_some_and(|list| is_first(node, list)) => {
            found.remove(Safety::Safe, title, node);
        }
        "additionalInterfaces" if interfaces().is_some_and(|list| are_listed(node, list)) => {
            found.remove(Safety::Safe, title, node);
        }
        "authentication" if asks_for_nothing(node) => {
            found.remove(Safety::Safe, title, node);
        }
        _ => {}
    }
}

const OPEN_HELP: &str = "remove it: a card without security requirements asks for no login";

/// Whether `node` is an `authentication` that says that no login is needed, and nothing else.
fn asks_for_nothing(node: Node<'_>) -> bool {
    node.key().is_some_and(|key| fold(&key) == "authentication") && is_open(node, 3)
}

/// Whether all that `value` holds, at most `depth` levels deep, says that no login is needed.
fn is_open(value: Node<'_>, depth: usize) -> bool {
    let is_open_text = |text: Node<'_>| text.string().is_some_and(|text| says_open(&text));
    let is_container = value.is_object() || value.is_array();
    if value.is_damaged() || value.is_incomplete() {
        return false;
    }
    if is_container {
        return depth > 0 && value.children().all(|inner| is_open(inner, depth - 1));
    }
    value.is_null() || value.boolean() == Some(false) || is_open_text(value)
}

/// Whether the first of `interfaces` has the binding `preferred`.
fn is_first(preferred: Node<'_>, interfaces: Node<'_>) -> bool {
    let binding = interfaces.element(0).and_then(|first| first.member("protocolBinding"));
    preferred.is_string() && binding.is_some_and(|binding| binding.string() == preferred.string())
}

/// Whether `interfaces` says all that `additional` says. Nobody lists so many that comparing each with each takes time.
fn are_listed(additional: Node<'_>, interfaces: Node<'_>) -> bool {
    const MOST: usize = 64;
    let text = |entry: Node<'_>, name: &str| entry.member(name)?.string().map(Cow::into_owned);
    let known: Vec<_> = interfaces
        .children()
        .take(MOST)
        .map(|entry| (text(entry, "url"), text(entry, "protocolBinding")))
        .collect();
    let is_listed = |entry: Node<'_>| {
        let (url, transport) = (text(entry, "url"), text(entry, "transport"));
        entry.len() == 2 && url.is_some() && transport.is_some() && known.contains(&(url, transport))
    };
    additional.is_array()
        && additional.children().take(MOST + 1).count() <= MOST
        && additional.children().all(is_listed)
}
