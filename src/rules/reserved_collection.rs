use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "reserved-collection",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Error,
        applies_to: "Graph agentCollection requests",
        summary: "a request wants to create or change one of the two collections that belong to the service",
        why: "Every tenant has a collection `Global` and a collection `Quarantined` from the start. The service answers a second \
              one of that name with 409, and lets nobody change the two.",
        fixing: Fixing::Never(
            "Another collection needs another name, and the service gives the id; the document does not say \
             which one was meant.",
        ),
        examples: &[
            Example::bad(
                Setup::graph(Kind::GraphAgentCollection, Mode::Create),
                r#"
{ "displayName": "Quarantined", "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"] }
                 ^^^^^^^^^^^^^ error: `Quarantined` is the name of a collection that every tenant has
"#,
            )
            .shows(&["graph 1.3"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentCollection, Mode::Update),
                r#"
{ "id": "00000000-0000-0000-0000-000000000001", "description": "Everything." }
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `00000000-0000-0000-0000-000000000001` is the id of the collection `Global` of the service
"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentCollection, Mode::Response),
                r#"{ "id": "00000000-0000-0000-0000-000000000001", "displayName": "Global" }"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentCollection, Mode::Create),
                r#"{ "id": "00000000-0000-0000-0000-000000000003", "displayName": "Global agents" }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

const RESERVED: [(&str, &str); 2] = [
    ("Global", "00000000-0000-0000-0000-000000000001"),
    ("Quarantined", "00000000-0000-0000-0000-000000000002"),
];

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let Some((Kind::GraphAgentCollection, mode @ (Mode::Create | Mode::Update))) = agent.graph() else {
        return;
    };
    let id = agent.root.text("id");
    let by_id = id.as_ref().and_then(|text| RESERVED.iter().find(|(_, id)| *id == text.text));
    if let (Some(text), Some((name, id))) = (&id, by_id) {
        report
            .at(text.node.whole(), format!("`{id}` is the id of the collection `{name}` of the service"))
            .help("leave the id out; the service gives one");
        return;
    }
    let name = agent.root.text("displayName").filter(|_| mode == Mode::Create);
    if let Some(name) = name.filter(|name| RESERVED.iter().any(|(reserved, _)| *reserved == name.text)) {
        let shown = quoted(&name.text);
        report
            .at(name.node.whole(), format!("{shown} is the name of a collection that every tenant has"))
            .help("choose another name");
    }
}
