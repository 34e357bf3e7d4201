use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::{Agent, Typed, Value, is_template, is_unfilled};
use crate::rule::{Check, Report, Rule};
use crate::syntax::Node;
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "placeholder-value",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Warning,
        applies_to: "every Graph kind",
        summary: "a value is still the type name of the documentation, or an id or a name was never filled in",
        why: "The service stores the text as it is: the registry then shows an agent called `String`, and an id such as `null` \
              leads nowhere. Mostly an earlier step of a script failed.",
        fixing: Fixing::Never("The real value stands nowhere in the document."),
        examples: &[
            Example::bad(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "displayName": "String", "defaultInputModes": ["String"], "managedBy": "String (identifier)",
                 ^^^^^^^^ warning: `String` is the type name of the documentation, not a value
                                                 ^^^^^^^^ warning: `String` is the type name of the documentation, not a value
                                                                         ^^^^^^^^^^^^^^^^^^^^^ warning: `String (identifier)` is the type name of the documentation, not a value
  "skills": [{ "id": "tides", "displayName": "Tides", "description": "String", "tags": [] }] }
                                                                     ^^^^^^^^ warning: `String` is the type name of the documentation, not a value
"#,
            ).shows(&["graph 4.12"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "ownerIds": ["<owner-object-id>"], "managedBy": "null", "agentIdentityId": "${IDENTITY}", "sourceAgentId": "{id}" }
               ^^^^^^^^^^^^^^^^^^^ warning: `<owner-object-id>` was never filled in
                                                  ^^^^^^ warning: `null` was never filled in
                                                                             ^^^^^^^^^^^^^ warning: `${IDENTITY}` was never filled in
                                                                                                             ^^^^^^ warning: `{id}` was never filled in
"#,
            ).shows(&["graph 5"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Update),
                r#"
{ "id": "{{ id }}", "agentIdentityBlueprintId": "undefined", "managedByAppId": "$(APP_ID)" }
        ^^^^^^^^^^ warning: `{{ id }}` was never filled in
                                                ^^^^^^^^^^^ warning: `undefined` was never filled in
                                                                               ^^^^^^^^^^^ warning: `$(APP_ID)` was never filled in
"#,
            )
            .shows(&["graph 5"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "displayName": "${AGENT_NAME}", "originatingStore": "<store>",
                 ^^^^^^^^^^^^^^^ warning: `${AGENT_NAME}` was never filled in
                                                      ^^^^^^^^^ warning: `<store>` was never filled in
  "agentCardManifest": { "description": "{{ description }}", "skills": [{ "id": "{skill}", "displayName": "Tides <beta>" }] } }
                                        ^^^^^^^^^^^^^^^^^^^ warning: `{{ description }}` was never filled in
                                                                                ^^^^^^^^^ warning: `{skill}` was never filled in
"#,
            )
            .shows(&["graph 5"]),
            Example::good(
                Setup::INSTANCE,
                r#"
{ "displayName": "String Quartet", "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"], "sourceAgentId": "00222",
  "createdDateTime": "String (timestamp)", "signatures": [{ "header": { "kind": "String" } }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let is_request = agent.is_request();
    agent.visit_types(&mut |typed| templates(typed, is_request, report));
    for entity in agent.entities() {
        let ignores_creator = is_request && entity.sets_creator();
        let other = ["id", "sourceAgentId"].into_iter().filter_map(|name| entity.value.text(name));
        let ids = entity.ids().chain(other).filter(|id| !(ignores_creator && id.node.key_is("createdBy")));
        for id in ids.filter(|id| is_unfilled(&id.text)) {
            report
                .at(id.node.whole(), format!("{} was never filled in", quoted(&id.text)))
                .help("write the real id, or leave the member out");
        }
    }
}

/// The strings of an object that are type names. Times are left to the rule that reads them, and what the service
/// ignores to the rule that says so.
fn templates(typed: Typed<'_>, is_request: bool, report: &mut Report<'_>) {
    for (name, child) in typed.value.raw_members() {
        let node = child.node();
        let is_ignored = is_request
            && name == "createdBy"
            && matches!(typed.object.name.as_str(), "agentInstance" | "agentCardManifest");
        if typed.member(&name).is_none() || name.ends_with("DateTime") || is_ignored {
            continue;
        }
        if node.is_array() {
            node.children().for_each(|item| template(typed.value, item, report));
        } else {
            template(typed.value, node, report);
        }
    }
    let texts = NAMES.iter().filter(|(of, _)| of.is_empty() || *of == typed.object.name);
    for text in texts.filter_map(|(_, name)| typed.value.text(name)).filter(|text| is_template(&text.text)) {
        report
            .at(text.node.whole(), format!("{} was never filled in", quoted(&text.text)))
            .help("write the real text");
    }
}

/// The members that people read, by type where not every type of that member's name means such.
const NAMES: &[(&str, &str)] = &[
    ("", "displayName"),
    ("", "description"),
    ("", "originatingStore"),
    ("agentProvider", "organization"),
    ("agentSkill", "id"),
];

fn template(holder: Value<'_>, node: Node<'_>, report: &mut Report<'_>) {
    if holder.is_template(node) {
        let text = node.string().unwrap_or_default();
        report
            .at(node.whole(), format!("{} is the type name of the documentation, not a value", quoted(&text)))
            .help("write the real value, or leave the member out");
    }
}
