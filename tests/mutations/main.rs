//! One mistake, one diagnostic: every fault that the bundled schemas suggest, made one at a time in valid documents of
//! every kind and version, draws the diagnostic that it has to draw and no other.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking"
)]

mod documents;
mod exceptions;
mod faults;
mod fixes;
mod pairs;
#[path = "../syntax_faults/random.rs"]
mod random;
#[path = "../support/mod.rs"]
mod support;
mod verdict;
mod walk;

use documents::{Specimen, specimens};
use exceptions::expectation;
use faults::{Expect, Fault, Mutation, faults};
use fixes::{Outcome, outcome};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use verdict::verdict;

/// What became of the cases of one sort.
#[derive(Default, Clone, Copy)]
struct Counts {
    cases: usize,
    exact: usize,
    excepted: usize,
}

#[test]
fn each_single_fault_draws_one_diagnostic() {
    let specimens = specimens();
    let cases = all_cases(&specimens);
    let outcomes: Vec<(bool, Option<String>)> = cases
        .par_iter()
        .map(|(specimen, mutation)| {
            let (expect, is_excepted) = expectation(mutation);
            let (is_used, failure) = verdict(specimen, mutation, &expect);
            (is_excepted && (is_used || !matches!(expect, Expect::Said(_))), failure)
        })
        .collect();
    let mut table: BTreeMap<(&str, Fault), Counts> = BTreeMap::new();
    let mut failures: BTreeMap<(Fault, String, String), Vec<String>> = BTreeMap::new();
    for ((specimen, mutation), (is_excepted, failure)) in cases.iter().zip(&outcomes) {
        let counts = table.entry((&specimen.group, mutation.fault)).or_default();
        counts.cases += 1;
        counts.excepted += usize::from(*is_excepted);
        counts.exact += usize::from(!is_excepted && failure.is_none());
        if let Some(failure) = failure {
            let signature = failure.lines().next().unwrap_or_default().to_owned();
            let key = (mutation.fault, mutation.place.path.clone(), signature);
            let case = format!("{} {} {}\n{failure}", specimen.name, mutation.place.pointer, mutation.what);
            failures.entry(key).or_default().push(case);
        }
    }
    print(&table);
    assert!(cases.len() > 5_000, "only {} cases", cases.len());
    let mut text = String::new();
    for ((fault, path, _), cases) in &failures {
        writeln!(text, "\n{fault:?} {path}: {} such, as {}", cases.len(), cases[0]).unwrap();
    }
    let failed: usize = failures.values().map(Vec::len).sum();
    assert!(failures.is_empty(), "{failed} of {} cases fail, {} sorts:{text}", cases.len(), failures.len());
}

#[test]
fn two_faults_that_have_nothing_to_do_with_each_other_are_both_told() {
    let specimens = specimens();
    let cases = all_cases(&specimens);
    let pairs = pairs::pairs(&cases, 1_500);
    let failures: Vec<String> = pairs.par_iter().filter_map(pairs::verdict).collect();
    println!("{} pairs, both told in {}", pairs.len(), pairs.len() - failures.len());
    let (all, failed) = (pairs.len(), failures.len());
    assert!(all >= 1_000, "only {all} pairs");
    assert!(failures.is_empty(), "{failed} of {all} pairs:\n{}", failures[..failed.min(12)].join("\n"));
}

#[test]
fn no_fix_of_a_fault_adds_an_error() {
    let specimens = specimens();
    let cases = all_cases(&specimens);
    // Each fix takes another look at the document, so a part of the cases has to do.
    let cases: Vec<&(&Specimen, Mutation)> = cases.iter().step_by(7).collect();
    let outcomes: Vec<Outcome> =
        cases.par_iter().map(|(specimen, mutation)| outcome(specimen, mutation)).collect();
    let mut table: BTreeMap<Fault, [usize; 4]> = BTreeMap::new();
    for outcome in &outcomes {
        let [cases, fixes, mended, safely] = table.entry(outcome.fault).or_default();
        *cases += 1;
        *fixes += usize::from(outcome.fixes > 0);
        *mended += usize::from(outcome.mends);
        *safely += usize::from(outcome.mends_safely);
    }
    println!("{:<20}{:>8}{:>12}{:>8}{:>8}", "fault", "cases", "with a fix", "mended", "safely");
    for (fault, [cases, fixes, mended, safely]) in &table {
        println!("{:<20}{cases:>8}{fixes:>12}{mended:>8}{safely:>8}", format!("{fault:?}"));
    }
    let mut failures: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (what, place) in outcomes.iter().flat_map(|outcome| &outcome.failures) {
        failures.entry(what).or_default().push(place);
    }
    let shown =
        failures.iter().map(|(what, places)| format!("\n{what}: {} such, as {}", places.len(), places[0]));
    assert!(failures.is_empty(), "{}", shown.collect::<String>());
}

fn all_cases(specimens: &[Specimen]) -> Vec<(&Specimen, Mutation)> {
    let mut seen = BTreeSet::new();
    specimens.iter().flat_map(|specimen| cases(specimen, &mut seen)).collect()
}

/// The cases of one document that are not like one of `seen`. What stands at the root of a document may tell what it is,
/// so there each document counts for itself.
fn cases<'s>(specimen: &'s Specimen, seen: &mut BTreeSet<String>) -> Vec<(&'s Specimen, Mutation)> {
    let document = cardlint::syntax::parse(specimen.text.as_bytes());
    let mut cases = Vec::new();
    for place in specimen.places(&document) {
        let whose = if place.is_outermost() { specimen.name.as_str() } else { "" };
        if seen.insert(format!("{whose} {}", place.sort())) {
            cases.extend(faults(&document, &place).into_iter().map(|mutation| (specimen, mutation)));
        }
    }
    cases
}

fn print(table: &BTreeMap<(&str, Fault), Counts>) {
    let groups: BTreeSet<&str> = table.keys().map(|(group, _)| *group).collect();
    print!("{:<44}", "cases (exact, excepted)");
    Fault::ALL.iter().for_each(|fault| print!("{:>16}", format!("{fault:?}")));
    println!("{:>18}", "all");
    let mut all = Counts::default();
    for group in groups {
        print!("{group:<44}");
        let mut total = Counts::default();
        for fault in Fault::ALL {
            let counts = table.get(&(group, fault)).copied().unwrap_or_default();
            total = plus(total, counts);
            print!("{:>16}", show(counts));
        }
        println!("{:>18}", show(total));
        all = plus(all, total);
    }
    println!("{}", show(all));
}

fn plus(one: Counts, two: Counts) -> Counts {
    Counts {
        cases: one.cases + two.cases,
        exact: one.exact + two.exact,
        excepted: one.excepted + two.excepted,
    }
}

fn show(counts: Counts) -> String {
    format!("{} ({}, {})", counts.cases, counts.exact, counts.excepted)
}
