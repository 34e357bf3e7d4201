//! Names that writers use for something else: names of other releases, of the other API, of the wrong object.
//!
//! What the schemas cannot say and spelling cannot tell. One table; the rest comes from comparing spellings.

use crate::kind::{CardVersion, Kind, Profile};

/// Why a member is taken to mean another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The same name in another case: snake_case, or other capitals.
    Case,
    /// A slip of the pen.
    Typo,
    /// The name in another release or in the other API, which is given; empty where it is nobody's.
    Elsewhere(&'static str),
}

/// What a wrong name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// Another member of the same object, with the same kind of value.
    Member(&'static str),
    /// A member of the same object whose value is written differently, so that it cannot be checked under that name.
    Reshaped(&'static str),
    /// A member of another object, by JSON Pointer from the document.
    Moved(&'static str),
    /// A member of each object of a list, which is given by its name in the document.
    Spread(&'static str, &'static str),
    /// Nothing that could take its place by itself; what to do instead.
    Gone(&'static str),
}

/// Documents for which a row of the table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum In {
    /// Cards with no 0.x half.
    Modern,
    /// Cards with a 0.x half and no 1.0 half.
    Legacy,
    /// Every card.
    Card,
    /// Graph objects.
    Graph,
}

/// A row: where, in which type (of the schemas), the wrong name, its meaning, and whose name it is, if anybody's.
struct Row(In, &'static str, &'static str, Means, &'static str);

use Means::{Gone, Member, Moved, Reshaped, Spread};

const IN_CARD: &str = "a registration has no endpoint of its own; put it in agentCard";

/// Where a manifest says that it has an extended card.
const EXTENDED: &str = "/supportsAuthenticatedExtendedCard";
const OF_REGISTRATION: &str = "put it into the agentRegistration of this agent; no other object has it";
const WRAPPED: &str = "the wrapped form of A2A 1.0";
const IN_MANIFEST: &str = "state it in the agentCardManifest";
const NO_DEVICE_FLOW: &str =
    "declare a flow that Graph knows: authorizationCode, clientCredentials, implicit or password";
const IN_INSTANCE: &str = "put it into the agentInstance that has this manifest";
const NO_USER: &str = "take it out; a registration has no agent user";
const NO_PUBLISHER: &str = "take it out; an instance has no publisher";

const ROWS: &[Row] = &[
    // 0.x and draft names in a 1.0 card (a2a.md 1.3, 4.3).
    Row(In::Modern, "AgentCard", "security", Reshaped("securityRequirements"), "0.3"),
    Row(In::Modern, "AgentSkill", "security", Reshaped("securityRequirements"), "0.3"),
    Row(
        In::Modern,
        "AgentCard",
        "supportsAuthenticatedExtendedCard",
        Moved("/capabilities/extendedAgentCard"),
        "0.3",
    ),
    Row(
        In::Modern,
        "AgentCard",
        "supportsExtendedAgentCard",
        Moved("/capabilities/extendedAgentCard"),
        "a 1.0 draft",
    ),
    Row(
        In::Modern,
        "AgentCapabilities",
        "supportsAuthenticatedExtendedCard",
        Member("extendedAgentCard"),
        "0.3",
    ),
    Row(In::Modern, "AgentCard", "authenticatedExtendedCard", Moved("/capabilities/extendedAgentCard"), ""),
    Row(
        In::Modern,
        "AgentCapabilities",
        "supportsExtendedAgentCard",
        Member("extendedAgentCard"),
        "a 1.0 draft",
    ),
    Row(In::Modern, "AgentCapabilities", "authenticatedExtendedCard", Member("extendedAgentCard"), "0.3"),
    Row(
        In::Modern,
        "AgentCapabilities",
        "stateTransitionHistory",
        Gone("take it out; 1.0 has nothing in its place"),
        "0.3",
    ),
    Row(In::Modern, "AgentCard", "protocolVersion", Spread("supportedInterfaces", "protocolVersion"), "0.3"),
    Row(
        In::Modern,
        "AgentCard",
        "protocolVersions",
        Spread("supportedInterfaces", "protocolVersion"),
        "a 1.0 draft",
    ),
    Row(
        In::Modern,
        "AgentCard",
        "preferredTransport",
        Gone("put the preferred entry first in supportedInterfaces"),
        "0.3",
    ),
    Row(
        In::Modern,
        "AgentCard",
        "additionalInterfaces",
        Gone("add its entries to supportedInterfaces"),
        "0.3",
    ),
    Row(
        In::Modern,
        "AgentCard",
        "authentication",
        Gone("declare the schemes in securitySchemes and ask for them in securityRequirements"),
        "0.1",
    ),
    Row(In::Modern, "AgentCard", "extendedAgentCard", Moved("/capabilities/extendedAgentCard"), ""),
    Row(In::Modern, "AgentCard", "interfaces", Member("supportedInterfaces"), ""),
    Row(In::Modern, "AgentInterface", "transport", Member("protocolBinding"), "0.3"),
    Row(In::Modern, "AgentInterface", "binding", Member("protocolBinding"), ""),
    Row(In::Modern, "APIKeySecurityScheme", "in", Member("location"), "0.3"),
    Row(In::Modern, "SecurityScheme", "mutualTLSSecurityScheme", Member("mtlsSecurityScheme"), ""),
    Row(In::Modern, "SecurityScheme", "httpSecurityScheme", Member("httpAuthSecurityScheme"), ""),
    Row(In::Modern, "OAuthFlows", "authorizationCodeFlow", Member("authorizationCode"), ""),
    Row(In::Modern, "OAuthFlows", "clientCredentialsFlow", Member("clientCredentials"), ""),
    Row(In::Modern, "OAuthFlows", "deviceCodeFlow", Member("deviceCode"), ""),
    Row(In::Modern, "OAuthFlows", "implicitFlow", Member("implicit"), ""),
    Row(In::Modern, "OAuthFlows", "passwordFlow", Member("password"), ""),
    // 1.0, 0.1 and draft names in a 0.x card.
    Row(In::Legacy, "AgentCard", "securityRequirements", Reshaped("security"), "1.0"),
    Row(In::Legacy, "AgentSkill", "securityRequirements", Reshaped("security"), "1.0"),
    Row(
        In::Legacy,
        "AgentCapabilities",
        "extendedAgentCard",
        Moved("/supportsAuthenticatedExtendedCard"),
        "1.0",
    ),
    Row(
        In::Legacy,
        "AgentCapabilities",
        "supportsAuthenticatedExtendedCard",
        Moved("/supportsAuthenticatedExtendedCard"),
        "",
    ),
    Row(
        In::Legacy,
        "AgentCapabilities",
        "supportsExtendedAgentCard",
        Moved("/supportsAuthenticatedExtendedCard"),
        "a 1.0 draft",
    ),
    Row(
        In::Legacy,
        "AgentCapabilities",
        "authenticatedExtendedCard",
        Moved("/supportsAuthenticatedExtendedCard"),
        "",
    ),
    Row(
        In::Legacy,
        "AgentCard",
        "supportsExtendedAgentCard",
        Member("supportsAuthenticatedExtendedCard"),
        "a 1.0 draft",
    ),
    Row(
        In::Legacy,
        "AgentCard",
        "authentication",
        Gone("declare the schemes in securitySchemes and ask for them in security"),
        "0.1",
    ),
    Row(In::Legacy, "AgentCard", "extendedAgentCard", Member("supportsAuthenticatedExtendedCard"), "1.0"),
    Row(In::Legacy, "AgentCard", "stateTransitionHistory", Moved("/capabilities/stateTransitionHistory"), ""),
    Row(In::Legacy, "AgentInterface", "protocolBinding", Member("transport"), "1.0"),
    Row(In::Legacy, "APIKeySecurityScheme", "location", Member("in"), "1.0"),
    Row(In::Legacy, "AgentCard", "endpoint", Member("url"), ""),
    Row(In::Legacy, "AgentCard", "endpointUrl", Member("url"), ""),
    Row(In::Legacy, "AgentCard", "serviceUrl", Member("url"), ""),
    // Slips that are alike in every release.
    Row(In::Card, "AgentCard", "extensions", Moved("/capabilities/extensions"), ""),
    Row(In::Card, "AgentCard", "streaming", Moved("/capabilities/streaming"), ""),
    Row(In::Card, "AgentCard", "pushNotifications", Moved("/capabilities/pushNotifications"), ""),
    Row(In::Card, "AgentCard", "inputModes", Member("defaultInputModes"), "a skill"),
    Row(In::Card, "AgentCard", "outputModes", Member("defaultOutputModes"), "a skill"),
    Row(In::Card, "AgentProvider", "name", Member("organization"), ""),
    Row(In::Card, "AgentProvider", "website", Member("url"), ""),
    Row(In::Card, "AgentProvider", "homepage", Member("url"), ""),
    Row(In::Card, "AgentExtension", "url", Member("uri"), ""),
    Row(In::Card, "AgentCard", "displayName", Member("name"), "Microsoft Graph"),
    Row(In::Card, "AgentSkill", "displayName", Member("name"), "Microsoft Graph"),
    // Microsoft Graph: the names of A2A, of the other registry API, and of the wrong object (graph.md 1.6, 4.6, 4.21, 4.22, 4.34).
    Row(In::Graph, "agentInstance", "name", Member("displayName"), "A2A"),
    Row(In::Graph, "agentInstance", "endpointUrl", Member("url"), ""),
    Row(In::Graph, "agentInstance", "endpoint", Member("url"), ""),
    Row(In::Graph, "agentInstance", "transport", Member("preferredTransport"), "agentInterface"),
    Row(In::Graph, "agentInstance", "managedByAppId", Member("managedBy"), "agentRegistration"),
    Row(In::Graph, "agentInstance", "sourceCreatedDateTime", Member("createdDateTime"), "agentRegistration"),
    Row(
        In::Graph,
        "agentInstance",
        "sourceLastModifiedDateTime",
        Member("lastModifiedDateTime"),
        "agentRegistration",
    ),
    Row(In::Graph, "agentInstance", "agentCard", Member("agentCardManifest"), "agentRegistration"),
    Row(
        In::Graph,
        "agentInstance",
        "description",
        Moved("/agentCardManifest/description"),
        "agentCardManifest",
    ),
    Row(In::Graph, "agentInstance", "skills", Moved("/agentCardManifest/skills"), "agentCardManifest"),
    Row(
        In::Graph,
        "agentInstance",
        "capabilities",
        Moved("/agentCardManifest/capabilities"),
        "agentCardManifest",
    ),
    Row(
        In::Graph,
        "agentInstance",
        "protocolVersion",
        Moved("/agentCardManifest/protocolVersion"),
        "agentCardManifest",
    ),
    Row(In::Graph, "agentInstance", "version", Moved("/agentCardManifest/version"), "agentCardManifest"),
    Row(In::Graph, "agentInstance", "provider", Moved("/agentCardManifest/provider"), "agentCardManifest"),
    Row(In::Graph, "agentInstance", "iconUrl", Moved("/agentCardManifest/iconUrl"), "agentCardManifest"),
    Row(
        In::Graph,
        "agentInstance",
        "documentationUrl",
        Moved("/agentCardManifest/documentationUrl"),
        "agentCardManifest",
    ),
    Row(
        In::Graph,
        "agentInstance",
        "defaultInputModes",
        Moved("/agentCardManifest/defaultInputModes"),
        "agentCardManifest",
    ),
    Row(
        In::Graph,
        "agentInstance",
        "defaultOutputModes",
        Moved("/agentCardManifest/defaultOutputModes"),
        "agentCardManifest",
    ),
    Row(
        In::Graph,
        "agentInstance",
        "securitySchemes",
        Moved("/agentCardManifest/securitySchemes"),
        "agentCardManifest",
    ),
    Row(In::Graph, "agentInstance", "security", Moved("/agentCardManifest/security"), "agentCardManifest"),
    Row(
        In::Graph,
        "agentInstance",
        "supportsAuthenticatedExtendedCard",
        Moved("/agentCardManifest/supportsAuthenticatedExtendedCard"),
        "agentCardManifest",
    ),
    Row(In::Graph, "agentInstance", "lastPublishedBy", Gone(NO_PUBLISHER), "agentRegistration"),
    Row(In::Graph, "agentCardManifest", "name", Member("displayName"), "A2A"),
    Row(In::Graph, "agentCardManifest", "signatures", Moved("/signatures"), "agentInstance"),
    Row(In::Graph, "agentCardManifest", "url", Moved("/url"), "agentInstance"),
    Row(In::Graph, "agentCardManifest", "preferredTransport", Moved("/preferredTransport"), "agentInstance"),
    Row(
        In::Graph,
        "agentCardManifest",
        "additionalInterfaces",
        Moved("/additionalInterfaces"),
        "agentInstance",
    ),
    Row(In::Graph, "agentCardManifest", "sourceAgentId", Moved("/sourceAgentId"), "agentInstance"),
    Row(In::Graph, "agentCardManifest", "agentIdentityId", Moved("/agentIdentityId"), "agentInstance"),
    Row(
        In::Graph,
        "agentCardManifest",
        "agentIdentityBlueprintId",
        Moved("/agentIdentityBlueprintId"),
        "agentInstance",
    ),
    Row(In::Graph, "agentCardManifest", "agentUserId", Moved("/agentUserId"), "agentInstance"),
    Row(
        In::Graph,
        "agentCardManifest",
        "sourceCreatedDateTime",
        Member("createdDateTime"),
        "agentRegistration",
    ),
    Row(
        In::Graph,
        "agentCardManifest",
        "sourceLastModifiedDateTime",
        Member("lastModifiedDateTime"),
        "agentRegistration",
    ),
    Row(In::Graph, "agentCardManifest", "managedByAppId", Member("managedBy"), "agentRegistration"),
    Row(In::Graph, "agentCardManifest", "securityRequirements", Reshaped("security"), "A2A 1.0"),
    Row(In::Graph, "agentCardManifest", "extensions", Moved("/capabilities/extensions"), ""),
    Row(In::Graph, "agentSkill", "name", Member("displayName"), "A2A"),
    Row(In::Graph, "agentSkill", "securityRequirements", Reshaped("security"), "A2A 1.0"),
    Row(In::Graph, "agentProvider", "name", Member("organization"), ""),
    Row(In::Graph, "agentProvider", "displayName", Member("organization"), ""),
    Row(In::Graph, "agentInterface", "protocolBinding", Member("transport"), "A2A 1.0"),
    Row(In::Graph, "agentInterface", "preferredTransport", Member("transport"), "agentInstance"),
    Row(In::Graph, "apiKeySecurityScheme", "location", Member("in"), "A2A 1.0"),
    Row(In::Graph, "agentInstance", "a2aAuthorization", Gone(OF_REGISTRATION), "agentRegistration"),
    Row(In::Graph, "agentCardManifest", "a2aAuthorization", Gone(OF_REGISTRATION), "agentRegistration"),
    Row(In::Graph, "agentCollection", "a2aAuthorization", Gone(OF_REGISTRATION), "agentRegistration"),
    Row(In::Graph, "agentInstance", "ownerUserIds", Member("ownerIds"), ""),
    Row(In::Graph, "agentInstance", "ownerObjectIds", Member("ownerIds"), ""),
    Row(In::Graph, "agentCardManifest", "ownerUserIds", Member("ownerIds"), ""),
    Row(In::Graph, "agentCardManifest", "ownerObjectIds", Member("ownerIds"), ""),
    Row(In::Graph, "agentCollection", "ownerUserIds", Member("ownerIds"), ""),
    Row(In::Graph, "agentCollection", "ownerObjectIds", Member("ownerIds"), ""),
    Row(In::Graph, "agentRegistration", "ownerUserIds", Member("ownerIds"), ""),
    Row(In::Graph, "agentRegistration", "ownerObjectIds", Member("ownerIds"), ""),
    Row(In::Graph, "agentInstance", "agenticAppId", Member("agentIdentityId"), "the Agent 365 CLI"),
    Row(In::Graph, "agentRegistration", "agenticAppId", Member("agentIdentityId"), "the Agent 365 CLI"),
    Row(In::Graph, "agentCapabilities", "extendedAgentCard", Moved(EXTENDED), "A2A 1.0"),
    Row(In::Graph, "agentCapabilities", "supportsExtendedAgentCard", Moved(EXTENDED), "a 1.0 draft"),
    Row(
        In::Graph,
        "agentCapabilities",
        "supportsAuthenticatedExtendedCard",
        Moved(EXTENDED),
        "agentCardManifest",
    ),
    Row(In::Graph, "agentCapabilities", "authenticatedExtendedCard", Moved(EXTENDED), ""),
    Row(
        In::Graph,
        "agentCardManifest",
        "extendedAgentCard",
        Member("supportsAuthenticatedExtendedCard"),
        "A2A 1.0",
    ),
    Row(
        In::Graph,
        "agentCardManifest",
        "supportsExtendedAgentCard",
        Member("supportsAuthenticatedExtendedCard"),
        "a 1.0 draft",
    ),
    Row(In::Graph, "oAuthFlows", "deviceCode", Gone(NO_DEVICE_FLOW), "A2A 1.0"),
    Row(In::Graph, "agentProvider", "website", Member("url"), ""),
    Row(In::Graph, "agentProvider", "homepage", Member("url"), ""),
    Row(
        In::Graph,
        "securityScheme",
        "apiKeySecurityScheme",
        Gone(
            "unwrap it: write its members beside `\"@odata.type\": \"#microsoft.graph.apiKeySecurityScheme\"` and `\"type\": \"apiKey\"`",
        ),
        WRAPPED,
    ),
    Row(
        In::Graph,
        "securityScheme",
        "httpAuthSecurityScheme",
        Gone(
            "unwrap it: write its members beside `\"@odata.type\": \"#microsoft.graph.httpAuthSecurityScheme\"` and `\"type\": \"http\"`",
        ),
        WRAPPED,
    ),
    Row(
        In::Graph,
        "securityScheme",
        "oauth2SecurityScheme",
        Gone(
            "unwrap it: write its members beside `\"@odata.type\": \"#microsoft.graph.oAuth2SecurityScheme\"` and `\"type\": \"oauth2\"`",
        ),
        WRAPPED,
    ),
    Row(
        In::Graph,
        "securityScheme",
        "openIdConnectSecurityScheme",
        Gone(
            "unwrap it: write its members beside `\"@odata.type\": \"#microsoft.graph.openIdConnectSecurityScheme\"` and `\"type\": \"openIdConnect\"`",
        ),
        WRAPPED,
    ),
    Row(
        In::Graph,
        "securityScheme",
        "mtlsSecurityScheme",
        Gone(
            "unwrap it: write its members beside `\"@odata.type\": \"#microsoft.graph.mutualTLSSecurityScheme\"` and `\"type\": \"mutualTLS\"`",
        ),
        WRAPPED,
    ),
    Row(
        In::Graph,
        "securityScheme",
        "mutualTLSSecurityScheme",
        Gone(
            "unwrap it: write its members beside `\"@odata.type\": \"#microsoft.graph.mutualTLSSecurityScheme\"` and `\"type\": \"mutualTLS\"`",
        ),
        WRAPPED,
    ),
    Row(
        In::Graph,
        "securityScheme",
        "oAuth2SecurityScheme",
        Gone(
            "unwrap it: write its members beside `\"@odata.type\": \"#microsoft.graph.oAuth2SecurityScheme\"` and `\"type\": \"oauth2\"`",
        ),
        WRAPPED,
    ),
    Row(In::Graph, "agentInterface", "protocolVersion", Gone(IN_MANIFEST), "A2A 1.0"),
    Row(In::Graph, "agentCollection", "name", Member("displayName"), "A2A"),
    Row(
        In::Graph,
        "agentCollection",
        "sourceCreatedDateTime",
        Member("createdDateTime"),
        "agentRegistration",
    ),
    Row(
        In::Graph,
        "agentCollection",
        "sourceLastModifiedDateTime",
        Member("lastModifiedDateTime"),
        "agentRegistration",
    ),
    Row(In::Graph, "agentCollection", "managedByAppId", Member("managedBy"), "agentRegistration"),
    Row(In::Graph, "agentRegistration", "name", Member("displayName"), "A2A"),
    Row(In::Graph, "agentRegistration", "managedBy", Member("managedByAppId"), "agentInstance"),
    Row(In::Graph, "agentRegistration", "createdDateTime", Member("sourceCreatedDateTime"), "agentInstance"),
    Row(
        In::Graph,
        "agentRegistration",
        "lastModifiedDateTime",
        Member("sourceLastModifiedDateTime"),
        "agentInstance",
    ),
    Row(In::Graph, "agentRegistration", "agentCardManifest", Member("agentCard"), "agentInstance"),
    Row(In::Graph, "agentRegistration", "url", Gone(IN_CARD), "agentInstance"),
    Row(In::Graph, "agentRegistration", "preferredTransport", Gone(IN_CARD), "agentInstance"),
    Row(In::Graph, "agentRegistration", "additionalInterfaces", Gone(IN_CARD), "agentInstance"),
    Row(In::Graph, "agentRegistration", "signatures", Gone(IN_CARD), "agentInstance"),
    Row(In::Graph, "agentRegistration", "agentUserId", Gone(NO_USER), "agentInstance"),
    Row(In::Graph, "agentRegistration", "skills", Moved("/agentCard/skills"), "the card"),
    Row(In::Graph, "agentRegistration", "capabilities", Moved("/agentCard/capabilities"), "the card"),
    Row(In::Graph, "agentRegistration", "protocolVersion", Moved("/agentCard/protocolVersion"), "the card"),
    Row(In::Graph, "agentRegistration", "version", Moved("/agentCard/version"), "the card"),
    Row(In::Graph, "agentRegistration", "provider", Moved("/agentCard/provider"), "the card"),
    Row(In::Graph, "agentRegistration", "iconUrl", Moved("/agentCard/iconUrl"), "the card"),
    Row(In::Graph, "agentRegistration", "documentationUrl", Moved("/agentCard/documentationUrl"), "the card"),
    Row(
        In::Graph,
        "agentRegistration",
        "defaultInputModes",
        Moved("/agentCard/defaultInputModes"),
        "the card",
    ),
    Row(
        In::Graph,
        "agentRegistration",
        "defaultOutputModes",
        Moved("/agentCard/defaultOutputModes"),
        "the card",
    ),
    Row(In::Graph, "agentRegistration", "securitySchemes", Moved("/agentCard/securitySchemes"), "the card"),
    Row(In::Graph, "agentRegistration", "security", Moved("/agentCard/security"), "the card"),
    Row(
        In::Graph,
        "agentRegistration",
        "supportsAuthenticatedExtendedCard",
        Moved("/agentCard/supportsAuthenticatedExtendedCard"),
        "the card",
    ),
];

impl In {
    fn holds(self, profile: Profile) -> bool {
        match profile {
            Profile::Card(version) => match self {
                In::Modern => version.legacy.is_none(),
                In::Legacy => !version.modern,
                In::Card => true,
                In::Graph => false,
            },
            Profile::Graph(..) => self == In::Graph,
        }
    }
}

/// The wrong names that documents of `profile` may have in objects of type `object`, and what they stand for.
pub fn renames(profile: Profile, object: &str) -> impl Iterator<Item = (&'static str, Means)> {
    let rows = ROWS.iter().filter(move |Row(scope, of, ..)| *of == object && scope.holds(profile));
    rows.map(move |Row(_, _, written, means, _)| (*written, as_seen_from(profile, object, *means)))
}

/// The wrong names in objects of type `object`, what they stand for, and whose names they are. In a mixed card the object is
/// one of its 1.0 half if `modern`, else one of its 0.x half.
pub(super) fn written_for(
    profile: Profile,
    modern: bool,
    object: &str,
) -> impl Iterator<Item = (&'static str, Means, &'static str)> {
    let profile = match profile {
        Profile::Card(version) if version.is_mixed() => {
            let legacy = version.legacy.filter(|_| !modern);
            Profile::Card(CardVersion { legacy, modern, ..version })
        }
        other => other,
    };
    let rows = ROWS.iter().filter(move |Row(scope, of, ..)| *of == object && scope.holds(profile));
    rows.map(move |Row(_, _, written, means, whose)| {
        (*written, as_seen_from(profile, object, *means), *whose)
    })
}

/// What `name` stands for in an object of type `object`, and whose name it is.
pub(super) fn rename(
    profile: Profile,
    modern: bool,
    object: &str,
    name: &str,
) -> Option<(Means, &'static str)> {
    let mut rows = written_for(profile, modern, object);
    rows.find(|(written, ..)| *written == name).map(|(_, means, whose)| (means, whose))
}

/// A manifest is a document by itself as well as a part of an instance, and pointers start at the document.
fn as_seen_from(profile: Profile, object: &str, means: Means) -> Means {
    let Moved(pointer) = means else { return means };
    match profile.kind() {
        Kind::GraphAgentCardManifest if object == "agentCardManifest" && pointer.rfind('/') == Some(0) => {
            Gone(IN_INSTANCE)
        }
        Kind::GraphAgentInstance if pointer == "/capabilities/extensions" => {
            Moved("/agentCardManifest/capabilities/extensions")
        }
        Kind::GraphAgentInstance if pointer == EXTENDED && object == "agentCapabilities" => {
            Moved("/agentCardManifest/supportsAuthenticatedExtendedCard")
        }
        _ => means,
    }
}
