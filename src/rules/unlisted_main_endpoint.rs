use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::edit::{Where, insert_element};
use crate::kind::Version;
use crate::model::{Agent, EndpointRole, Spelling, Transport};
use crate::rule::{Check, Report, Rule};
use crate::words::{json, quoted};
use std::borrow::Cow;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unlisted-main-endpoint",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Warning,
        applies_to: "A2A 0.3.0 cards without a 1.0 half",
        summary: "`additionalInterfaces` lacks the main `url`",
        why: "The list should hold every endpoint, the main one included. A client that reads the list alone never finds the \
              endpoint that the card prefers.",
        fixing: Fixing::Sometimes(
            "An entry with `url` and `preferredTransport`, or `JSONRPC` in its absence, is added at the head. \
             A transport that is misspelt has to be mended first.",
        ),
        examples: &[
            Example::fixed(
                Setup::V0_3,
                r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC", "additionalInterfaces": [
                                                                           ^^^^^^^^^^^^^^^^^^^^^^ warning: `additionalInterfaces` lacks the main `url` `https://tides.example.com/a2a`
  { "url": "https://tides.example.com/grpc", "transport": "GRPC" }] }
"#,
                r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC", "additionalInterfaces": [
  { "url": "https://tides.example.com/a2a", "transport": "JSONRPC" },
  { "url": "https://tides.example.com/grpc", "transport": "GRPC" }] }
"#,
            ).shows(&["A2A-N041", "A2A-N054", "real additionalinterfaces-lacks-the-main-url"]),
            Example::good(
                Setup::V0_3,
                r#"
{ "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC", "additionalInterfaces": [
  { "url": "https://tides.example.com/grpc", "transport": "GRPC" },
  { "url": "https://tides.example.com/a2a", "transport": "JSONRPC" }] }
"#,
            ),
            Example::good(
                Setup::V0_3,
                r#"{ "url": "https://tides.example.com/a2a", "additionalInterfaces": [] }"#,
            ),
            Example::good(
                Setup::V0_3,
                r#"
{ "url": "https://tides.example.com/a2a", "additionalInterfaces": [
  { "url": "https://tides.example.com/grpc", "transport": "GRPC" }, null] }
"#,
            ),
            Example::good(
                Setup::V0_3,
                r#"
{ "url": "https://tides.example.com/a2a", "additionalInterfaces": [
  { "url": "https://tides.example.com/grpc", "transport": "GRPC" }, { "url": "", "transport": "JSONRPC" }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if !agent.version().is_some_and(|version| version.legacy == Some(Version::V0_3_0) && !version.modern) {
        return;
    }
    let listed = || agent.endpoints.iter().filter(|endpoint| endpoint.role == EndpointRole::Additional);
    let Some(url) = agent.root.text("url").filter(|url| !url.text.is_empty()) else { return };
    let Some(list) = agent.root.get("additionalInterfaces").filter(|list| !list.node().is_incomplete())
    else {
        return;
    };
    // An entry without a readable URL may be the one that is looked for.
    if list.node().children().count() > list.items().filter(|entry| entry.node().is_object()).count() {
        return;
    }
    let found = listed()
        .any(|endpoint| endpoint.url.as_ref().is_none_or(|own| own.text.is_empty() || own.text == url.text));
    if listed().next().is_some() && !found {
        let found = report
            .at(
                list.node().at_key(),
                format!("`additionalInterfaces` lacks the main `url` {}", quoted(&url.text)),
            )
            .help("add an entry with `url` and `preferredTransport` at the head of the list")
            .related(url.node.whole(), "the main `url`");
        if let Some(transport) = preferred(agent) {
            let entry = format!(r#"{{"url": {}, "transport": {}}}"#, json(&url.text), json(&transport));
            let edit = insert_element(list.node(), Where::First, &entry);
            found.offer(Safety::Safe, "add the main `url`", edit.map(|edit| vec![edit]));
        }
    }
}

/// The transport at `url`; nothing where it is not written as it should be.
fn preferred<'d>(agent: &Agent<'d>) -> Option<Cow<'d, str>> {
    match agent.root.text("preferredTransport") {
        Some(stated) => {
            let meant = Transport::meant_by(&stated.text);
            let is_proper = meant.is_none_or(|(_, spelling)| spelling == Spelling::Exact);
            (is_proper && !stated.text.is_empty()).then_some(stated.text)
        }
        None => {
            let is_default = agent.root.lacks("preferredTransport");
            is_default.then_some(Cow::Borrowed(Transport::JsonRpc.name()))
        }
    }
}
