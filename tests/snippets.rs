//! JSON in files of other formats, through the real binary: request bodies and code blocks.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod support;

use cardlint::diagnostic::Severity;
use cardlint::kind::Kind;
use cardlint::kind::request::Operation;
use cardlint::lint::{Input, Settings, lint};
use cardlint::snippets::Place;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use support::{Ran, folder, report, report_lines, run, run_with};

/// A session with a creation, a request without a body, an update and a request to another API.
const SESSION: &str = r#"@graph = https://graph.microsoft.com/beta

### Create
# @name create
POST {{graph}}/copilot/agentRegistrations HTTP/1.1
Authorization: Bearer {{token}}
Content-Type: application/json

{
  "displayName": "Tides",
  "createdBy": "{{me}}",
  "ownerIds": ["{{owner}}"],
  "sourceAgentId": "tides-{{$guid}}",
  "sourceCreatedDateTime": "{{$datetime iso8601}}",
  "sourceLastModifiedDateTime": {{now}}
}

### Read
GET {{graph}}/copilot/agentRegistrations/{{create.response.body.id}}

### Rename
PATCH {{graph}}/copilot/agentRegistrations/{{id}}

{ "displayName": "Tides and moon" }

> {% client.assert(response.status === 200); %}

### Something else
POST https://api.example.com/pets
Content-Type: application/json

{ "name": "Rex", "count": }
"#;

const CARD: &str = r#"{
  "name": "Tides",
  "description": "Tells the tides of a port.",
  "version": "1.0.0",
  "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ],
  "capabilities": {},
  "defaultInputModes": ["text/plain"],
  "defaultOutputModes": ["text/plain"],
  "skills": [{ "id": "tides", "name": "Tides", "description": "The tides of a port.", "tags": ["sea"] }]
}"#;

fn check(file: (&str, &str), args: &[&str]) -> Ran {
    let folder = folder(&[file]);
    run(folder.path(), &[&["check", file.0], args].concat())
}

/// A Markdown file with the card in a list, after `change`, and with JSON that is not ours.
fn markdown(change: impl Fn(String) -> String) -> String {
    let card = change(CARD.to_owned()).lines().map(|line| format!("   {line}\n")).collect::<String>();
    format!(
        "# Überblick 🌊\n\n1. Serve it:\n\n   ```json title=\"agent-card.json\"\n{card}   ```\n\n```json\n{{ \"scripts\": {{ ... }} }}\n```\n"
    )
}

#[test]
fn the_request_gives_the_kind_and_the_mode() {
    let ran = check(("a.http", SESSION), &["--format", "json"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    let report = report(&ran.out);
    assert_eq!(report["files"].as_array().unwrap().len(), 1);
    let documents = report["files"][0]["documents"].as_array().unwrap();
    let seen: Vec<_> = documents
        .iter()
        .map(|document| (document["mode"].as_str().unwrap(), document["range"]["start"]["line"].as_u64()))
        .collect();
    assert_eq!(seen, [("create", Some(9)), ("update", Some(24))]);
    for document in documents {
        assert_eq!(document["kind"], "graph-agent-registration");
        assert_eq!(document["pointer"], "");
        assert_eq!(document["reason"], "is the body of a request for Graph agentRegistration");
    }
    assert_eq!(report["files"][0]["diagnostics"], serde_json::json!([]));
}

#[test]
fn what_the_user_says_outweighs_the_request() {
    let body = r#"{ "displayName": "Tides" }"#;
    let text = format!("POST https://graph.microsoft.com/beta/agentRegistry/agentCollections\n\n{body}\n");
    let lacks = |args: &[&str]| check(("a.http", &text), args).out.contains("missing required member");
    assert!(lacks(&[]) && !lacks(&["--mode", "update"]));
    let ran = check(("a.http", &text), &["--kind", "graph-agent-instance", "--format", "json"]);
    assert_eq!(report(&ran.out)["files"][0]["documents"][0]["kind"], "graph-agent-instance");
}

#[test]
fn findings_stand_at_the_lines_of_the_file_in_every_format() {
    let text = SESSION.replace(r#""Tides and moon""#, "5");
    for (text, line) in [(text.clone(), 24), (text.replace('\n', "\r\n"), 24), (text.replace('\n', "\r"), 24)]
    {
        let ran = check(("a.rest", &text), &[]);
        let expected =
            format!("a.rest:{line}:18: error[wrong-type]: `displayName` takes a string, not a number\n");
        assert_eq!((ran.status, ran.out), (1, expected));
    }
    let lines = report_lines(&check(("a.rest", &text), &["--format", "jsonl"]).out);
    assert_eq!(lines.len(), 1);
    assert_eq!((&lines[0]["pointer"], &lines[0]["path"]), (&"/displayName".into(), &"a.rest".into()));
    let start = lines[0]["range"]["start"]["offset"].as_u64().unwrap() as usize;
    assert_eq!(&text[start..=start], "5");
}

#[test]
fn variables_are_not_reported_and_other_placeholders_are() {
    let text = |owner: &str, more: &str| {
        format!(
            "PATCH {{{{graph}}}}/copilot/agentRegistrations/1\n\n{{ \"ownerIds\": [{owner}], \"displayName\": \"A\"{more} }}\n"
        )
    };
    for (owner, more) in [
        (r#""{{owner}}""#, ""),
        ("{{owner}}", r#", "agentIdentityId": {{identity}}"#),
        ("{{first}}, {{second}}", r#", "{{member}}": "{{value}}", {{other}}: 1"#),
        (r#""{{a}}-{{b}}""#, r#", "sourceLastModifiedDateTime": "{{$datetime iso8601}}""#),
    ] {
        let ran = check(("a.http", &text(owner, more)), &[]);
        assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{owner} {more}");
    }
    let ran = check(("a.http", &text(r#""${OWNER}""#, "")), &[]);
    assert!(ran.out.contains("${OWNER}"), "{}", ran.out);
    let ran = check(("a.http", &text("${OWNER}", "")), &[]);
    assert!(ran.out.contains("malformed-json"), "{}", ran.out);
    let ran = check(
        (
            "a.http",
            "POST {{graph}}/agentRegistry/agentInstances\nContent-Type: application/json\n\n{{body}}\n",
        ),
        &[],
    );
    assert_eq!((ran.status, ran.out.as_str()), (3, ""));
}

#[test]
fn comment_lines_that_clients_remove_are_not_reported() {
    let text = "PATCH /copilot/agentRegistrations/1\n\n{\n  // the name\n  \"displayName\": \"A\"\n  # , \"description\": \"B\"\n}\n";
    let ran = check(("a.http", text), &[]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""));
    let ran = check(("a.http", &text.replace("\"A\"", "\"A\" // behind it")), &[]);
    assert!(ran.out.starts_with("a.http:5:22: error[malformed-json]"), "{}", ran.out);
}

#[test]
fn a_broken_body_is_reported_if_it_was_meant_as_a_document() {
    let status = |url: &str, body: &str| check(("a.http", &format!("POST {url}\n\n{body}\n")), &[]).status;
    assert_eq!(status("/copilot/agentRegistrations", r#"{ "displayName" "#), 1);
    assert_eq!(status("https://api.example.com/x", r#"{ "displayName" "#), 3);
    assert_eq!(status("https://api.example.com/x", &CARD.replace("\"skills\": [", "\"skills\": ")), 1);
    assert_eq!(status("/agentRegistry/agentInstances", "[1]"), 1);
    assert_eq!(status("https://api.example.com/x", "[1]"), 3);
}

#[test]
fn files_without_documents_are_nothing_to_check() {
    for (name, text) in [
        ("README.md", "# A project\n\nWords.\n"),
        ("README.md", ""),
        ("README.md", "```json\n{ \"scripts\": {} }\n```\n"),
        ("README.md", "```json\n{ ... }\n```\n"),
        ("a.http", ""),
        ("a.http", "GET https://a.example/\n"),
        ("a.rest", "POST https://a.example/\n\n{ \"name\": \"Rex\" }\n"),
    ] {
        let ran = check((name, text), &[]);
        assert_eq!((ran.status, ran.out.as_str()), (3, ""), "{text:?}");
        assert!(ran.err.starts_with("nothing was checked: the only file was skipped"), "{}", ran.err);
        assert_eq!(check((name, text), &["--allow-empty"]).status, 0);
        let report = report(&check((name, text), &["--format", "json"]).out);
        assert_eq!(report["summary"]["skipped"], 1);
    }
}

#[test]
fn json_blocks_of_markdown_are_checked_at_their_lines() {
    let ran = check(("cards.md", &markdown(|card| card)), &[]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""));
    let ran = check(("cards.md", &markdown(|card| card.replace("JSONRPC", "REST"))), &[]);
    assert!(ran.out.starts_with("cards.md:11:69: warning[unknown-transport]"), "{}", ran.out);
    let ran = check(("cards.md", &markdown(|card| card.replace("\"Tides\",", "\"Tides\""))), &[]);
    assert!(ran.out.contains("cards.md:") && ran.out.contains("error[malformed-json]"), "{}", ran.out);
}

#[test]
fn excerpts_in_markdown_are_not_asked_for_the_rest() {
    let block = |members: &str| {
        format!(
            "# A card\n\n```json\n{{ \"name\": \"Tides\", \"url\": \"https://tides.harbour.io/a2a\", {members} }}\n```\n"
        )
    };
    let skills =
        r#""skills": [{ "id": "now", "name": "Now", "description": "Tells the tide.", "tags": ["sea"] }]"#;
    let ran = check(("README.md", &block(skills)), &[]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""));
    // What is there is checked.
    let ran = check(("README.md", &block(&skills.replace("[\"sea\"]", "\"sea\""))), &[]);
    assert!(ran.out.contains("error[wrong-type]") && !ran.out.contains("missing"), "{}", ran.out);
    // A card that lacks one or two members is asked for them, as in every other file.
    let ran = check(("README.md", &markdown(|card| card.replace("\"version\": \"1.0.0\",", ""))), &[]);
    assert!(ran.out.contains("missing required member `version`"), "{}", ran.out);
    let ran = check(
        (
            "tides.json",
            &format!("{{ \"name\": \"Tides\", \"url\": \"https://tides.harbour.io/a2a\", {skills} }}"),
        ),
        &[],
    );
    assert!(ran.out.contains("missing required member"), "{}", ran.out);
}

#[test]
fn a_walk_takes_requests_and_leaves_markdown_out() {
    let text = SESSION.replace(r#""Tides and moon""#, "5");
    let bad = markdown(|card| card.replace("JSONRPC", "REST"));
    let folder =
        folder(&[("a/x.http", &text), ("a/y.REST", &text), ("a/z.md", &bad), ("b/api.http", "GET /\n")]);
    let ran = run(folder.path(), &["check", "--format", "json", "."]);
    let report = report(&ran.out);
    let paths: Vec<_> = report["files"].as_array().unwrap().iter().map(|file| file["path"].clone()).collect();
    assert_eq!((ran.status, paths), (1, vec!["a/x.http".into(), "a/y.REST".into()]));
    assert_eq!(report["summary"]["skipped"], 1);
    assert_eq!(run(folder.path(), &["check", "b"]).status, 3);
    // A glob names what it matches.
    assert!(run(folder.path(), &["check", "a/*.md"]).out.starts_with("a/z.md:11:69:"));
}

#[test]
fn standard_input_is_read_as_its_name_says() {
    let folder = folder(&[]);
    let text = SESSION.replace(r#""Tides and moon""#, "5");
    let ran = run_with(folder.path(), &["check", "--stdin-filename", "x/a.http", "-"], text.as_bytes());
    assert!(ran.out.starts_with("x/a.http:24:18: error[wrong-type]"), "{}", ran.out);
    let ran = run_with(folder.path(), &["fix", "--stdin-filename", "x/a.http", "-"], text.as_bytes());
    assert_eq!(ran.out, text.replace("\"displayName\": 5", "\"displayName\": \"5\""));
    let ran = run_with(folder.path(), &["fix", "--stdin-filename", "x/a.md", "-"], b"# Title\n");
    assert_eq!((ran.status, ran.out.as_str()), (3, "# Title\n"));
}

#[test]
fn at_looks_into_each_body() {
    let body = format!("{{ \"outer\": {{ \"card\": {} }} }}", CARD.replace("JSONRPC", "REST"));
    let text = format!("POST https://a.example/\n\n{body}\n\n###\nPOST https://a.example/\n\n{{}}\n");
    let ran = check(("a.http", &text), &["--at", "/outer/card"]);
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    assert!(ran.out.starts_with("a.http:8:66: warning[unknown-transport]"), "{}", ran.out);
}

#[test]
fn fixes_edit_the_bodies_and_nothing_else() {
    let before = SESSION
        .replace(r#""Tides and moon""#, "5")
        .replace("\"displayName\": \"Tides\",", "\"displayName\": \"Tides\",,")
        .replace("{{now}}", "{{now}},");
    for end in ["\n", "\r\n"] {
        let (before, after) = (before.replace('\n', end), SESSION.replace('\n', end));
        let folder = folder(&[("a.http", &before)]);
        let diff = run(folder.path(), &["fix", "--diff", "a.http"]);
        assert!(diff.out.contains("-{ \"displayName\": 5 }"), "{}", diff.out);
        assert!(!diff.out.contains("Rex\", \"count\": }\n+"), "{}", diff.out);
        let ran = run(folder.path(), &["fix", "a.http"]);
        assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{}", ran.err);
        assert_eq!(ran.err, "fixed 3 findings in 1 file; none remain\n");
        let expected = after.replace(r#""Tides and moon""#, "\"5\"");
        assert_eq!(fs::read_to_string(folder.path().join("a.http")).unwrap(), expected);
        let again = run(folder.path(), &["fix", "a.http"]);
        assert_eq!((again.status, again.err.as_str()), (0, "nothing to fix\n"));
    }
}

#[test]
fn fixes_in_markdown_keep_fences_and_indentation() {
    let change = |card: String| card.replace("[\"text/plain\"],", "[\"text/plain\",],");
    let folder = folder(&[("cards.md", &markdown(change))]);
    let ran = run(folder.path(), &["fix", "cards.md"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert_eq!(fs::read_to_string(folder.path().join("cards.md")).unwrap(), markdown(|card| card));
}

#[test]
fn migrate_leaves_requests_and_markdown_alone() {
    let old =
        "POST https://a.example/\n\n{ \"name\": \"A\", \"url\": \"https://a.example/\", \"skills\": [] }\n";
    let folder = folder(&[("a.http", old), ("b.md", "```json\n{}\n```\n"), ("c.json", CARD)]);
    for name in ["a.http", "b.md"] {
        let ran = run(folder.path(), &["migrate", "--to", "1.0", "--write", name]);
        assert_eq!(ran.status, 2);
        assert!(ran.err.starts_with(&format!("error: `{name}` was not migrated: ")), "{}", ran.err);
    }
    let ran = run(folder.path(), &["migrate", "--to", "1.0", "--write", "."]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(fs::read_to_string(folder.path().join("a.http")).unwrap(), old);
}

#[test]
fn baselines_know_the_findings_of_several_bodies() {
    let request = |name: &str, more: &str| {
        format!(
            "PATCH /copilot/agentRegistrations/1\n\n{{ \"displayName\": \"{name}\", \"description\": 5{more} }}\n\n###\n"
        )
    };
    let text = request("A", "") + &request("B", "");
    let folder = folder(&[("a.http", &text)]);
    let baseline = |extra: &str| run(folder.path(), &["check", extra, "baseline.json", "a.http"]);
    assert_eq!(baseline("--write-baseline").status, 0);
    assert_eq!((baseline("--baseline").status, baseline("--baseline").out.as_str()), (0, ""));
    // The order of the requests is free, and what is new is new.
    let text = request("C", "") + &request("B", "") + &request("A", ", \"ownerIds\": 1");
    fs::write(folder.path().join("a.http"), text).unwrap();
    let ran = baseline("--baseline");
    let lines: Vec<_> = ran.out.lines().map(|line| line.split(':').nth(1).unwrap()).collect();
    assert_eq!(lines, ["3", "13"], "{}", ran.out);
}

#[test]
fn bodies_of_one_file_are_not_compared() {
    let create = |name: &str| {
        format!(
            "POST /agentRegistry/agentCollections\n\n{{ \"id\": \"a\", \"displayName\": \"{name}\", \"ownerIds\": [\"{{{{owner}}}}\"] }}\n\n###\n"
        )
    };
    let ran = check(("a.http", &(create("A") + &create("B"))), &[]);
    assert!(!ran.out.contains("conflict"), "{}", ran.out);
    assert_eq!(ran.status, 0, "{}", ran.out);
}

/// The rules that report something about a body, notes aside.
fn reported(text: &str, kind: Kind, mode: Option<&str>) -> BTreeSet<&'static str> {
    let operation = Operation { kind: Some(kind), mode: mode.map(|mode| mode.parse().unwrap()) };
    let input = Input { is_line: true, snippet: Some(Place::Body(operation)), ..Input::named("a.http") };
    let checked = lint(input, text.as_bytes().to_vec(), &Settings::default());
    let serious = checked.diagnostics.iter().filter(|found| found.severity != Severity::Note);
    serious.map(|found| found.rule.id).collect()
}

/// The pointers of all values in `value` but itself.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(elements) => {
            elements.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect()
        }
        _ => return,
    };
    for (name, child) in children {
        let pointer = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
        pointers(child, &pointer, found);
        found.push(pointer);
    }
}

/// The valid fixtures of requests and cards, each with every sixth of its values replaced by a variable, in a string and
/// without one.
#[test]
fn a_variable_in_the_place_of_any_value_is_not_reported() {
    let mut wrong = Vec::new();
    for (index, row) in include_str!("../fixtures/index.tsv").lines().skip(1).enumerate() {
        let fields: Vec<_> = row.split('\t').collect();
        let [path, kind, _, mode, options, "0", "0"] = fields[..] else { continue };
        let Ok(kind) = kind.parse::<Kind>() else { continue };
        if options != "-" || mode == "response" || path.starts_with("wrapped") || path.starts_with("broken") {
            continue;
        }
        let text = fs::read_to_string(format!("fixtures/{path}")).unwrap();
        let Ok(document) = serde_json::from_str::<Value>(&text) else { continue };
        let mode = Some(mode).filter(|mode| *mode != "-");
        let before = reported(&text, kind, mode);
        let mut all = Vec::new();
        pointers(&document, "", &mut all);
        for pointer in all.into_iter().skip(index % 6).step_by(6) {
            let mut changed = document.clone();
            let value = changed.pointer_mut(&pointer).unwrap();
            let is_string = value.is_string();
            *value = "{{variable}}".into();
            let quoted = changed.to_string();
            let bare = quoted.replace("\"{{variable}}\"", "{{variable}}");
            for text in [Some(quoted).filter(|_| is_string), Some(bare)].into_iter().flatten() {
                let more: Vec<_> = reported(&text, kind, mode).difference(&before).copied().collect();
                if !more.is_empty() {
                    wrong.push(format!("{path}{pointer}: {more:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}: {:#?}", wrong.len(), &wrong[..wrong.len().min(60)]);
}

/// Headers and variables of requests, and lines around code blocks, are shown beside a change.
#[test]
fn credentials_around_the_json_are_masked() {
    let secret = "k9fQ2mW7xLw4Zr8TnVb3YcHgFdP";
    let password = "Tr0ub4!dor&3x";
    let body = CARD.replace("\"capabilities\": {}", "\"capabilities\": { \"streaming\": \"true\" }");
    for line in [
        format!("X-Api-Key: {secret}"),
        format!("api-key: {secret}"),
        format!("Authorization: {secret}"),
        format!("Authorization: Bearer {secret}"),
        format!("Authorization: ApiKey {secret}"),
        format!("Authorization: AWS AKIAQ7ZWXN3RT5YUHMPL {secret}"),
        format!("authorization: Basic tides:{password}"),
        format!("Authorization: Basic tides {password}"),
        format!("Authorization: Digest tides {password}"),
        format!("Ocp-Apim-Subscription-Key: {secret}"),
        format!("@apiKey = {secret}"),
        format!("@password={password}"),
        format!("# @prompt token={secret}"),
    ] {
        let request = format!(
            "POST https://tides.example.com/a2a?code={secret}\nContent-Type: application/json\n{line}\n\n{body}\n\n###\n{line}\n"
        );
        let page = format!("{line}\n\n```json\n{body}\n```\n{line}\n");
        for file in [("a.http", &request), ("a.md", &page)] {
            let folder = folder(&[(file.0, file.1.as_str())]);
            for args in [
                &["fix", "--diff", "--no-config"][..],
                &["check", "--no-config"],
                &["check", "--format", "json"],
            ] {
                let ran = run(folder.path(), &[args, &[file.0]].concat());
                let said = format!("{}{}", ran.out, ran.err);
                assert!(!said.contains(secret) && !said.contains(password), "{args:?} {line}\n{said}");
                assert!(args[0] != "fix" || said.contains("@@"), "{said}");
            }
        }
    }
}
