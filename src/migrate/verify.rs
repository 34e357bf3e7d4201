//! What is wrong with the result, told of the input.
//!
//! The result is checked as any card is. What is found there is found by a rule with words of its own; only the place has to be
//! that from which it came.

use super::draft::{Draft, Value};
use crate::diagnostic::{Diagnostic, Severity};
use crate::kind::{CardVersion, Forced, Kind, Version};
use crate::lint::{Checked, Input, Settings, lint};
use crate::syntax::{Document, Node, NodeId, Pointer, parse};
use crate::text::Span;

/// The errors of `text`, which `draft` is, at the places of the input that they come from.
pub(super) fn errors(draft: &Draft, text: &str, forced: Forced, input: Node<'_>) -> Vec<Diagnostic> {
    let checked = check(text, forced);
    let output = parse(text.as_bytes());
    let found = checked.diagnostics.into_iter().filter(|found| found.severity == Severity::Error);
    found.map(|found| traced(found, draft, &output, input)).collect()
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

fn check(text: &str, forced: Forced) -> Checked {
    let settings = Settings { forced, ..Settings::default() };
    lint(Input::named("agent-card.json"), text.as_bytes().to_vec(), &settings)
}

fn traced(found: Diagnostic, draft: &Draft, output: &Document<'_>, input: Node<'_>) -> Diagnostic {
    let made = Pointer::parse(&found.pointer).ok().and_then(|pointer| pointer.resolve(output.root()));
    let (node, exact) = origin(draft, &found.pointer);
    let node = node.map_or(input, |node| input.document().node(node));
    let span = made.filter(|_| exact).map_or(node.at_opening().span(), |made| span(found.span, made, node));
    Diagnostic {
        pointer: node.pointer(),
        node: Some(node.id()),
        span,
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

/// The value of the input that the value at `pointer` comes from, or the innermost around it that comes from one; and whether
/// it is that value itself.
fn origin(draft: &Draft, pointer: &str) -> (Option<NodeId>, bool) {
    let (mut at, mut found, mut exact) = (draft, draft.origin, true);
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        let next = match &at.value {
            Value::Object(_) => at.get(&step),
            Value::Array(items) => step.parse().ok().and_then(|index: usize| items.get(index)),
            Value::Scalar(_) => None,
        };
        let Some(next) = next else { return (found, false) };
        at = next;
        exact = at.origin.is_some();
        found = at.origin.or(found);
    }
    (found, exact)
}
