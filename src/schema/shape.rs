//! The shape of a document: which members are misnamed, missing, misplaced or of the wrong kind.
//!
//! Names come first, so that a misnamed member is validated under the name it stands for; then the validators run.
//! Everything that was found wrong here is marked, so that rules which read the document later keep quiet about it.

use super::aliases::Aliases;
use super::catalog::bundled;
use super::fact::{Fact, Finding};
use super::names::{compare_names, wrapped_card};
use super::validate::validate;
use crate::kind::Subject;
use crate::syntax::{Node, NodeId};

/// What was found out about the shape of one document.
#[derive(Debug, Default)]
pub struct Shape {
    /// Misnamed members.
    pub aliases: Aliases,
    /// Everything found, names first, then values.
    pub findings: Vec<Finding>,
    /// Values that a finding already speaks for, sorted.
    unusable: Vec<NodeId>,
    /// Objects that hold none of the members of which one is needed, sorted.
    variantless: Vec<NodeId>,
    /// Objects and the members they were told to lack, sorted.
    missing: Vec<(NodeId, String)>,
    /// Whether it is that of a Graph object.
    is_graph: bool,
}

impl Shape {
    /// Whether a finding already speaks for the value, so that its content says nothing more.
    pub fn is_unusable(&self, node: NodeId) -> bool {
        self.unusable.binary_search(&node).is_ok()
    }

    /// Whether a finding says that the object is of none of the kinds it could be of.
    pub fn lacks_variant(&self, node: NodeId) -> bool {
        self.variantless.binary_search(&node).is_ok()
    }

    /// Whether the value of a Graph object is still the type template of the documentation, of which one rule speaks.
    pub fn is_template(&self, node: Node<'_>) -> bool {
        let text = if self.is_graph { node.string() } else { None };
        matches!(text.as_deref(), Some("String" | "String (timestamp)" | "String (identifier)" | "Boolean"))
    }

    /// Whether `member` was reported as missing from `object`, or as stated in the wrong place.
    pub fn is_missing(&self, object: NodeId, member: &str) -> bool {
        let is_it = |(of, name): &(NodeId, String)| (*of, name.as_str()).cmp(&(object, member));
        self.missing.binary_search_by(is_it).is_ok()
    }
}

/// Compares `subject` with the schemas of its profile.
pub fn shape(root: Node<'_>, subject: &Subject) -> Shape {
    let document = root.document().node(subject.node);
    let schemas = bundled(subject.profile);
    if let Some(card) = wrapped_card(document).filter(|_| subject.embedded) {
        let findings = vec![Finding { node: card.id(), fact: Fact::Wrapped }];
        return Shape { findings, ..Shape::default() };
    }
    let (named, mut findings) = compare_names(document, &schemas, subject.profile, subject.embedded);
    validate(document, &schemas, subject.profile, &named, &mut findings);
    let mut unusable: Vec<NodeId> =
        findings.iter().filter(|finding| speaks_for_value(&finding.fact)).map(|f| f.node).collect();
    unusable.sort_unstable();
    let lacks_variant = |finding: &&Finding| matches!(finding.fact, Fact::NoVariant { .. });
    let mut variantless: Vec<NodeId> =
        findings.iter().filter(lacks_variant).map(|finding| finding.node).collect();
    variantless.sort_unstable();
    let above = named.stated.iter().cloned();
    let mut missing: Vec<_> = above.chain(findings.iter().filter_map(missing_member)).collect();
    missing.sort_unstable();
    add_empty(document, &named.empty, &mut unusable, &mut findings);
    let is_graph = subject.profile.kind().is_graph();
    Shape { aliases: named.aliases, findings, unusable, variantless, missing, is_graph }
}

fn missing_member(finding: &Finding) -> Option<(NodeId, String)> {
    match &finding.fact {
        Fact::Missing { member, .. } => Some((finding.node, member.clone())),
        _ => None,
    }
}

/// Adds the empty values that no finding speaks for so far.
fn add_empty(document: Node<'_>, empty: &[NodeId], unusable: &mut Vec<NodeId>, findings: &mut Vec<Finding>) {
    let known = unusable.len();
    for &node in empty {
        if unusable[..known].binary_search(&node).is_err() {
            let is_array = document.document().node(node).is_array();
            let fact = if is_array { Fact::EmptyArray } else { Fact::EmptyString };
            findings.push(Finding { node, fact });
            unusable.push(node);
        }
    }
    if unusable.len() > known {
        unusable.sort_unstable();
    }
}

fn speaks_for_value(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::WrongType { .. }
            | Fact::Null { .. }
            | Fact::NotAllowed { .. }
            | Fact::EmptyString
            | Fact::EmptyArray
    )
}
