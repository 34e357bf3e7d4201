//! Patterns, names and files that a user, or somebody who sends a user a repository, can write.

use super::{OTHER, bounded, run_command, size, start};
use crate::command::Ran;
use std::fs;

/// Checks a card beneath a `cardlint.toml`.
fn run(config: &str, args: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("a".repeat(200));
    fs::create_dir(&deep).unwrap();
    fs::write(deep.join("other.json"), OTHER).unwrap();
    fs::write(folder.path().join("cardlint.toml"), config).unwrap();
    let args = [&["check", "--format", "concise", "--color", "never"], args].concat();
    let ran = run_command(bounded(folder.path(), &args), b"");
    assert!(!ran.err.contains("internal fault") && !ran.err.contains("panicked"), "{}", start(&ran.err));
    ran
}

/// The card is checked under `config`.
fn holds(what: &str, config: &str) -> Ran {
    let ran = run(config, &["."]);
    assert_eq!((ran.status, ran.err.as_str()), (1, ""), "{what}: {}", start(&ran.err));
    assert!(ran.out.contains("other.json:"), "{what}: {}", start(&ran.out));
    ran
}

/// `config` is refused with words that say why.
fn refused(what: &str, config: &str, why: &str) {
    let ran = run(config, &["."]);
    assert_eq!(ran.status, 2, "{what}: {}", start(&ran.err));
    // Words may be wrapped.
    let told = ran.err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains(why), "{what}: {}", start(&ran.err));
    assert!(ran.err.len() < 2_000_000, "{what}: {} bytes", ran.err.len());
}

fn allow(more: &str) -> String {
    format!("[[allow]]\nrule = \"unknown-member\"\nreason = \"known\"\n{more}\n")
}

#[test]
fn no_glob_for_files_takes_long() {
    for glob in [
        format!("{}*/b.json", "*a".repeat(40)),
        format!("{}other.json", "**/".repeat(2000)),
        format!("{}b.json", "**/*a*/".repeat(200)),
        format!("{}.json", "?*".repeat(2000)),
        format!("{}.json", "[!b]*".repeat(1000)),
        "[a-\u{10ffff}]".repeat(5000),
    ] {
        holds(&glob[..10], &allow(&format!("files = [\"{glob}\"]")));
        holds(&glob[..10], &format!("[[per-file]]\nfiles = [\"{glob}\"]\nkind = \"a2a-card\""));
    }
    refused(
        "an open set",
        &allow(&format!("files = [\"{}\"]", "[".repeat(10_000))),
        "this glob cannot be read",
    );
}

#[test]
fn no_glob_to_exclude_takes_long() {
    for glob in [
        "{a,b}".repeat(1000),
        "[a-z]*".repeat(5000) + "z",
        "*a".repeat(100) + "b",
        "**/".repeat(1000) + "z",
        "(a+)+".repeat(1000) + "$",
        format!("{}b{}", "{a,".repeat(1000), "}".repeat(1000)),
        "?".repeat(10_000),
    ] {
        holds(&glob[..5], &format!("exclude = [\"{glob}\"]"));
        let ran = run("", &["--exclude", &glob, "."]);
        assert_eq!((ran.status, ran.err.as_str()), (1, ""));
    }
    refused("open braces", &format!("exclude = [\"{}\"]", "{".repeat(10_000)), "this glob cannot be read");
    let many: Vec<String> = (0..5000).map(|at| format!("\"**/x{at}*y/\"")).collect();
    holds("many", &format!("exclude = [{}]", many.join(",")));
}

#[test]
fn no_glob_on_the_command_line_takes_long() {
    for glob in
        [format!("{}*b/*.json", "*a".repeat(60)), format!("{}nothing*", "**/".repeat(200)), "[".repeat(1000)]
    {
        let ran = run("", &[&glob]);
        assert_eq!(ran.status, 2, "{}", start(&ran.out));
        assert!(ran.err.starts_with("error: cannot read `"), "{}", start(&ran.err));
    }
}

#[test]
fn thousands_of_entries() {
    let each = |write: &dyn Fn(usize) -> String| (0..5000).map(write).collect::<String>();
    holds("for any file", &each(&|_| allow("")));
    holds("for no file", &each(&|at| allow(&format!("files = [\"**/x{at}*.json\"]"))));
    holds("for a place", &each(&|at| allow(&format!("files = [\"**/*.json\"]\npointer = \"/*/x{at}\""))));
    holds(
        "for some files",
        &each(&|at| format!("[[per-file]]\nfiles = [\"x{at}.json\"]\nignore = [\"style\"]\n")),
    );
    holds("one pointer", &allow(&format!("pointer = \"{}\"", "/*".repeat(size(1_000_000)))));
}

#[test]
fn dates_out_of_range() {
    for date in [
        "10000-01-01",
        "\"99999999999-01-01\"",
        "2026-02-30",
        "\"2026-02-30\"",
        "\"-001-01-01\"",
        "0000-00-00",
        "\"\"",
    ] {
        let ran = run(&allow(&format!("expires = {date}")), &["."]);
        assert_eq!(ran.status, 2, "{date}: {}", start(&ran.err));
        assert!(ran.err.contains("cardlint.toml"), "{date}: {}", ran.err);
    }
    for date in ["9999-12-31", "\"0001-01-01\""] {
        holds(date, &allow(&format!("expires = {date}")));
    }
}

#[test]
fn texts_that_are_no_configuration() {
    let many = size(1_000_000);
    refused("open lists", &format!("select = {}", "[".repeat(many)), "this is not TOML");
    refused("lists", &format!("select = {}{}", "[".repeat(many), "]".repeat(many)), "not TOML");
    refused("objects", &format!("x = {}1{}", "{a=".repeat(many), "}".repeat(many)), "not TOML");
    refused("a long key", &format!("a{} = 1", ".a".repeat(many)), "cardlint.toml` has");
    refused("a long heading", &format!("[a{}]\nb = 1", ".a".repeat(many)), "cardlint.toml` has");
    refused("a long name", &format!("select = [\"{}\"]", "x".repeat(many)), "there is no rule or group");
    refused("a long setting", &format!("{} = 1", "x".repeat(many)), "there is no setting");
    refused("closing braces", &"}".repeat(many), "not TOML");
    refused("bad escapes", &format!("a = \"{}\"", "\\x".repeat(many)), "not TOML");
    refused("strings", &format!("a = {}", "\"\"\"".repeat(many / 3)), "not TOML");
    let lines = |write: &dyn Fn(usize) -> String| (0..many / 20).map(write).collect::<String>();
    refused("settings", &lines(&|at| format!("k{at} = 1\n")), "has");
    refused("one setting", &lines(&|_| "k = 1\n".to_owned()), "not TOML");
    refused(
        "severities",
        &format!("[severity]\n{}", lines(&|at| format!("x{at} = \"error\"\n"))),
        "there is no rule",
    );
    refused("entries", &lines(&|_| "[[allow]]\n".to_owned()), "this entry has no `rule`");
    refused("too long", &format!("# {}", "x".repeat(5 << 20)), "it is longer than 4 MiB");
    refused("bytes", "a = \u{0}\u{1}\u{7f}", "not TOML");
}

#[test]
fn names_on_the_command_line() {
    let long = "x".repeat(100_000);
    for args in
        [["--select", &long], ["--ignore", &long], ["--kind", &long], ["--at", &long], ["--report", &long]]
    {
        let ran = run("", &[&args[..], &["."]].concat());
        assert_eq!(ran.status, 2, "{}", args[0]);
    }
    let ran = run("", &["--at", &"/0".repeat(50_000), "--allow-empty", "."]);
    assert_eq!(ran.status, 0, "{}", start(&ran.err));
}

#[test]
fn texts_that_are_no_baseline() {
    let many = size(1_000_000);
    let entry = |at: usize| {
        format!(
            "{{\"path\": \"a.json\", \"rule\": \"x\", \"place\": \"/{at}\", \"count\": 18446744073709551615}}"
        )
    };
    for text in [
        "[".repeat(many),
        format!("{{\"version\": 1, \"findings\": {}}}", "[".repeat(many)),
        format!(
            "{{\"version\": 1, \"findings\": [{}]",
            (0..many / 10).map(entry).collect::<Vec<_>>().join(",")
        ),
        "{\"version\": 1e400, \"findings\": []}".to_owned(),
        "\u{0}".to_owned(),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("baseline.json"), &text).unwrap();
        fs::write(folder.path().join("other.json"), OTHER).unwrap();
        let args = ["check", "--no-config", "--baseline", "baseline.json", "other.json"];
        let ran = run_command(bounded(folder.path(), &args), b"");
        assert_eq!(ran.status, 2);
        assert!(
            ran.err.starts_with("error: cannot read `baseline.json`: it is not a baseline"),
            "{}",
            start(&ran.err)
        );
    }
    // Counts that add up to more than a number holds.
    let twice = format!("{{\"version\": 1, \"findings\": [{}, {}]}}", entry(1), entry(1));
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("baseline.json"), twice).unwrap();
    fs::write(folder.path().join("other.json"), OTHER).unwrap();
    let args = ["check", "--no-config", "--baseline", "baseline.json", "other.json"];
    assert_eq!(run_command(bounded(folder.path(), &args), b"").status, 1);
}
