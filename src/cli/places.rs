//! Paths from the root, and paths as seen from a folder.

use std::path::{Component, Path, PathBuf};

/// `path` from the root, without `.` and `..`. Links are not followed.
pub(super) fn plain(path: &Path) -> PathBuf {
    without_dots(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

/// The same with links followed, as far as the path exists, so that two names of one place are one.
pub(super) fn real(path: &Path) -> PathBuf {
    let plain = plain(path);
    if let Ok(real) = plain.canonicalize() {
        return real;
    }
    let folder = plain.parent().and_then(|folder| folder.canonicalize().ok());
    match (folder, plain.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => plain,
    }
}

/// `path`, which is seen from `folder`, from where `folder` is seen from; without `.` and `..`. The system is not asked.
pub(super) fn plain_in(folder: &Path, path: &Path) -> PathBuf {
    without_dots(&folder.join(path))
}

fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::with_capacity(path.as_os_str().len());
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}

/// `path` as seen from `folder`, with `/`; both are plain. What has nothing in common stays as it is.
pub(super) fn relative(path: &Path, folder: &Path) -> String {
    let (mut steps, mut folders) = (path.components().peekable(), folder.components().peekable());
    let mut any = false;
    while steps.peek().is_some() && steps.peek() == folders.peek() {
        any = true;
        steps.next();
        folders.next();
    }
    if !any {
        return super::walk::display(path);
    }
    let up = folders.map(|_| "..".to_owned());
    let down = steps.map(|step| step.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_a_folder() {
        let seen = |path: &str, folder: &str| relative(Path::new(path), Path::new(folder));
        assert_eq!(seen("/a/b/c.json", "/a"), "b/c.json");
        assert_eq!(seen("/a/c.json", "/a/b/d"), "../../c.json");
        assert_eq!(plain(Path::new("/a/./b/../c")), Path::new("/a/c"));
    }
}
