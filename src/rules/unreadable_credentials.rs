use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::Version;
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::syntax::parse;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unreadable-credentials",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Note,
        applies_to: "A2A 0.1.0",
        summary: "the `credentials` of `authentication` begin like JSON and are none",
        why: "The member may hold the public details of a scheme, such as its URLs, as JSON in a text. Clients that try to \
              read it get nothing, and so do not learn where to log in.",
        fixing: Fixing::Never(
            "Whether the text is broken JSON or was never meant as JSON, only its writer knows.",
        ),
        examples: &[
            Example::bad(
                Setup::card(Version::V0_1_0),
                r#"
{ "authentication": { "schemes": ["OAuth2"], "credentials": "{ tokenUrl: https://id.example.com/token }" } }
                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `credentials` begins like a JSON object and is none
"#,
            )
            .shows(&["A2A-N121"]),
            Example::good(
                Setup::card(Version::V0_1_0),
                r#"
{ "authentication": { "schemes": ["OAuth2"], "credentials": "{ \"tokenUrl\": \"https://id.example.com/token\" }" } }
"#,
            ),
            Example::good(
                Setup::card(Version::V0_1_0),
                r#"
{ "authentication": { "schemes": ["Bearer"], "credentials": "Ask the harbour office." } }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if agent.version().and_then(|version| version.legacy) != Some(Version::V0_1_0) {
        return;
    }
    let Some(text) = agent.root.object("authentication").and_then(|object| object.text("credentials")) else {
        return;
    };
    if text.text.trim_start().starts_with('{') && !parse(text.text.as_bytes()).faults().is_empty() {
        report
            .at(text.node.whole(), "`credentials` begins like a JSON object and is none")
            .help("write the object as valid JSON inside the text, or say in words where to get credentials");
    }
}
