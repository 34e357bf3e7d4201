//! First things: members under their right names, and no nulls.

use super::draft::{Draft, Value};
use super::work::{At, Work};
use crate::rule::Assumption;
use crate::schema::{Fact, Reason, Shape, catalog};
use crate::syntax::{Node, NodeId};

/// Gives misnamed members the names that they stand for, and moves those that stand in the wrong object.
pub(super) fn settle(work: &mut Work<'_>, card: &mut Draft, shape: &Shape) {
    for finding in &shape.findings {
        let Fact::Misnamed { means, reason, reshaped: false, .. } = &finding.fact else { continue };
        let node = work.document.node(finding.node);
        let done = match means.strip_prefix('/') {
            None => rename(card, node, means),
            Some(_) => relocate(card, node, means),
        };
        let told = matches!(reason, Reason::Case | Reason::Elsewhere("0.1" | "0.3" | "1.0" | "a 1.0 draft"));
        if done && !told {
            work.assume(Some(node.id()), At::Key, Assumption::Name(means.clone()));
        }
    }
}

/// The part of `draft` that stands for `node`.
fn find(draft: &mut Draft, node: NodeId) -> Option<&mut Draft> {
    if draft.origin == Some(node) {
        return Some(draft);
    }
    match &mut draft.value {
        Value::Scalar(_) => None,
        Value::Array(items) => items.iter_mut().find_map(|item| find(item, node)),
        Value::Object(members) => members.iter_mut().find_map(|member| find(&mut member.value, node)),
    }
}

fn rename(card: &mut Draft, node: Node<'_>, right: &str) -> bool {
    let Some(object) = node.parent().and_then(|parent| find(card, parent.id())) else { return false };
    if object.has(right) {
        return false;
    }
    let members = object.members_mut().into_iter().flatten();
    let member = members.into_iter().find(|member| member.from == Some(node.id()));
    member.is_some_and(|member| {
        member.call(right);
        true
    })
}

/// Moves the member at `node` to `pointer`, if there is an object that lacks it there.
fn relocate(card: &mut Draft, node: Node<'_>, pointer: &str) -> bool {
    let (place, name) = pointer.rsplit_once('/').unwrap_or(("", pointer));
    let is_there =
        |card: &mut Draft| at(card, place).is_some_and(|target| target.is_object() && !target.has(name));
    if !is_there(card) {
        return false;
    }
    let taken = node.parent().and_then(|parent| find(card, parent.id())).and_then(|object| {
        let members = object.members_mut()?;
        let position = members.iter().position(|member| member.from == Some(node.id()))?;
        Some(members.remove(position))
    });
    let (Some(member), Some(target)) = (taken, at(card, place)) else { return false };
    if let Some(members) = target.members_mut() {
        members.push(member.called(name));
    }
    true
}

/// The object at the pointer `place`, of which no step has to be unescaped.
fn at<'c>(card: &'c mut Draft, place: &str) -> Option<&'c mut Draft> {
    place.split('/').skip(1).try_fold(card, |object, step| object.get_mut(step))
}

/// Takes out members that are null and that the specification knows: up to 0.1 that was a way to leave them out.
pub(super) fn drop_nulls(card: &mut Draft) {
    drop_in(card);
    for name in ["provider", "capabilities"] {
        card.get_mut(name).into_iter().for_each(drop_in);
    }
    let extensions = card.get_mut("capabilities").and_then(|capabilities| capabilities.get_mut("extensions"));
    extensions.into_iter().for_each(drop_in_items);
    for name in ["skills", "additionalInterfaces", "supportedInterfaces"] {
        card.get_mut(name).into_iter().for_each(drop_in_items);
    }
    let schemes = card.get_mut("securitySchemes").and_then(Draft::members_mut);
    for scheme in schemes.into_iter().flatten() {
        drop_deep(&mut scheme.value);
    }
    card.get_mut("authentication").into_iter().for_each(drop_in);
}

fn drop_in_items(list: &mut Draft) {
    list.items_mut().into_iter().flatten().for_each(drop_in);
}

fn drop_in(object: &mut Draft) {
    if let Some(members) = object.members_mut() {
        members.retain(|member| !member.value.is_null() || !is_known(&member.name));
    }
}

/// The same in a scheme and its flows.
fn drop_deep(object: &mut Draft) {
    drop_in(object);
    object.members_mut().into_iter().flatten().for_each(|member| drop_deep(&mut member.value));
}

/// Whether some release has a member of this name.
fn is_known(name: &str) -> bool {
    let cards = catalog().iter().filter(|schema| schema.name.starts_with("a2a-card"));
    cards.into_iter().any(|schema| schema.types().has_member(name))
}
