//! A document on its way to another one: the values of the input, in an order and under names of their own, among new ones.
//!
//! What is decided here is decided on the input as it may be shown, in which credentials are masked. What is kept is kept as
//! a span, so that the bytes of the input are written, whatever they are.

use crate::syntax::{Node, NodeId, NodeKind};
use crate::text::Span;
use std::collections::{BTreeMap, HashMap};

/// A value.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// The value of the input that it is, or stands for.
    pub(super) origin: Option<NodeId>,
    pub(super) value: Value,
}

/// What a value holds.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Scalar(Scalar),
    Array(Vec<Draft>),
    Object(Vec<Member>),
}

/// A string, a number, a truth value or null.
#[derive(Debug, Clone)]
pub(super) struct Scalar {
    pub(super) kind: NodeKind,
    /// The content of a string, or another value as written.
    pub(super) text: String,
    pub(super) json: Vec<Piece>,
}

/// A part of the text to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Bytes of the input.
    Kept(Span),
    /// New ones.
    New(String),
}

/// A member of an object.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) key: Vec<Piece>,
    /// The member of the input whose key, or whose place, it has.
    pub(super) from: Option<NodeId>,
    pub(super) value: Draft,
}

impl Draft {
    /// `node` as it stands. Containers nest no deeper than the reader of the text allows.
    pub(super) fn of(node: Node<'_>) -> Self {
        let value = match node.kind() {
            NodeKind::Object => Value::Object(node.children().map(Member::of).collect()),
            NodeKind::Array => Value::Array(node.children().map(Draft::of).collect()),
            kind => {
                let text = node.string().unwrap_or_else(|| node.raw().into()).into_owned();
                Value::Scalar(Scalar { kind, text, json: vec![Piece::Kept(node.span())] })
            }
        };
        Self { origin: Some(node.id()), value }
    }

    fn new(value: Value) -> Self {
        Self { origin: None, value }
    }

    /// A string of our own, which needs no escapes and holds nothing of the input.
    pub(super) fn string(text: &str) -> Self {
        let json = vec![Piece::New(crate::words::json(text))];
        Self::new(Value::Scalar(Scalar { kind: NodeKind::String, text: text.to_owned(), json }))
    }

    /// A truth value.
    pub(super) fn boolean(value: bool) -> Self {
        let (kind, text) = if value { (NodeKind::True, "true") } else { (NodeKind::False, "false") };
        let json = vec![Piece::New(text.to_owned())];
        Self::new(Value::Scalar(Scalar { kind, text: text.to_owned(), json }))
    }

    pub(super) fn array(items: Vec<Draft>) -> Self {
        Self::new(Value::Array(items))
    }

    pub(super) fn object(members: Vec<Member>) -> Self {
        Self::new(Value::Object(members))
    }

    /// A value that somebody wrote outside the document.
    pub(super) fn foreign(node: Node<'_>) -> Self {
        match node.kind() {
            NodeKind::Object => Self::object(
                node.children()
                    .map(|child| Member::new(&child.key().unwrap_or_default(), Self::foreign(child)))
                    .collect(),
            ),
            NodeKind::Array => Self::array(node.children().map(Self::foreign).collect()),
            kind => {
                let text = node.string().unwrap_or_else(|| node.raw().into()).into_owned();
                let json = vec![Piece::New(node.raw().to_owned())];
                Self::new(Value::Scalar(Scalar { kind, text, json }))
            }
        }
    }

    /// The same, standing for what `other` stands for.
    pub(super) fn standing_for(self, other: Option<NodeId>) -> Self {
        Self { origin: other, ..self }
    }

    /// The string, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar) if scalar.kind == NodeKind::String => Some(&scalar.text),
            _ => None,
        }
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar(scalar) if scalar.kind == NodeKind::Null)
    }

    pub(super) fn is_true(&self) -> bool {
        matches!(&self.value, Value::Scalar(scalar) if scalar.kind == NodeKind::True)
    }

    pub(super) fn is_boolean(&self) -> bool {
        matches!(&self.value, Value::Scalar(scalar) if matches!(scalar.kind, NodeKind::True | NodeKind::False))
    }

    pub(super) fn is_object(&self) -> bool {
        matches!(self.value, Value::Object(_))
    }

    pub(super) fn is_array(&self) -> bool {
        matches!(self.value, Value::Array(_))
    }

    /// Whether it is a container that holds nothing.
    pub(super) fn is_empty(&self) -> bool {
        match &self.value {
            Value::Array(items) => items.is_empty(),
            Value::Object(members) => members.is_empty(),
            Value::Scalar(_) => false,
        }
    }

    /// The elements of an array; none for other values.
    pub(super) fn items(&self) -> &[Draft] {
        match &self.value {
            Value::Array(items) => items,
            _ => &[],
        }
    }

    /// The elements of an array, to change them.
    pub(super) fn items_mut(&mut self) -> Option<&mut Vec<Draft>> {
        match &mut self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members of an object; none for other values.
    pub(super) fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The members of an object, to change them.
    pub(super) fn members_mut(&mut self) -> Option<&mut Vec<Member>> {
        match &mut self.value {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The member called `name`; of duplicates the last one, which is what most readers take.
    pub(super) fn get(&self, name: &str) -> Option<&Draft> {
        self.members().iter().rfind(|member| member.name == name).map(|member| &member.value)
    }

    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut Draft> {
        let members = self.members_mut()?;
        members.iter_mut().rfind(|member| member.name == name).map(|member| &mut member.value)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Where the member called `name` stands.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.members().iter().rposition(|member| member.name == name)
    }

    /// Takes the member called `name` out.
    pub(super) fn take(&mut self, name: &str) -> Option<Member> {
        let at = self.position(name)?;
        self.members_mut().map(|members| members.remove(at))
    }

    /// Takes the member called `old` out; `new`, which says the same, stands in its place from now on.
    pub(super) fn replace(&mut self, old: &str, new: &str) -> Option<Member> {
        let taken = self.take(old)?;
        let at = self.position(new);
        if let (Some(at), Some(members)) = (at, self.members_mut())
            && members[at].from.is_none()
        {
            members[at].from = taken.from;
        }
        Some(taken)
    }

    /// Puts `member` in: behind the last of `neighbours` that is there, else at the end.
    pub(super) fn put_after(&mut self, neighbours: &[&str], member: Member) {
        let at = neighbours.iter().filter_map(|name| self.position(name)).max();
        if let Some(members) = self.members_mut() {
            members.insert(at.map_or(members.len(), |at| at + 1), member);
        }
    }

    /// Puts `member` in: before the first of `neighbours` that is there, else at the end.
    pub(super) fn put_before(&mut self, neighbours: &[&str], member: Member) {
        let at = neighbours.iter().filter_map(|name| self.position(name)).min();
        if let Some(members) = self.members_mut() {
            members.insert(at.unwrap_or(members.len()), member);
        }
    }

    /// Gives the member called `old` the name `new`, where it stands.
    pub(super) fn rename(&mut self, old: &str, new: &str) {
        let at = self.position(old);
        if let (Some(at), Some(members)) = (at, self.members_mut()) {
            members[at].call(new);
        }
    }

    /// Whether both say the same, in whatever order their members stand.
    pub(super) fn says_the_same(&self, other: &Draft) -> bool {
        self.meaning() == other.meaning()
    }

    /// A text that is the same for values that say the same.
    pub(super) fn meaning(&self) -> String {
        let mut meaning = String::new();
        self.tell(&mut meaning);
        meaning
    }

    fn tell(&self, meaning: &mut String) {
        match &self.value {
            Value::Scalar(scalar) if scalar.kind == NodeKind::String => {
                meaning.push_str(&crate::words::json(&scalar.text));
            }
            Value::Scalar(scalar) => meaning.push_str(&scalar.text),
            Value::Array(items) => {
                meaning.push('[');
                for item in items {
                    item.tell(meaning);
                    meaning.push(',');
                }
                meaning.push(']');
            }
            Value::Object(members) => {
                let members: BTreeMap<&str, &Draft> = members.iter().map(Member::pair).collect();
                meaning.push('{');
                for (name, value) in members {
                    meaning.push_str(&crate::words::json(name));
                    meaning.push(':');
                    value.tell(meaning);
                    meaning.push(',');
                }
                meaning.push('}');
            }
        }
    }

    /// Whether `other` says all that it says, and maybe more.
    pub(super) fn is_said_by(&self, other: &Draft) -> bool {
        match (&self.value, &other.value) {
            (Value::Object(members), Value::Object(others)) => {
                let others: HashMap<&str, &Draft> = others.iter().map(Member::pair).collect();
                let is_said = |member: &Member| {
                    others.get(member.name.as_str()).is_some_and(|other| member.value.is_said_by(other))
                };
                members.iter().all(is_said)
            }
            _ => self.says_the_same(other),
        }
    }

    /// Whether it is written as `node`, for which it stands, is.
    pub(super) fn is_intact(&self, node: Node<'_>) -> bool {
        if self.origin != Some(node.id()) {
            return false;
        }
        let of = |id: Option<NodeId>| id.map(|id| node.document().node(id));
        let same = |draft: &Draft, child: Node<'_>| of(draft.origin) == Some(child) && draft.is_intact(child);
        match &self.value {
            Value::Scalar(scalar) => scalar.json == [Piece::Kept(node.span())],
            Value::Array(items) => {
                node.is_array()
                    && items.len() == node.len()
                    && items.iter().zip(node.children()).all(|(item, child)| same(item, child))
            }
            Value::Object(members) => {
                let kept = |member: &Member, child: Node<'_>| {
                    let key = child.key_span().unwrap_or_default();
                    member.key == [Piece::Kept(key)] && same(&member.value, child)
                };
                node.is_object()
                    && members.len() == node.len()
                    && members.iter().zip(node.children()).all(|(member, child)| kept(member, child))
            }
        }
    }
}

impl Member {
    fn of(node: Node<'_>) -> Self {
        Self {
            name: node.key().unwrap_or_default().into_owned(),
            key: vec![Piece::Kept(node.key_span().unwrap_or_default())],
            from: Some(node.id()),
            value: Draft::of(node),
        }
    }

    /// A new member.
    pub(super) fn new(name: &str, value: Draft) -> Self {
        let key = vec![Piece::New(crate::words::json(name))];
        Self { name: name.to_owned(), key, from: None, value }
    }

    fn pair(&self) -> (&str, &Draft) {
        (&self.name, &self.value)
    }

    /// Gives it another name.
    pub(super) fn call(&mut self, name: &str) {
        self.name = name.to_owned();
        self.key = vec![Piece::New(crate::words::json(name))];
    }

    /// The same under another name.
    pub(super) fn called(mut self, name: &str) -> Self {
        self.call(name);
        self
    }

    /// The same under its name with `suffix` behind it, whatever the bytes of the name are.
    pub(super) fn with_suffix(mut self, suffix: &str) -> Self {
        self.name.push_str(suffix);
        self.key = suffixed(&self.key, suffix);
        self
    }
}

/// The JSON string `json` with `suffix` at its end, which needs no escapes.
pub(super) fn suffixed(json: &[Piece], suffix: &str) -> Vec<Piece> {
    let mut json = json.to_vec();
    // The last byte of a string is its quotation mark.
    match json.last_mut() {
        Some(Piece::Kept(span)) if !span.is_empty() => span.end -= 1,
        Some(Piece::New(text)) => drop(text.pop()),
        Some(Piece::Kept(_)) | None => {}
    }
    json.push(Piece::New(format!("{suffix}\"")));
    json
}
