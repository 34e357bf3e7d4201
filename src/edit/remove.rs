//! Taking items out of containers.

use super::Edit;
use super::gap::{around_comma, blank, breaks, inside, item};
use crate::syntax::Node;
use crate::text::Span;

/// `item` goes, a member or an element, with one comma and the lines that nothing else stands on.
pub fn removal(node: Node<'_>) -> Option<Edit> {
    let parent = node.parent()?;
    let own = item(node)?;
    if node.is_incomplete() {
        return None;
    }
    let next = node.following().nth(1);
    let span = match next.map(|next| Some((next, around_comma(node, next)?))) {
        Some(None) => return None,
        Some(Some((next, after))) => {
            let to_next = Span::new(own.start, item(next)?.start);
            let widens = lines(after) > usize::from(starts_line(node.document().text(), own.start));
            match node
                .preceding()
                .filter(|_| widens)
                .and_then(|before| Some((before, around_comma(before, node)?)))
            {
                // The wider gap stays, since it parts what it parted.
                Some((before, gap)) if lines(after) > lines(gap) => Span::new(item(before)?.end, own.end),
                _ => to_next,
            }
        }
        None => match node.preceding() {
            Some(before) => {
                around_comma(before, node)?;
                Span::new(item(before)?.end, own.end)
            }
            None => {
                let inside = inside(parent)?;
                blank(node.document(), inside.start, own.start)?;
                blank(node.document(), own.end, inside.end)?;
                inside
            }
        },
    };
    Some(Edit::new(span, ""))
}

/// Whether nothing stands before byte `at` on its line.
fn starts_line(text: &str, at: u32) -> bool {
    let before = text.as_bytes().get(..at as usize).unwrap_or_default();
    let indent = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    before.len() > indent && before[before.len() - indent - 1] == b'\n'
}

fn lines((left, right): (&str, &str)) -> usize {
    breaks(left) + breaks(right)
}
