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
use crate::syntax::parse;
use crate::text::Span;
use choice::{Chosen, Key, Round, choose};
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
    let work = Work { input, settings, options, held, judge: Judge::new(input, settings) };
    if std::str::from_utf8(&bytes).is_err() {
        let all = work.choose(&bytes, &checked, &[]).chosen.len() as u64;
        let left = Left { wrong_encoding: all, ..Left::default() };
        return (checked, Fixed { bytes, left, ..Fixed::default() });
    }
    work.run(&bytes, Care::InTheEnd).unwrap_or_else(|_| {
        let one_by_one = work.run(&bytes, Care::EachRound);
        one_by_one.unwrap_or_else(|thrown_away| (checked, Fixed { bytes, thrown_away, ..Fixed::default() }))
    })
}

/// When errors are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Care {
    /// After the last round: what one fix brings to light, another one may mend.
    InTheEnd,
    /// After each round, to find the fix that is to blame.
    EachRound,
}

/// One text being mended.
struct Work<'w> {
    input: Input<'w>,
    settings: &'w Settings,
    options: Options,
    held: Held<'w>,
    judge: Judge<'w>,
}

impl Work<'_> {
    /// Makes fixes until none is left. If it went wrong, tells the fixes that it stopped at.
    fn run(&self, original: &[u8], care: Care) -> Result<(Checked, Fixed), Vec<ThrownAway>> {
        let checked = lint(self.input, original.to_vec(), self.settings);
        let mut now = State { bytes: original.to_vec(), checked, verdict: self.judge.verdict(original) };
        let (mut before, mut fixed, mut thrown_away) = (None, 0, Vec::new());
        let mut refused: Vec<Key> = Vec::new();
        // Whether a fix was made since all of those were open.
        let mut has_moved = false;
        // What was there once the syntax was mended, which hides what else is wrong.
        let mut base: Option<Verdict> = None;
        // How many fixes are made at once: less after a round that went wrong, to find the one that is to blame.
        let mut width = usize::MAX;
        for _ in 0..ROUNDS {
            let round = self.choose(&now.bytes, &now.checked, &refused);
            let (left, is_syntax, chosen) = (round.left, round.is_syntax, apart(round.chosen, width));
            if chosen.is_empty() && has_moved && !refused.is_empty() {
                // What could not be done before other fixes were made may be possible since.
                refused.clear();
                thrown_away.clear();
                has_moved = false;
                continue;
            }
            if chosen.is_empty() {
                drop(chosen);
                let State { bytes, checked, verdict } = now;
                if let Some(Err(why)) = base.map(|base| base.compare(&verdict)) {
                    return Err(vec![ThrownAway { rule: "", pointer: String::new(), why }]);
                }
                let original = before.map(|before| (original.to_vec(), before));
                return Ok((checked, Fixed { bytes, fixed, original, left, thrown_away }));
            }
            if !is_syntax && base.is_none() {
                base = Some(now.verdict.clone());
            }
            match self.next(&now, &chosen, is_syntax, care) {
                Ok(next) => {
                    has_moved = true;
                    fixed += chosen.len() as u64;
                    width = width.saturating_mul(2);
                    drop(chosen);
                    let last = std::mem::replace(&mut now, next);
                    before.get_or_insert(last.checked);
                }
                Err(refusal) => {
                    width = (chosen.len() / 2).max(1);
                    if let [alone] = chosen.as_slice() {
                        refused.push(alone.key.clone());
                        thrown_away.extend(refusal.fault().map(|why| alone.key.thrown_away(why)));
                    }
                }
            }
        }
        // Fixes that undo each other would go on for ever.
        let round = self.choose(&now.bytes, &now.checked, &refused);
        let first = round.chosen.first().map(|chosen| chosen.key.thrown_away("it does not come to an end"));
        thrown_away.extend(first);
        Err(thrown_away)
    }

    /// The text with the chosen fixes, unless it is worse.
    fn next(
        &self,
        now: &State,
        chosen: &[Chosen<'_>],
        is_syntax: bool,
        care: Care,
    ) -> Result<State, Refusal> {
        let mut edits: Vec<_> = chosen.iter().flat_map(|chosen| &chosen.fix.edits).collect();
        edits.sort_by_key(|edit| edit.span);
        let bytes = apply(&now.bytes, edits).ok_or(Refusal::Fault("its edits overlap"))?;
        if self.input.is_line && bytes.contains(&b'\n') {
            return Err(Refusal::Fault("it would break a line of JSON Lines"));
        }
        let verdict = self.judge.verdict(&bytes);
        let compared = match is_syntax || care == Care::EachRound {
            true => now.verdict.compare(&verdict),
            false => now.verdict.compare_syntax(&verdict),
        };
        compared.map_err(|why| match chosen {
            [_] if now.verdict.guesses_at(&verdict) => Refusal::NoHelp,
            [alone] if now.hides_what_is_in(&verdict, alone) => Refusal::NoHelp,
            _ => Refusal::Fault(why),
        })?;
        let checked = lint(self.input, bytes.clone(), self.settings);
        let next = State { bytes, checked, verdict };
        // A guess at what was meant may be wrong, and give rise to the next one.
        if is_syntax && !now.is_helped_by(&next) { Err(Refusal::NoHelp) } else { Ok(next) }
    }

    fn choose<'c>(&self, bytes: &[u8], checked: &'c Checked, refused: &[Key]) -> Round<'c> {
        choose(bytes, checked, self.settings, self.options, &(self.held)(checked), refused)
    }
}

/// A text between two rounds.
struct State {
    bytes: Vec<u8>,
    checked: Checked,
    verdict: Verdict,
}

/// Why a fix is not made.
enum Refusal {
    /// It is wrong.
    Fault(&'static str),
    /// It does not help: it only brings to light what else is wrong with the value, another name for a `null`, say, or it
    /// relies on what stands where in a broken text, which is a guess.
    NoHelp,
}

impl Refusal {
    fn fault(&self) -> Option<&'static str> {
        match self {
            Refusal::Fault(why) => Some(why),
            Refusal::NoHelp => None,
        }
    }
}

impl State {
    /// Whether less is wrong in `next`.
    fn is_helped_by(&self, next: &State) -> bool {
        next.verdict.has_fewer_faults_than(&self.verdict)
            || next.checked.diagnostics.len() < self.checked.diagnostics.len()
    }

    /// Whether the errors that `next` has besides are all about the value that `chosen` is about.
    fn hides_what_is_in(&self, next: &Verdict, chosen: &Chosen<'_>) -> bool {
        let tree = parse(&self.bytes);
        let node = tree.node_at(chosen.span.start);
        let is_key = node.key_span() == Some(chosen.span);
        let place = if is_key { Span::new(chosen.span.start, node.span().end) } else { chosen.span };
        self.verdict.only_differs_in(next, &chosen.fix.edits, place)
    }
}

/// The first fixes, at most `width`, that are in no other's way; the others wait for the next round.
fn apart(candidates: Vec<Chosen<'_>>, width: usize) -> Vec<Chosen<'_>> {
    let mut taken = choice::Taken::default();
    candidates.into_iter().filter(|chosen| taken.take(chosen.fix)).take(width).collect()
}
