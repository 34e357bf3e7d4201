//! Microsoft Graph bodies: which type, and for which operation (the "Mode rule" of graph.md).

use super::names::{Members, count, has, member, spelt};
use super::{Kind, Mode};
use crate::syntax::Node;

/// What a look at a body gives.
pub(super) enum Looks {
    /// One kind fits best; why, in words that continue "it ...".
    Kind(Kind, String),
    /// It is a Graph agent registry body, but of these kinds alike.
    Ambiguous(Vec<Kind>),
    /// It is no Graph body.
    Unknown,
}

/// Members that a body has in common with others of its family; one of them makes a Graph body plausible.
const FAMILY: &[&str] = &[
    "displayName",
    "ownerIds",
    "originatingStore",
    "sourceAgentId",
    "managedBy",
    "managedByAppId",
    "agentIdentityId",
    "agentIdentityBlueprintId",
    "agentUserId",
    "agentCardManifest",
    "agentCardManifest@odata.bind",
    "sourceCreatedDateTime",
    "sourceLastModifiedDateTime",
    "lastPublishedBy",
    "@odata.type",
    "@odata.context",
];

/// Members that speak for one kind, each list with its weight.
const CHARACTERISTIC: &[(Kind, usize, &[&str])] = &[
    (Kind::GraphAgentInstance, 4, &["agentCardManifest", "agentCardManifest@odata.bind"]),
    (
        Kind::GraphAgentInstance,
        1,
        &["preferredTransport", "additionalInterfaces", "signatures", "url", "agentUserId", "endpointUrl"],
    ),
    (Kind::GraphAgentRegistration, 3, &["agentCard"]),
    (
        Kind::GraphAgentRegistration,
        2,
        &["managedByAppId", "sourceCreatedDateTime", "sourceLastModifiedDateTime", "lastPublishedBy"],
    ),
    (
        Kind::GraphAgentCardManifest,
        2,
        &[
            "skills",
            "supportsAuthenticatedExtendedCard",
            "capabilities",
            "defaultInputModes",
            "defaultOutputModes",
        ],
    ),
    (
        Kind::GraphAgentCardManifest,
        1,
        &[
            "protocolVersion",
            "version",
            "provider",
            "securitySchemes",
            "security",
            "iconUrl",
            "documentationUrl",
        ],
    ),
    (Kind::GraphAgentCollection, 2, &["members"]),
];

/// Members that decide between the kinds for which nothing characteristic speaks.
const IDENTITY: &[&str] = &["sourceAgentId", "agentIdentityId", "agentIdentityBlueprintId"];

/// Which kind of Graph body `object` is.
pub(super) fn recognize(object: Node<'_>) -> Looks {
    look(object, false)
}

/// Which kind of Graph body `object` is, with names in another case or with a slip; for one that is nothing otherwise.
pub(super) fn recognize_near(object: Node<'_>) -> Looks {
    look(object, true)
}

fn look(object: Node<'_>, near: bool) -> Looks {
    if !object.is_object() {
        return Looks::Unknown;
    }
    if let Some(kind) = by_annotation(object) {
        return kind;
    }
    let keys = if near { spelt(object) } else { Vec::new() };
    let members = Members { object, near: &keys };
    if is_transport_of_instance(members) {
        let reason = "has nothing but what an agentInstance says about its transport";
        return Looks::Kind(Kind::GraphAgentInstance, reason.to_owned());
    }
    if ["endpointUrl", "isBlocked"].iter().all(|name| has(object, name)) && object.len() == 2 {
        let reason = "has endpointUrl and isBlocked, as in an early sample of an agentInstance";
        return Looks::Kind(Kind::GraphAgentInstance, reason.to_owned());
    }
    if members.has("agentCard")
        && members.has("description")
        && members.are_all(&["agentCard", "description"])
    {
        let reason = "has agentCard and description, which an update of an agentRegistration may change";
        return Looks::Kind(Kind::GraphAgentRegistration, reason.to_owned());
    }
    // An A2A card has a name; a Graph body has a displayName. A registration's members are unmistakable.
    let family = members.count(FAMILY);
    if family == 0 || (has(object, "name") && family < 2) {
        return Looks::Unknown;
    }
    // A name with a slip says little by itself.
    let most = Kind::ALL.iter().map(|kind| score(members, *kind)).max().unwrap_or_default();
    if near && family < 2 && most < 3 {
        return Looks::Unknown;
    }
    best(members)
}

/// Whether `object` has a member that no card has: an annotation that names a type, or the manifest of an instance.
pub(super) fn is_unmistakable(object: Node<'_>) -> bool {
    let manifest = ["agentCardManifest", "agentCardManifest@odata.bind"];
    count(object, &manifest) > 0 || by_annotation(object).is_some()
}

/// Whether nothing but a `displayName` speaks for Graph, and a `url` for a card that uses the wrong name.
pub(super) fn has_little_but_url(object: Node<'_>) -> bool {
    has(object, "url") && has(object, "displayName") && count(object, FAMILY) == 1
}

/// Whether an update of an instance changes where it is reached and nothing else. A card has a name at least; one that
/// lost members to a fault may have had it.
fn is_transport_of_instance(members: Members<'_>) -> bool {
    const TRANSPORT: [&str; 4] = ["url", "preferredTransport", "additionalInterfaces", "signatures"];
    let object = members.object;
    let telling = members.count(&["preferredTransport", "additionalInterfaces"]);
    telling > 0 && !object.is_incomplete() && members.are_all(&TRANSPORT)
}

/// By `@odata.type` or the fragment of `@odata.context`.
fn by_annotation(object: Node<'_>) -> Option<Looks> {
    let text = |name| object.member(name).and_then(Node::string);
    if let Some(written) = text("@odata.type") {
        let looks = kind_of_type(&written)
            .map_or(Looks::Unknown, |kind| Looks::Kind(kind, format!("says @odata.type {written}")));
        return Some(looks);
    }
    let context = text("@odata.context")?;
    let kind = context.rsplit_once('#').and_then(|(_, fragment)| kind_of_fragment(fragment))?;
    Some(Looks::Kind(kind, "names its type in @odata.context".to_owned()))
}

/// The kind that an `@odata.type` names; with or without `#`, in any case; a rule says how it is spelt.
pub(super) fn kind_of_type(written: &str) -> Option<Kind> {
    let (namespace, name) = written.trim_start_matches('#').rsplit_once('.')?;
    if !namespace.eq_ignore_ascii_case("microsoft.graph") {
        return None;
    }
    let kinds = [
        ("agentInstance", Kind::GraphAgentInstance),
        ("agentCardManifest", Kind::GraphAgentCardManifest),
        ("agentRegistration", Kind::GraphAgentRegistration),
        ("agentCollection", Kind::GraphAgentCollection),
    ];
    kinds.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, kind)| kind)
}

/// The kind that the fragment of an `@odata.context` names: its last navigation segment, plural or singular.
pub(super) fn kind_of_fragment(fragment: &str) -> Option<Kind> {
    let path = fragment.strip_suffix("/$entity").unwrap_or(fragment);
    let segment = path.rsplit('/').next().unwrap_or(path);
    let name = segment.split('(').next().unwrap_or(segment);
    match name {
        "agentInstances" | "agentInstance" | "members" => Some(Kind::GraphAgentInstance),
        "agentCardManifests" | "agentCardManifest" => Some(Kind::GraphAgentCardManifest),
        "agentRegistrations" | "agentRegistration" => Some(Kind::GraphAgentRegistration),
        "agentCollections" | "agentCollection" | "collections" => Some(Kind::GraphAgentCollection),
        _ => None,
    }
}

fn score(members: Members<'_>, kind: Kind) -> usize {
    let rows = CHARACTERISTIC.iter().filter(|(of, ..)| *of == kind);
    rows.map(|(_, weight, names)| weight * members.count(names)).sum()
}

fn best(members: Members<'_>) -> Looks {
    let mut scores: Vec<(usize, Kind)> =
        Kind::ALL[1..].iter().map(|&kind| (score(members, kind), kind)).collect();
    scores.sort_by(|a, b| b.cmp(a));
    match scores.as_slice() {
        [(first, kind), (second, _), ..] if first > second => Looks::Kind(*kind, reason(members, *kind)),
        [(0, _), ..] => by_common_members(members),
        [(most, _), ..] => {
            let tied = scores.iter().filter(|(score, _)| score == most).map(|(_, kind)| *kind);
            ambiguous(members, tied)
        }
        [] => Looks::Unknown,
    }
}

/// Common members that a kind does not have.
const ALIEN: &[(Kind, &[&str])] = &[
    (Kind::GraphAgentInstance, &["description"]),
    (
        Kind::GraphAgentCardManifest,
        &["sourceAgentId", "agentIdentityId", "agentIdentityBlueprintId", "agentUserId"],
    ),
    (Kind::GraphAgentRegistration, &["managedBy", "createdDateTime", "lastModifiedDateTime", "agentUserId"]),
    (
        Kind::GraphAgentCollection,
        &["sourceAgentId", "agentIdentityId", "agentIdentityBlueprintId", "agentUserId"],
    ),
];

/// Those of `kinds` that have every common member of the body; all of them if none has.
fn ambiguous(members: Members<'_>, kinds: impl Iterator<Item = Kind>) -> Looks {
    let mut all: Vec<Kind> = kinds.collect();
    all.sort_unstable();
    let fits = |kind: &Kind| ALIEN.iter().all(|(of, names)| of != kind || members.count(names) == 0);
    let fitting: Vec<Kind> = all.iter().copied().filter(fits).collect();
    Looks::Ambiguous(if fitting.is_empty() { all } else { fitting })
}

/// Without any characteristic member: `managedBy` is no member of a registration, a description none of an instance.
fn by_common_members(members: Members<'_>) -> Looks {
    let described = members.has("description");
    let identified = members.count(IDENTITY) > 0;
    let managed = members.has("managedBy");
    let creates = members.has("ownerIds") && members.has("displayName");
    match (managed, identified, described) {
        (true, _, false) => {
            Looks::Kind(Kind::GraphAgentInstance, "has managedBy, as an agentInstance".to_owned())
        }
        // A manifest is never created by itself.
        (true, false, true) if creates => Looks::Kind(
            Kind::GraphAgentCollection,
            "has displayName, ownerIds and nothing but what a collection has".to_owned(),
        ),
        _ => ambiguous(members, Kind::ALL.into_iter().filter(|kind| kind.is_graph())),
    }
}

fn reason(members: Members<'_>, kind: Kind) -> String {
    let rows = CHARACTERISTIC.iter().filter(|(of, ..)| *of == kind);
    let names: Vec<&str> =
        rows.flat_map(|(.., names)| names.iter().copied()).filter(|name| members.has(name)).take(2).collect();
    format!("has {}", names.join(" and "))
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
    "createdBy",
    "createdDateTime",
    "sourceCreatedDateTime",
];

/// For which operation the body is, and whether that is a guess, since a PATCH has no mark of its own.
pub(super) fn mode(object: Node<'_>, kind: Kind) -> (Mode, bool) {
    if has(object, "@odata.context") {
        return (Mode::Response, false);
    }
    let required: &[&str] = match kind {
        Kind::GraphAgentRegistration => {
            &["displayName", "createdBy", "sourceCreatedDateTime", "sourceLastModifiedDateTime"]
        }
        _ => &["displayName", "ownerIds"],
    };
    let known = count(object, CREATION);
    let links = known == count(object, &["agentIdentityId", "agentIdentityBlueprintId"]);
    let introduces = count(object, &["displayName", "ownerIds", "createdBy", "sourceCreatedDateTime"]) > 0;
    let updates = !introduces && (links || has(object, "lastPublishedBy"));
    let creates = count(object, required) == required.len() || (known >= 2 && !updates);
    let creates = creates && kind != Kind::GraphAgentCardManifest;
    if creates { (Mode::Create, false) } else { (Mode::Update, true) }
}

/// The kind of the items of a page, by its own `@odata.context`.
pub(super) fn page_kind(page: Node<'_>) -> Option<Kind> {
    let context = member(page, "@odata.context")?.string()?;
    context.rsplit_once('#').and_then(|(_, fragment)| kind_of_fragment(fragment))
}
