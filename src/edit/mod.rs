//! Changes to JSON text that leave everything else as it is written.
//!
//! A function here takes nodes of a tree and gives edits of its text, in the order of the text, in the manner in which
//! the text around them is written: its indentation, line ends, spaces and commas. Where the text around a place is
//! damaged there is no answer, and the caller has nothing to offer.

mod gap;
mod insert;
mod layout;
mod remove;
mod style;
mod wrap;

pub use gap::indent_at;
pub use insert::{Where, insert_element, insert_member, move_element, move_member};
pub use layout::{lay_out, reindented};
pub use remove::{removal, removals};
pub use style::Style;
pub use wrap::wrapped;

use crate::syntax::Node;
use crate::text::Span;
use crate::words::json;
use std::ops::Range;

/// A replacement of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub span: Span,
    /// What comes in their place.
    pub text: String,
}

impl Edit {
    /// The bytes of `span` become `text`.
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }
}

/// `member` gets another key.
pub fn rename(member: Node<'_>, name: &str) -> Option<Edit> {
    let key = member.key_span().filter(|key| !key.is_empty())?;
    Some(Edit::new(key, json(name)))
}

/// `node` gets another value: `json`, laid out as the document is.
pub fn replace_value(node: Node<'_>, json: &str) -> Edit {
    if !layout::has_items(json) {
        return Edit::new(node.span(), json);
    }
    let text = node.document().text();
    let indent = gap::indent_at(text, node.span().start);
    Edit::new(node.span(), lay_out(json, &Style::of(node.document()), indent, true))
}

/// The edits in the order of the text; nothing where one overlaps another.
pub fn in_order(mut edits: Vec<Edit>) -> Option<Vec<Edit>> {
    edits.sort_by_key(|edit| edit.span);
    let parted = edits.is_sorted_by(|before, after| before.span.end <= after.span.start);
    parted.then_some(edits)
}

/// The text after `edits`, which are in order; nothing where they overlap or lie outside of it.
pub fn apply<'e>(text: &[u8], edits: impl IntoIterator<Item = &'e Edit>) -> Option<Vec<u8>> {
    let mut applied = Vec::with_capacity(text.len() + 64);
    let mut done = 0;
    for edit in edits {
        let Range { start, end } = edit.span.range();
        applied.extend_from_slice(text.get(done..start)?);
        applied.extend_from_slice(edit.text.as_bytes());
        done = end.max(start);
    }
    applied.extend_from_slice(text.get(done..)?);
    Some(applied)
}
