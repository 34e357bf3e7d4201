//! What the steps of a migration have in common: the document, what was asked for, and what there is to say.

use super::draft::{Draft, Member};
use super::options::{Options, Target};
use crate::rule::{Assumption, Loss, Question, StepKind};
use crate::syntax::{Document, Node, NodeId, Place};

/// A migration at work.
pub(super) struct Work<'d> {
    pub(super) document: &'d Document<'d>,
    /// The value that is migrated.
    pub(super) root: NodeId,
    pub(super) options: &'d Options,
    /// What the card becomes on its way.
    pub(super) to: Target,
    pub(super) noted: Vec<Noted>,
}

/// Something to say about a step.
pub(super) struct Noted {
    node: NodeId,
    at: At,
    pub(super) kind: StepKind,
}

/// The part of a value that matters.
#[derive(Debug, Clone, Copy)]
pub(super) enum At {
    Value,
    Key,
    Opening,
}

impl Noted {
    pub(super) fn place<'d>(&self, document: &'d Document<'d>) -> Place<'d> {
        let node = document.node(self.node);
        match self.at {
            At::Value => node.whole(),
            At::Key => node.at_key(),
            At::Opening => node.at_opening(),
        }
    }
}

impl<'d> Work<'d> {
    pub(super) fn new(root: Node<'d>, options: &'d Options) -> Self {
        Self { document: root.document(), root: root.id(), options, to: options.to, noted: Vec::new() }
    }

    fn note(&mut self, node: Option<NodeId>, at: At, kind: StepKind) {
        let (node, at) = node.map_or((self.root, At::Opening), |node| (node, at));
        self.noted.push(Noted { node, at, kind });
    }

    /// Notes that `member` does not come along.
    pub(super) fn lost(&mut self, member: &Member, loss: Loss) {
        self.note(member.from.or(member.value.origin), At::Key, StepKind::Lost(loss));
    }

    /// Notes that what stands at `value` does not come along.
    pub(super) fn lost_value(&mut self, value: &Draft, loss: Loss) {
        self.note(value.origin, At::Value, StepKind::Lost(loss));
    }

    /// Notes that something of the document as a whole does not come along.
    pub(super) fn lost_opening(&mut self, loss: Loss) {
        self.note(None, At::Opening, StepKind::Lost(loss));
    }

    pub(super) fn ask(&mut self, node: Option<NodeId>, at: At, question: Question) {
        self.note(node, at, StepKind::Open(question));
    }

    pub(super) fn assume(&mut self, node: Option<NodeId>, at: At, assumption: Assumption) {
        self.note(node, at, StepKind::Assumed(assumption));
    }
}
