//! A line for each finding: `path:line:col: severity[rule]: message`.

use super::{Look, Renderer, nothing, write_findings};
use crate::diagnostic::Diagnostic;
use crate::text::{Columns, Source};
use crate::words::visible;
use std::io::{self, Write};

pub(super) static RENDERER: Renderer =
    Renderer { begin: nothing, part: write_findings, end: nothing, documents: None, finding };

fn finding(
    _: &Look,
    path: &str,
    source: &Source<'_>,
    found: &Diagnostic,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let start = source.position(found.span.start, Columns::Chars);
    writeln!(
        out,
        "{}:{}:{}: {}[{}]: {}",
        visible(path),
        start.line + 1,
        start.column + 1,
        found.severity,
        found.rule.id,
        visible(&found.message)
    )
}
