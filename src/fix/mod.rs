//! A text with findings in, the same text mended out.
//!
//! The fixes of findings are edits of the text as it was read. Those that do not get in each other's way are made together;
//! then the text is checked again, until there is nothing left to mend. What came of a round is only kept if it is better
//! than what was there.

mod choice;
mod signed;
mod verdict;

use crate::edit::apply;
use crate::lint::{Checked, Input, Settings, lint};
use choice::{Chosen, Key, choose};
use verdict::{Judge, Verdict};

/// Which fixes are made.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Also those to which a person has to agree.
    pub unsafe_fixes: bool,
    /// Also those that change what a signature covers.
    pub allow_signed: bool,
}

/// A text after its findings were fixed.
#[derive(Debug, Default)]
pub struct Fixed {
    /// The text.
    pub bytes: Vec<u8>,
    /// The findings of which fixes were made; none if the text is as it was.
    pub fixed: u64,
    /// The text as it was and what was found in it, where a fix was made.
    pub original: Option<(Vec<u8>, Checked)>,
    /// What is left of fixes.
    pub left: Left,
    /// Fixes that would have made things worse, and were thrown away. They are faults of the program.
    pub thrown_away: Vec<ThrownAway>,
}

/// Findings that have fixes which were not asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Left {
    /// Those to which a person has to agree.
    pub unsafe_fixes: u64,
    /// Those that would break a signature.
    pub signed: u64,
    /// All of them, since the text is not UTF-8.
    pub wrong_encoding: u64,
}

/// A fix that would have made things worse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThrownAway {
    /// The rule.
    pub rule: &'static str,
    /// The value that it was about.
    pub pointer: String,
    /// What was wrong with it.
    pub why: &'static str,
}

/// How often a text is checked at most. Each round makes every fix that is in no other's way, so that few are needed.
const ROUNDS: usize = 100;

/// Tells which findings of a text are not to be fixed, by their order; those behind the end of the list are.
pub type Held<'h> = &'h dyn Fn(&Checked) -> Vec<bool>;

/// Checks a text and makes the fixes of what is found. Tells what is found afterwards, and what was done.
pub fn fix(
    input: Input<'_>,
    bytes: Vec<u8>,
    settings: &Settings,
    options: Options,
    held: Held<'_>,
) -> (Checked, Fixed) {
    let checked = lint(input, bytes.clone(), settings);
    if checked.diagnostics.iter().all(|found| found.fixes.is_empty()) {
        return (checked, Fixed { bytes, ..Fixed::default() });
    }
    let work = Work { input, settings, options, held };
    if std::str::from_utf8(&bytes).is_err() {
        let all = work.choose(&bytes, &checked, &[]).chosen.len() as u64;
        let left = Left { wrong_encoding: all, ..Left::default() };
        return (checked, Fixed { bytes, left, ..Fixed::default() });
    }
    work.run(bytes, checked)
}

/// One text being mended.
struct Work<'w> {
    input: Input<'w>,
    settings: &'w Settings,
    options: Options,
    held: Held<'w>,
}

impl Work<'_> {
    fn run(&self, original: Vec<u8>, first: Checked) -> (Checked, Fixed) {
        let judge = Judge::new(self.input, self.settings);
        let mut now = State { bytes: original.clone(), checked: first, verdict: None };
        let (mut before, mut fixed, mut thrown_away) = (None, 0, Vec::new());
        let mut refused: Vec<Key> = Vec::new();
        // How many fixes are made at once: less after a round that went wrong, to find the one that is to blame.
        let mut width = usize::MAX;
        for _ in 0..ROUNDS {
            let round = self.choose(&now.bytes, &now.checked, &refused);
            let (left, chosen) = (round.left, apart(round.chosen, width));
            if chosen.is_empty() {
                drop(chosen);
                let State { bytes, checked, .. } = now;
                let original = before.map(|before| (original, before));
                return (checked, Fixed { bytes, fixed, original, left, thrown_away });
            }
            let verdict = now.verdict.take().unwrap_or_else(|| judge.verdict(&now.bytes));
            match self.next(&judge, &now, &verdict, &chosen) {
                Ok(next) => {
                    fixed += chosen.len() as u64;
                    width = width.saturating_mul(2);
                    let last = std::mem::replace(&mut now, next);
                    before.get_or_insert(last.checked);
                }
                Err(why) => {
                    now.verdict = Some(verdict);
                    width = (chosen.len() / 2).max(1);
                    if let [alone] = chosen.as_slice() {
                        let Key { rule, pointer, .. } = alone.key.clone();
                        refused.push(alone.key.clone());
                        thrown_away.push(ThrownAway { rule, pointer, why });
                    }
                }
            }
        }
        // Fixes that undo each other would go on for ever.
        let round = self.choose(&now.bytes, &now.checked, &refused);
        let why = "it does not come to an end";
        thrown_away.extend(
            round
                .chosen
                .into_iter()
                .take(1)
                .map(|Chosen { key: Key { rule, pointer, .. }, .. }| ThrownAway { rule, pointer, why }),
        );
        let checked = before.unwrap_or(now.checked);
        (checked, Fixed { bytes: original, thrown_away, ..Fixed::default() })
    }

    /// The text with the chosen fixes, or what is wrong with that.
    fn next(
        &self,
        judge: &Judge<'_>,
        now: &State,
        verdict: &Verdict,
        chosen: &[Chosen<'_>],
    ) -> Result<State, &'static str> {
        let mut edits: Vec<_> = chosen.iter().flat_map(|chosen| &chosen.fix.edits).collect();
        edits.sort_by_key(|edit| edit.span);
        let bytes = apply(&now.bytes, edits).ok_or("its edits overlap")?;
        let next = judge.verdict(&bytes);
        verdict.compare(&next)?;
        if self.input.is_line && bytes.contains(&b'\n') {
            return Err("it breaks a line of JSON Lines");
        }
        let checked = lint(self.input, bytes.clone(), self.settings);
        Ok(State { bytes, checked, verdict: Some(next) })
    }

    fn choose<'c>(&self, bytes: &[u8], checked: &'c Checked, refused: &[Key]) -> choice::Round<'c> {
        choose(bytes, checked, self.settings, self.options, &(self.held)(checked), refused)
    }
}

/// A text between two rounds.
struct State {
    bytes: Vec<u8>,
    checked: Checked,
    verdict: Option<Verdict>,
}

/// The first fixes, at most `width`, that are in no other's way; the others wait for the next round.
fn apart(candidates: Vec<Chosen<'_>>, width: usize) -> Vec<Chosen<'_>> {
    let mut taken = choice::Taken::default();
    candidates.into_iter().filter(|chosen| taken.take(chosen.fix)).take(width).collect()
}
