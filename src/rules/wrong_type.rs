use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::rule::{Check, Context, Report, Rule};
use crate::schema::{Fact, Finding};
use crate::syntax::{Node, NodeKind, Place};
use crate::words::{article, json, quoted};
use std::borrow::Cow;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "wrong-type",
        aliases: &[],
        group: Group::Schema,
        severity: Severity::Error,
        applies_to: "every kind and version",
        summary: "a value is of another JSON type than its member takes",
        why: "Typed readers (protocol buffers, pydantic, serde, System.Text.Json) stop at the first value of a wrong type and \
              refuse the whole document; loose ones misread it.",
        fixing: Fixing::Sometimes(
            "Texts and numbers that stand for a truth value, a number or a text become that, a single value \
             goes into a list and comes out of one, and names become the members or objects that they stand \
             for; unsafe where more than the form changes. Another value does not say what was meant.",
        ),
        examples: &[
            Example::fixed(
                Setup::V0_3,
                r#"
{ "name": "Tides", "capabilities": { "streaming": "true" } }
                                                  ^^^^^^ error: `streaming` takes a boolean, not a string
"#,
                r#"
{ "name": "Tides", "capabilities": { "streaming": true } }
"#,
            ).shows(&["A2A-N002", "A2A-N003", "real capabilities-streaming-not-a-boolean"]),
            Example::fixed(
                Setup::REGISTRATION,
                r#"
{ "agentCard": { "name": "Tides", "provider": "Harbour Office" } }
                                              ^^^^^^^^^^^^^^^^ warning: `provider` takes an object, not a string
"#,
                r#"
{ "agentCard": { "name": "Tides", "provider": { "organization": "Harbour Office" } } }
"#,
            )
            .shows(&["graph 4.4"]),
            Example::fixed(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "supportsAuthenticatedExtendedCard": "True" }
                                       ^^^^^^ error: `supportsAuthenticatedExtendedCard` takes a boolean, not a string
"#,
                r#"
{ "supportsAuthenticatedExtendedCard": true }
"#,
            ),
            Example::bad(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "supportsAuthenticatedExtendedCard": "Boolean", "security": { "key": [] } }
                                       ^^^^^^^^^ error: `supportsAuthenticatedExtendedCard` takes a boolean, not a string
                                                              ^^^^^^^^^^^^^ error: `security` takes an array, not an object
"#,
            )
            .shows(&["graph 4.12"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest": { "security": [{ "key": "read" }, { "club": [1] }] } }
                                               ^^^^^^ error: `key` takes an array, not a string
                                                                    ^ error: an entry of `club` takes a string, not a number
"#,
            )
            .shows(&["graph 3.8"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "capabilities": ["streaming"], "provider": "Harbour Office", "skills": [{ "tags": "tide" }] }
                  ^^^^^^^^^^^^^ error: `capabilities` takes an object, not an array
                                             ^^^^^^^^^^^^^^^^ error: `provider` takes an object, not a string
                                                                                    ^^^^^^ error: `tags` takes an array, not a string
"#,
            ).shows(&["real capabilities-is-an-array-of-strings"]),
            Example::bad(
                Setup::V0_3,
                r#"
{ "skills": ["tide times"] }
             ^^^^^^^^^^^^ error: an entry of `skills` takes an object, not a string
"#,
            ).shows(&["real skills-holds-plain-strings"]),
            Example::bad(
                Setup::DETECTED.at("other.json"),
                r#"
{ "supportedInterfaces": "https://tides.example.com/a2a" }
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `supportedInterfaces` takes an array, not a string
"#,
            ).shows(&["A2A-N067"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "displayName": "Tides", "ownerIds": "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82" }
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `ownerIds` takes an array, not a string
"#,
            )
            .shows(&["graph 5"]),
                        Example::bad(Setup::V0_3, r#"
{ "capabilities": {
    "pushNotifications": "yes",
                         ^^^^^ error: `pushNotifications` takes a boolean, not a string
    "stateTransitionHistory": 0,
                              ^ error: `stateTransitionHistory` takes a boolean, not a number
    "extensions": ["https://x.example.com/v1"] },
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^ error: an entry of `extensions` takes an object, not a string
  "skills": [
    { "id": "tides", "inputModes": "text/plain" },
                                   ^^^^^^^^^^^^ error: `inputModes` takes an array, not a string
    { "id": "moon", "outputModes": "text/plain" },
                                   ^^^^^^^^^^^^ error: `outputModes` takes an array, not a string
    { "id": "sea", "examples": [{ "input": "When is high tide?" }] }],
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: an entry of `examples` takes a string, not an object
  "signatures": [{ "header": "kid" }] }
                             ^^^^^ error: `header` takes an object, not a string
"#).shows(&["A2A-N156", "A2A-N160", "real capabilities-pushnotifications-not-a-boolean", "real capabilities-statetransitionhistory-not-a-boolean", "real capabilities-extensions-holds-plain-strings", "real skill-inputmodes-not-an-array", "real skill-outputmodes-not-an-array", "real skill-examples-holds-objects"]),
Example::bad(Setup::V0_3, r#"
{ "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key", "description": ["Ask for one."] } } }
                                                                                                  ^^^^^^^^^^^^^^^^ error: `description` takes a string, not an array
"#),
Example::bad(Setup::V1_0, r#"
{ "capabilities": { "extendedAgentCard": "no" }, "skills": { "tides": {} } }
                                         ^^^^ error: `extendedAgentCard` takes a boolean, not a string
                                                           ^^^^^^^^^^^^^^^ error: `skills` takes an array, not an object
"#).shows(&["real capabilities-extendedagentcard-not-a-boolean", "real skills-is-an-object"]),
Example::bad(Setup::V0_3, r#"
{ "capabilities": [{ "streaming": true }] }
                  ^^^^^^^^^^^^^^^^^^^^^^^ error: `capabilities` takes an object, not an array
"#).shows(&["real capabilities-is-an-array-of-objects"]),
Example::bad(Setup::graph(Kind::GraphAgentCardManifest, Mode::Update), r#"
{ "supportsAuthenticatedExtendedCard": "Boolean" }
                                       ^^^^^^^^^ error: `supportsAuthenticatedExtendedCard` takes a boolean, not a string
"#).shows(&["graph 4.12"]),
Example::bad(Setup::graph(Kind::GraphAgentRegistration, Mode::Update), r#"
{ "agentCard": { "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [], "provider": "Harbour Office" } }
                                                                                                    ^^^^^^^^^^^^^^^^ warning: `provider` takes an object, not a string
"#).shows(&["graph 4.4"]),
Example::good(
                Setup::V0_3,
                r#"
{ "capabilities": { "streaming": true, "extensions": [{ "uri": "https://x.example/v1", "params": { "any": [1, "b"] } }] } }
"#,
            ),
        ],
    },
    check: Check::Finding(check),
};

fn check(finding: &Finding, context: &Context<'_>, report: &mut Report<'_>) {
    let Fact::WrongType { expected } = &finding.fact else { return };
    let node = context.node(finding);
    let wanted: Vec<&str> =
        expected.iter().filter(|name| **name != "null").map(|name| article(name)).collect();
    let wanted = wanted.join(" or ");
    let message =
        format!("{} takes {wanted}, not {}", owner(node, context.root()), article(node.kind().type_name()));
    let found = report.at(place(node), message).help(help(node, expected, &wanted));
    if let (true, Some(text)) = (expected.contains(&"boolean"), node.string()) {
        let lower = text.to_ascii_lowercase();
        if lower == "true" || lower == "false" {
            found.replace(Safety::Safe, format!("write `{lower}` without quotes"), node.span(), lower);
        }
    } else if let (true, Some(text)) =
        (expected.contains(&"object") && node.key_is("provider"), node.string())
    {
        let object = format!("{{ \"organization\": {} }}", json(&text));
        found.replace(Safety::Unsafe, "name the organization in an object", node.span(), object);
    }
}

/// The value; of a container that fills more than a line, its opening bracket.
fn place(node: Node<'_>) -> Place<'_> {
    if node.raw().contains('\n') { node.at_opening() } else { node.whole() }
}

/// Whose value it is: the member, the list it stands in, or the document.
fn owner(node: Node<'_>, root: Node<'_>) -> String {
    if node == root {
        return "the document".to_owned();
    }
    let named = std::iter::successors(Some(node), |node| node.parent()).find(|node| node.is_member());
    match named.and_then(|member| member.key().map(|key| (member, key))) {
        Some((member, key)) if member == node => quoted(&key),
        Some((_, key)) => format!("an entry of {}", quoted(&key)),
        None => "an entry of the list".to_owned(),
    }
}

fn help(node: Node<'_>, expected: &[&str], wanted: &str) -> Cow<'static, str> {
    match (expected, node.kind()) {
        (["array", ..], NodeKind::String) => "put the text into brackets, as the only entry of a list".into(),
        (["array", ..], NodeKind::Object) => "write a list: one entry in brackets for each member".into(),
        (["object", ..], NodeKind::Array) => "write an object: named members in braces, not a list".into(),
        (["object", ..], NodeKind::String) => "write an object: named members in braces, not a text".into(),
        (["string", ..], NodeKind::Number | NodeKind::True | NodeKind::False) => {
            "put the value into quotation marks".into()
        }
        (["boolean", ..], _) => "write `true` or `false`, without quotation marks".into(),
        _ => format!("write {wanted}").into(),
    }
}
