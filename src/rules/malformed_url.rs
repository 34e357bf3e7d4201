use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode, Version};
use crate::model::Agent;
use crate::model::url::{FlawedUrl, Login, Purpose, UrlFlaw};
use crate::model::{EndpointRole, Transport};
use crate::rule::{Check, Found, Report, Rule};
use crate::words::{json, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "malformed-url",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Error,
        applies_to: "every kind and version",
        summary: "a URL is empty, relative, unreadable or holds white space",
        why: "A card is read far from the page it came from, so there is nothing that a relative URL could be relative to. \
              Clients stop at a URL that they cannot parse, and those that mend it silently call different addresses.",
        fixing: Fixing::Sometimes(
            "White space around a URL goes. What starts with the name of a host gets `https://`; unsafe, \
             since the server may not offer it. Where a relative path leads, and what belongs into an empty \
             URL, the document does not say.",
        ),
        examples: &[
            Example::fixed(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
             ^^^^^^^^^^^^^^^^^^^^^^^ error: `tides.example.com/a2a` is not an absolute URL
    { "url": "tides.example.com:8443", "protocolBinding": "GRPC", "protocolVersion": "1.0" },
    { "url": " https://tides.example.com/rest", "protocolBinding": "HTTP+JSON", "protocolVersion": "1.0" }
              ^ error: white space stands in the URL ` https://tides.example.com/rest`
  ] }
"#,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "tides.example.com:8443", "protocolBinding": "GRPC", "protocolVersion": "1.0" },
    { "url": "https://tides.example.com/rest", "protocolBinding": "HTTP+JSON", "protocolVersion": "1.0" }
  ] }
"#,
            ).shows(&["A2A-N073", "A2A-N074"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "documentationUrl": "docs/index.html", "iconUrl": "" }
                      ^^^^^^^^^^^^^^^^^ warning: `docs/index.html` is not an absolute URL
                                                    ^^ warning: `iconUrl` is empty
"#,
            ).shows(&["A2A-N033"]),
            Example::bad(
                Setup::V0_3,
                r#"
{ "url": "https:///a2a", "preferredTransport": "JSONRPC",
         ^^^^^^^^^^^^^^ error: `https:///a2a` is no URL: it names no host
  "additionalInterfaces": [{ "url": "tides.example.com", "transport": "GRPC" }],
                                    ^^^^^^^^^^^^^^^^^^^ error: `tides.example.com` is neither an absolute URL nor a host and port
  "securitySchemes": {
    "login": {
      "type": "oauth2",
      "flows": { "clientCredentials": { "tokenUrl": "/token", "scopes": {} } }
                                                    ^^^^^^^^ error: `/token` is not an absolute URL
    },
    "person": { "type": "openIdConnect", "openIdConnectUrl": "login.example.com" }
                                                             ^^^^^^^^^^^^^^^^^^^ warning: `login.example.com` is not an absolute URL
  } }
"#,
            ).shows(&["A2A-N064", "A2A-N139", "A2A-N142"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentInstance, Mode::Update),
                r#"
{ "url": "/agents/tides",
         ^^^^^^^^^^^^^^^ warning: `/agents/tides` is not an absolute URL
  "additionalInterfaces": [{ "url": "tides", "transport": "JSONRPC" }] }
                                    ^^^^^^^ error: `tides` is not an absolute URL
"#,
            ).shows(&["graph 3.3"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest": { "iconUrl": "icon.png", "documentationUrl": "/docs", "provider": { "organization": "Harbour", "url": "harbour" },
                                    ^^^^^^^^^^ warning: `icon.png` is not an absolute URL
                                                                    ^^^^^^^ warning: `/docs` is not an absolute URL
                                                                                                                             ^^^^^^^^^ warning: `harbour` is not an absolute URL
  "securitySchemes": {
    "login": { "type": "oauth2", "flows": { "clientCredentials": { "tokenUrl": "/token", "scopes": {} } } },
                                                                               ^^^^^^^^ warning: `/token` is not an absolute URL
    "person": { "type": "openIdConnect", "openIdConnectUrl": "login" }
                                                             ^^^^^^^ warning: `login` is not an absolute URL
  } } }
"#,
            )
            .shows(&["graph 3.3"]),
                        Example::bad(Setup::card(Version::V0_2_5), r#"
{ "url": "/a2a", "securitySchemes": {
         ^^^^^^ error: `/a2a` is not an absolute URL
    "login": { "type": "oauth2", "flows": { "clientCredentials": { "tokenUrl": "token", "scopes": {} } } } } }
                                                                               ^^^^^^^ error: `token` is not an absolute URL
"#).shows(&["A2A-N035", "A2A-N137"]),
Example::good(
                Setup::V0_3,
                r#"
{ "url": "HTTPS://Tides.example.com:8443/a%20b?x=1", "preferredTransport": "JSONRPC",
  "additionalInterfaces": [
    { "url": "https://[2001:db8::1]/a2a", "transport": "JSONRPC" },
    { "url": "[2001:db8::1]:50051", "transport": "GRPC" },
    { "url": "urn:example:tides", "transport": "com.example.queue" }
  ],
  "iconUrl": "data:image/png;base64,iVBORw0KGgo=" }
"#,
            ),
        Example::good(Setup::V1_0, r#"
{ "supportedInterfaces": [
    { "url": "https://grpc.example.com/a2a", "protocolBinding": "GRPC", "protocolVersion": "1.0" },
    { "url": "grpc.example.com:443", "protocolBinding": "GRPC", "protocolVersion": "1.0" }
  ] }
"#),
],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for url in &agent.flawed_urls {
        if let Some(found) = say(url, report) {
            found.severity(severity(url, agent)).also(url.further(), "the same URL again");
        }
    }
}

/// Statements about pages and pictures are soft, and Graph asks for absolute URLs with severity only in
/// `additionalInterfaces`.
fn severity(url: &FlawedUrl<'_>, agent: &Agent<'_>) -> Severity {
    let of = |purpose: Purpose| match purpose {
        Purpose::Information | Purpose::Login(Login::OpenIdConnect) => Severity::Warning,
        Purpose::Endpoint(EndpointRole::Additional, _) => Severity::Error,
        _ if agent.graph().is_some() => Severity::Warning,
        _ => Severity::Error,
    };
    url.places().map(|place| of(place.purpose)).max().unwrap_or(Severity::Warning)
}

fn say<'r>(url: &FlawedUrl<'_>, report: &'r mut Report<'_>) -> Option<Found<'r>> {
    let (node, text) = (url.place.text.node, url.place.text.text.as_ref());
    let shown = quoted(text);
    let found = match &url.flaw {
        UrlFlaw::Empty => {
            report.at(node.whole(), format!("{} is empty", quoted(&url.name()))).help("write an absolute URL")
        }
        UrlFlaw::Whitespace(range) => {
            let place = node.inside(range.start, range.end);
            let found = report.at(place, format!("white space stands in the URL {shown}"));
            without_blanks(url, found)
        }
        UrlFlaw::Relative => relative(url, report),
        UrlFlaw::Unreadable(reason) => report
            .at(node.whole(), format!("{shown} is no URL: {reason}"))
            .help("write a URL such as `https://host.example.com/a2a`"),
        _ => return None,
    };
    Some(found)
}

/// White space around a URL can go; inside it nobody knows what was meant.
fn without_blanks<'r>(url: &FlawedUrl<'_>, found: Found<'r>) -> Found<'r> {
    let is_blank = |char: char| char.is_whitespace() || char.is_control();
    let trimmed = url.place.text.text.trim_matches(is_blank);
    if trimmed.is_empty() || trimmed.contains(is_blank) {
        return found.help("write a space inside a URL as `%20`, or take it out");
    }
    let help = "take the white space out";
    found.help(help).replace_all(Safety::Safe, help, &url.spans(), &json(trimmed))
}

fn relative<'r>(url: &FlawedUrl<'_>, report: &'r mut Report<'_>) -> Found<'r> {
    let (node, text) = (url.place.text.node, url.place.text.text.as_ref());
    if matches!(url.place.purpose, Purpose::Endpoint(_, Some(Transport::Grpc))) {
        let message = format!("{} is neither an absolute URL nor a host and port", quoted(text));
        return report
            .at(node.whole(), message)
            .help("write `host:port`, or a URL that starts with `https://`");
    }
    let found = report.at(node.whole(), format!("{} is not an absolute URL", quoted(text)));
    let found = found.help("write the whole URL, from `https://` on");
    if !starts_with_host(text)
        || matches!(url.place.purpose, Purpose::Endpoint(EndpointRole::Supported, None))
    {
        return found;
    }
    found.replace_all(
        Safety::Unsafe,
        "put `https://` before it",
        &url.spans(),
        &json(&format!("https://{text}")),
    )
}

/// Whether `text` starts with what looks like a public host name: dots, and letters behind the last one.
fn starts_with_host(text: &str) -> bool {
    let host = text.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let (name, top) = host.rsplit_once('.').unwrap_or_default();
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    // `docs/index.html` has a dot too, but not in its first part; `index.html` does.
    let is_file = ["html", "htm", "md", "json", "png", "svg", "ico", "jpg", "php"].contains(&top);
    name.split('.').all(is_label)
        && top.len() > 1
        && top.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !is_file
}
