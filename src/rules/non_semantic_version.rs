use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::{Agent, is_unfilled};
use crate::rule::{Check, Report, Rule};
use crate::words::{json, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "non-semantic-version",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Note,
        applies_to: "Graph manifests",
        summary: "the version of a manifest has not the three numbers of a semantic version",
        why: "The documentation takes any text, but tools that manage registrations, such as the Terraform provider, take \
              only versions with three numbers.",
        fixing: Fixing::Sometimes(
            "Numbers that are missing are added as zeros, and a `v` goes; unsafe, since others may compare \
             the version as it is. A date or a word has no place among three numbers.",
        ),
        examples: &[
            Example::fixed(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "version": "2026.05" }
             ^^^^^^^^^ note: `2026.05` is not a version with three numbers
"#,
                r#"
{ "version": "2026.05.0" }
"#,
            )
            .shows(&["graph 4.36"]),
            Example::good(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"{ "version": "1.4.0-rc.1+build.7" }"#,
            ),
            Example::good(Setup::V0_3, r#"{ "version": "2026.05" }"#),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let Some(text) = agent.card.filter(|_| agent.graph().is_some()).and_then(|card| card.text("version"))
    else {
        return;
    };
    // Another rule says that a version was never filled in.
    if !is_semantic(&text.text) && !is_unfilled(&text.text) {
        let message = format!("{} is not a version with three numbers", quoted(&text.text));
        let found = report.at(text.node.whole(), message).help("write a version such as `1.4.0`");
        if let Some(filled) = filled(&text.text) {
            found.replace(Safety::Unsafe, format!("write `{filled}`"), text.node.span(), json(&filled));
        }
    }
}

/// The version with its missing numbers, without a `v`.
fn filled(text: &str) -> Option<String> {
    let bare = text.trim().trim_start_matches(['v', 'V']);
    let missing = ["", ".0", ".0.0"].iter().find(|end| is_semantic(&format!("{bare}{end}")));
    missing.map(|end| format!("{bare}{end}"))
}

/// Three numbers, and perhaps a pre-release and build behind `-` and `+`.
fn is_semantic(text: &str) -> bool {
    let core = text.split(['-', '+']).next().unwrap_or_default();
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_tail = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '+' | '.');
    core.split('.').count() == 3 && core.split('.').all(is_number) && text.chars().all(is_tail)
}
