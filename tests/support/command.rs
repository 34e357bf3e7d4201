//! Runs the real binary in a folder of its own.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// What a run gave.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The binary, ready to run in `folder` with nothing of the environment to change what it prints.
pub(crate) fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cardlint"));
    for name in ["NO_COLOR", "FORCE_HYPERLINK", "TERM", "TERM_PROGRAM"] {
        command.env_remove(name);
    }
    command.env("COLUMNS", "80").current_dir(folder).args(args);
    command
}

/// Runs it with `input` on standard input.
pub(crate) fn run_with(folder: &Path, args: &[&str], input: &[u8]) -> Ran {
    run_command(command(folder, args), input)
}

/// Runs it with nothing on standard input.
#[allow(dead_code, reason = "not every test runs it so")]
pub(crate) fn run(folder: &Path, args: &[&str]) -> Ran {
    run_with(folder, args, b"")
}

pub(crate) fn run_command(mut command: Command, input: &[u8]) -> Ran {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A run that reads nothing may be over before anything is written.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    Ran {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder that holds `files`; a path may lead through folders.
#[allow(dead_code, reason = "not every test has one")]
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// The validator of reports, and of a line of the `jsonl` format.
pub(crate) fn report_schema(lines: bool) -> jsonschema::Validator {
    let text = include_str!("../../schemas/report.json");
    let mut schema: serde_json::Value = serde_json::from_str(text).unwrap();
    if lines {
        let object = schema.as_object_mut().unwrap();
        object.retain(|name, _| name.starts_with('$'));
        object.insert("$ref".to_owned(), "#/$defs/diagnostic".into());
        object.insert("required".to_owned(), ["path"].as_slice().into());
    }
    jsonschema::validator_for(&schema).unwrap()
}

/// A report, read and held against its schema.
#[allow(dead_code, reason = "not every test reads it")]
pub(crate) fn report(text: &str) -> serde_json::Value {
    let report = serde_json::from_str(text).unwrap();
    let faults: Vec<_> = report_schema(false).iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    report
}

/// The lines of a `jsonl` report, read and held against the schema.
#[allow(dead_code, reason = "not every test reads it")]
pub(crate) fn report_lines(text: &str) -> Vec<serde_json::Value> {
    let schema = report_schema(true);
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for line in &lines {
        assert!(schema.is_valid(line), "{line}");
    }
    lines
}
