//! Excerpts with the findings marked, for people; miette draws them.

use super::excerpt::{Excerpt, columns};
use super::replacement::replacement;
use super::{
    Drawn, Look, Output, Part, Renderer, Scene, Summary, TOLD, nothing, profile_words, write_findings,
};
use crate::diagnostic::{Diagnostic, Related, Severity};
use crate::lint::CheckedDocument;
use crate::text::{Columns, Source};
use crate::words::visible;
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use std::borrow::Cow;
use std::fmt;
use std::io;

pub(super) static RENDERER: Renderer =
    Renderer { begin: nothing, part, end, documents: None, fingerprints: false, finding };

fn part(output: &mut Output<'_>, part: &Part<'_>, drawn: &[Drawn]) -> io::Result<()> {
    write_findings(output, part, drawn)?;
    let documents =
        part.texts.iter().filter(|checked| !checked.skipped).flat_map(|checked| &checked.documents);
    let room = TOLD.saturating_sub(output.current.documents.len());
    output.current.documents.extend(documents.take(room).cloned());
    let told = part.last && !output.look.quiet && output.current.summary.findings() > 0;
    if told { tell_documents(output, part.path) } else { Ok(()) }
}

fn finding(scene: &Scene<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let Scene { look, path, source, found, .. } = scene;
    let drawn = draw(&handler(look), look, path, source, found).map_err(io::Error::other)?;
    out.extend_from_slice(drawn.as_bytes());
    Ok(())
}

fn handler(look: &Look) -> GraphicalReportHandler {
    let characters = if look.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
    let styles = if look.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
    GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_width(look.width)
        // The words are wrapped here, like those of footnotes: miette takes as long for it as for all the rest.
        .with_wrap_lines(false)
        .with_urls(look.links)
        .with_link_display_text("")
        .without_cause_chain()
        .without_syntax_highlighting()
}

/// A finding as miette takes it.
#[derive(Debug)]
struct Drawing<'a> {
    found: &'a Diagnostic,
    excerpt: Excerpt,
    /// The columns of the terminal.
    width: usize,
}

impl fmt::Display for Drawing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Before each line stand an icon or a bar and spaces.
        f.write_str(&wrap(&visible(&self.found.message), self.width.saturating_sub(6), "\n"))
    }
}

impl std::error::Error for Drawing<'_> {}

impl miette::Diagnostic for Drawing<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(format!("{}[{}]", self.found.severity, self.found.rule.id)))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.found.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = &self.found.help;
        // Before each line stand `help:` or spaces.
        let lines = || wrap(&visible(help), self.width.saturating_sub(10), "\n").into_owned();
        (!help.is_empty()).then(|| Box::new(lines()) as Box<dyn fmt::Display>)
    }

    fn url<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.found.rule.url()))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let marked = self.excerpt.marked.clone();
        let primary = LabeledSpan::new_primary_with_span(None, marked);
        let labels = self.excerpt.labels.iter();
        let labels =
            labels.map(|(place, text)| LabeledSpan::new_with_span(Some(text.clone()), place.clone()));
        Some(Box::new(std::iter::once(primary).chain(labels)))
    }
}

/// Hands out the whole excerpt whatever is asked for, so that miette never goes through a text. It asks with no lines of
/// context when it wants to know where the finding is.
impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        before: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (line, column) = if before == 0 { (self.line, self.column) } else { (self.first_line, 0) };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            self.text.as_bytes(),
            (0, self.text.len()).into(),
            line,
            column,
            self.text.lines().count(),
        )))
    }
}

fn draw(
    handler: &GraphicalReportHandler,
    look: &Look,
    path: &str,
    source: &Source<'_>,
    found: &Diagnostic,
) -> Result<String, fmt::Error> {
    let (excerpt, elsewhere) = Excerpt::new(source, found, path, look);
    let mut drawn = String::new();
    handler.render_report(&mut drawn, &Drawing { found, excerpt, width: look.width })?;
    for related in elsewhere {
        drawn.push_str(&footnote(look, "note", &related_words(source, path, related)));
    }
    for fix in &found.fixes {
        let text = format!("{} ({})", visible(&fix.title), fix.safety.name());
        drawn.push_str(&footnote(look, "fix", &text));
        for (sign, line) in replacement(source, fix, look.width) {
            let line = format!("{sign} {line}");
            let style = if sign == '-' { RED } else { GREEN };
            drawn.push_str(&format!(
                "       {}\n",
                if sign == ' ' { line } else { paint(look, style, &line) }
            ));
        }
    }
    drawn.push('\n');
    Ok(drawn)
}

fn related_words(source: &Source<'_>, path: &str, related: &Related) -> String {
    let message = visible(&related.message);
    let (path, start) = match &related.file {
        Some(file) => (file.path.as_str(), file.range.ends(Columns::Chars)[0]),
        None => (path, source.position(related.span.start, Columns::Chars)),
    };
    format!("{message} ({}:{}:{})", visible(path), start.line + 1, start.column + 1)
}

/// A line below the drawing, as miette sets its help.
fn footnote(look: &Look, name: &str, text: &str) -> String {
    let indent = name.len() + 4;
    let name = paint(look, CYAN, &format!("{name}:"));
    let width = look.width.saturating_sub(indent + 2);
    let lines = wrap(text, width, &format!("\n{:indent$}", ""));
    format!("  {name} {lines}\n")
}

/// `text` broken between words into lines of at most `width` columns, with `between` between them; a longer word, such as a
/// URL that could not be followed in pieces, has a line to itself.
fn wrap<'t>(text: &'t str, width: usize, between: &str) -> Cow<'t, str> {
    // No character takes more columns than bytes.
    if text.len() <= width {
        return Cow::Borrowed(text);
    }
    let mut lines = String::with_capacity(text.len() + 32);
    let mut used = 0;
    for (index, word) in text.split(' ').enumerate() {
        let columns = columns(word);
        if index == 0 {
            used = columns;
        } else if used + 1 + columns <= width {
            lines.push(' ');
            used += 1 + columns;
        } else {
            lines.push_str(between);
            used = columns;
        }
        lines.push_str(word);
    }
    Cow::Owned(lines)
}

const CYAN: &str = "36";
const BOLD: &str = "1";
const RED: &str = "31;1";
const GREEN: &str = "32";
const YELLOW: &str = "33;1";

fn paint(look: &Look, style: &str, text: &str) -> String {
    if look.color { format!("\u{1b}[{style}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Says what the documents of a file were checked as.
fn tell_documents(output: &mut Output<'_>, path: &str) -> io::Result<()> {
    let path = visible(path);
    let (current, look) = (&output.current, &output.look);
    if current.summary.documents > TOLD as u64 {
        let profiles = profiles(look, &current.summary);
        return writeln!(output.out, "{path}: checked {profiles}\n");
    }
    let mut told = Vec::new();
    for CheckedDocument { pointer, profile, reason, .. } in &current.documents {
        let place = if pointer.is_empty() { String::new() } else { format!("#{}", visible(pointer)) };
        let words = profile_words(*profile);
        told.push(format!("{path}{place}: checked as {words}: it {}\n", visible(reason)));
    }
    // The lines of a JSON Lines file are often all of one sort.
    told.dedup();
    if told.is_empty() { Ok(()) } else { writeln!(output.out, "{}", told.concat()) }
}

fn profiles(look: &Look, summary: &Summary) -> String {
    let times = if look.unicode { '\u{D7}' } else { 'x' };
    let counts = summary.profile_words();
    let counts: Vec<_> = counts.iter().map(|(profile, count)| format!("{count} {times} {profile}")).collect();
    counts.join(", ")
}

fn end(output: &mut Output<'_>) -> io::Result<()> {
    let (look, summary) = (&output.look, &output.summary);
    if look.quiet {
        return Ok(());
    }
    let hidden = summary.findings().saturating_sub(output.shown);
    if hidden > 0 {
        writeln!(output.out, "{hidden} more not shown, by --max-diagnostics\n")?;
    }
    let counts = [
        (summary.errors, "error", RED),
        (summary.warnings, "warning", YELLOW),
        (summary.notes, "note", CYAN),
    ];
    let counts = counts.iter().filter(|(count, ..)| *count > 0);
    let counts: Vec<_> =
        counts.map(|(count, name, style)| paint(look, style, &counted(*count, name))).collect();
    let found = if counts.is_empty() { paint(look, BOLD, "no findings") } else { counts.join(", ") };
    let passed_over = match summary.skipped {
        0 => String::new(),
        count => format!("; {count} passed over"),
    };
    let documents = match summary.documents {
        0 => ", no document".to_owned(),
        _ => format!(": {}", profiles(look, summary)),
    };
    let allowed = match summary.suppressed {
        0 => String::new(),
        count => format!("; {count} allowed"),
    };
    writeln!(output.out, "{found}{allowed}")?;
    writeln!(output.out, "checked {}{documents}{passed_over}", counted(summary.files, "file"))
}

fn counted(count: u64, name: &str) -> String {
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}
