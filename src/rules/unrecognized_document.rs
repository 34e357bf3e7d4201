use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::{self, Kind, Wrapped, is_well_known_card};
use crate::rule::{Check, File, Report, Rule};
use crate::syntax::Node;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unrecognized-document",
        aliases: &[],
        group: Group::Schema,
        severity: Severity::Error,
        applies_to: "files that hold no document of a known kind",
        summary: "a file that was named, or one element of a list of documents, is none of the documents that are checked",
        why: "A check that passes because it looked at nothing is worse than none. The file may be in one of the formats that \
              share names with agent cards, or so incomplete that no client will find an agent in it.",
        fixing: Fixing::Never("What the file was meant to be, its content does not tell."),
        examples: &[
            Example::bad(
                Setup::DETECTED,
                r#"
{
^ error: this is an OpenAPI document, neither an A2A agent card nor a Graph agent object
  "openapi": "3.1.0",
  "info": { "title": "Seed Bank", "version": "2.0.0" }
}
"#,
            )
            .shows(&["A2A-N001"]),
            Example::bad(
                Setup::DETECTED,
                r#"
{ "displayName": "Tides", "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"] }
^ error: this is a Microsoft Graph body that fits several kinds
"#,
            ),
            Example::bad(
                Setup::DETECTED,
                r#"
[
  { "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [] },
  { "name": "Waves", "address": "https://waves.example.com/a2a" }
  ^ error: this element is an object with `name`, `address`, neither an A2A agent card nor a Graph agent object
]
"#,
            ),
            Example::bad(
                Setup::DETECTED,
                r#"
{ "publisher": "Village Registry", "agents": [
  { "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [] },
  { "name": "Waves", "card": "https://waves.example.com/.well-known/agent-card.json" }
  ^ warning: this element is an object with `name`, `card`, neither an A2A agent card nor a Graph agent object
] }
"#,
            ),
            Example::bad(
                Setup::DETECTED,
                r#"
../cards/agent-card.json
^^^^^^^^^^^^^^^^^^^^^^^^ error: this is a path: a symbolic link that Git stored as text, neither an A2A agent card nor a Graph agent object
"#,
            ),
            Example::bad(
                Setup::DETECTED.at(".well-known/agent-card.json"),
                r#"
"Tides"
^^^^^^^ error: this is a string, neither an A2A agent card nor a Graph agent object
"#,
            )
            .shows(&["A2A-N004", "A2A-N005"]),
            Example::good(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a", "skills": [] }
"#,
            ),
            Example::good(
                Setup::DETECTED,
                r#"
{ "@odata.context": "https://graph.microsoft.com/beta/$metadata#agentRegistry/agentInstances", "value": [] }
"#,
            ),
        ],
    },
    check: Check::File(check),
};

fn check(file: &File<'_>, report: &mut Report<'_>) {
    if file.is_of_another_format() {
        return nothing(file, report);
    }
    // Elements of a list under `agents` or `cards` may be what that format allows beside cards.
    let listed = file.detection.wrapped == Some(Wrapped::Member);
    let severity = if listed { Severity::Warning } else { Severity::Error };
    for element in file.detection.strangers(file.document) {
        if !element.is_damaged() && !element.is_incomplete() {
            stranger(element, severity, report);
        }
    }
}

/// The whole file is something else.
fn nothing(file: &File<'_>, report: &mut Report<'_>) {
    let looks_like = file.detection.looks_like.as_deref().unwrap_or("something else");
    let message = message("this is", looks_like, &file.detection.candidates);
    let span =
        if file.detection.is_other_text { first_line(file.document.text()) } else { opening(file.root) };
    let help = if is_well_known_card(file.path) {
        "serve an agent card here; other documents belong elsewhere".to_owned()
    } else {
        help(&file.detection.candidates, file.root)
    };
    report.at_span(span, file.root, message).help(help);
}

fn stranger(element: Node<'_>, severity: Severity, report: &mut Report<'_>) {
    let (looks_like, candidates) = kind::describe(element);
    let message = message("this element is", &looks_like, &candidates);
    report.at_span(opening(element), element, message).severity(severity).help(help(&candidates, element));
}

fn message(subject: &str, looks_like: &str, candidates: &[Kind]) -> String {
    let end = if candidates.is_empty() { ", neither an A2A agent card nor a Graph agent object" } else { "" };
    format!("{subject} {looks_like}{end}")
}

fn help(candidates: &[Kind], value: Node<'_>) -> String {
    let options: Vec<String> = candidates.iter().map(|kind| format!("`--kind {}`", kind.name())).collect();
    match options.as_slice() {
        [] if value.is_object() => {
            "check an A2A agent card, which has `supportedInterfaces`, or `skills` beside `name` and `url`, or a Microsoft \
             Graph body of the agent registry; if this file is meant to be one, set its kind"
                .to_owned()
        }
        [] => "check an A2A agent card or a Microsoft Graph body of the agent registry; both are JSON objects".to_owned(),
        [one] => format!("say {one}, if that is what it is meant to be"),
        [most @ .., last] => format!("say which with {} or {last}", most.join(", ")),
    }
}

fn opening(value: Node<'_>) -> Span {
    value.at_opening().span()
}

/// The first line that is not empty.
fn first_line(text: &str) -> Span {
    let body = text.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{feff}');
    let start = text.len() - body.len();
    let line = body.lines().next().unwrap_or_default().trim_end();
    Span::new(start as u32, (start + line.len()) as u32)
}
