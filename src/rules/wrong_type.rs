use super::misnamed_member::{flat, names_declared};
use crate::diagnostic::{Edit, Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::edit::{replace_value, wrapped};
use crate::kind::{Kind, Mode, Version};
use crate::model::version::InterfaceVersion;
use crate::model::{RequirementPart, requirement_part};
use crate::rule::{Check, Context, Report, Rule};
use crate::schema::{Fact, Finding};
use crate::syntax::{Node, NodeKind, Place};
use crate::text::Span;
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
             for; unsafe where more than the form changes. Another value does not say what was meant, and a \
             provider that has to have a URL needs more than its name.",
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
            Example::fixed(
                Setup::INSTANCE,
                r#"
{ "displayName": "Tides", "ownerIds": "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82" }
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `ownerIds` takes an array, not a string
"#,
                r#"
{ "displayName": "Tides", "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"] }
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
Example::fixed(Setup::V0_3, r#"
{ "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key", "description": ["Ask for one."] } } }
                                                                                                  ^^^^^^^^^^^^^^^^ error: `description` takes a string, not an array
"#, r#"
{ "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key", "description": "Ask for one." } } }
"#),
Example::bad(Setup::V1_0, r#"
{ "capabilities": { "extendedAgentCard": "no" }, "skills": { "tides": {} } }
                                         ^^^^ error: `extendedAgentCard` takes a boolean, not a string
                                                           ^^^^^^^^^^^^^^^ error: `skills` takes an array, not an object
"#).shows(&["real capabilities-extendedagentcard-not-a-boolean", "real skills-is-an-object"]),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } },
  "securityRequirements": [{ "schemes": { "key": ["read"] } }] }
                                                 ^^^^^^^^ error: `key` takes an object, not an array
"#,
                r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } },
  "securityRequirements": [{ "schemes": { "key": { "list": ["read"] } } }] }
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } },
  "securityRequirements": [{ "schemes": ["key"] }] }
                                        ^^^^^^^ error: `schemes` takes an object, not an array
"#,
                r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } },
  "securityRequirements": [{ "schemes": { "key": { "list": [] } } }] }
"#,
            ),
            Example::fixed(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "description": "Tells the tide.", "version": "1.0.0", "capabilities": {}, "skills": [],
  "protocolVersion": "0.3.0", "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC",
  "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"],
  "securitySchemes": { "login": { "type": "http", "scheme": "bearer" } }, "security": [{ "schemes": { "login": { "list": [] } } }] }
                                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `schemes` takes an array, not an object
"#,
                r#"
{ "name": "Tides", "description": "Tells the tide.", "version": "1.0.0", "capabilities": {}, "skills": [],
  "protocolVersion": "0.3.0", "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC",
  "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"],
  "securitySchemes": { "login": { "type": "http", "scheme": "bearer" } }, "security": [{ "login": [] }] }
"#,
            ),
Example::fixed(Setup::V0_3, r#"
{ "capabilities": [{ "streaming": true }] }
                  ^^^^^^^^^^^^^^^^^^^^^^^ error: `capabilities` takes an object, not an array
"#, r#"
{ "capabilities": { "streaming": true } }
"#).shows(&["real capabilities-is-an-array-of-objects"]),
Example::bad(Setup::graph(Kind::GraphAgentCardManifest, Mode::Update), r#"
{ "supportsAuthenticatedExtendedCard": "Boolean" }
                                       ^^^^^^^^^ error: `supportsAuthenticatedExtendedCard` takes a boolean, not a string
"#).shows(&["graph 4.12"]),
Example::fixed(Setup::graph(Kind::GraphAgentRegistration, Mode::Update), r#"
{ "agentCard": { "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [], "provider": "Harbour Office" } }
                                                                                                    ^^^^^^^^^^^^^^^^ warning: `provider` takes an object, not a string
"#, r#"
{ "agentCard": { "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [], "provider": { "organization": "Harbour Office" } } }
"#).shows(&["graph 4.4"]),
            Example::fixed(
                Setup::V0_3,
                r#"
{ "version": 1.2, "protocolVersion": 0.3, "defaultInputModes": "text/plain, text/html",
             ^^^ error: `version` takes a string, not a number
                                     ^^^ error: `protocolVersion` takes a string, not a number
                                                               ^^^^^^^^^^^^^^^^^^^^^^^ error: `defaultInputModes` takes an array, not a string
  "additionalInterfaces": { "url": "https://tides.example.com/grpc", "transport": "GRPC" },
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `additionalInterfaces` takes an array, not an object
  "securitySchemes": [{ "key": { "type": "apiKey", "in": "header", "name": "X-Key" } }] }
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `securitySchemes` takes an object, not an array
"#,
                r#"
{ "version": "1.2", "protocolVersion": "0.3", "defaultInputModes": ["text/plain", "text/html"],
  "additionalInterfaces": [{ "url": "https://tides.example.com/grpc", "transport": "GRPC" }],
  "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } } }
"#,
            ),
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
    let wanted = wanted(expected);
    let found = article(node.kind().type_name());
    let message = [&owner(node, context.root()), " takes ", &wanted, ", not ", found].concat();
    let found = report.at(place(node), message).help(help(node, expected, &wanted));
    if let Some(Meant { safety, title, edits }) = meant(node, expected, context) {
        found.offer(safety, title, Some(edits));
    }
}

/// The types in words.
pub(super) fn wanted(expected: &[&'static str]) -> Cow<'static, str> {
    match expected {
        [one] => article(one).into(),
        several => {
            let several = several.iter().filter(|name| **name != "null").map(|name| article(name));
            several.collect::<Vec<_>>().join(" or ").into()
        }
    }
}

/// What somebody meant by `node`, which is of none of the `expected` types, where that can be told.
pub(super) fn meant(node: Node<'_>, expected: &[&'static str], context: &Context<'_>) -> Option<Meant> {
    let wants = |name: &str| expected.contains(&name);
    match node.kind() {
        NodeKind::String if wants("boolean") => truth(node),
        NodeKind::String if wants("array") => list_of_text(node, context),
        NodeKind::String if wants("object") => object_of_text(node, context),
        NodeKind::Number if wants("boolean") => truth(node),
        NodeKind::Number if wants("string") => text_of_number(node, context),
        NodeKind::Object if wants("array") => {
            old_requirement(node, context).or_else(|| list_of_object(node, context))
        }
        NodeKind::Array if wants("object") => new_requirement(node).or_else(|| object_of_list(node, context)),
        NodeKind::Array if wants("string") => {
            only(node).filter(|item| item.is_string()).map(Meant::out_of_list)
        }
        _ => None,
    }
}

/// What somebody meant by a value of another type.
pub(super) struct Meant {
    pub(super) safety: Safety,
    pub(super) title: String,
    pub(super) edits: Vec<Edit>,
}

impl Meant {
    fn value(node: Node<'_>, safety: Safety, title: impl Into<String>, json: &str) -> Self {
        Self { safety, title: title.into(), edits: vec![replace_value(node, json)] }
    }

    fn in_list(node: Node<'_>, safety: Safety) -> Self {
        let span = node.span();
        let edits = vec![Edit::new(Span::at(span.start), "["), Edit::new(Span::at(span.end), "]")];
        Self { safety, title: "put it into brackets".to_owned(), edits }
    }

    /// The only item, without the list around it.
    fn out_of_list(item: Node<'_>) -> Self {
        let (inner, outer) = (item.span(), item.parent().unwrap_or(item).span());
        let before = Edit::new(Span::new(outer.start, inner.start), "");
        let after = Edit::new(Span::new(inner.end, outer.end), "");
        Self { safety: Safety::Safe, title: "take it out of the list".to_owned(), edits: vec![before, after] }
    }
}

/// The only item of a list.
fn only(list: Node<'_>) -> Option<Node<'_>> {
    list.children().next().filter(|_| list.len() == 1 && !list.is_incomplete())
}

fn truth(node: Node<'_>) -> Option<Meant> {
    let text = node.string().unwrap_or_else(|| node.raw().into());
    let lower = text.trim().to_ascii_lowercase();
    let (value, safety) = match lower.as_str() {
        "true" => ("true", Safety::Safe),
        "false" => ("false", Safety::Safe),
        "yes" | "on" | "1" => ("true", Safety::Unsafe),
        "no" | "off" | "0" => ("false", Safety::Unsafe),
        _ => return None,
    };
    let title = match safety {
        Safety::Safe => format!("write `{value}` without quotes"),
        Safety::Unsafe => format!("write `{value}`"),
    };
    Some(Meant::value(node, safety, title, value))
}

/// Texts that may look like numbers.
const NUMERIC: [&str; 9] = [
    "version",
    "id",
    "sourceAgentId",
    "name",
    "displayName",
    "organization",
    "description",
    "tags",
    "examples",
];

/// A number without the quotation marks that make it a text.
fn text_of_number(node: Node<'_>, context: &Context<'_>) -> Option<Meant> {
    let member = if node.is_member() { node } else { node.parent()? };
    let name = context.shape.aliases.called(member)?;
    let is_version = || match InterfaceVersion::of(node.raw()) {
        // In a card of 0.x the root has a version of 0.x.
        InterfaceVersion::Released => node.raw().starts_with('0') || context.is_modern(),
        _ => false,
    };
    let fits = NUMERIC.contains(&name.as_ref()) || (name == "protocolVersion" && is_version());
    let text = format!("\"{}\"", node.raw());
    fits.then(|| Meant::value(node, Safety::Safe, "put it into quotation marks", &text))
}

/// Lists of texts, and whether their entries never hold a comma.
const LISTS: [(&str, bool); 7] = [
    ("defaultInputModes", true),
    ("defaultOutputModes", true),
    ("inputModes", true),
    ("outputModes", true),
    ("tags", true),
    ("ownerIds", true),
    ("examples", false),
];

fn list_of_text(node: Node<'_>, context: &Context<'_>) -> Option<Meant> {
    let name = context.shape.aliases.called(node)?;
    let (_, splits) = LISTS.iter().find(|(list, _)| *list == name)?;
    let text = node.string().filter(|text| !text.trim().is_empty())?;
    if !splits || !text.contains([',', ';']) {
        return Some(Meant::in_list(node, Safety::Safe));
    }
    let parts = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    let list = format!("[{}]", parts.map(json).collect::<Vec<_>>().join(","));
    Some(Meant::value(node, Safety::Unsafe, "make a list of it", &list))
}

fn object_of_text(node: Node<'_>, context: &Context<'_>) -> Option<Meant> {
    let raw = node.raw();
    let profile = context.subject.profile;
    let first_release = profile.card().is_some_and(|version| version.legacy == Some(Version::V0_1_0));
    // Elsewhere a provider has to have a URL as well.
    let needs_url = !context.is_graph() && !context.subject.embedded && !first_release;
    if node.key_is("provider") {
        if needs_url {
            return None;
        }
        let object = format!("{{\"organization\":{raw}}}");
        return Some(Meant::value(node, Safety::Unsafe, "name the organization in an object", &object));
    }
    let list = node.parent().filter(|list| list.is_array() && list.key_is("extensions"))?;
    let is_uri = list.is_member() && node.string().is_some_and(|text| text.contains(':'));
    let object = format!("{{\"uri\":{raw}}}");
    is_uri.then(|| Meant::value(node, Safety::Unsafe, "name the URI in an object", &object))
}

/// Lists of objects, and the member by which an entry is known.
const ENTRIES: [(&str, &str); 5] = [
    ("supportedInterfaces", "url"),
    ("additionalInterfaces", "url"),
    ("signatures", "signature"),
    ("skills", "id"),
    ("extensions", "uri"),
];

/// An entry that stands in place of the list of which it is the only one.
fn list_of_object(node: Node<'_>, context: &Context<'_>) -> Option<Meant> {
    let name = context.shape.aliases.called(node).filter(|_| !node.is_incomplete())?;
    if name == "security" {
        let is_entry = !node.is_empty() && node.children().all(Node::is_array);
        return is_entry.then(|| Meant::in_list(node, Safety::Unsafe));
    }
    let (_, mark) = ENTRIES.iter().find(|(list, _)| *list == name)?;
    let is_entry = node.member(mark).is_some_and(Node::is_string);
    is_entry.then(|| Meant::in_list(node, Safety::Safe))
}

/// The requirement around `schemes`, as it is written before 1.0.
fn old_requirement(schemes: Node<'_>, context: &Context<'_>) -> Option<Meant> {
    let entry = schemes.parent().filter(|_| requirement_part(schemes) == Some(RequirementPart::Schemes))?;
    let list = entry.parent()?;
    let json = flat(entry).filter(|_| names_declared(list, true, context))?;
    Some(Meant::value(entry, Safety::Safe, "name the schemes as before 1.0", &json))
}

/// The scopes of a scheme, or the names of schemes, as 1.0 writes them.
fn new_requirement(node: Node<'_>) -> Option<Meant> {
    if node.is_incomplete() || !node.children().all(|item| item.is_string()) {
        return None;
    }
    match requirement_part(node)? {
        RequirementPart::Scheme => {
            let edits = vec![wrapped(node, "list", Vec::new())?];
            Some(Meant { safety: Safety::Safe, title: "put the scopes into `list`".to_owned(), edits })
        }
        RequirementPart::Schemes if !node.is_empty() => {
            let members: Vec<_> =
                node.children().map(|name| format!("{}:{{\"list\":[]}}", name.raw())).collect();
            let object = format!("{{{}}}", members.join(","));
            Some(Meant::value(node, Safety::Unsafe, "name each scheme in an object", &object))
        }
        _ => None,
    }
}

/// What a card can do, as a list of words names it.
const SWITCHES: [&str; 3] = ["streaming", "pushNotifications", "stateTransitionHistory"];

fn object_of_list(node: Node<'_>, context: &Context<'_>) -> Option<Meant> {
    let name = context.shape.aliases.called(node)?;
    if let Some(item) = only(node).filter(|item| item.is_object() && !item.is_incomplete()) {
        let is_map = !item.is_empty() && item.children().all(Node::is_object);
        let fits =
            matches!(name.as_ref(), "capabilities" | "provider") || (name == "securitySchemes" && is_map);
        return fits.then(|| Meant::out_of_list(item));
    }
    let known = if context.is_modern() { &SWITCHES[..2] } else { &SWITCHES[..] };
    let mut members: Vec<String> = Vec::new();
    for item in node.children().filter(|_| name == "capabilities" && !node.is_incomplete()) {
        let word = item.string()?;
        let switch = known.iter().find(|switch| **switch == word)?;
        let member = format!("\"{switch}\":true");
        // Each of the few is taken once.
        if !members.contains(&member) {
            members.push(member);
        }
    }
    let object = format!("{{{}}}", members.join(","));
    (!members.is_empty()).then(|| Meant::value(node, Safety::Unsafe, "name each in an object", &object))
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
    match (requirement_part(node), expected) {
        (Some(RequirementPart::Scopes), ["array", ..]) => {
            return "write the scopes as a list; `[]` asks for none".into();
        }
        (Some(RequirementPart::Schemes), ["array", ..]) => {
            return "name the schemes themselves, as before 1.0: `{ \"name\": [\"scope\"] }`".into();
        }
        (Some(RequirementPart::Scheme), ["object", ..]) => {
            return "write `{ \"list\": [] }`, with the scopes in `list`".into();
        }
        (Some(RequirementPart::Schemes), ["object", ..]) => {
            return "write an object: `{ \"name\": { \"list\": [\"scope\"] } }`".into();
        }
        _ => {}
    }
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
