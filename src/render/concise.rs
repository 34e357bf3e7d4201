//! A line for each finding: `path:line:col: severity[rule]: message`.

use super::{Renderer, Scene, nothing, write_findings};
use crate::text::Columns;
use crate::words::visible;
use std::io;

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
    // Written piece by piece, since this is what most lines of a long run are made of.
    let (mut line, mut column) = (itoa::Buffer::new(), itoa::Buffer::new());
    let mut put = |part: &str| out.extend_from_slice(part.as_bytes());
    put(":");
    put(line.format(start.line + 1));
    put(":");
    put(column.format(start.column + 1));
    put(": ");
    put(found.severity.name());
    put("[");
    put(found.rule.id);
    put("]: ");
    put(&visible(&found.message));
    put("\n");
    Ok(())
}
