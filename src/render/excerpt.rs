//! The few lines of a text that are shown with a finding.
//!
//! Its cost does not depend on how long the text or its lines are.

use super::Look;
use crate::diagnostic::{Diagnostic, Related};
use crate::text::{Columns, Source, Span};
use crate::words::{is_hidden, is_plain, push_visible, visible};
use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The most columns that are shown of a line.
const WIDEST: usize = 200;
/// The fewest, however narrow the terminal.
const NARROWEST: usize = 20;
/// The columns of a tab stop.
pub(super) const TAB: usize = 4;

/// Lines around a finding, with what a terminal would obey written as escapes.
#[derive(Debug, Default)]
pub(super) struct Excerpt {
    /// The path of the file.
    pub(super) name: String,
    /// The lines, each with a line end.
    pub(super) text: String,
    /// How many they are.
    pub(super) lines: usize,
    /// The line of the file that comes first, from 0.
    pub(super) first_line: usize,
    /// The line of the finding in the file, from 0.
    pub(super) line: usize,
    /// Its column, from 0.
    pub(super) column: usize,
    /// The bytes of `text` that are the finding.
    pub(super) marked: Range<usize>,
    /// Other places in `text`, and what to say there.
    pub(super) labels: Vec<(Range<usize>, String)>,
}

/// A stretch of the text that is shown, and the byte of the excerpt at which it starts.
struct Stretch {
    span: Span,
    at: usize,
}

impl Excerpt {
    /// The excerpt for `found`, and the related places that are not in it.
    pub(super) fn new<'f>(
        source: &Source<'_>,
        found: &'f Diagnostic,
        path: &str,
        look: &Look,
    ) -> (Self, Vec<&'f Related>) {
        let position = source.position(found.span.start, Columns::Chars);
        let mut excerpt = Self {
            name: visible(path).into_owned(),
            line: position.line as usize,
            column: position.column as usize,
            ..Self::default()
        };
        // The number of the line, its margins and the bar.
        let gutter = (position.line + 2).to_string().len() + 4;
        let room = look.width.saturating_sub(gutter).clamp(NARROWEST, WIDEST);
        let stretches = excerpt.fill(source, found.span, room, look);
        // A finding at a line end is shown behind the last character of the line.
        let start = found.span.start.min(source.line_span(source.line_of(found.span.start)).end);
        let marked = Span::new(start, found.span.end.max(start));
        excerpt.marked = locate(source, &stretches, marked).unwrap_or_default();
        let elsewhere = found.related.iter().filter(|related| {
            let label = label(source, &stretches, related, room);
            let is_elsewhere = label.is_none();
            excerpt.labels.extend(label);
            is_elsewhere
        });
        let elsewhere = elsewhere.collect();
        (excerpt, elsewhere)
    }

    /// Takes in the line where `span` starts, with its neighbours unless it is cut on the left.
    fn fill(&mut self, source: &Source<'_>, span: Span, room: usize, look: &Look) -> Vec<Stretch> {
        let line = source.line_of(span.start);
        let start_of_text = self.line - line;
        let view = view(source, source.line_span(line), span, room);
        let whole = view.start == source.line_span(line).start;
        let (first, last) =
            if whole { (line.saturating_sub(1), (line + 1).min(last_line(source))) } else { (line, line) };
        self.first_line = start_of_text + first;
        let mut stretches = Vec::new();
        for shown in first..=last.max(line) {
            let full = source.line_span(shown);
            let part = if shown == line { view } else { from_start(source, full, room) };
            stretches.push(self.push(source, full, part, look));
        }
        stretches
    }

    /// Appends the bytes `part` of the line `full`.
    fn push(&mut self, source: &Source<'_>, full: Span, part: Span, look: &Look) -> Stretch {
        let ellipsis = if look.unicode { "\u{2026}" } else { "..." };
        if part.start > full.start {
            self.text.push_str(ellipsis);
        }
        let at = self.text.len();
        self.text.push_str(&shown(&source.text()[part.range()]));
        if part.end < full.end {
            self.text.push_str(ellipsis);
        }
        self.text.push('\n');
        self.lines += 1;
        Stretch { span: part, at }
    }
}

/// The last line of a text that is more than the end of the one before.
fn last_line(source: &Source<'_>) -> usize {
    let last = source.line_count().saturating_sub(1);
    if source.line_span(last).is_empty() { last.saturating_sub(1) } else { last }
}

/// The part of `line` to show for a finding at `span`: all of it, or what fits `room` with a third of it before the finding.
fn view(source: &Source<'_>, line: Span, span: Span, room: usize) -> Span {
    let whole = from_start(source, line, room);
    let at = span.start.clamp(line.start, line.end);
    let is_early = at < whole.start + whole.len() / 2;
    // The finding should not be the last thing to be seen.
    let is_whole = at < whole.start + whole.len() / 4 * 3 && span.end <= whole.end;
    if whole == line || is_early || is_whole {
        return whole;
    }
    // An ellipsis on either side takes some room.
    let room = room.saturating_sub(6);
    let text = source.text();
    let (before, after) = (&text[line.start as usize..at as usize], &text[at as usize..line.end as usize]);
    let behind = taken(after.chars(), room - room / 3);
    let used: usize = after[..behind as usize].chars().map(width).sum();
    Span::new(at - taken(before.chars().rev(), room - used), at + behind)
}

/// As much of `line` as fits `room`, from its start.
fn from_start(source: &Source<'_>, line: Span, room: usize) -> Span {
    let text = &source.text()[line.range()];
    if text.len() <= room && is_plain(text) {
        return line;
    }
    // The ellipsis takes some room.
    let cut = room.saturating_sub(3);
    let end = if text.get(..=room).is_some_and(is_plain) {
        cut as u32
    } else {
        let whole = taken(text.chars(), room);
        if whole == line.len() { whole } else { taken(text.chars(), cut) }
    };
    Span::new(line.start, line.start + end)
}

/// How many bytes of `chars` fit `room` columns as they are shown.
fn taken(chars: impl Iterator<Item = char>, room: usize) -> u32 {
    let mut columns = 0;
    let mut bytes = 0;
    for char in chars {
        columns += width(char);
        if columns > room {
            break;
        }
        bytes += char.len_utf8() as u32;
    }
    bytes
}

/// The columns a character takes at most once it is shown.
fn width(char: char) -> usize {
    match char {
        '\t' => TAB,
        // As `\u{e0041}`, the longest escape there is.
        hidden if is_hidden(hidden) => 9,
        other => other.width().unwrap_or(0),
    }
}

/// The columns of a text.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}

/// `text` as it stands in an excerpt: like [`visible`], but tabs stay.
fn shown(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for char in text.chars() {
        if char == '\t' { shown.push(char) } else { push_visible(&mut shown, char) }
    }
    shown
}

/// Where `span` is in the excerpt; what of it is cut off is left out. `None` if its start is not shown.
fn locate(source: &Source<'_>, stretches: &[Stretch], span: Span) -> Option<Range<usize>> {
    let within = |stretch: &&Stretch| stretch.span.start <= span.start && span.start <= stretch.span.end;
    let stretch = stretches.iter().find(within)?;
    let offset = |at: u32| {
        let part = Span::new(stretch.span.start, at.clamp(stretch.span.start, stretch.span.end));
        stretch.at + shown(&source.text()[part.range()]).len()
    };
    Some(offset(span.start)..offset(span.end))
}

/// The label for a related place, if it is in the excerpt and there is room to say so.
fn label(
    source: &Source<'_>,
    stretches: &[Stretch],
    related: &Related,
    room: usize,
) -> Option<(Range<usize>, String)> {
    if related.file.is_some() {
        return None;
    }
    let place = locate(source, stretches, related.span)?;
    let text = visible(&related.message).into_owned();
    let stretch = stretches.iter().rev().find(|stretch| stretch.at <= place.start)?;
    let before = place.end - stretch.at;
    // The hook that leads from the place to the words takes four columns.
    (before + 4 + columns(&text) <= room).then_some((place, text))
}
