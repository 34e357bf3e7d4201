//! What was found, as bytes in the format that was asked for.
//!
//! A run is rendered piece by piece: [`Output::begin`], [`Output::part`] for each file, [`Output::end`]. Nothing is kept
//! from one part to the next but counts, so that a run may be of any length.

mod concise;
mod excerpt;
mod human;
mod json;
pub mod markdown;
mod summary;

pub use summary::{Summary, profile_words};

use crate::diagnostic::Diagnostic;
use crate::lint::{Checked, CheckedDocument};
use crate::text::Source;
use std::io::{self, Write};

/// A format of what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With excerpts, for people.
    Human,
    /// A line for each finding.
    Concise,
    /// One JSON document.
    Json,
    /// One JSON document a line, for each finding.
    Jsonl,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 4] = [Format::Human, Format::Concise, Format::Json, Format::Jsonl];

    /// The name for `--format`.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Human => "human",
            Format::Concise => "concise",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
        }
    }

    const fn renderer(self) -> &'static Renderer {
        match self {
            Format::Human => &human::RENDERER,
            Format::Concise => &concise::RENDERER,
            Format::Json => &json::DOCUMENT,
            Format::Jsonl => &json::LINES,
        }
    }
}

/// Writes the documents of a text.
type DrawDocuments = fn(&Source<'_>, &Checked, &mut Vec<u8>) -> io::Result<()>;

/// How a format is written: what stands before the first file, for each part of a file, and after the last; and each
/// finding by itself.
struct Renderer {
    begin: fn(&mut Output<'_>) -> io::Result<()>,
    part: fn(&mut Output<'_>, &Part<'_>, &[Drawn]) -> io::Result<()>,
    end: fn(&mut Output<'_>) -> io::Result<()>,
    /// For a format that lists documents.
    documents: Option<DrawDocuments>,
    finding: fn(&Look, &str, &Source<'_>, &Diagnostic, &mut Vec<u8>) -> io::Result<()>,
}

/// How many findings of a text are drawn ahead; the others wait, so that a text with very many takes no more memory.
const AHEAD: usize = 1000;

/// The bytes that a finding takes, roughly, in most formats.
const ROOM: usize = 512;

/// The documents of a text and its first findings as they will be written.
#[derive(Debug, Default)]
pub struct Drawn {
    documents: Option<Vec<u8>>,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Drawn {
    /// The finding at `index`, if it was drawn.
    fn finding(&self, index: usize) -> Option<&[u8]> {
        let start = if index == 0 { 0 } else { *self.ends.get(index - 1)? };
        self.bytes.get(start..*self.ends.get(index)?)
    }
}

/// Draws the findings of texts ahead of the report, on any thread.
#[derive(Clone)]
pub struct Drawer {
    renderer: &'static Renderer,
    look: Look,
}

impl Drawer {
    /// The first findings of `checked`, a text of the file `path`. One that cannot be drawn fails when it is written.
    pub fn draw(&self, path: &str, checked: &Checked) -> Drawn {
        let mut drawn = Drawn::default();
        let source = Source::new(&checked.text, checked.origin);
        if let Some(draw) = self.renderer.documents {
            let mut documents = Vec::new();
            drawn.documents = draw(&source, checked, &mut documents).is_ok().then_some(documents);
        }
        drawn.bytes.reserve(checked.diagnostics.len().min(AHEAD) * ROOM);
        let most =
            self.look.max_diagnostics.map_or(AHEAD, |max| AHEAD.min(usize::try_from(max).unwrap_or(AHEAD)));
        for found in checked.diagnostics.iter().take(most) {
            if (self.renderer.finding)(&self.look, path, &source, found, &mut drawn.bytes).is_err() {
                break;
            }
            drawn.ends.push(drawn.bytes.len());
        }
        drawn
    }
}

/// What was found in a file, or in some of the lines of a JSON Lines file.
#[derive(Debug)]
pub struct Part<'a> {
    /// The path of the file, with `/`.
    pub path: &'a str,
    /// The texts that were checked, in the order of the file.
    pub texts: &'a [Checked],
    /// Whether nothing of the file comes after.
    pub last: bool,
}

/// How a report looks.
#[derive(Debug, Clone)]
pub struct Look {
    /// Whether to use colour.
    pub color: bool,
    /// Whether to make links.
    pub links: bool,
    /// Whether the terminal shows more than ASCII.
    pub unicode: bool,
    /// How many columns there are.
    pub width: usize,
    /// Whether to leave out what is no finding.
    pub quiet: bool,
    /// How many findings to show; the others are counted.
    pub max_diagnostics: Option<u64>,
}

/// A report being written.
pub struct Output<'w> {
    out: &'w mut dyn Write,
    renderer: &'static Renderer,
    look: Look,
    summary: Summary,
    shown: u64,
    current: Current,
}

/// What is known of the file whose parts are coming.
#[derive(Default)]
struct Current {
    /// Its counts so far.
    summary: Summary,
    /// Whether a text of it was checked, not passed over.
    checked: bool,
    /// Whether its entry has begun.
    open: bool,
    /// How many documents its entry lists.
    listed: u64,
    /// How many findings its entry lists.
    shown: u64,
    /// Text that comes once the file is complete.
    pending: Vec<u8>,
    /// Its first documents, where they are told.
    documents: Vec<CheckedDocument>,
}

/// How many documents of a file are told one by one.
const TOLD: usize = 3;

impl Current {
    fn add(&mut self, checked: &Checked) {
        self.checked = true;
        self.summary.add(checked);
    }
}

impl<'w> Output<'w> {
    /// A report in `format` on `out`.
    pub fn new(out: &'w mut dyn Write, format: Format, look: Look) -> Self {
        let (summary, current) = Default::default();
        Self { out, renderer: format.renderer(), look, summary, shown: 0, current }
    }

    /// Writes what stands before the first file.
    pub fn begin(&mut self) -> io::Result<()> {
        (self.renderer.begin)(self)
    }

    /// What draws findings for this report.
    pub fn drawer(&self) -> Drawer {
        Drawer { renderer: self.renderer, look: self.look.clone() }
    }

    /// Writes a file or a part of one; the parts of a file follow each other.
    pub fn part(&mut self, part: &Part<'_>) -> io::Result<()> {
        self.drawn_part(part, &[])
    }

    /// Writes a file or a part of one whose texts were drawn; `drawn` stands in the order of the texts.
    pub fn drawn_part(&mut self, part: &Part<'_>, drawn: &[Drawn]) -> io::Result<()> {
        for checked in part.texts.iter().filter(|checked| !checked.skipped) {
            self.current.add(checked);
        }
        (self.renderer.part)(self, part, drawn)?;
        if part.last {
            let mut current = std::mem::take(&mut self.current);
            self.summary.add_file(current.checked, &current.summary);
            current.pending.clear();
            self.current.pending = current.pending;
        }
        Ok(())
    }

    /// Writes what stands after the last file and tells what was counted.
    pub fn end(mut self) -> io::Result<Summary> {
        (self.renderer.end)(&mut self)?;
        self.out.flush()?;
        Ok(self.summary)
    }

    /// What was counted up to now, in whole files.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Sends what was written on its way.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Hands each finding of a text that is to be shown to `put`, as it was drawn, or drawn now.
    fn findings(
        &mut self,
        path: &str,
        checked: &Checked,
        drawn: Option<&Drawn>,
        put: fn(&mut Self, &[u8]) -> io::Result<()>,
    ) -> io::Result<()> {
        let source = Source::new(&checked.text, checked.origin);
        let mut late = Vec::new();
        for (index, found) in checked.diagnostics.iter().enumerate() {
            if !self.may_show() {
                break;
            }
            if let Some(bytes) = drawn.and_then(|drawn| drawn.finding(index)) {
                put(self, bytes)?;
                continue;
            }
            late.clear();
            (self.renderer.finding)(&self.look, path, &source, found, &mut late)?;
            put(self, &late)?;
        }
        Ok(())
    }

    /// Whether one more finding is to be shown.
    fn may_show(&mut self) -> bool {
        let may = self.look.max_diagnostics.is_none_or(|max| self.shown < max);
        self.shown += u64::from(may);
        may
    }
}

/// Writes the findings of the texts of a part, one behind the other.
fn write_findings(output: &mut Output<'_>, part: &Part<'_>, drawn: &[Drawn]) -> io::Result<()> {
    for (index, checked) in part.texts.iter().enumerate() {
        output.findings(part.path, checked, drawn.get(index), |output, bytes| output.out.write_all(bytes))?;
    }
    Ok(())
}

/// For a format that has nothing before the first file or after the last.
fn nothing(_: &mut Output<'_>) -> io::Result<()> {
    Ok(())
}
