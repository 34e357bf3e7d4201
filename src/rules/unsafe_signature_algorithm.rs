use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unsafe-signature-algorithm",
        aliases: &[],
        group: Group::Signature,
        severity: Severity::Error,
        applies_to: "A2A 0.3.0 and later, Graph agentInstance",
        summary: "a signature names `none` or an HMAC as its algorithm",
        why: "With `none` anyone can change the card. An HMAC is made with the key that checks it: whoever can verify the \
              public card could also have forged it, and a verifier that takes the public key for the secret accepts \
              forgeries.",
        fixing: Fixing::Never(
            "The card has to be signed with another key, which takes its private part.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJub25lIiwia2lkIjoiYSIsInR5cCI6IkpPU0UifQ", "signature": "" },
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: the algorithm `none` leaves the card unsigned
                 { "protected": "eyJhbGciOiJIUzI1NiIsImtpZCI6ImEiLCJ0eXAiOiJKT1NFIn0" }] }
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: the algorithm `HS256` needs a secret that a public card cannot share
"#,
            ).shows(&["A2A-N180", "A2A-N181", "RFC 7518 s3.6", "RFC 8725 s2.1", "RFC 8725 s3.2"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJOb25lIiwia2lkIjoiYSJ9" }] }
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the algorithm `None` leaves the card unsigned
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFZERTQSIsImtpZCI6ImEiLCJ0eXAiOiJKT1NFIn0" }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for (signature, protected, header) in agent.readable_signatures() {
        let Some(algorithm) = header.text("alg") else { continue };
        let message = match algorithm.to_ascii_lowercase().as_str() {
            "none" => format!("the algorithm {} leaves the card unsigned", quoted(algorithm)),
            "hs256" | "hs384" | "hs512" => {
                format!("the algorithm {} needs a secret that a public card cannot share", quoted(algorithm))
            }
            _ => continue,
        };
        report
            .at(protected.text.node.whole(), message)
            .warning_if(signature.is_graph)
            .help("sign the card with a private key, by `ES256` or another algorithm of a key pair");
    }
}
