//! Markdown: the fenced code blocks whose language is `json`.

use super::lines::lines;
use super::{Place, Snippet};
use crate::text::to_utf8;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use std::ops::Range;

/// The `json` blocks of a file. Blocks inside block quotes are not read: each of their lines starts with a mark that is not
/// part of the JSON.
pub(super) fn snippets(file: &[u8]) -> Vec<Snippet> {
    let (text, _) = to_utf8(file);
    let mut lines = lines(file).peekable();
    let mut found = Vec::new();
    for block in blocks(&text) {
        let Some(content) = file.get(block.clone()) else { continue };
        let end = block.start + content.trim_ascii_end().len();
        let first = block.start + (content.len() - content.trim_ascii_start().len());
        if first >= end {
            continue;
        }
        // The line on which the JSON starts.
        while lines.peek().is_some_and(|line| line.range().end < first) {
            lines.next();
        }
        let Some(line) = lines.peek() else { break };
        let start = line.range().start;
        let before = file.get(start..first).unwrap_or_default();
        if before.trim_ascii().is_empty() {
            found.push(Snippet { range: start..end, origin: line.origin, place: Place::CodeBlock });
        }
    }
    found
}

/// The content of each `json` block, with the indentation between its lines.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    // The block that is being read: nothing before its first line.
    let mut current: Option<Option<Range<usize>>> = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if is_json(&info) => {
                current = Some(None);
            }
            Event::Text(_) if current.is_some() => {
                let start = current.take().flatten().map_or(range.start, |block| block.start);
                current = Some(Some(start..range.end));
            }
            Event::End(TagEnd::CodeBlock) => {
                let block = current.take().flatten();
                blocks.extend(block.filter(|block| is_unquoted(text, block)));
            }
            _ => {}
        }
    }
    blocks
}

/// Whether the language of a code block is JSON. Some tools write options directly behind it.
fn is_json(info: &str) -> bool {
    let info = info.trim_start();
    let end = info.find(|char: char| char.is_whitespace() || "{,:".contains(char)).unwrap_or(info.len());
    info.get(..end).is_some_and(|language| language.eq_ignore_ascii_case("json"))
}

/// Whether no line of a block starts with the mark of a block quote. JSON never starts a line with it.
fn is_unquoted(text: &str, block: &Range<usize>) -> bool {
    let content = text.get(block.clone()).unwrap_or_default();
    !content.lines().any(|line| line.trim_start().starts_with('>'))
}

#[cfg(test)]
mod tests;
