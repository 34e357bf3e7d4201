//! Single faults of a document, each derived from what the schemas say of a value, and what has to be said of it.

use crate::walk::{Object, Place, Role};
use cardlint::schema::{Means, renames};
use cardlint::syntax::{Document, Node, Pointer, escape_token};
use std::ops::Range;

/// The sorts of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    Drop,
    Null,
    WrongType,
    WrongValue,
    Typo,
    Case,
    Snake,
    OtherName,
    Empty,
    Duplicate,
    Unknown,
}

impl Fault {
    pub(crate) const ALL: [Fault; 11] = [
        Fault::Drop,
        Fault::Null,
        Fault::WrongType,
        Fault::WrongValue,
        Fault::Typo,
        Fault::Case,
        Fault::Snake,
        Fault::OtherName,
        Fault::Empty,
        Fault::Duplicate,
        Fault::Unknown,
    ];
}

/// A document with one fault.
#[derive(Debug, Clone)]
pub(crate) struct Mutation {
    pub(crate) fault: Fault,
    /// What the fault does, for readers of a failure.
    pub(crate) what: String,
    pub(crate) place: Place,
    /// In the order of the text, apart from each other.
    pub(crate) edits: Vec<(Range<usize>, String)>,
    pub(crate) expect: Expect,
}

impl Mutation {
    pub(crate) fn apply(&self, text: &str) -> String {
        apply(text, &self.edits)
    }
}

/// Makes `edits`, which are in order, in `text`.
pub(crate) fn apply(text: &str, edits: &[(Range<usize>, String)]) -> String {
    let mut mutated = text.to_owned();
    for (range, new) in edits.iter().rev() {
        mutated.replace_range(range.clone(), new);
    }
    mutated
}

/// What has to be said of a fault; errors and warnings that the document had before do not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expect {
    /// No error and no warning.
    Nothing,
    /// A note and nothing more.
    Note(&'static str, Spot),
    /// Exactly one error or warning, of this rule.
    One(&'static str, Spot),
    /// Exactly one error or warning, of a rule that knows the value.
    Some(Spot),
    /// One error or warning at most, of a rule that knows the value.
    Perhaps(Spot),
    /// Errors and warnings that each name a missing member, as many at least.
    Lacks(Spot, usize),
    /// Exactly one error or warning, of this rule, wherever what it concerns is.
    Rule(&'static str),
    /// One error or warning at most, of one of these rules.
    OneOf(&'static [&'static str]),
    /// The same, and perhaps one of these rules beside it.
    Beside(Box<Expect>, &'static [&'static str]),
    /// Nothing but warnings of these rules.
    Each(&'static [&'static str]),
    /// What is expected otherwise, where the kind and the version are said: the fault takes away what they are told by.
    Said(Box<Expect>),
}

/// Where a diagnostic has to stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) pointer: String,
    pub(crate) part: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Value,
    Inside,
    Key,
    Opening,
}

fn spot(pointer: impl Into<String>, part: Part) -> Spot {
    Spot { pointer: pointer.into(), part }
}

fn at(pointer: &str, name: &str, part: Part) -> Spot {
    spot(format!("{pointer}/{}", escape_token(name)), part)
}

/// Every fault that the schemas suggest at `place`.
pub(crate) fn faults(document: &Document<'_>, place: &Place) -> Vec<Mutation> {
    let node = node(document, &place.pointer);
    let mut maker = Maker { place, node, root: node_of(document, &place.root), made: Vec::new() };
    if place.role != Role::Root {
        maker.values();
        maker.empty();
        maker.drop();
    }
    if let Role::Member { name, holder, types, siblings } = &place.role {
        maker.duplicate();
        maker.names(name, holder, siblings);
        maker.other_names(name, holder, types);
    }
    if let Some(object) = &place.object {
        maker.additions(object);
    }
    maker.made
}

pub(crate) fn node<'d>(document: &'d Document<'d>, pointer: &str) -> Node<'d> {
    find(document, pointer).unwrap_or_else(|| panic!("{pointer} leads somewhere"))
}

fn node_of<'d>(document: &'d Document<'d>, pointer: &str) -> Node<'d> {
    node(document, pointer)
}

pub(crate) fn find<'d>(document: &'d Document<'d>, pointer: &str) -> Option<Node<'d>> {
    Pointer::parse(pointer).ok()?.resolve(document.root())
}

struct Maker<'a, 'd> {
    place: &'a Place,
    node: Node<'d>,
    root: Node<'d>,
    made: Vec<Mutation>,
}

impl<'d> Maker<'_, 'd> {
    fn add(
        &mut self,
        fault: Fault,
        what: impl Into<String>,
        edits: Vec<(Range<usize>, String)>,
        expect: Expect,
    ) {
        let mut edits = edits;
        edits.sort_by_key(|(range, _)| range.start);
        self.made.push(Mutation { fault, what: what.into(), place: self.place.clone(), edits, expect });
    }

    fn replace(&mut self, fault: Fault, value: &str, expect: Expect) {
        let edit = (self.node.span().range(), value.to_owned());
        self.add(fault, format!("= {value}"), vec![edit], expect);
    }

    fn is_graph(&self) -> bool {
        self.place.profile.kind().is_graph()
    }

    /// Null, values of every wrong type, values that are not listed.
    fn values(&mut self) {
        let types = &self.place.types;
        let here = |part| spot(&self.place.pointer, part);
        if types.is_empty() {
            return;
        }
        let null = if types.contains("null") {
            Expect::Nothing
        } else {
            Expect::One("null-member", here(Part::Value))
        };
        let wrong = |name: &str| !types.contains(name);
        let values = [
            ("boolean", "true"),
            ("number", "17"),
            ("string", "\"some text\""),
            ("array", "[]"),
            ("object", "{}"),
        ];
        let values: Vec<&str> =
            values.iter().filter(|(name, _)| wrong(name)).map(|(_, value)| *value).collect();
        let (wrong_type, unlisted) =
            (Expect::One("wrong-type", here(Part::Value)), Expect::One("unlisted-value", here(Part::Value)));
        self.replace(Fault::Null, "null", null);
        for value in values {
            self.replace(Fault::WrongType, value, wrong_type.clone());
        }
        if !self.place.allowed.is_empty() {
            self.replace(Fault::WrongValue, "\"someOther\"", unlisted);
        }
    }

    /// `""`, `[]` and `{}` where such a value may stand.
    fn empty(&mut self) {
        let place = self.place;
        let here = |part| spot(&place.pointer, part);
        if place.types.contains("string") && self.node.raw() != "\"\"" {
            let expect = if !place.allowed.is_empty() {
                Expect::One("unlisted-value", here(Part::Value))
            } else if place.nonempty || place.demanded_full {
                Expect::Some(here(Part::Inside))
            } else {
                Expect::Perhaps(here(Part::Inside))
            };
            self.replace(Fault::Empty, "\"\"", expect);
        }
        if place.types.contains("array") && !self.node.is_empty() {
            let expect = if place.nonempty || place.demanded_full {
                Expect::Some(here(Part::Value))
            } else {
                Expect::Perhaps(here(Part::Value))
            };
            self.replace(Fault::Empty, "[]", expect);
        }
        if place.types.contains("object") && !self.node.is_empty() {
            let wanted = &place.when_empty;
            let expect = if wanted.one_of {
                Expect::Some(here(Part::Opening))
            } else if wanted.required.is_empty() {
                Expect::Perhaps(here(Part::Opening))
            } else {
                Expect::Lacks(here(Part::Opening), wanted.required.len())
            };
            self.replace(Fault::Empty, "{}", expect);
        }
    }

    fn drop(&mut self) {
        let holder = self.node.parent().expect("it stands in a container");
        let expect = match &self.place.role {
            Role::Member { holder, .. } if self.place.required => {
                Expect::One("missing-member", spot(holder, Part::Opening))
            }
            Role::Member { holder, .. } if self.place.only_variant => {
                Expect::Some(spot(holder, Part::Opening))
            }
            Role::Member { .. } | Role::Entry => Expect::Nothing,
            Role::Item | Role::Root => return,
        };
        let edit = (removal(holder, self.node), String::new());
        self.add(Fault::Drop, "is dropped", vec![edit], expect);
    }

    fn duplicate(&mut self) {
        let key = self.node.key_span().expect("a member has a key").range();
        let text = self.node.document().text();
        let end = self.node.span().end as usize;
        let copy = format!(", {}: {}", &text[key], self.node.raw());
        let expect = Expect::One("duplicate-key", spot(&self.place.pointer, Part::Key));
        self.add(Fault::Duplicate, "is there twice", vec![(end..end, copy)], expect);
    }

    fn rename(&mut self, fault: Fault, holder: &str, to: &str) {
        let key = self.node.key_span().expect("a member has a key").range();
        let expect = Expect::One("misnamed-member", at(holder, to, Part::Key));
        self.add(fault, format!("is called {to}"), vec![(key, format!("\"{to}\""))], expect);
    }

    /// Slips of the pen, other capitals, underscores.
    fn names(&mut self, name: &str, holder: &str, siblings: &std::collections::BTreeSet<String>) {
        for typo in typos(name) {
            // What is left of a very short name without a letter could be any name, unless the right one has to be there.
            let is_lost = name.len() <= 3 && typo.len() < name.len() && !self.place.required;
            if !siblings.contains(&typo) && !is_lost {
                self.rename(Fault::Typo, holder, &typo);
            }
        }
        let mut letters = name.chars();
        let capital: String =
            letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect();
        let lower = name.to_ascii_lowercase();
        let other = if lower == name { name.to_ascii_uppercase() } else { lower };
        self.rename(Fault::Case, holder, &capital);
        self.rename(Fault::Case, holder, &other);
        let snake = snake_case(name);
        if snake != name {
            self.rename(Fault::Snake, holder, &snake);
        }
    }

    /// Names that the table of renames takes for this member.
    fn other_names(&mut self, name: &str, holder: &str, types: &[String]) {
        for kind in types {
            for (written, means) in renames(self.place.profile, kind) {
                match means {
                    Means::Member(right) | Means::Reshaped(right) if right == name => {
                        self.rename(Fault::OtherName, holder, written);
                    }
                    _ => {}
                }
            }
        }
    }

    /// Members that do not belong into the object.
    fn additions(&mut self, object: &Object) {
        let expect = match self.is_graph() {
            true => Expect::One("unknown-member", at(&self.place.pointer, "zebraCrossing", Part::Key)),
            false => Expect::Note("unknown-member", at(&self.place.pointer, "zebraCrossing", Part::Key)),
        };
        let edit = insertion(self.node, "zebraCrossing", "1");
        self.add(Fault::Unknown, "has zebraCrossing", vec![edit], expect);
        for kind in &object.types {
            for (written, means) in renames(self.place.profile, kind) {
                self.misplaced(object, written, means);
            }
        }
    }

    fn misplaced(&mut self, object: &Object, written: &str, means: Means) {
        let here = || at(&self.place.pointer, written, Part::Key);
        if self.node.member(written).is_some() || object.members.contains(written) {
            return;
        }
        match means {
            Means::Gone(_) => {
                let expect = Expect::One("removed-member", here());
                let edit = insertion(self.node, written, "\"some text\"");
                self.add(Fault::OtherName, format!("has {written}"), vec![edit], expect);
            }
            Means::Moved(pointer) => {
                let Some(moved) = Pointer::parse(pointer).ok().and_then(|to| to.resolve(self.root)) else {
                    return;
                };
                let (expect, value) = (Expect::One("misnamed-member", here()), moved.raw());
                let edits = vec![
                    insertion(self.node, written, value),
                    (removal(moved.parent().expect("a member"), moved), String::new()),
                ];
                if edits[0].0.start <= edits[1].0.start || edits[0].0.start >= edits[1].0.end {
                    self.add(
                        Fault::OtherName,
                        format!("has {written}, which belongs at {pointer}"),
                        edits,
                        expect,
                    );
                }
            }
            Means::Spread(list, right) => {
                let entries = self.root.member(list).into_iter().flat_map(Node::children);
                let stated: Vec<Node<'_>> = entries.filter_map(|entry| entry.member(right)).collect();
                let Some(first) = stated.first() else { return };
                let expect = Expect::One("misnamed-member", here());
                let mut edits = vec![insertion(self.node, written, first.raw())];
                edits.extend(
                    stated
                        .iter()
                        .map(|node| (removal(node.parent().expect("a member"), *node), String::new())),
                );
                self.add(Fault::OtherName, format!("has {written} for each of {list}"), edits, expect);
            }
            Means::Member(_) | Means::Reshaped(_) => {}
        }
    }
}

/// The bytes of a member or element and of the comma that parts it from its neighbour.
fn removal(container: Node<'_>, node: Node<'_>) -> Range<usize> {
    let start_of = |node: Node<'_>| node.key_span().unwrap_or(node.span()).start as usize;
    let siblings: Vec<Node<'_>> = container.children().collect();
    let index = siblings.iter().position(|sibling| *sibling == node).expect("it stands in its container");
    match (siblings.get(index + 1), index.checked_sub(1)) {
        (Some(next), _) => start_of(node)..start_of(*next),
        (None, Some(before)) => siblings[before].span().end as usize..node.span().end as usize,
        (None, None) => start_of(node)..node.span().end as usize,
    }
}

fn insertion(object: Node<'_>, name: &str, value: &str) -> (Range<usize>, String) {
    let at = object.opening().end as usize;
    let comma = if object.is_empty() { "" } else { "," };
    (at..at, format!("\"{name}\": {value}{comma}"))
}

/// Two letters swapped, one dropped, one doubled.
fn typos(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let middle = letters.len() / 2;
    let swap = (middle.max(1)..letters.len()).find(|&at| letters[at] != letters[at - 1]);
    let mut typos = Vec::new();
    if let Some(at) = swap {
        let mut swapped = letters.clone();
        swapped.swap(at - 1, at);
        typos.push(swapped.iter().collect());
    }
    if letters.len() > 2 {
        typos.push(
            letters.iter().enumerate().filter(|(at, _)| *at != middle).map(|(_, letter)| letter).collect(),
        );
    }
    let mut doubled = letters.clone();
    doubled.insert(middle, letters[middle]);
    typos.push(doubled.iter().collect());
    typos
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}
