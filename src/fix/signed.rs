//! Signed documents: which fixes change what a signature covers.

use crate::diagnostic::Fix;
use crate::edit::apply;
use crate::kind::{is_slip, same_but_for_case};
use crate::lint::Checked;
use crate::syntax::{Document, Node, NodeKind, Pointer, parse};
use crate::text::Span;

/// The member that a signature does not cover.
const SIGNATURES: &str = "signatures";

/// Above this many fixes of one signed document, they are not tried one by one.
const FEW: usize = 64;

/// The signed documents of a text.
pub(super) struct Signed<'b> {
    bytes: &'b [u8],
    documents: Vec<SignedDocument>,
}

struct SignedDocument {
    pointer: Pointer,
    span: Span,
    signatures: Span,
    /// What its signatures are called, which may be misspelt.
    name: String,
    digest: u64,
}

impl<'b> Signed<'b> {
    pub(super) fn new(bytes: &'b [u8], checked: &Checked) -> Self {
        let tree = parse(bytes);
        let read = |pointer: &str| signed(&tree, Pointer::parse(pointer).ok()?);
        let documents = checked.documents.iter().filter_map(|document| read(&document.pointer)).collect();
        Self { bytes, documents }
    }

    /// For each of `fixes`, whether all that is signed stays as it is.
    pub(super) fn kept_by(&self, fixes: &[&Fix]) -> Vec<bool> {
        let touching = |fix: &Fix| self.documents.iter().any(|document| document.is_touched_by(fix));
        let mut kept: Vec<bool> = fixes.iter().map(|fix| !touching(fix)).collect();
        let unsure = kept.iter().filter(|kept| !**kept).count();
        if unsure > FEW {
            return kept;
        }
        for (kept, fix) in kept.iter_mut().zip(fixes).filter(|(kept, _)| !**kept) {
            *kept = self.says_the_same_after(fix);
        }
        kept
    }

    /// Whether what is signed reads the same after `fix`: white space, say, is not signed.
    fn says_the_same_after(&self, fix: &Fix) -> bool {
        let Some(after) = apply(self.bytes, &fix.edits) else { return false };
        let tree = parse(&after);
        self.documents.iter().all(|document| {
            let now = document.pointer.resolve(tree.root());
            now.is_some_and(|now| now.digest(&[SIGNATURES, &document.name]) == document.digest)
        })
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

fn signed(tree: &Document<'_>, pointer: Pointer) -> Option<SignedDocument> {
    let node = pointer.resolve(tree.root())?;
    // An instance may have them in its manifest by mistake.
    let list = signatures(node).or_else(|| signatures(node.member("agentCardManifest")?))?;
    let (span, signatures, name) = (node.span(), list.span(), list.key()?.into_owned());
    let digest = node.digest(&[SIGNATURES, &name]);
    Some(SignedDocument { pointer, span, signatures, name, digest })
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
