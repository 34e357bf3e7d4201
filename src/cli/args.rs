//! The command line as it is typed.

use super::error::ToolError;
use crate::config::FailOn;
use crate::kind::{Kind, Mode, Version};
use crate::migrate::Target;
use crate::render::Format;
use crate::syntax::Pointer;
use crate::words::list;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::str::FromStr;

/// Check A2A agent cards and Microsoft Graph agent registry objects, offline
///
/// cardlint says where a document that describes an AI agent is wrong, why that matters and what to write instead. It
/// opens no network connection.
#[derive(Debug, Parser)]
#[command(name = "cardlint", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_long_help = "\
Examples:
  cardlint check                              every card below this folder
  cardlint check .well-known/agent-card.json  one card
  cardlint check - < card.json                standard input
  cardlint fix                                mend what can be mended
  cardlint explain duplicate-key              what a rule is about

Run `cardlint help check` for the options of a command.")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Box<CheckCommand>),
    Fix(Box<FixCommand>),
    Migrate(Box<Migrate>),
    Explain(Explain),
    Rules(Rules),
    Schema(Schema),
    Completions(Completions),
    Man(Man),
}

/// Check files, directories, globs or standard input
///
/// Directories are walked for *.json, *.jsonl, *.ndjson, *.http and *.rest, and what is found there and is not an agent
/// card or Graph object is skipped. A file that is named is always read, and it is an error if it is neither.
///
/// Of *.http and *.rest files the request bodies are checked, and of a Markdown file that is named the `json` code blocks.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Exit status:
  0  no finding as bad as --fail-on
  1  findings
  2  wrong usage, bad configuration, an unreadable file, or an internal fault
  3  nothing was checked, unless --allow-empty

Examples:
  cardlint check --format json cards/ > report.json
  cardlint check --report sarif=cards.sarif --report junit=cards.xml cards/
  cardlint check --ignore all --select security
  cardlint check --kind a2a-card --a2a-version 1.0 draft.json
  cardlint check --at /agent/card settings.json
  cardlint check --write-baseline baseline.json
  cardlint check --baseline baseline.json
  zcat dump.jsonl.gz | cardlint check --jsonl --format jsonl -")]
pub(crate) struct CheckCommand {
    #[command(flatten)]
    pub(crate) check: Check,

    /// Also make the fixes of what is found, as `cardlint fix` does
    #[arg(long, help_heading = "Fixing")]
    fix: bool,

    #[command(flatten)]
    fixing: Fixing,
}

impl CheckCommand {
    /// How to fix what is found, if that was asked for.
    pub(crate) fn fixing(&self) -> Result<Option<&Fixing>, ToolError> {
        let Fixing { unsafe_fixes, allow_signed, diff } = self.fixing;
        let asked = [(unsafe_fixes, "unsafe-fixes"), (allow_signed, "allow-signed"), (diff, "diff")];
        match asked.iter().find(|(is_set, _)| *is_set) {
            Some((_, name)) if !self.fix => Err(ToolError::Usage(format!(
                "`--{name}` goes with `--fix`: `cardlint check --fix --{name}`"
            ))),
            _ => Ok(self.fix.then_some(&self.fixing)),
        }
    }
}

/// Fix what is found in files, directories, globs or standard input
///
/// Makes the safe fixes of errors and warnings, by editing the text: what is not wrong stays as it is written. Then it
/// reports what is left, as `cardlint check` does. A note is fixed if its rule is selected by name. A fix that would
/// change what a signature covers is not made.
///
/// With - the fixed text goes to standard output and everything else to standard error.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Exit status, over what is left:
  0  no finding as bad as --fail-on
  1  findings
  2  wrong usage, bad configuration, a file that cannot be read or written, or an internal fault
  3  nothing was checked, unless --allow-empty

Examples:
  cardlint fix --diff                         show what would change
  cardlint fix --unsafe-fixes cards/
  cardlint fix --ignore all --select malformed-json
  cardlint fix --select odd-skill-id          also fix what this rule only notes
  cardlint fix - < card.json > fixed.json
  cardlint fix --diff | git apply             the same as without --diff")]
pub(crate) struct FixCommand {
    #[command(flatten)]
    pub(crate) check: Check,

    #[command(flatten)]
    pub(crate) fixing: Fixing,
}

#[derive(Debug, Args)]
pub(crate) struct Fixing {
    /// Also make fixes that a person should look at
    #[arg(long, help_heading = "Fixing")]
    pub(crate) unsafe_fixes: bool,

    /// Also make fixes that break a signature
    ///
    /// The card has to be signed anew afterwards.
    #[arg(long, help_heading = "Fixing")]
    pub(crate) allow_signed: bool,

    /// Print a unified diff of what would be fixed, and write nothing
    ///
    /// Findings are counted, and go to the files of --report.
    #[arg(long, help_heading = "Fixing", conflicts_with_all = ["format", "write_baseline"])]
    pub(crate) diff: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Files, directories, globs, or - for standard input
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,

    /// How to print what is found [default: human on a terminal, else concise]
    ///
    /// `human` shows excerpts. `concise` prints a line for each finding: path:line:col: severity[rule]: message. `json`
    /// prints one document for the whole run, which `cardlint schema report` describes. `jsonl` prints its diagnostics,
    /// one a line. `sarif` is for code scanning, `github` for the log of a GitHub workflow, `gitlab` for Code Quality,
    /// `junit` and `checkstyle` for CI servers, `rdjson` for reviewdog. `lsp` is for editors: a notification for each
    /// file, one a line.
    #[arg(short, long, value_parser = formats(), help_heading = "Output")]
    pub(crate) format: Option<Format>,

    /// Also write a report in format F to a file; may be given several times
    ///
    /// The file has all findings, whatever --max-diagnostics says. It is there once the run is over, as a whole or not at
    /// all, in the place of one that was there.
    #[arg(long = "report", value_name = "F=PATH", value_parser = clap::value_parser!(ReportFile), help_heading = "Output")]
    pub(crate) reports: Vec<ReportFile>,

    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, help_heading = "Output")]
    pub(crate) color: When,

    /// Print findings only, no summary
    #[arg(short, long, help_heading = "Output")]
    pub(crate) quiet: bool,

    /// Count the findings of each rule at the end
    ///
    /// The counts follow the findings in the human format and go to standard error in the others.
    #[arg(long, help_heading = "Output")]
    pub(crate) statistics: bool,

    /// Print at most N findings; all are counted
    #[arg(long, value_name = "N", help_heading = "Output")]
    pub(crate) max_diagnostics: Option<u64>,

    /// The lowest severity that makes the exit status 1 [default: error]
    #[arg(long, value_name = "SEVERITY", value_parser = fail_on(), help_heading = "Output")]
    pub(crate) fail_on: Option<FailOn>,

    /// Switch on rules or groups, or `all`
    ///
    /// Choices add to the defaults, in the order written with --ignore; a rule counts for more than its group, and a
    /// group for more than `all`. `--ignore all --select X` leaves only X.
    #[arg(short, long, value_name = "RULE,...", value_delimiter = ',', help_heading = "Rules")]
    pub(crate) select: Vec<String>,

    /// Switch off rules or groups, or `all`
    ///
    /// See --select.
    #[arg(short, long, value_name = "RULE,...", value_delimiter = ',', help_heading = "Rules")]
    pub(crate) ignore: Vec<String>,

    /// Say what kind of document it is instead of detecting it
    #[arg(short, long, value_parser = kinds(), help_heading = "Documents")]
    pub(crate) kind: Option<Kind>,

    /// Say for which release of A2A the cards are written
    #[arg(long, value_name = "VERSION", value_parser = versions(), help_heading = "Documents")]
    pub(crate) a2a_version: Option<Version>,

    /// Say what the Graph bodies are for: POST, PATCH or an answer
    #[arg(short, long, value_parser = modes(), help_heading = "Documents")]
    pub(crate) mode: Option<Mode>,

    /// Check the value at this JSON Pointer, in each text
    #[arg(long, value_name = "POINTER", value_parser = Pointer::parse, help_heading = "Documents")]
    pub(crate) at: Option<Pointer>,

    /// Read every text as JSON Lines: one document a line
    ///
    /// *.jsonl and *.ndjson are always read so.
    #[arg(long, help_heading = "Documents")]
    pub(crate) jsonl: bool,

    /// Pass over named files that are no agent card and no Graph object
    #[arg(long, help_heading = "Documents")]
    pub(crate) skip_unrecognized: bool,

    /// Exit with 0 also if nothing was checked
    #[arg(long, help_heading = "Documents")]
    pub(crate) allow_empty: bool,

    /// The path by which reports call standard input
    #[arg(long, value_name = "PATH", help_heading = "Documents")]
    pub(crate) stdin_filename: Option<PathBuf>,

    /// Pass over what matches, as a line of .gitignore would
    #[arg(long, value_name = "GLOB", help_heading = "Walking")]
    pub(crate) exclude: Vec<String>,

    /// Do not honour .gitignore and .ignore
    #[arg(long, help_heading = "Walking")]
    pub(crate) no_ignore: bool,

    /// Enter hidden folders and look at hidden files; .well-known is always entered
    #[arg(long, help_heading = "Walking")]
    pub(crate) hidden: bool,

    /// The configuration of all files, instead of the nearest cardlint.toml upwards of each
    #[arg(long, value_name = "PATH", conflicts_with = "no_config", help_heading = "Configuration")]
    pub(crate) config: Option<PathBuf>,

    /// Read no cardlint.toml
    #[arg(long, help_heading = "Configuration")]
    pub(crate) no_config: bool,

    /// Read the configuration and the baseline as they are at this git revision
    ///
    /// A pull request that is checked with the configuration of its base cannot switch off the rules that it breaks. Needs git,
    /// which reads objects of the repository and nothing else.
    #[arg(long, value_name = "REF", help_heading = "Configuration")]
    pub(crate) config_from: Option<String>,

    /// Report only what is not in this baseline
    #[arg(long, value_name = "PATH", help_heading = "Configuration")]
    pub(crate) baseline: Option<PathBuf>,

    /// Accept all that is found today: write it to this baseline
    ///
    /// With --baseline, what that one knows of files that are not checked now is kept.
    #[arg(long, value_name = "PATH", help_heading = "Configuration")]
    pub(crate) write_baseline: Option<PathBuf>,

    /// Print the settings that hold for PATH and where each was written, and check nothing
    #[arg(long, value_name = "PATH", help_heading = "Configuration")]
    pub(crate) show_settings: Option<PathBuf>,

    /// The longest file that is read, or line of JSON Lines
    ///
    /// In bytes, or with K, M or G behind the number. A longer one is an error, and the others are still checked.
    #[arg(long, value_name = "SIZE", default_value = "512M", help_heading = "Limits")]
    pub(crate) max_size: Size,

    /// How deep objects and lists may nest, at most 512
    ///
    /// What is deeper is reported by excessive-nesting and passed over.
    #[arg(long, value_name = "N", default_value_t = 512, value_parser = clap::value_parser!(u16).range(1..=512), help_heading = "Limits")]
    pub(crate) max_depth: u16,

    /// How many findings of a file are kept, or of a line of JSON Lines
    ///
    /// How many more there are is told as an error.
    #[arg(long, value_name = "N", default_value_t = 100_000, help_heading = "Limits")]
    pub(crate) max_findings: usize,

    /// How many threads to use [default: one for each core]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: Option<u16>,
}

/// Write cards anew, for another release or for Microsoft Graph
///
/// Cards of 0.1 to 0.3, of drafts and of 1.0 become cards of 1.0, of 0.3.0, or of both at once. What does not come along,
/// what was taken for granted and what only you know is reported with its place. With a gap, nothing is written.
#[derive(Debug, Args)]
#[command(after_long_help = "\
The card goes to standard output, and what there is to say to standard error. With --write files are replaced, and findings
go to standard output.

Exit status:
  0  migrated, or nothing to do
  1  something is needed first, or a text cannot be read as a card
  2  wrong usage, an unreadable file, or an internal fault
  3  there was no card

Examples:
  cardlint migrate --to 1.0 agent-card.json > new.json
  cardlint migrate --to dual --diff agent-card.json
  cardlint migrate --to 1.0 --server-speaks 1.0 --write cards/
  cardlint migrate --to 0.3.0 - < agent-card.json
  cardlint migrate --to 1.0 --scheme 'ApiKey={\"type\": \"apiKey\", \"in\": \"header\", \"name\": \"X-Key\"}' agent.json")]
pub(crate) struct Migrate {
    /// A file, or - for standard input; with --write or --diff also several, directories and globs
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,

    /// What the cards become
    ///
    /// `1.0` and `0.3.0` are cards of that release. `dual` is a card that readers of both generations understand. Older
    /// releases, from 0.2.0 on, are for clients that cannot be brought up to date. `graph-registration` and
    /// `graph-instance` make the body of a request to Microsoft Graph from a card; `card` is the way back, from a
    /// registration, or from an instance with its manifest.
    #[arg(long, value_name = "TARGET", value_parser = targets())]
    pub(crate) to: Target,

    /// Replace the files
    #[arg(short, long, conflicts_with = "diff", help_heading = "Output")]
    pub(crate) write: bool,

    /// Print what would change as a patch, and write nothing
    #[arg(long, help_heading = "Output")]
    pub(crate) diff: bool,

    /// Write what can be written where something is still needed
    #[arg(long, help_heading = "Output")]
    pub(crate) partial: bool,

    /// How to print what there is to say [default: human on a terminal, else concise]
    #[arg(short, long, value_parser = formats(), help_heading = "Output")]
    pub(crate) format: Option<Format>,

    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, help_heading = "Output")]
    pub(crate) color: When,

    /// Print findings only
    #[arg(short, long, help_heading = "Output")]
    pub(crate) quiet: bool,

    /// The protocol versions that the endpoints speak
    ///
    /// How a card is written and what its server speaks are two things. An endpoint of a 0.x card is listed with `0.3`
    /// unless this says otherwise, and one of a 1.0 card goes into a 0.x card only if it is of 0.3 or this says so.
    #[arg(long, value_name = "VERSION,...", value_delimiter = ',', value_parser = ["0.3", "1.0"], help_heading = "What cards do not say")]
    pub(crate) server_speaks: Vec<String>,

    /// What becomes of a security scheme with several OAuth flows, of which 1.0 takes one
    ///
    /// `split` makes a scheme of each, and alternatives in the requirements. `first` keeps one, in the order authorization
    /// code, client credentials, implicit, password.
    #[arg(long, value_name = "HOW", value_enum, help_heading = "What cards do not say")]
    pub(crate) flows: Option<FlowsChoice>,

    /// How the URL of an HTTP+JSON endpoint changes when its version does
    ///
    /// In 0.3 clients put `/v1` behind the URL, in 1.0 they do not. `v1` puts it into the URL for 1.0, `same` leaves the
    /// URL as it is.
    #[arg(long, value_name = "HOW", value_enum, help_heading = "What cards do not say")]
    pub(crate) rest_url: Option<RestUrlChoice>,

    /// A security scheme, in the form of 0.3, for a name in the `authentication` of 0.1; may be given several times
    #[arg(long = "scheme", value_name = "NAME=JSON", value_parser = scheme, help_heading = "What cards do not say")]
    pub(crate) schemes: Vec<(String, String)>,

    /// A media type for default modes that are missing or empty; may be given several times
    #[arg(long = "default-mode", value_name = "TYPE", help_heading = "What cards do not say")]
    pub(crate) default_modes: Vec<String>,

    /// Put empty descriptions, tags and provider URLs where they are missing
    #[arg(long, help_heading = "What cards do not say")]
    pub(crate) fill_empty: bool,

    /// The id of an owner; may be given several times
    #[arg(long = "owner", value_name = "ID", help_heading = "What Microsoft Graph asks for")]
    pub(crate) owners: Vec<String>,

    /// The id of the application that manages the agent
    #[arg(long, value_name = "ID", help_heading = "What Microsoft Graph asks for")]
    pub(crate) managed_by: Option<String>,

    /// The id of who created the agent
    #[arg(long, value_name = "ID", help_heading = "What Microsoft Graph asks for")]
    pub(crate) created_by: Option<String>,

    /// When the agent was created, such as 2026-02-15T10:00:00Z
    #[arg(long, value_name = "TIME", help_heading = "What Microsoft Graph asks for")]
    pub(crate) created: Option<String>,

    /// When the agent was last changed
    #[arg(long, value_name = "TIME", help_heading = "What Microsoft Graph asks for")]
    pub(crate) modified: Option<String>,

    /// The id of the agent where it runs
    #[arg(long, value_name = "ID", help_heading = "What Microsoft Graph asks for")]
    pub(crate) source_agent_id: Option<String>,

    /// The platform where it runs
    #[arg(long, value_name = "NAME", help_heading = "What Microsoft Graph asks for")]
    pub(crate) originating_store: Option<String>,

    /// Say for which release of A2A the cards are written
    #[arg(long, value_name = "VERSION", value_parser = versions(), help_heading = "Documents")]
    pub(crate) a2a_version: Option<Version>,

    /// Read every text as JSON Lines: one document a line
    ///
    /// *.jsonl and *.ndjson are always read so.
    #[arg(long, help_heading = "Documents")]
    pub(crate) jsonl: bool,

    /// The path by which findings call standard input
    #[arg(long, value_name = "PATH", help_heading = "Documents")]
    pub(crate) stdin_filename: Option<PathBuf>,
}

/// A choice of `--flows`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FlowsChoice {
    Split,
    First,
}

/// A choice of `--rest-url`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RestUrlChoice {
    Same,
    V1,
}

fn targets() -> impl TypedValueParser<Value = Target> {
    let values = Target::ALL.map(|target| {
        let value = PossibleValue::new(target.name());
        match target {
            Target::Modern => value.aliases(["1.0.0", "1.0.1"]),
            Target::Legacy(Version::V0_3_0) => value.alias("0.3"),
            _ => value,
        }
    });
    PossibleValuesParser::new(values).try_map(|name| name.parse::<Target>())
}

fn scheme(text: &str) -> Result<(String, String), String> {
    let (name, json) = text.split_once('=').ok_or("write it as NAME=JSON, such as `ApiKey={...}`")?;
    match serde_json::from_str(json) {
        Ok(serde_json::Value::Object(_)) => Ok((name.to_owned(), json.to_owned())),
        Ok(_) => Err("a scheme is a JSON object".to_owned()),
        Err(error) => Err(format!("the scheme is no JSON: {error}")),
    }
}

/// Tell why a rule exists, with examples and the source it rests on
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The name of the rule
    #[arg(value_name = "RULE")]
    pub(crate) rule: String,

    /// How to print it
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: ListFormat,
}

/// List the rules with group, severity, default and versions
#[derive(Debug, Args)]
pub(crate) struct Rules {
    /// How to print the list
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: ListFormat,
}

/// Print a bundled JSON Schema, or list them
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  cardlint schema                        list them
  cardlint schema a2a-card               the newest release
  cardlint schema a2a-card@0.3.0
  cardlint schema graph-agent-instance@update
  cardlint schema report                 what `check --format json` prints
  cardlint schema config                 what stands in cardlint.toml")]
pub(crate) struct Schema {
    /// The name of the schema; without one, they are listed
    #[arg(value_name = "KIND[@VERSION]")]
    pub(crate) name: Option<String>,
}

/// Print a completion script for a shell
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

/// Print the manual page
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// A command, for the page of its own
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Option<String>,
}

/// A choice that a stream of bytes can make for itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    #[default]
    Auto,
    Always,
    Never,
}

/// A format of the list of rules.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    #[default]
    Human,
    Json,
}

fn formats() -> impl TypedValueParser<Value = Format> {
    let named = |name: String| Format::ALL.into_iter().find(|format| format.name() == name);
    PossibleValuesParser::new(Format::ALL.map(Format::name)).try_map(move |name| named(name).ok_or(Unlisted))
}

fn fail_on() -> impl TypedValueParser<Value = FailOn> {
    let named = |name: String| FailOn::ALL.into_iter().find(|choice| choice.name() == name);
    PossibleValuesParser::new(FailOn::ALL.map(FailOn::name)).try_map(move |name| named(name).ok_or(Unlisted))
}

/// A report to write to a file.
#[derive(Debug, Clone)]
pub(crate) struct ReportFile {
    pub(crate) format: Format,
    pub(crate) path: PathBuf,
}

impl FromStr for ReportFile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, path) =
            text.split_once('=').ok_or("write it as FORMAT=PATH, such as `sarif=report.sarif`")?;
        let format = Format::ALL.into_iter().find(|format| format.name() == name).ok_or_else(|| {
            format!("there is no format `{name}`; there are {}", list(&Format::ALL.map(Format::name), "and"))
        })?;
        match path {
            "" => Err(format!("write the path of the file behind `{name}=`")),
            "-" => Err("a report goes to a file; --format says what is printed".to_owned()),
            path => Ok(Self { format, path: PathBuf::from(path) }),
        }
    }
}

/// A number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size(pub(crate) u64);

/// The units of [`Size`], the largest first.
const UNITS: [(char, u64, &str); 3] = [('G', 1 << 30, "GiB"), ('M', 1 << 20, "MiB"), ('K', 1 << 10, "KiB")];

/// Offsets in a text have four bytes.
const LARGEST: u64 = u32::MAX as u64 - 1;

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let with_unit = |(letter, unit, _)| text.strip_suffix(letter).map(|digits| (digits, unit));
        let (digits, unit) = UNITS.into_iter().find_map(with_unit).unwrap_or((text, 1));
        let bytes = digits.parse::<u64>().ok().and_then(|count| count.checked_mul(unit));
        match bytes {
            Some(bytes @ 1..=LARGEST) => Ok(Self(bytes)),
            Some(0) => Err("nothing could be read".to_owned()),
            Some(_) => Err("it is more than cardlint can address; the largest is 4095M".to_owned()),
            None => Err("write a number of bytes, or one with K, M or G behind it, such as `64M`".to_owned()),
        }
    }
}

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match UNITS.into_iter().find(|(_, unit, _)| self.0.is_multiple_of(*unit)) {
            Some((_, unit, name)) => write!(f, "{} {name}", self.0 / unit),
            None => write!(f, "{} bytes", self.0),
        }
    }
}

fn kinds() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.map(Kind::name)).try_map(|name| name.parse::<Kind>())
}

fn modes() -> impl TypedValueParser<Value = Mode> {
    PossibleValuesParser::new(Mode::ALL.map(Mode::name)).try_map(|name| name.parse::<Mode>())
}

fn versions() -> impl TypedValueParser<Value = Version> {
    let values = Version::ALL.map(|version| {
        let value = PossibleValue::new(version.name());
        match version {
            Version::V0_1_0 => value.alias("0.1"),
            Version::V0_3_0 => value.alias("0.3"),
            Version::V1_0 => value.aliases(["1.0.0", "1.0.1"]),
            _ => value,
        }
    });
    PossibleValuesParser::new(values).try_map(|name| name.parse::<Version>())
}

/// A name that is not in the list it was taken from; it does not occur.
#[derive(Debug)]
struct Unlisted;

impl std::fmt::Display for Unlisted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("there is no such value")
    }
}

impl std::error::Error for Unlisted {}
