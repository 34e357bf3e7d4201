use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::{Agent, SchemeKind};
use crate::rule::{Check, Report, Rule};
use crate::syntax::Node;
use crate::words::quoted;
use std::collections::HashMap;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "flowless-scheme",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Warning,
        applies_to: "A2A 0.2.0 to 0.3.0",
        summary: "a requirement names an OAuth 2.0 scheme that has no flow",
        why: "The flows say where a client gets its token. Without one nobody can meet the requirement, and an agent whose only \
              requirement it is cannot be called.",
        fixing: Fixing::Never("The URLs of the flow stand nowhere in the document."),
        examples: &[
            Example::bad(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "club": { "type": "oauth2", "flows": {} } },
                                                            ^ warning: the scheme `club` has no flow, so nobody can meet the requirement for it
  "security": [{ "club": ["read"] }] }
"#,
            )
            .shows(&["A2A-N150", "A2A-N153"]),
            Example::good(
                Setup::V0_3,
                r#"
{ "securitySchemes": {
    "club": { "type": "oauth2", "flows": {} },
    "id": { "type": "openIdConnect", "openIdConnectUrl": "https://id.example.com/.well-known/openid-configuration" } },
  "security": [{ "id": ["read"] }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    // In the wrapped form a scheme without a flow is wrong by its shape, and Graph bodies are looked at as a whole elsewhere.
    let is_wrapped = agent.version().is_some_and(|version| version.modern || version.protojson);
    if !agent.is_legacy() || is_wrapped {
        return;
    }
    let flowless = agent.schemes.iter().filter(|scheme| scheme.kind == Some(SchemeKind::OAuth2));
    let flowless: Vec<_> = flowless
        .filter_map(|scheme| Some((scheme, scheme.details.object("flows")?)))
        .filter(|(_, flows)| flows.node().is_empty() && !flows.node().is_incomplete())
        .collect();
    if flowless.is_empty() {
        return;
    }
    let mut uses: HashMap<&str, Node<'_>> = HashMap::new();
    for used in agent.requirements.iter().flat_map(|requirement| &requirement.uses) {
        uses.entry(used.name.as_ref()).or_insert(used.member.node());
    }
    for (scheme, flows) in flowless {
        let Some(used) = uses.get(scheme.name.as_ref()) else { continue };
        let name = quoted(&scheme.name);
        report
            .at(
                flows.node().at_opening(),
                format!("the scheme {name} has no flow, so nobody can meet the requirement for it"),
            )
            .help("add the flow that the agent accepts, such as `authorizationCode` or `clientCredentials`")
            .related(used.at_key(), "the requirement");
    }
}
