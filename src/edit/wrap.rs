//! Putting a value into an object.

use super::gap::indent_at;
use super::{Edit, Style, apply, in_order, quoted, reindented};
use crate::syntax::Node;
use crate::text::Span;

/// `object`, with `changes` made to what is inside, goes into a new object under `name`. The rest stays as it is written, but
/// for its indentation.
pub fn wrapped(object: Node<'_>, name: &str, changes: Vec<Edit>) -> Option<Edit> {
    let span = object.span();
    let inner = |edit: Edit| {
        let (start, end) = (edit.span.start.checked_sub(span.start)?, edit.span.end.checked_sub(span.start)?);
        Some(Edit::new(Span::new(start, end), edit.text))
    };
    let changes = in_order(changes.into_iter().map(inner).collect::<Option<Vec<Edit>>>()?)?;
    let object_text = String::from_utf8(apply(object.raw().as_bytes(), &changes)?).ok()?;
    let document = object.document();
    let Style { line_end, unit, colon, padding, .. } = Style::of(document);
    let name = quoted(name);
    let text = if object.raw().contains('\n') {
        let outer = indent_at(document.text(), span.start);
        let inner = format!("{outer}{unit}");
        let moved = reindented(&object_text, outer, &inner);
        format!("{{{line_end}{inner}{name}{colon}{moved}{line_end}{outer}}}")
    } else {
        format!("{{{padding}{name}{colon}{object_text}{padding}}}")
    };
    Some(Edit::new(span, text))
}
