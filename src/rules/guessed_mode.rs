use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::{Kind, Mode, required_to_create};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::words::list;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "guessed-mode",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Note,
        applies_to: "Graph bodies that do not say what they are for",
        summary: "a Graph body is checked as an update because nothing in it says otherwise",
        why: "The body of a PATCH has no mark of its own, so a body that should create an object but lacks required members looks \
              like an update. An update may leave out every member, so what the create request lacks is not an error. Some bodies \
              also fit several types; then the type in current use is assumed.",
        fixing: Fixing::Never("The document does not say what it is for."),
        examples: &[
            Example::bad(
                Setup::DETECTED.at("registration.json"),
                r#"
{ "displayName": "Tides", "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"], "agentCard": { "@odata.type": "microsoft.graph.Json" } }
^ note: checked as an update of an agentRegistration; a create request also needs `createdBy`, `sourceCreatedDateTime` and `sourceLastModifiedDateTime`
"#,
            )
            .shows(&["graph 4.1"]),
            Example::bad(
                Setup::DETECTED.at("instance.json"),
                r#"
{ "displayName": "Tides", "url": "https://tides.example.com/a2a", "preferredTransport": "JSONRPC" }
^ note: checked as an update of an agentInstance; a create request also needs `ownerIds`
"#,
            )
            .shows(&["graph 3.7"]),
            Example::bad(
                Setup::DETECTED.at("body.json"),
                r#"
{ "displayName": "Tides", "description": "Tells the tide.", "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"] }
^ note: checked as an update of an agentRegistration, although `agentCardManifest` and `agentCollection` have the same members; a create request also needs `createdBy`, `sourceCreatedDateTime` and `sourceLastModifiedDateTime`
"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Update),
                r#"
{ "displayName": "Tides", "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"] }
"#,
            ),
            Example::good(
                Setup::DETECTED.at("manifest.json"),
                r#"
{ "displayName": "Tides", "skills": [], "defaultInputModes": ["text/plain"] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let Some((kind, Mode::Update)) = agent.graph().filter(|_| agent.guessed_mode) else { return };
    let root = agent.root.node();
    let missing: Vec<&str> =
        required_to_create(kind).iter().copied().filter(|name| agent.root.lacks(name)).collect();
    // What a syntax error has cut off may have been there.
    if (missing.is_empty() && agent.rivals.is_empty()) || root.is_incomplete() {
        return;
    }
    let mut message = format!("checked as an update of an {}", type_name(kind));
    if !agent.rivals.is_empty() {
        let rivals: Vec<&str> = agent.rivals.iter().map(|kind| type_name(*kind)).collect();
        let verb = if rivals.len() == 1 { "has" } else { "have" };
        message.push_str(&format!(", although {} {verb} the same members", list(&rivals, "and")));
    }
    if !missing.is_empty() {
        message.push_str(&format!("; a create request also needs {}", list(&missing, "and")));
    }
    let help = match (missing.is_empty(), agent.rivals.is_empty()) {
        (true, _) => "set the kind and the mode of the file",
        (false, true) => {
            "if the body creates the object, add them; otherwise set the mode of the file to `update`"
        }
        (false, false) => {
            "if the body creates the object, add them; otherwise set the kind of the file, and its mode to `update`"
        }
    };
    report.at(root.at_opening(), message).help(help);
}

/// The name of the Graph type.
fn type_name(kind: Kind) -> &'static str {
    kind.title().trim_start_matches("Graph ")
}
