//! The shape of a document: which members are misnamed, missing, misplaced or of the wrong kind.
//!
//! Names come first, so that a misnamed member is validated under the name it stands for; then the validators run.
//! Everything that was found wrong here is marked, so that rules which read the document later keep quiet about it.

use super::aliases::Aliases;
use super::catalog::bundled;
use super::fact::{Fact, Finding};
use super::names::{compare_names, wrapped_card};
use super::validate::validate;
use crate::kind::{CardVersion, Profile, Subject, Version};
use crate::syntax::{Document, Node, NodeId};
use std::collections::HashSet;

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
    /// Misnamed members whose values are of another type than the members meant take, with those types, sorted.
    misfits: Vec<(NodeId, Vec<&'static str>)>,
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

    /// The types of which the value of a misnamed member should be under its right name, where it is of another one.
    pub fn misfit(&self, member: NodeId) -> Option<&[&'static str]> {
        let at = self.misfits.binary_search_by_key(&member, |(member, _)| *member).ok()?;
        self.misfits.get(at).map(|(_, expected)| expected.as_slice())
    }

    /// Whether nothing was reported about `value` or anything inside it.
    pub fn is_sound(&self, value: Node<'_>) -> bool {
        let from = self.unusable.partition_point(|node| *node < value.id());
        let last = value.id().index() + value.inner_count();
        self.unusable.get(from).is_none_or(|node| node.index() > last)
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
    if let Profile::Card(version) = subject.profile {
        settle_nulls(root.document(), version, &mut findings);
    }
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
    let misfits = take_misfits(&mut findings);
    let is_graph = subject.profile.kind().is_graph();
    Shape { aliases: named.aliases, findings, unusable, variantless, missing, misfits, is_graph }
}

/// A null says nothing, whatever it is called: a member that is misnamed or gone and null is a null. In 0.1.0, where nulls are
/// legal, its name is what is wrong.
fn settle_nulls(document: &Document<'_>, version: CardVersion, findings: &mut Vec<Finding>) {
    let is_name =
        |fact: &Fact| matches!(fact, Fact::Misnamed { .. } | Fact::Gone { .. } | Fact::DoubleSpelling { .. });
    let is_named_null = |finding: &Finding| is_name(&finding.fact) && document.node(finding.node).is_null();
    let may_be_null = version.legacy == Some(Version::V0_1_0) && !version.modern;
    if may_be_null || !findings.iter().any(is_named_null) {
        return;
    }
    let is_null = |finding: &&Finding| matches!(finding.fact, Fact::Null { .. });
    let mut reported: HashSet<NodeId> = findings.iter().filter(is_null).map(|finding| finding.node).collect();
    findings.retain_mut(|finding| {
        if !is_named_null(finding) {
            return true;
        }
        finding.fact = Fact::ForeignNull;
        reported.insert(finding.node)
    });
}

/// Takes out what is said of the type of the value of a misnamed member, which is told with its name.
fn take_misfits(findings: &mut Vec<Finding>) -> Vec<(NodeId, Vec<&'static str>)> {
    let is_misnamed = |finding: &&Finding| matches!(finding.fact, Fact::Misnamed { reshaped: false, .. });
    let misnamed: HashSet<NodeId> = findings.iter().filter(is_misnamed).map(|finding| finding.node).collect();
    let mut misfits = Vec::new();
    if !misnamed.is_empty() {
        findings.retain_mut(|finding| match &mut finding.fact {
            Fact::WrongType { expected } if misnamed.contains(&finding.node) => {
                misfits.push((finding.node, std::mem::take(expected)));
                false
            }
            _ => true,
        });
        misfits.sort();
    }
    misfits
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
            | Fact::ForeignNull
            | Fact::NotAllowed { .. }
            | Fact::EmptyString
            | Fact::EmptyArray
    )
}
