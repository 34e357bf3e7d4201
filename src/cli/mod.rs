//! The command line: what is typed, what is read and written, and the exit status.

mod args;
mod commands;
mod configs;
mod differences;
mod error;
mod feed;
mod fresh;
mod inputs;
mod known;
mod lines;
mod mend;
mod migrate;
mod patch;
mod places;
mod progress;
mod reports;
mod revision;
mod run;
mod walk;
mod workers;

use args::{Cli, Command};
use clap::{CommandFactory, FromArgMatches};
use error::ToolError;
use std::ffi::OsString;
use std::io::{self, BufRead, IsTerminal, Write};
use std::process::ExitCode;

/// Nothing as bad as `--fail-on`.
const CLEAN: u8 = 0;
/// Findings.
const FINDINGS: u8 = 1;
/// Wrong usage, a file that cannot be read, or an internal fault.
const FAILED: u8 = 2;
/// Nothing was checked.
const NOTHING: u8 = 3;

/// What a command reads from and writes to.
struct Streams<'s> {
    input: &'s mut dyn BufRead,
    out: &'s mut dyn Write,
    err: &'s mut dyn Write,
}

/// Does what the command line `args` asks for.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> ExitCode {
    let mut streams = Streams { input, out, err };
    let status = match parse(args) {
        Ok((cli, choices)) => dispatch(cli, &choices, &mut streams),
        Err(error) => show_usage(&error, &mut streams),
    };
    let status = status.unwrap_or_else(|error| {
        if error.is_broken_pipe() {
            return CLEAN;
        }
        tell(streams.err, &format!("error: {error}\n"));
        FAILED
    });
    ExitCode::from(status)
}

/// A choice of `--select` (true) or `--ignore` (false).
type Choice = (String, bool);

fn parse(args: impl IntoIterator<Item = OsString>) -> Result<(Cli, Vec<Choice>), clap::Error> {
    let matches = Cli::command().try_get_matches_from(args)?;
    let checks = |(name, _): &(&str, &clap::ArgMatches)| ["check", "fix"].contains(name);
    let choices =
        matches.subcommand().filter(checks).map(|(_, matches)| choices(matches)).unwrap_or_default();
    Ok((Cli::from_arg_matches(&matches)?, choices))
}

/// The rules that are selected and ignored, in the order written, which two lists do not tell.
fn choices(matches: &clap::ArgMatches) -> Vec<Choice> {
    let mut all = Vec::new();
    for (option, on) in [("select", true), ("ignore", false)] {
        let names = matches.get_many::<String>(option).into_iter().flatten();
        let indices = matches.indices_of(option).into_iter().flatten();
        all.extend(indices.zip(names).map(|(index, name)| (index, (name.trim().to_owned(), on))));
    }
    all.sort_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, choice)| choice).collect()
}

fn dispatch(cli: Cli, choices: &[Choice], streams: &mut Streams<'_>) -> Result<u8, ToolError> {
    match cli.command {
        Command::Check(args) => match args.fixing()? {
            Some(fixing) => run::fix(&args.check, fixing, choices, streams),
            None => run::check(&args.check, choices, streams),
        },
        Command::Fix(args) => run::fix(&args.check, &args.fixing, choices, streams),
        Command::Migrate(args) => migrate::migrate(&args, streams),
        Command::Explain(args) => commands::explain(&args.rule, args.format, streams.out),
        Command::Rules(args) => commands::rules(args.format, streams.out),
        Command::Schema(args) => commands::schema(args.name.as_deref(), streams.out),
        Command::Completions(args) => commands::completions(args.shell, streams.out),
        Command::Man(man) => commands::man(man.command.as_deref(), streams.out),
    }
}

/// Prints help, the version or what is wrong with the command line.
fn show_usage(error: &clap::Error, streams: &mut Streams<'_>) -> Result<u8, ToolError> {
    let (is_error, colored) = (error.use_stderr(), wants_color(error.use_stderr()));
    let text = error.render();
    let text = if colored { text.ansi().to_string() } else { text.to_string() };
    let stream = if is_error { &mut streams.err } else { &mut streams.out };
    stream.write_all(text.as_bytes())?;
    stream.flush()?;
    Ok(if is_error { FAILED } else { CLEAN })
}

/// Whether a stream is for colour, if the command line does not say.
fn wants_color(stderr: bool) -> bool {
    let is_terminal = if stderr { io::stderr().is_terminal() } else { io::stdout().is_terminal() };
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    is_terminal && !is_set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Writes to standard error; if nobody listens there, the status still says it.
fn tell(err: &mut dyn Write, text: &str) {
    let _ = err.write_all(text.as_bytes());
}
