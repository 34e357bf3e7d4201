//! From the paths of the command line to the files to check, in order and each once.

use super::configs::Configs;
use super::error::ToolError;
use super::places::plain;
use crate::config::{Exclude, Written};
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
            Ok(_) => Err(ToolError::refused(&name, "it is no regular file; `-` reads standard input")),
        };
        Box::new(std::iter::once(found))
    }

    fn globbed<'w>(&'w self, pattern: &Path) -> Box<dyn Iterator<Item = Found> + 'w> {
        let name = display(pattern);
        let options = glob::MatchOptions { require_literal_leading_dot: !self.hidden, ..Default::default() };
        let paths = match glob::glob_with(&pattern.to_string_lossy(), options) {
            Ok(paths) => paths,
            Err(error) => {
                return Box::new(std::iter::once(Err(ToolError::refused(&name, error.to_string()))));
            }
        };
        let mut paths = paths.peekable();
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
            Err(error) => {
                let unreadable = ToolError::unreadable(&display(error.path()), error.error());
                Box::new(std::iter::once(Err(unreadable)))
            }
        }))
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
            Err(error) => Some(Err(unreadable_entry(&root, &error))),
        })
    }
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
    if !is_file || !has_extension(entry.path(), &["json", "jsonl", "ndjson"]) {
        return None;
    }
    let path = entry.path();
    let path = if from_here { path.strip_prefix(".").unwrap_or(path) } else { path };
    let name = display(path);
    Some(match entry.metadata() {
        Ok(metadata) => {
            Ok(Target::File(Listed { path: path.to_owned(), name, walked: true, length: metadata.len() }))
        }
        Err(error) => Err(unreadable_entry(path, &error)),
    })
}

fn unreadable_entry(path: &Path, error: &ignore::Error) -> ToolError {
    match error {
        ignore::Error::WithPath { path, err } => unreadable_entry(path, err),
        ignore::Error::WithDepth { err, .. } => unreadable_entry(path, err),
        ignore::Error::Io(error) => ToolError::unreadable(&display(path), error),
        other => ToolError::refused(&display(path), other.to_string()),
    }
}

/// Drops files that were met before.
fn once_each<'w>(all: impl Iterator<Item = Found> + 'w) -> impl Iterator<Item = Found> + 'w {
    let mut met = HashSet::new();
    let mut met_stdin = false;
    all.filter(move |found| match found {
        Ok(Target::File(file)) => met.insert(plain(&file.path)),
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
