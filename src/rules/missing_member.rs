use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::edit::Where;
use crate::kind::{Kind, Mode, Version};
use crate::rule::{Check, Context, Report, Rule};
use crate::schema::{Fact, Finding};
use crate::syntax::Node;
use crate::words::json;
use std::borrow::Cow;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "missing-member",
        aliases: &[],
        group: Group::Schema,
        severity: Severity::Error,
        applies_to: "every kind and version",
        summary: "an object lacks a member that its version or operation requires",
        why: "Readers that check what they read refuse the whole document, and readers that do not check fail later, when \
              they need the member.",
        fixing: Fixing::Sometimes(
            "What follows from the rest is added: the version that the document is checked as, and the type \
             of a security scheme with members of one type alone. Empty objects and lists, `false`, and `1.0` \
             for an interface are added where they are allowed; unsafe, since the agent may have more to say. \
             Names, texts and URLs cannot be made up.",
        ),
        examples: &[
            Example::bad(
                Setup::V0_3,
                r#"
{
  "name": "Tides", "description": "Tells the tide.", "url": "https://tides.example.com/a2a", "version": "1.0.0",
  "protocolVersion": "0.3.0", "preferredTransport": "JSONRPC", "capabilities": {},
  "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"], "skills": [],
  "securitySchemes": {
    "key": { "type": "apiKey", "name": "X-Key" }
           ^ error: missing required member `in`
  }
}
"#,
            ).shows(&["A2A-N017", "real apikey-scheme-without-in"]),
            Example::bad(
                Setup::V1_0,
                r#"
{
^ error: missing required member `version`
  "name": "Tides", "description": "Tells the tide.", "capabilities": {},
  "supportedInterfaces": [{ "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC" }],
                          ^ error: missing required member `protocolVersion`
  "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"], "skills": []
}
"#,
            ).shows(&["A2A-N008", "A2A-N011", "real missing-required-version", "real supportedinterfaces-entry-without-protocolversion"]),
            Example::bad(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "description": "Tells the tide.", "version": "1.0.0", "capabilities": {},
^ error: neither `url` nor `supportedInterfaces` says where the agent can be reached
  "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"], "skills": [] }
"#,
            ).shows(&["A2A-N055", "real missing-required-url"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Create),
                r#"
{ "displayName": "Tides", "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"],
^ error: missing required member `sourceLastModifiedDateTime`
  "createdBy": "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82", "sourceCreatedDateTime": "2026-02-15T10:00:00Z" }
"#,
            ).shows(&["graph 4.1"]),
            Example::bad(
                Setup::REGISTRATION,
                r#"
{ "displayName": "Tides", "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"] }
^ error: missing required member `createdBy`
^ error: missing required member `sourceCreatedDateTime`
^ error: missing required member `sourceLastModifiedDateTime`
"#,
            )
            .shows(&["graph 4.1"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest": { "skills": [{ "id": "tides", "description": "Tells the tide.", "tags": [] }] } }
^ error: missing required member `displayName`
^ error: missing required member `ownerIds`
                       ^ error: missing required member `displayName`
                       ^ error: missing required member `description`
                       ^ error: missing required member `protocolVersion`
                       ^ error: missing required member `version`
                       ^ error: missing required member `capabilities`
                       ^ error: missing required member `supportsAuthenticatedExtendedCard`
                                    ^ error: missing required member `displayName`
"#,
            )
            .shows(&["graph 4.25", "graph 4.6", "graph 5"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "securitySchemes": { "a": {}, "b": { "type": "apiKey" }, "c": { "type": "oauth2", "flows": { "clientCredentials": {} } },
                            ^ error: missing required member `type`
                                     ^ error: missing required member `in`
                                     ^ error: missing required member `name`
                                                                                                                    ^ error: missing required member `scopes`
    "d": { "type": "http" }, "e": { "type": "openIdConnect" } },
         ^ error: missing required member `scheme`
                                  ^ error: missing required member `openIdConnectUrl`
  "capabilities": { "extensions": [{}] } }
                                   ^ error: missing required member `uri`
"#,
            )
            .shows(&["graph 3.9", "graph 4.23"]),
            Example::bad(
                Setup::REGISTRATION,
                r#"
{ "displayName": "Tides", "createdBy": "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82", "sourceCreatedDateTime": "2026-02-15T10:00:00Z",
  "sourceLastModifiedDateTime": "2026-02-15T10:00:00Z",
  "agentCard": { "name": "Tides", "description": "Tells the tide.", "version": "1.0.0", "capabilities": {},
               ^ warning: neither `url` nor `supportedInterfaces` says where the agent can be reached
    "defaultInputModes": [], "defaultOutputModes": [], "skills": [{ "id": "tides", "name": "Tides", "description": "Tells the tide." }] } }
                                                                  ^ warning: missing required member `tags`
"#,
            )
            .shows(&["graph 4.5"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentCollection, Mode::Create),
                r#"
{ "description": "Boats of the harbour." }
^ error: missing required member `displayName`
^ error: missing required member `ownerIds`
"#,
            ),
                        Example::bad(Setup::V0_3, r#"
{
^ error: missing required member `name`
^ error: missing required member `description`
^ error: missing required member `version`
^ error: missing required member `defaultInputModes`
^ error: missing required member `defaultOutputModes`
  "protocolVersion": "0.3.0", "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC",
  "provider": {},
              ^ error: missing required member `organization`
              ^ error: missing required member `url`
  "capabilities": { "extensions": [{}] },
                                   ^ error: missing required member `uri`
  "skills": [
    {}
    ^ error: missing required member `id`
    ^ error: missing required member `name`
    ^ error: missing required member `description`
    ^ error: missing required member `tags`
  ],
  "signatures": [{}],
                 ^ error: missing required member `protected`
                 ^ error: missing required member `signature`
  "securitySchemes": { "key": {} }
                              ^ error: missing required member `type`
}
"#).shows(&["A2A-N002", "A2A-N032", "A2A-N097", "A2A-N114", "A2A-N119", "A2A-N156", "real missing-required-defaultinputmodes", "real missing-required-defaultoutputmodes", "real missing-required-name", "real missing-required-description", "real provider-without-organization", "real provider-without-url", "real skill-without-id", "real skill-without-name", "real skill-without-description", "real skill-without-tags", "real security-scheme-without-type"]),
Example::bad(Setup::V0_3, r#"
{
^ error: neither `url` nor `supportedInterfaces` says where the agent can be reached
^ error: missing required member `capabilities`
^ error: missing required member `skills`
  "name": "Tides", "description": "Tells the tide.", "version": "1.0.0", "protocolVersion": "0.3.0",
  "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"]
}
"#).shows(&["A2A-N046", "real missing-required-capabilities", "real missing-required-skills"]),
Example::fixed(Setup::card(Version::V0_2_5), r#"
{
^ error: missing required member `protocolVersion`
  "name": "Tides", "description": "Tells the tide.", "url": "https://tides.example.com/a2a", "version": "1.0.0",
  "capabilities": {}, "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"], "skills": [],
  "securitySchemes": {
    "login": { "type": "oauth2", "flows": { "implicit": { "authorizationUrl": "https://id.example.com/authorize" } } }
                                                        ^ error: missing required member `scopes`
  }
}
"#, r#"
{
  "protocolVersion": "0.2.5",
  "name": "Tides", "description": "Tells the tide.", "url": "https://tides.example.com/a2a", "version": "1.0.0",
  "capabilities": {}, "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"], "skills": [],
  "securitySchemes": {
    "login": { "type": "oauth2", "flows": { "implicit": { "authorizationUrl": "https://id.example.com/authorize", "scopes": {} } } }
  }
}
"#).shows(&["A2A-N021", "A2A-N143"]),
Example::bad(Setup::V1_0, r#"
{
  "name": "Tides", "description": "Tells the tide.", "version": "1.0.0", "capabilities": {},
  "supportedInterfaces": [{ "url": "https://tides.example.com/a2a", "protocolVersion": "1.0" }],
                          ^ error: missing required member `protocolBinding`
  "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"],
  "skills": [{ "id": "tides", "name": "Tides", "description": "Tells the tide." }],
             ^ error: missing required member `tags`
  "securitySchemes": {
    "login": { "oauth2SecurityScheme": { "flows": { "clientCredentials": { "tokenUrl": "https://id.example.com/token" } } } }
                                                                         ^ error: missing required member `scopes`
  }
}
"#).shows(&["A2A-N144", "real supportedinterfaces-entry-without-protocolbinding"]),
Example::bad(Setup::graph(Kind::GraphAgentCardManifest, Mode::Create), r#"
{ "ownerIds": [], "skills": [], "defaultInputModes": [], "defaultOutputModes": [] }
^ error: missing required member `displayName`
^ error: missing required member `description`
^ error: missing required member `protocolVersion`
^ error: missing required member `version`
^ error: missing required member `capabilities`
^ error: missing required member `supportsAuthenticatedExtendedCard`
"#).shows(&["graph 4.25"]),
Example::bad(Setup::REGISTRATION, r#"
{ "displayName": "Tides", "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"],
  "createdBy": "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82", "sourceCreatedDateTime": "2026-02-15T10:00:00Z",
  "sourceLastModifiedDateTime": "2026-02-15T10:00:00Z",
  "agentCard": { "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [{ "id": "tides", "name": "Tides", "description": "Tells the tide." }] } }
               ^ warning: missing required member `description`
               ^ warning: missing required member `version`
               ^ warning: missing required member `capabilities`
               ^ warning: missing required member `defaultInputModes`
               ^ warning: missing required member `defaultOutputModes`
                                                                                     ^ warning: missing required member `tags`
"#).shows(&["graph 4.5"]),
            Example::fixed(
                Setup::V0_3,
                r#"
{ "name": "Tides", "description": "Tells the tide.", "url": "https://tides.example.com/a2a", "version": "1.0.0",
  "protocolVersion": "0.3.0", "capabilities": {}, "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"], "skills": [],
  "securitySchemes": { "login": { "scheme": "bearer" } } }
                                ^ error: missing required member `type`
"#,
                r#"
{ "name": "Tides", "description": "Tells the tide.", "url": "https://tides.example.com/a2a", "version": "1.0.0",
  "protocolVersion": "0.3.0", "capabilities": {}, "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"], "skills": [],
  "securitySchemes": { "login": { "scheme": "bearer", "type": "http" } } }
"#,
            ),
Example::good(
                Setup::card(Version::V0_1_0),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "version": "1.0.0", "capabilities": {}, "skills": [] }
"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Response),
                r#"
{ "id": "9d2f7a54-6c1e-4b0a-8f53-2f6d1c7e0b91" }
"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentInstance, Mode::Update),
                r#"
{ "agentCardManifest": { "version": "2.0.0" } }
"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Response),
                r#"
{ "agentCard": { "@odata.type": "microsoft.graph.Json" } }
"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Update),
                r#"
{ "agentCard": { "description": "Tells the tide.", "skills": [] } }
"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Update),
                r#"
{ "displayName": "Tides" }
"#,
            ),
        ],
    },
    check: Check::Finding(check),
};

fn check(finding: &Finding, context: &Context<'_>, report: &mut Report<'_>) {
    let Fact::Missing { member, about } = &finding.fact else { return };
    let object = context.node(finding);
    let is_endpoint = object == context.root() && matches!(member.as_str(), "url" | "supportedInterfaces");
    if is_endpoint && !context.is_graph() {
        report
            .at(
                object.at_opening(),
                "neither `url` nor `supportedInterfaces` says where the agent can be reached",
            )
            .help("add `supportedInterfaces` (1.0) or `url` (0.x) with the address of the agent");
        return;
    }
    let colon = if about.is_empty() { "`" } else { "`: " };
    let help = match wrapper(member, object) {
        Some(wrapper) => {
            format!(
                "move the members of `{wrapper}` into the scheme, and add `type`: before 1.0, schemes have no wrapper"
            )
        }
        None => ["add `", member, colon, &lead(about)].concat(),
    };
    let message = ["missing required member `", member, "`"].concat();
    let found = report.at(object.at_opening(), message).help(help);
    if let Some((value, safety)) = known(member, object, context) {
        let is_version = member == "protocolVersion" && object == context.root();
        let place = if is_version { Where::First } else { Where::Last };
        let title = ["add `\"", member, "\": ", &value, "`"].concat();
        found.insert_at(safety, title, (object, place), member, &value);
    }
}

/// What the member has to be by the rest of the document, or may be.
fn known(member: &str, object: Node<'_>, context: &Context<'_>) -> Option<(String, Safety)> {
    let card = context.subject.profile.card();
    let legacy = card.filter(|version| !version.modern).and_then(|version| version.legacy);
    let is_root = object == context.root();
    let stands_in = |name: &str| object.parent().is_some_and(|parent| parent.key_is(name));
    let may_be = |value: &str| Some((value.to_owned(), Safety::Unsafe));
    match member {
        "protocolVersion" if is_root => legacy.map(|legacy| (json(legacy.name()), Safety::Safe)),
        "protocolVersion" if context.is_modern() => may_be("\"1.0\""),
        "type" if stands_in("securitySchemes") => Some((json(scheme_type(object)?), Safety::Safe)),
        "capabilities" | "scopes" => may_be("{}"),
        "supportsAuthenticatedExtendedCard" => may_be("false"),
        // An empty list is a fault of its own in 1.0 and in Graph, and one of skills before 0.2.6.
        "tags" if legacy.is_some() => may_be("[]"),
        "skills" if legacy >= Some(Version::V0_2_6) => may_be("[]"),
        _ => None,
    }
}

/// The wrapper that 1.0 has around the members of the scheme `object`, if it lacks the `type` before 1.0.
fn wrapper<'d>(member: &str, object: Node<'d>) -> Option<Cow<'d, str>> {
    let keys = || object.children().filter(|child| child.is_object()).filter_map(Node::key);
    let is_scheme = object.parent().is_some_and(|parent| parent.key_is("securitySchemes"));
    keys().filter(|_| is_scheme && member == "type").find(|key| key.ends_with("SecurityScheme"))
}

/// Members that schemes of one type alone have.
const MARKS: [(&str, &str); 6] = [
    ("in", "apiKey"),
    ("scheme", "http"),
    ("bearerFormat", "http"),
    ("flows", "oauth2"),
    ("oauth2MetadataUrl", "oauth2"),
    ("openIdConnectUrl", "openIdConnect"),
];

/// The type of a scheme, if it has members of one type alone.
fn scheme_type(scheme: Node<'_>) -> Option<&'static str> {
    let mut types = MARKS.iter().filter(|(mark, _)| scheme.member(mark).is_some()).map(|(_, of)| *of);
    let first = types.next()?;
    types.all(|other| other == first).then_some(first)
}

/// The first sentence of a description, to stand behind a colon.
fn lead(about: &str) -> Cow<'_, str> {
    let is_end = |dot: &usize| about.as_bytes().get(dot + 1) == Some(&b' ');
    let end = memchr::memchr_iter(b'.', about.as_bytes()).find(is_end).unwrap_or(about.len());
    let sentence = about[..end].trim_end_matches('.');
    let mut chars = sentence.chars();
    let is_lower = !chars.next().is_some_and(char::is_uppercase);
    // A word in capitals keeps them.
    if is_lower || chars.as_str().starts_with(char::is_uppercase) {
        return Cow::Borrowed(sentence);
    }
    let mut lowered = sentence.to_owned();
    let first = sentence.len() - chars.as_str().len();
    lowered.get_mut(..first).into_iter().for_each(str::make_ascii_lowercase);
    Cow::Owned(lowered)
}
