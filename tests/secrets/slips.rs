//! Ways in which a document is broken around a credential.

use std::ops::Range;

/// A document, and where in it the credential is.
pub(crate) type Slip = (&'static str, fn(&str, Range<usize>) -> String);

pub(crate) const SLIPS: [Slip; 26] = [
    ("sound", |text, _| text.to_owned()),
    ("without quotation marks", |text, at| around(text, at, |value| value.to_owned())),
    ("without closing mark", |text, at| around(text, at, |value| format!("\"{value}"))),
    ("without opening mark", |text, at| around(text, at, |value| format!("{value}\""))),
    ("single marks", |text, at| around(text, at, |value| format!("'{value}'"))),
    ("single marks everywhere", |text, _| text.replace('"', "'")),
    ("backticks", |text, at| around(text, at, |value| format!("`{value}`"))),
    ("curly marks", |text, at| around(text, at, |value| format!("\u{201c}{value}\u{201d}"))),
    ("doubled marks", |text, at| around(text, at, |value| format!("\"\"{value}\"\""))),
    ("missing colon", |text, at| colon(text, at, " ")),
    ("equals sign", |text, at| colon(text, at, "=")),
    ("arrow", |text, at| colon(text, at, " => ")),
    ("comma", |text, at| colon(text, at, ", ")),
    ("two colons", |text, at| colon(text, at, ":: ")),
    ("comment", |text, at| colon(text, at, ": /* ours */ ")),
    ("comment to the end of the line", |text, at| colon(text, at, ": // ours\n ")),
    ("all of it a comment", |text, _| format!("// {text}")),
    ("names without marks", |text, _| text.replace("\": ", ": ").replace(", \"", ", ").replace("{\"", "{")),
    ("cut behind it", |text, at| text[..at.end].to_owned()),
    ("cut inside", |text, at| text[..middle(text, at)].to_owned()),
    ("end of line inside", |text, at| inside(text, at, "\n")),
    ("quotation mark inside", |text, at| inside(text, at, "\"")),
    ("backslash inside", |text, at| inside(text, unescapable(text, at), "\\")),
    ("missing comma in front", |text, at| text[..at.start].replace(", ", " ") + &text[at.start..]),
    ("closed too early", |text, at| around(text, at, |value| format!("}}]\"{value}\""))),
    ("control character in front", |text, at| around(text, at, |value| format!("\"\t{value}\""))),
];

/// Changes the string around the credential, marks included.
fn around(text: &str, at: Range<usize>, change: impl Fn(&str) -> String) -> String {
    let start = text[..at.start].rfind('"').unwrap_or(0);
    let end = at.end + text[at.end..].find('"').unwrap_or(0);
    format!("{}{}{}", &text[..start], change(&text[start + 1..end]), text.get(end + 1..).unwrap_or_default())
}

/// Changes the colon in front of the credential.
fn colon(text: &str, at: Range<usize>, other: &str) -> String {
    let start = text[..at.start].rfind("\": ").map_or(at.start, |start| start + 1);
    let rest = text[start..].trim_start_matches([':', ' ']);
    format!("{}{other}{rest}", &text[..start])
}

fn inside(text: &str, at: Range<usize>, what: &str) -> String {
    let middle = middle(text, at);
    format!("{}{what}{}", &text[..middle], &text[middle..])
}

/// The part of a range whose middle is no letter of an escape that JSON has.
fn unescapable(text: &str, mut at: Range<usize>) -> Range<usize> {
    while text[middle(text, at.clone())..].starts_with(['n', 'r', 't', 'u', '/', '\\']) {
        at.end -= 1;
        at.end = (0..=at.end).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(at.start);
    }
    at
}

fn middle(text: &str, at: Range<usize>) -> usize {
    let middle = at.start + (at.end - at.start) * 3 / 5;
    (middle..).find(|middle| text.is_char_boundary(*middle)).unwrap_or(at.end)
}
