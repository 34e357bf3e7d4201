//! The report as JSON, in one document or a line for each finding. `schemas/report.json` describes it.

use super::escape::{push_json, write_json};
use super::{Drawn, Output, Part, Renderer, Scene, Sheet, Summary, nothing, write_findings};
use crate::diagnostic::{Diagnostic, Fix, Related};
use crate::lint::{Checked, CheckedDocument};
use crate::text::{Columns, Position, Source, Span};
use serde::Serialize;
use std::io::{self, Write};

/// What stands before each element of `documents` and `diagnostics`: each has a line of its own.
const LINE: &[u8] = b"\n        ";

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

/// An entry as it is written, member by member: with tens of thousands of findings, `serde` would take as long for this as
/// the rules took to find them.
struct Entry<'o> {
    out: &'o mut Vec<u8>,
    is_empty: bool,
}

impl<'o> Entry<'o> {
    fn new(out: &'o mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { out, is_empty: true }
    }

    /// The name of a member, which needs no escapes.
    fn name(&mut self, name: &str) -> &mut Vec<u8> {
        self.out.extend_from_slice(if self.is_empty { b"\"" } else { b",\"" });
        self.is_empty = false;
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
        self.out
    }

    fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        push_json(self.name(name), text)
    }

    fn text_or_null(&mut self, name: &str, text: Option<&str>) -> io::Result<()> {
        match text {
            Some(text) => self.text(name, text),
            None => {
                self.name(name).extend_from_slice(b"null");
                Ok(())
            }
        }
    }

    fn ends(&mut self, [start, end]: [Position; 2]) {
        let out = self.name("range");
        out.extend_from_slice(b"{\"start\":");
        point(out, start);
        out.extend_from_slice(b",\"end\":");
        point(out, end);
        out.push(b'}');
    }

    fn range(&mut self, source: &Source<'_>, span: Span) {
        self.ends([span.start, span.end].map(|offset| source.position(offset, Columns::Chars)))
    }

    fn list<T>(
        &mut self,
        name: &str,
        items: &[T],
        write: impl Fn(&mut Vec<u8>, &T) -> io::Result<()>,
    ) -> io::Result<()> {
        let out = self.name(name);
        out.push(b'[');
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            write(out, item)?;
        }
        out.push(b']');
        Ok(())
    }

    fn end(self) {
        self.out.push(b'}');
    }
}

fn point(out: &mut Vec<u8>, position: Position) {
    let mut digits = itoa::Buffer::new();
    let numbers = [
        (&b"{\"line\":"[..], position.line + 1),
        (b",\"column\":", position.column + 1),
        (b",\"offset\":", position.offset),
    ];
    for (name, number) in numbers {
        out.extend_from_slice(name);
        out.extend_from_slice(digits.format(number).as_bytes());
    }
    out.push(b'}');
}

fn write_document(out: &mut Vec<u8>, source: &Source<'_>, document: &CheckedDocument) -> io::Result<()> {
    let mut entry = Entry::new(out);
    entry.text("pointer", &document.pointer)?;
    entry.text("kind", document.profile.kind().name())?;
    entry.list("versions", &document.profile.versions(), |out, version| push_json(out, version))?;
    entry.text_or_null("mode", document.profile.mode().map(|mode| mode.name()))?;
    entry.text("reason", &document.reason)?;
    entry.range(source, document.span);
    entry.end();
    Ok(())
}

/// Writes a finding; with its path where no file stands around it.
fn write_finding(
    out: &mut Vec<u8>,
    source: &Source<'_>,
    found: &Diagnostic,
    path: Option<&str>,
) -> io::Result<()> {
    let mut entry = Entry::new(out);
    if let Some(path) = path {
        entry.text("path", path)?;
    }
    entry.text("rule", found.rule.id)?;
    entry.text("severity", found.severity.name())?;
    entry.text("message", &found.message)?;
    entry.text("help", &found.help)?;
    entry.text("url", &found.rule.url())?;
    entry.text("pointer", &found.pointer)?;
    entry.text_or_null("inner", found.inner_pointer())?;
    entry.range(source, found.span);
    entry.list("related", &found.related, |out, related| write_related(out, source, related))?;
    entry.list("fixes", &found.fixes, |out, fix| write_fix(out, source, fix))?;
    entry.end();
    Ok(())
}

fn write_related(out: &mut Vec<u8>, source: &Source<'_>, related: &Related) -> io::Result<()> {
    let mut entry = Entry::new(out);
    entry.text("message", &related.message)?;
    entry.text_or_null("path", related.file.as_ref().map(|file| file.path.as_str()))?;
    entry.text("pointer", &related.pointer)?;
    match &related.file {
        Some(file) => entry.ends(file.range.ends(Columns::Chars)),
        None => entry.range(source, related.span),
    }
    entry.end();
    Ok(())
}

fn write_fix(out: &mut Vec<u8>, source: &Source<'_>, fix: &Fix) -> io::Result<()> {
    let mut entry = Entry::new(out);
    entry.text("title", &fix.title)?;
    entry.text("safety", fix.safety.name())?;
    entry.list("edits", &fix.edits, |out, edit| {
        let mut entry = Entry::new(out);
        entry.range(source, edit.span);
        entry.text("text", &edit.text)?;
        entry.end();
        Ok(())
    })?;
    entry.end();
    Ok(())
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
        out.extend_from_slice(LINE);
        write_document(out, source, document)?;
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
    out.extend_from_slice(LINE);
    write_finding(out, scene.source, scene.found, None)
}

fn line(scene: &Scene<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    write_finding(out, scene.source, scene.found, Some(scene.path))?;
    out.push(b'\n');
    Ok(())
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
