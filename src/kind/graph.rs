//! Microsoft Graph bodies: what their annotations name, and for which operation they are (graph.md 8.1).

use super::formats::short;
use super::names::{count, has, near};
use super::{Kind, Mode};
use crate::syntax::Node;

/// What an annotation says that an object is.
pub(super) enum Named {
    /// One of our kinds; why, in words that continue "it ...".
    Ours(Kind, String),
    /// Something else, in words that continue "this is".
    Other(String),
}

const KINDS: [(&str, Kind); 4] = [
    ("agentInstance", Kind::GraphAgentInstance),
    ("agentCardManifest", Kind::GraphAgentCardManifest),
    ("agentRegistration", Kind::GraphAgentRegistration),
    ("agentCollection", Kind::GraphAgentCollection),
];

/// Names that say nothing of an object: the free JSON of a card in a registration, and the registry as a whole.
const NEUTRAL: [&str; 2] = ["json", "agentRegistry"];

/// What `@odata.type` or the fragment of `@odata.context` names.
pub(super) fn named(object: Node<'_>) -> Option<Named> {
    let text = |name| object.member(name).and_then(Node::string);
    let of_type = text("@odata.type").or_else(|| text("@type").filter(|written| is_graph_type(written)));
    if let Some(written) = of_type {
        let reason = |kind| Named::Ours(kind, format!("says @odata.type {written}"));
        return by_type(&written).map(|named| named.map_or_else(Named::Other, reason));
    }
    let context =
        text("@odata.context").or_else(|| text("@context").filter(|text| text.contains("$metadata#")))?;
    let reason = |kind| Named::Ours(kind, "names its type in @odata.context".to_owned());
    by_context(&context).map(|named| named.map_or_else(Named::Other, reason))
}

fn is_graph_type(written: &str) -> bool {
    written.to_ascii_lowercase().trim_start_matches('#').starts_with("microsoft.graph.")
}

/// The kind that an `@odata.type` names, with or without `#` and in any case, since a rule says how it is spelt; or what
/// it names instead. Nothing for a name that any object may have.
fn by_type(written: &str) -> Option<Result<Kind, String>> {
    let plain = written.trim_start_matches('#');
    let name = plain.strip_prefix("Collection(").map_or(plain, |inner| inner.trim_end_matches(')'));
    let (namespace, name) = name.rsplit_once('.').unwrap_or(("", name));
    if name.is_empty() || NEUTRAL.iter().any(|neutral| neutral.eq_ignore_ascii_case(name)) {
        return None;
    }
    let is_graph = namespace.eq_ignore_ascii_case("microsoft.graph");
    match KINDS.iter().find(|(known, _)| is_graph && known.eq_ignore_ascii_case(name)) {
        Some((_, kind)) => Some(Ok(*kind)),
        None if is_graph => Some(Err(format!("a Microsoft Graph {} object", short(name)))),
        None => Some(Err(format!("an OData object of the type {}", short(plain)))),
    }
}

/// The kind that an `@odata.context` names by the last segment of its fragment, plural or singular, or what it names instead.
fn by_context(context: &str) -> Option<Result<Kind, String>> {
    let (service, fragment) = context.rsplit_once('#')?;
    if fragment.starts_with("Collection(") {
        return by_type(fragment);
    }
    let path = without_parentheses(fragment);
    let segments: Vec<&str> =
        path.split('/').filter(|segment| !segment.is_empty() && !segment.starts_with('$')).collect();
    let (last, before) = segments.split_last()?;
    if last.contains('.') {
        return by_type(last);
    }
    if NEUTRAL.contains(last) {
        return None;
    }
    let below = |parents: &[&str]| before.iter().any(|segment| parents.contains(segment));
    let singular = last.strip_suffix('s').unwrap_or(last);
    let known = KINDS.iter().find(|(known, _)| *known == singular).map(|(_, kind)| *kind);
    let kind = known.or_else(|| match *last {
        "members" if below(&["agentCollections", "collections", "agentRegistry"]) => {
            Some(Kind::GraphAgentInstance)
        }
        "collections" if below(&["agentInstances", "agentRegistry"]) => Some(Kind::GraphAgentCollection),
        _ => None,
    });
    let owner =
        if service.contains("graph.microsoft") { "a Microsoft Graph object" } else { "an OData object" };
    Some(kind.ok_or_else(|| format!("{owner} of {}", short(&segments.join("/")))))
}

/// `path` without what its parentheses hold: keys, and selections of members.
fn without_parentheses(path: &str) -> String {
    let mut depth = 0_usize;
    let outside = |char: &char| {
        match char {
            '(' => depth += 1,
            ')' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    };
    path.chars().filter(outside).collect()
}

/// Members that the client knows only when it creates; two of them mean a create body. But one that says neither what nor whose the
/// agent is may be an update that links it to its identities, or says who published it, which only an update can.
const CREATION: &[&str] = &[
    "sourceAgentId",
    "originatingStore",
    "managedBy",
    "managedByAppId",
    "agentIdentityId",
    "agentIdentityBlueprintId",
    "createdDateTime",
];

/// What the documentation requires of a body that creates.
pub fn required_to_create(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::GraphAgentRegistration => {
            &["displayName", "createdBy", "sourceCreatedDateTime", "sourceLastModifiedDateTime"]
        }
        Kind::GraphAgentInstance | Kind::GraphAgentCollection => &["displayName", "ownerIds"],
        // It is created inside an instance.
        Kind::GraphAgentCardManifest | Kind::A2aCard => &[],
    }
}

/// For which operation the body is, and whether that is a guess, since a PATCH has no mark of its own.
pub(super) fn mode(object: Node<'_>, kind: Kind) -> (Mode, bool) {
    const CERTAIN: bool = false;
    const GUESSED: bool = true;
    // A name with a slip is one mistake; the mode is that of the name that is meant.
    let is_set =
        |name: &str| near(object, name).is_some_and(|value| !value.is_null() && ends_like(value, name));
    let creates = kind != Kind::GraphAgentCardManifest;
    if is_answer(object) {
        return (Mode::Response, CERTAIN);
    }
    if creates && ["createdBy", "sourceCreatedDateTime"].iter().any(|name| is_set(name)) {
        let mode = if is_set("lastPublishedBy") { Mode::Response } else { Mode::Create };
        return (mode, CERTAIN);
    }
    if ["id", "lastModifiedDateTime"].iter().any(|name| is_set(name)) && !is_request(object) {
        return (Mode::Response, CERTAIN);
    }
    let required = required_to_create(kind);
    let known = count(object, CREATION);
    let links = known == count(object, &["agentIdentityId", "agentIdentityBlueprintId"]);
    let introduces = count(object, &["displayName", "ownerIds"]) > 0;
    let updates = !introduces && (links || has(object, "lastPublishedBy"));
    let is_whole = creates && required.iter().all(|name| is_set(name));
    if creates && (is_whole || (known >= 2 && !updates)) {
        (Mode::Create, CERTAIN)
    } else {
        (Mode::Update, GUESSED)
    }
}

/// Whether the name of a member ends like `name`. Only their ends tell `createdBy` and `createdAt` apart.
fn ends_like(member: Node<'_>, name: &str) -> bool {
    let end =
        |name: &str| name.chars().rev().take(2).map(|char| char.to_ascii_lowercase()).collect::<Vec<_>>();
    member.key().is_some_and(|key| end(&key) == end(name))
}

/// Whether it has what only the service adds: a context, an action that can be called, or the mark of a deleted object.
fn is_answer(object: Node<'_>) -> bool {
    let annotations = ["@odata.context", "@removed"];
    let is_action = |key: &str| key.starts_with('#') && key.contains('.');
    object.children().filter_map(Node::key).any(|key| annotations.contains(&key.as_ref()) || is_action(&key))
}

/// Whether it has what only a client sends: a link that is to be made, a manifest to create with it, or a text to fill in.
fn is_request(object: Node<'_>) -> bool {
    let is_bind = |key: &str| key.to_ascii_lowercase().ends_with("@odata.bind");
    let is_template = |text: &str| ["{{", "${", "<"].iter().any(|start| text.starts_with(start));
    has(object, "agentCardManifest")
        || object.children().any(|child| {
            child.key().is_some_and(|key| is_bind(&key))
                || child.string().is_some_and(|text| is_template(&text))
        })
}

/// The kind of the items of a page, by its own `@odata.context`.
pub(super) fn page_kind(page: Node<'_>) -> Option<Kind> {
    match named(page)? {
        Named::Ours(kind, _) => Some(kind),
        Named::Other(_) => None,
    }
}
