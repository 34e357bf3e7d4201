//! A2A cards: which release one is written for (the procedure of a2a.md 1.4).

use super::names::{first, has, member, near};
use super::spelling::is_slip;
use super::{CardVersion, Version};
use crate::syntax::Node;

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
    // What was written for 1.0 as well is later than 0.1.0.
    let guess = half.legacy.map(|legacy| if half.stated { legacy } else { Version::V0_3_0 });
    let version = CardVersion { legacy: guess, modern: true, raised: false, protojson: false, ..half };
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

/// Whether a member of a security scheme is the wrapper that 1.0 puts around the members of a variant.
pub(super) fn is_wrapper(name: &str) -> bool {
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
    let is_early = floor == Version::V0_1_0;
    if is_early && near(card, "authentication").is_some() {
        return (Version::V0_1_0, "has authentication, which only 0.1.0 has, and no later member".to_owned());
    }
    if is_early && has_null(card) {
        return (
            Version::V0_1_0,
            "has null members, which only 0.1.0 allows, and no later member".to_owned(),
        );
    }
    (Version::V0_3_0, "has the 0.x shape and no protocolVersion; readers assume 0.3.0".to_owned())
}

/// Members that may be null in 0.1.0, by the part of the card that has them. A null in a required one is legal in no release.
const NULLABLE: &[(Part, &[&str])] = &[
    (Part::Root, &["description", "provider", "documentationUrl", "defaultInputModes", "defaultOutputModes"]),
    (Part::Skill, &["description", "tags", "examples", "inputModes", "outputModes"]),
    (Part::Provider, &["url"]),
    (Part::Capabilities, &["streaming", "pushNotifications", "stateTransitionHistory"]),
];

/// Members that came after 0.1.0, newest first, and the first release that has them.
const LATER: &[(Part, &str, Version)] = &[
    (Part::Scheme, "oauth2MetadataUrl", Version::V0_3_0),
    (Part::Skill, "security", Version::V0_3_0),
    (Part::Root, "signatures", Version::V0_3_0),
    (Part::Root, "protocolVersions", Version::V0_3_0),
    (Part::Root, "supportsExtendedAgentCard", Version::V0_3_0),
    (Part::Root, "protocolVersion", Version::V0_2_5),
    (Part::Root, "preferredTransport", Version::V0_2_4),
    (Part::Root, "additionalInterfaces", Version::V0_2_4),
    (Part::Root, "iconUrl", Version::V0_2_2),
    (Part::Capabilities, "extensions", Version::V0_2_2),
    (Part::Root, "supportsAuthenticatedExtendedCard", Version::V0_2_1),
    (Part::Root, "security", Version::V0_2_0),
    (Part::Root, "securitySchemes", Version::V0_2_0),
];

/// A part of a card that has members of its own.
#[derive(Clone, Copy)]
enum Part {
    Root,
    Skill,
    Provider,
    Capabilities,
    Scheme,
}

/// Whether one of the objects that `part` names is what `fits` asks for.
fn any_part(card: Node<'_>, part: Part, fits: impl Fn(Node<'_>) -> bool) -> bool {
    match part {
        Part::Root => fits(card),
        Part::Skill => {
            let skills = member(card, "skills").filter(|skills| skills.is_array());
            skills.into_iter().flat_map(Node::children).any(fits)
        }
        Part::Provider => member(card, "provider").is_some_and(fits),
        Part::Capabilities => member(card, "capabilities").is_some_and(fits),
        Part::Scheme => schemes(card).any(fits),
    }
}

/// Whether a member that 0.1.0 lets be null is null.
fn has_null(card: Node<'_>) -> bool {
    fn is_null(object: Node<'_>, name: &str) -> bool {
        member(object, name).is_some_and(Node::is_null)
    }
    NULLABLE
        .iter()
        .any(|(part, names)| any_part(card, *part, |object| names.iter().any(|name| is_null(object, name))))
}

/// The oldest release that has every member the card uses. Also a null shows that its writer knew the member.
fn floor(card: Node<'_>) -> Version {
    let is_mutual_tls =
        |scheme: Node<'_>| scheme.member("type").and_then(Node::string).is_some_and(|t| t == "mutualTLS");
    if any_part(card, Part::Scheme, is_mutual_tls) {
        return Version::V0_3_0;
    }
    let is_used =
        |(part, name, _): &&(Part, &str, Version)| any_part(card, *part, |object| has(object, name));
    LATER.iter().find(is_used).map_or(Version::V0_1_0, |(.., version)| *version)
}
