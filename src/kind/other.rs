//! What a document that is none of ours looks like, to say so.

use super::names::has;
use crate::syntax::{Node, NodeKind};

/// A look at an object and what it means.
type Look = (fn(Node<'_>) -> bool, &'static str);

/// In this order: what a format says of itself comes before what only its members suggest.
const LOOKS: &[Look] = &[
    (is_erc_8004, "an ERC-8004 agent registration"),
    (is_json_schema, "a JSON Schema"),
    (|o| has(o, "openapi") || has(o, "swagger"), "an OpenAPI document"),
    (|o| starts(o, "protocol", "NEXUS"), "a Nexus A2A card"),
    (|o| o.member("ahp").is_some(), "an Agent Handshake Protocol manifest"),
    (is_mcp_server, "a description of an MCP server"),
    (|o| o.member("schema_version").is_some() && o.member("api").is_some(), "an ai-plugin manifest"),
    (|o| starts(o, "$schema", "https://developer.microsoft.com"), "a Microsoft 365 app or agent manifest"),
    (|o| o.member("@odata.id").is_some(), "an OData reference to another object"),
    (is_error_response, "an error response"),
    (is_json_rpc, "a JSON-RPC message without an agent card in it"),
    (|o| o.member("@context").is_some() && o.member("@type").is_some(), "a JSON-LD document"),
    (|o| string_is(o, "type", "FeatureCollection"), "a GeoJSON document"),
    (is_package, "a package.json"),
    (|o| o.member("compilerOptions").is_some(), "a tsconfig.json"),
    (is_jws, "a signature by itself"),
    (|o| o.member("agents").is_some_and(is_container), "a list of agents without their cards"),
    (names_its_format, "an agent description in a format of its own"),
    (|o| o.member("capabilities").is_some_and(Node::is_array), "an agent description in a format of its own"),
];

/// Members whose presence says that an object belongs to a format of its own.
const OWN_FORMAT: &[&str] = &["schema_version", "schemaVersion", "schema"];

fn is_container(node: Node<'_>) -> bool {
    node.is_array() || node.is_object()
}

fn starts(object: Node<'_>, name: &str, prefix: &str) -> bool {
    object.member(name).and_then(Node::string).is_some_and(|text| text.starts_with(prefix))
}

fn string_is(object: Node<'_>, name: &str, value: &str) -> bool {
    object.member(name).and_then(Node::string).is_some_and(|text| text == value)
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
    let structure = ["properties", "$ref", "items", "type"].iter().any(|name| object.member(name).is_some());
    schema || object.member("$defs").is_some() || (object.member("definitions").is_some() && structure)
}

fn is_mcp_server(object: Node<'_>) -> bool {
    let members = ["mcpServers", "serverInfo"].iter().any(|name| object.member(name).is_some());
    let packaged = ["remotes", "packages"].iter().any(|name| object.member(name).is_some_and(Node::is_array));
    let by_schema = ["schema", "$schema"].iter().any(|name| {
        object.member(name).and_then(Node::string).is_some_and(|text| {
            text.starts_with("mcp-") || text.contains("/mcp/") || text.contains("modelcontextprotocol")
        })
    });
    members || by_schema || (packaged && object.member("version").is_some())
}

fn is_error_response(object: Node<'_>) -> bool {
    object.member("error").is_some_and(|error| error.member("code").is_some())
}

fn is_json_rpc(object: Node<'_>) -> bool {
    object.member("jsonrpc").is_some()
}

fn is_package(object: Node<'_>) -> bool {
    let tables = ["dependencies", "devDependencies", "scripts"];
    tables.iter().any(|name| object.member(name).is_some_and(Node::is_object))
}

fn is_jws(object: Node<'_>) -> bool {
    object.member("protected").is_some_and(Node::is_string)
        && object.member("signature").is_some_and(Node::is_string)
}

fn names_its_format(object: Node<'_>) -> bool {
    OWN_FORMAT.iter().any(|name| object.member(name).is_some())
}

/// What `value` looks like, in words that continue "this is".
pub fn describe(value: Node<'_>) -> String {
    let kind = match value.kind() {
        NodeKind::Object => return describe_object(value),
        NodeKind::Array if value.is_empty() => "an empty array",
        NodeKind::Array => "an array without an agent card in it",
        NodeKind::String => "a string",
        NodeKind::Number => "a number",
        NodeKind::True | NodeKind::False => "a truth value",
        NodeKind::Null => "`null`",
    };
    kind.to_owned()
}

fn describe_object(object: Node<'_>) -> String {
    if object.is_empty() {
        return "an empty object".to_owned();
    }
    if let Some(name) = part_of_graph(object) {
        return format!("a Microsoft Graph {name} by itself");
    }
    if let Some((_, words)) = LOOKS.iter().find(|(fits, _)| fits(object)) {
        return (*words).to_owned();
    }
    let names: Vec<String> =
        object.children().take(3).filter_map(|child| child.key().map(|key| short(&key))).collect();
    let more = if object.children().nth(3).is_some() { ", ..." } else { "" };
    format!("an object with {}{more}", names.join(", "))
}

/// The name of the Graph type that `@odata.type` gives, such as `agentSkill`.
fn part_of_graph(object: Node<'_>) -> Option<String> {
    let written = object.member("@odata.type").and_then(Node::string)?;
    let name = written.trim_start_matches('#').strip_prefix("microsoft.graph.")?;
    let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    plain.then(|| short(name))
}

/// A name in backticks, cut to a length that a message can bear.
fn short(name: &str) -> String {
    let shown = crate::words::quoted(name);
    let most = 32;
    if shown.chars().count() <= most {
        return shown;
    }
    format!("{}...`", shown.chars().take(most - 4).collect::<String>())
}

/// What a text is that is no JSON at all, in words that continue "this is".
///
/// Only what cannot be a slip in a JSON text: faults of syntax would then say a hundred times what can be said once.
pub(super) fn describe_text(text: &str) -> Option<&'static str> {
    let text = text.trim_start_matches('\u{feff}').trim_ascii();
    let first = text.lines().next().unwrap_or_default();
    let start = first.get(..first.floor_char_boundary(16)).unwrap_or_default().to_ascii_lowercase();
    if ["<!doctype", "<html", "<head", "<body"].iter().any(|tag| start.starts_with(tag)) {
        return Some("an HTML page");
    }
    if start.starts_with("<?xml") {
        return Some("an XML document");
    }
    if is_binary(text) {
        return Some("binary data");
    }
    if text.len() == first.len() && is_path(first) {
        return Some("a path: a symbolic link that Git stored as text");
    }
    is_yaml(first).then_some("a YAML document")
}

/// Whether a text starts with neither JSON nor anything else that people write.
fn is_binary(text: &str) -> bool {
    let is_odd = |char: char| char.is_control() && !char.is_whitespace();
    let sample = text.get(..text.floor_char_boundary(256)).unwrap_or_default();
    !sample.starts_with(['{', '[', '"']) && sample.contains(is_odd)
}

/// Whether `line` is a relative path to a JSON file.
fn is_path(line: &str) -> bool {
    let plain = |char: char| char.is_ascii_alphanumeric() || "/._-@+".contains(char);
    line.len() < 4096 && line.ends_with(".json") && line.chars().all(plain)
}

/// Whether `line` is a document mark or a key of YAML, with nothing that hints at a lost brace.
fn is_yaml(line: &str) -> bool {
    let line = line.trim_end();
    if line == "---" {
        return true;
    }
    let Some((key, value)) = line.split_once(':') else { return false };
    let plain_key = key.starts_with(|char: char| char.is_ascii_alphabetic())
        && key.chars().all(|char| char.is_ascii_alphanumeric() || "_-".contains(char));
    let plain_value =
        value.is_empty() || (value.starts_with(' ') && !value.contains(['"', '{', '}', '[', ']']));
    plain_key && plain_value && !line.ends_with(',')
}

#[cfg(test)]
mod tests {
    use super::describe_text;

    #[test]
    fn texts_in_other_formats_are_known() {
        let cases = [
            ("<!DOCTYPE html>\n<p>{}</p>", Some("an HTML page")),
            ("PK\u{3}\u{4}", Some("binary data")),
            ("<?xml version=\"1.0\"?><a/>", Some("an XML document")),
            ("../cards/agent-card.json\n", Some("a path: a symbolic link that Git stored as text")),
            ("name: Tides\nurl: https://tides.example.com\n", Some("a YAML document")),
            ("---\nname: Tides\n", Some("a YAML document")),
        ];
        for (text, expected) in cases {
            assert_eq!(describe_text(text), expected, "{text}");
        }
    }

    #[test]
    fn broken_json_is_not_taken_for_another_format() {
        for text in [
            "",
            "name: \"Tides\",\n",
            "\"name\": \"Tides\"",
            "{ name: 1 }",
            "agent-card",
            "name: {",
            "a.json b",
            "<NAME>",
        ] {
            assert_eq!(describe_text(text), None, "{text}");
        }
    }
}
