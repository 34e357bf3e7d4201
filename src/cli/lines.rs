//! JSON Lines as a stream: one text a line, a few at a time.

use super::args::Size;
use crate::text::Origin;
use std::io::{self, BufRead, Read};

/// The lines and the bytes after which a chunk is complete.
const CHUNK: (usize, usize) = (512, 1 << 20);

/// A line.
#[derive(Default)]
pub(super) struct Line {
    /// Where it starts in the file.
    pub(super) origin: Origin,
    /// Its bytes, without the line end.
    pub(super) bytes: Vec<u8>,
    /// Its line end.
    pub(super) end: &'static str,
}

impl Line {
    /// Whether nothing stands on it.
    pub(super) fn is_blank(&self) -> bool {
        self.bytes.trim_ascii().is_empty()
    }
}

/// The lines of a stream.
pub(super) struct Lines<'r> {
    reader: &'r mut dyn BufRead,
    /// The bytes of the longest line that is read.
    longest: u64,
    next: Origin,
    at_end: bool,
    /// What went wrong behind the lines that were given out.
    error: Option<io::Error>,
    /// What was read of the line at which it went wrong.
    unread: Vec<u8>,
}

impl<'r> Lines<'r> {
    pub(super) fn new(reader: &'r mut dyn BufRead, longest: u64) -> Self {
        Self { reader, longest, next: Origin::default(), at_end: false, error: None, unread: Vec::new() }
    }

    /// Whether nothing comes any more.
    pub(super) fn at_end(&self) -> bool {
        self.at_end
    }

    /// The next lines, blank ones included.
    pub(super) fn chunk(&mut self) -> io::Result<Vec<Line>> {
        let mut chunk = Vec::new();
        let mut bytes = 0;
        while chunk.len() < CHUNK.0 && bytes < CHUNK.1 && self.error.is_none() {
            match self.line() {
                Ok(Some(line)) => {
                    bytes += line.bytes.len();
                    chunk.push(line);
                }
                Ok(None) => break,
                Err(error) => self.error = Some(error),
            }
        }
        // The lines before a fault count.
        match self.error.take_if(|_| chunk.is_empty()) {
            Some(error) => Err(error),
            None => Ok(chunk),
        }
    }

    /// What comes from the line on at which it went wrong, as it is.
    pub(super) fn rest(self) -> impl Read + use<'r> {
        io::Cursor::new(self.unread).chain(self.reader)
    }

    fn line(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        // What the line ends with does not count.
        let most = self.longest.saturating_add(2);
        let read = (&mut *self.reader).take(most).read_until(b'\n', &mut bytes);
        let length = bytes.len() as u64;
        if let Err(error) = read {
            self.unread = bytes;
            return Err(error);
        }
        if length == 0 {
            self.at_end = true;
            return Ok(None);
        }
        let end = ["\r\n", "\n", "\r"].into_iter().find(|end| bytes.ends_with(end.as_bytes())).unwrap_or("");
        if length - end.len() as u64 > self.longest {
            self.unread = bytes;
            let (line, most) = (self.next.line + 1, Size(self.longest));
            return Err(io::Error::other(format!("line {line} is longer than {most} (see --max-size)")));
        }
        bytes.truncate(bytes.len() - end.len());
        let origin = self.next;
        self.next = Origin { line: origin.line + 1, offset: origin.offset + length };
        Ok(Some(Line { origin, bytes, end }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_where_they_start() {
        let mut text: &[u8] = b"1\r\n\n  \n22\n333";
        let mut lines = Lines::new(&mut text, 10);
        let chunk = lines.chunk().unwrap();
        let full = chunk.iter().filter(|line| !line.is_blank());
        let seen: Vec<_> = full.map(|line| (line.origin.line, line.origin.offset, &line.bytes[..])).collect();
        assert_eq!(seen, [(0, 0, &b"1"[..]), (3, 7, b"22"), (4, 10, b"333")]);
        let ends: Vec<_> = chunk.iter().map(|line| line.end).collect();
        assert_eq!(ends, ["\r\n", "\n", "\n", "\n", ""]);
        assert!(lines.at_end());
    }

    #[test]
    fn a_line_may_be_as_long_as_the_limit() {
        let first = |mut text: &[u8]| Lines::new(&mut text, 3).chunk().map(|chunk| chunk.len());
        assert!(first(b"123\r\n").is_ok_and(|count| count == 1) && first(b"123").is_ok());
        assert!(first(b"1234").is_err() && first(b"12345678\n").is_err());
    }

    #[test]
    fn lines_before_one_that_is_too_long_count() {
        let mut text: &[u8] = b"1\n2\n3456\n7\n";
        let mut lines = Lines::new(&mut text, 3);
        assert!(lines.chunk().is_ok_and(|chunk| chunk.len() == 2) && !lines.at_end());
        assert!(lines.chunk().is_err());
    }

    #[test]
    fn a_long_stream_comes_in_chunks() {
        let text = "{}\n".repeat(CHUNK.0 * 2 + 1);
        let mut reader = text.as_bytes();
        let mut lines = Lines::new(&mut reader, 10);
        let mut sizes = Vec::new();
        while !lines.at_end() {
            sizes.push(lines.chunk().unwrap().len());
        }
        assert_eq!(sizes, [CHUNK.0, CHUNK.0, 1]);
    }
}
