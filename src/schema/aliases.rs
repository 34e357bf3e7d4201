//! Misnamed members under the names they stand for.

use crate::syntax::{Node, NodeId};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Misnamed members under the names they stand for, by the object they count as members of.
#[derive(Debug, Default)]
pub struct Aliases {
    members: BTreeMap<NodeId, Vec<(String, NodeId)>>,
    names: BTreeMap<NodeId, String>,
    guessed: Vec<NodeId>,
}

impl Aliases {
    /// The member of `object` called `name`, or the one that stands for it.
    pub fn member<'d>(&self, object: Node<'d>, name: &str) -> Option<Node<'d>> {
        object.member(name).or_else(|| {
            let (_, member) = self.members.get(&object.id())?.iter().find(|(alias, _)| alias == name)?;
            Some(object.document().node(*member))
        })
    }

    /// The name under which `member` is read: its own, or the one that it stands for.
    pub fn called<'d>(&'d self, member: Node<'d>) -> Option<Cow<'d, str>> {
        self.name_of(member.id()).map(Cow::Borrowed).or_else(|| member.key())
    }

    /// The members that stand for others in `object`, with the names that they stand for.
    pub(super) fn standing_in(&self, object: NodeId) -> &[(String, NodeId)] {
        if self.members.is_empty() {
            return &[];
        }
        self.members.get(&object).map(Vec::as_slice).unwrap_or_default()
    }

    /// The name that `member` stands for, if it is misnamed.
    pub fn name_of(&self, member: NodeId) -> Option<&str> {
        self.names.get(&member).map(String::as_str)
    }

    /// The members whose name is only likely to be a slip of the one that they stand for.
    pub fn guessed(&self) -> &[NodeId] {
        &self.guessed
    }

    pub(super) fn add_guess(&mut self, object: NodeId, name: &str, member: NodeId) {
        self.add(object, name, member);
        self.guessed.push(member);
    }

    pub(super) fn add(&mut self, object: NodeId, name: &str, member: NodeId) {
        self.members.entry(object).or_default().push((name.to_owned(), member));
        self.names.insert(member, name.to_owned());
    }
}
