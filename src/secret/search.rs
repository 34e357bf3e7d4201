//! The search for a few dozen short markers, in one pass.

use aho_corasick::packed::{self, Searcher};
use aho_corasick::{AhoCorasick, MatchKind};

/// Finds markers in a text.
pub(super) struct Search {
    parts: Vec<Part>,
}

/// A search for some of the markers.
struct Part {
    /// The number of the first of them.
    first: usize,
    /// With vector instructions, where the machine has those that are needed for so many markers.
    packed: Option<Searcher>,
    /// A state for each letter that was met; a search of every machine.
    states: Option<AhoCorasick>,
}

impl Search {
    /// A search for `markers` of three bytes or more, which are numbered from 0.
    pub(super) fn new(markers: &[&str]) -> Self {
        let part = |(number, markers): (usize, &[&str])| Part {
            first: number * MOST,
            packed: packed(markers),
            states: packed(markers).is_none().then(|| states(markers)).flatten(),
        };
        Self { parts: markers.chunks(MOST).enumerate().map(part).collect() }
    }

    /// Calls `each` for the markers in `text`, with the start and the number of each. Of those that are searched for together
    /// the first one counts where several start, and none starts inside another.
    pub(super) fn all(&self, text: &[u8], mut each: impl FnMut(usize, usize)) {
        for part in &self.parts {
            let packed = part.packed.as_ref().map(|search| search.find_iter(text));
            let states = part.states.as_ref().map(|search| search.find_iter(text));
            let found = packed.into_iter().flatten().chain(states.into_iter().flatten());
            found.for_each(|found| each(found.start(), part.first + found.pattern().as_usize()));
        }
    }
}

/// How many markers the vector instructions look for at once.
const MOST: usize = 64;

fn packed(markers: &[&str]) -> Option<Searcher> {
    packed::Config::new().match_kind(packed::MatchKind::LeftmostFirst).builder().extend(markers).build()
}

/// Nothing, were there more markers than thirty bits count.
fn states(markers: &[&str]) -> Option<AhoCorasick> {
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(markers).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_searches_find_the_same() {
        let markers = ["://", "ey\"", "key", "keys", "eyJ", "sk-", "sk-ant-"];
        let found = |search: &Search, text: &str| {
            let mut all = Vec::new();
            search.all(text.as_bytes(), |start, number| all.push((start, number)));
            all
        };
        let text = "\"key\": \"sk-ant-1\", \"keys\": [\"https://eyJ.example.com\"]; keykeyey\"sk-".repeat(9);
        let own = Search { parts: vec![Part { first: 0, packed: None, states: states(&markers) }] };
        assert_eq!(found(&own, &text).len(), 9 * 9);
        assert_eq!(found(&Search::new(&markers), &text), found(&own, &text));
    }

    #[test]
    fn many_markers_are_looked_for_in_parts() {
        let markers: Vec<String> = (0..150).map(|number| format!("<{number:03}>")).collect();
        let markers: Vec<&str> = markers.iter().map(String::as_str).collect();
        let mut all = Vec::new();
        Search::new(&markers).all(markers.concat().as_bytes(), |start, number| all.push((start, number)));
        assert_eq!(all, (0..150).map(|number| (5 * number, number)).collect::<Vec<_>>());
    }
}
