//! What strings and keys mean: escapes, and the quotation marks they should not have.

use std::borrow::Cow;
use std::ops::Range;

/// `text` up to byte `end`.
pub(super) fn head(text: &str, end: usize) -> &str {
    text.get(..end).unwrap_or(text)
}

/// `text` from byte `start` on.
pub(super) fn tail(text: &str, start: usize) -> &str {
    text.get(start..).unwrap_or_default()
}

/// The length of the escape at the start of `bytes`, both halves of a surrogate pair included; `None` if JSON does
/// not have it or it is half a pair.
pub(super) fn escape_len(bytes: &[u8]) -> Option<usize> {
    match bytes.get(1)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(2),
        b'u' => unicode_escape(bytes).map(|(_, len)| len),
        _ => None,
    }
}

/// The character that the `\u` escape at the start of `bytes` stands for, and its length.
fn unicode_escape(bytes: &[u8]) -> Option<(char, usize)> {
    let high = hex4(bytes)?;
    if let Some(char) = char::from_u32(high) {
        return Some((char, 6));
    }
    let low = hex4(bytes.get(6..)?)?;
    if !(0xD800..0xDC00).contains(&high) || !(0xDC00..0xE000).contains(&low) {
        return None;
    }
    let char = char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))?;
    Some((char, 12))
}

/// The number in a `\uXXXX` escape.
pub(super) fn hex4(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |value, &digit| Some(value * 16 + char::from(digit).to_digit(16)?))
}

/// The quotation marks that people and their editors put in place of `"`, opening and closing.
pub(super) const QUOTES: [(char, &[char]); 7] = [
    ('"', &['"']),
    ('\'', &['\'']),
    ('`', &['`', '\'', '\u{b4}']),
    ('\u{201c}', &['\u{201d}', '\u{201c}']),
    ('\u{201d}', &['\u{201d}', '\u{201c}']),
    ('\u{201e}', &['\u{201c}', '\u{201d}']),
    ('\u{2018}', &['\u{2019}', '\u{2018}']),
];

/// The content of a string as written, with whatever quotation marks it has, escapes resolved. What JSON does not
/// have is read as leniently as can be: `\x` is `x`, half a surrogate pair is U+FFFD.
pub(super) fn decode(raw: &str) -> Cow<'_, str> {
    let content = without_quotes(raw);
    if content.contains('\\') { Cow::Owned(unescape(content)) } else { Cow::Borrowed(content) }
}

/// The characters of a string as written, each with the bytes of `raw` that stand for it. Escapes that stand for nothing
/// are left out.
pub(super) fn letters(raw: &str) -> impl Iterator<Item = (Range<usize>, char)> {
    let content = without_quotes(raw);
    // The content is a part of `raw`, behind a quotation mark if there is one.
    let mut at = content.as_ptr() as usize - raw.as_ptr() as usize;
    let mut rest = content;
    std::iter::from_fn(move || {
        while let Some(first) = rest.chars().next() {
            let (char, length) = if first == '\\' { escape(rest) } else { (Some(first), first.len_utf8()) };
            let range = at..at + length;
            at += length;
            rest = tail(rest, length);
            if let Some(char) = char {
                return Some((range, char));
            }
        }
        None
    })
}

/// `raw` without the opening and the closing quotation mark, as far as there are any.
fn without_quotes(raw: &str) -> &str {
    let Some(first) = raw.chars().next() else { return raw };
    let is_closer = |last: char| last == '"' || QUOTES.iter().any(|(_, closers)| closers.contains(&last));
    if !QUOTES.iter().any(|&(opener, _)| opener == first) {
        // A lost opening mark: what is left of it is the closing one.
        return raw.strip_suffix('"').unwrap_or(raw);
    }
    let content = tail(raw, first.len_utf8());
    match content.chars().next_back() {
        Some(last) if is_closer(last) && !ends_escaped(content) => {
            head(content, content.len() - last.len_utf8())
        }
        _ => content,
    }
}

/// Whether the last character is taken by a backslash before it.
fn ends_escaped(content: &str) -> bool {
    let mut chars = content.chars().rev();
    chars.next();
    chars.take_while(|&char| char == '\\').count() % 2 == 1
}

fn unescape(content: &str) -> String {
    let mut plain = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(at) = rest.find('\\') {
        plain.push_str(head(rest, at));
        let (char, len) = escape(tail(rest, at));
        plain.extend(char);
        rest = tail(rest, at + len);
    }
    plain.push_str(rest);
    plain
}

/// The character that the escape at the start of `text` stands for, and its length.
fn escape(text: &str) -> (Option<char>, usize) {
    let Some(letter) = text.chars().nth(1) else { return (Some('\\'), 1) };
    let plain = match letter {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return lenient_unicode(text.as_bytes()),
        other => other,
    };
    (Some(plain), 1 + letter.len_utf8())
}

fn lenient_unicode(bytes: &[u8]) -> (Option<char>, usize) {
    match (unicode_escape(bytes), hex4(bytes)) {
        (Some((char, len)), _) => (Some(char), len),
        (None, Some(_)) => (Some(char::REPLACEMENT_CHARACTER), 6),
        (None, None) => (Some('u'), 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved() {
        assert_eq!(decode(r#""a\"\\\/\b\f\n\r\tb""#), "a\"\\/\u{8}\u{c}\n\r\tb");
        assert_eq!(decode(r#""\u00e9\ud83d\ude00""#), "\u{e9}\u{1F600}");
        assert!(matches!(decode("\"plain\""), Cow::Borrowed("plain")));
    }

    #[test]
    fn letters_know_where_they_stand() {
        let raw = r#""a\u00e9\ud83d\ude00\n""#;
        let letters: Vec<_> = letters(raw).map(|(range, char)| (&raw[range], char)).collect();
        let expected = [("a", 'a'), (r"\u00e9", '\u{e9}'), (r"\ud83d\ude00", '\u{1F600}'), (r"\n", '\n')];
        assert_eq!(letters, expected);
    }

    #[test]
    fn what_json_does_not_have_is_read_leniently() {
        let cases = [
            (r#""\x\'""#, "x'"),
            (r#""\ud800-""#, "\u{fffd}-"),
            (r#""\u12""#, "u12"),
            (r#""a\"#, "a\\"),
            ("\"caf\\\u{e9}\"", "caf\u{e9}"),
        ];
        for (raw, meant) in cases {
            assert_eq!(decode(raw), meant, "{raw}");
        }
    }

    #[test]
    fn quotation_marks_of_all_kinds_are_taken_off() {
        let cases =
            ["'x'", "`x`", "\u{201c}x\u{201d}", "\u{201e}x\u{201c}", "\u{2018}x\u{2019}", "\"x", "x\"", "x"];
        for raw in cases {
            assert_eq!(decode(raw), "x", "{raw}");
        }
        assert_eq!(decode("'it's'"), "it's");
        assert_eq!(decode(""), "");
    }
}
