use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::Agent;
use crate::model::url::UrlFlaw;
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "script-page-url",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Warning,
        applies_to: "every kind and version",
        summary: "the URL of a page or an icon holds a script or a document of its own",
        why: "Consoles and registries put these URLs into links and pictures. A click on a `javascript:` link runs the script \
              in the console, with the rights of the user who is logged in; a `data:` document can pose as a page of the \
              console.",
        fixing: Fixing::Never("The address of the page that is meant is not in the document."),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "documentationUrl": "javascript:alert(1)", "iconUrl": "data:image/png;base64,iVBORw0KGgo=",
                      ^^^^^^^^^^^^^^^^^^^^^ warning: `documentationUrl` is a `javascript:` URL, which runs in the page that links it
  "provider": { "organization": "Harbour", "url": "data:text/html,Hello" } }
                                                  ^^^^^^^^^^^^^^^^^^^^^^ warning: `url` is a `data:` URL, which shows a document of its own
"#,
            )
            .shows(&["A2A-N033", "a2a-editor 0.4.5 AgentOverview.tsx"]),
            Example::bad(
                Setup::V0_3,
                r#"
{ "name": "Tides", "termsOfServiceUrl": " JavaScript:alert(1)", "privacyPolicy": "mailto:tides@example.com" }
                                        ^^^^^^^^^^^^^^^^^^^^^^ warning: `termsOfServiceUrl` is a `javascript:` URL, which runs in the page that links it
"#,
            ),
            Example::bad(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "iconUrl": "VBScript:MsgBox(1)" }
             ^^^^^^^^^^^^^^^^^^^^ warning: `iconUrl` is a `vbscript:` URL, which runs in the page that links it
"#,
            )
            .shows(&["graph 3.3"]),
            Example::good(
                Setup::V0_3,
                r#"{ "documentationUrl": "https://tides.example.com/javascript:alert", "iconUrl": "data:image/svg+xml,%3Csvg/%3E" }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for url in &agent.flawed_urls {
        let UrlFlaw::Script(scheme) = &url.flaw else { continue };
        let does = match scheme.as_str() {
            "data" => "shows a document of its own",
            _ => "runs in the page that links it",
        };
        report
            .at(
                url.place.text.node.whole(),
                format!("{} is a `{scheme}:` URL, which {does}", quoted(&url.name())),
            )
            .help("write the `https` URL of a page, or remove the member")
            .also(url.further(), "the same URL again");
    }
}
