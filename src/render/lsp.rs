//! What an editor shows: for each file, on a line of its own, a `textDocument/publishDiagnostics` notification of the
//! Language Server Protocol. A file without findings has an empty list, so that the editor clears it.

use super::escape::write_json;
use super::{Drawn, Look, Output, Part, Renderer, Scene, nothing, put_findings, uri};
use crate::diagnostic::{Diagnostic, Edit, Fix, Related, Severity};
use crate::text::{Columns, Position, Source, Span};
use serde::Serialize;
use std::io;

pub(super) static RENDERER: Renderer =
    Renderer { begin: nothing, part, end: nothing, documents: None, fingerprints: false, finding };

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    range: Range,
    severity: u8,
    code: &'static str,
    code_description: Description,
    source: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_information: Vec<RelatedEntry<'a>>,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Description {
    href: String,
}

#[derive(Serialize)]
struct RelatedEntry<'a> {
    location: Location,
    message: &'a str,
}

#[derive(Serialize)]
struct Location {
    uri: String,
    range: Range,
}

/// What a client hands back when it asks what to do about a finding.
#[derive(Serialize)]
struct Data<'a> {
    pointer: &'a str,
    inner: Option<&'a str>,
    fixes: Vec<FixEntry<'a>>,
}

#[derive(Serialize)]
struct FixEntry<'a> {
    title: &'a str,
    safety: &'static str,
    edits: Vec<TextEdit<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TextEdit<'a> {
    range: Range,
    new_text: &'a str,
}

#[derive(Serialize)]
struct Range {
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: u64,
    character: u64,
}

impl Range {
    fn new(source: &Source<'_>, span: Span) -> Self {
        Self::between([span.start, span.end].map(|offset| source.position(offset, Columns::Utf16)))
    }

    fn between(ends: [Position; 2]) -> Self {
        let [start, end] = ends.map(|at| Point { line: at.line, character: at.column });
        Self { start, end }
    }
}

impl<'a> RelatedEntry<'a> {
    fn new(scene: &Scene<'_>, related: &'a Related) -> Self {
        let (path, range) = match &related.file {
            Some(file) => (file.path.as_str(), Range::between(file.range.ends(Columns::Utf16))),
            None => (scene.path, Range::new(scene.source, related.span)),
        };
        Self { location: Location { uri: document(path, scene.look), range }, message: &related.message }
    }
}

impl<'a> FixEntry<'a> {
    fn new(source: &Source<'_>, fix: &'a Fix) -> Self {
        let edit = |edit: &'a Edit| TextEdit { range: Range::new(source, edit.span), new_text: &edit.text };
        Self { title: &fix.title, safety: fix.safety.name(), edits: fix.edits.iter().map(edit).collect() }
    }
}

/// The URI by which an editor knows the file. What has no name is not saved.
fn document(path: &str, look: &Look) -> String {
    if path == "<stdin>" { "untitled:stdin".to_owned() } else { uri::absolute(&look.folder, path) }
}

const fn severity(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Note => 3,
    }
}

fn finding(scene: &Scene<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let Scene { source, found, .. } = scene;
    let entry = Entry {
        range: Range::new(source, found.span),
        severity: severity(found.severity),
        code: found.rule.id,
        code_description: Description { href: found.rule.url() },
        source: env!("CARGO_PKG_NAME"),
        message: &message(found),
        related_information: found.related.iter().map(|related| RelatedEntry::new(scene, related)).collect(),
        data: Data {
            pointer: &found.pointer,
            inner: found.inner_pointer(),
            fixes: found.fixes.iter().map(|fix| FixEntry::new(source, fix)).collect(),
        },
    };
    write_json(out, &entry)
}

/// An editor has room for two lines.
fn message(found: &Diagnostic) -> String {
    if found.help.is_empty() {
        found.message.clone()
    } else {
        format!("{}\nhelp: {}", found.message, found.help)
    }
}

fn part(output: &mut Output<'_>, part: &Part<'_>, drawn: &[Drawn]) -> io::Result<()> {
    if !output.current.open {
        output.current.open = true;
        output.out.write_all(
            b"{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/publishDiagnostics\",\"params\":{\"uri\":",
        )?;
        write_json(&mut *output.out, &document(part.path, &output.look))?;
        output.out.write_all(b",\"diagnostics\":[")?;
    }
    put_findings(output, part, drawn, put)?;
    if part.last { output.out.write_all(b"]}}\n") } else { Ok(()) }
}

fn put(output: &mut Output<'_>, _: &Diagnostic, bytes: &[u8]) -> io::Result<()> {
    if output.current.shown > 0 {
        output.out.write_all(b",")?;
    }
    output.current.shown += 1;
    output.out.write_all(bytes)
}
