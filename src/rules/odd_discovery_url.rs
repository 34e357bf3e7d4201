use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::model::url::FlawedUrl;
use crate::model::{Agent, SchemeKind, Text};
use crate::rule::{Check, Report, Rule};
use crate::syntax::NodeId;
use crate::words::{json, quoted};
use std::collections::HashSet;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "odd-discovery-url",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Warning,
        applies_to: "A2A 0.2.0 and later",
        summary: "an `openIdConnectUrl` does not point at a discovery document",
        why: "Clients fetch the URL as it stands and read the endpoints from the answer. Given the issuer instead of the \
              document, they get a web page or nothing.",
        fixing: Fixing::Sometimes(
            "The path of the document is appended to an address that may be that of the issuer; unsafe, since \
             only the issuer knows. An address with a query or under another well-known path is left alone.",
        ),
        examples: &[
            Example::fixed(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "id": { "type": "openIdConnect", "openIdConnectUrl": "https://id.example.com/tenant" } } }
                                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `https://id.example.com/tenant` is not the address of a discovery document
"#,
                r#"
{ "securitySchemes": { "id": { "type": "openIdConnect", "openIdConnectUrl": "https://id.example.com/tenant/.well-known/openid-configuration" } } }
"#,
            )
            .shows(&["A2A-N142", "OpenID Connect Discovery 1.0 s4"]),
            Example::good(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "id": { "openIdConnectSecurityScheme": {
    "openIdConnectUrl": "https://id.example.com/tenant/.well-known/openid-configuration" } } } }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

const DOCUMENT: &str = "/.well-known/openid-configuration";

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if agent.version().is_none() {
        return;
    }
    let schemes = agent.schemes.iter().filter(|scheme| scheme.kind == Some(SchemeKind::OpenIdConnect));
    let odd: Vec<Text<'_>> = schemes
        .filter_map(|scheme| scheme.details.text("openIdConnectUrl"))
        .filter(|url| !is_document(&url.text))
        .collect();
    if odd.is_empty() {
        return;
    }
    // A URL with a flaw of its own is the matter of the rules on URLs.
    let flawed: HashSet<NodeId> =
        agent.flawed_urls.iter().flat_map(FlawedUrl::places).map(|place| place.text.node.id()).collect();
    for url in odd.iter().filter(|url| !flawed.contains(&url.node.id())) {
        let found = report
            .at(url.node.whole(), format!("{} is not the address of a discovery document", quoted(&url.text)))
            .help(format!("write the issuer's address followed by `{DOCUMENT}`"));
        if !url.text.contains(['?', '#']) && !url.text.contains("/.well-known/") {
            let whole = json(&format!("{}{DOCUMENT}", url.text.trim_end_matches('/')));
            found.replace(Safety::Unsafe, format!("append `{DOCUMENT}`"), url.node.span(), whole);
        }
    }
}

fn is_document(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.trim_end_matches('/').ends_with(DOCUMENT)
}
