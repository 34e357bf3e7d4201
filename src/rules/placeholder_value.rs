use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::{Agent, Text, Typed, Value, is_placeholder, is_unfilled, is_unfilled_guid};
use crate::rule::{Check, Report, Rule};
use crate::syntax::Node;
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "placeholder-value",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Warning,
        applies_to: "every kind and version",
        summary: "a string is a placeholder that was not filled in, or a type name copied from the documentation",
        why: "Clients and registries use the string as it is: a registry lists an agent called `String` or `$agentName`, and an id \
              such as `null` or `YOUR_AGENT_ID` identifies nothing. The usual cause is an earlier step of a script or \
              pipeline that failed.",
        fixing: Fixing::Never("The document does not contain the real value."),
        examples: &[
            Example::bad(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "displayName": "String", "defaultInputModes": ["String"], "managedBy": "String (identifier)",
                 ^^^^^^^^ warning: `String` is a placeholder that was not filled in
                                                 ^^^^^^^^ warning: `String` is a placeholder that was not filled in
                                                                         ^^^^^^^^^^^^^^^^^^^^^ warning: `String (identifier)` is a placeholder that was not filled in
  "skills": [{ "id": "tides", "displayName": "Tides", "description": "String", "tags": [] }] }
                                                                     ^^^^^^^^ warning: `String` is a placeholder that was not filled in
"#,
            ).shows(&["graph 4.12"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "ownerIds": ["<owner-object-id>"], "managedBy": "null", "agentIdentityId": "${IDENTITY}", "sourceAgentId": "{id}" }
               ^^^^^^^^^^^^^^^^^^^ warning: `<owner-object-id>` is a placeholder that was not filled in
                                                  ^^^^^^ warning: `null` is a placeholder that was not filled in
                                                                             ^^^^^^^^^^^^^ warning: `${IDENTITY}` is a placeholder that was not filled in
                                                                                                             ^^^^^^ warning: `{id}` is a placeholder that was not filled in
"#,
            ).shows(&["graph 5"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Update),
                r#"
{ "id": "{{ id }}", "agentIdentityBlueprintId": "undefined", "managedByAppId": "$(APP_ID)" }
        ^^^^^^^^^^ warning: `{{ id }}` is a placeholder that was not filled in
                                                ^^^^^^^^^^^ warning: `undefined` is a placeholder that was not filled in
                                                                               ^^^^^^^^^^^ warning: `$(APP_ID)` is a placeholder that was not filled in
"#,
            )
            .shows(&["graph 5"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "displayName": "${AGENT_NAME}", "originatingStore": "<store>",
                 ^^^^^^^^^^^^^^^ warning: `${AGENT_NAME}` is a placeholder that was not filled in
                                                      ^^^^^^^^^ warning: `<store>` is a placeholder that was not filled in
  "agentCardManifest": { "description": "{{ description }}", "skills": [{ "id": "{skill}", "displayName": "Tides <beta>" }] } }
                                        ^^^^^^^^^^^^^^^^^^^ warning: `{{ description }}` is a placeholder that was not filled in
                                                                                ^^^^^^^^^ warning: `{skill}` is a placeholder that was not filled in
"#,
            )
            .shows(&["graph 5"]),
            Example::bad(
                Setup::REGISTRATION,
                r##"
{ "displayName": "$agentName", "description": "TODO: describe it", "originatingStore": "System.Object[]", "sourceAgentId": "#{agentId}#",
                 ^^^^^^^^^^^^ warning: `$agentName` is a placeholder that was not filled in
                                              ^^^^^^^^^^^^^^^^^^^ warning: `TODO: describe it` is a placeholder that was not filled in
                                                                                       ^^^^^^^^^^^^^^^^^ warning: `System.Object[]` is a placeholder that was not filled in
                                                                                                                           ^^^^^^^^^^^^^ warning: `#{agentId}#` is a placeholder that was not filled in
  "agentIdentityId": "YOUR_AGENT_IDENTITY_ID", "ownerIds": ["xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"] }
                     ^^^^^^^^^^^^^^^^^^^^^^^^ warning: `YOUR_AGENT_IDENTITY_ID` is a placeholder that was not filled in
                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` is a placeholder that was not filled in
"##,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "name": "__AGENT_NAME__", "provider": { "organization": "%ORGANIZATION%" }, "skills": [{ "id": "tides", "name": "Tides ${ENV}" }] }
          ^^^^^^^^^^^^^^^^ warning: `__AGENT_NAME__` is a placeholder that was not filled in
                                                          ^^^^^^^^^^^^^^^^ warning: `%ORGANIZATION%` is a placeholder that was not filled in
                                                                                                                  ^^^^^^^^^^^^^^ warning: `Tides ${ENV}` is a placeholder that was not filled in
"#,
            )
            .shows(&["real unfilled-placeholder-anywhere"]),
            Example::good(
                Setup::V0_3,
                r#"
{ "name": "String", "description": "Fills ${NAME} and {{name}} in templates, 20% faster, from $5.", "version": "2.0.0-TODO" }
"#,
            ),
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
    if agent.graph().is_none() {
        card(agent, report);
        return;
    }
    let is_request = agent.is_request();
    agent.visit_types(&mut |typed| templates(typed, is_request, report));
    for entity in agent.entities() {
        let ignores_creator = is_request && entity.sets_creator();
        let guids = entity.ids().filter(|id| !(ignores_creator && id.node.key_is("createdBy")));
        let unfilled = guids.filter(|id| is_unfilled_guid(&id.text));
        let other = ["id", "sourceAgentId"].into_iter().filter_map(|name| entity.value.text(name));
        for id in unfilled.chain(other.filter(|id| is_unfilled(&id.text))) {
            unfilled_text(&id, "write the real id, or remove the member", report);
        }
    }
}

/// The texts of a card that people and models read.
fn card(agent: &Agent<'_>, report: &mut Report<'_>) {
    let root = ["name", "description", "version"].into_iter().map(|name| (agent.root, name));
    let provider = agent.root.object("provider").map(|provider| (provider, "organization"));
    let skills = agent.skills.iter().flat_map(|skill| SKILL.map(|name| (*skill, name)));
    let places = root.chain(provider).chain(skills);
    let texts = places.filter_map(|(object, name)| Some((name, object.text(name)?)));
    for (_, text) in texts.filter(|(name, text)| is_unfilled_text(name, &text.text)) {
        unfilled_text(&text, REAL_TEXT, report);
    }
}

const SKILL: [&str; 3] = ["id", "name", "description"];

const REAL_TEXT: &str = "write the real value";

fn unfilled_text(text: &Text<'_>, help: &'static str, report: &mut Report<'_>) {
    report
        .at(text.node.whole(), format!("{} is a placeholder that was not filled in", quoted(&text.text)))
        .help(help);
}

/// Whether the text of a member called `name` is a placeholder. A description may speak of templates.
fn is_unfilled_text(name: &str, text: &str) -> bool {
    is_placeholder(text) || (name != "description" && is_unfilled(text))
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
    let names = NAMES.iter().filter(|(of, _)| of.is_empty() || *of == typed.object.name);
    for (name, text) in names.filter_map(|(_, name)| Some((name, typed.value.text(name)?))) {
        if is_unfilled_text(name, &text.text) {
            unfilled_text(&text, REAL_TEXT, report);
        }
    }
}

/// The members that people read, by type where not every type of that member's name means such.
const NAMES: &[(&str, &str)] = &[
    ("", "displayName"),
    ("", "description"),
    ("", "originatingStore"),
    ("agentProvider", "organization"),
    ("agentCardManifest", "version"),
    ("agentSkill", "id"),
    ("a2aAuthorization", "referenceId"),
];

fn template(holder: Value<'_>, node: Node<'_>, report: &mut Report<'_>) {
    if holder.is_template(node) {
        let text = node.string().unwrap_or_default();
        report
            .at(node.whole(), format!("{} is a placeholder that was not filled in", quoted(&text)))
            .help("replace the type name from the documentation with the real value, or remove the member");
    }
}
