//! Paths as URIs.

use std::fmt::Write;

/// `path` as a reference relative to the working folder; nothing if it does not lie in it or below.
pub(super) fn relative(path: &str) -> Option<String> {
    let leads_out = is_absolute(path) || leads_out(path);
    (!leads_out).then(|| joined(&steps(path)))
}

/// The `file:` URI of `path`, which starts at `folder` unless it is absolute.
pub(super) fn absolute(folder: &str, path: &str) -> String {
    let (from, path) = if is_absolute(path) { ("", path) } else { (folder, path) };
    let whole = format!("{from}/{path}");
    if let Some(share) = (if from.is_empty() { path } else { from }).strip_prefix("//") {
        let (host, _) = share.split_once('/').unwrap_or((share, ""));
        let below = whole.trim_start_matches('/').strip_prefix(host).unwrap_or_default();
        return format!("file://{}/{}", encoded(host), joined(&steps(below)));
    }
    let steps = steps(&whole);
    match steps.split_first() {
        Some((drive, steps)) if is_drive(drive) => format!("file:///{drive}/{}", joined(steps)),
        _ => format!("file:///{}", joined(&steps)),
    }
}

/// The `file:` URI of a folder, with the `/` at its end.
pub(super) fn folder(folder: &str) -> String {
    let uri = absolute(folder, "");
    if uri.ends_with('/') { uri } else { uri + "/" }
}

fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || path.split('/').next().is_some_and(is_drive)
}

fn is_drive(step: &str) -> bool {
    matches!(step.as_bytes(), [letter, b':'] if letter.is_ascii_alphabetic())
}

/// Whether a path goes above its start, if only to come back.
fn leads_out(path: &str) -> bool {
    let mut depth = 0;
    path.split('/').any(|step| {
        depth += match step {
            "" | "." => 0,
            ".." => -1,
            _ => 1,
        };
        depth < 0
    })
}

/// The steps of a path without `.` and `..`; nothing leads above its start.
fn steps(path: &str) -> Vec<&str> {
    let mut steps = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps
}

fn joined(steps: &[&str]) -> String {
    steps.iter().map(|step| encoded(step)).collect::<Vec<_>>().join("/")
}

/// A step of a path with everything escaped that means something in a URI or has no place in one.
fn encoded(step: &str) -> String {
    let mut encoded = String::with_capacity(step.len());
    for byte in step.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte))
            }
            // Writing to a string cannot fail.
            byte => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_references_stay_in_the_folder() {
        assert_eq!(relative("./a/../b c/größe%.json").as_deref(), Some("b%20c/gr%C3%B6%C3%9Fe%25.json"));
        assert_eq!(relative("a:b?#\n.json").as_deref(), Some("a%3Ab%3F%23%0A.json"));
        assert_eq!(relative("../a.json"), None);
        assert_eq!(relative("/a.json"), None);
        assert_eq!(relative("C:/a.json"), None);
    }

    #[test]
    fn absolute_uris_have_no_dots() {
        assert_eq!(absolute("/home/x", "../y z/./a.json"), "file:///home/y%20z/a.json");
        assert_eq!(absolute("/home/x", "/a.json"), "file:///a.json");
        assert_eq!(absolute("C:/x", "a.json"), "file:///C:/x/a.json");
        assert_eq!(absolute("/x", "D:/a.json"), "file:///D:/a.json");
        assert_eq!(absolute("//host/share", "a.json"), "file://host/share/a.json");
        assert_eq!(absolute("/x", "//host/share/a.json"), "file://host/share/a.json");
        assert_eq!(folder("/home/x y"), "file:///home/x%20y/");
        assert_eq!(folder("/"), "file:///");
    }
}
