use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::syntax::Node;
use crate::words::quoted;
use std::borrow::Cow;
use std::collections::HashMap;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "duplicate-extension",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Warning,
        applies_to: "A2A 0.2.2 and later, Graph manifests",
        summary: "two extensions have the same `uri`",
        why: "The URI identifies the extension. A client that looks one up finds either entry, with other `params` or another \
              `required`.",
        fixing: Fixing::Sometimes(
            "A second entry that says the same goes. Where two entries differ, somebody has to decide what of \
             both holds.",
        ),
        examples: &[
            Example::fixed(
                Setup::V1_0,
                r#"
{ "capabilities": { "extensions": [{ "uri": "https://x.example.com/v1" }, { "uri": "https://x.example.com/v1" }] } }
                                                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `https://x.example.com/v1` is declared twice
"#,
                r#"
{ "capabilities": { "extensions": [{ "uri": "https://x.example.com/v1" }] } }
"#,
            )
            .shows(&["A2A-N099"]),
            Example::good(
                Setup::V1_0,
                r#"
{ "capabilities": { "extensions": [{ "uri": "https://x.example.com/v1" }, { "uri": "https://x.example.com/v2" }] } }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let mut seen: HashMap<Cow<'_, str>, Node<'_>> = HashMap::new();
    for uri in
        agent.extensions().filter_map(|extension| extension.text("uri")).filter(|uri| !uri.text.is_empty())
    {
        let first = *seen.entry(uri.text.clone()).or_insert(uri.node);
        if first != uri.node {
            report
                .at(uri.node.whole(), format!("{} is declared twice", quoted(&uri.text)))
                .help("keep one of the two entries")
                .related(first.whole(), "the first one")
                .remove_copy("take the second entry out", uri.node.parent(), first.parent());
        }
    }
}
