use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::rule::{Check, Report, Rule};
use crate::syntax::{Document, Fault, FaultKind};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unsafe-number",
        aliases: &[],
        group: Group::Syntax,
        severity: Severity::Warning,
        applies_to: "every kind and version",
        summary: "a number is beyond the range of a double",
        why: "Most readers hold numbers as doubles: some read such a number as infinity, others refuse the whole file for it, \
              and the card cannot be put into the form in which it is signed.",
        fixing: Fixing::Never("A number within the range would be another number."),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "capabilities": { "extensions": [{ "uri": "https://tides.example.com/ext/v1", "params": { "limit": 1e400 } }] } }
                                                                                                     ^^^^^ warning: `1e400` is beyond the range of a double
"#,
            )
            .shows(&["A2A-N188", "RFC 7493 s2.2", "RFC 8259 s6"]),
            Example::bad(
                Setup::REGISTRATION,
                r#"
{ "displayName": "Tides", "agentCard": { "limit": -2e308 } }
                                                  ^^^^^^ warning: `-2e308` is beyond the range of a double
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "capabilities": { "extensions": [{ "uri": "https://tides.example.com/ext/v1", "params": { "limit": 1.7e308, "id": 12345678901234567890 } }] } }
"#,
            ),
        ],
    },
    check: Check::Fault(check),
};

fn check(fault: &Fault, document: &Document<'_>, report: &mut Report<'_>) {
    if fault.kind != FaultKind::HugeNumber {
        return;
    }
    let written = document.text().get(fault.span.range()).unwrap_or_default();
    report
        .at_span(
            fault.span,
            document.node(fault.node),
            format!("{} is beyond the range of a double", quoted(written)),
        )
        .help("write a number between -1.797e308 and 1.797e308, or the digits as a string");
}
