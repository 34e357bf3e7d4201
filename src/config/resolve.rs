//! The settings that hold for a path: the file, its entries for some files, and the command line, one above the other.

use super::{Config, Date, FailOn, Written};
use crate::diagnostic::{Meta, Severity};
use crate::kind::{Forced, Kind, Mode, Version};
use crate::lint::{Choices, Limits, Selection, Selector, Settings};
use crate::rules;
use crate::suppress::Allowance;
use crate::syntax::Pointer;
use crate::text::Span;

/// Where a setting was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On the command line.
    CommandLine,
    /// In the configuration file.
    File(Span),
}

/// What the command line says.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// Rules switched on (true) and off, in the order written.
    pub choices: Vec<(Selector, bool)>,
    /// `--fail-on`.
    pub fail_on: Option<FailOn>,
    /// `--kind`, `--a2a-version` and `--mode`.
    pub forced: Forced,
    /// `--at`.
    pub at: Option<Pointer>,
    /// `--skip-unrecognized`.
    pub skip_unrecognized: bool,
    /// Whether places are asked for.
    pub places: bool,
    /// `--max-depth` and `--max-findings`.
    pub limits: Limits,
}

/// The entries of a configuration that are for a path.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Matches {
    /// Indices of `per-file` entries.
    pub per_file: Vec<usize>,
    /// Indices of `allow` entries.
    pub allow: Vec<usize>,
    /// For each of those with globs, the indices of the globs that match.
    pub globs: Vec<(usize, usize)>,
}

impl Config {
    /// Which entries are for `path`, which is relative to the folder of the configuration.
    pub fn matches(&self, path: &str) -> Matches {
        let mut matches = Matches::default();
        for (index, entry) in self.file.per_file.iter().enumerate() {
            if entry.files.iter().any(|glob| glob.value.matches(path)) {
                matches.per_file.push(index);
            }
        }
        for (index, entry) in self.file.allow.iter().enumerate() {
            let known = matches.globs.len();
            let globs = entry.files.iter().enumerate().filter(|(_, glob)| glob.value.matches(path));
            matches.globs.extend(globs.map(|(glob, _)| (index, glob)));
            if entry.files.is_empty() || matches.globs.len() > known {
                matches.allow.push(index);
            }
        }
        matches
    }
}

/// A setting, and where it was written.
pub(super) type Said<T> = Option<(T, Place)>;

/// All that is said about a path.
#[derive(Debug, Clone)]
pub struct Stack {
    pub(super) choices: Choices<(bool, Place)>,
    pub(super) severities: Choices<(Severity, Place)>,
    pub(super) fail_on: Said<FailOn>,
    pub(super) kind: Said<Kind>,
    pub(super) version: Said<Version>,
    pub(super) mode: Said<Mode>,
    pub(super) at: Option<Pointer>,
    pub(super) skip_unrecognized: bool,
    allowances: Vec<(Allowance, Option<Date>)>,
    places: bool,
    limits: Limits,
}

/// Lists that switch rules, in one table of the file.
type Lists<'c> = (&'c [Written<Selector>], &'c [Written<Selector>], &'c [(Written<Selector>, Severity)]);

impl Stack {
    /// What `config` says to a path with these `matches`, and `overrides` above it.
    pub fn new(config: Option<&Config>, matches: &Matches, overrides: &Overrides) -> Self {
        let mut stack = Self {
            choices: Choices::default(),
            severities: Choices::default(),
            fail_on: None,
            kind: None,
            version: None,
            mode: None,
            at: overrides.at.clone(),
            skip_unrecognized: overrides.skip_unrecognized,
            allowances: Vec::new(),
            places: overrides.places,
            limits: overrides.limits,
        };
        if let Some(config) = config {
            stack.push_file(config, matches);
        }
        stack.push_overrides(overrides);
        stack
    }

    fn push_file(&mut self, config: &Config, matches: &Matches) {
        let file = &config.file;
        self.fail_on = said(&file.fail_on);
        self.push_lists((&file.select, &file.ignore, &file.severity));
        for entry in matches.per_file.iter().filter_map(|&index| file.per_file.get(index)) {
            self.push_lists((&entry.select, &entry.ignore, &entry.severity));
            self.kind = said(&entry.kind).or(self.kind);
            self.version = said(&entry.a2a_version).or(self.version);
            self.mode = said(&entry.mode).or(self.mode);
        }
        for (index, entry) in
            matches.allow.iter().filter_map(|&index| file.allow.get(index).map(|entry| (index, entry)))
        {
            let allowance = Allowance { rule: entry.rule, pointer: entry.pointer.clone(), entry: index };
            self.allowances.push((allowance, entry.expires.as_ref().map(|date| date.value)));
        }
    }

    fn push_lists(&mut self, (select, ignore, severities): Lists<'_>) {
        let on = select.iter().map(|selector| (selector, true));
        let mut all: Vec<_> = on.chain(ignore.iter().map(|selector| (selector, false))).collect();
        all.sort_by_key(|(selector, _)| selector.span);
        self.choices.layer();
        self.severities.layer();
        for (selector, on) in all {
            self.choices.choose(selector.value, (on, Place::File(selector.span)));
        }
        for (selector, severity) in severities {
            self.severities.choose(selector.value, (*severity, Place::File(selector.span)));
        }
    }

    fn push_overrides(&mut self, overrides: &Overrides) {
        fn above<T: Copy>(value: Option<T>, below: Said<T>) -> Said<T> {
            value.map(|value| (value, Place::CommandLine)).or(below)
        }
        self.choices.layer();
        for (selector, on) in &overrides.choices {
            self.choices.choose(*selector, (*on, Place::CommandLine));
        }
        self.fail_on = above(overrides.fail_on, self.fail_on);
        self.kind = above(overrides.forced.kind, self.kind);
        self.version = above(overrides.forced.version, self.version);
        self.mode = above(overrides.forced.mode, self.mode);
    }

    /// What makes the exit status 1.
    pub fn fail_on(&self) -> FailOn {
        self.fail_on.map(|(fail_on, _)| fail_on).unwrap_or_default()
    }

    /// Whether a rule runs, and who says so.
    pub(super) fn is_on(&self, rule: &Meta) -> (bool, Option<Place>) {
        match self.choices.get(rule) {
            Some((on, place)) => (*on, Some(*place)),
            None => (rule.group.on_by_default(), None),
        }
    }

    /// The same for `lint`, without allowances.
    pub fn settings(&self) -> Settings {
        let mut on = Choices::default();
        let (mut severities, mut named) = (Vec::new(), Vec::new());
        for rule in rules::ALL {
            let meta = &rule.meta;
            let (is_on, place) = self.is_on(meta);
            if is_on && self.choices.is_by_name(meta) {
                named.push(meta.id);
            }
            if place.is_some() {
                on.choose(Selector::Rule(meta.id), is_on);
            }
            severities.extend(self.severities.get(meta).map(|(severity, _)| (meta.id, *severity)));
        }
        Settings {
            selection: Selection::new(on),
            named,
            severities,
            allowances: Vec::new(),
            places: self.places,
            forced: Forced {
                kind: self.kind.map(|(kind, _)| kind),
                version: self.version.map(|(version, _)| version),
                mode: self.mode.map(|(mode, _)| mode),
            },
            at: self.at.clone(),
            skip_unrecognized: self.skip_unrecognized,
            limits: self.limits,
        }
    }

    /// The same, with what is allowed on the day `today`.
    pub fn settings_on(&self, today: Date) -> Settings {
        let holds = |expires: &Option<Date>| expires.is_none_or(|last| today <= last);
        let allowed = self.allowances.iter().filter(|(_, expires)| holds(expires));
        Settings { allowances: allowed.map(|(allowance, _)| allowance.clone()).collect(), ..self.settings() }
    }

    /// The entries of `allow` that are for the path, with their last days.
    pub(super) fn allowances(&self) -> impl Iterator<Item = usize> + '_ {
        self.allowances.iter().map(|(allowance, _)| allowance.entry)
    }
}

fn said<T: Copy>(written: &Option<Written<T>>) -> Said<T> {
    written.as_ref().map(|written| (written.value, Place::File(written.span)))
}
