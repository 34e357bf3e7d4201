//! How a document is written, as far as its beginning tells.

use super::gap::{around_comma, blank, breaks, indent_at, inside, item};
use crate::syntax::{Document, Node};
use crate::text::Span;

/// How many containers are looked at: what stands further down in a document is written like what stands above it.
const ENOUGH: usize = 128;

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style<'d> {
    /// LF or CR LF.
    pub line_end: &'static str,
    /// What one more level of depth puts before a line.
    pub unit: &'d str,
    /// The colon with the spaces around it.
    pub colon: &'d str,
    /// What follows a comma within a line.
    pub comma: &'d str,
    /// What stands inside the brackets of an object on one line.
    pub padding: &'d str,
    /// Whether containers are spread over lines at all.
    pub lines: bool,
    /// Whether objects inside the document stand on one line each.
    pub short_objects: bool,
    /// Whether arrays of plain values stand on one line each.
    pub short_arrays: bool,
}

/// What the containers met so far have in common.
#[derive(Default)]
struct Seen<'d> {
    unit: Option<&'d str>,
    colon: Option<&'d str>,
    comma: Option<&'d str>,
    padding: Option<&'d str>,
    lines: bool,
    /// How many objects inside others stand on one line, and how many do not.
    objects: [usize; 2],
    /// The same for arrays of plain values.
    arrays: [usize; 2],
}

impl<'d> Style<'d> {
    /// How `document` is written.
    pub fn of(document: &'d Document<'_>) -> Self {
        let mut seen = Seen::default();
        let containers = document.root().subtree().filter(|node| !node.is_empty());
        containers.take(ENOUGH).for_each(|node| seen.container(node));
        let spaced = seen.colon.is_none_or(|colon| colon.ends_with(' '));
        let mostly_short = |[short, long]: [usize; 2]| short > long;
        Self {
            line_end: line_end(document),
            unit: seen.unit.unwrap_or("  "),
            colon: seen.colon.unwrap_or(": "),
            comma: seen.comma.unwrap_or(if spaced { " " } else { "" }),
            padding: seen.padding.unwrap_or_default(),
            lines: seen.lines,
            short_objects: !seen.lines || mostly_short(seen.objects),
            short_arrays: !seen.lines || mostly_short(seen.arrays) || seen.arrays == [0, 0],
        }
    }
}

impl<'d> Seen<'d> {
    fn container(&mut self, node: Node<'d>) {
        let (document, text) = (node.document(), node.document().text());
        let (Some(first), Some(inside)) = (node.children().next(), inside(node)) else { return };
        let Some(start) = item(first).map(|item| item.start) else { return };
        let Some(lead) = blank(document, inside.start, start) else { return };
        let on_one_line = is_on_one_line(text, inside);
        if lead.contains('\n') {
            self.lines = true;
            let own = indent_at(text, node.span().start);
            let deeper = indent_at(text, start).strip_prefix(own).filter(|unit| !unit.is_empty());
            self.unit = self.unit.or(deeper);
        } else if on_one_line && node.is_object() {
            self.padding = self.padding.or(Some(lead));
        }
        self.colon = self.colon.or_else(|| colon(first));
        if self.comma.is_none()
            && let Some(second) = node.children().nth(1)
            && let Some((left, right)) = around_comma(first, second)
            && breaks(left) + breaks(right) == 0
        {
            self.comma = Some(right);
        }
        let counts = match node.is_object() {
            // The outermost object of a document says nothing of those inside.
            true if node.parent().is_none_or(Node::is_array) && !on_one_line => return,
            true => &mut self.objects,
            false if node.children().any(|child| child.is_object() || child.is_array()) => return,
            false => &mut self.arrays,
        };
        counts[usize::from(!on_one_line)] += 1;
    }
}

/// The colon of a member with the spaces around it.
pub(super) fn colon(member: Node<'_>) -> Option<&str> {
    let (key, value) = (member.key_span()?, member.span());
    let between = member.document().text().get(key.end as usize..value.start as usize)?;
    let spaces = |text: &str| text.bytes().all(|byte| byte == b' ');
    let (left, right) = between.split_once(':')?;
    (!key.is_empty() && spaces(left) && spaces(right)).then_some(between)
}

pub(super) fn is_on_one_line(text: &str, span: Span) -> bool {
    memchr::memchr(b'\n', &text.as_bytes()[span.range()]).is_none()
}

fn line_end(document: &Document<'_>) -> &'static str {
    let text = document.text().as_bytes();
    match memchr::memchr(b'\n', text) {
        Some(at) if at > 0 && text[at - 1] == b'\r' => "\r\n",
        _ => "\n",
    }
}
