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
