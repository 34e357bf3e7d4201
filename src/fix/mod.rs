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
use std::borrow::Borrow;
use std::cell::Cell;
use std::collections::BTreeMap;
use verdict::{Blamed, Judge, Refusal, Verdict};

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
    let rounds = ROUNDS.0.max(ROUNDS.1 / bytes.len().max(1));
    let cost = Cell::new(bytes.len());
    let settings_used = wide.as_ref().unwrap_or(settings);
    let judge = Judge::new(input, settings_used);
    let work = Work { input, settings: settings_used, options, held, judge, rounds, cost };
    if std::str::from_utf8(&bytes).is_err() {
        let all = work.choose(&bytes, &checked, &[]).chosen.len() as u64;
        let left = Left { wrong_encoding: all, ..Left::default() };
        return (checked, Fixed { bytes, left, ..Fixed::default() });
    }
    let checked = if is_limited { work.lint(&bytes, Vec::new()) } else { checked };
    let (last, fixed) = work.run(bytes, checked);
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

/// One text being fixed.
struct Work<'w> {
    input: Input<'w>,
    settings: &'w Settings,
    options: Options,
    held: Held<'w>,
    judge: Judge<'w>,
    /// How often fixes are made at most.
    rounds: usize,
    /// The bytes that were checked so far, which is what fixing costs.
    cost: Cell<usize>,
}

impl Work<'_> {
    /// Makes fixes until none is left. No round makes a document of the text worse than it was before the round.
    fn run(&self, original: Vec<u8>, checked: Checked) -> (Checked, Fixed) {
        let mut now = self.state(original, checked);
        let (mut before, mut fixed, mut rounds) = (None, 0, 0);
        // What became of the text, round by round.
        let mut history: Vec<Vec<Change>> = Vec::new();
        let mut refused: Vec<(Key, Refusal)> = Vec::new();
        // Whether a fix was made since all of those were open.
        let mut has_moved = false;
        let mut widths = Widths::default();
        let left = loop {
            let round = self.choose(&now.bytes, &now.checked, &refused);
            let (left, is_syntax) = (round.left, round.is_syntax);
            let chosen = apart(round.chosen, &now.verdict, &widths);
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
            let mut made = chosen.len() as u64;
            let next = match self.attempt(&now, &chosen, is_syntax) {
                Ok(next) => Some(next),
                Err(blamed) => {
                    refused.extend(widths.narrow(&chosen, &now.verdict, &blamed));
                    // The documents that got no worse keep their fixes.
                    let is_good = |fix: &&Chosen<'_>| blamed.spares(now.verdict.part_of(fix.fix));
                    let good: Vec<&Chosen<'_>> = chosen.iter().filter(is_good).collect();
                    made = good.len() as u64;
                    self.attempt_again(&now, &good, is_syntax, &mut widths)
                }
            };
            if let Some(next) = next {
                has_moved = true;
                fixed += made;
                widths.widen();
                drop(chosen);
                let last = std::mem::replace(&mut now, next);
                history.push(std::mem::take(&mut now.changes));
                before.get_or_insert((last.bytes, last.checked));
            }
        };
        let State { bytes, checked, .. } = now;
        let worse = refused.iter().filter(|(_, refusal)| *refusal == Refusal::Worse).count() as u64;
        let thrown_away = refused.iter().filter_map(|(key, refusal)| key.thrown_away(*refusal)).collect();
        let original = before.map(|(original, mut before): (Vec<u8>, Checked)| {
            let found_later = found_later(&before.secrets, &checked.secrets, &history);
            mask_more(&mut before.text, &found_later);
            (original, before)
        });
        let shown = if original.is_some() { checked.text.clone() } else { String::new() };
        let fixed = Fixed { bytes, fixed, original, shown, left: Left { worse, ..left }, thrown_away };
        (checked, fixed)
    }

    /// The text with the chosen fixes, unless one of its documents is worse.
    fn attempt<'c, C: Borrow<Chosen<'c>>>(
        &self,
        now: &State,
        chosen: &[C],
        is_syntax: bool,
    ) -> Result<State, Blamed> {
        let mut edits: Vec<_> = chosen.iter().flat_map(|chosen| &chosen.borrow().fix.edits).collect();
        edits.sort_by_key(|edit| edit.span);
        let all = |why| Blamed::All(Refusal::Fault(why));
        let bytes = apply(&now.bytes, edits.iter().copied()).ok_or(all("its edits overlap"))?;
        if self.input.is_line && self.input.snippet.is_none() && bytes.contains(&b'\n') {
            return Err(all("it would break a line of JSON Lines"));
        }
        let change = |edit: &&Edit| Change { span: edit.span, length: edit.text.len() as u32 };
        let changes: Vec<Change> = edits.iter().map(change).collect();
        let checked = self.lint(&bytes, carry(&now.checked.secrets, &changes));
        let next = State { changes, ..self.state(bytes, checked) };
        // A single fix is not to blame for errors that it only brings to light.
        let alone = |part: Option<usize>| {
            let mut own = chosen
                .iter()
                .map(C::borrow)
                .filter(|chosen| part.is_none_or(|part| now.verdict.part_of(chosen.fix) == part));
            own.next().filter(|_| own.next().is_none()).map(|chosen| now.place(chosen))
        };
        let has_fix =
            |part: usize| chosen.iter().any(|chosen| now.verdict.part_of(chosen.borrow().fix) == part);
        match now.verdict.worse_parts(&next.verdict, &edits, is_syntax, &alone) {
            Blamed::None => Ok(next),
            Blamed::Parts(parts) if !parts.keys().all(|part| has_fix(*part)) => {
                // A fix elsewhere is to blame.
                Err(Blamed::All(Refusal::Worse))
            }
            blamed => Err(blamed),
        }
    }

    /// The same with the fixes of the documents that got no worse.
    fn attempt_again(
        &self,
        now: &State,
        good: &[&Chosen<'_>],
        is_syntax: bool,
        widths: &mut Widths,
    ) -> Option<State> {
        if good.is_empty() {
            return None;
        }
        let again = self.attempt(now, good, is_syntax);
        again.inspect_err(|_| widths.limit_all(good.len())).ok()
    }

    fn state(&self, bytes: Vec<u8>, checked: Checked) -> State {
        let verdict = self.judge.verdict(&bytes, &checked);
        State { bytes, checked, verdict, changes: Vec::new() }
    }

    /// Checks a text in which these credentials are known from an earlier one.
    fn lint(&self, bytes: &[u8], carried: Vec<Secret>) -> Checked {
        self.cost.set(self.cost.get() + bytes.len());
        lint_again(self.input, bytes.to_vec(), carried, self.settings)
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
    /// The value that `chosen` is about.
    fn place(&self, chosen: &Chosen<'_>) -> Span {
        let tree = parse(&self.bytes);
        let node = tree.node_at(chosen.span.start);
        let is_key = node.key_span() == Some(chosen.span);
        if is_key { Span::new(chosen.span.start, node.span().end) } else { chosen.span }
    }
}

/// How many fixes are made at once: fewer after a round that went wrong, to find the one that is to blame.
#[derive(Default)]
struct Widths {
    /// In each document, where not all of them.
    parts: BTreeMap<usize, usize>,
    /// In the text, where not all of them.
    all: Option<usize>,
}

impl Widths {
    fn of(&self, part: usize) -> usize {
        self.parts.get(&part).copied().unwrap_or(usize::MAX)
    }

    fn widen(&mut self) {
        self.parts.values_mut().for_each(|width| *width = width.saturating_mul(2));
        self.all = self.all.map(|width| width.saturating_mul(2));
    }

    fn limit_all(&mut self, tried: usize) {
        self.all = Some((tried / 2).max(1));
    }

    /// Halves what went wrong. Gives the fixes that were alone, and so are to blame.
    fn narrow(&mut self, chosen: &[Chosen<'_>], verdict: &Verdict, blamed: &Blamed) -> Vec<(Key, Refusal)> {
        let parts = match blamed {
            Blamed::None => return Vec::new(),
            Blamed::Parts(parts) => parts,
            Blamed::All(refusal) => {
                self.limit_all(chosen.len());
                let alone = chosen.first().filter(|_| chosen.len() == 1);
                return alone.map(|alone| (alone.key.clone(), *refusal)).into_iter().collect();
            }
        };
        let mut tried: BTreeMap<usize, (usize, &Key)> = BTreeMap::new();
        for chosen in chosen {
            tried.entry(verdict.part_of(chosen.fix)).or_insert((0, &chosen.key)).0 += 1;
        }
        let mut alone = Vec::new();
        for (part, refusal) in parts {
            match tried.get(part) {
                Some((1, key)) => alone.push(((*key).clone(), *refusal)),
                Some((count, _)) => drop(self.parts.insert(*part, count / 2)),
                None => {}
            }
        }
        alone
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

/// The first fixes, as many as `widths` allows, that are in no other's way; the others wait for the next round.
fn apart<'c>(candidates: Vec<Chosen<'c>>, verdict: &Verdict, widths: &Widths) -> Vec<Chosen<'c>> {
    let mut taken = choice::Taken::default();
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    let mut fits = |chosen: &Chosen<'c>| {
        let part = verdict.part_of(chosen.fix);
        let count = counts.entry(part).or_default();
        let fits = *count < widths.of(part) && taken.take(chosen);
        *count += usize::from(fits);
        fits
    };
    candidates.into_iter().filter(|chosen| fits(chosen)).take(widths.all.unwrap_or(usize::MAX)).collect()
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
            let work = work(input, &settings, rounds);
            let (_, fixed) = work.run(card.to_vec(), work.lint(card, Vec::new()));
            let text = String::from_utf8(fixed.bytes).unwrap();
            assert!(text.contains(&format!("[\"x\"{comma}]")), "{rounds}: {text}");
            assert!(text.contains(&format!("\"{name}\": ")), "{rounds}: {text}");
            assert_eq!((fixed.fixed, fixed.left.unfinished), (rounds.min(2) as u64, rounds < 2), "{text}");
        }
    }

    fn work<'w>(input: Input<'w>, settings: &'w Settings, rounds: usize) -> Work<'w> {
        let (options, judge) = (Options::default(), Judge::new(input, settings));
        Work { input, settings, options, held: &|_| Vec::new(), judge, rounds, cost: Cell::new(0) }
    }

    /// The bytes that are checked to fix `count` cards in one array, in units of the array's length.
    fn cost(count: usize, card: &str) -> usize {
        let text = format!("[{}]", vec![card; count].join(",\n")).into_bytes();
        let (input, settings) = (Input::named("cards.json"), Settings::default());
        let work = work(input, &settings, 100);
        let length = text.len();
        let (_, fixed) = work.run(text.clone(), work.lint(&text, Vec::new()));
        assert!(fixed.fixed >= count as u64 && !fixed.left.unfinished, "{} of {count}", fixed.fixed);
        work.cost.get().div_ceil(length)
    }

    #[test]
    fn many_cards_take_no_more_rounds_than_few() {
        let good = r#"{ "name": "Tides", "url": "https://tides.example.org/a2a", "preferredTransport": "JSONRPC", "capabilities": {}, "skills": [{ "id": "a", "Tags": ["x"] }] }"#;
        // The signatures under their right name would add errors, so that one fix of each card is refused.
        let bad = r#"{ "name": "Tides", "description": "d", "version": "1.0.0", "capabilities": {},
  "supportedInterfaces": [{ "url": "https://tides.example.org/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }],
  "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain",],
  "skills": [{ "id": "t", "name": "t", "description": "d", "tags": ["x"] }], "signatures": null,
  "signature": [{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsxIn0", "signature": "c2ln" }] }"#;
        for (card, most) in [(good, 3), (bad, 20)] {
            let (few, many) = (cost(3, card), cost(60, card));
            assert!(many <= few + 1 && many <= most, "{few}, then {many}");
        }
    }
}
