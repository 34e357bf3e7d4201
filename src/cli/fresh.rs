//! Files that are there as a whole or not at all.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The bytes of the longest name that file systems take.
const LONGEST: usize = 255;

/// How many further names are tried where one is taken.
const TRIES: u32 = 64;

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
        let mut tried = 0;
        loop {
            let beside = path.with_file_name(hidden(name, tried));
            match OpenOptions::new().write(true).create_new(true).open(&beside) {
                Ok(file) => return Ok(Self { file: Some(file), beside, path }),
                // It may be left over from a run that was interrupted, and had the same number.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tried < TRIES => tried += 1,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    let left = beside.file_name().unwrap_or_default().to_string_lossy();
                    return Err(io::Error::other(format!("too many files like `{left}` are beside it")));
                }
                Err(error) => return Err(error),
            }
        }
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

/// The name of a file that will be called `name`, as long as it is not complete.
fn hidden(name: &OsStr, tried: u32) -> OsString {
    let end = match tried {
        0 => format!(".{}.tmp", std::process::id()),
        tried => format!(".{}.{tried}.tmp", std::process::id()),
    };
    let mut hidden = OsString::from(".");
    if name.len() + end.len() < LONGEST {
        hidden.push(name);
    } else {
        let name = name.to_string_lossy();
        hidden.push(&name[..name.floor_char_boundary(LONGEST - 1 - end.len())]);
    }
    hidden.push(end);
    hidden
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_over_is_in_nobodys_way() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("card.json");
        for tried in 0..TRIES {
            fs::write(folder.path().join(hidden("card.json".as_ref(), tried)), "old").unwrap();
        }
        let mut fresh = Fresh::new(&path).unwrap();
        fresh.write_all(b"new").unwrap();
        assert!(
            Fresh::new(&path).is_err_and(|error| error.to_string().starts_with("too many files like `.card"))
        );
        fresh.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1 + TRIES as usize);
    }

    #[test]
    fn a_name_may_be_as_long_as_the_file_system_takes() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["x".repeat(LONGEST), "\u{e9}".repeat(LONGEST / 2)] {
            let path = folder.path().join(name);
            let mut fresh = Fresh::new(&path).unwrap();
            fresh.write_all(b"new").unwrap();
            fresh.finish().unwrap();
            assert_eq!(fs::read(&path).unwrap(), b"new");
        }
    }
}
