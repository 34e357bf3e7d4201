//! JUnit: a test suite for each file, in it a failed or skipped test for each finding, or one that passed.

use super::escape::xml;
use super::{Drawn, Output, Part, Renderer, Scene, put_findings};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Columns;
use std::io::{self, Write};

pub(super) static RENDERER: Renderer = Renderer {
    begin: |output| {
        output.out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"cardlint\">\n")
    },
    part,
    end: |output| output.out.write_all(b"</testsuites>\n"),
    documents: None,
    fingerprints: false,
    finding,
};

/// What nobody has to mend does not fail a test.
const fn fails(severity: Severity) -> bool {
    matches!(severity, Severity::Error | Severity::Warning)
}

fn finding(scene: &Scene<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let Scene { path, source, found, .. } = scene;
    let start = source.position(found.span.start, Columns::Chars);
    let (line, column) = (start.line + 1, start.column + 1);
    let (rule, path) = (found.rule.id, xml(path));
    let message = xml(&scene.sentence());
    writeln!(
        out,
        "    <testcase name=\"{rule} at {line}:{column}\" classname=\"{path}\" file=\"{path}\" line=\"{line}\">"
    )?;
    if fails(found.severity) {
        let text = format!("{path}:{line}:{column}: {}[{rule}]: {message}", found.severity);
        writeln!(out, "      <failure type=\"{}\" message=\"{message}\">{text}</failure>", found.severity)?;
    } else {
        writeln!(out, "      <skipped message=\"{message}\"/>")?;
    }
    writeln!(out, "    </testcase>")
}

fn part(output: &mut Output<'_>, part: &Part<'_>, drawn: &[Drawn]) -> io::Result<()> {
    // The counts come before the tests, so these wait until all of the file has come.
    put_findings(output, part, drawn, keep)?;
    if !part.last || !output.current.checked {
        return Ok(());
    }
    let current = &output.current;
    let name = xml(part.path);
    let is_clean = current.summary.findings() == 0;
    let (tests, failures) = (current.shown + u64::from(is_clean), current.failures);
    let skipped = current.shown - failures;
    writeln!(
        output.out,
        "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">"
    )?;
    if is_clean {
        writeln!(output.out, "    <testcase name=\"no findings\" classname=\"{name}\" file=\"{name}\"/>")?;
    }
    output.out.write_all(&output.current.pending)?;
    output.out.write_all(b"  </testsuite>\n")
}

fn keep(output: &mut Output<'_>, found: &Diagnostic, bytes: &[u8]) -> io::Result<()> {
    let current = &mut output.current;
    current.shown += 1;
    current.failures += u64::from(fails(found.severity));
    current.pending.extend_from_slice(bytes);
    Ok(())
}
