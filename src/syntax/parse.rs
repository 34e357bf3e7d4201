//! The way from bytes to a document: encoding first, then the fast path, and recovery only where that gives up.

use super::{
    Document, Fault, FaultKind, Flags, MAX_DEPTH, NodeData, NodeId, NodeKind, Sign, encoding, recover, strict,
};
use crate::text::{Span, to_utf8};
use std::borrow::Cow;

/// Reads a text, whatever is wrong with it.
///
/// A text that is JSON by RFC 8259 has no faults but [`FaultKind::HugeNumber`] and [`FaultKind::TooDeep`].
pub fn parse(bytes: &[u8]) -> Document<'_> {
    parse_within(bytes, MAX_DEPTH)
}

/// Reads a text, whatever is wrong with it, as [`parse`] does, whose containers nest no deeper than `deepest`.
///
/// Nothing here needs recursion, but who walks the tree may; that is why there is a limit.
pub fn parse_within(bytes: &[u8], deepest: usize) -> Document<'_> {
    if bytes.len() >= u32::MAX as usize {
        return without_value(Cow::Borrowed(""), FaultKind::TooLarge, Span::at(0));
    }
    if let Some(name) = encoding::foreign(bytes) {
        let (text, _) = to_utf8(bytes);
        let span = Span::new(0, text.len() as u32);
        return without_value(text, FaultKind::WrongEncoding(name), span);
    }
    let (text, bad) = to_utf8(bytes);
    if bad.is_empty()
        && let Some(tree) = strict::parse(&text, deepest)
    {
        return document(text, tree.nodes, tree.faults, deepest);
    }
    let (nodes, faults) = recover::parse(&text, &bad, deepest);
    document(text, nodes, faults, deepest)
}

fn document(text: Cow<'_, str>, nodes: Vec<NodeData>, faults: Vec<Fault>, deepest: usize) -> Document<'_> {
    let (joined_keys, root_members, overwritten) = Default::default();
    Document { text, nodes, faults, deepest, joined_keys, root_members, overwritten }
}

/// A document whose root is a damaged `null`, with one fault.
fn without_value(text: Cow<'_, str>, kind: FaultKind, span: Span) -> Document<'_> {
    let root = NodeData {
        span: Span::at(span.end),
        key: Span::default(),
        parent: 0,
        end: 1,
        position: 0,
        kind: NodeKind::Null,
        flags: Flags(Flags::DAMAGED),
        sign: Sign::default(),
    };
    document(text, vec![root], vec![Fault { kind, span, node: NodeId::ROOT }], MAX_DEPTH)
}
