use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unclearable-member",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Note,
        applies_to: "Graph manifests in updates",
        summary: "an update sends null for a member of a manifest that the service never clears",
        why: "Once set, icon, documentation and provider of a manifest stay: a null in a PATCH does not take them away, so that \
              what is stored is not what was sent. Tools that compare the two try again for ever.",
        fixing: Fixing::Always(
            "The member goes, and the request does the same; unsafe, since it was meant to do more.",
        ),
        examples: &[
            Example::fixed(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "iconUrl": null, "documentationUrl": null, "provider": null, "managedBy": null }
             ^^^^ note: null does not clear `iconUrl` once it is set
                                       ^^^^ note: null does not clear `documentationUrl` once it is set
                                                         ^^^^ note: null does not clear `provider` once it is set
"#,
                r#"
{ "managedBy": null }
"#,
            )
            .shows(&["graph 5"]),
            Example::fixed(
                Setup::graph(Kind::GraphAgentInstance, Mode::Update),
                r#"
{ "url": null, "agentCardManifest": { "version": "2.0.0", "provider": null } }
                                                                      ^^^^ note: null does not clear `provider` once it is set
"#,
                r#"
{ "url": null, "agentCardManifest": { "version": "2.0.0" } }
"#,
            ),
            Example::good(
                Setup::INSTANCE,
                r#"{ "agentCardManifest": { "iconUrl": null, "provider": null } }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let Some(manifest) = agent.card.filter(|_| agent.graph().is_some_and(|(_, mode)| mode == Mode::Update))
    else {
        return;
    };
    for name in ["iconUrl", "documentationUrl", "provider"] {
        if let Some(node) = manifest.raw(name).filter(|node| node.is_null()) {
            report
                .at(node.whole(), format!("null does not clear `{name}` once it is set"))
                .help("write the new value, or leave the member out")
                .remove(Safety::Unsafe, format!("leave `{name}` out"), node);
        }
    }
}
