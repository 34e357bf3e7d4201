//! What a finding is known by: a place that outlives changes elsewhere in the file, and a hash for formats that ask for
//! one.
//!
//! A place is a JSON Pointer in which the elements of arrays are called by what they say of themselves
//! (`/skills[id=tides]/tags`) and not by their position; a finding that speaks for several elements calls them `*`. So it stays the same when lines move, members or elements change their order, or the text is
//! formatted anew.

use crate::diagnostic::Diagnostic;
use crate::syntax::{Document, Node, NodeId, NodeKind, escape_token};
use std::cell::OnceCell;

/// The members that tell one element of an array from another, the best first.
const TELLING: [&str; 6] = ["id", "name", "url", "uri", "displayName", "keyId"];

/// The longest text that stands in a place as it is.
const LONGEST: usize = 80;

/// Finds the places of the findings of one document.
pub struct Places<'d> {
    document: &'d Document<'d>,
    /// Whether it is one of many in its file, none of which has a place of its own.
    is_line: bool,
    hashes: OnceCell<Vec<u64>>,
}

impl<'d> Places<'d> {
    /// Places in `document`, which is a whole file or, if `is_line`, a line of one.
    pub fn new(document: &'d Document<'d>, is_line: bool) -> Self {
        Self { document, is_line, hashes: OnceCell::new() }
    }

    /// The place of a finding.
    pub fn place(&self, found: &Diagnostic) -> String {
        let node = self.document.node(found.node.unwrap_or(NodeId::ROOT));
        let mut place = self.path_for(node, &found.siblings);
        if let Some(inner) = &found.inner {
            // A quotation mark parts the two, since no path ends in one.
            place.push('"');
            place.push_str(&inner.place);
            return place;
        }
        if node.is_object() || node.is_array() {
            // Several things may be wrong with what is, or is not, in a container.
            let names = names(&found.message);
            if !names.is_empty() {
                place.push_str(": ");
                place.push_str(&names.join(", "));
            }
        }
        place
    }

    /// The place of a value.
    pub fn path(&self, node: Node<'d>) -> String {
        self.path_for(node, &[])
    }

    /// The place of a value, and of those at which other elements and entries stand for `siblings`.
    fn path_for(&self, node: Node<'d>, siblings: &[NodeId]) -> String {
        let mut steps = Vec::new();
        let mut step = node;
        while let Some(parent) = step.parent() {
            steps.push(step);
            step = parent;
        }
        let mut path = if self.is_line { format!("[{}]", self.identity(step)) } else { String::new() };
        for step in steps.into_iter().rev() {
            path.push_str(&match step.key() {
                Some(_) if siblings.contains(&step.id()) => "/*".to_owned(),
                None if siblings.contains(&step.id()) => "[*]".to_owned(),
                Some(key) => format!("/{}", escape_token(&key)),
                None => format!("[{}]", self.identity(step)),
            });
        }
        path
    }

    /// What an element of an array is called.
    fn identity(&self, node: Node<'d>) -> String {
        match node.kind() {
            NodeKind::Object => self.object(node),
            NodeKind::Array => self.hashed("", node),
            NodeKind::String => self.text("", node),
            _ => format!("={}", node.raw()),
        }
    }

    fn object(&self, node: Node<'d>) -> String {
        let telling = TELLING.into_iter().find_map(|name| {
            let member = node.member(name).filter(|member| member.is_string())?;
            Some(self.text(name, member))
        });
        telling.or_else(|| schemes(node)).unwrap_or_else(|| self.hashed("", node))
    }

    fn text(&self, name: &str, node: Node<'d>) -> String {
        match node.string() {
            Some(text) if text.len() <= LONGEST => format!("{name}={text}"),
            _ => self.hashed(name, node),
        }
    }

    fn hashed(&self, name: &str, node: Node<'d>) -> String {
        let hashes = self.hashes.get_or_init(|| hashes(self.document));
        format!("{name}#{:016x}", hashes.get(node.id().index()).copied().unwrap_or_default())
    }
}

/// The schemes that a security requirement asks for, which are all that tells it from another.
fn schemes(node: Node<'_>) -> Option<String> {
    let list = node.parent()?;
    if !list.key_is("security") && !list.key_is("securityRequirements") {
        return None;
    }
    let schemes = node.member("schemes").filter(|schemes| schemes.is_object()).unwrap_or(node);
    let mut names: Vec<_> = schemes.children().filter_map(Node::key).collect();
    names.sort();
    Some(names.join("+"))
}

/// The names in backticks, which stay when the words around them change.
fn names(message: &str) -> Vec<&str> {
    let mut names: Vec<_> = message.split('`').skip(1).step_by(2).collect();
    names.retain(|name| !name.starts_with('/') && !name.bytes().all(|byte| byte.is_ascii_digit()));
    names.sort_unstable();
    names.dedup();
    names
}

/// The hash of each value of a document, whatever the order of its members and however it is written.
fn hashes(document: &Document<'_>) -> Vec<u64> {
    let mut hashes = vec![0u64; document.node_count()];
    let nodes: Vec<_> = document.root().subtree().collect();
    // A container comes before its content.
    for node in nodes.into_iter().rev() {
        let of = |child: Node<'_>| hashes.get(child.id().index()).copied().unwrap_or_default();
        let hash = match node.kind() {
            NodeKind::Object => node.children().fold(hash(&[b"{"]), |sum: u64, child| {
                let key = child.key().unwrap_or_default();
                sum.wrapping_add(hash(&[key.as_bytes(), &of(child).to_le_bytes()]))
            }),
            NodeKind::Array => node.children().fold(hash(&[b"["]), |before, child| {
                hash(&[&before.to_le_bytes(), &of(child).to_le_bytes()])
            }),
            NodeKind::String => hash(&[b"\"", node.string().unwrap_or_default().as_bytes()]),
            _ => hash(&[b"", node.raw().as_bytes()]),
        };
        if let Some(entry) = hashes.get_mut(node.id().index()) {
            *entry = hash;
        }
    }
    hashes
}

/// The fingerprint of a finding: FNV-1a with 64 bits over the name of the rule, the path of the file and the place, with a
/// byte 0xFF behind each, in hexadecimal digits.
pub fn fingerprint(rule: &str, path: &str, place: &str) -> String {
    format!("{:016x}", hash(&[rule.as_bytes(), path.as_bytes(), place.as_bytes()]))
}

/// FNV-1a with 64 bits over `parts`, each followed by a byte that is in no UTF-8 text.
pub(crate) fn hash(parts: &[&[u8]]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.iter().chain(&[0xFF]));
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash: u64, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Pointer;
    use crate::syntax::parse;

    fn places(text: &str, pointers: &[&str]) -> Vec<String> {
        let document = parse(text.as_bytes());
        let places = Places::new(&document, false);
        let node = |pointer: &&str| Pointer::parse(pointer).unwrap().resolve(document.root()).unwrap();
        pointers.iter().map(|pointer| places.path(node(pointer))).collect()
    }

    #[test]
    fn elements_are_called_by_what_they_say() {
        let text = r#"{"skills": [{"name": "x", "id": "a/b", "tags": ["c", 1]}], "security": [{"z": [], "y": []}],
            "securityRequirements": [{"schemes": {"oauth": {}}}]}"#;
        let found = places(
            text,
            &[
                "/skills/0/tags",
                "/skills/0/tags/0",
                "/skills/0/tags/1",
                "/security/0",
                "/securityRequirements/0",
            ],
        );
        assert_eq!(
            found,
            [
                "/skills[id=a/b]/tags",
                "/skills[id=a/b]/tags[=c]",
                "/skills[id=a/b]/tags[=1]",
                "/security[y+z]",
                "/securityRequirements[oauth]"
            ]
        );
    }

    #[test]
    fn what_has_no_name_is_known_by_its_content() {
        let one = places(r#"[{"a": 1, "b": ["x", {}]}]"#, &["/0", "/0/b/1"]);
        let other = places(r#"[ 0, {"b":["\u0078",{}],"a":1} ]"#, &["/1", "/1/b/1"]);
        assert_eq!(one, other);
        assert_ne!(one, places(r#"[{"a": 1, "b": [{}, "x"]}]"#, &["/0", "/0/b/0"]));
    }

    #[test]
    fn the_hash_is_the_one_that_is_documented() {
        // The published value for "a", here with its closing byte.
        let a = 0xAF63_DC4C_8601_EC8C_u64;
        assert_eq!(hash(&[b"a"]), (a ^ 0xFF).wrapping_mul(0x100_0000_01B3));
        assert_eq!(fingerprint("r", "p", "/"), fingerprint("r", "p", "/"));
        assert_ne!(fingerprint("r", "p", ""), fingerprint("rp", "", ""));
    }

    #[test]
    fn names_in_messages_are_told_apart_from_words() {
        assert_eq!(names("`b` stands beside `a` and `b` at `/x/0`"), ["a", "b"]);
        assert!(names("nothing is named").is_empty());
    }
}
