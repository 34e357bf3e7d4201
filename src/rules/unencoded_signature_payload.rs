use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unencoded-signature-payload",
        aliases: &[],
        group: Group::Signature,
        severity: Severity::Error,
        applies_to: "A2A 0.3.0 and later, Graph agentInstance",
        summary: "the protected header of a signature has `b64`",
        why: "`b64` changes what is signed: the card itself instead of its base64url form. A2A signs the base64url form, so a \
              verifier that knows the parameter and one that does not compute different bytes.",
        fixing: Fixing::Never(
            "Without `b64` other bytes are signed, so that the card has to be signed again.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19" }] }
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: the protected header has `b64`, for which cards have no use
"#,
            ).shows(&["A2A-N184", "RFC 7797 s3"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImI2NCI6ZmFsc2V9" }] }
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the protected header has `b64`, for which cards have no use
"#,
            ),
            Example::good(Setup::V1_0, r#"{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiJ9" }] }"#),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for (signature, protected, header) in agent.readable_signatures() {
        if header.get("b64").is_some() {
            report
                .at(
                    protected.text.node.whole(),
                    "the protected header has `b64`, for which cards have no use",
                )
                .warning_if(signature.is_graph)
                .help("sign the base64url form of the card, with a header without `b64`");
        }
    }
}
