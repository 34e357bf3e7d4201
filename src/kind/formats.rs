//! Formats that are not ours: what tells them, and what a document that is none of ours is called.

use super::graph::{self, Named};
use super::marks::Look;
use super::names::{Members, has};
use crate::syntax::{Node, NodeKind};
use std::borrow::Cow;

/// A format that shares names of files or members with ours.
pub(super) struct Format {
    /// Its name, in words that continue "this is".
    pub(super) words: &'static str,
    /// How much it speaks against every kind. A document may be in two formats at once, so only [`NEVER`] decides.
    pub(super) weight: i32,
    /// Whether people know it by its name.
    pub(super) has_name: bool,
    /// What tells it: any of these lists of signs that all have to be there.
    signs: &'static [&'static [Sign]],
}

/// The weight of a format whose documents are never ours.
const NEVER: i32 = 1000;

/// Something about an object; names in snake_case count as well.
enum Sign {
    Has(&'static str),
    Lacks(&'static str),
    Text(&'static str),
    Object(&'static str),
    List(&'static str),
    /// A string that is this.
    Is(&'static str, &'static str),
    /// A string that begins with this.
    Starts(&'static str, &'static str),
    /// A string that has this in it.
    Mentions(&'static str, &'static str),
    /// An object that has this member.
    Inside(&'static str, &'static str),
    /// A value of this form.
    Looks(&'static str, Look),
    /// All that is in the object, at any depth, is text.
    OnlyTexts,
}

use Sign::{Has, Inside, Is, Lacks, List, Looks, Mentions, Object, OnlyTexts, Starts, Text};

const fn format(words: &'static str, weight: i32, signs: &'static [&'static [Sign]]) -> Format {
    Format { words, weight, has_name: true, signs }
}

/// A format that somebody made for one purpose.
const fn own_format(signs: &'static [&'static [Sign]]) -> Format {
    let words = "an agent description in a format of its own";
    Format { words, weight: 2, has_name: false, signs }
}

/// In this order: what a format says of itself comes before what only its members suggest.
#[rustfmt::skip]
const FORMATS: &[Format] = &[
    format("an OASF record", NEVER, &[
        &[Has("schemaVersion"), Has("locators")],
        &[Has("schemaVersion"), List("domains")],
        &[Has("schemaVersion"), Has("modules")],
        &[Has("schemaVersion"), Has("authors"), Has("createdAt")],
        &[Looks("skills", has_oasf_class), Has("authors")],
        &[Looks("skills", has_oasf_class), Has("locators")],
        &[Looks("skills", has_oasf_class), Has("domains")],
        &[Looks("skills", has_oasf_class), Has("schemaVersion")],
    ]),
    format("a JSON Schema", NEVER, &[
        &[Mentions("$schema", "json-schema.org"), Object("properties")],
        &[Mentions("$schema", "json-schema.org"), Object("$defs")],
        &[Mentions("$schema", "json-schema.org"), Object("definitions")],
        &[Mentions("$schema", "json-schema.org"), Has("$ref")],
        &[Mentions("$schema", "json-schema.org"), List("anyOf")],
        &[Mentions("$schema", "json-schema.org"), List("oneOf")],
        &[Mentions("$schema", "json-schema.org"), List("allOf")],
        &[Mentions("$schema", "json-schema.org"), Is("type", "object"), Lacks("skills")],
        &[Object("$defs")],
        &[Object("definitions"), Object("properties")],
        &[Object("definitions"), Has("$ref")],
        &[Object("definitions"), Has("items")],
        &[Object("definitions"), Text("type")],
        &[Is("type", "object"), Object("properties")],
    ]),
    format("an OpenAPI document", NEVER, &[
        &[Looks("openapi", is_version)],
        &[Looks("swagger", is_version)],
    ]),
    format("an AsyncAPI document", NEVER, &[&[Looks("asyncapi", is_version)]]),
    format("a list of texts for a user interface", NEVER, &[
        &[Text("skills"), OnlyTexts],
        &[Text("capabilities"), OnlyTexts],
        &[Text("defaultInputModes"), OnlyTexts],
        &[Looks("supportedInterfaces", is_label), OnlyTexts],
    ]),
    format("an ERC-8004 agent registration", 3, &[
        &[Mentions("type", "eip-8004")],
        &[Mentions("type", "erc-8004")],
        &[Has("supportedTrust")],
        &[Looks("registrations", lists_registrations)],
    ]),
    format("an Agent Skills index", NEVER, &[
        &[Mentions("$schema", "agentskills.io")],
        &[Looks("skills", lists_skill_files), Lacks("url"), Lacks("supportedInterfaces")],
    ]),
    format("an index of skills to install", 4, &[
        &[Looks("skills", lists_packages), Lacks("capabilities"), Lacks("defaultInputModes"), Lacks("supportedInterfaces")],
    ]),
    format("an AI catalog", NEVER, &[
        &[Has("specVersion"), List("entries")],
        &[List("entries"), Looks("entries", lists_catalog_entries)],
    ]),
    format("an entry of an AI catalog", NEVER, &[&[Text("identifier"), Text("mediaType")]]),
    format("a Blocks agent card", NEVER, &[
        &[Object("identity"), Object("io"), Has("runtime")],
        &[Inside("capabilities", "taskKinds")],
    ]),
    format("a Nexus A2A card", 6, &[&[Starts("protocol", "NEXUS")]]),
    format("an Agent Handshake Protocol manifest", 6, &[&[Has("ahp")]]),
    format("a UCP profile", NEVER, &[&[Object("ucp")]]),
    format("a foragents.dev card", NEVER, &[
        &[Mentions("$schema", "foragents.dev")],
        &[Object("agent"), Has("owner"), Has("platform"), Has("trust")],
    ]),
    format("a description of an MCP server", NEVER, &[
        &[Looks("protocolVersion", is_date), Lacks("skills"), Lacks("preferredTransport")],
        &[Has("serverInfo"), Lacks("skills"), Lacks("preferredTransport")],
        &[Starts("schema", "mcp-")],
        &[Mentions("$schema", "/mcp/")],
        &[Mentions("$schema", "modelcontextprotocol")],
        &[Mentions("schema", "modelcontextprotocol")],
    ]),
    format("a description of an MCP server", 4, &[
        &[Object("mcpServers")],
        &[List("remotes"), Has("version"), Lacks("skills")],
        &[List("packages"), Has("version"), Lacks("skills")],
        &[Has("mcpEndpoint"), Lacks("skills"), Lacks("capabilities")],
        &[Text("mcpServer"), Lacks("skills")],
        &[Looks("capabilities", offers_tools), Lacks("skills")],
    ]),
    format("an x402 price list", 6, &[&[Has("x402Version")]]),
    format("a Dialogflow agent", NEVER, &[
        &[Has("googleAssistant"), Has("defaultTimezone")],
        &[Has("customClassifierMode")],
        &[Has("mlMinConfidence")],
    ]),
    format("an agent configuration of the Amazon Q command line", 6, &[
        &[List("tools"), Has("hooks"), Lacks("url"), Lacks("supportedInterfaces")],
        &[Has("toolsSettings"), Lacks("url"), Lacks("supportedInterfaces")],
    ]),
    format("an entry of the registry of the Agent Client Protocol", 6, &[
        &[Object("distribution"), Lacks("skills"), Lacks("url")],
    ]),
    format("an Arke description", 6, &[&[Has("label"), Has("match"), Has("endpoint")], &[Has("actionsRequired"), Has("endpoint")]]),
    format("an ai-plugin manifest", NEVER, &[&[Has("schemaVersion"), Object("api"), Has("nameForModel")]]),
    format("a Microsoft 365 app or agent manifest", NEVER, &[
        &[Starts("$schema", "https://developer.microsoft.com")],
        &[Has("manifestVersion"), Has("packageName")],
    ]),
    format("a Copilot Studio export", NEVER, &[&[Is("kind", "BotDefinition")]]),
    format("a Foundry agent card", NEVER, &[
        &[Looks("agentCard", is_foundry_card), Lacks("displayName"), Lacks("createdBy")],
    ]),
    format("a Foundry agent", NEVER, &[&[Is("object", "agent")], &[Is("object", "agent.version")], &[Is("object", "assistant")]]),
    format("a Microsoft 365 Copilot package", NEVER, &[&[Has("requestStatus"), Has("requestType")]]),
    format("a Microsoft Graph agent identity or its blueprint", 6, &[
        &[Has("sponsors@odata.bind")],
        &[Has("owners@odata.bind")],
        &[List("identifierUris")],
        &[Has("servicePrincipalType")],
        &[Text("appId"), Has("displayName")],
    ]),
    format("a Microsoft Graph team, channel, chat or group", 6, &[
        &[Has("template@odata.bind")],
        &[Text("chatType")],
        &[Text("membershipType")],
        &[Has("mailNickname")],
        &[Has("groupTypes")],
    ]),
    format("a Microsoft Graph role assignment", 6, &[&[Has("members"), Has("resourceScopes")]]),
    format("an OData reference to another object", 2, &[&[Has("@odata.id")]]),
    format("a plugin manifest", 6, &[&[Looks("skills", lists_paths)], &[Looks("skills", names_file), Has("version")]]),
    format("a sub-agent definition", 6, &[
        &[Looks("skills", lists_named_files), Lacks("url")],
        &[Has("systemPrompt"), Has("model"), Lacks("url")],
    ]),
    format("an error response", 6, &[&[Inside("error", "code")]]),
    format("a JSON-RPC message without an agent card in it", NEVER, &[&[Has("jsonrpc")]]),
    format("a GeoJSON document", NEVER, &[&[Is("type", "FeatureCollection")]]),
    format("a package.json", 4, &[&[Object("dependencies")], &[Object("devDependencies")], &[Object("scripts")]]),
    format("a tsconfig.json", NEVER, &[&[Object("compilerOptions")]]),
    format("a signature by itself", NEVER, &[&[Text("protected"), Text("signature"), Lacks("name")]]),
    format("a JSON-LD document", 2, &[&[Has("@context"), Has("@type")]]),
    format("a description of a person or a job", 4, &[
        &[Looks("skills", lists_words), Has("email")],
        &[Looks("skills", lists_words), Has("title")],
        &[Looks("skills", lists_words), Has("company")],
        &[Looks("skills", lists_words), Has("experience")],
        &[List("skills"), List("projects"), Lacks("capabilities"), Lacks("supportedInterfaces")],
    ]),
    Format { words: "a list of agents without their cards", weight: 0, has_name: false, signs: &[&[List("agents")], &[Object("agents")]] },
    own_format(&[
        &[Has("schemaVersion"), Lacks("skills")],
        &[Has("schema"), Lacks("skills")],
        &[List("capabilities"), Lacks("skills"), Lacks("supportedInterfaces")],
        &[Has("endpoints"), Lacks("skills"), Lacks("supportedInterfaces")],
        &[List("interfaces"), Lacks("skills"), Lacks("url")],
        &[List("actions"), Lacks("skills"), Lacks("supportedInterfaces")],
    ]),
];

/// The format of an object with these members, as far as they say.
pub(super) fn of(members: &Members<'_>) -> Option<&'static Format> {
    FORMATS
        .iter()
        .find(|format| format.signs.iter().any(|signs| signs.iter().all(|sign| sign.is_in(members))))
}

impl Sign {
    fn is_in(&self, members: &Members<'_>) -> bool {
        let text = |name, fits: &dyn Fn(&str) -> bool| {
            members.get(name).and_then(Node::string).is_some_and(|text| fits(&text))
        };
        match *self {
            Has(name) => members.get(name).is_some(),
            Lacks(name) => members.get(name).is_none(),
            Text(name) => members.get(name).is_some_and(Node::is_string),
            Object(name) => members.get(name).is_some_and(Node::is_object),
            List(name) => members.get(name).is_some_and(Node::is_array),
            Is(name, wanted) => text(name, &|text| text == wanted),
            Starts(name, start) => text(name, &|text| text.starts_with(start)),
            Mentions(name, part) => text(name, &|text| text.to_ascii_lowercase().contains(part)),
            Inside(name, inner) => members.get(name).is_some_and(|value| has(value, inner)),
            Looks(name, look) => members.get(name).is_some_and(look),
            OnlyTexts => members.iter().all(|(_, value)| is_text_throughout(*value)),
        }
    }
}

/// A text that is not an address.
fn is_label(value: Node<'_>) -> bool {
    value.string().is_some_and(|text| !text.contains("://"))
}

/// `3.1.0`, or 2.0 as a number.
fn is_version(value: Node<'_>) -> bool {
    value.kind() == NodeKind::Number
        || value
            .string()
            .is_some_and(|text| text.starts_with(|char: char| char.is_ascii_digit()) && text.contains('.'))
}

/// `2025-06-18` and the like.
fn is_date(value: Node<'_>) -> bool {
    let digit =
        |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    value.string().is_some_and(|text| text.len() == 10 && text.bytes().enumerate().all(digit))
}

/// Capabilities as MCP servers state them: an object for each thing that they offer.
fn offers_tools(capabilities: Node<'_>) -> bool {
    let is_offer = |name: &&str| capabilities.member(name).is_some_and(Node::is_object);
    ["tools", "resources", "prompts"].iter().any(is_offer)
}

/// Whether a value is a text or an object with nothing but texts in it.
fn is_text_throughout(value: Node<'_>) -> bool {
    let is_text = |inner: Node<'_>| inner.is_string() || (inner.is_object() && !inner.is_empty());
    value.subtree().all(is_text)
}

fn entries<'d>(list: Node<'d>) -> impl Iterator<Item = Node<'d>> {
    list.is_array().then(|| list.children()).into_iter().flatten()
}

/// Whether `list` has entries, and each is what `fits` asks for.
fn all_are(list: Node<'_>, fits: fn(Node<'_>) -> bool) -> bool {
    entries(list).next().is_some() && entries(list).all(fits)
}

/// Skills that are classes of a taxonomy: numbered, or named by a path.
fn has_oasf_class(list: Node<'_>) -> bool {
    let is_class = |entry: Node<'_>| {
        let numbered = entry.member("id").is_some_and(|id| id.kind() == NodeKind::Number);
        let path = entry.member("name").and_then(Node::string).is_some_and(|name| name.contains('/'));
        numbered || (path && entry.member("id").is_none()) || has(entry, "classUid")
    };
    entries(list).next().is_some_and(is_class)
}

/// Skills that say where their files are.
fn lists_skill_files(list: Node<'_>) -> bool {
    all_are(list, |entry| {
        let located = ["url", "path", "files", "digest"].iter().any(|name| has(entry, name));
        has(entry, "name") && has(entry, "description") && located && !has(entry, "id") && !has(entry, "tags")
    })
}

/// Skills that say where they come from or how they are installed.
fn lists_packages(list: Node<'_>) -> bool {
    all_are(list, |entry| {
        let names = ["install", "installCommand", "source", "sourceUrl", "repository", "repo", "downloadUrl"];
        names.iter().any(|name| has(entry, name))
    })
}

fn lists_named_files(list: Node<'_>) -> bool {
    all_are(list, |entry| has(entry, "name") && has(entry, "path") && !has(entry, "id"))
}

fn lists_paths(list: Node<'_>) -> bool {
    all_are(list, names_file)
}

fn names_file(value: Node<'_>) -> bool {
    value
        .string()
        .is_some_and(|text| text.starts_with(['.', '/']) || text.ends_with(".md") || text.ends_with('/'))
}

fn lists_registrations(list: Node<'_>) -> bool {
    all_are(list, |entry| has(entry, "agentId") && has(entry, "agentRegistry"))
}

fn lists_words(list: Node<'_>) -> bool {
    all_are(list, |entry| entry.is_string())
}

fn lists_catalog_entries(list: Node<'_>) -> bool {
    all_are(list, |entry| has(entry, "identifier") && (has(entry, "mediaType") || has(entry, "type")))
}

/// The card of a Foundry agent has skills, but neither a name nor an address.
fn is_foundry_card(card: Node<'_>) -> bool {
    has(card, "skills") && !["name", "url", "supportedInterfaces"].iter().any(|name| has(card, name))
}

/// What `value` looks like, in words that continue "this is".
pub(super) fn describe(value: Node<'_>) -> Cow<'static, str> {
    let words = match value.kind() {
        NodeKind::Object => return describe_object(value),
        NodeKind::Array if value.is_empty() => "an empty array",
        NodeKind::Array => match value
            .children()
            .next()
            .filter(|first| first.is_object())
            .and_then(|first| of(&Members::of(first)))
        {
            Some(format) => return format!("an array that begins with {}", format.words).into(),
            None => "an array without an agent card in it",
        },
        NodeKind::String => "a string",
        NodeKind::Number => "a number",
        NodeKind::True | NodeKind::False => "a truth value",
        NodeKind::Null => "`null`",
    };
    words.into()
}

fn describe_object(object: Node<'_>) -> Cow<'static, str> {
    if object.is_empty() {
        return "an empty object".into();
    }
    if let Some(Named::Other(words)) = graph::named(object) {
        return words.into();
    }
    if let Some(format) = of(&Members::of(object)) {
        return format.words.into();
    }
    let names: Vec<String> =
        object.children().take(3).filter_map(|child| child.key().map(|key| short(&key))).collect();
    let more = if object.children().nth(3).is_some() { ", ..." } else { "" };
    format!("an object with {}{more}", names.join(", ")).into()
}

/// A name in backticks, cut to a length that a message can bear.
pub(super) fn short(name: &str) -> String {
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
