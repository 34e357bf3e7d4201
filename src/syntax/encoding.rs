//! What the bytes of a text are written in.

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
}
