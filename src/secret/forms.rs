//! Credentials that are known by more than their start: keys, tokens and logins with a form of their own.

use super::SecretKind;
use super::judge::{
    is_fragment, is_known_sample, is_random, is_random_byte, is_sample, is_sample_key, is_sample_password,
    variety,
};
use super::names::{member_before, named, web_key};
use super::search::Search;
use super::text::{Found, Hit, cleaned, is_cut, is_stray, is_word, joined, run, run_before, str};
use super::tokens::{Markers, TOKENS};
use super::view::View;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use std::ops::Range;
use std::sync::LazyLock;

/// Looks at the text around the marker, which is at the range.
type Look = fn(&View<'_>, Range<usize>, &mut Found);

/// What is known by more than its start: the letters to look for, and the function that looks further.
const OTHERS: [(&str, Look); 47] = [
    ("eyJ", web_token),
    ("ey\"", named),
    ("earer ", bearer),
    ("asic ", basic),
    ("code=", named),
    ("sswd", named),
    ("tial", named),
    ("sig=", named),
    ("-----BEGIN ", private_key),
    ("://", user_info),
    ("word", named),
    ("ature=", named),
    ("oken", named),
    ("ey'", named),
    ("kty", web_key),
    ("pwd", named),
    ("ey=", named),
    ("auth=", named),
    ("ecret", named),
    ("ey:", named),
    ("ey ", named),
    ("eys\"", named),
    ("ey\u{201d}", named),
    ("ey\\", named),
    ("EY\\", named),
    ("EY\"", named),
    ("EY'", named),
    ("EY=", named),
    ("EY:", named),
    ("EY ", named),
    ("EYS\"", named),
    ("OKEN", named),
    ("ECRET", named),
    ("WORD", named),
    ("TIAL", named),
    ("PWD", named),
    ("rization", named),
    ("RIZATION", named),
    ("phrase", named),
    ("PHRASE", named),
    ("SSWS ", okta),
    ("ZXlK", encoded_web_token),
    ("/api/webhooks/", discord),
    (".atlasv1.", terraform),
    (".make.com/", make),
    ("pat", dotted),
    ("sat.", dotted),
];

/// Markers of two letters: few texts hold one of them.
const SHORT: [(&[u8], Look); 3] = [(b"Q~", entra), (b":A", telegram), (b"SK", twilio)];

static MARKERS: LazyLock<Markers> = LazyLock::new(|| Markers::new(&TOKENS));

static SEARCH: LazyLock<Search> = LazyLock::new(|| Search::new(&markers()));

fn markers() -> Vec<&'static str> {
    MARKERS.all().chain(OTHERS.iter().map(|(marker, _)| *marker)).collect()
}

/// The credentials in a text, in its order, none overlapping another.
pub(super) fn hits(view: &View<'_>) -> Vec<Hit> {
    let text = view.bytes();
    let mut found = Found::default();
    SEARCH.all(text, |start, number| match number.checked_sub(MARKERS.len()) {
        None => {
            let is_inside = found.hits.last().is_some_and(|last| last.range.contains(&start));
            let hit = MARKERS.tokens(number).find_map(|token| token.at(view, start));
            found.hits.extend(hit.filter(|_| !is_inside));
        }
        Some(other) => {
            if let Some((marker, look)) = OTHERS.get(other) {
                look(view, start..start + marker.len(), &mut found);
            }
        }
    });
    for (marker, look) in SHORT {
        for start in memchr::memmem::find_iter(text, marker) {
            look(view, start..start + marker.len(), &mut found);
        }
    }
    if found.hits.len() > 1 { merged(found.hits) } else { found.hits }
}

/// One hit for those that overlap: the one that knows best what it is, over all of them.
fn merged(mut found: Vec<Hit>) -> Vec<Hit> {
    found.sort_by_key(|hit| hit.range.start);
    let mut merged: Vec<Hit> = Vec::with_capacity(found.len());
    for hit in found {
        match merged.last_mut().filter(|last| hit.range.start < last.range.end) {
            None => merged.push(hit),
            Some(last) => {
                let range = last.range.start..last.range.end.max(hit.range.end);
                let knows_better = last.prefix.is_empty() && !hit.prefix.is_empty();
                if knows_better {
                    let prefix = if hit.range.start == range.start { hit.prefix } else { "" };
                    *last = Hit { prefix, ..hit };
                }
                last.range = range;
            }
        }
    }
    merged
}

fn byte_before(text: &[u8], at: usize) -> Option<u8> {
    at.checked_sub(1).and_then(|at| text.get(at)).copied()
}

fn is_word_before(text: &[u8], at: usize) -> bool {
    byte_before(text, at).is_some_and(is_word)
}

fn private_key(view: &View<'_>, marker: Range<usize>, found: &mut Found) {
    /// Far more than a key takes.
    const LONGEST: usize = 1 << 14;
    let text = view.bytes();
    let label =
        run(text, marker.end, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b' ');
    let dashes = run(text, label.end, |byte| byte == b'-');
    if !str(text, label).contains("PRIVATE KEY") || dashes.len() < 2 {
        return;
    }
    let head = text.get(..text.len().min(dashes.end + LONGEST)).unwrap_or_default();
    let is_end = |at: usize| {
        let rest = head.get(at..).unwrap_or_default();
        rest.starts_with(b"-----") || (matches!(rest, [b'"' | b'\'', ..]) && !is_stray(view, at))
    };
    let end = (dashes.end..head.len()).find(|at| is_end(*at)).unwrap_or(head.len());
    let body = cleaned(text, dashes.end..end);
    let letters = body.bytes().filter(u8::is_ascii_alphanumeric).count();
    let is_cut = end == text.len() && letters >= 8;
    if (letters >= 32 || is_cut) && !is_sample_key(&body) {
        found.push(dashes.end..end, SecretKind::PrivateKey, "");
    } else if letters == 0 {
        lines_of_key(text, end, found);
    }
}

/// The lines of a private key as strings of a list.
fn lines_of_key(text: &[u8], mut at: usize, found: &mut Found) {
    loop {
        let gap = run(text, at, |byte| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b','));
        let line =
            run(text, gap.end, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='));
        if gap.is_empty() || line.len() < 8 || is_sample_key(&cleaned(text, line.clone())) {
            return;
        }
        at = line.end;
        found.push(line, SecretKind::PrivateKey, "");
    }
}

/// Members whose JWS is meant to be read by everybody.
const SIGNATURES: [&str; 5] = ["signature", "protected", "jws", "proof", "proofValue"];

fn web_token(view: &View<'_>, marker: Range<usize>, found: &mut Found) {
    let text = view.bytes();
    if is_word_before(text, marker.start) || byte_before(text, marker.start) == Some(b'.') {
        return;
    }
    let part = |start| joined(view, start, usize::MAX, is_word);
    let header = part(marker.start);
    if text.get(header.end) != Some(&b'.') {
        return old_grafana(text, header, found);
    }
    let claims = part(header.end + 1);
    let signature =
        if text.get(claims.end) == Some(&b'.') { part(claims.end + 1) } else { claims.end..claims.end };
    let is_whole = claims.len() >= 8 && signature.len() >= 16;
    let is_cut = is_cut(text, &claims) || is_cut(text, &signature);
    let is_meant = SIGNATURES.contains(&member_before(text, marker.start));
    let claims = cleaned(text, claims);
    let is_known = is_known_sample(&claims);
    if (is_whole || (is_cut && !claims.is_empty()))
        && !is_meant
        && !is_known
        && is_token_header(&cleaned(text, header))
    {
        // An encrypted one has five parts.
        let end = run(text, signature.end, |byte| is_word(byte) || byte == b'.').end;
        found.push(marker.start..end, SecretKind::WebToken, "eyJ");
    }
}

/// A key of Grafana before 9.1: JSON that starts with `{"k":"`, in base64 (gitleaks: grafana-api-key).
fn old_grafana(text: &[u8], header: Range<usize>, found: &mut Found) {
    if header.len() >= 78 && str(text, header.clone()).starts_with("eyJrIjoi") {
        found.push(header, SecretKind::Token("a Grafana API key"), "eyJrIjoi");
    }
}

/// A JSON Web Token in base64 once more (gitleaks: jwt-base64).
fn encoded_web_token(view: &View<'_>, marker: Range<usize>, found: &mut Found) {
    const LONGEST: usize = 1 << 12;
    let text = view.bytes();
    if is_word_before(text, marker.start)
        || found.hits.last().is_some_and(|last| last.range.contains(&marker.start))
    {
        return;
    }
    let is_part = |byte: u8| is_word(byte) || b"+/=".contains(&byte);
    let value = joined(view, marker.start, LONGEST, is_part);
    let plain = cleaned(text, value.clone());
    let token = decoded(&plain).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    if token.split_once('.').is_some_and(|(header, rest)| rest.len() >= 8 && is_token_header(header)) {
        let end = run(text, value.end, is_part).end;
        found.push(value.start..end, SecretKind::WebToken, "ZXlK");
    }
}

/// What is encoded in base64, as far as it is whole.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=').replace('-', "+").replace('_', "/");
    let length = if text.len() % 4 == 1 { text.len() - 1 } else { text.len() };
    let engine = STANDARD_NO_PAD;
    let whole = text.get(..length)?;
    engine.decode(whole).ok().or_else(|| engine.decode(whole.get(..length / 4 * 4)?).ok())
}

/// Whether the first part of a compact JWS is the header of a token that gives access. Other types, such as credentials
/// that are shown around and signed cards, are meant to be public.
fn is_token_header(part: &str) -> bool {
    let header = URL_SAFE_NO_PAD.decode(part).ok();
    let header = header.and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok());
    let Some(header) = header.filter(|header| header.get("alg").is_some()) else { return false };
    match header.get("typ").and_then(serde_json::Value::as_str) {
        None => true,
        Some(kind) => {
            ["jwt", "at+jwt", "application/at+jwt", "bearer"].contains(&kind.to_ascii_lowercase().as_str())
        }
    }
}

fn bearer(view: &View<'_>, marker: Range<usize>, found: &mut Found) {
    let text = view.bytes();
    if !follows(text, marker.start, b'B') {
        return;
    }
    let value = joined(view, marker.end, usize::MAX, is_random_byte);
    let token = cleaned(text, value.clone());
    if is_random(&token, 20) || (is_cut(text, &value) && is_fragment(&token)) {
        found.push(value, SecretKind::Header("Bearer"), "");
    }
}

/// Name and password that documentation is full of.
const SAMPLE_LOGINS: [&str; 6] = [
    "Aladdin:open sesame",
    "username:password",
    "user:password",
    "user:pass",
    "test:123\u{a3}",
    "demo:p@55w0rd",
];

fn basic(view: &View<'_>, marker: Range<usize>, found: &mut Found) {
    let text = view.bytes();
    if !follows(text, marker.start, b'B') {
        return;
    }
    let value =
        joined(view, marker.end, usize::MAX, |byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte));
    let login = decoded(&cleaned(text, value.clone())).and_then(|bytes| String::from_utf8(bytes).ok());
    let Some(login) = login else { return };
    let is_login = login.split_once(':').is_some_and(|(_, password)| {
        !password.is_empty() && !is_sample_password(password) && !login.contains(char::is_control)
    });
    if is_login && !SAMPLE_LOGINS.contains(&login.as_str()) {
        found.push(value, SecretKind::Header("Basic"), "");
    }
}

/// A token of Okta behind the scheme that only its services know (gitleaks: okta-access-token).
fn okta(view: &View<'_>, marker: Range<usize>, found: &mut Found) {
    let text = view.bytes();
    let value = joined(view, marker.end, usize::MAX, |byte| is_word(byte) || byte == b'=');
    let token = cleaned(text, value.clone());
    let is_token = token.len() >= 40 && !is_sample(&token) && variety(&token) >= 8;
    if is_token || (is_cut(text, &value) && is_fragment(&token)) {
        found.push(value, SecretKind::Header("SSWS"), "");
    }
}

/// Whether the byte before `at` is `letter` in either case, at the start of a word.
fn follows(text: &[u8], at: usize, letter: u8) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let starts = before.len() < 2 || !is_word(before[before.len() - 2]);
    starts && before.last().is_some_and(|byte| byte.eq_ignore_ascii_case(&letter))
}

fn user_info(view: &View<'_>, marker: Range<usize>, found: &mut Found) {
    let text = view.bytes();
    let ends =
        |byte: u8| byte.is_ascii_whitespace() || byte.is_ascii_control() || b"/?#\"\\<>`".contains(&byte);
    let authority = joined(view, marker.end, usize::MAX, |byte| !ends(byte));
    let bytes = text.get(authority.clone()).unwrap_or_default();
    let (login, is_cut) = match bytes.iter().rposition(|byte| *byte == b'@') {
        Some(at) => (authority.start..authority.start + at, false),
        // A slip between the password and the host.
        None if matches!(text.get(authority.end..), Some([b'"' | b'\n' | b'\r', b'@', ..])) => {
            return user_info_of(text, authority, false, found);
        }
        None => (authority.clone(), is_cut(text, &authority) && bytes.first() != Some(&b'[')),
    };
    if login.end == authority.end && !is_cut {
        return;
    }
    user_info_of(text, login, is_cut, found);
}

/// Looks at what is in front of the host: a user, and a password behind a colon.
fn user_info_of(text: &[u8], login: Range<usize>, is_cut: bool, found: &mut Found) {
    let colon = text[login.clone()].iter().position(|byte| *byte == b':');
    let (secret, is_secret) = match colon {
        Some(colon) => {
            let password = login.start + colon + 1..login.end;
            let content = cleaned(text, password.clone());
            let is_port = content.bytes().all(|byte| byte.is_ascii_digit());
            let is_harmless = is_sample_password(&content) || (is_cut && is_port);
            (password, !is_harmless)
        }
        None => (login.clone(), !is_cut && is_random(&cleaned(text, login), 20)),
    };
    if is_secret {
        found.push(secret, SecretKind::UserInfo, "");
    }
}

/// The secret of an application in Entra: three characters, a digit, `Q~` and 31 to 34 more (gitleaks:
/// azure-ad-client-secret).
fn entra(view: &View<'_>, marker: Range<usize>, found: &mut Found) {
    let text = view.bytes();
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"_~.".contains(&byte);
    let head = run_before(text, marker.start, 4, is_part);
    let is_head =
        head.len() == 4 && byte_before(text, marker.start).is_some_and(|byte| byte.is_ascii_digit());
    let body = joined(view, marker.end, 64, |byte| is_part(byte) || byte == b'-');
    let value = cleaned(text, body.clone());
    let is_body = (31..=40).contains(&value.len()) && variety(&value) >= 8;
    let is_cut = is_cut(text, &body) && is_fragment(&value);
    if is_head && !is_word_before(text, head.start) && (is_body || is_cut) {
        found.push(head.start..body.end, SecretKind::Token("an Entra client secret"), "");
    }
}

/// The token of a bot (gitleaks: telegram-bot-api-token): its number, a colon, and 35 characters of which the first is `A`.
fn telegram(view: &View<'_>, marker: Range<usize>, found: &mut Found) {
    let text = view.bytes();
    let number = run_before(text, marker.start, 16, |byte| byte.is_ascii_digit());
    let is_path = text.get(..number.start).is_some_and(|before| before.ends_with(b"/bot"));
    if number.len() < 5 || (is_word_before(text, number.start) && !is_path) {
        return;
    }
    let body = joined(view, marker.start + 1, 64, is_word);
    let value = cleaned(text, body.clone());
    let is_body = (35..=36).contains(&value.len()) && variety(&value) >= 8 && !is_sample(&value);
    if is_body || (is_cut(text, &body) && is_fragment(&value)) {
        found.push(number.start..body.end, SecretKind::Token("a Telegram bot token"), "");
    }
}

/// An API key of Twilio (gitleaks: twilio-api-key).
fn twilio(view: &View<'_>, marker: Range<usize>, found: &mut Found) {
    let text = view.bytes();
    let body = joined(view, marker.end, 64, is_word);
    let value = cleaned(text, body.clone());
    let is_hex = value.len() == 32 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_hex = is_hex || (is_cut(text, &body) && value.len() >= 8 && is_fragment(&value));
    if is_hex && !is_word_before(text, marker.start) && variety(&value) >= 6 {
        found.push(marker.start..body.end, SecretKind::Token("a Twilio API key"), "SK");
    }
}

/// A token of HCP Terraform (gitleaks: hashicorp-tf-api-token).
fn terraform(view: &View<'_>, marker: Range<usize>, found: &mut Found) {
    let text = view.bytes();
    let head = run_before(text, marker.start, 16, |byte| byte.is_ascii_alphanumeric());
    let body = joined(view, marker.end, 128, |byte| is_word(byte) || byte == b'=');
    let value = cleaned(text, body.clone());
    let is_body = value.len() >= 60 && !is_sample(&value);
    if head.len() == 14 && (is_body || (is_cut(text, &body) && is_fragment(&value))) {
        found.push(head.start..body.end, SecretKind::Token("a Terraform token"), "");
    }
}

/// A webhook of Discord, whose address is all that is needed to write there.
fn discord(view: &View<'_>, marker: Range<usize>, found: &mut Found) {
    let text = view.bytes();
    let host = run_before(text, marker.start, 24, |byte| is_word(byte) || byte == b'.');
    if !str(text, host).contains("discord") {
        return;
    }
    let number = run(text, marker.end, |byte| byte.is_ascii_digit());
    let token = joined(view, number.end + 1, 128, is_word);
    let value = cleaned(text, token.clone());
    let is_token = value.len() >= 40 && !is_sample(&value);
    if number.len() >= 10 && (is_token || (is_cut(text, &token) && is_fragment(&value))) {
        found.push(number.start..token.end, SecretKind::Token("the address of a Discord webhook"), "");
    }
}

/// A webhook of Make, whose address is all that is needed.
fn make(view: &View<'_>, marker: Range<usize>, found: &mut Found) {
    let text = view.bytes();
    let host = run_before(text, marker.start, 24, |byte| is_word(byte) || byte == b'.');
    let path = joined(view, marker.end, 128, is_word);
    if str(text, host).contains("hook") && is_random(&cleaned(text, path.clone()), 24) {
        found.push(path, SecretKind::Token("the address of a Make webhook"), "");
    }
}

/// Tokens in parts between dots: of Airtable (gitleaks: airtable-personnal-access-token) and Harness (harness-api-key).
fn dotted(view: &View<'_>, marker: Range<usize>, found: &mut Found) {
    let text = view.bytes();
    if is_word_before(text, marker.start) {
        return;
    }
    let start = marker.start + 3;
    let token = joined(view, start, 128, |byte| is_word(byte) || byte == b'.');
    let value = cleaned(text, token.clone());
    let lengths: Vec<usize> = value.split('.').map(str::len).collect();
    let what = match lengths.as_slice() {
        [14, 64] => "an Airtable token",
        [0, 22, 24, 20] => "a Harness token",
        [14, _] if is_cut(text, &token) => "an Airtable token",
        [0, 22, ..] if is_cut(text, &token) => "a Harness token",
        _ => return,
    };
    if !is_sample(&value) {
        found.push(marker.start..token.end, SecretKind::Token(what), "");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, SecretKind)> {
        let view = View::new(text.as_bytes());
        let hits = hits(&view).into_iter();
        hits.map(|hit| (&text[view.span(hit.range).range()], hit.kind)).collect()
    }

    /// Parts are put together here, so that nobody who searches this file for credentials finds any.
    fn key(prefix: &str) -> String {
        format!("{prefix}{}", "R4nD0mT0k3nF0rT3sts9XyZqWvUtSrQpOnMlKj8Hg7Fd6Sa5Qw4Er3Ty2Ui1Op0")
    }

    #[test]
    fn tokens_are_known_by_their_start() {
        for token in &TOKENS {
            let value =
                token.of("b7R4nD0mT0k3nF0rT3sts9XyZqWvUtSrQpOnMlKj8Hg7Fd6Sa5Qw4Er3Ty2Ui1Op0c9e1a3f5d");
            let text = format!("{{\"a\": \"use {value}, please\"}}");
            assert_eq!(found(&text), [(value.as_str(), SecretKind::Token(token.what()))], "{value}");
            assert_eq!(
                found(&format!("\"x{value}\"")).iter().filter(|hit| hit.0 == value).count(),
                0,
                "{value}"
            );
            assert_eq!(found(&format!("\"{}\"", token.prefix)), []);
            assert_eq!(found(&format!("\"{}{}\"", token.prefix, "x".repeat(110))), []);
        }
    }

    #[test]
    fn the_search_finds_every_marker() {
        let all = markers();
        assert!(all.iter().all(|marker| marker.len() >= 3));
        assert!(all.len() <= 128, "{} markers take one more pass", all.len());
        for (number, marker) in all.iter().enumerate() {
            let mut found = Vec::new();
            SEARCH.all(format!("\u{e9} {marker}").as_bytes(), |start, number| found.push((start, number)));
            assert!(found.contains(&(3, number)), "{marker}");
        }
    }

    /// A row for each form that is no row of the table of tokens.
    #[test]
    fn forms_without_a_prefix_are_known() {
        let random = "9fK2mQ7xLw4Zr8TnVb3YcHgFdPaUeRtXyWvMoNqBiE5sJk6LzD1Gh0Tq";
        let hex = "a81f09c3d57e4b26a0c9f1d3e5b78246a81f09c3d57e4b26a0c9f1d3e5b78246";
        for (text, secret) in [
            (format!("Kp78Q~{}", &random[..34]), format!("Kp78Q~{}", &random[..34])),
            (format!("5412345678:A{}", &random[..34]), format!("5412345678:A{}", &random[..34])),
            (
                format!("https://api.telegram.org/bot5412345678:AA{}/sendMessage", &random[..33]),
                format!("5412345678:AA{}", &random[..33]),
            ),
            (format!("SK{}", &hex[..32]), format!("SK{}", &hex[..32])),
            (
                format!("{}.atlasv1.{random}{}", &random[..14], &random[..8]),
                format!("{}.atlasv1.{random}{}", &random[..14], &random[..8]),
            ),
            (format!("pat{}.{hex}", &random[..14]), format!("pat{}.{hex}", &random[..14])),
            (
                format!("pat.{}.{}.{}", &random[..22], &random[..24], &random[..20]),
                format!("pat.{}.{}.{}", &random[..22], &random[..24], &random[..20]),
            ),
            (
                format!("https://discord.com/api/webhooks/1234567890123456789/{random}{}", &random[..12]),
                format!("1234567890123456789/{random}{}", &random[..12]),
            ),
            (format!("https://hook.eu1.make.com/{}", &random[..32]), random[..32].to_owned()),
            (format!("SSWS 00{}", &random[..40]), format!("00{}", &random[..40])),
            (format!("eyJrIjoi{random}{random}"), format!("eyJrIjoi{random}{random}")),
        ] {
            let text = format!("[\"{text}\"]");
            assert_eq!(found(&text).iter().map(|hit| hit.0).collect::<Vec<_>>(), [secret.as_str()], "{text}");
        }
        let jwt = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJ0aWRlcyIsInN1YiI6IjQyIn0.R4nD0mT0k3nF0rT3sts9XyZqWvUtSrQp";
        let encoded = STANDARD_NO_PAD.encode(jwt);
        assert_eq!(found(&format!("\"{encoded}\"")), [(encoded.as_str(), SecretKind::WebToken)]);
    }

    #[test]
    fn samples_are_no_credentials() {
        for text in [
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "ghp_yourTokenGoesHereAndNowhereElseInTheCard",
            "sk-... or sk-your-key-here-1234567890abcdef",
            "the risk-assessment-agent-2024-v1-3-b and task-scheduler-77-b3-c4-d5",
            "Bearer <token>, Bearer ${TOKEN}, Bearer token authentication",
            "Basic dXNlcm5hbWU6cGFzc3dvcmQ=, Basic authentication, Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
            "https://user:pass@host.example/ https://user:password@host/ https://u:${PW}@host/",
            "https://user@host.example/ mailto:agent@example.com https://a.example/@scope/pkg:1@2",
            "https://a.example/?token=&key=<key>&sig=abc&code=200&auth=none&api_key=YOUR_API_KEY_1234567890",
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
            "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE7n2mQ8\n-----END PUBLIC KEY-----",
            "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
            "{\"kty\": \"EC\", \"crv\": \"P-256\", \"x\": \"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\"}",
            "{\"apiKey\": \"header\", \"token\": \"0x8f3Cf7ad23Cd3CaDbD9735AFf958023239c6A063\", \"password\": \"password\"}",
            "{\"credentials\": \"jwt_token_for_authenticated_users\", \"secret\": \"${CLIENT_SECRET}\"}",
            "{\"credentials\": \"https://login.example.com/.well-known/openid-configuration\"}",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn passwords_and_parameters_of_urls_are_found() {
        let random = "9fK2mQ7xLw4Zr8TnVb3Y";
        assert_eq!(found("https://bob:hunter2@a.example/x"), [("hunter2", SecretKind::UserInfo)]);
        assert_eq!(found("redis://:p@ss@w0rd@a.example:1/0"), [("p@ss@w0rd", SecretKind::UserInfo)]);
        let text = format!("https://a.example/?x=1&api_key={random}#y");
        assert_eq!(found(&text), [(random, SecretKind::Query("api_key".to_owned()))]);
        let text = "https://b.example/?sv=2024&sig=k3Jx9%2FQm2vLr7TnZ4wYb8HcGd6Fs%2BXpWq1Ue5RtI0A%3D";
        assert_eq!(found(text).len(), 1);
        let key = format!("{}==", &key("")[..86.min(key("").len())]);
        let text = format!("AccountName=x;AccountKey={key};EndpointSuffix=core");
        assert_eq!(found(&text), [(key.as_str(), SecretKind::Named("AccountKey".to_owned()))]);
    }

    #[test]
    fn names_without_quotation_marks_are_names() {
        let value = "Tr0ub4dor&3xQ";
        for text in [
            format!("{{password: \"{value}\"}}"),
            format!("{{ password : '{value}' }}"),
            format!("{{'password': '{value}'}}"),
        ] {
            assert_eq!(found(&text), [(value, SecretKind::Named("password".to_owned()))], "{text}");
        }
        assert!(found(&format!("{{\"a\": \"password\", \"b\": \"{value}\"}}")).is_empty());
    }

    /// The values of telling names where the JSON around them is broken.
    #[test]
    fn slips_around_a_value_hide_nothing() {
        let value = "iLPo2vZ4IUpf8XjbSCRsOiSr0KEM37zixDEirykb";
        for text in [
            format!("\"apiKey\":{value}}}"),
            format!("\"apiKey\" \"{value}\"}}"),
            format!("\"apiKey\"=\"{value}\"}}"),
            format!("\"apiKey\" => \"{value}\"}}"),
            format!("\"apiKey\", \"{value}\"}}"),
            format!("\"apiKey\":: \"{value}\"}}"),
            format!("\"apiKey\":,\"{value}\"}}"),
            format!("apiKey: {value}\n"),
            format!("apiKey = '{value}'\n"),
            format!("\"apiKey: \"{value}\","),
            format!("apiKey\": \"{value}\","),
            format!("\"apiKey\": \"{value}, \"x\": 1}}"),
            format!("\"apiKey\": \"{value}}}"),
            format!("\"apiKey\": {value}\", \"x\": 1}}"),
            format!("\"apiKey\": '{value}', \"x\": 1}}"),
            format!("\"apiKey\": `{value}`, \"x\": 1}}"),
            format!("\"apiKey\": \u{201c}{value}\u{201d}, \"x\": 1}}"),
            format!("\u{201c}apiKey\u{201d}: \u{201c}{value}\u{201d}, \"x\": 1}}"),
            format!("\"apiKey\": /* ours */ \"{value}\", \"x\": 1}}"),
            format!("\"apiKey\": // ours\n \"{value}\", \"x\": 1}}"),
            format!("// apiKey: \"{value}\"\n"),
            format!("\"apiKey\": \"\"{value}\"\"}}"),
            format!("\"apiKey\": b\"{value}\"}}"),
            format!("\"apiKey\": String(\"{value}\")}}"),
            format!("\"api\"Key\": \"{value}\"}}"),
            format!("\"apiKey\": [{value}]"),
            format!("\"Authorization\": \"ApiKey {value}\"}}"),
            format!("\"apiKey\": \"{value}\\n\"}}"),
        ] {
            let found: Vec<&str> = found(&text).into_iter().map(|hit| hit.0).collect();
            assert!(matches!(found.as_slice(), [one] if one.ends_with(value)), "{text}: {found:?}");
        }
        for (at, slip) in [(4, "\""), (20, "\n"), (9, "\\"), (30, "\"")] {
            let mut broken = value.to_owned();
            broken.insert_str(at, slip);
            for text in [format!("\"apiKey\": \"{broken}\"}}"), format!("\"x\": \"hf_{broken}\"}}")] {
                assert!(found(&text).iter().any(|hit| hit.0.ends_with(&broken)), "{text}");
            }
        }
        for text in [
            format!("\"apiKey\": \"{}", &value[..9]),
            format!("\"x\": \"hf_{}", &value[..9]),
            format!("\"x\": \"https://bob:{}", &value[..9]),
            format!("\"x\": \"Bearer {}", &value[..9]),
        ] {
            assert!(found(&text).iter().any(|hit| hit.0.ends_with(&value[..9])), "{text}");
        }
    }

    #[test]
    fn names_are_known_by_their_end() {
        let value = "iLPo2vZ4IUpf8XjbSCRsOiSr0KEM37zixDEirykb";
        for name in [
            "OPENAI_API_KEY",
            "githubToken",
            "Authorization",
            "x-authorization",
            "x-functions-key",
            "webhookSecret",
            "AZURE_CLIENT_SECRET",
            "dbPassword",
            "APIKEY",
            "API Key",
            "spring.datasource.password",
            "x-api-token",
            "STRIPE_SECRET_KEY",
            "passphrase",
            "GITHUB_TOKEN",
            "Ocp-Apim-Subscription-Key",
            "service_credentials",
        ] {
            assert_eq!(found(&format!("{{\"{name}\": \"{value}\"}}")).len(), 1, "{name}");
            assert_eq!(found(&format!("\"{name}={value}\"")).len(), 1, "{name}");
        }
        for name in [
            "publicApiKey",
            "nextPageToken",
            "kid",
            "tokenUrl",
            "publicKey",
            "keywords",
            "monkey",
            "tokenized",
        ] {
            assert_eq!(found(&format!("{{\"{name}\": \"{value}\"}}")), [], "{name}");
        }
    }

    #[test]
    fn values_in_lists_and_beside_their_name_are_found() {
        let (one, two) = ("9fK2mQ7xLw4Zr8TnVb3Y", "iLPo2vZ4IUpf8XjbSCRs");
        for text in [
            format!("{{\"clientSecrets\" : [\"{one}\", \"{two}\"]}}"),
            format!("{{\"apiKey\": [\n  \"{one}\",\n  \"{two}\"\n]}}"),
            format!(
                "{{\"apiKey\": {{\"value\": \"{one}\"}}, \"token\": {{\"type\": \"x\", \"default\": \"{two}\"}}}}"
            ),
            format!(
                "[{{\"name\": \"X-API-Key\", \"value\": \"{one}\"}}, {{\"value\": \"{two}\", \"key\": \"Authorization\"}}]"
            ),
            format!("{{\"headers\": [[\"X-API-Key\", \"{one}\"], [\"Authorization\", \"{two}\"]]}}"),
            format!("set password={one} and the API key: {two}."),
            format!("{{\"card\": \"{{\\\"apiKey\\\": \\\"{one}\\\", \\\"token\\\": [\\\"{two}\\\"]}}\"}}"),
            format!(
                "{{\"card\": \"{{\\\"x\\\": \\\"{{\\\\\\\"apiKey\\\\\\\": \\\\\\\"{one}\\\\\\\", \\\\\\\"token\\\\\\\":\\\\\\\"{two}\\\\\\\"}}\\\"}}\"}}"
            ),
        ] {
            let found: Vec<&str> = found(&text).into_iter().map(|hit| hit.0).collect();
            assert_eq!(found, [one, two], "{text}");
        }
        let text = r#"{"securitySchemes": {"apiKey": {"type": "apiKey", "name": "X-API-Key", "in": "header"}}, "value": "9fK2mQ7xLw4Zr8TnVb3Y"}"#;
        assert_eq!(found(text), []);
        let text = r#"{"password": "a9"B%7xQ\z", "next": "Zz9!xxyyK"}"#;
        assert_eq!(found(text).into_iter().map(|hit| hit.0).collect::<Vec<_>>(), [r#"a9"B%7xQ\z"#]);
    }

    #[test]
    fn keys_are_found() {
        let body = key("\nMIIE").replace("Sa5", "\n");
        let text = format!("x -----BEGIN RSA PRIVATE KEY-----{body}\n-----END RSA PRIVATE KEY----- y");
        assert_eq!(found(&text), [(format!("{body}\n").as_str(), SecretKind::PrivateKey)]);
        let d = "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE";
        let text = format!("{{\"crv\": \"P-256\", \"d\": \"{d}\", \"kty\": \"EC\"}}");
        assert_eq!(found(&text), [(d, SecretKind::WebKey("d"))]);
        let text = format!("{{\"kty\":\"oct\",\"k\":\"{d}\"}}");
        assert_eq!(found(&text), [(d, SecretKind::WebKey("k"))]);
        let text = format!("[\"kty\", {{}}, {{\"d\": \"{d}\"}}]");
        assert_eq!(found(&text), []);
    }

    #[test]
    fn tokens_and_logins_of_headers_are_found() {
        let jwt = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJ0aWRlcyIsInN1YiI6IjQyIn0.R4nD0mT0k3nF0rT3sts9XyZqWvUtSrQp";
        assert_eq!(found(&format!("Bearer {jwt}")), [(jwt, SecretKind::WebToken)]);
        assert_eq!(found(&format!("{{\"signature\": \"{jwt}\", \"jws\" : \"{jwt}\"}}")), []);
        assert_eq!(found("x eyJhbGciOiJSUzI1NiJ9..R4nD0mT0k3nF0rT3sts9XyZqWvUtSrQp"), []);
        let random = "9fK2mQ7xLw4Zr8TnVb3Y";
        assert_eq!(found(&format!("bearer {random}")), [(random, SecretKind::Header("Bearer"))]);
        let login = base64::engine::general_purpose::STANDARD.encode("bob:hunter2");
        assert_eq!(found(&format!("Basic {login}")), [(login.as_str(), SecretKind::Header("Basic"))]);
    }

    #[test]
    fn telling_names_make_values_suspicious() {
        let random = "9fK2mQ7xLw4Zr8TnVb3Y";
        for name in ["apiKey", "client_secret", "X-API-Key", "token", "credentials"] {
            let text = format!("{{\"{name}\" : \"{random}\"}}");
            assert_eq!(found(&text), [(random, SecretKind::Named(name.to_owned()))]);
        }
        assert_eq!(found(&format!("{{'token': '{random}', \"secret\": \"{random}, \n }}")).len(), 2);
        assert_eq!(found(&format!("{{\"kid\": \"{random}\", \"publicKey\": \"{random}\"}}")), []);
        for name in ["password", "passwd", "pwd"] {
            let text = format!("{{\"{name}\": \"Tr0ub4dor&3\"}}");
            assert_eq!(found(&text), [("Tr0ub4dor&3", SecretKind::Named(name.to_owned()))]);
        }
    }

    /// Would not come to an end if what stands around each marker were looked at as a whole.
    #[test]
    fn texts_full_of_markers_are_read_in_one_go() {
        for part in [
            "\"kty\"",
            "eyJ.",
            "://@",
            "?token=",
            "-----BEGIN PRIVATE KEY-----",
            "Bearer a1",
            "\"token\":\"",
            "://a:b",
            "ghp_a\"",
            "SG.",
            "ZXlK+",
            "\"token\":[",
            "\"token\":[{",
            "\"name\":\"token\",",
            "token is ",
            "\\",
            "\"token\":\"\\\"",
            "token:'\"",
            "\"kty\":\"d\",",
            "pat.",
            "0Q~",
            "99999:A",
        ] {
            let text = part.repeat((1 << 18) / part.len());
            assert!(hits(&View::new(text.as_bytes())).len() <= text.len() / part.len(), "{part}");
        }
    }
}
