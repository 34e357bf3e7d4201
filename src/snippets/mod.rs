//! JSON inside files of other formats: the bodies of HTTP requests and the code blocks of Markdown.
//!
//! A file is only cut here. Each piece is a range of whole lines, so that it is checked like a line of JSON Lines: as a
//! text of its own that knows where in the file it starts.

mod http;
mod lines;
mod markdown;

use crate::kind::request::Operation;
use crate::text::Origin;
use std::ops::Range;

/// The formats that contain JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Requests as the REST Client of Visual Studio Code and the HTTP Client of JetBrains read them.
    Http,
    /// Markdown with fenced code blocks.
    Markdown,
}

/// One JSON text in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Its bytes: whole lines, without the line end of the last one.
    pub range: Range<usize>,
    /// Where it starts.
    pub origin: Origin,
    /// What it is part of.
    pub place: Place,
}

/// What a snippet is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The body of a request or of an answer. A client fills in its `{{variables}}` and removes its comment lines.
    Body(Operation),
    /// A code block.
    CodeBlock,
}

impl Place {
    /// What is known about the body.
    pub fn operation(self) -> Operation {
        match self {
            Place::Body(operation) => operation,
            Place::CodeBlock => Operation::default(),
        }
    }

    /// Whether `{{variables}}` are filled in later.
    pub fn has_variables(self) -> bool {
        matches!(self, Place::Body(_))
    }
}

impl Format {
    /// The format of a file, by its extension in any case.
    pub fn of_path(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let (_, extension) = name.rsplit_once('.')?;
        let is = |names: &[&str]| names.iter().any(|name| extension.eq_ignore_ascii_case(name));
        match () {
            () if is(&["http", "rest"]) => Some(Format::Http),
            () if is(&["md", "markdown", "mdx"]) => Some(Format::Markdown),
            () => None,
        }
    }

    /// The JSON texts in `file`, in its order.
    pub fn snippets(self, file: &[u8]) -> Vec<Snippet> {
        match self {
            Format::Http => http::snippets(file),
            Format::Markdown => markdown::snippets(file),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Lines that mean something to either format.
    const LINES: [&str; 24] = [
        "###",
        "### name",
        "POST /agentRegistry/agentInstances",
        "GET https://a.example/",
        "Content-Type: application/json",
        "Content-Type: multipart/mixed; boundary=x",
        "--x",
        "",
        "  ",
        "{",
        "\"é🌊\": {{v}}",
        "}",
        "# comment",
        "// comment",
        "> {%",
        "%}",
        "< a.json",
        "```json",
        "```",
        "   ```json",
        "- ~~~json",
        "> ```json",
        "> {}",
        "\u{feff}@a = 1",
    ];

    proptest! {
        #[test]
        fn snippets_are_whole_lines_in_the_order_of_the_file(
            lines in prop::collection::vec((0..LINES.len(), 0..3_usize), 0..60),
            cut in 0..4_usize,
        ) {
            let ends = ["\n", "\r\n", "\r"];
            let file: String = lines.iter().map(|(line, end)| format!("{}{}", LINES[*line], ends[*end])).collect();
            // The last character may be cut in half.
            let file = &file.as_bytes()[..file.len().saturating_sub(cut)];
            for format in [Format::Http, Format::Markdown] {
                let mut end = 0;
                for Snippet { range, origin, .. } in format.snippets(file) {
                    prop_assert!(end <= range.start && range.start < range.end && range.end <= file.len());
                    end = range.end;
                    let before = &file[..range.start];
                    prop_assert_eq!(origin.offset as usize, range.start);
                    prop_assert!(matches!(before.last(), Some(b'\n' | b'\r')));
                    prop_assert_eq!(origin.line as usize, lines::lines(before).count());
                }
            }
        }
    }

    #[test]
    fn the_extension_gives_the_format() {
        for path in ["a.http", "b/c.REST", "x.y.Http"] {
            assert_eq!(Format::of_path(path), Some(Format::Http), "{path}");
        }
        for path in ["README.md", "docs/Cards.Markdown", "page.mdx"] {
            assert_eq!(Format::of_path(path), Some(Format::Markdown), "{path}");
        }
        for path in ["a.json", "http", "rest", "a.http/b", "md", "a.httpx", "<stdin>"] {
            assert_eq!(Format::of_path(path), None, "{path}");
        }
    }
}
