//! The JSON Schema validators on our tree, and their errors as facts about nodes.

use super::aliases::Aliases;
use super::catalog::Bundled;
use super::fact::{Fact, Finding};
use super::names::Named;
use super::tree::Seen;
use super::typed::contradicts;
use super::types::Types;
use crate::kind::Profile;
use crate::syntax::{Node, NodeId, unescape_token};
use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::types::JsonType;
use serde_json::Value;
use smallvec::SmallVec;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// Runs the validators of `schemas` on `document` and adds what they find; equal facts of two schemas count once.
pub(super) fn validate(
    document: Node<'_>,
    schemas: &[&'static Bundled],
    profile: Profile,
    named: &Named,
    findings: &mut Vec<Finding>,
) {
    let mut by_node = ByNode::new();
    let aliases = &named.aliases;
    for schema in schemas {
        let Some(validator) = schema.validator() else { continue };
        // Most documents are as they should be, and to know no more than that takes less.
        if validator.is_valid(Seen::Value(document, aliases)) {
            continue;
        }
        let mut finder = Finder { document, aliases, last: None, wide: HashMap::new() };
        for error in validator.iter_errors(Seen::Value(document, aliases)) {
            let Some(node) = finder.find(&error) else { continue };
            let Some(finding) = finding(&error, node, named, schema.types()) else { continue };
            if answered_by_syntax(&finding, node)
                || is_stated_above(&finding, named)
                || answered_by_other_half(&finding, node, document, profile, aliases)
            {
                continue;
            }
            add(findings, &mut by_node, finding, node);
        }
    }
}

/// The findings about values, by node.
type ByNode = BTreeMap<NodeId, SmallVec<[usize; 4]>>;

/// Adds `finding` unless one of `findings` says the same, or says that the same value is of the wrong type.
fn add(findings: &mut Vec<Finding>, by_node: &mut ByNode, finding: Finding, node: Node<'_>) {
    // Of three variants two are too many, but one object says so once.
    let extra = matches!(finding.fact, Fact::ExtraVariant { .. });
    let owner = node.parent().filter(|_| extra).unwrap_or(node);
    let at_node = by_node.entry(owner.id()).or_default();
    if !at_node.iter().any(|&index| says_it(&findings[index].fact, &finding.fact)) {
        at_node.push(findings.len());
        findings.push(finding);
    }
}

fn says_it(said: &Fact, fact: &Fact) -> bool {
    match (said, fact) {
        // Two releases may describe the same member in different words.
        (Fact::Missing { member: one, .. }, Fact::Missing { member: two, .. }) => one == two,
        (Fact::ExtraVariant { .. }, Fact::ExtraVariant { .. }) => true,
        (Fact::WrongType { .. } | Fact::Null { .. }, Fact::NotAllowed { .. } | Fact::WrongType { .. }) => {
            true
        }
        _ => said == fact,
    }
}

/// Finds the nodes of errors. Errors come in the order of the text, so the way to the last element of an array is
/// remembered, as are the members of wide objects, and finding a hundred thousand of either stays linear.
struct Finder<'d, 'a> {
    document: Node<'d>,
    aliases: &'a Aliases,
    last: Option<Node<'d>>,
    wide: HashMap<NodeId, HashMap<Cow<'d, str>, Node<'d>>>,
}

/// How many members make an object wide.
const WIDE: usize = 32;

impl<'d> Finder<'d, '_> {
    fn find(&mut self, error: &ValidationError<'_>) -> Option<Node<'d>> {
        let steps = error.instance_path().as_str().split('/').skip(1);
        steps.map(unescape_token).try_fold(self.document, |node, step| {
            let step = step.ok()?;
            if node.is_object() { self.member(node, &step) } else { self.element(node, step.parse().ok()?) }
        })
    }

    fn member(&mut self, object: Node<'d>, name: &str) -> Option<Node<'d>> {
        if object.inner_count() <= WIDE || object.children().nth(WIDE).is_none() {
            return self.aliases.member(object, name);
        }
        let named = || object.children().filter_map(|member| Some((member.key()?, member)));
        // Of duplicates the last one stays, as everywhere.
        let members = self.wide.entry(object.id()).or_insert_with(|| named().collect());
        members.get(name).copied().or_else(|| self.aliases.member(object, name))
    }

    fn element(&mut self, array: Node<'d>, index: usize) -> Option<Node<'d>> {
        let from_last = self.last.filter(|last| last.parent() == Some(array) && last.position() <= index);
        let found = match from_last {
            Some(last) => last.following().nth(index - last.position()),
            None => array.children().nth(index),
        };
        // Only long arrays are worth the memory of a place.
        if index >= 8 {
            self.last = found;
        }
        found
    }
}

fn finding(
    error: &ValidationError<'_>,
    node: Node<'_>,
    named: &Named,
    types: &'static Types,
) -> Option<Finding> {
    let fact = match error.kind() {
        ValidationErrorKind::Required { property } => missing(property.as_str()?, error, node, types)?,
        ValidationErrorKind::Type { .. } if node.is_null() => {
            Fact::Null { required: named.required_nulls.contains(&node.id()) }
        }
        ValidationErrorKind::Type { kind } => Fact::WrongType { expected: type_names(kind) },
        ValidationErrorKind::Enum { options } => Fact::NotAllowed { allowed: texts(options) },
        ValidationErrorKind::MinItems { .. } => Fact::EmptyArray,
        ValidationErrorKind::MinLength { .. } => Fact::EmptyString,
        ValidationErrorKind::AnyOf { context } => Fact::NoVariant { variants: required_names(context) },
        ValidationErrorKind::FalseSchema => Fact::ExtraVariant { first: first_variant(error, node, named)? },
        _ => return None,
    };
    Some(Finding { node: node.id(), fact })
}

/// A missing member, with what the schema says about it: the way to the keyword starts `/$defs/TYPE/`. Nothing is missing
/// from an object of which it is in doubt what it is.
fn missing(member: &str, error: &ValidationError<'_>, node: Node<'_>, types: &'static Types) -> Option<Fact> {
    let path = error.schema_path().as_str();
    let object = path
        .strip_prefix("/$defs/")
        .and_then(|path| path.split('/').next())
        .and_then(|name| types.by_name(name));
    if object.is_some_and(|object| contradicts(node, object, types)) {
        return None;
    }
    let about =
        object.and_then(|object| object.member(member)).map_or("", |member| member.description.as_str());
    Some(Fact::Missing { member: member.to_owned(), about })
}

/// Damage answers for what it hides, and a container that lost something is not asked for it.
fn answered_by_syntax(finding: &Finding, node: Node<'_>) -> bool {
    let lost = matches!(finding.fact, Fact::Missing { .. } | Fact::EmptyArray | Fact::NoVariant { .. })
        && node.is_incomplete();
    lost || std::iter::successors(Some(node), |node| node.parent()).any(Node::is_damaged)
}

/// Whether a missing member is stated for its object in the wrong place.
fn is_stated_above(finding: &Finding, named: &Named) -> bool {
    let Fact::Missing { member, .. } = &finding.fact else { return false };
    named.stated.contains(&(finding.node, member.clone()))
}

/// In a mixed card a security scheme may be written in the form of one half alone; and a version that is only assumed
/// is not missing.
fn answered_by_other_half(
    finding: &Finding,
    node: Node<'_>,
    document: Node<'_>,
    profile: Profile,
    aliases: &Aliases,
) -> bool {
    let Profile::Card(version) = profile else { return false };
    match &finding.fact {
        Fact::Missing { member, .. } if member == "protocolVersion" => node == document && !version.stated,
        // Without either form, that no variant is there says it.
        Fact::Missing { member, .. } if member == "type" => version.is_mixed(),
        Fact::NoVariant { .. } => version.is_mixed() && aliases.member(node, "type").is_some(),
        _ => false,
    }
}

fn type_names(kind: &TypeKind) -> Vec<&'static str> {
    match kind {
        TypeKind::Single(kind) => vec![type_name(*kind)],
        TypeKind::Multiple(kinds) => kinds.iter().map(type_name).collect(),
    }
}

fn type_name(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Null => "null",
        JsonType::Boolean => "boolean",
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object => "object",
    }
}

fn texts(options: &Value) -> Vec<String> {
    let list = options.as_array().into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn required_names(branches: &[Vec<ValidationError<'_>>]) -> Vec<String> {
    let name = |error: &ValidationError<'_>| match error.kind() {
        ValidationErrorKind::Required { property } => property.as_str().map(str::to_owned),
        _ => None,
    };
    branches.iter().flatten().filter_map(name).collect()
}

/// The member beside which `node` may not stand: the way to the keyword, which is that of draft 7 here, names it. A null
/// one counts as not there.
fn first_variant(error: &ValidationError<'_>, node: Node<'_>, named: &Named) -> Option<NodeId> {
    let (_, path) = error.schema_path().as_str().split_once("/dependencies/")?;
    let first = named.aliases.member(node.parent()?, path.split('/').next()?)?;
    (!first.is_null() && !node.is_null()).then_some(first.id())
}
