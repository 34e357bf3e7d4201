//! A text with its escapes resolved, so that one search finds a credential however it is written.

use crate::text::Span;
use crate::words::{ByteSet, is_hidden};
use memchr::memchr2;
use std::borrow::Cow;
use std::ops::Range;

/// The bytes of a text as strings mean them. Structure and strings are not told apart, and a quotation mark inside a JSON text
/// that a string holds (`\"`) is a quotation mark like any other, of a deeper [`level`](View::level).
pub(super) struct View<'a> {
    text: &'a [u8],
    bytes: Cow<'a, [u8]>,
    /// Where in the view the distance to the text changes: the byte of the view, and that of the text.
    steps: Vec<(usize, usize)>,
}

impl<'a> View<'a> {
    pub(super) fn new(text: &'a [u8]) -> Self {
        let is_ascii = text.is_ascii();
        let next = |text: &[u8]| match is_ascii {
            true => memchr2(b'\\', 0, text),
            false => text.iter().position(|byte| OTHERS.has(*byte)),
        };
        match next(text) {
            None => Self { text, bytes: Cow::Borrowed(text), steps: Vec::new() },
            Some(first) => Self::resolved(text, first, next),
        }
    }

    fn resolved(text: &'a [u8], first: usize, find: impl Fn(&[u8]) -> Option<usize>) -> Self {
        let mut bytes = Vec::with_capacity(text.len());
        let mut steps = Vec::new();
        let mut at = 0;
        let mut next = Some(first);
        while let Some(found) = next {
            bytes.extend_from_slice(&text[at..found]);
            at = found;
            let mut push = |byte: Option<u8>, length: usize| {
                bytes.extend(byte);
                at += length;
                steps.push((bytes.len(), at));
            };
            match text[found] {
                0 => push(None, 1),
                b'\\' => backslashes(&text[found..], push),
                first => {
                    let length = hidden(&text[found..]);
                    push(length.is_none().then_some(first), length.unwrap_or(1));
                }
            }
            next = text.get(at..).and_then(&find).map(|next| at + next);
        }
        bytes.extend_from_slice(text.get(at..).unwrap_or_default());
        Self { text, bytes: Cow::Owned(bytes), steps }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes.into_owned()
    }

    /// The bytes of the text itself.
    pub(super) fn bytes_of_text(&self) -> &'a [u8] {
        self.text
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

    /// How many strings hold the one that the quotation mark `at` opens or closes: each doubles what is in front of it.
    pub(super) fn level(&self, at: usize) -> u32 {
        self.width(at).max(1).ilog2()
    }

    /// Whether the byte `at` is written as an escape.
    pub(super) fn is_escape(&self, at: usize) -> bool {
        self.width(at) > 1
    }

    /// How many bytes of the text the byte `at` takes.
    fn width(&self, at: usize) -> usize {
        if self.steps.is_empty() { 1 } else { self.end_of(at) - self.offset(at) }
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

/// Backslash, zero, and the bytes with which characters start that do not show.
static OTHERS: ByteSet = ByteSet::of(b"\\\0\xE2\xEF\xF3");

/// The length of the character that `text` starts with, if it does not show: who copies the text copies the credential around it.
fn hidden(text: &[u8]) -> Option<usize> {
    let length = if text[0] == 0xF3 { 4 } else { 3 };
    let char = std::str::from_utf8(text.get(..length)?).ok()?.chars().next()?;
    is_hidden(char).then_some(length)
}

/// Resolves all of the backslashes at the start of `text`, and what the last of them escapes.
fn backslashes(text: &[u8], mut push: impl FnMut(Option<u8>, usize)) {
    let count = text.iter().take_while(|byte| **byte == b'\\').count();
    let is_quotation = text.get(count) == Some(&b'"');
    if is_quotation && (count + 1).is_power_of_two() {
        return push(Some(b'"'), count + 1);
    }
    (0..count / 2).for_each(|_| push(Some(b'\\'), 2));
    if count % 2 == 1 {
        let (byte, length) = escape(&text[count - 1..]);
        push(byte, length);
    }
}

/// The byte that the escape at the start of `text` stands for, and its length. What JSON does not allow to be escaped stands
/// for itself, as lenient readers take it; so do `b` and `f`, since no text has a backspace or a form feed on purpose.
fn escape(text: &[u8]) -> (Option<u8>, usize) {
    let byte = match text.get(1) {
        Some(b'u') => return unicode(text),
        Some(b'n') => b'\n',
        Some(b'r') => b'\r',
        Some(b't') => b'\t',
        Some(&byte) if byte > b' ' && byte < 0x7F => byte,
        Some(_) | None => return (Some(OTHER), 1),
    };
    (Some(byte), 2)
}

fn unicode(text: &[u8]) -> (Option<u8>, usize) {
    let Some(code) = code(text) else { return (Some(OTHER), 2) };
    let low = text.get(6..).and_then(code_of_escape).filter(|_| (0xD800..0xDC00).contains(&code));
    let pair = low.and_then(|low| char::decode_utf16([code, low]).next()?.ok());
    let (char, length) = match pair {
        Some(char) => (Some(char), 12),
        None => (char::from_u32(u32::from(code)), 6),
    };
    match char {
        Some(char) if char.is_ascii() => (u8::try_from(char).ok(), length),
        Some(char) if is_hidden(char) => (None, length),
        _ => (Some(OTHER), length),
    }
}

/// The code unit of the escape at the start of `text`, of which the first two bytes are known.
fn code(text: &[u8]) -> Option<u16> {
    let digits = std::str::from_utf8(text.get(2..6)?).ok()?;
    u16::from_str_radix(digits, 16).ok()
}

fn code_of_escape(text: &[u8]) -> Option<u16> {
    text.starts_with(b"\\u").then(|| code(text))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved_and_traced_back() {
        let text = br#"ab\u0063d\/\u00e9e\"\"\x\"#;
        let view = View::new(text);
        assert_eq!(view.bytes(), b"abcd/\xFFe\"\"x\xFF");
        let raw = |start, end| &text[view.span(start..end).range()];
        assert_eq!(raw(1, 3), br"b\u0063");
        assert_eq!(raw(2, 4), br"\u0063d");
        assert_eq!(raw(4, 5), br"\/");
        assert_eq!(raw(6, 9), br#"e\"\""#);
        assert_eq!(raw(9, 10), br"\x");
        assert_eq!(raw(3, 3), b"");
    }

    #[test]
    fn quotation_marks_have_the_level_of_their_text() {
        let text = br#""a\"b\\\"c\\\\\\\"d\\" \\\\\""#;
        let view = View::new(text);
        assert_eq!(view.bytes(), br#""a"b"c"d\" \\""#);
        let levels: Vec<u32> =
            (0..view.bytes().len()).filter(|at| view.bytes()[*at] == b'"').map(|at| view.level(at)).collect();
        assert_eq!(levels, [0, 1, 2, 3, 0, 1]);
    }

    #[test]
    fn zeros_are_skipped() {
        let text = b"g\0h\0p\0";
        let view = View::new(text);
        assert_eq!(view.bytes(), b"ghp");
        assert_eq!(view.span(1..3), Span::new(2, 6));
    }
}
