use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::{Agent, Typed};
use crate::rule::{Check, Report, Rule};
use crate::syntax::Node;
use crate::words::{json, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "mismatched-odata-type",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Warning,
        applies_to: "every Graph kind",
        summary: "the `@odata.type` of an object is not the type that belongs there",
        why: "The service and typed clients create the object that `@odata.type` names, letter by letter. A name in other \
              capitals, without its namespace or of another type makes them refuse the object or lose what it holds.",
        fixing: Fixing::Always(
            "The type that belongs there is written; unsafe where another type is named, since then the \
             object may be in the wrong place.",
        ),
        examples: &[
            Example::fixed(
                Setup::INSTANCE,
                r##"
{ "@odata.type": "#microsoft.graph.AgentInstance",
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `@odata.type` is `#microsoft.graph.AgentInstance`, and the type is called `#microsoft.graph.agentInstance`
  "agentCardManifest": { "provider": { "@odata.type": "agentProvider", "organization": "Harbour Office" } } }
                                                      ^^^^^^^^^^^^^^^ warning: `@odata.type` is `agentProvider`, and the type is called `#microsoft.graph.agentProvider`
"##,
                r##"
{ "@odata.type": "#microsoft.graph.agentInstance",
  "agentCardManifest": { "provider": { "@odata.type": "#microsoft.graph.agentProvider", "organization": "Harbour Office" } } }
"##,
            )
            .shows(&["graph 2.2"]),
            Example::fixed(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r##"
{ "skills": [{ "@odata.type": "#microsoft.graph.agentExtension", "id": "tides" }], "capabilities": { "@odata.type": null } }
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `@odata.type` is `#microsoft.graph.agentExtension` where an `agentSkill` belongs
                                                                                                                    ^^^^ warning: `@odata.type` is not a string
"##,
                r##"
{ "skills": [{ "@odata.type": "#microsoft.graph.agentSkill", "id": "tides" }], "capabilities": { "@odata.type": "#microsoft.graph.agentCapabilities" } }
"##,
            ),
            Example::good(
                Setup::INSTANCE,
                r##"
{ "@odata.type": "#Microsoft.Graph.agentInstance",
  "agentCardManifest": { "@odata.type": "microsoft.graph.agentCardManifest", "capabilities": {} } }
"##,
            ),
        ],
    },
    check: Check::Agent(check),
};

const NAMESPACE: &str = "microsoft.graph.";

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    agent.visit_types(&mut |typed| {
        let stated = typed.value.node().member("@odata.type").filter(|stated| !stated.is_damaged());
        // Schemes are of one of several types, which is the business of another rule.
        if let Some(stated) = stated.filter(|_| typed.object.choice.is_none()) {
            compare(typed, stated, report);
        }
    });
}

fn compare(typed: Typed<'_>, stated: Node<'_>, report: &mut Report<'_>) {
    let right = typed.object.name.as_str();
    let whole = format!("#{NAMESPACE}{right}");
    let Some(text) = stated.string() else {
        let title = format!("write `{whole}`");
        report.at(stated.whole(), "`@odata.type` is not a string").help(title.clone()).replace(
            Safety::Unsafe,
            title,
            stated.span(),
            json(&whole),
        );
        return;
    };
    let name = text.strip_prefix('#').unwrap_or(&text);
    let start = name.get(..NAMESPACE.len()).filter(|start| start.eq_ignore_ascii_case(NAMESPACE));
    let bare = start.map_or(name, |start| &name[start.len()..]);
    if start.is_some() && bare == right {
        return;
    }
    let shown = quoted(&text);
    if bare.eq_ignore_ascii_case(right) {
        let message = format!("`@odata.type` is {shown}, and the type is called `{whole}`");
        let title = format!("write `{whole}`");
        report.at(stated.whole(), message).help(title.clone()).replace(
            Safety::Safe,
            title,
            stated.span(),
            json(&whole),
        );
    } else {
        let message = format!("`@odata.type` is {shown} where an `{right}` belongs");
        report
            .at(stated.whole(), message)
            .help(format!("write `{whole}`, or leave the annotation out"))
            .replace(Safety::Unsafe, format!("write `{whole}`"), stated.span(), json(&whole));
    }
}
