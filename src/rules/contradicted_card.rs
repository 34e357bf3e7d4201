use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::Identity;
use crate::rule::{Check, Encounter, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "contradicted-card",
        aliases: &[],
        group: Group::Portability,
        severity: Severity::Warning,
        applies_to: "A2A cards called `agent.json` and `agent-card.json` in one folder",
        summary: "`agent.json` and `agent-card.json` of one folder are cards of the same version that differ",
        why: "Clients of old releases ask for `agent.json`, newer ones for `agent-card.json`. Where both files are written for the \
              same release they are meant to be copies; one was changed and the other forgotten, so that clients see two \
              agents. Files for different releases may differ.",
        fixing: Fixing::Never(
            "Which of the two cards is the current one, and whether the older file is still needed, the files \
             do not say.",
        ),
        examples: &[
            Example::bad(
                Setup::V0_3.at("public/agent.json").after(
                    "public/agent-card.json",
                    r#"{ "name": "Tides", "url": "https://tides.example.com/a2a", "version": "1.1.0", "skills": [] }"#,
                ),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "version": "1.0.0", "skills": [] }
^ warning: the card differs from `public/agent-card.json` beside it
"#,
            )
            .shows(&["A2A-N190"]),
            Example::good(
                Setup::V0_3.at("public/agent.json").after(
                    "public/agent-card.json",
                    r#"{ "version": "1.0.0", "url": "https://tides.example.com/a2a", "name": "Tides", "signatures": [] }"#,
                ),
                r#"{ "name": "Tides", "url": "https://tides.example.com/\u0061\u0032a", "version": "1.0.0" }"#,
            ),
            Example::good(
                Setup::V0_3.at("tides/agent.json").after("waves/agent-card.json", r#"{ "name": "Waves" }"#),
                r#"{ "name": "Tides", "url": "https://tides.example.com/a2a" }"#,
            ),
            Example::good(
                Setup::DETECTED.at("agent.json").after(
                    "agent-card.json",
                    r#"
{ "name": "Tides", "supportedInterfaces": [
    { "url": "https://tides.example.com/v1", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }] }
"#,
                ),
                r#"{ "name": "Tides", "protocolVersion": "0.2.6", "url": "https://tides.example.com/a2a", "skills": [] }"#,
            ),
        ],
    },
    check: Check::Run(check),
};

fn check(encounter: &Encounter<'_>, report: &mut Report<'_>) {
    let Identity::Folder(..) = encounter.claim.identity else { return };
    let message = format!("the card differs from {} beside it", quoted(encounter.earlier_path));
    report
        .at_encounter(encounter, message)
        .help("give both files the same content, or keep one of them")
        .related_earlier(encounter, "the other card");
}
