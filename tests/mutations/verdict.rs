//! Whether what was found is what had to be found.

use crate::documents::{Specimen, serious};
use crate::faults::{Expect, Mutation, Part, Spot, find};
use cardlint::diagnostic::{Diagnostic, Severity};
use cardlint::kind::Profile;
use cardlint::lint::Checked;
use cardlint::syntax::{Document, parse};
use cardlint::text::Span;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Whether the exception that `expect` may be was made use of, and what is wrong with the answer to `mutation`, if
/// anything.
pub(crate) fn verdict(specimen: &Specimen, mutation: &Mutation, expect: &Expect) -> (bool, Option<String>) {
    let text = mutation.apply(&specimen.text);
    let document = parse(text.as_bytes());
    let checked = specimen.lint(text.clone());
    let told = specimen.is_told_the_same(&checked);
    match expect {
        Expect::Said(plain) if told => (false, judge(specimen, plain, &document, &checked, None)),
        Expect::Said(plain) => {
            let profile = mutation.place.profile;
            let checked = specimen.lint_as_said(text.clone(), profile);
            (true, judge(specimen, plain, &document, &checked, Some(profile)))
        }
        expect => (false, judge(specimen, expect, &document, &checked, None)),
    }
}

fn judge(
    specimen: &Specimen,
    expect: &Expect,
    document: &Document<'_>,
    checked: &Checked,
    said: Option<Profile>,
) -> Option<String> {
    let new = match said {
        Some(profile) => beyond(&known(&specimen.lint_as_said(specimen.text.clone(), profile)), checked),
        None => beyond(&specimen.known, checked),
    };
    let fits = |found: &&Diagnostic, spot: &Spot| stands_at(found, spot, document);
    (!holds(expect, &new, checked, &fits)).then(|| describe(expect, &new, checked))
}

fn holds(
    expect: &Expect,
    new: &[&Diagnostic],
    checked: &Checked,
    fits: &impl Fn(&&Diagnostic, &Spot) -> bool,
) -> bool {
    match expect {
        Expect::Nothing => new.is_empty(),
        Expect::Note(rule, spot) => {
            let is_it = |found: &&Diagnostic| found.rule.id == *rule && fits(found, spot);
            new.is_empty() && checked.diagnostics.iter().any(|found| is_it(&found))
        }
        Expect::One(rule, spot) => matches!(new, [one] if one.rule.id == *rule && fits(one, spot)),
        Expect::Some(spot) => matches!(new, [one] if fits(one, spot)),
        Expect::Perhaps(spot) => new.is_empty() || matches!(new, [one] if fits(one, spot)),
        Expect::Lacks(spot, count) => {
            let said: BTreeSet<&str> = new.iter().map(|found| found.message.as_str()).collect();
            let lacks = ["missing-member", "incomplete-graph-object"];
            new.len() >= *count
                && said.len() == new.len()
                && new.iter().all(|found| lacks.contains(&found.rule.id) && fits(found, spot))
        }
        Expect::Rule(rule) => matches!(new, [one] if one.rule.id == *rule),
        Expect::Each(rules) => {
            let is_one =
                |found: &&Diagnostic| found.severity == Severity::Warning && rules.contains(&found.rule.id);
            new.iter().all(is_one)
        }
        Expect::OneOf(rules) => new.len() <= 1 && new.iter().all(|found| rules.contains(&found.rule.id)),
        Expect::Beside(expect, rules) => {
            let is_other = |found: &&&Diagnostic| !rules.contains(&found.rule.id);
            let others: Vec<&Diagnostic> = new.iter().filter(is_other).copied().collect();
            new.len() <= others.len() + 1 && holds(expect, &others, checked, fits)
        }
        Expect::Said(expect) => holds(expect, new, checked, fits),
    }
}

/// The errors and warnings of a text.
pub(crate) type Known = Vec<(&'static str, String, String)>;

pub(crate) fn known(checked: &Checked) -> Known {
    serious(checked).map(|found| (found.rule.id, found.message.clone(), found.pointer.clone())).collect()
}

/// The errors and warnings beyond those that are known, by what they say or by where they stand.
pub(crate) fn beyond<'c>(known: &Known, checked: &'c Checked) -> Vec<&'c Diagnostic> {
    let mut known = known.clone();
    let is_new = |found: &&Diagnostic| {
        let same = |(rule, message, pointer): &(&str, String, String)| {
            *rule == found.rule.id && (*message == found.message || *pointer == found.pointer)
        };
        let before = known.iter().position(same);
        before.map(|index| known.swap_remove(index)).is_none()
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
        Expect::Lacks(_, count) => format!("{count} that lack something"),
        Expect::Rule(rule) => format!("{rule} somewhere"),
        Expect::Each(rules) => format!("only {}", rules.join(" and ")),
        Expect::OneOf(rules) => format!("at most one of {}", rules.join(" and ")),
        Expect::Beside(_, rules) => format!("something, beside {}", rules.join(" and ")),
        Expect::Said(_) => "something, as said".to_owned(),
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
