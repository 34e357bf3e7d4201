//! Credentials in a text: where they stand, and how they are kept out of every report.
//!
//! A text is searched, and what was found is overwritten, before anything else reads it. Rules, messages, pointers, fixes
//! and excerpts therefore never see a credential, whatever they quote and whatever is switched off.
//!
//! The search is one pass for the few letters by which credentials can be known; what stands around a hit decides.

mod forms;
mod judge;
mod search;
mod view;

use crate::text::Span;
use forms::{Hit, hits};
use std::collections::HashMap;
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

/// The byte that stands for each byte of a credential.
const MASK: u8 = b'*';

/// Overwrites the credentials in `bytes` and tells where they stood, in the order of the text. Lengths, line ends and
/// quotation marks stay as they are.
pub fn mask(bytes: &mut [u8]) -> Vec<Secret> {
    let view = View::new(bytes);
    let hits = hits(view.bytes());
    if hits.is_empty() {
        return Vec::new();
    }
    let mut known: HashMap<Vec<u8>, usize> = HashMap::new();
    let mut secrets = Vec::with_capacity(hits.len());
    for hit in hits {
        let plain = view.bytes().get(hit.range.clone()).unwrap_or_default().to_vec();
        let first = *known.entry(plain).or_insert(secrets.len());
        let Hit { range, kind, prefix } = hit;
        secrets.push(Secret { span: view.span(range), kind, prefix, first });
    }
    drop(view);
    overwrite(bytes, &secrets);
    secrets
}

/// Whether a credential was overwritten in `text`.
pub fn is_masked(text: &str) -> bool {
    text.contains("***")
}

fn overwrite(bytes: &mut [u8], secrets: &[Secret]) {
    // Different credentials of one length stay different, so that no rule takes two names or ids for one.
    let mut alike: HashMap<(&str, u32), usize> = HashMap::new();
    let mut numbers: HashMap<(usize, u32), usize> = HashMap::new();
    for secret in secrets {
        let length = secret.span.len();
        let number = *numbers.entry((secret.first, length)).or_insert_with(|| {
            let count = alike.entry((secret.prefix, length)).or_default();
            *count += 1;
            *count - 1
        });
        let number = if number == 0 { String::new() } else { number.to_string() };
        let Some(bytes) = bytes.get_mut(secret.span.range()) else { continue };
        // Line ends are faults of their own inside a string, and zeros are a matter of the encoding.
        let mut places: Vec<&mut u8> =
            bytes.iter_mut().filter(|byte| **byte >= b' ' && **byte != b'"').collect();
        let letters = secret.prefix.bytes().chain(std::iter::repeat(MASK));
        places.iter_mut().zip(letters).for_each(|(place, letter)| **place = letter);
        let after = places.iter_mut().skip(secret.prefix.len() + 3);
        after.rev().zip(number.bytes().rev()).for_each(|(place, digit)| **place = digit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> (String, Vec<Secret>) {
        let mut bytes = text.as_bytes().to_vec();
        let secrets = mask(&mut bytes);
        (String::from_utf8(bytes).unwrap(), secrets)
    }

    #[test]
    fn credentials_are_overwritten_and_nothing_else() {
        let token = "ghp_R4nD0mT0k3nF0rT3sts9XyZqWvUtSrQpOnMl";
        let (text, secrets) = masked(&format!("{{\"a\": \"x {token} y\", \"{token}\": 1}}"));
        let shown = format!("ghp_{}", "*".repeat(36));
        assert_eq!(text, format!("{{\"a\": \"x {shown} y\", \"{shown}\": 1}}"));
        assert_eq!(secrets.iter().map(|secret| secret.first).collect::<Vec<_>>(), [0, 0]);
    }

    #[test]
    fn different_credentials_stay_different() {
        let (text, _) =
            masked("[\"hf_aBcDeFqWxYzKlMnOpRsTuVjHgFdSaQwErT\", \"hf_qWxYzaBcDeFpRsTuVjHgFdSaQwErTKlMnO\"]");
        assert_eq!(text, format!("[\"hf_{}\", \"hf_{}1\"]", "*".repeat(34), "*".repeat(33)));
    }

    #[test]
    fn hidden_characters_hide_nothing() {
        let parts = ["ghp_R4nD0mT0k3n", "F0rT3sts9XyZqWvUtSrQpOnMl"];
        for hidden in ["\u{200B}", "\u{2060}", "\u{FEFF}", "\u{E0041}", "\\u200b", "\\udb40\\udc41"] {
            let (text, secrets) = masked(&format!("[\"\u{2014} {}\"]", parts.join(hidden)));
            assert_eq!(secrets.len(), 1, "{hidden:?}");
            assert!(!text.contains("R4n") && !text.contains("nMl"), "{text}");
        }
        // What shows is no part of any.
        assert_eq!(masked(&format!("[\"{}\"]", parts.join("\u{2014}"))).1.len(), 0);
    }

    #[test]
    fn escapes_and_wide_encodings_hide_nothing() {
        let (text, _) = masked("[\"\\u0067hp_R4nD0mT0k3nF0rT3sts9XyZqWvUtSrQpOnM\\u006c\"]");
        assert_eq!(text, format!("[\"ghp_{}\"]", "*".repeat(46)));
        let mut wide: Vec<u8> =
            "\"ghp_R4nD0mT0k3nF0rT3sts9XyZqWvUtSrQpOnMl\"".bytes().flat_map(|byte| [byte, 0]).collect();
        assert_eq!(mask(&mut wide).len(), 1);
        assert!(!wide.contains(&b'R') && wide.iter().filter(|byte| **byte == 0).count() == 42);
    }
}
