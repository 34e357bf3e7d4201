//! Member names with their spelling set aside.

use super::spelling::{Letters, is_slip, same_but_for_case};
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

/// The members of an object, for a look at their names.
#[derive(Clone, Copy)]
pub(super) struct Members<'d> {
    pub(super) object: Node<'d>,
    /// The keys and their letters, where names in another case count as well, and long ones with a slip; else none.
    pub(super) near: &'d [(Cow<'d, str>, Letters)],
}

/// The keys of `object` for [`Members`].
pub(super) fn spelt<'d>(object: Node<'d>) -> Vec<(Cow<'d, str>, Letters)> {
    let with_letters = |key: Cow<'d, str>| {
        let letters = Letters::of(&key);
        (key, letters)
    };
    object.children().filter_map(Node::key).map(with_letters).collect()
}

impl Members<'_> {
    pub(super) fn has(self, name: &str) -> bool {
        // A name resembles itself.
        if self.near.is_empty() { has(self.object, name) } else { self.resembles(name) }
    }

    /// Whether a member is called `name` in another case, or with a slip if it is long.
    fn resembles(self, name: &str) -> bool {
        let wanted = Letters::of(name);
        // The letters are looked at only where the length fits.
        let fits =
            |key: &str| key.len() + 2 >= name.len() && (name.len() < LONG || key.len() <= 2 * name.len());
        self.near.iter().any(|(key, letters)| fits(key) && letters.may_be(wanted) && means(key, name))
    }

    pub(super) fn count(self, names: &[&str]) -> usize {
        names.iter().filter(|name| self.has(name)).count()
    }

    /// Whether every member is one of `names`.
    pub(super) fn are_all(self, names: &[&str]) -> bool {
        let near = !self.near.is_empty();
        let is_one = |key: &str| names.iter().any(|name| fold(key) == *name || (near && means(key, name)));
        self.object.children().all(|child| child.key().is_some_and(|key| is_one(&key)))
    }
}

/// The fewest bytes of a name in which a slip is taken for one.
const LONG: usize = 8;

/// Whether `key` is `name` in another case, or a long one with a slip.
fn means(key: &str, name: &str) -> bool {
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
