//! The JSON front end: a text in, one spanned tree and every syntax fault out.
//!
//! Strict by RFC 8259 in what it reports, tolerant in what it keeps: whatever is intact is in the tree, so that rules
//! run on a half-typed document. Nothing here knows what an agent card is.

mod build;
mod digest;
mod encoding;
mod fault;
mod inner;
mod lex;
mod members;
mod number;
mod overwritten;
mod parse;
mod place;
mod pointer;
mod quotes;
mod recover;
mod repair;
mod strict;
mod string;
mod token;
mod variables;
mod word;

pub use fault::{Fault, FaultKind};
pub use inner::InnerText;
use members::{Members, Sign};
pub use parse::{parse, parse_within};
pub use place::Place;
pub use pointer::{Pointer, PointerError, PointerPattern, escape_token, unescape_token};
pub use variables::has_variable;

use crate::text::Span;
use std::borrow::Cow;
use std::sync::OnceLock;

/// How deep containers may nest unless another limit is given; deeper ones are reported and passed over.
pub const MAX_DEPTH: usize = 512;

/// A parsed text: the tree, and what was wrong with the text.
#[derive(Debug)]
pub struct Document<'a> {
    text: Cow<'a, str>,
    nodes: Vec<NodeData>,
    faults: Vec<Fault>,
    deepest: usize,
    /// See [`Document::has_joined_keys`].
    joined_keys: OnceLock<bool>,
    /// The members of the root side by side: nearly every question is about them.
    root_members: OnceLock<Option<Members>>,
    /// See [`Document::overwritten`].
    overwritten: OnceLock<Vec<NodeId>>,
}

/// The address of a value in its document. Ids grow in the order of the text: a container comes before its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

impl NodeId {
    /// The first value of the text.
    pub const ROOT: NodeId = NodeId(0);

    /// The id as an index, to keep facts about nodes in a vector beside the tree.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What kind of value a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NodeKind {
    /// `null`
    Null,
    /// `true`
    True,
    /// `false`
    False,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl NodeKind {
    /// The JSON type, as JSON Schema calls it.
    pub const fn type_name(self) -> &'static str {
        match self {
            NodeKind::Null => "null",
            NodeKind::True | NodeKind::False => "boolean",
            NodeKind::Number => "number",
            NodeKind::String => "string",
            NodeKind::Array => "array",
            NodeKind::Object => "object",
        }
    }
}

/// One value of the arena. 32 bytes, so that a large document costs no more than its `serde_json::Value`.
#[derive(Debug, Clone, Copy)]
struct NodeData {
    /// The value, quotation marks and brackets included.
    span: Span,
    /// The key with its quotation marks; empty for elements and the root.
    key: Span,
    /// The container; the root is its own.
    parent: u32,
    /// One past the last node of the subtree.
    end: u32,
    /// How many siblings stand before it.
    position: u32,
    kind: NodeKind,
    flags: Flags,
    /// That of the key.
    sign: Sign,
}

const _: () = assert!(size_of::<NodeData>() == 32);

impl NodeData {
    /// The sign of the key, as it stands in `text`.
    fn sign(&self, text: &[u8]) -> Sign {
        if !self.flags.has(Flags::MEMBER) || self.flags.has(Flags::COOKED_KEY) {
            return Sign::default();
        }
        // The quotation marks are one byte each.
        let letters = self.key.start as usize + 1..(self.key.end as usize).saturating_sub(1);
        text.get(letters).map(Sign::of).unwrap_or_default()
    }
}

/// Facts about a node that the parser found, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Flags(u8);

impl Flags {
    /// The value is not what was meant: its content says nothing.
    const DAMAGED: u8 = 1;
    /// The container lost its end, a member or an element.
    const INCOMPLETE: u8 = 2;
    /// The string value holds a backslash, or is not in plain double quotes.
    const COOKED_VALUE: u8 = 4;
    /// The key holds a backslash, or is not in plain double quotes.
    const COOKED_KEY: u8 = 8;
    /// The node is a member of an object (its key may still be missing).
    const MEMBER: u8 = 16;

    fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
    }
}

impl<'a> Document<'a> {
    /// The text the tree was read from, of the same length in bytes as the input; bytes that are not UTF-8 are
    /// replaced by `?`, so that offsets hold.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text, where it is not that of the input because some bytes were not UTF-8.
    pub fn into_replaced_text(self) -> Option<String> {
        match self.text {
            Cow::Owned(text) => Some(text),
            Cow::Borrowed(_) => None,
        }
    }

    /// The same with a text of its own.
    pub fn into_owned(self) -> Document<'static> {
        let Self { text, nodes, faults, deepest, joined_keys, root_members, overwritten } = self;
        let text = Cow::Owned(text.into_owned());
        Document { text, nodes, faults, deepest, joined_keys, root_members, overwritten }
    }

    /// What was wrong with the text, in its order.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// How deep containers were allowed to nest.
    pub fn deepest(&self) -> usize {
        self.deepest
    }

    /// The outermost value. A text without one has a damaged `null`.
    pub fn root(&self) -> Node<'_> {
        self.node(NodeId::ROOT)
    }

    /// The value at `id`, which must be of this document.
    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node { document: self, id }
    }

    /// The innermost value in whose bytes, or in whose key, byte `offset` lies; the root where there is none.
    pub fn node_at(&self, offset: u32) -> Node<'_> {
        let start = |node: &NodeData| if node.key.is_empty() { node.span.start } else { node.key.start };
        let after = self.nodes.partition_point(|node| start(node) <= offset);
        let mut node = self.node(NodeId(after.saturating_sub(1) as u32));
        loop {
            let data = node.data();
            match node.parent() {
                Some(parent) if offset >= data.span.end.max(data.key.end) => node = parent,
                _ => return node,
            }
        }
    }

    /// Whether any key holds an underscore, or an escape that may be one: only then can a name be found in snake_case.
    pub fn has_joined_keys(&self) -> bool {
        let joins = |byte: &u8| matches!(byte, b'_' | b'\\');
        let joined = |node: &NodeData| self.text.as_bytes()[node.key.range()].iter().any(joins);
        *self.joined_keys.get_or_init(|| {
            memchr::memchr2(b'_', b'\\', self.text.as_bytes()).is_some() && self.nodes.iter().any(joined)
        })
    }

    /// The members that a later member of the same name stands in for, in the order of the text.
    pub fn overwritten(&self) -> &[NodeId] {
        self.overwritten.get_or_init(|| overwritten::overwritten(self))
    }

    /// Whether a later member of the same name stands in for the value at `id`, as it does for most readers.
    pub fn is_overwritten(&self, id: NodeId) -> bool {
        let overwritten = self.overwritten();
        !overwritten.is_empty() && overwritten.binary_search(&id).is_ok()
    }

    /// How many values the tree holds.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }
}

/// A value in a document: cheap to copy.
#[derive(Clone, Copy)]
pub struct Node<'d> {
    document: &'d Document<'d>,
    id: NodeId,
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && std::ptr::eq(self.document, other.document)
    }
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {:?} at {:?}", self.id, self.kind(), self.span())
    }
}

impl<'d> Node<'d> {
    fn data(self) -> &'d NodeData {
        &self.document.nodes[self.id.index()]
    }

    /// The document the value belongs to.
    pub fn document(self) -> &'d Document<'d> {
        self.document
    }

    /// The address of the value.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// What kind of value it is.
    pub fn kind(self) -> NodeKind {
        self.data().kind
    }

    /// The bytes of the value, quotation marks and brackets included.
    pub fn span(self) -> Span {
        self.data().span
    }

    /// The bytes of the key with its quotation marks, if the value is a member of an object.
    pub fn key_span(self) -> Option<Span> {
        self.is_member().then(|| self.data().key)
    }

    /// The key, unescaped, if the value is a member of an object.
    pub fn key(self) -> Option<Cow<'d, str>> {
        let data = self.data();
        self.is_member().then(|| self.decode(data.key, data.flags.has(Flags::COOKED_KEY)))
    }

    /// Whether the value is a member of an object.
    pub fn is_member(self) -> bool {
        self.data().flags.has(Flags::MEMBER)
    }

    /// Whether the key equals `name`; cheaper than [`Node::key`].
    pub fn key_is(self, name: &str) -> bool {
        match self.plain_key() {
            Some(key) => key == name.as_bytes() && !self.data().key.is_empty(),
            None => self.key().is_some_and(|key| key == name),
        }
    }

    /// The letters of a key in plain quotation marks without escapes, as nearly all are; none of what has no key.
    fn plain_key(self) -> Option<&'d [u8]> {
        let NodeData { key, flags, .. } = self.data();
        if flags.has(Flags::COOKED_KEY) {
            return None;
        }
        // The quotation marks are one byte each.
        let letters = key.start as usize + 1..(key.end as usize).saturating_sub(1);
        Some(self.document.text.as_bytes().get(letters).unwrap_or_default())
    }

    /// The content of a string, unescaped; borrowed where no escape stands in it. `None` for other kinds.
    pub fn string(self) -> Option<Cow<'d, str>> {
        let data = self.data();
        (data.kind == NodeKind::String).then(|| self.decode(data.span, data.flags.has(Flags::COOKED_VALUE)))
    }

    /// The characters of a string, each with the bytes that stand for it; none for other kinds.
    pub fn letters(self) -> impl Iterator<Item = (Span, char)> + use<'d> {
        self.letters_of(if self.is_string() { self.span() } else { Span::default() })
    }

    /// The characters of the key, each with the bytes that stand for it.
    pub fn key_letters(self) -> impl Iterator<Item = (Span, char)> + use<'d> {
        self.letters_of(self.key_span().unwrap_or_default())
    }

    fn letters_of(self, span: Span) -> impl Iterator<Item = (Span, char)> + use<'d> {
        let part = move |range: std::ops::Range<usize>| {
            Span::new(span.start + range.start as u32, span.start + range.end as u32)
        };
        string::letters(&self.document.text[span.range()]).map(move |(range, char)| (part(range), char))
    }

    /// Whether the string or key at `span` stands in the text letter for letter, so that a span inside it can be told.
    pub fn is_verbatim(self) -> bool {
        !self.data().flags.has(Flags::COOKED_VALUE)
    }

    fn decode(self, span: Span, cooked: bool) -> Cow<'d, str> {
        let content =
            || self.document.text.get(span.start as usize + 1..(span.end as usize).saturating_sub(1));
        match content().filter(|_| !cooked) {
            Some(content) => Cow::Borrowed(content),
            None => string::decode(&self.document.text[span.range()]),
        }
    }

    /// The bytes of the value as written.
    pub fn raw(self) -> &'d str {
        &self.document.text[self.span().range()]
    }

    /// Whether the parser could not tell what the value was meant to be; its content says nothing.
    pub fn is_damaged(self) -> bool {
        self.data().flags.has(Flags::DAMAGED)
    }

    /// Whether the container lost its end, or a member or element, to a syntax fault.
    pub fn is_incomplete(self) -> bool {
        self.data().flags.has(Flags::INCOMPLETE)
    }

    /// The container the value stands in; `None` for the root.
    pub fn parent(self) -> Option<Node<'d>> {
        (self.id != NodeId::ROOT).then(|| self.document.node(NodeId(self.data().parent)))
    }

    /// How many siblings stand before the value.
    pub fn position(self) -> usize {
        self.data().position as usize
    }

    /// The members or elements, in the order of the text; none for other kinds. Duplicate keys all appear.
    pub fn children(self) -> Children<'d> {
        Children { document: self.document, next: self.id.0 + 1, end: self.data().end }
    }

    /// The value itself and the siblings after it.
    pub fn following(self) -> Children<'d> {
        let end = self.parent().map_or(self.data().end, |parent| parent.data().end);
        Children { document: self.document, next: self.id.0, end }
    }

    /// How many values there are inside it, at any depth.
    pub fn inner_count(self) -> usize {
        (self.data().end - self.id.0 - 1) as usize
    }

    /// The value itself and every value inside it, in the order of the text.
    pub fn subtree(self) -> impl Iterator<Item = Node<'d>> {
        (self.id.0..self.data().end).map(move |id| self.document.node(NodeId(id)))
    }

    /// The sibling right before the value. The way there is as long as that sibling is deep.
    pub fn preceding(self) -> Option<Node<'d>> {
        let parent = self.parent().filter(|_| self.position() > 0)?;
        // The node before it in the arena is the last one inside that sibling, or the sibling itself.
        let mut node = self.document.node(NodeId(self.id.0.checked_sub(1)?));
        while node.parent()? != parent {
            node = node.parent()?;
        }
        Some(node)
    }

    /// How many members or elements there are.
    pub fn len(self) -> usize {
        self.children().count()
    }

    /// Whether a container is empty; true for other kinds.
    pub fn is_empty(self) -> bool {
        self.data().end == self.id.0 + 1
    }

    /// The member called `name`; of duplicates the last one, which is what most readers take.
    pub fn member(self, name: &str) -> Option<Node<'d>> {
        if self.kind() != NodeKind::Object {
            return None;
        }
        // The most frequent question of all: from sibling to sibling in the arena, with a look at the letters only of keys
        // that have the right sign.
        let (document, wanted) = (self.document, Sign::of(name.as_bytes()));
        if self.id == NodeId::ROOT
            && let Some(members) = document.root_members.get_or_init(|| Members::of(self))
        {
            return members.find(document, name, wanted);
        }
        let (mut at, end) = (self.id.0 + 1, self.data().end);
        let inside = document.nodes.get(..end as usize)?;
        // Where it is known that no name stands twice, the first one is the last.
        let is_sole = document.overwritten.get().is_some_and(Vec::is_empty);
        let mut found = None;
        while let Some(data) = inside.get(at as usize) {
            if data.sign.may_be(wanted) && document.node(NodeId(at)).key_is(name) {
                found = Some(document.node(NodeId(at)));
                if is_sole {
                    break;
                }
            }
            at = data.end;
        }
        found
    }

    /// The element at `index`, from 0.
    pub fn element(self, index: usize) -> Option<Node<'d>> {
        if self.kind() != NodeKind::Array {
            return None;
        }
        self.children().nth(index)
    }

    /// Whether the value is an object.
    pub fn is_object(self) -> bool {
        self.kind() == NodeKind::Object
    }

    /// Whether the value is an array.
    pub fn is_array(self) -> bool {
        self.kind() == NodeKind::Array
    }

    /// Whether the value is a string.
    pub fn is_string(self) -> bool {
        self.kind() == NodeKind::String
    }

    /// Whether the value is `null`.
    pub fn is_null(self) -> bool {
        self.kind() == NodeKind::Null
    }

    /// The truth value, if it is one.
    pub fn boolean(self) -> Option<bool> {
        match self.kind() {
            NodeKind::True => Some(true),
            NodeKind::False => Some(false),
            _ => None,
        }
    }

    /// The opening bracket of a container, or what stands in its place where it was lost; the whole of any other value.
    pub fn opening(self) -> Span {
        let span = self.span();
        match self.kind() {
            NodeKind::Object | NodeKind::Array => {
                let first = self.raw().chars().next().map_or(0, char::len_utf8);
                Span::new(span.start, span.start + first as u32)
            }
            _ => span,
        }
    }
}

/// The members or elements of a container.
#[derive(Debug, Clone)]
pub struct Children<'d> {
    document: &'d Document<'d>,
    next: u32,
    end: u32,
}

impl<'d> Iterator for Children<'d> {
    type Item = Node<'d>;

    fn next(&mut self) -> Option<Node<'d>> {
        if self.next >= self.end {
            return None;
        }
        let node = self.document.node(NodeId(self.next));
        self.next = node.data().end;
        Some(node)
    }
}
