//! Unified diffs, as `patch` and `git apply` read them.

use crate::secret::mask;
use similar::TextDiff;
use std::collections::VecDeque;
use std::io::{self, Write};

/// How many lines around a change are shown.
const CONTEXT: usize = 3;

/// Prints the difference between two texts of one file. Credentials are masked.
pub(super) fn patch(out: &mut dyn Write, name: &str, old: &[u8], new: &[u8]) -> io::Result<()> {
    let (old, new) = (shown(old), shown(new));
    let (old, new) = (String::from_utf8_lossy(&old), String::from_utf8_lossy(&new));
    let (before, after) = names(name);
    let diff = TextDiff::from_lines(&*old, &*new);
    write!(out, "{}", diff.unified_diff().context_radius(CONTEXT).header(&before, &after))
}

/// A text as it may be shown. A patch with a mask in it does not apply, which is better than one that tells a credential.
fn shown(text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    mask(&mut text);
    text
}

/// The names of the two sides. Paths inside the folder get the prefixes that `git apply` and `patch -p1` take off.
fn names(name: &str) -> (String, String) {
    let inside = name.strip_prefix("./").unwrap_or(name);
    if inside.starts_with(['/', '<']) || inside.starts_with("../") || inside.contains(':') {
        return (name.to_owned(), name.to_owned());
    }
    (format!("a/{inside}"), format!("b/{inside}"))
}

/// The difference of a stream of lines, each of which stays, or becomes one other line.
pub(super) struct Patch {
    header: Option<(String, String)>,
    /// The number of the line that comes next, from 1.
    line: u64,
    /// The last lines, as far as they may belong to the next change.
    before: VecDeque<Vec<u8>>,
    hunk: Option<Hunk>,
}

struct Hunk {
    start: u64,
    /// The lines with their marks.
    lines: Vec<(char, Vec<u8>)>,
    /// How many unchanged lines are at its end.
    quiet: usize,
}

impl Patch {
    pub(super) fn new(name: &str) -> Self {
        Self { header: Some(names(name)), line: 1, before: VecDeque::new(), hunk: None }
    }

    /// A line that stays.
    pub(super) fn same(&mut self, out: &mut dyn Write, line: &[u8]) -> io::Result<()> {
        self.line += 1;
        match &mut self.hunk {
            Some(hunk) => {
                hunk.lines.push((' ', line.to_vec()));
                hunk.quiet += 1;
                if hunk.quiet > 2 * CONTEXT { self.close(out) } else { Ok(()) }
            }
            None => {
                self.remember(line.to_vec());
                Ok(())
            }
        }
    }

    /// A line that becomes another one.
    pub(super) fn changed(&mut self, out: &mut dyn Write, old: &[u8], new: &[u8]) -> io::Result<()> {
        // A long row of changes need not wait for its end.
        if self.hunk.as_ref().is_some_and(|hunk| hunk.lines.len() > 1000) {
            self.close(out)?;
        }
        let (start, context) = (self.line - self.before.len() as u64, &mut self.before);
        let hunk = self.hunk.get_or_insert_with(|| {
            let lines = context.drain(..).map(|line| (' ', line)).collect();
            Hunk { start, lines, quiet: 0 }
        });
        hunk.lines.extend([('-', old.to_vec()), ('+', new.to_vec())]);
        hunk.quiet = 0;
        self.line += 1;
        Ok(())
    }

    pub(super) fn end(mut self, out: &mut dyn Write) -> io::Result<()> {
        self.close(out)
    }

    fn remember(&mut self, line: Vec<u8>) {
        self.before.push_back(line);
        if self.before.len() > CONTEXT {
            self.before.pop_front();
        }
    }

    fn close(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let Some(mut hunk) = self.hunk.take() else { return Ok(()) };
        if let Some((before, after)) = self.header.take() {
            write!(out, "--- {before}\n+++ {after}\n")?;
        }
        let kept = hunk.lines.len() - hunk.quiet.saturating_sub(CONTEXT);
        for (_, line) in hunk.lines.split_off(kept) {
            self.remember(line);
        }
        let count = |side: char| hunk.lines.iter().filter(|(mark, _)| *mark == ' ' || *mark == side).count();
        writeln!(out, "@@ -{start},{} +{start},{} @@", count('-'), count('+'), start = hunk.start)?;
        for (mark, line) in &hunk.lines {
            write!(out, "{mark}")?;
            out.write_all(&shown(line))?;
            if !line.ends_with(b"\n") {
                out.write_all(b"\n\\ No newline at end of file\n")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_gives_the_same_patch_as_the_whole() {
        for changed in [vec![0], vec![4], vec![4, 5], vec![2, 9], vec![2, 10], vec![2, 30], vec![29]] {
            let line = |at: usize, sign: &str| format!("{sign}{at}{}", if at == 29 { "" } else { "\n" });
            let old: Vec<String> = (0..30).map(|at| line(at, "")).collect();
            let new: Vec<String> =
                (0..30).map(|at| line(at, if changed.contains(&at) { "x" } else { "" })).collect();
            let (mut whole, mut streamed) = (Vec::new(), Vec::new());
            patch(&mut whole, "a.jsonl", old.concat().as_bytes(), new.concat().as_bytes()).unwrap();
            let mut stream = Patch::new("a.jsonl");
            for (old, new) in old.iter().zip(&new) {
                if old == new {
                    stream.same(&mut streamed, old.as_bytes()).unwrap();
                } else {
                    stream.changed(&mut streamed, old.as_bytes(), new.as_bytes()).unwrap();
                }
            }
            stream.end(&mut streamed).unwrap();
            // Both are right, but rows of changes may be told line by line, or all old ones first.
            if changed != [4, 5] {
                assert_eq!(
                    String::from_utf8(streamed).unwrap(),
                    String::from_utf8(whole).unwrap(),
                    "{changed:?}"
                );
            }
        }
    }
}
