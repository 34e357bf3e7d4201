//! Taking items out of containers.

use super::Edit;
use super::gap::{around_comma, blank, breaks, inside, item};
use crate::syntax::Node;
use crate::text::Span;

/// `item` goes, a member or an element, with one comma and the lines that nothing else stands on.
pub fn removal(node: Node<'_>) -> Option<Edit> {
    removal_of_row(node, node)
}

/// The same for several items of one container, which are in order. Those that stand side by side go together.
pub fn removals(nodes: &[Node<'_>]) -> Option<Vec<Edit>> {
    let is_row = |before: &Node<'_>, after: &Node<'_>| before.following().nth(1) == Some(*after);
    let row = |row: &[Node<'_>]| {
        let parted = row.array_windows().all(|[before, after]| around_comma(*before, *after).is_some());
        let whole = parted && !row.iter().any(|node| node.is_incomplete());
        whole.then(|| removal_of_row(*row.first()?, *row.last()?))?
    };
    nodes.chunk_by(is_row).map(row).collect()
}

fn removal_of_row(first: Node<'_>, last: Node<'_>) -> Option<Edit> {
    let parent = first.parent()?;
    let own = Span::new(item(first)?.start, item(last)?.end);
    if last.is_incomplete() {
        return None;
    }
    let next = last.following().nth(1);
    let span = match next.map(|next| Some((next, around_comma(last, next)?))) {
        Some(None) => return None,
        Some(Some((next, after))) => {
            let to_next = Span::new(own.start, item(next)?.start);
            let widens = lines(after) > usize::from(starts_line(first.document().text(), own.start));
            match first
                .preceding()
                .filter(|_| widens)
                .and_then(|before| Some((before, around_comma(before, first)?)))
            {
                // The wider gap stays, since it parts what it parted.
                Some((before, gap)) if lines(after) > lines(gap) => Span::new(item(before)?.end, own.end),
                _ => to_next,
            }
        }
        None => match first.preceding() {
            Some(before) => {
                around_comma(before, first)?;
                Span::new(item(before)?.end, own.end)
            }
            None => {
                let inside = inside(parent)?;
                blank(first.document(), inside.start, own.start)?;
                blank(first.document(), own.end, inside.end)?;
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
