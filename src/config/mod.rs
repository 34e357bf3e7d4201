//! `cardlint.toml`: a text in, settings for a path out.
//!
//! Nothing here reads files or the clock; whoever does hands over texts, relative paths and the day.

mod date;
mod file;
mod patterns;
mod read;
mod resolve;
#[cfg(test)]
mod schema;
mod show;

pub use date::Date;
pub use file::{Allow, File, PerFile, Written};
pub use patterns::{Exclude, FileGlob};
pub use read::MOST_FAULTS;
pub use resolve::{Matches, Overrides, Place, Stack};
pub use show::show;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Selection, replace_severities};
use crate::rule::{Check, Remark, RemarkKind, Report};
use crate::rules;
use crate::secret::masked;
use crate::text::Span;
use std::path::Path;

/// The JSON Schema of the file.
pub const SCHEMA: &str = include_str!("../../schemas/config.json");

/// The name of the file that is looked for.
pub const FILE_NAME: &str = "cardlint.toml";

/// The longest file that is read, in bytes.
pub const LONGEST: u64 = 4 << 20;

/// What makes the exit status 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FailOn {
    /// Errors.
    #[default]
    Error,
    /// Warnings too.
    Warning,
    /// Every finding.
    Note,
    /// Nothing.
    Never,
}

impl FailOn {
    /// Every choice.
    pub const ALL: [FailOn; 4] = [FailOn::Error, FailOn::Warning, FailOn::Note, FailOn::Never];

    /// The name for `--fail-on`.
    pub const fn name(self) -> &'static str {
        match self {
            FailOn::Error => "error",
            FailOn::Warning => "warning",
            FailOn::Note => "note",
            FailOn::Never => "never",
        }
    }

    /// The lowest severity that does.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Note => Some(Severity::Note),
            FailOn::Never => None,
        }
    }

    /// Whether what was found makes the exit status 1.
    pub fn fails(self, found: &[Diagnostic]) -> bool {
        self.severity().is_some_and(|lowest| found.iter().any(|found| found.severity >= lowest))
    }
}

/// A configuration file.
#[derive(Debug)]
pub struct Config {
    /// How reports call it.
    pub name: String,
    /// Its text as it may be shown: bytes that are not UTF-8 are replaced, and credentials are masked.
    pub text: String,
    /// Whether it is TOML at all. What is not must not be quoted: a link may lead to any file.
    pub is_toml: bool,
    /// What it says. Of no use if there are faults.
    pub file: File,
    /// What walking passes over.
    pub exclude: Exclude,
    /// What is wrong with it.
    pub faults: Vec<Diagnostic>,
}

/// What became of an entry of `allow` in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// It has suppressed something, or not every file it may be for was checked.
    Unknown,
    /// Every file it is for was checked, and it has suppressed nothing.
    Unused,
    /// None of the files it is for is there.
    Orphaned,
}

impl Config {
    /// Reads a file called `name` in `folder`.
    pub fn read(name: String, folder: &Path, bytes: Vec<u8>) -> Self {
        let text = String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        let (file, mut faults) = read::read(&text);
        // What is said of the file, and shown of it, comes from a text in which nothing is secret.
        let shown = masked(&text);
        if !faults.is_empty() && shown != text {
            faults = read::read(&shown).1;
        }
        let (exclude, bad) = Exclude::new(folder, file.exclude.iter());
        faults.extend(bad.into_iter().map(|(glob, why)| read::Fault {
            span: glob.span,
            pointer: "/exclude".to_owned(),
            message: masked(&format!("this glob cannot be read: {why}")),
            help: "write it as a line of a .gitignore".to_owned(),
            is_syntax: false,
        }));
        // A file that is not TOML may be anything; then only where it is not TOML is said.
        let is_toml = !faults.iter().any(|fault| fault.is_syntax);
        faults.retain(|fault| is_toml || fault.is_syntax);
        faults.sort_by_key(|fault| fault.span);
        faults.truncate(MOST_FAULTS);
        let mut found = Vec::new();
        for read::Fault { span, pointer, message, help, .. } in &faults {
            let kind = RemarkKind::Fault(message, help);
            report(&Remark { span: *span, pointer, kind }, None, &mut found);
        }
        Self { name, text: shown, is_toml, file, exclude, faults: found }
    }

    /// What there is to say about the entries of `allow` on the day `today`; `usage` is what became of each.
    pub fn remarks(&self, usage: &[Usage], overrides: &Overrides, today: Date) -> Vec<Diagnostic> {
        let settings = Stack::new(Some(self), &Matches::default(), overrides).settings();
        let mut found = Vec::new();
        for (index, entry) in self.file.allow.iter().enumerate() {
            let usage = usage.get(index).copied().unwrap_or(Usage::Unknown);
            let last = entry.expires.as_ref().map(|date| date.value.to_string()).unwrap_or_default();
            let (span, kind) = match (&entry.expires, usage) {
                (Some(expires), _) if expires.value < today => {
                    (expires.span, RemarkKind::ExpiredAllowance(entry.rule, &last))
                }
                (_, Usage::Unknown) => continue,
                _ => (entry.span, RemarkKind::UnusedAllowance(entry.rule, usage == Usage::Orphaned)),
            };
            let pointer = &format!("/allow/{index}");
            report(&Remark { span, pointer, kind }, Some(&settings.selection), &mut found);
        }
        replace_severities(&mut found, &settings.severities);
        found
    }

    /// The line of a place in the file, from 1.
    pub fn line(&self, span: Span) -> usize {
        let before = self.text.get(..span.start as usize).unwrap_or(&self.text);
        before.bytes().filter(|byte| *byte == b'\n').count() + 1
    }
}

/// Lets the rules about configuration say what there is to say. What cannot be understood is said in any case.
fn report(remark: &Remark<'_>, selection: Option<&Selection>, found: &mut Vec<Diagnostic>) {
    for rule in rules::ALL {
        let is_on = selection.is_none_or(|selection| selection.is_on(&rule.meta));
        if let (Check::Configuration(check), true) = (&rule.check, is_on) {
            check(remark, &mut Report::new(&rule.meta, found));
        }
    }
}
