//! The page of a rule as a terminal shows it.

use super::Look;
use super::excerpt::columns;
use super::paint::{BOLD, DIM, linked, of, paint, wrap};
use crate::diagnostic::Severity;

/// Lines that are longer are hard to read, however wide the terminal.
const WIDEST: usize = 100;

/// A page in Markdown, as [`super::markdown::page`] writes it: with headings and links instead of signs for them, the marks
/// below examples in their colours, and lines that fit.
pub fn on_terminal(markdown: &str, look: &Look) -> String {
    let mut shown = String::new();
    let mut fence = None;
    for line in markdown.lines() {
        let is_fence = line.starts_with("```") && fence.is_none_or(|fence| line == fence);
        match (is_fence, fence) {
            (true, None) => fence = Some(&line[..line.len() - line.trim_start_matches('`').len()]),
            (true, Some(_)) => fence = None,
            (false, Some(_)) => shown.push_str(&example(line, look)),
            (false, None) => shown.push_str(&prose(line, look)),
        }
    }
    shown
}

/// A line of an example, indented.
fn example(line: &str, look: &Look) -> String {
    let mark = line.trim_start();
    let marks = mark.trim_start_matches('^');
    let severity = Severity::ALL.into_iter().find(|severity| {
        let named = format!(" {severity}: ");
        marks.len() < mark.len() && marks.starts_with(&named)
    });
    match severity {
        Some(severity) => marked(line.len() - mark.len() + 4, mark, of(severity), look),
        None if line.is_empty() => "\n".to_owned(),
        None => format!("    {line}\n"),
    }
}

/// Marks and what is said of them: beside them, or below if that runs past the edge.
fn marked(indent: usize, mark: &str, style: &str, look: &Look) -> String {
    let width = look.width.min(WIDEST);
    let (marks, said) = mark.split_once(' ').unwrap_or((mark, ""));
    if indent + columns(mark) <= width {
        return format!("{:indent$}{}\n", "", paint(look, style, mark));
    }
    let left = width.saturating_sub(columns(said)).clamp(4, indent.max(4));
    let lines = wrap(said, width.saturating_sub(left));
    let lines = lines.iter().map(|line| format!("{:left$}{}\n", "", paint(look, style, line)));
    format!("{:indent$}{}\n", "", paint(look, style, marks)) + &lines.collect::<String>()
}

/// A line of prose: a heading, an item of a list or a paragraph.
fn prose(line: &str, look: &Look) -> String {
    let title = line.trim_start_matches('#');
    if title.len() < line.len() {
        return paint(look, BOLD, title.trim_start()) + "\n";
    }
    let (link, rest) = match leading_link(line) {
        Some((text, url, rest)) => (Some((text, url)), format!("- {text}{rest}")),
        None => (None, line.to_owned()),
    };
    let indent = if rest.starts_with("- ") { "  " } else { "" };
    let width = look.width.min(WIDEST).saturating_sub(indent.len());
    let lines = wrap(&rest, width).join(&format!("\n{indent}")) + "\n";
    match link {
        // A name that was broken over two lines stays as it is.
        Some((text, url)) if lines[2..].starts_with(text) => {
            let name = if look.links { linked(url, text) } else { paint(look, DIM, text) };
            format!("- {name}{}", &lines[2 + text.len()..])
        }
        _ => lines,
    }
}

/// The text and the address of a link at the start of an item, and what comes behind it.
fn leading_link(line: &str) -> Option<(&str, &str, &str)> {
    let (text, rest) = line.strip_prefix("- [")?.split_once("](")?;
    let (url, rest) = rest.split_once(')')?;
    Some((text, url, rest))
}
