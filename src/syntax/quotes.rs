//! Where a string ends in a broken text, when its quotation marks cannot be trusted.

use super::NodeKind;
use super::number;
use super::strict::plain_end;
use super::string::{QUOTES, head, tail};
use super::token::bracket;

/// How far is looked ahead, in bytes, to settle one doubt; keeps hostile texts linear.
pub(super) const FAR: usize = 4096;

/// How far a key or a template reaches, in bytes.
pub(super) const NEAR: usize = 128;

/// How many quotation marks of one line are tried as the end of a string.
const MANY: usize = 32;

/// Quotation marks that may close a string by mistake.
pub(super) const WRONG_CLOSERS: [char; 4] = ['\'', '\u{201d}', '\u{2019}', '`'];

/// Commas, colons and semicolons of East Asian keyboards.
pub(super) const WIDE_SEPARATORS: [char; 4] = ['\u{ff0c}', '\u{3001}', '\u{ff1a}', '\u{ff1b}'];

/// What the string stands for, as far as its surroundings tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A key of an object.
    Key,
    /// The value of a member.
    Member,
    /// An element of an array, or the root.
    Element,
}

/// How a string came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// With its quotation mark.
    Closed,
    /// With its quotation mark, after others inside it; the first of them.
    Stray(usize),
    /// On a later line.
    Lines,
    /// Without a quotation mark.
    Lost,
}

/// The end of a string: one past its last byte, the closing mark included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    pub(super) at: usize,
    pub(super) ending: Ending,
}

/// A view of the text around a string.
pub(super) struct Quotes<'t> {
    pub(super) text: &'t str,
    /// The containers that are open, by the lexer's count.
    pub(super) open: &'t [NodeKind],
    pub(super) role: Role,
}

impl Quotes<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The end of the string whose plain quotation mark stands at `start`.
    pub(super) fn double_quoted(&self, start: usize) -> End {
        let Some(quote) = self.next_quote(start + 1) else {
            return self.without_mark(start, self.line_end(start));
        };
        let line_end = self.line_end_before(start, quote);
        if line_end < quote {
            let over_lines = self.is_followed_by_structure(quote + 1) && !self.is_led_by_structure(quote);
            return if over_lines {
                End { at: quote + 1, ending: Ending::Lines }
            } else {
                self.without_mark(start, line_end)
            };
        }
        if self.ends_well(quote + 1) {
            return End { at: quote + 1, ending: Ending::Closed };
        }
        self.doubtful(start, quote)
    }

    /// The mark at `quote` is followed by something that cannot follow a string.
    fn doubtful(&self, start: usize, quote: usize) -> End {
        if let Some(at) = self.lost_before(start, quote) {
            return End { at, ending: Ending::Lost };
        }
        let mut last = quote;
        for _ in 0..MANY {
            match self.next_quote(last + 1) {
                Some(found) if self.line_end_before(last, found) == found => last = found,
                _ => break,
            }
            // What stands behind a colon is no key.
            let is_key = self.role == Role::Member && self.byte(self.skip_blanks(last + 1)) == Some(b':');
            let ends = self.is_followed_by_structure(last + 1) && !self.is_followed_by_prose(last + 1);
            if !is_key && ends {
                return End { at: last + 1, ending: Ending::Stray(quote) };
            }
        }
        // Whatever follows is no part of the string; the grammar will say so.
        End { at: quote + 1, ending: Ending::Closed }
    }

    /// Where a string that lost its closing mark ends, if the mark at `quote` opens the next string.
    fn lost_before(&self, start: usize, quote: usize) -> Option<usize> {
        let content = self.text.get(start + 1..quote)?;
        // In an array, or where a bracket is wrong and it only seems to be one, a key is a single word.
        let seems_key = || content.trim_end().ends_with(':') && !content.trim_end().contains([' ', '\t']);
        if self.role == Role::Key || (self.role == Role::Element && seems_key()) {
            return key_length(content).map(|len| start + 1 + len);
        }
        let is_structure = |char: char| char.is_ascii_whitespace() || ",:{}[]".contains(char);
        let len = content.trim_end_matches(is_structure).len();
        let between = content.get(len..)?.trim();
        if !between.ends_with([',', '{', '[', ':']) || between.starts_with([':', '{', '[']) {
            return None;
        }
        let next_end = self.next_quote_before(quote + 1, quote + FAR)?;
        let follow = self.byte(self.skip_blanks(next_end + 1));
        let fits = match (between, self.role) {
            (",", Role::Member) => matches!(follow, Some(b':' | b'=')),
            (",", _) => matches!(follow, Some(b',' | b']' | b'\n' | b'\r') | None),
            _ => matches!(follow, Some(b':' | b',' | b']' | b'}')),
        };
        fits.then_some(start + 1 + len)
    }

    /// The end of a string without a closing mark whose line (or text) ends at `line_end`.
    fn without_mark(&self, start: usize, line_end: usize) -> End {
        let content = self.text.get(start + 1..line_end).unwrap_or_default();
        let len = match self.role {
            Role::Key => key_length(content),
            _ => None,
        };
        let len = len.unwrap_or_else(|| self.without_closers(content));
        // At the end of the text a comma alone is more likely half a sentence than structure.
        let is_cut = line_end == self.text.len() && !content.ends_with(['}', ']']);
        let len = if is_cut && self.role != Role::Key { content.len() } else { len };
        End { at: start + 1 + len, ending: Ending::Lost }
    }

    /// The length of `content` without the comma and the closing brackets at its end that fit what is open.
    fn without_closers(&self, content: &str) -> usize {
        let ends = |char: char| char.is_ascii_whitespace() || ",]}".contains(char);
        let text = content.trim_end_matches(ends);
        if text.ends_with(WRONG_CLOSERS) {
            return text.len();
        }
        let least = text.len().max(content.len().saturating_sub(MANY));
        let mut suffix = content.get(least..).unwrap_or_default();
        while let Some(first) = suffix.chars().next() {
            if !first.is_ascii_whitespace() && self.fits_open(suffix) {
                break;
            }
            suffix = tail(suffix, first.len_utf8());
        }
        content.len() - suffix.len()
    }

    fn fits_open(&self, suffix: &str) -> bool {
        let mut open = self.open.iter().rev();
        let mut marks = suffix.trim_end();
        if let Some(rest) = marks.strip_suffix(',') {
            marks = rest;
        }
        marks
            .chars()
            .filter(|char| !char.is_ascii_whitespace())
            .all(|char| char != ',' && open.next().is_some_and(|&kind| bracket(kind, false) == char))
    }

    /// The end of a string that was opened with `opener`, a mark other than `"`.
    pub(super) fn oddly_quoted(&self, start: usize, opener: char) -> End {
        let closers =
            QUOTES.iter().find(|(mark, _)| *mark == opener).map_or(&[][..], |&(_, closers)| closers);
        let from = start + opener.len_utf8();
        // A key is cut short where it lost its mark, and the rest of the line is read again: not all of it each time.
        let limit = match self.role {
            Role::Key => self.text.floor_char_boundary(from + NEAR),
            _ => self.text.len(),
        };
        let closed = self
            .odd_end(from, limit, closers)
            .or_else(|| self.odd_end(from, limit, &['"', '\'', '\u{201d}', '\u{2019}']));
        match closed {
            Some(at) => End { at, ending: Ending::Closed },
            None => {
                let line_end = self.line_end_before(from, limit);
                let content = self.text.get(from..line_end).unwrap_or_default();
                let key = if self.role == Role::Key { key_length(content) } else { None };
                let len = key.unwrap_or_else(|| self.without_closers(content));
                End { at: from + len, ending: Ending::Closed }
            }
        }
    }

    /// One past the first of `closers` on the line, before `limit`, that is followed by structure.
    fn odd_end(&self, from: usize, limit: usize, closers: &[char]) -> Option<usize> {
        let (mut escaped, mut tried) = (false, 0);
        let is_line_end = |char: &char| matches!(char, '\n' | '\r');
        for (at, char) in
            self.text.get(from..limit)?.char_indices().take_while(|(_, char)| !is_line_end(char))
        {
            if !escaped && closers.contains(&char) {
                let here = from + at + char.len_utf8();
                tried += 1;
                if tried > MANY || self.ends_well(here) {
                    return (tried <= MANY).then_some(here);
                }
            }
            escaped = char == '\\' && !escaped;
        }
        None
    }

    /// The end of a string whose opening mark was lost: text from `start` to the mark at `quote`, the next one.
    pub(super) fn without_opener(&self, start: usize, quote: usize) -> Option<usize> {
        if self.line_end_before(start, quote) < quote || self.is_led_by_structure(quote) {
            return None;
        }
        let content = self.text.get(start..quote)?;
        let is_key = matches!(self.byte(self.skip_blanks(quote + 1)), Some(b':'));
        if self.role == Role::Key && (!is_key || content.contains([':', ',', '{', '}', '[', ']'])) {
            return None;
        }
        self.ends_well(quote + 1).then_some(quote + 1)
    }

    /// Whether what follows a closing mark at `at` can follow a string, be it with a comma or colon left out.
    fn ends_well(&self, at: usize) -> bool {
        if self.is_followed_by_structure(at) {
            return !self.is_followed_by_prose(at);
        }
        let next = self.skip_blanks(at);
        match self.byte(next) {
            Some(b'"') => self.next_quote_before(next + 1, next + FAR).is_some_and(|end| {
                end > next + 1
                    && self.line_end_before(next, end) >= end
                    && self.is_followed_by_structure(end + 1)
            }),
            Some(b'{' | b'[') => {
                let inner = self.skip_blanks(next + 1);
                matches!(self.byte(inner), None | Some(b'"' | b'\n' | b'\r' | b'{' | b'[' | b'}' | b']'))
                    || number::scan(self.text.as_bytes().get(inner..).unwrap_or_default()).is_some()
            }
            _ => {
                let run = run_length(self.text.get(next..).unwrap_or_default());
                let run_text = self.text.get(next..next + run).unwrap_or_default();
                let known = matches!(run_text, "true" | "false" | "null")
                    || number::scan(run_text.as_bytes()).is_some_and(|number| number.len == run);
                known && self.is_followed_by_structure(next + run)
            }
        }
    }

    /// Whether the line goes on from `at` with a comma, a colon, a closing bracket, a comment, or not at all.
    pub(super) fn is_followed_by_structure(&self, at: usize) -> bool {
        let next = self.skip_blanks(at);
        match self.byte(next) {
            None | Some(b',' | b':' | b'}' | b']' | b'\n' | b'\r' | b';' | b'=' | b'#') => true,
            Some(b'/') => matches!(self.byte(next + 1), Some(b'/' | b'*')),
            Some(b'.') => self.text.get(next..).is_some_and(|rest| rest.starts_with("...")),
            Some(b'`') => self.text.get(next..).is_some_and(|rest| rest.starts_with("```")),
            Some(0x80..) => self.text.get(next..).is_some_and(|rest| rest.starts_with(WIDE_SEPARATORS)),
            _ => false,
        }
    }

    /// Whether a comma and then words follow the value of a member, where only a key may come.
    fn is_followed_by_prose(&self, at: usize) -> bool {
        let comma = self.skip_blanks(at);
        if self.role != Role::Member || self.byte(comma) != Some(b',') {
            return false;
        }
        let word = self.skip_blanks(comma + 1);
        let run = run_length(self.text.get(word..).unwrap_or_default());
        let after = self.byte(self.skip_blanks(word + run));
        run > 0 && after.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"(&".contains(&byte))
    }

    /// Whether the mark at `quote` stands where a string begins: behind structure on its line.
    fn is_led_by_structure(&self, quote: usize) -> bool {
        let before = self.text.get(..quote).unwrap_or_default().trim_end_matches([' ', '\t']);
        before.ends_with([',', ':', '{', '['])
    }

    fn skip_blanks(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        // Other white space is ASCII control characters, or rare enough to look at it as characters.
        match self.byte(at) {
            Some(0x0B | 0x0C | 0x80..) => at + odd_space_length(self.text.get(at..).unwrap_or_default()),
            _ => at,
        }
    }

    /// The next plain quotation mark that no backslash takes.
    fn next_quote(&self, at: usize) -> Option<usize> {
        self.next_quote_before(at, usize::MAX)
    }

    fn next_quote_before(&self, mut at: usize, limit: usize) -> Option<usize> {
        while at < limit {
            at = plain_end(self.text.as_bytes(), at);
            match self.byte(at)? {
                b'"' => return (at < limit).then_some(at),
                b'\\' if self.byte(at + 1) != Some(b'\n') => at += 2,
                _ => at += 1,
            }
        }
        None
    }

    fn line_end(&self, from: usize) -> usize {
        self.line_end_before(from, self.text.len())
    }

    fn line_end_before(&self, from: usize, limit: usize) -> usize {
        let part = self.text.as_bytes().get(from..limit).unwrap_or_default();
        from + part.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(part.len())
    }
}

/// The length of a key at the start of `content` that lost its closing mark before a colon.
fn key_length(content: &str) -> Option<usize> {
    let before = |colon: usize| head(content, colon).trim_end();
    let mut colons = content.match_indices(':').map(|(colon, _)| before(colon)).take(MANY);
    let key = colons.clone().find(|key| key.ends_with(WRONG_CLOSERS)).or_else(|| colons.next())?;
    (!key.is_empty() && !key.contains([',', '{', '}', '[', ']'])).then_some(key.len())
}

/// How long the run of letters, digits, signs, dots and underscores at the start of `text` is.
pub(super) fn run_length(text: &str) -> usize {
    text.find(|char: char| !(char.is_alphanumeric() || "_+-.$".contains(char))).unwrap_or(text.len())
}

/// How long the white space at the start of `text` is that JSON does not have, spaces between included.
pub(super) fn odd_space_length(text: &str) -> usize {
    let is_odd = |char: char| {
        (char.is_whitespace() && !"\t\n\r".contains(char))
            || matches!(char, '\u{feff}' | '\u{200b}' | '\u{2060}')
    };
    text.len() - text.trim_start_matches(is_odd).len()
}
