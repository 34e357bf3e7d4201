//! A line for each finding: `path:line:col: severity[rule]: message`.

use super::{Renderer, Scene, nothing, write_findings};
use crate::text::Columns;
use crate::words::visible;
use std::io::{self, Write};

pub(super) static RENDERER: Renderer = Renderer {
    begin: nothing,
    part: write_findings,
    end: nothing,
    documents: None,
    fingerprints: false,
    finding,
};

fn finding(scene: &Scene<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let Scene { path, source, found, .. } = scene;
    let start = source.position(found.span.start, Columns::Chars);
    out.extend_from_slice(visible(path).as_bytes());
    write!(out, ":{}:{}: ", start.line + 1, start.column + 1)?;
    // Written piece by piece, since this is what most lines of a long run are made of.
    for part in [found.severity.name(), "[", found.rule.id, "]: ", &visible(&found.message), "\n"] {
        out.extend_from_slice(part.as_bytes());
    }
    Ok(())
}
