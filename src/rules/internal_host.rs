use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::Agent;
use crate::model::url::{HostKind, UrlFlaw};
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "internal-host",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Warning,
        applies_to: "every kind and version",
        summary: "the host of a URL can be reached from inside a network, or from the machine itself, alone",
        why: "A reader outside gets no answer, or one from a machine of its own that has the same address. The card also tells \
              everybody how the network is built. Among agents of one network such hosts are in order.",
        fixing: Fixing::Never(
            "The name under which the agent is reached from outside stands nowhere in the document.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.agents.svc.cluster.local/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://tides.agents.svc.cluster.local/a2a` names a host that only an inner network knows
    { "url": "https://10.20.0.7:8443/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://10.20.0.7:8443/a2a` is an address of a private network
    { "url": "https://localhost:8443/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://localhost:8443/a2a` works on this machine alone
    { "url": "tides:50051", "protocolBinding": "GRPC", "protocolVersion": "1.0" }
             ^^^^^^^^^^^^^ note: `tides:50051` names a host that only an inner network knows
  ],
  "documentationUrl": "http://wiki.corp/tides" }
                      ^^^^^^^^^^^^^^^^^^^^^^^^ note: `http://wiki.corp/tides` names a host that only an inner network knows
"#,
            )
            .shows(&["A2A-N125", "A2A-N126", "mcp-gateway#1200"]),
            Example::bad(
                Setup::V0_3,
                r#"
{ "url": "https://[fe80::17]/a2a", "iconUrl": "https://host.docker.internal/icon.png",
         ^^^^^^^^^^^^^^^^^^^^^^^^ warning: `https://[fe80::17]/a2a` works on one network link alone
                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://host.docker.internal/icon.png` names a host that only an inner network knows
  "additionalInterfaces": [{ "url": "https://[::ffff:192.168.0.7]/a2a", "transport": "JSONRPC" }],
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://[::ffff:192.168.0.7]/a2a` is an address of a private network
  "securitySchemes": { "id": { "type": "openIdConnect", "openIdConnectUrl": "https://0xac.0x10.1/.well-known/openid-configuration" } } }
                                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://0xac.0x10.1/.well-known/openid-configuration` is an address of a private network
"#,
            )
            .shows(&["A2A-N125", "RFC 3927 s2.7", "RFC 4291 s2.5.6"]),
            Example::good(
                Setup::V0_3,
                r#"
{ "url": "https://local.example.com/internal", "documentationUrl": "https://172.32.0.1/", "iconUrl": "https://localhost.example.com/i.png",
  "additionalInterfaces": [{ "url": "https://[2001:db8::7]/a2a", "transport": "JSONRPC" }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for url in &agent.flawed_urls {
        let UrlFlaw::Inner(kind) = url.flaw else { continue };
        let text = &url.place.text;
        let (severity, words) = match kind {
            HostKind::Loopback => (Severity::Note, "works on this machine alone"),
            HostKind::LinkLocal => (Severity::Warning, "works on one network link alone"),
            HostKind::Private => (Severity::Note, "is an address of a private network"),
            _ => (Severity::Note, "names a host that only an inner network knows"),
        };
        report
            .at(text.node.whole(), format!("{} {words}", quoted(&text.text)))
            .severity(severity)
            .help("write the host under which all readers of the document reach it; where they are inside too, allow the rule")
            .also(url.further(), "the same URL again");
    }
}
