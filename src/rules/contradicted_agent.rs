use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::Identity;
use crate::rule::{Check, Encounter, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "contradicted-agent",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Warning,
        applies_to: "Graph create bodies in several files",
        summary: "two files create the same object under different names or URLs",
        why: "The registry knows an object by its `id`, and an agent also by its `sourceAgentId` in its `originatingStore`. It \
              answers the second request with 409, so that one of the two agents is never registered. Most often a file was \
              copied and its ids were forgotten. In another folder it may be meant for another tenant, and is only noted.",
        fixing: Fixing::Never(
            "Whether one of the two files is out of date, or one of the objects needs an id of its own, the \
             files do not say.",
        ),
        examples: &[
            Example::bad(
                Setup::INSTANCE.at("agents/waves.json").after(
                    "agents/tides.json",
                    r#"{ "id": "tides-1", "displayName": "Tides", "url": "https://tides.example.com/a2a" }"#,
                ),
                r#"
{ "id": "tides-1", "displayName": "Waves", "url": "https://waves.example.com/a2a" }
        ^^^^^^^^^ warning: the agentInstance `tides-1` is created by `agents/tides.json` too, with another name or URL
"#,
            )
            .shows(&["graph 5"]),
            Example::bad(
                Setup::REGISTRATION.at("prod/tides.json").after(
                    "test/tides.json",
                    r#"{ "displayName": "Tides (test)", "originatingStore": "Harbour", "sourceAgentId": "tides" }"#,
                ),
                r#"
{ "displayName": "Tides", "originatingStore": "Harbour", "sourceAgentId": "tides" }
                                                                          ^^^^^^^ note: the agent `tides` of `Harbour` is registered by `test/tides.json` too, with another name or URL
"#,
            ),
            Example::bad(
                Setup::INSTANCE.at("waves.json").after(
                    "tides.json",
                    r#"{ "id": "tides-1", "agentCardManifest": { "id": "card-1", "displayName": "Tides" } }"#,
                ),
                r#"
{ "id": "waves-1", "agentCardManifest": { "id": "card-1", "displayName": "Waves" } }
                                                ^^^^^^^^ warning: the agentCardManifest `card-1` is created by `tides.json` too, with another name or URL
"#,
            ),
            Example::good(
                Setup::INSTANCE.at("copy.json").after(
                    "tides.json",
                    r#"{ "id": "tides-1", "displayName": "Tides", "url": "https://tides.example.com/a2a" }"#,
                ),
                r#"{ "id": "tides-1", "displayName": "\u0054ides", "createdBy": "3f0e7a52-93c4-4d5b-8a61-0f2b7c9d3e58" }"#,
            ),
            Example::good(
                Setup::REGISTRATION.at("b.json").after(
                    "a.json",
                    r#"{ "displayName": "Tides", "originatingStore": "Harbour", "sourceAgentId": "tides" }"#,
                ),
                r#"{ "displayName": "Tides", "originatingStore": "Beach", "sourceAgentId": "tides", "id": "${ID}" }"#,
            ),
        ],
    },
    check: Check::Run(check),
};

fn check(encounter: &Encounter<'_>, report: &mut Report<'_>) {
    let other = quoted(encounter.earlier_path);
    let message = match &encounter.claim.identity {
        Identity::Object(kind, id) => {
            let (_, name) = kind.title().split_once(' ').unwrap_or(("", kind.title()));
            format!("the {name} {} is created by {other} too, with another name or URL", quoted(id))
        }
        Identity::Source(_, store, id) => {
            let (id, store) = (quoted(id), quoted(store));
            format!("the agent {id} of {store} is registered by {other} too, with another name or URL")
        }
        Identity::Folder(..) => return,
    };
    let neighbours = folder(encounter.path) == folder(encounter.earlier_path);
    let severity = if neighbours { Severity::Warning } else { Severity::Note };
    report
        .at_encounter(encounter, message)
        .severity(severity)
        .help("give each agent ids of its own, or keep one of the two files")
        .related_earlier(encounter, "the other request");
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
