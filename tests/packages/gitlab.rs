//! The job of the GitLab template, as a runner's shell runs it.

use crate::command::{folder, run_command};
use crate::tools::{path_with, program, tools};
use serde_json::Value;
use std::path::Path;

const GOOD: &str = include_str!("../../fixtures/cards/1.0/minimal.json");

#[test]
fn the_job_writes_the_reports_that_it_hands_over() {
    let Some(tools) = tools() else { return };
    let job = &tools.yaml("packaging/gitlab-ci.yml")["cardlint"];
    let bad = GOOD.replacen("\"name\"", "\"nane\"", 1);
    let project = folder(&[("cards/good.json", GOOD), ("cards/bad.json", &bad)]);

    let script = job["script"].as_array().unwrap().iter().map(|line| line.as_str().unwrap());
    let script = script.collect::<Vec<_>>().join("\n");
    let mut shell = program("sh", project.path());
    shell.args(["-e", "-c", &script]);
    for (name, value) in job["variables"].as_object().unwrap() {
        shell.env(name, value.as_str().unwrap());
    }
    shell.env("CARDLINT_PATHS", "cards/good.json cards/bad.json").env("CARDLINT_ARGS", "--fail-on error");
    shell.env("PATH", path_with(Path::new(env!("CARGO_BIN_EXE_cardlint")).parent().unwrap()));
    let ran = run_command(shell, b"");
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.out.starts_with("cards/bad.json:2:3: error["), "{ran:?}");

    let reports = &job["artifacts"]["reports"];
    let read =
        |name: &str| std::fs::read_to_string(project.path().join(reports[name].as_str().unwrap())).unwrap();
    let quality: Value = serde_json::from_str(&read("codequality")).unwrap();
    assert_eq!(quality.as_array().unwrap().len(), 1);
    assert_eq!(quality[0]["location"]["path"], "cards/bad.json");
    assert!(read("junit").contains("<testsuite"));
}
