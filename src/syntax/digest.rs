//! What a value says, in a number: the same however it is written.

use super::{Node, NodeKind};
use std::hash::{DefaultHasher, Hash, Hasher};

impl Node<'_> {
    /// A number that is the same for values that say the same, whatever their white space, the order of their members, and
    /// how strings and numbers are spelt. Members of the value itself that are called as one of `without` do not count.
    pub fn digest(self, without: &[&str]) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.kind().hash(&mut hasher);
        match self.kind() {
            NodeKind::Null | NodeKind::True | NodeKind::False => {}
            NodeKind::Number => number(self.raw()).hash(&mut hasher),
            NodeKind::String => self.string().hash(&mut hasher),
            NodeKind::Array => self.children().for_each(|item| item.digest(&[]).hash(&mut hasher)),
            // A sum does not depend on the order.
            NodeKind::Object => {
                let counted =
                    self.children().filter(|member| !without.iter().any(|name| member.key_is(name)));
                counted.map(member).fold(0, u64::wrapping_add).hash(&mut hasher);
            }
        }
        hasher.finish()
    }
}

fn member(member: Node<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    member.key().hash(&mut hasher);
    member.digest(&[]).hash(&mut hasher);
    hasher.finish()
}

/// The number as readers take it; zero has one sign.
fn number(raw: &str) -> Option<u64> {
    raw.parse::<f64>().ok().map(|number| (number + 0.0).to_bits())
}

#[cfg(test)]
mod tests {
    use crate::syntax::parse;

    fn digest(text: &str) -> u64 {
        parse(text.as_bytes()).root().digest(&["x"])
    }

    #[test]
    fn writing_does_not_count() {
        assert_eq!(
            digest(r#"{"a": [1, "\u0062"], "c": -0.0}"#),
            digest("{\"c\":0e1,\n\"a\":[1.0,\"b\"],\"x\":2}")
        );
    }

    #[test]
    fn what_is_said_counts() {
        let different =
            ["{}", "[]", "[{}]", "null", "1", "\"1\"", "[1,2]", "[2,1]", "{\"a\":{\"x\":1}}", "{\"a\":{}}"];
        for (at, one) in different.iter().enumerate() {
            assert!(different[at + 1..].iter().all(|other| digest(one) != digest(other)), "{one}");
        }
    }
}
