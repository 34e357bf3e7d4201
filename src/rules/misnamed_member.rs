use crate::diagnostic::{Edit, Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::rule::{Check, Context, Found, Report, Rule};
use crate::schema::{Fact, Finding, Reason};
use crate::syntax::Node;
use crate::text::Span;
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "misnamed-member",
        aliases: &[],
        group: Group::Schema,
        severity: Severity::Error,
        applies_to: "every kind and version",
        summary: "a member has the name that another spelling, version, API or object gives it",
        why: "Readers ignore members they do not know, so what the member says is lost without a word: an endpoint that nobody \
              calls, a security requirement that nobody honours. Graph refuses the request. The value is checked as if the \
              name were right.",
        fixing: Fixing::Sometimes(
            "The member is renamed, moved to where it belongs, or rewritten in the form that it has there; \
             unsafe where the name is only a likely slip. It stays where the right place is taken or lies in \
             an object that does not exist, or where its value has not the form to be rewritten.",
        ),
        examples: &[
            Example::fixed(
                Setup::V1_0,
                r#"
{ "name": "Tides", "default_input_modes": ["text/plain"] }
                   ^^^^^^^^^^^^^^^^^^^^^ error: `default_input_modes` is spelt `defaultInputModes`
"#,
                r#"
{ "name": "Tides", "defaultInputModes": ["text/plain"] }
"#,
            ).shows(&["A2A-N006", "pydantic-ai#1747"]),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [{ "url": "https://tides.example.com/a2a", "transport": "JSONRPC", "protocolVersion": "1.0" }] }
                                                                    ^^^^^^^^^^^ error: `transport` is called `protocolBinding` here
"#,
                r#"
{ "supportedInterfaces": [{ "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }] }
"#,
            ).shows(&["real supportedinterfaces-entry-with-transport-0-3-name"]),
            Example::bad(
                Setup::V1_0,
                r#"
{
  "security": [{ "key": [] }],
  ^^^^^^^^^^ error: `security` is called `securityRequirements` here, and is written in another form
  "supportsAuthenticatedExtendedCard": true,
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `supportsAuthenticatedExtendedCard` belongs at `/capabilities/extendedAgentCard`
  "extensions": [],
  ^^^^^^^^^^^^ error: `extensions` belongs at `/capabilities/extensions`
  "capabilities": {}
}
"#,
            ).shows(&["A2A-N100", "A2A-N155", "real 1-0-card-with-security-instead-of-securityrequirements", "real extended-card-flag-at-top-level-in-a-1-0-card", "real 1-0-card-with-supportsauthenticatedextendedcard"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "protocolVersion": "1.0",
  ^^^^^^^^^^^^^^^^^ warning: `protocolVersion` belongs into each entry of `supportedInterfaces`
  "supportedInterfaces": [{ "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }] }
"#,
            ).shows(&["A2A-N029", "real 1-0-card-with-a-top-level-protocolversion"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "protocolVersions": ["1.0"],
  ^^^^^^^^^^^^^^^^^^ error: `protocolVersions` belongs into each entry of `supportedInterfaces`
  "supportedInterfaces": [{ "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC" }] }
"#,
            ),
            Example::fixed(
                Setup::V0_3,
                r#"
{ "iconUri": "https://tides.example.com/icon.png", "provider": { "name": "Harbour Office", "url": "https://example.com" } }
  ^^^^^^^^^ warning: `iconUri` is probably meant to be `iconUrl`
                                                                 ^^^^^^ error: `name` is called `organization` here
"#,
                r#"
{ "iconUrl": "https://tides.example.com/icon.png", "provider": { "organization": "Harbour Office", "url": "https://example.com" } }
"#,
            ).shows(&["real provider-name-used-for-organization"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentInstance, Mode::Update),
                r#"
{ "managedByAppId": "c7a1d9e3-52b4-4f68-8d0e-6b9f3a2c1d47", "agentCardManifest": { "signatures": [] } }
  ^^^^^^^^^^^^^^^^ error: `managedByAppId` is called `managedBy` here
                                                                                   ^^^^^^^^^^^^ error: `signatures` belongs at `/signatures`
"#,
            ).shows(&["graph 4.22", "graph 4.34"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "name": "Tides", "endpointUrl": "https://tides.example.com/a2a", "agentCardManifest": { "name": "Tides", "skills": [{ "name": "Tides" }] },
  ^^^^^^ error: `name` is called `displayName` here
                   ^^^^^^^^^^^^^ error: `endpointUrl` is called `url` here
                                                                                          ^^^^^^ error: `name` is called `displayName` here
                                                                                                                        ^^^^^^ error: `name` is called `displayName` here
  "version": "1.0.0", "sourceCreatedDateTime": "2026-02-15T10:00:00Z" }
  ^^^^^^^^^ error: `version` belongs at `/agentCardManifest/version`
                      ^^^^^^^^^^^^^^^^^^^^^^^ error: `sourceCreatedDateTime` is called `createdDateTime` here
"#,
            )
            .shows(&["graph 4.6", "graph 4.21", "graph 5"]),
            Example::bad(
                Setup::REGISTRATION,
                r#"
{ "name": "Tides", "managedBy": "c7a1d9e3-52b4-4f68-8d0e-6b9f3a2c1d47", "createdDateTime": "2026-02-15T10:00:00Z", "lastModifiedDateTime": "2026-02-15T10:00:00Z",
  ^^^^^^ error: `name` is called `displayName` here
                   ^^^^^^^^^^^ error: `managedBy` is called `managedByAppId` here
                                                                        ^^^^^^^^^^^^^^^^^ error: `createdDateTime` is called `sourceCreatedDateTime` here
                                                                                                                   ^^^^^^^^^^^^^^^^^^^^^^ error: `lastModifiedDateTime` is called `sourceLastModifiedDateTime` here
  "agentCard": { "displayName": "Tides", "skills": [{ "displayName": "Tides" }] }, "provider": {} }
                 ^^^^^^^^^^^^^ warning: `displayName` is called `name` here
                                                      ^^^^^^^^^^^^^ warning: `displayName` is called `name` here
                                                                                   ^^^^^^^^^^ error: `provider` belongs at `/agentCard/provider`
"#,
            )
            .shows(&["graph 4.6", "graph 4.34", "graph 5"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "managedByAppId": "c7a1d9e3-52b4-4f68-8d0e-6b9f3a2c1d47" }
  ^^^^^^^^^^^^^^^^ error: `managedByAppId` is called `managedBy` here
"#,
            )
            .shows(&["graph 4.34"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentCollection, Mode::Update),
                r#"
{ "managedByAppId": "c7a1d9e3-52b4-4f68-8d0e-6b9f3a2c1d47" }
  ^^^^^^^^^^^^^^^^ error: `managedByAppId` is called `managedBy` here
"#,
            )
            .shows(&["graph 4.34"]),
                        Example::bad(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "description": "Tells the tide.", "version": "1.0.0", "capabilities": {},
  "suportedInterfaces": [{ "ulr": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }],
  ^^^^^^^^^^^^^^^^^^^^ error: `suportedInterfaces` is probably meant to be `supportedInterfaces`
                           ^^^^^ error: `ulr` is probably meant to be `url`
  "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"],
  "skills": [{ "id": "tides", "name": "Tides", "description": "Says when it is high.", "tag": ["tide"] }] }
                                                                                       ^^^^^ error: `tag` is probably meant to be `tags`
"#,
            ),
            Example::bad(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "0.3.0", "supportedInterfaces": null,
  "securityRequirements": [{ "schemes": {} }], "securitySchemes": { "key": {
    "tpye": "apiKey", "in": "header", "name": "X-Key",
    ^^^^^^ error: `tpye` is probably meant to be `type`
    "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } } }
"#,
            ),
            Example::bad(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "login": { "Type": "http", "shceme": "bearer" } } }
                                  ^^^^^^ error: `Type` is spelt `type`
                                                  ^^^^^^^^ error: `shceme` is probably meant to be `scheme`
"#,
            ),
            Example::bad(
                Setup::DETECTED,
                r#"
{ "DisplayName": "Tides", "OwnerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"], "agentCardManifst": {} }
  ^^^^^^^^^^^^^ error: `DisplayName` is spelt `displayName`
                          ^^^^^^^^^^ error: `OwnerIds` is spelt `ownerIds`
                                                                                ^^^^^^^^^^^^^^^^^^ error: `agentCardManifst` is probably meant to be `agentCardManifest`
"#,
            ),
                        Example::fixed(Setup::V1_0, r#"
{ "security": [{ "key": [] }, { "login": ["read"], "key": [] }],
  ^^^^^^^^^^ error: `security` is called `securityRequirements` here, and is written in another form
  "skills": [{ "id": "tides", "security": [{}] }] }
                              ^^^^^^^^^^ error: `security` is called `securityRequirements` here, and is written in another form
"#, r#"
{ "securityRequirements": [{ "schemes": { "key": { "list": [] } } }, { "schemes": { "login": { "list": ["read"] }, "key": { "list": [] } } }],
  "skills": [{ "id": "tides", "securityRequirements": [{ "schemes": {} }] }] }
"#),
Example::bad(Setup::V1_0, r#"
{ "supportsExtendedAgentCard": true, "securitySchemes": {
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `supportsExtendedAgentCard` belongs at `/capabilities/extendedAgentCard`
    "login": { "oauth2SecurityScheme": { "flows": { "authorizationCodeFlow": { "scopes": {} } } } } } }
                                                    ^^^^^^^^^^^^^^^^^^^^^^^ warning: `authorizationCodeFlow` is called `authorizationCode` here
"#),
Example::good(
                Setup::V1_0,
                r#"
{ "capabilities": { "extensions": [{ "uri": "https://x.example/v1", "params": { "default_input_modes": 1 } }] }, "note": "x" }
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "name": "Tides", "defaultInputMod
"#,
            ),
            Example::good(
                Setup::DETECTED,
                r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC", "protocolVersion": "0.3.0", "security": [],
  "supportedInterfaces": [{ "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "0.3" }] }
"#,
            ),
        ],
    },
    check: Check::Finding(check),
};

fn check(finding: &Finding, context: &Context<'_>, report: &mut Report<'_>) {
    let Fact::Misnamed { means, reason, needed, reshaped } = &finding.fact else { return };
    let node = context.node(finding);
    let Some(name) = node.key() else { return };
    let severity = if *needed || is_stated_as_error(&name, *reason, *reshaped, context) {
        Severity::Error
    } else {
        Severity::Warning
    };
    let found = report
        .at(node.at_key(), message(&name, means, *reason, *reshaped))
        .severity(severity)
        .help(help(means, *reason, *reshaped));
    if *reshaped && means == "securityRequirements" {
        rewrap(node, found);
    } else if !means.starts_with('/') && !reshaped {
        let safety = if *reason == Reason::Typo { Safety::Unsafe } else { Safety::Safe };
        found.replace(
            safety,
            format!("rename it to `{means}`"),
            node.at_key().span(),
            format!("\"{means}\""),
        );
    }
}

/// Whether a statement makes it an error by itself: every unknown member of a closed Graph type, another case in 1.0
/// (A2A-N006), `extensions` outside `capabilities` (A2A-N100), `security` in 1.0 (A2A-N155).
fn is_stated_as_error(name: &str, reason: Reason, reshaped: bool, context: &Context<'_>) -> bool {
    let renamed_security = reshaped && name == "security" && context.is_modern();
    context.is_graph()
        || (reason == Reason::Case && context.is_modern())
        || name == "extensions"
        || renamed_security
}

fn message(name: &str, means: &str, reason: Reason, reshaped: bool) -> String {
    let name = quoted(name);
    if let Some((list, _)) = spread(means) {
        return format!("{name} belongs into each entry of `{list}`");
    }
    match reason {
        _ if means.starts_with('/') => format!("{name} belongs at `{means}`"),
        Reason::Case => format!("{name} is spelt `{means}`"),
        Reason::Typo => format!("{name} is probably meant to be `{means}`"),
        Reason::Elsewhere(_) if reshaped => {
            format!("{name} is called `{means}` here, and is written in another form")
        }
        Reason::Elsewhere(_) => format!("{name} is called `{means}` here"),
    }
}

fn help(means: &str, reason: Reason, reshaped: bool) -> String {
    let whose = match reason {
        Reason::Elsewhere(whose) if !whose.is_empty() => format!("; the name is that of {whose}"),
        Reason::Elsewhere(_) | Reason::Case | Reason::Typo => String::new(),
    };
    match spread(means) {
        Some((list, right)) => format!("state `{right}` in each entry of `{list}`{whose}"),
        None if means.starts_with('/') => format!("move it to `{means}`{whose}"),
        None if reshaped => format!("rewrite it as `{means}`{whose}"),
        None => format!("rename it to `{means}`{whose}"),
    }
}

/// The list and the member of a pointer into each entry of a list.
fn spread(means: &str) -> Option<(&str, &str)> {
    means.strip_prefix('/')?.split_once("/*/")
}

/// Wraps each requirement of a `security` as 1.0 has them. What is there stays as it is written.
fn rewrap(security: Node<'_>, found: Found<'_>) {
    let is_flat = |entry: Node<'_>| entry.is_object() && entry.children().all(Node::is_array);
    if !security.is_array() || security.is_incomplete() || !security.children().all(is_flat) {
        return;
    }
    let insert = |at: u32, text: &str| Edit { span: Span::at(at), text: text.to_owned() };
    let key = Edit { span: security.at_key().span(), text: "\"securityRequirements\"".to_owned() };
    let mut edits = vec![key];
    for entry in security.children() {
        edits.push(insert(entry.span().start, "{ \"schemes\": "));
        for scopes in entry.children() {
            edits.push(insert(scopes.span().start, "{ \"list\": "));
            edits.push(insert(scopes.span().end, " }"));
        }
        edits.push(insert(entry.span().end, " }"));
    }
    found.fix(Safety::Safe, "rewrite it as `securityRequirements`", edits);
}
