//! The forms of credentials: the letters by which each can be known, and what has to stand around them.

use super::SecretKind;
use super::judge::{is_password, is_random, is_sample, is_sample_password};
use super::search::Search;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use std::ops::Range;
use std::sync::LazyLock;

/// A credential in the view of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) range: Range<usize>,
    pub(super) kind: SecretKind,
    pub(super) prefix: &'static str,
}

/// A token that tells by its start whose it is.
struct Token {
    prefix: &'static str,
    what: &'static str,
    /// What follows: of which characters, and how many there are at least.
    body: (Letters, usize),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Letters {
    /// Capitals and digits, exactly as many as said.
    Capitals,
    /// Letters and digits.
    Plain,
    /// Letters, digits, `-` and `_`.
    Url,
    /// The same, and dots and slashes between them.
    Parts,
    /// As `Url`; the prefix is so short that the rest has to look drawn by lot.
    Random,
}

const fn token(prefix: &'static str, what: &'static str, letters: Letters, least: usize) -> Token {
    Token { prefix, what, body: (letters, least) }
}

/// Where two start alike, the longer one stands first. Else the order, here and in [`OTHERS`], is for speed alone: the search
/// takes every sixteenth together and looks at more letters where one of them may start, so those are together that are
/// seldom mistaken for words of a card. `bench/markers` finds the order.
const TOKENS: [Token; 44] = [
    token("gsk_", "a Groq API key", Letters::Random, 40),
    token("pypi-AgE", "a PyPI token", Letters::Url, 50),
    token("nvapi-", "an NVIDIA API key", Letters::Url, 40),
    token("xai-", "an xAI API key", Letters::Random, 40),
    token("sk-ant-", "an Anthropic API key", Letters::Url, 20),
    token("sk-or-", "an OpenRouter API key", Letters::Url, 20),
    token("glpat-", "a GitLab token", Letters::Url, 20),
    token("ghp_", "a GitHub token", Letters::Plain, 30),
    token("hooks.slack.com/services/", "the address of a Slack webhook", Letters::Parts, 40),
    token("github_pat_", "a GitHub token", Letters::Url, 40),
    token("sk_live_", "a Stripe key", Letters::Plain, 16),
    token("AKIA", "an AWS access key", Letters::Capitals, 16),
    token("hvs.", "a Vault token", Letters::Url, 24),
    token("sk-proj-", "an OpenAI API key", Letters::Url, 20),
    token("ghr_", "a GitHub token", Letters::Plain, 30),
    token("lin_api_", "a Linear API key", Letters::Plain, 30),
    token("glsa_", "a Grafana token", Letters::Url, 32),
    token("shpat_", "a Shopify token", Letters::Plain, 32),
    token("tvly-", "a Tavily API key", Letters::Random, 20),
    token("ya29.", "a Google access token", Letters::Url, 30),
    token("xoxs-", "a Slack token", Letters::Url, 20),
    token("xoxe-", "a Slack token", Letters::Url, 20),
    token("ghs_", "a GitHub token", Letters::Plain, 30),
    token("ghu_", "a GitHub token", Letters::Plain, 30),
    token("xoxr-", "a Slack token", Letters::Url, 20),
    token("AGE-SECRET-KEY-1", "a private age key", Letters::Plain, 50),
    token("rk_live_", "a Stripe key", Letters::Plain, 16),
    token("ASIA", "a temporary AWS access key", Letters::Capitals, 16),
    token("npm_", "an npm token", Letters::Plain, 36),
    token("whsec_", "the secret of a webhook", Letters::Random, 24),
    token("xoxa-", "a Slack token", Letters::Url, 20),
    token("pplx-", "a Perplexity API key", Letters::Random, 40),
    token("sk-", "an API key", Letters::Random, 20),
    token("xapp-", "a Slack token", Letters::Url, 20),
    token("dckr_pat_", "a Docker token", Letters::Url, 20),
    token("ATATT3", "an Atlassian API token", Letters::Parts, 60),
    token("SG.", "a SendGrid API key", Letters::Parts, 60),
    token("xoxp-", "a Slack token", Letters::Url, 20),
    token("GOCSPX-", "a Google client secret", Letters::Url, 24),
    token("dop_v1_", "a DigitalOcean token", Letters::Plain, 60),
    token("gho_", "a GitHub token", Letters::Plain, 30),
    token("AIza", "a Google API key", Letters::Url, 35),
    token("hf_", "a Hugging Face token", Letters::Plain, 30),
    token("xoxb-", "a Slack token", Letters::Url, 20),
];

/// What is known by more than its start: the letters to look for, and the function that looks further.
const OTHERS: [(&str, Look); 19] = [
    ("eyJ", web_token),
    ("ey\"", named),
    ("earer ", bearer),
    ("asic ", basic),
    ("code=", named),
    ("sswd", named),
    ("tials", named),
    ("sig=", named),
    ("-----BEGIN ", private_key),
    ("://", user_info),
    ("word", named),
    ("ature=", named),
    ("oken", named),
    ("ey'", named),
    ("\"kty\"", web_key),
    ("pwd", named),
    ("ey=", named),
    ("auth=", named),
    ("ecret", named),
];

/// Looks at the text around the marker, which stands at the range.
type Look = fn(&[u8], Range<usize>, &mut Found);

/// What was found up to now.
#[derive(Default)]
struct Found {
    hits: Vec<Hit>,
    /// Where the last object ends that was looked at as a web key.
    key_end: usize,
}

impl Found {
    fn push(&mut self, range: Range<usize>, kind: SecretKind, prefix: &'static str) {
        self.hits.push(Hit { range, kind, prefix });
    }
}

static SEARCH: LazyLock<Search> = LazyLock::new(|| Search::new(markers()));

fn markers() -> impl Iterator<Item = &'static str> + Clone {
    TOKENS.iter().map(|token| token.prefix).chain(OTHERS.iter().map(|(marker, _)| *marker))
}

/// The credentials in `text`, in its order, none overlapping another.
pub(super) fn hits(text: &[u8]) -> Vec<Hit> {
    let mut found = Found::default();
    for (start, number) in SEARCH.all(text) {
        if let Some(token) = TOKENS.get(number) {
            found.hits.extend(token.at(text, start..start + token.prefix.len()));
        } else if let Some((marker, look)) = number.checked_sub(TOKENS.len()).and_then(|at| OTHERS.get(at)) {
            look(text, start..start + marker.len(), &mut found);
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

impl Token {
    fn at(&self, text: &[u8], marker: Range<usize>) -> Option<Hit> {
        if text[..marker.start].last().is_some_and(|byte| is_word(*byte)) {
            return None;
        }
        let (letters, least) = self.body;
        // Where dots and slashes belong to it, it could start anew in every part.
        let most = if letters == Letters::Parts { 1 << 10 } else { text.len() };
        let body = run(&text[..text.len().min(marker.end + most)], marker.end, |byte| letters.have(byte));
        let value = str(text, body.clone());
        let fits = match letters {
            Letters::Capitals => body.len() == least,
            Letters::Random => is_random(value, least),
            _ => body.len() >= least,
        };
        let kind = SecretKind::Token(self.what);
        (fits && !is_sample(value)).then_some(Hit {
            range: marker.start..body.end,
            kind,
            prefix: self.prefix,
        })
    }
}

impl Letters {
    fn have(self, byte: u8) -> bool {
        match self {
            Self::Capitals => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Self::Plain => byte.is_ascii_alphanumeric(),
            Self::Url | Self::Random => is_word(byte),
            Self::Parts => is_word(byte) || matches!(byte, b'.' | b'/' | b'='),
        }
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// The bytes from `start` on that are `fit`.
fn run(text: &[u8], start: usize, fit: impl Fn(u8) -> bool) -> Range<usize> {
    let rest = text.get(start..).unwrap_or_default();
    start..start + rest.iter().position(|byte| !fit(*byte)).unwrap_or(rest.len())
}

/// The bytes before `end` that are `fit`, at most `most` of them.
fn run_before(text: &[u8], end: usize, most: usize, fit: impl Fn(u8) -> bool) -> Range<usize> {
    let before = text.get(..end).unwrap_or_default();
    let length = before.iter().rev().take(most).take_while(|byte| fit(**byte)).count();
    end - length..end
}

fn str(text: &[u8], range: Range<usize>) -> &str {
    text.get(range).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
}

/// The content of the string behind the name that ends before `end`, as in `"name": "content"`, with the same quotation marks or
/// none around the name. Where the mark at its end was lost, what comes after the string is no part of it.
fn value_after(text: &[u8], end: usize) -> Option<Range<usize>> {
    let is_mark = |byte: &u8| matches!(byte, b'"' | b'\'');
    let own = text.get(end).copied().filter(is_mark);
    let colon = run(text, end + usize::from(own.is_some()), |byte| byte.is_ascii_whitespace()).end;
    let quote = run(text, colon + 1, |byte| byte.is_ascii_whitespace()).end;
    let mark = text.get(quote).copied().filter(is_mark)?;
    if text.get(colon) != Some(&b':') || own.is_some_and(|own| own != mark) {
        return None;
    }
    let value = run(text, quote + 1, |byte| byte != mark && byte >= b' ');
    let behind = |byte: &&u8| matches!(**byte, b' ' | b',' | b'}' | b']');
    let length = value.len() - text[value.clone()].iter().rev().take_while(behind).count();
    Some(value.start..value.start + length)
}

/// The name of the member whose string starts with the byte at `start`.
fn name_before(text: &[u8], start: usize) -> &str {
    let blank = |end| run_before(text, end, 64, |byte: u8| byte.is_ascii_whitespace()).start;
    let ends_with = |end: usize, byte: u8| end.checked_sub(1).filter(|at| text.get(*at) == Some(&byte));
    let name = ends_with(start, b'"')
        .and_then(|quote| ends_with(blank(quote), b':'))
        .and_then(|colon| ends_with(blank(colon), b'"'))
        .map(|end| run_before(text, end, 64, is_word));
    name.map_or("", |name| str(text, name))
}

fn private_key(text: &[u8], marker: Range<usize>, found: &mut Found) {
    let label =
        run(text, marker.end, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b' ');
    let is_private = str(text, label.clone()).contains("PRIVATE KEY");
    if !is_private || text.get(label.end..label.end + 5) != Some(b"-----") {
        return;
    }
    let start = label.end + 5;
    let rest = text.get(start..(start + (1 << 14)).min(text.len())).unwrap_or_default();
    let ends = |at: usize| rest[at] == b'"' || rest[at..].starts_with(b"-----");
    let end = (0..rest.len()).find(|at| ends(*at)).unwrap_or(rest.len());
    let body = str(text, start..start + end);
    let letters = body.bytes().filter(u8::is_ascii_alphanumeric).count();
    if letters >= 32 && !is_sample(body) {
        found.push(start..start + end, SecretKind::PrivateKey, "");
    }
}

/// The samples of jwt.io and of RFC 7519, by the start of their second part.
const SAMPLE_CLAIMS: [&str; 2] = ["eyJzdWIiOiIxMjM0NTY3ODkw", "eyJpc3MiOiJqb2UiLA0KICJleHAi"];

/// Members whose JWS is meant to be read by everybody.
const SIGNATURES: [&str; 5] = ["signature", "protected", "jws", "proof", "proofValue"];

fn web_token(text: &[u8], marker: Range<usize>, found: &mut Found) {
    if text[..marker.start].last().is_some_and(|byte| is_word(*byte) || *byte == b'.') {
        return;
    }
    let header = run(text, marker.start, is_word);
    let dot = |end: usize| text.get(end) == Some(&b'.');
    if !dot(header.end) {
        return;
    }
    let claims = run(text, header.end + 1, is_word);
    let signature = run(text, claims.end + 1, is_word);
    let is_whole = dot(claims.end) && claims.len() >= 8 && signature.len() >= 16;
    let is_meant = SIGNATURES.contains(&name_before(text, marker.start));
    let is_known = SAMPLE_CLAIMS.iter().any(|sample| str(text, claims.clone()).starts_with(sample));
    if is_whole && !is_meant && !is_known && is_token_header(str(text, header)) {
        // An encrypted one has five parts.
        let end = run(text, signature.end, |byte| is_word(byte) || byte == b'.').end;
        found.push(marker.start..end, SecretKind::WebToken, "eyJ");
    }
}

/// Whether the first part of a compact JWS is the header of a token that opens doors. Other types, such as credentials
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

/// The private members of a JSON Web Key (RFC 7518 section 6); `k` is private in a symmetric key only.
const PRIVATE_MEMBERS: [&str; 7] = ["d", "p", "q", "dp", "dq", "qi", "k"];

fn web_key(text: &[u8], marker: Range<usize>, found: &mut Found) {
    // Far more than a key takes, so that a text full of names is still read in one go.
    const REACH: usize = 4096;
    if marker.start < found.key_end {
        return;
    }
    let start = run_before(text, marker.start, REACH, |byte| byte != b'{' && byte != b'}').start;
    let end =
        run(&text[..(marker.end + REACH).min(text.len())], marker.end, |byte| byte != b'{' && byte != b'}')
            .end;
    found.key_end = end;
    let kind = value_after(text, marker.end - 1).map(|value| str(text, value));
    let (Some(kind), Some(object)) = (kind, text.get(start..end)) else { return };
    for name in PRIVATE_MEMBERS {
        let quoted = format!("\"{name}\"");
        let at = object.windows(quoted.len()).position(|window| window == quoted.as_bytes());
        let Some(value) = at.and_then(|at| value_after(text, start + at + quoted.len() - 1)) else {
            continue;
        };
        let content = str(text, value.clone());
        let is_private = (name == "k") == (kind == "oct");
        let is_key = content.len() >= 20 && content.bytes().all(is_word) && !is_sample(content);
        if is_private && is_key {
            found.push(value, SecretKind::WebKey(name), "");
        }
    }
}

fn bearer(text: &[u8], marker: Range<usize>, found: &mut Found) {
    if !follows(text, marker.start, b'B') {
        return;
    }
    let value = run(text, marker.end, |byte| is_word(byte) || b".~+/=".contains(&byte));
    if is_random(str(text, value.clone()), 20) {
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

fn basic(text: &[u8], marker: Range<usize>, found: &mut Found) {
    if !follows(text, marker.start, b'B') {
        return;
    }
    let value = run(text, marker.end, |byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte));
    let login =
        STANDARD.decode(str(text, value.clone())).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let Some(login) = login else { return };
    let is_login = login.split_once(':').is_some_and(|(_, password)| {
        !password.is_empty() && !is_sample_password(password) && !login.contains(char::is_control)
    });
    if is_login && !SAMPLE_LOGINS.contains(&login.as_str()) {
        found.push(value, SecretKind::Header("Basic"), "");
    }
}

/// Whether the byte before `at` is `letter` in either case, at the start of a word.
fn follows(text: &[u8], at: usize, letter: u8) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let starts = before.len() < 2 || !is_word(before[before.len() - 2]);
    starts && before.last().is_some_and(|byte| byte.eq_ignore_ascii_case(&letter))
}

fn user_info(text: &[u8], marker: Range<usize>, found: &mut Found) {
    let ends =
        |byte: u8| byte.is_ascii_whitespace() || byte.is_ascii_control() || b"/?#\"\\<>`".contains(&byte);
    let authority = run(text, marker.end, |byte| !ends(byte));
    let Some(at) = text[authority.clone()].iter().rposition(|byte| *byte == b'@') else { return };
    let login = authority.start..authority.start + at;
    let colon = text[login.clone()].iter().position(|byte| *byte == b':');
    let (secret, is_secret) = match colon {
        Some(colon) => {
            let password = login.start + colon + 1..login.end;
            // Bytes that are not ASCII are no word of a sample.
            let is_secret = !password.is_empty()
                && !is_sample_password(&String::from_utf8_lossy(&text[password.clone()]));
            (password, is_secret)
        }
        None => (login.clone(), is_random(str(text, login), 20)),
    };
    if is_secret {
        found.push(secret, SecretKind::UserInfo, "");
    }
}

/// How the value of a name has to look to be taken for a credential.
enum Wants {
    /// Drawn by lot, with so many characters at least.
    Random(usize),
    /// As people make passwords.
    Password,
    /// As `Random`, or a number in hexadecimal digits.
    Key,
}

impl Wants {
    /// What the value of the member, parameter or part called `name` has to be; `None` where any may stand.
    fn of(name: &str) -> Option<Self> {
        const KEYS: [&str; 12] = [
            "apikey",
            "xapikey",
            "accesskey",
            "accesskeysecret",
            "secretkey",
            "secretaccesskey",
            "awssecretaccesskey",
            "accountkey",
            "sharedaccesskey",
            "subscriptionkey",
            "ocpapimsubscriptionkey",
            "signingkey",
        ];
        const TOKENS: [&str; 10] = [
            "token",
            "accesstoken",
            "refreshtoken",
            "authtoken",
            "bearertoken",
            "sessiontoken",
            "securitytoken",
            "xamzsecuritytoken",
            "apitoken",
            "idtoken",
        ];
        const SECRETS: [&str; 6] =
            ["secret", "clientsecret", "appsecret", "apisecret", "sharedsecret", "credentials"];
        let letters = |byte: &u8| byte.is_ascii_alphanumeric();
        let name: Vec<u8> = name.bytes().filter(letters).map(|byte| byte.to_ascii_lowercase()).collect();
        let name = std::str::from_utf8(&name).unwrap_or_default();
        match name {
            "password" | "passwd" | "pwd" => Some(Self::Password),
            "privatekey" => Some(Self::Key),
            _ if KEYS.contains(&name) || TOKENS.contains(&name) || SECRETS.contains(&name) => {
                Some(Self::Random(16))
            }
            _ => None,
        }
    }

    /// The same for the names that stand in queries.
    fn of_parameter(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "sig" | "signature" | "x-amz-signature" | "x-goog-signature" => Some(Self::Random(30)),
            "key" | "code" | "auth" => Some(Self::Random(20)),
            _ => Self::of(name),
        }
    }

    fn fits(&self, value: &str) -> bool {
        let digits = value.strip_prefix("0x").unwrap_or(value);
        let is_hex = || digits.len() >= 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        match self {
            Self::Random(length) => !value.starts_with("0x") && is_random(value, *length),
            Self::Password => is_password(value) || is_random(value, 12),
            Self::Key => !is_sample(value) && (is_random(value, 16) || is_hex()),
        }
    }
}

/// Looks at a name that ends with the marker, or before its last byte where that is no letter.
fn named(text: &[u8], marker: Range<usize>, found: &mut Found) {
    let end = run_before(text, marker.end, 1, |byte| !is_word(byte)).start;
    match text.get(end) {
        Some(b'"' | b'\'' | b':' | b' ') => member(text, end, found),
        Some(b'=') => parameter(text, end, found),
        _ => {}
    }
}

/// Looks at the member whose name ends at `end`.
fn member(text: &[u8], end: usize, found: &mut Found) {
    let name = str(text, run_before(text, end, 40, is_word));
    let Some(wants) = Wants::of(name) else { return };
    if let Some(value) = value_after(text, end).filter(|value| wants.fits(str(text, value.clone()))) {
        found.push(value, SecretKind::Named(name.to_owned()), "");
    }
}

/// Looks at the parameter, or the part of a connection string, whose name ends at `end`.
fn parameter(text: &[u8], end: usize, found: &mut Found) {
    let name = run_before(text, end, 40, is_word);
    let before = text[..name.start].last().copied();
    let name = str(text, name);
    let kind = match before {
        Some(b'?' | b'&' | b'#') => {
            Wants::of_parameter(name).map(|wants| (wants, SecretKind::Query(name.to_owned())))
        }
        Some(b';' | b'"') => Wants::of(name).map(|wants| (wants, SecretKind::Named(name.to_owned()))),
        _ => None,
    };
    let Some((wants, kind)) = kind else { return };
    let ends = |byte: u8| byte <= b' ' || byte == 0x7F || b"&#;,?\"'\\<>()]}`".contains(&byte);
    let value = run(text, end + 1, |byte| !ends(byte));
    if wants.fits(str(text, value.clone())) {
        found.push(value, kind, "");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, SecretKind)> {
        hits(text.as_bytes()).into_iter().map(|hit| (&text[hit.range], hit.kind)).collect()
    }

    /// Parts are put together here, so that nobody who searches this file for credentials finds any.
    fn key(prefix: &str) -> String {
        format!("{prefix}{}", "R4nD0mT0k3nF0rT3sts9XyZqWvUtSrQpOnMlKj8Hg7Fd6Sa5Qw4Er3Ty2Ui1Op0")
    }

    #[test]
    fn tokens_are_known_by_their_start() {
        for token in &TOKENS {
            let value = match token.body {
                (Letters::Capitals, _) => format!("{}Q7XK2MVWT4LZN8RB", token.prefix),
                _ => key(token.prefix),
            };
            let text = format!("{{\"a\": \"use {value}, please\"}}");
            assert_eq!(found(&text), [(value.as_str(), SecretKind::Token(token.what))], "{value}");
            assert_eq!(found(&format!("\"x{value}\"")), [], "{value}");
            assert_eq!(found(&format!("\"{}\"", token.prefix)), []);
            assert_eq!(found(&format!("\"{}{}\"", token.prefix, "x".repeat(70))), []);
        }
    }

    #[test]
    fn the_search_finds_every_marker() {
        let all: Vec<&str> = markers().collect();
        for text in ["x", "", "xy"].map(|head| format!("{head}{}\u{e9} sk-{}", all.join(" "), all.concat())) {
            let (mut expected, mut at) = (Vec::new(), 0);
            while at < text.len() {
                let starts = |marker: &&str| text.as_bytes()[at..].starts_with(marker.as_bytes());
                let first = all.iter().position(starts);
                expected.extend(first.map(|number| (at, number)));
                at += first.map_or(1, |number| all[number].len());
            }
            assert_eq!(SEARCH.all(text.as_bytes()).collect::<Vec<_>>(), expected);
        }
        assert!(all.iter().all(|marker| marker.len() >= 3));
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
        let login = STANDARD.encode("bob:hunter2");
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
        ] {
            let text = part.repeat((1 << 18) / part.len());
            assert!(hits(text.as_bytes()).len() <= text.len() / part.len(), "{part}");
        }
    }
}
