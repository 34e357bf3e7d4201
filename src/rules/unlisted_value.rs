use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode, Version};
use crate::rule::{Check, Context, Report, Rule};
use crate::schema::{Fact, Finding};
use crate::words::{closest, list, quoted, same_letters};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unlisted-value",
        aliases: &[],
        group: Group::Schema,
        severity: Severity::Error,
        applies_to: "every kind and version",
        summary: "a value is none of the few that its member takes",
        why: "These members choose between forms: a client that does not know the value cannot tell how to authenticate, and \
              most refuse the card.",
        fixing: Fixing::Sometimes(
            "Another spelling of a listed value is put right; one that comes close is replaced as unsafe. \
             What another text stands for, the document does not say.",
        ),
        examples: &[
            Example::fixed(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "key": { "type": "apiKey", "in": "Header", "name": "X-Key" } } }
                                                        ^^^^^^^^ error: `in` is `Header`, which is none of `cookie`, `header` or `query`
"#,
                r#"
{ "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } } }
"#,
            ).shows(&["A2A-N133"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "body", "name": "X-Key" } } } }
                                                                      ^^^^^^ error: `location` is `body`, which is none of `cookie`, `header` or `query`
"#,
            ).shows(&["A2A-N020", "A2A-N134"]),
            Example::bad(
                Setup::card(Version::V0_2_5),
                r#"
{ "securitySchemes": { "cert": { "type": "mutualTLS" } } }
                                         ^^^^^^^^^^^ error: `type` is `mutualTLS`, which is none of `apiKey`, `http`, `oauth2` or `openIdConnect`
"#,
            ).shows(&["A2A-N132"]),
            Example::bad(Setup::V0_3, r#"
{ "securitySchemes": { "web": { "type": "httpAuth", "scheme": "bearer" } } }
                                        ^^^^^^^^^^ error: `type` is `httpAuth`, which is none of `apiKey`, `http`, `mutualTLS`, `oauth2` or `openIdConnect`
"#).shows(&["A2A-N132", "real unknown-security-scheme-type"]),
            Example::fixed(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Update),
                r#"
{ "a2aAuthorization": { "type": "OAuthPluginVault", "referenceId": "tides" } }
                                ^^^^^^^^^^^^^^^^^^ error: `type` is `OAuthPluginVault`, which is none of `apiKeyPluginVault`, `connectionVault`, `dynamicClientRegistration`, `none` or `oAuthPluginVault`
"#,
                r#"
{ "a2aAuthorization": { "type": "oAuthPluginVault", "referenceId": "tides" } }
"#,
            ).shows(&["graph 4.40"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Create),
                r#"
{ "a2aAuthorization": { "type": "unknownFutureValue" } }
                                ^^^^^^^^^^^^^^^^^^^^ error: `type` is `unknownFutureValue`, which is none of `apiKeyPluginVault`, `connectionVault`, `dynamicClientRegistration`, `none` or `oAuthPluginVault`
"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Response),
                r#"{ "a2aAuthorization": { "type": "unknownFutureValue" } }"#,
            ),
            Example::good(Setup::V0_3, r#"{ "securitySchemes": { "cert": { "type": "mutualTLS" } } }"#),
            Example::good(
                Setup::V0_3,
                r#"{ "securitySchemes": { "cert": { "type": "mtls" }, "cert": { "type": "mutualTLS" } } }"#,
            ),
        ],
    },
    check: Check::Finding(check),
};

fn check(finding: &Finding, context: &Context<'_>, report: &mut Report<'_>) {
    let Fact::NotAllowed { allowed } = &finding.fact else { return };
    let node = context.node(finding);
    let mut options: Vec<&str> = allowed.iter().map(String::as_str).collect();
    options.sort_unstable();
    let value = node.string().unwrap_or_else(|| node.raw().into());
    let name = node.key().unwrap_or_default();
    let choices = list(&options, "or");
    let message = format!("{} is {}, which is none of {choices}", quoted(&name), quoted(&value));
    let meant = closest(&value, &options).or_else(|| begun(&value, &options));
    let help = match (meant, value.as_ref()) {
        (Some(meant), _) => format!("write `{meant}`"),
        (None, "unknownFutureValue") => {
            format!(
                "write {choices}; the service uses `unknownFutureValue` for values that a client is too old for"
            )
        }
        (None, "AzureKeyVault") if options.contains(&"connectionVault") => {
            format!("write {choices}; only the Microsoft 365 app manifest has `AzureKeyVault`")
        }
        (None, _) => format!("write {choices}"),
    };
    let found = report.at(node.whole(), message).help(help);
    if let Some(meant) = meant {
        let safety = if same_letters(meant, &value) { Safety::Safe } else { Safety::Unsafe };
        found.replace(safety, format!("write `{meant}`"), node.span(), format!("\"{meant}\""));
    }
}

/// The fewest letters by which the beginning of an option stands for it.
const SHORTEST_BEGINNING: usize = 4;

/// The only one of `options` that begins with `text`.
fn begun<'o>(text: &str, options: &[&'o str]) -> Option<&'o str> {
    let begins =
        |option: &&&str| option.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text));
    let mut meant = options.iter().filter(begins).filter(|_| text.len() >= SHORTEST_BEGINNING);
    meant.next().filter(|_| meant.next().is_none()).copied()
}
