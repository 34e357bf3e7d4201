//! The JSON front end: a sane tree for every text, and the verdict of a strict parser.

#[path = "../../tests/support/values.rs"]
mod values;

use cardlint::syntax::{self, Document, FaultKind, Node, NodeKind, Pointer};
use cardlint::text::Span;
use serde::de::IgnoredAny;
use serde_json::{Error, Value};
use std::collections::HashSet;
use values::{to_value, without_huge_numbers};

/// Reads `bytes` as JSON.
pub fn parse(bytes: &[u8]) {
    let document = syntax::parse(bytes);
    same_length(&document, bytes);
    faults_are_in_order(&document);
    nodes_lie_in_each_other(&document);
    pointers_lead_back(&document);
    same_verdict(&document, bytes);
    let again = syntax::parse(bytes);
    assert_eq!(document.faults(), again.faults());
    assert!(document.root().subtree().map(shape).eq(again.root().subtree().map(shape)));
}

/// Panics unless `span` can be cut out of `text`.
pub(crate) fn is_in(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} cannot be cut out of {} bytes", text.len());
}

/// Whether a name stands twice in an object, so that a pointer may name another value than the one it was made from.
pub(crate) fn has_duplicates(document: &Document<'_>) -> bool {
    let mut names = HashSet::new();
    document.root().subtree().filter(|node| node.is_object()).any(|object| {
        names.clear();
        !object.children().all(|member| names.insert(member.key()))
    })
}

fn shape(node: Node<'_>) -> (NodeKind, Span, Option<Span>, bool, bool) {
    (node.kind(), node.span(), node.key_span(), node.is_damaged(), node.is_incomplete())
}

fn same_length(document: &Document<'_>, bytes: &[u8]) {
    assert_eq!(document.text().len(), bytes.len());
    if let Ok(text) = std::str::from_utf8(bytes) {
        assert_eq!(document.text(), text);
    }
}

fn faults_are_in_order(document: &Document<'_>) {
    let mut last = 0;
    for fault in document.faults() {
        is_in(document.text(), fault.span);
        assert!(last <= fault.span.start, "{fault:?} is out of order");
        assert!(fault.node.index() < document.node_count());
        last = fault.span.start;
    }
}

fn nodes_lie_in_each_other(document: &Document<'_>) {
    let mut count = 0;
    let mut waiting = vec![document.root()];
    while let Some(node) = waiting.pop() {
        count += 1;
        let span = node.span();
        is_in(document.text(), span);
        assert!(span.covers(node.opening()));
        if let Some(key) = node.key_span() {
            is_in(document.text(), key);
            assert!(key.end <= span.start, "{node:?} stands before its key");
        }
        if let Some(parent) = node.parent() {
            assert!(parent.span().covers(span), "{node:?} reaches out of {parent:?}");
            assert!(parent.id() < node.id());
        }
        for (span, _) in node.letters().chain(node.key_letters()) {
            is_in(document.text(), span);
        }
        waiting.extend(node.children());
    }
    assert_eq!(count, document.node_count(), "not every node hangs on the root");
}

fn pointers_lead_back(document: &Document<'_>) {
    // What stands without a key in an object, or stands there twice, has a pointer that leads elsewhere.
    if !document.faults().is_empty() || has_duplicates(document) {
        return;
    }
    // A pointer is as long as the node is deep: all of them would take quadratic time.
    for node in document.root().subtree().take(200) {
        let pointer = Pointer::parse(&node.pointer()).unwrap();
        assert_eq!(pointer.resolve(document.root()), Some(node), "{}", node.pointer());
    }
}

/// The verdict and the values are those of `serde_json`, except for nesting, where RFC 8259 leaves readers free. Numbers
/// beyond a double are compared as zeros, so that one where no value belongs is not excused.
fn same_verdict(document: &Document<'_>, bytes: &[u8]) {
    if let Some(zeroed) = without_huge_numbers(document, bytes) {
        return same_verdict(&syntax::parse(&zeroed), &zeroed);
    }
    let is_limit = |kind| matches!(kind, FaultKind::TooDeep);
    let is_valid = document.faults().iter().all(|fault| is_limit(fault.kind));
    match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => {
            assert!(is_valid, "serde_json takes it: {:?}", document.faults());
            assert!(document.root().subtree().all(|node| !node.is_damaged() && !node.is_incomplete()));
            assert_eq!(to_value(document.root()), value);
        }
        Err(error) if is_left_open(&error) => {
            // What is only skipped may be of any size, and nest as deep as it likes.
            let skipped = serde_json::from_slice::<IgnoredAny>(bytes);
            assert!(skipped.is_ok() || !is_valid, "serde_json does not skip it: {skipped:?}");
        }
        Err(error) => assert!(!is_valid, "serde_json does not take it: {error}"),
    }
}

fn is_left_open(error: &Error) -> bool {
    error.to_string().starts_with("recursion limit exceeded")
}
