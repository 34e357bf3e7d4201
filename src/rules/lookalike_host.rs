use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::Agent;
use crate::model::url::UrlFlaw;
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "lookalike-host",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Warning,
        applies_to: "every kind and version",
        summary: "the host of a URL passes for another one by letters of another script",
        why: "A person who reviews the card sees a name that they trust, and clients send their credentials to somebody else. \
              No registry of names needs such a mixture for an honest name.",
        fixing: Fixing::Never(
            "Whether the host is an attack or a name in another script, and which host is meant instead, has \
             to be judged by a person.",
        ),
        examples: &[
            Example::bad(
                Setup::V0_3,
                r#"
{ "url": "https://api.pаypal.example/a2a", "documentationUrl": "https://xn--gogle-sce.example/docs",
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the host `api.pаypal.example` has Latin and Cyrillic letters in one name, such as `а` (U+0430)
                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the host `goοgle.example` has Latin and Greek letters in one name, such as `ο` (U+03BF)
  "iconUrl": "https://xn--80ak6aa92e.example/icon.png" }
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the host `аррӏе.example` reads like `apple`, in Cyrillic letters
"#,
            )
            .shows(&["UTS 39 s5.1", "UTS 39 s4"]),
            Example::good(
                Setup::V0_3,
                r#"
{ "url": "https://münchen.example/a2a", "documentationUrl": "https://пример.рф/", "iconUrl": "https://日本-go.example/",
  "provider": { "organization": "Tides", "url": "https://xn--mnchen-3ya.example" } }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for url in &agent.flawed_urls {
        let UrlFlaw::Lookalike(lookalike) = &url.flaw else { continue };
        let place = url.place.text.node.whole();
        report
            .at(place, format!("the host {} {}", quoted(&lookalike.host), lookalike.words()))
            .help("write the host that is meant in the letters of one script")
            .also(url.further(), "the same URL again");
    }
}
