//! Edits that put members in and take them out, in the manner in which the document is written.

use crate::diagnostic::Edit;
use crate::syntax::Node;
use crate::text::Span;
use crate::words::json;

/// Puts a member before the first one of `object`; `value` is JSON. `None` where there is no first one to stand before.
pub fn insert_first(object: Node<'_>, name: &str, value: &str) -> Option<Edit> {
    let key = object.children().next()?.key_span().filter(|key| !key.is_empty())?;
    let between = object.document().text().get(object.opening().end as usize..key.start as usize)?;
    let space = if between.is_empty() { "" } else { " " };
    let is_blank = between.bytes().all(|byte| byte.is_ascii_whitespace());
    let text = format!("{}:{space}{value},{between}", json(name));
    is_blank.then_some(Edit { span: Span::new(key.start, key.start), text })
}

/// Takes out `member` with the comma that parts it from its neighbour.
pub fn remove(member: Node<'_>) -> Option<Edit> {
    let key = member.key_span().filter(|key| !key.is_empty())?;
    let next = member.following().nth(1).and_then(Node::key_span);
    let before = member.parent()?.children().take_while(|sibling| *sibling != member).last();
    let span = match (next, before) {
        (Some(next), _) => Span::new(key.start, next.start),
        (None, Some(before)) => Span::new(before.span().end, member.span().end),
        (None, None) => Span::new(key.start, member.span().end),
    };
    Some(Edit { span, text: String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Document, parse};

    fn applied(document: &Document<'_>, edit: Option<Edit>) -> Option<String> {
        let edit = edit?;
        let mut text = document.text().to_owned();
        text.replace_range(edit.span.range(), &edit.text);
        Some(text)
    }

    fn inserted(text: &str) -> Option<String> {
        let document = parse(text.as_bytes());
        applied(&document, insert_first(document.root(), "new", "1"))
    }

    fn removed(text: &str) -> Option<String> {
        let document = parse(text.as_bytes());
        applied(&document, document.root().member("b").and_then(remove))
    }

    #[test]
    fn members_are_put_in_as_the_others_are_written() {
        assert_eq!(inserted("{\"a\":2}").as_deref(), Some("{\"new\":1,\"a\":2}"));
        assert_eq!(inserted("{\n  \"a\": 2\n}").as_deref(), Some("{\n  \"new\": 1,\n  \"a\": 2\n}"));
        assert_eq!(inserted("{}"), None);
    }

    #[test]
    fn members_are_taken_out_with_one_comma() {
        assert_eq!(removed("{\"a\":1, \"b\":2, \"c\":3}").as_deref(), Some("{\"a\":1, \"c\":3}"));
        assert_eq!(removed("{\"b\":2, \"c\":3}").as_deref(), Some("{\"c\":3}"));
        assert_eq!(removed("{\"a\":1, \"b\":2}").as_deref(), Some("{\"a\":1}"));
        assert_eq!(removed("{ \"b\": 2 }").as_deref(), Some("{  }"));
    }
}
