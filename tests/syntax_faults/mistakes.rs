//! The mistakes that people make in JSON, as edits of a valid text.

use super::random::Random;

/// A kind of mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mistake {
    DeleteComma,
    DeleteColon,
    DeleteOpeningQuote,
    DeleteClosingQuote,
    DeleteOpener,
    DeleteCloser,
    DoubleComma,
    DoubleColon,
    DoubleQuote,
    TrailingComma,
    LeadingComma,
    LineComment,
    BlockComment,
    HashComment,
    SingleQuotes,
    CurlyQuotes,
    HalfCurlyQuotes,
    UnquotedKey,
    UnquotedText,
    CapitalLiteral,
    TypoLiteral,
    NoSuchLiteral,
    BadEscape,
    EscapedEnd,
    LoneSurrogate,
    ControlCharacter,
    LineBreak,
    BadNumber,
    WrongCloser,
    StrayCloser,
    StrayQuotes,
    Semicolon,
    EqualsSign,
    DeleteValue,
    DeleteKey,
    Ellipsis,
    Template,
    OddWhitespace,
    InvalidUtf8,
    ByteOrderMark,
    FenceBefore,
    FenceAfter,
    TextAfterEnd,
    Truncation,
}

impl Mistake {
    pub(crate) const ALL: [Mistake; 44] = {
        use Mistake::*;
        [
            DeleteComma,
            DeleteColon,
            DeleteOpeningQuote,
            DeleteClosingQuote,
            DeleteOpener,
            DeleteCloser,
            DoubleComma,
            DoubleColon,
            DoubleQuote,
            TrailingComma,
            LeadingComma,
            LineComment,
            BlockComment,
            HashComment,
            SingleQuotes,
            CurlyQuotes,
            HalfCurlyQuotes,
            UnquotedKey,
            UnquotedText,
            CapitalLiteral,
            TypoLiteral,
            NoSuchLiteral,
            BadEscape,
            EscapedEnd,
            LoneSurrogate,
            ControlCharacter,
            LineBreak,
            BadNumber,
            WrongCloser,
            StrayCloser,
            StrayQuotes,
            Semicolon,
            EqualsSign,
            DeleteValue,
            DeleteKey,
            Ellipsis,
            Template,
            OddWhitespace,
            InvalidUtf8,
            ByteOrderMark,
            FenceBefore,
            FenceAfter,
            TextAfterEnd,
            Truncation,
        ]
    };

    /// Whether it stands before or after the document.
    pub(crate) fn is_outside(self) -> bool {
        matches!(self, Self::ByteOrderMark | Self::FenceBefore | Self::FenceAfter | Self::TextAfterEnd)
    }
}

/// A mistake at a place: the bytes from `start` to `end` are replaced.
#[derive(Debug, Clone)]
pub(crate) struct Edit {
    pub(crate) mistake: Mistake,
    pub(crate) start: usize,
    pub(crate) end: usize,
    bytes: Vec<u8>,
    /// The bytes whose values the mistake changes.
    touched: (usize, usize),
}

impl Edit {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Whether the value from `start` to `end` (its key included) is not the same any more.
    pub(crate) fn touches(&self, start: usize, end: usize) -> bool {
        let (from, to) = self.touched;
        if self.mistake.is_outside() {
            return false;
        }
        if from == to { start < from && from < end } else { start < to && from < end }
    }
}

/// The text after the edits.
pub(crate) fn apply(text: &str, edits: &[Edit]) -> Vec<u8> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.start);
    let mut broken = Vec::new();
    let mut at = 0;
    for edit in sorted {
        broken.extend(&text.as_bytes()[at..edit.start]);
        broken.extend(&edit.bytes);
        at = edit.end;
    }
    broken.extend(&text.as_bytes()[at..]);
    broken
}

/// Where the byte at `offset` went; with `after`, past what was put in there.
pub(crate) fn moved(offset: usize, edits: &[Edit], after: bool) -> usize {
    let (mut added, mut removed) = (0, 0);
    for edit in edits {
        if edit.end < offset || (edit.end == offset && after) {
            added += edit.bytes.len();
            removed += edit.end - edit.start;
        } else if edit.start < offset {
            removed += offset - edit.start;
        }
    }
    offset + added - removed
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Opener,
    Closer,
    Comma,
    Colon,
    Key,
    String,
    Number,
    Literal,
}

#[derive(Debug, Clone, Copy)]
struct Token {
    piece: Piece,
    start: usize,
    end: usize,
}

/// A valid text and its tokens.
pub(crate) struct Scene<'t> {
    text: &'t str,
    tokens: Vec<Token>,
}

impl<'t> Scene<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let mut tokens = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let start = at;
            let rest = &text[at..];
            let (piece, len) = match rest.as_bytes()[0] {
                b'{' | b'[' => (Piece::Opener, 1),
                b'}' | b']' => (Piece::Closer, 1),
                b',' => (Piece::Comma, 1),
                b':' => (Piece::Colon, 1),
                b'"' => string(rest),
                b'-' | b'0'..=b'9' => {
                    (Piece::Number, rest.find([',', ']', '}', '\n', '\r']).unwrap_or(rest.len()))
                }
                b't' | b'n' => (Piece::Literal, 4),
                b'f' => (Piece::Literal, 5),
                _ => {
                    at += 1;
                    continue;
                }
            };
            at += len;
            tokens.push(Token { piece, start, end: at });
        }
        Self { text, tokens }
    }

    fn piece(&self, at: usize) -> Option<Piece> {
        self.tokens.get(at).map(|token| token.piece)
    }

    /// The key of the member whose value is the token at `at`, or the token.
    fn member_start(&self, at: usize) -> usize {
        let is_member = at >= 2 && self.piece(at - 1) == Some(Piece::Colon);
        self.tokens[if is_member { at - 2 } else { at }].start
    }
}

fn string(rest: &str) -> (Piece, usize) {
    let mut at = 1;
    while rest.as_bytes()[at] != b'"' {
        at += if rest.as_bytes()[at] == b'\\' { 2 } else { 1 };
    }
    let is_key = rest[at + 1..].starts_with(':');
    (if is_key { Piece::Key } else { Piece::String }, at + 1)
}

/// How many tokens lie between two mistakes at least.
const APART: usize = 4;

/// Up to `count` mistakes at places that are not neighbours.
pub(crate) fn choose(scene: &Scene<'_>, count: usize, random: &mut Random) -> Vec<Edit> {
    let mut chosen: Vec<(usize, Edit)> = Vec::new();
    for _ in 0..count * 20 {
        if chosen.len() == count {
            break;
        }
        let mistake = random.pick(&Mistake::ALL);
        let at = random.below(scene.tokens.len());
        let Some((at, edit)) = place(scene, mistake, at, random) else { continue };
        let is_free = chosen.iter().all(|(other, taken)| {
            let is_cut = |edit: &Edit| edit.mistake == Mistake::Truncation;
            let behind = is_cut(taken) && at + APART > *other || is_cut(&edit) && *other + APART > at;
            let ends = edit.mistake.is_outside() && taken.mistake.is_outside();
            let at_end = |edit: &Edit| matches!(edit.mistake, Mistake::TextAfterEnd | Mistake::FenceAfter);
            let clash = is_cut(taken) && at_end(&edit) || is_cut(&edit) && at_end(taken);
            at.abs_diff(*other) >= APART && !behind && !ends && !clash
        });
        if is_free && is_invalid(scene.text, &edit) {
            chosen.push((at, edit));
        }
    }
    chosen.into_iter().map(|(_, edit)| edit).collect()
}

fn is_invalid(text: &str, edit: &Edit) -> bool {
    serde_json::from_slice::<serde_json::Value>(&apply(text, std::slice::from_ref(edit))).is_err()
}

/// The mistake at the token at `at`, or where it can be made next after it, and that place.
fn place(scene: &Scene<'_>, mistake: Mistake, at: usize, random: &mut Random) -> Option<(usize, Edit)> {
    let count = scene.tokens.len();
    let end = scene.text.len();
    let outside = |at, start, bytes: &str| {
        Some((at, Edit { mistake, start, end: start, bytes: bytes.into(), touched: (start, start) }))
    };
    match mistake {
        Mistake::ByteOrderMark => outside(0, 0, "\u{feff}"),
        Mistake::FenceBefore => {
            outside(0, 0, random.pick(&["```json\n", "```\n", "Here it is:\n\n```json\n"]))
        }
        Mistake::FenceAfter => {
            outside(count, end, random.pick(&["\n```", "\n```\n", "\n```\nI hope this helps.\n"]))
        }
        Mistake::TextAfterEnd => outside(
            count,
            end,
            random.pick(&[
                "\nThanks!",
                " {\"name\": 1}",
                "\n[]\n",
                " \"x\"",
                "\n{\n  \"a\": true\n}\n",
                " x",
                "\n---\n",
            ]),
        ),
        Mistake::Truncation => truncation(scene, at, random),
        _ => {
            let at = (0..count).map(|step| (at + step) % count).find(|&at| fits(scene, mistake, at))?;
            Some((at, edit(scene, mistake, at, random)?))
        }
    }
}

fn truncation(scene: &Scene<'_>, at: usize, random: &mut Random) -> Option<(usize, Edit)> {
    let token = scene.tokens.get(at.max(1))?;
    let within = token.start + random.below(token.end - token.start + 1);
    let start = scene.text.floor_char_boundary(within);
    let end = scene.text.len();
    let edit =
        Edit { mistake: Mistake::Truncation, start, end, bytes: Vec::new(), touched: (token.start, end) };
    Some((at.max(1), edit))
}

/// Whether the mistake can be made at the token.
fn fits(scene: &Scene<'_>, mistake: Mistake, at: usize) -> bool {
    use Mistake::*;
    let token = scene.tokens[at];
    let written = &scene.text[token.start..token.end];
    let previous = at.checked_sub(1).and_then(|at| scene.piece(at));
    let next = scene.piece(at + 1);
    let is_string = matches!(token.piece, Piece::String | Piece::Key);
    match mistake {
        DeleteComma | DoubleComma | Semicolon => token.piece == Piece::Comma,
        DeleteColon | DoubleColon | EqualsSign => token.piece == Piece::Colon,
        DeleteOpeningQuote | DeleteClosingQuote | SingleQuotes | CurlyQuotes | HalfCurlyQuotes
        | BadEscape | EscapedEnd | LoneSurrogate | ControlCharacter | LineBreak | InvalidUtf8
        | DoubleQuote => is_string,
        StrayQuotes => token.piece == Piece::String && written.len() > 8,
        UnquotedText => token.piece == Piece::String && is_plain_text(written),
        UnquotedKey => token.piece == Piece::Key && is_identifier(written),
        DeleteOpener => token.piece == Piece::Opener,
        DeleteCloser | WrongCloser => token.piece == Piece::Closer,
        TrailingComma => token.piece == Piece::Closer && previous != Some(Piece::Opener),
        LeadingComma | Ellipsis => token.piece == Piece::Opener && next != Some(Piece::Closer),
        StrayCloser | LineComment | BlockComment | HashComment | OddWhitespace => true,
        CapitalLiteral | TypoLiteral => token.piece == Piece::Literal,
        NoSuchLiteral | BadNumber => token.piece == Piece::Number,
        DeleteValue => previous == Some(Piece::Colon) && token.piece != Piece::Opener,
        DeleteKey => token.piece == Piece::Key,
        Template => matches!(token.piece, Piece::String | Piece::Number),
        ByteOrderMark | FenceBefore | FenceAfter | TextAfterEnd | Truncation => false,
    }
}

fn is_identifier(written: &str) -> bool {
    written.trim_matches('"').chars().all(|char| char.is_alphanumeric() || char == '_')
}

/// Whether the text could not be taken for structure without its quotes.
fn is_plain_text(written: &str) -> bool {
    let content = &written[1..written.len() - 1];
    content.starts_with(char::is_alphabetic) && !content.contains(['"', ',', ':', '{', '}', '[', ']', '\\'])
}

/// The edit that makes the mistake at a token that fits it.
fn edit(scene: &Scene<'_>, mistake: Mistake, at: usize, random: &mut Random) -> Option<Edit> {
    use Mistake::*;
    let Token { start, end, piece } = scene.tokens[at];
    let written = &scene.text[start..end];
    let replace = |start: usize, end: usize, bytes: &[u8]| {
        Some(Edit { mistake, start, end, bytes: bytes.to_vec(), touched: (start, end) })
    };
    let whole = |bytes: &str| replace(start, end, bytes.as_bytes());
    let inside = written.get(1..end - start - 1).unwrap_or_default();
    let inner = start + 1 + inside.floor_char_boundary(random.below(inside.len() + 1));
    // Not behind a backslash, of which the text may hold an escaped one.
    let inner = if scene.text[start..inner].ends_with('\\') { start + 1 } else { inner };
    let in_string = |bytes: &[u8]| {
        let edit = Edit { mistake, start: inner, end: inner, bytes: bytes.to_vec(), touched: (start, end) };
        Some(edit)
    };
    match mistake {
        DeleteComma => deleted_comma(scene, at),
        DeleteColon | DeleteOpener | DeleteCloser => replace(start, end, b""),
        DeleteValue => {
            let touched = (scene.member_start(at), end);
            whole("").map(|edit| Edit { touched, ..edit })
        }
        DeleteKey => {
            let value_end = member_end(scene, at)?;
            whole("").map(|edit| Edit { touched: (start, value_end), ..edit })
        }
        DeleteOpeningQuote => {
            replace(start, start + 1, b"").map(|edit| Edit { touched: (start, end), ..edit })
        }
        DeleteClosingQuote => replace(end - 1, end, b"").map(|edit| Edit { touched: (start, end), ..edit }),
        DoubleQuote => {
            let place = if random.chance(2) { start } else { end - 1 };
            replace(place, place, b"\"").map(|edit| Edit { touched: (start, end), ..edit })
        }
        DoubleComma => whole(",,"),
        DoubleColon => whole("::"),
        TrailingComma => {
            let before = scene.tokens[at - 1].end;
            replace(before, before, b",")
        }
        LeadingComma => replace(end, end, b","),
        LineComment => replace(end, end, b" // see \"the\" docs\n"),
        BlockComment => replace(end, end, b" /* was: {\"a\": 1}, */ "),
        HashComment => replace(end, end, b" # it's new\n"),
        SingleQuotes => whole(&format!("'{}'", inside.replace('\'', "\\'"))),
        CurlyQuotes => whole(&format!("\u{201c}{inside}\u{201d}")),
        HalfCurlyQuotes => whole(&format!("\"{inside}\u{201d}")),
        UnquotedKey | UnquotedText => whole(inside),
        CapitalLiteral => whole(match written {
            "true" => "True",
            "false" => "False",
            _ => "None",
        }),
        TypoLiteral => whole(match written {
            "true" => "ture",
            "false" => "flase",
            _ => "nul",
        }),
        NoSuchLiteral => whole(random.pick(&["NaN", "Infinity", "-Infinity", "undefined"])),
        BadEscape => in_string(random.pick(&[&b"\\x"[..], b"\\u12", b"\\'", b"\\ "])),
        EscapedEnd => replace(end - 1, end - 1, b"\\").map(|edit| Edit { touched: (start, end), ..edit }),
        LoneSurrogate => in_string(random.pick(&[&b"\\ud83d"[..], b"\\udc00"])),
        ControlCharacter => in_string(random.pick(&[&b"\t"[..], b"\x01", b"\x1b"])),
        LineBreak => in_string(b"\n"),
        BadNumber => whole(&format!("{}{written}", random.pick(&["+", "0", "."]))),
        WrongCloser => whole(if written == "}" { "]" } else { "}" }),
        StrayCloser => {
            let bytes = if random.chance(2) { b"}" } else { b"]" };
            replace(end, end, bytes)
        }
        StrayQuotes => {
            let first = start + 1 + inside.floor_char_boundary(inside.len() / 3);
            let second = start + 1 + inside.floor_char_boundary(2 * inside.len() / 3);
            let word = &scene.text[first..second];
            let clean = !inside.contains(['"', '\\']);
            let edit = Edit {
                mistake,
                start: first,
                end: second,
                bytes: format!("\"{word}\"").into(),
                touched: (start, end),
            };
            clean.then_some(edit)
        }
        Semicolon => whole(";"),
        EqualsSign => whole(random.pick(&["=", " => "])),
        Ellipsis => replace(end, end, b"..., "),
        Template => whole(random.pick(&["{{ value }}", "${VALUE}", "<value>"])),
        OddWhitespace => replace(end, end, random.pick(&["\u{a0}", "\u{200b}", "\u{c}"]).as_bytes()),
        InvalidUtf8 => in_string(random.pick(&[&b"\xff"[..], b"\xe2\x82", b"\xc3"])),
        ByteOrderMark | FenceBefore | FenceAfter | TextAfterEnd | Truncation => None,
    }
    .filter(|_| piece != Piece::Key || mistake != Template)
}

/// A comma less; the values beside it may run into each other.
fn deleted_comma(scene: &Scene<'_>, at: usize) -> Option<Edit> {
    let Token { start, end, .. } = scene.tokens[at];
    let (before, after) = (scene.tokens.get(at.checked_sub(1)?)?, scene.tokens.get(at + 1)?);
    let is_bare = |token: &Token| matches!(token.piece, Piece::Number | Piece::Literal);
    let runs_together = before.end == start && end == after.start && is_bare(before) && is_bare(after);
    let touched = if runs_together { (before.start, after.end) } else { (start, end) };
    Some(Edit { mistake: Mistake::DeleteComma, start, end, bytes: Vec::new(), touched })
}

/// One past the value of the member whose key is the token at `at`.
fn member_end(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let mut depth = 0usize;
    for token in scene.tokens.get(at + 2..)? {
        match token.piece {
            Piece::Opener => depth += 1,
            Piece::Closer => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(token.end);
        }
    }
    None
}
