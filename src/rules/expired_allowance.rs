use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::rule::{Check, Remark, RemarkKind, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "expired-allowance",
        aliases: &[],
        group: Group::Schema,
        severity: Severity::Warning,
        applies_to: "cardlint.toml",
        summary: "the last day of an entry of `[[allow]]` in cardlint.toml has passed",
        why: "Somebody set a day by which the findings were to be mended. From the next day on they are reported again, and the \
              entry does nothing any more.",
        fixing: Fixing::Never(
            "Whether the mistake was meant to be mended by now or the allowance is to be prolonged, whoever \
             wrote the entry has to say.",
        ),
        examples: &[
            Example::bad(
                Setup::DETECTED.at("cardlint.toml"),
                r#"
[[allow]]
rule = "missing-member"
pointer = "/skills/*"
reason = "the generator is being mended"
expires = 2020-06-30
          ^^^^^^^^^^ warning: this entry has allowed nothing of `missing-member` since 2020-06-30
"#,
            )
            .shows(&["docs/configuration.md"]),
            Example::good(
                Setup::DETECTED.at("cardlint.toml"),
                r#"
# Reported from 1 January 10000 on.
[[allow]]
rule = "missing-member"
pointer = "/skills/*"
reason = "the generator is being mended"
expires = 9999-12-31
"#,
            ),
        ],
    },
    check: Check::Configuration(check),
};

fn check(remark: &Remark<'_>, report: &mut Report<'_>) {
    if let RemarkKind::ExpiredAllowance(rule, last) = remark.kind {
        report
            .at_remark(remark, format!("this entry has allowed nothing of {} since {last}", quoted(rule)))
            .help("mend what it allowed and take the entry out, or set a later day");
    }
}
