use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::Agent;
use crate::model::url::{FlawedUrl, UrlFlaw};
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unopenable-page-url",
        aliases: &[],
        group: Group::Portability,
        severity: Severity::Warning,
        applies_to: "every kind and version",
        summary: "browsers do not open the URL of a page or an icon",
        why: "These URLs are shown to people in consoles and registries. A browser opens neither `ftp:` nor `file:` links, and \
              some registries refuse a provider whose `url` does not start with `http`. A `mailto:` link opens no page.",
        fixing: Fixing::Never("Where else the page or the picture is published is not in the document."),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "documentationUrl": "mailto:tides@example.com", "iconUrl": "file:///icon.png",
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `documentationUrl` is a `mailto:` URL, which opens no page
                                                             ^^^^^^^^^^^^^^^^^^ warning: browsers do not open `file:///icon.png`
  "provider": { "organization": "Harbour", "url": "ftp://harbour.example.com" } }
                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: browsers do not open `ftp://harbour.example.com`
"#,
            )
            .shows(&["A2A-N033", "Apicurio agentcard-invalid-provider-url.json"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "documentationUrl": "ipfs://bafybeigdyrzt" }
                      ^^^^^^^^^^^^^^^^^^^^^^ warning: browsers do not open `ipfs://bafybeigdyrzt`
"#,
            )
            .shows(&["graph 3.3"]),
            Example::good(
                Setup::V0_3,
                r#"{ "documentationUrl": "http://tides.example.com/docs", "iconUrl": "data:image/png;base64,iVBORw0KGgo=" }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

/// Schemes of links that open another program than the browser.
const CONTACTS: [&str; 2] = ["mailto", "tel"];

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for url in &agent.flawed_urls {
        let UrlFlaw::Unopenable(scheme) = &url.flaw else { continue };
        let (message, severity) = if is_contact(url, scheme) {
            let message = format!("{} is a `{scheme}:` URL, which opens no page", quoted(&url.name()));
            (message, Severity::Note)
        } else {
            (format!("browsers do not open {}", quoted(&url.place.text.text)), Severity::Warning)
        };
        report
            .at(url.place.text.node.whole(), message)
            .severity(severity)
            .help("write the `https` URL of a page, or remove the member")
            .also(url.further(), "the same URL again");
    }
}

/// Whether it is an address of people in the place of a page about them. As a picture it is none.
fn is_contact(url: &FlawedUrl<'_>, scheme: &str) -> bool {
    let is_icon = url.places().any(|place| place.text.node.key_is("iconUrl"));
    !is_icon && CONTACTS.iter().any(|contact| scheme.eq_ignore_ascii_case(contact))
}
