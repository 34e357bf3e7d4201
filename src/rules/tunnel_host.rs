use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::Agent;
use crate::model::url::UrlFlaw;
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "tunnel-host",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Note,
        applies_to: "every kind and version",
        summary: "the host of a URL leads through a tunnel to somebody's machine",
        why: "Most of these names last as long as the tunnel does. Later they lead nowhere, or to the machine of the next one \
              who gets the name, and that one receives what clients send.",
        fixing: Fixing::Never(
            "The host under which the agent will stay stands nowhere in the document.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://calm-tides-17.ngrok-free.app/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://calm-tides-17.ngrok-free.app/a2a` leads through a tunnel of ngrok
    { "url": "https://calm-tides.trycloudflare.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://calm-tides.trycloudflare.com/a2a` leads through a tunnel of Cloudflare
  ] }
"#,
            )
            .shows(&["real tunnel-host"]),
            Example::good(Setup::V0_3, r#"{ "url": "https://ngrok.example.com/trycloudflare.com" }"#),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for url in &agent.flawed_urls {
        let UrlFlaw::Tunnel(service) = url.flaw else { continue };
        let text = &url.place.text;
        report
            .at(text.node.whole(), format!("{} leads through a tunnel of {service}", quoted(&text.text)))
            .help("publish the card with a host that stays yours")
            .also(url.further(), "the same URL again");
    }
}
