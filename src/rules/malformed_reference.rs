use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::{Agent, is_unfilled};
use crate::rule::{Check, Found, Report, Rule};
use crate::syntax::Node;
use crate::words::{json, quoted};
use std::borrow::Cow;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "malformed-reference",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Error,
        applies_to: "every Graph kind",
        summary: "the value of an `@odata.bind` or `@odata.id` annotation is not the address of an object of the registry",
        why: "The service links what stands at the address. Where it finds nothing there, it refuses the request, or the \
              agent stays without its card.",
        fixing: Fixing::Sometimes(
            "A relative address is made a whole one, `v1.0` becomes `beta`, and a key gets its quotation \
             marks; all unsafe, since another object may be addressed. A single address is put into a list. \
             The id of an object cannot be made up.",
        ),
        examples: &[
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest@odata.bind": ["https://graph.microsoft.com/beta/agentRegistry/agentCardManifests('tides')"] }
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: the reference to a manifest is not one string
"#,
            ).shows(&["graph 2.1"]),
            Example::fixed(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest@odata.bind": "https://graph.microsoft.com/v1.0/agentRegistry/agentCardManifests('tides')" }
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the reference `https://graph.microsoft.com/v1.0/agentRegistry/agentCardMani...` leads to v1.0, where there are no manifests
"#,
                r#"
{ "agentCardManifest@odata.bind": "https://graph.microsoft.com/beta/agentRegistry/agentCardManifests('tides')" }
"#,
            ).shows(&["graph 4.24"]),
            Example::fixed(
                Setup::graph(Kind::GraphAgentInstance, Mode::Response),
                r#"
{ "@odata.id": "https://graph.microsoft.com/v1.0/agentRegistry/agentInstances('tides')", "displayName": "Tides" }
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the address `https://graph.microsoft.com/v1.0/agentRegistry/agentInstance...` leads to v1.0, where there is no agent registry
"#,
                r#"
{ "@odata.id": "https://graph.microsoft.com/beta/agentRegistry/agentInstances('tides')", "displayName": "Tides" }
"#,
            )
            .shows(&["graph 4.24"]),
            Example::fixed(
                Setup::graph(Kind::GraphAgentCollection, Mode::Create),
                r#"
{ "members@odata.bind": ["https://graph.microsoft.com/v1.0/agentRegistry/agentInstances('tides')"] }
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the address `https://graph.microsoft.com/v1.0/agentRegistry/agentInstance...` leads to v1.0, where there is no agent registry
"#,
                r#"
{ "members@odata.bind": ["https://graph.microsoft.com/beta/agentRegistry/agentInstances('tides')"] }
"#,
            ),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest@odata.bind": "https://graph.example.com/beta/agentRegistry/agentCardManifests('tides')" }
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the reference `https://graph.example.com/beta/agentRegistry/agentCardManife...` does not lead to `https://graph.microsoft.com`
"#,
            ),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest@odata.bind": "https://graph.microsoft.com/beta/agentRegistry/agentInstances('tides')" }
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the reference `https://graph.microsoft.com/beta/agentRegistry/agentInstance...` is not that of a manifest
"#,
            ),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest@odata.bind": "" }
                                  ^^ warning: the reference to a manifest is empty
"#,
            ),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest@odata.bind": "https://graph.microsoft.com/beta/agentRegistry/agentCardManifests('{id}')" }
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the reference `https://graph.microsoft.com/beta/agentRegistry/agentCardMani...` holds a placeholder
"#,
            ),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest@odata.bind": "https://graph.microsoft.com/beta/agentRegistry/agentCardManifests('o'clock')" }
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the key `o'clock` holds a quotation mark that is not doubled
"#,
            ),
            Example::fixed(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest@odata.bind": "https://graph.microsoft.com/beta/agentRegistry/agentCardManifests(tides)" }
                                                                                                     ^^^^^ warning: the key `tides` stands without quotation marks
"#,
                r#"
{ "agentCardManifest@odata.bind": "https://graph.microsoft.com/beta/agentRegistry/agentCardManifests('tides')" }
"#,
            ),
            Example::fixed(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest@odata.bind": "agentRegistry/agentCardManifests('tides')" }
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: the reference `agentRegistry/agentCardManifests('tides')` is a relative address
"#,
                r#"
{ "agentCardManifest@odata.bind": "https://graph.microsoft.com/beta/agentRegistry/agentCardManifests('tides')" }
"#,
            ),
            Example::fixed(
                Setup::INSTANCE,
                r#"
{ "collections@odata.bind": "https://graph.microsoft.com/beta/agentRegistry/agentCollections('tides')" }
                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `collections@odata.bind` takes a list of addresses
"#,
                r#"
{ "collections@odata.bind": ["https://graph.microsoft.com/beta/agentRegistry/agentCollections('tides')"] }
"#,
            ),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest@odata.bind": "https://graph.microsoft.com/beta/agents/agentCardManifests('tides')" }
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the reference `https://graph.microsoft.com/beta/agents/agentCardManifests('...` is not that of a manifest
"#,
            ),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest@odata.bind": "https://graph.microsoft.com/beta/agentRegistry/agentCardManifests('tides')/skills" }
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the reference `https://graph.microsoft.com/beta/agentRegistry/agentCardMani...` is not that of a manifest
"#,
            ),
            Example::good(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest@odata.bind": "https://graph.microsoft.com/beta/agentRegistry/agentCardManifests/9d2f7a54-6c1e-4b0a-8f53-2f6d1c7e0b91" }
"#,
            ),
            Example::good(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest@odata.bind": "https://graph.microsoft.com/beta/agentRegistry/agentCardManifests('o''clock')" }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

const HOST: &str = "graph.microsoft.com";
const HELP: &str = "write `https://graph.microsoft.com/beta/agentRegistry/agentCardManifests('ID')`";

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let Some((kind, _)) = agent.graph() else { return };
    for entity in agent.entities() {
        if let Some(id) = entity.value.node().member("@odata.id") {
            stable(id, report);
        }
    }
    if !agent.is_request() {
        return;
    }
    let root = agent.root.node();
    let (single, many) = match kind {
        Kind::GraphAgentInstance => (Some("agentCardManifest@odata.bind"), "collections@odata.bind"),
        Kind::GraphAgentCollection => (None, "members@odata.bind"),
        _ => return,
    };
    // Null unlinks.
    let given = |name: &str| root.member(name).filter(|node| !node.is_null() && !node.is_damaged());
    if let Some(bind) = single.and_then(given) {
        match bind.string() {
            Some(text) => address(bind, &text, report),
            None => {
                let place = if bind.raw().contains('\n') { bind.at_opening() } else { bind.whole() };
                report.at(place, "the reference to a manifest is not one string").help(HELP);
            }
        }
    }
    if let Some(binds) = given(many).filter(|binds| binds.is_array()) {
        binds.children().for_each(|bind| stable(bind, report));
    }
    if let Some(bind) = given(many).filter(|bind| !bind.is_array()) {
        let found = report
            .at(bind.whole(), format!("`{many}` takes a list of addresses"))
            .help("put the address into brackets");
        if bind.is_string() {
            found.replace(Safety::Safe, "put it into brackets", bind.span(), format!("[{}]", bind.raw()));
        }
    }
}

/// The registry is in beta alone.
fn stable(node: Node<'_>, report: &mut Report<'_>) {
    let Some(text) = node.string() else { return };
    let host = text.get(.."https://".len()).filter(|scheme| scheme.eq_ignore_ascii_case("https://"));
    let path = host.and_then(|_| text["https://".len()..].split_once('/')).map(|(_, path)| path);
    if path.is_some_and(|path| path.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("v1.0/"))) {
        let shown = quoted(&text);
        let found = report
            .at(node.whole(), format!("the address {shown} leads to v1.0, where there is no agent registry"))
            .severity(Severity::Warning)
            .help("write `beta` in place of `v1.0`");
        in_beta(&text, node, found);
    }
}

/// Offers the same address in the beta version.
fn in_beta(text: &str, node: Node<'_>, found: Found<'_>) {
    if let Some((before, after)) = text.split_at_checked("https://".len())
        && let Some((host, path)) = after.split_once('/')
        && let Some((_, rest)) = path.split_once('/')
    {
        let right = format!("{before}{host}/beta/{rest}");
        found.replace(Safety::Unsafe, "write `beta`", node.span(), json(&right));
    }
}

fn address(node: Node<'_>, text: &str, report: &mut Report<'_>) {
    match fault(text) {
        None => {}
        Some(Fault::Relative(base)) => {
            let whole = format!("{base}{}", text.trim_start_matches('/'));
            report
                .at(node.whole(), format!("the reference {} is a relative address", quoted(text)))
                .severity(Severity::Note)
                .help(HELP)
                .replace(Safety::Unsafe, "write the whole address", node.span(), json(&whole));
        }
        Some(Fault::Stable) => {
            let message =
                format!("the reference {} leads to v1.0, where there are no manifests", quoted(text));
            let found = report.at(node.whole(), message).severity(Severity::Warning).help(HELP);
            in_beta(text, node, found);
        }
        Some(Fault::Unquoted { start, end }) => {
            let key = &text[start..end];
            let place = node.inside(start, end);
            let found = report
                .at(place, format!("the key {} stands without quotation marks", quoted(key)))
                .severity(Severity::Warning)
                .help("put the key into single quotation marks");
            if node.is_verbatim() {
                found.replace(Safety::Unsafe, "quote the key", place.span(), format!("'{key}'"));
            }
        }
        Some(Fault::Other(message)) => {
            report.at(node.whole(), message).severity(Severity::Warning).help(HELP);
        }
    }
}

enum Fault {
    /// Relative to this address.
    Relative(&'static str),
    /// In v1.0.
    Stable,
    Unquoted {
        start: usize,
        end: usize,
    },
    Other(Cow<'static, str>),
}

/// The first thing that is wrong with the address of a manifest.
fn fault(text: &str) -> Option<Fault> {
    let other = |message: String| Some(Fault::Other(Cow::Owned(message)));
    if text.trim().is_empty() {
        return Some(Fault::Other(Cow::Borrowed("the reference to a manifest is empty")));
    }
    let shown = quoted(text);
    if is_unfilled(text) || (text.contains('{') && text.contains('}')) {
        return other(format!("the reference {shown} holds a placeholder"));
    }
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, text),
    };
    let path = match scheme {
        Some(scheme) => {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            if !host.eq_ignore_ascii_case(HOST) || !scheme.eq_ignore_ascii_case("https") {
                return other(format!("the reference {shown} does not lead to `https://{HOST}`"));
            }
            path
        }
        None => rest.trim_start_matches('/'),
    };
    let segments: Vec<&str> = path.split('/').collect();
    if segments.first().is_some_and(|first| first.eq_ignore_ascii_case("v1.0")) {
        return Some(Fault::Stable);
    }
    let key = segments.iter().enumerate().find_map(|(at, segment)| {
        let set = segment.get(..SET.len()).filter(|set| set.eq_ignore_ascii_case(SET))?;
        Some((at, &segment[set.len()..]))
    });
    let Some((at, predicate)) = key else {
        return other(format!("the reference {shown} is not that of a manifest"));
    };
    let before = &segments[..at];
    let is_expected = |expected: &[&str]| {
        before.len() == expected.len()
            && before.iter().zip(expected).all(|(one, other)| one.eq_ignore_ascii_case(other))
    };
    let is_relative = scheme.is_none();
    let fits = if is_relative {
        is_expected(&[]) || is_expected(&["agentRegistry"]) || is_expected(&["beta", "agentRegistry"])
    } else {
        is_expected(&["beta", "agentRegistry"])
    };
    let after = &segments[at + 1..];
    if !fits || !is_key(predicate, after) {
        return other(format!("the reference {shown} is not that of a manifest"));
    }
    let base = match before.len() {
        0 => "https://graph.microsoft.com/beta/agentRegistry/",
        1 => "https://graph.microsoft.com/beta/",
        _ => "https://graph.microsoft.com/",
    };
    quotes(text, predicate).or(is_relative.then_some(Fault::Relative(base)))
}

const SET: &str = "agentCardManifests";

/// Whether a key follows the set: in parentheses, or as one more segment.
fn is_key(predicate: &str, after: &[&str]) -> bool {
    match after {
        [] => predicate.len() > 2 && predicate.starts_with('(') && predicate.ends_with(')'),
        [key] => predicate.is_empty() && !key.is_empty(),
        // A quoted key may hold slashes.
        _ => predicate.starts_with("('"),
    }
}

/// Whether a key in parentheses is quoted as it should be.
fn quotes(text: &str, predicate: &str) -> Option<Fault> {
    let key = predicate.strip_prefix('(')?.strip_suffix(')')?;
    // A key may be named.
    let value = key.split_once("='").map_or(key, |(_, value)| value);
    let is_named = value.len() < key.len();
    let inner = if is_named {
        value.strip_suffix('\'')
    } else {
        value.strip_prefix('\'').and_then(|value| value.strip_suffix('\''))
    };
    match inner {
        None => {
            let start = text.len().checked_sub(key.len() + 1)?;
            Some(Fault::Unquoted { start, end: start + key.len() })
        }
        Some(inner) if inner.replace("''", "").contains('\'') => Some(Fault::Other(Cow::Owned(format!(
            "the key {} holds a quotation mark that is not doubled",
            quoted(inner)
        )))),
        Some(_) => None,
    }
}
