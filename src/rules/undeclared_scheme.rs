use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode, Version};
use crate::model::{Agent, SchemeUse, says_open};
use crate::rule::{Check, Found, Report, Rule};
use crate::words::{closest, json, quoted};
use std::collections::HashMap;

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
        fixing: Fixing::Sometimes(
            "A name that comes close to a declared one is replaced by it; unsafe, since the declaration may \
             be what is missing. A scheme cannot be made up.",
        ),
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
                Setup::V0_3,
                r#"
{ "securitySchemes": { "login": { "type": "http", "scheme": "bearer" } },
  "security": [{ "key": [] }, { "login": [], "key": [] }],
                 ^^^^^ error: the scheme `key` is not declared
  "skills": [{ "id": "tides", "security": [{ "key": [] }] }] }
"#,
            ),
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
    let names: Vec<&str> = declared.iter().map(AsRef::as_ref).collect();
    let uses = agent.requirements.iter().flat_map(|requirement| &requirement.uses);
    let mut lacking: Vec<Vec<&SchemeUse<'_>>> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for used in uses.filter(|used| !declared.contains(&used.name)) {
        // Nobody has so many schemes; a guess for each use of one would take its time.
        if let Some(meant) = (names.len() <= 64).then(|| closest(&used.name, &names)).flatten() {
            misspelt(agent, used, meant, report);
            continue;
        }
        // One declaration is missing, however often it is asked for; without any, that is the one mistake.
        let what = if names.is_empty() { "" } else { used.name.as_ref() };
        let index = *known.entry(what).or_insert(lacking.len());
        match lacking.get_mut(index) {
            Some(same) => same.push(used),
            None => lacking.push(vec![used]),
        }
    }
    lacking.iter().for_each(|same| missing(agent, same, report));
}

/// A name that comes close to one that is declared.
fn misspelt(agent: &Agent<'_>, used: &SchemeUse<'_>, meant: &str, report: &mut Report<'_>) {
    let place = used.member.node().at_key();
    let title = format!("write {}", quoted(meant));
    let found = report.at(place, format!("the scheme {} is not declared", quoted(&used.name)));
    let found = related(agent, found).severity(severity(agent)).help(title.clone());
    found.replace(Safety::Unsafe, title, place.span(), json(meant));
}

/// A declaration that nobody wrote, and who asks for it.
fn missing(agent: &Agent<'_>, uses: &[&SchemeUse<'_>], report: &mut Report<'_>) {
    let [first, others @ ..] = uses else { return };
    let shown = quoted(&first.name);
    let none = agent.card.is_some_and(|card| card.get("securitySchemes").is_none());
    let end = if none { ": the card has no `securitySchemes`" } else { "" };
    let found = report.at(first.member.node().at_key(), format!("the scheme {shown} is not declared{end}"));
    let found = related(agent, found).severity(severity(agent));
    let found = match says_open(&first.name) {
        true => found.help("remove the requirement: a card without requirements asks for no login"),
        false => found.help(format!("declare {shown} in `securitySchemes`, or take it out")),
    };
    others.iter().fold(found, |found, other| {
        let shown = quoted(&other.name);
        found.related(other.member.node().at_key(), format!("{shown} is asked for here as well"))
    });
}

fn severity(agent: &Agent<'_>) -> Severity {
    if agent.graph().is_some() { Severity::Warning } else { Severity::Error }
}

fn related<'a>(agent: &Agent<'_>, found: Found<'a>) -> Found<'a> {
    match agent.card.and_then(|card| card.get("securitySchemes")) {
        Some(schemes) => found.related(schemes.node().at_key(), "the declared schemes"),
        None => found,
    }
}
