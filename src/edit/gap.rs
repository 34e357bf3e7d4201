//! What stands between two items of a container.

use crate::syntax::{Document, Node};
use crate::text::Span;

/// The bytes of a member with its key, or of an element; nothing for a member that lost its key, or a damaged one.
pub(super) fn item(node: Node<'_>) -> Option<Span> {
    let value = node.span();
    match node.key_span() {
        Some(key) => (!key.is_empty() && key.end <= value.start).then(|| Span::new(key.start, value.end)),
        None => Some(value),
    }
}

/// The bytes inside the brackets of `container`, if it has both.
pub(super) fn inside(container: Node<'_>) -> Option<Span> {
    let (raw, span) = (container.raw(), container.span());
    let is_whole =
        (raw.starts_with('{') && raw.ends_with('}')) || (raw.starts_with('[') && raw.ends_with(']'));
    (is_whole && span.len() >= 2).then(|| Span::new(span.start + 1, span.end - 1))
}

/// The text from `start` to `end` if nothing but white space stands there.
pub(super) fn blank<'d>(document: &'d Document<'_>, start: u32, end: u32) -> Option<&'d str> {
    let between = document.text().get(start as usize..end as usize)?;
    is_blank(between).then_some(between)
}

/// The white space before and behind the comma between two neighbours.
pub(super) fn around_comma<'d>(before: Node<'d>, after: Node<'d>) -> Option<(&'d str, &'d str)> {
    let between = (item(before)?.end as usize)..(item(after)?.start as usize);
    let (left, right) = before.document().text().get(between)?.split_once(',')?;
    (is_blank(left) && is_blank(right)).then_some((left, right))
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
}

/// One line break of `gap` with the indentation behind it, or the spaces of a gap within a line.
pub(super) fn without_blank_lines(gap: &str) -> &str {
    match gap.rfind('\n') {
        Some(at) if gap[..at].ends_with('\r') => &gap[at - 1..],
        Some(at) => &gap[at..],
        None => gap,
    }
}

/// How many lines end in `gap`.
pub(super) fn breaks(gap: &str) -> usize {
    gap.bytes().filter(|byte| *byte == b'\n').count()
}

/// The white space with which the line of byte `offset` starts. Lines without end are not looked through.
pub fn indent_at(text: &str, offset: u32) -> &str {
    const LONGEST: usize = 4096;
    let end = offset as usize;
    let from = end.saturating_sub(LONGEST);
    let near = text.as_bytes().get(from..end).unwrap_or_default();
    let start = match memchr::memrchr(b'\n', near) {
        Some(at) => from + at + 1,
        None if from == 0 => 0,
        None => return "",
    };
    let line = text.get(start..).unwrap_or_default();
    let length = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    line.get(..length.min(end - start)).unwrap_or_default()
}
