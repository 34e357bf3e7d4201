//! The steps of the GitHub Action, as a runner runs them.

use crate::command::{Ran, folder, run_command};
use crate::tools::{Tools, built, path_with, program, root, tools};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const GOOD: &str = include_str!("../../fixtures/cards/1.0/minimal.json");

fn bad() -> String {
    GOOD.replacen("\"name\"", "\"nane\"", 1)
}

/// What a runner gives to the steps of a job.
struct Runner<'t> {
    tools: &'t Tools,
    action: Value,
    folder: TempDir,
    workspace: TempDir,
    /// Before all else on the path.
    bin: PathBuf,
}

/// The files by which a step speaks to the runner.
const FILES: [&str; 3] = ["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH"];

impl<'t> Runner<'t> {
    fn new(tools: &'t Tools, files: &[(&str, &str)]) -> Self {
        let runner = Self {
            tools,
            action: tools.yaml("action.yml"),
            folder: tempfile::tempdir().unwrap(),
            workspace: folder(files),
            bin: Path::new(env!("CARGO_BIN_EXE_cardlint")).parent().unwrap().to_owned(),
        };
        fs::create_dir(runner.folder.path().join("temp")).unwrap();
        for name in FILES {
            fs::write(runner.folder.path().join(name), "").unwrap();
        }
        runner
    }

    /// What a step wrote for the runner.
    fn told(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    /// What `${{ inputs.NAME }}` stands for; the base of a pull request is given as `BASE`.
    fn evaluate(&self, expression: &str, inputs: &[(&str, &str)]) -> String {
        if expression == "${{ github.event.pull_request.base.sha || github.event.merge_group.base_sha }}" {
            let base = inputs.iter().find(|(name, _)| *name == "BASE");
            return base.map(|(_, sha)| (*sha).to_owned()).unwrap_or_default();
        }
        let Some(name) = expression.strip_prefix("${{ inputs.").and_then(|rest| rest.strip_suffix(" }}"))
        else {
            panic!("{expression} is more than an input")
        };
        let declared = &self.action["inputs"][name];
        assert!(declared["description"].is_string(), "there is no input {name}");
        let given = inputs.iter().find(|(other, _)| *other == name);
        given.map_or_else(
            || declared["default"].as_str().unwrap().to_owned(),
            |(_, value)| (*value).to_owned(),
        )
    }

    fn step(&self, name: &str, inputs: &[(&str, &str)]) -> Ran {
        let steps = self.action["runs"]["steps"].as_array().unwrap();
        let step = steps.iter().find(|step| step["name"] == name).expect(name);
        assert_eq!(step["shell"], "bash");
        let code = step["run"].as_str().unwrap();
        assert!(!code.contains("${{"), "an expression in a script runs what an input holds");
        let script = self.folder.path().join("step.sh");
        fs::write(&script, code).unwrap();

        let mut bash = program("bash", self.workspace.path());
        bash.args(["--noprofile", "--norc", "-e", "-o", "pipefail"]).arg(script);
        for (name, value) in step["env"].as_object().unwrap() {
            bash.env(name, self.evaluate(value.as_str().unwrap(), inputs));
        }
        for name in FILES {
            bash.env(name, self.folder.path().join(name));
        }
        bash.env("CI", "true")
            .env("GITHUB_ACTIONS", "true")
            .env("GITHUB_WORKSPACE", self.workspace.path())
            .env("GITHUB_ACTION_PATH", root())
            .env("RUNNER_TEMP", self.folder.path().join("temp"))
            .env("PATH", path_with(&self.bin));
        self.tools.offline(&mut bash);
        run_command(bash, b"")
    }
}

#[test]
fn the_wheel_is_installed_for_the_steps_that_follow() {
    let Some(tools) = tools() else { return };
    built(tools);
    let runner = Runner::new(tools, &[]);
    let version = format!("cardlint {}\n", env!("CARGO_PKG_VERSION"));

    let ran = runner.step("Install cardlint", &[]);
    assert!(ran.status == 0 && ran.out.ends_with(&version), "{ran:?}");
    let bin = runner.told("GITHUB_PATH");
    let mut installed = program(Path::new(bin.trim()).join("cardlint"), runner.workspace.path());
    installed.arg("--version");
    assert_eq!(run_command(installed, b"").out, version);

    let missing = runner.step("Install cardlint", &[("version", "99.0.0")]);
    assert!(missing.status != 0 && missing.err.contains("cardlint==99.0.0"), "{missing:?}");
}

#[test]
fn the_command_of_the_path_is_taken_on_request() {
    let Some(tools) = tools() else { return };
    let runner = Runner::new(tools, &[]);
    let ran = runner.step("Install cardlint", &[("version", "installed")]);
    assert_eq!((ran.status, ran.out), (0, format!("cardlint {}\n", env!("CARGO_PKG_VERSION"))));
    assert_eq!(runner.told("GITHUB_PATH"), "");
}

#[test]
fn the_revision_of_the_action_is_compiled_on_request() {
    let Some(tools) = tools() else { return };
    let mut runner = Runner::new(tools, &[]);
    // Compiling takes minutes, so that cargo is a stand-in that tells its arguments and installs the binary of the tests.
    let stand_in = runner.folder.path().join("bin");
    let script = format!(
        "#!/bin/sh\necho \"$@\"\nmkdir -p \"$4/bin\" && cp '{}' \"$4/bin/cardlint\"\n",
        env!("CARGO_BIN_EXE_cardlint")
    );
    fs::create_dir(&stand_in).unwrap();
    fs::write(stand_in.join("cargo"), script).unwrap();
    fs::set_permissions(stand_in.join("cargo"), fs::Permissions::from_mode(0o755)).unwrap();
    runner.bin = stand_in;

    let ran = runner.step("Install cardlint", &[("version", "source")]);
    let root_of_tools = runner.folder.path().join("temp/cardlint");
    let command =
        format!("install --locked --root {} --path {}\n", root_of_tools.display(), root().display());
    assert!(ran.status == 0 && ran.out.starts_with(&command), "{ran:?}");
    assert_eq!(runner.told("GITHUB_PATH"), format!("{}\n", root_of_tools.join("bin").display()));
}

#[test]
fn findings_become_annotations_a_summary_and_a_sarif_file() {
    let Some(tools) = tools() else { return };
    let runner = Runner::new(tools, &[("cards/bad.json", &bad()), ("a card/good.json", GOOD)]);
    let ran =
        runner.step("Check", &[("paths", "cards\na card/good.json\n"), ("sarif-file", "cardlint.sarif")]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.out.contains("::error file=cards/bad.json,line=2,"), "{}", ran.out);
    assert_eq!(runner.told("GITHUB_OUTPUT"), "exit-status=1\nsarif-file=cardlint.sarif\n");

    let summary = runner.told("GITHUB_STEP_SUMMARY");
    assert!(summary.starts_with("### cardlint\n\n| documents | errors | warnings | notes |\n"), "{summary}");
    assert!(summary.contains("\n| 2 | 1 | 0 | 0 |\n\n``````text\ncards/bad.json:2:3: error["), "{summary}");
    assert!(summary.ends_with("\n``````\n"), "{summary}");

    let sarif = fs::read_to_string(runner.workspace.path().join("cardlint.sarif")).unwrap();
    let sarif: Value = serde_json::from_str(&sarif).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), 1);
}

#[test]
fn a_clean_repository_passes() {
    let Some(tools) = tools() else { return };
    let runner = Runner::new(tools, &[("agent-card.json", GOOD)]);
    let ran = runner.step("Check", &[]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(runner.told("GITHUB_OUTPUT"), "exit-status=0\n");
    let summary = runner.told("GITHUB_STEP_SUMMARY");
    assert!(summary.ends_with("|---:|---:|---:|---:|\n| 1 | 0 | 0 | 0 |\n"), "{summary}");
}

#[test]
fn a_pull_request_is_checked_with_the_settings_of_its_base() {
    let Some(tools) = tools() else { return };
    let runner = Runner::new(tools, &[("agent-card.json", &bad()), ("cardlint.toml", "")]);
    let git = |args: &[&str]| {
        let mut git = program("git", runner.workspace.path());
        git.args(["-c", "user.name=x", "-c", "user.email=x@example.org"]).args(args);
        let ran = run_command(git, b"");
        assert_eq!(ran.status, 0, "{args:?}: {ran:?}");
        ran.out.trim().to_owned()
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "base"]);
    let base = git(&["rev-parse", "HEAD"]);
    fs::write(runner.workspace.path().join("cardlint.toml"), "ignore = [\"all\"]\n").unwrap();
    assert_eq!(runner.step("Check", &[]).status, 0);
    assert_eq!(runner.step("Check", &[("BASE", &base)]).status, 1);
    assert_eq!(runner.step("Check", &[("BASE", &base), ("config-from", "none")]).status, 0);
    assert_eq!(runner.step("Check", &[("config-from", "HEAD")]).status, 1);
    // A shallow checkout without the base, which cannot be fetched either.
    let ran = runner.step("Check", &[("BASE", &"12".repeat(20))]);
    assert!(ran.status == 2 && ran.out.contains("::error ") && ran.out.contains("fetch-depth: 0"), "{ran:?}");
}

#[test]
fn inputs_reach_the_command_as_they_are() {
    let Some(tools) = tools() else { return };
    let warned = GOOD.replacen("https://", "http://", 1);
    let runner = Runner::new(tools, &[("$(touch x); 'y'.json", &warned)]);
    let step = |inputs: &[(&str, &str)]| {
        runner.step("Check", &[&[("paths", "$(touch x); 'y'.json")], inputs].concat())
    };
    assert_eq!(step(&[]).status, 0);
    assert_eq!(step(&[("fail-on", "warning")]).status, 1);
    assert_eq!(step(&[("fail-on", "warning"), ("args", "--ignore=plaintext-endpoint\n\n--quiet")]).status, 0);
    let concise = step(&[("format", "concise")]).out;
    assert!(concise.contains("\n$(touch x); 'y'.json:"), "{concise}");
    // The name of a file is no command to the runner.
    let (stop, rest) = concise.split_once('\n').unwrap();
    let token = stop.strip_prefix("::stop-commands::").unwrap();
    assert!(token.len() == 32 && rest.ends_with(&format!("\n::{token}::\n")), "{concise}");
    assert!(!runner.workspace.path().join("x").exists());
}

#[test]
fn nothing_to_check_and_a_failure_are_told() {
    let Some(tools) = tools() else { return };
    let nothing = Runner::new(tools, &[("readme.md", "")]);
    assert_eq!(nothing.step("Check", &[]).status, 3);
    let summary = nothing.told("GITHUB_STEP_SUMMARY");
    assert!(summary.contains("No agent card and no Graph object was found."), "{summary}");

    let failed = Runner::new(tools, &[]);
    let ran = failed.step("Check", &[("args", "--no-such-option")]);
    assert!(ran.status == 2 && ran.err.contains("--no-such-option"), "{ran:?}");
    assert_eq!(failed.told("GITHUB_OUTPUT"), "exit-status=2\n");
    let summary = failed.told("GITHUB_STEP_SUMMARY");
    assert!(summary.contains("cardlint failed; the log of the step says why."), "{summary}");
}
