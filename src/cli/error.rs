//! What keeps the tool from doing its work, as against what is wrong with a document.

use crate::config::MOST_FAULTS;
use crate::fix::ThrownAway;
use crate::lint::UnknownSelector;
use crate::words::{counted, visible};
use std::fmt;
use std::io;

/// A reason to end with status 2.
#[derive(Debug)]
pub(crate) enum ToolError {
    /// Something named cannot be read.
    Unreadable { path: String, why: String },
    /// Something cannot be written.
    Unwritable { path: String, why: String },
    /// A configuration file has faults, which were shown; so many files were not checked.
    Configuration { path: String, faults: usize, unchecked: u64 },
    /// A text has more findings than are kept.
    TooMany { path: String, left_out: u64 },
    /// An option has a value that cannot be.
    Usage(String),
    /// A rule, or what runs them, failed on a file.
    Fault { path: String },
    /// A fix would have made a file worse.
    BadFix { path: String, thrown_away: ThrownAway },
    /// The report could not be written.
    Output(io::Error),
}

impl ToolError {
    /// For a file that could not be opened or read.
    pub(crate) fn unreadable(path: &str, error: &io::Error) -> Self {
        Self::Unreadable { path: path.to_owned(), why: words(error) }
    }

    /// For a file that could not be written.
    pub(crate) fn unwritable(path: &str, error: &io::Error) -> Self {
        Self::Unwritable { path: path.to_owned(), why: words(error) }
    }

    /// For something that is there and is not read.
    pub(crate) fn refused(path: &str, why: impl Into<String>) -> Self {
        Self::Unreadable { path: path.to_owned(), why: why.into() }
    }

    /// Whether the reader of the report went away, which is no fault of anybody.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// What the system says, without its number.
pub(super) fn words(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

impl fmt::Display for ToolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, why } => write!(f, "cannot read `{}`: {}", visible(path), visible(why)),
            Self::Unwritable { path, why } => write!(f, "cannot write `{}`: {}", visible(path), visible(why)),
            Self::Configuration { path, faults, unchecked } => {
                let least = if *faults >= MOST_FAULTS { "at least " } else { "" };
                let (faults, path) = (counted(*faults as u64, "fault"), visible(path));
                let was = if *unchecked == 1 { "was" } else { "were" };
                write!(f, "`{path}` has {least}{faults}")?;
                match unchecked {
                    0 => Ok(()),
                    count => write!(f, ", so {} {was} not checked", counted(*count, "file")),
                }
            }
            Self::TooMany { path, left_out } => write!(
                f,
                "`{}` has too many findings: {left_out} more than --max-findings allows are not reported",
                visible(path)
            ),
            Self::Usage(why) => f.write_str(&visible(why)),
            Self::Fault { path } => {
                let issues = concat!(env!("CARGO_PKG_REPOSITORY"), "/issues");
                write!(f, "internal fault while checking `{}`; please report it at {issues}", visible(path))
            }
            Self::BadFix { path, thrown_away: ThrownAway { rule, pointer, why } } => {
                let issues = concat!(env!("CARGO_PKG_REPOSITORY"), "/issues");
                let (path, pointer) = (visible(path), visible(pointer));
                write!(
                    f,
                    "internal fault: a fix of {rule} for `{path}` at `{pointer}` was not made, since {why}; "
                )?;
                write!(f, "please report it at {issues}")
            }
            Self::Output(error) => write!(f, "cannot write the report: {}", words(error)),
        }
    }
}

impl std::error::Error for ToolError {}

impl From<io::Error> for ToolError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<UnknownSelector> for ToolError {
    fn from(error: UnknownSelector) -> Self {
        Self::Usage(error.to_string())
    }
}
