//! Files that are there as a whole or not at all.

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use signal_hook::low_level::emulate_default_handler;
use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use std::thread;
use std::time::Duration;

/// The bytes of the longest name that file systems take.
const LONGEST: usize = 255;

/// How many further names are tried where one is taken.
const TRIES: u32 = 64;

/// How long a signal waits at most.
const PAUSE: Duration = Duration::from_millis(20);

/// The files that are being written. A signal ends the process wherever it is, so that all of them have to be known in one
/// place.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file being written, beside its final path.
pub(super) struct Fresh {
    file: Option<File>,
    beside: PathBuf,
    path: PathBuf,
    lost: Vec<&'static str>,
}

impl Fresh {
    /// A file that will be at `path`. A file that is there is replaced, with its mode and, as far as possible, its owner.
    pub(super) fn new(path: &Path) -> io::Result<Self> {
        // What a link leads to is replaced, not the link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let there = fs::metadata(&path).ok();
        if there.as_ref().is_some_and(|there| !there.is_file()) {
            return Err(io::Error::other("it is not a regular file"));
        }
        let (file, beside) = create_beside(&path)?;
        let mut fresh = Self { file: Some(file), beside, path, lost: Vec::new() };
        if let Some(there) = there {
            fs::set_permissions(&fresh.beside, there.permissions())?;
            fresh.lost = keep_owner(&fresh.beside, &there);
        }
        Ok(fresh)
    }

    /// The same for a file that has to be there, and may be written.
    pub(super) fn in_place_of(path: &Path) -> io::Result<Self> {
        if fs::metadata(path)?.permissions().readonly() {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
        }
        Self::new(path)
    }

    /// What the new file does not have of the old one, for people.
    pub(super) fn lost(&self) -> &[&'static str] {
        &self.lost
    }

    /// Puts the file in its place.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.sync()?;
        self.put()
    }

    /// Puts the file in its place if what is there `is_same` as what was read before.
    pub(super) fn finish_if(mut self, is_same: impl FnOnce(&Path) -> io::Result<bool>) -> io::Result<()> {
        // The comparison comes last: what is saved after it is overwritten.
        self.sync()?;
        match is_same(&self.path) {
            Ok(true) => self.put(),
            Ok(false) => Err(changed()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(changed()),
            Err(error) => Err(error),
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.as_ref().map_or(Ok(()), File::sync_all)
    }

    fn put(&mut self) -> io::Result<()> {
        // Not every system moves a file that is open.
        drop(self.file.take());
        // Held until the file is moved, so that a signal finds it either under its own name or in its place.
        let mut unfinished = unfinished();
        let moved = fs::rename(&self.beside, &self.path);
        if moved.is_err() {
            let _ = fs::remove_file(&self.beside);
        }
        unfinished.remove(&self.beside);
        moved
    }
}

/// The error for a file that is not what it was when it was read.
pub(super) fn changed() -> io::Error {
    io::Error::other("it has changed since it was read, and was left as it is")
}

/// Whether the file at `path` holds `bytes`.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    if file.metadata()?.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let (mut left, mut piece) = (bytes, vec![0; 1 << 16]);
    loop {
        let length = file.read(&mut piece)?;
        let read = piece.get(..length).unwrap_or_default();
        match left.strip_prefix(read) {
            _ if length == 0 => return Ok(left.is_empty()),
            Some(rest) => left = rest,
            None => return Ok(false),
        }
    }
}

/// What was read of a file: enough to compare it with another text without keeping it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Content {
    /// The bytes that were read.
    pub(super) length: u64,
    /// FNV-1a over all bytes, which does not depend on how they were cut into pieces.
    hash: u64,
}

impl Default for Content {
    fn default() -> Self {
        Self { length: 0, hash: 0xcbf2_9ce4_8422_2325 }
    }
}

impl Content {
    /// Adds what was read next.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.length += bytes.len() as u64;
        for byte in bytes {
            self.hash = (self.hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// What a file holds.
    pub(super) fn of(reader: impl Read) -> io::Result<Self> {
        Self::copy(reader, &mut io::sink())
    }

    /// Copies what is left, and gives what that was.
    pub(super) fn copy(mut reader: impl Read, out: &mut impl Write) -> io::Result<Self> {
        let (mut content, mut piece) = (Self::default(), vec![0; 1 << 16]);
        loop {
            let length = reader.read(&mut piece)?;
            let read = piece.get(..length).unwrap_or_default();
            if read.is_empty() {
                return Ok(content);
            }
            content.add(read);
            out.write_all(read)?;
        }
    }
}

/// Creates a file with a name of its own beside `path`.
fn create_beside(path: &Path) -> io::Result<(File, PathBuf)> {
    let name = path.file_name().ok_or_else(|| io::Error::other("it names no file"))?;
    remove_on_signals();
    let mut tried = 0;
    loop {
        let beside = path.with_file_name(hidden(name, tried));
        // Held until the file is noted, so that a signal in between waits.
        let mut unfinished = unfinished();
        match OpenOptions::new().write(true).create_new(true).open(&beside) {
            Ok(file) => {
                unfinished.insert(beside.clone());
                return Ok((file, beside));
            }
            // It may be left over from a run that was killed, and had the same number.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tried < TRIES => tried += 1,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let left = beside.file_name().unwrap_or_default().to_string_lossy();
                return Err(io::Error::other(format!("too many files like `{left}` are beside it")));
            }
            Err(error) => return Err(error),
        }
    }
}

/// From the first file that is written on, an interrupted run removes what it has not finished.
fn remove_on_signals() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let received = Arc::new(AtomicUsize::new(0));
        let watched = Arc::clone(&received);
        // Without a thread to act on them, signals keep their default action.
        if thread::Builder::new().name("signals".to_owned()).spawn(move || watch(&watched)).is_ok() {
            for signal in [SIGINT, SIGTERM] {
                let _ = flag::register_usize(signal, Arc::clone(&received), signal as usize);
            }
        }
    });
}

/// Waits for a signal, removes what is not finished, and ends the process by the signal, as its parent expects. What wakes a
/// thread up at once is a socket pair, and cardlint opens no socket.
fn watch(received: &AtomicUsize) {
    loop {
        thread::sleep(PAUSE);
        let signal = received.load(Ordering::Relaxed);
        if signal != 0 {
            // Held to the end: no file is created or moved any more.
            let unfinished = unfinished();
            for path in unfinished.iter() {
                let _ = fs::remove_file(path);
            }
            let _ = emulate_default_handler(signal as i32);
        }
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

/// Only a privileged user can give files away; for anybody else the owner is usually the same already. Says what is lost.
#[cfg(unix)]
fn keep_owner(path: &Path, there: &fs::Metadata) -> Vec<&'static str> {
    use std::os::unix::fs::{MetadataExt, chown};
    let is_same = |own: &fs::Metadata| (own.uid(), own.gid()) == (there.uid(), there.gid());
    if !fs::metadata(path).as_ref().is_ok_and(is_same) {
        let _ = chown(path, Some(there.uid()), Some(there.gid()));
        // The system removes some bits of the mode from a file that is given away.
        let _ = fs::set_permissions(path, there.permissions());
    }
    let own = fs::metadata(path).ok();
    let keeps =
        |same: fn(&fs::Metadata, &fs::Metadata) -> bool| own.as_ref().is_some_and(|own| same(own, there));
    let lost = [
        (there.nlink() > 1, "its other hard links, which keep the old text"),
        (!keeps(|own, there| own.uid() == there.uid()), "its owner"),
        (!keeps(|own, there| own.gid() == there.gid()), "its group"),
        (!keeps(|own, there| own.mode() == there.mode()), "special bits of its mode"),
    ];
    lost.into_iter().filter(|(is_lost, _)| *is_lost).map(|(_, what)| what).collect()
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &fs::Metadata) -> Vec<&'static str> {
    Vec::new()
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
        // What was written is of no use; if it cannot be removed either, there is nothing left to try.
        if self.file.take().is_some() {
            let mut unfinished = unfinished();
            let _ = fs::remove_file(&self.beside);
            unfinished.remove(&self.beside);
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
