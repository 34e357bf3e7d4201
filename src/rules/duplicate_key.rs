use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::rule::{Check, File, Report, Rule};
use crate::syntax::{Document, FaultKind, Node, NodeId};
use crate::words::quoted;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "duplicate-key",
        aliases: &[],
        group: Group::Syntax,
        severity: Severity::Error,
        applies_to: "every kind and version",
        summary: "an object has two members of the same name",
        why: "Readers differ in which of the two they take: most the last, some the first, some refuse the file. Two clients \
              then see two different agents, and a signature covers what only one of them reads.",
        fixing: Fixing::Always(
            "A repetition with an equal value goes. Of two different values the last one is kept, as most \
             readers do; unsafe, since the first may be the right one.",
        ),
        examples: &[
            Example::fixed(
                Setup::V1_0,
                r#"
{
  "name": "Tides",
  "skills": [{ "id": "now", "name": "Now", "n\u0061me": "Then" }],
                                           ^^^^^^^^^^^ error: duplicate key `name`
  "name": "Tides of today"
  ^^^^^^ error: duplicate key `name`
}
"#,
                r#"
{
  "skills": [{ "id": "now", "n\u0061me": "Then" }],
  "name": "Tides of today"
}
"#,
            )
            .shows(&["A2A-N188", "RFC 8259 s4", "RFC 7493 s2.3"]),
            Example::fixed(
                Setup::INSTANCE,
                r#"
{
  "displayName": "Tides",
  "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"],
  "displayName": "Tides"
  ^^^^^^^^^^^^^ error: duplicate key `displayName`
}
"#,
                r#"
{
  "displayName": "Tides",
  "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"]
}
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "name": "Tides", "Name": "Tides", "provider": { "name": "Harbour Office" } }
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{
  "skills": [
    { "id": "now", "name": "Now",
    { "id": "then", "name": "Then" }
  ]
}
"#,
            ),
            Example::good(
                Setup { kind: None, ..Setup::V1_0 },
                r#"
{ "openapi": "3.1.0", "info": { "title": "Seeds" }, "info": { "title": "Seed Bank" } }
"#,
            ),
        ],
    },
    check: Check::File(check),
};

fn check(file: &File<'_>, report: &mut Report<'_>) {
    if file.holds_nothing() {
        return;
    }
    let merged = merged(file.document);
    let is_within = |object: &NodeId| file.root.span().covers(file.document.node(*object).span());
    let overwritten = file.document.overwritten().iter();
    let parents = overwritten.filter_map(|id| Some(file.document.node(*id).parent()?.id()));
    // Each once, in the order of the text.
    let objects: BTreeSet<NodeId> = parents.collect();
    for object in objects.into_iter().filter(|object| is_within(object) && !merged.contains(object)) {
        let object = file.document.node(object);
        let members: Vec<_> = object.children().map(|node| Member { name: named(node), node }).collect();
        repeated(&members, report);
    }
}

/// Objects in which members of two objects seem to stand, since a bracket was lost; not where the text ends too early.
fn merged(document: &Document<'_>) -> HashSet<NodeId> {
    let end = document.text().trim_end().len();
    let lost = document.faults().iter().filter(|fault| {
        let bracket = matches!(fault.kind, FaultKind::UnclosedContainer(_) | FaultKind::MissingOpener(_));
        bracket && (fault.span.end as usize) < end
    });
    lost.map(|fault| fault.node).collect()
}

struct Member<'d> {
    /// Nothing where the name was lost.
    name: Option<Cow<'d, str>>,
    node: Node<'d>,
}

fn named(member: Node<'_>) -> Option<Cow<'_, str>> {
    member.key_span().filter(|key| !key.is_empty())?;
    member.key()
}

/// A member and those before it that matter: the first and the last of its name.
struct Repeated<'d> {
    first: Node<'d>,
    last: Node<'d>,
    again: Node<'d>,
}

fn repeated(members: &[Member<'_>], report: &mut Report<'_>) {
    let mut seen: HashMap<&str, (Node<'_>, Node<'_>)> = HashMap::with_capacity(members.len());
    for member in members {
        let again = member.node;
        if let Some(name) = &member.name {
            let (first, last) = seen.entry(name).or_insert((again, again));
            if *first != again {
                found(name, &Repeated { first: *first, last: *last, again }, report);
            }
            *last = again;
        }
    }
}

fn found(name: &str, repeated: &Repeated<'_>, report: &mut Report<'_>) {
    let name = quoted(name);
    let again = repeated.again;
    let is_copy = repeated.last.raw() == again.raw();
    let help = if is_copy {
        "remove one of the two".to_owned()
    } else {
        format!("keep one {name}: readers differ in which of the two values they take")
    };
    let found = report
        .at(again.at_key(), format!("duplicate key {name}"))
        .help(help)
        .related(repeated.first.at_key(), format!("{name} stands here first"));
    // Without the copy, readers of the first and of the last value read what they read before.
    if is_copy {
        found.remove(Safety::Safe, format!("remove the repeated {name}"), again);
    } else {
        found.remove(Safety::Unsafe, format!("keep the last {name}"), repeated.last);
    }
}
