use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::model::Agent;
use crate::model::version::InterfaceVersion;
use crate::rule::{Check, Report, Rule};
use crate::words::{json, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "patch-version",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Warning,
        applies_to: "A2A 1.0",
        summary: "the protocol version of an interface has a patch number",
        why: "Versions are negotiated by major and minor number. Clients that look for the text `1.0` pass over `1.0.0`, and \
              some then choose an older entry.",
        fixing: Fixing::Always("The patch number goes; for the protocol it makes no difference."),
        examples: &[
            Example::fixed(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0.0" }
                                                                                               ^^^^^^^ warning: `1.0.0` has a patch number
  ] }
"#,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ] }
"#,
            ).shows(&["A2A-N023"]),
            Example::good(
                Setup::V0_3,
                r#"{ "url": "https://tides.example.com/a2a", "protocolVersion": "0.3.0" }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for text in agent.endpoints.iter().filter_map(|endpoint| endpoint.version.as_ref()) {
        let InterfaceVersion::Patched(short) = InterfaceVersion::of(&text.text) else { continue };
        report
            .at(text.node.whole(), format!("{} has a patch number", quoted(&text.text)))
            .help(format!("write `{short}`"))
            .replace(Safety::Safe, format!("write `{short}`"), text.node.span(), json(&short));
    }
}
