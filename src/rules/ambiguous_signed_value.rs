use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::{Agent, Doubtful, Weight};
use crate::rule::{Check, Report, Rule};
use crate::syntax::NodeKind;
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "ambiguous-signed-value",
        aliases: &[],
        group: Group::Signature,
        severity: Severity::Warning,
        applies_to: "signed A2A cards; empty values with a 1.0 half only",
        summary: "a signed card holds an empty value, a default or a large integer that not every verifier keeps",
        why: "Before a signature is checked, the card is written anew. The specification keeps required members and drops other \
              defaults; the SDKs drop everything that is empty; others take the card as it stands. They get different bytes, \
              so that a good signature fails with some of them. What is dropped can also be taken out without a trace, even \
              a demand to log in. An integer beyond 2^53 is rounded by verifiers that read numbers as doubles.",
        fixing: Fixing::Never(
            "Any change to a signed card breaks its signature, and signing it again takes the private key.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "capabilities": { "streaming": false, "extensions": [{ "uri": "https://x.example.com/v1", "required": false }] },
                                                                                                        ^^^^^ warning: `required` is `false`, and not every verifier keeps that
  "securityRequirements": [{ "schemes": { "key": { "list": [] } } }],
                                                           ^^ warning: `list` is empty, and not every verifier keeps that
  "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpPU0UiLCJraWQiOiJhIn0", "signature": "AA" }] }
"#,
            )
            .shows(&["A2A-N169", "A2A-N170", "A2A-N171", "A2A#2122"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "capabilities": {}, "securitySchemes": { "tls": { "mtlsSecurityScheme": {} } },
                  ^^ warning: `capabilities` is empty, and not every verifier keeps that
                                                                          ^^ warning: `mtlsSecurityScheme` is empty, and not every verifier keeps that
  "securityRequirements": [{ "schemes": { "tls": {} } }],
                                                 ^^ warning: `tls` is empty, and not every verifier keeps that
  "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpPU0UiLCJraWQiOiJhIn0", "signature": "AA" }] }
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "capabilities": { "extensions": [{ "uri": "https://x.example.com/v1", "params": { "tags": [], "a": [1, ""] } }] },
                                                                                            ^^ warning: `tags` is empty, and not every verifier keeps that
                                                                                                         ^^ warning: the entry is empty, and not every verifier keeps that
  "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpPU0UiLCJraWQiOiJhIn0", "signature": "AA" }] }
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "capabilities": { "extensions": [{ "uri": "https://x.example.com/v1", "params": { "count": 9007199254740993, "most": [1e21, 5] } }] },
                                                                                             ^^^^^^^^^^^^^^^^ warning: `count` is `9007199254740993`, and not every verifier reads such an integer alike
  "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpPU0UiLCJraWQiOiJhIn0", "signature": "AA" }] }
"#,
            )
            .shows(&["A2A-N188", "RFC 7493 s2.2", "RFC 8785 s3.2.2.3"]),
            Example::bad(
                Setup::V0_3,
                r#"
{ "capabilities": { "extensions": [{ "uri": "https://x.example.com/v1", "params": { "ids": [-9007199254740993] } }] },
                                                                                            ^^^^^^^^^^^^^^^^^ warning: the entry is `-9007199254740993`, and not every verifier reads such an integer alike
  "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiJ9", "signature": "AA", "header": { "count": 9007199254740993 } }] }
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "capabilities": { "streaming": false, "extensions": [{ "uri": "https://x.example.com/v1", "required": true }] },
  "securityRequirements": [{ "schemes": { "login": { "list": ["read"] } } }],
  "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpPU0UiLCJraWQiOiJhIn0", "signature": "AA" }] }
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"{ "capabilities": {}, "securityRequirements": [{ "schemes": { "key": { "list": [] } } }] }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for Doubtful { node, weight } in agent.coverage().into_iter().flat_map(|coverage| coverage.doubtful) {
        let subject = node.key().map_or_else(|| "the entry".to_owned(), |name| quoted(&name));
        let state = if node.kind() == NodeKind::False { "`false`" } else { "empty" };
        report
            .at(node.whole(), format!("{subject} is {state}, and not every verifier keeps that"))
            .help(help(weight));
    }
    for node in agent.unsafe_integers() {
        let subject = node.key().map_or_else(|| "the entry".to_owned(), |name| quoted(&name));
        let message = format!(
            "{subject} is {}, and not every verifier reads such an integer alike",
            quoted(node.raw())
        );
        report.at(node.whole(), message).help(
            "write the digits as a string, or an integer between -(2^53 - 1) and 2^53 - 1, and sign the card again",
        );
    }
}

fn help(weight: Weight) -> &'static str {
    match weight {
        Weight::Idle => "take it out and sign again; its absence says the same",
        Weight::Required => {
            "put something into it and sign again, or tell those who verify to keep empty members"
        }
        Weight::Meaningful => {
            "tell those who verify to keep empty members; where they are dropped, what it stands for is not covered"
        }
        Weight::Data => "leave empty values out of `params` and sign again",
    }
}
