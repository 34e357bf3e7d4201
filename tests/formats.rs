//! The formats of other tools, and reports in files, through the real binary.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod support;

use serde_json::Value;
use std::fs;
use std::path::Path;
use support::{Ran, folder, report, run, run_with};

const CLEAN: &str = include_str!("../fixtures/cards/1.0/minimal.json");
const FOREIGN: [&str; 7] = ["sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "lsp"];

/// A card with one error, in its second line.
fn bad() -> String {
    CLEAN.replacen('{', "{\n  \"name\": \"first\",", 1)
}

fn check(folder: &Path, args: &[&str]) -> Ran {
    run(folder, &[&["check"], args].concat())
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The names of what is in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// A document in whose array so many numbers have a zero too many in front.
fn faulty(count: usize) -> String {
    format!("{{\"supportedInterfaces\": [{}]}}", vec!["01"; count].join(", "))
}

#[test]
fn annotations_that_would_be_dropped_are_counted() {
    let folder =
        folder(&[("many.json", &faulty(25)), ("ten.json", &faulty(10)), ("eleven.json", &faulty(11))]);
    let only = ["--ignore", "all", "--select", "malformed-json", "--format", "github"];
    let lines = |args: &[&str]| -> Vec<String> {
        let ran = check(folder.path(), &[&only, args].concat());
        ran.out.lines().map(str::to_owned).collect()
    };
    assert_eq!(lines(&["ten.json"]).len(), 10);
    let many = lines(&["many.json", "ten.json"]);
    assert_eq!(many.len(), 11);
    assert!(
        many[10].starts_with("::notice title=cardlint::not shown here: 25 more errors ("),
        "{}",
        many[10]
    );
    assert!(lines(&["eleven.json"])[10].contains("1 more error ("));
    let few = lines(&["--max-diagnostics", "3", "ten.json"]);
    assert_eq!((few.len(), few[3].contains("7 more errors")), (4, true));
}

#[test]
fn the_last_notice_gives_way_to_the_count() {
    let notes = |count: usize| {
        let extra: String = (0..count).map(|number| format!("\n  \"extra{number}\": 1,")).collect();
        CLEAN.replacen('{', &format!("{{{extra}"), 1)
    };
    let folder = folder(&[("ten.json", &notes(10)), ("twelve.json", &notes(12))]);
    let only = ["--ignore", "all", "--select", "unknown-member", "--format", "github"];
    let ten = check(folder.path(), &[&only[..], &["ten.json"]].concat()).out;
    assert_eq!(ten.lines().filter(|line| line.starts_with("::notice file=")).count(), 10, "{ten}");
    let twelve = check(folder.path(), &[&only[..], &["twelve.json"]].concat()).out;
    assert_eq!(twelve.lines().filter(|line| line.starts_with("::notice file=")).count(), 9);
    assert!(twelve.lines().last().unwrap().contains("not shown here: 3 more notes"), "{twelve}");
}

#[test]
fn an_editor_clears_files_without_findings() {
    let folder =
        folder(&[("bad.json", &bad()), ("clean.json", CLEAN), ("package.json", "{\"name\": \"x\"}")]);
    let ran = check(folder.path(), &["--format", "lsp"]);
    let told: Vec<Value> = ran.out.lines().map(json).collect();
    let counts: Vec<_> = told
        .iter()
        .map(|told| {
            assert_eq!(told["method"], "textDocument/publishDiagnostics");
            let uri = told["params"]["uri"].as_str().unwrap();
            (uri.rsplit('/').next().unwrap(), told["params"]["diagnostics"].as_array().unwrap().len())
        })
        .collect();
    assert_eq!(counts, [("bad.json", 1), ("clean.json", 0), ("package.json", 0)]);
}

#[test]
fn an_unsaved_buffer_is_called_as_the_editor_calls_it() {
    let folder = folder(&[]);
    let lsp = |args: &[&str]| {
        let args = [&["check", "--format", "lsp", "-"], args].concat();
        let ran = run_with(
            folder.path(),
            &args,
            "{\"url\": \"https://a.example\", \"\u{1F600}\": 01, \"skills\": []}".as_bytes(),
        );
        json(&ran.out)["params"].clone()
    };
    let here = folder.path().canonicalize().unwrap();
    let named = lsp(&["--stdin-filename", "sub/draft agent-card.json"]);
    assert_eq!(named["uri"], format!("file://{}/sub/draft%20agent-card.json", here.display()));
    let found = named["diagnostics"].as_array().unwrap();
    let number = found.iter().find(|found| found["code"] == "malformed-json").unwrap();
    // The smiley counts as two.
    assert_eq!(number["range"]["start"]["character"], 35);
    assert_eq!(lsp(&[])["uri"], "untitled:stdin");
}

#[test]
fn a_path_may_begin_with_a_dot() {
    let folder = folder(&[("bad.json", &bad())]);
    for format in ["sarif", "github", "gitlab"] {
        let plain = check(folder.path(), &["--format", format, "bad.json"]).out;
        assert_eq!(check(folder.path(), &["--format", format, "./bad.json"]).out, plain, "{format}");
    }
}

#[test]
fn fingerprints_outlive_other_changes() {
    let fingerprints = |text: &str, args: &[&str]| -> Vec<String> {
        let folder = folder(&[("card.json", text)]);
        let gitlab = json(&check(folder.path(), &[&["--format", "gitlab", "card.json"], args].concat()).out);
        let sarif = json(&check(folder.path(), &["--format", "sarif", "card.json"]).out);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let one: Vec<_> =
            gitlab.as_array().unwrap().iter().map(|entry| text(&entry["fingerprint"])).collect();
        let results = sarif["runs"][0]["results"].as_array().unwrap();
        let other: Vec<_> =
            results.iter().map(|entry| text(&entry["partialFingerprints"]["cardlint/v1"])).collect();
        assert_eq!(one, other);
        one
    };
    let before = r#"{"url": "https://a.example", "skills": [{"id": "a"}, {"id": "b"}], "name": "x", "name": "y", "name": "z"}"#;
    let after = r#"{
        "name": "x", "name": "y", "name": "z",
        "skills": [{"id": "b"}, {"id": "a"}], "url": "https://a.example" }"#;
    let (mut before, mut after) = (fingerprints(before, &[]), fingerprints(after, &["--jobs", "1"]));
    before.sort();
    after.sort();
    assert_eq!(before, after);
    let count = before.len();
    before.dedup();
    assert_eq!(before.len(), count, "each has its own");
}

#[test]
fn reports_are_written_besides_what_is_printed() {
    let folder = folder(&[("cards/bad.json", &bad()), ("cards/clean.json", CLEAN), ("out/old.sarif", "old")]);
    let mut args = vec!["check", "--format", "json", "--max-diagnostics", "0", "cards"];
    let reports = FOREIGN.map(|format| format!("--report={format}=out/{format}"));
    args.extend(reports.iter().map(String::as_str));
    args.extend(["--report", "sarif=out/old.sarif", "--report", "json=out/json"]);
    let ran = run(folder.path(), &args);
    assert_eq!((ran.status, ran.err.as_str()), (1, ""));
    assert_eq!(report(&ran.out)["files"][0]["diagnostics"], json("[]"));
    let read = |name: &str| fs::read_to_string(folder.path().join("out").join(name)).unwrap();
    for format in FOREIGN {
        let alone = run(folder.path(), &["check", "--format", format, "cards"]);
        assert_eq!(read(format), alone.out, "{format}");
    }
    assert_eq!(read("old.sarif"), read("sarif"));
    assert_eq!(report(&read("json"))["files"][0]["diagnostics"].as_array().unwrap().len(), 1);
    assert_eq!(names(&folder.path().join("out")).len(), FOREIGN.len() + 2, "nothing else is left");
}

#[test]
fn a_report_that_cannot_be_written_leaves_nothing() {
    let folder = folder(&[("card.json", CLEAN), ("there.sarif", "as it was")]);
    for (args, said) in [
        (&["--report", "sarif"][..], "write it as FORMAT=PATH"),
        (&["--report", "sarf=a"], "there is no format `sarf`"),
        (&["--report", "sarif="], "write the path"),
        (&["--report", "sarif=-"], "--format says what is printed"),
        (&["--report", "sarif=a", "--report", "junit=./a"], "two of --report go to `./a`"),
        (&["--report", "sarif=./card.json"], "--report would take the place of `card.json`"),
        (&["--report", "sarif=a", "--write-baseline", "a"], "--report would take the place of `a`"),
        (&["--report", "sarif=a", "--report", "junit=missing/b"], "cannot write `missing/b`"),
        (&["--report", "sarif=."], "cannot write `.`"),
        (&["--report", "sarif=there.sarif", "--config", "missing.toml"], "missing.toml"),
    ] {
        let ran = check(folder.path(), &[args, &["card.json"]].concat());
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(ran.err.contains(said), "{args:?}: {}", ran.err);
        assert_eq!(names(folder.path()), ["card.json", "there.sarif"], "{args:?}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("there.sarif")).unwrap(), "as it was");
}

#[test]
fn security_rules_have_a_score_and_their_weakness_in_sarif() {
    let card = CLEAN.replacen("https://", "http://", 1).replacen('{', "{ \"x-vendor\": 1,", 1);
    let folder = folder(&[("card.json", &card)]);
    let sarif: Value =
        serde_json::from_str(&check(folder.path(), &["--format", "sarif", "card.json"]).out).unwrap();
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let properties = |id: &str| &rules.iter().find(|rule| rule["id"] == id).unwrap()["properties"];
    let expected = serde_json::json!({
        "security-severity": "6.5", "tags": ["security", "external/cwe/cwe-319", "OWASP-A02:2021"]
    });
    assert_eq!(*properties("plaintext-endpoint"), expected);
    assert_eq!(*properties("unknown-member"), serde_json::json!({ "tags": ["schema"] }));
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_goes_to_no_device() {
    let folder = folder(&[("card.json", CLEAN)]);
    let ran = check(folder.path(), &["--report", "json=/dev/null", "card.json"]);
    assert_eq!(
        (ran.status, ran.err.as_str()),
        (2, "error: cannot write `/dev/null`: it is not a regular file\n")
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_finds_no_room_leaves_nothing() {
    let folder = folder(&[("card.json", &faulty(1000)), ("there.sarif", "as it was")]);
    let program = env!("CARGO_BIN_EXE_cardlint");
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" check --report sarif=there.sarif --report junit=new.xml card.json";
    let mut shell = std::process::Command::new("sh");
    shell.current_dir(folder.path()).args(["-c", script]).arg(program);
    let ran = support::run_command(shell, b"");
    assert_eq!(
        (ran.status, ran.err.as_str()),
        (2, "error: cannot write the report: `there.sarif`: file too large\n")
    );
    assert_eq!(names(folder.path()), ["card.json", "there.sarif"]);
    assert_eq!(fs::read_to_string(folder.path().join("there.sarif")).unwrap(), "as it was");
}

#[cfg(unix)]
#[test]
fn a_report_does_not_need_a_reader_of_the_other() {
    let text = format!("{{\"supportedInterfaces\": [{}]}}\n", vec!["01"; 100].join(", ")).repeat(100);
    let folder = folder(&[("cards.jsonl", &text)]);
    let script = "\"$0\" check --format concise --report concise=report cards.jsonl | head -n 1";
    let mut shell = std::process::Command::new("sh");
    shell.current_dir(folder.path()).args(["-c", script, env!("CARGO_BIN_EXE_cardlint")]);
    let ran = support::run_command(shell, b"");
    assert_eq!((ran.out.lines().count(), ran.err.as_str()), (1, ""));
    let alone = check(folder.path(), &["--format", "concise", "cards.jsonl"]).out;
    assert!(alone.len() > 1 << 18, "more than a pipe holds");
    assert_eq!(fs::read_to_string(folder.path().join("report")).unwrap(), alone);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link() {
    let folder = folder(&[("card.json", CLEAN), ("target.json", "")]);
    std::os::unix::fs::symlink("target.json", folder.path().join("link.json")).unwrap();
    assert_eq!(check(folder.path(), &["--report", "json=link.json", "card.json"]).status, 0);
    assert!(folder.path().join("link.json").is_symlink());
    report(&fs::read_to_string(folder.path().join("target.json")).unwrap());
}

#[test]
fn a_run_of_nothing_gives_a_document_too() {
    let folder = folder(&[("readme.md", "")]);
    for format in FOREIGN {
        let ran = check(folder.path(), &["--format", format, "--report", &format!("{format}=report"), "."]);
        assert_eq!(ran.status, 3, "{format}");
        assert_eq!(fs::read_to_string(folder.path().join("report")).unwrap(), ran.out);
        match format {
            "sarif" => assert_eq!(json(&ran.out)["runs"].as_array().unwrap().len(), 1),
            "gitlab" => assert_eq!(json(&ran.out), json("[]")),
            "rdjson" => assert_eq!(json(&ran.out)["diagnostics"], json("[]")),
            "junit" | "checkstyle" => assert!(ran.out.starts_with("<?xml ") && ran.out.contains("</")),
            _ => assert_eq!(ran.out, ""),
        }
    }
}

#[test]
fn nothing_is_printed_besides_the_document() {
    let folder = folder(&[
        ("cards/bad.json", &bad()),
        ("cards/clean.json", CLEAN),
        ("cards/package.json", "{}"),
        ("broken/cardlint.toml", "select = 1"),
        ("broken/card.json", CLEAN),
        ("empty/readme.md", ""),
    ]);
    for format in cardlint::render::Format::ALL {
        let format = ["--format", format.name()];
        let alone = check(folder.path(), &[&format[..], &["cards"]].concat());
        assert_eq!((alone.status, alone.err.as_str()), (1, ""), "{format:?}");
        // What keeps files from being checked is told elsewhere.
        let failing = check(folder.path(), &[&format[..], &["cards", "missing.json", "broken"]].concat());
        assert_eq!(failing.status, 2);
        assert_eq!(failing.out, alone.out, "{format:?}");
        for said in ["cannot read `missing.json`", "has 1 fault"] {
            assert!(failing.err.contains(said), "{format:?}: {}", failing.err);
        }
        let nothing = check(folder.path(), &[&format[..], &["--allow-empty", "empty"]].concat());
        let warned = check(folder.path(), &[&format[..], &["empty"]].concat());
        assert_eq!((warned.out, nothing.err), (nothing.out, String::new()));
        assert!(warned.err.contains("nothing was checked"));
        if format[1] != "human" {
            let counted = check(folder.path(), &[&format[..], &["--statistics", "cards"]].concat());
            assert_eq!((counted.out, counted.err), (alone.out, "      1  duplicate-key\n".to_owned()));
        }
    }
}
