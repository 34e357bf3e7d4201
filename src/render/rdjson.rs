//! The Reviewdog Diagnostic Format as one document. It counts columns in bytes.

use super::escape::write_json;
use super::{Renderer, Scene, list_end, list_findings};
use crate::diagnostic::{Edit, Fix, OtherFile, Related, Severity};
use crate::edit::apply;
use crate::secret::is_masked;
use crate::text::{Columns, Source, Span};
use serde::Serialize;
use serde_json::json;
use std::borrow::Cow;
use std::io;

pub(super) static RENDERER: Renderer = Renderer {
    begin,
    part: list_findings,
    end: |output| writeln!(output.out, "{}\n}}", list_end(output)),
    documents: None,
    fingerprints: false,
    finding,
};

#[derive(Serialize)]
struct Entry<'a> {
    message: &'a str,
    location: Location<'a>,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<RelatedEntry<'a>>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
    url: String,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct RelatedEntry<'a> {
    message: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Range {
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u64>,
}

impl Range {
    fn new(source: &Source<'_>, span: Span) -> Self {
        let point = |offset: u32| {
            let start = source.line_span(source.line_of(offset)).start;
            let line = source.position(offset, Columns::Chars).line + 1;
            Point { line, column: Some(u64::from(offset.saturating_sub(start)) + 1) }
        };
        Self { start: point(span.start), end: point(span.end) }
    }

    /// The lines of a place in a file whose bytes are no longer at hand.
    fn lines(file: &OtherFile) -> Self {
        let [start, end] =
            file.range.ends(Columns::Chars).map(|at| Point { line: at.line + 1, column: None });
        Self { start, end }
    }
}

impl<'a> RelatedEntry<'a> {
    fn new(path: &'a str, source: &Source<'_>, related: &'a Related) -> Self {
        let location = match &related.file {
            Some(file) => Location { path: &file.path, range: Range::lines(file) },
            None => Location { path, range: Range::new(source, related.span) },
        };
        Self { message: &related.message, location }
    }
}

/// The longest text between two edits that a suggestion repeats.
const BETWEEN: u32 = 4096;

/// A suggestion is one replacement, so that one for several edits repeats what stands between them. What is masked there
/// would be written into the file.
fn suggestion<'a>(source: &Source<'_>, fix: &'a Fix) -> Option<Suggestion<'a>> {
    if let [Edit { span, text }] = fix.edits.as_slice() {
        return Some(Suggestion { range: Range::new(source, *span), text: Cow::Borrowed(text) });
    }
    let (first, last) = (fix.edits.first()?, fix.edits.last()?);
    let (start, whole) = (first.span.start, Span::new(first.span.start, last.span.end));
    let between = source.text().get(whole.range())?;
    if whole.len() > BETWEEN || is_masked(between) {
        return None;
    }
    let moved = |edit: &Edit| {
        Edit::new(Span::new(edit.span.start - start, edit.span.end - start), edit.text.as_str())
    };
    let moved: Vec<Edit> = fix.edits.iter().map(moved).collect();
    let text = String::from_utf8(apply(between.as_bytes(), &moved)?).ok()?;
    Some(Suggestion { range: Range::new(source, whole), text: Cow::Owned(text) })
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Note => "INFO",
    }
}

fn begin(output: &mut super::Output<'_>) -> io::Result<()> {
    let source = json!({ "name": env!("CARGO_PKG_NAME"), "url": env!("CARGO_PKG_REPOSITORY") });
    output.out.write_all(b"{\n\"source\": ")?;
    write_json(&mut *output.out, &source)?;
    output.out.write_all(b",\n\"diagnostics\": [")
}

fn finding(scene: &Scene<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let Scene { path, source, found, .. } = scene;
    let entry = Entry {
        message: &scene.sentence(),
        location: Location { path, range: Range::new(source, found.span) },
        severity: severity(found.severity),
        code: Code { value: found.rule.id, url: found.rule.url() },
        suggestions: found.fixes.iter().filter_map(|fix| suggestion(source, fix)).collect(),
        related_locations: found
            .related
            .iter()
            .map(|related| RelatedEntry::new(path, source, related))
            .collect(),
    };
    write_json(out, &entry)
}
