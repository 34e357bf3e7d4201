//! JSON Lines as a stream: one text a line, a few at a time.

use super::feed::LONGEST;
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
    next: Origin,
    at_end: bool,
}

impl<'r> Lines<'r> {
    pub(super) fn new(reader: &'r mut dyn BufRead) -> Self {
        Self { reader, next: Origin::default(), at_end: false }
    }

    /// Whether nothing comes any more.
    pub(super) fn at_end(&self) -> bool {
        self.at_end
    }

    /// The next lines, blank ones included.
    pub(super) fn chunk(&mut self) -> io::Result<Vec<Line>> {
        let mut chunk = Vec::new();
        let mut bytes = 0;
        while chunk.len() < CHUNK.0 && bytes < CHUNK.1 {
            let Some(line) = self.line()? else { break };
            bytes += line.bytes.len();
            chunk.push(line);
        }
        Ok(chunk)
    }

    fn line(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let length = (&mut *self.reader).take(LONGEST + 1).read_until(b'\n', &mut bytes)? as u64;
        if length > LONGEST {
            return Err(io::Error::other(format!("line {} is longer than 512 MiB", self.next.line + 1)));
        }
        if length == 0 {
            self.at_end = true;
            return Ok(None);
        }
        let origin = self.next;
        self.next = Origin { line: origin.line + 1, offset: origin.offset + length };
        let end = ["\r\n", "\n", "\r"].into_iter().find(|end| bytes.ends_with(end.as_bytes())).unwrap_or("");
        bytes.truncate(bytes.len() - end.len());
        Ok(Some(Line { origin, bytes, end }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_where_they_start() {
        let mut text: &[u8] = b"1\r\n\n  \n22\n333";
        let mut lines = Lines::new(&mut text);
        let chunk = lines.chunk().unwrap();
        let full = chunk.iter().filter(|line| !line.is_blank());
        let seen: Vec<_> = full.map(|line| (line.origin.line, line.origin.offset, &line.bytes[..])).collect();
        assert_eq!(seen, [(0, 0, &b"1"[..]), (3, 7, b"22"), (4, 10, b"333")]);
        let ends: Vec<_> = chunk.iter().map(|line| line.end).collect();
        assert_eq!(ends, ["\r\n", "\n", "\n", "\n", ""]);
        assert!(lines.at_end());
    }

    #[test]
    fn a_long_stream_comes_in_chunks() {
        let text = "{}\n".repeat(CHUNK.0 * 2 + 1);
        let mut reader = text.as_bytes();
        let mut lines = Lines::new(&mut reader);
        let mut sizes = Vec::new();
        while !lines.at_end() {
            sizes.push(lines.chunk().unwrap().len());
        }
        assert_eq!(sizes, [CHUNK.0, CHUNK.0, 1]);
    }
}
