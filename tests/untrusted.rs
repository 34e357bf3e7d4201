//! Repositories of strangers: their configuration and baselines make a run read nothing else, and cannot silence it unseen.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod support;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};
use support::{Ran, command, folder, run, run_command};
use tempfile::TempDir;

const CARD: &str = r#"{"name": "Tides", "description": "d", "url": "http://tides.acme.com/a2a", "version": "1.0.0",
  "protocolVersion": "0.3.0", "preferredTransport": "JSONRPC", "capabilities": {}, "defaultInputModes": ["text/plain"],
  "defaultOutputModes": ["text/plain"], "skills": [{"id": "t", "name": "t", "description": "d", "tags": ["x"]}]}"#;
const FINDING: &str = "warning[plaintext-endpoint]";
const OFF: &str = "ignore = [\"plaintext-endpoint\"]\n";
/// A text that must not be shown, and does not look like a credential.
const FOREIGN: &str = "THE_KEY=notforeyes\nOTHER = 'notforeyes'\n";

fn silent_about(ran: &Ran, what: &str) {
    assert!(!ran.out.contains("notforeyes") && !ran.err.contains("notforeyes"), "{what}: {ran:?}");
}

/// A directory with a project, of which `.git` is part if it is a repository, and files outside of it.
fn project(is_repository: bool) -> TempDir {
    let project = folder(&[
        ("secrets/env", FOREIGN),
        ("secrets/cardlint.toml", OFF),
        (
            "secrets/baseline.json",
            "{\"version\": 1, \"findings\": [{\"path\": \"notforeyes\", \"rule\": 1}]}",
        ),
        ("project/agent-card.json", CARD),
        ("project/shared/cardlint.toml", OFF),
        ("project/cards/agent-card.json", CARD),
    ]);
    if is_repository {
        fs::create_dir(project.path().join("project/.git")).unwrap();
        fs::write(project.path().join("project/.git/config"), FOREIGN).unwrap();
    }
    project
}

#[test]
fn links_out_of_the_repository_are_refused() {
    for is_repository in [false, true] {
        for target in [
            "../secrets/env",
            "../secrets/cardlint.toml",
            "/proc/self/environ",
            "/dev/zero",
            "../nowhere",
            ".git/config",
        ] {
            let folder = project(is_repository);
            let project = folder.path().join("project");
            symlink(target, project.join("cardlint.toml")).unwrap();
            symlink(
                if target.ends_with("toml") { "../secrets/baseline.json" } else { target },
                project.join("baseline.json"),
            )
            .unwrap();
            for args in [
                &["check"][..],
                &["check", "--format", "human", "--color", "always", "agent-card.json"],
                &["check", "--show-settings", "agent-card.json"],
                &["check", "--config", "cardlint.toml"],
                &["check", "--no-config", "--baseline", "baseline.json"],
                &["check", "--no-config", "--write-baseline", "baseline.json"],
                &["fix", "--diff"],
            ] {
                let ran = run(&project, args);
                // Without a repository, `.git` is a directory that is not there.
                assert_eq!(ran.status, 2, "{target} {args:?}: {ran:?}");
                assert!(ran.err.starts_with("error: cannot "), "{target} {args:?}: {ran:?}");
                silent_about(&ran, target);
            }
            assert_eq!(fs::read_to_string(folder.path().join("secrets/env")).unwrap(), FOREIGN);
        }
    }
}

#[test]
fn links_inside_of_the_repository_are_followed() {
    let folder = project(true);
    let project = folder.path().join("project");
    symlink("../shared/cardlint.toml", project.join("cards/cardlint.toml")).unwrap();
    let ran = run(&project, &["check", "cards"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{ran:?}");
    // Without a repository, the directory of the file is all that is known to belong together.
    fs::remove_dir_all(project.join(".git")).unwrap();
    let ran = run(&project, &["check", "cards"]);
    assert!(ran.status == 2 && ran.err.contains("it is a link that leads out of"), "{ran:?}");
}

#[test]
fn a_directory_that_is_a_link_leads_out_too() {
    let folder = project(true);
    let project = folder.path().join("project");
    fs::create_dir(folder.path().join("secrets/.git")).unwrap();
    symlink("../secrets", project.join("settings")).unwrap();
    let ran = run(&project, &["check", "--config", "settings/cardlint.toml"]);
    assert!(ran.status == 2 && ran.err.contains("it is a link that leads out of"), "{ran:?}");
}

#[test]
fn what_is_not_a_regular_file_is_refused_and_keeps_nobody_waiting() {
    let folder = project(true);
    let project = folder.path().join("project");
    for name in ["cardlint.toml", "baseline.json"] {
        assert!(Command::new("mkfifo").arg(project.join(name)).status().unwrap().success());
    }
    for args in [
        &["check"][..],
        &["check", "--config", "cardlint.toml"],
        &["check", "--no-config", "--baseline", "baseline.json"],
        &["check", "--no-config", "--baseline", "/dev/zero"],
        &["check", "--config", "/dev/stdin"],
    ] {
        let ran = run(&project, args);
        assert_eq!(ran.status, 2, "{args:?}: {ran:?}");
        assert!(
            ran.err.contains("it is not a regular file") || ran.err.contains("leads out of"),
            "{args:?}: {ran:?}"
        );
    }
}

#[test]
fn what_is_not_toml_is_not_quoted() {
    let text = "ignore = [\"style\"]\nTHE_KEY=notforeyes\nunknown = \"notforeyes\"\n";
    for text in [text, FOREIGN, "\"notforeyes\"", "notforeyes = ", "[notforeyes", "a = \"notforeyes\nb = 1\n"]
    {
        let folder = folder(&[("agent-card.json", CARD), ("cardlint.toml", text)]);
        for format in ["human", "concise", "json", "sarif", "github"] {
            let ran = run(folder.path(), &["check", "--format", format]);
            assert!(ran.status == 2 && ran.err.contains("cardlint.toml:"), "{ran:?}");
            silent_about(&ran, text);
        }
    }
    let folder = folder(&[
        ("agent-card.json", CARD),
        (
            "b.json",
            "{\"version\": 1, \"findings\": [{\"path\": \"p\", \"rule\": \"notforeyes\", \"place\": \"\", \"count\": \"notforeyes\"}]}",
        ),
    ]);
    let ran = run(folder.path(), &["check", "--baseline", "b.json"]);
    assert!(ran.status == 2 && ran.err.contains("it is not a baseline (line 1, column "), "{ran:?}");
    silent_about(&ran, "baseline");
}

#[test]
fn credentials_in_configuration_are_masked() {
    let token = format!("ghp_{}", "9aB8cD7eF6gH5iJ4kL3mN2oP1qR0sT9uV8wX");
    for text in [
        format!("token = \"{token}\"\n"),
        format!("select = [\"{token}\"]\n"),
        format!("[[allow]]\nrule = \"unknown-member\"\nreason = \"{token}\"\nfiles = [\"nowhere.json\"]\n"),
        format!("\"{token}\" = 1\n"),
    ] {
        let folder = folder(&[("agent-card.json", CARD), ("cardlint.toml", &text)]);
        for format in ["human", "json", "sarif"] {
            let ran = run(folder.path(), &["check", "--format", format]);
            assert!(!ran.out.contains(&token[8..]) && !ran.err.contains(&token[8..]), "{text}: {ran:?}");
        }
    }
}

#[test]
fn a_run_without_rules_says_so() {
    let told = "warning: every rule is switched off, so nothing can be reported\n";
    let folder = folder(&[("agent-card.json", CARD), ("cardlint.toml", "ignore = [\"all\"]\n")]);
    for args in [&["check"][..], &["check", "-q"], &["fix"], &["check", "--no-config", "--ignore", "all"]] {
        let ran = run(folder.path(), args);
        assert!(ran.status == 0 && ran.err.contains(told), "{args:?}: {ran:?}");
    }
    for args in [&["check", "--select", "style"][..], &["check", "--no-config"]] {
        assert!(!run(folder.path(), args).err.contains(told), "{args:?}");
    }
}

/// Runs git in `folder`.
fn git(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new("git");
    let settings =
        ["user.name=x", "user.email=x@example.org", "init.defaultBranch=main", "commit.gpgSign=false"];
    command.args(settings.iter().flat_map(|setting| ["-c", setting])).args(args).current_dir(folder);
    let output = command.env("GIT_CONFIG_NOSYSTEM", "1").stderr(Stdio::inherit()).output().unwrap();
    assert!(output.status.success(), "git {args:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// A repository whose branch `main` reports what its working tree allows. `None` where there is no git.
fn repository() -> Option<TempDir> {
    if Command::new("git").arg("--version").stdout(Stdio::null()).status().is_err() {
        eprintln!("skipped: there is no git");
        return None;
    }
    let folder = folder(&[
        ("cardlint.toml", "severity = { plaintext-endpoint = \"error\" }\n"),
        ("agent-card.json", CARD),
        ("cards/agent-card.json", CARD),
        ("shared/rules.toml", OFF),
        ("linked/agent-card.json", CARD),
        ("out/agent-card.json", CARD),
        ("baseline.json", "{\"version\": 1, \"findings\": []}\n"),
    ]);
    symlink("../shared/rules.toml", folder.path().join("linked/cardlint.toml")).unwrap();
    symlink("../../cardlint.toml", folder.path().join("out/cardlint.toml")).unwrap();
    let at = folder.path();
    git(at, &["init", "-q"]);
    git(at, &["add", "."]);
    git(at, &["commit", "-q", "-m", "base"]);
    fs::remove_file(at.join("out/cardlint.toml")).unwrap();
    fs::write(at.join("cardlint.toml"), "ignore = [\"all\"]\n").unwrap();
    fs::write(at.join("cards/cardlint.toml"), OFF).unwrap();
    let ran = run(at, &["check", "--write-baseline", "baseline.json", "--no-config"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    Some(folder)
}

#[test]
fn a_change_cannot_silence_the_run_that_checks_it() {
    let Some(repository) = repository() else { return };
    let at = repository.path();
    let own = run(at, &["check", "--baseline", "baseline.json", "agent-card.json", "cards"]);
    assert_eq!((own.status, own.out.as_str()), (0, ""));
    for from in ["HEAD", "main", &git(at, &["rev-parse", "HEAD"])] {
        for folder in [at.to_owned(), at.join("cards")] {
            let path = if folder == at { "cards" } else { "." };
            let ran = run(&folder, &["check", "--config-from", from, path]);
            assert!(ran.status == 1 && ran.out.contains("error[plaintext-endpoint]"), "{from}: {ran:?}");
        }
        let args = ["check", "--config-from", from, "--baseline", "baseline.json", "agent-card.json"];
        assert_eq!(run(at, &args).status, 1, "{from}");
    }
    let linked = run(at, &["check", "--config-from", "main", "linked"]);
    assert_eq!((linked.status, linked.out.as_str()), (0, ""), "{linked:?}");
    let out = run(at, &["check", "--config-from", "main", "out"]);
    assert!(out.status == 2 && out.err.contains("leads out of the repository"), "{out:?}");
    let missing = run(at, &["check", "--config-from", "main", "--baseline", "none.json", "cards"]);
    assert!(missing.status == 2 && missing.err.contains("does not exist at revision `main`"), "{missing:?}");
}

#[test]
fn settings_say_from_which_revision_they_are() {
    let Some(repository) = repository() else { return };
    let shown =
        run(repository.path(), &["check", "--config-from", "main", "--show-settings", "agent-card.json"]);
    let commit = git(repository.path(), &["rev-parse", "main"]);
    for part in ["main:cardlint.toml", &format!("main (commit {commit})"), "plaintext-endpoint  error"] {
        assert!(shown.status == 0 && shown.out.contains(part), "{part}: {shown:?}");
    }
}

#[test]
fn a_revision_that_is_not_there_is_an_error_that_says_what_to_do() {
    let Some(repository) = repository() else { return };
    for (from, said) in [
        ("origin/main", "git fetch --depth=1 origin origin/main"),
        ("0123456789012345678901234567890123456789", "fetch-depth: 0"),
        ("--help", "is not a git revision"),
        ("-x", "is not a git revision"),
        ("main:cardlint.toml", "is not a git revision"),
        ("", "is not a git revision"),
    ] {
        let ran = run(repository.path(), &["check", &format!("--config-from={from}")]);
        assert!(ran.status == 2 && ran.err.contains(said), "{from}: {ran:?}");
    }
    let elsewhere = folder(&[("agent-card.json", CARD)]);
    let ran = run(elsewhere.path(), &["check", "--config-from", "main"]);
    assert!(ran.status == 2 && ran.err.contains("needs a git repository"), "{ran:?}");
    let outside = elsewhere.path().join("agent-card.json");
    let ran = run(repository.path(), &["check", "--config-from", "main", outside.to_str().unwrap()]);
    assert!(ran.status == 2 && ran.err.contains("outside of the repository"), "{ran:?}");
}

/// Everything in the configuration of a repository that could start a program, read elsewhere or open a connection.
#[test]
fn a_hostile_repository_starts_nothing() {
    let Some(repository) = repository() else { return };
    let at = repository.path();
    let proof = at.join("proof");
    let program = at.join("program");
    fs::write(&program, format!("#!/bin/sh\ntouch '{}'\n", proof.display())).unwrap();
    fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let program = program.to_str().unwrap();
    for (name, value) in [
        ("core.fsmonitor", program),
        ("core.sshCommand", program),
        ("core.gitProxy", program),
        ("core.pager", program),
        ("core.askPass", program),
        ("core.editor", program),
        ("core.hooksPath", at.to_str().unwrap()),
        ("credential.helper", program),
        ("filter.x.smudge", program),
        ("filter.x.process", program),
        ("diff.x.textconv", program),
        ("pager.cat-file", program),
        ("alias.cat-file", &format!("!{program}")),
        ("uploadpack.packObjectsHook", program),
        ("core.alternateRefsCommand", program),
        ("extensions.partialClone", "origin"),
        ("remote.origin.url", &format!("ext::{program}")),
        ("remote.origin.promisor", "true"),
        ("remote.origin.uploadpack", program),
        ("protocol.allow", "always"),
    ] {
        git(at, &["config", name, value]);
    }
    fs::write(at.join(".gitattributes"), "* filter=x diff=x\n").unwrap();
    fs::write(at.join("git"), format!("#!/bin/sh\ntouch '{}'\n", proof.display())).unwrap();
    fs::set_permissions(at.join("git"), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    // An object that has to be fetched: the revision is there, one of its files is not.
    let blob = git(at, &["rev-parse", "main:cardlint.toml"]);
    let lost = at.join(".git/objects").join(&blob[..2]).join(&blob[2..]);
    for is_lost in [false, true] {
        if is_lost {
            fs::remove_file(&lost).unwrap();
        }
        let path = format!(".:{}", std::env::var("PATH").unwrap());
        let mut plain = command(at, &["check", "--config-from", "main", "agent-card.json"]);
        plain.env("PATH", path).env("GIT_SSH_COMMAND", program).env("GIT_TRACE", at.join("trace"));
        let ran = run_command(plain, b"");
        assert!(!proof.exists() && !at.join("trace").exists(), "{is_lost}: {ran:?}");
        assert_eq!(ran.status, if is_lost { 2 } else { 1 }, "{ran:?}");
        assert!(!is_lost || ran.err.contains("partial clone"), "{ran:?}");
        assert!(is_lost || ran.out.contains(&FINDING.replace("warning", "error")), "{ran:?}");
    }
}
