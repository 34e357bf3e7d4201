use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::model::Agent;
use crate::model::version::RootVersion;
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "raised-protocol-version",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Error,
        applies_to: "A2A cards of the 0.x shape",
        summary: "a card claims 1.0 and has the shape of 0.3",
        why: "1.0 has no root `protocolVersion` and no root `url`: its readers look for `supportedInterfaces` and find no \
              endpoint, and readers of 0.3 turn away from the number. Raising the version does not migrate a card.",
        fixing: Fixing::Always(
            "`0.3.0` is written, which is the shape of the card; unsafe, since the server may speak 1.0 and \
             the card be what is out of date.",
        ),
        examples: &[
            Example::fixed(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "1.0", "skills": [] }
                                                                              ^^^^^ error: the card claims `1.0` and has the shape of 0.3: a `url` and no `supportedInterfaces`
"#,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "0.3.0", "skills": [] }
"#,
            ).shows(&["A2A-N067", "real protocolversion-1-x-but-the-0-x-layout-no-supportedinterfaces"]),
            Example::good(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "1.0", "skills": [],
  "supportedInterfaces": [] }
"#,
            ),
            Example::good(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "protocolVersion": "0.3.0", "skills": [],
  "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let Some(text) = agent.root_version().filter(|_| !agent.is_modern()) else { return };
    // An unusable `supportedInterfaces` is the mistake then, and is reported.
    if RootVersion::of(&text.text) != RootVersion::Modern || agent.root.has("supportedInterfaces") {
        return;
    }
    let shape = if agent.root.has("url") {
        "a `url` and no `supportedInterfaces`"
    } else {
        "no `supportedInterfaces`"
    };
    let message = format!("the card claims {} and has the shape of 0.3: {shape}", quoted(&text.text));
    report
        .at(text.node.whole(), message)
        .help("list the endpoint in `supportedInterfaces` with its version, or write `0.3.0`")
        .replace(Safety::Unsafe, "write `0.3.0`", text.node.span(), "\"0.3.0\"");
}
