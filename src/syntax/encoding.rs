//! What the bytes of a text are written in.

use crate::text::Span;
use std::borrow::Cow;

/// How many bytes are looked at for the zeros that betray UTF-16 without a mark.
const SAMPLE: usize = 16;

/// The name of the encoding, if it is not UTF-8 or close to it.
pub(super) fn foreign(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [_, 0, 0, 0, ..] => Some("UTF-32LE"),
        [0, 0, 0xFE, 0xFF, ..] | [0, 0, 0, _, ..] => Some("UTF-32BE"),
        [0xFF, 0xFE, ..] => Some("UTF-16LE"),
        [0xFE, 0xFF, ..] => Some("UTF-16BE"),
        _ => unmarked_utf16(bytes.get(..SAMPLE).unwrap_or(bytes)),
    }
}

/// UTF-16 without a mark: JSON is mostly ASCII, so nearly every other byte is zero.
fn unmarked_utf16(sample: &[u8]) -> Option<&'static str> {
    let pairs = sample.chunks_exact(2);
    let (count, mut big, mut little) = (pairs.len(), 0, 0);
    for pair in pairs {
        big += usize::from(pair.first() == Some(&0) && pair.last() != Some(&0));
        little += usize::from(pair.first() != Some(&0) && pair.last() == Some(&0));
    }
    let most = |zeros: usize| zeros >= 2.min(count).max(1) && zeros * 4 >= count * 3;
    if most(little) {
        Some("UTF-16LE")
    } else if most(big) {
        Some("UTF-16BE")
    } else {
        None
    }
}

/// The text, with each byte that is not UTF-8 replaced by `?`, and where that was; neighbours are one span.
pub(super) fn to_utf8(bytes: &[u8]) -> (Cow<'_, str>, Vec<Span>) {
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

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf16_and_utf32_are_known_with_and_without_a_mark() {
        let text = r#"{"name": "Gr\u00fc\u00df"}"#;
        assert_eq!(foreign(&utf16(text, u16::to_le_bytes)), Some("UTF-16LE"));
        assert_eq!(foreign(&utf16(text, u16::to_be_bytes)), Some("UTF-16BE"));
        let marked = format!("\u{feff}{text}");
        assert_eq!(foreign(&utf16(&marked, u16::to_le_bytes)), Some("UTF-16LE"));
        assert_eq!(foreign(&utf16(&marked, u16::to_be_bytes)), Some("UTF-16BE"));
        let wide: Vec<u8> = text.chars().flat_map(|char| (char as u32).to_le_bytes()).collect();
        assert_eq!(foreign(&wide), Some("UTF-32LE"));
        let wide: Vec<u8> = text.chars().flat_map(|char| (char as u32).to_be_bytes()).collect();
        assert_eq!(foreign(&wide), Some("UTF-32BE"));
    }

    #[test]
    fn utf8_is_not_taken_for_anything_else() {
        for text in ["", "1", "{}", "{\"a\0\": 1}", "\u{feff}{}"] {
            assert_eq!(foreign(text.as_bytes()), None, "{text:?}");
        }
    }

    #[test]
    fn bad_bytes_become_question_marks_of_the_same_length() {
        let (text, bad) = to_utf8(b"a\xff\xfe\xe2\x82b\xc3\xa9\x80");
        assert_eq!(text, "a????b\u{e9}?");
        assert_eq!(bad, [Span::new(1, 5), Span::new(8, 9)]);
    }
}
