//! `cardlint check`: files in, a report and an exit status out.

use super::args::{Check, When};
use super::error::ToolError;
use super::feed::{Feed, Workers};
use super::walk::{Target, Walk};
use super::{CLEAN, Choice, FAILED, FINDINGS, NOTHING, Streams, tell, wants_color};
use crate::kind::{Forced, Kind};
use crate::lint::{Selection, Settings};
use crate::render::{Format, Look, Output, Summary};
use std::io::{self, BufWriter, IsTerminal, Write};

pub(super) fn check(args: &Check, choices: &[Choice], streams: &mut Streams<'_>) -> Result<u8, ToolError> {
    let settings = settings(args, choices)?;
    let walk = Walk::new(&args.exclude, !args.no_ignore, args.hidden)?;
    let format = args.format.unwrap_or_else(default_format);
    let mut out = BufWriter::with_capacity(1 << 16, &mut *streams.out);
    let output = Output::new(&mut out, format, look(args));
    let mut feed = Feed::new(&settings, Workers::new(args.jobs), output, &mut *streams.err, args.jsonl);
    feed.begin()?;
    for target in walk.targets(&args.paths) {
        match target {
            Ok(Target::File(file)) => feed.file(file)?,
            Ok(Target::Stdin) => feed.stdin(&mut *streams.input, args.stdin_filename.as_deref())?,
            Err(error) => feed.fail(&error),
        }
    }
    let (summary, failed) = feed.end()?;
    if args.statistics {
        // The other formats are read by programs, or a line at a time.
        let table = statistics(&summary);
        if format == Format::Human { out.write_all(table.as_bytes())? } else { tell(streams.err, &table) }
    }
    out.flush()?;
    let status = status(args, failed, &summary);
    if status == NOTHING && !args.quiet {
        tell(streams.err, &nothing_checked(args, &summary));
    }
    Ok(status)
}

fn settings(args: &Check, choices: &[Choice]) -> Result<Settings, ToolError> {
    if let (Some(Kind::A2aCard), Some(mode)) = (args.kind, args.mode) {
        let mode = mode.name();
        return Err(ToolError::Usage(format!("`--mode {mode}` is for Graph objects, not for a2a-card")));
    }
    let mut selection = Selection::default();
    for (name, on) in choices {
        selection.switch(name, *on)?;
    }
    Ok(Settings {
        selection,
        forced: Forced { kind: args.kind, version: args.a2a_version, mode: args.mode },
        at: args.at.clone(),
        skip_unrecognized: args.skip_unrecognized,
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
    }
}

/// The columns of the terminal; `COLUMNS` has the last word.
fn width() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    said.filter(|columns| *columns > 0).or_else(seen).unwrap_or(80)
}

fn status(args: &Check, failed: bool, summary: &Summary) -> u8 {
    if failed {
        return FAILED;
    }
    if args.fail_on.severity().is_some_and(|lowest| summary.at_least(lowest) > 0) {
        return FINDINGS;
    }
    let nothing = summary.documents == 0 && summary.findings() == 0;
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
