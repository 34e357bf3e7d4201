//! Writes a tree in other ways that mean the same.

use crate::random::Random;
use cardlint::syntax::{Document, Node};

/// What is done differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// All on one line, without a space.
    Minified,
    /// Indented, with the line ends of Unix, Windows or neither.
    Indented,
    /// White space at random wherever it may stand.
    Spaced,
    /// The members of each object in another order.
    Reordered,
    /// Letters of keys and values as escapes, at random.
    Escaped,
}

impl Manner {
    pub(crate) const ALL: [Manner; 5] =
        [Manner::Minified, Manner::Indented, Manner::Spaced, Manner::Reordered, Manner::Escaped];
}

/// The text of `document`, written in another manner.
pub(crate) fn written(document: &Document<'_>, manner: Manner, random: &mut Random) -> String {
    let line = random.pick(&["\n", "\r\n", "\r"]);
    let indent = random.pick(&["", " ", "  ", "    ", "\t"]);
    let mut writer = Writer { manner, random, line, indent, text: String::new(), depth: 0 };
    writer.space();
    writer.value(document.root());
    writer.space();
    writer.text
}

struct Writer<'r> {
    manner: Manner,
    random: &'r mut Random,
    line: &'static str,
    indent: &'static str,
    text: String,
    depth: usize,
}

impl Writer<'_> {
    fn value(&mut self, node: Node<'_>) {
        if node.is_object() {
            self.container('{', '}', &self.members(node));
        } else if node.is_array() {
            self.container('[', ']', &node.children().collect::<Vec<_>>());
        } else if let Some(text) = node.string() {
            self.string(&text);
        } else {
            self.text.push_str(node.raw());
        }
    }

    /// The members of `node`, in another order if that is the manner and none of them stands there twice.
    fn members<'d>(&self, node: Node<'d>) -> Vec<Node<'d>> {
        let mut members: Vec<_> = node.children().collect();
        let is_twice =
            |member: &Node<'d>| members.iter().filter(|other| other.key() == member.key()).count() > 1;
        if self.manner == Manner::Reordered && !members.iter().any(is_twice) {
            members.reverse();
        }
        members
    }

    fn container(&mut self, open: char, close: char, children: &[Node<'_>]) {
        let is_indented = self.manner == Manner::Indented && !children.is_empty();
        self.text.push(open);
        self.depth += 1;
        for (at, child) in children.iter().enumerate() {
            if at > 0 {
                self.text.push(',');
            }
            self.begin_line(is_indented);
            self.space();
            if let Some(key) = child.key() {
                self.string(&key);
                self.space();
                self.text.push(':');
                self.space();
            }
            self.value(*child);
            self.space();
        }
        self.depth -= 1;
        self.begin_line(is_indented);
        self.space();
        self.text.push(close);
    }

    fn begin_line(&mut self, is_indented: bool) {
        if is_indented {
            self.text.push_str(self.line);
            self.text.push_str(&self.indent.repeat(self.depth));
        }
    }

    fn space(&mut self) {
        if self.manner == Manner::Spaced {
            for _ in 0..self.random.below(4) {
                self.text.push(self.random.pick(&[' ', '\t', '\n', '\r']));
            }
        }
    }

    fn string(&mut self, text: &str) {
        self.text.push('"');
        for letter in text.chars() {
            let is_escaped = self.manner == Manner::Escaped && self.random.chance(3);
            match letter {
                '"' | '\\' if !is_escaped => self.text.extend(['\\', letter]),
                '\0'..' ' => self.escape(letter),
                _ if is_escaped => self.escape(letter),
                other => self.text.push(other),
            }
        }
        self.text.push('"');
    }

    fn escape(&mut self, letter: char) {
        for unit in letter.encode_utf16(&mut [0; 2]) {
            let escape =
                if self.random.chance(2) { format!("\\u{unit:04x}") } else { format!("\\u{unit:04X}") };
            self.text.push_str(&escape);
        }
    }
}
