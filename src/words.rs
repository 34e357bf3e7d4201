//! How messages show names and values.

use std::borrow::Cow;
use std::fmt::Write;

/// How many characters of a value a message shows.
const SHOWN: usize = 60;

/// A text in backticks, cut to a length that a message can bear, control characters made visible.
pub fn quoted(text: &str) -> String {
    let mut shown = String::with_capacity(text.len().min(4 * SHOWN) + 2);
    shown.push('`');
    if text.len() <= SHOWN && is_plain(text) {
        shown.push_str(text);
        shown.push('`');
        return shown;
    }
    for (count, char) in text.chars().enumerate() {
        if count == SHOWN {
            shown.push_str("...");
            break;
        }
        push_visible(&mut shown, char);
    }
    shown.push('`');
    shown
}

/// Whether `char` would not show, or would act on a terminal.
pub fn is_hidden(char: char) -> bool {
    match char {
        ' '..='~' => false,
        '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' => true,
        '\u{FEFF}' | '\u{E0000}'..='\u{E007F}' => true,
        other => other.is_control(),
    }
}

/// Whether `text` is nothing but printable ASCII, as most texts are.
pub fn is_plain(text: &str) -> bool {
    all_bytes(text, |byte| matches!(byte, b' '..=b'~'))
}

/// Whether `holds` for all bytes of `text`. It looks at many at a time: without a way out before the end of a chunk, vector
/// instructions do it.
pub fn all_bytes(text: &str, holds: impl Fn(u8) -> bool) -> bool {
    text.as_bytes().chunks(64).all(|chunk| chunk.iter().fold(true, |all, &byte| all & holds(byte)))
}

/// A set of bytes.
pub struct ByteSet([bool; 256]);

impl ByteSet {
    /// The set of all that stand in `bytes`.
    pub const fn of(bytes: &[u8]) -> Self {
        let mut set = [false; 256];
        let mut at = 0;
        while at < bytes.len() {
            set[bytes[at] as usize] = true;
            at += 1;
        }
        Self(set)
    }

    /// Whether `byte` is in the set.
    pub fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte)]
    }

    /// Whether every one of `bytes` is in the set.
    pub fn covers(&self, bytes: &[u8]) -> bool {
        bytes.iter().all(|&byte| self.has(byte))
    }
}

/// Appends `char`, or its escape where it is hidden.
pub fn push_visible(out: &mut String, char: char) {
    if is_hidden(char) {
        // Writing to a string cannot fail.
        let _ = write!(out, "\\u{{{:x}}}", u32::from(char));
    } else {
        out.push(char);
    }
}

/// `text` with everything that is hidden escaped.
pub fn visible(text: &str) -> Cow<'_, str> {
    if is_plain(text) || !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    text.chars().for_each(|char| push_visible(&mut shown, char));
    Cow::Owned(shown)
}

/// How many of something there are: `1 file`, `2 files`.
pub fn counted(count: u64, name: &str) -> String {
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}

/// `a`, `b` and `c`, each in backticks, with `last` before the last one.
pub fn list(items: &[impl AsRef<str>], last: &str) -> String {
    let quoted: Vec<String> = items.iter().map(|item| quoted(item.as_ref())).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., end] => format!("{} {last} {end}", most.join(", ")),
    }
}

/// `text` as a JSON string.
pub fn json(text: &str) -> String {
    if is_plain(text) && memchr::memchr2(b'"', b'\\', text.as_bytes()).is_none() {
        return ["\"", text, "\""].concat();
    }
    serde_json::Value::from(text).to_string()
}

/// The name of a JSON type with its article; another name as it is.
pub fn article(type_name: &'static str) -> &'static str {
    match type_name {
        "array" => "an array",
        "boolean" => "a boolean",
        "integer" => "an integer",
        "number" => "a number",
        "object" => "an object",
        "string" => "a string",
        other => other,
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether two texts are the same but for case and punctuation.
pub fn same_letters(one: &str, other: &str) -> bool {
    letters(one) == letters(other)
}

/// The bytes of the longest letter.
const LONGEST_LETTER: usize = 4;

/// The one of `options` that `text` most likely means: the same but for case and punctuation, or one or two edits away.
pub fn closest<'o>(text: &str, options: &[&'o str]) -> Option<&'o str> {
    let wanted = letters(text);
    let same = options.iter().find(|option| letters(option) == wanted);
    let near = || {
        // The table of edits is as large as both texts together: not for a text that is far too long.
        let options = options.iter().filter(|option| wanted.len() <= option.len() + 2 * LONGEST_LETTER);
        let scored = options.map(|option| (strsim::damerau_levenshtein(&letters(option), &wanted), *option));
        scored.min().filter(|(edits, option)| *edits <= 2.min(option.len() / 3)).map(|(_, option)| option)
    };
    same.copied().or_else(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_hidden_text_is_made_fit_to_show() {
        assert_eq!(quoted("a\u{1b}[31mb\u{202e}c"), "`a\\u{1b}[31mb\\u{202e}c`");
        assert_eq!(quoted(&"\u{e9}".repeat(61)).chars().count(), SHOWN + 5);
    }

    #[test]
    fn lists_read_like_prose() {
        assert_eq!(list(&["a"], "or"), "`a`");
        assert_eq!(list(&["a", "b", "c"], "or"), "`a`, `b` or `c`");
    }

    #[test]
    fn the_closest_option_differs_little() {
        assert_eq!(closest("Header", &["query", "header"]), Some("header"));
        assert_eq!(closest("http_json", &["JSONRPC", "HTTP+JSON"]), Some("HTTP+JSON"));
        assert_eq!(closest("body", &["query", "header", "cookie"]), None);
    }
}
