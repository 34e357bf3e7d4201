use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::rule::{Check, Report, Rule};
use crate::syntax::{Document, Fault, FaultKind};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "byte-order-mark",
        aliases: &[],
        group: Group::Syntax,
        severity: Severity::Error,
        applies_to: "every kind and version",
        summary: "a byte order mark stands before the document",
        why: "The mark does not show in an editor, and `JSON.parse`, Python's `json.loads` and others stop at it as at any \
              other stray character.",
        fixing: Fixing::Always("The mark goes; in UTF-8 it says nothing."),
        examples: &[
            Example::fixed(
                Setup::V1_0,
                "\u{feff}{ \"name\": \"Tides\" }\n^ error: byte order mark before the document\n",
                "{ \"name\": \"Tides\" }\n",
            )
            .shows(&["A2A-N004", "RFC 8259 s8.1"]),
            Example::good(Setup::V1_0, "{ \"name\": \"Tides \\ufeff\" }\n"),
        ],
    },
    check: Check::Fault(check),
};

fn check(fault: &Fault, document: &Document<'_>, report: &mut Report<'_>) {
    if fault.kind != FaultKind::ByteOrderMark {
        return;
    }
    report
        .at_span(fault.span, document.node(fault.node), "byte order mark before the document")
        .help("save the file as UTF-8 without a byte order mark")
        .replace(Safety::Safe, "remove the byte order mark", fault.span, "");
}
