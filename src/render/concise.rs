//! A line for each finding: `path:line:col: severity[rule]: message`.

use super::{Output, Part, Renderer, nothing};
use crate::text::{Columns, Source};
use crate::words::visible;
use std::io;

pub(super) static RENDERER: Renderer = Renderer { begin: nothing, part, end: nothing };

fn part(output: &mut Output<'_>, part: &Part<'_>) -> io::Result<()> {
    for checked in part.texts {
        let source = Source::new(&checked.text, checked.origin);
        for found in &checked.diagnostics {
            if !output.may_show() {
                return Ok(());
            }
            let start = source.position(found.span.start, Columns::Chars);
            writeln!(
                output.out,
                "{}:{}:{}: {}[{}]: {}",
                visible(part.path),
                start.line + 1,
                start.column + 1,
                found.severity,
                found.rule.id,
                visible(&found.message)
            )?;
        }
    }
    Ok(())
}
