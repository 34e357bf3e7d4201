use crate::diagnostic::{Example, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode, Version};
use crate::model::{Agent, SchemeUse};
use crate::rule::{Check, Report, Rule};
use crate::words::{closest, json, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "undeclared-scheme",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Error,
        applies_to: "A2A 0.2.0 and later, Graph manifests",
        summary: "a security requirement names a scheme that the card does not declare",
        why: "The name is all that a client gets: without the declaration it knows that it has to log in and not how, so it \
              cannot call the agent at all.",
        examples: &[
            Example::fixed(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "oauth": { "type": "http", "scheme": "bearer" } },
  "security": [{ "oauth": [] }, { "Oauth2": [] }],
                                  ^^^^^^^^ error: the scheme `Oauth2` is not declared
  "skills": [{ "id": "tides", "security": [{ "oaut": [] }] }] }
                                             ^^^^^^ error: the scheme `oaut` is not declared
"#,
                r#"
{ "securitySchemes": { "oauth": { "type": "http", "scheme": "bearer" } },
  "security": [{ "oauth": [] }, { "oauth": [] }],
  "skills": [{ "id": "tides", "security": [{ "oauth": [] }] }] }
"#,
            ).shows(&["A2A-N115", "A2A-N149", "A2A-N150", "real security-requirement-names-an-undeclared-scheme"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "securityRequirements": [{ "schemes": { "key": { "list": [] } } }] }
                                          ^^^^^ error: the scheme `key` is not declared: the card has no `securitySchemes`
"#,
            ).shows(&["A2A-N151"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentInstance, Mode::Create),
                r#"
{ "agentCardManifest": { "securitySchemes": {}, "security": [{ "key": [] }] } }
                                                               ^^^^^ warning: the scheme `key` is not declared
"#,
            ).shows(&["graph 3.8"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Response),
                r#"
{ "securitySchemes": { "club": { "type": "mutualTLS" } }, "skills": [{ "id": "tides", "security": [{ "club": [], "key": [] }] }] }
                                                                                                                 ^^^^^ warning: the scheme `key` is not declared
"#,
            )
            .shows(&["graph 3.8"]),
            Example::good(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"{ "security": [{ "key": [] }] }"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "key": {} },
  "securityRequirements": [{ "schemes": { "key": {} } }, { "schemes": {} }] }
"#,
            ),
            Example::good(Setup::card(Version::V0_1_0), r#"{ "security": [{ "key": [] }] }"#),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    // An update may name a scheme that an earlier request declared, and 0.1.0 has no requirements.
    let update = agent.graph().is_some_and(|(_, mode)| mode == Mode::Update);
    let first_release = agent.version().is_some_and(|version| version.legacy == Some(Version::V0_1_0));
    if update || first_release || agent.requirements.iter().all(|requirement| requirement.uses.is_empty()) {
        return;
    }
    let Some(declared) = agent.declared_schemes() else { return };
    let uses = agent.requirements.iter().flat_map(|requirement| &requirement.uses);
    let undeclared = uses.filter(|used| !declared.contains(&used.name));
    let names: Vec<&str> = declared.iter().map(AsRef::as_ref).collect();
    undeclared.for_each(|used| say(agent, used, &names, report));
}

fn say(agent: &Agent<'_>, used: &SchemeUse<'_>, declared: &[&str], report: &mut Report<'_>) {
    let shown = quoted(&used.name);
    let schemes = agent.card.and_then(|card| card.get("securitySchemes"));
    let message = match schemes {
        Some(_) => format!("the scheme {shown} is not declared"),
        None => format!("the scheme {shown} is not declared: the card has no `securitySchemes`"),
    };
    let severity = if agent.graph().is_some() { Severity::Warning } else { Severity::Error };
    let mut found = report.at(used.member.node().at_key(), message).severity(severity);
    if let Some(schemes) = schemes {
        found = found.related(schemes.node().at_key(), "the declared schemes");
    }
    // Nobody has so many schemes; a guess for each use of one would take its time.
    let meant = (declared.len() <= 64).then(|| closest(&used.name, declared)).flatten();
    match (meant, used.member.node().key_span()) {
        (Some(meant), Some(key)) => {
            let title = format!("write {}", quoted(meant));
            found.help(title.clone()).replace(Safety::Unsafe, title, key, json(meant));
        }
        _ => {
            found.help(format!("declare {shown} in `securitySchemes`, or take it out"));
        }
    }
}
