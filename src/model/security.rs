//! Security schemes and requirements, in the flat form of 0.x and Graph and the wrapped form of 1.0.

use super::value::Value;
use crate::kind::CardVersion;
use crate::syntax::Node;
use crate::words::same_letters;
use std::borrow::Cow;

/// The kinds of security schemes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemeKind {
    /// An API key.
    ApiKey,
    /// HTTP authentication.
    Http,
    /// OAuth 2.0.
    OAuth2,
    /// OpenID Connect.
    OpenIdConnect,
    /// Mutual TLS.
    MutualTls,
}

/// A declared security scheme.
pub struct Scheme<'d> {
    /// The name under which it is declared.
    pub name: Cow<'d, str>,
    /// The entry of `securitySchemes`.
    pub entry: Value<'d>,
    /// What kind it is, where that can be told.
    pub kind: Option<SchemeKind>,
    /// The object that holds its members: the entry itself, or what is wrapped in it.
    pub details: Value<'d>,
}

/// One flow of an OAuth 2.0 scheme.
pub struct Flow<'d> {
    /// `authorizationCode` and the like.
    pub name: &'static str,
    /// The flow.
    pub value: Value<'d>,
}

/// One way to satisfy what the agent, or a skill, asks for.
pub struct Requirement<'d> {
    /// The entry of the list.
    pub entry: Value<'d>,
    /// The schemes that have to be used together.
    pub uses: Vec<SchemeUse<'d>>,
}

/// A scheme that a requirement names.
pub struct SchemeUse<'d> {
    /// The name of the scheme.
    pub name: Cow<'d, str>,
    /// The member that names it.
    pub member: Value<'d>,
    /// The array of scopes, where there is one.
    pub scopes: Option<Value<'d>>,
}

const WRAPPERS: [(&str, SchemeKind); 5] = [
    ("apiKeySecurityScheme", SchemeKind::ApiKey),
    ("httpAuthSecurityScheme", SchemeKind::Http),
    ("oauth2SecurityScheme", SchemeKind::OAuth2),
    ("openIdConnectSecurityScheme", SchemeKind::OpenIdConnect),
    ("mtlsSecurityScheme", SchemeKind::MutualTls),
];

const FLOWS: [&str; 5] = ["authorizationCode", "clientCredentials", "deviceCode", "implicit", "password"];

impl SchemeKind {
    /// The kind for the `type` of a flat scheme.
    pub fn of_type(name: &str) -> Option<Self> {
        match name {
            "apiKey" => Some(Self::ApiKey),
            "http" => Some(Self::Http),
            "oauth2" => Some(Self::OAuth2),
            "openIdConnect" => Some(Self::OpenIdConnect),
            "mutualTLS" => Some(Self::MutualTls),
            _ => None,
        }
    }

    /// The name of the kind's type in Microsoft Graph.
    pub const fn graph_type(self) -> &'static str {
        match self {
            Self::ApiKey => "apiKeySecurityScheme",
            Self::Http => "httpAuthSecurityScheme",
            Self::OAuth2 => "oAuth2SecurityScheme",
            Self::OpenIdConnect => "openIdConnectSecurityScheme",
            Self::MutualTls => "mutualTLSSecurityScheme",
        }
    }

    /// Every kind.
    pub const ALL: [SchemeKind; 5] =
        [Self::ApiKey, Self::Http, Self::OAuth2, Self::OpenIdConnect, Self::MutualTls];

    /// The member that wraps the kind in 1.0.
    pub fn wrapper(self) -> &'static str {
        WRAPPERS.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// Whether the name or the `type` of a scheme says that no login is needed. Cards say so by declaring no scheme.
pub fn says_open(text: &str) -> bool {
    const OPEN: [&str; 7] =
        ["none", "public", "anonymous", "open", "noauth", "noauthentication", "unauthenticated"];
    OPEN.iter().any(|open| same_letters(open, text))
}

impl<'d> Scheme<'d> {
    /// The flows of an OAuth 2.0 scheme.
    pub fn flows(&self) -> impl Iterator<Item = Flow<'d>> + use<'d> {
        let flows = self.details.object("flows");
        FLOWS.iter().filter_map(move |name| Some(Flow { name, value: flows?.object(name)? }))
    }
}

/// The schemes that `card` declares.
pub(super) fn schemes(card: Value<'_>) -> Vec<Scheme<'_>> {
    let entries = card.object("securitySchemes").into_iter().flat_map(Value::members);
    entries.filter(|(_, entry)| entry.node().is_object()).map(|(name, entry)| scheme(name, entry)).collect()
}

fn scheme<'d>(name: Cow<'d, str>, entry: Value<'d>) -> Scheme<'d> {
    let wrapped = WRAPPERS.iter().find_map(|(member, kind)| Some((entry.object(member)?, *kind)));
    if let Some((details, kind)) = wrapped {
        return Scheme { name, entry, kind: Some(kind), details };
    }
    let kind = entry.text("type").and_then(|text| SchemeKind::of_type(&text.text));
    Scheme { name, entry, kind, details: entry }
}

/// The requirements of `card` and its `skills`, in both forms.
pub(super) fn requirements<'d>(
    card: Value<'d>,
    skills: &[Value<'d>],
    version: Option<CardVersion>,
) -> Vec<Requirement<'d>> {
    let modern = version.is_some_and(|version| version.modern);
    let flat = version.is_none_or(|version| version.legacy.is_some() && !version.protojson);
    let protojson = version.is_some_and(|version| version.protojson);
    let mut found = Vec::new();
    for owner in std::iter::once(card).chain(skills.iter().copied()) {
        if flat {
            found.extend(owner.list("security").map(flat_requirement));
        }
        if protojson {
            found.extend(owner.list("security").map(wrapped_requirement));
        }
        if modern {
            found.extend(owner.list("securityRequirements").map(wrapped_requirement));
        }
    }
    found
}

/// `{"name": ["scope"]}`
fn flat_requirement(entry: Value<'_>) -> Requirement<'_> {
    let uses = entry.members().filter(|(name, _)| !name.contains('@'));
    let uses = uses.map(|(name, member)| SchemeUse { name, member, scopes: Some(member) }).collect();
    Requirement { entry, uses }
}

/// `{"schemes": {"name": {"list": ["scope"]}}}`; one in the flat form, which is reported as such, still says what is meant.
fn wrapped_requirement(entry: Value<'_>) -> Requirement<'_> {
    let is_list = |member: Node<'_>| member.key_is("list");
    let names_scheme =
        |member: Node<'_>| member.is_array() || (member.is_object() && member.children().all(is_list));
    if !entry.has("schemes") && entry.members().any(|(_, member)| names_scheme(member.node())) {
        return flat_requirement(entry);
    }
    let uses = entry.object("schemes").into_iter().flat_map(Value::members);
    let uses = uses.map(|(name, member)| SchemeUse { name, member, scopes: member.get("list") }).collect();
    Requirement { entry, uses }
}

/// What a value is in a security requirement, by where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequirementPart {
    /// The `schemes` of 1.0.
    Schemes,
    /// The value for a scheme in `schemes`: `{"list": ["scope"]}`.
    Scheme,
    /// The value for a scheme before 1.0 and in Graph: `["scope"]`.
    Scopes,
}

/// What `node` is in a security requirement, of whichever release it may be.
pub fn requirement_part(node: Node<'_>) -> Option<RequirementPart> {
    let is_entry = |entry: Node<'_>| {
        let list = entry.parent().filter(|_| !entry.is_member());
        list.is_some_and(|list| list.key_is("security") || list.key_is("securityRequirements"))
    };
    let holder = node.parent().filter(|_| node.is_member())?;
    if holder.key_is("schemes") && holder.parent().is_some_and(is_entry) {
        Some(RequirementPart::Scheme)
    } else if !is_entry(holder) {
        None
    } else if node.key_is("schemes") {
        Some(RequirementPart::Schemes)
    } else {
        Some(RequirementPart::Scopes)
    }
}
