//! New values as a document would write them, and pieces of it at another depth.

use super::Style;
use crate::syntax::{Node, parse};

/// `json` as a document of this style writes it at the indentation `indent`, all on one line unless `lines`. Scalars and keys
/// stay as they are written.
pub fn lay_out(json: &str, style: &Style<'_>, indent: &str, lines: bool) -> String {
    if !json.starts_with(['{', '[']) {
        return json.to_owned();
    }
    let document = parse(json.as_bytes());
    if !document.faults().is_empty() {
        return json.to_owned();
    }
    let mut writer = Writer { style, indent: indent.to_owned(), text: String::with_capacity(json.len() * 2) };
    writer.value(document.root(), lines && style.lines);
    writer.text
}

struct Writer<'s> {
    style: &'s Style<'s>,
    indent: String,
    text: String,
}

impl Writer<'_> {
    fn value(&mut self, node: Node<'_>, lines: bool) {
        let (open, close) = match (node.is_object(), node.is_array()) {
            (true, _) => ('{', '}'),
            (_, true) => ('[', ']'),
            _ => return self.text.push_str(node.raw()),
        };
        self.text.push(open);
        if !node.is_empty() {
            let lines = lines && !self.is_short(node);
            let outer = self.indent.len();
            self.indent.push_str(self.style.unit);
            self.items(node, lines);
            self.indent.truncate(outer);
            if lines {
                self.line();
            } else if node.is_object() {
                self.text.push_str(self.style.padding);
            }
        }
        self.text.push(close);
    }

    fn items(&mut self, node: Node<'_>, lines: bool) {
        for child in node.children() {
            if child.position() > 0 {
                self.text.push(',');
            }
            match (lines, child.position()) {
                (true, _) => self.line(),
                (false, 0) if node.is_object() => self.text.push_str(self.style.padding),
                (false, 0) => {}
                (false, _) => self.text.push_str(self.style.comma),
            }
            if let Some(key) = child.key_span() {
                self.text.push_str(&node.document().text()[key.range()]);
                self.text.push_str(self.style.colon);
            }
            self.value(child, lines);
        }
    }

    fn is_short(&self, node: Node<'_>) -> bool {
        if node.is_array() && !node.children().any(|child| child.is_object() || child.is_array()) {
            self.style.short_arrays
        } else {
            self.style.short_objects
        }
    }

    fn line(&mut self) {
        self.text.push_str(self.style.line_end);
        self.text.push_str(&self.indent);
    }
}

/// A piece of JSON whose lines start with `from`, with `to` in its place. No string of JSON goes over a line end.
pub fn reindented(piece: &str, from: &str, to: &str) -> String {
    if from == to {
        return piece.to_owned();
    }
    let mut lines = piece.split_inclusive('\n');
    let mut text = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        match line.strip_prefix(from) {
            Some(rest) if !rest.trim_ascii().is_empty() => {
                text.push_str(to);
                text.push_str(rest);
            }
            _ => text.push_str(line),
        }
    }
    text
}
