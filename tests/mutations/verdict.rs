//! Whether what was found is what had to be found.

use crate::documents::{Specimen, serious};
use crate::faults::{Expect, Mutation, Part, Spot, find};
use cardlint::diagnostic::{Diagnostic, Severity};
use cardlint::lint::Checked;
use cardlint::syntax::{Document, parse};
use cardlint::text::Span;
use std::fmt::Write;

/// What is wrong with the answer to `mutation`, if anything.
pub(crate) fn verdict(specimen: &Specimen, mutation: &Mutation, expect: &Expect) -> Result<(), String> {
    let text = mutation.apply(&specimen.text);
    let document = parse(text.as_bytes());
    let checked = specimen.lint(text.clone());
    let new = new(specimen, &checked);
    let fits = |found: &&Diagnostic, spot: &Spot| stands_at(found, spot, &document);
    let right = match expect {
        Expect::Nothing => new.is_empty(),
        Expect::Note(rule, spot) => {
            let is_it = |found: &&Diagnostic| found.rule.id == *rule && fits(found, spot);
            new.is_empty() && checked.diagnostics.iter().any(|found| is_it(&found))
        }
        Expect::One(rule, spot) => matches!(new.as_slice(), [one] if one.rule.id == *rule && fits(one, spot)),
        Expect::Some(spot) => matches!(new.as_slice(), [one] if fits(one, spot)),
        Expect::Perhaps(spot) => new.is_empty() || matches!(new.as_slice(), [one] if fits(one, spot)),
        Expect::Many(rule, spot, count) => {
            new.len() == *count && new.iter().all(|found| found.rule.id == *rule && fits(found, spot))
        }
    };
    if right { Ok(()) } else { Err(describe(expect, &new, &checked)) }
}

/// The errors and warnings that the document without the fault did not have.
pub(crate) fn new<'c>(specimen: &Specimen, checked: &'c Checked) -> Vec<&'c Diagnostic> {
    let mut known = specimen.known.clone();
    let is_new = |found: &&Diagnostic| match known.get_mut(&(found.rule.id, found.message.clone())) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    serious(checked).filter(is_new).collect()
}

pub(crate) fn stands_at(found: &Diagnostic, spot: &Spot, document: &Document<'_>) -> bool {
    let Some(node) = find(document, &spot.pointer) else { return false };
    let within = |outer: Span| outer.start <= found.span.start && found.span.end <= outer.end;
    let span = match spot.part {
        Part::Value => found.span == node.span(),
        Part::Inside => within(node.span()),
        Part::Key => found.span == node.at_key().span(),
        Part::Opening => found.span == node.opening(),
    };
    found.pointer == spot.pointer && span
}

fn describe(expect: &Expect, new: &[&Diagnostic], checked: &Checked) -> String {
    let rules: Vec<&str> = new.iter().map(|found| found.rule.id).collect();
    let wanted = match expect {
        Expect::Nothing => "nothing".to_owned(),
        Expect::Note(rule, _) => format!("a note {rule}"),
        Expect::One(rule, _) => (*rule).to_owned(),
        Expect::Some(_) => "one".to_owned(),
        Expect::Perhaps(_) => "one at most".to_owned(),
        Expect::Many(rule, _, count) => format!("{count} {rule}"),
    };
    let mut text = format!("    wanted {wanted}, found {}\n", rules.join(", "));
    writeln!(text, "    {expect:?}").expect("strings grow");
    for found in &checked.diagnostics {
        if found.severity > Severity::Note || new.is_empty() {
            let Diagnostic { rule, severity, pointer, message, .. } = found;
            let span = found.span.range();
            writeln!(text, "    {severity}[{}] {pointer:?} {span:?} {message}", rule.id)
                .expect("strings grow");
        }
    }
    for document in &checked.documents {
        let versions = document.profile.versions().join(" ");
        writeln!(
            text,
            "    {:?} {} {versions} {}",
            document.pointer,
            document.profile.kind().name(),
            document.reason
        )
        .expect("strings grow");
    }
    text
}
