//! First things: members under their right names, and no nulls.

use super::draft::{Draft, Member, Value};
use super::work::{At, Work};
use crate::rule::Assumption;
use crate::schema::{Fact, Reason, Shape, catalog};
use crate::syntax::{Node, NodeId};
use std::collections::HashMap;

/// A member that is meant to be another one.
struct Misnamed<'s> {
    node: NodeId,
    /// Its name, or the pointer to where it belongs.
    means: &'s str,
    /// Whether that has to be told.
    told: bool,
}

/// Gives misnamed members the names that they stand for, and moves those that stand in the wrong object.
pub(super) fn settle(work: &mut Work<'_>, card: &mut Draft, shape: &Shape) {
    let mut renamed: HashMap<NodeId, Vec<Misnamed<'_>>> = HashMap::new();
    let mut moved = Vec::new();
    for finding in &shape.findings {
        let Fact::Misnamed { means, reason, reshaped: false, .. } = &finding.fact else { continue };
        let told = !matches!(reason, Reason::Case | Reason::Elsewhere("0.1" | "0.3" | "1.0" | "a 1.0 draft"));
        let misnamed = Misnamed { node: finding.node, means, told };
        let node = work.document.node(finding.node);
        // A value that does not fit stays where nobody reads it, and is reported there.
        let is_moved = means.starts_with('/');
        if shape.misfit(node.id()).is_some() || (is_moved && !shape.is_sound(node)) {
            continue;
        }
        match node.parent() {
            _ if is_moved => moved.push(misnamed),
            Some(object) => renamed.entry(object.id()).or_default().push(misnamed),
            None => {}
        }
    }
    let mut done = Vec::new();
    if !renamed.is_empty() {
        rename(card, &mut renamed, &mut done);
    }
    done.extend(moved.into_iter().filter(|one| relocate(card, work.document.node(one.node), one.means)));
    for one in done.iter().filter(|one| one.told) {
        work.assume(Some(one.node), At::Key, Assumption::Name(one.means.to_owned()));
    }
}

/// Renames the members of `draft`, at any depth, that are `misnamed`, by the objects in which they stand; adds to `done`
/// those whose right name was not taken.
fn rename<'s>(
    draft: &mut Draft,
    misnamed: &mut HashMap<NodeId, Vec<Misnamed<'s>>>,
    done: &mut Vec<Misnamed<'s>>,
) {
    let here = draft.origin.and_then(|object| misnamed.remove(&object)).unwrap_or_default();
    match &mut draft.value {
        Value::Scalar(_) => {}
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, misnamed, done)),
        Value::Object(members) => {
            rename_members(members, here, done);
            members.iter_mut().for_each(|member| rename(&mut member.value, misnamed, done));
        }
    }
}

fn rename_members<'s>(members: &mut [Member], misnamed: Vec<Misnamed<'s>>, done: &mut Vec<Misnamed<'s>>) {
    if misnamed.is_empty() {
        return;
    }
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut places: HashMap<NodeId, usize> = HashMap::new();
    for (at, member) in members.iter().enumerate() {
        *names.entry(member.name.clone()).or_default() += 1;
        places.extend(member.from.map(|node| (node, at)));
    }
    for one in misnamed {
        let member = places.get(&one.node).and_then(|at| members.get_mut(*at));
        let Some(member) = member.filter(|_| names.get(one.means).is_none_or(|count| *count == 0)) else {
            continue;
        };
        // The wrong name is free from now on.
        names.entry(member.name.clone()).and_modify(|count| *count -= 1);
        names.insert(one.means.to_owned(), 1);
        member.call(one.means);
        done.push(one);
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
