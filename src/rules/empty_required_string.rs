use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::rule::{Check, Context, Report, Rule};
use crate::schema::{Fact, Finding};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "empty-required-string",
        aliases: &[],
        group: Group::Schema,
        severity: Severity::Error,
        applies_to: "A2A 1.0, Graph requests",
        summary: "a required text is empty",
        why: "Readers of 1.0 are made from protocol buffers, which cannot tell an empty text from none, so that the member \
              counts as missing. Graph refuses a request with an empty name.",
        fixing: Fixing::Never("What the text should say cannot be read off the rest of the document."),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "name": "", "description": "Tells the tide.", "iconUrl": "https://tides.example.com/icon.png",
          ^^ warning: `name` is empty
  "skills": [{ "id": "tides", "name": "", "examples": [""] }],
                                      ^^ warning: `name` is empty
  "supportedInterfaces": [{ "url": "https://tides.example.com/a2a", "protocolBinding": "", "protocolVersion": "1.0" }] }
                                                                                       ^^ warning: `protocolBinding` is empty
"#,
            ).shows(&["A2A-N009"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "displayName": "", "agentCardManifest": { "description": "", "protocolVersion": "" } }
                 ^^ error: `displayName` is empty
                                                           ^^ error: `description` is empty
                                                                                  ^^ error: `protocolVersion` is empty
"#,
            ).shows(&["graph 3.7", "graph 4.23"]),
            Example::bad(
                Setup::REGISTRATION,
                r#"
{ "displayName": "", "createdBy": "" }
                 ^^ error: `displayName` is empty
                                  ^^ error: `createdBy` is empty
"#,
            )
            .shows(&["graph 3.7"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentCollection, Mode::Create),
                r#"
{ "displayName": "" }
                 ^^ error: `displayName` is empty
"#,
            )
            .shows(&["graph 3.7"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "skills": [{ "id": "", "displayName": "" }], "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "" } } }
                     ^^ error: `id` is empty
                                        ^^ error: `displayName` is empty
                                                                                                                       ^^ error: `name` is empty
"#,
            )
            .shows(&["graph 4.23"]),
            Example::good(Setup::V0_3, r#"{ "name": "", "description": "" }"#),
            Example::good(Setup::V1_0, r#"{ "name": " ", "skills": [{ "id": "tides", "name": "Tides" }] }"#),
            Example::good(
                Setup::graph(Kind::GraphAgentInstance, Mode::Update),
                r#"{ "originatingStore": "" }"#,
            ),
        ],
    },
    check: Check::Finding(check),
};

fn check(finding: &Finding, context: &Context<'_>, report: &mut Report<'_>) {
    if finding.fact != Fact::EmptyString {
        return;
    }
    let node = context.node(finding);
    let name = context.shape.aliases.called(node).unwrap_or_default();
    let severity = if context.is_graph() { Severity::Error } else { Severity::Warning };
    report.at(node.whole(), format!("{} is empty", quoted(&name))).severity(severity).help("give it a value");
}
