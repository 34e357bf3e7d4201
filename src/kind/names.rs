//! Member names with their spelling set aside.

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
