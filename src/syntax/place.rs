//! A part of a value: what a reader should look at.

use super::{Node, NodeKind};
use crate::text::Span;

/// A value and the part of it that matters.
#[derive(Debug, Clone, Copy)]
pub struct Place<'d> {
    node: Node<'d>,
    part: Part,
}

#[derive(Debug, Clone, Copy)]
enum Part {
    Value,
    Key,
    Opening,
    Inside(usize, usize),
}

impl<'d> Node<'d> {
    /// The value itself.
    pub fn whole(self) -> Place<'d> {
        Place { node: self, part: Part::Value }
    }

    /// The key, for a member; the value otherwise.
    pub fn at_key(self) -> Place<'d> {
        Place { node: self, part: Part::Key }
    }

    /// The opening bracket, for a container; the value otherwise.
    pub fn at_opening(self) -> Place<'d> {
        Place { node: self, part: Part::Opening }
    }

    /// The bytes `start..end` of a string's content. The whole value where the string is not written letter for letter.
    pub fn inside(self, start: usize, end: usize) -> Place<'d> {
        Place { node: self, part: Part::Inside(start, end) }
    }
}

impl<'d> Place<'d> {
    /// The value.
    pub fn node(self) -> Node<'d> {
        self.node
    }

    /// The bytes to look at.
    pub fn span(self) -> Span {
        let span = self.node.span();
        match self.part {
            Part::Value => span,
            Part::Key => self.node.key_span().filter(|key| !key.is_empty()).unwrap_or(span),
            Part::Opening => self.node.opening(),
            Part::Inside(start, end) => self.content(start, end).unwrap_or(span),
        }
    }

    fn content(self, start: usize, end: usize) -> Option<Span> {
        let span = self.node.span();
        let inner = Span::new(span.start.checked_add(1)?, span.end.checked_sub(1)?);
        let start = inner.start.checked_add(u32::try_from(start).ok()?)?;
        let end = inner.start.checked_add(u32::try_from(end).ok()?)?;
        let text = self.node.document().text();
        let fits = start <= end
            && end <= inner.end
            && text.is_char_boundary(start as usize)
            && text.is_char_boundary(end as usize);
        (fits && self.node.kind() == NodeKind::String && self.node.is_verbatim())
            .then_some(Span::new(start, end))
    }
}
