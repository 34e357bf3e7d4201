//! Data flows one way: a module imports only what stands below it, and a library is named only where it belongs.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

/// Each module with the modules it may import.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("words", &[]),
    ("statements", &[]),
    ("syntax", &["text"]),
    ("edit", &["syntax", "text", "words"]),
    ("secret", &["text", "words"]),
    ("kind", &["syntax", "words"]),
    ("snippets", &["kind", "text"]),
    ("schema", &["kind", "syntax"]),
    ("model", &["schema", "kind", "syntax", "text", "words"]),
    ("diagnostic", &["edit", "kind", "syntax", "text"]),
    ("rule", &["diagnostic", "model", "schema", "kind", "secret", "edit", "syntax", "text"]),
    (
        "rules",
        &[
            "rule",
            "diagnostic",
            "model",
            "schema",
            "kind",
            "secret",
            "edit",
            "syntax",
            "text",
            "words",
            "rules",
        ],
    ),
    ("selection", &["rules", "rule", "diagnostic"]),
    ("fingerprint", &["diagnostic", "syntax"]),
    ("suppress", &["diagnostic", "syntax"]),
    ("fit", &["diagnostic", "syntax"]),
    ("siblings", &["diagnostic", "schema", "kind", "edit", "syntax"]),
    (
        "lint",
        &[
            "siblings",
            "fit",
            "suppress",
            "fingerprint",
            "selection",
            "rules",
            "rule",
            "diagnostic",
            "model",
            "schema",
            "snippets",
            "kind",
            "secret",
            "syntax",
            "text",
        ],
    ),
    ("fix", &["lint", "edit", "diagnostic", "kind", "secret", "syntax", "text"]),
    (
        "migrate",
        &[
            "lint",
            "rules",
            "rule",
            "diagnostic",
            "model",
            "schema",
            "kind",
            "secret",
            "edit",
            "syntax",
            "text",
            "words",
        ],
    ),
    (
        "config",
        &["lint", "suppress", "rules", "rule", "diagnostic", "kind", "secret", "syntax", "text", "words"],
    ),
    ("baseline", &["lint", "diagnostic"]),
    ("run", &["lint", "rules", "rule", "model", "diagnostic"]),
    (
        "render",
        &["lint", "fingerprint", "diagnostic", "kind", "secret", "edit", "statements", "text", "words"],
    ),
];

/// Libraries that are named in one place only.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("miette", &["src/render/human"]),
    ("jsonschema", &["src/schema/"]),
    ("clap", &["src/cli/"]),
    ("similar", &["src/cli/"]),
    ("pulldown_cmark", &["src/snippets/markdown.rs"]),
    ("ignore", &["src/cli/", "src/config/"]),
    ("toml", &["src/config/"]),
    ("schemars", &["src/config/"]),
    ("base64", &["src/model/", "src/secret/"]),
    ("aho_corasick", &["src/secret/search.rs", "src/rules/reader_instruction.rs"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The path of each source file inside the checkout, and its code without its tests and comments.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    sources(&root.join("src"), &mut paths);
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        (path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/"), lines.join("\n"))
    };
    paths.into_iter().map(read).collect()
}

/// The module of the crate that a file belongs to.
fn module(path: &str) -> &str {
    let inside = path.strip_prefix("src/").unwrap_or(path);
    inside.split(['/', '.']).next().unwrap_or_default()
}

fn imported(code: &str) -> impl Iterator<Item = &str> {
    code.split("crate::").skip(1).map(|rest| {
        rest.split(|char: char| !char.is_alphanumeric() && char != '_').next().unwrap_or_default()
    })
}

#[test]
fn modules_import_only_what_stands_below_them() {
    for (path, code) in files() {
        let own = module(&path);
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == own) else {
            assert!(
                ["lib", "main", "cli"].contains(&own),
                "{path}: give the module `{own}` its place in LAYERS"
            );
            continue;
        };
        for other in imported(&code).filter(|other| *other != own) {
            assert!(
                allowed.contains(&other),
                "{path} imports crate::{other}, which does not stand below {own}"
            );
        }
    }
}

#[test]
fn libraries_are_named_only_where_they_belong() {
    for (path, code) in files() {
        for (library, places) in LIBRARIES {
            let named = code.contains(&format!("{library}::")) || code.contains(&format!("use {library};"));
            assert!(!named || places.iter().any(|place| path.starts_with(place)), "{path} names {library}");
        }
    }
}

#[test]
fn only_the_command_line_reads_files_and_ends_the_process() {
    for (path, code) in files() {
        if module(&path) == "cli" || module(&path) == "main" {
            continue;
        }
        for forbidden in
            ["std::fs", "std::process", "std::env::", "TcpStream", "UdpSocket", "stdout()", "stderr()"]
        {
            assert!(!code.contains(forbidden), "{path} holds {forbidden}");
        }
    }
}

#[test]
fn nothing_pulls_in_an_http_client_or_an_async_runtime() {
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).unwrap();
    let banned = [
        "reqwest",
        "hyper",
        "ureq",
        "curl",
        "isahc",
        "tokio",
        "async-std",
        "smol",
        "rustls",
        "native-tls",
        "openssl",
    ];
    for name in banned {
        assert!(!lock.contains(&format!("name = \"{name}\"")), "{name} is in Cargo.lock");
    }
}
