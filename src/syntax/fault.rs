//! What the JSON front end has to say about a text: raw facts, without wording.

use super::NodeId;
use crate::text::Span;

/// A departure from RFC 8259, or a value that readers of JSON disagree about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// The bytes that are wrong; empty where something is missing.
    pub span: Span,
    /// The innermost value that was being read; the root where there was none yet.
    pub node: NodeId,
}

/// The ways in which a text is not JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// No value at all: nothing, or only white space.
    Empty,
    /// A byte order mark before the text.
    ByteOrderMark,
    /// The text is UTF-16 or UTF-32 (the name is given).
    WrongEncoding(&'static str),
    /// Bytes that are not UTF-8.
    InvalidUtf8,
    /// A Markdown fence before or after the document.
    MarkdownFence,
    /// Anything after the end of the document.
    TextAfterEnd,
    /// A comma before a closing bracket.
    TrailingComma,
    /// A comma with no value before it.
    ExtraComma,
    /// Two members or elements without a comma between them.
    MissingComma,
    /// A key without a colon behind it.
    MissingColon,
    /// Something else where a comma or a colon belongs (the character that was found and the right one).
    WrongSeparator(char, char),
    /// A key and a colon, and then nothing.
    MissingValue,
    /// A key where only a value may stand, or a member without a key.
    MissingKey,
    /// A `//`, `/* */` or `#` comment.
    Comment,
    /// `...` in place of what was left out.
    Ellipsis,
    /// A template such as `{{ name }}` or `${NAME}` outside a string.
    Template,
    /// A string in single, typographic or other wrong quotes.
    WrongQuotes,
    /// A key without quotes.
    UnquotedKey,
    /// Text without quotes in place of a value.
    UnquotedText,
    /// `True`, `None`, `nil` and the like (the JSON spelling is given).
    MisspeltLiteral(&'static str),
    /// `undefined`, `NaN`, `Infinity`: values that JSON does not have.
    NoSuchLiteral,
    /// A number that RFC 8259 does not allow.
    BadNumber,
    /// A number too large for a double.
    HugeNumber,
    /// A control character inside a string.
    ControlCharacter(char),
    /// A backslash sequence that JSON does not have.
    BadEscape,
    /// A `\u` escape of half a surrogate pair.
    LoneSurrogate,
    /// A quotation mark inside a string that ends it too early.
    StrayQuote,
    /// A string without its closing quotation mark.
    UnterminatedString,
    /// A string without its opening quotation mark.
    MissingOpeningQuote,
    /// An object or array without its closing bracket (the bracket that is missing).
    UnclosedContainer(char),
    /// An object or array without its opening bracket (the bracket that is missing).
    MissingOpener(char),
    /// A closing bracket that closes nothing.
    StrayCloser,
    /// A closing bracket of the other kind (the right one is given).
    WrongCloser(char),
    /// White space other than space, tab, line feed and carriage return.
    OddWhitespace,
    /// A character that has no meaning here.
    UnexpectedCharacter,
    /// Containers nested deeper than is read; see [`super::Document::deepest`].
    TooDeep,
    /// A text too large to address.
    TooLarge,
}
