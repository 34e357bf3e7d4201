use crate::diagnostic::{Example, Group, Meta, Setup, Severity};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
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
                r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } },
  "securityRequirements": [{ "key": [] }] }
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } },
  "security": [{ "key": [] }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    // A requirement that was lost, or is reported as misshapen, may name any scheme.
    let stated = ["security", "securityRequirements"].into_iter().filter(|name| agent.root.has(name));
    let readable =
        stated.into_iter().all(|name| agent.root.get(name).is_some_and(|list| !list.node().is_incomplete()));
    if agent.version().is_none() || !readable || is_renamed(agent) || agent.root.node().is_incomplete() {
        return;
    }
    let used: HashSet<&str> = agent
        .requirements
        .iter()
        .flat_map(|requirement| &requirement.uses)
        .map(|used| used.name.as_ref())
        .collect();
    for scheme in agent.schemes.iter().filter(|scheme| !used.contains(scheme.name.as_ref())) {
        report
            .at(
                scheme.entry.node().at_key(),
                format!("no requirement names the scheme {}", quoted(&scheme.name)),
            )
            .help("name it in a security requirement, or take it out");
    }
}

/// Whether a 1.0 card states its requirements under the old name, in the form that goes with it.
fn is_renamed(agent: &Agent<'_>) -> bool {
    agent.is_modern() && !agent.is_legacy() && agent.root.has("security")
}
