use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "manifest-given-twice",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Error,
        applies_to: "Graph agentInstance, create and update",
        summary: "an instance holds a manifest and refers to one by `@odata.bind` as well",
        why: "An instance has one manifest. The service cannot both create the one inside and link the other.",
        fixing: Fixing::Never(
            "Whether an existing manifest is to be used or a new one made, the document does not say.",
        ),
        examples: &[
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest": { "displayName": "Tides" },
  "agentCardManifest@odata.bind": "https://graph.microsoft.com/beta/agentRegistry/agentCardManifests('tides')" }
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: the instance refers to a manifest and holds another one
"#,
            )
            .shows(&["graph 2.1"]),
            Example::good(
                Setup::graph(Kind::GraphAgentInstance, Mode::Update),
                r#"
{ "agentCardManifest@odata.bind": "https://graph.microsoft.com/beta/agentRegistry/agentCardManifests('tides')" }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let is_instance = agent.graph().is_some_and(|(kind, _)| kind == Kind::GraphAgentInstance);
    if !is_instance || !agent.is_request() {
        return;
    }
    let given = |name: &str| agent.root.raw(name).filter(|node| !node.is_null());
    if let (Some(manifest), Some(bind)) = (given("agentCardManifest"), given("agentCardManifest@odata.bind"))
    {
        report
            .at(bind.at_key(), "the instance refers to a manifest and holds another one")
            .help("keep the manifest inside to create a new one, or the reference to use an existing one")
            .related(manifest.at_key(), "the manifest inside");
    }
}
