//! Putting items into containers, and moving them from one to another.

use super::gap::{around_comma, blank, breaks, indent_at, inside, item, without_blank_lines};
use super::layout::has_items;
use super::style::colon;
use super::{Edit, Style, in_order, lay_out, reindented, removal};
use crate::syntax::Node;
use crate::text::Span;
use crate::words::json;

/// Where in a container something is put.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Where<'d> {
    /// Before all others.
    First,
    /// Behind all others.
    Last,
    /// Before this one, which is in the container.
    Before(Node<'d>),
    /// Behind this one, which is in the container.
    After(Node<'d>),
}

/// What is put in: a member, or an element without a name.
struct Item<'i> {
    name: Option<&'i str>,
    value: Piece<'i>,
}

enum Piece<'i> {
    /// JSON in any layout.
    New(&'i str),
    /// Text of the document, on lines with this indentation.
    Moved(&'i str, &'i str),
}

/// `object` gets a member; `value` is JSON in any layout.
pub fn insert_member(object: Node<'_>, at: Where<'_>, name: &str, value: &str) -> Option<Edit> {
    let item = Item { name: Some(name), value: Piece::New(value) };
    object.is_object().then(|| insertion(object, at, &item))?
}

/// `array` gets an element; `value` is JSON in any layout.
pub fn insert_element(array: Node<'_>, at: Where<'_>, value: &str) -> Option<Edit> {
    let item = Item { name: None, value: Piece::New(value) };
    array.is_array().then(|| insertion(array, at, &item))?
}

/// `member` goes from its object into `object`, under `name`. Its value stays as it is written, but for its indentation.
pub fn move_member(member: Node<'_>, object: Node<'_>, at: Where<'_>, name: &str) -> Option<Vec<Edit>> {
    object.is_object().then(|| moved(member, object, at, Some(name)))?
}

/// `node` goes from its container into `array`. It stays as it is written, but for its indentation.
pub fn move_element(node: Node<'_>, array: Node<'_>, at: Where<'_>) -> Option<Vec<Edit>> {
    array.is_array().then(|| moved(node, array, at, None))?
}

fn moved(node: Node<'_>, to: Node<'_>, at: Where<'_>, name: Option<&str>) -> Option<Vec<Edit>> {
    if node.is_damaged() || node.is_incomplete() {
        return None;
    }
    let text = node.document().text();
    let value = Piece::Moved(node.raw(), indent_at(text, node.span().start));
    let put_in = insertion(to, at, &Item { name, value })?;
    in_order(vec![put_in, removal(node)?])
}

fn insertion(container: Node<'_>, at: Where<'_>, new: &Item<'_>) -> Option<Edit> {
    let beside = match at {
        Where::First => container.children().next(),
        Where::Last => container.children().last(),
        Where::Before(node) | Where::After(node) => Some(node),
    };
    let Some(beside) = beside else { return into_empty(container, new) };
    if beside.parent() != Some(container) {
        return None;
    }
    match at {
        Where::First | Where::Before(_) => before(beside, new),
        Where::Last | Where::After(_) => after(beside, new),
    }
}

fn before(beside: Node<'_>, new: &Item<'_>) -> Option<Edit> {
    let gap = gap_before(beside)?;
    let start = item(beside)?.start;
    Some(Edit::new(Span::at(start), [&written(new, beside, gap), ",", gap].concat()))
}

fn after(beside: Node<'_>, new: &Item<'_>) -> Option<Edit> {
    if beside.is_incomplete() {
        return None;
    }
    let next = beside.following().nth(1).and_then(|next| Some(around_comma(beside, next)?.1));
    let gap = match next {
        Some(gap) => without_blank_lines(gap),
        None => gap_before(beside)?,
    };
    let end = item(beside)?.end;
    Some(Edit::new(Span::at(end), [",", gap, &written(new, beside, gap)].concat()))
}

/// The white space that parts `node` from a neighbour before it, if it has one or had one.
fn gap_before(node: Node<'_>) -> Option<&str> {
    let document = node.document();
    let parent = node.parent()?;
    let inside = inside(parent).unwrap_or(Span::new(parent.opening().end, parent.span().end));
    let start = item(node)?.start;
    let lead = match node.position() {
        0 => blank(document, inside.start, start)?,
        _ => {
            let before = node.preceding()?;
            return around_comma(before, node).map(|(_, right)| without_blank_lines(right));
        }
    };
    if breaks(lead) > 0 {
        return Some(without_blank_lines(lead));
    }
    // What stands behind the bracket may be padding.
    let next = node.following().nth(1);
    let gap = next.and_then(|next| around_comma(node, next)).map(|(_, right)| without_blank_lines(right));
    Some(gap.unwrap_or_else(|| Style::of(document).comma))
}

/// The text of `new` beside `neighbour`, on a line of its own if there is a line end in `gap`.
fn written(new: &Item<'_>, neighbour: Node<'_>, gap: &str) -> String {
    let document = neighbour.document();
    let indent = match gap.rfind('\n') {
        Some(at) => &gap[at + 1..],
        None => indent_at(document.text(), neighbour.span().start),
    };
    let is_simple = matches!(new.value, Piece::New(json) if !has_items(json));
    let colon = colon(neighbour);
    match colon {
        Some(colon) if is_simple => text_of(new, colon, None, indent, false),
        _ => {
            let style = Style::of(document);
            text_of(new, colon.unwrap_or(style.colon), Some(&style), indent, breaks(gap) > 0)
        }
    }
}

fn text_of(new: &Item<'_>, colon: &str, style: Option<&Style<'_>>, indent: &str, lines: bool) -> String {
    let value = match (&new.value, style) {
        (Piece::New(json), Some(style)) => lay_out(json, style, indent, lines),
        (Piece::New(json), None) => (*json).to_owned(),
        (Piece::Moved(raw, from), _) => reindented(raw, from, indent),
    };
    match new.name {
        Some(name) => [&json(name), colon, &value].concat(),
        None => value,
    }
}

fn into_empty(container: Node<'_>, new: &Item<'_>) -> Option<Edit> {
    let document = container.document();
    let inside = inside(container).filter(|_| !container.is_incomplete())?;
    let there = blank(document, inside.start, inside.end)?;
    let style = Style::of(document);
    let outer = indent_at(document.text(), container.span().start);
    let is_short = if container.is_object() { style.short_objects } else { style.short_arrays };
    let is_list =
        matches!(new.value, Piece::New(json) | Piece::Moved(json, _) if json.starts_with(['{', '[']));
    let is_long = !is_short || (is_list && !style.short_objects);
    let text = if breaks(there) > 0 || (style.lines && (is_long || container.parent().is_none())) {
        let indent = format!("{outer}{}", style.unit);
        let text = text_of(new, style.colon, Some(&style), &indent, true);
        format!("{end}{indent}{text}{end}{outer}", end = style.line_end)
    } else {
        let padding = if container.is_object() { style.padding } else { "" };
        let text = text_of(new, style.colon, Some(&style), outer, false);
        format!("{padding}{text}{padding}")
    };
    Some(Edit::new(inside, text))
}
