//! Unified diffs, as `patch` and `git apply` read them.

use super::differences::{Step, differences};
use crate::secret::mask;
use crate::words::{is_hidden, visible};
use std::collections::VecDeque;
use std::io::{self, IsTerminal, Write};

/// How many lines around a change are shown.
const CONTEXT: usize = 3;

/// The bytes of a row of changes that are kept until its end. `git apply` wants to see what stands behind it, so that a piece
/// that breaks off before is for `patch` alone.
const LONGEST: usize = 64 << 20;

/// How the lines of a patch are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Byte for byte, for tools.
    Raw,
    /// With control characters escaped, for a terminal, which would act on them.
    Escaped,
}

impl Shown {
    /// The way for standard output.
    pub(super) fn for_stdout() -> Self {
        if io::stdout().is_terminal() { Shown::Escaped } else { Shown::Raw }
    }

    /// Prints a line.
    fn write(self, out: &mut dyn Write, line: &[u8]) -> io::Result<()> {
        if self == Shown::Raw {
            return out.write_all(line);
        }
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        for chunk in text.utf8_chunks() {
            // A tab only moves the cursor.
            let mut parts = chunk.valid().split('\t');
            parts.next().map_or(Ok(()), |part| out.write_all(visible(part).as_bytes()))?;
            parts.try_for_each(|part| write!(out, "\t{}", visible(part)))?;
            chunk.invalid().iter().try_for_each(|byte| write!(out, "\\x{byte:02x}"))?;
        }
        out.write_all(&line[text.len()..])
    }
}

/// Prints the difference between two texts of one file, of which what is secret in either was masked in both.
pub(super) fn patch(
    out: &mut dyn Write,
    name: &str,
    old: &str,
    new: &str,
    shown_as: Shown,
) -> io::Result<()> {
    let (old, new) = (lines(old.as_bytes()), lines(new.as_bytes()));
    let mut patch = Patch::new(name, shown_as);
    for step in differences(&old, &new) {
        match step {
            Step::Same(both) => both.iter().try_for_each(|line| patch.same(out, line))?,
            Step::Changed(gone, come) => patch.changed(out, gone, come)?,
        }
    }
    patch.end(out)
}

/// A line as it may be shown. A patch with a mask in it does not apply, which is better than one that shows a credential.
pub(super) fn shown(line: &[u8]) -> Vec<u8> {
    let mut line = line.to_vec();
    mask(&mut line);
    line
}

/// The lines with their ends, as tools that read patches count them.
fn lines(text: &[u8]) -> Vec<&[u8]> {
    text.split_inclusive(|byte| *byte == b'\n').collect()
}

/// The names of the two sides. Paths inside the folder get the prefixes that `git apply` and `patch -p1` take off.
fn names(name: &str) -> (String, String) {
    let inside = name.strip_prefix("./").unwrap_or(name);
    if inside.starts_with(['/', '<']) || inside.starts_with("../") || inside.contains(':') {
        return (quoted(name), quoted(name));
    }
    (quoted(&format!("a/{inside}")), quoted(&format!("b/{inside}")))
}

/// A path as git writes it: in quotation marks where a character would end it or act on a terminal, and with a tab where it
/// would seem to end at a space.
fn quoted(path: &str) -> String {
    let acts = |char: char| is_hidden(char) || matches!(char, '"' | '\\');
    let mut written = path.to_owned();
    if path.contains(acts) {
        written = String::from("\"");
        for char in path.chars() {
            match char {
                '"' | '\\' => written.extend(['\\', char]),
                '\n' => written.push_str("\\n"),
                '\t' => written.push_str("\\t"),
                char if acts(char) => {
                    let mut bytes = [0; 4];
                    let bytes = char.encode_utf8(&mut bytes).bytes();
                    bytes.for_each(|byte| written.push_str(&format!("\\{byte:03o}")));
                }
                char => written.push(char),
            }
        }
        written.push('"');
    }
    if path.contains(' ') {
        written.push('\t');
    }
    written
}

/// The difference of two files, from their first line to the last.
pub(super) struct Patch {
    header: Option<(String, String)>,
    shown: Shown,
    /// The numbers of the lines that come next on either side, from 1.
    line: [usize; 2],
    /// The last lines, as far as they may belong to the next change.
    before: VecDeque<Vec<u8>>,
    hunk: Option<Hunk>,
}

struct Hunk {
    start: [usize; 2],
    /// The lines with their marks.
    lines: Vec<(char, Vec<u8>)>,
    /// How long the lines are.
    bytes: usize,
    /// How many unchanged lines are at its end.
    quiet: usize,
}

impl Patch {
    pub(super) fn new(name: &str, shown: Shown) -> Self {
        Self { header: Some(names(name)), shown, line: [1, 1], before: VecDeque::new(), hunk: None }
    }

    /// A line that stays.
    pub(super) fn same(&mut self, out: &mut dyn Write, line: &[u8]) -> io::Result<()> {
        self.line = self.line.map(|line| line + 1);
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

    /// Lines that become other lines, as they may be shown.
    pub(super) fn changed(&mut self, out: &mut dyn Write, gone: &[&[u8]], come: &[&[u8]]) -> io::Result<()> {
        if self.hunk.as_ref().is_some_and(|hunk| hunk.bytes > LONGEST) {
            self.close(out)?;
        }
        let (line, context) = (self.line, &mut self.before);
        let hunk = self.hunk.get_or_insert_with(|| {
            let start = line.map(|line| line.saturating_sub(context.len()));
            let lines = context.drain(..).map(|line| (' ', line)).collect();
            Hunk { start, lines, bytes: 0, quiet: 0 }
        });
        for (mark, lines) in [('-', gone), ('+', come)] {
            hunk.lines.extend(lines.iter().map(|line| (mark, line.to_vec())));
            hunk.bytes += lines.iter().map(|line| line.len()).sum::<usize>();
        }
        hunk.quiet = 0;
        self.line = [line[0] + gone.len(), line[1] + come.len()];
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
        let range = |side: char, start: usize| {
            let count = hunk.lines.iter().filter(|(mark, _)| *mark == ' ' || *mark == side).count();
            // Where no line is, the one before it is named.
            format!("{},{count}", start - usize::from(count == 0))
        };
        let [old, new] = hunk.start;
        writeln!(out, "@@ -{} +{} @@", range('-', old), range('+', new))?;
        for (mark, line) in &hunk.lines {
            write!(out, "{mark}")?;
            self.shown.write(out, &shown(line))?;
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
            patch(&mut whole, "a.jsonl", &old.concat(), &new.concat(), Shown::Raw).unwrap();
            let mut stream = Patch::new("a.jsonl", Shown::Raw);
            for (old, new) in old.iter().zip(&new) {
                if old == new {
                    stream.same(&mut streamed, old.as_bytes()).unwrap();
                } else {
                    stream.changed(&mut streamed, &[old.as_bytes()], &[new.as_bytes()]).unwrap();
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

    #[test]
    fn a_terminal_gets_no_control_characters() {
        let (old, new) = ("a\x1b[2J\t\u{202e}\u{9b}\r\n", "a\u{9b}b\n");
        let printed = |shown| {
            let mut out = Vec::new();
            patch(&mut out, "x", old, new, shown).unwrap();
            out
        };
        let contains = |out: &[u8], part: &[u8]| out.windows(part.len()).any(|window| window == part);
        let (raw, escaped) = (printed(Shown::Raw), printed(Shown::Escaped));
        assert!(
            contains(&raw, ["-", old].concat().as_bytes()) && contains(&raw, ["+", new].concat().as_bytes())
        );
        let escaped = String::from_utf8(escaped).unwrap();
        assert!(escaped.contains("[2J\t") && escaped.contains("\r\n"), "{escaped}");
        assert!(!escaped.replace(['\t', '\r', '\n'], "").contains(is_hidden), "{escaped}");
    }

    #[test]
    fn names_are_quoted_as_git_does() {
        for (name, written) in [
            ("a/card.json", "a/card.json"),
            ("caf\u{e9}.json", "caf\u{e9}.json"),
            ("my card.json", "my card.json\t"),
            ("a\n+++ b/x", "\"a\\n+++ b/x\"\t"),
            ("\t\"\\\u{1b}\r\u{202e}", r#""\t\"\\\033\015\342\200\256""#),
        ] {
            assert_eq!(quoted(name), written);
        }
    }
}
