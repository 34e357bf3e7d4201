use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::{Agent, SchemeKind};
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "scopes-without-oauth",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Warning,
        applies_to: "A2A 0.2.0 to 0.3.0, Graph manifests",
        summary: "a requirement lists scopes for a scheme that has none",
        why: "Scopes belong to OAuth 2.0 and OpenID Connect. For the other kinds OpenAPI 3.0 wants an empty list, and clients \
              ignore what stands in it.",
        fixing: Fixing::Always(
            "The list is emptied; unsafe, since another type of scheme may have been meant.",
        ),
        examples: &[
            Example::fixed(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } }, "security": [{ "key": ["read"] }] }
                                                                                                             ^^^^^^^^ note: `key` is no OAuth 2.0 or OpenID Connect scheme, and has no scopes
"#,
                r#"
{ "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } }, "security": [{ "key": [] }] }
"#,
            )
            .shows(&["A2A-N152"]),
            Example::fixed(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest": {
    "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } },
    "skills": [{ "id": "tides", "security": [{ "key": ["read"] }] }]
                                                      ^^^^^^^^ warning: `key` is no OAuth 2.0 or OpenID Connect scheme, and has no scopes
} }
"#,
                r#"
{ "agentCardManifest": {
    "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } },
    "skills": [{ "id": "tides", "security": [{ "key": [] }] }]
} }
"#,
            )
            .shows(&["graph 3.8"]),
            Example::good(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"{ "security": [{ "key": ["read"] }] }"#,
            ),
            Example::good(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } }, "security": [{ "key": [] }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let is_graph = agent.graph().is_some();
    if !is_graph && (!agent.is_legacy() || agent.is_modern()) {
        return;
    }
    let severity = if is_graph { Severity::Warning } else { Severity::Note };
    let kinds = agent.schemes_by_name();
    for used in agent.requirements.iter().flat_map(|requirement| &requirement.uses) {
        let kind = kinds.get(used.name.as_ref()).and_then(|scheme| scheme.kind);
        let has_scopes = matches!(kind, None | Some(SchemeKind::OAuth2 | SchemeKind::OpenIdConnect));
        let Some(scopes) = used.scopes.filter(|scopes| !has_scopes && scopes.node().is_array()) else {
            continue;
        };
        if !scopes.node().is_empty() {
            report
                .at(
                    scopes.node().whole(),
                    format!(
                        "{} is no OAuth 2.0 or OpenID Connect scheme, and has no scopes",
                        quoted(&used.name)
                    ),
                )
                .severity(severity)
                .help("leave the list empty")
                .replace(Safety::Unsafe, "empty the list", scopes.node().span(), "[]");
        }
    }
}
