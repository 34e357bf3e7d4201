//! Files in, checked texts out to the report: whole files in batches across cores, JSON Lines as streams, in order.

use super::args::Size;
use super::configs::{Configs, ForFile};
use super::error::ToolError;
use super::known::Known;
use super::lines::{Line, Lines};
use super::tell;
use super::walk::{Listed, display, has_extension};
use crate::lint::{Checked, Input, Settings, lint};
use crate::render::{Drawer, Drawn, Outputs, Part, Summary};
use crate::run::Files;
use crate::text::Origin;
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// The files and the bytes after which a batch is complete: enough to keep the cores busy, and few enough for their caches.
const BATCH: (usize, u64) = (128, 8 << 20);

/// How texts are read.
#[derive(Clone, Copy)]
pub(super) struct Texts {
    /// Whether every text is JSON Lines, whatever its name.
    pub(super) all_lines: bool,
    /// The bytes of the longest text that is read: a tree takes memory.
    pub(super) longest: u64,
}

/// Threads, which are started once there is work for more than one.
pub(super) struct Workers {
    jobs: usize,
    pool: Option<rayon::ThreadPool>,
}

impl Workers {
    /// As many threads as `jobs` says, else one for each core.
    pub(super) fn new(jobs: Option<u16>) -> Self {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        Self { jobs: jobs.map_or_else(cores, usize::from), pool: None }
    }

    /// `each` of all `items`, in their order.
    fn map<T: Send, R: Send>(&mut self, items: Vec<T>, each: impl Fn(T) -> R + Sync) -> Vec<R> {
        let several = self.jobs > 1 && items.len() > 1;
        if several && self.pool.is_none() {
            // Where threads cannot be had, the work is done without.
            self.pool = rayon::ThreadPoolBuilder::new().num_threads(self.jobs).build().ok();
        }
        match &self.pool {
            Some(pool) if several => pool.install(|| items.into_par_iter().map(&each).collect()),
            _ => items.into_iter().map(each).collect(),
        }
    }
}

/// Takes what is to be checked and reports on it.
pub(super) struct Feed<'r> {
    configs: &'r Configs,
    /// What is not reported, since it was there before.
    known: Known,
    /// The files before this one.
    files: Files,
    workers: Workers,
    output: Outputs<'r>,
    err: &'r mut dyn Write,
    texts: Texts,
    batch: Vec<(Listed, Arc<ForFile>)>,
    batch_bytes: u64,
    /// Whether something went wrong that is no finding.
    failed: bool,
    /// Whether something was found that is as bad as `--fail-on`.
    fails: bool,
}

/// What a run came to.
pub(super) struct Outcome {
    pub(super) summary: Summary,
    /// Whether something went wrong that is no finding.
    pub(super) failed: bool,
    /// Whether something was found that is as bad as `--fail-on`.
    pub(super) fails: bool,
    pub(super) known: Known,
}

impl<'r> Feed<'r> {
    pub(super) fn new(
        configs: &'r Configs,
        known: Known,
        workers: Workers,
        output: Outputs<'r>,
        err: &'r mut dyn Write,
        texts: Texts,
    ) -> Self {
        let (files, batch, batch_bytes, failed, fails) = Default::default();
        Self { configs, known, files, workers, output, err, texts, batch, batch_bytes, failed, fails }
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
                    self.lines(&mut reader, &file.name, file.walked, &holds)
                }
                Err(error) => {
                    self.fail(&ToolError::unreadable(&file.name, &error));
                    Ok(())
                }
            };
        }
        self.batch_bytes += file.length;
        self.batch.push((file, holds));
        let is_full = self.batch.len() >= BATCH.0 || self.batch_bytes >= BATCH.1;
        if is_full { self.flush() } else { Ok(()) }
    }

    /// Checks standard input.
    pub(super) fn stdin(&mut self, input: &mut dyn BufRead, path: Option<&Path>) -> io::Result<()> {
        self.flush()?;
        let name = path.map_or_else(|| "<stdin>".to_owned(), display);
        let path = path.unwrap_or(Path::new("<stdin>"));
        let Some(holds) = self.configs.for_file(path, false) else { return Ok(()) };
        if self.is_lines(path) {
            return self.lines(input, &name, false, &holds);
        }
        let checked =
            self.texts.read(input, &name, 0).and_then(|bytes| check(Input::named(&name), bytes, &holds.settings));
        self.whole(&name, checked, Drawn::default(), &holds)
    }

    /// Reports something that went wrong and is no finding.
    pub(super) fn fail(&mut self, error: &ToolError) {
        self.failed = true;
        tell(self.err, &format!("error: {error}\n"));
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
        let Self { output, failed, fails, known, .. } = self;
        Ok(Outcome { summary: output.end()?, failed, fails, known })
    }

    fn is_lines(&self, path: &Path) -> bool {
        self.texts.all_lines || has_extension(path, &["jsonl", "ndjson"])
    }

    /// Checks the files that are waiting.
    fn flush(&mut self) -> io::Result<()> {
        let batch = std::mem::take(&mut self.batch);
        self.batch_bytes = 0;
        let (drawer, texts) = (self.drawer(), self.texts);
        let checked = self.workers.map(batch, |(file, holds)| {
            let checked = texts.check(&file, &holds.settings);
            let drawn = match (&checked, &drawer) {
                (Ok(checked), Some(drawer)) => drawer.draw(&file.name, checked),
                _ => Drawn::default(),
            };
            (file.name, checked, drawn, holds)
        });
        for (name, checked, drawn, holds) in checked {
            self.whole(&name, checked, drawn, &holds)?;
        }
        self.output.flush()
    }

    /// What draws findings ahead; nothing if some of them may yet turn out to be known.
    fn drawer(&self) -> Option<Drawer> {
        (!self.known.is_used()).then(|| self.output.drawer())
    }

    /// Reports on a text that was read as a whole.
    fn whole(
        &mut self,
        name: &str,
        checked: Result<Checked, ToolError>,
        drawn: Drawn,
        holds: &ForFile,
    ) -> io::Result<()> {
        match checked {
            Ok(mut checked) => {
                // What was drawn ahead does not know what the files before it say.
                let is_news = self.files.meet(name, &mut checked, &holds.settings);
                let drawn = if is_news { Drawn::default() } else { drawn };
                self.judge(name, &mut checked, holds);
                self.complete(name, holds);
                self.output.drawn_part(&Part { path: name, texts: &[checked], last: true }, &[drawn])
            }
            Err(error) => {
                self.fail(&error);
                Ok(())
            }
        }
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
        self.configs.complete(holds);
        self.known.end_file(name, &holds.settings);
    }

    /// Checks JSON Lines as they come.
    fn lines(
        &mut self,
        reader: &mut dyn BufRead,
        name: &str,
        walked: bool,
        holds: &ForFile,
    ) -> io::Result<()> {
        let mut lines = Lines::new(reader, self.texts.longest);
        let (mut any, mut whole) = (false, true);
        while !lines.at_end() {
            let mut chunk = match lines.chunk() {
                Ok(chunk) => chunk,
                Err(error) => {
                    self.fail(&ToolError::unreadable(name, &error));
                    whole = false;
                    break;
                }
            };
            if chunk.is_empty() && !any {
                // A file without a line is judged as any empty file.
                chunk.push(Line { origin: Origin::default(), bytes: Vec::new() });
            }
            any = true;
            whole &= self.chunk(name, walked, chunk, holds)?;
        }
        if whole {
            self.complete(name, holds);
        }
        if any { self.output.part(&Part { path: name, texts: &[], last: true }) } else { Ok(()) }
    }

    /// Checks a few lines; tells whether all could be.
    fn chunk(&mut self, name: &str, walked: bool, chunk: Vec<Line>, holds: &ForFile) -> io::Result<bool> {
        let drawer = self.drawer();
        let results = self.workers.map(chunk, |line| {
            let input = Input { path: name, walked, origin: line.origin, is_line: true };
            let checked = check(input, line.bytes, &holds.settings)?;
            let drawn = drawer.as_ref().map(|drawer| drawer.draw(name, &checked)).unwrap_or_default();
            Ok((checked, drawn))
        });
        let (mut texts, mut drawn) = (Vec::with_capacity(results.len()), Vec::with_capacity(results.len()));
        let mut whole = true;
        for result in results {
            match result {
                Ok((mut checked, ahead)) => {
                    self.judge(name, &mut checked, holds);
                    texts.push(checked);
                    drawn.push(ahead);
                }
                Err(error) => {
                    self.fail(&error);
                    whole = false;
                }
            }
        }
        self.output.drawn_part(&Part { path: name, texts: &texts, last: false }, &drawn)?;
        self.output.flush()?;
        Ok(whole)
    }
}

impl Texts {
    fn check(self, file: &Listed, settings: &Settings) -> Result<Checked, ToolError> {
        let mut opened = File::open(&file.path).map_err(|error| ToolError::unreadable(&file.name, &error))?;
        let bytes = self.read(&mut opened, &file.name, file.length)?;
        check(Input { walked: file.walked, ..Input::named(&file.name) }, bytes, settings)
    }

    /// Reads all of a text, of which `length` bytes are expected.
    fn read(
        self,
        reader: &mut (impl Read + ?Sized),
        name: &str,
        length: u64,
    ) -> Result<Vec<u8>, ToolError> {
        let too_long = || {
            let most = Size(self.longest);
            ToolError::refused(name, format!("it is longer than {most} (see --max-size); JSON Lines may be"))
        };
        if length > self.longest {
            return Err(too_long());
        }
        let mut bytes = Vec::with_capacity(length as usize + 1);
        let read = reader.take(self.longest.saturating_add(1)).read_to_end(&mut bytes);
        let read = read.map_err(|error| ToolError::unreadable(name, &error))?;
        if read as u64 > self.longest { Err(too_long()) } else { Ok(bytes) }
    }
}

/// Checks a text. A panic is a fault of ours, and no reason to leave the other files unchecked.
fn check(input: Input<'_>, bytes: Vec<u8>, settings: &Settings) -> Result<Checked, ToolError> {
    guarded(input.path, || lint(input, bytes, settings))
}

fn guarded<T>(path: &str, work: impl FnOnce() -> T) -> Result<T, ToolError> {
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
