use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::Version;
use crate::rule::{Check, Loss, Report, Rule, Step, StepKind};
use crate::syntax::Node;
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "migration-loss",
        aliases: &[],
        group: Group::Portability,
        severity: Severity::Warning,
        applies_to: "cards that `cardlint migrate` writes anew",
        summary: "something in a card has no place in what the card is migrated to",
        why: "What has no place in the other release is not in the migrated card. Whoever relied on it has to know: clients that \
              verify the signature, people who were told how to get access, readers of a member that only one release has.",
        fixing: Fixing::Never("What is lost is lost in the result; the document itself is as it should be."),
        examples: &[
            Example::bad(
                Setup::V0_3.to("1.0"),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "capabilities": { "stateTransitionHistory": true },
                                                                             ^^^^^^^^^^^^^^^^^^^^^^^^ warning: A2A 1.0 has no `stateTransitionHistory`; it is left out
  "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiJ9", "signature": "c2ln" }], "skills": [] }
  ^^^^^^^^^^^^ warning: no signature holds for the migrated card; they are left out
"#,
            )
            .shows(&["docs/migration.md"]),
            Example::bad(
                Setup::V1_0.to("0.3.0"),
                r#"
{ "name": "Tides", "skills": [], "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "0.3", "tenant": "bay" },
                                                                                                      ^^^^^^^^ warning: A2A 0.3.0 has no `tenant`; it is left out
    { "url": "https://tides.example.com/v1", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: A2A 0.3.0 has no place for the endpoint `https://tides.example.com/v1` of version `1.0`; it is left out
  ] }
"#,
            ),
            Example::bad(
                Setup::V0_3.to("1.0 --flows first"),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [], "securitySchemes": {
    "oauth": { "type": "oauth2", "x-realm": "sea", "flows": {
                                 ^^^^^^^^^ note: A2A 1.0 has no `x-realm`; it is kept in the scheme, where readers pass over it
      "implicit": { "authorizationUrl": "https://login.example.com/authorize", "scopes": {} },
      ^^^^^^^^^^ warning: A2A 1.0 takes one flow for a scheme; `implicit` is left out
      "clientCredentials": { "tokenUrl": "https://login.example.com/token", "scopes": {} } } } } }
"#,
            ),
            Example::bad(
                Setup::card(Version::V0_1_0).to("0.3.0"),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [],
  "authentication": { "schemes": ["Bearer"], "credentials": "Ask the harbour master." } }
                                             ^^^^^^^^^^^^^ warning: A2A 0.3.0 has no place for the words of `credentials`; they are left out
"#,
            ),
            Example::bad(
                Setup::V0_3.to("dual"),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "capabilities": { "streaming": true },
  "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } }, "security": [{ "key": [] }],
  "skills": [{ "id": "tides", "name": "Tides", "description": "Tides.", "tags": ["sea"], "security": [] }] }
                                                                                         ^^^^^^^^^^ warning: A2A 1.0 cannot say by an empty `security` that a skill asks for no login: the skill inherits the requirements of the card
"#,
            ),
            Example::good(
                Setup::V0_3.to("1.0"),
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "capabilities": { "streaming": true }, "skills": [],
  "supportsAuthenticatedExtendedCard": true, "x-harbour": "north" }
"#,
            ),
        ],
    },
    check: Check::Migration(check),
};

fn check(step: &Step<'_>, report: &mut Report<'_>) {
    let StepKind::Lost(loss) = step.kind else { return };
    let (node, target) = (step.place.node(), step.target);
    let name = quoted(&node.key().unwrap_or_default());
    let (message, help) = match loss {
        Loss::Member | Loss::Formality => (format!("{target} has no {name}; it is left out"), MEMBER),
        Loss::OpenSkill => (
            format!(
                "A2A 1.0 cannot say by an empty {name} that a skill asks for no login: the skill inherits the \
                 requirements of the card"
            ),
            "publish the skill in a card of its own if clients use it without a login",
        ),
        Loss::Signatures => (
            "no signature holds for the migrated card; they are left out".to_owned(),
            "sign the migrated card, once nothing in it changes any more",
        ),
        Loss::Credentials => (
            format!("{target} has no place for the words of {name}; they are left out"),
            "put them into the `description` of a security scheme",
        ),
        Loss::Interface => (interface(node, target), "keep a card for each generation, or migrate to `dual`"),
        Loss::Flow => (
            format!("{target} takes one flow for a scheme; {name} is left out"),
            "declare it as a scheme of its own if clients use it",
        ),
        Loss::OnlyFlow => (
            format!("{target} has no {name}, so nobody can meet the scheme any more"),
            "add a flow that clients of that release know",
        ),
        Loss::Scheme => (
            format!("{target} cannot express the scheme {name}; it is left out"),
            "tell clients in another way that they need a certificate",
        ),
        Loss::Half(other) => (
            format!("{name} says something else than `{other}`, which is kept; it is left out"),
            "make both say the same before the migration",
        ),
        Loss::Registry => (
            "what the registry knows of the agent besides its card is left out".to_owned(),
            "keep the Graph object if owners, ids and times are still needed",
        ),
        Loss::Unread => (
            format!("{target} has no {name}; it is kept in the scheme, where readers pass over it"),
            "move it into an extension if clients need it",
        ),
    };
    let severity = match loss {
        Loss::Formality | Loss::Unread | Loss::Registry => Severity::Note,
        _ => Severity::Warning,
    };
    report.at_step(step, message).severity(severity).help(help);
}

const MEMBER: &str = "say it in an extension, or in `description`, if clients need it";

fn interface(entry: Node<'_>, target: &str) -> String {
    let text = |name: &str| entry.member(name).and_then(Node::string).unwrap_or_default();
    let version = match text("protocolVersion") {
        version if version.is_empty() => String::new(),
        version => format!(" of version {}", quoted(&version)),
    };
    format!("{target} has no place for the endpoint {}{version}; it is left out", quoted(&text("url")))
}
