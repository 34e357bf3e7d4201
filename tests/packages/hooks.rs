//! The hooks, with the real pre-commit in a scratch repository.

use crate::command::{Ran, run_command};
use crate::tools::{Environment, Tools, built, path_with, program, root, succeed, tools};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const GOOD: &str = include_str!("../../fixtures/cards/1.0/minimal.json");

/// Names under which public repositories keep cards.
const CARD_PATHS: &[&str] = &[
    ".well-known/agent.json",
    ".well-known/agent-card.json",
    "public/.well-known/agent-card.json",
    "public/.well-known/agent.json",
    "agent-card.json",
    "agent_card.json",
    "a2a.json",
    ".well-known/agents.json",
    "docs/.well-known/agent-card.json",
    "static/.well-known/agent.json",
    "frontend/public/.well-known/agent-card.json",
    "examples/agent-card.json",
    "a2a/agent-card.json",
    "config/agent-card.json",
    "agentcard.json",
    "agent_cards.json",
    "agent-card.example.json",
    "agents/agent-card.json",
    "data/agent_cards.json",
    "agent-cards.json",
    "src/main/resources/agent-card.json",
    ".agents/agent-card.json",
    "agent.json",
    "weather.agent-card.json",
    "AgentCard.json",
    "weather_agent_card_v2.json",
];

/// Names of other JSON.
const OTHER_PATHS: &[&str] =
    &["package.json", "tsconfig.json", "agent-settings.json", "data/cards.json", "travel-agent.json"];

/// A repository that uses a hook, and what pre-commit keeps for it.
struct Scratch {
    folder: TempDir,
    /// Before all else on the path.
    bin: PathBuf,
}

impl Scratch {
    /// A repository that uses the hook `id` of the checkout, with `bin` on the path.
    fn new(tools: &Tools, id: &str, bin: PathBuf) -> Self {
        let scratch = Self { folder: tempfile::tempdir().unwrap(), bin };
        let hooks = scratch.folder.path().join("hooks");
        fs::create_dir_all(&hooks).unwrap();
        for name in [".pre-commit-hooks.yaml", "setup.py"] {
            fs::copy(root().join(name), hooks.join(name)).unwrap();
        }
        scratch.git(tools, &hooks, &["init", "--quiet"]);
        scratch.git(tools, &hooks, &["add", "--all"]);
        scratch.git(tools, &hooks, &["commit", "--quiet", "--message", "Hooks"]);
        let revision = scratch.git(tools, &hooks, &["rev-parse", "HEAD"]).out;

        fs::create_dir_all(scratch.project()).unwrap();
        scratch.git(tools, &scratch.project(), &["init", "--quiet"]);
        let config = format!(
            "repos:\n  - repo: {}\n    rev: {}    hooks:\n      - id: {id}\n",
            hooks.display(),
            revision
        );
        scratch.write(".pre-commit-config.yaml", &config);
        succeed(scratch.pre_commit(tools, &["install"]));
        scratch
    }

    fn project(&self) -> PathBuf {
        self.folder.path().join("project")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.project().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Lets a command see this repository, its own home and no network.
    fn settle(&self, tools: &Tools, command: &mut Command) {
        tools.offline(command);
        command
            .env("PATH", path_with(&self.bin))
            .env("HOME", self.folder.path())
            .env("PRE_COMMIT_HOME", self.folder.path().join("pre-commit"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null");
        for who in ["AUTHOR", "COMMITTER"] {
            command
                .env(format!("GIT_{who}_NAME"), "Test")
                .env(format!("GIT_{who}_EMAIL"), "test@example.com");
        }
    }

    fn pre_commit(&self, tools: &Tools, args: &[&str]) -> Command {
        let mut command = tools.command("pre-commit", &self.project());
        command.args(args);
        self.settle(tools, &mut command);
        command
    }

    fn git_command(&self, tools: &Tools, folder: &Path, args: &[&str]) -> Command {
        let mut command = program("git", folder);
        command.args(args);
        self.settle(tools, &mut command);
        command
    }

    fn git(&self, tools: &Tools, folder: &Path, args: &[&str]) -> Ran {
        succeed(self.git_command(tools, folder, args))
    }

    /// Commits everything, or tries to.
    fn commit(&self, tools: &Tools) -> Ran {
        self.git(tools, &self.project(), &["add", "--all"]);
        run_command(self.git_command(tools, &self.project(), &["commit", "--message", "Change"]), b"")
    }
}

/// A folder with a `cardlint` that notes the arguments of each run in `log` and then runs `real`.
fn logging(real: &Path) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let script = format!(
        "#!/bin/sh\nprintf '%s\\n' \"run\" \"$@\" >> '{}/log'\nexec '{}' \"$@\"\n",
        folder.path().display(),
        real.display()
    );
    let path = folder.path().join("cardlint");
    fs::write(&path, script).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

#[test]
fn the_manifest_of_the_hooks_is_valid() {
    let Some(tools) = tools() else { return };
    let mut validate = tools.command("pre-commit", root());
    validate.args(["validate-manifest", ".pre-commit-hooks.yaml"]);
    succeed(validate);

    let hooks = tools.yaml(".pre-commit-hooks.yaml");
    let ids: Vec<&str> = hooks.as_array().unwrap().iter().map(|hook| hook["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["cardlint", "cardlint-fix", "cardlint-src", "cardlint-system"]);
    for hook in hooks.as_array().unwrap() {
        assert_eq!(hook["files"], hooks[0]["files"]);
        assert_eq!(hook["require_serial"], true);
    }
}

#[test]
fn the_wheel_stops_a_bad_card_and_passes_a_good_one() {
    let Some(tools) = tools() else { return };
    built(tools);
    // Nothing called cardlint is on the path but what pre-commit installs.
    let nothing = tempfile::tempdir().unwrap();
    let scratch = Scratch::new(tools, "cardlint", nothing.path().to_owned());

    scratch.write(".well-known/agent-card.json", &GOOD.replacen("\"name\"", "\"nane\"", 1));
    scratch.write("package.json", "{\"name\": \"x\",,}");
    let stopped = scratch.commit(tools);
    let said = format!("{}{}", stopped.out, stopped.err);
    assert_eq!(stopped.status, 1, "{said}");
    assert!(said.contains(".well-known/agent-card.json:2:3: error[misnamed-member]: `nane`"), "{said}");
    assert!(!said.contains("package.json"), "{said}");

    scratch.write(".well-known/agent-card.json", GOOD);
    let passed = scratch.commit(tools);
    assert_eq!(passed.status, 0, "{passed:?}");

    // A name that other formats share, and a commit without any card.
    scratch.write("agents.json", "{\"agents\": []}");
    assert_eq!(scratch.commit(tools).status, 0);
    scratch.write("readme.txt", "x");
    assert_eq!(scratch.commit(tools).status, 0);
}

#[test]
fn files_go_through_one_process_and_are_chosen_by_name() {
    let Some(tools) = tools() else { return };
    let installed = Environment::new(tools);
    let wrapper = logging(&installed.bin().join("cardlint"));
    let scratch = Scratch::new(tools, "cardlint-system", wrapper.path().to_owned());
    for path in CARD_PATHS.iter().chain(OTHER_PATHS) {
        scratch.write(path, GOOD);
    }
    let more = 200 - CARD_PATHS.len();
    for number in 0..more {
        scratch.write(&format!("services/a service of the department {number}/agent-card.json"), GOOD);
    }
    scratch.git(tools, &scratch.project(), &["add", "--all"]);
    succeed(scratch.pre_commit(tools, &["run", "--all-files"]));

    let log = fs::read_to_string(wrapper.path().join("log")).unwrap();
    let count = |line: &str| log.lines().filter(|other| *other == line).count();
    assert_eq!(count("run"), 1, "{log}");
    for path in CARD_PATHS {
        assert_eq!(count(path), 1, "{path}");
    }
    assert_eq!(log.lines().filter(|line| line.ends_with(".json")).count(), 200);

    scratch.write("services/a service of the department 7/agent-card.json", "{\"name\": }");
    let ran = run_command(scratch.pre_commit(tools, &["run", "--all-files"]), b"");
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.out.contains("services/a service of the department 7/agent-card.json:1:"), "{ran:?}");
}
