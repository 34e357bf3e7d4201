use super::wrong_type::{Meant, meant, wanted};
use crate::diagnostic::{Edit, Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::edit::{Where, insert_member, removal, rename, replace_value, wrapped};
use crate::kind::{Kind, Mode};
use crate::model::version::InterfaceVersion;
use crate::rule::{Check, Context, Found, Report, Rule};
use crate::schema::{Fact, Finding, Reason};
use crate::syntax::{Node, Pointer};
use crate::words::{article, json, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "misnamed-member",
        aliases: &[],
        group: Group::Schema,
        severity: Severity::Error,
        applies_to: "every kind and version",
        summary: "a member has the name that another spelling, version, API or object gives it",
        why: "Readers ignore members they do not know, so what the member says is lost without a word: an endpoint that nobody \
              calls, a security requirement that nobody honours. Graph refuses the request or drops the member. The value is checked as if the \
              name were right.",
        fixing: Fixing::Sometimes(
            "The member is renamed, moved to where it belongs, or rewritten in the form that it has there; \
             unsafe where the intended name is only likely, or an error speaks of the value. It stays where the right place is taken or lies in \
             an object that does not exist, where its value is of another type or has not the form to be rewritten, and where \
             requirements name schemes that are not declared.",
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
            Example::fixed(
                Setup::V1_0,
                r#"
{ "protocolVersion": "1.0",
  ^^^^^^^^^^^^^^^^^ warning: `protocolVersion` belongs into each entry of `supportedInterfaces`
  "supportedInterfaces": [{ "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }] }
"#,
                r#"
{ "supportedInterfaces": [{ "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }] }
"#,
            ).shows(&["A2A-N029", "real 1-0-card-with-a-top-level-protocolversion"]),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "protocolVersions": ["1.0"],
  ^^^^^^^^^^^^^^^^^^ error: `protocolVersions` belongs into each entry of `supportedInterfaces`
  "supportedInterfaces": [{ "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC" }] }
"#,
                r#"
{ "supportedInterfaces": [{ "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }] }
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
            Example::fixed(
                Setup::graph(Kind::GraphAgentInstance, Mode::Update),
                r#"
{ "managedByAppId": "c7a1d9e3-52b4-4f68-8d0e-6b9f3a2c1d47", "agentCardManifest": { "signatures": [] } }
  ^^^^^^^^^^^^^^^^ error: `managedByAppId` is called `managedBy` here
                                                                                   ^^^^^^^^^^^^ error: `signatures` belongs at `/signatures`
"#,
                r#"
{ "managedBy": "c7a1d9e3-52b4-4f68-8d0e-6b9f3a2c1d47", "agentCardManifest": {}, "signatures": [] }
"#,
            ).shows(&["graph 4.22", "graph 4.34"]),
            Example::fixed(
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
                r#"
{ "displayName": "Tides", "url": "https://tides.example.com/a2a", "agentCardManifest": { "displayName": "Tides", "skills": [{ "displayName": "Tides" }], "version": "1.0.0" },
  "createdDateTime": "2026-02-15T10:00:00Z" }
"#,
            )
            .shows(&["graph 4.6", "graph 4.21", "graph 5"]),
            Example::fixed(
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
                r#"
{ "displayName": "Tides", "managedByAppId": "c7a1d9e3-52b4-4f68-8d0e-6b9f3a2c1d47", "sourceCreatedDateTime": "2026-02-15T10:00:00Z", "sourceLastModifiedDateTime": "2026-02-15T10:00:00Z",
  "agentCard": { "name": "Tides", "skills": [{ "name": "Tides" }], "provider": {} } }
"#,
            )
            .shows(&["graph 4.6", "graph 4.34", "graph 5"]),
            Example::fixed(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "managedByAppId": "c7a1d9e3-52b4-4f68-8d0e-6b9f3a2c1d47" }
  ^^^^^^^^^^^^^^^^ error: `managedByAppId` is called `managedBy` here
"#,
                r#"
{ "managedBy": "c7a1d9e3-52b4-4f68-8d0e-6b9f3a2c1d47" }
"#,
            )
            .shows(&["graph 4.34"]),
            Example::fixed(
                Setup::graph(Kind::GraphAgentCollection, Mode::Update),
                r#"
{ "managedByAppId": "c7a1d9e3-52b4-4f68-8d0e-6b9f3a2c1d47" }
  ^^^^^^^^^^^^^^^^ error: `managedByAppId` is called `managedBy` here
"#,
                r#"
{ "managedBy": "c7a1d9e3-52b4-4f68-8d0e-6b9f3a2c1d47" }
"#,
            )
            .shows(&["graph 4.34"]),
                        Example::fixed(
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
                r#"
{ "name": "Tides", "description": "Tells the tide.", "version": "1.0.0", "capabilities": {},
  "supportedInterfaces": [{ "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }],
  "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"],
  "skills": [{ "id": "tides", "name": "Tides", "description": "Says when it is high.", "tags": ["tide"] }] }
"#,
            ),
            Example::fixed(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "0.3.0", "supportedInterfaces": null,
  "securityRequirements": [{ "schemes": {} }], "securitySchemes": { "key": {
    "tpye": "apiKey", "in": "header", "name": "X-Key",
    ^^^^^^ error: `tpye` is probably meant to be `type`
    "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } } }
"#,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "0.3.0", "supportedInterfaces": null,
  "securityRequirements": [{ "schemes": {} }], "securitySchemes": { "key": {
    "type": "apiKey", "in": "header", "name": "X-Key",
    "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } } }
"#,
            ),
            Example::fixed(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "login": { "Type": "http", "shceme": "bearer" } } }
                                  ^^^^^^ error: `Type` is spelt `type`
                                                  ^^^^^^^^ error: `shceme` is probably meant to be `scheme`
"#,
                r#"
{ "securitySchemes": { "login": { "type": "http", "scheme": "bearer" } } }
"#,
            ),
            Example::fixed(
                Setup::DETECTED,
                r#"
{ "DisplayName": "Tides", "OwnerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"], "agentCardManifst": {} }
  ^^^^^^^^^^^^^ error: `DisplayName` is spelt `displayName`
                          ^^^^^^^^^^ error: `OwnerIds` is spelt `ownerIds`
                                                                                ^^^^^^^^^^^^^^^^^^ error: `agentCardManifst` is probably meant to be `agentCardManifest`
"#,
                r#"
{ "displayName": "Tides", "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"], "agentCardManifest": {} }
"#,
            ),
                        Example::fixed(Setup::V1_0, r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } },
    "login": { "httpAuthSecurityScheme": { "scheme": "bearer" } } },
  "security": [{ "key": [] }, { "login": ["read"], "key": [] }],
  ^^^^^^^^^^ error: `security` is called `securityRequirements` here, and is written in another form
  "skills": [{ "id": "tides", "security": [{}] }] }
                              ^^^^^^^^^^ error: `security` is called `securityRequirements` here, and is written in another form
"#, r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } },
    "login": { "httpAuthSecurityScheme": { "scheme": "bearer" } } },
  "securityRequirements": [{ "schemes": { "key": { "list": [] } } }, { "schemes": { "login": { "list": ["read"] }, "key": { "list": [] } } }],
  "skills": [{ "id": "tides", "securityRequirements": [{ "schemes": {} }] }] }
"#),
Example::bad(Setup::V1_0, r#"
{ "supportsExtendedAgentCard": true, "securitySchemes": {
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `supportsExtendedAgentCard` belongs at `/capabilities/extendedAgentCard`
    "login": { "oauth2SecurityScheme": { "flows": { "authorizationCodeFlow": { "scopes": {} } } } } } }
                                                    ^^^^^^^^^^^^^^^^^^^^^^^ warning: `authorizationCodeFlow` is called `authorizationCode` here
"#),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } },
  "security": [{ "schemes": { "key": { "list": [] } } }] }
  ^^^^^^^^^^ error: `security` is called `securityRequirements` here
"#,
                r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } },
  "securityRequirements": [{ "schemes": { "key": { "list": [] } } }] }
"#,
            ),
            Example::fixed(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } }, "securityRequirements": [{ "key": [] }] }
                                                                                       ^^^^^^^^^^^^^^^^^^^^^^ warning: `securityRequirements` is called `security` here
"#,
                r#"
{ "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } }, "security": [{ "key": [] }] }
"#,
            ),
            Example::fixed(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } },
  "securityRequirements": [{ "schemes": { "key": { "list": [] } } }] }
  ^^^^^^^^^^^^^^^^^^^^^^ warning: `securityRequirements` is called `security` here, and is written in another form
"#,
                r#"
{ "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } },
  "security": [{ "key": [] }] }
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{
  "name": "Tides",
  "supportsAuthenticatedExtendedCard": true,
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `supportsAuthenticatedExtendedCard` belongs at `/capabilities/extendedAgentCard`
  "protocolVersion": "1.0.0",
  ^^^^^^^^^^^^^^^^^ error: `protocolVersion` belongs into each entry of `supportedInterfaces`
  "capabilities": {
    "streaming": true
  },
  "supportedInterfaces": [
    {
      "url": "https://tides.example.com/a2a",
      "protocolBinding": "JSONRPC"
    }
  ]
}
"#,
                r#"
{
  "name": "Tides",
  "capabilities": {
    "streaming": true,
    "extendedAgentCard": true
  },
  "supportedInterfaces": [
    {
      "url": "https://tides.example.com/a2a",
      "protocolBinding": "JSONRPC",
      "protocolVersion": "1.0"
    }
  ]
}
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } },
  "security": [
  ^^^^^^^^^^ error: `security` is called `securityRequirements` here, and is written in another form
    {
      "key": []
    }
  ] }
"#,
                r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } },
  "securityRequirements": [
    {
      "schemes": {
        "key": { "list": [] }
      }
    }
  ] }
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "docUrl": "https://tides.example.com/docs", "skills": [{ "example": "How high is it?" }] }
  ^^^^^^^^ warning: `docUrl` is probably meant to be `documentationUrl`
                                                           ^^^^^^^^^ warning: `example` is probably meant to be `examples`, an array
"#,
                r#"
{ "documentationUrl": "https://tides.example.com/docs", "skills": [{ "examples": ["How high is it?"] }] }
"#,
            ),
            Example::fixed(
                Setup::REGISTRATION,
                r#"
{ "displayName": "Tides", "sourceCreatedDate": "2026-02-15T10:00:00Z", "ownerId": "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82",
                          ^^^^^^^^^^^^^^^^^^^ error: `sourceCreatedDate` is probably meant to be `sourceCreatedDateTime`
                                                                       ^^^^^^^^^ error: `ownerId` is probably meant to be `ownerIds`, an array
  "originStore": "Harbour", "authorization": { "type": "none" } }
  ^^^^^^^^^^^^^ error: `originStore` is probably meant to be `originatingStore`
                            ^^^^^^^^^^^^^^^ error: `authorization` is probably meant to be `a2aAuthorization`
"#,
                r#"
{ "displayName": "Tides", "sourceCreatedDateTime": "2026-02-15T10:00:00Z", "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"],
  "originatingStore": "Harbour", "a2aAuthorization": { "type": "none" } }
"#,
            ),
            Example::fixed(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC", "protocolVersion": "0.3.0",
  "supportedInterfaces": [{ "url": "https://tides.example.com/a2a", "transport": "JSONRPC", "protocolVersion": "0.3" }],
                                                                    ^^^^^^^^^^^ error: `transport` is called `protocolBinding` here
  "additionalInterfaces": [{ "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC" }] }
                                                                     ^^^^^^^^^^^^^^^^^ error: `protocolBinding` is called `transport` here
"#,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC", "protocolVersion": "0.3.0",
  "supportedInterfaces": [{ "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "0.3" }],
  "additionalInterfaces": [{ "url": "https://tides.example.com/a2a", "transport": "JSONRPC" }] }
"#,
            ),
Example::bad(
                Setup::V1_0,
                r#"
{ "capabilities": {}, "extensions": { "pay": {} }, "supportsExtendedAgentCard": "maybe" }
                      ^^^^^^^^^^^^ error: `extensions` belongs at `/capabilities/extensions`, which takes an array, not an object
                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `supportsExtendedAgentCard` belongs at `/capabilities/extendedAgentCard`, which takes a boolean, not a string
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "capabilities": {}, "streaming": "true", "default_input_modes": "text/plain" }
                      ^^^^^^^^^^^ error: `streaming` belongs at `/capabilities/streaming`, which takes a boolean, not a string
                                           ^^^^^^^^^^^^^^^^^^^^^ error: `default_input_modes` is spelt `defaultInputModes`, which takes an array, not a string
"#,
                r#"
{ "capabilities": { "streaming": true }, "defaultInputModes": ["text/plain"] }
"#,
            ),
Example::good(
                Setup::V1_0,
                r#"
{ "capabilities": { "extensions": [{ "uri": "https://x.example/v1", "params": { "default_input_modes": 1 } }] }, "note": "x",
  "documentationUrls": ["https://x.example/en"], "agentType": "bot", "icon": "wave", "modelVersion": "4", "protocol": "A2A",
  "skills": [{ "exampleCount": 3, "level": "expert", "input": ["a port"] }] }
"#,
            ),
            Example::bad(
                Setup::V0_3,
                r#"
{ "name": "Tides", "capabilities": { "skills": [{ "id": "tides", "name": "Tides", "description": "Tides.", "tags": [] }], "supportsX": [] } }
                                     ^^^^^^^^ error: `skills` belongs at `/skills`
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "skills": [{ "identifier": "tides", "name": "Tides", "summary": "Tides.", "keywords": ["sea"] }] }
               ^^^^^^^^^^^^ error: `identifier` is probably meant to be `id`
                                                       ^^^^^^^^^ error: `summary` is probably meant to be `description`
                                                                            ^^^^^^^^^^ error: `keywords` is probably meant to be `tags`
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
    let severity = if *needed || is_stated_as_error(&name, *reason, context) {
        Severity::Error
    } else {
        Severity::Warning
    };
    let message = message(&name, means, *reason, *reshaped);
    let help = help(means, *reason, *reshaped);
    if let Some(expected) = context.shape.misfit(finding.node) {
        return misfit(node, expected, (&message, &help), context, report);
    }
    let found = report.at(node.at_key(), message).severity(severity).help(help);
    mend(node, finding, context, found);
}

/// A member whose value is of another type than its right name takes. It only goes there once it is of that type.
fn misfit(
    node: Node<'_>,
    expected: &[&'static str],
    (message, help): (&str, &str),
    context: &Context<'_>,
    report: &mut Report<'_>,
) {
    let wanted = wanted(expected);
    let found = article(node.kind().type_name());
    let found = report
        .at(node.at_key(), format!("{message}, which takes {wanted}, not {found}"))
        .help(format!("write {wanted}, and {help}"));
    if let Some(Meant { safety, title, edits }) = meant(node, expected, context) {
        found.offer(safety, title, Some(edits));
    }
}

/// Offers the member under its right name, in its right place and form.
fn mend(node: Node<'_>, finding: &Finding, context: &Context<'_>, found: Found<'_>) {
    let Fact::Misnamed { means, reason, reshaped, .. } = &finding.fact else { return };
    if let Some((list, right)) = spread(means) {
        hand_out(node, list, right, context, found);
    } else if means.starts_with('/') {
        relocate(node, means, context, found);
    } else if *reshaped && *reason == Reason::Typo {
        let list = format!("[{}]", node.raw());
        let edits = rename(node, means).map(|name| vec![name, replace_value(node, &list)]);
        found.offer(Safety::Unsafe, format!("write it as an array called `{means}`"), edits);
    } else if *reshaped {
        let form = if means == "security" { unwrapped(node) } else { rewrapped(node) };
        // What was not read in the old form is read in the new one, and asks for schemes.
        let form = form.filter(|_| names_declared(node, means == "security", context));
        found.offer(Safety::Safe, format!("rewrite it as `{means}`"), form);
    } else {
        // A value that does not fit the right name speaks against it.
        let is_sure = *reason != Reason::Typo && !context.shape.is_unusable(node.id());
        found.rename(if is_sure { Safety::Safe } else { Safety::Unsafe }, node, means);
    }
}

/// Whether a statement makes it an error by itself: every unknown member of a closed Graph type, another case in 1.0
/// (A2A-N006), `extensions` outside `capabilities` (A2A-N100), `security` in 1.0 (A2A-N155).
fn is_stated_as_error(name: &str, reason: Reason, context: &Context<'_>) -> bool {
    context.is_graph()
        || (context.is_modern() && (reason == Reason::Case || name == "security"))
        || name == "extensions"
}

fn message(name: &str, means: &str, reason: Reason, reshaped: bool) -> String {
    let name = quoted(name);
    if let Some((list, _)) = spread(means) {
        return format!("{name} belongs into each entry of `{list}`");
    }
    match reason {
        _ if means.starts_with('/') => format!("{name} belongs at `{means}`"),
        Reason::Case => format!("{name} is spelt `{means}`"),
        Reason::Typo if reshaped => format!("{name} is probably meant to be `{means}`, an array"),
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
        None if reshaped && reason == Reason::Typo => {
            format!("rename it to `{means}` and write the value as an array")
        }
        None if reshaped => format!("rewrite it as `{means}`{whose}"),
        None => format!("rename it to `{means}`{whose}"),
    }
}

/// The list and the member of a pointer into each entry of a list.
fn spread(means: &str) -> Option<(&str, &str)> {
    means.strip_prefix('/')?.split_once("/*/")
}

/// Offers to move the member to the place at `pointer`, where that is free and what it stands in is there.
fn relocate(node: Node<'_>, pointer: &str, context: &Context<'_>, found: Found<'_>) {
    let Some((place, name)) = pointer.rsplit_once('/') else { return };
    let place = Pointer::parse(place).ok().and_then(|place| place.resolve(context.root()));
    let Some(target) = place.filter(|target| target.is_object()) else { return };
    match context.shape.aliases.member(target, name) {
        Some(there) if there != node => {
            if there.raw() == node.raw() && there.key_is(name) {
                let title = format!("take it out, since `{pointer}` says the same");
                found.remove(Safety::Safe, title, node);
            }
        }
        _ => {
            found.move_to(Safety::Safe, format!("move it to `{pointer}`"), node, (target, Where::Last), name);
        }
    }
}

/// Offers to state the version of the card in each entry of `list` that has none.
fn hand_out(node: Node<'_>, list: &str, right: &str, context: &Context<'_>, found: Found<'_>) {
    let aliases = &context.shape.aliases;
    let list = aliases.member(context.root(), list).filter(|list| list.is_array() && !list.is_incomplete());
    let Some(list) = list else { return };
    let version = stated_version(node);
    let (having, lacking): (Vec<Node<'_>>, Vec<Node<'_>>) = list
        .children()
        .filter(|entry| entry.is_object())
        .partition(|entry| aliases.member(*entry, right).is_some());
    if having.is_empty() && lacking.is_empty() {
        return;
    }
    if lacking.is_empty() {
        let says = |entry: &Node<'_>, version: &str| {
            entry.member(right).and_then(Node::string).is_some_and(|own| own == version)
        };
        let is_same = version.is_some_and(|version| having.iter().all(|entry| says(entry, &version)));
        let safety = if is_same { Safety::Safe } else { Safety::Unsafe };
        found.remove(safety, "take it out, since each entry states its version", node);
    } else if let Some(version) = version {
        // A card of 1.0 with nothing but older endpoints is odd.
        let safety = if version.starts_with('0') { Safety::Unsafe } else { Safety::Safe };
        let value = json(&version);
        let edits: Option<Vec<Edit>> = lacking
            .iter()
            .map(|entry| insert_member(*entry, Where::Last, right, &value))
            .chain(std::iter::once(removal(node)))
            .collect();
        found.offer(safety, format!("state `{version}` in each entry instead"), edits);
    }
}

/// The version that the member gives all interfaces, as an interface states it.
fn stated_version(node: Node<'_>) -> Option<String> {
    let alone = node.element(0).filter(|_| node.len() == 1);
    let text = node.string().or_else(|| alone?.string())?;
    match InterfaceVersion::of(&text) {
        InterfaceVersion::Released => Some(text.into_owned()),
        InterfaceVersion::Patched(short) => Some(short),
        InterfaceVersion::Unreleased | InterfaceVersion::Malformed(_) => None,
    }
}

/// Whether the requirements name schemes that are declared. Nobody has so many that it takes long to tell.
pub(super) fn names_declared<'d>(requirements: Node<'d>, is_wrapped: bool, context: &Context<'_>) -> bool {
    let card = match context.root().member("agentCardManifest") {
        Some(manifest) if context.is_graph() => manifest,
        _ => context.root(),
    };
    let declared = context.shape.aliases.member(card, "securitySchemes");
    let names: Vec<_> =
        declared.into_iter().flat_map(Node::children).take(64).filter_map(Node::key).collect();
    let schemes = |entry: Node<'d>| if is_wrapped { entry.member("schemes") } else { Some(entry) };
    let mut uses = requirements.children().filter_map(schemes).flat_map(Node::children);
    uses.all(|used| used.key().is_some_and(|name| names.contains(&name)))
}

/// A `security` as 1.0 has it. What is there stays as it is written.
fn rewrapped(security: Node<'_>) -> Option<Vec<Edit>> {
    if !security.is_array() || security.is_incomplete() || !security.children().all(is_flat) {
        return None;
    }
    let mut edits = vec![rename(security, "securityRequirements")?];
    for entry in security.children() {
        edits.push(wrap(entry)?);
    }
    Some(edits)
}

/// Whether a requirement maps names of schemes to scopes.
pub(super) fn is_flat(entry: Node<'_>) -> bool {
    entry.is_object() && !entry.is_incomplete() && entry.children().all(Node::is_array)
}

/// Wraps a requirement, and the scopes in it, as 1.0 has them.
pub(super) fn wrap(entry: Node<'_>) -> Option<Edit> {
    let lists: Option<Vec<Edit>> =
        entry.children().map(|scopes| wrapped(scopes, "list", Vec::new())).collect();
    wrapped(entry, "schemes", lists?)
}

/// A `securityRequirements` as 0.x and Graph have it.
fn unwrapped(requirements: Node<'_>) -> Option<Vec<Edit>> {
    if !requirements.is_array() || requirements.is_incomplete() {
        return None;
    }
    let entries: Option<Vec<String>> = requirements.children().map(flat).collect();
    let flat = format!("[{}]", entries?.join(","));
    Some(vec![rename(requirements, "security")?, replace_value(requirements, &flat)])
}

/// A requirement of 1.0 in the form of 0.x, if it holds nothing but schemes and their scopes.
pub(super) fn flat(entry: Node<'_>) -> Option<String> {
    let schemes = entry.member("schemes").filter(|schemes| entry.len() == 1 && schemes.is_object())?;
    let member = |scheme: Node<'_>| {
        let scopes = match scheme.member("list") {
            Some(list) => list.raw(),
            None if scheme.is_object() => "[]",
            None => return None,
        };
        let is_whole = scheme.len() <= 1 && scopes.starts_with('[') && !scheme.is_incomplete();
        Some(format!("{}:{scopes}", json(&scheme.key()?))).filter(|_| is_whole)
    };
    let members: Option<Vec<String>> = schemes.children().map(member).collect();
    Some(format!("{{{}}}", members?.join(",")))
}
