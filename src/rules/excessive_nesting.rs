use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::rule::{Check, Report, Rule};
use crate::syntax::{Document, Fault, FaultKind};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "excessive-nesting",
        aliases: &[],
        group: Group::Syntax,
        severity: Severity::Error,
        applies_to: "every kind and version",
        summary: "a document nests deeper, or is larger, than any reader has to bear",
        why: "Readers limit how deep objects and lists may nest, many at 100 to 500 levels, and refuse the file beyond that; \
              those without a limit can be crashed with it. A card needs about a dozen levels.",
        fixing: Fixing::Never(
            "What of so deep or large a document is needed, and how it is to be divided, only its writer \
             knows.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "skills":
[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
[
^ error: objects and lists nest more than 512 levels deep here
]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
}
"#,
            )
            .shows(&["RFC 8259 s9"]),
            Example::good(
                Setup::V1_0,
                r#"
{ "name": "Tides", "capabilities": { "extensions": [{ "params": { "a": [[[[{ "b": {} }]]]] } }] } }
"#,
            ),
        ],
    },
    check: Check::Fault(check),
};

fn check(fault: &Fault, document: &Document<'_>, report: &mut Report<'_>) {
    let (message, help) = match fault.kind {
        FaultKind::TooDeep => (
            format!("objects and lists nest more than {} levels deep here", document.deepest()),
            "flatten the structure; a card needs about a dozen levels",
        ),
        FaultKind::TooLarge => (
            "the text is larger than 4 GiB".to_owned(),
            "split the file; with one document a line, write JSON Lines",
        ),
        _ => return,
    };
    report.at_span(fault.span, document.node(fault.node), message).help(help);
}
