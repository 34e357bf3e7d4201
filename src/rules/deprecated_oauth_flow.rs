use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "deprecated-oauth-flow",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Warning,
        applies_to: "A2A 1.0",
        summary: "an OAuth 2.0 scheme offers the implicit or the password flow",
        why: "The implicit flow hands tokens to the browser's address bar, and the password flow hands the user's password to \
              the client. A2A 1.0 deprecates both, and clients stop offering them.",
        fixing: Fixing::Never(
            "Another flow has to be opened at the authorization server first, and has URLs and scopes of its \
             own.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "login": { "oauth2SecurityScheme": { "flows": { "implicit": { "scopes": {} } } } } } }
                                                                       ^^^^^^^^^^ warning: the `implicit` flow is deprecated
"#,
            )
            .shows(&["A2A-N146"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "login": { "oauth2SecurityScheme": { "flows": { "password": { "scopes": {} } } } } } }
                                                                       ^^^^^^^^^^ warning: the `password` flow is deprecated
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "login": { "oauth2SecurityScheme": { "flows": { "deviceCode": { "scopes": {} } } } } } }
"#,
            ),
            Example::good(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "login": { "type": "oauth2", "flows": { "implicit": { "scopes": {} } } } } }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if !agent.is_modern() {
        return;
    }
    for flow in agent.schemes.iter().flat_map(|scheme| scheme.flows()) {
        if matches!(flow.name, "implicit" | "password") {
            report
                .at(flow.value.node().at_key(), format!("the `{}` flow is deprecated", flow.name))
                .help("offer `authorizationCode` with PKCE to people and `clientCredentials` to machines");
        }
    }
}
