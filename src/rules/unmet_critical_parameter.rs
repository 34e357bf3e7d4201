use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::model::{Agent, Header, Parameter};
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;
use std::collections::HashSet;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unmet-critical-parameter",
        aliases: &[],
        group: Group::Signature,
        severity: Severity::Error,
        applies_to: "A2A 0.3.0 and later, Graph agentInstance",
        summary: "the `crit` list of a signature is malformed or names what no verifier of cards understands",
        why: "`crit` obliges a verifier to refuse the signature unless it understands every parameter in the list. A2A \
              defines none, so that no client can accept such a card.",
        fixing: Fixing::Sometimes(
            "`crit` is taken out of the unprotected header, where it does not count; unsafe, since whoever \
             put it there relied on it. The protected header cannot change without a new signature.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImNyaXQiOltdfQ" },
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `crit` in the protected header is empty
                 { "protected": "eyJhbGciOiJFUzI1NiIsImNyaXQiOiJleHAifQ" },
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `crit` in the protected header is not a list of names
                 { "protected": "eyJhbGciOiJFUzI1NiIsImNyaXQiOlsxXX0" }] }
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `crit` in the protected header holds something that is no name
"#,
            ).shows(&["A2A-N182", "RFC 7515 s4.1.11"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImNyaXQiOlsidXJuOmV4YW1wbGU6eCJdLCJ1cm46ZXhhbXBsZTp4IjoxfQ" },
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `crit` names `urn:example:x`, which no verifier of cards understands
                 { "protected": "eyJhbGciOiJFUzI1NiIsImNyaXQiOlsiZXhwIl19" },
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `crit` names `exp`, which is not in the protected header
                 { "protected": "eyJhbGciOiJFUzI1NiIsImNyaXQiOlsiYWxnIl19" },
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `crit` names `alg`, which is part of the standard and never critical
                 { "protected": "eyJhbGciOiJFUzI1NiIsImV4cCI6MSwiY3JpdCI6WyJleHAiLCJleHAiXX0" }] }
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `crit` names `exp`, which no verifier of cards understands
"#,
            ),
            Example::fixed(
                Setup::INSTANCE,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiJ9", "header": { "crit": ["exp"] } }] }
                                                                    ^^^^^^ warning: `crit` stands in the unprotected header
"#,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiJ9", "header": {} }] }
"#,
            ),
            Example::good(Setup::V1_0, r#"{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiJ9" }] }"#),
        ],
    },
    check: Check::Agent(check),
};

/// The parameters of RFC 7515 and RFC 7518, which every verifier has to understand anyway.
const STANDARD: [&str; 18] = [
    "alg", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit", "enc", "zip", "epk",
    "apu", "apv", "p2s", "p2c",
];

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for signature in &agent.jws {
        if let Some((protected, header)) = signature.header()
            && let Some(message) = header.get("crit").and_then(|crit| fault(crit, header))
        {
            report
                .at(protected.text.node.whole(), message)
                .warning_if(signature.is_graph)
                .help("sign the card again without `crit`");
        }
        let moved = signature.unprotected.and_then(|header| Some((header, header.get("crit")?)));
        // A name in both headers is a fault of its own.
        if let Some((unprotected, crit)) = moved
            && signature.header().is_none_or(|(_, header)| header.get("crit").is_none())
        {
            report
                .at_span(
                    crit.node().at_key().span(),
                    unprotected.node(),
                    "`crit` stands in the unprotected header",
                )
                .warning_if(signature.is_graph)
                .help("take it out of `header`; it counts in the protected header alone")
                .remove(Safety::Unsafe, "take `crit` out of `header`", crit.node());
        }
    }
}

fn fault(crit: &Parameter, header: &Header) -> Option<String> {
    let Parameter::List(names) = crit else {
        return Some("`crit` in the protected header is not a list of names".to_owned());
    };
    if names.is_empty() {
        return Some("`crit` in the protected header is empty".to_owned());
    }
    let present: HashSet<&str> = header.names().collect();
    let mut seen = HashSet::new();
    names.iter().find_map(|name| {
        let Some(name) = name else {
            return Some("`crit` in the protected header holds something that is no name".to_owned());
        };
        if !seen.insert(name) {
            Some(format!("`crit` names {} twice", quoted(name)))
        } else if STANDARD.contains(&name.as_str()) {
            Some(format!("`crit` names {}, which is part of the standard and never critical", quoted(name)))
        } else if !present.contains(name.as_str()) {
            Some(format!("`crit` names {}, which is not in the protected header", quoted(name)))
        } else if name == "b64" {
            // Another rule speaks of it.
            None
        } else {
            Some(format!("`crit` names {}, which no verifier of cards understands", quoted(name)))
        }
    })
}
