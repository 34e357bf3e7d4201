//! The spanned tree as a representation that the `jsonschema` validators run on, so that no second tree is built.

use super::aliases::Aliases;
use crate::syntax::{Children, Node, NodeId, NodeKind};
use jsonschema::json::{Array, Json, Node as JsonNode, NodeIdentity, Object};
use jsonschema::types::JsonType;
use serde_json::{Number, Value};
use std::borrow::Cow;

/// Our tree, with misnamed members under the names they stand for.
#[derive(Debug)]
pub(super) struct Tree;

/// A value of the tree, or a bare name that is validated as a string.
#[derive(Clone, Copy)]
pub(super) enum Seen<'a> {
    /// A value.
    Value(Node<'a>, &'a Aliases),
    /// A member name.
    Name(&'a str),
}

impl Json for Tree {
    type Node<'a> = Seen<'a>;
    type PreparedKey = Box<str>;
    type StringBuffer = String;

    fn prepare_key(key: &str) -> Box<str> {
        key.into()
    }

    fn with_string_node<T>(buffer: &mut String, string: &str, f: impl FnOnce(Seen<'_>) -> T) -> T {
        buffer.clear();
        buffer.push_str(string);
        f(Seen::Name(buffer))
    }
}

impl<'a> Seen<'a> {
    fn kind(self) -> NodeKind {
        match self {
            Seen::Value(node, _) => node.kind(),
            Seen::Name(_) => NodeKind::String,
        }
    }

    fn container(self, kind: NodeKind) -> Option<Container<'a>> {
        match self {
            Seen::Value(node, aliases) if node.kind() == kind => Some(Container { node, aliases }),
            _ => None,
        }
    }
}

/// A number as the validators want it: beyond a double it counts as the largest one.
fn number(raw: &str) -> Number {
    let parsed = serde_json::from_str(raw).ok();
    parsed.or_else(|| Number::from_f64(f64::MAX)).unwrap_or_else(|| Number::from(0))
}

impl<'a> JsonNode<'a, Tree> for Seen<'a> {
    type Object = Container<'a>;
    type Array = Container<'a>;
    type Number = Number;

    fn as_object(&self) -> Option<Container<'a>> {
        self.container(NodeKind::Object)
    }

    fn as_array(&self) -> Option<Container<'a>> {
        self.container(NodeKind::Array)
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match self {
            Seen::Value(node, _) => node.string(),
            Seen::Name(name) => Some(Cow::Borrowed(name)),
        }
    }

    fn as_number(&self) -> Option<Number> {
        match self {
            Seen::Value(node, _) if node.kind() == NodeKind::Number => Some(number(node.raw())),
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        match self {
            Seen::Value(node, _) => node.boolean(),
            Seen::Name(_) => None,
        }
    }

    fn is_null(&self) -> bool {
        self.kind() == NodeKind::Null
    }

    fn is_number(&self) -> bool {
        self.kind() == NodeKind::Number
    }

    fn json_type(&self) -> JsonType {
        match self.kind() {
            NodeKind::Null => JsonType::Null,
            NodeKind::True | NodeKind::False => JsonType::Boolean,
            NodeKind::Number => JsonType::Number,
            NodeKind::String => JsonType::String,
            NodeKind::Array => JsonType::Array,
            NodeKind::Object => JsonType::Object,
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match (self.kind(), expected) {
            (NodeKind::String, Value::String(text)) => self.as_string().is_some_and(|own| own == *text),
            // No bundled schema compares containers.
            (NodeKind::Object | NodeKind::Array, _) => false,
            _ => *self.to_value() == *expected,
        }
    }

    /// Containers are not copied: errors are read for their place alone.
    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(match self.kind() {
            NodeKind::True => Value::Bool(true),
            NodeKind::False => Value::Bool(false),
            NodeKind::Number => self.as_number().map_or(Value::Null, Value::Number),
            NodeKind::Null | NodeKind::String | NodeKind::Array | NodeKind::Object => Value::Null,
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        match self {
            Seen::Value(node, _) => {
                let document = std::ptr::from_ref(node.document()) as usize;
                Some(NodeIdentity::tagged(document, u32::try_from(node.id().index()).unwrap_or(u32::MAX)))
            }
            Seen::Name(_) => None,
        }
    }
}

/// An object or array of the tree.
#[derive(Clone, Copy)]
pub(super) struct Container<'a> {
    node: Node<'a>,
    aliases: &'a Aliases,
}

impl<'a> Object<'a, Tree> for Container<'a> {
    type Node = Seen<'a>;
    type MemberName = Cow<'a, str>;
    type MembersIter = Members<'a>;

    fn len(&self) -> usize {
        self.node.len()
    }

    fn get(&self, key: &Box<str>) -> Option<Seen<'a>> {
        let found = self.aliases.member(self.node, key)?;
        Some(Seen::Value(found, self.aliases))
    }

    fn members(&self) -> Members<'a> {
        let renamed = self.aliases.standing_in(self.node.id());
        Members {
            object: self.node,
            children: self.node.children(),
            renamed,
            lent: renamed.iter(),
            aliases: self.aliases,
        }
    }
}

/// The members of an object, under the names they stand for; those that stand elsewhere come last. Of duplicates there is the
/// last one, since by its name only that can be found.
pub(super) struct Members<'a> {
    object: Node<'a>,
    children: Children<'a>,
    renamed: &'a [(String, NodeId)],
    lent: std::slice::Iter<'a, (String, NodeId)>,
    aliases: &'a Aliases,
}

impl<'a> Iterator for Members<'a> {
    type Item = (Cow<'a, str>, Seen<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let document = self.object.document();
        if let Some(node) = self.children.find(|node| !document.is_overwritten(node.id())) {
            let right = self.renamed.iter().find(|(_, member)| *member == node.id());
            let name = right.map(|(name, _)| Cow::Borrowed(name.as_str())).or_else(|| node.key());
            return Some((name.unwrap_or_default(), Seen::Value(node, self.aliases)));
        }
        let (name, node) = self.lent.find_map(|(name, member)| {
            let node = document.node(*member);
            (node.parent() != Some(self.object)).then_some((name, node))
        })?;
        Some((Cow::Borrowed(name), Seen::Value(node, self.aliases)))
    }
}

impl<'a> Array<'a, Tree> for Container<'a> {
    type Node = Seen<'a>;
    type ElementsIter = Elements<'a>;

    fn len(&self) -> usize {
        self.node.len()
    }

    fn elements(&self) -> Elements<'a> {
        Elements { children: self.node.children(), aliases: self.aliases }
    }
}

/// The elements of an array.
pub(super) struct Elements<'a> {
    children: Children<'a>,
    aliases: &'a Aliases,
}

impl<'a> Iterator for Elements<'a> {
    type Item = Seen<'a>;

    fn next(&mut self) -> Option<Seen<'a>> {
        self.children.next().map(|node| Seen::Value(node, self.aliases))
    }
}
