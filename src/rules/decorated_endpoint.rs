use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::secret::is_masked;
use crate::words::quoted;
use std::ops::Range;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "decorated-endpoint",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Warning,
        applies_to: "Graph instances",
        summary: "the URL of an endpoint has a user name, a query or a fragment",
        why: "Whoever may read the registry reads the URL, and queries are where keys and signed links hide. Clients that append \
              a path to the URL append it to the query, and a fragment never reaches the server at all.",
        fixing: Fixing::Sometimes(
            "A fragment can be taken off, which no client sends; unsafe, since people may follow the link. A \
             query or a user name may be what the server tells its callers by.",
        ),
        examples: &[
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "url": "https://tides.example.com/a2a?tenant=harbour",
                                       ^^^^^^^^^^^^^^^ warning: the endpoint `https://tides.example.com/a2a?tenant=harbour` has a query
  "additionalInterfaces": [{ "url": "https://tides.example.com/grpc#v2", "transport": "GRPC" },
                                                                   ^^^ warning: the endpoint `https://tides.example.com/grpc#v2` has a fragment
    { "url": "https://harbour@tides.example.com/rest", "transport": "HTTP+JSON" }] }
                      ^^^^^^^^ warning: the endpoint `https://harbour@tides.example.com/rest` has a user name
"#,
            )
            .shows(&["graph 5"]),
            Example::fixed(
                Setup::INSTANCE,
                r#"
{ "url": "https://tides.example.com/a2a#main" }
                                       ^^^^^ warning: the endpoint `https://tides.example.com/a2a#main` has a fragment
"#,
                r#"
{ "url": "https://tides.example.com/a2a" }
"#,
            ),
            Example::good(
                Setup::INSTANCE,
                r#"{ "url": "https://tides.example.com/a2a/harbour", "agentCardManifest": { "documentationUrl": "https://tides.example.com/docs?lang=en#start" } }"#,
            ),
            Example::good(
                Setup::INSTANCE,
                r#"{ "url": "https://tides.example.com/a2a?sv=2024-11-04&sig=k3Jx9%2FQm2vLr7TnZ4wYb8HcGd6Fs%2BXpWq1Ue5RtI0A%3D" }"#,
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
        // Credentials are graver, and of them another rule speaks.
        if agent.has_flawed_url(url.node) || is_masked(&url.text) {
            continue;
        }
        if let Some((what, range)) = decoration(&url.text) {
            let message = format!("the endpoint {} has a {what}", quoted(&url.text));
            let place = url.node.inside(range.start, range.end);
            let found = report
                .at(place, message)
                .help("register the URL without it, and let clients send what it says in another way");
            if what == "fragment" && url.node.is_verbatim() {
                found.replace(Safety::Unsafe, "take the fragment off", place.span(), "");
            }
        }
    }
}

/// The first thing in a URL that is neither host nor path, and its bytes.
fn decoration(text: &str) -> Option<(&'static str, Range<usize>)> {
    let start = text.find("://").map_or(0, |at| at + 3);
    let end = text[start..].find(['/', '?', '#']).map_or(text.len(), |at| start + at);
    if let Some(user) = text[start..end].rfind('@') {
        return Some(("user name", start..start + user + 1));
    }
    let start = text.find(['?', '#'])?;
    let what = if text[start..].starts_with('?') { "query" } else { "fragment" };
    Some((what, start..text.len()))
}
