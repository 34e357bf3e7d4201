//! What a member says about the kind of the object that has it.

use super::Kind;
use super::card::is_wrapper;
use super::names::{has, member, near};
use crate::syntax::Node;

/// A member of a form, and how much it speaks for each kind.
pub(super) struct Mark {
    /// Its name; snake_case counts too.
    pub(super) member: &'static str,
    /// The form that its value has to have.
    pub(super) look: Look,
    /// The weights for the kinds in the order of [`Kind::ALL`]; less than 0 speaks against one.
    pub(super) weights: [i32; 5],
}

/// A question about a value.
pub(super) type Look = fn(Node<'_>) -> bool;

impl Mark {
    pub(super) const fn weight(&self, kind: Kind) -> i32 {
        self.weights[kind as usize]
    }
}

/// What makes a card in a file that somebody names: one telling member beside `name` and `url`, or two telling members.
pub(super) const CARD: i32 = 6;
/// What makes a card in a file that is met in a directory.
pub(super) const MET_CARD: i32 = 9;
/// What makes a Graph object in a file that somebody names: one member that only the registry has, beside a name.
pub(super) const GRAPH: i32 = 4;
/// What makes a Graph object in a file that is met in a directory.
pub(super) const MET_GRAPH: i32 = 8;

const fn mark(member: &'static str, look: Look, weights: [i32; 5]) -> Mark {
    Mark { member, look, weights }
}

/// At most 64. Members of weight 0 are known, and say nothing.
#[rustfmt::skip]
pub(super) const MARKS: &[Mark] = &[
    //                                                               card inst mani regi coll
    mark("supportedInterfaces",                 addressed,           [8,   0,   0,   0,   0]),
    mark("supportedInterfaces",                 unaddressed,         [6,   0,   0,   0,   0]),
    mark("supportedInterfaces",                 empty,               [6,   0,   0,   0,   0]),
    mark("supportedInterfaces",                 unlisted,            [6,   0,   0,   0,   0]),
    mark("skills",                              card_skills,         [4,   0,   0,   0,   0]),
    mark("skills",                              plain_skills,        [4,   0,   2,   0,   0]),
    mark("skills",                              thin_skills,         [3,   0,   2,   0,   0]),
    mark("skills",                              graph_skills,        [0,   0,   5,   0,   0]),
    mark("skills",                              empty,               [4,   0,   3,   0,   0]),
    mark("agentCardManifest",                   no_objects,            [0,   8,   0,   0,   0]),
    mark("agentCardManifest@odata.bind",        any,                 [0,   8,   0,   0,   0]),
    mark("agentCard",                           any,                 [0,   0,   0,   6,   0]),
    mark("a2aAuthorization",                    any,                 [0,   0,   0,   9,   0]),
    mark("sourceCreatedDateTime",               any,                 [0,   0,   0,   9,   0]),
    mark("sourceLastModifiedDateTime",          any,                 [0,   0,   0,   9,   0]),
    mark("lastPublishedBy",                     any,                 [0,   0,   0,   9,   0]),
    mark("managedByAppId",                      any,                 [0,  -1,   0,   4,   0]),
    mark("members",                             members,             [0,   0,   0,   0,   3]),
    mark("members",                             empty,               [0,   0,   0,   0,   3]),
    mark("members",                             texts,               [0,   0,   0,   0,  -4]),
    mark("defaultInputModes",                   any,                 [4,   0,   4,   0,   0]),
    mark("defaultOutputModes",                  any,                 [4,   0,   4,   0,   0]),
    mark("preferredTransport",                  any,                 [4,   4,   0,   0,   0]),
    mark("additionalInterfaces",                any,                 [4,   4,   0,   0,   0]),
    mark("supportsAuthenticatedExtendedCard",   any,                 [4,   0,   4,   0,   0]),
    mark("supportsExtendedAgentCard",           any,                 [4,   0,   0,   0,   0]),
    mark("securityRequirements",                any,                 [4,   0,   0,   0,   0]),
    mark("capabilities",                        agent_capabilities,  [4,   0,   3,   0,   0]),
    mark("capabilities",                        other_capabilities,  [3,   0,   3,   0,   0]),
    mark("capabilities",                        modern_capabilities, [0,   0,  -3,   0,   0]),
    mark("authentication",                      names_schemes,       [4,   0,   0,   0,   0]),
    mark("authentication",                      says_type,           [1,   0,   0,   0,   0]),
    mark("protocolVersion",                     any,                 [2,   0,   2,   0,   0]),
    mark("protocolVersions",                    any,                 [2,   0,   0,   0,   0]),
    mark("signatures",                          any,                 [1,   1,   0,   0,   0]),
    mark("securitySchemes",                     any,                 [1,   0,   1,   0,   0]),
    mark("securitySchemes",                     wrapped_schemes,     [0,   0,  -2,   0,   0]),
    mark("securitySchemes",                     typed_schemes,       [-3,  0,   6,   0,   0]),
    mark("security",                            any,                 [0,   0,   1,   0,   0]),
    mark("agentUserId",                         any,                 [-2,  4,  -2,  -2,  -2]),
    mark("sourceAgentId",                       any,                 [-2,  3,  -2,   3,  -2]),
    mark("agentIdentityId",                     any,                 [-2,  3,  -2,   3,  -2]),
    mark("agentIdentityBlueprintId",            any,                 [-2,  3,  -2,   3,  -2]),
    mark("ownerIds",                            any,                 [-3,  3,   3,   3,   3]),
    mark("originatingStore",                    any,                 [-3,  3,   3,   3,   3]),
    mark("managedBy",                           any,                 [-2,  3,   2,  -1,   2]),
    mark("createdBy",                           any,                 [0,   1,   1,   2,   1]),
    mark("createdDateTime",                     any,                 [0,   1,   1,  -2,   1]),
    mark("lastModifiedDateTime",                any,                 [0,   1,   1,  -2,   1]),
    mark("displayName",                         any,                 [0,   1,   1,   1,   1]),
    mark("name",                                any,                 [1,  -3,  -3,  -3,  -3]),
    mark("url",                                 any,                 [1,   1,  -6,  -1,  -1]),
    mark("description",                         any,                 [0,  -2,   0,   0,   0]),
    mark("id",                                  any,                 [0,   0,   0,   0,   0]),
];

/// What hardly anything but a card has in this form, and what the strongest of these adds where more is asked for.
pub(super) const STRONG: &[(&str, Look, i32)] = &[
    ("skills", tagged_skills, 3),
    ("skills", card_skills, 2),
    ("supportedInterfaces", addressed, 3),
    ("capabilities", card_capabilities, 3),
];

/// What other things have in this form, too, and what it takes off where more is asked for. Both default modes say one thing.
pub(super) const DOUBTS: &[(&str, Look, i32)] =
    &[("defaultOutputModes", any, 1), ("capabilities", other_capabilities, 2)];

/// What the path of a file adds where more is asked for, if it is called like a card.
pub(super) const NAMED_LIKE_CARD: i32 = 4;
/// What the place of an A2A agent card counts against what speaks for Graph.
pub(super) const AT_CARD_PATH: i32 = 10;

/// Bodies that the documentation shows, or that hold nothing else than what it shows, with members of which each says
/// little: all that is there, what has to be there, and the kind. Only a file that somebody names is taken for one.
pub(super) const SMALL_BODIES: &[(&[&str], &[&str], Kind)] = &[
    (
        &["url", "preferredTransport", "additionalInterfaces", "signatures"],
        &["preferredTransport"],
        Kind::GraphAgentInstance,
    ),
    (
        &["url", "preferredTransport", "additionalInterfaces", "signatures"],
        &["additionalInterfaces"],
        Kind::GraphAgentInstance,
    ),
    (&["displayName", "url"], &["displayName", "url"], Kind::GraphAgentInstance),
    (&["endpointUrl", "isBlocked"], &["endpointUrl", "isBlocked"], Kind::GraphAgentInstance),
    (&["description", "agentCard"], &["description", "agentCard"], Kind::GraphAgentRegistration),
    (&["securitySchemes", "security"], &["securitySchemes", "security"], Kind::GraphAgentCardManifest),
    (&["description", "version"], &["description", "version"], Kind::GraphAgentCardManifest),
];

/// Parts of the names of files that say what is inside, for bodies that fit several kinds.
pub(super) const FILE_NAMES: &[(&str, Kind)] = &[
    ("agentinstance", Kind::GraphAgentInstance),
    ("agentcardmanifest", Kind::GraphAgentCardManifest),
    ("agentregistration", Kind::GraphAgentRegistration),
    ("agentcollection", Kind::GraphAgentCollection),
];

fn any(_: Node<'_>) -> bool {
    true
}

/// Nothing, or what is as good as nothing.
fn empty(value: Node<'_>) -> bool {
    value.is_null() || (value.is_array() && value.is_empty())
}

fn texts(value: Node<'_>) -> bool {
    value.is_array() && value.children().any(Node::is_string)
}

fn objects<'d>(value: Node<'d>) -> impl Iterator<Item = Node<'d>> {
    let entries = value.is_array().then(|| value.children()).into_iter().flatten();
    entries.filter(|entry| entry.is_object())
}

fn members(value: Node<'_>) -> bool {
    objects(value).next().is_some()
}

fn addressed(value: Node<'_>) -> bool {
    objects(value).any(|entry| has(entry, "url"))
}

fn unaddressed(value: Node<'_>) -> bool {
    members(value) && !addressed(value)
}

/// One interface, or its address, where a list belongs.
fn unlisted(value: Node<'_>) -> bool {
    value.is_object() || value.is_string()
}

fn names_schemes(value: Node<'_>) -> bool {
    has(value, "schemes")
}

fn text(object: Node<'_>, name: &str) -> bool {
    object.member(name).is_some_and(Node::is_string)
}

/// Skills as an A2A card has them: with an id, or a name and tags.
fn is_skill(entry: Node<'_>) -> bool {
    text(entry, "id") || (text(entry, "name") && has(entry, "tags"))
}

fn is_graph_skill(entry: Node<'_>) -> bool {
    has(entry, "displayName") && !has(entry, "name")
}

/// Skills that say more of themselves than lists of other things do.
fn card_skills(value: Node<'_>) -> bool {
    let is_whole = |entry: Node<'_>| {
        is_skill(entry) && has(entry, "name") && (has(entry, "description") || has(entry, "tags"))
    };
    objects(value).any(is_whole)
}

/// Skills with an id, a name and tags. Things in a game have descriptions, but hardly tags.
fn tagged_skills(value: Node<'_>) -> bool {
    let is_tagged = |entry: Node<'_>| member(entry, "tags").is_some_and(Node::is_array);
    objects(value).any(|entry| is_skill(entry) && has(entry, "name") && is_tagged(entry))
}

fn plain_skills(value: Node<'_>) -> bool {
    !card_skills(value) && !graph_skills(value) && objects(value).any(is_skill)
}

/// Skills that say what they do, but lack what every skill of a card has.
fn thin_skills(value: Node<'_>) -> bool {
    let is_thin = |entry: Node<'_>| {
        text(entry, "name") && text(entry, "description") && !has(entry, "url") && !has(entry, "path")
    };
    !objects(value).any(|entry| is_skill(entry) || is_graph_skill(entry)) && objects(value).any(is_thin)
}

fn says_type(value: Node<'_>) -> bool {
    has(value, "type") && !names_schemes(value)
}

/// Anything but the list of manifests of an exported registry.
fn no_objects(value: Node<'_>) -> bool {
    !members(value)
}

/// Capabilities with what 1.0 moved there.
fn modern_capabilities(value: Node<'_>) -> bool {
    has(value, "extendedAgentCard")
}

fn schemes<'d>(value: Node<'d>) -> impl Iterator<Item = Node<'d>> {
    let schemes = value.is_object().then(|| value.children()).into_iter().flatten();
    schemes.filter(|scheme| scheme.is_object())
}

/// Security schemes in the form of 1.0, which no Graph object has.
fn wrapped_schemes(value: Node<'_>) -> bool {
    schemes(value).flat_map(Node::children).any(|member| member.key().is_some_and(|key| is_wrapper(&key)))
}

/// Security schemes with the annotation that only Graph objects have.
fn typed_schemes(value: Node<'_>) -> bool {
    schemes(value).any(|scheme| scheme.member("@odata.type").is_some())
}

/// Capabilities of A2A; streaming alone is one of language models, too.
fn card_capabilities(value: Node<'_>) -> bool {
    let names = ["pushNotifications", "stateTransitionHistory", "extendedAgentCard"];
    // Extensions of files are texts.
    let extends = || member(value, "extensions").is_some_and(|extensions| !texts(extensions));
    value.is_object() && (names.iter().any(|name| near(value, name).is_some()) || extends())
}

/// Capabilities as agents state them, or none at all.
fn agent_capabilities(value: Node<'_>) -> bool {
    value.is_object() && (value.is_empty() || card_capabilities(value) || near(value, "streaming").is_some())
}

/// Capabilities of anything else, such as a device or an editor, or of a card whose author made them up.
fn other_capabilities(value: Node<'_>) -> bool {
    value.is_object() && !agent_capabilities(value)
}

fn graph_skills(value: Node<'_>) -> bool {
    objects(value).any(is_graph_skill) && !card_skills(value)
}

#[cfg(test)]
mod tests {
    use super::{MARKS, SMALL_BODIES};

    #[test]
    fn there_is_a_bit_for_each_mark() {
        assert!(MARKS.len() <= 64);
    }

    #[test]
    fn small_bodies_need_only_what_they_may_have() {
        for (all, needed, kind) in SMALL_BODIES {
            assert!(needed.iter().all(|name| all.contains(name)), "{kind:?}");
        }
    }
}
