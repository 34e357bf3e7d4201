use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode, Version};
use crate::model::version::RootVersion;
use crate::rule::{Check, Context, Report, Rule};
use crate::schema::{Fact, Finding};
use crate::syntax::Node;
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "empty-required-array",
        aliases: &[],
        group: Group::Schema,
        severity: Severity::Error,
        applies_to: "A2A 0.1.0 to 0.2.5 and 1.0, Graph requests",
        summary: "a required list is empty",
        why: "1.0 wants at least one entry in every required list: an agent without an interface cannot be called, and one \
              without modes shares no format with anybody. Empty `skills` and `tags` are common and harm less, since nobody \
              finds the agent by them.",
        fixing: Fixing::Sometimes(
            "An empty `supportedInterfaces` can be taken out of a card of 0.x; unsafe, since it may have been \
             meant to be filled. What belongs into any other list, the document does not say.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [],
                         ^^ error: `supportedInterfaces` is empty
  "defaultInputModes": [], "defaultOutputModes": ["text/plain"],
                       ^^ error: `defaultInputModes` is empty
  "skills": [{ "id": "tides", "tags": [], "examples": [] }] }
                                      ^^ warning: `tags` is empty
"#,
            )
            .shows(&[
                "A2A-N010",
                "A2A-N067",
                "real empty-defaultinputmodes",
                "real skill-with-empty-tags",
            ]),
            Example::bad(
                Setup::card(Version::V0_2_5),
                r#"
{ "url": "https://tides.example.com/a2a", "skills": [] }
                                                    ^^ warning: `skills` is empty
"#,
            )
            .shows(&["A2A-N109", "real empty-skills"]),
            Example::fixed(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [], "supportedInterfaces": [] }
                                                                                                ^^ error: `supportedInterfaces` is empty, and readers that look for it ignore `url`
"#,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [] }
"#,
            ),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "displayName": "Tides", "ownerIds": [] }
                                      ^^ error: `ownerIds` is empty
"#,
            )
            .shows(&["graph 3.7"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentCollection, Mode::Create),
                r#"
{ "displayName": "Boats", "ownerIds": [] }
                                      ^^ error: `ownerIds` is empty
"#,
            )
            .shows(&["graph 3.7"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "defaultOutputModes": [] }
                        ^^ error: `defaultOutputModes` is empty
"#,
            )
            .shows(&["real empty-defaultoutputmodes"]),
            Example::good(
                Setup::V0_3,
                r#"{ "skills": [], "defaultInputModes": [], "additionalInterfaces": [] }"#,
            ),
            Example::good(Setup::V1_0, r#"{ "securityRequirements": [], "signatures": [] }"#),
        ],
    },
    check: Check::Finding(check),
};

fn check(finding: &Finding, context: &Context<'_>, report: &mut Report<'_>) {
    if finding.fact != Fact::EmptyArray {
        return;
    }
    let node = context.node(finding);
    let name = context.shape.aliases.called(node).unwrap_or_default();
    let shown = quoted(&name);
    let half = !context.is_graph() && !context.is_modern() && name != "skills";
    let (message, help) = if half {
        let message = format!("{shown} is empty, and readers that look for it ignore `url`");
        (message, "take it out, or list the endpoint of `url` there with its version")
    } else {
        (format!("{shown} is empty"), help(&name))
    };
    let mild = !context.is_graph() && matches!(name.as_ref(), "skills" | "tags");
    let severity = if mild { Severity::Warning } else { Severity::Error };
    let found = report.at(node.whole(), message).severity(severity).help(help);
    let stated = context.root().member("protocolVersion").and_then(Node::string);
    // As a card of 0.x, one that claims 1.0 has another mistake.
    if half && stated.is_none_or(|stated| RootVersion::of(&stated) != RootVersion::Modern) {
        found.remove(Safety::Unsafe, format!("take {shown} out"), node);
    }
}

fn help(name: &str) -> &'static str {
    match name {
        "supportedInterfaces" => "list the endpoints of the agent, the preferred one first",
        "defaultInputModes" | "defaultOutputModes" => "list the media types, such as `text/plain`",
        "skills" => "describe at least one thing that the agent does",
        "tags" => "add words by which the skill can be found",
        _ => "add an entry",
    }
}
