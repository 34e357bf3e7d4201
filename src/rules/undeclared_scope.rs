use crate::diagnostic::{Example, Group, Meta, Setup, Severity};
use crate::model::{Agent, Scheme, SchemeKind, SchemeUse};
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;
use std::collections::{HashMap, HashSet};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "undeclared-scope",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Warning,
        applies_to: "A2A 0.2.0 and later",
        summary: "a requirement asks for an OAuth 2.0 scope that no flow of its scheme offers",
        why: "A client asks the authorization server for the scopes that a requirement names. One that the scheme does not \
              list is most likely misspelt, and the server refuses it.",
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "login": { "oauth2SecurityScheme": { "flows": {
    "clientCredentials": { "tokenUrl": "https://id.example.com/token", "scopes": { "read": "Read." } } } } } },
  "securityRequirements": [{ "schemes": { "login": { "list": ["read", "wirte"] } } }] }
                                                                      ^^^^^^^ warning: no flow of `login` offers the scope `wirte`
"#,
            )
            .shows(&["A2A-N153"]),
            Example::good(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "login": { "type": "oauth2", "flows": {
    "clientCredentials": { "tokenUrl": "https://id.example.com/token", "scopes": { "read": "Read." } } } },
    "oidc": { "type": "openIdConnect", "openIdConnectUrl": "https://id.example.com/.well-known/openid-configuration" } },
  "security": [{ "login": ["read"], "oidc": ["openid"] }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if agent.version().is_none() {
        return;
    }
    let asks =
        |scheme_use: &&SchemeUse<'_>| scheme_use.scopes.is_some_and(|scopes| !scopes.node().is_empty());
    let mut uses =
        agent.requirements.iter().flat_map(|requirement| &requirement.uses).filter(asks).peekable();
    if uses.peek().is_none() {
        return;
    }
    let schemes = agent.schemes_by_name();
    let mut offered: HashMap<&str, Option<HashSet<String>>> = HashMap::new();
    for scheme_use in uses {
        let Some((&name, scheme)) = schemes.get_key_value(scheme_use.name.as_ref()) else { continue };
        if let Some(scopes) = offered.entry(name).or_insert_with(|| offered_scopes(scheme)) {
            check_use(scheme_use, scopes, report);
        }
    }
}

/// The scopes that the flows of an OAuth 2.0 scheme offer. `None` where they cannot be told.
fn offered_scopes(scheme: &Scheme<'_>) -> Option<HashSet<String>> {
    if scheme.kind != Some(SchemeKind::OAuth2) {
        return None;
    }
    let flows: Vec<_> = scheme.flows().collect();
    let readable = flows
        .iter()
        .all(|flow| flow.value.object("scopes").is_some_and(|scopes| !scopes.node().is_incomplete()));
    let scopes =
        flows.iter().filter_map(|flow| flow.value.object("scopes")).flat_map(|scopes| scopes.members());
    (readable && !flows.is_empty()).then(|| scopes.map(|(name, _)| name.into_owned()).collect())
}

fn check_use(scheme_use: &SchemeUse<'_>, offered: &HashSet<String>, report: &mut Report<'_>) {
    let asked =
        scheme_use.scopes.into_iter().flat_map(|scopes| scopes.items()).filter_map(|scope| scope.as_text());
    for scope in asked.filter(|scope| !offered.contains(scope.text.as_ref())) {
        report
            .at(
                scope.node.whole(),
                format!("no flow of {} offers the scope {}", quoted(&scheme_use.name), quoted(&scope.text)),
            )
            .help("write a scope that a flow lists in `scopes`, or list it there");
    }
}
