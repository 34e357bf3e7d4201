//! Equal notes on siblings are one finding.
//!
//! Every skill of a card often has the same unknown member. Fifty equal notes say no more than one, so only the first is
//! reported: it says how many there are and points at the others.

use crate::diagnostic::{Diagnostic, Fix, Related, Safety, Severity};
use crate::edit::in_order;
use crate::kind::Profile;
use crate::schema::{Types, ValueType, bundled};
use crate::syntax::{Node, NodeId};
use std::collections::HashMap;

/// What equal notes have in common.
#[derive(PartialEq, Eq, Hash)]
struct Likeness<'f> {
    rule: &'static str,
    message: &'f str,
    /// The steps from the document to the value: the name of a member; nothing for an element or an entry of a map.
    steps: Vec<Option<String>>,
    /// How far each fix can be trusted.
    fixes: Vec<bool>,
}

/// Replaces equal notes on siblings in `document`, which is read as `profile`, by the first of them. A later one of which
/// `stands_apart` holds stays by itself.
pub(crate) fn merge(
    findings: Vec<Diagnostic>,
    document: Node<'_>,
    profile: Profile,
    stands_apart: impl Fn(&Diagnostic) -> bool,
) -> Vec<Diagnostic> {
    let groups = groups(&findings, document, profile, stands_apart);
    if groups.is_empty() {
        return findings;
    }
    let mut findings: Vec<Option<Diagnostic>> = findings.into_iter().map(Some).collect();
    for (indices, siblings) in groups {
        let mut alike = indices.iter().filter_map(|index| findings.get_mut(*index)?.take());
        let Some(mut first) = alike.next() else { continue };
        speak_for(&mut first, alike.collect(), siblings);
        if let Some(slot) = indices.first().and_then(|first| findings.get_mut(*first)) {
            *slot = Some(first);
        }
    }
    findings.into_iter().flatten().collect()
}

/// The indices of equal notes in the order of the text, and the steps to the first in which the others differ from it.
fn groups(
    findings: &[Diagnostic],
    document: Node<'_>,
    profile: Profile,
    stands_apart: impl Fn(&Diagnostic) -> bool,
) -> Vec<(Vec<usize>, Vec<NodeId>)> {
    let is_note = |found: &Diagnostic| found.severity == Severity::Note;
    if findings.iter().filter(|found| is_note(found)).nth(1).is_none() {
        return Vec::new();
    }
    let types: Vec<&Types> = bundled(profile).into_iter().map(|schema| schema.types()).collect();
    let mut alike: HashMap<Likeness<'_>, Vec<(usize, Vec<NodeId>)>> = HashMap::new();
    for (index, found) in findings.iter().enumerate().filter(|(_, found)| is_note(found)) {
        let Some(node) = found.node else { continue };
        let (steps, siblings) = way(document, document.document().node(node), &types);
        if siblings.is_empty() {
            continue;
        }
        let fixes = found.fixes.iter().map(|fix| fix.safety == Safety::Safe).collect();
        let likeness = Likeness { rule: found.rule.id, message: &found.message, steps, fixes };
        alike.entry(likeness).or_default().push((index, siblings));
    }
    let mut groups = Vec::new();
    for mut alike in alike.into_values().filter(|alike| alike.len() > 1) {
        alike.sort_by_key(|(index, _)| (findings[*index].span, *index));
        let mut alike = alike.into_iter();
        let Some((first, siblings)) = alike.next() else { continue };
        let others = alike.map(|(index, _)| index).filter(|index| !stands_apart(&findings[*index]));
        let indices: Vec<usize> = std::iter::once(first).chain(others).collect();
        if indices.len() > 1 {
            groups.push((indices, siblings));
        }
    }
    groups
}

/// The way from `document` to `node`: its steps, and the nodes on it that are elements or entries of a map.
fn way(document: Node<'_>, node: Node<'_>, types: &[&Types]) -> (Vec<Option<String>>, Vec<NodeId>) {
    let is_inside = |node: &Node<'_>| node.id() != document.id();
    let mut nodes: Vec<Node<'_>> =
        std::iter::successors(Some(node), |node| node.parent()).take_while(is_inside).collect();
    nodes.reverse();
    let roots = types.iter().filter_map(|types| Some((*types, ValueType::Object(types.root()?))));
    let roots: Vec<(&Types, ValueType)> = roots.collect();
    let mut known: Vec<(&Types, &ValueType)> = roots.iter().map(|(types, value)| (*types, value)).collect();
    let (mut steps, mut siblings) = (Vec::with_capacity(nodes.len()), Vec::new());
    for node in nodes {
        let is_entry = known.iter().any(|(_, value)| matches!(value, ValueType::Map(_)));
        if node.is_member() && !is_entry {
            steps.push(node.key().map(|key| key.into_owned()));
        } else {
            steps.push(None);
            siblings.push(node.id());
        }
        known = known
            .into_iter()
            .filter_map(|(types, value)| Some((types, inside(types, value, node)?)))
            .collect();
    }
    (steps, siblings)
}

/// The type of `node`, which stands in a value of type `outer`.
fn inside<'t>(types: &'t Types, outer: &'t ValueType, node: Node<'_>) -> Option<&'t ValueType> {
    match outer {
        ValueType::Array(inner) if !node.is_member() => Some(inner.as_ref()),
        ValueType::Map(inner) if node.is_member() => Some(inner.as_ref()),
        ValueType::Object(object) => Some(&types.get(*object).member(&node.key()?)?.value),
        _ => None,
    }
}

/// Lets `first` speak for `others`.
fn speak_for(first: &mut Diagnostic, others: Vec<Diagnostic>, siblings: Vec<NodeId>) {
    first.message.push_str(&format!(" ({} times)", others.len() + 1));
    first.siblings = siblings;
    for (index, fix) in first.fixes.iter_mut().enumerate() {
        let further = others.iter().filter_map(|other| other.fixes.get(index));
        let edits = std::iter::once(&*fix).chain(further).flat_map(|fix: &Fix| fix.edits.iter().cloned());
        // Fixes that meet are made one after the other, since what is left is found again.
        if let Some(edits) = in_order(edits.collect()) {
            fix.edits = edits;
        }
    }
    for other in others {
        let Diagnostic { pointer, span, related, .. } = other;
        first.related.push(Related { message: "the same here".to_owned(), file: None, pointer, span });
        first.related.extend(related);
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Diagnostic, Severity};
    use crate::lint::{Input, Settings, lint};

    fn notes(card: &str) -> Vec<Diagnostic> {
        let mut checked = lint(Input::named("agent-card.json"), card.into(), &Settings::default());
        checked.diagnostics.retain(|found| found.severity == Severity::Note);
        checked.diagnostics
    }

    fn card(skills: &[String], more: &str) -> String {
        format!(
            r#"{{ "name": "Tides", "description": "Tells the tide.", "version": "1.0.0", "capabilities": {{}},
            "supportedInterfaces": [{{ "url": "https://tides.harbour.io/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }}],
            "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"], {more} "skills": [{}] }}"#,
            skills.join(",")
        )
    }

    fn skill(id: usize, more: &str) -> String {
        format!(r#"{{ "id": "s{id}", "name": "S", "description": "s", "tags": ["a"]{more} }}"#)
    }

    #[test]
    fn equal_notes_on_siblings_are_one() {
        let skills: Vec<String> = (0..56).map(|id| skill(id, r#", "price": 1"#)).collect();
        let found = notes(&card(&skills, ""));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].pointer, "/skills/0/price");
        assert!(found[0].message.ends_with("(56 times)"), "{}", found[0].message);
        let pointers: Vec<&str> = found[0].related.iter().map(|related| related.pointer.as_str()).collect();
        assert_eq!((pointers.len(), pointers[0], pointers[54]), (55, "/skills/1/price", "/skills/55/price"));
    }

    #[test]
    fn notes_of_different_things_stay_apart() {
        let skills =
            [skill(0, r#", "price": 1, "cost": 2"#), skill(1, r#", "cost": 3"#), skill(2, r#", "fee": 1"#)];
        let found = notes(&card(&skills, r#""price": 1, "#));
        let pointers: Vec<&str> = found.iter().map(|found| found.pointer.as_str()).collect();
        assert_eq!(pointers, ["/price", "/skills/0/price", "/skills/0/cost", "/skills/2/fee"]);
    }

    #[test]
    fn entries_of_maps_are_siblings() {
        let scheme = r#"{ "httpAuthSecurityScheme": { "scheme": "bearer", "hint": 1 } }"#;
        let more = format!(
            r#""securitySchemes": {{ "a": {scheme}, "b": {scheme} }},
            "securityRequirements": [{{ "schemes": {{ "a": {{ "list": [] }} }} }}, {{ "schemes": {{ "b": {{ "list": [] }} }} }}],"#
        );
        let found = notes(&card(&[skill(0, "")], &more));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].related.len(), 1);
    }
}
