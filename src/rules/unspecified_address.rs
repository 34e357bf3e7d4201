use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::Agent;
use crate::model::url::UrlFlaw;
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unspecified-address",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Warning,
        applies_to: "every kind and version",
        summary: "the host of a URL is `0.0.0.0` or `[::]`",
        why: "A server listens on the unspecified address to be reached under all of its own; it is no address to call. Some \
              systems take it for the machine of the caller, others refuse it.",
        fixing: Fixing::Never(
            "The host under which clients reach the agent stands nowhere in the document.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "http://0.0.0.0:8000/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
             ^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `http://0.0.0.0:8000/a2a` names no machine that a client could call
    { "url": "[::]:50051", "protocolBinding": "GRPC", "protocolVersion": "1.0" }
             ^^^^^^^^^^^^ warning: `[::]:50051` names no machine that a client could call
  ] }
"#,
            ).shows(&["A2A-N073", "docker-agent#1679", "examples#139", "RFC 4291 s2.5.2", "RFC 6890 s2.2.2"]),
            Example::good(Setup::V0_3, r#"{ "url": "http://127.0.0.1:8000/0.0.0.0" }"#),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for url in agent.flawed_urls.iter().filter(|url| url.flaw == UrlFlaw::Unspecified) {
        let text = &url.place.text;
        let message = format!("{} names no machine that a client could call", quoted(&text.text));
        let help = "write the host under which clients reach the agent; for local use, `localhost`";
        report.at(text.node.whole(), message).help(help).also(url.further(), "the same URL again");
    }
}
