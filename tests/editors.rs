//! The files in `editors/`, in the real editors: what they show, set up as `docs/editors.md` says, is held against the
//! byte offsets of a report, so that nothing that counts columns is believed.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod support;

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::{folder, report, run, run_with};
use tempfile::TempDir;

/// A card with an error, a warning and two notes. Before them, on their lines, stand characters of two, three and four bytes,
/// one that is put on another, wide ones, and a tab.
const BAD: &str = "{
\t\"name\": \"Zoë's e\u{301}tude 漢字 😀\", \"version\": 7,
  \"description\": \"Grüße, 世界 🌍\",
  \"supportedInterfaces\": [
    { \"tenant\": \"Ünïté 🏢🏢\", \"url\": \"http://garden.example.org/a2a\", \"protocolBinding\": \"JSONRPC\", \
           \"protocolVersion\": \"1.0\" }
  ],
  \"capabilities\": {},
  \"defaultInputModes\": [\"text/plain\"], \"défaut\": \"😀\", \"colour\": \"green\",
  \"defaultOutputModes\": [\"text/plain\"],
  \"skills\": [{ \"id\": \"ask\", \"name\": \"Ask\", \"description\": \"Answers.\", \"tags\": [\"question\"] }]
}
";

/// What an editor shows of a finding: place in lines and bytes from 1, the text under it, severity, message.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shown {
    line: u64,
    column: u64,
    text: String,
    severity: String,
    message: String,
}

impl Shown {
    fn read(value: &Value) -> Self {
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        Self {
            line: value["line"].as_u64().unwrap(),
            column: value["column"].as_u64().unwrap(),
            text: text("text"),
            severity: text("severity"),
            message: text("message"),
        }
    }
}

/// How an editor words a finding of a report.
type Words = fn(&Value) -> String;

/// What an editor has to show of `text`, by the byte offsets of the report; the mark is not in an editor's buffer.
fn expected(folder: &Path, text: &str, words: Words) -> Vec<Shown> {
    let ran = run_with(folder, &["check", "--format", "json", "-"], text.as_bytes());
    let report = report(&ran.out);
    let mut expected: Vec<_> = report["files"][0]["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| {
            let offset = |end: &str| found["range"][end]["offset"].as_u64().unwrap() as usize;
            let before = &text[..offset("start")];
            let line = before.rsplit('\n').next().unwrap().trim_start_matches('\u{feff}');
            Shown {
                line: 1 + before.matches('\n').count() as u64,
                column: 1 + line.len() as u64,
                text: text[offset("start")..offset("end")].to_owned(),
                severity: found["severity"].as_str().unwrap().to_owned(),
                message: words(found),
            }
        })
        .collect();
    expected.sort();
    expected
}

fn shown(seen: &Value) -> Vec<Shown> {
    let mut shown: Vec<_> = seen["shown"].as_array().into_iter().flatten().map(Shown::read).collect();
    shown.sort();
    shown
}

/// A file of the repository.
fn ours(path: &str) -> String {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    text.replace("\r\n", "\n")
}

/// The blocks of code in `language` that the guide shows.
fn blocks(language: &str) -> Vec<String> {
    let guide = ours("docs/editors.md");
    let opening = format!("\n```{language}\n");
    let starts = guide.match_indices(&opening).map(|(at, _)| at + opening.len());
    starts.map(|start| guide[start..].split("```").next().unwrap().to_owned()).collect()
}

/// A home of its own for an editor, with a folder for cards and the binary on the `PATH`.
struct Desk {
    home: TempDir,
    cards: PathBuf,
    editor: String,
}

impl Desk {
    /// Nothing where the editor is missing, unless nothing may be passed over.
    fn new(editor: &str) -> Option<Self> {
        let found = Command::new(editor).arg("--version").output().is_ok();
        let required = std::env::var("CARDLINT_REQUIRE_ALL").is_ok_and(|value| value == "1");
        assert!(found || !required, "{editor} is missing and CARDLINT_REQUIRE_ALL is set");
        if !found {
            eprintln!("skipped: {editor} is missing");
            return None;
        }
        let home = tempfile::tempdir().unwrap();
        let cards = home.path().canonicalize().unwrap().join("my cards é%20");
        fs::create_dir_all(&cards).unwrap();
        Some(Self { home, cards, editor: editor.to_owned() })
    }

    fn card(&self, name: &str, text: &str) -> PathBuf {
        let path = self.cards.join(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// Puts a file of the repository where the guide says.
    fn install(&self, from: &str, to: &str) {
        let says = format!("cp {from} {to}\n");
        assert!(ours("docs/editors.md").contains(&says), "docs/editors.md does not say `{says}`");
        let to = self.home.path().join(to.trim_start_matches("~/"));
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(from), to).unwrap();
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.home.path().join(name), text).unwrap();
    }

    /// Takes the steps in the editor and gives what it showed after each.
    fn take(&self, args: &[&str], steps: &Value) -> Vec<Value> {
        let binary = Path::new(env!("CARGO_BIN_EXE_cardlint")).parent().unwrap();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path =
            std::env::join_paths(std::iter::once(binary.to_owned()).chain(std::env::split_paths(&path)));
        let [given, seen] = ["steps.json", "seen.json"].map(|name| self.home.path().join(name));
        fs::write(&given, steps.to_string()).unwrap();
        let mut command = Command::new(&self.editor);
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| name.starts_with("XDG_") || name.starts_with("VIM")) {
                command.env_remove(name);
            }
        }
        let output = command
            .args(args)
            .current_dir(&self.cards)
            .env("HOME", self.home.path())
            .env("PATH", path.unwrap())
            .env("LC_ALL", "C.UTF-8")
            .env("CARDLINT_STEPS", &given)
            .env("CARDLINT_SEEN", &seen)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        let text =
            fs::read_to_string(seen).unwrap_or_else(|_| panic!("{} wrote nothing: {said}", self.editor));
        let seen: Value = serde_json::from_str(&text).unwrap();
        let seen = seen.as_array().unwrap_or_else(|| panic!("{text}"));
        assert_eq!(seen.len(), steps.as_array().unwrap().len(), "{text} {said}");
        seen.clone()
    }
}

/// What an editor that looks at its buffer has to show, whichever it is.
fn shows_its_buffer(desk: &Desk, args: &[&str], words: Words) {
    let marked = format!("\u{feff}{}", BAD.replacen("{\n\t", "{ ", 1));
    let lines = BAD.replace('\n', "\r\n");
    let steps = json!([
        { "open": desk.card("agent-card.json", BAD) },
        { "text": BAD.replace("\"version\": 7", "\"version\": \"7.0.0\"") },
        { "text": "{ \"name\": \"left-pad\", \"version\": \"1.0.0\", \"dependencies\": {} }" },
        { "text": BAD },
        { "open": desk.card("marked.json", &marked) },
        { "open": desk.card("crlf.json", &lines) },
        { "open": desk.card("package.json", "{ \"name\": \"left-pad\", \"version\": \"1.0.0\" }\n") },
        { "open": desk.card("empty.json", "") },
    ]);
    let seen = desk.take(args, &steps);
    for seen in &seen {
        assert_eq!((&seen["came"], &seen["complaints"]), (&json!(true), &json!("")), "{seen}");
    }
    let of = |text: &str| expected(&desk.cards, text, words);
    let all = of(BAD);
    assert_eq!(all.len(), 4, "{all:#?}");
    assert_eq!(shown(&seen[0]), all);
    let fixed: Vec<_> = all.into_iter().filter(|shown| shown.severity != "error").collect();
    assert_eq!(shown(&seen[1]), fixed, "an unsaved change");
    assert_eq!(shown(&seen[2]), [], "no card any more");
    assert_eq!(shown(&seen[3]), of(BAD), "a card again");
    let with_mark = shown(&seen[4]);
    assert!(with_mark.iter().any(|shown| shown.text == "7" && shown.line == 1), "{with_mark:#?}");
    assert_eq!(without_mark(with_mark), without_mark(of(&marked)), "a byte order mark");
    assert_eq!(shown(&seen[5]), of(BAD), "lines that end with CR LF");
    assert_eq!(shown(&seen[6]), [], "no card");
    assert_eq!(shown(&seen[7]), [], "nothing at all");
}

/// All but the finding about the mark itself, under which an editor has no text.
fn without_mark(mut all: Vec<Shown>) -> Vec<Shown> {
    let before = all.len();
    all.retain(|shown| !shown.message.contains("byte order mark"));
    assert_eq!(before, all.len() + 1, "{all:#?}");
    all
}

/// Trouble of the tool is shown as such, once, and nothing old is left.
fn shows_trouble(desk: &Desk, args: &[&str]) {
    let card = desk.card("agent-card.json", BAD);
    let broken = desk.cards.join("broken");
    fs::create_dir_all(&broken).unwrap();
    fs::write(broken.join("cardlint.toml"), "select = 7\n").unwrap();
    fs::write(broken.join("agent-card.json"), BAD).unwrap();
    let steps = json!([
        { "open": broken.join("agent-card.json") },
        { "text": BAD.replace("Zoë", "Zoé") },
        { "open": card },
        { "text": BAD.replace("Zoë", "Zoé"), "command": "no-such-cardlint" },
        { "text": BAD, "command": "cardlint" },
    ]);
    let seen = desk.take(args, &steps);
    assert_eq!(shown(&seen[0]), []);
    let complaint = seen[0]["complaints"].as_str().unwrap();
    assert!(complaint.contains("error:") && complaint.contains("cardlint.toml"), "{complaint}");
    assert_eq!((shown(&seen[1]), &seen[1]["complaints"]), (vec![], &json!("")), "said already");
    assert_eq!((shown(&seen[2]).len(), &seen[2]["complaints"]), (4, &json!("")));
    assert_eq!(shown(&seen[3]), []);
    let complaint = seen[3]["complaints"].as_str().unwrap();
    assert!(complaint.contains("no-such-cardlint"), "{complaint}");
    assert_eq!((shown(&seen[4]).len(), &seen[4]["complaints"]), (4, &json!("")));
}

fn driver(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editors").join(name).to_str().unwrap().to_owned()
}

#[test]
fn neovim_shows_what_a_report_says_of_its_buffer() {
    let Some(desk) = Desk::new("nvim") else { return };
    desk.install("editors/neovim/cardlint.lua", "~/.config/nvim/plugin/cardlint.lua");
    let args = ["--headless", "-n", "-i", "NONE", "-c", &format!("luafile {}", driver("neovim.lua"))];
    shows_its_buffer(&desk, &args, |found| {
        format!("{}\nhelp: {}", found["message"].as_str().unwrap(), found["help"].as_str().unwrap())
    });
    shows_trouble(&desk, &args);
}

#[test]
fn emacs_shows_what_a_report_says_of_its_buffer() {
    let Some(desk) = Desk::new("emacs") else { return };
    desk.install("editors/emacs/flymake-cardlint.el", "~/.emacs.d/lisp/flymake-cardlint.el");
    desk.write(".emacs.d/init.el", &blocks("elisp")[0]);
    let args = ["--batch", "-l", "~/.emacs.d/init.el", "-l", &driver("emacs.el")];
    shows_its_buffer(&desk, &args, |found| {
        let text = |name: &str| found[name].as_str().unwrap();
        format!("{} [{}]\nhelp: {}", text("message"), text("rule"), text("help"))
    });
    shows_trouble(&desk, &args);
}

#[test]
fn emacs_compiles_the_backend_without_a_warning() {
    let Some(desk) = Desk::new("emacs") else { return };
    desk.install("editors/emacs/flymake-cardlint.el", "~/.emacs.d/lisp/flymake-cardlint.el");
    let output = Command::new("emacs")
        .args(["--batch", "--eval", "(setq byte-compile-error-on-warn t)", "-f", "batch-byte-compile"])
        .arg(desk.home.path().join(".emacs.d/lisp/flymake-cardlint.el"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn vim_fills_its_lists_with_what_a_report_says() {
    let Some(desk) = Desk::new("vim") else { return };
    desk.install("editors/vim/compiler/cardlint.vim", "~/.vim/compiler/cardlint.vim");
    desk.write(".vimrc", &blocks("vim")[0]);
    let marked = format!("\u{feff}{}", BAD.replacen("{\n\t", "{ ", 1));
    let card = desk.card("agent-card.json", BAD);
    desk.card("marked.json", &marked);
    desk.card("other.json", &BAD.replace('\n', "\r\n"));
    let package = desk.card("package.json", "{ \"name\": \"left-pad\", \"version\": \"1.0.0\" }\n");
    let steps = json!([
        { "open": card, "make": "%:S" },
        { "make": "" },
        { "open": card },
        { "open": package },
        { "open": desk.cards.join("marked.json"), "make": "%:S" },
        { "make": "--fail-on nothing" },
    ]);
    let seen = desk.take(&["-N", "-i", "NONE", "-es", "-u", "~/.vimrc", "-S", &driver("vim.vim")], &steps);
    let list = |seen: &Value, file: &str| {
        let mut shown: Vec<_> = seen["shown"].as_array().unwrap().clone();
        shown.retain(|shown| shown["path"].as_str().unwrap().ends_with(file));
        let mut shown: Vec<_> = shown.iter().map(Shown::read).collect();
        shown.sort();
        shown
    };
    let of = |text: &str| {
        let words: Words =
            |found| format!("[{}]: {}", found["rule"].as_str().unwrap(), found["message"].as_str().unwrap());
        let mut all = expected(&desk.cards, text, words);
        // A list of errors holds where they start.
        all.iter_mut().for_each(|shown| shown.text.clear());
        all
    };
    assert_eq!(list(&seen[0], "agent-card.json"), of(BAD), "`:make %:S`");
    assert_eq!(seen[0]["at"], json!(["agent-card.json", 2, first(BAD).column]), "the cursor");
    for (file, text) in [("agent-card.json", BAD), ("marked.json", &marked), ("other.json", BAD)] {
        assert_eq!(list(&seen[1], file), of(text), "`:make` of a folder: {file}");
    }
    assert_eq!(list(&seen[1], "package.json"), []);
    assert_eq!(list(&seen[2], "agent-card.json"), of(BAD), "on saving");
    assert_eq!(seen[3]["shown"], json!([]), "no card");
    assert_eq!(list(&seen[4], "marked.json"), of(&marked), "a byte order mark");
    let trouble = &seen[5]["shown"][0];
    assert_eq!((&trouble["valid"], &trouble["severity"]), (&json!(1), &json!("error")), "{trouble}");
    assert!(trouble["message"].as_str().unwrap().starts_with("invalid value"), "{trouble}");
}

/// The first finding in `text`.
fn first(text: &str) -> Shown {
    let folder = tempfile::tempdir().unwrap();
    expected(folder.path(), text, |_| String::new()).remove(0)
}

#[test]
fn the_problem_matcher_reads_every_line() {
    let tasks: Value = serde_json::from_str(&ours("editors/vscode/tasks.json")).unwrap();
    let folder = folder(&[("my cards (é): 1.json", BAD)]);
    let ran = run(folder.path(), &["check", "--format", "concise"]);
    let report = report(&run(folder.path(), &["check", "--format", "json"]).out);
    let found = report["files"][0]["diagnostics"].as_array().unwrap();
    assert_eq!(ran.out.lines().count(), found.len());
    for task in tasks["tasks"].as_array().unwrap() {
        let pattern = &task["problemMatcher"]["pattern"];
        let regex = regex::Regex::new(pattern["regexp"].as_str().unwrap()).unwrap();
        for (line, found) in ran.out.lines().zip(found) {
            let groups = regex.captures(line).unwrap_or_else(|| panic!("{line}"));
            let group = |name: &str| groups[pattern[name].as_u64().unwrap() as usize].to_owned();
            assert_eq!(group("file"), "my cards (é): 1.json");
            let start = &found["range"]["start"];
            assert_eq!(
                [group("line"), group("column")],
                [&start["line"], &start["column"]].map(Value::to_string)
            );
            for (name, member) in [("severity", "severity"), ("code", "rule"), ("message", "message")] {
                assert_eq!(group(name), found[member].as_str().unwrap());
            }
        }
        for other in [
            "error: invalid value 'x' for '--format <FORMAT>'",
            "nothing was checked: no JSON file was found",
        ] {
            assert!(!regex.is_match(other), "{other}");
        }
    }
}

#[test]
fn the_guide_shows_the_files_of_the_repository() {
    for (language, file) in [
        ("json", "editors/vscode/tasks.json"),
        ("json", "editors/vscode/settings.json"),
        ("json", "editors/zed/tasks.json"),
        ("yaml", "editors/efm-langserver/config.yaml"),
        ("toml", "editors/helix/languages.toml"),
    ] {
        assert!(blocks(language).contains(&ours(file)), "docs/editors.md does not show {file}");
    }
}

#[test]
fn the_guide_maps_to_schemas_that_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let names = run(folder.path(), &["schema"]).out;
    let guide = ours("docs/editors.md");
    let mapped: Vec<_> = guide
        .match_indices("cardlint schema ")
        .map(|(at, words)| {
            let rest = &guide[at + words.len()..];
            rest.split_whitespace().next().unwrap()
        })
        .collect();
    assert!(mapped.len() >= 4);
    for name in mapped {
        assert!(names.lines().any(|line| line == name), "there is no schema {name}");
    }
    let settings: Value = serde_json::from_str(&ours("editors/vscode/settings.json")).unwrap();
    for schema in settings["json.schemas"].as_array().unwrap() {
        let path = schema["url"].as_str().unwrap().trim_start_matches("./");
        assert!(guide.contains(&format!(" > {path}\n")), "nothing writes {path}");
    }
}
