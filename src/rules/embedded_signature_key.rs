use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "embedded-signature-key",
        aliases: &[],
        group: Group::Signature,
        severity: Severity::Warning,
        applies_to: "A2A 0.3.0 and later, Graph agentInstance",
        summary: "a signature brings its own key in `jwk` or `x5c`",
        why: "Whoever changes the card can sign it anew and put in the fitting key. A verifier that takes the key from there \
              accepts every forgery; the key has to be known from elsewhere.",
        fixing: Fixing::Never(
            "The protected header cannot change without a new signature, and a key that is only taken out is \
             missed by whoever verified with it.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImEiLCJqd2siOnsia3R5IjoiRUMifX0" }] }
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `jwk` brings the key along with the signature
"#,
            ).shows(&["A2A-N185", "RFC 7515 s4.1.3", "RFC 8725 s3.10"]),
            Example::bad(
                Setup::V0_3,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiJ9", "header": { "x5c": ["MIIB"] } }] }
                                                                    ^^^^^ warning: `x5c` brings the key along with the signature
"#,
            ).shows(&["RFC 7515 s4.1.6"]),
            Example::good(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImEiLCJqa3UiOiJodHRwczovL3guZXhhbXBsZS9rIn0" }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

const HELP: &str = "name the key by `kid`, and publish it where clients already trust you, or at `jku`";

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for signature in &agent.jws {
        for name in ["jwk", "x5c"] {
            let message = || format!("{} brings the key along with the signature", quoted(name));
            if let Some((protected, _)) = signature.header().filter(|(_, header)| header.get(name).is_some())
            {
                report.at(protected.text.node.whole(), message()).help(HELP);
            } else if let Some(unprotected) = signature.unprotected
                && let Some(key) = unprotected.get(name)
            {
                report.at(key.node().at_key(), message()).help(HELP);
            }
        }
    }
}
