//! `cardlint check`: files in, a report and an exit status out.

use super::args::{Check, Fixing, When};
use super::configs::{Configs, Source};
use super::error::ToolError;
use super::feed::{Feed, Manner, Outcome};
use super::inputs::Inputs;
use super::known::Known;
use super::mend::Mender;
use super::patch::Shown;
use super::progress::Progress;
use super::reports::Reports;
use super::walk::{Target, Walk, display};
use super::workers::Workers;
use super::{CLEAN, Choice, FAILED, FINDINGS, NOTHING, Streams, tell, wants_color};
use crate::config::{Date, Overrides};
use crate::fix::Options;
use crate::kind::{Forced, Kind};
use crate::lint::{Checked, Limits, Selector};
use crate::render::{Format, Look, Output, Outputs, Part, Summary, statistics};
use crate::words::{counted, visible};
use std::io::{self, BufRead, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Checks what is asked for.
pub(super) fn check(args: &Check, choices: &[Choice], streams: &mut Streams<'_>) -> Result<u8, ToolError> {
    let progress = Progress::new(&mut *streams.err, args.quiet);
    let mut out = BufWriter::with_capacity(1 << 16, progress.above(&mut *streams.out));
    let ways = Ways { input: &mut *streams.input, report: &mut out, progress: &progress, fixing: None };
    run(args, choices, ways, false)
}

/// Checks what is asked for and fixes what is found.
pub(super) fn fix(
    args: &Check,
    fixing: &Fixing,
    choices: &[Choice],
    streams: &mut Streams<'_>,
) -> Result<u8, ToolError> {
    let options = Options { unsafe_fixes: fixing.unsafe_fixes, allow_signed: fixing.allow_signed };
    let is_filter = args.paths.iter().any(|path| path == Path::new("-"));
    let progress = Progress::new(&mut *streams.err, args.quiet);
    let mut out = BufWriter::with_capacity(1 << 16, progress.above(&mut *streams.out));
    let mut sink = io::sink();
    let mut side = BufWriter::with_capacity(1 << 16, &progress);
    // Texts and patches have standard output for themselves.
    let (report, texts): (&mut dyn Write, &mut dyn Write) = match (fixing.diff, is_filter) {
        (true, _) => (&mut sink, &mut out),
        (false, true) => (&mut side, &mut out),
        (false, false) => (&mut out, &mut sink),
    };
    let fixed = Some((options, fixing.diff.then(Shown::for_stdout), texts));
    let ways = Ways { input: &mut *streams.input, report, progress: &progress, fixing: fixed };
    run(args, choices, ways, fixing.diff || is_filter)
}

/// What a run reads from and writes to.
struct Ways<'w, 'e> {
    input: &'w mut dyn BufRead,
    report: &'w mut dyn Write,
    /// Standard error, with the line that says how far the run is.
    progress: &'w Progress<'e>,
    /// What to fix, whether a patch is asked for, and where texts and patches go.
    fixing: Option<(Options, Option<Shown>, &'w mut dyn Write)>,
}

/// Does the work of a command; `aside` says that the report does not go to standard output.
fn run(args: &Check, choices: &[Choice], ways: Ways<'_, '_>, aside: bool) -> Result<u8, ToolError> {
    let Ways { input, report: out, progress, mut fixing } = ways;
    let mut err = progress;
    let inputs = Arc::new(Inputs::new(args.config_from.as_deref()).map_err(ToolError::Usage)?);
    let known = Known::new(args.baseline.as_deref(), args.write_baseline.as_deref(), &inputs)?;
    let overrides = Overrides { places: known.is_used() || tells_places(args), ..overrides(args, choices)? };
    let configs = Arc::new(Configs::new(source(args), inputs, overrides, today())?);
    let format = args.format.unwrap_or_else(|| default_format(aside));
    if args.config.is_some() && !configs.broken().is_empty() {
        return tell_faults(&configs, args, &mut err);
    }
    if let Some(path) = &args.show_settings {
        return show_settings(&configs, path, args, out, &mut err);
    }
    let walk = Walk::new(&args.exclude, &configs, !args.no_ignore, args.hidden)?;
    let others = [&args.baseline, &args.write_baseline, &args.config];
    let others = args.paths.iter().chain(others.into_iter().flatten());
    let mut reports = Reports::new(&args.reports, others.map(PathBuf::as_path))?;
    let look = look(args, aside);
    let output = Outputs::new(Output::new(&mut *out, format, look.clone()), reports.outputs(&look));
    let manner = Manner { all_lines: args.jsonl, quiet: args.quiet, longest: args.max_size.0 };
    let mender = fixing.as_mut().map(|(options, diff, texts)| Mender::new(*options, *diff, &mut **texts));
    let mut feed = Feed::new(&configs, known, Workers::new(args.jobs), output, mender, progress, manner);
    feed.begin()?;
    for target in walk.targets(&args.paths) {
        match target {
            Ok(Target::File(file)) => feed.file(file)?,
            Ok(Target::Stdin) => feed.stdin(&mut *input, args.stdin_filename.as_deref())?,
            Err(error) => feed.fail(&error),
        }
    }
    let Outcome { told, summary, failed, fails, known } = feed.end(looks_for_everything(args))?;
    reports.finish()?;
    if args.statistics {
        // The other formats are read by programs, or a line at a time.
        let table = statistics(&summary, &look);
        if format == Format::Human { write!(out, "\n{table}")? } else { tell(&mut err, &table) }
    }
    out.flush()?;
    let broken = !configs.broken().is_empty();
    if broken {
        tell_faults(&configs, args, &mut err)?;
    }
    if configs.is_all_off() {
        tell(&mut err, "warning: every rule is switched off, so nothing can be reported\n");
    }
    let status = status(args, failed || broken, fails, &summary);
    if status == NOTHING && !args.quiet {
        tell(&mut err, &nothing_checked(args, &summary));
    } else if !args.quiet {
        tell(&mut err, &told.unwrap_or_default());
    }
    finish(&known, status, args, &mut err)
}

/// Writes the baseline, unless the run came to nothing.
fn finish(known: &Known, status: u8, args: &Check, err: &mut dyn Write) -> Result<u8, ToolError> {
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
pub(super) fn today() -> Date {
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
    let look = Look { color, links: false, max_diagnostics: None, ..look(args, true) };
    for (config, unchecked) in configs.broken().iter().filter(|(config, _)| !config.faults.is_empty()) {
        let (text, diagnostics) = (config.text.clone(), config.faults.clone());
        let checked = Checked { text, diagnostics, ..Checked::default() };
        // An excerpt of what is not TOML would show a file that is no configuration.
        let format = if config.is_toml { Format::Human } else { Format::Concise };
        // If nobody listens, the status still says it.
        let _ = Output::new(&mut *err, format, look.clone()).part(&Part {
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
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, ToolError> {
    let shown = configs.show(path);
    for error in configs.unreadable() {
        tell(err, &format!("error: {error}\n"));
    }
    let Some(shown) = shown else { return tell_faults(configs, args, err) };
    out.write_all(shown.as_bytes())?;
    out.flush()?;
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

fn default_format(aside: bool) -> Format {
    let is_terminal = if aside { io::stderr().is_terminal() } else { io::stdout().is_terminal() };
    if is_terminal { Format::Human } else { Format::Concise }
}

fn look(args: &Check, aside: bool) -> Look {
    let bare = bare_look(aside);
    let color = match args.color {
        When::Always => true,
        When::Never => false,
        When::Auto => bare.color,
    };
    Look {
        color,
        links: color && knows_links(aside),
        quiet: args.quiet,
        max_diagnostics: args.max_diagnostics,
        ..bare
    }
}

/// How something looks, if the command line does not say; `aside` is for standard error.
pub(super) fn bare_look(aside: bool) -> Look {
    let color = wants_color(aside);
    let unicode = if aside { supports_unicode::Stream::Stderr } else { supports_unicode::Stream::Stdout };
    Look {
        color,
        links: color && knows_links(aside),
        unicode: supports_unicode::on(unicode),
        width: width(),
        quiet: false,
        max_diagnostics: None,
        folder: std::env::current_dir().map(|folder| display(&folder)).unwrap_or_default(),
    }
}

fn knows_links(aside: bool) -> bool {
    use supports_hyperlinks::Stream;
    supports_hyperlinks::on(if aside { Stream::Stderr } else { Stream::Stdout })
}

/// The columns of the terminal; `COLUMNS` has the last word.
pub(super) fn width() -> usize {
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
        (0, 1) => "the only file was skipped".to_owned(),
        (0, count) => format!("all {count} files were skipped"),
        _ => "no rule had anything to look at".to_owned(),
    };
    if summary.linked > 0 {
        let cards = counted(summary.linked, "agent card");
        let verb = if summary.linked == 1 { "is" } else { "are" };
        return format!(
            "nothing was checked: {files}; {cards} {verb} linked to, not included (see --allow-empty)\n"
        );
    }
    let at = if args.at.is_some() { " at the pointer of --at" } else { "" };
    format!("nothing was checked: {files}; there is no agent card or Graph object{at} (see --allow-empty)\n")
}
