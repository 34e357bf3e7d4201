use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::{CardVersion, Profile, Version, is_well_known_card};
use crate::rule::{Check, File, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "outdated-file-name",
        aliases: &[],
        group: Group::Portability,
        severity: Severity::Note,
        applies_to: "files that hold a single card",
        summary: "a card has the file name of another version",
        why: "From 0.3.0 on clients ask for `.well-known/agent-card.json`, before that for `.well-known/agent.json`. Under the \
              other name they find nothing.",
        fixing: Fixing::Never("An edit cannot rename a file, or make a server offer it at another path."),
        examples: &[
            Example::bad(
                Setup::DETECTED.at("site/.well-known/agent.json"),
                r#"
{ "name": "Tides", "supportedInterfaces": [] }
^ note: clients look for a card of 0.3.0 or later at `.well-known/agent-card.json`
"#,
            )
            .shows(&["A2A-N190"]),
            Example::bad(
                Setup::card(Version::V0_2_5).at(".well-known/agent-card.json"),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a" }
^ note: clients look for a card of this version at `.well-known/agent.json`
"#,
            )
            .shows(&["A2A-N189"]),
            Example::good(
                Setup::card(Version::V0_2_5).at(".well-known/agent.json"),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a" }
"#,
            ),
            Example::good(
                Setup::DETECTED.at(".well-known/agent.json"),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [] }
"#,
            ),
            Example::good(
                Setup::card(Version::V0_2_5).at("cards/agent-card.json"),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a" }
"#,
            ),
        ],
    },
    check: Check::File(check),
};

fn check(file: &File<'_>, report: &mut Report<'_>) {
    let Some(version) = card(file) else { return };
    let is_new = version.modern || (version.stated && version.legacy == Some(Version::V0_3_0));
    let is_old =
        version.stated && version.legacy.is_some_and(|legacy| legacy < Version::V0_3_0) && !version.modern;
    let (message, help) = if is_new && file.path.rsplit('/').next() == Some("agent.json") {
        (
            "clients look for a card of 0.3.0 or later at `.well-known/agent-card.json`",
            "serve it under that name, and under `agent.json` only for older clients",
        )
    } else if is_old && is_well_known_card(file.path) {
        (
            "clients look for a card of this version at `.well-known/agent.json`",
            "serve it under that name as well",
        )
    } else {
        return;
    };
    report.at(file.root.at_opening(), message).help(help);
}

/// The version of the card that the file holds and nothing else.
fn card(file: &File<'_>) -> Option<CardVersion> {
    let [subject] = file.detection.subjects.as_slice() else { return None };
    match subject.profile {
        Profile::Card(version) if subject.node == file.document.root().id() => Some(version),
        Profile::Card(_) | Profile::Graph(..) => None,
    }
}
