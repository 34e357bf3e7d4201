//! A line on the terminal that says how far a long run is.
//!
//! It is drawn between two batches of work and needs no thread. Whatever else goes to the terminal takes it away first.

use crate::lint::Checked;
use crate::words::counted;
use std::cell::{Cell, RefCell};
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// A run that is shorter shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// The time between two drawings.
const PACE: Duration = Duration::from_millis(200);

/// Standard error, with the line at its end.
pub(super) struct Progress<'e> {
    err: RefCell<&'e mut dyn Write>,
    /// Whether somebody may want to see it.
    wanted: bool,
    started: Instant,
    drawn_at: Cell<Option<Instant>>,
    /// The columns of the line; none while it is not there.
    columns: Cell<usize>,
    /// Whether the report stops within a line, which would be overwritten.
    within_line: Cell<bool>,
    done: Cell<Done>,
}

/// What was done up to now.
#[derive(Debug, Clone, Copy, Default)]
struct Done {
    files: u64,
    documents: u64,
    findings: u64,
    /// Whether some files hold a document in every line, so that their number says little.
    has_lines: bool,
}

impl<'e> Progress<'e> {
    /// For a run that starts now.
    pub(super) fn new(err: &'e mut dyn Write, quiet: bool) -> Self {
        let (drawn_at, columns, within_line, done) = Default::default();
        let (err, started) = (RefCell::new(err), Instant::now());
        Self { err, wanted: !quiet && is_watched(), started, drawn_at, columns, within_line, done }
    }

    /// Standard output, for a report that may go to the same terminal.
    pub(super) fn above<'p>(&'p self, out: &'p mut dyn Write) -> Above<'p, 'e> {
        Above { out, progress: self, shares: self.wanted && io::stdout().is_terminal() }
    }

    /// Counts a text that was checked.
    pub(super) fn met(&self, checked: &Checked, is_line: bool) {
        let mut done = self.done.get();
        done.documents += checked.documents.len() as u64;
        done.findings += checked.diagnostics.len() as u64;
        done.has_lines |= is_line;
        self.done.set(done);
    }

    /// Counts a file of which nothing is left to be done.
    pub(super) fn end_file(&self) {
        let done = self.done.get();
        self.done.set(Done { files: done.files + 1, ..done });
    }

    /// Draws the line, if it is time to.
    pub(super) fn tick(&self) {
        if !self.wanted || self.within_line.get() || self.started.elapsed() < PATIENCE {
            return;
        }
        let is_fresh = self.drawn_at.get().is_some_and(|at| at.elapsed() < PACE);
        if self.columns.get() > 0 && is_fresh {
            return;
        }
        let seen = terminal_size::terminal_size_of(io::stderr()).map_or(80, |(width, _)| width.0);
        // The last column stays free: a terminal may go on to the next line once it is filled.
        let mut line = self.done.get().words();
        line.truncate(usize::from(seen).saturating_sub(1));
        let before = self.columns.replace(line.len());
        self.write(&format!("\r{line:before$}"));
        self.drawn_at.set(Some(Instant::now()));
    }

    /// Takes the line away. Blanks do that on every terminal.
    pub(super) fn erase(&self) {
        let columns = self.columns.take();
        if columns > 0 {
            self.write(&format!("\r{:columns$}\r", ""));
        }
    }

    /// Notes where something that was written to the terminal stops.
    fn notice(&self, written: &[u8]) {
        if let Some(last) = written.last() {
            self.within_line.set(*last != b'\n');
        }
    }

    /// If nobody listens, the report is still worth its while.
    fn write(&self, text: &str) {
        if let Ok(mut err) = self.err.try_borrow_mut() {
            let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
        }
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.erase();
    }
}

/// What else goes to standard error.
impl Write for &Progress<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.erase();
        let written = self.err.try_borrow_mut().map_err(io::Error::other)?.write(bytes)?;
        self.notice(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.err.try_borrow_mut().map_err(io::Error::other)?.flush()
    }
}

/// Standard output, which takes the line away before it writes where the line is.
pub(super) struct Above<'p, 'e> {
    out: &'p mut dyn Write,
    progress: &'p Progress<'e>,
    /// Whether both go to a terminal.
    shares: bool,
}

impl Write for Above<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.shares {
            return self.out.write(bytes);
        }
        self.progress.erase();
        let written = self.out.write(bytes)?;
        self.progress.notice(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Done {
    fn words(self) -> String {
        let documents =
            if self.has_lines { counted(self.documents, "document") + ", " } else { String::new() };
        let (files, findings) = (counted(self.files, "file"), counted(self.findings, "finding"));
        format!("checking: {files}, {documents}{findings} so far")
    }
}

/// Whether standard error is a terminal on which a line can be drawn over. A pipe may end in a pager, which draws on the same
/// terminal.
fn is_watched() -> bool {
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    io::stderr().is_terminal() && !is_dumb && !is_piped()
}

#[cfg(unix)]
fn is_piped() -> bool {
    use std::os::fd::AsFd;
    use std::os::unix::fs::FileTypeExt;
    let stdout = io::stdout().as_fd().try_clone_to_owned().map(std::fs::File::from);
    let kind = stdout.and_then(|stdout| stdout.metadata()).map(|metadata| metadata.file_type());
    kind.is_ok_and(|kind| kind.is_fifo() || kind.is_socket())
}

#[cfg(not(unix))]
fn is_piped() -> bool {
    false
}
