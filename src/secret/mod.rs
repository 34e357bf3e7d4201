//! Credentials in a text: where they stand, and how they are kept out of every report.
//!
//! A text is searched, and what was found is overwritten, before anything else reads it. Rules, messages, pointers, fixes
//! and excerpts therefore never see a credential, whatever they quote and whatever is switched off.
//!
//! The search is one pass for the few letters by which credentials can be known; what stands around a hit decides.
//!
//! What is secret in a text stays secret in the texts that are made of it: an edit may break the form by which a credential
//! was known. [`carry`] moves the credentials of a text to where they are after a change, and [`mask_again`] masks them there.

mod forms;
mod judge;
mod names;
mod search;
mod text;
mod tokens;
mod veil;
mod view;

use crate::text::Span;
use forms::hits;
use std::collections::HashMap;
use text::Hit;
pub use veil::is_masked;
use view::View;

/// A credential in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// Its bytes.
    pub span: Span,
    /// What it is.
    pub kind: SecretKind,
    /// The letters at its start that tell its kind and are no secret.
    pub prefix: &'static str,
    /// The first of those that are equal to it, as an index into the list; itself where it is the first.
    pub first: usize,
}

/// What a credential is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretKind {
    /// A key or token that tells by its prefix whose it is, in words: `a GitHub token`.
    Token(&'static str),
    /// A private key in PEM armor.
    PrivateKey,
    /// The private part of a JSON Web Key: the name of the member that holds it.
    WebKey(&'static str),
    /// A JSON Web Token.
    WebToken,
    /// What follows the name of an HTTP scheme: `Bearer` or `Basic`.
    Header(&'static str),
    /// The password in a URL, or a token in the place of the user.
    UserInfo,
    /// The value of a query parameter with this name.
    Query(String),
    /// The value of a member, or of a part of a connection string, with this name.
    Named(String),
}

/// Overwrites the credentials in `bytes` and returns where they are, in the order of the text. Each character becomes one of
/// the same width in UTF-8 and UTF-16; line ends and quotation marks stay as they are.
pub fn mask(bytes: &mut [u8]) -> Vec<Secret> {
    mask_again(bytes, Vec::new())
}

/// `text` with its credentials masked.
pub fn masked(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    mask(&mut bytes);
    String::from_utf8(bytes).unwrap_or_default()
}

/// Masks a text that was made of another one, with the credentials that were known there where they are now.
pub fn mask_again(bytes: &mut [u8], carried: Vec<Secret>) -> Vec<Secret> {
    let view = View::new(bytes);
    let found = hits(&view).into_iter().map(|Hit { range, kind, prefix }| {
        let span = veil::whole(view.bytes_of_text(), view.span(range));
        Secret { span, kind, prefix, first: 0 }
    });
    let mut secrets: Vec<Secret> = found.collect();
    drop(view);
    if !carried.is_empty() {
        secrets = united(secrets, carried);
    }
    if secrets.is_empty() {
        return secrets;
    }
    let mut known: HashMap<Vec<u8>, usize> = HashMap::new();
    for (index, secret) in secrets.iter_mut().enumerate() {
        let plain = View::new(bytes.get(secret.span.range()).unwrap_or_default()).into_bytes();
        if !plain.starts_with(secret.prefix.as_bytes()) {
            secret.prefix = "";
        }
        secret.first = *known.entry(plain).or_insert(index);
    }
    veil::overwrite(bytes, &secrets);
    secrets
}

/// Both lists, in the order of the text; what overlaps is one.
fn united(mut secrets: Vec<Secret>, carried: Vec<Secret>) -> Vec<Secret> {
    // Of two that are the same, the one that was known first is kept.
    secrets.splice(0..0, carried);
    secrets.sort_by_key(|secret| secret.span.start);
    let mut united: Vec<Secret> = Vec::with_capacity(secrets.len());
    for secret in secrets {
        match united.last_mut().filter(|last| secret.span.start < last.span.end) {
            None => united.push(secret),
            Some(last) => last.span.end = last.span.end.max(secret.span.end),
        }
    }
    united
}

/// A part of a text that became another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Its bytes.
    pub span: Span,
    /// How many bytes are there after the change.
    pub length: u32,
}

/// The changes that undo `changes`, which are in order.
pub fn undone(changes: &[Change]) -> Vec<Change> {
    let mut shift = 0;
    let mut undone = Vec::with_capacity(changes.len());
    for Change { span, length } in changes {
        let start = (i64::from(span.start) + shift) as u32;
        undone.push(Change { span: Span::new(start, start + length), length: span.len() });
        shift += i64::from(*length) - i64::from(span.len());
    }
    undone
}

/// The credentials of a text where they are after `changes`; both are in order. One that was replaced is gone.
pub fn carry(secrets: &[Secret], changes: &[Change]) -> Vec<Secret> {
    let mut carried = Vec::with_capacity(secrets.len());
    let (mut next, mut shift) = (0, 0);
    for secret in secrets {
        // Changes that end before it only move it.
        while let Some(change) = changes.get(next).filter(|change| change.span.end <= secret.span.start) {
            shift += i64::from(change.length) - i64::from(change.span.len());
            next += 1;
        }
        let (mut start, mut end) = (i64::from(secret.span.start) + shift, i64::from(secret.span.end) + shift);
        let mut inner = shift;
        for change in changes.get(next..).unwrap_or_default() {
            if change.span.start >= secret.span.end {
                break;
            }
            let from = i64::from(change.span.start) + inner;
            let delta = i64::from(change.length) - i64::from(change.span.len());
            if change.span.start <= secret.span.start {
                start = from + i64::from(change.length);
            }
            end = if change.span.end >= secret.span.end { from.max(start) } else { end + delta };
            inner += delta;
        }
        if start < end {
            carried.push(Secret { span: Span::new(start as u32, end as u32), ..secret.clone() });
        }
    }
    carried
}

/// Overwrites in a text that was masked what was found to be secret only later.
pub fn mask_more(text: &mut String, secrets: &[Secret]) {
    if secrets.is_empty() {
        return;
    }
    let mut bytes = std::mem::take(text).into_bytes();
    let whole = |secret: &Secret| Secret { span: veil::whole(&bytes, secret.span), ..secret.clone() };
    let secrets: Vec<Secret> = secrets.iter().map(whole).collect();
    veil::overwrite(&mut bytes, &secrets);
    *text = String::from_utf8(bytes).unwrap_or_default();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masking(text: &str) -> (String, Vec<Secret>) {
        let mut bytes = text.as_bytes().to_vec();
        let secrets = mask(&mut bytes);
        (String::from_utf8(bytes).unwrap(), secrets)
    }

    #[test]
    fn credentials_are_overwritten_and_nothing_else() {
        let token = "ghp_R4nD0mT0k3nF0rT3sts9XyZqWvUtSrQpOnMl";
        let (text, secrets) = masking(&format!("{{\"a\": \"x {token} y\", \"{token}\": 1}}"));
        let shown = format!("ghp_{}", "*".repeat(36));
        assert_eq!(text, format!("{{\"a\": \"x {shown} y\", \"{shown}\": 1}}"));
        assert_eq!(secrets.iter().map(|secret| secret.first).collect::<Vec<_>>(), [0, 0]);
    }

    #[test]
    fn different_credentials_stay_different() {
        let (text, _) =
            masking("[\"hf_aBcDeFqWxYzKlMnOpRsTuVjHgFdSaQwErT\", \"hf_qWxYzaBcDeFpRsTuVjHgFdSaQwErTKlMnO\"]");
        assert_eq!(text, format!("[\"hf_{}\", \"hf_{}1\"]", "*".repeat(34), "*".repeat(33)));
    }

    #[test]
    fn hidden_characters_hide_nothing() {
        let parts = ["ghp_R4nD0mT0k3n", "F0rT3sts9XyZqWvUtSrQpOnMl"];
        for hidden in ["\u{200B}", "\u{2060}", "\u{FEFF}", "\u{E0041}", "\\u200b", "\\udb40\\udc41"] {
            let (text, secrets) = masking(&format!("[\"\u{2014} {}\"]", parts.join(hidden)));
            assert_eq!(secrets.len(), 1, "{hidden:?}");
            assert!(!text.contains("R4n") && !text.contains("nMl"), "{text}");
        }
        // A visible character is never part of a token.
        assert_eq!(masking(&format!("[\"{}\"]", parts.join("\u{2014}"))).1.len(), 0);
    }

    #[test]
    fn escapes_and_wide_encodings_hide_nothing() {
        let (text, _) = masking("[\"\\u0067hp_R4nD0mT0k3nF0rT3sts9XyZqWvUtSrQpOnM\\u006c\"]");
        assert_eq!(text, format!("[\"ghp_{}\"]", "*".repeat(46)));
        let mut wide: Vec<u8> =
            "\"ghp_R4nD0mT0k3nF0rT3sts9XyZqWvUtSrQpOnMl\"".bytes().flat_map(|byte| [byte, 0]).collect();
        assert_eq!(mask(&mut wide).len(), 1);
        assert!(!wide.contains(&b'R') && wide.iter().filter(|byte| **byte == 0).count() == 42);
    }

    #[test]
    fn masks_are_as_wide_as_what_they_hide() {
        let password = "p\u{e4}\u{df}w0rt\u{4e00}\u{1f511}\u{1f511}\u{20ac}\u{430}x\\u00e9";
        let text =
            format!("{{\"url\": \"https://bob:{password}@host/\", \"password\": \"{password}\\\"y9!\"}}");
        let (masked, secrets) = masking(&text);
        let widths =
            |text: &str| text.chars().map(|char| (char.len_utf8(), char.len_utf16())).collect::<Vec<_>>();
        assert_eq!(widths(&masked), widths(&text), "{masked}");
        assert!(!secrets.is_empty() && !masked.contains("w0rt") && is_masked(&masked), "{masked}");
    }

    #[test]
    fn what_decides_how_a_text_is_read_stays() {
        let (text, secrets) = masking("{\"apiKey\": \"9fK2mQ7x\\dw4Zr8\"TnVb3Y\"}");
        assert_eq!((text.as_str(), secrets.len()), ("{\"apiKey\": \"********\\******\"******\"}", 1));
        let mut bytes = b"{\"password\": \"Tr0\xffb4d0r&3x\"}".to_vec();
        assert_eq!(mask(&mut bytes).len(), 1);
        assert_eq!(bytes, b"{\"password\": \"***\xff********\"}");
    }

    #[test]
    fn different_credentials_stay_different_in_all_scripts() {
        let [one, two] = ["42", "43"].map(|end| format!("\u{43f}\u{430}\u{440}\u{43e}\u{43b}\u{44c}{end}"));
        let (text, _) = masking(&format!("{{\"password\": \"{one}\", \"dbPassword\": \"{two}\"}}"));
        let parts: Vec<&str> = text.split('"').collect();
        assert_ne!(parts[3], parts[7]);
        assert!(is_masked(parts[3]) && is_masked(parts[7]));
    }

    #[test]
    fn credentials_are_carried_over_changes() {
        let secret = |start, end| Secret {
            span: Span::new(start, end),
            kind: SecretKind::PrivateKey,
            prefix: "",
            first: 0,
        };
        let change = |start, end, length| Change { span: Span::new(start, end), length };
        let secrets = [secret(2, 6), secret(10, 14), secret(20, 24)];
        let spans = |secrets: &[Secret]| {
            secrets.iter().map(|secret| (secret.span.start, secret.span.end)).collect::<Vec<_>>()
        };
        for (changes, expected) in [
            (vec![], vec![(2, 6), (10, 14), (20, 24)]),
            (vec![change(0, 1, 3)], vec![(4, 8), (12, 16), (22, 26)]),
            (vec![change(6, 6, 2), change(20, 20, 1)], vec![(2, 6), (12, 16), (23, 27)]),
            (vec![change(3, 4, 5), change(9, 11, 0)], vec![(2, 10), (13, 16), (22, 26)]),
            (vec![change(8, 16, 1), change(22, 30, 2)], vec![(2, 6), (13, 15)]),
        ] {
            let carried = carry(&secrets, &changes);
            assert_eq!(spans(&carried), expected, "{changes:?}");
            if changes.iter().all(|change| change.span.is_empty()) {
                assert_eq!(spans(&carry(&carried, &undone(&changes))), spans(&secrets));
            }
        }
    }
}
