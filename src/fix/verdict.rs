//! How good a text is, to tell whether another one is worse.

use crate::diagnostic::Severity;
use crate::lint::{Input, Settings, lint};
use crate::syntax::parse;
use std::collections::BTreeMap;

/// Looks at texts of one file with every rule that is on by default, whatever is selected and allowed.
pub(super) struct Judge<'j> {
    input: Input<'j>,
    settings: Settings,
}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    /// How many places are no JSON.
    faults: usize,
    /// How many errors of each rule there are.
    errors: BTreeMap<&'static str, usize>,
}

impl<'j> Judge<'j> {
    pub(super) fn new(input: Input<'j>, settings: &Settings) -> Self {
        let (forced, at) = (settings.forced, settings.at.clone());
        let skip_unrecognized = settings.skip_unrecognized;
        Self { input, settings: Settings { forced, at, skip_unrecognized, ..Settings::default() } }
    }

    pub(super) fn verdict(&self, bytes: &[u8]) -> Verdict {
        let faults = parse(bytes).faults().len();
        let mut errors = BTreeMap::new();
        let checked = lint(self.input, bytes.to_vec(), &self.settings);
        for found in checked.diagnostics.iter().filter(|found| found.severity == Severity::Error) {
            *errors.entry(found.rule.id).or_default() += 1;
        }
        Verdict { faults, errors }
    }
}

impl Verdict {
    /// Says what is worse about `next`, if anything is. A fault of the syntax hides what else is wrong near it, so that a
    /// text with fewer of them may show more errors.
    pub(super) fn compare(&self, next: &Verdict) -> Result<(), &'static str> {
        if next.faults > self.faults {
            return Err("it would break the JSON");
        }
        let grown = |(rule, count): (&&str, &usize)| *count > self.errors.get(*rule).copied().unwrap_or(0);
        if next.faults == self.faults && next.errors.iter().any(grown) {
            return Err("it would add an error");
        }
        Ok(())
    }
}
