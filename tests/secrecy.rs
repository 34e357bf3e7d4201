//! No report shows a credential, or sends a terminal what it would obey: in no format, wherever it stands, whatever rules run.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/report.rs"]
mod support;

use cardlint::lint::{Checked, Input, Selection, Settings, lint};
use cardlint::render::Format;
use cardlint::text::Origin;
use cardlint::words::is_hidden;
use support::report;

/// Credentials of several kinds, each with the text in which it can be known. Put together here, so that nobody who
/// searches the sources for credentials finds any.
fn credentials() -> Vec<(String, String)> {
    let random = "R4nD0mT0k3nF0rT3sts9XyZqWvUtSrQpOnMl";
    let whole = |secret: String| (secret.clone(), secret);
    let jwt = format!("eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ0aWRlcyIsInN1YiI6IjQyIn0.{random}");
    vec![
        whole(format!("ghp_{random}")),
        whole(format!("sk-{random}")),
        whole("AKIAQ7XK2MVWT4LZN8RB".to_owned()),
        whole(jwt),
        ("h1gh-w4ter-m4rk".to_owned(), "https://tides:h1gh-w4ter-m4rk@tides.example.com/a2a".to_owned()),
        (random.to_owned(), format!("https://tides.example.com/a2a?x=1&api_key={random}")),
        (random.to_owned(), format!("http://localhost/?sig={random}")),
        (random.to_owned(), format!(" https://tides.example.com/?token={random} ")),
        (random.to_owned(), format!("Bearer {random}")),
        (
            format!("MIIE{random}"),
            format!("-----BEGIN PRIVATE KEY-----\\nMIIE{random}\\n-----END PRIVATE KEY-----"),
        ),
    ]
}

/// Documents with a place for a credential: as value, name, enum, id, version, and where another type is wanted; sound,
/// broken and cut off.
const PLACES: [&str; 19] = [
    r#"{"name": "@", "description": "see @", "version": "@", "url": "@", "protocolVersion": "@", "skills": [],
        "capabilities": {}, "defaultInputModes": ["@"], "defaultOutputModes": ["text"], "preferredTransport": "@"}"#,
    r#"{"name": "Tides", "url": "https://tides.example.com", "@": 1, "skills": "@", "capabilities": ["@"]}"#,
    r#"{"name": "Tides", "skills": [{"id": "@"}, {"id": "@", "tags": "@", "@": {"@": 1}}], "url": "@", "provider": "@"}"#,
    r#"{"supportedInterfaces": [{"url": "@", "protocolBinding": "@", "protocolVersion": "@", "transport": "@"}]}"#,
    r#"{"supportedInterfaces": [], "securitySchemes": {"@": {"type": "@", "in": "@"}}, "security": [{"@": ["@"]}]}"#,
    r#"{"supportedInterfaces": [], "securityRequirements": [{"schemes": {"@": {"list": ["@"]}}}], "documentationUrl": "@"}"#,
    r#"{"url": "https://a.example", "skills": [], "securitySchemes": {"k": {"type": "http", "scheme": "@"},
        "o": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "@", "scopes": {"@": "@"}}}}}}"#,
    r#"{"url": "https://a.example", "skills": [], "capabilities": {"extensions": [{"uri": "@", "params": {"@": "@"}}]}}"#,
    r#"{"url": "https://a.example", "skills": [], "authentication": {"schemes": ["Bearer"], "credentials": "@"}}"#,
    r#"{"supportedInterfaces": [], "signatures": [{"protected": "x @", "signature": "y @", "header": {"jku": "@"}}]}"#,
    r#"{"url": "@", "skills": [], "name": "@", "name": "@", "Url": "@", "protocol_version": "@"}"#,
    r#"{"displayName": "@", "originatingStore": "@", "agentCardManifest": {"displayName": "@", "protocolVersion": "@",
        "createdDateTime": "@"}, "ownerIds": ["@"], "url": "@", "preferredTransport": "@", "createdDateTime": "@", "@": 1}"#,
    r#"{"agentCard": {"name": "@", "@": 1, "url": "@", "skills": []}, "sourceAgentId": "@", "displayName": "@"}"#,
    r#"[{"name": "@", "url": "@", "skills": []}, {"@": "@", "supportedInterfaces": []}]"#,
    r#"{"url": "@", "skills": [], "name": '@', // @"#,
    r#"{"url": "@" "skills": [, "name": "@, "x": @}"#,
    r#"{"url": "https://a.example", "skills": [{"id": "@", name: "@"} "@"#,
    r#"{"url": "https://a.example", "skills": [], "name": "@", "description": 'it "@" is', "@" "@"}"#,
    r#"@ {"type": "@"}"#,
];

/// The texts, checked as lines of one file.
fn checked(texts: &[String], selection: &Selection) -> Vec<Checked> {
    let settings = Settings { selection: selection.clone(), ..Settings::default() };
    let check = |(line, text): (u64, &String)| {
        let origin = Origin { line, offset: 1000 * line };
        lint(Input { origin, ..Input::named("agent-card.jsonl") }, text.clone().into_bytes(), &settings)
    };
    (0..).zip(texts).map(check).collect()
}

/// Any part of `secret` in `report` that is long enough to be no accident.
fn leak<'s>(report: &str, secret: &'s str) -> Option<&'s str> {
    (0..secret.len().saturating_sub(7))
        .filter_map(|at| secret.get(at..at + 8))
        .find(|part| report.contains(part))
}

fn selections() -> Vec<Selection> {
    let switched = |names: &[(&str, bool)]| {
        let mut selection = Selection::default();
        names.iter().for_each(|(name, on)| selection.switch(name, *on).unwrap());
        selection
    };
    vec![
        switched(&[("all", true)]),
        switched(&[("all", true), ("exposed-secret", false)]),
        switched(&[("all", false), ("exposed-secret", true)]),
    ]
}

/// The same text with the first and the sixth letter of the secret as escapes.
fn escaped(text: &str, secret: &str) -> String {
    let mut hidden = String::new();
    for (at, char) in secret.chars().enumerate() {
        if at == 0 || at == 5 { hidden += &format!("\\u{:04x}", char as u32) } else { hidden.push(char) }
    }
    text.replace(secret, &hidden)
}

#[test]
fn no_format_shows_a_credential() {
    for (secret, text) in credentials() {
        let mut texts: Vec<String> = PLACES.iter().map(|place| place.replace('@', &text)).collect();
        texts.extend(PLACES.iter().map(|place| place.replace('@', &escaped(&text, &secret))));
        for selection in selections() {
            let checked = checked(&texts, &selection);
            for format in Format::ALL {
                let report = report("agent-card.jsonl", format, &checked, false);
                assert!(report.len() > 100, "{}", format.name());
                if let Some(part) = leak(&report, &secret) {
                    let line = report.lines().find(|line| line.contains(part)).unwrap_or_default();
                    panic!("{} shows {part} of {secret}: {line}", format.name());
                }
            }
        }
    }
}

#[test]
fn credentials_under_telling_names_are_not_shown_either() {
    let random = "R4nD0mT0k3nF0rT3sts9XyZqWvUtSrQpOnMl";
    let key = format!(r#"{{"kty": "RSA", "n": "AQAB", "p": "p{random}", "d": "d{random}"}}"#);
    let text = format!(
        r#"{{"url": "https://a.example", "skills": [], "client_secret": "{random}", "apiKey": "{random}" "jwk": {key}}}"#
    );
    let checked = checked(&[text], &selections()[0]);
    for format in Format::ALL {
        assert_eq!(leak(&report("agent-card.jsonl", format, &checked, false), random), None);
    }
}

#[test]
fn each_credential_is_told_where_a_document_is() {
    let told = |text: &str| {
        let checked = lint(Input::named("agent-card.json"), text.as_bytes().to_vec(), &Settings::default());
        checked.diagnostics.iter().filter(|found| found.rule.id == "exposed-secret").count()
    };
    for (secret, text) in credentials() {
        let broken = format!(r#"{{"url": "https://a.example", "skills": [] "x": "{text}"}}"#);
        assert_eq!(told(&broken), 1, "{broken}");
        let escaped = escaped(&broken, &secret);
        assert_eq!(told(&escaped), 1, "{escaped}");
        let in_name = format!(r#"{{"url": "https://a.example", "skills": [], "{text}": 1}}"#);
        assert_eq!(told(&in_name), 1, "{in_name}");
    }
}

#[test]
fn no_fix_writes_a_masked_credential() {
    for (_, text) in credentials() {
        for place in PLACES {
            let text = place.replace('@', &text);
            let checked = lint(Input::named("agent-card.json"), text.into_bytes(), &Settings::default());
            let edits = checked.diagnostics.iter().flat_map(|found| &found.fixes).flat_map(|fix| &fix.edits);
            edits.for_each(|edit| assert!(!edit.text.contains("***"), "{}", edit.text));
        }
    }
}

/// What a terminal, or whoever reads it, would take for something else than text: sequences that set colours, move the
/// cursor, write the title or make a link; controls of C0 and C1; orders for bidirectional text; letters that do not show.
const CONTROLS: &str = "\u{1b}[31m\u{1b}[2J\u{1b}]0;x\u{7}\u{1b}]8;;http://e.example\u{1b}\\\u{9b}5n\u{90}\u{7f}\u{8}\u{c}\u{85}\u{202e}\u{2066}\u{200b}\u{feff}\u{2028}\u{e0041}";

/// The report without what our own colours and links may be.
fn without_style(report: &str) -> String {
    let own = regex::Regex::new("\u{1b}\\[[0-9;]*m|\u{1b}\\]8;;[!-~]*\u{1b}\\\\").unwrap();
    own.replace_all(report, "").into_owned()
}

#[test]
fn no_format_sends_a_control_character() {
    let is_raw = |letter: char| letter != '\n' && is_hidden(letter);
    // In JSON, a backslash is one of two.
    let raw = CONTROLS.replace('\\', "\\\\");
    let units = |letter: char| {
        letter.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>()
    };
    let escaped: String = CONTROLS.chars().map(units).collect();
    let path = format!("{CONTROLS}\r\n/agent-card.jsonl").replace('\\', "");
    for controls in [raw, escaped] {
        let texts: Vec<String> = PLACES.iter().map(|place| place.replace('@', &controls)).collect();
        for selection in selections() {
            let checked = checked(&texts, &selection);
            for (format, color) in
                Format::ALL.into_iter().flat_map(|format| [(format, false), (format, true)])
            {
                let report = report(&path, format, &checked, color);
                let plain = if color && format == Format::Human { without_style(&report) } else { report };
                let line = plain.split('\n').find(|line| line.contains(is_raw));
                assert_eq!(line, None, "{}", format.name());
            }
        }
    }
}

/// Names of security schemes, skills and scopes that would name a credential if a value were behind them.
const NAMES: [&str; 12] = [
    "password",
    "oauth_password",
    "client_secret",
    "clientSecret",
    "api_key",
    "apiKey",
    "API_KEY",
    "token",
    "access_token",
    "githubToken",
    "authorization",
    "secretKey",
];

#[test]
fn names_of_schemes_and_scopes_are_no_credentials() {
    let documents = [
        r#"{"securitySchemes": {"@": {"apiKeySecurityScheme": {"location": "header", "name": "@"}}},
            "securityRequirements": [{"schemes": {"@": {"list": ["read", "tides.write"]}}}], "supportedInterfaces": []}"#,
        r#"{"securitySchemes": {"@": {"oauth2SecurityScheme": {"flows": {"password": {"tokenUrl": "https://a.example/t",
            "scopes": {"@": "Use @"}}}}}}, "securityRequirements": [{"schemes": {"@": {"list": []}}}], "supportedInterfaces": []}"#,
        r#"{"url": "https://a.example", "securitySchemes": {"@": {"type": "apiKey", "in": "header", "name": "X-@"}},
            "security": [{"@": []}, {"@": ["read", "tides.write"]}], "skills": [{"id": "@", "name": "@", "tags": ["@"]}]}"#,
        r#"{"url": "https://a.example", "securitySchemes": {"@": {"type": "oauth2", "flows": {"password": {
            "tokenUrl": "https://a.example/token", "scopes": {"@.read": "Read @"}}}}}, "security": [{"@": ["@.read"]}]}"#,
        r#"{ "@" : { "description" : "The @ of the harbour" , "type" : "http" , "scheme" : "bearer" } }"#,
    ];
    for name in NAMES {
        for document in documents {
            let text = document.replace('@', name);
            let checked =
                lint(Input::named("agent-card.json"), text.clone().into_bytes(), &Settings::default());
            assert_eq!(checked.text, text);
            assert!(checked.diagnostics.iter().all(|found| found.rule.id != "exposed-secret"), "{text}");
        }
    }
}
