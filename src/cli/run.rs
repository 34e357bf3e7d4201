//! `cardlint check`: files in, a report and an exit status out.

use super::args::{Check, When};
use super::configs::{Configs, Source};
use super::error::ToolError;
use super::feed::{Feed, Outcome, Texts, Workers};
use super::known::Known;
use super::reports::Reports;
use super::walk::{Target, Walk, display};
use super::{CLEAN, Choice, FAILED, FINDINGS, NOTHING, Streams, tell, wants_color};
use crate::config::{Date, Overrides};
use crate::kind::{Forced, Kind};
use crate::lint::{Checked, Limits, Selector};
use crate::render::{Format, Look, Output, Outputs, Part, Summary};
use crate::words::visible;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

pub(super) fn check(args: &Check, choices: &[Choice], streams: &mut Streams<'_>) -> Result<u8, ToolError> {
    let known = Known::new(args.baseline.as_deref(), args.write_baseline.as_deref())?;
    let overrides = Overrides { places: known.is_used() || tells_places(args), ..overrides(args, choices)? };
    let configs = Arc::new(Configs::new(source(args), overrides, today())?);
    let format = args.format.unwrap_or_else(default_format);
    if args.config.is_some() && !configs.broken().is_empty() {
        return tell_faults(&configs, args, streams.err);
    }
    if let Some(path) = &args.show_settings {
        return show_settings(&configs, path, args, streams);
    }
    let walk = Walk::new(&args.exclude, &configs, !args.no_ignore, args.hidden)?;
    let mut out = BufWriter::with_capacity(1 << 16, &mut *streams.out);
    let mut reports = Reports::new(&args.reports)?;
    let look = look(args);
    let output = Outputs::new(Output::new(&mut out, format, look.clone()), reports.outputs(&look));
    let texts = Texts { all_lines: args.jsonl, longest: args.max_size.0 };
    let mut feed = Feed::new(&configs, known, Workers::new(args.jobs), output, &mut *streams.err, texts);
    feed.begin()?;
    for target in walk.targets(&args.paths) {
        match target {
            Ok(Target::File(file)) => feed.file(file)?,
            Ok(Target::Stdin) => feed.stdin(&mut *streams.input, args.stdin_filename.as_deref())?,
            Err(error) => feed.fail(&error),
        }
    }
    let Outcome { summary, failed, fails, known } = feed.end(looks_for_everything(args))?;
    reports.finish()?;
    if args.statistics {
        // The other formats are read by programs, or a line at a time.
        let table = statistics(&summary);
        if format == Format::Human { out.write_all(table.as_bytes())? } else { tell(streams.err, &table) }
    }
    out.flush()?;
    let broken = !configs.broken().is_empty();
    if broken {
        tell_faults(&configs, args, streams.err)?;
    }
    let status = status(args, failed || broken, fails, &summary);
    if status == NOTHING && !args.quiet {
        tell(streams.err, &nothing_checked(args, &summary));
    }
    finish(known, status, args, streams.err)
}

/// Writes the baseline, unless the run came to nothing.
fn finish(known: Known, status: u8, args: &Check, err: &mut dyn Write) -> Result<u8, ToolError> {
    if status == FAILED || status == NOTHING {
        if let Some(path) = &args.write_baseline {
            tell(err, &format!("error: `{}` was not written\n", visible(&display(path))));
        }
        return Ok(status);
    }
    let told = known.finish(looks_for_everything(args))?.filter(|_| !args.quiet);
    tell(err, &told.unwrap_or_default());
    Ok(status)
}

/// Whether a report shows what findings are known by.
fn tells_places(args: &Check) -> bool {
    args.reports.iter().map(|report| report.format).chain(args.format).any(Format::tells_places)
}

fn source(args: &Check) -> Source {
    match &args.config {
        Some(path) => Source::Given(path.clone()),
        None if args.no_config => Source::None,
        None => Source::Nearest,
    }
}

/// The day it is, in UTC.
fn today() -> Date {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Date::since_1970(since.as_secs() / 86_400)
}

/// Whether nothing on the command line keeps findings from being found.
fn looks_for_everything(args: &Check) -> bool {
    let said = args.kind.is_some() || args.a2a_version.is_some() || args.mode.is_some();
    !said && args.at.is_none() && args.exclude.is_empty()
}

/// Shows what is wrong with the configuration, on standard error, since it is no finding: with what to write instead,
/// whatever format the findings are in.
fn tell_faults(configs: &Configs, args: &Check, err: &mut dyn Write) -> Result<u8, ToolError> {
    let color = match args.color {
        When::Auto => wants_color(true),
        when => when == When::Always,
    };
    let look = Look { color, links: false, max_diagnostics: None, ..look(args) };
    for (config, unchecked) in configs.broken().iter().filter(|(config, _)| !config.faults.is_empty()) {
        let (text, diagnostics) = (config.text.clone(), config.faults.clone());
        let checked = Checked { text, diagnostics, ..Checked::default() };
        // If nobody listens, the status still says it.
        let _ = Output::new(&mut *err, Format::Human, look.clone()).part(&Part {
            path: &config.name,
            texts: &[checked],
            last: true,
        });
        let (path, faults, unchecked) = (config.name.clone(), config.faults.len(), *unchecked);
        tell(err, &format!("error: {}\n", ToolError::Configuration { path, faults, unchecked }));
    }
    Ok(FAILED)
}

fn show_settings(
    configs: &Configs,
    path: &Path,
    args: &Check,
    streams: &mut Streams<'_>,
) -> Result<u8, ToolError> {
    let shown = configs.show(path);
    for error in configs.unreadable() {
        tell(streams.err, &format!("error: {error}\n"));
    }
    let Some(shown) = shown else { return tell_faults(configs, args, streams.err) };
    streams.out.write_all(shown.as_bytes())?;
    streams.out.flush()?;
    Ok(CLEAN)
}

fn overrides(args: &Check, choices: &[Choice]) -> Result<Overrides, ToolError> {
    if let (Some(Kind::A2aCard), Some(mode)) = (args.kind, args.mode) {
        let mode = mode.name();
        return Err(ToolError::Usage(format!("`--mode {mode}` is for Graph objects, not for a2a-card")));
    }
    let mut switches = Vec::new();
    for (name, on) in choices {
        switches.push((Selector::parse(name)?, *on));
    }
    Ok(Overrides {
        choices: switches,
        fail_on: args.fail_on,
        forced: Forced { kind: args.kind, version: args.a2a_version, mode: args.mode },
        at: args.at.clone(),
        skip_unrecognized: args.skip_unrecognized,
        places: false,
        limits: Limits { depth: usize::from(args.max_depth), findings: args.max_findings },
    })
}

fn default_format() -> Format {
    if io::stdout().is_terminal() { Format::Human } else { Format::Concise }
}

fn look(args: &Check) -> Look {
    let color = match args.color {
        When::Always => true,
        When::Never => false,
        When::Auto => wants_color(false),
    };
    Look {
        color,
        links: color && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        unicode: supports_unicode::on(supports_unicode::Stream::Stdout),
        width: width(),
        quiet: args.quiet,
        max_diagnostics: args.max_diagnostics,
        folder: std::env::current_dir().map(|folder| display(&folder)).unwrap_or_default(),
    }
}

/// The columns of the terminal; `COLUMNS` has the last word.
fn width() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    said.filter(|columns| *columns > 0).or_else(seen).unwrap_or(80)
}

fn status(args: &Check, failed: bool, fails: bool, summary: &Summary) -> u8 {
    if failed {
        return FAILED;
    }
    if fails {
        return FINDINGS;
    }
    let nothing = summary.documents == 0 && summary.findings() == 0 && summary.suppressed == 0;
    if nothing && !args.allow_empty { NOTHING } else { CLEAN }
}

fn nothing_checked(args: &Check, summary: &Summary) -> String {
    let files = match (summary.files, summary.skipped) {
        (0, 0) => "no JSON file was found".to_owned(),
        (0, 1) => "the one JSON file was passed over".to_owned(),
        (0, count) => format!("all {count} JSON files were passed over"),
        _ => "no rule had anything to look at".to_owned(),
    };
    let at = if args.at.is_some() { " at the pointer of --at" } else { "" };
    format!("nothing was checked: {files}; there is no agent card or Graph object{at} (see --allow-empty)\n")
}

/// How often each rule reported, the most frequent first.
fn statistics(summary: &Summary) -> String {
    let mut counts: Vec<_> = summary.rules.iter().collect();
    counts.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    counts.iter().map(|(rule, count)| format!("{count:>7}  {rule}\n")).collect()
}
