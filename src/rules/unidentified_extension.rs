use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::{Agent, Value};
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unidentified-extension",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Warning,
        applies_to: "A2A 0.2.2 and later",
        summary: "an extension has no `uri`, or one that is no absolute URI",
        why: "The URI is all that tells one extension from another: a client that meets an extension without one can neither \
              support it nor ask for it. Two SDKs refuse the card.",
        fixing: Fixing::Never("The URI is what its authors chose, and has to be looked up."),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "capabilities": { "extensions": [{ "required": false }] } }
                                   ^ warning: the extension has no `uri`
"#,
            )
            .shows(&["A2A-N098"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "capabilities": { "extensions": [{ "uri": "" }, { "uri": "tracing" }] } }
                                            ^^ warning: the `uri` of the extension is empty
                                                           ^^^^^^^^^ warning: the `uri` of the extension is `tracing`, which is no absolute URI
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "capabilities": { "extensions": [{ "uri": "urn:example:tracing:v1" }, { "uri": "https://x.example.com/v1" }] } }
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
    agent.extensions().for_each(|extension| check_extension(extension, report));
}

fn check_extension(extension: Value<'_>, report: &mut Report<'_>) {
    if extension.lacks("uri") {
        report
            .at(extension.node().at_opening(), "the extension has no `uri`")
            .help("add the `uri` that identifies the extension");
        return;
    }
    let Some(uri) = extension.text("uri") else { return };
    let message = if uri.text.is_empty() {
        "the `uri` of the extension is empty".to_owned()
    } else if has_scheme(&uri.text) {
        return;
    } else {
        format!("the `uri` of the extension is {}, which is no absolute URI", quoted(&uri.text))
    };
    report
        .at(uri.node.whole(), message)
        .help("write an absolute URI, such as `https://example.com/extensions/tracing/v1`");
}

/// Whether a text starts like an absolute URI: a scheme and a colon (RFC 3986 s3.1).
fn has_scheme(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_scheme_char = |char: char| char.is_ascii_alphanumeric() || matches!(char, '+' | '-' | '.');
    scheme.starts_with(|char: char| char.is_ascii_alphabetic())
        && scheme.chars().all(is_scheme_char)
        && !rest.is_empty()
}
