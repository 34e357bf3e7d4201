//! Text from strangers, made fit for a terminal and for formats of one line.

use std::borrow::Cow;
use std::fmt::Write;

/// `text` with everything that a terminal would obey or not show written as an escape, such as `\n` and `\u001b`.
///
/// That is control characters, line and paragraph separators, what turns the direction of text around, and characters
/// without a shape of their own in which text can hide.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for char in text.chars() {
        if is_hidden(char) { escape(&mut shown, char) } else { shown.push(char) }
    }
    Cow::Owned(shown)
}

/// Whether `char` has to be escaped to be seen.
pub(super) fn is_hidden(char: char) -> bool {
    match char {
        ' '..='~' => false,
        '\u{200B}' | '\u{2028}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => true,
        '\u{E0000}'..='\u{E007F}' => true,
        other => other.is_control(),
    }
}

/// Writes `char` as JSON escapes it, with one `\u` also above the basic plane.
pub(super) fn escape(out: &mut String, char: char) {
    let short = match char {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        other => {
            // Writing to a string does not fail.
            let _ = write!(out, "\\u{:04x}", u32::from(other));
            return;
        }
    };
    out.push_str(short);
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        assert_eq!(visible("a\u{1b}[31m\r\n\t\u{7f}\u{9b}"), "a\\u001b[31m\\r\\n\\t\\u007f\\u009b");
        assert_eq!(visible("\u{202e}x\u{feff}\u{e0041}\u{2028}"), "\\u202ex\\ufeff\\ue0041\\u2028");
    }

    #[test]
    fn text_stays() {
        let text = "Größe \u{1F468}\u{200D}\u{1F469} \u{627}\u{200C}";
        assert!(matches!(visible(text), std::borrow::Cow::Borrowed(same) if same == text));
    }
}
