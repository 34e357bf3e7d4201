//! Objects that hold documents in known places, and strings that hold JSON with documents in it.

mod links;
mod table;

use super::evidence::{Verdict, judge};
use super::names::member;
use super::request::Operation;
use super::wrapper::{Around, Detection, Finder, Wrapped, is_page};
use super::{FileHint, Kind, Mode, Subject};
use crate::syntax::{InnerText, Node, NodeId};
pub(super) use links::linked_cards;
use std::collections::HashSet;
pub(super) use table::Container;
use table::Holds;

/// How deep containers are opened inside each other.
const DEEPEST: usize = 32;

/// How deep strings of JSON are opened inside each other: a request recorded as text may send a card as text.
const DEEPEST_STRINGS: usize = 2;

/// Members under which registries list agents.
pub(super) const LISTS: [&str; 2] = ["agents", "cards"];

/// A string that holds JSON, with what was found in it.
#[derive(Debug)]
pub struct JsonString {
    /// The string.
    pub node: NodeId,
    /// Its content.
    pub text: InnerText,
    /// The documents in the content. There are none if it is broken and was meant to be one.
    pub detection: Detection,
    /// Whether a client replaces `{{variables}}` in it before it is read as JSON.
    pub is_template: bool,
}

/// What was found in a container.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// The documents, in no order.
    pub(super) subjects: Vec<Subject>,
    /// The strings with documents.
    pub(super) strings: Vec<JsonString>,
    /// What was looked at already. It keeps the work linear where several containers share a place.
    seen: HashSet<NodeId>,
}

impl Content {
    fn size(&self) -> usize {
        self.subjects.len() + self.strings.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.size() == 0
    }

    /// The content, if there is any.
    pub(super) fn or_none(self) -> Option<Self> {
        (!self.is_empty()).then_some(self)
    }
}

impl From<Vec<Subject>> for Content {
    fn from(subjects: Vec<Subject>) -> Self {
        Self { subjects, ..Self::default() }
    }
}

/// How deep a value lies in containers, and the name of the innermost one.
#[derive(Clone, Copy)]
pub(super) struct Place {
    words: &'static str,
    depth: usize,
}

impl Place {
    /// In a container without a name of its own.
    pub(super) const OUTERMOST: Self = Self { words: "a wrapper object", depth: 0 };

    /// For a look whether there is anything. It does not go deep, since each value inside may be looked at in the same way.
    pub(super) const PROBE: Self = Self { words: "a wrapper object", depth: DEEPEST - 4 };

    fn inside(self, words: &'static str) -> Self {
        Self { words, depth: self.depth + 1 }
    }
}

impl Finder<'_> {
    /// How a part of the file was met. The path of the file says nothing about it.
    fn part(&self) -> FileHint<'static> {
        FileHint { path: "", walked: self.file.walked }
    }

    /// Opens `object` as each of the containers that it fits. Returns the name of the first one that holds a document.
    pub(super) fn open(
        &self,
        object: Node<'_>,
        place: Place,
        include: fn(&Container) -> bool,
        content: &mut Content,
    ) -> Option<&'static str> {
        if !object.is_object() || place.depth >= DEEPEST {
            return None;
        }
        let mut found = None;
        for container in table::fitting(object).filter(|container| include(container)) {
            let before = content.size();
            for slot in container.slots {
                let mut values = Vec::new();
                resolve(object, slot.at, &mut values);
                let place = place.inside(container.words);
                values.into_iter().for_each(|value| self.fill(value, place, slot.holds, content));
            }
            if content.size() > before {
                found = found.or(Some(container.words));
            }
        }
        found
    }

    /// Takes the value of a slot.
    fn fill(&self, value: Node<'_>, place: Place, holds: Holds, content: &mut Content) {
        let around = match holds {
            Holds::Anything => Around::NOTHING,
            Holds::Card => Around { kind: Some(Kind::A2aCard), mode: None },
            Holds::Graph(kind) => return self.set(value, kind, content),
            Holds::Body(operation) => match operation(value) {
                Some(Operation { kind, mode }) => Around { kind, mode },
                None => return,
            },
        };
        self.entry(value, place, around, content);
    }

    /// The objects of one set of a registry, or a single one.
    fn set(&self, set: Node<'_>, kind: Kind, content: &mut Content) {
        let is_answer = set.parent().is_some_and(|registry| registry.member("@odata.context").is_some());
        let mode = is_answer.then_some(Mode::Response);
        let objects = set.children().filter(|_| set.is_array()).chain(set.is_object().then_some(set));
        for object in objects {
            // Other registries call their lists alike.
            let is_graph = match judge(object, self.part()) {
                Verdict::Is(found) => found.kind.is_graph(),
                Verdict::Several(_) => true,
                Verdict::Other(_) | Verdict::Nothing => false,
            };
            if is_graph && content.seen.insert(object.id()) {
                let names_itself = object.member("@odata.type").is_some();
                let around = Around { kind: Some(kind).filter(|_| !names_itself), mode };
                content.subjects.extend(self.known(object, around));
            }
        }
    }

    /// What is at a place where a document, a list of documents or a container may be.
    pub(super) fn entry(&self, value: Node<'_>, place: Place, around: Around, content: &mut Content) {
        if place.depth >= DEEPEST || value.is_damaged() || !content.seen.insert(value.id()) {
            return;
        }
        if value.is_string() {
            return self.string(value, place, around, content);
        }
        if value.is_array() {
            let place = place.inside(place.words);
            return value.children().for_each(|child| self.entry(child, place, around, content));
        }
        if is_page(value) && around.mode.is_none_or(|mode| mode == Mode::Response) {
            return content.subjects.extend(self.page(value).unwrap_or_default());
        }
        let before = content.size();
        content.subjects.extend(self.known(value, around));
        if content.size() == before && !around.kind.is_some_and(Kind::is_graph) {
            self.open(value, place, |_| true, content);
            self.lists(value, place, content);
        }
        if content.size() == before && around.kind == Some(Kind::A2aCard) && value.is_object() {
            content.subjects.push(self.stated_card(value, place.words));
        }
    }

    /// `value` as a document, by its members or by what its container says; as the kind that the user names.
    fn known(&self, value: Node<'_>, around: Around) -> Option<Subject> {
        let found = self.recognized(value, around)?;
        Some(self.forced.kind.map_or(found, |kind| self.insist(value, kind, around)))
    }

    /// A card, whatever its members are.
    fn stated_card(&self, value: Node<'_>, words: &str) -> Subject {
        let kind = self.forced.kind.unwrap_or(Kind::A2aCard);
        let subject = self.insist(value, kind, Around::NOTHING);
        if self.forced.kind.is_some() {
            return subject;
        }
        Subject { reason: format!("is where {words} holds its card"), ..subject }
    }

    /// The content of a string, if it is JSON with a document, or is broken and was meant to be one.
    fn string(&self, string: Node<'_>, place: Place, around: Around, content: &mut Content) {
        if self.strings >= DEEPEST_STRINGS {
            return;
        }
        let Some(mut text) = InnerText::of(string) else { return };
        let is_template = place.words == table::POSTMAN_REQUEST;
        if is_template {
            text.accept_variables();
        }
        let inner = Finder { strings: self.strings + 1, file: self.part(), ..*self };
        let root = text.document().root();
        let mut inside = Content::default();
        inner.entry(root, Place { depth: 0, ..place }, around, &mut inside);
        let is_meant = around.kind.is_some() && !text.document().faults().is_empty();
        if !inside.is_empty() || is_meant {
            let detection = inner.found(root, inside, Some(Wrapped::Container(place.words)));
            content.strings.push(JsonString { node: string.id(), text, detection, is_template });
        }
    }

    /// The string that is all that was asked for.
    pub(super) fn root_string(&self, root: Node<'_>) -> Content {
        let mut content = Content::default();
        let around = Around { kind: self.forced.kind, mode: None };
        self.string(root, Place { words: "a string", ..Place::OUTERMOST }, around, &mut content);
        content
    }

    /// The containers in lists of `object`. Only in those called `agents` and `cards` documents may stand by themselves.
    pub(super) fn lists(&self, object: Node<'_>, place: Place, content: &mut Content) {
        for list in object.children().filter(|child| child.is_array() || child.is_object()) {
            let is_known = list.key().is_some_and(|key| LISTS.contains(&&*key));
            let place = place.inside(place.words);
            if is_known {
                list.children().for_each(|entry| self.entry(entry, place, Around::NOTHING, content));
            } else if list.is_array() {
                for entry in list.children().filter(|entry| entry.is_object()) {
                    if content.seen.insert(entry.id()) {
                        self.open(entry, place, |_| true, content);
                    }
                }
            }
        }
    }
}

/// Adds the values that `steps` lead to from `from`.
fn resolve<'d>(from: Node<'d>, steps: &[&str], places: &mut Vec<Node<'d>>) {
    match steps.split_first() {
        None => places.push(from),
        Some((&"*", rest)) => from.children().for_each(|child| resolve(child, rest, places)),
        Some((name, rest)) => {
            if let Some(next) = member(from, name) {
                resolve(next, rest, places);
            }
        }
    }
}
