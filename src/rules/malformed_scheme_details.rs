use crate::diagnostic::{Example, Group, Meta, Setup, Severity};
use crate::kind::Version;
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::syntax::parse;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "malformed-scheme-details",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Note,
        applies_to: "A2A 0.1.0",
        summary: "`credentials` begins like JSON and is none",
        why: "In 0.1.0 the text may hold public details of a scheme, such as the URLs of OAuth 2.0, as a JSON document. Clients \
              that read it so stop at the first fault and do not know where to log in.",
        examples: &[
            Example::bad(
                Setup::card(Version::V0_1_0),
                r#"
{ "authentication": { "schemes": ["OAuth2"], "credentials": "{ 'tokenUrl': 'https://login.example.com/token' }" } }
                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `credentials` begins like JSON and is none
"#,
            )
            .shows(&["A2A-N121"]),
            Example::good(
                Setup::card(Version::V0_1_0),
                r#"
{ "authentication": { "schemes": ["OAuth2"], "credentials": "{ \"tokenUrl\": \"https://login.example.com/token\" }" } }
"#,
            ),
            Example::good(
                Setup::card(Version::V0_1_0),
                r#"{ "authentication": { "schemes": ["Bearer"], "credentials": "ask the harbour master" } }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if agent.version().is_none_or(|version| version.legacy != Some(Version::V0_1_0)) {
        return;
    }
    let authentication = agent.root.object("authentication");
    let Some(text) = authentication.and_then(|authentication| authentication.text("credentials")) else {
        return;
    };
    if text.text.trim_start().starts_with('{') && !parse(text.text.as_bytes()).faults().is_empty() {
        report
            .at(text.node.whole(), "`credentials` begins like JSON and is none")
            .help("write a JSON document as one string, its quotation marks as `\\\"`, or plain words");
    }
}
