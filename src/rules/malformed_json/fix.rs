//! How faults of the syntax are mended, where the answer is known.

use super::words::is_conflict_marker;
use crate::diagnostic::{Edit, Safety};
use crate::rule::Found;
use crate::syntax::{Document, Fault, FaultKind, Node};
use crate::text::Span;
use Safety::{Safe, Unsafe};

/// Offers a way to mend the fault, if there is one.
pub(super) fn offer(fault: &Fault, document: &Document<'_>, found: Found<'_>) {
    if let Some((safety, title, edits)) = repair(fault, document) {
        found.fix(safety, title, edits);
    }
}

/// Offers to mend all of `faults`, which are of one sort, if there is a way for each of them.
pub(super) fn offer_all(faults: &[&Fault], document: &Document<'_>, found: Found<'_>) {
    let repairs: Option<Vec<_>> = faults.iter().map(|fault| repair(fault, document)).collect();
    let Some(repairs) = repairs else { return };
    let is_safe = repairs.iter().all(|(safety, ..)| *safety == Safe);
    let edits = repairs.into_iter().flat_map(|(.., edits)| edits).collect();
    found.fix(if is_safe { Safe } else { Unsafe }, "write all of them as JSON does", edits);
}

/// How the fault is mended, if that is known. Edits do not overlap those for other faults of the same text.
fn repair(fault: &Fault, document: &Document<'_>) -> Known {
    let text = document.text();
    let node = document.node(fault.node);
    let span = fault.span;
    let written = text.get(span.range()).unwrap_or_default();
    // Otherwise it stands where no value belongs.
    let is_value = node.span() == span;
    match fault.kind {
        _ if is_conflict_marker(written) => None,
        FaultKind::MarkdownFence => Some((Safe, "remove the fence".to_owned(), fence(fault, document))),
        FaultKind::TrailingComma => remove(Safe, "the comma", span),
        // In an array, the value before the comma may be what is missing.
        FaultKind::ExtraComma => remove(if node.is_object() { Safe } else { Unsafe }, "the comma", span),
        FaultKind::MissingComma => insert(Safe, ',', span),
        FaultKind::MissingColon if !is_key_next(text, span.end) => insert(Safe, ':', span),
        // A plain comma or colon in the wrong place may also mean the wrong brackets.
        FaultKind::WrongSeparator(',' | ':', right) => replace(Unsafe, right.to_string(), span),
        FaultKind::WrongSeparator(_, right) => replace(Safe, right.to_string(), span),
        FaultKind::Comment if !is_open_comment(written) => {
            remove(Unsafe, "the comment", whole_lines(text, span))
        }
        FaultKind::WrongQuotes => requoted(written, span),
        FaultKind::UnquotedKey => quote(Safe, written, span),
        FaultKind::UnquotedText if is_value && node != document.root() => quote(Unsafe, written, span),
        FaultKind::MisspeltLiteral(right) if is_value => replace(Safe, right.to_owned(), span),
        FaultKind::BadNumber if is_value => match number(written) {
            Some((number, safety)) => replace(safety, number, span),
            None => quote(Unsafe, written, span),
        },
        FaultKind::ControlCharacter(_) => control_characters(text, span),
        FaultKind::BadEscape => escape(written, span),
        FaultKind::StrayQuote => stray_quotes(node, span),
        FaultKind::UnterminatedString => insert(Unsafe, '"', Span::at(span.end)),
        FaultKind::MissingOpeningQuote => insert(Safe, '"', Span::at(span.start)),
        // At the end of the text nobody knows how much is missing.
        FaultKind::UnclosedContainer(bracket) if !is_end(text, span.end) => insert(Unsafe, bracket, span),
        FaultKind::MissingOpener(bracket) if span.is_empty() => insert(Unsafe, bracket, span),
        FaultKind::MissingOpener(bracket) | FaultKind::WrongCloser(bracket) => {
            replace(Unsafe, bracket.to_string(), span)
        }
        FaultKind::StrayCloser => remove(Unsafe, "the bracket", span),
        FaultKind::OddWhitespace => Some((Safe, "write a space".to_owned(), vec![edit(span, " ")])),
        _ => None,
    }
}

type Known = Option<(Safety, String, Vec<Edit>)>;

fn edit(span: Span, text: impl Into<String>) -> Edit {
    Edit { span, text: text.into() }
}

fn remove(safety: Safety, what: &str, span: Span) -> Known {
    Some((safety, format!("remove {what}"), vec![edit(span, "")]))
}

fn insert(safety: Safety, char: char, span: Span) -> Known {
    Some((safety, format!("add `{char}`"), vec![edit(span, char)]))
}

fn replace(safety: Safety, right: String, span: Span) -> Known {
    Some((safety, format!("write `{right}`"), vec![edit(span, right)]))
}

fn is_end(text: &str, at: u32) -> bool {
    text.get(at as usize..).is_some_and(|rest| rest.trim_ascii_start().is_empty())
}

/// Whether another key comes next, so that not only the colon is missing.
fn is_key_next(text: &str, at: u32) -> bool {
    let rest = text.get(at as usize..).unwrap_or_default().trim_ascii_start();
    // Keys are short, and a line may be the whole document.
    let near = rest.get(..rest.floor_char_boundary(256)).unwrap_or_default();
    let string = near.strip_prefix('"').and_then(|string| string.split_once('"'));
    string.is_some_and(|(_, after)| after.trim_ascii_start().starts_with(':'))
}

/// Whether a comment lacks its end, so that it may have taken part of the document with it.
pub(super) fn is_open_comment(written: &str) -> bool {
    (written.starts_with("/*") && !(written.len() >= 4 && written.ends_with("*/")))
        || (written.starts_with("<!--") && !written.ends_with("-->"))
}

/// The span with the white space before it, and with its lines if nothing else stands on them.
fn whole_lines(text: &str, span: Span) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    let before = text.get(..start).unwrap_or_default();
    let led = before.trim_end_matches([' ', '\t']).len();
    let after = text.get(end..).unwrap_or_default();
    let tail = after.len() - after.trim_start_matches([' ', '\t']).len();
    let line_end = ["\r\n", "\n", "\r"].iter().find(|mark| after[tail..].starts_with(**mark));
    let alone = led == 0 || before[..led].ends_with(['\n', '\r']);
    match line_end {
        Some(mark) if alone => Span::new(led as u32, (end + tail + mark.len()) as u32),
        Some(_) => Span::new(led as u32, span.end),
        None => Span::new(if led == 0 { span.start } else { led as u32 }, span.end),
    }
}

/// The fence before the document and the one behind it: they are one mistake.
fn fence(fault: &Fault, document: &Document<'_>) -> Vec<Edit> {
    let text = document.text();
    let around = |span: Span| {
        let is_first = span.end <= document.root().span().start;
        let (before, after) = text.split_at(span.start as usize);
        let after = after.get(span.len() as usize..).unwrap_or_default();
        if is_first {
            let blank = after.len() - after.trim_start().len();
            Span::new(span.start, span.end + blank as u32)
        } else {
            Span::new(before.trim_end().len() as u32, span.end)
        }
    };
    let mut edits = vec![edit(around(fault.span), "")];
    edits.extend(
        closing_fence(document)
            .filter(|last| last.span != fault.span)
            .map(|last| edit(around(last.span), "")),
    );
    edits
}

/// The fence behind the document.
pub(super) fn closing_fence<'d>(document: &'d Document<'_>) -> Option<&'d Fault> {
    let end = document.root().span().end;
    // It is among the last faults, if there is one.
    let mut last = document.faults().iter().rev().take(4);
    last.find(|fault| fault.kind == FaultKind::MarkdownFence && fault.span.start >= end)
}

/// Double quotation marks in place of others; those in the text get a backslash.
fn requoted(written: &str, span: Span) -> Known {
    let opener = written.chars().next()?;
    let closer = written.chars().next_back()?;
    let is_mark = |char: char| "\"'`\u{b4}\u{2018}\u{2019}\u{201c}\u{201d}\u{201e}".contains(char);
    if !is_mark(opener) || !is_mark(closer) || written.len() < opener.len_utf8() + closer.len_utf8() {
        return None;
    }
    let at = |from: usize, len: usize| Span::new(span.start + from as u32, span.start + (from + len) as u32);
    let end = written.len() - closer.len_utf8();
    let content = written.get(opener.len_utf8()..end)?;
    let mut edits = vec![edit(at(0, opener.len_utf8()), '"')];
    let mut escaped = false;
    for (offset, char) in content.char_indices() {
        let from = opener.len_utf8() + offset;
        match char {
            '\'' if escaped && closer == '\'' => edits.push(edit(at(from - 1, 2), "'")),
            '"' if !escaped => edits.push(edit(at(from, 1), "\\\"")),
            _ => {}
        }
        escaped = char == '\\' && !escaped;
    }
    // An escaped mark at the end closes nothing.
    if escaped {
        return None;
    }
    edits.push(edit(at(end, closer.len_utf8()), '"'));
    Some((Safe, "write double quotation marks".to_owned(), edits))
}

fn quote(safety: Safety, written: &str, span: Span) -> Known {
    if written.is_empty() || written.contains(['"', '\\']) || written.chars().any(char::is_control) {
        return None;
    }
    let edits = vec![edit(Span::at(span.start), '"'), edit(Span::at(span.end), '"')];
    Some((safety, "add quotation marks".to_owned(), edits))
}

/// The number that was meant. A leading zero may be an octal number or a text.
pub(super) fn number(written: &str) -> Option<(String, Safety)> {
    let (sign, digits) = match written.strip_prefix(['+', '-']) {
        Some(digits) => (if written.starts_with('-') { "-" } else { "" }, digits),
        None => ("", written),
    };
    let lower = digits.to_ascii_lowercase();
    let radix = [("0x", 16), ("0o", 8), ("0b", 2)]
        .iter()
        .find_map(|(prefix, radix)| Some((lower.strip_prefix(prefix)?, *radix)));
    if let Some((digits, radix)) = radix {
        let number = u64::from_str_radix(&digits.replace('_', ""), radix).ok()?;
        return Some((format!("{sign}{number}"), Safe));
    }
    let plain = lower.replace('_', "");
    let (whole, rest) = plain.split_at(plain.find(['.', 'e']).unwrap_or(plain.len()));
    let (fraction, exponent) = rest.split_at(rest.find('e').unwrap_or(rest.len()));
    let digits_only = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fraction = fraction.strip_prefix('.').unwrap_or(fraction);
    let power = exponent.strip_prefix('e').map(|power| power.trim_start_matches(['+', '-']));
    let fits = digits_only(whole)
        && digits_only(fraction)
        && power.is_none_or(|power| !power.is_empty() && digits_only(power))
        && !(whole.is_empty() && fraction.is_empty());
    if !fits {
        return None;
    }
    let trimmed = whole.trim_start_matches('0');
    let safety = if whole.len() > 1 && trimmed.len() < whole.len() { Unsafe } else { Safe };
    let whole = if trimmed.is_empty() { "0" } else { trimmed };
    let point = if fraction.is_empty() { "" } else { "." };
    Some((format!("{sign}{whole}{point}{fraction}{exponent}"), safety))
}

/// Escapes for the control character and those right behind it, which share its fault.
fn control_characters(text: &str, span: Span) -> Known {
    let rest = text.get(span.start as usize..)?;
    let run: &str = rest.get(..rest.find(|char: char| char >= ' ').unwrap_or(rest.len()))?;
    let mut escapes = String::new();
    for char in run.replace("\r\n", "\n").chars() {
        match char {
            '\n' => escapes.push_str("\\n"),
            '\r' => escapes.push_str("\\r"),
            '\t' => escapes.push_str("\\t"),
            other => escapes.push_str(&format!("\\u{:04x}", u32::from(other))),
        }
    }
    // Tabs belong to texts; anything else got there by accident.
    let safety = if run.bytes().all(|byte| byte == b'\t') { Safe } else { Unsafe };
    let span = Span::new(span.start, span.start + run.len() as u32);
    Some((safety, format!("write `{escapes}`"), vec![edit(span, escapes)]))
}

fn escape(written: &str, span: Span) -> Known {
    if written == "\\'" {
        return Some((Safe, "remove the backslash".to_owned(), vec![edit(span, "'")]));
    }
    let backslash = Span::new(span.start, span.start + 1);
    Some((Unsafe, "write `\\\\` for a backslash".to_owned(), vec![edit(backslash, "\\\\")]))
}

/// A backslash before each quotation mark inside the string.
fn stray_quotes(node: Node<'_>, span: Span) -> Known {
    let whole = node.span();
    if !node.is_string() || !whole.covers(span) || whole.len() < 2 {
        return None;
    }
    let raw = node.raw();
    let content = raw.get(1..raw.len() - 1)?;
    let mut edits = Vec::new();
    let mut escaped = false;
    for (offset, byte) in content.bytes().enumerate() {
        if byte == b'"' && !escaped {
            edits.push(edit(Span::at(whole.start + 1 + offset as u32), '\\'));
        }
        escaped = byte == b'\\' && !escaped;
    }
    Some((Unsafe, "put a backslash before the quotation marks".to_owned(), edits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_as_json_writes_it() {
        let cases = [
            ("+1", Some(("1", Safe))),
            (".5", Some(("0.5", Safe))),
            ("-.5e3", Some(("-0.5e3", Safe))),
            ("1.", Some(("1", Safe))),
            ("1_000", Some(("1000", Safe))),
            ("0x1F", Some(("31", Safe))),
            ("01", Some(("1", Unsafe))),
            ("00", Some(("0", Unsafe))),
            ("1.0.0", None),
            ("1e", None),
            ("-", None),
            ("0x", None),
        ];
        for (written, expected) in cases {
            let found = number(written);
            let found = found.as_ref().map(|(number, safety)| (number.as_str(), *safety));
            assert_eq!(found, expected, "{written}");
        }
    }

    #[test]
    fn a_comment_goes_with_its_line() {
        let cut = |text: &str| {
            let start = text.find("//").unwrap() as u32;
            let end = start + text[start as usize..].lines().next().unwrap().len() as u32;
            let span = whole_lines(text, Span::new(start, end));
            format!("{}{}", &text[..span.start as usize], &text[span.end as usize..])
        };
        assert_eq!(cut("{\n  // x\n  1"), "{\n  1");
        assert_eq!(cut("{ // x\n  1"), "{\n  1");
        assert_eq!(cut("// x\r\n1"), "1");
        assert_eq!(cut("1\n// x"), "1\n");
    }
}
