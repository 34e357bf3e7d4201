//! Members that a later member of the same name stands in for.

use super::{Document, Node, NodeId};
use std::borrow::Cow;
use std::collections::HashMap;

/// Up to so many members are compared without a table.
const FEW: usize = 24;

/// The members that another one of their name follows in their object, by their ids.
pub(super) fn overwritten(document: &Document<'_>) -> Vec<NodeId> {
    let mut found = Vec::new();
    for object in document.root().subtree().filter(|node| node.is_object()) {
        if !all_differ(object) {
            collect(object, &mut found);
        }
    }
    found.sort_unstable();
    found
}

/// Whether the keys of a small object differ as they are written and hold no escape, as nearly always.
fn all_differ(object: Node<'_>) -> bool {
    let mut keys: [&[u8]; FEW] = [&[]; FEW];
    // Only where two have a bit in common, the letters have to be compared.
    let mut met = 0_u64;
    for (count, member) in object.children().enumerate() {
        let (Some(key), bits) = (member.plain_key(), member.data().sign.bits()) else { return false };
        if count == FEW || (met & bits != 0 && keys[..count].contains(&key)) {
            return false;
        }
        met |= bits;
        keys[count] = key;
    }
    true
}

fn collect(object: Node<'_>, found: &mut Vec<NodeId>) {
    let mut last: HashMap<Cow<'_, str>, NodeId> = HashMap::new();
    for member in object.children() {
        // A name that was lost is no name.
        let key = member.key_span().filter(|key| !key.is_empty()).and_then(|_| member.key());
        found.extend(key.and_then(|key| last.insert(key, member.id())));
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::{Node, parse};

    #[test]
    fn the_last_of_a_name_stands() {
        let wide: String = (0..30).map(|number| format!("\"k{number}\": 0, ")).collect();
        let text =
            format!(r#"{{"a": 1, "b": {{"c": 2, "\u0063": 3, "d": 4, "c": 5}}, {wide} "k7": 6, "a": 7}}"#);
        let document = parse(text.as_bytes());
        let overwritten = |node: &Node<'_>| document.is_overwritten(node.id());
        let raws = |pointer: &str| -> Vec<(&str, bool)> {
            let named = document.root().subtree().filter(|node| node.pointer() == pointer);
            named.map(|node| (node.raw(), overwritten(&node))).collect()
        };
        assert_eq!(raws("/a"), [("1", true), ("7", false)]);
        assert_eq!(raws("/b/c"), [("2", true), ("3", true), ("5", false)]);
        assert_eq!(raws("/k7"), [("0", true), ("6", false)]);
        assert_eq!(document.root().subtree().filter(overwritten).count(), 4);
    }

    #[test]
    fn names_that_were_lost_are_none() {
        let document = parse(b"{\"a\": 1, : 2, : 3, \"A\": 4}");
        assert!(document.overwritten().is_empty());
    }
}
