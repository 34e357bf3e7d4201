//! The pieces of a broken text, as the recovering reader sees them.

use super::NodeKind;
use crate::text::Span;

/// What a token is, before its place in the structure is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// `{` or `[`
    Open(NodeKind),
    /// `}` or `]`
    Close(NodeKind),
    Comma,
    Colon,
    /// `;`, which people put in place of a comma.
    Semicolon,
    /// `=`, `=>` or `:=`, which people put in place of a colon.
    Equals,
    /// `...`
    Dots,
    /// A string, in whatever quotation marks.
    String,
    /// `true`, `false` or `null`
    Literal(NodeKind),
    /// Another spelling of a literal.
    Misspelt(NodeKind),
    /// `undefined`, `NaN` and the like.
    NoSuchLiteral,
    Number,
    HugeNumber,
    BadNumber,
    Template,
    /// Text without quotation marks.
    Word,
    /// A character without meaning.
    Junk,
    /// The end of the text; always the last token.
    End,
}

impl TokenKind {
    /// Whether it can stand for a key or for a value that is no container.
    pub(super) fn is_scalar(self) -> bool {
        !matches!(
            self,
            Self::Open(_)
                | Self::Close(_)
                | Self::Comma
                | Self::Colon
                | Self::Semicolon
                | Self::Equals
                | Self::Dots
                | Self::Junk
                | Self::End
        )
    }

    /// Whether a value can start with it.
    pub(super) fn starts_value(self) -> bool {
        self.is_scalar() || matches!(self, Self::Open(_))
    }
}

/// A piece of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// [`super::Flags::DAMAGED`], and whether a string is not verbatim.
    pub(super) damaged: bool,
    pub(super) cooked: bool,
    /// Whether it is the first on its line.
    pub(super) leads_line: bool,
    /// How far the line it stands on is indented, in bytes.
    pub(super) indent: u32,
    pub(super) span: Span,
}

/// The bracket of a container, `opening` or closing.
pub(super) fn bracket(kind: NodeKind, opening: bool) -> char {
    match (kind, opening) {
        (NodeKind::Object, true) => '{',
        (NodeKind::Object, false) => '}',
        (_, true) => '[',
        (_, false) => ']',
    }
}
