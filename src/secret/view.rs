//! A text with its escapes resolved, so that one search finds a credential however it is written.

use crate::text::Span;
use memchr::memchr2;
use std::borrow::Cow;
use std::ops::Range;

/// The bytes of a text as strings mean them. Structure and strings are not told apart: nothing that is searched for
/// goes on past a quotation mark.
pub(super) struct View<'a> {
    bytes: Cow<'a, [u8]>,
    /// Where in the view the distance to the text changes: the byte of the view, and that of the text.
    steps: Vec<(usize, usize)>,
}

impl<'a> View<'a> {
    pub(super) fn new(text: &'a [u8]) -> Self {
        match memchr2(b'\\', 0, text) {
            None => Self { bytes: Cow::Borrowed(text), steps: Vec::new() },
            Some(first) => Self::resolved(text, first),
        }
    }

    fn resolved(text: &[u8], first: usize) -> Self {
        let mut bytes = Vec::with_capacity(text.len());
        let mut steps = Vec::new();
        let mut at = 0;
        let mut next = Some(first);
        while let Some(found) = next {
            bytes.extend_from_slice(&text[at..found]);
            let (byte, length) = if text[found] == 0 { (None, 1) } else { escape(&text[found..]) };
            bytes.extend(byte);
            at = found + length;
            steps.push((bytes.len(), at));
            next = text.get(at..).and_then(|rest| memchr2(b'\\', 0, rest)).map(|next| at + next);
        }
        bytes.extend_from_slice(text.get(at..).unwrap_or_default());
        Self { bytes: Cow::Owned(bytes), steps }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes of the text that `range` of the view stands for.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let start = self.offset(range.start);
        // An escape at the end belongs to it as a whole.
        let end = match range.end.checked_sub(1) {
            Some(last) if last >= range.start => self.end_of(last),
            _ => start,
        };
        Span::new(start as u32, end as u32)
    }

    /// Where in the text the byte `at` of the view starts.
    fn offset(&self, at: usize) -> usize {
        match self.steps.partition_point(|(view, _)| *view <= at).checked_sub(1) {
            Some(step) => self.steps[step].1 + (at - self.steps[step].0),
            None => at,
        }
    }

    /// Where in the text the byte `at` of the view ends.
    fn end_of(&self, at: usize) -> usize {
        // The step behind an escape says where it ends.
        let next = self.steps.partition_point(|(view, _)| *view <= at);
        match self.steps.get(next) {
            Some(&(view, text)) if view == at + 1 => text,
            _ => self.offset(at) + 1,
        }
    }
}

/// What stands for no byte of a credential.
const OTHER: u8 = 0xFF;

/// The byte that the escape at the start of `text` stands for, and its length.
fn escape(text: &[u8]) -> (Option<u8>, usize) {
    let byte = match text.get(1) {
        Some(b'u') => return unicode(text),
        Some(b'n') => b'\n',
        Some(b'r') => b'\r',
        Some(b't') => b'\t',
        Some(&byte @ (b'"' | b'\\' | b'/')) => byte,
        Some(_) => OTHER,
        None => return (Some(OTHER), 1),
    };
    (Some(byte), 2)
}

fn unicode(text: &[u8]) -> (Option<u8>, usize) {
    let digits = text.get(2..6).and_then(|digits| std::str::from_utf8(digits).ok());
    match digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
        Some(code) => (Some(u8::try_from(code).ok().filter(u8::is_ascii).unwrap_or(OTHER)), 6),
        None => (Some(OTHER), 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved_and_traced_back() {
        let text = br#"ab\u0063d\/\u00e9e\"\"f\"#;
        let view = View::new(text);
        assert_eq!(view.bytes(), b"abcd/\xFFe\"\"f\xFF");
        let raw = |start, end| &text[view.span(start..end).range()];
        assert_eq!(raw(1, 3), br"b\u0063");
        assert_eq!(raw(2, 4), br"\u0063d");
        assert_eq!(raw(4, 5), br"\/");
        assert_eq!(raw(6, 9), br#"e\"\""#);
        assert_eq!(raw(9, 10), b"f");
        assert_eq!(raw(3, 3), b"");
    }

    #[test]
    fn zeros_are_passed_over() {
        let text = b"g\0h\0p\0";
        let view = View::new(text);
        assert_eq!(view.bytes(), b"ghp");
        assert_eq!(view.span(1..3), Span::new(2, 6));
    }
}
