//! A2A cards: what is one, and which release it is written for (the procedure of a2a.md 1.4).

use super::names::{count, first, has, member, near};
use super::spelling::is_slip;
use super::{CardVersion, Version};
use crate::syntax::Node;

/// Members of which two make a card.
const TYPICAL: &[&str] = &[
    "skills",
    "defaultInputModes",
    "defaultOutputModes",
    "preferredTransport",
    "additionalInterfaces",
    "supportsAuthenticatedExtendedCard",
    "supportsExtendedAgentCard",
    "securityRequirements",
];

/// Whether `object` is an agent card, and by which members.
pub(super) fn recognize(object: Node<'_>) -> Option<String> {
    if !object.is_object() {
        return None;
    }
    if has(object, "supportedInterfaces") {
        return Some("has supportedInterfaces".to_owned());
    }
    if is_mcp_server(object) {
        return None;
    }
    let mut typical: Vec<&str> = TYPICAL.iter().copied().filter(|name| has(object, name)).collect();
    if member(object, "capabilities").is_some_and(Node::is_object) {
        typical.push("capabilities");
    }
    if member(object, "authentication").is_some_and(|value| has(value, "schemes")) {
        typical.push("authentication");
    }
    let version = first(object, &["protocolVersion", "protocolVersions"]);
    match (typical.as_slice(), version) {
        ([one, two, ..], _) => Some(format!("has {one} and {two}")),
        ([one], Some(version)) => Some(format!("has {one} and {version}")),
        (["skills"], None) => {
            first(object, &["url", "description"]).map(|other| format!("has skills and {other}"))
        }
        ([one], None) if count(object, &["name", "url"]) == 2 => Some(format!("has {one}, name and url")),
        _ => None,
    }
}

/// Whether an object is about an MCP server, whose drafts of a card share members with ours: it has `serverInfo`, or
/// a date for a version and nothing that only agents have.
fn is_mcp_server(object: Node<'_>) -> bool {
    let version = member(object, "protocolVersion").and_then(Node::string);
    let is_dated = version.is_some_and(|text| is_date(&text));
    !has(object, "skills") && !has(object, "preferredTransport") && (has(object, "serverInfo") || is_dated)
}

/// `2025-06-18` and the like.
fn is_date(text: &str) -> bool {
    let digit =
        |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(digit)
}

/// A version string taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Number {
    major: u32,
    minor: u32,
    patch: Option<u32>,
}

/// `1.0`, `v0.3.0` and the like.
fn parse_version(text: &str) -> Option<Number> {
    let mut parts = text.strip_prefix('v').unwrap_or(text).split('.');
    let mut part = || parts.next().filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let (major, minor) = (part()?.parse().ok()?, part()?.parse().ok()?);
    let patch = match part() {
        Some(digits) => Some(digits.parse().ok()?),
        None => None,
    };
    parts.next().is_none().then_some(Number { major, minor, patch })
}

/// Which release the card is written for, and why, in words that continue "it ...".
pub(super) fn version(card: Node<'_>) -> (CardVersion, String) {
    let interfaces = near(card, "supportedInterfaces");
    let usable = interfaces.is_some_and(|list| list.children().any(Node::is_object) && list.is_array());
    let url = member(card, "url").is_some_and(Node::is_string);
    match (usable, url) {
        (true, true) => mixed(card),
        (true, false) if has_broken_url(card) => mixed(card),
        (true, false) => modern("has supportedInterfaces"),
        (false, true) if interfaces.is_some() && has_modern_member(card) => mixed(card),
        (false, true) => legacy(card),
        (false, false) => match interfaces {
            Some(_) => modern("has supportedInterfaces, though nothing usable in it, and no url"),
            None => without_endpoint(card),
        },
    }
}

/// Whether what was meant to be the `url` of a 0.x half is there: misspelt or no string, beside its transports.
fn has_broken_url(card: Node<'_>) -> bool {
    let of_old_half = |name: &&str| member(card, name).is_some_and(|value| !value.is_null());
    let is_url = |child: Node<'_>| child.key().is_some_and(|key| is_slip("url", &key, true));
    ["preferredTransport", "additionalInterfaces"].iter().any(of_old_half)
        && (near(card, "url").is_some() || card.children().any(is_url))
}

fn modern(reason: &str) -> (CardVersion, String) {
    (CardVersion::stated(Version::V1_0), reason.to_owned())
}

fn mixed(card: Node<'_>) -> (CardVersion, String) {
    let (half, _) = legacy(card);
    let version = CardVersion { modern: true, raised: false, protojson: false, ..half };
    (version, "has url and supportedInterfaces, so it speaks to readers of both generations".to_owned())
}

/// A card that names no endpoint at all.
fn without_endpoint(card: Node<'_>) -> (CardVersion, String) {
    let old = ["preferredTransport", "additionalInterfaces", "authentication", "url"];
    let stated = stated_number(card);
    let claims_modern = stated.is_some_and(|number| number.major >= 1);
    if first(card, &old).is_none() && lists_interfaces(card) {
        return modern("has interfaces, which stands for supportedInterfaces, and no url");
    }
    if first(card, &old).is_none() && (has_modern_member(card) || (claims_modern && !has_flat_scheme(card))) {
        return modern("has members of 1.0 and none of 0.x");
    }
    legacy(card)
}

/// Whether the endpoints of a 1.0 card stand under the name that comes to mind first.
fn lists_interfaces(card: Node<'_>) -> bool {
    let list = member(card, "interfaces").filter(|list| list.is_array());
    list.into_iter().flat_map(Node::children).any(|entry| has(entry, "url"))
}

fn has_modern_member(card: Node<'_>) -> bool {
    has(card, "securityRequirements") || has_wrapped_scheme(card) || has_extended(card)
}

fn has_extended(card: Node<'_>) -> bool {
    member(card, "capabilities").is_some_and(|capabilities| has(capabilities, "extendedAgentCard"))
}

fn schemes<'d>(card: Node<'d>) -> impl Iterator<Item = Node<'d>> {
    let schemes = member(card, "securitySchemes").filter(|schemes| schemes.is_object());
    schemes.into_iter().flat_map(Node::children)
}

fn has_flat_scheme(card: Node<'_>) -> bool {
    schemes(card).any(|scheme| scheme.member("type").is_some())
}

fn is_wrapper(name: &str) -> bool {
    super::fold(name).ends_with("SecurityScheme")
}

fn has_wrapped_scheme(card: Node<'_>) -> bool {
    schemes(card).any(|scheme| {
        scheme.is_object() && scheme.children().any(|child| child.key().is_some_and(|key| is_wrapper(&key)))
    })
}

/// Whether requirements are written `{"schemes": {...}}` under the name `security`.
fn has_wrapped_requirement(card: Node<'_>) -> bool {
    let is_wrapped = |item: Node<'_>| item.member("schemes").is_some_and(Node::is_object);
    member(card, "security").is_some_and(|security| security.children().any(is_wrapped))
}

fn stated_number(card: Node<'_>) -> Option<Number> {
    member(card, "protocolVersion").and_then(Node::string).and_then(|text| parse_version(&text))
}

/// A card with a `url`, or with nothing that says otherwise.
fn legacy(card: Node<'_>) -> (CardVersion, String) {
    let protojson = (has_wrapped_scheme(card) || has_wrapped_requirement(card)) && !has_flat_scheme(card);
    let (version, stated, raised, mut reason) = legacy_release(card);
    if protojson {
        reason.push_str("; its security is in the shape that the 0.3 protocol buffers print");
    }
    // Only the 0.3.0 form of that shape has a schema; the older ones differ from it by additions alone.
    let version = if protojson { Version::V0_3_0 } else { version };
    (CardVersion { legacy: Some(version), modern: false, stated, protojson, raised }, reason)
}

fn legacy_release(card: Node<'_>) -> (Version, bool, bool, String) {
    let floor = floor(card);
    let Some(written) = member(card, "protocolVersion").filter(|value| !value.is_null()) else {
        let (version, reason) = undeclared(card, floor);
        return (version, false, false, reason);
    };
    let text = written.string().unwrap_or_default();
    match parse_version(&text) {
        Some(Number { major: 0, minor: 1, .. }) => stated(Version::V0_1_0, &text),
        Some(Number { major: 0, minor: 2, patch }) => stated(second_minor(patch, floor), &text),
        Some(Number { major: 0, minor: 3, .. }) => stated(Version::V0_3_0, &text),
        Some(Number { major: 1.., .. }) => {
            let reason = format!(
                "says protocolVersion {text} but has url and no supportedInterfaces, which is the 0.3 shape"
            );
            (Version::V0_3_0, false, true, reason)
        }
        _ => (
            Version::V0_3_0,
            false,
            false,
            "has the 0.x shape and a protocolVersion that names no release".to_owned(),
        ),
    }
}

fn stated(version: Version, text: &str) -> (Version, bool, bool, String) {
    (version, true, false, format!("says protocolVersion {text}"))
}

/// The 0.2 release for a patch number; one that was never released stands for the newest that fits.
fn second_minor(patch: Option<u32>, floor: Version) -> Version {
    match patch {
        Some(0) => Version::V0_2_0,
        Some(1) => Version::V0_2_1,
        Some(2) => Version::V0_2_2,
        Some(3) => Version::V0_2_3,
        Some(4) => Version::V0_2_4,
        Some(5) => Version::V0_2_5,
        Some(6) => Version::V0_2_6,
        _ if floor == Version::V0_3_0 => Version::V0_3_0,
        _ => Version::V0_2_6,
    }
}

fn undeclared(card: Node<'_>, floor: Version) -> (Version, String) {
    if near(card, "authentication").is_some() {
        return (Version::V0_1_0, "has authentication, which only 0.1.0 has".to_owned());
    }
    if floor == Version::V0_1_0 && has_null(card) {
        return (
            Version::V0_1_0,
            "has null members, which only 0.1.0 allows, and no later member".to_owned(),
        );
    }
    (Version::V0_3_0, "has the 0.x shape and no protocolVersion; readers assume 0.3.0".to_owned())
}

/// Whether an optional member of the card, its skills, provider or capabilities is null.
fn has_null(card: Node<'_>) -> bool {
    let null_inside = |object: Node<'_>| object.is_object() && object.children().any(Node::is_null);
    let skills =
        member(card, "skills").into_iter().filter(|skills| skills.is_array()).flat_map(Node::children);
    let parts = ["provider", "capabilities"].into_iter().filter_map(|name| member(card, name));
    null_inside(card) || skills.chain(parts).any(null_inside)
}

/// The oldest release that has every member the card uses.
fn floor(card: Node<'_>) -> Version {
    let kind_of_mutual_tls =
        |scheme: Node<'_>| scheme.member("type").and_then(Node::string).is_some_and(|t| t == "mutualTLS");
    let newest = schemes(card).any(|scheme| kind_of_mutual_tls(scheme) || has(scheme, "oauth2MetadataUrl"));
    let skills =
        || member(card, "skills").into_iter().filter(|skills| skills.is_array()).flat_map(Node::children);
    if newest || has(card, "signatures") || skills().any(|skill| has(skill, "security")) {
        return Version::V0_3_0;
    }
    let extensions = member(card, "capabilities").is_some_and(|capabilities| has(capabilities, "extensions"));
    let markers: [(bool, Version); 5] = [
        (has(card, "protocolVersion"), Version::V0_2_5),
        (has(card, "preferredTransport") || has(card, "additionalInterfaces"), Version::V0_2_4),
        (has(card, "iconUrl") || extensions, Version::V0_2_2),
        (has(card, "supportsAuthenticatedExtendedCard"), Version::V0_2_1),
        (has(card, "security") || has(card, "securitySchemes"), Version::V0_2_0),
    ];
    markers.into_iter().find(|(present, _)| *present).map_or(Version::V0_1_0, |(_, version)| version)
}
