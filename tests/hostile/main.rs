//! Whatever the command is given, it tells a finding or a clear error, in bounded time and memory, and the other files of
//! the run are still checked.
//!
//! A debug build is slow, so the texts are a fiftieth of what they are meant to be. `bash tests/hostile/full` builds a
//! release and gives it the whole sizes: a million levels, members and duplicates, strings of 200 MB.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by panicking")]

#[path = "../support/command.rs"]
mod command;
mod documents;
mod encodings;
mod files;
mod settings;

use command::{Ran, run_command};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A card with a fault of its own, to see whether it is still checked.
const OTHER: &str = r#"{"supportedInterfaces": [{"url": "http://other.example.com/a2a"}], "name": "Other"}"#;

/// A size, or a part of it that a debug build can bear.
fn size(full: usize) -> usize {
    if is_full() { full } else { full / 50 }
}

fn is_full() -> bool {
    std::env::var("CARDLINT_HOSTILE").is_ok_and(|value| value == "full")
}

/// The binary under limits of memory (in KiB of address space, of which allocator and threads reserve much) and time (in
/// seconds of processor time): beyond them the system ends it, and the test fails.
fn bounded(folder: &Path, args: &[&str]) -> Command {
    let (memory, seconds) = if is_full() { (3_500_000, 120) } else { (2_000_000, 60) };
    let limited = format!("ulimit -v {memory}; ulimit -t {seconds}; exec \"$0\" \"$@\"");
    let plain = command::command(folder, args);
    let mut command = Command::new("sh");
    command.arg("-c").arg(limited).arg(plain.get_program()).args(plain.get_args()).current_dir(folder);
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
}

/// Checks what is in `folder` within bounds.
fn check(folder: &Path, args: &[&str]) -> Ran {
    let args: Vec<&str> = ["check", "--no-config", "--format", "concise", "--color", "never"]
        .iter()
        .chain(args)
        .copied()
        .collect();
    let ran = run_command(bounded(folder, &args), b"");
    assert!(!ran.err.contains("internal fault") && !ran.err.contains("panicked"), "{}", ran.err);
    ran
}

/// The start of a text, to show where something failed.
fn start(text: &str) -> String {
    text.chars().take(600).collect()
}

/// Checks `text` as a card beside another one, which has to be checked too, and expects each of `said` in a line of what
/// is told.
fn tells(what: &str, text: &[u8], said: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("agent-card.json"), text).unwrap();
    fs::write(folder.path().join("other.json"), OTHER).unwrap();
    let ran = check(folder.path(), &["agent-card.json", "other.json"]);
    assert!(matches!(ran.status, 1 | 2), "{what}: {} {}", ran.status, start(&ran.err));
    assert!(
        ran.out.lines().any(|line| line.starts_with("other.json:")),
        "{what}: the other file is not checked"
    );
    for said in said {
        let is_said = |line: &str| line.contains("agent-card.json") && line.contains(said);
        let told = ran.out.lines().chain(ran.err.lines()).any(is_said);
        assert!(told, "{what} does not say {said}: {} {}", start(&ran.out), start(&ran.err));
    }
}
