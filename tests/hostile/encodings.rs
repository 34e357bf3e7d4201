//! Bytes that are not UTF-8, and line ends that are not line feeds.

use super::{check, tells};
use std::fs;

const CARD: &str =
    r#"{"name": "Tides", "url": "https://tides.example.com/a2a", "skills": [], "description": "@"}"#;

/// A text in another encoding.
type Encode = fn(&str) -> Vec<u8>;

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn utf32(text: &str, bytes: fn(u32) -> [u8; 4]) -> Vec<u8> {
    text.chars().flat_map(|letter| bytes(u32::from(letter))).collect()
}

#[test]
fn wide_texts_with_and_without_mark() {
    let wide: [(&str, Encode); 4] = [
        ("UTF-16LE", |text| utf16(text, u16::to_le_bytes)),
        ("UTF-16BE", |text| utf16(text, u16::to_be_bytes)),
        ("UTF-32LE", |text| utf32(text, u32::to_le_bytes)),
        ("UTF-32BE", |text| utf32(text, u32::to_be_bytes)),
    ];
    for (name, encode) in wide {
        for mark in ["", "\u{feff}"] {
            let mut bytes = encode(&format!("{mark}{CARD}"));
            tells(name, &bytes, &[&format!("[wrong-encoding]: the file is written in {name}")]);
            // Half a letter at the end changes nothing.
            bytes.pop();
            tells(name, &bytes, &["[wrong-encoding]"]);
        }
    }
    tells("a mark", format!("\u{feff}{CARD}").as_bytes(), &["[byte-order-mark]"]);
}

#[test]
fn every_kind_of_broken_utf8() {
    for (what, bytes) in [
        ("a lone continuation", &b"\x80"[..]),
        ("continuations", b"\x80\xbf\x80"),
        ("an overlong slash", b"\xc0\xaf"),
        ("a longer overlong slash", b"\xe0\x80\xaf"),
        ("the longest overlong slash", b"\xf0\x80\x80\xaf"),
        ("an overlong NUL", b"\xc0\x80"),
        ("half a letter of two bytes", b"\xc3"),
        ("half a letter of three bytes", b"\xe2\x82"),
        ("half a letter of four bytes", b"\xf0\x9f\x98"),
        ("half a surrogate pair", b"\xed\xa0\x80"),
        ("both halves", b"\xed\xa0\xbd\xed\xb8\x80"),
        ("beyond the last letter", b"\xf4\x90\x80\x80"),
        ("five bytes", b"\xf8\x88\x80\x80\x80"),
        ("six bytes", b"\xfc\x84\x80\x80\x80\x80"),
        ("bytes that are never used", b"\xfe\xff"),
        ("Latin-1", b"Gr\xfc\xdfe"),
    ] {
        let (before, after) = CARD.split_once('@').unwrap();
        let whole = [before.as_bytes(), bytes, after.as_bytes()].concat();
        tells(what, &whole, &["[wrong-encoding]"]);
        for at in [0, 1, before.len() - 20, whole.len()] {
            let moved =
                [&CARD.as_bytes()[..at.min(CARD.len())], bytes, &CARD.as_bytes()[at.min(CARD.len())..]]
                    .concat();
            tells(&format!("{what} at {at}"), &moved, &["error["]);
        }
    }
    tells("nothing else", &b"\xff".repeat(100_000), &["error["]);
}

#[test]
fn nul_bytes() {
    tells("in a string", CARD.replace('@', "a\0b").as_bytes(), &["[malformed-json]"]);
    tells("between members", CARD.replace(", ", ",\0").as_bytes(), &["[malformed-json]"]);
    tells("nothing else", &[0; 1000], &["[wrong-encoding]"]);
    tells("at the end", format!("{CARD}\0").as_bytes(), &["[malformed-json]"]);
}

#[test]
fn lone_carriage_returns_end_lines() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("agent-card.json"), CARD.replace(", ", ",\r")).unwrap();
    fs::write(folder.path().join("unix.json"), CARD.replace(", ", ",\n")).unwrap();
    let run = |name: &str| check(folder.path(), &[name]).out.replace(name, "");
    let told = run("agent-card.json");
    assert!(!told.is_empty());
    assert_eq!(told, run("unix.json"));
}
