//! Commands to a GitHub workflow, which makes annotations of them.
//!
//! GitHub shows ten annotations of each severity for a step and drops the others without a word.

use super::escape::{command_data, command_property};
use super::{Output, Renderer, Scene, nothing, plain, put_findings};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Columns;
use std::io::{self, Write};

pub(super) static RENDERER: Renderer = Renderer {
    begin: nothing,
    part: |output, part, drawn| put_findings(output, part, drawn, put),
    end,
    documents: None,
    fingerprints: false,
    finding,
};

/// How many annotations of a severity GitHub shows.
const MOST: u64 = 10;

const fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

fn finding(scene: &Scene<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let Scene { path, source, found, .. } = scene;
    let [start, end] =
        [found.span.start, found.span.end].map(|offset| source.position(offset, Columns::Chars));
    write!(
        out,
        "::{} file={},line={}",
        command(found.severity),
        command_property(plain(path)),
        start.line + 1
    )?;
    // Columns cannot be told of an annotation that spans lines.
    if start.line == end.line {
        write!(out, ",col={},endColumn={}", start.column + 1, end.column + 1)?;
    } else {
        write!(out, ",endLine={}", end.line + 1)?;
    }
    writeln!(out, ",title={}::{}", command_property(found.rule.id), command_data(&scene.sentence()))
}

fn put(output: &mut Output<'_>, found: &Diagnostic, bytes: &[u8]) -> io::Result<()> {
    let written = output.written.entry(found.severity).or_default();
    if *written == MOST {
        return Ok(());
    }
    *written += 1;
    if found.severity == Severity::Note && *written == MOST {
        // The last line may need its place.
        output.held.extend_from_slice(bytes);
        return Ok(());
    }
    output.out.write_all(bytes)
}

/// Writes the last notice, or in its place how many findings are not shown.
fn end(output: &mut Output<'_>) -> io::Result<()> {
    let mut rest = Severity::ALL.map(|severity| {
        let written = output.written.get(&severity).copied().unwrap_or_default();
        (severity, output.summary.of(severity).saturating_sub(written))
    });
    if rest.iter().all(|(_, count)| *count == 0) {
        return output.out.write_all(&output.held);
    }
    for (severity, count) in &mut rest {
        *count += u64::from(*severity == Severity::Note && !output.held.is_empty());
    }
    let counted = |(severity, count): &(Severity, u64)| {
        format!("{count} more {severity}{}", if *count == 1 { "" } else { "s" })
    };
    let rest: Vec<_> = rest.iter().filter(|(_, count)| *count > 0).map(counted).collect();
    let why = "GitHub shows at most 10 annotations of a severity";
    writeln!(output.out, "::notice title=cardlint::not shown here: {} ({why})", rest.join(", "))
}
