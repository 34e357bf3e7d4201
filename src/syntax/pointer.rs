//! JSON Pointers (RFC 6901), from a value and to a value.

use super::{Node, NodeId, NodeKind};
use smallvec::SmallVec;
use std::borrow::Cow;

/// A parsed JSON Pointer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pointer(Vec<String>);

/// Why a text is no JSON Pointer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointerError {
    /// It is neither empty nor starts with `/`.
    NoSlash,
    /// A `~` is not followed by `0` or `1`.
    BadEscape,
}

impl std::fmt::Display for PointerError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoSlash => "a JSON Pointer is empty or starts with `/`",
            Self::BadEscape => "in a JSON Pointer `~` is written `~0` and `/` inside a name `~1`",
        })
    }
}

impl std::error::Error for PointerError {}

impl Pointer {
    /// Reads a pointer such as `/skills/0/id`; the empty text is the root.
    pub fn parse(text: &str) -> Result<Self, PointerError> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let rest = text.strip_prefix('/').ok_or(PointerError::NoSlash)?;
        let tokens = rest.split('/').map(|token| unescape_token(token).map(Cow::into_owned));
        tokens.collect::<Result<_, _>>().map(Self)
    }

    /// The value the pointer names inside `root`, if there is one. Of duplicate keys it names the last.
    pub fn resolve<'d>(&self, root: Node<'d>) -> Option<Node<'d>> {
        self.0.iter().try_fold(root, |node, token| match node.kind() {
            NodeKind::Object => node.member(token),
            NodeKind::Array => element_index(token).and_then(|index| node.element(index)),
            _ => None,
        })
    }
}

/// A JSON Pointer in which a step may be `*`, for any one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointerPattern(String);

impl PointerPattern {
    /// Reads a pattern such as `/skills/*/tags`.
    pub fn parse(text: &str) -> Result<Self, PointerError> {
        Pointer::parse(text)?;
        Ok(Self(text.to_owned()))
    }

    /// Whether it stands for `pointer`. Escapes need no thought, since either side can write a name in one way only.
    pub fn matches(&self, pointer: &str) -> bool {
        let (mut wanted, mut steps) = (self.0.split('/'), pointer.split('/'));
        loop {
            match (wanted.next(), steps.next()) {
                (None, None) => return true,
                (Some(want), Some(step)) if want == "*" || want == step => {}
                _ => return false,
            }
        }
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An array index by RFC 6901: digits without a leading zero.
fn element_index(token: &str) -> Option<usize> {
    let plain = token == "0" || (token.bytes().all(|byte| byte.is_ascii_digit()) && !token.starts_with('0'));
    if plain { token.parse().ok() } else { None }
}

/// A token of a pointer as the member name or index that it stands for.
pub fn unescape_token(token: &str) -> Result<Cow<'_, str>, PointerError> {
    if memchr::memchr(b'~', token.as_bytes()).is_none() {
        return Ok(Cow::Borrowed(token));
    }
    let mut plain = String::with_capacity(token.len());
    let mut chars = token.chars();
    while let Some(char) = chars.next() {
        plain.push(match char {
            '~' => match chars.next() {
                Some('0') => '~',
                Some('1') => '/',
                _ => return Err(PointerError::BadEscape),
            },
            other => other,
        });
    }
    Ok(Cow::Owned(plain))
}

/// A member name as a pointer token: `~` and `/` escaped.
pub fn escape_token(name: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'~', b'/', name.as_bytes()).is_some() {
        Cow::Owned(name.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(name)
    }
}

impl Node<'_> {
    /// The JSON Pointer of the value inside its document.
    pub fn pointer(self) -> String {
        self.pointer_from(NodeId::ROOT)
    }

    /// The JSON Pointer of the value inside `ancestor`.
    pub fn pointer_from(self, ancestor: NodeId) -> String {
        let mut steps: SmallVec<[Node<'_>; 8]> = SmallVec::new();
        let mut node = self;
        while node.id() != ancestor {
            let Some(parent) = node.parent() else { break };
            steps.push(node);
            node = parent;
        }
        let mut pointer = String::with_capacity(16 * steps.len());
        for step in steps.into_iter().rev() {
            pointer.push('/');
            match (step.key(), step.position()) {
                (Some(key), _) => pointer.push_str(&escape_token(&key)),
                (None, digit @ 0..=9) => pointer.push((b'0' + digit as u8).into()),
                (None, position) => pointer.push_str(&position.to_string()),
            }
        }
        pointer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;

    #[test]
    fn a_pointer_finds_the_value_it_was_made_from() {
        let document = parse(br#"{"a/b":[{"~":1},{"\u00e9":[2]}],"":3}"#);
        let mut waiting = vec![document.root()];
        while let Some(node) = waiting.pop() {
            let pointer = Pointer::parse(&node.pointer()).unwrap();
            assert_eq!(pointer.resolve(document.root()), Some(node), "{}", node.pointer());
            waiting.extend(node.children());
        }
    }

    #[test]
    fn only_plain_indices_name_elements() {
        let document = parse(b"[10,20]");
        let at = |text: &str| Pointer::parse(text).unwrap().resolve(document.root()).map(|node| node.raw());
        assert_eq!(at("/1"), Some("20"));
        for text in ["/01", "/-", "/2", "/+1", "/1/0", "/"] {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn a_star_stands_for_one_step() {
        let matches = |pattern: &str, pointer| PointerPattern::parse(pattern).unwrap().matches(pointer);
        assert!(matches("/skills/*/tags", "/skills/10/tags") && matches("", "") && matches("/a~1b", "/a~1b"));
        assert!(
            !matches("/skills/*", "/skills") && !matches("/skills/*", "/skills/0/tags") && !matches("", "/a")
        );
        assert_eq!(PointerPattern::parse("skills"), Err(PointerError::NoSlash));
    }

    #[test]
    fn a_malformed_pointer_is_refused() {
        assert_eq!(Pointer::parse("a"), Err(PointerError::NoSlash));
        assert_eq!(Pointer::parse("/~2"), Err(PointerError::BadEscape));
        assert_eq!(Pointer::parse("/a~"), Err(PointerError::BadEscape));
    }
}
