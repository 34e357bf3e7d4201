//! An interrupted run leaves a file as it was or as it will be, and nothing beside it.
//!
//! A sample of the 200 interruptions, unless `CARDLINT_INTERRUPTIONS` says how many.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod support;

use signal_hook::consts::{SIGINT, SIGTERM};
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use support::{command, folder};

const CARD: &str = r#"{ "name": "Tides", "description": "d", "url": "https://tides.example.org/a2a", "version": "1.0.0",
  "protocolVersion": "0.3.0", "capabilities": {}, "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"],
  "preferredTransport": "JSONRPC", "Skills": [{ "id": "t", "name": "t", "description": "d", "tags": ["x"] }] }"#;

/// How often a run is interrupted.
fn interruptions() -> u64 {
    std::env::var("CARDLINT_INTERRUPTIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(20)
}

/// What each run does, and the files that it may leave in a state of their own.
fn runs() -> Vec<Vec<&'static str>> {
    vec![
        vec!["fix", "-q", "."],
        vec!["check", "--report", "json=report.json", "--report", "sarif=report.sarif", "."],
        vec!["check", "--write-baseline", "baseline.json", "."],
        vec!["migrate", "--to", "1.0", "--write", "-q", "."],
    ]
}

/// The files of the project: many small ones, one of many lines and a large one.
fn project() -> tempfile::TempDir {
    let (lines, array) =
        ((CARD.replace('\n', "") + "\n").repeat(300), format!("[{}]", vec![CARD; 300].join(",\n")));
    let mut files: Vec<(String, String)> =
        (0..20).map(|number| (format!("{number}/agent-card.json"), CARD.to_owned())).collect();
    files.push(("cards.jsonl".to_owned(), lines));
    files.push(("cards.json".to_owned(), array));
    for name in ["report.json", "report.sarif", "baseline.json"] {
        files.push((name.to_owned(), "{\"version\": 1, \"findings\": []}".to_owned()));
    }
    folder(&files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
}

/// All files below `folder`, with their texts.
fn texts(root: &Path, folder: &Path) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(texts(root, &path));
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            all.push((name, fs::read_to_string(path).unwrap()));
        }
    }
    all.sort();
    all
}

#[test]
fn an_interrupted_run_leaves_old_or_new_and_nothing_beside() {
    let mut interrupted = 0;
    // A generator of its own, so that each run of the test interrupts at the same places.
    let mut random: u64 = 0x2545_f491_4f6c_dd1d;
    for args in runs() {
        let whole = project();
        let (old, begin) = (texts(whole.path(), whole.path()), Instant::now());
        command(whole.path(), &args).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        let (new, took) = (texts(whole.path(), whole.path()), begin.elapsed());
        let names =
            |texts: &[(String, String)]| texts.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&old), names(&new), "{args:?}");
        for turn in 0..interruptions().div_ceil(4) {
            let project = project();
            let mut child =
                command(project.path(), &args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            std::thread::sleep(Duration::from_nanos((random >> 33) % took.as_nanos().max(1) as u64));
            let signal = if turn % 2 == 0 { SIGINT } else { SIGTERM };
            let sent = Command::new("kill")
                .args([format!("-{signal}"), child.id().to_string()])
                .stderr(Stdio::null())
                .status();
            assert!(sent.is_ok());
            let status = child.wait().unwrap();
            assert!(status.signal().is_none_or(|by| by == signal), "{args:?}: {status}");
            interrupted += u64::from(status.signal().is_some());
            let left = texts(project.path(), project.path());
            assert_eq!(names(&left), names(&old), "{args:?}");
            for ((name, text), ((_, old), (_, new))) in left.iter().zip(old.iter().zip(&new)) {
                let old = old.as_str();
                // A report names the directory of its run.
                let is_report = name.starts_with("report") && text.len() > old.len();
                assert!(text == old || text == new || is_report, "{args:?}: {name} is neither old nor new");
            }
        }
    }
    assert!(interrupted * 4 >= interruptions(), "only {interrupted} runs were interrupted");
}
