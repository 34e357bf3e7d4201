//! What other people's readers make of the formats: libraries from package registries, installed below `target/`.
//!
//! They need Python, Node.js and, the first time, a network. Where they cannot be had, the test says so and has nothing to
//! do; with `CARDLINT_REQUIRE_ALL=1` that is a failure.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod command;
mod support;

use command::{folder, report, run_with};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::files_below;
use tempfile::TempDir;

const CLEAN: &str = include_str!("../fixtures/cards/1.0/minimal.json");
const FORMATS: [&str; 7] = ["sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "lsp"];

/// The folder with the readers, or why there is none.
fn readers() -> Result<PathBuf, String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let (lists, home) = (root.join("tests/readers"), root.join("target/readers"));
    let wanted =
        ["requirements.txt", "package.json"].map(|list| fs::read_to_string(lists.join(list)).unwrap());
    let wanted = wanted.concat();
    let stamp = home.join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|there| there == wanted) {
        return Ok(home);
    }
    fs::create_dir_all(&home).map_err(|error| error.to_string())?;
    fs::copy(lists.join("package.json"), home.join("package.json")).map_err(|error| error.to_string())?;
    let list = lists.join("requirements.txt");
    let install = |program: &Path, args: &[&str]| {
        let ran = Command::new(program).args(args).current_dir(&home).output();
        let ran = ran.map_err(|error| format!("{}: {error}", program.display()))?;
        let said = || String::from_utf8_lossy(&ran.stderr).into_owned();
        if ran.status.success() { Ok(()) } else { Err(format!("{} {args:?}: {}", program.display(), said())) }
    };
    install(Path::new("python3"), &["-m", "venv", "python"])?;
    install(&home.join("python/bin/pip"), &["install", "--quiet", "-r", list.to_str().unwrap()])?;
    install(
        Path::new("npm"),
        &["install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"],
    )?;
    fs::write(&stamp, wanted).map_err(|error| error.to_string())?;
    Ok(home)
}

/// Some file names and texts that are no harm to anybody but a careless writer.
fn hostile() -> Vec<(String, String)> {
    let names = [
        "q\"uo'te.json",
        "new\nline.json",
        "per%cent %0A.json",
        "col:on,comma;.json",
        "esc\u{1b}[31m\u{7}.json",
        "größe 日本 \u{1F600}.json",
        "<a>&amp;]]>.json",
        "::error::x.json",
        "a\\b\u{9b}\u{202e}.json",
        "#?&=.json",
    ];
    let text = "{\r\n  \"na\u{1F600}me\": \"日本\", \"skills\": [], \"url\": \"http://a.example.com\", \"x\": 01,\r  \
                \"name\": \"\u{1b}[31m]]>&amp;<\u{9b}%0A::error::\u{202e}\", \"name\": 'q\"', \"a\\nb%,:\": 1, \"a\\nb%,:\": 2,\n\
                \t\"\u{1F600}\": \u{1F600}, \"skills\": [{\"id\": \"\u{ffff}\"}";
    names.into_iter().map(|name| (name.to_owned(), text.to_owned())).collect()
}

/// A card with ten findings.
fn ten() -> String {
    let numbers = ["01"; 10].join(",\n ");
    CLEAN.replacen('{', &format!("{{\n\"é\": [{numbers}],"), 1)
}

/// Runs one case in every format, and leaves behind what a reader needs.
fn case(
    cases: &Path,
    name: &str,
    files: &[(String, String)],
    args: &[&str],
    stdin: Option<(&str, &str)>,
) -> u64 {
    let here = cases.join(name);
    let files_here = here.join("files");
    fs::create_dir_all(&files_here).unwrap();
    for (path, text) in files {
        fs::write(files_here.join(path), text).unwrap();
    }
    let (path, input) = stdin.unwrap_or_default();
    fs::write(here.join("stdin"), input).unwrap();
    fs::write(here.join("stdin.json"), serde_json::to_string(path).unwrap()).unwrap();
    for format in FORMATS {
        let report = format!("json={}", here.join("report.json").display());
        let args = [&["check", "--fail-on", "never", "--format", format, "--report", &report], args].concat();
        let ran = run_with(&files_here, &args, input.as_bytes());
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{name} {format}");
        fs::write(here.join(format), ran.out).unwrap();
    }
    let summary = &report(&fs::read_to_string(here.join("report.json")).unwrap())["summary"];
    ["errors", "warnings", "notes"].iter().map(|severity| summary[severity].as_u64().unwrap()).sum()
}

fn cases() -> TempDir {
    let cases = folder(&[]);
    let named = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let faults = ["--ignore", "all", "--select", "malformed-json"];
    let at = cases.path();
    assert_eq!(case(at, "none", &[], &["--allow-empty", "."], None), 0);
    assert_eq!(case(at, "clean", &[named("clean.json", CLEAN)], &["."], None), 0);
    let one = CLEAN.replacen('{', "{\n  \"name\": \"first\",", 1);
    assert_eq!(case(at, "one", &[named("one.json", &one)], &["."], None), 1);
    let fifty: Vec<_> = (0..50).map(|number| named(&format!("card{number}.json"), &ten())).collect();
    assert_eq!(case(at, "many", &fifty, &[&faults[..], &["."]].concat(), None), 500);
    let hostile = hostile();
    let names: Vec<_> = hostile.iter().map(|(name, _)| name.as_str()).collect();
    assert!(case(at, "hostile", &hostile, &[&["--select", "all", "--"][..], &names].concat(), None) >= 50);
    let (_, text) = &hostile[0];
    assert!(case(at, "stdin", &[], &["-"], Some(("<stdin>", text))) > 1);
    let path = "sub folder/bu\"ff:er%\n.json";
    let args = ["--stdin-filename", path, "-"];
    assert!(case(at, "buffer", &[], &args, Some((path, text))) > 1);
    cases
}

/// The readers, unless they cannot be had; says so then.
fn readers_or_skip() -> Option<PathBuf> {
    // Two tests must not install them at once.
    static INSTALLING: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _alone = INSTALLING.lock();
    let why = match readers() {
        Ok(readers) => return Some(readers),
        Err(why) => why,
    };
    let required = std::env::var("CARDLINT_REQUIRE_ALL").is_ok_and(|value| value == "1");
    assert!(!required, "the readers cannot be had and CARDLINT_REQUIRE_ALL is set: {why}");
    eprintln!("skipped: the readers cannot be had: {why}");
    None
}

/// The schemas are taken by a validator in its strict mode, and say the same of each fixture as they say here.
#[test]
fn a_strict_validator_takes_the_schemas() {
    let Some(readers) = readers_or_skip() else { return };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut list = String::new();
    let documents = files_below(&root.join("fixtures")).into_iter().filter_map(|path| {
        let value = serde_json::from_str::<serde_json::Value>(&fs::read_to_string(&path).ok()?).ok()?;
        Some((path, value))
    });
    let documents: Vec<_> = documents.collect();
    for path in files_below(&root.join("schemas")) {
        if path.extension().is_none_or(|end| end != "json") {
            continue;
        }
        list.push_str(&format!("{}\t\n", path.display()));
        let schema = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        for (document, value) in &documents {
            let verdict = if validator.is_valid(value) { "valid" } else { "invalid" };
            list.push_str(&format!("{}\t{}\t{verdict}\n", path.display(), document.display()));
        }
    }
    let folder = folder(&[("list.tsv", &list)]);
    let mut node = Command::new("node");
    node.arg(root.join("tests/readers/strict.js")).arg(&readers).arg(folder.path().join("list.tsv"));
    let said = expect_success(&mut node);
    assert!(said.contains(" documents"), "{said}");
}

#[test]
fn other_readers_read_every_format() {
    let Some(readers) = readers_or_skip() else { return };
    let cases = cases();
    let multitool = readers.join("node_modules/@microsoft/sarif-multitool-linux");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/read.py");
    let mut python = Command::new(readers.join("python/bin/python"));
    python.arg(script).arg(multitool.join("sarif-2.1.0.json")).arg(cases.path());
    expect_success(&mut python);

    let documents = |format: &str| -> Vec<PathBuf> {
        fs::read_dir(cases.path()).unwrap().map(|case| case.unwrap().path().join(format)).collect()
    };
    let mut node = Command::new("node");
    node.arg(readers.join("node_modules/@umbrelladocs/rdformat-validator/bin/rdformat-validator.js"));
    expect_success(node.args(["--strict", "--no-extra-fields"]).args(documents("rdjson")));

    #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
    expect_no_complaint(&multitool, &documents("sarif"));
}

/// Microsoft's own checks of SARIF, beyond its schema.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn expect_no_complaint(multitool: &Path, documents: &[PathBuf]) {
    use std::os::unix::fs::PermissionsExt;
    let program = multitool.join("Sarif.Multitool");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    for document in documents {
        // It goes by the name.
        let named = document.with_extension("sarif");
        fs::copy(document, &named).unwrap();
        let mut command = Command::new(&program);
        command.env("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1").arg("validate").arg(&named);
        let said = expect_success(&mut command);
        let complaints: Vec<_> =
            said.lines().filter(|line| line.contains(": error") || line.contains(": warning")).collect();
        assert!(complaints.is_empty(), "{}: {complaints:#?}", document.display());
    }
}

fn expect_success(command: &mut Command) -> String {
    let ran = command.output().unwrap();
    let said = [ran.stdout, ran.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    assert!(ran.status.success(), "{command:?}:\n{said}");
    said
}
