use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::rule::{Check, Remark, RemarkKind, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "malformed-configuration",
        aliases: &[],
        group: Group::Schema,
        severity: Severity::Error,
        applies_to: "cardlint.toml",
        summary: "something in cardlint.toml cannot be understood",
        why: "A setting that is not understood would be passed over, and files would be checked otherwise than it was meant. \
              So the files that the configuration is for are not checked at all, the exit status is 2, and this rule cannot \
              be switched off. Its findings go to standard error.",
        fixing: Fixing::Never(
            "The configuration decides what is checked, so what was meant by it is not guessed.",
        ),
        examples: &[
            Example::bad(
                Setup::DETECTED.at("cardlint.toml"),
                r#"
ignore = ["plaintext-endpont", "style"]
          ^^^^^^^^^^^^^^^^^^^ error: there is no rule or group `plaintext-endpont`
fail_on = "warn"
^^^^^^^ error: there is no setting `fail_on`
severity = { misnamed-member = "fatal" }
                               ^^^^^^^ error: `fatal` is none of error, warning, note
"#,
            )
            .shows(&["docs/configuration.md"]),
            Example::bad(
                Setup::DETECTED.at("cardlint.toml"),
                r#"
[[allow]]
^^^^^^^^^ error: this entry has no `reason`
rule = "security"
       ^^^^^^^^^^ error: `security` is more than one rule
files = ["/cards/*.json", "cards/**.json"]
         ^^^^^^^^^^^^^^^ error: a glob starts at the folder of this file and does not leave it
                          ^^^^^^^^^^^^^^^ error: this glob cannot be read: recursive wildcards must form a single path component
pointer = "skills"
          ^^^^^^^^ error: a JSON Pointer is empty or starts with `/`
expires = "2026-02-30"
          ^^^^^^^^^^^^ error: `2026-02-30` is no day
"#,
            )
            .shows(&["docs/configuration.md"]),
            Example::good(
                Setup::DETECTED.at("cardlint.toml"),
                r#"
ignore = ["plaintext-endpoint"]
select = ["style"]
fail-on = "warning"
severity = { misnamed-member = "error" }
"#,
            ),
        ],
    },
    check: Check::Configuration(check),
};

fn check(remark: &Remark<'_>, report: &mut Report<'_>) {
    if let RemarkKind::Fault(message, help) = remark.kind {
        report.at_remark(remark, message).help(help.to_owned());
    }
}
