//! `cardlint fix`: what it writes, what it leaves alone, and what it says.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod command;
mod support;

use cardlint::diagnostic::Severity;
use cardlint::fix::{Fixed, Left, Options, fix};
use cardlint::lint::{Checked, Input, Settings, lint};
use cardlint::syntax::parse;
use command::{Ran, folder, run, run_with};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use support::{files_below, fixtures, shared};

/// A card with three faults that are fixed safely, and one more that is fixed on request.
const CARD: &str = r#"{
  "name": "Tides",
  "Description": "Tells the tides",
  "url": "https://tides.example.org/a2a",
  "version": "1.0.0",
  "protocolVersion": "0.3.0",
  "capabilities": { "streaming": "true" },
  "defaultInputModes": ["text/plain"],
  "defaultOutputModes": ["text/plain",],
  "preferredTransport": "JSONRPC",
  "skills": [{ "id": "t", "name": "t", "description": "d", "tags": ["x"], "exmaples": ["when?"] }]
}
"#;

fn fixed_card() -> String {
    CARD.replace("Description", "description").replace("\"true\"", "true").replace("\",]", "\"]")
}

const FIXED: &str = "fixed 3 findings in 1 file; 1 remains; --unsafe-fixes would fix 1 more\n";
const LEFT: &str = "warning[misnamed-member]: `exmaples` is probably meant to be `examples`\n";

fn ran(status: i32, out: &str, err: &str) -> Ran {
    Ran { status, out: out.to_owned(), err: err.to_owned() }
}

fn text(folder: &tempfile::TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

#[test]
fn files_are_fixed_and_the_rest_is_reported() {
    for command in [&["fix"][..], &["check", "--fix"]] {
        let folder = folder(&[("a2a/agent-card.json", CARD)]);
        let left = format!("a2a/agent-card.json:11:75: {LEFT}");
        assert_eq!(run(folder.path(), command), ran(0, &left, FIXED));
        assert_eq!(text(&folder, "a2a/agent-card.json"), fixed_card());
        let again = "fixed nothing; 1 finding remains; --unsafe-fixes would fix 1\n";
        assert_eq!(run(folder.path(), command), ran(0, &left, again));
        assert_eq!(text(&folder, "a2a/agent-card.json"), fixed_card());
        let all = [command, &["--unsafe-fixes"]].concat();
        assert_eq!(run(folder.path(), &all), ran(0, "", "fixed 1 finding in 1 file; none remain\n"));
        assert_eq!(text(&folder, "a2a/agent-card.json"), fixed_card().replace("exmaples", "examples"));
        assert_eq!(run(folder.path(), command), ran(0, "", "nothing to fix\n"));
    }
}

#[test]
fn the_status_is_that_of_what_is_left() {
    let broken = CARD.replace("  \"version\": \"1.0.0\",\n", "");
    let folder = folder(&[("agent-card.json", &broken)]);
    assert_eq!(run(folder.path(), &["fix", "--diff"]).status, 1);
    assert_eq!(run(folder.path(), &["fix", "-q"]).err, "");
    assert_eq!(run(folder.path(), &["fix"]).status, 1);
    assert_eq!(run(folder.path(), &["fix", "--fail-on", "never"]).status, 0);
    assert_eq!(run(folder.path(), &["fix", "missing.json"]).status, 2);
    let empty = command::folder(&[("package.json", "{}")]);
    let none = run(empty.path(), &["fix"]);
    assert!(none.status == 3 && none.err.starts_with("nothing was checked"), "{none:?}");
}

#[test]
fn a_diff_is_a_patch_and_writes_nothing() {
    let folder = folder(&[("cards/agent-card.json", CARD)]);
    let diff = run(folder.path(), &["fix", "--diff"]);
    let told = "would fix 3 findings in 1 file; 1 would remain; --unsafe-fixes would fix 1 more\n";
    assert_eq!((diff.status, diff.err.as_str()), (0, told));
    let expected = "--- a/cards/agent-card.json\n+++ b/cards/agent-card.json\n@@ -1,12 +1,12 @@\n {\n   \"name\": \"Tides\",\n\
-  \"Description\": \"Tells the tides\",\n+  \"description\": \"Tells the tides\",\n";
    assert!(diff.out.starts_with(expected), "{}", diff.out);
    assert_eq!(text(&folder, "cards/agent-card.json"), CARD);
    let other = run(folder.path(), &["check", "--fix", "--diff", "./cards/agent-card.json"]);
    assert_eq!(other, diff);
    let named = run_with(folder.path(), &["fix", "--diff", "-"], CARD.as_bytes());
    assert!(named.out.starts_with("--- <stdin>\n+++ <stdin>\n"), "{}", named.out);
}

/// Whether a patch turns the text at `path` into the one that `fix` writes, for every tool that is there.
fn applies(path: &str, card: &str) {
    let fixed = folder(&[(path, card)]);
    let patch = run(fixed.path(), &["fix", "--diff"]).out;
    run(fixed.path(), &["fix"]);
    for (tool, args) in [("git", &["apply", "-"][..]), ("patch", &["-p1", "--binary"])] {
        if Command::new(tool).arg("--version").output().is_err() {
            continue;
        }
        let patched = folder(&[(path, card)]);
        let mut child =
            Command::new(tool).args(args).current_dir(patched.path()).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(patch.as_bytes()).unwrap();
        assert!(child.wait().unwrap().success(), "{tool}: {patch}");
        assert!(text(&patched, path) == text(&fixed, path) && text(&fixed, path) != card, "{tool}: {patch}");
    }
}

#[test]
fn patches_are_taken_by_the_tools_for_them() {
    applies("agent-card.json", CARD);
    applies("agent-card.json", CARD.trim_end());
    applies("agent-card.json", &CARD.replace('\n', "\r"));
    applies("agent-card.json", &CARD.replace('\n', "\r\n"));
    applies("agent-card.json", &CARD.replacen('{', "[\r{", 1).replace("]\n}", "]\n}]"));
    applies("cards.jsonl", &one_line(CARD).repeat(520));
    let skill = r#""Name": "x", "description": "d", "tags": ["x"] }"#;
    let skills: String = (0..520).map(|number| format!("{{ \"id\": \"{number}\",\n{skill},\n")).collect();
    applies("agent-card.json", &CARD.replace("\"skills\": [", &format!("\"skills\": [{skills}")));
}

#[cfg(unix)]
#[test]
fn patches_name_files_as_git_does() {
    applies("my cards/agent-card.json", CARD);
    applies("caf\u{e9}/agent-card.json", CARD);
    for name in ["a\n--- x\n+++ y/agent-card.json", "\t\"\u{1b}[31m\\/agent-card.json"] {
        applies(name, CARD);
        let folder = folder(&[(name, CARD)]);
        let diff = run(folder.path(), &["fix", "--diff"]).out;
        assert!(diff.starts_with("--- \"a/") && diff.matches("\n+++ ").count() == 1, "{diff}");
        assert!(!diff.contains('\u{1b}'), "{diff:?}");
    }
}

#[test]
fn a_line_that_is_too_long_comes_out_with_all_after_it() {
    let folder = folder(&[]);
    let lines = format!("{{\"a\":1,}}\n{}  {}\n\r\nlast", one_line(CARD), "x".repeat(1 << 17));
    let ran = run_with(folder.path(), &["fix", "--jsonl", "--max-size", "600", "-"], lines.as_bytes());
    let fixed = lines.replace(&one_line(CARD), &one_line(&fixed_card())).replace("1,}", "1}");
    assert_eq!((ran.status, ran.out), (2, fixed));
    assert!(ran.err.contains("line 3 is longer than 600"), "{}", ran.err);
}

#[test]
fn standard_input_comes_out_fixed() {
    let folder = folder(&[]);
    let run = |args: &[&str], input: &str| run_with(folder.path(), args, input.as_bytes());
    let left = format!("<stdin>:11:75: {LEFT}{FIXED}");
    assert_eq!(run(&["fix", "-"], CARD), ran(0, &fixed_card(), &left));
    let quiet = run(&["fix", "-q", "--stdin-filename", "x/agent-card.json", "-"], CARD);
    assert_eq!(quiet, ran(0, &fixed_card(), &format!("x/agent-card.json:11:75: {LEFT}")));
    // What is no card, or clean, comes out as it went in.
    for other in ["{\"some\": \"thing\"}", "not json", "", &fixed_card()] {
        assert_eq!(run(&["fix", "-"], other).out, other);
    }
}

#[test]
fn a_note_is_fixed_if_its_rule_is_named() {
    let card = fixed_card().replace("exmaples", "examples").replace("0.3.0", "0.3");
    let folder = folder(&[("agent-card.json", &card), ("cardlint.toml", "")]);
    let note =
        "agent-card.json:6:22: note[unreleased-protocol-version]: `0.3` stands for the release `0.3.0`\n";
    for choices in [&[][..], &["--select", "all"], &["--select", "protocol"]] {
        let kept = run(folder.path(), &[&["fix"], choices].concat());
        assert!(kept.out.contains(note) && kept.err == "fixed nothing; 1 finding remains\n", "{kept:?}");
    }
    assert_eq!(text(&folder, "agent-card.json"), card);
    fs::write(folder.path().join("cardlint.toml"), "select = [\"unreleased-protocol-version\"]\n").unwrap();
    let diff = run(folder.path(), &["fix", "--diff"]);
    assert!(diff.out.contains("+  \"protocolVersion\": \"0.3.0\","), "{diff:?}");
    let args = ["fix", "--no-config", "--ignore", "all", "--select", "unreleased-protocol-version"];
    assert_eq!(run(folder.path(), &args), ran(0, "", "fixed 1 finding in 1 file; none remain\n"));
    assert_eq!(text(&folder, "agent-card.json"), card.replace("\"0.3\"", "\"0.3.0\""));
}

#[test]
fn what_is_not_selected_allowed_or_known_is_left_alone() {
    let folder = folder(&[("agent-card.json", CARD)]);
    run(folder.path(), &["fix", "--ignore", "wrong-type"]);
    let streaming = fixed_card().replace("\"streaming\": true", "\"streaming\": \"true\"");
    assert_eq!(text(&folder, "agent-card.json"), streaming);

    let allow =
        "[[allow]]\nrule = \"misnamed-member\"\npointer = \"/Description\"\nreason = \"a reader wants it\"\n";
    fs::write(folder.path().join("agent-card.json"), CARD).unwrap();
    fs::write(folder.path().join("cardlint.toml"), allow).unwrap();
    let allowed = run(folder.path(), &["fix"]);
    assert!(allowed.err.starts_with("fixed 2 findings in 1 file; 1 remains"), "{allowed:?}");
    assert_eq!(
        text(&folder, "agent-card.json"),
        fixed_card().replace("description\": \"Tells", "Description\": \"Tells")
    );

    fs::remove_file(folder.path().join("cardlint.toml")).unwrap();
    fs::write(folder.path().join("agent-card.json"), CARD).unwrap();
    run(folder.path(), &["check", "--write-baseline", "known.json"]);
    let known = run(folder.path(), &["fix", "--baseline", "known.json"]);
    assert_eq!(known, ran(0, "", "nothing to fix\n"));
    assert_eq!(text(&folder, "agent-card.json"), CARD);
    let worse = CARD.replace("\"url\"", "\"Url\"");
    fs::write(folder.path().join("agent-card.json"), &worse).unwrap();
    let known = run(folder.path(), &["fix", "--baseline", "known.json"]);
    assert_eq!(known, ran(0, "", "fixed 1 finding in 1 file; none remain\n"));
    assert_eq!(text(&folder, "agent-card.json"), CARD);
}

#[test]
fn options_that_do_not_go_together_are_refused() {
    let folder = folder(&[("agent-card.json", CARD)]);
    for (args, why) in [
        (&["check", "--diff"][..], "error: `--diff` goes with `--fix`: `cardlint check --fix --diff`\n"),
        (&["check", "--unsafe-fixes"], "error: `--unsafe-fixes` goes with `--fix`"),
        (
            &["fix", "--diff", "--format", "json"],
            "error: the argument '--diff' cannot be used with '--format",
        ),
        (&["fix", "--diff", "--write-baseline", "x"], "error: the argument '--diff' cannot be used with"),
    ] {
        let ran = run(folder.path(), args);
        assert!(ran.status == 2 && ran.err.starts_with(why), "{ran:?}");
    }
    assert_eq!(text(&folder, "agent-card.json"), CARD);
}

#[test]
fn reports_are_of_what_is_left() {
    let folder = folder(&[("agent-card.json", CARD)]);
    let json = run(folder.path(), &["fix", "--diff", "--report", "json=left", "."]);
    assert!(json.out.starts_with("--- a/"));
    let left = command::report(&text(&folder, "left"));
    assert_eq!(left["summary"]["errors"], 0);
    let json = run(folder.path(), &["fix", "--format", "json"]);
    assert_eq!(command::report(&json.out), left);
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_mode_and_a_link_stays_a_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder(&[("real/card.json", CARD)]);
    let real = folder.path().join("real/card.json");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real/card.json", folder.path().join("agent-card.json")).unwrap();
    assert_eq!(run(folder.path(), &["fix", "agent-card.json"]).status, 0);
    assert!(folder.path().join("agent-card.json").is_symlink());
    assert_eq!(fs::read_to_string(&real).unwrap(), fixed_card());
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(folder.path().join("real")).unwrap().count(), 1);
}

#[test]
fn what_cannot_be_written_is_told_and_the_others_are_fixed() {
    let folder =
        folder(&[("a/agent-card.json", CARD), ("b/agent-card.json", CARD), ("c.jsonl", &one_line(CARD))]);
    for name in ["a/agent-card.json", "c.jsonl"] {
        let path = folder.path().join(name);
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
    }
    let told = run(folder.path(), &["fix"]);
    assert_eq!(told.status, 2);
    let errors = "error: cannot write `a/agent-card.json`: the file is read-only\nerror: cannot write `c.jsonl`: the file is read-only\n";
    assert_eq!(told.err, format!("{errors}{}", FIXED.replace("1 remains", "9 remain")));
    // What is reported of them is what is there.
    assert_eq!(told.out.matches("a/agent-card.json:").count(), 4);
    assert_eq!(told.out.matches("c.jsonl:").count(), 4);
    assert_eq!(text(&folder, "a/agent-card.json"), CARD);
    assert_eq!(text(&folder, "b/agent-card.json"), fixed_card());
    assert_eq!(text(&folder, "c.jsonl"), one_line(CARD));
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a/agent-card.json", CARD)]);
    let inner = folder.path().join("a");
    fs::set_permissions(&inner, fs::Permissions::from_mode(0o555)).unwrap();
    let may_write = fs::write(inner.join("probe"), "").is_ok();
    let told = run(folder.path(), &["fix"]);
    fs::set_permissions(&inner, fs::Permissions::from_mode(0o755)).unwrap();
    // A privileged user may write anywhere.
    if !may_write {
        assert!(
            told.status == 2
                && told.err.starts_with("error: cannot write `a/agent-card.json`: permission denied"),
            "{told:?}"
        );
        assert_eq!(text(&folder, "a/agent-card.json"), CARD);
    }
}

fn one_line(card: &str) -> String {
    card.lines().map(str::trim).collect::<Vec<_>>().join(" ") + "\n"
}

#[test]
fn json_lines_are_fixed_line_by_line() {
    let (card, fixed) = (one_line(CARD), one_line(&fixed_card()));
    let crlf = |line: &str| line.replace('\n', "\r\n");
    let lines = format!("{fixed}\n{card}  \n{}{}", crlf(&card), card.trim_end());
    let expected = format!("{fixed}\n{fixed}  \n{}{}", crlf(&fixed), fixed.trim_end());
    let folder = folder(&[("cards.jsonl", &lines), ("clean.jsonl", &fixed)]);
    let diff = run(folder.path(), &["fix", "--diff", "cards.jsonl"]);
    assert_eq!(diff.out.matches("\n-{").count(), 3, "{}", diff.out);
    assert_eq!(diff.out.matches("\\ No newline at end of file").count(), 2);
    let filtered = run_with(folder.path(), &["fix", "--jsonl", "-"], lines.as_bytes());
    assert_eq!(filtered.out, expected);
    let told = run(folder.path(), &["fix"]);
    assert_eq!(told.err, "fixed 9 findings in 1 file; 5 remain; --unsafe-fixes would fix 5 more\n");
    assert_eq!(text(&folder, "cards.jsonl"), expected);
    assert_eq!(text(&folder, "clean.jsonl"), fixed);
    assert_eq!(run(folder.path(), &["fix", "--diff"]).out, "");
}

#[test]
fn long_json_lines_are_streamed_and_keep_what_is_between() {
    let mut lines = String::new();
    let mut expected = String::new();
    for number in 0..3000 {
        let (line, fixed) = match number % 7 {
            0 => ("\n".to_owned(), "\n".to_owned()),
            1 => ("{ \"some\": 1 }\n".to_owned(), "{ \"some\": 1 }\n".to_owned()),
            _ if number < 1500 => (one_line(&fixed_card()), one_line(&fixed_card())),
            _ => (one_line(CARD), one_line(&fixed_card())),
        };
        lines.push_str(&line);
        expected.push_str(&fixed);
    }
    let folder = folder(&[("cards.ndjson", &lines)]);
    run(folder.path(), &["fix", "--quiet", "--max-diagnostics", "1"]);
    assert!(text(&folder, "cards.ndjson") == expected);
}

#[test]
fn a_byte_order_mark_and_line_ends_of_another_system_are_no_hindrance() {
    let windows = |card: &str| card.replace('\n', "\r\n").replace("Tides", "Mar\u{e9}es \u{1F30A}");
    let folder = folder(&[("agent-card.json", &format!("\u{feff}{}", windows(CARD)))]);
    run(folder.path(), &["fix"]);
    assert_eq!(text(&folder, "agent-card.json"), windows(&fixed_card()));
}

#[test]
fn bytes_that_are_not_utf8_are_left_alone() {
    let folder = folder(&[]);
    let path = folder.path().join("agent-card.json");
    let latin = [CARD.as_bytes().split_at(13).0, b"\xe9", CARD.as_bytes().split_at(13).1].concat();
    fs::write(&path, &latin).unwrap();
    let told = run(folder.path(), &["fix"]);
    assert!(
        told.err.starts_with("note: `agent-card.json` is not UTF-8 and was left as it is\nfixed nothing"),
        "{told:?}"
    );
    assert_eq!(fs::read(&path).unwrap(), latin);
}

/// A registration around a card.
const REGISTRATION: &str = r##"{ "@odata.type": "#microsoft.graph.agentRegistration", "displayName": "Tides", "sourceAgentId": "t",
  "ownerIds": ["3f1e2d4c-5b6a-4978-8c9d-0e1f2a3b4c5d"], "agentCard": CARD }"##;

/// A signed card whose member before the signatures has `fault`.
fn signed(fault: &str) -> String {
    let signature =
        r#""signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsxIn0", "signature": "c2ln" }]"#;
    fixed_card()
        .replace("exmaples", "examples")
        .replace("\"JSONRPC\",", &format!("\"JSONRPC\", {fault}{signature},"))
}

#[test]
fn a_signed_card_is_not_changed_unless_that_is_asked_for() {
    let card = signed("\"iconURL\": \"https://tides.example.org/i.png\", ");
    let folder = folder(&[("agent-card.json", &card)]);
    let told = run(folder.path(), &["fix"]);
    let note = "note: `agent-card.json` is signed: 1 fix would break the signature and was not made; sign it anew after `--allow-signed`\n";
    assert!(told.err.starts_with(note), "{told:?}");
    assert_eq!(text(&folder, "agent-card.json"), card);
    assert!(!run(folder.path(), &["fix", "--quiet"]).err.contains("note"));
    run(folder.path(), &["fix", "--allow-signed"]);
    assert_eq!(text(&folder, "agent-card.json"), card.replace("iconURL", "iconUrl"));
}

#[test]
fn a_card_is_signed_however_its_signatures_are_spelt() {
    let fault = "\"iconURL\": \"https://tides.example.org/i.png\", ";
    for (name, left) in [
        ("\\u0073ignatures", "\\u0073ignatures"),
        ("Signatures", "signatures"),
        ("signatures\": [], \"signature", "signatures\": [], \"signature"),
        ("signature", "signature"),
    ] {
        let card = signed(fault).replace("signatures\": [{", &format!("{name}\": [{{"));
        let fixed = signed(fault).replace("signatures\": [{", &format!("{left}\": [{{"));
        for (around, kind) in [("CARD", ""), ("[CARD]", ""), (REGISTRATION, "its card")] {
            let bytes = around.replace("CARD", &card);
            let (_, done) = mend("agent-card.json", bytes.as_bytes(), Options::default());
            assert!(done.left.signed > 0, "{name} {kind}: {:?}", done.left);
            assert_eq!(
                String::from_utf8(done.bytes).unwrap(),
                around.replace("CARD", &fixed),
                "{name} {kind}"
            );
        }
    }
}

#[test]
fn what_a_signature_does_not_cover_is_fixed() {
    // A comma is not part of what is signed, and neither are the signatures themselves.
    let card = signed("").replace("\"c2ln\"", "\"c2ln\",");
    let folder = folder(&[("agent-card.json", &card)]);
    let told = run(folder.path(), &["fix"]);
    assert!(told.err.starts_with("fixed 1 finding"), "{told:?}");
    assert_eq!(text(&folder, "agent-card.json"), signed(""));
    // Another card beside it is fixed too.
    let broken = signed("\"iconURL\": \"https://tides.example.org/i.png\", ");
    let both = format!("[{broken}, {CARD}]");
    fs::write(folder.path().join("agent-card.json"), &both).unwrap();
    let told = run(folder.path(), &["fix"]);
    assert!(told.err.contains("1 fix would break"), "{told:?}");
    assert_eq!(text(&folder, "agent-card.json"), format!("[{broken}, {}]", fixed_card()));
}

fn mend(path: &str, bytes: &[u8], options: Options) -> (Checked, Fixed) {
    fix(Input::named(path), bytes.to_vec(), &Settings::default(), options, &|_| Vec::new())
}

fn errors(checked: &Checked) -> usize {
    checked.diagnostics.iter().filter(|found| found.severity == Severity::Error).count()
}

/// Fixes a file with each of the options and holds what has to be true of any result.
fn hold(file: &Path, root: &Path) -> Vec<String> {
    let name = file.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    let bytes = fs::read(file).unwrap();
    let mut faults = faults_of(&name, &bytes);
    for options in [Options::default(), Options { unsafe_fixes: true, allow_signed: true }] {
        let left = mend(&name, &bytes, options).1.left;
        // Where brackets are missing, a repair may bring to light more than it repairs.
        let is_json = parse(&bytes).faults().is_empty();
        if (left.worse > 0 && is_json) || left.unfinished {
            faults.push(format!("{name} ({options:?}): {left:?}"));
        }
    }
    faults
}

/// What of that does not hold for a text.
fn faults_of(name: &str, bytes: &[u8]) -> Vec<String> {
    let mut faults = Vec::new();
    for options in [false, true].map(|unsafe_fixes| Options { unsafe_fixes, allow_signed: unsafe_fixes }) {
        let before = lint(Input::named(name), bytes.to_vec(), &Settings::default());
        let (after, fixed) = mend(name, bytes, options);
        let mut hold = |holds: bool, why: &str| {
            if !holds {
                faults.push(format!("{name} ({options:?}): {why}"));
            }
        };
        hold(fixed.thrown_away.is_empty(), &format!("{:?}", fixed.thrown_away));
        hold(
            (fixed.fixed > 0) == (fixed.bytes != bytes),
            "says that it is changed and is not, or the reverse",
        );
        let (old_faults, new_faults) = (parse(bytes).faults().len(), parse(&fixed.bytes).faults().len());
        hold(new_faults <= old_faults, "parses worse");
        hold(errors(&after) <= errors(&before), "has more errors");
        let (_, again) = mend(name, &fixed.bytes, options);
        hold(again.fixed == 0 && again.bytes == fixed.bytes, "is not fixed at once");
        let clean = before.diagnostics.iter().all(|found| found.severity == Severity::Note);
        hold(!clean || fixed.bytes == bytes, "was clean and is changed");
    }
    faults
}

#[test]
fn no_fixture_gets_worse_and_a_second_fix_changes_nothing() {
    let files = files_below(&fixtures());
    let faults: Vec<_> = files.iter().flat_map(|file| hold(file, &fixtures())).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_real_document_gets_worse_and_a_second_fix_changes_nothing() {
    let Some(shared) = shared() else { return };
    let folders = ["corpus", "examples"];
    let files: Vec<_> = folders.iter().flat_map(|folder| files_below(&shared.join(folder))).collect();
    let faults: Vec<_> = files.iter().flat_map(|file| hold(file, &shared)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn very_many_fixes_are_made_in_a_few_rounds() {
    let skill = r#""Name": "x", "description": "d", "tags": ["x"], "inputModes": ["text"] }"#;
    let skills: Vec<String> = (0..500).map(|number| format!(r#"{{ "id": "x{number}", {skill}"#)).collect();
    let skills = skills.join(",\n");
    let card = CARD.replace("\"skills\": [", &format!("\"skills\": [{skills}, "));
    let (_, fixed) = mend("agent-card.json", card.as_bytes(), Options::default());
    assert_eq!(fixed.fixed, 1003);
    assert_eq!(fixed.left, Left { unsafe_fixes: 1, ..Left::default() });
}

#[test]
fn a_fix_that_would_add_an_error_is_not_made_and_the_others_are() {
    let signature =
        r#""signature": [{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsxIn0", "signature": "c2ln" }]"#;
    let card = r#"{ "name": "Tides", "description": "d", "version": "1.0.0", "capabilities": {},
  "supportedInterfaces": [{ "url": "https://tides.example.org/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }],
  "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain",],
  "skills": [{ "id": "t", "name": "t", "description": "d", "tags": ["x"] }], "signatures": null, SIGNATURE }"#
        .replace("SIGNATURE", signature);
    let folder =
        folder(&[("agent-card.json", &card), ("lines.jsonl", &(one_line(&card) + &one_line(&card)))]);
    let told = run(folder.path(), &["fix", "agent-card.json"]);
    let note =
        "note: 1 fix for `agent-card.json` would add an error and was not made\nfixed 1 finding in 1 file; ";
    assert!(told.status == 0 && told.err.starts_with(note), "{told:?}");
    assert_eq!(text(&folder, "agent-card.json"), card.replace("\"text/plain\",]", "\"text/plain\"]"));
    let told = run(folder.path(), &["fix", "lines.jsonl"]);
    assert!(
        told.err.starts_with("note: 2 fixes for `lines.jsonl` would add an error and were not made\n"),
        "{told:?}"
    );
    assert_eq!(text(&folder, "lines.jsonl").matches("\"text/plain\"]").count(), 4);
}

#[test]
fn a_repair_never_leaves_more_errors_than_there_were() {
    let values = ["\"url\"", "[{\"id\": \"a\"}]", "null"];
    let names = ["supportedInterfaces", "skills", "capabilities", "name"];
    let mut texts = Vec::new();
    for name in names {
        for value in values {
            for (before, after) in
                [("", "]}"), ("}", ""), ("]", "}"), ("{", ""), ("[", "}}"), (":: ", "]"), ("", "")]
            {
                texts.push(format!(
                    "{{\n  \"name\": \"Billing\",\n  \"{name}\"{value} {before} [\n    {{ \"id\": \"a\", \"tags\": [\"x\"] }}\n  {after}\n}}\n"
                ));
                texts.push(format!("[{{ \"url\": \"https://a.acme.com\", \"{name}\": {value}{before}, \"version\": \"1\" {after}"));
            }
        }
    }
    let faults: Vec<_> =
        texts.iter().flat_map(|text| faults_of("agent-card.json", text.as_bytes())).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_cards_of_one_array_do_not_hold_each_other_up() {
    let bad = r#"{ "name": "Tides", "description": "d", "version": "1.0.0", "capabilities": {},
  "supportedInterfaces": [{ "url": "https://tides.example.org/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }],
  "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"],
  "skills": [{ "id": "t", "name": "t", "description": "d", "tags": ["x"] }], "signatures": null,
  "signature": [{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsxIn0", "signature": "c2ln" }] }"#;
    let (good, mended) = (CARD.to_owned(), fixed_card());
    let array = |cards: &[&str]| format!("[{}]", cards.join(",\n"));
    let text = array(&[&good, bad, &good, &good, bad]);
    let (_, fixed) = mend("cards.json", text.as_bytes(), Options::default());
    assert_eq!(String::from_utf8(fixed.bytes).unwrap(), array(&[&mended, bad, &mended, &mended, bad]));
    assert_eq!(fixed.fixed, 9);
}

#[cfg(unix)]
#[test]
fn a_file_that_changes_meanwhile_is_left_alone() {
    use std::os::unix::fs::MetadataExt;
    // Big enough that the run takes a moment; what is saved comes while it reads the next file.
    let skill = r#"{ "id": "x", "name": "x", "description": "d", "tags": ["x"] }"#;
    let skills = vec![skill; 4000].join(",\n");
    let card = CARD.replace("\"skills\": [", &format!("\"skills\": [{skills}, "));
    let saved = "{ \"saved\": \"by somebody\" }";
    let mut reported = 0;
    for (name, text) in
        [("agent-card.json", card.clone()), ("cards.jsonl", (one_line(CARD) + "\n").repeat(4000))]
    {
        for wait in [20, 60, 120, 240] {
            let folder = folder(&[(name, &text)]);
            let path = folder.path().join(name);
            let mut child = command::command(folder.path(), &["fix", "-q", name])
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            std::thread::sleep(std::time::Duration::from_millis(wait));
            // As editors do: the new text is put in the place of the old one.
            let is_over = child.try_wait().unwrap().is_some();
            fs::write(folder.path().join("new"), saved).unwrap();
            fs::rename(folder.path().join("new"), &path).unwrap();
            let inode = fs::metadata(&path).unwrap().ino();
            let output = child.wait_with_output().unwrap();
            let err = String::from_utf8(output.stderr).unwrap();
            assert_eq!(
                (fs::read_to_string(&path).unwrap().as_str(), fs::metadata(&path).unwrap().ino()),
                (saved, inode)
            );
            if !is_over && output.status.code() == Some(2) {
                assert!(err.contains("it has changed since it was read, and was left as it is"), "{err}");
                reported += 1;
            }
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        }
    }
    assert!(reported > 0, "nothing was saved in time");
}

#[cfg(unix)]
#[test]
fn what_a_file_loses_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("agent-card.json", CARD)]);
    let (path, other) = (folder.path().join("agent-card.json"), folder.path().join("other"));
    fs::hard_link(&path, &other).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o2750)).unwrap();
    let ran = run(folder.path(), &["fix", "agent-card.json"]);
    let note = "note: `agent-card.json` was replaced without its other hard links, which keep the old text\n";
    assert_eq!((ran.status, ran.err.as_str()), (0, &*format!("{note}{FIXED}")));
    assert_eq!((text(&folder, "agent-card.json"), text(&folder, "other")), (fixed_card(), CARD.to_owned()));
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o2750);
}

#[test]
fn what_is_too_much_to_report_is_fixed() {
    let skill =
        |number: usize| format!(r#"{{ "Id": "x{number}", "name": "x", "description": "d", "tags": ["x"] }}"#);
    let skills: Vec<String> = (0..150).map(skill).collect();
    let card = fixed_card().replace("\"skills\": [", &format!("\"skills\": [{}, ", skills.join(",\n")));
    let folder = folder(&[("agent-card.json", &card)]);
    let told = run(folder.path(), &["fix", "--max-findings", "1"]);
    assert!(told.status == 0 && told.err.starts_with("fixed 150 findings in 1 file; 1 remains"), "{told:?}");
    assert_eq!(text(&folder, "agent-card.json"), card.replace("Id", "id"));
}

#[test]
fn long_lists_do_not_take_a_round_for_each_entry() {
    // The endpoints of the old half that the new one does not have.
    let entries = |field: &str, path: &str| -> String {
        let entry = |at: usize| format!("{{ \"url\": \"https://tides.example.org/{path}{at}\", {field} }}");
        (0..150).map(entry).collect::<Vec<_>>().join(", ")
    };
    let additional = entries("\"transport\": \"GRPC\"", "b");
    let supported = entries("\"protocolBinding\": \"GRPC\", \"protocolVersion\": \"1.0\"", "a");
    let card = fixed_card().replace("exmaples", "examples").replace(
        "\"skills\"",
        &format!(
            "\"additionalInterfaces\": [{additional}], \"supportedInterfaces\": [{supported}], \"skills\""
        ),
    );
    let (_, fixed) =
        mend("agent-card.json", card.as_bytes(), Options { unsafe_fixes: true, ..Options::default() });
    let text = String::from_utf8(fixed.bytes).unwrap();
    let mut from = 0;
    for at in 0..150 {
        let entry = format!(
            "{{ \"url\": \"https://tides.example.org/b{at}\", \"protocolBinding\": \"GRPC\", \"protocolVersion\": \"0.3\" }}"
        );
        from += text[from..].find(&entry).unwrap_or_else(|| panic!("{at}: {text}"));
    }
    assert!(fixed.fixed >= 150 && parse(text.as_bytes()).faults().is_empty() && !fixed.left.unfinished);
}

#[test]
fn parameters_that_two_headers_have_go_at_once() {
    // {"alg":"ES256","kid":"k1"}
    let with = |header: &str| {
        signed("")
            .replace("\"signature\": \"c2ln\"", &format!("\"header\": {header}, \"signature\": \"c2ln\""))
    };
    let both = Options { unsafe_fixes: true, ..Options::default() };
    for (header, fixed, found, options) in [
        (r#"{ "alg": "ES256", "kid": "k1" }"#, "{}", 1, Options::default()),
        (r#"{ "x": 1, "alg": "ES256", "kid": "k1" }"#, r#"{ "x": 1 }"#, 1, Options::default()),
        (r#"{ "alg": "ES256", "x": 1, "kid": "k1" }"#, r#"{ "x": 1 }"#, 1, Options::default()),
        (r#"{ "alg": "none", "x": 1, "kid": "k1" }"#, r#"{ "alg": "none", "x": 1 }"#, 1, Options::default()),
        (r#"{ "alg": "none", "x": 1, "kid": "k1" }"#, r#"{ "x": 1 }"#, 2, both),
    ] {
        let (_, done) = mend("agent-card.json", with(header).as_bytes(), options);
        assert_eq!(String::from_utf8(done.bytes).unwrap(), with(fixed), "{header}");
        assert_eq!(done.fixed, found, "{header}");
    }
}

#[test]
fn guesses_about_broken_json_are_no_faults_and_come_to_rest_at_once() {
    let line = one_line(CARD);
    for text in [
        line.replace("\"defaultInputModes\": [", "\"defaultInputModes\":/[")
            .replace("Modes\": [\"text/plain\",", "Mode [\"text/plain\","),
        fixed_card().replace("\"JSONRPC\",", "\"JSONRPC\", \"iconURL\": n\"ull,"),
        CARD.replace("\"preferredTransport\": ", "\"preferredTransport\":,} ")
            .replace("[\"x\"], \"", "[\", \""),
        line.replace(": \"true\"", ": ]}true\"").replace("InputModes\"", "InputMod"),
    ] {
        let faults = faults_of("agent-card.json", text.as_bytes());
        assert!(faults.is_empty(), "{}\n{text}", faults.join("\n"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        // The same cards each time; another number of cases gives others.
        rng_seed: RngSeed::Fixed(6),
        ..ProptestConfig::with_cases(cases())
    })]

    #[test]
    fn a_broken_card_gets_no_worse_and_a_second_fix_changes_nothing(
        which in any::<prop::sample::Index>(),
        mistakes in prop::collection::vec((any::<prop::sample::Index>(), 0..6u8, "[\",:{}\\[\\]a0 '\n/]{1,2}"), 1..4),
    ) {
        let cards = [CARD.to_owned(), fixed_card(), signed("\"iconURL\": null, "), one_line(CARD)];
        let mut text: Vec<char> = which.get(&cards).chars().collect();
        for (place, mistake, new) in mistakes {
            let at = place.index(text.len());
            let end = (at + usize::from(mistake)).min(text.len());
            match mistake {
                0 => drop(text.splice(at..at, new.chars())),
                1 => drop(text.splice(at..end, new.chars())),
                _ => drop(text.drain(at..end)),
            }
        }
        let text: String = text.into_iter().collect();
        let faults = faults_of("agent-card.json", text.as_bytes());
        prop_assert!(faults.is_empty(), "{}\n{text}", faults.join("\n"));
    }
}

/// How many broken cards are tried; `PROPTEST_CASES` may say more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24)
}
