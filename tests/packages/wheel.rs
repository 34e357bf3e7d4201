//! The wheel and the source distribution.

use crate::command::folder;
use crate::tools::{Environment, Tools, built, program, root, succeed, tools};
use std::fs;
use std::path::Path;

const GOOD: &str = include_str!("../../fixtures/cards/1.0/minimal.json");

#[test]
fn pip_installs_the_command_without_a_network() {
    let Some(tools) = tools() else { return };
    let installed = Environment::new(tools);
    let cards = folder(&[("good.json", GOOD), ("bad.json", &GOOD.replacen("\"name\"", "\"nane\"", 1))]);
    let run = |args: &[&str]| installed.cardlint(cards.path(), args);

    assert_eq!(run(&["--version"]).out, format!("cardlint {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(run(&["check", "good.json"]).status, 0);
    let bad = run(&["check", "bad.json"]);
    assert!(bad.status == 1 && bad.out.starts_with("bad.json:"), "{bad:?}");
    assert!(bad.out.contains("error[misnamed-member]"), "{bad:?}");
}

#[test]
fn manual_pages_and_completions_are_installed() {
    let Some(tools) = tools() else { return };
    let installed = Environment::new(tools);
    let ours = root().join("packaging/python/data/data/share");
    for path in [
        "man/man1/cardlint.1",
        "man/man1/cardlint-check.1",
        "bash-completion/completions/cardlint",
        "fish/vendor_completions.d/cardlint.fish",
        "zsh/site-functions/_cardlint",
    ] {
        let read = |folder: &Path| fs::read_to_string(folder.join(path)).expect(path);
        assert_eq!(read(&installed.share()), read(&ours), "{path}");
    }
    let mut bash = program("bash", root());
    let script = installed.share().join("bash-completion/completions/cardlint");
    bash.args(["-c", r#"source "$1" && complete -p cardlint"#, "bash"]).arg(script);
    assert!(succeed(bash).out.contains("_cardlint"));
}

/// The names in an archive.
fn names(tools: &Tools, code: &str, archive: &Path) -> Vec<String> {
    let mut python = tools.command("python", root());
    python.args(["-c", code]).arg(archive);
    succeed(python).out.lines().map(str::to_owned).collect()
}

#[test]
fn the_distributions_hold_what_they_should_and_nothing_else() {
    let Some(tools) = tools() else { return };
    let built = built(tools);

    let wheel = names(
        tools,
        "import sys, zipfile; print(*zipfile.ZipFile(sys.argv[1]).namelist(), sep='\\n')",
        &built.wheel,
    );
    let version = env!("CARGO_PKG_VERSION");
    for name in [
        format!("cardlint-{version}.data/scripts/cardlint"),
        format!("cardlint-{version}.dist-info/licenses/LICENSE-APACHE"),
        format!("cardlint-{version}.dist-info/licenses/LICENSE-MIT"),
    ] {
        assert!(wheel.contains(&name), "{name}: {wheel:#?}");
    }
    let kinds = ["data/scripts/cardlint", "data/data/share/", "dist-info/"];
    let strange: Vec<_> = wheel.iter().filter(|name| kinds.iter().all(|kind| !name.contains(kind))).collect();
    assert!(strange.is_empty(), "{strange:#?}");

    let source = names(
        tools,
        "import sys, tarfile; print(*tarfile.open(sys.argv[1]).getnames(), sep='\\n')",
        &built.source,
    );
    for name in ["pyproject.toml", "PKG-INFO", "Cargo.lock", "README.md", "src/main.rs", "docs/coverage.tsv"]
    {
        assert!(source.contains(&format!("cardlint-{version}/{name}")), "{name}: {source:#?}");
    }
    assert!(!source.iter().any(|name| name.ends_with("/setup.py")), "{source:#?}");
}
