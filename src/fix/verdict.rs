//! How good a text is, to tell whether another one is worse.

use crate::diagnostic::{Edit, Fix, Severity};
use crate::lint::{Checked, Input, Limits, Selection, Settings, lint_again};
use crate::syntax::parse;
use crate::text::Span;
use std::collections::BTreeMap;

/// Looks at texts of one file with every rule that is on by default, whatever is selected and allowed.
pub(super) struct Judge<'j> {
    input: Input<'j>,
    settings: Settings,
    /// Whether the findings of the run are those that count, so that nothing has to be checked for the verdict.
    is_default: bool,
}

/// What is wrong with a text.
#[derive(Debug)]
pub(super) struct Verdict {
    /// The documents of the text; none unless there are several beside each other.
    documents: Vec<Span>,
    /// What is wrong with each of them, and at the end with what is outside of them.
    parts: Vec<Part>,
}

/// What is wrong with a document.
#[derive(Debug, Clone, Default)]
struct Part {
    /// How many places are not JSON.
    faults: usize,
    /// The errors: the rule, and where it starts. Their number is what counts: an object says more than the string in
    /// whose place it is, though it lacks a member.
    errors: Vec<(&'static str, u32)>,
    /// How many findings there are, with the settings of the run.
    findings: usize,
}

/// Why a fix is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is wrong.
    Fault(&'static str),
    /// It would add an error.
    Worse,
    /// It does not help: it only brings to light what else is wrong with the value, another name for a `null`, say, or it
    /// relies on the structure of a broken text, which is a guess.
    NoHelp,
}

/// What got worse in a round.
#[derive(Debug)]
pub(super) enum Blamed {
    /// Nothing.
    None,
    /// Some of the documents.
    Parts(BTreeMap<usize, Refusal>),
    /// The text, or documents in which nothing was fixed.
    All(Refusal),
}

impl Blamed {
    /// Whether the fixes of a document are not to blame.
    pub(super) fn spares(&self, part: usize) -> bool {
        match self {
            Blamed::None => true,
            Blamed::Parts(parts) => !parts.contains_key(&part),
            Blamed::All(_) => false,
        }
    }
}

/// The value that the only fix of a document is about, or of the text; nothing if there are several fixes.
type Alone<'a> = &'a dyn Fn(Option<usize>) -> Option<Span>;

impl<'j> Judge<'j> {
    pub(super) fn new(input: Input<'j>, settings: &Settings) -> Self {
        let (forced, at) = (settings.forced, settings.at.clone());
        let skip_unrecognized = settings.skip_unrecognized;
        let own = Settings { forced, at, skip_unrecognized, ..Settings::default() };
        let ids = |selection: &Selection| selection.running().map(|rule| rule.meta.id).collect::<Vec<_>>();
        let (most, limits) = (Limits::default(), settings.limits);
        let is_default = settings.severities.is_empty()
            && settings.allowances.is_empty()
            && (limits.depth, limits.findings >= most.findings) == (most.depth, true)
            && ids(&settings.selection) == ids(&own.selection);
        Self { input, settings: own, is_default }
    }

    /// Judges a text, of which `checked` is what the run found in it.
    pub(super) fn verdict(&self, bytes: &[u8], checked: &Checked) -> Verdict {
        let judge_all = || lint_again(self.input, bytes.to_vec(), checked.secrets.clone(), &self.settings);
        let own = (!self.is_default).then(judge_all);
        let judged = own.as_ref().unwrap_or(checked);
        let documents: Vec<Span> = judged.documents.iter().map(|document| document.span).collect();
        let is_apart = documents.len() > 1 && documents.is_sorted_by(|one, next| one.end <= next.start);
        let documents = if is_apart { documents } else { Vec::new() };
        let parts = vec![Part::default(); documents.len() + 1];
        let mut verdict = Verdict { documents, parts };
        for fault in parse(bytes).faults() {
            verdict.part_mut(fault.span.start).faults += 1;
        }
        for found in judged.diagnostics.iter().filter(|found| found.severity == Severity::Error) {
            verdict.part_mut(found.span.start).errors.push((found.rule.id, found.span.start));
        }
        for found in &checked.diagnostics {
            verdict.part_mut(found.span.start).findings += 1;
        }
        verdict
    }
}

impl Verdict {
    /// The document in which byte `offset` lies, or at whose end.
    fn part_at(&self, offset: u32) -> usize {
        let index = self.documents.partition_point(|span| span.end < offset);
        let is_inside = self.documents.get(index).is_some_and(|span| span.start <= offset);
        if is_inside { index } else { self.documents.len() }
    }

    fn part_mut(&mut self, offset: u32) -> &mut Part {
        let index = self.part_at(offset);
        &mut self.parts[index]
    }

    /// The document that `fix` changes.
    pub(super) fn part_of(&self, fix: &Fix) -> usize {
        let outside = self.documents.len();
        let part = fix.edits.first().map_or(outside, |edit| self.part_at(edit.span.start));
        let is_inside = |span: &Span| fix.edits.iter().all(|edit| span.covers(edit.span));
        if self.documents.get(part).is_some_and(is_inside) { part } else { outside }
    }

    /// All parts as one.
    fn whole(&self) -> Part {
        let mut whole = Part::default();
        for part in &self.parts {
            whole.faults += part.faults;
            whole.errors.extend(&part.errors);
            whole.findings += part.findings;
        }
        whole
    }

    /// What is worse in `next`, the text after `edits`.
    pub(super) fn worse_parts(
        &self,
        next: &Verdict,
        edits: &[&Edit],
        is_syntax: bool,
        alone: Alone<'_>,
    ) -> Blamed {
        let compare = |old: &Part, new: &Part, part: Option<usize>| -> Result<(), Refusal> {
            old.compare(new).map_err(|refusal| match alone(part) {
                Some(_) if old.guesses_at(new) => Refusal::NoHelp,
                Some(place) if old.only_differs_in(new, edits, place) => Refusal::NoHelp,
                _ => refusal,
            })
        };
        if self.documents.len() != next.documents.len() || self.documents.is_empty() {
            let (old, new) = (self.whole(), next.whole());
            let compared = compare(&old, &new, None);
            // A guess at what was meant may be wrong, and give rise to the next one.
            let no_help = is_syntax && !old.is_helped_by(&new);
            return match compared {
                Err(refusal) => Blamed::All(refusal),
                Ok(()) if no_help => Blamed::All(Refusal::NoHelp),
                Ok(()) => Blamed::None,
            };
        }
        let mut worse = BTreeMap::new();
        let mut no_help = is_syntax;
        for (index, (old, new)) in self.parts.iter().zip(&next.parts).enumerate() {
            no_help &= !old.is_helped_by(new);
            if let Err(refusal) = compare(old, new, Some(index)) {
                worse.insert(index, refusal);
            }
        }
        match (worse.is_empty(), no_help) {
            (false, _) => Blamed::Parts(worse),
            (true, true) => Blamed::All(Refusal::NoHelp),
            (true, false) => Blamed::None,
        }
    }
}

impl Part {
    /// Says what is worse about `next`, if anything is.
    fn compare(&self, next: &Part) -> Result<(), Refusal> {
        if next.faults > self.faults {
            Err(Refusal::Fault("it would break the JSON"))
        } else if next.errors.len() > self.errors.len() {
            Err(Refusal::Worse)
        } else {
            Ok(())
        }
    }

    /// Whether the syntax is broken, and no less so in `next`: the structure is a guess in both.
    fn guesses_at(&self, next: &Part) -> bool {
        self.faults > 0 && next.faults >= self.faults
    }

    /// Whether less is wrong in `next`.
    fn is_helped_by(&self, next: &Part) -> bool {
        next.faults < self.faults || next.findings < self.findings
    }

    /// Whether all that is new in `next`, the text after `edits`, lies inside `place` of the text before.
    fn only_differs_in(&self, next: &Part, edits: &[&Edit], place: Span) -> bool {
        let mut known = self.errors.clone();
        next.errors.iter().all(|(rule, at)| {
            let before = (*rule, before(edits, *at));
            match known.iter().position(|error| *error == before) {
                Some(index) => {
                    known.swap_remove(index);
                    true
                }
                None => place.start <= before.1 && before.1 < place.end,
            }
        })
    }
}

/// Where in a text the byte stood that is at `offset` after `edits`, which are in order.
fn before(edits: &[&Edit], offset: u32) -> u32 {
    let (mut at, offset) = (i64::from(offset), i64::from(offset));
    for edit in edits {
        let (start, length) = (i64::from(edit.span.start), edit.text.len() as i64);
        // Where the text of the edit starts in the text after it.
        let shifted = start + offset - at;
        if offset < shifted {
            break;
        }
        at = if offset < shifted + length {
            return edit.span.start;
        } else {
            at - length + i64::from(edit.span.len())
        };
    }
    u32::try_from(at).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_lead_back() {
        let edits =
            [Edit::new(Span::new(2, 4), "xyz"), Edit::new(Span::at(6), "-"), Edit::new(Span::new(8, 9), "")];
        let (old, new) = ("abcdefghij", "abxyzef-ghj");
        let references: Vec<&Edit> = edits.iter().collect();
        let applied = crate::edit::apply(old.as_bytes(), &edits).unwrap();
        assert_eq!(std::str::from_utf8(&applied).unwrap(), new);
        for (at, byte) in new.bytes().enumerate().filter(|(_, byte)| !b"xyz-".contains(byte)) {
            assert_eq!(old.as_bytes()[before(&references, at as u32) as usize], byte, "{at}");
        }
        assert_eq!([2, 4, 7].map(|at| before(&references, at)), [2, 2, 6]);
    }
}
