use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::edit::Where;
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "optional-pkce",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Note,
        applies_to: "A2A 1.0",
        summary: "an authorization code flow does not require PKCE",
        why: "Without PKCE whoever gets hold of an authorization code can turn it into a token. It is recommended for every \
              client, and clients do it when the card says so.",
        fixing: Fixing::Always(
            "`pkceRequired` is set; unsafe, since the authorization server has to support it.",
        ),
        examples: &[
Example::fixed(Setup::V1_0, r#"
{ "securitySchemes": { "login": { "oauth2SecurityScheme": { "flows": { "authorizationCode": {
                                                                       ^^^^^^^^^^^^^^^^^^^ note: the flow does not require PKCE
    "authorizationUrl": "https://id.example.com/authorize", "tokenUrl": "https://id.example.com/token", "scopes": {} } } } } } }
"#, r#"
{ "securitySchemes": { "login": { "oauth2SecurityScheme": { "flows": { "authorizationCode": {
    "authorizationUrl": "https://id.example.com/authorize", "tokenUrl": "https://id.example.com/token", "scopes": {}, "pkceRequired": true } } } } } }
"#).shows(&["A2A-N145"]),
Example::fixed(Setup::V1_0, r#"
{ "securitySchemes": { "login": { "oauth2SecurityScheme": { "flows": { "authorizationCode": { "pkceRequired": false } } } } } }
                                                                                                              ^^^^^ note: the flow does not require PKCE
"#, r#"
{ "securitySchemes": { "login": { "oauth2SecurityScheme": { "flows": { "authorizationCode": { "pkceRequired": true } } } } } }
"#),
Example::good(Setup::V1_0, r#"
{ "securitySchemes": { "login": { "oauth2SecurityScheme": { "flows": { "authorizationCode": { "pkceRequired": true } } } } } }
"#),
Example::good(Setup::V0_3, r#"
{ "securitySchemes": { "login": { "type": "oauth2", "flows": { "authorizationCode": {
    "authorizationUrl": "https://id.example.com/authorize", "tokenUrl": "https://id.example.com/token", "scopes": {} } } } } }
"#),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if !agent.is_modern() {
        return;
    }
    let wrapped =
        agent.schemes.iter().filter(|scheme| scheme.details.node().id() != scheme.entry.node().id());
    for flow in wrapped.flat_map(|scheme| scheme.flows()).filter(|flow| flow.name == "authorizationCode") {
        let flow = flow.value;
        let flag = flow.get("pkceRequired").map(|flag| flag.node());
        let place = match flag {
            Some(flag) if flag.boolean() == Some(false) => flag.whole(),
            None if flow.lacks("pkceRequired") => flow.node().at_key(),
            Some(_) | None => continue,
        };
        let found = report
            .at(place, "the flow does not require PKCE")
            .help("write `\"pkceRequired\": true` if the authorization server supports it");
        let title = "require PKCE";
        match flag {
            Some(flag) => found.replace(Safety::Unsafe, title, flag.span(), "true"),
            None => {
                let place = (flow.node(), Where::Last);
                found.insert_at(Safety::Unsafe, title, place, "pkceRequired", "true")
            }
        };
    }
}
