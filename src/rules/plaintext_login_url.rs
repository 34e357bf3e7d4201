use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode, Version};
use crate::model::Agent;
use crate::model::url::{FlawedUrl, HostKind, Login, Purpose, UrlFlaw, encrypted};
use crate::rule::{Check, Report, Rule};
use crate::words::{json, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "plaintext-login-url",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Error,
        applies_to: "A2A 0.2.0 and later, Graph manifests",
        summary: "a URL of OAuth 2.0 or OpenID Connect is not encrypted",
        why: "Codes, tokens and client secrets travel to these URLs. Without TLS anybody on the way can take them, or send \
              the client to a login page of their own.",
        fixing: Fixing::Sometimes(
            "A public host without a port gets `https`; unsafe, since the server may not offer it. With a \
             port, the encrypted service has another one, and inside a network there may be none.",
        ),
        examples: &[
            Example::bad(
                Setup::V0_3,
                r#"
{ "securitySchemes": {
    "login": {
      "type": "oauth2",
      "oauth2MetadataUrl": "http://login.example.com/.well-known/oauth-authorization-server",
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `http://login.example.com/.well-known/oauth-authorization-ser...` is not encrypted
      "flows": {
        "authorizationCode": {
          "authorizationUrl": "http://login.example.com/authorize",
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `http://login.example.com/authorize` is not encrypted
          "tokenUrl": "http://localhost:8080/token",
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `http://localhost:8080/token` is not encrypted
          "scopes": {}
        },
        "clientCredentials": { "tokenUrl": "http://login.example.com/token", "scopes": {} }
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `http://login.example.com/token` is not encrypted
      }
    },
    "person": { "type": "openIdConnect", "openIdConnectUrl": "http://10.0.0.4/.well-known/openid-configuration" }
                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `http://10.0.0.4/.well-known/openid-configuration` is not encrypted
  } }
"#,
            ).shows(&["A2A-N138", "A2A-N141", "A2A-N142", "RFC 6749 s3.1", "RFC 6749 s3.2"]),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "securitySchemes": {
    "login": {
      "oauth2SecurityScheme": {
        "flows": { "deviceCode": { "deviceAuthorizationUrl": "http://login.example.com/device",
                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `http://login.example.com/device` is not encrypted
                                   "tokenUrl": "https://login.example.com/token", "scopes": {} } }
      }
    } } }
"#,
                r#"
{ "securitySchemes": {
    "login": {
      "oauth2SecurityScheme": {
        "flows": { "deviceCode": { "deviceAuthorizationUrl": "https://login.example.com/device",
                                   "tokenUrl": "https://login.example.com/token", "scopes": {} } }
      }
    } } }
"#,
            ),
            Example::fixed(Setup::card(Version::V0_2_5), r#"
{ "securitySchemes": {
    "login": { "type": "oauth2", "flows": { "password": { "tokenUrl": "http://login.example.com/token", "scopes": {} } } } } }
                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `http://login.example.com/token` is not encrypted
"#, r#"
{ "securitySchemes": {
    "login": { "type": "oauth2", "flows": { "password": { "tokenUrl": "https://login.example.com/token", "scopes": {} } } } } }
"#).shows(&["A2A-N137"]),
Example::fixed(Setup::V1_0, r#"
{ "securitySchemes": { "login": { "oauth2SecurityScheme": { "flows": {
    "implicit": { "authorizationUrl": "http://login.example.com/authorize", "scopes": {} } } } } } }
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `http://login.example.com/authorize` is not encrypted
"#, r#"
{ "securitySchemes": { "login": { "oauth2SecurityScheme": { "flows": {
    "implicit": { "authorizationUrl": "https://login.example.com/authorize", "scopes": {} } } } } } }
"#).shows(&["A2A-N140"]),
Example::fixed(Setup::graph(Kind::GraphAgentCardManifest, Mode::Update), r##"
{ "securitySchemes": { "login": { "@odata.type": "#microsoft.graph.oAuth2SecurityScheme", "type": "oauth2", "flows": {
    "clientCredentials": { "tokenUrl": "http://login.example.com/token", "scopes": {} } } } } }
                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `http://login.example.com/token` is not encrypted
"##,
                r##"
{ "securitySchemes": { "login": { "@odata.type": "#microsoft.graph.oAuth2SecurityScheme", "type": "oauth2", "flows": {
    "clientCredentials": { "tokenUrl": "https://login.example.com/token", "scopes": {} } } } } }
"##).shows(&["graph 3.3"]),
Example::good(
                Setup::V0_3,
                r#"
{ "securitySchemes": {
    "person": {
      "type": "openIdConnect",
      "openIdConnectUrl": "HTTPS://login.example.com/.well-known/openid-configuration"
    } } }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for url in &agent.flawed_urls {
        let (UrlFlaw::Plaintext(host), Purpose::Login(_)) = (&url.flaw, url.place.purpose) else { continue };
        let text = &url.place.text;
        let found = report.at(text.node.whole(), format!("{} is not encrypted", quoted(&text.text)));
        let found = found
            .severity(severity(url, *host, agent))
            .help("write an `https` URL")
            .also(url.further(), "the same URL again");
        if let Some((twin, _)) = encrypted(&text.text).filter(|_| *host == HostKind::Public) {
            found.replace_all(Safety::Unsafe, "write `https`", &url.spans(), &json(&twin));
        }
    }
}

/// TLS is demanded outright for the metadata, and by 0.3.0 for the authorization code flow. Inside a network, and on the
/// machine itself, people may know what they do.
fn severity(url: &FlawedUrl<'_>, host: HostKind, agent: &Agent<'_>) -> Severity {
    let demanded = |purpose: Purpose| match purpose {
        Purpose::Login(Login::Metadata) => true,
        Purpose::Login(Login::AuthorizationCode) => {
            agent.version().is_some_and(|version| version.legacy == Some(Version::V0_3_0))
        }
        _ => false,
    };
    match host {
        HostKind::Loopback => Severity::Note,
        HostKind::Public if agent.graph().is_none() && url.places().any(|place| demanded(place.purpose)) => {
            Severity::Error
        }
        _ => Severity::Warning,
    }
}
