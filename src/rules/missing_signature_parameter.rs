use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::{Agent, Header, Parameter, Protected, Signature};
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "missing-signature-parameter",
        aliases: &[],
        group: Group::Signature,
        severity: Severity::Error,
        applies_to: "A2A 0.3.0 and later (`kid` and `typ` from 1.0 on), Graph agentInstance (`alg`)",
        summary: "the protected header of a signature lacks `alg`, `kid` or `typ`",
        why: "A verifier learns from `alg` how to check the signature and from `kid` with which key. A value in the \
              unprotected header does not count, since anyone on the way can change it. Some libraries also refuse a \
              signature without `typ`.",
        fixing: Fixing::Never(
            "A parameter counts in the protected header alone, which cannot change without a new signature.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJraWQiOiJ0aWRlcy0xIiwidHlwIjoiSk9TRSJ9" }] }
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: the protected header has no `alg`
"#,
            ).shows(&["A2A-N161", "RFC 7515 s4.1.1"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpPU0UifQ", "header": { "kid": "a" } }] }
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: the protected header has no `kid`
"#,
            ).shows(&["A2A-N163", "RFC 7515 s4.1.4"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6IiIsInR5cCI6IkpPU0UifQ" },
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: the protected header has an empty `kid`
                 { "protected": "eyJhbGciOjI1Niwia2lkIjoidGlkZXMtMSJ9" }] }
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `alg` in the protected header is not a string
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the protected header has no `typ`
"#,
            ).shows(&["A2A-N162"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "signatures": [{ "protected": "eyJraWQiOiJ0aWRlcy0xIn0" }] }
                                ^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the protected header has no `alg`
"#,
            ).shows(&["graph 3.6"]),
            Example::good(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6InRpZGVzLTEiLCJ0eXAiOiJKT1NFIn0" }] }
"#,
            ),
            Example::good(Setup::V0_3, r#"{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiJ9" }] }"#),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for (signature, protected, header) in agent.readable_signatures() {
        parameter("alg", Severity::Error, true, (signature, protected, header), report);
        // RFC 7515 asks for neither of the two, but for a string where they stand.
        parameter("kid", Severity::Error, signature.is_modern, (signature, protected, header), report);
        parameter("typ", Severity::Warning, signature.is_modern, (signature, protected, header), report);
    }
}

fn parameter(
    name: &str,
    severity: Severity,
    needed: bool,
    (signature, protected, header): (&Signature<'_>, &Protected<'_>, &Header),
    report: &mut Report<'_>,
) {
    let message = match header.get(name) {
        Some(Parameter::Text(text)) if !text.is_empty() || !needed => return,
        None if !needed => return,
        Some(Parameter::Text(_)) => format!("the protected header has an empty `{name}`"),
        Some(Parameter::Null) => format!("the protected header has null for `{name}`"),
        Some(_) => format!("`{name}` in the protected header is not a string"),
        None => format!("the protected header has no `{name}`"),
    };
    let help = match name {
        "alg" => {
            "put the name of the algorithm, such as `ES256`, into the protected header, and sign the card again"
        }
        "kid" => "put the id of the key into the protected header, and sign the card again",
        _ => "put `\"typ\": \"JOSE\"` into the protected header, and sign the card again",
    };
    let found = report
        .at(protected.text.node.whole(), message)
        .severity(severity)
        .warning_if(signature.is_graph)
        .help(help);
    let elsewhere = signature.unprotected.and_then(|unprotected| unprotected.get(name));
    if let Some(elsewhere) = elsewhere {
        found.related(elsewhere.node().at_key(), "here it is not signed, so it does not count");
    }
}
