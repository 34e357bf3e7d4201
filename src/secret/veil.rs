//! What is written in the place of a credential.

use super::Secret;
use crate::text::Span;
use std::collections::HashMap;

/// The characters that stand for those of a credential, by their width in UTF-8. The last is two units of UTF-16, as is every
/// character of four bytes.
const MASKS: [char; 4] = ['*', '\u{d7}', '\u{2217}', '\u{1f7b6}'];

/// The digits that keep credentials of one length different.
const DIGITS: [[char; 10]; 4] = [
    ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    ['\u{e0}', '\u{e1}', '\u{e2}', '\u{e3}', '\u{e4}', '\u{e5}', '\u{e6}', '\u{e8}', '\u{e9}', '\u{ea}'],
    [
        '\u{2080}', '\u{2081}', '\u{2082}', '\u{2083}', '\u{2084}', '\u{2085}', '\u{2086}', '\u{2087}',
        '\u{2088}', '\u{2089}',
    ],
    [
        '\u{1d7f6}',
        '\u{1d7f7}',
        '\u{1d7f8}',
        '\u{1d7f9}',
        '\u{1d7fa}',
        '\u{1d7fb}',
        '\u{1d7fc}',
        '\u{1d7fd}',
        '\u{1d7fe}',
        '\u{1d7ff}',
    ],
];

/// How many masks in a row no text has by itself.
const TELLING: usize = 3;

/// Whether a credential was overwritten in `text`.
pub fn is_masked(text: &str) -> bool {
    let mut row = 0;
    // Most texts have not a single one of them.
    let has_any = memchr::memchr(b'*', text.as_bytes()).is_some() || !text.is_ascii();
    has_any
        && text.chars().any(|char| {
            row = if MASKS.contains(&char) { row + 1 } else { 0 };
            row == TELLING
        })
}

/// `span` with all bytes of the characters in it.
pub(super) fn whole(bytes: &[u8], span: Span) -> Span {
    let is_inner = |at: usize| bytes.get(at).is_some_and(|byte| byte & 0xC0 == 0x80);
    let (mut start, mut end) = (span.start as usize, span.end as usize);
    while start > 0 && is_inner(start) {
        start -= 1;
    }
    while end > start && is_inner(end) {
        end += 1;
    }
    Span::new(start as u32, end as u32)
}

/// Overwrites each credential, character by character.
pub(super) fn overwrite(bytes: &mut [u8], secrets: &[Secret]) {
    // Different credentials of one length stay different, so that no rule takes two names or ids for one.
    let mut alike: HashMap<(&str, u32), usize> = HashMap::new();
    let mut numbers: HashMap<(usize, u32), usize> = HashMap::new();
    for secret in secrets {
        let length = secret.span.len();
        let number = *numbers.entry((secret.first, length)).or_insert_with(|| {
            let count = alike.entry((secret.prefix, length)).or_default();
            *count += 1;
            *count - 1
        });
        let number = if number == 0 { String::new() } else { number.to_string() };
        if let Some(bytes) = bytes.get_mut(secret.span.range()) {
            veil(bytes, secret.prefix, &number);
        }
    }
}

fn veil(bytes: &mut [u8], prefix: &str, number: &str) {
    let places = places(bytes);
    let mut prefix = prefix.bytes();
    let mut kept = 0;
    for &(start, width) in &places {
        let letter = if width == 1 { prefix.next() } else { None };
        kept += usize::from(letter.is_some());
        put(bytes, start, letter.map_or(MASKS[width - 1], char::from));
    }
    // A mask has to be known as one.
    let free = places.get(kept + TELLING..).unwrap_or_default();
    for (&(start, width), digit) in free.iter().rev().zip(number.bytes().rev()) {
        put(bytes, start, DIGITS[width - 1][usize::from(digit - b'0')]);
    }
}

fn put(bytes: &mut [u8], start: usize, char: char) {
    let mut buffer = [0; 4];
    let encoded = char.encode_utf8(&mut buffer).as_bytes();
    if let Some(place) = bytes.get_mut(start..start + encoded.len()) {
        place.copy_from_slice(encoded);
    }
}

/// The characters that are overwritten: where each starts, and its width. What stays is what decides how the text is read: line
/// ends and other controls, zeros, which are a matter of the encoding, bytes that are not UTF-8, the quotation mark of a slip,
/// and the backslash of an escape that JSON does not have.
fn places(bytes: &[u8]) -> Vec<(usize, usize)> {
    let mut places = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        let mut escaped = 0;
        for (index, char) in chunk.valid().char_indices() {
            let rest = chunk.valid().get(index..).unwrap_or_default();
            let is_kept = escaped == 0
                && match char {
                    '\\' => {
                        escaped = escape(rest.as_bytes());
                        escaped == 0
                    }
                    '"' => true,
                    other => other < ' ',
                };
            escaped = usize::saturating_sub(escaped, 1);
            if !is_kept {
                places.push((at + index, char.len_utf8()));
            }
        }
        at += chunk.valid().len() + chunk.invalid().len();
    }
    places
}

/// The length of the escape at the start of `text`; 0 where it is none that JSON has.
fn escape(text: &[u8]) -> usize {
    match text.get(1) {
        Some(b'u') if text.get(2..6).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) => 6,
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 2,
        _ => 0,
    }
}
