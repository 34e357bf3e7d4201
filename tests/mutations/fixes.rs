//! The fixes of what a fault draws: none adds an error, and a safe one leaves a document as good as the one without it.

use crate::documents::Specimen;
use crate::faults::{Fault, Mutation};
use cardlint::diagnostic::{Diagnostic, Safety, Severity};
use cardlint::edit;
use cardlint::lint::Checked;
use cardlint::syntax::parse;
use std::collections::BTreeMap;

/// What the fixes of one case came to.
pub(crate) struct Outcome {
    pub(crate) fault: Fault,
    /// How many fixes were tried.
    pub(crate) fixes: usize,
    /// Whether one of them, or a safe one of them, leaves no error and no warning that was not there without the fault.
    pub(crate) mends: bool,
    pub(crate) mends_safely: bool,
    /// What a fix does wrong, and where.
    pub(crate) failures: Vec<(String, String)>,
}

/// Makes each fix of what the mutation draws, alone.
pub(crate) fn outcome(specimen: &Specimen, mutation: &Mutation) -> Outcome {
    let text = mutation.apply(&specimen.text);
    let checked = specimen.lint(text.clone());
    let before = count(&checked, &text);
    let mut outcome =
        Outcome { fault: mutation.fault, fixes: 0, mends: false, mends_safely: false, failures: Vec::new() };
    let known = specimen.known.len();
    for found in &checked.diagnostics {
        for fix in &found.fixes {
            outcome.fixes += 1;
            let fixed =
                edit::apply(text.as_bytes(), &fix.edits).and_then(|bytes| String::from_utf8(bytes).ok());
            let Some(fixed) = fixed else {
                outcome.failures.push(say(specimen, mutation, found, "overlaps itself"));
                continue;
            };
            let left = specimen.lint(fixed.clone());
            if let Some(why) = worse(&before, &count(&left, &fixed)) {
                outcome.failures.push(say(specimen, mutation, found, &why));
            }
            let is_mended = crate::documents::serious(&left).count() <= known;
            outcome.mends |= is_mended;
            outcome.mends_safely |= is_mended && fix.safety == Safety::Safe;
        }
    }
    outcome
}

fn say(specimen: &Specimen, mutation: &Mutation, found: &Diagnostic, why: &str) -> (String, String) {
    let fix = found.fixes.first().map_or("", |fix| fix.title.as_str());
    let (place, what) = (&mutation.place.pointer, &mutation.what);
    (format!("{}: `{fix}` {why}", found.rule.id), format!("{} {place} {what}", specimen.name))
}

/// Faults of the syntax, and errors of each rule.
type Count = (usize, BTreeMap<&'static str, usize>);

fn count(checked: &Checked, text: &str) -> Count {
    let mut errors = BTreeMap::new();
    for found in checked.diagnostics.iter().filter(|found| found.severity == Severity::Error) {
        *errors.entry(found.rule.id).or_default() += 1;
    }
    (parse(text.as_bytes()).faults().len(), errors)
}

/// What is worse; a fault of the syntax hides what else is wrong near it.
fn worse(before: &Count, after: &Count) -> Option<String> {
    if after.0 > before.0 {
        return Some("breaks the JSON".to_owned());
    }
    let grown = after.1.iter().find(|(rule, count)| **count > before.1.get(*rule).copied().unwrap_or(0));
    grown.filter(|_| after.0 == before.0).map(|(rule, _)| format!("adds {rule}"))
}
