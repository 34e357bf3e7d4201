use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::model::Agent;
use crate::model::version::{InterfaceVersion, RootVersion};
use crate::rule::{Check, Report, Rule};
use crate::syntax::Node;
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unreleased-protocol-version",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Error,
        applies_to: "A2A cards",
        summary: "a protocol version names no release of A2A",
        why: "Clients choose how to talk by this number. One that no release has is either refused or read as some other, and \
              which one differs between clients.",
        fixing: Fixing::Sometimes(
            "A release without its last number is written in full, and an unreleased patch becomes the \
             release of the same minor version; the latter is unsafe. Which release another number stands \
             for, the document does not say.",
        ),
        examples: &[
            Example::bad(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "0.2.9", "skills": [] }
                                                                              ^^^^^^^ warning: `0.2.9` is no release of A2A
"#,
            ).shows(&["A2A-N022"]),
            Example::bad(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "0.4.0", "skills": [] }
                                                                              ^^^^^^^ error: `0.4.0` is no release of A2A: 0.3.0 was followed by 1.0
"#,
            ),
            Example::fixed(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "0.3", "skills": [] }
                                                                              ^^^^^ note: `0.3` stands for the release `0.3.0`
"#,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "0.3.0", "skills": [] }
"#,
            ),
            Example::bad(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "1.0",
                                                                              ^^^^^ warning: `1.0` is no release of 0.x, which the root `protocolVersion` is for
  "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.2" }
                                                                                               ^^^^^ warning: `1.2` is no release of A2A
  ] }
"#,
            ),
            Example::good(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "0.2.6",
  "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "https://tides.example.com/v03", "protocolBinding": "JSONRPC", "protocolVersion": "0.3" }
  ] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if let Some(text) = agent.root_version() {
        root(agent, &text.text, text.node, report);
    }
    for text in agent.endpoints.iter().filter_map(|endpoint| endpoint.version.as_ref()) {
        if InterfaceVersion::of(&text.text) == InterfaceVersion::Unreleased {
            let message = format!("{} is no release of A2A", quoted(&text.text));
            report
                .at(text.node.whole(), message)
                .severity(Severity::Warning)
                .help("write the release that is spoken there: `1.0` or `0.3`");
        }
    }
}

fn root(agent: &Agent<'_>, text: &str, node: Node<'_>, report: &mut Report<'_>) {
    let shown = quoted(text);
    let place = node.whole();
    match RootVersion::of(text) {
        RootVersion::Short(full) => {
            report
                .at(place, format!("{shown} stands for the release `{full}`"))
                .severity(Severity::Note)
                .help(format!("write `{full}`"))
                .replace(Safety::Safe, format!("write `{full}`"), node.span(), format!("\"{full}\""));
        }
        RootVersion::UnreleasedPatch(known) => {
            let help = known.map_or_else(
                || "write the release that the endpoint speaks, `0.2.6` or `0.3.0`".to_owned(),
                |known| format!("write `{known}`"),
            );
            let found = report
                .at(place, format!("{shown} is no release of A2A"))
                .severity(Severity::Warning)
                .help(help);
            if let Some(known) = known {
                found.replace(
                    Safety::Unsafe,
                    format!("write `{known}`"),
                    node.span(),
                    format!("\"{known}\""),
                );
            }
        }
        RootVersion::UnreleasedMinor => {
            report
                .at(place, format!("{shown} is no release of A2A: 0.3.0 was followed by 1.0"))
                .help("write the release that the endpoint speaks, such as `0.3.0`");
        }
        // Without a 1.0 half the card itself has the wrong shape, and another rule says so.
        RootVersion::Modern if agent.is_modern() => {
            let message = format!("{shown} is no release of 0.x, which the root `protocolVersion` is for");
            report
                .at(place, message)
                .severity(Severity::Warning)
                .help("write the 0.x release that `url` speaks, such as `0.3.0`");
        }
        RootVersion::Released | RootVersion::Modern | RootVersion::Decorated(_) | RootVersion::Malformed => {}
    }
}
