use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unusual-signature-type",
        aliases: &[],
        group: Group::Signature,
        severity: Severity::Note,
        applies_to: "A2A 1.0",
        summary: "the `typ` of a signature is neither `JOSE` nor `JOSE+JSON`",
        why: "1.0 asks for `JOSE`. A verifier that compares the value refuses others, such as `JWT`, which says that the \
              payload is a set of claims.",
        fixing: Fixing::Never(
            "`typ` stands in the protected header, which the signature covers; it can wait for the next time \
             the card is signed.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImEiLCJ0eXAiOiJKV1QifQ" }] }
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: the `typ` of the signature is `JWT`, not `JOSE`
"#,
            )
            .shows(&["A2A-N162", "RFC 7515 s4.1.9"]),
            Example::good(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImEiLCJ0eXAiOiJKT1NFIn0" },
                 { "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImEiLCJ0eXAiOiJKT1NFK0pTT04ifQ" }] }
"#,
            ),
            Example::good(
                Setup::V0_3,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImEiLCJ0eXAiOiJKV1QifQ" }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for (signature, protected, header) in agent.readable_signatures() {
        let Some(typ) = header.text("typ").filter(|typ| !typ.is_empty() && signature.is_modern) else {
            continue;
        };
        let is_usual = ["JOSE", "JOSE+JSON"].iter().any(|usual| usual.eq_ignore_ascii_case(typ));
        if !is_usual {
            report
                .at(
                    protected.text.node.whole(),
                    format!("the `typ` of the signature is {}, not `JOSE`", quoted(typ)),
                )
                .help("write `JOSE` when you sign the card the next time");
        }
    }
}
