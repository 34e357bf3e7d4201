use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::Version;
use crate::model::Agent;
use crate::rule::{Check, Report, Rule};
use crate::syntax::Node;
use crate::words::{ByteSet, json, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "bare-media-type",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Warning,
        applies_to: "A2A cards, Graph manifests",
        summary: "an input or output mode is not a media type such as `text/plain`",
        why: "Clients compare modes with the media types of their parts. `text` matches none, so a client finds no common \
              format, and some platforms refuse the card.",
        fixing: Fixing::Sometimes(
            "The short names that people use for well-known types are written out, and white space around a \
             type goes. What another text stands for, only its writer knows.",
        ),
        examples: &[
            Example::fixed(
                Setup::V1_0,
                r#"
{ "defaultInputModes": ["text", "application/json"],
                        ^^^^^^ warning: `text` is not a media type
  "skills": [{ "outputModes": ["json", "image/*", "text/markdown; variant=GFM", "application/vnd.example+json"] }] }
                               ^^^^^^ warning: `json` is not a media type
"#,
                r#"
{ "defaultInputModes": ["text/plain", "application/json"],
  "skills": [{ "outputModes": ["application/json", "image/*", "text/markdown; variant=GFM", "application/vnd.example+json"] }] }
"#,
            ).shows(&["A2A-N117", "a2ui#1569", "real a-mode-is-not-a-media-type"]),
            Example::bad(
                Setup::V0_3,
                r#"
{ "defaultOutputModes": ["image", "*", "", "text/plain; charset", "*/json", "text/plain;", "a/b; x=\";\""] }
                         ^^^^^^^ warning: `image` is not a media type
                                  ^^^ warning: `*` is not a media type
                                       ^^ warning: a mode is empty
                                           ^^^^^^^^^^^^^^^^^^^^^ warning: `text/plain; charset` is not a media type
                                                                  ^^^^^^^^ warning: `*/json` is not a media type
"#,
            ),
            Example::fixed(
                Setup::card(Version::V0_1_0),
                r#"
{ "defaultInputModes": ["text"] }
                        ^^^^^^ note: `text` is not a media type
"#,
                r#"
{ "defaultInputModes": ["text/plain"] }
"#,
            ).shows(&["A2A-N116"]),
            Example::fixed(
                Setup::INSTANCE,
                r#"
{ "agentCardManifest": { "defaultInputModes": ["text"] } }
                                               ^^^^^^ warning: `text` is not a media type
"#,
                r#"
{ "agentCardManifest": { "defaultInputModes": ["text/plain"] } }
"#,
            ).shows(&["graph 3.5"]),
            Example::bad(
                Setup::REGISTRATION,
                r#"
{ "agentCard": { "name": "Tides", "defaultOutputModes": ["image"], "skills": [{ "inputModes": ["audio"] }] } }
                                                         ^^^^^^^ warning: `image` is not a media type
                                                                                               ^^^^^^^ warning: `audio` is not a media type
"#,
            )
            .shows(&["graph 3.5", "graph 4.5"]),
            Example::fixed(
                Setup::V0_3,
                r#"
{ "defaultInputModes": ["text/plain", "text"] }
                                      ^^^^^^ warning: `text` is not a media type
"#,
                r#"
{ "defaultInputModes": ["text/plain"] }
"#,
            ),
            Example::good(
                Setup::V0_3,
                r#"{ "defaultInputModes": ["Text/HTML;charset=utf-8", "image/*", "*/*", "application/x-custom"] }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

/// What people write for well-known media types.
const KNOWN: &[(&str, &str)] = &[
    ("text", "text/plain"),
    ("txt", "text/plain"),
    ("plain", "text/plain"),
    ("plaintext", "text/plain"),
    ("string", "text/plain"),
    ("json", "application/json"),
    ("markdown", "text/markdown"),
    ("md", "text/markdown"),
    ("html", "text/html"),
    ("csv", "text/csv"),
    ("xml", "application/xml"),
    ("yaml", "application/yaml"),
    ("pdf", "application/pdf"),
    ("zip", "application/zip"),
    ("sarif", "application/sarif+json"),
    ("png", "image/png"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("gif", "image/gif"),
    ("svg", "image/svg+xml"),
    ("webp", "image/webp"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
];

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let first_release = agent.version().is_some_and(|version| version.legacy == Some(Version::V0_1_0));
    agent.each_mode(|mode| {
        let text = mode.text.as_ref();
        if is_media_type(text) {
            return;
        }
        let message = if text.is_empty() {
            "a mode is empty".to_owned()
        } else {
            format!("{} is not a media type", quoted(text))
        };
        // The schema of 0.1.0 itself has `text` as its default.
        let severity = if first_release && text == "text" { Severity::Note } else { Severity::Warning };
        let found = report.at(mode.node.whole(), message).severity(severity);
        match meant(text) {
            Some(meant) => {
                let title = format!("write `{meant}`");
                let found = found.help(title.clone());
                if is_listed_beside(mode.node, meant) {
                    let title = format!("take it out, since `{meant}` is listed");
                    found.remove(Safety::Safe, title, mode.node);
                } else {
                    found.replace(Safety::Safe, title, mode.node.span(), json(meant));
                }
            }
            None => {
                found.help("write type and subtype, such as `text/plain`, `application/json` or `image/png`");
            }
        }
    });
}

/// Whether the list in which `mode` stands has `text` as well. Lists of modes are short.
fn is_listed_beside(mode: Node<'_>, text: &str) -> bool {
    let list = mode.parent().into_iter().flat_map(Node::children);
    list.take(32).any(|other| other.string().is_some_and(|other| other == text))
}

/// The media type that `text` means.
fn meant(text: &str) -> Option<&str> {
    let trimmed = text.trim();
    if trimmed != text && is_media_type(trimmed) {
        return Some(trimmed);
    }
    let name = trimmed.strip_prefix('.').unwrap_or(trimmed);
    KNOWN.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, meant)| *meant)
}

/// `type/subtype`, with or without parameters.
fn is_media_type(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (essence, parameters) = match memchr::memchr(b';', bytes) {
        Some(end) => (bytes[..end].trim_ascii_end(), &text[end + 1..]),
        None => (bytes, ""),
    };
    let is_name = |part: &[u8]| !part.is_empty() && TOKEN.covers(part);
    let is_range = |slash: usize| &essence[..slash] != b"*" || &essence[slash + 1..] == b"*";
    let is_essence =
        |slash: usize| is_name(&essence[..slash]) && is_name(&essence[slash + 1..]) && is_range(slash);
    memchr::memchr(b'/', essence).is_some_and(is_essence) && are_parameters(parameters)
}

/// What may stand behind a semicolon: names with values, or nothing (RFC 9110, 5.6.6). A quoted value may hold anything.
fn are_parameters(text: &str) -> bool {
    let is_one = |part: &str| match part.split_once('=') {
        Some((name, value)) => !name.is_empty() && TOKEN.covers(name.as_bytes()) && !value.is_empty(),
        None => part.is_empty(),
    };
    text.contains('"') || text.split(';').all(|part| is_one(part.trim()))
}

/// The characters of an HTTP token, of which those of media types are some.
static TOKEN: ByteSet =
    ByteSet::of(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~");
