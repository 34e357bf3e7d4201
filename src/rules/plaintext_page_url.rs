use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::Agent;
use crate::model::url::{HostKind, encrypted};
use crate::rule::{Check, Report, Rule};
use crate::words::{json, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "plaintext-page-url",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Warning,
        applies_to: "Graph manifests",
        summary: "the URL of an icon, of the documentation or of the provider is not encrypted",
        why: "The registry shows these to administrators. Browsers block an `http` picture on an `https` page, and anybody on \
              the way can change what the page says about the agent.",
        fixing: Fixing::Sometimes(
            "A host without a port gets `https`; unsafe, since the server may not offer it. With a port, the \
             encrypted service has another one.",
        ),
        examples: &[
            Example::fixed(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "iconUrl": "http://tides.example.com/icon.png", "provider": { "organization": "Harbour", "url": "HTTP://harbour.example.com" } }
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `http://tides.example.com/icon.png` is not encrypted
                                                                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `HTTP://harbour.example.com` is not encrypted
"#,
                r#"
{ "iconUrl": "https://tides.example.com/icon.png", "provider": { "organization": "Harbour", "url": "https://harbour.example.com" } }
"#,
            )
            .shows(&["graph 3.3"]),
            Example::good(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest": { "iconUrl": "http://localhost:8080/icon.png", "documentationUrl": "https://tides.example.com/?from=http://x" } }
"#,
            ),
            Example::good(Setup::V0_3, r#"{ "documentationUrl": "http://tides.example.com/" }"#),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let Some(manifest) = agent.card.filter(|_| agent.graph().is_some()) else { return };
    let provider = manifest.object("provider").and_then(|provider| provider.text("url"));
    let pages = [manifest.text("iconUrl"), manifest.text("documentationUrl"), provider];
    for url in pages.into_iter().flatten() {
        if is_plain(&url.text) && !agent.has_flawed_url(url.node) {
            let found = report
                .at(url.node.whole(), format!("{} is not encrypted", quoted(&url.text)))
                .help("write its `https` URL");
            if let Some((twin, _)) = encrypted(&url.text) {
                found.replace(Safety::Unsafe, "write `https`", url.node.span(), json(&twin));
            }
        }
    }
}

/// Whether it starts with `http://` and leads elsewhere than to the machine itself.
fn is_plain(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_at_checked("http://".len()) else { return false };
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("http://") && HostKind::of(host) != HostKind::Loopback
}
