//! The fingerprints of the findings of a text, each different from the others.

use super::plain;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::fingerprint;
use crate::lint::Checked;
use std::collections::HashMap;

/// The fingerprint of each finding of `checked`, a text of the file `path`, in their order.
pub(super) fn fingerprints(path: &str, checked: &Checked) -> Vec<String> {
    let mut met = HashMap::new();
    let told = checked.places.len() == checked.diagnostics.len();
    let one = |(index, found): (usize, &Diagnostic)| {
        // Without places, as the lint gives them where it is asked, the pointer has to do.
        let pointers = || match found.inner_pointer() {
            Some(inner) => [&found.pointer, "\"", inner].concat(),
            None => found.pointer.clone(),
        };
        let place = checked.places.get(index).filter(|_| told).cloned().unwrap_or_else(pointers);
        let count = met.entry((found.rule.id, place.clone())).and_modify(|count| *count += 1).or_insert(1);
        // Of several that look alike, the first keeps its fingerprint.
        let place = if *count == 1 { place } else { format!("{place} {count}") };
        fingerprint(found.rule.id, plain(path), &place)
    };
    checked.diagnostics.iter().enumerate().map(one).collect()
}
