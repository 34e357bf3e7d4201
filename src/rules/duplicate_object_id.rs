use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::is_unfilled;
use crate::rule::{Check, File, Report, Rule};
use crate::syntax::Node;
use crate::words::quoted;
use std::borrow::Cow;
use std::collections::HashMap;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "duplicate-object-id",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Warning,
        applies_to: "lists and pages of Graph objects",
        summary: "two objects of one file have the same `id`",
        why: "The registry knows an object by its `id`. Of two requests with one id the second is answered with 409, and whoever \
              reads a page into a table loses one of the two.",
        fixing: Fixing::Sometimes(
            "A second object that says the same goes. Where the two differ, one of them has the wrong id, and \
             the document does not say which.",
        ),
        examples: &[
            Example::bad(
                Setup::DETECTED,
                r#"
{ "value": [
    { "id": "tides-1", "displayName": "Tides", "agentUserId": "0a9b8c7d-6e5f-4a3b-8c1d-2e3f4a5b6c7d" },
    { "id": "tides-1", "displayName": "Waves", "agentUserId": "6f5e4d3c-2b1a-4f9e-8d7c-6b5a4f3e2d1c" }
            ^^^^^^^^^ warning: the `id` `tides-1` is taken by another object of this file
  ] }
"#,
            )
            .shows(&["graph 5"]),
            Example::fixed(
                Setup::DETECTED,
                r#"
{ "value": [
  { "id": "tides-1", "displayName": "Tides", "agentUserId": "0a9b8c7d-6e5f-4a3b-8c1d-2e3f4a5b6c7d" },
  { "id": "tides-1", "displayName": "Tides", "agentUserId": "0a9b8c7d-6e5f-4a3b-8c1d-2e3f4a5b6c7d" }
          ^^^^^^^^^ warning: the `id` `tides-1` is taken by another object of this file
] }
"#,
                r#"
{ "value": [
  { "id": "tides-1", "displayName": "Tides", "agentUserId": "0a9b8c7d-6e5f-4a3b-8c1d-2e3f4a5b6c7d" }
] }
"#,
            ),
            Example::good(
                Setup::DETECTED,
                r#"
{ "value": [
    { "id": "tides-1", "displayName": "Tides", "agentUserId": "0a9b8c7d-6e5f-4a3b-8c1d-2e3f4a5b6c7d" },
    { "id": "Tides-1", "displayName": "Waves", "agentUserId": "6f5e4d3c-2b1a-4f9e-8d7c-6b5a4f3e2d1c" },
    { "id": "${ID}", "displayName": "Sands", "agentUserId": "1b2c3d4e-5f60-4718-9293-a4b5c6d7e8f9" },
    { "id": "${ID}", "displayName": "Reefs", "agentUserId": "2c3d4e5f-6071-4829-a3b4-c5d6e7f80910" }
  ] }
"#,
            ),
        ],
    },
    check: Check::File(check),
};

fn check(file: &File<'_>, report: &mut Report<'_>) {
    if file.detection.subjects.len() < 2 {
        return;
    }
    let mut known: HashMap<(Kind, Cow<'_, str>), Node<'_>> = HashMap::new();
    for subject in &file.detection.subjects {
        // Two updates of one object may well follow each other.
        let (kind, mode) = (subject.profile.kind(), subject.profile.mode());
        if matches!(mode, None | Some(Mode::Update)) {
            continue;
        }
        let stated = file.document.node(subject.node).member("id");
        let Some((node, text)) = stated.and_then(|node| Some((node, node.string()?))) else { continue };
        if text.is_empty() || is_unfilled(&text) || node.is_damaged() {
            continue;
        }
        let Some(first) = known.get(&(kind, text.clone())) else {
            known.insert((kind, text), node);
            continue;
        };
        report
            .at(node.whole(), format!("the `id` {} is taken by another object of this file", quoted(&text)))
            .help("give every object an id of its own, or take the second one out")
            .related(first.whole(), "the first object with this id")
            .remove_copy("take the second one out", node.parent(), first.parent());
    }
}
