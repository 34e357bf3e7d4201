use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::syntax::Node;
use crate::words::{list, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "uncovered-member",
        aliases: &[],
        group: Group::Signature,
        severity: Severity::Warning,
        applies_to: "signed A2A cards with a 1.0 half",
        summary: "a signed card has members that verifiers leave out",
        why: "The verifiers of the SDKs read a card as 1.0, drop what 1.0 does not have and check the signature over the rest. \
              Whoever changes a dropped member, such as the `url` for readers of 0.x, goes unnoticed; and a verifier that \
              keeps all members gets other bytes and refuses the card.",
        fixing: Fixing::Never(
            "Whether the data may stand there unsigned or has to go into an extension, its owner decides, and \
             only the second takes a new signature.",
        ),
        examples: &[
            Example::bad(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/v03", "preferredTransport": "JSONRPC", "protocolVersion": "0.3.0",
  "supportedInterfaces": [
    { "url": "https://tides.example.com/v1", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "https://tides.example.com/v03", "protocolBinding": "JSONRPC", "protocolVersion": "0.3" }
  ],
  "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpPU0UiLCJraWQiOiJhIn0", "signature": "AA" }] }
  ^^^^^^^^^^^^ warning: verifiers that read the card as 1.0 drop `url`, `preferredTransport` and `protocolVersion`
"#,
            )
            .shows(&["A2A#2122", "trpc-agent-go#2472"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "pricing": "free", "contact": "a", "owner": "b", "team": "c", "skills": [{ "id": "tides", "riskClass": "low" }],
  "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpPU0UiLCJraWQiOiJhIn0", "signature": "AA" }] }
  ^^^^^^^^^^^^ warning: verifiers that read the card as 1.0 drop `pricing`, `contact`, `owner` and 2 more members
"#,
            )
            .shows(&["A2A#1742"]),
            Example::good(
                Setup::V1_0,
                r#"
{ "$schema": "https://json.example.com/card", "capabilities": { "extensions": [
    { "uri": "https://x.example.com/v1", "params": { "pricing": "free" } }] },
  "signatures": [
    { "protected": "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpPU0UiLCJraWQiOiJhIn0", "signature": "AA", "header": { "note": "x" } }] }
"#,
            ),
            Example::good(
                Setup::V0_3,
                r#"
{ "url": "https://tides.example.com/v03", "pricing": "free",
  "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpPU0UiLCJraWQiOiJhIn0", "signature": "AA" }] }
"#,
            ),
            Example::good(Setup::V1_0, r#"{ "pricing": "free", "signatures": [] }"#),
        ],
    },
    check: Check::Agent(check),
};

/// How many members a message names.
const NAMED: usize = 3;

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let Some(coverage) = agent.coverage().filter(|coverage| !coverage.dropped.is_empty()) else { return };
    let Some(signatures) = agent.root.raw("signatures") else { return };
    let help = if agent.is_legacy() {
        "sign a card of its own for each generation, or let nobody rely on the 0.x half being signed"
    } else {
        "put the data into the `params` of an extension and sign again, or take it out before signing"
    };
    let message = format!("verifiers that read the card as 1.0 drop {}", names(&coverage.dropped));
    let related = coverage.dropped.iter().take(8).map(|member| member.at_key());
    report.at(signatures.at_key(), message).help(help).also(related, "not covered");
}

/// The names of the first members, each once, and how many there are besides.
fn names(members: &[Node<'_>]) -> String {
    let mut names: Vec<String> = Vec::new();
    let mut rest = 0;
    for name in members.iter().map(|member| member.key().unwrap_or_default()) {
        if names.iter().any(|known| *known == name) {
            continue;
        }
        if names.len() < NAMED { names.push(name.into_owned()) } else { rest += 1 }
    }
    match rest {
        0 => list(&names, "and"),
        rest => {
            let named: Vec<String> = names.iter().map(|name| quoted(name)).collect();
            format!("{} and {rest} more member{}", named.join(", "), if rest == 1 { "" } else { "s" })
        }
    }
}
