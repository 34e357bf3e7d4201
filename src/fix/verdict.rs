//! How good a text is, to tell whether another one is worse.

use crate::diagnostic::{Edit, Severity};
use crate::lint::{Input, Settings, lint_again};
use crate::secret::Secret;
use crate::syntax::parse;
use crate::text::Span;

/// Looks at texts of one file with every rule that is on by default, whatever is selected and allowed.
pub(super) struct Judge<'j> {
    input: Input<'j>,
    settings: Settings,
}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    /// How many places are no JSON.
    faults: usize,
    /// The errors: the rule, and where it starts. How many there are is what counts: an object says more than the text in
    /// whose place it stands, though it lacks a member.
    errors: Vec<(&'static str, u32)>,
}

/// Why a fix is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is wrong.
    Fault(&'static str),
    /// It would add an error.
    Worse,
    /// It does not help: it only brings to light what else is wrong with the value, another name for a `null`, say, or it
    /// relies on what stands where in a broken text, which is a guess.
    NoHelp,
}

impl<'j> Judge<'j> {
    pub(super) fn new(input: Input<'j>, settings: &Settings) -> Self {
        let (forced, at) = (settings.forced, settings.at.clone());
        let skip_unrecognized = settings.skip_unrecognized;
        Self { input, settings: Settings { forced, at, skip_unrecognized, ..Settings::default() } }
    }

    /// Judges a text in which these credentials are known from an earlier one.
    pub(super) fn verdict(&self, bytes: &[u8], carried: &[Secret]) -> Verdict {
        let faults = parse(bytes).faults().len();
        let checked = lint_again(self.input, bytes.to_vec(), carried.to_vec(), &self.settings);
        let errors = checked.diagnostics.iter().filter(|found| found.severity == Severity::Error);
        Verdict { faults, errors: errors.map(|found| (found.rule.id, found.span.start)).collect() }
    }
}

impl Verdict {
    /// Says what is worse about `next`, if anything is. A fault of the syntax hides what else is wrong near it, so that a
    /// text with fewer of them may show more errors.
    pub(super) fn compare(&self, next: &Verdict) -> Result<(), Refusal> {
        self.compare_syntax(next)?;
        let is_worse = next.faults == self.faults && next.errors.len() > self.errors.len();
        if is_worse { Err(Refusal::Worse) } else { Ok(()) }
    }

    /// The same for the syntax alone.
    pub(super) fn compare_syntax(&self, next: &Verdict) -> Result<(), Refusal> {
        if next.faults > self.faults { Err(Refusal::Fault("it would break the JSON")) } else { Ok(()) }
    }

    /// Whether the syntax is broken, and no less so in `next`: what stands where is a guess in both.
    pub(super) fn guesses_at(&self, next: &Verdict) -> bool {
        self.faults > 0 && next.faults >= self.faults
    }

    pub(super) fn has_fewer_faults_than(&self, other: &Verdict) -> bool {
        self.faults < other.faults
    }

    /// Whether all that is new in `next`, the text after `edits`, stands inside `place` of the text before.
    pub(super) fn only_differs_in(&self, next: &Verdict, edits: &[Edit], place: Span) -> bool {
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
fn before(edits: &[Edit], offset: u32) -> u32 {
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
        let applied = crate::edit::apply(old.as_bytes(), &edits).unwrap();
        assert_eq!(std::str::from_utf8(&applied).unwrap(), new);
        for (at, byte) in new.bytes().enumerate().filter(|(_, byte)| !b"xyz-".contains(byte)) {
            assert_eq!(old.as_bytes()[before(&edits, at as u32) as usize], byte, "{at}");
        }
        assert_eq!([2, 4, 7].map(|at| before(&edits, at)), [2, 2, 6]);
    }
}
