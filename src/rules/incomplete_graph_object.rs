use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::edit::Where;
use crate::kind::{Kind, Mode};
use crate::model::{Agent, Typed};
use crate::rule::{Check, Report, Rule};
use crate::schema::ValueType;
use crate::syntax::Node;
use crate::words::quoted;
use std::borrow::Cow;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "incomplete-graph-object",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Warning,
        applies_to: "Graph requests",
        summary: "a Graph object lacks a member that its type cannot do without, though no documentation demands it",
        why: "The schema of the service says that these members are never null, while the tables of the documentation leave \
              them optional or do not speak of them. What the service makes of an object without them may change, and a \
              registration without `sourceAgentId` has been refused.",
        fixing: Fixing::Sometimes(
            "A switch that is missing is added as `false`, which is what A2A takes its absence for; unsafe, \
             since the agent may be able to do it. Texts, lists and URLs cannot be made up.",
        ),
        examples: &[
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest": {
                       ^ warning: the manifest lacks `skills`
    "ownerIds": [], "defaultInputModes": [], "defaultOutputModes": [],
    "capabilities": { "streaming": true, "extensions": [{ "uri": "https://tides.example.com/ext/v1" }] },
                    ^ warning: `capabilities` lacks `pushNotifications`
                    ^ warning: `capabilities` lacks `stateTransitionHistory`
                                                        ^ note: the extension lacks `required`
    "provider": {}
                ^ warning: `provider` lacks `organization`
                ^ warning: `provider` lacks `url`
} }
"#,
            ).shows(&["graph 4.25", "graph 4.26", "graph 4.27", "graph 4.29"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "skills": [{ "id": "tides", "displayName": "Tides" }] }
             ^ warning: the skill lacks `description`
             ^ warning: the skill lacks `tags`
"#,
            ).shows(&["graph 4.28"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "securitySchemes": {
    "a": { "type": "oauth2", "flows": {} },
                                      ^ warning: `flows` holds no flow
    "b": { "type": "oauth2", "flows": { "authorizationCode": { "tokenUrl": "https://id.example.com/t", "scopes": {} } } }
                                                             ^ warning: the flow `authorizationCode` lacks `authorizationUrl`
} }
"#,
            ).shows(&["graph 3.9"]),
            Example::bad(
                Setup::REGISTRATION,
                r#"
{ "displayName": "Tides" }
^ warning: the registration lacks `sourceAgentId`
"#,
            ).shows(&["graph 4.3"]),
            Example::bad(
                Setup::REGISTRATION,
                r#"
{ "displayName": "Tides", "sourceAgentId": "" }
                                           ^^ warning: `sourceAgentId` of the registration is empty
"#,
            )
            .shows(&["graph 4.3", "graph 5"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "securitySchemes": { "c": { "type": "oauth2", "flows": { "clientCredentials": { "scopes": {} }, "password": { "scopes": {} }, "implicit": { "scopes": {} } } } } }
                                                                                ^ warning: the flow `clientCredentials` lacks `tokenUrl`
                                                                                                              ^ warning: the flow `password` lacks `tokenUrl`
                                                                                                                                            ^ warning: the flow `implicit` lacks `authorizationUrl`
"#,
            )
            .shows(&["graph 3.9"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentInstance, Mode::Create),
                r#"
{ "agentCardManifest": { "ownerIds": [], "defaultInputModes": [], "defaultOutputModes": [], "skills": [{ "id": "tides", "displayName": "Tides", "description": "", "tags": [] }],
                                                                                                                                                               ^^ warning: `description` of the skill is empty
  "provider": { "organization": "", "url": "https://harbour.example.com" } } }
                                ^^ warning: `organization` of `provider` is empty
"#,
            )
            .shows(&["graph 4.23"]),
            Example::fixed(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "capabilities": { "extensions": [{ "uri": "https://tides.example.com/ext/v1" }] } }
                                   ^ note: the extension lacks `required`
"#,
                r#"
{ "capabilities": { "extensions": [{ "uri": "https://tides.example.com/ext/v1", "required": false }] } }
"#,
            ),
            Example::bad(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Update),
                r#"
{ "a2aAuthorization": { "type": "apiKeyPluginVault" } }
                      ^ note: an authorization of type `apiKeyPluginVault` has no `referenceId`
"#,
            ).shows(&["graph 4.41"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Update),
                r#"
{ "a2aAuthorization": { "type": "connectionVault", "referenceId": "" } }
                                                                  ^^ note: an authorization of type `connectionVault` has no `referenceId`
"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Update),
                r#"
{ "a2aAuthorization": { "type": "none" } }
"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentInstance, Mode::Update),
                r#"
{ "agentCardManifest": { "version": "2.0.0", "capabilities": { "streaming": true }, "provider": {} } }
"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Response),
                r#"
{ "displayName": "Tides", "skills": [{ "id": "tides" }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

/// When an object has to be whole.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    /// On creation; an update names what it changes.
    Create,
    /// In every request: an update replaces it as a whole, since it stands in a list or under a name.
    Request,
}

struct Row(&'static str, When, Severity, &'static [&'static str]);

const ROWS: &[Row] = &[
    Row(
        "agentCardManifest",
        When::Create,
        Severity::Warning,
        &["ownerIds", "skills", "defaultInputModes", "defaultOutputModes"],
    ),
    Row("agentRegistration", When::Create, Severity::Warning, &["sourceAgentId"]),
    Row(
        "agentCapabilities",
        When::Create,
        Severity::Warning,
        &["streaming", "pushNotifications", "stateTransitionHistory"],
    ),
    Row("agentProvider", When::Create, Severity::Warning, &["organization", "url"]),
    Row("agentExtension", When::Request, Severity::Note, &["required"]),
    Row("agentSkill", When::Request, Severity::Warning, &["description", "tags"]),
];

/// The URLs that a flow cannot work without.
const FLOWS: &[(&str, &[&str])] = &[
    ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
    ("clientCredentials", &["tokenUrl"]),
    ("implicit", &["authorizationUrl"]),
    ("password", &["tokenUrl"]),
];

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if !agent.is_request() {
        return;
    }
    let creates = agent.graph().is_some_and(|(_, mode)| mode == Mode::Create);
    agent.visit_types(&mut |typed| match typed.object.name.as_str() {
        "oAuthFlows" => no_flow(typed, report),
        "oAuthFlow" => flow(typed, report),
        "a2aAuthorization" => authorization(typed, report),
        name => {
            for Row(of, when, severity, members) in ROWS {
                if *of == name && (creates || *when == When::Request) {
                    members.iter().for_each(|member| missing(typed, member, *severity, report));
                }
            }
        }
    });
}

/// What is said of a member that is a truth value.
const SWITCH: &str = ", which is true or false";

fn missing(typed: Typed<'_>, name: &str, severity: Severity, report: &mut Report<'_>) {
    // An empty URL is left to the rule that reads URLs.
    let empty = typed.value.text(name).filter(|text| text.text.is_empty() && !name.ends_with("rl"));
    if let Some(text) = empty {
        report
            .at(text.node.whole(), format!("`{name}` of {} is empty", owner(typed)))
            .severity(severity)
            .help("give it a value");
    }
    if !typed.value.lacks(name) {
        return;
    }
    let what = match typed.member(name).map(|member| &member.value) {
        Some(ValueType::Array(_)) => ", a list",
        Some(ValueType::Scalar) => SWITCH,
        _ => "",
    };
    let is_switch = what == SWITCH;
    let node = typed.value.node();
    let found = report
        .at(node.at_opening(), format!("{} lacks `{name}`", owner(typed)))
        .severity(severity)
        .help(format!("add `{name}`{what}"));
    if is_switch {
        let title = format!("add `\"{name}\": false`");
        found.insert_at(Safety::Unsafe, title, (node, Where::Last), name, "false");
    }
}

/// Every type of authorization but `none` comes with the id of what holds the credential.
fn authorization(typed: Typed<'_>, report: &mut Report<'_>) {
    let Some(kind) = typed.value.text("type").filter(|kind| kind.text != "none" && !kind.text.is_empty())
    else {
        return;
    };
    let reference = typed.value.raw("referenceId");
    let is_empty = reference.and_then(Node::string).is_some_and(|text| text.is_empty());
    let is_null = reference.is_some_and(Node::is_null);
    let place = match reference {
        Some(node) if is_empty || is_null => node.whole(),
        None if typed.value.lacks("referenceId") => typed.value.node().at_opening(),
        Some(_) | None => return,
    };
    report
        .at(place, format!("an authorization of type {} has no `referenceId`", quoted(&kind.text)))
        .severity(Severity::Note)
        .help("add `referenceId`, the id of the entry that holds the credential; only the type `none` comes without one");
}

/// Flows are told apart by their names alone.
fn flow(typed: Typed<'_>, report: &mut Report<'_>) {
    let name = typed.value.node().key().unwrap_or_default();
    let urls = FLOWS.iter().find(|(flow, _)| *flow == name).map(|(_, urls)| *urls).unwrap_or_default();
    urls.iter().for_each(|url| missing(typed, url, Severity::Warning, report));
}

fn no_flow(typed: Typed<'_>, report: &mut Report<'_>) {
    let node = typed.value.node();
    let lacks = |(name, _): &(&str, &[&str])| typed.value.lacks(name);
    // What is there under a name that Graph does not know is reported at that name.
    if node.children().any(|member| member.key().is_some_and(|name| !name.contains('@'))) {
        return;
    }
    if FLOWS.iter().all(lacks) {
        report
            .at(node.at_opening(), "`flows` holds no flow")
            .help("add the flow that clients use, such as `clientCredentials`");
    }
}

/// What the reader calls the object.
fn owner(typed: Typed<'_>) -> Cow<'static, str> {
    match typed.object.name.as_str() {
        "agentSkill" => Cow::Borrowed("the skill"),
        "agentExtension" => Cow::Borrowed("the extension"),
        "agentRegistration" => Cow::Borrowed("the registration"),
        "agentCardManifest" => Cow::Borrowed("the manifest"),
        "agentProvider" => Cow::Borrowed("`provider`"),
        "agentCapabilities" => Cow::Borrowed("`capabilities`"),
        _ => Cow::Owned(format!("the flow `{}`", typed.value.node().key().unwrap_or_default())),
    }
}
