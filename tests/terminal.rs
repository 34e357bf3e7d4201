//! What people see on a terminal: runs of the real binary on one, with the help of Python.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod support;

use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use support::{Ran, command, folder, run, run_command};

const CLEAN: &str = include_str!("../fixtures/cards/1.0/minimal.json");

/// Which streams are on the terminal; another one is a pipe, or a file with this path.
struct Streams<'s> {
    stdout: &'s str,
    stderr: &'s str,
}

const BOTH: Streams<'_> = Streams { stdout: "terminal", stderr: "terminal" };

/// Runs cardlint on a terminal of so many columns, with `input`: texts, and how long to wait after each. `None`, with a word on
/// standard error, where there is no Python.
fn on_terminal(
    at: &Path,
    width: usize,
    streams: &Streams<'_>,
    args: &[&str],
    input: &[(&str, f64)],
) -> Option<Value> {
    let program = [&[env!("CARGO_BIN_EXE_cardlint")], args].concat();
    let wanted = json!({
        "command": program, "folder": at, "stdout": streams.stdout, "stderr": streams.stderr, "width": width, "input": input,
        "environment": {"TERM": "xterm", "NO_COLOR": "1", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "COLUMNS": width.to_string()},
    });
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/terminal/run.py");
    if Command::new("python3").arg("--version").output().is_err() {
        let required = std::env::var("CARDLINT_REQUIRE_ALL").is_ok_and(|value| value == "1");
        assert!(!required, "there is no python3 and CARDLINT_REQUIRE_ALL is set");
        eprintln!("skipped: there is no python3");
        return None;
    }
    let mut python = Command::new("python3");
    python.arg(script);
    let Ran { status, out, err } = run_command(python, wanted.to_string().as_bytes());
    assert_eq!(status, 0, "{err}");
    Some(serde_json::from_str(&out).unwrap())
}

/// The lines that a terminal shows in the end. Nothing may be drawn over something else that is not blank, but the line that
/// tells how far a run is.
fn shown(screen: &str) -> Vec<String> {
    let mut lines = vec![Vec::<char>::new()];
    let (mut column, mut passing) = (0, false);
    for char in screen.chars() {
        let line = lines.last_mut().unwrap();
        match char {
            '\r' => column = 0,
            '\n' => lines.push(Vec::new()),
            _ => {
                if column < line.len() {
                    let before: String = line.iter().collect();
                    passing = before.starts_with("checking: ") || (passing && !before.trim().is_empty());
                    assert!(passing || line[column] == ' ', "{before:?} is overwritten at {column}");
                    line[column] = char;
                } else {
                    line.push(char);
                }
                column += 1;
            }
        }
    }
    lines.into_iter().map(|line| line.into_iter().collect::<String>().trim_end().to_owned()).collect()
}

/// So many lines of JSON Lines, the first with a finding.
fn lines(count: usize) -> String {
    let clean = CLEAN.split_whitespace().collect::<Vec<_>>().join(" ") + "\n";
    clean.replacen('{', "{\"name\": \"first\", ", 1) + &clean.repeat(count - 1)
}

/// A run that takes more than a second, since its input comes slowly.
fn slow(at: &Path, streams: &Streams<'_>, args: &[&str]) -> Option<Value> {
    let lines = lines(520);
    let args = [&["check", "--jsonl", "-"], args].concat();
    on_terminal(at, 80, streams, &args, &[(&lines, 1.1), (&lines, 0.3), (&lines, 0.0)])
}

/// What a report on such a run is where nothing else is printed.
fn alone(at: &Path, args: &[&str]) -> Vec<String> {
    let args = [&["check", "--jsonl", "-"], args].concat();
    // A pipe would be full before all is read.
    let input = at.join("input");
    std::fs::write(&input, lines(520).repeat(3)).unwrap();
    let ran = command(at, &args).stdin(std::fs::File::open(input).unwrap()).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&ran.stderr), "");
    let printed = String::from_utf8(ran.stdout).unwrap();
    printed.split('\n').map(|line| line.trim_end().to_owned()).collect()
}

#[test]
fn a_long_run_says_how_far_it_is() {
    let folder = folder(&[]);
    let Some(ran) = slow(folder.path(), &BOTH, &[]) else { return };
    let screen = ran["screen"].as_str().unwrap();
    assert!(screen.contains("\rchecking: 0 files, 1024 documents, 2 findings so far"), "{screen}");
    assert!(screen.contains("\rchecking: 0 files, 1536 documents, 3 findings so far"), "{screen}");
    assert_eq!(shown(screen), alone(folder.path(), &["--format", "human"]));
}

#[test]
fn a_report_on_the_same_terminal_stays_whole() {
    let folder = folder(&[]);
    for format in ["json", "concise", "sarif"] {
        let Some(ran) = slow(folder.path(), &BOTH, &["--format", format]) else { return };
        assert_eq!(shown(ran["screen"].as_str().unwrap()), alone(folder.path(), &["--format", format]));
    }
}

#[test]
fn progress_is_only_for_people_who_wait() {
    let folder = folder(&[]);
    let (stdout, stderr) = ("terminal", "terminal");
    for (streams, args) in [
        (BOTH, &["--quiet"][..]),
        (Streams { stdout, stderr: "pipe" }, &[]),
        // What reads the pipe may be a pager on the same terminal.
        (Streams { stdout: "pipe", stderr }, &[]),
        (Streams { stdout: "pipe", stderr: "pipe" }, &[]),
    ] {
        let Some(ran) = slow(folder.path(), &streams, args) else { return };
        for stream in ["screen", "stdout", "stderr"] {
            assert!(!ran[stream].as_str().unwrap().contains("checking"), "{args:?} {stream}: {ran}");
        }
    }
}

#[test]
fn progress_is_for_those_who_write_to_a_file() {
    let folder = folder(&[]);
    let report = folder.path().join("report.txt");
    let streams = Streams { stdout: report.to_str().unwrap(), stderr: "terminal" };
    let Some(ran) = slow(folder.path(), &streams, &[]) else { return };
    let screen = ran["screen"].as_str().unwrap();
    assert!(screen.contains("\rchecking: "), "{screen}");
    assert_eq!(shown(screen), [""]);
    let written = std::fs::read_to_string(report).unwrap();
    assert_eq!(written.split('\n').collect::<Vec<_>>(), alone(folder.path(), &["--format", "concise"]));
}

#[test]
fn a_short_run_says_nothing_but_its_report() {
    let folder = folder(&[("card.json", CLEAN)]);
    let args = ["check", "card.json", "missing.json"];
    let Some(ran) = on_terminal(folder.path(), 80, &BOTH, &args, &[]) else { return };
    assert_eq!(
        ran["screen"],
        "error: cannot read `missing.json`: no such file or directory\r\nno findings\r\n\
         checked 1 file: 1 × A2A agent card 1.0\r\n"
    );
}

#[test]
fn rules_are_explained_for_people() {
    let folder = folder(&[]);
    let Some(ran) = on_terminal(folder.path(), 80, &BOTH, &["explain", "undeclared-scheme"], &[]) else {
        return;
    };
    let screen = ran["screen"].as_str().unwrap();
    let prose = screen.lines().filter(|line| !line.starts_with("    "));
    assert!(prose.clone().all(|line| line.chars().count() <= 80), "{screen}");
    assert!(screen.starts_with("undeclared-scheme\r\n") && !screen.contains("```") && !screen.contains("]("));
    let piped = run(folder.path(), &["explain", "undeclared-scheme"]).out;
    assert!(piped.starts_with("# undeclared-scheme\n") && piped.contains("```json\n"));
}

#[test]
fn rules_are_links_where_links_are_known() {
    let folder = folder(&[("card.json", &CLEAN.replacen('{', "{\"name\": \"first\",", 1))]);
    let args = ["check", "--format", "human", "--statistics", "--color", "always", "card.json"];
    let mut knowing = command(folder.path(), &args);
    knowing.env("FORCE_HYPERLINK", "1");
    let out = run_command(knowing, b"").out;
    let page = "\u{1b}]8;;https://github.com/cardlint/cardlint/blob/main/docs/rules/duplicate-key.md\u{1b}\\";
    let end = "\u{1b}]8;;\u{1b}\\\n";
    assert!(out.starts_with(&format!("{page}\u{1b}[31;1merror[duplicate-key]\u{1b}[0m{end}")), "{out}");
    assert!(out.ends_with(&format!("      1  {page}duplicate-key{end}")), "{out}");
    // In a pipe there is colour if it was asked for, and nothing to click on.
    let out = run(folder.path(), &args).out;
    assert!(
        out.starts_with("\u{1b}[31;1merror[duplicate-key]\u{1b}[0m\n") && !out.contains("\u{1b}]8"),
        "{out}"
    );
}

#[test]
fn the_pictures_show_what_is_printed() {
    let pictures = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    for (name, args) in
        [("check", ["check", "agent-card.json"]), ("explain", ["explain", "card-as-endpoint"])]
    {
        let Some(ran) = on_terminal(&pictures, 88, &BOTH, &args, &[]) else { return };
        let printed = ran["screen"].as_str().unwrap();
        let picture = std::fs::read_to_string(pictures.join(name).with_extension("svg")).unwrap();
        assert!(picture.len() < 60_000);
        let expected = format!("$cardlint{}{printed}", args.concat());
        let is_true = drawn(&picture) == expected.split_whitespace().collect::<String>();
        assert!(is_true, "{name}.svg shows something else: run docs/pictures/make and look at it");
    }
}

/// The text in a picture, without blanks.
fn drawn(picture: &str) -> String {
    let lines = picture.split("<g class=\"cardlint-matrix\">").nth(1).unwrap();
    let texts = lines.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text);
    let mut text = texts.collect::<String>();
    for (entity, char) in
        [("&#160;", ""), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&amp;", "&")]
    {
        text = text.replace(entity, char);
    }
    text.split_whitespace().collect()
}

#[test]
fn a_patch_on_a_terminal_has_no_control_characters_of_the_document() {
    // What a terminal would act on, raw and where JSON allows it: C1 controls, directions, and what breaks the JSON anyway.
    let bad = ["\u{1b}]0;x\u{7}", "\u{1b}[2J", "\u{9b}31m", "\u{202e}", "\u{2066}", "\u{8}", "\u{7f}"];
    let card = CLEAN.replacen('{', &format!("{{ \"Name{}\": \"{}\",", bad[1], bad.concat()), 1);
    let card = card.replacen("\"text/plain\"", &format!("\"text\", \"x{}\"", bad.concat()), 1);
    let folder = folder(&[("agent-card.json", &card)]);
    for args in [
        &["fix", "--diff"][..],
        &["fix", "--diff", "--unsafe-fixes"],
        &["migrate", "--to", "0.3.0", "--diff", "."],
    ] {
        let Some(ran) = on_terminal(folder.path(), 80, &BOTH, args, &[]) else { return };
        let screen = ran["screen"].as_str().unwrap();
        assert!(bad.iter().all(|bad| !screen.contains(bad)), "{args:?}: {screen:?}");
    }
    let piped = run(folder.path(), &["fix", "--diff"]).out;
    assert!(piped.contains("+++") && bad.iter().any(|bad| piped.contains(bad)), "{piped:?}");
}
