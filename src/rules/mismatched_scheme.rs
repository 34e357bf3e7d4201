use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::model::url::{FlawedUrl, Login, Purpose, UrlFlaw};
use crate::model::{Agent, EndpointRole, Transport};
use crate::rule::{Check, Report, Rule};
use crate::words::{closest, json, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "mismatched-scheme",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Error,
        applies_to: "every kind and version",
        summary: "the scheme of a URL does not go with the transport spoken there, or with logging in",
        why: "The core transports run over HTTP. A client that is told JSONRPC and finds `wss://` or `mailto:` has no way to \
              send its request there.",
        fixing: Fixing::Sometimes(
            "A slip in `https` is mended, and what stands after `grpc://` is written as host and port; \
             unsafe, since the server may speak something else. Which transport is spoken behind another \
             scheme, the document does not say.",
        ),
        examples: &[
            Example::bad(
                Setup::V0_3,
                r#"
{ "url": "mailto:tides@example.com",
         ^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `mailto` does not go with `JSONRPC`, which runs over HTTP
  "additionalInterfaces": [{ "url": "grpc://tides.example.com", "transport": "HTTP+JSON" }],
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `grpc` does not go with `HTTP+JSON`, which runs over HTTP
  "securitySchemes": {
    "login": { "type": "oauth2", "flows": { "password": { "tokenUrl": "ldap://login.example.com", "scopes": {} } } }
                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `ldap` is no scheme to log in with
  } }
"#,
            ).shows(&["A2A-N038"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "wss://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `wss` does not go with `JSONRPC`, which runs over HTTP
  ] }
"#,
            ).shows(&["A2A-N071"]),
            Example::fixed(
                Setup::V0_3,
                r#"
{ "url": "htps://tides.example.com/a2a" }
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `htps` does not go with `JSONRPC`, which runs over HTTP
"#,
                r#"
{ "url": "https://tides.example.com/a2a" }
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "HTTPS://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "grpcs://tides.example.com", "protocolBinding": "GRPC", "protocolVersion": "1.0" },
    { "url": "wss://tides.example.com/", "protocolBinding": "https://example.com/bindings/ws/v1", "protocolVersion": "1.0" }
  ] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for url in &agent.flawed_urls {
        let UrlFlaw::Scheme(scheme) = &url.flaw else { continue };
        let (message, help) = words(scheme, url.place.purpose);
        let found = report.at(url.place.text.node.whole(), message).help(help);
        let found = found.severity(severity(url, agent)).also(url.further(), "the same URL again");
        if let Some(right) = mended(&url.place.text.text, scheme) {
            found.replace_all(
                Safety::Unsafe,
                format!("write {}", quoted(&right)),
                &url.spans(),
                &json(&right),
            );
        }
    }
}

/// The URL with a slip in its scheme put right.
fn mended(url: &str, scheme: &str) -> Option<String> {
    closest(scheme, &["https"])?;
    Some(format!("https{}", url.get(scheme.len()..)?))
}

fn words(scheme: &str, purpose: Purpose) -> (String, &'static str) {
    let shown = quoted(scheme);
    match purpose {
        Purpose::Endpoint(_, Some(Transport::Grpc)) => {
            (format!("{shown} does not go with `GRPC`"), "write an `https` URL, or `host:port`")
        }
        Purpose::Endpoint(_, transport) => {
            let name = transport.map_or("JSONRPC", Transport::name);
            let message = format!("{shown} does not go with `{name}`, which runs over HTTP");
            (message, "write an `https` URL, or name the transport that is really spoken there")
        }
        _ => (format!("{shown} is no scheme to log in with"), "write an `https` URL"),
    }
}

/// 0.x says that communication runs over HTTP; 1.0 only that an interface has to be stated truthfully.
fn severity(url: &FlawedUrl<'_>, agent: &Agent<'_>) -> Severity {
    let is_soft = |purpose: Purpose| match purpose {
        Purpose::Endpoint(role, _) => role == EndpointRole::Supported,
        Purpose::Login(login) => login == Login::OpenIdConnect,
        Purpose::Information => true,
    };
    let soft = agent.graph().is_some() || url.places().all(|place| is_soft(place.purpose));
    if soft { Severity::Warning } else { Severity::Error }
}
