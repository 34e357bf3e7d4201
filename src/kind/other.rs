//! What a document that is none of ours looks like, to say so.

use super::names::has;
use crate::syntax::{Node, NodeKind};

/// A look at an object and what it means.
type Look = (fn(Node<'_>) -> bool, &'static str);

const LOOKS: &[Look] = &[
    (is_erc_8004, "an ERC-8004 agent registration"),
    (is_json_schema, "a JSON Schema"),
    (|o| has(o, "openapi") || has(o, "swagger"), "an OpenAPI document"),
    (|o| starts(o, "protocol", "NEXUS"), "a Nexus A2A card"),
    (|o| o.member("ahp").is_some(), "an Agent Handshake Protocol manifest"),
    (|o| o.member("mcpServers").is_some() || starts(o, "schema", "mcp-"), "an MCP server description"),
    (|o| o.member("schema_version").is_some() && o.member("api").is_some(), "an ai-plugin manifest"),
    (|o| starts(o, "$schema", "https://developer.microsoft.com"), "a Microsoft 365 app or agent manifest"),
    (|o| o.member("@odata.id").is_some(), "an OData reference"),
    (|o| o.member("error").is_some_and(|error| error.member("code").is_some()), "an error response"),
    (|o| o.member("@context").is_some() && o.member("@type").is_some(), "a JSON-LD document"),
    (|o| o.member("dependencies").is_some() || o.member("devDependencies").is_some(), "a package.json"),
    (|o| o.member("compilerOptions").is_some(), "a tsconfig.json"),
    (|o| o.member("agents").is_some_and(Node::is_array), "an agents.json list"),
    (
        |o| o.member("schema_version").is_some() || o.member("schema").is_some(),
        "a description in a format of its own",
    ),
    (|o| o.member("capabilities").is_some_and(Node::is_array), "an agent description in a format of its own"),
];

fn starts(object: Node<'_>, name: &str, prefix: &str) -> bool {
    object.member(name).and_then(Node::string).is_some_and(|text| text.starts_with(prefix))
}

fn is_erc_8004(object: Node<'_>) -> bool {
    let by_type = object.member("type").and_then(Node::string).is_some_and(|text| text.contains("eip-8004"));
    by_type
        || object.member("supportedTrust").is_some()
        || object.member("registrations").is_some_and(Node::is_array)
}

fn is_json_schema(object: Node<'_>) -> bool {
    let schema =
        object.member("$schema").and_then(Node::string).is_some_and(|text| text.contains("json-schema.org"));
    schema || object.member("$defs").is_some() || object.member("definitions").is_some()
}

/// What `root` looks like, in words that continue "this is".
pub(super) fn describe(root: Node<'_>) -> String {
    let kind = match root.kind() {
        NodeKind::Object => return describe_object(root),
        NodeKind::Array if root.is_empty() => "an empty array",
        NodeKind::Array => "an array of something else",
        NodeKind::String => "a string",
        NodeKind::Number => "a number",
        NodeKind::True | NodeKind::False => "a truth value",
        NodeKind::Null => "null",
    };
    kind.to_owned()
}

fn describe_object(object: Node<'_>) -> String {
    if object.is_empty() {
        return "an empty object".to_owned();
    }
    if let Some((_, words)) = LOOKS.iter().find(|(fits, _)| fits(object)) {
        return (*words).to_owned();
    }
    let names: Vec<String> =
        object.children().take(3).filter_map(|child| child.key().map(|key| short(&key))).collect();
    let more = if object.len() > 3 { " ..." } else { "" };
    format!("an object with {}{more}", names.join(", "))
}

/// A name cut to a length that a message can bear.
fn short(name: &str) -> String {
    if name.chars().count() <= 30 {
        name.to_owned()
    } else {
        format!("{}...", name.chars().take(27).collect::<String>())
    }
}
