use crate::diagnostic::{Edit, Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::edit::{rename, replace_value};
use crate::kind::{Kind, Mode};
use crate::model::{Agent, Typed, embedded_guid};
use crate::rule::{Check, Report, Rule};
use crate::syntax::Node;
use crate::words::{closest, json, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "misplaced-annotation",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Error,
        applies_to: "every Graph kind",
        summary: "an OData annotation belongs to a member that does not exist, is written in another case, links through a \
                  member that cannot link, or is in a request although only responses have it",
        why: "`@odata.bind` works only on navigation properties and only in requests; anywhere else the service refuses the \
              body or drops the link. Annotation names are case-sensitive: `@odata.Bind` does not link anything. An annotation \
              of an unknown member usually has a typo in its name.",
        fixing: Fixing::Sometimes(
            "`@odata.context` is removed from a request, and an annotation in another case or for a misspelt \
             member is renamed; the latter is unsafe, and so is removing what annotates nothing. Links to \
             owners become `ownerIds` where each of them holds a GUID, which is unsafe. Any other link to \
             what cannot be linked has to be written as the object itself.",
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
  ^^^^^^^^^^^^^^^^ note: only responses of the service have `@odata.context`
"##,
                r#"
{ "displayName": "Tides" }
"#,
            ),
            Example::fixed(
                Setup::INSTANCE,
                r##"
{ "agentCardManifest@odata.Bind": "https://graph.microsoft.com/beta/agentRegistry/agentCardManifests('tides')", "@odata.Type": "#microsoft.graph.agentInstance" }
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `agentCardManifest@odata.Bind` is spelt `agentCardManifest@odata.bind`
                                                                                                                ^^^^^^^^^^^^^ warning: `@odata.Type` is spelt `@odata.type`
"##,
                r##"
{ "agentCardManifest@odata.bind": "https://graph.microsoft.com/beta/agentRegistry/agentCardManifests('tides')", "@odata.type": "#microsoft.graph.agentInstance" }
"##,
            ).shows(&["graph 2.2"]),
            Example::fixed(
                Setup::REGISTRATION,
                r##"
{ "owners@odata.bind": ["https://graph.microsoft.com/v1.0/users/4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"] }
  ^^^^^^^^^^^^^^^^^^^ error: `owners` cannot be linked by `@odata.bind`
"##,
                r##"
{ "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"] }
"##,
            ).shows(&["graph 2.2"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Update),
                r##"
{ "sponsors@odata.bind": ["https://graph.microsoft.com/v1.0/users/anna@harbour.example.com"] }
  ^^^^^^^^^^^^^^^^^^^^^ error: `sponsors` cannot be linked by `@odata.bind`
"##,
            ),
            Example::bad(
                Setup::INSTANCE,
                r##"
{ "#microsoft.graph.publish": { "target": "https://graph.microsoft.com/beta/agentRegistry/agentInstances/tides/publish" } }
  ^^^^^^^^^^^^^^^^^^^^^^^^^^ note: only responses of the service advertise actions
"##,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Response),
                r##"
{ "#microsoft.graph.publish": { "target": "https://graph.microsoft.com/beta/copilot/agentRegistrations/tides/publish" } }
"##,
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
            .at(context.at_key(), "only responses of the service have `@odata.context`")
            .severity(Severity::Note)
            .help("remove it from the request")
            .remove(Safety::Safe, "remove `@odata.context`", context);
    }
    agent.visit_types(&mut |typed| {
        for node in typed.value.node().children() {
            let Some(key) = node.key() else { continue };
            if key.starts_with('#') && mode != Mode::Response {
                report
                    .at(node.at_key(), "only responses of the service advertise actions")
                    .severity(Severity::Note)
                    .help("remove it from the request");
            }
            let Some((name, annotation)) = key.split_once('@') else { continue };
            let right = in_right_case(annotation);
            if !name.is_empty() {
                annotated(typed, node, name, right.unwrap_or(annotation), mode, report);
            }
            let is_said = name.is_empty() || typed.member(name).is_some();
            if let Some(right) = right.filter(|_| is_said && mode != Mode::Response) {
                let right = format!("{name}@{right}");
                let found = report
                    .at(node.at_key(), format!("{} is spelt `{right}`", quoted(&key)))
                    .severity(Severity::Warning)
                    .help(format!("rename it to `{right}`; annotation names are case-sensitive"));
                if typed.value.node().member(&right).is_none() {
                    found.rename(Safety::Safe, node, &right);
                }
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
            .help("remove it, or check the document as a request")
            .remove(Safety::Unsafe, "remove the link", node);
    } else if is_link && !is_navigation(&typed.object.name, name) {
        let found = report
            .at(node.at_key(), format!("{} cannot be linked by `@odata.bind`", quoted(name)))
            .help(linked_instead(typed, name));
        if names_owners(name) {
            found.offer(Safety::Unsafe, "write the ids as `ownerIds`", owner_ids(typed, node));
        }
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
                let help = "remove the annotation";
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

/// Annotations of OData that people write in a body.
const ANNOTATIONS: [&str; 8] = [
    "odata.bind",
    "odata.type",
    "odata.id",
    "odata.context",
    "odata.etag",
    "odata.count",
    "odata.nextLink",
    "odata.deltaLink",
];

/// The annotation that `written` is in another case.
fn in_right_case(written: &str) -> Option<&'static str> {
    let same = ANNOTATIONS.into_iter().find(|known| known.eq_ignore_ascii_case(written));
    same.filter(|known| *known != written)
}

/// Whether a link through `name` means the owners, as in other types of Graph.
fn names_owners(name: &str) -> bool {
    matches!(name, "owner" | "owners" | "ownerIds")
}

/// The edits that make `ownerIds` of links to users, if each of them holds a GUID and no owners are given otherwise.
fn owner_ids(typed: Typed<'_>, links: Node<'_>) -> Option<Vec<Edit>> {
    let is_free = typed.member("ownerIds").is_some() && typed.value.raw("ownerIds").is_none();
    let entries: Vec<Node<'_>> = if links.is_array() { links.children().collect() } else { vec![links] };
    let id = |link: &Node<'_>| {
        let text = link.string()?;
        embedded_guid(text.trim_end_matches('/')).map(|guid| json(&guid))
    };
    let ids: Option<Vec<String>> = entries.iter().filter(|_| is_free).map(id).collect();
    let ids = ids.filter(|ids| !ids.is_empty() && !links.is_incomplete())?;
    Some(vec![rename(links, "ownerIds")?, replace_value(links, &format!("[{}]", ids.join(", ")))])
}

fn linked_instead(typed: Typed<'_>, name: &str) -> &'static str {
    let has_owners = typed.member("ownerIds").is_some();
    if has_owners && (names_owners(name) || matches!(name, "sponsor" | "sponsors")) {
        return "write the object ids of the owners as `ownerIds`";
    }
    match typed.object.name.as_str() {
        "agentInstance" => "write `agentCardManifest@odata.bind`",
        "agentRegistration" => "put the card itself into `agentCard`",
        _ => "put the value itself into the body",
    }
}
