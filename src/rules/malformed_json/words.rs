//! What each fault of the syntax is called, and what to do about it.

use crate::syntax::{Document, Fault, FaultKind, Node};
use crate::words::{counted, quoted};
use std::borrow::Cow;

/// A message and its help.
pub(super) struct Words {
    pub(super) message: String,
    pub(super) help: Cow<'static, str>,
}

fn words(message: impl Into<String>, help: impl Into<Cow<'static, str>>) -> Option<Words> {
    Some(Words { message: message.into(), help: help.into() })
}

/// The words for a fault; none for a fault that another rule speaks of.
pub(super) fn of(fault: &Fault, document: &Document<'_>) -> Option<Words> {
    let node = document.node(fault.node);
    let written = document.text().get(fault.span.range()).unwrap_or_default();
    if is_conflict_marker(written) {
        return conflict(written);
    }
    let shown = || quoted(written);
    match fault.kind {
        FaultKind::ByteOrderMark
        | FaultKind::WrongEncoding(_)
        | FaultKind::InvalidUtf8
        | FaultKind::HugeNumber
        | FaultKind::LoneSurrogate
        | FaultKind::TooDeep
        | FaultKind::TooLarge => None,
        FaultKind::Empty => empty(document.text()),
        FaultKind::MarkdownFence => {
            words("fence of Markdown around the document", "leave only what stands between the fences")
        }
        FaultKind::TextAfterEnd => text_after_end(written),
        FaultKind::TrailingComma => {
            words(format!("trailing comma before `{}`", closer(node)), "remove the comma")
        }
        FaultKind::ExtraComma => words(format!("comma without {} before it", part(node)), "remove the comma"),
        FaultKind::MissingComma => {
            words(format!("missing comma between two {}s", part_name(node)), "add a comma")
        }
        FaultKind::MissingColon => missing_colon(fault, document.text()),
        FaultKind::WrongSeparator(_, right) => words(
            format!("{} where a {} belongs", shown(), if right == ':' { "colon" } else { "comma" }),
            format!("write `{right}`"),
        ),
        FaultKind::MissingValue => missing_value(node),
        FaultKind::MissingKey => {
            words("member without a key", "write the key, in double quotation marks, before the colon")
        }
        FaultKind::Comment => comment(written),
        FaultKind::Ellipsis => words(
            format!("{} in place of what was left out", shown()),
            "write out what is meant, or remove it",
        ),
        FaultKind::Template => words(
            format!("template {} that was not filled in", shown()),
            "fill the template in before the file is used, or put it into double quotation marks as text",
        ),
        FaultKind::WrongQuotes => {
            words(format!("{} is in {}", shown(), quotes(written)), "write double quotation marks: `\"`")
        }
        FaultKind::UnquotedKey => words(
            format!("key {} without quotation marks", shown()),
            "put the key into double quotation marks",
        ),
        FaultKind::UnquotedText => unquoted_text(fault, document, written),
        FaultKind::MisspeltLiteral(right) => {
            words(format!("{} is no JSON value", shown()), format!("write `{right}`"))
        }
        FaultKind::NoSuchLiteral => words(
            format!("{} is no JSON value", shown()),
            "leave the member out, or write a value that JSON has",
        ),
        FaultKind::BadNumber => words(format!("{} is no JSON number", shown()), number_help(written)),
        FaultKind::ControlCharacter(char) => control_character(char),
        FaultKind::BadEscape => bad_escape(written),
        FaultKind::StrayQuote => words(
            "quotation mark inside a string",
            "write `\\\"` for a quotation mark that belongs to the text, and remove one that does not",
        ),
        FaultKind::UnterminatedString => words(
            format!("{} has no closing quotation mark", shown()),
            "add a quotation mark at the end of the text",
        ),
        FaultKind::MissingOpeningQuote => words(
            format!("{} has no opening quotation mark", shown()),
            "add a quotation mark at the start of the text",
        ),
        FaultKind::UnclosedContainer(bracket) => unclosed(fault, document.text(), bracket),
        FaultKind::MissingOpener(bracket) if written.is_empty() => words(
            format!("missing `{bracket}`"),
            format!("add `{bracket}` here, or remove the bracket that closes it"),
        ),
        FaultKind::MissingOpener(bracket) => {
            words(format!("{} where `{bracket}` belongs", shown()), format!("write `{bracket}`"))
        }
        FaultKind::StrayCloser => words(
            format!("{} closes nothing", shown()),
            "remove the bracket, or add the one that opens what it closes",
        ),
        FaultKind::WrongCloser(right) => words(
            format!("{} where `{right}` belongs", shown()),
            format!("write `{right}`, which closes what is open here"),
        ),
        FaultKind::OddWhitespace => odd_space(written),
        FaultKind::UnexpectedCharacter => unexpected(node, written),
    }
}

fn empty(text: &str) -> Option<Words> {
    let message =
        if text.is_empty() { "the file is empty" } else { "the file holds nothing but white space" };
    words(message, "write a document, or remove the file")
}

fn text_after_end(written: &str) -> Option<Words> {
    // Where a conflict cut the document short, its end is where the marker stands.
    if let Some(at) = written.find("\n<<<<<<< ").or_else(|| written.find("\n>>>>>>> ")) {
        return conflict(written.get(at + 1..).unwrap_or_default());
    }
    if written.trim_start_matches([',', ';', ' ', '\n', '\r', '\t']).starts_with(['{', '[']) {
        return words(
            "another value after the end of the document",
            "put the values into one array, or write one a line and name the file `*.jsonl`",
        );
    }
    words("text after the end of the document", "remove what stands after the document")
}

fn part_name(container: Node<'_>) -> &'static str {
    if container.is_object() { "member" } else { "element" }
}

fn part(container: Node<'_>) -> &'static str {
    if container.is_object() { "a member" } else { "an element" }
}

fn closer(container: Node<'_>) -> char {
    if container.is_object() { '}' } else { ']' }
}

fn missing_colon(fault: &Fault, text: &str) -> Option<Words> {
    let before = text.get(..fault.span.start as usize).unwrap_or_default();
    // The key ends right here; a look back over more than a message can show is not worth it.
    let near = before.get(before.ceil_char_boundary(before.len().saturating_sub(64))..).unwrap_or_default();
    let key = near.strip_suffix('"').and_then(|key| key.rsplit_once('"')).map(|(_, key)| key);
    let message = key
        .map_or("missing colon after a key".to_owned(), |key| format!("missing colon after {}", quoted(key)));
    words(message, "add a colon between the key and its value")
}

fn missing_value(node: Node<'_>) -> Option<Words> {
    let message = match node.key() {
        Some(key) => format!("{} has no value", quoted(&key)),
        None => "missing value".to_owned(),
    };
    words(message, "write the value, or remove the member")
}

fn comment(written: &str) -> Option<Words> {
    if super::fix::is_open_comment(written) {
        return words("comment without its end", "remove it; JSON has no comments");
    }
    words("comment in JSON", "remove it; JSON has no comments")
}

/// The words for a fault that `others` more of the text repeat.
pub(super) fn of_many(fault: &Fault, document: &Document<'_>, others: u64) -> Option<Words> {
    let written = document.text().get(fault.span.range()).unwrap_or_default();
    let shown = quoted(written);
    if fault.kind == FaultKind::UnquotedKey {
        let more = counted(others, "more key");
        let message = format!("key {shown} and {more} without quotation marks");
        return words(message, "put each key into double quotation marks");
    }
    if let FaultKind::MisspeltLiteral(_) = fault.kind {
        let more = counted(others, "more literal");
        return words(
            format!("{shown} and {more} that JSON does not have"),
            "write `true`, `false` and `null`",
        );
    }
    let message = format!("{shown} and {} in {}", counted(others, "more string"), quotes(written));
    words(message, "write double quotation marks around each string: `\"`")
}

/// The quotation marks of a text, in words.
pub(super) fn quotes(written: &str) -> &'static str {
    let wrong = |char: &char| *char != '"';
    let mark = written.chars().next().filter(wrong).or_else(|| written.chars().next_back());
    match mark {
        Some('\'') => "single quotation marks",
        Some('`') => "backticks",
        _ => "typographic quotation marks",
    }
}

fn unquoted_text(fault: &Fault, document: &Document<'_>, written: &str) -> Option<Words> {
    let root = document.root();
    if !root.is_damaged() && fault.span.end <= root.span().start {
        return words(
            format!("{} before the document", quoted(written)),
            "leave only the JSON value, without what stands around it",
        );
    }
    if root.span() == fault.span {
        return words(
            format!("{} in place of a JSON document", quoted(written)),
            "write an object in `{` and `}`",
        );
    }
    words(
        format!("{} without quotation marks", quoted(written)),
        "put text into double quotation marks; only numbers, `true`, `false` and `null` stand without",
    )
}

fn number_help(written: &str) -> Cow<'static, str> {
    match super::fix::number(written) {
        Some((number, _)) => format!("write `{number}`, or put it into quotation marks if it is text").into(),
        None => {
            "put it into quotation marks if it is text, or write a number such as `1`, `-0.5` or `1e6`".into()
        }
    }
}

fn control_character(char: char) -> Option<Words> {
    let (name, escape) = match char {
        '\n' | '\r' => ("line break".to_owned(), "\\n".to_owned()),
        '\t' => ("tab".to_owned(), "\\t".to_owned()),
        other => {
            let number = u32::from(other);
            (format!("control character U+{number:04X}"), format!("\\u{number:04x}"))
        }
    };
    words(format!("{name} inside a string"), format!("write `{escape}`, or remove it"))
}

fn bad_escape(written: &str) -> Option<Words> {
    match written {
        "\\u" => words(
            "`\\u` without four hexadecimal digits",
            "write four digits after `\\u`, or `\\\\u` for a backslash",
        ),
        "\\\"" => words(
            "the backslash takes the quotation mark that ends the text",
            "write `\\\\` for a backslash, or remove it",
        ),
        _ => words(
            format!("{} is no JSON escape", quoted(written)),
            "write `\\\\` for a backslash; the escapes are `\\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` and `\\uXXXX`",
        ),
    }
}

fn unclosed(fault: &Fault, text: &str, bracket: char) -> Option<Words> {
    let rest = text.get(fault.span.end as usize..).unwrap_or_default();
    if rest.trim_ascii_start().is_empty() {
        return words(
            format!("the text ends before the closing `{bracket}`"),
            "complete the document: everything that was opened has to be closed",
        );
    }
    words(format!("missing `{bracket}`"), format!("add `{bracket}`"))
}

fn odd_space(written: &str) -> Option<Words> {
    let Some(char) = written.chars().next() else { return words("odd white space", "write a plain space") };
    let name = match char {
        '\u{a0}' => " (no-break space)",
        '\u{feff}' => " (byte order mark)",
        '\u{200b}' => " (zero-width space)",
        '\u{3000}' => " (ideographic space)",
        '\u{2028}' => " (line separator)",
        _ => "",
    };
    words(
        format!("U+{:04X}{name} between values", u32::from(char)),
        "write a plain space or nothing in its place",
    )
}

fn unexpected(node: Node<'_>, written: &str) -> Option<Words> {
    if node.is_object() && written.starts_with('"') {
        return words(
            format!("{} without a colon and a value", quoted(written)),
            "write a colon and a value behind it, or remove it; an object holds keys with values",
        );
    }
    let help = if node.is_object() {
        "remove it, or write a key and a colon before a value"
    } else {
        "remove it, or put it into quotation marks if it is text"
    };
    words(format!("unexpected {}", quoted(written)), help)
}

/// Whether a text begins with what a merge leaves where it could not decide.
pub(super) fn is_conflict_marker(written: &str) -> bool {
    ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|marker| written.starts_with(marker))
}

fn conflict(written: &str) -> Option<Words> {
    let marker = written.get(..7).unwrap_or(written);
    words(
        format!("merge conflict marker {}", quoted(marker)),
        "settle the conflict, and remove the markers and the lines that lost",
    )
}
