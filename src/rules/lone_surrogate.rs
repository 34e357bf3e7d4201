use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::rule::{Check, Report, Rule};
use crate::syntax::{Document, Fault, FaultKind};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "lone-surrogate",
        aliases: &[],
        group: Group::Syntax,
        severity: Severity::Error,
        applies_to: "every kind and version",
        summary: "a `\\u` escape is half of a surrogate pair",
        why: "Half a pair is no character. Some readers refuse the file, others put a replacement character in its place, and \
              the card cannot be put into the form in which it is signed.",
        fixing: Fixing::Never("The other half of the character is lost."),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "name": "Tides \ud83c" }
                 ^^^^^^ error: `\ud83c` is half of a surrogate pair
"#,
            )
            .shows(&["A2A-N188", "RFC 7493 s2.1", "RFC 8259 s8.2"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "displayName": "Tides", "ownerIds": [], "\udf0a": 1 }
                                           ^^^^^^ error: `\udf0a` is half of a surrogate pair
"#,
            ),
            Example::good(Setup::V1_0, r#"{ "name": "Tides \ud83c\udf0a" }"#),
        ],
    },
    check: Check::Fault(check),
};

fn check(fault: &Fault, document: &Document<'_>, report: &mut Report<'_>) {
    if fault.kind != FaultKind::LoneSurrogate {
        return;
    }
    let written = document.text().get(fault.span.range()).unwrap_or_default();
    let message = format!("{} is half of a surrogate pair", quoted(written));
    report
        .at_span(fault.span, document.node(fault.node), message)
        .help("write the character itself, or both escapes of its pair");
}
