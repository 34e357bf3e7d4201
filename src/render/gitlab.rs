//! GitLab Code Quality: one list, which GitLab compares with that of the target branch by its fingerprints.

use super::escape::write_json;
use super::{Renderer, Scene, list_end, list_findings, plain};
use crate::diagnostic::Severity;
use crate::text::Columns;
use serde::Serialize;
use std::io;

pub(super) static RENDERER: Renderer = Renderer {
    begin: |output| output.out.write_all(b"["),
    part: list_findings,
    end: |output| writeln!(output.out, "{}", list_end(output)),
    documents: None,
    fingerprints: true,
    finding,
};

#[derive(Serialize)]
struct Entry<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    check_name: &'static str,
    description: &'a str,
    categories: [&'static str; 1],
    severity: &'static str,
    fingerprint: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u64,
    end: u64,
}

/// The severities of GitLab leave room for worse things than a wrong card: nothing is a `blocker`.
const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Note => "info",
    }
}

fn finding(scene: &Scene<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let Scene { path, source, found, fingerprint, .. } = scene;
    let line = |offset| source.position(offset, Columns::Chars).line + 1;
    let entry = Entry {
        kind: "issue",
        check_name: found.rule.id,
        description: &scene.sentence(),
        categories: [if found.rule.group.name() == "security" { "Security" } else { "Bug Risk" }],
        severity: severity(found.severity),
        fingerprint,
        location: Location {
            path: plain(path),
            lines: Lines { begin: line(found.span.start), end: line(found.span.end) },
        },
    };
    write_json(out, &entry)
}
