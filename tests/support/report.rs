//! Reports as text.

use cardlint::lint::Checked;
use cardlint::render::{Format, Look, Output, Part};

/// What a report in `format` says of the texts of one file.
pub(crate) fn report(path: &str, format: Format, texts: &[Checked], color: bool) -> String {
    let look = Look {
        color,
        links: color,
        unicode: true,
        width: 500,
        quiet: false,
        max_diagnostics: None,
        folder: String::new(),
    };
    let mut out = Vec::new();
    let mut output = Output::new(&mut out, format, look);
    output.begin().unwrap();
    output.part(&Part { path, texts, last: true }).unwrap();
    output.end().unwrap();
    String::from_utf8(out).unwrap()
}
