//! Two faults in one document that have nothing to do with each other.

use crate::documents::Specimen;
use crate::exceptions::expectation;
use crate::faults::{Expect, Fault, Mutation, Spot, apply};
use crate::random::Random;
use crate::verdict::{beyond, stands_at};
use crate::walk::Role;
use cardlint::syntax::parse;

pub(crate) type Pair<'c> = (&'c Specimen, &'c Mutation, &'c Mutation);

/// A sample of `count` pairs, the same in every run.
pub(crate) fn pairs<'c>(cases: &'c [(&'c Specimen, Mutation)], count: usize) -> Vec<Pair<'c>> {
    let plain: Vec<&(&Specimen, Mutation)> =
        cases.iter().filter(|(_, mutation)| told(mutation).is_some()).collect();
    let mut random = Random::new(0xCA2D_0001);
    let mut pairs = Vec::new();
    // Cases of one document stand together.
    for _ in 0..count * 20 {
        let at = random.below(plain.len());
        let (one_of, one) = plain[at];
        let (two_of, two) = plain[(at + 1 + random.below(300)) % plain.len()];
        if std::ptr::eq(*one_of, *two_of) && are_apart(one, two) && pairs.len() < count {
            pairs.push((*one_of, one, two));
        }
    }
    pairs
}

/// The rule and the place of the one diagnostic that the fault draws, if it is as simple as that.
fn told(mutation: &Mutation) -> Option<(&'static str, Spot)> {
    match expectation(mutation) {
        (Expect::One(rule, spot), false) => Some((rule, spot)),
        _ => None,
    }
}

/// Whether the faults concern different values, neither in the other, and different bytes.
fn are_apart(one: &Mutation, two: &Mutation) -> bool {
    let inside = |outer: &str, inner: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let (first, second) = (&one.place.pointer, &two.place.pointer);
    let touch = |(one, two)| {
        let (one, two): (&std::ops::Range<usize>, &std::ops::Range<usize>) = (one, two);
        one.start <= two.end && two.start <= one.end
    };
    let edits =
        one.edits.iter().flat_map(|(range, _)| two.edits.iter().map(move |(other, _)| (range, other)));
    !inside(first, second)
        && !inside(second, first)
        && !edits.clone().any(touch)
        && !decides(one, second)
        && !decides(two, first)
}

/// Whether `fault` leaves it open which members the object has in which `pointer` stands: a union whose deciding member
/// has no value that leads anywhere.
fn decides(fault: &Mutation, pointer: &str) -> bool {
    let is_misspelt = matches!(fault.fault, Fault::Typo | Fault::Case | Fault::Snake | Fault::OtherName);
    let Role::Member { holder, .. } = &fault.place.role else { return false };
    !is_misspelt && fault.place.path.ends_with("ecurityScheme.type") && pointer.starts_with(holder.as_str())
}

/// What is missing from the answer to a pair, if anything.
pub(crate) fn verdict(pair: &Pair<'_>) -> Option<String> {
    let (specimen, one, two) = *pair;
    let mut edits = [one.edits.as_slice(), two.edits.as_slice()].concat();
    edits.sort_by_key(|(range, _)| range.start);
    let text = apply(&specimen.text, &edits);
    let document = parse(text.as_bytes());
    let checked = specimen.lint(text.clone());
    let new = beyond(&specimen.known, &checked);
    let is_told = |mutation: &Mutation| {
        let (rule, spot) = told(mutation).expect("only such are paired");
        new.iter().any(|found| found.rule.id == rule && stands_at(found, &spot, &document))
    };
    if is_told(one) && is_told(two) {
        return None;
    }
    let shown = |mutation: &Mutation| {
        let told = if is_told(mutation) { "told" } else { "not told" };
        format!("  {} {}: {told}", mutation.place.pointer, mutation.what)
    };
    let found: Vec<String> = new
        .iter()
        .map(|found| format!("    {} {:?} {}", found.rule.id, found.pointer, found.message))
        .collect();
    Some(format!("{}\n{}\n{}\n{}", specimen.name, shown(one), shown(two), found.join("\n")))
}
