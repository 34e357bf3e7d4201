//! The report as JSON, in one document or a line for each finding. `schemas/report.json` describes it.

use super::escape::write_json;
use super::{Drawn, Output, Part, Renderer, Scene, Sheet, Summary, nothing, write_findings};
use crate::diagnostic::{Diagnostic, Fix, OtherFile, Related};
use crate::lint::{Checked, CheckedDocument};
use crate::text::{Columns, Position, Source, Span};
use serde::Serialize;
use std::io::{self, Write};

/// The version of the format; it is raised when a reader would have to change.
const VERSION: u32 = 1;

pub(super) static DOCUMENT: Renderer =
    Renderer { begin, part, end, documents: Some(documents), fingerprints: false, finding };
pub(super) static LINES: Renderer = Renderer {
    begin: nothing,
    part: write_findings,
    end: nothing,
    documents: None,
    fingerprints: false,
    finding: line,
};

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Totals {
    files: u64,
    documents: u64,
    skipped: u64,
    errors: u64,
    warnings: u64,
    notes: u64,
    suppressed: u64,
}

impl Totals {
    fn new(summary: &Summary) -> Self {
        let &Summary { files, skipped, documents, errors, warnings, notes, suppressed, .. } = summary;
        Self { files, documents, skipped, errors, warnings, notes, suppressed }
    }
}

#[derive(Serialize)]
struct Point {
    line: u64,
    column: u64,
    offset: u64,
}

#[derive(Serialize)]
struct Range {
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct DocumentEntry<'a> {
    pointer: &'a str,
    kind: &'static str,
    versions: Vec<&'static str>,
    mode: Option<&'static str>,
    reason: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct Entry<'a> {
    /// Only in the lines, where no file stands around the entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    help: &'a str,
    url: String,
    pointer: &'a str,
    range: Range,
    related: Vec<RelatedEntry<'a>>,
    fixes: Vec<FixEntry<'a>>,
}

#[derive(Serialize)]
struct RelatedEntry<'a> {
    message: &'a str,
    path: Option<&'a str>,
    pointer: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct FixEntry<'a> {
    title: &'a str,
    safety: &'static str,
    edits: Vec<EditEntry<'a>>,
}

#[derive(Serialize)]
struct EditEntry<'a> {
    range: Range,
    text: &'a str,
}

impl From<Position> for Point {
    fn from(position: Position) -> Self {
        Self { line: position.line + 1, column: position.column + 1, offset: position.offset }
    }
}

fn point(source: &Source<'_>, offset: u32) -> Point {
    source.position(offset, Columns::Chars).into()
}

fn elsewhere(file: &OtherFile) -> Range {
    let [start, end] = file.range.ends(Columns::Chars).map(Point::from);
    Range { start, end }
}

fn range(source: &Source<'_>, span: Span) -> Range {
    Range { start: point(source, span.start), end: point(source, span.end) }
}

impl<'a> DocumentEntry<'a> {
    fn new(source: &Source<'_>, document: &'a CheckedDocument) -> Self {
        Self {
            pointer: &document.pointer,
            kind: document.profile.kind().name(),
            versions: document.profile.versions(),
            mode: document.profile.mode().map(|mode| mode.name()),
            reason: &document.reason,
            range: range(source, document.span),
        }
    }
}

impl<'a> Entry<'a> {
    fn new(source: &Source<'_>, found: &'a Diagnostic, path: Option<&'a str>) -> Self {
        Self {
            path,
            rule: found.rule.id,
            severity: found.severity.name(),
            message: &found.message,
            help: &found.help,
            url: found.rule.url(),
            pointer: &found.pointer,
            range: range(source, found.span),
            related: found.related.iter().map(|related| RelatedEntry::new(source, related)).collect(),
            fixes: found.fixes.iter().map(|fix| FixEntry::new(source, fix)).collect(),
        }
    }
}

impl<'a> RelatedEntry<'a> {
    fn new(source: &Source<'_>, related: &'a Related) -> Self {
        Self {
            message: &related.message,
            path: related.file.as_ref().map(|file| file.path.as_str()),
            pointer: &related.pointer,
            range: related.file.as_ref().map_or_else(|| range(source, related.span), elsewhere),
        }
    }
}

impl<'a> FixEntry<'a> {
    fn new(source: &Source<'_>, fix: &'a Fix) -> Self {
        let edit = |edit: &'a crate::diagnostic::Edit| EditEntry {
            range: range(source, edit.span),
            text: &edit.text,
        };
        Self { title: &fix.title, safety: fix.safety.name(), edits: fix.edits.iter().map(edit).collect() }
    }
}

fn begin(output: &mut Output<'_>) -> io::Result<()> {
    let tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
    write!(output.out, "{{\n  \"version\": {VERSION},\n  \"tool\": ")?;
    nested(output.out, 1, &tool)?;
    output.out.write_all(b",\n  \"files\": [")
}

fn part(output: &mut Output<'_>, part: &Part<'_>, drawn: &[Drawn]) -> io::Result<()> {
    let whole = part.last && !output.current.open;
    let checked = || part.texts.iter().enumerate().filter(|(_, checked)| !checked.skipped);
    for (index, checked) in checked() {
        if !output.current.open {
            open_file(output, part.path)?;
        }
        let sheet = output.sheet_of(drawn.get(index));
        write_documents(output, checked, sheet)?;
    }
    if !output.current.open {
        return Ok(());
    }
    if whole {
        end_documents(output)?;
    }
    // Findings stand behind all documents of the file, so they wait until all of it has come.
    for (index, checked) in checked() {
        output.findings(part.path, checked, drawn.get(index), if whole { write } else { keep })?;
    }
    match (part.last, whole) {
        (true, true) => end_findings(output),
        (true, false) => close_file(output),
        (false, _) => Ok(()),
    }
}

fn open_file(output: &mut Output<'_>, path: &str) -> io::Result<()> {
    output.current.open = true;
    output.out.write_all(if output.summary.files > 0 { b",\n    {\n" } else { b"\n    {\n" })?;
    output.out.write_all(b"      \"path\": ")?;
    write_json(&mut *output.out, &path)?;
    output.out.write_all(b",\n      \"documents\": [")
}

/// The documents of a text, each with the comma that parts it from the one before.
fn documents(source: &Source<'_>, checked: &Checked, out: &mut Vec<u8>) -> io::Result<()> {
    for (index, document) in checked.documents.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        item(&mut *out, &DocumentEntry::new(source, document))?;
    }
    Ok(())
}

/// Writes the documents of a text, as they were drawn, or drawn now.
fn write_documents(output: &mut Output<'_>, checked: &Checked, sheet: Option<&Sheet>) -> io::Result<()> {
    if checked.documents.is_empty() {
        return Ok(());
    }
    if output.current.listed > 0 {
        output.out.write_all(b",")?;
    }
    output.current.listed += checked.documents.len() as u64;
    if let Some(bytes) = sheet.and_then(|sheet| sheet.documents.as_ref()) {
        return output.out.write_all(bytes);
    }
    let mut late = Vec::new();
    documents(&Source::new(&checked.text, checked.origin), checked, &mut late)?;
    output.out.write_all(&late)
}

/// Writes a finding behind those of its file that were written.
fn write(output: &mut Output<'_>, _: &Diagnostic, bytes: &[u8]) -> io::Result<()> {
    if output.current.shown > 0 {
        output.out.write_all(b",")?;
    }
    output.current.shown += 1;
    output.out.write_all(bytes)
}

/// Keeps a finding for later.
fn keep(output: &mut Output<'_>, _: &Diagnostic, bytes: &[u8]) -> io::Result<()> {
    let current = &mut output.current;
    if current.shown > 0 {
        current.pending.push(b',');
    }
    current.shown += 1;
    current.pending.extend_from_slice(bytes);
    Ok(())
}

fn finding(scene: &Scene<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    item(out, &Entry::new(scene.source, scene.found, None))
}

fn line(scene: &Scene<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    write_json(&mut *out, &Entry::new(scene.source, scene.found, Some(scene.path)))?;
    out.push(b'\n');
    Ok(())
}

/// Writes an element of `documents` or `diagnostics` on a line of its own.
fn item(mut out: impl Write, value: &impl Serialize) -> io::Result<()> {
    out.write_all(b"\n        ")?;
    write_json(out, value)
}

fn end_documents(output: &mut Output<'_>) -> io::Result<()> {
    output.out.write_all(closing(output.current.listed))?;
    output.out.write_all(b",\n      \"diagnostics\": [")
}

fn close_file(output: &mut Output<'_>) -> io::Result<()> {
    end_documents(output)?;
    output.out.write_all(&output.current.pending)?;
    end_findings(output)
}

fn end_findings(output: &mut Output<'_>) -> io::Result<()> {
    output.out.write_all(closing(output.current.shown))?;
    output.out.write_all(b"\n    }")
}

/// What closes a list with so many entries.
fn closing(entries: u64) -> &'static [u8] {
    if entries > 0 { b"\n      ]" } else { b"]" }
}

fn end(output: &mut Output<'_>) -> io::Result<()> {
    output.out.write_all(if output.summary.files > 0 { b"\n  ]" } else { b"]" })?;
    output.out.write_all(b",\n  \"summary\": ")?;
    nested(output.out, 1, &Totals::new(&output.summary))?;
    output.out.write_all(b"\n}\n")
}

/// Writes `value` with its lines indented by `depth` levels; a string never holds a line end of its own.
fn nested(out: &mut dyn Write, depth: usize, value: &impl Serialize) -> io::Result<()> {
    const INDENT: &[u8] = b"\n        ";
    let indent = &INDENT[..(1 + depth * 2).min(INDENT.len())];
    let text = serde_json::to_vec_pretty(value)?;
    let mut lines = text.split(|&byte| byte == b'\n');
    out.write_all(lines.next().unwrap_or_default())?;
    for line in lines {
        out.write_all(indent)?;
        out.write_all(line)?;
    }
    Ok(())
}
