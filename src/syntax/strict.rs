//! The fast path: reads what RFC 8259 allows and gives up at the first departure, so that a valid text never pays
//! for recovery. The containers being read are the chain of parents in the tree itself; there is no other stack.

use super::number::{self, Number};
use super::{Fault, FaultKind, Flags, NodeData, NodeId, NodeKind, Sign, string};
use crate::text::Span;

/// A first guess at the number of nodes is not larger than this; the vector grows where it was too small.
const MOST_NODES_GUESSED: usize = 1 << 16;

/// Bytes of text per value, about, in indented cards.
const BYTES_PER_NODE: usize = 24;

/// The tree of a text that is JSON, and its numbers that are too large for a double.
pub(super) struct Tree {
    pub(super) nodes: Vec<NodeData>,
    pub(super) faults: Vec<Fault>,
}

/// Reads `text`, or gives `None` if it is not JSON or nests deeper than `deepest`.
pub(super) fn parse(text: &str, deepest: usize) -> Option<Tree> {
    let guess = (text.len() / BYTES_PER_NODE + 4).min(MOST_NODES_GUESSED);
    let tree = Tree { nodes: Vec::with_capacity(guess), faults: Vec::new() };
    Reader { text, bytes: text.as_bytes(), at: 0, tree, depth: 0, deepest, parent: 0, position: 0 }.read()
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    tree: Tree,
    /// How many containers are open.
    depth: usize,
    /// How many may be.
    deepest: usize,
    /// The innermost open container.
    parent: u32,
    /// How many of its values were read.
    position: u32,
}

/// The key of a member, or nothing for an element.
#[derive(Clone, Copy, Default)]
struct Key {
    span: Span,
    flags: u8,
    sign: Sign,
}

impl Reader<'_> {
    fn read(mut self) -> Option<Tree> {
        let mut key = Key::default();
        loop {
            self.skip_space();
            let opened = self.value(key)?;
            let next = if opened { self.first_in_container()? } else { self.next_in_container()? };
            match next {
                Some(found) => key = found,
                None => break,
            }
        }
        self.skip_space();
        (self.at == self.bytes.len()).then_some(self.tree)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Reads a scalar or an opening bracket; true if a container was opened.
    fn value(&mut self, key: Key) -> Option<bool> {
        let start = self.at;
        let (kind, mut flags) = match self.peek()? {
            b'"' => (NodeKind::String, if self.string()? { Flags::COOKED_VALUE } else { 0 }),
            b'{' => return self.open(NodeKind::Object, key),
            b'[' => return self.open(NodeKind::Array, key),
            b't' => (self.literal("true", NodeKind::True)?, 0),
            b'f' => (self.literal("false", NodeKind::False)?, 0),
            b'n' => (self.literal("null", NodeKind::Null)?, 0),
            _ => (self.number()?, 0),
        };
        flags |= key.flags;
        self.push(kind, flags, key, start);
        self.position += 1;
        Some(false)
    }

    fn push(&mut self, kind: NodeKind, flags: u8, key: Key, start: usize) {
        let end = self.tree.nodes.len() as u32 + 1;
        self.tree.nodes.push(NodeData {
            span: Span::new(start as u32, self.at as u32),
            key: key.span,
            parent: self.parent,
            end,
            position: self.position,
            kind,
            flags: Flags(flags),
            sign: key.sign,
        });
    }

    fn open(&mut self, kind: NodeKind, key: Key) -> Option<bool> {
        if self.depth >= self.deepest {
            return None;
        }
        let start = self.at;
        self.at += 1;
        let id = self.tree.nodes.len() as u32;
        self.push(kind, key.flags, key, start);
        self.depth += 1;
        self.parent = id;
        self.position = 0;
        Some(true)
    }

    /// After an opening bracket: the key of the first value, or what comes after an empty container.
    fn first_in_container(&mut self) -> Option<Option<Key>> {
        self.skip_space();
        let (kind, closer) = self.innermost()?;
        if self.peek()? == closer {
            self.close();
            return self.next_in_container();
        }
        self.key(kind).map(Some)
    }

    /// After a value: the key of the next one, or `None` once the root is complete.
    fn next_in_container(&mut self) -> Option<Option<Key>> {
        while self.depth > 0 {
            self.skip_space();
            let (kind, closer) = self.innermost()?;
            match self.peek()? {
                b',' => {
                    self.at += 1;
                    self.skip_space();
                    return self.key(kind).map(Some);
                }
                found if found == closer => self.close(),
                _ => return None,
            }
        }
        Some(None)
    }

    fn innermost(&self) -> Option<(NodeKind, u8)> {
        let kind = self.tree.nodes.get(self.parent as usize)?.kind;
        Some((kind, if kind == NodeKind::Object { b'}' } else { b']' }))
    }

    fn close(&mut self) {
        self.at += 1;
        let end = self.tree.nodes.len() as u32;
        if let Some(node) = self.tree.nodes.get_mut(self.parent as usize) {
            node.end = end;
            node.span.end = self.at as u32;
            self.parent = node.parent;
            self.position = node.position + 1;
        }
        self.depth -= 1;
    }

    /// Reads a key and its colon in an object, nothing in an array.
    fn key(&mut self, container: NodeKind) -> Option<Key> {
        if container == NodeKind::Array {
            return Some(Key::default());
        }
        let start = self.at;
        if self.peek()? != b'"' {
            return None;
        }
        let (cooked, sign) = if self.string()? {
            (Flags::COOKED_KEY, Sign::default())
        } else {
            (0, Sign::of(self.bytes.get(start + 1..self.at - 1)?))
        };
        let span = Span::new(start as u32, self.at as u32);
        self.skip_space();
        if self.peek()? != b':' {
            return None;
        }
        self.at += 1;
        Some(Key { span, flags: Flags::MEMBER | cooked, sign })
    }

    /// Reads a string from its quotation mark; true if a backslash stands in it.
    fn string(&mut self) -> Option<bool> {
        self.at += 1;
        let mut escaped = false;
        loop {
            self.at = plain_end(self.bytes, self.at);
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Some(escaped);
                }
                b'\\' => {
                    escaped = true;
                    self.at += string::escape_len(self.bytes.get(self.at..)?)?;
                }
                _ => return None,
            }
        }
    }

    fn literal(&mut self, spelling: &str, kind: NodeKind) -> Option<NodeKind> {
        let end = self.at + spelling.len();
        let found = self.bytes.get(self.at..end)?;
        self.at = end;
        (found == spelling.as_bytes()).then_some(kind)
    }

    fn number(&mut self) -> Option<NodeKind> {
        let start = self.at;
        let Number { len, may_be_huge } = number::scan(self.bytes.get(start..)?)?;
        self.at += len;
        if may_be_huge && number::is_huge(self.text.get(start..self.at)?) {
            let span = Span::new(start as u32, self.at as u32);
            let node = NodeId(self.tree.nodes.len() as u32);
            self.tree.faults.push(Fault { kind: FaultKind::HugeNumber, span, node });
        }
        Some(NodeKind::Number)
    }

    fn skip_space(&mut self) {
        // Minified texts have none, so the common answer comes first.
        if self.peek().is_some_and(|byte| byte <= b' ') {
            self.at = space_end(self.bytes, self.at);
        }
    }
}

const EIGHT_SPACES: u64 = u64::from_ne_bytes([b' '; 8]);

fn space_end(bytes: &[u8], mut at: usize) -> usize {
    loop {
        // Lines start with a run of spaces, nearly always.
        while let Some(word) = eight(bytes, at) {
            let others = word ^ EIGHT_SPACES;
            at += (others.trailing_zeros() / 8) as usize;
            if others != 0 {
                break;
            }
        }
        match bytes.get(at) {
            Some(b' ' | b'\n' | b'\r' | b'\t') => at += 1,
            _ => return at,
        }
    }
}

/// The first byte from `at` on that is a quotation mark, a backslash or a control character, or the end.
pub(super) fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(word) = eight(bytes, at) {
        let special = special_bytes(word);
        if special != 0 {
            return at + (special.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|&byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        at += 1;
    }
    at
}

/// Eight bytes as a little-endian number: the first byte is the lowest.
fn eight(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|chunk| u64::from_le_bytes(*chunk))
}

/// The high bit of each byte that is a quotation mark, a backslash or a control character. A higher byte may be
/// marked wrongly through a borrow; the lowest mark, which alone is used, is always right.
fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHS: u64 = ONES << 7;
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word;
    let equal = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    (below(word, b' ') | equal(b'"') | equal(b'\\')) & HIGHS
}
