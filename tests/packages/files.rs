//! What the files of packages and integrations say about each other.

use crate::tools::{program, root, succeed, text, tools};
use std::collections::BTreeSet;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Files that name a version beside other text, and what stands before it.
const NAMED: &[(&str, &[&str])] = &[
    ("packaging/python/pyproject.toml", &["\nversion = \""]),
    ("setup.py", &["version=\"", "cardlint=="]),
    ("action.yml", &["default: \"0", "default: \"1"]),
    ("packaging/gitlab-ci.yml", &["CARDLINT_VERSION: \"", "/cardlint/cardlint/v"]),
    ("docs/installation.md", &["cardlint==", "tag v", "@v"]),
    ("docs/ci.md", &["rev: v", "cardlint@v", "cardlint==", "/cardlint/cardlint/v"]),
];

/// The version that begins `text`.
fn version(text: &str) -> &str {
    let end = text.find(|char: char| !char.is_ascii_digit() && char != '.').unwrap_or(text.len());
    text[..end].trim_end_matches('.')
}

#[test]
fn every_file_names_the_version_of_the_manifest() {
    for (path, marks) in NAMED {
        let text = text(path);
        let mut found = 0;
        for mark in *marks {
            // A digit at the end of a mark belongs to the version.
            let before = mark.trim_end_matches(|char: char| char.is_ascii_digit()).len();
            for (at, _) in text.match_indices(mark) {
                let rest = &text[at + before..];
                assert_eq!(version(rest), VERSION, "{path}: {}", rest.lines().next().unwrap());
                found += 1;
            }
        }
        assert!(found > 0, "{path} names no version");
    }
    let changes = text("CHANGELOG.md");
    let newest = changes.lines().find_map(|line| line.strip_prefix("## [")).unwrap();
    assert_eq!(version(newest), VERSION, "CHANGELOG.md begins with {newest}");
}

#[test]
fn the_package_metadata_agrees_with_the_manifest() {
    let manifest = text("Cargo.toml");
    let package = text("packaging/python/pyproject.toml");
    for line in manifest.lines().take_while(|line| *line != "[dependencies]") {
        if line.starts_with("description = ")
            || line.starts_with("license = ")
            || line.starts_with("keywords = ")
        {
            assert!(package.contains(line), "pyproject.toml has another {line}");
        }
    }
}

#[test]
fn the_crate_holds_what_it_needs_and_no_more() {
    let mut cargo = program(env!("CARGO"), root());
    cargo.args(["package", "--list", "--allow-dirty", "--offline", "--quiet"]);
    let listed = succeed(cargo).out;
    let files: BTreeSet<&str> = listed.lines().collect();
    for name in [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "LICENSE-MIT",
        "src/main.rs",
        "docs/coverage.tsv",
        "schemas/report.json",
    ] {
        assert!(files.contains(name), "{name} is missing");
    }
    let tops: BTreeSet<&str> = files.iter().map(|file| file.split('/').next().unwrap()).collect();
    let known = [
        ".cargo_vcs_info.json",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "Cargo.lock",
        "Cargo.toml",
        "Cargo.toml.orig",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "SECURITY.md",
        "benches",
        "docs",
        "editors",
        "fixtures",
        "schemas",
        "src",
        "tests",
    ];
    let strange: Vec<_> = tops.iter().filter(|top| !known.contains(*top)).collect();
    assert!(strange.is_empty(), "exclude {strange:?} in Cargo.toml, or list it here");
}

#[test]
fn the_workflows_can_be_read_and_run_what_is_here() {
    let Some(tools) = tools() else { return };
    let ci = tools.yaml(".github/workflows/ci.yml");
    let steps: Vec<&str> = ci["jobs"]["linux"]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|step| step["run"].as_str())
        .collect();
    assert_eq!(steps, ["bash .ci/run"]);
    assert_eq!(ci["permissions"]["contents"], "read");
    let release = tools.yaml(".github/workflows/release.yml");
    for job in release["jobs"].as_object().unwrap().values() {
        for step in job["steps"].as_array().unwrap() {
            let folder = step["with"]["working-directory"].as_str().unwrap_or(".");
            assert!(root().join(folder).is_dir(), "{folder}");
        }
    }
}

#[test]
fn the_image_ends_in_the_binary_alone() {
    let dockerfile = text("packaging/Dockerfile");
    let (build, last) = dockerfile.rsplit_once("\nFROM ").unwrap();
    assert!(last.starts_with("scratch\n"), "{last}");
    assert_eq!(last.matches("COPY").count(), 1);
    let tag = build.lines().find_map(|line| line.strip_prefix("FROM rust:")).unwrap();
    let manifest = text("Cargo.toml");
    let rust = manifest.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap();
    assert!(tag.starts_with(&format!("{}-", rust.trim_matches('"'))), "{tag} is not Rust {rust}");
    // What the build copies is all that its ignore file lets through.
    for line in text("packaging/Dockerfile.dockerignore").lines().filter_map(|line| line.strip_prefix('!')) {
        assert!(root().join(line).exists(), "{line}");
    }
}
