use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::{Agent, Transport};
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "method-as-endpoint",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Warning,
        applies_to: "A2A cards, Graph instances",
        summary: "the URL of an endpoint is that of one method, or of several",
        why: "Clients send all methods to the endpoint. Over HTTP and JSON they append the path of the method to it, so that one \
              which is there already stands there twice, and every other one behind it.",
        fixing: Fixing::Never("What the server serves below its address stands nowhere in the document."),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [{ "url": "https://tides.example.com/a2a/message:send", "protocolBinding": "HTTP+JSON", "protocolVersion": "1.0" },
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `https://tides.example.com/a2a/message:send` is the address of the method `message:send`
    { "url": "https://tides.example.com/tasks/send/", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }] }
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://tides.example.com/tasks/send/` is the address of the method `tasks/send`
"#,
            )
            .shows(&["A2A-N037"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/v1/message", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "https://tides.example.com/a2a/message/", "protocolBinding": "HTTP+JSON", "protocolVersion": "1.0" },
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://tides.example.com/a2a/message/` ends in `/message`, with which the paths of methods begin
    { "url": "https://tides.example.com/v1/message", "protocolBinding": "HTTP+JSON", "protocolVersion": "0.3" }] }
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `https://tides.example.com/v1/message` ends in `/v1/message`, with which the paths of methods begin
"#,
            )
            .shows(&["A2A-N043"]),
            Example::good(Setup::V0_3, r#"{ "url": "https://tides.example.com/message", "additionalInterfaces": [] }"#),
        ],
    },
    check: Check::Agent(check),
};

/// The methods of JSON-RPC, which a server may happen to have for the paths of its own.
const METHODS: [&str; 6] =
    ["message/send", "message/stream", "tasks/send", "tasks/sendSubscribe", "tasks/get", "tasks/cancel"];

/// What the paths of methods begin with over HTTP and JSON, without what tells one method from another.
const BEGINNINGS: [&str; 4] = ["v1/message", "v1/tasks", "v1/card", "message"];

/// What follows the colon in the paths of methods over HTTP and JSON.
const VERBS: [&str; 4] = ["send", "stream", "cancel", "subscribe"];

/// The last step of a path that ends in a method of HTTP and JSON, such as `42:cancel`.
fn custom_method(path: &str) -> Option<&str> {
    let (before, last) = path.rsplit_once('/')?;
    let (_, verb) = last.rsplit_once(':')?;
    (VERBS.contains(&verb) && before.contains("://")).then_some(last)
}

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for endpoint in &agent.endpoints {
        let Some(url) = &endpoint.url else { continue };
        let path = url.text.split(['?', '#']).next().unwrap_or_default();
        let path = path.strip_suffix('/').unwrap_or(path);
        let is_end = |end: &&&str| path.strip_suffix(**end).is_some_and(|rest| rest.ends_with('/'));
        let is_rest = endpoint.transport.as_ref().is_some_and(|name| name.text == Transport::HttpJson.name());
        if let Some(method) = METHODS.iter().find(is_end).copied().or_else(|| custom_method(path)) {
            let severity = if method.contains(':') { Severity::Warning } else { Severity::Note };
            report
                .at(
                    url.node.whole(),
                    format!("{} is the address of the method `{method}`", quoted(&url.text)),
                )
                .severity(severity)
                .help("write the address that takes the requests for all methods");
        } else if let Some(beginning) = BEGINNINGS.iter().find(is_end).filter(|_| is_rest) {
            let message = format!(
                "{} ends in `/{beginning}`, with which the paths of methods begin",
                quoted(&url.text)
            );
            report
                .at(url.node.whole(), message)
                .severity(Severity::Note)
                .help("write the address to which clients append the paths of methods");
        }
    }
}
