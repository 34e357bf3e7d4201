use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::Kind;
use crate::model::is_unfilled;
use crate::rule::{Check, File, Report, Rule};
use crate::syntax::Node;
use crate::words::quoted;
use std::borrow::Cow;
use std::collections::HashMap;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "duplicate-source-agent-id",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Warning,
        applies_to: "lists and pages of Graph agentInstance and agentRegistration",
        summary: "two agents of one file have the same `sourceAgentId`",
        why: "The registry knows an agent by its id at the source. It answers the second one with 409, so that of two agents \
              sent in a row only the first is registered.",
        fixing: Fixing::Sometimes(
            "A second agent that says the same goes. Two agents that differ may be two versions of one, or \
             one of them has the id of the other.",
        ),
        examples: &[
            Example::bad(
                Setup::DETECTED,
                r#"
{ "value": [
    { "id": "9d2f7a54-6c1e-4b0a-8f53-2f6d1c7e0b91", "sourceAgentId": "tides-1", "managedByAppId": "c7a1d9e3-52b4-4f68-8d0e-6b9f3a2c1d47" },
    { "id": "5c4b3a29-1807-4f6e-9d5c-4b3a29180716", "sourceAgentId": "tides-1", "managedByAppId": "c7a1d9e3-52b4-4f68-8d0e-6b9f3a2c1d47" }
                                                                     ^^^^^^^^^ warning: the `sourceAgentId` `tides-1` is taken by another agent of this file
  ] }
"#,
            )
            .shows(&["graph 5"]),
            Example::bad(
                Setup::DETECTED,
                r#"
[
  { "displayName": "Tides", "sourceAgentId": "00222", "agentUserId": "0a9b8c7d-6e5f-4a3b-8c1d-2e3f4a5b6c7d" },
  { "displayName": "Waves", "sourceAgentId": "00222", "agentUserId": "6f5e4d3c-2b1a-4f9e-8d7c-6b5a4f3e2d1c" }
                                             ^^^^^^^ warning: the `sourceAgentId` `00222` is taken by another agent of this file
]
"#,
            ),
            Example::fixed(
                Setup::DETECTED,
                r#"
[
  { "displayName": "Tides", "sourceAgentId": "00222", "agentUserId": "0a9b8c7d-6e5f-4a3b-8c1d-2e3f4a5b6c7d" },
  { "displayName": "Tides", "sourceAgentId": "00222", "agentUserId": "0a9b8c7d-6e5f-4a3b-8c1d-2e3f4a5b6c7d" }
                                             ^^^^^^^ warning: the `sourceAgentId` `00222` is taken by another agent of this file
]
"#,
                r#"
[
  { "displayName": "Tides", "sourceAgentId": "00222", "agentUserId": "0a9b8c7d-6e5f-4a3b-8c1d-2e3f4a5b6c7d" }
]
"#,
            ),
            Example::good(
                Setup::DETECTED,
                r#"
{ "value": [
    { "id": "9d2f7a54-6c1e-4b0a-8f53-2f6d1c7e0b91", "sourceAgentId": "tides-1", "managedByAppId": "c7a1d9e3-52b4-4f68-8d0e-6b9f3a2c1d47" },
    { "id": "9d2f7a54-6c1e-4b0a-8f53-2f6d1c7e0b91", "sourceAgentId": "tides-1", "managedByAppId": "c7a1d9e3-52b4-4f68-8d0e-6b9f3a2c1d47" }
  ] }
"#,
            ),
            Example::good(
                Setup::DETECTED,
                r#"
[
  { "displayName": "Tides", "sourceAgentId": "tides", "managedByAppId": "c7a1d9e3-52b4-4f68-8d0e-6b9f3a2c1d47" },
  { "displayName": "Tides", "sourceAgentId": "Tides", "managedByAppId": "c7a1d9e3-52b4-4f68-8d0e-6b9f3a2c1d47" },
  { "displayName": "Tides", "sourceAgentId": "tides", "agentUserId": "0a9b8c7d-6e5f-4a3b-8c1d-2e3f4a5b6c7d" }
]
"#,
            ),
        ],
    },
    check: Check::File(check),
};

fn check(file: &File<'_>, report: &mut Report<'_>) {
    // Each of the two registries keeps ids of its own.
    let mut known: HashMap<(Kind, Cow<'_, str>), Node<'_>> = HashMap::new();
    for subject in &file.detection.subjects {
        let kind = subject.profile.kind();
        if !matches!(kind, Kind::GraphAgentInstance | Kind::GraphAgentRegistration) {
            continue;
        }
        let stated = file.document.node(subject.node).member("sourceAgentId");
        let Some((node, text)) = stated.and_then(|node| Some((node, node.string()?))) else { continue };
        if text.is_empty() || is_unfilled(&text) || node.is_damaged() {
            continue;
        }
        let message = format!("the `sourceAgentId` {} is taken by another agent of this file", quoted(&text));
        match known.get(&(kind, text.clone())) {
            // That the whole object stands there twice is told at its id.
            Some(first) if id(*first).is_some_and(|own| id(node) == Some(own)) => {}
            Some(first) => {
                report
                    .at(node.whole(), message)
                    .help("give every agent the id that it has at its source, which is its own")
                    .related(first.whole(), "the first agent with this id")
                    .remove_copy("take the second one out", node.parent(), first.parent());
            }
            None => {
                known.insert((kind, text), node);
            }
        }
    }
}

/// The id of the object in which `source` stands.
fn id(source: Node<'_>) -> Option<Cow<'_, str>> {
    source.parent()?.member("id")?.string()
}
