//! What a fix makes of the lines it changes, in a few lines.

use super::excerpt::TAB;
use crate::diagnostic::{Edit, Fix};
use crate::edit::apply;
use crate::text::{Source, Span};
use crate::words::visible;

/// How many lines are shown of each side of a change.
const LINES: usize = 4;

/// How many changes of one fix are shown.
const PLACES: usize = 3;

/// The columns that stand before a line, and what is left free behind it.
const MARGIN: usize = 11;

/// The longest piece of text that is looked through.
const LONGEST: u32 = 4096;

/// A line as it was (`-`) or as it will be (`+`), or what is said of others (a space).
pub(super) type Changed = (&'static str, String);

/// The lines that `fix` changes, before and after, as far as they fit `width`; none where that would be too much to show.
pub(super) fn replacement(source: &Source<'_>, fix: &Fix, width: usize) -> Vec<Changed> {
    let room = width.saturating_sub(MARGIN).clamp(20, 200) as u32;
    let mut shown = Vec::new();
    let places = places(source, &fix.edits);
    for edits in places.iter().take(PLACES) {
        let Some(lines) = place(source, edits, room) else { return Vec::new() };
        shown.extend(lines);
    }
    if places.len() > PLACES {
        shown.push((" ", format!("... and {} more", places.len() - PLACES)));
    }
    shown
}

/// The edits, parted where whole lines stand between them.
fn places<'e>(source: &Source<'_>, edits: &'e [Edit]) -> Vec<&'e [Edit]> {
    let meet = |one: &Edit, next: &Edit| source.line_of(one.span.end) == source.line_of(next.span.start);
    edits.chunk_by(meet).collect()
}

fn place(source: &Source<'_>, edits: &[Edit], room: u32) -> Option<Vec<Changed>> {
    let (first, last) = (edits.first()?, edits.last()?);
    let text = source.text();
    let start = source.line_span(source.line_of(first.span.start)).start;
    let end = source.line_span(source.line_of(last.span.end)).end.max(last.span.end);
    let around = if end - start <= room { room } else { room / 3 };
    let near = Span::new(
        text.floor_char_boundary(start.max(first.span.start.saturating_sub(around)) as usize) as u32,
        text.ceil_char_boundary(end.min(last.span.end + around) as usize) as u32,
    );
    if near.len() > LONGEST {
        return None;
    }
    let moved = |edit: &Edit| {
        Edit::new(Span::new(edit.span.start - near.start, edit.span.end - near.start), edit.text.as_str())
    };
    let moved: Vec<Edit> = edits.iter().map(moved).collect();
    let old = text.get(near.range())?;
    let new = String::from_utf8(apply(old.as_bytes(), &moved)?).ok()?;
    let (old, new) = differing(old, &new);
    let indent = old.iter().chain(&new).filter(|line| !line.trim().is_empty()).map(|line| indent(line)).min();
    let (cut_left, cut_right) = (near.start > start, near.end < end);
    let mut shown = Vec::new();
    for (sign, lines) in [("-", &old), ("+", &new)] {
        let count = lines.len();
        for (index, line) in lines.iter().enumerate().take(LINES) {
            let is_cut = (cut_left && index == 0, cut_right && index + 1 == count);
            let line = line.get(indent.unwrap_or(0)..).unwrap_or_else(|| line.trim_start());
            shown.push((sign, shape(line, is_cut)));
        }
        if count > LINES {
            let more = count - LINES;
            shown.push((sign, format!("... {more} more line{}", if more == 1 { "" } else { "s" })));
        }
    }
    Some(shown)
}

/// The lines of both texts, without those at the start and at the end that are the same.
fn differing<'t>(old: &'t str, new: &'t str) -> (Vec<&'t str>, Vec<&'t str>) {
    let (mut old, mut new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    old.drain(..same);
    new.drain(..same);
    while old.last().is_some_and(|last| new.last() == Some(last)) {
        old.pop();
        new.pop();
    }
    (old, new)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// A line as a terminal shows it, with ellipses where it is cut.
fn shape(line: &str, (cut_left, cut_right): (bool, bool)) -> String {
    let line = line.trim_end().replace('\t', &" ".repeat(TAB));
    let (left, right) = (if cut_left { "..." } else { "" }, if cut_right { "..." } else { "" });
    [left, &visible(&line), right].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Safety;
    use crate::text::Origin;

    fn shown(text: &str, edits: &[(&str, &str)]) -> Vec<String> {
        let edit = |(old, new): &(&str, &str)| {
            let start = text.find(old).unwrap() as u32;
            Edit::new(Span::new(start, start + old.len() as u32), *new)
        };
        let fix = Fix {
            title: String::new(),
            safety: Safety::Safe,
            edits: edits.iter().map(edit).collect(),
            carries: None,
        };
        let lines = replacement(&Source::new(text, Origin::default()), &fix, 100);
        lines.into_iter().map(|(sign, line)| format!("{sign} {line}")).collect()
    }

    #[test]
    fn a_change_is_shown_as_lines() {
        let text = "{\n  \"Name\": \"x\",\n  \"b\": [\n    1,\n    2\n  ],\r\n  \"c\": 3\n}\n";
        assert_eq!(shown(text, &[("Name", "name")]), ["- \"Name\": \"x\",", "+ \"name\": \"x\","]);
        assert_eq!(shown(text, &[("\"Name\": \"x\",\n  ", "")]), ["- \"Name\": \"x\","]);
        assert_eq!(
            shown(text, &[("1,\n    ", ""), ("\"c\"", "\"d\"")]),
            ["- 1,", "- \"c\": 3", "+ \"d\": 3"]
        );
        let all = ["- \"b\": [", "-   1,", "-   2", "- ],"];
        assert_eq!(shown(text, &[("\"b\": [\n    1,\n    2\n  ],\r\n  ", "")]), all);
    }

    #[test]
    fn long_lines_are_cut() {
        let text = format!("{{{}\"\u{e9}x\": 1{}}}", " ".repeat(9000), ", ".repeat(9000));
        let shown = shown(&text, &[("x", "\u{1b}y")]);
        assert_eq!(shown.len(), 2);
        assert!(
            shown[1].starts_with("+ ...") && shown[1].contains("\u{e9}\\u{1b}y") && shown[1].ends_with("..."),
            "{shown:?}"
        );
        assert!(shown[1].len() < 150);
    }

    #[test]
    fn very_much_is_not_shown() {
        let text = format!("[{}]", "1,\n".repeat(5000));
        assert!(shown(&text, &[(&text[1..14000], "")]).is_empty());
        let some = shown(&text, &[(&text[1..40], "")]);
        assert_eq!(some.len(), 5, "{some:?}");
    }
}
