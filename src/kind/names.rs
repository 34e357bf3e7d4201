//! Member names with their spelling set aside.

use super::spelling::{is_slip, same_but_for_case};
use crate::syntax::Node;
use std::borrow::Cow;

/// A snake_case name in camelCase; other names as they are.
pub fn fold(name: &str) -> Cow<'_, str> {
    if !name.contains('_') || name.starts_with('_') {
        return Cow::Borrowed(name);
    }
    let mut folded = String::with_capacity(name.len());
    let mut raise = false;
    for char in name.chars() {
        if char == '_' {
            raise = true;
        } else if raise {
            folded.extend(char.to_uppercase());
            raise = false;
        } else {
            folded.push(char);
        }
    }
    Cow::Owned(folded)
}

/// The member of `object` called `name`, in camelCase or snake_case.
pub(super) fn member<'d>(object: Node<'d>, name: &str) -> Option<Node<'d>> {
    object.member(name).or_else(|| {
        if !object.is_object() || !object.document().has_joined_keys() {
            return None;
        }
        object.children().find(|child| child.key().is_some_and(|key| key.contains('_') && fold(&key) == name))
    })
}

/// The member of `object` called `name`, or else the one that is probably meant to be: in another case or with a slip.
pub(super) fn near<'d>(object: Node<'d>, name: &str) -> Option<Node<'d>> {
    member(object, name).or_else(|| {
        let members = object.is_object().then(|| object.children()).into_iter().flatten();
        members.into_iter().find(|child| child.key().is_some_and(|key| is_near(name, &key)))
    })
}

/// Whether `name` is `right` in another case or with a slip. Most names are told apart by their length and their start.
fn is_near(right: &str, name: &str) -> bool {
    fn start(name: &str) -> impl Iterator<Item = u8> {
        name.bytes().take(2).map(|byte| byte.to_ascii_lowercase())
    }
    let likely = name.len() + 2 >= right.len()
        && name.len() <= right.len() * 2
        && start(name).any(|byte| start(right).any(|other| other == byte));
    likely && (same_but_for_case(right, name) || is_slip(right, name, false))
}

/// The members of an object under their names in camelCase, for many looks at the same object.
pub(super) struct Members<'d> {
    all: Vec<(Cow<'d, str>, Node<'d>)>,
    /// A bit for each name, which some share: most names that are looked for are not there.
    marks: u64,
}

impl<'d> Members<'d> {
    /// Those of `object`; none of another value.
    pub(super) fn of(object: Node<'d>) -> Self {
        let members = object.is_object().then(|| object.children()).into_iter().flatten();
        let camel_case =
            |key: Cow<'d, str>| if key.contains('_') { Cow::Owned(fold(&key).into_owned()) } else { key };
        let all: Vec<_> = members.filter_map(|child| Some((camel_case(child.key()?), child))).collect();
        let marks = all.iter().fold(0, |marks, (name, _)| marks | bit(name));
        Self { all, marks }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &(Cow<'d, str>, Node<'d>)> {
        self.all.iter()
    }

    /// The member called `name`; of several the last.
    pub(super) fn get(&self, name: &str) -> Option<Node<'d>> {
        if self.marks & bit(name) == 0 {
            return None;
        }
        self.all.iter().rev().find(|(other, _)| *other == name).map(|(_, member)| *member)
    }
}

fn bit(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let ends = [bytes.first(), bytes.last()].map(|byte| byte.copied().map_or(0, usize::from));
    1 << ((name.len() * 5 + ends[0] * 3 + ends[1]) % 64)
}

/// Whether `key` is one of `names`, in camelCase or snake_case.
pub(super) fn is_one_of(key: &str, names: &[&str]) -> bool {
    names.iter().any(|name| fold(key) == *name)
}

/// The fewest bytes of a name in which a slip is taken for one.
const LONG: usize = 8;

/// Whether `key` is `name` in another case, or a long one with a slip.
pub(super) fn means(key: &str, name: &str) -> bool {
    if name.len() < LONG { same_but_for_case(name, key) } else { is_near(name, key) }
}

/// Whether `object` has a member called `name`, in camelCase or snake_case.
pub(super) fn has(object: Node<'_>, name: &str) -> bool {
    member(object, name).is_some()
}

/// How many of `names`, at most 32, are members of `object`. One walk over the members finds them all.
pub(super) fn count(object: Node<'_>, names: &[&str]) -> usize {
    if !object.is_object() {
        return 0;
    }
    let folds = object.document().has_joined_keys();
    let found = object.children().fold(0_u32, |found, member| {
        let key = member.key().unwrap_or_default();
        let folded = if folds { fold(&key) } else { Cow::Borrowed(key.as_ref()) };
        names.iter().position(|name| *name == folded).map_or(found, |at| found | 1 << at)
    });
    found.count_ones() as usize
}

/// The first of `names` that is a member of `object`.
pub(super) fn first<'n>(object: Node<'_>, names: &[&'n str]) -> Option<&'n str> {
    names.iter().copied().find(|name| has(object, name))
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn snake_case_folds_and_the_rest_stays() {
        assert_eq!(fold("supported_interfaces"), "supportedInterfaces");
        assert_eq!(fold("url"), "url");
        assert_eq!(fold("_note"), "_note");
        assert_eq!(fold("a__b_"), "aB");
    }
}
