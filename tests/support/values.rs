//! Trees compared with what `serde_json` reads, for tests and for fuzzing.

use cardlint::syntax::{Document, FaultKind, Node, NodeKind};
use serde_json::Value;

/// The tree as `serde_json` reads it: of duplicate keys the last one.
pub(crate) fn to_value(node: Node<'_>) -> Value {
    match node.kind() {
        NodeKind::Null => Value::Null,
        NodeKind::True => true.into(),
        NodeKind::False => false.into(),
        NodeKind::Number => serde_json::from_str(node.raw()).unwrap(),
        NodeKind::String => node.string().unwrap().into(),
        NodeKind::Array => node.children().map(to_value).collect(),
        NodeKind::Object => {
            let members = node.children().map(|member| (member.key().unwrap().into(), to_value(member)));
            Value::Object(members.collect())
        }
    }
}

/// The bytes with a zero of the same length for each number beyond a double; nothing where there is none.
pub(crate) fn without_huge_numbers(document: &Document<'_>, bytes: &[u8]) -> Option<Vec<u8>> {
    let mut zeroed = bytes.to_vec();
    for fault in document.faults().iter().filter(|fault| fault.kind == FaultKind::HugeNumber) {
        let number = &mut zeroed[fault.span.range()];
        number.fill(b' ');
        number[0] = b'0';
    }
    (zeroed != bytes).then_some(zeroed)
}
