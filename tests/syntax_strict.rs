//! The JSON front end against `serde_json`: the same verdict, the same values, and sane spans whatever the bytes are.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "support/values.rs"]
mod values;

use cardlint::syntax::{Document, FaultKind, MAX_DEPTH, Node, Pointer, parse};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value, json};
use values::{to_value, without_huge_numbers};

fn json_value() -> impl Strategy<Value = Value> {
    let text = prop_oneof!["[a-z/~\u{e9}\u{1F600} \"\\\\\n\t\u{1}]{0,8}", "\\PC{0,6}"];
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.clone().prop_map(Value::from),
    ];
    scalar.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            btree_map(text.clone(), inner, 0..6)
                .prop_map(|map| map.into_iter().collect::<Map<_, _>>().into()),
        ]
    })
}

fn pretty(value: &Value, indent: &str) -> String {
    let mut bytes = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(indent.as_bytes());
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, formatter)).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn nodes<'d>(document: &'d Document<'d>) -> impl Iterator<Item = Node<'d>> {
    let mut waiting = vec![document.root()];
    std::iter::from_fn(move || {
        let node = waiting.pop()?;
        waiting.extend(node.children());
        Some(node)
    })
}

/// What holds for every document, however broken.
fn assert_sane(bytes: &[u8]) {
    let document = parse(bytes);
    let text = document.text();
    assert_eq!(text.len(), bytes.len());
    let is_place = |at: u32| text.is_char_boundary(at as usize);
    let mut last = 0;
    for fault in document.faults() {
        let span = fault.span;
        assert!(span.start <= span.end && is_place(span.start) && is_place(span.end), "{fault:?}");
        assert!(last <= span.start, "{fault:?} is out of order");
        assert!(fault.node.index() < document.node_count());
        last = span.start;
    }
    let mut count = 0;
    for node in nodes(&document) {
        count += 1;
        let span = node.span();
        assert!(span.start <= span.end && is_place(span.start) && is_place(span.end), "{node:?}");
        if let Some(key) = node.key_span() {
            assert!(
                key.start <= key.end && is_place(key.start) && is_place(key.end) && key.end <= span.start
            );
        }
        if let Some(parent) = node.parent() {
            assert!(parent.span().covers(span), "{node:?} in {parent:?}");
            assert!(parent.id() < node.id());
        }
        let (_, _) = (node.key(), node.string());
        assert!(node.opening().end <= span.end);
    }
    assert_eq!(count, document.node_count(), "every node hangs on the root");
}

/// The verdict is that of `serde_json`, except for nesting. Numbers beyond a double are compared as zeros.
fn assert_same_verdict(bytes: &[u8]) {
    let document = parse(bytes);
    if let Some(zeroed) = without_huge_numbers(&document, bytes) {
        return assert_same_verdict(&zeroed);
    }
    let is_limit = |kind| kind == FaultKind::TooDeep;
    let is_valid = document.faults().iter().all(|fault| is_limit(fault.kind));
    match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => {
            assert!(is_valid, "{:?} in {:?}", document.faults(), document.text());
            assert_eq!(to_value(document.root()), value);
            assert!(nodes(&document).all(|node| !node.is_damaged() && !node.is_incomplete()));
        }
        Err(error) => {
            let is_known = error.to_string().contains("recursion limit");
            assert!(is_known || !is_valid, "{error} in {:?}", document.text());
        }
    }
}

fn assert_pointers_resolve(document: &Document<'_>) {
    for node in nodes(document) {
        let pointer = Pointer::parse(&node.pointer()).unwrap();
        assert_eq!(pointer.resolve(document.root()), Some(node), "{}", node.pointer());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn valid_json_has_no_fault_and_the_same_values(value in json_value(), indent in "[ \t]{0,3}") {
        for text in [value.to_string(), pretty(&value, &indent), pretty(&value, "  ").replace('\n', "\r\n")] {
            assert_same_verdict(text.as_bytes());
            assert_sane(text.as_bytes());
            let document = parse(text.as_bytes());
            prop_assert_eq!(to_value(document.root()), value.clone());
            assert_pointers_resolve(&document);
        }
    }

    #[test]
    fn mutated_json_has_the_same_verdict(
        value in json_value(),
        edits in vec((any::<prop::sample::Index>(), 0..4usize, any::<prop::sample::Index>()), 1..4),
    ) {
        let mut bytes = pretty(&value, " ").into_bytes();
        for (at, kind, byte) in edits {
            let at = at.index(bytes.len().max(1)).min(bytes.len());
            let byte = *byte.get(b"\"\"{}[],,::\\ \n'0e-.tx\0\xff\xc3\t/*#");
            match kind {
                0 if at < bytes.len() => { bytes.remove(at); }
                1 if at < bytes.len() => bytes[at] = byte,
                2 => bytes.truncate(at),
                _ => bytes.insert(at, byte),
            }
        }
        assert_same_verdict(&bytes);
        assert_sane(&bytes);
    }

    #[test]
    fn any_bytes_have_the_same_verdict(bytes in vec(any::<u8>(), 0..60)) {
        assert_same_verdict(&bytes);
        assert_sane(&bytes);
    }

    #[test]
    fn any_marks_have_the_same_verdict(text in "[\\[\\]{},:;\"'`\\\\a1 \n./#*=<>$\u{201c}\u{201d}\u{feff}]{0,60}") {
        assert_same_verdict(text.as_bytes());
        assert_sane(text.as_bytes());
    }
}

fn card() -> Value {
    json!({
        "name": "Gr\u{fc}\u{df}e \u{1F600}", "description": "a \"quoted\" word, a back\\slash", "version": "1.0.0",
        "capabilities": {"streaming": true, "extensions": [{"uri": "https://e.example/x", "required": false}]},
        "skills": [{"id": "a", "tags": ["x", "y"], "examples": []}, {"id": "b", "tags": [], "limit": -1.5e3}],
        "nothing": null,
    })
}

#[test]
fn every_prefix_of_a_card_is_one_mistake_at_most_where_it_is_cut() {
    for text in [pretty(&card(), "  "), card().to_string()] {
        for end in 0..text.len() {
            assert_sane(&text.as_bytes()[..end]);
            assert_same_verdict(&text.as_bytes()[..end]);
            if text.is_char_boundary(end) && end > 0 {
                let document = parse(&text.as_bytes()[..end]);
                assert_eq!(document.faults().len(), 1, "{:?} in {:?}", document.faults(), &text[..end]);
            }
        }
    }
}

#[test]
fn no_single_byte_deleted_replaced_or_put_in_makes_a_document_insane() {
    let bytes_to_try = b"\"'\\{}[],:;=/#*.x0-\n\t \0\x0b\x80\xff";
    for text in [pretty(&card(), "\t"), card().to_string()] {
        for at in 0..text.len() {
            let mut deleted = text.clone().into_bytes();
            deleted.remove(at);
            assert_sane(&deleted);
            assert_same_verdict(&deleted);
            for &byte in bytes_to_try {
                let mut replaced = text.clone().into_bytes();
                replaced[at] = byte;
                assert_sane(&replaced);
                assert_same_verdict(&replaced);
                let mut inserted = text.clone().into_bytes();
                inserted.insert(at, byte);
                assert_sane(&inserted);
                assert_same_verdict(&inserted);
            }
        }
    }
}

/// A number beyond a double excuses no syntax error around it.
#[test]
fn a_huge_number_anywhere_leaves_the_verdict_as_it_is() {
    let text = card().to_string();
    for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
        for number in [" 1e400 ", "-1e999999999,", "1e400:", "-"] {
            let text = format!("{}{number}{}", &text[..at], &text[at..]);
            assert_sane(text.as_bytes());
            assert_same_verdict(text.as_bytes());
        }
    }
}

/// What fuzzing found: a comma that was never there was taken for one too many.
#[test]
fn texts_that_once_lost_nodes_are_sane() {
    for text in [&b"{\n {s: {s: { \"\":\xff\xff\x02\x93e[ }},\n  \"k"[..], b"{\"a\": [1 {\"b\": 2 [ }]}, 3"] {
        assert_sane(text);
        assert_same_verdict(text);
    }
}

#[test]
fn duplicate_keys_all_stay_and_the_last_counts() {
    let document = parse(br#"{"a": 1, "b": 2, "a": 3}"#);
    assert!(document.faults().is_empty());
    assert_eq!(document.root().len(), 3);
    assert_eq!(document.root().member("a").map(Node::raw), Some("3"));
}

#[test]
fn nesting_is_read_to_its_limit() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(parse(nested(MAX_DEPTH).as_bytes()).faults().is_empty());
    let text = format!("[{}, 7]", nested(MAX_DEPTH + 9));
    let document = parse(text.as_bytes());
    let kinds: Vec<_> = document.faults().iter().map(|fault| fault.kind).collect();
    assert_eq!(kinds, [FaultKind::TooDeep]);
    let deep = document.node(document.faults()[0].node);
    assert!(deep.is_damaged() && deep.raw().len() == 2 * (MAX_DEPTH + 9 - MAX_DEPTH + 1));
    assert_eq!(document.root().element(1).map(Node::raw), Some("7"));
}

#[test]
fn a_valid_text_that_is_too_deep_is_otherwise_without_fault() {
    let inner = pretty(&card(), "  ");
    let text = format!("{}{inner}{}", "[".repeat(MAX_DEPTH - 1), "]".repeat(MAX_DEPTH - 1));
    let document = parse(text.as_bytes());
    assert!(
        document.faults().iter().all(|fault| fault.kind == FaultKind::TooDeep),
        "{:?}",
        document.faults()
    );
    assert_eq!(document.faults().len(), 1);
}

/// Texts that would keep the test from coming to an end if any step looked too far ahead or back.
#[test]
fn hostile_texts_come_to_an_end() {
    let many = 40_000;
    let members = || (0..many).map(|at| format!("\"k{at}\": {at}"));
    let texts = [
        ("opening brackets", "[".repeat(many)),
        ("closing brackets", "]".repeat(many)),
        ("nested objects", "{\"a\":".repeat(many)),
        ("brackets of the wrong kind", "[}".repeat(many)),
        ("quotation marks", "\"".repeat(many)),
        ("quotation marks and letters", "\"a".repeat(many)),
        ("single quotation marks", "'a ".repeat(many)),
        ("keys that end nowhere", "{\"a:".repeat(many)),
        ("single-quoted keys that end nowhere", "{'a:".repeat(many)),
        ("commas", ",".repeat(many)),
        ("colons", ":".repeat(many)),
        ("words", "a ".repeat(many)),
        ("words in an array", format!("[{}\"", "a, ".repeat(many))),
        ("fences", format!("{}\"", "```\n".repeat(many))),
        ("open comments", "/*".repeat(many)),
        ("templates", "{{".repeat(many)),
        ("less-than signs", "<".repeat(many)),
        ("dots", "... ".repeat(many)),
        ("backslashes", "\\".repeat(many)),
        ("equal keys", format!("{{{}}}", vec!["\"a\": 1"; many].join(", "))),
        ("trailing commas", format!("[{}]", "[1,],".repeat(many))),
        ("missing commas", format!("{{{}}}", members().collect::<Vec<_>>().join(" "))),
        ("semicolons", format!("{{{}}}", members().collect::<Vec<_>>().join(";"))),
        ("a long string", format!("[\"{}\"]", "x".repeat(50 * many))),
        ("a long string with stray marks", format!("[\"{}\"]", "x \"y\" ".repeat(many))),
        ("an open string", format!("{{\"a\": \"{}", "x".repeat(50 * many))),
    ];
    for (what, text) in texts {
        let document = parse(text.as_bytes());
        assert_eq!(document.text().len(), text.len(), "{what}");
        let is_sound = what == "a long string" || what == "equal keys";
        assert_eq!(document.faults().is_empty(), is_sound, "{what}");
    }
}

#[test]
fn a_large_valid_text_is_read_whole() {
    let skills: Vec<Value> =
        (0..60_000).map(|at| json!({"id": at, "name": "a skill", "text": "x".repeat(120)})).collect();
    let text = json!({"skills": skills}).to_string();
    assert!(text.len() > 9 << 20);
    let document = parse(text.as_bytes());
    assert!(document.faults().is_empty());
    assert_eq!(document.root().member("skills").map(Node::len), Some(60_000));
}
