use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unusual-signature-algorithm",
        aliases: &[],
        group: Group::Signature,
        severity: Severity::Warning,
        applies_to: "A2A 0.3.0 and later, Graph agentInstance",
        summary: "a signature names an algorithm that JOSE libraries do not know, or know under different names",
        why: "A verifier that does not know the algorithm cannot check the signature, and so treats the card as unsigned. \
              Names are compared letter for letter.",
        fixing: Fixing::Never(
            "The name of the algorithm stands in the protected header, which the signature covers, and \
             another algorithm takes another key.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJlczI1NiIsImtpZCI6ImEiLCJ0eXAiOiJKT1NFIn0" },
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the algorithm `es256` is not one that JOSE libraries share
                 { "protected": "eyJhbGciOiJNTC1EU0EtNDQiLCJraWQiOiJhIiwidHlwIjoiSk9TRSJ9" }] }
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the algorithm `ML-DSA-44` is not one that JOSE libraries share
"#,
            ).shows(&["RFC 7518 s3.1"]),
            Example::bad(
                Setup::V0_3,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFZERTQSIsImtpZCI6ImEifQ" }] }
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: the algorithm `EdDSA` stands for two curves, and newer libraries want the name of one
"#,
            ).shows(&["RFC 8037 s3.1", "RFC 9864 s2.2"]),
            Example::good(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJQUzUxMiIsImtpZCI6ImEiLCJ0eXAiOiJKT1NFIn0" },
                 { "protected": "eyJhbGciOiJub25lIiwia2lkIjoiYSIsInR5cCI6IkpPU0UifQ" }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

const KNOWN: [&str; 13] = [
    "ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "EdDSA", "Ed25519",
    "Ed448", "ES256K",
];

/// Another rule speaks of these.
const UNSAFE: [&str; 4] = ["none", "HS256", "HS384", "HS512"];

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for (_, protected, header) in agent.readable_signatures() {
        let Some(algorithm) = header.text("alg").filter(|algorithm| !algorithm.is_empty()) else { continue };
        let node = protected.text.node;
        if algorithm == "EdDSA" {
            report
                .at(
                    node.whole(),
                    "the algorithm `EdDSA` stands for two curves, and newer libraries want the name of one",
                )
                .severity(Severity::Note)
                .help("keep `EdDSA` while clients use it; write `Ed25519`, or `Ed448` for that curve, once they all know the name");
        } else if !KNOWN.contains(&algorithm)
            && !UNSAFE.iter().any(|name| name.eq_ignore_ascii_case(algorithm))
        {
            let help = match KNOWN.iter().find(|name| name.eq_ignore_ascii_case(algorithm)) {
                Some(meant) => format!("write `{meant}` in the protected header, and sign the card again"),
                None => "sign the card with an algorithm that libraries share, such as `ES256`".to_owned(),
            };
            report
                .at(
                    node.whole(),
                    format!("the algorithm {} is not one that JOSE libraries share", quoted(algorithm)),
                )
                .help(help);
        }
    }
}
