//! Excerpts with the findings marked, for people; miette draws them.

use super::excerpt::Excerpt;
use super::paint::{self, BOLD, CYAN, DIM, GREEN, RED, paint, wrap};
use super::replacement::replacement;
use super::{
    Drawn, KindCount, Look, Output, Part, Renderer, Scene, Summary, TOLD, nothing, profile_words,
    write_findings,
};
use crate::diagnostic::{Diagnostic, Related, Severity, rule_url};
use crate::lint::CheckedDocument;
use crate::text::{Columns, Source};
use crate::words::{counted, quoted, visible};
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use std::fmt;
use std::io;

pub(super) static RENDERER: Renderer =
    Renderer { begin: nothing, part, end, documents: None, fingerprints: false, finding };

fn part(output: &mut Output<'_>, part: &Part<'_>, drawn: &[Drawn]) -> io::Result<()> {
    let shown = output.shown;
    write_findings(output, part, drawn)?;
    output.current.shown += output.shown - shown;
    let documents =
        part.texts.iter().filter(|checked| !checked.skipped).flat_map(|checked| &checked.documents);
    let room = TOLD.saturating_sub(output.current.documents.len());
    output.current.documents.extend(documents.take(room).cloned());
    let told = part.last && !output.look.quiet && output.current.shown > 0;
    if told { tell_documents(output, part.path) } else { Ok(()) }
}

fn finding(scene: &Scene<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let Scene { look, path, source, found, .. } = scene;
    let drawn = draw(look, path, source, found).map_err(io::Error::other)?;
    out.extend_from_slice(drawn.as_bytes());
    Ok(())
}

/// What draws the excerpt.
fn handler(look: &Look, found: &Diagnostic, excerpt: &Excerpt) -> GraphicalReportHandler {
    let characters = if look.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
    let mut styles = if look.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
    if look.color {
        let severity = match found.severity {
            Severity::Error => styles.error,
            Severity::Warning => styles.warning,
            Severity::Note => styles.advice,
        };
        // The finding is marked in the colour of its heading, and what is related to it in another.
        let others = excerpt.labels.iter().map(|(place, _)| (place.start, styles.highlights[0]));
        let mut marks: Vec<_> =
            std::iter::once((excerpt.marked.start, severity.bold())).chain(others).collect();
        marks.sort_by_key(|(start, _)| *start);
        styles.highlights = marks.into_iter().map(|(_, style)| style).collect();
    }
    GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_width(look.width)
        // Words are wrapped here: miette takes as long for it as for all the rest, and breaks addresses.
        .with_wrap_lines(false)
        .with_links(false)
        .without_cause_chain()
        .without_syntax_highlighting()
}

/// A finding as miette takes it.
#[derive(Debug)]
struct Drawing<'a> {
    found: &'a Diagnostic,
    excerpt: Excerpt,
    width: usize,
}

impl Drawing<'_> {
    /// A text in lines that fit beside an indentation. The last two columns stay free.
    fn lines(&self, text: &str, indent: usize) -> String {
        wrap(&visible(text), self.width.saturating_sub(indent + 2)).join("\n")
    }
}

impl fmt::Display for Drawing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines(&self.found.message, 4))
    }
}

impl std::error::Error for Drawing<'_> {}

impl miette::Diagnostic for Drawing<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.found.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = &self.found.help;
        // A fix that does what the help says is told below, with what becomes of the text.
        let is_fix = self.found.fixes.iter().any(|fix| fix.title == *help);
        (!help.is_empty() && !is_fix).then(|| Box::new(self.lines(help, 8)) as Box<dyn fmt::Display>)
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
            self.lines,
        )))
    }
}

fn draw(look: &Look, path: &str, source: &Source<'_>, found: &Diagnostic) -> Result<String, fmt::Error> {
    let (excerpt, elsewhere) = Excerpt::new(source, found, path, look);
    let handler = handler(look, found, &excerpt);
    let mut drawn = heading(look, found);
    handler.render_report(&mut drawn, &Drawing { found, excerpt, width: look.width })?;
    if let Some(inner) = found.inner_pointer() {
        let inside = if inner.is_empty() { String::new() } else { format!("{} in ", quoted(inner)) };
        footnote(look, &mut drawn, "note", &format!("{inside}the JSON string at {}", quoted(&found.pointer)));
    }
    for note in places(source, path, &elsewhere) {
        footnote(look, &mut drawn, "note", &note);
    }
    for fix in &found.fixes {
        let text = [&visible(&fix.title), " (", fix.safety.name(), ")"].concat();
        footnote(look, &mut drawn, "fix", &text);
        for (sign, line) in replacement(source, fix, look.width) {
            let line = [sign, " ", &line].concat();
            let line = match sign {
                "-" => paint(look, RED, &line),
                "+" => paint(look, GREEN, &line),
                _ => line,
            };
            for part in ["       ", &line, "\n"] {
                drawn.push_str(part);
            }
        }
    }
    drawn.push('\n');
    Ok(drawn)
}

/// The severity and the rule, which leads to its page.
fn heading(look: &Look, found: &Diagnostic) -> String {
    let text = [found.severity.name(), "[", found.rule.id, "]"].concat();
    let text = paint(look, paint::of(found.severity), &text);
    if look.links { paint::linked(&found.rule.url(), &text) + "\n" } else { text + "\n" }
}

/// How many places are written out where the same is said of many.
const MOST_PLACES: usize = 10;

/// What is said of the places that are not in the excerpt; once, if it is the same for some that follow each other.
fn places(source: &Source<'_>, path: &str, elsewhere: &[&Related]) -> Vec<String> {
    let same = |one: &&Related, other: &&Related| {
        let file = |related: &Related| related.file.as_ref().map(|file| file.path.clone());
        one.message == other.message && file(one) == file(other)
    };
    let alike = elsewhere.chunk_by(same);
    alike
        .map(|alike| {
            let message = visible(&alike[0].message);
            let path = alike[0].file.as_ref().map_or(path, |file| &file.path);
            let ends = alike.iter().take(MOST_PLACES).map(|related| {
                let start = match &related.file {
                    Some(file) => file.range.ends(Columns::Chars)[0],
                    None => source.position(related.span.start, Columns::Chars),
                };
                format!("{}:{}", start.line + 1, start.column + 1)
            });
            let places = ends.collect::<Vec<_>>().join(", ");
            let more = match alike.len().saturating_sub(MOST_PLACES) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!("{message} ({}:{places}{more})", visible(path))
        })
        .collect()
}

/// A line below the drawing, as miette sets its help.
fn footnote(look: &Look, drawn: &mut String, name: &str, text: &str) {
    let indent = name.len() + 4;
    let width = look.width.saturating_sub(indent + 2);
    drawn.push_str("  ");
    drawn.push_str(&paint(look, CYAN, &[name, ":"].concat()));
    for (index, line) in wrap(text, width).iter().enumerate() {
        drawn.push_str(&" ".repeat(if index == 0 { 1 } else { indent }));
        drawn.push_str(line);
        drawn.push('\n');
    }
}

/// Says what the documents of a file were checked as.
fn tell_documents(output: &mut Output<'_>, path: &str) -> io::Result<()> {
    let path = visible(path);
    let (current, look) = (&output.current, &output.look);
    let mut told = Vec::new();
    if current.summary.documents > TOLD as u64 {
        told.push(format!("{path}: checked {}", profiles(look, &current.summary).join(", ")));
    } else {
        for CheckedDocument { pointer, profile, reason, .. } in &current.documents {
            let place = if pointer.is_empty() { String::new() } else { format!("#{}", visible(pointer)) };
            let words = profile_words(*profile);
            told.push(format!("{path}{place}: checked as {words}: it {}", visible(reason)));
        }
        // The lines of a JSON Lines file are often all of one sort.
        told.dedup();
    }
    for line in told.iter().flat_map(|line| hanging(look, line, 0)) {
        writeln!(output.out, "{}", paint(look, DIM, &line))?;
    }
    if told.is_empty() { Ok(()) } else { writeln!(output.out) }
}

/// A text in lines, of which all but the first are indented further. At a no-break space it is not broken.
fn hanging(look: &Look, text: &str, indent: usize) -> Vec<String> {
    let lines = wrap(text, look.width.saturating_sub(indent + 2));
    let indents = std::iter::once(indent).chain(std::iter::repeat(indent + 2));
    let lines = lines.iter().zip(indents);
    lines.map(|(line, indent)| format!("{:indent$}{}", "", line.replace('\u{a0}', " "))).collect()
}

/// The documents of each kind, with their versions or modes.
fn profiles(look: &Look, summary: &Summary) -> Vec<String> {
    let times = if look.unicode { '\u{D7}' } else { 'x' };
    let told = |count: u64, what: &str| format!("{count}\u{a0}{times}\u{a0}{what}");
    let kinds = summary.kinds().into_iter().map(|KindCount { title, count, details }| {
        let detail = |(detail, count): &(String, u64)| told(*count, detail).replace(' ', "\u{a0}");
        let details: Vec<_> = details.iter().map(detail).collect();
        let kind = told(count, &title);
        if details.len() == 1 { kind } else { format!("{kind} ({})", details.join(", ")) }
    });
    kinds.collect()
}

fn end(output: &mut Output<'_>) -> io::Result<()> {
    if output.look.quiet {
        return Ok(());
    }
    let hidden = output.summary.findings().saturating_sub(output.shown);
    if hidden > 0 {
        writeln!(output.out, "{hidden} more not shown, by --max-diagnostics\n")?;
    }
    // Of no file there is nothing good to be said.
    if output.summary.files > 0 || output.summary.findings() > 0 {
        writeln!(output.out, "{}", found(&output.look, &output.summary))?;
    }
    write!(output.out, "{}", checked(&output.look, &output.summary))
}

/// What was found, counted.
fn found(look: &Look, summary: &Summary) -> String {
    let counts = [
        (summary.errors, "error", Severity::Error),
        (summary.warnings, "warning", Severity::Warning),
        (summary.notes, "note", Severity::Note),
    ];
    let counts = counts.iter().filter(|(count, ..)| *count > 0);
    let counts: Vec<_> = counts
        .map(|(count, name, severity)| paint(look, paint::of(*severity), &counted(*count, name)))
        .collect();
    let found = if counts.is_empty() { paint(look, BOLD, "no findings") } else { counts.join(", ") };
    match summary.suppressed {
        0 => found,
        count => format!("{found}; {count} allowed"),
    }
}

/// What was checked, counted; each kind on its own line if there are several.
fn checked(look: &Look, summary: &Summary) -> String {
    let files = match summary.files {
        0 => "no file".to_owned(),
        count => counted(count, "file"),
    };
    let passed_over = match summary.skipped {
        0 => String::new(),
        count => format!("; {count} passed over"),
    };
    let kinds = profiles(look, summary);
    let (first, kinds) = match &kinds[..] {
        [] if summary.files == 0 => (format!("checked {files}{passed_over}"), &[][..]),
        [] => (format!("checked {files}, no document{passed_over}"), &[][..]),
        [kind] => (format!("checked {files}: {kind}{passed_over}"), &[][..]),
        kinds => {
            let documents = counted(summary.documents, "document");
            (format!("checked {files}, {documents}{passed_over}"), kinds)
        }
    };
    let lines = hanging(look, &first, 0).into_iter();
    let lines = lines.chain(kinds.iter().flat_map(|kind| hanging(look, kind, 2)));
    lines.map(|line| line + "\n").collect()
}

/// How often each rule reported, the most frequent first.
pub fn statistics(summary: &Summary, look: &Look) -> String {
    let mut counts: Vec<_> = summary.rules.iter().collect();
    counts.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let row = |(rule, count): (&&str, &u64)| {
        let name = if look.links { paint::linked(&rule_url(rule), rule) } else { (*rule).to_owned() };
        format!("{count:>7}  {name}\n")
    };
    counts.into_iter().map(row).collect()
}
