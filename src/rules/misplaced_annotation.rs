use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::{Agent, Typed};
use crate::rule::{Check, Report, Rule};
use crate::syntax::Node;
use crate::words::{closest, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "misplaced-annotation",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Error,
        applies_to: "every Graph kind",
        summary: "an OData annotation belongs to a member that does not exist, links through one that cannot link, or stands in \
                  a request where only answers have it",
        why: "`@odata.bind` works on navigation properties in requests alone; anywhere else the service refuses the body or \
              passes over the link. An annotation of an unknown member mostly has a slip in its name.",
        fixing: Fixing::Sometimes(
            "`@odata.context` is taken out of a request, and an annotation for a misspelt member gets its \
             right name; the latter is unsafe, and so is taking out what annotates nothing. A link to what \
             cannot be linked has to be written as the object itself.",
        ),
        examples: &[
            Example::bad(
                Setup::REGISTRATION,
                r##"
{ "agentCard@odata.bind": "https://graph.microsoft.com/beta/agentRegistry/agentCardManifests('tides')" }
  ^^^^^^^^^^^^^^^^^^^^^^ error: `agentCard` cannot be linked by `@odata.bind`
"##,
            ).shows(&["graph 2.1"]),
            Example::fixed(
                Setup::graph(Kind::GraphAgentInstance, Mode::Response),
                r##"
{ "agentCardManifest@odata.bind": "https://graph.microsoft.com/beta/agentRegistry/agentCardManifests('tides')" }
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: a response does not link anything by `@odata.bind`
"##,
                r#"
{}
"#,
            ),
            Example::fixed(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r##"
{ "skils@odata.count": 1, "provider": { "name@odata.type": "#String" } }
  ^^^^^^^^^^^^^^^^^^^ warning: the annotation is for `skils`, which is no member here
                                        ^^^^^^^^^^^^^^^^^ warning: the annotation is for `name`, which is no member here
"##,
                r#"
{ "skills@odata.count": 1, "provider": {} }
"#,
            ).shows(&["graph 2.2"]),
            Example::fixed(
                Setup::INSTANCE,
                r##"
{ "@odata.context": "https://graph.microsoft.com/beta/$metadata#agentRegistry/agentInstances/$entity", "displayName": "Tides" }
  ^^^^^^^^^^^^^^^^ note: only answers of the service carry `@odata.context`
"##,
                r#"
{ "displayName": "Tides" }
"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentInstance, Mode::Response),
                r##"
{ "@odata.context": "https://graph.microsoft.com/beta/$metadata#agentRegistry/agentInstances/$entity", "@odata.etag": "W/1",
  "additionalInterfaces@odata.count": 0, "agentCardManifest@odata.context": "x",
  "signatures": [{ "header": { "by@example": 1 } }] }
"##,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let Some((_, mode)) = agent.graph() else { return };
    if let Some(context) = agent.root.node().member("@odata.context").filter(|_| agent.is_request()) {
        report
            .at(context.at_key(), "only answers of the service carry `@odata.context`")
            .severity(Severity::Note)
            .help("take it out of the request")
            .remove(Safety::Safe, "take `@odata.context` out", context);
    }
    agent.visit_types(&mut |typed| {
        for node in typed.value.node().children() {
            let Some(key) = node.key() else { continue };
            if let Some((name, annotation)) = key.split_once('@').filter(|(name, _)| !name.is_empty()) {
                annotated(typed, node, name, annotation, mode, report);
            }
        }
    });
}

fn annotated(
    typed: Typed<'_>,
    node: Node<'_>,
    name: &str,
    annotation: &str,
    mode: Mode,
    report: &mut Report<'_>,
) {
    let is_link = annotation == "odata.bind" || annotation == "bind";
    let is_known = typed.member(name).is_some();
    if is_link && mode == Mode::Response {
        report
            .at(node.at_key(), "a response does not link anything by `@odata.bind`")
            .severity(Severity::Warning)
            .help("take it out, or check the document as a request")
            .remove(Safety::Unsafe, "take the link out", node);
    } else if is_link && !is_navigation(&typed.object.name, name) {
        report
            .at(node.at_key(), format!("{} cannot be linked by `@odata.bind`", quoted(name)))
            .help(linked_instead(&typed.object.name));
    } else if !is_known && typed.is_settled() {
        let names: Vec<&str> = typed.object.members.iter().map(|member| member.name.as_str()).collect();
        let found = report
            .at(node.at_key(), format!("the annotation is for {}, which is no member here", quoted(name)))
            .severity(Severity::Warning);
        match closest(name, &names).map(|meant| format!("{meant}@{annotation}")) {
            Some(right) if typed.value.node().member(&right).is_none() => {
                found.help(format!("write `{right}`")).rename(Safety::Unsafe, node, &right);
            }
            Some(right) => {
                found.help(format!("write `{right}`"));
            }
            None => {
                let help = "take the annotation out";
                found.help(help).remove(Safety::Unsafe, help, node);
            }
        }
    }
}

/// The members that lead to other entities.
fn is_navigation(object: &str, name: &str) -> bool {
    matches!(
        (object, name),
        ("agentInstance", "agentCardManifest" | "collections") | ("agentCollection", "members")
    )
}

fn linked_instead(object: &str) -> &'static str {
    match object {
        "agentInstance" => "write `agentCardManifest@odata.bind`",
        "agentRegistration" => "put the card itself into `agentCard`",
        _ => "put the value itself into the body",
    }
}
