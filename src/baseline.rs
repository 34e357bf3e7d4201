//! Findings that were there when somebody began: kept in a file, and not reported again.
//!
//! An entry is what a finding is known by (see [`crate::fingerprint`]), written out so that a person can read what is
//! accepted, and mend a path when a file has moved.

use crate::diagnostic::Diagnostic;
use crate::lint::{Checked, find_rule};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the file; it is raised when a reader would have to change.
const VERSION: u64 = 1;

/// Findings, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// For each path the counts by rule and place.
    files: BTreeMap<String, BTreeMap<(String, String), u64>>,
}

#[derive(Deserialize)]
struct Version {
    version: u64,
}

#[derive(Deserialize)]
struct File {
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    path: String,
    rule: String,
    place: String,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: u64,
}

const fn one() -> u64 {
    1
}

fn is_one(count: &u64) -> bool {
    *count == 1
}

impl Baseline {
    /// Reads a baseline file, or says why it is none.
    pub fn read(text: &str) -> Result<Self, String> {
        // What the error quotes may be part of any file.
        let broken = |error: serde_json::Error| {
            format!("it is not a baseline (line {}, column {})", error.line(), error.column())
        };
        let Version { version } = serde_json::from_str(text).map_err(broken)?;
        if version != VERSION {
            return Err(format!("it has version {version}, and this cardlint reads version {VERSION}"));
        }
        let File { findings } = serde_json::from_str(text).map_err(broken)?;
        let mut baseline = Self::default();
        for Entry { path, rule, place, count } in findings {
            let rule = find_rule(&rule).map_or(rule, |rule| rule.meta.id.to_owned());
            baseline.add(&path, rule, place, count);
        }
        Ok(baseline)
    }

    /// The text of the file: the same for the same findings, an entry a line.
    pub fn write(&self) -> Result<String, serde_json::Error> {
        let mut text = format!("{{\n  \"version\": {VERSION},\n  \"findings\": [");
        let mut first = true;
        for (path, findings) in &self.files {
            for ((rule, place), count) in findings {
                text.push_str(if std::mem::take(&mut first) { "\n    " } else { ",\n    " });
                let (path, rule, place) = (path.clone(), rule.clone(), place.clone());
                text.push_str(&serde_json::to_string(&Entry { path, rule, place, count: *count })?);
            }
        }
        text.push_str(if first { "]\n}\n" } else { "\n  ]\n}\n" });
        Ok(text)
    }

    /// How many findings there are.
    pub fn len(&self) -> u64 {
        self.files.values().flat_map(BTreeMap::values).fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn add(&mut self, path: &str, rule: String, place: String, count: u64) {
        if !self.files.contains_key(path) {
            self.files.insert(path.to_owned(), BTreeMap::new());
        }
        if let Some(findings) = self.files.get_mut(path) {
            let known = findings.entry((rule, place)).or_default();
            *known = known.saturating_add(count);
        }
    }

    /// Uses up one finding, if it is there.
    fn take(&mut self, path: &str, key: &(String, String)) -> bool {
        let left = self.files.get_mut(path).and_then(|findings| findings.get_mut(key));
        left.filter(|left| **left > 0).map(|left| *left -= 1).is_some()
    }
}

/// Sifts what is found in a run, file by file.
#[derive(Debug, Default)]
pub struct Sieve {
    /// What was known before.
    known: Option<Baseline>,
    /// What is known from now on.
    written: Option<Baseline>,
    /// How many known findings were not found again.
    gone: u64,
}

impl Sieve {
    /// A sieve that holds back what is `known`, and everything if it is `writing`.
    pub fn new(known: Option<Baseline>, writing: bool) -> Self {
        Self { known, written: writing.then(Baseline::default), gone: 0 }
    }

    /// Whether it holds back anything at all.
    pub fn is_used(&self) -> bool {
        self.known.is_some() || self.written.is_some()
    }

    /// Takes the known findings out of a text of the file `path`. Which of several like ones is known goes by their order.
    pub fn sift(&mut self, path: &str, checked: &mut Checked) {
        let places = std::mem::take(&mut checked.places);
        let mut places = places.into_iter();
        let mut kept = Vec::new();
        let before = checked.diagnostics.len();
        checked.diagnostics.retain(|found| {
            let key = (found.rule.id.to_owned(), places.next().unwrap_or_default());
            let is_known = self.known.as_mut().is_some_and(|known| known.take(path, &key));
            match &mut self.written {
                Some(written) => {
                    written.add(path, key.0, key.1, 1);
                    false
                }
                None if is_known => false,
                None => {
                    kept.push(key.1);
                    true
                }
            }
        });
        checked.places = kept;
        checked.suppressed += (before - checked.diagnostics.len()) as u64;
    }

    /// Which findings of a text of the file `path` are known, without using any up.
    pub fn known_in(&self, path: &str, checked: &Checked) -> Vec<bool> {
        let known = self.known.as_ref().and_then(|known| known.files.get(path));
        let mut met: BTreeMap<(String, String), u64> = BTreeMap::new();
        let pairs = checked.diagnostics.iter().zip(&checked.places);
        let is_known = |(found, place): (&Diagnostic, &String)| {
            let Some(known) = known else { return false };
            let key = (found.rule.id.to_owned(), place.clone());
            let left = known.get(&key).copied().unwrap_or_default();
            let met = met.entry(key).or_default();
            *met += 1;
            *met <= left
        };
        pairs.map(is_known).collect()
    }

    /// Says that all of the file `path` was sifted; `runs` tells which rules looked at it.
    pub fn end_file(&mut self, path: &str, runs: impl Fn(&str) -> bool) {
        let left = self.known.as_mut().and_then(|known| known.files.remove(path));
        for ((rule, _), count) in left.into_iter().flatten() {
            if runs(&rule) {
                self.gone = self.gone.saturating_add(count);
            }
        }
    }

    /// How many known findings were not found again in the files that were checked.
    pub fn gone(&self) -> u64 {
        self.gone
    }

    /// What is to be written: all that was found, and what was known of other files.
    pub fn into_written(self) -> Option<Baseline> {
        let mut written = self.written?;
        written.files.extend(self.known.unwrap_or_default().files);
        Some(written)
    }
}
