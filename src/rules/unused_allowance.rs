use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::rule::{Check, Remark, RemarkKind, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unused-allowance",
        aliases: &[],
        group: Group::Schema,
        severity: Severity::Warning,
        applies_to: "cardlint.toml",
        summary: "an entry of `[[allow]]` in cardlint.toml suppresses nothing, and every file it is for was checked",
        why: "What an entry allowed has been mended, or has moved elsewhere. Left alone, the entry would hide the next mistake \
              of the same sort, and its reason misleads whoever reads it.",
        fixing: Fixing::Never(
            "Edits go into the documents that are checked; the configuration is its owner's.",
        ),
        examples: &[
            Example::bad(
                Setup::DETECTED.at("cardlint.toml"),
                r#"
# The one card here, agent-card.json, has no endpoint without encryption.
[[allow]]
rule = "plaintext-endpoint"
       ^^^^^^^^^^^^^^^^^^^^ warning: no finding of `plaintext-endpoint` is suppressed by this entry
files = ["agent-card.json"]
reason = "inside the cluster"
"#,
            )
            .shows(&["docs/configuration.md"]),
            Example::bad(
                Setup::DETECTED.at("cardlint.toml"),
                r#"
[[allow]]
rule = "plaintext-endpoint"
       ^^^^^^^^^^^^^^^^^^^^ warning: no file is there for which this entry would allow `plaintext-endpoint`
files = ["old/*.json"]
reason = "inside the cluster"
"#,
            ),
            Example::good(
                Setup::DETECTED.at("cardlint.toml"),
                r#"
# The one card here, agent-card.json, has a skill without tags.
[[allow]]
rule = "missing-member"
files = ["agent-card.json"]
pointer = "/skills/*"
reason = "the generator is being mended"
"#,
            ),
        ],
    },
    check: Check::Configuration(check),
};

fn check(remark: &Remark<'_>, report: &mut Report<'_>) {
    if let RemarkKind::UnusedAllowance(rule, orphaned) = remark.kind {
        let rule = quoted(rule);
        let message = if orphaned {
            format!("no file is there for which this entry would allow {rule}")
        } else {
            format!("no finding of {rule} is suppressed by this entry")
        };
        report.at_remark(remark, message).help("take the entry out");
    }
}
