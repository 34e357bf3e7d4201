//! Files in, checked texts out to the report: whole files in batches across cores, JSON Lines as streams, the JSON in
//! files of other formats piece by piece, in order.

mod snippets;
mod stream;

use super::args::Size;
use super::configs::{Configs, ForFile};
use super::error::ToolError;
use super::known::Known;
use super::mend::{Mender, Settled};
use super::progress::Progress;
use super::tell;
use super::walk::{Listed, display, has_extension};
use super::workers::{Queue, Workers};
use crate::fix::{Fixed, Options, fix};
use crate::lint::{Checked, Input, Settings, lint};
use crate::render::{Drawer, Drawn, Outputs, Part, Summary};
use crate::run::Files;
use crate::snippets::Format;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// The longest text that is read unless another limit is given: a tree takes memory.
pub(super) const LONGEST: u64 = 512 << 20;

/// The files and the bytes after which a batch is given out: few enough to keep the cores evenly busy, and enough that
/// handing them over does not count.
const BATCH: (usize, u64) = (8, 64 << 10);

/// How many batches, and bytes in them, wait to be reported on before no more are read.
const AHEAD: (usize, u64) = (32, 8 << 20);

/// Takes what is to be checked and reports on it.
pub(super) struct Feed<'r, 'e> {
    configs: &'r Configs,
    /// What is not reported, since it was there before.
    known: Arc<Known>,
    /// The files before this one.
    files: Files,
    workers: Workers,
    output: Outputs<'r>,
    /// What draws findings ahead; nothing if some of them may yet turn out to be known.
    drawer: Option<Arc<Drawer>>,
    /// What becomes of fixed texts, where fixes are made.
    mender: Option<Mender<'r>>,
    /// How far it is, and where errors go.
    progress: &'r Progress<'e>,
    manner: Manner,
    batch: Batch,
    /// The files that are being checked, and the bytes of those that were not reported on.
    queue: Queue<Vec<Done>>,
    queued: u64,
    /// Whether something went wrong that is no finding.
    failed: bool,
    /// Whether something was found that is as bad as `--fail-on`.
    fails: bool,
}

/// Files that are checked one after the other.
#[derive(Default)]
struct Batch {
    files: Vec<(Listed, Arc<ForFile>)>,
    bytes: u64,
}

/// A file that was checked.
struct Done {
    file: Listed,
    holds: Arc<ForFile>,
    worked: Result<(Worked, Drawn), ToolError>,
}

/// How texts are read and what is told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    /// Whether every text is JSON Lines, whatever its name.
    pub(super) all_lines: bool,
    /// Whether to leave out what is no finding.
    pub(super) quiet: bool,
    /// The bytes of the longest text that is read: a tree takes memory.
    pub(super) longest: u64,
}

/// What a run came to.
pub(super) struct Outcome {
    /// What was fixed, in a line.
    pub(super) told: Option<String>,
    pub(super) summary: Summary,
    /// Whether something went wrong that is no finding.
    pub(super) failed: bool,
    /// Whether something was found that is as bad as `--fail-on`.
    pub(super) fails: bool,
    pub(super) known: Arc<Known>,
}

impl<'r, 'e> Feed<'r, 'e> {
    pub(super) fn new(
        configs: &'r Configs,
        known: Known,
        workers: Workers,
        output: Outputs<'r>,
        mender: Option<Mender<'r>>,
        progress: &'r Progress<'e>,
        manner: Manner,
    ) -> Self {
        let (files, batch, queued, failed, fails) = Default::default();
        let drawer = (!known.is_used()).then(|| Arc::new(output.drawer()));
        Self {
            configs,
            known: Arc::new(known),
            files,
            workers,
            output,
            drawer,
            mender,
            progress,
            manner,
            batch,
            queue: Queue::new(),
            queued,
            failed,
            fails,
        }
    }

    pub(super) fn begin(&mut self) -> io::Result<()> {
        self.output.begin()
    }

    /// Checks a file, now or with the next ones.
    pub(super) fn file(&mut self, file: Listed) -> io::Result<()> {
        if self.known.is_baseline(&file.path) {
            return Ok(());
        }
        let Some(holds) = self.configs.for_file(&file.path, file.walked) else { return Ok(()) };
        if self.is_lines(&file.path) {
            self.flush()?;
            return match File::open(&file.path) {
                Ok(opened) => {
                    let mut reader = BufReader::with_capacity(1 << 16, opened);
                    self.lines(&mut reader, (&file.name, Some(&file.path)), file.walked, &holds)
                }
                Err(error) => {
                    self.fail(&ToolError::unreadable(&file.name, &error));
                    Ok(())
                }
            };
        }
        if let Some(format) = Format::of_path(&file.name) {
            self.flush()?;
            let bytes = self.manner.bytes_of(&file);
            return self.snippets(format, bytes, (&file.name, Some(&file.path)), file.walked, &holds);
        }
        self.batch.bytes += file.length;
        self.batch.files.push((file, holds));
        if self.batch.files.len() >= BATCH.0 || self.batch.bytes >= BATCH.1 {
            self.give_out(false);
        }
        if self.queue.len() >= AHEAD.0 || self.queued >= AHEAD.1 {
            self.report_down_to(AHEAD.0 / 2, AHEAD.1 / 2)?;
            self.progress.tick();
        }
        Ok(())
    }

    /// Checks standard input.
    pub(super) fn stdin(&mut self, input: &mut dyn BufRead, path: Option<&Path>) -> io::Result<()> {
        self.flush()?;
        let name = path.map_or_else(|| "<stdin>".to_owned(), display);
        let path = path.unwrap_or(Path::new("<stdin>"));
        let Some(holds) = self.configs.for_file(path, false) else { return Ok(()) };
        if self.is_lines(path) {
            return self.lines(input, (&name, None), false, &holds);
        }
        let bytes = read(input, &name, 0, self.manner.longest);
        if let Some(format) = Format::of_path(&name) {
            return self.snippets(format, bytes, (&name, None), false, &holds);
        }
        let task = self.task();
        let worked =
            bytes.and_then(|bytes| work(task, &self.known, Input::named(&name), bytes, &holds.settings));
        self.whole((&name, None), worked.map(|worked| (worked, Drawn::default())), &holds)
    }

    /// Reports something that went wrong and is no finding.
    pub(super) fn fail(&mut self, error: &ToolError) {
        self.failed = true;
        tell(&mut self.progress, &format!("error: {error}\n"));
    }

    /// Ends the report. `certain` says that the run looked for everything in whatever it was given.
    pub(super) fn end(mut self, certain: bool) -> io::Result<Outcome> {
        self.flush()?;
        for error in self.configs.unreadable() {
            self.fail(&error);
        }
        for (name, remarks, fail_on) in self.configs.remarks(certain && !self.failed) {
            self.fails |= fail_on.fails(&remarks.diagnostics);
            self.output.part(&Part { path: &name, texts: &[remarks], last: true })?;
        }
        self.progress.erase();
        let Self { output, mender, failed, fails, known, .. } = self;
        let summary = output.end()?;
        let told =
            mender.map(|mut mender| mender.flush().map(|()| mender.tell(summary.findings()))).transpose()?;
        Ok(Outcome { told, summary, failed, fails, known })
    }

    /// What is to be done with each text.
    fn task(&self) -> Option<Options> {
        self.mender.as_ref().map(|mender| mender.options)
    }

    fn is_lines(&self, path: &Path) -> bool {
        self.manner.all_lines || has_extension(path, &["jsonl", "ndjson"])
    }

    /// Has the files of the batch checked, on other threads unless it is the only one.
    fn give_out(&mut self, alone: bool) {
        let Batch { files, bytes } = std::mem::take(&mut self.batch);
        self.queued += bytes;
        let (task, manner) = (self.task(), self.manner);
        let (drawer, known) = (self.drawer.clone(), Arc::clone(&self.known));
        let check = move |(file, holds): (Listed, Arc<ForFile>)| {
            let worked = manner.work_on_file(&file, |input, bytes| {
                work_and_draw(task, &known, input, bytes, &holds.settings, drawer.as_deref())
            });
            Done { worked, file, holds }
        };
        self.queue.give(&mut self.workers, alone, move || files.into_iter().map(check).collect());
    }

    /// Reports on what was checked, in order, until no more than so many batches, with so many bytes, are waiting.
    fn report_down_to(&mut self, batches: usize, bytes: u64) -> io::Result<()> {
        while self.queue.len() > batches || self.queued > bytes {
            let Some(batch) = self.queue.take() else { break };
            for Done { file, holds, worked } in batch {
                self.queued = self.queued.saturating_sub(file.length);
                self.whole((&file.name, Some(&file.path)), worked, &holds)?;
            }
        }
        self.output.flush()
    }

    /// Checks the files that are waiting, and reports on all.
    fn flush(&mut self) -> io::Result<()> {
        if !self.batch.files.is_empty() {
            self.give_out(self.queue.len() == 0);
        }
        self.report_down_to(0, 0)
    }

    /// Reports on a text that was read as a whole.
    fn whole(
        &mut self,
        (name, path): (&str, Option<&Path>),
        worked: Result<(Worked, Drawn), ToolError>,
        holds: &ForFile,
    ) -> io::Result<()> {
        match worked {
            Ok((Worked { mut checked, fixed }, mut drawn)) => {
                if let (Some(mender), Some(fixed)) = (&mut self.mender, fixed) {
                    let settled = mender.settle(name, path, fixed)?;
                    if let Some(unchanged) = self.settled(settled) {
                        (checked, drawn) = (unchanged, Drawn::default());
                    }
                }
                // What was drawn ahead does not know what the files before it say.
                let is_news = self.files.meet(name, &mut checked, &holds.settings);
                let drawn = if is_news { Drawn::default() } else { drawn };
                self.judge(name, &mut checked, holds);
                self.progress.met(&checked, false);
                self.complete(name, holds);
                self.output.drawn_part(&Part { path: name, texts: &[checked], last: true }, &[drawn])
            }
            Err(error) => {
                self.fail(&error);
                Ok(())
            }
        }
    }

    /// Says what went wrong when a text was put in its place; gives what is found in it, if that is as it was.
    fn settled(&mut self, settled: Settled) -> Option<Checked> {
        settled.errors.iter().for_each(|error| self.fail(error));
        tell(&mut self.progress, &settled.note.filter(|_| !self.manner.quiet).unwrap_or_default());
        settled.unchanged
    }

    /// Takes out what is known, and notes what the rest means for the run.
    fn judge(&mut self, name: &str, checked: &mut Checked, holds: &ForFile) {
        if checked.left_out > 0 {
            let (path, left_out) = (name.to_owned(), checked.left_out);
            self.fail(&ToolError::TooMany { path, left_out });
        }
        self.configs.met(holds, checked);
        self.known.sift(name, checked);
        self.fails = self.fails || holds.fail_on.fails(&checked.diagnostics);
    }

    /// Notes that all of a file was checked.
    fn complete(&mut self, name: &str, holds: &ForFile) {
        self.progress.end_file();
        self.configs.complete(holds);
        self.known.end_file(name, &holds.settings);
    }
}

/// A text that was checked, and what came of its fixes.
struct Worked {
    checked: Checked,
    fixed: Option<Fixed>,
}

impl Manner {
    fn bytes_of(self, file: &Listed) -> Result<Vec<u8>, ToolError> {
        let mut opened = File::open(&file.path).map_err(|error| ToolError::unreadable(&file.name, &error))?;
        read(&mut opened, &file.name, file.length, self.longest)
    }

    fn work_on_file<T>(
        self,
        file: &Listed,
        work: impl FnOnce(Input<'_>, Vec<u8>) -> Result<T, ToolError>,
    ) -> Result<T, ToolError> {
        let bytes = self.bytes_of(file)?;
        work(Input { walked: file.walked, ..Input::named(&file.name) }, bytes)
    }
}

/// Reads all of a text, of which `length` bytes are expected and at most `longest` taken.
pub(super) fn read(
    reader: &mut (impl Read + ?Sized),
    name: &str,
    length: u64,
    longest: u64,
) -> Result<Vec<u8>, ToolError> {
    let too_long = || {
        let most = Size(longest);
        let why =
            format!("it is longer than {most} (see --max-size of check); JSON Lines may be of any length");
        ToolError::refused(name, why)
    };
    if length > longest {
        return Err(too_long());
    }
    let mut bytes = Vec::with_capacity(length as usize + 1);
    let read = reader.take(longest.saturating_add(1)).read_to_end(&mut bytes);
    let read = read.map_err(|error| ToolError::unreadable(name, &error))?;
    if read as u64 > longest { Err(too_long()) } else { Ok(bytes) }
}

/// Checks a text, and makes its fixes if that is the `task`. A panic is a fault of ours, and no reason to leave the other
/// files unchecked.
fn work(
    task: Option<Options>,
    known: &Known,
    input: Input<'_>,
    bytes: Vec<u8>,
    settings: &Settings,
) -> Result<Worked, ToolError> {
    guarded(input.path, || match task {
        None => Worked { checked: lint(input, bytes, settings), fixed: None },
        Some(options) => {
            let held = |checked: &Checked| known.known_in(input.path, checked);
            let (checked, fixed) = fix(input, bytes, settings, options, &held);
            Worked { checked, fixed: Some(fixed) }
        }
    })
}

/// The same, with the findings drawn ahead.
fn work_and_draw(
    task: Option<Options>,
    known: &Known,
    input: Input<'_>,
    bytes: Vec<u8>,
    settings: &Settings,
    drawer: Option<&Drawer>,
) -> Result<(Worked, Drawn), ToolError> {
    let worked = work(task, known, input, bytes, settings)?;
    let draw = || drawer.map(|drawer| drawer.draw(input.path, &worked.checked)).unwrap_or_default();
    let drawn = guarded(input.path, draw)?;
    Ok((worked, drawn))
}

pub(super) fn guarded<T>(path: &str, work: impl FnOnce() -> T) -> Result<T, ToolError> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| ToolError::Fault { path: path.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_fault_that_names_the_file() {
        let result = guarded("a.json", || {
            if true {
                panic!("on purpose")
            }
        });
        assert!(result.unwrap_err().to_string().contains("internal fault while checking `a.json`"));
    }
}
