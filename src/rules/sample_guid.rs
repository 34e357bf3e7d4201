use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::{Agent, Entity, is_guid};
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "sample-guid",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Note,
        applies_to: "every Graph kind",
        summary: "an id is a well-known sample, or serves as identity and as blueprint at once",
        why: "A GUID from a manual names nobody, and one GUID never names two things: the value was copied and not replaced.",
        fixing: Fixing::Never("The id of the real object stands nowhere in the document."),
        examples: &[
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "ownerIds": ["3fa85f64-5717-4562-b3fc-2c963f66afa6"], "managedBy": "00000000-0000-0000-0000-000000000000",
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `3fa85f64-5717-4562-b3fc-2c963f66afa6` is a sample value
                                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `00000000-0000-0000-0000-000000000000` is a sample value
  "agentIdentityId": "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82",
  "agentIdentityBlueprintId": "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82" }
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `agentIdentityBlueprintId` is the id of the identity itself
"#,
            )
            .shows(&["graph 3.12"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Response),
                r#"
{ "id": "550E8400-e29b-41d4-a716-446655440000", "displayName": "Tides" }
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `550E8400-e29b-41d4-a716-446655440000` is a sample value
"#,
            )
            .shows(&["graph 3.12"]),
            Example::good(
                Setup::INSTANCE,
                r#"
{ "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"], "agentIdentityId": "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82" }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

const SAMPLES: [&str; 3] = [
    "550e8400-e29b-41d4-a716-446655440000",
    "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "00000000-0000-0000-0000-000000000000",
];

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for entity in agent.entities() {
        let own = ["id", "sourceAgentId"].into_iter().filter_map(|name| entity.value.text(name));
        for text in entity.ids().chain(own).filter(|text| is_sample(&text.text)) {
            let shown = quoted(&text.text);
            report
                .at(text.node.whole(), format!("{shown} is a sample value"))
                .help("write the id of the real object");
        }
        if matches!(entity.kind, Kind::GraphAgentInstance | Kind::GraphAgentRegistration) {
            shared(&entity, report);
        }
    }
}

fn is_sample(text: &str) -> bool {
    SAMPLES.iter().any(|sample| sample.eq_ignore_ascii_case(text))
}

fn shared(entity: &Entity<'_>, report: &mut Report<'_>) {
    let [identity, blueprint] =
        ["agentIdentityId", "agentIdentityBlueprintId"].map(|name| entity.value.text(name));
    let (Some(identity), Some(blueprint)) = (identity, blueprint) else { return };
    let is_same = identity.text.eq_ignore_ascii_case(&blueprint.text);
    if is_same && is_guid(&identity.text) && !is_sample(&identity.text) {
        report
            .at(blueprint.node.whole(), "`agentIdentityBlueprintId` is the id of the identity itself")
            .help("write the id of the blueprint from which the identity was made")
            .related(identity.node.whole(), "the identity");
    }
}
