//! A text with findings in, the same text mended out.
//!
//! The fixes of findings are edits of the text as it was read. Those that do not get in each other's way are made together;
//! then the text is checked again, until there is nothing left to mend. What came of a round is only kept if it is better
//! than what was there.

mod choice;
mod signed;
mod verdict;

use crate::diagnostic::Edit;
use crate::edit::apply;
use crate::lint::{Checked, Input, Limits, Settings, lint, lint_again};
use crate::secret::{Change, Secret, carry, mask_more, undone};
use crate::syntax::parse;
use crate::text::Span;
use choice::{Chosen, Key, Round, choose};
use verdict::{Judge, Refusal, Verdict};

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
    /// The text after the fixes as it may be shown: whatever is masked in the one text is masked in the other.
    pub shown: String,
    /// What is left of fixes.
    pub left: Left,
    /// Fixes that cannot be right, and were thrown away. They are faults of the program.
    pub thrown_away: Vec<ThrownAway>,
}

/// Findings that have fixes which were not made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Left {
    /// Those to which a person has to agree.
    pub unsafe_fixes: u64,
    /// Those that would break a signature.
    pub signed: u64,
    /// Those that would add an error.
    pub worse: u64,
    /// All of them, since the text is not UTF-8.
    pub wrong_encoding: u64,
    /// Whether there may be more to mend, since the text was checked as often as it may be.
    pub unfinished: bool,
}

impl Left {
    /// Adds what is left in another text.
    pub fn add(&mut self, other: Left) {
        self.unsafe_fixes += other.unsafe_fixes;
        self.signed += other.signed;
        self.worse += other.worse;
        self.wrong_encoding += other.wrong_encoding;
        self.unfinished |= other.unfinished;
    }
}

/// A fix that cannot be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThrownAway {
    /// The rule.
    pub rule: &'static str,
    /// The value that it was about.
    pub pointer: String,
    /// What was wrong with it.
    pub why: &'static str,
}

/// How often fixes are made in a text at most; in a short one as often as makes so many bytes. Each round makes every fix
/// that is in no other's way, so that few are needed; fixes that undo each other would go on for ever.
const ROUNDS: (usize, usize) = (100, 4 << 20);

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
    // What is too much to report is mended all the same.
    let most = Limits::default().findings.max(settings.limits.findings);
    let is_limited = checked.left_out > 0 && most > settings.limits.findings;
    let limits = Limits { findings: most, ..settings.limits };
    let wide = is_limited.then(|| Settings { limits, ..settings.clone() });
    let judge = Judge::new(input, settings);
    let rounds = ROUNDS.0.max(ROUNDS.1 / bytes.len().max(1));
    let work = Work { input, settings: wide.as_ref().unwrap_or(settings), options, held, judge, rounds };
    if std::str::from_utf8(&bytes).is_err() {
        let all = work.choose(&bytes, &checked, &[]).chosen.len() as u64;
        let left = Left { wrong_encoding: all, ..Left::default() };
        return (checked, Fixed { bytes, left, ..Fixed::default() });
    }
    let (last, fixed) =
        work.run(&bytes, Care::InTheEnd).unwrap_or_else(|| work.mend(&bytes, Care::EachRound).0);
    let limited = |found: Checked, bytes: &[u8]| match is_limited {
        true => lint_again(input, bytes.to_vec(), found.secrets, settings),
        false => found,
    };
    let original = fixed.original.map(|(bytes, before)| {
        let before = limited(before, &bytes);
        (bytes, before)
    });
    (limited(last, &fixed.bytes), Fixed { original, ..fixed })
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
    /// How often fixes are made at most.
    rounds: usize,
}

impl Work<'_> {
    /// Makes fixes until none is left; nothing if that made it worse.
    fn run(&self, original: &[u8], care: Care) -> Option<(Checked, Fixed)> {
        let (done, is_worse) = self.mend(original, care);
        (!is_worse).then_some(done)
    }

    /// Makes fixes until none is left, and tells whether the text is worse than it was. With care in each round it is not.
    fn mend(&self, original: &[u8], care: Care) -> ((Checked, Fixed), bool) {
        let checked = lint(self.input, original.to_vec(), self.settings);
        let verdict = self.judge.verdict(original, &checked.secrets);
        let mut now = State { bytes: original.to_vec(), checked, verdict, changes: Vec::new() };
        let (mut before, mut fixed, mut rounds) = (None, 0, 0);
        // What became of the text, round by round.
        let mut history: Vec<Vec<Change>> = Vec::new();
        let mut refused: Vec<(Key, Refusal)> = Vec::new();
        // Whether a fix was made since all of those were open.
        let mut has_moved = false;
        // What was there once the syntax was mended, which hides what else is wrong.
        let mut base: Option<Verdict> = None;
        // How many fixes are made at once: less after a round that went wrong, to find the one that is to blame.
        let mut width = usize::MAX;
        let left = loop {
            let round = self.choose(&now.bytes, &now.checked, &refused);
            let (left, is_syntax, chosen) = (round.left, round.is_syntax, apart(round.chosen, width));
            let is_last = rounds == self.rounds;
            if chosen.is_empty() && has_moved && !refused.is_empty() && !is_last {
                // What could not be done before other fixes were made may be possible since.
                refused.clear();
                has_moved = false;
                continue;
            }
            if chosen.is_empty() || is_last {
                break Left { unfinished: !chosen.is_empty(), ..left };
            }
            rounds += 1;
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
                    history.push(std::mem::take(&mut now.changes));
                    before.get_or_insert(last.checked);
                }
                Err(refusal) => {
                    width = (chosen.len() / 2).max(1);
                    if let [alone] = chosen.as_slice() {
                        refused.push((alone.key.clone(), refusal));
                    }
                }
            }
        };
        let State { bytes, checked, verdict, .. } = now;
        let is_worse = base.is_some_and(|base| base.compare(&verdict).is_err());
        let worse = refused.iter().filter(|(_, refusal)| *refusal == Refusal::Worse).count() as u64;
        let thrown_away = refused.iter().filter_map(|(key, refusal)| key.thrown_away(*refusal)).collect();
        let original = before.map(|mut before| {
            let found_later = found_later(&before.secrets, &checked.secrets, &history);
            mask_more(&mut before.text, &found_later);
            (original.to_vec(), before)
        });
        let shown = if original.is_some() { checked.text.clone() } else { String::new() };
        let fixed = Fixed { bytes, fixed, original, shown, left: Left { worse, ..left }, thrown_away };
        ((checked, fixed), is_worse)
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
        let bytes = apply(&now.bytes, edits.iter().copied()).ok_or(Refusal::Fault("its edits overlap"))?;
        if self.input.is_line && bytes.contains(&b'\n') {
            return Err(Refusal::Fault("it would break a line of JSON Lines"));
        }
        let change = |edit: &&Edit| Change { span: edit.span, length: edit.text.len() as u32 };
        let changes: Vec<Change> = edits.iter().map(change).collect();
        let carried = carry(&now.checked.secrets, &changes);
        let verdict = self.judge.verdict(&bytes, &carried);
        let compared = match is_syntax || care == Care::EachRound {
            true => now.verdict.compare(&verdict),
            false => now.verdict.compare_syntax(&verdict),
        };
        compared.map_err(|refusal| match chosen {
            [_] if now.verdict.guesses_at(&verdict) => Refusal::NoHelp,
            [alone] if now.hides_what_is_in(&verdict, alone) => Refusal::NoHelp,
            _ => refusal,
        })?;
        let checked = lint_again(self.input, bytes.clone(), carried, self.settings);
        let next = State { bytes, checked, verdict, changes };
        // A guess at what was meant may be wrong, and give rise to the next one.
        if is_syntax && !now.is_helped_by(&next) { Err(Refusal::NoHelp) } else { Ok(next) }
    }

    fn choose<'c>(&self, bytes: &[u8], checked: &'c Checked, refused: &[(Key, Refusal)]) -> Round<'c> {
        choose(bytes, checked, self.settings, self.options, &(self.held)(checked), refused)
    }
}

/// A text between two rounds.
struct State {
    bytes: Vec<u8>,
    checked: Checked,
    verdict: Verdict,
    /// How it came from the text of the round before.
    changes: Vec<Change>,
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

/// Where in the first text those of the `last` credentials are that were not `known` there.
fn found_later(known: &[Secret], last: &[Secret], history: &[Vec<Change>]) -> Vec<Secret> {
    let there = history.iter().fold(known.to_vec(), |known, changes| carry(&known, changes));
    let is_new = |secret: &&Secret| {
        let next = there.partition_point(|known| known.span.start <= secret.span.start);
        !next.checked_sub(1).is_some_and(|at| there[at].span.covers(secret.span))
    };
    let new: Vec<Secret> = last.iter().filter(is_new).cloned().collect();
    history.iter().rev().fold(new, |new, changes| carry(&new, &undone(changes)))
}

/// The first fixes, at most `width`, that are in no other's way; the others wait for the next round.
fn apart(candidates: Vec<Chosen<'_>>, width: usize) -> Vec<Chosen<'_>> {
    let mut taken = choice::Taken::default();
    candidates.into_iter().filter(|chosen| taken.take(chosen)).take(width).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_mended_is_kept_where_more_is_left() {
        let card = br#"{ "name": "Tides", "Url": "https://tides.example.org/a2a", "preferredTransport": "JSONRPC", "capabilities": {}, "skills": [{ "id": "a", "tags": ["x",] }] }"#;
        let (input, settings) = (Input::named("agent-card.json"), Settings::default());
        for (rounds, comma, name) in
            [(9, "", "url"), (0, ",", "Url"), (1, "", "Url"), (2, "", "url"), (9, "", "url")]
        {
            let (options, judge) = (Options::default(), Judge::new(input, &settings));
            let work = Work { input, settings: &settings, options, held: &|_| Vec::new(), judge, rounds };
            for care in [Care::InTheEnd, Care::EachRound] {
                let ((_, fixed), is_worse) = work.mend(card, care);
                let text = String::from_utf8(fixed.bytes).unwrap();
                assert!(!is_worse && text.contains(&format!("[\"x\"{comma}]")), "{rounds}: {text}");
                assert!(text.contains(&format!("\"{name}\": ")), "{rounds}: {text}");
                assert_eq!(
                    (fixed.fixed, fixed.left.unfinished),
                    (rounds.min(2) as u64, rounds < 2),
                    "{text}"
                );
            }
        }
    }
}
