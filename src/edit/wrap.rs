//! Putting a value into another one.

use super::gap::indent_at;
use super::{Edit, Style, apply, in_order, reindented};
use crate::syntax::Node;
use crate::text::Span;
use crate::words::json;

/// `value`, with `changes` made to what is inside, goes into a new object under `name`. The rest stays as it is written, but
/// for its indentation.
pub fn wrapped(value: Node<'_>, name: &str, changes: Vec<Edit>) -> Option<Edit> {
    let span = value.span();
    let inner = |edit: Edit| {
        let (start, end) = (edit.span.start.checked_sub(span.start)?, edit.span.end.checked_sub(span.start)?);
        Some(Edit::new(Span::new(start, end), edit.text))
    };
    let changes = in_order(changes.into_iter().map(inner).collect::<Option<Vec<Edit>>>()?)?;
    let changed = String::from_utf8(apply(value.raw().as_bytes(), &changes)?).ok()?;
    let document = value.document();
    let Style { line_end, unit, colon, padding, .. } = Style::of(document);
    let name = json(name);
    let text = if value.raw().contains('\n') {
        let outer = indent_at(document.text(), span.start);
        let inner = format!("{outer}{unit}");
        let moved = reindented(&changed, outer, &inner);
        format!("{{{line_end}{inner}{name}{colon}{moved}{line_end}{outer}}}")
    } else {
        format!("{{{padding}{name}{colon}{changed}{padding}}}")
    };
    Some(Edit::new(span, text))
}
