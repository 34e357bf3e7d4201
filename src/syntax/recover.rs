//! The slow path: reads a text that is not JSON, in three steps. It is cut into tokens, the fewest repairs that make
//! sense of them are found, and the tree is built.

use super::{Fault, NodeData, build, lex, repair};
use crate::text::Span;

/// The tree of a broken text, and its faults; the bytes in `bad` were not UTF-8. Containers below `deepest` others are
/// passed over.
pub(super) fn parse(text: &str, bad: &[Span], deepest: usize) -> (Vec<NodeData>, Vec<Fault>) {
    let (tokens, findings) = lex::tokens(text, bad);
    let plan = repair::plan(&tokens);
    let (mut nodes, faults) = build::build(text, &tokens, &plan, findings, deepest);
    nodes.iter_mut().for_each(|node| node.sign = node.sign(text.as_bytes()));
    (nodes, faults)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{self, MAX_DEPTH, strict};
    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    fn json() -> impl Strategy<Value = Value> {
        let text = "[a-c:,{}'#/\" \\\\\n\u{201c}\u{e9}]{0,6}";
        let scalar = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            text.prop_map(Value::from),
        ];
        scalar.prop_recursive(4, 40, 5, move |inner| {
            prop_oneof![
                vec(inner.clone(), 0..5).prop_map(Value::from),
                btree_map(text, inner, 0..5).prop_map(|map| map.into_iter().collect::<Map<_, _>>().into()),
            ]
        })
    }

    fn assert_agrees(text: &str) {
        let strict = strict::parse(text, MAX_DEPTH).expect("the text is JSON");
        let (nodes, faults) = parse(text, &[], MAX_DEPTH);
        assert_eq!(faults, strict.faults, "{text}");
        assert_eq!(format!("{nodes:?}"), format!("{:?}", strict.nodes), "{text}");
    }

    proptest! {
        #[test]
        fn both_paths_read_valid_json_alike(value in json()) {
            assert_agrees(&value.to_string());
            assert_agrees(&serde_json::to_string_pretty(&value).expect("a value can be printed"));
        }
    }

    #[test]
    fn values_on_lines_of_their_own_are_read_alike() {
        assert_agrees("{\"a\"\n:\n[\n1\n,\n2\n]\n,\n\"b\"\n:\n{\n}\n}");
        assert_agrees("[\n  [1,\n2], {\"a\":\n{}}\n    ]");
    }

    #[test]
    fn a_lost_bracket_leaves_whole_letters() {
        for text in [
            "{\"skills\": [\n \u{e0069}id\": \"a\", \"tags\": []}]}",
            "{\"skills\": \u{e9}id\": \"a\", \"b\": 1}}",
        ] {
            let document = syntax::parse(text.as_bytes());
            let lost =
                document.root().subtree().filter(|node| node.is_object() && !node.raw().starts_with('{'));
            assert_eq!(
                lost.map(|node| text.get(node.opening().range()).is_some()).collect::<Vec<_>>(),
                [true],
                "{text}"
            );
        }
    }
}
