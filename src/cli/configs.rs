//! The configuration files of a run: which one is for which file, what was made of it, and what became of its entries.

use super::error::ToolError;
use super::inputs::Inputs;
use super::places::{plain, relative};
use crate::config::{Config, Date, FILE_NAME, FailOn, LONGEST, Matches, Overrides, Stack, Usage};
use crate::lint::{Checked, Settings, find_rule};
use crate::secret::masked;
use ignore::WalkBuilder;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where configuration comes from.
pub(super) enum Source {
    /// The nearest `cardlint.toml` upwards of each file.
    Nearest,
    /// One file for all.
    Given(PathBuf),
    /// Nowhere.
    None,
}

/// The configuration of a run.
pub(super) struct Configs {
    inputs: Arc<Inputs>,
    overrides: Overrides,
    today: Date,
    here: PathBuf,
    /// The file that is for all, or for none.
    fixed: Option<Option<usize>>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// What is for the files of a folder, as the folder is written.
    folders: HashMap<PathBuf, Option<usize>>,
    /// What is for a folder from the root.
    plain_folders: HashMap<PathBuf, Option<usize>>,
    loaded: Vec<Loaded>,
    made: HashMap<(Option<usize>, Matches), Arc<ForFile>>,
    /// The folders that were walked as a whole.
    walked: Vec<PathBuf>,
    unreadable: Vec<ToolError>,
}

/// A configuration file that was read.
struct Loaded {
    config: Arc<Config>,
    folder: PathBuf,
    /// Whether it cannot be used.
    broken: bool,
    /// How many files were not checked because of that.
    held_up: u64,
    /// Whether a file was checked by it, and whether one of them was met by walking.
    touched: (bool, bool),
    entries: Vec<EntryState>,
}

/// What became of an entry of `allow`.
#[derive(Clone, Default)]
struct EntryState {
    used: bool,
    /// Whether the rule did not run everywhere.
    unsure: bool,
    /// The globs that matched a file.
    seen: Vec<usize>,
}

/// What holds for a file.
pub(super) struct ForFile {
    pub(super) settings: Settings,
    pub(super) fail_on: FailOn,
    config: Option<usize>,
    matches: Matches,
}

impl Configs {
    pub(super) fn new(
        source: Source,
        inputs: Arc<Inputs>,
        overrides: Overrides,
        today: Date,
    ) -> Result<Self, ToolError> {
        let here = plain(Path::new("."));
        let mut configs = Self { inputs, overrides, today, here, fixed: None, state: Mutex::default() };
        match source {
            Source::Nearest => {}
            Source::None => configs.fixed = Some(None),
            Source::Given(path) => {
                let full = plain(&path);
                let name = super::walk::display(&path);
                let index = configs.load(&mut configs.state(), &full, name, true);
                if let Some(error) = configs.state().unreadable.pop() {
                    return Err(error);
                }
                configs.fixed = Some(index);
            }
        }
        Ok(configs)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads a configuration file, if there is one; if it was `named`, there has to be.
    fn load(&self, state: &mut State, path: &Path, name: String, named: bool) -> Option<usize> {
        let folder = path.parent().unwrap_or(path).to_owned();
        let name = self.inputs.name(name);
        let (bytes, readable) = match self.inputs.read(path, LONGEST) {
            Ok(Some(bytes)) => (bytes, true),
            Ok(None) if !named => return None,
            Err(error) if !named && error.kind() == io::ErrorKind::IsADirectory => return None,
            read => {
                let error = read.err().unwrap_or_else(|| self.inputs.missing());
                state.unreadable.push(ToolError::unreadable(&name, &error));
                (Vec::new(), false)
            }
        };
        let config = Config::read(name, &folder, bytes);
        let broken = !readable || !config.faults.is_empty();
        let entries = vec![EntryState::default(); config.file.allow.len()];
        let config = Arc::new(config);
        state.loaded.push(Loaded { config, folder, broken, held_up: 0, touched: (false, false), entries });
        Some(state.loaded.len() - 1)
    }

    /// The configuration for the files of `folder`.
    fn of_folder(&self, state: &mut State, folder: &Path) -> Option<usize> {
        if let Some(fixed) = self.fixed {
            return fixed;
        }
        if let Some(known) = state.folders.get(folder) {
            return *known;
        }
        let found =
            self.nearest(state, &plain(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }));
        state.folders.insert(folder.to_owned(), found);
        found
    }

    /// The nearest configuration in `folder` or above it.
    fn nearest(&self, state: &mut State, folder: &Path) -> Option<usize> {
        let mut passed = Vec::new();
        let mut found = None;
        for folder in folder.ancestors() {
            if let Some(known) = state.plain_folders.get(folder) {
                found = *known;
                break;
            }
            passed.push(folder.to_owned());
            let path = folder.join(FILE_NAME);
            found = self.load(state, &path, relative(&path, &self.here), false);
            // What is above the repository is not part of a revision.
            if found.is_some() || self.inputs.revision().is_some_and(|at| at.folder() == folder) {
                break;
            }
        }
        state.plain_folders.extend(passed.into_iter().map(|folder| (folder, found)));
        found
    }

    /// What holds for the file at `path`; nothing if its configuration is broken.
    pub(super) fn for_file(&self, path: &Path, walked: bool) -> Option<Arc<ForFile>> {
        let mut state = self.state();
        let state = &mut *state;
        let index = self.of_folder(state, path.parent().unwrap_or(Path::new("")));
        let mut matches = Matches::default();
        if let Some(loaded) = index.and_then(|index| state.loaded.get_mut(index)) {
            if loaded.broken {
                loaded.held_up += 1;
                return None;
            }
            loaded.touched = (true, loaded.touched.1 || walked);
            let file = &loaded.config.file;
            if !file.per_file.is_empty() || !file.allow.is_empty() {
                matches = loaded.config.matches(&relative(&plain(path), &loaded.folder));
            }
        }
        let key = (index, matches);
        if let Some(known) = state.made.get(&key) {
            return Some(Arc::clone(known));
        }
        let config = index.and_then(|index| state.loaded.get(index)).map(|loaded| Arc::clone(&loaded.config));
        let stack = Stack::new(config.as_deref(), &key.1, &self.overrides);
        let (settings, fail_on) = (stack.settings_on(self.today), stack.fail_on());
        let made = Arc::new(ForFile { settings, fail_on, config: index, matches: key.1.clone() });
        state.made.insert(key, Arc::clone(&made));
        Some(made)
    }

    /// Whether the configuration excludes what walking met.
    pub(super) fn excludes(&self, path: &Path, is_dir: bool) -> bool {
        let mut state = self.state();
        let index = self.of_folder(&mut state, path.parent().unwrap_or(Path::new("")));
        let Some(loaded) = index.and_then(|index| state.loaded.get(index)) else { return false };
        !loaded.config.exclude.is_empty() && loaded.config.exclude.matches(&plain(path), is_dir)
    }

    /// Whether the configuration excludes a file, or a folder that it stands in.
    pub(super) fn covers(&self, path: &Path, is_dir: bool) -> bool {
        let mut state = self.state();
        let index = self.of_folder(&mut state, path.parent().unwrap_or(Path::new("")));
        let Some(loaded) = index.and_then(|index| state.loaded.get(index)) else { return false };
        !loaded.config.exclude.is_empty() && loaded.config.exclude.covers(&plain(path), is_dir)
    }

    /// Says that `folder` is walked.
    pub(super) fn walks(&self, folder: &Path) {
        self.state().walked.push(plain(folder));
    }

    /// Says what became of a text.
    pub(super) fn met(&self, file: &ForFile, checked: &Checked) {
        if checked.used.is_empty() {
            return;
        }
        let mut state = self.state();
        let Some(loaded) = file.config.and_then(|index| state.loaded.get_mut(index)) else { return };
        for &entry in &checked.used {
            if let Some(entry) = loaded.entries.get_mut(entry) {
                entry.used = true;
            }
        }
    }

    /// Says that all of a file was checked.
    pub(super) fn complete(&self, file: &ForFile) {
        if file.matches.allow.is_empty() {
            return;
        }
        let mut state = self.state();
        let Some(loaded) = file.config.and_then(|index| state.loaded.get_mut(index)) else { return };
        for &(entry, glob) in &file.matches.globs {
            if let Some(entry) = loaded.entries.get_mut(entry)
                && !entry.seen.contains(&glob)
            {
                entry.seen.push(glob);
            }
        }
        for &index in &file.matches.allow {
            let rule = loaded.config.file.allow.get(index).and_then(|entry| find_rule(entry.rule));
            if let (Some(rule), Some(entry)) = (rule, loaded.entries.get_mut(index)) {
                entry.unsure |= rule.check.compares_files() || !file.settings.selection.is_on(&rule.meta);
            }
        }
    }

    /// The configuration files that could not be used, and how many files were not checked for each.
    pub(super) fn broken(&self) -> Vec<(Arc<Config>, u64)> {
        let state = self.state();
        let broken = state.loaded.iter().filter(|loaded| loaded.broken);
        broken.map(|loaded| (Arc::clone(&loaded.config), loaded.held_up)).collect()
    }

    /// The configuration files that could not be read.
    pub(super) fn unreadable(&self) -> Vec<ToolError> {
        std::mem::take(&mut self.state().unreadable)
    }

    /// Whether files were to be checked, and no rule was on for any of them.
    pub(super) fn is_all_off(&self) -> bool {
        let state = self.state();
        let is_off = |file: &Arc<ForFile>| file.settings.selection.running().next().is_none();
        !state.made.is_empty() && state.made.values().all(is_off)
    }

    /// What there is to say about the entries of the configuration files; `certain` if the run was complete as far as it
    /// went and looked for everything.
    pub(super) fn remarks(&self, certain: bool) -> Vec<(String, Checked, FailOn)> {
        let mut remarks = Vec::new();
        // Entries of another revision are not those that can be changed here.
        if self.inputs.revision().is_some() {
            return remarks;
        }
        let state = self.state();
        for loaded in state.loaded.iter().filter(|loaded| !loaded.broken && loaded.touched.0) {
            if loaded.entries.is_empty() {
                continue;
            }
            let whole = state
                .walked
                .iter()
                .any(|root| *root == loaded.folder || (loaded.touched.1 && loaded.folder.starts_with(root)));
            let there = OnceCell::new();
            let usage: Vec<_> = (0..loaded.entries.len())
                .map(|index| if certain { usage(loaded, index, whole, &there) } else { Usage::Unknown })
                .collect();
            let diagnostics = loaded.config.remarks(&usage, &self.overrides, self.today);
            if !diagnostics.is_empty() {
                let fail_on =
                    Stack::new(Some(&loaded.config), &Matches::default(), &self.overrides).fail_on();
                let checked = Checked { text: loaded.config.text.clone(), diagnostics, ..Checked::default() };
                remarks.push((loaded.config.name.clone(), checked, fail_on));
            }
        }
        remarks
    }

    /// The settings that hold for a path, for people.
    pub(super) fn show(&self, path: &Path) -> Option<String> {
        let file = self.for_file(path, false)?;
        let state = self.state();
        let config = file.config.and_then(|index| state.loaded.get(index)).map(|loaded| &*loaded.config);
        let stack = Stack::new(config, &file.matches, &self.overrides);
        let why = if self.fixed.is_some() { "command line" } else { "no cardlint.toml was found" };
        let revision = self.inputs.revision();
        let from = revision.map(|revision| format!("{} (commit {})", revision.name(), revision.commit()));
        let path = super::walk::display(path);
        Some(masked(&crate::config::show(&path, config, why, from.as_deref(), &stack)))
    }
}

/// What became of an entry, as far as that is certain; `whole` if all of the folder was walked. `there` is for the files that
/// are in it, which are looked for once, whatever the number of entries.
fn usage(loaded: &Loaded, index: usize, whole: bool, there: &OnceCell<Vec<String>>) -> Usage {
    let (Some(entry), Some(state)) = (loaded.config.file.allow.get(index), loaded.entries.get(index)) else {
        return Usage::Unknown;
    };
    if state.used || state.unsure {
        return Usage::Unknown;
    }
    let settled = entry.files.iter().enumerate().all(|(number, glob)| {
        let seen = state.seen.contains(&number);
        match glob.value.literal() {
            Some(_) if seen => true,
            Some(path) => whole && !loaded.folder.join(path).exists(),
            None => {
                let there = || there.get_or_init(|| files_below(&loaded.folder));
                whole && (seen || !there().iter().any(|path| glob.value.matches(path)))
            }
        }
    });
    match (settled, entry.files.is_empty()) {
        (false, _) => Usage::Unknown,
        (true, true) => {
            if whole {
                Usage::Unused
            } else {
                Usage::Unknown
            }
        }
        (true, false) => {
            if state.seen.is_empty() {
                Usage::Orphaned
            } else {
                Usage::Unused
            }
        }
    }
}

/// The paths of all files below a folder, as globs see them.
fn files_below(folder: &Path) -> Vec<String> {
    let entries = WalkBuilder::new(folder).standard_filters(false).build().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_some_and(|kind| !kind.is_dir()));
    files.map(|entry| relative(entry.path(), folder)).collect()
}
