//! What several tests share.

use std::path::PathBuf;

/// The folder beside the checkout that holds other people's material: official schemas and real documents.
///
/// `None`, with a word on standard error, where it is missing; a test that needs it then has nothing to do. With
/// `CARDLINT_REQUIRE_ALL=1` its absence is a failure, so that no complete run can pass over such a test.
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
