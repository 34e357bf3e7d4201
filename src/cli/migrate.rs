//! `cardlint migrate`: cards in, cards of another release out.

use super::args::{FlowsChoice, Migrate, RestUrlChoice, When};
use super::configs::{Configs, Source};
use super::error::ToolError;
use super::feed::{LONGEST, guarded, read};
use super::inputs::Inputs;
use super::mend::{not_kept, replace};
use super::patch::{Shown, patch, shown};
use super::run::{today, width};
use super::walk::{Listed, Target, Walk, display, has_extension};
use super::{CLEAN, FAILED, FINDINGS, NOTHING, Streams, tell, wants_color};
use crate::config::Overrides;
use crate::kind::Forced;
use crate::lint::{Checked, Input};
use crate::migrate::{self, Flows, Options, Outcome, Registry, RestUrl, Target as Goal};
use crate::render::{Format, Look, Output, Part};
use crate::snippets;
use crate::text::Origin;
use crate::words::visible;
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

pub(super) fn migrate(args: &Migrate, streams: &mut Streams<'_>) -> Result<u8, ToolError> {
    if !args.write && !args.diff {
        one_file(args)?;
    }
    if args.write && args.paths.iter().any(|path| path == Path::new("-")) {
        return Err(ToolError::Usage("standard input is no file that --write could replace".to_owned()));
    }
    let options = options(args);
    let configs =
        Arc::new(Configs::new(Source::Nearest, Arc::new(Inputs::Working), Overrides::default(), today())?);
    let walk = Walk::new(&[], &configs, true, false)?;
    let mut run = Run { args, options, words: String::new(), documents: 0, gaps: false, failed: false };
    // Where the documents go to standard output, what is said of them cannot.
    let (documents, findings) = (&mut *streams.out, &mut *streams.err);
    let (mut nowhere, mut said) = (io::sink(), Vec::new());
    let documents: &mut dyn Write = if args.write { &mut nowhere } else { documents };
    let is_terminal = if args.write { io::stdout().is_terminal() } else { io::stderr().is_terminal() };
    let format = args.format.unwrap_or(if is_terminal { Format::Human } else { Format::Concise });
    let mut output = Output::new(&mut said, format, look(args));
    output.begin()?;
    for target in walk.targets(&args.paths) {
        let done = match target {
            Ok(Target::File(file)) => run.file(&file, documents, &mut output),
            Ok(Target::Stdin) => run.stdin(&mut *streams.input, documents, &mut output),
            Err(error) => Err(error),
        };
        match done {
            Err(ToolError::Output(error)) => return Err(ToolError::Output(error)),
            Err(error) => run.fail(&error),
            Ok(()) => {}
        }
    }
    output.end()?;
    documents.flush()?;
    if args.write {
        streams.out.write_all(&said)?;
        streams.out.flush()?;
    } else {
        tell(findings, &String::from_utf8_lossy(&said));
    }
    tell(streams.err, &run.words);
    Ok(run.status())
}

/// Standard output takes one document.
fn one_file(args: &Migrate) -> Result<(), ToolError> {
    let several = |what: &str| {
        Err(ToolError::Usage(format!(
            "{what}: say --write to replace the files, or --diff to see what would change"
        )))
    };
    match args.paths.as_slice() {
        [one] if one.is_dir() => several(&format!("`{}` is a directory", display(one))),
        [_] => Ok(()),
        _ => several("standard output takes one card"),
    }
}

fn options(args: &Migrate) -> Options {
    Options {
        server_speaks: args.server_speaks.clone(),
        flows: args.flows.map(|choice| match choice {
            FlowsChoice::Split => Flows::Split,
            FlowsChoice::First => Flows::First,
        }),
        rest_url: args.rest_url.map(|choice| match choice {
            RestUrlChoice::Same => RestUrl::Same,
            RestUrlChoice::V1 => RestUrl::V1,
        }),
        fill_empty: args.fill_empty,
        default_modes: args.default_modes.clone(),
        schemes: args.schemes.clone(),
        registry: Registry {
            owners: args.owners.clone(),
            managed_by: args.managed_by.clone(),
            created_by: args.created_by.clone(),
            created: args.created.clone(),
            modified: args.modified.clone(),
            source_agent_id: args.source_agent_id.clone(),
            originating_store: args.originating_store.clone(),
        },
        forced: Forced { version: args.a2a_version, ..Forced::default() },
        ..Options::new(args.to)
    }
}

fn look(args: &Migrate) -> Look {
    let color = match args.color {
        When::Always => true,
        When::Never => false,
        When::Auto => wants_color(!args.write),
    };
    Look {
        color,
        links: color && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        unicode: supports_unicode::on(supports_unicode::Stream::Stdout),
        width: width(),
        // What was migrated is told in words of its own.
        quiet: true,
        max_diagnostics: None,
        folder: std::env::current_dir().map(|folder| display(&folder)).unwrap_or_default(),
    }
}

/// What a run came to.
struct Run<'a> {
    args: &'a Migrate,
    options: Options,
    /// What is to be told besides findings.
    words: String,
    /// How many texts with cards there were.
    documents: u64,
    gaps: bool,
    failed: bool,
}

/// A text of a file: all of it, or a line.
struct Done {
    checked: Checked,
    outcome: Outcome,
    /// The new text as it may be shown.
    shown: String,
    has_gaps: bool,
}

impl Run<'_> {
    fn fail(&mut self, error: &ToolError) {
        self.failed = true;
        self.words.push_str(&format!("error: {error}\n"));
    }

    fn say(&mut self, name: &str, what: &str) {
        if !self.args.quiet {
            self.words.push_str(&format!("{}: {what}\n", visible(name)));
        }
    }

    fn status(&self) -> u8 {
        match self {
            Self { failed: true, .. } => FAILED,
            Self { gaps: true, .. } => FINDINGS,
            Self { documents: 0, .. } => NOTHING,
            _ => CLEAN,
        }
    }

    fn stdin(
        &mut self,
        input: &mut dyn io::BufRead,
        documents: &mut dyn Write,
        output: &mut Output<'_>,
    ) -> Result<(), ToolError> {
        let name = self.args.stdin_filename.as_deref().map_or_else(|| "<stdin>".to_owned(), display);
        if self.contains_snippets(&name) {
            return Err(not_migrated(&name));
        }
        let bytes = read(input, &name, 0, LONGEST)?;
        self.text(&name, None, false, bytes, documents, output)
    }

    fn file(
        &mut self,
        file: &Listed,
        documents: &mut dyn Write,
        output: &mut Output<'_>,
    ) -> Result<(), ToolError> {
        if self.contains_snippets(&file.name) {
            return if file.walked { Ok(()) } else { Err(not_migrated(&file.name)) };
        }
        let mut opened = File::open(&file.path).map_err(|error| ToolError::unreadable(&file.name, &error))?;
        let bytes = read(&mut opened, &file.name, file.length, LONGEST)?;
        self.text(&file.name, Some(&file.path), file.walked, bytes, documents, output)
    }

    /// Whether a file contains JSON among other things.
    fn contains_snippets(&self, name: &str) -> bool {
        !self.args.jsonl && snippets::Format::of_path(name).is_some()
    }

    fn text(
        &mut self,
        name: &str,
        path: Option<&Path>,
        walked: bool,
        bytes: Vec<u8>,
        documents: &mut dyn Write,
        output: &mut Output<'_>,
    ) -> Result<(), ToolError> {
        let is_lines = self.args.jsonl || has_extension(Path::new(name), &["jsonl", "ndjson"]);
        let texts =
            if is_lines { lines(&bytes) } else { vec![(Origin::default(), bytes.clone(), Vec::new())] };
        let (mut new, mut checked) = (Vec::with_capacity(bytes.len() * 2), Vec::with_capacity(texts.len()));
        let (mut any, mut gaps, mut migrated) = (false, 0, false);
        // Both texts as a patch may show them.
        let (mut before, mut after) = (String::new(), String::new());
        for (origin, text, end) in texts {
            let input = Input { path: name, walked, origin, is_line: is_lines, snippet: None };
            let done = self.migrated(input, &text)?;
            any |= done.outcome != Outcome::Nothing;
            gaps += if done.has_gaps { errors(&done.checked) } else { 0 };
            match done.outcome {
                Outcome::Text(result) => {
                    migrated = true;
                    new.extend_from_slice(result.as_bytes());
                    before.push_str(&done.checked.text);
                    after.push_str(&done.shown);
                }
                Outcome::Same | Outcome::Nothing => {
                    new.extend_from_slice(&text);
                    let same = String::from_utf8_lossy(&shown(&text)).into_owned();
                    before.push_str(&same);
                    after.push_str(&same);
                }
            }
            new.extend_from_slice(&end);
            let end = String::from_utf8_lossy(&end);
            before.push_str(&end);
            after.push_str(&end);
            checked.push(done.checked);
        }
        if !any && walked {
            return Ok(());
        }
        self.documents += u64::from(any);
        self.gaps |= gaps > 0;
        let is_written = any && (gaps == 0 || self.args.partial);
        if is_written && self.args.diff {
            patch(documents, name, &before, &after, Shown::for_stdout())?;
        } else if is_written {
            self.put(name, path, &bytes, &new, documents)?;
        }
        if any || gaps > 0 {
            let is_put = is_written && path.is_some() && self.args.write;
            self.tell_outcome(name, any, migrated, gaps, is_put);
        } else {
            self.gaps = true;
            let nothing = self.nothing_to_migrate(&checked);
            self.say(name, &nothing);
        }
        output.part(&Part { path: name, texts: &checked, last: true })?;
        Ok(())
    }

    fn migrated(&self, input: Input<'_>, text: &[u8]) -> Result<Done, ToolError> {
        // An empty line holds nothing, and is no fault.
        if input.is_line && text.trim_ascii().is_empty() {
            let checked = Checked { skipped: true, ..Checked::default() };
            return Ok(Done { checked, outcome: Outcome::Same, shown: String::new(), has_gaps: false });
        }
        let migrated = guarded(input.path, || migrate::migrate(input, text.to_vec(), &self.options))?;
        let has_gaps = migrated.has_gaps();
        Ok(Done { checked: migrated.checked, outcome: migrated.outcome, shown: migrated.shown, has_gaps })
    }

    /// Puts a text in its place.
    fn put(
        &mut self,
        name: &str,
        path: Option<&Path>,
        old: &[u8],
        new: &[u8],
        documents: &mut dyn Write,
    ) -> Result<(), ToolError> {
        match path {
            Some(path) if self.args.write => {
                if old == new {
                    return Ok(());
                }
                let lost = replace(path, old, new).map_err(|error| ToolError::unwritable(name, &error))?;
                self.words.push_str(&not_kept(name, &lost).unwrap_or_default());
                Ok(())
            }
            _ => Ok(documents.write_all(new)?),
        }
    }

    /// Why a text was left alone. Documents in strings are seen, but a string is not written anew.
    fn nothing_to_migrate(&self, checked: &[Checked]) -> String {
        let is_from_graph = matches!(self.options.to, Goal::Card);
        let sought = if is_from_graph {
            "registration, instance or manifest of Microsoft Graph"
        } else {
            "agent card"
        };
        let mut documents = checked.iter().flat_map(|checked| &checked.documents);
        if documents.any(|document| document.profile.kind().is_graph() == is_from_graph) {
            format!("the only {sought} is inside a string, which is not migrated")
        } else {
            format!("there is no {sought} in it")
        }
    }

    fn tell_outcome(&mut self, name: &str, any: bool, migrated: bool, gaps: usize, written: bool) {
        let target = self.options.to.words();
        if !any {
            return;
        }
        if gaps > 0 && !self.args.partial {
            let needed = if gaps == 1 {
                "one thing is needed first".to_owned()
            } else {
                format!("{gaps} things are needed first")
            };
            return self.say(name, &format!("nothing was written: {needed} (--partial writes the rest)"));
        }
        if gaps == 0 && !migrated {
            return self.say(name, &format!("left as it is: it is {target} already"));
        }
        if written && migrated {
            self.say(name, &format!("migrated to {target}"));
        }
    }
}

fn not_migrated(name: &str) -> ToolError {
    ToolError::Usage(format!(
        "`{name}` was not migrated: request bodies and code blocks stay as they are; migrate the JSON in a file of its own"
    ))
}

fn errors(checked: &Checked) -> usize {
    let is_error =
        |found: &&crate::diagnostic::Diagnostic| found.severity == crate::diagnostic::Severity::Error;
    checked.diagnostics.iter().filter(is_error).count()
}

/// The lines of a text, each with where it starts and how it ends.
fn lines(bytes: &[u8]) -> Vec<(Origin, Vec<u8>, Vec<u8>)> {
    let mut origin = Origin::default();
    let mut all = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        all.push((origin, text.to_vec(), line[text.len()..].to_vec()));
        origin.line += 1;
        origin.offset += line.len() as u64;
    }
    all
}
