//! What `cardlint migrate` reads, writes and says.

use crate::command::{folder, run, run_with};
use std::fs;
use std::path::Path;

const OLD: &str = r#"{
  "protocolVersion": "0.3.0",
  "name": "Tides",
  "description": "Tells the tides.",
  "url": "https://tides.example.com/a2a",
  "preferredTransport": "JSONRPC",
  "version": "1.0.0",
  "capabilities": {},
  "defaultInputModes": ["text/plain"],
  "defaultOutputModes": ["text/plain"],
  "skills": [{ "id": "t", "name": "Tide", "description": "Tells one tide.", "tags": ["sea"] }]
}
"#;

const NEW: &str = r#"{
  "name": "Tides",
  "description": "Tells the tides.",
  "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "0.3" }
  ],
  "version": "1.0.0",
  "capabilities": {},
  "defaultInputModes": ["text/plain"],
  "defaultOutputModes": ["text/plain"],
  "skills": [{ "id": "t", "name": "Tide", "description": "Tells one tide.", "tags": ["sea"] }]
}
"#;

const TOLD: &str = "card.json:2:22: note[migration-assumption]: the endpoints are listed with the version `0.3`, since the card was written for it\n";

#[test]
fn the_card_goes_to_standard_output_and_the_findings_do_not() {
    let folder = folder(&[("card.json", OLD)]);
    let ran = run(folder.path(), &["migrate", "--to", "1.0", "card.json"]);
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (0, NEW, TOLD));
    let args = ["migrate", "--to", "1.0", "--stdin-filename", "card.json", "-"];
    assert_eq!(run_with(folder.path(), &args, OLD.as_bytes()), ran);
    assert_eq!(fs::read_to_string(folder.path().join("card.json")).unwrap(), OLD);
}

#[test]
fn files_are_replaced_on_request() {
    let folder = folder(&[("cards/a.json", OLD), ("cards/b.json", NEW), ("cards/package.json", "{}")]);
    let ran = run(folder.path(), &["migrate", "--to", "1.0", "--write", "cards"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(ran.out, TOLD.replace("card.json", "cards/a.json"));
    assert_eq!(
        ran.err,
        "cards/a.json: migrated to A2A 1.0\ncards/b.json: left as it is: it is A2A 1.0 already\n"
    );
    assert_eq!(fs::read_to_string(folder.path().join("cards/a.json")).unwrap(), NEW);
    assert_eq!(fs::read_to_string(folder.path().join("cards/package.json")).unwrap(), "{}");
}

#[cfg(unix)]
#[test]
fn mode_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder(&[("card.json", OLD)]);
    let (card, link) = (folder.path().join("card.json"), folder.path().join("link.json"));
    fs::set_permissions(&card, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("card.json", &link).unwrap();
    assert_eq!(run(folder.path(), &["migrate", "--to", "1.0", "--write", "link.json"]).status, 0);
    assert_eq!(fs::read_to_string(&card).unwrap(), NEW);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&card).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn a_patch_shows_what_would_change() {
    let folder = folder(&[("card.json", OLD), ("new.json", NEW)]);
    let ran = run(folder.path(), &["migrate", "--to", "1.0", "--diff", "card.json", "new.json"]);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[..4], ["--- a/card.json", "+++ b/card.json", "@@ -1,9 +1,9 @@", " {"]);
    assert_eq!((ran.status, ran.out.contains("new.json")), (0, false));
    assert_eq!(fs::read_to_string(folder.path().join("card.json")).unwrap(), OLD);
}

#[test]
fn with_a_gap_nothing_is_written_but_on_request() {
    let card = NEW.replace("0.3", "1.0");
    let folder = folder(&[("card.json", &card)]);
    for more in ["--quiet", "--diff", "--write"] {
        let ran = run(folder.path(), &["migrate", "--to", "0.3.0", more, "card.json"]);
        let gap = "card.json:4:3: error[migration-gap]: no endpoint is of version `0.3`, so a card of 0.x would have nothing to point to";
        let said = if more == "--write" { &ran.out } else { &ran.err };
        assert!(said.starts_with(gap), "{said}");
        assert_eq!((ran.status, more != "--write" && !ran.out.is_empty()), (1, false));
        assert_eq!(fs::read_to_string(folder.path().join("card.json")).unwrap(), card);
    }
    let told = run(folder.path(), &["migrate", "--to", "0.3.0", "--server-speaks", "0.3", "card.json"]);
    assert_eq!(told.status, 0, "{}", told.err);
    let broken = card.replace("\"description\": \"Tells the tides.\",", "");
    fs::write(folder.path().join("card.json"), broken).unwrap();
    let partial =
        run(folder.path(), &["migrate", "--to", "0.3.0", "--server-speaks", "0.3", "--partial", "card.json"]);
    assert_eq!(partial.status, 1);
    assert!(
        partial.out.contains("\"preferredTransport\"")
            && partial.err.contains("missing required member `description`")
    );
}

#[test]
fn a_card_of_the_target_with_errors_of_its_own_is_no_success() {
    let broken = NEW.replace("\"description\": \"Tells the tides.\",", "");
    let folder = folder(&[("card.json", &broken)]);
    let ran = run(folder.path(), &["migrate", "--to", "1.0", "--write", "card.json"]);
    assert_eq!(ran.out, "card.json:1:1: error[missing-member]: missing required member `description`\n");
    let said = "card.json: nothing was written: one thing is needed first (--partial writes the rest)\n";
    assert_eq!((ran.status, ran.err.as_str()), (1, said));
    let partial = run(folder.path(), &["migrate", "--to", "1.0", "--write", "--partial", "card.json"]);
    assert_eq!((partial.status, partial.out, partial.err.as_str()), (1, ran.out, ""));
}

#[test]
fn formats_are_those_of_check() {
    let folder = folder(&[("card.json", OLD)]);
    let ran = run(folder.path(), &["migrate", "--to", "1.0", "--format", "json", "card.json"]);
    let report: serde_json::Value = serde_json::from_str(&ran.err).unwrap();
    assert_eq!(report["files"][0]["diagnostics"][0]["rule"], "migration-assumption");
    assert_eq!(report["files"][0]["documents"][0]["versions"], serde_json::json!(["0.3.0"]));
}

#[test]
fn lines_are_migrated_one_by_one() {
    let line = |text: &str| text.lines().map(str::trim).collect::<String>();
    let folder = folder(&[("cards.jsonl", &format!("{}\n\n{}\r\n", line(OLD), line(NEW)))]);
    let ran = run(folder.path(), &["migrate", "--to", "1.0", "cards.jsonl"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 3);
    assert!(ran.out.ends_with("\r\n") && ran.err.starts_with("cards.jsonl:1:"), "{} {}", ran.out, ran.err);
    let cards: Vec<serde_json::Value> = ran
        .out
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(cards[0], cards[1]);
}

#[test]
fn usage_is_explained() {
    let folder = folder(&[
        ("card.json", OLD),
        ("other.json", "{}"),
        ("broken.json", "{\"url\": \"x\", \"skills\": [}"),
    ]);
    let cases: [(&[&str], i32, &str); 7] = [
        (
            &["--to", "1.0", "."],
            2,
            "`.` is a directory: say --write to replace the files, or --diff to see what would change",
        ),
        (&["--to", "1.0", "card.json", "other.json"], 2, "standard output takes one card"),
        (&["--to", "1.0", "--write", "-"], 2, "standard input is no file that --write could replace"),
        (&["--to", "2.0", "card.json"], 2, "invalid value '2.0'"),
        (&["--to", "1.0", "gone.json"], 2, "cannot read `gone.json`"),
        (&["--to", "1.0", "other.json"], 1, "error[unrecognized-document]"),
        (&["--to", "1.0", "broken.json"], 1, "error[malformed-json]"),
    ];
    for (args, status, said) in cases {
        let ran = run(folder.path(), &[&["migrate"], args].concat());
        assert!(ran.status == status && ran.err.contains(said), "{args:?}: {} {}", ran.status, ran.err);
        assert!(ran.out.is_empty(), "{args:?}: {}", ran.out);
    }
    let nothing =
        run(folder.path(), &["migrate", "--to", "1.0", "--diff", Path::new("other.json").to_str().unwrap()]);
    assert_eq!(nothing.status, 1);
}
