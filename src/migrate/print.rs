//! A draft as text, in the manner of the input: what is as it was is written as it was, and what is new like what stands
//! around it.

use super::draft::{Draft, Member, Piece, Value};
use crate::edit::{Style, indent_at, reindented};
use crate::syntax::{Document, Node, NodeId};

/// `draft` as text; `text` is the input, of which `document` was read and which is written in this style, with the credentials
/// in it. `indent` is that of the line on which it starts.
pub(super) fn print(
    draft: &Draft,
    document: &Document<'_>,
    style: Style<'_>,
    text: &str,
    indent: &str,
) -> String {
    let mut printer = Printer { document, text, style, out: String::new() };
    printer.value(draft, indent, false);
    printer.out
}

struct Printer<'p> {
    document: &'p Document<'p>,
    text: &'p str,
    style: Style<'p>,
    out: String,
}

/// An element, or a member with its key.
struct Item<'i> {
    member: Option<&'i Member>,
    value: &'i Draft,
}

impl Item<'_> {
    /// The value of the input under whose key, or in whose place, it stands.
    fn from(&self) -> Option<NodeId> {
        self.member.map_or(self.value.origin, |member| member.from)
    }
}

impl<'p> Printer<'p> {
    fn node(&self, id: Option<NodeId>) -> Option<Node<'p>> {
        id.map(|id| self.document.node(id))
    }

    fn bytes(&self, start: u32, end: u32) -> &'p str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Writes a value, which starts on a line with `indent`; `inline` if its container stands on one line.
    fn value(&mut self, draft: &Draft, indent: &str, inline: bool) {
        if let Some(node) = self.node(draft.origin)
            && draft.is_intact(node)
        {
            let span = node.span();
            let from = indent_at(self.text, span.start);
            let raw = reindented(self.bytes(span.start, span.end), from, indent);
            return self.out.push_str(&raw);
        }
        match &draft.value {
            Value::Scalar(scalar) => self.pieces(&scalar.json),
            Value::Array(items) => {
                let items: Vec<_> = items.iter().map(|value| Item { member: None, value }).collect();
                self.container(draft, &items, ['[', ']'], indent, inline);
            }
            Value::Object(members) => {
                let items: Vec<_> = members
                    .iter()
                    .map(|member| Item { member: Some(member), value: &member.value })
                    .collect();
                self.container(draft, &items, ['{', '}'], indent, inline);
            }
        }
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Kept(span) => self.out.push_str(self.bytes(span.start, span.end)),
                Piece::New(text) => self.out.push_str(text),
            }
        }
    }

    fn container(&mut self, draft: &Draft, items: &[Item<'_>], ends: [char; 2], indent: &str, inline: bool) {
        let [open, close] = ends;
        self.out.push(open);
        let old = self.node(draft.origin).filter(|node| self.is_like(*node, open));
        let lines = match old {
            Some(old) => self.is_on_lines(old),
            None => self.style.lines && !inline && !self.is_short(draft),
        };
        if items.is_empty() {
            return self.out.push(close);
        }
        let inner = if lines { self.inner_indent(old, indent) } else { indent.to_owned() };
        let padding = if lines { String::new() } else { self.padding(old, open) };
        let mut last = None;
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            let gap = self.gap(old, item, last);
            if lines {
                self.line(gap, index == 0, &inner);
            } else if index == 0 {
                self.out.push_str(&padding);
            } else {
                self.out.push_str(gap.filter(|gap| !gap.contains('\n')).unwrap_or(self.style.comma));
            }
            if let Some(member) = item.member {
                self.pieces(&member.key);
                self.out.push_str(self.colon(member));
            }
            self.value(item.value, &inner, !lines);
            last = item.from();
        }
        if lines {
            self.out.push_str(self.style.line_end);
            self.out.push_str(indent);
        } else {
            self.out.push_str(&padding);
        }
        self.out.push(close);
    }

    /// Starts a line; `gap` is what stood before the item in the input, and may hold blank lines.
    fn line(&mut self, gap: Option<&str>, first: bool, indent: &str) {
        let breaks = gap.map_or(1, |gap| gap.bytes().filter(|byte| *byte == b'\n').count());
        if let (0, false, Some(gap)) = (breaks, first, gap) {
            return self.out.push_str(gap);
        }
        let breaks = if first { 1 } else { breaks.max(1) };
        for _ in 0..breaks {
            self.out.push_str(self.style.line_end);
        }
        self.out.push_str(indent);
    }

    /// Whether `node` is a container with something in it that opens with `open`.
    fn is_like(&self, node: Node<'_>, open: char) -> bool {
        let fits = if open == '{' { node.is_object() } else { node.is_array() };
        fits && !node.is_empty()
    }

    fn is_on_lines(&self, node: Node<'_>) -> bool {
        node.children().any(|child| self.before(child).contains('\n'))
    }

    /// The white space before an item in the input.
    fn before(&self, item: Node<'_>) -> &'p str {
        let start = item.key_span().map_or(item.span().start, |key| key.start);
        let until = self.bytes(0, start);
        let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        let length = until.bytes().rev().take_while(blank).count();
        &until[until.len() - length..]
    }

    /// The white space before an item, if it stood in the same container; on its line only if its neighbour came along.
    fn gap(&self, old: Option<Node<'p>>, item: &Item<'_>, last: Option<NodeId>) -> Option<&'p str> {
        let from = self.node(item.from()).filter(|from| from.parent() == old && old.is_some())?;
        let gap = self.before(from);
        (gap.contains('\n') || from.preceding().map(Node::id) == last).then_some(gap)
    }

    fn inner_indent(&self, old: Option<Node<'p>>, indent: &str) -> String {
        let stood = |old: Node<'p>| {
            let child = old.children().find(|child| self.before(*child).contains('\n'))?;
            let start = child.key_span().map_or(child.span().start, |key| key.start);
            indent_at(self.text, start).strip_prefix(indent_at(self.text, old.span().start))
        };
        let unit = old.and_then(stood).unwrap_or(self.style.unit);
        format!("{indent}{unit}")
    }

    /// What stands inside the brackets of a container on one line.
    fn padding(&self, old: Option<Node<'p>>, open: char) -> String {
        let first = old.and_then(|old| old.children().next());
        match first {
            Some(first) => self.before(first).to_owned(),
            None if open == '{' => self.style.padding.to_owned(),
            None => String::new(),
        }
    }

    fn colon(&self, member: &Member) -> &'p str {
        let between = self.node(member.from).and_then(|from| {
            let key = from.key_span()?;
            Some(self.bytes(key.end, from.span().start))
        });
        let plain = between.filter(|between| between.bytes().all(|byte| matches!(byte, b' ' | b':')));
        plain.unwrap_or(self.style.colon)
    }

    /// Whether a new container would stand on one line in this document.
    fn is_short(&self, draft: &Draft) -> bool {
        match &draft.value {
            Value::Array(items) if items.iter().all(|item| matches!(item.value, Value::Scalar(_))) => {
                self.style.short_arrays
            }
            Value::Array(_) => !self.style.lines,
            Value::Object(members) => {
                self.style.short_objects && !members.iter().any(|member| self.spreads(&member.value))
            }
            Value::Scalar(_) => true,
        }
    }

    /// Whether a value takes several lines.
    fn spreads(&self, draft: &Draft) -> bool {
        if draft.is_empty() || matches!(draft.value, Value::Scalar(_)) {
            return false;
        }
        let open = if draft.is_array() { '[' } else { '{' };
        match self.node(draft.origin).filter(|node| self.is_like(*node, open)) {
            Some(node) => node.raw().contains('\n'),
            None => !self.is_short(draft),
        }
    }
}
