//! The command line, through the real binary: options, exit statuses, what is read and what is passed over.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod support;

use std::fs;
use std::path::Path;
use std::process::Stdio;
use support::{Ran, command, folder, report, report_lines, run, run_with};

const CLEAN: &str = include_str!("../fixtures/cards/1.0/minimal.json");
const PACKAGE: &str = r#"{"name": "x", "version": "1.0.0", "dependencies": {}}"#;

/// A card with one error, in its second line.
fn bad() -> String {
    CLEAN.replacen('{', "{\n  \"name\": \"first\",", 1)
}

/// A card that draws warnings and no error.
fn warned() -> String {
    CLEAN.replacen("https://", "http://", 1)
}

/// The paths of a concise report, each once, in its order.
fn paths(out: &str) -> Vec<&str> {
    let mut paths: Vec<_> = out.lines().map(|line| line.split(':').next().unwrap()).collect();
    paths.dedup();
    paths
}

fn check(folder: &Path, args: &[&str]) -> Ran {
    run(folder, &[&["check"], args].concat())
}

#[test]
fn the_exit_status_tells_what_was_found() {
    let folder = folder(&[
        ("clean.json", CLEAN),
        ("bad.json", &bad()),
        ("warned.json", &warned()),
        ("empty.json", ""),
        ("package.json", PACKAGE),
        ("none/readme.md", ""),
    ]);
    let status = |args: &[&str]| check(folder.path(), args).status;
    for (args, expected) in [
        (vec!["clean.json"], 0),
        (vec!["bad.json"], 1),
        (vec!["empty.json"], 1),
        (vec!["package.json"], 1),
        (vec!["clean.json", "missing.json"], 2),
        (vec!["none"], 3),
        (vec!["none", "--allow-empty"], 0),
        (vec!["package.json", "--skip-unrecognized"], 3),
        (vec!["package.json", "--skip-unrecognized", "--allow-empty"], 0),
        (vec!["package.json", "clean.json", "--skip-unrecognized"], 0),
        (vec!["warned.json"], 0),
        (vec!["warned.json", "--fail-on", "warning"], 1),
        (vec!["warned.json", "--fail-on=note"], 1),
        (vec!["bad.json", "--fail-on", "never"], 0),
        (vec!["empty.json", "--fail-on", "never"], 0),
    ] {
        for format in ["human", "concise", "json", "jsonl"] {
            let args: Vec<_> = args.iter().copied().chain(["--format", format]).collect();
            assert_eq!(status(&args), expected, "{args:?}");
        }
    }
}

#[test]
fn an_unreadable_file_is_an_error_and_the_others_are_checked() {
    let folder = folder(&[("bad.json", &bad())]);
    let ran = check(folder.path(), &["missing.json", "bad.json"]);
    assert_eq!((ran.status, paths(&ran.out)), (2, vec!["bad.json"]));
    assert_eq!(ran.err, "error: cannot read `missing.json`: no such file or directory\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_fails_while_it_is_read_is_an_error() {
    let folder = folder(&[]);
    let ran = check(folder.path(), &["/proc/self/mem"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.starts_with("error: cannot read `/proc/self/mem`: "), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn a_pipe_that_is_named_is_refused_and_one_that_is_met_passed_over() {
    let folder = folder(&[("clean.json", CLEAN)]);
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("pipe.json")).status();
    assert!(made.unwrap().success());
    let ran = check(folder.path(), &["pipe.json"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("`pipe.json`: it is not a regular file"), "{}", ran.err);
    assert_eq!(check(folder.path(), &["."]).status, 0);
}

#[test]
fn a_folder_may_be_called_like_a_file() {
    let folder = folder(&[("x.json/bad.json", &bad())]);
    for argument in [".", "x.json"] {
        let ran = check(folder.path(), &[argument]);
        assert_eq!((ran.status, paths(&ran.out)), (1, vec!["x.json/bad.json"]));
    }
}

#[test]
fn wrong_usage_is_told_on_standard_error() {
    let folder = folder(&[("clean.json", CLEAN)]);
    for (args, expected) in [
        (vec!["--unheard-of"], "unexpected argument"),
        (vec!["--format", "xml"], "invalid value 'xml'"),
        (vec!["--kind", "card"], "invalid value 'card'"),
        (vec!["--a2a-version", "2.0"], "invalid value '2.0'"),
        (vec!["--jobs", "0"], "0 is not in 1..=65535"),
        (vec!["--at", "skills"], "a JSON Pointer is empty or starts with `/`"),
        (vec!["--select", "duplicate-kay"], "did you mean `duplicate-key`?"),
        (vec!["--ignore", "duplicate-key,,all"], "there is no rule or group ``"),
        (vec!["--kind", "a2a-card", "--mode", "create"], "`--mode create` is for Graph objects"),
        (vec!["--exclude", "[z-a]", "."], "--exclude"),
    ] {
        let ran = check(folder.path(), &args);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(ran.err.starts_with("error: ") && ran.err.contains(expected), "{args:?}: {}", ran.err);
    }
    assert_eq!(run(folder.path(), &[]).status, 2);
}

#[test]
fn nothing_checked_is_told_on_standard_error() {
    let folder = folder(&[("package.json", PACKAGE), ("none/a.txt", "")]);
    let err = |args: &[&str]| check(folder.path(), args).err;
    assert!(err(&[]).starts_with("nothing was checked: the only file was skipped"));
    assert!(err(&["none"]).starts_with("nothing was checked: no JSON file was found"));
    assert_eq!(err(&["none", "--quiet"]), "");
    assert_eq!(err(&["none", "--allow-empty"]), "");
    let report = report(&check(folder.path(), &["--format", "json"]).out);
    assert_eq!(report["files"], serde_json::json!([]));
    assert_eq!((&report["summary"]["files"], &report["summary"]["skipped"]), (&0.into(), &1.into()));
}

#[test]
fn choices_of_rules_hold_in_the_order_written() {
    let folder = folder(&[("bad.json", &bad())]);
    for (args, found) in [
        (vec!["--ignore", "duplicate-key"], false),
        (vec!["--ignore", "syntax"], false),
        (vec!["--ignore", "all"], false),
        (vec!["--ignore", "all", "--select", "duplicate-key"], true),
        (vec!["--select", "duplicate-key", "--ignore", "all"], true),
        (vec!["--ignore", "syntax", "--select", "duplicate-key"], true),
        (vec!["--select", "duplicate-key", "--ignore", "duplicate-key"], false),
        (vec!["--ignore", "duplicate-key", "--select", "duplicate-key"], true),
        (vec!["--select", "syntax,duplicate-key", "--ignore", "all, duplicate-key"], false),
        (vec!["--select", "all"], true),
    ] {
        let ran = check(folder.path(), &[&args[..], &["bad.json"]].concat());
        assert_eq!(ran.out.contains("[duplicate-key]"), found, "{args:?}");
    }
}

#[test]
fn standard_input_is_read_for_a_dash() {
    let folder = folder(&[]);
    let check = |args: &[&str], input: &str| run_with(folder.path(), args, input.as_bytes());
    let ran = check(&["check", "-"], &bad());
    assert_eq!((ran.status, paths(&ran.out)), (1, vec!["<stdin>"]));
    let ran = check(&["check", "-", "--stdin-filename", "a/b.json", "-"], &bad());
    assert_eq!((ran.status, ran.out.lines().count(), paths(&ran.out)), (1, 1, vec!["a/b.json"]));
    let lines = format!("{}\n\n{}\n", flat(CLEAN), flat(&bad()));
    for args in [["--stdin-filename=x.jsonl", "-"], ["--jsonl", "-"]] {
        let ran = check(&["check", args[0], args[1]], &lines);
        assert!(ran.out.contains(":3:"), "{}", ran.out);
    }
    assert_eq!(check(&["check", "-"], "").status, 1);
}

/// JSON text on one line.
fn flat(text: &str) -> String {
    text.replace('\n', " ")
}

#[test]
fn json_lines_are_told_by_their_line_in_the_file() {
    let lines = format!("{}\r\n\n{}\n{{\"no\": 1}}\n", flat(CLEAN), flat(&bad()));
    let folder = folder(&[("cards.jsonl", &lines), ("cards.txt", &lines), ("empty.ndjson", "\n \n")]);
    for args in [vec!["cards.jsonl"], vec!["cards.txt", "--jsonl"]] {
        let ran = check(folder.path(), &[&args[..], &["--format", "json"]].concat());
        let report = report(&ran.out);
        let file = &report["files"][0];
        assert_eq!(file["documents"].as_array().unwrap().len(), 2);
        assert_eq!(file["documents"][1]["range"]["start"]["line"], 3);
        let start = flat(CLEAN).len() as u64 + 3;
        assert_eq!(file["documents"][1]["range"]["start"]["offset"], start);
        let rules: Vec<_> = file["diagnostics"].as_array().unwrap().iter().map(|d| &d["rule"]).collect();
        assert_eq!(rules, ["duplicate-key", "unrecognized-document"]);
        assert_eq!(file["diagnostics"][1]["range"]["start"]["line"], 4);
    }
    assert_eq!(check(folder.path(), &["empty.ndjson"]).status, 1);
    let walked = check(folder.path(), &["--format", "json"]);
    let summary = report(&walked.out)["summary"].clone();
    assert_eq!((&summary["files"], &summary["skipped"]), (&1.into(), &1.into()));
}

#[test]
fn globs_are_matched_here_where_no_shell_did() {
    let bad = bad();
    let folder = folder(&[("a/1.json", &bad), ("a/2.json", &bad), ("b/c/3.json", &bad), ("x[1].json", &bad)]);
    let found = |args: &[&str]| {
        let ran = check(folder.path(), args);
        paths(&ran.out).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(found(&["a/*.json"]), ["a/1.json", "a/2.json"]);
    assert_eq!(found(&["**/*.json"]), ["a/1.json", "a/2.json", "b/c/3.json", "x[1].json"]);
    assert_eq!(found(&["**/*"]), ["a/1.json", "a/2.json", "b/c/3.json", "x[1].json"]);
    assert_eq!(found(&["x[1].json"]), ["x[1].json"]);
    assert_eq!(found(&["*/*.json", "--exclude", "2.json"]), ["a/1.json"]);
    let ran = check(folder.path(), &["*.yaml"]);
    assert_eq!((ran.status, ran.err.as_str()), (2, "error: cannot read `*.yaml`: no file matches it\n"));
}

#[test]
fn walking_honours_ignore_files_and_enters_well_known() {
    let bad = bad();
    let folder = folder(&[
        (".gitignore", "/build\n"),
        (".hidden/agent.json", &bad),
        (".well-known/agent-card.json", &bad),
        ("build/card.json", &bad),
        ("card.JSON", &bad),
        ("docs/card.txt", &bad),
        ("docs/.well-known/agent-card.json", &bad),
        (".git/card.json", &bad),
    ]);
    let found = |args: &[&str]| {
        let ran = check(folder.path(), args);
        paths(&ran.out).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let well_known = [".well-known/agent-card.json", "card.JSON", "docs/.well-known/agent-card.json"];
    assert_eq!(found(&[]), well_known);
    assert_eq!(found(&["--no-ignore"]), [well_known[0], "build/card.json", well_known[1], well_known[2]]);
    assert_eq!(found(&["--hidden"]), [".hidden/agent.json", well_known[0], well_known[1], well_known[2]]);
    assert_eq!(found(&["--exclude", "docs", "--exclude", "*.JSON"]), [well_known[0]]);
    assert_eq!(found(&["docs/card.txt", "build", "--exclude=docs"]), ["docs/card.txt", "build/card.json"]);
}

#[test]
fn the_example_project_is_walked_as_its_readme_says() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/projects/website");
    let walked = report(&check(&project, &["--format", "json"]).out);
    let paths: Vec<_> = walked["files"].as_array().unwrap().iter().map(|file| &file["path"]).collect();
    assert_eq!(paths, [".well-known/agent-card.json", "docs/example-card.json"]);
    assert_eq!(walked["summary"]["skipped"], 1);
    assert_eq!(check(&project.join("../empty"), &[]).status, 3);
}

#[test]
fn a_file_that_says_by_its_name_what_it_is_is_not_passed_over() {
    let folder = folder(&[(".well-known/agent-card.json", PACKAGE), ("agent-card.json", "{\"name\": ")]);
    let ran = check(folder.path(), &[]);
    assert_eq!(paths(&ran.out), [".well-known/agent-card.json", "agent-card.json"]);
}

#[test]
fn each_file_is_checked_once_and_called_as_it_was_given() {
    let bad = bad();
    let folder = folder(&[("a.json", &bad), ("sub/b.json", &bad)]);
    let absolute = folder.path().join("a.json");
    let absolute = absolute.to_str().unwrap();
    for (args, expected) in [
        (vec!["."], vec!["a.json", "sub/b.json"]),
        (vec!["./"], vec!["a.json", "sub/b.json"]),
        (vec!["./sub"], vec!["./sub/b.json"]),
        (vec!["sub/"], vec!["sub/b.json"]),
        (vec!["./a.json", "a.json", "."], vec!["./a.json", "sub/b.json"]),
        (vec![absolute, "a.json"], vec![absolute]),
        (vec!["sub", "a.json"], vec!["sub/b.json", "a.json"]),
    ] {
        assert_eq!(paths(&check(folder.path(), &args).out), expected, "{args:?}");
    }
}

#[test]
fn threads_change_nothing_in_the_report() {
    let names: Vec<_> = (0..300).map(|number| format!("cards/{number:04}.json")).collect();
    let kinds = [bad(), warned()];
    let texts: Vec<_> =
        (0..300).map(|number: usize| kinds[number % 2].replace("first", &number.to_string())).collect();
    let files: Vec<_> = names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
    let folder = folder(&files);
    let lines: String = texts.iter().map(|text| flat(text) + "\n").collect();
    fs::write(folder.path().join("cards/x.jsonl"), lines).unwrap();
    for format in ["human", "concise", "json", "jsonl"] {
        let [one, two] = ["1", "2"].map(|jobs| check(folder.path(), &["-f", format, "--jobs", jobs]));
        assert_eq!(one.status, 1);
        assert!(one == two, "{format}");
    }
    let report = report(&check(folder.path(), &["-f", "json"]).out);
    let paths: Vec<_> = report["files"].as_array().unwrap().iter().map(|file| &file["path"]).collect();
    assert!(paths.iter().zip(&names).all(|(path, name)| *path == name));
    assert_eq!((paths.len(), &report["summary"]["documents"]), (301, &600.into()));
}

#[test]
fn what_a_document_is_can_be_said() {
    let folder = folder(&[
        ("a.json", "{\"displayName\": \"x\"}"),
        ("b.json", "{\"x\": {\"card\": {}}}"),
        ("c.json", "{}"),
        (
            "d.json",
            "{\"card\": {\"skills\": [], \"url\": \"\"}, \"other\": {\"skills\": [], \"url\": \"\",}}",
        ),
    ]);
    let documents = |args: &[&str]| {
        report(&check(folder.path(), &[args, &["--format", "json"]].concat()).out)["files"][0]["documents"]
            .clone()
    };
    let instance = documents(&["a.json", "--kind", "graph-agent-instance", "--mode", "update"]);
    assert_eq!(
        (&instance[0]["kind"], &instance[0]["mode"]),
        (&"graph-agent-instance".into(), &"update".into())
    );
    let card = documents(&["b.json", "--kind", "a2a-card", "--at", "/x/card"]);
    assert_eq!((&card[0]["kind"], &card[0]["pointer"]), (&"a2a-card".into(), &"/x/card".into()));
    for (said, meant) in [("1.0.1", "1.0"), ("0.3", "0.3.0"), ("0.2.5", "0.2.5")] {
        let card = documents(&["c.json", "--kind=a2a-card", "--a2a-version", said]);
        assert_eq!(card[0]["versions"], serde_json::json!([meant]));
    }
    let ran = check(folder.path(), &["d.json", "--at", "/card"]);
    assert!(!ran.out.contains("malformed-json"), "{}", ran.out);
    let ran = check(folder.path(), &["d.json", "--at", "/other"]);
    assert!(ran.out.contains("malformed-json"), "{}", ran.out);
    let ran = check(folder.path(), &["c.json", "--at", "/none"]);
    assert_eq!(ran.status, 3);
    assert!(ran.err.contains("at the pointer of --at"), "{}", ran.err);
}

#[test]
fn findings_can_be_limited_and_counted() {
    let bad = bad();
    let folder = folder(&[("a.json", &bad), ("b.json", &bad), ("c.json", &bad)]);
    let only = ["--ignore", "all", "--select", "duplicate-key"];
    let check = |args: &[&str]| check(folder.path(), &[&only, args].concat());
    assert_eq!(check(&["--max-diagnostics", "2"]).out.lines().count(), 2);
    let limited = report(&check(&["--max-diagnostics", "1", "--format", "json"]).out);
    assert_eq!(limited["files"][1]["diagnostics"], serde_json::json!([]));
    assert_eq!(limited["summary"]["errors"], 3);
    let none = check(&["--max-diagnostics", "0", "--statistics"]);
    assert_eq!((none.status, none.out.as_str(), none.err.as_str()), (1, "", "      3  duplicate-key\n"));
    let human = check(&["--max-diagnostics", "0", "--statistics", "--format", "human"]);
    assert!(human.out.contains("3 more not shown") && human.out.ends_with("      3  duplicate-key\n"));
    assert_eq!(human.err, "");
}

#[test]
fn quiet_leaves_the_findings() {
    let folder = folder(&[("bad.json", &bad()), ("clean.json", CLEAN)]);
    assert_eq!(check(folder.path(), &["-q", "-f", "human", "clean.json"]).out, "");
    let quiet = check(folder.path(), &["--quiet", "--format", "human", "bad.json"]).out;
    assert!(quiet.contains("error[duplicate-key]") && !quiet.contains("checked"), "{quiet}");
}

#[test]
fn colour_is_for_terminals_and_for_who_asks() {
    let folder = folder(&[("bad.json", &bad())]);
    let colored = |when: &str, variable: Option<(&str, &str)>| {
        let mut command = command(folder.path(), &["check", "-f", "human", "--color", when, "bad.json"]);
        command.envs(variable);
        support::run_command(command, b"").out
    };
    assert!(!colored("auto", None).contains('\u{1b}'));
    assert!(!colored("never", Some(("FORCE_HYPERLINK", "1"))).contains('\u{1b}'));
    let always = colored("always", Some(("NO_COLOR", "1")));
    assert!(always.contains("\u{1b}[31m") && !always.contains("\u{1b}]8;"));
    let page = "\u{1b}]8;;https://github.com/cardlint/cardlint/blob/main/docs/rules/duplicate-key.md\u{1b}\\";
    assert!(colored("always", Some(("FORCE_HYPERLINK", "1"))).contains(page));
}

#[test]
fn without_a_terminal_the_format_is_concise() {
    let folder = folder(&[("bad.json", &bad())]);
    assert_eq!(check(folder.path(), &["bad.json"]), check(folder.path(), &["bad.json", "--format=concise"]));
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let folder = folder(&[("bad.json", &bad())]);
    for args in [vec!["check", "bad.json"], vec!["check", "-f", "json"], vec!["rules"], vec!["help"]] {
        let mut command = command(folder.path(), &args);
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command.stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_is_an_error() {
    let folder = folder(&[("bad.json", &bad())]);
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = command(folder.path(), &["check", "bad.json"]).stdout(full).stderr(Stdio::piped()).output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stderr.starts_with(b"error: cannot write the report: "));
}

#[test]
fn a_jsonl_report_is_the_diagnostics_of_the_json_report() {
    let folder = folder(&[("bad.json", &bad()), ("empty.json", "")]);
    let lines = report_lines(&check(folder.path(), &["-f", "jsonl", "bad.json", "empty.json"]).out);
    let whole = report(&check(folder.path(), &["-f", "json", "bad.json", "empty.json"]).out);
    let mut expected = Vec::new();
    for file in whole["files"].as_array().unwrap() {
        for diagnostic in file["diagnostics"].as_array().unwrap() {
            let mut diagnostic = diagnostic.clone();
            diagnostic["path"] = file["path"].clone();
            expected.push(diagnostic);
        }
    }
    assert_eq!(lines, expected);
}

#[test]
fn rules_are_listed_and_explained() {
    let folder = folder(&[]);
    let run = |args: &[&str]| run(folder.path(), args);
    let rules: serde_json::Value = serde_json::from_str(&run(&["rules", "--format", "json"]).out).unwrap();
    let rules = rules.as_array().unwrap();
    assert_eq!(rules.len(), cardlint::rules::ALL.len());
    let table = run(&["rules"]).out;
    for rule in rules {
        let name = rule["rule"].as_str().unwrap();
        assert!(table.lines().any(|line| line.starts_with(&format!("{name} "))), "{name}");
        let page = run(&["explain", name]);
        assert!(page.status == 0 && page.out.starts_with(&format!("# {name}\n")), "{name}");
    }
    let told: serde_json::Value =
        serde_json::from_str(&run(&["explain", "bare-media-type", "--format", "json"]).out).unwrap();
    let examples = told["examples"].as_array().unwrap();
    assert!(examples.iter().any(|example| example["reported"] == false));
    assert!(examples.iter().any(|example| example["fixed"].is_string()));
    assert!(told["sources"].as_array().unwrap().iter().all(|source| source["statement"].is_string()));
    assert!(run(&["explain", "unused-scheme"]).out.contains("/blob/main/docs/coverage.md#a2a-n154): "));
    let unknown = run(&["explain", "duplicate-kee"]);
    assert_eq!((unknown.status, unknown.out.as_str()), (2, ""));
    assert_eq!(unknown.err, "error: there is no rule `duplicate-kee`; did you mean `duplicate-key`?\n");
    assert!(run(&["explain", "syntax"]).err.contains("`cardlint rules` lists them"));
}

#[test]
fn schemas_are_listed_and_printed() {
    let folder = folder(&[]);
    let run = |args: &[&str]| run(folder.path(), args);
    let names = run(&["schema"]).out;
    assert!(names.lines().any(|name| name == "a2a-card@1.0") && names.ends_with("report\n"));
    for name in names.lines() {
        let printed = run(&["schema", name]);
        assert_eq!(printed.status, 0);
        let schema: serde_json::Value = serde_json::from_str(&printed.out).unwrap();
        assert!(schema["$id"].is_string(), "{name}");
    }
    assert_eq!(run(&["schema", "a2a-card"]), run(&["schema", "a2a-card@1.0"]));
    assert_eq!(run(&["schema", "nothing"]).status, 2);
}

#[test]
fn completions_and_the_manual_page_are_printed() {
    let folder = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = run(folder.path(), &["completions", shell]);
        assert!(ran.status == 0 && ran.out.contains("skip-unrecognized"), "{shell}");
    }
    let man = run(folder.path(), &["man"]);
    assert!(man.status == 0 && man.out.contains(".TH cardlint 1"));
    let man = run(folder.path(), &["man", "check"]);
    assert!(
        man.status == 0
            && man.out.contains(".TH cardlint-check 1")
            && man.out.contains("skip\\-unrecognized")
    );
    assert_eq!(run(folder.path(), &["man", "nothing"]).status, 2);
    assert_eq!(run(folder.path(), &["--version"]).out, format!("cardlint {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn help_reads_well() {
    let folder = folder(&[]);
    let help = |args: &[&str]| run(folder.path(), args).out;
    insta::assert_snapshot!("help", help(&["--help"]));
    insta::assert_snapshot!("help_check", help(&["check", "--help"]));
    insta::assert_snapshot!("help_migrate", help(&["migrate", "--help"]));
    insta::assert_snapshot!("help_check_short", help(&["check", "-h"]));
}

#[test]
fn files_of_a_run_are_compared_with_each_other() {
    let agent = |name: &str| {
        format!(
            "{{\n  \"id\": \"t-1\", \"displayName\": \"{name}\", \"url\": \"https://t.example/a2a\", \"ownerIds\": [\"3f0e7a52-93c4-4d5b-8a61-0f2b7c9d3e58\"]}}"
        )
    };
    let card = |version: &str| {
        format!(
            "{{\"name\": \"T\", \"url\": \"https://t.example/a2a\", \"skills\": [], \"version\": \"{version}\"}}"
        )
    };
    let folder = folder(&[
        ("a/one.json", &agent("One")),
        ("a/same.json", &agent("One").replace("\": ", "\":")),
        ("b/two.json", &agent("Two")),
        ("c/agent-card.json", &card("1")),
        ("c/agent.json", &card("2")),
        (
            "lines.jsonl",
            &format!("{}\n{}\n", agent("Three").replace('\n', ""), agent("Four").replace('\n', "")),
        ),
    ]);
    let select = [
        "--ignore=all",
        "--select=contradicted-agent,contradicted-card",
        "--kind=graph-agent-instance",
        "--mode=create",
    ];
    let lines = |args: &[&str]| check(folder.path(), &[&select[..2], args].concat()).out;
    let cards = lines(&["c", "--jobs=2"]);
    assert_eq!(
        cards,
        "c/agent.json:1:1: warning[contradicted-card]: the card differs from `c/agent-card.json` beside it\n"
    );
    let agents = check(folder.path(), &[&select[..], &["-f", "json", "a", "b", "lines.jsonl"]].concat());
    let files = &report(&agents.out)["files"];
    let found: Vec<_> =
        files.as_array().unwrap().iter().map(|file| file["diagnostics"].as_array().unwrap().len()).collect();
    assert_eq!(found, [0, 0, 1, 0]);
    let related = &files[2]["diagnostics"][0]["related"][0];
    assert_eq!((&related["path"], &related["pointer"]), (&"a/one.json".into(), &"/id".into()));
    assert_eq!(related["range"]["start"], serde_json::json!({"line": 2, "column": 9, "offset": 10}));
    for jobs in ["--jobs=1", "--jobs=4"] {
        let again =
            check(folder.path(), &[&select[..], &["-f", "json", jobs, "a", "b", "lines.jsonl"]].concat());
        assert_eq!(again.out, agents.out);
    }
    let turned =
        check(folder.path(), &[&select[..], &["-f", "concise", "b/two.json", "a/one.json"]].concat());
    assert!(turned.out.starts_with("a/one.json:2:9: note[contradicted-agent]"), "{}", turned.out);
}
