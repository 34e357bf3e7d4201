use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::{Agent, Text, is_unfilled};
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unaddressable-id",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Note,
        applies_to: "every Graph kind",
        summary: "the id of a Graph object cannot stand in the path of a URL as it is",
        why: "Every later request puts the id into its path. A slash, a question mark or a per cent sign in it leads to another \
              address unless each client remembers to encode it, and some clients refuse such ids outright.",
        fixing: Fixing::Never(
            "The object may be known by this id already, and a new one is for its owner to choose.",
        ),
        examples: &[
            Example::bad(
                Setup::REGISTRATION,
                r#"
{ "id": "harbour/tides", "displayName": "Tides" }
                ^ note: `/` in the id `harbour/tides` has a meaning of its own in a URL
"#,
            )
            .shows(&["graph 3.1"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "id": "..", "agentCardManifest": { "id": "tides 100%" } }
        ^^^^ note: the id `..` means a folder in a URL
                                                     ^ note: `%` in the id `tides 100%` has a meaning of its own in a URL
"#,
            ),
            Example::bad(
                Setup::graph(Kind::GraphAgentCollection, Mode::Response),
                r#"
{ "id": "boats#1", "displayName": "Boats" }
              ^ note: `#` in the id `boats#1` has a meaning of its own in a URL
"#,
            ),
            Example::good(
                Setup::INSTANCE,
                r#"{ "id": "tides: harbour 7.1", "sourceAgentId": "boats/tides?v=2", "agentCardManifest": { "id": "${MANIFEST/ID}" } }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for id in agent.entities().filter_map(|entity| entity.value.text("id")) {
        if !is_unfilled(&id.text) {
            describe(&id, report);
        }
    }
}

fn describe(id: &Text<'_>, report: &mut Report<'_>) {
    let (node, text) = (id.node, id.text.as_ref());
    let shown = quoted(text);
    if text == "." || text == ".." {
        report
            .at(node.whole(), format!("the id {shown} means a folder in a URL"))
            .help("choose another id, such as a GUID");
    } else if let Some((start, found)) = text.match_indices(['/', '\\', '?', '#', '%']).next() {
        let message = format!("{} in the id {shown} has a meaning of its own in a URL", quoted(found));
        report
            .at(node.inside(start, start + found.len()), message)
            .help("choose an id of letters, digits and hyphens, or encode it wherever it stands in a URL");
    }
}
