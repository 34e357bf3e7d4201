//! The tools, the wheel, and running programs.

use crate::command::{Ran, run_command};
use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// The checkout.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the checkout.
pub(crate) fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A program that does not see what a git hook, a runner or a user's configuration has set.
pub(crate) fn program(name: impl AsRef<Path>, folder: &Path) -> Command {
    let mut command = Command::new(name.as_ref());
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if ["GIT_", "PRE_COMMIT", "GITHUB_", "CI_", "CARDLINT_"].iter().any(|start| name.starts_with(start)) {
            command.env_remove(name);
        }
    }
    command.current_dir(folder);
    command
}

/// Runs a program that has to succeed.
pub(crate) fn succeed(command: Command) -> Ran {
    let told = format!("{command:?}");
    let ran = run_command(command, b"");
    assert_eq!(ran.status, 0, "{told}\n{}\n{}", ran.out, ran.err);
    ran
}

/// `PATH` with `folder` before all others.
pub(crate) fn path_with(folder: &Path) -> std::ffi::OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    env::join_paths([folder.to_owned()].into_iter().chain(env::split_paths(&path))).unwrap()
}

/// The environment with Python's tools, and the wheels from which they were installed.
pub(crate) struct Tools {
    folder: PathBuf,
}

impl Tools {
    /// A command of the environment.
    pub(crate) fn command(&self, name: &str, folder: &Path) -> Command {
        program(self.folder.join("bin").join(name), folder)
    }

    /// Makes pip find the wheels of the tools and that of cardlint, and nothing else.
    pub(crate) fn offline(&self, command: &mut Command) {
        let places = [self.folder.join("wheels"), distributions()];
        let places: Vec<&str> = places.iter().map(|place| place.to_str().unwrap()).collect();
        command.env("PIP_NO_INDEX", "1").env("PIP_FIND_LINKS", places.join(" "));
    }

    /// What a YAML file holds.
    pub(crate) fn yaml(&self, path: &str) -> serde_json::Value {
        let mut command = self.command("python", root());
        command.args(["-c", "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)"]);
        let ran = run_command(command, text(path).as_bytes());
        assert_eq!(ran.status, 0, "{path}: {}", ran.err);
        serde_json::from_str(&ran.out).unwrap()
    }
}

/// The tools; `None`, with a word on standard error, where they cannot be had.
///
/// With `CARDLINT_REQUIRE_ALL=1` that is a failure.
#[allow(clippy::print_stderr)]
pub(crate) fn tools() -> Option<&'static Tools> {
    static TOOLS: LazyLock<Result<Tools, String>> = LazyLock::new(install);
    match &*TOOLS {
        Ok(tools) => Some(tools),
        Err(why) => {
            let required = env::var("CARDLINT_REQUIRE_ALL").is_ok_and(|value| value == "1");
            assert!(!required, "the tools are missing and CARDLINT_REQUIRE_ALL is set: {why}");
            eprintln!("skipped: the tools cannot be installed: {why}");
            None
        }
    }
}

/// Keeps others from doing the same at the same time, until what it gives is dropped.
fn locked(name: &str) -> File {
    let target = root().join("target");
    fs::create_dir_all(&target).unwrap();
    let file = File::create(target.join(name)).unwrap();
    file.lock().unwrap();
    file
}

fn install() -> Result<Tools, String> {
    let _lock = locked("tools.lock");
    let output = program("bash", root()).arg("tests/packages/install-tools").output();
    let output = output.map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(Tools { folder: root().join("target/tools") })
}

/// Where the wheel and the source distribution are built.
fn distributions() -> PathBuf {
    root().join("target/packages/dist")
}

/// What maturin builds.
pub(crate) struct Built {
    pub(crate) wheel: PathBuf,
    pub(crate) source: PathBuf,
}

/// The source distribution, and the wheel that was built from it and not from the checkout.
pub(crate) fn built(tools: &Tools) -> &'static Built {
    static BUILT: LazyLock<PathBuf> = LazyLock::new(distributions);
    static DONE: std::sync::OnceLock<Built> = std::sync::OnceLock::new();
    DONE.get_or_init(|| {
        let _lock = locked("packages.lock");
        let _ = fs::remove_dir_all(&*BUILT);
        let mut maturin = tools.command("maturin", &root().join("packaging/python"));
        maturin.args(["build", "--sdist", "--profile", "dev", "--quiet", "--out"]).arg(&*BUILT);
        // Apart from what cargo builds for the tests, whose binaries must not be replaced while they run.
        maturin.env("CARGO_TARGET_DIR", root().join("target/packages"));
        maturin.env("CARGO_PROFILE_DEV_DEBUG", "false");
        succeed(maturin);
        let find = |end: &str| {
            let paths = fs::read_dir(&*BUILT).unwrap().map(|entry| entry.unwrap().path());
            let mut found: Vec<PathBuf> =
                paths.filter(|path| path.to_string_lossy().ends_with(end)).collect();
            assert_eq!(found.len(), 1, "{end}: {found:?}");
            found.remove(0)
        };
        Built { wheel: find(".whl"), source: find(".tar.gz") }
    })
}

/// A fresh environment that has the wheel and nothing else, and needed no network for it.
pub(crate) struct Environment {
    folder: tempfile::TempDir,
}

impl Environment {
    pub(crate) fn new(tools: &Tools) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut venv = program("python3", folder.path());
        venv.args(["-m", "venv", "."]);
        succeed(venv);
        let mut pip = program(folder.path().join("bin/python"), folder.path());
        pip.args(["-m", "pip", "install", "--no-index"]).arg(&built(tools).wheel);
        pip.env_remove("PIP_FIND_LINKS");
        succeed(pip);
        Self { folder }
    }

    /// Where its commands are.
    pub(crate) fn bin(&self) -> PathBuf {
        self.folder.path().join("bin")
    }

    /// Where the packages put what is no command and no module.
    pub(crate) fn share(&self) -> PathBuf {
        self.folder.path().join("share")
    }

    /// The installed command.
    pub(crate) fn cardlint(&self, folder: &Path, args: &[&str]) -> Ran {
        let mut command = program(self.bin().join("cardlint"), folder);
        command.args(args);
        run_command(command, b"")
    }
}
