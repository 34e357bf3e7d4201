//! The search for a few dozen short markers, in one pass.

use aho_corasick::packed::{self, Searcher};
use aho_corasick::{AhoCorasick, MatchKind};

/// Finds markers in a text.
pub(super) struct Search {
    /// With vector instructions, where the machine has those that are needed for so many markers.
    packed: Option<Searcher>,
    /// A state for each letter that was met; a search of every machine.
    states: Option<AhoCorasick>,
}

impl Search {
    /// A search for `markers` of three bytes or more, which are numbered from 0.
    pub(super) fn new(markers: impl Iterator<Item = &'static str> + Clone) -> Self {
        let first = packed::MatchKind::LeftmostFirst;
        let packed = packed::Config::new().match_kind(first).builder().extend(markers.clone()).build();
        let states = match packed {
            Some(_) => None,
            None => Self::states(markers),
        };
        Self { packed, states }
    }

    /// Nothing, were there more markers than thirty bits count.
    fn states(markers: impl Iterator<Item = &'static str>) -> Option<AhoCorasick> {
        AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(markers).ok()
    }

    /// The markers in `text`: where each starts, and its number. Where several start the first one counts, and none starts
    /// inside another.
    pub(super) fn all(&self, text: &[u8]) -> impl Iterator<Item = (usize, usize)> {
        let packed = self.packed.as_ref().map(|search| search.find_iter(text));
        let states = self.states.as_ref().map(|search| search.find_iter(text));
        let found = packed.into_iter().flatten().chain(states.into_iter().flatten());
        found.map(|found| (found.start(), found.pattern().as_usize()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_searches_find_the_same() {
        let markers = ["://", "ey\"", "key", "keys", "eyJ", "sk-", "sk-ant-"];
        let packed = Search::new(markers.into_iter());
        let states = Search { packed: None, states: Search::states(markers.into_iter()) };
        let text = "\"key\": \"sk-ant-1\", \"keys\": [\"https://eyJ.example.com\"]; keykeyey\"sk-".repeat(9);
        let found: Vec<_> = states.all(text.as_bytes()).collect();
        assert_eq!(found.len(), 9 * 9);
        assert_eq!(packed.all(text.as_bytes()).collect::<Vec<_>>(), found);
    }
}
