//! What was checked and what was found, counted.

use crate::diagnostic::Severity;
use crate::kind::Profile;
use crate::lint::Checked;
use std::collections::BTreeMap;

/// Counts of a run or of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were checked.
    pub files: u64,
    /// Files that were passed over, since they hold no document.
    pub skipped: u64,
    /// Agent cards that catalogs without documents link to.
    pub linked: u64,
    /// Documents that were checked.
    pub documents: u64,
    /// Findings that are errors.
    pub errors: u64,
    /// Findings that are warnings.
    pub warnings: u64,
    /// Findings that are notes.
    pub notes: u64,
    /// Findings that were taken out, since they are allowed or known.
    pub suppressed: u64,
    /// Documents by what they were checked as.
    pub profiles: BTreeMap<Profile, u64>,
    /// Findings by rule.
    pub rules: BTreeMap<&'static str, u64>,
}

/// How many documents of a kind there are.
#[derive(Debug)]
pub struct KindCount {
    /// The kind; with version or mode, if that is the same for all.
    pub title: String,
    /// How many documents.
    pub count: u64,
    /// How many of each version or mode.
    pub details: Vec<(String, u64)>,
}

impl Summary {
    /// Counts a text.
    pub fn add(&mut self, checked: &Checked) {
        for document in &checked.documents {
            self.documents += 1;
            *self.profiles.entry(document.profile).or_default() += 1;
        }
        self.suppressed += checked.suppressed;
        for diagnostic in &checked.diagnostics {
            match diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Note => self.notes += 1,
            }
            *self.rules.entry(diagnostic.rule.id).or_default() += 1;
        }
    }

    /// Counts a file that was checked, or passed over, and what was counted in it.
    pub fn add_file(&mut self, checked: bool, counted: &Summary) {
        self.files += u64::from(checked);
        self.skipped += u64::from(!checked);
        self.linked += counted.linked;
        self.documents += counted.documents;
        self.errors += counted.errors;
        self.warnings += counted.warnings;
        self.notes += counted.notes;
        self.suppressed += counted.suppressed;
        for (profile, count) in &counted.profiles {
            *self.profiles.entry(*profile).or_default() += count;
        }
        for (rule, count) in &counted.rules {
            *self.rules.entry(rule).or_default() += count;
        }
    }

    /// Documents by kind, and by version or mode, in words: one kind after the other, with what its documents were checked as.
    pub fn kinds(&self) -> Vec<KindCount> {
        let mut kinds = BTreeMap::new();
        for (profile, count) in &self.profiles {
            let details: &mut BTreeMap<_, (Profile, u64)> = kinds.entry(profile.kind().title()).or_default();
            details.entry(detail(*profile)).or_insert((*profile, 0)).1 += count;
        }
        let kinds = kinds.into_iter();
        kinds
            .map(|(title, details)| {
                let count = details.values().map(|(_, count)| count).sum();
                let only = details.values().next().filter(|_| details.len() == 1);
                let only = only.map(|(profile, _)| profile_words(*profile));
                let details = details.into_iter().map(|(detail, (_, count))| (detail, count)).collect();
                KindCount { title: only.unwrap_or_else(|| title.to_owned()), count, details }
            })
            .collect()
    }

    /// How many findings there are.
    pub fn findings(&self) -> u64 {
        self.errors + self.warnings + self.notes
    }

    /// How many findings are as bad as `severity`, neither more nor less.
    pub fn of(&self, severity: Severity) -> u64 {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings,
            Severity::Note => self.notes,
        }
    }

    /// How many findings are at least as bad as `severity`.
    pub fn at_least(&self, severity: Severity) -> u64 {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.errors + self.warnings,
            Severity::Note => self.findings(),
        }
    }
}

/// What a document was checked as, in words: `A2A agent card 1.0`, `Graph agentInstance (create)`.
pub fn profile_words(profile: Profile) -> String {
    match profile.mode() {
        Some(_) => format!("{} ({})", profile.kind().title(), detail(profile)),
        None => format!("{} {}", profile.kind().title(), detail(profile)),
    }
}

/// The mode of a Graph object, or the versions of a card.
fn detail(profile: Profile) -> String {
    profile.mode().map_or_else(|| profile.versions().join(" + "), |mode| mode.name().to_owned())
}
