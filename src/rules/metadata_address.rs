use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::Agent;
use crate::model::url::UrlFlaw;
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "metadata-address",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Warning,
        applies_to: "every kind and version",
        summary: "the host of a URL is the metadata service of a cloud",
        why: "At this address every machine in a cloud gets its own credentials. No agent can be there; a client that follows \
              the URL, or a registry that fetches the icon, asks its own cloud for them and may hand on the answer.",
        fixing: Fixing::Never("The address of the agent stands nowhere in the document."),
        examples: &[
            Example::bad(
                Setup::V0_3,
                r#"
{ "url": "http://169.254.169.254/latest/meta-data/", "iconUrl": "http://0xa9fea9fe/icon.png",
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `http://169.254.169.254/latest/meta-data/` is the metadata service of the cloud on which it is called
                                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `http://0xa9fea9fe/icon.png` is the metadata service of the cloud on which it is called
  "documentationUrl": "http://metadata.google.internal/computeMetadata/v1/",
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `http://metadata.google.internal/computeMetadata/v1/` is the metadata service of the cloud on which it is called
  "provider": { "organization": "Tides", "url": "http://[fd00:ec2::254]/" } }
                                                ^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `http://[fd00:ec2::254]/` is the metadata service of the cloud on which it is called
"#,
            )
            .shows(&["CWE-918"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "url": "http://[::ffff:169.254.169.254]/a2a" }
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `http://[::ffff:169.254.169.254]/a2a` is the metadata service of the cloud on which it is called
"#,
            ),
            Example::good(
                Setup::V0_3,
                r#"{ "url": "https://metadata.example.com/169.254.169.254" }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for url in agent.flawed_urls.iter().filter(|url| url.flaw == UrlFlaw::Metadata) {
        let text = &url.place.text;
        report
            .at(
                text.node.whole(),
                format!("{} is the metadata service of the cloud on which it is called", quoted(&text.text)),
            )
            .help("write the host of the agent")
            .also(url.further(), "the same URL again");
    }
}
