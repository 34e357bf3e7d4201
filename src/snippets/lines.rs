//! The lines of a file, each with its number and its first byte.

use crate::text::Origin;
use std::ops::Range;

/// A line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    /// Where it starts.
    pub(super) origin: Origin,
    /// Its bytes, without the line end.
    pub(super) bytes: &'t [u8],
}

impl<'t> Line<'t> {
    /// Its bytes without white space around them.
    pub(super) fn trimmed(&self) -> &'t [u8] {
        self.bytes.trim_ascii()
    }

    /// Its range in the file.
    pub(super) fn range(&self) -> Range<usize> {
        let start = self.origin.offset as usize;
        start..start + self.bytes.len()
    }
}

/// The lines of `file`. A line ends with LF, CR LF or a lone CR, as for [`crate::text::Source`].
pub(super) fn lines(file: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let mut origin = Origin::default();
    std::iter::from_fn(move || {
        let rest = file.get(origin.offset as usize..).filter(|rest| !rest.is_empty())?;
        let length = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let (bytes, end) = rest.split_at(length);
        let end = if end.starts_with(b"\r\n") { 2 } else { end.len().min(1) };
        let line = Line { origin, bytes };
        origin = Origin { line: origin.line + 1, offset: origin.offset + (length + end) as u64 };
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_line_end_counts_once() {
        let seen: Vec<_> = lines(b"a\r\n\nb\rc\n\r\nd")
            .map(|line| (line.origin.line, line.origin.offset, line.bytes))
            .collect();
        let expected: [(u64, u64, &[u8]); 6] =
            [(0, 0, b"a"), (1, 3, b""), (2, 4, b"b"), (3, 6, b"c"), (4, 8, b""), (5, 10, b"d")];
        assert_eq!(seen, expected);
        assert_eq!(lines(b"").count(), 0);
    }
}
