//! What is wrong with the result, told of the input.
//!
//! The result is checked as any card is. What is found there is found by a rule with words of its own; only the place has to be
//! that from which it came.

use super::draft::{Draft, Value};
use crate::diagnostic::{Diagnostic, Severity};
use crate::kind::{CardVersion, Forced, Kind, Version};
use crate::lint::{Checked, Input, Settings, lint};
use crate::syntax::{Document, Node, NodeId, parse};
use crate::text::Span;
use std::collections::HashMap;

/// The errors of `text`, which `draft` is, at the places of the input that they come from.
pub(super) fn errors(draft: &Draft, text: &str, forced: Forced, input: Node<'_>) -> Vec<Diagnostic> {
    let found = found(text, forced);
    if found.is_empty() { found } else { traced(found, draft, text, input) }
}

/// The errors of the whole text that a migration writes, which is the input with `drafts` in the place of some of its values.
/// Only the whole text shows what readers take it for.
pub(super) fn errors_of_whole(
    text: &str,
    input: Node<'_>,
    mut drafts: HashMap<NodeId, Draft>,
) -> Vec<Diagnostic> {
    let found = found(text, Forced::default());
    if found.is_empty() {
        return found;
    }
    let mut whole = Draft::of(input);
    put(&mut whole, &mut drafts);
    traced(found, &whole, text, input)
}

/// Puts each of `drafts` in the place of a value of the input.
fn put(draft: &mut Draft, drafts: &mut HashMap<NodeId, Draft>) {
    if let Some(new) = draft.origin.and_then(|node| drafts.remove(&node)) {
        *draft = new;
        return;
    }
    match &mut draft.value {
        Value::Object(members) => members.iter_mut().for_each(|member| put(&mut member.value, drafts)),
        Value::Array(items) => items.iter_mut().for_each(|item| put(item, drafts)),
        Value::Scalar(_) => {}
    }
}

/// What `text`, which is to be a card for both generations, misses to be one.
pub(super) fn missing_halves(draft: &Draft, text: &str, input: Node<'_>) -> Vec<Diagnostic> {
    let is_whole = |checked: &Checked| {
        checked.documents.iter().any(|one| one.profile.card().is_some_and(CardVersion::is_mixed))
    };
    if is_whole(&check(text, Forced::default())) {
        return Vec::new();
    }
    let halves = [Version::V0_3_0, Version::V1_0].map(|version| {
        let forced = Forced { kind: Some(Kind::A2aCard), version: Some(version), mode: None };
        errors(draft, text, forced, input)
    });
    halves.into_iter().flatten().filter(|found| found.rule.id == "missing-member").collect()
}

fn found(text: &str, forced: Forced) -> Vec<Diagnostic> {
    let mut found = check(text, forced).diagnostics;
    // Strings of JSON are not migrated.
    found.retain(|found| found.severity == Severity::Error && found.inner.is_none());
    found
}

fn check(text: &str, forced: Forced) -> Checked {
    let settings = Settings { forced, ..Settings::default() };
    lint(Input::named("agent-card.json"), text.as_bytes().to_vec(), &settings)
}

/// What was `found` in `text`, which `draft` is, at the places of the input.
fn traced(found: Vec<Diagnostic>, draft: &Draft, text: &str, input: Node<'_>) -> Vec<Diagnostic> {
    let output = parse(text.as_bytes());
    let mut origins = HashMap::new();
    trace(draft, output.root(), None, &mut origins);
    found.into_iter().map(|found| at_origin(found, &output, &origins, input)).collect()
}

fn at_origin(
    found: Diagnostic,
    output: &Document<'_>,
    origins: &HashMap<NodeId, Origin>,
    input: Node<'_>,
) -> Diagnostic {
    let made = found.node.unwrap_or(output.root().id());
    let origin = origins.get(&made).copied().unwrap_or_default();
    let node = origin.node.map_or(input, |node| input.document().node(node));
    let opening = node.at_opening().span();
    let span = if origin.exact { span(found.span, output.node(made), node) } else { opening };
    Diagnostic {
        pointer: node.pointer(),
        node: Some(node.id()),
        span,
        siblings: Vec::new(),
        related: Vec::new(),
        fixes: Vec::new(),
        ..found
    }
}

/// The span in `node` that `span` in `made`, which was made of it, stands for.
fn span(span: Span, made: Node<'_>, node: Node<'_>) -> Span {
    if made.key_span() == Some(span) {
        return node.at_key().span();
    }
    if span == made.span() {
        return node.span();
    }
    if made.span().covers(span) && made.raw().len() == node.raw().len() && made.is_string() {
        let shift = |offset: u32| node.span().start + (offset - made.span().start);
        return Span::new(shift(span.start), shift(span.end));
    }
    node.at_opening().span()
}

/// Where a value of the result comes from.
#[derive(Clone, Copy, Default)]
struct Origin {
    /// The value of the input that it is, or the innermost around it that comes from one.
    node: Option<NodeId>,
    /// Whether it is that value itself.
    exact: bool,
}

/// Adds the origins of `draft` and of all values in it, by what was `made` of them.
fn trace(draft: &Draft, made: Node<'_>, around: Option<NodeId>, origins: &mut HashMap<NodeId, Origin>) {
    let node = draft.origin.or(around);
    origins.insert(made.id(), Origin { node, exact: draft.origin.is_some() });
    let inner: Vec<&Draft> = match &draft.value {
        Value::Object(members) => members.iter().map(|member| &member.value).collect(),
        Value::Array(items) => items.iter().collect(),
        Value::Scalar(_) => return,
    };
    for (draft, made) in inner.into_iter().zip(made.children()) {
        trace(draft, made, node, origins);
    }
}
