use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::{Agent, Protected};
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;
use std::collections::HashMap;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "duplicate-signature-key",
        aliases: &[],
        group: Group::Signature,
        severity: Severity::Note,
        applies_to: "A2A 0.3.0 and later, Graph instances",
        summary: "two signatures name the same key and algorithm",
        why: "Several signatures are there so that keys can be changed: a client tries them until one verifies. A second one \
              with the same key helps nobody, and one of the two is most likely left over from an older card.",
        fixing: Fixing::Sometimes(
            "A second entry that is the same goes. Two different signatures may have been made over two forms \
             of the card.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "signatures": [
    { "protected": "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpPU0UiLCJraWQiOiJhIn0", "signature": "AA" },
    { "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ", "signature": "BB" }] }
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: a signature with the key `a` and `ES256` is there already
"#,
            )
            .shows(&["A2A-N179"]),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "signatures": [
    { "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ", "signature": "AA" },
    { "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ", "signature": "AA" } ] }
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: a signature with the key `a` and `ES256` is there already
"#,
                r#"
{ "signatures": [
    { "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ", "signature": "AA" } ] }
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "signatures": [
    { "protected": "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpPU0UiLCJraWQiOiJhIn0", "signature": "AA" },
    { "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImIifQ", "signature": "BB" },
    { "protected": "eyJhbGciOiJFUzI1NiJ9", "signature": "CC" },
    { "protected": "eyJhbGciOiJFUzI1NiJ9", "signature": "DD" }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if agent.jws.len() < 2 {
        return;
    }
    let mut known: HashMap<(&str, &str), &Protected<'_>> = HashMap::new();
    for (_, protected, header) in agent.readable_signatures() {
        let (Some(key), Some(algorithm)) = (header.text("kid"), header.text("alg")) else { continue };
        let Some(first) = known.get(&(key, algorithm)) else {
            known.insert((key, algorithm), protected);
            continue;
        };
        let message =
            format!("a signature with the key {} and {} is there already", quoted(key), quoted(algorithm));
        report
            .at(protected.text.node.whole(), message)
            .help("keep one of the two, unless each was made over another form of the card")
            .related(first.text.node.whole(), "the first one")
            .remove_copy("take the second entry out", protected.text.node.parent(), first.text.node.parent());
    }
}
