use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::Agent;
use crate::model::url::UrlFlaw;
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "placeholder-url",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Warning,
        applies_to: "every kind and version",
        summary: "a URL holds a placeholder that was never filled in",
        why: "A template that was published as it is sends every client to a host that does not exist. Where the document is \
              a template on purpose, allow the rule for it.",
        fixing: Fixing::Never("The real address stands nowhere in the document."),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://{host}/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
                      ^^^^^^ warning: `https://{host}/a2a` holds the placeholder `{host}`
    { "url": "${BASE_URL}/grpc", "protocolBinding": "GRPC", "protocolVersion": "1.0" }
              ^^^^^^^^^^^ warning: `${BASE_URL}/grpc` holds the placeholder `${BASE_URL}`
  ],
  "documentationUrl": "https://your-domain.example/docs" }
                               ^^^^^^^^^^^ warning: `https://your-domain.example/docs` holds the placeholder `your-domain`
"#,
            ).shows(&["A2A-N073", "real unfilled-placeholder-anywhere"]),
            Example::bad(
                Setup::V0_3,
                r#"
{ "url": "https://agent-PROJECT_NUMBER.us-central1.run.app", "iconUrl": "https://YOUR-app.azurewebsites.net/icon.png" }
                        ^^^^^^^^^^^^^^ warning: `https://agent-PROJECT_NUMBER.us-central1.run.app` holds the placeholder `PROJECT_NUMBER`
                                                                                 ^^^^^^^^ warning: `https://YOUR-app.azurewebsites.net/icon.png` holds the placeholder `YOUR-app`
"#,
            ),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "url": "https://YOUR_SERVICE_URL/a2a" }
                  ^^^^^^^^^^^^^^^^ warning: `https://YOUR_SERVICE_URL/a2a` holds the placeholder `YOUR_SERVICE_URL`
"#,
            ).shows(&["graph 3.3"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "securitySchemes": {
    "person": { "type": "openIdConnect", "openIdConnectUrl": "https://login.example.com/{tenantId}/v2.0/.well-known/openid-configuration" }
                                                                                        ^^^^^^^^^^ warning: `https://login.example.com/{tenantId}/v2.0/.well-known/openid...` holds the placeholder `{tenantId}`
  } }
"#,
            )
            .shows(&["graph 3.3", "graph 5"]),
            Example::good(
                Setup::V0_3,
                r#"{ "url": "https://TIDES.example.com/API_V1?q=%7Bx%7D", "iconUrl": "https://yourstory.example/icon.png" }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for url in &agent.flawed_urls {
        let UrlFlaw::Placeholder(range) = &url.flaw else { continue };
        let text = &url.place.text.text;
        let part = text.get(range.clone()).unwrap_or_default();
        let message = format!("{} holds the placeholder {}", quoted(text), quoted(part));
        let place = url.place.text.node.inside(range.start, range.end);
        report.at(place, message).help("write the real address").also(url.further(), "the same URL again");
    }
}
