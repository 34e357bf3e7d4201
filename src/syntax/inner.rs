//! JSON inside a string of another JSON text.

use super::{Document, Node, parse_within};
use crate::text::Span;

/// The content of a string, parsed, and where each byte of it comes from.
#[derive(Debug)]
pub struct InnerText {
    document: Document<'static>,
    /// Where the distance between the two texts changes: a byte of the content, and the byte of the outer text.
    steps: Vec<(u32, u32)>,
}

impl InnerText {
    /// The content of `string`, if it begins as an object or an array does. Other strings are not parsed.
    pub fn of(string: Node<'_>) -> Option<Self> {
        if string.is_damaged() || !begins_as_container(string) {
            return None;
        }
        let mut text = String::with_capacity(string.span().len() as usize);
        let mut steps = Vec::new();
        let mut expected = None;
        for (span, char) in string.letters() {
            if expected != Some(span.start) {
                steps.push((text.len() as u32, span.start));
            }
            text.push(char);
            // After an escape the distance is another one.
            let is_verbatim = span.len() as usize == char.len_utf8();
            expected = is_verbatim.then_some(span.end);
        }
        let end = string.span().end.saturating_sub(1).max(string.span().start);
        steps.push((text.len() as u32, end));
        let document = parse_within(text.as_bytes(), string.document().deepest()).into_owned();
        Some(Self { document, steps })
    }

    /// Accepts variables in the content, as [`Document::accept_variables`] does.
    pub fn accept_variables(&mut self) {
        self.document.accept_variables();
    }

    /// The parsed content.
    pub fn document(&self) -> &Document<'static> {
        &self.document
    }

    /// The bytes of the outer text that stand for `span` of the content.
    pub fn outer_span(&self, span: Span) -> Span {
        Span::new(self.outer(span.start), self.outer(span.end))
    }

    /// The byte of the outer text at which byte `at` of the content begins, and the one before it ends.
    fn outer(&self, at: u32) -> u32 {
        let after = self.steps.partition_point(|(inner, _)| *inner <= at);
        match after.checked_sub(1).and_then(|step| self.steps.get(step)) {
            Some((inner, outer)) => outer + (at - inner),
            None => at,
        }
    }

    /// The byte of the content to which byte `at` of the outer text belongs.
    pub fn inner_offset(&self, at: u32) -> u32 {
        let after = self.steps.partition_point(|(_, outer)| *outer <= at);
        let Some((inner, outer)) = after.checked_sub(1).and_then(|step| self.steps.get(step)) else {
            return 0;
        };
        // Inside an escape all bytes stand for the same character.
        let next = self.steps.get(after).map_or(*inner, |(next, _)| *next);
        (inner + (at - outer)).min(next)
    }
}

/// Whether the first character of a string that is not white space opens an object or an array. `{{` opens a template.
fn begins_as_container(string: Node<'_>) -> bool {
    let is_blank = |char: &char| char.is_whitespace() || *char == '\u{feff}';
    let mut chars = string.letters().map(|(_, char)| char).skip_while(is_blank);
    matches!((chars.next(), chars.next()), (Some('['), _) | (Some('{'), None | Some('\0'..='z' | '|'..)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Pointer, parse};

    fn inner(outer: &str) -> (Document<'_>, InnerText) {
        let document = parse(outer.as_bytes());
        let inner = InnerText::of(document.root()).unwrap();
        (document, inner)
    }

    #[test]
    fn spans_are_mapped_through_every_escape() {
        let outer = r#""\r\n {\"\u00e9\ud83d\ude00é😀\": [\"a\\nb\", \"c\/d\", 12]}\n""#;
        let (_, inner) = inner(outer);
        let at = |pointer: &str| {
            let node = Pointer::parse(pointer).unwrap().resolve(inner.document().root()).unwrap();
            let part = |span| &outer[inner.outer_span(span).range()];
            (part(node.span()), node.key_span().map(part))
        };
        let key = "/\u{e9}\u{1F600}\u{e9}\u{1F600}";
        assert_eq!(at(key).1, Some(r#"\"\u00e9\ud83d\ude00é😀\""#));
        assert_eq!(at(&format!("{key}/0")).0, r#"\"a\\nb\""#);
        assert_eq!(at(&format!("{key}/1")).0, r#"\"c\/d\""#);
        assert_eq!(at(&format!("{key}/2")).0, "12");
        assert!(at("").0.starts_with(r#"{\"\u"#) && at("").0.ends_with("12]}"));
        let end = inner.document().text().len() as u32;
        assert_eq!(inner.outer_span(Span::at(end)), Span::at(outer.len() as u32 - 1));
    }

    #[test]
    fn bytes_of_the_outer_text_are_found_in_the_content() {
        let outer = r#""{\"a\": \"\u00e9x\"}""#;
        let (_, inner) = inner(outer);
        let text = inner.document().text();
        for (at, _) in text.char_indices() {
            let span = inner.outer_span(Span::at(at as u32));
            assert_eq!(inner.inner_offset(span.start), at as u32, "{at}");
        }
    }

    #[test]
    fn strings_that_do_not_hold_containers_are_not_parsed() {
        // A variable in place of the whole content is not JSON either.
        for text in [r#""""#, r#"" ""#, r#""x {""#, r#""12""#, r#""{{card}}""#, "12", "null", r#""\"{\"""#] {
            assert!(InnerText::of(parse(text.as_bytes()).root()).is_none(), "{text}");
        }
    }
}
