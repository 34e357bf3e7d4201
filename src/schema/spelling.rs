//! How close two names are.

/// Whether two names differ in case, underscores and hyphens alone.
pub(super) fn same_but_for_case(right: &str, name: &str) -> bool {
    fn letters(name: &str) -> impl Iterator<Item = char> + '_ {
        name.chars().filter(|char| !matches!(char, '_' | '-' | ' ')).flat_map(char::to_lowercase)
    }
    letters(right).eq(letters(name))
}

/// Whether `name` is `right` with a slip: one edit in a short name, two in a long one, none in a very short one.
pub(super) fn is_slip(right: &str, name: &str) -> bool {
    let allowed = match right.len().min(name.len()) {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    right.len().abs_diff(name.len()) <= allowed && edits(right, name) <= allowed
}

pub(super) fn edits(right: &str, name: &str) -> usize {
    strsim::damerau_levenshtein(right, name)
}
