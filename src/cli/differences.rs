//! What differs between two texts, line by line.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::HashMap;
use std::iter::successors;
use std::ops::Range;

/// How many lines are compared in the most careful way, which takes as many steps as the product of what changed with what
/// is there.
const CAREFUL: usize = 2000;

/// How many lines in a row have to be the same for two places to be taken for one another in a long text.
const SURE: usize = 3;

/// The next lines of two texts.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step<'l, T> {
    /// They are the same.
    Same(&'l [T]),
    /// Those of the one text stand in the place of those of the other.
    Changed(&'l [T], &'l [T]),
}

/// How the lines of `new` follow from those of `old`. The time is in proportion to the number of lines, and what comes out
/// depends on nothing else.
pub(super) fn differences<'l, 'b>(old: &'l [&'b [u8]], new: &'l [&'b [u8]]) -> Vec<Step<'l, &'b [u8]>> {
    let mut numbers: HashMap<&[u8], usize> = HashMap::new();
    let mut number = |line: &&'b [u8]| {
        let next = numbers.len();
        *numbers.entry(line).or_insert(next)
    };
    // Numbers are compared faster than lines.
    let (from, to): (Vec<usize>, Vec<usize>) =
        (old.iter().map(&mut number).collect(), new.iter().map(&mut number).collect());
    let mut steps = Vec::new();
    for (gone, come) in places(&from, &to) {
        let inside = capture_diff_slices(Algorithm::Myers, &from[gone.clone()], &to[come.clone()]);
        for part in inside {
            let at = |range: Range<usize>, start: usize| range.start + start..range.end + start;
            let before = &old[at(part.old_range(), gone.start)];
            let after = &new[at(part.new_range(), come.start)];
            steps.push(if matches!(part, DiffOp::Equal { .. }) {
                Step::Same(before)
            } else {
                Step::Changed(before, after)
            });
        }
    }
    steps
}

/// Two texts cut into pieces that are the same, or differ and are not long.
fn places(old: &[usize], new: &[usize]) -> Vec<(Range<usize>, Range<usize>)> {
    if old.len() + new.len() <= CAREFUL {
        return vec![(0..old.len(), 0..new.len())];
    }
    let (rows_of_old, rows_of_new) = (Rows::of(old), Rows::of(new));
    let mut places = Vec::new();
    let (mut at, mut to) = (0, 0);
    for (end, end_to) in anchors(old, new).into_iter().chain([(old.len(), new.len())]) {
        while at < end || to < end_to {
            let pairs = old[at..end].iter().zip(&new[to..end_to]);
            let same = pairs.take_while(|(old, new)| old == new).count();
            places.push((at..at + same, to..to + same));
            (at, to) = (at + same, to + same);
            // The nearest place where both go on in the same way; the way there is passed over with it.
            let meeting = (0..(end - at).max(end_to - to)).find_map(|far| {
                let (in_old, in_new) = (at..end.min(at + far + 1), to..end_to.min(to + far + 1));
                let of_new = || Some((rows_of_old.find(new, to + far, in_old)?, to + far));
                let of_old = || Some((at + far, rows_of_new.find(old, at + far, in_new)?));
                of_new().filter(|(_, to)| *to < end_to).or_else(|| of_old().filter(|(at, _)| *at < end))
            });
            let next = meeting.unwrap_or((end, end_to));
            while (at, to) != next {
                let piece = (next.0.min(at + CAREFUL / 2), next.1.min(to + CAREFUL / 2));
                places.push((at..piece.0, to..piece.1));
                (at, to) = piece;
            }
        }
    }
    places
}

/// Where lines stand that are in each of two texts once, as many as are in the same order.
fn anchors(old: &[usize], new: &[usize]) -> Vec<(usize, usize)> {
    let once = |lines: &[usize]| {
        let mut stands: HashMap<usize, Option<usize>> = HashMap::new();
        for (at, line) in lines.iter().enumerate() {
            stands.entry(*line).and_modify(|once| *once = None).or_insert(Some(at));
        }
        stands
    };
    let (in_old, in_new) = (once(old), once(new));
    let place = |(at, line): (usize, &usize)| {
        in_old.get(line).copied().flatten()?;
        Some((at, in_new.get(line).copied().flatten()?))
    };
    let pairs: Vec<(usize, usize)> = old.iter().enumerate().filter_map(place).collect();
    // For each length the row of pairs that ends first, by its last pair; and the pair before each.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    for (index, (_, to)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *to);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut row: Vec<_> = successors(ends.last().copied(), |index| before[*index]).collect();
    row.reverse();
    row.into_iter().map(|index| pairs[index]).collect()
}

/// Where in a text each row of so many lines stands.
struct Rows<'l>(HashMap<&'l [usize], Vec<usize>>);

impl<'l> Rows<'l> {
    fn of(lines: &'l [usize]) -> Self {
        let mut rows: HashMap<&[usize], Vec<usize>> = HashMap::new();
        lines.windows(SURE).enumerate().for_each(|(at, row)| rows.entry(row).or_default().push(at));
        Self(rows)
    }

    /// The first place among `places` where the row stands with which `lines` go on from `from`.
    fn find(&self, lines: &[usize], from: usize, places: Range<usize>) -> Option<usize> {
        let stands = self.0.get(lines.get(from..from + SURE)?)?;
        let next = stands.partition_point(|at| *at < places.start);
        stands.get(next).copied().filter(|at| places.contains(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines that say these numbers.
    fn lines(numbers: &[usize]) -> Vec<Vec<u8>> {
        numbers.iter().map(|number| number.to_string().into_bytes()).collect()
    }

    fn compare(old: &[usize], new: &[usize]) -> (usize, usize) {
        let (old, new) = (lines(old), lines(new));
        let (old, new): (Vec<&[u8]>, Vec<&[u8]>) =
            (old.iter().map(Vec::as_slice).collect(), new.iter().map(Vec::as_slice).collect());
        let (mut before, mut after, mut gone, mut come) = (Vec::new(), Vec::new(), 0, 0);
        for step in differences(&old, &new) {
            match step {
                Step::Same(both) => {
                    before.extend_from_slice(both);
                    after.extend_from_slice(both);
                }
                Step::Changed(from, to) => {
                    before.extend_from_slice(from);
                    after.extend_from_slice(to);
                    (gone, come) = (gone + from.len(), come + to.len());
                }
            }
        }
        assert!(before == old && after == new);
        (gone, come)
    }

    #[test]
    fn both_texts_come_out_and_little_counts_as_changed() {
        for size in [0, 1, 10, 999, 1001, 5000] {
            // Most lines look like many others.
            let old: Vec<usize> = (0..size).map(|at| if at % 10 == 0 { at } else { at % 10 }).collect();
            let changed: Vec<usize> =
                old.iter().map(|line| if line % 20 == 0 { line + 1_000_000 } else { *line }).collect();
            let count = old.iter().filter(|line| **line % 20 == 0).count();
            assert_eq!(compare(&old, &old), (0, 0), "{size}");
            assert_eq!(compare(&old, &changed), (count, count), "{size}");
            let (start, end) = (size / 3, size / 2);
            let without = [&old[..start], &old[end..]].concat();
            assert_eq!(compare(&old, &without), (end - start, 0), "{size}");
            assert_eq!(compare(&without, &old), (0, end - start), "{size}");
            assert_eq!(compare(&old, &[]), (size, 0));
            let other: Vec<usize> = (0..size).map(|at| at + 2_000_000).collect();
            assert_eq!(compare(&old, &other), (size, size));
        }
    }
}
