use crate::diagnostic::{Example, Group, Meta, Safety, Setup, Severity};
use crate::rule::{Check, File, Report, Rule};
use crate::syntax::Node;
use crate::text::Span;
use crate::words::quoted;
use std::borrow::Cow;
use std::collections::HashMap;

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
        sources: &["A2A-N188", "RFC 8259 s4", "RFC 7493 s2.3"],
        examples: &[
            Example::bad(
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
            ),
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

/// With so few members, comparing each with each is faster than hashing.
const FEW: usize = 16;

fn check(file: &File<'_>, report: &mut Report<'_>) {
    if file.holds_nothing() {
        return;
    }
    let mut members = Vec::new();
    // Where a bracket was lost, members of two objects seem to stand in one.
    for object in file.root.subtree().filter(|node| node.is_object() && !node.is_incomplete()) {
        members.clear();
        members.extend(object.children().filter_map(named));
        if members.len() <= FEW {
            few(&members, report);
        } else {
            many(&members, report);
        }
    }
}

type Member<'d> = (Cow<'d, str>, Node<'d>);

/// A member with its name, unless the name was lost.
fn named(member: Node<'_>) -> Option<Member<'_>> {
    member.key_span().filter(|key| !key.is_empty())?;
    Some((member.key()?, member))
}

fn few(members: &[Member<'_>], report: &mut Report<'_>) {
    for (index, (name, member)) in members.iter().enumerate() {
        let before = members.get(..index).unwrap_or_default();
        if let Some((_, first)) = before.iter().find(|(earlier, _)| earlier == name) {
            found(*first, *member, name, report);
        }
    }
}

fn many(members: &[Member<'_>], report: &mut Report<'_>) {
    let mut firsts: HashMap<&str, Node<'_>> = HashMap::with_capacity(members.len());
    for (name, member) in members {
        let first = *firsts.entry(name).or_insert(*member);
        if first != *member {
            found(first, *member, name, report);
        }
    }
}

fn found(first: Node<'_>, again: Node<'_>, name: &str, report: &mut Report<'_>) {
    let name = quoted(name);
    let is_copy = first.raw() == again.raw();
    let help = if is_copy {
        "remove one of the two".to_owned()
    } else {
        format!("keep one {name}: readers differ in which of the two values they take")
    };
    let found = report
        .at(again.at_key(), format!("duplicate key {name}"))
        .help(help)
        .related(first.at_key(), format!("{name} stands here first"));
    if let (true, Some(before)) = (is_copy, before(again)) {
        let span = Span::new(before.span().end, again.span().end);
        found.replace(Safety::Safe, format!("remove the second {name}"), span, "");
    }
}

/// The member before another one. Only asked for a duplicate that can be mended.
fn before<'d>(member: Node<'d>) -> Option<Node<'d>> {
    let position = member.position().checked_sub(1)?;
    member.parent()?.children().nth(position)
}
