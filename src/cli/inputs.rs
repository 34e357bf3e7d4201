//! Configuration and baselines: the files that decide what is reported. A stranger may have written them, so they cannot make
//! a run read a file that is not part of the repository.

use super::places::{plain, real};
use super::revision::Revision;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The files as they are read in a run.
pub(super) enum Inputs {
    /// In the working tree.
    Working,
    /// At a git revision.
    Revision(Box<Revision>),
}

impl Inputs {
    /// Those at the revision `name`, or in the working tree where there is none.
    pub(super) fn new(name: Option<&str>) -> Result<Self, String> {
        let Some(name) = name else { return Ok(Self::Working) };
        let here = plain(Path::new("."));
        let Some(folder) = repository(&here) else {
            return Err("--config-from needs a git repository, and there is none here or above".to_owned());
        };
        Ok(Self::Revision(Box::new(Revision::open(name, folder)?)))
    }

    /// All of the file at `path`, which is from the root; nothing if there is none.
    pub(super) fn read(&self, path: &Path, longest: u64) -> io::Result<Option<Vec<u8>>> {
        match self {
            Inputs::Working => read_inside(path, longest),
            Inputs::Revision(revision) => revision.read(path, longest),
        }
    }

    /// How reports call the file that is called `name` in the working tree.
    pub(super) fn name(&self, name: String) -> String {
        match self {
            Inputs::Working => name,
            Inputs::Revision(revision) => format!("{}:{name}", revision.name()),
        }
    }

    /// Why a file that has to be there is not.
    pub(super) fn missing(&self) -> io::Error {
        match self {
            Inputs::Working => io::Error::other("no such file or directory"),
            Inputs::Revision(revision) => {
                io::Error::other(format!("it does not exist at revision `{}`", revision.name()))
            }
        }
    }

    pub(super) fn revision(&self) -> Option<&Revision> {
        match self {
            Inputs::Working => None,
            Inputs::Revision(revision) => Some(revision),
        }
    }
}

/// The repository that `folder` is part of: the nearest directory upwards that holds `.git`. A directory that is a link is
/// not asked, since it may lead into another repository.
fn repository(folder: &Path) -> Option<PathBuf> {
    let is_link = |folder: &Path| fs::symlink_metadata(folder).is_ok_and(|about| about.is_symlink());
    let holds_git = |folder: &&Path| !is_link(folder) && fs::symlink_metadata(folder.join(".git")).is_ok();
    folder.ancestors().find(holds_git).map(Path::to_owned)
}

/// Checks that `path` does not lead out of its repository, or of its directory where that is in no repository. Gives the
/// path without links.
pub(super) fn inside(path: &Path) -> io::Result<PathBuf> {
    let folder = path.parent().unwrap_or(path);
    let root = repository(folder).unwrap_or_else(|| real(folder)).canonicalize()?;
    let target = path.canonicalize().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => io::Error::other("it is a link to a file that does not exist"),
        _ => error,
    })?;
    let Ok(below) = target.strip_prefix(&root) else {
        return Err(io::Error::other(format!("it is a link that leads out of `{}`", root.display())));
    };
    if below.components().any(|part| part.as_os_str() == ".git") {
        return Err(io::Error::other("it is a link that leads into `.git`"));
    }
    Ok(target)
}

/// All of the file at `path`; nothing if there is none.
fn read_inside(path: &Path, longest: u64) -> io::Result<Option<Vec<u8>>> {
    match fs::symlink_metadata(path) {
        Ok(_) => {}
        Err(error) if is_absence(&error) => return Ok(None),
        Err(error) => return Err(error),
    }
    // A pipe is not even opened, since that waits for a writer.
    if let Ok(about) = fs::metadata(path) {
        regular(&about)?;
    }
    let target = inside(path)?;
    let file = File::open(&target)?;
    regular(&file.metadata()?)?;
    let mut bytes = Vec::new();
    file.take(longest + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > longest { Err(too_long(longest)) } else { Ok(Some(bytes)) }
}

fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn regular(about: &fs::Metadata) -> io::Result<()> {
    if about.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a directory"));
    }
    if about.is_file() { Ok(()) } else { Err(io::Error::other("it is not a regular file")) }
}

pub(super) fn too_long(longest: u64) -> io::Error {
    io::Error::other(format!("it is longer than {} MiB", longest >> 20))
}
