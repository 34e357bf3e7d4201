use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode, Version};
use crate::model::says_open;
use crate::rule::{Check, Context, Report, Rule};
use crate::schema::{Fact, Finding};
use crate::syntax::Node;
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
            Example::bad(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "login": { "type": "bearer" } } }
                                          ^^^^^^^^ error: `type` is `bearer`, which is none of `apiKey`, `http`, `mutualTLS`, `oauth2` or `openIdConnect`
"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Response),
                r#"{ "a2aAuthorization": { "type": "unknownFutureValue" } }"#,
            ),
            Example::bad(Setup::V0_3, r#"
{ "securitySchemes": { "none": { "type": "none" } }, "security": [{ "none": [] }] }
                                         ^^^^^^ error: `type` is `none`, which is none of `apiKey`, `http`, `mutualTLS`, `oauth2` or `openIdConnect`
"#),
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
    if is_open_scheme(node, &value) {
        report.at(node.whole(), message).help(OPEN_HELP);
        return;
    }
    let meant = closest(&value, &options)
        .or_else(|| begun(&value, &options))
        .or_else(|| scheme_type(&value).filter(|meant| options.contains(meant)));
    let help = match (meant, value.as_ref()) {
        (Some("http"), scheme) if !scheme.eq_ignore_ascii_case("http") => {
            format!("write `\"type\": \"http\"`, and {} as its `scheme`", quoted(scheme))
        }
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
    // The name of an HTTP scheme belongs into `scheme`, and is lost if another type takes its place.
    let meant = meant.filter(|meant| *meant != "http" || same_letters(meant, &value));
    if let Some(meant) = meant {
        let safety = if same_letters(meant, &value) { Safety::Safe } else { Safety::Unsafe };
        found.replace(safety, format!("write `{meant}`"), node.span(), format!("\"{meant}\""));
    }
}

/// The type of a security scheme that writers call `name`.
fn scheme_type(name: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 6] = [
        ("oidc", "openIdConnect"),
        ("openid", "openIdConnect"),
        ("mtls", "mutualTLS"),
        ("bearer", "http"),
        ("basic", "http"),
        ("digest", "http"),
    ];
    NAMES.iter().find(|(written, _)| same_letters(written, name)).map(|(_, meant)| *meant)
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

/// What to do with a scheme that says that no login is needed.
pub(super) const OPEN_HELP: &str =
    "remove the scheme and the requirements that name it: a card without requirements asks for no login";

/// Whether `kind` is the `type` of a security scheme that says that no login is needed.
fn is_open_scheme(kind: Node<'_>, value: &str) -> bool {
    let schemes = kind.parent().and_then(Node::parent);
    kind.key_is("type")
        && schemes.is_some_and(|schemes| schemes.key_is("securitySchemes"))
        && says_open(value)
}
