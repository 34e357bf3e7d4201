//! The search for a few dozen short markers, in one pass over every second byte.

/// Finds the markers in a text. Of each marker, the three bytes are looked for that are rarest in prose. Wherever they
/// stand, two of them start at an even byte, so that a bit for each pair of bytes and every second byte do.
pub(super) struct Search {
    /// A bit for each pair of bytes.
    pairs: Vec<u64>,
    /// A bit for each that three bytes may come to.
    threes: Vec<u64>,
    /// Sorted by their three bytes.
    anchors: Vec<Anchor>,
}

/// What is looked for of a marker.
struct Anchor {
    three: [u8; 3],
    /// The number of the marker.
    number: usize,
    marker: &'static str,
    /// Where in the marker the three bytes stand.
    at: usize,
}

impl Anchor {
    fn new((number, marker): (usize, &'static str)) -> Self {
        let common = |three: &[u8]| three.iter().filter(|byte| matches!(byte, b'a'..=b'z' | b' ')).count();
        let windows = marker.as_bytes().windows(3).enumerate();
        let (at, three) = windows.min_by_key(|(_, three)| common(three)).unwrap_or((0, b"   "));
        Self { three: [three[0], three[1], three[2]], number, marker, at }
    }
}

impl Search {
    /// A search for `markers` of three bytes or more, which are numbered from 0.
    pub(super) fn new(markers: impl Iterator<Item = &'static str>) -> Self {
        let mut anchors: Vec<Anchor> = markers.enumerate().map(Anchor::new).collect();
        anchors.sort_by_key(|anchor| (anchor.three, anchor.number));
        let (mut pairs, mut threes) = (vec![0; 1 << 10], vec![0; 1 << 10]);
        let set = |bits: &mut Vec<u64>, bit: usize| bits[bit / 64] |= 1 << (bit % 64);
        for three @ [first, second, third] in anchors.iter().map(|anchor| anchor.three) {
            set(&mut threes, hash(three));
            for pair in [[first, second], [second, third]] {
                set(&mut pairs, usize::from(u16::from_le_bytes(pair)));
            }
        }
        Self { pairs, threes, anchors }
    }

    /// Every marker in `text`: where it starts, and its number; where several start, the first one counts.
    pub(super) fn all(&self, text: &[u8]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (index, pair) in text.chunks_exact(2).enumerate() {
            let pair = usize::from(u16::from_le_bytes([pair[0], pair[1]]));
            if has(&self.pairs, pair) {
                let at = 2 * index;
                self.around(text, at, &mut found);
                if let Some(before) = at.checked_sub(1) {
                    self.around(text, before, &mut found);
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// The markers whose three bytes start at byte `at`.
    fn around(&self, text: &[u8], at: usize, found: &mut Vec<(usize, usize)>) {
        let Some(&[first, second, third]) = text.get(at..at + 3) else { return };
        let three = [first, second, third];
        if !has(&self.threes, hash(three)) {
            return;
        }
        let from = self.anchors.partition_point(|anchor| anchor.three < three);
        for anchor in self.anchors[from..].iter().take_while(|anchor| anchor.three == three) {
            let start = at.checked_sub(anchor.at);
            found.extend(
                start
                    .filter(|&start| text[start..].starts_with(anchor.marker.as_bytes()))
                    .map(|start| (start, anchor.number)),
            );
        }
    }
}

/// Sixteen bits that differ for most three bytes.
fn hash([first, second, third]: [u8; 3]) -> usize {
    (u32::from_le_bytes([first, second, third, 0]).wrapping_mul(0x9E37_79B1) >> 16) as usize
}

fn has(bits: &[u64], bit: usize) -> bool {
    bits.get(bit / 64).is_some_and(|bits| bits >> (bit % 64) & 1 == 1)
}
