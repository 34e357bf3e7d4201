use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode, Version};
use crate::model::Agent;
use crate::model::url::{FlawedUrl, HostKind, Purpose, UrlFlaw, encrypted, scheme};
use crate::rule::{Check, Found, Report, Rule};
use crate::words::{json, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "plaintext-endpoint",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Warning,
        applies_to: "every kind and version",
        summary: "the URL of an endpoint is not encrypted",
        why: "Anybody on the way reads and changes what the agent and its clients say, tokens and keys included. On the \
              machine itself that is how agents are developed, and worth no more than a note.",
        fixing: Fixing::Sometimes(
            "A public host without a port gets the encrypted scheme; unsafe, since the server may not offer \
             it. With a port, the encrypted service has another one, and inside a network there may be none.",
        ),
        examples: &[
            Example::fixed(
                Setup::V0_3,
                r#"
{ "url": "http://tides.example.com/a2a",
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `http://tides.example.com/a2a` is not encrypted
  "additionalInterfaces": [{ "url": "http://tides.example.com/a2a", "transport": "JSONRPC" }] }
"#,
                r#"
{ "url": "https://tides.example.com/a2a",
  "additionalInterfaces": [{ "url": "https://tides.example.com/a2a", "transport": "JSONRPC" }] }
"#,
            ).shows(&["A2A-N039", "A2A-N064", "agents#75"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "http://localhost:9000/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `http://localhost:9000/a2a` works on this machine alone, and is not encrypted
    { "url": "http://10.20.0.7:8000/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `http://10.20.0.7:8000/a2a` is not encrypted inside its network
    { "url": "tides.example.com:80", "protocolBinding": "GRPC", "protocolVersion": "1.0" }
             ^^^^^^^^^^^^^^^^^^^^^^ warning: `tides.example.com:80` is not encrypted: port 80 is that of plain HTTP
  ] }
"#,
            ).shows(&["A2A-N039", "A2A-N073", "A2A#1599"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "url": "http://tides.example.com:8080/a2a" }
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `http://tides.example.com:8080/a2a` is not encrypted
"#,
            ).shows(&["graph 3.3"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentInstance, Mode::Response),
                r#"
{ "additionalInterfaces": [{ "url": "http://tides.example.com:8080/a2a", "transport": "JSONRPC" }] }
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `http://tides.example.com:8080/a2a` is not encrypted
"#,
            )
            .shows(&["graph 3.3"]),
                        Example::bad(Setup::V0_3, r#"
{ "url": "https://tides.example.com/a2a",
  "additionalInterfaces": [{ "url": "tides.example.com:80", "transport": "GRPC" }] }
                                    ^^^^^^^^^^^^^^^^^^^^^^ warning: `tides.example.com:80` is not encrypted: port 80 is that of plain HTTP
"#).shows(&["A2A-N063"]),
Example::fixed(Setup::card(Version::V0_2_0), r#"
{ "url": "http://tides.example.com/a2a" }
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `http://tides.example.com/a2a` is not encrypted
"#, r#"
{ "url": "https://tides.example.com/a2a" }
"#).shows(&["A2A-N035", "A2A-N036"]),
Example::good(
                Setup::V0_3,
                r#"{ "url": "https://tides.example.com/http://x", "documentationUrl": "http://tides.example.com/" }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for url in &agent.flawed_urls {
        let (UrlFlaw::Plaintext(host), Purpose::Endpoint(..)) = (&url.flaw, url.place.purpose) else {
            continue;
        };
        let found = report.at(url.place.text.node.whole(), message(&url.place.text.text, *host));
        let found = if *host == HostKind::Loopback {
            found.severity(Severity::Note).help("before publishing, write the public `https` URL")
        } else {
            in_secret(url, found.help("offer the endpoint over TLS and write its `https` URL"))
        };
        found.also(url.further(), "the same URL again");
    }
}

fn message(text: &str, host: HostKind) -> String {
    let shown = quoted(text);
    match host {
        HostKind::Loopback => format!("{shown} works on this machine alone, and is not encrypted"),
        _ if scheme(text).is_none() => format!("{shown} is not encrypted: port 80 is that of plain HTTP"),
        HostKind::Public | HostKind::Unspecified => format!("{shown} is not encrypted"),
        HostKind::LinkLocal | HostKind::Metadata | HostKind::Private | HostKind::ClusterLocal => {
            format!("{shown} is not encrypted inside its network")
        }
    }
}

/// Offers the encrypted twin of a public URL.
fn in_secret<'r>(url: &FlawedUrl<'_>, found: Found<'r>) -> Found<'r> {
    let twin = encrypted(&url.place.text.text).filter(|_| url.flaw == UrlFlaw::Plaintext(HostKind::Public));
    match twin {
        Some((twin, scheme)) => {
            let title = format!("write `{scheme}`");
            found.replace_all(Safety::Unsafe, title, &url.spans(), &json(&twin))
        }
        None => found,
    }
}
