//! Documents that are too deep, too long or too many.

use super::{check, size, start, tells};
use std::fs;

/// The beginning of a card.
const CARD: &str =
    r#"{"name": "Tides", "url": "https://tides.example.com/a2a", "skills": [], "capabilities": {}"#;

/// A card with more members.
fn card(more: &str) -> Vec<u8> {
    format!("{CARD}, {more}}}").into_bytes()
}

fn each(count: usize, write: impl Fn(usize) -> String, between: &str) -> String {
    (0..count).map(write).collect::<Vec<_>>().join(between)
}

#[test]
fn nesting() {
    let depth = size(1_000_000);
    let (open, close) = ("[".repeat(depth), "]".repeat(depth));
    tells("open lists", open.as_bytes(), &["[excessive-nesting]", "[malformed-json]"]);
    // What such a document is cannot be said, since not all of it is read.
    tells("lists", format!("{open}{close}").as_bytes(), &["[excessive-nesting]"]);
    tells("open objects", "{\"a\":".repeat(depth).as_bytes(), &["[excessive-nesting]", "[malformed-json]"]);
    let objects = format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    tells("objects", objects.as_bytes(), &["[excessive-nesting]"]);
    tells("a card", &card(&format!("\"x\": {open}{close}")), &["[excessive-nesting]", "[missing-member]"]);
    tells("closing brackets", close.as_bytes(), &["[malformed-json]"]);
    tells("brackets of both kinds", "[}".repeat(depth).as_bytes(), &["[malformed-json]"]);
}

#[test]
fn long_strings() {
    let text = "x".repeat(size(200_000_000));
    tells("a string", &card(&format!("\"description\": \"{text}\"")), &["[missing-member]"]);
    tells(
        "a string without end",
        format!("{CARD}, \"description\": \"{text}").as_bytes(),
        &["[malformed-json]"],
    );
    tells("a key", &card(&format!("\"{text}\": 1")), &["[unknown-member]"]);
    tells("a word", format!("{CARD}, \"description\": {text}}}").as_bytes(), &["[malformed-json]"]);
}

#[test]
fn many_members() {
    let count = size(1_000_000);
    let members = each(count, |at| format!("\"m{at}\": 1"), ",");
    let most = [if count > 100_000 { "too many findings" } else { "[unknown-member]" }];
    tells("members", &card(&members), &most);
    tells(
        "members of a list",
        &card(&format!("\"x\": [{}]", "1,".repeat(count) + "1")),
        &["[unknown-member]"],
    );
    tells("members of params", &card(&format!("\"params\": {{{members}}}")), &["[unknown-member]"]);
    let duplicates = each(count, |at| format!("\"a\": {at}"), ",");
    tells("duplicates", &card(&duplicates), &most);
    tells("duplicates inside", &card(&format!("\"x\": {{{duplicates}}}")), &["[duplicate-key]"]);
    let schemes =
        each(count / 10, |at| format!("\"s{at}\": {{\"type\": \"http\", \"scheme\": \"bearer\"}}"), ",");
    let required = each(count / 10, |at| format!("{{\"q{at}\": []}}"), ",");
    let security = format!("\"securitySchemes\": {{{schemes}}}, \"security\": [{required}]");
    tells("schemes", &card(&security), &["[undeclared-scheme]"]);
    let tokens = each(count / 20, |at| format!("\"ghp_R4nD0mT0k3nF0rT3sts9XyZqWvU{at:09}\""), ",");
    tells("credentials", &card(&format!("\"x\": [{tokens}]")), &["[exposed-secret]"]);
}

#[test]
fn many_documents() {
    let page = each(size(100_000), |_| format!("{CARD}}}"), ",");
    tells("a list of cards", format!("[{page}]").as_bytes(), &["[missing-member]"]);
    let lines = format!("{CARD}}}\n").repeat(size(100_000));
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("cards.jsonl"), lines).unwrap();
    let ran = check(folder.path(), &["cards.jsonl"]);
    assert_eq!((ran.status, ran.err.as_str()), (1, ""));
}

#[test]
fn many_faults_of_the_syntax() {
    let count = size(10_000).max(1_000);
    let members =
        |value: &str, between: &str| card(&each(count, |at| format!("\"m{at}\": {value}"), between));
    tells("wrong literals", &members("True", ","), &["[malformed-json]"]);
    tells("wrong quotes", &members("'x'", ","), &["[malformed-json]"]);
    tells("missing commas", &members("1", "\n"), &["[malformed-json]"]);
    tells("semicolons", &members("1", ";"), &["[malformed-json]"]);
    tells("bad escapes", &members(r#""\q""#, ","), &["[malformed-json]"]);
    tells("quotation marks", "\"".repeat(100 * count).as_bytes(), &["[malformed-json]"]);
    tells(
        "half surrogate pairs",
        &card(&format!("\"description\": \"{}\"", "\\ud800".repeat(count))),
        &["[lone-surrogate]"],
    );
}

#[test]
fn long_numbers() {
    let digits = "1".repeat(size(1_000_000));
    tells("an integer", &card(&format!("\"n\": {digits}")), &["[unsafe-number]"]);
    tells("a fraction", &card(&format!("\"n\": 0.{digits}")), &["[unknown-member]"]);
    tells("an exponent", &card(&format!("\"n\": 1e{digits}")), &["[unsafe-number]"]);
    tells("a small one", &card(&format!("\"n\": 1e-{digits}")), &["[unknown-member]"]);
    tells("zeros", &card(&format!("\"n\": {}", "0".repeat(digits.len()))), &["[malformed-json]"]);
}

#[test]
fn long_values_of_every_syntax() {
    let many = size(1_000_000);
    for (member, part) in [
        ("url", "a."),
        ("url", "a@"),
        ("url", "%"),
        ("documentationUrl", "https://"),
        ("version", "1."),
        ("protocolVersion", "0."),
        ("description", "ghp_"),
        ("description", "Bearer "),
        ("description", "-----BEGIN "),
        ("description", "eyJ."),
        ("description", "\u{202e}\u{2066}"),
        ("description", "a\u{301}"),
        ("name", "\u{1F468}\u{200D}"),
        ("iconUrl", "data:"),
    ] {
        let text = format!(
            "{{\"capabilities\": {{}}, \"skills\": [], \"{member}\": \"https://{}\"}}",
            part.repeat(many)
        );
        tells(&format!("{member} of {part:?}"), text.as_bytes(), &["[missing-member]"]);
    }
    let signature = "A".repeat(many);
    let signed =
        format!("\"signatures\": [{{\"protected\": \"{signature}\", \"signature\": \"{signature}\"}}]");
    tells("a signature", &card(&signed), &["[missing-member]"]);
}

#[test]
fn dates_out_of_range() {
    for date in [
        "99999-01-01T00:00:00Z",
        "0000-00-00T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "-1-01-01T00:00:00Z",
        "2026-01-01T25:61:61Z",
    ] {
        let text = format!(
            "{{\"displayName\": \"Tides\", \"originatingStore\": \"x\", \"sourceAgentId\": \"y\", \"sourceCreatedDateTime\": \"{date}\"}}"
        );
        tells(date, text.as_bytes(), &["/sourceCreatedDateTime"].map(|_| "agent-card.json:1:"));
    }
    let date = format!("{}-01-01T00:00:00Z", "9".repeat(size(1_000_000)));
    let text = format!(
        "{{\"displayName\": \"Tides\", \"originatingStore\": \"x\", \"createdDateTime\": \"{date}\"}}"
    );
    tells("a long year", text.as_bytes(), &["agent-card.json:1:"]);
}

#[test]
fn limits_can_be_set() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &[u8]| fs::write(folder.path().join(name), text).unwrap();
    write("deep.json", &card("\"x\": [[[[[[[[1]]]]]]]]"));
    write("long.json", &card(&format!("\"description\": \"{}\"", "x".repeat(5000))));
    let run = |args: &[&str]| check(folder.path(), args);
    assert!(!run(&["deep.json"]).out.contains("[excessive-nesting]"));
    let ran = run(&["--max-depth", "8", "deep.json"]);
    assert!(ran.out.contains("objects and lists nest more than 8 levels deep here"), "{}", ran.out);
    let ran = run(&["--max-size", "4K", "long.json", "deep.json"]);
    assert_eq!(ran.status, 2);
    assert_eq!(
        ran.err,
        "error: cannot read `long.json`: it is longer than 4 KiB (see --max-size of check); JSON Lines may be of any length\n"
    );
    assert!(ran.out.contains("deep.json:"), "{}", ran.out);
    let ran = run(&["--max-findings", "2", "long.json"]);
    assert_eq!((ran.status, ran.out.lines().count()), (2, 2), "{}", start(&ran.out));
    assert!(ran.err.contains("`long.json` has too many findings"), "{}", ran.err);
    let ran = run(&["--jsonl", "--max-size", "4K", "long.json", "deep.json"]);
    assert!(ran.err.contains("line 1 is longer than 4 KiB") && ran.out.contains("deep.json:"), "{}", ran.err);
    for (option, value) in [
        ("--max-size", "0"),
        ("--max-size", "4X"),
        ("--max-size", "5G"),
        ("--max-depth", "513"),
        ("--max-depth", "0"),
    ] {
        assert_eq!(run(&[option, value]).status, 2, "{option} {value}");
    }
}
