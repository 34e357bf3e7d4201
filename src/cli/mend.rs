//! What becomes of fixed texts: files are replaced, standard input is passed on, or a patch is printed.

use super::error::ToolError;
use super::fresh::{Content, Fresh, changed, holds};
use super::lines::Line;
use super::patch::{Patch, Shown, patch};
use crate::fix::{Fixed, Left, Options};
use crate::lint::Checked;
use crate::words::{counted, visible};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// Puts fixed texts where they belong, and counts.
pub(super) struct Mender<'o> {
    pub(super) options: Options,
    /// How a patch is printed, where that is asked for and nothing is written.
    diff: Option<Shown>,
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
    pub(super) fn new(options: Options, diff: Option<Shown>, out: &'o mut dyn Write) -> Self {
        Self { options, diff, out, tally: Tally::default() }
    }

    /// Puts a text in its place: at `path`, or behind the others on standard output.
    pub(super) fn settle(&mut self, name: &str, path: Option<&Path>, fixed: Fixed) -> io::Result<Settled> {
        let mut settled =
            Settled { errors: faults(name, &fixed), unchanged: None, note: note(name, fixed.left) };
        match (&fixed.original, path, self.diff) {
            (Some((_, before)), _, Some(shown)) => {
                patch(self.out, name, &before.text, &fixed.shown, shown)?;
            }
            (None, _, Some(_)) | (None, Some(_), None) => {}
            (_, None, None) => self.out.write_all(&fixed.bytes)?,
            (Some((original, _)), Some(path), None) => match replace(path, original, &fixed.bytes) {
                Ok(lost) => add_note(&mut settled.note, not_kept(name, &lost)),
                Err(error) => {
                    settled.errors.push(ToolError::unwritable(name, &error));
                    settled.unchanged = fixed.original.map(|(_, before)| before);
                    return Ok(settled);
                }
            },
        }
        self.tally.add(&fixed, fixed.fixed > 0);
        Ok(settled)
    }

    /// Begins a file of JSON Lines.
    pub(super) fn begin_lines<'p>(&self, name: &str, path: Option<&'p Path>) -> LinesMender<'p> {
        let patch = self.diff.map(|shown| Patch::new(name, shown));
        let (fresh, passed, left, any, failed) = (None, Content::default(), Left::default(), false, false);
        LinesMender { path, patch, fresh, passed, left, any, failed }
    }

    /// Passes a line on that was not checked, or of which nothing was fixed.
    pub(super) fn pass_on(&mut self, lines: &mut LinesMender<'_>, bytes: &[u8], end: &str) -> io::Result<()> {
        lines.passed.add(bytes);
        lines.passed.add(end.as_bytes());
        self.put_line(lines, bytes, end)
    }

    /// Puts a line behind the others.
    fn put_line(&mut self, lines: &mut LinesMender<'_>, bytes: &[u8], end: &str) -> io::Result<()> {
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
        while lines.path.is_none() && self.diff.is_none() {
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
            self.put_line(lines, &fixed.bytes, line.end)?;
        }
        lines.passed.add(&original);
        lines.passed.add(line.end.as_bytes());
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
            let passed = lines.passed;
            let finished = finished.and_then(|()| {
                let fresh = fresh.into_inner()?;
                let lost = fresh.lost().to_vec();
                fresh.finish_if(|there| Ok(Content::of(File::open(there)?)? == passed))?;
                Ok(lost)
            });
            match finished {
                Ok(lost) => add_note(&mut settled.note, not_kept(name, &lost)),
                Err(error) => settled.errors.push(ToolError::unwritable(name, &error)),
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
        let (fixed, would) = if self.diff.is_some() { ("would fix", "would ") } else { ("fixed", "") };
        let mut told = match (findings, remain) {
            (0, 0) => "nothing to fix".to_owned(),
            (0, left) => {
                let verb = if left == 1 && self.diff.is_none() { "remains" } else { "remain" };
                format!("{fixed} nothing; {} {would}{verb}", counted(left, "finding"))
            }
            (count, left) => {
                let left = if left == 0 { "none".to_owned() } else { left.to_string() };
                let verb = if left == "1" && self.diff.is_none() { "remains" } else { "remain" };
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
    /// What was read of the file.
    passed: Content,
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
        let copied = Content::copy(File::open(path)?.take(self.passed.length), &mut fresh)?;
        if copied != self.passed {
            return Err(changed());
        }
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

fn add_note(note: &mut Option<String>, other: Option<String>) {
    if let Some(other) = other {
        note.get_or_insert_default().push_str(&other);
    }
}

/// What a replaced file has lost, in a line.
pub(super) fn not_kept(name: &str, lost: &[&str]) -> Option<String> {
    let name = visible(name);
    (!lost.is_empty()).then(|| format!("note: `{name}` was replaced without {}\n", lost.join(" and ")))
}

/// Replaces the file at `path` by one with `new`, if it still holds `old`. Says what is lost.
pub(super) fn replace(path: &Path, old: &[u8], new: &[u8]) -> io::Result<Vec<&'static str>> {
    let mut fresh = Fresh::in_place_of(path)?;
    fresh.write_all(new)?;
    let lost = fresh.lost().to_vec();
    // Another name of the file may have led here before.
    fresh.finish_if(|there| Ok(holds(there, old)? || holds(there, new)?))?;
    Ok(lost)
}
