//! Keeps what the packages install beside the command up to date: manual pages and completions.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
#[allow(dead_code, reason = "no report is read here")]
mod command;
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use support::{files_below, rewrite};

/// What a wheel installs below the prefix: maturin wants the folder of the scheme `data` in a folder of data.
const SHARE: &str = "packaging/python/data/data/share";

/// Where the shells look for completions.
const COMPLETIONS: [(&str, &str); 3] = [
    ("bash", "bash-completion/completions/cardlint"),
    ("fish", "fish/vendor_completions.d/cardlint.fish"),
    ("zsh", "zsh/site-functions/_cardlint"),
];

fn printed(args: &[&str]) -> String {
    let ran = command::run(Path::new("."), args);
    assert_eq!(ran.status, 0, "{args:?}: {}", ran.err);
    ran.out
}

/// The commands that the manual page of `cardlint` refers to.
fn commands(page: &str) -> Vec<String> {
    let named = page.lines().filter_map(|line| line.strip_suffix("(1)")?.strip_prefix("cardlint\\-"));
    named.map(str::to_owned).collect()
}

/// The path and the text of every file.
fn pages_and_completions() -> Vec<(PathBuf, String)> {
    let share = Path::new(env!("CARGO_MANIFEST_DIR")).join(SHARE);
    let main = printed(&["man"]);
    let commands = commands(&main);
    assert!(commands.iter().any(|command| command == "check"), "{commands:?}");

    let mut files = vec![(share.join("man/man1/cardlint.1"), main)];
    for command in commands {
        files.push((share.join(format!("man/man1/cardlint-{command}.1")), printed(&["man", &command])));
    }
    for (shell, path) in COMPLETIONS {
        files.push((share.join(path), printed(&["completions", shell])));
    }
    files
}

#[test]
fn manual_pages_and_completions_are_up_to_date() {
    let files = pages_and_completions();
    let mut outdated: Vec<PathBuf> = Vec::new();
    for (path, text) in &files {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if rewrite(path, text) {
            outdated.push(path.clone());
        }
    }
    for path in files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join(SHARE)) {
        if files.iter().all(|(known, _)| *known != path) {
            fs::remove_file(&path).unwrap();
            outdated.push(path);
        }
    }
    assert!(outdated.is_empty(), "written anew, run the tests again: {outdated:#?}");
}
