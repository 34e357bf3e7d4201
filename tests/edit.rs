//! Edits of JSON text: each changes exactly what it says, in the manner of the text, whatever that is.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use cardlint::edit::{self, Edit, Where};
use cardlint::syntax::{Document, Node, NodeKind, parse};
use proptest::prelude::*;

/// A value as a model of what a text says, with the order of its members.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    Scalar(String),
    Array(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    fn read(node: Node<'_>) -> Value {
        match node.kind() {
            NodeKind::Array => Value::Array(node.children().map(Value::read).collect()),
            NodeKind::Object => Value::Object(
                node.children()
                    .map(|child| (child.key().unwrap().into_owned(), Value::read(child)))
                    .collect(),
            ),
            _ => Value::Scalar(node.raw().to_owned()),
        }
    }

    fn is_container(&self) -> bool {
        !matches!(self, Value::Scalar(_))
    }
}

/// How a generated document is written.
#[derive(Debug, Clone, Copy)]
struct Manner {
    line_end: &'static str,
    unit: &'static str,
    colon: &'static str,
    comma: &'static str,
    padding: &'static str,
    short_arrays: bool,
}

const MANNERS: [Manner; 6] = [
    Manner { line_end: "\n", unit: "  ", colon: ": ", comma: " ", padding: "", short_arrays: false },
    Manner { line_end: "\r\n", unit: "\t", colon: ": ", comma: " ", padding: "", short_arrays: false },
    Manner { line_end: "\n", unit: "    ", colon: " : ", comma: " ", padding: "", short_arrays: true },
    Manner { line_end: "", unit: "", colon: ":", comma: "", padding: "", short_arrays: false },
    Manner { line_end: "", unit: "", colon: ": ", comma: " ", padding: "", short_arrays: false },
    Manner { line_end: "", unit: "", colon: ": ", comma: " ", padding: " ", short_arrays: false },
];

fn write(value: &Value, manner: &Manner, depth: usize, text: &mut String) {
    let items: Vec<(Option<&str>, &Value)> = match value {
        Value::Scalar(raw) => return text.push_str(raw),
        Value::Array(items) => items.iter().map(|item| (None, item)).collect(),
        Value::Object(members) => members.iter().map(|(name, item)| (Some(name.as_str()), item)).collect(),
    };
    let is_object = matches!(value, Value::Object(_));
    let is_flat = !is_object && !items.iter().any(|(_, item)| item.is_container());
    let lines = !(manner.line_end.is_empty() || (is_flat && manner.short_arrays));
    let line = |depth: usize| format!("{}{}", manner.line_end, manner.unit.repeat(depth));
    let padding = if is_object { manner.padding } else { "" };
    text.push(if is_object { '{' } else { '[' });
    for (index, (name, item)) in items.iter().enumerate() {
        text.push_str(if index > 0 { "," } else { "" });
        match (lines, index) {
            (true, _) => text.push_str(&line(depth + 1)),
            (false, 0) => text.push_str(padding),
            (false, _) => text.push_str(manner.comma),
        }
        if let Some(name) = name {
            text.push_str(&format!("{}{}", cardlint::words::json(name), manner.colon));
        }
        write(item, manner, depth + 1, text);
    }
    if !items.is_empty() {
        text.push_str(&if lines { line(depth) } else { padding.to_owned() });
    }
    text.push(if is_object { '}' } else { ']' });
}

fn text_of(value: &Value, manner: &Manner) -> String {
    let mut text = String::new();
    write(value, manner, 0, &mut text);
    text
}

fn scalars() -> impl Strategy<Value = Value> {
    let raw = prop_oneof![
        Just("null"),
        Just("true"),
        Just("-1.50e3"),
        Just(r#""plain""#),
        Just(r#""a, \"b\": {\u00e9}""#),
        Just("\"caf\u{e9} \u{1F600}\""),
        Just("\"\""),
    ];
    raw.prop_map(|raw| Value::Scalar(raw.to_owned()))
}

fn values() -> impl Strategy<Value = Value> {
    scalars().prop_recursive(4, 40, 5, |inner| {
        let key = prop_oneof!["[a-e]{1,2}", Just("na\u{ef}ve \"\\\n".to_owned())];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::vec((key, inner), 0..5).prop_map(Value::Object),
        ]
    })
}

/// Documents that show at their beginning how they are written.
fn documents() -> impl Strategy<Value = Value> {
    let scalar = |raw: &str| Value::Scalar(raw.to_owned());
    let shown = move || {
        let member = |name: &str, value| (name.to_owned(), value);
        vec![
            member("list", Value::Array(vec![scalar("1"), scalar("2")])),
            member("object", Value::Object(vec![member("x", scalar("1")), member("y", scalar("2"))])),
        ]
    };
    prop::collection::vec(("[a-z]{1,3}", values()), 0..5).prop_map(move |rest| {
        let mut members = shown();
        members.extend(rest);
        Value::Object(members)
    })
}

/// Every value of `value` in the order of a text, changed by `change` at the one with the number `at`.
fn change(value: &mut Value, at: &mut usize, what: &mut dyn FnMut(&mut Value)) {
    if *at == 0 {
        what(value);
    }
    *at = at.wrapping_sub(1);
    match value {
        Value::Scalar(_) => {}
        Value::Array(items) => items.iter_mut().for_each(|item| change(item, at, what)),
        Value::Object(members) => members.iter_mut().for_each(|(_, item)| change(item, at, what)),
    }
}

fn changed(value: &Value, at: usize, mut what: impl FnMut(&mut Value)) -> Value {
    let mut changed = value.clone();
    change(&mut changed, &mut { at }, &mut what);
    changed
}

fn node<'d>(document: &'d Document<'d>, at: usize) -> Node<'d> {
    document.root().subtree().nth(at).unwrap()
}

fn apply(document: &Document<'_>, edits: &[Edit]) -> String {
    String::from_utf8(edit::apply(document.text().as_bytes(), edits).unwrap()).unwrap()
}

/// The number of one of the values that `fits`, if there is any.
fn pick(document: &Document<'_>, seed: usize, fits: impl Fn(Node<'_>) -> bool) -> Option<usize> {
    let fitting: Vec<usize> =
        document.root().subtree().enumerate().filter(|(_, node)| fits(*node)).map(|(at, _)| at).collect();
    (!fitting.is_empty()).then(|| fitting[seed % fitting.len()])
}

const NEW: [&str; 3] = ["\"new\"", r#"{"a":{"b":[1,2]},"c":[]}"#, "[ { \"d\" : 1 } , [ ] ]"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_put_in_stands_where_it_should_as_if_it_had_always_been_there(
        value in documents(), manner in prop::sample::select(&MANNERS[..]), seed in 0..1000usize, place in 0..4u8,
        new in prop::sample::select(&NEW[..]),
    ) {
        let text = text_of(&value, &manner);
        let document = parse(text.as_bytes());
        let at = pick(&document, seed, |node| node.is_object() || node.is_array()).unwrap();
        let container = node(&document, at);
        let sibling = seed % container.len().max(1);
        let (where_, index) = match (place, container.children().nth(sibling)) {
            (0, _) | (_, None) => (Where::First, 0),
            (1, _) => (Where::Last, container.len()),
            (2, Some(child)) => (Where::Before(child), sibling),
            (_, Some(child)) => (Where::After(child), sibling + 1),
        };
        let edit = match container.kind() {
            NodeKind::Object => edit::insert_member(container, where_, "n\u{e9}w", new),
            _ => edit::insert_element(container, where_, new),
        };
        let added = Value::read(parse(new.as_bytes()).root());
        let expected = changed(&value, at, |container| match container {
            Value::Object(members) => members.insert(index, ("n\u{e9}w".to_owned(), added.clone())),
            Value::Array(items) => items.insert(index, added.clone()),
            Value::Scalar(_) => {}
        });
        let after = apply(&document, &[edit.unwrap()]);
        prop_assert_eq!(Value::read(parse(after.as_bytes()).root()), expected.clone());
        // Only an array that was flat before has another layout when it holds containers.
        let stays_flat = added.is_container() && container.is_array() && manner.short_arrays;
        if !stays_flat {
            prop_assert_eq!(after, text_of(&expected, &manner));
        }
    }

    #[test]
    fn what_is_taken_out_leaves_no_trace(
        value in documents(), manner in prop::sample::select(&MANNERS[..]), seed in 0..1000usize,
    ) {
        let text = text_of(&value, &manner);
        let document = parse(text.as_bytes());
        let at = pick(&document, seed, |node| node.parent().is_some()).unwrap();
        let gone = node(&document, at);
        let index = gone.position();
        let parent = document.root().subtree().position(|node| Some(node) == gone.parent()).unwrap();
        let expected = changed(&value, parent, |container| match container {
            Value::Object(members) => drop(members.remove(index)),
            Value::Array(items) => drop(items.remove(index)),
            Value::Scalar(_) => {}
        });
        let after = apply(&document, &[edit::removal(gone).unwrap()]);
        prop_assert_eq!(Value::read(parse(after.as_bytes()).root()), expected.clone());
        let was_mixed = manner.short_arrays && gone.parent().is_some_and(Node::is_array);
        if !was_mixed {
            prop_assert_eq!(after, text_of(&expected, &manner));
        }
    }

    #[test]
    fn a_key_or_a_value_changes_alone(
        value in documents(), manner in prop::sample::select(&MANNERS[..]), seed in 0..1000usize,
        new in prop::sample::select(&NEW[..]),
    ) {
        let text = text_of(&value, &manner);
        let document = parse(text.as_bytes());
        let at = pick(&document, seed, |node| node.is_member()).unwrap();
        let member = node(&document, at);
        let renamed = apply(&document, &[edit::rename(member, "n\u{e9}w \"").unwrap()]);
        let read = parse(renamed.as_bytes());
        prop_assert!(read.faults().is_empty());
        prop_assert_eq!(node(&read, at).key().unwrap(), "n\u{e9}w \"");
        let mut same = renamed.clone();
        same.replace_range(node(&read, at).key_span().unwrap().range(), &text[member.key_span().unwrap().range()]);
        prop_assert_eq!(&same, &text);

        let expected = changed(&value, at, |value| *value = Value::read(parse(new.as_bytes()).root()));
        let after = apply(&document, &[edit::replace_value(member, new)]);
        prop_assert_eq!(Value::read(parse(after.as_bytes()).root()), expected.clone());
        prop_assert_eq!(after, text_of(&expected, &manner));
    }

    #[test]
    fn a_moved_member_keeps_its_value(
        value in documents(), manner in prop::sample::select(&MANNERS[..]), seeds in (0..1000usize, 0..1000usize),
    ) {
        let text = text_of(&value, &manner);
        let document = parse(text.as_bytes());
        let from = pick(&document, seeds.0, |node| node.is_member()).unwrap();
        let moved = node(&document, from);
        let elsewhere = |node: Node<'_>| node.is_object() && !moved.span().covers(node.span()) && Some(node) != moved.parent();
        prop_assume!(pick(&document, seeds.1, elsewhere).is_some());
        let to = pick(&document, seeds.1, elsewhere).unwrap();
        let edits = edit::move_member(moved, node(&document, to), Where::Last, "moved").unwrap();
        let carried = Value::read(moved);
        let (parent, index) = (document.root().subtree().position(|node| Some(node) == moved.parent()).unwrap(), moved.position());
        let mut expected = value.clone();
        let mut put = |container: &mut Value| {
            if let Value::Object(members) = container {
                members.push(("moved".to_owned(), carried.clone()));
            }
        };
        let mut take = |container: &mut Value| {
            if let Value::Object(members) = container {
                members.remove(index);
            }
        };
        // The later one first, so that numbers hold.
        if to > parent {
            change(&mut expected, &mut { to }, &mut put);
            change(&mut expected, &mut { parent }, &mut take);
        } else {
            change(&mut expected, &mut { parent }, &mut take);
            change(&mut expected, &mut { to }, &mut put);
        }
        let after = apply(&document, &edits);
        prop_assert_eq!(Value::read(parse(after.as_bytes()).root()), expected.clone());
        prop_assert_eq!(after, text_of(&expected, &manner));
    }

    #[test]
    fn a_text_in_any_manner_of_white_space_can_be_changed(
        value in documents(), spaces in prop::collection::vec(prop::sample::select(&["", " ", "\n", "\r\n\t", "\n\n  "][..]), 1..20),
        seed in 0..1000usize,
    ) {
        let text = in_any_manner(&text_of(&value, &MANNERS[3]), &spaces);
        let document = parse(text.as_bytes());
        prop_assert!(document.faults().is_empty());
        let at = pick(&document, seed, |node| node.is_object()).unwrap();
        let object = node(&document, at);
        for place in [Where::First, Where::Last] {
            let after = apply(&document, &[edit::insert_member(object, place, "new", r#"{"a":[1]}"#).unwrap()]);
            let read = parse(after.as_bytes());
            prop_assert!(read.faults().is_empty(), "{after:?}");
            prop_assert_eq!(read.node_count(), document.node_count() + 3);
        }
        let at = pick(&document, seed, |node| node.parent().is_some()).unwrap();
        let gone = node(&document, at);
        let after = apply(&document, &[edit::removal(gone).unwrap()]);
        let read = parse(after.as_bytes());
        prop_assert!(read.faults().is_empty(), "{after:?}");
        prop_assert_eq!(read.node_count(), document.node_count() - gone.subtree().count());
    }
}

/// `minified` with white space between its tokens.
fn in_any_manner(minified: &str, spaces: &[&str]) -> String {
    let mut spaces = spaces.iter().cycle();
    let (mut text, mut quoted, mut escaped) = (String::new(), false, false);
    for char in minified.chars() {
        let is_mark = !quoted && "{}[]:,".contains(char);
        if is_mark {
            text.push_str(spaces.next().unwrap());
        }
        text.push(char);
        if is_mark {
            text.push_str(spaces.next().unwrap());
        }
        quoted ^= char == '"' && !escaped;
        escaped = char == '\\' && !escaped;
    }
    text
}

fn with(text: &str, edits: impl Fn(Node<'_>) -> Option<Vec<Edit>>) -> Option<String> {
    let document = parse(text.as_bytes());
    Some(apply(&document, &edits(document.root())?))
}

fn removed(text: &str) -> Option<String> {
    with(text, |root| Some(vec![edit::removal(root.member("b")?)?]))
}

fn inserted(text: &str, place: Where<'static>) -> Option<String> {
    with(text, |root| Some(vec![edit::insert_member(root, place, "new", "1")?]))
}

#[test]
fn the_wider_gap_stays() {
    assert_eq!(
        removed("{\n  \"a\": 1,\n  \"b\": 2,\n\n  \"c\": 3\n}").unwrap(),
        "{\n  \"a\": 1,\n\n  \"c\": 3\n}"
    );
    assert_eq!(
        removed("{\n  \"a\": 1,\n\n  \"b\": 2,\n  \"c\": 3\n}").unwrap(),
        "{\n  \"a\": 1,\n\n  \"c\": 3\n}"
    );
    assert_eq!(removed("{\"a\": 1, \"b\": 2,\n \"c\": 3}").unwrap(), "{\"a\": 1,\n \"c\": 3}");
    assert_eq!(removed("{\"b\": 2,\n \"c\": 3}").unwrap(), "{\"c\": 3}");
    assert_eq!(removed("{\n  \"b\": 2\n}").unwrap(), "{}");
    assert_eq!(removed("{ \"a\": 1\n, \"b\": 2\n, \"c\": 3\n}").unwrap(), "{ \"a\": 1\n, \"c\": 3\n}");
}

#[test]
fn what_is_new_stands_as_its_neighbours_do() {
    let first = Where::First;
    assert_eq!(
        inserted("{ \"a\": 1,\n  \"b\": 2 }", first).unwrap(),
        "{ \"new\": 1,\n  \"a\": 1,\n  \"b\": 2 }"
    );
    assert_eq!(inserted("{\"a\" : 1}", first).unwrap(), "{\"new\" : 1, \"a\" : 1}");
    assert_eq!(inserted("{}", first).unwrap(), "{\"new\": 1}");
    assert_eq!(inserted("{\n}\n", first).unwrap(), "{\n  \"new\": 1\n}\n");
    let text = "{\n  \"a\": 1,\n\n  \"b\": 2\n}";
    let after = |root: Node<'_>| -> Option<String> {
        let edit = edit::insert_member(root, Where::After(root.member("a")?), "new", "1")?;
        Some(apply(root.document(), &[edit]))
    };
    assert_eq!(
        after(parse(text.as_bytes()).root()).unwrap(),
        "{\n  \"a\": 1,\n  \"new\": 1,\n\n  \"b\": 2\n}"
    );
}

#[test]
fn next_to_damage_nothing_is_offered() {
    assert_eq!(removed("{ \"a\": 1 \"b\": 2 }"), None);
    assert_eq!(removed("{ \"a\": 1, // one\n \"b\": 2 }"), None);
    assert_eq!(removed("{ \"b\": { \"c\": 2 "), None);
    assert_eq!(inserted("{ // one\n \"a\": 1 }", Where::First), None);
    assert_eq!(inserted("{ \"a\": { \"b\": 1 ", Where::Last), None);
    assert_eq!(
        with("{ \"b\": 1 }", |root| edit::move_member(root.member("b")?, root, Where::Last, "c")),
        None
    );
}

#[test]
fn a_moved_value_is_indented_as_its_new_neighbours_are() {
    let text = "{\r\n\t\"a\": {\r\n\t\t\"b\": [\r\n\t\t\t1\r\n\t\t]\r\n\t},\r\n\t\"c\": 1\r\n}\r\n";
    let moved = with(text, |root| {
        edit::move_member(root.member("a")?.member("b")?, root, Where::After(root.member("c")?), "d")
    });
    assert_eq!(moved.unwrap(), "{\r\n\t\"a\": {},\r\n\t\"c\": 1,\r\n\t\"d\": [\r\n\t\t1\r\n\t]\r\n}\r\n");
}

#[test]
fn what_is_wrapped_stays_as_it_is_written() {
    let wrap = |text: &str| {
        let document = parse(text.as_bytes());
        let object = document.root().member("a").unwrap();
        let change = edit::rename(object.member("b").unwrap(), "c").unwrap();
        let edit = edit::wrapped(object, "new", vec![change]).unwrap();
        String::from_utf8(edit::apply(text.as_bytes(), [&edit]).unwrap()).unwrap()
    };
    assert_eq!(wrap(r#"{"a":{"b":1,"x":[]}}"#), r#"{"a":{"new":{"c":1,"x":[]}}}"#);
    assert_eq!(wrap(r#"{ "a": { "b": 1 } }"#), r#"{ "a": { "new": { "c": 1 } } }"#);
    assert_eq!(
        wrap("{\n  \"a\": {\n    \"b\": [1,2]\n  }\n}"),
        "{\n  \"a\": {\n    \"new\": {\n      \"c\": [1,2]\n    }\n  }\n}"
    );
}
