//! Unified diffs, as `patch` and `git apply` read them.

use similar::TextDiff;
use std::io::{self, Write};

/// How many lines around a change are shown.
const CONTEXT: usize = 3;

/// Prints the difference between two texts of one file.
pub(super) fn patch(out: &mut dyn Write, name: &str, old: &[u8], new: &[u8]) -> io::Result<()> {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let (before, after) = names(name);
    let diff = TextDiff::from_lines(&*old, &*new);
    write!(out, "{}", diff.unified_diff().context_radius(CONTEXT).header(&before, &after))
}

/// The names of the two sides. Paths inside the folder get the prefixes that `git apply` and `patch -p1` take off.
fn names(name: &str) -> (String, String) {
    let inside = name.strip_prefix("./").unwrap_or(name);
    if inside.starts_with(['/', '<']) || inside.starts_with("../") || inside.contains(':') {
        return (name.to_owned(), name.to_owned());
    }
    (format!("a/{inside}"), format!("b/{inside}"))
}
