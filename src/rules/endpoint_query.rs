use crate::diagnostic::{Example, Group, Meta, Setup, Severity};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "endpoint-query",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Warning,
        applies_to: "Graph instances",
        summary: "the URL of an endpoint has a query or a fragment",
        why: "Whoever may read the registry reads the URL, and queries are where keys and signed links hide. Clients that append \
              a path to the URL append it to the query, and a fragment never reaches the server at all.",
        examples: &[
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "url": "https://tides.example.com/a2a?tenant=harbour",
                                       ^^^^^^^^^^^^^^^ warning: the endpoint `https://tides.example.com/a2a?tenant=harbour` has a query
  "additionalInterfaces": [{ "url": "https://tides.example.com/grpc#v2", "transport": "GRPC" }] }
                                                                   ^^^ warning: the endpoint `https://tides.example.com/grpc#v2` has a fragment
"#,
            )
            .shows(&["graph 5"]),
            Example::good(
                Setup::INSTANCE,
                r#"{ "url": "https://tides.example.com/a2a/harbour", "agentCardManifest": { "documentationUrl": "https://tides.example.com/docs?lang=en#start" } }"#,
            ),
            Example::good(Setup::V0_3, r#"{ "url": "https://tides.example.com/a2a?tenant=harbour" }"#),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if agent.graph().is_none() {
        return;
    }
    for url in agent.endpoints.iter().filter_map(|endpoint| endpoint.url.as_ref()) {
        if let Some(start) = url.text.find(['?', '#']).filter(|_| !agent.has_flawed_url(url.node)) {
            let what = if url.text[start..].starts_with('?') { "query" } else { "fragment" };
            report
                .at(
                    url.node.inside(start, url.text.len()),
                    format!("the endpoint {} has a {what}", quoted(&url.text)),
                )
                .help("register the URL without it, and let clients send what it says in another way");
        }
    }
}
