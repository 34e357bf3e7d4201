//! `cardlint.toml` through the real binary: which one holds for a file, what counts for more, and what it allows.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
#[allow(dead_code, reason = "not every test file needs all of it")]
mod support;

use serde_json::Value;
use std::path::Path;
use support::{Ran, folder, report, run, run_with};

/// A card with a warning (`plaintext-endpoint`), two errors (`missing-member` at two skills) and no other finding.
const CARD: &str = r#"{
  "name": "Tides",
  "description": "Tells tides.",
  "version": "1.0.0",
  "supportedInterfaces": [
    { "url": "http://tides.example.org/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ],
  "capabilities": {},
  "defaultInputModes": ["text/plain"],
  "defaultOutputModes": ["text/plain"],
  "skills": [
    { "id": "high", "name": "High water", "description": "Tells when it is high." },
    { "id": "low", "name": "Low water", "description": "Tells when it is low." }
  ]
}
"#;

fn check(folder: &Path, args: &[&str]) -> Ran {
    run(folder, &[&["check"], args].concat())
}

/// Each finding as `path rule severity`.
fn found(folder: &Path, args: &[&str]) -> Vec<String> {
    let ran = check(folder, &[args, &["--format", "json"]].concat());
    let report = report(&ran.out);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut all = Vec::new();
    for file in report["files"].as_array().unwrap() {
        for found in file["diagnostics"].as_array().unwrap() {
            all.push(format!(
                "{} {} {}",
                text(&file["path"]),
                text(&found["rule"]),
                text(&found["severity"])
            ));
        }
    }
    all
}

/// The rules that report on `card.json` under a configuration, each once.
fn rules(config: &str, args: &[&str]) -> Vec<String> {
    let folder = folder(&[("cardlint.toml", config), ("card.json", CARD)]);
    let mut rules: Vec<_> = found(folder.path(), &[&["card.json"], args].concat())
        .iter()
        .map(|line| line.split(' ').nth(1).unwrap().to_owned())
        .collect();
    rules.sort();
    rules.dedup();
    rules
}

fn suppressed(folder: &Path, args: &[&str]) -> u64 {
    let ran = check(folder, &[args, &["--format", "json"]].concat());
    report(&ran.out)["summary"]["suppressed"].as_u64().unwrap()
}

const BOTH: [&str; 2] = ["missing-member", "plaintext-endpoint"];

#[test]
fn the_command_line_counts_for_more_than_the_file_and_a_rule_for_more_than_its_group() {
    for (config, args, expected) in [
        ("", vec![], BOTH.as_slice()),
        ("ignore = ['plaintext-endpoint']", vec![], &BOTH[..1]),
        ("ignore = ['security']", vec![], &BOTH[..1]),
        ("ignore = ['security']\nselect = ['plaintext-endpoint']", vec![], &BOTH),
        ("select = ['plaintext-endpoint']\nignore = ['all']", vec![], &BOTH[1..]),
        ("select = ['security']\nignore = ['security']", vec![], &BOTH[..1]),
        ("ignore = ['security']\nselect = ['security']", vec![], &BOTH),
        ("ignore = ['plaintext-endpoint']", vec!["--select", "security"], &BOTH),
        ("ignore = ['plaintext-endpoint']", vec!["--select", "all"], &BOTH),
        ("ignore = ['plaintext-endpoint']", vec!["--ignore", "schema"], &[]),
        (
            "ignore = ['plaintext-endpoint']",
            vec!["--ignore", "all", "--select", "plaintext-endpoint"],
            &BOTH[1..],
        ),
        ("ignore = ['all']", vec!["--no-config"], &BOTH),
        ("[[per-file]]\nfiles = ['*.json']\nignore = ['security']", vec![], &BOTH[..1]),
        ("[[per-file]]\nfiles = ['x/*.json']\nignore = ['security']", vec![], &BOTH),
        (
            "ignore = ['plaintext-endpoint']\n[[per-file]]\nfiles = ['*.json']\nselect = ['security']",
            vec![],
            &BOTH,
        ),
        (
            "[[per-file]]\nfiles = ['*']\nignore = ['all']\n[[per-file]]\nfiles = ['card.json']\nselect = ['schema']",
            vec![],
            &BOTH[..1],
        ),
        ("[[per-file]]\nfiles = ['*']\nignore = ['all']", vec!["--select", "security"], &BOTH[1..]),
    ] {
        let on = rules(config, &args);
        let on: Vec<_> = on.iter().map(String::as_str).filter(|rule| BOTH.contains(rule)).collect();
        assert_eq!(on, expected, "{config} {args:?}");
    }
    assert_eq!(rules("", &[]), BOTH, "the card has nothing else wrong with it");
}

#[test]
fn severities_replace_every_severity_of_a_rule() {
    let folder = folder(&[
        (
            "cardlint.toml",
            "severity = { all = 'note', security = 'error' }\n[[per-file]]\nfiles = ['b.json']\nseverity = { plaintext-endpoint = 'warning' }",
        ),
        ("a.json", CARD),
        ("b.json", CARD),
    ]);
    let mut found = found(folder.path(), &[]);
    found.dedup();
    assert_eq!(
        found,
        [
            "a.json plaintext-endpoint error",
            "a.json missing-member note",
            "b.json plaintext-endpoint warning",
            "b.json missing-member note"
        ]
    );
}

#[test]
fn the_nearest_file_upwards_of_each_file_holds() {
    let folder = folder(&[
        ("cardlint.toml", "ignore = ['all']"),
        ("outer.json", CARD),
        ("a/inner.json", CARD),
        ("b/cardlint.toml", "ignore = ['schema']"),
        ("b/inner.json", CARD),
        ("b/c/deep.json", CARD),
        ("other.toml", "ignore = ['security']"),
    ]);
    let seen = |folder: &Path, args: &[&str]| {
        let mut found = found(folder, args);
        found.dedup();
        found
    };
    let here = folder.path();
    let nearest = ["b/c/deep.json plaintext-endpoint warning", "b/inner.json plaintext-endpoint warning"];
    assert_eq!(seen(here, &[]), nearest);
    // Wherever the command is given.
    assert_eq!(seen(&here.join("b/c"), &["deep.json"]), ["deep.json plaintext-endpoint warning"]);
    assert_eq!(seen(&here.join("a"), &["../b/c/../inner.json"]).len(), 1);
    assert!(seen(&here.join("a"), &["."]).is_empty());
    let given = seen(here, &["--config", "other.toml", "outer.json", "b/inner.json"]);
    assert_eq!(given, ["outer.json missing-member error", "b/inner.json missing-member error"]);
    assert_eq!(seen(here, &["--no-config", "b/inner.json"]).len(), 2);
    let stdin = |args: &[&str]| {
        let args = [&["check", "-", "--format", "concise"], args].concat();
        run_with(here, &args, CARD.as_bytes()).out.lines().count()
    };
    assert_eq!((stdin(&[]), stdin(&["--stdin-filename", "b/x.json"]), stdin(&["--no-config"])), (0, 1, 3));
}

#[test]
fn entries_for_files_say_what_documents_are() {
    let config = "
[[per-file]]
files = ['graph/']
kind = 'graph-agent-instance'
mode = 'update'
[[per-file]]
files = ['**/old.json']
a2a-version = '0.2.5'
";
    let folder = folder(&[("cardlint.toml", config), ("graph/x/a.json", "{}"), ("b/old.json", CARD)]);
    let profile = |path: &str, args: &[&str]| {
        let ran = check(folder.path(), &[&[path, "--format", "json"], args].concat());
        let document = &report(&ran.out)["files"][0]["documents"][0];
        format!("{} {} {}", document["kind"], document["versions"], document["mode"]).replace('"', "")
    };
    assert!(profile("graph/x/a.json", &[]).starts_with("graph-agent-instance "));
    assert!(profile("graph/x/a.json", &[]).ends_with(" update"));
    assert!(profile("graph/x/a.json", &["--mode", "create"]).ends_with(" create"));
    assert!(profile("b/old.json", &[]).contains("0.2.5"));
    assert!(profile("b/old.json", &["--a2a-version", "1.0"]).contains("1.0"));
}

#[test]
fn each_file_is_judged_by_the_fail_on_of_its_own_configuration() {
    let warns =
        CARD.replace("\" },\n    { \"id\": \"low\"", "\", \"tags\": [\"x\"] },\n    { \"id\": \"low\"");
    let warns = warns.replace("low.\" }", "low.\", \"tags\": [\"x\"] }");
    let folder = folder(&[
        ("strict/cardlint.toml", "fail-on = 'warning'"),
        ("strict/a.json", &warns),
        ("lax/cardlint.toml", "fail-on = 'never'"),
        ("lax/a.json", CARD),
        ("none/a.json", &warns),
    ]);
    for (args, status) in [
        (vec!["strict"], 1),
        (vec!["lax"], 0),
        (vec!["none"], 0),
        (vec!["lax", "none"], 0),
        (vec!["."], 1),
        (vec![".", "--fail-on", "error"], 1),
        (vec!["strict", "--fail-on", "error"], 0),
        (vec!["strict", "lax", "--fail-on", "never"], 0),
    ] {
        assert_eq!(check(folder.path(), &args).status, status, "{args:?}");
    }
}

#[test]
fn excluded_files_are_passed_over_unless_they_are_named() {
    let folder = folder(&[
        ("cardlint.toml", "exclude = ['/drafts', '*.tmp.json']"),
        ("card.json", CARD),
        ("drafts/a.json", CARD),
        ("x/drafts/a.json", CARD),
        ("x/a.tmp.json", CARD),
        ("y/cardlint.toml", "ignore = ['schema']"),
        ("y/a.tmp.json", CARD),
    ]);
    let paths = |args: &[&str]| {
        let mut paths: Vec<_> = found(folder.path(), args)
            .iter()
            .map(|line| line.split(' ').next().unwrap().to_owned())
            .collect();
        paths.dedup();
        paths
    };
    assert_eq!(paths(&[]), ["card.json", "x/drafts/a.json", "y/a.tmp.json"]);
    assert_eq!(paths(&["--exclude", "y"]), ["card.json", "x/drafts/a.json"]);
    assert_eq!(paths(&["drafts/a.json", "x/a.tmp.json"]), ["drafts/a.json", "x/a.tmp.json"]);
    assert_eq!(paths(&["*/*.json"]), ["y/a.tmp.json"]);
    assert_eq!(paths(&["--no-config", "drafts"]), ["drafts/a.json"]);
}

#[test]
fn allowed_findings_are_counted_and_not_shown() {
    let config = "
[[allow]]
rule = 'missing-member'
files = ['card.json']
pointer = '/skills/*'
reason = 'the generator is being mended'
expires = 9999-12-31
";
    let folder = folder(&[("cardlint.toml", config), ("card.json", CARD), ("other.json", CARD)]);
    assert_eq!(found(folder.path(), &["card.json"]), ["card.json plaintext-endpoint warning"]);
    assert_eq!(suppressed(folder.path(), &["card.json"]), 2);
    assert_eq!(found(folder.path(), &["other.json"]).len(), 3);
    let human = check(folder.path(), &["card.json", "--format", "human"]).out;
    assert!(human.contains("1 warning; 2 allowed\n"), "{human}");
    for (pointer, left) in [("/skills/0", 1), ("/skills/*/tags", 2), ("/*/*", 0), ("", 2), ("/*/1", 1)] {
        let config = format!("[[allow]]\nrule = 'missing-member'\npointer = '{pointer}'\nreason = 'a test'");
        let rest = rules_of_skills(&config);
        assert_eq!(rest, left, "{pointer}");
    }
}

/// How many findings of `missing-member` are left.
fn rules_of_skills(config: &str) -> usize {
    let folder = folder(&[("cardlint.toml", config), ("card.json", CARD)]);
    found(folder.path(), &["card.json"]).iter().filter(|line| line.contains("missing-member")).count()
}

/// What is said about `cardlint.toml`.
fn remarks(folder: &Path, args: &[&str]) -> Vec<String> {
    let found = found(folder, args);
    found.into_iter().filter(|line| line.contains("cardlint.toml")).collect()
}

#[test]
fn an_expired_allowance_allows_nothing_and_is_reported() {
    let config = "[[allow]]\nrule = 'missing-member'\nreason = 'a test'\nexpires = '2020-02-29'\n";
    let folder = folder(&[("cardlint.toml", config), ("card.json", CARD)]);
    let found = found(folder.path(), &[]);
    assert_eq!(found.iter().filter(|line| line.contains("missing-member")).count(), 2);
    assert_eq!(remarks(folder.path(), &["card.json"]), ["cardlint.toml expired-allowance warning"]);
    assert!(remarks(folder.path(), &["--ignore", "expired-allowance"]).is_empty());
    let shown = check(folder.path(), &["--format", "concise"]).out;
    let last = shown.lines().last().unwrap();
    assert_eq!(
        last,
        "cardlint.toml:4:11: warning[expired-allowance]: this entry has allowed nothing of `missing-member` since 2020-02-29"
    );
}

#[test]
fn an_unused_allowance_is_reported_when_that_is_certain() {
    let allow = |files: &str| format!("[[allow]]\nrule = 'duplicate-skill-id'\n{files}\nreason = 'a test'\n");
    let unused = ["cardlint.toml unused-allowance warning"].as_slice();
    let files = "files = ['card.json']";
    let glob = "files = ['*.json', 'x/**/*.json']";
    for (files, args, expected) in [
        // A file that is named in the entry was checked, or was not.
        (files, vec!["card.json"], unused),
        (files, vec!["x/other.json"], &[]),
        (files, vec!["x"], &[]),
        (files, vec![], unused),
        ("files = ['card.json', 'x/other.json']", vec!["card.json"], &[]),
        ("files = ['card.json', 'x/other.json']", vec!["card.json", "x/other.json"], unused),
        // Others may be meant, unless all of the folder was walked.
        ("", vec!["card.json"], &[]),
        ("", vec![], unused),
        ("", vec!["x"], &[]),
        (glob, vec!["card.json", "x/other.json"], &[]),
        (glob, vec!["."], unused),
        // No such file is there.
        ("files = ['gone.json']", vec!["card.json"], &[]),
        ("files = ['gone.json']", vec![], unused),
        ("files = ['gone/*.json']", vec![], unused),
        // There is one, which is not met by walking.
        ("files = ['.hidden/*.json']", vec![], &[]),
        ("files = ['.hidden/card.json']", vec![], &[]),
        ("files = ['.hidden/card.json']", vec!["--hidden"], unused),
        // Something keeps findings from being found.
        ("", vec!["--kind", "a2a-card"], &[]),
        ("", vec!["--at", ""], &[]),
        ("", vec!["--exclude", "x"], &[]),
        ("", vec!["--ignore", "duplicate-skill-id"], &[]),
        ("", vec!["--ignore", "unused-allowance"], &[]),
        ("", vec![".", "missing.json"], &[]),
    ] {
        let folder = folder(&[
            ("cardlint.toml", &allow(files)),
            ("card.json", CARD),
            ("x/other.json", CARD),
            (".hidden/card.json", CARD),
        ]);
        assert_eq!(remarks(folder.path(), &args), expected, "{files} {args:?}");
    }
}

#[test]
fn an_allowance_that_is_used_once_is_used() {
    let config = "
[[allow]]
rule = 'missing-member'
files = ['card.json']
reason = 'a test'
[[allow]]
rule = 'missing-member'
files = ['*.json']
reason = 'another'
";
    let clean = CARD.replace("http:", "https:");
    let folder = folder(&[
        ("cardlint.toml", config),
        ("card.json", &clean),
        ("a/cardlint.toml", ""),
        ("a/b.json", &clean),
    ]);
    assert!(remarks(folder.path(), &[]).is_empty());
    assert_eq!((suppressed(folder.path(), &[]), found(folder.path(), &[]).len()), (2, 2));
}

#[test]
fn an_allowance_holds_for_lines() {
    let config = "[[allow]]\nrule = 'missing-member'\nfiles = ['cards.jsonl']\npointer = '/skills/*'\nreason = 'a test'\n";
    let line = CARD.replace('\n', "") + "\n";
    let folder = folder(&[("cardlint.toml", config), ("cards.jsonl", &line.repeat(3))]);
    assert_eq!((suppressed(folder.path(), &[]), found(folder.path(), &[]).len()), (6, 3));
}

/// Everything that can be wrong with the file.
const FAULTS: &str = r#"# Everything here is wrong.
select = ["plaintext-endpont", "Security", "styl"]
ignore = "style"
severity = { missing-member = "warn", made-up = "note", all = 1 }
fail-on = "warnings"
exclude = ["ok", "{a", 3]
excludes = []

[[per-file]]
file = ["a.json"]
ignore = [true]

[[per-file]]
files = []
kind = "a2acard"
a2a-version = "0.3.7"
mode = "patch"

[[per-file]]
files = ["a.json"]
kind = "a2a-card"
mode = "create"

[[allow]]
rule = "plaintext-endpoint"
files = ["[a.json", "/a.json", "../a.json", "a\\b.json", "{a,b}.json", "**.json", ""]

[[allow]]
rule = "security"
pointer = "skills"
reason = " "
expires = "2026-02-29"

[[allow]]
pointer = "/a~b"
reason = "no rule"
expires = 2026-01-01T00:00:00Z
until = 2026-01-01

[allowed]
"#;

#[test]
fn every_fault_of_the_file_is_shown_in_it() {
    let folder = folder(&[("cardlint.toml", FAULTS), ("card.json", CARD)]);
    let ran = check(folder.path(), &["card.json", "--format", "json"]);
    assert_eq!((ran.status, report(&ran.out)["files"].as_array().unwrap().len()), (2, 0));
    let human = check(folder.path(), &["--format", "human", "--config", "cardlint.toml"]);
    assert_eq!((human.status, human.out.as_str()), (2, ""));
    insta::assert_snapshot!("faults_human", human.err);
    // How many files were left out is the only difference.
    let faults = |text: &str| text.rsplit_once("\nerror: ").map(|(faults, _)| faults.to_owned());
    assert_eq!(faults(&ran.err), faults(&human.err));
}

#[test]
fn what_is_not_toml_is_reported_without_an_excerpt() {
    let text = "select = [\"styl\"]\nignore = [\"style\"\nfail-on = \n[[per-file]\nfiles = \"x\"\nselect = 'a\nselect = []\n";
    let folder = folder(&[("cardlint.toml", text), ("card.json", CARD)]);
    let ran = check(folder.path(), &["card.json"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    insta::assert_snapshot!("faults_of_syntax", ran.err);
    for text in ["\u{feff}ignore = ['style']", "", "# nothing\n", "ignore = []"] {
        std::fs::write(folder.path().join("cardlint.toml"), text).unwrap();
        assert_eq!(check(folder.path(), &["card.json"]).status, 1, "{text:?}");
    }
    std::fs::write(folder.path().join("cardlint.toml"), b"ignore = ['\xff\xfe']").unwrap();
    assert_eq!(check(folder.path(), &["card.json"]).status, 2);
}

#[test]
fn a_broken_file_holds_up_only_what_is_under_it() {
    let folder = folder(&[
        ("cardlint.toml", "ignore = ['all']"),
        ("a.json", CARD),
        ("b/cardlint.toml", "ignore = ['al']"),
        ("b/b.json", CARD),
        ("b/c/c.json", CARD),
        ("d/cardlint.toml", ""),
        ("d/d.json", CARD),
    ]);
    let ran = check(folder.path(), &["--format", "concise"]);
    assert_eq!(ran.status, 2);
    assert!(ran.out.lines().all(|line| line.starts_with("d/d.json:")) && ran.out.lines().count() == 3);
    assert!(ran.err.contains("[b/cardlint.toml:1:11]"), "{}", ran.err);
    assert!(ran.err.ends_with("error: `b/cardlint.toml` has 1 fault, so 2 files were not checked\n"));
    let missing = check(folder.path(), &["--config", "no.toml"]);
    assert_eq!(
        (missing.status, missing.err.as_str()),
        (2, "error: cannot read `no.toml`: no such file or directory\n")
    );
    assert_eq!(check(folder.path(), &["--config", "cardlint.toml", "--no-config"]).status, 2);
}

#[test]
fn settings_are_shown_with_where_they_were_written() {
    let config = "\
ignore = ['duplicate-key', 'plaintext-endpoint']
severity = { missing-member = 'warning' }
fail-on = 'warning'
exclude = ['/drafts']

[[per-file]]
files = ['cards/*.json']
a2a-version = '0.3'
ignore = ['unsafe-number']

[[allow]]
rule = 'unknown-member'
files = ['cards/']
pointer = '/skills/*'
reason = 'a test'
expires = 2999-01-01
";
    let folder = folder(&[("cardlint.toml", config), ("cards/a.json", CARD), ("cards/deep/b.json", CARD)]);
    let shown = check(
        &folder.path().join("cards"),
        &["--show-settings", "a.json", "--select", "plaintext-endpoint", "--kind", "a2a-card"],
    );
    assert_eq!((shown.status, shown.err.as_str()), (0, ""));
    insta::assert_snapshot!("settings", shown.out);
    let none = check(folder.path(), &["--show-settings", "cards/a.json", "--no-config"]);
    insta::assert_snapshot!("settings_without_a_file", none.out);
    std::fs::remove_file(folder.path().join("cardlint.toml")).unwrap();
    let none = check(folder.path(), &["--show-settings", "cards/a.json"]).out;
    assert!(none.contains("  no cardlint.toml was found\n"), "{none}");
    std::fs::write(folder.path().join("cardlint.toml"), "x = 1").unwrap();
    assert_eq!(check(folder.path(), &["--show-settings", "cards/a.json"]).status, 2);
}

#[test]
fn the_examples_of_the_documentation_are_understood() {
    let text = include_str!("../docs/configuration.md");
    let schema: Value = serde_json::from_str(include_str!("../schemas/config.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut blocks = 0;
    let mut keys = String::new();
    for block in text.split("```toml\n").skip(1) {
        let block = block.split("```").next().unwrap();
        let config = cardlint::config::Config::read("x".to_owned(), Path::new(""), block.as_bytes().to_vec());
        assert!(config.faults.is_empty(), "{block}{:#?}", config.faults);
        let value = json(&toml::de::DeTable::parse(block).unwrap().into_inner());
        assert!(validator.is_valid(&value), "{value}");
        keys.push_str(block);
        blocks += 1;
    }
    assert!(blocks >= 6);
    for (owner, key) in [&schema, &schema["$defs"]["PerFile"], &schema["$defs"]["Allow"]]
        .iter()
        .flat_map(|owner| owner["properties"].as_object().unwrap().keys().map(move |key| (owner, key)))
    {
        assert!(keys.contains(key), "{key} of {} has no example", owner["description"]);
    }
}

#[test]
fn the_schema_refuses_what_the_tool_refuses() {
    let schema: Value = serde_json::from_str(&run(Path::new("."), &["schema", "config"]).out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for text in [
        "select = ['made-up']",
        "ignore = 'style'",
        "severity = { missing-member = 'warn' }",
        "severity = { made-up = 'note' }",
        "fail-on = 'warnings'",
        "excludes = []",
        "[[per-file]]\nignore = []",
        "[[per-file]]\nfiles = []",
        "[[per-file]]\nfiles = ['a']\nkind = 'card'",
        "[[allow]]\nrule = 'missing-member'",
        "[[allow]]\nrule = 'security'\nreason = 'x'",
        "[[allow]]\nrule = 'missing-member'\nreason = ''",
        "[[allow]]\nrule = 'missing-member'\nreason = 'x'\npointer = 'skills'",
    ] {
        let config = cardlint::config::Config::read("x".to_owned(), Path::new(""), text.as_bytes().to_vec());
        let value = json(&toml::de::DeTable::parse(text).unwrap().into_inner());
        assert!(!config.faults.is_empty() && !validator.is_valid(&value), "{text}");
    }
}

/// A TOML table as JSON.
fn json(table: &toml::de::DeTable<'_>) -> Value {
    fn value(of: &toml::de::DeValue<'_>) -> Value {
        use toml::de::DeValue;
        match of {
            DeValue::String(text) => text.as_ref().into(),
            DeValue::Boolean(flag) => (*flag).into(),
            DeValue::Array(items) => items.iter().map(|item| value(item.get_ref())).collect(),
            DeValue::Table(table) => json(table),
            DeValue::Datetime(moment) => moment.to_string().into(),
            DeValue::Integer(number) => number.to_string().into(),
            DeValue::Float(number) => number.to_string().into(),
        }
    }
    table.iter().map(|(key, item)| (key.get_ref().to_string(), value(item.get_ref()))).collect()
}
