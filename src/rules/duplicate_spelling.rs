use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::fold;
use crate::rule::{Check, Context, Report, Rule};
use crate::schema::{Fact, Finding};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "duplicate-spelling",
        aliases: &[],
        group: Group::Schema,
        severity: Severity::Error,
        applies_to: "every kind and version",
        summary: "one member is there twice, under its own name and under another spelling or an older name",
        why: "Readers disagree about which of the two counts: one SDK takes the camelCase member and ignores the other, another \
              refuses the signature of such a card. Whoever added the second one may have changed what the card says.",
        fixing: Fixing::Sometimes(
            "Where both have the same value, the one with the wrong name goes. Where the values differ it \
             goes as well, but unsafe, unless the member with the right name is null or empty.",
        ),
        examples: &[
            Example::fixed(
                Setup::V1_0,
                r#"
{ "defaultInputModes": ["text/plain"], "default_input_modes": ["text/html"] }
                                       ^^^^^^^^^^^^^^^^^^^^^ error: `default_input_modes` repeats `defaultInputModes` in another spelling
"#,
                r#"
{ "defaultInputModes": ["text/plain"] }
"#,
            ).shows(&["A2A-N006"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "securityRequirements": [], "security": [{ "key": [] }] }
                              ^^^^^^^^^^ warning: `security` repeats `securityRequirements` under another name
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "defaultInputModes": ["text/plain"], "default_input_modes": ["text/plain"] }
                                       ^^^^^^^^^^^^^^^^^^^^^ error: `default_input_modes` repeats `defaultInputModes` in another spelling
"#,
                r#"
{ "defaultInputModes": ["text/plain"] }
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"{ "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"] }"#,
            ),
        ],
    },
    check: Check::Finding(check),
};

fn check(finding: &Finding, context: &Context<'_>, report: &mut Report<'_>) {
    let Fact::DoubleSpelling { other } = finding.fact else { return };
    let node = context.node(finding);
    let other = context.document.node(other);
    let (Some(name), Some(right)) = (node.key(), other.key()) else { return };
    let only_case = fold(&name).eq_ignore_ascii_case(&fold(&right));
    let (how, severity) = match only_case || context.is_graph() {
        true => ("in another spelling", Severity::Error),
        false => ("under another name", Severity::Warning),
    };
    let found = report
        .at(node.at_key(), format!("{} repeats {} {how}", quoted(&name), quoted(&right)))
        .severity(severity)
        .help(format!("take one of the two out and keep `{right}`"))
        .related(other.at_key(), "the member with the right name");
    let title = format!("take {} out", quoted(&name));
    if node.raw() == other.raw() {
        found.remove(Safety::Safe, title, node);
    } else if !matches!(other.raw(), "null" | "\"\"" | "[]" | "{}") {
        found.remove(Safety::Unsafe, title, node);
    }
}
