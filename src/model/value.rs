//! A value as rules see it: misnamed members under their right names, and nothing that was already reported.

use crate::schema::Shape;
use crate::syntax::Node;
use std::borrow::Cow;

/// A value together with what is known about its shape.
#[derive(Clone, Copy)]
pub struct Value<'d> {
    node: Node<'d>,
    shape: &'d Shape,
}

/// A string value.
#[derive(Clone)]
pub struct Text<'d> {
    /// The node, to point at.
    pub node: Node<'d>,
    /// The content, unescaped.
    pub text: Cow<'d, str>,
}

impl<'d> Value<'d> {
    /// `node` as `shape` knows it.
    pub fn new(node: Node<'d>, shape: &'d Shape) -> Self {
        Self { node, shape }
    }

    /// The node, to point at.
    pub fn node(self) -> Node<'d> {
        self.node
    }

    /// All that is known of the shape of its document.
    pub(super) fn shape(self) -> &'d Shape {
        self.shape
    }

    /// The value, unless something was reported about it already.
    pub(super) fn usable(self) -> Option<Self> {
        let unusable = self.node.is_damaged()
            || self.node.is_null()
            || self.shape.is_unusable(self.node.id())
            || self.shape.is_template(self.node);
        (!unusable).then_some(self)
    }

    fn sibling(self, node: Node<'d>) -> Self {
        Self { node, shape: self.shape }
    }

    /// The member called `name`, if it is there and nothing was reported about its value.
    pub fn get(self, name: &str) -> Option<Value<'d>> {
        self.shape.aliases.member(self.node, name).and_then(|node| self.sibling(node).usable())
    }

    /// The member called `name` as it stands, whatever was reported about it.
    pub fn raw(self, name: &str) -> Option<Node<'d>> {
        self.shape.aliases.member(self.node, name)
    }

    /// The members as they stand, a misnamed one under the name that it stands for, if it is an object.
    pub fn raw_members(self) -> impl Iterator<Item = (Cow<'d, str>, Value<'d>)> + use<'d> {
        let children = self.node.is_object().then(|| self.node.children());
        let named = move |node: Node<'d>| Some((self.shape.aliases.called(node)?, self.sibling(node)));
        children.into_iter().flatten().filter_map(named)
    }

    /// Whether `node`, which stands in this object, is still the type template of the Graph documentation and nothing else
    /// was reported about it.
    pub fn is_template(self, node: Node<'d>) -> bool {
        self.shape.is_template(node) && !self.shape.is_unusable(node.id())
    }

    /// Whether the member is simply not there: neither lost to a syntax fault, nor reported as missing, nor there under
    /// another name.
    pub fn lacks(self, name: &str) -> bool {
        self.node.is_object()
            && !self.node.is_incomplete()
            && self.shape.aliases.member(self.node, name).is_none()
            && !self.shape.is_missing(self.node.id(), name)
    }

    /// Whether a finding says that the object is of none of the kinds it could be of.
    pub fn lacks_variant(self) -> bool {
        self.shape.lacks_variant(self.node.id())
    }

    /// Whether the member is there in whatever state.
    pub fn has(self, name: &str) -> bool {
        self.shape.aliases.member(self.node, name).is_some()
    }

    /// The string member called `name`.
    pub fn text(self, name: &str) -> Option<Text<'d>> {
        self.get(name).and_then(Value::as_text)
    }

    /// The object member called `name`.
    pub fn object(self, name: &str) -> Option<Value<'d>> {
        self.get(name).filter(|value| value.node.is_object())
    }

    /// The truth value called `name`.
    pub fn boolean(self, name: &str) -> Option<bool> {
        self.get(name).and_then(|value| value.node.boolean())
    }

    /// The elements of the array member called `name`.
    pub fn list(self, name: &str) -> impl Iterator<Item = Value<'d>> + use<'d> {
        self.get(name).into_iter().flat_map(Value::items)
    }

    /// The string elements of the array member called `name`.
    pub fn texts(self, name: &str) -> impl Iterator<Item = Text<'d>> + use<'d> {
        self.list(name).filter_map(Value::as_text)
    }

    /// The string, if it is one.
    pub fn as_text(self) -> Option<Text<'d>> {
        self.node.string().map(|text| Text { node: self.node, text })
    }

    /// The elements, if it is an array.
    pub fn items(self) -> impl Iterator<Item = Value<'d>> + use<'d> {
        let children = self.node.is_array().then(|| self.node.children());
        children.into_iter().flatten().filter_map(move |node| self.sibling(node).usable())
    }

    /// The members with their names as written, if it is an object.
    pub fn members(self) -> impl Iterator<Item = (Cow<'d, str>, Value<'d>)> + use<'d> {
        let children = self.node.is_object().then(|| self.node.children());
        let named = move |node: Node<'d>| Some((node.key()?, self.sibling(node).usable()?));
        children.into_iter().flatten().filter_map(named)
    }
}
