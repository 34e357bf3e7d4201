//! Signed documents: which fixes change what a signature covers.

use crate::diagnostic::{Edit, Fix};
use crate::edit::apply;
use crate::kind::{is_slip, same_but_for_case};
use crate::lint::{Checked, CheckedDocument};
use crate::syntax::{Node, NodeKind, Pointer, parse};
use crate::text::Span;

/// The member that a signature does not cover.
const SIGNATURES: &str = "signatures";

/// Above this many fixes of one signed document, they are not tried one by one.
const FEW: usize = 64;

/// The signed documents of a text.
pub(super) struct Signed<'b> {
    bytes: &'b [u8],
    documents: Vec<SignedDocument>,
    /// Whether they are beside each other, in the order of the text.
    is_apart: bool,
}

struct SignedDocument {
    span: Span,
    signatures: Span,
    /// What its signatures are called, which may be misspelt.
    name: String,
    digest: u64,
}

impl<'b> Signed<'b> {
    pub(super) fn new(bytes: &'b [u8], checked: &Checked) -> Self {
        let tree = parse(bytes);
        let read = |document: &CheckedDocument| {
            // By its span: a pointer would be followed through all elements before it.
            let node = Some(tree.node_at(document.span.start)).filter(|node| node.span() == document.span);
            let resolved = || Pointer::parse(&document.pointer).ok()?.resolve(tree.root());
            signed(node.or_else(resolved)?)
        };
        let documents: Vec<_> = checked.documents.iter().filter_map(read).collect();
        let is_apart = documents.is_sorted_by(|one, next| one.span.end <= next.span.start);
        Self { bytes, documents, is_apart }
    }

    /// For each of `fixes`, whether all that is signed stays as it is.
    pub(super) fn kept_by(&self, fixes: &[&Fix]) -> Vec<bool> {
        let touched: Vec<Vec<usize>> = fixes.iter().map(|fix| self.touched_by(fix)).collect();
        let mut tries = vec![0; self.documents.len()];
        touched.iter().flatten().for_each(|document| tries[*document] += 1);
        let keeps = |(fix, touched): (&&Fix, &Vec<usize>)| {
            touched.iter().all(|&index| tries[index] <= FEW && self.says_the_same_after(fix, index))
        };
        fixes.iter().zip(&touched).map(keeps).collect()
    }

    /// The documents in which `fix` changes bytes besides their signatures.
    fn touched_by(&self, fix: &Fix) -> Vec<usize> {
        let first = fix.edits.iter().map(|edit| edit.span.start).min().unwrap_or_default();
        let last = fix.edits.iter().map(|edit| edit.span.end).max().unwrap_or_default();
        let before = |document: &SignedDocument| document.span.end < first;
        let from = if self.is_apart { self.documents.partition_point(before) } else { 0 };
        let near = self.documents.iter().enumerate().skip(from);
        let near = near.take_while(|(_, document)| !self.is_apart || document.span.start <= last);
        near.filter(|(_, document)| document.is_touched_by(fix)).map(|(index, _)| index).collect()
    }

    /// Whether what is signed reads the same after `fix`: white space, say, is not signed.
    fn says_the_same_after(&self, fix: &Fix, document: usize) -> bool {
        let SignedDocument { span, name, digest, .. } = &self.documents[document];
        // What is outside of the document is not signed, and a fix that reaches there is not taken apart.
        let Some(bytes) =
            self.bytes.get(span.range()).filter(|_| fix.edits.iter().all(|edit| span.covers(edit.span)))
        else {
            return false;
        };
        let inside = |edit: &Edit| {
            let moved = Span::new(edit.span.start - span.start, edit.span.end - span.start);
            Edit::new(moved, edit.text.clone())
        };
        let edits: Vec<Edit> = fix.edits.iter().map(inside).collect();
        apply(bytes, &edits).is_some_and(|after| parse(&after).root().digest(&[SIGNATURES, name]) == *digest)
    }
}

impl SignedDocument {
    /// Whether `fix` changes bytes of the document besides its signatures.
    fn is_touched_by(&self, fix: &Fix) -> bool {
        let inside =
            |edit: Span| edit.start < self.span.end && self.span.start < edit.end.max(edit.start + 1);
        fix.edits.iter().any(|edit| inside(edit.span) && !self.signatures.covers(edit.span))
    }
}

fn signed(node: Node<'_>) -> Option<SignedDocument> {
    // An instance may have them in its manifest by mistake.
    let list = signatures(node).or_else(|| signatures(node.member("agentCardManifest")?))?;
    let (span, signatures, name) = (node.span(), list.span(), list.key()?.into_owned());
    let digest = node.digest(&[SIGNATURES, &name]);
    Some(SignedDocument { span, signatures, name, digest })
}

/// The signatures of `object`, if it has any. Under a name that is misspelt they hold as soon as that is mended.
fn signatures(object: Node<'_>) -> Option<Node<'_>> {
    let holds =
        |list: &Node<'_>| matches!(list.kind(), NodeKind::Array | NodeKind::Object) && !list.is_empty();
    let may_be_meant = |member: &Node<'_>| {
        let name = member.key().unwrap_or_default();
        same_but_for_case(SIGNATURES, &name) || is_slip(SIGNATURES, &name, false)
    };
    let misspelt = || object.children().filter(|member| member.is_member()).filter(holds).find(may_be_meant);
    object.member(SIGNATURES).filter(holds).or_else(misspelt)
}
