//! Cuts a broken text into tokens, and says what is wrong inside and between them.
//!
//! What a token stands for is not decided here; only for strings and bare words, whose end depends on it, the
//! neighbours are asked.

use super::quotes::{self, End, Ending, FAR, NEAR, Quotes, Role};
use super::string::{self, QUOTES, head, tail};
use super::token::{Token, TokenKind};
use super::{FaultKind, NodeKind, word};
use crate::text::Span;

/// What is wrong at a place, before the value it belongs to is known.
pub(super) type Finding = (FaultKind, Span);

/// Cuts `text` into tokens; the last one is [`TokenKind::End`]. The bytes in `bad` were not UTF-8.
pub(super) fn tokens(text: &str, bad: &[Span]) -> (Vec<Token>, Vec<Finding>) {
    let mut lexer = Lexer {
        text,
        bytes: text.as_bytes(),
        at: 0,
        tokens: Vec::with_capacity(text.len() / 8 + 1),
        findings: Vec::new(),
        bad,
        open: Vec::new(),
        line_start: 0,
        line: Line { indent: 0, is_fresh: true },
        quote_ahead: None,
    };
    if text.starts_with('\u{feff}') {
        lexer.at = 3;
        lexer.line_start = 3;
        lexer.find(FaultKind::ByteOrderMark, 0);
    }
    while lexer.next() {}
    lexer.push(TokenKind::End, lexer.at);
    lexer.findings.extend(bad.iter().map(|&span| (FaultKind::InvalidUtf8, span)));
    (lexer.tokens, lexer.findings)
}

struct Line {
    indent: u32,
    /// Whether nothing was found on the line yet.
    is_fresh: bool,
}

struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    tokens: Vec<Token>,
    findings: Vec<Finding>,
    /// What was not UTF-8 and is not passed yet.
    bad: &'t [Span],
    /// The containers that seem to be open.
    open: Vec<NodeKind>,
    line_start: usize,
    line: Line,
    /// The quotation mark that was found last, the end of the text where there was none; none stands between the
    /// place of that search and it.
    quote_ahead: Option<usize>,
}

impl<'t> Lexer<'t> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn find(&mut self, kind: FaultKind, start: usize) {
        self.findings.push((kind, Span::new(start as u32, self.at as u32)));
    }

    fn push(&mut self, kind: TokenKind, start: usize) {
        self.push_string(kind, start, false, false);
    }

    fn push_string(&mut self, kind: TokenKind, start: usize, damaged: bool, cooked: bool) {
        let leads_line = self.line.is_fresh;
        self.mark_line(start);
        let span = Span::new(start as u32, self.at as u32);
        let damaged = damaged || self.holds_bad_bytes(span);
        self.tokens.push(Token { kind, damaged, cooked, leads_line, indent: self.line.indent, span });
        match kind {
            TokenKind::Open(kind) => self.open.push(kind),
            TokenKind::Close(kind) => self.close(kind),
            _ => {}
        }
    }

    /// Something stands on the line now, from `start` on.
    fn mark_line(&mut self, start: usize) {
        if self.line.is_fresh {
            self.line = Line { indent: (start - self.line_start.min(start)) as u32, is_fresh: false };
        }
    }

    fn holds_bad_bytes(&mut self, span: Span) -> bool {
        while self.bad.first().is_some_and(|bad| bad.end <= span.start) {
            self.bad = self.bad.get(1..).unwrap_or_default();
        }
        self.bad.first().is_some_and(|bad| bad.start < span.end)
    }

    /// Takes a closing bracket for what is open, or for what lies right below it.
    fn close(&mut self, kind: NodeKind) {
        let next = self.rest().trim_start_matches([' ', '\t']);
        if next.starts_with(':') {
            // It stands between a key and its colon.
            return;
        }
        let matching = self.open.iter().rev().take(2).position(|&open| open == kind);
        if let Some(above) = matching {
            self.open.truncate(self.open.len() - above - 1);
        }
    }

    fn role(&self) -> Role {
        let last = self.tokens.last().map(|token| token.kind);
        match (last, self.open.last()) {
            (Some(TokenKind::Colon | TokenKind::Equals), _) => Role::Member,
            (_, Some(NodeKind::Object)) => Role::Key,
            _ => Role::Element,
        }
    }

    /// Reads one token or passes over what is none; false at the end.
    fn next(&mut self) -> bool {
        let Some(byte) = self.peek() else { return false };
        match byte {
            b'\n' | b'\r' => {
                self.at += 1;
                self.line_start = self.at;
                self.line.is_fresh = true;
            }
            b' ' | b'\t' => self.at += 1,
            b'{' if self.template() => {}
            b'{' => self.mark(TokenKind::Open(NodeKind::Object), 1),
            b'[' => self.mark(TokenKind::Open(NodeKind::Array), 1),
            b'}' => self.mark(TokenKind::Close(NodeKind::Object), 1),
            b']' => self.mark(TokenKind::Close(NodeKind::Array), 1),
            b',' => self.mark(TokenKind::Comma, 1),
            b':' if self.rest().starts_with(":=") => self.mark(TokenKind::Equals, 2),
            b':' => self.mark(TokenKind::Colon, 1),
            b'"' => self.string(),
            _ => self.unusual(byte),
        }
        true
    }

    fn mark(&mut self, kind: TokenKind, len: usize) {
        let start = self.at;
        self.at += len;
        self.push(kind, start);
    }

    fn unusual(&mut self, byte: u8) {
        let rest = self.rest();
        if self.is_bad_byte() {
            self.at += 1;
        } else if rest.starts_with("```") {
            self.fence();
        } else if rest.starts_with("//") || rest.starts_with("/*") || rest.starts_with("<!--") || byte == b'#'
        {
            self.comment();
        } else if rest.starts_with("...") || rest.starts_with('\u{2026}') {
            self.dots();
        } else if byte == b';' {
            self.mark(TokenKind::Semicolon, 1);
        } else if byte == b'=' {
            let len = if rest.starts_with("=>") { 2 } else { 1 };
            self.mark(TokenKind::Equals, len);
        } else if !self.wide_separator() && !self.odd_space() && !self.odd_string() && !self.template() {
            self.bare(byte);
        }
    }

    /// Whether the byte was not UTF-8 and is reported already.
    fn is_bad_byte(&mut self) -> bool {
        let at = self.at as u32;
        self.holds_bad_bytes(Span::new(at, at + 1))
    }

    /// A Markdown fence; before the document what leads up to it goes with it, after the document what follows.
    fn fence(&mut self) {
        let start = self.at;
        self.mark_line(start);
        let ticks = self.rest().len() - self.rest().trim_start_matches('`').len();
        let after = tail(self.rest(), ticks);
        self.at += ticks + after.find(|char: char| !char.is_alphanumeric()).unwrap_or(after.len());
        if self.tokens.iter().any(|token| matches!(token.kind, TokenKind::Open(_))) {
            if self.next_quote().is_none() {
                self.at += self.rest().trim_end().len();
            }
            return self.find(FaultKind::MarkdownFence, start);
        }
        let first = self.tokens.first().map_or(start, |token| token.span.start as usize);
        self.tokens.clear();
        while self.findings.last().is_some_and(|(_, span)| span.start as usize >= first) {
            self.findings.pop();
        }
        self.find(FaultKind::MarkdownFence, first);
    }

    fn comment(&mut self) {
        let start = self.at;
        self.mark_line(start);
        let rest = self.rest();
        let closed = [("/*", "*/"), ("<!--", "-->")].iter().find_map(|(open, close)| {
            let inner = rest.strip_prefix(open)?;
            Some(open.len() + inner.find(close)? + close.len())
        });
        let line = || rest.find(['\n', '\r']).unwrap_or(rest.len());
        self.at += closed.unwrap_or_else(line);
        self.find(FaultKind::Comment, start);
    }

    /// An ellipsis, with the words that may stand beside it.
    fn dots(&mut self) {
        let start = self.at;
        let rest = self.rest();
        let structure = |char: char| ",:{}[]\"\n\r".contains(char);
        self.at += rest.find(structure).unwrap_or(rest.len()).min(rest.len());
        self.at = start + head(rest, self.at - start).trim_end().len();
        self.push(TokenKind::Dots, start);
    }

    /// Commas, colons and semicolons of East Asian keyboards.
    fn wide_separator(&mut self) -> bool {
        let Some(found) = self.rest().chars().next().filter(|char| quotes::WIDE_SEPARATORS.contains(char))
        else {
            return false;
        };
        let is_colon = found == '\u{ff1a}';
        let (kind, right) = if is_colon { (TokenKind::Colon, ':') } else { (TokenKind::Comma, ',') };
        let start = self.at;
        self.at += found.len_utf8();
        self.find(FaultKind::WrongSeparator(found, right), start);
        self.push(kind, start);
        true
    }

    fn odd_space(&mut self) -> bool {
        let len = quotes::odd_space_length(self.rest());
        if len == 0 {
            return false;
        }
        let start = self.at;
        self.at += len;
        self.find(FaultKind::OddWhitespace, start);
        true
    }

    fn quotes(&self, role: Role) -> Quotes<'_> {
        Quotes { text: self.text, open: &self.open, role }
    }

    fn string(&mut self) {
        let start = self.at;
        let role = self.role();
        let End { at, ending } = self.quotes(role).double_quoted(start);
        self.at = at;
        let content = Span::new(start as u32 + 1, at as u32);
        let (escaped, mut damaged) = self.content(content, ending);
        match ending {
            Ending::Stray(at) => {
                self.findings.push((FaultKind::StrayQuote, Span::new(at as u32, at as u32 + 1)));
                damaged = true;
            }
            // A key ends at its colon, whatever became of its mark.
            Ending::Lost => damaged |= self.lost_mark(start) && role != Role::Key,
            Ending::Closed | Ending::Lines => {}
        }
        let cooked = escaped || ending == Ending::Lost;
        self.push_string(TokenKind::String, start, damaged, cooked);
    }

    /// Why a string has no closing mark; true if its content cannot be known.
    fn lost_mark(&mut self, start: usize) -> bool {
        let content = self.text.get(start + 1..self.at).unwrap_or_default();
        if content.ends_with("\\\"") {
            let last = self.at - 2;
            // The backslash before the mark was valid in itself, so nothing was said about it yet.
            self.find(FaultKind::BadEscape, last);
            return true;
        }
        let wrong_mark = content.ends_with(quotes::WRONG_CLOSERS);
        let kind = if wrong_mark { FaultKind::WrongQuotes } else { FaultKind::UnterminatedString };
        self.find(kind, start);
        !wrong_mark
    }

    /// A string in other quotation marks.
    fn odd_string(&mut self) -> bool {
        let Some(opener) = self.rest().chars().next() else { return false };
        if !QUOTES.iter().any(|&(mark, _)| mark == opener) {
            return false;
        }
        let start = self.at;
        let End { at, .. } = self.quotes(self.role()).oddly_quoted(start, opener);
        self.at = at;
        self.find(FaultKind::WrongQuotes, start);
        let content = Span::new((start + opener.len_utf8()) as u32, at as u32);
        let (_, damaged) = self.content(content, Ending::Closed);
        self.push_string(TokenKind::String, start, damaged, true);
        true
    }

    /// Looks for faults inside a string; tells whether there are escapes, and whether its content is in doubt.
    fn content(&mut self, span: Span, ending: Ending) -> (bool, bool) {
        let (mut at, end) = (span.start as usize, span.end as usize);
        let (mut escaped, mut damaged, mut broken_line) = (false, false, false);
        let mut last_control = None;
        while at < end {
            let Some(&byte) = self.bytes.get(at) else { break };
            let mut len = 1;
            match byte {
                b'\\' => {
                    escaped = true;
                    len = self.escape(at, end, &mut damaged);
                }
                b'\n' | b'\r' if broken_line => {}
                0..0x20 => {
                    broken_line |= byte == b'\n' || byte == b'\r';
                    let span = Span::new(at as u32, at as u32 + 1);
                    if last_control != Some(at.wrapping_sub(1)) {
                        self.findings.push((FaultKind::ControlCharacter(byte.into()), span));
                    }
                    last_control = Some(at);
                }
                _ => {}
            }
            at += len;
        }
        if ending == Ending::Lines {
            self.line_start = head(self.text, end).rfind(['\n', '\r']).map_or(0, |line| line + 1);
        }
        (escaped, damaged)
    }

    /// Checks the escape at `at`; its length.
    fn escape(&mut self, at: usize, end: usize, damaged: &mut bool) -> usize {
        let rest = self.bytes.get(at..end).unwrap_or_default();
        if let Some(len) = string::escape_len(rest) {
            return len;
        }
        // The mark that closes a string in single quotes may be escaped inside it.
        if rest.starts_with(b"\\'") && self.bytes.get(self.at.wrapping_sub(1)) == Some(&b'\'') {
            return 2;
        }
        *damaged = true;
        let after = self.text.get(at + 1..end).and_then(|text| text.chars().next());
        let (kind, len) = match string::hex4(rest) {
            Some(_) => (FaultKind::LoneSurrogate, 6),
            None => (FaultKind::BadEscape, 1 + after.map_or(0, char::len_utf8)),
        };
        self.findings.push((kind, Span::new(at as u32, (at + len) as u32)));
        len
    }

    /// `{{ name }}`, `${NAME}`, `<NAME>` or `{% name %}` outside a string.
    fn template(&mut self) -> bool {
        const MARKS: [(&str, &str); 5] = [("{{", "}}"), ("{%", "%}"), ("${{", "}}"), ("${", "}"), ("<", ">")];
        let rest = self.rest();
        let near = head(rest, rest.floor_char_boundary(NEAR));
        let len = MARKS.iter().find_map(|(open, close)| {
            let inner = near.strip_prefix(open)?;
            let len = inner.find(close)?;
            let name = head(inner, len).trim();
            let plain = !name.is_empty() && !name.contains(['"', '\n', '\r', '{', '}', ',']);
            plain.then_some(open.len() + len + close.len())
        });
        let Some(len) = len else { return false };
        let start = self.at;
        let after = tail(rest, len);
        let more = after.find(|char: char| char.is_whitespace() || ",:{}[]\"".contains(char));
        self.at += len + more.unwrap_or(after.len());
        self.push(TokenKind::Template, start);
        true
    }

    /// Text without quotation marks.
    fn bare(&mut self, byte: u8) {
        if byte < b' ' || byte == 0x7F {
            return self.junk();
        }
        let start = self.at;
        let rest = self.rest();
        let run = rest.get(..quotes::run_length(rest)).unwrap_or_default();
        let kind = word::classify(run);
        let role = self.role();
        let is_known = !run.is_empty() && kind != TokenKind::Word;
        if is_known && self.quotes(role).is_followed_by_structure(start + run.len()) {
            return self.mark(kind, run.len());
        }
        if let Some(end) = self.end_without_opener(role) {
            self.at = end;
            self.find(FaultKind::MissingOpeningQuote, start);
            let (_, damaged) = self.content(Span::new(start as u32, end as u32 - 1), Ending::Closed);
            return self.push_string(TokenKind::String, start, damaged, true);
        }
        if is_known && self.splits_after(run.len()) {
            return self.mark(kind, run.len());
        }
        let len = self.word_length(role);
        if len == 0 {
            return self.junk();
        }
        self.mark(TokenKind::Word, len);
    }

    fn junk(&mut self) {
        let len = self.rest().chars().next().map_or(1, char::len_utf8);
        self.mark(TokenKind::Junk, len);
    }

    /// The end of the string that starts here, if it only lost its opening mark.
    fn end_without_opener(&mut self, role: Role) -> Option<usize> {
        let quote = self.next_quote()?;
        if quote - self.at > FAR {
            return None;
        }
        self.quotes(role).without_opener(self.at, quote)
    }

    /// The next quotation mark that no backslash takes, remembered so that a text without any is searched once.
    fn next_quote(&mut self) -> Option<usize> {
        let found = match self.quote_ahead {
            Some(found) if found >= self.at => found,
            _ => {
                let rest = self.rest();
                let is_plain = |&(at, _): &(usize, &str)| {
                    let before = head(rest, at);
                    (before.len() - before.trim_end_matches('\\').len()).is_multiple_of(2)
                };
                rest.match_indices('"').find(is_plain).map_or(self.text.len(), |(at, _)| self.at + at)
            }
        };
        self.quote_ahead = Some(found);
        (found < self.text.len()).then_some(found)
    }

    /// Whether the number or literal of `len` bytes here is a token of its own, whatever follows it.
    fn splits_after(&self, len: usize) -> bool {
        let after = self.rest().get(len..).unwrap_or_default();
        let next = after.trim_start_matches([' ', '\t']);
        if next.starts_with(['"', '\'', '{', '[']) {
            return true;
        }
        let run = quotes::run_length(next);
        let is_key = next.get(run..).unwrap_or_default().trim_start().starts_with(':');
        next.len() < after.len() && run > 0 && (is_key || word::classify(head(next, run)) != TokenKind::Word)
    }

    /// How long the text without quotation marks here is.
    fn word_length(&self, role: Role) -> usize {
        let rest = self.rest();
        let ends_value = |char: char| ",{}[]\"\n\r;".contains(char);
        let ends_key = |char: char| ends_value(char) || ":=".contains(char);
        let mut len = match role {
            Role::Key => rest.find(ends_key),
            _ => rest.find(ends_value),
        }
        .unwrap_or(rest.len());
        // An identifier before a colon is a key wherever it stands.
        let run = quotes::run_length(rest);
        if role == Role::Element && run > 0 && rest.get(run..).is_some_and(|after| after.starts_with(": ")) {
            len = len.min(run);
        }
        let word = head(rest, len);
        let comment = [" //", " /*", " #", "\t//", "\t#"].iter().filter_map(|mark| word.find(mark)).min();
        head(word, comment.unwrap_or(len)).trim_end().len()
    }
}
