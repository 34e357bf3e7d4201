//! Files that are no files, that nobody may read, and that change while they are read.

use super::{OTHER, bounded, check, run_command, start};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

/// A folder with one card that is checked whatever stands beside it.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("other.json"), OTHER).unwrap();
    folder
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn what_is_no_file_is_refused_by_name_and_passed_over_when_met() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    pipe(&at("pipe.json"));
    pipe(&at("pipe.jsonl"));
    fs::create_dir(at("folder.json")).unwrap();
    symlink("/dev/zero", at("zeros.json")).unwrap();
    symlink("loop.json", at("loop.json")).unwrap();
    symlink("b.json", at("a.json")).unwrap();
    symlink("a.json", at("b.json")).unwrap();
    symlink("gone", at("dangling.json")).unwrap();
    symlink(".", at("self")).unwrap();
    symlink("..", at("folder.json/up")).unwrap();
    let met = check(folder.path(), &["."]);
    assert_eq!((met.status, met.err.as_str()), (1, ""));
    assert!(met.out.lines().all(|line| line.starts_with("other.json:")), "{}", met.out);
    for (name, why) in [
        ("pipe.json", "it is not a regular file"),
        ("zeros.json", "it is not a regular file"),
        ("/dev/zero", "it is not a regular file"),
        ("/dev/null", "it is not a regular file"),
        ("loop.json", "too many levels of symbolic links"),
        ("a.json", "too many levels of symbolic links"),
        ("dangling.json", "no such file or directory"),
        ("other.json/x.json", "not a directory"),
    ] {
        let named = check(folder.path(), &[name, "other.json"]);
        assert_eq!(named.status, 2, "{name}");
        assert!(named.err.starts_with(&format!("error: cannot read `{name}`: {why}")), "{}", named.err);
        assert!(named.out.contains("other.json:"), "{name}");
    }
    let named = check(folder.path(), &["folder.json", "other.json"]);
    assert_eq!((named.status, named.err.as_str()), (1, ""));
    let globbed = check(folder.path(), &["**/other.json"]);
    assert_eq!((globbed.status, globbed.err.as_str()), (1, ""));
}

#[test]
fn a_name_may_hold_any_byte_but_zero_and_the_slash() {
    let folder = folder();
    let names: [&[u8]; 5] = [
        b"caf\xe9.json",
        b"two\nlines.json",
        b"\x1b[31mred.json",
        b"a:1:2: error[x]: y.json",
        "\u{202e}nosj.json".as_bytes(),
    ];
    for name in names {
        fs::write(folder.path().join(OsStr::from_bytes(name)), OTHER).unwrap();
    }
    for format in [
        "concise",
        "human",
        "github",
        "junit",
        "checkstyle",
        "sarif",
        "json",
        "jsonl",
        "gitlab",
        "rdjson",
        "lsp",
    ] {
        for path in [vec![OsStr::new(".")], names.iter().map(|name| OsStr::from_bytes(name)).collect()] {
            let mut command = bounded(folder.path(), &["check", "--no-config", "--format", format]);
            command.args(&path);
            let ran = run_command(command, b"");
            assert_eq!((ran.status, ran.err.as_str()), (1, ""), "{format}");
            let raw = |letter: char| letter.is_control() && letter != '\n' || letter == '\u{202e}';
            assert!(!ran.out.contains(raw), "{format}: {:?}", start(&ran.out));
            assert!(!ran.out.contains("two\nlines"), "{format}");
        }
    }
    let mut command = bounded(folder.path(), &["check", "--no-config"]);
    command.arg(OsStr::from_bytes(b"none\xff\n\x1bc.json"));
    let ran = run_command(command, b"");
    assert_eq!(ran.err, "error: cannot read `none\u{fffd}\\u{a}\\u{1b}c.json`: no such file or directory\n");
}

/// Another user than root, whom permissions do not keep out, or the reason why there is none.
fn as_somebody(command: Command) -> Result<Command, String> {
    let id = Command::new("id").arg("-u").output().map_err(|error| error.to_string())?;
    if id.stdout != b"0\n" {
        return Ok(command);
    }
    let dropping = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    let can = Command::new("setpriv").args(dropping).arg("true").status();
    if !can.is_ok_and(|status| status.success()) {
        return Err("root may read everything, and setpriv is not there to be somebody else".to_owned());
    }
    let mut other = Command::new("setpriv");
    other.args(dropping).arg(command.get_program()).args(command.get_args());
    other.current_dir(command.get_current_dir().unwrap());
    Ok(other)
}

#[test]
fn what_nobody_may_read_is_told() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let allow = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    fs::create_dir(at("shut")).unwrap();
    fs::write(at("shut/agent-card.json"), OTHER).unwrap();
    fs::write(at("shut.json"), OTHER).unwrap();
    // Somebody else must be able to run the binary, too.
    let binary = at("cardlint");
    fs::copy(env!("CARGO_BIN_EXE_cardlint"), &binary).unwrap();
    allow(&binary, 0o755);
    allow(folder.path(), 0o755);
    allow(&at("shut"), 0);
    allow(&at("shut.json"), 0);
    let mut command = Command::new(&binary);
    command.args(["check", "--no-config", "--format", "concise", "."]).current_dir(folder.path());
    match as_somebody(command) {
        Ok(command) => {
            let ran = run_command(command, b"");
            assert_eq!(ran.status, 2, "{}", ran.err);
            for name in ["shut", "shut.json"] {
                let said = format!("cannot read `{name}`: permission denied");
                assert!(
                    ran.err.contains(&said) || ran.err.contains(&said.replace('`', "`./")),
                    "{}",
                    ran.err
                );
            }
            assert!(ran.out.contains("other.json:"), "{}", ran.out);
        }
        Err(why) => eprintln!("skipped: {why}"),
    }
    allow(&at("shut"), 0o755);
}

#[test]
fn files_may_change_and_vanish_while_they_are_read() {
    let folder = folder();
    let names: Vec<_> = (0..40).map(|at| folder.path().join(format!("{at}.json"))).collect();
    let texts =
        [OTHER.to_owned(), "{".to_owned(), String::new(), format!("[{}]", vec![OTHER; 200].join(","))];
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for (at, path) in (0..).zip(names.iter().cycle()) {
                if is_over.load(Ordering::Relaxed) {
                    break;
                }
                match at % 7 {
                    0 => drop(fs::remove_file(path)),
                    1 => drop(fs::create_dir(path)),
                    2 => drop(fs::remove_dir(path)),
                    other => drop(fs::write(path, &texts[other % texts.len()])),
                }
                std::thread::sleep(std::time::Duration::from_micros(200));
            }
        });
        for _ in 0..5 {
            let ran = check(folder.path(), &["--skip-unrecognized", "."]);
            assert!(matches!(ran.status, 1 | 2), "{} {}", ran.status, start(&ran.err));
            assert!(
                ran.err.lines().all(|line| line.starts_with("error: cannot read `")),
                "{}",
                start(&ran.err)
            );
            assert!(ran.out.contains("other.json:"), "{}", start(&ran.out));
        }
        is_over.store(true, Ordering::Relaxed);
    });
}

#[test]
fn a_configuration_or_baseline_that_is_no_file_is_refused() {
    let folder = folder();
    let run = |args: &[&str]| run_command(bounded(folder.path(), &[&["check"], args].concat()), b"");
    for option in ["--config", "--baseline"] {
        let ran = run(&[option, "/dev/zero", "other.json"]);
        assert_eq!(ran.status, 2, "{option}");
        assert!(
            ran.err.starts_with("error: cannot read `/dev/zero`: it is not a regular file"),
            "{}",
            ran.err
        );
    }
    pipe(&folder.path().join("cardlint.toml"));
    let ran = run(&["other.json"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("cannot read `cardlint.toml`: it is not a regular file"), "{}", ran.err);
}
