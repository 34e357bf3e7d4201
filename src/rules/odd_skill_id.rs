use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::Version;
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::words::{json, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "odd-skill-id",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Note,
        applies_to: "A2A 0.1.0 and 0.2.0",
        summary: "the id of a skill is empty or holds white space",
        why: "Clients of these versions may name the skill that they want by its id. An id with white space is easily lost or \
              changed on the way.",
        fixing: Fixing::Sometimes(
            "White space around the id goes; unsafe, since clients may know the skill by it. What an empty id \
             or one of several words should be, is for its owner to choose.",
        ),
        examples: &[
            Example::bad(
                Setup::card(Version::V0_2_0),
                r#"
{ "skills": [{ "id": "tide times", "name": "Tide times" }, { "id": "", "name": "Moon" }] }
                     ^^^^^^^^^^^^ note: white space stands in the skill id `tide times`
                                                                   ^^ note: the id of the skill is empty
"#,
            )
            .shows(&["A2A-N111"]),
            Example::fixed(
                Setup::card(Version::V0_2_0),
                r#"
{ "skills": [{ "id": "tide-times ", "name": "Tide times" }] }
                     ^^^^^^^^^^^^^ note: white space stands in the skill id `tide-times `
"#,
                r#"
{ "skills": [{ "id": "tide-times", "name": "Tide times" }] }
"#,
            ),
            Example::good(
                Setup::card(Version::V0_2_0),
                r#"
{ "skills": [{ "id": "tide-times", "name": "Tide times" }, { "id": "meer.übersicht", "name": "Sea" }] }
"#,
            ),
            Example::good(
                Setup::V0_3,
                r#"
{ "skills": [{ "id": "tide times", "name": "Tide times" }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let Some(version) = agent.version() else { return };
    if version.modern || version.legacy.is_none_or(|legacy| legacy > Version::V0_2_0) {
        return;
    }
    for id in agent.skills.iter().filter_map(|skill| skill.text("id")) {
        let message = if id.text.is_empty() {
            "the id of the skill is empty".to_owned()
        } else if id.text.contains(char::is_whitespace) {
            format!("white space stands in the skill id {}", quoted(&id.text))
        } else {
            continue;
        };
        let found = report.at(id.node.whole(), message).help("write a short token, such as `tide-times`");
        let trimmed = id.text.trim();
        if !trimmed.is_empty() && !trimmed.contains(char::is_whitespace) {
            found.replace(Safety::Unsafe, "take the white space out", id.node.span(), json(trimmed));
        }
    }
}
