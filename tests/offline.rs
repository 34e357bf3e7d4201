//! Nothing is sent and nothing is read but what was named: the real binary, without a network and watched by the system.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use support::{Ran, command, folder, run_command};
use tempfile::TempDir;

/// A card that makes many rules speak, some of them about addresses.
const CARD: &str = r#"{"name": "Tides", "url": "http://tides.example.com/a2a", "iconUrl": "https://localhost:1/i.png",
  "protocolVersion": "0.3.0", "supportedInterfaces": [{"url": "https://xn--e1awd7f.com"}], "skills": [{"id": "a"}],
  "signatures": [{"protected": "eyJhbGciOiJSUzI1NiIsImprdSI6Imh0dHBzOi8va2V5cy5leGFtcGxlLm5ldC9qd2tzIn0", "signature": "AA"}]}"#;

/// A project with files that nobody named beside those that somebody did.
fn project() -> TempDir {
    folder(&[
        ("cards/agent-card.json", CARD),
        ("cards/other.json", CARD),
        ("cards/.gitignore", "ignored.json\n"),
        ("cards/ignored.json", CARD),
        ("cards/notes.txt", "not to be read"),
        ("cards/.env", "NOT_TO_BE_READ=1"),
        ("cards/.hidden/agent-card.json", CARD),
        (
            "cardlint.toml",
            "[[allow]]\nrule = \"unknown-member\"\nfiles = [\"cards/*.json\"]\nreason = \"known\"\n",
        ),
        ("baseline.json", "{\"version\": 1, \"findings\": []}"),
        ("beside.json", CARD),
    ])
}

/// What is run, each with the files of the project that it may read.
fn runs() -> Vec<(Vec<&'static str>, &'static [&'static str])> {
    const NAMED: &[&str] = &["cards/agent-card.json", "cards/.gitignore", "cardlint.toml"];
    const WALKED: &[&str] =
        &["cards/agent-card.json", "cards/other.json", "cards/.gitignore", "cardlint.toml", "baseline.json"];
    let mut runs = vec![
        (vec!["explain", "plaintext-endpoint"], &[] as &[&str]),
        (vec!["rules"], &[]),
        (vec!["schema"], &[]),
        (vec!["schema", "a2a-card"], &[]),
        (vec!["completions", "bash"], &[]),
        (vec!["man"], &[]),
        (vec!["--version"], &[]),
        (vec!["check", "--no-config", "-"], &[]),
        (vec!["check", "--show-settings", "cards/agent-card.json"], NAMED),
        (vec!["check", "--config", "cardlint.toml", "--baseline", "baseline.json", "cards"], WALKED),
        (
            vec![
                "check",
                "--report",
                "sarif=out.sarif",
                "--report",
                "junit=out.xml",
                "--statistics",
                "cards",
            ],
            WALKED,
        ),
        (vec!["check", "--select", "all", "--write-baseline", "new.json", "--jobs", "4", "cards"], WALKED),
        (
            vec!["check", "cards/*.json"],
            &[
                "cards/agent-card.json",
                "cards/other.json",
                "cards/ignored.json",
                "cards/.gitignore",
                "cardlint.toml",
            ],
        ),
    ];
    for format in [
        "human",
        "concise",
        "json",
        "jsonl",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "checkstyle",
        "rdjson",
        "lsp",
    ] {
        runs.push((vec!["check", "--format", format, "cards/agent-card.json"], NAMED));
    }
    runs
}

/// What `before` runs the binary with `args`.
fn inside(before: &[&str], folder: &Path, args: &[&str]) -> Ran {
    let plain = command(folder, args);
    let mut command = Command::new(before[0]);
    command.args(&before[1..]).arg(plain.get_program()).args(plain.get_args()).current_dir(folder);
    command.env("COLUMNS", "80").env_remove("NO_COLOR").env_remove("TERM");
    run_command(command, CARD.as_bytes())
}

/// Whether `before` may run anything here; says so if not.
fn is_permitted(before: &[&str]) -> bool {
    let mut command = Command::new(before[0]);
    command.args(&before[1..]).arg("true").stdout(Stdio::null()).stderr(Stdio::null());
    let permitted = command.status().is_ok_and(|status| status.success());
    if !permitted {
        eprintln!("skipped: `{}` is not there or not permitted", before.join(" "));
    }
    permitted
}

#[test]
fn without_a_network_everything_is_as_with_one() {
    let ways: [&[&str]; 2] = [&["unshare", "--net"], &["unshare", "--map-root-user", "--net"]];
    let Some(without) = ways.into_iter().find(|way| is_permitted(way)) else { return };
    for (args, _) in runs() {
        let (one, other) = (project(), project());
        let with = run_command(command(one.path(), &args), CARD.as_bytes());
        let without = inside(without, other.path(), &args);
        // Some reports tell where the folder is.
        let place = |ran: &Ran, folder: &TempDir| ran.out.replace(folder.path().to_str().unwrap(), "");
        assert_eq!(place(&without, &other), place(&with, &one), "{args:?}");
        assert_eq!((without.status, without.err), (with.status, with.err), "{args:?}");
    }
}

#[test]
fn no_socket_is_made_and_no_other_file_opened() {
    let trace = ["strace", "-f", "-qq", "-e", "trace=%network,openat,open,openat2,execve,io_uring_setup"];
    if !is_permitted(&[&trace[..], &["-o", "/dev/null"]].concat()) {
        return;
    }
    for (args, read) in runs() {
        let project = project();
        let log = tempfile::NamedTempFile::new().unwrap();
        let before = [&trace[..], &["-o", log.path().to_str().unwrap()]].concat();
        inside(&before, project.path(), &args);
        let log = fs::read_to_string(log.path()).unwrap();
        // A line begins with the number of the process.
        let calls: Vec<&str> =
            log.lines().filter_map(|line| line.split_once(' ')).map(|(_, call)| call.trim_start()).collect();
        let named = |name: &str| calls.iter().filter(|call| call.starts_with(name)).count();
        assert_eq!(named("execve("), 1, "{args:?}: {log}");
        for call in &calls {
            let is_known = ["open", "execve(", "+++", "---", "<... open", "strace:"]
                .iter()
                .any(|start| call.starts_with(start));
            assert!(is_known, "{args:?}: {call}");
            judge(&args, read, project.path(), call);
        }
        assert!(named("open") > 0, "{args:?}: {log}");
    }
}

/// The one exception: git, where a revision is asked for, and it reads nothing but objects of the repository.
#[test]
fn git_is_the_only_program_that_is_ever_started() {
    let trace = ["strace", "-f", "-qq", "-s", "4096", "-e", "trace=%network,openat,open,openat2,execve"];
    let git = |folder: &Path, args: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=x", "-c", "user.email=x@example.org"]).args(args).current_dir(folder);
        git.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    if !is_permitted(&[&trace[..], &["-o", "/dev/null"]].concat()) || !git(Path::new("."), &["--version"]) {
        return;
    }
    let project = project();
    let at = project.path();
    assert!(git(at, &["init", "-q"]) && git(at, &["add", "."]) && git(at, &["commit", "-q", "-m", "base"]));
    let log = tempfile::NamedTempFile::new().unwrap();
    let before = [&trace[..], &["-o", log.path().to_str().unwrap()]].concat();
    let args = ["check", "--config-from", "HEAD", "--baseline", "baseline.json", "cards"];
    let ran = inside(&before, at, &args);
    assert_eq!(ran.status, 1, "{ran:?}");
    let log = fs::read_to_string(log.path()).unwrap();
    let calls: Vec<&str> =
        log.lines().filter_map(|line| line.split_once(' ')).map(|(_, call)| call.trim_start()).collect();
    let started: Vec<_> = calls.iter().filter(|call| call.starts_with("execve(")).collect();
    assert!(started.len() == 2 && started[1].contains("\"cat-file\", \"--batch\"]"), "{log}");
    for call in calls {
        let is_known =
            ["open", "execve(", "+++", "---", "<... ", "strace:"].iter().any(|start| call.starts_with(start));
        assert!(is_known, "{call}");
        let path = call.split('"').nth(1).unwrap_or_default();
        let whole = at.join(path);
        let Ok(inside) = whole.strip_prefix(at) else { continue };
        let inside = inside.to_string_lossy().replace("./", "");
        let is_read =
            ["cards/agent-card.json", "cards/other.json", "cards/.gitignore"].contains(&inside.as_str());
        let is_ignore_file = inside.ends_with(".gitignore") || inside.ends_with(".ignore");
        let is_git = inside == ".git" || inside.starts_with(".git/");
        let is_open = call.starts_with("open") && !call.contains(" = -1 ") && !call.contains("O_DIRECTORY");
        assert!(!is_open || is_read || is_ignore_file || is_git, "{call}");
    }
}

/// Panics if `call` opened what is neither part of the system, nor looked for upwards, nor one of the files to `read`.
fn judge(args: &[&str], read: &[&str], project: &Path, call: &str) {
    let path = call.split('"').nth(1).unwrap_or_default();
    if !call.starts_with("open") || call.contains(" = -1 ") {
        return;
    }
    let whole = project.join(path);
    let system = [
        "/lib",
        "/usr/lib",
        "/etc/ld.so",
        "/proc/self",
        "/proc/sys",
        "/proc/cpuinfo",
        "/proc/stat",
        "/sys/",
        "/dev/null",
    ];
    let is_system = system.iter().any(|start| path.starts_with(start));
    let is_upwards = |name: &str| matches!(name, "cardlint.toml" | ".gitignore" | ".ignore" | "exclude");
    let Ok(inside) = whole.strip_prefix(project) else {
        let name = whole.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        assert!(is_system || is_upwards(name) || call.contains("O_DIRECTORY"), "{args:?}: {call}");
        return;
    };
    let inside: String = inside.to_string_lossy().replace("./", "");
    // Reports and baselines are written beside their places.
    let is_written = call.contains("O_CREAT")
        && args.iter().any(|arg| arg.contains("--report") || arg.contains("--write-baseline"));
    let is_read = read.contains(&inside.as_str());
    assert!(is_read || is_written || call.contains("O_DIRECTORY"), "{args:?}: {call}");
}
