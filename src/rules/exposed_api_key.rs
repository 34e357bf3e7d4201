use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::{Agent, Scheme, SchemeKind, Text};
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "exposed-api-key",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Warning,
        applies_to: "A2A 0.2.0 and later",
        summary: "an API key travels in the query of a URL, or in a cookie",
        why: "URLs are written into logs, histories and referrers on their way, and the key with them. The specification wants \
              credentials in headers, though its types also allow query and cookie.",
        fixing: Fixing::Never("The server has to take the key in a header before the card may say so."),
        examples: &[
            Example::bad(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "key": { "type": "apiKey", "in": "query", "name": "key" } } }
                                                        ^^^^^^^ warning: the key travels in the query of the URL
"#,
            ).shows(&["A2A-N131"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "cookie", "name": "key" } } } }
                                                                      ^^^^^^^^ note: the key travels in a cookie
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } } }
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
    for location in agent.schemes.iter().filter_map(location) {
        let (severity, words) = match location.text.as_ref() {
            "query" => (Severity::Warning, "the query of the URL"),
            "cookie" => (Severity::Note, "a cookie"),
            _ => continue,
        };
        report
            .at(location.node.whole(), format!("the key travels in {words}"))
            .severity(severity)
            .help("take the key in a header");
    }
}

fn location<'d>(scheme: &Scheme<'d>) -> Option<Text<'d>> {
    let names = ["location", "in"];
    let is_key = scheme.kind == Some(SchemeKind::ApiKey);
    names.into_iter().filter(|_| is_key).find_map(|name| scheme.details.text(name))
}
