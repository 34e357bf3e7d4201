//! What was found, as bytes in the format that was asked for.
//!
//! A run is rendered piece by piece: [`Output::begin`], [`Output::part`] for each file, [`Output::end`]. Nothing is kept
//! from one part to the next but counts, so that a run may be of any length.

mod checkstyle;
mod concise;
mod escape;
mod excerpt;
mod fingerprints;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod lsp;
pub mod markdown;
pub mod page;
mod paint;
mod rdjson;
mod replacement;
mod sarif;
mod summary;
mod uri;
mod weaknesses;

pub use human::statistics;
pub use summary::{KindCount, Summary, profile_words};

use crate::diagnostic::{Diagnostic, Meta, Severity};
use crate::lint::{Checked, CheckedDocument};
use crate::text::Source;
use fingerprints::fingerprints;
use std::borrow::Cow;
use std::collections::BTreeMap;
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
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Commands to a GitHub workflow.
    Github,
    /// GitLab Code Quality.
    Gitlab,
    /// JUnit, for test reports.
    Junit,
    /// Checkstyle.
    Checkstyle,
    /// The Reviewdog Diagnostic Format.
    Rdjson,
    /// Notifications of the Language Server Protocol, one a line.
    Lsp,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 11] = [
        Format::Human,
        Format::Concise,
        Format::Json,
        Format::Jsonl,
        Format::Sarif,
        Format::Github,
        Format::Gitlab,
        Format::Junit,
        Format::Checkstyle,
        Format::Rdjson,
        Format::Lsp,
    ];

    /// The name for `--format`.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Human => "human",
            Format::Concise => "concise",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Sarif => "sarif",
            Format::Github => "github",
            Format::Gitlab => "gitlab",
            Format::Junit => "junit",
            Format::Checkstyle => "checkstyle",
            Format::Rdjson => "rdjson",
            Format::Lsp => "lsp",
        }
    }

    /// Whether it asks for the places of findings.
    pub fn tells_places(self) -> bool {
        self.renderer().fingerprints
    }

    const fn renderer(self) -> &'static Renderer {
        match self {
            Format::Human => &human::RENDERER,
            Format::Concise => &concise::RENDERER,
            Format::Json => &json::DOCUMENT,
            Format::Jsonl => &json::LINES,
            Format::Sarif => &sarif::RENDERER,
            Format::Github => &github::RENDERER,
            Format::Gitlab => &gitlab::RENDERER,
            Format::Junit => &junit::RENDERER,
            Format::Checkstyle => &checkstyle::RENDERER,
            Format::Rdjson => &rdjson::RENDERER,
            Format::Lsp => &lsp::RENDERER,
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
    /// Whether it shows what findings are known by.
    fingerprints: bool,
    finding: fn(&Scene<'_>, &mut Vec<u8>) -> io::Result<()>,
}

/// A finding and what stands around it.
struct Scene<'a> {
    look: &'a Look,
    /// The path of the file.
    path: &'a str,
    source: &'a Source<'a>,
    found: &'a Diagnostic,
    /// What it is known by, for a format that shows it.
    fingerprint: &'a str,
}

impl Scene<'_> {
    /// What is wrong and what to do, in one line.
    fn sentence(&self) -> Cow<'_, str> {
        let Diagnostic { message, help, .. } = self.found;
        if help.is_empty() { Cow::Borrowed(message) } else { Cow::Owned(format!("{message}; {help}")) }
    }
}

/// A path as those write it who find files by their paths from the root of a repository.
fn plain(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path)
}

/// What to do with a finding once it is drawn.
type Put = fn(&mut Output<'_>, &Diagnostic, &[u8]) -> io::Result<()>;

/// How many findings of a text are drawn ahead; the others wait, so that a text with very many takes no more memory.
const AHEAD: usize = 1000;

/// The bytes that a finding takes, roughly, in most formats.
const ROOM: usize = 512;

/// The documents of a text and its first findings as they will be written, in each of the reports.
#[derive(Debug, Default)]
pub struct Drawn(Vec<Sheet>);

/// The same for one report.
#[derive(Debug, Default)]
struct Sheet {
    documents: Option<Vec<u8>>,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Sheet {
    /// The finding at `index`, if it was drawn.
    fn finding(&self, index: usize) -> Option<&[u8]> {
        let start = if index == 0 { 0 } else { *self.ends.get(index - 1)? };
        self.bytes.get(start..*self.ends.get(index)?)
    }
}

/// Draws the findings of texts ahead of the reports, on any thread.
#[derive(Clone)]
pub struct Drawer(Vec<(&'static Renderer, Look)>);

impl Drawer {
    /// The first findings of `checked`, a text of the file `path`. One that cannot be drawn fails when it is written.
    pub fn draw(&self, path: &str, checked: &Checked) -> Drawn {
        let source = Source::new(&checked.text, checked.origin);
        Drawn(self.0.iter().map(|(renderer, look)| sheet(renderer, look, path, &source, checked)).collect())
    }
}

fn sheet(renderer: &Renderer, look: &Look, path: &str, source: &Source<'_>, checked: &Checked) -> Sheet {
    let mut sheet = Sheet::default();
    if let Some(draw) = renderer.documents {
        let mut documents = Vec::new();
        sheet.documents = draw(source, checked, &mut documents).is_ok().then_some(documents);
    }
    let most = look.max_diagnostics.map_or(AHEAD, |max| AHEAD.min(usize::try_from(max).unwrap_or(AHEAD)));
    let drawn = checked.diagnostics.len().min(most);
    sheet.bytes.reserve(drawn * ROOM);
    sheet.ends.reserve(drawn);
    let fingerprints = if renderer.fingerprints { fingerprints(path, checked) } else { Vec::new() };
    for (index, found) in checked.diagnostics.iter().take(most).enumerate() {
        let fingerprint = fingerprints.get(index).map_or("", String::as_str);
        let scene = Scene { look, path, source, found, fingerprint };
        if (renderer.finding)(&scene, &mut sheet.bytes).is_err() {
            break;
        }
        sheet.ends.push(sheet.bytes.len());
    }
    sheet
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
    /// The folder in which relative paths start, with `/`.
    pub folder: String,
}

/// A report being written.
pub struct Output<'w> {
    out: &'w mut dyn Write,
    renderer: &'static Renderer,
    look: Look,
    /// Which of the sheets of a drawn text are for this report.
    sheet: usize,
    summary: Summary,
    shown: u64,
    /// How many findings of each severity were written, where that is limited.
    written: BTreeMap<Severity, u64>,
    /// A finding that waits for the end.
    held: Vec<u8>,
    /// The rules of the findings that were shown, where they are listed at the end.
    rules: BTreeMap<&'static str, &'static Meta>,
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
    /// How many of these count as failures.
    failures: u64,
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
        let (summary, written, held, rules, current) = Default::default();
        let (renderer, sheet, shown) = (format.renderer(), 0, 0);
        Self { out, renderer, look, sheet, summary, shown, written, held, rules, current }
    }

    /// Writes what stands before the first file.
    pub fn begin(&mut self) -> io::Result<()> {
        (self.renderer.begin)(self)
    }

    /// What draws findings for this report.
    pub fn drawer(&self) -> Drawer {
        Drawer(vec![(self.renderer, self.look.clone())])
    }

    /// Writes a file or a part of one; the parts of a file follow each other.
    pub fn part(&mut self, part: &Part<'_>) -> io::Result<()> {
        self.drawn_part(part, &[])
    }

    /// Writes a file or a part of one whose texts were drawn; `drawn` stands in the order of the texts.
    pub fn drawn_part(&mut self, part: &Part<'_>, drawn: &[Drawn]) -> io::Result<()> {
        for checked in part.texts {
            self.current.summary.linked += checked.linked as u64;
            if !checked.skipped {
                self.current.add(checked);
            }
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
    fn findings(&mut self, path: &str, checked: &Checked, drawn: Option<&Drawn>, put: Put) -> io::Result<()> {
        let source = Source::new(&checked.text, checked.origin);
        let sheet = self.sheet_of(drawn);
        let (mut late, mut fingerprints) = (Vec::new(), None);
        for (index, found) in checked.diagnostics.iter().enumerate() {
            if !self.may_show() {
                break;
            }
            if let Some(bytes) = sheet.and_then(|sheet| sheet.finding(index)) {
                put(self, found, bytes)?;
                continue;
            }
            let fingerprint = match self.renderer.fingerprints {
                true => fingerprints.get_or_insert_with(|| self::fingerprints(path, checked)).get(index),
                false => None,
            };
            late.clear();
            let fingerprint = fingerprint.map_or("", String::as_str);
            let scene = Scene { look: &self.look, path, source: &source, found, fingerprint };
            (self.renderer.finding)(&scene, &mut late)?;
            put(self, found, &late)?;
        }
        Ok(())
    }

    fn sheet_of<'d>(&self, drawn: Option<&'d Drawn>) -> Option<&'d Sheet> {
        drawn.and_then(|drawn| drawn.0.get(self.sheet))
    }

    /// Whether one more finding is to be shown.
    fn may_show(&mut self) -> bool {
        let may = self.look.max_diagnostics.is_none_or(|max| self.shown < max);
        self.shown += u64::from(may);
        may
    }
}

/// Several reports of one run: the one that is printed, and others.
pub struct Outputs<'w> {
    main: Option<Output<'w>>,
    others: Vec<Output<'w>>,
    drawer: Drawer,
}

impl<'w> Outputs<'w> {
    /// The report `main` and the `others`.
    pub fn new(main: Output<'w>, others: Vec<Output<'w>>) -> Self {
        let mut drawer = main.drawer();
        drawer.0.extend(others.iter().flat_map(|output| output.drawer().0));
        let others = (1..).zip(others).map(|(sheet, output)| Output { sheet, ..output }).collect();
        Self { main: Some(main), others, drawer }
    }

    /// Writes what stands before the first file.
    pub fn begin(&mut self) -> io::Result<()> {
        self.each(Output::begin)
    }

    /// What draws findings for these reports.
    pub fn drawer(&self) -> Drawer {
        self.drawer.clone()
    }

    /// Writes a file or a part of one, as [`Output::part`] does.
    pub fn part(&mut self, part: &Part<'_>) -> io::Result<()> {
        self.drawn_part(part, &[])
    }

    /// Writes a file or a part of one whose texts were drawn, as [`Output::drawn_part`] does.
    pub fn drawn_part(&mut self, part: &Part<'_>, drawn: &[Drawn]) -> io::Result<()> {
        self.each(|output| output.drawn_part(part, drawn))
    }

    /// Sends what was written on its way.
    pub fn flush(&mut self) -> io::Result<()> {
        self.each(Output::flush)
    }

    /// Writes what stands after the last file and tells what was counted, which is the same for all.
    pub fn end(mut self) -> io::Result<Summary> {
        let others: Vec<_> = self.others.drain(..).map(Output::end).collect::<io::Result<_>>()?;
        match (self.main.map(Output::end), others.into_iter().next()) {
            (Some(Ok(summary)), _) | (None, Some(summary)) => Ok(summary),
            (Some(Err(error)), Some(summary)) if is_gone(&error) => Ok(summary),
            (Some(Err(error)), _) => Err(error),
            (None, None) => Ok(Summary::default()),
        }
    }

    /// Does something for each report. If nobody reads the first one any more, the others are still wanted.
    fn each(&mut self, mut act: impl FnMut(&mut Output<'w>) -> io::Result<()>) -> io::Result<()> {
        let first = self.main.as_mut().map_or(Ok(()), &mut act);
        match first {
            Err(error) if is_gone(&error) && !self.others.is_empty() => self.main = None,
            first => first?,
        }
        self.others.iter_mut().try_for_each(act)
    }
}

fn is_gone(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}

/// Writes the findings of the texts of a part, one behind the other.
fn write_findings(output: &mut Output<'_>, part: &Part<'_>, drawn: &[Drawn]) -> io::Result<()> {
    put_findings(output, part, drawn, |output, _, bytes| output.out.write_all(bytes))
}

/// Writes them as elements of a list that goes through the whole report, each on a line of its own.
fn list_findings(output: &mut Output<'_>, part: &Part<'_>, drawn: &[Drawn]) -> io::Result<()> {
    put_findings(output, part, drawn, list_finding)
}

fn list_finding(output: &mut Output<'_>, _: &Diagnostic, bytes: &[u8]) -> io::Result<()> {
    output.out.write_all(if output.shown > 1 { b",\n" } else { b"\n" })?;
    output.out.write_all(bytes)
}

/// What closes a list that was filled by [`list_findings`].
fn list_end(output: &Output<'_>) -> &'static str {
    if output.shown > 0 { "\n]" } else { "]" }
}

fn put_findings(output: &mut Output<'_>, part: &Part<'_>, drawn: &[Drawn], put: Put) -> io::Result<()> {
    for (index, checked) in part.texts.iter().enumerate() {
        output.findings(part.path, checked, drawn.get(index), put)?;
    }
    Ok(())
}

/// For a format that has nothing before the first file or after the last.
fn nothing(_: &mut Output<'_>) -> io::Result<()> {
    Ok(())
}
