//! How close two names are.

/// Whether two names differ in case, underscores and hyphens alone.
pub fn same_but_for_case(right: &str, name: &str) -> bool {
    fn plain(name: &str) -> impl Iterator<Item = u8> + '_ {
        name.bytes().filter(|byte| !matches!(byte, b'_' | b'-' | b' ')).map(|byte| byte.to_ascii_lowercase())
    }
    fn letters(name: &str) -> impl Iterator<Item = char> + '_ {
        name.chars().filter(|char| !matches!(char, '_' | '-' | ' ')).flat_map(char::to_lowercase)
    }
    if right.is_ascii() && name.is_ascii() {
        plain(right).eq(plain(name))
    } else {
        letters(right).eq(letters(name))
    }
}

/// Whether `name` is `right` with a slip: two edits in a long name, one in a short one. In a very short one the letters
/// have to be the same, changed in order or doubled, unless it is `wanted`: what `right` says is required and not there.
pub fn is_slip(right: &str, name: &str, wanted: bool) -> bool {
    let allowed = match right.len().min(name.len() + 1) {
        0 | 1 => 0,
        2 | 3 => usize::from(wanted || has_same_letters(right, name)),
        4..=7 => 1,
        _ => 2,
    };
    right.len().abs_diff(name.len()) <= allowed
        && Letters::of(right).differing(Letters::of(name)) <= 2 * allowed
        && edits(right, name) <= allowed
}

/// Which letters a name has, whatever their case: a bit for each, which some share.
#[derive(Clone, Copy)]
pub(super) struct Letters(u32);

impl Letters {
    pub(super) fn of(name: &str) -> Self {
        let add = |letters: u32, char: u32| letters | 1 << (char % 32);
        if name.is_ascii() {
            return Self(name.bytes().map(u32::from).fold(0, add));
        }
        Self(name.chars().map(u32::from).fold(0, add))
    }

    /// How many letters are in one of two names alone, at least. An edit makes no more than two, and they are counted in a
    /// fraction of the time that edits take.
    fn differing(self, other: Self) -> usize {
        (self.0 ^ other.0).count_ones() as usize
    }

    /// Whether the names may be the same but for case and what parts words, or but for a slip.
    pub(super) fn may_be(self, other: Self) -> bool {
        // Underscore, hyphen and space have these bits.
        const PARTS: u32 = 1 << 31 | 1 << 13 | 1;
        Self(self.0 & !PARTS).differing(Self(other.0 & !PARTS)) <= 4
    }
}

/// Whether each letter of one name is in the other.
fn has_same_letters(right: &str, name: &str) -> bool {
    right.chars().all(|char| name.contains(char)) && name.chars().all(|char| right.contains(char))
}

/// How many edits make one name of another.
pub fn edits(right: &str, name: &str) -> usize {
    strsim::damerau_levenshtein(right, name)
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn the_shorter_a_name_the_surer_a_slip_has_to_be() {
        assert!(is_slip("supportedInterfaces", "suportedInterface", false));
        assert!(is_slip("tags", "tag", false) && !is_slip("tags", "taps2", false));
        assert!(is_slip("url", "rul", false) && is_slip("id", "iid", false));
        assert!(!is_slip("url", "uri", false) && is_slip("url", "uri", true));
        assert!(!is_slip("a", "b", true));
    }
}
