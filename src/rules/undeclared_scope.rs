use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::model::{Agent, Scheme, SchemeKind, SchemeUse, Text};
use crate::rule::{Check, Report, Rule};
use crate::text::Span;
use crate::words::{closest, json, quoted};
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
        fixing: Fixing::Sometimes(
            "A scope that comes close to an offered one is replaced by it; unsafe, since the offer may be \
             what is incomplete. What another scope would permit, only the server knows.",
        ),
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
            Example::bad(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "login": { "type": "oauth2", "flows": {
    "clientCredentials": { "tokenUrl": "https://id.example.com/token", "scopes": {} } } } },
  "security": [{ "login": ["read"] }],
                           ^^^^^^ warning: no flow of `login` offers the scope `read`
  "skills": [{ "id": "tides", "security": [{ "login": ["read"] }] }] }
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "login": { "oauth2SecurityScheme": { "flows": {
    "clientCredentials": { "tokenUrl": "https://id.example.com/token", "scopes": { "tides.read": "Read." } } } } } },
  "securityRequirements": [{ "schemes": { "login": { "list": ["tides.raed"] } } }] }
                                                              ^^^^^^^^^^^^ warning: no flow of `login` offers the scope `tides.raed`
"#,
                r#"
{ "securitySchemes": { "login": { "oauth2SecurityScheme": { "flows": {
    "clientCredentials": { "tokenUrl": "https://id.example.com/token", "scopes": { "tides.read": "Read." } } } } } },
  "securityRequirements": [{ "schemes": { "login": { "list": ["tides.read"] } } }] }
"#,
            ),
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
    let mut lacking: Vec<Vec<Asked<'_>>> = Vec::new();
    let mut known: HashMap<(&str, String), usize> = HashMap::new();
    for scheme_use in uses {
        let Some((&name, scheme)) = schemes.get_key_value(scheme_use.name.as_ref()) else { continue };
        let Some(scopes) = offered.entry(name).or_insert_with(|| offered_scopes(scheme)) else { continue };
        for scope in asked(scheme_use).filter(|scope| !scopes.contains(scope.text.as_ref())) {
            // One entry is missing or misspelt, however often it is asked for.
            let index = *known.entry((name, scope.text.to_string())).or_insert(lacking.len());
            match lacking.get_mut(index) {
                Some(same) => same.push(Asked { of: name, scope }),
                None => lacking.push(vec![Asked { of: name, scope }]),
            }
        }
    }
    for same in &lacking {
        let scopes = same.first().and_then(|asked| offered.get(asked.of)?.as_ref());
        say(same, scopes, report);
    }
}

/// A scope that a requirement asks for.
struct Asked<'d> {
    of: &'d str,
    scope: Text<'d>,
}

/// The scopes that the flows of an OAuth 2.0 scheme offer, also those that something else was reported about. `None` where
/// they cannot be told.
fn offered_scopes(scheme: &Scheme<'_>) -> Option<HashSet<String>> {
    if scheme.kind != Some(SchemeKind::OAuth2) {
        return None;
    }
    let flows: Vec<_> = scheme.flows().collect();
    let stated = scheme.details.object("flows")?.node().children().count();
    let readable = flows
        .iter()
        .all(|flow| flow.value.object("scopes").is_some_and(|scopes| !scopes.node().is_incomplete()));
    let scopes =
        flows.iter().filter_map(|flow| flow.value.object("scopes")).flat_map(|scopes| scopes.raw_members());
    let is_whole = readable && !flows.is_empty() && flows.len() == stated;
    is_whole.then(|| scopes.map(|(name, _)| name.into_owned()).collect())
}

fn asked<'d>(scheme_use: &SchemeUse<'d>) -> impl Iterator<Item = Text<'d>> + use<'d> {
    scheme_use.scopes.into_iter().flat_map(|scopes| scopes.items()).filter_map(|scope| scope.as_text())
}

fn say(same: &[Asked<'_>], offered: Option<&HashSet<String>>, report: &mut Report<'_>) {
    let [Asked { of, scope }, others @ ..] = same else { return };
    let found = report
        .at(scope.node.whole(), format!("no flow of {} offers the scope {}", quoted(of), quoted(&scope.text)))
        .help("write a scope that a flow lists in `scopes`, or list it there")
        .also(others.iter().map(|other| other.scope.node.whole()), "it is asked for here as well");
    if let Some(meant) = meant(&scope.text, offered) {
        let mut spans: Vec<Span> = same.iter().map(|asked| asked.scope.node.span()).collect();
        spans.sort_unstable();
        found.replace_all(Safety::Unsafe, format!("write {}", quoted(meant)), &spans, &json(meant));
    }
}

/// The offered scope that `scope` comes close to. Guesses among many would take their time.
fn meant<'o>(scope: &str, offered: Option<&'o HashSet<String>>) -> Option<&'o str> {
    let offered = offered.filter(|offered| offered.len() <= 64)?;
    let mut names: Vec<&str> = offered.iter().map(String::as_str).collect();
    names.sort_unstable();
    closest(scope, &names)
}
