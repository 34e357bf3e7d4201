//! Text on its way into a format: nothing that ends it early, nothing that a terminal would obey.

use crate::words::{all_bytes, is_hidden, is_plain, push_visible};
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::io::{self, Write};

/// Writes `value` as JSON in one line. Characters that are hidden stand as escapes, so a reader gets them and a terminal
/// does not.
pub(super) fn write_json(out: impl Write, value: &impl Serialize) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, Escaping))?)
}

struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = find_hidden(rest) {
            let (before, from) = rest.split_at(at);
            out.write_all(before.as_bytes())?;
            let mut chars = from.chars();
            for unit in chars.next().into_iter().flat_map(|char| units(char).into_iter().flatten()) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = chars.as_str();
        }
        out.write_all(rest.as_bytes())
    }
}

/// Writes `text` as a JSON string. Most texts need no escape, which is seen many bytes at a time.
pub(super) fn push_json(out: &mut Vec<u8>, text: &str) -> io::Result<()> {
    if !all_bytes(text, |byte| matches!(byte, b' '..=b'~') & (byte != b'"') & (byte != b'\\')) {
        return write_json(out, &text);
    }
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
    Ok(())
}

fn find_hidden(text: &str) -> Option<usize> {
    if is_plain(text) { None } else { text.find(is_hidden) }
}

/// The UTF-16 code units of `char`.
fn units(char: char) -> [Option<u16>; 2] {
    let mut buffer = [0; 2];
    let units = char.encode_utf16(&mut buffer);
    [units.first().copied(), units.get(1).copied()]
}

/// `text` for an attribute or the content of an element. XML has no way to say most control characters, so what is hidden
/// is written out as messages do.
pub(super) fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            '\t' => escaped.push_str("&#9;"),
            '\u{FFFE}' => escaped.push_str("\\u{fffe}"),
            '\u{FFFF}' => escaped.push_str("\\u{ffff}"),
            other => push_visible(&mut escaped, other),
        }
    }
    escaped
}

/// `text` behind the second `::` of a workflow command.
pub(super) fn command_data(text: &str) -> String {
    command(text, false)
}

/// `text` as the value of a property of a workflow command.
pub(super) fn command_property(text: &str) -> String {
    command(text, true)
}

fn command(text: &str, is_property: bool) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for char in text.chars() {
        match char {
            '%' => escaped.push_str("%25"),
            '\r' => escaped.push_str("%0D"),
            '\n' => escaped.push_str("%0A"),
            ':' if is_property => escaped.push_str("%3A"),
            ',' if is_property => escaped.push_str("%2C"),
            other => push_visible(&mut escaped, other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_keeps_what_is_hidden_and_sends_none_of_it() {
        let text = "a\u{1b}[31m\u{9b}\u{7f}\u{202e}\u{E0041}\u{1F600}\"\\\n";
        let mut out = Vec::new();
        write_json(&mut out, &text).unwrap();
        let written = String::from_utf8(out).unwrap();
        assert!(!written.chars().any(is_hidden), "{written}");
        assert!(written.contains("\\u009b\\u007f\\u202e\\udb40\\udc41\u{1F600}"), "{written}");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }

    #[test]
    fn a_plain_text_is_written_as_any_other() {
        for text in
            ["", "plain", "\"", "a\\b", "é", "\u{1b}", &"x".repeat(200), &format!("{}\n", "x".repeat(200))]
        {
            let (mut pushed, mut written) = (Vec::new(), Vec::new());
            push_json(&mut pushed, text).unwrap();
            write_json(&mut written, &text).unwrap();
            assert_eq!(pushed, written, "{text:?}");
        }
    }

    #[test]
    fn xml_holds_only_what_xml_allows() {
        assert_eq!(
            xml("<a b='\"'>&\n\u{1b}\u{ffff}é"),
            "&lt;a b=&apos;&quot;&apos;&gt;&amp;&#10;\\u{1b}\\u{ffff}é"
        );
    }

    #[test]
    fn commands_cannot_be_ended_by_what_they_say() {
        assert_eq!(command_data("100%\r\n::error::x,y"), "100%25%0D%0A::error::x,y");
        assert_eq!(command_property("a,b:c%\u{1b}"), "a%2Cb%3Ac%25\\u{1b}");
    }
}
