use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::words::{list, quoted};
use std::collections::HashSet;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "overlapping-signature-headers",
        aliases: &[],
        group: Group::Signature,
        severity: Severity::Error,
        applies_to: "A2A 0.3.0 and later, Graph agentInstance",
        summary: "the protected and the unprotected header of a signature have a parameter in common",
        why: "The two sets have to be disjoint, so strict libraries refuse the signature. Others take the value that nobody \
              signed, and anyone on the way can put in another key id.",
        fixing: Fixing::Always(
            "The parameter is taken out of the unprotected header, which the signature does not cover; unsafe \
             where it says something else there.",
        ),
        examples: &[
            Example::fixed(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6InRpZGVzLTEifQ", "header": { "kid": "tides-1", "alg": "ES256" } }] }
                                                                                          ^^^^^ error: `kid` and `alg` stand in the unprotected header and in the protected one
"#,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6InRpZGVzLTEifQ", "header": {} }] }
"#,
            ).shows(&["A2A-N183", "RFC 7515 s4", "RFC 7515 s7.2.1"]),
            Example::fixed(
                Setup::INSTANCE,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiJ9", "header": { "alg": "ES256" } }] }
                                                                    ^^^^^ warning: `alg` stands in the unprotected header and in the protected one
"#,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiJ9", "header": {} }] }
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6InRpZGVzLTEifQ", "header": { "nonce": "b7" } }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

/// How many names a message shows.
const SHOWN: usize = 5;

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for (signature, protected, header) in agent.readable_signatures() {
        let Some(unprotected) = signature.unprotected else { continue };
        let names: HashSet<&str> = header.names().collect();
        let shared: Vec<_> =
            unprotected.members().filter(|(name, _)| names.contains(name.as_ref())).collect();
        let Some((name, first)) = shared.first() else { continue };
        let is_same =
            header.text(name).is_some_and(|text| first.node().string().is_some_and(|own| own == text));
        let safety = if is_same { Safety::Safe } else { Safety::Unsafe };
        let title = format!("take {} out of `header`", quoted(name));
        let shared: Vec<&str> = shared.iter().map(|(name, _)| name.as_ref()).take(SHOWN).collect();
        let verb = if shared.len() == 1 { "stands" } else { "stand" };
        report
            .at_span(
                first.node().at_key().span(),
                unprotected.node(),
                format!("{} {verb} in the unprotected header and in the protected one", list(&shared, "and")),
            )
            .warning_if(signature.is_graph)
            .help("take it out of `header`; only the protected header is signed")
            .related(protected.text.node.whole(), "the protected header")
            .remove(safety, title, first.node());
    }
}
