use super::misnamed_member::{is_flat, wrap};
use crate::diagnostic::{Edit, Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::edit::wrapped;
use crate::kind::{Kind, Mode, Version};
use crate::rule::{Check, Context, Report, Rule};
use crate::schema::{Fact, Finding, release_with};
use crate::syntax::Node;
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unknown-member",
        aliases: &[],
        group: Group::Schema,
        severity: Severity::Error,
        applies_to: "every kind and version",
        summary: "an object has a member that its type does not have",
        why: "Readers of A2A ignore members they do not know, so nothing breaks, but nothing reads them either; extensions have \
              a place of their own for data. Graph types are closed: the service refuses a body with an unknown member, or drops the member.",
        fixing: Fixing::Sometimes(
            "In a Graph request the member goes; unsafe, since what it says is lost. A requirement in the \
             form of 0.3 is wrapped as 1.0 has it. In a card, a member that readers pass over does no harm, \
             and may be read by somebody.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "name": "Tides", "pricing": "free", "skills": [{ "id": "tides", "riskClass": "low" }] }
                   ^^^^^^^^^ note: `pricing` is not a member of A2A 1.0
                                                                  ^^^^^^^^^^^ note: `riskClass` is not a member of A2A 1.0
"#,
            ).shows(&["A2A-N012", "A2A-N019", "A2A#1742"]),
            Example::bad(
                Setup::card(Version::V0_2_0),
                r#"
{ "name": "Tides", "iconUrl": "https://tides.example.com/icon.png" }
                   ^^^^^^^^^ note: `iconUrl` is not a member of A2A 0.2.0, but of 0.3.0
"#,
            ),
            Example::fixed(
                Setup::graph(Kind::GraphAgentInstance, Mode::Update),
                r#"
{ "displayName": "Tides", "isBlocked": true }
                          ^^^^^^^^^^^ error: `isBlocked` is not a member of the Graph type agentInstance
"#,
                r#"
{ "displayName": "Tides" }
"#,
            ).shows(&["graph 4.21", "graph 5"]),
            Example::fixed(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Response),
                r#"
{ "id": "9d2f7a54-6c1e-4b0a-8f53-2f6d1c7e0b91", "ownerDisplayName": "Anna", "sponsorUserId": "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82" }
                                                ^^^^^^^^^^^^^^^^^^ error: `ownerDisplayName` is not a member of the Graph type agentRegistration
                                                                            ^^^^^^^^^^^^^^^ error: `sponsorUserId` is not a member of the Graph type agentRegistration
"#,
                r#"
{ "id": "9d2f7a54-6c1e-4b0a-8f53-2f6d1c7e0b91" }
"#,
            )
            .shows(&["graph 5"]),
            Example::fixed(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "securitySchemes": { "a": { "type": "http", "scheme": "bearer", "openIdConnectUrl": "https://login.example.com" },
                                                                  ^^^^^^^^^^^^^^^^^^ error: `openIdConnectUrl` is not a member of the Graph type httpAuthSecurityScheme
    "b": { "type": "mutualTLS", "flows": {} } } }
                                ^^^^^^^ error: `flows` is not a member of the Graph type mutualTLSSecurityScheme
"#,
                r#"
{ "securitySchemes": { "a": { "type": "http", "scheme": "bearer" },
    "b": { "type": "mutualTLS" } } }
"#,
            )
            .shows(&["graph 3.9"]),
                        Example::bad(Setup::V0_3, r#"
{ "_comment": "Not final.", "name": "Tides", "": true }
  ^^^^^^^^^^ note: `_comment` is not a member of A2A 0.3.0
                                             ^^ note: `` is not a member of A2A 0.3.0
"#).shows(&["A2A-N018", "real comment-members-note-comment-comment", "real member-with-an-empty-name"]),
Example::fixed(Setup::V1_0, r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } },
  "securityRequirements": [{ "key": [] }] }
                             ^^^^^ error: the scheme `key` is named in the 0.3 form; 1.0 wraps it in `schemes`
"#, r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } },
  "securityRequirements": [{ "schemes": { "key": { "list": [] } } }] }
"#).shows(&["a2a-java#667", "real securityrequirements-in-the-openapi-shape"]),
Example::fixed(Setup::V1_0, r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } },
  "skills": [{ "id": "tides", "securityRequirements": [{ "key": { "list": [] } }] }] }
                                                         ^^^^^ error: the scheme `key` is named outside of `schemes`
"#, r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } },
  "skills": [{ "id": "tides", "securityRequirements": [{ "schemes": { "key": { "list": [] } } }] }] }
"#),
            Example::fixed(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "description": "Tells the tide.", "version": "1.0.0", "capabilities": {}, "skills": [],
  "protocolVersion": "0.3.0", "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC",
  "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"],
  "securitySchemes": { "login": { "httpAuthSecurityScheme": { "scheme": "bearer" } } }, "security": [{ "login": [] }] }
                                                                                                       ^^^^^^^ warning: the scheme `login` is named in the 0.3 form; beside wrapped schemes it belongs into `schemes`
"#,
                r#"
{ "name": "Tides", "description": "Tells the tide.", "version": "1.0.0", "capabilities": {}, "skills": [],
  "protocolVersion": "0.3.0", "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC",
  "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"],
  "securitySchemes": { "login": { "httpAuthSecurityScheme": { "scheme": "bearer" } } }, "security": [{ "schemes": { "login": { "list": [] } } }] }
"#,
            ),
Example::good(
                Setup::V1_0,
                r#"
{ "$schema": "https://json.example.com/card", "capabilities": { "extensions": [{ "uri": "https://x.example/v1", "params": { "pricing": "free" } }] } }
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } },
  "securityRequirements": [{ "key": null }, { "type": "apiKey" }] }
                             ^^^^^ error: the scheme `key` is named outside of `schemes`
                                              ^^^^^^ error: the requirement has `type`, but no `schemes`, so it requires no login
"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Response),
                r#"
{ "agentCard": { "@odata.type": "microsoft.graph.Json", "name": "Tides" } }
"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentInstance, Mode::Update),
                r##"
{ "@odata.type": "#microsoft.graph.agentInstance", "displayName": "Tides" }
"##,
            ),
        ],
    },
    check: Check::Finding(check),
};

fn check(finding: &Finding, context: &Context<'_>, report: &mut Report<'_>) {
    let Fact::Unknown { object } = &finding.fact else { return };
    let node = context.node(finding);
    let Some(name) = node.key() else { return };
    let is_protojson = context.subject.profile.card().is_some_and(|version| version.protojson);
    if let Some(first) = unwrapped(node, if is_protojson { "security" } else { "securityRequirements" }) {
        // One requirement is one mistake, however many schemes it names.
        if first == node {
            named_outside(node, &name, is_protojson, report);
        }
        return;
    }
    // Whatever stands in a registration may carry annotations of OData.
    if context.subject.embedded && name.contains("@odata.") {
        return;
    }
    let Some(version) = context.subject.profile.card() else {
        report
            .at(node.at_key(), format!("{} is not a member of the Graph type {object}", quoted(&name)))
            .help("remove it; Graph types are closed, and the service refuses or drops members it does not know")
            .remove(Safety::Unsafe, format!("take {} out", quoted(&name)), node);
        return;
    };
    let releases: Vec<&str> = version.releases().into_iter().map(Version::name).collect();
    let mut message = format!("{} is not a member of A2A {}", quoted(&name), releases.join(" or "));
    let elsewhere = if version.modern { None } else { release_with(object, &name) };
    let help = match elsewhere {
        Some(release) => {
            message.push_str(&format!(", but of {}", release.name()));
            if release == Version::V1_0 {
                "take it out, or write the card for 1.0 if the agent speaks it (see `cardlint migrate`)"
            } else {
                "take it out, or state the newer protocolVersion if the agent speaks it"
            }
        }
        None if object == "AgentCard" && release_with("AgentSkill", &name).is_some() => {
            "put it into the skills that it describes; the card itself has no such member"
        }
        None => "take it out, or put it into the `params` of an extension under `capabilities.extensions`",
    };
    report.at(node.at_key(), message).severity(Severity::Note).help(help);
}

/// A scheme that a requirement names outside of `schemes`. Readers of 1.0 see a requirement without schemes there, so that
/// nobody has to log in.
fn named_outside(node: Node<'_>, name: &str, is_protojson: bool, report: &mut Report<'_>) {
    let name = quoted(name);
    let message = match (node.is_array(), is_protojson) {
        (true, true) => {
            format!(
                "the scheme {name} is named in the 0.3 form; beside wrapped schemes it belongs into `schemes`"
            )
        }
        (true, false) => format!("the scheme {name} is named in the 0.3 form; 1.0 wraps it in `schemes`"),
        (false, _) if names_scheme(node) || is_declared(node) => {
            format!("the scheme {name} is named outside of `schemes`")
        }
        (false, _) => format!("the requirement has {name}, but no `schemes`, so it requires no login"),
    };
    report
        .at(node.at_key(), message)
        .severity(if is_protojson { Severity::Warning } else { Severity::Error })
        .help("write `{ \"schemes\": { \"name\": { \"list\": [] } } }`, with the scopes in `list`")
        .offer(Safety::Safe, "wrap the requirement", wrapped_requirement(node));
}

/// Wraps the requirement that names a scheme at `node` as 1.0 has it, with all that it names.
fn wrapped_requirement(node: Node<'_>) -> Option<Vec<Edit>> {
    let entry = node.parent()?;
    if is_flat(entry) {
        return Some(vec![wrap(entry)?]);
    }
    let is_list = |member: Node<'_>| member.key_is("list") && member.is_array();
    let is_named = |scheme: Node<'_>| scheme.is_object() && scheme.children().all(is_list);
    let is_whole = !entry.is_incomplete() && entry.children().all(is_named);
    if is_whole { Some(vec![wrapped(entry, "schemes", Vec::new())?]) } else { None }
}

/// Whether `member` names a scheme: it is a list of scopes, or holds nothing but one.
fn names_scheme(member: Node<'_>) -> bool {
    let is_list = |member: Node<'_>| member.key_is("list");
    member.is_array() || (member.is_object() && member.children().take(2).all(is_list))
}

/// Whether `member` has the name of a scheme of the card.
fn is_declared(member: Node<'_>) -> bool {
    let cards = std::iter::successors(member.parent(), |node| node.parent()).filter(|node| node.is_object());
    let mut schemes = cards.filter_map(|card| card.member("securitySchemes"));
    schemes.next().zip(member.key()).is_some_and(|(schemes, name)| schemes.member(&name).is_some())
}

/// The first member that names a scheme in an entry of the `requirements` outside of `schemes`, or else the first member, if
/// `node` is in such an entry. An entry without `schemes` requires nothing, whatever else it says.
fn unwrapped<'d>(node: Node<'d>, requirements: &str) -> Option<Node<'d>> {
    // Each of very many members comes by here, so the cheap questions come first, and none of them looks at all the others.
    let entry = node.parent()?;
    let is_listed =
        |entry: &Node<'_>| entry.parent().is_some_and(|list| list.is_array() && list.key_is(requirements));
    let members = || entry.children().take(MOST_SCHEMES);
    if !is_listed(&entry) || members().any(|member| member.key_is("schemes")) {
        return None;
    }
    members().find(|member| names_scheme(*member)).or_else(|| members().next())
}

/// How many members of a requirement are looked at.
const MOST_SCHEMES: usize = 64;
