//! Places in a text: byte spans, lines and columns.
//!
//! Everything below the renderers speaks of bytes. Lines and columns are worked out here, once a reader needs
//! them, and stay cheap for a text of one very long line.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

/// A range of bytes in a text: `start` inclusive, `end` exclusive, both on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from byte `start` to byte `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// An empty span at byte `offset`.
    pub const fn at(offset: u32) -> Self {
        Self { start: offset, end: offset }
    }

    /// The span as a range to index a text with.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The length in bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies inside this span, edges included.
    pub const fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// The unit in which columns are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    /// Unicode scalar values.
    Chars,
    /// UTF-16 code units, as the Language Server Protocol counts.
    Utf16,
}

/// A place in a text; `line` and `column` count from 0, `offset` in bytes from the start of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, from 0. A line ends with LF, CR LF or a lone CR.
    pub line: u64,
    /// Column, from 0, in the unit that was asked for.
    pub column: u64,
    /// Byte offset from the start of the file.
    pub offset: u64,
}

/// Where a text starts in its file; not the origin for a line of a JSON Lines file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Origin {
    /// The line of the file on which the text starts, from 0.
    pub line: u64,
    /// The byte of the file at which the text starts.
    pub offset: u64,
}

/// A range of a file, worked out while its text was at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileRange {
    chars: [Position; 2],
    utf16: [Position; 2],
}

impl FileRange {
    /// The range of `span` in `source`.
    pub fn new(source: &Source<'_>, span: Span) -> Self {
        let ends = |columns| [span.start, span.end].map(|offset| source.position(offset, columns));
        Self { chars: ends(Columns::Chars), utf16: ends(Columns::Utf16) }
    }

    /// Its start and its end.
    pub fn ends(&self, columns: Columns) -> [Position; 2] {
        match columns {
            Columns::Chars => self.chars,
            Columns::Utf16 => self.utf16,
        }
    }
}

/// Bytes between two checkpoints of the column counts.
const STEP: usize = 128;

/// A text together with what is needed to tell lines and columns in it.
#[derive(Debug)]
pub struct Source<'a> {
    text: &'a str,
    origin: Origin,
    index: OnceLock<Index>,
}

/// Line starts, and how many characters and UTF-16 units stand before each [`STEP`]th byte.
#[derive(Debug)]
struct Index {
    lines: Vec<u32>,
    /// Nothing for a text in ASCII, of which a byte is a character.
    before: Option<Vec<Counts>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    chars: u32,
    utf16: u32,
}

impl Counts {
    /// Adds what starts in `bytes`, at most [`STEP`] of them: a continuation byte starts no character, and a four-byte
    /// character is two UTF-16 units.
    fn add(&mut self, bytes: &[u8]) {
        let starts: u16 = bytes.iter().map(|&byte| u16::from(byte & 0xC0 != 0x80)).sum();
        let pairs: u16 = bytes.iter().map(|&byte| u16::from(byte >= 0xF0)).sum();
        self.chars += u32::from(starts);
        self.utf16 += u32::from(starts) + u32::from(pairs);
    }

    fn in_unit(self, columns: Columns) -> u32 {
        match columns {
            Columns::Chars => self.chars,
            Columns::Utf16 => self.utf16,
        }
    }
}

impl<'a> Source<'a> {
    /// A source over `text` that starts at `origin` of its file.
    pub fn new(text: &'a str, origin: Origin) -> Self {
        Self { text, origin, index: OnceLock::new() }
    }

    /// The text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The line and column of byte `offset`, which is capped at the end of the text.
    pub fn position(&self, offset: u32, columns: Columns) -> Position {
        let offset = offset.min(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        let index = self.index();
        let line = self.line_of(offset);
        let start = index.lines.get(line).copied().unwrap_or(0);
        let column = match &index.before {
            Some(before) => {
                let units = |at| self.counts(before, at).in_unit(columns);
                units(offset) - units(start)
            }
            None => offset - start,
        };
        Position {
            line: self.origin.line + line as u64,
            column: u64::from(column),
            offset: self.origin.offset + u64::from(offset),
        }
    }

    /// The line of byte `offset`, counted from 0 inside this text.
    pub fn line_of(&self, offset: u32) -> usize {
        self.index().lines.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// How many lines the text has; an empty text has one.
    pub fn line_count(&self) -> usize {
        self.index().lines.len()
    }

    /// The bytes of line `line` (from 0 inside this text) without its line end; empty past the last line.
    pub fn line_span(&self, line: usize) -> Span {
        let lines = &self.index().lines;
        let end_of_text = self.text.len() as u32;
        let start = lines.get(line).copied().unwrap_or(end_of_text);
        let next = lines.get(line + 1).copied().unwrap_or(end_of_text);
        let content = &self.text[Span::new(start, next).range()];
        Span::new(start, start + content.trim_end_matches(['\n', '\r']).len() as u32)
    }

    /// The line of the file on which this text starts, from 0.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(self.text.as_bytes()))
    }

    fn counts(&self, before: &[Counts], offset: u32) -> Counts {
        let offset = offset as usize;
        let step = offset / STEP;
        let mut counts = before.get(step).copied().unwrap_or_default();
        counts.add(&self.text.as_bytes()[step * STEP..offset]);
        counts
    }
}

impl Index {
    fn new(bytes: &[u8]) -> Self {
        Self { lines: line_starts(bytes), before: (!bytes.is_ascii()).then(|| counts_before(bytes)) }
    }
}

fn counts_before(bytes: &[u8]) -> Vec<Counts> {
    let mut counts = Counts::default();
    let mut before = Vec::with_capacity(bytes.len() / STEP + 1);
    before.push(counts);
    for step in bytes.chunks_exact(STEP) {
        counts.add(step);
        before.push(counts);
    }
    before
}

fn line_starts(bytes: &[u8]) -> Vec<u32> {
    // Lines of documents are some 30 bytes long.
    let mut starts = Vec::with_capacity(bytes.len() / 32 + 1);
    starts.push(0);
    let after = |offset: usize| offset as u32 + 1;
    if memchr::memchr(b'\r', bytes).is_none() {
        starts.extend(memchr::memchr_iter(b'\n', bytes).map(after));
    } else {
        // The CR of a CR LF ends no line of its own.
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
        starts.extend(ends.filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n')).map(after));
    }
    starts
}

/// The text, with each byte that is not UTF-8 replaced by `?`, so that offsets hold, and where that was; neighbours are one span.
pub fn to_utf8(bytes: &[u8]) -> (Cow<'_, str>, Vec<Span>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), Vec::new()),
        Err(_) => repaired(bytes),
    }
}

fn repaired(bytes: &[u8]) -> (Cow<'_, str>, Vec<Span>) {
    let mut text = String::with_capacity(bytes.len());
    let mut bad: Vec<Span> = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let start = text.len() as u32;
        text.extend(chunk.invalid().iter().map(|_| '?'));
        let end = text.len() as u32;
        match bad.last_mut() {
            Some(last) if last.end == start => last.end = end,
            _ if end > start => bad.push(Span::new(start, end)),
            _ => {}
        }
    }
    (Cow::Owned(text), bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, offset: u32, columns: Columns) -> (u64, u64) {
        let position = Source::new(text, Origin::default()).position(offset, columns);
        (position.line, position.column)
    }

    #[test]
    fn columns_count_characters_or_utf16_units() {
        let text = "a\u{e9}\u{1F600}b";
        assert_eq!(place(text, 7, Columns::Chars), (0, 3));
        assert_eq!(place(text, 7, Columns::Utf16), (0, 4));
        assert_eq!(place(text, 99, Columns::Chars), (0, 4));
    }

    #[test]
    fn every_line_end_counts_once() {
        let text = "a\r\nb\rc\nd";
        let lines: Vec<_> = (0..text.len() as u32).map(|at| place(text, at, Columns::Chars).0).collect();
        assert_eq!(lines, [0, 0, 0, 1, 1, 2, 2, 3]);
        let source = Source::new(text, Origin::default());
        let contents: Vec<_> =
            (0..source.line_count()).map(|line| &text[source.line_span(line).range()]).collect();
        assert_eq!(contents, ["a", "b", "c", "d"]);
    }

    #[test]
    fn lines_start_behind_line_feeds_wherever_they_stand() {
        // Neighbours of a line feed in value, and with its low bits.
        let text = "\u{a}\u{b}\u{9}\u{8a}a\n\n\u{10a}\n123456789\n\n\n\n\n\n\n\n\n\u{0}\n".repeat(3);
        for start in text.char_indices().map(|(at, _)| at) {
            let part = &text[start..];
            let starts =
                part.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1);
            assert!(line_starts(part.as_bytes()).into_iter().eq(std::iter::once(0).chain(starts)));
        }
    }

    #[test]
    fn an_empty_text_has_one_empty_line() {
        assert_eq!(place("", 0, Columns::Chars), (0, 0));
        assert_eq!(Source::new("", Origin::default()).line_span(0), Span::at(0));
    }

    #[test]
    fn checkpoints_agree_with_counting_from_the_start() {
        let text = "x\u{e9}\u{1F600}".repeat(700);
        for (offset, _) in text.char_indices() {
            let before = &text[..offset];
            let expected = (before.chars().count() as u64, before.encode_utf16().count() as u64);
            let chars = place(&text, offset as u32, Columns::Chars).1;
            let utf16 = place(&text, offset as u32, Columns::Utf16).1;
            assert_eq!((chars, utf16), expected);
        }
    }

    #[test]
    fn an_origin_moves_lines_and_offsets_but_not_columns() {
        let source = Source::new("ab", Origin { line: 9, offset: 100 });
        let position = source.position(1, Columns::Chars);
        assert_eq!((position.line, position.column, position.offset), (9, 1, 101));
    }

    #[test]
    fn bad_bytes_become_question_marks_of_the_same_length() {
        let (text, bad) = to_utf8(b"a\xff\xfe\xe2\x82b\xc3\xa9\x80");
        assert_eq!(text, "a????b\u{e9}?");
        assert_eq!(bad, [Span::new(1, 5), Span::new(8, 9)]);
    }
}
