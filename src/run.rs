//! What the files of one run say about each other.
//!
//! Files are met one after the other, in the order of the report. Of each, only what identifies its documents is kept,
//! with a digest of what they say, so that a run may be of any length.

use crate::lint::{Checked, Settings, add};
use crate::model::Identity;
use crate::rule::{Check, Claim, Encounter, Report};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

/// How many identities are kept. What comes later is compared with these, and not with each other.
const MOST: usize = 100_000;

/// The files of a run that were met so far.
#[derive(Default)]
pub struct Files {
    known: HashMap<Identity, (Arc<str>, Claim)>,
}

impl Files {
    /// Adds to the findings of `checked`, the file at `path`, what is wrong with it beside the files that were met before.
    /// Tells whether there was anything.
    pub fn meet(&mut self, path: &str, checked: &mut Checked, settings: &Settings) -> bool {
        let claims = std::mem::take(&mut checked.claims);
        if claims.is_empty() {
            return false;
        }
        let before = checked.diagnostics.len();
        let path: Arc<str> = Arc::from(path);
        // A document that was copied and changed is one mistake, whatever it claims.
        let mut told = None;
        for claim in claims {
            match self.known.get(&claim.identity) {
                Some((other, earlier)) => {
                    let differs = **other != *path && claim.contradicts(earlier);
                    if differs && told != Some(claim.document) {
                        told = Some(claim.document);
                        let encounter =
                            Encounter { claim: &claim, path: &path, earlier, earlier_path: other };
                        report(&encounter, checked, settings);
                    }
                }
                None => self.keep(&path, claim),
            }
        }
        checked.diagnostics.len() > before
    }

    fn keep(&mut self, path: &Arc<str>, claim: Claim) {
        if self.known.len() < MOST
            && let Entry::Vacant(place) = self.known.entry(claim.identity.clone())
        {
            place.insert((Arc::clone(path), claim));
        }
    }
}

fn report(encounter: &Encounter<'_>, checked: &mut Checked, settings: &Settings) {
    let mut found = Vec::new();
    for rule in settings.selection.running() {
        if let Check::Run(check) = rule.check {
            check(encounter, &mut Report::new(&rule.meta, &mut found));
        }
    }
    for found in found {
        add(checked, found, &encounter.claim.place, settings);
    }
}
