use crate::diagnostic::{Example, Group, Meta, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::secret::is_masked;
use crate::words::quoted;
use url::Url;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "laden-endpoint-url",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Warning,
        applies_to: "Graph agentInstance",
        summary: "the URL of a registered endpoint holds a user name, a query or a fragment",
        why: "The registry shows the URL to everybody who may read it, and what stands in these parts is mostly a key or belongs \
              to one session. Tools that publish agents refuse such URLs.",
        examples: &[
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "url": "https://tides.example.com/a2a?session=17",
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `https://tides.example.com/a2a?session=17` holds a query
  "additionalInterfaces": [{ "url": "https://tides@tides.example.com/a2a", "transport": "JSONRPC" },
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `https://tides@tides.example.com/a2a` holds a user name
                           { "url": "https://tides.example.com/a2a#now", "transport": "JSONRPC" }] }
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `https://tides.example.com/a2a#now` holds a fragment
"#,
            )
            .shows(&["graph 5"]),
            Example::good(
                Setup::graph(Kind::GraphAgentInstance, Mode::Update),
                r#"{ "url": "https://tides.example.com/a2a/%3Fq%23" }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if agent.graph().is_none_or(|(kind, _)| kind != Kind::GraphAgentInstance) {
        return;
    }
    for text in agent.endpoints.iter().filter_map(|endpoint| endpoint.url.as_ref()) {
        // A URL with a flaw, or with a credential in it, is the matter of other rules.
        let flawed =
            agent.flawed_urls.iter().any(|url| url.places().any(|place| place.text.node == text.node));
        if flawed || is_masked(&text.text) || !text.text.contains(['?', '#', '@']) {
            continue;
        }
        let Ok(url) = Url::parse(&text.text) else { continue };
        let part = if !url.username().is_empty() || url.password().is_some() {
            "a user name"
        } else if url.query().is_some() {
            "a query"
        } else if url.fragment().is_some() {
            "a fragment"
        } else {
            continue;
        };
        report
            .at(text.node.whole(), format!("{} holds {part}", quoted(&text.text)))
            .help("register the plain address of the endpoint");
    }
}
