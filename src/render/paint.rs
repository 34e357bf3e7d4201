//! Colours, links and lines of text on a terminal.

use super::Look;
use super::excerpt::columns;
use crate::diagnostic::Severity;
use unicode_width::UnicodeWidthChar;

pub(super) const BOLD: &str = "1";
pub(super) const DIM: &str = "2";
pub(super) const CYAN: &str = "36";
pub(super) const GREEN: &str = "32";
pub(super) const RED: &str = "31;1";
const YELLOW: &str = "33;1";

/// The fewest columns to which a text is broken.
const NARROWEST: usize = 16;

/// The style of a severity.
pub(super) fn of(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => RED,
        Severity::Warning => YELLOW,
        Severity::Note => "36;1",
    }
}

pub(super) fn paint(look: &Look, style: &str, text: &str) -> String {
    if look.color { format!("\u{1b}[{style}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// A text that leads to a page where the terminal knows how.
pub(super) fn linked(url: &str, text: &str) -> String {
    format!("\u{1b}]8;;{url}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\")
}

/// Breaks `text` between words into lines of at most `width` columns. What is longer is broken anywhere, but for addresses
/// and paths: one that is broken cannot be followed.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(NARROWEST);
    // No character takes more columns than it has bytes.
    if text.len() <= width {
        return vec![text.to_owned()];
    }
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let long = columns(word);
        let last = lines.len() - 1;
        if used > 0 && used + 1 + long <= width {
            lines[last].push(' ');
            lines[last].push_str(word);
            used += 1 + long;
            continue;
        }
        let pieces = if long > width && !word.contains('/') { broken(word, width) } else { vec![word] };
        used = pieces.last().map_or(0, |piece| columns(piece));
        let mut pieces = pieces.into_iter().map(str::to_owned);
        if lines[last].is_empty() {
            lines[last] = pieces.next().unwrap_or_default();
        }
        lines.extend(pieces);
    }
    lines
}

/// A word in pieces of at most `width` columns. An escape such as `\u{200b}` stays whole.
fn broken(word: &str, width: usize) -> Vec<&str> {
    let (mut pieces, mut start, mut used) = (Vec::new(), 0, 0);
    for (at, char) in word.char_indices() {
        let wide = char.width().unwrap_or(0);
        if used + wide > width {
            let escape = word[start..at].rfind('\\').map(|escape| start + escape);
            let end =
                escape.filter(|escape| *escape > start && !word[*escape..at].contains('}')).unwrap_or(at);
            pieces.push(&word[start..end]);
            (start, used) = (end, columns(&word[end..at]));
        }
        used += wide;
    }
    pieces.push(&word[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words() {
        assert_eq!(wrap("", 20), [""]);
        assert_eq!(wrap("one two three four five", 16), ["one two three", "four five"]);
        assert_eq!(
            wrap("leads to https://agent.example.com/a/b here", 16),
            ["leads to", "https://agent.example.com/a/b", "here"]
        );
    }

    #[test]
    fn long_words_are_broken_but_for_escapes() {
        assert_eq!(
            wrap("a \u{65e5}\u{672c}\u{8a9e}\u{65e5}\u{672c}\u{8a9e}\u{65e5}\u{672c}\u{8a9e}", 16),
            ["a", "\u{65e5}\u{672c}\u{8a9e}\u{65e5}\u{672c}\u{8a9e}\u{65e5}\u{672c}", "\u{8a9e}"]
        );
        assert_eq!(wrap("abcdefghij\\u{200b}k", 16), ["abcdefghij", "\\u{200b}k"]);
        assert_eq!(wrap(&"x".repeat(40), 1), ["x".repeat(16), "x".repeat(16), "x".repeat(8)]);
    }
}
