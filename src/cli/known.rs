//! The baseline files of a run: read before it, written after it.

use super::error::ToolError;
use super::fresh::Fresh;
use super::places::{plain, real, relative};
use super::walk::display;
use crate::baseline::{Baseline, Sieve};
use crate::lint::{Checked, Settings, find_rule};
use crate::secret::masked;
use crate::words::counted;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock, RwLockWriteGuard};

/// The longest baseline that is read, in bytes.
const LONGEST: u64 = 256 << 20;

/// What is known of findings, and where that is kept.
#[derive(Default)]
pub(super) struct Known {
    sieve: RwLock<Sieve>,
    /// Whether anything is known or to be.
    used: bool,
    read: Option<PathBuf>,
    write: Option<PathBuf>,
    /// The folder that paths in the baseline start from.
    folder: PathBuf,
}

impl Known {
    /// Reads the baseline at `read`, if there is one, and prepares to write one at `write`.
    pub(super) fn new(read: Option<&Path>, write: Option<&Path>) -> Result<Self, ToolError> {
        let known = read.map(read_file).transpose()?;
        // Where the run is told by the system, which knows of no links on the way.
        let folder = |path: &Path| real(plain(path).parent().unwrap_or(Path::new("")));
        let (from, to) = (read.map(folder), write.map(folder));
        if let (Some(from), Some(to)) = (&from, &to)
            && from != to
        {
            let why = "--baseline and --write-baseline name files in different folders, from which their paths start";
            return Err(ToolError::Usage(why.to_owned()));
        }
        let sieve = Sieve::new(known, write.is_some());
        let (read, write) = (read.map(Path::to_owned), write.map(Path::to_owned));
        let (used, sieve) = (sieve.is_used(), RwLock::new(sieve));
        Ok(Self { sieve, used, read, write, folder: from.or(to).unwrap_or_default() })
    }

    pub(super) fn is_used(&self) -> bool {
        self.used
    }

    fn sieve(&self) -> RwLockWriteGuard<'_, Sieve> {
        self.sieve.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether `path` is a baseline itself.
    pub(super) fn is_baseline(&self, path: &Path) -> bool {
        let is_same = |own: &PathBuf| own.file_name() == path.file_name() && plain(own) == plain(path);
        self.read.iter().chain(&self.write).any(is_same)
    }

    /// Takes out of a text what is known.
    pub(super) fn sift(&self, name: &str, checked: &mut Checked) {
        if self.is_used() {
            self.sieve().sift(&self.path(name), checked);
        }
    }

    /// Which findings of a text are known, as far as it is alone.
    pub(super) fn known_in(&self, name: &str, checked: &Checked) -> Vec<bool> {
        if !self.is_used() {
            return Vec::new();
        }
        let sieve = self.sieve.read().unwrap_or_else(PoisonError::into_inner);
        sieve.known_in(&self.path(name), checked)
    }

    /// Notes that all of a file was sifted, as far as that tells what is gone.
    pub(super) fn end_file(&self, name: &str, settings: &Settings) {
        if self.is_used() {
            let runs = |rule: &str| {
                find_rule(rule)
                    .is_some_and(|rule| settings.selection.is_on(&rule.meta) && !rule.check.compares_files())
            };
            self.sieve().end_file(&self.path(name), runs);
        }
    }

    /// The path of a file in the baseline.
    fn path(&self, name: &str) -> String {
        if name == "<stdin>" { name.to_owned() } else { relative(&plain(Path::new(name)), &self.folder) }
    }

    /// Writes what is to be written, and says in a line what became of the baseline. Only a run that looked for everything
    /// (`complete`) can tell what is gone.
    pub(super) fn finish(&self, complete: bool) -> Result<Option<String>, ToolError> {
        let sieve = std::mem::take(&mut *self.sieve());
        let gone = if complete { sieve.gone() } else { 0 };
        if let (Some(path), Some(written)) = (&self.write, sieve.into_written()) {
            let name = display(path);
            let text = written.write().map_err(io::Error::from);
            text.and_then(|text| replace(path, &text))
                .map_err(|error| ToolError::unwritable(&name, &error))?;
            return Ok(Some(format!("wrote {} to `{name}`\n", counted(written.len(), "finding"))));
        }
        let Some(path) = self.read.as_ref().filter(|_| gone > 0) else { return Ok(None) };
        let name = display(path);
        let verb = if gone == 1 { "is" } else { "are" };
        Ok(Some(format!(
            "{} of the baseline {verb} fixed: write it anew with `--baseline {name} --write-baseline {name}`\n",
            counted(gone, "finding")
        )))
    }
}

fn read_file(path: &Path) -> Result<Baseline, ToolError> {
    let name = display(path);
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes));
    read.map_err(|error| ToolError::unreadable(&name, &error))?;
    if bytes.len() as u64 > LONGEST {
        return Err(ToolError::refused(&name, "it is longer than 256 MiB"));
    }
    let text = String::from_utf8(bytes).map_err(|_| ToolError::refused(&name, "it is not UTF-8"))?;
    Baseline::read(&text).map_err(|why| {
        // What is wrong with it quotes the file, which may hold a credential.
        ToolError::refused(&name, Baseline::read(&masked(&text)).err().unwrap_or(masked(&why)))
    })
}

/// Puts a file with `text` at `path`, which at no time is there in part.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let mut file = Fresh::new(path)?;
    file.write_all(text.as_bytes())?;
    file.finish()
}
