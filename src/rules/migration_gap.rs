use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::Version;
use crate::rule::{Check, Question, Report, Rule, Step, StepKind};
use crate::syntax::Node;
use crate::words::{list, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "migration-gap",
        aliases: &[],
        group: Group::Portability,
        severity: Severity::Error,
        applies_to: "cards that `cardlint migrate` writes anew",
        summary: "a migration needs something that the card does not say and that nobody should guess",
        why: "A guess would go unnoticed until a client calls the wrong endpoint or logs in in the wrong way. So nothing is \
              written until somebody says what holds, or asks for what can be written with `--partial`.",
        fixing: Fixing::Never("Only a person knows the answer, and gives it with an option."),
        examples: &[
            Example::bad(
                Setup::V1_0.to("0.3.0"),
                r#"
{ "name": "Tides", "skills": [], "supportedInterfaces": [
                                 ^^^^^^^^^^^^^^^^^^^^^ error: no endpoint is of version `0.3`, so a card of 0.x would have nothing to point to
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ] }
"#,
            )
            .shows(&["docs/migration.md"]),
            Example::bad(
                Setup::V1_0.to("0.3.0"),
                r#"
{ "name": "Tides", "skills": [], "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "", "protocolVersion": "0.3" }
                                                                 ^^ error: the endpoint does not name its binding, and in a card of 0.x that would mean `JSONRPC`
  ] }
"#,
            ),
            Example::bad(
                Setup::DETECTED.to("1.0"),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [], "protocolVersion": "1.0" }
                                                                                            ^^^^^ error: the card says `1.0` and has the shape of 0.x, so what its endpoints speak is not certain
"#,
            ),
            Example::bad(
                Setup::V0_3.to("1.0"),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [], "securitySchemes": {
    "oauth": { "type": "oauth2", "flows": {
                                 ^^^^^^^ error: A2A 1.0 takes one flow for a scheme, and this one has 2, `implicit` and `clientCredentials`
      "implicit": { "authorizationUrl": "https://login.example.com/authorize", "scopes": {} },
      "clientCredentials": { "tokenUrl": "https://login.example.com/token", "scopes": {} } } } } }
"#,
            ),
            Example::bad(
                Setup::V0_3.to("1.0 --server-speaks 1.0"),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/rest", "preferredTransport": "HTTP+JSON", "skills": [] }
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: the URL of an HTTP+JSON endpoint means another path in 0.3 than in 1.0
"#,
            ),
            Example::bad(
                Setup::card(Version::V0_1_0).to("1.0"),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [], "authentication": { "schemes": ["ApiKey"] } }
                                                                                                         ^^^^^^^^ error: the card does not say what a client needs for `ApiKey`
"#,
            ),
            Example::bad(
                Setup::V1_0.to("graph-instance --server-speaks 0.3"),
                r#"
{ "name": "Tides", "skills": [], "supportedInterfaces": [
^ error: a Graph agentInstance needs `ownerIds`, which no card says
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ] }
"#,
            ),
            Example::good(
                Setup::V1_0.to("0.3.0 --server-speaks 0.3"),
                r#"
{ "name": "Tides", "skills": [], "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ] }
"#,
            ),
            Example::good(
                Setup::card(Version::V0_1_0).to("1.0"),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [], "authentication": { "schemes": ["Bearer"] } }
"#,
            ),
        ],
    },
    check: Check::Migration(check),
};

fn check(step: &Step<'_>, report: &mut Report<'_>) {
    let StepKind::Open(question) = step.kind else { return };
    let (node, target) = (step.place.node(), step.target);
    let value = quoted(&node.string().unwrap_or_default());
    let (message, help): (String, String) = match question {
        Question::ServerVersion => (
            format!("the card says {value} and has the shape of 0.x, so what its endpoints speak is not certain"),
            "say --server-speaks 0.3 or --server-speaks 1.0, or both if the server speaks both".to_owned(),
        ),
        Question::OldServer => (
            "no endpoint is of version `0.3`, so a card of 0.x would have nothing to point to".to_owned(),
            "say --server-speaks 0.3 if the same endpoints answer clients of 0.3 too".to_owned(),
        ),
        Question::Binding => (
            "the endpoint does not name its binding, and in a card of 0.x that would mean `JSONRPC`".to_owned(),
            "write the binding that it has, such as `JSONRPC`".to_owned(),
        ),
        Question::Flows => {
            let flows: Vec<_> = node.children().filter_map(Node::key).collect();
            let (count, names) = (flows.len(), list(&flows, "and"));
            (
                format!("{target} takes one flow for a scheme, and this one has {count}, {names}"),
                "say --flows split for a scheme of each flow, or --flows first to keep the one that SDKs take".to_owned(),
            )
        }
        Question::Alternatives(most) => (
            format!("the schemes of this requirement have so many flows that it would become more than {most} alternatives"),
            "say --flows first to keep the flow of each that SDKs take, or leave flows out that clients do without"
                .to_owned(),
        ),
        Question::Versions(most) => (
            format!("the card names more than {most} versions for all of its interfaces"),
            "write into each interface which `protocolVersion` it is of".to_owned(),
        ),
        Question::RestUrl => (
            "the URL of an HTTP+JSON endpoint means another path in 0.3 than in 1.0".to_owned(),
            "say --rest-url v1 if `/v1` belongs to the URL of 1.0, or --rest-url same if the server answers without it"
                .to_owned(),
        ),
        Question::Scheme => (
            format!("the card does not say what a client needs for {value}"),
            format!("say it with --scheme, such as {}", example(&node.string().unwrap_or_default())),
        ),
        Question::Option(member, option) => {
            (format!("{target} needs `{member}`, which no card says"), format!("say it with {option}"))
        }
        Question::Card => (
            "the registration holds no card in `agentCard`".to_owned(),
            "put the card of the agent there, or start from the card itself".to_owned(),
        ),
    };
    report.at_step(step, message).help(help);
}

/// How a scheme is told on the command line.
fn example(name: &str) -> String {
    let letters: String = name.chars().filter(|char| char.is_ascii_alphanumeric()).collect();
    let scheme = match letters.to_ascii_lowercase().as_str() {
        "oauth2" | "oauth" => r#"{"type": "oauth2", "flows": {...}}"#,
        "openidconnect" | "oidc" => r#"{"type": "openIdConnect", "openIdConnectUrl": "https://..."}"#,
        _ => r#"{"type": "apiKey", "in": "header", "name": "X-API-Key"}"#,
    };
    format!("`{letters}={scheme}`")
}
