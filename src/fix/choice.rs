//! Which of the fixes on offer are made.

use super::signed::Signed;
use super::verdict::Refusal;
use super::{Left, Options, ThrownAway};
use crate::diagnostic::{Diagnostic, Edit, Fix, Group, Safety, Severity};
use crate::lint::{Checked, Settings};
use crate::text::Span;
use std::collections::{BTreeMap, HashSet};

/// A fix that is to be made.
pub(super) struct Chosen<'c> {
    /// What the finding marks.
    pub(super) span: Span,
    pub(super) fix: &'c Fix,
    pub(super) key: Key,
}

/// What a fix is known by from round to round.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) rule: &'static str,
    pub(super) pointer: String,
    title: String,
}

/// The fixes for a text.
pub(super) struct Round<'c> {
    pub(super) chosen: Vec<Chosen<'c>>,
    /// Whether these are for the syntax. Nothing else is mended before them, since they bring to light what else is wrong.
    pub(super) is_syntax: bool,
    pub(super) left: Left,
}

/// The fixes to make in `bytes`, in the order of the findings.
pub(super) fn choose<'c>(
    bytes: &[u8],
    checked: &'c Checked,
    settings: &Settings,
    options: Options,
    held: &[bool],
    refused: &[(Key, Refusal)],
) -> Round<'c> {
    let mut left = Left::default();
    let mut chosen = Vec::new();
    for (index, found) in checked.diagnostics.iter().enumerate() {
        // What is only worth knowing is changed on request.
        let asked = found.severity > Severity::Note || settings.named.contains(&found.rule.id);
        if !asked || held.get(index).copied().unwrap_or(false) {
            continue;
        }
        let allowed = |fix: &&Fix| options.unsafe_fixes || fix.safety == Safety::Safe;
        match found.fixes.iter().find(allowed) {
            Some(fix) => chosen.push((found, fix)),
            None => left.unsafe_fixes += u64::from(!found.fixes.is_empty()),
        }
    }
    if !options.allow_signed && !chosen.is_empty() {
        let before = chosen.len();
        let signed = Signed::new(bytes, checked);
        let fixes: Vec<&Fix> = chosen.iter().map(|(_, fix)| *fix).collect();
        let mut keeps = signed.kept_by(&fixes).into_iter();
        chosen.retain(|_| keeps.next().unwrap_or(false));
        left.signed = (before - chosen.len()) as u64;
    }
    if !refused.is_empty() {
        let refused: HashSet<&Key> = refused.iter().map(|(key, _)| key).collect();
        chosen.retain(|(found, fix)| !refused.contains(&Key::new(found, fix)));
    }
    let of_syntax = |found: &Diagnostic| found.rule.group == Group::Syntax;
    let is_syntax = chosen.iter().any(|(found, _)| of_syntax(found));
    let now = chosen.into_iter().filter(|(found, _)| !is_syntax || of_syntax(found));
    Round {
        chosen: now.map(|(found, fix)| Chosen { span: found.span, fix, key: Key::new(found, fix) }).collect(),
        is_syntax,
        left,
    }
}

impl Key {
    fn new(found: &Diagnostic, fix: &Fix) -> Self {
        Self { rule: found.rule.id, pointer: found.pointer.clone(), title: fix.title.clone() }
    }

    /// The fix as a fault of the program, if it is one.
    pub(super) fn thrown_away(&self, refusal: Refusal) -> Option<ThrownAway> {
        let Refusal::Fault(why) = refusal else { return None };
        Some(ThrownAway { rule: self.rule, pointer: self.pointer.clone(), why })
    }
}

/// The spans of fixes that are made together. None overlaps another, and none is put in where another one ends or starts,
/// since the order of the two would matter. Only what one rule has to add to the end of a list may be added together.
#[derive(Default)]
pub(super) struct Taken<'c>(BTreeMap<Span, (&'static str, Vec<&'c str>)>);

impl<'c> Taken<'c> {
    /// Takes the edits of `chosen`, all or none of them.
    pub(super) fn take(&mut self, chosen: &Chosen<'c>) -> bool {
        let (rule, edits) = (chosen.key.rule, &chosen.fix.edits);
        let free = edits.iter().all(|edit| self.is_free(rule, edit));
        if free {
            for edit in edits {
                self.0.entry(edit.span).or_insert((rule, Vec::new())).1.push(&edit.text);
            }
        }
        free
    }

    fn is_free(&self, rule: &str, edit: &Edit) -> bool {
        let span = edit.span;
        let before = self.0.range(..=span).next_back();
        let after = self.0.range(span..).next();
        let mut near = before.into_iter().chain(after);
        let joins = |other: Span, (by, texts): &(&str, Vec<&str>)| {
            let adds = |text: &str| {
                let added = text.strip_prefix(',').map(str::trim_start);
                added.is_some_and(|added| added.starts_with(['{', '[']))
            };
            other == span
                && *by == rule
                && adds(&edit.text)
                && texts.iter().all(|text| adds(text) && *text != edit.text)
        };
        near.all(|(other, taken)| !meet(span, *other) || joins(*other, taken))
    }
}

fn meet(one: Span, other: Span) -> bool {
    let overlap = one.start < other.end && other.start < one.end;
    let touch = one.start <= other.end && other.start <= one.end;
    overlap || (touch && (one.is_empty() || other.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fix(spans: &[(u32, u32)], text: &str) -> Fix {
        let edit = |(start, end): &(u32, u32)| Edit::new(Span::new(*start, *end), text);
        Fix {
            title: String::new(),
            safety: Safety::Safe,
            edits: spans.iter().map(edit).collect(),
            carries: None,
        }
    }

    fn chosen<'c>(fix: &'c Fix, rule: &'static str) -> Chosen<'c> {
        let key = Key { rule, pointer: String::new(), title: String::new() };
        Chosen { span: Span::at(0), fix, key }
    }

    #[test]
    fn edits_that_meet_wait_for_each_other() {
        let tries: [(&[(u32, u32)], bool); 10] = [
            (&[(10, 20)], true),
            (&[(5, 11)], false),
            (&[(12, 13)], false),
            (&[(20, 30)], true),
            (&[(20, 20)], false),
            (&[(40, 40)], true),
            (&[(40, 40)], false),
            (&[(40, 45)], false),
            (&[(0, 2), (15, 16)], false),
            (&[(0, 2)], true),
        ];
        let fixes: Vec<Fix> = tries.iter().map(|(spans, _)| fix(spans, "")).collect();
        let mut taken = Taken::default();
        for (fix, (spans, free)) in fixes.iter().zip(tries) {
            assert_eq!(taken.take(&chosen(fix, "a")), free, "{spans:?}");
        }
    }

    #[test]
    fn what_one_rule_adds_to_a_list_is_added_at_once() {
        let tries = [
            ("a", ", {1}", true),
            ("a", ",{2}", true),
            ("a", ", {1}", false),
            ("b", ", {3}", false),
            ("a", ", \"x\"", false),
            ("a", "{4}", false),
        ];
        let fixes = tries.map(|(_, text, _)| fix(&[(5, 5)], text));
        let mut taken = Taken::default();
        for (fix, (rule, text, free)) in fixes.iter().zip(tries) {
            assert_eq!(taken.take(&chosen(fix, rule)), free, "{rule} {text}");
        }
    }
}
