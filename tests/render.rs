//! What each format makes of texts and findings that are hard to show.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod support;

use cardlint::diagnostic::{
    Diagnostic, Edit, Fix, Fixing, Group, Meta, OtherFile, Related, Safety, Severity,
};
use cardlint::kind::{CardVersion, Kind, Mode, Profile, Version};
use cardlint::lint::{Checked, CheckedDocument};
use cardlint::render::{Format, Look, Output, Part, Summary};
use cardlint::text::{FileRange, Origin, Source, Span};
use std::borrow::Cow;
use support::{folder, report, report_lines, run};

static RULE: Meta = Meta {
    id: "made-up-fault",
    aliases: &[],
    group: Group::Schema,
    severity: Severity::Error,
    applies_to: "nothing",
    summary: "a test needs it",
    why: "",
    fixing: Fixing::Sometimes("The comma goes."),
    examples: &[],
};

/// The bytes of `part` in `text`.
fn span(text: &str, part: &str) -> Span {
    let start = text.find(part).unwrap();
    Span::new(start as u32, (start + part.len()) as u32)
}

fn found(severity: Severity, message: &str, span: Span) -> Diagnostic {
    Diagnostic {
        rule: &RULE,
        severity,
        message: message.to_owned(),
        help: Cow::Borrowed(""),
        pointer: String::new(),
        inner: None,
        node: None,
        span,
        siblings: Vec::new(),
        related: Vec::new(),
        fixes: Vec::new(),
    }
}

fn related(text: &str, part: &str, message: &str) -> Related {
    Related { message: message.to_owned(), file: None, pointer: "/a~1b".to_owned(), span: span(text, part) }
}

fn fix(title: &str, safety: Safety, span: Span, text: &str) -> Fix {
    Fix { title: title.to_owned(), safety, edits: vec![Edit { span, text: text.to_owned() }], carries: None }
}

fn document(pointer: &str, profile: Profile, reason: &str, span: Span) -> CheckedDocument {
    CheckedDocument { pointer: pointer.to_owned(), profile, reason: reason.to_owned(), span }
}

fn checked(text: &str, diagnostics: Vec<Diagnostic>) -> Checked {
    let profile = Profile::Card(CardVersion::stated(Version::V1_0));
    let whole = Span::new(0, text.len() as u32);
    Checked {
        text: text.to_owned(),
        origin: Origin::default(),
        documents: vec![document("", profile, "has supportedInterfaces", whole)],
        diagnostics,
        ..Checked::default()
    }
}

/// The third line of a file of which nothing else is known.
fn other_file() -> OtherFile {
    let range = FileRange::new(&Source::new("{}\n\n\u{e9}abc", Origin::default()), Span::new(6, 8));
    OtherFile { path: "other\n.json".to_owned(), range }
}

/// A text in scripts of several widths, with places related on the same line, on the next and far away.
fn scripts() -> Checked {
    let text = "{\n  \"größe\": 1,\n  \"名前\": \"日本語\", \"👩‍👩‍👧\": \"e\u{301}\", \"x\": 2,\n  \"y\": 3,\n\n\n  \"far\": 4\n}\n";
    let mut wide = found(Severity::Error, "`日本語` stands beside `é`", span(text, "\"日本語\""));
    wide.help = Cow::Borrowed(
        "write it anew, in words that are long enough for the line to be broken somewhere in between",
    );
    wide.related = vec![
        related(text, "\"x\"", "here"),
        related(text, "\"größe\"", "above"),
        related(text, "\"far\"", "the declaration"),
    ];
    wide.fixes = vec![
        fix("write `y`", Safety::Safe, span(text, "\"日本語\""), "\"y\""),
        fix("take it out", Safety::Unsafe, span(text, "\"日本語\", "), ""),
    ];
    let combined = found(Severity::Note, "a letter in two parts", span(text, "\"e\u{301}\""));
    checked(text, vec![wide, combined])
}

/// Windows line ends, a finding over several lines, and one at a line end.
fn windows() -> Checked {
    let text = "{\r\n\t\"a\": [\r\n\t\t1,\r\n\t\t2\r\n\t],\r\n\t\"b\": 1\r\n}";
    let array = span(text, "[\r\n\t\t1,\r\n\t\t2\r\n\t]");
    let end = span(text, "\"b\": 1").end;
    checked(
        text,
        vec![
            found(Severity::Warning, "an array over several lines", array),
            found(Severity::Warning, "nothing behind the value", Span::at(end)),
            found(Severity::Warning, "between CR and LF", Span::at(end + 1)),
            found(Severity::Warning, "nothing behind the text", Span::at(text.len() as u32)),
        ],
    )
}

/// Text, names and words that would do harm in a terminal or break a line.
fn hostile() -> Checked {
    let text =
        "{\"a\": \"\u{1b}[31mred\u{1b}[0m\u{7}\u{9b}1m\u{202e}txt\u{200b}\u{2028}\", \"b\":\t\"\u{0}\"}\r";
    let mut bad = found(
        Severity::Error,
        "100% `\u{1b}[2J`, :: or\r\n\"two\" lines\u{2029}",
        span(text, "red\u{1b}[0m"),
    );
    bad.help = Cow::Borrowed("do\nnot \u{1b}]8;;http://x\u{7}click\u{1b}]8;;\u{7}");
    bad.pointer = "/a\u{1b}~1~0".to_owned();
    bad.related = vec![
        related(text, "\t", "a\ttab\nhere"),
        Related { file: Some(other_file()), ..related(text, "a", "there\u{7}") },
    ];
    bad.fixes = vec![fix("write\n`\u{1b}`", Safety::Unsafe, span(text, "red"), "\u{1b}\n\"")];
    let mut checked = checked(text, vec![bad]);
    checked.documents[0].reason = "says \u{1b}[1m".to_owned();
    checked.documents[0].pointer = "/\u{7}".to_owned();
    checked
}

/// Lines of a JSON Lines file, with more documents than are told one by one.
fn lines() -> Vec<Checked> {
    let mut lines: Vec<_> = (0..4u32)
        .map(|number| {
            let mut line = checked("{\"a\": 1}", Vec::new());
            line.origin = Origin { line: u64::from(number) * 3, offset: u64::from(number) * 100 };
            line
        })
        .collect();
    lines[1].documents[0].profile = Profile::Graph(Kind::GraphAgentInstance, Mode::Create);
    lines[2].diagnostics.push(found(Severity::Error, "in the seventh line", Span::new(6, 7)));
    lines[3].skipped = true;
    lines[3].documents.clear();
    lines.push(checked("{}", Vec::new()));
    lines
}

/// The files of the report.
fn files() -> Vec<(&'static str, Vec<Checked>)> {
    let mut empty = checked("", vec![found(Severity::Error, "the file is empty", Span::at(0))]);
    empty.documents.clear();
    let old = "{\"a\":\r\"b\",\r\"c\": 1}\r";
    let mut passed_over = checked("{}", Vec::new());
    passed_over.documents.clear();
    passed_over.skipped = true;
    vec![
        ("größe/日本.json", vec![scripts()]),
        ("windows.json", vec![windows()]),
        ("clean.json", vec![checked("{}", Vec::new())]),
        ("passed-over.json", vec![passed_over]),
        ("empty.json", vec![empty]),
        (
            "old-mac.json",
            vec![checked(old, vec![found(Severity::Note, "an old line end", span(old, "\"c\""))])],
        ),
        ("we'ird \"%25\n\u{1b}[1m\u{202e}.json", vec![hostile()]),
        ("lines.jsonl", lines()),
    ]
}

const LOOK: Look = Look {
    color: false,
    links: false,
    unicode: true,
    width: 80,
    quiet: false,
    max_diagnostics: None,
    folder: String::new(),
};

fn render(format: Format, look: Look) -> (String, Summary) {
    let mut out = Vec::new();
    let mut output = Output::new(&mut out, format, look);
    output.begin().unwrap();
    for (path, texts) in files() {
        // In parts, as a long file comes.
        for texts in texts.chunks(2) {
            output.part(&Part { path, texts, last: false }).unwrap();
        }
        output.part(&Part { path, texts: &[], last: true }).unwrap();
    }
    let summary = output.end().unwrap();
    (String::from_utf8(out).unwrap(), summary)
}

#[test]
fn people_get_excerpts() {
    insta::assert_snapshot!("human", render(Format::Human, LOOK).0);
}

#[test]
fn narrow_and_wide_terminals_are_filled() {
    insta::assert_snapshot!(
        "human_narrow",
        render(Format::Human, Look { width: 40, unicode: false, ..LOOK }).0
    );
    insta::assert_snapshot!("human_wide", render(Format::Human, Look { width: 200, ..LOOK }).0);
}

#[test]
fn colour_and_links_are_the_only_escapes() {
    let colored = render(Format::Human, Look { color: true, links: true, ..LOOK }).0;
    insta::assert_snapshot!("human_color", colored.replace('\u{1b}', "ESC"));
    let plain = render(Format::Human, LOOK).0;
    assert_eq!(without_escapes(&colored), without_escapes(&plain));
}

/// Without escape sequences, and without the blanks that links add.
fn without_escapes(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        let end = if after.starts_with(']') { after.find('\\') } else { after.find('m') };
        rest = &after[end.unwrap() + 1..];
    }
    plain.push_str(rest);
    plain.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

#[test]
fn a_line_for_each_finding() {
    let (text, summary) = render(Format::Concise, LOOK);
    assert_eq!(text.lines().count() as u64, summary.findings());
    insta::assert_snapshot!("concise", text);
}

#[test]
fn nothing_hidden_reaches_the_terminal() {
    for format in Format::ALL {
        for char in render(format, LOOK).0.chars() {
            let hidden =
                (char.is_control() && char != '\n') || "\u{202e}\u{200b}\u{2028}\u{2029}".contains(char);
            assert!(!hidden, "{char:?} in {}", format.name());
        }
    }
}

#[test]
fn programs_get_the_places_that_people_see() {
    let (text, summary) = render(Format::Json, LOOK);
    let read = report(&text);
    assert_eq!(read["summary"]["errors"], summary.errors);
    insta::assert_snapshot!("json", text);
    let lines = render(Format::Jsonl, LOOK).0;
    assert_eq!(report_lines(&lines).len() as u64, summary.findings());
    insta::assert_snapshot!("jsonl", lines);
}

/// The formats that are some other tool's.
fn foreign() -> impl Iterator<Item = Format> {
    let own = [Format::Human, Format::Concise, Format::Json, Format::Jsonl];
    Format::ALL.into_iter().filter(move |format| !own.contains(format))
}

#[test]
fn other_tools_get_what_they_read() {
    for format in foreign() {
        let look = Look { folder: "/home/a b".to_owned(), ..LOOK };
        insta::assert_snapshot!(format.name(), render(format, look).0);
    }
}

#[test]
fn a_report_of_nothing_is_a_report() {
    for (format, expected) in [
        (Format::Concise, ""),
        (Format::Jsonl, ""),
        (Format::Github, ""),
        (Format::Lsp, ""),
        (Format::Gitlab, "[]\n"),
        (Format::Human, "checked no file\n"),
    ] {
        let mut out = Vec::new();
        let mut output = Output::new(&mut out, format, LOOK);
        output.begin().unwrap();
        output.end().unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
    for format in [Format::Json, Format::Sarif, Format::Junit, Format::Checkstyle, Format::Rdjson] {
        let mut out = Vec::new();
        let mut output = Output::new(&mut out, format, LOOK);
        output.begin().unwrap();
        output.end().unwrap();
        insta::assert_snapshot!(format!("{}_of_nothing", format.name()), String::from_utf8(out).unwrap());
    }
}

#[test]
fn the_length_of_a_line_costs_nothing() {
    let text = format!("{{{}\"last\": 1}}", "\"wörd\": \"\u{1b}\", ".repeat(750_000));
    assert!(text.len() > 10 << 20);
    let last = span(&text, "\"last\"");
    let middle = (text.len() / 2..).find(|&at| text.is_char_boundary(at)).unwrap() as u32;
    let mut diagnostics = vec![found(Severity::Error, "all of it", Span::new(0, text.len() as u32))];
    for number in 0..500 {
        let mut one =
            found(Severity::Error, "far to the right", if number % 2 == 0 { last } else { Span::at(middle) });
        one.related = vec![Related {
            message: "the start".to_owned(),
            file: None,
            pointer: String::new(),
            span: Span::new(0, 1),
        }];
        diagnostics.push(one);
    }
    let texts = [checked(&text, diagnostics)];
    for format in Format::ALL {
        let mut out = Vec::new();
        let mut output = Output::new(&mut out, format, Look { width: 500, ..LOOK });
        output.begin().unwrap();
        output.part(&Part { path: "long.json", texts: &texts, last: true }).unwrap();
        output.end().unwrap();
        assert!(out.len() < 501 * 3000, "{}: {} bytes", format.name(), out.len());
        if format == Format::Human {
            let text = String::from_utf8(out).unwrap();
            assert!(text.lines().all(|line| line.chars().count() <= 200 + 16));
            insta::assert_snapshot!("long_line", text.lines().take(32).collect::<Vec<_>>().join("\n"));
        }
    }
}

#[test]
fn the_binary_prints_what_the_library_renders() {
    let folder = folder(&[
        (
            "größe.json",
            "{\r\n  \"name\": \"日本\", \"name\": \"👩‍👩‍👧\u{1b}\",\r\n  \"skills\": [],\r\n  \"url\": \"https://a.example.com\"",
        ),
        (
            "lines.jsonl",
            "{\"name\": \"a\", \"skills\": [], \"url\": \"x\", \"url\": \"y\"}\n\n{\"name\": \"a\", \"skills\": [], \"url\": \"x\", \"url\": \"y\"}\n",
        ),
        ("empty.json", ""),
    ]);
    let only = ["--ignore", "all", "--select", "duplicate-key,malformed-json"];
    for format in Format::ALL {
        let args = ["check", "--format", format.name(), "größe.json", "lines.jsonl", "empty.json"];
        let ran = run(folder.path(), &[&args[..], &only].concat());
        assert_eq!((ran.status, ran.err.as_str()), (1, ""));
        match format {
            Format::Json => drop(report(&ran.out)),
            Format::Jsonl => drop(report_lines(&ran.out)),
            _ => {}
        }
        let here = format!("file://{}", folder.path().canonicalize().unwrap().display());
        // The pages of rules change with the rules.
        let lines = ran.out.lines().filter(|line| !line.contains("\"helpUri\""));
        let shown: String = lines.map(|line| line.replace(&here, "file:///folder") + "\n").collect();
        insta::assert_snapshot!(format!("binary_{}", format.name()), shown);
    }
}
