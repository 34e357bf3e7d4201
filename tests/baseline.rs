//! Baselines through the real binary: written once, and then only what is new is reported.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
#[allow(dead_code, reason = "not every test file needs all of it")]
mod support;

use std::fs;
use std::path::Path;
use support::{Ran, folder, report, run, run_with};

const CARD: &str = r#"{
  "name": "Tides",
  "description": "Tells tides.",
  "version": "1.0.0",
  "supportedInterfaces": [
    { "url": "http://tides.example.org/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
    { "url": "https://tides.example.org/a2a", "protocolBinding": "HTTP+JSON", "protocolVersion": "1.0" }
  ],
  "capabilities": {},
  "defaultInputModes": ["text/plain"],
  "defaultOutputModes": ["text/plain"],
  "skills": [
    { "id": "high", "name": "High water", "description": "Tells when it is high." },
    { "id": "low", "name": "Low water", "description": "Tells when it is low.", "tags": ["tides"] }
  ]
}
"#;

/// Two rules are enough to show what a baseline does.
const RULES: [&str; 2] = ["--ignore=all", "--select=missing-member,plaintext-endpoint"];

fn check(folder: &Path, args: &[&str]) -> Ran {
    run(folder, &[&["check", "--format", "concise"], RULES.as_slice(), args].concat())
}

fn known(folder: &Path) -> Ran {
    check(folder, &[".", "--baseline", "base.json"])
}

/// A folder with `cards/a.json` and the baseline of it.
fn accepted(card: &str) -> tempfile::TempDir {
    let folder = folder(&[("cards/a.json", card)]);
    let ran = check(folder.path(), &[".", "--write-baseline", "base.json"]);
    assert_eq!(
        (ran.status, ran.out.as_str(), ran.err.as_str()),
        (0, "", "wrote 2 findings to `base.json`\n")
    );
    folder
}

fn put(folder: &Path, card: &str) {
    fs::write(folder.join("cards/a.json"), card).unwrap();
}

fn is_clean(ran: &Ran) {
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
}

#[test]
fn a_baseline_reads_well() {
    let folder = accepted(CARD);
    insta::assert_snapshot!("baseline", fs::read_to_string(folder.path().join("base.json")).unwrap());
    let first = fs::read(folder.path().join("base.json")).unwrap();
    check(folder.path(), &[".", "--write-baseline", "base.json"]);
    assert_eq!(fs::read(folder.path().join("base.json")).unwrap(), first);
    // From another folder and under other names of the same file, it is the same.
    let inner = folder.path().join("cards");
    check(&inner, &["./a.json", "--write-baseline", "../base.json"]);
    assert_eq!(fs::read(folder.path().join("base.json")).unwrap(), first);
}

#[test]
fn what_is_known_stays_known_when_the_text_changes_elsewhere() {
    let folder = accepted(CARD);
    is_clean(&known(folder.path()));
    let value: serde_json::Value = serde_json::from_str(CARD).unwrap();
    let mut turned = value.clone();
    for list in ["skills", "supportedInterfaces"] {
        turned[list].as_array_mut().unwrap().reverse();
    }
    for text in [
        // Lines move.
        format!("\n\n\n{CARD}"),
        CARD.replace("\n", "\r\n"),
        // It is formatted anew; here members are sorted too.
        value.to_string(),
        serde_json::to_string_pretty(&value).unwrap(),
        // Elements change their order.
        turned.to_string(),
        // Something else is put in.
        CARD.replace(
            "\"skills\": [",
            "\"skills\": [{ \"id\": \"new\", \"name\": \"n\", \"description\": \"d\", \"tags\": [\"t\"] },",
        ),
        CARD.replace("Tells when it is high.", "Tells when the water is high."),
    ] {
        put(folder.path(), &text);
        is_clean(&known(folder.path()));
    }
}

#[test]
fn what_is_new_is_reported() {
    let folder = accepted(CARD);
    let new = "\"skills\": [{ \"id\": \"new\", \"name\": \"n\", \"description\": \"d\" },";
    put(folder.path(), &CARD.replace("\"skills\": [", new));
    let ran = known(folder.path());
    assert_eq!((ran.status, ran.out.lines().count(), ran.err.as_str()), (1, 1, ""));
    assert!(ran.out.starts_with("cards/a.json:12:14: error[missing-member]"), "{}", ran.out);
    // Another member is missing at the same place.
    put(
        folder.path(),
        &CARD.replace("\"id\": \"high\", \"name\": \"High water\"", "\"id\": \"high\", \"tags\": [\"t\"]"),
    );
    let ran = known(folder.path());
    assert_eq!((ran.status, ran.out.lines().count()), (1, 1));
    assert!(ran.out.contains("name") && ran.err.starts_with("1 finding of the baseline is fixed"), "{ran:?}");
    // The same once more, in a place that cannot be told from it.
    let skill =
        "{ \"id\": \"high\", \"name\": \"High water\", \"description\": \"Tells when it is high.\" },";
    put(folder.path(), &CARD.replace(skill, &skill.repeat(2)));
    let ran = check(folder.path(), &[".", "--baseline", "base.json", "--ignore", "plaintext-endpoint"]);
    assert_eq!((ran.status, ran.out.lines().count()), (1, 1), "{ran:?}");
}

#[test]
fn what_is_fixed_is_told_once_and_gone_when_it_is_written_anew() {
    let folder = accepted(CARD);
    put(folder.path(), &CARD.replace("http:", "https:").replace("high.\" }", "high.\", \"tags\": [\"t\"] }"));
    let ran = known(folder.path());
    assert_eq!((ran.status, ran.out.as_str()), (0, ""));
    assert_eq!(
        ran.err,
        "2 findings of the baseline are fixed: write it anew with `--baseline base.json --write-baseline base.json`\n"
    );
    assert_eq!(check(folder.path(), &[".", "--baseline", "base.json", "--quiet"]).err, "");
    // A rule that does not run, or a part of a document, tells nothing.
    assert_eq!(
        check(
            folder.path(),
            &[".", "--baseline", "base.json", "--ignore", "missing-member,plaintext-endpoint"]
        )
        .err,
        "warning: every rule is switched off, so nothing can be reported\n"
    );
    let ran = check(folder.path(), &[".", "--baseline", "base.json", "--write-baseline", "base.json"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, "wrote 0 findings to `base.json`\n"));
    assert_eq!(
        fs::read_to_string(folder.path().join("base.json")).unwrap(),
        "{\n  \"version\": 1,\n  \"findings\": []\n}\n"
    );
    is_clean(&known(folder.path()));
}

#[test]
fn a_part_of_the_files_says_nothing_of_the_others() {
    let folder = folder(&[("a.json", CARD), ("b.json", CARD)]);
    check(folder.path(), &["--write-baseline", "base.json"]);
    let whole = fs::read_to_string(folder.path().join("base.json")).unwrap();
    is_clean(&check(folder.path(), &["a.json", "--baseline", "base.json"]));
    fs::write(folder.path().join("a.json"), CARD.replace("http:", "https:")).unwrap();
    let both = ["a.json", "--baseline", "base.json", "--write-baseline", "base.json"];
    let ran = check(folder.path(), &both);
    assert_eq!((ran.status, ran.err.as_str()), (0, "wrote 3 findings to `base.json`\n"));
    let kept = fs::read_to_string(folder.path().join("base.json")).unwrap();
    assert_eq!(kept.lines().filter(|line| line.contains("b.json")).count(), 2);
    assert_eq!(whole.lines().count(), kept.lines().count() + 1);
    // The baseline itself is no document, also if the shell names it.
    is_clean(&check(folder.path(), &["a.json", "base.json", "--baseline", "base.json"]));
}

#[test]
fn known_findings_are_counted_and_make_no_failure() {
    let folder = accepted(CARD);
    let formatted = |format: &str| {
        let args = ["check", ".", "--baseline", "base.json", "--fail-on", "note", "--format", format];
        run(folder.path(), &[args.as_slice(), &RULES].concat())
    };
    let ran = formatted("json");
    let report = report(&ran.out);
    let summary = &report["summary"];
    assert_eq!((ran.status, &summary["suppressed"], &summary["errors"]), (0, &2.into(), &0.into()));
    let human = formatted("human").out;
    assert!(human.starts_with("no findings; 2 allowed\nchecked 1 file: 1 "), "{human}");
}

#[test]
fn lines_and_standard_input_have_baselines_too() {
    let line = |name: &str| CARD.replace('\n', "").replace("\"Tides\"", &format!("\"{name}\"")) + "\n";
    let (one, two, three) = (line("One"), line("Two"), line("Three"));
    let folder = folder(&[("cards.jsonl", &format!("{one}{two}{two}"))]);
    check(folder.path(), &["cards.jsonl", "--write-baseline", "base.json"]);
    let again = |text: &str| {
        fs::write(folder.path().join("cards.jsonl"), text).unwrap();
        check(folder.path(), &["cards.jsonl", "--baseline", "base.json"])
    };
    is_clean(&again(&format!("{two}\n\n{one}{two}")));
    assert_eq!(again(&format!("{one}{three}{two}{two}")).out.lines().count(), 2);
    assert_eq!(again(&format!("{one}{two}{two}{two}")).out.lines().count(), 2);
    assert!(again(&one).err.starts_with("4 findings of the baseline are fixed"));
    let stdin = |args: &[&str]| {
        let args = [
            &["check", "-", "--format", "concise", "--stdin-filename", "x/card.json"],
            RULES.as_slice(),
            args,
        ]
        .concat();
        run_with(folder.path(), &args, CARD.as_bytes())
    };
    assert_eq!(stdin(&["--write-baseline", "stdin.json"]).status, 0);
    is_clean(&stdin(&["--baseline", "stdin.json"]));
    assert!(
        fs::read_to_string(folder.path().join("stdin.json")).unwrap().contains("\"path\":\"x/card.json\"")
    );
}

#[test]
fn many_threads_make_no_difference() {
    let cards: Vec<_> = (0..60).map(|number| (format!("{number:02}.json"), CARD)).collect();
    let cards: Vec<_> = cards.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let folder = folder(&cards);
    let written = |jobs: &str| {
        check(folder.path(), &["--write-baseline", "base.json", "--jobs", jobs]);
        fs::read(folder.path().join("base.json")).unwrap()
    };
    assert_eq!(written("1"), written("7"));
}

#[test]
fn allowed_findings_do_not_get_into_a_baseline() {
    let allow = "[[allow]]\nrule = 'missing-member'\nreason = 'a test'\n";
    let folder = folder(&[("a.json", CARD), ("cardlint.toml", allow)]);
    let ran = check(folder.path(), &["--write-baseline", "base.json"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, "wrote 1 finding to `base.json`\n"));
}

#[test]
fn a_file_that_is_no_baseline_is_refused() {
    let folder = folder(&[("card.json", CARD), ("other/x", "")]);
    for (text, expected) in [
        ("", "it is not a baseline (line 1, column 0)"),
        ("[]", "it is not a baseline (line 1, column 2)"),
        ("{}", "it is not a baseline (line 1, column 2)"),
        ("{\"version\": 2, \"entries\": {}}", "it has version 2, and this cardlint reads version 1"),
        ("{\"version\": 1, \"findings\": [{\"rule\": \"x\"}]}", "it is not a baseline (line 1, column 41)"),
    ] {
        fs::write(folder.path().join("base.json"), text).unwrap();
        let ran = check(folder.path(), &["card.json", "--baseline", "base.json"]);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{text}");
        assert!(
            ran.err.starts_with("error: cannot read `base.json`: ") && ran.err.contains(expected),
            "{}",
            ran.err
        );
    }
    let missing = check(folder.path(), &["card.json", "--baseline", "no.json"]);
    assert_eq!(
        (missing.status, missing.err.as_str()),
        (2, "error: cannot read `no.json`: no such file or directory\n")
    );
    let apart = check(
        folder.path(),
        &["card.json", "--baseline", "base.json", "--write-baseline", "other/base.json"],
    );
    assert_eq!(apart.status, 2);
}

#[test]
fn a_run_that_fails_writes_nothing() {
    let folder = folder(&[("card.json", CARD), ("base.json", "kept")]);
    for args in [
        vec!["card.json", "missing.json"],
        vec!["base.json", "none"],
        vec!["card.json", "--config", "no.toml"],
    ] {
        let ran = check(folder.path(), &[args.as_slice(), &["--write-baseline", "base.json"]].concat());
        assert_eq!(
            (ran.status, fs::read_to_string(folder.path().join("base.json")).unwrap().as_str()),
            (2, "kept")
        );
    }
    let ran = check(folder.path(), &["card.json", "--write-baseline", "no/such/base.json"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("cannot write `no/such/base.json`"), "{}", ran.err);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[cfg(unix)]
#[test]
fn a_baseline_is_found_again_through_a_link() {
    let folder = folder(&[("real/a.json", CARD)]);
    std::os::unix::fs::symlink("real", folder.path().join("link")).unwrap();
    let link = folder.path().join("link");
    let base = link.join("base.json");
    let base = base.to_str().unwrap();
    assert_eq!(check(&link, &["a.json", "--write-baseline", base]).status, 0);
    assert!(fs::read_to_string(base).unwrap().contains("\"a.json\""));
    for (from, args) in
        [("link", ["a.json", "--baseline", base]), ("real", ["a.json", "--baseline", "base.json"])]
    {
        let ran = check(&folder.path().join(from), &args);
        assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{from}");
    }
}
