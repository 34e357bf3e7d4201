//! Files that are there as a whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file being written, beside the place where it will stand.
pub(super) struct Fresh {
    file: Option<File>,
    beside: PathBuf,
    path: PathBuf,
}

impl Fresh {
    /// A file that will stand at `path`, in the place of a file that may be there.
    pub(super) fn new(path: &Path) -> io::Result<Self> {
        // What a link leads to is replaced, not the link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if fs::metadata(&path).is_ok_and(|there| !there.is_file()) {
            return Err(io::Error::other("it is no regular file"));
        }
        let name = path.file_name().ok_or_else(|| io::Error::other("it names no file"))?;
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}.tmp", std::process::id()));
        let beside = path.with_file_name(hidden);
        let file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
        Ok(Self { file: Some(file), beside, path })
    }

    /// Puts the file in its place.
    pub(super) fn finish(mut self) -> io::Result<()> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let moved = file.sync_all().and_then(|()| {
            // Not every system moves a file that is open.
            drop(file);
            fs::rename(&self.beside, &self.path)
        });
        moved.inspect_err(|_| self.discard())
    }

    /// What was written is of no use; if it cannot be removed either, there is nothing left to try.
    fn discard(&self) {
        let _ = fs::remove_file(&self.beside);
    }
}

impl Write for Fresh {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(bytes.len()), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            self.discard();
        }
    }
}
