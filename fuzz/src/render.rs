//! Every format: well formed, complete, and nothing in it that a terminal would obey.

use crate::check::all_rules;
use cardlint::lint::{Checked, Input, Settings, lint};
use cardlint::render::{Format, Look, Output, Part};
use cardlint::text::Origin;
use cardlint::words::is_hidden;
use serde_json::Value;

const PATHS: [&str; 4] =
    ["agent-card.json", "./a b/\u{fc}\u{1b}[31m\r\n%\"<&>:,.json", "<stdin>", "\u{202e}/..//\u{7f}'\\.json"];

/// Checks each line as a document of one file, or all of the text as one, and writes what is found in every format. The
/// first byte says how it looks.
pub fn render(bytes: &[u8]) {
    let Some((&way, bytes)) = bytes.split_first() else { return };
    let path = PATHS[usize::from(way & 3)];
    let checked = checked(path, bytes, way & 4 != 0);
    let look = Look {
        color: way & 8 != 0,
        links: way & 8 != 0,
        unicode: way & 16 != 0,
        width: if way & 32 != 0 { 20 } else { 100 },
        quiet: false,
        max_diagnostics: (way & 64 != 0).then_some(2),
        folder: "/a b".to_owned(),
    };
    for format in Format::ALL {
        let ahead = report(format, &look, path, &checked, true);
        let late = report(format, &look, path, &checked, false);
        assert_eq!(ahead, late, "{}", format.name());
        let found = checked.iter().map(|checked| checked.diagnostics.len()).sum::<usize>();
        let shown = look.max_diagnostics.map_or(found, |max| found.min(max as usize));
        let plain = without_style(&ahead);
        assert!(!plain.chars().any(|char| is_hidden(char) && char != '\n'), "{}: {plain:?}", format.name());
        is_well_formed(format, &plain, shown, found);
    }
}

fn checked(path: &str, bytes: &[u8], lines: bool) -> Vec<Checked> {
    let settings = Settings { selection: all_rules(), places: true, ..Settings::default() };
    if !lines {
        return vec![lint(Input::named(path), bytes.to_vec(), &settings)];
    }
    let mut origin = Origin::default();
    let mut all = Vec::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        all.push(lint(Input { origin, is_line: true, ..Input::named(path) }, line.to_vec(), &settings));
        origin = Origin { line: origin.line + 1, offset: origin.offset + line.len() as u64 + 1 };
    }
    all
}

fn report(format: Format, look: &Look, path: &str, texts: &[Checked], ahead: bool) -> String {
    let mut out = Vec::new();
    let mut output = Output::new(&mut out, format, look.clone());
    output.begin().unwrap();
    let drawer = output.drawer();
    let drawn: Vec<_> = texts.iter().filter(|_| ahead).map(|checked| drawer.draw(path, checked)).collect();
    output.drawn_part(&Part { path, texts, last: true }, &drawn).unwrap();
    output.end().unwrap();
    String::from_utf8(out).unwrap()
}

/// A report without colours and links, which only `human` may have.
fn without_style(report: &str) -> String {
    let mut plain = String::new();
    let mut rest = report;
    while let Some(at) = rest.find('\u{1b}') {
        let (before, sequence) = rest.split_at(at);
        plain.push_str(before);
        let end = match sequence.strip_prefix("\u{1b}[") {
            Some(style) => {
                let end = style.find(|char: char| !char.is_ascii_digit() && char != ';').unwrap();
                assert!(style[end..].starts_with('m'), "{sequence:?}");
                end + 3
            }
            None => {
                assert!(sequence.starts_with("\u{1b}]8;;"), "{sequence:?}");
                let end = sequence.find("\u{1b}\\").unwrap();
                assert!(!sequence[5..end].chars().any(is_hidden), "{sequence:?}");
                end + 2
            }
        };
        rest = &sequence[end..];
    }
    plain + rest
}

fn is_well_formed(format: Format, report: &str, shown: usize, found: usize) {
    match format {
        Format::Human => assert!(found == 0 || !report.is_empty()),
        Format::Concise => {
            assert_eq!(report.lines().count(), shown);
            let severities = [": error[", ": warning[", ": note["];
            assert!(
                report.lines().all(|line| severities.iter().any(|severity| line.contains(severity))),
                "{report}"
            );
        }
        Format::Json => {
            let report = json(report);
            let listed = report["files"].as_array().unwrap().iter();
            let listed: usize = listed.map(|file| file["diagnostics"].as_array().unwrap().len()).sum();
            assert_eq!(listed, shown);
            let counts =
                ["errors", "warnings", "notes"].map(|name| report["summary"][name].as_u64().unwrap());
            assert_eq!(counts.iter().sum::<u64>(), found as u64);
        }
        Format::Jsonl => {
            assert_eq!(report.lines().map(json).filter(|line| line["rule"].is_string()).count(), shown)
        }
        Format::Sarif => assert_eq!(json(report)["runs"][0]["results"].as_array().unwrap().len(), shown),
        Format::Gitlab => assert_eq!(json(report).as_array().unwrap().len(), shown),
        Format::Rdjson => assert_eq!(json(report)["diagnostics"].as_array().unwrap().len(), shown),
        Format::Lsp => {
            let listed =
                report.lines().map(|line| json(line)["params"]["diagnostics"].as_array().unwrap().len());
            assert_eq!(listed.sum::<usize>(), shown);
        }
        Format::Github => assert!(report.lines().all(is_command), "{report}"),
        Format::Junit => drop(elements(report, "testsuites")),
        Format::Checkstyle => assert_eq!(elements(report, "checkstyle"), shown),
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn is_command(line: &str) -> bool {
    let command = ["::error ", "::warning ", "::notice "].iter().find_map(|start| line.strip_prefix(start));
    command.is_some_and(|rest| rest.contains("::"))
}

/// How many elements called `error` there are below the root, which is called `name`.
fn elements(text: &str, name: &str) -> usize {
    let document = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert!(document.root_element().has_tag_name(name));
    document.descendants().filter(|node| node.has_tag_name("error")).count()
}
