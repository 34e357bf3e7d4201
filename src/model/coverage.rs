//! What a signature over a 1.0 card leaves open: members that verifiers drop, and values that some of them drop.
//!
//! Verifiers rebuild the signed bytes from the card. Those of the specification and those of the SDKs do it differently,
//! so that a card is only safe where all of them get the same bytes.

use super::agent::Agent;
use super::value::Value;
use crate::schema::{Fact, Member, Types, ValueType, bundled};
use crate::syntax::{Node, NodeId, NodeKind};
use std::collections::HashSet;

/// What is left open in one card.
#[derive(Default)]
pub struct Coverage<'d> {
    /// Members that 1.0 does not have. Verifiers that read the card as 1.0 drop them.
    pub dropped: Vec<Node<'d>>,
    /// Empty values and defaults that some verifiers drop and others keep.
    pub doubtful: Vec<Doubtful<'d>>,
}

/// A value that some verifiers drop.
pub struct Doubtful<'d> {
    /// The value.
    pub node: Node<'d>,
    /// What leaving it out would mean.
    pub weight: Weight,
}

/// What leaving a value out would mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Nothing: its absence says the same.
    Idle,
    /// It has to be there.
    Required,
    /// Its key says something, so that with it a scheme or a demand is gone.
    Meaningful,
    /// It is data of an extension, of which nobody knows.
    Data,
}

/// Members whose `false` cannot be told from nothing; that of other truth values can.
const UNSTATED: [&str; 2] = ["required", "pkceRequired"];

/// The largest integer up to which every integer is a double of its own (RFC 7493, 2.2).
const MOST_SAFE: u64 = (1 << 53) - 1;

impl<'d> Agent<'d> {
    /// The integers in a signed card that doubles cannot tell from their neighbours. Verifiers that read numbers as doubles
    /// sign another one than those that keep what is written.
    pub fn unsafe_integers(&self) -> Vec<Node<'d>> {
        if self.version().is_none() || self.signatures().next().is_none() {
            return Vec::new();
        }
        let signatures = self.root.raw("signatures");
        let is_signed = |node: &Node<'d>| signatures.is_none_or(|list| !list.span().covers(node.span()));
        // What is not signed at all is told of the member as a whole.
        let dropped = self.coverage().map(|coverage| coverage.dropped).unwrap_or_default();
        let is_told = |node: &Node<'d>| {
            self.root.shape().is_unusable(node.id())
                || dropped.iter().any(|one| one.span().covers(node.span()))
        };
        let numbers = self.root.node().subtree().filter(|node| node.kind() == NodeKind::Number);
        numbers
            .filter(|node| is_unsafe_integer(node.raw()) && !node.is_damaged())
            .filter(|node| is_signed(node) && !is_told(node))
            .collect()
    }

    /// What the signatures leave open. `None` for a card that is not signed, or has no 1.0 half.
    pub fn coverage(&self) -> Option<Coverage<'d>> {
        if !self.is_modern() || self.signatures().next().is_none() {
            return None;
        }
        // Of the two schemas of a mixed card the one of 1.0 comes last.
        let types = bundled(self.profile).last()?.types();
        let root = types.root()?;
        let spoken = self.root.shape().findings.iter().filter(|finding| speaks_for_name(&finding.fact));
        let spoken = spoken.map(|finding| finding.node).collect();
        let mut walk = Walk { types, spoken, coverage: Coverage::default() };
        walk.value(self.root, &ValueType::Object(root));
        Some(walk.coverage)
    }
}

/// Whether a rule has told already that the member is not read under its name.
fn speaks_for_name(fact: &Fact) -> bool {
    matches!(fact, Fact::Misnamed { .. } | Fact::DoubleSpelling { .. } | Fact::Gone { .. })
}

struct Walk<'d> {
    types: &'static Types,
    spoken: HashSet<NodeId>,
    coverage: Coverage<'d>,
}

impl<'d> Walk<'d> {
    /// Looks at `value`, which is of type `expected`; the depth is that of the schema.
    fn value(&mut self, value: Value<'d>, expected: &ValueType) {
        match expected {
            ValueType::Object(id) if value.node().is_object() => {
                let object = self.types.get(*id);
                // The members of a scheme in another form have no meaning here.
                if value.lacks_variant() {
                    return;
                }
                for (name, child) in value.raw_members() {
                    match object.member(&name) {
                        Some(_) if object.name == "AgentCard" && name == "signatures" => {}
                        Some(member) => self.member(child, member, object.exactly_one),
                        None if name == "$schema" || self.spoken.contains(&child.node().id()) => {}
                        None => self.coverage.dropped.push(child.node()),
                    }
                }
            }
            ValueType::Map(inner) if value.node().is_object() => {
                for child in value.raw_members().filter_map(|(_, child)| child.usable()) {
                    if child.node().is_object() && child.node().is_empty() {
                        self.doubt(child.node(), Weight::Meaningful);
                    }
                    self.value(child, inner);
                }
            }
            ValueType::Array(inner) => value.items().for_each(|item| self.value(item, inner)),
            ValueType::Free => {
                let inside = value.node().subtree().skip(1);
                inside.filter(|node| is_empty(*node)).for_each(|node| self.doubt(node, Weight::Data));
            }
            _ => {}
        }
    }

    fn member(&mut self, value: Value<'d>, member: &Member, is_variant: bool) {
        let Some(value) = value.usable() else { return };
        let node = value.node();
        let is_default =
            is_empty(node) || (node.kind() == NodeKind::False && UNSTATED.contains(&member.name.as_str()));
        // Other rules speak of these where they are empty.
        let has_rule = ["url", "uri", "tenant", "schemes"].contains(&member.name.as_str())
            || member.name.ends_with("Url");
        if !is_default {
            self.value(value, &member.value);
        } else if !has_rule {
            let weight = if is_variant || member.name == "list" {
                Weight::Meaningful
            } else if member.required {
                Weight::Required
            } else {
                Weight::Idle
            };
            self.doubt(node, weight);
        }
    }

    fn doubt(&mut self, node: Node<'d>, weight: Weight) {
        self.coverage.doubtful.push(Doubtful { node, weight });
    }
}

/// Whether `node` is an empty text, list or object, and not because something was lost.
fn is_empty(node: Node<'_>) -> bool {
    let nothing = match node.kind() {
        NodeKind::String => node.span().len() == 2,
        NodeKind::Array | NodeKind::Object => node.is_empty(),
        _ => false,
    };
    nothing && !node.is_damaged() && !node.is_incomplete()
}

/// Whether `number` is an integer beyond the safe ones, and no number beyond a double, which is a fault of the text.
fn is_unsafe_integer(number: &str) -> bool {
    let digits = number.strip_prefix('-').unwrap_or(number);
    let is_integer = digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_double = || number.parse::<f64>().is_ok_and(f64::is_finite);
    is_integer && digits.parse::<u64>().map_or(true, |value| value > MOST_SAFE) && is_double()
}

#[cfg(test)]
mod tests {
    use super::is_unsafe_integer;

    #[test]
    fn integers_are_safe_up_to_two_to_the_53rd() {
        for safe in
            ["0", "-0", "5", "9007199254740991", "-9007199254740991", "1e21", "9007199254740993.0", "0.1"]
        {
            assert!(!is_unsafe_integer(safe), "{safe}");
        }
        for beyond in
            ["9007199254740992", "9007199254740993", "-9007199254740993", "123456789012345678901234567890"]
        {
            assert!(is_unsafe_integer(beyond), "{beyond}");
        }
        assert!(!is_unsafe_integer(&"9".repeat(400)));
    }
}
