use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::edit::removals;
use crate::model::{Agent, Value};
use crate::rule::{Check, Report, Rule};
use crate::syntax::Node;
use crate::words::list;
use std::borrow::Cow;
use std::collections::HashMap;

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
            "The parameters are taken out of the unprotected header, which the signature does not cover; unsafe \
             where one says something else there.",
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
        let stated: HashMap<&str, Option<&str>> = header.texts().collect();
        let shared: Vec<_> =
            unprotected.members().filter(|(name, _)| stated.contains_key(name.as_ref())).collect();
        let Some((_, first)) = shared.first() else { continue };
        // Those that say the same go first, since nothing is lost with them.
        let is_same = |(name, value): &&(Cow<'_, str>, Value<'_>)| {
            let own = value.node().string();
            own.is_some() && stated.get(name.as_ref()) == Some(&own.as_deref())
        };
        let (same, other): (Vec<_>, Vec<_>) = shared.iter().partition(is_same);
        let (safety, gone) = if same.is_empty() { (Safety::Unsafe, other) } else { (Safety::Safe, same) };
        let title = match gone.as_slice() {
            few if few.len() <= SHOWN => {
                let names: Vec<&str> = few.iter().map(|(name, _)| name.as_ref()).collect();
                format!("take {} out of `header`", list(&names, "and"))
            }
            many => format!("take {} parameters out of `header`", many.len()),
        };
        let gone: Vec<Node<'_>> = gone.iter().map(|(_, value)| value.node()).collect();
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
            .offer(safety, title, removals(&gone));
    }
}
