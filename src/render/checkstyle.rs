//! Checkstyle: an element for each file, in it one for each finding.

use super::escape::xml;
use super::{Drawn, Output, Part, Renderer, Scene, write_findings};
use crate::diagnostic::Severity;
use crate::text::Columns;
use std::io::{self, Write};

pub(super) static RENDERER: Renderer = Renderer {
    begin: |output| {
        output.out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n")
    },
    part,
    end: |output| output.out.write_all(b"</checkstyle>\n"),
    documents: None,
    fingerprints: false,
    finding,
};

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "info",
    }
}

fn finding(scene: &Scene<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let Scene { source, found, .. } = scene;
    let start = source.position(found.span.start, Columns::Chars);
    let (line, column, rule) = (start.line + 1, start.column + 1, found.rule.id);
    let (severity, message) = (severity(found.severity), xml(&scene.sentence()));
    writeln!(
        out,
        "    <error line=\"{line}\" column=\"{column}\" severity=\"{severity}\" message=\"{message}\" source=\"cardlint.{rule}\"/>"
    )
}

fn part(output: &mut Output<'_>, part: &Part<'_>, drawn: &[Drawn]) -> io::Result<()> {
    if output.current.checked && !output.current.open {
        output.current.open = true;
        writeln!(output.out, "  <file name=\"{}\">", xml(part.path))?;
    }
    write_findings(output, part, drawn)?;
    if part.last && output.current.open { output.out.write_all(b"  </file>\n") } else { Ok(()) }
}
