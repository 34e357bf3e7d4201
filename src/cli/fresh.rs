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

    /// The same in the place of a file that is there, with its mode and, as far as may be, its owner.
    pub(super) fn in_place_of(path: &Path) -> io::Result<Self> {
        let there = fs::metadata(path)?;
        if there.permissions().readonly() {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
        }
        let fresh = Self::new(path)?;
        fs::set_permissions(&fresh.beside, there.permissions())?;
        keep_owner(&fresh.beside, &there);
        Ok(fresh)
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

/// Only a privileged user can give files away; for anybody else the owner is the same already.
#[cfg(unix)]
fn keep_owner(path: &Path, there: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, chown};
    let is_same = |own: fs::Metadata| (own.uid(), own.gid()) == (there.uid(), there.gid());
    if !fs::metadata(path).is_ok_and(is_same) {
        let _ = chown(path, Some(there.uid()), Some(there.gid()));
        // The system takes some bits of the mode away from a file that is given away.
        let _ = fs::set_permissions(path, there.permissions());
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &fs::Metadata) {}

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
