//! Runs of bytes in the view of a text.

use super::SecretKind;
use super::view::View;
use std::borrow::Cow;
use std::ops::Range;

/// A credential in the view of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) range: Range<usize>,
    pub(super) kind: SecretKind,
    pub(super) prefix: &'static str,
}

/// What was found up to now.
#[derive(Default)]
pub(super) struct Found {
    pub(super) hits: Vec<Hit>,
    /// Where the last object ends that was looked at as a web key.
    pub(super) key_end: usize,
}

impl Found {
    pub(super) fn push(&mut self, range: Range<usize>, kind: SecretKind, prefix: &'static str) {
        self.hits.push(Hit { range, kind, prefix });
    }
}

pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// The bytes from `start` on that are `fit`.
pub(super) fn run(text: &[u8], start: usize, fit: impl Fn(u8) -> bool) -> Range<usize> {
    let rest = text.get(start..).unwrap_or_default();
    start..start + rest.iter().position(|byte| !fit(*byte)).unwrap_or(rest.len())
}

/// The bytes before `end` that are `fit`, at most `most` of them.
pub(super) fn run_before(text: &[u8], end: usize, most: usize, fit: impl Fn(u8) -> bool) -> Range<usize> {
    let before = text.get(..end).unwrap_or_default();
    let length = before.iter().rev().take(most).take_while(|byte| fit(**byte)).count();
    end - length..end
}

/// The same as [`run`], across what a slip put between two letters of a word: a quotation mark or the end of a line, which
/// stands between two letters in no JSON text. At most `most` bytes.
pub(super) fn joined(view: &View<'_>, start: usize, most: usize, fit: impl Fn(u8) -> bool) -> Range<usize> {
    // A text of nothing but slips would be read again and again.
    const SLIPS: usize = 2;
    let text = view.bytes();
    let text = text.get(..text.len().min(start.saturating_add(most))).unwrap_or_default();
    let mut end = run(text, start, &fit).end;
    for _ in 0..SLIPS {
        if end > start && is_stray(view, end) {
            end = run(text, end + 1, &fit).end;
        }
    }
    start..end
}

/// Whether the byte `at` cannot belong between the letters around it.
pub(super) fn is_stray(view: &View<'_>, at: usize) -> bool {
    let text = view.bytes();
    let is_letter = |at: usize| {
        text.get(at).is_some_and(|byte| is_word(*byte) || !byte.is_ascii() || matches!(byte, b'+' | b'/'))
    };
    let is_out_of_place =
        text.get(at).is_some_and(|byte| (*byte == b'"' || *byte < b' ') && !view.is_escape(at));
    is_out_of_place && is_letter(at + 1) && at.checked_sub(1).is_some_and(is_letter)
}

/// What `range` says without what is out of place in it.
pub(super) fn cleaned(text: &[u8], range: Range<usize>) -> Cow<'_, str> {
    let bytes = text.get(range).unwrap_or_default();
    let is_odd = |byte: &u8| *byte == b'"' || *byte < b' ';
    if !bytes.iter().any(is_odd) {
        return String::from_utf8_lossy(bytes);
    }
    let kept: Vec<u8> = bytes.iter().copied().filter(|byte| !is_odd(byte)).collect();
    Cow::Owned(String::from_utf8_lossy(&kept).into_owned())
}

pub(super) fn str(text: &[u8], range: Range<usize>) -> &str {
    text.get(range).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Whether the text ends where `range` does.
pub(super) fn is_cut(text: &[u8], range: &Range<usize>) -> bool {
    range.end == text.len()
}
