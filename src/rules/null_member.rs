use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode, Version};
use crate::model::{RequirementPart, requirement_part};
use crate::rule::{Check, Context, Report, Rule};
use crate::schema::{Fact, Finding};
use crate::syntax::Node;
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "null-member",
        aliases: &[],
        group: Group::Schema,
        severity: Severity::Error,
        applies_to: "A2A 0.2.0 and later, Graph members that may not be null",
        summary: "a member is null where it should be left out or filled",
        why: "From 0.2.0 on an optional member is either absent or of its type, so typed readers refuse null. Readers of 1.0 \
              take null for absent, which is worth a warning, but a required member must not be absent either, and an element of an \
              array or a value of a map cannot be absent. In a Graph \
              request null for a member that cannot be null is refused.",
        fixing: Fixing::Sometimes(
            "An optional member goes; unsafe in an update, where null may be meant to clear it, and in a \
             list. A required member and `ownerIds` need a value, and a named entry may be what something \
             else refers to.",
        ),
        examples: &[
            Example::fixed(
                Setup::V0_3,
                r#"
{ "name": "Tides", "documentationUrl": null, "skills": [{ "id": "tides", "examples": null }] }
                                       ^^^^ error: `documentationUrl` is null
                                                                                     ^^^^ error: `examples` is null
"#,
                r#"
{ "name": "Tides", "skills": [{ "id": "tides" }] }
"#,
            ).shows(&["A2A-N016", "a2a-samples#112", "real null-inside-a-skill"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "name": null, "documentationUrl": null }
          ^^^^ error: `name` is null, but required
                                    ^^^^ warning: `documentationUrl` is null
"#,
            ).shows(&["A2A-N008", "A2A-N014"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "skills": [null], "securitySchemes": { "key": null } }
             ^^^^ error: an entry of the list is null
                                                ^^^^ error: `key` is null
"#,
            ),
            Example::bad(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "documentationUrl": null,
                                                                               ^^^^ error: `documentationUrl` is null
  "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ] }
"#,
            ),
            Example::bad(
                Setup::graph(Kind::GraphAgentInstance, Mode::Update),
                r#"
{ "ownerIds": null, "managedBy": null }
              ^^^^ error: `ownerIds` is null
"#,
            ),
            Example::bad(
                Setup::REGISTRATION,
                r#"
{ "ownerIds": null, "displayName": null, "managedByAppId": null }
              ^^^^ error: `ownerIds` is null
                                   ^^^^ error: `displayName` is null, but required
"#,
            )
            .shows(&["graph 4.2"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "displayName": null, "description": null, "protocolVersion": null, "version": null, "capabilities": null,
                 ^^^^ error: `displayName` is null
                                      ^^^^ error: `description` is null
                                                               ^^^^ error: `protocolVersion` is null
                                                                                ^^^^ error: `version` is null
                                                                                                      ^^^^ error: `capabilities` is null
  "supportsAuthenticatedExtendedCard": null, "ownerIds": null, "skills": null, "defaultInputModes": null, "defaultOutputModes": null }
                                       ^^^^ error: `supportsAuthenticatedExtendedCard` is null
                                                         ^^^^ error: `ownerIds` is null
                                                                         ^^^^ error: `skills` is null
                                                                                                    ^^^^ error: `defaultInputModes` is null
                                                                                                                                ^^^^ error: `defaultOutputModes` is null
"#,
            )
            .shows(&["graph 4.25"]),
            Example::fixed(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest": { "capabilities": { "streaming": null, "extensions": [{ "required": null, "description": null }] },
                                                        ^^^^ error: `streaming` is null
                                                                                           ^^^^ error: `required` is null
  "provider": { "organization": null, "url": null }, "skills": [{ "description": null, "tags": null, "examples": null }] } }
                                ^^^^ error: `organization` is null
                                             ^^^^ error: `url` is null
                                                                                 ^^^^ error: `description` is null
                                                                                               ^^^^ error: `tags` is null
"#,
                r#"
{ "agentCardManifest": { "capabilities": { "extensions": [{ "description": null }] },
  "provider": {}, "skills": [{ "examples": null }] } }
"#,
            )
            .shows(&["graph 4.26", "graph 4.27", "graph 4.28"]),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "name": "Tides", "security": null, "capabilities": {}, "supportsExtendedAgentCard": null }
                               ^^^^ warning: `security` is null
                                                                                      ^^^^ warning: `supportsExtendedAgentCard` is null
"#,
                r#"
{ "name": "Tides", "capabilities": {} }
"#,
            )
            .shows(&["a2a-java#571"]),
            Example::fixed(
                Setup::V0_3,
                r#"
{ "name": "Tides", "authentication": null }
                                     ^^^^ warning: `authentication` is null
"#,
                r#"
{ "name": "Tides" }
"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentInstance, Mode::Update),
                r#"
{ "managedBy": null, "originatingStore": null, "agentIdentityBlueprintId": null, "agentUserId": null, "url": null, "signatures": null }
"#,
            ),
            Example::good(
                Setup::card(Version::V0_1_0),
                r#"
{ "name": "Tides", "documentationUrl": null, "provider": null, "capabilities": { "streaming": null } }
"#,
            ),
        ],
    },
    check: Check::Finding(check),
};

fn check(finding: &Finding, context: &Context<'_>, report: &mut Report<'_>) {
    let (required, is_foreign) = match finding.fact {
        Fact::Null { required } => (required, false),
        Fact::ForeignNull => (false, true),
        _ => return,
    };
    let node = context.node(finding);
    let name = node.key().map_or_else(|| "an entry of the list".to_owned(), |key| quoted(&key));
    let message = if required { format!("{name} is null, but required") } else { format!("{name} is null") };
    let only_modern =
        context.subject.profile.card().is_some_and(|version| version.modern && version.legacy.is_none());
    // A member that this release does not have is ignored, whatever its value. Elsewhere null means an absent member in 1.0,
    // but the elements of arrays and the values of maps cannot be absent.
    let is_soft = is_foreign || (only_modern && !required && !is_entry(node) && !is_only_variant(node));
    let severity = if is_soft { Severity::Warning } else { Severity::Error };
    let help = match requirement_part(node) {
        // Without it nobody would have to log in.
        Some(RequirementPart::Scopes) => "write `[]` where no scopes are asked for",
        Some(RequirementPart::Scheme) => "write `{ \"list\": [] }` where no scopes are asked for",
        _ if required => "give it a value",
        _ if node.parent().is_some_and(|flows| flows.key_is("flows")) => "take the member out",
        _ => "take the member out, or give it a value",
    };
    let found = report.at(node.whole(), message).severity(severity).help(help);
    // Who answers for an object has to be said, and requirements may name schemes.
    let is_missed = ["ownerIds", "securitySchemes"].iter().any(|name| node.key_is(name));
    let is_only = !node.is_member() && node.parent().is_some_and(|list| list.children().nth(1).is_none());
    if !required && !is_named(node) && !is_missed && !is_only {
        // In an update null may be meant to clear the member, and in a list it has a place.
        let update = context.subject.profile.mode() == Some(Mode::Update);
        let safety = if update || !node.is_member() { Safety::Unsafe } else { Safety::Safe };
        found.remove(safety, format!("take {name} out"), node);
    }
}

/// Whether it is an element of an array or a value of a map. ProtoJSON takes no null there.
fn is_entry(node: Node<'_>) -> bool {
    let is_map =
        |parent: Node<'_>| ["securitySchemes", "schemes", "scopes"].iter().any(|name| parent.key_is(name));
    !node.is_member() || node.parent().is_some_and(is_map)
}

/// Whether a security scheme holds no other variant: then it is a scheme of no kind, which readers of 1.0 refuse.
fn is_only_variant(node: Node<'_>) -> bool {
    let is_variant = |member: Node<'_>| member.key().is_some_and(|key| key.ends_with("SecurityScheme"));
    let others = node.parent().into_iter().flat_map(Node::children).take(MOST_MEMBERS);
    is_variant(node) && !others.filter(|other| !other.is_null()).any(is_variant)
}

/// How many members of a scheme are looked at.
const MOST_MEMBERS: usize = 64;

/// Whether it stands under a name of the writer's choosing, or is the part of a whole that has to have one.
fn is_named(node: Node<'_>) -> bool {
    let holds_names = ["securitySchemes", "schemes", "scopes", "flows"];
    let parent = node.parent();
    let list = parent.filter(|entry| !entry.is_member()).and_then(Node::parent);
    parent.is_some_and(|parent| holds_names.iter().any(|name| parent.key_is(name)))
        || list.is_some_and(|list| list.key_is("security") && node.is_member())
        || node.key().is_some_and(|key| key.ends_with("SecurityScheme"))
}
