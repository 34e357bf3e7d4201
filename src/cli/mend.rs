//! What becomes of fixed texts: files are replaced, standard input is passed on, or a patch is printed.

use super::error::ToolError;
use super::fresh::Fresh;
use super::lines::Line;
use super::patch::{Patch, patch};
use crate::fix::{Fixed, Left, Options};
use crate::lint::Checked;
use crate::words::{counted, visible};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// Puts fixed texts where they belong, and counts.
pub(super) struct Mender<'o> {
    pub(super) options: Options,
    /// Whether a patch is printed and nothing is written.
    diff: bool,
    /// Where patches and texts from standard input go.
    out: &'o mut dyn Write,
    tally: Tally,
}

/// What was fixed in a run.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    findings: u64,
    files: u64,
    unsafe_fixes: u64,
}

/// What was done with a text.
pub(super) struct Settled {
    /// What went wrong.
    pub(super) errors: Vec<ToolError>,
    /// What is found in the text as it was, if it could not be replaced.
    pub(super) unchanged: Option<Checked>,
    /// Something to tell.
    pub(super) note: Option<String>,
}

impl<'o> Mender<'o> {
    pub(super) fn new(options: Options, diff: bool, out: &'o mut dyn Write) -> Self {
        Self { options, diff, out, tally: Tally::default() }
    }

    /// Puts a text in its place: at `path`, or behind the others on standard output.
    pub(super) fn settle(&mut self, name: &str, path: Option<&Path>, fixed: Fixed) -> io::Result<Settled> {
        let mut settled =
            Settled { errors: faults(name, &fixed), unchanged: None, note: note(name, fixed.left) };
        if let (Some((_, before)), true) = (&fixed.original, self.diff) {
            patch(self.out, name, &before.text, &fixed.shown)?;
        }
        match path {
            None if !self.diff => self.out.write_all(&fixed.bytes)?,
            Some(path) if !self.diff && fixed.original.is_some() => {
                if let Err(error) = replace(path, &fixed.bytes) {
                    settled.errors.push(ToolError::unwritable(name, &error));
                    settled.unchanged = fixed.original.map(|(_, before)| before);
                    return Ok(settled);
                }
            }
            _ => {}
        }
        self.tally.add(&fixed, fixed.fixed > 0);
        Ok(settled)
    }

    /// Begins a file of JSON Lines.
    pub(super) fn begin_lines<'p>(&self, name: &str, path: Option<&'p Path>) -> LinesMender<'p> {
        let patch = self.diff.then(|| Patch::new(name));
        let (fresh, passed, left, any, failed) = (None, 0, Left::default(), false, false);
        LinesMender { path, patch, fresh, passed, left, any, failed }
    }

    /// Passes a line on that was not checked, or of which nothing was fixed.
    pub(super) fn pass_on(&mut self, lines: &mut LinesMender<'_>, bytes: &[u8], end: &str) -> io::Result<()> {
        lines.passed += (bytes.len() + end.len()) as u64;
        if let Some(patch) = &mut lines.patch {
            return patch.same(self.out, &[bytes, end.as_bytes()].concat());
        }
        match (&mut lines.fresh, lines.path) {
            (Some(fresh), _) => {
                let written = fresh.write_all(bytes).and_then(|()| fresh.write_all(end.as_bytes()));
                lines.failed |= written.is_err();
                Ok(())
            }
            (None, None) => self.out.write_all(bytes).and_then(|()| self.out.write_all(end.as_bytes())),
            (None, Some(_)) => Ok(()),
        }
    }

    /// Passes on what comes after a line that could not be read, as far as it can be read: a file stays as it is then, but
    /// whoever reads standard output has to get all of the text.
    pub(super) fn pass_rest(&mut self, lines: &LinesMender<'_>, rest: &mut dyn Read) -> io::Result<()> {
        let mut piece = vec![0; 1 << 16];
        while lines.path.is_none() && !self.diff {
            match rest.read(&mut piece) {
                Ok(0) => break,
                Ok(length) => self.out.write_all(piece.get(..length).unwrap_or_default())?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
        Ok(())
    }

    /// Puts a line that was checked behind the others.
    pub(super) fn settle_line(
        &mut self,
        name: &str,
        lines: &mut LinesMender<'_>,
        line: &Line,
        mut fixed: Fixed,
    ) -> io::Result<Settled> {
        let mut settled = Settled { errors: faults(name, &fixed), unchanged: None, note: None };
        lines.left.add(fixed.left);
        let Some((original, before)) = fixed.original.take() else {
            self.pass_on(lines, &fixed.bytes, line.end)?;
            self.tally.add(&fixed, false);
            return Ok(settled);
        };
        if let Some(patch) = &mut lines.patch {
            let whole = |text: &str| [text, line.end].concat().into_bytes();
            patch.changed(self.out, &[&whole(&before.text)], &[&whole(&fixed.shown)])?;
        } else {
            if let Err(error) = lines.open() {
                lines.failed = true;
                settled.errors.push(ToolError::unwritable(name, &error));
            }
            if lines.failed {
                settled.unchanged = Some(before);
                return Ok(settled);
            }
            let passed = lines.passed;
            self.pass_on(lines, &fixed.bytes, line.end)?;
            lines.passed = passed + (original.len() + line.end.len()) as u64;
        }
        self.tally.add(&fixed, !lines.any);
        lines.any = true;
        Ok(settled)
    }

    /// Ends a file of JSON Lines; unless it is `whole`, nothing of it is replaced.
    pub(super) fn end_lines(
        &mut self,
        name: &str,
        lines: LinesMender<'_>,
        whole: bool,
    ) -> io::Result<Settled> {
        let mut settled = Settled { errors: Vec::new(), unchanged: None, note: note(name, lines.left) };
        if let Some(patch) = lines.patch {
            patch.end(self.out)?;
        }
        if let Some(fresh) = lines.fresh.filter(|_| whole) {
            let finished =
                if lines.failed { Err(io::Error::other("not all of it could be written")) } else { Ok(()) };
            if let Err(error) = finished.and_then(|()| fresh.into_inner()?.finish()) {
                settled.errors.push(ToolError::unwritable(name, &error));
            }
        }
        Ok(settled)
    }

    /// Sends what was written on its way.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Says in a line what was fixed, if `remain` findings are left.
    pub(super) fn tell(&self, remain: u64) -> String {
        let Tally { findings, files, unsafe_fixes } = self.tally;
        let (fixed, would) = if self.diff { ("would fix", "would ") } else { ("fixed", "") };
        let mut told = match (findings, remain) {
            (0, 0) => "nothing to fix".to_owned(),
            (0, left) => {
                let verb = if left == 1 && !self.diff { "remains" } else { "remain" };
                format!("{fixed} nothing; {} {would}{verb}", counted(left, "finding"))
            }
            (count, left) => {
                let left = if left == 0 { "none".to_owned() } else { left.to_string() };
                let verb = if left == "1" && !self.diff { "remains" } else { "remain" };
                let (count, files) = (counted(count, "finding"), counted(files, "file"));
                format!("{fixed} {count} in {files}; {left} {would}{verb}")
            }
        };
        match unsafe_fixes {
            0 => {}
            count if findings > 0 => told.push_str(&format!("; --unsafe-fixes would fix {count} more")),
            count => told.push_str(&format!("; --unsafe-fixes would fix {count}")),
        }
        told + "\n"
    }
}

impl Tally {
    fn add(&mut self, fixed: &Fixed, new_file: bool) {
        self.findings += fixed.fixed;
        self.files += u64::from(new_file);
        self.unsafe_fixes += fixed.left.unsafe_fixes;
    }
}

/// A file of JSON Lines, line by line.
pub(super) struct LinesMender<'p> {
    /// Where it is; nothing for standard input.
    path: Option<&'p Path>,
    patch: Option<Patch>,
    /// The file that will take its place, from the first line on that was fixed.
    fresh: Option<io::BufWriter<Fresh>>,
    /// How many bytes of the file were passed.
    passed: u64,
    left: Left,
    /// Whether a line was fixed.
    any: bool,
    /// Whether the new file could not be written.
    failed: bool,
}

impl LinesMender<'_> {
    /// Begins the new file with what was passed of the old one.
    fn open(&mut self) -> io::Result<()> {
        let Some(path) = self.path.filter(|_| self.fresh.is_none() && !self.failed) else { return Ok(()) };
        let mut fresh = io::BufWriter::with_capacity(1 << 16, Fresh::in_place_of(path)?);
        io::copy(&mut File::open(path)?.take(self.passed), &mut fresh)?;
        self.fresh = Some(fresh);
        Ok(())
    }
}

fn faults(name: &str, fixed: &Fixed) -> Vec<ToolError> {
    let fault = |thrown_away| ToolError::BadFix { path: name.to_owned(), thrown_away };
    fixed.thrown_away.iter().cloned().map(fault).collect()
}

/// What is to be said of fixes that were not made.
fn note(name: &str, left: Left) -> Option<String> {
    let name = visible(name);
    let fixes = |count| match count {
        1 => ("1 fix".to_owned(), "was"),
        count => (format!("{count} fixes"), "were"),
    };
    let mut notes = String::new();
    if left.wrong_encoding > 0 {
        notes.push_str(&format!("note: `{name}` is not UTF-8 and was left as it is\n"));
    }
    if left.signed > 0 {
        let (fixes, verb) = fixes(left.signed);
        notes.push_str(&format!(
            "note: `{name}` is signed: {fixes} would break the signature and {verb} not made; sign it anew after `--allow-signed`\n"
        ));
    }
    if left.worse > 0 {
        let (fixes, verb) = fixes(left.worse);
        notes.push_str(&format!("note: {fixes} for `{name}` would add an error and {verb} not made\n"));
    }
    if left.unfinished {
        notes.push_str(&format!(
            "note: `{name}` takes more rounds to fix than are made at once; fix it again to go on\n"
        ));
    }
    Some(notes).filter(|notes| !notes.is_empty())
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut fresh = Fresh::in_place_of(path)?;
    fresh.write_all(bytes)?;
    fresh.finish()
}
