use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "required-extension",
        aliases: &[],
        group: Group::Portability,
        severity: Severity::Note,
        applies_to: "A2A 0.2.2 and later",
        summary: "an extension is required of every client",
        why: "An agent answers clients that do not declare a required extension with an error, and most clients know no \
              extension at all. One that only adds data to the card, or to what is said, should never be required.",
        fixing: Fixing::Never("Whether the agent can do without the extension, its code decides."),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "capabilities": { "extensions": [{ "uri": "https://x.example.com/tide-tables/v1", "required": true }] } }
                                                                                                ^^^^ note: clients that do not support the extension `https://x.example.com/tide-tables/v1` are turned away
"#,
            )
            .shows(&["A2A-N091", "A2A-N104"]),
            Example::good(
                Setup::V1_0,
                r#"
{ "capabilities": { "extensions": [{ "uri": "https://x.example.com/tide-tables/v1", "required": false }] } }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if agent.version().is_none() {
        return;
    }
    for extension in agent.extensions() {
        let Some(flag) = extension.get("required").filter(|flag| flag.node().boolean() == Some(true)) else {
            continue;
        };
        let name = extension.text("uri").map_or("without a URI".to_owned(), |uri| quoted(&uri.text));
        report
            .at(
                flag.node().whole(),
                format!("clients that do not support the extension {name} are turned away"),
            )
            .help("write `false` if the agent can do without it, as with an extension that only adds data");
    }
}
