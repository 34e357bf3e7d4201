//! Members by their names: what tells most names apart, and where in an object a name can stand.

use super::{Document, Node, NodeId};

/// The members of an object by the buckets of their signs, so that one is found with hardly a look at the others.
#[derive(Debug)]
pub(super) struct Members {
    all: Vec<Listed>,
    /// The last member in each bucket, as an index into `all`; past the end where there is none.
    last: [u32; Sign::BUCKETS],
}

/// A member in its list.
#[derive(Debug)]
struct Listed {
    node: NodeId,
    sign: Sign,
    /// The one before it in its bucket, as in [`Members::last`].
    before: u32,
}

impl Members {
    /// Nothing for an object with a key that may be any name.
    pub(super) fn of(object: Node<'_>) -> Option<Self> {
        let mut members = Self { all: Vec::with_capacity(32), last: [u32::MAX; Sign::BUCKETS] };
        for member in object.children() {
            let sign = member.data().sign;
            if sign == Sign::default() {
                return None;
            }
            let last = &mut members.last[sign.bucket()];
            let before = std::mem::replace(last, members.all.len() as u32);
            members.all.push(Listed { node: member.id, sign, before });
        }
        Some(members)
    }

    /// The last member with this name and its sign.
    pub(super) fn find<'d>(&self, document: &'d Document<'d>, name: &str, sign: Sign) -> Option<Node<'d>> {
        let mut at = self.last[sign.bucket()];
        while let Some(listed) = self.all.get(at as usize) {
            let node = document.node(listed.node);
            if listed.sign == sign && node.key_is(name) {
                return Some(node);
            }
            at = listed.before;
        }
        None
    }
}

/// A number by which most names are told apart without a look at their letters. There is none, 0, for a name with escapes,
/// which may be any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sign(u16);

impl Sign {
    /// The sign of a name, from its length and its ends.
    #[inline]
    pub(super) fn of(name: &[u8]) -> Self {
        let [first, last] =
            [name.first(), name.last()].map(|byte| u32::from(byte.copied().unwrap_or_default()));
        let mixed = (first | last << 8 | (name.len() as u32) << 16).wrapping_mul(0x9E37_79B1);
        Self((mixed >> 16) as u16 | 1)
    }

    /// Whether a name with this sign may be one with the sign `other`.
    #[inline]
    pub(super) fn may_be(self, other: Self) -> bool {
        self == other || self.0 == 0
    }

    const BUCKETS: usize = 64;

    /// One of the buckets.
    fn bucket(self) -> usize {
        usize::from(self.0 >> 10)
    }

    /// A bit for the bucket; all bits where there is no sign.
    pub(super) fn bits(self) -> u64 {
        if self.0 == 0 { u64::MAX } else { 1 << self.bucket() }
    }
}
