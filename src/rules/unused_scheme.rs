use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::{Agent, Scheme, Value, says_open};
use crate::rule::{Check, Report, Rule};
use crate::syntax::Node;
use crate::words::quoted;
use std::collections::HashSet;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unused-scheme",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Note,
        applies_to: "A2A 0.2.0 and later",
        summary: "a security scheme is declared that no requirement names",
        why: "A scheme says how one may log in, a requirement that one has to. Some clients read the schemes alone, others the \
              requirements: the two should say the same.",
        fixing: Fixing::Never(
            "Whether a requirement was forgotten or the scheme is a leftover, the server decides; a guess \
             would misstate who may call it.",
        ),
        examples: &[
            Example::bad(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } } }
                       ^^^^^ note: no requirement names the scheme `key`
"#,
            )
            .shows(&["A2A-N154", "real securityschemes-declared-but-no-security-requirement"]),
            Example::good(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } }, "security": [{ "key": [] }] }
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"{ "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } } }"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } },
  "securityRequirements": [{ "schemes": { "key": [] } }, { "schemes": ["key"] }, null] }
"#,
            ),
            Example::good(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } }, "security": [{ "key": null }] }
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } },
  "security": [{ "key": [] }] }
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } },
  "securityRequirements": [{ "key": [] }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if agent.version().is_none() || agent.schemes.is_empty() {
        return;
    }
    let is_readable = std::iter::once(agent.root).chain(agent.skills.iter().copied()).all(|owner| {
        !owner.node().is_incomplete() && LISTS.iter().all(|name| is_readable(agent, owner, name))
    });
    if !is_readable {
        return;
    }
    let used: HashSet<&str> = agent
        .requirements
        .iter()
        .flat_map(|requirement| &requirement.uses)
        .map(|used| used.name.as_ref())
        .collect();
    let unused = agent.schemes.iter().filter(|scheme| !used.contains(scheme.name.as_ref()));
    // A scheme that is no scheme cannot be used; that was said already.
    let is_scheme = |scheme: &&Scheme<'_>| {
        let is_open = || scheme.entry.raw("type").and_then(Node::string).is_some_and(|kind| says_open(&kind));
        !scheme.entry.lacks_variant() && !is_open()
    };
    for scheme in unused.filter(is_scheme) {
        report
            .at(
                scheme.entry.node().at_key(),
                format!("no requirement names the scheme {}", quoted(&scheme.name)),
            )
            .help("name it in a security requirement, or take it out");
    }
}

const LISTS: [&str; 2] = ["security", "securityRequirements"];

/// Whether the list is absent, or shows every scheme that it names: one that was lost, is misshapen or is called as in
/// another release may name any.
fn is_readable(agent: &Agent<'_>, owner: Value<'_>, name: &str) -> bool {
    let is_known = match name {
        "security" => agent.is_legacy(),
        _ => agent.is_modern(),
    };
    let names_all = |list: Value<'_>| {
        let is_flat = name == "security" && !agent.version().is_some_and(|version| version.protojson);
        !list.node().is_incomplete() && list.node().children().all(|entry| names_schemes(entry, is_flat))
    };
    !owner.has(name) || (is_known && owner.get(name).is_some_and(names_all))
}

/// Whether all that stands in a requirement has the form in which schemes are named.
fn names_schemes(entry: Node<'_>, is_flat: bool) -> bool {
    let is_annotation = |member: Node<'_>| member.key().is_some_and(|key| key.contains('@'));
    let is_map = |schemes: Node<'_>| schemes.is_object() && schemes.children().all(Node::is_object);
    match entry.member("schemes") {
        Some(schemes) if !is_flat => is_map(schemes),
        _ => entry.is_object() && entry.children().all(|member| member.is_array() || is_annotation(member)),
    }
}
