//! What several tests share.

use cardlint::kind::Forced;
use std::path::PathBuf;

/// The folder beside the checkout that holds other people's material: official schemas and real documents.
///
/// `None`, with a word on standard error, where it is missing; a test that needs it then has nothing to do. With
/// `CARDLINT_REQUIRE_ALL=1` its absence is a failure, so that no complete run can pass over such a test.
#[allow(dead_code, reason = "not every test reads it")]
#[allow(clippy::print_stderr)]
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if folder.is_dir() {
        return Some(folder);
    }
    let required = std::env::var("CARDLINT_REQUIRE_ALL").is_ok_and(|value| value == "1");
    assert!(!required, "{} is missing and CARDLINT_REQUIRE_ALL is set", folder.display());
    eprintln!("skipped: {} is missing", folder.display());
    None
}

/// The folder of the project's own documents.
#[allow(dead_code, reason = "not every test reads them")]
pub(crate) fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// What the options of a command say that documents are.
#[allow(dead_code, reason = "not every test reads options")]
pub(crate) fn forced(options: &str) -> Forced {
    let mut forced = Forced::default();
    for pair in options.split_whitespace().collect::<Vec<_>>().chunks(2) {
        match pair {
            ["--kind", kind] => forced.kind = Some(kind.parse().unwrap()),
            ["--mode", mode] => forced.mode = Some(mode.parse().unwrap()),
            ["--a2a-version", version] => forced.version = Some(version.parse().unwrap()),
            _ => {}
        }
    }
    forced
}

/// Every file below `folder`, sorted.
#[allow(dead_code, reason = "not every test walks a folder")]
pub(crate) fn files_below(folder: &std::path::Path) -> Vec<PathBuf> {
    let entries =
        std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect();
    files.sort();
    files
}

/// Writes a generated file anew if it does not hold `text`; tells whether that was so.
#[allow(dead_code, reason = "not every test generates a file")]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
pub(crate) fn rewrite(path: &std::path::Path, text: &str) -> bool {
    // A checkout may have turned the line ends.
    let there = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    let is_outdated = there != text;
    if is_outdated {
        std::fs::write(path, text).unwrap();
    }
    is_outdated
}
