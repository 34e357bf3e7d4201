//! From the paths of the command line to the files to check, in order and each once.

use super::configs::Configs;
use super::error::ToolError;
use super::places::plain_in;
use crate::config::{Exclude, FileGlob, Written};
use crate::text::Span;
use ignore::{DirEntry, WalkBuilder};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

/// Which files are met.
pub(crate) struct Walk {
    /// What is passed over.
    exclude: Exclude,
    /// The configuration, which may say what else is.
    configs: Arc<Configs>,
    /// Whether ignore files are honoured.
    ignore_files: bool,
    /// Whether hidden files are met.
    hidden: bool,
}

/// Something to check.
#[derive(Debug)]
pub(crate) enum Target {
    /// Standard input.
    Stdin,
    /// A file.
    File(Listed),
}

/// A file to check.
#[derive(Debug)]
pub(crate) struct Listed {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// How reports call it.
    pub(crate) name: String,
    /// Whether it was met in a directory, not named.
    pub(crate) walked: bool,
    /// Its length in bytes.
    pub(crate) length: u64,
}

type Found = Result<Target, ToolError>;

impl Walk {
    /// A walk that passes over what `exclude` matches, and what the configuration excludes.
    pub(crate) fn new(
        exclude: &[String],
        configs: &Arc<Configs>,
        ignore_files: bool,
        hidden: bool,
    ) -> Result<Self, ToolError> {
        let globs: Vec<_> =
            exclude.iter().map(|glob| Written { value: glob.clone(), span: Span::default() }).collect();
        let here = std::env::current_dir().unwrap_or_default();
        let (exclude, faults) = Exclude::new(&here, globs.iter());
        if let Some((glob, why)) = faults.first() {
            return Err(ToolError::Usage(format!("--exclude `{}`: {why}", glob.value)));
        }
        Ok(Self { exclude, configs: Arc::clone(configs), ignore_files, hidden })
    }

    /// The files that `paths` name or lead to.
    pub(crate) fn targets<'w>(&'w self, paths: &'w [PathBuf]) -> Box<dyn Iterator<Item = Found> + 'w> {
        let all = paths.iter().flat_map(|path| self.argument(path));
        match paths {
            // A directory alone does not lead to a file twice, and may hold too many to remember.
            [path] if path.is_dir() => Box::new(all),
            _ => Box::new(once_each(all)),
        }
    }

    fn argument<'w>(&'w self, path: &'w Path) -> Box<dyn Iterator<Item = Found> + 'w> {
        if path == Path::new("-") {
            return Box::new(std::iter::once(Ok(Target::Stdin)));
        }
        match fs::metadata(path) {
            // Not every system says of a name with a star that there is no such file.
            Err(_) if is_glob(path) => self.globbed(path),
            metadata => self.named(path.to_owned(), metadata),
        }
    }

    fn named<'w>(
        &'w self,
        path: PathBuf,
        metadata: io::Result<fs::Metadata>,
    ) -> Box<dyn Iterator<Item = Found> + 'w> {
        let name = display(&path);
        let found = match metadata {
            Err(error) => Err(ToolError::unreadable(&name, &error)),
            Ok(metadata) if metadata.is_dir() => return Box::new(self.directory(path)),
            Ok(metadata) if metadata.is_file() => {
                Ok(Target::File(Listed { path, name, walked: false, length: metadata.len() }))
            }
            Ok(_) => Err(ToolError::refused(&name, "it is not a regular file; `-` reads standard input")),
        };
        Box::new(std::iter::once(found))
    }

    fn globbed<'w>(&'w self, pattern: &Path) -> Box<dyn Iterator<Item = Found> + 'w> {
        let name = display(pattern);
        let mut paths = match self.matching(&pattern.to_string_lossy()) {
            Ok(paths) => paths.peekable(),
            Err(error) => {
                return Box::new(std::iter::once(Err(ToolError::refused(&name, error.to_string()))));
            }
        };
        if paths.peek().is_none() {
            return Box::new(std::iter::once(Err(ToolError::refused(&name, "no file matches it"))));
        }
        Box::new(paths.flat_map(move |path| match path {
            Ok(path) => {
                let metadata = fs::metadata(&path);
                let is_dir = metadata.as_ref().is_ok_and(fs::Metadata::is_dir);
                if self.exclude.covers(&path, is_dir) || self.configs.covers(&path, is_dir) {
                    return Box::new(std::iter::empty()) as Box<dyn Iterator<Item = Found>>;
                }
                self.named(path, metadata)
            }
            Err(error) => Box::new(std::iter::once(Err(error))),
        }))
    }

    /// The paths that a glob matches.
    fn matching(
        &self,
        glob: &str,
    ) -> Result<Box<dyn Iterator<Item = Result<PathBuf, ToolError>>>, glob::PatternError> {
        let hidden = self.hidden;
        let options = glob::MatchOptions { require_literal_leading_dot: !hidden, ..Default::default() };
        let expanded = |glob: &str| {
            let unreadable =
                |error: glob::GlobError| ToolError::unreadable(&display(error.path()), error.error());
            glob::glob_with(glob, options).map(|paths| paths.map(move |path| path.map_err(unreadable)))
        };
        let Some((folder, below)) = below_any_folder(glob) else { return Ok(Box::new(expanded(glob)?)) };
        let Some(below) = FileGlob::below(below) else { return Ok(Box::new(expanded(glob)?)) };
        let folders = expanded(folder)?;
        Ok(Box::new(folders.flat_map(move |folder| match folder {
            Ok(folder) => Box::new(matching_below(folder, below.clone(), hidden)),
            Err(error) => Box::new(std::iter::once(Err(error))) as Box<dyn Iterator<Item = _>>,
        })))
    }

    fn directory(&self, root: PathBuf) -> impl Iterator<Item = Found> + '_ {
        let (hidden, exclude, configs) = (self.hidden, self.exclude.clone(), Arc::clone(&self.configs));
        self.configs.walks(&root);
        let walk = WalkBuilder::new(&root)
            // Hidden files are judged below, since .well-known is not passed over.
            .hidden(false)
            .ignore(self.ignore_files)
            .git_ignore(self.ignore_files)
            .git_exclude(self.ignore_files)
            .parents(self.ignore_files)
            // What is checked does not depend on the user's own settings, nor on whether this is a checkout.
            .git_global(false)
            .require_git(false)
            .sort_by_file_name(Ord::cmp)
            .filter_entry(move |entry| entry.depth() == 0 || is_met(entry, hidden, &exclude, &configs))
            .build();
        let from_here = root == Path::new(".");
        walk.filter_map(move |entry| match entry {
            Ok(entry) => walked(&entry, from_here),
            Err(error) => Some(Err(unreadable_entry(&root, &error, from_here))),
        })
    }
}

/// The folder in which `**` stands for any folder, and what stands there, for a glob with such a step.
fn below_any_folder(glob: &str) -> Option<(&str, &str)> {
    match glob.find("/**/").or_else(|| glob.strip_suffix("/**").map(str::len)) {
        _ if glob == "**" || glob.starts_with("**/") => Some((".", glob)),
        Some(0) => Some(("/", glob.get(1..)?)),
        Some(at) => Some((glob.get(..at)?, glob.get(at + 1..)?)),
        None => None,
    }
}

/// What a glob matches below a folder. The `glob` crate would follow links, and so go round in circles for longer than
/// anybody waits.
fn matching_below(
    folder: PathBuf,
    below: FileGlob,
    hidden: bool,
) -> impl Iterator<Item = Result<PathBuf, ToolError>> {
    let entries = WalkBuilder::new(&folder).standard_filters(false).sort_by_file_name(Ord::cmp).build();
    let from_here = folder == Path::new(".");
    entries.filter_map(move |entry| match entry {
        Ok(entry) => {
            let inside = entry.path().strip_prefix(&folder).ok()?;
            let is_match = entry.depth() > 0 && below.matches_with(&display(inside), hidden);
            is_match.then(|| Ok(if from_here { inside.to_owned() } else { entry.path().to_owned() }))
        }
        Err(error) => Some(Err(unreadable_entry(&folder, &error, from_here))),
    })
}

/// Whether the walk goes on with an entry.
fn is_met(entry: &DirEntry, hidden: bool, exclude: &Exclude, configs: &Configs) -> bool {
    let name = entry.file_name();
    let is_hidden = name.as_encoded_bytes().starts_with(b".");
    let is_met = if is_hidden { (hidden && name != ".git") || name == ".well-known" } else { true };
    let is_dir = entry.file_type().is_some_and(|kind| kind.is_dir());
    is_met && !exclude.matches(entry.path(), is_dir) && !configs.excludes(entry.path(), is_dir)
}

/// A file that was met, if it is one to look at.
fn walked(entry: &DirEntry, from_here: bool) -> Option<Found> {
    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
    if !is_file || !has_extension(entry.path(), &["json", "jsonl", "ndjson", "http", "rest"]) {
        return None;
    }
    let path = entry.path();
    let path = if from_here { path.strip_prefix(".").unwrap_or(path) } else { path };
    let name = display(path);
    Some(match entry.metadata() {
        Ok(metadata) => {
            Ok(Target::File(Listed { path: path.to_owned(), name, walked: true, length: metadata.len() }))
        }
        Err(error) => Err(unreadable_entry(path, &error, from_here)),
    })
}

fn unreadable_entry(path: &Path, error: &ignore::Error, from_here: bool) -> ToolError {
    let inside = path.strip_prefix(".").ok().filter(|inside| from_here && !inside.as_os_str().is_empty());
    let path = inside.unwrap_or(path);
    match error {
        ignore::Error::WithPath { path, err } => unreadable_entry(path, err, from_here),
        ignore::Error::WithDepth { err, .. } => unreadable_entry(path, err, from_here),
        // What the system said, without what the walk put before it.
        ignore::Error::Io(error) if error.get_ref().is_some() => {
            ToolError::unreadable(&display(path), &error.kind().into())
        }
        ignore::Error::Io(error) => ToolError::unreadable(&display(path), error),
        other => ToolError::refused(&display(path), other.to_string()),
    }
}

/// Drops files that were met before.
fn once_each<'w>(all: impl Iterator<Item = Found> + 'w) -> impl Iterator<Item = Found> + 'w {
    let here = std::env::current_dir().unwrap_or_default();
    let mut met = HashSet::new();
    let mut met_stdin = false;
    all.filter(move |found| match found {
        Ok(Target::File(file)) => met.insert(plain_in(&here, &file.path).into_os_string()),
        Ok(Target::Stdin) => !std::mem::replace(&mut met_stdin, true),
        Err(_) => true,
    })
}

/// Whether the name of a file ends in one of `extensions`, in any case.
pub(crate) fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|have| extensions.iter().any(|want| have.eq_ignore_ascii_case(want)))
}

/// How reports call a path.
pub(crate) fn display(path: &Path) -> String {
    let name = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { name.into_owned() } else { name.replace('\\', "/") }
}

fn is_glob(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '['])
}
