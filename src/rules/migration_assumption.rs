use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::Version;
use crate::rule::{Assumption, Check, Report, Rule, Step, StepKind};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "migration-assumption",
        aliases: &[],
        group: Group::Portability,
        severity: Severity::Warning,
        applies_to: "cards that `cardlint migrate` writes anew",
        summary: "a migration takes something for granted that the card does not say in so many words",
        why: "The migrated card says more than the old one did: which protocol an endpoint speaks, or that one login of several \
              is enough. Where that is wrong, clients find out.",
        fixing: Fixing::Never("The result already says what is assumed; whether it holds, only a person knows."),
        examples: &[
            Example::bad(
                Setup::V0_3.to("1.0"),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [], "protocolVersion": "0.3.0" }
                                                                                            ^^^^^^^ note: the endpoints are listed with the version `0.3`, since the card was written for it
"#,
            )
            .shows(&["docs/migration.md"]),
            Example::bad(
                Setup::card(Version::V0_1_0).to("0.3.0"),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [], "authentication": { "schemes": ["Bearer", "Basic"] } }
                                                                                                        ^^^^^^^^^^^^^^^^^^^ warning: any one of the schemes is taken to be enough; 0.1 does not say so
"#,
            ),
            Example::bad(
                Setup::card(Version::V0_1_0).to("1.0 --server-speaks 1.0"),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [], "authentication": { "schemes": ["none"] } }
                                                                                                         ^^^^^^ note: `none` is taken to mean that anybody may call the agent
"#,
            ),
            Example::bad(
                Setup::V0_3.to("1.0 --server-speaks 1.0").at("agent.json"),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "skils": [] }
^ note: clients of A2A 1.0 look for a card in `agent-card.json`, not in `agent.json`
                                                           ^^^^^^^ note: `skils` is taken for `skills`
"#,
            ),
            Example::good(
                Setup::V0_3.to("1.0 --server-speaks 1.0"),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [], "default_input_modes": ["text/plain"] }
"#,
            ),
        ],
    },
    check: Check::Migration(check),
};

fn check(step: &Step<'_>, report: &mut Report<'_>) {
    let StepKind::Assumed(assumption) = &step.kind else { return };
    let (message, help) = match assumption {
        Assumption::OldServer => (
            "the endpoints are listed with the version `0.3`, since the card was written for it".to_owned(),
            "say --server-speaks 1.0 if that is what the server speaks today",
        ),
        Assumption::Open => {
            let value = quoted(&step.place.node().string().unwrap_or_default());
            (
                format!("{value} is taken to mean that anybody may call the agent"),
                "declare the scheme with --scheme if clients have to log in",
            )
        }
        Assumption::AnyScheme => (
            "any one of the schemes is taken to be enough; 0.1 does not say so".to_owned(),
            "put the schemes into one requirement of the migrated card if a client needs all of them",
        ),
        Assumption::Name(right) => {
            let name = quoted(&step.place.node().key().unwrap_or_default());
            (
                format!("{name} is taken for `{right}`"),
                "take it out before the migration if it means something else",
            )
        }
        Assumption::NoSourceId => (
            "the registration has no `sourceAgentId`, which Microsoft's own client always sends".to_owned(),
            "say --source-agent-id with the id that the agent has where it runs",
        ),
        Assumption::FileName => (
            format!("clients of {} look for a card in `agent-card.json`, not in `agent.json`", step.target),
            "serve the migrated card under that name, and the old one under `agent.json` as long as clients ask for it",
        ),
    };
    let is_grave = matches!(assumption, Assumption::AnyScheme | Assumption::NoSourceId);
    let severity = if is_grave { Severity::Warning } else { Severity::Note };
    report.at_step(step, message).severity(severity).help(help);
}
